/*-------------------------------------------------------------------------
 *
 * waived.h
 *	  What waivers take off a year, in words (AMB-35).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_WAIVED_H
#define CE_WAIVED_H

#include "nodes/pg_list.h"
#include "utils/date.h"

/* A sentence for each waiver of a person's year in force on a day. */
extern List *ce_waiver_sentences(int64 person_id, int year, DateADT as_of);

#endif							/* CE_WAIVED_H */

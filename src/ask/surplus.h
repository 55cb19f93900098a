/*-------------------------------------------------------------------------
 *
 * surplus.h
 *	  Catch-up study: the surplus of a year and its allocation (7.6).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_SURPLUS_H
#define CE_SURPLUS_H

#include "ask/carry.h"

/*
 * An error if allocations of a year, from a day on, exceed its surplus after
 * hours of it are revoked, or (unless 0) the waiver of a year.
 */
extern void ce_check_allocated(int64 person_id, int year, DateADT from_day, int waived_year);

/* Hours of a subject that a year still lacks in the archive. */
extern CeHours ce_shortfall(const CeScheme *scheme, int year, CeSubject subject,
							const CeCredit *credit);

#endif							/* CE_SURPLUS_H */

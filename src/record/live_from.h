/*-------------------------------------------------------------------------
 *
 * live_from.h
 *	  The day on which the ledger went live.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_LIVE_FROM_H
#define CE_LIVE_FROM_H

#include "utils/date.h"

/*
 * The day from which items are entered one by one; hours completed before it
 * may come as a total.  False if the ledger has no such day: ce_setup() of
 * this version has not run yet.
 */
extern bool ce_live_from(DateADT *day);

#endif							/* CE_LIVE_FROM_H */

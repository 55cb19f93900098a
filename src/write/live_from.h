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
 * The day from which items are entered one by one; what was completed before
 * it may come as a total.  False where the ledger has none: ce_setup() of this
 * version did not run yet.
 */
extern bool ce_live_from(DateADT *day);

#endif							/* CE_LIVE_FROM_H */

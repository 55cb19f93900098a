/*-------------------------------------------------------------------------
 *
 * moment.c
 *	  What a call sees, so that a later one can tell whether it sees the same.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/parallel.h"
#include "miscadmin.h"
#include "utils/snapmgr.h"

#include "ledger.h"
#include "moment.h"

#include "compat.h"

void
ce_moment_now(CeMoment *moment)
{
	Snapshot	snapshot = GetActiveSnapshot();

	moment->snapshot = snapshot;
	moment->xmin = snapshot->xmin;
	moment->xmax = snapshot->xmax;
	moment->curcid = snapshot->curcid;
	moment->completed = snapshot->snapXactCompletionCount;
	moment->law = ce_law_generation();
	moment->user = GetUserId();
}

bool
ce_moment_same(const CeMoment *a, const CeMoment *b)
{
	/*
	 * A snapshot that was handed over does not count transactions.  In a
	 * parallel worker there is only the leader's; elsewhere it may have
	 * followed another of the same address.
	 */
	if (a->completed == 0 && !IsParallelWorker())
		return false;
	return a->snapshot == b->snapshot && a->xmin == b->xmin &&
		a->xmax == b->xmax && a->curcid == b->curcid &&
		a->completed == b->completed && a->law == b->law && a->user == b->user;
}

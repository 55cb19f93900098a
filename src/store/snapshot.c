/*-------------------------------------------------------------------------
 *
 * snapshot.c
 *	  Stamps by which a later call can tell whether it sees the same data.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/snapmgr.h"

#include "store/ledger.h"
#include "store/snapshot.h"

#include "compat.h"

static uint64
hash_of(const TransactionId *xids, int n, uint64 seed)
{
	if (n == 0)
		return seed;
	return DatumGetUInt64(hash_any_extended((const unsigned char *) xids,
											n * sizeof(TransactionId), seed));
}

void
ce_snapshot_stamp(CeSnapshotStamp *stamp)
{
	Snapshot	snapshot = GetActiveSnapshot();

	stamp->snapshot = snapshot;
	stamp->xmin = snapshot->xmin;
	stamp->xmax = snapshot->xmax;
	stamp->curcid = snapshot->curcid;
	stamp->running = hash_of(snapshot->subxip, snapshot->subxcnt,
							  hash_of(snapshot->xip, snapshot->xcnt,
									  snapshot->suboverflowed));
	stamp->ends = ce_transaction_ends;
	stamp->law = ce_law_generation();
	stamp->user = GetUserId();
}

bool
ce_same_snapshot(const CeSnapshotStamp *a, const CeSnapshotStamp *b)
{
	return a->snapshot == b->snapshot && a->xmin == b->xmin &&
		a->xmax == b->xmax && a->curcid == b->curcid &&
		a->running == b->running && a->ends == b->ends &&
		a->law == b->law && a->user == b->user;
}

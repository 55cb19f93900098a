/*-------------------------------------------------------------------------
 *
 * snapshot.c
 *	  Stamps by which a later call can tell whether it sees the same data.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/snapmgr.h"

#include "store/ledger.h"
#include "store/snapshot.h"

#include "compat.h"

/*
 * This transaction's changes may be rolled back under an unchanged snapshot,
 * and the next transaction's snapshot may look the same.
 */
static uint64 epoch = 0;

static void
at_transaction_end(XactEvent event, void *arg)
{
	epoch++;
}

static void
at_subtransaction_end(SubXactEvent event, SubTransactionId subid,
					  SubTransactionId parent, void *arg)
{
	if (event == SUBXACT_EVENT_ABORT_SUB)
		epoch++;
}

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
	static bool callbacks_registered = false;
	Snapshot	snapshot = GetActiveSnapshot();

	if (!callbacks_registered)
	{
		RegisterXactCallback(at_transaction_end, NULL);
		RegisterSubXactCallback(at_subtransaction_end, NULL);
		callbacks_registered = true;
	}
	stamp->snapshot = snapshot;
	stamp->xmin = snapshot->xmin;
	stamp->xmax = snapshot->xmax;
	stamp->curcid = snapshot->curcid;
	stamp->running = hash_of(snapshot->subxip, snapshot->subxcnt,
							  hash_of(snapshot->xip, snapshot->xcnt,
									  snapshot->suboverflowed));
	stamp->epoch = epoch;
	stamp->law = ce_law_generation();
	stamp->user = GetUserId();
}

bool
ce_same_snapshot(const CeSnapshotStamp *a, const CeSnapshotStamp *b)
{
	return a->snapshot == b->snapshot && a->xmin == b->xmin &&
		a->xmax == b->xmax && a->curcid == b->curcid &&
		a->running == b->running && a->epoch == b->epoch &&
		a->law == b->law && a->user == b->user;
}

/*-------------------------------------------------------------------------
 *
 * snapshot.h
 *	  Stamps by which a later call can tell whether it sees the same data.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_SNAPSHOT_H
#define CE_SNAPSHOT_H

#include "utils/snapshot.h"

typedef struct CeSnapshotStamp
{
	Snapshot	snapshot;
	TransactionId xmin;
	TransactionId xmax;
	CommandId	curcid;
	uint64		running;		/* hash of the transactions in progress */
	uint64		ends;			/* of transactions and savepoints, so far */
	uint64		law;			/* generation of the law's rows */
	Oid			user;
} CeSnapshotStamp;

/* The stamp of the active snapshot. */
extern void ce_snapshot_stamp(CeSnapshotStamp *stamp);

/* Do two stamps have the same rows, law and privileges? */
extern bool ce_same_snapshot(const CeSnapshotStamp *a, const CeSnapshotStamp *b);

#endif							/* CE_SNAPSHOT_H */

/*-------------------------------------------------------------------------
 *
 * moment.h
 *	  What a call sees, so that a later one can tell whether it sees the same.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_MOMENT_H
#define CE_MOMENT_H

#include "utils/snapshot.h"

typedef struct CeMoment
{
	Snapshot	snapshot;
	TransactionId xmin;
	TransactionId xmax;
	CommandId	curcid;
	uint64		running;		/* hash of the transactions in progress */
	uint64		epoch;			/* counts ends of transactions and savepoints */
	uint64		law;			/* generation of the law's rows */
	Oid			user;
} CeMoment;

/* The moment of the active snapshot. */
extern void ce_moment_now(CeMoment *moment);

/* Do two moments see the same rows and law, with the same rights? */
extern bool ce_moment_same(const CeMoment *a, const CeMoment *b);

#endif							/* CE_MOMENT_H */

/*-------------------------------------------------------------------------
 *
 * rebuild.h
 *	  Comparing the hours of activities with what the law gives today.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_REBUILD_H
#define CE_REBUILD_H

#include "write/activity.h"

/* Whose verified activities are compared, and by which law. */
typedef struct CeDriftScope
{
	const int64 *person_id;		/* one person, or NULL */
	const CeScheme *of_scheme;	/* persons who are or were under it, or NULL: all */
	const CeScheme *as_scheme;	/* as if this converted what that one does */
	bool		read_only;		/* with the caller's snapshot, else a new one */
} CeDriftScope;

/*
 * Called for each verified or revoked row that the law converts differently,
 * maybe by another rule to the same hours; problem: why it does not any more.
 */
typedef void (*CeDriftCallback) (const CeActivityRow *stored,
								 const CeActivityRow *derived,
								 const char *problem, void *arg);

/* Inside an SPI connection. */
extern void ce_for_each_drift(const CeDriftScope *scope, CeDriftCallback callback,
							  void *arg);

#endif							/* CE_REBUILD_H */

/*-------------------------------------------------------------------------
 *
 * activity.h
 *	  A row of ce_activity on its way into the table.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_ACTIVITY_H
#define CE_ACTIVITY_H

#include "award.h"
#include "org.h"
#include "store.h"

/* What an activity needs to know of its plan. */
typedef struct CePlanFacts
{
	bool		given;
	int64		plan_id;
	CePlanStatus status;
	DateADT		filed_on;		/* where filed */
	bool		online;
	const CeOrg *organiser;
} CePlanFacts;

typedef struct CeActivityRow
{
	Datum		values[CE_MAX_COLUMNS]; /* by ce_activity's column enum */
	bool		nulls[CE_MAX_COLUMNS];
	bool		set[CE_MAX_COLUMNS];	/* by us: to be written */
	/* filled in by ce_activity_derive */
	const CeKind *kind;
	CePlanFacts plan;
} CeActivityRow;

extern CeStatus ce_activity_status(const CeActivityRow *row);
extern void ce_activity_set(CeActivityRow *row, int column, Datum value);
extern void ce_activity_set_null(CeActivityRow *row, int column);

/* Identifier for messages. */
extern long long ce_activity_id(const CeActivityRow *row);

/*
 * Check the facts and set what is derived from them.  before is the row as it
 * was, NULL for a new one: derived columns are not to be written by hand.
 */
extern void ce_activity_derive(CeActivityRow *row, const CeActivityRow *before);

/*
 * Set what is derived as today's law has it for the same facts, and nothing
 * where that is the same.  Returns NULL, or why the law converts it no more.
 * Whose base level a course had when it was verified stays as it is.
 */
extern const char *ce_activity_rederive(CeActivityRow *row);

/* Does a column differ between two rows? */
extern bool ce_activity_differs(const CeActivityRow *a, const CeActivityRow *b,
								int column);

#endif							/* CE_ACTIVITY_H */

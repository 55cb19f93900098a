/*-------------------------------------------------------------------------
 *
 * activity.h
 *	  A row of ce_activity on its way into the table.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_ACTIVITY_H
#define CE_ACTIVITY_H

#include "utils/date.h"

#include "law/convert.h"
#include "record/person_rows.h"
#include "store/trigger_row.h"
#include "who/org.h"

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
	CeRow		r;
	/* filled in by ce_activity_derive */
	const CeKind *kind;
	CePlanFacts plan;
} CeActivityRow;

extern CeStatus ce_activity_status(const CeActivityRow *row);

/* Identifier for messages. */
extern long long ce_activity_id(const CeActivityRow *row);

/*
 * Check the facts and set what is derived from them.  before is the row as it
 * was, NULL for a new one: derived columns are not to be written by hand.
 */
extern void ce_activity_derive(CeActivityRow *row, const CeActivityRow *before);

/*
 * Set what is derived as today's law has it for the same facts, and nothing
 * where that is the same.  Returns NULL, or why the law converts it no more,
 * to be translated.
 * Whose base level a course had when it was verified stays as it is.
 */
extern const char *ce_activity_rederive(CeActivityRow *row);

/*
 * Does the role record for the organiser of the plan (0: none), or for the
 * body that alone verifies the kind?  Both enter hours of others' staff.
 */
extern bool ce_records_for_others(Oid role, const CeKind *kind, int64 plan_id);

/* Who records may enter the facts (old is NULL), change or delete them. */
extern void ce_activity_require_record(const CeActivityRow *row,
									   const CeActivityRow *old);

/* A plan that the change names is in the writer's sight. */
extern void ce_activity_require_plan(const CeActivityRow *row,
									 const CeActivityRow *old);

/* A body's act: by who verifies for it, and not on their own hours. */
extern void ce_activity_require_act(const CeActivityRow *row, int64 body);

/* The error for a plan that is not there, or not in the writer's sight. */
extern void ce_activity_no_plan(int64 plan_id);

/*
 * The way to verification (7.3, 7.4): check a change and set what follows.
 * verified_on comes in as the day of any review, and stays where that verifies.
 * A verified row whose awarded is set to null has its hours made by today's
 * law: so ce_rebuild() asks for it.
 */
extern void ce_activity_insert(CeActivityRow *row);
extern void ce_activity_update(CeActivityRow *row, const CeActivityRow *old);
extern void ce_activity_delete(const CeActivityRow *old);

#endif							/* CE_ACTIVITY_H */

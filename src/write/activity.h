/*-------------------------------------------------------------------------
 *
 * activity.h
 *	  A row of ce_activity in its triggers.
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

typedef struct CeActivityRow
{
	CeRow		r;
	/* set by ce_activity_derive */
	const CeKind *kind;
	CePlan		plan;			/* of a filed course */
} CeActivityRow;

extern CeStatus ce_activity_status(const CeActivityRow *row);

/* Identifier for messages. */
extern long long ce_activity_id(const CeActivityRow *row);

/*
 * Check the facts and set the derived columns.  before is the old row, NULL
 * for a new one: a writer cannot set derived columns.
 */
extern void ce_activity_derive(CeActivityRow *row, const CeActivityRow *before);

/* The derived columns stay as they were, whatever the law says by now. */
extern void ce_activity_keep(CeActivityRow *row, const CeActivityRow *before);

/*
 * Derive the columns by today's law from the same facts; changes nothing if
 * the hours are the same.  Returns NULL, or the reason, to be translated, why
 * the law no longer converts it.  The base level of the course at verification
 * is kept.  of, as: convert by scheme "as" what scheme "of" converts; NULL: by
 * the person's own.
 */
extern const char *ce_activity_rederive(CeActivityRow *row, const CeScheme *of,
										const CeScheme *as);

/*
 * Does the role record for the organiser of the plan (0: none), or for the
 * body that alone verifies the kind?  Both enter hours of others' staff.
 */
extern bool ce_records_for_others(Oid role, const CeKind *kind, int64 plan_id);

/* An error unless the writer may enter, change or delete the facts. */
extern void ce_activity_require_record(const CeActivityRow *row,
									   const CeActivityRow *old);

/* An error unless a plan that the change names is visible to the writer. */
extern void ce_activity_require_plan(const CeActivityRow *row,
									 const CeActivityRow *old);

/* A body's act requires verify; no one acts on their own hours. */
extern void ce_activity_require_act(const CeActivityRow *row, int64 body);

/* The error for a plan that does not exist or is not visible to the writer. */
extern void ce_activity_no_plan(int64 plan_id);

/* The day of a step in a column of the row; today if it is null. */
extern DateADT ce_activity_step_day(const CeActivityRow *row, int column);

/* 7.3a: external training requires evidence from the first step on. */
extern void ce_activity_check_evidence(const CeActivityRow *row);

/*
 * An error unless it is the body's turn after reviewed_by (0: it is the first
 * one); true if its review is the last of the chain.
 */
extern bool ce_activity_check_step(const CeActivityRow *row, int64 reviewed_by,
								   int64 body);

/* A row inserted as verified: all bodies of the chain have reviewed it. */
extern void ce_activity_check_chain_end(const CeActivityRow *row, int64 body);

/* The day of a review, which must not be in the future and is not stored. */
extern void ce_activity_take_review_day(CeActivityRow *row);

/* The last review: check what verification requires, and set its columns. */
extern void ce_activity_verify(CeActivityRow *row, int64 body);

/*
 * The steps of verification (7.3, 7.4): check a change and set its results.
 * verified_on is the day of any review on input, and stays only if that one
 * verifies.  For a verified row, awarded set to null requests hours by today's
 * law: ce_rebuild() does that.
 */
extern void ce_activity_insert(CeActivityRow *row);
extern void ce_activity_update(CeActivityRow *row, const CeActivityRow *old);
extern void ce_activity_delete(const CeActivityRow *old);

#endif							/* CE_ACTIVITY_H */

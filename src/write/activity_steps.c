/*-------------------------------------------------------------------------
 *
 * activity_steps.c
 *	  The steps of an activity's verification, for every writer (7.3, 7.4).
 *
 *	  submitted -> in_review -> ... -> verified -> revoked
 *	  submitted, in_review -> rejected -> submitted
 *
 * reviewed_by moves one body at a time along the employer's chain; the last
 * body's review verifies.  A verified row is never changed, only revoked.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/rel.h"

#include "write/activity.h"
#include "write/duty.h"

#include "compat.h"

pg_noreturn static void
wrong_transition(const CeActivityRow *row, CeStatus from, CeStatus to)
{
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("activity %lld cannot change from status \"%s\" to \"%s\"", ce_activity_id(row),
					_(ce_list_label(CE_LIST_STATUS, from)),
					_(ce_list_label(CE_LIST_STATUS, to))),
			 errdetail("Clause 7.4: an activity is submitted, reviewed, verified, and may be revoked; or it is rejected, and may be submitted again."),
			 from == CE_STATUS_REVOKED ?
			 errhint("Enter the activity as a new row.") :
			 errhint("Use ce_verify(), ce_reject() or ce_revoke().")));
	pg_unreachable();
}

/* ---------------------------------------------------------------------
 * INSERT
 * ---------------------------------------------------------------------
 */

/* Columns of later steps, which must be null in this status. */
static void
check_empty(const CeActivityRow *row, int first, int last)
{
	for (int column = first; column <= last; column++)
	{
		if (row->r.nulls[column])
			continue;
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("column \"%s\" must be null in an activity with status \"%s\"",
						ce_column_name(CE_ACTIVITY, column),
						_(ce_list_label(CE_LIST_STATUS, ce_activity_status(row)))),
				 errdetail("Clause 7.4: activity %lld.", ce_activity_id(row)),
				 errhint("Leave the column null, or use ce_verify(), ce_reject() or ce_revoke().")));
	}
}

void
ce_activity_insert(CeActivityRow *row)
{
	CeStatus	status = ce_activity_status(row);

	ce_activity_require_record(row, NULL);
	ce_activity_require_plan(row, NULL);
	if (status == CE_STATUS_VERIFIED && !row->r.nulls[CE_COL_ACTIVITY_VERIFIED_BY])
		ce_activity_require_act(row, ce_row_id(&row->r, CE_COL_ACTIVITY_VERIFIED_BY));
	ce_activity_derive(row, NULL);
	switch (status)
	{
		case CE_STATUS_SUBMITTED:
			check_empty(row, CE_COL_ACTIVITY_REVIEWED_BY, CE_COL_ACTIVITY_REVOKED_ON);
			break;
		case CE_STATUS_VERIFIED:
			check_empty(row, CE_COL_ACTIVITY_REVOKED_BY, CE_COL_ACTIVITY_REVOKED_ON);
			if (row->r.nulls[CE_COL_ACTIVITY_VERIFIED_BY])
				ereport(ERROR,
						(errcode(ERRCODE_NOT_NULL_VIOLATION),
						 errmsg("a verified activity needs verified_by"),
						 errdetail("Clause 7.4a: the last body of the employer's chain verifies."),
						 errhint("Give verified_by, or enter the row as submitted.")));
			ce_activity_check_chain_end(row, ce_row_id(&row->r, CE_COL_ACTIVITY_VERIFIED_BY));
			ce_activity_verify(row, ce_row_id(&row->r, CE_COL_ACTIVITY_VERIFIED_BY));
			break;
		default:
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("cannot insert an activity with status \"%s\"",
							_(ce_list_label(CE_LIST_STATUS, status))),
					 errdetail("Clause 7.4: a new activity is submitted, or verified by the last body of its chain."),
					 errhint("Enter it as submitted and use ce_verify(), ce_reject() or ce_revoke().")));
	}
}

/* ---------------------------------------------------------------------
 * UPDATE
 * ---------------------------------------------------------------------
 */

static const CeRefusal change_person = {
	gettext_noop("activity %lld cannot be given to another person"),
	gettext_noop("An activity belongs to one person; column \"%s\" is kept as it is."),
	gettext_noop("Delete the row, and enter the activity for the other person.")
};

static const CeRefusal change_in_review = {
	gettext_noop("activity %lld cannot be changed while it is in review"),
	gettext_noop("Clause 7.4a: column \"%s\" is part of what is under review; only title, evidence and note may be completed."),
	gettext_noop("Reject the activity with ce_reject(), correct it and submit it again.")
};

/* A verified activity is kept as it is; only a revocation changes it. */
static const CeKept verified = {
	.changes_from = CE_ACTIVITY_NCOLUMNS,
	.delete_in_force = {
		gettext_noop("verified activity %lld cannot be deleted"),
		gettext_noop("Clause 7.4b: verified hours are kept, and are revoked with a reason."),
		gettext_noop("Use ce_revoke().")
	},
	.delete_closed = {
		gettext_noop("revoked activity %lld cannot be deleted"),
		gettext_noop("Clause 7.4b: verified hours are kept, also when they are revoked."),
		gettext_noop("Leave the row; a revoked activity does not count.")
	},
	.change_in_force = {
		gettext_noop("verified activity %lld cannot be changed"),
		gettext_noop("Clause 7.4b: column \"%s\" is part of what was verified."),
		gettext_noop("Revoke the activity with ce_revoke(), and enter it as a new row.")
	},
	.change_closed = {
		gettext_noop("revoked activity %lld cannot be changed"),
		gettext_noop("Clause 7.4b: column \"%s\" of a revoked activity is kept as it is."),
		gettext_noop("Enter the activity as a new row.")
	}
};

static const CeRefusal delete_in_review = {
	gettext_noop("activity %lld cannot be deleted while it is in review"),
	gettext_noop("Clause 7.4a: what a body has reviewed is kept until it is rejected with a reason."),
	gettext_noop("Have it rejected first, by the body whose turn it is.")
};

static const CeRefusal change_rebuilt = {
	gettext_noop("activity %lld cannot be changed while its hours are derived again"),
	gettext_noop("Clause 7.4b: column \"%s\" is part of what was verified; a null in awarded derives only the hours again."),
	gettext_noop("Use ce_rebuild(), or set only awarded.")
};

/* An error if a column from "from" to before "to" differs. */
static void
check_frozen(const CeActivityRow *row, const CeActivityRow *old,
			 int from, int to, const CeRefusal *refusal)
{
	ce_row_check_frozen(&row->r, &old->r, from, to, refusal);
}

/* Reviewed facts are fixed; details may be added until the last step. */
static void
check_reviewed(const CeActivityRow *row, const CeActivityRow *old)
{
	check_frozen(row, old, 0, CE_COL_ACTIVITY_TITLE, &change_in_review);
	check_frozen(row, old, CE_COL_ACTIVITY_TITLE + 1, CE_COL_ACTIVITY_EVIDENCE,
				 &change_in_review);
	check_frozen(row, old, CE_COL_ACTIVITY_EVIDENCE + 1, CE_ACTIVITY_FACTS,
				 &change_in_review);
}

static void
check_revocation(CeActivityRow *row, const CeActivityRow *old)
{
	DateADT		verified_on = ce_row_day(&old->r, CE_COL_ACTIVITY_VERIFIED_ON);
	int64		verified_by = ce_row_id(&old->r, CE_COL_ACTIVITY_VERIFIED_BY);
	int64		body = ce_row_id(&row->r, CE_COL_ACTIVITY_REVOKED_BY);
	DateADT		revoked_on;

	if (body != 0)
		ce_activity_require_act(row, body);
	check_frozen(row, old, 0, CE_COL_ACTIVITY_STATUS, &verified.change_in_force);
	check_frozen(row, old, CE_COL_ACTIVITY_REVIEWED_BY, CE_COL_ACTIVITY_REVOKED_BY,
				 &verified.change_in_force);
	check_frozen(row, old, CE_ACTIVITY_DERIVED, CE_ACTIVITY_NCOLUMNS, &verified.change_in_force);
	ce_row_check_reason(&row->r, &old->r, CE_COL_ACTIVITY_NOTE,
						gettext_noop("a reason is needed to revoke activity %lld"));
	if (body == 0)
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("a revocation needs revoked_by"),
				 errhint("Give the body that revokes: the one that verified, or one above it.")));
	ce_get_org(body);
	if (body != verified_by && !ce_org_is_above(body, verified_by))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("organisation %lld cannot revoke what organisation %lld verified",
						(long long) body, (long long) verified_by),
				 errdetail("Clauses 6.2d, 7.4: activity %lld.", ce_activity_id(row)),
				 errhint("Let the body that verified it, or one above it, revoke it.")));
	revoked_on = ce_activity_step_day(row, CE_COL_ACTIVITY_REVOKED_ON);
	ce_duty_require_backdate(&row->r, revoked_on, body);
	if (DATE_NOT_FINITE(revoked_on) || revoked_on < verified_on ||
		revoked_on > ce_day_of_act())
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("activity %lld cannot be revoked on %s",
						ce_activity_id(row), ce_date_text(revoked_on)),
				 errdetail("Clause 7.4: it was verified on %s, and today is %s in Asia/Shanghai.",
						   ce_date_text(verified_on), ce_date_text(ce_day_of_act())),
				 errhint("Give a revoked_on between these two dates.")));
	ce_row_set(&row->r, CE_COL_ACTIVITY_REVOKED_ON, DateADTGetDatum(revoked_on));
}

/* Only the next reviewer may reject. */
static void
check_rejection(CeActivityRow *row, const CeActivityRow *old)
{
	int64		body = ce_row_id(&row->r, CE_COL_ACTIVITY_REVIEWED_BY);

	ce_row_check_reason(&row->r, &old->r, CE_COL_ACTIVITY_NOTE,
						gettext_noop("a reason is needed to reject activity %lld"));
	check_empty(row, CE_COL_ACTIVITY_VERIFIED_BY, CE_COL_ACTIVITY_REVOKED_ON);
	if (body == 0)
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("a rejection needs reviewed_by"),
				 errhint("Give the body that rejects.")));
	ce_activity_check_step(row, ce_row_id(&old->r, CE_COL_ACTIVITY_REVIEWED_BY), body);
}

/* The review of one body, which verifies if it is the last one. */
static void
take_step(CeActivityRow *row, const CeActivityRow *old, int64 body, bool to_verified)
{
	int64		reviewed_by = ce_row_id(&old->r, CE_COL_ACTIVITY_REVIEWED_BY);

	if (body == 0)
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("the review of activity %lld needs reviewed_by", ce_activity_id(row)),
				 errdetail("Clause 7.4a: bodies review level by level along %s.",
						   ce_chain_text(ce_row_id(&row->r, CE_COL_ACTIVITY_ORG_ID))),
				 errhint("Use ce_verify(), or give reviewed_by.")));
	if (ce_activity_check_step(row, reviewed_by, body))
		ce_activity_verify(row, body);
	else if (to_verified)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("organisation %lld can review activity %lld but not verify it",
						(long long) body, ce_activity_id(row)),
				 errdetail("Clause 7.4a: bodies review level by level along %s.",
						   ce_chain_text(ce_row_id(&row->r, CE_COL_ACTIVITY_ORG_ID))),
				 errhint("Let the remaining bodies review with ce_verify().")));
	else
	{
		ce_activity_take_review_day(row);
		ce_activity_check_evidence(row);
		check_empty(row, CE_COL_ACTIVITY_VERIFIED_BY, CE_COL_ACTIVITY_REVOKED_ON);
		ce_row_set(&row->r, CE_COL_ACTIVITY_STATUS,
				   ObjectIdGetDatum(ce_list_oid(CE_LIST_STATUS, CE_STATUS_IN_REVIEW)));
	}
}

/*
 * The body that takes a step with a row not yet verified; 0: no step, or no
 * body is named.
 */
static int64
acting_body(const CeActivityRow *row, const CeActivityRow *old, CeStatus from, CeStatus to)
{
	if (from == CE_STATUS_REJECTED)
		return 0;
	if (to == CE_STATUS_VERIFIED && !row->r.nulls[CE_COL_ACTIVITY_VERIFIED_BY])
		return ce_row_id(&row->r, CE_COL_ACTIVITY_VERIFIED_BY);
	if (to == from ? !ce_row_differs(&row->r, &old->r, CE_COL_ACTIVITY_REVIEWED_BY) :
		to == CE_STATUS_SUBMITTED)
		return 0;
	return ce_row_id(&row->r, CE_COL_ACTIVITY_REVIEWED_BY);
}

/*
 * Changing facts, resubmitting and leaving a remark require record for the
 * person; a body's step requires it only if facts change, too.
 */
static void
require_duties_of_change(const CeActivityRow *row, const CeActivityRow *old,
						 CeStatus from, CeStatus to, int64 body)
{
	bool		acts = to == from ?
		ce_row_differs(&row->r, &old->r, CE_COL_ACTIVITY_REVIEWED_BY) : to != CE_STATUS_SUBMITTED;

	if (!acts || ce_row_differs_in(&row->r, &old->r, 0, CE_ACTIVITY_FACTS))
		ce_activity_require_record(row, old);
	ce_activity_require_plan(row, old);
	if (body != 0)
		ce_activity_require_act(row, body);
}

/* A row not yet verified. */
static void
check_waiting_update(CeActivityRow *row, const CeActivityRow *old,
					 CeStatus from, CeStatus to)
{
	int64		body = acting_body(row, old, from, to);

	require_duties_of_change(row, old, from, to, body);
	if (to == CE_STATUS_REVOKED)
		wrong_transition(row, from, to);
	if (from == CE_STATUS_IN_REVIEW)
		check_reviewed(row, old);
	if (ce_row_differs(&row->r, &old->r, CE_COL_ACTIVITY_PERSON_ID))
		check_frozen(row, old, CE_COL_ACTIVITY_PERSON_ID, CE_COL_ACTIVITY_PERSON_ID + 1,
					 &change_person);
	check_empty(row, CE_COL_ACTIVITY_REVOKED_BY, CE_COL_ACTIVITY_REVOKED_ON);
	/* What the law converts no longer is rejected all the same. */
	if (to == CE_STATUS_REJECTED && !ce_row_differs_in(&row->r, &old->r, 0, CE_ACTIVITY_FACTS))
		ce_activity_keep(row, old);
	else
		ce_activity_derive(row, old);

	if (to == CE_STATUS_VERIFIED && from != CE_STATUS_REJECTED)
		take_step(row, old, body, true);
	else if (to == CE_STATUS_REJECTED && from != CE_STATUS_REJECTED)
		check_rejection(row, old);
	else if (to == CE_STATUS_SUBMITTED && from == CE_STATUS_REJECTED)
	{
		/* Corrected and resubmitted: the chain starts again. */
		ce_row_set_null(&row->r, CE_COL_ACTIVITY_REVIEWED_BY);
		check_empty(row, CE_COL_ACTIVITY_VERIFIED_BY, CE_COL_ACTIVITY_REVOKED_ON);
	}
	else if (to == CE_STATUS_IN_REVIEW && from == CE_STATUS_SUBMITTED)
		take_step(row, old, body, false);
	else if (to != from)
		wrong_transition(row, from, to);
	else if (ce_row_differs(&row->r, &old->r, CE_COL_ACTIVITY_REVIEWED_BY))
	{
		if (from == CE_STATUS_REJECTED || row->r.nulls[CE_COL_ACTIVITY_REVIEWED_BY])
			wrong_transition(row, from, to);
		take_step(row, old, body, false);
	}
	else
	{
		check_empty(row, CE_COL_ACTIVITY_VERIFIED_BY, CE_COL_ACTIVITY_REVOKED_ON);
		if (from == CE_STATUS_IN_REVIEW && ce_row_differs(&row->r, &old->r, CE_COL_ACTIVITY_EVIDENCE))
			ce_activity_check_evidence(row);
	}
}

/* The ledger's owner may request hours by today's law (ce_rebuild()). */
static bool
is_rederivation(const CeActivityRow *row)
{
	return row->r.nulls[CE_COL_ACTIVITY_AWARDED] &&
		ce_owns_relation(RelationGetRelid(row->r.rel), row->r.writer);
}

/* Today's law for the same facts; nothing else may change with it. */
static void
rederive(CeActivityRow *row, const CeActivityRow *old)
{
	const char *problem;

	ce_row_set(&row->r, CE_COL_ACTIVITY_AWARDED, old->r.values[CE_COL_ACTIVITY_AWARDED]);
	check_frozen(row, old, 0, CE_ACTIVITY_NCOLUMNS, &change_rebuilt);
	problem = ce_activity_rederive(row, NULL, NULL);
	if (problem != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("the law no longer converts activity %lld", ce_activity_id(row)),
				 errdetail("Kind \"%s\", year %d: %s.",
						   TextDatumGetCString(row->r.values[CE_COL_ACTIVITY_KIND]),
						   ce_row_int(&row->r, CE_COL_ACTIVITY_YEAR), _(problem)),
				 errhint("Restore a rule in ce_rule that converts it, correct the person's scheme or the days in ce_person_scheme, or revoke the activity.")));
	/* restore the old hours even if they are the same: awarded came as null */
	ce_row_set(&row->r, CE_COL_ACTIVITY_AWARDED, row->r.values[CE_COL_ACTIVITY_AWARDED]);
}

void
ce_activity_update(CeActivityRow *row, const CeActivityRow *old)
{
	CeStatus	from = ce_activity_status(old);
	CeStatus	to = ce_activity_status(row);

	if (from != CE_STATUS_VERIFIED && from != CE_STATUS_REVOKED)
		check_waiting_update(row, old, from, to);
	else if (is_rederivation(row))
		rederive(row, old);
	else if (from == CE_STATUS_VERIFIED && to == CE_STATUS_REVOKED)
		check_revocation(row, old);
	else if (from != to)
		wrong_transition(row, from, to);
	else
		ce_kept_check_change(&row->r, &old->r, from == CE_STATUS_REVOKED, &verified);
}

/* ---------------------------------------------------------------------
 * DELETE
 * ---------------------------------------------------------------------
 */

void
ce_activity_delete(const CeActivityRow *old)
{
	CeStatus	status = ce_activity_status(old);

	ce_activity_require_record(old, old);
	if (status == CE_STATUS_VERIFIED || status == CE_STATUS_REVOKED)
		ce_kept_refuse_delete(&old->r, status == CE_STATUS_REVOKED, &verified);
	if (status == CE_STATUS_IN_REVIEW)
		ce_refuse_delete(&old->r, &delete_in_review);
}

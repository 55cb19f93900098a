/*-------------------------------------------------------------------------
 *
 * activity_trigger.c
 *	  The triggers of ce_activity: BEFORE triggers check its rules, AFTER
 *	  triggers post its changes to the accounts and the log.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "ask/surplus.h"
#include "record/credits.h"
#include "store/owner.h"
#include "write/activity.h"
#include "write/posting.h"

#include "compat.h"

/* ce_activity_check() returns trigger: before each row of ce_activity */
PG_FUNCTION_INFO_V1(ce_activity_check);
Datum
ce_activity_check(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_activity_check",
											  CE_BEFORE | CE_EACH_ROW | CE_ON_ROWS,
											  CE_ACTIVITY);
	bool		deletes = TRIGGER_FIRED_BY_DELETE(trigdata->tg_event);
	CeActivityRow row;
	CeActivityRow old;
	CeIdentity	self;

	ce_row_change(&row.r, &old.r, CE_ACTIVITY, trigdata);
	/* The rules read persons and plans, even those hidden from the writer. */
	ce_become_owner(trigdata->tg_relation, &self);
	if (deletes)
		ce_activity_delete(&old);
	else if (TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event))
		ce_activity_update(&row, &old);
	else
		ce_activity_insert(&row);
	ce_become_self(&self);
	return PointerGetDatum(deletes ? trigdata->tg_trigtuple : ce_row_result(&row.r, trigdata));
}

/* The row's credit in its account: zero unless it is verified. */
static bool
counted(const CeActivityRow *row, CeCredit *credit)
{
	if (ce_activity_status(row) != CE_STATUS_VERIFIED)
		return false;
	ce_activity_credit(row->r.values, credit);
	return true;
}

/* The latest business date that a row adds to its account. */
static DateADT
known_from(const CeActivityRow *row)
{
	if (!row->r.nulls[CE_COL_ACTIVITY_REVOKED_ON])
		return ce_row_day(&row->r, CE_COL_ACTIVITY_REVOKED_ON);
	return ce_row_day(&row->r, CE_COL_ACTIVITY_VERIFIED_ON);
}

static void
post_row(const CeActivityRow *row, const CeActivityRow *old)
{
	CeCredit	add;
	CeCredit	subtract;
	bool		adds = counted(row, &add);
	bool		subtracts = old != NULL && counted(old, &subtract);

	if (adds || subtracts)
		ce_post_credit(DatumGetInt64(row->r.values[CE_COL_ACTIVITY_PERSON_ID]),
					   ce_row_int(&row->r, CE_COL_ACTIVITY_YEAR),
					   adds ? &add : NULL, subtracts ? &subtract : NULL,
					   known_from(row));
}

/* The body that took the step to a row's status. */
static int64
acting_body(const CeActivityRow *row)
{
	return ce_row_id(&row->r, ce_activity_status(row) == CE_STATUS_REVOKED ?
					   CE_COL_ACTIVITY_REVOKED_BY : CE_COL_ACTIVITY_REVIEWED_BY);
}

/* Log the facts that were completed in review, with their old values. */
static void
log_completion(const CeActivityRow *row, const CeActivityRow *old)
{
	static const struct
	{
		int			column;
		const char *object;
	}			completed[] = {
		{CE_COL_ACTIVITY_TITLE, "activity.title"},
		{CE_COL_ACTIVITY_EVIDENCE, "activity.evidence"},
		{CE_COL_ACTIVITY_NOTE, "activity.note"}
	};

	for (int i = 0; i < lengthof(completed); i++)
	{
		if (ce_row_differs(&row->r, &old->r, completed[i].column))
			ce_post_event(completed[i].object, ce_activity_id(row),
						  ce_row_text(&old->r, completed[i].column),
						  ce_row_text(&row->r, completed[i].column), 0, NULL);
	}
}

static void
log_row(const CeActivityRow *row, const CeActivityRow *old)
{
	CeStatus	to = ce_activity_status(row);
	CeStatus	from = old == NULL ? CE_STATUS_SUBMITTED : ce_activity_status(old);
	bool		with_reason = to == CE_STATUS_REJECTED || to == CE_STATUS_REVOKED;
	char		before[CE_HOURS_TEXT_SIZE];
	char		after[CE_HOURS_TEXT_SIZE];

	/* In a verified row only the hours can have changed: by ce_rebuild(). */
	if (old != NULL && from == to && (to == CE_STATUS_VERIFIED || to == CE_STATUS_REVOKED))
	{
		if (ce_row_differs(&row->r, &old->r, CE_COL_ACTIVITY_AWARDED))
			ce_post_event("hours", ce_activity_id(row),
						  ce_hours_to_text(DatumGetCeHours(old->r.values[CE_COL_ACTIVITY_AWARDED]), before),
						  ce_hours_to_text(DatumGetCeHours(row->r.values[CE_COL_ACTIVITY_AWARDED]), after),
						  0, "ce_rebuild()");
		return;
	}
	/* The note of a rejection is its reason. */
	if (old != NULL && from == CE_STATUS_IN_REVIEW && to != CE_STATUS_REJECTED)
		log_completion(row, old);
	if (from == to && (old == NULL || acting_body(row) == acting_body(old)))
		return;
	ce_post_event("activity", ce_activity_id(row),
				  old == NULL ? NULL : ce_list_label(CE_LIST_STATUS, from),
				  ce_list_label(CE_LIST_STATUS, to), acting_body(row),
				  with_reason ? ce_row_text(&row->r, CE_COL_ACTIVITY_NOTE) : NULL);
}

/* ---------------------------------------------------------------------
 * Revocations
 * ---------------------------------------------------------------------
 */

/*
 * Allocations must not rest on revoked hours (7.6e).  The accounts show it, so
 * this is checked after the whole statement is posted: row by row, accounts
 * would not be locked in key order.
 */
typedef struct Revocation
{
	CeQueued	queued;
	int32		year;
	DateADT		day;
} Revocation;

static int
by_year(const void *a, const void *b)
{
	return pg_cmp_s32(((const Revocation *) a)->year, ((const Revocation *) b)->year);
}

/* The first day from which the account loses hours. */
static void
keep_earlier(void *revocation, const void *other)
{
	Revocation *kept = revocation;

	kept->day = Min(kept->day, ((const Revocation *) other)->day);
}

static CeQueue revocations = {
	.size = sizeof(Revocation),
	.compare = by_year,
	.merge = keep_earlier
};

static void
queue_revocation(const CeActivityRow *row)
{
	Revocation *revocation =
		ce_queue_add(&revocations, ce_row_id(&row->r, CE_COL_ACTIVITY_PERSON_ID));

	revocation->year = ce_row_int(&row->r, CE_COL_ACTIVITY_YEAR);
	revocation->day = ce_row_day(&row->r, CE_COL_ACTIVITY_REVOKED_ON);
}

static void
check_allocated(const void *item)
{
	const Revocation *revocation = item;

	ce_check_allocated(revocation->queued.person_id, revocation->year, revocation->day, 0);
}

/* ce_post_flush() returns trigger: posts what row triggers gathered */
PG_FUNCTION_INFO_V1(ce_post_flush);
Datum
ce_post_flush(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_post_flush",
											  CE_AFTER | CE_EACH_STATEMENT | CE_ON_ROWS,
											  CE_ACTIVITY);

	ce_post_queue(trigdata->tg_relation, &revocations, 0, check_allocated);
	return PointerGetDatum(NULL);
}

/* ce_activity_post() returns trigger: after each row of ce_activity */
PG_FUNCTION_INFO_V1(ce_activity_post);
Datum
ce_activity_post(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_activity_post",
											  CE_AFTER | CE_EACH_ROW | CE_ON_ROWS,
											  CE_ACTIVITY);
	CeActivityRow row;
	CeActivityRow stored;
	const CeActivityRow *old = NULL;

	/* Only rows that never counted can be deleted (ce_activity_delete). */
	if (TRIGGER_FIRED_BY_DELETE(trigdata->tg_event))
		return PointerGetDatum(NULL);
	if (ce_row_change(&row.r, &stored.r, CE_ACTIVITY, trigdata) != NULL)
		old = &stored;
	post_row(&row, old);
	log_row(&row, old);
	if (old != NULL && ce_activity_status(&row) == CE_STATUS_REVOKED &&
		ce_activity_status(old) == CE_STATUS_VERIFIED)
		queue_revocation(&row);
	return PointerGetDatum(NULL);
}

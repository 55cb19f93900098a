/*-------------------------------------------------------------------------
 *
 * plan_trigger.c
 *	  The steps of a course plan's filing (备案, 7.2), for every writer.
 *
 *	  draft -> submitted -> [reviewed ->] filed
 *	  submitted, reviewed -> rejected -> submitted
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/rel.h"

#include "record/person_rows.h"
#include "store/trigger_row.h"
#include "who/plan_bodies.h"
#include "write/duty.h"
#include "write/posting.h"

#include "compat.h"

static long long
plan_id(const CeRow *row)
{
	return (long long) DatumGetInt64(row->values[CE_COL_PLAN_PLAN_ID]);
}

static CePlanStatus
plan_status(const CeRow *row)
{
	return ce_list_value(CE_LIST_PLAN_STATUS, DatumGetObjectId(row->values[CE_COL_PLAN_STATUS]));
}

/* ---------------------------------------------------------------------
 * Who reviews and who files (7.2a-c)
 * ---------------------------------------------------------------------
 */

static void
check_reviewer(const CeRow *row, const CeOrg *organiser)
{
	const CeOrg *reviewer;

	if (row->nulls[CE_COL_PLAN_REVIEWED_BY])
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("plan %lld has not been reviewed", plan_id(row)),
				 errdetail("Clause 7.2a: the body above the organiser or the industry department reviews before the plan is filed."),
				 errhint("Let the reviewing body call ce_file() first, or give reviewed_by.")));
	reviewer = ce_get_org(ce_row_id(row, CE_COL_PLAN_REVIEWED_BY));
	if (!ce_plan_may_review(reviewer, organiser))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("organisation %lld cannot review plan %lld",
						(long long) reviewer->org_id, plan_id(row)),
				 errdetail("Clause 7.2a: plans of organisation %lld are reviewed by a body above it or by an industry department.",
						   (long long) organiser->org_id),
				 errhint("Let that body review the plan.")));
}

static void
check_filing(CeRow *row, const CeOrg *organiser)
{
	const CeOrg *office;
	DateADT		filed_on;

	if (ce_plan_needs_review(organiser))
		check_reviewer(row, organiser);
	if (row->nulls[CE_COL_PLAN_FILED_BY])
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("a filed plan needs filed_by"),
				 errhint("Give the HRSS office that files it, or use ce_file().")));
	office = ce_get_org(ce_row_id(row, CE_COL_PLAN_FILED_BY));
	if (!ce_plan_is_office(office, organiser))
	{
		bool		with_province = ce_plan_with_province(organiser);

		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("organisation %lld is not the office that files plan %lld",
						(long long) office->org_id, plan_id(row)),
				 errdetail("Clause %s: organisation %lld files with the HRSS office of level \"%s\" and region %s.",
						   ce_clause(with_province ? "7.2c" :
									 ce_plan_needs_review(organiser) ? "7.2a" : "7.2b"),
						   (long long) organiser->org_id,
						   _(ce_admin_level_label(with_province ? CE_PROVINCIAL :
												  organiser->admin_level)),
						   organiser->region_code),
				 errhint("Let that office file the plan.")));
	}
	if (row->nulls[CE_COL_PLAN_FILED_ON])
		ce_row_set(row, CE_COL_PLAN_FILED_ON, DateADTGetDatum(ce_day_of_act()));
	ce_row_check_finite(row, CE_COL_PLAN_FILED_ON);
	filed_on = ce_row_day(row, CE_COL_PLAN_FILED_ON);
	if (filed_on > ce_day_of_act())
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("plan %lld cannot be filed on a future date", plan_id(row)),
				 errdetail("Clause 7.2: filed_on is %s.",
						   ce_date_text(filed_on)),
				 errhint("Give the day on which the office filed it.")));
}

/* ---------------------------------------------------------------------
 * The plan itself
 * ---------------------------------------------------------------------
 */

/*
 * Hours are filed, or days if the hours are unknown (AMB-6).  An online course
 * counts only by its hours: 7 a day is a rule of 5.2.2.
 */
static void
check_content(const CeRow *row)
{
	if (row->nulls[CE_COL_PLAN_HOURS] && strcmp(ce_row_text(row, CE_COL_PLAN_MODE), "online") == 0)
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("plan %lld of an online course has no hours", plan_id(row)),
				 errdetail("Clause 5.2.1: an online course counts with its hours, but not with more than the filed hours."),
				 errhint("Give hours before the plan is submitted.")));
	if (row->nulls[CE_COL_PLAN_HOURS] && row->nulls[CE_COL_PLAN_DAYS])
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("plan %lld has neither hours nor days", plan_id(row)),
				 errdetail("Clause 5.2.2(3): a course counts with the filed hours."),
				 errhint("Give hours, or days where the hours are not known, before the plan is submitted.")));
}

static char *
days_text(const CeRow *row)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out, row->values[CE_COL_PLAN_DAYS]));
}

/* Hours that nobody can give in the days of the course (AMB-14). */
static void
check_fit(const CeRow *row)
{
	char		buf[CE_HOURS_TEXT_SIZE];
	int			days = ce_plan_whole_days(row->values, row->nulls);
	int			calendar_days = ce_plan_calendar_days(row->values, row->nulls);

	if (days > calendar_days)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("plan %lld has more days than the calendar", plan_id(row)),
				 calendar_days == CE_DAYS_UNKNOWN ?
				 errdetail("AMB-14: %s days, but a year has at most %d.",
						   days_text(row), calendar_days) :
				 errdetail("AMB-14: %s days, but the calendar has %d from starts_on to ends_on.",
						   days_text(row), calendar_days),
				 errhint("Correct days, starts_on or ends_on.")));
	if (!row->nulls[CE_COL_PLAN_HOURS] &&
		DatumGetCeHours(row->values[CE_COL_PLAN_HOURS]) > CeHoursFromInt(24) * days)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("%s hours do not fit into the days of plan %lld",
						ce_hours_to_text(DatumGetCeHours(row->values[CE_COL_PLAN_HOURS]), buf),
						plan_id(row)),
				 errdetail("AMB-14: at most 24 hours in each of %d calendar days.", days),
				 errhint("Correct hours, days, starts_on or ends_on.")));
}

static bool
content_differs(const CeRow *row, const CeRow *old)
{
	return ce_row_differs_in(row, old, 0, CE_COL_PLAN_STATUS);
}

static const CeRefusal delete_filed = {
	gettext_noop("filed plan %lld cannot be deleted"),
	gettext_noop("Clause 7.2: a filed plan is kept."),
	gettext_noop("Leave the row; a plan without participants has no effect.")
};

static const CeRefusal delete_reviewed = {
	gettext_noop("reviewed plan %lld cannot be deleted"),
	gettext_noop("Clause 7.2a: a plan is filed as it was reviewed."),
	gettext_noop("Have it rejected first, by the body whose turn it is.")
};

static const CeRefusal change_filed = {
	gettext_noop("filed plan %lld cannot be changed"),
	gettext_noop("Clauses 5.2.2(3), 7.2, AMB-26: verified hours rest on the plan as filed, also on column \"%s\"."),
	gettext_noop("File a new plan for the new version.")
};

/* The statuses that may follow each, as bits. */
#define TO(status) (1 << (status))

static const int next_statuses[] = {
	[CE_PLAN_DRAFT] = TO(CE_PLAN_SUBMITTED),
	[CE_PLAN_SUBMITTED] = TO(CE_PLAN_DRAFT) | TO(CE_PLAN_REVIEWED) | TO(CE_PLAN_FILED) |
	TO(CE_PLAN_REJECTED),
	[CE_PLAN_REVIEWED] = TO(CE_PLAN_FILED) | TO(CE_PLAN_REJECTED),
	[CE_PLAN_FILED] = 0,
	[CE_PLAN_REJECTED] = TO(CE_PLAN_DRAFT) | TO(CE_PLAN_SUBMITTED)
};

static void
check_row(CeRow *row)
{
	CePlanStatus status = plan_status(row);
	const CeOrg *organiser = ce_get_org(ce_row_id(row, CE_COL_PLAN_ORG_ID));

	if (status != CE_PLAN_DRAFT)
		check_content(row);
	/* One that is there already can still be rejected. */
	if (status != CE_PLAN_DRAFT && status != CE_PLAN_REJECTED)
		check_fit(row);
	if (status == CE_PLAN_REVIEWED)
	{
		if (!ce_plan_needs_review(organiser))
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("plan %lld cannot be reviewed", plan_id(row)),
					 errdetail("Clauses 7.2b, 7.2c: organisation %lld files directly with its HRSS office, without a review.",
							   (long long) organiser->org_id),
					 errhint("Let that office file the plan.")));
		check_reviewer(row, organiser);
	}
	if (status == CE_PLAN_FILED)
		check_filing(row, organiser);
	else if (!row->nulls[CE_COL_PLAN_FILED_BY] || !row->nulls[CE_COL_PLAN_FILED_ON])
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("a plan with status \"%s\" cannot have filed_by or filed_on",
						_(ce_list_label(CE_LIST_PLAN_STATUS, status))),
				 errdetail("Clause 7.2: plan %lld.", plan_id(row)),
				 errhint("Leave filed_by and filed_on null, or use ce_file().")));
}

/* Only a body that may review the plan, or its office, may reject it. */
static void
check_rejection(const CeRow *row, const CeRow *old)
{
	const CeOrg *organiser = ce_get_org(ce_row_id(row, CE_COL_PLAN_ORG_ID));
	const CeOrg *body;

	ce_row_check_reason(row, old, CE_COL_PLAN_NOTE,
						gettext_noop("a reason is needed to reject plan %lld"));
	if (row->nulls[CE_COL_PLAN_REVIEWED_BY])
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("a rejection needs reviewed_by"),
				 errdetail("Clause 7.2: plan %lld.", plan_id(row)),
				 errhint("Give the body that rejects.")));
	body = ce_get_org(ce_row_id(row, CE_COL_PLAN_REVIEWED_BY));
	if (!ce_plan_may_review(body, organiser) && !ce_plan_is_office(body, organiser))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("organisation %lld cannot reject plan %lld",
						(long long) body->org_id, plan_id(row)),
				 errdetail("Clause 7.2: plans of organisation %lld are rejected by a body above it, its industry department or its HRSS office.",
						   (long long) organiser->org_id),
				 errhint("Let one of these reject it.")));
}

/*
 * Writing and submitting the plan require record for the organiser; a body's
 * step requires verify for that body.
 */
static void
require_duties(const CeRow *row, const CeRow *old)
{
	CePlanStatus to = plan_status(row);
	bool		moves = old == NULL || plan_status(old) != to;
	bool		acts = old != NULL && moves &&
		(to == CE_PLAN_REVIEWED || to == CE_PLAN_FILED || to == CE_PLAN_REJECTED);

	if (!ce_duty_binds(row))
		return;
	if (!acts || content_differs(row, old))
		ce_duty_require(row, CE_DUTY_RECORD, ce_row_id(row, CE_COL_PLAN_ORG_ID));
	if (old != NULL && ce_row_differs(row, old, CE_COL_PLAN_ORG_ID))
		ce_duty_require(row, CE_DUTY_RECORD, ce_row_id(old, CE_COL_PLAN_ORG_ID));
	if (!row->nulls[CE_COL_PLAN_REVIEWED_BY] &&
		(old == NULL || ce_row_differs(row, old, CE_COL_PLAN_REVIEWED_BY) ||
		 (moves && (to == CE_PLAN_REVIEWED || to == CE_PLAN_REJECTED))))
		ce_duty_require(row, CE_DUTY_VERIFY, ce_row_id(row, CE_COL_PLAN_REVIEWED_BY));
	if (!row->nulls[CE_COL_PLAN_FILED_BY] && moves)
	{
		ce_duty_require(row, CE_DUTY_VERIFY, ce_row_id(row, CE_COL_PLAN_FILED_BY));
		ce_duty_require_day(row, CE_COL_PLAN_FILED_ON, ce_row_id(row, CE_COL_PLAN_FILED_BY));
	}
}

static void
check_update(CeRow *row, const CeRow *old)
{
	CePlanStatus from = plan_status(old);
	CePlanStatus to = plan_status(row);

	if (from == CE_PLAN_FILED)
	{
		/* Verified hours rest on it (AMB-26). */
		ce_row_check_frozen(row, old, 0, CE_COL_PLAN_NOTE, &change_filed);
		return;
	}
	if (from != to && (next_statuses[from] & TO(to)) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("plan %lld cannot change from status \"%s\" to \"%s\"", plan_id(row),
						_(ce_list_label(CE_LIST_PLAN_STATUS, from)),
						_(ce_list_label(CE_LIST_PLAN_STATUS, to))),
				 errdetail("Clause 7.2: a plan is drafted, submitted, reviewed where a review is due, and filed; or it is rejected, and may be submitted again."),
				 errhint("Submit the plan, then use ce_file().")));
	if (from == CE_PLAN_REVIEWED && content_differs(row, old))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("plan %lld is reviewed and cannot be changed", plan_id(old)),
				 errdetail("Clause 7.2a: a plan is filed as it was reviewed."),
				 errhint("Reject the plan, change it and submit it again.")));
	if (from == CE_PLAN_REJECTED && to != CE_PLAN_REJECTED)
	{
		/* Its filing starts again. */
		ce_row_set_null(row, CE_COL_PLAN_REVIEWED_BY);
		ce_row_set_null(row, CE_COL_PLAN_FILED_BY);
		ce_row_set_null(row, CE_COL_PLAN_FILED_ON);
	}
	if (to == CE_PLAN_REJECTED && from != to)
		check_rejection(row, old);
	check_row(row);
}

static void
check_insert(CeRow *row)
{
	CePlanStatus status = plan_status(row);

	if (status != CE_PLAN_DRAFT && status != CE_PLAN_SUBMITTED &&
		status != CE_PLAN_FILED)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("cannot insert a plan with status \"%s\"",
						_(ce_list_label(CE_LIST_PLAN_STATUS, status))),
				 errdetail("Clause 7.2: a new plan is a draft, submitted, or filed by the office in charge."),
				 errhint("Enter it as submitted and use ce_file().")));
	check_row(row);
}

/* ce_plan_check() returns trigger: before each row of ce_plan */
PG_FUNCTION_INFO_V1(ce_plan_check);
Datum
ce_plan_check(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_plan_check",
											  CE_BEFORE | CE_EACH_ROW | CE_ON_ROWS,
											  CE_PLAN);
	CeRow		row;
	CeRow		stored;
	const CeRow *old = ce_row_change(&row, &stored, CE_PLAN, trigdata);

	if (TRIGGER_FIRED_BY_DELETE(trigdata->tg_event))
	{
		ce_duty_require(old, CE_DUTY_RECORD, ce_row_id(old, CE_COL_PLAN_ORG_ID));
		if (plan_status(old) == CE_PLAN_FILED)
			ce_refuse_delete(old, &delete_filed);
		if (plan_status(old) == CE_PLAN_REVIEWED)
			ce_refuse_delete(old, &delete_reviewed);
		return PointerGetDatum(trigdata->tg_trigtuple);
	}
	require_duties(&row, old);
	if (old == NULL)
		check_insert(&row);
	else
		check_update(&row, old);
	return PointerGetDatum(ce_row_result(&row, trigdata));
}

/* ce_plan_log() returns trigger: logs a plan's change of status */
PG_FUNCTION_INFO_V1(ce_plan_log);
Datum
ce_plan_log(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_plan_log",
											  CE_AFTER | CE_EACH_ROW | CE_ON_INSERT | CE_ON_UPDATE,
											  CE_PLAN);
	CeRow		row;
	CeRow		stored;
	const CeRow *old = ce_row_change(&row, &stored, CE_PLAN, trigdata);
	CePlanStatus to = plan_status(&row);
	int			by;

	if (old != NULL && plan_status(old) == to)
		return PointerGetDatum(NULL);
	by = to == CE_PLAN_FILED ? CE_COL_PLAN_FILED_BY :
		to == CE_PLAN_SUBMITTED ? CE_COL_PLAN_ORG_ID : CE_COL_PLAN_REVIEWED_BY;
	ce_post_event("plan", plan_id(&row),
				  old == NULL ? NULL : ce_list_label(CE_LIST_PLAN_STATUS, plan_status(old)),
				  ce_list_label(CE_LIST_PLAN_STATUS, to), ce_row_id(&row, by),
				  to == CE_PLAN_REJECTED ? ce_row_text(&row, CE_COL_PLAN_NOTE) : NULL);
	ce_post_all(trigdata->tg_relation);
	return PointerGetDatum(NULL);
}

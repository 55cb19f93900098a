/*-------------------------------------------------------------------------
 *
 * activity_facts.c
 *	  The facts of an activity: their checks and the derived columns.
 *
 * One small function for each rule.  convert.c computes the hours.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/numeric.h"
#include "utils/fmgrprotos.h"

#include "law/cases.h"
#include "law/cite.h"
#include "record/conversion.h"
#include "record/live_from.h"
#include "write/activity.h"

#include "compat.h"

#define MAX_QUANTITY 1000000000

CeStatus
ce_activity_status(const CeActivityRow *row)
{
	if (row->r.nulls[CE_COL_ACTIVITY_STATUS])
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("an activity needs a status"),
				 errhint("Leave status out to enter it as submitted.")));
	return ce_list_value(CE_LIST_STATUS, DatumGetObjectId(row->r.values[CE_COL_ACTIVITY_STATUS]));
}

long long
ce_activity_id(const CeActivityRow *row)
{
	return (long long) DatumGetInt64(row->r.values[CE_COL_ACTIVITY_ACTIVITY_ID]);
}

/* ---------------------------------------------------------------------
 * Person and employer
 * ---------------------------------------------------------------------
 */

/* The scheme on the day when it was completed, whose rules convert it. */
static const CeScheme *
scheme_of(const CeActivityRow *row, const CePerson *person)
{
	return row->r.nulls[CE_COL_ACTIVITY_COMPLETED_ON] ? person->scheme :
		ce_scheme_on(person, ce_row_day(&row->r, CE_COL_ACTIVITY_COMPLETED_ON));
}

static void
check_person(const CeActivityRow *row, CePerson *person)
{
	const CeScheme *scheme;

	if (row->r.nulls[CE_COL_ACTIVITY_PERSON_ID])
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("an activity needs a person"),
				 errhint("Give person_id.")));
	ce_require_person(DatumGetInt64(row->r.values[CE_COL_ACTIVITY_PERSON_ID]), person);
	scheme = scheme_of(row, person);
	if (!scheme->governed)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("other rules apply to the activities of person %lld",
						(long long) person->person_id),
				 errdetail("Clause %s: the rules of this ledger do not apply to scheme \"%s\".",
						   ce_clause(scheme->citation.clause), scheme->name),
				 errhint("Correct scheme in ce_person if the person is not under that scheme.")));
}

/* ---------------------------------------------------------------------
 * Dates and days
 * ---------------------------------------------------------------------
 */

static void
check_dates(const CeActivityRow *row)
{
	DateADT		completed_on;
	DateADT		started_on;

	if (row->r.nulls[CE_COL_ACTIVITY_COMPLETED_ON])
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("an activity needs completed_on"),
				 errhint("Enter an activity when it is complete; for a certificate the day of its issue.")));
	ce_row_check_finite(&row->r, CE_COL_ACTIVITY_COMPLETED_ON);
	ce_row_check_finite(&row->r, CE_COL_ACTIVITY_STARTED_ON);
	completed_on = ce_row_day(&row->r, CE_COL_ACTIVITY_COMPLETED_ON);
	if (completed_on > ce_day_of_act())
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("completed_on is in the future"),
				 errdetail("Clauses 5.1, 5.2: only completed activities count; completed_on is %s, and today is %s in Asia/Shanghai.",
						   ce_date_text(completed_on),
						   ce_date_text(ce_day_of_act())),
				 errhint("Enter the activity when it is complete.")));
	started_on = row->r.nulls[CE_COL_ACTIVITY_STARTED_ON] ? completed_on :
		ce_row_day(&row->r, CE_COL_ACTIVITY_STARTED_ON);
	if (started_on > completed_on)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("started_on is after completed_on"),
				 errhint("Correct the dates.")));
}

/* 0.4: only hours from before going live come as a total (AMB-2). */
static void
check_opening(const CeActivityRow *row)
{
	DateADT		completed_on = ce_row_day(&row->r, CE_COL_ACTIVITY_COMPLETED_ON);
	DateADT		live_from;

	if (row->kind->track != CE_TRACK_OPENING || !ce_live_from(&live_from) ||
		completed_on < live_from)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("\"%s\" of %s is no total from before the ledger went live",
					row->kind->name, ce_date_text(completed_on)),
			 errdetail("Clause 0.4 (AMB-2): the ledger went live on %s (ce_ledger.live_from).",
					   ce_date_text(live_from)),
			 errhint("Enter what was completed from that day on item by item. If the day is wrong, the ledger's owner corrects it: UPDATE %s.ce_ledger SET live_from = ...;",
					 ce_ledger_schema())));
}

/* Does a comparison of numerics hold?  NaN is greater than every number. */
static bool
holds(PGFunction comparison, Datum number, int other)
{
	return DatumGetBool(DirectFunctionCall2(comparison, number,
											NumericGetDatum(int64_to_numeric(other))));
}

/* Days as a number of half days (AMB-13). */
static int
half_days(const CeActivityRow *row, int column)
{
	Datum		doubled;
	bool		whole;

	if (row->r.nulls[column])
		return 0;
	doubled = DirectFunctionCall2(numeric_mul, row->r.values[column],
								  NumericGetDatum(int64_to_numeric(2)));
	whole = holds(numeric_ge, doubled, 0) && holds(numeric_le, doubled, 100000) &&
		holds(numeric_eq, doubled, DatumGetInt32(DirectFunctionCall1(numeric_int4, doubled)));
	if (!whole)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("%s is not a number of whole or half days",
						ce_column_name(CE_ACTIVITY, column)),
				 errdetail("Clause 5.2.2(1)b, AMB-13: days count in whole or half days; %s was given.",
						   DatumGetCString(DirectFunctionCall1(numeric_out, row->r.values[column]))),
				 errhint("Give whole or half days, such as 2.5.")));
	return DatumGetInt32(DirectFunctionCall1(numeric_int4, doubled));
}

/* Days from the first to the last, both included. */
static int
calendar_days(const CeActivityRow *row)
{
	if (row->r.nulls[CE_COL_ACTIVITY_STARTED_ON])
		return CE_DAYS_UNKNOWN;
	return ce_row_day(&row->r, CE_COL_ACTIVITY_COMPLETED_ON) -
		ce_row_day(&row->r, CE_COL_ACTIVITY_STARTED_ON) + 1;
}

static void
check_days(const CeActivityRow *row)
{
	int			days = half_days(row, CE_COL_ACTIVITY_DAYS);
	int			travel = half_days(row, CE_COL_ACTIVITY_TRAVEL_DAYS);

	if (!row->r.nulls[CE_COL_ACTIVITY_DAYS] && days == 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("days must be more than 0"),
				 errhint("Leave days null where they are not known.")));
	if (days + travel > 2 * calendar_days(row))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("days and travel_days exceed the calendar days of the activity"),
				 row->r.nulls[CE_COL_ACTIVITY_STARTED_ON] ?
				 errdetail("Clause 5.2.2(1)b: %.1f days with travel, but a year has at most %d.",
						   (days + travel) / 2.0, CE_DAYS_UNKNOWN) :
				 errdetail("Clause 5.2.2(1)b: %.1f days with travel, but the calendar has %d from started_on to completed_on.",
						   (days + travel) / 2.0, calendar_days(row)),
				 errhint("Give the days without travel in days.")));
}

static void
refuse_fit(CeHours hours, int days, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("%s hours do not fit into the days of the activity",
					ce_hours_text(hours)),
			 errdetail("AMB-14: at most 24 hours in each of %d calendar days.", days),
			 ce_errhint(hint)));
}

static void
check_hours(const CeFacts *facts)
{
	if (!facts->has_hours)
		return;
	if (facts->hours < 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("hours must not be negative"),
				 errhint("To withdraw verified hours, revoke the activity with ce_revoke().")));
	if (!ce_hours_fit(facts->hours, facts->whole_days))
		refuse_fit(facts->hours, facts->whole_days,
				   gettext_noop("Correct hours, started_on, completed_on or days; an activity in review can be rejected with ce_reject()."));
}

/* Hours that the plan gives fit into the days of both. */
static void
check_filed_hours(const CeFacts *facts, const CeConversion *conversion)
{
	if (!ce_plan_hours_fit(facts, conversion))
		refuse_fit(conversion->hours, Min(facts->whole_days, facts->plan_whole_days),
				   facts->whole_days < facts->plan_whole_days ?
				   gettext_noop("Correct started_on, completed_on or days, or give in hours what was attended; an activity in review can be rejected with ce_reject().") :
				   gettext_noop("Give in hours what was attended; if the plan is wrong, file a new one. An activity in review can be rejected with ce_reject()."));
}

/* Ranks count from 1, and quantities are more than nothing. */
static void
check_case(const CeActivityRow *row)
{
	Datum		quantity = row->r.values[CE_COL_ACTIVITY_QUANTITY];

	if (!row->r.nulls[CE_COL_ACTIVITY_RANK])
		ce_require_rank(ce_row_int(&row->r, CE_COL_ACTIVITY_RANK));
	if (!row->r.nulls[CE_COL_ACTIVITY_QUANTITY] &&
		!(holds(numeric_gt, quantity, 0) && holds(numeric_le, quantity, MAX_QUANTITY)))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("quantity cannot be %s",
						DatumGetCString(DirectFunctionCall1(numeric_out, quantity))),
				 errdetail("It is a number of the unit that the rule names, more than 0 and at most %d.",
						   MAX_QUANTITY),
				 errhint("Leave quantity null where the hours do not go by a unit.")));
}

/* The dates of a row with days are in one year (AMB-16, AMB-39). */
static void
check_one_year(const CeFacts *facts, const CeRule *rule)
{
	if (ce_in_one_year(facts, rule))
		return;
	if (!facts->has_started)
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("an activity of kind \"%s\" needs started_on", facts->kind->name),
				 errdetail("%s counts by days.", ce_cite_first(&rule->citation, facts->scheme)),
				 errhint("Give started_on.")));
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("an activity of kind \"%s\" cannot extend into another year", facts->kind->name),
			 errdetail("%s counts by days, and each day for its own year (AMB-39).",
					   ce_cite_first(&rule->citation, facts->scheme)),
			 errhint("Enter one row for each calendar year.")));
}

/* ---------------------------------------------------------------------
 * The plan
 * ---------------------------------------------------------------------
 */

void
ce_activity_no_plan(int64 plan_id)
{
	ereport(ERROR,
			(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
			 errmsg("plan %lld does not exist", (long long) plan_id),
			 errhint("Enter the plan in ce_plan first.")));
}

static void
check_plan(CeActivityRow *row, CeFacts *facts)
{
	bool		given = !row->r.nulls[CE_COL_ACTIVITY_PLAN_ID];
	const CePlan *plan = &row->plan;
	const CeOrg *organiser;

	if (row->kind->track != CE_TRACK_FILED)
	{
		if (given)
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("an activity of kind \"%s\" cannot have a plan", row->kind->name),
					 errdetail("Clause 7.3a: what staff attend elsewhere is verified by its evidence, not by a plan."),
					 errhint("Leave plan_id null, or enter the course as filed_course.")));
		return;
	}
	if (!given)
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("an activity of kind \"%s\" needs a plan", row->kind->name),
				 errdetail("Clause 7.2d: hours of a course are verified only when its plan is filed."),
				 errhint("Enter the plan in ce_plan and give its plan_id.")));
	if (!ce_read_plan(ce_row_id(&row->r, CE_COL_ACTIVITY_PLAN_ID), &row->plan))
		ce_activity_no_plan(plan->plan_id);
	organiser = ce_get_org(plan->org_id);
	if (row->kind->category == CE_CATEGORY_ONLINE &&
		(organiser->base_level == CE_NO_BASE || !plan->online))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("plan %lld is not an online course of a base",
						(long long) plan->plan_id),
				 errdetail("Clause 5.2.1 covers online courses of continuing-education bases."),
				 errhint("Enter other filed courses as filed_course.")));
	ce_plan_facts(plan, facts);
	if (row->r.nulls[CE_COL_ACTIVITY_SPECIALTY] && plan->specialty != (Datum) 0)
		ce_row_set(&row->r, CE_COL_ACTIVITY_SPECIALTY, plan->specialty);
}

/* ---------------------------------------------------------------------
 * Derived columns
 * ---------------------------------------------------------------------
 */

/* Would the value change the column? */
static bool
changes(const CeActivityRow *row, int column, Datum value)
{
	CeRow		other;

	other.values[column] = value;
	other.nulls[column] = false;
	return ce_row_differs(&row->r, &other, column);
}

/*
 * Set a derived column.  A value that the writer supplied must equal it: hours
 * cannot be entered directly.
 */
static void
derive(CeActivityRow *row, const CeActivityRow *before, int column, Datum value)
{
	if (!row->r.nulls[column] &&
		changes(row, column, value) &&
		(before == NULL || ce_row_differs(&row->r, &before->r, column)))
		ereport(ERROR,
				(errcode(ERRCODE_GENERATED_ALWAYS),
				 errmsg("column \"%s\" is derived and cannot be written",
						ce_column_name(CE_ACTIVITY, column)),
				 errdetail("Clause 5: the law derives the hours from the facts."),
				 errhint("Leave the column out and give the facts.")));
	ce_row_set(&row->r, column, value);
}

void
ce_activity_derive(CeActivityRow *row, const CeActivityRow *before)
{
	CePerson	person;
	CeFacts		facts;
	CeConversion conversion;
	Datum		derived[CE_ACTIVITY_NCOLUMNS];

	check_person(row, &person);
	if (row->r.nulls[CE_COL_ACTIVITY_ORG_ID])
		ce_row_set(&row->r, CE_COL_ACTIVITY_ORG_ID, Int64GetDatum(person.org_id));
	ce_get_org(ce_row_id(&row->r, CE_COL_ACTIVITY_ORG_ID));
	if (row->r.nulls[CE_COL_ACTIVITY_KIND])
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("an activity needs a kind"),
				 errhint("Table ce_kind lists the kinds.")));
	row->kind = ce_get_kind(row->r.values[CE_COL_ACTIVITY_KIND]);
	if (row->kind->track == CE_TRACK_ATTESTED)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("kind \"%s\" is not a kind of activity", row->kind->name),
				 errdetail("Clause 7.3b: achievements are not submitted and verified; the employer attests them for an application."),
				 errhint("Enter it in ce_achievement.")));
	check_dates(row);
	check_opening(row);
	check_case(row);
	ce_activity_facts(row->r.values, row->r.nulls, row->kind, scheme_of(row, &person), &facts);
	check_one_year(&facts, ce_get_activity_rule(&facts));
	check_days(row);
	check_hours(&facts);
	check_plan(row, &facts);
	ce_convert(&facts, ce_activity_id(row), &conversion);
	check_filed_hours(&facts, &conversion);

	ce_derived_columns(&facts, &conversion, derived);
	for (int column = CE_ACTIVITY_DERIVED; column < CE_ACTIVITY_NCOLUMNS; column++)
		derive(row, before, column, derived[column]);
}

void
ce_activity_keep(CeActivityRow *row, const CeActivityRow *before)
{
	row->kind = ce_get_kind(row->r.values[CE_COL_ACTIVITY_KIND]);
	for (int column = CE_ACTIVITY_DERIVED; column < CE_ACTIVITY_NCOLUMNS; column++)
		derive(row, before, column, before->r.values[column]);
}

const char *
ce_activity_rederive(CeActivityRow *row, const CeScheme *of, const CeScheme *as)
{
	CePerson	person;
	const CeScheme *scheme;
	Datum		derived[CE_ACTIVITY_NCOLUMNS];
	const char *problem;

	if (!ce_read_person(DatumGetInt64(row->r.values[CE_COL_ACTIVITY_PERSON_ID]), &person))
		return NULL;
	scheme = scheme_of(row, &person);
	if (scheme == of)
		scheme = as;
	if (!scheme->governed)
		return NULL;			/* leaving a scheme keeps the hours */
	problem = ce_convert_row(row->r.values, row->r.nulls, scheme, derived);
	if (problem != NULL)
		return problem;
	for (int column = CE_ACTIVITY_DERIVED; column < CE_ACTIVITY_NCOLUMNS; column++)
	{
		if (column != CE_COL_ACTIVITY_NATIONAL_BASE && changes(row, column, derived[column]))
			ce_row_set(&row->r, column, derived[column]);
	}
	return NULL;
}

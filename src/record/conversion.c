/*-------------------------------------------------------------------------
 *
 * conversion.c
 *	  What the law gives for the facts of an activity.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "record/conversion.h"
#include "who/org.h"

#include "compat.h"

/* A text, NULL if it is null. */
static const char *
text_of(const Datum *values, const bool *nulls, int column)
{
	return nulls[column] ? NULL : TextDatumGetCString(values[column]);
}

/* Days from the first to the last; their number, if only that is known. */
static int
days_for_hours(const Datum *values, const bool *nulls)
{
	if (!nulls[CE_COL_ACTIVITY_STARTED_ON])
		return DatumGetDateADT(values[CE_COL_ACTIVITY_COMPLETED_ON]) -
			DatumGetDateADT(values[CE_COL_ACTIVITY_STARTED_ON]) + 1;
	return nulls[CE_COL_ACTIVITY_DAYS] ? CE_DAYS_UNKNOWN :
		ce_whole_days(values[CE_COL_ACTIVITY_DAYS]);
}

void
ce_activity_facts(const Datum *values, const bool *nulls, const CeKind *kind,
				  const CeScheme *scheme, CeFacts *facts)
{
	memset(facts, 0, sizeof(*facts));
	facts->scheme = scheme;
	facts->kind = kind;
	facts->year = ce_year_of(DatumGetDateADT(values[CE_COL_ACTIVITY_COMPLETED_ON]));
	facts->has_started = !nulls[CE_COL_ACTIVITY_STARTED_ON];
	if (facts->has_started)
		facts->started_year = ce_year_of(DatumGetDateADT(values[CE_COL_ACTIVITY_STARTED_ON]));
	facts->whole_days = days_for_hours(values, nulls);
	facts->has_hours = !nulls[CE_COL_ACTIVITY_HOURS];
	facts->hours = facts->has_hours ? DatumGetCeHours(values[CE_COL_ACTIVITY_HOURS]) : 0;
	facts->has_days = !nulls[CE_COL_ACTIVITY_DAYS];
	facts->days = values[CE_COL_ACTIVITY_DAYS];
	facts->grade = text_of(values, nulls, CE_COL_ACTIVITY_GRADE);
	facts->role = text_of(values, nulls, CE_COL_ACTIVITY_ROLE);
	facts->rank = nulls[CE_COL_ACTIVITY_RANK] ? 0 : DatumGetInt32(values[CE_COL_ACTIVITY_RANK]);
	facts->has_quantity = !nulls[CE_COL_ACTIVITY_QUANTITY];
	facts->quantity = values[CE_COL_ACTIVITY_QUANTITY];
}

void
ce_plan_facts(const CePlan *plan, CeFacts *facts)
{
	const CeOrg *organiser = ce_find_org(plan->org_id);

	facts->plan_has_hours = plan->has_hours;
	facts->plan_hours = plan->hours;
	facts->plan_has_days = plan->has_days;
	facts->plan_days = plan->days;
	facts->plan_whole_days = plan->whole_days;
	facts->plan_of_national_base = organiser != NULL && organiser->base_level == CE_NATIONAL_BASE;
}

void
ce_derived_columns(const CeFacts *facts, const CeConversion *conversion, Datum *values)
{
	values[CE_COL_ACTIVITY_YEAR] = Int32GetDatum(facts->year);
	values[CE_COL_ACTIVITY_CATEGORY] = CStringGetTextDatum(conversion->category_name);
	values[CE_COL_ACTIVITY_NATIONAL_BASE] = BoolGetDatum(conversion->national_base);
	values[CE_COL_ACTIVITY_AWARDED] = CeHoursGetDatum(conversion->hours);
	values[CE_COL_ACTIVITY_DEEMS_PUBLIC] = BoolGetDatum(conversion->deems_public);
	values[CE_COL_ACTIVITY_DEEMS_PROFESSIONAL] = BoolGetDatum(conversion->deems_professional);
	values[CE_COL_ACTIVITY_RULE_ID] = Int32GetDatum(conversion->rule->rule_id);
}

/* As ce_convert_row(); *refused: verification would refuse it all the same. */
static const char *
convert_row(const Datum *values, const bool *nulls, const CeScheme *scheme,
			Datum *converted, bool *refused)
{
	CeFacts		facts;
	CeConversion conversion;
	CePlan		plan;
	const CeRule *rule;
	const char *missing;

	memcpy(converted, values, CE_ACTIVITY_NCOLUMNS * sizeof(Datum));
	ce_activity_facts(values, nulls, ce_get_kind(values[CE_COL_ACTIVITY_KIND]), scheme, &facts);
	if (!nulls[CE_COL_ACTIVITY_PLAN_ID])
	{
		/* A plan that the caller does not see: as it was derived from it. */
		if (!ce_read_plan(DatumGetInt64(values[CE_COL_ACTIVITY_PLAN_ID]), &plan))
			return NULL;
		ce_plan_facts(&plan, &facts);
	}
	rule = ce_find_rule(facts.scheme, facts.kind, facts.year, facts.grade, facts.role, facts.rank);
	if (rule == NULL)
		return gettext_noop("no rule converts the activity");
	missing = ce_convert_by(&facts, rule, &conversion);
	if (missing != NULL)
		return missing;
	*refused = !ce_can_be_verified(&facts, &conversion);
	ce_derived_columns(&facts, &conversion, converted);
	return NULL;
}

const char *
ce_convert_row(const Datum *values, const bool *nulls, const CeScheme *scheme, Datum *converted)
{
	bool		refused;

	return convert_row(values, nulls, scheme, converted, &refused);
}

bool
ce_convert_waiting(const Datum *values, const bool *nulls, const CeScheme *scheme,
				   Datum *converted)
{
	bool		refused = false;

	return scheme->governed &&
		convert_row(values, nulls, scheme, converted, &refused) == NULL && !refused;
}

/* ---------------------------------------------------------------------
 * SQL functions
 * ---------------------------------------------------------------------
 */

/*
 * ce__to_award(awarded ce_hours, moved boolean, person_id bigint, scheme text,
 *				kind text, plan_id bigint, completed_on date, started_on date,
 *				days numeric, hours ce_hours, grade text, role text,
 *				rank integer, quantity numeric)
 *	 returns ce_hours: the hours that verification will give an activity, null:
 *	 it refuses it; awarded, those derived so far, if the scheme is null
 */
PG_FUNCTION_INFO_V1(ce_to_award);
Datum
ce_to_award(PG_FUNCTION_ARGS)
{
	static const int columns[] = {
		CE_COL_ACTIVITY_KIND, CE_COL_ACTIVITY_PLAN_ID, CE_COL_ACTIVITY_COMPLETED_ON,
		CE_COL_ACTIVITY_STARTED_ON, CE_COL_ACTIVITY_DAYS, CE_COL_ACTIVITY_HOURS,
		CE_COL_ACTIVITY_GRADE, CE_COL_ACTIVITY_ROLE, CE_COL_ACTIVITY_RANK,
		CE_COL_ACTIVITY_QUANTITY
	};
	Datum		values[CE_ACTIVITY_NCOLUMNS] = {0};
	bool		nulls[CE_ACTIVITY_NCOLUMNS];
	Datum		converted[CE_ACTIVITY_NCOLUMNS];
	CePerson	person = {0};
	const CeScheme *scheme;

	ce_ledger_enter(fcinfo);
	ce_table_oid(CE_PERSON);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(2) || PG_ARGISNULL(4) || PG_ARGISNULL(6))
		PG_RETURN_NULL();
	if (PG_ARGISNULL(3))
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	memset(nulls, true, sizeof(nulls));
	values[CE_COL_ACTIVITY_AWARDED] = PG_GETARG_DATUM(0);
	for (int i = 0; i < lengthof(columns); i++)
	{
		nulls[columns[i]] = PG_ARGISNULL(4 + i);
		values[columns[i]] = PG_ARGISNULL(4 + i) ? (Datum) 0 : PG_GETARG_DATUM(4 + i);
	}
	person.person_id = PG_GETARG_INT64(2);
	person.scheme = ce_get_scheme(PG_GETARG_DATUM(3));
	ce_set_moved(&person, !PG_ARGISNULL(1) && PG_GETARG_BOOL(1));
	scheme = ce_scheme_on(&person, PG_GETARG_DATEADT(6));
	if (!ce_convert_waiting(values, nulls, scheme, converted))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(converted[CE_COL_ACTIVITY_AWARDED]);
}

/*-------------------------------------------------------------------------
 *
 * convert.c
 *	  Conversion of an activity's facts to class hours (5).
 *
 * One small function for each basis that a rule can name.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/int.h"
#include "utils/fmgrprotos.h"

#include "law/cases.h"
#include "law/cite.h"
#include "law/convert.h"

#include "compat.h"

bool
ce_goes_by_days(const CeRule *rule)
{
	return rule->basis == CE_BASIS_DOCUMENT_OR_DAYS || rule->basis == CE_BASIS_DAYS;
}

bool
ce_in_one_year(const CeFacts *facts, const CeRule *rule)
{
	return !ce_goes_by_days(rule) ||
		(facts->has_started && facts->started_year == facts->year);
}

bool
ce_hours_fit(CeHours hours, int days)
{
	return hours <= CeHoursFromInt(24) * days;
}

bool
ce_plan_hours_fit(const CeFacts *facts, const CeConversion *conversion)
{
	return facts->kind->track != CE_TRACK_FILED ||
		(conversion->rule->basis != CE_BASIS_FILED_HOURS &&
		 conversion->rule->basis != CE_BASIS_AS_COMPLETED) ||
		ce_hours_fit(conversion->hours, Min(facts->whole_days, facts->plan_whole_days));
}

/* A quantity where the rule does not go by a unit. */
static bool
is_unwanted(const CeFacts *facts, const CeRule *rule)
{
	return facts->has_quantity && rule->unit == NULL;
}

/* Parts of a unit where they give nothing. */
static bool
has_parts(const CeFacts *facts, const CeRule *rule)
{
	return facts->has_quantity && rule->whole_units &&
		!DatumGetBool(DirectFunctionCall2(numeric_eq, facts->quantity,
										  DirectFunctionCall1(numeric_floor, facts->quantity)));
}

bool
ce_can_be_verified(const CeFacts *facts, const CeConversion *conversion)
{
	return ce_in_one_year(facts, conversion->rule) &&
		!is_unwanted(facts, conversion->rule) &&
		!has_parts(facts, conversion->rule) &&
		(!facts->has_hours || ce_hours_fit(facts->hours, facts->whole_days)) &&
		ce_plan_hours_fit(facts, conversion);
}

/* Neither the year nor anything else of the kind has a rule. */
static void
require_some_rule(const CeScheme *scheme, const CeKind *kind, int year)
{
	if (ce_kind_has_rules(scheme, kind, year))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("no rule converts activities of kind \"%s\" in %d into hours",
					kind->name, year),
			 errdetail("Clause %s; scheme \"%s\" has no row in ce_rule for this kind and year.",
					   ce_clause(kind->clause), scheme->name),
			 kind->track == CE_TRACK_OPENING ?
			 errhint("Check completed_on; a row of basis as_recorded in ce_rule accepts the totals of this kind and year.") :
			 errhint("Check kind and completed_on; enter totals verified before the ledger went live with kind recorded_public or recorded_professional.")));
}

const CeRule *
ce_get_activity_rule(const CeFacts *facts)
{
	const CeRule *rule = NULL;

	if (facts->grade == NULL && facts->role == NULL && facts->rank == 0)
		rule = ce_find_rule(facts->scheme, facts->kind, facts->year, NULL, NULL, 0);
	if (rule != NULL)
		return rule;
	require_some_rule(facts->scheme, facts->kind, facts->year);
	return ce_get_case_rule(facts->scheme, facts->kind, facts->year, facts->grade,
							facts->role, facts->rank);
}

/* Hours of one activity at most: so many that those of a year still add up. */
#define MAX_HOURS CeHoursFromInt(1000000000)

static const char *const too_fine =
	gettext_noop("the hours of the activity would have more than two decimals");
static const char *const too_many =
	gettext_noop("the hours of the activity would be out of range");

/* Why a product is no hours; NULL: it is. */
static const char *
why_none(const char *problem)
{
	return problem == NULL ? NULL : problem == ce_hours_too_large ? too_many : too_fine;
}

/* 5.1, 5.2.1: hours as completed, at most those of the plan. */
static const char *
as_completed(const CeFacts *facts, const CeRule *rule, CeHours *hours)
{
	if (!facts->has_hours)
		return gettext_noop("the activity has no hours");
	/* A plan's days set no limit here: 7 hours a day is a rule of 5.2.2. */
	if (facts->plan_has_days && !facts->plan_has_hours)
		return gettext_noop("the plan of the activity has no hours");
	*hours = facts->hours;
	if (facts->plan_has_hours)
		*hours = Min(*hours, facts->plan_hours);
	return NULL;
}

/* 5.2.2(3): the filed hours, or the attended ones if fewer (AMB-6, AMB-39). */
static const char *
filed_hours(const CeFacts *facts, const CeRule *rule, CeHours *hours)
{
	const char *missing = NULL;

	if (facts->plan_has_hours)
		*hours = facts->plan_hours;
	else if (facts->plan_has_days)
		missing = why_none(ce_hours_try_times(rule->hours, facts->plan_days, hours));
	else
		return gettext_noop("the plan of the activity has neither hours nor days");
	if (facts->has_hours)
		*hours = Min(*hours, facts->hours);
	return missing;
}

/* 5.2.4b: a number of hours for each day, travel excluded. */
static const char *
by_days(const CeFacts *facts, const CeRule *rule, CeHours *hours)
{
	if (!facts->has_days)
		return gettext_noop("the activity has no days");
	return why_none(ce_hours_try_times(rule->hours, facts->days, hours));
}

/* 5.2.2(1), 5.2.2(2): the document's hours, or by days if it has none. */
static const char *
document_or_days(const CeFacts *facts, const CeRule *rule, CeHours *hours)
{
	if (!facts->has_hours)
		return facts->has_days ? by_days(facts, rule, hours) :
			gettext_noop("the activity has neither hours nor days");
	*hours = facts->hours;
	return NULL;
}

CeHours
ce_fixed_hours(const CeRule *rule, int rank)
{
	CeHours		less;

	if (rule->less_by_rank == 0 || rank <= rule->rank_from)
		return rule->hours;
	if (pg_mul_s64_overflow(rule->less_by_rank, rank - rule->rank_from, &less))
		return 0;
	return Max(rule->hours - less, 0);
}

/* A number of hours, for each unit of the quantity if the rule has one. */
static const char *
fixed(const CeFacts *facts, const CeRule *rule, CeHours *hours)
{
	*hours = ce_fixed_hours(rule, facts->rank);
	if (rule->unit == NULL)
		return NULL;
	if (!facts->has_quantity)
		return gettext_noop("the activity has no quantity");
	return why_none(ce_hours_for_each(*hours, rule->per, facts->quantity, hours));
}

void
ce_deemed(const CeScheme *scheme, const CeRule *rule, const CeKind *kind,
		  bool *public_deemed, bool *professional_deemed)
{
	int			root = scheme->tree->root[ce_target_category(rule, kind)];
	bool		both = rule->category_name == NULL && kind->subject == CE_SUBJECT_BOTH;

	*public_deemed = both || root == CE_CATEGORY_PUBLIC;
	*professional_deemed = both || root == CE_NODE_PROFESSIONAL;
}

/* 0.4: as verified under an earlier notice (AMB-2). */
static const char *
as_recorded(const CeFacts *facts, const CeRule *rule, CeHours *hours)
{
	if (!facts->has_hours)
		return gettext_noop("the activity has no hours");
	*hours = facts->hours;
	return NULL;
}

const char *
ce_convert_by(const CeFacts *facts, const CeRule *rule, CeConversion *conversion)
{
	const char *missing = NULL;

	memset(conversion, 0, sizeof(*conversion));
	conversion->rule = rule;
	conversion->category_name = rule->category_name != NULL ? rule->category_name :
		facts->kind->category_name;
	conversion->national_base = facts->plan_of_national_base &&
		ce_target_category(rule, facts->kind) == CE_CATEGORY_ONLINE;
	switch (rule->basis)
	{
		case CE_BASIS_AS_COMPLETED:
			missing = as_completed(facts, rule, &conversion->hours);
			break;
		case CE_BASIS_FILED_HOURS:
			missing = filed_hours(facts, rule, &conversion->hours);
			break;
		case CE_BASIS_DOCUMENT_OR_DAYS:
			missing = document_or_days(facts, rule, &conversion->hours);
			break;
		case CE_BASIS_DAYS:
			missing = by_days(facts, rule, &conversion->hours);
			break;
		case CE_BASIS_FIXED:
			missing = fixed(facts, rule, &conversion->hours);
			break;
		case CE_BASIS_AS_RECORDED:
			missing = as_recorded(facts, rule, &conversion->hours);
			break;
		case CE_BASIS_DEEMS:			/* 5.2.3, 5.3 */
			ce_deemed(facts->scheme, rule, facts->kind, &conversion->deems_public,
					  &conversion->deems_professional);
			break;
		case CE_BASIS_DEEMS_TENURE:
			missing = gettext_noop("the rule is one for achievements, not for activities");
			break;
	}
	conversion->hours = Min(conversion->hours, rule->most_hours);
	return missing == NULL && conversion->hours > MAX_HOURS ? too_many : missing;
}

/* The law gives hours that cannot be represented. */
static void
refuse_product(const CeFacts *facts, const CeRule *rule, int64 activity_id, const char *missing)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("activity %lld of kind \"%s\" cannot be converted into hours",
					(long long) activity_id, facts->kind->name),
			 errdetail("%s: rule %d has %s hours, and %s.",
					   ce_cite_first(&rule->citation, facts->scheme), rule->rule_id,
					   ce_hours_text(rule->hours), _(missing)),
			 errhint("Correct days, quantity or plan of the activity, or hours of the rule in ce_rule; an activity in review can be rejected with ce_reject().")));
}

void
ce_convert(const CeFacts *facts, int64 activity_id, CeConversion *conversion)
{
	const CeRule *rule = ce_get_activity_rule(facts);
	const char *missing = ce_convert_by(facts, rule, conversion);

	if (is_unwanted(facts, rule))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("an activity of kind \"%s\" takes no quantity", facts->kind->name),
				 errdetail("%s: rule %d does not go by a unit.",
						   ce_cite_first(&rule->citation, facts->scheme), rule->rule_id),
				 errhint("Leave quantity null, or correct kind.")));
	if (has_parts(facts, rule))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("quantity cannot be %s",
						DatumGetCString(DirectFunctionCall1(numeric_out, facts->quantity))),
				 errdetail("%s: the hours of kind \"%s\" are for each whole unit \"%s\".",
						   ce_cite_first(&rule->citation, facts->scheme), facts->kind->name, rule->unit),
				 errhint("Give the number of whole units. Parts count only where the rule has a number in per.")));
	if (missing == too_fine || missing == too_many)
		refuse_product(facts, rule, activity_id, missing);
	if (missing != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg_internal("%s", _(missing)),
				 rule->unit != NULL ?
				 errdetail("%s: the hours of kind \"%s\" go by the unit \"%s\".",
						   ce_cite_first(&rule->citation, facts->scheme), facts->kind->name, rule->unit) :
				 errdetail("%s: the hours of kind \"%s\" are derived from this.",
						   ce_cite_first(&rule->citation, facts->scheme), facts->kind->name),
				 rule->unit != NULL ? errhint("Give in quantity how many there are.") :
				 errhint("Give what is missing, or correct kind.")));
}

/*-------------------------------------------------------------------------
 *
 * values_trigger.c
 *	  Values that a column cannot hold, with messages that say what it can.
 *
 * CHECK and NOT NULL constraints enforce the same rules when no trigger
 * fires; their errors name a constraint, not what is allowed.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/rel.h"

#include "law/law.h"
#include "store/field_text.h"
#include "store/placement.h"
#include "store/trigger_row.h"

#include "compat.h"

typedef enum ValueRule
{
	RULE_REQUIRED,				/* not null */
	RULE_LISTED,				/* one of some words */
	RULE_FINITE,				/* a day that is not infinity */
	RULE_POSITIVE,				/* a number above 0 */
	RULE_HALVES,				/* days, in halves */
	RULE_REGION,				/* six digits */
	RULE_SCHEME,				/* a scheme of the law */
	RULE_TRIMMED				/* without white space around it, as imports look it up */
} ValueRule;

#define MAX_WORDS 11

typedef struct Rule
{
	const char *table;
	const char *column;
	ValueRule	rule;
	const char *words[MAX_WORDS];
} Rule;

static const Rule rules[] = {
	{"ce_org", "code", RULE_REQUIRED, {NULL}},
	{"ce_org", "code", RULE_TRIMMED, {NULL}},
	{"ce_org", "name", RULE_REQUIRED, {NULL}},
	{"ce_org", "kind", RULE_REQUIRED, {NULL}},
	{"ce_org", "kind", RULE_LISTED, {"hrss", "authority", "base", "academy",
		"public_institution", "enterprise", "private_institution", "central_unit",
	"military_kindergarten", "health_commission"}},
	{"ce_org", "admin_level", RULE_REQUIRED, {NULL}},
	{"ce_org", "admin_level", RULE_LISTED, {"national", "provincial", "prefecture", "county"}},
	{"ce_org", "region_code", RULE_REQUIRED, {NULL}},
	{"ce_org", "region_code", RULE_REGION, {NULL}},
	{"ce_org", "base_level", RULE_LISTED, {"national", "provincial"}},
	{"ce_person", "person_no", RULE_TRIMMED, {NULL}},
	{"ce_person", "org_id", RULE_REQUIRED, {NULL}},
	{"ce_person", "scheme", RULE_REQUIRED, {NULL}},
	{"ce_person", "scheme", RULE_SCHEME, {NULL}},
	{"ce_person", "doctorate_on", RULE_FINITE, {NULL}},
	{"ce_person", "held_since", RULE_FINITE, {NULL}},
	{"ce_person", "entered_on", RULE_FINITE, {NULL}},
	{"ce_plan", "mode", RULE_LISTED, {"online", "offline"}},
	{"ce_plan", "subject", RULE_LISTED, {"professional"}},
	{"ce_plan", "hours", RULE_POSITIVE, {NULL}},
	{"ce_plan", "days", RULE_HALVES, {NULL}},
	{"ce_allocation", "subject", RULE_LISTED, {"public", "professional"}},
	{"ce_allocation", "hours", RULE_POSITIVE, {NULL}},
	{"ce_specialty_pair", "specialty", RULE_REQUIRED, {NULL}},
	{"ce_specialty_pair", "specialty", RULE_TRIMMED, {NULL}},
	{"ce_specialty_pair", "close_to", RULE_REQUIRED, {NULL}},
	{"ce_specialty_pair", "close_to", RULE_TRIMMED, {NULL}},
	{"ce_title", "title", RULE_TRIMMED, {NULL}},
	{"ce_title", "code", RULE_TRIMMED, {NULL}},
	{"ce_course", "course", RULE_REQUIRED, {NULL}},
	{"ce_course", "course", RULE_TRIMMED, {NULL}},
	{"ce_course", "hours", RULE_POSITIVE, {NULL}},
	{"ce_member", "duty", RULE_LISTED, {"read", "record", "verify", "backdate", "sanction", "audit", "report"}}
};

/* The value of a row as text; NULL: null, or there is no such column. */
static char *
value_in(HeapTuple tuple, TriggerData *trigdata, const char *column)
{
	TupleDesc	desc = RelationGetDescr(trigdata->tg_relation);
	int			number = SPI_fnumber(desc, column);

	return number <= 0 ? NULL : SPI_getvalue(tuple, desc, number);
}

/* The value of the new row. */
static char *
value_of(TriggerData *trigdata, const char *column)
{
	return value_in(ce_given_tuple(trigdata), trigdata, column);
}

/* Is the value what the row had?  Rows of earlier versions keep their white space. */
static bool
is_kept(TriggerData *trigdata, const Rule *rule, const char *value)
{
	return rule->rule == RULE_TRIMMED && TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event) &&
		ce_same_text(value, value_in(trigdata->tg_trigtuple, trigdata, rule->column));
}

/* The hint is marked with gettext_noop(). */
static void
refuse_value(const Rule *rule, const char *value, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("%s cannot be \"%s\"", rule->column, value),
			 ce_errhint(hint)));
}

static void
check_word(const Rule *rule, const char *value)
{
	StringInfoData listed;

	initStringInfo(&listed);
	for (int i = 0; rule->words[i] != NULL; i++)
	{
		if (strcmp(value, rule->words[i]) == 0)
			return;
		appendStringInfo(&listed, "%s%s", i == 0 ? "" : ", ", rule->words[i]);
	}
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("%s cannot be \"%s\"", rule->column, value),
			 errhint("Available values: %s.", listed.data)));
}

static void
check_value(const Rule *rule, const char *value)
{
	double		number;

	switch (rule->rule)
	{
		case RULE_REQUIRED:
			break;
		case RULE_LISTED:
			check_word(rule, value);
			break;
		case RULE_FINITE:
			if (strstr(value, "infinity") != NULL)
				refuse_value(rule, value, gettext_noop("Give a day of the calendar, or null if it is not known."));
			break;
		case RULE_POSITIVE:
			if (strtod(value, NULL) <= 0)
				refuse_value(rule, value, gettext_noop("Give a number above 0."));
			break;
		case RULE_HALVES:
			number = strtod(value, NULL) * 2;
			if (!(number > 0) || number != rint(number))
				refuse_value(rule, value, gettext_noop("Give whole or half days, such as 2.5."));
			break;
		case RULE_REGION:
			if (strlen(value) != 6 || value[strspn(value, "0123456789")] != '\0')
				refuse_value(rule, value, gettext_noop("Give the six-digit code of the region (GB/T 2260), such as 630100."));
			break;
		case RULE_SCHEME:
			if (ce_find_scheme(value, strlen(value)) == NULL)
				ereport(ERROR,
						(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
						 errmsg("scheme \"%s\" does not exist", value),
						 errhint("Table ce_scheme lists the schemes.")));
			break;
		case RULE_TRIMMED:
			if (ce_field_text(value) == NULL || strcmp(ce_field_text(value), value) != 0)
				refuse_value(rule, value, gettext_noop("Give it without white space around it, and not empty."));
			break;
	}
}

/* A day of the new row; false: it is null, or the column holds no days. */
static bool
day_of(TriggerData *trigdata, const char *column, DateADT *day)
{
	TupleDesc	desc = RelationGetDescr(trigdata->tg_relation);
	int			number = SPI_fnumber(desc, column);
	bool		isnull;
	Datum		value;

	if (number <= 0 || SPI_gettypeid(desc, number) != DATEOID)
		return false;
	value = SPI_getbinval(ce_given_tuple(trigdata), desc, number, &isnull);
	*day = isnull ? 0 : DatumGetDateADT(value);
	return !isnull;
}

/* What two columns cannot be together. */
static void
check_together(TriggerData *trigdata, const char *table)
{
	char	   *one;
	char	   *other;

	if (strcmp(table, "ce_org") == 0)
	{
		one = value_of(trigdata, "kind");
		if (one != NULL && strcmp(one, "base") == 0 && value_of(trigdata, "base_level") == NULL)
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("a base needs base_level"),
					 errdetail("Clause 5.2.1: bases of continuing education are national or provincial."),
					 errhint("Available values: %s.", "national, provincial")));
		one = value_of(trigdata, "org_id");
		other = value_of(trigdata, "parent_id");
		if (one != NULL && other != NULL && strcmp(one, other) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("organisation %s cannot be its own parent", one),
					 errdetail("Clause 7.4a: parent_id is the body above it."),
					 errhint("Leave parent_id null for a body at the top.")));
	}
	else if (strcmp(table, "ce_plan") == 0)
	{
		DateADT		starts;
		DateADT		ends;

		if (day_of(trigdata, "starts_on", &starts) && day_of(trigdata, "ends_on", &ends) &&
			starts > ends)
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("%s is after %s", "starts_on", "ends_on"),
					 errhint("Correct the dates.")));
	}
	else if (strcmp(table, "ce_specialty_pair") == 0)
	{
		one = value_of(trigdata, "specialty");
		if (strcmp(one, value_of(trigdata, "close_to")) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("specialty \"%s\" cannot be a pair with itself", one),
					 errdetail("Clause 4.2.3: a specialty counts as close to itself without a row."),
					 errhint("Give two specialties.")));
	}
}

/* ce_values_check() returns trigger: before each row that is entered or changed */
PG_FUNCTION_INFO_V1(ce_values_check);
Datum
ce_values_check(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_values_check",
											  CE_BEFORE | CE_EACH_ROW | CE_ON_INSERT | CE_ON_UPDATE,
											  CE_ANY_TABLE);
	const char *table = ce_base_table_name(trigdata->tg_relation);

	for (int i = 0; i < lengthof(rules); i++)
	{
		char	   *value;

		if (strcmp(rules[i].table, table) != 0)
			continue;
		value = value_of(trigdata, rules[i].column);
		if (value != NULL && !is_kept(trigdata, &rules[i], value))
			check_value(&rules[i], value);
		else if (value == NULL && rules[i].rule == RULE_REQUIRED)
			ereport(ERROR,
					(errcode(ERRCODE_NOT_NULL_VIOLATION),
					 errmsg("column \"%s\" of table \"%s\" must not be null",
							rules[i].column, table),
					 errhint("Give it a value.")));
	}
	check_together(trigdata, table);
	return PointerGetDatum(ce_given_tuple(trigdata));
}

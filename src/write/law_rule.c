/*-------------------------------------------------------------------------
 *
 * law_rule.c
 *	  Checks of rows of ce_rule.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/numeric.h"
#include "utils/rel.h"

#include "law/categories.h"
#include "store/owner.h"
#include "store/sql.h"
#include "write/law_values.h"

#include "compat.h"

#define MAX_PER 1000000000

/* Hours less by rank are those of a number of hours and a band of ranks. */
static void
check_less_by_rank(const CeRow *row, CeBasis basis)
{
	char		buf[CE_HOURS_TEXT_SIZE];

	if (row->nulls[CE_COL_RULE_LESS_BY_RANK])
		return;
	if (row->nulls[CE_COL_RULE_RANK_FROM] || basis != CE_BASIS_FIXED)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 row->nulls[CE_COL_RULE_RANK_FROM] ?
				 errmsg("a rule without rank_from cannot have less_by_rank") :
				 errmsg("a rule of basis %s cannot have less_by_rank",
						ce_list_label(CE_LIST_BASIS, basis)),
				 errdetail("Clause 5: the first rank gets the hours of the rule, and each one after it so many less."),
				 errhint("Give basis fixed, the hours of the first rank, and that rank in rank_from.")));
	if (DatumGetCeHours(row->values[CE_COL_RULE_LESS_BY_RANK]) <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("less_by_rank cannot be %s",
						ce_hours_to_text(DatumGetCeHours(row->values[CE_COL_RULE_LESS_BY_RANK]), buf)),
				 errdetail("Clause 5: each rank after rank_from gets so many hours less."),
				 errhint("Give hours greater than 0, or leave less_by_rank null where all ranks of the band get the same.")));
}

/* A limit needs hours to limit. */
static void
check_most_hours(const CeRow *row, CeBasis basis)
{
	char		buf[CE_HOURS_TEXT_SIZE];

	if (row->nulls[CE_COL_RULE_MOST_HOURS])
		return;
	if (basis == CE_BASIS_DEEMS || basis == CE_BASIS_DEEMS_TENURE)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("a rule of basis %s cannot have most_hours",
						ce_list_label(CE_LIST_BASIS, basis)),
				 errdetail("Clause 5: what deems a year complete gives no hours."),
				 errhint("Leave most_hours null.")));
	if (DatumGetCeHours(row->values[CE_COL_RULE_MOST_HOURS]) < 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("most_hours cannot be %s",
						ce_hours_to_text(DatumGetCeHours(row->values[CE_COL_RULE_MOST_HOURS]), buf)),
				 errdetail("Clause 5: it is the most hours that one activity gives."),
				 errhint("Give 0 or more hours, or leave most_hours null where there is no limit.")));
}

/* Hours for each so many of a unit. */
static void
check_unit(const CeRow *row, CeBasis basis)
{
	Datum		per = row->values[CE_COL_RULE_PER];

	if (!row->nulls[CE_COL_RULE_UNIT] && basis != CE_BASIS_FIXED)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("a rule of basis %s cannot have a unit",
						ce_list_label(CE_LIST_BASIS, basis)),
				 errdetail("Clause 5: a unit says what the hours of a rule of basis fixed are for, such as a course, a subject or a number of words."),
				 errhint("Give basis fixed, and in hours what per units give.")));
	if (!row->nulls[CE_COL_RULE_UNIT] && ce_row_blank(row, CE_COL_RULE_UNIT))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("the unit of a rule is blank"),
				 errdetail("Messages name it to whoever enters a quantity."),
				 errhint("Give a word, such as course, or leave unit null.")));
	if (row->nulls[CE_COL_RULE_PER])
		return;
	if (row->nulls[CE_COL_RULE_UNIT])
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("a rule without a unit cannot have per"),
				 errdetail("Clause 5: hours are for each so many of a unit; this rule names none."),
				 errhint("Name the unit, or leave per null.")));
	/* NaN is greater than every number. */
	if (!DatumGetBool(DirectFunctionCall2(numeric_gt, per, NumericGetDatum(int64_to_numeric(0)))) ||
		!DatumGetBool(DirectFunctionCall2(numeric_le, per, NumericGetDatum(int64_to_numeric(MAX_PER)))))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("per cannot be %s", DatumGetCString(DirectFunctionCall1(numeric_out, per))),
				 errdetail("It is the number of units that give the hours of the rule, more than 0 and at most %d.",
						   MAX_PER),
				 errhint("Give for example 10000 for hours for each 10000 words, or leave per null for hours for each unit.")));
}

/* The ranks of a rule, as in a message. */
static char *
ranks_text(const char *from, const char *to)
{
	return from == NULL ? pstrdup(_("any")) : psprintf("%s-%s", from, to == NULL ? "" : to);
}

/*
 * Another row of the scheme and kind that begins in the same year and fits the
 * same facts: neither would prevail.  Rows that the statement has written
 * before this one are seen too.
 */
static void
check_overlap(const CeRow *row)
{
	static const int keys[] = {
		CE_COL_RULE_SCHEME, CE_COL_RULE_KIND, CE_COL_RULE_FROM_YEAR,
		CE_COL_RULE_GRADE, CE_COL_RULE_ROLE, CE_COL_RULE_RANK_FROM,
		CE_COL_RULE_RANK_TO
	};
	Oid			types[lengthof(keys)];
	Datum		values[lengthof(keys)];
	char		nulls[lengthof(keys)];
	CeIdentity	self;

	for (int i = 0; i < lengthof(keys); i++)
	{
		types[i] = ce_column_type(CE_RULE, keys[i]);
		values[i] = row->values[keys[i]];
		nulls[i] = row->nulls[keys[i]] ? 'n' : ' ';
	}
	ce_become_owner(row->rel, &self);
	ce_sql_begin();
	if (ce_run(psprintf("SELECT r.rule_id::text, r.grade, r.role, r.rank_from::text, r.rank_to::text FROM %s r"
						" WHERE r.scheme OPERATOR(pg_catalog.=) $1 AND r.kind OPERATOR(pg_catalog.=) $2"
						" AND r.from_year OPERATOR(pg_catalog.=) $3"
						" AND coalesce(r.grade OPERATOR(pg_catalog.=) $4, true)"
						" AND coalesce(r.role OPERATOR(pg_catalog.=) $5, true)"
						" AND coalesce(r.rank_from, 1) OPERATOR(pg_catalog.<=) coalesce($7, 2147483647)"
						" AND coalesce(r.rank_to, 2147483647) OPERATOR(pg_catalog.>=) coalesce($6, 1)"
						" ORDER BY r.rule_id LIMIT 1", ce_table_here(CE_RULE)),
			   lengthof(keys), types, values, nulls, 0, SPI_OK_SELECT) > 0)
	{
		char	   *grade = ce_sql_text(0, 2);
		char	   *role = ce_sql_text(0, 3);

		ereport(ERROR,
				(errcode(ERRCODE_EXCLUSION_VIOLATION),
				 errmsg("rule %s fits the same facts from %d on", ce_sql_text(0, 1),
						DatumGetInt32(row->values[CE_COL_RULE_FROM_YEAR])),
				 errdetail("Of two rules of a scheme, kind and first year neither prevails; that one has grade %s, role %s, ranks %s.",
						   grade == NULL ? _("any") : grade, role == NULL ? _("any") : role,
						   ranks_text(ce_sql_text(0, 4), ce_sql_text(0, 5))),
				 errhint("Give another grade, role or band of ranks, or a later from_year, or change that rule.")));
	}
	ce_sql_finish();
	ce_become_self(&self);
}

void
ce_check_rule_row(CeRow *row, TriggerData *trigdata)
{
	int			basis;
	bool		takes_hours;

	if (ce_check_category(row, CE_COL_RULE_CATEGORY) == CE_NODE_PROFESSIONAL)
		ce_refuse_professional(ce_row_text(row, CE_COL_RULE_KIND));
	ce_check_years(row, CE_COL_RULE_FROM_YEAR, CE_COL_RULE_TO_YEAR);
	if (!row->nulls[CE_COL_RULE_RANK_TO] &&
		(row->nulls[CE_COL_RULE_RANK_FROM] ||
		 DatumGetInt32(row->values[CE_COL_RULE_RANK_TO]) < DatumGetInt32(row->values[CE_COL_RULE_RANK_FROM])))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("a band of ranks cannot end with %d",
						DatumGetInt32(row->values[CE_COL_RULE_RANK_TO])),
				 errdetail("A band begins with rank_from, which is null or greater here."),
				 errhint("Give the first rank in rank_from and the last in rank_to; both null: the rank does not matter.")));
	if (row->nulls[CE_COL_RULE_BASIS])
		return;
	basis = ce_list_value(CE_LIST_BASIS, DatumGetObjectId(row->values[CE_COL_RULE_BASIS]));
	takes_hours = basis != CE_BASIS_AS_COMPLETED && basis != CE_BASIS_DEEMS &&
		basis != CE_BASIS_DEEMS_TENURE && basis != CE_BASIS_AS_RECORDED;
	if (takes_hours == row->nulls[CE_COL_RULE_HOURS])
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 takes_hours ?
				 errmsg("a rule of basis %s needs hours", ce_list_label(CE_LIST_BASIS, basis)) :
				 errmsg("a rule of basis %s cannot have hours", ce_list_label(CE_LIST_BASIS, basis)),
				 errdetail("Clause 5: hours are the hours of a day, or all hours for basis fixed."),
				 takes_hours ? errhint("Give hours.") : errhint("Leave hours null.")));
	check_less_by_rank(row, basis);
	check_most_hours(row, basis);
	check_unit(row, basis);
	if (TRIGGER_FIRED_BY_INSERT(trigdata->tg_event))
		check_overlap(row);
}

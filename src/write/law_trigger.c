/*-------------------------------------------------------------------------
 *
 * law_trigger.c
 *	  Checks of law rows, with messages that name the allowed values.
 *
 * Named CHECK constraints enforce the same rules when no trigger fires; they
 * cannot say which values are allowed.
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
#include "store/trigger_row.h"
#include "write/law_tree.h"

#include "compat.h"

#define FIRST_YEAR 1900
#define LAST_YEAR 9999
#define MAX_PER 1000000000

static void
check_year(const char *name, int year)
{
	if (year < FIRST_YEAR || year > LAST_YEAR)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("%s cannot be %d", name, year),
				 errdetail("The years of law rows lie between %d and %d.",
						   FIRST_YEAR, LAST_YEAR),
				 errhint("Give the calendar year in four digits.")));
}

/* Only from a year on, or only under another instrument. */
static void
check_years(const CeRow *row, int from, int to)
{
	const char *from_name = ce_column_name(row->table, from);
	const char *to_name = ce_column_name(row->table, to);
	int			from_year = DatumGetInt32(row->values[from]);

	if (row->nulls[from])
		return;
	check_year(from_name, from_year);
	if (!row->nulls[to] && DatumGetInt32(row->values[to]) < from_year)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("%s %d is before %s %d", to_name,
						DatumGetInt32(row->values[to]), from_name, from_year),
				 errdetail("A row governs the years from the first through the last."),
				 errhint("Give a later %s.", to_name)));
}

/* An error unless the value is in a list. */
static void
check_listed(const CeRow *row, int column, const char *const *values, int nvalues)
{
	char	   *given = ce_row_text(row, column);
	StringInfoData listed;

	if (given == NULL)
		return;
	initStringInfo(&listed);
	for (int i = 0; i < nvalues; i++)
	{
		if (strcmp(given, values[i]) == 0)
			return;
		appendStringInfo(&listed, "%s%s", i == 0 ? "" : ", ", values[i]);
	}
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("%s cannot be \"%s\"", ce_column_name(row->table, column), given),
			 errhint("Available values: %s.", listed.data)));
}

/* The categories, for a hint. */
static char *
list_categories(bool roots)
{
	const CeCategoryTree *tree = ce_law_categories();
	StringInfoData listed;

	initStringInfo(&listed);
	for (int i = tree->norder - 1; i >= 0; i--)
	{
		int			node = tree->order[i];

		if (roots || node != CE_NODE_PROFESSIONAL)
			appendStringInfo(&listed, "%s%s", listed.len == 0 ? "" : ", ", tree->name[node]);
	}
	return listed.data;
}

/* The node of a category; an error if there is none. */
static int
check_category(const CeRow *row, int column)
{
	char	   *name = ce_row_text(row, column);
	int			node = name == NULL ? 0 : ce_law_category(name, strlen(name));

	if (node < 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("%s cannot be \"%s\"", ce_column_name(row->table, column), name),
				 errhint("Available values: %s. More can be added to table ce_category.",
						 list_categories(true))));
	return node;
}

/* A last day, MM-DD; 02-29 means the last day of February. */
static void
check_last_day(TriggerData *trigdata, const char *column)
{
	static const char days_of[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	TupleDesc	desc = RelationGetDescr(trigdata->tg_relation);
	HeapTuple	tuple = TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event) ?
		trigdata->tg_newtuple : trigdata->tg_trigtuple;
	int			number = SPI_fnumber(desc, column);
	char	   *given = number <= 0 ? NULL : SPI_getvalue(tuple, desc, number);
	int			month;
	int			day;

	if (given == NULL)
		return;
	if (strlen(given) == 5 && given[2] == '-' &&
		strspn(given, "0123456789") == 2 && strspn(given + 3, "0123456789") == 2)
	{
		month = atoi(given);
		day = atoi(given + 3);
		if (month >= 1 && month <= 12 && day >= 1 && day <= days_of[month - 1])
			return;
	}
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("%s cannot be \"%s\"; it is not a day of the year", column, given),
			 errdetail("Clause 8: the column holds the last day of a year's term, written as MM-DD."),
			 errhint("Write for example 06-30; 02-29 stands for the last day of February.")));
}

static void
check_requirement(CeRow *row, TriggerData *trigdata)
{
	check_years(row, CE_COL_REQUIREMENT_FROM_YEAR, CE_COL_REQUIREMENT_TO_YEAR);
	check_last_day(trigdata, "filing_due");
	check_last_day(trigdata, "study_due");
	check_last_day(trigdata, "verification_due");
}

/* The subject of a category: that of the root above it. */
static CeSubject
subject_of_node(int node)
{
	int			root = ce_law_categories()->root[node];

	return root == CE_CATEGORY_PUBLIC ? CE_SUBJECT_PUBLIC :
		root == CE_NODE_PROFESSIONAL ? CE_SUBJECT_PROFESSIONAL : CE_SUBJECT_OWN;
}

/* Fill in the subject, or compare it with the category's (3). */
static void
check_subject(CeRow *row, int node)
{
	CeSubject	of_category = subject_of_node(node);
	char	   *category = ce_row_text(row, CE_COL_KIND_CATEGORY);
	CeSubject	subject;

	if (row->nulls[CE_COL_KIND_SUBJECT])
	{
		if (of_category != CE_SUBJECT_OWN)
			ce_row_set(row, CE_COL_KIND_SUBJECT,
					   ObjectIdGetDatum(ce_list_oid(CE_LIST_SUBJECT, of_category)));
		return;
	}
	subject = ce_list_value(CE_LIST_SUBJECT, DatumGetObjectId(row->values[CE_COL_KIND_SUBJECT]));
	if (subject == of_category ||
		(subject == CE_SUBJECT_BOTH && node == CE_CATEGORY_SPECIAL))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("kind \"%s\" of subject %s cannot have category %s",
					ce_row_text(row, CE_COL_KIND_KIND),
					ce_list_label(CE_LIST_SUBJECT, subject), category),
			 errdetail("Clause 3: the category determines the subject that the hours count for."),
			 of_category == CE_SUBJECT_OWN ?
			 errhint("Leave subject null: the hours count for a subject of ce_category.") :
			 errhint("Leave subject null, and it follows from the category; only a kind of category special may have subject both.")));
}

/* Hours are kept by the categories of the subject, and not by itself. */
static void
refuse_professional(const char *kind)
{
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("kind \"%s\" cannot have category %s", kind, "professional"),
			 errdetail("Professional hours are kept by the categories of this subject."),
			 errhint("Available values: %s. More can be added to table ce_category.",
					 list_categories(false))));
}

static void
check_kind(CeRow *row, TriggerData *trigdata)
{
	int			node;

	node = check_category(row, CE_COL_KIND_CATEGORY);
	if (row->nulls[CE_COL_KIND_KIND] || row->nulls[CE_COL_KIND_CATEGORY] ||
		row->nulls[CE_COL_KIND_TRACK])
		return;					/* the column's own constraint rejects it */
	if (node == CE_NODE_PROFESSIONAL)
		refuse_professional(ce_row_text(row, CE_COL_KIND_KIND));
	check_subject(row, node);
}

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
	if (ce_run(psprintf("SELECT r.rule_id::text, r.grade, r.role, r.rank_from::text, r.rank_to::text FROM %s.ce_rule r"
						" WHERE r.scheme OPERATOR(pg_catalog.=) $1 AND r.kind OPERATOR(pg_catalog.=) $2"
						" AND r.from_year OPERATOR(pg_catalog.=) $3"
						" AND coalesce(r.grade OPERATOR(pg_catalog.=) $4, true)"
						" AND coalesce(r.role OPERATOR(pg_catalog.=) $5, true)"
						" AND coalesce(r.rank_from, 1) OPERATOR(pg_catalog.<=) coalesce($7, 2147483647)"
						" AND coalesce(r.rank_to, 2147483647) OPERATOR(pg_catalog.>=) coalesce($6, 1)"
						" ORDER BY r.rule_id LIMIT 1", ce_ledger_schema()),
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

static void
check_rule(CeRow *row, TriggerData *trigdata)
{
	int			basis;
	bool		takes_hours;

	if (check_category(row, CE_COL_RULE_CATEGORY) == CE_NODE_PROFESSIONAL)
		refuse_professional(ce_row_text(row, CE_COL_RULE_KIND));
	check_years(row, CE_COL_RULE_FROM_YEAR, CE_COL_RULE_TO_YEAR);
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

static void
check_cap(CeRow *row, TriggerData *trigdata)
{
	check_category(row, CE_COL_CAP_CATEGORY);
	check_years(row, CE_COL_CAP_FROM_YEAR, CE_COL_CAP_TO_YEAR);
}

/* Sums of a window's own need years that are added up, and how many. */
static void
check_window_sums(const CeRow *row, bool is_sum, bool by_tenure)
{
	static const int columns[] = {
		CE_COL_WINDOW_REQUIRED_TOTAL, CE_COL_WINDOW_REQUIRED_PUBLIC,
		CE_COL_WINDOW_REQUIRED_PROFESSIONAL, CE_COL_WINDOW_EACH_AT_LEAST
	};

	for (int i = 0; i < lengthof(columns); i++)
	{
		const char *name = ce_column_name(CE_WINDOW, columns[i]);
		char		hours[CE_HOURS_TEXT_SIZE];

		if (row->nulls[columns[i]])
			continue;
		if (DatumGetCeHours(row->values[columns[i]]) < 0)
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("%s cannot be %s", name,
							ce_hours_to_text(DatumGetCeHours(row->values[columns[i]]), hours)),
					 errhint("Give a number of hours that is not negative.")));
		if (!is_sum)
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("only a window whose years are added up can have %s", name),
					 errdetail("Clause 4.2: the years of other windows are compared with their own requirements."),
					 errhint("Set aggregation sum, or leave %s null.", name)));
		if (by_tenure && columns[i] != CE_COL_WINDOW_EACH_AT_LEAST)
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("a window by tenure cannot have %s", name),
					 errdetail("Its number of years differs from person to person; they must reach the sum of their requirements."),
					 errhint("Leave %s null, and enter what each year requires in ce_requirement; judged_by can name another scheme's.", name)));
	}
}

static void
check_window(CeRow *row, TriggerData *trigdata)
{
	static const char *const aggregations[] = {"each", "any", "sum"};
	static const char *const ways[] = {"fixed", "tenure", "tenure_after", "cycle"};
	char	   *aggregation = ce_row_text(row, CE_COL_WINDOW_AGGREGATION);
	char	   *way = ce_row_text(row, CE_COL_WINDOW_YEARS_BY);
	int			years = DatumGetInt32(row->values[CE_COL_WINDOW_YEARS]);
	bool		cycle;
	int			most;

	check_listed(row, CE_COL_WINDOW_AGGREGATION, aggregations, lengthof(aggregations));
	check_listed(row, CE_COL_WINDOW_YEARS_BY, ways, lengthof(ways));
	check_years(row, CE_COL_WINDOW_FROM_YEAR, CE_COL_WINDOW_TO_YEAR);
	if (aggregation == NULL || way == NULL)
		return;					/* the column's own constraint rejects it */
	cycle = strcmp(way, "cycle") == 0;
	most = cycle ? CE_MAX_WINDOW_YEARS / 2 : CE_MAX_WINDOW_YEARS;
	if (!row->nulls[CE_COL_WINDOW_YEARS] && (years < 1 || years > most))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("a window cannot have %d years", years),
				 errdetail("Clause 4.2: its years are the year of the application and those before it."),
				 errhint("Give 1 to %d years.", most)));
	if (cycle == row->nulls[CE_COL_WINDOW_CYCLE_FROM])
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 cycle ? errmsg("a window of a cycle needs cycle_from") :
				 errmsg("only a window of a cycle can have cycle_from"),
				 cycle ? errhint("Give the first year of any one cycle.") :
				 errhint("Set years_by cycle, or leave cycle_from null.")));
	if (cycle)
		check_year(ce_column_name(CE_WINDOW, CE_COL_WINDOW_CYCLE_FROM),
				   DatumGetInt32(row->values[CE_COL_WINDOW_CYCLE_FROM]));
	check_window_sums(row, strcmp(aggregation, "sum") == 0,
					  strcmp(way, "tenure") == 0 || strcmp(way, "tenure_after") == 0);
}

/* Hours go to years before or after their own, and not to it. */
static void
check_targets(const CeRow *row)
{
	int			study_year = DatumGetInt32(row->values[CE_COL_CATCHUP_STUDY_YEAR]);
	int			target_from = DatumGetInt32(row->values[CE_COL_CATCHUP_TARGET_FROM]);
	int			target_to = DatumGetInt32(row->values[CE_COL_CATCHUP_TARGET_TO]);

	if (study_year > LAST_YEAR || target_to > LAST_YEAR ||
		ce_in_years(target_from, target_to, study_year))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("hours of %d cannot be allocated to the years %d to %d",
						study_year, target_from, target_to),
				 errdetail("Clause 7.6e: surplus is allocated to earlier years or to later ones, not to its own."),
				 errhint("Give a target_to before study_year, or a target_from after it.")));
}

static void
check_source(const CeRow *row)
{
	CeSubject	subject =
		ce_list_value(CE_LIST_SUBJECT, DatumGetObjectId(row->values[CE_COL_CATCHUP_SUBJECT]));
	char	   *name = ce_row_text(row, CE_COL_CATCHUP_SOURCE);
	CeCarrySource source;
	int			node;

	if (subject != CE_SUBJECT_BOTH &&
		ce_carry_source(name, subject, ce_law_categories(), &source, &node))
		return;
	if (source == CE_SOURCE_CATEGORY && node < 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("%s cannot be \"%s\"", ce_column_name(CE_CATCHUP, CE_COL_CATCHUP_SOURCE), name),
				 errhint("Available values: academy for public hours, national_base for professional ones, any, or a category of the subject: %s.",
						 list_categories(true))));
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("surplus of subject %s cannot come from source %s",
					ce_list_label(CE_LIST_SUBJECT, subject), name),
			 errdetail("Clause 7.6b: the academy gives public hours, national bases give professional ones, and a category those of its own subject."),
			 errhint("Enter public with academy, professional with national_base, either with any or with a category of the subject.")));
}

static void
check_catchup(CeRow *row, TriggerData *trigdata)
{
	check_years(row, CE_COL_CATCHUP_TARGET_FROM, CE_COL_CATCHUP_TARGET_TO);
	if (row->nulls[CE_COL_CATCHUP_STUDY_YEAR] || row->nulls[CE_COL_CATCHUP_TARGET_FROM] ||
		row->nulls[CE_COL_CATCHUP_TARGET_TO] || row->nulls[CE_COL_CATCHUP_SUBJECT] ||
		row->nulls[CE_COL_CATCHUP_SOURCE])
		return;					/* the column's own constraint rejects it */
	check_targets(row);
	check_source(row);
	if (!row->nulls[CE_COL_CATCHUP_MOST_HOURS] &&
		DatumGetCeHours(row->values[CE_COL_CATCHUP_MOST_HOURS]) <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("most_hours must be more than 0"),
				 errhint("Leave most_hours null if the whole surplus may be allocated.")));
}

static void
check_minimum(CeRow *row, TriggerData *trigdata)
{
	check_category(row, CE_COL_MINIMUM_CATEGORY);
	check_years(row, CE_COL_MINIMUM_FROM_YEAR, CE_COL_MINIMUM_TO_YEAR);
	if (!row->nulls[CE_COL_MINIMUM_HOURS] &&
		DatumGetCeHours(row->values[CE_COL_MINIMUM_HOURS]) <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("a minimum must be more than 0 hours"),
				 errhint("To end a minimum from a year on, leave hours null.")));
}

/* ce_law_check_row() returns trigger: before each row of a law table */
PG_FUNCTION_INFO_V1(ce_law_check_row);
Datum
ce_law_check_row(PG_FUNCTION_ARGS)
{
	static const struct
	{
		CeTable		table;
		void		(*check) (CeRow *, TriggerData *);
	}			checks[] = {
		{CE_SCHEME, ce_check_scheme_row},
		{CE_CATEGORY, ce_check_category_row},
		{CE_REQUIREMENT, check_requirement},
		{CE_MINIMUM, check_minimum},
		{CE_KIND, check_kind},
		{CE_RULE, check_rule},
		{CE_CAP, check_cap},
		{CE_WINDOW, check_window},
		{CE_CATCHUP, check_catchup}
	};
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_law_check_row",
											  CE_BEFORE | CE_EACH_ROW | CE_ON_ROWS,
											  CE_ANY_TABLE);

	if (TRIGGER_FIRED_BY_DELETE(trigdata->tg_event))
	{
		if (RelationGetRelid(trigdata->tg_relation) == ce_table_oid(CE_SCHEME))
		{
			CeRow		old;

			ce_row_old(&old, CE_SCHEME, trigdata);
			ce_check_scheme_goes(&old, trigdata);
		}
		else if (ce_is_table(CE_CATEGORY, trigdata->tg_relation))
		{
			CeRow		old;

			ce_row_old(&old, CE_CATEGORY, trigdata);
			ce_check_category_goes(&old, trigdata);
		}
		return PointerGetDatum(trigdata->tg_trigtuple);
	}

	for (int i = 0; i < lengthof(checks); i++)
	{
		if (ce_is_table(checks[i].table, trigdata->tg_relation))
		{
			CeRow		row;

			ce_row_new(&row, checks[i].table, trigdata);
			checks[i].check(&row, trigdata);
			return PointerGetDatum(ce_row_result(&row, trigdata));
		}
	}
	return PointerGetDatum(TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event) ?
						   trigdata->tg_newtuple : trigdata->tg_trigtuple);
}

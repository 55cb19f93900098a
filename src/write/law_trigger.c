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

#include "utils/rel.h"

#include "law/categories.h"
#include "store/owner.h"
#include "store/sql.h"
#include "write/law_tree.h"
#include "write/law_values.h"

#include "compat.h"

static void
check_requirement(CeRow *row, TriggerData *trigdata)
{
	ce_check_years(row, CE_COL_REQUIREMENT_FROM_YEAR, CE_COL_REQUIREMENT_TO_YEAR);
	ce_check_last_day(trigdata, "filing_due");
	ce_check_last_day(trigdata, "study_due");
	ce_check_last_day(trigdata, "verification_due");
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

static void
check_kind(CeRow *row, TriggerData *trigdata)
{
	int			node;

	node = ce_check_category(row, CE_COL_KIND_CATEGORY);
	if (row->nulls[CE_COL_KIND_KIND] || row->nulls[CE_COL_KIND_CATEGORY] ||
		row->nulls[CE_COL_KIND_TRACK])
		return;					/* the column's own constraint rejects it */
	if (node == CE_NODE_PROFESSIONAL)
		ce_refuse_professional(ce_row_text(row, CE_COL_KIND_KIND));
	check_subject(row, node);
}

static void
check_cap(CeRow *row, TriggerData *trigdata)
{
	ce_check_category(row, CE_COL_CAP_CATEGORY);
	ce_check_years(row, CE_COL_CAP_FROM_YEAR, CE_COL_CAP_TO_YEAR);
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

/*
 * Two windows of a scheme, route, level and first year that fit the same
 * persons with as many conditions: neither would prevail.  Between one for
 * doctors and one for holders of a level, one that asks both decides.  After
 * the statement, whatever the order of its rows.
 */
static void
check_ties(Relation rel)
{
	const char *windows = ce_table_here(CE_WINDOW);
	CeIdentity	self;

	ce_become_owner(rel, &self);
	ce_sql_begin();
	if (ce_run(psprintf("SELECT b.window_id::text, a.window_id::text, a.from_year::text,"
						" coalesce(a.needs_doctorate, false)::text, coalesce(a.needs_held::text, 'null'),"
						" a.needs_doctorate OPERATOR(pg_catalog.=) b.needs_doctorate"
						" FROM %s a JOIN %s b ON b.scheme OPERATOR(pg_catalog.=) a.scheme"
						" AND b.route OPERATOR(pg_catalog.=) a.route AND b.level OPERATOR(pg_catalog.=) a.level"
						" AND b.from_year OPERATOR(pg_catalog.=) a.from_year"
						" AND b.window_id OPERATOR(pg_catalog.>) a.window_id"
						" WHERE coalesce(a.needs_held OPERATOR(pg_catalog.=) b.needs_held, true)"
						" AND pg_catalog.num_nonnulls(CASE WHEN a.needs_doctorate THEN 1 END, a.needs_held)"
						" OPERATOR(pg_catalog.=) pg_catalog.num_nonnulls(CASE WHEN b.needs_doctorate THEN 1 END, b.needs_held)"
						" AND (a.needs_doctorate OPERATOR(pg_catalog.=) b.needs_doctorate OR NOT EXISTS ("
						"SELECT FROM %s c WHERE c.scheme OPERATOR(pg_catalog.=) a.scheme"
						" AND c.route OPERATOR(pg_catalog.=) a.route AND c.level OPERATOR(pg_catalog.=) a.level"
						" AND c.from_year OPERATOR(pg_catalog.=) a.from_year AND c.needs_doctorate"
						" AND c.needs_held OPERATOR(pg_catalog.=) coalesce(a.needs_held, b.needs_held)))"
						" ORDER BY b.window_id, a.window_id LIMIT 1", windows, windows, windows),
			   0, NULL, NULL, NULL, 0, SPI_OK_SELECT) > 0)
	{
		bool		isnull;
		bool		alike = DatumGetBool(ce_sql_value(0, 6, &isnull));

		ereport(ERROR,
				(errcode(ERRCODE_EXCLUSION_VIOLATION),
				 errmsg("windows %s and %s fit the same persons from %s on",
						ce_sql_text(0, 1), ce_sql_text(0, 2), ce_sql_text(0, 3)),
				 errdetail("Of two windows of a scheme, route, level and first year that with more conditions prevails; window %s has needs_doctorate %s and needs_held %s.",
						   ce_sql_text(0, 2), ce_sql_text(0, 4), ce_sql_text(0, 5)),
				 alike && !isnull ?
				 errhint("Give one of them other conditions or a later from_year.") :
				 errhint("Enter a window of persons who meet both conditions, too, or give one of them a later from_year.")));
	}
	ce_sql_finish();
	ce_become_self(&self);
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

	ce_check_listed(row, CE_COL_WINDOW_AGGREGATION, aggregations, lengthof(aggregations));
	ce_check_listed(row, CE_COL_WINDOW_YEARS_BY, ways, lengthof(ways));
	ce_check_years(row, CE_COL_WINDOW_FROM_YEAR, CE_COL_WINDOW_TO_YEAR);
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
		ce_check_year(ce_column_name(CE_WINDOW, CE_COL_WINDOW_CYCLE_FROM),
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

	if (study_year > CE_LAST_YEAR || target_to > CE_LAST_YEAR ||
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
						 ce_list_categories(true))));
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
	ce_check_years(row, CE_COL_CATCHUP_TARGET_FROM, CE_COL_CATCHUP_TARGET_TO);
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
	ce_check_category(row, CE_COL_MINIMUM_CATEGORY);
	ce_check_years(row, CE_COL_MINIMUM_FROM_YEAR, CE_COL_MINIMUM_TO_YEAR);
	if (!row->nulls[CE_COL_MINIMUM_HOURS] &&
		DatumGetCeHours(row->values[CE_COL_MINIMUM_HOURS]) <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("a minimum must be more than 0 hours"),
				 errhint("To end a minimum from a year on, leave hours null.")));
}

/* ce_law_check_row() returns trigger: before each row of a law table, after windows */
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
		{CE_RULE, ce_check_rule_row},
		{CE_CAP, check_cap},
		{CE_WINDOW, check_window},
		{CE_CATCHUP, check_catchup}
	};
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_law_check_row",
											  CE_BEFORE | CE_AFTER | CE_EACH_ROW |
											  CE_EACH_STATEMENT | CE_ON_ROWS,
											  CE_ANY_TABLE);

	if (TRIGGER_FIRED_FOR_STATEMENT(trigdata->tg_event))
	{
		if (ce_is_table(CE_WINDOW, trigdata->tg_relation) && TRIGGER_FIRED_AFTER(trigdata->tg_event))
			check_ties(trigdata->tg_relation);
		return PointerGetDatum(NULL);
	}
	if (TRIGGER_FIRED_BY_DELETE(trigdata->tg_event))
	{
		if (ce_is_table(CE_CATEGORY, trigdata->tg_relation))
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

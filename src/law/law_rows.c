/*-------------------------------------------------------------------------
 *
 * law_rows.c
 *	  Reading the rows of the law tables.
 *
 * The rows are read with a new snapshot, like system catalogs, so the cache
 * has the law as committed (and as changed by this transaction so far) and
 * never that of an old snapshot, which would outlive its transaction here.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <limits.h>

#include "access/genam.h"
#include "access/table.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/memutils.h"
#include "utils/numeric.h"
#include "utils/rel.h"

#include "law/categories.h"
#include "law/law_rows.h"
#include "types/grow.h"

#include "compat.h"

static const char *
text_or_null(const Datum *values, const bool *nulls, int column)
{
	return nulls[column] ? NULL : TextDatumGetCString(values[column]);
}

static int
int_or(const Datum *values, const bool *nulls, int column, int otherwise)
{
	return nulls[column] ? otherwise : DatumGetInt32(values[column]);
}

static CeHours
hours_or_zero(const Datum *values, const bool *nulls, int column)
{
	return nulls[column] ? 0 : DatumGetCeHours(values[column]);
}

static CeCitation
read_citation(const Datum *values, const bool *nulls, int instrument,
			  int clause, int interpretation)
{
	CeCitation	citation;

	citation.instrument = text_or_null(values, nulls, instrument);
	citation.clause = text_or_null(values, nulls, clause);
	citation.interpretation = interpretation < 0 ? NULL :
		text_or_null(values, nulls, interpretation);
	return citation;
}

CeScheme *
ce_find_scheme_in(CeLaw *in, const char *name, int len)
{
	for (int i = 0; i < in->nschemes; i++)
	{
		if (strncmp(in->schemes[i].name, name, len) == 0 &&
			in->schemes[i].name[len] == '\0')
			return &in->schemes[i];
	}
	return NULL;
}

/*
 * The scheme that a row belongs to.  Foreign keys keep rows and schemes
 * together; a row written with their triggers disabled is ignored.
 */
static CeScheme *
scheme_of_row(CeLaw *in, const Datum *values, int column)
{
	char	   *name = TextDatumGetCString(values[column]);

	return ce_find_scheme_in(in, name, strlen(name));
}

static void
read_scheme(CeLaw *in, const Datum *values, const bool *nulls)
{
	CeScheme   *scheme = CE_ONE_MORE(in->schemes, in->nschemes);

	memset(scheme, 0, sizeof(*scheme));
	scheme->name = TextDatumGetCString(values[CE_COL_SCHEME_SCHEME]);
	scheme->label.zh = TextDatumGetCString(values[CE_COL_SCHEME_LABEL_ZH]);
	scheme->label.en = TextDatumGetCString(values[CE_COL_SCHEME_LABEL_EN]);
	scheme->governed = DatumGetBool(values[CE_COL_SCHEME_GOVERNED]);
	scheme->ban_years = int_or(values, nulls, CE_COL_SCHEME_BAN_YEARS, -1);
	scheme->based_on = text_or_null(values, nulls, CE_COL_SCHEME_BASED_ON);
	scheme->tree = &in->tree;
	scheme->context = in->context;
	scheme->years = palloc0(CE_YEAR_PLACES * sizeof(CeYearLaw *));
	scheme->citation = read_citation(values, nulls, CE_COL_SCHEME_INSTRUMENT,
									 CE_COL_SCHEME_CLAUSE, CE_COL_SCHEME_INTERPRETATION);
	scheme->ban_citation = scheme->citation;
}

static void
read_requirement(CeLaw *in, const Datum *values, const bool *nulls)
{
	CeScheme   *scheme = scheme_of_row(in, values, CE_COL_REQUIREMENT_SCHEME);
	CeRequirement *requirement;

	if (scheme == NULL)
		return;
	requirement = CE_ONE_MORE(scheme->requirements, scheme->nrequirements);
	requirement->depth = 0;
	requirement->from_year = DatumGetInt32(values[CE_COL_REQUIREMENT_FROM_YEAR]);
	requirement->to_year = int_or(values, nulls, CE_COL_REQUIREMENT_TO_YEAR, INT_MAX);
	requirement->total = DatumGetCeHours(values[CE_COL_REQUIREMENT_TOTAL_HOURS]);
	requirement->has_public = !nulls[CE_COL_REQUIREMENT_PUBLIC_HOURS];
	requirement->public_hours =
		hours_or_zero(values, nulls, CE_COL_REQUIREMENT_PUBLIC_HOURS);
	requirement->has_professional = !nulls[CE_COL_REQUIREMENT_PROFESSIONAL_HOURS];
	requirement->professional_hours =
		hours_or_zero(values, nulls, CE_COL_REQUIREMENT_PROFESSIONAL_HOURS);
	requirement->citation = read_citation(values, nulls, CE_COL_REQUIREMENT_INSTRUMENT,
										  CE_COL_REQUIREMENT_CLAUSE,
										  CE_COL_REQUIREMENT_INTERPRETATION);
}

static void
read_category(CeLaw *in, const Datum *values, const bool *nulls)
{
	CeCategoryRow *row = CE_ONE_MORE(in->categories, in->ncategories);

	row->name = TextDatumGetCString(values[CE_COL_CATEGORY_CATEGORY]);
	row->lane = text_or_null(values, nulls, CE_COL_CATEGORY_LANE);
	row->parent = text_or_null(values, nulls, CE_COL_CATEGORY_PARENT);
	row->label.zh = TextDatumGetCString(values[CE_COL_CATEGORY_LABEL_ZH]);
	row->label.en = TextDatumGetCString(values[CE_COL_CATEGORY_LABEL_EN]);
}

static void
read_kind(CeLaw *in, const Datum *values, const bool *nulls)
{
	CeKind	   *kind = CE_ONE_MORE(in->kinds, in->nkinds);
	int			category;

	kind->name = TextDatumGetCString(values[CE_COL_KIND_KIND]);
	kind->subject = nulls[CE_COL_KIND_SUBJECT] ? CE_SUBJECT_OWN :
		ce_list_value(CE_LIST_SUBJECT, DatumGetObjectId(values[CE_COL_KIND_SUBJECT]));
	kind->category_name = TextDatumGetCString(values[CE_COL_KIND_CATEGORY]);
	category = ce_find_node(&in->tree, kind->category_name, strlen(kind->category_name));
	if (category < 0 || category == CE_NODE_PROFESSIONAL)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("kind \"%s\" has the unknown category \"%s\"",
						kind->name, kind->category_name)));
	kind->category = category;
	kind->track = ce_list_value(CE_LIST_TRACK,
								DatumGetObjectId(values[CE_COL_KIND_TRACK]));
	kind->label_zh = TextDatumGetCString(values[CE_COL_KIND_LABEL_ZH]);
	kind->label_en = TextDatumGetCString(values[CE_COL_KIND_LABEL_EN]);
	kind->clause = TextDatumGetCString(values[CE_COL_KIND_CLAUSE]);
}

/* The category that a rule puts hours into, instead of its kind's. */
static void
read_target(CeLaw *in, CeRule *rule, const char *name)
{
	int			category = name == NULL ? 0 : ce_find_node(&in->tree, name, strlen(name));

	if (category < 0 || category == CE_NODE_PROFESSIONAL)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("rule %d has the unknown category \"%s\"", rule->rule_id, name)));
	rule->category_name = name;
	rule->category = category;
}

static void
read_rule(CeLaw *in, const Datum *values, const bool *nulls)
{
	CeScheme   *scheme = scheme_of_row(in, values, CE_COL_RULE_SCHEME);
	CeRule	   *rule;

	if (scheme == NULL)
		return;
	rule = CE_ONE_MORE(scheme->rules, scheme->nrules);
	rule->depth = 0;
	rule->rule_id = DatumGetInt32(values[CE_COL_RULE_RULE_ID]);
	rule->kind = TextDatumGetCString(values[CE_COL_RULE_KIND]);
	rule->grade = text_or_null(values, nulls, CE_COL_RULE_GRADE);
	rule->role = text_or_null(values, nulls, CE_COL_RULE_ROLE);
	rule->rank_from = int_or(values, nulls, CE_COL_RULE_RANK_FROM, 0);
	rule->rank_to = int_or(values, nulls, CE_COL_RULE_RANK_TO, INT_MAX);
	rule->from_year = DatumGetInt32(values[CE_COL_RULE_FROM_YEAR]);
	rule->to_year = int_or(values, nulls, CE_COL_RULE_TO_YEAR, INT_MAX);
	rule->basis = ce_list_value(CE_LIST_BASIS,
								DatumGetObjectId(values[CE_COL_RULE_BASIS]));
	rule->hours = hours_or_zero(values, nulls, CE_COL_RULE_HOURS);
	rule->less_by_rank = hours_or_zero(values, nulls, CE_COL_RULE_LESS_BY_RANK);
	rule->most_hours = nulls[CE_COL_RULE_MOST_HOURS] ? PG_INT64_MAX :
		DatumGetCeHours(values[CE_COL_RULE_MOST_HOURS]);
	rule->unit = text_or_null(values, nulls, CE_COL_RULE_UNIT);
	rule->whole_units = rule->unit != NULL && nulls[CE_COL_RULE_PER];
	rule->per = nulls[CE_COL_RULE_PER] ? NumericGetDatum(int64_to_numeric(1)) :
		datumCopy(values[CE_COL_RULE_PER], false, -1);
	rule->in_archive = !nulls[CE_COL_RULE_IN_ARCHIVE] &&
		DatumGetBool(values[CE_COL_RULE_IN_ARCHIVE]);
	in->archives |= rule->in_archive;
	read_target(in, rule, text_or_null(values, nulls, CE_COL_RULE_CATEGORY));
	rule->per_year = DatumGetBool(values[CE_COL_RULE_PER_YEAR]);
	rule->citation = read_citation(values, nulls, CE_COL_RULE_INSTRUMENT, CE_COL_RULE_CLAUSE,
								   CE_COL_RULE_INTERPRETATION);
}

static void
read_cap(CeLaw *in, const Datum *values, const bool *nulls)
{
	CeScheme   *scheme = scheme_of_row(in, values, CE_COL_CAP_SCHEME);
	char	   *name = TextDatumGetCString(values[CE_COL_CAP_CATEGORY]);
	int			node = ce_find_node(&in->tree, name, strlen(name));
	CeCap	   *cap;

	if (scheme == NULL || node < 0)
		return;
	cap = CE_ONE_MORE(scheme->caps, scheme->ncaps);
	cap->depth = 0;
	cap->node = node;
	cap->from_year = DatumGetInt32(values[CE_COL_CAP_FROM_YEAR]);
	cap->to_year = int_or(values, nulls, CE_COL_CAP_TO_YEAR, INT_MAX);
	/* null: no cap from this year on */
	cap->hours = nulls[CE_COL_CAP_HOURS] ? PG_INT64_MAX :
		DatumGetCeHours(values[CE_COL_CAP_HOURS]);
	cap->citation = read_citation(values, nulls, CE_COL_CAP_INSTRUMENT, CE_COL_CAP_CLAUSE,
								  CE_COL_CAP_INTERPRETATION);
}

static void
read_minimum(CeLaw *in, const Datum *values, const bool *nulls)
{
	CeScheme   *scheme = scheme_of_row(in, values, CE_COL_MINIMUM_SCHEME);
	char	   *name = TextDatumGetCString(values[CE_COL_MINIMUM_CATEGORY]);
	int			node = ce_find_node(&in->tree, name, strlen(name));
	CeMinimum  *minimum;

	if (scheme == NULL || node < 0)
		return;
	minimum = CE_ONE_MORE(scheme->minima, scheme->nminima);
	minimum->depth = 0;
	minimum->node = node;
	minimum->from_year = DatumGetInt32(values[CE_COL_MINIMUM_FROM_YEAR]);
	minimum->to_year = int_or(values, nulls, CE_COL_MINIMUM_TO_YEAR, INT_MAX);
	minimum->hours = hours_or_zero(values, nulls, CE_COL_MINIMUM_HOURS);
	minimum->citation = read_citation(values, nulls, CE_COL_MINIMUM_INSTRUMENT,
									  CE_COL_MINIMUM_CLAUSE,
									  CE_COL_MINIMUM_INTERPRETATION);
}

static CeYearsBy
years_by(const char *name)
{
	return strcmp(name, "tenure") == 0 ? CE_YEARS_TENURE :
		strcmp(name, "tenure_after") == 0 ? CE_YEARS_TENURE_AFTER :
		strcmp(name, "cycle") == 0 ? CE_YEARS_CYCLE : CE_YEARS_FIXED;
}

static void
read_window(CeLaw *in, const Datum *values, const bool *nulls)
{
	CeScheme   *scheme = scheme_of_row(in, values, CE_COL_WINDOW_SCHEME);
	CeWindow   *window;
	char	   *aggregation;

	if (scheme == NULL)
		return;
	window = CE_ONE_MORE(scheme->windows, scheme->nwindows);
	window->depth = 0;
	window->window_id = DatumGetInt32(values[CE_COL_WINDOW_WINDOW_ID]);
	window->route = ce_list_value(CE_LIST_ROUTE,
								  DatumGetObjectId(values[CE_COL_WINDOW_ROUTE]));
	window->level = DatumGetCeLevel(values[CE_COL_WINDOW_LEVEL]);
	window->needs_doctorate = DatumGetBool(values[CE_COL_WINDOW_NEEDS_DOCTORATE]);
	window->needs_held = nulls[CE_COL_WINDOW_NEEDS_HELD] ? 0 :
		(int) DatumGetCeLevel(values[CE_COL_WINDOW_NEEDS_HELD]);
	window->years_by = nulls[CE_COL_WINDOW_YEARS_BY] ? CE_YEARS_FIXED :
		years_by(TextDatumGetCString(values[CE_COL_WINDOW_YEARS_BY]));
	window->cycle_from = int_or(values, nulls, CE_COL_WINDOW_CYCLE_FROM, 0);
	window->has_sums = !nulls[CE_COL_WINDOW_REQUIRED_TOTAL] ||
		!nulls[CE_COL_WINDOW_REQUIRED_PUBLIC] ||
		!nulls[CE_COL_WINDOW_REQUIRED_PROFESSIONAL];
	window->required_total = hours_or_zero(values, nulls, CE_COL_WINDOW_REQUIRED_TOTAL);
	window->required_public = hours_or_zero(values, nulls, CE_COL_WINDOW_REQUIRED_PUBLIC);
	window->required_professional =
		hours_or_zero(values, nulls, CE_COL_WINDOW_REQUIRED_PROFESSIONAL);
	window->each_at_least = hours_or_zero(values, nulls, CE_COL_WINDOW_EACH_AT_LEAST);
	window->judged_by = text_or_null(values, nulls, CE_COL_WINDOW_JUDGED_BY);
	window->judge = NULL;
	aggregation = TextDatumGetCString(values[CE_COL_WINDOW_AGGREGATION]);
	window->aggregation = strcmp(aggregation, "any") == 0 ? CE_ANY :
		strcmp(aggregation, "sum") == 0 ? CE_SUM : CE_EACH;
	/* Within these bounds whatever the row says. */
	window->years = Max(Min(DatumGetInt32(values[CE_COL_WINDOW_YEARS]),
							window->years_by == CE_YEARS_CYCLE ?
							CE_MAX_WINDOW_YEARS / 2 : CE_MAX_WINDOW_YEARS), 1);
	window->professional_only = DatumGetBool(values[CE_COL_WINDOW_PROFESSIONAL_ONLY]);
	window->same_specialty = DatumGetBool(values[CE_COL_WINDOW_SAME_SPECIALTY]);
	window->from_year = DatumGetInt32(values[CE_COL_WINDOW_FROM_YEAR]);
	window->to_year = int_or(values, nulls, CE_COL_WINDOW_TO_YEAR, INT_MAX);
	window->citation = read_citation(values, nulls, CE_COL_WINDOW_INSTRUMENT,
									 CE_COL_WINDOW_CLAUSE, CE_COL_WINDOW_INTERPRETATION);
}

static void
read_catchup(CeLaw *in, const Datum *values, const bool *nulls)
{
	CeScheme   *scheme = scheme_of_row(in, values, CE_COL_CATCHUP_SCHEME);
	CeSubject	subject =
		ce_list_value(CE_LIST_SUBJECT, DatumGetObjectId(values[CE_COL_CATCHUP_SUBJECT]));
	CeCarrySource source;
	int			node;
	CeCatchup  *catchup;

	/* A source without hours of the subject has no surplus (7.6b). */
	if (scheme == NULL ||
		!ce_carry_source(TextDatumGetCString(values[CE_COL_CATCHUP_SOURCE]), subject,
						 &in->tree, &source, &node))
		return;
	catchup = CE_ONE_MORE(scheme->catchups, scheme->ncatchups);
	catchup->depth = 0;
	catchup->study_year = DatumGetInt32(values[CE_COL_CATCHUP_STUDY_YEAR]);
	catchup->subject = subject;
	catchup->source = source;
	catchup->source_node = node;
	catchup->most_hours = nulls[CE_COL_CATCHUP_MOST_HOURS] ? -1 :
		DatumGetCeHours(values[CE_COL_CATCHUP_MOST_HOURS]);
	catchup->target_from = DatumGetInt32(values[CE_COL_CATCHUP_TARGET_FROM]);
	catchup->target_to = DatumGetInt32(values[CE_COL_CATCHUP_TARGET_TO]);
	catchup->citation = read_citation(values, nulls, CE_COL_CATCHUP_INSTRUMENT,
									  CE_COL_CATCHUP_CLAUSE, -1);
}

/* Read all rows of a law table with a new snapshot. */
static void
read_table(CeLaw *in, CeTable table,
		   void (*read_row) (CeLaw *, const Datum *, const bool *))
{
	Relation	rel;
	SysScanDesc scan;
	HeapTuple	tuple;
	Datum		values[CE_MAX_COLUMNS];
	bool		nulls[CE_MAX_COLUMNS];

	/* A ledger of an earlier version has no rows of it yet. */
	if ((table == CE_CATEGORY || table == CE_MINIMUM) && !ce_later_table_exists(table))
		return;
	rel = ce_open_whole(table);
	/* An error unless the table can be read like a catalog. */
	ce_table_columns(table, rel);
	scan = systable_beginscan(rel, InvalidOid, false, NULL, 0, NULL);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		ce_row_read(table, rel, tuple, values, nulls);
		read_row(in, values, nulls);
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
}

/* Append copies of the rows that a scheme has itself. */
#define COPY_ROWS(scheme, base, rows, n, row_depth) \
	for (int i = 0; i < (base)->n; i++) \
		if ((base)->rows[i].depth == 0) \
		{ \
			*CE_ONE_MORE((scheme)->rows, (scheme)->n) = (base)->rows[i]; \
			(scheme)->rows[(scheme)->n - 1].depth = (row_depth); \
		}

/*
 * Give each scheme the rows of those that it is based on, so that a look-up
 * need not follow them.  The trigger refuses circles; where it did not fire,
 * they end here.
 */
static void
add_bases(CeLaw *in)
{
	/* Before they are copied. */
	for (int at = 0; at < in->nschemes; at++)
		for (int i = 0; i < in->schemes[at].nwindows; i++)
		{
			CeWindow   *w = &in->schemes[at].windows[i];

			if (w->judged_by != NULL)
				w->judge = ce_find_scheme_in(in, w->judged_by, strlen(w->judged_by));
		}
	for (int at = 0; at < in->nschemes; at++)
	{
		CeScheme   *scheme = &in->schemes[at];
		const char *name = scheme->based_on;

		for (int depth = 1; name != NULL && depth <= CE_MAX_BASES; depth++)
		{
			const CeScheme *base = ce_find_scheme_in(in, name, strlen(name));

			if (base == NULL || base == scheme)
				break;
			COPY_ROWS(scheme, base, requirements, nrequirements, depth);
			COPY_ROWS(scheme, base, minima, nminima, depth);
			COPY_ROWS(scheme, base, rules, nrules, depth);
			COPY_ROWS(scheme, base, caps, ncaps, depth);
			COPY_ROWS(scheme, base, windows, nwindows, depth);
			COPY_ROWS(scheme, base, catchups, ncatchups, depth);
			name = base->based_on;
		}
	}
	for (int at = 0; at < in->nschemes; at++)
	{
		CeScheme   *scheme = &in->schemes[at];
		const CeScheme *base = scheme;

		for (int steps = 0; scheme->ban_years < 0 && base != NULL &&
			 base->based_on != NULL && steps < in->nschemes; steps++)
		{
			base = ce_find_scheme_in(in, base->based_on, strlen(base->based_on));
			if (base != NULL)
			{
				scheme->ban_years = base->ban_years;
				scheme->ban_citation = base->ban_citation;
			}
		}
	}
}

static int
by_rule_id(const void *a, const void *b)
{
	int			x = ((const CeRule *) a)->rule_id;
	int			y = ((const CeRule *) b)->rule_id;

	return x < y ? -1 : x > y;
}

/* In one order, wherever the table has its rows: messages list them. */
static void
sort_rules(CeLaw *in)
{
	for (int at = 0; at < in->nschemes; at++)
	{
		CeScheme   *scheme = &in->schemes[at];

		if (scheme->nrules > 1)
			qsort(scheme->rules, scheme->nrules, sizeof(CeRule), by_rule_id);
	}
}

CeLaw *
ce_read_law(void)
{
	MemoryContext context;
	MemoryContext old_context;
	CeLaw	   *in;

	/* Becomes permanent only after all of it has been read. */
	context = AllocSetContextCreate(CurrentMemoryContext, "ce_hours law",
									ALLOCSET_SMALL_SIZES);
	old_context = MemoryContextSwitchTo(context);
	in = palloc0(sizeof(CeLaw));
	in->context = context;
	in->generation = ce_law_generation();
	ce_note_reading();
	read_table(in, CE_CATEGORY, read_category);
	ce_build_tree(in->categories, in->ncategories, &in->tree);
	read_table(in, CE_SCHEME, read_scheme);
	read_table(in, CE_REQUIREMENT, read_requirement);
	read_table(in, CE_KIND, read_kind);
	read_table(in, CE_RULE, read_rule);
	read_table(in, CE_CAP, read_cap);
	read_table(in, CE_MINIMUM, read_minimum);
	read_table(in, CE_WINDOW, read_window);
	read_table(in, CE_CATCHUP, read_catchup);
	add_bases(in);
	sort_rules(in);
	MemoryContextSwitchTo(old_context);
	MemoryContextSetParent(context, CacheMemoryContext);
	return in;
}


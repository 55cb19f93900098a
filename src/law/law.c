/*-------------------------------------------------------------------------
 *
 * law.c
 *	  The law: the rows of the law tables, read once and kept in the backend.
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
#include "utils/memutils.h"
#include "utils/rel.h"

#include "law/law.h"
#include "types/grow.h"

#include "compat.h"

typedef struct Law
{
	uint64		generation;
	MemoryContext context;
	int			nschemes;
	CeScheme   *schemes;
	int			nkinds;
	CeKind	   *kinds;
} Law;

static Law *law = NULL;

/* ---------------------------------------------------------------------
 * Reading the rows
 * ---------------------------------------------------------------------
 */

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

static CeScheme *
find_scheme(Law *in, const char *name, int len)
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
scheme_of_row(Law *in, const Datum *values, int column)
{
	char	   *name = TextDatumGetCString(values[column]);

	return find_scheme(in, name, strlen(name));
}

static void
read_scheme(Law *in, const Datum *values, const bool *nulls)
{
	CeScheme   *scheme = CE_ONE_MORE(in->schemes, in->nschemes);

	memset(scheme, 0, sizeof(*scheme));
	scheme->name = TextDatumGetCString(values[CE_COL_SCHEME_SCHEME]);
	scheme->governed = DatumGetBool(values[CE_COL_SCHEME_GOVERNED]);
	scheme->ban_years = int_or(values, nulls, CE_COL_SCHEME_BAN_YEARS, -1);
	scheme->citation = read_citation(values, nulls, CE_COL_SCHEME_INSTRUMENT,
									 CE_COL_SCHEME_CLAUSE, CE_COL_SCHEME_INTERPRETATION);
}

static void
read_requirement(Law *in, const Datum *values, const bool *nulls)
{
	CeScheme   *scheme = scheme_of_row(in, values, CE_COL_REQUIREMENT_SCHEME);
	CeRequirement *requirement;

	if (scheme == NULL)
		return;
	requirement = CE_ONE_MORE(scheme->requirements, scheme->nrequirements);
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
read_kind(Law *in, const Datum *values, const bool *nulls)
{
	CeKind	   *kind = CE_ONE_MORE(in->kinds, in->nkinds);
	int			category;

	kind->name = TextDatumGetCString(values[CE_COL_KIND_KIND]);
	kind->subject = ce_list_value(CE_LIST_SUBJECT,
								  DatumGetObjectId(values[CE_COL_KIND_SUBJECT]));
	kind->category_name = TextDatumGetCString(values[CE_COL_KIND_CATEGORY]);
	category = ce_category_by_name(kind->category_name, strlen(kind->category_name));
	if (category < 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("kind \"%s\" has the unknown category \"%s\"",
						kind->name, kind->category_name)));
	kind->category = category;
	kind->track = ce_list_value(CE_LIST_TRACK,
								DatumGetObjectId(values[CE_COL_KIND_TRACK]));
	kind->clause = TextDatumGetCString(values[CE_COL_KIND_CLAUSE]);
}

static void
read_rule(Law *in, const Datum *values, const bool *nulls)
{
	CeScheme   *scheme = scheme_of_row(in, values, CE_COL_RULE_SCHEME);
	CeRule	   *rule;

	if (scheme == NULL)
		return;
	rule = CE_ONE_MORE(scheme->rules, scheme->nrules);
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
	rule->per_year = DatumGetBool(values[CE_COL_RULE_PER_YEAR]);
	rule->citation = read_citation(values, nulls, CE_COL_RULE_INSTRUMENT, CE_COL_RULE_CLAUSE,
								   CE_COL_RULE_INTERPRETATION);
}

static void
read_cap(Law *in, const Datum *values, const bool *nulls)
{
	CeScheme   *scheme = scheme_of_row(in, values, CE_COL_CAP_SCHEME);
	char	   *name = TextDatumGetCString(values[CE_COL_CAP_CATEGORY]);
	int			category = ce_category_by_name(name, strlen(name));
	CeCap	   *cap;

	if (scheme == NULL || category < 0)
		return;
	cap = CE_ONE_MORE(scheme->caps, scheme->ncaps);
	cap->category = category;
	cap->from_year = DatumGetInt32(values[CE_COL_CAP_FROM_YEAR]);
	cap->to_year = int_or(values, nulls, CE_COL_CAP_TO_YEAR, INT_MAX);
	/* null: no cap from this year on */
	cap->hours = nulls[CE_COL_CAP_HOURS] ? PG_INT64_MAX :
		DatumGetCeHours(values[CE_COL_CAP_HOURS]);
	cap->citation = read_citation(values, nulls, CE_COL_CAP_INSTRUMENT, CE_COL_CAP_CLAUSE,
								  CE_COL_CAP_INTERPRETATION);
}

static void
read_window(Law *in, const Datum *values, const bool *nulls)
{
	CeScheme   *scheme = scheme_of_row(in, values, CE_COL_WINDOW_SCHEME);
	CeWindow   *window;
	char	   *aggregation;

	if (scheme == NULL)
		return;
	window = CE_ONE_MORE(scheme->windows, scheme->nwindows);
	window->window_id = DatumGetInt32(values[CE_COL_WINDOW_WINDOW_ID]);
	window->route = ce_list_value(CE_LIST_ROUTE,
								  DatumGetObjectId(values[CE_COL_WINDOW_ROUTE]));
	window->level = DatumGetCeLevel(values[CE_COL_WINDOW_LEVEL]);
	window->needs_doctorate = DatumGetBool(values[CE_COL_WINDOW_NEEDS_DOCTORATE]);
	window->needs_held = nulls[CE_COL_WINDOW_NEEDS_HELD] ? 0 :
		(int) DatumGetCeLevel(values[CE_COL_WINDOW_NEEDS_HELD]);
	aggregation = TextDatumGetCString(values[CE_COL_WINDOW_AGGREGATION]);
	window->aggregation = strcmp(aggregation, "any") == 0 ? CE_ANY :
		strcmp(aggregation, "sum") == 0 ? CE_SUM : CE_EACH;
	window->years = Min(DatumGetInt32(values[CE_COL_WINDOW_YEARS]), CE_MAX_WINDOW_YEARS);
	window->professional_only = DatumGetBool(values[CE_COL_WINDOW_PROFESSIONAL_ONLY]);
	window->same_specialty = DatumGetBool(values[CE_COL_WINDOW_SAME_SPECIALTY]);
	window->from_year = DatumGetInt32(values[CE_COL_WINDOW_FROM_YEAR]);
	window->to_year = int_or(values, nulls, CE_COL_WINDOW_TO_YEAR, INT_MAX);
	window->citation = read_citation(values, nulls, CE_COL_WINDOW_INSTRUMENT,
									 CE_COL_WINDOW_CLAUSE, CE_COL_WINDOW_INTERPRETATION);
}

static void
read_catchup(Law *in, const Datum *values, const bool *nulls)
{
	CeScheme   *scheme = scheme_of_row(in, values, CE_COL_CATCHUP_SCHEME);
	bool		national_base =
		strcmp(TextDatumGetCString(values[CE_COL_CATCHUP_SOURCE]), "national_base") == 0;
	CeSubject	subject =
		ce_list_value(CE_LIST_SUBJECT, DatumGetObjectId(values[CE_COL_CATCHUP_SUBJECT]));
	CeCatchup  *catchup;

	/* A source without hours of the subject has no surplus (7.6b). */
	if (scheme == NULL || national_base != (subject == CE_SUBJECT_PROFESSIONAL))
		return;
	catchup = CE_ONE_MORE(scheme->catchups, scheme->ncatchups);
	catchup->study_year = DatumGetInt32(values[CE_COL_CATCHUP_STUDY_YEAR]);
	catchup->subject = subject;
	catchup->national_base = national_base;
	catchup->target_from = DatumGetInt32(values[CE_COL_CATCHUP_TARGET_FROM]);
	catchup->target_to = DatumGetInt32(values[CE_COL_CATCHUP_TARGET_TO]);
	catchup->citation = read_citation(values, nulls, CE_COL_CATCHUP_INSTRUMENT,
									  CE_COL_CATCHUP_CLAUSE, -1);
}

/* Read all rows of a law table with a new snapshot. */
static void
read_table(Law *in, CeTable table,
		   void (*read_row) (Law *, const Datum *, const bool *))
{
	Relation	rel = table_open(ce_table_oid(table), AccessShareLock);
	SysScanDesc scan;
	HeapTuple	tuple;
	Datum		values[CE_MAX_COLUMNS];
	bool		nulls[CE_MAX_COLUMNS];

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

static Law *
read_law(void)
{
	MemoryContext context;
	MemoryContext old_context;
	Law		   *in;

	/* Becomes permanent only after all of it has been read. */
	context = AllocSetContextCreate(CurrentMemoryContext, "ce_hours law",
									ALLOCSET_SMALL_SIZES);
	old_context = MemoryContextSwitchTo(context);
	in = palloc0(sizeof(Law));
	in->context = context;
	in->generation = ce_law_generation();
	ce_note_reading();
	read_table(in, CE_SCHEME, read_scheme);
	read_table(in, CE_REQUIREMENT, read_requirement);
	read_table(in, CE_KIND, read_kind);
	read_table(in, CE_RULE, read_rule);
	read_table(in, CE_CAP, read_cap);
	read_table(in, CE_WINDOW, read_window);
	read_table(in, CE_CATCHUP, read_catchup);
	MemoryContextSwitchTo(old_context);
	MemoryContextSetParent(context, CacheMemoryContext);
	return in;
}

/*
 * The law as it is now.  The old one stays until the transaction ends: a
 * caller may still be using it.
 */
static Law *
current_law(void)
{
	if (unlikely(law == NULL || law->generation != ce_law_generation()))
	{
		Law		   *fresh = read_law();

		if (law != NULL)
			MemoryContextSetParent(law->context, TopTransactionContext);
		law = fresh;
	}
	return law;
}

/* ---------------------------------------------------------------------
 * Look-ups
 * ---------------------------------------------------------------------
 */

const CeScheme *
ce_law_scheme(const char *name, int len)
{
	return find_scheme(current_law(), name, len);
}

const CeKind *
ce_law_kind(const char *name, int len)
{
	Law		   *in = current_law();

	for (int i = 0; i < in->nkinds; i++)
	{
		if (strncmp(in->kinds[i].name, name, len) == 0 &&
			in->kinds[i].name[len] == '\0')
			return &in->kinds[i];
	}
	return NULL;
}

const CeScheme *
ce_law_scheme_of(Datum name)
{
	text	   *t = DatumGetTextPP(name);
	const CeScheme *scheme = ce_law_scheme(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t));

	if (scheme == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("scheme \"%s\" does not exist", text_to_cstring(t)),
				 errhint("Table ce_scheme lists the schemes.")));
	return scheme;
}

const CeKind *
ce_law_kind_of(Datum name)
{
	text	   *t = DatumGetTextPP(name);
	const CeKind *kind = ce_law_kind(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t));

	if (kind == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
				 errmsg("kind \"%s\" does not exist", text_to_cstring(t)),
				 errdetail("Clause 5: hours are recognised for the kinds that the law lists."),
				 errhint("Table ce_kind lists the kinds of activities and achievements.")));
	return kind;
}

/* Of the rows that apply to the year, the one that begins last. */
void
ce_year_law(const CeScheme *scheme, int year, CeYearLaw *of_year)
{
	memset(of_year, 0, sizeof(*of_year));
	for (int i = 0; i < scheme->nrequirements; i++)
	{
		const CeRequirement *r = &scheme->requirements[i];

		if (ce_in_years(r->from_year, r->to_year, year) &&
			(of_year->requirement == NULL ||
			 r->from_year > of_year->requirement->from_year))
			of_year->requirement = r;
	}
	for (int i = 0; i < scheme->ncaps; i++)
	{
		const CeCap *c = &scheme->caps[i];
		const CeCap **best = &of_year->caps[c->category];

		if (ce_in_years(c->from_year, c->to_year, year) &&
			(*best == NULL || c->from_year > (*best)->from_year))
			*best = c;
	}
}

const CeCatchup *
ce_catchup_of(const CeScheme *scheme, int study_year, CeSubject subject)
{
	for (int i = 0; i < scheme->ncatchups; i++)
	{
		const CeCatchup *c = &scheme->catchups[i];

		if (c->study_year == study_year && c->subject == subject)
			return c;
	}
	return NULL;
}

const CeCatchup *
ce_catchup_for(const CeScheme *scheme, int target_year, CeSubject subject,
			   int after)
{
	const CeCatchup *first = NULL;

	for (int i = 0; i < scheme->ncatchups; i++)
	{
		const CeCatchup *c = &scheme->catchups[i];

		if (c->subject == subject && c->study_year > after &&
			ce_in_years(c->target_from, c->target_to, target_year) &&
			(first == NULL || c->study_year < first->study_year))
			first = c;
	}
	return first;
}

/* If a rule has a word, the fact must have the same; else any will do. */
static inline bool
word_fits(const char *asked, const char *given)
{
	return asked == NULL || (given != NULL && strcmp(asked, given) == 0);
}

bool
ce_replaces(int from_year, const CeCitation *newer, int older_from_year,
			const CeCitation *older)
{
	return from_year > older_from_year &&
		(newer->instrument == NULL || older->instrument == NULL ||
		 strcmp(newer->instrument, older->instrument) != 0);
}

bool
ce_rule_governs(const CeScheme *scheme, const CeRule *rule, int year)
{
	if (!ce_in_years(rule->from_year, rule->to_year, year))
		return false;
	for (int i = 0; i < scheme->nrules; i++)
	{
		const CeRule *r = &scheme->rules[i];

		if (ce_replaces(r->from_year, &r->citation, rule->from_year, &rule->citation) &&
			ce_in_years(r->from_year, r->to_year, year) && strcmp(r->kind, rule->kind) == 0)
			return false;
	}
	return true;
}

const CeRule *
ce_rule_of(const CeScheme *scheme, const CeKind *kind, int year,
		   const char *grade, const char *role, int rank)
{
	const CeRule *best = NULL;

	for (int i = 0; i < scheme->nrules; i++)
	{
		const CeRule *r = &scheme->rules[i];

		if (ce_in_years(r->from_year, r->to_year, year) &&
			(best == NULL || r->from_year > best->from_year) &&
			(r->rank_from == 0 || (r->rank_from <= rank && rank <= r->rank_to)) &&
			strcmp(r->kind, kind->name) == 0 &&
			word_fits(r->grade, grade) && word_fits(r->role, role) &&
			ce_rule_governs(scheme, r, year))
			best = r;
	}
	return best;
}

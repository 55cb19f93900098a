/*-------------------------------------------------------------------------
 *
 * law.c
 *	  The law, kept in the backend, and look-ups in it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/memutils.h"

#include "law/law_rows.h"

#include "compat.h"

static CeLaw *law = NULL;

/*
 * The law as it is now.  The old one stays until the transaction ends: a
 * caller may still be using it.
 */
static CeLaw *
current_law(void)
{
	if (unlikely(law == NULL || law->generation != ce_law_generation()))
	{
		CeLaw	   *fresh = ce_read_law();

		if (law != NULL)
			MemoryContextSetParent(law->context, TopTransactionContext);
		law = fresh;
	}
	return law;
}

const CeScheme *
ce_find_scheme(const char *name, int len)
{
	return ce_find_scheme_in(current_law(), name, len);
}

const CeScheme *
ce_law_schemes(int *n)
{
	CeLaw	   *in = current_law();

	*n = in->nschemes;
	return in->schemes;
}

const CeKind *
ce_find_kind(const char *name, int len)
{
	CeLaw	   *in = current_law();

	for (int i = 0; i < in->nkinds; i++)
	{
		if (strncmp(in->kinds[i].name, name, len) == 0 &&
			in->kinds[i].name[len] == '\0')
			return &in->kinds[i];
	}
	return NULL;
}

const CeKind *
ce_law_kinds(int *n)
{
	CeLaw	   *in = current_law();

	*n = in->nkinds;
	return in->kinds;
}

bool
ce_law_archives(void)
{
	return current_law()->archives;
}

const CeScheme *
ce_scheme_of_depth(const CeScheme *scheme, int depth)
{
	while (depth-- > 0)
		scheme = ce_find_scheme(scheme->based_on, strlen(scheme->based_on));
	return scheme;
}

const CeScheme *
ce_get_scheme(Datum name)
{
	text	   *t = DatumGetTextPP(name);
	const CeScheme *scheme = ce_find_scheme(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t));

	if (scheme == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("scheme \"%s\" does not exist", text_to_cstring(t)),
				 errhint("Table ce_scheme lists the schemes.")));
	return scheme;
}

const CeKind *
ce_get_kind(Datum name)
{
	text	   *t = DatumGetTextPP(name);
	const CeKind *kind = ce_find_kind(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t));

	if (kind == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
				 errmsg("kind \"%s\" does not exist", text_to_cstring(t)),
				 errdetail("Clause 5: hours are recognised for the kinds that the law lists."),
				 errhint("Table ce_kind lists the kinds of activities and achievements.")));
	return kind;
}

const CeCategoryTree *
ce_law_categories(void)
{
	return &current_law()->tree;
}

int
ce_find_category(const char *name, int len)
{
	return ce_find_node(&current_law()->tree, name, len);
}

/* Of two rows about the same: the scheme's own, then the one that begins last. */
static inline bool
comes_before(int depth, int from_year, int other_depth, int other_from_year)
{
	return depth < other_depth ||
		(depth == other_depth && from_year > other_from_year);
}

static void
find_requirement(const CeScheme *scheme, CeYearLaw *of_year)
{
	for (int i = 0; i < scheme->nrequirements; i++)
	{
		const CeRequirement *r = &scheme->requirements[i];
		const CeRequirement *best = of_year->requirement;

		if (ce_in_years(r->from_year, r->to_year, of_year->year) &&
			(best == NULL ||
			 comes_before(r->depth, r->from_year, best->depth, best->from_year)))
			of_year->requirement = r;
	}
}

/* Those of the year, by node. */
static void
find_bounds(const CeBound *bounds, int n, int year, const CeBound **of_node)
{
	for (int i = 0; i < n; i++)
	{
		const CeBound *b = &bounds[i];
		const CeBound *best = of_node[b->node];

		if (ce_in_years(b->from_year, b->to_year, year) &&
			(best == NULL ||
			 comes_before(b->depth, b->from_year, best->depth, best->from_year)))
			of_node[b->node] = b;
	}
}

/* In the order of the tree; a row of 0 hours ends a minimum. */
static void
find_minima(const CeScheme *scheme, CeYearLaw *of_year)
{
	const CeMinimum *of_node[CE_NODES] = {NULL};

	find_bounds(scheme->minima, scheme->nminima, of_year->year, of_node);
	for (int i = scheme->tree->norder - 1; i >= 0; i--)
	{
		int			node = scheme->tree->order[i];
		const CeMinimum *m = of_node[node];

		if (m == NULL || m->hours == 0)
			continue;
		of_year->minima[of_year->nminima++] = m;
		if ((scheme->tree->own_roots & CE_NODE_BIT(node)) != 0)
			of_year->own_required = ce_hours_add(of_year->own_required, m->hours);
	}
}

static void
set_steps(CeYearLaw *of_year)
{
	const CeCategoryTree *tree = of_year->tree;

	for (int i = 0; i < tree->norder; i++)
	{
		int			node = tree->order[i];
		int			parent = tree->parent[node];
		CeStep	   *step = &of_year->steps[i];

		step->cap = of_year->caps[node] == NULL ? PG_INT64_MAX : of_year->caps[node]->hours;
		step->node = node;
		step->parent = parent;
		step->parent_place = parent < 0 ? 0 : (uint32) 1 << tree->place[parent];
	}
}

/* The courses of national bases are kept apart, and are online courses. */
static bool
has_caps_on_several(const CeYearLaw *of_year)
{
	const CeCategoryTree *tree = of_year->tree;

	for (int node = 0; node < CE_NODES; node++)
	{
		int			parent = tree->parent[node];

		if (tree->name[node] == NULL || parent < 0)
			continue;
		if (node == CE_CATEGORY_NATIONAL_ONLINE ?
			of_year->caps[node] != NULL || parent != CE_CATEGORY_ONLINE :
			of_year->caps[parent] != NULL)
			return true;
	}
	return false;
}

const CeYearLaw *
ce_year_law(const CeScheme *scheme, int year)
{
	CeYearLaw **place = &scheme->years[(unsigned) year % CE_YEAR_PLACES];
	CeYearLaw  *of_year = *place;

	while (of_year != NULL && of_year->year != year)
		of_year = of_year->next;
	if (likely(of_year != NULL))
		return of_year;

	of_year = MemoryContextAllocZero(scheme->context, sizeof(CeYearLaw));
	of_year->year = year;
	of_year->scheme = scheme;
	of_year->tree = scheme->tree;
	find_requirement(scheme, of_year);
	find_bounds(scheme->caps, scheme->ncaps, year, of_year->caps);
	find_minima(scheme, of_year);
	set_steps(of_year);
	of_year->nested_caps = has_caps_on_several(of_year);
	of_year->plain = of_year->nminima == 0 && !of_year->nested_caps;
	of_year->next = *place;
	return *place = of_year;
}

const CeCatchup *
ce_find_catchup(const CeScheme *scheme, int study_year, CeSubject subject)
{
	const CeCatchup *best = NULL;

	for (int i = 0; i < scheme->ncatchups; i++)
	{
		const CeCatchup *c = &scheme->catchups[i];

		if (c->study_year == study_year && c->subject == subject &&
			(best == NULL || c->depth < best->depth))
			best = c;
	}
	return best;
}

const CeCatchup *
ce_find_next_catchup(const CeScheme *scheme, int target_year, CeSubject subject,
					 int after)
{
	const CeCatchup *first = NULL;

	for (int i = 0; i < scheme->ncatchups; i++)
	{
		const CeCatchup *c = &scheme->catchups[i];

		if (c->subject == subject && c->study_year > after &&
			ce_in_years(c->target_from, c->target_to, target_year) &&
			(first == NULL || c->study_year < first->study_year) &&
			ce_find_catchup(scheme, c->study_year, subject) == c)
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

		if ((r->depth < rule->depth ||
			 (r->depth == rule->depth &&
			  ce_replaces(r->from_year, &r->citation, rule->from_year, &rule->citation))) &&
			ce_in_years(r->from_year, r->to_year, year) && strcmp(r->kind, rule->kind) == 0)
			return false;
	}
	return true;
}

const CeRule *
ce_find_rule(const CeScheme *scheme, const CeKind *kind, int year,
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

/*-------------------------------------------------------------------------
 *
 * law_query.c
 *	  Which law rows apply, for SQL: the look-ups of C over the cached law.
 *
 * A view that looked up the rows itself would have to follow based_on, and
 * could differ from what C judges by.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <limits.h>

#include "funcapi.h"
#include "utils/builtins.h"

#include "law/law.h"
#include "law/windows.h"

#include "compat.h"

/* The scheme that a row of the law belongs to. */
static Datum
scheme_of(const CeScheme *scheme, int depth)
{
	return CStringGetTextDatum(ce_scheme_of_depth(scheme, depth)->name);
}

static const CeScheme *
scheme_arg(FunctionCallInfo fcinfo)
{
	ce_begin_rows(fcinfo);
	ce_ledger_enter(fcinfo);
	return ce_get_scheme(PG_GETARG_DATUM(0));
}

/* ce__bases(scheme) returns the scheme and those that it is based on, with their depth */
PG_FUNCTION_INFO_V1(ce_bases);
Datum
ce_bases(PG_FUNCTION_ARGS)
{
	const CeScheme *scheme = scheme_arg(fcinfo);
	const CeScheme *base = scheme;

	for (int depth = 0; base != NULL; depth++)
	{
		Datum		values[] = {CStringGetTextDatum(base->name), Int32GetDatum(depth)};
		bool		nulls[lengthof(values)] = {false};

		ce_put_row(fcinfo, values, nulls);
		/* A circle, written with the triggers disabled, ends here. */
		base = base->based_on == NULL ? NULL :
			ce_find_scheme(base->based_on, strlen(base->based_on));
		if (base == scheme || depth > CE_MAX_BASES)
			break;
	}
	return (Datum) 0;
}

/* ce__requirements(scheme) returns the rows of ce_requirement, with their schemes and years */
PG_FUNCTION_INFO_V1(ce_requirements);
Datum
ce_requirements(PG_FUNCTION_ARGS)
{
	const CeScheme *scheme = scheme_arg(fcinfo);

	for (int i = 0; i < scheme->nrequirements; i++)
	{
		const CeRequirement *r = &scheme->requirements[i];
		Datum		values[] = {scheme_of(scheme, r->depth), Int32GetDatum(r->from_year),
		Int32GetDatum(r->to_year)};
		bool		nulls[] = {false, false, r->to_year == INT_MAX};

		ce_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

/* ce__requirement(scheme, year) returns the row of ce_requirement that applies */
PG_FUNCTION_INFO_V1(ce_requirement_of_year);
Datum
ce_requirement_of_year(PG_FUNCTION_ARGS)
{
	const CeScheme *scheme = scheme_arg(fcinfo);
	const CeRequirement *r = ce_year_law(scheme, PG_GETARG_INT32(1))->requirement;

	if (r != NULL)
	{
		Datum		values[] = {scheme_of(scheme, r->depth), Int32GetDatum(r->from_year),
			CStringGetTextDatum(r->citation.instrument),
		CStringGetTextDatum(r->citation.clause)};
		bool		nulls[lengthof(values)] = {false};

		ce_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

/* ce__requires(scheme, year) returns boolean: is it governed, and does the year require hours? */
PG_FUNCTION_INFO_V1(ce_requires);
Datum
ce_requires(PG_FUNCTION_ARGS)
{
	const CeScheme *scheme;

	ce_ledger_enter(fcinfo);
	scheme = ce_get_scheme(PG_GETARG_DATUM(0));
	PG_RETURN_BOOL(scheme->governed &&
				   ce_year_law(scheme, PG_GETARG_INT32(1))->requirement != NULL);
}

/* A row of ce_cap or ce_minimum that applies. */
static void
put_bound(FunctionCallInfo fcinfo, const CeScheme *scheme, const CeBound *b, bool unlimited)
{
	Datum		values[] = {scheme_of(scheme, b->depth),
		CStringGetTextDatum(scheme->tree->name[b->node]), Int32GetDatum(b->from_year),
		CeHoursGetDatum(b->hours), CStringGetTextDatum(b->citation.instrument),
	CStringGetTextDatum(b->citation.clause)};
	bool		nulls[lengthof(values)] = {false, false, false, unlimited};

	ce_put_row(fcinfo, values, nulls);
}

/* ce__caps(scheme, year) returns the rows of ce_cap that apply */
PG_FUNCTION_INFO_V1(ce_caps_of_year);
Datum
ce_caps_of_year(PG_FUNCTION_ARGS)
{
	const CeScheme *scheme = scheme_arg(fcinfo);
	const CeYearLaw *law = ce_year_law(scheme, PG_GETARG_INT32(1));

	for (int node = 0; node < CE_NODES; node++)
	{
		const CeCap *c = law->caps[node];

		if (c != NULL)
			put_bound(fcinfo, scheme, c, c->hours == PG_INT64_MAX);
	}
	return (Datum) 0;
}

/* ce__minimum_rows(scheme, year) returns the rows of ce_minimum that apply */
PG_FUNCTION_INFO_V1(ce_minima_of_year);
Datum
ce_minima_of_year(PG_FUNCTION_ARGS)
{
	const CeScheme *scheme = scheme_arg(fcinfo);
	const CeYearLaw *law = ce_year_law(scheme, PG_GETARG_INT32(1));

	for (int i = 0; i < law->nminima; i++)
		put_bound(fcinfo, scheme, law->minima[i], false);
	return (Datum) 0;
}

/* ce__rules(scheme, year) returns the rules that apply, with their kinds */
PG_FUNCTION_INFO_V1(ce_rules_of_year);
Datum
ce_rules_of_year(PG_FUNCTION_ARGS)
{
	const CeScheme *scheme = scheme_arg(fcinfo);

	for (int i = 0; i < scheme->nrules; i++)
	{
		const CeRule *r = &scheme->rules[i];

		if (ce_rule_governs(scheme, r, PG_GETARG_INT32(1)))
		{
			Datum		values[] = {Int32GetDatum(r->rule_id), CStringGetTextDatum(r->kind)};
			bool		nulls[lengthof(values)] = {false};

			ce_put_row(fcinfo, values, nulls);
		}
	}
	return (Datum) 0;
}

/* ce__windows(scheme, year) returns the windows that apply */
PG_FUNCTION_INFO_V1(ce_windows_of_year);
Datum
ce_windows_of_year(PG_FUNCTION_ARGS)
{
	const CeScheme *scheme = scheme_arg(fcinfo);

	for (int i = 0; i < scheme->nwindows; i++)
	{
		const CeWindow *w = &scheme->windows[i];
		Datum		values[] = {Int32GetDatum(w->window_id),
			ObjectIdGetDatum(ce_list_oid(CE_LIST_ROUTE, w->route)),
		CeLevelGetDatum(w->level)};
		bool		nulls[lengthof(values)] = {false};

		if (ce_window_applies(scheme, w, PG_GETARG_INT32(1)))
			ce_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

/* The year, or the first one after it that has windows of its own; INT_MAX: none. */
static int
year_of_windows(const CeScheme *scheme, int year)
{
	int			next = INT_MAX;

	for (int i = 0; i < scheme->nwindows; i++)
	{
		const CeWindow *w = &scheme->windows[i];

		if (ce_window_applies(scheme, w, year))
			return year;
		if (w->from_year > year)
			next = Min(next, w->from_year);
	}
	return next;
}

/*
 * ce__sums_years(scheme text, year integer) returns boolean: do all windows
 * that apply to applications of the year, or of the next one that has some,
 * add up their years, and ask nothing of a single one?
 */
PG_FUNCTION_INFO_V1(ce__sums_years);
Datum
ce__sums_years(PG_FUNCTION_ARGS)
{
	const CeScheme *scheme;
	int			year;
	bool		sums = false;

	ce_ledger_enter(fcinfo);
	scheme = ce_get_scheme(PG_GETARG_DATUM(0));
	year = year_of_windows(scheme, PG_GETARG_INT32(1));
	for (int i = 0; i < scheme->nwindows; i++)
	{
		const CeWindow *w = &scheme->windows[i];

		if (!ce_window_applies(scheme, w, year))
			continue;
		if (w->aggregation != CE_SUM || w->each_at_least > 0)
			PG_RETURN_BOOL(false);
		sums = true;
	}
	PG_RETURN_BOOL(sums);
}

/* ce__ban_years(scheme) returns integer: its own or those of a scheme that it is based on */
PG_FUNCTION_INFO_V1(ce_ban_years);
Datum
ce_ban_years(PG_FUNCTION_ARGS)
{
	const CeScheme *scheme;

	ce_ledger_enter(fcinfo);
	scheme = ce_get_scheme(PG_GETARG_DATUM(0));
	if (scheme->ban_years < 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(scheme->ban_years);
}

/* ce__first_required_year() returns integer: the first that a governed scheme requires hours of */
PG_FUNCTION_INFO_V1(ce__first_required_year);
Datum
ce__first_required_year(PG_FUNCTION_ARGS)
{
	const CeScheme *schemes;
	int			nschemes;
	int			first = INT_MAX;

	ce_ledger_enter(fcinfo);
	schemes = ce_law_schemes(&nschemes);
	for (int at = 0; at < nschemes; at++)
	{
		for (int i = 0; schemes[at].governed && i < schemes[at].nrequirements; i++)
		{
			int			from = schemes[at].requirements[i].from_year;

			if (from >= 1900 && from <= 9999)
				first = Min(first, from);
		}
	}
	if (first == INT_MAX)
		PG_RETURN_NULL();
	PG_RETURN_INT32(first);
}

/* ce__year_is_required(year) returns boolean: does a governed scheme require hours for it? */
PG_FUNCTION_INFO_V1(ce__year_is_required);
Datum
ce__year_is_required(PG_FUNCTION_ARGS)
{
	const CeScheme *schemes;
	int			nschemes;

	ce_ledger_enter(fcinfo);
	schemes = ce_law_schemes(&nschemes);
	for (int at = 0; at < nschemes; at++)
	{
		if (schemes[at].governed &&
			ce_year_law(&schemes[at], PG_GETARG_INT32(0))->requirement != NULL)
			PG_RETURN_BOOL(true);
	}
	PG_RETURN_BOOL(false);
}

/* ce__category_root(category) returns text: the category at the top of the tree above it */
PG_FUNCTION_INFO_V1(ce__category_root);
Datum
ce__category_root(PG_FUNCTION_ARGS)
{
	text	   *name = PG_GETARG_TEXT_PP(0);
	const CeCategoryTree *tree;
	int			node;

	ce_ledger_enter(fcinfo);
	tree = ce_law_categories();
	node = ce_find_category(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name));
	if (node < 0 || tree->root[node] < 0 || tree->name[tree->root[node]] == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(tree->name[tree->root[node]]));
}

/*-------------------------------------------------------------------------
 *
 * windows.c
 *	  The years that a title requires (4.2), and whether they are met.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "law/windows.h"

#include "compat.h"

/* The number of extra conditions of a window. */
static inline int
conditions(const CeWindow *w)
{
	return (w->needs_doctorate ? 1 : 0) + (w->needs_held != 0 ? 1 : 0);
}

static bool
window_governs(const CeScheme *scheme, const CeWindow *window, int year)
{
	for (int i = 0; i < scheme->nwindows; i++)
	{
		const CeWindow *w = &scheme->windows[i];

		if ((w->depth < window->depth ||
			 (w->depth == window->depth &&
			  ce_replaces(w->from_year, &w->citation, window->from_year, &window->citation))) &&
			w->route == window->route && w->level == window->level &&
			ce_in_years(w->from_year, w->to_year, year))
			return false;
	}
	return true;
}

const CeWindow *
ce_find_window(const CeScheme *scheme, CeRoute route, CeLevel asked, int year,
			   bool doctorate, int held, CeLevel *level)
{
	const CeWindow *best = NULL;

	/* For a holder of the senior level, senior means full senior (AMB-9). */
	*level = route == CE_ROUTE_REVIEW && asked == CE_SENIOR && held >= CE_SENIOR ?
		CE_FULL_SENIOR : asked;
	for (int i = 0; i < scheme->nwindows; i++)
	{
		const CeWindow *w = &scheme->windows[i];

		if (w->route != route || w->level != *level ||
			!ce_in_years(w->from_year, w->to_year, year) ||
			(w->needs_doctorate && !doctorate) ||
			(w->needs_held != 0 && w->needs_held != held))
			continue;
		if ((best == NULL || conditions(w) > conditions(best) ||
			 (conditions(w) == conditions(best) && w->from_year > best->from_year)) &&
			window_governs(scheme, w, year))
			best = w;
	}
	return best;
}

int
ce_longest_window(const CeScheme *scheme)
{
	int			years = 1;

	for (int i = 0; i < scheme->nwindows; i++)
		years = Max(years, scheme->windows[i].years);
	return years;
}

CeOutcome
ce_judge_bits(const CeWindow *window, unsigned met, unsigned unknown)
{
	if (window->aggregation == CE_ANY)
		return met != 0 ? CE_OUTCOME_ELIGIBLE :
			unknown != 0 ? CE_OUTCOME_NO_RULE : CE_OUTCOME_NOT_ELIGIBLE;
	if ((met | unknown) != (1 << window->years) - 1)
		return CE_OUTCOME_NOT_ELIGIBLE;
	return unknown != 0 ? CE_OUTCOME_NO_RULE : CE_OUTCOME_ELIGIBLE;
}

/* Do the years together reach the sum of their requirements? */
static CeOutcome
judge_sum(const CeWindow *window, const CeYear *years)
{
	CeHours		public_missing = 0,
				professional_missing = 0,
				total_missing = 0;

	for (int i = 0; i < window->years; i++)
	{
		const CeAssessment *a = &years[i].assessment;

		if (years[i].law->requirement == NULL)
			return CE_OUTCOME_NO_RULE;
		public_missing = ce_hours_add(public_missing,
									  ce_hours_subtract(a->public_required, a->public_got));
		professional_missing = ce_hours_add(professional_missing,
											ce_hours_subtract(a->professional_required, a->professional_got));
		/* A year that is deemed complete has its whole total. */
		total_missing = ce_hours_add(total_missing,
									 ce_hours_subtract(a->total_required, a->total_short == 0 ?
													   Max(a->total_got, a->total_required) : a->total_got));
	}
	if (professional_missing > 0)
		return CE_OUTCOME_NOT_ELIGIBLE;
	if (!window->professional_only && (public_missing > 0 || total_missing > 0))
		return CE_OUTCOME_NOT_ELIGIBLE;
	return CE_OUTCOME_ELIGIBLE;
}

CeOutcome
ce_judge(const CeWindow *window, CeYear *years)
{
	unsigned	met = 0;
	unsigned	unknown = 0;

	for (int i = 0; i < window->years; i++)
	{
		CeYear	   *y = &years[i];

		ce_assess(y->law, y->credit, y->attested == NULL ? NULL : &y->attested->title,
				  &y->assessment);
		if (y->law->requirement == NULL)
			unknown |= 1 << i;
		else if (ce_year_met(window, y))
			met |= 1 << i;
	}
	return window->aggregation == CE_SUM ? judge_sum(window, years) :
		ce_judge_bits(window, met, unknown);
}

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

/* Of the cycle that ends in the year, or else of the last one before it. */
static int
last_of_cycle(const CeWindow *window, int year)
{
	int64		since = (int64) year - window->cycle_from + 1;
	int			into_cycle = since % window->years;

	/* rounded down, also before the first cycle */
	return year - (into_cycle < 0 ? into_cycle + window->years : into_cycle);
}

bool
ce_window_years(const CeWindow *window, int year, int held_year, int *first,
				int *last)
{
	*last = year;
	*first = year - window->years + 1;
	switch (window->years_by)
	{
		case CE_YEARS_FIXED:
			break;
		case CE_YEARS_CYCLE:
			*last = last_of_cycle(window, year);
			*first = *last - window->years + 1;
			break;
		case CE_YEARS_TENURE:
			*first = Max(*first, held_year);
			return held_year != 0;
		case CE_YEARS_TENURE_AFTER:
			/* In the year of the title itself there is none. */
			*first = Max(*first, held_year + 1);
			return held_year != 0;
	}
	return true;
}

bool
ce_window_applies(const CeScheme *scheme, const CeWindow *window, int year)
{
	return ce_in_years(window->from_year, window->to_year, year) &&
		window_governs(scheme, window, year);
}

int
ce_longest_window(const CeScheme *scheme)
{
	int			years = 1;

	for (int i = 0; i < scheme->nwindows; i++)
	{
		const CeWindow *w = &scheme->windows[i];

		/* The year of the day may be the last but one of the next cycle. */
		years = Max(years, w->years_by == CE_YEARS_CYCLE ? 2 * w->years - 1 : w->years);
	}
	return Min(years, CE_MAX_WINDOW_YEARS);
}

CeHours
ce_largest_window_sum(const CeScheme *scheme, CeSubject subject)
{
	CeHours		most = 0;

	for (int i = 0; i < scheme->nwindows; i++)
	{
		const CeWindow *w = &scheme->windows[i];

		if (subject != CE_SUBJECT_PROFESSIONAL)
			most = Max(most, w->required_public);
		if (subject != CE_SUBJECT_PUBLIC)
			most = Max(most, w->required_professional);
		if (subject == CE_SUBJECT_BOTH)
			most = Max(most, w->required_total);
	}
	return most;
}

CeOutcome
ce_judge_bits(const CeWindow *window, int nyears, unsigned met, unsigned unknown)
{
	if (window->aggregation == CE_ANY)
		return met != 0 ? CE_OUTCOME_ELIGIBLE :
			unknown != 0 ? CE_OUTCOME_NO_RULE : CE_OUTCOME_NOT_ELIGIBLE;
	if ((met | unknown) != (1 << nyears) - 1)
		return CE_OUTCOME_NOT_ELIGIBLE;
	return unknown != 0 ? CE_OUTCOME_NO_RULE : CE_OUTCOME_ELIGIBLE;
}

/* ---------------------------------------------------------------------
 * Years that are added up
 * ---------------------------------------------------------------------
 */

static void
add_to_sum(CeSum *sum, CeHours required, CeHours got)
{
	sum->required = ce_hours_add(sum->required, required);
	sum->got = ce_hours_add(sum->got, got);
}

/* By the requirements of the years. */
static void
add_year(const CeYear *y, CeSums *sums)
{
	const CeAssessment *a = &y->assessment;
	CeHours		public_required = a->public_waived ? 0 : a->public_required;
	CeHours		public_got = a->public_waived ? a->public_hours : a->public_got;
	CeHours		professional_required = a->professional_waived ? 0 : a->professional_required;
	CeHours		professional_got = a->professional_waived ?
		a->professional_hours : a->professional_got;
	CeHours		required = a->whole_waived ? 0 :
		Max(a->total_required - (a->public_required - public_required) -
			(a->professional_required - professional_required), 0);
	CeHours		got = ce_hours_add(ce_hours_add(public_got, professional_got), a->own_hours);

	add_to_sum(&sums->public_hours, public_required, public_got);
	add_to_sum(&sums->professional, professional_required, professional_got);
	/* What is deemed complete has its whole total. */
	add_to_sum(&sums->total, required, a->whole_deemed ? Max(got, required) : got);
	for (int i = 0; i < y->law->nminima; i++)
	{
		int			node = y->law->minima[i]->node;
		/* Of what is waived nothing is required; what was studied all the same counts. */
		CeHours		minimum = ce_is_waived(a, y->law->tree->root[node]) ? 0 :
			y->law->minima[i]->hours;

		got = a->minimum_hours[i];
		add_to_sum(&sums->minima[node], minimum,
				   a->minimum_short[i] == 0 ? Max(got, minimum) : got);
	}
}

/* What a sum of the window's own requires, and what is taken off it. */
static inline void
take_off(CeSum *sum, CeHours hours)
{
	sum->required = Max(ce_hours_subtract(sum->required, Max(hours, 0)), 0);
}

/*
 * By the window's own sums.  A year that is complete as a whole takes its share
 * off them, a subject that is complete its own where the year has no minimum
 * that would count for it; of a waiver the whole share, else what the hours
 * lack of it, since what is deemed complete adds no hours.
 */
static void
add_to_window(const CeWindow *window, const CeYear *y, int nyears, CeSums *sums)
{
	const CeAssessment *a = &y->assessment;
	const CeHours *category = y->credit->category;
	CeHours		public_share = window->required_public / nyears -
		(a->public_waived ? 0 : a->public_hours);
	CeHours		professional_share = window->required_professional / nyears -
		(a->professional_waived ? 0 : a->professional_hours);
	bool		whole = a->whole_deemed;

	if (whole)
		take_off(&sums->total, window->required_total / nyears -
				 (a->whole_waived ? 0 : ce_all_hours(a)));
	if (whole || (a->public_deemed && a->public_required == 0))
	{
		take_off(&sums->public_hours, public_share);
		if (!whole)
			take_off(&sums->total, public_share);
	}
	if (whole || (a->professional_deemed && a->professional_required == 0))
	{
		take_off(&sums->professional, professional_share);
		if (!whole)
			take_off(&sums->total, professional_share);
	}
	take_off(&sums->public_hours, category[CE_CATEGORY_REDUCED_PUBLIC]);
	take_off(&sums->professional, category[CE_CATEGORY_REDUCED_PROFESSIONAL]);
	take_off(&sums->total, category[CE_CATEGORY_REDUCED_TOTAL]);
	add_to_sum(&sums->public_hours, 0, whole ? a->public_hours : a->public_got);
	add_to_sum(&sums->professional, 0, whole ? a->professional_hours : a->professional_got);
	add_to_sum(&sums->total, 0, whole ? ce_all_hours(a) : a->total_got);
}

void
ce_sum_years(const CeWindow *window, const CeYear *years, int nyears, CeSums *sums)
{
	memset(sums, 0, sizeof(*sums));
	sums->known = true;
	if (window->has_sums)
	{
		sums->public_hours.required = window->required_public;
		sums->professional.required = window->required_professional;
		sums->total.required = window->required_total;
	}
	for (int i = 0; i < nyears; i++)
	{
		if (window->has_sums)
			add_to_window(window, &years[i], nyears, sums);
		else if (years[i].law->requirement == NULL)
			sums->known = false;
		else
			add_year(&years[i], sums);
	}
}

void
ce_year_missing(const CeWindow *window, const CeAssessment *a, CeHours *missing)
{
	if (window->has_sums)
	{
		missing[0] = -a->public_got;
		missing[1] = -a->professional_got;
		missing[2] = -a->total_got;
		return;
	}
	missing[0] = ce_hours_subtract(a->public_required, a->public_got);
	missing[1] = ce_hours_subtract(a->professional_required, a->professional_got);
	/* A year that is deemed complete has its whole total. */
	missing[2] = ce_hours_subtract(a->total_required,
								   a->total_short == 0 ? Max(a->total_got, a->total_required) : a->total_got);
}

/* Do the years together reach what they must, and each the least of a year? */
static CeOutcome
judge_sum(const CeWindow *window, const CeYear *years, int nyears)
{
	CeSums		sums;
	bool		met;

	ce_sum_years(window, years, nyears, &sums);
	if (!sums.known)
		return CE_OUTCOME_NO_RULE;
	met = ce_sum_missing(&sums.professional) == 0;
	if (!window->professional_only)
	{
		met = met && ce_sum_missing(&sums.public_hours) == 0 &&
			ce_sum_missing(&sums.total) == 0;
		for (int node = 0; node < CE_NODES; node++)
			met = met && ce_sum_missing(&sums.minima[node]) == 0;
		for (int i = 0; i < nyears; i++)
			met = met && ce_floor_missing(window, &years[i]) == 0;
	}
	return met ? CE_OUTCOME_ELIGIBLE : CE_OUTCOME_NOT_ELIGIBLE;
}

CeOutcome
ce_judge(const CeWindow *window, CeYear *years, int nyears)
{
	unsigned	met = 0;
	unsigned	unknown = 0;

	for (int i = 0; i < nyears; i++)
	{
		CeYear	   *y = &years[i];

		ce_assess(y->law, y->credit, y->attested == NULL ? NULL : &y->attested->title,
				  &y->assessment);
		if (y->law->requirement == NULL)
			unknown |= 1 << i;
		else if (ce_year_met(window, y))
			met |= 1 << i;
	}
	return window->aggregation == CE_SUM ? judge_sum(window, years, nyears) :
		ce_judge_bits(window, nyears, met, unknown);
}

/*-------------------------------------------------------------------------
 *
 * roster_sum.c
 *	  Years of everybody that windows add up.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "ask/roster_sum.h"

#include "compat.h"

/* Beyond this the years of a person are not added up here. */
#define MOST_HOURS (PG_INT32_MAX / (2 * CE_MAX_WINDOW_YEARS))

bool
ce_missing_of_year(const CeRosterSum *sum, int i, const CeAssessment *a, CeMissing *missing)
{
	CeHours		hours[3];

	ce_year_missing(sum->window, a, hours);
	for (int j = 0; j < lengthof(hours); j++)
		if (hours[j] > MOST_HOURS || hours[j] < -MOST_HOURS)
			return false;
	missing->public_hours = hours[0];
	missing->professional = hours[1];
	missing->total = hours[2];
	missing->floors = ce_below_floor(sum->window, a) == 0 ? 1 << i : 0;
	return true;
}

bool
ce_roster_sum_make(const CeWindow *window, const CeYearLaw *const *laws, int from_year,
				   int last_year, CeRosterSum *sum)
{
	static const CeCredit none;
	int			first;
	int			last;

	if (window->same_specialty ||
		(window->years_by != CE_YEARS_FIXED && window->years_by != CE_YEARS_CYCLE) ||
		!ce_window_years(window, last_year, 0, &first, &last) ||
		first < from_year)
		return false;
	memset(sum, 0, sizeof(*sum));
	sum->window = window;
	sum->first = first - from_year;
	sum->last = last - from_year;
	sum->known = true;
	if (window->has_sums)
	{
		if (window->required_public > MOST_HOURS || window->required_total > MOST_HOURS ||
			window->required_professional > MOST_HOURS)
			return false;
		sum->nothing.public_hours = window->required_public;
		sum->nothing.professional = window->required_professional;
		sum->nothing.total = window->required_total;
	}
	for (int i = sum->first; i <= sum->last; i++)
	{
		static const CeMissing no_hours;
		CeAssessment a;

		sum->laws[i] = window->judge == NULL ? laws[i] :
			ce_year_law(window->judge, from_year + i);
		if (sum->laws[i]->nminima > 0)
			return false;
		if (sum->laws[i]->requirement == NULL && !window->has_sums)
			sum->known = false;
		ce_assess(sum->laws[i], &none, NULL, &a);
		if (!ce_missing_of_year(sum, i, &a, &sum->of_year[i]))
			return false;
		ce_add_missing(&sum->nothing, &sum->of_year[i], &no_hours);
		sum->floors |= 1 << i;
	}
	return true;
}

bool
ce_adds_up_alike(const CeWindow *a, const CeWindow *b)
{
	return a->years == b->years && a->years_by == b->years_by &&
		a->cycle_from == b->cycle_from && a->has_sums == b->has_sums &&
		a->required_total == b->required_total &&
		a->required_public == b->required_public &&
		a->required_professional == b->required_professional &&
		a->each_at_least == b->each_at_least && a->judge == b->judge &&
		a->same_specialty == b->same_specialty;
}

CeOutcome
ce_roster_sum_judge(const CeWindow *window, const CeRosterSum *sum, const CeMissing *missing)
{
	if (!sum->known)
		return CE_OUTCOME_NO_RULE;
	return missing->professional <= 0 &&
		(window->professional_only ||
		 (missing->public_hours <= 0 && missing->total <= 0 &&
		  missing->floors == sum->floors)) ?
		CE_OUTCOME_ELIGIBLE : CE_OUTCOME_NOT_ELIGIBLE;
}

/*-------------------------------------------------------------------------
 *
 * roster_group.c
 *	  What the law says of the persons under a scheme, as a roster uses it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "ask/roster_group.h"

#include "compat.h"

/* The sum of a window, made if necessary; NULL: not here. */
static const CeRosterSum *
sum_of_window(CeRosterGroup *group, const CeWindow *window, int from_year, int last_year)
{
	for (int k = 0; k < group->nsums; k++)
		if (ce_adds_up_alike(group->sums[k].window, window))
			return &group->sums[k];
	if (group->nsums == CE_ROSTER_SUMS ||
		!ce_roster_sum_make(window, group->laws, from_year, last_year,
							&group->sums[group->nsums]))
		return NULL;
	group->own_sums |= window->has_sums;
	return &group->sums[group->nsums++];
}

/* The window of a level, and its years. */
static void
find_window(CeRosterGroup *group, int from_year, int year, bool doctorate, int held,
			CeLevel asked, CeWindowYears *w)
{
	CeLevel		level;
	const CeWindow *window = ce_find_window(group->scheme, CE_ROUTE_REVIEW, asked, year,
											doctorate, held, &level);
	int			first;
	int			last;

	w->window = window;
	if (window == NULL)
		return;
	if (window->aggregation == CE_SUM)
		w->sum = sum_of_window(group, window, from_year, year);
	w->undecided = window->same_specialty ||
		(window->aggregation == CE_SUM ? w->sum == NULL : window->judge != NULL);
	w->by_tenure = !ce_window_years(window, year, 0, &first, &last);
	if (!w->by_tenure)
		ce_set_window_years(group, first - from_year, last - from_year, w);
}

CeRosterGroup *
ce_roster_group(const CeScheme *scheme, int number, int from_year, int nyears)
{
	static const CeCredit none;
	CeRosterGroup *group = palloc0(sizeof(CeRosterGroup));

	group->scheme = scheme;
	group->before = nyears - ce_longest_window(scheme);
	group->nothing.marks = number << CE_GROUP_SHIFT;
	for (int i = 0; i < nyears; i++)
	{
		CeAssessment a;

		group->laws[i] = ce_year_law(scheme, from_year + i);
		if (group->laws[i]->requirement == NULL)
			group->unknown |= 1 << i;
		ce_assess(group->laws[i], &none, NULL, &a);
		ce_roster_judge_year(group, i, &a, &group->nothing);
	}
	for (int doctorate = 0; doctorate < 2; doctorate++)
		for (int held = 0; held <= CE_LEVELS; held++)
			for (int i = 0; i < CE_LEVELS; i++)
				find_window(group, from_year, from_year + nyears - 1, doctorate, held,
							CE_JUNIOR + i, &group->windows[doctorate][held][i]);
	return group;
}

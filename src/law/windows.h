/*-------------------------------------------------------------------------
 *
 * windows.h
 *	  The years that a title requires (4.2), and whether they are met.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_WINDOWS_H
#define CE_WINDOWS_H

#include "law/assess.h"

/*
 * The window for a holder of a level, with or without a doctorate; NULL if the
 * law has none.  Sets the level that is meant (AMB-9).  A matching row with
 * extra conditions wins.  A later row of another instrument replaces all rows
 * of the route and level.
 */
extern const CeWindow *ce_find_window(const CeScheme *scheme, CeRoute route,
									  CeLevel asked, int year, bool doctorate,
									  int held, CeLevel *level);

/* Does it apply to questions of the year, not replaced by another row? */
extern bool ce_window_applies(const CeScheme *scheme, const CeWindow *window,
							  int year);

/* How many years back from the one of the day any of a scheme's windows reaches. */
extern int	ce_longest_window(const CeScheme *scheme);

/*
 * The years of a window for an application in a year, by the year since when
 * the present title is held (0: none, or not known).  False: they cannot be
 * counted.  *first after *last: the window asks for none yet.
 */
extern bool ce_window_years(const CeWindow *window, int year, int held_year,
							int *first, int *last);

/*
 * The most hours of a subject, or in all, that any window of a scheme asks its
 * years for together, beside their requirements; 0: none does.
 */
extern CeHours ce_largest_window_sum(const CeScheme *scheme, CeSubject subject);

/* A year of a window; ce_judge() fills in the assessment. */
typedef struct CeYear
{
	int			year;
	const CeYearLaw *law;		/* of the scheme that judges it */
	const CeCredit *credit;
	const CeAttested *attested; /* NULL: nothing */
	CeAssessment assessment;
} CeYear;

/* Does a year meet the window's requirement? */
static inline bool
ce_year_met(const CeWindow *window, const CeYear *y)
{
	return ce_law_met(y->law, &y->assessment, window->professional_only);
}

/*
 * The outcome: eligible, not eligible, or no rule.  For a window of each or
 * any year, with one bit for each year: met, and without a requirement.
 */
extern CeOutcome ce_judge_bits(const CeWindow *window, int nyears, unsigned met,
							   unsigned unknown);

/* The same for any window; assesses the years. */
extern CeOutcome ce_judge(const CeWindow *window, CeYear *years, int nyears);

/* What the years of a sum must reach together, and what they reach. */
typedef struct CeSum
{
	CeHours		required;
	CeHours		got;
	bool		deemed;			/* complete, whatever the hours */
} CeSum;

typedef struct CeSums
{
	bool		known;			/* false: a year has no requirement */
	CeSum		total;
	CeSum		public_hours;
	CeSum		professional;
	CeSum		minima[CE_NODES];	/* of ce_minimum, by category */
} CeSums;

static inline CeHours
ce_sum_missing(const CeSum *sum)
{
	return sum->deemed ? 0 : Max(ce_hours_subtract(sum->required, sum->got), 0);
}

/* Add up assessed years. */
extern void ce_sum_years(const CeWindow *window, const CeYear *years, int nyears,
						 CeSums *sums);

/*
 * What an assessed year adds to what its window's sums lack: public hours,
 * professional ones, all; negative where it has more.  Apart from the window's
 * own sums, and for years without waivers, minima of categories and, for own sums,
 * without what is deemed complete.
 */
extern void ce_year_missing(const CeWindow *window, const CeAssessment *a, CeHours *missing);

/* What a year lacks of the least that each year of a sum must have. */
static inline CeHours
ce_below_floor(const CeWindow *window, const CeAssessment *a)
{
	if (window->each_at_least == 0 || a->whole_deemed)
		return 0;
	return Max(ce_hours_subtract(window->each_at_least, a->total_got), 0);
}

static inline CeHours
ce_floor_missing(const CeWindow *window, const CeYear *y)
{
	return ce_below_floor(window, &y->assessment);
}

#endif							/* CE_WINDOWS_H */

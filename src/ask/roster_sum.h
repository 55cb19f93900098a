/*-------------------------------------------------------------------------
 *
 * roster_sum.h
 *	  Years of everybody that windows add up.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_ROSTER_SUM_H
#define CE_ROSTER_SUM_H

#include "ask/eligibility.h"

/*
 * What a person's years lack of the sums of a window, negative where they have
 * more, in hundredths; and which of them have the least of a year.
 */
typedef struct CeMissing
{
	int32		public_hours;
	int32		professional;
	int32		total;
	uint16		floors;
} CeMissing;

/* Years, the same for everybody, that windows add up alike. */
typedef struct CeRosterSum
{
	const CeWindow *window;		/* one of them */
	int			first;			/* its years, from 0 on as bits of a line */
	int			last;
	bool		known;			/* false: a year has no requirement */
	uint16		floors;			/* bits of its years */
	const CeYearLaw *laws[CE_MAX_WINDOW_YEARS];
	CeMissing	of_year[CE_MAX_WINDOW_YEARS];	/* without any hours */
	CeMissing	nothing;		/* of all its years together */
} CeRosterSum;

/* Do two windows add up the same hours of the same years? */
extern bool ce_adds_up_alike(const CeWindow *a, const CeWindow *b);

/*
 * Prepares to add up a window's years, from_year being the first one of the
 * laws and last_year the year of the day; false: they depend on the person, or
 * on minima of categories.
 */
extern bool ce_roster_sum_make(const CeWindow *window, const CeYearLaw *const *laws,
							   int from_year, int last_year, CeRosterSum *sum);

/* What a year lacks of a sum; false: more than can be kept. */
extern bool ce_missing_of_year(const CeRosterSum *sum, int i, const CeAssessment *a,
							   CeMissing *missing);

/* The outcome by what a person's years lack of a sum. */
extern CeOutcome ce_roster_sum_judge(const CeWindow *window, const CeRosterSum *sum,
									 const CeMissing *missing);

/* Replaces what a year without hours lacks by what this one does. */
static inline void
ce_add_missing(CeMissing *to, const CeMissing *more, const CeMissing *less)
{
	to->public_hours += more->public_hours - less->public_hours;
	to->professional += more->professional - less->professional;
	to->total += more->total - less->total;
	to->floors = (to->floors & ~less->floors) | more->floors;
}

#endif							/* CE_ROSTER_SUM_H */

/*-------------------------------------------------------------------------
 *
 * windows.h
 *	  The years that a title asks for (4.2), and whether they are met.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_WINDOWS_H
#define CE_WINDOWS_H

#include "law/assess.h"

/*
 * The window for one with or without a doctorate who holds a level, NULL where
 * the law has none; sets the level really meant (AMB-9).  A row with extra
 * conditions that hold wins.  A later row of another instrument replaces all
 * of the route and level.
 */
extern const CeWindow *ce_find_window(const CeScheme *scheme, CeRoute route,
									  CeLevel asked, int year, bool doctorate,
									  int held, CeLevel *level);

/* The years of the longest of a scheme's windows; at least one. */
extern int	ce_longest_window(const CeScheme *scheme);

/* A year of a window; the judge fills in the assessment. */
typedef struct CeYear
{
	int			year;
	CeYearLaw	law;
	const CeCredit *credit;
	const CeAttested *attested; /* NULL: nothing */
	CeAssessment assessment;
} CeYear;

/* Does a year have what a window asks of it? */
static inline bool
ce_year_met(const CeWindow *window, const CeYear *y)
{
	return ce_law_met(&y->law, &y->assessment, window->professional_only);
}

/*
 * The judge: eligible, not eligible, or no rule.  For a window of each or any
 * year by bits, one a year: met, and without a requirement.
 */
extern CeOutcome ce_judge_bits(const CeWindow *window, unsigned met, unsigned unknown);

/* The same of the years of any window, which it assesses. */
extern CeOutcome ce_judge(const CeWindow *window, CeYear *years);

#endif							/* CE_WINDOWS_H */

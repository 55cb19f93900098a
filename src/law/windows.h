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

/* The number of years of the longest of a scheme's windows; at least one. */
extern int	ce_longest_window(const CeScheme *scheme);

/* A year of a window; ce_judge() fills in the assessment. */
typedef struct CeYear
{
	int			year;
	const CeYearLaw *law;
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
extern CeOutcome ce_judge_bits(const CeWindow *window, unsigned met, unsigned unknown);

/* The same for any window; assesses the years. */
extern CeOutcome ce_judge(const CeWindow *window, CeYear *years);

#endif							/* CE_WINDOWS_H */

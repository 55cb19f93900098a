/*-------------------------------------------------------------------------
 *
 * roster_group.h
 *	  What the law says of the persons under a scheme, as a roster uses it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_ROSTER_GROUP_H
#define CE_ROSTER_GROUP_H

#include "ask/roster_sum.h"

#define CE_GROUP_SHIFT 5
#define CE_MAX_GROUPS (1 << (16 - CE_GROUP_SHIFT))
#define CE_ROSTER_SUMS 4

/* A person: bit i stands for the year from_year + i. */
typedef struct CeRosterLine
{
	uint16		met;			/* as a window of whole years requires (4.1) */
	uint16		professional;	/* as one for professional hours requires */
	uint16		marks;			/* and from CE_GROUP_SHIFT on the group's number */
} CeRosterLine;

/* A window, and its years as bits of a line. */
typedef struct CeWindowYears
{
	const CeWindow *window;		/* NULL: the law has none */
	bool		by_tenure;		/* the years differ from person to person */
	bool		undecided;		/* a line does not suffice */
	const CeRosterSum *sum;		/* of the years, or NULL */
	int			nyears;
	int			shift;
	uint16		all;
	uint16		unknown;		/* those without a requirement */
} CeWindowYears;

/* The persons under a scheme. */
typedef struct CeRosterGroup
{
	const CeScheme *scheme;
	int			before;			/* years of a line before the scheme's longest window */
	const CeYearLaw *laws[CE_MAX_WINDOW_YEARS];
	uint16		unknown;		/* years without a requirement */
	/* by doctorate, level held, level asked for */
	CeWindowYears windows[2][CE_LEVELS + 1][CE_LEVELS];
	CeRosterLine nothing;		/* the line of a person without rows */
	bool		own_sums;		/* some are the windows' own */
	int			nsums;
	CeRosterSum sums[CE_ROSTER_SUMS];
} CeRosterGroup;

/*
 * The group of a scheme with a number of its own, for the years from from_year
 * on, the last one being that of the day.  Allocated in the current memory
 * context.
 */
extern CeRosterGroup *ce_roster_group(const CeScheme *scheme, int number, int from_year,
									  int nyears);

/* Sets the years of a window, counted from the first one of a line. */
static inline void
ce_set_window_years(const CeRosterGroup *group, int first, int last, CeWindowYears *w)
{
	w->nyears = last - first + 1;
	w->shift = first;
	w->all = (1 << w->nyears) - 1;
	w->unknown = (group->unknown >> first) & w->all;
}

/* Sets the bit of a year by its assessment. */
static inline void
ce_roster_judge_year(const CeRosterGroup *group, int i, const CeAssessment *a,
					 CeRosterLine *line)
{
	uint16		bit = 1 << i;

	line->met = ce_law_met(group->laws[i], a, false) ?
		line->met | bit : line->met & ~bit;
	line->professional = ce_law_met(group->laws[i], a, true) ?
		line->professional | bit : line->professional & ~bit;
}

#endif							/* CE_ROSTER_GROUP_H */

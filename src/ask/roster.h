/*-------------------------------------------------------------------------
 *
 * roster.h
 *	  Which years each person has met, read in one pass.
 *
 * A question reads one person by an index.  A query about everybody would do
 * so 200,000 times; a roster reads the accounts once instead and keeps little
 * more of each person than which of the years are met.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_ROSTER_H
#define CE_ROSTER_H

#include "ask/eligibility.h"

typedef struct CeRoster CeRoster;

/*
 * Makes the roster of the years up to that of as_of, by the active snapshot,
 * for persons under the scheme and, if the law governs other schemes, under
 * those as well.  NULL if the rows cannot be read in one pass for this user, or
 * memory does not suffice.  Allocated in the current memory context, which the
 * caller must reset in that case, too.
 */
extern CeRoster *ce_roster_make(const CeScheme *scheme, DateADT as_of);

/*
 * The outcomes of all levels by the review route, as far as the roster decides
 * them; returns the undecided ones, 1 << 0 being the first level.  The person
 * is under a scheme of the roster's, never moved, and may have no rows.
 */
extern int	ce_roster_judge(CeRoster *roster, const CePerson *person,
							CeOutcome *outcomes);

/* Other data of the roster, for evaluating the undecided levels. */
extern void ce_roster_tell(CeRoster *roster, CePersonYears *years);

/* Is anybody of the roster under the scheme? */
extern bool ce_roster_has(CeRoster *roster, const CeScheme *scheme);

/* The number of persons to evaluate singly before a roster pays off. */
extern double ce_roster_worth(void);

#endif							/* CE_ROSTER_H */

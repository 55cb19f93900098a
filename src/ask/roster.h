/*-------------------------------------------------------------------------
 *
 * roster.h
 *	  Which years everybody has met, read in one pass.
 *
 * A question reads one person by an index.  Who asks about everybody would
 * do so 200,000 times; a roster reads the accounts once instead and keeps of
 * each person little more than which of the years are met.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_ROSTER_H
#define CE_ROSTER_H

#include "ask/eligibility.h"

typedef struct CeRoster CeRoster;

/*
 * The roster of the years up to as_of's for persons under a scheme, as the
 * active snapshot sees them; NULL where this user's rows cannot be read so,
 * or there is no memory for it.  Made in the current memory context, which
 * is to be reset in that case, too.
 */
extern CeRoster *ce_roster_make(const CeScheme *scheme, DateADT as_of);

/*
 * The outcomes of all levels by the review route, as far as they follow from
 * it; returns those that do not, 1 << 0 being the first level.  The person is
 * under the roster's scheme and may be without any record.
 */
extern int	ce_roster_judge(CeRoster *roster, const CePerson *person,
							CeOutcome *outcomes);

/* What else it knows, for questions about what it leaves open: of its years. */
extern void ce_roster_tell(CeRoster *roster, CePersonYears *years);

extern const CeScheme *ce_roster_scheme(const CeRoster *roster);

/* How many persons one may ask about singly before a roster is worth it. */
extern double ce_roster_worth(void);

#endif							/* CE_ROSTER_H */

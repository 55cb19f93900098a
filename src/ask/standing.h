/*-------------------------------------------------------------------------
 *
 * standing.h
 *	  The verdicts of all levels at once, for one person or for everybody.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_STANDING_H
#define CE_STANDING_H

#include "ask/eligibility.h"
#include "ask/roster.h"

/* A person's outcomes by the review route, one for each level. */
typedef struct CeStanding
{
	CeOutcome	outcome[CE_LEVELS];
} CeStanding;

/* As ce_evaluate for each level; roster may be NULL. */
extern void ce_standing_of(const CePerson *person, DateADT as_of,
						   CeRoster *roster, CeStanding *standing);

#endif							/* CE_STANDING_H */

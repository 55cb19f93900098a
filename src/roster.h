/*-------------------------------------------------------------------------
 *
 * roster.h
 *	  Which years everybody has met, read in one pass.
 *
 * A question reads one person by an index.  Who asks about everybody would
 * do so 200,000 times; a roster reads the accounts once instead and keeps of
 * each person only which of the years are met.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_ROSTER_H
#define CE_ROSTER_H

#include "store.h"

typedef struct CeRoster CeRoster;

/* One person on it; bit i stands for the year from_year + i. */
typedef struct CeRosterLine
{
	uint16		met;			/* as a window of whole years asks (4.1) */
	uint16		professional;	/* as one for professional hours alone asks */
	bool		unsure;			/* something of the person is to be read */
	bool		waiting;		/* something may wait for verification */
	bool		achieved;		/* there are achievements (5.2.5) */
} CeRosterLine;

/*
 * The roster of the years up to as_of's for persons under a scheme, as the
 * active snapshot sees them; NULL where this user's rows cannot be read so,
 * or there is no memory for it.  Made in the current memory context.
 */
extern CeRoster *ce_roster_make(const CeScheme *scheme, DateADT as_of);

/* A person's line; one without any record has one, too. */
extern void ce_roster_find(const CeRoster *roster, int64 person_id,
						   CeRosterLine *line);

extern const CeScheme *ce_roster_scheme(const CeRoster *roster);

/* Its years as bits, the n up to as_of's; and those that the law knows. */
extern uint16 ce_roster_last_years(const CeRoster *roster, int n);
extern uint16 ce_roster_known_years(const CeRoster *roster);

/* How many persons one may ask about singly before a roster is worth it. */
extern double ce_roster_worth(void);

#endif							/* CE_ROSTER_H */

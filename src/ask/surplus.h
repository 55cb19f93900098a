/*-------------------------------------------------------------------------
 *
 * surplus.h
 *	  Catch-up study: the surplus of a year and what it may cure (7.6).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_SURPLUS_H
#define CE_SURPLUS_H

#include "ask/eligibility.h"

/*
 * Hours of a subject that a person's year leaves over for earlier years
 * (AMB-29) as of a day, less what was spread of them already; negative if too
 * much was.  By the active snapshot.
 */
extern CeHours ce_surplus_left_on(const CePerson *person, const CeCatchup *catchup,
								  DateADT day);

/* The least of it on that day and on all later ones. */
extern CeHours ce_least_surplus(const CePerson *person, const CeCatchup *catchup,
								DateADT from_day);

/* An error if more is spread from a year, on a day or later, than it leaves. */
extern void ce_check_spread(int64 person_id, int year, DateADT from_day);

/* Hours of a subject that a year's archive could take. */
extern CeHours ce_shortfall(const CeScheme *scheme, int year, CeSubject subject,
							const CeCredit *credit);

#endif							/* CE_SURPLUS_H */

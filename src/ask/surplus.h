/*-------------------------------------------------------------------------
 *
 * surplus.h
 *	  Catch-up study: the surplus of a year and its allocation (7.6).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_SURPLUS_H
#define CE_SURPLUS_H

#include "ask/eligibility.h"

/*
 * Surplus hours of a subject in a person's year (AMB-29) as of a day, less
 * those already allocated to earlier years; negative if too many were.  By the
 * active snapshot.
 */
extern CeHours ce_surplus_left_on(const CePerson *person, const CeCatchup *catchup,
								  DateADT day);

/* The minimum of it on that day and all later ones. */
extern CeHours ce_least_surplus(const CePerson *person, const CeCatchup *catchup,
								DateADT from_day);

/* An error if allocations of a year, from a day on, exceed its surplus. */
extern void ce_check_spread(int64 person_id, int year, DateADT from_day);

/* Hours of a subject that a year still lacks in the archive. */
extern CeHours ce_shortfall(const CeScheme *scheme, int year, CeSubject subject,
							const CeCredit *credit);

#endif							/* CE_SURPLUS_H */

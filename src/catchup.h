/*-------------------------------------------------------------------------
 *
 * catchup.h
 *	  Catch-up study: the surplus of a year and what it may cure (7.6).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_CATCHUP_H
#define CE_CATCHUP_H

#include "eligibility.h"

/*
 * Hours of a subject that a year's credit leaves over for earlier years,
 * without what was spread already (AMB-29).
 */
extern CeHours ce_surplus(const CeScheme *scheme, const CeCatchup *catchup,
						  const CeCredit *credit);

/* The same, less what was spread already; negative if too much was. */
extern CeHours ce_surplus_left(const CeScheme *scheme, const CeCatchup *catchup,
							   const CeCredit *credit);

/* The same for a person as of a day, by the active snapshot. */
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

/* The catch-up that may reach a year, NULL if none does. */
extern const CeCatchup *ce_catchup_for(const CeScheme *scheme, int target_year,
									   CeSubject subject);

#endif							/* CE_CATCHUP_H */

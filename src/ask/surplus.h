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
 * The catch-up of a study year, NULL: none.  It is part of that year's law, so
 * for somebody who moved that of the scheme of that year (ce_scheme_in_year()).
 */
extern const CeCatchup *ce_catchup_of_person(const CePerson *person, int study_year,
											 CeSubject subject, DateADT day);

/*
 * The first catch-up of a study year after one that may serve a target year.
 * scheme: of a what-if, NULL: the person's.
 */
extern const CeCatchup *ce_next_catchup(const CePerson *person, const CeScheme *scheme,
										int target_year, CeSubject subject, int after,
										DateADT day);

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

/*
 * An error if allocations of a year, from a day on, exceed its surplus after
 * hours, or a waiver, are revoked.
 */
extern void ce_check_spread(int64 person_id, int year, DateADT from_day, bool of_waiver);

/* Hours of a subject that a year still lacks in the archive. */
extern CeHours ce_shortfall(const CeScheme *scheme, int year, CeSubject subject,
							const CeCredit *credit);

#endif							/* CE_SURPLUS_H */

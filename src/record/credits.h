/*-------------------------------------------------------------------------
 *
 * credits.h
 *	  The credits of a person's years, as of a day.
 *
 * All reads use the caller's snapshot, privileges and row security.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_CREDITS_H
#define CE_CREDITS_H

#include "record/person_rows.h"

/*
 * The credits of the years from_year..to_year as verified on the day,
 * credits[0] being from_year's.  False: some year was changed after the day,
 * so the activities had to be read.
 */
extern bool ce_read_credits(int64 person_id, int from_year, int to_year,
							 DateADT as_of, CeCredit *credits);

/*
 * Adds activities that were complete on the day but waited for verification;
 * past is the negated result of ce_read_credits.  Returns the number of such
 * rows.  Those that still wait are converted by today's law; in a what-if also
 * those that have been verified since, by the law that stands in for theirs.
 */
extern int	ce_read_waiting(const CePerson *person, int from_year, int to_year,
							 DateADT as_of, bool past, bool what_if, CeCredit *credits);

/* All activities of a person. */
extern void ce_read_activities(int64 person_id, CeRowCallback callback, void *arg);

/*
 * All persons': accounts by ce_account's column enum, and at least those with
 * activities waiting.  False: persons must be read one by one for this user.
 */
extern bool ce_read_all_accounts(CeRowCallback callback, void *arg);
extern bool ce_read_all_waiting(void (*callback) (Datum person_id, void *arg),
								 void *arg);

/* Whether an activity row was verified, and not revoked, on a day. */
extern bool ce_verified_on(const Datum *values, const bool *nulls, DateADT day);

/* Whether it was complete on a day, and was then waiting for verification. */
extern bool ce_waited_on(const Datum *values, const bool *nulls, DateADT day);

/* The credit that an activity row adds to its account when verified. */
extern void ce_activity_credit(const Datum *values, CeCredit *credit);

/*
 * The credit that a row will add when it is verified; false: none, since no law
 * of the person's converts it any more.  what_if: as in ce_read_waiting().
 */
extern bool ce_waiting_credit(const Datum *values, const bool *nulls,
							  const CePerson *person, bool what_if, CeCredit *credit);

/* Whether an allocation row counted on a day. */
extern bool ce_allocated_on(const Datum *values, const bool *nulls, DateADT day);

/* The same for a waiver row. */
extern bool ce_granted_on(const Datum *values, const bool *nulls, DateADT day);

/* And whether it deferred hours to a later year (AMB-35). */
extern bool ce_deferred_on(const Datum *values, const bool *nulls, DateADT day);

/*
 * The credit that a waiver row adds to its account; false: none, since it only
 * defers hours to a later year (AMB-35).
 */
extern bool ce_waiver_credit(const Datum *values, const bool *nulls, CeCredit *credit);

/* The account category for allocated hours of a subject. */
extern CeCategory ce_carried_category(CeSubject subject);

#endif							/* CE_CREDITS_H */

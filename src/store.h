/*-------------------------------------------------------------------------
 *
 * store.h
 *	  Reading what the ledger holds of a person.
 *
 * All reading goes by the caller's snapshot, privileges and row security.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_STORE_H
#define CE_STORE_H

#include "utils/date.h"

#include "law.h"
#include "rows.h"

typedef struct CePerson
{
	int64		person_id;
	int64		org_id;
	const CeScheme *scheme;
	bool		has_doctorate;
	DateADT		doctorate_on;
	int			held_level;		/* 0: none */
	bool		has_held_since;
	DateADT		held_since;
	bool		sanctioned;		/* there are rows in ce_sanction */
} CePerson;

extern bool ce_store_person(int64 person_id, CePerson *person);

/*
 * Only what credits and attested hours need: the employer, the scheme and
 * held_since, which the duty report may read, too.  No verdict can be given.
 */
extern bool ce_store_post(int64 person_id, CePerson *person);

/* The same for a writer's row; an error if there is no such person. */
extern void ce_store_person_of(int64 person_id, CePerson *person);

/* As ce_store_person(), but the rows of a load come person by person. */
extern bool ce_store_same_person(int64 person_id, CePerson *person);

extern bool ce_store_person_by_no(Datum person_no, CePerson *person);

/*
 * The credits of the years from_year..to_year as verified on the day,
 * credits[0] being from_year's.  False: some year was changed after the day,
 * so that its activities had to be read.
 */
extern bool ce_store_credits(int64 person_id, int from_year, int to_year,
							 DateADT as_of, CeCredit *credits);

/*
 * Adds what was complete on the day but waited for verification; past says
 * what ce_store_credits denied.  Returns the number of such rows.
 */
extern int	ce_store_waiting(int64 person_id, int from_year, int to_year,
							 DateADT as_of, bool past, CeCredit *credits);

/* All rows of a person; of achievements the specialties only where asked for. */
extern void ce_store_activities(int64 person_id, CeRowCallback callback, void *arg);
extern void ce_store_achievements(int64 person_id, bool specialties,
								  CeRowCallback callback, void *arg);
extern void ce_store_allocations(int64 person_id, CeRowCallback callback, void *arg);
extern void ce_store_sanctions(int64 person_id, CeRowCallback callback, void *arg);

/*
 * Everybody's: accounts by ce_account's column enum, and who at least has
 * something waiting.  False: this user has to be asked about one by one.
 */
extern bool ce_store_all_accounts(CeRowCallback callback, void *arg);
extern bool ce_store_all_achievements(CeRowCallback callback, void *arg);
extern bool ce_store_all_sanctions(CeRowCallback callback, void *arg);
extern bool ce_store_all_waiting(void (*callback) (Datum person_id, void *arg),
								 void *arg);

/* Whether two specialties are the same or a close pair (4.2.3). */
extern bool ce_store_close_specialty(Datum specialty, Datum target);

/* A plan by id, by ce_plan's column enum; false if there is none. */
extern bool ce_store_plan(int64 plan_id, CeRowCallback callback, void *arg);

/* Whether an activity row was verified, and not revoked, on a day. */
extern bool ce_verified_on(const Datum *values, const bool *nulls, DateADT day);

/* What an activity row adds to its account when verified. */
extern void ce_activity_credit(const Datum *values, CeCredit *credit);

/* Whether an allocation row counted on a day. */
extern bool ce_allocated_on(const Datum *values, const bool *nulls, DateADT day);

/* The lane of an account that spread hours of a subject go to. */
extern CeLane ce_carried_lane(CeSubject subject);

#endif							/* CE_STORE_H */

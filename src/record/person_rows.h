/*-------------------------------------------------------------------------
 *
 * person_rows.h
 *	  Reading a person's rows.
 *
 * All reads use the caller's snapshot, privileges and row security.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_PERSON_ROWS_H
#define CE_PERSON_ROWS_H

#include "utils/date.h"

#include "law/bans.h"
#include "store/rows.h"

/* Keys of queries: an id, or a text. */
#define CE_ID_KEY(column) {column, BTEqualStrategyNumber, F_INT8EQ, INT8OID}
#define CE_TEXT_KEY(column) {column, BTEqualStrategyNumber, F_TEXTEQ, TEXTOID}

/* A scheme that a person was under, until the end of a day. */
typedef struct CeFormer
{
	DateADT		until_on;
	const CeScheme *scheme;
} CeFormer;

typedef struct CePerson
{
	int64		person_id;
	int64		org_id;
	const CeScheme *scheme;		/* the present one; see ce_scheme_on() */
	bool		has_doctorate;
	DateADT		doctorate_on;
	int			held_level;		/* 0: none */
	bool		has_held_since;
	DateADT		held_since;
	bool		sanctioned;		/* ce_sanction has rows of the person */
	bool		moved;			/* ce_person_scheme has rows of the person: */
	int			nformer;
	CeFormer   *former;			/* the earliest first */
} CePerson;

/*
 * The scheme that the person was under at the end of a day, and the one that
 * judges a year: that of its last day or, if that is earlier, of the day asked
 * about.  All that follows a person's schemes asks here.
 */
extern const CeScheme *ce_former_scheme_on(const CePerson *person, DateADT day);

static inline const CeScheme *
ce_scheme_on(const CePerson *person, DateADT day)
{
	return likely(!person->moved) ? person->scheme : ce_former_scheme_on(person, day);
}

static inline const CeScheme *
ce_scheme_in_year(const CePerson *person, int year, DateADT as_of)
{
	return likely(!person->moved) ? person->scheme :
		ce_former_scheme_on(person, Min(as_of, ce_last_day(year)));
}

/* For a person whose row is given: set moved, and read the former schemes. */
extern void ce_set_moved(CePerson *person, bool moved);

extern bool ce_read_person(int64 person_id, CePerson *person);

/*
 * Only the columns that credits and attested hours need: the employer, the
 * schemes and held_since, which the duty report may read too.  Not enough for a
 * verdict.
 */
extern bool ce_read_person_for_report(int64 person_id, CePerson *person);

/* The same for a writer's row; an error if the person does not exist. */
extern void ce_require_person(int64 person_id, CePerson *person);

/* Like ce_read_person(), for loads, whose rows are ordered by person. */
extern bool ce_read_same_person(int64 person_id, CePerson *person);

extern bool ce_read_person_by_no(Datum person_no, CePerson *person);

/* All rows of a person; of achievements the specialties only if requested. */
extern void ce_read_achievements(int64 person_id, bool specialties,
								  CeRowCallback callback, void *arg);

/* The same with their identifiers, which a duty for reports does not read. */
extern void ce_read_achievement_items(int64 person_id, CeRowCallback callback,
									  void *arg);
extern void ce_read_allocations(int64 person_id, CeRowCallback callback, void *arg);
extern void ce_read_waivers(int64 person_id, CeRowCallback callback, void *arg);
extern void ce_read_granted_waivers(int64 person_id, CeRowCallback callback, void *arg);
extern void ce_read_sanctions(int64 person_id, CeRowCallback callback, void *arg);

/* The ban of a row of ce_sanction; true: it is in force on the day. */
extern bool ce_ban_of_row(const Datum *values, const bool *nulls,
						  const CeScheme *scheme, DateADT day, CeBan *ban);

/*
 * All persons'.  False: persons must be read one by one for this user.  Of the
 * first only person_id, scheme and moved.
 */
extern bool ce_read_all_schemes(CeRowCallback callback, void *arg);
extern bool ce_read_all_achievements(CeRowCallback callback, void *arg);
extern bool ce_read_all_sanctions(CeRowCallback callback, void *arg);

/* Whether two specialties are the same or a close pair (4.2.3). */
extern bool ce_specialty_is_close(Datum specialty, Datum target);

/* What hours of a course depend on in its plan. */
typedef struct CePlan
{
	int64		plan_id;
	int64		org_id;
	CePlanStatus status;
	bool		online;
	DateADT		filed_on;		/* if filed */
	bool		has_hours;
	CeHours		hours;
	bool		has_days;
	Datum		days;
	int			whole_days;		/* what ce_plan_whole_days() says */
	Datum		specialty;		/* 0: none */
	bool		found;
} CePlan;

/* Days of a course or an activity at most, where they are unknown: a year. */
#define CE_DAYS_UNKNOWN 366

/* The number of whole days in which so many fit. */
extern int	ce_whole_days(Datum days);

/*
 * Whole days that the hours of a plan must fit into: its days, or those from
 * starts_on to ends_on, or CE_DAYS_UNKNOWN (AMB-14).
 */
extern int	ce_plan_whole_days(const Datum *values, const bool *nulls);

/* Days from starts_on to ends_on, both included; CE_DAYS_UNKNOWN if unknown. */
extern int	ce_plan_calendar_days(const Datum *values, const bool *nulls);

/* A plan by id; false if it does not exist. */
extern bool ce_read_plan(int64 plan_id, CePlan *plan);

#endif							/* CE_PERSON_ROWS_H */

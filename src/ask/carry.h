/*-------------------------------------------------------------------------
 *
 * carry.h
 *	  Hours of a year that may be allocated to another one: by the law (7.6)
 *	  or by a waiver that defers a year's hours (AMB-35).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_CARRY_H
#define CE_CARRY_H

#include "nodes/pg_list.h"

#include "ask/eligibility.h"

/* What an allocation is limited by. */
typedef enum CeCarryLimit
{
	CE_LIMIT_SURPLUS,			/* hours beyond the year's own need (AMB-29) */
	CE_LIMIT_SOURCE,			/* those studied at the source that the law names */
	CE_LIMIT_MOST,				/* the most that the law lets go */
	CE_LIMIT_WAIVER				/* neither law nor waiver lets more go */
} CeCarryLimit;

/*
 * The law's row about a study year, NULL: none.  It is part of that year's law,
 * so for somebody who moved that of the scheme of that year
 * (ce_scheme_in_year()).
 */
extern const CeCatchup *ce_find_person_catchup(const CePerson *person, int study_year,
											   CeSubject subject, DateADT day);

/* Hours of a subject that go from one year to another. */
typedef struct CeCarried
{
	int			from_year;
	int			to_year;
	CeSubject	subject;
	CeHours		hours;
	const CeCitation *citation; /* of what lets them go; NULL: a waiver does */
} CeCarried;

typedef struct CeCarryLeft
{
	CeHours		hours;			/* of the surplus, that may go */
	CeHours		most;			/* that might go if the surplus were larger */
	const CeCitation *citation; /* of what lets them go; NULL: a waiver does */
} CeCarryLeft;

/*
 * What may still go from one year to another when what is proposed (CeCarried)
 * has gone, too: by law, by a waiver, or both.  scheme: of a what-if, NULL: the
 * person's.  False: neither lets any go.
 */
extern bool ce_carry_left(const CePerson *person, const CeScheme *scheme, int from_year,
						  int to_year, CeSubject subject, DateADT day,
						  const List *proposed, CeCarryLeft *left);

/*
 * The years that hours may come from, first those whose hours may go to no later
 * year: filling years in their order from them leaves the most of a subject.
 */
extern List *ce_carry_sources(const CePerson *person, const CeScheme *scheme, int to_year,
							  CeSubject subject, DateADT day);

/*
 * Surplus hours of a subject in a person's year, as of a day, that law and
 * waivers let go in all, less those already allocated; negative if too many
 * were.  False: neither lets any go.  By the active snapshot, as all of these.
 */
extern bool ce_surplus_on(const CePerson *person, int year, CeSubject subject,
						  DateADT day, CeHours *left);

/*
 * The least that is left on that day and all later ones: negative if more was
 * allocated than a limit allows, which *limit then names.  What went to one
 * year, unless 0, is also held against the years of the law and the waivers.
 */
extern CeHours ce_least_surplus(const CePerson *person, int year, int to_year,
								CeSubject subject, DateADT from_day, CeCarryLimit *limit);

/*
 * Hours that went from one year to another, and that neither the law nor a
 * waiver lets go there as of a day: it did when they were allocated.
 */
extern CeHours ce_carried_without_permission(const CePerson *person, int from_year,
											 int to_year, CeSubject subject, DateADT day);

#endif							/* CE_CARRY_H */

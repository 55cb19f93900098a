/*-------------------------------------------------------------------------
 *
 * carry.c
 *	  Hours of a year that may be allocated to another one.
 *
 * Hours leave a year only as far as the year itself does not need them, and by
 * permission: a row of ce_catchup, which bounds them by source and number, or a
 * waiver that defers hours of the other year to this one.  What goes to a year
 * counts against its waiver first, and of its waivers against that of the
 * subject before one of either.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "nodes/pg_list.h"

#include "ask/carry.h"
#include "record/credits.h"

#include "compat.h"

/* Hours of a year that waivers defer: all that it lacks, or so many. */
typedef struct Deferred
{
	bool		all;
	CeHours		hours;
} Deferred;

/* A year that hours may go to, or went to. */
typedef struct Target
{
	int			year;
	CeHours		given;
	CeHours		given_of_other; /* of the other subject */
	Deferred	of_other;
	Deferred	of_either;
	Deferred	deferred;		/* of the subject; then what it has of either, too */
} Target;

/* A year and subject as of a day. */
typedef struct Carry
{
	int			year;
	const CeYearLaw *year_law;
	CeSubject	subject;
	DateADT		day;
	const CeCatchup *law;		/* NULL: none */
	CeHours		given_of_other; /* hours of the other subject that went */
	CeHours		given;
	List	   *targets;
	CeCredit	studied;		/* at the law's source */
	/* limits, less what went; negative: too much did */
	CeHours		surplus;
	CeHours		by_source;
	CeHours		by_most;
} Carry;

/* ---------------------------------------------------------------------
 * Reading
 * ---------------------------------------------------------------------
 */

static Target *
target_of(Carry *carry, int year)
{
	Target	   *added;

	foreach_ptr(Target, target, carry->targets)
	{
		if (target->year == year)
			return target;
	}
	added = palloc0(sizeof(Target));
	added->year = year;
	carry->targets = lappend(carry->targets, added);
	return added;
}

static void
add_given(Carry *carry, int to_year, CeSubject subject, CeHours hours)
{
	Target	   *target = target_of(carry, to_year);

	if (subject == carry->subject)
	{
		target->given = ce_hours_add(target->given, hours);
		carry->given = ce_hours_add(carry->given, hours);
	}
	else
	{
		target->given_of_other = ce_hours_add(target->given_of_other, hours);
		carry->given_of_other = ce_hours_add(carry->given_of_other, hours);
	}
}

static void
given_row(const Datum *values, const bool *nulls, void *arg)
{
	Carry	   *carry = arg;

	if (DatumGetInt32(values[CE_COL_ALLOCATION_FROM_YEAR]) == carry->year &&
		ce_allocated_on(values, nulls, carry->day))
		add_given(carry, DatumGetInt32(values[CE_COL_ALLOCATION_TO_YEAR]),
				  DatumGetCeSubject(values[CE_COL_ALLOCATION_SUBJECT]),
				  DatumGetCeHours(values[CE_COL_ALLOCATION_HOURS]));
}

static void
deferral_row(const Datum *values, const bool *nulls, void *arg)
{
	Carry	   *carry = arg;
	Target	   *target;
	Deferred   *deferred;

	if (!ce_deferred_on(values, nulls, carry->day) ||
		DatumGetInt32(values[CE_COL_WAIVER_DEFERS_TO]) != carry->year)
		return;
	target = target_of(carry, DatumGetInt32(values[CE_COL_WAIVER_YEAR]));
	deferred = nulls[CE_COL_WAIVER_SUBJECT] ? &target->of_either :
		DatumGetCeSubject(values[CE_COL_WAIVER_SUBJECT]) == carry->subject ?
		&target->deferred : &target->of_other;
	if (nulls[CE_COL_WAIVER_HOURS])
		deferred->all = true;
	else
		deferred->hours = ce_hours_add(deferred->hours,
									   DatumGetCeHours(values[CE_COL_WAIVER_HOURS]));
}

/* Of hours that are deferred of either subject, what the other one left. */
static void
add_of_either(Target *target)
{
	CeHours		taken = target->of_other.all ? 0 :
		Max(ce_hours_subtract(target->given_of_other, target->of_other.hours), 0);

	target->deferred.all |= target->of_either.all;
	target->deferred.hours = ce_hours_add(target->deferred.hours,
										  Max(ce_hours_subtract(target->of_either.hours, taken), 0));
}

static bool
is_deferred(const Target *target)
{
	return target->deferred.all || target->deferred.hours > 0;
}

/*
 * The academy's kinds are fed; public hours in opening totals were the
 * academy's too (5.1).
 */
static bool
of_academy(Datum name)
{
	text	   *t = DatumGetTextPP(name);
	const CeKind *kind = ce_find_kind(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t));

	return kind != NULL && (kind->track == CE_TRACK_FEED || kind->track == CE_TRACK_OPENING);
}

static bool
in_category(const CeCredit *credit, int node)
{
	const CeCategoryTree *tree = ce_law_categories();

	for (int category = 0; category < CE_CATEGORIES; category++)
	{
		if ((credit->used & CE_NODE_BIT(category)) == 0)
			continue;
		for (int at = category; at >= 0; at = tree->parent[at])
			if (at == node)
				return true;
	}
	return false;
}

static void
studied_row(const Datum *values, const bool *nulls, void *arg)
{
	Carry	   *carry = arg;
	CeCredit	credit;

	if (DatumGetInt32(values[CE_COL_ACTIVITY_YEAR]) != carry->year ||
		!ce_verified_on(values, nulls, carry->day))
		return;
	ce_activity_credit(values, &credit);
	switch (carry->law->source)
	{
		case CE_SOURCE_ACADEMY:
			if (!of_academy(values[CE_COL_ACTIVITY_KIND]))
				return;
			break;
		case CE_SOURCE_NATIONAL_BASE:
			if (!DatumGetBool(values[CE_COL_ACTIVITY_NATIONAL_BASE]))
				return;
			break;
		case CE_SOURCE_CATEGORY:
			if (!in_category(&credit, carry->law->source_node))
				return;
			break;
		case CE_SOURCE_ANY:
			break;
	}
	ce_credit_add(&carry->studied, &credit);
}

/* ---------------------------------------------------------------------
 * The limits
 * ---------------------------------------------------------------------
 */

/*
 * Hours of a subject beyond its minimum, negative where they are fewer.  What
 * a waiver takes off the minimum is not required.
 */
static CeHours
beyond_minimum(const CeAssessment *a, CeSubject subject)
{
	return subject == CE_SUBJECT_PUBLIC ?
		ce_hours_subtract(a->public_hours, a->public_required) :
		ce_hours_subtract(a->professional_hours, a->professional_required);
}

/*
 * Hours of a subject beyond the year's own requirement (AMB-29): the minimum,
 * and the part of the total beyond both minima that the hours of the other
 * subjects do not fill.
 */
static CeHours
beyond_need(const CeYearLaw *law, const CeAssessment *a, CeSubject subject,
			CeHours given_of_other)
{
	bool		of_public = subject == CE_SUBJECT_PUBLIC;
	CeHours		other = beyond_minimum(a, of_public ? CE_SUBJECT_PROFESSIONAL : CE_SUBJECT_PUBLIC);
	CeHours		rest = ce_hours_subtract(ce_hours_subtract(a->total_required,
														   a->public_required),
										 a->professional_required);

	other = ce_hours_add(Max(ce_hours_subtract(other, given_of_other), 0),
						 Max(a->own_hours, law->own_required));
	rest = a->whole_deemed ? 0 : Max(ce_hours_subtract(rest, other), 0);
	/* Of a subject that is deemed complete the total may need hours beyond the minimum (10.2). */
	if (rest == 0 && (of_public ? a->public_deemed : a->professional_deemed))
		return of_public ? a->public_hours : a->professional_hours;
	return ce_hours_subtract(beyond_minimum(a, subject), rest);
}

static CeHours
hours_beyond(const CePerson *person, const Carry *carry)
{
	CeAssessment a;
	CeCredit	own;

	if (carry->year_law->requirement == NULL)
		return 0;
	(void) ce_read_credits(person->person_id, carry->year, carry->year, carry->day, &own);
	/* What the year received is never its own surplus: chains end. */
	own.category[CE_CATEGORY_CARRIED_PUBLIC] = 0;
	own.category[CE_CATEGORY_CARRIED_PROFESSIONAL] = 0;
	ce_assess(carry->year_law, &own, NULL, &a);
	return Max(beyond_need(carry->year_law, &a, carry->subject, carry->given_of_other), 0);
}

/* Of the hours that went to a year, those that a waiver lets go. */
static CeHours
given_by_waiver(const Target *target)
{
	return target->deferred.all ? target->given : Min(target->given, target->deferred.hours);
}

static CeHours
studied_at_source(const CePerson *person, Carry *carry)
{
	CeAssessment a;

	ce_read_activities(person->person_id, studied_row, carry);
	ce_assess(carry->year_law, &carry->studied, NULL, &a);
	return carry->subject == CE_SUBJECT_PUBLIC ? a.public_hours : a.professional_hours;
}

/* What is proposed counts as allocated.  scheme: of a what-if, NULL: the person's */
static void
read_carry(const CePerson *person, const CeScheme *scheme, int year, CeSubject subject,
		   DateADT day, const List *proposed, Carry *carry)
{
	const CeCatchup *law = scheme != NULL ? ce_find_catchup(scheme, year, subject) :
		ce_find_person_catchup(person, year, subject, day);
	CeHours		went;			/* under the law's row */
	CeHours		beyond;

	memset(carry, 0, sizeof(*carry));
	carry->year = year;
	carry->year_law = ce_year_law(ce_scheme_in_year(person, year, day), year);
	carry->subject = subject;
	carry->day = day;
	carry->law = law;
	ce_read_allocations(person->person_id, given_row, carry);
	foreach_ptr(const CeCarried, carried, proposed)
	{
		if (carried->from_year == year)
			add_given(carry, carried->to_year, carried->subject, carried->hours);
	}
	ce_read_waivers(person->person_id, deferral_row, carry);
	went = carry->given;
	foreach_ptr(Target, target, carry->targets)
	{
		add_of_either(target);
		went -= given_by_waiver(target);
	}
	beyond = hours_beyond(person, carry);
	carry->surplus = ce_hours_subtract(beyond, carry->given);
	carry->by_source = carry->by_most = -went;
	if (law == NULL || beyond == 0)
		return;
	carry->by_source = ce_hours_subtract(studied_at_source(person, carry), went);
	carry->by_most = law->most_hours < 0 ? carry->by_source :
		ce_hours_subtract(law->most_hours, went);
}

/* What the law still allows. */
static CeHours
by_law(const Carry *carry)
{
	return Min(carry->by_source, carry->by_most);
}

static bool
law_lets_go_to(const Carry *carry, int to_year)
{
	return carry->law != NULL &&
		ce_in_years(carry->law->target_from, carry->law->target_to, to_year);
}

/* Adds what a waiver still allows for a year. */
static CeHours
with_waiver(const Carry *carry, CeHours left, const Target *target)
{
	return target->deferred.all ? Max(left, carry->surplus) :
		ce_hours_add(left, target->deferred.hours - given_by_waiver(target));
}

bool
ce_carry_left(const CePerson *person, const CeScheme *scheme, int from_year, int to_year,
			  CeSubject subject, DateADT day, const List *proposed, CeCarryLeft *left)
{
	Carry		carry;
	bool		allowed;

	read_carry(person, scheme, from_year, subject, day, proposed, &carry);
	allowed = law_lets_go_to(&carry, to_year);
	left->hours = allowed ? by_law(&carry) : 0;
	left->most = !allowed ? 0 : carry.law->most_hours < 0 ? PG_INT64_MAX : Max(carry.by_most, 0);
	left->citation = carry.law == NULL ? NULL : &carry.law->citation;
	foreach_ptr(const Target, target, carry.targets)
	{
		if (target->year != to_year || !is_deferred(target))
			continue;
		allowed = true;
		left->hours = with_waiver(&carry, Max(left->hours, 0), target);
		left->most = target->deferred.all || left->most == PG_INT64_MAX ? PG_INT64_MAX :
			with_waiver(&carry, left->most, target);
		left->citation = NULL;
	}
	left->hours = Min(left->hours, carry.surplus);
	return allowed;
}

bool
ce_surplus_on(const CePerson *person, int year, CeSubject subject, DateADT day,
			  CeHours *left)
{
	Carry		carry;
	bool		allowed;

	read_carry(person, NULL, year, subject, day, NIL, &carry);
	allowed = carry.law != NULL;
	*left = by_law(&carry);
	foreach_ptr(const Target, target, carry.targets)
	{
		if (!is_deferred(target))
			continue;
		allowed = true;
		/* What went without permission is not made good by another year's. */
		if (by_law(&carry) >= 0)
			*left = with_waiver(&carry, *left, target);
	}
	*left = Min(*left, carry.surplus);
	return allowed;
}

/* ---------------------------------------------------------------------
 * From a day on
 * ---------------------------------------------------------------------
 */

typedef struct AllocationDays
{
	DateADT		from_day;
	List	   *days;
} AllocationDays;

static void
allocation_day(const Datum *values, const bool *nulls, void *arg)
{
	AllocationDays *reader = arg;
	DateADT		day = DatumGetDateADT(values[CE_COL_ALLOCATION_ALLOCATED_ON]);

	if (day > reader->from_day)
		reader->days = lappend_int(reader->days, day);
}

static void
take(CeHours left, CeCarryLimit of, CeHours *least, CeCarryLimit *limit)
{
	if (left >= *least)
		return;
	*least = left;
	*limit = of;
}

/* What went to a year although neither the law nor a waiver lets it go there. */
static CeHours
without_permission(Carry *carry, int to_year)
{
	const Target *target;

	if (law_lets_go_to(carry, to_year))
		return 0;
	target = target_of(carry, to_year);
	return ce_hours_subtract(target->given, given_by_waiver(target));
}

CeHours
ce_carried_without_permission(const CePerson *person, int from_year, int to_year,
							  CeSubject subject, DateADT day)
{
	Carry		carry;

	read_carry(person, NULL, from_year, subject, day, NIL, &carry);
	return without_permission(&carry, to_year);
}

static void
take_least(const CePerson *person, int year, int to_year, CeSubject subject,
		   DateADT day, CeHours *least, CeCarryLimit *limit)
{
	Carry		carry;

	read_carry(person, NULL, year, subject, day, NIL, &carry);
	take(carry.surplus, CE_LIMIT_SURPLUS, least, limit);
	if (carry.law != NULL)
	{
		take(carry.by_source, CE_LIMIT_SOURCE, least, limit);
		take(carry.by_most, CE_LIMIT_MOST, least, limit);
	}
	if (to_year != 0)
		take(-without_permission(&carry, to_year), CE_LIMIT_WAIVER, least, limit);
}

CeHours
ce_least_surplus(const CePerson *person, int year, int to_year, CeSubject subject,
				 DateADT from_day, CeCarryLimit *limit)
{
	AllocationDays reader = {from_day, list_make1_int(from_day)};
	CeHours		least = PG_INT64_MAX;

	/* It can decrease only on days with allocations. */
	reader.days = lappend_int(reader.days, DATEVAL_NOEND);
	ce_read_allocations(person->person_id, allocation_day, &reader);
	foreach_int(day, reader.days)
		take_least(person, year, to_year, subject, day, &least, limit);
	return least;
}

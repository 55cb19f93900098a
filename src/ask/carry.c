/*-------------------------------------------------------------------------
 *
 * carry.c
 *	  Hours of a year that may be allocated to another one.
 *
 * Hours leave a year only as far as the year itself does not need them, and by
 * permission: a row of ce_catchup, which bounds them by source and number, or a
 * waiver that defers hours of the other year to this one.  What goes to a year
 * counts against its waiver first.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "nodes/pg_list.h"

#include "ask/carry.h"
#include "record/credits.h"

#include "compat.h"

/* A year that hours may go to, or went to. */
typedef struct Target
{
	int			year;
	CeHours		given;
	bool		all_deferred;	/* a waiver defers all hours that it lacks */
	CeHours		deferred;		/* else so many */
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

const CeCatchup *
ce_find_person_catchup(const CePerson *person, int study_year, CeSubject subject,
					   DateADT day)
{
	return ce_find_catchup(ce_scheme_in_year(person, study_year, day), study_year, subject);
}

static const CeCatchup *
next_catchup(const CePerson *person, const CeScheme *scheme, int target_year,
			 CeSubject subject, int after, DateADT day)
{
	const CeCatchup *next = NULL;

	if (scheme != NULL || !person->moved)
		return ce_find_next_catchup(scheme != NULL ? scheme : person->scheme, target_year,
									subject, after);
	/* Each scheme counts for the years in which the person was under it. */
	for (int i = 0; i <= person->nformer; i++)
	{
		const CeScheme *of = i == person->nformer ? person->scheme : person->former[i].scheme;
		const CeCatchup *c = ce_find_next_catchup(of, target_year, subject, after);

		while (c != NULL && ce_scheme_in_year(person, c->study_year, day) != of)
			c = ce_find_next_catchup(of, target_year, subject, c->study_year);
		if (c != NULL && (next == NULL || c->study_year < next->study_year))
			next = c;
	}
	return next;
}

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
given_row(const Datum *values, const bool *nulls, void *arg)
{
	Carry	   *carry = arg;
	CeHours		hours = DatumGetCeHours(values[CE_COL_ALLOCATION_HOURS]);
	Target	   *target;

	if (DatumGetInt32(values[CE_COL_ALLOCATION_FROM_YEAR]) != carry->year ||
		!ce_allocated_on(values, nulls, carry->day))
		return;
	if (DatumGetCeSubject(values[CE_COL_ALLOCATION_SUBJECT]) != carry->subject)
	{
		carry->given_of_other = ce_hours_add(carry->given_of_other, hours);
		return;
	}
	target = target_of(carry, DatumGetInt32(values[CE_COL_ALLOCATION_TO_YEAR]));
	target->given = ce_hours_add(target->given, hours);
	carry->given = ce_hours_add(carry->given, hours);
}

/* Does the waiver of this row defer hours of a subject, on a day? */
static bool
defers(const Datum *values, const bool *nulls, CeSubject subject, DateADT day)
{
	return !nulls[CE_COL_WAIVER_DEFERS_TO] && ce_granted_on(values, nulls, day) &&
		(nulls[CE_COL_WAIVER_SUBJECT] ||
		 DatumGetCeSubject(values[CE_COL_WAIVER_SUBJECT]) == subject);
}

static void
deferral_row(const Datum *values, const bool *nulls, void *arg)
{
	Carry	   *carry = arg;
	Target	   *target;

	if (!defers(values, nulls, carry->subject, carry->day) ||
		DatumGetInt32(values[CE_COL_WAIVER_DEFERS_TO]) != carry->year)
		return;
	target = target_of(carry, DatumGetInt32(values[CE_COL_WAIVER_YEAR]));
	if (nulls[CE_COL_WAIVER_HOURS])
		target->all_deferred = true;
	else
		target->deferred = ce_hours_add(target->deferred,
										DatumGetCeHours(values[CE_COL_WAIVER_HOURS]));
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
	CeHours		beyond;

	/* A subject that is deemed complete needs none of its hours. */
	if (of_public ? a->public_deemed : a->professional_deemed)
		beyond = of_public ? a->public_hours : a->professional_hours;
	else
		beyond = beyond_minimum(a, subject);
	if (a->whole_deemed)
		return beyond;
	other = ce_hours_add(Max(ce_hours_subtract(other, given_of_other), 0),
						 Max(a->own_hours, law->own_required));
	return ce_hours_subtract(beyond, Max(ce_hours_subtract(rest, other), 0));
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
	return target->all_deferred ? target->given : Min(target->given, target->deferred);
}

static CeHours
studied_at_source(const CePerson *person, Carry *carry)
{
	CeAssessment a;

	ce_read_activities(person->person_id, studied_row, carry);
	ce_assess(carry->year_law, &carry->studied, NULL, &a);
	return carry->subject == CE_SUBJECT_PUBLIC ? a.public_hours : a.professional_hours;
}

/* scheme: of a what-if, NULL: the person's */
static void
read_carry(const CePerson *person, const CeScheme *scheme, int year, CeSubject subject,
		   DateADT day, Carry *carry)
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
	ce_read_waivers(person->person_id, deferral_row, carry);
	went = carry->given;
	foreach_ptr(const Target, target, carry->targets)
		went -= given_by_waiver(target);
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
	return target->all_deferred ? Max(left, carry->surplus) :
		ce_hours_add(left, target->deferred - given_by_waiver(target));
}

bool
ce_carry_left(const CePerson *person, const CeScheme *scheme, int from_year, int to_year,
			  CeSubject subject, DateADT day, CeHours taken, CeHours *left,
			  const CeCitation **citation)
{
	Carry		carry;
	bool		allowed;

	read_carry(person, scheme, from_year, subject, day, &carry);
	allowed = law_lets_go_to(&carry, to_year);
	carry.surplus = ce_hours_subtract(carry.surplus, taken);
	*left = allowed ? ce_hours_subtract(by_law(&carry), taken) : 0;
	*citation = carry.law == NULL ? NULL : &carry.law->citation;
	foreach_ptr(const Target, target, carry.targets)
	{
		if (target->year != to_year || (!target->all_deferred && target->deferred == 0))
			continue;
		allowed = true;
		*left = with_waiver(&carry, Max(*left, 0), target);
		*citation = NULL;
	}
	*left = Min(*left, carry.surplus);
	return allowed;
}

bool
ce_surplus_on(const CePerson *person, int year, CeSubject subject, DateADT day,
			  CeHours *left)
{
	Carry		carry;
	bool		allowed;

	read_carry(person, NULL, year, subject, day, &carry);
	allowed = carry.law != NULL;
	*left = by_law(&carry);
	foreach_ptr(const Target, target, carry.targets)
	{
		if (!target->all_deferred && target->deferred == 0)
			continue;
		allowed = true;
		/* What went without permission is not made good by another year's. */
		if (by_law(&carry) >= 0)
			*left = with_waiver(&carry, *left, target);
	}
	*left = Min(*left, carry.surplus);
	return allowed;
}

typedef struct DeferralReader
{
	int			to_year;
	CeSubject	subject;
	DateADT		day;
	int			after;
	int			first;			/* 0: none */
} DeferralReader;

static void
first_deferral_row(const Datum *values, const bool *nulls, void *arg)
{
	DeferralReader *reader = arg;
	int			year;

	if (!defers(values, nulls, reader->subject, reader->day) ||
		DatumGetInt32(values[CE_COL_WAIVER_YEAR]) != reader->to_year)
		return;
	year = DatumGetInt32(values[CE_COL_WAIVER_DEFERS_TO]);
	if (year > reader->after && (reader->first == 0 || year < reader->first))
		reader->first = year;
}

int
ce_carry_from(const CePerson *person, const CeScheme *scheme, int to_year,
			  CeSubject subject, DateADT day, int after)
{
	const CeCatchup *law = next_catchup(person, scheme, to_year, subject, after, day);
	DeferralReader reader = {to_year, subject, day, after, law == NULL ? 0 : law->study_year};

	ce_read_waivers(person->person_id, first_deferral_row, &reader);
	return reader.first;
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

	read_carry(person, NULL, from_year, subject, day, &carry);
	return without_permission(&carry, to_year);
}

static void
take_least(const CePerson *person, int year, int to_year, CeSubject subject,
		   DateADT day, CeHours *least, CeCarryLimit *limit)
{
	Carry		carry;

	read_carry(person, NULL, year, subject, day, &carry);
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

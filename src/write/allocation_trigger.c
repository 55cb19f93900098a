/*-------------------------------------------------------------------------
 *
 * allocation_trigger.c
 *	  Allocations of surplus to other years (7.6e), for every writer.
 *
 * A statement's allocations are posted first, which locks the accounts, and
 * then compared with the resulting accounts, so that two sessions cannot
 * allocate the same hours.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "ask/surplus.h"
#include "record/credits.h"
#include "write/decision.h"
#include "write/posting.h"

#include "compat.h"

static const CeDecision allocations;

static CeSubject
subject_of(const CeRow *row)
{
	return ce_list_value(CE_LIST_SUBJECT, DatumGetObjectId(row->values[CE_COL_ALLOCATION_SUBJECT]));
}

static void
check_day(const CeRow *row, int column, int from_year)
{
	DateADT		day = ce_row_day(row, column);

	if (DATE_NOT_FINITE(day) || day > ce_day_of_act() || ce_year_of(day) < from_year)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("%s cannot be %s", ce_column_name(CE_ALLOCATION, column),
						ce_date_text(day)),
				 errdetail("Clause 7.6e: the date must be in %d or later, and not in the future.",
						   from_year),
				 errhint("Give the day of the act.")));
}

/* The law, or a waiver that defers hours, must let hours go (7.6, AMB-35). */
static void
check_permission(const CePerson *person, int from_year, int to_year, CeSubject subject,
				 DateADT day)
{
	const CeCatchup *catchup = ce_find_person_catchup(person, from_year, subject, day);

	if (list_member_int(ce_carry_sources(person, NULL, to_year, subject, day), from_year))
		return;
	if (catchup == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("hours of %d cannot be allocated", from_year),
				 errdetail("Clause 7.6: ce_catchup has no row for the year and subject in scheme \"%s\".",
						   ce_scheme_in_year(person, from_year, day)->name),
				 errhint("Choose a study_year and a subject that ce_catchup has a row of; hours keep their subject.")));
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("hours of %d cannot be allocated to %d", from_year, to_year),
			 errdetail("Clause 7.6e: they may be allocated to the years %d to %d.",
					   catchup->target_from, catchup->target_to),
			 errhint("Choose one of these years as to_year.")));
}

static void
check_insert(const CeRow *row, const CePerson *person)
{
	int			from_year = ce_row_int(row, CE_COL_ALLOCATION_FROM_YEAR);
	int			to_year = ce_row_int(row, CE_COL_ALLOCATION_TO_YEAR);

	check_permission(person, from_year, to_year, subject_of(row),
					 ce_row_day(row, CE_COL_ALLOCATION_ALLOCATED_ON));
	ce_decision_check_body(&allocations, person, ce_row_id(row, CE_COL_ALLOCATION_ALLOCATED_BY));
	check_day(row, CE_COL_ALLOCATION_ALLOCATED_ON, Max(from_year, to_year));
	if (!row->nulls[CE_COL_ALLOCATION_REVERSED_BY] || !row->nulls[CE_COL_ALLOCATION_REVERSED_ON])
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("cannot insert an allocation that is already reversed"),
				 errhint("Leave reversed_by and reversed_on null.")));
}

static void
check_reversed_on(const CeRow *row)
{
	check_day(row, CE_COL_ALLOCATION_REVERSED_ON,
			  ce_year_of(ce_row_day(row, CE_COL_ALLOCATION_ALLOCATED_ON)));
	if (ce_row_day(row, CE_COL_ALLOCATION_REVERSED_ON) <
		ce_row_day(row, CE_COL_ALLOCATION_ALLOCATED_ON))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("allocation %lld cannot be reversed before it was made",
						(long long) ce_row_id(row, CE_COL_ALLOCATION_ALLOCATION_ID)),
				 errhint("Give a later reversed_on.")));
}

/* ---------------------------------------------------------------------
 * After a statement: the accounts and their remaining surplus
 * ---------------------------------------------------------------------
 */

/* The hours that one row allocates or takes back. */
typedef struct Allocation
{
	CeQueued	queued;
	bool		reversal;
	CeSubject	subject;
	int32		from_year;
	int32		to_year;
	DateADT		day;
	CeHours		hours;
} Allocation;

static int
by_years(const void *a, const void *b)
{
	const Allocation *x = a;
	const Allocation *y = b;

	if (x->from_year != y->from_year)
		return pg_cmp_s32(x->from_year, y->from_year);
	if (x->to_year != y->to_year)
		return pg_cmp_s32(x->to_year, y->to_year);
	return pg_cmp_s32(x->day, y->day);
}

static CeQueue allocated = {.size = sizeof(Allocation), .compare = by_years};

/* Post the hours: out of one year and into the other, or back. */
static void
post(const CeRow *row, bool reversal)
{
	Allocation *allocation = ce_queue_add(&allocated,
										  ce_row_id(row, CE_COL_ALLOCATION_PERSON_ID));
	CeCredit	moved;
	const CeCredit *out = reversal ? NULL : &moved;
	const CeCredit *back = reversal ? &moved : NULL;

	allocation->reversal = reversal;
	allocation->subject = subject_of(row);
	allocation->from_year = ce_row_int(row, CE_COL_ALLOCATION_FROM_YEAR);
	allocation->to_year = ce_row_int(row, CE_COL_ALLOCATION_TO_YEAR);
	allocation->day = ce_row_day(row, reversal ? CE_COL_ALLOCATION_REVERSED_ON :
								 CE_COL_ALLOCATION_ALLOCATED_ON);
	allocation->hours = DatumGetCeHours(row->values[CE_COL_ALLOCATION_HOURS]);
	ce_credit_zero(&moved);
	ce_credit_set(&moved, ce_carried_category(allocation->subject), allocation->hours);
	ce_post_credit(allocation->queued.person_id, allocation->from_year, back, out,
				   allocation->day);
	ce_post_credit(allocation->queued.person_id, allocation->to_year, out, back,
				   allocation->day);
}

/* In words of what the hours are limited by. */
static int
limit_message(const Allocation *allocation, const CeCatchup *law, CeCarryLimit limit)
{
	char		most[CE_HOURS_TEXT_SIZE];

	switch (limit)
	{
		case CE_LIMIT_WAIVER:
			return errmsg("waivers defer fewer hours of %d to %d", allocation->to_year,
						  allocation->from_year);
		case CE_LIMIT_MOST:
			return errmsg("at most %s hours of %d may be allocated",
						  ce_hours_to_text(law->most_hours, most), allocation->from_year);
		default:
			return errmsg("the surplus of %d is not sufficient", allocation->from_year);
	}
}

static int
limit_hint(const CeCatchup *law, CeCarryLimit limit)
{
	/* Those of the shipped law (AMB-29). */
	if (law != NULL && (law->source == CE_SOURCE_ACADEMY || law->source == CE_SOURCE_NATIONAL_BASE) &&
		(limit == CE_LIMIT_SURPLUS || limit == CE_LIMIT_SOURCE))
		return errhint("Allocate fewer hours, as ce_allocation_plan() proposes. Only verified online hours of the academy and of national bases beyond the year's own requirement are surplus.");
	switch (limit)
	{
		case CE_LIMIT_WAIVER:
			return errhint("Allocate fewer hours, or have a waiver granted that defers more.");
		case CE_LIMIT_MOST:
			return errhint("Allocate fewer hours, as ce_allocation_plan() proposes.");
		default:
			return errhint("Allocate fewer hours, as ce_allocation_plan() proposes. Only verified hours beyond the year's own requirement are surplus.");
	}
}

/* The surplus must cover the hours on the day of the act and ever after. */
static void
check_surplus(const Allocation *allocation, const CePerson *person)
{
	char		given[CE_HOURS_TEXT_SIZE];
	char		most[CE_HOURS_TEXT_SIZE];
	CeCarryLimit limit;
	CeHours		left = ce_least_surplus(person, allocation->from_year, allocation->to_year,
										allocation->subject, allocation->day, &limit);
	const CeCatchup *law;

	if (left >= 0)
		return;
	law = ce_find_person_catchup(person, allocation->from_year, allocation->subject,
								 allocation->day);
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 limit_message(allocation, law, limit),
			 left + allocation->hours <= 0 ?
			 errdetail("Clause 7.6e: %s hours were to be allocated, but none are left.",
					   ce_hours_to_text(allocation->hours, given)) :
			 errdetail("Clause 7.6e: %s hours were to be allocated, but only %s are left.",
					   ce_hours_to_text(allocation->hours, given),
					   ce_hours_to_text(left + allocation->hours, most)),
			 limit_hint(law, limit)));
}

/* With the statement's other rows posted, whatever their order. */
static void
check_bounds(const void *item)
{
	const Allocation *allocation = item;
	CeCategory	category = ce_carried_category(allocation->subject);
	char		given[CE_HOURS_TEXT_SIZE];
	char		most[CE_HOURS_TEXT_SIZE];
	CePerson	person;
	CeCredit	credit;
	CeHours		shortfall;

	if (allocation->reversal)
		return;
	ce_require_person(allocation->queued.person_id, &person);
	check_surplus(allocation, &person);

	ce_read_credits(person.person_id, allocation->to_year, allocation->to_year, DATEVAL_NOEND,
					&credit);
	ce_credit_add_hours(&credit, category, -allocation->hours);
	shortfall = ce_shortfall(ce_scheme_in_year(&person, allocation->to_year, allocation->day),
							 allocation->to_year, allocation->subject, &credit);
	if (allocation->hours > shortfall)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 shortfall == 0 ? errmsg("year %d lacks no hours of the subject", allocation->to_year) :
				 errmsg("year %d lacks only %s hours", allocation->to_year,
						ce_hours_to_text(shortfall, most)),
				 errdetail("Clause 7.6e: %s hours were to be allocated to it.",
						   ce_hours_to_text(allocation->hours, given)),
				 errhint("Allocate no more hours than the subject lacks, as ce_allocation_plan() proposes.")));
}

static const CeDecision allocations = {
	.table = CE_ALLOCATION,
	.person_id = CE_COL_ALLOCATION_PERSON_ID,
	.decided_by = CE_COL_ALLOCATION_ALLOCATED_BY,
	.decided_on = CE_COL_ALLOCATION_ALLOCATED_ON,
	.withdrawn_by = CE_COL_ALLOCATION_REVERSED_BY,
	.withdrawn_on = CE_COL_ALLOCATION_REVERSED_ON,
	.note = CE_COL_ALLOCATION_NOTE,
	.reason = -1,
	.kept = {
		.changes_from = CE_COL_ALLOCATION_REVERSED_BY,
		.delete_in_force = {
			gettext_noop("allocation %lld cannot be deleted"),
			gettext_noop("Clause 7.6e: an allocation is kept, and is reversed with a reason."),
			gettext_noop("Use ce_reverse_allocation().")
		},
		.delete_closed = {
			gettext_noop("reversed allocation %lld cannot be deleted"),
			gettext_noop("Clause 7.6e: an allocation is kept, also when it is reversed."),
			gettext_noop("Leave the row; a reversed allocation does not count.")
		},
		.change_in_force = {
			gettext_noop("allocation %lld cannot be changed"),
			gettext_noop("Clause 7.6e: column \"%s\" is part of what was allocated."),
			gettext_noop("Reverse it with ce_reverse_allocation(), and allocate the hours again with ce_allocate().")
		},
		.change_closed = {
			gettext_noop("reversed allocation %lld cannot be changed"),
			gettext_noop("Clause 7.6e: column \"%s\" of a reversed allocation is kept as it is."),
			gettext_noop("Allocate the hours again with ce_allocate() if they should count.")
		}
	},
	.other_body = gettext_noop("organisation %lld does not verify for person %lld"),
	.other_body_detail = gettext_noop("Clause 7.6e: the body that verifies allocates the surplus; here it is organisation %lld."),
	.needs_withdrawer = {
		gettext_noop("a reversal needs reversed_by"),
		gettext_noop("Clause 7.6e: allocation %lld."),
		gettext_noop("Use ce_reverse_allocation().")
	},
	.needs_reason = gettext_noop("a reason is needed to reverse allocation %lld"),
	.check_insert = check_insert,
	.check_withdrawn_on = check_reversed_on,
	.object = "allocation",
	.withdrawn = "reversed",
	.post = post,
	.queue = &allocated,
	.locks = CE_LOCK_PERSONS | CE_LOCK_ACCOUNTS,
	.check_posted = check_bounds
};

/* ce_allocation_check() returns trigger: before each row of ce_allocation */
PG_FUNCTION_INFO_V1(ce_allocation_check);
Datum
ce_allocation_check(PG_FUNCTION_ARGS)
{
	return ce_decision_check(fcinfo, "ce_allocation_check", &allocations);
}

/*
 * ce_allocation_post() returns trigger: after each row of ce_allocation, and
 * after each statement
 */
PG_FUNCTION_INFO_V1(ce_allocation_post);
Datum
ce_allocation_post(PG_FUNCTION_ARGS)
{
	return ce_decision_post(fcinfo, "ce_allocation_post", &allocations);
}

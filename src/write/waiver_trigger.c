/*-------------------------------------------------------------------------
 *
 * waiver_trigger.c
 *	  Waivers of a year's requirement (AMB-35), for every writer.
 *
 * A waiver takes a year, a subject or hours off what is required of a person,
 * or defers hours to a later year.  It is posted like hours.  A statement's
 * waivers are posted first, which locks the accounts, and then compared with
 * one another and with the requirement.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "ask/surplus.h"
#include "record/credits.h"
#include "write/decision.h"
#include "write/law_values.h"
#include "write/posting.h"

#include "compat.h"

static const CeDecision waivers;

/* CE_SUBJECT_BOTH: the whole year. */
static CeSubject
subject_of(Datum value, bool null)
{
	return null ? CE_SUBJECT_BOTH : ce_list_value(CE_LIST_SUBJECT, DatumGetObjectId(value));
}

/* ---------------------------------------------------------------------
 * A new waiver
 * ---------------------------------------------------------------------
 */

static void
check_grounds(const CeRow *row)
{
	static const int columns[] = {CE_COL_WAIVER_REASON, CE_COL_WAIVER_DECISION};

	for (int i = 0; i < lengthof(columns); i++)
	{
		if (ce_row_blank(row, columns[i]))
			ereport(ERROR,
					(errcode(ERRCODE_NOT_NULL_VIOLATION),
					 errmsg("a waiver needs a %s", ce_column_name(CE_WAIVER, columns[i])),
					 errdetail("Clause 0.3: a year is waived by a decision of which the record gives reason and reference."),
					 errhint("Give the reason in reason, and the reference of the decision in decision.")));
	}
}

/* Before a year has ended, nobody knows what it will lack. */
static void
check_year_ended(const CeRow *row)
{
	DateADT		day = ce_row_day(row, CE_COL_WAIVER_GRANTED_ON);
	int			year = ce_row_int(row, CE_COL_WAIVER_YEAR);

	if (year >= ce_year_of(day))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("year %d cannot be waived on %s, before it has ended", year,
						ce_date_text(day)),
				 errdetail("Clause 0.3: a waiver is about a year that has ended."),
				 errhint("Grant the waiver after the end of the year, or correct the year.")));
}

static void
check_subject(const CeRow *row)
{
	if (!row->nulls[CE_COL_WAIVER_SUBJECT] &&
		subject_of(row->values[CE_COL_WAIVER_SUBJECT], false) == CE_SUBJECT_BOTH)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("a waiver cannot have subject \"%s\"",
						ce_list_label(CE_LIST_SUBJECT, CE_SUBJECT_BOTH)),
				 errhint("Leave subject null: the waiver is then about the whole year.")));
}

static void
check_deferral(const CeRow *row)
{
	int			year = ce_row_int(row, CE_COL_WAIVER_YEAR);
	int			later = ce_row_int(row, CE_COL_WAIVER_DEFERS_TO);

	if (!row->nulls[CE_COL_WAIVER_DEFERS_TO] && later <= year)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("hours of %d cannot be deferred to %d", year, later),
				 errdetail("Clause 0.3: hours that a year lacks are made up for in a later one."),
				 errhint("Give a later year in defers_to; leave it null if the hours need not be made up for.")));
	if (!row->nulls[CE_COL_WAIVER_DEFERS_TO])
		ce_check_year("defers_to", later);
}

/*
 * What the year requires of a subject, or in all, of the person: by its
 * requirement, or where that has nothing of it, by windows that ask their years
 * for sums of their own.
 */
static CeHours
required_of(const CePerson *person, int year, CeSubject subject, DateADT day)
{
	const CeScheme *scheme = ce_scheme_in_year(person, year, day);
	const CeRequirement *requirement = ce_year_law(scheme, year)->requirement;
	CeHours		required = requirement == NULL ? 0 :
		subject == CE_SUBJECT_PUBLIC ? requirement->public_hours :
		subject == CE_SUBJECT_PROFESSIONAL ? requirement->professional_hours :
		requirement->total;

	return required > 0 ? required : Max(ce_largest_window_sum(scheme, subject),
										 ce_largest_window_sum(person->scheme, subject));
}

pg_noreturn static void
refuse_hours(int year, CeSubject subject, CeHours required, CeHours waived)
{
	char		given[CE_HOURS_TEXT_SIZE];
	char		most[CE_HOURS_TEXT_SIZE];

	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 subject == CE_SUBJECT_BOTH ?
			 errmsg("year %d requires only %s hours", year, ce_hours_to_text(required, most)) :
			 errmsg("year %d requires only %s hours of subject %s", year,
					ce_hours_to_text(required, most),
					_(ce_list_label(CE_LIST_SUBJECT, subject))),
			 errdetail("Clause 0.3: waivers would take %s hours off the requirement.",
					   ce_hours_to_text(waived, given)),
			 errhint("Waive no more hours than the year requires; leave hours null to waive all of them.")));
	pg_unreachable();
}

static void
check_hours(const CeRow *row, const CePerson *person)
{
	int			year = ce_row_int(row, CE_COL_WAIVER_YEAR);
	CeSubject	subject = subject_of(row->values[CE_COL_WAIVER_SUBJECT],
									 row->nulls[CE_COL_WAIVER_SUBJECT]);
	DateADT		day = ce_row_day(row, CE_COL_WAIVER_GRANTED_ON);
	const CeScheme *scheme = ce_scheme_in_year(person, year, day);
	CeHours		hours;
	CeHours		required = required_of(person, year, subject, day);

	if (ce_year_law(scheme, year)->requirement == NULL &&
		required_of(person, year, CE_SUBJECT_BOTH, day) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("year %d requires no hours", year),
				 errdetail("Clause 0.3: scheme \"%s\" has no requirement for the year, so there is nothing to waive.",
						   scheme->name),
				 errhint("Correct the year, or enter the year's requirement in ce_requirement.")));
	hours = row->nulls[CE_COL_WAIVER_HOURS] ? required :
		DatumGetCeHours(row->values[CE_COL_WAIVER_HOURS]);
	if (!row->nulls[CE_COL_WAIVER_HOURS] && hours <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("a waiver must be of more than 0 hours"),
				 errhint("Give the hours that are waived, or leave hours null to waive all of them.")));
	if (required == 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("year %d requires no hours of subject %s", year,
						_(ce_list_label(CE_LIST_SUBJECT, subject))),
				 errdetail("Clause 0.3: scheme \"%s\" has no minimum of the subject for the year, so there is nothing to waive.",
						   scheme->name),
				 errhint("Leave subject null: the waiver is then about the whole year.")));
	if (hours > required)
		refuse_hours(year, subject, required, hours);
}

static void
check_insert(const CeRow *row, const CePerson *person)
{
	ce_decision_check_body(&waivers, person, ce_row_id(row, CE_COL_WAIVER_GRANTED_BY));
	ce_row_check_past(row, CE_COL_WAIVER_GRANTED_ON, "0.3");
	check_grounds(row);
	check_year_ended(row);
	check_subject(row);
	check_deferral(row);
	check_hours(row, person);
	if (!row->nulls[CE_COL_WAIVER_REVOKED_BY] || !row->nulls[CE_COL_WAIVER_REVOKED_ON])
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("cannot insert a waiver that is already revoked"),
				 errhint("Leave revoked_by and revoked_on null.")));
}

static void
check_revoked_on(const CeRow *row)
{
	ce_row_check_past(row, CE_COL_WAIVER_REVOKED_ON, "0.3");
	ce_row_check_order(row, CE_COL_WAIVER_GRANTED_ON, CE_COL_WAIVER_REVOKED_ON);
}

/* ---------------------------------------------------------------------
 * After a statement: the accounts, and what limits the waivers
 * ---------------------------------------------------------------------
 */

/* A waiver that a row grants or revokes. */
typedef struct Change
{
	CeQueued	queued;
	bool		revokes;
	bool		whole;			/* no hours are given: all of them */
	CeSubject	subject;		/* CE_SUBJECT_BOTH: the whole year */
	int32		year;
	int32		defers_to;		/* 0: the hours need not be made up for */
	DateADT		day;
	int64		waiver_id;
} Change;

static int
by_waiver(const void *a, const void *b)
{
	return pg_cmp_s64(((const Change *) a)->waiver_id, ((const Change *) b)->waiver_id);
}

static CeQueue changes = {.size = sizeof(Change), .compare = by_waiver};

/* Another waiver in force that takes some of the same hours. */
static void
refuse_overlap(const Datum *values, const bool *nulls, void *arg)
{
	const Change *change = arg;
	CeSubject	subject = subject_of(values[CE_COL_WAIVER_SUBJECT],
									 nulls[CE_COL_WAIVER_SUBJECT]);
	bool		whole = nulls[CE_COL_WAIVER_HOURS];
	bool		deferred = !nulls[CE_COL_WAIVER_DEFERS_TO];

	if (DatumGetInt64(values[CE_COL_WAIVER_WAIVER_ID]) == change->waiver_id ||
		DatumGetInt32(values[CE_COL_WAIVER_YEAR]) != change->year ||
		!nulls[CE_COL_WAIVER_REVOKED_ON])
		return;
	if (subject != change->subject && subject != CE_SUBJECT_BOTH &&
		change->subject != CE_SUBJECT_BOTH)
		return;
	/* Hours off and hours deferred go together, unless all hours are off. */
	if (deferred != (change->defers_to != 0) ? !(deferred ? change->whole : whole) :
		!whole && !change->whole)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_EXCLUSION_VIOLATION),
			 errmsg("waiver %lld of %d already covers these hours",
					(long long) DatumGetInt64(values[CE_COL_WAIVER_WAIVER_ID]),
					change->year),
			 errdetail("Clause 0.3: two waivers of a year and subject may only take hours that each of them names."),
			 errhint("Revoke the other waiver first, or give the subject or the hours that it leaves.")));
}

/* With the statement's other rows posted, whatever their order. */
static void
check_reductions(const Change *change)
{
	static const struct
	{
		CeSubject	subject;
		CeCategory	category;
	}			reductions[] = {
		{CE_SUBJECT_PUBLIC, CE_CATEGORY_REDUCED_PUBLIC},
		{CE_SUBJECT_PROFESSIONAL, CE_CATEGORY_REDUCED_PROFESSIONAL},
		{CE_SUBJECT_BOTH, CE_CATEGORY_REDUCED_TOTAL}
	};
	CePerson	person;
	CeCredit	credit;

	ce_require_person(change->queued.person_id, &person);
	ce_read_credits(change->queued.person_id, change->year, change->year, DATEVAL_NOEND, &credit);
	for (int i = 0; i < lengthof(reductions); i++)
	{
		CeHours		required = required_of(&person, change->year, reductions[i].subject,
										   change->day);
		CeHours		waived = credit.category[reductions[i].category];

		if (waived > required)
			refuse_hours(change->year, reductions[i].subject, required, waived);
	}
}

static void
check_change(const void *item)
{
	const Change *change = item;

	if (!change->revokes)
	{
		ce_read_waivers(change->queued.person_id, refuse_overlap, unconstify(Change *, change));
		check_reductions(change);
	}
	else
		ce_check_allocated(change->queued.person_id,
						   change->defers_to != 0 ? change->defers_to : change->year,
						   change->day, change->year);
}

static void
post(const CeRow *row, bool revokes)
{
	Change	   *change = ce_queue_add(&changes, ce_row_id(row, CE_COL_WAIVER_PERSON_ID));
	CeCredit	credit;

	change->revokes = revokes;
	change->whole = row->nulls[CE_COL_WAIVER_HOURS];
	change->subject = subject_of(row->values[CE_COL_WAIVER_SUBJECT],
								 row->nulls[CE_COL_WAIVER_SUBJECT]);
	change->year = ce_row_int(row, CE_COL_WAIVER_YEAR);
	change->defers_to = ce_row_int(row, CE_COL_WAIVER_DEFERS_TO);
	change->day = ce_row_day(row, revokes ? CE_COL_WAIVER_REVOKED_ON : CE_COL_WAIVER_GRANTED_ON);
	change->waiver_id = ce_row_id(row, CE_COL_WAIVER_WAIVER_ID);
	if (ce_waiver_credit(row->values, row->nulls, &credit))
		ce_post_credit(change->queued.person_id, change->year, revokes ? NULL : &credit,
					   revokes ? &credit : NULL, change->day);
}

static const CeDecision waivers = {
	.table = CE_WAIVER,
	.person_id = CE_COL_WAIVER_PERSON_ID,
	.decided_by = CE_COL_WAIVER_GRANTED_BY,
	.decided_on = CE_COL_WAIVER_GRANTED_ON,
	.withdrawn_by = CE_COL_WAIVER_REVOKED_BY,
	.withdrawn_on = CE_COL_WAIVER_REVOKED_ON,
	.note = CE_COL_WAIVER_NOTE,
	.reason = CE_COL_WAIVER_REASON,
	.kept = {
		.changes_from = CE_COL_WAIVER_REVOKED_BY,
		.delete_in_force = {
			gettext_noop("waiver %lld cannot be deleted"),
			gettext_noop("Clause 0.3: a waiver is kept, and is revoked with a reason."),
			gettext_noop("Set revoked_by, and give the reason in note.")
		},
		.delete_closed = {
			gettext_noop("revoked waiver %lld cannot be deleted"),
			gettext_noop("Clause 0.3: a waiver is kept, also when it is revoked."),
			gettext_noop("Leave the row; a revoked waiver does not count.")
		},
		.change_in_force = {
			gettext_noop("waiver %lld cannot be changed"),
			gettext_noop("Clause 0.3: column \"%s\" is part of what was granted."),
			gettext_noop("Set revoked_by, give the reason in note, and enter the waiver as a new row.")
		},
		.change_closed = {
			gettext_noop("revoked waiver %lld cannot be changed"),
			gettext_noop("Clause 0.3: column \"%s\" of a revoked waiver is kept as it is."),
			gettext_noop("Enter the waiver as a new row.")
		}
	},
	.other_body = gettext_noop("organisation %lld does not grant waivers to person %lld"),
	.other_body_detail = gettext_noop("Clause 0.3: the body that verifies for the person grants and revokes them; here it is organisation %lld."),
	.needs_withdrawer = {
		gettext_noop("a revocation needs revoked_by"),
		gettext_noop("Clause 0.3: waiver %lld."),
		gettext_noop("Give the body that verifies for the person.")
	},
	.needs_reason = gettext_noop("a reason is needed to revoke waiver %lld"),
	.check_insert = check_insert,
	.check_withdrawn_on = check_revoked_on,
	.object = "waiver",
	.withdrawn = "revoked",
	.post = post,
	.queue = &changes,
	.locks = CE_LOCK_PERSONS,
	.check_posted = check_change
};

/* ce_waiver_check() returns trigger: before each row of ce_waiver */
PG_FUNCTION_INFO_V1(ce_waiver_check);
Datum
ce_waiver_check(PG_FUNCTION_ARGS)
{
	return ce_decision_check(fcinfo, "ce_waiver_check", &waivers);
}

/*
 * ce_waiver_post() returns trigger: after each row of ce_waiver, and after each
 * statement
 */
PG_FUNCTION_INFO_V1(ce_waiver_post);
Datum
ce_waiver_post(PG_FUNCTION_ARGS)
{
	return ce_decision_post(fcinfo, "ce_waiver_post", &waivers);
}

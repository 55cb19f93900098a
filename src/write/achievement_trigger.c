/*-------------------------------------------------------------------------
 *
 * achievement_trigger.c
 *	  Rules for achievements (5.2.5, 7.3c), for every writer.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "law/cases.h"
#include "law/cite.h"
#include "store/owner.h"
#include "store/trigger_row.h"
#include "write/duty.h"

#include "compat.h"

static void
check_project(const CeRow *row, const CeScheme *scheme, const CeRule *rule)
{
	if (!rule->per_year)
		return;
	if (row->nulls[CE_COL_ACHIEVEMENT_STARTED_ON] || row->nulls[CE_COL_ACHIEVEMENT_DUE_ON])
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("a project needs started_on and due_on"),
				 errdetail("%s: a project counts in each of its years if it was concluded in time (AMB-18).",
						   ce_cite_first(&rule->citation, scheme)),
				 errhint("Give both dates; a written extension moves due_on.")));
	ce_require_day(ce_row_day(row, CE_COL_ACHIEVEMENT_STARTED_ON));
	ce_require_day(ce_row_day(row, CE_COL_ACHIEVEMENT_DUE_ON));
	if (ce_row_day(row, CE_COL_ACHIEVEMENT_STARTED_ON) >
		ce_row_day(row, CE_COL_ACHIEVEMENT_ACHIEVED_ON))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("the project was concluded before it started"),
				 errhint("Correct started_on or achieved_on.")));
}

static void
check_achievement(CeRow *row)
{
	CePerson	person;
	const CeKind *kind;
	const CeRule *rule;
	DateADT		achieved_on;
	const CeScheme *scheme;
	int			year;
	char	   *grade;
	char	   *role;
	int			rank;

	ce_require_person(ce_row_id(row, CE_COL_ACHIEVEMENT_PERSON_ID), &person);
	kind = ce_get_kind(row->values[CE_COL_ACHIEVEMENT_KIND]);
	if (kind->track != CE_TRACK_ATTESTED)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("kind \"%s\" is not a kind of achievement", kind->name),
				 errdetail("Clause %s: it is verified as an activity.", ce_clause(kind->clause)),
				 errhint("Enter it in ce_activity.")));
	ce_row_check_past(row, CE_COL_ACHIEVEMENT_ACHIEVED_ON, kind->clause);
	ce_row_check_past(row, CE_COL_ACHIEVEMENT_ATTESTED_ON, "7.3c");
	achieved_on = ce_row_day(row, CE_COL_ACHIEVEMENT_ACHIEVED_ON);
	if (!row->nulls[CE_COL_ACHIEVEMENT_RANK])
		ce_require_rank(ce_row_int(row, CE_COL_ACHIEVEMENT_RANK));
	year = ce_year_of(achieved_on);
	grade = ce_row_text(row, CE_COL_ACHIEVEMENT_GRADE);
	role = ce_row_text(row, CE_COL_ACHIEVEMENT_ROLE);
	rank = ce_row_int(row, CE_COL_ACHIEVEMENT_RANK);
	/*
	 * What the law of its year puts into the archive stays there.  The rest is
	 * computed at the application, so by the table in force now (AMB-2).
	 */
	scheme = ce_scheme_in_year(&person, year, ce_day_of_act());
	rule = ce_find_rule(scheme, kind, year, grade, role, rank);
	if (rule == NULL || !rule->in_archive)
	{
		year = ce_year_of(ce_day_of_act());
		scheme = ce_scheme_on(&person, ce_day_of_act());
	}
	rule = ce_get_case_rule(scheme, kind, year, grade, role, rank);
	check_project(row, scheme, rule);
	if (!rule->in_archive && person.has_held_since && achieved_on < person.held_since)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("the achievement is from before the present post"),
				 errdetail("Clause 5.2.5: only achievements in the present post count; this one is of %s, and the post has been held since %s (AMB-17).",
						   ce_date_text(achieved_on), ce_date_text(person.held_since)),
				 errhint("Correct achieved_on, or held_since in ce_person.")));
	if (!row->nulls[CE_COL_ACHIEVEMENT_ATTESTED_BY] && row->nulls[CE_COL_ACHIEVEMENT_ATTESTED_ON])
		ce_row_set(row, CE_COL_ACHIEVEMENT_ATTESTED_ON, DateADTGetDatum(ce_day_of_act()));
	ce_row_check_order(row, CE_COL_ACHIEVEMENT_ACHIEVED_ON, CE_COL_ACHIEVEMENT_ATTESTED_ON);
	if (!row->nulls[CE_COL_ACHIEVEMENT_REVOKED_ON])
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("an achievement that is not attested cannot be revoked"),
				 errdetail("Clause 7.3c: the employer attests first."),
				 errhint("Leave revoked_on null.")));
}

static const CeKept achievements = {
	.changes_from = CE_COL_ACHIEVEMENT_REVOKED_ON,
	.delete_in_force = {
		gettext_noop("attested achievement %lld cannot be deleted"),
		gettext_noop("Clause 7.3c: what an employer attested is kept, and is revoked with a reason."),
		gettext_noop("Set revoked_on, and give the reason in note.")
	},
	.delete_closed = {
		gettext_noop("revoked achievement %lld cannot be deleted"),
		gettext_noop("Clause 7.3c: what an employer attested and revoked is kept."),
		gettext_noop("Leave the row; a revoked achievement does not count.")
	},
	.change_in_force = {
		gettext_noop("attested achievement %lld cannot be changed"),
		gettext_noop("Clause 7.3c: column \"%s\" is part of what the employer attested."),
		gettext_noop("Set revoked_on, give the reason in note, and enter the achievement as a new row.")
	},
	.change_closed = {
		gettext_noop("revoked achievement %lld cannot be changed"),
		gettext_noop("Clause 7.3c: column \"%s\" of a revoked achievement is kept as it is."),
		gettext_noop("Enter the achievement as a new row.")
	}
};

/* An attested achievement may be revoked, and is otherwise kept (7.3c). */
static void
check_revocation(const CeRow *row, const CeRow *old)
{
	ce_kept_check_change(row, old, !old->nulls[CE_COL_ACHIEVEMENT_REVOKED_ON], &achievements);
	ce_row_check_past(row, CE_COL_ACHIEVEMENT_REVOKED_ON, "7.3c");
	ce_row_check_order(row, CE_COL_ACHIEVEMENT_ATTESTED_ON, CE_COL_ACHIEVEMENT_REVOKED_ON);
	if (ce_row_differs(row, old, CE_COL_ACHIEVEMENT_REVOKED_ON))
		ce_row_check_reason(row, old, CE_COL_ACHIEVEMENT_NOTE,
							gettext_noop("a reason is needed to revoke achievement %lld"));
}

/* Entering facts requires record; attesting and revoking require verify. */
static void
require_achievement_duties(const CeRow *row, const CeRow *old)
{
	int64		person_id = ce_row_id(row, CE_COL_ACHIEVEMENT_PERSON_ID);
	bool		attests = !row->nulls[CE_COL_ACHIEVEMENT_ATTESTED_BY] &&
		(old == NULL || old->nulls[CE_COL_ACHIEVEMENT_ATTESTED_BY]);
	bool		revokes = old != NULL &&
		ce_row_differs(row, old, CE_COL_ACHIEVEMENT_REVOKED_ON);
	bool		records;

	if (attests || revokes)
		ce_duty_refuse_own(row, person_id);
	if (!ce_duty_binds(row))
		return;
	records = old == NULL || !(attests || revokes) ||
		ce_row_differs_in(row, old, 0, CE_COL_ACHIEVEMENT_ATTESTED_BY);
	if (records)
		ce_duty_require_for_person(row, CE_DUTY_RECORD, person_id);
	if (old != NULL && ce_row_differs(row, old, CE_COL_ACHIEVEMENT_PERSON_ID))
		ce_duty_require_for_person(row, CE_DUTY_RECORD,
								   ce_row_id(old, CE_COL_ACHIEVEMENT_PERSON_ID));
	if (attests)
	{
		ce_duty_require(row, CE_DUTY_VERIFY, ce_row_id(row, CE_COL_ACHIEVEMENT_ATTESTED_BY));
		ce_duty_require_day(row, CE_COL_ACHIEVEMENT_ATTESTED_ON,
							ce_row_id(row, CE_COL_ACHIEVEMENT_ATTESTED_BY));
	}
	if (revokes)
	{
		ce_duty_require_over(row, ce_row_id(row, CE_COL_ACHIEVEMENT_ATTESTED_BY));
		ce_duty_require_day(row, CE_COL_ACHIEVEMENT_REVOKED_ON,
							ce_row_id(row, CE_COL_ACHIEVEMENT_ATTESTED_BY));
	}
}

/* ce_achievement_check() returns trigger: before each row of ce_achievement */
PG_FUNCTION_INFO_V1(ce_achievement_check);
Datum
ce_achievement_check(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_achievement_check",
											  CE_BEFORE | CE_EACH_ROW | CE_ON_ROWS,
											  CE_ACHIEVEMENT);
	CeRow		row;
	CeRow		stored;
	const CeRow *old = ce_row_change(&row, &stored, CE_ACHIEVEMENT, trigdata);
	bool		attested = old != NULL && !old->nulls[CE_COL_ACHIEVEMENT_ATTESTED_ON];
	CeIdentity	self;

	ce_become_owner(trigdata->tg_relation, &self);
	if (TRIGGER_FIRED_BY_DELETE(trigdata->tg_event))
	{
		ce_duty_require_for_person(old, CE_DUTY_RECORD,
								   ce_row_id(old, CE_COL_ACHIEVEMENT_PERSON_ID));
		if (attested)
			ce_kept_refuse_delete(old, !old->nulls[CE_COL_ACHIEVEMENT_REVOKED_ON], &achievements);
		ce_become_self(&self);
		return PointerGetDatum(trigdata->tg_trigtuple);
	}
	require_achievement_duties(&row, old);
	if (attested)
		check_revocation(&row, old);
	else
		check_achievement(&row);
	ce_become_self(&self);
	return PointerGetDatum(ce_row_result(&row, trigdata));
}

/*-------------------------------------------------------------------------
 *
 * person_trigger.c
 *	  The deciding facts of a person: who may change them, and the log.
 *
 * Windows and tenure depend on ce_person (4.2, 5.2.5), so each change is
 * logged with the old value and the new one, and no one changes their own.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "record/person_rows.h"
#include "store/owner.h"
#include "store/trigger_row.h"
#include "types/level.h"
#include "write/duty.h"
#include "write/posting.h"

#include "compat.h"

/* The facts, and the object name that the log uses for each. */
static const struct
{
	int			column;
	const char *object;
}			facts[] = {
	{CE_COL_PERSON_PERSON_NO, "person.person_no"},
	{CE_COL_PERSON_ORG_ID, "person.org_id"},
	{CE_COL_PERSON_SCHEME, "person.scheme"},
	{CE_COL_PERSON_SPECIALTY, "person.specialty"},
	{CE_COL_PERSON_DOCTORATE_ON, "person.doctorate_on"},
	{CE_COL_PERSON_HELD_LEVEL, "person.held_level"},
	{CE_COL_PERSON_HELD_SINCE, "person.held_since"}
};

/* A fact's text for the log, NULL if it is null. */
static const char *
fact_text(const CeRow *row, int column)
{
	if (row->nulls[column])
		return NULL;
	switch (column)
	{
		case CE_COL_PERSON_ORG_ID:
			return psprintf("%lld", (long long) ce_row_id(row, column));
		case CE_COL_PERSON_DOCTORATE_ON:
		case CE_COL_PERSON_HELD_SINCE:
			return ce_date_text(ce_row_day(row, column));
		case CE_COL_PERSON_HELD_LEVEL:
			return ce_level_label(DatumGetCeLevel(row->values[column]));
		default:
			return ce_row_text(row, column);
	}
}

/* ce_person_facts() returns trigger: before a fact of a person changes */
PG_FUNCTION_INFO_V1(ce_person_facts);
Datum
ce_person_facts(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_person_facts",
											  CE_BEFORE | CE_EACH_ROW | CE_ON_UPDATE,
											  CE_PERSON);
	CeRow		row;
	CeRow		old;

	ce_row_change(&row, &old, CE_PERSON, trigdata);
	for (int i = 0; i < lengthof(facts); i++)
	{
		if (ce_row_differs(&row, &old, facts[i].column))
		{
			ce_duty_refuse_own(&row, ce_row_id(&old, CE_COL_PERSON_PERSON_ID));
			break;
		}
	}
	return PointerGetDatum(trigdata->tg_newtuple);
}

/*
 * ce_person_log() returns trigger: after each row, and after each statement
 *	 that changes facts of persons
 */
PG_FUNCTION_INFO_V1(ce_person_log);
Datum
ce_person_log(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_person_log",
											  CE_AFTER | CE_EACH_ROW | CE_EACH_STATEMENT |
											  CE_ON_UPDATE, CE_PERSON);
	CeRow		row;
	CeRow		old;

	if (TRIGGER_FIRED_FOR_STATEMENT(trigdata->tg_event))
	{
		ce_post_all(trigdata->tg_relation);
		return PointerGetDatum(NULL);
	}
	ce_row_change(&row, &old, CE_PERSON, trigdata);
	for (int i = 0; i < lengthof(facts); i++)
	{
		if (ce_row_differs(&row, &old, facts[i].column))
			ce_post_event(facts[i].object, ce_row_id(&old, CE_COL_PERSON_PERSON_ID),
						  fact_text(&old, facts[i].column),
						  fact_text(&row, facts[i].column),
						  ce_row_id(&old, CE_COL_PERSON_ORG_ID), NULL);
	}
	return PointerGetDatum(NULL);
}

static void
sanction_found(const Datum *values, const bool *nulls, void *arg)
{
	*(bool *) arg = true;
}

/* ce_person_check() returns trigger: before sanctioned or moved goes from true to false */
PG_FUNCTION_INFO_V1(ce_person_check);
Datum
ce_person_check(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_person_check",
											  CE_BEFORE | CE_EACH_ROW | CE_ON_UPDATE,
											  CE_PERSON);
	CeRow		row;
	CeRow		old;
	CePerson	person = {0};
	CeIdentity	self;
	bool		found = false;

	ce_row_change(&row, &old, CE_PERSON, trigdata);
	person.person_id = ce_row_id(&row, CE_COL_PERSON_PERSON_ID);
	ce_become_owner(trigdata->tg_relation, &self);
	if (ce_row_differs(&row, &old, CE_COL_PERSON_SANCTIONED))
		ce_read_sanctions(person.person_id, sanction_found, &found);
	if (ce_row_differs(&row, &old, CE_COL_PERSON_MOVED))
		ce_set_moved(&person, true);
	ce_become_self(&self);
	if (person.nformer > 0)
		ereport(ERROR,
				(errcode(ERRCODE_GENERATED_ALWAYS),
				 errmsg("column \"%s\" is derived and cannot be written", "moved"),
				 errdetail("Table \"ce_person_scheme\" has rows of person %lld.",
						   (long long) person.person_id),
				 errhint("If the person was never under another scheme, delete these rows.")));
	if (found)
		ereport(ERROR,
				(errcode(ERRCODE_GENERATED_ALWAYS),
				 errmsg("column \"%s\" is derived and cannot be written", "sanctioned"),
				 errdetail("Clause 6.2: table \"ce_sanction\" has rows of person %lld.",
						   (long long) person.person_id),
				 errhint("To end a ban, revoke the sanction.")));
	return PointerGetDatum(trigdata->tg_newtuple);
}

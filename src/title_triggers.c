/*-------------------------------------------------------------------------
 *
 * title_triggers.c
 *	  Achievements, sanctions and applications, for every writer.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <limits.h>

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "duty.h"
#include "explain.h"
#include "posting.h"
#include "trigger_row.h"

#include "compat.h"

/* A day in the past or today. */
static void
check_past(const CeRow *row, int column, const char *clause)
{
	DateADT		day;

	if (row->nulls[column])
		return;
	day = DatumGetDateADT(row->values[column]);
	if (DATE_NOT_FINITE(day) || day > ce_today_date())
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("%s lies in the future", ce_column_name(row->table, column)),
				 errdetail("Clause %s: %s, today is %s in Asia/Shanghai.", clause,
						   ce_date_text(day), ce_date_text(ce_today_date())),
				 errhint("Enter it when it has happened.")));
}

/* One day does not lie before another. */
static void
check_order(const CeRow *row, int earlier, int later)
{
	if (row->nulls[earlier] || row->nulls[later] ||
		DatumGetDateADT(row->values[earlier]) <= DatumGetDateADT(row->values[later]))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("%s lies before %s", ce_column_name(row->table, later),
					ce_column_name(row->table, earlier)),
			 errdetail("%s and %s.",
					   ce_date_text(DatumGetDateADT(row->values[later])),
					   ce_date_text(DatumGetDateADT(row->values[earlier]))),
			 errhint("Correct the days.")));
}

/* A duty for the employer of the person that a row is about. */
static void
require_for_person(const CeRow *row, CeDuty duty, int person_column)
{
	CePerson	person;

	if (!ce_duty_binds(row) || row->nulls[person_column])
		return;
	ce_store_person_of(ce_row_id(row, person_column), &person);
	ce_duty_require(row, duty, person.org_id);
}

/* A day that an act gives, if it is before today. */
static void
require_day_for_person(const CeRow *row, int column, int person_column)
{
	CePerson	person;

	if (!ce_duty_binds(row) || row->nulls[person_column])
		return;
	ce_store_person_of(ce_row_id(row, person_column), &person);
	ce_duty_require_day(row, column, person.org_id);
}

/* ---------------------------------------------------------------------
 * Achievements (5.2.5)
 * ---------------------------------------------------------------------
 */

/* Why no rule fits: the grade, the role or the rank. */
pg_noreturn static void
no_rule(const CeRow *row, const CePerson *person, const CeKind *kind)
{
	const char *grade = ce_row_text(row, ACHIEVEMENT_GRADE);
	const char *role = ce_row_text(row, ACHIEVEMENT_ROLE);
	StringInfoData listed;

	initStringInfo(&listed);
	for (int i = 0; i < person->scheme->nrules; i++)
	{
		const CeRule *r = &person->scheme->rules[i];

		if (strcmp(r->kind, kind->name) != 0)
			continue;
		appendStringInfoString(&listed, listed.len == 0 ? "" : "; ");
		appendStringInfoString(&listed, r->grade == NULL ? kind->name : r->grade);
		if (r->role != NULL)
			appendStringInfo(&listed, " %s", r->role);
		if (r->rank_from != 0 && r->rank_to == INT_MAX)
			appendStringInfo(&listed, " %d-", r->rank_from);
		else if (r->rank_from != 0)
			appendStringInfo(&listed, " %d-%d", r->rank_from, r->rank_to);
	}
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("no rule counts this \"%s\"", kind->name),
			 errdetail("Clause %s: grade %s, role %s, rank %s.", kind->clause,
					   grade == NULL ? "null" : grade,
					   role == NULL ? "null" : role,
					   row->nulls[ACHIEVEMENT_RANK] ? "null" :
					   psprintf("%d", DatumGetInt32(row->values[ACHIEVEMENT_RANK]))),
			 errhint("The law lists: %s.", listed.data)));
	pg_unreachable();
}

static void
check_project(const CeRow *row, const CeRule *rule)
{
	if (!rule->per_year)
		return;
	if (row->nulls[ACHIEVEMENT_STARTED_ON] || row->nulls[ACHIEVEMENT_DUE_ON])
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("a project needs started_on and due_on"),
				 errdetail("Clause %s: it counts in each of its years, if it was concluded in time (AMB-18).",
						   rule->citation.clause),
				 errhint("Give both days; an extension in writing moves due_on.")));
	ce_require_day(DatumGetDateADT(row->values[ACHIEVEMENT_STARTED_ON]));
	ce_require_day(DatumGetDateADT(row->values[ACHIEVEMENT_DUE_ON]));
	if (DatumGetDateADT(row->values[ACHIEVEMENT_STARTED_ON]) >
		DatumGetDateADT(row->values[ACHIEVEMENT_ACHIEVED_ON]))
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

	if (row->nulls[ACHIEVEMENT_PERSON_ID] || row->nulls[ACHIEVEMENT_KIND] ||
		row->nulls[ACHIEVEMENT_ACHIEVED_ON])
		return;					/* the column's own constraint refuses it */
	ce_store_person_of(ce_row_id(row, ACHIEVEMENT_PERSON_ID), &person);
	kind = ce_law_kind_of(row->values[ACHIEVEMENT_KIND]);
	if (kind->track != CE_ATTESTED)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("\"%s\" is not an achievement", kind->name),
				 errdetail("Clause %s: it is verified as an activity.", kind->clause),
				 errhint("Enter it in ce_activity.")));
	check_past(row, ACHIEVEMENT_ACHIEVED_ON, kind->clause);
	check_past(row, ACHIEVEMENT_ATTESTED_ON, "7.3c");
	achieved_on = DatumGetDateADT(row->values[ACHIEVEMENT_ACHIEVED_ON]);
	/* Computed at the application, so by the table in force now (AMB-2). */
	rule = ce_rule_of(person.scheme, kind, ce_year_of(ce_today_date()),
					  ce_row_text(row, ACHIEVEMENT_GRADE),
					  ce_row_text(row, ACHIEVEMENT_ROLE),
					  row->nulls[ACHIEVEMENT_RANK] ? 0 :
					  DatumGetInt32(row->values[ACHIEVEMENT_RANK]));
	if (rule == NULL)
		no_rule(row, &person, kind);
	check_project(row, rule);
	if (person.has_held_since && achieved_on < person.held_since)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("the achievement lies before the present post"),
				 errdetail("Clause 5.2.5: only what was achieved in the present post counts; achieved on %s, in post since %s (AMB-17).",
						   ce_date_text(achieved_on), ce_date_text(person.held_since)),
				 errhint("Correct achieved_on, or held_since in ce_person.")));
	if (!row->nulls[ACHIEVEMENT_ATTESTED_BY] && row->nulls[ACHIEVEMENT_ATTESTED_ON])
		ce_row_set(row, ACHIEVEMENT_ATTESTED_ON, DateADTGetDatum(ce_today_date()));
	check_order(row, ACHIEVEMENT_ACHIEVED_ON, ACHIEVEMENT_ATTESTED_ON);
	if (!row->nulls[ACHIEVEMENT_REVOKED_ON])
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("only an attested achievement is revoked"),
				 errdetail("Clause 7.3c: the employer attests first."),
				 errhint("Leave revoked_on null.")));
}

/* Facts are recorded; the body that attests acts, and takes back. */
static void
require_achievement_duties(const CeRow *row, const CeRow *old)
{
	bool		attests = !row->nulls[ACHIEVEMENT_ATTESTED_BY] &&
		(old == NULL || old->nulls[ACHIEVEMENT_ATTESTED_BY]);
	bool		revokes = old != NULL &&
		ce_row_differs(row, old, ACHIEVEMENT_REVOKED_ON);
	bool		records = old == NULL || !(attests || revokes);

	if (attests || revokes)
		ce_duty_refuse_own(row, ce_row_id(row, ACHIEVEMENT_PERSON_ID));
	if (!ce_duty_binds(row))
		return;
	for (int column = 0; column < ACHIEVEMENT_ATTESTED_BY && !records; column++)
		records = ce_row_differs(row, old, column);
	if (records)
		require_for_person(row, CE_DUTY_RECORD, ACHIEVEMENT_PERSON_ID);
	if (attests)
	{
		ce_duty_require(row, CE_DUTY_VERIFY, ce_row_id(row, ACHIEVEMENT_ATTESTED_BY));
		ce_duty_require_day(row, ACHIEVEMENT_ATTESTED_ON,
							ce_row_id(row, ACHIEVEMENT_ATTESTED_BY));
	}
	if (revokes)
	{
		ce_duty_require_over(row, ce_row_id(row, ACHIEVEMENT_ATTESTED_BY));
		ce_duty_require_day(row, ACHIEVEMENT_REVOKED_ON,
							ce_row_id(row, ACHIEVEMENT_ATTESTED_BY));
	}
}

/* ce_achievement_check() returns trigger: before each row of ce_achievement */
PG_FUNCTION_INFO_V1(ce_achievement_check);
Datum
ce_achievement_check(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_achievement_check", true,
											  CE_ACHIEVEMENT);
	CeRow		row;
	CeRow		old;
	CeIdentity	self;
	bool		attested = false;

	if (!TRIGGER_FIRED_BY_INSERT(trigdata->tg_event))
	{
		ce_row_old(&old, CE_ACHIEVEMENT, trigdata);
		attested = !old.nulls[ACHIEVEMENT_ATTESTED_ON];
	}
	if (TRIGGER_FIRED_BY_DELETE(trigdata->tg_event))
	{
		if (attested)
			ce_refuse_delete(gettext_noop("achievement"),
							 ce_row_id(&old, ACHIEVEMENT_ACHIEVEMENT_ID),
							 gettext_noop("attested"), "7.3c",
							 gettext_noop("Set revoked_on with a reason in note."));
		ce_become_owner(trigdata->tg_relation, &self);
		require_for_person(&old, CE_DUTY_RECORD, ACHIEVEMENT_PERSON_ID);
		ce_become_self(&self);
		return PointerGetDatum(trigdata->tg_trigtuple);
	}
	ce_row_new(&row, CE_ACHIEVEMENT, trigdata);
	ce_become_owner(trigdata->tg_relation, &self);
	if (attested)
	{
		ce_row_check_frozen(&row, &old, 0,
							old.nulls[ACHIEVEMENT_REVOKED_ON] ? ACHIEVEMENT_REVOKED_ON :
							ACHIEVEMENT_COLUMNS, gettext_noop("achievement"),
							ce_row_id(&old, ACHIEVEMENT_ACHIEVEMENT_ID),
							old.nulls[ACHIEVEMENT_REVOKED_ON] ?
							gettext_noop("attested") : gettext_noop("revoked"),
							gettext_noop("Clause 7.3c"),
							gettext_noop("Set revoked_on with a reason in note, and enter it anew."));
		check_past(&row, ACHIEVEMENT_REVOKED_ON, "7.3c");
		check_order(&row, ACHIEVEMENT_ATTESTED_ON, ACHIEVEMENT_REVOKED_ON);
		if (ce_row_differs(&row, &old, ACHIEVEMENT_REVOKED_ON))
			ce_row_check_reason(&row, &old, ACHIEVEMENT_NOTE,
								gettext_noop("achievement"),
								ce_row_id(&row, ACHIEVEMENT_ACHIEVEMENT_ID));
	}
	else
		check_achievement(&row);
	require_achievement_duties(&row, TRIGGER_FIRED_BY_INSERT(trigdata->tg_event) ?
							   NULL : &old);
	ce_become_self(&self);
	return PointerGetDatum(ce_row_result(&row, trigdata));
}

/* ---------------------------------------------------------------------
 * Sanctions (6.2)
 * ---------------------------------------------------------------------
 */

static void
sanction_found(const Datum *values, const bool *nulls, void *arg)
{
	*(bool *) arg = true;
}

/* ce_sanction_check() returns trigger: before each row of ce_sanction */
PG_FUNCTION_INFO_V1(ce_sanction_check);
Datum
ce_sanction_check(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_sanction_check", true,
											  CE_SANCTION);
	CeRow		row;
	CeRow		old;
	CeIdentity	self;

	if (TRIGGER_FIRED_BY_DELETE(trigdata->tg_event))
	{
		ce_row_old(&old, CE_SANCTION, trigdata);
		ce_refuse_delete(gettext_noop("sanction"),
						 ce_row_id(&old, SANCTION_SANCTION_ID),
						 gettext_noop("recorded"), "6.2",
						 gettext_noop("Set revoked_on with a reason in note."));
	}
	ce_row_new(&row, CE_SANCTION, trigdata);
	check_past(&row, SANCTION_FOUND_ON, "6.2b");
	check_past(&row, SANCTION_REVOKED_ON, "6.2b");
	if (!row.nulls[SANCTION_DECISION] && ce_row_blank(&row, SANCTION_DECISION))
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("a sanction needs its decision"),
				 errdetail("Clause 6.2: a finding that was verified bars from applying."),
				 errhint("Give the reference of the decision.")));
	if (TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event))
	{
		ce_row_old(&old, CE_SANCTION, trigdata);
		ce_row_check_frozen(&row, &old, 0,
							old.nulls[SANCTION_REVOKED_ON] ? SANCTION_REVOKED_ON :
							SANCTION_COLUMNS, gettext_noop("sanction"),
							ce_row_id(&old, SANCTION_SANCTION_ID),
							old.nulls[SANCTION_REVOKED_ON] ?
							gettext_noop("recorded") : gettext_noop("revoked"),
							gettext_noop("Clause 6.2"),
							gettext_noop("Set revoked_on with a reason in note, and enter it anew."));
		if (ce_row_differs(&row, &old, SANCTION_REVOKED_ON))
			ce_row_check_reason(&row, &old, SANCTION_NOTE, gettext_noop("sanction"),
								ce_row_id(&row, SANCTION_SANCTION_ID));
	}
	if (!row.nulls[SANCTION_PERSON_ID])
		ce_duty_refuse_own(&row, ce_row_id(&row, SANCTION_PERSON_ID));
	ce_become_owner(trigdata->tg_relation, &self);
	require_for_person(&row, CE_DUTY_SANCTION, SANCTION_PERSON_ID);
	if (TRIGGER_FIRED_BY_INSERT(trigdata->tg_event))
		require_day_for_person(&row, SANCTION_FOUND_ON, SANCTION_PERSON_ID);
	else if (ce_row_differs(&row, &old, SANCTION_REVOKED_ON))
		require_day_for_person(&row, SANCTION_REVOKED_ON, SANCTION_PERSON_ID);
	ce_become_self(&self);
	return PointerGetDatum(trigdata->tg_newtuple != NULL &&
						   TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event) ?
						   trigdata->tg_newtuple : trigdata->tg_trigtuple);
}

/*
 * Cancel person $1's open applications with note $2: those that are there
 * now, also if the transaction's snapshot is older.
 */
static void
cancel_applications(Datum *values)
{
	Oid			types[] = {INT8OID, TEXTOID};
	SPIPlanPtr	plan = SPI_prepare(psprintf("UPDATE %s.ce_application SET status = 'cancelled', note = $2"
											" WHERE person_id OPERATOR(pg_catalog.=) $1"
											" AND status OPERATOR(pg_catalog.=) 'open'",
											ce_ledger_schema()),
								   2, types);

	if (plan == NULL ||
		SPI_execute_snapshot(plan, values, NULL, GetLatestSnapshot(),
							 InvalidSnapshot, false, true, 0) != SPI_OK_UPDATE)
		elog(ERROR, "cancelling applications failed");
}

/* ce_sanction_effect() returns trigger: after each new row of ce_sanction */
PG_FUNCTION_INFO_V1(ce_sanction_effect);
Datum
ce_sanction_effect(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_sanction_effect", true,
											  CE_SANCTION);
	const char *schema = ce_ledger_schema();
	Oid			types[] = {INT8OID, TEXTOID};
	Datum		values[2];
	CeRow		row;
	CeIdentity	self;

	ce_row_new(&row, CE_SANCTION, trigdata);
	values[0] = row.values[SANCTION_PERSON_ID];
	values[1] = CStringGetTextDatum(psprintf(_("cancelled by the finding of %s: %s (6.2a)"),
											 ce_date_text(DatumGetDateADT(row.values[SANCTION_FOUND_ON])),
											 ce_row_text(&row, SANCTION_DECISION)));
	ce_become_owner(trigdata->tg_relation, &self);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");

	/*
	 * First the person's row: an application that is being made has it locked
	 * until it is there to be cancelled.
	 */
	if (SPI_execute_with_args(psprintf("SELECT 1 FROM %s.ce_person WHERE person_id OPERATOR(pg_catalog.=) $1"
									   " FOR NO KEY UPDATE", schema),
							  1, types, values, NULL, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "locking the person failed");
	if (SPI_execute_with_args(psprintf("UPDATE %s.ce_person SET sanctioned = true"
									   " WHERE person_id OPERATOR(pg_catalog.=) $1 AND NOT sanctioned", schema),
							  1, types, values, NULL, false, 0) != SPI_OK_UPDATE)
		elog(ERROR, "marking the person failed");
	cancel_applications(values);
	SPI_finish();
	ce_become_self(&self);
	return PointerGetDatum(NULL);
}

/* ce_person_check() returns trigger: before sanctioned goes from true to false */
PG_FUNCTION_INFO_V1(ce_person_check);
Datum
ce_person_check(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_person_check", true,
											  CE_PERSON);
	CeRow		row;
	CeIdentity	self;
	bool		found = false;

	ce_row_new(&row, CE_PERSON, trigdata);
	ce_become_owner(trigdata->tg_relation, &self);
	ce_store_sanctions(ce_row_id(&row, PERSON_PERSON_ID), sanction_found, &found);
	ce_become_self(&self);
	if (found)
		ereport(ERROR,
				(errcode(ERRCODE_GENERATED_ALWAYS),
				 errmsg("column \"%s\" is derived and cannot be written", "sanctioned"),
				 errdetail("Clause 6.2: table \"ce_sanction\" has rows of person %lld.",
						   (long long) ce_row_id(&row, PERSON_PERSON_ID)),
				 errhint("To end a ban, revoke the sanction.")));
	return PointerGetDatum(trigdata->tg_newtuple);
}

/* ---------------------------------------------------------------------
 * Applications
 * ---------------------------------------------------------------------
 */

/* Wait for a finding that is being entered, and then see it. */
static void
lock_person(int64 person_id)
{
	Oid			types[] = {INT8OID};
	Datum		values[] = {Int64GetDatum(person_id)};

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (SPI_execute_with_args(psprintf("SELECT 1 FROM %s.ce_person WHERE person_id OPERATOR(pg_catalog.=) $1 FOR SHARE",
									   ce_ledger_schema()),
							  1, types, values, NULL, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "locking the person failed");
	SPI_finish();
}

/* The receipt, as ce_receipt() gives it. */
static Datum
make_receipt(const CeRow *row)
{
	Oid			types[5] = {INT8OID, InvalidOid, InvalidOid, DATEOID, TEXTOID};
	Datum		values[5];
	char		nulls[5] = {' ', ' ', ' ', ' ', ' '};
	MemoryContext context = CurrentMemoryContext;
	MemoryContext spi_context;
	Datum		receipt;
	bool		isnull;

	types[1] = TupleDescAttr(RelationGetDescr(row->rel),
							 ce_table_columns(row->table, row->rel)[APPLICATION_LEVEL] - 1)->atttypid;
	types[2] = TupleDescAttr(RelationGetDescr(row->rel),
							 ce_table_columns(row->table, row->rel)[APPLICATION_ROUTE] - 1)->atttypid;
	values[0] = row->values[APPLICATION_PERSON_ID];
	values[1] = row->values[APPLICATION_LEVEL];
	values[2] = row->values[APPLICATION_ROUTE];
	values[3] = row->values[APPLICATION_APPLIED_ON];
	values[4] = row->values[APPLICATION_SPECIALTY];
	if (row->nulls[APPLICATION_SPECIALTY])
		nulls[4] = 'n';
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (SPI_execute_with_args(psprintf("SELECT %s.ce_receipt($1, $2, $3, $4, $5)",
									   ce_ledger_schema()),
							  5, types, values, nulls, true, 1) != SPI_OK_SELECT ||
		SPI_processed != 1)
		elog(ERROR, "making the receipt failed");
	receipt = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull);
	spi_context = MemoryContextSwitchTo(context);
	receipt = isnull ? (Datum) 0 : PointerGetDatum(PG_DETOAST_DATUM_COPY(receipt));
	MemoryContextSwitchTo(spi_context);
	SPI_finish();
	return receipt;
}

/* A finding that is not revoked and not older than the application. */
static void
finding_since(const Datum *values, const bool *nulls, void *arg)
{
	DateADT    *day = arg;
	DateADT		found_on = DatumGetDateADT(values[SANCTION_FOUND_ON]);

	if (nulls[SANCTION_REVOKED_ON] && found_on > *day)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("person %lld may not apply: a finding was made since",
						(long long) DatumGetInt64(values[SANCTION_PERSON_ID])),
				 errdetail("Clause 6.2a: the finding of %s cancels applications that are open then; this one is of %s.",
						   ce_date_text(found_on), ce_date_text(*day)),
				 errhint("To lift a ban, revoke the sanction.")));
}

static void
check_new_application(CeRow *row)
{
	CeQuestion	question = {0};
	CeEvaluation e;
	Datum		specialty = row->values[APPLICATION_SPECIALTY];

	if (row->nulls[APPLICATION_PERSON_ID] || row->nulls[APPLICATION_LEVEL] ||
		row->nulls[APPLICATION_ROUTE] || row->nulls[APPLICATION_STATUS])
		return;					/* the column's own constraint refuses it */
	if (row->nulls[APPLICATION_APPLIED_ON])
		ce_row_set(row, APPLICATION_APPLIED_ON, DateADTGetDatum(ce_today_date()));
	check_past(row, APPLICATION_APPLIED_ON, "4.2");
	if (!row->nulls[APPLICATION_VERDICT] || !row->nulls[APPLICATION_RECEIPT])
		ereport(ERROR,
				(errcode(ERRCODE_GENERATED_ALWAYS),
				 errmsg("verdict and receipt are derived and cannot be written"),
				 errhint("Leave the columns out.")));
	if (strcmp(ce_row_text(row, APPLICATION_STATUS), "open") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("a new application is open"),
				 errhint("Leave status out.")));
	lock_person(ce_row_id(row, APPLICATION_PERSON_ID));
	PushActiveSnapshot(GetLatestSnapshot());
	ce_store_person_of(ce_row_id(row, APPLICATION_PERSON_ID), &e.person);
	question.level = DatumGetCeLevel(row->values[APPLICATION_LEVEL]);
	question.route = ce_list_value(CE_LIST_ROUTE,
								   DatumGetObjectId(row->values[APPLICATION_ROUTE]));
	question.as_of = DatumGetDateADT(row->values[APPLICATION_APPLIED_ON]);
	question.specialty = row->nulls[APPLICATION_SPECIALTY] ? NULL : &specialty;
	if (e.person.sanctioned)
		ce_store_sanctions(e.person.person_id, finding_since, &question.as_of);
	ce_evaluate(&question, &e);
	if (e.outcome != CE_ELIGIBLE)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("person %lld may not apply for %s: %s",
						(long long) e.person.person_id, _(ce_level_label(question.level)),
						_(ce_list_label(CE_LIST_OUTCOME, e.outcome))),
				 errdetail_internal("%s", ce_explain_failures(&question, &e)),
				 errhint("ce_explain() shows each condition and what would cure it.")));
	ce_row_set(row, APPLICATION_VERDICT,
			   ObjectIdGetDatum(ce_list_oid(CE_LIST_OUTCOME, e.outcome)));
	ce_row_set(row, APPLICATION_RECEIPT, make_receipt(row));
	PopActiveSnapshot();
}

/*
 * Who records for the person applies and withdraws; what becomes of an
 * application is for a body that verifies for the person's employer or above.
 */
static void
require_application_duties(const CeRow *row, const CeRow *old)
{
	bool		decides = old != NULL &&
		ce_row_differs(row, old, APPLICATION_STATUS) &&
		strcmp(ce_row_text(row, APPLICATION_STATUS), "withdrawn") != 0;
	CePerson	person;

	if (decides)
		ce_duty_refuse_own(row, ce_row_id(row, APPLICATION_PERSON_ID));
	if (!ce_duty_binds(row) || row->nulls[APPLICATION_PERSON_ID])
		return;
	ce_store_person_of(ce_row_id(row, APPLICATION_PERSON_ID), &person);
	if (decides)
		ce_duty_require_over(row, person.org_id);
	else
		ce_duty_require(row, CE_DUTY_RECORD, person.org_id);
	if (old == NULL)
		ce_duty_require_day(row, APPLICATION_APPLIED_ON, person.org_id);
}

/* ce_application_check() returns trigger: before each row of ce_application */
PG_FUNCTION_INFO_V1(ce_application_check);
Datum
ce_application_check(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_application_check", true,
											  CE_APPLICATION);
	CeRow		row;
	CeRow		old;
	CeIdentity	self;

	if (TRIGGER_FIRED_BY_DELETE(trigdata->tg_event))
	{
		ce_row_old(&old, CE_APPLICATION, trigdata);
		ce_refuse_delete(gettext_noop("application"),
						 ce_row_id(&old, APPLICATION_APPLICATION_ID),
						 ce_row_text(&old, APPLICATION_STATUS), "4.2",
						 gettext_noop("Set status to withdrawn."));
	}
	ce_row_new(&row, CE_APPLICATION, trigdata);
	if (TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event))
		ce_row_old(&old, CE_APPLICATION, trigdata);
	ce_become_owner(trigdata->tg_relation, &self);
	if (TRIGGER_FIRED_BY_INSERT(trigdata->tg_event))
		check_new_application(&row);
	else
	{
		bool		open;

		open = strcmp(ce_row_text(&old, APPLICATION_STATUS), "open") == 0;
		ce_row_check_frozen(&row, &old, 0, open ? APPLICATION_STATUS : APPLICATION_COLUMNS,
							gettext_noop("application"),
							ce_row_id(&old, APPLICATION_APPLICATION_ID),
							ce_row_text(&old, APPLICATION_STATUS),
							gettext_noop("Clause 4.2"),
							gettext_noop("Withdraw it and apply anew."));
	}
	require_application_duties(&row, TRIGGER_FIRED_BY_INSERT(trigdata->tg_event) ?
							   NULL : &old);
	ce_become_self(&self);
	return PointerGetDatum(ce_row_result(&row, trigdata));
}

/* ---------------------------------------------------------------------
 * The log
 * ---------------------------------------------------------------------
 */

static const char *
achievement_state(const CeRow *row)
{
	return row->nulls[ACHIEVEMENT_ATTESTED_ON] ? "entered" :
		row->nulls[ACHIEVEMENT_REVOKED_ON] ? "attested" : "revoked";
}

static const char *
state_of(const CeRow *row)
{
	switch (row->table)
	{
		case CE_ACHIEVEMENT:
			return achievement_state(row);
		case CE_SANCTION:
			return row->nulls[SANCTION_REVOKED_ON] ? "in_force" : "revoked";
		default:
			return ce_row_text(row, APPLICATION_STATUS);
	}
}

/* The table of ours that a relation is, of those that are logged here. */
static CeTable
log_table(Relation rel)
{
	CeTable		table = ce_table_of(rel);

	if (table != CE_ACHIEVEMENT && table != CE_SANCTION && table != CE_APPLICATION)
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("changes of table \"%s\" are not logged by ce_title_log()",
						RelationGetRelationName(rel))));
	return table;
}

/* The reason of a change: what note says when something is taken back. */
static const char *
reason_of(const CeRow *row, const char *to)
{
	if (strcmp(to, "revoked") != 0 && strcmp(to, "cancelled") != 0)
		return NULL;
	return ce_row_text(row, row->table == CE_ACHIEVEMENT ? ACHIEVEMENT_NOTE :
					   row->table == CE_SANCTION ? SANCTION_NOTE : APPLICATION_NOTE);
}

/* ce_title_log() returns trigger: logs a change of state */
PG_FUNCTION_INFO_V1(ce_title_log);
Datum
ce_title_log(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_title_log", true,
											  CE_ANY_TABLE);
	CeTable		table = log_table(trigdata->tg_relation);
	CeRow		row;
	CeRow		old;
	const char *from = NULL;
	const char *to;
	Oid			role = GetUserId();
	CeIdentity	self;

	ce_row_new(&row, table, trigdata);
	to = state_of(&row);
	if (TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event))
	{
		ce_row_old(&old, table, trigdata);
		from = state_of(&old);
		if (strcmp(from, to) == 0)
			return PointerGetDatum(NULL);
	}
	/* The first column is the id in each of the three tables. */
	ce_post_event(table == CE_ACHIEVEMENT ? "achievement" :
				  table == CE_SANCTION ? "sanction" : "application",
				  ce_row_id(&row, 0), from, to,
				  table == CE_ACHIEVEMENT ? ce_row_id(&row, ACHIEVEMENT_ATTESTED_BY) : 0,
				  reason_of(&row, to), role);
	ce_become_owner(trigdata->tg_relation, &self);
	ce_post_all();
	ce_become_self(&self);
	return PointerGetDatum(NULL);
}

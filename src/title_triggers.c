/*-------------------------------------------------------------------------
 *
 * title_triggers.c
 *	  Sanctions (6.2), and the log of what concerns titles.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "duty.h"
#include "posting.h"
#include "sql.h"
#include "trigger_row.h"

#include "compat.h"

/* ---------------------------------------------------------------------
 * Sanctions (6.2)
 * ---------------------------------------------------------------------
 */

/* Who sanctions for the person's employer finds and revokes, not on themselves. */
static void
require_sanction_duties(const CeRow *row, const CeRow *old)
{
	int64		person_id = ce_row_id(row, SANCTION_PERSON_ID);

	ce_duty_refuse_own(row, person_id);
	ce_duty_require_for_person(row, CE_DUTY_SANCTION, person_id);
	if (old == NULL)
		ce_duty_require_day_for_person(row, SANCTION_FOUND_ON, person_id);
	else if (ce_row_differs(row, old, SANCTION_REVOKED_ON))
		ce_duty_require_day_for_person(row, SANCTION_REVOKED_ON, person_id);
}

/* ce_sanction_check() returns trigger: before each row of ce_sanction */
PG_FUNCTION_INFO_V1(ce_sanction_check);
Datum
ce_sanction_check(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_sanction_check",
											  CE_BEFORE | CE_EACH_ROW | CE_ON_ROWS,
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
	if (TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event))
		ce_row_old(&old, CE_SANCTION, trigdata);
	ce_become_owner(trigdata->tg_relation, &self);
	require_sanction_duties(&row, TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event) ? &old : NULL);
	ce_become_self(&self);
	ce_row_check_past(&row, SANCTION_FOUND_ON, "6.2b");
	ce_row_check_past(&row, SANCTION_REVOKED_ON, "6.2b");
	if (ce_row_blank(&row, SANCTION_DECISION))
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("a sanction needs its decision"),
				 errdetail("Clause 6.2: a finding that was verified bars from applying."),
				 errhint("Give the reference of the decision.")));
	if (TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event))
	{
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
	return PointerGetDatum(TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event) ?
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

	if (plan == NULL)
		elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
	ce_sql_expect(SPI_execute_snapshot(plan, values, NULL, GetLatestSnapshot(),
												 InvalidSnapshot, false, true, 0),
							SPI_OK_UPDATE);
}

/* ce_sanction_effect() returns trigger: after each new row of ce_sanction */
PG_FUNCTION_INFO_V1(ce_sanction_effect);
Datum
ce_sanction_effect(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_sanction_effect",
											  CE_AFTER | CE_EACH_ROW | CE_ON_INSERT,
											  CE_SANCTION);
	const char *schema = ce_ledger_schema();
	Oid			types[] = {INT8OID, TEXTOID};
	Datum		values[2];
	CeRow		row;
	CeIdentity	self;
	int			year;
	int			month;
	int			day;

	ce_row_new(&row, CE_SANCTION, trigdata);
	values[0] = row.values[SANCTION_PERSON_ID];
	/* What is kept speaks no session's language, nor its way to write a day. */
	j2date(DatumGetDateADT(row.values[SANCTION_FOUND_ON]) + POSTGRES_EPOCH_JDATE,
		   &year, &month, &day);
	values[1] = CStringGetTextDatum(psprintf("6.2a: %04d-%02d-%02d %s", year, month, day,
											 ce_row_text(&row, SANCTION_DECISION)));
	ce_become_owner(trigdata->tg_relation, &self);
	ce_sql_begin();

	/*
	 * First the person's row: an application that is being made has it locked
	 * until it is there to be cancelled.
	 */
	ce_sql_expect(SPI_execute_with_args(psprintf("SELECT 1 FROM %s.ce_person WHERE person_id OPERATOR(pg_catalog.=) $1"
												 " FOR NO KEY UPDATE", schema),
										1, types, values, NULL, false, 0), SPI_OK_SELECT);
	ce_sql_expect(SPI_execute_with_args(psprintf("UPDATE %s.ce_person SET sanctioned = true"
												 " WHERE person_id OPERATOR(pg_catalog.=) $1 AND NOT sanctioned", schema),
										1, types, values, NULL, false, 0), SPI_OK_UPDATE);
	cancel_applications(values);
	SPI_finish();
	ce_become_self(&self);
	return PointerGetDatum(NULL);
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
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_title_log",
											  CE_AFTER | CE_EACH_ROW | CE_ON_INSERT | CE_ON_UPDATE,
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

/*-------------------------------------------------------------------------
 *
 * sanction_trigger.c
 *	  Findings that bar from applying (6.2).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/rel.h"

#include "store/owner.h"
#include "store/sql.h"
#include "store/trigger_row.h"
#include "write/duty.h"
#include "write/posting.h"

#include "compat.h"

/* Finding and revoking require sanction; no one does it to themselves. */
static void
require_sanction_duties(const CeRow *row, const CeRow *old)
{
	int64		person_id = ce_row_id(row, CE_COL_SANCTION_PERSON_ID);

	ce_duty_refuse_own(row, person_id);
	ce_duty_require_for_person(row, CE_DUTY_SANCTION, person_id);
	if (old == NULL)
		ce_duty_require_day_for_person(row, CE_COL_SANCTION_FOUND_ON, person_id);
	else if (ce_row_differs(row, old, CE_COL_SANCTION_REVOKED_ON))
		ce_duty_require_day_for_person(row, CE_COL_SANCTION_REVOKED_ON, person_id);
}

static const CeKept sanctions = {
	.changes_from = CE_COL_SANCTION_REVOKED_ON,
	.delete_in_force = {
		gettext_noop("sanction %lld cannot be deleted"),
		gettext_noop("Clause 6.2: a sanction is kept, and is revoked with a reason."),
		gettext_noop("Set revoked_on, and give the reason in note.")
	},
	.delete_closed = {
		gettext_noop("revoked sanction %lld cannot be deleted"),
		gettext_noop("Clause 6.2: a sanction is kept, also when it is revoked."),
		gettext_noop("Leave the row; a revoked sanction bars nobody.")
	},
	.change_in_force = {
		gettext_noop("sanction %lld cannot be changed"),
		gettext_noop("Clause 6.2: column \"%s\" is part of the finding."),
		gettext_noop("Set revoked_on, give the reason in note, and enter the sanction as a new row.")
	},
	.change_closed = {
		gettext_noop("revoked sanction %lld cannot be changed"),
		gettext_noop("Clause 6.2: column \"%s\" of a revoked sanction is kept as it is."),
		gettext_noop("Enter the sanction as a new row.")
	}
};

/* ce_sanction_check() returns trigger: before each row of ce_sanction */
PG_FUNCTION_INFO_V1(ce_sanction_check);
Datum
ce_sanction_check(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_sanction_check",
											  CE_BEFORE | CE_EACH_ROW | CE_ON_ROWS,
											  CE_SANCTION);
	CeRow		row;
	CeRow		stored;
	const CeRow *old = ce_row_change(&row, &stored, CE_SANCTION, trigdata);
	bool		revoked = old != NULL && !old->nulls[CE_COL_SANCTION_REVOKED_ON];
	CeIdentity	self;

	if (TRIGGER_FIRED_BY_DELETE(trigdata->tg_event))
		ce_kept_refuse_delete(old, revoked, &sanctions);
	ce_become_owner(trigdata->tg_relation, &self);
	require_sanction_duties(&row, old);
	ce_become_self(&self);
	ce_row_check_past(&row, CE_COL_SANCTION_FOUND_ON, "6.2b");
	ce_row_check_past(&row, CE_COL_SANCTION_REVOKED_ON, "6.2b");
	if (ce_row_blank(&row, CE_COL_SANCTION_DECISION))
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("a sanction needs a decision"),
				 errdetail("Clause 6.2: only a verified finding bars the person from applying."),
				 errhint("Give the reference of the decision.")));
	if (old != NULL)
	{
		ce_kept_check_change(&row, old, revoked, &sanctions);
		if (ce_row_differs(&row, old, CE_COL_SANCTION_REVOKED_ON))
			ce_row_check_reason(&row, old, CE_COL_SANCTION_NOTE,
								gettext_noop("a reason is needed to revoke sanction %lld"));
	}
	return PointerGetDatum(ce_given_tuple(trigdata));
}

/*
 * Change the rows of person $1 that meet a condition, including those newer
 * than the transaction's snapshot; $2 is a note.  None of them may be left.
 */
static void
change_all(CeTable table, const char *set, const char *where, Datum *values)
{
	Oid			types[] = {INT8OID, TEXTOID};
	char	   *rows = psprintf("WHERE person_id OPERATOR(pg_catalog.=) $1 AND %s", where);
	uint64		left;

	ce_refuse_rules(table, false);
	ce_run(psprintf("UPDATE %s %s %s", ce_table_here(table), set, rows),
		   2, types, values, NULL, CE_SQL_LATEST, SPI_OK_UPDATE);
	left = ce_run(psprintf("SELECT FROM %s %s", ce_table_here(table), rows),
				  2, types, values, NULL, CE_SQL_LATEST, SPI_OK_SELECT);
	ce_require_written(left == 0, ce_table_name(table));
}

/* ce_sanction_effect() returns trigger: after each new row of ce_sanction */
PG_FUNCTION_INFO_V1(ce_sanction_effect);
Datum
ce_sanction_effect(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_sanction_effect",
											  CE_AFTER | CE_EACH_ROW | CE_ON_INSERT,
											  CE_SANCTION);
	Datum		values[2];
	CeRow		row;
	CeIdentity	self;
	int			year;
	int			month;
	int			day;

	ce_row_new(&row, CE_SANCTION, trigdata);
	values[0] = row.values[CE_COL_SANCTION_PERSON_ID];
	/* Stored text does not depend on the session's language or DateStyle. */
	j2date(ce_row_day(&row, CE_COL_SANCTION_FOUND_ON) + POSTGRES_EPOCH_JDATE,
		   &year, &month, &day);
	values[1] = CStringGetTextDatum(psprintf("6.2a: %04d-%02d-%02d %s", year, month, day,
											 ce_row_text(&row, CE_COL_SANCTION_DECISION)));
	ce_become_owner(trigdata->tg_relation, &self);
	/* An application being inserted holds this lock until it can be cancelled. */
	ce_lock_persons(values, 1);
	ce_sql_begin();
	change_all(CE_PERSON, "SET sanctioned = true", "NOT sanctioned", values);
	change_all(CE_APPLICATION, "SET status = 'cancelled', note = $2",
			   "status OPERATOR(pg_catalog.=) 'open'", values);
	ce_sql_finish();
	ce_become_self(&self);
	return PointerGetDatum(NULL);
}

/*-------------------------------------------------------------------------
 *
 * application_trigger.c
 *	  Rules for applications for titles (4.2, 6.2a), for every writer.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/snapmgr.h"

#include "ask/explain.h"
#include "store/owner.h"
#include "store/sql.h"
#include "store/trigger_row.h"
#include "write/duty.h"

#include "compat.h"

/* Wait for a concurrent insert of a finding, to see it afterwards. */
static void
lock_person(int64 person_id)
{
	Oid			types[] = {INT8OID};
	Datum		values[] = {Int64GetDatum(person_id)};

	ce_sql_begin();
	ce_run(psprintf("SELECT 1 FROM %s WHERE person_id OPERATOR(pg_catalog.=) $1 FOR SHARE",
					ce_table_here(CE_PERSON)), 1, types, values, NULL, 0, SPI_OK_SELECT);
	ce_sql_finish();
}

/* The receipt, as returned by ce_receipt(). */
static Datum
make_receipt(const CeRow *row)
{
	static const int columns[] = {
		CE_COL_APPLICATION_PERSON_ID, CE_COL_APPLICATION_LEVEL, CE_COL_APPLICATION_ROUTE,
		CE_COL_APPLICATION_APPLIED_ON, CE_COL_APPLICATION_SPECIALTY
	};
	Oid			types[lengthof(columns)];
	Datum		values[lengthof(columns)];
	char		nulls[lengthof(columns)];
	MemoryContext context = CurrentMemoryContext;
	MemoryContext spi_context;
	Datum		receipt;
	bool		isnull;

	for (int i = 0; i < lengthof(columns); i++)
	{
		types[i] = ce_column_type(CE_APPLICATION, columns[i]);
		values[i] = row->values[columns[i]];
		nulls[i] = row->nulls[columns[i]] ? 'n' : ' ';
	}
	ce_sql_begin();
	ce_run(psprintf("SELECT %s.ce_receipt($1, $2, $3, $4, $5)", ce_ledger_schema()),
		   lengthof(columns), types, values, nulls, CE_SQL_READ_ONLY, SPI_OK_SELECT);
	receipt = ce_sql_value(0, 1, &isnull);
	spi_context = MemoryContextSwitchTo(context);
	receipt = isnull ? (Datum) 0 : PointerGetDatum(PG_DETOAST_DATUM_COPY(receipt));
	MemoryContextSwitchTo(spi_context);
	ce_sql_finish();
	return receipt;
}

/* A finding not revoked and no older than the application. */
static void
finding_since(const Datum *values, const bool *nulls, void *arg)
{
	DateADT    *day = arg;
	DateADT		found_on = DatumGetDateADT(values[CE_COL_SANCTION_FOUND_ON]);

	if (nulls[CE_COL_SANCTION_REVOKED_ON] && found_on > *day)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("person %lld may not apply because of a later finding",
						(long long) DatumGetInt64(values[CE_COL_SANCTION_PERSON_ID])),
				 errdetail("Clause 6.2a: the finding of %s cancels applications that were open then; this one is dated %s.",
						   ce_date_text(found_on), ce_date_text(*day)),
				 errhint("Have the sanction revoked first if the finding does not stand.")));
}

/* A new application is open, or kept as refused. */
static bool
is_kept_refused(const CeRow *row)
{
	const char *status = ce_row_text(row, CE_COL_APPLICATION_STATUS);

	if (strcmp(status, "open") != 0 && strcmp(status, "refused") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("cannot insert an application with status \"%s\"", status),
				 errhint("Leave status out; a new application has status \"open\".")));
	return strcmp(status, "refused") == 0;
}

/*
 * Only the eligible may apply; what is refused can be kept with its grounds, so
 * that there is something to appeal against.
 */
static void
check_verdict(const CeQuestion *question, const CeEvaluation *e, bool kept_refused)
{
	if ((e->outcome == CE_OUTCOME_ELIGIBLE) != kept_refused)
		return;
	if (kept_refused)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("person %lld may apply for %s: there is nothing to refuse",
						(long long) e->person.person_id, _(ce_level_label(e->level))),
				 errdetail("Clause 4.2: whoever is eligible on the day may apply."),
				 errhint("Leave status out; the application is then open.")));
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("person %lld may not apply for %s: %s",
					(long long) e->person.person_id, _(ce_level_label(e->level)),
					_(ce_list_label(CE_LIST_OUTCOME, e->outcome))),
			 errdetail_internal("%s", ce_explain_failures(question, e)),
			 errhint("ce_explain() lists each condition and its remedy.")));
}

static void
check_new_application(CeRow *row)
{
	CeQuestion	question = {0};
	CeEvaluation e;
	Datum		specialty = row->values[CE_COL_APPLICATION_SPECIALTY];
	bool		kept_refused;

	if (row->nulls[CE_COL_APPLICATION_APPLIED_ON])
		ce_row_set(row, CE_COL_APPLICATION_APPLIED_ON, DateADTGetDatum(ce_day_of_act()));
	ce_row_check_past(row, CE_COL_APPLICATION_APPLIED_ON, "4.2");
	if (!row->nulls[CE_COL_APPLICATION_VERDICT] || !row->nulls[CE_COL_APPLICATION_RECEIPT])
		ereport(ERROR,
				(errcode(ERRCODE_GENERATED_ALWAYS),
				 errmsg("verdict and receipt are derived and cannot be written"),
				 errhint("Leave the columns out.")));
	kept_refused = is_kept_refused(row);
	lock_person(ce_row_id(row, CE_COL_APPLICATION_PERSON_ID));
	PushActiveSnapshot(GetLatestSnapshot());
	ce_require_person(ce_row_id(row, CE_COL_APPLICATION_PERSON_ID), &e.person);
	question.level = DatumGetCeLevel(row->values[CE_COL_APPLICATION_LEVEL]);
	question.route = ce_list_value(CE_LIST_ROUTE,
								   DatumGetObjectId(row->values[CE_COL_APPLICATION_ROUTE]));
	question.as_of = ce_row_day(row, CE_COL_APPLICATION_APPLIED_ON);
	question.specialty = row->nulls[CE_COL_APPLICATION_SPECIALTY] ? NULL : &specialty;
	if (e.person.sanctioned && !kept_refused)
		ce_read_sanctions(e.person.person_id, finding_since, &question.as_of);
	ce_evaluate(&question, &e);
	check_verdict(&question, &e, kept_refused);
	ce_row_set(row, CE_COL_APPLICATION_VERDICT,
			   ObjectIdGetDatum(ce_list_oid(CE_LIST_OUTCOME, e.outcome)));
	ce_row_set(row, CE_COL_APPLICATION_RECEIPT, make_receipt(row));
	PopActiveSnapshot();
}

static const CeKept applications = {
	.changes_from = CE_COL_APPLICATION_STATUS,
	.delete_in_force = {
		gettext_noop("open application %lld cannot be deleted"),
		gettext_noop("Clause 4.2: an application is kept, and can be withdrawn."),
		gettext_noop("Set status to withdrawn.")
	},
	.delete_closed = {
		gettext_noop("closed application %lld cannot be deleted"),
		gettext_noop("Clause 4.2: an application is kept, also when it is refused, withdrawn, cancelled or decided."),
		gettext_noop("Leave the row as it is.")
	},
	.change_in_force = {
		gettext_noop("open application %lld cannot be changed"),
		gettext_noop("Clause 4.2: column \"%s\" is part of what was judged when the application was made."),
		gettext_noop("Set status to withdrawn, and insert a new application.")
	},
	.change_closed = {
		gettext_noop("closed application %lld cannot be changed"),
		gettext_noop("Clause 4.2: column \"%s\" of an application that is refused, withdrawn, cancelled or decided is kept as it is."),
		gettext_noop("Insert a new application.")
	}
};

/*
 * Applying and withdrawing require record for the person; deciding requires
 * verify at the person's employer or a body above it.
 */
static void
require_application_duties(const CeRow *row, const CeRow *old, bool closed)
{
	int64		person_id = ce_row_id(row, CE_COL_APPLICATION_PERSON_ID);
	bool		decides = old != NULL &&
		ce_row_differs(row, old, CE_COL_APPLICATION_STATUS) &&
		strcmp(ce_row_text(row, CE_COL_APPLICATION_STATUS), "withdrawn") != 0;
	bool		bound;
	CePerson	person;

	if (decides && !closed)
		ce_duty_refuse_own(row, person_id);
	bound = ce_duty_require_sight(row, person_id, &person);
	/* No duty helps. */
	if (closed)
		ce_kept_check_change(row, old, true, &applications);
	if (!bound)
		return;
	if (decides)
		ce_duty_require_over(row, person.org_id);
	else
		ce_duty_require(row, CE_DUTY_RECORD, person.org_id);
	if (old == NULL)
		ce_duty_require_day(row, CE_COL_APPLICATION_APPLIED_ON, person.org_id);
}

/* Does a finding stand, whose sanction cancels (6.2a)? */
static void
finding_stands(const Datum *values, const bool *nulls, void *arg)
{
	*(bool *) arg |= nulls[CE_COL_SANCTION_REVOKED_ON];
}

/* What an open application may become. */
static void
check_new_status(const CeRow *row, const CeRow *old)
{
	const char *status = ce_row_text(row, CE_COL_APPLICATION_STATUS);
	long long	application_id = ce_row_id(old, CE_COL_APPLICATION_APPLICATION_ID);
	bool		found = false;

	if (!ce_row_differs(row, old, CE_COL_APPLICATION_STATUS) ||
		strcmp(status, "withdrawn") == 0 || strcmp(status, "decided") == 0)
		return;
	if (strcmp(status, "cancelled") == 0)
	{
		ce_read_sanctions(ce_row_id(old, CE_COL_APPLICATION_PERSON_ID), finding_stands, &found);
		if (found)
			return;
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("application %lld cannot be cancelled without a finding", application_id),
				 errdetail("Clause 6.2a: an application is cancelled by a sanction; the person has none that stands."),
				 errhint("Set status to withdrawn or decided.")));
	}
	if (strcmp(status, "refused") == 0)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("application %lld was taken and cannot become refused", application_id),
				 errdetail("Clause 4.2: an application is refused if the person is not eligible on its day."),
				 errhint("Set status to withdrawn or decided.")));
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("%s cannot be \"%s\"", "status", status),
			 errhint("Available values: %s.", "withdrawn, decided")));
}

/* ce_application_check() returns trigger: before each row of ce_application */
PG_FUNCTION_INFO_V1(ce_application_check);
Datum
ce_application_check(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_application_check",
											  CE_BEFORE | CE_EACH_ROW | CE_ON_ROWS,
											  CE_APPLICATION);
	CeRow		row;
	CeRow		stored;
	const CeRow *old = ce_row_change(&row, &stored, CE_APPLICATION, trigdata);
	bool		closed = old != NULL &&
		strcmp(ce_row_text(old, CE_COL_APPLICATION_STATUS), "open") != 0;
	CeIdentity	self;

	if (TRIGGER_FIRED_BY_DELETE(trigdata->tg_event))
		ce_kept_refuse_delete(old, closed, &applications);
	ce_become_owner(trigdata->tg_relation, &self);
	require_application_duties(&row, old, closed);
	if (old == NULL)
		check_new_application(&row);
	else
	{
		check_new_status(&row, old);
		ce_kept_check_change(&row, old, closed, &applications);
	}
	ce_become_self(&self);
	return PointerGetDatum(ce_row_result(&row, trigdata));
}

/*-------------------------------------------------------------------------
 *
 * person_scheme.c
 *	  The schemes that persons were under before the present one.
 *
 * Each year is judged by the scheme of its end, so a row decides like
 * ce_person.scheme: the same duty, never one's own, and logged.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/rel.h"

#include "law/law.h"
#include "store/owner.h"
#include "store/sql.h"
#include "store/trigger_row.h"
#include "write/duty.h"
#include "write/posting.h"

#include "compat.h"

/* Two schemes until one day would overlap. */
static void
refuse_second(const CeRow *row)
{
	Oid			types[] = {INT8OID, DATEOID};
	Datum		values[] = {row->values[CE_COL_PERSON_SCHEME_PERSON_ID],
	row->values[CE_COL_PERSON_SCHEME_UNTIL_ON]};
	MemoryContext context = CurrentMemoryContext;
	char	   *scheme = NULL;

	ce_sql_begin();
	if (ce_run(psprintf("SELECT scheme FROM %s"
						" WHERE person_id OPERATOR(pg_catalog.=) $1 AND until_on OPERATOR(pg_catalog.=) $2",
						ce_table_here(CE_PERSON_SCHEME)),
			   2, types, values, NULL, CE_SQL_READ_ONLY | CE_SQL_LATEST, SPI_OK_SELECT) > 0)
		scheme = MemoryContextStrdup(context, ce_sql_text(0, 1));
	ce_sql_finish();
	if (scheme != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNIQUE_VIOLATION),
				 errmsg("person %lld was under another scheme until %s already",
						(long long) ce_row_id(row, CE_COL_PERSON_SCHEME_PERSON_ID),
						ce_date_text(ce_row_day(row, CE_COL_PERSON_SCHEME_UNTIL_ON))),
				 errdetail("It is scheme \"%s\"; a person is under one scheme at a time.", scheme),
				 errhint("Change that row of ce_person_scheme, or give the last day of this one.")));
}

/* Of a new or changed row. */
static void
check_row(const CeRow *row, const CeRow *old)
{
	char	   *scheme;

	if (row->nulls[CE_COL_PERSON_SCHEME_PERSON_ID] ||
		row->nulls[CE_COL_PERSON_SCHEME_UNTIL_ON])
		return;					/* the column's own constraint rejects it */
	if (old != NULL && ce_row_differs(row, old, CE_COL_PERSON_SCHEME_PERSON_ID))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("a former scheme of person %lld cannot become another person's",
						(long long) ce_row_id(old, CE_COL_PERSON_SCHEME_PERSON_ID)),
				 errhint("Delete the row, and enter one for the other person.")));
	scheme = ce_row_text(row, CE_COL_PERSON_SCHEME_SCHEME);
	if (scheme != NULL && ce_find_scheme(scheme, strlen(scheme)) == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
				 errmsg("scheme \"%s\" does not exist", scheme),
				 errhint("Table ce_scheme lists the schemes.")));
	ce_row_check_past(row, CE_COL_PERSON_SCHEME_UNTIL_ON, "0.4");
	if (old == NULL || ce_row_differs(row, old, CE_COL_PERSON_SCHEME_UNTIL_ON))
		refuse_second(row);
}

/* ce_person_scheme_check() returns trigger: before each row, and before TRUNCATE */
PG_FUNCTION_INFO_V1(ce_person_scheme_check);
Datum
ce_person_scheme_check(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_person_scheme_check",
											  CE_BEFORE | CE_EACH_ROW | CE_EACH_STATEMENT |
											  CE_ON_ROWS | CE_ON_TRUNCATE, CE_PERSON_SCHEME);
	CeRow		row;
	CeRow		stored;
	const CeRow *old;
	const CeRow *given;
	CeIdentity	self;
	int64		person_id;
	Datum		person;

	if (TRIGGER_FIRED_FOR_STATEMENT(trigdata->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_RESTRICT_VIOLATION),
				 errmsg("table \"%s\" cannot be truncated",
						RelationGetRelationName(trigdata->tg_relation)),
				 errdetail("Each change of a person's scheme is logged."),
				 errhint("Use DELETE.")));
	old = ce_row_change(&row, &stored, CE_PERSON_SCHEME, trigdata);
	given = old != NULL ? old : &row;
	person_id = ce_row_id(given, CE_COL_PERSON_SCHEME_PERSON_ID);
	person = Int64GetDatum(person_id);
	ce_become_owner(trigdata->tg_relation, &self);
	ce_duty_refuse_own(given, person_id);
	ce_duty_require_for_person(given, CE_DUTY_RECORD, person_id);

	/*
	 * Who enters a former scheme and who removes the last one wait for each
	 * other, so that ce_person.moved is right for both.
	 */
	ce_lock_persons(&person, 1);
	if (!TRIGGER_FIRED_BY_DELETE(trigdata->tg_event))
		check_row(&row, old);
	ce_become_self(&self);
	return PointerGetDatum(ce_given_tuple(trigdata));
}

/* A row as the log has it: the day, whatever the DateStyle, and the scheme. */
static const char *
text_of(const CeRow *row)
{
	int			year;
	int			month;
	int			day;

	j2date(ce_row_day(row, CE_COL_PERSON_SCHEME_UNTIL_ON) + POSTGRES_EPOCH_JDATE,
		   &year, &month, &day);
	return psprintf("%04d-%02d-%02d %s", year, month, day,
					ce_row_text(row, CE_COL_PERSON_SCHEME_SCHEME));
}

/* Does the mark say whether there are rows? */
static void
mark_person(int64 person_id)
{
	Oid			types[] = {INT8OID};
	Datum		values[] = {Int64GetDatum(person_id)};
	const char *persons = ce_table_here(CE_PERSON);
	char	   *wrong;
	uint64		left;

	ce_refuse_rules(CE_PERSON, false);
	ce_sql_begin();
	wrong = psprintf("p.person_id OPERATOR(pg_catalog.=) $1"
					 " AND p.moved OPERATOR(pg_catalog.<>) EXISTS (SELECT FROM %s s"
					 " WHERE s.person_id OPERATOR(pg_catalog.=) $1)",
					 ce_table_here(CE_PERSON_SCHEME));
	ce_run(psprintf("UPDATE %s p SET moved = NOT p.moved WHERE %s", persons, wrong),
		   1, types, values, NULL, CE_SQL_LATEST, SPI_OK_UPDATE);
	left = ce_run(psprintf("SELECT FROM %s p WHERE %s", persons, wrong),
				  1, types, values, NULL, CE_SQL_LATEST, SPI_OK_SELECT);
	ce_require_written(left == 0, ce_table_name(CE_PERSON));
	ce_sql_finish();
}

/* ce_person_scheme_effect() returns trigger: after each row */
PG_FUNCTION_INFO_V1(ce_person_scheme_effect);
Datum
ce_person_scheme_effect(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_person_scheme_effect",
											  CE_AFTER | CE_EACH_ROW | CE_ON_ROWS,
											  CE_PERSON_SCHEME);
	bool		deletes = TRIGGER_FIRED_BY_DELETE(trigdata->tg_event);
	CeRow		row;
	CeRow		stored;
	const CeRow *old = ce_row_change(&row, &stored, CE_PERSON_SCHEME, trigdata);
	const char *from = old == NULL ? NULL : text_of(old);
	const char *to = deletes ? NULL : text_of(&row);
	int64		person_id = ce_row_id(deletes ? old : &row, CE_COL_PERSON_SCHEME_PERSON_ID);
	CePerson	person;
	CeIdentity	self;
	bool		logs = from == NULL || to == NULL || strcmp(from, to) != 0;

	ce_become_owner(trigdata->tg_relation, &self);
	mark_person(person_id);
	logs = logs && ce_read_person(person_id, &person);
	ce_become_self(&self);
	if (logs)
		ce_post_event("person.former_scheme", person_id, from, to, person.org_id,
					  deletes ? NULL : ce_row_text(&row, CE_COL_PERSON_SCHEME_NOTE));
	ce_post_all(trigdata->tg_relation);
	return PointerGetDatum(NULL);
}

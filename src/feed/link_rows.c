/*-------------------------------------------------------------------------
 *
 * link_rows.c
 *	  Rows of a linked HR table, as persons of the ledger.
 *
 * Whoever writes to the HR table needs no rights in the ledger: the trigger
 * acts as the ledger's owner, as foreign keys do.  Since anybody can put the
 * trigger on a table of his own, it believes only tables that the ledger's
 * owner has linked, and it makes text of a row's values before it becomes the
 * owner, since types and their functions may be somebody's own.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/timestamp.h"

#include "feed/link.h"
#include "store/field_text.h"
#include "store/ledger.h"
#include "store/owner.h"
#include "store/sql.h"
#include "store/trigger_row.h"

#include "compat.h"

#define ROWS_A_FETCH 1000

/* What a row says, by fact; NULL for none. */
typedef struct LinkRow
{
	char	   *texts[CE_PERSON_FACTS];
} LinkRow;

/* A value as text that does not depend on settings of the session. */
static char *
value_text(const CeLinkColumn *column, Datum value)
{
	switch (column->type)
	{
		case TIMESTAMPTZOID:
			/* days begin at midnight in Qinghai (AMB-40) */
			value = DirectFunctionCall2(timestamptz_zone,
										CStringGetTextDatum("Asia/Shanghai"), value);
			pg_fallthrough;
		case TIMESTAMPOID:
			if (TIMESTAMP_NOT_FINITE(DatumGetTimestamp(value)))
				return "infinity";
			value = DirectFunctionCall1(timestamp_date, value);
			pg_fallthrough;
		case DATEOID:
			return ce_date_text(DatumGetDateADT(value));
		default:
			return ce_field_text(OidOutputFunctionCall(column->output, value));
	}
}

/* A row of the table, or one that open_rows() lists the columns of. */
static void
read_row(const CeLink *link, HeapTuple tuple, TupleDesc desc, bool listed,
		 LinkRow *row)
{
	for (int f = 0; f < CE_PERSON_FACTS; f++)
	{
		const CeLinkColumn *column = &link->columns[f];
		bool		isnull = true;
		Datum		value = (Datum) 0;

		if (column->name != NULL)
			value = heap_getattr(tuple, listed ? f + 1 : column->attnum, desc, &isnull);
		row->texts[f] = isnull ? NULL : value_text(column, value);
	}
}

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
same_row(const LinkRow *a, const LinkRow *b)
{
	for (int f = 0; f < CE_PERSON_FACTS; f++)
	{
		if (!same_text(a->texts[f], b->texts[f]))
			return false;
	}
	return true;
}

/* The facts of a row; an error that names the column if one cannot be taken. */
static void
take_row(const CeLink *link, const LinkRow *row, CePersonFacts *facts)
{
	memset(facts, 0, sizeof(*facts));
	for (int f = 0; f < CE_PERSON_FACTS; f++)
	{
		const CeLinkColumn *column = &link->columns[f];
		CePersonFact fact = f == FACT_ORG_ID && !column->is_number ? FACT_ORG_CODE : f;
		const char *key = row->texts[FACT_PERSON_ID];
		const char *reason;
		int			sqlstate;

		if (column->name == NULL)
			continue;
		reason = ce_person_take(facts, fact, row->texts[f], &sqlstate);
		if (reason != NULL)
			ereport(ERROR,
					(errcode(sqlstate),
					 errmsg("column \"%s\" of table \"%s\" cannot be taken into the ledger: %s",
							column->name, link->table, reason),
					 errdetail("Column \"%s\" is %s in the row whose key is %s; the ledger takes %s from it.",
							   column->name,
							   row->texts[f] == NULL ? _("empty") : psprintf("\"%s\"", row->texts[f]),
							   key == NULL ? _("empty") : key,
							   ce_person_column(f)),
					 errhint("Correct the row, or add what is missing to the ledger first.")));
	}
}

/* An id that a row was taken with; false if it never was. */
static bool
id_of_row(const CeLink *link, const LinkRow *row, int64 *person_id)
{
	CePersonFacts facts;
	int			sqlstate;

	memset(&facts, 0, sizeof(facts));
	if (ce_person_take(&facts, FACT_PERSON_ID, row->texts[FACT_PERSON_ID], &sqlstate) != NULL)
		return false;
	*person_id = DatumGetInt64(facts.values[FACT_PERSON_ID]);
	return true;
}

/*
 * Persons who were there already must not be those of another linked table:
 * who could then say where one works?  Each table is read as its owner.
 */
static void
refuse_persons_of_others(Oid hr_table, const char *table, ArrayType *ids)
{
	Oid			oid_types[] = {OIDOID};
	Datum		oid_values[] = {ObjectIdGetDatum(hr_table)};
	SPITupleTable *others;
	uint64		nothers;

	nothers = ce_run(psprintf("SELECT l.hr_table::oid, l.key_column FROM %s.ce_link l"
						   " JOIN pg_class c ON c.oid = l.hr_table WHERE l.hr_table <> $1",
						   ce_ledger_schema()), 1, oid_types, oid_values, NULL);
	others = SPI_tuptable;
	for (uint64 i = 0; i < nothers; i++)
	{
		bool		isnull;
		Oid			other = DatumGetObjectId(SPI_getbinval(others->vals[i], others->tupdesc, 1, &isnull));
		char	   *key = SPI_getvalue(others->vals[i], others->tupdesc, 2);
		Relation	rel = table_open(other, AccessShareLock);
		Oid			key_type = get_atttype(other, get_attnum(other, key));
		bool		is_integer = key_type == INT8OID || key_type == INT4OID || key_type == INT2OID;
		Oid			types[] = {INT8ARRAYOID};
		Datum		values[] = {PointerGetDatum(ids)};
		CeIdentity	self;

		/* A key that was renamed says nothing; its table is refused anyway. */
		if (OidIsValid(key_type))
		{
			ce_become_owner(rel, &self);
			if (ce_run(psprintf(is_integer ?
							 "SELECT h.%s::text FROM ONLY %s h WHERE h.%s = ANY ($1) LIMIT 1" :
							 "SELECT btrim(h.%s::text) FROM ONLY %s h WHERE btrim(h.%s::text) = ANY ($1::text[]) LIMIT 1",
							 quote_identifier(key),
							 quote_qualified_identifier(get_namespace_name(RelationGetNamespace(rel)),
														RelationGetRelationName(rel)),
							 quote_identifier(key)),
					1, types, values, NULL) > 0)
				ereport(ERROR,
						(errcode(ERRCODE_UNIQUE_VIOLATION),
						 errmsg("person %s is kept from another table",
								SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1)),
						 errdetail("Tables \"%s\" and \"%s\" are both linked and have a row of this key.",
								   RelationGetRelationName(rel), table),
						 errhint("Delete the person's row in one of them, or end a link by ce_unlink().")));
			ce_become_self(&self);
		}
		table_close(rel, NoLock);
	}
}

static ArrayType *
ids_array(Datum *ids, int n)
{
	return construct_array(ids, n, INT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE);
}

static void
refuse_if_records(const CeLink *link, int64 person_id, const char *what)
{
	char	   *records = ce_person_records(person_id);

	if (records != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_RESTRICT_VIOLATION),
				 errmsg("person %lld has records in the ledger: the row of table \"%s\" cannot be %s",
						(long long) person_id, link->table, what),
				 errdetail("Clauses 6.2d, 7.4: what was recorded stays. There are rows in: %s.",
						   records),
				 errhint("Keep the row, or end the link by ce_unlink(), after which the ledger keeps the person by itself.")));
}

/* Write a row's person; as the ledger's owner, connected to SPI. */
static CePersonWrite
write_row(const CeLink *link, const LinkRow *row, Datum *person_id)
{
	CePersonFacts facts;

	take_row(link, row, &facts);
	*person_id = facts.values[FACT_PERSON_ID];
	return ce_person_write(&facts);
}

/* What a trigger knows of its table, for as long as the statement runs. */
static CeLink *
link_of_trigger(FunctionCallInfo fcinfo, Relation rel)
{
	if (fcinfo->flinfo->fn_extra == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
		char	   *names[CE_PERSON_FACTS];
		CeIdentity	self;
		bool		found;

		ce_link_table();
		ce_become_ledger_owner(&self);
		found = ce_read_link(RelationGetRelid(rel), names);
		ce_become_self(&self);
		if (!found)
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("table \"%s\" is not linked with the ledger",
							RelationGetRelationName(rel)),
					 errhint("Call ce_link() as the ledger's owner, or drop the trigger.")));
		fcinfo->flinfo->fn_extra = ce_make_link(rel, names);
		MemoryContextSwitchTo(old);
	}
	return fcinfo->flinfo->fn_extra;
}

/* ce_link_row() returns trigger: writes the row's person to ce_person */
PG_FUNCTION_INFO_V1(ce_link_row);
Datum
ce_link_row(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_link_row",
											  CE_AFTER | CE_EACH_ROW | CE_ON_ROWS,
											  CE_ANY_TABLE);
	Relation	rel = trigdata->tg_relation;
	bool		deleted = TRIGGER_FIRED_BY_DELETE(trigdata->tg_event);
	bool		updated = TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event);
	CeLink	   *link = link_of_trigger(fcinfo, rel);
	LinkRow		old;
	LinkRow		new;
	bool		key_changed;
	int64		old_id;
	int64		new_id;
	CeIdentity	self;

	if (deleted || updated)
		read_row(link, trigdata->tg_trigtuple, RelationGetDescr(rel), false, &old);
	if (!deleted)
		read_row(link, updated ? trigdata->tg_newtuple : trigdata->tg_trigtuple,
				 RelationGetDescr(rel), false, &new);
	if (updated && same_row(&old, &new))
		return PointerGetDatum(NULL);
	key_changed = updated && !same_text(old.texts[FACT_PERSON_ID],
										new.texts[FACT_PERSON_ID]);

	ce_become_ledger_owner(&self);
	ce_sql_begin();
	if ((deleted || key_changed) && id_of_row(link, &old, &old_id))
	{
		refuse_if_records(link, old_id, deleted ? _("deleted") : _("given another key"));
		if (deleted)
			ce_person_delete(old_id);
		else if (id_of_row(link, &new, &new_id))
			ce_person_rename(old_id, new_id);
	}
	if (!deleted)
	{
		Datum		id;

		if (write_row(link, &new, &id) != CE_PERSON_NEW && (!updated || key_changed))
			refuse_persons_of_others(RelationGetRelid(rel), link->table, ids_array(&id, 1));
	}
	SPI_finish();
	ce_become_self(&self);
	return PointerGetDatum(NULL);
}

/* ---------------------------------------------------------------------
 * Whole tables
 * ---------------------------------------------------------------------
 */

/*
 * A cursor over the rows of an HR table, by the caller's identity: its columns
 * by fact, since a dropped one has a number and no place in the result.
 */
static Portal
open_rows(const CeLink *link, Relation rel)
{
	StringInfoData sql;
	Portal		portal;

	initStringInfo(&sql);
	for (int f = 0; f < CE_PERSON_FACTS; f++)
		appendStringInfo(&sql, "%s%s", f == 0 ? "SELECT " : ", ",
						 link->columns[f].name == NULL ? "NULL" :
						 quote_identifier(link->columns[f].name));
	appendStringInfo(&sql, " FROM ONLY %s",
					 quote_qualified_identifier(get_namespace_name(RelationGetNamespace(rel)),
												RelationGetRelationName(rel)));
	portal = SPI_cursor_open_with_args(NULL, sql.data, 0, NULL, NULL, NULL, false, 0);
	if (portal == NULL)
		elog(ERROR, "SPI_cursor_open failed: %s", SPI_result_code_string(SPI_result));
	return portal;
}

/* ce_link_truncate() returns trigger: removes the persons, or refuses */
PG_FUNCTION_INFO_V1(ce_link_truncate);
Datum
ce_link_truncate(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_link_truncate",
											  CE_BEFORE | CE_EACH_STATEMENT | CE_ON_TRUNCATE,
											  CE_ANY_TABLE);
	Relation	rel = trigdata->tg_relation;
	CeLink	   *link = link_of_trigger(fcinfo, rel);
	MemoryContext context = CurrentMemoryContext;
	List	   *rows = NIL;
	ListCell   *lc;
	Portal		portal;
	CeIdentity	self;


	/* The rows as the HR table's owner, who may not be the one that truncates. */
	ce_become_owner(rel, &self);
	ce_sql_begin();
	portal = open_rows(link, rel);
	for (SPI_cursor_fetch(portal, true, ROWS_A_FETCH); SPI_processed > 0;
		 SPI_cursor_fetch(portal, true, ROWS_A_FETCH))
	{
		MemoryContext old = MemoryContextSwitchTo(context);

		for (uint64 i = 0; i < SPI_processed; i++)
		{
			LinkRow    *row = palloc(sizeof(LinkRow));

			read_row(link, SPI_tuptable->vals[i], SPI_tuptable->tupdesc, true, row);
			rows = lappend(rows, row);
		}
		MemoryContextSwitchTo(old);
		SPI_freetuptable(SPI_tuptable);
	}
	SPI_cursor_close(portal);
	SPI_finish();
	ce_become_self(&self);

	ce_become_ledger_owner(&self);
	foreach(lc, rows)
	{
		int64		person_id;

		CHECK_FOR_INTERRUPTS();
		ce_sql_begin();
		if (id_of_row(link, lfirst(lc), &person_id))
		{
			refuse_if_records(link, person_id, _("removed"));
			ce_person_delete(person_id);
		}
		SPI_finish();
	}
	ce_become_self(&self);
	return PointerGetDatum(NULL);
}

/* Bring in all rows; returns how many persons are new or changed. */
int64
ce_link_load(const CeLink *link, Relation rel)
{
	Portal		portal;
	Datum	   *met = palloc(sizeof(Datum) * 16);
	int			nmet = 0;
	int			room = 16;
	int64		changed = 0;

	ce_sql_begin();
	portal = open_rows(link, rel);
	for (SPI_cursor_fetch(portal, true, ROWS_A_FETCH); SPI_processed > 0;
		 SPI_cursor_fetch(portal, true, ROWS_A_FETCH))
	{
		SPITupleTable *rows = SPI_tuptable;
		uint64		nrows = SPI_processed;

		for (uint64 i = 0; i < nrows; i++)
		{
			LinkRow		row;
			CeIdentity	self;
			CePersonWrite done;
			Datum		person_id;

			CHECK_FOR_INTERRUPTS();
			/* what one row needs goes with its connection */
			ce_sql_begin();
			read_row(link, rows->vals[i], rows->tupdesc, true, &row);
			ce_become_ledger_owner(&self);
			done = write_row(link, &row, &person_id);
			ce_become_self(&self);
			SPI_finish();
			changed += done != CE_PERSON_UNCHANGED;
			if (done == CE_PERSON_NEW)
				continue;
			if (nmet == room)
			{
				room *= 2;
				met = repalloc_huge(met, sizeof(Datum) * room);
			}
			met[nmet++] = person_id;
		}
		SPI_freetuptable(rows);
	}
	SPI_cursor_close(portal);
	if (nmet > 0)
	{
		CeIdentity	self;

		ce_become_ledger_owner(&self);
		refuse_persons_of_others(RelationGetRelid(rel), link->table, ids_array(met, nmet));
		ce_become_self(&self);
	}
	SPI_finish();
	return changed;
}


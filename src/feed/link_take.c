/*-------------------------------------------------------------------------
 *
 * link_take.c
 *	  A row of a linked HR table, taken as a person of the ledger.
 *
 * A row's values are converted to text before the ledger's owner is assumed,
 * since types and their functions may be user-defined.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/timestamp.h"

#include "feed/import_sql.h"
#include "feed/link.h"
#include "store/field_text.h"
#include "store/ledger.h"
#include "store/owner.h"
#include "store/sql.h"

#include "compat.h"

/* ---------------------------------------------------------------------
 * Reading
 * ---------------------------------------------------------------------
 */

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

void
ce_link_read_row(const CeLink *link, HeapTuple tuple, TupleDesc desc, bool listed,
				 CeLinkRow *row)
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

/* ---------------------------------------------------------------------
 * Taking
 * ---------------------------------------------------------------------
 */

static void
add_fault(List **faults, CePersonFact fact, const char *column, const char *value,
		  const char *reason, int sqlstate)
{
	CeLinkFault *fault = palloc(sizeof(CeLinkFault));

	fault->fact = fact;
	fault->column = column;
	fault->value = value;
	fault->reason = reason;
	fault->sqlstate = sqlstate;
	*faults = lappend(*faults, fault);
}

/* A fact of the row, by its column. */
static void
take_fact(const CeLink *link, const CeLinkRow *row, CePersonFact f,
		  CePersonFacts *facts, List **faults)
{
	const CeLinkColumn *column = &link->columns[f];
	CePersonFact fact = f == FACT_ORG_ID && !column->is_number ? FACT_ORG_CODE : f;
	int			sqlstate;
	const char *reason = ce_person_take(facts, fact, row->texts[f], &sqlstate);

	if (reason != NULL)
		add_fault(faults, f, column->name, row->texts[f], reason, sqlstate);
}

/* The person_id if the key is the person's number: known, found, or new. */
static void
take_number(const CeLink *link, const CeLinkRow *row, const int64 *known,
			CePersonFacts *facts, List **faults)
{
	const char *number = row->texts[FACT_PERSON_ID];
	int64		id;

	if (number == NULL)
	{
		add_fault(faults, FACT_PERSON_ID, link->columns[FACT_PERSON_ID].name, NULL,
				  _("the value is missing"), ERRCODE_NOT_NULL_VIOLATION);
		return;
	}
	if (known != NULL)
		id = *known;
	else if (!ce_find_person(number, &id))
		id = ce_person_new_id();
	facts->given[FACT_PERSON_ID] = true;
	facts->values[FACT_PERSON_ID] = Int64GetDatum(id);
}

/* The facts of a row, and what is wrong with it. */
static List *
take_row(const CeLink *link, const CeLinkRow *row, const int64 *known,
		 CePersonFacts *facts)
{
	List	   *faults = NIL;

	memset(facts, 0, sizeof(*facts));
	if (link->by_number)
		take_number(link, row, known, facts, &faults);
	for (int f = 0; f < CE_PERSON_FACTS; f++)
	{
		if (link->columns[f].name != NULL && !(f == FACT_PERSON_ID && link->by_number))
			take_fact(link, row, f, facts, &faults);
	}
	return faults;
}

static void
raise_fault(const CeLink *link, const CeLinkRow *row, const CeLinkFault *fault)
{
	const char *key = row->texts[FACT_PERSON_ID];
	bool		is_key = fault->fact == FACT_PERSON_ID && key != NULL;

	ereport(ERROR,
			(errcode(fault->sqlstate),
			 errmsg("cannot take column \"%s\" of table \"%s\" into the ledger: %s",
					fault->column, link->table, fault->reason),
			 errdetail("In the row with key %s the column is %s; the ledger reads %s from it.",
					   key == NULL ? "NULL" : key,
					   fault->value == NULL ? "NULL" : psprintf("\"%s\"", fault->value),
					   ce_person_column(fault->fact)),
			 is_key ?
			 errhint("If the key is not a whole number, give its column as person_no, too: then the ledger assigns person_id by itself.") :
			 errhint("Correct the row, or add what is missing to the ledger first.")));
}

bool
ce_link_find_person(const CeLink *link, const CeLinkRow *row, int64 *person_id)
{
	const char *key = row->texts[FACT_PERSON_ID];
	CePersonFacts facts;
	int			sqlstate;

	if (link->by_number)
		return key != NULL && ce_find_person(key, person_id);
	memset(&facts, 0, sizeof(facts));
	if (ce_person_take(&facts, FACT_PERSON_ID, key, &sqlstate) != NULL)
		return false;
	*person_id = DatumGetInt64(facts.values[FACT_PERSON_ID]);
	return true;
}

/* ---------------------------------------------------------------------
 * Persons of other tables
 * ---------------------------------------------------------------------
 */

/* The numbers of persons, for tables that have them as their key. */
static Datum
numbers_of(ArrayType *ids)
{
	Oid			types[] = {INT8ARRAYOID};
	Datum		values[] = {PointerGetDatum(ids)};
	bool		isnull;

	ce_run(psprintf("SELECT coalesce(pg_catalog.array_agg(p.person_no::pg_catalog.text), '{}') FROM %s.ce_person p"
					" WHERE p.person_id OPERATOR(pg_catalog.=) ANY ($1)",
					ce_ledger_schema()), 1, types, values, NULL, 0, SPI_OK_SELECT);
	return ce_sql_value(0, 1, &isnull);
}

/*
 * Whether another table has one of the persons, whose key is then in the
 * result.  Whole numbers are found by the key's index, other keys by their
 * text.
 */
static bool
has_key(Relation rel, const char *key, Oid key_type, bool by_number,
		ArrayType *ids, Datum numbers)
{
	bool		is_integer = key_type == INT8OID || key_type == INT4OID || key_type == INT2OID;
	bool		as_number = by_number && !is_integer && key_type != NUMERICOID;
	Oid			types[] = {as_number ? TEXTARRAYOID : INT8ARRAYOID};
	Datum		values[] = {as_number ? numbers : PointerGetDatum(ids)};
	const char *k = quote_identifier(key);

	return ce_run(psprintf(is_integer ?
						   "SELECT h.%s::pg_catalog.text FROM ONLY %s h"
						   " WHERE h.%s OPERATOR(pg_catalog.=) ANY ($1) LIMIT 1" :
						   "SELECT pg_catalog.btrim(h.%s::pg_catalog.text) FROM ONLY %s h"
						   " WHERE pg_catalog.btrim(h.%s::pg_catalog.text) OPERATOR(pg_catalog.=)"
						   " ANY ($1::pg_catalog.text[]) LIMIT 1",
						   k, ce_relation_name(RelationGetRelid(rel)), k),
				  1, types, values, NULL, 0, SPI_OK_SELECT) > 0;
}

/* An error if a person is also in another table, which is read as its owner. */
static void
refuse_of_other(const CeLink *link, Oid other, const char *key, bool by_number,
				ArrayType *ids, Datum numbers)
{
	Relation	rel = table_open(other, AccessShareLock);
	Oid			key_type = get_atttype(other, get_attnum(other, key));
	CeIdentity	self;

	/* Skip a table whose key was renamed; its rows are refused anyway. */
	if (OidIsValid(key_type))
	{
		ce_become_owner(rel, &self);
		if (has_key(rel, key, getBaseType(key_type), by_number, ids, numbers))
			ereport(ERROR,
					(errcode(ERRCODE_UNIQUE_VIOLATION),
					 errmsg("person %s already comes from another linked table",
							ce_sql_text(0, 1)),
					 errdetail("Tables \"%s\" and \"%s\" are both linked, and both have a row with this key.",
							   RelationGetRelationName(rel), link->table),
					 errhint("Delete the person's row in one of the tables, or unlink a table with ce_unlink().")));
		ce_become_self(&self);
	}
	table_close(rel, NoLock);
}

/* A person belongs to one linked table, since two could name different employers. */
void
ce_link_refuse_of_others(const CeLink *link, Datum *ids_of, int nids)
{
	ArrayType  *ids = construct_array(ids_of, nids, INT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE);
	Oid			types[] = {OIDOID};
	Datum		values[] = {ObjectIdGetDatum(link->hr_table)};
	SPITupleTable *others;
	uint64		nothers;
	Datum		numbers = (Datum) 0;

	nothers = ce_run(psprintf("SELECT l.hr_table::pg_catalog.oid, l.key_column,"
							  " l.key_column OPERATOR(pg_catalog.=) l.person_no_column FROM %s.ce_link l"
							  " JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) l.hr_table"
							  " WHERE l.hr_table OPERATOR(pg_catalog.<>) $1", ce_ledger_schema()),
					 1, types, values, NULL, 0, SPI_OK_SELECT);
	others = SPI_tuptable;
	if (nothers > 0)
		numbers = numbers_of(ids);
	for (uint64 i = 0; i < nothers; i++)
	{
		bool		isnull;
		Oid			other = DatumGetObjectId(SPI_getbinval(others->vals[i], others->tupdesc, 1, &isnull));
		char	   *key = SPI_getvalue(others->vals[i], others->tupdesc, 2);
		bool		by_number = DatumGetBool(SPI_getbinval(others->vals[i], others->tupdesc, 3, &isnull));

		refuse_of_other(link, other, key, by_number && !isnull, ids, numbers);
	}
}

/* ---------------------------------------------------------------------
 * Writing
 * ---------------------------------------------------------------------
 */

CePersonWrite
ce_link_write(const CeLink *link, const CeLinkRow *row, const int64 *known,
			  Datum *person_id)
{
	CePersonFacts facts;
	List	   *faults = take_row(link, row, known, &facts);

	if (faults != NIL)
		raise_fault(link, row, linitial(faults));
	*person_id = facts.values[FACT_PERSON_ID];
	return ce_person_write(&facts);
}

typedef struct Attempt
{
	const CeLink *link;
	CePersonFacts facts;
	bool		others;
	CePersonWrite done;
} Attempt;

static void
write_person(void *arg)
{
	Attempt    *attempt = arg;

	attempt->done = ce_person_write(&attempt->facts);
	if (attempt->others && attempt->done != CE_PERSON_NEW)
		ce_link_refuse_of_others(attempt->link, &attempt->facts.values[FACT_PERSON_ID], 1);
}

List *
ce_link_try(const CeLink *link, const CeLinkRow *row, const int64 *known,
			bool others, CePersonWrite *done)
{
	Attempt		attempt = {link, .others = others};
	List	   *faults = take_row(link, row, known, &attempt.facts);
	ErrorData  *error;

	if (faults != NIL)
		return faults;
	error = ce_import_attempt(write_person, &attempt);
	if (error != NULL)
		add_fault(&faults, FACT_PERSON_ID, NULL, NULL, ce_import_error_text(error),
				  error->sqlerrcode);
	else
		*done = attempt.done;
	return faults;
}

/* ---------------------------------------------------------------------
 * The list of what was not taken
 * ---------------------------------------------------------------------
 */

/* Keys in the list; a row without a key has an empty one. */
static Datum
listed_key(const CeLinkRow *row)
{
	const char *key = row->texts[FACT_PERSON_ID];

	return CStringGetTextDatum(key == NULL ? "" : key);
}

void
ce_link_list(const CeLink *link, const CeLinkRow *row, List *faults)
{
	Oid			types[] = {OIDOID, TEXTOID, TEXTOID, TEXTOID, TEXTOID};
	Datum		values[5] = {ObjectIdGetDatum(link->hr_table), listed_key(row)};
	ListCell   *lc;

	ce_refuse_rules_by_name("ce_link_refused", false);
	ce_run(psprintf("DELETE FROM %s.ce_link_refused WHERE hr_table OPERATOR(pg_catalog.=) $1"
					" AND key OPERATOR(pg_catalog.=) $2", ce_ledger_schema()),
		   2, types, values, NULL, 0, SPI_OK_DELETE);
	foreach(lc, faults)
	{
		const CeLinkFault *fault = lfirst(lc);
		char		nulls[] = {' ', ' ', fault->column == NULL ? 'n' : ' ',
			fault->value == NULL ? 'n' : ' ', ' '};

		values[2] = fault->column == NULL ? (Datum) 0 : CStringGetTextDatum(fault->column);
		values[3] = fault->value == NULL ? (Datum) 0 : CStringGetTextDatum(fault->value);
		values[4] = CStringGetTextDatum(fault->reason);
		ce_run(psprintf("INSERT INTO %s.ce_link_refused (hr_table, key, hr_column, value, reason, refused_at)"
						" VALUES ($1, $2, $3, $4, $5, pg_catalog.clock_timestamp())",
						ce_ledger_schema()), 5, types, values, nulls, 0, SPI_OK_INSERT);
	}
}

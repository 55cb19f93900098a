/*-------------------------------------------------------------------------
 *
 * ledger.c
 *	  Finding the ledger's tables and columns.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/relation.h"
#include "access/xact.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "ledger.h"

#include "compat.h"

/* What has been found so far; InvalidOid and false where nothing was. */
static Oid	ledger_schema = InvalidOid;
static Oid	table_oids[CE_TABLES];
static uint64 table_generations[CE_TABLES];
static bool columns_known[CE_TABLES];
static AttrNumber column_numbers[CE_TABLES][CE_MAX_COLUMNS];
static uint64 law_generation = 1;
static uint64 org_generation = 1;
static uint64 member_generation = 1;

/* A relation changed: forget what was known of it. */
static void
relation_changed(Datum arg, Oid relid)
{
	for (int t = 0; t < CE_TABLES; t++)
	{
		if (relid != InvalidOid && relid != table_oids[t])
			continue;
		table_oids[t] = InvalidOid;
		columns_known[t] = false;
		table_generations[t]++;
		if (t <= CE_LAST_LAW_TABLE)
			law_generation++;
		else if (t == CE_ORG)
			org_generation++;
		else if (t == CE_MEMBER || t == CE_PERSON_ROLE)
			member_generation++;
	}
}

/* The closed lists' types changed, or others; they are looked up again. */
static void
labels_changed(Datum arg, int cacheid, uint32 hashvalue)
{
	ce_labels_changed();
}

/* A role was made, renamed or dropped, or became or ceased to be a member. */
static void
roles_changed(Datum arg, int cacheid, uint32 hashvalue)
{
	member_generation++;
}

static void
forget_everything(void)
{
	relation_changed((Datum) 0, InvalidOid);
	labels_changed((Datum) 0, ENUMTYPOIDNAME, 0);
}

/* Rows were read that this transaction may have written. */
static bool read_while_writing = false;

void
ce_note_reading(void)
{
	if (TransactionIdIsValid(GetTopTransactionIdIfAny()))
		read_while_writing = true;
}

static void
forget_what_was_undone(void)
{
	if (read_while_writing)
	{
		law_generation++;
		org_generation++;
		member_generation++;
	}
}

static void
at_transaction_end(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_ABORT || event == XACT_EVENT_PARALLEL_ABORT)
		forget_what_was_undone();
	if (event == XACT_EVENT_ABORT || event == XACT_EVENT_COMMIT ||
		event == XACT_EVENT_PREPARE)
		read_while_writing = false;
}

static void
at_subtransaction_end(SubXactEvent event, SubTransactionId subid,
					  SubTransactionId parent, void *arg)
{
	if (event == SUBXACT_EVENT_ABORT_SUB)
		forget_what_was_undone();
}

void
ce_ledger_enter(FunctionCallInfo fcinfo)
{
	static bool callback_registered = false;
	static Oid	last_function = InvalidOid;
	Oid			function = fcinfo->flinfo->fn_oid;

	if (!callback_registered)
	{
		CacheRegisterRelcacheCallback(relation_changed, (Datum) 0);
		CacheRegisterSyscacheCallback(ENUMTYPOIDNAME, labels_changed, (Datum) 0);
		CacheRegisterSyscacheCallback(AUTHOID, roles_changed, (Datum) 0);
		CacheRegisterSyscacheCallback(AUTHMEMROLEMEM, roles_changed, (Datum) 0);
		RegisterXactCallback(at_transaction_end, NULL);
		RegisterSubXactCallback(at_subtransaction_end, NULL);
		/* Again, since a preloaded module did not know the database's encoding. */
		pg_bindtextdomain(TEXTDOMAIN);
		callback_registered = true;
	}

	/* The extension cannot be relocated, so a function's schema is for good. */
	if (function != last_function)
	{
		Oid			schema = get_func_namespace(function);

		if (schema != ledger_schema)
		{
			forget_everything();
			ledger_schema = schema;
		}
		last_function = function;
	}

	/*
	 * Locks that this transaction already holds are granted again without
	 * looking at the messages of other sessions, so look here: a law row
	 * committed elsewhere holds from the next call on.
	 */
	AcceptInvalidationMessages();
}

TupleDesc
ce_result_desc(FunctionCallInfo fcinfo)
{
	FmgrInfo   *flinfo = fcinfo->flinfo;
	TupleDesc	desc;
	MemoryContext old_context;

	if (flinfo->fn_extra != NULL)
		return flinfo->fn_extra;
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	old_context = MemoryContextSwitchTo(flinfo->fn_mcxt);
	flinfo->fn_extra = BlessTupleDesc(CreateTupleDescCopy(desc));
	MemoryContextSwitchTo(old_context);
	return flinfo->fn_extra;
}

const char *
ce_ledger_schema(void)
{
	char	   *name = get_namespace_name(ledger_schema);

	/* It may go while a query that calls us runs. */
	if (name == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_SCHEMA),
				 errmsg("the schema of the ledger was dropped"),
				 errhint("Run CREATE EXTENSION ce_hours; and then ce_setup().")));
	return quote_identifier(name);
}

Oid
ce_ledger_type(const char *name)
{
	Oid			type = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid,
									   CStringGetDatum(name),
									   ObjectIdGetDatum(ledger_schema));

	if (!OidIsValid(type))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("type %s.%s does not exist", ce_ledger_schema(), name),
				 errhint("Run CREATE EXTENSION ce_hours; and then ce_setup().")));
	return type;
}

pg_noreturn static void
no_ledger(CeTable table)
{
	const char *schema = ce_ledger_schema();

	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("there is no ledger in schema %s", schema),
			 errdetail("Table \"%s\" does not exist.", ce_table_name(table)),
			 errhint("Run SELECT %s.ce_setup(); first, as the role that is to own the ledger.",
					 schema)));
	pg_unreachable();
}

Oid
ce_table_oid(CeTable table)
{
	if (!OidIsValid(table_oids[table]))
	{
		table_oids[table] = get_relname_relid(ce_table_name(table), ledger_schema);
		if (!OidIsValid(table_oids[table]))
			no_ledger(table);
	}
	return table_oids[table];
}

bool
ce_table_exists(CeTable table)
{
	return OidIsValid(table_oids[table]) ||
		OidIsValid(get_relname_relid(ce_table_name(table), ledger_schema));
}

void
ce_require_ledger(void)
{
	/* A ledger of version 0.1.0 works on until ce_setup() runs again. */
	for (int t = 0; t < CE_PERSON_ROLE; t++)
		ce_table_oid(t);
}

CeTable
ce_table_of(Relation rel)
{
	for (int t = 0; t < CE_TABLES; t++)
	{
		if (ce_table_oid(t) == RelationGetRelid(rel))
			return t;
	}
	ereport(ERROR,
			(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
			 errmsg("table \"%s\" is not a table of the ledger",
					RelationGetRelationName(rel))));
	return 0;					/* keep compiler quiet */
}

/* Who owns ce_ledger, and so the ledger; of a table where that is not there. */
static Oid
ledger_owner(Relation rel)
{
	Oid			ledger = get_relname_relid("ce_ledger", ledger_schema);
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(ledger));
	Oid			owner = rel->rd_rel->relowner;

	if (HeapTupleIsValid(tuple))
	{
		owner = ((Form_pg_class) GETSTRUCT(tuple))->relowner;
		ReleaseSysCache(tuple);
	}
	return owner;
}

const AttrNumber *
ce_table_columns(CeTable table, Relation rel)
{
	uint64		generation;

	if (likely(columns_known[table]))
		return column_numbers[table];

	/* By its OID a change of the table is noticed. */
	ce_table_oid(table);
	generation = table_generations[table];
	ce_check_table(table, rel, ledger_owner(rel), column_numbers[table]);
	/* What changed meanwhile is looked at again at the next use. */
	columns_known[table] = generation == table_generations[table];
	return column_numbers[table];
}

/* Which of the columns named by bits are null. */
static uint32
read_row(CeTable table, Relation rel, HeapTuple tuple, Datum *values, bool *nulls)
{
	const AttrNumber *columns = ce_table_columns(table, rel);
	Datum		all_values[MaxHeapAttributeNumber];
	bool		all_nulls[MaxHeapAttributeNumber];
	uint32		found = 0;

	/* One pass over the tuple: cheaper than a walk for every column. */
	heap_deform_tuple(tuple, RelationGetDescr(rel), all_values, all_nulls);
	for (int c = 0; c < ce_table_ncolumns(table); c++)
	{
		values[c] = all_values[columns[c] - 1];
		nulls[c] = all_nulls[columns[c] - 1];
		found |= (uint32) nulls[c] << c;
	}
	return found;
}

void
ce_row_read(CeTable table, Relation rel, HeapTuple tuple,
			Datum *values, bool *nulls)
{
	ce_row_check_nulls(table, read_row(table, rel, tuple, values, nulls));
}

void
ce_row_read_given(CeTable table, Relation rel, HeapTuple tuple,
				  Datum *values, bool *nulls)
{
	uint32		found = read_row(table, rel, tuple, values, nulls);

	if (unlikely((found & ce_never_given_null(table)) != 0))
		ce_refuse_null(table, found & ce_never_given_null(table));
}

uint64
ce_table_generation(CeTable table)
{
	return table_generations[table] + 1;
}

uint64
ce_law_generation(void)
{
	return law_generation;
}

uint64
ce_org_generation(void)
{
	return org_generation;
}

uint64
ce_member_generation(void)
{
	return member_generation;
}

/* ce_text(message text) returns text: it in the language of lc_messages */
PG_FUNCTION_INFO_V1(ce_text);
Datum
ce_text(PG_FUNCTION_ARGS)
{
	char	   *message = text_to_cstring(PG_GETARG_TEXT_PP(0));

	ce_ledger_enter(fcinfo);
	PG_RETURN_TEXT_P(cstring_to_text(ce_translate(message)));
}

/* ce_ledger() returns void: an error with the way out before ce_setup() */
PG_FUNCTION_INFO_V1(ce_ledger);
Datum
ce_ledger(PG_FUNCTION_ARGS)
{
	ce_ledger_enter(fcinfo);
	ce_require_ledger();
	PG_RETURN_VOID();
}

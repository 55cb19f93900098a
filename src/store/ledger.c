/*-------------------------------------------------------------------------
 *
 * ledger.c
 *	  Finding the ledger's tables and columns.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_class.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "rewrite/prs2lock.h"
#include "rewrite/rewriteDefine.h"
#include "storage/bufmgr.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/tuplestore.h"

#include "store/edition.h"
#include "store/ledger.h"

#include "compat.h"

/* Cached attribute numbers, and the generation of the table; 0: none. */
static AttrNumber column_numbers[CE_TABLES][CE_MAX_COLUMNS];
static uint64 numbers_of[CE_TABLES];

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

void
ce_begin_rows(FunctionCallInfo fcinfo)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	MemoryContext old_context;

	if (rsinfo == NULL || !IsA(rsinfo, ReturnSetInfo) ||
		(rsinfo->allowedModes & SFRM_Materialize) == 0)
	{
		InitMaterializedSRF(fcinfo, 0); /* raises the error */
		return;
	}
	old_context = MemoryContextSwitchTo(rsinfo->econtext->ecxt_per_query_memory);
	rsinfo->returnMode = SFRM_Materialize;
	rsinfo->setResult = tuplestore_begin_heap((rsinfo->allowedModes & SFRM_Materialize_Random) != 0,
											  false, work_mem);
	rsinfo->setDesc = CreateTupleDescCopy(ce_result_desc(fcinfo));
	MemoryContextSwitchTo(old_context);
}

void
ce_put_row(FunctionCallInfo fcinfo, Datum *values, bool *nulls)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/* There is no ledger, it is older than the extension, or a table is missing. */
pg_noreturn static void
no_table(const char *name)
{
	const char *schema = ce_ledger_schema();
	bool		older = ce_table_exists(CE_ACTIVITY);

	/* Every version has it; without it ce_setup() would enter the law once more. */
	if (older && !ce_table_exists(CE_LEDGER))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("table \"%s\" of the ledger is missing", ce_table_name(CE_LEDGER)),
				 errhint("Restore it from a backup.")));
	if (older && !ce_ledger_is_older())
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("table \"%s\" of the ledger is missing", name),
				 errhint("Restore it from a backup, or let SELECT %s.ce_setup(); create it without rows.",
						 schema)));
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 older ? errmsg("the ledger in schema %s is older than the extension", schema) :
			 errmsg("there is no ledger in schema %s", schema),
			 errdetail("Table \"%s\" does not exist.", name),
			 older ? errhint("Run SELECT %s.ce_setup(); as the role that owns the ledger.", schema) :
			 errhint("Run SELECT %s.ce_setup(); first, as the role that is to own the ledger.",
					 schema)));
}

Oid
ce_table_oid(CeTable table)
{
	Oid			oid = ce_cached_table(table, ce_table_name(table));

	if (unlikely(!OidIsValid(oid)))
		no_table(ce_table_name(table));
	return oid;
}

const char *
ce_relation_name(Oid relation)
{
	return quote_qualified_identifier(get_namespace_name(get_rel_namespace(relation)),
									  get_rel_name(relation));
}

const char *
ce_table_here(CeTable table)
{
	return ce_relation_name(ce_table_oid(table));
}

List *
ce_relations_here(CeTable table)
{
	Oid			oid = ce_table_oid(table);

	if (ce_table_placing(table) == CE_WHOLE)
		return list_make1_oid(oid);
	return ce_shards_here(table);
}

/* The law, organisations and duties are needed whole on every node. */
static void
require_rows(CeTable table)
{
	CePlacing	placing = ce_table_placing(table);

	if (placing == CE_WHOLE || (placing == CE_COPIED && ce_rows_are_here(table)))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("the rows of table \"%s\" are not on this node", ce_table_name(table)),
			 errdetail("Each node of a distributed ledger needs the law, the organisations and the duties as a whole."),
			 placing == CE_COPIED ?
			 errhint("Let a superuser add the node to the cluster with citus_set_coordinator_host() or citus_add_node(), and call replicate_reference_tables().") :
			 errhint("Make it a reference table of Citus; ce_distribute() does.")));
}

Relation
ce_open_whole(CeTable table)
{
	Oid			oid = ce_table_oid(table);

	if (unlikely(ce_distributed))
		require_rows(table);
	return table_open(oid, AccessShareLock);
}

double
ce_row_count(CeTable table, double per_page)
{
	Relation	rel = table_open(ce_table_oid(table), AccessShareLock);
	double		count = rel->rd_rel->reltuples;

	if (count <= 0)
		count = RelationGetNumberOfBlocks(rel) * per_page;
	table_close(rel, AccessShareLock);
	return count;
}

bool
ce_table_exists(CeTable table)
{
	return OidIsValid(ce_cached_table(table, ce_table_name(table)));
}

bool
ce_later_table_exists(CeTable table)
{
	if (ce_table_exists(table))
		return true;
	if (!ce_ledger_is_older())
		no_table(ce_table_name(table));
	return false;
}

void
ce_require_ledger(void)
{
	/* A ledger of an earlier version keeps working until ce_setup() runs again. */
	for (int t = 0; t < CE_TABLES; t++)
	{
		if (t == CE_CATEGORY || t == CE_MINIMUM || t == CE_PERSON_SCHEME ||
			t == CE_PERSON_ROLE || t == CE_WAIVER)
			(void) ce_later_table_exists(t);
		else
			ce_table_oid(t);
	}
}

void
ce_refuse_distributed(const char *function, const char *hint)
{
	ce_table_oid(CE_PERSON);
	if (ce_table_placing(CE_PERSON) != CE_WHOLE)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("%s is not supported on a distributed ledger", function),
				 errdetail("Table \"%s\" is distributed with Citus.", ce_table_name(CE_PERSON)),
				 ce_errhint(hint)));
}

void
ce_require_written(bool written, const char *table)
{
	if (!written)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("table \"%s\" did not take the row", table),
				 errdetail("A trigger, rule or policy of the table leaves it out."),
				 errhint("Let the owner of the ledger look at what was added to the table.")));
}

/* Does a rule stand in the way of an INSERT or UPDATE? */
static bool
has_rules(Relation rel, bool on_conflict)
{
	for (int i = 0; rel->rd_rules != NULL && i < rel->rd_rules->numLocks; i++)
	{
		RewriteRule *rule = rel->rd_rules->rules[i];

		if ((rule->event == CMD_INSERT || rule->event == CMD_UPDATE) &&
			rule->enabled != RULE_DISABLED && (rule->isInstead || on_conflict))
			return true;
	}
	return false;
}

static void
refuse_rules_of(Oid table, bool on_conflict)
{
	Relation	rel = table_open(table, AccessShareLock);

	if (has_rules(rel, on_conflict))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("rules of table \"%s\" keep the ledger from writing it", RelationGetRelationName(rel)),
				 errhint("Drop the rules (CREATE RULE) of the ledger's tables.")));
	table_close(rel, AccessShareLock);
}

void
ce_refuse_rules(CeTable table, bool on_conflict)
{
	/* The generation of each table when it had none, by on_conflict. */
	static uint64 without[2][CE_TABLES];
	Oid			oid = ce_table_oid(table);
	uint64		generation = ce_table_generation(table);

	if (likely(without[on_conflict][table] == generation))
		return;
	refuse_rules_of(oid, on_conflict);
	without[on_conflict][table] = generation;
}

void
ce_refuse_rules_by_name(const char *table, bool on_conflict)
{
	refuse_rules_of(ce_ledger_table(table), on_conflict);
}

/* ce__refuse_rules(ledger_table text, on_conflict boolean) returns void */
PG_FUNCTION_INFO_V1(ce__refuse_rules);
Datum
ce__refuse_rules(PG_FUNCTION_ARGS)
{
	ce_ledger_enter(fcinfo);
	ce_refuse_rules_by_name(TextDatumGetCString(PG_GETARG_DATUM(0)), PG_GETARG_BOOL(1));
	PG_RETURN_VOID();
}

/* ce__require_written(written boolean, ledger_table text) returns void */
PG_FUNCTION_INFO_V1(ce__require_written);
Datum
ce__require_written(PG_FUNCTION_ARGS)
{
	ce_require_written(PG_GETARG_BOOL(0), TextDatumGetCString(PG_GETARG_DATUM(1)));
	PG_RETURN_VOID();
}

Oid
ce_ledger_table(const char *name)
{
	Oid			oid;

	ce_require_ledger();
	oid = get_relname_relid(name, ce_ledger_namespace());
	if (!OidIsValid(oid))
		no_table(name);
	return oid;
}

CeTable
ce_get_table(Relation rel)
{
	for (int t = 0; t < CE_TABLES; t++)
	{
		if (ce_is_table(t, rel))
			return t;
	}
	ereport(ERROR,
			(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
			 errmsg("table \"%s\" is not a table of the ledger",
					RelationGetRelationName(rel))));
	return 0;					/* keep compiler quiet */
}

bool
ce_is_table(CeTable table, Relation rel)
{
	return ce_table_exists(table) &&
		(ce_table_oid(table) == RelationGetRelid(rel) ||
		 (ce_distributed && ce_enter_shard(table, RelationGetRelid(rel))));
}

/* The owner of ce_ledger, and so of the ledger; else of rel. */
static Oid
ledger_owner(Relation rel)
{
	Oid			ledger = get_relname_relid("ce_ledger", ce_ledger_namespace());
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
	uint64		generation = ce_table_generation(table);

	if (likely(numbers_of[table] == generation))
		return column_numbers[table];

	/* Changes are noticed only for a table whose OID is cached. */
	ce_table_oid(table);
	generation = ce_table_generation(table);
	numbers_of[table] = 0;
	ce_check_table(table, rel, ledger_owner(rel), column_numbers[table]);
	/* If it changed meanwhile, the next use checks it again. */
	numbers_of[table] = generation;
	return column_numbers[table];
}

/* Returns the columns that are null, as bits. */
static uint64
read_row(CeTable table, Relation rel, HeapTuple tuple, Datum *values, bool *nulls)
{
	const AttrNumber *columns = ce_table_columns(table, rel);
	Datum		all_values[MaxHeapAttributeNumber];
	bool		all_nulls[MaxHeapAttributeNumber];

	/* One pass over the tuple is cheaper than a look-up for each column. */
	heap_deform_tuple(tuple, RelationGetDescr(rel), all_values, all_nulls);
	return ce_take_columns(0, columns, ce_table_ncolumns(table), all_values, all_nulls,
						   values, nulls);
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
	uint64		found = read_row(table, rel, tuple, values, nulls);

	if (unlikely((found & ce_never_given_null[table]) != 0))
		ce_refuse_null(table, found & ce_never_given_null[table]);
}

/* ce__require_ledger() returns void: an error with a hint before ce_setup() */
PG_FUNCTION_INFO_V1(ce_ledger);
Datum
ce_ledger(PG_FUNCTION_ARGS)
{
	ce_ledger_enter(fcinfo);
	ce_require_ledger();
	PG_RETURN_VOID();
}

/* ce__distributed() returns boolean: are persons in shards of Citus? */
PG_FUNCTION_INFO_V1(ce__distributed);
Datum
ce__distributed(PG_FUNCTION_ARGS)
{
	ce_ledger_enter(fcinfo);
	ce_table_oid(CE_PERSON);
	PG_RETURN_BOOL(ce_table_placing(CE_PERSON) != CE_WHOLE);
}

/*-------------------------------------------------------------------------
 *
 * cache.c
 *	  The ledger's schema and tables, and cache invalidation.
 *
 * Every cache of ledger data stores a generation of this file: it is
 * incremented when an invalidation message arrives, or when the transaction
 * that read its own changes rolls back.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "store/cache.h"

#include "compat.h"

/* InvalidOid before the look-up and after an invalidation. */
static Oid	ledger_schema = InvalidOid;
static Oid	table_oids[CE_TABLES];

/* On a Citus cluster: the tables themselves, and where the shards are read. */
static Oid	shells[CE_TABLES];
static bool entered = false;
static int32 point;

static uint64 table_generations[CE_TABLES];
static uint64 law_generation = 1;
static uint64 org_generation = 1;
static uint64 member_generation = 1;
static uint64 label_generation = 1;

/* Citus says that a table has changed when shards of it have moved. */
static bool
shell_changed(int t, Oid relid)
{
	return relid == shells[t] && ce_distributed;
}

/* Relcache callback: forget what was cached for the relation. */
static void
relation_changed(Datum arg, Oid relid)
{
	for (int t = 0; t < CE_TABLES; t++)
	{
		if (relid != InvalidOid && relid != table_oids[t] && !shell_changed(t, relid))
			continue;
		if (relid == InvalidOid || relid == shells[t])
			ce_placement_forget(t);
		table_oids[t] = InvalidOid;
		table_generations[t]++;
		if (t <= CE_LAST_LAW_TABLE)
			law_generation++;
		else if (t == CE_ORG)
			org_generation++;
		else if (t == CE_MEMBER || t == CE_PERSON_ROLE)
			member_generation++;
	}
}

/* An enum type changed, maybe one of the closed lists': look them up again. */
static void
labels_changed(Datum arg, int cacheid, uint32 hashvalue)
{
	label_generation++;
}

/* A role was created, renamed or dropped, or a membership changed. */
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

/* The rows read may include this transaction's own changes. */
static bool read_while_writing = false;

uint64		ce_transaction_ends = 0;

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
	ce_transaction_ends++;
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
	if (event != SUBXACT_EVENT_ABORT_SUB)
		return;
	ce_transaction_ends++;
	forget_what_was_undone();
}

void
ce_cache_init(void)
{
	CacheRegisterRelcacheCallback(relation_changed, (Datum) 0);
	CacheRegisterSyscacheCallback(ENUMTYPOIDNAME, labels_changed, (Datum) 0);
	CacheRegisterSyscacheCallback(AUTHOID, roles_changed, (Datum) 0);
	CacheRegisterSyscacheCallback(AUTHMEMROLEMEM, roles_changed, (Datum) 0);
	RegisterXactCallback(at_transaction_end, NULL);
	RegisterSubXactCallback(at_subtransaction_end, NULL);
}

void
ce_ledger_enter(FunctionCallInfo fcinfo)
{
	static bool domain_bound = false;
	static Oid	last_function = InvalidOid;
	Oid			function = fcinfo->flinfo->fn_oid;

	/* Repeated, since the database encoding is unknown during preload. */
	if (unlikely(!domain_bound))
	{
		pg_bindtextdomain(TEXTDOMAIN);
		domain_bound = true;
	}

	/* Not relocatable, so a function's schema never changes. */
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
	 * processing invalidation messages, so process them here: a law row
	 * committed elsewhere applies from the next call on.
	 */
	AcceptInvalidationMessages();
}

const char *
ce_schema_name(Oid schema)
{
	char	   *name = get_namespace_name(schema);

	if (name == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_SCHEMA),
				 errmsg("the schema of the ledger was dropped"),
				 errhint("Run CREATE EXTENSION ce_hours; and then ce_setup().")));
	return quote_identifier(name);
}

const char *
ce_ledger_schema(void)
{
	return ce_schema_name(ledger_schema);
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

Oid
ce_ledger_namespace(void)
{
	return ledger_schema;
}

/* Of one of Citus's tables: the relation with its rows, or the table. */
static Oid
relation_at(CeTable table)
{
	Oid			relation = InvalidOid;

	if (entered || ce_placing(table, shells[table]) == CE_COPIED)
		relation = ce_find_shard(table, point);
	return OidIsValid(relation) ? relation : shells[table];
}

Oid
ce_cached_table(CeTable table, const char *name)
{
	if (unlikely(!OidIsValid(table_oids[table])))
	{
		Oid			shell = get_relname_relid(name, ledger_schema);
		CePlacing	placing;

		/* Reading Citus's catalogs may process invalidation messages, and fail. */
		shells[table] = shell;
		table_oids[table] = shell;
		PG_TRY();
		{
			placing = ce_placing(table, shell);
		}
		PG_CATCH();
		{
			table_oids[table] = InvalidOid;
			PG_RE_THROW();
		}
		PG_END_TRY();
		if (placing != CE_WHOLE)
			return table_oids[table] = relation_at(table);
	}
	return table_oids[table];
}

Oid
ce_cached_shell(CeTable table)
{
	return shells[table];
}

CePlacing
ce_table_placing(CeTable table)
{
	return ce_placing(table, shells[table]);
}

bool
ce_rows_are_here(CeTable table)
{
	return !ce_distributed || ce_table_placing(table) == CE_WHOLE ||
		table_oids[table] != shells[table];
}

/* ---------------------------------------------------------------------
 * Shards
 * ---------------------------------------------------------------------
 */

bool
ce_entered(int32 *at)
{
	*at = point;
	return entered;
}

/* Look up again the relations of tables that are split. */
static void
move_to(bool enter, int32 at)
{
	entered = enter;
	point = at;
	for (int t = 0; t < CE_TABLES; t++)
	{
		if (!OidIsValid(shells[t]) || ce_table_placing(t) != CE_SHARDED)
			continue;
		table_oids[t] = relation_at(t);
		table_generations[t]++;
	}
}

void
ce_enter_person(int64 person_id)
{
	int32		at = ce_point_of(person_id);

	(void) ce_table_placing(CE_PERSON);
	if (entered && ce_find_shard(CE_PERSON, at) == ce_find_shard(CE_PERSON, point) &&
		OidIsValid(ce_find_shard(CE_PERSON, at)))
		return;
	move_to(true, at);
}

bool
ce_enter_shard(CeTable table, Oid relation)
{
	CePlacing	placing = ce_table_placing(table);
	int32		at;

	if (!ce_shard_point(table, relation, &at))
		return false;
	if (placing == CE_SHARDED)
		move_to(true, at);
	return true;
}

void
ce_leave_shards(void)
{
	if (entered)
		move_to(false, 0);
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

uint64
ce_label_generation(void)
{
	return label_generation;
}

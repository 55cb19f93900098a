/*-------------------------------------------------------------------------
 *
 * cache.h
 *	  The ledger's schema and tables, and cache invalidation.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_CACHE_H
#define CE_CACHE_H

#include "fmgr.h"

#include "store/columns.h"
#include "store/placement.h"

/* Registers the invalidation callbacks; called when the module is loaded. */
extern void ce_cache_init(void);

/*
 * Every SQL-callable function that touches the ledger calls this first: it
 * finds the schema and processes invalidation messages of other sessions.
 */
extern void ce_ledger_enter(FunctionCallInfo fcinfo);

/*
 * A schema's name, quoted as an identifier; an error if the schema was dropped
 * while a query that calls us runs.  And that of the ledger's schema.
 */
extern const char *ce_schema_name(Oid schema);
extern const char *ce_ledger_schema(void);

/* The same schema's OID. */
extern Oid	ce_ledger_namespace(void);

/* An extension type's OID, by name. */
extern Oid	ce_ledger_type(const char *name);

/*
 * A table's OID, looked up by name once; InvalidOid if there is none.  On a
 * Citus cluster, the relation on this node that has the table's rows (of a
 * table that is split, those at the point entered), or the shell if none has.
 */
extern Oid	ce_cached_table(CeTable table, const char *name);

/* The table itself, also where its rows are in shards. */
extern Oid	ce_cached_shell(CeTable table);

/* How the rows of a table are kept, whose OID has been looked up. */
extern CePlacing ce_table_placing(CeTable table);

/*
 * From here on, tables that are split are read at the place of a person, or of
 * the shard that a trigger fired for (false: it is no shard of the table), or
 * as a whole.  Only where ce_distributed is set.
 */
extern void ce_enter_person(int64 person_id);
extern bool ce_enter_shard(CeTable table, Oid relation);
extern void ce_leave_shards(void);

/* Where they are read now; false: as a whole. */
extern bool ce_entered(int32 *point);

/* Are the table's rows, at the point entered, in the cached relation? */
extern bool ce_rows_are_here(CeTable table);

/*
 * Counts ends of transactions and rollbacks to savepoints: changes may have
 * been rolled back under an unchanged snapshot, and the next transaction's
 * snapshot may look the same.
 */
extern PGDLLIMPORT uint64 ce_transaction_ends;

/*
 * To be called by readers that cache rows in the backend: if this transaction
 * has written something and is rolled back, the cache is reloaded.
 */
extern void ce_note_reading(void);

/* Counts changes of a table's definition and indexes; never 0. */
extern uint64 ce_table_generation(CeTable table);

/* Counts changes of any law table, ce_org, duties and roles. */
extern uint64 ce_law_generation(void);
extern uint64 ce_org_generation(void);
extern uint64 ce_member_generation(void);

/* Counts changes of enum types. */
extern uint64 ce_label_generation(void);

#endif							/* CE_CACHE_H */

/*-------------------------------------------------------------------------
 *
 * cache.h
 *	  Which schema and tables are the ledger's, and what changed of them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_CACHE_H
#define CE_CACHE_H

#include "fmgr.h"

#include "store/columns.h"

/* Registers the callbacks by which changes are heard of; when the module is loaded. */
extern void ce_cache_init(void);

/*
 * Every SQL-callable function that touches the ledger calls this first: it
 * finds the schema and takes in what other sessions have changed meanwhile.
 */
extern void ce_ledger_enter(FunctionCallInfo fcinfo);

/* The ledger's schema, quoted as an identifier. */
extern const char *ce_ledger_schema(void);

/* The same as an OID. */
extern Oid	ce_ledger_namespace(void);

/* A type of the extension's own, by its name. */
extern Oid	ce_ledger_type(const char *name);

/* A table's OID, found by its name once; InvalidOid where there is none. */
extern Oid	ce_cached_table(CeTable table, const char *name);

/*
 * What is read now may be kept by the backend: if this transaction has written
 * something and is rolled back, it is to be read afresh.
 */
extern void ce_note_reading(void);

/* Counts changes of a table's definition and indexes; never 0. */
extern uint64 ce_table_generation(CeTable table);

/* Counts changes of any law table, of ce_org, or of who may (roles, too). */
extern uint64 ce_law_generation(void);
extern uint64 ce_org_generation(void);
extern uint64 ce_member_generation(void);

/* Counts changes of enum types. */
extern uint64 ce_label_generation(void);

#endif							/* CE_CACHE_H */

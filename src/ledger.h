/*-------------------------------------------------------------------------
 *
 * ledger.h
 *	  Finding the ledger's tables and columns.
 *
 * The ledger is made of ordinary tables in the extension's schema, which are
 * the user's.  This room finds them and their columns by name once, refuses
 * what it cannot read safely, remembers what it found, and forgets it when
 * the server says that it changed.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_LEDGER_H
#define CE_LEDGER_H

#include "access/htup.h"
#include "access/tupdesc.h"
#include "fmgr.h"
#include "utils/relcache.h"

#include "columns.h"
#include "day.h"
#include "labels.h"

/*
 * Every SQL-callable function that touches the ledger calls this first: it
 * finds the schema and takes in what other sessions have changed meanwhile.
 */
extern void ce_ledger_enter(FunctionCallInfo fcinfo);

/* The row type that a function returns, found once for all calls of a query. */
extern TupleDesc ce_result_desc(FunctionCallInfo fcinfo);

/* The ledger's schema, quoted as an identifier. */
extern const char *ce_ledger_schema(void);

/* A table's OID; an error with the way out before ce_setup(). */
extern Oid	ce_table_oid(CeTable table);

/* Whether a table that came with a later version is there yet. */
extern bool ce_table_exists(CeTable table);

/* The same error now, before SQL of ours runs into the missing tables. */
extern void ce_require_ledger(void);

/* Which of the tables a relation is; an error if it is none of them. */
extern CeTable ce_table_of(Relation rel);

/* A type of the extension's own, by its name. */
extern Oid	ce_ledger_type(const char *name);

/*
 * Attribute numbers of the columns, by the table's column enum.  The first
 * look at a table, and the first after it changed, is an error unless it is a
 * table of the ledger's owner with the columns and types that the code reads.
 */
extern const AttrNumber *ce_table_columns(CeTable table, Relation rel);

/*
 * A stored row as arrays by column enum; values point into the tuple.  The
 * other one is for a row that a BEFORE trigger was given.
 */
extern void ce_row_read(CeTable table, Relation rel, HeapTuple tuple,
						Datum *values, bool *nulls);
extern void ce_row_read_given(CeTable table, Relation rel, HeapTuple tuple,
							  Datum *values, bool *nulls);

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

#endif							/* CE_LEDGER_H */

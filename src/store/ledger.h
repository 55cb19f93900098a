/*-------------------------------------------------------------------------
 *
 * ledger.h
 *	  Finding the ledger's tables and columns.
 *
 * The ledger is made of ordinary tables in the extension's schema, which are
 * the user's.  Tables and columns are found by name once, and refused where
 * they cannot be read safely.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_LEDGER_H
#define CE_LEDGER_H

#include "access/htup.h"
#include "access/tupdesc.h"
#include "fmgr.h"
#include "utils/relcache.h"

#include "store/cache.h"
#include "store/columns.h"
#include "store/day.h"
#include "store/labels.h"

/* The row type that a function returns, found once for all calls of a query. */
extern TupleDesc ce_result_desc(FunctionCallInfo fcinfo);

/* A table's OID; an error with the way out before ce_setup(). */
extern Oid	ce_table_oid(CeTable table);

/* Whether a table that came with a later version is there yet. */
extern bool ce_table_exists(CeTable table);

/* The same error now, before SQL of ours runs into the missing tables. */
extern void ce_require_ledger(void);

/* The same of a table that C knows by no more than its name; its OID. */
extern Oid	ce_ledger_table(const char *name);

/* Which of the tables a relation is; an error if it is none of them. */
extern CeTable ce_table_of(Relation rel);

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

#endif							/* CE_LEDGER_H */

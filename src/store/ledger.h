/*-------------------------------------------------------------------------
 *
 * ledger.h
 *	  Finding the ledger's tables and columns.
 *
 * The ledger consists of ordinary tables in the extension's schema, which the
 * user owns.  Tables and columns are looked up by name once, and rejected if
 * they cannot be read safely.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_LEDGER_H
#define CE_LEDGER_H

#include "access/htup.h"
#include "access/tupdesc.h"
#include "fmgr.h"
#include "nodes/pg_list.h"
#include "utils/relcache.h"

#include "store/cache.h"
#include "store/columns.h"
#include "store/day.h"
#include "store/labels.h"

/* The row type that a function returns, looked up once a query. */
extern TupleDesc ce_result_desc(FunctionCallInfo fcinfo);

/*
 * Begins to return rows like InitMaterializedSRF(), which would look up the
 * row type for every call.
 */
extern void ce_begin_rows(FunctionCallInfo fcinfo);

/* Returns a row; also after InitMaterializedSRF(). */
extern void ce_put_row(FunctionCallInfo fcinfo, Datum *values, bool *nulls);

/* A table's OID; an error with a hint before ce_setup(). */
extern Oid	ce_table_oid(CeTable table);

/*
 * The relation that ce_table_oid() gives, qualified, for SQL that runs inside a
 * trigger: on a Citus cluster it may name shards only.
 */
extern const char *ce_table_here(CeTable table);

/* Any relation's name, qualified. */
extern const char *ce_relation_name(Oid relation);

/*
 * The relations on this node that have rows of the table: the table itself or,
 * on a Citus cluster, its shards here.
 */
extern List *ce_relations_here(CeTable table);

/*
 * Opens a table that is read whole, like a catalog; an error if its rows are
 * not on this node.
 */
extern Relation ce_open_whole(CeTable table);

/*
 * The estimated number of a table's rows; per_page: so many fill a page of one
 * that was never analyzed.
 */
extern double ce_row_count(CeTable table, double per_page);

/* Whether a table exists. */
extern bool ce_table_exists(CeTable table);

/*
 * Whether a table that a later version added exists yet; an error if it does
 * not, although ce_setup() of this version has run.
 */
extern bool ce_later_table_exists(CeTable table);

/* The same error early, before our SQL runs into the missing tables. */
extern void ce_require_ledger(void);

/* An error for what a ledger on a Citus cluster does not support yet. */
extern void ce_refuse_distributed(const char *function, const char *hint);

/* The same for a table that C knows only by name; its OID. */
extern Oid	ce_ledger_table(const char *name);

/* An error if the table did not take a row that was written to it. */
extern void ce_require_written(bool written, const char *table);

/*
 * An error for rules that would replace an INSERT or UPDATE of the table, or
 * that one with ON CONFLICT cannot have: the server's own says less.
 */
extern void ce_refuse_rules(CeTable table, bool on_conflict);
extern void ce_refuse_rules_by_name(const char *table, bool on_conflict);

/* The ledger table that a relation is; an error if it is not one. */
extern CeTable ce_get_table(Relation rel);

/* Is the relation this table?  On a Citus cluster enters the shard. */
extern bool ce_is_table(CeTable table, Relation rel);

/*
 * Attribute numbers of the columns, by the table's column enum.  The first use
 * of a table, and the first after it changed, is an error unless the table
 * belongs to the ledger's owner and has the columns and types that the code
 * reads.
 */
extern const AttrNumber *ce_table_columns(CeTable table, Relation rel);

/* A column in a set of them; the empty set stands for all. */
#define CE_COLUMN(column) (UINT64CONST(1) << (column))

static inline bool
ce_is_among(uint64 set, int column)
{
	return set == 0 || (set & CE_COLUMN(column)) != 0;
}

/*
 * Takes the columns of a set from a row as the table has it, the others and
 * those that the table does not have yet being null; returns those of the set
 * that are null.
 */
static inline uint64
ce_take_columns(uint64 set, const AttrNumber *columns, int ncolumns, const Datum *row_values,
				const bool *row_nulls, Datum *values, bool *nulls)
{
	uint64		found = 0;

	for (int c = 0; c < ncolumns; c++)
	{
		bool		read = ce_is_among(set, c);

		nulls[c] = !read || columns[c] == InvalidAttrNumber || row_nulls[columns[c] - 1];
		values[c] = nulls[c] ? (Datum) 0 : row_values[columns[c] - 1];
		found |= (uint64) (read && nulls[c]) << c;
	}
	return found;
}

/*
 * A stored row as arrays by column enum; values point into the tuple.  The
 * second one is for a row passed to a BEFORE trigger.
 */
extern void ce_row_read(CeTable table, Relation rel, HeapTuple tuple,
						Datum *values, bool *nulls);
extern void ce_row_read_given(CeTable table, Relation rel, HeapTuple tuple,
							  Datum *values, bool *nulls);

#endif							/* CE_LEDGER_H */

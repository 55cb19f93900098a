/*-------------------------------------------------------------------------
 *
 * rows.h
 *	  Reading rows of one table by the leading columns of an index.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_ROWS_H
#define CE_ROWS_H

#include "access/stratnum.h"

#include "store/ledger.h"
#include "store/sql.h"

#define CE_MAX_KEYS 3

/* One condition: column OP $n. */
typedef struct CeRowKey
{
	int			column;			/* by the table's column enum */
	StrategyNumber strategy;	/* =, >= or <= */
	RegProcedure procedure;
	Oid			type;
} CeRowKey;

/* A further condition on the rows of a query, in both forms. */
typedef struct CeRowFilter
{
	const char *sql;
	bool		(*holds) (const Datum *values, const bool *nulls);
	/* Does an index with this predicate have all rows of the condition? */
	bool		(*implies) (List *predicate, const AttrNumber *columns);
} CeRowFilter;

typedef struct CeRowQuery
{
	CeTable		table;
	uint64		columns;		/* columns read, the keys' included; 0: all */
	int			nkeys;
	CeRowKey	keys[CE_MAX_KEYS];
	const CeRowFilter *filter;	/* or NULL */
	/* cached between calls: the index, until the table changes */
	uint64		generation;
	Oid			index;			/* InvalidOid: no matching index */
	AttrNumber	positions[CE_MAX_KEYS];
	AttrNumber	last_column;
	/* and the executor's statement */
	CeStatement statement;
} CeRowQuery;

/* Does the query read a column? */
static inline bool
ce_row_reads(const CeRowQuery *query, int column)
{
	return ce_is_among(query->columns, column);
}

/*
 * A row, by the table's column enum; columns that the query does not read are
 * null.  Valid only during the callback.
 */
typedef void (*CeRowCallback) (const Datum *values, const bool *nulls, void *arg);

/*
 * True if row security shows the caller all rows of a person in a table, so
 * that the executor is not needed.  Set by policies.c, which is on a higher
 * floor.
 */
extern bool (*ce_rows_person_visible) (CeTable table, Relation rel, int64 person_id);

/* Calls back for each row, under the caller's snapshot and privileges. */
extern void ce_rows_run(CeRowQuery *query, Datum *args, CeRowCallback callback,
						void *arg);

/* The same by SQL, always. */
extern void ce_rows_run_sql(CeRowQuery *query, Datum *args, CeRowCallback callback,
							void *arg);

/*
 * Calls back for every row of the query's table, in physical order; false, and
 * no row, if the rows cannot be read for the current user without the
 * executor.
 */
extern bool ce_rows_scan(const CeRowQuery *query, CeRowCallback callback, void *arg);

/*
 * Calls back with the first column of the entries of an index that matches the
 * query: those of all rows that any keys could find, and maybe of others.
 * False as above.
 */
extern bool ce_rows_scan_index(CeRowQuery *query,
							   void (*callback) (Datum first, void *arg), void *arg);

#endif							/* CE_ROWS_H */

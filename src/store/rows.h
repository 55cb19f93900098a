/*-------------------------------------------------------------------------
 *
 * rows.h
 *	  Reading rows of one table by keys that lead one of its indexes.
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

/* A further condition on the rows of a query, said twice. */
typedef struct CeRowFilter
{
	const char *sql;
	bool		(*holds) (const Datum *values, const bool *nulls);
	/* Does an index with this predicate have all rows that it holds for? */
	bool		(*implies) (List *predicate, const AttrNumber *columns);
} CeRowFilter;

/* A column in a set of them. */
#define CE_COLUMN(column) (UINT64CONST(1) << (column))

typedef struct CeRowQuery
{
	CeTable		table;
	uint64		columns;		/* that it reads, the keys' among them; 0: all */
	int			nkeys;
	CeRowKey	keys[CE_MAX_KEYS];
	const CeRowFilter *filter;	/* or NULL */
	/* kept from call to call: the index, as long as the table stays as it is */
	uint64		generation;
	Oid			index;			/* InvalidOid: none that the keys lead */
	AttrNumber	positions[CE_MAX_KEYS];
	AttrNumber	last_column;
	/* and what asks the executor */
	CeStatement statement;
} CeRowQuery;

/*
 * An index that begins with a column and serves systable_beginscan(), whose
 * keys compare as the catalogs' do; InvalidOid if there is none.
 */
extern Oid	ce_index_led_by(Relation rel, AttrNumber attnum);

/*
 * A row, by the table's column enum; columns that the query does not read are
 * null.  Nothing of it stays valid.
 */
typedef void (*CeRowCallback) (const Datum *values, const bool *nulls, void *arg);

/*
 * Says that row security lets the caller see all rows of a person in a table,
 * so that the executor need not be asked; false: it must.  Set by sees.c,
 * which stands above.
 */
extern bool (*ce_rows_person_visible) (CeTable table, Relation rel, int64 person_id);

/* Calls back for each row, by the caller's snapshot and privileges. */
extern void ce_rows_run(CeRowQuery *query, Datum *args, CeRowCallback callback,
						void *arg);

/*
 * Calls back for every row of the query's table, read in its own order; false,
 * and no row, where the current user's rows cannot be read without the executor.
 */
extern bool ce_rows_scan(const CeRowQuery *query, CeRowCallback callback, void *arg);

/*
 * Calls back with the first column of the entries of an index that serves the
 * query: those of all rows that the query finds for whatever keys, and maybe
 * of others.  False as before.
 */
extern bool ce_rows_scan_index(CeRowQuery *query,
							   void (*callback) (Datum first, void *arg), void *arg);

#endif							/* CE_ROWS_H */

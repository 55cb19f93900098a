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
#include "executor/spi.h"

#include "ledger.h"

#define CE_MAX_KEYS 3

/* One condition: column OP $n. */
typedef struct CeRowKey
{
	int			column;			/* by the table's column enum */
	StrategyNumber strategy;	/* =, >= or <= */
	RegProcedure procedure;
	Oid			type;
} CeRowKey;

typedef struct CeRowQuery
{
	CeTable		table;
	int			nkeys;
	CeRowKey	keys[CE_MAX_KEYS];
	const char *filter;			/* a further condition in SQL, or NULL */
	/* kept from call to call */
	SPIPlanPtr	plan;
	char	   *plan_schema;
} CeRowQuery;

/* A row, by the table's column enum; nothing of it stays valid. */
typedef void (*CeRowCallback) (const Datum *values, const bool *nulls, void *arg);

/* Calls back for each row, by the caller's snapshot and privileges. */
extern void ce_rows_run(CeRowQuery *query, Datum *args, CeRowCallback callback,
						void *arg);

#endif							/* CE_ROWS_H */

/*-------------------------------------------------------------------------
 *
 * sql.h
 *	  Running SQL from C, with and without a saved plan.
 *
 * Names in the statements are qualified, operators too (test/t/009_floors.pl),
 * and a statement that was not executed as written is an error: a user-defined
 * rule may have rewritten it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_SQL_H
#define CE_SQL_H

#include "executor/spi.h"

/* How a statement runs, as bits. */
#define CE_SQL_READ_ONLY	1	/* with the caller's snapshot */
#define CE_SQL_LATEST		2	/* on the latest committed data, always */
#define CE_SQL_GENERIC		4	/* by a plan that does not rest on the parameters,
								 * such as how long an array is */

/* Connect to SPI, until ce_sql_finish(); may_commit: in a procedure. */
extern void ce_sql_begin(void);
extern void ce_sql_begin_procedure(bool may_commit);
extern void ce_sql_finish(void);

/*
 * Run a statement once; returns the number of its rows, which are in
 * SPI_tuptable.  The caller's memory context stays current, here and below.
 */
extern uint64 ce_run(const char *sql, int nargs, Oid *types, Datum *values,
					 const char *nulls, int how, int expected);

/*
 * A statement that stays prepared until the ledger changes.  Zero-initialized;
 * static, since it holds the saved plan.
 */
typedef struct CeStatement
{
	SPIPlanPtr	plan;
	char	   *schema;
	Oid			rests_on;
} CeStatement;

/* Is the saved plan valid?  rests_on: a table or type that it names. */
extern bool ce_statement_ready(const CeStatement *statement, Oid rests_on);

/* Prepare it, or prepare it again; of how only CE_SQL_GENERIC matters. */
extern void ce_statement_prepare(CeStatement *statement, const char *sql,
								 int nargs, Oid *types, Oid rests_on, int how);

/* Run it; of how only CE_SQL_READ_ONLY matters. */
extern uint64 ce_run_kept(CeStatement *statement, Datum *values,
						  const char *nulls, int how, int expected);

/* A value of the result, row from 0 and column from 1; and its text. */
extern Datum ce_sql_value(uint64 row, int column, bool *isnull);
extern char *ce_sql_text(uint64 row, int column);

#endif							/* CE_SQL_H */

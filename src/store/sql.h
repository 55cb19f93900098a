/*-------------------------------------------------------------------------
 *
 * sql.h
 *	  Running SQL from C, and statements that are kept prepared.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_SQL_H
#define CE_SQL_H

#include "executor/spi.h"

/* Connect to SPI; SPI_finish() ends it. */
extern void ce_sql_begin(void);

/*
 * The statement did what it says, or an error: a rule of the user's may have
 * made something else of it.
 */
extern void ce_sql_expect(int result, int expected);

/*
 * A statement that is kept prepared as long as the ledger stays in place.
 * Begins as all zero; static, since plans are kept in it.
 */
typedef struct CeStatement
{
	SPIPlanPtr	plan;
	char	   *schema;
	Oid			rests_on;
} CeStatement;

/* May the plan be run as it is?  rests_on: a table or type that it names. */
extern bool ce_statement_ready(const CeStatement *statement, Oid rests_on);

/* Prepare it, or prepare it anew; connected to SPI. */
extern void ce_statement_prepare(CeStatement *statement, const char *sql,
								 int nargs, Oid *types, Oid rests_on);

/* One statement by SPI, to which the caller is connected; the rows of it. */
extern uint64 ce_run(const char *sql, int nargs, Oid *types, Datum *values,
					 const char *nulls);

#endif							/* CE_SQL_H */

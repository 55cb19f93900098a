/*-------------------------------------------------------------------------
 *
 * statement.h
 *	  A prepared statement that is kept as long as the ledger stays in place.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_STATEMENT_H
#define CE_STATEMENT_H

#include "executor/spi.h"

/* Begins as all zero; static, since plans are kept in it. */
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

#endif							/* CE_STATEMENT_H */

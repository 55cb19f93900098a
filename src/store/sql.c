/*-------------------------------------------------------------------------
 *
 * sql.c
 *	  Running SQL from C, and statements that are kept prepared.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "store/ledger.h"
#include "store/sql.h"

#include "compat.h"

void
ce_sql_begin(void)
{
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
}

void
ce_sql_expect(int result, int expected)
{
	if (result != expected)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("a statement of the ledger was not executed as it is written"),
				 errdetail("The server answered %s instead of %s.",
						   SPI_result_code_string(result),
						   SPI_result_code_string(expected)),
				 errhint("Drop the rules (CREATE RULE) of the ledger's tables.")));
}

bool
ce_statement_ready(const CeStatement *statement, Oid rests_on)
{
	return statement->plan != NULL && statement->rests_on == rests_on &&
		strcmp(statement->schema, ce_ledger_schema()) == 0;
}

void
ce_statement_prepare(CeStatement *statement, const char *sql, int nargs,
					 Oid *types, Oid rests_on)
{
	SPIPlanPtr	plan = SPI_prepare(sql, nargs, types);
	char	   *schema;

	if (plan == NULL)
		elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
	schema = MemoryContextStrdup(TopMemoryContext, ce_ledger_schema());
	SPI_keepplan(plan);
	if (statement->plan != NULL)
	{
		SPI_freeplan(statement->plan);
		pfree(statement->schema);
	}
	statement->plan = plan;
	statement->schema = schema;
	statement->rests_on = rests_on;
}

uint64
ce_run(const char *sql, int nargs, Oid *types, Datum *values, const char *nulls)
{
	int			result = SPI_execute_with_args(sql, nargs, types, values, nulls,
											   false, 0);

	if (result < 0)
		elog(ERROR, "SPI_execute_with_args failed: %s",
			 SPI_result_code_string(result));
	return SPI_processed;
}

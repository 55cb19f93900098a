/*-------------------------------------------------------------------------
 *
 * statement.c
 *	  A prepared statement that is kept as long as the ledger stays in place.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "ledger.h"
#include "statement.h"

#include "compat.h"

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

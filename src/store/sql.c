/*-------------------------------------------------------------------------
 *
 * sql.c
 *	  Running SQL from C, with and without a saved plan.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "store/ledger.h"
#include "store/sql.h"

#include "compat.h"

/* An unexpected SPI result. */
static void
expect(int result, int expected)
{
	if (result == expected)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("the server did not execute a statement of the ledger as written"),
			 errdetail("The server returned %s instead of %s.",
					   SPI_result_code_string(result),
					   SPI_result_code_string(expected)),
			 errhint("Drop the rules (CREATE RULE) of the ledger's tables.")));
}

void
ce_sql_begin_procedure(bool may_commit)
{
	expect(SPI_connect_ext(may_commit ? SPI_OPT_NONATOMIC : 0), SPI_OK_CONNECT);
}

void
ce_sql_begin(void)
{
	ce_sql_begin_procedure(false);
}

void
ce_sql_finish(void)
{
	expect(SPI_finish(), SPI_OK_FINISH);
}

static SPIPlanPtr
prepare(const char *sql, int nargs, Oid *types, int how)
{
	SPIPlanPtr	plan = SPI_prepare_cursor(sql, nargs, types,
										  (how & CE_SQL_GENERIC) ? CURSOR_OPT_GENERIC_PLAN : 0);

	if (plan == NULL)
		elog(ERROR, "SPI_prepare_cursor failed: %s", SPI_result_code_string(SPI_result));
	return plan;
}

/* Planned again at each run, since the tables may have grown. */
static int
run_by_plan(const char *sql, int nargs, Oid *types, Datum *values,
			const char *nulls, int how)
{
	SPIPlanPtr	plan = prepare(sql, nargs, types, how);
	bool		read_only = (how & CE_SQL_READ_ONLY) != 0;
	Snapshot	snapshot = InvalidSnapshot;
	int			result;

	if (how & CE_SQL_LATEST)
	{
		/* including this transaction's own changes */
		CommandCounterIncrement();
		snapshot = GetLatestSnapshot();
	}
	result = SPI_execute_snapshot(plan, values, nulls, snapshot, InvalidSnapshot,
								  read_only, !read_only, 0);
	SPI_freeplan(plan);
	return result;
}

uint64
ce_run(const char *sql, int nargs, Oid *types, Datum *values, const char *nulls,
	   int how, int expected)
{
	MemoryContext context = CurrentMemoryContext;

	expect((how & (CE_SQL_LATEST | CE_SQL_GENERIC)) ?
		   run_by_plan(sql, nargs, types, values, nulls, how) :
		   SPI_execute_with_args(sql, nargs, types, values, nulls,
								 (how & CE_SQL_READ_ONLY) != 0, 0), expected);
	MemoryContextSwitchTo(context);
	return SPI_processed;
}

bool
ce_statement_ready(const CeStatement *statement, Oid rests_on)
{
	return statement->plan != NULL && statement->rests_on == rests_on &&
		strcmp(statement->schema, ce_ledger_schema()) == 0;
}

static void
forget(CeStatement *statement)
{
	if (statement->plan == NULL)
		return;
	SPI_freeplan(statement->plan);
	pfree(statement->schema);
	statement->plan = NULL;
}

void
ce_statement_prepare(CeStatement *statement, const char *sql, int nargs,
					 Oid *types, Oid rests_on, int how)
{
	SPIPlanPtr	plan = prepare(sql, nargs, types, how);
	char	   *schema = MemoryContextStrdup(TopMemoryContext, ce_ledger_schema());

	SPI_keepplan(plan);
	forget(statement);
	statement->plan = plan;
	statement->schema = schema;
	statement->rests_on = rests_on;
}

uint64
ce_run_kept(CeStatement *statement, Datum *values, const char *nulls,
			int how, int expected)
{
	MemoryContext context = CurrentMemoryContext;
	int			result = SPI_execute_plan(statement->plan, values, nulls,
										  (how & CE_SQL_READ_ONLY) != 0, 0);

	/* A plan that a rule left empty would not notice that the rule is dropped. */
	if (unlikely(result != expected))
		forget(statement);
	expect(result, expected);
	MemoryContextSwitchTo(context);
	return SPI_processed;
}

Datum
ce_sql_value(uint64 row, int column, bool *isnull)
{
	return SPI_getbinval(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, column, isnull);
}

char *
ce_sql_text(uint64 row, int column)
{
	return SPI_getvalue(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, column);
}

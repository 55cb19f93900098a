/*-------------------------------------------------------------------------
 *
 * import_sql.c
 *	  Running the statements of an import.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/resowner.h"
#include "utils/snapmgr.h"

#include "feed/import_sql.h"
#include "store/ledger.h"
#include "store/sql.h"

#include "compat.h"

void
ce_import_require_ledger(void)
{
	static const char *const tables[] = {"ce_staging", "ce_statement"};

	ce_require_ledger();
	for (int i = 0; i < lengthof(tables); i++)
	{
		if (!OidIsValid(get_relname_relid(tables[i], get_rel_namespace(ce_table_oid(CE_ACTIVITY)))))
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("the ledger in schema %s is older than the extension", ce_ledger_schema()),
					 errdetail("Table \"%s\" does not exist.", tables[i]),
					 errhint("Run SELECT %s.ce_setup(); as the role that owns the ledger.",
							 ce_ledger_schema())));
	}
}

Datum
ce_import_texts(char **texts, int n)
{
	Datum	   *elements = palloc(sizeof(Datum) * Max(n, 1));
	bool	   *nulls = palloc(sizeof(bool) * Max(n, 1));
	int			lower = 1;

	for (int i = 0; i < n; i++)
	{
		nulls[i] = texts[i] == NULL;
		elements[i] = nulls[i] ? (Datum) 0 : CStringGetTextDatum(texts[i]);
	}
	return PointerGetDatum(construct_md_array(elements, nulls, 1, &n, &lower,
											  TEXTOID, -1, false, TYPALIGN_INT));
}

/*
 * A generic plan takes arrays to be short and so goes by indexes; and it is made
 * anew for each batch, since the tables grow under it.
 */
static void
execute_as_of(const char *sql, int nargs, Oid *types, Datum *values,
			  Snapshot snapshot, int expected)
{
	MemoryContext context = CurrentMemoryContext;
	SPIPlanPtr	plan = SPI_prepare_cursor(sql, nargs, types, CURSOR_OPT_GENERIC_PLAN);
	int			result;

	if (plan == NULL)
		elog(ERROR, "SPI_prepare_cursor failed: %s", SPI_result_code_string(SPI_result));
	result = SPI_execute_snapshot(plan, values, NULL, snapshot, InvalidSnapshot,
								  snapshot != InvalidSnapshot,
								  snapshot == InvalidSnapshot, 0);
	ce_sql_expect(result, expected);
	SPI_freeplan(plan);
	/* SPI leaves us in a context that lasts as long as the import. */
	MemoryContextSwitchTo(context);
}

void
ce_import_execute(const char *sql, int nargs, Oid *types, Datum *values, int expected)
{
	execute_as_of(sql, nargs, types, values, InvalidSnapshot, expected);
}

/*
 * Read what is committed now, whatever the isolation level: what another
 * import has just brought must not be brought again.
 */
void
ce_import_query_now(const char *sql, int nargs, Oid *types, Datum *values)
{
	CommandCounterIncrement();
	execute_as_of(sql, nargs, types, values, GetLatestSnapshot(), SPI_OK_SELECT);
}

/* Errors that are a record's; all others end the import. */
static bool
is_records_error(const ErrorData *error)
{
	switch (ERRCODE_TO_CATEGORY(error->sqlerrcode))
	{
		case ERRCODE_DATA_EXCEPTION:
		case ERRCODE_INTEGRITY_CONSTRAINT_VIOLATION:
		case ERRCODE_WITH_CHECK_OPTION_VIOLATION:
			return true;
	}
	return error->sqlerrcode == ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE ||
		error->sqlerrcode == ERRCODE_INSUFFICIENT_PRIVILEGE ||
		error->sqlerrcode == ERRCODE_UNDEFINED_OBJECT ||
		/* a reference too long for its index */
		error->sqlerrcode == ERRCODE_PROGRAM_LIMIT_EXCEEDED ||
		error->sqlerrcode == ERRCODE_RAISE_EXCEPTION;
}

/*
 * Take a step in a subtransaction; returns a record's error, or NULL.  In an SPI
 * connection of its own, whose plans go with it when it fails.
 */
ErrorData *
ce_import_attempt(CeImportStep step, void *arg)
{
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	ErrorData  *volatile error = NULL;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		ce_sql_begin();
		step(arg);
		SPI_finish();
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
	}
	PG_END_TRY();
	MemoryContextSwitchTo(context);
	CurrentResourceOwner = owner;
	if (error != NULL && !is_records_error(error))
		ReThrowError(error);
	return error;
}

char *
ce_import_error_text(const ErrorData *error)
{
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfoString(&text, error->message);
	if (error->detail != NULL)
		appendStringInfo(&text, ". %s", error->detail);
	if (error->hint != NULL)
		appendStringInfo(&text, error->detail == NULL ? ". %s" : " %s", error->hint);
	return text.data;
}

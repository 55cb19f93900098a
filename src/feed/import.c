/*-------------------------------------------------------------------------
 *
 * import.c
 *	  Imports of activities: of JSON records, and of staged lines (9.4).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "feed/import_batch.h"
#include "feed/import_columns.h"
#include "feed/import_record.h"
#include "feed/import_write.h"
#include "feed/import_xapi.h"
#include "store/sql.h"
#include "store/turn.h"

#include "compat.h"

/* How often a long import reports its progress. */
#define RECORDS_A_NOTICE 100000

#define MAX_LINES_A_TRANSACTION 1000000

typedef struct Counts
{
	int64		all;
	int64		by_outcome[CE_IMPORT_OUTCOMES];
} Counts;

static void
count_items(Counts *counts, const CeImportItem *items, int n)
{
	counts->all += n;
	for (int i = 0; i < n; i++)
		counts->by_outcome[items[i].outcome]++;
}

static void
say_progress(const Counts *counts, int64 total)
{
	ereport(NOTICE,
			(errmsg("%lld of %lld records: %lld new, %lld unchanged, %lld in conflict, %lld rejected, %lld withdrawn",
					(long long) counts->all, (long long) total,
					(long long) counts->by_outcome[CE_IMPORT_NEW],
					(long long) counts->by_outcome[CE_IMPORT_UNCHANGED],
					(long long) counts->by_outcome[CE_IMPORT_CONFLICT],
					(long long) counts->by_outcome[CE_IMPORT_REJECTED],
					(long long) counts->by_outcome[CE_IMPORT_WITHDRAWN])));
}

static Datum
text_or_null(const char *text, bool *isnull)
{
	*isnull = text == NULL;
	return *isnull ? (Datum) 0 : CStringGetTextDatum(text);
}

/* ---------------------------------------------------------------------
 * JSON
 * ---------------------------------------------------------------------
 */

/*
 * The records of an argument: one object, an array, or the answer of a record
 * store, which is an object around an array.
 */
static JsonbContainer *
records_of(JsonbContainer *root)
{
	static const char statements[] = "statements";
	JsonbValue *value;

	if (JsonContainerIsScalar(root))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("records must be a JSON object or an array of objects")));
	if (JsonContainerIsArray(root) || ce_import_is_statement(root))
		return root;
	value = getKeyJsonValueFromContainer(root, statements, strlen(statements), NULL);
	if (value != NULL && value->type == jbvBinary && JsonContainerIsArray(value->val.binary.data))
		return value->val.binary.data;
	return root;
}

static void
read_record(CeImportItem *item, char *source, int64 ord, JsonbContainer *record)
{
	item->ord = ord;
	item->source = source;
	if (record == NULL || !JsonContainerIsObject(record))
		ce_import_decide(item, CE_IMPORT_REJECTED, _("a record must be a JSON object"));
	else if (ce_import_is_statement(record))
		ce_import_read_statement(item, record);
	else
		ce_import_read(item, record);
	ce_import_check(item);
}

static void
put_results(ReturnSetInfo *rsinfo, const CeImportItem *items, int n)
{
	for (int i = 0; i < n; i++)
	{
		Datum		values[4];
		bool		nulls[4] = {false};

		values[0] = Int64GetDatum(items[i].ord);
		values[1] = text_or_null(items[i].ref, &nulls[1]);
		values[2] = CStringGetTextDatum(ce_import_outcome_label(items[i].outcome));
		values[3] = text_or_null(items[i].message, &nulls[3]);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
}

/* Citus does not plan the look-ups of an import. */
static const char *const by_insert =
gettext_noop("Enter the rows with INSERT or COPY into ce_activity; source and source_ref keep a row from coming twice.");

/*
 * ce_import(source text, records jsonb)
 *	 returns table(ord bigint, source_ref text, outcome text, message text)
 */
PG_FUNCTION_INFO_V1(ce_import);
Datum
ce_import(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	CeImportItem *items;
	char	   *source;
	JsonbContainer *root;
	JsonbIterator *it = NULL;
	Counts		counts = {0};
	MemoryContext batch_context;
	int64		total;
	int64		ord = 0;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("source and records must not be null"),
				 errhint("source names the system that the records come from.")));
	InitMaterializedSRF(fcinfo, 0);
	ce_ledger_enter(fcinfo);
	ce_refuse_distributed("ce_import()", by_insert);
	ce_import_require_ledger();
	source = text_to_cstring(PG_GETARG_TEXT_PP(0));
	root = records_of(&PG_GETARG_JSONB_P(1)->root);
	total = JsonContainerIsArray(root) ? JsonContainerSize(root) : 1;
	items = palloc(sizeof(CeImportItem) * Min(total, CE_IMPORT_BATCH) + 1);

	ce_sql_begin();
	batch_context = AllocSetContextCreate(CurrentMemoryContext, "ce_hours import batch",
										  ALLOCSET_DEFAULT_SIZES);
	ce_import_require_privilege();
	if (JsonContainerIsArray(root))
	{
		JsonbValue	array;

		it = JsonbIteratorInit(root);
		(void) JsonbIteratorNext(&it, &array, true);
	}
	while (ord < total)
	{
		MemoryContext old_context = MemoryContextSwitchTo(batch_context);
		int			n = Min(total - ord, CE_IMPORT_BATCH);
		int64		before = counts.all;

		memset(items, 0, sizeof(CeImportItem) * n);
		for (int i = 0; i < n; i++)
		{
			JsonbContainer *record = root;
			JsonbValue	element;

			if (it != NULL)
			{
				(void) JsonbIteratorNext(&it, &element, true);
				record = element.type == jbvBinary ? element.val.binary.data : NULL;
			}
			CHECK_FOR_INTERRUPTS();
			read_record(&items[i], source, ++ord, record);
		}
		ce_import_batch(items, n);
		put_results(rsinfo, items, n);
		count_items(&counts, items, n);
		MemoryContextSwitchTo(old_context);
		MemoryContextReset(batch_context);
		if (counts.all / RECORDS_A_NOTICE > before / RECORDS_A_NOTICE)
			say_progress(&counts, total);
	}
	ce_sql_finish();
	return (Datum) 0;
}

/* ---------------------------------------------------------------------
 * Staged lines
 * ---------------------------------------------------------------------
 */

/* At most $2 waiting lines of source $3 that follow line $1. */
static char *
waiting_query(bool one_source)
{
	StringInfoData sql;

	initStringInfo(&sql);
	appendStringInfoString(&sql, "SELECT line, source, source_ref");
	for (int field = 0; field < IMPORT_FIELDS; field++)
		appendStringInfo(&sql, ", %s", ce_import_field_name(field));
	appendStringInfo(&sql, " FROM %s.ce_staging WHERE outcome IS NULL AND line OPERATOR(pg_catalog.>) $1%s"
					 " ORDER BY line LIMIT $2 FOR UPDATE",
					 ce_ledger_schema(), one_source ? " AND source OPERATOR(pg_catalog.=) $3" : "");
	return sql.data;
}

/*
 * Read them by the index on line: a table just filled has no statistics, and
 * sorting all waiting lines for every transaction takes quadratic time.
 */
static void
fetch_waiting(int64 after, int64 limit, const char *source)
{
	Oid			types[] = {INT8OID, INT8OID, TEXTOID};
	Datum		values[] = {Int64GetDatum(after), Int64GetDatum(limit),
		source == NULL ? (Datum) 0 : CStringGetTextDatum(source)};
	int			settings = NewGUCNestLevel();

	(void) set_config_option("enable_sort", "off", PGC_USERSET, PGC_S_SESSION,
							 GUC_ACTION_SAVE, true, 0, false);
	ce_run(waiting_query(source != NULL), source != NULL ? 3 : 2, types, values, NULL,
		   CE_IMPORT_WRITE, SPI_OK_SELECT);
	AtEOXact_GUC(true, settings);
}

static int64
count_waiting(const char *source)
{
	Oid			types[] = {TEXTOID};
	Datum		values[] = {source == NULL ? (Datum) 0 : CStringGetTextDatum(source)};
	bool		isnull;
	int64		n;

	ce_run(psprintf("SELECT pg_catalog.count(*) FROM %s.ce_staging WHERE outcome IS NULL%s",
					ce_ledger_schema(),
					source != NULL ? " AND source OPERATOR(pg_catalog.=) $1" : ""),
		   source != NULL ? 1 : 0, types, values, NULL, CE_IMPORT_WRITE, SPI_OK_SELECT);
	n = DatumGetInt64(ce_sql_value(0, 1, &isnull));
	SPI_freetuptable(SPI_tuptable);
	return n;
}

static void
read_line(CeImportItem *item, HeapTuple tuple, TupleDesc desc)
{
	item->ord = strtoll(SPI_getvalue(tuple, desc, 1), NULL, 10);
	item->source = SPI_getvalue(tuple, desc, 2);
	item->ref = SPI_getvalue(tuple, desc, 3);
	for (int field = 0; field < IMPORT_FIELDS; field++)
		item->raw[field] = SPI_getvalue(tuple, desc, 4 + field);
	ce_import_check(item);
}

/* The staging table of a ledger of an earlier version lacks a column. */
static void
require_staging(void)
{
	Oid			staging = get_relname_relid("ce_staging", get_rel_namespace(ce_table_oid(CE_ACTIVITY)));
	const char *column = ce_import_field_name(IMPORT_DAY_SERIALS);

	if (get_attnum(staging, column) == InvalidAttrNumber)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the ledger in schema %s is older than the extension", ce_ledger_schema()),
				 errdetail("Column \"%s\" of table \"%s\" does not exist.", column, "ce_staging"),
				 errhint("Run SELECT %s.ce_setup(); as the role that owns the ledger.",
						 ce_ledger_schema())));
}

static void
write_outcomes(const CeImportItem *items, int n)
{
	Oid			types[] = {INT8ARRAYOID, TEXTARRAYOID, TEXTARRAYOID};
	Datum		values[3];
	Datum	   *lines = palloc(sizeof(Datum) * n);
	char	  **outcomes = palloc(sizeof(char *) * n);
	char	  **messages = palloc(sizeof(char *) * n);

	for (int i = 0; i < n; i++)
	{
		lines[i] = Int64GetDatum(items[i].ord);
		outcomes[i] = unconstify(char *, ce_import_outcome_label(items[i].outcome));
		messages[i] = items[i].message;
	}
	values[0] = PointerGetDatum(construct_array(lines, n, INT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
	values[1] = ce_import_texts(outcomes, n);
	values[2] = ce_import_texts(messages, n);
	ce_refuse_rules_by_name("ce_staging", false);
	ce_run(psprintf("UPDATE %s.ce_staging s SET outcome = u.outcome, message = u.message,"
					" imported_at = pg_catalog.clock_timestamp()"
					" FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2), pg_catalog.unnest($3))"
					" AS u (line, outcome, message) WHERE s.line OPERATOR(pg_catalog.=) u.line",
					ce_ledger_schema()), 3, types, values, NULL, CE_IMPORT_WRITE, SPI_OK_UPDATE);
}

/* Import the lines fetched last; returns the last line's number. */
static int64
import_fetched(MemoryContext batch_context, Counts *counts)
{
	SPITupleTable *rows = SPI_tuptable;
	int			nrows = (int) SPI_processed;
	int64		last = 0;

	for (int first = 0; first < nrows; first += CE_IMPORT_BATCH)
	{
		MemoryContext old_context = MemoryContextSwitchTo(batch_context);
		int			n = Min(nrows - first, CE_IMPORT_BATCH);
		CeImportItem *items = palloc0(sizeof(CeImportItem) * n);

		for (int i = 0; i < n; i++)
		{
			CHECK_FOR_INTERRUPTS();
			read_line(&items[i], rows->vals[first + i], rows->tupdesc);
		}
		ce_import_batch(items, n);
		write_outcomes(items, n);
		count_items(counts, items, n);
		last = items[n - 1].ord;
		MemoryContextSwitchTo(old_context);
		MemoryContextReset(batch_context);
	}
	SPI_freetuptable(rows);
	return last;
}

/* ce_import_staged(source text, batch_size integer): a procedure */
PG_FUNCTION_INFO_V1(ce_import_staged);
Datum
ce_import_staged(PG_FUNCTION_ARGS)
{
	/* Only a CALL outside of a transaction block may commit. */
	bool		commits = fcinfo->context != NULL && IsA(fcinfo->context, CallContext) &&
		!castNode(CallContext, fcinfo->context)->atomic;
	int			limit = PG_ARGISNULL(1) ? 0 : PG_GETARG_INT32(1);
	char	   *source = NULL;
	Counts		counts = {0};
	MemoryContext batch_context;
	int64		total;
	int64		last = PG_INT64_MIN;
	int			fetched;

	if (limit < 1 || limit > MAX_LINES_A_TRANSACTION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("batch_size must lie between 1 and %d", MAX_LINES_A_TRANSACTION)));
	ce_ledger_enter(fcinfo);
	ce_refuse_distributed("ce_import_staged()", by_insert);
	ce_import_require_ledger();
	require_staging();
	ce_sql_begin_procedure(commits);
	/* A copy, since the argument may not outlive a commit. */
	if (!PG_ARGISNULL(0))
		source = text_to_cstring(PG_GETARG_TEXT_PP(0));
	batch_context = AllocSetContextCreate(CurrentMemoryContext, "ce_hours import batch",
										  ALLOCSET_DEFAULT_SIZES);
	ce_import_require_privilege();
	total = count_waiting(source);
	do
	{
		/* Concurrent runs take turns. */
		ce_take_turn(ce_ledger_table("ce_staging"), 0);
		fetch_waiting(last, limit, source);
		fetched = (int) SPI_processed;
		last = import_fetched(batch_context, &counts);
		if (commits)
			SPI_commit();
		if (fetched > 0 || counts.all == 0)
			say_progress(&counts, Max(total, counts.all));
	} while (fetched == limit);
	ce_sql_finish();
	PG_RETURN_VOID();
}

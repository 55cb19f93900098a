/*-------------------------------------------------------------------------
 *
 * rebuild.c
 *	  Comparing hours and accounts with the facts, and rebuilding them.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/table.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/rel.h"
#include "utils/tuplestore.h"

#include "store/placement.h"
#include "store/sql.h"
#include "types/grow.h"
#include "write/activity.h"
#include "write/posting.h"
#include "write/rebuild.h"

#include "compat.h"

/* The number of rows read, and changed, at a time. */
#define BATCH 10000

/* All columns, null for one that the table lacks yet. */
static char *
activity_columns(Relation rel)
{
	const AttrNumber *numbers = ce_table_columns(CE_ACTIVITY, rel);
	StringInfoData buf;

	initStringInfo(&buf);
	for (int c = 0; c < CE_ACTIVITY_NCOLUMNS; c++)
		appendStringInfo(&buf, "%s%s", c == 0 ? "" : ", ",
						 numbers[c] != InvalidAttrNumber ? ce_column_name(CE_ACTIVITY, c) :
						 psprintf("NULL::%s", format_type_be_qualified(ce_column_type(CE_ACTIVITY, c))));
	return buf.data;
}

static void
compare_row(Relation rel, HeapTuple tuple, TupleDesc desc, const CeDriftScope *scope,
			CeDriftCallback callback, void *arg)
{
	CeActivityRow stored;
	CeActivityRow derived;
	const char *problem;
	bool		drifted;
	uint64		null_columns = 0;

	memset(&stored, 0, sizeof(stored));
	stored.r.table = CE_ACTIVITY;
	stored.r.rel = rel;
	for (int c = 0; c < CE_ACTIVITY_NCOLUMNS; c++)
	{
		stored.r.values[c] = SPI_getbinval(tuple, desc, c + 1, &stored.r.nulls[c]);
		null_columns |= (uint64) stored.r.nulls[c] << c;
	}
	ce_row_check_nulls(CE_ACTIVITY, null_columns);
	derived = stored;
	problem = ce_activity_rederive(&derived, scope->of_scheme, scope->as_scheme);
	drifted = problem != NULL;
	for (int c = CE_ACTIVITY_DERIVED; c < CE_ACTIVITY_NCOLUMNS; c++)
		drifted = drifted || derived.r.set[c];
	if (drifted)
		callback(&stored, &derived, problem, arg);
}

/* Those who are under the scheme of parameter 1, and those who were. */
static char *
persons_of_scheme(void)
{
	const char *schema = ce_ledger_schema();

	return psprintf(" AND person_id OPERATOR(pg_catalog.=) ANY (SELECT p.person_id FROM %s.ce_person p"
					" WHERE p.scheme OPERATOR(pg_catalog.=) $1%s)", schema,
					!ce_later_table_exists(CE_PERSON_SCHEME) ? "" :
					psprintf(" UNION SELECT f.person_id FROM %s.ce_person_scheme f"
							 " WHERE f.scheme OPERATOR(pg_catalog.=) $1", schema));
}

void
ce_for_each_drift(const CeDriftScope *scope, CeDriftCallback callback, void *arg)
{
	bool		one_person = scope->person_id != NULL;
	bool		one_scheme = scope->of_scheme != NULL;
	Oid			types[] = {one_person ? INT8OID : TEXTOID};
	Datum		values[] = {one_person ? Int64GetDatum(*scope->person_id) :
	one_scheme ? CStringGetTextDatum(scope->of_scheme->name) : (Datum) 0};
	Relation	rel = table_open(ce_table_oid(CE_ACTIVITY), AccessShareLock);
	char	   *sql = psprintf("SELECT %s FROM %s.ce_activity"
							   " WHERE status OPERATOR(pg_catalog.=) ANY ('{verified,revoked}')%s",
							   activity_columns(rel), ce_ledger_schema(),
							   one_person ? " AND person_id OPERATOR(pg_catalog.=) $1" :
							   one_scheme ? persons_of_scheme() : "");
	Portal		portal;
	MemoryContext row_context;

	portal = SPI_cursor_open_with_args(NULL, sql, one_person || one_scheme ? 1 : 0, types,
									   values, NULL, scope->read_only, 0);
	row_context = AllocSetContextCreate(CurrentMemoryContext, "ce_hours drift",
										ALLOCSET_DEFAULT_SIZES);
	for (;;)
	{
		SPITupleTable *rows;
		uint64		nrows;

		SPI_cursor_fetch(portal, true, BATCH);
		rows = SPI_tuptable;
		nrows = SPI_processed;
		if (nrows == 0)
			break;
		ce_result_check(rows->tupdesc, CE_ACTIVITY, NULL);
		for (uint64 i = 0; i < nrows; i++)
		{
			MemoryContext old_context = MemoryContextSwitchTo(row_context);

			CHECK_FOR_INTERRUPTS();
			compare_row(rel, rows->vals[i], rows->tupdesc, scope, callback, arg);
			MemoryContextSwitchTo(old_context);
			MemoryContextReset(row_context);
		}
		SPI_freetuptable(rows);
	}
	SPI_cursor_close(portal);
	MemoryContextDelete(row_context);
	table_close(rel, AccessShareLock);
}

/*
 * Revoked hours no longer count: what no rule converts any more is kept, to
 * answer for the days before.
 */
static bool
is_settled(const CeActivityRow *stored, const char *problem)
{
	return problem != NULL && ce_activity_status(stored) == CE_STATUS_REVOKED;
}

static void
report_drift(const CeActivityRow *stored, const CeActivityRow *derived,
			 const char *problem, void *arg)
{
	ReturnSetInfo *rsinfo = arg;
	Datum		values[5];
	bool		nulls[5] = {false};
	bool		differs = problem != NULL;

	/* The same hours by another rule are no drift. */
	for (int c = CE_ACTIVITY_DERIVED; c < CE_ACTIVITY_NCOLUMNS; c++)
		differs = differs || (derived->r.set[c] && c != CE_COL_ACTIVITY_RULE_ID);
	if (!differs || is_settled(stored, problem))
		return;
	values[0] = stored->r.values[CE_COL_ACTIVITY_PERSON_ID];
	values[1] = stored->r.values[CE_COL_ACTIVITY_ACTIVITY_ID];
	values[2] = stored->r.values[CE_COL_ACTIVITY_AWARDED];
	values[3] = derived->r.values[CE_COL_ACTIVITY_AWARDED];
	nulls[3] = problem != NULL;
	nulls[4] = problem == NULL;
	if (problem != NULL)
		values[4] = CStringGetTextDatum(_(problem));
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/*
 * ce_activity_drift(person_id bigint)
 *	 returns table(person_id bigint, activity_id bigint, awarded ce_hours,
 *				   by_todays_law ce_hours, problem text); null person: all
 */
PG_FUNCTION_INFO_V1(ce_activity_drift);
Datum
ce_activity_drift(PG_FUNCTION_ARGS)
{
	CeDriftScope scope = {.read_only = true};
	int64		person_id;

	InitMaterializedSRF(fcinfo, 0);
	ce_ledger_enter(fcinfo);
	ce_require_ledger();
	ce_sql_begin();
	if (!PG_ARGISNULL(0))
	{
		person_id = PG_GETARG_INT64(0);
		scope.person_id = &person_id;
	}
	ce_for_each_drift(&scope, report_drift, fcinfo->resultinfo);
	ce_sql_finish();
	return (Datum) 0;
}

/* The activities whose hours must be derived again. */
typedef struct DriftList
{
	MemoryContext context;
	bool		everybody;
	Datum	   *ids;
	int			nids;
	int			nleft;			/* that no rule converts */
} DriftList;

static void
list_drift(const CeActivityRow *stored, const CeActivityRow *derived,
		   const char *problem, void *arg)
{
	DriftList  *list = arg;
	MemoryContext old_context;

	if (is_settled(stored, problem))
		return;
	/* One person's activity must not keep everybody's hours from being derived. */
	if (problem != NULL && list->everybody)
	{
		list->nleft++;
		return;
	}
	old_context = MemoryContextSwitchTo(list->context);
	*CE_ONE_MORE(list->ids, list->nids) = stored->r.values[CE_COL_ACTIVITY_ACTIVITY_ID];
	MemoryContextSwitchTo(old_context);
}

/* Derive the listed activities' hours again; their triggers post and log. */
static void
rederive(const DriftList *list)
{
	Oid			types[] = {INT8ARRAYOID};
	char	   *sql = psprintf("UPDATE %s.ce_activity SET awarded = NULL"
							   " WHERE activity_id OPERATOR(pg_catalog.=) ANY ($1)",
							   ce_ledger_schema());

	for (int i = 0; i < list->nids; i += BATCH)
	{
		int			n = Min(BATCH, list->nids - i);
		Datum		ids = PointerGetDatum(construct_array(list->ids + i, n, INT8OID, 8,
														  FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));

		ce_require_written(ce_run(sql, 1, types, &ids, NULL, 0, SPI_OK_UPDATE) == n,
						   ce_table_name(CE_ACTIVITY));
	}
}

/* May what the owner added to the accounts leave rows out?  The ledger's own triggers do not. */
static bool
may_leave_rows_out(void)
{
	Relation	rel = table_open(ce_table_oid(CE_ACCOUNT), AccessShareLock);
	const TriggerDesc *triggers = rel->trigdesc;
	bool		may = rel->rd_rel->relkind == RELKIND_PARTITIONED_TABLE ||
		(triggers != NULL && (triggers->trig_insert_before_row ||
							  triggers->trig_update_before_row ||
							  triggers->trig_delete_before_row));

	table_close(rel, AccessShareLock);
	return may;
}

/* Are the accounts still not what they should be? */
static bool
is_drift_left(const char *only, int nargs, Oid *types, Datum *values)
{
	const char *schema = ce_ledger_schema();

	return ce_run(psprintf("SELECT FROM (SELECT * FROM %s.ce_account WHERE true%s) a"
						   " FULL JOIN (SELECT * FROM %s.ce_account_recomputed WHERE true%s) r"
						   " ON r.person_id OPERATOR(pg_catalog.=) a.person_id"
						   " AND r.year OPERATOR(pg_catalog.=) a.year"
						   " WHERE a.credit IS NULL OR r.credit IS NULL"
						   " OR a.credit OPERATOR(%s.<>) r.credit"
						   " OR a.known_from OPERATOR(pg_catalog.<>) r.known_from LIMIT 1",
						   schema, only, schema, only, schema),
				  nargs, types, values, NULL, 0, SPI_OK_SELECT) != 0;
}

/* Make the accounts equal to the sums of activities, allocations and waivers. */
static uint64
repair_accounts(bool one_person, int64 person_id)
{
	const char *schema = ce_ledger_schema();
	const char *only = one_person ? " AND person_id OPERATOR(pg_catalog.=) $1" : "";
	int			nargs = one_person ? 1 : 0;
	Oid			types[] = {INT8OID};
	Datum		values[] = {Int64GetDatum(person_id)};
	uint64		repaired;

	ce_refuse_rules(CE_ACCOUNT, true);
	repaired = ce_run(psprintf("DELETE FROM %s.ce_account a WHERE NOT EXISTS"
							   " (SELECT FROM %s.ce_account_recomputed r"
							   " WHERE r.person_id OPERATOR(pg_catalog.=) a.person_id"
							   " AND r.year OPERATOR(pg_catalog.=) a.year)%s",
							   schema, schema, only),
					  nargs, types, values, NULL, 0, SPI_OK_DELETE);
	repaired +=
		ce_run(psprintf("INSERT INTO %s.ce_account AS a (person_id, year, credit, known_from)"
						" SELECT person_id, year, credit, known_from"
						" FROM %s.ce_account_recomputed WHERE true%s"
						" ORDER BY person_id, year"
						" ON CONFLICT (person_id, year) DO UPDATE"
						" SET credit = excluded.credit, known_from = excluded.known_from"
						" WHERE a.credit OPERATOR(%s.<>) excluded.credit"
						" OR a.known_from OPERATOR(pg_catalog.<>) excluded.known_from",
						schema, schema, only, schema),
			   nargs, types, values, NULL, 0, SPI_OK_INSERT);
	if (may_leave_rows_out())
		ce_require_written(!is_drift_left(only, nargs, types, values), ce_table_name(CE_ACCOUNT));
	return repaired;
}

/* Block writers, so that all reads see the same data. */
static void
block_writers(void)
{
	static const CeTable tables[] = {CE_ACTIVITY, CE_ALLOCATION, CE_WAIVER};

	/* Rules of Citus for this transaction: triggers on shards, one connection a node. */
	if (ce_distributed)
		ce_run("SELECT pg_catalog.set_config('citus.enable_unsafe_triggers', 'on', true),"
			   " pg_catalog.set_config('citus.multi_shard_modify_mode', 'sequential', true)",
			   0, NULL, NULL, NULL, 0, SPI_OK_SELECT);

	for (int i = 0; i < lengthof(tables); i++)
	{
		if (!ce_later_table_exists(tables[i]))
			continue;
		/* With SQL Citus locks the table on all nodes. */
		if (ce_distributed)
			ce_run(psprintf("LOCK TABLE %s.%s IN SHARE ROW EXCLUSIVE MODE",
							ce_ledger_schema(), ce_table_name(tables[i])),
				   0, NULL, NULL, NULL, 0, SPI_OK_UTILITY);
		else
			LockRelationOid(ce_table_oid(tables[i]), ShareRowExclusiveLock);
	}
}

/*
 * On a Citus cluster other backends write the accounts, whose triggers do not
 * know that it is we who write.
 */
static void
guard_shards(bool guard)
{
	if (ce_distributed)
		ce_run(psprintf("ALTER TABLE %s.ce_account %s TRIGGER ce_account_kept_by_triggers",
						ce_ledger_schema(), guard ? "ENABLE" : "DISABLE"),
			   0, NULL, NULL, NULL, 0, SPI_OK_UTILITY);
}

/*
 * ce_rebuild(person_id bigint) returns table(activities bigint, accounts bigint)
 */
PG_FUNCTION_INFO_V1(ce_rebuild);
Datum
ce_rebuild(PG_FUNCTION_ARGS)
{
	bool		one_person = !PG_ARGISNULL(0);
	int64		person_id = one_person ? PG_GETARG_INT64(0) : 0;
	bool		before = ce_posting;
	DriftList	list = {.context = CurrentMemoryContext,.everybody = !one_person};
	CeDriftScope scope = {NULL};
	TupleDesc	desc;
	Datum		values[2];
	bool		nulls[2] = {false, false};
	uint64		naccounts = 0;

	ce_ledger_enter(fcinfo);
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	if (!ce_owns_relation(ce_table_oid(CE_ACTIVITY), GetUserId()))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("must be owner of the ledger to rebuild it"),
				 errhint("Call ce_rebuild() as the role that ran ce_setup().")));
	ce_sql_begin();
	block_writers();
	scope.person_id = one_person ? &person_id : NULL;
	ce_for_each_drift(&scope, list_drift, &list);
	if (list.nleft > 0)
		ereport(WARNING,
				(errmsg("the hours of %d activities are kept, since no rule converts them",
						list.nleft),
				 errhint("ce_check() names them.")));
	rederive(&list);
	PG_TRY();
	{
		ce_posting = true;
		guard_shards(false);
		naccounts = repair_accounts(one_person, person_id);
		guard_shards(true);
	}
	PG_FINALLY();
	{
		ce_posting = before;
	}
	PG_END_TRY();
	ce_sql_finish();
	values[0] = Int64GetDatum(list.nids);
	values[1] = Int64GetDatum((int64) naccounts);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls));
}

/*-------------------------------------------------------------------------
 *
 * rows.c
 *	  Reading rows of one table by the leading columns of an index.
 *
 * A query reads a person row and a few account rows, so it scans the index
 * directly.  Where that would bypass row security or column privileges, or the
 * table is not an ordinary one, the same rows are read through SPI.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/relscan.h"
#include "access/table.h"
#include "access/tableam.h"
#include "catalog/pg_am.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "executor/tuptable.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/rel.h"
#include "utils/rls.h"
#include "utils/snapmgr.h"

#include "store/placement.h"
#include "store/rows.h"

#include "compat.h"

/* ---------------------------------------------------------------------
 * Index scan
 * ---------------------------------------------------------------------
 */

bool		(*ce_rows_person_visible) (CeTable table, Relation rel, int64 person_id) = NULL;

static inline bool
is_read(const CeRowQuery *query, int column)
{
	return query->columns == 0 || (query->columns & CE_COLUMN(column)) != 0;
}

/* Does the user have column privileges, if not the table's? */
static bool
columns_are_readable(const CeRowQuery *query, Relation rel)
{
	const AttrNumber *columns = ce_table_columns(query->table, rel);

	for (int c = 0; c < ce_table_ncolumns(query->table); c++)
	{
		if (is_read(query, c) && columns[c] != InvalidAttrNumber &&
			pg_attribute_aclcheck(RelationGetRelid(rel), columns[c], GetUserId(),
								  ACL_SELECT) != ACLCHECK_OK)
			return false;
	}
	return true;
}

/* The server would reject it too, but without a helpful hint. */
static void
require_privilege(const CeRowQuery *query, Relation rel)
{
	const char *role;

	if (pg_class_aclcheck(RelationGetRelid(rel), GetUserId(), ACL_SELECT) == ACLCHECK_OK ||
		columns_are_readable(query, rel))
		return;
	role = GetUserNameFromId(GetUserId(), false);
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("permission denied for table %s", RelationGetRelationName(rel)),
			 errdetail("Clause 7.1: role \"%s\" has no duty that reads what the question needs.", role),
			 errhint("The ledger's owner grants one: SELECT %s.ce_grant(%s, ORGANISATION, 'read');",
					 ce_ledger_schema(), quote_literal_cstr(role))));
}

/* An ordinary table of which the user may select the query's columns? */
static bool
is_readable(const CeRowQuery *query, Relation rel)
{
	return rel->rd_rel->relkind == RELKIND_RELATION &&
		!rel->rd_rel->relhassubclass &&
		(pg_class_aclcheck(RelationGetRelid(rel), GetUserId(), ACL_SELECT) == ACLCHECK_OK ||
		 columns_are_readable(query, rel));
}

static bool
is_under_row_security(Relation rel)
{
	return rel->rd_rel->relrowsecurity &&
		check_enable_rls(RelationGetRelid(rel), InvalidOid, true) == RLS_ENABLED;
}

/* May the rows be read for the current user without the executor? */
static bool
may_read_directly(const CeRowQuery *query, Relation rel)
{
	return is_readable(query, rel) && !is_under_row_security(rel);
}

/* Is the first key the person whose rows are read? */
static bool
is_of_person(const CeRowQuery *query)
{
	return strcmp(ce_column_name(query->table, query->keys[0].column), "person_id") == 0;
}

/*
 * On a Citus cluster, read the shard of the person if it is on this node;
 * otherwise, and where the person is not known, SQL finds the rows.
 */
static bool
enter_place(const CeRowQuery *query, const Datum *args)
{
	CePlacing	placing = ce_placing(query->table, ce_cached_shell(query->table));

	if (placing == CE_SHARDED || placing == CE_ELSEWHERE)
	{
		ce_table_oid(CE_PERSON);
		if (is_of_person(query))
			ce_enter_person(DatumGetInt64(args[0]));
		else
			ce_leave_shards();
		ce_table_oid(query->table);
	}
	return ce_rows_are_here(query->table);
}

/* Are all rows of the table in one relation on this node? */
static bool
is_here_as_a_whole(CeTable table)
{
	ce_table_oid(table);
	return likely(!ce_distributed) ||
		(ce_rows_are_here(table) &&
		 ce_placing(table, ce_cached_shell(table)) != CE_SHARDED);
}

/*
 * Would row security show all rows of the query?  With row_security off it is
 * an error, which the executor raises.
 */
static bool
is_in_sight(const CeRowQuery *query, const Datum *args, Relation rel)
{
	return row_security && is_of_person(query) &&
		ce_rows_person_visible(query->table, rel, DatumGetInt64(args[0]));
}

/* Do the keys match the index's leading columns?  Sets their index columns. */
static bool
keys_lead(const CeRowQuery *query, const AttrNumber *columns, Relation index,
		  AttrNumber *positions)
{
	List	   *predicate = RelationGetIndexPredicate(index);
	int			used = 0;

	/* An index that older snapshots must not use: the planner checks that. */
	if (index->rd_rel->relam != BTREE_AM_OID || !index->rd_index->indisvalid ||
		index->rd_index->indcheckxmin)
		return false;
	if (predicate != NIL &&
		(query->filter == NULL || !query->filter->implies(predicate, columns)))
		return false;
	for (int k = 0; k < query->nkeys; k++)
	{
		AttrNumber	attnum = columns[query->keys[k].column];

		if (used > 0 && index->rd_index->indkey.values[used - 1] == attnum)
			positions[k] = used;	/* a second bound on the same column */
		else if (used < index->rd_index->indnkeyatts &&
				 index->rd_index->indkey.values[used] == attnum)
			positions[k] = ++used;
		else
			return false;
	}
	return true;
}

/* Uses the index if it matches the query. */
static bool
take_index(CeRowQuery *query, const AttrNumber *columns, Oid oid)
{
	Relation	index = index_open(oid, AccessShareLock);
	AttrNumber	positions[CE_MAX_KEYS];
	bool		serves = keys_lead(query, columns, index, positions) &&
		(query->filter == NULL || RelationGetIndexPredicate(index) != NIL);

	if (serves)
	{
		query->index = oid;
		memcpy(query->positions, positions, sizeof(positions));
	}
	index_close(index, AccessShareLock);
	return serves;
}

/* The last table column that the query reads. */
static AttrNumber
last_column(const CeRowQuery *query, const AttrNumber *columns)
{
	AttrNumber	last = 0;

	for (int c = 0; c < ce_table_ncolumns(query->table); c++)
	{
		if (is_read(query, c))
			last = Max(last, columns[c]);
	}
	return last;
}

/* Copies the query's columns; an error if one is null that must not be. */
static inline void
take_columns(const CeRowQuery *query, const AttrNumber *columns, int ncolumns,
			 const TupleTableSlot *slot, Datum *values, bool *nulls)
{
	uint64		found = 0;

	for (int c = 0; c < ncolumns; c++)
	{
		bool		read = is_read(query, c);

		/* A column that the table does not have yet is null. */
		nulls[c] = !read || columns[c] == InvalidAttrNumber ||
			slot->tts_isnull[columns[c] - 1];
		values[c] = nulls[c] ? (Datum) 0 : slot->tts_values[columns[c] - 1];
		found |= (uint64) (read && nulls[c]) << c;
	}
	ce_row_check_nulls(query->table, found);
}

/*
 * Finds an index whose leading columns are the query's keys, preferring the
 * primary key.  For a query with a filter only a partial index, which has few
 * other rows.
 */
static void
find_index(CeRowQuery *query, Relation rel)
{
	uint64		generation = ce_table_generation(query->table);
	const AttrNumber *columns = ce_table_columns(query->table, rel);
	Oid			primary = ce_primary_key_index(rel);
	bool		found = false;

	query->index = InvalidOid;
	if (OidIsValid(primary) && query->filter == NULL)
		found = take_index(query, columns, primary);
	if (!found)
	{
		List	   *indexes = RelationGetIndexList(rel);
		ListCell   *lc;

		foreach(lc, indexes)
			(void) take_index(query, columns, lfirst_oid(lc));
	}
	query->last_column = last_column(query, columns);
	/* If invalidated meanwhile, the next use looks it up again. */
	query->generation = generation;
}

static void
scan_index(const CeRowQuery *query, Relation rel, const Datum *args,
		   CeRowCallback callback, void *arg)
{
	const AttrNumber *columns = ce_table_columns(query->table, rel);
	int			ncolumns = ce_table_ncolumns(query->table);
	Relation	index = index_open(query->index, AccessShareLock);
	TupleTableSlot *slot = table_slot_create(rel, NULL);
	ScanKeyData keys[CE_MAX_KEYS];
	IndexScanDesc scan;

	for (int k = 0; k < query->nkeys; k++)
	{
		ScanKeyInit(&keys[k], query->positions[k], query->keys[k].strategy,
					query->keys[k].procedure, args[k]);
		keys[k].sk_collation = index->rd_indcollation[query->positions[k] - 1];
	}
	scan = ce_index_beginscan(rel, index, GetActiveSnapshot(), query->nkeys);
	index_rescan(scan, keys, query->nkeys, NULL, 0);
	while (index_getnext_slot(scan, ForwardScanDirection, slot))
	{
		Datum		values[CE_MAX_COLUMNS];
		bool		nulls[CE_MAX_COLUMNS];

		CHECK_FOR_INTERRUPTS();
		slot_getsomeattrs(slot, query->last_column);
		take_columns(query, columns, ncolumns, slot, values, nulls);
		if (query->filter == NULL || query->filter->holds(values, nulls))
			callback(values, nulls, arg);
	}
	index_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	index_close(index, AccessShareLock);
}

/* Counts the rows that it passes on. */
typedef struct CountedCallback
{
	CeRowCallback callback;
	void	   *arg;
	int			n;
} CountedCallback;

static void
count_row(const Datum *values, const bool *nulls, void *arg)
{
	CountedCallback *counted = arg;

	counted->n++;
	counted->callback(values, nulls, counted->arg);
}

/*
 * On a Citus cluster, a row that is found by its own id: it is in one shard at
 * most, so the shards of this node are searched first.  False: not there.
 */
static bool
search_shards(CeRowQuery *query, const Datum *args, CeRowCallback callback, void *arg)
{
	CountedCallback counted = {callback, arg, 0};
	ListCell   *lc;

	ce_table_oid(query->table);
	if (ce_placing(query->table, ce_cached_shell(query->table)) != CE_SHARDED ||
		query->nkeys != 1 || query->keys[0].type != INT8OID || is_of_person(query))
		return false;
	foreach(lc, ce_shards_here(query->table))
	{
		Relation	rel;

		ce_enter_shard(query->table, lfirst_oid(lc));
		rel = table_open(ce_table_oid(query->table), AccessShareLock);
		if (may_read_directly(query, rel))
		{
			find_index(query, rel);
			if (OidIsValid(query->index))
				scan_index(query, rel, args, count_row, &counted);
		}
		table_close(rel, AccessShareLock);
		if (counted.n > 0)
			return true;
	}
	ce_leave_shards();
	return false;
}

/* False: not possible, use the executor. */
static bool
run_direct(CeRowQuery *query, const Datum *args, CeRowCallback callback, void *arg)
{
	Oid			table = ce_table_oid(query->table);
	bool		here = true;
	Relation	rel;
	bool		direct;

	if (unlikely(ce_distributed))
	{
		here = enter_place(query, args);
		table = ce_table_oid(query->table);
	}
	rel = table_open(table, AccessShareLock);
	direct = here && is_readable(query, rel) &&
		(!is_under_row_security(rel) || is_in_sight(query, args, rel));
	if (direct && unlikely(query->generation != ce_table_generation(query->table)))
		find_index(query, rel);
	direct = direct && OidIsValid(query->index);
	if (direct)
		scan_index(query, rel, args, callback, arg);
	else
	{
		ce_table_columns(query->table, rel);	/* with the usual messages */
		require_privilege(query, rel);
	}
	table_close(rel, AccessShareLock);
	return direct;
}

/* ---------------------------------------------------------------------
 * All rows
 * ---------------------------------------------------------------------
 */

bool
ce_rows_scan(const CeRowQuery *query, CeRowCallback callback, void *arg)
{
	Relation	rel = table_open(ce_table_oid(query->table), AccessShareLock);
	bool		direct = is_here_as_a_whole(query->table) && may_read_directly(query, rel);

	if (direct)
	{
		const AttrNumber *columns = ce_table_columns(query->table, rel);
		int			ncolumns = ce_table_ncolumns(query->table);
		AttrNumber	last = last_column(query, columns);
		TupleTableSlot *slot = table_slot_create(rel, NULL);
		TableScanDesc scan = ce_table_beginscan(rel, GetActiveSnapshot());
		Datum		values[CE_MAX_COLUMNS];
		bool		nulls[CE_MAX_COLUMNS];

		while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
		{
			CHECK_FOR_INTERRUPTS();
			slot_getsomeattrs(slot, last);
			take_columns(query, columns, ncolumns, slot, values, nulls);
			callback(values, nulls, arg);
		}
		table_endscan(scan);
		ExecDropSingleTupleTableSlot(slot);
	}
	table_close(rel, AccessShareLock);
	return direct;
}

bool
ce_rows_scan_index(CeRowQuery *query, void (*callback) (Datum first, void *arg), void *arg)
{
	Relation	rel = table_open(ce_table_oid(query->table), AccessShareLock);
	bool		direct = is_here_as_a_whole(query->table) && may_read_directly(query, rel);

	if (direct && query->generation != ce_table_generation(query->table))
		find_index(query, rel);
	direct = direct && OidIsValid(query->index);
	if (direct)
	{
		Relation	index = index_open(query->index, AccessShareLock);
		IndexScanDesc scan = ce_index_beginscan(rel, index, GetActiveSnapshot(), 0);

		/* The index entries suffice: visibility is not checked. */
		scan->xs_want_itup = true;
		index_rescan(scan, NULL, 0, NULL, 0);
		while (index_getnext_tid(scan, ForwardScanDirection) != NULL)
		{
			bool		isnull;
			Datum		first = index_getattr(scan->xs_itup, 1, scan->xs_itupdesc, &isnull);

			CHECK_FOR_INTERRUPTS();
			if (!isnull)
				callback(first, arg);
		}
		index_endscan(scan);
		index_close(index, AccessShareLock);
	}
	table_close(rel, AccessShareLock);
	return direct;
}

/* ---------------------------------------------------------------------
 * Through the executor
 * ---------------------------------------------------------------------
 */

static const char *
operator_of(StrategyNumber strategy)
{
	switch (strategy)
	{
		case BTGreaterEqualStrategyNumber:
			return ">=";
		case BTLessEqualStrategyNumber:
			return "<=";
		default:
			return "=";
	}
}

static void
prepare_statement(CeRowQuery *query)
{
	StringInfoData sql;
	Oid			types[CE_MAX_KEYS];
	Oid			table = ce_table_oid(query->table);
	const char *separator = "";
	const AttrNumber *columns;
	Relation	rel;

	if (ce_statement_ready(&query->statement, table))
		return;
	rel = table_open(table, AccessShareLock);
	columns = ce_table_columns(query->table, rel);
	table_close(rel, AccessShareLock);
	initStringInfo(&sql);
	appendStringInfoString(&sql, "SELECT ");
	for (int c = 0; c < ce_table_ncolumns(query->table); c++)
	{
		if (!is_read(query, c))
			continue;
		appendStringInfo(&sql, "%s%s", separator,
						 columns[c] != InvalidAttrNumber ?
						 quote_identifier(ce_column_name(query->table, c)) :
						 psprintf("NULL::%s", format_type_be_qualified(ce_column_type(query->table, c))));
		separator = ", ";
	}
	appendStringInfo(&sql, " FROM %s WHERE true", ce_table_here(query->table));
	for (int k = 0; k < query->nkeys; k++)
	{
		appendStringInfo(&sql, " AND %s OPERATOR(pg_catalog.%s) $%d",
						 ce_column_name(query->table, query->keys[k].column),
						 operator_of(query->keys[k].strategy), k + 1);
		types[k] = query->keys[k].type;
	}
	if (query->filter != NULL)
		appendStringInfo(&sql, " AND %s", query->filter->sql);
	ce_statement_prepare(&query->statement, sql.data, query->nkeys, types, table, 0);
}

static void
run_spi(CeRowQuery *query, Datum *args, CeRowCallback callback, void *arg)
{
	MemoryContext context = CurrentMemoryContext;
	int			columns[CE_MAX_COLUMNS];	/* of the result, by position */
	int			n = 0;

	for (int c = 0; c < ce_table_ncolumns(query->table); c++)
	{
		if (is_read(query, c))
			columns[n++] = c;
	}
	ce_sql_begin();
	prepare_statement(query);
	ce_run_kept(&query->statement, args, NULL, CE_SQL_READ_ONLY, SPI_OK_SELECT);
	ce_result_check(SPI_tuptable->tupdesc, query->table, columns);
	for (uint64 row = 0; row < SPI_processed; row++)
	{
		Datum		values[CE_MAX_COLUMNS] = {0};
		bool		nulls[CE_MAX_COLUMNS];
		MemoryContext spi_context;
		uint64		found = 0;

		CHECK_FOR_INTERRUPTS();
		memset(nulls, true, sizeof(nulls));
		for (int i = 0; i < n; i++)
		{
			int			c = columns[i];

			values[c] = ce_sql_value(row, i + 1, &nulls[c]);
			found |= (uint64) nulls[c] << c;
		}
		ce_row_check_nulls(query->table, found);
		spi_context = MemoryContextSwitchTo(context);
		callback(values, nulls, arg);
		MemoryContextSwitchTo(spi_context);
	}
	ce_sql_finish();
}

void
ce_rows_run(CeRowQuery *query, Datum *args, CeRowCallback callback, void *arg)
{
	if (unlikely(ce_distributed) && search_shards(query, args, callback, arg))
		return;
	if (!run_direct(query, args, callback, arg))
		run_spi(query, args, callback, arg);
}

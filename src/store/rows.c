/*-------------------------------------------------------------------------
 *
 * rows.c
 *	  Reading rows of one table by the leading columns of an index.
 *
 * A query reads a person row and a few account rows, so it scans the index
 * directly.  Where that would bypass row security or column privileges, or the
 * table is not an ordinary one, rows_sql.c reads the same rows.
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

#include "store/rows.h"

#include "compat.h"

/* ---------------------------------------------------------------------
 * Index scan
 * ---------------------------------------------------------------------
 */

bool		(*ce_rows_person_visible) (CeTable table, Relation rel, int64 person_id) = NULL;

/* May the user select the query's columns, or the whole table? */
static bool
is_granted(const CeRowQuery *query, Relation rel)
{
	Oid			relid = RelationGetRelid(rel);
	const AttrNumber *columns;

	if (pg_class_aclcheck(relid, GetUserId(), ACL_SELECT) == ACLCHECK_OK)
		return true;
	columns = ce_table_columns(query->table, rel);
	for (int c = 0; c < ce_table_ncolumns(query->table); c++)
	{
		if (ce_row_reads(query, c) && columns[c] != InvalidAttrNumber &&
			pg_attribute_aclcheck(relid, columns[c], GetUserId(), ACL_SELECT) != ACLCHECK_OK)
			return false;
	}
	return true;
}

/* The server would reject it too, but without a helpful hint. */
static void
require_privilege(const CeRowQuery *query, Relation rel)
{
	const char *role;

	if (is_granted(query, rel))
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
		!rel->rd_rel->relhassubclass && is_granted(query, rel);
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
	CePlacing	placing = ce_table_placing(query->table);

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
		(ce_rows_are_here(table) && ce_table_placing(table) != CE_SHARDED);
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
		if (ce_row_reads(query, c))
			last = Max(last, columns[c]);
	}
	return last;
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
		foreach_oid(oid, RelationGetIndexList(rel))
			(void) take_index(query, columns, oid);
	}
	query->last_column = last_column(query, columns);
	/* If invalidated meanwhile, the next use looks it up again. */
	query->generation = generation;
}

/* Is there an index for the query?  It is looked up again after a change. */
static inline bool
has_index(CeRowQuery *query, Relation rel)
{
	if (unlikely(query->generation != ce_table_generation(query->table)))
		find_index(query, rel);
	return OidIsValid(query->index);
}

/* Returns the number of rows that it found. */
static int
scan_index(const CeRowQuery *query, Relation rel, const Datum *args,
		   CeRowCallback callback, void *arg)
{
	const AttrNumber *columns = ce_table_columns(query->table, rel);
	int			ncolumns = ce_table_ncolumns(query->table);
	Relation	index = index_open(query->index, AccessShareLock);
	TupleTableSlot *slot = table_slot_create(rel, NULL);
	ScanKeyData keys[CE_MAX_KEYS];
	IndexScanDesc scan;
	int			n = 0;

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
		ce_row_check_nulls(query->table,
						   ce_take_columns(query->columns, columns, ncolumns, slot->tts_values,
										   slot->tts_isnull, values, nulls));
		if (query->filter != NULL && !query->filter->holds(values, nulls))
			continue;
		callback(values, nulls, arg);
		n++;
	}
	index_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	index_close(index, AccessShareLock);
	return n;
}

/*
 * On a Citus cluster, a row that is found by its own id: it is in one shard at
 * most, so the shards of this node are searched first.  False: not there.
 */
static bool
search_shards(CeRowQuery *query, const Datum *args, CeRowCallback callback, void *arg)
{
	int			n = 0;

	ce_table_oid(query->table);
	if (ce_table_placing(query->table) != CE_SHARDED ||
		query->nkeys != 1 || query->keys[0].type != INT8OID || is_of_person(query))
		return false;
	foreach_oid(shard, ce_shards_here(query->table))
	{
		Relation	rel;

		ce_enter_shard(query->table, shard);
		rel = table_open(ce_table_oid(query->table), AccessShareLock);
		if (may_read_directly(query, rel) && has_index(query, rel))
			n += scan_index(query, rel, args, callback, arg);
		table_close(rel, AccessShareLock);
		if (n > 0)
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
		(!is_under_row_security(rel) || is_in_sight(query, args, rel)) &&
		has_index(query, rel);
	if (direct)
		(void) scan_index(query, rel, args, callback, arg);
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
			ce_row_check_nulls(query->table,
							   ce_take_columns(query->columns, columns, ncolumns,
											   slot->tts_values, slot->tts_isnull, values, nulls));
			callback(values, nulls, arg);
		}
		table_endscan(scan);
		ExecDropSingleTupleTableSlot(slot);
	}
	else
		ce_table_columns(query->table, rel);	/* with the usual messages */
	table_close(rel, AccessShareLock);
	return direct;
}

bool
ce_rows_scan_index(CeRowQuery *query, void (*callback) (Datum first, void *arg), void *arg)
{
	Relation	rel = table_open(ce_table_oid(query->table), AccessShareLock);
	bool		direct = is_here_as_a_whole(query->table) &&
		may_read_directly(query, rel) && has_index(query, rel);

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

void
ce_rows_run(CeRowQuery *query, Datum *args, CeRowCallback callback, void *arg)
{
	if (unlikely(ce_distributed) && search_shards(query, args, callback, arg))
		return;
	if (!run_direct(query, args, callback, arg))
		ce_rows_run_sql(query, args, callback, arg);
}

/*-------------------------------------------------------------------------
 *
 * whole.c
 *	  Rows of tables that are read whole, like catalogs.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/table.h"
#include "catalog/pg_am.h"
#include "catalog/pg_collation.h"
#include "utils/rel.h"

#include "store/whole.h"

#include "compat.h"

/*
 * An index that begins with a column and can serve systable_beginscan(), whose
 * keys compare like the catalogs'; InvalidOid if there is none.
 */
static Oid
find_index(Relation rel, AttrNumber attnum)
{
	foreach_oid(oid, RelationGetIndexList(rel))
	{
		Relation	index = index_open(oid, AccessShareLock);
		bool		leads = index->rd_rel->relam == BTREE_AM_OID &&
			index->rd_index->indisvalid &&
			index->rd_index->indkey.values[0] == attnum &&
			(!OidIsValid(index->rd_indcollation[0]) ||
			 index->rd_indcollation[0] == C_COLLATION_OID) &&
			RelationGetIndexPredicate(index) == NIL;

		index_close(index, AccessShareLock);
		if (leads)
			return oid;
	}
	return InvalidOid;
}

void
ce_read_whole(CeTable table, const CeWholeKey *key, CeRowCallback callback, void *arg)
{
	Relation	rel = ce_open_whole(table);
	/* An error unless the table can be read like a catalog. */
	const AttrNumber *columns = ce_table_columns(table, rel);
	Oid			index = InvalidOid;
	ScanKeyData scan_key;
	SysScanDesc scan;
	HeapTuple	tuple;

	if (key != NULL)
	{
		index = find_index(rel, columns[key->column]);
		ScanKeyInit(&scan_key, columns[key->column], BTEqualStrategyNumber,
					key->procedure, key->value);
	}
	scan = systable_beginscan(rel, index, OidIsValid(index), NULL,
							  key != NULL ? 1 : 0, &scan_key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Datum		values[CE_MAX_COLUMNS];
		bool		nulls[CE_MAX_COLUMNS];

		ce_row_read(table, rel, tuple, values, nulls);
		callback(values, nulls, arg);
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
}

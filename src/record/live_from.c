/*-------------------------------------------------------------------------
 *
 * live_from.c
 *	  The day on which the ledger went live: ce_ledger.live_from.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/table.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "record/live_from.h"
#include "store/ledger.h"

#include "compat.h"

bool
ce_live_from(DateADT *day)
{
	Oid			table = ce_table_oid(CE_LEDGER);
	Relation	rel;
	SysScanDesc scan;
	HeapTuple	tuple;
	bool		found = false;

	if (get_attnum(table, ce_column_name(CE_LEDGER, CE_COL_LEDGER_LIVE_FROM)) == InvalidAttrNumber)
		return false;
	rel = ce_open_whole(CE_LEDGER);
	scan = systable_beginscan(rel, InvalidOid, false, NULL, 0, NULL);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Datum		values[CE_MAX_COLUMNS];
		bool		nulls[CE_MAX_COLUMNS];

		ce_row_read(CE_LEDGER, rel, tuple, values, nulls);
		found = !nulls[CE_COL_LEDGER_LIVE_FROM];
		if (found)
			*day = DatumGetDateADT(values[CE_COL_LEDGER_LIVE_FROM]);
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	return found;
}

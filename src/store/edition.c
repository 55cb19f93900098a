/*-------------------------------------------------------------------------
 *
 * edition.c
 *	  Whether ce_setup() has brought the ledger up to this version.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "store/cache.h"
#include "store/edition.h"

#include "compat.h"

/* Reads the one row of ce_ledger; false also if there is none that can be read. */
static bool
is_of_this_version(Relation rel)
{
	AttrNumber	number = get_attnum(RelationGetRelid(rel), "extension_version");
	bool		current = false;
	SysScanDesc scan;
	HeapTuple	tuple;

	if (rel->rd_rel->relkind != RELKIND_RELATION || number == InvalidAttrNumber ||
		TupleDescAttr(RelationGetDescr(rel), number - 1)->atttypid != TEXTOID)
		return false;
	scan = systable_beginscan(rel, InvalidOid, false, NULL, 0, NULL);
	if (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		bool		isnull;
		Datum		version = heap_getattr(tuple, number, RelationGetDescr(rel), &isnull);

		current = !isnull && strcmp(TextDatumGetCString(version), CE_HOURS_VERSION) == 0;
	}
	systable_endscan(scan);
	return current;
}

bool
ce_ledger_is_older(void)
{
	Oid			ledger = ce_cached_table(CE_LEDGER, "ce_ledger");
	Relation	rel = OidIsValid(ledger) ? try_table_open(ledger, AccessShareLock) : NULL;
	bool		older = true;

	if (rel != NULL)
	{
		older = !is_of_this_version(rel);
		table_close(rel, AccessShareLock);
	}
	return older;
}

/*-------------------------------------------------------------------------
 *
 * live_from.c
 *	  The day on which the ledger went live: ce_ledger.live_from.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/lsyscache.h"

#include "record/live_from.h"
#include "store/whole.h"

#include "compat.h"

typedef struct LiveFrom
{
	DateADT    *day;
	bool		found;
} LiveFrom;

static void
ledger_row(const Datum *values, const bool *nulls, void *arg)
{
	LiveFrom   *live_from = arg;

	live_from->found = !nulls[CE_COL_LEDGER_LIVE_FROM];
	if (live_from->found)
		*live_from->day = DatumGetDateADT(values[CE_COL_LEDGER_LIVE_FROM]);
}

bool
ce_live_from(DateADT *day)
{
	LiveFrom	live_from = {day, false};

	if (get_attnum(ce_table_oid(CE_LEDGER), ce_column_name(CE_LEDGER, CE_COL_LEDGER_LIVE_FROM)) ==
		InvalidAttrNumber)
		return false;
	ce_read_whole(CE_LEDGER, NULL, ledger_row, &live_from);
	return live_from.found;
}

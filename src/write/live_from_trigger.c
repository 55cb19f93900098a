/*-------------------------------------------------------------------------
 *
 * live_from_trigger.c
 *	  Setting the day on which the ledger went live, ce_ledger.live_from.
 *
 * Hours verified before it, under the notices of their years, come as totals
 * (0.4, AMB-2).  The owner sets the day with a plain UPDATE, which is checked
 * by these rules and logged.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"

#include "store/owner.h"
#include "store/sql.h"
#include "store/trigger_row.h"
#include "write/posting.h"

#include "compat.h"

/* Earlier days are typing errors, as are days in future years. */
#define FIRST_YEAR 1990
#define YEARS_AHEAD 1

static void
check_day(DateADT day)
{
	if (!DATE_NOT_FINITE(day) && ce_year_of(day) >= FIRST_YEAR &&
		ce_year_of(day) <= ce_year_of(ce_day_of_act()) + YEARS_AHEAD)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("the ledger cannot have gone live on %s", ce_date_text(day)),
			 errdetail("Clause 0.4: it is a day from the year %d to the end of next year.",
					   FIRST_YEAR),
			 errhint("Give the first day whose hours are entered item by item.")));
}

/* Existing totals reach up to the day already, and not beyond. */
static void
check_totals(DateADT day)
{
	Oid			types[] = {DATEOID};
	Datum		values[] = {DateADTGetDatum(day)};
	char	   *count;
	ListCell   *lc;

	ce_sql_begin();
	foreach(lc, ce_relations_here(CE_ACTIVITY))
	{
		ce_run(psprintf("SELECT pg_catalog.count(*), pg_catalog.to_char(pg_catalog.max(a.completed_on), 'YYYY-MM-DD')"
						" FROM %s a JOIN %s k ON k.kind OPERATOR(pg_catalog.=) a.kind"
						" WHERE k.track::text OPERATOR(pg_catalog.=) 'opening' AND a.completed_on OPERATOR(pg_catalog.>=) $1"
						" AND a.status::text OPERATOR(pg_catalog.<>) ALL ('{rejected,revoked}')",
						ce_relation_name(lfirst_oid(lc)), ce_table_here(CE_KIND)),
			   1, types, values, NULL, CE_SQL_READ_ONLY, SPI_OK_SELECT);
		count = ce_sql_text(0, 1);
		if (strcmp(count, "0") != 0)
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("the ledger has verified totals of %s and later", ce_date_text(day)),
					 errdetail("Clause 0.4 (AMB-2): %s totals, the latest of %s.", count,
							   ce_sql_text(0, 2)),
					 errhint("Give a day after it, or revoke or reject these totals first.")));
	}
	ce_sql_finish();
}

/* ce_live_from_check() returns trigger: before the day is set */
PG_FUNCTION_INFO_V1(ce_live_from_check);
Datum
ce_live_from_check(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_live_from_check",
											  CE_BEFORE | CE_EACH_ROW | CE_ON_INSERT | CE_ON_UPDATE,
											  CE_LEDGER);
	CeRow		row;
	CeRow		stored;
	const CeRow *old = ce_row_change(&row, &stored, CE_LEDGER, trigdata);
	CeIdentity	self;

	if (old == NULL)
	{
		/* A row from a dump of an earlier version has no day. */
		if (row.nulls[CE_COL_LEDGER_LIVE_FROM])
			ce_row_set(&row, CE_COL_LEDGER_LIVE_FROM, DateADTGetDatum(ce_day_of_act()));
		check_day(ce_row_day(&row, CE_COL_LEDGER_LIVE_FROM));
		return PointerGetDatum(ce_row_result(&row, trigdata));
	}
	if (!ce_row_differs(&row, old, CE_COL_LEDGER_LIVE_FROM))
		return PointerGetDatum(trigdata->tg_newtuple);
	if (row.nulls[CE_COL_LEDGER_LIVE_FROM])
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("the ledger needs the day on which it went live"),
				 errdetail("Clause 0.4 (AMB-2): totals may come of what was completed before it."),
				 errhint("Give the first day whose hours are entered item by item.")));
	check_day(ce_row_day(&row, CE_COL_LEDGER_LIVE_FROM));
	ce_become_owner(trigdata->tg_relation, &self);
	check_totals(ce_row_day(&row, CE_COL_LEDGER_LIVE_FROM));
	ce_become_self(&self);
	return PointerGetDatum(trigdata->tg_newtuple);
}

static const char *
day_text(const CeRow *row)
{
	return ce_date_text(ce_row_day(row, CE_COL_LEDGER_LIVE_FROM));
}

/* ce_live_from_log() returns trigger: after the day was changed */
PG_FUNCTION_INFO_V1(ce_live_from_log);
Datum
ce_live_from_log(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_live_from_log",
											  CE_AFTER | CE_EACH_ROW | CE_ON_UPDATE,
											  CE_LEDGER);
	CeRow		row;
	CeRow		old;

	ce_row_change(&row, &old, CE_LEDGER, trigdata);
	/* ce_setup() setting it for an older ledger is no change. */
	if (old.nulls[CE_COL_LEDGER_LIVE_FROM] ||
		!ce_row_differs(&row, &old, CE_COL_LEDGER_LIVE_FROM))
		return PointerGetDatum(NULL);
	ce_post_event("ledger.live_from", 0, day_text(&old), day_text(&row), 0, NULL);
	ce_post_all(trigdata->tg_relation);
	return PointerGetDatum(NULL);
}

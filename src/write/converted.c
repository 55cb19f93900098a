/*-------------------------------------------------------------------------
 *
 * converted.c
 *	  What a draft would make of the facts that were verified: for a what-if.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "record/credits.h"
#include "store/sql.h"
#include "write/rebuild.h"

#include "compat.h"

typedef struct Converted
{
	ReturnSetInfo *rsinfo;
	DateADT		as_of;
} Converted;

static void
put_change(const CeActivityRow *stored, const CeActivityRow *derived,
		   const char *problem, void *arg)
{
	Converted  *converted = arg;
	Datum		values[3];
	bool		nulls[3] = {false};
	CeCredit	before;
	CeCredit	change;

	if (!ce_verified_on(stored->r.values, stored->r.nulls, converted->as_of))
		return;
	ce_credit_zero(&change);
	if (problem == NULL)
		ce_activity_credit(derived->r.values, &change);
	ce_activity_credit(stored->r.values, &before);
	ce_credit_subtract(&change, &before);
	values[0] = stored->r.values[CE_COL_ACTIVITY_PERSON_ID];
	values[1] = stored->r.values[CE_COL_ACTIVITY_YEAR];
	values[2] = PointerGetDatum(ce_credit_pack(&change));
	tuplestore_putvalues(converted->rsinfo->setResult, converted->rsinfo->setDesc,
						 values, nulls);
}

/*
 * ce__converted(of_scheme text, as_scheme text, as_of date)
 *	 returns table(person_id bigint, year integer, change ce_credit)
 */
PG_FUNCTION_INFO_V1(ce__converted);
Datum
ce__converted(PG_FUNCTION_ARGS)
{
	CeDriftScope scope = {.read_only = true};
	Converted	converted = {(ReturnSetInfo *) fcinfo->resultinfo, PG_GETARG_DATEADT(2)};

	ce_begin_rows(fcinfo);
	ce_ledger_enter(fcinfo);
	ce_require_ledger();
	ce_require_day(converted.as_of);
	scope.of_scheme = ce_get_scheme(PG_GETARG_DATUM(0));
	scope.as_scheme = ce_get_scheme(PG_GETARG_DATUM(1));
	ce_sql_begin();
	ce_for_each_drift(&scope, put_change, &converted);
	ce_sql_finish();
	return (Datum) 0;
}

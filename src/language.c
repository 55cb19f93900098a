/*-------------------------------------------------------------------------
 *
 * language.c
 *	  The language ce_plpgsql: PL/pgSQL whose names are those of the function's
 *	  own schema, whatever that is called today.
 *
 * SET search_path in a function keeps the name that a schema had when the
 * function was made, and ALTER SCHEMA ... RENAME does not change it.  This
 * handler looks the name up when the function is called.  pg_catalog comes
 * first, since the path does not name it, and temporary objects last.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_language.h"
#include "commands/proclang.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "compat.h"

/* The handler of PL/pgSQL itself. */
static Oid
plpgsql_handler(void)
{
	Oid			language = get_language_oid("plpgsql", false);
	HeapTuple	tuple = SearchSysCache1(LANGOID, ObjectIdGetDatum(language));
	Oid			handler;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for language %u", language);
	handler = ((Form_pg_language) GETSTRUCT(tuple))->lanplcallfoid;
	ReleaseSysCache(tuple);
	return handler;
}

/* ce_plpgsql_handler() returns language_handler */
PG_FUNCTION_INFO_V1(ce_plpgsql_handler);
Datum
ce_plpgsql_handler(PG_FUNCTION_ARGS)
{
	Oid			schema = get_func_namespace(fcinfo->flinfo->fn_oid);
	int			settings = NewGUCNestLevel();
	FmgrInfo	handler;
	Datum		result;

	/* As a SET clause does it, so that parallel workers may, too. */
	(void) set_config_option("search_path",
							 psprintf("%s, pg_temp", quote_identifier(get_namespace_name(schema))),
							 PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	fmgr_info(plpgsql_handler(), &handler);
	/* PL/pgSQL goes by the call, which says what function it is of. */
	result = handler.fn_addr(fcinfo);
	AtEOXact_GUC(true, settings);
	return result;
}

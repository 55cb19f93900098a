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

/* A function of PL/pgSQL itself. */
static void
find_plpgsql(bool validator, FmgrInfo *function)
{
	Oid			language = get_language_oid("plpgsql", false);
	HeapTuple	tuple = SearchSysCache1(LANGOID, ObjectIdGetDatum(language));
	Form_pg_language form;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for language %u", language);
	form = (Form_pg_language) GETSTRUCT(tuple);
	fmgr_info(validator ? form->lanvalidator : form->lanplcallfoid, function);
	ReleaseSysCache(tuple);
}

/*
 * Hand a call on to PL/pgSQL, with the search path of a schema: set as a SET
 * clause does it, so that parallel workers may, too.
 */
static Datum
call_plpgsql(FunctionCallInfo fcinfo, bool validator, Oid schema)
{
	char	   *name = get_namespace_name(schema);
	int			settings;
	FmgrInfo	function;
	Datum		result;

	/* It may go while a query that calls the function runs. */
	if (name == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_SCHEMA),
				 errmsg("the schema of the ledger was dropped"),
				 errhint("Run CREATE EXTENSION ce_hours; and then ce_setup().")));
	settings = NewGUCNestLevel();

	(void) set_config_option("search_path",
							 psprintf("%s, pg_temp", quote_identifier(name)),
							 PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	find_plpgsql(validator, &function);
	/* It goes by what the call says of itself, which is of our function. */
	result = function.fn_addr(fcinfo);
	AtEOXact_GUC(true, settings);
	return result;
}

/* ce_plpgsql_handler() returns language_handler */
PG_FUNCTION_INFO_V1(ce_plpgsql_handler);
Datum
ce_plpgsql_handler(PG_FUNCTION_ARGS)
{
	return call_plpgsql(fcinfo, false, get_func_namespace(fcinfo->flinfo->fn_oid));
}

/*
 * ce_plpgsql_validator(oid) returns void; of our own, since pg_upgrade makes a
 * language with parameters only where all its functions are in the dump.
 */
PG_FUNCTION_INFO_V1(ce_plpgsql_validator);
Datum
ce_plpgsql_validator(PG_FUNCTION_ARGS)
{
	Oid			schema = get_func_namespace(PG_GETARG_OID(0));

	if (!OidIsValid(schema))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_FUNCTION),
				 errmsg("function with OID %u does not exist", PG_GETARG_OID(0))));
	return call_plpgsql(fcinfo, true, schema);
}

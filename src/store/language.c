/*-------------------------------------------------------------------------
 *
 * language.c
 *	  The language ce_plpgsql: PL/pgSQL with search_path set to the function's
 *	  own schema, whatever its current name.
 *
 * SET search_path in a function keeps the schema's name of the time when the
 * function was created, and ALTER SCHEMA ... RENAME does not change it.  This
 * handler looks the name up when the function is called.  pg_catalog comes
 * first, since the path does not name it, and temporary objects last.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_language.h"
#include "catalog/pg_proc.h"
#include "commands/proclang.h"
#include "fmgr.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "store/cache.h"

#include "compat.h"

/* Call a function of PL/pgSQL itself. */
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
 * On a shard Citus refuses SQL of functions, since it might read other shards
 * in other transactions.  Our read-only functions read only the law and the rows
 * of their person, which are on the shard's node.
 */
static void
let_read_on_shards(Oid function)
{
	static const char *const setting = "citus.allow_nested_distributed_execution";
	static int	there = -1;

	if (there < 0)
		there = GetConfigOption(setting, true, false) != NULL;
	if (there && func_volatile(function) != PROVOLATILE_VOLATILE)
		(void) set_config_option(setting, "on", PGC_USERSET, PGC_S_SESSION,
								 GUC_ACTION_SAVE, true, 0, false);
}

/*
 * Pass a call on to PL/pgSQL with the search path of a schema, set like a SET
 * clause, so that it is allowed in parallel workers too.
 */
static Datum
call_plpgsql(FunctionCallInfo fcinfo, bool validator, Oid schema)
{
	const char *name = ce_schema_name(schema);
	int			settings = NewGUCNestLevel();
	FmgrInfo	function;
	Datum		result;

	(void) set_config_option("search_path", psprintf("%s, pg_temp", name),
							 PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	if (!validator)
		let_read_on_shards(fcinfo->flinfo->fn_oid);
	find_plpgsql(validator, &function);
	/* PL/pgSQL's validator uses fn_oid of the call, which is our function. */
	result = function.fn_addr(fcinfo);
	AtEOXact_GUC(true, settings);
	return result;
}

/* ce__plpgsql_handler() returns language_handler */
PG_FUNCTION_INFO_V1(ce__plpgsql_handler);
Datum
ce__plpgsql_handler(PG_FUNCTION_ARGS)
{
	return call_plpgsql(fcinfo, false, get_func_namespace(fcinfo->flinfo->fn_oid));
}

/*
 * ce__plpgsql_validator(oid) returns void; our own, since pg_upgrade can create
 * a language only if the dump has all its functions.
 */
PG_FUNCTION_INFO_V1(ce__plpgsql_validator);
Datum
ce__plpgsql_validator(PG_FUNCTION_ARGS)
{
	Oid			schema = get_func_namespace(PG_GETARG_OID(0));

	if (!OidIsValid(schema))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_FUNCTION),
				 errmsg("function with OID %u does not exist", PG_GETARG_OID(0))));
	return call_plpgsql(fcinfo, true, schema);
}

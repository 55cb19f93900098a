/*-------------------------------------------------------------------------
 *
 * person_query.c
 *	  Statements about a person that stay prepared.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"

#include "feed/person_query.h"
#include "store/ledger.h"

#include "compat.h"

CeStatement *
ce_person_query_ready(CeStatement *statement, const char *sql, int nargs, Oid *types)
{
	Oid			person_table = ce_table_oid(CE_PERSON);

	if (!ce_statement_ready(statement, person_table))
		ce_statement_prepare(statement, psprintf(sql, ce_ledger_schema()), nargs, types,
							 person_table, 0);
	return statement;
}

uint64
ce_person_query_run(CePersonQuery *query, Datum first, Datum second)
{
	Datum		values[] = {first, second};

	return ce_run_kept(ce_person_query_ready(&query->kept, query->sql, query->nargs, query->types),
					   values, NULL, 0, query->expected);
}

bool
ce_person_exists(int64 person_id)
{
	static CePersonQuery query = {"SELECT FROM %s.ce_person WHERE person_id OPERATOR(pg_catalog.=) $1",
		SPI_OK_SELECT, 1, {INT8OID}, {0}};

	return ce_person_query_run(&query, Int64GetDatum(person_id), 0) > 0;
}

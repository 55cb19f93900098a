/*-------------------------------------------------------------------------
 *
 * person_records.c
 *	  What keeps a person in the ledger, and persons by number and id.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "commands/sequence.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"

#include "feed/person.h"
#include "feed/person_query.h"
#include "store/ledger.h"

#include "compat.h"

/* Where a person can have records; the first column of their keys finds them. */
static const CeTable record_tables[] = {
	CE_ACTIVITY, CE_ACCOUNT, CE_ACHIEVEMENT, CE_ALLOCATION, CE_SANCTION,
	CE_APPLICATION, CE_WAIVER, CE_PERSON_SCHEME
};

char *
ce_person_records(int64 person_id, bool with_schemes)
{
	static CeStatement statement;
	Oid			types[] = {INT8OID};
	Datum		values[] = {Int64GetDatum(person_id)};
	StringInfoData buf;

	initStringInfo(&buf);
	/* A ledger of 0.2.0 has the last two only after ce_setup(). */
	for (int t = 0; t < lengthof(record_tables); t++)
		appendStringInfo(&buf, ce_table_exists(record_tables[t]) ?
						 "%s (SELECT pg_catalog.count(*) FROM %%1$s.%s"
						 " WHERE person_id OPERATOR(pg_catalog.=) $1)" : "%s 0::pg_catalog.int8",
						 t == 0 ? "SELECT" : ",", ce_table_name(record_tables[t]));
	ce_run_kept(ce_person_query_ready(&statement, buf.data, 1, types), values, NULL, 0, SPI_OK_SELECT);
	resetStringInfo(&buf);
	for (int t = 0; t < lengthof(record_tables); t++)
	{
		bool		isnull;
		int64		n = DatumGetInt64(ce_sql_value(0, t + 1, &isnull));

		if (n > 0 && (with_schemes || record_tables[t] != CE_PERSON_SCHEME))
			appendStringInfo(&buf, "%s%s %lld", buf.len == 0 ? "" : ", ",
							 ce_table_name(record_tables[t]), (long long) n);
	}
	return buf.len == 0 ? NULL : buf.data;
}

void
ce_person_delete(int64 person_id)
{
	static CePersonQuery schemes = {"DELETE FROM %s.ce_person_scheme WHERE person_id OPERATOR(pg_catalog.=) $1",
		SPI_OK_DELETE, 1, {INT8OID}, {0}};
	static CePersonQuery query = {"DELETE FROM %s.ce_person WHERE person_id OPERATOR(pg_catalog.=) $1",
		SPI_OK_DELETE, 1, {INT8OID}, {0}};

	if (ce_table_exists(CE_PERSON_SCHEME))
		ce_person_query_run(&schemes, Int64GetDatum(person_id), 0);
	ce_person_query_run(&query, Int64GetDatum(person_id), 0);
}

void
ce_person_rename(int64 person_id, int64 new_id)
{
	static CePersonQuery query = {"UPDATE %s.ce_person SET person_id = $2 WHERE person_id OPERATOR(pg_catalog.=) $1",
		SPI_OK_UPDATE, 2, {INT8OID, INT8OID}, {0}};

	ce_person_query_run(&query, Int64GetDatum(person_id), Int64GetDatum(new_id));
}

bool
ce_find_person(const char *person_no, int64 *person_id)
{
	static CePersonQuery query = {"SELECT person_id::pg_catalog.int8 FROM %s.ce_person"
		" WHERE person_no OPERATOR(pg_catalog.=) $1",
		SPI_OK_SELECT, 1, {TEXTOID}, {0}};
	bool		isnull;

	if (ce_person_query_run(&query, CStringGetTextDatum(person_no), 0) == 0)
		return false;
	*person_id = DatumGetInt64(ce_sql_value(0, 1, &isnull));
	return true;
}

/* Skip ids that are already in use. */
int64
ce_person_new_id(void)
{
	Oid			sequence = get_relname_relid("ce_person_id", get_rel_namespace(ce_table_oid(CE_PERSON)));
	int64		id;

	if (!OidIsValid(sequence))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the ledger in schema %s is older than the extension", ce_ledger_schema()),
				 errdetail("Sequence \"%s\" does not exist.", "ce_person_id"),
				 errhint("Run SELECT %s.ce_setup(); as the role that owns the ledger.", ce_ledger_schema())));
	do
	{
		id = DatumGetInt64(DirectFunctionCall1(nextval_oid, ObjectIdGetDatum(sequence)));
	} while (ce_person_exists(id));
	return id;
}

/*-------------------------------------------------------------------------
 *
 * person_history.c
 *	  Which deciding facts of a person were changed, according to the log.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/table.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/rel.h"

#include "store/owner.h"
#include "store/sql.h"
#include "who/policies.h"

#include "compat.h"

/* The changes of a year, as text; NULL if there are none. */
static char *
changes_of(int64 person_id, int32 year)
{
	Oid			types[] = {INT8OID, INT4OID};
	Datum		values[] = {Int64GetDatum(person_id), Int32GetDatum(year)};
	MemoryContext context = CurrentMemoryContext;
	char	   *changes;

	ce_sql_begin();
	/* A fact that was changed and set back is listed for both changes. */
	ce_run(psprintf("SELECT pg_catalog.string_agg(pg_catalog.format('%%s %%s', pg_catalog.substr(object, 8),"
					" pg_catalog.to_char(at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')), ', ' ORDER BY event_id)"
					" FROM %s.ce_event WHERE object OPERATOR(pg_catalog.~~) 'person.%%'"
					" AND ids OPERATOR(pg_catalog.@>) ARRAY[$1]"
					" AND pg_catalog.date_part('year', at AT TIME ZONE 'Asia/Shanghai') OPERATOR(pg_catalog.=) $2",
					ce_ledger_schema()),
		   2, types, values, NULL, CE_SQL_READ_ONLY, SPI_OK_SELECT);
	changes = ce_sql_text(0, 1);
	if (changes != NULL)
		changes = MemoryContextStrdup(context, changes);
	ce_sql_finish();
	return changes;
}

/*
 * ce_facts_changed(person_id bigint, year integer) returns text: which facts
 *	 of the person were changed in a year and when, null: none, or not visible
 */
PG_FUNCTION_INFO_V1(ce_facts_changed);
Datum
ce_facts_changed(PG_FUNCTION_ARGS)
{
	Relation	rel;
	Oid			role = GetUserId();
	CeIdentity	self;
	char	   *changes = NULL;

	ce_ledger_enter(fcinfo);
	/* Visible with the person; the whole log is not. */
	rel = table_open(ce_table_oid(CE_EVENT), AccessShareLock);
	ce_table_columns(CE_EVENT, rel);
	if (has_privs_of_role(role, rel->rd_rel->relowner) ||
		ce_sees_person(role, PG_GETARG_INT64(0)))
	{
		ce_become_owner(rel, &self);
		changes = changes_of(PG_GETARG_INT64(0), PG_GETARG_INT32(1));
		ce_become_self(&self);
	}
	table_close(rel, AccessShareLock);
	if (changes == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(changes));
}

/*-------------------------------------------------------------------------
 *
 * guards.c
 *	  Small triggers: writes that are never allowed, and cache invalidation.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/rel.h"

#include "store/owner.h"
#include "store/sql.h"
#include "store/trigger_row.h"
#include "store/turn.h"
#include "who/org.h"
#include "write/guards.h"
#include "write/posting.h"

#include "compat.h"

/*
 * For each statement; and for each row under logical replication, where a
 * subscriber fires no statement triggers.
 */
static Datum
reload_after_change(FunctionCallInfo fcinfo, const char *name, int table)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, name,
											  CE_AFTER | CE_EACH_ROW | CE_EACH_STATEMENT |
											  CE_ON_ROWS | CE_ON_TRUNCATE, table);

	CacheInvalidateRelcache(trigdata->tg_relation);
	return PointerGetDatum(NULL);
}

/* ce_law_changed() returns trigger: makes every backend reload the law */
PG_FUNCTION_INFO_V1(ce_law_changed);
Datum
ce_law_changed(PG_FUNCTION_ARGS)
{
	return reload_after_change(fcinfo, "ce_law_changed", CE_ANY_TABLE);
}

/* ce_org_changed() returns trigger: makes every backend reload ce_org */
PG_FUNCTION_INFO_V1(ce_org_changed);
Datum
ce_org_changed(PG_FUNCTION_ARGS)
{
	return reload_after_change(fcinfo, "ce_org_changed", CE_ORG);
}

/* Rows that come from elsewhere, a restore of data only. */
static void
refuse_insert(const char *table)
{
	ereport(ERROR,
			(errcode(ERRCODE_RESTRICT_VIOLATION),
			 errmsg("cannot insert into table \"%s\"", table),
			 errdetail("Only the ledger's triggers write it; rows from elsewhere would count the same facts twice."),
			 errhint("To restore only data, use pg_restore --disable-triggers; ce_rebuild() recomputes the accounts.")));
}

/* ce_kept_by_triggers() returns trigger: rejects all writes but our own */
PG_FUNCTION_INFO_V1(ce_kept_by_triggers);
Datum
ce_kept_by_triggers(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_kept_by_triggers",
											  CE_BEFORE | CE_EACH_STATEMENT | CE_ON_ROWS |
											  CE_ON_TRUNCATE, CE_ANY_TABLE);
	const char *table = RelationGetRelationName(trigdata->tg_relation);

	if (ce_posting)
		return PointerGetDatum(NULL);
	if (TRIGGER_FIRED_BY_INSERT(trigdata->tg_event))
		refuse_insert(table);
	ereport(ERROR,
			(errcode(ERRCODE_RESTRICT_VIOLATION),
			 TRIGGER_FIRED_BY_TRUNCATE(trigdata->tg_event) ?
			 errmsg("table \"%s\" cannot be truncated", table) :
			 errmsg("rows of table \"%s\" cannot be changed or deleted", table),
			 errdetail("Only the ledger's triggers write it, so that it equals the facts."),
			 errhint("Change the facts; ce_rebuild() recomputes the accounts.")));
	return PointerGetDatum(NULL);
}

/* ce_member_changed() returns trigger: makes every backend reload duties */
PG_FUNCTION_INFO_V1(ce_member_changed);
Datum
ce_member_changed(PG_FUNCTION_ARGS)
{
	return reload_after_change(fcinfo, "ce_member_changed", CE_ANY_TABLE);
}

/*
 * The number of bodies above an organisation.  An error if it would be above
 * itself.
 */
static int
bodies_above(int64 org_id, int64 parent_id)
{
	int			n = 0;

	for (int64 above = parent_id; above != 0; above = ce_org_parent_now(above))
	{
		CHECK_FOR_INTERRUPTS();
		if (above == org_id)
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("organisation %lld would be above itself",
							(long long) org_id),
					 errdetail("Clause 7.4a: hours are verified level by level along parent_id, which must not form a circle."),
					 errhint("Choose a parent that is not below the organisation.")));
		if (++n > CE_MAX_CHAIN)
			break;				/* a circle in other rows, or too many */
	}
	return n;
}

/* The number of levels below an organisation, up to the limit. */
static int
levels_below(TriggerData *trigdata, int64 org_id)
{
	Oid			types[] = {INT8OID, INT4OID};
	Datum		values[] = {Int64GetDatum(org_id), Int32GetDatum(CE_MAX_CHAIN)};
	CeIdentity	self;
	char	   *sql;
	bool		isnull;
	int			levels;

	ce_become_owner(trigdata->tg_relation, &self);
	ce_sql_begin();
	sql = psprintf("WITH RECURSIVE below AS (SELECT $1 AS org_id, 0 AS level UNION ALL"
				   " SELECT o.org_id, b.level OPERATOR(pg_catalog.+) 1 FROM below b"
				   " JOIN %s o ON o.parent_id OPERATOR(pg_catalog.=) b.org_id"
				   " WHERE b.level OPERATOR(pg_catalog.<) $2)"
				   " SELECT pg_catalog.max(level) FROM below", ce_table_here(CE_ORG));
	ce_run(sql, 2, types, values, NULL, CE_SQL_READ_ONLY | CE_SQL_LATEST, SPI_OK_SELECT);
	levels = DatumGetInt32(ce_sql_value(0, 1, &isnull));
	ce_sql_finish();
	ce_become_self(&self);
	return levels;
}

/*
 * ce_org_check() returns trigger: rejects a circle of parents, and chains that
 * are too long.  Before the statement it waits for concurrent changes of
 * parents: two may each be valid and together form a circle.
 */
PG_FUNCTION_INFO_V1(ce_org_check);
Datum
ce_org_check(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_org_check",
											  CE_BEFORE | CE_AFTER | CE_EACH_ROW |
											  CE_EACH_STATEMENT | CE_ON_INSERT | CE_ON_UPDATE,
											  CE_ORG);
	CeRow		row;
	int64		org_id;
	int			n;

	ce_take_turn(RelationGetRelid(trigdata->tg_relation), 0);
	if (TRIGGER_FIRED_FOR_STATEMENT(trigdata->tg_event))
		return PointerGetDatum(NULL);
	ce_row_new(&row, CE_ORG, trigdata);
	org_id = ce_row_id(&row, CE_COL_ORG_ORG_ID);
	CommandCounterIncrement();
	n = bodies_above(org_id, ce_row_id(&row, CE_COL_ORG_PARENT_ID));
	n += levels_below(trigdata, org_id);
	if (n > CE_MAX_CHAIN)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("organisation %lld would be in a chain of more than %d bodies",
						(long long) org_id, CE_MAX_CHAIN),
				 errdetail("Clause 7.4a: hours are verified level by level along parent_id; the lowest organisation of the chain would have at least %d bodies above it.",
						   n),
				 errhint("Choose a parent closer to the top.")));
	return PointerGetDatum(NULL);
}

/* ce_append_only() returns trigger: rejects the statement that fires it */
PG_FUNCTION_INFO_V1(ce_append_only);
Datum
ce_append_only(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_append_only",
											  CE_BEFORE | CE_EACH_STATEMENT | CE_ON_UPDATE |
											  CE_ON_DELETE | CE_ON_TRUNCATE, CE_ANY_TABLE);

	ereport(ERROR,
			(errcode(ERRCODE_RESTRICT_VIOLATION),
			 TRIGGER_FIRED_BY_TRUNCATE(trigdata->tg_event) ?
			 errmsg("table \"%s\" cannot be truncated",
					RelationGetRelationName(trigdata->tg_relation)) :
			 errmsg("rows of table \"%s\" cannot be changed or deleted",
					RelationGetRelationName(trigdata->tg_relation)),
			 errdetail("Clauses 6.2d, 7.4: records are kept; hours are revoked with a reason."),
			 errhint("To start over, drop the ledger's tables and run ce_setup() again.")));
	return PointerGetDatum(NULL);
}

/*
 * Does an activity satisfy the condition on $1?  Waits for concurrent writers
 * of activities and sees their rows under any snapshot; later writers wait and
 * then find the kind or the organisation gone.  On a Citus cluster the law and
 * the organisations are on every node, and each looks at the shards it has.
 */
bool
ce_activity_exists(TriggerData *trigdata, const char *condition, Oid type, Datum value)
{
	CeIdentity	self;
	List	   *relations = ce_relations_here(CE_ACTIVITY);
	ListCell   *lc;
	bool		exists = false;

	foreach(lc, relations)
		LockRelationOid(lfirst_oid(lc), ShareRowExclusiveLock);
	ce_become_owner(trigdata->tg_relation, &self);
	ce_sql_begin();
	foreach(lc, relations)
	{
		char	   *sql = psprintf("SELECT 1 FROM %s WHERE %s LIMIT 1",
								   ce_relation_name(lfirst_oid(lc)), condition);

		exists = exists || ce_run(sql, 1, &type, &value, NULL,
								  CE_SQL_READ_ONLY | CE_SQL_LATEST, SPI_OK_SELECT) > 0;
	}
	ce_sql_finish();
	ce_become_self(&self);
	return exists;
}

/* ce_kind_in_use() returns trigger: protects a kind that activities use */
PG_FUNCTION_INFO_V1(ce_kind_in_use);
Datum
ce_kind_in_use(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_kind_in_use",
											  CE_BEFORE | CE_EACH_ROW | CE_ON_UPDATE | CE_ON_DELETE,
											  CE_KIND);
	CeRow		row;

	ce_row_old(&row, CE_KIND, trigdata);
	if (ce_activity_exists(trigdata, "kind OPERATOR(pg_catalog.=) $1", TEXTOID,
						   row.values[CE_COL_KIND_KIND]))
		ereport(ERROR,
				(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
				 errmsg("kind \"%s\" is in use",
						ce_row_text(&row, CE_COL_KIND_KIND)),
				 errdetail("Activities of this kind are in table \"ce_activity\"."),
				 errhint("Add a new kind; a kind without a rule in ce_rule for a year takes no activities of that year.")));
	return PointerGetDatum(ce_given_tuple(trigdata));
}

/* ce_org_in_use() returns trigger: protects organisations of activities */
PG_FUNCTION_INFO_V1(ce_org_in_use);
Datum
ce_org_in_use(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_org_in_use",
											  CE_BEFORE | CE_EACH_ROW | CE_ON_UPDATE | CE_ON_DELETE,
											  CE_ORG);
	bool		deleted = TRIGGER_FIRED_BY_DELETE(trigdata->tg_event);
	CeRow		row;
	CeRow		old;

	ce_row_change(&row, &old, CE_ORG, trigdata);
	if ((deleted || ce_row_differs(&row, &old, CE_COL_ORG_ORG_ID)) &&
		ce_activity_exists(trigdata,
						   "$1 OPERATOR(pg_catalog.=) ANY (ARRAY[org_id, reviewed_by, verified_by, revoked_by])",
						   INT8OID, old.values[CE_COL_ORG_ORG_ID]))
		ereport(ERROR,
				(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
				 errmsg("organisation %lld is referenced by activities",
						(long long) ce_row_id(&old, CE_COL_ORG_ORG_ID)),
				 errdetail("Clause 7.4: they keep their employer and the bodies that verified them."),
				 errhint("Leave the organisation in ce_org, and give its staff another org_id in ce_person.")));
	return PointerGetDatum(ce_given_tuple(trigdata));
}

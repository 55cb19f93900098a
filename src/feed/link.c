/*-------------------------------------------------------------------------
 *
 * link.c
 *	  Linking an HR table with the ledger, and what table ce_link says of it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/relation.h"
#include "access/xact.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/tuplestore.h"

#include "feed/link.h"
#include "store/ledger.h"
#include "store/sql.h"

#include "compat.h"

/* The arguments of ce_link(), after the table, in their order. */
static const CePersonFact argument_facts[CE_PERSON_FACTS] = {
	FACT_PERSON_ID, FACT_ORG_ID, FACT_PERSON_NO, FACT_SCHEME, FACT_SPECIALTY,
	FACT_DOCTORATE_ON, FACT_HELD_LEVEL, FACT_HELD_SINCE, FACT_ENTERED_ON
};

/* The values of ce_link.bad_rows. */
#define BAD_ROWS_REFUSE "refuse"
#define BAD_ROWS_LIST "list"

/* ---------------------------------------------------------------------
 * Linking
 * ---------------------------------------------------------------------
 */

static void
check_owns_ledger(const char *function)
{
	if (!ce_owns_relation(ce_table_oid(CE_PERSON), GetUserId()))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("must be owner of the ledger to call %s", function),
				 errhint("Call it as the role that ran ce_setup().")));
}

static void
check_table(Relation rel)
{
	const char *name = RelationGetRelationName(rel);

	if (rel->rd_rel->relkind != RELKIND_RELATION ||
		rel->rd_rel->relpersistence == RELPERSISTENCE_TEMP)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("\"%s\" cannot be linked with the ledger", name),
				 errdetail("Only an ordinary permanent table has row triggers that see every change."),
				 errhint("Link an ordinary table, or load the persons with ce_import_person().")));
	if (RelationGetNamespace(rel) == get_rel_namespace(ce_table_oid(CE_PERSON)) &&
		strncmp(name, "ce_", 3) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("\"%s\" cannot be linked with the ledger", name),
				 errdetail("It is a table of the ledger."),
				 errhint("Link the employee table of the HR system.")));
}

/* The key must be unique at any time and for all rows. */
static void
check_key(Relation rel, const CeLinkColumn *key)
{
	List	   *indexes = RelationGetIndexList(rel);
	ListCell   *lc;
	bool		unique = false;

	foreach(lc, indexes)
	{
		Relation	index = index_open(lfirst_oid(lc), AccessShareLock);
		Form_pg_index form = index->rd_index;

		unique |= form->indisunique && form->indimmediate && form->indisvalid &&
			form->indnkeyatts == 1 && form->indkey.values[0] == key->attnum &&
			RelationGetIndexPredicate(index) == NIL;
		index_close(index, AccessShareLock);
	}
	if (!unique)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TABLE_DEFINITION),
				 errmsg("column \"%s\" of table \"%s\" does not identify a person",
						key->name, RelationGetRelationName(rel)),
				 errdetail("It has no primary key or unique constraint of its own."),
				 errhint("Choose the table's key, or make the column unique.")));
}

static void
keep_link(Oid hr_table, char **names, bool lists)
{
	Oid			types[CE_PERSON_FACTS + 3] = {OIDOID};
	Datum		values[CE_PERSON_FACTS + 3] = {ObjectIdGetDatum(hr_table)};
	char		nulls[CE_PERSON_FACTS + 3] = {' '};
	StringInfoData columns;
	StringInfoData arguments;
	StringInfoData sets;

	initStringInfo(&columns);
	initStringInfo(&arguments);
	initStringInfo(&sets);
	for (int f = 0; f < CE_PERSON_FACTS; f++)
	{
		types[f + 1] = NAMEOID;
		nulls[f + 1] = names[f] == NULL ? 'n' : ' ';
		values[f + 1] = names[f] == NULL ? (Datum) 0 :
			DirectFunctionCall1(namein, CStringGetDatum(names[f]));
		appendStringInfo(&columns, ", %s", ce_link_columns[f]);
		appendStringInfo(&arguments, ", $%d", f + 2);
		appendStringInfo(&sets, "%s = excluded.%s, ", ce_link_columns[f], ce_link_columns[f]);
	}
	types[CE_PERSON_FACTS + 1] = NAMEOID;
	nulls[CE_PERSON_FACTS + 1] = ' ';
	values[CE_PERSON_FACTS + 1] =
		DirectFunctionCall1(namein, CStringGetDatum(GetUserNameFromId(GetUserId(), false)));
	types[CE_PERSON_FACTS + 2] = TEXTOID;
	nulls[CE_PERSON_FACTS + 2] = ' ';
	values[CE_PERSON_FACTS + 2] = CStringGetTextDatum(lists ? BAD_ROWS_LIST : BAD_ROWS_REFUSE);
	ce_refuse_rules_by_name("ce_link", true);
	/* Remove the links of tables that were dropped. */
	ce_run(psprintf("DELETE FROM %s.ce_link l WHERE NOT EXISTS"
					" (SELECT FROM pg_catalog.pg_class c WHERE c.oid OPERATOR(pg_catalog.=) l.hr_table)",
					ce_ledger_schema()), 0, NULL, NULL, NULL, 0, SPI_OK_DELETE);
	ce_run(psprintf("INSERT INTO %s.ce_link (hr_table%s, linked_by, bad_rows, linked_at)"
					" VALUES ($1%s, $%d, $%d, pg_catalog.now())"
					" ON CONFLICT (hr_table) DO UPDATE SET %slinked_by = excluded.linked_by,"
					" bad_rows = excluded.bad_rows, linked_at = excluded.linked_at",
					ce_ledger_schema(), columns.data, arguments.data,
					CE_PERSON_FACTS + 2, CE_PERSON_FACTS + 3, sets.data),
		   CE_PERSON_FACTS + 3, types, values, nulls, 0, SPI_OK_INSERT);
}

static void
run_utility(const char *sql)
{
	ce_run(sql, 0, NULL, NULL, NULL, 0, SPI_OK_UTILITY);
}

/* The names of columns given, by fact. */
static void
argument_names(FunctionCallInfo fcinfo, char **names)
{
	/* Version 0.2.0 had no entered_on, nor anything after it. */
	for (int i = 0; i < CE_PERSON_FACTS; i++)
		names[argument_facts[i]] = PG_NARGS() <= i + 1 || PG_ARGISNULL(i + 1) ? NULL :
			NameStr(*PG_GETARG_NAME(i + 1));
	if (PG_ARGISNULL(0) || names[FACT_PERSON_ID] == NULL || names[FACT_ORG_ID] == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("hr_table, key and org must not be null"),
				 errhint("Give the HR table, its key column and its employer column.")));
}

/* Whether bad rows are listed; version 0.2.0 had no such argument. */
static bool
argument_lists(FunctionCallInfo fcinfo)
{
	int			arg = CE_PERSON_FACTS + 1;
	char	   *bad_rows = PG_NARGS() <= arg || PG_ARGISNULL(arg) ? BAD_ROWS_REFUSE :
		text_to_cstring(PG_GETARG_TEXT_PP(arg));

	if (strcmp(bad_rows, BAD_ROWS_REFUSE) != 0 && strcmp(bad_rows, BAD_ROWS_LIST) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("bad_rows cannot be \"%s\"", bad_rows),
				 errhint("Use \"%s\", or \"%s\" to load the other rows and list the bad ones in ce_link_refused.",
						 BAD_ROWS_REFUSE, BAD_ROWS_LIST)));
	return strcmp(bad_rows, BAD_ROWS_LIST) == 0;
}

static void
check_privilege(Oid hr_table, AclMode mode)
{
	AclResult	acl;

	if (get_rel_name(hr_table) == NULL)
		return;
	acl = pg_class_aclcheck(hr_table, GetUserId(), mode);
	if (acl != ACLCHECK_OK)
		aclcheck_error(acl, get_relkind_objtype(get_rel_relkind(hr_table)),
					   get_rel_name(hr_table));
}

/* The HR table, locked; an error if it cannot be linked by these columns. */
static CeLink *
open_hr_table(Oid hr_table, LOCKMODE lock, char **names, bool lists, Relation *rel)
{
	CeLink	   *link;

	LockRelationOid(hr_table, lock);
	if (!SearchSysCacheExists1(RELOID, ObjectIdGetDatum(hr_table)))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("relation with OID %u does not exist", hr_table)));
	*rel = relation_open(hr_table, NoLock);
	check_table(*rel);
	link = ce_make_link(*rel, names, lists);
	check_key(*rel, &link->columns[FACT_PERSON_ID]);
	return link;
}

/*
 * ce_link(hr_table regclass, key name, org name, person_no name, scheme name,
 *		   specialty name, doctorate_on name, held_level name, held_since name,
 *		   entered_on name,
 *		   bad_rows text)
 *	 returns bigint: persons that are new or changed
 */
PG_FUNCTION_INFO_V1(ce_link);
Datum
ce_link(PG_FUNCTION_ARGS)
{
	char	   *names[CE_PERSON_FACTS];
	const char *table;
	Relation	rel;
	CeLink	   *link;
	int64		changed;
	bool		lists;

	ce_ledger_enter(fcinfo);
	ce_ledger_table("ce_link");
	ce_link_can_list(true);
	argument_names(fcinfo, names);
	lists = argument_lists(fcinfo);
	check_owns_ledger("ce_link");

	/*
	 * The rows are read after the lock that keeps others from writing, by a
	 * snapshot that is taken later.
	 */
	if (IsolationUsesXactSnapshot())
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("ce_link() must run at isolation level READ COMMITTED"),
				 errdetail("At other levels, an older snapshot would miss rows that others have added since.")));
	check_privilege(PG_GETARG_OID(0), ACL_TRIGGER);
	link = open_hr_table(PG_GETARG_OID(0), ShareRowExclusiveLock, names, lists, &rel);
	table = ce_relation_name(PG_GETARG_OID(0));
	relation_close(rel, NoLock);

	ce_sql_begin();
	keep_link(PG_GETARG_OID(0), names, lists);
	run_utility(psprintf("CREATE OR REPLACE TRIGGER ce_link AFTER INSERT OR UPDATE OR DELETE ON %s"
						 " FOR EACH ROW EXECUTE FUNCTION %s.ce_link_row()",
						 table, ce_ledger_schema()));
	run_utility(psprintf("CREATE OR REPLACE TRIGGER ce_link_truncate BEFORE TRUNCATE ON %s"
						 " FOR EACH STATEMENT EXECUTE FUNCTION %s.ce_link_truncate()",
						 table, ce_ledger_schema()));
	ce_sql_finish();

	rel = relation_open(PG_GETARG_OID(0), NoLock);
	changed = ce_link_load(link, rel);
	relation_close(rel, NoLock);
	PG_RETURN_INT64(changed);
}

/* A fault becomes a row of the result. */
static void
put_fault(const CeLinkRow *row, const CeLinkFault *fault, void *arg)
{
	ReturnSetInfo *rsinfo = arg;
	const char *texts[] = {row->texts[FACT_PERSON_ID], fault->column, fault->value, fault->reason};
	Datum		values[lengthof(texts)];
	bool		nulls[lengthof(texts)];

	for (int i = 0; i < lengthof(texts); i++)
	{
		nulls[i] = texts[i] == NULL;
		values[i] = nulls[i] ? (Datum) 0 : CStringGetTextDatum(texts[i]);
	}
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/*
 * ce_link_check(hr_table regclass, key name, org name, person_no name, scheme name,
 *				 specialty name, doctorate_on name, held_level name, held_since name,
 *				 entered_on name)
 *	 returns table(key text, hr_column text, value text, reason text)
 */
PG_FUNCTION_INFO_V1(ce_link_check);
Datum
ce_link_check(PG_FUNCTION_ARGS)
{
	char	   *names[CE_PERSON_FACTS];
	Relation	rel;
	CeLink	   *link;

	ce_ledger_enter(fcinfo);
	ce_ledger_table("ce_link");
	argument_names(fcinfo, names);
	check_owns_ledger("ce_link_check");
	InitMaterializedSRF(fcinfo, 0);
	link = open_hr_table(PG_GETARG_OID(0), AccessShareLock, names, false, &rel);
	ce_link_try_all(link, rel, put_fault, fcinfo->resultinfo);
	relation_close(rel, NoLock);
	return (Datum) 0;
}

/* ce_unlink(hr_table regclass) returns void: ends a link, the persons stay */
PG_FUNCTION_INFO_V1(ce_unlink);
Datum
ce_unlink(PG_FUNCTION_ARGS)
{
	Oid			types[] = {OIDOID};
	Datum		values[1];
	char	   *name;

	ce_ledger_enter(fcinfo);
	ce_ledger_table("ce_link");
	if (PG_ARGISNULL(0))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("hr_table must not be null")));
	check_owns_ledger("ce_unlink");
	values[0] = PG_GETARG_DATUM(0);
	name = get_rel_name(PG_GETARG_OID(0));
	ce_sql_begin();
	if (ce_run(psprintf("DELETE FROM %s.ce_link WHERE hr_table OPERATOR(pg_catalog.=) $1",
						ce_ledger_schema()), 1, types, values, NULL, 0, SPI_OK_DELETE) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_NO_DATA_FOUND),
				 errmsg("table \"%s\" is not linked with the ledger",
						name == NULL ? psprintf("%u", PG_GETARG_OID(0)) : name),
				 errhint("Table ce_link lists the linked tables.")));
	if (name != NULL)
	{
		const char *table = ce_relation_name(PG_GETARG_OID(0));

		run_utility(psprintf("DROP TRIGGER IF EXISTS ce_link ON %s", table));
		run_utility(psprintf("DROP TRIGGER IF EXISTS ce_link_truncate ON %s", table));
	}
	ce_sql_finish();
	PG_RETURN_VOID();
}

/*-------------------------------------------------------------------------
 *
 * ledger.c
 *	  Finding the ledger's tables and columns.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/relation.h"
#include "access/xact.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "ledger.h"

#include "compat.h"

/* What a column holds.  The closed lists come last, in the order of CeList. */
typedef enum CeColumnType
{
	CE_TYPE_BOOL, CE_TYPE_INT4, CE_TYPE_INT8, CE_TYPE_INT8ARRAY, CE_TYPE_TEXT,
	CE_TYPE_NAME, CE_TYPE_DATE, CE_TYPE_TIMESTAMPTZ, CE_TYPE_NUMERIC,
	CE_TYPE_JSONB, CE_TYPE_HOURS, CE_TYPE_CREDIT, CE_TYPE_LEVEL,
	CE_TYPE_SUBJECT, CE_TYPE_TRACK, CE_TYPE_BASIS, CE_TYPE_STATUS,
	CE_TYPE_PLAN_STATUS, CE_TYPE_ROUTE, CE_TYPE_OUTCOME
} CeColumnType;

#define CE_FIRST_LIST_TYPE CE_TYPE_SUBJECT

typedef enum CeColumnNull
{
	CE_NEVER, CE_FILLED, CE_MAYBE
} CeColumnNull;

typedef struct ColumnSpec
{
	const char *name;
	CeColumnType type;
} ColumnSpec;

typedef struct TableSpec
{
	const char *name;
	const ColumnSpec *columns;
	int			ncolumns;
	bool		kept;			/* its rows are kept by each backend */
	uint32		given;			/* columns that are never null in a given row */
} TableSpec;

#define COLUMN_SPEC(id, name, type, null) {name, CE_TYPE_##type},
#define COLUMN_SPECS(id, name, columns, ncolumns, kept) \
	static const ColumnSpec id##_SPECS[] = {columns(COLUMN_SPEC)};
#define GIVEN_BIT(id, name, type, null) \
	| (CE_##null == CE_NEVER ? UINT32_C(1) << (id) : 0)
#define STORED_BIT(id, name, type, null) \
	| (CE_##null != CE_MAYBE ? UINT32_C(1) << (id) : 0)
#define TABLE_SPEC(id, name, columns, ncolumns, kept) \
	[id] = {name, id##_SPECS, ncolumns, kept, 0 columns(GIVEN_BIT)},
#define STORED_COLUMNS(id, name, columns, ncolumns, kept) \
	[id] = 0 columns(STORED_BIT),

CE_TABLE_LIST(COLUMN_SPECS)
static const TableSpec tables[CE_TABLES] = {CE_TABLE_LIST(TABLE_SPEC)};
const uint32 ce_never_null[CE_TABLES] = {CE_TABLE_LIST(STORED_COLUMNS)};

/* What has been found so far; InvalidOid and false where nothing was. */
static Oid	ledger_schema = InvalidOid;
static Oid	table_oids[CE_TABLES];
static uint64 table_generations[CE_TABLES];
static bool columns_known[CE_TABLES];
static AttrNumber column_numbers[CE_TABLES][CE_MAX_COLUMNS];
static uint64 law_generation = 1;
static uint64 org_generation = 1;
static uint64 member_generation = 1;

/* A relation changed: forget what was known of it. */
static void
relation_changed(Datum arg, Oid relid)
{
	for (int t = 0; t < CE_TABLES; t++)
	{
		if (relid != InvalidOid && relid != table_oids[t])
			continue;
		table_oids[t] = InvalidOid;
		columns_known[t] = false;
		table_generations[t]++;
		if (t <= CE_LAST_LAW_TABLE)
			law_generation++;
		else if (t == CE_ORG)
			org_generation++;
		else if (t == CE_MEMBER || t == CE_PERSON_ROLE)
			member_generation++;
	}
}

/* The closed lists' types changed, or others; they are looked up again. */
static void
labels_changed(Datum arg, int cacheid, uint32 hashvalue)
{
	ce_labels_changed();
}

/* A role was made, renamed or dropped, or became or ceased to be a member. */
static void
roles_changed(Datum arg, int cacheid, uint32 hashvalue)
{
	member_generation++;
}

static void
forget_everything(void)
{
	relation_changed((Datum) 0, InvalidOid);
	labels_changed((Datum) 0, ENUMTYPOIDNAME, 0);
}

/* Rows were read that this transaction may have written. */
static bool read_while_writing = false;

void
ce_note_reading(void)
{
	if (TransactionIdIsValid(GetTopTransactionIdIfAny()))
		read_while_writing = true;
}

static void
forget_what_was_undone(void)
{
	if (read_while_writing)
	{
		law_generation++;
		org_generation++;
		member_generation++;
	}
}

static void
at_transaction_end(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_ABORT || event == XACT_EVENT_PARALLEL_ABORT)
		forget_what_was_undone();
	if (event == XACT_EVENT_ABORT || event == XACT_EVENT_COMMIT ||
		event == XACT_EVENT_PREPARE)
		read_while_writing = false;
}

static void
at_subtransaction_end(SubXactEvent event, SubTransactionId subid,
					  SubTransactionId parent, void *arg)
{
	if (event == SUBXACT_EVENT_ABORT_SUB)
		forget_what_was_undone();
}

void
ce_ledger_enter(FunctionCallInfo fcinfo)
{
	static bool callback_registered = false;
	static Oid	last_function = InvalidOid;
	Oid			function = fcinfo->flinfo->fn_oid;

	if (!callback_registered)
	{
		CacheRegisterRelcacheCallback(relation_changed, (Datum) 0);
		CacheRegisterSyscacheCallback(ENUMTYPOIDNAME, labels_changed, (Datum) 0);
		CacheRegisterSyscacheCallback(AUTHOID, roles_changed, (Datum) 0);
		CacheRegisterSyscacheCallback(AUTHMEMROLEMEM, roles_changed, (Datum) 0);
		RegisterXactCallback(at_transaction_end, NULL);
		RegisterSubXactCallback(at_subtransaction_end, NULL);
		/* Again, since a preloaded module did not know the database's encoding. */
		pg_bindtextdomain(TEXTDOMAIN);
		callback_registered = true;
	}

	/* The extension cannot be relocated, so a function's schema is for good. */
	if (function != last_function)
	{
		Oid			schema = get_func_namespace(function);

		if (schema != ledger_schema)
		{
			forget_everything();
			ledger_schema = schema;
		}
		last_function = function;
	}

	/*
	 * Locks that this transaction already holds are granted again without
	 * looking at the messages of other sessions, so look here: a law row
	 * committed elsewhere holds from the next call on.
	 */
	AcceptInvalidationMessages();
}

TupleDesc
ce_result_desc(FunctionCallInfo fcinfo)
{
	FmgrInfo   *flinfo = fcinfo->flinfo;
	TupleDesc	desc;
	MemoryContext old_context;

	if (flinfo->fn_extra != NULL)
		return flinfo->fn_extra;
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	old_context = MemoryContextSwitchTo(flinfo->fn_mcxt);
	flinfo->fn_extra = BlessTupleDesc(CreateTupleDescCopy(desc));
	MemoryContextSwitchTo(old_context);
	return flinfo->fn_extra;
}

const char *
ce_ledger_schema(void)
{
	char	   *name = get_namespace_name(ledger_schema);

	/* It may go while a query that calls us runs. */
	if (name == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_SCHEMA),
				 errmsg("the schema of the ledger was dropped"),
				 errhint("Run CREATE EXTENSION ce_hours; and then ce_setup().")));
	return quote_identifier(name);
}

Oid
ce_ledger_type(const char *name)
{
	Oid			type = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid,
									   CStringGetDatum(name),
									   ObjectIdGetDatum(ledger_schema));

	if (!OidIsValid(type))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("type %s.%s does not exist", ce_ledger_schema(), name),
				 errhint("Run CREATE EXTENSION ce_hours; and then ce_setup().")));
	return type;
}

const char *
ce_table_name(CeTable table)
{
	return tables[table].name;
}

pg_noreturn static void
no_ledger(CeTable table)
{
	const char *schema = ce_ledger_schema();

	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("there is no ledger in schema %s", schema),
			 errdetail("Table \"%s\" does not exist.", tables[table].name),
			 errhint("Run SELECT %s.ce_setup(); first, as the role that is to own the ledger.",
					 schema)));
	pg_unreachable();
}

Oid
ce_table_oid(CeTable table)
{
	if (!OidIsValid(table_oids[table]))
	{
		table_oids[table] = get_relname_relid(tables[table].name, ledger_schema);
		if (!OidIsValid(table_oids[table]))
			no_ledger(table);
	}
	return table_oids[table];
}

bool
ce_table_exists(CeTable table)
{
	return OidIsValid(table_oids[table]) ||
		OidIsValid(get_relname_relid(tables[table].name, ledger_schema));
}

void
ce_require_ledger(void)
{
	/* A ledger of version 0.1.0 works on until ce_setup() runs again. */
	for (int t = 0; t < CE_PERSON_ROLE; t++)
		ce_table_oid(t);
}

CeTable
ce_table_of(Relation rel)
{
	for (int t = 0; t < CE_TABLES; t++)
	{
		if (ce_table_oid(t) == RelationGetRelid(rel))
			return t;
	}
	ereport(ERROR,
			(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
			 errmsg("table \"%s\" is not a table of the ledger",
					RelationGetRelationName(rel))));
	return 0;					/* keep compiler quiet */
}

/* ---------------------------------------------------------------------
 * Is the table one that can be read?
 *
 * The tables are their owner's, who may alter them, or put something else in
 * their place.  What is read below, and by whoever asks, is a Datum of the
 * type that the code expects, or an error.
 * ---------------------------------------------------------------------
 */

static Oid
type_of(CeColumnType type)
{
	switch (type)
	{
		case CE_TYPE_BOOL:
			return BOOLOID;
		case CE_TYPE_INT4:
			return INT4OID;
		case CE_TYPE_INT8:
			return INT8OID;
		case CE_TYPE_INT8ARRAY:
			return INT8ARRAYOID;
		case CE_TYPE_TEXT:
			return TEXTOID;
		case CE_TYPE_NAME:
			return NAMEOID;
		case CE_TYPE_DATE:
			return DATEOID;
		case CE_TYPE_TIMESTAMPTZ:
			return TIMESTAMPTZOID;
		case CE_TYPE_NUMERIC:
			return NUMERICOID;
		case CE_TYPE_JSONB:
			return JSONBOID;
		case CE_TYPE_HOURS:
			return ce_ledger_type("ce_hours");
		case CE_TYPE_CREDIT:
			return ce_ledger_type("ce_credit");
		case CE_TYPE_LEVEL:
			return ce_ledger_type("ce_level");
		default:
			return ce_list_type((CeList) (type - CE_FIRST_LIST_TYPE));
	}
}

Oid
ce_column_type(CeTable table, int column)
{
	return type_of(tables[table].columns[column].type);
}

pg_noreturn static void
wrong_type(CeTable table, const ColumnSpec *column, Oid is)
{
	Oid			type = type_of(column->type);

	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("column \"%s\" of table \"%s\" is of type %s, not %s",
					column->name, tables[table].name,
					format_type_be(is), format_type_be(type)),
			 errhint("Give the column back its type with ALTER TABLE ... ALTER COLUMN ... TYPE %s.",
					 format_type_be(type))));
	pg_unreachable();
}

void
ce_result_check(TupleDesc desc, CeTable table, const int *columns)
{
	for (int i = 0; i < desc->natts; i++)
	{
		const ColumnSpec *column = &tables[table].columns[columns == NULL ? i : columns[i]];
		Oid			type = TupleDescAttr(desc, i)->atttypid;

		if (type != type_of(column->type))
			wrong_type(table, column, type);
	}
}

/* An ordinary table, or one with partitions where its rows are not kept. */
static void
check_relkind(const TableSpec *table, Relation rel)
{
	char		relkind = rel->rd_rel->relkind;

	if (relkind == RELKIND_RELATION || (relkind == RELKIND_PARTITIONED_TABLE && !table->kept))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_WRONG_OBJECT_TYPE),
			 errmsg("\"%s\" is not a table that the ledger can read", table->name),
			 errdetail_relkind_not_supported(relkind),
			 errhint("Put back the table that ce_setup() made.")));
}

/* Rows in tables that inherit from it would not be kept with its own. */
static void
check_heirs(const TableSpec *table, Relation rel)
{
	if (table->kept && rel->rd_rel->relhassubclass &&
		find_inheritance_children(RelationGetRelid(rel), NoLock) != NIL)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("other tables inherit from table \"%s\" of the ledger", table->name),
				 errdetail("Their rows would be left out."),
				 errhint("Keep all rows in the table itself.")));
}

/*
 * All tables belong to one owner: who may create tables in the schema must
 * not supply one that is missing.
 */
static void
check_owner(const TableSpec *table, Relation rel)
{
	Oid			ledger = get_relname_relid("ce_ledger", ledger_schema);
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(ledger));
	Oid			owner = rel->rd_rel->relowner;

	if (HeapTupleIsValid(tuple))
	{
		owner = ((Form_pg_class) GETSTRUCT(tuple))->relowner;
		ReleaseSysCache(tuple);
	}
	if (owner != rel->rd_rel->relowner)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("table \"%s\" does not belong to the ledger's owner", table->name),
				 errdetail("Its owner is \"%s\"; table \"ce_ledger\" belongs to \"%s\".",
						   GetUserNameFromId(rel->rd_rel->relowner, false),
						   GetUserNameFromId(owner, false)),
				 errhint("Give all tables of the ledger to one owner with ALTER TABLE ... OWNER TO.")));
}

/* In the row type at hand: a look-up of each in the catalogue takes longer. */
static Form_pg_attribute
find_attribute(TupleDesc desc, const char *name)
{
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(desc, i);

		if (!attribute->attisdropped && strcmp(NameStr(attribute->attname), name) == 0)
			return attribute;
	}
	return NULL;
}

static AttrNumber
check_column(CeTable table, const ColumnSpec *column, Relation rel)
{
	Form_pg_attribute attribute = find_attribute(RelationGetDescr(rel), column->name);

	if (attribute == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("column \"%s\" of table \"%s\" does not exist",
						column->name, tables[table].name),
				 errhint("The ledger's own columns cannot be renamed or dropped.")));
	if (attribute->atttypid != type_of(column->type))
		wrong_type(table, column, attribute->atttypid);
	if (attribute->attgenerated != '\0')
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column \"%s\" of table \"%s\" is generated",
						column->name, tables[table].name),
				 errdetail("The ledger's triggers write it, and read it before it would be computed."),
				 errhint("Make it an ordinary column again.")));
	return attribute->attnum;
}

const AttrNumber *
ce_table_columns(CeTable table, Relation rel)
{
	const TableSpec *spec = &tables[table];
	uint64		generation;

	if (likely(columns_known[table]))
		return column_numbers[table];

	/* By its OID a change of the table is noticed. */
	ce_table_oid(table);
	generation = table_generations[table];
	check_relkind(spec, rel);
	check_heirs(spec, rel);
	check_owner(spec, rel);
	for (int c = 0; c < spec->ncolumns; c++)
		column_numbers[table][c] = check_column(table, &spec->columns[c], rel);
	/* What changed meanwhile is looked at again at the next use. */
	columns_known[table] = generation == table_generations[table];
	return column_numbers[table];
}

int
ce_table_ncolumns(CeTable table)
{
	return tables[table].ncolumns;
}

const char *
ce_column_name(CeTable table, int column)
{
	return tables[table].columns[column].name;
}

void
ce_refuse_null(CeTable table, uint32 columns)
{
	int			column = pg_rightmost_one_pos32(columns);

	ereport(ERROR,
			(errcode(ERRCODE_NOT_NULL_VIOLATION),
			 errmsg("column \"%s\" of table \"%s\" must not be null",
					tables[table].columns[column].name, tables[table].name),
			 errhint("Give it a value.")));
}

/* Which of the columns named by bits are null. */
static uint32
read_row(CeTable table, Relation rel, HeapTuple tuple, Datum *values, bool *nulls)
{
	const AttrNumber *columns = ce_table_columns(table, rel);
	Datum		all_values[MaxHeapAttributeNumber];
	bool		all_nulls[MaxHeapAttributeNumber];
	uint32		found = 0;

	/* One pass over the tuple: cheaper than a walk for every column. */
	heap_deform_tuple(tuple, RelationGetDescr(rel), all_values, all_nulls);
	for (int c = 0; c < tables[table].ncolumns; c++)
	{
		values[c] = all_values[columns[c] - 1];
		nulls[c] = all_nulls[columns[c] - 1];
		found |= (uint32) nulls[c] << c;
	}
	return found;
}

void
ce_row_read(CeTable table, Relation rel, HeapTuple tuple,
			Datum *values, bool *nulls)
{
	ce_row_check_nulls(table, read_row(table, rel, tuple, values, nulls));
}

void
ce_row_read_given(CeTable table, Relation rel, HeapTuple tuple,
				  Datum *values, bool *nulls)
{
	uint32		found = read_row(table, rel, tuple, values, nulls);

	if (unlikely((found & tables[table].given) != 0))
		ce_refuse_null(table, found & tables[table].given);
}

uint64
ce_table_generation(CeTable table)
{
	return table_generations[table] + 1;
}

uint64
ce_law_generation(void)
{
	return law_generation;
}

uint64
ce_org_generation(void)
{
	return org_generation;
}

uint64
ce_member_generation(void)
{
	return member_generation;
}

/* ce_text(message text) returns text: it in the language of lc_messages */
PG_FUNCTION_INFO_V1(ce_text);
Datum
ce_text(PG_FUNCTION_ARGS)
{
	char	   *message = text_to_cstring(PG_GETARG_TEXT_PP(0));

	ce_ledger_enter(fcinfo);
	PG_RETURN_TEXT_P(cstring_to_text(ce_translate(message)));
}

/* ce_ledger() returns void: an error with the way out before ce_setup() */
PG_FUNCTION_INFO_V1(ce_ledger);
Datum
ce_ledger(PG_FUNCTION_ARGS)
{
	ce_ledger_enter(fcinfo);
	ce_require_ledger();
	PG_RETURN_VOID();
}

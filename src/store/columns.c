/*-------------------------------------------------------------------------
 *
 * columns.c
 *	  The required definitions of the ledger's tables, and checks of them.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/builtins.h"
#include "utils/rel.h"

#include "store/cache.h"
#include "store/columns.h"
#include "store/edition.h"
#include "store/labels.h"

#include "compat.h"

/* Type of a column.  The closed lists come last, in the order of CeList. */
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
	CE_NEVER, CE_FILLED, CE_MAYBE, CE_LATER
} CeColumnNull;

typedef struct ColumnSpec
{
	const char *name;
	CeColumnType type;
	CeColumnNull null;
} ColumnSpec;

typedef struct TableSpec
{
	const char *name;
	const ColumnSpec *columns;
	int			ncolumns;
	bool		kept;			/* its rows are cached by each backend */
} TableSpec;

#define COLUMN_SPEC(id, name, type, null) {name, CE_TYPE_##type, CE_##null},
#define COLUMN_SPECS(id, name, columns, ncolumns, kept) \
	static const ColumnSpec id##_SPECS[] = {columns(COLUMN_SPEC)};
#define GIVEN_BIT(id, name, type, null) \
	| (CE_##null == CE_NEVER ? UINT64CONST(1) << (id) : 0)
#define STORED_BIT(id, name, type, null) \
	| (CE_##null < CE_MAYBE ? UINT64CONST(1) << (id) : 0)
#define TABLE_SPEC(id, name, columns, ncolumns, kept) \
	[id] = {name, id##_SPECS, ncolumns, kept},
#define GIVEN_COLUMNS(id, name, columns, ncolumns, kept) \
	[id] = 0 columns(GIVEN_BIT),
#define STORED_COLUMNS(id, name, columns, ncolumns, kept) \
	[id] = 0 columns(STORED_BIT),

CE_TABLE_LIST(COLUMN_SPECS)
static const TableSpec tables[CE_TABLES] = {CE_TABLE_LIST(TABLE_SPEC)};
const uint64 ce_never_given_null[CE_TABLES] = {CE_TABLE_LIST(GIVEN_COLUMNS)};
const uint64 ce_never_null[CE_TABLES] = {CE_TABLE_LIST(STORED_COLUMNS)};

const char *
ce_table_name(CeTable table)
{
	return tables[table].name;
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
ce_refuse_null(CeTable table, uint64 columns)
{
	int			column = pg_rightmost_one_pos64(columns);

	ereport(ERROR,
			(errcode(ERRCODE_NOT_NULL_VIOLATION),
			 errmsg("column \"%s\" of table \"%s\" must not be null",
					tables[table].columns[column].name, tables[table].name),
			 errhint("Give it a value.")));
}

/* ---------------------------------------------------------------------
 * Checks of a table before it is read
 *
 * The tables belong to the user, who may alter or replace them.  A Datum that
 * is read has the type that the code expects, or it is an error.
 * ---------------------------------------------------------------------
 */

static Oid
type_of(CeColumnType type)
{
	static const Oid builtin[CE_FIRST_LIST_TYPE] = {
		[CE_TYPE_BOOL] = BOOLOID, [CE_TYPE_INT4] = INT4OID, [CE_TYPE_INT8] = INT8OID,
		[CE_TYPE_INT8ARRAY] = INT8ARRAYOID, [CE_TYPE_TEXT] = TEXTOID, [CE_TYPE_NAME] = NAMEOID,
		[CE_TYPE_DATE] = DATEOID, [CE_TYPE_TIMESTAMPTZ] = TIMESTAMPTZOID,
		[CE_TYPE_NUMERIC] = NUMERICOID, [CE_TYPE_JSONB] = JSONBOID
	};
	static const char *const own[CE_FIRST_LIST_TYPE] = {
		[CE_TYPE_HOURS] = "ce_hours", [CE_TYPE_CREDIT] = "ce_credit", [CE_TYPE_LEVEL] = "ce_level"
	};

	if (type >= CE_FIRST_LIST_TYPE)
		return ce_list_type((CeList) (type - CE_FIRST_LIST_TYPE));
	return own[type] == NULL ? builtin[type] : ce_ledger_type(own[type]);
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
			 errhint("Restore the column's type with ALTER TABLE ... ALTER COLUMN ... TYPE %s.",
					 format_type_be(type))));
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

/* An ordinary table, or a partitioned one if its rows are not cached. */
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
			 errhint("Restore the table that ce_setup() created.")));
}

/* Their rows would count, but no trigger has seen them. */
static void
check_heirs(const TableSpec *table, Relation rel)
{
	if (rel->rd_rel->relkind == RELKIND_RELATION && rel->rd_rel->relhassubclass &&
		find_inheritance_children(RelationGetRelid(rel), NoLock) != NIL)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("other tables inherit from table \"%s\" of the ledger", table->name),
				 errdetail("The triggers of the ledger would not check their rows."),
				 errhint("Keep all rows in the table itself.")));
}

/*
 * All tables belong to the owner of ce_ledger: a role that may only create
 * tables in the schema must not supply a missing one.
 */
static void
check_owner(const TableSpec *table, Relation rel, Oid owner)
{
	if (owner != rel->rd_rel->relowner)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("table \"%s\" does not belong to the ledger's owner", table->name),
				 errdetail("Its owner is \"%s\"; table \"ce_ledger\" belongs to \"%s\".",
						   GetUserNameFromId(rel->rd_rel->relowner, false),
						   GetUserNameFromId(owner, false)),
				 errhint("Use ALTER TABLE ... OWNER TO so that one role owns all tables of the ledger.")));
}

/* From the tuple descriptor: catalog look-ups take longer. */
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

	if (attribute == NULL && column->null == CE_LATER && ce_ledger_is_older())
		return InvalidAttrNumber;
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
				 errdetail("The ledger's triggers write it, and read it before PostgreSQL would compute it."),
				 errhint("Make it an ordinary column again with ALTER TABLE ... ALTER COLUMN ... DROP EXPRESSION.")));
	return attribute->attnum;
}

void
ce_check_table(CeTable table, Relation rel, Oid owner, AttrNumber *numbers)
{
	const TableSpec *spec = &tables[table];

	check_relkind(spec, rel);
	check_heirs(spec, rel);
	check_owner(spec, rel, owner);
	for (int c = 0; c < spec->ncolumns; c++)
		numbers[c] = check_column(table, &spec->columns[c], rel);
}

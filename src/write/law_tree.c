/*-------------------------------------------------------------------------
 *
 * law_tree.c
 *	  Checks of law rows that stand below others of the same table: categories
 *	  below their parents, and schemes based on others.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/rel.h"

#include "law/law.h"
#include "store/owner.h"
#include "store/sql.h"
#include "store/turn.h"
#include "write/guards.h"
#include "write/law_tree.h"

#include "compat.h"

/* Run a query on the latest rows, those of this statement included. */
static uint64
run_latest(TriggerData *trigdata, const char *sql, int nargs, Datum *values)
{
	Oid			types[] = {TEXTOID, TEXTOID};

	return ce_run(sql, nargs, types, values, NULL,
				  CE_SQL_READ_ONLY | CE_SQL_LATEST, SPI_OK_SELECT);
}

/* Is "name" above or at "from", along a column that names another row? */
static bool
is_above(TriggerData *trigdata, CeTable table, int key, int column, Datum name, Datum from)
{
	Datum		values[] = {from, name};
	CeIdentity	self;
	bool		above;

	ce_become_owner(trigdata->tg_relation, &self);
	ce_sql_begin();
	above = run_latest(trigdata,
					   psprintf("WITH RECURSIVE above AS (SELECT $1 AS name UNION"
								" SELECT t.%s FROM above a JOIN %s t"
								" ON t.%s OPERATOR(pg_catalog.=) a.name)"
								" SELECT 1 FROM above WHERE name OPERATOR(pg_catalog.=) $2",
								ce_column_name(table, column), ce_table_here(table),
								ce_column_name(table, key)),
					   2, values) > 0;
	ce_sql_finish();
	ce_become_self(&self);
	return above;
}

/*
 * How many schemes stand above one that is based on "base", and how many
 * below it on the longest way; counted to a little beyond the limit.
 */
static int
length_of_chain(TriggerData *trigdata, Datum scheme, Datum base)
{
	Datum		values[] = {base, scheme};
	CeIdentity	self;
	bool		isnull;
	int			length;

	ce_become_owner(trigdata->tg_relation, &self);
	ce_sql_begin();
	run_latest(trigdata,
			   psprintf("WITH RECURSIVE above AS (SELECT $1 AS name, 1 AS n UNION ALL"
						" SELECT t.based_on, a.n OPERATOR(pg_catalog.+) 1 FROM above a"
						" JOIN %s t ON t.scheme OPERATOR(pg_catalog.=) a.name"
						" WHERE t.based_on IS NOT NULL AND a.n OPERATOR(pg_catalog.<=) %d),"
						" below AS (SELECT $2 AS name, 0 AS n UNION ALL"
						" SELECT t.scheme, b.n OPERATOR(pg_catalog.+) 1 FROM below b"
						" JOIN %s t ON t.based_on OPERATOR(pg_catalog.=) b.name"
						" WHERE b.n OPERATOR(pg_catalog.<=) %d)"
						" SELECT (SELECT pg_catalog.max(n) FROM above) OPERATOR(pg_catalog.+)"
						" (SELECT pg_catalog.max(n) FROM below)",
						ce_table_here(CE_SCHEME), CE_MAX_BASES, ce_table_here(CE_SCHEME), CE_MAX_BASES),
			   2, values);
	length = DatumGetInt32(ce_sql_value(0, 1, &isnull));
	ce_sql_finish();
	ce_become_self(&self);
	return length;
}

/* What is read is followed no further (add_bases() in law_rows.c). */
static void
check_chain(const CeRow *row, TriggerData *trigdata)
{
	if (length_of_chain(trigdata, row->values[CE_COL_SCHEME_SCHEME],
						row->values[CE_COL_SCHEME_BASED_ON]) > CE_MAX_BASES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("scheme \"%s\" cannot be based on \"%s\"",
						ce_row_text(row, CE_COL_SCHEME_SCHEME),
						ce_row_text(row, CE_COL_SCHEME_BASED_ON)),
				 errdetail("More than %d schemes would be based on one another.", CE_MAX_BASES),
				 errhint("Choose a scheme that is based on fewer others.")));
}

void
ce_check_scheme_row(CeRow *row, TriggerData *trigdata)
{
	char	   *base = ce_row_text(row, CE_COL_SCHEME_BASED_ON);

	if (base == NULL || row->nulls[CE_COL_SCHEME_SCHEME])
		return;
	/* Two rows may each be valid, and together form a circle. */
	ce_take_turn(RelationGetRelid(trigdata->tg_relation), 0);
	if (is_above(trigdata, CE_SCHEME, CE_COL_SCHEME_SCHEME, CE_COL_SCHEME_BASED_ON,
				 row->values[CE_COL_SCHEME_SCHEME], row->values[CE_COL_SCHEME_BASED_ON]))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("scheme \"%s\" cannot be based on \"%s\"",
						ce_row_text(row, CE_COL_SCHEME_SCHEME), base),
				 errdetail("It would be based on itself, directly or through other schemes."),
				 errhint("Choose a scheme that is not based on this one, or leave based_on null.")));
	check_chain(row, trigdata);
}

/* ---------------------------------------------------------------------
 * Categories
 * ---------------------------------------------------------------------
 */

/* The first lane that no row has. */
static void
give_lane(CeRow *row, TriggerData *trigdata)
{
	CeIdentity	self;
	uint32		taken = 0;
	uint64		n;
	int			lane = CE_CATEGORY_OWN;

	ce_become_owner(trigdata->tg_relation, &self);
	ce_sql_begin();
	n = run_latest(trigdata, psprintf("SELECT lane FROM %s", ce_table_here(CE_CATEGORY)),
				   0, NULL);
	for (uint64 i = 0; i < n; i++)
	{
		char	   *name = ce_sql_text(i, 1);
		int			other = name == NULL ? -1 : ce_find_credit_category(name, strlen(name));

		if (other >= 0)
			taken |= CE_NODE_BIT(other);
	}
	ce_sql_finish();
	ce_become_self(&self);
	while (lane < CE_CATEGORIES && (taken & CE_NODE_BIT(lane)) != 0)
		lane++;
	if (lane == CE_CATEGORIES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("there is no room for category \"%s\"",
						ce_row_text(row, CE_COL_CATEGORY_CATEGORY)),
				 errdetail("%d categories can be added to the shipped ones.", CE_OWN_CATEGORIES),
				 errhint("Delete a category that no kind, cap or minimum names.")));
	ce_row_set(row, CE_COL_CATEGORY_LANE, CStringGetTextDatum(ce_category_name(lane)));
}

/* A shipped category keeps its place in a credit; others have one of their own. */
static void
check_lane(CeRow *row, TriggerData *trigdata, int shipped)
{
	char	   *lane = ce_row_text(row, CE_COL_CATEGORY_LANE);
	const char *right = shipped == CE_NODE_PROFESSIONAL ? NULL : ce_category_name(Max(shipped, 0));

	if (shipped >= 0)
	{
		if (right == NULL)
			ce_row_set_null(row, CE_COL_CATEGORY_LANE);
		else
			ce_row_set(row, CE_COL_CATEGORY_LANE, CStringGetTextDatum(right));
	}
	else if (lane == NULL)
		give_lane(row, trigdata);
	else if (ce_find_credit_category(lane, strlen(lane)) < CE_CATEGORY_OWN)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("%s cannot be \"%s\"", "lane", lane),
				 errhint("Leave lane null, or give one of own_1 to own_%d.", CE_OWN_CATEGORIES)));
}

/* The shipped category of a name, -1: it is none. */
static int
shipped_category(const char *name)
{
	int			category = ce_find_credit_category(name, strlen(name));

	if (strcmp(name, "professional") == 0)
		return CE_NODE_PROFESSIONAL;
	if (category > CE_CATEGORY_INNOVATION)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("a category cannot be called \"%s\"", name),
				 errdetail("A ce_credit has a field of this name."),
				 errhint("Choose another name.")));
	return category;
}

static void
check_parent(const CeRow *row, TriggerData *trigdata, int shipped)
{
	char	   *name = ce_row_text(row, CE_COL_CATEGORY_CATEGORY);
	char	   *parent = ce_row_text(row, CE_COL_CATEGORY_PARENT);
	bool		is_root = shipped == CE_CATEGORY_PUBLIC || shipped == CE_NODE_PROFESSIONAL;

	if (shipped >= 0 && is_root != (parent == NULL))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 is_root ? errmsg("category \"%s\" cannot have a parent", name) :
				 errmsg("category \"%s\" must have a parent", name),
				 errdetail("The shipped categories keep their subjects.")));
	if (parent == NULL)
		return;
	if (strcmp(name, parent) == 0 ||
		is_above(trigdata, CE_CATEGORY, CE_COL_CATEGORY_CATEGORY, CE_COL_CATEGORY_PARENT,
				 row->values[CE_COL_CATEGORY_CATEGORY], row->values[CE_COL_CATEGORY_PARENT]))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("category \"%s\" cannot be below \"%s\"", name, parent),
				 errdetail("Parents must not form a circle."),
				 errhint("Choose a parent that is not below the category.")));
	if (shipped >= 0 &&
		!is_above(trigdata, CE_CATEGORY, CE_COL_CATEGORY_CATEGORY, CE_COL_CATEGORY_PARENT,
				  CStringGetTextDatum("professional"), row->values[CE_COL_CATEGORY_PARENT]))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("category \"%s\" cannot be below \"%s\"", name, parent),
				 errdetail("The shipped categories keep their subjects."),
				 errhint("Choose a parent whose hours are professional.")));
}

/* A lane is given again, and must not come with hours of another category. */
void
ce_check_category_goes(const CeRow *old, TriggerData *trigdata)
{
	if (!ce_activity_exists(trigdata, "category OPERATOR(pg_catalog.=) $1", TEXTOID,
							old->values[CE_COL_CATEGORY_CATEGORY]))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
			 errmsg("category \"%s\" cannot be removed",
					ce_row_text(old, CE_COL_CATEGORY_CATEGORY)),
			 errdetail("Activities in table \"ce_activity\" have hours of this category."),
			 errhint("Leave the category; without rules and kinds it gets no more hours.")));
}

/* Messages, sources of ce_catchup and views use these names for something else. */
static void
check_name(const CeRow *row)
{
	static const char *const taken[] = {"any", "academy", "national_base", "total"};
	const char *name = ce_row_text(row, CE_COL_CATEGORY_CATEGORY);

	if (ce_row_blank(row, CE_COL_CATEGORY_CATEGORY))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("the name of a category is blank"),
				 errdetail("Kinds, rules, caps and minima name it."),
				 errhint("Give a short name.")));
	for (int i = 0; i < lengthof(taken); i++)
		if (strcmp(name, taken[i]) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("a category cannot be called \"%s\"", name),
					 errdetail("total stands for all hours; academy, national_base and any are sources in ce_catchup."),
					 errhint("Choose another name.")));
}

void
ce_check_category_row(CeRow *row, TriggerData *trigdata)
{
	int			shipped;
	CeRow		old;

	if (row->nulls[CE_COL_CATEGORY_CATEGORY])
		return;					/* the column's own constraint rejects it */
	check_name(row);
	/* Parents that are each valid may together form a circle, and two rows want one lane. */
	ce_take_turn(RelationGetRelid(trigdata->tg_relation), 0);
	shipped = shipped_category(ce_row_text(row, CE_COL_CATEGORY_CATEGORY));
	if (TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event))
	{
		ce_row_old(&old, CE_CATEGORY, trigdata);
		if (ce_row_differs(row, &old, CE_COL_CATEGORY_CATEGORY) ||
			ce_row_differs(row, &old, CE_COL_CATEGORY_LANE))
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("name and lane of category \"%s\" cannot be changed",
							ce_row_text(&old, CE_COL_CATEGORY_CATEGORY)),
					 errdetail("The hours of activities are kept under them."),
					 errhint("Add another category.")));
	}
	else
		check_lane(row, trigdata, shipped);
	check_parent(row, trigdata, shipped);
}

/*-------------------------------------------------------------------------
 *
 * link_columns.c
 *	  Which columns of a linked HR table are facts of a person.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "feed/link.h"
#include "store/ledger.h"
#include "store/sql.h"

#include "compat.h"

const char *const ce_link_columns[CE_PERSON_FACTS] = {
	[FACT_PERSON_ID] = "key_column",
	[FACT_PERSON_NO] = "person_no_column",
	[FACT_ORG_ID] = "org_column",
	[FACT_SCHEME] = "scheme_column",
	[FACT_SPECIALTY] = "specialty_column",
	[FACT_DOCTORATE_ON] = "doctorate_on_column",
	[FACT_HELD_LEVEL] = "held_level_column",
	[FACT_HELD_SINCE] = "held_since_column",
	[FACT_ENTERED_ON] = "entered_on_column",
};

bool
ce_link_can_list(bool require)
{
	Oid			schema = get_rel_namespace(ce_table_oid(CE_PERSON));
	bool		can = OidIsValid(get_relname_relid("ce_link_refused", schema)) &&
		get_attnum(get_relname_relid("ce_link", schema), "bad_rows") != InvalidAttrNumber;

	if (require && !can)
		ce_ledger_table("ce_link_refused");
	return can;
}

/* The column of ce_link for a fact; a ledger of 0.2.0 lacks some of them. */
static const char *
known_column(CePersonFact fact)
{
	Oid			schema = get_rel_namespace(ce_table_oid(CE_PERSON));

	if (get_attnum(get_relname_relid("ce_link", schema), ce_link_columns[fact]) == InvalidAttrNumber)
		return "NULL";
	return ce_link_columns[fact];
}

bool
ce_read_link(Oid hr_table, char **names, bool *lists)
{
	MemoryContext context = CurrentMemoryContext;
	Oid			types[] = {OIDOID};
	Datum		values[] = {ObjectIdGetDatum(hr_table)};
	StringInfoData sql;
	bool		found;

	ce_sql_begin();
	initStringInfo(&sql);
	for (int f = 0; f < CE_PERSON_FACTS; f++)
		appendStringInfo(&sql, "%s%s", f == 0 ? "SELECT " : ", ", known_column(f));
	appendStringInfo(&sql, ", %s FROM %s.ce_link WHERE hr_table OPERATOR(pg_catalog.=) $1",
					 ce_link_can_list(false) ? "bad_rows OPERATOR(pg_catalog.=) 'list'" : "false",
					 ce_ledger_schema());
	found = ce_run(sql.data, 1, types, values, NULL, 0, SPI_OK_SELECT) > 0;
	for (int f = 0; found && f < CE_PERSON_FACTS; f++)
	{
		char	   *name = ce_sql_text(0, f + 1);

		names[f] = name == NULL ? NULL : MemoryContextStrdup(context, name);
	}
	if (found)
	{
		bool		isnull;
		Datum		value = ce_sql_value(0, CE_PERSON_FACTS + 1, &isnull);

		*lists = !isnull && DatumGetBool(value);
	}
	ce_sql_finish();
	return found;
}

/* A key that is not a number cannot be a person_id. */
static void
check_key_type(CeLink *link, char **names)
{
	const CeLinkColumn *key = &link->columns[FACT_PERSON_ID];
	char		category;
	bool		preferred;

	link->by_number = !key->is_number && names[FACT_PERSON_NO] != NULL &&
		strcmp(names[FACT_PERSON_ID], names[FACT_PERSON_NO]) == 0;
	get_type_category_preferred(key->type, &category, &preferred);
	if (!key->is_number && !link->by_number && category != TYPCATEGORY_STRING)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column \"%s\" of table \"%s\" cannot be person_id", key->name, link->table),
				 errdetail("The column is of type %s, but person_id is a whole number.",
						   format_type_be(key->type)),
				 errhint("Give the column as person_no, too: then it is the person's number, and the ledger assigns person_id by itself.")));
}

CeLink *
ce_make_link(Relation rel, char **names, bool lists)
{
	CeLink	   *link = palloc0(sizeof(CeLink));

	link->hr_table = RelationGetRelid(rel);
	link->lists = lists;
	link->table = pstrdup(RelationGetRelationName(rel));
	for (int f = 0; f < CE_PERSON_FACTS; f++)
	{
		CeLinkColumn *column = &link->columns[f];
		char		category;
		bool		preferred;
		bool		varlena;

		if (names[f] == NULL)
			continue;
		column->name = pstrdup(names[f]);
		column->attnum = get_attnum(RelationGetRelid(rel), names[f]);
		if (column->attnum <= 0)
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_COLUMN),
					 errmsg("column \"%s\" of table \"%s\" does not exist",
							names[f], link->table),
					 errdetail("The ledger reads %s of a person from it.",
							   ce_person_column(f)),
					 errhint("Call ce_link() with the names that the columns have now.")));
		column->type = getBaseType(TupleDescAttr(RelationGetDescr(rel),
												 column->attnum - 1)->atttypid);
		get_type_category_preferred(column->type, &category, &preferred);
		column->is_number = category == TYPCATEGORY_NUMERIC;
		getTypeOutputInfo(column->type, &column->output, &varlena);
	}
	check_key_type(link, names);
	return link;
}

/*-------------------------------------------------------------------------
 *
 * law_values.c
 *	  Checks of single values of law rows.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "executor/spi.h"
#include "utils/rel.h"

#include "law/categories.h"
#include "write/law_values.h"

#include "compat.h"

#define FIRST_YEAR 1900

void
ce_check_year(const char *name, int year)
{
	if (year < FIRST_YEAR || year > CE_LAST_YEAR)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("%s cannot be %d", name, year),
				 errdetail("Years lie between %d and %d.",
						   FIRST_YEAR, CE_LAST_YEAR),
				 errhint("Give the calendar year in four digits.")));
}

void
ce_check_years(const CeRow *row, int from, int to)
{
	const char *from_name = ce_column_name(row->table, from);
	const char *to_name = ce_column_name(row->table, to);
	int			from_year = DatumGetInt32(row->values[from]);

	if (row->nulls[from])
		return;
	ce_check_year(from_name, from_year);
	if (!row->nulls[to] && DatumGetInt32(row->values[to]) < from_year)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("%s %d is before %s %d", to_name,
						DatumGetInt32(row->values[to]), from_name, from_year),
				 errdetail("A row governs the years from the first through the last."),
				 errhint("Give a later %s.", to_name)));
}

void
ce_check_listed(const CeRow *row, int column, const char *const *values, int nvalues)
{
	char	   *given = ce_row_text(row, column);
	StringInfoData listed;

	if (given == NULL)
		return;
	initStringInfo(&listed);
	for (int i = 0; i < nvalues; i++)
	{
		if (strcmp(given, values[i]) == 0)
			return;
		appendStringInfo(&listed, "%s%s", i == 0 ? "" : ", ", values[i]);
	}
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("%s cannot be \"%s\"", ce_column_name(row->table, column), given),
			 errhint("Available values: %s.", listed.data)));
}

char *
ce_list_categories(bool roots)
{
	const CeCategoryTree *tree = ce_law_categories();
	StringInfoData listed;

	initStringInfo(&listed);
	for (int i = tree->norder - 1; i >= 0; i--)
	{
		int			node = tree->order[i];

		if (roots || node != CE_NODE_PROFESSIONAL)
			appendStringInfo(&listed, "%s%s", listed.len == 0 ? "" : ", ", tree->name[node]);
	}
	return listed.data;
}

int
ce_check_category(const CeRow *row, int column)
{
	char	   *name = ce_row_text(row, column);
	int			node = name == NULL ? 0 : ce_find_category(name, strlen(name));

	if (node < 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("%s cannot be \"%s\"", ce_column_name(row->table, column), name),
				 errhint("Available values: %s. More can be added to table ce_category.",
						 ce_list_categories(true))));
	return node;
}

void
ce_check_last_day(TriggerData *trigdata, const char *column)
{
	static const char days_of[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	TupleDesc	desc = RelationGetDescr(trigdata->tg_relation);
	HeapTuple	tuple = TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event) ?
		trigdata->tg_newtuple : trigdata->tg_trigtuple;
	int			number = SPI_fnumber(desc, column);
	char	   *given = number <= 0 ? NULL : SPI_getvalue(tuple, desc, number);
	int			month;
	int			day;

	if (given == NULL)
		return;
	if (strlen(given) == 5 && given[2] == '-' &&
		strspn(given, "0123456789") == 2 && strspn(given + 3, "0123456789") == 2)
	{
		month = atoi(given);
		day = atoi(given + 3);
		if (month >= 1 && month <= 12 && day >= 1 && day <= days_of[month - 1])
			return;
	}
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("%s cannot be \"%s\"; it is not a day of the year", column, given),
			 errdetail("Clause 8: the column holds the last day of a year's term, written as MM-DD."),
			 errhint("Write for example 06-30; 02-29 stands for the last day of February.")));
}

void
ce_refuse_professional(const char *kind)
{
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("kind \"%s\" cannot have category %s", kind, "professional"),
			 errdetail("Professional hours are kept by the categories of this subject."),
			 errhint("Available values: %s. More can be added to table ce_category.",
					 ce_list_categories(false))));
}

/*-------------------------------------------------------------------------
 *
 * archive.c
 *	  What the caps of a year recognise of each activity (AMB-16).
 *
 * The view ce_archive computes this itself where each cap is of one category.
 * Where a cap takes several together, activities of one use up what others
 * could have.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "nodes/pg_list.h"
#include "utils/builtins.h"

#include "law/assess.h"
#include "record/credits.h"

#include "compat.h"

/* A verified activity of the year. */
typedef struct ArchiveItem
{
	DateADT		completed_on;
	int64		activity_id;
	CeCredit	credit;
} ArchiveItem;

typedef struct ArchiveReader
{
	int			year;
	List	   *items;
} ArchiveReader;

static void
activity_row(const Datum *values, const bool *nulls, void *arg)
{
	ArchiveReader *reader = arg;
	ArchiveItem *item;

	if (DatumGetInt32(values[CE_COL_ACTIVITY_YEAR]) != reader->year ||
		!ce_verified_on(values, nulls, DATEVAL_NOEND))
		return;
	item = palloc(sizeof(ArchiveItem));
	item->completed_on = DatumGetDateADT(values[CE_COL_ACTIVITY_COMPLETED_ON]);
	item->activity_id = DatumGetInt64(values[CE_COL_ACTIVITY_ACTIVITY_ID]);
	ce_activity_credit(values, &item->credit);
	reader->items = lappend(reader->items, item);
}

static int
by_date(const ListCell *a, const ListCell *b)
{
	const ArchiveItem *x = lfirst(a);
	const ArchiveItem *y = lfirst(b);

	if (x->completed_on != y->completed_on)
		return x->completed_on < y->completed_on ? -1 : 1;
	return x->activity_id < y->activity_id ? -1 : x->activity_id > y->activity_id;
}

/* ce__nested_caps(scheme text, year integer) returns boolean */
PG_FUNCTION_INFO_V1(ce__nested_caps);
Datum
ce__nested_caps(PG_FUNCTION_ARGS)
{
	ce_ledger_enter(fcinfo);
	PG_RETURN_BOOL(ce_year_law(ce_get_scheme(PG_GETARG_DATUM(0)),
							   PG_GETARG_INT32(1))->nested_caps);
}

/* ce__recognised(person_id, scheme, year) returns the hours of activities and the cap on them */
PG_FUNCTION_INFO_V1(ce__recognised);
Datum
ce__recognised(PG_FUNCTION_ARGS)
{
	ArchiveReader reader = {PG_GETARG_INT32(2), NIL};
	CeHours		used[CE_NODES] = {0};
	const CeYearLaw *law;

	ce_begin_rows(fcinfo);
	ce_ledger_enter(fcinfo);
	law = ce_year_law(ce_get_scheme(PG_GETARG_DATUM(1)), reader.year);
	ce_read_activities(PG_GETARG_INT64(0), activity_row, &reader);
	list_sort(reader.items, by_date);
	foreach_ptr(ArchiveItem, item, reader.items)
	{
		const CeCap *cut = ce_cut_by_caps(law, &item->credit, used);
		CeHours		recognised = 0;
		Datum		values[5];
		bool		nulls[5] = {false};

		for (int category = 0; category < CE_CATEGORIES; category++)
			recognised = ce_hours_add(recognised, item->credit.category[category]);
		values[0] = Int64GetDatum(item->activity_id);
		values[1] = ce_hours_numeric(recognised);
		nulls[2] = nulls[3] = nulls[4] = cut == NULL;
		if (cut != NULL)
		{
			values[2] = ce_hours_numeric(cut->hours);
			values[3] = CStringGetTextDatum(law->tree->name[cut->node]);
			values[4] = CStringGetTextDatum(cut->citation.clause);
		}
		ce_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

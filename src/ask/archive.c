/*-------------------------------------------------------------------------
 *
 * archive.c
 *	  What the archive has of achievements, and what the caps of a year
 *	  recognise of each of its items (AMB-16).
 *
 * The view ce_archive computes this itself where each cap is of one category.
 * Where a cap takes several together, items of one use up what others could
 * have.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "ask/attested.h"
#include "record/credits.h"

#include "compat.h"

/* A verified activity of the year, or an achievement in it. */
typedef struct ArchiveItem
{
	DateADT		completed_on;
	bool		is_achievement;
	int64		id;
	CeCredit	credit;
} ArchiveItem;

typedef struct ArchiveReader
{
	int			year;
	List	   *items;
} ArchiveReader;

static void
add_item(ArchiveReader *reader, DateADT completed_on, bool is_achievement, int64 id,
		 const CeCredit *credit)
{
	ArchiveItem *item = palloc(sizeof(ArchiveItem));

	item->completed_on = completed_on;
	item->is_achievement = is_achievement;
	item->id = id;
	item->credit = *credit;
	reader->items = lappend(reader->items, item);
}

static void
activity_row(const Datum *values, const bool *nulls, void *arg)
{
	ArchiveReader *reader = arg;
	CeCredit	credit;

	if (DatumGetInt32(values[CE_COL_ACTIVITY_YEAR]) != reader->year ||
		!ce_verified_on(values, nulls, DATEVAL_NOEND))
		return;
	ce_activity_credit(values, &credit);
	add_item(reader, DatumGetDateADT(values[CE_COL_ACTIVITY_COMPLETED_ON]), false,
			 DatumGetInt64(values[CE_COL_ACTIVITY_ACTIVITY_ID]), &credit);
}

/* As the view orders them. */
static int
by_date(const ListCell *a, const ListCell *b)
{
	const ArchiveItem *x = lfirst(a);
	const ArchiveItem *y = lfirst(b);

	if (x->completed_on != y->completed_on)
		return x->completed_on < y->completed_on ? -1 : 1;
	if (x->is_achievement != y->is_achievement)
		return x->is_achievement ? 1 : -1;
	return x->id < y->id ? -1 : x->id > y->id;
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

/* ce__archived(person_id, as_of) returns a row for each achievement and year in the archive */
PG_FUNCTION_INFO_V1(ce__archived);
Datum
ce__archived(PG_FUNCTION_ARGS)
{
	DateADT		as_of = PG_GETARG_DATEADT(1);

	ce_begin_rows(fcinfo);
	ce_ledger_enter(fcinfo);
	ce_require_day(as_of);
	foreach_ptr(const CeArchived, a, ce_archived(PG_GETARG_INT64(0), as_of))
	{
		Datum		values[] = {Int64GetDatum(a->achievement_id), Int32GetDatum(a->year),
			Int32GetDatum(a->rule->rule_id), CStringGetTextDatum(a->category),
			CeHoursGetDatum(a->hours), BoolGetDatum(a->credit.deems_public > 0),
			BoolGetDatum(a->credit.deems_professional > 0),
		PointerGetDatum(ce_credit_pack(&a->credit))};
		bool		nulls[lengthof(values)] = {false};

		ce_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

/* ce__recognised(person_id, scheme, year) returns the hours of items and the cap on them */
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
	foreach_ptr(const CeArchived, a, ce_archived(PG_GETARG_INT64(0), ce_today_date()))
	{
		if (a->year == reader.year)
			add_item(&reader, a->achieved_on, true, a->achievement_id, &a->credit);
	}
	list_sort(reader.items, by_date);
	foreach_ptr(ArchiveItem, item, reader.items)
	{
		const CeCap *cut = ce_cut_by_caps(law, &item->credit, used);
		CeHours		recognised = 0;
		Datum		values[6];
		bool		nulls[6] = {false};

		for (int category = 0; category < CE_CATEGORIES; category++)
			recognised = ce_hours_add(recognised, item->credit.category[category]);
		values[0] = values[1] = Int64GetDatum(item->id);
		nulls[item->is_achievement ? 0 : 1] = true;
		values[2] = ce_hours_numeric(recognised);
		nulls[3] = nulls[4] = nulls[5] = cut == NULL;
		if (cut != NULL)
		{
			values[3] = ce_hours_numeric(cut->hours);
			values[4] = CStringGetTextDatum(law->tree->name[cut->node]);
			values[5] = CStringGetTextDatum(cut->citation.clause);
		}
		ce_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

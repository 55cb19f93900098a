/*-------------------------------------------------------------------------
 *
 * specialties.c
 *	  Credits of one specialty, for a transfer between series (4.2.3).
 *
 * Accounts do not know specialties, so this route reads the activities.  A
 * cap is used up by date over all activities of its category (AMB-16), so
 * hours of another specialty can leave less of it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "nodes/pg_list.h"

#include "law/assess.h"
#include "record/credits.h"
#include "record/specialties.h"

#include "compat.h"

/* One verified activity of the window. */
typedef struct SpecialtyItem
{
	int			year;
	DateADT		completed_on;
	int64		activity_id;
	bool		matches;		/* of the specialty or close to it */
	CeCredit	credit;
} SpecialtyItem;

typedef struct ItemReader
{
	int			from_year;
	int			to_year;
	DateADT		as_of;
	Datum		specialty;
	bool		waiting;
	const CePerson *person;
	List	   *items;
	/* professional hours allocated to other years (7.6e), by year */
	CeHours		given[CE_MAX_WINDOW_YEARS];
} ItemReader;

static void
activity_row(const Datum *values, const bool *nulls, void *arg)
{
	ItemReader *reader = arg;
	int			year = DatumGetInt32(values[CE_COL_ACTIVITY_YEAR]);
	SpecialtyItem *item;
	CeCredit	credit;

	if (year < reader->from_year || year > reader->to_year)
		return;
	if (ce_verified_on(values, nulls, reader->as_of))
		ce_activity_credit(values, &credit);
	else if (!reader->waiting || !ce_waited_on(values, nulls, reader->as_of) ||
			 !ce_waiting_credit(values, nulls, reader->person, false, &credit))
		return;
	item = palloc(sizeof(SpecialtyItem));
	item->year = year;
	item->completed_on = DatumGetDateADT(values[CE_COL_ACTIVITY_COMPLETED_ON]);
	item->activity_id = DatumGetInt64(values[CE_COL_ACTIVITY_ACTIVITY_ID]);
	item->matches = !nulls[CE_COL_ACTIVITY_SPECIALTY] &&
		ce_specialty_is_close(values[CE_COL_ACTIVITY_SPECIALTY], reader->specialty);
	item->credit = credit;
	/* Public hours do not matter here. */
	item->credit.category[CE_CATEGORY_PUBLIC] = 0;
	item->credit.deems_public = 0;
	reader->items = lappend(reader->items, item);
}

static void
allocation_row(const Datum *values, const bool *nulls, void *arg)
{
	ItemReader *reader = arg;
	int			from = DatumGetInt32(values[CE_COL_ALLOCATION_FROM_YEAR]);
	CeHours    *given;

	if (from < reader->from_year || from > reader->to_year ||
		!ce_allocated_on(values, nulls, reader->as_of) ||
		ce_list_value(CE_LIST_SUBJECT,
					  DatumGetObjectId(values[CE_COL_ALLOCATION_SUBJECT])) != CE_SUBJECT_PROFESSIONAL)
		return;
	given = &reader->given[from - reader->from_year];
	*given = ce_hours_add(*given, DatumGetCeHours(values[CE_COL_ALLOCATION_HOURS]));
}

static int
by_date(const ListCell *a, const ListCell *b)
{
	const SpecialtyItem *x = lfirst(a);
	const SpecialtyItem *y = lfirst(b);

	if (x->completed_on != y->completed_on)
		return pg_cmp_s32(x->completed_on, y->completed_on);
	return pg_cmp_s64(x->activity_id, y->activity_id);
}

void
ce_specialty_credits(const CePerson *person, const CeScheme *scheme, int from_year,
					 int to_year, DateADT as_of, Datum specialty,
					 bool waiting, CeCredit *credits)
{
	ItemReader	reader = {
		.from_year = from_year,.to_year = to_year,.as_of = as_of,
		.specialty = specialty,.waiting = waiting,.person = person
	};
	CeHours		used[CE_MAX_WINDOW_YEARS][CE_NODES] = {{0}};
	CeHours		others[CE_MAX_WINDOW_YEARS] = {0};
	ListCell   *lc;

	ce_read_activities(person->person_id, activity_row, &reader);
	ce_read_allocations(person->person_id, allocation_row, &reader);

	for (int i = 0; i <= to_year - from_year; i++)
		ce_credit_zero(&credits[i]);
	list_sort(reader.items, by_date);
	foreach(lc, reader.items)
	{
		SpecialtyItem *item = lfirst(lc);
		int			i = item->year - from_year;

		ce_cut_by_caps(ce_year_law(scheme != NULL ? scheme :
								   ce_scheme_in_year(person, item->year, as_of), item->year),
					   &item->credit, used[i]);
		if (item->matches)
			ce_credit_add(&credits[i], &item->credit);
		else
			others[i] = ce_hours_add(others[i],
									 item->credit.category[CE_CATEGORY_NATIONAL_ONLINE]);
	}

	/*
	 * Subtract allocated hours, those of other specialties first: the order
	 * favours the person, as in AMB-29.
	 */
	for (int i = 0; i <= to_year - from_year; i++)
	{
		CeHours		gone = Max(reader.given[i] - others[i], 0);
		CeHours    *online = &credits[i].category[CE_CATEGORY_NATIONAL_ONLINE];

		*online = Max(ce_hours_subtract(*online, gone), 0);
	}
}

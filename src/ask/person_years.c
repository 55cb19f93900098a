/*-------------------------------------------------------------------------
 *
 * person_years.c
 *	  The data of some years of a person, as of a day.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "ask/attested.h"
#include "ask/person_years.h"
#include "record/credits.h"
#include "record/specialties.h"

#include "compat.h"

void
ce_person_years_begin(CePersonYears *years, const CePerson *person,
					  const CeScheme *scheme, DateADT as_of,
					  int from_year, int to_year)
{
	Assert(to_year - from_year < CE_MAX_WINDOW_YEARS);
	memset(years, 0, offsetof(CePersonYears, room_for_credits));
	years->person = person;
	years->scheme = scheme != NULL ? scheme : ce_scheme_on(person, as_of);
	years->one_scheme = scheme != NULL;
	years->as_of = as_of;
	years->from_year = from_year;
	years->nyears = to_year - from_year + 1;
}

static void
sanction_row(const Datum *values, const bool *nulls, void *arg)
{
	CePersonYears *years = arg;
	CeBan		ban;

	if (!ce_ban_of_row(values, nulls, years->scheme, years->as_of, &ban) ||
		(years->banned && ban.until <= years->ban.until))
		return;
	years->banned = true;
	years->ban = ban;
}

bool
ce_years_banned(CePersonYears *years)
{
	if (!years->ban_read && years->person->sanctioned && years->scheme->ban_years >= 0)
		ce_read_sanctions(years->person->person_id, sanction_row, years);
	years->ban_read = true;
	return years->banned;
}

/* The scheme of a what-if, else NULL. */
static inline const CeScheme *
given_scheme(const CePersonYears *years)
{
	return years->one_scheme ? years->scheme : NULL;
}

const CeCredit *
ce_years_credits(CePersonYears *years)
{
	int64		person_id = years->person->person_id;
	int			to_year = years->from_year + years->nyears - 1;
	CeCredit   *room = years->room_for_credits;

	if (years->credits != NULL)
		return years->credits;
	if (!years->of_specialty)
		years->whole = ce_read_credits(person_id, years->from_year, to_year,
									   years->as_of, room);
	else if (years->specialty != NULL)
		ce_specialty_credits(years->person, given_scheme(years), years->from_year, to_year,
							 years->as_of, *years->specialty, false, room);
	else
		memset(room, 0, years->nyears * sizeof(CeCredit));
	return years->credits = room;
}

const CeCredit *
ce_years_with_waiting(CePersonYears *years)
{
	int			to_year = years->from_year + years->nyears - 1;
	CeCredit   *room = years->room_for_waiting;

	if (years->waiting_read)
		return years->with_waiting;
	years->waiting_read = true;
	memcpy(room, ce_years_credits(years), years->nyears * sizeof(CeCredit));
	if (!years->of_specialty)
	{
		if (ce_read_waiting(years->person, years->from_year, to_year, years->as_of,
							!years->whole, years->what_if, room) > 0)
			years->with_waiting = room;
	}
	else if (years->specialty != NULL)
	{
		ce_specialty_credits(years->person, given_scheme(years), years->from_year, to_year,
							 years->as_of, *years->specialty, true, room);
		years->with_waiting = room;
	}
	return years->with_waiting;
}

const CeAttested *
ce_years_attested(CePersonYears *years)
{
	if (!years->attested_read &&
		!(years->of_specialty && years->specialty == NULL) &&
		ce_attested(years->person, years->scheme, years->as_of, years->from_year,
					years->from_year + years->nyears - 1, years->specialty, false,
					years->room_for_attested))
		years->attested = years->room_for_attested;
	years->attested_read = true;
	return years->attested;
}

/* ---------------------------------------------------------------------
 * SQL functions
 * ---------------------------------------------------------------------
 */

bool
ce_year_args(FunctionCallInfo fcinfo, int arg, bool moved, CeYearArgs *of)
{
	CePerson   *person = &of->person;
	int			year;
	DateADT		as_of;

	ce_ledger_enter(fcinfo);
	for (int i = 0; i < PG_NARGS(); i++)
		if (PG_ARGISNULL(i) && i != arg + 3)
			return false;
	memset(person, 0, sizeof(*person));
	person->person_id = PG_GETARG_INT64(arg);
	person->org_id = PG_GETARG_INT64(arg + 1);
	person->scheme = ce_get_scheme(PG_GETARG_DATUM(arg + 2));
	person->has_held_since = !PG_ARGISNULL(arg + 3);
	person->held_since = person->has_held_since ? PG_GETARG_DATEADT(arg + 3) : 0;
	ce_set_moved(person, moved);
	year = PG_GETARG_INT32(arg + 4);
	ce_credit_unpack(DatumGetCeCreditPackedPP(PG_GETARG_DATUM(arg + 5)), &of->credit);
	as_of = PG_GETARG_DATEADT(arg + 7);
	ce_require_day(as_of);
	ce_person_years_begin(&of->years, person, NULL, as_of, year, year);
	of->law = ce_years_law(&of->years, year);
	of->attested = PG_GETARG_BOOL(arg + 6) ? ce_years_attested(&of->years) : NULL;
	return true;
}

/* ce_scheme_in_year(person_id bigint, year integer, as_of date) returns text */
PG_FUNCTION_INFO_V1(ce_scheme_of_year);
Datum
ce_scheme_of_year(PG_FUNCTION_ARGS)
{
	CePerson	person;

	ce_ledger_enter(fcinfo);
	ce_require_day(PG_GETARG_DATEADT(2));
	if (!ce_read_person_for_report(PG_GETARG_INT64(0), &person))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(ce_scheme_in_year(&person, PG_GETARG_INT32(1),
													   PG_GETARG_DATEADT(2))->name));
}

/*
 * The scheme on a day of a person who moved, given by columns of ce_person:
 * moved, person_id and scheme.
 */
static Datum
scheme_of_row(FunctionCallInfo fcinfo, DateADT day)
{
	CePerson	person = {0};

	person.person_id = PG_GETARG_INT64(1);
	person.scheme = ce_get_scheme(PG_GETARG_DATUM(2));
	ce_set_moved(&person, true);
	PG_RETURN_TEXT_P(cstring_to_text(ce_scheme_on(&person, day)->name));
}

/* ce__scheme_in_year(moved, person_id, scheme, year, as_of) returns text */
PG_FUNCTION_INFO_V1(ce_scheme_of_year_of_row);
Datum
ce_scheme_of_year_of_row(PG_FUNCTION_ARGS)
{
	ce_ledger_enter(fcinfo);
	ce_table_oid(CE_PERSON);
	if (!PG_GETARG_BOOL(0))
		PG_RETURN_DATUM(PG_GETARG_DATUM(2));
	return scheme_of_row(fcinfo, Min(PG_GETARG_DATEADT(4), ce_last_day(PG_GETARG_INT32(3))));
}

/* ce__scheme_on(moved, person_id, scheme, day) returns text; day may be null */
PG_FUNCTION_INFO_V1(ce_scheme_of_day_of_row);
Datum
ce_scheme_of_day_of_row(PG_FUNCTION_ARGS)
{
	ce_ledger_enter(fcinfo);
	ce_table_oid(CE_PERSON);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	if (!PG_GETARG_BOOL(0) || PG_ARGISNULL(3))
		PG_RETURN_DATUM(PG_GETARG_DATUM(2));
	return scheme_of_row(fcinfo, PG_GETARG_DATEADT(3));
}

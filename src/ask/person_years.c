/*-------------------------------------------------------------------------
 *
 * person_years.c
 *	  The data of some years of a person, as of a day.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

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
	years->scheme = scheme;
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
		ce_specialty_credits(person_id, years->scheme, years->from_year, to_year,
							 years->as_of, *years->specialty, false, room);
	else
		memset(room, 0, years->nyears * sizeof(CeCredit));
	return years->credits = room;
}

const CeCredit *
ce_years_with_waiting(CePersonYears *years)
{
	int64		person_id = years->person->person_id;
	int			to_year = years->from_year + years->nyears - 1;
	CeCredit   *room = years->room_for_waiting;

	if (years->waiting_read)
		return years->with_waiting;
	years->waiting_read = true;
	memcpy(room, ce_years_credits(years), years->nyears * sizeof(CeCredit));
	if (!years->of_specialty)
	{
		if (ce_read_waiting(person_id, years->from_year, to_year, years->as_of,
							!years->whole, room) > 0)
			years->with_waiting = room;
	}
	else if (years->specialty != NULL)
	{
		ce_specialty_credits(person_id, years->scheme, years->from_year, to_year,
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

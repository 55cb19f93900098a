/*-------------------------------------------------------------------------
 *
 * bans.c
 *	  The ban on applications that a finding causes (6.2b).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/datetime.h"

#include "law/bans.h"

#include "compat.h"

/* The last day of a ban for a finding (AMB-25). */
static DateADT
ban_end(DateADT found_on, int ban_years)
{
	int			year;
	int			month;
	int			day;

	j2date(found_on + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	year += ban_years;
	/* If the month has no corresponding day, its last one. */
	day = Min(day, day_tab[isleap(year)][month - 1]);
	return date2j(year, month, day) - POSTGRES_EPOCH_JDATE;
}

bool
ce_ban_on(const CeScheme *scheme, DateADT found_on, DateADT revoked_on,
		  DateADT day, CeBan *ban)
{
	ban->from = found_on;
	ban->until = Min(ban_end(found_on, scheme->ban_years), revoked_on - 1);
	return ban->from <= day && day <= ban->until;
}

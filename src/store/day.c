/*-------------------------------------------------------------------------
 *
 * day.c
 *	  Days of the calendar in Asia/Shanghai.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "pgtime.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

#include "store/day.h"

#include "compat.h"

/* The time zone in which days begin, regardless of the session's (AMB-40). */
static pg_tz *
shanghai(void)
{
	static pg_tz *zone = NULL;

	if (zone == NULL)
		zone = pg_tzset("Asia/Shanghai");
	if (zone == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_CONFIG_FILE_ERROR),
				 errmsg("time zone \"%s\" not recognized", "Asia/Shanghai"),
				 errhint("Install the time zone data that the server was built to use.")));
	return zone;
}

DateADT
ce_day_at(TimestampTz time)
{
	static TimestampTz known_minute = PG_INT64_MIN;
	static DateADT known;
	TimestampTz minute = time / USECS_PER_MINUTE;
	struct pg_tm tm;
	fsec_t		fsec;
	int			tz;

	/* Called for every row; midnight is always a whole minute. */
	if (minute == known_minute)
		return known;
	if (timestamp2tm(time, &tz, &tm, &fsec, NULL, shanghai()) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("timestamp out of range")));
	known = date2j(tm.tm_year, tm.tm_mon, tm.tm_mday) - POSTGRES_EPOCH_JDATE;
	known_minute = minute;
	return known;
}

DateADT
ce_today_date(void)
{
	return ce_day_at(GetCurrentStatementStartTimestamp());
}

DateADT
ce_day_of_act(void)
{
	return ce_day_at(GetCurrentTimestamp());
}

void
ce_require_day(DateADT date)
{
	if (DATE_NOT_FINITE(date))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("an infinite date is not allowed"),
				 errhint("Give a date of the calendar.")));
}

int
ce_year_of(DateADT date)
{
	int			year;
	int			month;
	int			day;

	j2date(date + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	return year;
}

/* ce_today() returns date: the day in Asia/Shanghai on which the statement began */
PG_FUNCTION_INFO_V1(ce_today);
Datum
ce_today(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATEADT(ce_today_date());
}

DateADT
ce_last_day(int year)
{
	if (year < 1)
		return DATEVAL_NOBEGIN;
	if (year > 9999)
		return DATEVAL_NOEND;
	return date2j(year, 12, 31) - POSTGRES_EPOCH_JDATE;
}

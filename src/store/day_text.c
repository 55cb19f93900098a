/*-------------------------------------------------------------------------
 *
 * day_text.c
 *	  Text form of days, independent of DateStyle.
 *
 * Input and output of type date depend on DateStyle (as for 200107 or
 * 01/02/2020).  Text that is stored, hashed or compared must not.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <ctype.h>

#include "miscadmin.h"
#include "utils/datetime.h"

#include "store/day_text.h"
#include "store/field_text.h"

#include "compat.h"

/* Asia/Shanghai is eight hours ahead of UTC. */
#define SHANGHAI_SECONDS (8 * SECS_PER_HOUR)

/* A number of min to max digits, or -1. */
static int
read_digits(const char **p, int min, int max)
{
	int			number = 0;
	int			n = 0;

	while (n < max && isdigit((unsigned char) **p))
	{
		number = number * 10 + (*(*p)++ - '0');
		n++;
	}
	return n < min ? -1 : number;
}

static bool
read_character(const char **p, char c)
{
	if (toupper((unsigned char) **p) != c)
		return false;
	(*p)++;
	return true;
}

static bool
read_text(const char **p, const char *text)
{
	if (strncmp(*p, text, strlen(text)) != 0)
		return false;
	*p += strlen(text);
	return true;
}

static void
skip_blanks(const char **p)
{
	while (**p == ' ')
		(*p)++;
}

/* What follows a part of a day written in Chinese. */
static bool
read_chinese(const char **p, const char *part)
{
	skip_blanks(p);
	if (!read_text(p, part))
		return false;
	skip_blanks(p);
	return true;
}

static bool
read_date(const char **p, int *date)
{
	int			y = read_digits(p, 4, 4);
	char		separator = (**p == '-' || **p == '/' || **p == '.') ? *(*p)++ : '\0';
	bool		chinese = separator == '\0' && read_chinese(p, "年");
	int			min = separator != '\0' || chinese ? 1 : 2;
	int			m = read_digits(p, min, 2);
	int			d;

	if (separator != '\0' && !read_character(p, separator))
		return false;
	if (chinese && !read_chinese(p, "月"))
		return false;
	d = read_digits(p, min, 2);
	if (chinese)
	{
		skip_blanks(p);
		if (!read_text(p, "日") && !read_text(p, "号"))
			return false;
	}
	if (y < 1 || m < 1 || m > MONTHS_PER_YEAR || d < 1 ||
		d > day_tab[isleap(y)][m - 1])
		return false;
	*date = date2j(y, m, d);
	return true;
}

/*
 * A time of day in seconds: HH:MM, HH:MM:SS, HH:MM:SS.fraction; after a blank,
 * as spreadsheets write it, the hour may have one digit.
 */
static bool
read_time(const char **p, int min_digits, int *seconds)
{
	int			hour = read_digits(p, min_digits, 2);
	int			minute;
	int			second = 0;

	if (hour < 0 || hour >= HOURS_PER_DAY || !read_character(p, ':'))
		return false;
	minute = read_digits(p, 2, 2);
	if (minute < 0 || minute >= MINS_PER_HOUR)
		return false;
	if (read_character(p, ':'))
	{
		second = read_digits(p, 2, 2);
		if (second < 0 || second > SECS_PER_MINUTE)
			return false;
		if ((**p == '.' || **p == ',') && ((*p)++, !isdigit((unsigned char) **p)))
			return false;
		while (isdigit((unsigned char) **p))
			(*p)++;
	}
	*seconds = hour * SECS_PER_HOUR + minute * SECS_PER_MINUTE + second;
	return true;
}

/* The offset of a time zone in seconds: Z, +08:00, +0800, +08. */
static bool
read_zone(const char **p, int *offset)
{
	int			sign = **p == '-' ? -1 : 1;
	int			hours;
	int			minutes = 0;

	*offset = 0;
	if (read_character(p, 'Z'))
		return true;
	if (**p != '+' && **p != '-')
		return false;
	(*p)++;
	hours = read_digits(p, 2, 2);
	if (read_character(p, ':') || isdigit((unsigned char) **p))
		minutes = read_digits(p, 2, 2);
	*offset = sign * (hours * SECS_PER_HOUR + minutes * SECS_PER_MINUTE);
	return hours >= 0 && hours <= 15 && minutes >= 0 && minutes < MINS_PER_HOUR;
}

/*
 * The day of a spreadsheet's serial number; a fraction is a time of that day.
 * The 1900 date system counts a 29 February 1900, which did not exist.
 */
static bool
read_serial(const char *text, CeDaySerials serials, int *date)
{
	const char *p = text;
	int			number = read_digits(&p, 1, 7);

	if (serials == CE_NO_SERIALS || number < 0)
		return false;
	if (*p == '.')
	{
		if (p[1] == '\0')
			return false;
		p += 1 + strspn(p + 1, "0123456789");
	}
	if (*p != '\0')
		return false;
	if (serials == CE_SERIALS_1904)
		*date = date2j(1904, 1, 1) + number;
	else if (number == 0 || number == 60)
		return false;
	else
		*date = date2j(1899, 12, 31) + number - (number > 60 ? 1 : 0);
	return *date <= date2j(9999, 12, 31);
}

/* A day, and perhaps a time after it. */
static bool
read_day(const char *text, int *date, bool *with_zone)
{
	const char *p = text;
	int			seconds;
	int			offset;
	bool		blank;

	if (!read_date(&p, date))
		return false;
	if (*p == '\0')
		return true;
	blank = *p == ' ';
	if (!blank && toupper((unsigned char) *p) != 'T')
		return false;
	p++;
	if (!read_time(&p, blank ? 1 : 2, &seconds))
		return false;
	if (*p != '\0')
	{
		*with_zone = true;
		if (*p == ' ')
			p++;
		if (!read_zone(&p, &offset) || *p != '\0')
			return false;
		seconds += SHANGHAI_SECONDS - offset;
		if (seconds < 0)
			(*date)--;
		else if (seconds >= SECS_PER_DAY)
			(*date)++;
	}
	return true;
}

bool
ce_day_read(const char *text, CeDaySerials serials, DateADT *day, bool *zoned)
{
	char	   *folded = ce_field_folded(text);
	bool		with_zone = false;
	int			date;

	if (folded == NULL ||
		(!read_serial(folded, serials, &date) && !read_day(folded, &date, &with_zone)))
		return false;
	if (zoned != NULL)
		*zoned = with_zone;
	*day = date - POSTGRES_EPOCH_JDATE;
	return date >= date2j(1, 1, 1);
}

/* A year: 2026, 2026年, 2026年度. */
static bool
is_year(const char *p)
{
	int			year = read_digits(&p, 4, 4);

	skip_blanks(&p);
	if (read_text(&p, "年"))
		(void) read_text(&p, "度");
	return *p == '\0' && year >= 1;
}

/* A year and a month: 2026-05, 2026年5月, 202605. */
static bool
is_month(const char *p)
{
	int			year = read_digits(&p, 4, 4);
	char		separator = (*p == '-' || *p == '/' || *p == '.') ? *p++ : '\0';
	bool		chinese = separator == '\0' && read_chinese(&p, "年");
	int			month = read_digits(&p, separator != '\0' || chinese ? 1 : 2, 2);

	if (chinese)
	{
		skip_blanks(&p);
		if (!read_text(&p, "月份") && !read_text(&p, "月"))
			return false;
	}
	return *p == '\0' && year >= 1 && month >= 1 && month <= MONTHS_PER_YEAR;
}

const char *
ce_day_missing(const char *text)
{
	char	   *folded = ce_field_folded(text);

	if (folded != NULL && is_year(folded))
		return _("the value is a year and not a day; give month and day, too, as in 2020-06-30");
	if (folded != NULL && is_month(folded))
		return _("the value is a month and not a day; give the day, too, as in 2020-06-30");
	return NULL;
}

bool
ce_day_serials(const char *text, CeDaySerials *serials)
{
	if (strcmp(text, "1900") == 0)
		*serials = CE_SERIALS_1900;
	else if (strcmp(text, "1904") == 0)
		*serials = CE_SERIALS_1904;
	else
		return false;
	return true;
}

char *
ce_date_text(DateADT day)
{
	char		buf[MAXDATELEN + 1];
	struct pg_tm tm = {0};

	if (DATE_NOT_FINITE(day))
		EncodeSpecialDate(day, buf);
	else
	{
		j2date(day + POSTGRES_EPOCH_JDATE, &tm.tm_year, &tm.tm_mon, &tm.tm_mday);
		EncodeDateOnly(&tm, USE_ISO_DATES, buf);
	}
	return pstrdup(buf);
}

/*-------------------------------------------------------------------------
 *
 * day_text.h
 *	  Text form of days, independent of DateStyle.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_DAY_TEXT_H
#define CE_DAY_TEXT_H

#include "utils/date.h"

/*
 * How a source's numbers of up to seven digits are read: not at all, or as
 * spreadsheet days from 1900 or 1904.  The source must say it.
 */
typedef enum CeDaySerials
{
	CE_NO_SERIALS, CE_SERIALS_1900, CE_SERIALS_1904
} CeDaySerials;

/*
 * Read a day: YYYYMMDD, YYYY-MM-DD with - / or . as separator, or in Chinese
 * with characters between.  A time of day may follow; with a time zone the day
 * is the one in Asia/Shanghai (AMB-40), otherwise it is as written.
 * Surrounding white space is ignored, and digits may be full-width.  Any other
 * text gives false.  zoned may be NULL.
 */
extern bool ce_day_read(const char *text, CeDaySerials serials, DateADT *day,
						bool *zoned);

/* What a text that is no day is instead, a year or a month; NULL: neither. */
extern const char *ce_day_missing(const char *text);

/* A source's date system, "1900" or "1904"; false for other texts. */
extern bool ce_day_serials(const char *text, CeDaySerials *serials);

/* A day in ISO 8601, regardless of the session's DateStyle. */
extern char *ce_date_text(DateADT day);

#endif							/* CE_DAY_TEXT_H */

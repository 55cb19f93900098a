/*-------------------------------------------------------------------------
 *
 * day_text.h
 *	  Days as text: read in one way, and written in one.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_DAY_TEXT_H
#define CE_DAY_TEXT_H

#include "utils/date.h"

/*
 * Whether numbers of up to seven digits are days, as spreadsheets count them,
 * and from which year on.  Nobody can tell by the number, so the source says it.
 */
typedef enum CeDaySerials
{
	CE_NO_SERIALS, CE_SERIALS_1900, CE_SERIALS_1904
} CeDaySerials;

/*
 * Read a day: YYYYMMDD, YYYY-MM-DD with - / or . between, or in Chinese with
 * characters between.  A time of day may follow; with a zone the day is the one
 * in Asia/Shanghai (AMB-40), without one it is as written.  Blanks around do not
 * count, and digits may be of full width.  False if the text is anything else.
 * zoned may be NULL.
 */
extern bool ce_day_read(const char *text, CeDaySerials serials, DateADT *day,
						bool *zoned);

/* What a source says of its spreadsheet, "1900" or "1904"; false for others. */
extern bool ce_day_serials(const char *text, CeDaySerials *serials);

/* A day in ISO 8601, whatever the session's DateStyle. */
extern char *ce_date_text(DateADT day);

#endif							/* CE_DAY_TEXT_H */

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
 * Read a day: YYYYMMDD, or YYYY-MM-DD with - / or . between.  A time of day may
 * follow; with a zone the day is the one in Asia/Shanghai (AMB-40), without one
 * it is as written.  False if the text is anything else.  zoned may be NULL.
 */
extern bool ce_day_read(const char *text, DateADT *day, bool *zoned);

/* A day in ISO 8601, whatever the session's DateStyle. */
extern char *ce_date_text(DateADT day);

#endif							/* CE_DAY_TEXT_H */

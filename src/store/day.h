/*-------------------------------------------------------------------------
 *
 * day.h
 *	  Days of the calendar in Asia/Shanghai.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_DAY_H
#define CE_DAY_H

#include "datatype/timestamp.h"

/* The day of a timestamp, as a DateADT like all days here. */
extern int32 ce_day_at(TimestampTz time);

/*
 * Today for queries: the day on which the statement began, the same for all of
 * its rows.
 */
extern int32 ce_today_date(void);

/*
 * Today for writes: the day by the clock now.  A transaction or statement that
 * is held open over midnight does not act on the day before.
 */
extern int32 ce_day_of_act(void);

/* An error unless the date is finite and valid. */
extern void ce_require_day(int32 date);

/* Calendar year of a date. */
extern int	ce_year_of(int32 date);

/* The last day of a year; infinite beyond the calendar. */
extern int32 ce_last_day(int year);

#endif							/* CE_DAY_H */

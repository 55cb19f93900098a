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

/* The day of a time, as a DateADT, as all days here. */
extern int32 ce_day_at(TimestampTz time);

/*
 * Today as a question takes it: the day on which the statement began, the
 * same for all of its rows.
 */
extern int32 ce_today_date(void);

/*
 * Today as an act takes it: the day that the clock shows now.  A transaction
 * or statement that is held open over midnight does not act yesterday.
 */
extern int32 ce_day_of_act(void);

/* An error unless it is a day of the calendar. */
extern void ce_require_day(int32 date);

/* Calendar year of a date. */
extern int	ce_year_of(int32 date);

#endif							/* CE_DAY_H */

/*-------------------------------------------------------------------------
 *
 * hours.h
 *	  Class hours (学时), exact to the hundredth.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_HOURS_H
#define CE_HOURS_H

#include "common/int.h"
#include "fmgr.h"

/* Hundredths of a class hour. */
typedef int64 CeHours;

#define CE_HOURS_SCALE 100
#define CeHoursFromInt(h) ((CeHours) (h) * CE_HOURS_SCALE)

#define DatumGetCeHours(d) ((CeHours) DatumGetInt64(d))
#define CeHoursGetDatum(h) Int64GetDatum(h)
#define PG_GETARG_CE_HOURS(n) DatumGetCeHours(PG_GETARG_DATUM(n))
#define PG_RETURN_CE_HOURS(h) return CeHoursGetDatum(h)

/* Long enough for any value, its sign, point and terminator. */
#define CE_HOURS_TEXT_SIZE 24

extern void ce_hours_out_of_range(void);

/* Exact arithmetic; ereport(ERROR) with ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE. */
static inline CeHours
ce_hours_add(CeHours a, CeHours b)
{
	CeHours		sum;

	if (unlikely(pg_add_s64_overflow(a, b, &sum)))
		ce_hours_out_of_range();
	return sum;
}

static inline CeHours
ce_hours_subtract(CeHours a, CeHours b)
{
	CeHours		difference;

	if (unlikely(pg_sub_s64_overflow(a, b, &difference)))
		ce_hours_out_of_range();
	return difference;
}

/* hours * numeric (days); an inexact or overflowing product is an error. */
extern CeHours ce_hours_times(CeHours hours, Datum numeric_factor);

/*
 * The same, and hours for each so many of a quantity, cut down to the
 * hundredth.  They return NULL, or the problem: an untranslated errdetail text.
 */
extern const char *ce_hours_try_times(CeHours hours, Datum numeric_factor, CeHours *result);
extern const char *ce_hours_for_each(CeHours hours, Datum per, Datum quantity, CeHours *result);

/* The shortest text form: "45", "7.5", "28.25"; buf has CE_HOURS_TEXT_SIZE. */
extern char *ce_hours_to_text(CeHours hours, char *buf);

/* The same in memory of its own. */
static inline char *
ce_hours_text(CeHours hours)
{
	return ce_hours_to_text(hours, palloc(CE_HOURS_TEXT_SIZE));
}

/*
 * Parse text of the given length (not NUL-terminated).  False: not hours;
 * *problem is then the reason (an untranslated errdetail text).
 */
extern bool ce_hours_from_text(const char *text, int len, CeHours *hours,
							   const char **problem);

/* The problem of a number that is too large: it has its own SQLSTATE. */
extern const char *const ce_hours_too_large;

/*
 * As a numeric datum, with the decimals of the text form.  It may be shared:
 * read only.
 */
extern Datum ce_hours_numeric(CeHours hours);

/* The casts to and from numeric, callable through fmgr. */
extern PGDLLEXPORT Datum ce_hours_to_numeric(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum ce_hours_from_numeric(PG_FUNCTION_ARGS);

#endif							/* CE_HOURS_H */

/*-------------------------------------------------------------------------
 *
 * hours.c
 *	  The type ce_hours: class hours (学时), exact to the hundredth.
 *
 * A value that cannot be stored exactly is an error, never rounded: hours
 * decide whether a minimum is met, and a total must not depend on the order in
 * which its parts were added.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "parser/scansup.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"
#include "utils/numeric.h"

#include "types/hours.h"
#include "types/sql_function.h"
#include "compat.h"

/* Decimals of a stored value: CE_HOURS_SCALE is 10 to this power. */
#define CE_HOURS_DECIMALS 2

#define HOURS_FUNCTION(name, hours) CE_SQL_FUNCTION(name, CeHoursGetDatum(hours))

/* Why a text is not valid hours; errdetail texts, compared by address. */
static const char *const not_a_number = gettext_noop("Hours are written as a decimal number, such as 45 or 7.5.");
static const char *const too_fine = gettext_noop("Hours have at most two decimals.");
const char *const ce_hours_too_large = gettext_noop("Hours range from -92233720368547758.08 to 92233720368547758.07.");

/*
 * Parsing
 */

/* value = value * 10 - digit; true on overflow. */
static bool
append_digit(int64 *value, int digit)
{
	return pg_mul_s64_overflow(*value, 10, value) ||
		pg_sub_s64_overflow(*value, digit, value);
}

/*
 * Read a decimal number as a count of units of 10^-decimals.  Returns NULL, or
 * the reason for failure.  Digits beyond the unit must be zeros.
 */
static const char *
parse_decimal(const char *str, int len, int decimals, int64 *units)
{
	const char *p = str;
	const char *end = str + len;
	bool		negative = false;
	bool		inexact = false;
	bool		overflow = false;
	int			digits = 0;
	int			places = -1;	/* decimals read; -1 before the point */
	int64		value = 0;		/* negated, so that PG_INT64_MIN fits */

	while (p < end && scanner_isspace(*p))
		p++;
	while (p < end && scanner_isspace(end[-1]))
		end--;

	if (p < end && (*p == '-' || *p == '+'))
		negative = (*p++ == '-');

	for (; p < end; p++)
	{
		if (*p == '.' && places < 0)
		{
			places = 0;
			continue;
		}
		if (*p < '0' || *p > '9')
			return not_a_number;
		digits++;
		if (places >= decimals)
			inexact |= (*p != '0');
		else
		{
			overflow |= append_digit(&value, *p - '0');
			if (places >= 0)
				places++;
		}
	}
	if (digits == 0)
		return not_a_number;

	for (places = Max(places, 0); places < decimals; places++)
		overflow |= append_digit(&value, 0);
	if (!negative)
		overflow |= pg_sub_s64_overflow(0, value, &value);

	if (inexact)
		return too_fine;
	if (overflow)
		return ce_hours_too_large;
	*units = value;
	return NULL;
}

/*
 * The same for a numeric.  Its text is the only exact representation that all
 * server versions provide.
 */
static const char *
parse_numeric(Datum number, int decimals, int64 *units)
{
	char	   *text = DatumGetCString(DirectFunctionCall1(numeric_out, number));
	const char *problem = parse_decimal(text, strlen(text), decimals, units);

	pfree(text);
	return problem;
}

/* Exported functions */

void
ce_hours_out_of_range(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("hours out of range")));
}

/* Which way to round is for the writer to say. */
static int
hint_of_decimals(void)
{
	return errhint("Give hours with two decimals, such as 13.33.");
}

static CeHours
multiply(CeHours hours, int64 factor)
{
	CeHours		product;

	if (unlikely(pg_mul_s64_overflow(hours, factor, &product)))
		ce_hours_out_of_range();
	return product;
}

const char *
ce_hours_try_times(CeHours hours, Datum numeric_factor, CeHours *result)
{
	/* In hundredths: the product has no more decimals than the factor */
	return parse_numeric(DirectFunctionCall2(numeric_mul,
											 NumericGetDatum(int64_to_numeric(hours)),
											 numeric_factor),
						 0, result);
}

CeHours
ce_hours_times(CeHours hours, Datum numeric_factor)
{
	CeHours		result = 0;
	const char *problem = ce_hours_try_times(hours, numeric_factor, &result);
	char		buf[CE_HOURS_TEXT_SIZE];

	if (problem == ce_hours_too_large)
		ce_hours_out_of_range();
	if (problem != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s hours times %s cannot be represented as hours",
						ce_hours_to_text(hours, buf),
						DatumGetCString(DirectFunctionCall1(numeric_out,
															numeric_factor))),
				 errdetail_internal("%s", _(problem))));
	return result;
}

const char *
ce_hours_for_each(CeHours hours, Datum per, Datum quantity, CeHours *result)
{
	Datum		product;

	/* The row's CHECK says so, too. */
	if (!DatumGetBool(DirectFunctionCall2(numeric_gt, per, NumericGetDatum(int64_to_numeric(0)))))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("per cannot be %s", DatumGetCString(DirectFunctionCall1(numeric_out, per))),
				 errdetail("It is the number of units that give the hours of the rule, more than 0 and at most %d.",
						   1000000000),
				 errhint("Give for example 10000 for hours for each 10000 words, or leave per null for hours for each unit.")));
	/* Divided last, so that 10 hours for each 3 of 6 are 20 and not 19.98. */
	product = DirectFunctionCall2(numeric_mul,
								  NumericGetDatum(int64_to_numeric(hours)), quantity);
	return parse_numeric(DirectFunctionCall2(numeric_div_trunc, product, per), 0, result);
}

char *
ce_hours_to_text(CeHours hours, char *buf)
{
	uint64		magnitude = hours < 0 ? (uint64) 0 - (uint64) hours : (uint64) hours;
	int			hundredths = magnitude % CE_HOURS_SCALE;
	char	   *p = buf;

	if (hours < 0)
		*p++ = '-';
	p += pg_ulltoa_n(magnitude / CE_HOURS_SCALE, p);
	if (hundredths != 0)
	{
		*p++ = '.';
		*p++ = '0' + hundredths / 10;
		if (hundredths % 10 != 0)
			*p++ = '0' + hundredths % 10;
	}
	*p = '\0';
	return buf;
}

bool
ce_hours_from_text(const char *text, int len, CeHours *hours,
				   const char **problem)
{
	*problem = parse_decimal(text, len, CE_HOURS_DECIMALS, hours);
	return *problem == NULL;
}

/*
 * Input and output
 */

/* ce_hours_in(cstring) */
PG_FUNCTION_INFO_V1(ce_hours_in);
Datum
ce_hours_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	CeHours		hours = 0;
	const char *problem;

	if (!ce_hours_from_text(text, strlen(text), &hours, &problem))
	{
		if (problem == ce_hours_too_large)
			ereturn(fcinfo->context, (Datum) 0,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("value \"%s\" is out of range for type %s",
							text, "ce_hours")));
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"",
						"ce_hours", text),
				 errdetail_internal("%s", _(problem)),
				 problem == too_fine ? hint_of_decimals() : 0));
	}
	PG_RETURN_CE_HOURS(hours);
}

/* ce_hours_out(ce_hours) */
PG_FUNCTION_INFO_V1(ce_hours_out);
Datum
ce_hours_out(PG_FUNCTION_ARGS)
{
	char	   *buf = palloc(CE_HOURS_TEXT_SIZE);

	PG_RETURN_CSTRING(ce_hours_to_text(PG_GETARG_CE_HOURS(0), buf));
}

/* ce_hours_recv(internal): every int64 is valid */
PG_FUNCTION_INFO_V1(ce_hours_recv);
Datum
ce_hours_recv(PG_FUNCTION_ARGS)
{
	PG_RETURN_CE_HOURS(pq_getmsgint64((StringInfo) PG_GETARG_POINTER(0)));
}

/* ce_hours_send(ce_hours) */
PG_FUNCTION_INFO_V1(ce_hours_send);
Datum
ce_hours_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint64(&buf, PG_GETARG_CE_HOURS(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/*
 * Casts
 */

static Numeric
make_numeric(CeHours hours)
{
	if (hours % CE_HOURS_SCALE == 0)
		return int64_to_numeric(hours / CE_HOURS_SCALE);
	if (hours % 10 == 0)
		return int64_div_fast_to_numeric(hours / 10, 1);
	return int64_div_fast_to_numeric(hours, CE_HOURS_DECIMALS);
}

/*
 * Most values are multiples of a quarter hour up to a few hundred: each is
 * converted once and never freed, since callers may still hold it.
 */
#define COMMON_STEP 25
#define COMMON_NUMERICS 1024

Datum
ce_hours_numeric(CeHours hours)
{
	static Numeric common[COMMON_NUMERICS];
	Numeric    *kept;

	if (hours < 0 || hours >= COMMON_STEP * COMMON_NUMERICS ||
		hours % COMMON_STEP != 0)
		return NumericGetDatum(make_numeric(hours));
	kept = &common[hours / COMMON_STEP];
	if (unlikely(*kept == NULL))
	{
		MemoryContext old_context = MemoryContextSwitchTo(TopMemoryContext);

		*kept = make_numeric(hours);
		MemoryContextSwitchTo(old_context);
	}
	return NumericGetDatum(*kept);
}

/* ce_hours_to_numeric(ce_hours): with the decimals of the text form */
PG_FUNCTION_INFO_V1(ce_hours_to_numeric);
Datum
ce_hours_to_numeric(PG_FUNCTION_ARGS)
{
	return ce_hours_numeric(PG_GETARG_CE_HOURS(0));
}

/* ce_hours(numeric) */
PG_FUNCTION_INFO_V1(ce_hours_from_numeric);
Datum
ce_hours_from_numeric(PG_FUNCTION_ARGS)
{
	Datum		number = PG_GETARG_DATUM(0);
	CeHours		hours = 0;
	const char *problem = parse_numeric(number, CE_HOURS_DECIMALS, &hours);

	if (problem != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s cannot be represented as hours",
						DatumGetCString(DirectFunctionCall1(numeric_out, number))),
				 errdetail_internal("%s", _(problem)),
				 problem == too_fine ? hint_of_decimals() : 0));
	PG_RETURN_CE_HOURS(hours);
}

/* ce_hours(smallint), ce_hours(integer), ce_hours(bigint) */
HOURS_FUNCTION(ce_hours_from_int2, CeHoursFromInt(PG_GETARG_INT16(0)));
HOURS_FUNCTION(ce_hours_from_int4, CeHoursFromInt(PG_GETARG_INT32(0)));
HOURS_FUNCTION(ce_hours_from_int8, multiply(CE_HOURS_SCALE, PG_GETARG_INT64(0)));

/*
 * Arithmetic
 */

/* ce_hours + ce_hours, ce_hours - ce_hours, - ce_hours */
HOURS_FUNCTION(ce_hours_plus, ce_hours_add(PG_GETARG_CE_HOURS(0), PG_GETARG_CE_HOURS(1)));
HOURS_FUNCTION(ce_hours_minus, ce_hours_subtract(PG_GETARG_CE_HOURS(0), PG_GETARG_CE_HOURS(1)));
HOURS_FUNCTION(ce_hours_negate, ce_hours_subtract(0, PG_GETARG_CE_HOURS(0)));

/*
 * Products.  Each integer type has its own operators: otherwise smallint would
 * match the integer and the numeric one equally well.
 */
HOURS_FUNCTION(ce_hours_times_int2, multiply(PG_GETARG_CE_HOURS(0), PG_GETARG_INT16(1)));
HOURS_FUNCTION(ce_hours_times_int4, multiply(PG_GETARG_CE_HOURS(0), PG_GETARG_INT32(1)));
HOURS_FUNCTION(ce_hours_times_int8, multiply(PG_GETARG_CE_HOURS(0), PG_GETARG_INT64(1)));
HOURS_FUNCTION(ce_int2_times_hours, multiply(PG_GETARG_CE_HOURS(1), PG_GETARG_INT16(0)));
HOURS_FUNCTION(ce_int4_times_hours, multiply(PG_GETARG_CE_HOURS(1), PG_GETARG_INT32(0)));
HOURS_FUNCTION(ce_int8_times_hours, multiply(PG_GETARG_CE_HOURS(1), PG_GETARG_INT64(0)));
HOURS_FUNCTION(ce_hours_times_numeric, ce_hours_times(PG_GETARG_CE_HOURS(0), PG_GETARG_DATUM(1)));
HOURS_FUNCTION(ce_numeric_times_hours, ce_hours_times(PG_GETARG_CE_HOURS(1), PG_GETARG_DATUM(0)));

/*
 * Comparison, as int64
 */

CE_SQL_COMPARISON(ce_hours_eq, PG_GETARG_CE_HOURS, ==);
CE_SQL_COMPARISON(ce_hours_ne, PG_GETARG_CE_HOURS, !=);
CE_SQL_COMPARISON(ce_hours_lt, PG_GETARG_CE_HOURS, <);
CE_SQL_COMPARISON(ce_hours_le, PG_GETARG_CE_HOURS, <=);
CE_SQL_COMPARISON(ce_hours_gt, PG_GETARG_CE_HOURS, >);
CE_SQL_COMPARISON(ce_hours_ge, PG_GETARG_CE_HOURS, >=);

/* max(ce_hours), min(ce_hours) */
HOURS_FUNCTION(ce_hours_larger, Max(PG_GETARG_CE_HOURS(0), PG_GETARG_CE_HOURS(1)));
HOURS_FUNCTION(ce_hours_smaller, Min(PG_GETARG_CE_HOURS(0), PG_GETARG_CE_HOURS(1)));

/* support of btree and hash indexes */
CE_SQL_FUNCTION(ce_hours_cmp, btint8cmp(fcinfo));
CE_SQL_FUNCTION(ce_hours_sortsupport, btint8sortsupport(fcinfo));
CE_SQL_FUNCTION(ce_hours_hash, hashint8(fcinfo));
CE_SQL_FUNCTION(ce_hours_hash_extended, hashint8extended(fcinfo));

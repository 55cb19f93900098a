/*-------------------------------------------------------------------------
 *
 * credit_ops.c
 *	  SQL functions on credits: operators, accessors and the sum.
 *
 * Credits have no natural order.  The btree operators' order compares the
 * hours category by category and then the counts; it exists so that credits
 * can be sorted, merged and deduplicated.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "types/credit.h"
#include "types/sql_function.h"
#include "compat.h"

/* The transition state of sum(ce_credit). */
typedef struct CeCreditSum
{
	int64		count;			/* number of credits in the sum, 0: NULL */
	CeCredit	sum;
} CeCreditSum;

#define PG_GETARG_CE_CREDIT(n) DatumGetCeCreditPackedPP(PG_GETARG_DATUM(n))

/* Constructor and accessors */

static CeCategory
category_argument(text *name)
{
	int			category = ce_find_credit_category(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name));
	StringInfoData names;

	if (category >= 0)
		return (CeCategory) category;

	initStringInfo(&names);
	for (category = 0; category < CE_CATEGORIES; category++)
		appendStringInfo(&names, "%s%s", category > 0 ? ", " : "",
						 ce_category_name((CeCategory) category));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown category \"%s\"", text_to_cstring(name)),
			 errhint("The categories are %s.", names.data)));
}

static Datum
make_credit(FunctionCallInfo fcinfo, CeHours hours)
{
	CeCredit	credit;

	ce_credit_zero(&credit);
	credit.category[category_argument(PG_GETARG_TEXT_PP(0))] = hours;
	credit.deems_public = PG_GETARG_BOOL(2) ? 1 : 0;
	credit.deems_professional = PG_GETARG_BOOL(3) ? 1 : 0;
	PG_RETURN_POINTER(ce_credit_pack(&credit));
}

/*
 * What one activity contributes: ce__credit(text, ce_hours, boolean, boolean),
 * ce_credit(text, numeric, boolean, boolean)
 */
CE_SQL_FUNCTION(ce_credit_make, make_credit(fcinfo, PG_GETARG_CE_HOURS(1)));
CE_SQL_FUNCTION(ce_credit_make_of_number,
				make_credit(fcinfo, DatumGetCeHours(DirectFunctionCall1(ce_hours_from_numeric,
																		PG_GETARG_DATUM(1)))));

/* ce_credit_hours(ce_credit, text) */
PG_FUNCTION_INFO_V1(ce_credit_hours);
Datum
ce_credit_hours(PG_FUNCTION_ARGS)
{
	CeCredit	credit;

	ce_credit_unpack(PG_GETARG_CE_CREDIT(0), &credit);
	PG_RETURN_CE_HOURS(credit.category[category_argument(PG_GETARG_TEXT_PP(1))]);
}

/* ce_credit_deems_public(ce_credit) */
PG_FUNCTION_INFO_V1(ce_credit_deems_public);
Datum
ce_credit_deems_public(PG_FUNCTION_ARGS)
{
	CeCredit	credit;

	ce_credit_unpack(PG_GETARG_CE_CREDIT(0), &credit);
	PG_RETURN_INT32(credit.deems_public);
}

/* ce_credit_deems_professional(ce_credit) */
PG_FUNCTION_INFO_V1(ce_credit_deems_professional);
Datum
ce_credit_deems_professional(PG_FUNCTION_ARGS)
{
	CeCredit	credit;

	ce_credit_unpack(PG_GETARG_CE_CREDIT(0), &credit);
	PG_RETURN_INT32(credit.deems_professional);
}

/*
 * Arithmetic
 */

typedef void (*Operation) (CeCredit *result, const CeCredit *term);

static Datum
combine(FunctionCallInfo fcinfo, Operation operation)
{
	CeCredit	result;
	CeCredit	term;

	ce_credit_unpack(PG_GETARG_CE_CREDIT(0), &result);
	ce_credit_unpack(PG_GETARG_CE_CREDIT(1), &term);
	operation(&result, &term);
	PG_RETURN_POINTER(ce_credit_pack(&result));
}

/* ce_credit + ce_credit, ce_credit - ce_credit */
CE_SQL_FUNCTION(ce_credit_plus, combine(fcinfo, ce_credit_add));
CE_SQL_FUNCTION(ce_credit_minus, combine(fcinfo, ce_credit_subtract));

/* - ce_credit */
PG_FUNCTION_INFO_V1(ce_credit_negate);
Datum
ce_credit_negate(PG_FUNCTION_ARGS)
{
	CeCredit	negated;
	CeCredit	term;

	ce_credit_zero(&negated);
	ce_credit_unpack(PG_GETARG_CE_CREDIT(0), &term);
	ce_credit_subtract(&negated, &term);
	PG_RETURN_POINTER(ce_credit_pack(&negated));
}

/*
 * Comparison
 */

/* Equal credits have equal stored bytes. */
static bool
same_credit(FunctionCallInfo fcinfo)
{
	CeCreditPacked *a = PG_GETARG_CE_CREDIT(0);
	CeCreditPacked *b = PG_GETARG_CE_CREDIT(1);
	Size		size = VARSIZE_ANY_EXHDR(a);
	bool		result;

	result = size == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), size) == 0;
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return result;
}

static int
compare_values(int64 a, int64 b)
{
	return (a > b) - (a < b);
}

static int
compare_credits(FunctionCallInfo fcinfo)
{
	CeCreditPacked *packed_a = PG_GETARG_CE_CREDIT(0);
	CeCreditPacked *packed_b = PG_GETARG_CE_CREDIT(1);
	CeCredit	a;
	CeCredit	b;
	int			result = 0;

	ce_credit_unpack(packed_a, &a);
	ce_credit_unpack(packed_b, &b);
	PG_FREE_IF_COPY(packed_a, 0);
	PG_FREE_IF_COPY(packed_b, 1);

	for (int category = 0; result == 0 && category < CE_CATEGORIES; category++)
		result = compare_values(a.category[category], b.category[category]);
	if (result == 0)
		result = compare_values(a.deems_public, b.deems_public);
	if (result == 0)
		result = compare_values(a.deems_professional, b.deems_professional);
	return result;
}

CE_SQL_FUNCTION(ce_credit_eq, BoolGetDatum(same_credit(fcinfo)));
CE_SQL_FUNCTION(ce_credit_ne, BoolGetDatum(!same_credit(fcinfo)));
CE_SQL_FUNCTION(ce_credit_lt, BoolGetDatum(compare_credits(fcinfo) < 0));
CE_SQL_FUNCTION(ce_credit_le, BoolGetDatum(compare_credits(fcinfo) <= 0));
CE_SQL_FUNCTION(ce_credit_gt, BoolGetDatum(compare_credits(fcinfo) > 0));
CE_SQL_FUNCTION(ce_credit_ge, BoolGetDatum(compare_credits(fcinfo) >= 0));

/* btree support: three-way comparison */
CE_SQL_FUNCTION(ce_credit_cmp, Int32GetDatum(compare_credits(fcinfo)));

/* hash support: the bytes after the header, whose size may vary */
PG_FUNCTION_INFO_V1(ce_credit_hash);
Datum
ce_credit_hash(PG_FUNCTION_ARGS)
{
	CeCreditPacked *credit = PG_GETARG_CE_CREDIT(0);
	Datum		result = hash_any((unsigned char *) VARDATA_ANY(credit),
								  VARSIZE_ANY_EXHDR(credit));

	PG_FREE_IF_COPY(credit, 0);
	return result;
}

/* hash support: with a seed */
PG_FUNCTION_INFO_V1(ce_credit_hash_extended);
Datum
ce_credit_hash_extended(PG_FUNCTION_ARGS)
{
	CeCreditPacked *credit = PG_GETARG_CE_CREDIT(0);
	Datum		result = hash_any_extended((unsigned char *) VARDATA_ANY(credit),
										   VARSIZE_ANY_EXHDR(credit),
										   PG_GETARG_INT64(1));

	PG_FREE_IF_COPY(credit, 0);
	return result;
}

/*
 * sum(ce_credit)
 */

/* The state in the first argument, or a new one in the aggregate context. */
static CeCreditSum *
sum_state(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "sum(ce_credit) support function called in non-aggregate context");
	if (PG_ARGISNULL(0))
		return MemoryContextAllocZero(context, sizeof(CeCreditSum));
	return (CeCreditSum *) PG_GETARG_POINTER(0);
}

static Datum
accumulate(FunctionCallInfo fcinfo, Operation operation, int count)
{
	CeCreditSum *state = sum_state(fcinfo);
	CeCredit	term;

	if (!PG_ARGISNULL(1))
	{
		ce_credit_unpack(PG_GETARG_CE_CREDIT(1), &term);
		operation(&state->sum, &term);
		state->count += count;
	}
	PG_RETURN_POINTER(state);
}

/* transition, for the moving aggregate too, and inverse transition */
CE_SQL_FUNCTION(ce_credit_sum_accum, accumulate(fcinfo, ce_credit_add, 1));
CE_SQL_FUNCTION(ce_credit_sum_accum_inv, accumulate(fcinfo, ce_credit_subtract, -1));

/* combines two partial sums; the second need not outlive the call */
PG_FUNCTION_INFO_V1(ce_credit_sum_combine);
Datum
ce_credit_sum_combine(PG_FUNCTION_ARGS)
{
	CeCreditSum *state = sum_state(fcinfo);

	if (!PG_ARGISNULL(1))
	{
		CeCreditSum *other = (CeCreditSum *) PG_GETARG_POINTER(1);

		ce_credit_add(&state->sum, &other->sum);
		state->count += other->count;
	}
	PG_RETURN_POINTER(state);
}

/* serialize: the count and the stored form */
PG_FUNCTION_INFO_V1(ce_credit_sum_serialize);
Datum
ce_credit_sum_serialize(PG_FUNCTION_ARGS)
{
	CeCreditSum *state = sum_state(fcinfo);
	CeCreditPacked *packed = ce_credit_pack(&state->sum);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint64(&buf, state->count);
	pq_sendbytes(&buf, VARDATA(packed), VARSIZE(packed) - VARHDRSZ);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* deserialize; ce_credit_unpack() validates the sum */
PG_FUNCTION_INFO_V1(ce_credit_sum_deserialize);
Datum
ce_credit_sum_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *serialized = PG_GETARG_BYTEA_PP(0);
	int			size = VARSIZE_ANY_EXHDR(serialized) - sizeof(int64);
	CeCreditSum *state;
	CeCreditPacked *packed;
	StringInfoData buf;

	if (!AggCheckCallContext(fcinfo, NULL))
		elog(ERROR, "sum(ce_credit) support function called in non-aggregate context");

	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, VARDATA_ANY(serialized), VARSIZE_ANY_EXHDR(serialized));
	state = palloc(sizeof(CeCreditSum));
	state->count = pq_getmsgint64(&buf);
	Assert(state->count >= 0);

	packed = palloc(VARHDRSZ + size);
	SET_VARSIZE(packed, VARHDRSZ + size);
	memcpy(VARDATA(packed), pq_getmsgbytes(&buf, size), size);
	ce_credit_unpack(packed, &state->sum);
	PG_RETURN_POINTER(state);
}

/* result: NULL without input, as for other sums */
PG_FUNCTION_INFO_V1(ce_credit_sum_final);
Datum
ce_credit_sum_final(PG_FUNCTION_ARGS)
{
	CeCreditSum *state;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = sum_state(fcinfo);
	if (state->count == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(ce_credit_pack(&state->sum));
}

/*-------------------------------------------------------------------------
 *
 * whatif.c
 *	  The verdict under another scheme, with the hours that it would give.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "ask/explain.h"

#include "compat.h"

/* Add the changes of years to the credits that were read. */
static void
add_changes(CePersonYears *years, ArrayType *of_years, ArrayType *changes)
{
	Datum	   *numbers;
	Datum	   *credits;
	int			n;
	int			ncredits;

	(void) ce_years_credits(years);
	deconstruct_array(of_years, INT4OID, 4, true, TYPALIGN_INT, &numbers, NULL, &n);
	deconstruct_array(changes, ARR_ELEMTYPE(changes), -1, false, TYPALIGN_INT,
					  &credits, NULL, &ncredits);
	for (int i = 0; i < Min(n, ncredits); i++)
	{
		int			at = DatumGetInt32(numbers[i]) - years->from_year;
		CeCredit	change;

		if (at < 0 || at >= years->nyears)
			continue;
		ce_credit_unpack(DatumGetCeCreditPackedPP(credits[i]), &change);
		ce_credit_add(&years->room_for_credits[at], &change);
	}
}

/* Put one scheme in the place of another; false: the person never was under it. */
static bool
put_in_place(CePerson *person, const CeScheme *of, const CeScheme *as)
{
	bool		found = person->scheme == of;

	if (found)
		person->scheme = as;
	for (int i = 0; i < person->nformer; i++)
	{
		if (person->former[i].scheme != of)
			continue;
		person->former[i].scheme = as;
		found = true;
	}
	return found;
}

/*
 * ce__verdict_if(person_id bigint, level ce_level, as_of date, of_scheme text,
 *				  as_scheme text, years integer[], changes ce_credit[])
 *	 returns record(verdict ce_outcome, why text): by the review route, with
 *	 as_scheme in the place of of_scheme, and with the changes added to the
 *	 credits of the years; both arrays may be null.  Null if the person never
 *	 was under of_scheme.
 */
PG_FUNCTION_INFO_V1(ce__verdict_if);
Datum
ce__verdict_if(PG_FUNCTION_ARGS)
{
	CeQuestion	question = {.route = CE_ROUTE_REVIEW};
	CeEvaluation e;
	CePersonYears years;
	const CeScheme *of;
	const CeScheme *as;
	Datum		values[2];
	bool		nulls[2] = {false};
	int			year;

	ce_ledger_enter(fcinfo);
	for (int i = 0; i < 5; i++)
		if (PG_ARGISNULL(i))
			PG_RETURN_NULL();
	question.level = PG_GETARG_CE_LEVEL(1);
	question.as_of = PG_GETARG_DATEADT(2);
	ce_require_day(question.as_of);
	of = ce_get_scheme(PG_GETARG_DATUM(3));
	as = ce_get_scheme(PG_GETARG_DATUM(4));
	if (!ce_read_person(PG_GETARG_INT64(0), &e.person) || !put_in_place(&e.person, of, as))
		PG_RETURN_NULL();
	year = ce_year_of(question.as_of);
	ce_person_years_begin(&years, &e.person, NULL, question.as_of,
						  year - ce_longest_window(ce_scheme_on(&e.person, question.as_of)) + 1, year);
	years.what_if = as != of;
	if (!PG_ARGISNULL(5) && !PG_ARGISNULL(6))
		add_changes(&years, PG_GETARG_ARRAYTYPE_P(5), PG_GETARG_ARRAYTYPE_P(6));
	question.years = &years;
	ce_evaluate(&question, &e);
	values[0] = ObjectIdGetDatum(ce_list_oid(CE_LIST_OUTCOME, e.outcome));
	values[1] = CStringGetTextDatum(ce_explain_failures(&question, &e));
	return HeapTupleGetDatum(heap_form_tuple(ce_result_desc(fcinfo), values, nulls));
}

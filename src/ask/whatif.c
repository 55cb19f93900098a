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

/*
 * ce__verdict_if(person_id bigint, level ce_level, as_of date, scheme text,
 *				  years integer[], changes ce_credit[])
 *	 returns record(verdict ce_outcome, why text): by the review route, with the
 *	 changes added to the credits of the years; both arrays may be null
 */
PG_FUNCTION_INFO_V1(ce__verdict_if);
Datum
ce__verdict_if(PG_FUNCTION_ARGS)
{
	CeQuestion	question = {.route = CE_ROUTE_REVIEW};
	CeEvaluation e;
	CePersonYears years;
	Datum		values[2];
	bool		nulls[2] = {false};
	int			year;

	ce_ledger_enter(fcinfo);
	for (int i = 0; i < 4; i++)
		if (PG_ARGISNULL(i))
			PG_RETURN_NULL();
	question.level = PG_GETARG_CE_LEVEL(1);
	question.as_of = PG_GETARG_DATEADT(2);
	ce_require_day(question.as_of);
	question.scheme = ce_get_scheme(PG_GETARG_DATUM(3));
	if (!ce_read_person(PG_GETARG_INT64(0), &e.person))
		PG_RETURN_NULL();
	year = ce_year_of(question.as_of);
	ce_person_years_begin(&years, &e.person, question.scheme, question.as_of,
						  year - ce_longest_window(question.scheme) + 1, year);
	if (!PG_ARGISNULL(4) && !PG_ARGISNULL(5))
		add_changes(&years, PG_GETARG_ARRAYTYPE_P(4), PG_GETARG_ARRAYTYPE_P(5));
	question.years = &years;
	ce_evaluate(&question, &e);
	values[0] = ObjectIdGetDatum(ce_list_oid(CE_LIST_OUTCOME, e.outcome));
	values[1] = CStringGetTextDatum(ce_explain_failures(&question, &e));
	return HeapTupleGetDatum(heap_form_tuple(ce_result_desc(fcinfo), values, nulls));
}

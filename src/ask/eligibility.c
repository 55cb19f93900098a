/*-------------------------------------------------------------------------
 *
 * eligibility.c
 *	  Who may apply for which title (4.2): the evaluation behind every answer.
 *
 * The order of the answers is fixed: an unknown person, one under other rules
 * (2.3), a ban (6.2b), no matching law row, and then the years of the window.
 * More expensive reads than the accounts happen only when the accounts alone
 * do not suffice.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "ask/eligibility.h"

#include "compat.h"

bool
ce_has_doctorate(const CePerson *person, DateADT as_of)
{
	return person->has_doctorate && person->doctorate_on <= as_of;
}

int
ce_held_level(const CePerson *person, DateADT as_of)
{
	return person->has_held_since && person->held_since > as_of ? 0 :
		person->held_level;
}

int
ce_held_year(const CePerson *person, DateADT as_of)
{
	return person->has_held_since && person->held_since <= as_of ?
		ce_year_of(person->held_since) : 0;
}

/* Where the window's years begin among those read. */
static inline int
first_of_window(const CeEvaluation *e)
{
	return e->years[0].year - e->read->from_year;
}

/* The years of the window, with their verified credits. */
static void
read_years(const CeQuestion *question, CeEvaluation *e, int first, int last)
{
	const CeCredit *credits;

	e->nyears = last - first + 1;
	if (question->years == NULL || e->window->same_specialty)
	{
		e->read = &e->own;
		ce_person_years_begin(e->read, &e->person, question->scheme, question->as_of,
							  first, last);
		e->read->of_specialty = e->window->same_specialty;
		if (e->read->of_specialty)
			e->read->specialty = question->specialty;
	}
	e->years[0].year = first;
	credits = ce_years_credits(e->read) + first_of_window(e);
	for (int i = 0; i < e->nyears; i++)
	{
		CeYear	   *y = &e->years[i];

		y->year = first + i;
		y->law = e->window->judge != NULL ? ce_year_law(e->window->judge, y->year) :
			ce_years_law(e->read, y->year);
		y->credit = &credits[i];
		y->attested = NULL;
	}
}

bool
ce_read_attested(CeEvaluation *e)
{
	const CeAttested *attested = e->nyears == 0 ? NULL : ce_years_attested(e->read);

	if (attested == NULL)
		return false;
	for (int i = 0; i < e->nyears; i++)
		e->years[i].attested = &attested[first_of_window(e) + i];
	return true;
}

/* Would waiting activities make the person eligible (AMB-31)? */
static bool
waiting_would_help(const CeEvaluation *e)
{
	const CeCredit *credits = ce_years_with_waiting(e->read);
	CeYear		with[CE_MAX_WINDOW_YEARS];

	if (credits == NULL)
		return false;
	memcpy(with, e->years, e->nyears * sizeof(CeYear));
	for (int i = 0; i < e->nyears; i++)
		with[i].credit = &credits[first_of_window(e) + i];
	return ce_judge(e->window, with, e->nyears) == CE_OUTCOME_ELIGIBLE;
}

static CeOutcome
evaluate_years(const CeQuestion *question, CeEvaluation *e)
{
	CeOutcome	outcome;
	int			first;
	int			last;

	if (!ce_window_years(e->window, ce_year_of(question->as_of),
						 ce_held_year(&e->person, question->as_of), &first, &last))
		return CE_OUTCOME_NO_RULE;
	/* Years that begin after that of the title: none is owed yet. */
	if (first > last)
		return CE_OUTCOME_ELIGIBLE;
	read_years(question, e, first, last);
	outcome = ce_judge(e->window, e->years, e->nyears);
	if (outcome != CE_OUTCOME_ELIGIBLE && ce_read_attested(e))
		outcome = ce_judge(e->window, e->years, e->nyears);
	/* "No rule" may still become a "no" for functions that return boolean. */
	if (outcome == CE_OUTCOME_NOT_ELIGIBLE && question->yes_or_no)
		return outcome;
	if (outcome != CE_OUTCOME_ELIGIBLE && waiting_would_help(e))
	{
		e->waiting_helps = true;
		outcome = CE_OUTCOME_PENDING;
	}
	return outcome;
}

void
ce_evaluate(const CeQuestion *question, CeEvaluation *e)
{
	int			year = ce_year_of(question->as_of);

	e->scheme = question->scheme != NULL ? question->scheme :
		ce_scheme_on(&e->person, question->as_of);
	e->window = NULL;
	e->nyears = 0;
	e->waiting_helps = false;
	e->level = question->level;
	e->outcome = CE_OUTCOME_NOT_ELIGIBLE;
	e->read = question->years;
	if (e->read == NULL)
	{
		e->read = &e->own;
		ce_person_years_begin(e->read, &e->person, question->scheme, question->as_of,
							  year, year);
	}
	if (!e->scheme->governed)
		e->outcome = CE_OUTCOME_OUT_OF_SCOPE;
	else if (ce_years_banned(e->read))
		e->outcome = CE_OUTCOME_BANNED;
	else if ((e->window =
			  ce_find_window(e->scheme, question->route, question->level, year,
							 ce_has_doctorate(&e->person, question->as_of),
							 ce_held_level(&e->person, question->as_of),
							 &e->level)) == NULL)
		e->outcome = CE_OUTCOME_NO_RULE;
	else
		e->outcome = evaluate_years(question, e);
}

/* ---------------------------------------------------------------------
 * SQL functions
 * ---------------------------------------------------------------------
 */

bool
ce_evaluate_call(FunctionCallInfo fcinfo, bool by_no, bool yes_or_no,
				 CeCall *call)
{
	CeQuestion *question = &call->question;
	CeEvaluation *e = &call->evaluation;
	bool		found;

	ce_ledger_enter(fcinfo);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return false;
	question->level = PG_GETARG_CE_LEVEL(1);
	question->route = ce_list_value(CE_LIST_ROUTE, PG_GETARG_OID(2));
	question->as_of = PG_GETARG_DATEADT(3);
	ce_require_day(question->as_of);
	call->specialty = PG_ARGISNULL(4) ? (Datum) 0 : PG_GETARG_DATUM(4);
	question->specialty = PG_ARGISNULL(4) ? NULL : &call->specialty;
	question->scheme = PG_ARGISNULL(5) ? NULL : ce_get_scheme(PG_GETARG_DATUM(5));
	question->years = NULL;
	question->yes_or_no = yes_or_no;

	found = by_no ? ce_read_person_by_no(PG_GETARG_DATUM(0), &e->person) :
		ce_read_person(PG_GETARG_INT64(0), &e->person);
	if (found)
		ce_evaluate(question, e);
	else
	{
		e->outcome = CE_OUTCOME_UNKNOWN_PERSON;
		e->window = NULL;
		e->nyears = 0;
		e->read = &e->own;
	}
	return true;
}

static Datum
eligible(FunctionCallInfo fcinfo, bool by_no)
{
	CeCall		call;

	if (!ce_evaluate_call(fcinfo, by_no, true, &call))
		PG_RETURN_NULL();
	switch (call.evaluation.outcome)
	{
		case CE_OUTCOME_ELIGIBLE:
			PG_RETURN_BOOL(true);
		case CE_OUTCOME_NOT_ELIGIBLE:
		case CE_OUTCOME_PENDING:
		case CE_OUTCOME_BANNED:
			PG_RETURN_BOOL(false);
		case CE_OUTCOME_OUT_OF_SCOPE:
		case CE_OUTCOME_NO_RULE:
		case CE_OUTCOME_UNKNOWN_PERSON:
			break;				/* never a false "no" (AMB-4) */
	}
	PG_RETURN_NULL();
}

static Datum
verdict(FunctionCallInfo fcinfo, bool by_no)
{
	CeCall		call;

	if (!ce_evaluate_call(fcinfo, by_no, false, &call))
		PG_RETURN_NULL();
	PG_RETURN_OID(ce_list_oid(CE_LIST_OUTCOME, call.evaluation.outcome));
}

/* ce_eligible(person_id bigint, ...) returns boolean, null: no answer here */
PG_FUNCTION_INFO_V1(ce_eligible);
Datum
ce_eligible(PG_FUNCTION_ARGS)
{
	return eligible(fcinfo, false);
}

/* ce_eligible(person_no text, ...) returns boolean, null: no answer here */
PG_FUNCTION_INFO_V1(ce_eligible_by_no);
Datum
ce_eligible_by_no(PG_FUNCTION_ARGS)
{
	return eligible(fcinfo, true);
}

/* ce_verdict(person_id bigint, ...) returns ce_outcome */
PG_FUNCTION_INFO_V1(ce_verdict);
Datum
ce_verdict(PG_FUNCTION_ARGS)
{
	return verdict(fcinfo, false);
}

/* ce_verdict(person_no text, ...) returns ce_outcome */
PG_FUNCTION_INFO_V1(ce_verdict_by_no);
Datum
ce_verdict_by_no(PG_FUNCTION_ARGS)
{
	return verdict(fcinfo, true);
}

/*-------------------------------------------------------------------------
 *
 * eligibility.c
 *	  Who may apply for which title (4.2): the one evaluation that every
 *	  answer comes from.
 *
 * The order of the answers is fixed: a person nobody knows, one whom other
 * rules govern (2.3), a ban (6.2b), a question the law has no row for, and
 * then the years of the window.  What costs more than a look at the accounts
 * is read only when the accounts alone do not suffice.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/datetime.h"

#include "ask/eligibility.h"
#include "record/credits.h"
#include "record/specialties.h"

#include "compat.h"

/* ---------------------------------------------------------------------
 * Bans (6.2b)
 * ---------------------------------------------------------------------
 */

DateADT
ce_ban_end(DateADT found_on, int ban_years)
{
	int			year;
	int			month;
	int			day;

	j2date(found_on + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	year += ban_years;
	/* Where the corresponding day does not exist, the month's last one. */
	day = Min(day, day_tab[isleap(year)][month - 1]);
	return date2j(year, month, day) - POSTGRES_EPOCH_JDATE;
}

bool
ce_ban_of_row(const Datum *values, const bool *nulls, const CeScheme *scheme,
			  DateADT as_of, DateADT *from, DateADT *until)
{
	*from = DatumGetDateADT(values[CE_COL_SANCTION_FOUND_ON]);
	*until = ce_ban_end(*from, scheme->ban_years);
	if (!nulls[CE_COL_SANCTION_REVOKED_ON])
		*until = Min(*until, DatumGetDateADT(values[CE_COL_SANCTION_REVOKED_ON]) - 1);
	return *from <= as_of && as_of <= *until;
}

typedef struct BanReader
{
	const CeScheme *scheme;
	DateADT		as_of;
	CeEvaluation *evaluation;
} BanReader;

/* The longest of the bans that are in force on the day. */
static void
sanction_row(const Datum *values, const bool *nulls, void *arg)
{
	BanReader  *reader = arg;
	CeEvaluation *e = reader->evaluation;
	DateADT		from;
	DateADT		until;

	if (!ce_ban_of_row(values, nulls, reader->scheme, reader->as_of, &from, &until) ||
		(e->banned && until <= e->banned_until))
		return;
	e->banned = true;
	e->banned_from = from;
	e->banned_until = until;
}

static bool
is_banned(const CeQuestion *question, CeEvaluation *e)
{
	CePersonYears *known = question->known;

	e->banned = false;
	if (known != NULL && known->ban_read)
	{
		e->banned = known->banned;
		e->banned_from = known->banned_from;
		e->banned_until = known->banned_until;
	}
	else if (e->person.sanctioned && e->scheme->ban_years >= 0)
	{
		BanReader	reader = {e->scheme, question->as_of, e};

		ce_read_sanctions(e->person.person_id, sanction_row, &reader);
	}
	if (known != NULL && !known->ban_read)
	{
		known->ban_read = true;
		known->banned = e->banned;
		if (e->banned)
		{
			known->banned_from = e->banned_from;
			known->banned_until = e->banned_until;
		}
	}
	return e->banned;
}

/* ---------------------------------------------------------------------
 * The window (4.2)
 * ---------------------------------------------------------------------
 */

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

const CeWindow *
ce_find_window(const CeScheme *scheme, CeRoute route, CeLevel asked, int year,
			   bool doctorate, int held, CeLevel *level)
{
	/* For a holder of it, the next senior level is the full one (AMB-9). */
	*level = route == CE_ROUTE_REVIEW && asked == CE_SENIOR && held >= CE_SENIOR ?
		CE_FULL_SENIOR : asked;
	return ce_window_of(scheme, route, *level, year, doctorate, held);
}

bool
ce_year_met(const CeWindow *window, const CeYear *year)
{
	if (year->requirement == NULL)
		return false;
	return window->professional_only ?
		year->assessment.professional_short == 0 : year->assessment.met;
}

/* Do the years together reach the sum of what they require? */
static CeOutcome
judge_sum(const CeEvaluation *e)
{
	CeHours		required_public = 0,
				required_professional = 0,
				required_total = 0;
	CeHours		got_public = 0,
				got_professional = 0,
				got_total = 0;

	for (int i = 0; i < e->nyears; i++)
	{
		const CeYear *y = &e->years[i];

		if (y->requirement == NULL)
			return CE_OUTCOME_NO_RULE;
		required_public = ce_hours_add(required_public, y->requirement->public_hours);
		required_professional = ce_hours_add(required_professional,
											 y->requirement->professional_hours);
		required_total = ce_hours_add(required_total, y->requirement->total);
		got_public = ce_hours_add(got_public, y->assessment.public_got);
		got_professional = ce_hours_add(got_professional,
										y->assessment.professional_got);
		/* A year that is deemed complete has its whole total. */
		got_total = ce_hours_add(got_total,
								 y->assessment.total_short == 0 ?
								 Max(y->assessment.total_got, y->requirement->total) :
								 y->assessment.total_got);
	}
	if (got_professional < required_professional)
		return CE_OUTCOME_NOT_ELIGIBLE;
	if (!e->window->professional_only &&
		(got_public < required_public || got_total < required_total))
		return CE_OUTCOME_NOT_ELIGIBLE;
	return CE_OUTCOME_ELIGIBLE;
}

static CeOutcome
judge_each(const CeEvaluation *e)
{
	bool		unknown = false;

	for (int i = 0; i < e->nyears; i++)
	{
		if (e->years[i].requirement == NULL)
			unknown = true;
		else if (!ce_year_met(e->window, &e->years[i]))
			return CE_OUTCOME_NOT_ELIGIBLE;
	}
	return unknown ? CE_OUTCOME_NO_RULE : CE_OUTCOME_ELIGIBLE;
}

static CeOutcome
judge_any(const CeEvaluation *e)
{
	bool		unknown = false;

	for (int i = 0; i < e->nyears; i++)
	{
		if (e->years[i].requirement == NULL)
			unknown = true;
		else if (ce_year_met(e->window, &e->years[i]))
			return CE_OUTCOME_ELIGIBLE;
	}
	return unknown ? CE_OUTCOME_NO_RULE : CE_OUTCOME_NOT_ELIGIBLE;
}

/* What the years as credited so far amount to. */
static CeOutcome
judge(CeEvaluation *e)
{
	for (int i = 0; i < e->nyears; i++)
	{
		CeYear	   *y = &e->years[i];

		ce_assess(e->scheme, y->requirement, y->year, &y->credit, &y->attested,
				  &y->assessment);
	}
	switch (e->window->aggregation)
	{
		case CE_EACH:
			return judge_each(e);
		case CE_ANY:
			return judge_any(e);
		case CE_SUM:
			return judge_sum(e);
	}
	pg_unreachable();
}

/* ---------------------------------------------------------------------
 * The years of the window
 * ---------------------------------------------------------------------
 */

void
ce_person_years_begin(CePersonYears *known, const CeScheme *scheme)
{
	known->nyears = 1;
	for (int i = 0; i < scheme->nwindows; i++)
		known->nyears = Max(known->nyears, scheme->windows[i].years);
	known->ban_read = known->credits_read = false;
	known->attested_read = known->waiting_read = false;
}

/* What is known of the years of the window, which are the last ones. */
#define LAST_YEARS(array, known, e) (&(array)[(known)->nyears - (e)->nyears])

/* Read what the years' credits are; false as ce_read_credits. */
static bool
read_credits(const CeQuestion *question, CeEvaluation *e)
{
	CeCredit	credits[CE_MAX_WINDOW_YEARS];
	int			first = e->years[0].year;
	int			last = first + e->nyears - 1;
	bool		whole = true;
	CePersonYears *known = question->known;

	if (known != NULL && !e->window->same_specialty)
	{
		if (!known->credits_read)
			known->whole = ce_read_credits(e->person.person_id,
											last - known->nyears + 1, last,
											question->as_of, known->credits);
		known->credits_read = true;
		for (int i = 0; i < e->nyears; i++)
			e->years[i].credit = LAST_YEARS(known->credits, known, e)[i];
		return known->whole;
	}
	if (!e->window->same_specialty)
		whole = ce_read_credits(e->person.person_id, first, last,
								 question->as_of, credits);
	else if (question->specialty != NULL)
		ce_specialty_credits(e->person.person_id, e->scheme, first, last,
							 question->as_of, *question->specialty, false, credits);
	else
		memset(credits, 0, sizeof(credits));	/* no target: nothing matches */
	for (int i = 0; i < e->nyears; i++)
		e->years[i].credit = credits[i];
	return whole;
}

bool
ce_read_attested(const CeQuestion *question, CeEvaluation *e)
{
	CeAttested	attested[CE_MAX_WINDOW_YEARS];
	CePersonYears *known = question->known;
	int			first;

	if (e->outcome == CE_OUTCOME_UNKNOWN_PERSON || e->window == NULL)
		return false;
	first = e->years[0].year;
	if (e->window->same_specialty && question->specialty == NULL)
		return false;
	if (known != NULL && !e->window->same_specialty)
	{
		int			last = first + e->nyears - 1;

		if (!known->attested_read)
			known->any_attested = ce_attested(&e->person, e->scheme,
											  question->as_of,
											  last - known->nyears + 1, last,
											  NULL, known->attested);
		known->attested_read = true;
		for (int i = 0; known->any_attested && i < e->nyears; i++)
			e->years[i].attested = LAST_YEARS(known->attested, known, e)[i];
		return known->any_attested;
	}
	if (!ce_attested(&e->person, e->scheme, question->as_of, first,
					 first + e->nyears - 1,
					 e->window->same_specialty ? question->specialty : NULL,
					 attested))
		return false;
	for (int i = 0; i < e->nyears; i++)
		e->years[i].attested = attested[i];
	return true;
}

/* Would what waits for verification make it eligible (AMB-31)? */
static bool
waiting_would_help(const CeQuestion *question, const CeEvaluation *e, bool past)
{
	CeEvaluation with = *e;
	CeCredit	credits[CE_MAX_WINDOW_YEARS];
	int			first = e->years[0].year;
	int			last = first + e->nyears - 1;
	CePersonYears *known = question->known;

	if (known != NULL && !e->window->same_specialty)
	{
		if (!known->waiting_read)
		{
			memset(known->waiting, 0, known->nyears * sizeof(CeCredit));
			known->nwaiting = ce_read_waiting(e->person.person_id,
											   last - known->nyears + 1, last,
											   question->as_of, past,
											   known->waiting);
		}
		known->waiting_read = true;
		if (known->nwaiting == 0)
			return false;
		for (int i = 0; i < e->nyears; i++)
			ce_credit_add(&with.years[i].credit,
						  &LAST_YEARS(known->waiting, known, e)[i]);
		return judge(&with) == CE_OUTCOME_ELIGIBLE;
	}
	for (int i = 0; i < e->nyears; i++)
		credits[i] = e->years[i].credit;
	if (e->window->same_specialty)
	{
		if (question->specialty == NULL)
			return false;
		ce_specialty_credits(e->person.person_id, e->scheme, first, last,
							 question->as_of, *question->specialty, true, credits);
	}
	else if (ce_read_waiting(e->person.person_id, first, last,
							  question->as_of, past, credits) == 0)
		return false;
	for (int i = 0; i < e->nyears; i++)
		with.years[i].credit = credits[i];
	return judge(&with) == CE_OUTCOME_ELIGIBLE;
}

static CeOutcome
evaluate_years(const CeQuestion *question, CeEvaluation *e)
{
	int			year = ce_year_of(question->as_of);
	CeOutcome	outcome;
	bool		past;

	e->nyears = e->window->years;
	for (int i = 0; i < e->nyears; i++)
	{
		CeYear	   *y = &e->years[i];

		y->year = year - e->nyears + 1 + i;
		y->requirement = ce_requirement_of(e->scheme, y->year);
		y->attested.hours = 0;
		y->attested.deems_professional = false;
	}
	past = !read_credits(question, e);
	outcome = judge(e);
	if (outcome != CE_OUTCOME_ELIGIBLE && ce_read_attested(question, e))
		outcome = judge(e);
	/* From no rule it may still lead to a no, for who asks for yes or no. */
	if (outcome == CE_OUTCOME_NOT_ELIGIBLE && question->yes_or_no)
		return outcome;
	if (outcome != CE_OUTCOME_ELIGIBLE && waiting_would_help(question, e, past))
	{
		e->waiting_helps = true;
		outcome = CE_OUTCOME_PENDING;
	}
	return outcome;
}

void
ce_evaluate(const CeQuestion *question, CeEvaluation *e)
{
	e->scheme = question->scheme != NULL ? question->scheme : e->person.scheme;
	e->window = NULL;
	e->nyears = 0;
	e->waiting_helps = false;
	e->banned = false;
	e->level = question->level;
	e->outcome = CE_OUTCOME_NOT_ELIGIBLE;
	if (!e->scheme->governed)
		e->outcome = CE_OUTCOME_OUT_OF_SCOPE;
	else if (is_banned(question, e))
		e->outcome = CE_OUTCOME_BANNED;
	else if ((e->window =
			  ce_find_window(e->scheme, question->route, question->level,
							 ce_year_of(question->as_of),
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
	question->scheme = PG_ARGISNULL(5) ? NULL : ce_law_scheme_of(PG_GETARG_DATUM(5));
	question->known = NULL;
	question->yes_or_no = yes_or_no;

	found = by_no ? ce_read_person_by_no(PG_GETARG_DATUM(0), &e->person) :
		ce_read_person(PG_GETARG_INT64(0), &e->person);
	if (found)
		ce_evaluate(question, e);
	else
	{
		e->outcome = CE_OUTCOME_UNKNOWN_PERSON;
		e->window = NULL;
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
			break;				/* nobody is told a false "no" (AMB-4) */
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

/*-------------------------------------------------------------------------
 *
 * allocation_plan.c
 *	  Proposals to allocate surplus to the years of an evaluation (7.6e).
 *
 * A body allocates surplus (AMB-30); ce_allocation_plan() proposes the smallest
 * allocation that makes a person eligible.  Hours are proposed as far as
 * ce_allocate() would take them, and the years are then judged with them.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/builtins.h"

#include "ask/allocation_plan.h"
#include "record/credits.h"

#include "compat.h"

void
ce_plan_begin(CeAllocationPlan *plan, const CeQuestion *question, const CeEvaluation *e)
{
	plan->question = question;
	plan->e = e;
	plan->proposed = NIL;
	for (int i = 0; i < e->nyears; i++)
	{
		plan->years[i] = e->years[i];
		plan->credits[i] = *e->years[i].credit;
		plan->years[i].credit = &plan->credits[i];
	}
}

bool
ce_plan_may_give(const CeAllocationPlan *plan, int from_year)
{
	const CeEvaluation *e = plan->e;

	/* Within the years of a sum it changes nothing. */
	return e->window->aggregation != CE_SUM ||
		!ce_in_years(e->years[0].year, e->years[e->nyears - 1].year, from_year);
}

CeHours
ce_plan_room(const CeAllocationPlan *plan, int i, CeSubject subject)
{
	const CeYear *y = &plan->years[i];
	const CeAssessment *a = &y->assessment;
	const CeScheme *scheme = plan->question->scheme;

	/* Hours of a specialty are not carried (4.2.3). */
	if (plan->e->window->same_specialty)
		return 0;
	/* What is deemed complete counts as at least its minimum. */
	if (subject == CE_SUBJECT_PUBLIC ?
		a->public_deemed && a->public_hours < a->public_required :
		a->professional_deemed && a->professional_hours < a->professional_required)
		return 0;
	if (scheme == NULL)
		scheme = ce_scheme_in_year(&plan->e->person, y->year, plan->question->as_of);
	return ce_shortfall(scheme, y->year, subject, y->credit);
}

/* Into the proposal of the same years and subject, if there is one. */
static void
add_proposal(CeAllocationPlan *plan, const CeCarried *carried)
{
	CeCarried  *added;

	foreach_ptr(CeCarried, p, plan->proposed)
	{
		if (p->from_year == carried->from_year && p->to_year == carried->to_year &&
			p->subject == carried->subject)
		{
			p->hours = ce_hours_add(p->hours, carried->hours);
			return;
		}
	}
	added = palloc(sizeof(CeCarried));
	*added = *carried;
	plan->proposed = lappend(plan->proposed, added);
}

CeHours
ce_plan_propose(CeAllocationPlan *plan, int i, CeSubject subject, CeHours hours)
{
	const CeQuestion *question = plan->question;
	const CePerson *person = &plan->e->person;
	CeYear	   *y = &plan->years[i];
	CeHours		proposed = 0;

	hours = Min(hours, ce_plan_room(plan, i, subject));
	if (hours <= 0)
		return 0;
	foreach_int(from_year, ce_carry_sources(person, question->scheme, y->year, subject,
											question->as_of))
	{
		CeCarryLeft left;
		CeCarried	carried = {.from_year = from_year,.to_year = y->year,.subject = subject};

		if (proposed == hours)
			break;
		if (!ce_plan_may_give(plan, from_year) ||
			!ce_carry_left(person, question->scheme, from_year, y->year, subject,
						   question->as_of, plan->proposed, &left) ||
			left.hours <= 0)
			continue;
		carried.hours = Min(left.hours, hours - proposed);
		carried.citation = left.citation;
		add_proposal(plan, &carried);
		proposed += carried.hours;
	}
	ce_credit_add_hours(&plan->credits[i], ce_carried_category(subject), proposed);
	ce_assess(y->law, y->credit, y->attested == NULL ? NULL : &y->attested->title,
			  &y->assessment);
	return proposed;
}

/*
 * The hours that complete a year: the minima, then the rest of the total, of
 * public hours or, where they have no minimum, professional ones.
 */
static bool
propose_year(CeAllocationPlan *plan, int i)
{
	const CeWindow *window = plan->e->window;
	const CeAssessment *a = &plan->years[i].assessment;

	(void) ce_plan_propose(plan, i, CE_SUBJECT_PROFESSIONAL, a->professional_short);
	if (!window->professional_only)
	{
		(void) ce_plan_propose(plan, i, CE_SUBJECT_PUBLIC, Max(a->public_short, a->total_short));
		(void) ce_plan_propose(plan, i, CE_SUBJECT_PROFESSIONAL, a->total_short);
	}
	return ce_year_met(window, &plan->years[i]);
}

/* What the years together lack of a subject, or in all. */
static CeHours
missing_of(const CeAllocationPlan *plan, CeSubject subject)
{
	CeSums		sums;

	ce_sum_years(plan->e->window, plan->years, plan->e->nyears, &sums);
	return ce_sum_missing(subject == CE_SUBJECT_PUBLIC ? &sums.public_hours :
						  subject == CE_SUBJECT_PROFESSIONAL ? &sums.professional : &sums.total);
}

/* Hours of a subject for what the years together lack of it, or in all. */
static void
propose_to_sum(CeAllocationPlan *plan, CeSubject subject, CeSubject lacking)
{
	for (int i = 0; i < plan->e->nyears; i++)
		(void) ce_plan_propose(plan, i, subject, missing_of(plan, lacking));
}

/* What a year lacks of the least of each, of a subject that the sum lacks first. */
static void
propose_floor(CeAllocationPlan *plan, int i)
{
	static const CeSubject subjects[] = {CE_SUBJECT_PROFESSIONAL, CE_SUBJECT_PUBLIC};
	const CeWindow *window = plan->e->window;
	const CeYear *y = &plan->years[i];

	for (int n = 0; n < lengthof(subjects); n++)
		(void) ce_plan_propose(plan, i, subjects[n],
							   Min(ce_floor_missing(window, y), missing_of(plan, subjects[n])));
	for (int n = 0; n < lengthof(subjects); n++)
		(void) ce_plan_propose(plan, i, subjects[n], ce_floor_missing(window, y));
}

/*
 * The hours that complete a sum, for years that lack them: a year takes no
 * more than its own requirement (7.6e).
 */
static bool
propose_sum(CeAllocationPlan *plan)
{
	const CeEvaluation *e = plan->e;

	for (int i = 0; i < e->nyears && e->window->each_at_least > 0; i++)
		propose_floor(plan, i);
	propose_to_sum(plan, CE_SUBJECT_PROFESSIONAL, CE_SUBJECT_PROFESSIONAL);
	if (!e->window->professional_only)
	{
		propose_to_sum(plan, CE_SUBJECT_PUBLIC, CE_SUBJECT_PUBLIC);
		propose_to_sum(plan, CE_SUBJECT_PUBLIC, CE_SUBJECT_BOTH);
		propose_to_sum(plan, CE_SUBJECT_PROFESSIONAL, CE_SUBJECT_BOTH);
	}
	return ce_judge(e->window, plan->years, e->nyears) == CE_OUTCOME_ELIGIBLE;
}

/* Of any one year, the plan for the one that needs least. */
static bool
propose_any(CeAllocationPlan *plan)
{
	CeHours		least = 0;
	List	   *best = NIL;

	for (int i = 0; i < plan->e->nyears; i++)
	{
		CeHours		sum = 0;

		ce_plan_begin(plan, plan->question, plan->e);
		if (!propose_year(plan, i))
			continue;
		foreach_ptr(const CeCarried, p, plan->proposed)
			sum = ce_hours_add(sum, p->hours);
		if (best == NIL || sum < least)
		{
			best = plan->proposed;
			least = sum;
		}
	}
	plan->proposed = best;
	return best != NIL;
}

/* False: no allocation makes the person eligible. */
static bool
make_plan(CeAllocationPlan *plan)
{
	const CeEvaluation *e = plan->e;

	if (e->window->aggregation == CE_SUM)
		return propose_sum(plan);
	if (e->window->aggregation == CE_ANY)
		return propose_any(plan);
	for (int i = 0; i < e->nyears; i++)
	{
		if (!ce_year_met(e->window, &plan->years[i]) && !propose_year(plan, i))
			return false;
	}
	return true;
}

/* ce_allocation_plan(person_id, level, as_of) returns allocations, or a message */
PG_FUNCTION_INFO_V1(ce_allocation_plan);
Datum
ce_allocation_plan(PG_FUNCTION_ARGS)
{
	CeQuestion	question = {.route = CE_ROUTE_REVIEW};
	CeEvaluation e;
	CeAllocationPlan plan;
	const char *message = NULL;
	Datum		values[5];
	bool		nulls[5] = {true, true, true, true, false};

	InitMaterializedSRF(fcinfo, 0);
	ce_ledger_enter(fcinfo);
	question.level = PG_GETARG_CE_LEVEL(1);
	question.as_of = PG_GETARG_DATEADT(2);
	ce_require_day(question.as_of);
	if (!ce_read_person(PG_GETARG_INT64(0), &e.person))
		message = _("the ledger has no such person");
	else
	{
		ce_evaluate(&question, &e);
		if (e.outcome == CE_OUTCOME_ELIGIBLE)
			message = _("the person is already eligible; no hours need to be allocated");
		else if (e.outcome != CE_OUTCOME_NOT_ELIGIBLE && e.outcome != CE_OUTCOME_PENDING)
			message = psprintf(_("the verdict is \"%s\", which an allocation does not change"),
							   _(ce_list_label(CE_LIST_OUTCOME, e.outcome)));
		else
		{
			ce_plan_begin(&plan, &question, &e);
			if (!make_plan(&plan))
				message = _("no allocation of the surplus makes the person eligible");
		}
	}
	if (message != NULL)
	{
		values[4] = CStringGetTextDatum(message);
		ce_put_row(fcinfo, values, nulls);
		return (Datum) 0;
	}
	memset(nulls, false, sizeof(nulls));
	nulls[4] = true;
	foreach_ptr(const CeCarried, p, plan.proposed)
	{
		values[0] = Int32GetDatum(p->from_year);
		values[1] = Int32GetDatum(p->to_year);
		values[2] = ObjectIdGetDatum(ce_list_oid(CE_LIST_SUBJECT, p->subject));
		values[3] = CeHoursGetDatum(p->hours);
		ce_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

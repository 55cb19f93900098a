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
	plan->from_last = 0;
	for (int i = 0; i < e->nyears; i++)
	{
		plan->years[i] = e->years[i];
		plan->credits[i] = *e->years[i].credit;
		plan->years[i].credit = &plan->credits[i];
	}
}

/* Does the subject count as its minimum, whatever the hours (10.2)? */
static bool
counts_as_minimum(const CeAssessment *a, CeSubject subject)
{
	return subject == CE_SUBJECT_PUBLIC ?
		a->public_deemed && a->public_hours < a->public_required :
		a->professional_deemed && a->professional_hours < a->professional_required;
}

/* The evaluation's year, NULL: it is none. */
static CeYear *
find_year(const CeAllocationPlan *plan, int year)
{
	int			i = year - plan->e->years[0].year;

	return i < 0 || i >= plan->e->nyears ? NULL : unconstify(CeYear *, &plan->years[i]);
}

/* Within the years of a sum only hours that do not count there change it. */
bool
ce_plan_may_give(const CeAllocationPlan *plan, int from_year, CeSubject subject)
{
	const CeYear *y = find_year(plan, from_year);

	return plan->e->window->aggregation != CE_SUM || y == NULL ||
		counts_as_minimum(&y->assessment, subject);
}

CeHours
ce_plan_room(const CeAllocationPlan *plan, int i, CeSubject subject)
{
	const CeYear *y = &plan->years[i];
	const CeScheme *scheme = plan->question->scheme;

	/* Hours of a specialty are not carried (4.2.3). */
	if (plan->e->window->same_specialty)
		return 0;
	if (counts_as_minimum(&y->assessment, subject))
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

/* As posting the allocation would. */
static void
add_carried(CeAllocationPlan *plan, int year, CeSubject subject, CeHours hours)
{
	CeYear	   *y = find_year(plan, year);

	if (y == NULL)
		return;
	ce_credit_add_hours(&plan->credits[y - plan->years], ce_carried_category(subject), hours);
	ce_assess(y->law, y->credit, y->attested == NULL ? NULL : &y->attested->title,
			  &y->assessment);
}

/* Up to so many hours from one year; returns how many. */
static CeHours
propose_from(CeAllocationPlan *plan, int from_year, int to_year, CeSubject subject, CeHours hours)
{
	const CeQuestion *question = plan->question;
	CeCarried	carried = {.from_year = from_year,.to_year = to_year,.subject = subject};
	CeCarryLeft left;

	if (!ce_plan_may_give(plan, from_year, subject) ||
		!ce_carry_left(&plan->e->person, question->scheme, from_year, to_year, subject,
					   question->as_of, plan->proposed, &left) ||
		left.hours <= 0)
		return 0;
	carried.hours = Min(left.hours, hours);
	carried.citation = left.citation;
	add_proposal(plan, &carried);
	add_carried(plan, from_year, subject, -carried.hours);
	add_carried(plan, to_year, subject, carried.hours);
	return carried.hours;
}

CeHours
ce_plan_propose(CeAllocationPlan *plan, int i, CeSubject subject, CeHours hours)
{
	const CeQuestion *question = plan->question;
	int			year = plan->years[i].year;
	List	   *sources;
	CeHours		proposed = 0;

	hours = Min(hours, ce_plan_room(plan, i, subject));
	if (hours <= 0)
		return 0;
	sources = ce_carry_sources(&plan->e->person, question->scheme, year, subject, question->as_of);
	for (int n = 0; n < list_length(sources) && proposed < hours; n++)
	{
		int			at = (plan->from_last & (1 << subject)) != 0 ?
			list_length(sources) - 1 - n : n;

		proposed += propose_from(plan, list_nth_int(sources, at), year, subject, hours - proposed);
	}
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

static void
begin_in_order(CeAllocationPlan *plan, int from_last)
{
	ce_plan_begin(plan, plan->question, plan->e);
	plan->from_last = from_last;
}

/* Of any one year, the plan for the one that needs least. */
static bool
propose_any(CeAllocationPlan *plan)
{
	int			from_last = plan->from_last;
	CeHours		least = 0;
	List	   *best = NIL;

	for (int i = 0; i < plan->e->nyears; i++)
	{
		CeHours		sum = 0;

		begin_in_order(plan, from_last);
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

static bool
propose_all(CeAllocationPlan *plan)
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

/*
 * Both subjects take from what is beyond the total of a year, so that one may
 * have to begin with the last source.  False: no plan was found.
 */
static bool
make_plan(CeAllocationPlan *plan)
{
	static const int orders[] = {
		0, 1 << CE_SUBJECT_PROFESSIONAL, 1 << CE_SUBJECT_PUBLIC,
		1 << CE_SUBJECT_PROFESSIONAL | 1 << CE_SUBJECT_PUBLIC
	};

	for (int i = 0; i < lengthof(orders); i++)
	{
		begin_in_order(plan, orders[i]);
		if (propose_all(plan))
			return true;
	}
	return false;
}

/* ce_allocation_plan(person_id, level, as_of) returns allocations, or a message */
PG_FUNCTION_INFO_V1(ce_allocation_plan);
Datum
ce_allocation_plan(PG_FUNCTION_ARGS)
{
	CeQuestion	question = {.route = CE_ROUTE_REVIEW};
	CeEvaluation e;
	CeAllocationPlan plan = {.question = &question,.e = &e};
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
		else if (!make_plan(&plan))
			message = _("no allocation of the surplus was found that makes the person eligible");
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

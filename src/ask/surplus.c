/*-------------------------------------------------------------------------
 *
 * surplus.c
 *	  Catch-up study: the surplus of a year and its allocation (7.6).
 *
 * An allocation of surplus is made by a body (AMB-30).  ce_allocation_plan()
 * proposes the smallest one that makes a person eligible.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "nodes/pg_list.h"
#include "utils/builtins.h"

#include "ask/surplus.h"
#include "record/credits.h"

#include "compat.h"

void
ce_check_allocated(int64 person_id, int year, DateADT from_day, int waived_year)
{
	CePerson	person;

	ce_require_person(person_id, &person);
	for (int subject = CE_SUBJECT_PUBLIC; subject <= CE_SUBJECT_PROFESSIONAL; subject++)
	{
		CeCarryLimit limit;
		CeHours		left;

		/* Without permission nothing goes, unless it is now taken away. */
		if (waived_year == 0 && !ce_surplus_on(&person, year, subject, DATEVAL_NOEND, &left))
			continue;
		left = ce_least_surplus(&person, year, waived_year, subject, from_day, &limit);
		if (left < 0)
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 waived_year != 0 ?
					 errmsg("hours of person %lld have been allocated by reason of a waiver that is to be revoked",
							(long long) person_id) :
					 errmsg("hours of person %lld that are to be revoked have been allocated",
							(long long) person_id),
					 errdetail("Clause 7.6e: without them, %s more hours would be allocated from %d than its surplus.",
							   ce_hours_text(-left), year),
					 errhint("First reverse the allocation with ce_reverse_allocation(), dated on or before the day of the revocation.")));
	}
}

CeHours
ce_shortfall(const CeScheme *scheme, int year, CeSubject subject,
			 const CeCredit *credit)
{
	const CeYearLaw *law = ce_year_law(scheme, year);
	CeAssessment a;

	if (law->requirement == NULL)
		return 0;
	ce_assess(law, credit, NULL, &a);
	/* Public hours make up for their minimum and the rest of the total, */
	if (subject == CE_SUBJECT_PUBLIC)
		return Max(a.public_short, a.total_short - a.professional_short);
	/* as professional ones do where they have no minimum. */
	return law->requirement->has_professional ? a.professional_short :
		Max(a.total_short - a.public_short, 0);
}

/* ---------------------------------------------------------------------
 * Proposing allocations
 * ---------------------------------------------------------------------
 */

/* A proposed allocation. */
typedef struct Proposal
{
	int			from_year;
	int			to_year;
	CeSubject	subject;
	CeHours		hours;
} Proposal;

typedef struct AllocationPlan
{
	const CeQuestion *question;
	const CeEvaluation *e;
	List	   *proposals;
} AllocationPlan;

/* Hours already proposed from the same surplus. */
static CeHours
proposed(const AllocationPlan *plan, int study_year, CeSubject subject)
{
	CeHours		sum = 0;

	foreach_ptr(const Proposal, p, plan->proposals)
	{
		if (p->from_year == study_year && p->subject == subject)
			sum = ce_hours_add(sum, p->hours);
	}
	return sum;
}

/*
 * Propose hours of a subject for a year, from the earliest study year that has
 * some left; returns the hours for which there is none.
 */
static CeHours
propose(AllocationPlan *plan, int year, CeSubject subject, CeHours hours)
{
	const CeEvaluation *e = plan->e;
	const CeScheme *scheme = plan->question->scheme;
	DateADT		as_of = plan->question->as_of;
	int			from_year = 0;

	while (hours > 0)
	{
		Proposal   *p;
		CeHours		left;
		const CeCitation *citation;

		from_year = ce_carry_from(&e->person, scheme, year, subject, as_of, from_year);
		if (from_year == 0)
			return hours;
		/* Within the years of a sum it changes nothing. */
		if (e->window->aggregation == CE_SUM &&
			ce_in_years(e->years[0].year, e->years[e->nyears - 1].year, from_year))
			continue;
		if (!ce_carry_left(&e->person, scheme, from_year, year, subject, as_of,
						   proposed(plan, from_year, subject), &left, &citation) ||
			left <= 0)
			continue;
		p = palloc(sizeof(Proposal));
		*p = (Proposal) {from_year, year, subject, Min(left, hours)};
		plan->proposals = lappend(plan->proposals, p);
		hours -= p->hours;
	}
	return 0;
}

/*
 * Public hours for a year, which make up for the total too; professional ones
 * help where they have no minimum.  Returns the hours for which there is none.
 */
static CeHours
propose_public(AllocationPlan *plan, const CeYear *y, CeHours hours)
{
	CeHours		left = propose(plan, y->year, CE_SUBJECT_PUBLIC, hours);

	if (y->law->requirement == NULL || y->law->requirement->has_professional ||
		hours - left < y->assessment.public_short)
		return left;
	return propose(plan, y->year, CE_SUBJECT_PROFESSIONAL, left);
}

/* The hours that complete a year: the minima, then the rest of the total. */
static bool
propose_year(AllocationPlan *plan, const CeYear *y)
{
	const CeAssessment *a = &y->assessment;
	CeHours		public_need = plan->e->window->professional_only ? 0 :
		Max(a->public_short, a->total_short - a->professional_short);

	return y->law->requirement != NULL && a->minima_met &&
		propose(plan, y->year, CE_SUBJECT_PROFESSIONAL, a->professional_short) == 0 &&
		propose_public(plan, y, public_need) == 0;
}

/*
 * The hours that complete a sum, for years that lack them: a year takes no
 * more than its own requirement (7.6e).
 */
static bool
propose_sum(AllocationPlan *plan)
{
	const CeEvaluation *e = plan->e;
	CeSums		sums;
	CeHours		professional_need;
	CeHours		public_need;

	ce_sum_years(e->window, e->years, e->nyears, &sums);
	professional_need = ce_sum_missing(&sums.professional);
	public_need = e->window->professional_only ? 0 :
		Max(ce_sum_missing(&sums.public_hours),
			ce_sum_missing(&sums.total) - professional_need);
	for (int node = 0; node < CE_NODES; node++)
		if (ce_sum_missing(&sums.minima[node]) > 0)
			return false;
	for (int i = 0; i < e->nyears; i++)
	{
		const CeYear *y = &e->years[i];
		const CeAssessment *a = &y->assessment;
		CeHours		professional = Min(professional_need, a->professional_short);
		CeHours		public_hours =
			Max(Min(public_need, Max(a->public_short, a->total_short - professional)), 0);

		if (ce_floor_missing(e->window, y) > 0)
			return false;
		professional_need -= professional -
			propose(plan, y->year, CE_SUBJECT_PROFESSIONAL, professional);
		public_need -= public_hours - propose_public(plan, y, public_hours);
	}
	return professional_need == 0 && public_need == 0;
}

static CeHours
total_of(const AllocationPlan *plan)
{
	CeHours		sum = 0;

	foreach_ptr(const Proposal, p, plan->proposals)
		sum = ce_hours_add(sum, p->hours);
	return sum;
}

/* False: no allocation makes the person eligible. */
static bool
make_plan(AllocationPlan *plan)
{
	const CeEvaluation *e = plan->e;
	bool		found = false;

	if (e->window->aggregation == CE_EACH)
	{
		for (int i = 0; i < e->nyears; i++)
		{
			if (!ce_year_met(e->window, &e->years[i]) && !propose_year(plan, &e->years[i]))
				return false;
		}
		return true;
	}
	if (e->window->aggregation == CE_SUM)
		return propose_sum(plan);
	/* Any one year: the one that needs least. */
	for (int i = 0; i < e->nyears; i++)
	{
		AllocationPlan single = {plan->question, e, NIL};

		if (propose_year(&single, &e->years[i]) &&
			(!found || total_of(&single) < total_of(plan)))
		{
			*plan = single;
			found = true;
		}
	}
	return found;
}

/* ce_allocation_plan(person_id, level, as_of) returns allocations, or a message */
PG_FUNCTION_INFO_V1(ce_allocation_plan);
Datum
ce_allocation_plan(PG_FUNCTION_ARGS)
{
	CeQuestion	question = {.route = CE_ROUTE_REVIEW};
	CeEvaluation e;
	AllocationPlan plan = {&question, &e, NIL};
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
			message = _("no allocation of the surplus makes the person eligible");
	}
	if (message != NULL)
	{
		values[4] = CStringGetTextDatum(message);
		ce_put_row(fcinfo, values, nulls);
		return (Datum) 0;
	}
	memset(nulls, false, sizeof(nulls));
	nulls[4] = true;
	foreach_ptr(const Proposal, p, plan.proposals)
	{
		values[0] = Int32GetDatum(p->from_year);
		values[1] = Int32GetDatum(p->to_year);
		values[2] = ObjectIdGetDatum(ce_list_oid(CE_LIST_SUBJECT, p->subject));
		values[3] = CeHoursGetDatum(p->hours);
		ce_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

/* ce_surplus(person_id, study_year, subject, as_of) returns ce_hours; negative: too many went */
PG_FUNCTION_INFO_V1(ce_surplus_of_person);
Datum
ce_surplus_of_person(PG_FUNCTION_ARGS)
{
	CePerson	person;
	CeHours		left;

	ce_ledger_enter(fcinfo);
	if (!ce_read_person_for_report(PG_GETARG_INT64(0), &person) ||
		!ce_surplus_on(&person, PG_GETARG_INT32(1),
					   DatumGetCeSubject(PG_GETARG_DATUM(2)), PG_GETARG_DATEADT(3), &left))
		PG_RETURN_NULL();
	PG_RETURN_CE_HOURS(left);
}

/* ce__allocated_without_permission(person_id, from_year, to_year, subject) returns ce_hours */
PG_FUNCTION_INFO_V1(ce__allocated_without_permission);
Datum
ce__allocated_without_permission(PG_FUNCTION_ARGS)
{
	CePerson	person;

	ce_ledger_enter(fcinfo);
	if (!ce_read_person_for_report(PG_GETARG_INT64(0), &person))
		PG_RETURN_NULL();
	PG_RETURN_CE_HOURS(ce_carried_without_permission(&person, PG_GETARG_INT32(1),
													 PG_GETARG_INT32(2),
													 DatumGetCeSubject(PG_GETARG_DATUM(3)),
													 DATEVAL_NOEND));
}

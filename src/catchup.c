/*-------------------------------------------------------------------------
 *
 * catchup.c
 *	  Catch-up study: the surplus of a year and what it may cure (7.6).
 *
 * To spread a surplus is an act (AMB-30).  ce_allocation_plan() proposes one:
 * the smallest that makes a person eligible.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "nodes/pg_list.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "catchup.h"

#include "compat.h"

CeHours
ce_surplus(const CeScheme *scheme, const CeCatchup *catchup,
		   const CeCredit *credit)
{
	const CeRequirement *requirement = ce_requirement_of(scheme, catchup->study_year);
	CeCredit	own = *credit;
	CeAssessment a;
	CeHours		eligible;
	CeHours		beyond;

	if (requirement == NULL)
		return 0;
	/* The year's own hours, before anything was spread. */
	own.lane[CE_LANE_CARRIED_PUBLIC] = 0;
	own.lane[CE_LANE_CARRIED_PROFESSIONAL] = 0;
	ce_assess(scheme, requirement, catchup->study_year, &own, NULL, &a);
	if (catchup->subject == CE_PUBLIC)
	{
		eligible = own.lane[CE_LANE_PUBLIC];
		beyond = a.public_deemed ? a.public_hours :
			a.public_hours - requirement->public_hours;
	}
	else
	{
		eligible = Min(own.lane[CE_LANE_NATIONAL_ONLINE],
					   ce_recognised(scheme, catchup->study_year,
									 CE_LANE_ONLINE, &own));
		beyond = a.professional_deemed ? a.professional_hours :
			a.professional_hours - requirement->professional_hours;
	}
	return Max(Min(eligible, beyond), 0);
}

CeHours
ce_surplus_left(const CeScheme *scheme, const CeCatchup *catchup,
				const CeCredit *credit)
{
	/* A study year only gives: no target year is one (ce_catchup). */
	return ce_hours_add(ce_surplus(scheme, catchup, credit),
						credit->lane[ce_carried_lane(catchup->subject)]);
}

CeHours
ce_surplus_left_on(const CePerson *person, const CeCatchup *catchup, DateADT day)
{
	CeCredit	credit;

	ce_store_credits(person->person_id, catchup->study_year, catchup->study_year,
					 day, &credit);
	return ce_surplus_left(person->scheme, catchup, &credit);
}

typedef struct AllocationDays
{
	DateADT		from_day;
	List	   *days;
} AllocationDays;

static void
allocation_day(const Datum *values, const bool *nulls, void *arg)
{
	AllocationDays *reader = arg;
	DateADT		day = DatumGetDateADT(values[ALLOCATION_ALLOCATED_ON]);

	if (day > reader->from_day)
		reader->days = lappend_int(reader->days, day);
}

CeHours
ce_least_surplus(const CePerson *person, const CeCatchup *catchup,
				 DateADT from_day)
{
	AllocationDays reader = {from_day, NIL};
	CeHours		least = Min(ce_surplus_left_on(person, catchup, from_day),
							ce_surplus_left_on(person, catchup, DATEVAL_NOEND));
	ListCell   *lc;

	/* It can only fall on days on which something was spread. */
	ce_store_allocations(person->person_id, allocation_day, &reader);
	foreach(lc, reader.days)
		least = Min(least, ce_surplus_left_on(person, catchup, lfirst_int(lc)));
	return least;
}

void
ce_check_spread(int64 person_id, int year, DateADT from_day)
{
	CePerson	person;

	ce_store_person_of(person_id, &person);
	for (int subject = CE_PUBLIC; subject <= CE_PROFESSIONAL; subject++)
	{
		const CeCatchup *catchup = ce_catchup_of(person.scheme, year, subject);
		char		buf[CE_HOURS_TEXT_SIZE];
		CeHours		left;

		if (catchup == NULL)
			continue;
		left = ce_least_surplus(&person, catchup, from_day);
		if (left < 0)
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("hours of person %lld that were spread rest on what is revoked",
							(long long) person_id),
					 errdetail("Clause 7.6e: %s hours more would be spread from %d than it leaves over.",
							   ce_hours_to_text(-left, buf), year),
					 errhint("Reverse the allocation with ce_reverse_allocation() first, as of the day of the revocation or before.")));
	}
}

CeHours
ce_shortfall(const CeScheme *scheme, int year, CeSubject subject,
			 const CeCredit *credit)
{
	const CeRequirement *requirement = ce_requirement_of(scheme, year);
	CeAssessment a;

	if (requirement == NULL)
		return 0;
	ce_assess(scheme, requirement, year, credit, NULL, &a);
	if (subject == CE_PROFESSIONAL)
		return a.professional_short;
	/* Public hours cure their minimum, and what the total lacks beyond professional. */
	return Max(a.public_short, a.total_short - a.professional_short);
}

const CeCatchup *
ce_catchup_for(const CeScheme *scheme, int target_year, CeSubject subject)
{
	for (int i = 0; i < scheme->ncatchups; i++)
	{
		const CeCatchup *c = &scheme->catchups[i];

		if (c->subject == subject && c->target_from <= target_year &&
			target_year <= c->target_to)
			return c;
	}
	return NULL;
}

/* ---------------------------------------------------------------------
 * A plan for spreading
 * ---------------------------------------------------------------------
 */

/* One allocation that is proposed. */
typedef struct Proposal
{
	int			from_year;
	int			to_year;
	CeSubject	subject;
	CeHours		hours;
} Proposal;

typedef struct Proposals
{
	int			n;
	Proposal	p[2 * CE_MAX_WINDOW_YEARS];
} Proposals;

static CeHours
surplus_of(const CeQuestion *question, const CeEvaluation *e, int target_year,
		   CeSubject subject, int *study_year)
{
	const CeCatchup *catchup = ce_catchup_for(e->scheme, target_year, subject);

	if (catchup == NULL)
		return 0;
	*study_year = catchup->study_year;
	return Max(ce_surplus_left_on(&e->person, catchup, question->as_of), 0);
}

/* Hours already proposed from the same surplus. */
static CeHours
proposed(const Proposals *proposals, int study_year, CeSubject subject)
{
	CeHours		sum = 0;

	for (int i = 0; i < proposals->n; i++)
	{
		if (proposals->p[i].from_year == study_year &&
			proposals->p[i].subject == subject)
			sum = ce_hours_add(sum, proposals->p[i].hours);
	}
	return sum;
}

/* Propose so many hours of a subject for a year; false: the surplus is less. */
static bool
propose(const CeQuestion *question, const CeEvaluation *e, int year,
		CeSubject subject, CeHours hours, Proposals *proposals)
{
	int			study_year = 0;
	CeHours		surplus;
	Proposal   *p;

	if (hours == 0)
		return true;
	surplus = surplus_of(question, e, year, subject, &study_year);
	if (surplus - proposed(proposals, study_year, subject) < hours)
		return false;
	p = &proposals->p[proposals->n++];
	p->from_year = study_year;
	p->to_year = year;
	p->subject = subject;
	p->hours = hours;
	return true;
}

/* What makes one year complete: the minima, then what the total still lacks. */
static bool
propose_year(const CeQuestion *question, const CeEvaluation *e, const CeYear *y,
			 Proposals *proposals)
{
	CeHours		public_need = y->assessment.public_short;
	CeHours		professional_need = y->assessment.professional_short;

	if (y->requirement == NULL)
		return false;
	if (e->window->professional_only)
		public_need = 0;
	else
		public_need = Max(public_need,
						  y->assessment.total_short - professional_need);
	return propose(question, e, y->year, CE_PROFESSIONAL, professional_need, proposals) &&
		propose(question, e, y->year, CE_PUBLIC, public_need, proposals);
}

static CeHours
total_of(const Proposals *proposals)
{
	CeHours		sum = 0;

	for (int i = 0; i < proposals->n; i++)
		sum = ce_hours_add(sum, proposals->p[i].hours);
	return sum;
}

/* False: no spread of the surplus makes the person eligible. */
static bool
make_plan(const CeQuestion *question, const CeEvaluation *e, Proposals *plan)
{
	bool		found = false;

	plan->n = 0;
	if (e->window->aggregation == CE_EACH)
	{
		for (int i = 0; i < e->nyears; i++)
		{
			if (!ce_year_met(e->window, &e->years[i]) &&
				!propose_year(question, e, &e->years[i], plan))
				return false;
		}
		return true;
	}
	/* Any one year: the one that needs least. */
	for (int i = 0; i < e->nyears && e->window->aggregation == CE_ANY; i++)
	{
		Proposals	single = {0};

		if (propose_year(question, e, &e->years[i], &single) &&
			(!found || total_of(&single) < total_of(plan)))
		{
			*plan = single;
			found = true;
		}
	}
	return found;
}

/*
 * ce_allocation_plan(person_id bigint, level ce_level, as_of date)
 *	 returns table(from_year integer, to_year integer, subject ce_subject,
 *				   hours ce_hours, message text)
 */
PG_FUNCTION_INFO_V1(ce_allocation_plan);
Datum
ce_allocation_plan(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	CeQuestion	question = {.route = CE_REVIEW};
	CeEvaluation e;
	Proposals	plan = {0};
	const char *message = NULL;
	Datum		values[5];
	bool		nulls[5] = {true, true, true, true, false};

	InitMaterializedSRF(fcinfo, 0);
	ce_ledger_enter(fcinfo);
	question.level = PG_GETARG_CE_LEVEL(1);
	question.as_of = PG_GETARG_DATEADT(2);
	ce_require_day(question.as_of);
	if (!ce_store_person(PG_GETARG_INT64(0), &e.person))
		message = _("the person is not known here");
	else
	{
		ce_evaluate(&question, &e);
		if (e.outcome == CE_ELIGIBLE)
			message = _("eligible already, nothing has to be spread");
		else if (e.outcome != CE_NOT_ELIGIBLE && e.outcome != CE_PENDING)
			message = psprintf(_("the verdict is %s, which spreading does not change"),
							   _(ce_list_label(CE_LIST_OUTCOME, e.outcome)));
		else if (!make_plan(&question, &e, &plan))
			message = _("no spread of the surplus makes the person eligible (7.6e)");
	}
	if (message != NULL)
	{
		values[4] = CStringGetTextDatum(message);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		return (Datum) 0;
	}
	memset(nulls, false, sizeof(nulls));
	nulls[4] = true;
	for (int i = 0; i < plan.n; i++)
	{
		values[0] = Int32GetDatum(plan.p[i].from_year);
		values[1] = Int32GetDatum(plan.p[i].to_year);
		values[2] = ObjectIdGetDatum(ce_list_oid(CE_LIST_SUBJECT, plan.p[i].subject));
		values[3] = CeHoursGetDatum(plan.p[i].hours);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/*
 * ce_surplus(person_id bigint, study_year integer, subject ce_subject, as_of date)
 *	 returns ce_hours: what may still be spread, negative if too much was
 */
PG_FUNCTION_INFO_V1(ce_surplus_of_person);
Datum
ce_surplus_of_person(PG_FUNCTION_ARGS)
{
	CePerson	person;
	const CeCatchup *catchup;

	ce_ledger_enter(fcinfo);
	if (!ce_store_post(PG_GETARG_INT64(0), &person))
		PG_RETURN_NULL();
	catchup = ce_catchup_of(person.scheme, PG_GETARG_INT32(1),
							ce_list_value(CE_LIST_SUBJECT, PG_GETARG_OID(2)));
	if (catchup == NULL)
		PG_RETURN_NULL();
	PG_RETURN_CE_HOURS(ce_surplus_left_on(&person, catchup, PG_GETARG_DATEADT(3)));
}

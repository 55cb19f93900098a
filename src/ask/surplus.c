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

#include <limits.h>

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "nodes/pg_list.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "ask/surplus.h"
#include "record/credits.h"

#include "compat.h"

/* The credits studied at a source, and the allocations of a year, by a day. */
typedef struct YearReader
{
	int			year;
	bool		national_base;
	DateADT		day;
	CeCredit	studied;
	CeHours		given[CE_SUBJECT_PROFESSIONAL + 1];
} YearReader;

/*
 * The academy's kinds are fed; public hours in opening totals were the
 * academy's too (5.1).
 */
static bool
of_academy(Datum name)
{
	text	   *t = DatumGetTextPP(name);
	const CeKind *kind = ce_law_kind(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t));

	return kind != NULL && (kind->track == CE_TRACK_FEED || kind->track == CE_TRACK_OPENING);
}

static void
studied_row(const Datum *values, const bool *nulls, void *arg)
{
	YearReader *reader = arg;
	CeCredit	credit;

	if (DatumGetInt32(values[CE_COL_ACTIVITY_YEAR]) != reader->year ||
		!ce_verified_on(values, nulls, reader->day) ||
		!(reader->national_base ? DatumGetBool(values[CE_COL_ACTIVITY_NATIONAL_BASE]) :
		  of_academy(values[CE_COL_ACTIVITY_KIND])))
		return;
	ce_activity_credit(values, &credit);
	ce_credit_add(&reader->studied, &credit);
}

static void
given_row(const Datum *values, const bool *nulls, void *arg)
{
	YearReader *reader = arg;
	CeHours    *given =
		&reader->given[ce_list_value(CE_LIST_SUBJECT,
									 DatumGetObjectId(values[CE_COL_ALLOCATION_SUBJECT]))];

	if (DatumGetInt32(values[CE_COL_ALLOCATION_FROM_YEAR]) == reader->year &&
		ce_allocated_on(values, nulls, reader->day))
		*given = ce_hours_add(*given, DatumGetCeHours(values[CE_COL_ALLOCATION_HOURS]));
}

/*
 * Hours of a subject beyond its minimum, negative where they are fewer.  What
 * a waiver takes off the minimum is not required.
 */
static CeHours
beyond_minimum(const CeAssessment *a, CeSubject subject)
{
	return subject == CE_SUBJECT_PUBLIC ?
		ce_hours_subtract(a->public_hours, a->public_required) :
		ce_hours_subtract(a->professional_hours, a->professional_required);
}

/*
 * Hours of a subject beyond the year's own requirement (AMB-29): the minimum,
 * and the part of the total beyond both minima that the other subject's hours
 * do not fill.
 */
static CeHours
beyond_need(const CeAssessment *a, CeSubject subject, CeHours given_of_other)
{
	bool		of_public = subject == CE_SUBJECT_PUBLIC;
	CeHours		other = beyond_minimum(a, of_public ? CE_SUBJECT_PROFESSIONAL : CE_SUBJECT_PUBLIC);
	CeHours		rest = ce_hours_subtract(ce_hours_subtract(a->total_required,
														   a->public_required),
										 a->professional_required);
	CeHours		beyond;

	/* A subject that is deemed complete needs none of its hours. */
	if (of_public ? a->public_deemed : a->professional_deemed)
		beyond = of_public ? a->public_hours : a->professional_hours;
	else
		beyond = beyond_minimum(a, subject);
	if (a->public_deemed && a->professional_deemed)
		return beyond;
	other = Max(ce_hours_subtract(other, given_of_other), 0);
	return ce_hours_subtract(beyond, Max(ce_hours_subtract(rest, other), 0));
}

const CeCatchup *
ce_catchup_of_person(const CePerson *person, int study_year, CeSubject subject,
					 DateADT day)
{
	return ce_catchup_of(ce_scheme_in_year(person, study_year, day), study_year, subject);
}

const CeCatchup *
ce_next_catchup(const CePerson *person, const CeScheme *scheme, int target_year,
				CeSubject subject, int after, DateADT day)
{
	const CeCatchup *next = NULL;

	if (scheme != NULL || !person->moved)
		return ce_catchup_for(scheme != NULL ? scheme : person->scheme, target_year,
							  subject, after);
	/* Of each scheme those of the years that the person was under it. */
	for (int i = 0; i <= person->nformer; i++)
	{
		const CeScheme *of = i == person->nformer ? person->scheme : person->former[i].scheme;
		const CeCatchup *c = ce_catchup_for(of, target_year, subject, after);

		while (c != NULL && ce_scheme_in_year(person, c->study_year, day) != of)
			c = ce_catchup_for(of, target_year, subject, c->study_year);
		if (c != NULL && (next == NULL || c->study_year < next->study_year))
			next = c;
	}
	return next;
}

CeHours
ce_surplus_left_on(const CePerson *person, const CeCatchup *catchup, DateADT day)
{
	int			year = catchup->study_year;
	CeSubject	subject = catchup->subject;
	YearReader	reader = {.year = year,.national_base = catchup->national_base,.day = day};
	CePersonYears years;
	const CeYearLaw *law;
	CeCredit	own;
	CeAssessment a;
	CeHours		surplus;

	law = ce_year_law(ce_scheme_in_year(person, year, day), year);
	ce_read_allocations(person->person_id, given_row, &reader);
	if (law->requirement == NULL)
		return -reader.given[subject];
	ce_person_years_begin(&years, person, NULL, day, year, year);
	own = *ce_years_credits(&years);
	/*
	 * Own hours only: those allocated to the year are no surplus of its own.
	 */
	own.category[CE_CATEGORY_CARRIED_PUBLIC] = 0;
	own.category[CE_CATEGORY_CARRIED_PROFESSIONAL] = 0;
	ce_assess(law, &own, NULL, &a);
	surplus = beyond_need(&a, subject,
						  reader.given[subject == CE_SUBJECT_PUBLIC ? CE_SUBJECT_PROFESSIONAL : CE_SUBJECT_PUBLIC]);
	if (surplus <= 0)
		return -reader.given[subject];
	ce_read_activities(person->person_id, studied_row, &reader);
	ce_assess(law, &reader.studied, NULL, &a);
	surplus = Min(surplus,
				  subject == CE_SUBJECT_PUBLIC ? a.public_hours : a.professional_hours);
	return ce_hours_subtract(surplus, reader.given[subject]);
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
	DateADT		day = DatumGetDateADT(values[CE_COL_ALLOCATION_ALLOCATED_ON]);

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

	/* It can decrease only on days with allocations. */
	ce_read_allocations(person->person_id, allocation_day, &reader);
	foreach(lc, reader.days)
		least = Min(least, ce_surplus_left_on(person, catchup, lfirst_int(lc)));
	return least;
}

void
ce_check_spread(int64 person_id, int year, DateADT from_day, bool of_waiver)
{
	CePerson	person;

	ce_require_person(person_id, &person);
	for (int subject = CE_SUBJECT_PUBLIC; subject <= CE_SUBJECT_PROFESSIONAL; subject++)
	{
		const CeCatchup *catchup = ce_catchup_of_person(&person, year, subject, from_day);
		char		buf[CE_HOURS_TEXT_SIZE];
		CeHours		left;

		if (catchup == NULL)
			continue;
		left = ce_least_surplus(&person, catchup, from_day);
		if (left < 0)
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 of_waiver ?
					 errmsg("hours of person %lld have been allocated by reason of a waiver that is to be revoked",
							(long long) person_id) :
					 errmsg("hours of person %lld that are to be revoked have been allocated",
							(long long) person_id),
					 errdetail("Clause 7.6e: without them, %s more hours would be allocated from %d than its surplus.",
							   ce_hours_to_text(-left, buf), year),
					 errhint("First reverse the allocation with ce_reverse_allocation(), dated on or before the day of the revocation.")));
	}
}

CeHours
ce_shortfall(const CeScheme *scheme, int year, CeSubject subject,
			 const CeCredit *credit)
{
	const CeYearLaw *law;
	CeAssessment a;

	law = ce_year_law(scheme, year);
	if (law->requirement == NULL)
		return 0;
	ce_assess(law, credit, NULL, &a);
	if (subject == CE_SUBJECT_PROFESSIONAL)
		return a.professional_short;
	/* Public hours make up for their minimum and the rest of the total. */
	return Max(a.public_short, a.total_short - a.professional_short);
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

/* Hours already proposed from the same surplus. */
static CeHours
proposed(List *plan, int study_year, CeSubject subject)
{
	CeHours		sum = 0;
	ListCell   *lc;

	foreach(lc, plan)
	{
		const Proposal *p = lfirst(lc);

		if (p->from_year == study_year && p->subject == subject)
			sum = ce_hours_add(sum, p->hours);
	}
	return sum;
}

/*
 * Propose hours of a subject for a year, from the earliest study year that has
 * some left; returns how many are not to be had.
 */
static CeHours
propose(const CeQuestion *question, const CeEvaluation *e, int year,
		CeSubject subject, CeHours hours, List **plan)
{
	const CeCatchup *catchup = NULL;

	while (hours > 0)
	{
		Proposal   *p;
		CeHours		left;

		catchup = ce_next_catchup(&e->person, question->scheme, year, subject,
								  catchup == NULL ? INT_MIN : catchup->study_year,
								  question->as_of);
		if (catchup == NULL)
			return hours;
		/* Within the years of a sum it changes nothing. */
		if (e->window->aggregation == CE_SUM &&
			ce_in_years(e->years[0].year, e->years[e->nyears - 1].year, catchup->study_year))
			continue;
		left = ce_hours_subtract(ce_surplus_left_on(&e->person, catchup, question->as_of),
								 proposed(*plan, catchup->study_year, subject));
		if (left <= 0)
			continue;
		p = palloc(sizeof(Proposal));
		p->from_year = catchup->study_year;
		p->to_year = year;
		p->subject = subject;
		p->hours = Min(left, hours);
		*plan = lappend(*plan, p);
		hours -= p->hours;
	}
	return 0;
}

/* The hours that complete a year: the minima, then the rest of the total. */
static bool
propose_year(const CeQuestion *question, const CeEvaluation *e, const CeYear *y,
			 List **plan)
{
	CeHours		public_need = y->assessment.public_short;
	CeHours		professional_need = y->assessment.professional_short;

	if (y->law->requirement == NULL)
		return false;
	if (e->window->professional_only)
		public_need = 0;
	else
		public_need = Max(public_need,
						  y->assessment.total_short - professional_need);
	return y->assessment.minima_met &&
		propose(question, e, y->year, CE_SUBJECT_PROFESSIONAL, professional_need, plan) == 0 &&
		propose(question, e, y->year, CE_SUBJECT_PUBLIC, public_need, plan) == 0;
}

/*
 * The hours that complete a sum, for years that lack them: a year takes no
 * more than its own requirement (7.6e).
 */
static bool
propose_sum(const CeQuestion *question, const CeEvaluation *e, List **plan)
{
	CeSums		sums;
	CeHours		professional_need;
	CeHours		public_need;

	ce_sum_years(e->window, e->years, e->nyears, &sums);
	professional_need = ce_sum_missing(&sums.professional);
	public_need = Max(ce_sum_missing(&sums.public_hours),
					  ce_sum_missing(&sums.total) - professional_need);
	if (e->window->professional_only)
		public_need = 0;
	for (int node = 0; node < CE_NODES; node++)
		if (ce_sum_missing(&sums.minima[node]) > 0)
			return false;
	for (int i = 0; i < e->nyears; i++)
	{
		const CeAssessment *a = &e->years[i].assessment;
		CeHours		professional = Min(professional_need, a->professional_short);
		CeHours		public_hours = Min(public_need,
									   Max(a->public_short, a->total_short - professional));

		if (ce_floor_missing(e->window, &e->years[i]) > 0)
			return false;
		professional -= propose(question, e, e->years[i].year, CE_SUBJECT_PROFESSIONAL,
								professional, plan);
		public_hours -= propose(question, e, e->years[i].year, CE_SUBJECT_PUBLIC,
								Max(public_hours, 0), plan);
		professional_need -= professional;
		public_need -= Max(public_hours, 0);
	}
	return professional_need == 0 && public_need == 0;
}

static CeHours
total_of(List *plan)
{
	CeHours		sum = 0;
	ListCell   *lc;

	foreach(lc, plan)
		sum = ce_hours_add(sum, ((const Proposal *) lfirst(lc))->hours);
	return sum;
}

/* False: no allocation makes the person eligible. */
static bool
make_plan(const CeQuestion *question, const CeEvaluation *e, List **plan)
{
	bool		found = false;

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
	if (e->window->aggregation == CE_SUM)
		return propose_sum(question, e, plan);
	/* Any one year: the one that needs least. */
	for (int i = 0; i < e->nyears; i++)
	{
		List	   *single = NIL;

		if (propose_year(question, e, &e->years[i], &single) &&
			(!found || total_of(single) < total_of(*plan)))
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
	CeQuestion	question = {.route = CE_ROUTE_REVIEW};
	CeEvaluation e;
	List	   *plan = NIL;
	ListCell   *lc;
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
		else if (!make_plan(&question, &e, &plan))
			message = _("no allocation of the surplus makes the person eligible (7.6e)");
	}
	if (message != NULL)
	{
		values[4] = CStringGetTextDatum(message);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		return (Datum) 0;
	}
	memset(nulls, false, sizeof(nulls));
	nulls[4] = true;
	foreach(lc, plan)
	{
		const Proposal *p = lfirst(lc);

		values[0] = Int32GetDatum(p->from_year);
		values[1] = Int32GetDatum(p->to_year);
		values[2] = ObjectIdGetDatum(ce_list_oid(CE_LIST_SUBJECT, p->subject));
		values[3] = CeHoursGetDatum(p->hours);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/*
 * ce_surplus(person_id bigint, study_year integer, subject ce_subject, as_of date)
 *	 returns ce_hours: hours left to allocate, negative if too many were
 */
PG_FUNCTION_INFO_V1(ce_surplus_of_person);
Datum
ce_surplus_of_person(PG_FUNCTION_ARGS)
{
	CePerson	person;
	const CeCatchup *catchup;

	ce_ledger_enter(fcinfo);
	if (!ce_read_person_for_report(PG_GETARG_INT64(0), &person))
		PG_RETURN_NULL();
	catchup = ce_catchup_of_person(&person, PG_GETARG_INT32(1),
								   ce_list_value(CE_LIST_SUBJECT, PG_GETARG_OID(2)),
								   PG_GETARG_DATEADT(3));
	if (catchup == NULL)
		PG_RETURN_NULL();
	PG_RETURN_CE_HOURS(ce_surplus_left_on(&person, catchup, PG_GETARG_DATEADT(3)));
}

/*-------------------------------------------------------------------------
 *
 * remedies.c
 *	  What can still be done about a condition that is not met.
 *
 * Hours that wait for verification come first: they need not be studied or
 * allocated.  Of what is then missing each remedy names its hours.  Remedies
 * that suffice alone are told as alternatives.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "ask/allocation_plan.h"
#include "ask/attested.h"
#include "ask/remedies.h"
#include "law/cite.h"
#include "record/live_from.h"
#include "store/day.h"

#include "compat.h"

/* A remedy, and the hours that it can bring. */
typedef struct Remedy
{
	const char *text;
	CeHours		hours;
} Remedy;

#define MOST_REMEDIES 4

typedef struct Remedies
{
	const CeNeed *need;
	const CeCredit *credits;	/* of the evaluation's years, when all that waits is verified */
	CeHours		missing;		/* then */
	CeAllocationPlan plan;
	int			n;
	Remedy		list[MOST_REMEDIES];
} Remedies;

/* ---------------------------------------------------------------------
 * Measuring
 * ---------------------------------------------------------------------
 */

/* A year's minimum of a category. */
static CeSum
minimum_of_year(const CeYear *y, int node)
{
	CeSum		sum = {0, 0, false};

	for (int i = 0; i < y->law->nminima; i++)
	{
		if (y->law->minima[i]->node != node)
			continue;
		sum.required = y->law->minima[i]->hours;
		sum.got = y->assessment.minimum_hours[i];
		sum.deemed = y->assessment.minimum_short[i] == 0;
	}
	return sum;
}

/* Hours as studied: what is deemed complete has no more of them. */
static CeSum
sum_of_year(const CeNeed *need, const CeYear *y)
{
	const CeAssessment *a = &y->assessment;

	if (need->node >= 0)
		return minimum_of_year(y, need->node);
	if (need->is_floor)
		return (CeSum) {need->e->window->each_at_least, ce_all_hours(a),
			ce_floor_missing(need->e->window, y) == 0};
	switch (need->subject)
	{
		case CE_SUBJECT_PUBLIC:
			return (CeSum) {a->public_required, a->public_hours, a->public_deemed};
		case CE_SUBJECT_PROFESSIONAL:
			return (CeSum) {a->professional_required, a->professional_hours,
				a->professional_deemed};
		default:
			/* A deemed subject counts for the total with its minimum. */
			return (CeSum) {a->total_required,
				a->total_short == 0 ? ce_all_hours(a) : a->total_got,
				a->total_short == 0};
	}
}

CeSum
ce_need_sum(const CeNeed *need, const CeYear *years)
{
	CeSums		sums;

	if (need->is_floor || need->e->window->aggregation != CE_SUM)
		return sum_of_year(need, &years[need->first]);
	ce_sum_years(need->e->window, &years[need->first], need->n, &sums);
	return need->node >= 0 ? sums.minima[need->node] :
		need->subject == CE_SUBJECT_PUBLIC ? sums.public_hours :
		need->subject == CE_SUBJECT_PROFESSIONAL ? sums.professional : sums.total;
}

/* The same with other credits and attested hours, by the evaluation's years. */
static CeSum
sum_with(const CeNeed *need, const CeCredit *credits, const CeAttested *attested)
{
	const CeEvaluation *e = need->e;
	CeYear		years[CE_MAX_WINDOW_YEARS];

	for (int i = need->first; i < need->first + need->n; i++)
	{
		CeYear	   *y = &years[i];

		*y = e->years[i];
		if (credits != NULL)
			y->credit = &credits[i];
		if (attested != NULL)
			y->attested = &attested[i];
		ce_assess(y->law, y->credit, y->attested == NULL ? NULL : &y->attested->title,
				  &y->assessment);
	}
	return ce_need_sum(need, years);
}

/* ---------------------------------------------------------------------
 * The remedies
 * ---------------------------------------------------------------------
 */

static void
add_remedy(Remedies *r, const char *text, CeHours hours)
{
	Assert(r->n < MOST_REMEDIES);
	r->list[r->n].text = text;
	r->list[r->n++].hours = hours;
}

static void
join(StringInfo buf, const char *between, const char *text)
{
	appendStringInfo(buf, "%s%s", buf->len == 0 ? "" : between, text);
}

/* Hours waiting for verification (AMB-31); sets what else is missing. */
static void
by_verification(Remedies *r, StringInfo buf)
{
	const CeEvaluation *e = r->need->e;
	const CeCredit *credits = ce_years_with_waiting(e->read);
	CeSum		now = ce_need_sum(r->need, e->years);
	CeSum		with;

	r->missing = ce_sum_missing(&now);
	if (credits == NULL)
		return;
	r->credits = credits + (e->years[0].year - e->read->from_year);
	with = sum_with(r->need, r->credits, NULL);
	if (with.got > now.got)
		join(buf, _("; "), psprintf(_("%s hours wait for verification"),
									ce_hours_text(ce_hours_subtract(with.got, now.got))));
	else if (ce_sum_missing(&with) == 0)
		join(buf, _("; "), _("the hours that wait for verification would complete them"));
	r->missing = ce_sum_missing(&with);
}

/* The year of the question, if it is not over today; 0: it is. */
static int
current_year(const CeNeed *need)
{
	int			year = ce_year_of(need->question->as_of);

	return year >= ce_year_of(ce_today_date()) ? year : 0;
}

/*
 * Study in the year of the question, if it is one of those asked about.  Of a
 * subject that is deemed complete it would add nothing to what the subject has.
 */
static void
by_study(Remedies *r)
{
	const CeNeed *need = r->need;
	const CeYear *y = &need->e->years[need->first + need->n - 1];
	const CeAssessment *a = &y->assessment;
	bool		total = need->subject == CE_SUBJECT_BOTH && need->node < 0;
	const char *format = _("study %s more hours in %d");

	if (y->year != current_year(need))
		return;
	if (total && a->professional_deemed && a->professional_hours < a->professional_required)
		format = _("study %s more public hours in %d");
	else if (total && a->public_deemed && a->public_hours < a->public_required)
		format = _("study %s more professional hours in %d");
	add_remedy(r, psprintf(format, ce_hours_text(r->missing), y->year), r->missing);
}

/* Does the need ask for hours of the subject? */
static bool
asks_for(const CeNeed *need, CeSubject subject)
{
	return need->node < 0 && (need->subject == subject || need->subject == CE_SUBJECT_BOTH);
}

/* What the same years lack of professional hours. */
static CeHours
professional_missing(const Remedies *r)
{
	CeNeed		professional = *r->need;
	CeSum		sum;

	professional.subject = CE_SUBJECT_PROFESSIONAL;
	professional.is_floor = false;
	sum = ce_need_sum(&professional, r->plan.years);
	return ce_sum_missing(&sum);
}

/* Propose up to so many hours of a subject for the need's years. */
static CeHours
propose(Remedies *r, CeSubject subject, CeHours hours)
{
	const CeNeed *need = r->need;
	CeHours		proposed = 0;

	for (int i = need->first; i < need->first + need->n && asks_for(need, subject); i++)
		proposed += ce_plan_propose(&r->plan, i, subject, hours - proposed);
	return proposed;
}

/* The proposals from a year by one permission, as one remedy. */
static void
tell_surplus(const Remedies *r, int at, StringInfo buf)
{
	const List *proposed = r->plan.proposed;
	const CeCarried *first = list_nth(proposed, at);
	CeHours		hours = 0;
	int			n = 0;

	foreach_ptr(const CeCarried, p, proposed)
	{
		if (p->from_year == first->from_year && p->citation == first->citation)
		{
			/* told with an earlier one */
			if (n < at)
				return;
			hours = ce_hours_add(hours, p->hours);
		}
		n++;
	}
	join(buf, _("; "), first->citation == NULL ?
		 psprintf(_("%s hours can be allocated from the surplus of %d, as a waiver allows"),
				  ce_hours_text(hours), first->from_year) :
		 psprintf(_("%s hours can be allocated from the surplus of %d (%s)"),
				  ce_hours_text(hours), first->from_year, ce_cite(first->citation, r->need->e->scheme)));
}

/*
 * Surplus of other years (7.6e).  What the total lacks beyond the minima, public
 * hours make up, or professional ones where they have no minimum (10.8).
 */
static void
by_surplus(Remedies *r)
{
	bool		total = r->need->subject == CE_SUBJECT_BOTH;
	CeHours		left = r->missing;
	StringInfoData buf;

	left -= propose(r, CE_SUBJECT_PROFESSIONAL, total ? Min(left, professional_missing(r)) : left);
	left -= propose(r, CE_SUBJECT_PUBLIC, left);
	left -= propose(r, CE_SUBJECT_PROFESSIONAL, left);
	if (left == r->missing)
		return;
	initStringInfo(&buf);
	for (int at = 0; at < list_length(r->plan.proposed); at++)
		tell_surplus(r, at, &buf);
	add_remedy(r, buf.data, r->missing - left);
}

/* Hours beyond its own need that the year of the question may yet give to one. */
static bool
study_for(Remedies *r, int i, CeSubject subject, CeHours missing)
{
	const CeQuestion *question = r->need->question;
	const CePerson *person = &r->need->e->person;
	int			from_year = current_year(r->need);
	int			to_year = r->need->e->years[i].year;
	CeCarryLeft left;
	CeHours		hours;

	if (!asks_for(r->need, subject) || !ce_plan_may_give(&r->plan, from_year, subject) ||
		!list_member_int(ce_carry_sources(person, question->scheme, to_year, subject,
										  question->as_of), from_year) ||
		!ce_carry_left(person, question->scheme, from_year, to_year, subject,
					   question->as_of, r->plan.proposed, &left))
		return false;
	hours = Min(Min(missing, left.most), ce_plan_room(&r->plan, i, subject));
	if (hours <= 0)
		return false;
	add_remedy(r, left.citation == NULL ?
			   psprintf(_("study %s hours in %d beyond what it requires, and have them allocated as a waiver allows"),
						ce_hours_text(hours), from_year) :
			   psprintf(_("study %s hours in %d beyond what it requires, and have them allocated (%s)"),
						ce_hours_text(hours), from_year, ce_cite(left.citation, r->need->e->scheme)), hours);
	return true;
}

/* Study in this year for an earlier one (7.6, AMB-35), after what is surplus already. */
static void
by_study_for(Remedies *r)
{
	const CeNeed *need = r->need;
	CeHours		missing = r->missing;

	foreach_ptr(const CeCarried, p, r->plan.proposed)
		missing -= p->hours;
	for (int i = need->first; i < need->first + need->n && current_year(need) != 0; i++)
		if (study_for(r, i, CE_SUBJECT_PROFESSIONAL, missing) ||
			study_for(r, i, CE_SUBJECT_PUBLIC, missing))
			return;
}

/* Achievements that the employer has not attested yet (7.3c). */
static void
by_attestation(Remedies *r)
{
	const CeNeed *need = r->need;
	const CeEvaluation *e = need->e;
	CeAttested	with[CE_MAX_WINDOW_YEARS];
	CeSum		now;
	CeSum		then;
	CeHours		missing;
	bool		award = false;

	if (!ce_attested(&e->person, e->scheme, need->question->as_of, e->years[0].year,
					 e->years[e->nyears - 1].year, e->read->specialty, true, with))
		return;
	now = sum_with(need, r->credits, NULL);
	then = sum_with(need, r->credits, with);
	missing = ce_sum_missing(&then);
	for (int i = need->first; i < need->first + need->n; i++)
		if (with[i].title.deems_professional > 0 &&
			!(e->years[i].attested != NULL &&
			  e->years[i].attested->title.deems_professional > 0))
			award = true;
	if (award && missing == 0)
		add_remedy(r, _("an award that the employer has not attested yet would complete them"),
				   r->missing);
	else if (award && missing < r->missing)
		add_remedy(r, psprintf(_("an award that the employer has not attested yet would count for %s hours"),
							   ce_hours_text(r->missing - missing)), r->missing - missing);
	else if (then.got > now.got)
		add_remedy(r, psprintf(_("the employer has not attested %s hours of achievements yet"),
							   ce_hours_text(ce_hours_subtract(then.got, now.got))),
				   ce_hours_subtract(then.got, now.got));
}

/* A past year can only get what was done in it. */
static char *
by_late_entry(const CeNeed *need)
{
	int			year = need->e->years[need->first + need->n - 1].year;
	DateADT		live_from;

	if (ce_live_from(&live_from) && year < ce_year_of(live_from))
		return psprintf(_("%d is over: enter what was verified of that year before the ledger went live, if the ledger lacks it"),
						year);
	return psprintf(_("%d is over: enter study of that year that the ledger lacks, if there is any"),
					year);
}

char *
ce_remedies(const CeNeed *need)
{
	Remedies	r = {.need = need};
	StringInfoData buf;
	StringInfoData rest;
	bool		alternatives = false;

	initStringInfo(&buf);
	initStringInfo(&rest);
	by_verification(&r, &buf);
	if (r.missing == 0)
		return buf.data;
	by_study(&r);
	ce_plan_begin(&r.plan, need->question, need->e);
	by_surplus(&r);
	by_study_for(&r);
	by_attestation(&r);
	for (int i = 0; i < r.n; i++)
	{
		if (r.list[i].hours < r.missing)
			continue;
		alternatives = true;
		join(&rest, _(", or "), r.list[i].text);
	}
	for (int i = 0; i < r.n && !alternatives; i++)
		join(&rest, _("; "), r.list[i].text);
	if (!alternatives)
		join(&rest, _("; "), by_late_entry(need));
	join(&buf, _("; "), rest.data);
	return buf.data;
}

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

#include "ask/attested.h"
#include "ask/remedies.h"
#include "ask/surplus.h"
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
	CeHours		missing;		/* when all that waits is verified */
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
	with = sum_with(r->need, credits + (e->years[0].year - e->read->from_year), NULL);
	if (with.got > now.got)
		join(buf, _("; "), psprintf(_("%s hours wait for verification"),
									ce_hours_text(ce_hours_subtract(with.got, now.got))));
	else if (ce_sum_missing(&with) == 0)
		join(buf, _("; "), _("the hours that wait for verification would complete them"));
	r->missing = ce_sum_missing(&with);
}

/*
 * Study in the year of the question, if it is one of those asked about, and
 * not over today.
 */
static void
by_study(Remedies *r)
{
	const CeNeed *need = r->need;
	int			year = ce_year_of(need->question->as_of);

	if (need->e->years[need->first + need->n - 1].year == year &&
		year >= ce_year_of(ce_today_date()))
		add_remedy(r, psprintf(_("study %s more hours in %d"),
							   ce_hours_text(r->missing), year), r->missing);
}

/* Surplus of a subject of other years, the earliest first; returns its hours. */
static CeHours
surplus_of(const CeNeed *need, CeSubject of, CeHours missing, StringInfo buf)
{
	const CeEvaluation *e = need->e;
	int			first = e->years[need->first].year;
	int			last = first + need->n - 1;
	int			after = 0;
	CeHours		sum = 0;

	while (sum < missing)
	{
		int			next = 0;
		int			to = 0;
		CeHours		left;
		const CeCitation *citation;

		for (int year = first; year <= last; year++)
		{
			int			from = ce_carry_from(&e->person, need->question->scheme, year, of,
											 need->question->as_of, after);

			if (from != 0 && (next == 0 || from < next))
			{
				next = from;
				to = year;
			}
		}
		if (next == 0)
			break;
		after = next;
		/* Within the years of a sum it changes nothing. */
		if (ce_in_years(first, last, next) ||
			!ce_carry_left(&e->person, need->question->scheme, next, to, of, need->question->as_of, 0,
						   &left, &citation))
			continue;
		left = Min(left, missing - sum);
		if (left <= 0)
			continue;
		sum = ce_hours_add(sum, left);
		join(buf, _("; "), citation == NULL ?
			 psprintf(_("%s hours can be allocated from the surplus of %d, as a waiver allows"),
					  ce_hours_text(left), next) :
			 psprintf(_("%s hours can be allocated from the surplus of %d (%s)"),
					  ce_hours_text(left), next, ce_cite(citation, e->scheme)));
	}
	return sum;
}

/* May professional hours make up for what the total lacks? */
static bool
no_professional_minimum(const CeNeed *need)
{
	for (int i = need->first; i < need->first + need->n; i++)
	{
		const CeRequirement *requirement = need->e->years[i].law->requirement;

		if (requirement == NULL || requirement->has_professional)
			return false;
	}
	return true;
}

/* What the same years lack of professional hours. */
static CeHours
professional_missing(const CeNeed *need)
{
	CeNeed		professional = *need;
	CeSum		sum;

	professional.subject = CE_SUBJECT_PROFESSIONAL;
	sum = ce_need_sum(&professional, need->e->years);
	return ce_sum_missing(&sum);
}

/* Surplus of other years (7.6e). */
static void
by_surplus(Remedies *r)
{
	const CeNeed *need = r->need;
	bool		total = need->subject == CE_SUBJECT_BOTH;
	CeHours		sum;
	StringInfoData buf;

	if (need->e->window->same_specialty || need->node >= 0)
		return;
	initStringInfo(&buf);
	if (!total)
		sum = surplus_of(need, need->subject, r->missing, &buf);
	else if (no_professional_minimum(need))
	{
		sum = surplus_of(need, CE_SUBJECT_PUBLIC, r->missing, &buf);
		sum = ce_hours_add(sum, surplus_of(need, CE_SUBJECT_PROFESSIONAL, r->missing - sum, &buf));
	}
	else
	{
		/* What the total lacks beyond the minima, public hours make up (10.8). */
		sum = surplus_of(need, CE_SUBJECT_PROFESSIONAL,
						 Min(r->missing, professional_missing(need)), &buf);
		sum = ce_hours_add(sum, surplus_of(need, CE_SUBJECT_PUBLIC, r->missing - sum, &buf));
	}
	if (sum > 0)
		add_remedy(r, buf.data, sum);
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
	bool		award = false;

	if (!ce_attested(&e->person, e->scheme, need->question->as_of, e->years[0].year,
					 e->years[e->nyears - 1].year, e->read->specialty, true, with))
		return;
	now = ce_need_sum(need, e->years);
	then = sum_with(need, NULL, with);
	for (int i = need->first; i < need->first + need->n; i++)
		if (with[i].title.deems_professional > 0 &&
			!(e->years[i].attested != NULL &&
			  e->years[i].attested->title.deems_professional > 0))
			award = true;
	if (award && need->subject != CE_SUBJECT_PUBLIC)
		add_remedy(r, _("an award that the employer has not attested yet would complete them"),
				   r->missing);
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
	by_surplus(&r);
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

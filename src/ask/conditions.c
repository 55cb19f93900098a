/*-------------------------------------------------------------------------
 *
 * conditions.c
 *	  The conditions of a verdict, one by one, with their remedies.
 *
 * All of it is derived from the verdict's own evaluation, so that a person is
 * eligible if and only if every condition is met.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "mb/pg_wchar.h"

#include "ask/attested.h"
#include "ask/need_words.h"
#include "ask/remedies.h"
#include "ask/waived.h"
#include "law/categories.h"
#include "law/cite.h"
#include "store/day_text.h"

#include "compat.h"

/* The evaluation whose conditions are reported, and who receives them. */
typedef struct Telling
{
	const CeQuestion *question;
	const CeEvaluation *e;
	CeConditionCallback callback;
	void	   *arg;
} Telling;

static void
tell(const Telling *x, const CeCitation *citation, const char *name, bool ok,
	 const char *message, const char *cure)
{
	CeCondition	condition = {.citation = citation,.name = name,.ok = ok,
	.message = message,.cure = ok ? NULL : cure};

	x->callback(&condition, x->arg);
}

/*
 * A reading without the numbers before it, "AMB-7, AMB-8: ", which documents
 * cite and a clerk does not know.  In Chinese the marks are other characters.
 */
static const char *
without_numbers(const char *reading)
{
	const char *p = reading;

	while (strncmp(p, "AMB-", 4) == 0)
	{
		size_t		digits = strspn(p + 4, "0123456789");

		p += 4 + digits;
		if (digits == 0 || (*p != ',' && *p != ':' && !IS_HIGHBIT_SET(*p)))
			return reading;
		p += pg_mblen(p);
		p += strspn(p, " ");
	}
	return *p == '\0' ? reading : p;
}

/*
 * The row's interpretation, appended to its citation; those of the law that
 * ce_setup() inserts are translated.
 */
static const char *
with_reading(const char *message, const CeCitation *citation)
{
	return citation->interpretation == NULL ? message :
		psprintf(_("%s (%s)"), message,
				 without_numbers(ce_translate(citation->interpretation)));
}

/* A condition on hours, of one year or of years together. */
static void
tell_need(const Telling *x, const CeNeed *need, const CeCitation *citation,
		  const char *name)
{
	bool		is_sum = x->e->window->aggregation == CE_SUM && !need->is_floor;
	CeSum		sum = ce_need_sum(need, x->e->years);
	CeCondition	c = {.citation = citation,.name = name,.has_hours = true};

	c.year = is_sum ? 0 : x->e->years[need->first].year;
	c.required = sum.required;
	c.got = sum.got;
	c.missing = ce_sum_missing(&sum);
	c.ok = c.missing == 0;
	c.message = ce_need_sentence(need, &c, is_sum);
	if (!c.ok)
		c.cure = ce_remedies(need);
	x->callback(&c, x->arg);
}

/* A cap on one of a credit's categories or on one above it; NULL: none. */
static const CeCap *
cap_on(const CeYearLaw *law, const CeCredit *credit)
{
	for (int category = 0; category < CE_CATEGORIES; category++)
	{
		if (credit->category[category] == 0)
			continue;
		for (int node = category; node >= 0; node = law->tree->parent[node])
			if (law->caps[node] != NULL)
				return law->caps[node];
	}
	return NULL;
}

static void
tell_attested(const Telling *x, const CeYear *y)
{
	const CeAttested *attested = y->attested;
	CeHours		counted = y->assessment.attested_hours;
	CeCondition	c = {.year = y->year,.name = "attested",.ok = true};
	const CeCap *cap;
	CeHours		hours;

	if (attested == NULL || attested->citation == NULL)
		return;
	cap = cap_on(y->law, &attested->title);
	hours = ce_attested_hours(attested);
	c.citation = attested->citation;
	if (attested->title.deems_professional > 0)
		c.message = psprintf(_("%d: an award in the present post completes the professional hours"),
							 y->year);
	else
	{
		c.has_hours = true;
		c.required = hours;
		c.got = counted;
		c.message = cap != NULL && counted < hours ?
			psprintf(_("%d: includes %s of %s attested hours, the most that %s recognises"),
					 y->year, ce_hours_text(counted), ce_hours_text(hours),
					 ce_cite(&cap->citation, x->e->scheme)) :
			psprintf(_("%d: includes %s attested hours"), y->year, ce_hours_text(hours));
	}
	c.message = with_reading(c.message, attested->citation);
	x->callback(&c, x->arg);
}

static void
tell_no_requirement(const Telling *x, const CeYear *y)
{
	CeCondition	c = {.citation = &y->law->scheme->citation,.year = y->year,.name = "requirement",
		.message = psprintf(_("the law has no requirement for %d"), y->year),
	.cure = _("have the year's notice entered into the law of this ledger")};

	x->callback(&c, x->arg);
}

/* The conditions on the subjects that have a minimum, and on all hours. */
static void
tell_subjects(const Telling *x, CeNeed *need, bool has_public, bool has_professional,
			  const CeCitation *citation, bool is_sum)
{
	bool		all = !x->e->window->professional_only;

	for (int subject = CE_SUBJECT_PUBLIC; subject <= CE_SUBJECT_BOTH; subject++)
	{
		need->subject = subject;
		if (subject == CE_SUBJECT_PROFESSIONAL ? has_professional :
			all && (subject == CE_SUBJECT_BOTH || has_public))
			tell_need(x, need, citation, ce_subject_condition(subject, is_sum));
	}
}

static void
tell_year(const Telling *x, int i)
{
	const CeYear *y = &x->e->years[i];
	const CeRequirement *r = y->law->requirement;
	CeNeed		need = {.question = x->question,.e = x->e,.first = i,.n = 1,.node = -1};

	if (r == NULL)
	{
		tell_no_requirement(x, y);
		return;
	}
	tell_attested(x, y);
	tell_subjects(x, &need, r->has_public, r->has_professional, &r->citation, false);
	for (int m = 0; m < y->law->nminima && !x->e->window->professional_only; m++)
	{
		need.node = y->law->minima[m]->node;
		tell_need(x, &need, &y->law->minima[m]->citation, "minimum");
	}
}

/* Years whose hours are added up: each sum is one condition. */
static void
tell_sums(const Telling *x)
{
	const CeEvaluation *e = x->e;
	const CeCitation *citation = &e->window->citation;
	CeNeed		need = {.question = x->question,.e = e,.n = e->nyears,.node = -1};
	CeSums		sums;

	ce_sum_years(e->window, e->years, e->nyears, &sums);
	for (int i = 0; i < e->nyears && !e->window->has_sums; i++)
		if (e->years[i].law->requirement == NULL)
			tell_no_requirement(x, &e->years[i]);
	if (!sums.known)
		return;
	for (int i = 0; i < e->nyears; i++)
		tell_attested(x, &e->years[i]);
	tell_subjects(x, &need, sums.public_hours.required > 0, sums.professional.required > 0,
				  citation, true);
	if (e->window->professional_only)
		return;
	for (int node = 0; node < CE_NODES; node++)
	{
		need.node = node;
		if (sums.minima[node].required > 0)
			tell_need(x, &need, citation, "sum_minimum");
	}
	need = (CeNeed) {.question = x->question,.e = e,.n = 1,.node = -1,.is_floor = true,.subject = CE_SUBJECT_BOTH};
	for (need.first = 0; need.first < e->nyears && e->window->each_at_least > 0; need.first++)
		tell_need(x, &need, citation, "each_at_least");
}

/* Years of somebody who moved that another scheme judges. */
static void
tell_former(const Telling *x)
{
	const CeEvaluation *e = x->e;

	for (int i = 0; i < e->nyears && e->window->judge == NULL; i++)
	{
		const CeScheme *scheme = e->years[i].law->scheme;
		CeCondition	c = {.citation = &scheme->citation,.year = e->years[i].year,.name = "scheme",.ok = true};

		if (scheme == e->scheme)
			continue;
		c.message = psprintf(_("%d: judged by scheme \"%s\", which the person was under at the end of it"),
							 c.year, ce_label(&scheme->label, scheme->name));
		x->callback(&c, x->arg);
	}
}

/*
 * Hours that need not be studied, by whose decision (AMB-35); the clause is
 * the one that asks for them.
 */
static void
tell_waivers(const Telling *x)
{
	for (int i = 0; i < x->e->nyears; i++)
	{
		const CeYear *y = &x->e->years[i];
		const CeCitation *citation = y->law->requirement != NULL ?
			&y->law->requirement->citation : &y->law->scheme->citation;
		CeCondition	c = {.citation = citation,.year = y->year,.name = "waiver",.ok = true};

		foreach_ptr(const char, sentence, ce_waiver_sentences(x->e->person.person_id, c.year,
															   x->question->as_of))
		{
			c.message = sentence;
			x->callback(&c, x->arg);
		}
	}
}

/* If one of the years suffices and meets it, only that one is reported. */
static void
tell_years(const Telling *x)
{
	const CeEvaluation *e = x->e;

	tell_former(x);
	tell_waivers(x);
	if (e->window->aggregation == CE_SUM)
	{
		tell_sums(x);
		return;
	}
	if (e->window->aggregation == CE_ANY && e->outcome == CE_OUTCOME_ELIGIBLE)
	{
		for (int i = e->nyears - 1; i >= 0; i--)
		{
			if (ce_year_met(e->window, &e->years[i]))
			{
				tell_year(x, i);
				return;
			}
		}
	}
	for (int i = 0; i < e->nyears; i++)
		tell_year(x, i);
}

static const char *
window_message(const CeEvaluation *e, const CeQuestion *question)
{
	const CeWindow *w = e->window;
	int			last = e->years[e->nyears - 1].year;
	int			first = e->years[0].year;
	const char *format = w->aggregation == CE_EACH ?
		_("%s by %s: each of the years %d to %d must meet its requirement") :
		w->aggregation == CE_ANY ?
		_("%s by %s: one of the years %d to %d must meet its requirement") :
		w->has_sums ?
		_("%s by %s: the years %d to %d together must reach what the title requires") :
		_("%s by %s: the years %d to %d together must meet their requirements");

	const char *level = _(ce_level_label(e->level));
	const char *route = _(ce_list_label(CE_LIST_ROUTE, question->route));

	return with_reading(first < last ? psprintf(format, level, route, first, last) :
						psprintf(w->has_sums ?
								 _("%s by %s: the year %d must reach what the title requires") :
								 _("%s by %s: the year %d must meet its requirement"),
								 level, route, first), &w->citation);
}

void
ce_tell_conditions(const CeQuestion *question, const CeEvaluation *e,
				   CeConditionCallback callback, void *arg)
{
	const Telling telling = {question, e, callback, arg};
	const Telling *x = &telling;
	bool		banned = e->outcome == CE_OUTCOME_BANNED;
	const CeBan *ban = &e->read->ban;
	static const CeCitation whom = {.clause = "2.1"};

	if (e->outcome == CE_OUTCOME_UNKNOWN_PERSON)
	{
		tell(x, &whom, "person", false, _("the ledger has no such person"),
			 _("have the person entered in this ledger"));
		return;
	}
	tell(x, &e->scheme->citation, "scope", e->scheme->governed,
		 with_reading(psprintf(e->scheme->governed ? _("the rules of this ledger apply to scheme \"%s\"") :
							   _("other rules apply to scheme \"%s\""),
							   ce_label(&e->scheme->label, e->scheme->name)), &e->scheme->citation),
		 _("ask the body whose rules apply, or have the person's scheme corrected"));
	if (e->outcome == CE_OUTCOME_OUT_OF_SCOPE)
		return;
	if (e->scheme->ban_years >= 0)
		tell(x, &e->scheme->ban_citation, "ban", !banned,
			 banned ? with_reading(psprintf(_("barred from applying from %s through %s"),
											ce_date_text(ban->from), ce_date_text(ban->until)),
								   &e->scheme->ban_citation) :
			 _("no ban is in force"),
			 banned ? psprintf(_("apply on or after %s"), ce_date_text(ban->until + 1)) : NULL);
	if (banned)
		return;
	if (e->window == NULL)
	{
		tell(x, &e->scheme->citation, "window", false,
			 psprintf(_("the law has no rule for %s by %s"), _(ce_level_label(e->level)),
					  _(ce_list_label(CE_LIST_ROUTE, x->question->route))),
			 _("apply by another route, or have the rule entered into the law of this ledger"));
		return;
	}
	if (e->nyears == 0 && e->outcome == CE_OUTCOME_ELIGIBLE)
	{
		tell(x, &e->window->citation, "window", true,
			 with_reading(psprintf(_("%s by %s: the years after that of the present title count, and there is none yet"),
								   _(ce_level_label(e->level)),
								   _(ce_list_label(CE_LIST_ROUTE, x->question->route))),
						  &e->window->citation), NULL);
		return;
	}
	if (e->nyears == 0)
	{
		tell(x, &e->window->citation, "tenure", false,
			 with_reading(_("the years since the present title count, and the ledger does not say since when it is held"),
						  &e->window->citation),
			 _("enter the title held and since when"));
		return;
	}
	tell(x, &e->window->citation, "window", true,
		 window_message(e, x->question), NULL);
	if (e->window->same_specialty && x->question->specialty == NULL &&
		e->outcome != CE_OUTCOME_ELIGIBLE)
		tell(x, &e->window->citation, "specialty", false,
			 _("no target specialty was given, so no hours match"),
			 _("give the specialty applied for"));
	tell_years(x);
}

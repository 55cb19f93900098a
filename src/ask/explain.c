/*-------------------------------------------------------------------------
 *
 * explain.c
 *	  The conditions of a verdict, one by one, with their remedies.
 *
 * All of it is derived from the verdict's own evaluation, so that a person is
 * eligible if and only if every condition is met.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/tuplestore.h"

#include "ask/attested.h"
#include "ask/explain.h"
#include "ask/remedies.h"
#include "ask/waived.h"
#include "law/categories.h"
#include "store/trigger_row.h"

#include "compat.h"

typedef struct Condition
{
	const char *clause;
	int			year;			/* 0: not about a single year */
	const char *name;
	bool		has_hours;
	CeHours		required;
	CeHours		got;
	CeHours		missing;
	bool		ok;
	const char *message;
	const char *cure;			/* NULL where met */
} Condition;

typedef void (*ConditionCallback) (const Condition *condition, void *arg);

/* The data of an explanation. */
typedef struct Explanation
{
	const CeQuestion *question;
	const CeEvaluation *e;
	ConditionCallback callback;
	void	   *arg;
} Explanation;

static char *
hours_text(CeHours hours)
{
	return ce_hours_to_text(hours, palloc(CE_HOURS_TEXT_SIZE));
}

static void
tell(const Explanation *x, const char *clause, const char *name, bool ok,
	 const char *message, const char *cure)
{
	Condition	condition = {.clause = clause,.name = name,.ok = ok,
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

/* ---------------------------------------------------------------------
 * Conditions
 * ---------------------------------------------------------------------
 */

/* A sentence for what is met and one for what is short. */
typedef struct Sentences
{
	const char *name;			/* of the condition */
	const char *met;
	const char *missing;
} Sentences;

/* By subject, CE_SUBJECT_BOTH being all hours. */
static const Sentences of_year[] = {
	[CE_SUBJECT_PUBLIC] = {"public", gettext_noop("%d: %s of %s public hours"),
	gettext_noop("needs %s more public hours in %d: %s of %s")},
	[CE_SUBJECT_PROFESSIONAL] = {"professional", gettext_noop("%d: %s of %s professional hours"),
	gettext_noop("needs %s more professional hours in %d: %s of %s")},
	[CE_SUBJECT_BOTH] = {"total", gettext_noop("%d: %s of %s hours in all"),
	gettext_noop("needs %s more hours in all in %d: %s of %s")}
};

static const Sentences of_years[] = {
	[CE_SUBJECT_PUBLIC] = {"sum_public", gettext_noop("%d to %d together: %s of %s public hours"),
	gettext_noop("needs %s more public hours in %d to %d together: %s of %s")},
	[CE_SUBJECT_PROFESSIONAL] = {"sum_professional", gettext_noop("%d to %d together: %s of %s professional hours"),
	gettext_noop("needs %s more professional hours in %d to %d together: %s of %s")},
	[CE_SUBJECT_BOTH] = {"sum", gettext_noop("%d to %d together: %s of %s hours in all"),
	gettext_noop("needs %s more hours in all in %d to %d together: %s of %s")}
};

/* What is complete without the hours. */
static char *
deemed_sentence(const CeNeed *need, const Condition *c)
{
	return psprintf(need->node >= 0 || need->is_floor || need->subject == CE_SUBJECT_BOTH ?
					_("%d: deemed complete, with %s of %s hours") :
					need->subject == CE_SUBJECT_PUBLIC ?
					_("%d: the public hours are deemed complete, with %s of %s") :
					_("%d: the professional hours are deemed complete, with %s of %s"),
					c->year, hours_text(c->got), hours_text(c->required));
}

static char *
year_sentence(const CeNeed *need, const Condition *c)
{
	const char *category;

	if (c->ok && c->got < c->required)
		return deemed_sentence(need, c);

	if (need->node >= 0)
	{
		category = ce_category_label(need->e->scheme->tree, need->node);
		return c->ok ? psprintf(_("%d: %s of %s hours of \"%s\""), c->year,
								hours_text(c->got), hours_text(c->required), category) :
			psprintf(_("needs %s more hours of \"%s\" in %d: %s of %s"), hours_text(c->missing),
					 category, c->year, hours_text(c->got), hours_text(c->required));
	}
	if (need->is_floor)
		return c->ok ? psprintf(_("%d: %s of the %s hours that each year must have"), c->year,
								hours_text(c->got), hours_text(c->required)) :
			psprintf(_("needs %s more hours in %d, of which each year must have %s: %s are there"),
					 hours_text(c->missing), c->year, hours_text(c->required), hours_text(c->got));
	return c->ok ? psprintf(_(of_year[need->subject].met), c->year, hours_text(c->got),
							hours_text(c->required)) :
		psprintf(_(of_year[need->subject].missing), hours_text(c->missing), c->year,
				 hours_text(c->got), hours_text(c->required));
}

static char *
sum_sentence(const CeNeed *need, const Condition *c)
{
	int			first = need->e->years[need->first].year;
	int			last = first + need->n - 1;
	const char *category;

	if (need->node >= 0)
	{
		category = ce_category_label(need->e->scheme->tree, need->node);
		return c->ok ? psprintf(_("%d to %d together: %s of %s hours of \"%s\""), first, last,
								hours_text(c->got), hours_text(c->required), category) :
			psprintf(_("needs %s more hours of \"%s\" in %d to %d together: %s of %s"),
					 hours_text(c->missing), category, first, last, hours_text(c->got),
					 hours_text(c->required));
	}
	return c->ok ? psprintf(_(of_years[need->subject].met), first, last, hours_text(c->got),
							hours_text(c->required)) :
		psprintf(_(of_years[need->subject].missing), hours_text(c->missing), first, last,
				 hours_text(c->got), hours_text(c->required));
}

/* A condition on hours, of one year or of years together. */
static void
tell_need(const Explanation *x, const CeNeed *need, const CeCitation *citation,
		  const char *name)
{
	bool		is_sum = x->e->window->aggregation == CE_SUM && !need->is_floor;
	CeSum		sum = ce_need_sum(need, x->e->years);
	Condition	c = {.clause = citation->clause,.name = name,.has_hours = true};

	c.year = is_sum ? 0 : x->e->years[need->first].year;
	c.required = sum.required;
	c.got = sum.got;
	c.missing = ce_sum_missing(&sum);
	c.ok = c.missing == 0;
	c.message = is_sum ? sum_sentence(need, &c) : year_sentence(need, &c);
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
tell_attested(const Explanation *x, const CeYear *y)
{
	const CeAttested *attested = y->attested;
	CeHours		counted = y->assessment.attested_hours;
	Condition	c = {.year = y->year,.name = "attested",.ok = true};
	const CeCap *cap;
	CeHours		hours;

	if (attested == NULL || attested->citation == NULL)
		return;
	cap = cap_on(y->law, &attested->title);
	hours = ce_attested_hours(attested);
	c.clause = attested->citation->clause;
	if (attested->title.deems_professional > 0)
		c.message = psprintf(_("%d: an award in the present post completes the professional hours"),
							 y->year);
	else
	{
		c.has_hours = true;
		c.required = hours;
		c.got = counted;
		c.message = cap != NULL && counted < hours ?
			psprintf(_("%d: includes %s of %s attested hours, the most that clause %s recognises"),
					 y->year, hours_text(counted), hours_text(hours),
					 ce_clause(cap->citation.clause)) :
			psprintf(_("%d: includes %s attested hours"), y->year, hours_text(hours));
	}
	c.message = with_reading(c.message, attested->citation);
	x->callback(&c, x->arg);
}

static void
tell_no_requirement(const Explanation *x, const CeYear *y)
{
	Condition	c = {.clause = y->law->scheme->citation.clause,.year = y->year,.name = "requirement",
		.message = psprintf(_("the law has no requirement for %d"), y->year),
	.cure = _("have the year's notice entered into the law of this ledger")};

	x->callback(&c, x->arg);
}

static void
tell_year(const Explanation *x, int i)
{
	const CeYear *y = &x->e->years[i];
	const CeRequirement *r = y->law->requirement;
	bool		professional_only = x->e->window->professional_only;
	CeNeed		need = {.question = x->question,.e = x->e,.first = i,.n = 1,.node = -1};

	if (r == NULL)
	{
		tell_no_requirement(x, y);
		return;
	}
	tell_attested(x, y);
	for (int subject = CE_SUBJECT_PUBLIC; subject <= CE_SUBJECT_BOTH; subject++)
	{
		need.subject = subject;
		if (subject == CE_SUBJECT_PROFESSIONAL ? r->has_professional :
			!professional_only && (subject == CE_SUBJECT_BOTH || r->has_public))
			tell_need(x, &need, &r->citation, of_year[subject].name);
	}
	for (int m = 0; m < y->law->nminima && !professional_only; m++)
	{
		need.node = y->law->minima[m]->node;
		tell_need(x, &need, &y->law->minima[m]->citation, "minimum");
	}
}

/* Years whose hours are added up: each sum is one condition. */
static void
tell_sums(const Explanation *x)
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
	for (int subject = CE_SUBJECT_PUBLIC; subject <= CE_SUBJECT_BOTH; subject++)
	{
		need.subject = subject;
		if (subject == CE_SUBJECT_PROFESSIONAL ? sums.professional.required > 0 :
			!e->window->professional_only &&
			(subject == CE_SUBJECT_BOTH || sums.public_hours.required > 0))
			tell_need(x, &need, citation, of_years[subject].name);
	}
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
tell_former(const Explanation *x)
{
	const CeEvaluation *e = x->e;

	for (int i = 0; i < e->nyears && e->window->judge == NULL; i++)
	{
		const CeScheme *scheme = e->years[i].law->scheme;
		Condition	c = {.clause = scheme->citation.clause,.year = e->years[i].year,.name = "scheme",.ok = true};

		if (scheme == e->scheme)
			continue;
		c.message = psprintf(_("%d: judged by scheme \"%s\", which the person was under at the end of it"),
							 c.year, ce_label(&scheme->label, scheme->name));
		x->callback(&c, x->arg);
	}
}

/* Hours that need not be studied, by whose decision (AMB-35). */
static void
tell_waivers(const Explanation *x)
{
	for (int i = 0; i < x->e->nyears; i++)
	{
		Condition	c = {.clause = "0.3",.year = x->e->years[i].year,.name = "waiver",.ok = true};
		ListCell   *lc;

		foreach(lc, ce_waiver_sentences(x->e->person.person_id, c.year, x->question->as_of))
		{
			c.message = lfirst(lc);
			x->callback(&c, x->arg);
		}
	}
}

/* If one of the years suffices and meets it, only that one is reported. */
static void
tell_years(const Explanation *x)
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

	return with_reading(psprintf(format, _(ce_level_label(e->level)),
								 _(ce_list_label(CE_LIST_ROUTE, question->route)),
								 first, last), &w->citation);
}

static void
explain(const Explanation *x)
{
	const CeEvaluation *e = x->e;
	bool		banned = e->outcome == CE_OUTCOME_BANNED;
	const CeBan *ban = &e->read->ban;

	if (e->outcome == CE_OUTCOME_UNKNOWN_PERSON)
	{
		tell(x, "2.1", "person", false, _("the ledger has no such person"),
			 _("have the person entered in this ledger"));
		return;
	}
	tell(x, e->scheme->citation.clause, "scope", e->scheme->governed,
		 with_reading(psprintf(e->scheme->governed ? _("the rules of this ledger apply to scheme \"%s\"") :
							   _("other rules apply to scheme \"%s\""),
							   ce_label(&e->scheme->label, e->scheme->name)), &e->scheme->citation),
		 _("ask the body whose rules apply, or have the person's scheme corrected"));
	if (e->outcome == CE_OUTCOME_OUT_OF_SCOPE)
		return;
	if (e->scheme->ban_years >= 0)
		tell(x, e->scheme->citation.clause, "ban", !banned,
			 banned ? with_reading(psprintf(_("barred from applying from %s through %s"),
											ce_date_text(ban->from), ce_date_text(ban->until)),
								   &e->scheme->citation) :
			 _("no ban is in force"),
			 banned ? psprintf(_("apply on or after %s"), ce_date_text(ban->until + 1)) : NULL);
	if (banned)
		return;
	if (e->window == NULL)
	{
		tell(x, e->scheme->citation.clause, "window", false,
			 psprintf(_("the law has no rule for %s by %s"), _(ce_level_label(e->level)),
					  _(ce_list_label(CE_LIST_ROUTE, x->question->route))),
			 _("apply by another route, or have the rule entered into the law of this ledger"));
		return;
	}
	if (e->nyears == 0)
	{
		tell(x, e->window->citation.clause, "tenure", false,
			 with_reading(_("the years since the present title count, and the ledger does not say since when it is held"),
						  &e->window->citation),
			 _("enter the title held and since when"));
		return;
	}
	tell(x, e->window->citation.clause, "window", true,
		 window_message(e, x->question), NULL);
	if (e->window->same_specialty && x->question->specialty == NULL &&
		e->outcome != CE_OUTCOME_ELIGIBLE)
		tell(x, e->window->citation.clause, "specialty", false,
			 _("no target specialty was given, so no hours match"),
			 _("give the specialty applied for"));
	tell_years(x);
}

/* ---------------------------------------------------------------------
 * Callers
 * ---------------------------------------------------------------------
 */

static void
append_failure(const Condition *c, void *arg)
{
	StringInfo	buf = arg;

	if (!c->ok)
		appendStringInfoString(buf,
							   psprintf(buf->len == 0 ? _("Clause %s: %s.") :
										_(" Clause %s: %s."),
										ce_clause(c->clause), c->message));
}

char *
ce_explain_failures(const CeQuestion *question, const CeEvaluation *evaluation)
{
	StringInfoData buf;
	Explanation x = {question, evaluation, append_failure, &buf};

	initStringInfo(&buf);
	explain(&x);
	return buf.data;
}

typedef struct RowWriter
{
	ReturnSetInfo *rsinfo;
	int			ord;
} RowWriter;

static Datum
numeric_hours(CeHours hours)
{
	return DirectFunctionCall1(ce_hours_to_numeric, CeHoursGetDatum(hours));
}

static void
write_row(const Condition *c, void *arg)
{
	RowWriter  *writer = arg;
	Datum		values[10];
	bool		nulls[10] = {false};

	values[0] = Int32GetDatum(++writer->ord);
	values[1] = CStringGetTextDatum(c->clause);
	values[2] = Int32GetDatum(c->year);
	nulls[2] = c->year == 0;
	values[3] = CStringGetTextDatum(c->name);
	nulls[4] = nulls[5] = nulls[6] = !c->has_hours;
	if (c->has_hours)
	{
		values[4] = numeric_hours(c->required);
		values[5] = numeric_hours(c->got);
		values[6] = numeric_hours(c->missing);
	}
	values[7] = BoolGetDatum(c->ok);
	values[8] = CStringGetTextDatum(c->message);
	nulls[9] = c->cure == NULL;
	if (!nulls[9])
		values[9] = CStringGetTextDatum(c->cure);
	tuplestore_putvalues(writer->rsinfo->setResult, writer->rsinfo->setDesc, values, nulls);
}

static Datum
explain_call(FunctionCallInfo fcinfo, bool by_no)
{
	CeCall		call;
	RowWriter	writer = {(ReturnSetInfo *) fcinfo->resultinfo, 0};
	Explanation x = {&call.question, &call.evaluation, write_row, &writer};

	InitMaterializedSRF(fcinfo, 0);
	if (ce_evaluate_call(fcinfo, by_no, false, &call))
		explain(&x);
	return (Datum) 0;
}

/* ce_explain(person_id bigint, ...) returns a row for each condition */
PG_FUNCTION_INFO_V1(ce_explain);
Datum
ce_explain(PG_FUNCTION_ARGS)
{
	return explain_call(fcinfo, false);
}

/* ce_explain(person_no text, ...) returns a row for each condition */
PG_FUNCTION_INFO_V1(ce_explain_by_no);
Datum
ce_explain_by_no(PG_FUNCTION_ARGS)
{
	return explain_call(fcinfo, true);
}

static void
add_year_json(StringInfo json, const CeEvaluation *e, const CeYear *y, bool first)
{
	Datum		packed = PointerGetDatum(ce_credit_pack(y->credit));
	appendStringInfo(json, "%s\"%d\": {\"credit\": ", first ? "" : ", ", y->year);
	escape_json(json, DatumGetCString(DirectFunctionCall1(ce_credit_out, packed)));
	appendStringInfo(json, ", \"attested\": %s, \"award\": %s",
					 hours_text(y->attested == NULL ? 0 : ce_attested_hours(y->attested)),
					 y->attested != NULL && y->attested->title.deems_professional > 0 ?
					 "true" : "false");
	/* Where it is not that of the day: for ce_receipt() to find the rows. */
	if (y->law->scheme != e->scheme)
	{
		appendStringInfoString(json, ", \"scheme\": ");
		escape_json(json, y->law->scheme->name);
	}
	appendStringInfoChar(json, '}');
}

/*
 * ce_grounds(person_id bigint, ...) returns jsonb: the verdict and the data
 * behind it, without the law rows; null where ce_verdict is
 */
PG_FUNCTION_INFO_V1(ce_grounds);
Datum
ce_grounds(PG_FUNCTION_ARGS)
{
	CeCall		call;
	const CeEvaluation *e = &call.evaluation;
	const CePerson *p = &e->person;
	StringInfoData json;

	if (!ce_evaluate_call(fcinfo, false, false, &call))
		PG_RETURN_NULL();
	/* Attested hours are included even if the verdict did not need them. */
	ce_read_attested(&call.evaluation);
	initStringInfo(&json);
	appendStringInfo(&json, "{\"verdict\": \"%s\"", ce_list_label(CE_LIST_OUTCOME, e->outcome));
	if (e->outcome != CE_OUTCOME_UNKNOWN_PERSON)
	{
		appendStringInfoString(&json, ", \"scheme\": ");
		escape_json(&json, e->scheme->name);
		appendStringInfo(&json, ", \"level_meant\": \"%s\", \"person\": {\"org_id\": %lld",
						 ce_level_label(e->level), (long long) p->org_id);
		if (p->has_doctorate)
			appendStringInfo(&json, ", \"doctorate_on\": \"%s\"", ce_date_text(p->doctorate_on));
		if (p->held_level != 0)
			appendStringInfo(&json, ", \"held_level\": \"%s\"", ce_level_label(p->held_level));
		if (p->has_held_since)
			appendStringInfo(&json, ", \"held_since\": \"%s\"", ce_date_text(p->held_since));
		if (e->outcome == CE_OUTCOME_BANNED)
			appendStringInfo(&json, ", \"banned_until\": \"%s\"", ce_date_text(e->read->ban.until));
		appendStringInfoString(&json, "}, \"years\": {");
		for (int i = 0; i < e->nyears; i++)
			add_year_json(&json, e, &e->years[i], i == 0);
		appendStringInfoChar(&json, '}');
		if (e->window != NULL)
			appendStringInfo(&json, ", \"window_id\": %d", e->window->window_id);
	}
	appendStringInfoChar(&json, '}');
	PG_RETURN_DATUM(DirectFunctionCall1(jsonb_in, CStringGetDatum(json.data)));
}

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

#include <limits.h>

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/tuplestore.h"

#include "ask/attested.h"
#include "ask/explain.h"
#include "ask/surplus.h"
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
 * The row's interpretation, appended to its citation; those of the law that
 * ce_setup() inserts are translated.
 */
static const char *
with_reading(const char *message, const CeCitation *citation)
{
	return citation->interpretation == NULL ? message :
		psprintf(_("%s (%s)"), message, ce_translate(citation->interpretation));
}

/* ---------------------------------------------------------------------
 * Remedies
 * ---------------------------------------------------------------------
 */

static void
add_cure(StringInfo cures, const char *cure)
{
	appendStringInfo(cures, "%s%s", cures->len == 0 ? "" : _("; "), cure);
}

/* Do hours of this subject count for the condition?  For the total both do. */
static bool
asks_for(CeSubject subject, CeSubject hours_of)
{
	return subject == CE_SUBJECT_BOTH || subject == hours_of;
}

/* The year if all waiting activities were verified. */
static void
assess_with_waiting(const Explanation *x, const CeYear *y, CeAssessment *with)
{
	CePersonYears *read = x->e->read;
	const CeCredit *credits = ce_years_with_waiting(read);

	ce_assess(y->law, credits == NULL ? y->credit : &credits[y->year - read->from_year],
			  y->attested == NULL ? NULL : &y->attested->title, with);
}

/* Hours waiting for verification (AMB-31); returns what else is missing. */
static CeHours
cure_by_verification(const Explanation *x, const CeYear *y, CeSubject subject,
					 StringInfo cures)
{
	CeAssessment with;
	CeHours		more = 0;
	CeHours		missing;

	assess_with_waiting(x, y, &with);
	missing = subject == CE_SUBJECT_PUBLIC ? with.public_short :
		subject == CE_SUBJECT_PROFESSIONAL ? with.professional_short : with.total_short;
	if (asks_for(subject, CE_SUBJECT_PUBLIC))
		more = ce_hours_add(more, with.public_got - y->assessment.public_got);
	if (asks_for(subject, CE_SUBJECT_PROFESSIONAL))
		more = ce_hours_add(more, with.professional_got - y->assessment.professional_got);
	if (more > 0)
		add_cure(cures, psprintf(_("%s hours wait for verification"), hours_text(more)));
	else if (missing == 0)
		add_cure(cures, _("the hours that wait for verification would complete them"));
	return missing;
}

/* Surplus of catch-up years, the earliest first (7.6e). */
static void
cure_by_surplus(const Explanation *x, const CeYear *y, CeSubject subject,
				CeHours missing, StringInfo cures)
{
	/* Public hours make up what the total lacks beyond the minima (10.8). */
	CeSubject	of = subject == CE_SUBJECT_BOTH ? CE_SUBJECT_PUBLIC : subject;
	const CeCatchup *catchup = NULL;

	if (x->e->window->same_specialty)
		return;
	while (missing > 0 &&
		   (catchup = ce_catchup_for(x->e->scheme, y->year, of,
									 catchup == NULL ? INT_MIN : catchup->study_year)) != NULL)
	{
		CeHours		left = ce_surplus_left_on(&x->e->person, catchup, x->question->as_of);

		if (left <= 0)
			continue;
		left = Min(left, missing);
		missing -= left;
		add_cure(cures, psprintf(_("%s hours can be allocated from the surplus of %d (7.6e)"),
								 hours_text(left), catchup->study_year));
	}
}

/* Achievements that the employer has not attested yet (7.3c). */
static void
cure_by_attestation(const Explanation *x, const CeYear *y, StringInfo cures)
{
	CeAttested	with;
	CeAssessment then;
	CeHours		more;

	if (!ce_attested(&x->e->person, x->e->scheme, x->question->as_of, y->year,
					 y->year, x->e->read->specialty, true, &with))
		return;
	ce_assess(y->law, y->credit, &with.title, &then);
	more = then.attested_hours - y->assessment.attested_hours;
	if (with.title.deems_professional > 0 &&
		!(y->attested != NULL && y->attested->title.deems_professional > 0))
		add_cure(cures, _("an award that the employer has not attested yet would complete them (7.3c)"));
	else if (more > 0)
		add_cure(cures, psprintf(_("the employer has not attested %s hours of achievements yet (7.3c)"),
								 hours_text(more)));
}

static const char *
cure_for(const Explanation *x, const CeYear *y, CeSubject subject)
{
	StringInfoData cures;
	CeHours		missing;

	initStringInfo(&cures);
	/* Hours that only wait need not be studied or allocated. */
	missing = cure_by_verification(x, y, subject, &cures);
	cure_by_surplus(x, y, subject, missing, &cures);
	if (asks_for(subject, CE_SUBJECT_PROFESSIONAL))
		cure_by_attestation(x, y, &cures);
	if (y->year == ce_year_of(x->question->as_of))
	{
		if (missing > 0)
			add_cure(&cures, psprintf(_("study %s more hours in %d"),
									  hours_text(missing), y->year));
	}
	else if (cures.len == 0)
		add_cure(&cures, psprintf(_("%d is over, and no waiting hours, surplus or achievements can complete it"),
								  y->year));
	return cures.data;
}

/* ---------------------------------------------------------------------
 * Conditions
 * ---------------------------------------------------------------------
 */

/* The condition on a subject's hours, or on the total (CE_SUBJECT_BOTH). */
static const char *const met_messages[] = {
	[CE_SUBJECT_PUBLIC] = gettext_noop("%d: %s of %s public hours"),
	[CE_SUBJECT_PROFESSIONAL] = gettext_noop("%d: %s of %s professional hours"),
	[CE_SUBJECT_BOTH] = gettext_noop("%d: %s of %s hours in all")
};

static const char *const short_messages[] = {
	[CE_SUBJECT_PUBLIC] = gettext_noop("needs %s more public hours in %d: %s of %s"),
	[CE_SUBJECT_PROFESSIONAL] = gettext_noop("needs %s more professional hours in %d: %s of %s"),
	[CE_SUBJECT_BOTH] = gettext_noop("needs %s more hours in all in %d: %s of %s")
};

static void
tell_hours(const Explanation *x, const CeYear *y, CeSubject subject,
		   const char *name, CeHours required, CeHours got, CeHours missing)
{
	Condition	c = {.clause = y->law->requirement->citation.clause,.year = y->year,
		.name = name,.has_hours = true,.required = required,.got = got,
	.missing = missing,.ok = missing == 0};

	if (c.ok)
		c.message = psprintf(_(met_messages[subject]), y->year, hours_text(got),
							 hours_text(required));
	else
	{
		c.message = psprintf(_(short_messages[subject]), hours_text(missing),
							 y->year, hours_text(got), hours_text(required));
		c.cure = cure_for(x, y, subject);
	}
	x->callback(&c, x->arg);
}

static void
tell_attested(const Explanation *x, const CeYear *y)
{
	const CeAttested *attested = y->attested;
	CeHours		counted = y->assessment.attested_hours;
	CeHours		hours;
	bool		award;

	if (attested == NULL)
		return;
	hours = ce_attested_hours(attested);
	award = attested->title.deems_professional > 0;
	if (hours == 0 && !award)
		return;
	tell(x, "7.3d", "attested", true,
		 award ?
		 psprintf(_("%d: an award in the present post completes the professional hours (AMB-20)"), y->year) :
		 counted < hours && y->law->caps[CE_CATEGORY_INNOVATION] != NULL ?
		 psprintf(_("%d: includes %s of %s attested professional hours, the most that clause %s recognises"),
				  y->year, hours_text(counted), hours_text(hours),
				  y->law->caps[CE_CATEGORY_INNOVATION]->citation.clause) :
		 psprintf(_("%d: includes %s attested professional hours (5.2.5; AMB-18, AMB-19: each year of a project, for members too)"),
				  y->year, hours_text(hours)), NULL);
}

static void
tell_year(const Explanation *x, const CeYear *y)
{
	const CeRequirement *r = y->law->requirement;
	const CeAssessment *a = &y->assessment;

	if (r == NULL)
	{
		Condition	c = {.clause = "0.3",.year = y->year,.name = "requirement",
			.message = psprintf(_("the law has no requirement for %d"), y->year),
		.cure = _("enter the year's notice in ce_requirement")};

		x->callback(&c, x->arg);
		return;
	}
	tell_attested(x, y);
	if (!x->e->window->professional_only && r->has_public)
		tell_hours(x, y, CE_SUBJECT_PUBLIC, "public", a->public_required, a->public_got,
				   a->public_short);
	if (r->has_professional)
		tell_hours(x, y, CE_SUBJECT_PROFESSIONAL, "professional", a->professional_required,
				   a->professional_got, a->professional_short);
	if (!x->e->window->professional_only)
		tell_hours(x, y, CE_SUBJECT_BOTH, "total", a->total_required, a->total_got, a->total_short);
}

/* Years whose hours are added up are one condition. */
static void
tell_sum(const Explanation *x)
{
	bool		ok = x->e->outcome == CE_OUTCOME_ELIGIBLE;

	tell(x, x->e->window->citation.clause, "sum", ok,
		 psprintf(ok ? _("the years %d to %d together meet their requirements") :
				  _("the years %d to %d together do not meet their requirements"),
				  x->e->years[0].year, x->e->years[x->e->nyears - 1].year),
		 x->e->waiting_helps ? _("the hours that wait for verification would complete them") :
		 _("study more hours in the current year"));
}

/* If one of the years suffices and meets it, only that one is reported. */
static void
tell_years(const Explanation *x)
{
	const CeEvaluation *e = x->e;

	if (e->window->aggregation == CE_SUM)
	{
		tell_sum(x);
		return;
	}
	if (e->window->aggregation == CE_ANY && e->outcome == CE_OUTCOME_ELIGIBLE)
	{
		for (int i = e->nyears - 1; i >= 0; i--)
		{
			if (ce_year_met(e->window, &e->years[i]))
			{
				tell_year(x, &e->years[i]);
				return;
			}
		}
	}
	for (int i = 0; i < e->nyears; i++)
		tell_year(x, &e->years[i]);
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
			 _("enter the person in ce_person"));
		return;
	}
	tell(x, e->scheme->citation.clause, "scope", e->scheme->governed,
		 with_reading(psprintf(e->scheme->governed ? _("the rules of this ledger apply to scheme %s") :
							   _("other rules apply to scheme %s"),
							   e->scheme->name), &e->scheme->citation),
		 _("ask the body whose rules apply, or correct scheme in ce_person"));
	if (e->outcome == CE_OUTCOME_OUT_OF_SCOPE)
		return;
	if (e->scheme->ban_years >= 0)
		tell(x, "6.2b", "ban", !banned,
			 banned ? psprintf(_("barred from applying from %s through %s (AMB-25)"),
							   ce_date_text(ban->from), ce_date_text(ban->until)) :
			 _("no ban is in force"),
			 banned ? psprintf(_("apply on or after %s"), ce_date_text(ban->until + 1)) : NULL);
	if (banned)
		return;
	if (e->window == NULL)
	{
		tell(x, "4.2", "window", false,
			 psprintf(_("the law has no rule for %s by %s"), _(ce_level_label(e->level)),
					  _(ce_list_label(CE_LIST_ROUTE, x->question->route))),
			 _("apply by another route, or enter the rule in ce_window"));
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
		appendStringInfo(buf, "%s%s", buf->len == 0 ? "" : " ",
						 psprintf(_("Clause %s: %s."), c->clause, c->message));
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
add_year_json(StringInfo json, const CeYear *y, bool first)
{
	Datum		packed = PointerGetDatum(ce_credit_pack(y->credit));
	appendStringInfo(json, "%s\"%d\": {\"credit\": ", first ? "" : ", ", y->year);
	escape_json(json, DatumGetCString(DirectFunctionCall1(ce_credit_out, packed)));
	appendStringInfo(json, ", \"attested\": %s, \"award\": %s}",
					 hours_text(y->attested == NULL ? 0 : ce_attested_hours(y->attested)),
					 y->attested != NULL && y->attested->title.deems_professional > 0 ?
					 "true" : "false");
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
			add_year_json(&json, &e->years[i], i == 0);
		appendStringInfoChar(&json, '}');
		if (e->window != NULL)
			appendStringInfo(&json, ", \"window_id\": %d", e->window->window_id);
	}
	appendStringInfoChar(&json, '}');
	PG_RETURN_DATUM(DirectFunctionCall1(jsonb_in, CStringGetDatum(json.data)));
}

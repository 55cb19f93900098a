/*-------------------------------------------------------------------------
 *
 * explain.c
 *	  ce_explain(), a receipt's grounds, and what a refusal says.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/jsonb.h"

#include "ask/attested.h"
#include "ask/conditions.h"
#include "ask/explain.h"
#include "law/cite.h"
#include "store/day_text.h"

#include "compat.h"

typedef struct Failures
{
	StringInfoData text;
	const CeScheme *scheme;
} Failures;

static void
append_failure(const CeCondition *c, void *arg)
{
	Failures   *failures = arg;

	if (!c->ok)
		appendStringInfo(&failures->text, failures->text.len == 0 ? _("%s: %s.") : _(" %s: %s."),
						 ce_cite_first(c->citation, failures->scheme), c->message);
}

char *
ce_explain_failures(const CeQuestion *question, const CeEvaluation *evaluation)
{
	Failures	failures = {.scheme = evaluation->scheme};

	initStringInfo(&failures.text);
	ce_tell_conditions(question, evaluation, append_failure, &failures);
	return failures.text.data;
}

typedef struct RowWriter
{
	FunctionCallInfo fcinfo;
	int			ord;
} RowWriter;

static void
write_row(const CeCondition *c, void *arg)
{
	RowWriter  *writer = arg;
	Datum		values[11];
	bool		nulls[11] = {false};

	values[0] = Int32GetDatum(++writer->ord);
	values[1] = CStringGetTextDatum(c->citation->clause);
	values[2] = Int32GetDatum(c->year);
	nulls[2] = c->year == 0;
	values[3] = CStringGetTextDatum(c->name);
	nulls[4] = nulls[5] = nulls[6] = !c->has_hours;
	if (c->has_hours)
	{
		values[4] = ce_hours_numeric(c->required);
		values[5] = ce_hours_numeric(c->got);
		values[6] = ce_hours_numeric(c->missing);
	}
	values[7] = BoolGetDatum(c->ok);
	values[8] = CStringGetTextDatum(c->message);
	nulls[9] = c->cure == NULL;
	if (!nulls[9])
		values[9] = CStringGetTextDatum(c->cure);
	nulls[10] = c->citation->instrument == NULL;
	if (!nulls[10])
		values[10] = CStringGetTextDatum(c->citation->instrument);
	ce_put_row(writer->fcinfo, values, nulls);
}

static Datum
explain_call(FunctionCallInfo fcinfo, bool by_no)
{
	CeCall		call;
	RowWriter	writer = {fcinfo, 0};

	InitMaterializedSRF(fcinfo, 0);
	if (ce_evaluate_call(fcinfo, by_no, false, &call))
		ce_tell_conditions(&call.question, &call.evaluation, write_row, &writer);
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
					 ce_hours_text(y->attested == NULL ? 0 : ce_attested_hours(y->attested)),
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

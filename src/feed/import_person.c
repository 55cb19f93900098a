/*-------------------------------------------------------------------------
 *
 * import_person.c
 *	  A one-off load of persons: good records are kept, bad ones reported.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "feed/import_item.h"
#include "feed/import_sql.h"
#include "feed/person.h"
#include "store/field_text.h"
#include "store/ledger.h"

#include "compat.h"

/* The field that says how days may be written */
#define DAY_SERIALS "day_serials"

typedef struct Field
{
	const char *name;
	CePersonFact fact;
} Field;

static const Field fields[] = {
	{"person_id", FACT_PERSON_ID},
	{"person_no", FACT_PERSON_NO},
	{"org_id", FACT_ORG_ID},
	{"org_code", FACT_ORG_CODE},
	{"scheme", FACT_SCHEME},
	{"specialty", FACT_SPECIALTY},
	{"doctorate_on", FACT_DOCTORATE_ON},
	{"held_level", FACT_HELD_LEVEL},
	{"held_since", FACT_HELD_SINCE},
	{"entered_on", FACT_ENTERED_ON},
};

/* What became of a record. */
typedef struct Outcome
{
	bool		has_id;
	int64		person_id;
	const char *outcome;		/* NULL: nothing yet */
	char	   *message;		/* a line for each thing to say; NULL: none */
} Outcome;

static void
tell(Outcome *result, const char *line)
{
	result->message = result->message == NULL ? pstrdup(line) :
		psprintf("%s\n%s", result->message, line);
}

static void
reject(Outcome *result, const char *field, const char *reason)
{
	result->outcome = "rejected";
	tell(result, field == NULL ? reason : psprintf(_("%s: %s"), field, reason));
}

static void
reject_value(Outcome *result, const char *field, const char *value, const char *reason)
{
	reject(result, field, value == NULL ? reason : psprintf(_("\"%s\": %s"), ce_import_shown(value), reason));
}

static const Field *
find_field(const JsonbValue *name)
{
	for (int i = 0; i < lengthof(fields); i++)
	{
		if (strlen(fields[i].name) == name->val.string.len &&
			strncmp(fields[i].name, name->val.string.val, name->val.string.len) == 0)
			return &fields[i];
	}
	return NULL;
}

/* The text of a value, NULL for null; false if it is neither text nor number. */
static bool
value_text(const JsonbValue *value, char **text)
{
	*text = NULL;
	switch (value->type)
	{
		case jbvNull:
			return true;
		case jbvString:
			*text = pnstrdup(value->val.string.val, value->val.string.len);
			return true;
		case jbvNumeric:
			*text = ce_import_json_number(value);
			return true;
		default:
			return false;
	}
}

/* The text of a member; false, and the record is rejected, if it is none. */
static bool
member_text(JsonbContainer *record, const char *name, char **text, Outcome *result)
{
	JsonbValue	value;

	*text = NULL;
	if (getKeyJsonValueFromContainer(record, name, strlen(name), &value) == NULL ||
		value_text(&value, text))
		return true;
	reject(result, name, _("the value is neither a string nor a number"));
	return false;
}

/* Which person the record is about; false if that cannot be told. */
static bool
take_id(JsonbContainer *record, CePersonFacts *facts, Outcome *result)
{
	const char *reason;
	char	   *text;
	int			sqlstate;

	if (!member_text(record, "person_id", &text, result))
		return false;
	reason = ce_person_take(facts, FACT_PERSON_ID, text, &sqlstate);
	if (reason != NULL)
	{
		reject_value(result, "person_id", text, reason);
		return false;
	}
	result->has_id = true;
	result->person_id = DatumGetInt64(facts->values[FACT_PERSON_ID]);
	return true;
}

/* How the record's days may be written. */
static void
take_serials(JsonbContainer *record, CePersonFacts *facts, Outcome *result)
{
	char	   *text;

	if (!member_text(record, DAY_SERIALS, &text, result))
		return;
	text = ce_field_folded(text);
	if (text != NULL && !ce_day_serials(text, &facts->serials))
		reject_value(result, DAY_SERIALS, text,
					 _("the value is neither 1900 nor 1904, the years from which spreadsheets count days"));
}

/* What was read otherwise than it is written is told. */
static void
tell_reading(Outcome *result, const char *field, const char *text, const char *read)
{
	if (read == NULL ? strchr(text, '#') != NULL : strcmp(text, read) != 0)
		tell(result, read == NULL ?
			 psprintf(_("%s: read \"%s\" as empty"), field, ce_import_shown(text)) :
			 psprintf(_("%s: read \"%s\" as \"%s\""), field, ce_import_shown(text), read));
}

/* A field of the record; one that says nothing is as if it was not there. */
static void
take_field(const Field *field, char *text, CePersonFacts *facts, Outcome *result,
		   const char **org_field)
{
	bool		is_org = field->fact == FACT_ORG_ID || field->fact == FACT_ORG_CODE;
	const char *reason;
	int			sqlstate;

	if (ce_field_text(text) == NULL)
	{
		if (text != NULL)
			tell_reading(result, field->name, text, NULL);
		return;
	}
	if (is_org && *org_field != NULL)
	{
		reject(result, field->name, psprintf(_("%s is also given; give only one of the two"), *org_field));
		return;
	}
	if (is_org)
		*org_field = field->name;
	reason = ce_person_take(facts, field->fact, text, &sqlstate);
	if (reason != NULL)
		reject_value(result, field->name, text, reason);
	else
		tell_reading(result, field->name, text,
					 facts->read[field->fact == FACT_ORG_CODE ? FACT_ORG_ID : field->fact]);
}

/* Takes the record's other fields; whatever cannot be taken rejects it. */
static void
take_record(JsonbContainer *record, CePersonFacts *facts, Outcome *result)
{
	JsonbIterator *it = JsonbIteratorInit(record);
	JsonbIteratorToken token;
	JsonbValue	name;
	JsonbValue	value;
	const char *org_field = NULL;

	while ((token = JsonbIteratorNext(&it, &name, true)) != WJB_DONE)
	{
		const Field *field;
		char	   *text;

		if (token != WJB_KEY)
			continue;
		JsonbIteratorNext(&it, &value, true);
		field = find_field(&name);
		if (field == NULL)
		{
			if (name.val.string.len != strlen(DAY_SERIALS) ||
				strncmp(name.val.string.val, DAY_SERIALS, name.val.string.len) != 0)
				reject(result, ce_import_shown(pnstrdup(name.val.string.val, name.val.string.len)),
					   _("this field does not exist"));
		}
		else if (field->fact == FACT_PERSON_ID)
			continue;
		else if (value_text(&value, &text))
			take_field(field, text, facts, result, &org_field);
		else
			reject(result, field->name, _("the value is neither a string nor a number"));
	}
}

/* A record on its way, see ce_import_attempt(). */
typedef struct Attempt
{
	JsonbContainer *record;
	Outcome	   *result;
	MemoryContext context;		/* where the result lives */
} Attempt;

static void
write_person(const CePersonFacts *facts, Outcome *result)
{
	switch (ce_person_write(facts))
	{
		case CE_PERSON_NEW:
			result->outcome = "new";
			break;
		case CE_PERSON_UPDATED:
			result->outcome = "updated";
			break;
		case CE_PERSON_UNCHANGED:
			result->outcome = "unchanged";
			break;
		case CE_PERSON_LACKS_ORG:
			reject(result, "org_id", _("neither org_id nor org_code is given, and a new person needs an employer"));
			break;
	}
}

static void
import_record(void *arg)
{
	Attempt    *attempt = arg;
	Outcome    *result = attempt->result;
	CePersonFacts facts = {0};

	take_serials(attempt->record, &facts, result);
	(void) take_id(attempt->record, &facts, result);
	take_record(attempt->record, &facts, result);
	if (result->outcome == NULL)
		write_person(&facts, result);
	if (result->message != NULL)
		result->message = MemoryContextStrdup(attempt->context, result->message);
}

/* The same in a subtransaction, which goes with a record that is rejected. */
static void
try_record(JsonbContainer *record, Outcome *result)
{
	Attempt		attempt = {record, result, CurrentMemoryContext};
	ErrorData  *error = ce_import_attempt(import_record, &attempt);

	if (error == NULL)
		return;
	/* What it has told so far went with its memory. */
	result->message = NULL;
	reject(result, NULL, ce_import_error_text(error));
}

/*
 * ce_import_person(records jsonb)
 *	 returns table(ord bigint, person_id bigint, outcome text, message text)
 */
PG_FUNCTION_INFO_V1(ce_import_person);
Datum
ce_import_person(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	MemoryContext context;
	Jsonb	   *records;
	JsonbIterator *it;
	JsonbIteratorToken token;
	JsonbValue	record;
	int64		ord = 0;

	InitMaterializedSRF(fcinfo, 0);
	ce_ledger_enter(fcinfo);
	ce_require_ledger();
	records = PG_ARGISNULL(0) ? NULL : PG_GETARG_JSONB_P(0);
	if (records == NULL || !JB_ROOT_IS_ARRAY(records) || JB_ROOT_IS_SCALAR(records))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("records must be an array of objects"),
				 errhint("For instance [{\"person_id\": 1, \"org_code\": \"qhu\"}].")));
	context = AllocSetContextCreate(CurrentMemoryContext, "ce_hours person record",
									ALLOCSET_DEFAULT_SIZES);
	it = JsonbIteratorInit(&records->root);
	while ((token = JsonbIteratorNext(&it, &record, true)) != WJB_DONE)
	{
		MemoryContext old;
		Outcome		result = {0};
		Datum		values[4];
		bool		nulls[4] = {false};

		if (token != WJB_ELEM)
			continue;
		CHECK_FOR_INTERRUPTS();
		ord++;
		old = MemoryContextSwitchTo(context);
		if (record.type != jbvBinary || !JsonContainerIsObject(record.val.binary.data))
			reject(&result, NULL, _("the record is not an object"));
		else
			try_record(record.val.binary.data, &result);
		values[0] = Int64GetDatum(ord);
		values[1] = Int64GetDatum(result.person_id);
		nulls[1] = !result.has_id;
		values[2] = CStringGetTextDatum(result.outcome);
		nulls[3] = result.message == NULL;
		values[3] = nulls[3] ? (Datum) 0 : CStringGetTextDatum(result.message);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		MemoryContextSwitchTo(old);
		MemoryContextReset(context);
	}
	MemoryContextDelete(context);
	return (Datum) 0;
}

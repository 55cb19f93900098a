/*-------------------------------------------------------------------------
 *
 * import_person.c
 *	  A one-off load of persons: good records are kept, bad ones reported.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"

#include "feed/import_item.h"
#include "feed/import_load.h"
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

static void
reject(CeLoaded *loaded, const char *field, const char *reason)
{
	ce_load_reject(loaded, psprintf(_("%s: %s"), field, reason));
}

static void
reject_value(CeLoaded *loaded, const char *field, const char *value, const char *reason)
{
	reject(loaded, field, value == NULL ? reason : psprintf(_("\"%s\": %s"), ce_import_shown(value), reason));
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

/* The text of a member; false, and the record is rejected, if it is none. */
static bool
member_text(CeLoaded *loaded, const char *name, char **text)
{
	JsonbValue	value;

	*text = NULL;
	if (getKeyJsonValueFromContainer(loaded->record, name, strlen(name), &value) == NULL ||
		ce_import_json_field(&value, text))
		return true;
	reject(loaded, name, _("the value is neither a string nor a number"));
	return false;
}

/* Which person the record is about; false if that cannot be told. */
static bool
take_id(CePersonFacts *facts, CeLoaded *loaded)
{
	const char *reason;
	char	   *text;
	int			sqlstate;

	if (!member_text(loaded, "person_id", &text))
		return false;
	reason = ce_person_take(facts, FACT_PERSON_ID, text, &sqlstate);
	if (reason != NULL)
	{
		reject_value(loaded, "person_id", text, reason);
		return false;
	}
	loaded->has_person = true;
	loaded->person_id = DatumGetInt64(facts->values[FACT_PERSON_ID]);
	return true;
}

/* How the record's days may be written. */
static void
take_serials(CePersonFacts *facts, CeLoaded *loaded)
{
	char	   *text;

	if (!member_text(loaded, DAY_SERIALS, &text))
		return;
	text = ce_field_folded(text);
	if (text != NULL && !ce_day_serials(text, &facts->serials))
		reject_value(loaded, DAY_SERIALS, text,
					 _("the value is neither 1900 nor 1904, the years from which spreadsheets count days"));
}

/* Report a value that was read other than as written. */
static void
tell_reading(CeLoaded *loaded, const char *field, const char *text, const char *read)
{
	if (read == NULL ? strchr(text, '#') != NULL : strcmp(text, read) != 0)
		ce_load_tell(loaded, read == NULL ?
					 psprintf(_("%s: read \"%s\" as empty"), field, ce_import_shown(text)) :
					 psprintf(_("%s: read \"%s\" as \"%s\""), field, ce_import_shown(text), read));
}

/* A field of the record; an empty one counts as not given. */
static void
take_field(const Field *field, char *text, CePersonFacts *facts, CeLoaded *loaded,
		   const char **org_field)
{
	bool		is_org = field->fact == FACT_ORG_ID || field->fact == FACT_ORG_CODE;
	const char *reason;
	int			sqlstate;

	if (ce_field_text(text) == NULL)
	{
		if (text != NULL)
			tell_reading(loaded, field->name, text, NULL);
		return;
	}
	if (is_org && *org_field != NULL)
	{
		reject(loaded, field->name, psprintf(_("%s is also given; give only one of the two"), *org_field));
		return;
	}
	if (is_org)
		*org_field = field->name;
	reason = ce_person_take(facts, field->fact, text, &sqlstate);
	if (reason != NULL)
		reject_value(loaded, field->name, text, reason);
	else
		tell_reading(loaded, field->name, text,
					 facts->read[field->fact == FACT_ORG_CODE ? FACT_ORG_ID : field->fact]);
}

/* Takes the record's other fields; whatever cannot be taken rejects it. */
static void
take_record(CePersonFacts *facts, CeLoaded *loaded)
{
	JsonbIterator *it = JsonbIteratorInit(loaded->record);
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
				reject(loaded, ce_import_shown(pnstrdup(name.val.string.val, name.val.string.len)),
					   _("this field does not exist"));
		}
		else if (field->fact == FACT_PERSON_ID)
			continue;
		else if (ce_import_json_field(&value, &text))
			take_field(field, text, facts, loaded, &org_field);
		else
			reject(loaded, field->name, _("the value is neither a string nor a number"));
	}
}

static void
write_person(const CePersonFacts *facts, CeLoaded *loaded)
{
	switch (ce_person_write(facts))
	{
		case CE_PERSON_NEW:
			loaded->outcome = "new";
			break;
		case CE_PERSON_UPDATED:
			loaded->outcome = "updated";
			break;
		case CE_PERSON_UNCHANGED:
			loaded->outcome = "unchanged";
			break;
		case CE_PERSON_LACKS_ORG:
			reject(loaded, "org_id", _("neither org_id nor org_code is given, and a new person needs an employer"));
			break;
	}
}

static void
load_person(CeLoaded *loaded)
{
	CePersonFacts facts = {0};

	take_serials(&facts, loaded);
	(void) take_id(&facts, loaded);
	take_record(&facts, loaded);
	if (loaded->faults == NULL)
		write_person(&facts, loaded);
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
	Jsonb	   *records;

	InitMaterializedSRF(fcinfo, 0);
	ce_ledger_enter(fcinfo);
	ce_require_ledger();
	records = PG_ARGISNULL(0) ? NULL : PG_GETARG_JSONB_P(0);
	if (records == NULL || !JB_ROOT_IS_ARRAY(records) || JB_ROOT_IS_SCALAR(records))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("records must be an array of objects"),
				 errhint("For instance [{\"person_id\": 1, \"org_code\": \"qhu\"}].")));
	ce_load_records(rsinfo, &records->root, load_person);
	return (Datum) 0;
}

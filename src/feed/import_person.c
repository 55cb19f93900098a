/*-------------------------------------------------------------------------
 *
 * import_person.c
 *	  A one-off load of persons: good records are kept, bad ones reported.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"

#include "feed/import_item.h"
#include "feed/import_load.h"
#include "feed/person.h"
#include "store/field_text.h"
#include "store/ledger.h"

#include "compat.h"

/* The field that says how days may be written */
#define DAY_SERIALS "day_serials"

/* The field of a fact, which has the name of its column. */
static const char *
field_of(CePersonFact fact)
{
	return fact == FACT_ORG_CODE ? "org_code" : ce_person_column(fact);
}

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

/* The fact of a field, or -1. */
static int
find_fact(const char *name, int len)
{
	for (int fact = FACT_PERSON_ID; fact <= FACT_ORG_CODE; fact++)
	{
		if (ce_import_is_name(name, len, field_of(fact)))
			return fact;
	}
	return -1;
}

/* The text of a member; false, and the record is rejected, if it is of another type. */
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

/* Which person the record is about. */
static void
take_id(CePersonFacts *facts, CeLoaded *loaded)
{
	const char *reason;
	char	   *text;
	int			sqlstate;

	if (!member_text(loaded, "person_id", &text))
		return;
	reason = ce_person_take(facts, FACT_PERSON_ID, text, &sqlstate);
	if (reason != NULL)
		reject_value(loaded, "person_id", text, reason);
	else
	{
		loaded->has_person = true;
		loaded->person_id = DatumGetInt64(facts->values[FACT_PERSON_ID]);
	}
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
take_field(CePersonFact fact, char *text, CePersonFacts *facts, CeLoaded *loaded,
		   const char **org_field)
{
	const char *name = field_of(fact);
	bool		is_org = fact == FACT_ORG_ID || fact == FACT_ORG_CODE;
	const char *reason;
	int			sqlstate;

	if (ce_field_text(text) == NULL)
	{
		if (text != NULL)
			tell_reading(loaded, name, text, NULL);
		return;
	}
	if (is_org && *org_field != NULL)
	{
		reject(loaded, name, psprintf(_("%s is also given; give only one of the two"), *org_field));
		return;
	}
	if (is_org)
		*org_field = name;
	reason = ce_person_take(facts, fact, text, &sqlstate);
	if (reason != NULL)
		reject_value(loaded, name, text, reason);
	else
		tell_reading(loaded, name, text, facts->read[is_org ? FACT_ORG_ID : fact]);
}

/* Takes the record's other fields; whatever cannot be taken rejects it. */
static void
take_record(CePersonFacts *facts, CeLoaded *loaded)
{
	JsonbIterator *it = JsonbIteratorInit(loaded->record);
	JsonbValue	key;
	JsonbValue	value;
	const char *org_field = NULL;

	(void) JsonbIteratorNext(&it, &key, true);	/* the object itself */
	while (JsonbIteratorNext(&it, &key, true) == WJB_KEY)
	{
		const char *name = key.val.string.val;
		int			len = key.val.string.len;
		int			fact = find_fact(name, len);
		char	   *text;

		(void) JsonbIteratorNext(&it, &value, true);
		if (fact == FACT_PERSON_ID || ce_import_is_name(name, len, DAY_SERIALS))
			continue;			/* taken before */
		if (fact < 0)
			reject(loaded, ce_import_shown(ce_import_json_text(&key)), _("this field does not exist"));
		else if (ce_import_json_field(&value, &text))
			take_field(fact, text, facts, loaded, &org_field);
		else
			reject(loaded, field_of(fact), _("the value is neither a string nor a number"));
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
load_person(void *arg)
{
	CeLoaded   *loaded = arg;
	CePersonFacts facts = {0};

	take_serials(&facts, loaded);
	take_id(&facts, loaded);
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

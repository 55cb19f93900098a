/*-------------------------------------------------------------------------
 *
 * import_xapi.c
 *	  xAPI statements as records of an import (9.4a).
 *
 * A statement is taken as a learning platform or a record store sends it;
 * members that are not needed here are ignored.  What only continuing
 * education asks for is in extensions named urn:ce-hours:FIELD, or in table
 * ce_course for the course.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <ctype.h>


#include "feed/import_record.h"
#include "feed/import_xapi.h"
#include "store/field_text.h"

#include "compat.h"

#define EXTENSION_PREFIX "urn:ce-hours:"

typedef enum Verb
{
	VERB_OTHER, VERB_DONE, VERB_VOIDED
} Verb;

static const struct
{
	const char *id;
	Verb		verb;
}			verbs[] = {
	{"http://adlnet.gov/expapi/verbs/completed", VERB_DONE},
	{"http://adlnet.gov/expapi/verbs/passed", VERB_DONE},
	{"http://activitystrea.ms/schema/1.0/complete", VERB_DONE},
	{"http://adlnet.gov/expapi/verbs/voided", VERB_VOIDED},
};

/* ---------------------------------------------------------------------
 * Members of objects
 * ---------------------------------------------------------------------
 */

static JsonbValue *
member(JsonbContainer *object, const char *name)
{
	return object == NULL ? NULL :
		getKeyJsonValueFromContainer(object, name, strlen(name), NULL);
}

/* Whether a member is there and says something. */
static bool
is_given(JsonbContainer *object, const char *name)
{
	JsonbValue *value = member(object, name);

	return value != NULL && value->type != jbvNull;
}

/* A member that is an object; NULL if it is missing or something else. */
static JsonbContainer *
member_object(JsonbContainer *object, const char *name)
{
	JsonbValue *value = member(object, name);

	if (value == NULL || value->type != jbvBinary ||
		!JsonContainerIsObject(value->val.binary.data))
		return NULL;
	return value->val.binary.data;
}

static char *
member_text(JsonbContainer *object, const char *name)
{
	return ce_import_json_text(member(object, name));
}

/*
 * The same for a member that decides something: if it is not an object, the
 * item is rejected, since nothing of it could be read.
 */
static JsonbContainer *
deciding_object(CeImportItem *item, JsonbContainer *object, const char *name)
{
	JsonbContainer *found = member_object(object, name);

	if (found == NULL && member(object, name) != NULL)
		ce_import_reject(item, psprintf(_("%s must be an object"), name));
	return found;
}

bool
ce_import_is_statement(JsonbContainer *record)
{
	return JsonContainerIsObject(record) && member(record, "actor") != NULL &&
		member(record, "verb") != NULL;
}

/* ---------------------------------------------------------------------
 * Time
 * ---------------------------------------------------------------------
 */

/*
 * An ISO 8601 duration in hundredths of a second; false for any other text,
 * also for years and months, which have no fixed length.
 */
static bool
parse_duration(const char *p, int64 *duration)
{
	static const struct
	{
		char		letter;
		bool		time;
		int64		length;		/* hundredths of a second */
	}			units[] = {
		{'W', false, INT64CONST(100) * 7 * SECS_PER_DAY},
		{'D', false, INT64CONST(100) * SECS_PER_DAY},
		{'H', true, INT64CONST(100) * SECS_PER_HOUR},
		{'M', true, INT64CONST(100) * SECS_PER_MINUTE},
		{'S', true, INT64CONST(100)},
	};
	bool		in_time = false;
	bool		fraction = false;
	int			next = 0;
	bool		any = false;

	*duration = 0;
	if (toupper((unsigned char) *p++) != 'P')
		return false;
	while (*p != '\0')
	{
		int64		whole = 0;
		int64		part = 0;
		int64		scale = 1;
		const char *begin;

		if (!in_time && toupper((unsigned char) *p) == 'T')
		{
			p++;
			in_time = true;
			any = false;		/* something must follow */
		}
		for (begin = p; isdigit((unsigned char) *p); p++)
		{
			whole = whole * 10 + (*p - '0');
			if (whole > 100000000)
				return false;
		}
		if (p == begin || fraction)
			return false;		/* only the last number may have a fraction */
		if (*p == '.' || *p == ',')
		{
			fraction = true;
			for (begin = ++p; isdigit((unsigned char) *p); p++)
			{
				if (scale < 1000000)
				{
					part = part * 10 + (*p - '0');
					scale *= 10;
				}
			}
			if (p == begin)
				return false;
		}
		while (next < lengthof(units) &&
			   (units[next].time != in_time || toupper((unsigned char) *p) != units[next].letter))
			next++;
		if (next == lengthof(units))
			return false;
		*duration += whole * units[next].length + part * units[next].length / scale;
		next++;
		p++;
		any = true;
	}
	return any;
}

/* The law of the person's scheme and the year converts it to class hours. */
static void
read_duration(CeImportItem *item, JsonbContainer *result)
{
	JsonbValue *value = member(result, "duration");
	char	   *text = ce_import_json_text(value);

	if (!is_given(result, "duration"))
		return;
	if (text == NULL || !parse_duration(text, &item->duration))
		ce_import_reject(item, psprintf(_("result.duration: \"%s\" is not a non-negative ISO 8601 duration of weeks, days, hours, minutes and seconds, such as PT1H30M"),
										text == NULL ? "" : text));
	else
		item->duration_text = text;
}

static void
read_timestamp(CeImportItem *item, JsonbContainer *statement)
{
	/* If it is missing, the store sets it to the time of storing. */
	const char *name = is_given(statement, "timestamp") ? "timestamp" : "stored";
	char	   *text = member_text(statement, name);
	DateADT		day;
	bool		zoned;

	if (text == NULL || !ce_day_read(text, CE_NO_SERIALS, &day, &zoned) || !zoned)
		ce_import_reject(item, psprintf(_("%s: \"%s\" is not a point in time with its time zone, such as 2020-03-01T08:30:00+08:00"),
										name, text == NULL ? "" : text));
	else
		item->values[IMPORT_COMPLETED_ON] = ce_date_text(day);
	item->unreadable[IMPORT_COMPLETED_ON] = item->values[IMPORT_COMPLETED_ON] == NULL;
}

/* ---------------------------------------------------------------------
 * Who and what
 * ---------------------------------------------------------------------
 */

static void
read_actor(CeImportItem *item, JsonbContainer *statement)
{
	JsonbContainer *actor = member_object(statement, "actor");
	char	   *type = member_text(actor, "objectType");
	char	   *name = member_text(member_object(actor, "account"), "name");

	item->raw[IMPORT_PERSON_NO] = name;
	if (type != NULL && strcmp(type, "Agent") != 0)
		ce_import_reject(item, psprintf(_("actor: objectType \"%s\" is not that of a single person"), type));
	else if (ce_field_text(name) == NULL)
		ce_import_reject(item, _("actor: account.name is missing. It is the person's person_no; the ledger keeps no mail addresses and no other names."));
	item->unreadable[IMPORT_PERSON_NO] = item->faults != NULL;
}

/* A text in Chinese, else in English, else in the first language given. */
static char *
language_text(JsonbContainer *map)
{
	static const char *const preferred[] = {"zh-CN", "zh-Hans", "zh", "en-US", "en-GB", "en"};
	JsonbIterator *it;
	JsonbValue	key;
	JsonbValue	value;

	if (map == NULL)
		return NULL;
	for (int i = 0; i < lengthof(preferred); i++)
	{
		char	   *text = member_text(map, preferred[i]);

		if (text != NULL)
			return text;
	}
	it = JsonbIteratorInit(map);
	(void) JsonbIteratorNext(&it, &key, true);
	if (JsonbIteratorNext(&it, &key, true) != WJB_KEY)
		return NULL;
	(void) JsonbIteratorNext(&it, &value, true);
	return ce_import_json_text(&value);
}

static void
read_course(CeImportItem *item, JsonbContainer *statement)
{
	JsonbContainer *object = member_object(statement, "object");
	char	   *type = member_text(object, "objectType");

	item->course = ce_field_text(member_text(object, "id"));
	if (item->course == NULL || (type != NULL && strcmp(type, "Activity") != 0))
		ce_import_reject(item, _("object is not an Activity with an id, so it does not say what was completed"));
	item->raw[IMPORT_TITLE] = language_text(member_object(member_object(object, "definition"), "name"));
	item->raw[IMPORT_EVIDENCE] = item->course;
}

/* Fields that a platform gives for continuing education. */
static void
read_extensions(CeImportItem *item, JsonbContainer *extensions)
{
	const int	prefix_len = strlen(EXTENSION_PREFIX);
	JsonbIterator *it;
	JsonbValue	key;
	JsonbValue	value;

	if (extensions == NULL)
		return;
	it = JsonbIteratorInit(extensions);
	(void) JsonbIteratorNext(&it, &key, true);
	while (JsonbIteratorNext(&it, &key, true) == WJB_KEY)
	{
		const char *name = key.val.string.val + prefix_len;
		int			len = key.val.string.len - prefix_len;
		CeImportField field;

		(void) JsonbIteratorNext(&it, &value, true);
		if (len < 0 || memcmp(key.val.string.val, EXTENSION_PREFIX, prefix_len) != 0)
			continue;
		field = ce_import_find_field(name, len);
		if (field == IMPORT_FIELDS || field == IMPORT_PERSON_ID ||
			field == IMPORT_PERSON_NO || field == IMPORT_COMPLETED_ON)
			ce_import_reject(item, psprintf(_("extension \"%s\" does not exist; unknown extensions are not ignored"),
											ce_import_json_text(&key)));
		else
			ce_import_set_json(item, field, &value);
	}
}

static void
read_result(CeImportItem *item, JsonbContainer *result)
{
	static const char *const conditions[] = {"completion", "success"};

	for (int i = 0; i < lengthof(conditions); i++)
	{
		JsonbValue *value = member(result, conditions[i]);

		if (value == NULL)
			continue;
		if (value->type != jbvBool)
			ce_import_reject(item, psprintf(_("result.%s is neither true nor false; only completed activities count (5.1, 5.2)"),
											conditions[i]));
		else if (!value->val.boolean)
			ce_import_reject(item, psprintf(_("result.%s is false; only completed activities count (5.1, 5.2)"),
											conditions[i]));
	}
	read_duration(item, result);
}

static Verb
verb_of(const char *id)
{
	for (int i = 0; id != NULL && i < lengthof(verbs); i++)
	{
		if (strcmp(id, verbs[i].id) == 0)
			return verbs[i].verb;
	}
	return VERB_OTHER;
}

static void
read_voiding(CeImportItem *item, JsonbContainer *object)
{
	char	   *type = member_text(object, "objectType");

	item->voids = member_text(object, "id");
	if (item->voids == NULL || type == NULL || strcmp(type, "StatementRef") != 0)
		ce_import_decide(item, CE_IMPORT_REJECTED, _("object is not a StatementRef with an id, so it does not say which statement is voided"));
}

void
ce_import_read_statement(CeImportItem *item, JsonbContainer *statement)
{
	JsonbContainer *object = member_object(statement, "object");
	JsonbContainer *definition;
	char	   *verb = member_text(member_object(statement, "verb"), "id");

	item->statement = true;
	item->ref = member_text(statement, "id");
	switch (verb_of(verb))
	{
		case VERB_OTHER:
			ce_import_decide(item, CE_IMPORT_REJECTED,
							 psprintf(_("verb \"%s\" gives no hours. The verbs completed and passed give hours; voided withdraws them."),
									  verb == NULL ? "" : verb));
			break;
		case VERB_VOIDED:
			read_voiding(item, object);
			break;
		case VERB_DONE:
			read_actor(item, statement);
			read_course(item, statement);
			read_timestamp(item, statement);
			read_result(item, deciding_object(item, statement, "result"));
			/* The statement's own fields override those of the course. */
			definition = deciding_object(item, object, "definition");
			read_extensions(item, deciding_object(item, definition, "extensions"));
			read_extensions(item, deciding_object(item, deciding_object(item, statement, "context"),
												  "extensions"));
			break;
	}
}

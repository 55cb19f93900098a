/*-------------------------------------------------------------------------
 *
 * import_record.c
 *	  One record of an import: its fields as text, checked one by one.
 *
 * Values are kept in one spelling ("2.50" as "2.5"), so that a record that
 * comes again can be compared with what is stored, text by text.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <ctype.h>

#include "catalog/pg_type.h"
#include "common/int.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/formatting.h"
#include "utils/numeric.h"
#include "utils/fmgrprotos.h"

#include "feed/import_record.h"
#include "store/day_text.h"
#include "types/hours.h"

#include "compat.h"

/* Days are halves of a year at most: more digits than this are a mistake. */
#define MAX_DIGITS 12

/* In bytes: both together fit into an entry of an index. */
#define CE_MAX_SOURCE 500
#define CE_MAX_REF 2000

/* A value in its one spelling, or NULL if it is none. */
typedef char *(*Spelling) (const char *text);

typedef struct FieldRule
{
	const char *name;
	Spelling	spelling;		/* NULL: any text */
	const char *refusal;		/* untranslated; of the field and its value */
} FieldRule;

/* ---------------------------------------------------------------------
 * Spellings
 * ---------------------------------------------------------------------
 */

static char *
spell_id(const char *text)
{
	int64		id = 0;

	if (*text == '\0')
		return NULL;
	for (const char *p = text; *p != '\0'; p++)
	{
		if (!isdigit((unsigned char) *p) ||
			pg_mul_s64_overflow(id, 10, &id) ||
			pg_add_s64_overflow(id, *p - '0', &id))
			return NULL;
	}
	return psprintf("%lld", (long long) id);
}

static char *
spell_day(const char *text)
{
	DateADT		day;

	return ce_day_read(text, &day, NULL) ? ce_date_text(day) : NULL;
}

static char *
spell_number(const char *text)
{
	const char *p = text;
	const char *whole;
	const char *whole_end;
	const char *fraction = "";
	const char *fraction_end = fraction;
	bool		negative = *p == '-';

	if (*p == '-' || *p == '+')
		p++;
	for (whole = p; isdigit((unsigned char) *p); p++)
		;
	whole_end = p;
	if (*p == '.')
	{
		for (fraction = ++p; isdigit((unsigned char) *p); p++)
			;
		fraction_end = p;
	}
	if (*p != '\0' || (whole == whole_end && fraction == fraction_end))
		return NULL;
	while (whole < whole_end && *whole == '0')
		whole++;
	while (fraction < fraction_end && fraction_end[-1] == '0')
		fraction_end--;
	if ((whole_end - whole) + (fraction_end - fraction) > MAX_DIGITS)
		return NULL;
	if (whole == whole_end && fraction == fraction_end)
		return pstrdup("0");
	return psprintf("%s%.*s%s%.*s", negative ? "-" : "",
					whole == whole_end ? 1 : (int) (whole_end - whole),
					whole == whole_end ? "0" : whole,
					fraction == fraction_end ? "" : ".",
					(int) (fraction_end - fraction), fraction);
}

static char *
spell_hours(const char *text)
{
	CeHours		hours;
	const char *problem;

	if (!ce_hours_from_text(text, strlen(text), &hours, &problem))
		return NULL;
	return ce_hours_to_text(hours, palloc(CE_HOURS_TEXT_SIZE));
}

/* The two statuses that a new row can have (7.4). */
static char *
spell_status(const char *text)
{
	if (strcmp(text, ce_list_label(CE_LIST_STATUS, CE_STATUS_SUBMITTED)) != 0 &&
		strcmp(text, ce_list_label(CE_LIST_STATUS, CE_STATUS_VERIFIED)) != 0)
		return NULL;
	return pstrdup(text);
}

#define AN_ID		spell_id, gettext_noop("field \"%s\": \"%s\" is not an identifier of digits only")
#define A_DAY		spell_day, gettext_noop("field \"%s\": \"%s\" is not a date written as YYYY-MM-DD")
#define A_NUMBER	spell_number, gettext_noop("field \"%s\": \"%s\" is not a number such as 2.5")
#define SOME_HOURS	spell_hours, gettext_noop("field \"%s\": \"%s\" is not a number of class hours with at most two decimals, such as 7.5")
#define A_STATUS	spell_status, gettext_noop("field \"%s\": \"%s\" is neither submitted nor verified")
#define A_TEXT		NULL, NULL

static const FieldRule rules[IMPORT_FIELDS] = {
	[IMPORT_PERSON_ID] = {"person_id", AN_ID},
	[IMPORT_PERSON_NO] = {"person_no", A_TEXT},
	[IMPORT_KIND] = {"kind", A_TEXT},
	[IMPORT_PLAN_ID] = {"plan_id", AN_ID},
	[IMPORT_ORG_ID] = {"org_id", AN_ID},
	[IMPORT_ORG_CODE] = {"org_code", A_TEXT},
	[IMPORT_TITLE] = {"title", A_TEXT},
	[IMPORT_SPECIALTY] = {"specialty", A_TEXT},
	[IMPORT_STARTED_ON] = {"started_on", A_DAY},
	[IMPORT_COMPLETED_ON] = {"completed_on", A_DAY},
	[IMPORT_DAYS] = {"days", A_NUMBER},
	[IMPORT_TRAVEL_DAYS] = {"travel_days", A_NUMBER},
	[IMPORT_HOURS] = {"hours", SOME_HOURS},
	[IMPORT_EVIDENCE] = {"evidence", A_TEXT},
	[IMPORT_NOTE] = {"note", A_TEXT},
	[IMPORT_STATUS] = {"status", A_STATUS},
	[IMPORT_VERIFIED_BY] = {"verified_by", AN_ID},
	[IMPORT_VERIFIED_BY_CODE] = {"verified_by_code", A_TEXT},
	[IMPORT_VERIFIED_ON] = {"verified_on", A_DAY},
};

static const char *const outcome_labels[CE_IMPORT_OUTCOMES] = {
	[CE_IMPORT_NEW] = "new",
	[CE_IMPORT_UNCHANGED] = "unchanged",
	[CE_IMPORT_CONFLICT] = "conflict",
	[CE_IMPORT_REJECTED] = "rejected",
	[CE_IMPORT_WITHDRAWN] = "withdrawn",
};

const char *
ce_import_field_name(CeImportField field)
{
	return rules[field].name;
}

const char *
ce_import_outcome_label(CeImportOutcome outcome)
{
	return outcome_labels[outcome];
}

CeImportField
ce_import_field_of(const char *name, int len)
{
	int			field;

	for (field = 0; field < IMPORT_FIELDS; field++)
	{
		if (strlen(rules[field].name) == len &&
			memcmp(rules[field].name, name, len) == 0)
			break;
	}
	return field;
}

void
ce_import_decide(CeImportItem *item, CeImportOutcome outcome, char *message)
{
	if (item->outcome != CE_IMPORT_UNDECIDED)
		return;
	item->outcome = outcome;
	item->message = message;
}

/* ---------------------------------------------------------------------
 * Fields
 * ---------------------------------------------------------------------
 */

/* As much of a value as a message shows, cut between characters. */
char *
ce_import_shown(const char *text)
{
	const int	limit = 80;
	int			len = strlen(text);

	if (len <= limit)
		return pstrdup(text);
	return psprintf("%.*s...", pg_mbcliplen(text, len, limit), text);
}

void
ce_import_set(CeImportItem *item, CeImportField field, char *text)
{
	const FieldRule *rule = &rules[field];

	if (text == NULL || rule->spelling == NULL)
	{
		item->values[field] = text;
		return;
	}
	item->values[field] = rule->spelling(text);
	if (item->values[field] == NULL)
		ce_import_reject(item, psprintf(_(rule->refusal), rule->name, ce_import_shown(text)));
}

char *
ce_import_json_text(const JsonbValue *value)
{
	if (value == NULL || value->type != jbvString)
		return NULL;
	return pnstrdup(value->val.string.val, value->val.string.len);
}

char *
ce_import_json_number(const JsonbValue *value)
{
	return numeric_normalize(value->val.numeric);
}

void
ce_import_set_json(CeImportItem *item, CeImportField field,
				   const JsonbValue *value)
{
	switch (value->type)
	{
		case jbvNull:
			break;
		case jbvString:
			ce_import_set(item, field, ce_import_json_text(value));
			break;
		case jbvNumeric:
			ce_import_set(item, field, ce_import_json_number(value));
			break;
		default:
			ce_import_reject(item, psprintf(_("field \"%s\" must be a string or a number"),
											rules[field].name));
	}
}

/* ---------------------------------------------------------------------
 * Records
 * ---------------------------------------------------------------------
 */

static void
read_ref(CeImportItem *item, const JsonbValue *value)
{
	if (value->type == jbvNumeric)
	{
		item->ref = ce_import_json_number(value);
		/* Earlier versions kept it with the decimals that it was sent with. */
		item->ref_as_sent = DatumGetCString(DirectFunctionCall1(numeric_out,
																NumericGetDatum(value->val.numeric)));
	}
	else if (value->type == jbvString)
		item->ref = ce_import_json_text(value);
	else if (value->type != jbvNull)
		ce_import_reject(item, psprintf(_("field \"%s\" must be a string or a number"),
										"source_ref"));
}

void
ce_import_read(CeImportItem *item, JsonbContainer *record)
{
	static const char ref_name[] = "source_ref";
	JsonbIterator *it = JsonbIteratorInit(record);
	JsonbValue	key;
	JsonbValue	value;
	JsonbIteratorToken token;

	(void) JsonbIteratorNext(&it, &key, true);	/* the object itself */
	while ((token = JsonbIteratorNext(&it, &key, true)) == WJB_KEY)
	{
		CeImportField field;

		(void) JsonbIteratorNext(&it, &value, true);
		if (key.val.string.len == strlen(ref_name) &&
			memcmp(key.val.string.val, ref_name, key.val.string.len) == 0)
		{
			read_ref(item, &value);
			continue;
		}
		field = ce_import_field_of(key.val.string.val, key.val.string.len);
		if (field == IMPORT_FIELDS)
			ce_import_reject(item, psprintf(_("field \"%s\" does not exist; unknown fields are not ignored"),
											ce_import_shown(ce_import_json_text(&key))));
		else
			ce_import_set_json(item, field, &value);
	}
}

static bool
blank(const char *text)
{
	return text == NULL || text[strspn(text, " \t\r\n")] == '\0';
}

static void
check_given(CeImportItem *item, CeImportField field, const char *message)
{
	if (blank(item->values[field]))
		ce_import_reject(item, psprintf(message, rules[field].name));
}

/* Whether a text is a UUID, whose letters are the same in either case (RFC 4122). */
static bool
is_uuid(const char *text)
{
	static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

	if (strlen(text) != strlen(form))
		return false;
	for (int i = 0; form[i] != '\0'; i++)
	{
		if (form[i] == '-' ? text[i] != '-' : !isxdigit((unsigned char) text[i]))
			return false;
	}
	return true;
}

/* By which texts a reference is known, see CeImportItem. */
static void
spell_reference(CeImportItem *item)
{
	char	   *ref = item->voids != NULL ? item->voids : item->ref;
	int			n = 0;

	item->key = ref;
	item->spellings[n++] = ref;
	if (is_uuid(ref))
	{
		item->key = asc_tolower(ref, strlen(ref));
		item->spellings[n++] = item->key;
		item->spellings[n++] = asc_toupper(ref, strlen(ref));
		/* A statement is kept under one spelling; other systems' rows under theirs. */
		if (item->statement && item->voids == NULL)
			item->ref = item->key;
	}
	else if (item->ref_as_sent != NULL && item->voids == NULL)
		item->spellings[n++] = item->ref_as_sent;
}

/* What goes into an index must fit into it. */
static void
check_length(CeImportItem *item, const char *name, const char *text, int limit)
{
	if (text != NULL && strlen(text) > limit)
		ce_import_reject(item, psprintf(_("field \"%s\" is longer than %d bytes"), name, limit));
}

void
ce_import_check(CeImportItem *item)
{
	if (blank(item->source))
		ce_import_reject(item, psprintf(_("field \"%s\" is missing. It names the system that the record comes from."),
										"source"));
	if (blank(item->ref))
		ce_import_reject(item, psprintf(_("field \"%s\" is missing. It identifies the record in its source (9.4, AMB-34)."),
										"source_ref"));
	check_length(item, "source", item->source, CE_MAX_SOURCE);
	check_length(item, "source_ref", item->ref, CE_MAX_REF);
	check_length(item, "object.id", item->voids, CE_MAX_REF);
	if (item->outcome == CE_IMPORT_UNDECIDED)
		spell_reference(item);
	if (item->voids != NULL)
		return;
	if (item->values[IMPORT_PERSON_ID] == NULL)
		check_given(item, IMPORT_PERSON_NO, _("field \"%s\" is missing. Give person_no or person_id."));
	check_given(item, IMPORT_COMPLETED_ON,
				_("field \"%s\" is missing. Send a record when the activity is complete."));
	if (item->values[IMPORT_STATUS] == NULL)
		item->values[IMPORT_STATUS] = pstrdup(ce_list_label(CE_LIST_STATUS, CE_STATUS_SUBMITTED));
	for (int field = IMPORT_VERIFIED_BY; field <= IMPORT_VERIFIED_ON; field++)
	{
		if (item->values[field] != NULL &&
			strcmp(item->values[IMPORT_STATUS], ce_list_label(CE_LIST_STATUS, CE_STATUS_SUBMITTED)) == 0)
			ce_import_reject(item, psprintf(_("field \"%s\" may only be given in a record with status \"verified\""),
											rules[field].name));
	}
}

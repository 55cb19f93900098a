/*-------------------------------------------------------------------------
 *
 * import_record.c
 *	  Reading one record of an import, whose fields are text.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <ctype.h>

#include "utils/formatting.h"
#include "utils/fmgrprotos.h"

#include "feed/import_record.h"
#include "feed/import_spelling.h"
#include "store/field_text.h"

#include "compat.h"

/* In bytes: both together fit into an entry of an index. */
#define CE_MAX_SOURCE 500
#define CE_MAX_REF 2000

/* ---------------------------------------------------------------------
 * Fields
 * ---------------------------------------------------------------------
 */

void
ce_import_set_json(CeImportItem *item, CeImportField field,
				   const JsonbValue *value)
{
	char	   *text;

	if (ce_import_json_field(value, &text))
	{
		if (text != NULL)
			item->raw[field] = text;
		return;
	}
	item->unreadable[field] = true;
	ce_import_reject(item, psprintf(_("field \"%s\" must be a string or a number"),
									ce_import_field_name(field)));
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
	{
		item->ref_unreadable = true;
		ce_import_reject(item, psprintf(_("field \"%s\" must be a string or a number"),
										"source_ref"));
	}
}

void
ce_import_read(CeImportItem *item, JsonbContainer *record)
{
	JsonbIterator *it = JsonbIteratorInit(record);
	JsonbValue	key;
	JsonbValue	value;
	JsonbIteratorToken token;

	(void) JsonbIteratorNext(&it, &key, true);	/* the object itself */
	while ((token = JsonbIteratorNext(&it, &key, true)) == WJB_KEY)
	{
		CeImportField field;

		(void) JsonbIteratorNext(&it, &value, true);
		if (ce_import_is_name(key.val.string.val, key.val.string.len, "source_ref"))
		{
			read_ref(item, &value);
			continue;
		}
		field = ce_import_find_field(key.val.string.val, key.val.string.len);
		if (field == IMPORT_FIELDS)
			ce_import_reject(item, psprintf(_("field \"%s\" does not exist; unknown fields are not ignored"),
											ce_import_shown(ce_import_json_text(&key))));
		else
			ce_import_set_json(item, field, &value);
	}
}

/* The text that names the record or its source, without blanks around. */
static void
trim(CeImportItem *item, const char *name, char **text)
{
	char	   *trimmed = ce_field_text(*text);

	if (trimmed != NULL && strcmp(trimmed, *text) != 0)
		ce_import_tell(item, psprintf(_("field \"%s\": read \"%s\" as \"%s\""),
									  name, ce_import_shown(*text), ce_import_shown(trimmed)));
	*text = trimmed;
}

static void
check_given(CeImportItem *item, CeImportField field, const char *message)
{
	if (item->values[field] == NULL && !item->unreadable[field])
		ce_import_reject(item, psprintf(message, ce_import_field_name(field)));
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

/* Set the texts by which a reference is known, see CeImportItem. */
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

/* Read the source and reference of the record. */
static void
check_reference(CeImportItem *item)
{
	char	   *sent = item->ref;

	trim(item, "source", &item->source);
	trim(item, "source_ref", &item->ref);
	/* Earlier versions kept it with the blanks. */
	if (item->ref != NULL && item->ref_as_sent == NULL && strcmp(sent, item->ref) != 0)
		item->ref_as_sent = sent;
	if (item->source == NULL)
		ce_import_reject(item, psprintf(_("field \"%s\" is missing. It names the system that the record comes from."),
										"source"));
	if (item->ref == NULL && !item->ref_unreadable)
		ce_import_reject(item, psprintf(_("field \"%s\" is missing. It identifies the record in its source (9.4, AMB-34)."),
										"source_ref"));
	check_length(item, "source", item->source, CE_MAX_SOURCE);
	check_length(item, "source_ref", item->ref, CE_MAX_REF);
	check_length(item, "object.id", item->voids, CE_MAX_REF);
	if (item->faults == NULL)
		spell_reference(item);
}

static void
check_status(CeImportItem *item)
{
	if (item->unreadable[IMPORT_STATUS])
		return;
	if (item->values[IMPORT_STATUS] == NULL)
		item->values[IMPORT_STATUS] = pstrdup(ce_list_label(CE_LIST_STATUS, CE_STATUS_SUBMITTED));
	for (int field = IMPORT_VERIFIED_BY; field <= IMPORT_VERIFIED_ON; field++)
	{
		if (item->values[field] != NULL &&
			ce_import_has_status(item->values[IMPORT_STATUS], CE_STATUS_SUBMITTED))
			ce_import_reject(item, psprintf(_("field \"%s\" may only be given in a record with status \"verified\""),
											ce_import_field_name(field)));
	}
}

void
ce_import_check(CeImportItem *item)
{
	if (item->outcome != CE_IMPORT_UNDECIDED)
		return;
	ce_import_spell(item);
	check_reference(item);
	if (item->voids != NULL)
		return;
	if (item->values[IMPORT_PERSON_ID] == NULL && !item->unreadable[IMPORT_PERSON_ID])
		check_given(item, IMPORT_PERSON_NO, _("field \"%s\" is missing. Give person_no or person_id."));
	check_given(item, IMPORT_COMPLETED_ON,
				_("field \"%s\" is missing. Send a record when the activity is complete."));
	check_status(item);
}

/*-------------------------------------------------------------------------
 *
 * import_item.c
 *	  One record of an import, its state and its outcome.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "utils/numeric.h"

#include "feed/import_item.h"

#include "compat.h"

const CeImportFieldRule ce_import_fields[IMPORT_FIELDS] = {
	[IMPORT_PERSON_ID] = {"person_id", CE_VALUE_ID, true},
	[IMPORT_PERSON_NO] = {"person_no", CE_VALUE_TEXT},
	[IMPORT_KIND] = {"kind", CE_VALUE_TEXT, true},
	[IMPORT_PLAN_ID] = {"plan_id", CE_VALUE_ID, true},
	[IMPORT_ORG_ID] = {"org_id", CE_VALUE_ID, true},
	[IMPORT_ORG_CODE] = {"org_code", CE_VALUE_TEXT},
	[IMPORT_TITLE] = {"title", CE_VALUE_TEXT, true},
	[IMPORT_SPECIALTY] = {"specialty", CE_VALUE_TEXT, true},
	[IMPORT_STARTED_ON] = {"started_on", CE_VALUE_DAY, true},
	[IMPORT_COMPLETED_ON] = {"completed_on", CE_VALUE_DAY, true},
	[IMPORT_DAYS] = {"days", CE_VALUE_DAYS, true},
	[IMPORT_TRAVEL_DAYS] = {"travel_days", CE_VALUE_DAYS, true},
	[IMPORT_HOURS] = {"hours", CE_VALUE_HOURS, true},
	[IMPORT_GRADE] = {"grade", CE_VALUE_TEXT, true},
	[IMPORT_ROLE] = {"role", CE_VALUE_TEXT, true},
	[IMPORT_RANK] = {"rank", CE_VALUE_RANK, true},
	[IMPORT_QUANTITY] = {"quantity", CE_VALUE_QUANTITY, true},
	[IMPORT_EVIDENCE] = {"evidence", CE_VALUE_TEXT, true},
	[IMPORT_NOTE] = {"note", CE_VALUE_TEXT, true},
	[IMPORT_STATUS] = {"status", CE_VALUE_STATUS, true},
	[IMPORT_VERIFIED_BY] = {"verified_by", CE_VALUE_ID, true},
	[IMPORT_VERIFIED_BY_CODE] = {"verified_by_code", CE_VALUE_TEXT},
	[IMPORT_VERIFIED_ON] = {"verified_on", CE_VALUE_DAY, true},
	[IMPORT_DAY_SERIALS] = {"day_serials", CE_VALUE_SERIALS},
};

static const char *const outcome_labels[CE_IMPORT_OUTCOMES] = {
	[CE_IMPORT_NEW] = "new",
	[CE_IMPORT_UNCHANGED] = "unchanged",
	[CE_IMPORT_CONFLICT] = "conflict",
	[CE_IMPORT_REJECTED] = "rejected",
	[CE_IMPORT_WITHDRAWN] = "withdrawn",
};

const char *
ce_import_outcome_label(CeImportOutcome outcome)
{
	return outcome_labels[outcome];
}

const char *
ce_import_field_name(CeImportField field)
{
	return ce_import_fields[field].name;
}

bool
ce_import_is_name(const char *text, int len, const char *name)
{
	return strlen(name) == len && memcmp(text, name, len) == 0;
}

CeImportField
ce_import_find_field(const char *name, int len)
{
	int			field = 0;

	while (field < IMPORT_FIELDS && !ce_import_is_name(name, len, ce_import_fields[field].name))
		field++;
	return field;
}

bool
ce_import_has_status(const char *label, CeStatus status)
{
	return label != NULL && strcmp(label, ce_list_label(CE_LIST_STATUS, status)) == 0;
}

/* ---------------------------------------------------------------------
 * Deciding
 * ---------------------------------------------------------------------
 */

void
ce_import_decide(CeImportItem *item, CeImportOutcome outcome, const char *message)
{
	if (item->outcome != CE_IMPORT_UNDECIDED)
		return;
	item->outcome = outcome;
	item->message = message == NULL ? NULL : pstrdup(message);
}

/* In one buffer, since a record may have thousands of faults. */
void
ce_import_add_line(StringInfo *lines, const char *line)
{
	if (*lines == NULL)
		*lines = makeStringInfo();
	else
		appendStringInfoChar(*lines, '\n');
	appendStringInfoString(*lines, line);
}

void
ce_import_reject(CeImportItem *item, const char *fault)
{
	ce_import_add_line(&item->faults, fault);
}

void
ce_import_reject_faulty(CeImportItem *item)
{
	if (item->faults != NULL)
		ce_import_decide(item, CE_IMPORT_REJECTED, item->faults->data);
}

void
ce_import_tell(CeImportItem *item, const char *reading)
{
	ce_import_add_line(&item->readings, reading);
}

void
ce_import_finish(CeImportItem *item)
{
	if (item->readings != NULL)
		item->message = item->message == NULL ? item->readings->data :
			psprintf("%s\n%s", item->message, item->readings->data);
	item->readings = NULL;
}

/* ---------------------------------------------------------------------
 * Values
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

bool
ce_import_json_field(const JsonbValue *value, char **text)
{
	*text = value->type == jbvNumeric ? ce_import_json_number(value) :
		ce_import_json_text(value);
	return *text != NULL || value->type == jbvNull;
}

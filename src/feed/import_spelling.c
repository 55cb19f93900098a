/*-------------------------------------------------------------------------
 *
 * import_spelling.c
 *	  The fields of an import record, each value in its one spelling.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "feed/import_spelling.h"
#include "law/law.h"

#include "compat.h"

/*
 * The kinds that have the text as their label, in either language; returns how
 * many.  If it is the code of a kind, it means that kind.
 */
static int
find_labelled(const char *text, StringInfo codes)
{
	int			nkinds;
	const CeKind *law = ce_law_kinds(&nkinds);
	int			n = 0;

	if (text == NULL || ce_find_kind(text, strlen(text)) != NULL)
		return 0;
	initStringInfo(codes);
	for (int i = 0; i < nkinds; i++)
	{
		if (strcmp(law[i].label_zh, text) == 0 || strcmp(law[i].label_en, text) == 0)
			appendStringInfo(codes, "%s%s", n++ == 0 ? "" : ", ", law[i].name);
	}
	return n;
}

/* Files that people make name a kind by its label. */
static void
take_label(CeImportItem *item)
{
	char	  **kind = &item->values[IMPORT_KIND];
	StringInfoData codes;
	int			n = find_labelled(*kind, &codes);

	if (n == 1)
	{
		ce_import_tell(item, psprintf(_("field \"%s\": read \"%s\" as \"%s\""),
									  ce_import_field_name(IMPORT_KIND),
									  ce_import_shown(item->raw[IMPORT_KIND]), codes.data));
		*kind = codes.data;
	}
	else if (n > 1)
	{
		ce_import_reject(item, psprintf(_("field \"%s\": \"%s\" is the label of more than one kind: %s. Give one of these codes."),
										ce_import_field_name(IMPORT_KIND), ce_import_shown(*kind),
										codes.data));
		item->unreadable[IMPORT_KIND] = true;
		*kind = NULL;
	}
}

static void
spell_field(CeImportItem *item, CeImportField field)
{
	CeImportValue value;
	StringInfoData codes;

	/* A statement's own fields are in their spelling already. */
	if (item->raw[field] == NULL)
		return;
	value = ce_import_value(ce_import_field_name(field), ce_import_fields[field].kind,
							item->raw[field], item->serials);
	item->values[field] = value.text;
	if (value.fault != NULL)
	{
		item->unreadable[field] = true;
		ce_import_reject(item, value.fault);
	}
	/* A label is reported once, with its code. */
	if (value.reading != NULL &&
		!(field == IMPORT_KIND && find_labelled(value.text, &codes) == 1))
		ce_import_tell(item, value.reading);
}

void
ce_import_spell(CeImportItem *item)
{
	/* It says how days are written. */
	spell_field(item, IMPORT_DAY_SERIALS);
	if (item->values[IMPORT_DAY_SERIALS] != NULL)
		(void) ce_day_serials(item->values[IMPORT_DAY_SERIALS], &item->serials);
	for (int field = 0; field < IMPORT_FIELDS; field++)
	{
		if (field != IMPORT_DAY_SERIALS)
			spell_field(item, field);
	}
	take_label(item);
}

/*-------------------------------------------------------------------------
 *
 * import_spelling.c
 *	  The fields of an import record, each value in its one spelling.
 *
 * Files write a value in many ways ("2.50", "2.5天", "２．５"); it is kept in
 * one, so that a record that comes again can be compared with what is stored,
 * text by text.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <ctype.h>

#include "common/int.h"

#include "feed/import_spelling.h"
#include "store/day_text.h"
#include "store/field_text.h"
#include "types/hours.h"

#include "compat.h"

/* Days are halves of a year at most: more digits than this are a mistake. */
#define MAX_DIGITS 12

/* A value in its one spelling, or NULL if it is none. */
typedef char *(*Spelling) (const CeImportItem *item, const char *text);

typedef struct FieldRule
{
	Spelling	spelling;		/* NULL: any text */
	const char *refusal;		/* untranslated; of the field and its value */
} FieldRule;

/* ---------------------------------------------------------------------
 * Spellings
 * ---------------------------------------------------------------------
 */

static char *
spell_id(const CeImportItem *item, const char *text)
{
	const char *folded = ce_field_folded(text);
	int64		id = 0;

	if (folded == NULL)
		return NULL;
	for (const char *p = folded; *p != '\0'; p++)
	{
		if (!isdigit((unsigned char) *p) ||
			pg_mul_s64_overflow(id, 10, &id) ||
			pg_add_s64_overflow(id, *p - '0', &id))
			return NULL;
	}
	return psprintf("%lld", (long long) id);
}

static char *
spell_day(const CeImportItem *item, const char *text)
{
	DateADT		day;

	return ce_day_read(text, item->serials, &day, NULL) ? ce_date_text(day) : NULL;
}

/* A number without sign for zero, and without needless zeros. */
static char *
spell_plain(const char *text)
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

/* A number of days: 2.5, 2.5天. */
static char *
spell_number(const CeImportItem *item, const char *text)
{
	static const char *const units[] = {"天"};
	char	   *folded = ce_field_folded(text);

	if (folded == NULL || !ce_field_plain_number(folded, units, lengthof(units)))
		return NULL;
	return spell_plain(folded);
}

/* A number of things, whose unit the law names: 3, 2.5. */
static char *
spell_quantity(const CeImportItem *item, const char *text)
{
	char	   *folded = ce_field_folded(text);

	if (folded == NULL || !ce_field_plain_number(folded, NULL, 0))
		return NULL;
	return spell_plain(folded);
}

/* A rank among those who took part, which a column of type integer holds. */
static char *
spell_rank(const CeImportItem *item, const char *text)
{
	char	   *rank = spell_id(item, text);

	return rank != NULL && strtoi64(rank, NULL, 10) <= PG_INT32_MAX ? rank : NULL;
}

/* Class hours, 16 or 16学时; 小时 are of the clock and no class hours. */
static char *
spell_hours(const CeImportItem *item, const char *text)
{
	static const char *const units[] = {"个学时", "学时"};
	char	   *folded = ce_field_folded(text);
	CeHours		hours;
	const char *problem;

	if (folded == NULL || !ce_field_plain_number(folded, units, lengthof(units)) ||
		!ce_hours_from_text(folded, strlen(folded), &hours, &problem))
		return NULL;
	return ce_hours_to_text(hours, palloc(CE_HOURS_TEXT_SIZE));
}

/* The two statuses that a new row can have (7.4). */
static char *
spell_status(const CeImportItem *item, const char *text)
{
	if (strcmp(text, ce_list_label(CE_LIST_STATUS, CE_STATUS_SUBMITTED)) != 0 &&
		strcmp(text, ce_list_label(CE_LIST_STATUS, CE_STATUS_VERIFIED)) != 0)
		return NULL;
	return pstrdup(text);
}

static char *
spell_serials(const CeImportItem *item, const char *text)
{
	CeDaySerials serials;
	char	   *folded = ce_field_folded(text);

	return folded != NULL && ce_day_serials(folded, &serials) ? folded : NULL;
}

#define AN_ID		spell_id, gettext_noop("field \"%s\": \"%s\" is not an identifier of digits only")
#define A_DAY		spell_day, gettext_noop("field \"%s\": \"%s\" is not a date written as YYYY-MM-DD")
#define A_NUMBER	spell_number, gettext_noop("field \"%s\": \"%s\" is not a number such as 2.5")
#define A_QUANTITY	spell_quantity, gettext_noop("field \"%s\": \"%s\" is not a number such as 2.5")
#define A_RANK		spell_rank, gettext_noop("field \"%s\": \"%s\" is not a rank such as 3")
#define SOME_HOURS	spell_hours, gettext_noop("field \"%s\": \"%s\" is not a number of class hours with at most two decimals, such as 7.5")
#define A_STATUS	spell_status, gettext_noop("field \"%s\": \"%s\" is neither submitted nor verified")
#define SERIALS		spell_serials, gettext_noop("field \"%s\": \"%s\" is neither 1900 nor 1904, the years from which spreadsheets count days")
#define A_TEXT		NULL, NULL

static const FieldRule rules[IMPORT_FIELDS] = {
	[IMPORT_DAY_SERIALS] = {SERIALS},
	[IMPORT_PERSON_ID] = {AN_ID},
	[IMPORT_PERSON_NO] = {A_TEXT},
	[IMPORT_KIND] = {A_TEXT},
	[IMPORT_PLAN_ID] = {AN_ID},
	[IMPORT_ORG_ID] = {AN_ID},
	[IMPORT_ORG_CODE] = {A_TEXT},
	[IMPORT_TITLE] = {A_TEXT},
	[IMPORT_SPECIALTY] = {A_TEXT},
	[IMPORT_STARTED_ON] = {A_DAY},
	[IMPORT_COMPLETED_ON] = {A_DAY},
	[IMPORT_DAYS] = {A_NUMBER},
	[IMPORT_TRAVEL_DAYS] = {A_NUMBER},
	[IMPORT_HOURS] = {SOME_HOURS},
	[IMPORT_GRADE] = {A_TEXT},
	[IMPORT_ROLE] = {A_TEXT},
	[IMPORT_RANK] = {A_RANK},
	[IMPORT_QUANTITY] = {A_QUANTITY},
	[IMPORT_EVIDENCE] = {A_TEXT},
	[IMPORT_NOTE] = {A_TEXT},
	[IMPORT_STATUS] = {A_STATUS},
	[IMPORT_VERIFIED_BY] = {AN_ID},
	[IMPORT_VERIFIED_BY_CODE] = {A_TEXT},
	[IMPORT_VERIFIED_ON] = {A_DAY},
};

/* ---------------------------------------------------------------------
 * Reading
 * ---------------------------------------------------------------------
 */

/* What the text of a field says, other than by the letter, is told. */
static void
tell_reading(CeImportItem *item, CeImportField field, const char *read)
{
	const char *raw = item->raw[field];

	if (read == NULL ? ce_field_folded(raw) == NULL && strchr(raw, '#') == NULL :
		strcmp(raw, read) == 0 ||
		(ce_field_is_plain(raw) && rules[field].spelling != NULL &&
		 rules[field].spelling != spell_day))
		return;
	ce_import_tell(item, read == NULL ?
				   psprintf(_("field \"%s\": read \"%s\" as empty"),
							ce_import_field_name(field), ce_import_shown(raw)) :
				   psprintf(_("field \"%s\": read \"%s\" as \"%s\""),
							ce_import_field_name(field), ce_import_shown(raw), ce_import_shown(read)));
}

/* A short number that may be a spreadsheet's day. */
static bool
looks_like_serial(const char *text)
{
	size_t		len = strspn(text, "0123456789");

	return len == 5 && (text[len] == '\0' || text[len] == '.');
}

static void
refuse_value(CeImportItem *item, CeImportField field, const char *text)
{
	const FieldRule *rule = &rules[field];

	item->unreadable[field] = true;
	if (rule->spelling == spell_day && looks_like_serial(text))
		ce_import_reject(item, psprintf(_("field \"%s\": \"%s\" is not a date written as YYYY-MM-DD. If it is a spreadsheet's serial number, give field day_serials, too."),
										ce_import_field_name(field), ce_import_shown(text)));
	else
		ce_import_reject(item, psprintf(_(rule->refusal), ce_import_field_name(field), ce_import_shown(text)));
}

static void
spell_field(CeImportItem *item, CeImportField field)
{
	const FieldRule *rule = &rules[field];
	char	   *text = ce_field_text(item->raw[field]);

	if (item->raw[field] == NULL)
		return;
	item->values[field] = text == NULL || rule->spelling == NULL ? text :
		rule->spelling(item, text);
	if (text != NULL && item->values[field] == NULL)
		refuse_value(item, field, text);
	else
		tell_reading(item, field, item->values[field]);
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
}

/*-------------------------------------------------------------------------
 *
 * import_value.c
 *	  The value of a field in its one spelling, for every import.
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
#include "mb/pg_wchar.h"

#include "feed/import_item.h"
#include "feed/import_value.h"
#include "store/field_text.h"
#include "store/labels.h"
#include "types/hours.h"

#include "compat.h"

/* Days are halves of a year at most: more digits than this are a mistake. */
#define MAX_DIGITS 12

/* Units of class hours and of the clock, in UTF-8 */
#define CLASS_HOURS "学时"
#define LESSONS "课时"
#define CLOCK_HOURS "小时"

/* A value in its one spelling, or NULL if it is none. */
typedef char *(*Spelling) (const char *text, CeDaySerials serials);

typedef struct KindRule
{
	Spelling	spelling;		/* NULL: any text */
	const char *refusal;		/* untranslated; of the field and its value */
} KindRule;

/* A subject by its code or its label in Chinese, in UTF-8 */
typedef struct SubjectName
{
	CeSubject	subject;
	const char *name;
} SubjectName;

static const SubjectName subject_names[] = {
	{CE_SUBJECT_PUBLIC, "公需"},
	{CE_SUBJECT_PUBLIC, "公需科目"},
	{CE_SUBJECT_PROFESSIONAL, "专业"},
	{CE_SUBJECT_PROFESSIONAL, "专业科目"},
};

/* ---------------------------------------------------------------------
 * Spellings
 * ---------------------------------------------------------------------
 */

static char *
spell_id(const char *text, CeDaySerials serials)
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
spell_day(const char *text, CeDaySerials serials)
{
	DateADT		day;

	return ce_day_read(text, serials, &day, NULL) ? ce_date_text(day) : NULL;
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
spell_number(const char *text, CeDaySerials serials)
{
	static const char *const units[] = {"天"};
	char	   *folded = ce_field_folded(text);

	if (folded == NULL || !ce_field_plain_number(folded, units, lengthof(units)))
		return NULL;
	return spell_plain(folded);
}

/* A number of things, whose unit the law names: 3, 2.5. */
static char *
spell_quantity(const char *text, CeDaySerials serials)
{
	char	   *folded = ce_field_folded(text);

	if (folded == NULL || !ce_field_plain_number(folded, NULL, 0))
		return NULL;
	return spell_plain(folded);
}

/* A rank among those who took part, which a column of type integer holds. */
static char *
spell_rank(const char *text, CeDaySerials serials)
{
	char	   *rank = spell_id(text, serials);

	return rank != NULL && strtoi64(rank, NULL, 10) <= PG_INT32_MAX ? rank : NULL;
}

/* A calendar year: 2024, 2024年. */
static char *
spell_year(const char *text, CeDaySerials serials)
{
	static const char *const units[] = {"年度", "年"};
	char	   *folded = ce_field_folded(text);
	char	   *year;

	if (folded == NULL || !ce_field_plain_number(folded, units, lengthof(units)))
		return NULL;
	year = spell_plain(folded);
	return year != NULL && strlen(year) == 4 && strspn(year, "0123456789") == 4 ? year : NULL;
}

/* Class hours: 16, 16学时, 16课时. */
static char *
spell_hours(const char *text, CeDaySerials serials)
{
	static const char *const units[] = {"个" CLASS_HOURS, CLASS_HOURS, "个" LESSONS, LESSONS};
	char	   *folded = ce_field_folded(text);
	CeHours		hours;
	const char *problem;

	if (folded == NULL || !ce_field_plain_number(folded, units, lengthof(units)) ||
		!ce_hours_from_text(folded, strlen(folded), &hours, &problem))
		return NULL;
	return ce_hours_text(hours);
}

/* The two statuses that a new row can have (7.4), also in the ledger's Chinese. */
static char *
spell_status(const char *text, CeDaySerials serials)
{
	const char *submitted = ce_list_label(CE_LIST_STATUS, CE_STATUS_SUBMITTED);
	const char *verified = ce_list_label(CE_LIST_STATUS, CE_STATUS_VERIFIED);
	char	   *folded = ce_field_folded(text);

	if (folded == NULL)
		return NULL;
	if (strcmp(folded, submitted) == 0 || strcmp(folded, "已提交") == 0)
		return pstrdup(submitted);
	if (strcmp(folded, verified) == 0 || strcmp(folded, "已审验") == 0)
		return pstrdup(verified);
	return NULL;
}

static char *
spell_serials(const char *text, CeDaySerials serials)
{
	CeDaySerials read;
	char	   *folded = ce_field_folded(text);

	return folded != NULL && ce_day_serials(folded, &read) ? folded : NULL;
}

/* One of the subjects that have hours of their own. */
static char *
spell_subject(const char *text, CeDaySerials serials)
{
	char	   *folded = ce_field_folded(text);

	for (int i = 0; folded != NULL && i < lengthof(subject_names); i++)
	{
		const char *code = ce_list_label(CE_LIST_SUBJECT, subject_names[i].subject);

		if (strcmp(folded, code) == 0 || strcmp(folded, subject_names[i].name) == 0)
			return pstrdup(code);
	}
	return NULL;
}

static const KindRule rules[] = {
	[CE_VALUE_TEXT] = {NULL, NULL},
	[CE_VALUE_ID] = {spell_id, gettext_noop("field \"%s\": \"%s\" is not an identifier of digits only")},
	[CE_VALUE_DAY] = {spell_day, gettext_noop("field \"%s\": \"%s\" is not a date written as YYYY-MM-DD")},
	[CE_VALUE_DAYS] = {spell_number, gettext_noop("field \"%s\": \"%s\" is not a number such as 2.5")},
	[CE_VALUE_QUANTITY] = {spell_quantity, gettext_noop("field \"%s\": \"%s\" is not a number such as 2.5")},
	[CE_VALUE_RANK] = {spell_rank, gettext_noop("field \"%s\": \"%s\" is not a rank such as 3")},
	[CE_VALUE_YEAR] = {spell_year, gettext_noop("field \"%s\": \"%s\" is not a year such as 2024")},
	[CE_VALUE_HOURS] = {spell_hours, gettext_noop("field \"%s\": \"%s\" is not a number of class hours with at most two decimals, such as 7.5")},
	[CE_VALUE_SUBJECT] = {spell_subject, NULL},
	[CE_VALUE_STATUS] = {spell_status, gettext_noop("field \"%s\": \"%s\" is neither submitted nor verified")},
	[CE_VALUE_SERIALS] = {spell_serials, gettext_noop("field \"%s\": \"%s\" is neither 1900 nor 1904, the years from which spreadsheets count days")},
};

/* ---------------------------------------------------------------------
 * Reading
 * ---------------------------------------------------------------------
 */

/* A short number that may be a spreadsheet's day. */
static bool
looks_like_serial(const char *text)
{
	size_t		len = strspn(text, "0123456789");

	return len == 5 && (text[len] == '\0' || text[len] == '.');
}

static bool
has_clock_hours(const char *text)
{
	char	   *folded = ce_field_folded(text);

	return folded != NULL && strstr(folded, CLOCK_HOURS) != NULL;
}

/* A literal in UTF-8 as messages have it. */
static const char *
in_message(const char *utf8)
{
	return pg_any_to_server(utf8, strlen(utf8), PG_UTF8);
}

/* What is wrong with a day. */
static char *
refuse_day(const char *field, const char *text)
{
	const char *reason = ce_day_missing(text);

	if (reason != NULL)
		return psprintf(_("field \"%s\": \"%s\": %s"), field, ce_import_shown(text), reason);
	if (looks_like_serial(text))
		return psprintf(_("field \"%s\": \"%s\" is not a date written as YYYY-MM-DD. If it is a spreadsheet's serial number, give field day_serials, too."),
						field, ce_import_shown(text));
	return psprintf(_(rules[CE_VALUE_DAY].refusal), field, ce_import_shown(text));
}

static char *
refuse(const char *field, CeValueKind kind, const char *text)
{
	if (kind == CE_VALUE_DAY)
		return refuse_day(field, text);
	if (kind == CE_VALUE_HOURS && has_clock_hours(text))
		return psprintf(_("field \"%s\": \"%s\" is time by the clock and not class hours. Give class hours as a number, which may have the unit %s or %s."),
						field, ce_import_shown(text), in_message(CLASS_HOURS), in_message(LESSONS));
	if (kind == CE_VALUE_SUBJECT)
		return psprintf(_("field \"%s\": \"%s\" is not a subject of its own. Give public (%s or %s) or professional (%s or %s), or leave the field out."),
						field, ce_import_shown(text),
						in_message(subject_names[0].name), in_message(subject_names[1].name),
						in_message(subject_names[2].name), in_message(subject_names[3].name));
	return psprintf(_(rules[kind].refusal), field, ce_import_shown(text));
}

/* What the text of a field says, other than by the letter; NULL: nothing. */
static char *
reading(const char *field, CeValueKind kind, const char *raw, const char *read)
{
	if (read == NULL ? ce_field_folded(raw) == NULL && strchr(raw, '#') == NULL :
		strcmp(raw, read) == 0 ||
		(ce_field_is_plain(raw) && kind != CE_VALUE_TEXT && kind != CE_VALUE_DAY))
		return NULL;
	return read == NULL ?
		psprintf(_("field \"%s\": read \"%s\" as empty"), field, ce_import_shown(raw)) :
		psprintf(_("field \"%s\": read \"%s\" as \"%s\""), field,
				 ce_import_shown(raw), ce_import_shown(read));
}

CeImportValue
ce_import_value(const char *field, CeValueKind kind, const char *raw, CeDaySerials serials)
{
	CeImportValue value = {0};
	char	   *text = ce_field_text(raw);

	if (raw == NULL)
		return value;
	value.text = text == NULL || rules[kind].spelling == NULL ? text :
		rules[kind].spelling(text, serials);
	if (text != NULL && value.text == NULL)
		value.fault = refuse(field, kind, text);
	else
		value.reading = reading(field, kind, raw, value.text);
	return value;
}

/* ---------------------------------------------------------------------
 * What fields name
 * ---------------------------------------------------------------------
 */

char *
ce_import_no_person(const char *field, const char *value)
{
	return psprintf(_("field \"%s\": there is no person \"%s\". Enter the person in ce_person first."),
					field, ce_import_shown(value));
}

char *
ce_import_no_org(const char *field, const char *value)
{
	return psprintf(_("field \"%s\": there is no organisation \"%s\". Enter it in ce_org first."),
					field, ce_import_shown(value));
}

char *
ce_import_contradiction(const char *id_field, const char *id, const char *code_field,
						const char *code, const char *id_of_code)
{
	return psprintf(_("fields \"%s\" and \"%s\" contradict each other: the first is %s, but \"%s\" belongs to %s"),
					id_field, code_field, id, ce_import_shown(code), id_of_code);
}

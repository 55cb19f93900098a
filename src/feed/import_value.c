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

#define DIGITS "0123456789"

/* A text in its one spelling, or NULL if it has none. */
typedef char *(*Spelling) (const char *text, CeDaySerials serials);

typedef struct KindRule
{
	Spelling	spelling;		/* NULL: any text; of days as given, else folded */
	const char *refusal;		/* untranslated, with the field and its value */
	bool		number;			/* may have thousands separators, and a unit */
	const char *units[4];
} KindRule;

/* A label of a closed list, and its name in files, in UTF-8 */
typedef struct LabelName
{
	int			value;
	const char *name;
} LabelName;

static const LabelName subject_names[] = {
	{CE_SUBJECT_PUBLIC, "公需"},
	{CE_SUBJECT_PUBLIC, "公需科目"},
	{CE_SUBJECT_PROFESSIONAL, "专业"},
	{CE_SUBJECT_PROFESSIONAL, "专业科目"},
};

/* The two statuses that a new row can have (7.4) */
static const LabelName status_names[] = {
	{CE_STATUS_SUBMITTED, "已提交"},
	{CE_STATUS_VERIFIED, "已审验"},
};

/* ---------------------------------------------------------------------
 * Spellings
 * ---------------------------------------------------------------------
 */

static char *
spell_id(const char *text, CeDaySerials serials)
{
	int64		id;

	errno = 0;
	id = strtoi64(text, NULL, 10);
	if (text[strspn(text, DIGITS)] != '\0' || errno != 0)
		return NULL;
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
spell_number(const char *text, CeDaySerials serials)
{
	const char *whole = text + (*text == '-' || *text == '+');
	int			nwhole = strspn(whole, DIGITS);
	const char *fraction = whole + nwhole + (whole[nwhole] == '.');
	int			nfraction = fraction == whole + nwhole ? 0 : strspn(fraction, DIGITS);

	if (fraction[nfraction] != '\0' || nwhole + nfraction == 0)
		return NULL;
	for (; nwhole > 0 && *whole == '0'; nwhole--)
		whole++;
	while (nfraction > 0 && fraction[nfraction - 1] == '0')
		nfraction--;
	if (nwhole + nfraction > MAX_DIGITS)
		return NULL;
	if (nwhole + nfraction == 0)
		return pstrdup("0");
	return psprintf("%s%.*s%s%.*s", *text == '-' ? "-" : "",
					Max(nwhole, 1), nwhole == 0 ? "0" : whole,
					nfraction == 0 ? "" : ".", nfraction, fraction);
}

/* A rank among those who took part, which a column of type integer holds. */
static char *
spell_rank(const char *text, CeDaySerials serials)
{
	char	   *rank = spell_id(text, serials);

	return rank != NULL && strtoi64(rank, NULL, 10) <= PG_INT32_MAX ? rank : NULL;
}

static char *
spell_year(const char *text, CeDaySerials serials)
{
	char	   *year = spell_number(text, serials);

	return year != NULL && strlen(year) == 4 && strspn(year, DIGITS) == 4 ? year : NULL;
}

static char *
spell_hours(const char *text, CeDaySerials serials)
{
	CeHours		hours;
	const char *problem;

	if (!ce_hours_from_text(text, strlen(text), &hours, &problem))
		return NULL;
	return ce_hours_text(hours);
}

/* A label of a list, or one of its names. */
static char *
spell_label(const char *text, CeList list, const LabelName *names, int nnames)
{
	for (int i = 0; i < nnames; i++)
	{
		const char *label = ce_list_label(list, names[i].value);

		if (strcmp(text, label) == 0 || strcmp(text, names[i].name) == 0)
			return pstrdup(label);
	}
	return NULL;
}

static char *
spell_status(const char *text, CeDaySerials serials)
{
	return spell_label(text, CE_LIST_STATUS, status_names, lengthof(status_names));
}

static char *
spell_subject(const char *text, CeDaySerials serials)
{
	return spell_label(text, CE_LIST_SUBJECT, subject_names, lengthof(subject_names));
}

static char *
spell_serials(const char *text, CeDaySerials serials)
{
	CeDaySerials read;

	return ce_day_serials(text, &read) ? pstrdup(text) : NULL;
}

static const KindRule rules[] = {
	[CE_VALUE_TEXT] = {NULL, NULL},
	[CE_VALUE_ID] = {spell_id, gettext_noop("field \"%s\": \"%s\" is not an identifier of digits only")},
	[CE_VALUE_DAY] = {spell_day, gettext_noop("field \"%s\": \"%s\" is not a date written as YYYY-MM-DD")},
	[CE_VALUE_DAYS] = {spell_number, gettext_noop("field \"%s\": \"%s\" is not a number such as 2.5"),
		true, {"天"}},
	[CE_VALUE_QUANTITY] = {spell_number, gettext_noop("field \"%s\": \"%s\" is not a number such as 2.5"),
		true},
	[CE_VALUE_RANK] = {spell_rank, gettext_noop("field \"%s\": \"%s\" is not a rank such as 3")},
	[CE_VALUE_YEAR] = {spell_year, gettext_noop("field \"%s\": \"%s\" is not a year such as 2024"),
		true, {"年度", "年"}},
	[CE_VALUE_HOURS] = {spell_hours, gettext_noop("field \"%s\": \"%s\" is not a number of class hours with at most two decimals, such as 7.5"),
		true, {"个" CLASS_HOURS, CLASS_HOURS, "个" LESSONS, LESSONS}},
	[CE_VALUE_SUBJECT] = {spell_subject, NULL},
	[CE_VALUE_STATUS] = {spell_status, gettext_noop("field \"%s\": \"%s\" is neither submitted nor verified")},
	[CE_VALUE_SERIALS] = {spell_serials, gettext_noop("field \"%s\": \"%s\" is neither 1900 nor 1904, the years from which spreadsheets count days")},
};

/* The one spelling of a text that is not empty; NULL if it has none. */
static char *
spell(CeValueKind kind, char *text, CeDaySerials serials)
{
	const KindRule *rule = &rules[kind];
	int			nunits = 0;

	if (rule->spelling == NULL)
		return text;
	if (kind != CE_VALUE_DAY)
		text = ce_field_folded(text);
	while (nunits < lengthof(rule->units) && rule->units[nunits] != NULL)
		nunits++;
	if (text == NULL || (rule->number && !ce_field_plain_number(text, rule->units, nunits)))
		return NULL;
	return rule->spelling(text, serials);
}

/* ---------------------------------------------------------------------
 * Reading
 * ---------------------------------------------------------------------
 */

/* A short number that may be a spreadsheet's day. */
static bool
looks_like_serial(const char *text)
{
	size_t		len = strspn(text, DIGITS);

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

/* The fault of a day. */
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

/* What was read other than as written; NULL: nothing. */
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
	value.text = text == NULL ? NULL : spell(kind, text, serials);
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
ce_import_take_code(const char *id_field, char **id, const char *code_field,
					const char *code, char *id_of_code, bool is_person)
{
	if (code == NULL)
		return NULL;
	if (id_of_code == NULL && is_person)
		return ce_import_no_person(code_field, code);
	if (id_of_code == NULL)
		return psprintf(_("field \"%s\": there is no organisation \"%s\". Enter it in ce_org first."),
						code_field, ce_import_shown(code));
	if (*id != NULL && strcmp(*id, id_of_code) != 0)
		return psprintf(_("fields \"%s\" and \"%s\" contradict each other: the first is %s, but \"%s\" belongs to %s"),
						id_field, code_field, *id, ce_import_shown(code), id_of_code);
	*id = id_of_code;
	return NULL;
}

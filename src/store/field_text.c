/*-------------------------------------------------------------------------
 *
 * field_text.c
 *	  Cleaning the text of fields from files and forms.
 *
 * Spreadsheets and input methods add non-ASCII white space, full-width digits,
 * thousands separators and units.  They do not change a field's value, and
 * every way of loading data treats them alike.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <ctype.h>

#include "catalog/namespace.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "store/field_text.h"

#include "compat.h"

/* What a spreadsheet shows if a formula finds nothing. */
#define NOT_AVAILABLE "#N/A"

/* No character in UTF-8 */
#define NO_CHARACTER 0xFFFD

/* Full-width forms of ASCII characters */
#define FULL_WIDTH_FIRST 0xFF01
#define FULL_WIDTH_LAST 0xFF5E
#define FULL_WIDTH_OFFSET 0xFEE0
#define MINUS_SIGN 0x2212

/* ---------------------------------------------------------------------
 * Characters
 * ---------------------------------------------------------------------
 */

static uint32
code_in_utf8(const char *p, int len)
{
	if (!pg_utf8_islegal((const unsigned char *) p, len))
		return NO_CHARACTER;
	return utf8_to_unicode((const unsigned char *) p);
}

/* The first character of a text, and its length in bytes. */
static uint32
character_at(const char *p, int *len)
{
	int			encoding = GetDatabaseEncoding();
	unsigned char utf8[MAX_MULTIBYTE_CHAR_LEN * MAX_CONVERSION_GROWTH + 1];
	Oid			conversion;

	*len = 1;
	if (!IS_HIGHBIT_SET(*p))
		return (unsigned char) *p;
	/* SQL_ASCII text has no known encoding; assume UTF-8. */
	if (encoding == PG_SQL_ASCII)
		encoding = PG_UTF8;
	*len = strnlen(p, pg_encoding_mblen(encoding, p));
	if (encoding == PG_UTF8)
		return code_in_utf8(p, *len);
	conversion = FindDefaultConversionProc(encoding, PG_UTF8);
	if (!OidIsValid(conversion) ||
		pg_do_encoding_conversion_buf(conversion, encoding, PG_UTF8,
									  (unsigned char *) unconstify(char *, p), *len,
									  utf8, sizeof(utf8), true) < *len)
		return NO_CHARACTER;
	return code_in_utf8((char *) utf8, strlen((char *) utf8));
}

/* Is it invisible: white space of any width, or of zero width? */
static bool
is_blank(uint32 c)
{
	return (c >= '\t' && c <= '\r') || c == ' ' || c == 0x00A0 || c == 0x1680 ||
		(c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 ||
		c == 0x202F || c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

/* ---------------------------------------------------------------------
 * Fields
 * ---------------------------------------------------------------------
 */

char *
ce_field_text(const char *text)
{
	const char *begin = NULL;
	const char *end = NULL;
	int			len;

	if (text == NULL)
		return NULL;
	for (const char *p = text; *p != '\0'; p += len)
	{
		if (is_blank(character_at(p, &len)))
			continue;
		if (begin == NULL)
			begin = p;
		end = p + len;
	}
	if (begin == NULL ||
		(end - begin == strlen(NOT_AVAILABLE) &&
		 strncmp(begin, NOT_AVAILABLE, end - begin) == 0))
		return NULL;
	return pnstrdup(begin, end - begin);
}

/* ce__is_blank(text) returns boolean: whether a field says nothing */
PG_FUNCTION_INFO_V1(ce__is_blank);
Datum
ce__is_blank(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(PG_ARGISNULL(0) ||
				   ce_field_text(TextDatumGetCString(PG_GETARG_DATUM(0))) == NULL);
}

char *
ce_field_folded(const char *text)
{
	char	   *trimmed = ce_field_text(text);
	StringInfoData folded;
	int			len;

	if (trimmed == NULL)
		return NULL;
	initStringInfo(&folded);
	for (const char *p = trimmed; *p != '\0'; p += len)
	{
		uint32		c = character_at(p, &len);
		unsigned char utf8[5] = {0};

		if (c == NO_CHARACTER)
			return NULL;
		if (c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST)
			c -= FULL_WIDTH_OFFSET;
		else if (c == MINUS_SIGN)
			c = '-';
		else if (is_blank(c))
			c = ' ';
		unicode_to_utf8(c, utf8);
		appendStringInfoString(&folded, (char *) utf8);
	}
	return folded.data;
}

/* ---------------------------------------------------------------------
 * Numbers
 * ---------------------------------------------------------------------
 */

static void
take_off_unit(char *text, const char *const *units, int nunits)
{
	size_t		len = strlen(text);

	for (int i = 0; i < nunits; i++)
	{
		size_t		unit = strlen(units[i]);

		if (unit >= len || strcmp(text + len - unit, units[i]) != 0)
			continue;
		len -= unit;
		while (len > 0 && text[len - 1] == ' ')
			len--;
		text[len] = '\0';
		return;
	}
}

/* Commas end thousands: 1,234 and 12,345,678.5, not 1,5 or 12,34. */
static bool
take_off_thousands(char *text)
{
	char	   *whole = text + (*text == '-' || *text == '+');
	size_t		digits = strcspn(whole, ".");
	char	   *out = whole;

	if (strchr(text, ',') == NULL)
		return true;
	if (digits % 4 == 0)
		return false;			/* the first group would have none, or four */
	for (size_t i = 0; i < digits; i++)
	{
		/* the places of commas are counted from the end of the whole part */
		bool		separates = i > 0 && (digits - i) % 4 == 0;

		if (separates != (whole[i] == ',') ||
			(!separates && !isdigit((unsigned char) whole[i])))
			return false;
	}
	for (const char *p = whole; *p != '\0'; p++)
	{
		if (*p != ',')
			*out++ = *p;
		else if (p >= whole + digits)
			return false;
	}
	*out = '\0';
	return true;
}

bool
ce_field_plain_number(char *folded, const char *const *units, int nunits)
{
	take_off_unit(folded, units, nunits);
	return take_off_thousands(folded);
}

bool
ce_field_is_plain(const char *text)
{
	return text[strspn(text, "+-.0123456789")] == '\0';
}

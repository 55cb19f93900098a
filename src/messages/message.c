/*-------------------------------------------------------------------------
 *
 * message.c
 *	  Messages in the language of the setting ce_hours.language.
 *
 * gettext knows one language a process, that of lc_messages, which only a
 * superuser may set and which needs a locale of the host.  So the Chinese
 * catalogue is also part of the module: po/zh_CN.po as an array.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "mb/pg_wchar.h"
#include "utils/memutils.h"

#include "messages/message.h"
#include "compat.h"

typedef struct Entry
{
	const char *english;
	const char *chinese;		/* in UTF-8 */
} Entry;

static const Entry catalogue[] = {
#include "zh_CN.h"
};

CeLanguage	ce_language = CE_LANGUAGE_OF_SERVER;

/* Places in the catalogue in the order of the English, made at first use */
static int	sorted[lengthof(catalogue)];
static bool is_sorted = false;

/* Chinese in the database's encoding, if that is not UTF-8; kept */
static const char *converted[lengthof(catalogue)];

bool
ce_language_by_name(const char *name, CeLanguage *language)
{
	if (name == NULL || name[0] == '\0')
		*language = CE_LANGUAGE_OF_SERVER;
	else if (pg_strcasecmp(name, "en") == 0)
		*language = CE_LANGUAGE_ENGLISH;
	else if (pg_strcasecmp(name, "zh") == 0)
		*language = CE_LANGUAGE_CHINESE;
	else
		return false;
	return true;
}

static int
compare_places(const void *a, const void *b)
{
	return strcmp(catalogue[*(const int *) a].english,
				  catalogue[*(const int *) b].english);
}

/* The place of a message in the catalogue; -1: it has none. */
static int
find_place(const char *english)
{
	int			low = 0;
	int			high = lengthof(catalogue) - 1;

	if (!is_sorted)
	{
		for (int i = 0; i < lengthof(catalogue); i++)
			sorted[i] = i;
		qsort(sorted, lengthof(catalogue), sizeof(int), compare_places);
		is_sorted = true;
	}
	while (low <= high)
	{
		int			middle = (low + high) / 2;
		int			order = strcmp(english, catalogue[sorted[middle]].english);

		if (order == 0)
			return sorted[middle];
		if (order < 0)
			high = middle - 1;
		else
			low = middle + 1;
	}
	return -1;
}

/*
 * Convert a text to the database's encoding; NULL if that lacks a character,
 * or if no conversion can be looked up now.  Raises no error, since an error
 * may be under way.
 */
static const char *
convert(const char *utf8)
{
	int			len = strlen(utf8);
	Size		size = (Size) len * MAX_CONVERSION_GROWTH + 1;
	Oid			conversion;
	char	   *result;

	if (!IsTransactionState())
		return NULL;
	conversion = FindDefaultConversionProc(PG_UTF8, GetDatabaseEncoding());
	if (!OidIsValid(conversion))
		return NULL;
	result = MemoryContextAlloc(TopMemoryContext, size);
	if (pg_do_encoding_conversion_buf(conversion, PG_UTF8, GetDatabaseEncoding(),
									  (unsigned char *) unconstify(char *, utf8), len,
									  (unsigned char *) result, size, true) < len)
	{
		pfree(result);
		return NULL;
	}
	return result;
}

static const char *
chinese(const char *english)
{
	int			place = find_place(english);
	int			encoding = GetDatabaseEncoding();

	if (place < 0)
		return english;
	if (encoding == PG_UTF8 || encoding == PG_SQL_ASCII)
		return catalogue[place].chinese;
	if (converted[place] == NULL)
		converted[place] = convert(catalogue[place].chinese);
	return converted[place] != NULL ? converted[place] : english;
}

const char *
ce_message(const char *english)
{
	switch (ce_language)
	{
		case CE_LANGUAGE_OF_SERVER:
			break;
		case CE_LANGUAGE_ENGLISH:
			return english;
		case CE_LANGUAGE_CHINESE:
			return chinese(english);
	}
	return dgettext(TEXTDOMAIN, english);
}

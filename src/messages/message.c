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
#include "lib/stringinfo.h"
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
ce_find_language(const char *name, CeLanguage *language)
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
ce_message_in(CeLanguage language, const char *english)
{
	switch (language)
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

const char *
ce_message(const char *english)
{
	return ce_message_in(ce_language, english);
}

/* That of the server may be Chinese or not. */
static bool
is_chinese(CeLanguage language)
{
	/* translator: the language whose labels sentences use, zh or en */
	return strcmp(ce_message_in(language, gettext_noop("en")), "zh") == 0;
}

const char *
ce_label_in(CeLanguage language, const CeLabel *label, const char *name)
{
	const char *text = is_chinese(language) ? label->zh : label->en;

	return text != NULL ? text : name;
}

const char *
ce_label(const CeLabel *label, const char *name)
{
	return ce_label_in(ce_language, label, name);
}

const char *
ce_clause_in(CeLanguage language, const char *clause)
{
	const char *and = ce_message_in(language, gettext_noop(", "));
	StringInfoData list;

	if (!is_chinese(language))
		return clause;
	if (strncmp(clause, "art.", 4) == 0)
		clause += strspn(clause + 4, " ") + 4;
	/* One that was entered in Chinese is a whole one already. */
	if (IS_HIGHBIT_SET(clause[0]))
		return clause;
	initStringInfo(&list);
	for (const char *p = clause; *p != '\0'; p++)
	{
		if (strncmp(p, ", ", 2) == 0)
		{
			appendStringInfoString(&list, and);
			p++;
		}
		else
			appendStringInfoChar(&list, *p);
	}
	return psprintf(ce_message_in(language, gettext_noop("clause %s")), list.data);
}

const char *
ce_clause(const char *clause)
{
	return ce_clause_in(ce_language, clause);
}

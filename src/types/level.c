/*-------------------------------------------------------------------------
 *
 * level.c
 *	  The type ce_level: the level of a professional title (职称层级).
 *
 * A level is stored as an int4 and compares as one.  Its text form is an
 * English label; the input also accepts the names that the notice and the HR
 * systems use.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "parser/scansup.h"
#include "utils/fmgrprotos.h"

#include "types/level.h"
#include "types/sql_function.h"
#include "compat.h"

/* Longer than any name of a level, in bytes. */
#define CE_LEVEL_NAME_SIZE 32

typedef struct CeLevelName
{
	const char *name;			/* in UTF-8, ASCII letters in lower case */
	CeLevel		level;
} CeLevelName;

/* The label of each level comes first. */
static const CeLevelName level_names[] = {
	{gettext_noop("junior"), CE_JUNIOR},
	{gettext_noop("intermediate"), CE_INTERMEDIATE},
	{gettext_noop("senior"), CE_SENIOR},
	{gettext_noop("full_senior"), CE_FULL_SENIOR},
	{"初级", CE_JUNIOR},
	{"员级", CE_JUNIOR},
	{"助理级", CE_JUNIOR},
	{"中级", CE_INTERMEDIATE},
	{"高级", CE_SENIOR},
	{"副高级", CE_SENIOR},
	{"副高", CE_SENIOR},
	{"associate_senior", CE_SENIOR},
	{"正高级", CE_FULL_SENIOR},
	{"正高", CE_FULL_SENIOR}
};

const char *
ce_level_label(CeLevel level)
{
	if (level < CE_JUNIOR || level > CE_FULL_SENIOR)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("invalid stored value of type %s: %d",
						"ce_level", (int) level)));
	return level_names[level - CE_JUNIOR].name;
}

/*
 * Parsing
 */

static bool
same_name(const char *str, int len, const char *name)
{
	for (int i = 0; i < len; i++)
		if (pg_ascii_tolower((unsigned char) str[i]) != (unsigned char) name[i])
			return false;		/* also at the end of name */
	return name[len] == '\0';
}

/*
 * Convert from the server encoding to that of the names.  Returns the length
 * of the result, or -1 if str cannot be a name.  Unlike pg_server_to_any(), a
 * character without an equivalent raises no error, so that soft errors stay
 * soft.
 */
static int
to_utf8(const char *str, int len, char *utf8)
{
	int			encoding = GetDatabaseEncoding();
	unsigned char converted[CE_LEVEL_NAME_SIZE * MAX_CONVERSION_GROWTH + 1];
	Oid			conversion;
	int			utf8len;

	if (len >= CE_LEVEL_NAME_SIZE)
		return -1;

	/* SQL_ASCII text has no known encoding; assume UTF-8. */
	if (encoding == PG_UTF8 || encoding == PG_SQL_ASCII)
	{
		memcpy(utf8, str, len);
		return len;
	}

	conversion = FindDefaultConversionProc(encoding, PG_UTF8);
	if (!OidIsValid(conversion))
		return -1;
	if (pg_do_encoding_conversion_buf(conversion, encoding, PG_UTF8,
									  (unsigned char *) unconstify(char *, str), len,
									  converted, sizeof(converted), true) < len)
		return -1;
	utf8len = strlen((char *) converted);
	if (utf8len >= CE_LEVEL_NAME_SIZE)
		return -1;
	memcpy(utf8, converted, utf8len);
	return utf8len;
}

int
ce_find_level(const char *str)
{
	const char *end = str + strlen(str);
	char		utf8[CE_LEVEL_NAME_SIZE];
	int			len;

	while (str < end && scanner_isspace(*str))
		str++;
	while (str < end && scanner_isspace(end[-1]))
		end--;

	len = to_utf8(str, end - str, utf8);
	if (len < 0)
		return 0;
	for (int i = 0; i < lengthof(level_names); i++)
		if (same_name(utf8, len, level_names[i].name))
			return level_names[i].level;
	return 0;
}

/*
 * Input and output
 */

/* ce_level_in(cstring) */
PG_FUNCTION_INFO_V1(ce_level_in);
Datum
ce_level_in(PG_FUNCTION_ARGS)
{
	char	   *str = PG_GETARG_CSTRING(0);
	int			level = ce_find_level(str);

	if (level == 0)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"",
						"ce_level", str),
				 errhint("The levels are junior, intermediate, senior and full_senior; their Chinese names are also accepted.")));
	PG_RETURN_CE_LEVEL(level);
}

/* ce_level_out(ce_level) */
PG_FUNCTION_INFO_V1(ce_level_out);
Datum
ce_level_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(pstrdup(ce_level_label(PG_GETARG_CE_LEVEL(0))));
}

/* ce_level_recv(internal) */
PG_FUNCTION_INFO_V1(ce_level_recv);
Datum
ce_level_recv(PG_FUNCTION_ARGS)
{
	int32		level = pq_getmsgint((StringInfo) PG_GETARG_POINTER(0), 4);

	if (level < CE_JUNIOR || level > CE_FULL_SENIOR)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s", "ce_level"),
				 errdetail("%d is not the number of a level.", level)));
	PG_RETURN_CE_LEVEL(level);
}

/* ce_level_send(ce_level) */
PG_FUNCTION_INFO_V1(ce_level_send);
Datum
ce_level_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint32(&buf, PG_GETARG_CE_LEVEL(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/*
 * Comparison, as int4
 */

CE_SQL_COMPARISON(ce_level_eq, PG_GETARG_CE_LEVEL, ==);
CE_SQL_COMPARISON(ce_level_ne, PG_GETARG_CE_LEVEL, !=);
CE_SQL_COMPARISON(ce_level_lt, PG_GETARG_CE_LEVEL, <);
CE_SQL_COMPARISON(ce_level_le, PG_GETARG_CE_LEVEL, <=);
CE_SQL_COMPARISON(ce_level_gt, PG_GETARG_CE_LEVEL, >);
CE_SQL_COMPARISON(ce_level_ge, PG_GETARG_CE_LEVEL, >=);

/* max(ce_level), min(ce_level) */
CE_SQL_FUNCTION(ce_level_larger, CeLevelGetDatum(Max(PG_GETARG_CE_LEVEL(0), PG_GETARG_CE_LEVEL(1))));
CE_SQL_FUNCTION(ce_level_smaller, CeLevelGetDatum(Min(PG_GETARG_CE_LEVEL(0), PG_GETARG_CE_LEVEL(1))));

/* support of btree and hash indexes */
CE_SQL_FUNCTION(ce_level_cmp, btint4cmp(fcinfo));
CE_SQL_FUNCTION(ce_level_sortsupport, btint4sortsupport(fcinfo));
CE_SQL_FUNCTION(ce_level_hash, hashint4(fcinfo));
CE_SQL_FUNCTION(ce_level_hash_extended, hashint4extended(fcinfo));

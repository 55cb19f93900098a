/*-------------------------------------------------------------------------
 *
 * words.c
 *	  What the messages of SQL functions and views are made of, in the current
 *	  language.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "store/ledger.h"

#include "compat.h"

/* ce_text(message text) returns text: in the current language */
PG_FUNCTION_INFO_V1(ce_text);
Datum
ce_text(PG_FUNCTION_ARGS)
{
	char	   *message = text_to_cstring(PG_GETARG_TEXT_PP(0));

	ce_ledger_enter(fcinfo);
	PG_RETURN_TEXT_P(cstring_to_text(ce_translate(message)));
}

/* The language of a name; any other name means the current language. */
static CeLanguage
language_of(const char *name)
{
	CeLanguage	language;

	return name != NULL && ce_find_language(name, &language) ? language : ce_language;
}

/* ce__text(message text, lang text) returns text */
PG_FUNCTION_INFO_V1(ce__text);
Datum
ce__text(PG_FUNCTION_ARGS)
{
	char	   *message = text_to_cstring(PG_GETARG_TEXT_PP(0));
	char	   *lang = text_to_cstring(PG_GETARG_TEXT_PP(1));

	/* The empty one is the catalogue's header. */
	PG_RETURN_TEXT_P(cstring_to_text(message[0] == '\0' ? message :
									 ce_message_in(language_of(lang), message)));
}

static const char *
text_or_null(FunctionCallInfo fcinfo, int argument)
{
	return PG_ARGISNULL(argument) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(argument));
}

/* ce__label(label_zh text, label_en text) returns text */
PG_FUNCTION_INFO_V1(ce__label);
Datum
ce__label(PG_FUNCTION_ARGS)
{
	CeLabel		label = {text_or_null(fcinfo, 0), text_or_null(fcinfo, 1)};
	const char *text = ce_label(&label, NULL);

	if (text == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(text));
}

/* ce__clause(clause text, lang text) returns text */
PG_FUNCTION_INFO_V1(ce__clause);
Datum
ce__clause(PG_FUNCTION_ARGS)
{
	const char *clause = text_or_null(fcinfo, 0);

	if (clause == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(ce_clause_in(language_of(text_or_null(fcinfo, 1)), clause)));
}

/*-------------------------------------------------------------------------
 *
 * message.h
 *	  Messages in the language of the setting ce_hours.language.
 *
 * compat.h makes errmsg() and its like, and _(), go through here.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_MESSAGE_H
#define CE_MESSAGE_H

typedef enum CeLanguage
{
	CE_LANGUAGE_OF_SERVER,		/* that of lc_messages */
	CE_LANGUAGE_ENGLISH,
	CE_LANGUAGE_CHINESE
} CeLanguage;

extern CeLanguage ce_language;

/* The language of a value of the setting; false: there is no such value. */
extern bool ce_find_language(const char *name, CeLanguage *language);

/*
 * A message in the current language; itself if it has no translation.  What is
 * returned stays valid.
 */
extern const char *ce_message(const char *english) pg_attribute_format_arg(1);

/* The same in a language. */
extern const char *ce_message_in(CeLanguage language, const char *english) pg_attribute_format_arg(2);

/* The labels of a row of the law; NULL: there is none. */
typedef struct CeLabel
{
	const char *zh;
	const char *en;
} CeLabel;

/* The label in a language, as sentences name the row; the name if it has none. */
extern const char *ce_label_in(CeLanguage language, const CeLabel *label, const char *name);
extern const char *ce_label(const CeLabel *label, const char *name);

/* A clause as sentences in a language cite it: 4.2, or as a whole, 第4.2条. */
extern const char *ce_clause_in(CeLanguage language, const char *clause);
extern const char *ce_clause(const char *clause);

#endif							/* CE_MESSAGE_H */

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
extern bool ce_language_by_name(const char *name, CeLanguage *language);

/*
 * A message in the current language; itself if it has no translation.  What is
 * returned stays valid.
 */
extern const char *ce_message(const char *english) pg_attribute_format_arg(1);

#endif							/* CE_MESSAGE_H */

/*-------------------------------------------------------------------------
 *
 * import_value.h
 *	  The value of a field in its one spelling, for every import.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_IMPORT_VALUE_H
#define CE_IMPORT_VALUE_H

#include "store/day_text.h"

/* What a field's value is. */
typedef enum CeValueKind
{
	CE_VALUE_TEXT, CE_VALUE_ID, CE_VALUE_DAY, CE_VALUE_DAYS,
	CE_VALUE_QUANTITY, CE_VALUE_RANK, CE_VALUE_YEAR, CE_VALUE_HOURS,
	CE_VALUE_SUBJECT, CE_VALUE_STATUS, CE_VALUE_SERIALS
} CeValueKind;

typedef struct CeImportValue
{
	char	   *text;			/* in its one spelling; NULL: nothing */
	char	   *fault;			/* why it cannot be a value; NULL: it can */
	char	   *reading;		/* what was read otherwise than written; NULL: nothing */
} CeImportValue;

/* Read a field as it came; NULL if it was not given. */
extern CeImportValue ce_import_value(const char *field, CeValueKind kind,
									 const char *raw, CeDaySerials serials);

/* The fault of a field that names a person who does not exist. */
extern char *ce_import_no_person(const char *field, const char *value);

/*
 * A person or organisation named by its id, by its code, or by both alike:
 * sets the id; returns what is wrong, or NULL.  id_of_code: NULL if the code
 * was not found.
 */
extern char *ce_import_take_code(const char *id_field, char **id,
								 const char *code_field, const char *code,
								 char *id_of_code, bool is_person);

#endif							/* CE_IMPORT_VALUE_H */

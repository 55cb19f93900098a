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

/* Faults: what a field names does not exist, or two fields disagree. */
extern char *ce_import_no_person(const char *field, const char *value);
extern char *ce_import_no_org(const char *field, const char *value);
extern char *ce_import_contradiction(const char *id_field, const char *id,
									 const char *code_field, const char *code,
									 const char *id_of_code);

#endif							/* CE_IMPORT_VALUE_H */

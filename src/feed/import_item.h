/*-------------------------------------------------------------------------
 *
 * import_item.h
 *	  One record of an import, its state and its outcome.
 *
 * A bad record raises no error here: its outcome gives the reasons, and the
 * good records of the same call need no subtransaction.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_IMPORT_ITEM_H
#define CE_IMPORT_ITEM_H

#include "lib/stringinfo.h"
#include "utils/jsonb.h"

#include "feed/import_value.h"
#include "store/ledger.h"

/* The fields of a record, besides source and source_ref. */
typedef enum CeImportField
{
	IMPORT_PERSON_ID, IMPORT_PERSON_NO, IMPORT_KIND, IMPORT_PLAN_ID,
	IMPORT_ORG_ID, IMPORT_ORG_CODE, IMPORT_TITLE, IMPORT_SPECIALTY,
	IMPORT_STARTED_ON, IMPORT_COMPLETED_ON, IMPORT_DAYS,
	IMPORT_TRAVEL_DAYS, IMPORT_HOURS, IMPORT_GRADE, IMPORT_ROLE,
	IMPORT_RANK, IMPORT_QUANTITY, IMPORT_EVIDENCE, IMPORT_NOTE,
	IMPORT_STATUS, IMPORT_VERIFIED_BY, IMPORT_VERIFIED_BY_CODE,
	IMPORT_VERIFIED_ON, IMPORT_DAY_SERIALS, IMPORT_FIELDS
} CeImportField;

typedef struct CeImportFieldRule
{
	const char *name;
	CeValueKind kind;
	bool		stored;			/* in the column of this name of ce_activity */
} CeImportFieldRule;

extern const CeImportFieldRule ce_import_fields[IMPORT_FIELDS];

typedef enum CeImportOutcome
{
	CE_IMPORT_UNDECIDED, CE_IMPORT_NEW, CE_IMPORT_UNCHANGED,
	CE_IMPORT_CONFLICT, CE_IMPORT_REJECTED, CE_IMPORT_WITHDRAWN
} CeImportOutcome;

#define CE_IMPORT_OUTCOMES (CE_IMPORT_WITHDRAWN + 1)

/* The number of ways in which a reference may have been written. */
#define CE_REF_SPELLINGS 3

typedef struct CeImportItem
{
	int64		ord;			/* position in the call, or line */
	char	   *source;
	char	   *ref;			/* NULL: not known */
	char	   *ref_as_sent;	/* NULL: as it is in ref */
	bool		ref_unreadable;
	char	   *raw[IMPORT_FIELDS]; /* as it came; NULL: not given */
	bool		unreadable[IMPORT_FIELDS];
	char	   *values[IMPORT_FIELDS];	/* in one spelling; NULL: not given */
	CeDaySerials serials;		/* whether serial numbers are days */
	bool		zero_hours;		/* hours of 0, which were taken as not stated */

	StringInfo	faults;			/* one a line; NULL: none so far */
	StringInfo	readings;		/* what was read otherwise than written; NULL: nothing */

	/* xAPI */
	bool		statement;
	char	   *voids;			/* the statement that this one withdraws */
	char	   *course;			/* IRI of what was completed */
	char	   *duration_text;	/* result.duration; NULL: none */
	int64		duration;		/* the same in hundredths of a second */
	char	   *conversion;		/* into hours, as a note; NULL: none */

	/* Of ref or, for a voiding statement, of voids. */
	char	   *key;			/* the same for equal references */
	char	   *spellings[CE_REF_SPELLINGS];	/* that an activity may have; NULL: fewer */

	CeImportOutcome outcome;
	char	   *message;		/* NULL: there is nothing to say */

	char	   *same_as;		/* the activity of the same course; NULL: none */

	/* for import_batch.c */
	int			wave;
	bool		retried;
} CeImportItem;

extern const char *ce_import_field_name(CeImportField field);

/* Does a text, as JSON has it, spell a name? */
extern bool ce_import_is_name(const char *text, int len, const char *name);

/* Is this the label of a status?  NULL: it is not. */
extern bool ce_import_has_status(const char *label, CeStatus status);

extern const char *ce_import_outcome_label(CeImportOutcome outcome);

/* The field with a name; IMPORT_FIELDS if no field has it. */
extern CeImportField ce_import_find_field(const char *name, int len);

/* Decide an item, if it is not yet decided. */
extern void ce_import_decide(CeImportItem *item, CeImportOutcome outcome,
							 const char *message);

/* Append a line to a text; NULL: the text is still empty. */
extern void ce_import_add_line(StringInfo *lines, const char *line);

/* Add a fault to an item; once all are known, they reject it. */
extern void ce_import_reject(CeImportItem *item, const char *fault);
extern void ce_import_reject_faulty(CeImportItem *item);

/* Add a sentence to the message of the outcome. */
extern void ce_import_tell(CeImportItem *item, const char *reading);
extern void ce_import_finish(CeImportItem *item);

/* As much of a value as a message shows. */
extern char *ce_import_shown(const char *text);

/* The text of a JSON string, NULL for everything else. */
extern char *ce_import_json_text(const JsonbValue *value);

/* The text of a JSON number: one for all that are equal, 17 and 17.0. */
extern char *ce_import_json_number(const JsonbValue *value);

/* The text of a field, NULL for null; false if it is neither text nor number. */
extern bool ce_import_json_field(const JsonbValue *value, char **text);

#endif							/* CE_IMPORT_ITEM_H */

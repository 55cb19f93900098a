/*-------------------------------------------------------------------------
 *
 * import_lookup.h
 *	  What the ledger knows about the things that import records name.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_IMPORT_LOOKUP_H
#define CE_IMPORT_LOOKUP_H

#include "feed/import_record.h"

/* What the ledger knows about the things a record names, as text, or NULL. */
enum CeImportLookupColumn
{
	LOOKUP_N, LOOKUP_ORG, LOOKUP_VERIFIER, LOOKUP_COURSE_KIND,
	LOOKUP_COURSE_PLAN, LOOKUP_COURSE_HOURS,
	/* the activity that came under this reference; of rejected ones the last */
	LOOKUP_ACTIVITY_ID, LOOKUP_STATUS, LOOKUP_REVIEWED_BY,
	LOOKUP_STORED, LOOKUP_COLUMNS = LOOKUP_STORED + IMPORT_FIELDS
};

/* The two ways in which a record names its person. */
enum
{
	CE_BY_ID, CE_BY_NO
};

typedef struct CeImportLookup
{
	char	   *columns[LOOKUP_COLUMNS];
	char	   *persons[CE_BY_NO + 1];	/* the person_id of each way */
	const char *foreign_plan;	/* nobody is seen, and the plan is another organisation's */
	char	   *scheme;			/* of the person */
	char	   *class_minutes;	/* of a class hour, for the person's scheme and the year */
	/* columns of earlier tries under this reference that a body rejected (7.4) */
	char	 ***rejected;
	int			nrejected;
	/* statements about the reference that made no activity */
	char	   *voided_by;
	char	   *heard_activity; /* the activity that it repeats */
	char	   *heard_status;
	char	   *heard_ref;
} CeImportLookup;

/* How ce_activity stores a field. */
typedef struct CeImportStored
{
	const char *cast;			/* from text; %s: the ledger's schema */
	const char *shown;			/* to text, in the record's spelling */
} CeImportStored;

/* NULL: it does not. */
extern const CeImportStored *ce_import_find_stored(CeImportField field);

/* Look up what the items name. */
extern CeImportLookup *ce_import_look_up(CeImportItem **items, int n);

/* Copy what was found into the item; reject it if something was not. */
extern void ce_import_resolve(CeImportItem *item, const CeImportLookup *lookup);

#endif							/* CE_IMPORT_LOOKUP_H */

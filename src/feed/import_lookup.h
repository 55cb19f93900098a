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
	LOOKUP_N, LOOKUP_PERSON_BY_ID, LOOKUP_PERSON_BY_NO, LOOKUP_ORG,
	LOOKUP_VERIFIER, LOOKUP_COURSE_KIND, LOOKUP_COURSE_PLAN,
	LOOKUP_COURSE_HOURS,
	/* the activity that came under this reference; of rejected ones the last */
	LOOKUP_ACTIVITY_ID, LOOKUP_STATUS, LOOKUP_REVIEWED_BY,
	LOOKUP_STORED, LOOKUP_COLUMNS = LOOKUP_STORED + IMPORT_FIELDS
};

typedef struct CeImportLookup
{
	char	   *columns[LOOKUP_COLUMNS];
	char	   *scheme;			/* of the person */
	char	   *class_minutes;	/* of a class hour, for the person's scheme and the year */
	/* earlier tries under this reference that a body rejected (7.4) */
	struct CeImportLookup **rejected;
	int			nrejected;
	/* statements about the reference that made no activity */
	char	   *voided_by;
	char	   *heard_activity; /* the activity that it repeats */
	char	   *heard_status;
	char	   *heard_ref;
} CeImportLookup;

/* How a field is stored, in the order of CeImportField; NULL: it is not. */
typedef struct CeImportStored
{
	const char *cast;			/* from text; %s: the ledger's schema */
	const char *shown;			/* to text, in the record's spelling */
} CeImportStored;

extern const CeImportStored ce_import_stored[IMPORT_FIELDS];

/* Look up what the items name, in one statement. */
extern CeImportLookup *ce_import_look_up(CeImportItem **items, int n);

/* Copy what was found into the item; reject it if something was not. */
extern void ce_import_resolve(CeImportItem *item, const CeImportLookup *lookup);

/*
 * Decide an item whose reference has come before.  What was rejected under it
 * stays so; a record that was corrected since is left undecided, as a new try.
 */
extern void ce_import_compare(CeImportItem *item, const CeImportLookup *lookup);

/* Decide an item whose evidence an activity already has. */
extern void ce_import_find_same(CeImportItem *item, char *activity_id,
								const char *ref, const char *status);

/* Decide those that state a course for the second time (AMB-34). */
extern void ce_import_find_same_course(CeImportItem **items, int nitems);

#endif							/* CE_IMPORT_LOOKUP_H */

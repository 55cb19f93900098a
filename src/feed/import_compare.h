/*-------------------------------------------------------------------------
 *
 * import_compare.h
 *	  Records that have come before: compared with what is stored.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_IMPORT_COMPARE_H
#define CE_IMPORT_COMPARE_H

#include "feed/import_lookup.h"

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

#endif							/* CE_IMPORT_COMPARE_H */

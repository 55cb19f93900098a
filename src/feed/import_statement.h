/*-------------------------------------------------------------------------
 *
 * import_statement.h
 *	  Statements of record stores that made no activity (9.4a).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_IMPORT_STATEMENT_H
#define CE_IMPORT_STATEMENT_H

#include "feed/import_lookup.h"

/* Add earlier statements about the items' references to the look-ups. */
extern void ce_import_look_up_statements(CeImportItem **items, int n,
										 CeImportLookup *lookups);

/* Remember that a statement was voided, whether it has arrived or not. */
extern void ce_import_remember_voided(CeImportItem *item);

/* Remember those of the items whose evidence an activity already has. */
extern void ce_import_remember_same_course(CeImportItem **items, int nitems);

#endif							/* CE_IMPORT_STATEMENT_H */

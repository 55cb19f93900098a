/*-------------------------------------------------------------------------
 *
 * import_statement.h
 *	  What record stores have stated that is no activity of its own (9.4a).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_IMPORT_STATEMENT_H
#define CE_IMPORT_STATEMENT_H

#include "feed/import_lookup.h"

/* Add to the look-ups what was heard of the items' references before. */
extern void ce_import_look_up_statements(CeImportItem **items, int n,
										 CeImportLookup *lookups);

/* Keep in mind that a statement was voided, whether it has come or not. */
extern void ce_import_remember_voided(const CeImportItem *item);

/* Keep in mind the items that state what an activity rests on already. */
extern void ce_import_remember_same_course(CeImportItem **items, int n);

#endif							/* CE_IMPORT_STATEMENT_H */

/*-------------------------------------------------------------------------
 *
 * import_spelling.h
 *	  The fields of an import record, each value in its one spelling.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_IMPORT_SPELLING_H
#define CE_IMPORT_SPELLING_H

#include "feed/import_item.h"

/*
 * Make values of what was given, all of them: what cannot be one is a fault of
 * the record, and what was read otherwise than it is written is told.
 */
extern void ce_import_spell(CeImportItem *item);

#endif							/* CE_IMPORT_SPELLING_H */

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
 * Convert all given fields into values.  A field that has no valid value is a
 * fault of the record; one that was read other than as written is reported.
 */
extern void ce_import_spell(CeImportItem *item);

#endif							/* CE_IMPORT_SPELLING_H */

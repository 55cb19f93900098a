/*-------------------------------------------------------------------------
 *
 * import_facts.h
 *	  All impossible facts of an import record, found at once.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_IMPORT_FACTS_H
#define CE_IMPORT_FACTS_H

#include "feed/import_lookup.h"

/*
 * Add what is wrong with the facts to the item's faults.  The triggers of
 * ce_activity would report it, too, but only the first fault.  Hours of 0 are
 * read as not stated where the law counts days.
 */
extern void ce_import_check_facts(CeImportItem *item,
								  const CeImportLookup *lookup);

#endif							/* CE_IMPORT_FACTS_H */

/*-------------------------------------------------------------------------
 *
 * import_facts.h
 *	  Facts of an import record that cannot be, all of them in one round.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_IMPORT_FACTS_H
#define CE_IMPORT_FACTS_H

#include "feed/import_lookup.h"

/*
 * Add what is wrong with the facts to the item's faults.  The triggers of
 * ce_activity would say it, too, but only the first of it.  Hours of 0 are
 * taken as not stated where the law goes by days.
 */
extern void ce_import_check_facts(CeImportItem *item,
								  const CeImportLookup *lookup);

#endif							/* CE_IMPORT_FACTS_H */

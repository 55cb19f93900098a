/*-------------------------------------------------------------------------
 *
 * import_write.h
 *	  Writing what an import brings, and taking it back.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_IMPORT_WRITE_H
#define CE_IMPORT_WRITE_H

#include "feed/import_lookup.h"

/*
 * An error for a role that may not write, before it learns which persons exist.
 */
extern void ce_import_require_privilege(void);

/*
 * Write items that are new and decide them.  What somebody else has written
 * meanwhile is left undecided, for the wave given.
 */
extern void ce_import_write(CeImportItem **items, int n, int retry_wave);

/* Withdraw the activity of a voided statement. */
extern void ce_import_withdraw(CeImportItem *item, const CeImportLookup *lookup);

#endif							/* CE_IMPORT_WRITE_H */

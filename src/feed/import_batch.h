/*-------------------------------------------------------------------------
 *
 * import_batch.h
 *	  A batch of import records on its way into ce_activity.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_IMPORT_BATCH_H
#define CE_IMPORT_BATCH_H

#include "feed/import_record.h"

/* Records that go into the table in one statement. */
#define CE_IMPORT_BATCH 1000

/*
 * Decide every item that is not decided yet, as if they came one after the
 * other, and write those that are new.  Inside an SPI connection; what is
 * needed on the way stays in the current memory context.
 */
extern void ce_import_batch(CeImportItem *items, int nitems);

#endif							/* CE_IMPORT_BATCH_H */

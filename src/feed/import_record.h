/*-------------------------------------------------------------------------
 *
 * import_record.h
 *	  Reading one record of an import, whose fields are text.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_IMPORT_RECORD_H
#define CE_IMPORT_RECORD_H

#include "feed/import_item.h"

/* Give an item a field as JSON; ce_import_check() reads it. */
extern void ce_import_set_json(CeImportItem *item, CeImportField field,
							   const JsonbValue *value);

/* Read a record given as a JSON object. */
extern void ce_import_read(CeImportItem *item, JsonbContainer *record);

/* Read the fields, and what every record needs, however it came. */
extern void ce_import_check(CeImportItem *item);

#endif							/* CE_IMPORT_RECORD_H */

/*-------------------------------------------------------------------------
 *
 * import_xapi.h
 *	  xAPI statements as records of an import (9.4a).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_IMPORT_XAPI_H
#define CE_IMPORT_XAPI_H

#include "feed/import_record.h"

/* Whether a JSON object is a statement: it says who did what. */
extern bool ce_import_is_statement(JsonbContainer *record);

/* Read a statement. */
extern void ce_import_read_statement(CeImportItem *item,
									 JsonbContainer *statement);

#endif							/* CE_IMPORT_XAPI_H */

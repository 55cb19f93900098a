/*-------------------------------------------------------------------------
 *
 * import_sql.h
 *	  Running the statements of an import.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_IMPORT_SQL_H
#define CE_IMPORT_SQL_H

#include "fmgr.h"

#include "store/sql.h"

/* An error with a hint in a ledger that an older version made. */
extern void ce_import_require_ledger(void);

/*
 * How the statements of an import run (store/sql.h): arrays are taken to be
 * short, which goes by indexes.  Queries see what is committed now: what
 * another import has just brought must not be brought again.
 */
#define CE_IMPORT_WRITE CE_SQL_GENERIC
#define CE_IMPORT_QUERY (CE_SQL_GENERIC | CE_SQL_READ_ONLY | CE_SQL_LATEST)

/*
 * Take a step in a subtransaction; returns an error that concerns only the
 * record, NULL if there was none, and throws all others.
 */
typedef void (*CeImportStep) (void *arg);
extern ErrorData *ce_import_attempt(CeImportStep step, void *arg);

/* Message, detail and hint in one line. */
extern char *ce_import_error_text(const ErrorData *error);

#endif							/* CE_IMPORT_SQL_H */

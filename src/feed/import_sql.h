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

/* An error with the way out in a ledger that an older version made. */
extern void ce_import_require_ledger(void);

/* An array of texts, NULL for null. */
extern Datum ce_import_texts(char **texts, int n);

/* Run a statement whose plan does not rest on how long its arrays are. */
extern void ce_import_execute(const char *sql, int nargs, Oid *types,
							  Datum *values, int expected);

/* The same for a query that sees what is committed now. */
extern void ce_import_query_now(const char *sql, int nargs, Oid *types,
								Datum *values);

/*
 * Take a step in a subtransaction; returns an error that is a record's, NULL if
 * there was none, and throws all others.
 */
typedef void (*CeImportStep) (void *arg);
extern ErrorData *ce_import_attempt(CeImportStep step, void *arg);

/* Message, detail and hint in one line. */
extern char *ce_import_error_text(const ErrorData *error);

#endif							/* CE_IMPORT_SQL_H */

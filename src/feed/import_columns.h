/*-------------------------------------------------------------------------
 *
 * import_columns.h
 *	  Texts of many import records as arrays, for one statement.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_IMPORT_COLUMNS_H
#define CE_IMPORT_COLUMNS_H

#include "feed/import_item.h"
#include "feed/import_sql.h"

/* A text of each item, as a column of relation i. */
typedef struct CeImportColumn
{
	const char *name;
	Size		member;			/* of CeImportItem, a char * */
} CeImportColumn;

#define CE_IMPORT_COLUMN(name, member) {name, offsetof(CeImportItem, member)}

/*
 * Relation i, for FROM: the columns and n, the position of the item from 1.
 * Its arrays are the parameters of ce_import_run().
 */
extern char *ce_import_relation(const CeImportColumn *columns, int ncolumns);

/* Run a statement that reads relation i, whose rows are the items. */
extern uint64 ce_import_run(const char *sql, const CeImportColumn *columns, int ncolumns,
							CeImportItem **items, int n, int how, int expected);

/* An array of texts, NULL for null. */
extern Datum ce_import_texts(char **texts, int n);

#endif							/* CE_IMPORT_COLUMNS_H */

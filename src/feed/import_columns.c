/*-------------------------------------------------------------------------
 *
 * import_columns.c
 *	  Texts of many import records as arrays, for one statement.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "feed/import_columns.h"

#include "compat.h"

Datum
ce_import_texts(char **texts, int n)
{
	Datum	   *elements = palloc(sizeof(Datum) * n);
	bool	   *nulls = palloc(sizeof(bool) * n);
	int			lower = 1;

	for (int i = 0; i < n; i++)
	{
		nulls[i] = texts[i] == NULL;
		elements[i] = nulls[i] ? (Datum) 0 : CStringGetTextDatum(texts[i]);
	}
	return PointerGetDatum(construct_md_array(elements, nulls, 1, &n, &lower,
											  TEXTOID, -1, false, TYPALIGN_INT));
}

char *
ce_import_relation(const CeImportColumn *columns, int ncolumns)
{
	StringInfoData arrays;
	StringInfoData names;

	initStringInfo(&arrays);
	initStringInfo(&names);
	for (int c = 0; c < ncolumns; c++)
	{
		appendStringInfo(&arrays, "%spg_catalog.unnest($%d)", c == 0 ? "" : ", ", c + 1);
		appendStringInfo(&names, "%s, ", columns[c].name);
	}
	return psprintf("ROWS FROM (%s) WITH ORDINALITY AS i (%sn)", arrays.data, names.data);
}

uint64
ce_import_run(const char *sql, const CeImportColumn *columns, int ncolumns,
			  CeImportItem **items, int n, int how, int expected)
{
	Oid		   *types = palloc(sizeof(Oid) * ncolumns);
	Datum	   *values = palloc(sizeof(Datum) * ncolumns);
	char	  **texts = palloc(sizeof(char *) * n);

	for (int c = 0; c < ncolumns; c++)
	{
		for (int i = 0; i < n; i++)
			texts[i] = *(char **) ((char *) items[i] + columns[c].member);
		types[c] = TEXTARRAYOID;
		values[c] = ce_import_texts(texts, n);
	}
	return ce_run(sql, ncolumns, types, values, NULL, how, expected);
}

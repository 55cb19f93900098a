/*-------------------------------------------------------------------------
 *
 * rows_sql.c
 *	  Reading rows of one table through the executor.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/table.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "store/rows.h"

#include "compat.h"

/* The operators of the keys. */
static const char *const operators[] = {
	[BTLessEqualStrategyNumber] = "<=",
	[BTEqualStrategyNumber] = "=",
	[BTGreaterEqualStrategyNumber] = ">="
};

static void
prepare_statement(CeRowQuery *query)
{
	StringInfoData sql;
	Oid			types[CE_MAX_KEYS];
	Oid			table = ce_table_oid(query->table);
	const char *separator = "";
	const AttrNumber *columns;
	Relation	rel;

	if (ce_statement_ready(&query->statement, table))
		return;
	rel = table_open(table, AccessShareLock);
	columns = ce_table_columns(query->table, rel);
	table_close(rel, AccessShareLock);
	initStringInfo(&sql);
	appendStringInfoString(&sql, "SELECT ");
	for (int c = 0; c < ce_table_ncolumns(query->table); c++)
	{
		if (!ce_row_reads(query, c))
			continue;
		appendStringInfo(&sql, "%s%s", separator,
						 columns[c] != InvalidAttrNumber ?
						 quote_identifier(ce_column_name(query->table, c)) :
						 psprintf("NULL::%s", format_type_be_qualified(ce_column_type(query->table, c))));
		separator = ", ";
	}
	appendStringInfo(&sql, " FROM %s WHERE true", ce_table_here(query->table));
	for (int k = 0; k < query->nkeys; k++)
	{
		appendStringInfo(&sql, " AND %s OPERATOR(pg_catalog.%s) $%d",
						 ce_column_name(query->table, query->keys[k].column),
						 operators[query->keys[k].strategy], k + 1);
		types[k] = query->keys[k].type;
	}
	if (query->filter != NULL)
		appendStringInfo(&sql, " AND %s", query->filter->sql);
	ce_statement_prepare(&query->statement, sql.data, query->nkeys, types, table, 0);
}

void
ce_rows_run_sql(CeRowQuery *query, Datum *args, CeRowCallback callback, void *arg)
{
	MemoryContext context = CurrentMemoryContext;
	int			columns[CE_MAX_COLUMNS];	/* of the result, by position */
	int			n = 0;

	for (int c = 0; c < ce_table_ncolumns(query->table); c++)
	{
		if (ce_row_reads(query, c))
			columns[n++] = c;
	}
	ce_sql_begin();
	prepare_statement(query);
	ce_run_kept(&query->statement, args, NULL, CE_SQL_READ_ONLY, SPI_OK_SELECT);
	ce_result_check(SPI_tuptable->tupdesc, query->table, columns);
	for (uint64 row = 0; row < SPI_processed; row++)
	{
		Datum		values[CE_MAX_COLUMNS] = {0};
		bool		nulls[CE_MAX_COLUMNS];
		MemoryContext spi_context;
		uint64		found = 0;

		CHECK_FOR_INTERRUPTS();
		memset(nulls, true, sizeof(nulls));
		for (int i = 0; i < n; i++)
		{
			int			c = columns[i];

			values[c] = ce_sql_value(row, i + 1, &nulls[c]);
			found |= (uint64) nulls[c] << c;
		}
		ce_row_check_nulls(query->table, found);
		spi_context = MemoryContextSwitchTo(context);
		callback(values, nulls, arg);
		MemoryContextSwitchTo(spi_context);
	}
	ce_sql_finish();
}

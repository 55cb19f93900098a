/*-------------------------------------------------------------------------
 *
 * import_statement.c
 *	  Statements of record stores that made no activity (9.4a).
 *
 * A statement may be voided before it comes, and the second one of a pair
 * (completed, passed) says what an activity rests on already.  Table
 * ce_statement remembers both, so that what was taken back does not return by
 * another page of the store, a later call or a file.
 *
 * Read and written as the ledger's owner: whoever may import hears of a
 * reference only what becomes of the record.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/table.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/rel.h"

#include "feed/import_sql.h"
#include "feed/import_statement.h"
#include "store/owner.h"

#include "compat.h"

typedef struct Columns
{
	Oid			types[3];
	Datum		values[3];
} Columns;

/* Sources, keys and a third text of some items, as arrays. */
static void
make_columns(Columns *columns, CeImportItem **items, int n, char **third)
{
	char	  **texts = palloc(sizeof(char *) * Max(n, 1));

	for (int c = 0; c < 3; c++)
	{
		for (int i = 0; i < n && c < 2; i++)
			texts[i] = c == 0 ? items[i]->source : items[i]->key;
		columns->types[c] = TEXTARRAYOID;
		columns->values[c] = ce_import_texts(c < 2 ? texts : third, n);
	}
}

static void
become_owner(CeIdentity *self)
{
	Relation	rel = table_open(ce_table_oid(CE_ACTIVITY), AccessShareLock);

	ce_become_owner(rel, self);
	table_close(rel, NoLock);
}

void
ce_import_look_up_statements(CeImportItem **items, int n, CeImportLookup *lookups)
{
	const char *schema = ce_ledger_schema();
	char	  **unused = palloc0(sizeof(char *) * Max(n, 1));
	Columns		columns;
	CeIdentity	self;

	make_columns(&columns, items, n, unused);
	become_owner(&self);
	ce_run(psprintf("SELECT i.n, s.voided_by, a.activity_id, a.status, a.source_ref"
					" FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2)) WITH ORDINALITY AS i (source, ref, n)"
					" JOIN %s.ce_statement s ON s.source OPERATOR(pg_catalog.=) i.source AND s.ref OPERATOR(pg_catalog.=) i.ref"
					" LEFT JOIN %s.ce_activity a ON a.activity_id OPERATOR(pg_catalog.=) s.activity_id",
					schema, schema), 2, columns.types, columns.values,
		   NULL, CE_IMPORT_QUERY, SPI_OK_SELECT);
	ce_become_self(&self);
	for (uint64 row = 0; row < SPI_processed; row++)
	{
		HeapTuple	tuple = SPI_tuptable->vals[row];
		TupleDesc	desc = SPI_tuptable->tupdesc;
		CeImportLookup *lookup = &lookups[atoi(SPI_getvalue(tuple, desc, 1)) - 1];

		lookup->voided_by = SPI_getvalue(tuple, desc, 2);
		lookup->heard_activity = SPI_getvalue(tuple, desc, 3);
		lookup->heard_status = SPI_getvalue(tuple, desc, 4);
		lookup->heard_ref = SPI_getvalue(tuple, desc, 5);
	}
	SPI_freetuptable(SPI_tuptable);
}

/* Add what is new to a column of ce_statement. */
static void
remember(CeImportItem **items, int n, char **values, const char *column, const char *type)
{
	Columns		columns;
	CeIdentity	self;

	make_columns(&columns, items, n, values);
	become_owner(&self);
	ce_run(psprintf("INSERT INTO %1$s.ce_statement AS s (source, ref, %2$s)"
					" SELECT DISTINCT ON (i.source, i.ref) i.source, i.ref, i.value::%3$s"
					" FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2), pg_catalog.unnest($3)) AS i (source, ref, value)"
					" ON CONFLICT (source, ref) DO UPDATE SET %2$s = excluded.%2$s WHERE s.%2$s IS NULL",
					ce_ledger_schema(), column, type),
		   3, columns.types, columns.values, NULL, CE_IMPORT_WRITE, SPI_OK_INSERT);
	ce_become_self(&self);
}

void
ce_import_remember_voided(const CeImportItem *item)
{
	CeImportItem *items[] = {unconstify(CeImportItem *, item)};

	remember(items, 1, &items[0]->ref, "voided_by", "pg_catalog.text");
}

void
ce_import_remember_same_course(CeImportItem **items, int n)
{
	char	  **activities = palloc(sizeof(char *) * Max(n, 1));

	if (n == 0)
		return;
	for (int i = 0; i < n; i++)
		activities[i] = items[i]->same_as;
	remember(items, n, activities, "activity_id", "pg_catalog.int8");
}

/*-------------------------------------------------------------------------
 *
 * import_statement.c
 *	  Statements of record stores that made no activity (9.4a).
 *
 * A statement may be voided before it arrives, and the second one of a pair
 * (completed, passed) repeats what an activity rests on already.  Table
 * ce_statement remembers both, so that what was withdrawn is not entered again
 * by another page of the store, a later call or a file.
 *
 * It is read and written as the ledger's owner: an importer learns about a
 * reference only the outcome of the record.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "feed/import_columns.h"
#include "feed/import_statement.h"
#include "store/owner.h"

#include "compat.h"

void
ce_import_look_up_statements(CeImportItem **items, int n, CeImportLookup *lookups)
{
	static const CeImportColumn columns[] = {
		CE_IMPORT_COLUMN("source", source),
		CE_IMPORT_COLUMN("ref", key),
	};
	const char *schema = ce_ledger_schema();
	CeIdentity	self;
	uint64		nrows;

	ce_become_ledger_owner(&self);
	nrows = ce_import_run(psprintf("SELECT i.n, s.voided_by, a.activity_id, a.status, a.source_ref FROM %s"
								   " JOIN %s.ce_statement s ON s.source OPERATOR(pg_catalog.=) i.source AND s.ref OPERATOR(pg_catalog.=) i.ref"
								   " LEFT JOIN %s.ce_activity a ON a.activity_id OPERATOR(pg_catalog.=) s.activity_id",
								   ce_import_relation(columns, lengthof(columns)), schema, schema),
						  columns, lengthof(columns), items, n, CE_IMPORT_QUERY, SPI_OK_SELECT);
	ce_become_self(&self);
	for (uint64 row = 0; row < nrows; row++)
	{
		CeImportLookup *lookup = &lookups[atoi(ce_sql_text(row, 1)) - 1];

		lookup->voided_by = ce_sql_text(row, 2);
		lookup->heard_activity = ce_sql_text(row, 3);
		lookup->heard_status = ce_sql_text(row, 4);
		lookup->heard_ref = ce_sql_text(row, 5);
	}
	SPI_freetuptable(SPI_tuptable);
}

/* Add what is new to a column of ce_statement. */
static void
remember(CeImportItem **items, int n, CeImportColumn column, const char *type)
{
	const CeImportColumn columns[] = {
		CE_IMPORT_COLUMN("source", source),
		CE_IMPORT_COLUMN("ref", key),
		column
	};
	CeIdentity	self;

	ce_refuse_rules_by_name("ce_statement", true);
	ce_become_ledger_owner(&self);
	ce_import_run(psprintf("INSERT INTO %1$s.ce_statement AS s (source, ref, %2$s)"
						   " SELECT DISTINCT ON (i.source, i.ref) i.source, i.ref, i.%2$s::%3$s FROM %4$s"
						   " ON CONFLICT (source, ref) DO UPDATE SET %2$s = excluded.%2$s WHERE s.%2$s IS NULL",
						   ce_ledger_schema(), column.name, type,
						   ce_import_relation(columns, lengthof(columns))),
				  columns, lengthof(columns), items, n, CE_IMPORT_WRITE, SPI_OK_INSERT);
	ce_become_self(&self);
}

void
ce_import_remember_voided(CeImportItem *item)
{
	remember(&item, 1, (CeImportColumn) CE_IMPORT_COLUMN("voided_by", ref), "pg_catalog.text");
}

void
ce_import_remember_same_course(CeImportItem **items, int nitems)
{
	CeImportItem **same = palloc(sizeof(CeImportItem *) * nitems);
	int			n = 0;

	for (int i = 0; i < nitems; i++)
	{
		if (items[i]->same_as != NULL)
			same[n++] = items[i];
	}
	if (n > 0)
		remember(same, n, (CeImportColumn) CE_IMPORT_COLUMN("activity_id", same_as), "pg_catalog.int8");
}

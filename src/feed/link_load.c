/*-------------------------------------------------------------------------
 *
 * link_load.c
 *	  All rows of an HR table: brought in, or tried for their faults.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/rel.h"
#include "utils/resowner.h"

#include "feed/link.h"
#include "store/ledger.h"
#include "store/owner.h"
#include "store/sql.h"
#include "types/grow.h"

#include "compat.h"

#define ROWS_A_FETCH 1000

/*
 * A cursor over the rows of an HR table: its columns by fact, since a dropped
 * one has a number and no place in the result.
 */
static Portal
open_rows(const CeLink *link, Relation rel)
{
	StringInfoData sql;

	initStringInfo(&sql);
	for (int f = 0; f < CE_PERSON_FACTS; f++)
		appendStringInfo(&sql, "%s%s", f == 0 ? "SELECT " : ", ",
						 link->columns[f].name == NULL ? "NULL" :
						 quote_identifier(link->columns[f].name));
	appendStringInfo(&sql, " FROM ONLY %s", ce_relation_name(RelationGetRelid(rel)));
	return SPI_cursor_open_with_args(NULL, sql.data, 0, NULL, NULL, NULL, false, 0);
}

void
ce_link_each_row(const CeLink *link, Relation rel, CeLinkStep step, void *arg)
{
	Portal		portal = open_rows(link, rel);

	for (SPI_cursor_fetch(portal, true, ROWS_A_FETCH); SPI_processed > 0;
		 SPI_cursor_fetch(portal, true, ROWS_A_FETCH))
	{
		SPITupleTable *rows = SPI_tuptable;
		uint64		nrows = SPI_processed;

		for (uint64 i = 0; i < nrows; i++)
		{
			CeLinkRow	row;
			CeIdentity	self;

			CHECK_FOR_INTERRUPTS();
			/* memory of a row is freed with its connection */
			ce_sql_begin();
			ce_link_read_row(link, rows->vals[i], rows->tupdesc, true, &row);
			ce_become_ledger_owner(&self);
			step(link, &row, arg);
			ce_become_self(&self);
			ce_sql_finish();
		}
		SPI_freetuptable(rows);
	}
	SPI_cursor_close(portal);
}

/* The state of a load of all rows of a table. */
typedef struct Load
{
	CeLinkReport report;		/* tells faults; NULL: as the link says */
	void	   *report_arg;
	int64		changed;
	int64		bad;			/* rows */
	/* persons who were there already, in a context of the caller's */
	MemoryContext context;
	Datum	   *met;
	int			nmet;
} Load;

static void
note_met(Load *load, Datum person_id)
{
	MemoryContext old = MemoryContextSwitchTo(load->context);

	*CE_ONE_MORE(load->met, load->nmet) = person_id;
	MemoryContextSwitchTo(old);
}

/* A bad row is an error. */
static void
load_row(const CeLink *link, const CeLinkRow *row, void *arg)
{
	Load	   *load = arg;
	Datum		person_id;
	CePersonWrite done = ce_link_write(link, row, NULL, &person_id);

	load->changed += done != CE_PERSON_UNCHANGED;
	if (done != CE_PERSON_NEW)
		note_met(load, person_id);
}

/* Report a bad row and go on. */
static void
try_row(const CeLink *link, const CeLinkRow *row, void *arg)
{
	Load	   *load = arg;
	CePersonWrite done = CE_PERSON_UNCHANGED;
	List	   *faults = ce_link_try(link, row, NULL, true, &done);
	ListCell   *lc;

	load->changed += done != CE_PERSON_UNCHANGED;
	load->bad += faults != NIL;
	if (load->report == NULL)
		ce_link_list(link, row, faults);
	else
		foreach(lc, faults)
			load->report(row, lfirst(lc), load->report_arg);
}

/* Forget the bad rows listed before: they are tried again. */
static void
forget_list(const CeLink *link)
{
	Oid			types[] = {OIDOID};
	Datum		values[] = {ObjectIdGetDatum(link->hr_table)};
	CeIdentity	self;

	if (!ce_link_can_list(false))
		return;
	ce_become_ledger_owner(&self);
	ce_run(psprintf("DELETE FROM %s.ce_link_refused WHERE hr_table OPERATOR(pg_catalog.=) $1",
					ce_ledger_schema()), 1, types, values, NULL, 0, SPI_OK_DELETE);
	ce_become_self(&self);
}

int64
ce_link_load(const CeLink *link, Relation rel)
{
	Load		load = {.context = CurrentMemoryContext};
	CeIdentity	self;

	ce_sql_begin();
	forget_list(link);
	ce_link_each_row(link, rel, link->lists ? try_row : load_row, &load);
	if (load.nmet > 0)
	{
		ce_become_ledger_owner(&self);
		ce_link_refuse_of_others(link, load.met, load.nmet);
		ce_become_self(&self);
	}
	ce_sql_finish();
	if (load.bad > 0)
		ereport(WARNING,
				(errmsg("cannot take %lld rows of table \"%s\" into the ledger",
						(long long) load.bad, link->table),
				 errhint("Table ce_link_refused lists them; correct the rows, and the ledger takes them.")));
	return load.changed;
}

/* Load all rows in a subtransaction and roll it back. */
void
ce_link_try_all(const CeLink *link, Relation rel, CeLinkReport report, void *arg)
{
	Load		load = {report, arg, .context = CurrentMemoryContext};
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	ce_sql_begin();
	ce_link_each_row(link, rel, try_row, &load);
	ce_sql_finish();
	RollbackAndReleaseCurrentSubTransaction();
	MemoryContextSwitchTo(context);
	CurrentResourceOwner = owner;
}

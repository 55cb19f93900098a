/*-------------------------------------------------------------------------
 *
 * title.c
 *	  Titles as HR systems write them, and the levels of the ledger.
 *
 * An HR system writes 主治医师 or 233 where the ledger has intermediate.  Table
 * ce_title maps titles to levels; users add rows.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "feed/title.h"
#include "store/ledger.h"
#include "store/owner.h"
#include "store/sql.h"
#include "types/level.h"

#include "compat.h"

/*
 * Looks a title up in ce_title; false if it is not there.  Read as the
 * ledger's owner: what a title means is no secret, and roles of an updated ledger
 * may not have the privilege yet.
 */
static bool
find_title(const char *title, int *level)
{
	static CeStatement statement;
	Oid			table = get_relname_relid("ce_title", get_rel_namespace(ce_table_oid(CE_PERSON)));
	Oid			types[] = {TEXTOID};
	Datum		values[] = {CStringGetTextDatum(title)};
	CeIdentity	self;
	uint64		found;
	char	   *label;

	if (!OidIsValid(table))
		return false;
	ce_become_ledger_owner(&self);
	if (!ce_statement_ready(&statement, table))
		ce_statement_prepare(&statement,
							 psprintf("SELECT t.level::pg_catalog.text FROM %s.ce_title t"
									  " WHERE t.title OPERATOR(pg_catalog.=) $1 OR t.code OPERATOR(pg_catalog.=) $1"
									  " ORDER BY t.title OPERATOR(pg_catalog.=) $1 DESC LIMIT 1",
									  ce_ledger_schema()), 1, types, table, 0);
	found = ce_run_kept(&statement, values, NULL, CE_SQL_READ_ONLY, SPI_OK_SELECT);
	ce_become_self(&self);
	if (found == 0)
		return false;
	label = ce_sql_text(0, 1);
	*level = label == NULL ? 0 : ce_find_level(label);
	return true;
}

/* The level that a title begins with, as a literal; else a word to replace. */
static const char *
likely_level(const char *title)
{
	static const char assistant[] = "助理";
	const char *end = title;
	int			level = 0;

	if (GetDatabaseEncoding() == PG_UTF8 && strncmp(title, assistant, strlen(assistant)) == 0)
		level = CE_JUNIOR;
	while (*end != '\0')
	{
		int			longer;

		end += pg_mblen(end);
		longer = ce_find_level(pnstrdup(title, end - title));
		level = longer != 0 ? longer : level;
	}
	return level == 0 ? "LEVEL" : quote_literal_cstr(ce_level_label(level));
}

const char *
ce_title_level(const char *title, int *level)
{
	*level = 0;
	if (find_title(title, level))
		return NULL;
	*level = ce_find_level(title);
	if (*level != 0)
		return NULL;
	return psprintf(_("ce_title has no such title. Enter it with its level: INSERT INTO %s.ce_title (title, level) VALUES (%s, %s); the levels are junior, intermediate, senior and full_senior, and null for no title"),
					ce_ledger_schema(), quote_literal_cstr(title), likely_level(title));
}

/*-------------------------------------------------------------------------
 *
 * import_write.c
 *	  Writing what an import brings, and taking it back.
 *
 * One statement writes all new records.  Only if it fails are the records
 * halved, and halved again, until each bad one is alone with its error: good
 * ones do not need a subtransaction each.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "feed/import_columns.h"
#include "feed/import_write.h"
#include "law/law.h"
#include "who/org.h"
#include "write/duty.h"

#include "compat.h"

/*
 * Whether a field is written: those of a verification require another duty, so
 * they are named only for records that have them (7.4).
 */
static bool
is_written(int field, bool verified)
{
	return ce_import_fields[field].stored &&
		(verified || (field != IMPORT_VERIFIED_BY && field != IMPORT_VERIFIED_ON));
}

static char *
insert_statement(bool verified)
{
	const char *schema = ce_ledger_schema();
	StringInfoData columns;
	StringInfoData casts;
	StringInfoData arrays;
	int			n = 2;

	initStringInfo(&columns);
	initStringInfo(&casts);
	initStringInfo(&arrays);
	for (int field = 0; field < IMPORT_FIELDS; field++)
	{
		if (!is_written(field, verified))
			continue;
		appendStringInfo(&columns, ", %s", ce_import_field_name(field));
		appendStringInfo(&casts, ", r.%s::", ce_import_field_name(field));
		appendStringInfo(&casts, ce_import_find_stored(field)->cast, schema);
		appendStringInfo(&arrays, ", pg_catalog.unnest($%d)", ++n);
	}
	return psprintf("INSERT INTO %s.ce_activity (source, source_ref%s) SELECT r.source, r.source_ref%s"
					" FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2)%s)"
					" AS r (source, source_ref%s)",
					schema, columns.data, casts.data, arrays.data, columns.data);
}

/*
 * The statements stay prepared, since each bad record runs them twice; they
 * read no table whose growth could make the plan a bad one.
 */
static CeStatement *
insert_kept(bool verified, int nargs, Oid *types)
{
	static CeStatement kept[2];
	Oid			table = ce_table_oid(CE_ACTIVITY);

	if (!ce_statement_ready(&kept[verified], table))
		ce_statement_prepare(&kept[verified], insert_statement(verified), nargs, types,
							 table, CE_IMPORT_WRITE);
	return &kept[verified];
}

/* Without another remark, note how a duration was converted to hours. */
static char *
value_to_write(const CeImportItem *item, int field)
{
	return field == IMPORT_NOTE && item->values[field] == NULL ?
		item->conversion : item->values[field];
}

typedef struct Insertion
{
	CeImportItem **items;
	int			n;
	bool		verified;		/* all of them, or none */
} Insertion;

static void
insert_items(void *arg)
{
	Insertion  *insertion = arg;
	int			n = insertion->n;
	Oid			types[IMPORT_FIELDS + 2];
	Datum		values[IMPORT_FIELDS + 2];
	char	  **texts = palloc(sizeof(char *) * n);
	int			nargs = 0;

	ce_refuse_rules(CE_ACTIVITY, false);
	for (int field = -2; field < IMPORT_FIELDS; field++)
	{
		if (field >= 0 && !is_written(field, insertion->verified))
			continue;
		for (int i = 0; i < n; i++)
		{
			CeImportItem *item = insertion->items[i];

			texts[i] = field == -2 ? item->source : field == -1 ? item->ref : value_to_write(item, field);
		}
		types[nargs] = TEXTARRAYOID;
		values[nargs++] = ce_import_texts(texts, n);
	}
	ce_require_written(ce_run_kept(insert_kept(insertion->verified, nargs, types), values,
								   NULL, 0, SPI_OK_INSERT) == n, "ce_activity");
}

void
ce_import_require_privilege(void)
{
	Insertion	nothing = {NULL, 0, false};

	ce_duty_require_anywhere(CE_ACTIVITY, CE_DUTY_RECORD);
	insert_items(&nothing);
}

/* A record that could not be written. */
static void
refuse(CeImportItem *item, const ErrorData *error, int retry_wave)
{
	/* Another session inserted it in the meantime: compare with its row. */
	if (error->sqlerrcode == ERRCODE_UNIQUE_VIOLATION && !item->retried)
	{
		item->retried = true;
		item->wave = retry_wave;
		return;
	}
	ce_import_decide(item, CE_IMPORT_REJECTED, ce_import_error_text(error));
}

static void
write_alike(CeImportItem **items, int n, bool verified, int retry_wave)
{
	Insertion	insertion = {items, n, verified};
	ErrorData  *error;

	CHECK_FOR_INTERRUPTS();
	if (n == 0)
		return;
	error = ce_import_attempt(insert_items, &insertion);
	if (error == NULL)
	{
		for (int i = 0; i < n; i++)
			ce_import_decide(items[i], CE_IMPORT_NEW, NULL);
		return;
	}
	if (n == 1)
		refuse(items[0], error, retry_wave);
	FreeErrorData(error);
	if (n > 1)
	{
		write_alike(items, n / 2, verified, retry_wave);
		write_alike(items + n / 2, n - n / 2, verified, retry_wave);
	}
}

void
ce_import_write(CeImportItem **items, int n, int retry_wave)
{
	CeImportItem **alike = palloc(sizeof(CeImportItem *) * n);

	for (int with = 0; with <= 1; with++)
	{
		int			nalike = 0;

		for (int i = 0; i < n; i++)
		{
			if (ce_import_has_status(items[i]->values[IMPORT_STATUS], CE_STATUS_VERIFIED) == with)
				alike[nalike++] = items[i];
		}
		write_alike(alike, nalike, with, retry_wave);
	}
}

/* ---------------------------------------------------------------------
 * Voided statements
 * ---------------------------------------------------------------------
 */

typedef struct Withdrawal
{
	const CeImportItem *item;
	const CeImportLookup *lookup;
	bool		done;
} Withdrawal;

/* The body whose turn it is, in whose name a waiting activity is rejected. */
static int64
rejecting_body(const CeImportLookup *lookup)
{
	const char *name = lookup->columns[LOOKUP_STORED + IMPORT_KIND];
	const CeKind *kind = ce_get_kind(CStringGetTextDatum(name));
	const char *which = kind->track == CE_TRACK_FEED ? "kind OPERATOR(pg_catalog.=) 'academy'" :
		"kind OPERATOR(pg_catalog.=) 'health_commission' AND admin_level OPERATOR(pg_catalog.=) 'provincial'";
	const CeOrg *next;
	bool		last;
	int64		body = 0;

	if (kind->track == CE_TRACK_FEED || kind->track == CE_TRACK_SPECIAL)
	{
		if (ce_run(psprintf("SELECT org_id FROM %s.ce_org WHERE %s ORDER BY org_id LIMIT 1",
							ce_ledger_schema(), which),
				   0, NULL, NULL, NULL, CE_SQL_READ_ONLY, SPI_OK_SELECT) > 0)
			body = strtoll(ce_sql_text(0, 1), NULL, 10);
		SPI_freetuptable(SPI_tuptable);
		return body;
	}
	next = ce_chain_next(strtoll(lookup->columns[LOOKUP_STORED + IMPORT_ORG_ID], NULL, 10),
						 lookup->columns[LOOKUP_REVIEWED_BY] == NULL ? 0 :
						 strtoll(lookup->columns[LOOKUP_REVIEWED_BY], NULL, 10), &last);
	return next == NULL ? 0 : next->org_id;
}

static void
reject_activity(void *arg)
{
	Withdrawal *withdrawal = arg;
	const CeImportLookup *lookup = withdrawal->lookup;
	Oid			types[] = {INT8OID, INT8OID, INT8OID, TEXTOID};
	Datum		values[4];
	int64		body = rejecting_body(lookup);
	char		nulls[4] = {' ', ' ', body == 0 ? 'n' : ' ', ' '};

	values[0] = Int64GetDatum(strtoll(lookup->columns[LOOKUP_STORED + IMPORT_PERSON_ID], NULL, 10));
	values[1] = Int64GetDatum(strtoll(lookup->columns[LOOKUP_ACTIVITY_ID], NULL, 10));
	values[2] = Int64GetDatum(body);
	/* The stored text does not depend on the session's language. */
	values[3] = CStringGetTextDatum(psprintf("voided: %s %s", withdrawal->item->source,
											 withdrawal->item->ref));
	withdrawal->done =
		ce_run(psprintf("UPDATE %s.ce_activity SET status = 'rejected', reviewed_by = $3, note = $4"
						" WHERE person_id OPERATOR(pg_catalog.=) $1 AND activity_id OPERATOR(pg_catalog.=) $2"
						" AND status::text OPERATOR(pg_catalog.=) ANY ('{submitted,in_review}')",
						ce_ledger_schema()),
			   4, types, values, nulls, 0, SPI_OK_UPDATE) == 1;
}

void
ce_import_withdraw(CeImportItem *item, const CeImportLookup *lookup)
{
	Withdrawal	withdrawal = {item, lookup, false};
	const char *id = lookup->columns[LOOKUP_ACTIVITY_ID];
	const char *status = lookup->columns[LOOKUP_STATUS];
	ErrorData  *error;

	if (ce_import_has_status(status, CE_STATUS_VERIFIED))
	{
		ce_import_decide(item, CE_IMPORT_CONFLICT,
						 psprintf(_("activity %s (statement \"%s\") is verified already. Verified hours stand until a body revokes them with ce_revoke() (7.4b, 6.2d)."),
								  id, item->voids));
		return;
	}
	if (!ce_import_has_status(status, CE_STATUS_SUBMITTED) &&
		!ce_import_has_status(status, CE_STATUS_IN_REVIEW))
	{
		ce_import_decide(item, CE_IMPORT_UNCHANGED, psprintf(_("activity %s has status \"%s\""), id, _(status)));
		return;
	}
	error = ce_import_attempt(reject_activity, &withdrawal);
	if (error != NULL)
		ce_import_decide(item, CE_IMPORT_REJECTED, ce_import_error_text(error));
	else if (!withdrawal.done)
		ce_import_decide(item, CE_IMPORT_CONFLICT,
						 psprintf(_("activity %s was changed concurrently, or you may not change it"), id));
	else
		ce_import_decide(item, CE_IMPORT_WITHDRAWN,
						 psprintf(_("activity %s (statement \"%s\")"), id, item->voids));
}

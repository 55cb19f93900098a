/*-------------------------------------------------------------------------
 *
 * import_compare.c
 *	  Records that have come before: compared with what is stored.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "utils/builtins.h"

#include "feed/import_columns.h"
#include "feed/import_compare.h"
#include "store/field_text.h"

#include "compat.h"

/* Whether an activity of this status was taken back. */
static bool
is_gone(const char *status)
{
	return ce_import_has_status(status, CE_STATUS_REJECTED) ||
		ce_import_has_status(status, CE_STATUS_REVOKED);
}

/*
 * Whether a field may differ from what is stored: it was left to the ledger,
 * or the ledger has changed it since.
 */
static bool
left_to_ledger(const CeImportItem *item, const char *status, CeImportField field)
{
	switch (field)
	{
		case IMPORT_ORG_ID:
		case IMPORT_SPECIALTY:
		case IMPORT_TITLE:
		case IMPORT_EVIDENCE:
		case IMPORT_VERIFIED_BY:
		case IMPORT_VERIFIED_ON:
			return item->values[field] == NULL;
		case IMPORT_NOTE:
			return item->values[field] == NULL || is_gone(status);
		case IMPORT_STATUS:
			return ce_import_has_status(item->values[field], CE_STATUS_SUBMITTED) ||
				ce_import_has_status(status, CE_STATUS_REVOKED);
		default:
			return !ce_import_fields[field].stored;
	}
}

/* Whether a field equals that of an activity, by the columns of its look-up. */
static bool
agrees(const CeImportItem *item, char *const *activity, CeImportField field)
{
	const char *stored = activity[LOOKUP_STORED + field];

	if (left_to_ledger(item, activity[LOOKUP_STATUS], field) ||
		ce_same_text(stored, item->values[field]))
		return true;
	/* Earlier versions kept surrounding blanks, and hours of 0 for hours not stated. */
	return ce_same_text(ce_field_text(stored), item->values[field]) ||
		(field == IMPORT_HOURS && item->zero_hours && ce_same_text(stored, "0"));
}

static bool
agrees_in_all(const CeImportItem *item, char *const *activity)
{
	for (int field = 0; field < IMPORT_FIELDS; field++)
	{
		if (!agrees(item, activity, field))
			return false;
	}
	return true;
}

/* A value as a sentence quotes it. */
static const char *
quoted(const char *value)
{
	return value == NULL ? _("null") : psprintf(_("'%s'"), value);
}

/* Reports each field that differs, with both values. */
static void
decide_conflict(CeImportItem *item, char *const *activity)
{
	StringInfoData message;

	initStringInfo(&message);
	for (int field = 0; field < IMPORT_FIELDS; field++)
	{
		const char *stored = activity[LOOKUP_STORED + field];
		const char *given = item->values[field];

		if (agrees(item, activity, field))
			continue;
		if (message.len > 0)
			appendStringInfoChar(&message, '\n');
		appendStringInfo(&message, _("field \"%s\": activity %s has %s, but this record has %s."),
						 ce_import_field_name(field), activity[LOOKUP_ACTIVITY_ID],
						 quoted(stored), quoted(given));
	}
	appendStringInfoString(&message,
						   _(" Nothing was written. Correct the activity, have it rejected and send the record again, or have it revoked and send the record with a new reference (AMB-34)."));
	ce_import_decide(item, CE_IMPORT_CONFLICT, message.data);
}

static void
decide_unchanged(CeImportItem *item, char *const *activity)
{
	const char *status = activity[LOOKUP_STATUS];

	ce_import_decide(item, CE_IMPORT_UNCHANGED, !is_gone(status) ? NULL :
					 psprintf(_("activity %s has status \"%s\""), activity[LOOKUP_ACTIVITY_ID], _(status)));
}

/*
 * A record whose reference has come before.  What a body has rejected is not
 * entered again by the same record; a corrected record is a new try, unless the
 * platform itself has voided the statement.
 */
void
ce_import_compare(CeImportItem *item, const CeImportLookup *lookup)
{
	char	  **activity = unconstify(CeImportLookup *, lookup)->columns;
	bool		rejected = ce_import_has_status(activity[LOOKUP_STATUS], CE_STATUS_REJECTED);

	if (agrees_in_all(item, activity))
		decide_unchanged(item, activity);
	else if (!rejected)
		decide_conflict(item, activity);
	for (int i = 0; rejected && i < lookup->nrejected; i++)
	{
		if (agrees_in_all(item, lookup->rejected[i]))
			decide_unchanged(item, lookup->rejected[i]);
	}
	if (rejected && lookup->voided_by != NULL)
		ce_import_decide(item, CE_IMPORT_REJECTED,
						 psprintf(_("the statement was voided by statement \"%s\""), lookup->voided_by));
}

void
ce_import_find_same(CeImportItem *item, char *activity_id, const char *ref,
					const char *status)
{
	item->same_as = activity_id;
	ce_import_decide(item, CE_IMPORT_UNCHANGED, is_gone(status) ?
					 psprintf(_("the course is already recorded for this year: activity %s (statement \"%s\") has status \"%s\", and another statement does not restore it (AMB-34)"),
							  activity_id, ref, _(status)) :
					 psprintf(_("the course is already recorded for this year as activity %s (statement \"%s\"); the same evidence counts once (AMB-34)"),
							  activity_id, ref));
}

/*
 * Platforms send two statements about one course, that it was completed and that
 * it was passed: one evidence, one credit (AMB-34).  What a body has rejected or
 * revoked is not entered again by the other statement, unless the platform
 * itself voided the first one or the course was completed after the revocation.
 */
void
ce_import_find_same_course(CeImportItem **items, int nitems)
{
	static const CeImportColumn columns[] = {
		CE_IMPORT_COLUMN("source", source),
		CE_IMPORT_COLUMN("ref", ref),
		CE_IMPORT_COLUMN("person_id", values[IMPORT_PERSON_ID]),
		CE_IMPORT_COLUMN("evidence", values[IMPORT_EVIDENCE]),
		CE_IMPORT_COLUMN("completed_on", values[IMPORT_COMPLETED_ON]),
	};
	CeImportItem **statements = palloc(sizeof(CeImportItem *) * nitems);
	int			n = 0;
	uint64		nrows;

	for (int i = 0; i < nitems; i++)
	{
		if (items[i]->statement && items[i]->outcome == CE_IMPORT_UNDECIDED)
			statements[n++] = items[i];
	}
	if (n == 0)
		return;
	nrows = ce_import_run(psprintf("SELECT i.n, a.activity_id, a.source_ref, a.status FROM %s"
								   " JOIN %s.ce_activity a ON a.person_id OPERATOR(pg_catalog.=) i.person_id::bigint"
								   " AND a.source OPERATOR(pg_catalog.=) i.source AND a.source_ref OPERATOR(pg_catalog.<>) i.ref"
								   " AND a.evidence OPERATOR(pg_catalog.=) i.evidence"
								   " AND a.year OPERATOR(pg_catalog.=) pg_catalog.substr(i.completed_on, 1, 4)::integer"
								   " AND (a.status::text OPERATOR(pg_catalog.<>) ALL ('{rejected,revoked}')"
								   " OR (coalesce(i.completed_on::pg_catalog.date OPERATOR(pg_catalog.<=) a.revoked_on, true)"
								   " AND coalesce(NOT pg_catalog.starts_with(a.note, 'voided: '), true)))"
								   " ORDER BY a.status::text OPERATOR(pg_catalog.=) ANY ('{rejected,revoked}'), a.activity_id",
								   ce_import_relation(columns, lengthof(columns)), ce_ledger_schema()),
						  columns, lengthof(columns), statements, n, CE_IMPORT_QUERY, SPI_OK_SELECT);
	for (uint64 row = 0; row < nrows; row++)
	{
		CeImportItem *item = statements[atoi(ce_sql_text(row, 1)) - 1];

		if (item->outcome == CE_IMPORT_UNDECIDED)
			ce_import_find_same(item, ce_sql_text(row, 2), ce_sql_text(row, 3), ce_sql_text(row, 4));
	}
	SPI_freetuptable(SPI_tuptable);
}

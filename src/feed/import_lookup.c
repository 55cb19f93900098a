/*-------------------------------------------------------------------------
 *
 * import_lookup.c
 *	  What the ledger knows about the things that import records name.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/table.h"
#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/rel.h"
#include "utils/timestamp.h"

#include "feed/import_lookup.h"
#include "feed/import_sql.h"
#include "feed/import_value.h"
#include "store/field_text.h"
#include "store/owner.h"
#include "who/policies.h"
#include "write/activity.h"
#include "write/duty.h"

#include "compat.h"

/* Of the query that looks up what records name. */
#define LOOKUP_ARGUMENTS 7

#define AN_ID		{"bigint", "a.%s::text"}
#define A_TEXT		{"text", "a.%s"}
#define A_DAY		{"pg_catalog.date", "pg_catalog.to_char(a.%s, 'YYYY-MM-DD')"}
#define A_NUMBER	{"numeric", "pg_catalog.trim_scale(a.%s)::text"}

const CeImportStored ce_import_stored[IMPORT_FIELDS] = {
	[IMPORT_PERSON_ID] = AN_ID,
	[IMPORT_KIND] = A_TEXT,
	[IMPORT_PLAN_ID] = AN_ID,
	[IMPORT_ORG_ID] = AN_ID,
	[IMPORT_TITLE] = A_TEXT,
	[IMPORT_SPECIALTY] = A_TEXT,
	[IMPORT_STARTED_ON] = A_DAY,
	[IMPORT_COMPLETED_ON] = A_DAY,
	[IMPORT_DAYS] = A_NUMBER,
	[IMPORT_TRAVEL_DAYS] = A_NUMBER,
	[IMPORT_HOURS] = {"%s.ce_hours", "a.%s::text"},
	[IMPORT_GRADE] = A_TEXT,
	[IMPORT_ROLE] = A_TEXT,
	[IMPORT_RANK] = {"integer", "a.%s::text"},
	[IMPORT_QUANTITY] = A_NUMBER,
	[IMPORT_EVIDENCE] = A_TEXT,
	[IMPORT_NOTE] = A_TEXT,
	[IMPORT_STATUS] = {"%s.ce_status", "a.%s::text"},
	[IMPORT_VERIFIED_BY] = AN_ID,
	[IMPORT_VERIFIED_ON] = A_DAY,
};

/* ---------------------------------------------------------------------
 * Looking up
 * ---------------------------------------------------------------------
 */

static char *
lookup_query(void)
{
	const char *schema = ce_ledger_schema();
	StringInfoData sql;

	initStringInfo(&sql);
	appendStringInfoString(&sql, "SELECT i.n, NULL, NULL, o.org_id, v.org_id,"
						   " c.kind, c.plan_id, c.hours, a.activity_id, a.status, a.reviewed_by");
	for (int field = 0; field < IMPORT_FIELDS; field++)
	{
		appendStringInfoString(&sql, ", ");
		if (ce_import_stored[field].shown == NULL)
			appendStringInfoString(&sql, "NULL::text");
		else
			appendStringInfo(&sql, ce_import_stored[field].shown, ce_import_field_name(field));
	}
	appendStringInfo(&sql,
					 " FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2), pg_catalog.unnest($3),"
					 " pg_catalog.unnest($4), pg_catalog.unnest($5), pg_catalog.unnest($6), pg_catalog.unnest($7))"
					 " WITH ORDINALITY AS i (source, ref, ref2, ref3, org_code, verified_by_code, course, n)"
					 " LEFT JOIN %s.ce_org o ON o.code OPERATOR(pg_catalog.=) i.org_code"
					 " LEFT JOIN %s.ce_org v ON v.code OPERATOR(pg_catalog.=) i.verified_by_code"
					 " LEFT JOIN %s.ce_course c ON c.course OPERATOR(pg_catalog.=) i.course"
					 " LEFT JOIN %s.ce_activity a ON a.source OPERATOR(pg_catalog.=) i.source"
					 " AND a.source_ref OPERATOR(pg_catalog.=) ANY (ARRAY[i.ref, i.ref2, i.ref3])"
					 " ORDER BY i.n, a.activity_id",
					 schema, schema, schema, schema);
	return sql.data;
}

/* The person that a record means, once looked up. */
static const char *
person_found(const CeImportLookup *lookup)
{
	return lookup->columns[LOOKUP_PERSON_BY_ID] != NULL ?
		lookup->columns[LOOKUP_PERSON_BY_ID] : lookup->columns[LOOKUP_PERSON_BY_NO];
}

/* The year of a record, as text; NULL if it has no day. */
static char *
year_of(const CeImportItem *item)
{
	return item->values[IMPORT_COMPLETED_ON] == NULL ? NULL :
		pnstrdup(item->values[IMPORT_COMPLETED_ON], 4);
}

/*
 * Which persons are meant, and how long a class hour is for those whose record
 * has a duration.  Read as the triggers read them, for the rules and
 * not for the writer to see: a base records for persons of whom it sees no more
 * than their numbers.
 */
static void
look_up_persons(CeImportItem **items, int n, CeImportLookup *lookups)
{
	Oid			types[4] = {TEXTARRAYOID, TEXTARRAYOID, TEXTARRAYOID, TEXTARRAYOID};
	Datum		values[4];
	char	  **columns[4];
	const char *schema = ce_ledger_schema();
	Relation	rel = table_open(ce_table_oid(CE_PERSON), AccessShareLock);
	CeIdentity	self;

	for (int c = 0; c < 4; c++)
	{
		columns[c] = palloc(sizeof(char *) * n);
		for (int i = 0; i < n; i++)
			columns[c][i] = c == 0 ? items[i]->values[IMPORT_PERSON_ID] :
				c == 1 ? items[i]->values[IMPORT_PERSON_NO] :
				c == 3 ? items[i]->values[IMPORT_COMPLETED_ON] :
				items[i]->duration_text != NULL ? year_of(items[i]) : NULL;
		values[c] = ce_import_texts(columns[c], n);
	}
	ce_become_owner(rel, &self);
	ce_run(psprintf("SELECT i.n, p.person_id, q.person_id, m.class_minutes, s.scheme"
					" FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2), pg_catalog.unnest($3),"
					" pg_catalog.unnest($4))"
					" WITH ORDINALITY AS i (person_id, person_no, year, completed_on, n)"
					" LEFT JOIN %s.ce_person p ON p.person_id OPERATOR(pg_catalog.=) i.person_id::bigint"
					" LEFT JOIN %s.ce_person q ON q.person_no OPERATOR(pg_catalog.=) i.person_no"
					" CROSS JOIN LATERAL (SELECT %s.ce__scheme_on(coalesce(p.moved, q.moved),"
					" coalesce(p.person_id, q.person_id), coalesce(p.scheme, q.scheme),"
					" i.completed_on::date) AS scheme) s"
					" LEFT JOIN LATERAL (SELECT r.class_minutes"
					" FROM %s.ce__requirement(s.scheme, i.year::integer) k"
					" JOIN %s.ce_requirement r ON r.scheme OPERATOR(pg_catalog.=) k.of_scheme"
					" AND r.from_year OPERATOR(pg_catalog.=) k.from_year) m ON true",
					schema, schema, schema, schema, schema), 4, types, values, NULL, CE_IMPORT_QUERY, SPI_OK_SELECT);
	ce_become_self(&self);
	table_close(rel, AccessShareLock);
	for (uint64 row = 0; row < SPI_processed; row++)
	{
		HeapTuple	tuple = SPI_tuptable->vals[row];
		TupleDesc	desc = SPI_tuptable->tupdesc;
		CeImportLookup *lookup = &lookups[atoi(SPI_getvalue(tuple, desc, 1)) - 1];

		lookup->columns[LOOKUP_PERSON_BY_ID] = SPI_getvalue(tuple, desc, 2);
		lookup->columns[LOOKUP_PERSON_BY_NO] = SPI_getvalue(tuple, desc, 3);
		lookup->class_minutes = SPI_getvalue(tuple, desc, 4);
		lookup->scheme = SPI_getvalue(tuple, desc, 5);
	}
	SPI_freetuptable(SPI_tuptable);
}

static bool
same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* Does the importer see the person, or enter such hours of others' staff? */
static bool
may_know(Oid role, const CeImportItem *item, const CeImportLookup *lookup,
		 const char *person_id)
{
	const char *kind = item->values[IMPORT_KIND] != NULL ? item->values[IMPORT_KIND] :
		lookup->columns[LOOKUP_COURSE_KIND];
	const char *plan = item->values[IMPORT_PLAN_ID] != NULL ? item->values[IMPORT_PLAN_ID] :
		lookup->columns[LOOKUP_COURSE_PLAN];

	return ce_sees_person(role, strtoi64(person_id, NULL, 10)) ||
		ce_records_for_others(role, kind == NULL ? NULL : ce_find_kind(kind, strlen(kind)),
							  plan == NULL ? 0 : strtoi64(plan, NULL, 10));
}

/* A person whom the importer may not see is reported as missing (7.1). */
static void
hide_unseen(CeImportItem **items, int n, CeImportLookup *lookups)
{
	Oid			role = GetUserId();
	Relation	rel = table_open(ce_table_oid(CE_ACTIVITY), AccessShareLock);
	bool		binds = ce_duty_binds_on(rel, role);
	CeIdentity	self;

	ce_become_owner(rel, &self);
	for (int i = 0; i < n && binds; i++)
	{
		CeImportLookup *lookup = &lookups[i];

		for (int c = LOOKUP_PERSON_BY_ID; c <= LOOKUP_PERSON_BY_NO; c++)
		{
			if (lookup->columns[c] == NULL ||
				may_know(role, items[i], lookup, lookup->columns[c]))
				continue;
			lookup->columns[c] = NULL;
			lookup->class_minutes = NULL;
			lookup->scheme = NULL;
		}
	}
	ce_become_self(&self);
	table_close(rel, AccessShareLock);
}

/*
 * One activity more of a reference.  Where it is there for several persons,
 * this one's is taken; one that was rejected only where there is no other.
 */
static void
note_found(CeImportLookup *lookup, CeImportLookup *found)
{
	CeImportLookup before = *lookup;
	const char *status = found->columns[LOOKUP_STATUS];
	bool		rejected = status != NULL &&
		strcmp(status, ce_list_label(CE_LIST_STATUS, CE_STATUS_REJECTED)) == 0;
	bool		only_rejected = before.columns[LOOKUP_ACTIVITY_ID] == NULL ||
		strcmp(before.columns[LOOKUP_STATUS],
			   ce_list_label(CE_LIST_STATUS, CE_STATUS_REJECTED)) == 0;

	found->columns[LOOKUP_PERSON_BY_ID] = before.columns[LOOKUP_PERSON_BY_ID];
	found->columns[LOOKUP_PERSON_BY_NO] = before.columns[LOOKUP_PERSON_BY_NO];
	found->class_minutes = before.class_minutes;
	found->scheme = before.scheme;
	found->rejected = before.rejected;
	found->nrejected = before.nrejected;
	if (rejected)
	{
		CeImportLookup *kept = palloc(sizeof(CeImportLookup));

		*kept = *found;
		found->rejected = found->nrejected == 0 ? palloc(sizeof(CeImportLookup *)) :
			repalloc(found->rejected, sizeof(CeImportLookup *) * (found->nrejected + 1));
		found->rejected[found->nrejected++] = kept;
	}
	if (before.columns[LOOKUP_N] == NULL ||
		(rejected ? only_rejected : only_rejected ||
		 same(found->columns[LOOKUP_STORED + IMPORT_PERSON_ID], person_found(found))))
		*lookup = *found;
	lookup->rejected = found->rejected;
	lookup->nrejected = found->nrejected;
}

CeImportLookup *
ce_import_look_up(CeImportItem **items, int n)
{
	Oid			types[LOOKUP_ARGUMENTS];
	Datum		values[LOOKUP_ARGUMENTS];
	char	  **columns[LOOKUP_ARGUMENTS];
	CeImportLookup *lookups = palloc0(sizeof(CeImportLookup) * n);

	look_up_persons(items, n, lookups);
	for (int c = 0; c < LOOKUP_ARGUMENTS; c++)
	{
		types[c] = TEXTARRAYOID;
		columns[c] = palloc(sizeof(char *) * n);
	}
	for (int i = 0; i < n; i++)
	{
		CeImportItem *item = items[i];

		columns[0][i] = item->source;
		for (int spelling = 0; spelling < CE_REF_SPELLINGS; spelling++)
			columns[1 + spelling][i] = item->spellings[spelling];
		columns[4][i] = item->values[IMPORT_ORG_CODE];
		columns[5][i] = item->values[IMPORT_VERIFIED_BY_CODE];
		columns[6][i] = item->course;
	}
	for (int c = 0; c < LOOKUP_ARGUMENTS; c++)
		values[c] = ce_import_texts(columns[c], n);
	ce_run(lookup_query(), LOOKUP_ARGUMENTS, types, values, NULL, CE_IMPORT_QUERY, SPI_OK_SELECT);

	for (uint64 row = 0; row < SPI_processed; row++)
	{
		CeImportLookup found = {0};

		for (int c = 0; c < LOOKUP_COLUMNS; c++)
			found.columns[c] = SPI_getvalue(SPI_tuptable->vals[row],
											SPI_tuptable->tupdesc, c + 1);
		note_found(&lookups[atoi(found.columns[LOOKUP_N]) - 1], &found);
	}
	SPI_freetuptable(SPI_tuptable);
	hide_unseen(items, n, lookups);
	return lookups;
}

/* ---------------------------------------------------------------------
 * Deciding
 * ---------------------------------------------------------------------
 */

/* A thing named by its id, by its code, or by both alike. */
static void
resolve(CeImportItem *item, CeImportField by_id, CeImportField by_code,
		char *id_of_code)
{
	if (item->values[by_code] == NULL)
		return;
	if (id_of_code == NULL && by_code == IMPORT_PERSON_NO)
		ce_import_reject(item, ce_import_no_person(ce_import_field_name(by_code), item->values[by_code]));
	else if (id_of_code == NULL)
		ce_import_reject(item, ce_import_no_org(ce_import_field_name(by_code), item->values[by_code]));
	else if (item->values[by_id] != NULL && !same(item->values[by_id], id_of_code))
		ce_import_reject(item, ce_import_contradiction(ce_import_field_name(by_id), item->values[by_id],
													   ce_import_field_name(by_code), item->values[by_code],
													   id_of_code));
	else
		item->values[by_id] = id_of_code;
}

/*
 * Class hours of a duration: one decimal, never rounded up, by the length of a
 * class hour in the law of the person's scheme and the year (AMB-12).
 */
static void
convert_duration(CeImportItem *item, const CeImportLookup *lookup)
{
	const char *minutes = lookup->class_minutes;
	int64		tenths;

	if (lookup->scheme == NULL || item->values[IMPORT_COMPLETED_ON] == NULL)
		return;					/* whose person or year is not known */
	if (minutes == NULL)
	{
		ce_import_reject(item, psprintf(_("result.duration cannot be converted: ce_requirement has no row for the person's scheme in %s, which would say how long a class hour is (AMB-12). Give the hours in ce_course, or as extension urn:ce-hours:hours."),
										year_of(item)));
		item->unreadable[IMPORT_HOURS] = true;
		return;
	}
	tenths = item->duration * 10 / (INT64CONST(100) * SECS_PER_MINUTE * atoi(minutes));
	if (tenths == 0)
		ce_import_reject(item, pstrdup(_("result.duration is less than a tenth of a class hour (AMB-12). Give the hours in ce_course, or as extension urn:ce-hours:hours.")));
	item->values[IMPORT_HOURS] = tenths % 10 == 0 ?
		psprintf("%lld", (long long) tenths / 10) :
		psprintf("%lld.%d", (long long) tenths / 10, (int) (tenths % 10));
	/* The stored text does not depend on the session's language. */
	item->conversion = psprintf("AMB-12: %.40s / %s min", item->duration_text, minutes);
}

/* What a statement leaves to the course, and to its duration. */
static void
complete_statement(CeImportItem *item, const CeImportLookup *lookup)
{
	static const struct
	{
		CeImportField field;
		int			column;
	}			from_course[] = {
		{IMPORT_KIND, LOOKUP_COURSE_KIND},
		{IMPORT_PLAN_ID, LOOKUP_COURSE_PLAN},
		{IMPORT_HOURS, LOOKUP_COURSE_HOURS}
	};

	if (!item->statement)
		return;
	for (int i = 0; i < lengthof(from_course); i++)
	{
		char	  **value = &item->values[from_course[i].field];

		if (*value == NULL)
			*value = lookup->columns[from_course[i].column];
	}
	if (item->values[IMPORT_HOURS] == NULL && item->duration_text != NULL)
		convert_duration(item, lookup);
	if (item->values[IMPORT_KIND] == NULL && item->values[IMPORT_PLAN_ID] != NULL)
		item->values[IMPORT_KIND] = pstrdup("base_online");
	if (item->values[IMPORT_KIND] != NULL || item->unreadable[IMPORT_KIND])
		return;
	item->unreadable[IMPORT_KIND] = true;
	if (item->course != NULL)
		ce_import_reject(item, psprintf(_("course \"%s\" is not in ce_course. Enter it there, or give extension urn:ce-hours:kind or urn:ce-hours:plan_id."),
										item->course));
}

void
ce_import_resolve(CeImportItem *item, const CeImportLookup *lookup)
{
	if (item->values[IMPORT_PERSON_ID] != NULL && lookup->columns[LOOKUP_PERSON_BY_ID] == NULL)
		ce_import_reject(item, ce_import_no_person(ce_import_field_name(IMPORT_PERSON_ID),
												   item->values[IMPORT_PERSON_ID]));
	resolve(item, IMPORT_PERSON_ID, IMPORT_PERSON_NO, lookup->columns[LOOKUP_PERSON_BY_NO]);
	resolve(item, IMPORT_ORG_ID, IMPORT_ORG_CODE, lookup->columns[LOOKUP_ORG]);
	resolve(item, IMPORT_VERIFIED_BY, IMPORT_VERIFIED_BY_CODE, lookup->columns[LOOKUP_VERIFIER]);
	complete_statement(item, lookup);
}

/* Whether an activity of this status was taken back. */
static bool
is_gone(const char *status)
{
	return strcmp(status, ce_list_label(CE_LIST_STATUS, CE_STATUS_REJECTED)) == 0 ||
		strcmp(status, ce_list_label(CE_LIST_STATUS, CE_STATUS_REVOKED)) == 0;
}

/*
 * Whether a field may differ from what is stored: it was left to the ledger,
 * or has gone its way there.
 */
static bool
left_to_ledger(const CeImportItem *item, const CeImportLookup *lookup, CeImportField field)
{
	const char *status = lookup->columns[LOOKUP_STATUS];

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
			return strcmp(item->values[field], ce_list_label(CE_LIST_STATUS, CE_STATUS_SUBMITTED)) == 0 ||
				strcmp(status, ce_list_label(CE_LIST_STATUS, CE_STATUS_REVOKED)) == 0;
		default:
			return ce_import_stored[field].shown == NULL;
	}
}

/* Whether a field equals what is stored. */
static bool
agrees(const CeImportItem *item, const CeImportLookup *lookup, CeImportField field)
{
	const char *stored = lookup->columns[LOOKUP_STORED + field];

	if (left_to_ledger(item, lookup, field) || same(stored, item->values[field]))
		return true;
	/* Earlier versions kept blanks around, and hours of 0 that nobody stated. */
	return same(ce_field_text(stored), item->values[field]) ||
		(field == IMPORT_HOURS && item->zero_hours && same(stored, "0"));
}

static bool
agrees_in_all(const CeImportItem *item, const CeImportLookup *lookup)
{
	for (int field = 0; field < IMPORT_FIELDS; field++)
	{
		if (!agrees(item, lookup, field))
			return false;
	}
	return true;
}

/* It differs from what is there: each field with both. */
static void
decide_conflict(CeImportItem *item, const CeImportLookup *lookup)
{
	char	   *id = lookup->columns[LOOKUP_ACTIVITY_ID];
	StringInfoData message;

	initStringInfo(&message);
	for (int field = 0; field < IMPORT_FIELDS; field++)
	{
		const char *stored = lookup->columns[LOOKUP_STORED + field];
		const char *given = item->values[field];

		if (agrees(item, lookup, field))
			continue;
		if (message.len > 0)
			appendStringInfoChar(&message, '\n');
		appendStringInfo(&message, _("field \"%s\": activity %s has %s, but this record has %s."),
						 ce_import_field_name(field), id,
						 stored == NULL ? "null" : quote_literal_cstr(stored),
						 given == NULL ? "null" : quote_literal_cstr(given));
	}
	appendStringInfo(&message, " %s",
					 _("Nothing was written. Correct the activity, have it rejected and send the record again, or have it revoked and send the record with a new reference (AMB-34)."));
	ce_import_decide(item, CE_IMPORT_CONFLICT, message.data);
}

static void
decide_unchanged(CeImportItem *item, const CeImportLookup *lookup)
{
	const char *status = lookup->columns[LOOKUP_STATUS];

	ce_import_decide(item, CE_IMPORT_UNCHANGED, !is_gone(status) ? NULL :
					 psprintf(_("activity %s has status \"%s\""), lookup->columns[LOOKUP_ACTIVITY_ID], _(status)));
}

/*
 * A record whose reference has come before.  What a body has rejected does not
 * return by the same record; a corrected one is a new try, unless the platform
 * itself has taken the statement back.
 */
void
ce_import_compare(CeImportItem *item, const CeImportLookup *lookup)
{
	bool		rejected = strcmp(lookup->columns[LOOKUP_STATUS],
								  ce_list_label(CE_LIST_STATUS, CE_STATUS_REJECTED)) == 0;

	if (agrees_in_all(item, lookup))
		decide_unchanged(item, lookup);
	else if (!rejected)
		decide_conflict(item, lookup);
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
 * Platforms say of one course that it was completed and that it was passed, in
 * two statements: one evidence, one credit (AMB-34).  What a body has rejected
 * or revoked does not return by the other statement, unless the platform itself
 * took the first one back or the course was completed after the revocation.
 */
void
ce_import_find_same_course(CeImportItem **items, int nitems)
{
	Oid			types[6] = {TEXTARRAYOID, TEXTARRAYOID, TEXTARRAYOID, TEXTARRAYOID, TEXTARRAYOID, TEXTARRAYOID};
	Datum		values[6];
	char	  **columns[6];
	CeImportItem **statements = palloc(sizeof(CeImportItem *) * Max(nitems, 1));
	int			n = 0;

	for (int c = 0; c < 6; c++)
		columns[c] = palloc(sizeof(char *) * Max(nitems, 1));
	for (int i = 0; i < nitems; i++)
	{
		CeImportItem *item = items[i];

		if (!item->statement || item->outcome != CE_IMPORT_UNDECIDED)
			continue;
		columns[0][n] = item->source;
		columns[1][n] = item->ref;
		columns[2][n] = item->values[IMPORT_PERSON_ID];
		columns[3][n] = item->values[IMPORT_EVIDENCE];
		columns[4][n] = year_of(item);
		columns[5][n] = item->values[IMPORT_COMPLETED_ON];
		statements[n++] = item;
	}
	if (n == 0)
		return;
	for (int c = 0; c < 6; c++)
		values[c] = ce_import_texts(columns[c], n);
	ce_run(psprintf("SELECT i.n, a.activity_id, a.source_ref, a.status FROM ROWS FROM (pg_catalog.unnest($1),"
					" pg_catalog.unnest($2), pg_catalog.unnest($3), pg_catalog.unnest($4), pg_catalog.unnest($5), pg_catalog.unnest($6))"
					" WITH ORDINALITY AS i (source, ref, person_id, evidence, year, completed_on, n)"
					" JOIN %s.ce_activity a ON a.person_id OPERATOR(pg_catalog.=) i.person_id::bigint"
					" AND a.source OPERATOR(pg_catalog.=) i.source AND a.source_ref OPERATOR(pg_catalog.<>) i.ref"
					" AND a.evidence OPERATOR(pg_catalog.=) i.evidence AND a.year OPERATOR(pg_catalog.=) i.year::integer"
					" AND (a.status::text OPERATOR(pg_catalog.<>) ALL ('{rejected,revoked}')"
					" OR (coalesce(i.completed_on::pg_catalog.date OPERATOR(pg_catalog.<=) a.revoked_on, true)"
					" AND coalesce(NOT pg_catalog.starts_with(a.note, 'voided: '), true)))"
					" ORDER BY a.status::text OPERATOR(pg_catalog.=) ANY ('{rejected,revoked}'), a.activity_id",
					ce_ledger_schema()), 6, types, values, NULL, CE_IMPORT_QUERY, SPI_OK_SELECT);
	for (uint64 row = 0; row < SPI_processed; row++)
	{
		char	   *found[4];
		CeImportItem *item;

		for (int c = 0; c < 4; c++)
			found[c] = SPI_getvalue(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, c + 1);
		item = statements[atoi(found[0]) - 1];
		if (item->outcome == CE_IMPORT_UNDECIDED)
			ce_import_find_same(item, found[1], found[2], found[3]);
	}
	SPI_freetuptable(SPI_tuptable);
}

/*-------------------------------------------------------------------------
 *
 * import_lookup.c
 *	  What the ledger knows about the things that import records name.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/table.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "feed/import_columns.h"
#include "feed/import_lookup.h"
#include "store/field_text.h"
#include "store/owner.h"
#include "types/grow.h"
#include "who/policies.h"
#include "write/activity.h"
#include "write/duty.h"

#include "compat.h"

#define DECIMAL {"numeric", "pg_catalog.trim_scale(a.%s)::text"}

static const CeImportStored stored_kinds[] = {
	[CE_VALUE_TEXT] = {"text", "a.%s"},
	[CE_VALUE_ID] = {"bigint", "a.%s::text"},
	[CE_VALUE_DAY] = {"pg_catalog.date", "pg_catalog.to_char(a.%s, 'YYYY-MM-DD')"},
	[CE_VALUE_DAYS] = DECIMAL,
	[CE_VALUE_QUANTITY] = DECIMAL,
	[CE_VALUE_RANK] = {"integer", "a.%s::text"},
	[CE_VALUE_HOURS] = {"%s.ce_hours", "a.%s::text"},
	[CE_VALUE_STATUS] = {"%s.ce_status", "a.%s::text"},
};

const CeImportStored *
ce_import_find_stored(CeImportField field)
{
	const CeImportFieldRule *rule = &ce_import_fields[field];

	return rule->stored ? &stored_kinds[rule->kind] : NULL;
}

/* ---------------------------------------------------------------------
 * Persons
 * ---------------------------------------------------------------------
 */

/*
 * Which persons are meant, and how long a class hour is for those whose record
 * has a duration.  Read as the triggers read them, since the rules need them and
 * the importer does not see them: a base records hours for persons of whom it
 * knows only the numbers.
 */
static void
look_up_persons(CeImportItem **items, int n, CeImportLookup *lookups)
{
	static const CeImportColumn columns[] = {
		CE_IMPORT_COLUMN("person_id", values[IMPORT_PERSON_ID]),
		CE_IMPORT_COLUMN("person_no", values[IMPORT_PERSON_NO]),
		CE_IMPORT_COLUMN("completed_on", values[IMPORT_COMPLETED_ON]),
		CE_IMPORT_COLUMN("duration", duration_text),
	};
	const char *schema = ce_ledger_schema();
	CeIdentity	self;
	uint64		nrows;

	ce_become_ledger_owner(&self);
	nrows = ce_import_run(psprintf("SELECT i.n, p.person_id, q.person_id, m.class_minutes, s.scheme FROM %s"
								   " LEFT JOIN %s.ce_person p ON p.person_id OPERATOR(pg_catalog.=) i.person_id::bigint"
								   " LEFT JOIN %s.ce_person q ON q.person_no OPERATOR(pg_catalog.=) i.person_no"
								   " CROSS JOIN LATERAL (SELECT %s.ce__scheme_on(coalesce(p.moved, q.moved),"
								   " coalesce(p.person_id, q.person_id), coalesce(p.scheme, q.scheme),"
								   " i.completed_on::date) AS scheme) s"
								   " LEFT JOIN LATERAL (SELECT r.class_minutes FROM %s.ce__requirement(s.scheme,"
								   " CASE WHEN i.duration IS NOT NULL THEN pg_catalog.substr(i.completed_on, 1, 4)::integer END) k"
								   " JOIN %s.ce_requirement r ON r.scheme OPERATOR(pg_catalog.=) k.of_scheme"
								   " AND r.from_year OPERATOR(pg_catalog.=) k.from_year) m ON true",
								   ce_import_relation(columns, lengthof(columns)),
								   schema, schema, schema, schema, schema),
						  columns, lengthof(columns), items, n, CE_IMPORT_QUERY, SPI_OK_SELECT);
	ce_become_self(&self);
	for (uint64 row = 0; row < nrows; row++)
	{
		CeImportLookup *lookup = &lookups[atoi(ce_sql_text(row, 1)) - 1];

		lookup->persons[CE_BY_ID] = ce_sql_text(row, 2);
		lookup->persons[CE_BY_NO] = ce_sql_text(row, 3);
		lookup->class_minutes = ce_sql_text(row, 4);
		lookup->scheme = ce_sql_text(row, 5);
	}
	SPI_freetuptable(SPI_tuptable);
}

static const char *
plan_of(const CeImportItem *item, const CeImportLookup *lookup)
{
	return item->values[IMPORT_PLAN_ID] != NULL ? item->values[IMPORT_PLAN_ID] :
		lookup->columns[LOOKUP_COURSE_PLAN];
}

/* Does the importer see the person, or enter such hours of others' staff? */
static bool
may_know(Oid role, const CeImportItem *item, const CeImportLookup *lookup,
		 const char *person_id)
{
	const char *kind = item->values[IMPORT_KIND] != NULL ? item->values[IMPORT_KIND] :
		lookup->columns[LOOKUP_COURSE_KIND];
	const char *plan = plan_of(item, lookup);

	return ce_sees_person(role, strtoi64(person_id, NULL, 10)) ||
		ce_records_for_others(role, kind == NULL ? NULL : ce_find_kind(kind, strlen(kind)),
							  plan == NULL ? 0 : strtoi64(plan, NULL, 10));
}

/* Is the plan one that the importer sees, and of which it records no hours? */
static bool
is_foreign(Oid role, const char *plan_id)
{
	CePlan		plan;

	return plan_id != NULL && ce_read_plan(strtoi64(plan_id, NULL, 10), &plan) &&
		ce_sees_plan_of(role, plan.org_id, plan.status) &&
		!ce_member_holds(role, CE_DUTY_RECORD, plan.org_id);
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

		for (int by = CE_BY_ID; by <= CE_BY_NO; by++)
		{
			if (lookup->persons[by] == NULL ||
				may_know(role, items[i], lookup, lookup->persons[by]))
				continue;
			lookup->persons[by] = NULL;
			lookup->class_minutes = NULL;
			lookup->scheme = NULL;
		}
		/* Whether there is such a person or not. */
		if (lookup->persons[CE_BY_ID] == NULL && lookup->persons[CE_BY_NO] == NULL &&
			(items[i]->values[IMPORT_PERSON_ID] != NULL || items[i]->values[IMPORT_PERSON_NO] != NULL) &&
			is_foreign(role, plan_of(items[i], lookup)))
			lookup->foreign_plan = plan_of(items[i], lookup);
	}
	ce_become_self(&self);
	table_close(rel, AccessShareLock);
}

/* ---------------------------------------------------------------------
 * Activities, organisations, courses
 * ---------------------------------------------------------------------
 */

static char *
lookup_query(const char *relation)
{
	const char *schema = ce_ledger_schema();
	StringInfoData sql;

	initStringInfo(&sql);
	appendStringInfoString(&sql, "SELECT i.n, o.org_id, v.org_id,"
						   " c.kind, c.plan_id, c.hours, a.activity_id, a.status, a.reviewed_by");
	for (int field = 0; field < IMPORT_FIELDS; field++)
	{
		const CeImportStored *stored = ce_import_find_stored(field);

		appendStringInfoString(&sql, ", ");
		appendStringInfo(&sql, stored == NULL ? "NULL::text" : stored->shown,
						 ce_import_field_name(field));
	}
	appendStringInfo(&sql,
					 " FROM %s"
					 " LEFT JOIN %s.ce_org o ON o.code OPERATOR(pg_catalog.=) i.org_code"
					 " LEFT JOIN %s.ce_org v ON v.code OPERATOR(pg_catalog.=) i.verified_by_code"
					 " LEFT JOIN %s.ce_course c ON c.course OPERATOR(pg_catalog.=) i.course"
					 " LEFT JOIN %s.ce_activity a ON a.source OPERATOR(pg_catalog.=) i.source"
					 " AND a.source_ref OPERATOR(pg_catalog.=) ANY (ARRAY[i.ref, i.ref2, i.ref3])"
					 " ORDER BY i.n, a.activity_id",
					 relation, schema, schema, schema, schema);
	return sql.data;
}

/*
 * Another activity with the reference.  If several persons have one, the
 * record's person takes precedence; a rejected one is taken only if there is no
 * other.
 */
static void
note_found(CeImportLookup *lookup, char **found)
{
	char	  **before = lookup->columns;
	bool		rejected = ce_import_has_status(found[LOOKUP_STATUS], CE_STATUS_REJECTED);
	bool		only_rejected = before[LOOKUP_ACTIVITY_ID] == NULL ||
		ce_import_has_status(before[LOOKUP_STATUS], CE_STATUS_REJECTED);
	const char *person = lookup->persons[CE_BY_ID] != NULL ?
		lookup->persons[CE_BY_ID] : lookup->persons[CE_BY_NO];

	if (rejected)
		*CE_ONE_MORE(lookup->rejected, lookup->nrejected) = found;
	if (before[LOOKUP_N] == NULL || only_rejected ||
		(!rejected && ce_same_text(found[LOOKUP_STORED + IMPORT_PERSON_ID], person)))
		memcpy(before, found, sizeof(lookup->columns));
}

CeImportLookup *
ce_import_look_up(CeImportItem **items, int n)
{
	static const CeImportColumn columns[] = {
		CE_IMPORT_COLUMN("source", source),
		CE_IMPORT_COLUMN("ref", spellings[0]),
		CE_IMPORT_COLUMN("ref2", spellings[1]),
		CE_IMPORT_COLUMN("ref3", spellings[2]),
		CE_IMPORT_COLUMN("org_code", values[IMPORT_ORG_CODE]),
		CE_IMPORT_COLUMN("verified_by_code", values[IMPORT_VERIFIED_BY_CODE]),
		CE_IMPORT_COLUMN("course", course),
	};
	CeImportLookup *lookups = palloc0(sizeof(CeImportLookup) * n);
	uint64		nrows;

	look_up_persons(items, n, lookups);
	nrows = ce_import_run(lookup_query(ce_import_relation(columns, lengthof(columns))),
						  columns, lengthof(columns), items, n, CE_IMPORT_QUERY, SPI_OK_SELECT);
	for (uint64 row = 0; row < nrows; row++)
	{
		char	  **found = palloc(sizeof(char *) * LOOKUP_COLUMNS);

		for (int c = 0; c < LOOKUP_COLUMNS; c++)
			found[c] = ce_sql_text(row, c + 1);
		note_found(&lookups[atoi(found[LOOKUP_N]) - 1], found);
	}
	SPI_freetuptable(SPI_tuptable);
	hide_unseen(items, n, lookups);
	return lookups;
}

/* ---------------------------------------------------------------------
 * Completing the items
 * ---------------------------------------------------------------------
 */

static void
resolve(CeImportItem *item, CeImportField by_id, CeImportField by_code, char *id_of_code)
{
	char	   *fault = ce_import_take_code(ce_import_field_name(by_id), &item->values[by_id],
											ce_import_field_name(by_code), item->values[by_code],
											id_of_code, by_code == IMPORT_PERSON_NO);

	if (fault != NULL)
		ce_import_reject(item, fault);
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
		return;					/* the person or the year is not known */
	if (minutes == NULL)
	{
		ce_import_reject(item, psprintf(_("result.duration cannot be converted: ce_requirement has no row for the person's scheme in %s, which would say how long a class hour is (AMB-12). Give the hours in ce_course, or as extension urn:ce-hours:hours."),
										pnstrdup(item->values[IMPORT_COMPLETED_ON], 4)));
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

/* Fields that a statement leaves to the course, or to its duration. */
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
	CeImportField named = item->values[IMPORT_PERSON_ID] != NULL ? IMPORT_PERSON_ID : IMPORT_PERSON_NO;

	if (lookup->foreign_plan != NULL)
		ce_import_reject(item, psprintf(_("field \"%s\": there is no person \"%s\" among your staff, and plan %s is another organisation's. Correct one of the two; hours of others' staff are imported by the organiser of their plan."),
										ce_import_field_name(named), ce_import_shown(item->values[named]),
										lookup->foreign_plan));
	else if (item->values[IMPORT_PERSON_ID] != NULL && lookup->persons[CE_BY_ID] == NULL)
		ce_import_reject(item, ce_import_no_person(ce_import_field_name(IMPORT_PERSON_ID),
												   item->values[IMPORT_PERSON_ID]));
	if (lookup->foreign_plan == NULL)
		resolve(item, IMPORT_PERSON_ID, IMPORT_PERSON_NO, lookup->persons[CE_BY_NO]);
	resolve(item, IMPORT_ORG_ID, IMPORT_ORG_CODE, lookup->columns[LOOKUP_ORG]);
	resolve(item, IMPORT_VERIFIED_BY, IMPORT_VERIFIED_BY_CODE, lookup->columns[LOOKUP_VERIFIER]);
	complete_statement(item, lookup);
}

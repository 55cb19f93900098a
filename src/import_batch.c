/*-------------------------------------------------------------------------
 *
 * import_batch.c
 *	  A batch of import records on its way into ce_activity.
 *
 * One statement looks up what a thousand records name, another writes those
 * that are new.  Only when that fails is the batch halved, and halved again,
 * until the bad records stand alone with their error: good ones cost no
 * subtransaction each.
 *
 * Records that have to do with one another (one reference twice, a statement
 * and the one that voids it) go in waves, in their order.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "storage/lock.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/resowner.h"
#include "utils/snapmgr.h"

#include "import_batch.h"
#include "law.h"
#include "org.h"

#include "compat.h"

/* What the ledger knows of what a record names, as text; NULL: nothing. */
enum LookupColumn
{
	LOOKUP_N, LOOKUP_PERSON_BY_ID, LOOKUP_PERSON_BY_NO, LOOKUP_ORG,
	LOOKUP_VERIFIER, LOOKUP_COURSE_KIND, LOOKUP_COURSE_PLAN,
	LOOKUP_COURSE_HOURS,
	/* the activity that came under this reference */
	LOOKUP_ACTIVITY_ID, LOOKUP_STATUS, LOOKUP_REVIEWED_BY,
	LOOKUP_STORED, LOOKUP_COLUMNS = LOOKUP_STORED + IMPORT_FIELDS
};

typedef struct Lookup
{
	char	   *columns[LOOKUP_COLUMNS];
} Lookup;

/* How a field is stored, in the order of CeImportField; NULL: it is not. */
typedef struct StoredField
{
	const char *cast;			/* from text; %s: the ledger's schema */
	const char *shown;			/* to text, in the record's spelling */
} StoredField;

#define AN_ID		{"bigint", "a.%s::text"}
#define A_TEXT		{"text", "a.%s"}
#define A_DAY		{"pg_catalog.date", "pg_catalog.to_char(a.%s, 'YYYY-MM-DD')"}
#define A_NUMBER	{"numeric", "pg_catalog.trim_scale(a.%s)::text"}

static const StoredField stored_fields[IMPORT_FIELDS] = {
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
	[IMPORT_EVIDENCE] = A_TEXT,
	[IMPORT_NOTE] = A_TEXT,
	[IMPORT_STATUS] = {"%s.ce_status", "a.%s::text"},
	[IMPORT_VERIFIED_BY] = AN_ID,
	[IMPORT_VERIFIED_ON] = A_DAY,
};

typedef struct Batch
{
	CeImportRun *run;
	CeImportItem **items;		/* of this wave, undecided */
	int			n;
	Lookup	   *lookups;
	int			next_wave;		/* behind the last one */
} Batch;

/* ---------------------------------------------------------------------
 * Statements
 * ---------------------------------------------------------------------
 */

void
ce_import_require_ledger(void)
{
	ce_require_ledger();
	if (!OidIsValid(get_relname_relid("ce_staging", get_rel_namespace(ce_table_oid(CE_ACTIVITY)))))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the ledger in schema %s is older than the extension", ce_ledger_schema()),
				 errdetail("Table \"%s\" does not exist.", "ce_staging"),
				 errhint("Run SELECT %s.ce_setup(); as the role that owns the ledger.",
						 ce_ledger_schema())));
}

Datum
ce_import_texts(char **texts, int n)
{
	Datum	   *elements = palloc(sizeof(Datum) * Max(n, 1));
	bool	   *nulls = palloc(sizeof(bool) * Max(n, 1));
	int			lower = 1;

	for (int i = 0; i < n; i++)
	{
		nulls[i] = texts[i] == NULL;
		elements[i] = nulls[i] ? (Datum) 0 : CStringGetTextDatum(texts[i]);
	}
	return PointerGetDatum(construct_md_array(elements, nulls, 1, &n, &lower,
											  TEXTOID, -1, false, TYPALIGN_INT));
}

/*
 * A generic plan takes arrays to be short and so goes by indexes; and it is made
 * anew for each batch, since the tables grow under it.
 */
static void
execute_as_of(const char *sql, int nargs, Oid *types, Datum *values,
			  Snapshot snapshot, int expected)
{
	MemoryContext context = CurrentMemoryContext;
	SPIPlanPtr	plan = SPI_prepare_cursor(sql, nargs, types, CURSOR_OPT_GENERIC_PLAN);
	int			result;

	if (plan == NULL)
		elog(ERROR, "SPI_prepare_cursor failed: %s", SPI_result_code_string(SPI_result));
	result = SPI_execute_snapshot(plan, values, NULL, snapshot, InvalidSnapshot,
								  snapshot != InvalidSnapshot,
								  snapshot == InvalidSnapshot, 0);
	if (result != expected)
		elog(ERROR, "import failed: %s", SPI_result_code_string(result));
	SPI_freeplan(plan);
	/* SPI leaves us in a context that lasts as long as the import. */
	MemoryContextSwitchTo(context);
}

void
ce_import_execute(const char *sql, int nargs, Oid *types, Datum *values, int expected)
{
	execute_as_of(sql, nargs, types, values, InvalidSnapshot, expected);
}

/*
 * Read what is committed now, whatever the isolation level: what another
 * import has just brought must not be brought again.
 */
static void
query_now(const char *sql, int nargs, Oid *types, Datum *values)
{
	CommandCounterIncrement();
	execute_as_of(sql, nargs, types, values, GetLatestSnapshot(), SPI_OK_SELECT);
}

/* Errors that are a record's; all others end the import. */
static bool
is_records_error(const ErrorData *error)
{
	switch (ERRCODE_TO_CATEGORY(error->sqlerrcode))
	{
		case ERRCODE_DATA_EXCEPTION:
		case ERRCODE_INTEGRITY_CONSTRAINT_VIOLATION:
		case ERRCODE_WITH_CHECK_OPTION_VIOLATION:
			return true;
	}
	return error->sqlerrcode == ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE ||
		error->sqlerrcode == ERRCODE_INSUFFICIENT_PRIVILEGE ||
		error->sqlerrcode == ERRCODE_UNDEFINED_OBJECT ||
		/* a reference too long for its index */
		error->sqlerrcode == ERRCODE_PROGRAM_LIMIT_EXCEEDED ||
		error->sqlerrcode == ERRCODE_RAISE_EXCEPTION;
}

typedef void (*Step) (void *arg);

/*
 * Take a step in a subtransaction; returns a record's error, or NULL.  In an SPI
 * connection of its own, whose plans go with it when it fails.
 */
static ErrorData *
attempt(Step step, void *arg)
{
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	ErrorData  *volatile error = NULL;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		if (SPI_connect() != SPI_OK_CONNECT)
			elog(ERROR, "SPI_connect failed");
		step(arg);
		SPI_finish();
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
	}
	PG_END_TRY();
	MemoryContextSwitchTo(context);
	CurrentResourceOwner = owner;
	if (error != NULL && !is_records_error(error))
		ReThrowError(error);
	return error;
}

static char *
error_text(const ErrorData *error)
{
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfoString(&text, error->message);
	if (error->detail != NULL)
		appendStringInfo(&text, ". %s", error->detail);
	if (error->hint != NULL)
		appendStringInfo(&text, error->detail == NULL ? ". %s" : " %s", error->hint);
	return text.data;
}

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
	appendStringInfoString(&sql, "SELECT i.n, p.person_id, q.person_id, o.org_id, v.org_id,"
						   " c.kind, c.plan_id, c.hours, a.activity_id, a.status, a.reviewed_by");
	for (int field = 0; field < IMPORT_FIELDS; field++)
	{
		appendStringInfoString(&sql, ", ");
		if (stored_fields[field].shown == NULL)
			appendStringInfoString(&sql, "NULL::text");
		else
			appendStringInfo(&sql, stored_fields[field].shown, ce_import_field_name(field));
	}
	appendStringInfo(&sql,
					 " FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2), pg_catalog.unnest($3),"
					 " pg_catalog.unnest($4), pg_catalog.unnest($5), pg_catalog.unnest($6), pg_catalog.unnest($7))"
					 " WITH ORDINALITY AS i (source, ref, person_id, person_no, org_code, verified_by_code, course, n)"
					 " LEFT JOIN %s.ce_person p ON p.person_id OPERATOR(pg_catalog.=) i.person_id::bigint"
					 " LEFT JOIN %s.ce_person q ON q.person_no OPERATOR(pg_catalog.=) i.person_no"
					 " LEFT JOIN %s.ce_org o ON o.code OPERATOR(pg_catalog.=) i.org_code"
					 " LEFT JOIN %s.ce_org v ON v.code OPERATOR(pg_catalog.=) i.verified_by_code"
					 " LEFT JOIN %s.ce_course c ON c.course OPERATOR(pg_catalog.=) i.course"
					 " LEFT JOIN %s.ce_activity a ON a.source OPERATOR(pg_catalog.=) i.source"
					 " AND a.source_ref OPERATOR(pg_catalog.=) i.ref",
					 schema, schema, schema, schema, schema, schema);
	return sql.data;
}

/* The person that a record means, once looked up. */
static const char *
person_found(const Lookup *lookup)
{
	return lookup->columns[LOOKUP_PERSON_BY_ID] != NULL ?
		lookup->columns[LOOKUP_PERSON_BY_ID] : lookup->columns[LOOKUP_PERSON_BY_NO];
}

static bool
same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void
look_up(Batch *batch)
{
	Oid			types[7];
	Datum		values[7];
	char	  **columns[7];

	for (int c = 0; c < 7; c++)
	{
		types[c] = TEXTARRAYOID;
		columns[c] = palloc(sizeof(char *) * batch->n);
	}
	for (int i = 0; i < batch->n; i++)
	{
		CeImportItem *item = batch->items[i];

		columns[0][i] = item->source;
		columns[1][i] = item->voids != NULL ? item->voids : item->ref;
		columns[2][i] = item->values[IMPORT_PERSON_ID];
		columns[3][i] = item->values[IMPORT_PERSON_NO];
		columns[4][i] = item->values[IMPORT_ORG_CODE];
		columns[5][i] = item->values[IMPORT_VERIFIED_BY_CODE];
		columns[6][i] = item->course;
	}
	for (int c = 0; c < 7; c++)
		values[c] = ce_import_texts(columns[c], batch->n);
	query_now(lookup_query(), 7, types, values);

	batch->lookups = palloc0(sizeof(Lookup) * batch->n);
	for (uint64 row = 0; row < SPI_processed; row++)
	{
		Lookup		found;
		Lookup	   *lookup;

		for (int c = 0; c < LOOKUP_COLUMNS; c++)
			found.columns[c] = SPI_getvalue(SPI_tuptable->vals[row],
											SPI_tuptable->tupdesc, c + 1);
		lookup = &batch->lookups[atoi(found.columns[LOOKUP_N]) - 1];

		/* Where a reference is there for several persons, take this one's. */
		if (lookup->columns[LOOKUP_N] == NULL ||
			same(found.columns[LOOKUP_STORED + IMPORT_PERSON_ID], person_found(&found)))
			*lookup = found;
	}
	SPI_freetuptable(SPI_tuptable);
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
	if (id_of_code == NULL)
		ce_import_reject(item, psprintf(by_code == IMPORT_PERSON_NO ?
										_("field \"%s\": there is no person \"%s\". Enter the person in ce_person first.") :
										_("field \"%s\": there is no organisation \"%s\". Enter it in ce_org first."),
										ce_import_field_name(by_code), item->values[by_code]));
	else if (item->values[by_id] != NULL && !same(item->values[by_id], id_of_code))
		ce_import_reject(item, psprintf(_("fields \"%s\" and \"%s\" do not name the same: %s, and \"%s\" is %s"),
										ce_import_field_name(by_id), ce_import_field_name(by_code),
										item->values[by_id], item->values[by_code], id_of_code));
	else
		item->values[by_id] = id_of_code;
}

/* What a statement leaves to the course, and to its duration. */
static void
complete_statement(CeImportItem *item, const Lookup *lookup)
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
	if (item->values[IMPORT_HOURS] == NULL && item->duration_hours != NULL)
	{
		if (strcmp(item->duration_hours, "0") == 0)
			ce_import_reject(item, pstrdup(_("result.duration makes less than a tenth of a class hour (AMB-12). Give the hours in ce_course, or as extension urn:ce-hours:hours.")));
		item->values[IMPORT_HOURS] = item->duration_hours;
	}
	if (item->values[IMPORT_KIND] == NULL && item->values[IMPORT_PLAN_ID] != NULL)
		item->values[IMPORT_KIND] = pstrdup("base_online");
	if (item->values[IMPORT_KIND] == NULL)
		ce_import_reject(item, psprintf(_("course \"%s\" is not known. Enter it in ce_course, or give extension urn:ce-hours:kind or urn:ce-hours:plan_id."),
										item->course));
}

/*
 * Whether a field may differ from what is stored: it was left to the ledger,
 * or has gone its way there.
 */
static bool
left_to_ledger(const CeImportItem *item, const Lookup *lookup, CeImportField field)
{
	const char *status = lookup->columns[LOOKUP_STATUS];

	switch (field)
	{
		case IMPORT_ORG_ID:
		case IMPORT_SPECIALTY:
		case IMPORT_VERIFIED_BY:
		case IMPORT_VERIFIED_ON:
			return item->values[field] == NULL;
		case IMPORT_NOTE:
			return item->values[field] == NULL ||
				strcmp(status, ce_list_label(CE_LIST_STATUS, CE_REJECTED)) == 0 ||
				strcmp(status, ce_list_label(CE_LIST_STATUS, CE_REVOKED)) == 0;
		case IMPORT_STATUS:
			return strcmp(item->values[field], ce_list_label(CE_LIST_STATUS, CE_SUBMITTED)) == 0 ||
				strcmp(status, ce_list_label(CE_LIST_STATUS, CE_REVOKED)) == 0;
		default:
			return stored_fields[field].shown == NULL;
	}
}

/* A record whose reference has come before. */
static void
compare_stored(CeImportItem *item, const Lookup *lookup)
{
	const char *status = lookup->columns[LOOKUP_STATUS];
	bool		gone = strcmp(status, ce_list_label(CE_LIST_STATUS, CE_REJECTED)) == 0 ||
		strcmp(status, ce_list_label(CE_LIST_STATUS, CE_REVOKED)) == 0;

	for (int field = 0; field < IMPORT_FIELDS; field++)
	{
		const char *stored = lookup->columns[LOOKUP_STORED + field];
		const char *given = item->values[field];

		if (left_to_ledger(item, lookup, field) || same(stored, given))
			continue;
		ce_import_decide(item, CE_IMPORT_CONFLICT,
						 psprintf(_("field \"%s\": activity %s has %s, this record %s. Nothing was written; correct the activity, or have it rejected or revoked and send the record under a new reference (AMB-34)."),
								  ce_import_field_name(field), lookup->columns[LOOKUP_ACTIVITY_ID],
								  stored == NULL ? "null" : quote_literal_cstr(stored),
								  given == NULL ? "null" : quote_literal_cstr(given)));
	}
	ce_import_decide(item, CE_IMPORT_UNCHANGED, !gone ? NULL :
					 psprintf(_("activity %s is %s"), lookup->columns[LOOKUP_ACTIVITY_ID], _(status)));
}

/* ---------------------------------------------------------------------
 * Voided statements
 * ---------------------------------------------------------------------
 */

static uint64
hash_texts(uint64 seed, const char *a, const char *b)
{
	uint64		h = hash_bytes_extended((const unsigned char *) a, strlen(a), seed);

	return hash_bytes_extended((const unsigned char *) b, strlen(b), h);
}

static uint64
ref_key(const CeImportItem *item)
{
	return hash_texts(1, item->source, item->voids != NULL ? item->voids : item->ref);
}

/* A store sends the newest first: what is voided may still come. */
static void
remember_voided(CeImportRun *run, const CeImportItem *item)
{
	uint64		key = ref_key(item);

	if (run->voided == NULL)
	{
		HASHCTL		ctl = {.keysize = sizeof(uint64),.entrysize = sizeof(uint64),.hcxt = run->context};

		run->voided = hash_create("ce_hours voided statements", 64, &ctl,
								  HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	}
	(void) hash_search(run->voided, &key, HASH_ENTER, NULL);
}

static bool
was_voided(CeImportRun *run, const CeImportItem *item)
{
	uint64		key = ref_key(item);

	return run->voided != NULL && item->statement &&
		hash_search(run->voided, &key, HASH_FIND, NULL) != NULL;
}

typedef struct Withdrawal
{
	const CeImportItem *item;
	const Lookup *lookup;
	bool		done;
} Withdrawal;

/* The body whose turn it is, in whose name a waiting activity is rejected. */
static int64
rejecting_body(const Lookup *lookup)
{
	const CeKind *kind = ce_law_kind_of(CStringGetTextDatum(lookup->columns[LOOKUP_STORED + IMPORT_KIND]));
	const char *which = kind->track == CE_FEED ? "kind = 'academy'" :
		"kind = 'health_commission' AND admin_level = 'provincial'";
	const CeOrg *next;
	bool		last;
	int64		body = 0;

	if (kind->track == CE_FEED || kind->track == CE_SPECIAL)
	{
		if (SPI_execute(psprintf("SELECT org_id FROM %s.ce_org WHERE %s ORDER BY org_id",
								 ce_ledger_schema(), which), true, 1) != SPI_OK_SELECT)
			elog(ERROR, "reading table \"ce_org\" failed");
		if (SPI_processed == 1)
			body = strtoll(SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1), NULL, 10);
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
	const Lookup *lookup = withdrawal->lookup;
	Oid			types[] = {INT8OID, INT8OID, INT8OID, TEXTOID};
	Datum		values[4];
	int64		body = rejecting_body(lookup);
	char		nulls[4] = {' ', ' ', body == 0 ? 'n' : ' ', ' '};

	values[0] = Int64GetDatum(strtoll(lookup->columns[LOOKUP_STORED + IMPORT_PERSON_ID], NULL, 10));
	values[1] = Int64GetDatum(strtoll(lookup->columns[LOOKUP_ACTIVITY_ID], NULL, 10));
	values[2] = Int64GetDatum(body);
	values[3] = CStringGetTextDatum(psprintf(_("withdrawn by its source \"%s\" with statement %s"),
											 withdrawal->item->source, withdrawal->item->ref));
	if (SPI_execute_with_args(psprintf("UPDATE %s.ce_activity SET status = 'rejected', reviewed_by = $3, note = $4"
									   " WHERE person_id OPERATOR(pg_catalog.=) $1 AND activity_id OPERATOR(pg_catalog.=) $2"
									   " AND status::text OPERATOR(pg_catalog.=) ANY ('{submitted,in_review}')",
									   ce_ledger_schema()),
							  4, types, values, nulls, false, 0) != SPI_OK_UPDATE)
		elog(ERROR, "updating table \"ce_activity\" failed");
	withdrawal->done = SPI_processed == 1;
}

static void
withdraw(Batch *batch, CeImportItem *item, const Lookup *lookup)
{
	Withdrawal	withdrawal = {item, lookup, false};
	const char *id = lookup->columns[LOOKUP_ACTIVITY_ID];
	const char *status = lookup->columns[LOOKUP_STATUS];
	ErrorData  *error;

	if (id == NULL)
	{
		remember_voided(batch->run, item);
		ce_import_reject(item, psprintf(_("statement \"%s\" has not come from source \"%s\": there is nothing to withdraw"),
										item->voids, item->source));
		return;
	}
	if (strcmp(status, ce_list_label(CE_LIST_STATUS, CE_VERIFIED)) == 0)
	{
		ce_import_decide(item, CE_IMPORT_CONFLICT,
						 psprintf(_("activity %s (statement \"%s\") is verified already. Verified hours stand until a body revokes them with ce_revoke() (7.4b, 6.2d)."),
								  id, item->voids));
		return;
	}
	if (strcmp(status, ce_list_label(CE_LIST_STATUS, CE_SUBMITTED)) != 0 &&
		strcmp(status, ce_list_label(CE_LIST_STATUS, CE_IN_REVIEW)) != 0)
	{
		ce_import_decide(item, CE_IMPORT_UNCHANGED, psprintf(_("activity %s is %s"), id, _(status)));
		return;
	}
	error = attempt(reject_activity, &withdrawal);
	if (error != NULL)
		ce_import_reject(item, error_text(error));
	else if (!withdrawal.done)
		ce_import_decide(item, CE_IMPORT_CONFLICT,
						 psprintf(_("activity %s was changed by somebody else meanwhile, or you may not change it"), id));
	else
		ce_import_decide(item, CE_IMPORT_WITHDRAWN,
						 psprintf(_("activity %s (statement \"%s\")"), id, item->voids));
}

/* ---------------------------------------------------------------------
 * Writing
 * ---------------------------------------------------------------------
 */

static char *
insert_statement(void)
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
		if (stored_fields[field].cast == NULL)
			continue;
		appendStringInfo(&columns, ", %s", ce_import_field_name(field));
		appendStringInfo(&casts, ", r.%s::", ce_import_field_name(field));
		appendStringInfo(&casts, stored_fields[field].cast, schema);
		appendStringInfo(&arrays, ", pg_catalog.unnest($%d)", ++n);
	}
	return psprintf("INSERT INTO %s.ce_activity (source, source_ref%s) SELECT r.source, r.source_ref%s"
					" FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2)%s)"
					" AS r (source, source_ref%s)",
					schema, columns.data, casts.data, arrays.data, columns.data);
}

/*
 * The statement is kept, since bad records alone run it twice each; it reads no
 * table whose size could make its plan a bad one.
 */
static SPIPlanPtr
insert_plan(int nargs, Oid *types)
{
	static SPIPlanPtr plan = NULL;
	static char *schema = NULL;

	if (plan != NULL && strcmp(schema, ce_ledger_schema()) == 0)
		return plan;
	if (plan != NULL)
		SPI_freeplan(plan);
	plan = SPI_prepare_cursor(insert_statement(), nargs, types, CURSOR_OPT_GENERIC_PLAN);
	if (plan == NULL)
		elog(ERROR, "SPI_prepare_cursor failed: %s", SPI_result_code_string(SPI_result));
	SPI_keepplan(plan);
	schema = MemoryContextStrdup(TopMemoryContext, ce_ledger_schema());
	return plan;
}

typedef struct Insertion
{
	CeImportItem **items;
	int			n;
} Insertion;

static void
insert_items(void *arg)
{
	Insertion  *insertion = arg;
	int			n = insertion->n;
	Oid			types[IMPORT_FIELDS + 2];
	Datum		values[IMPORT_FIELDS + 2];
	char	  **texts = palloc(sizeof(char *) * Max(n, 1));
	MemoryContext context = CurrentMemoryContext;
	int			nargs = 0;

	for (int field = -2; field < IMPORT_FIELDS; field++)
	{
		if (field >= 0 && stored_fields[field].cast == NULL)
			continue;
		for (int i = 0; i < n; i++)
		{
			CeImportItem *item = insertion->items[i];

			texts[i] = field == -2 ? item->source : field == -1 ? item->ref : item->values[field];
		}
		types[nargs] = TEXTARRAYOID;
		values[nargs++] = ce_import_texts(texts, n);
	}
	if (SPI_execute_plan(insert_plan(nargs, types), values, NULL, false, 0) != SPI_OK_INSERT)
		elog(ERROR, "inserting into table \"ce_activity\" failed");
	MemoryContextSwitchTo(context);
}

/* A record that could not be written. */
static void
refuse(Batch *batch, CeImportItem *item, const ErrorData *error)
{
	Insertion	nothing = {NULL, 0};

	/* Who may not write at all gets an error, not a million outcomes. */
	if (error->sqlerrcode == ERRCODE_INSUFFICIENT_PRIVILEGE)
		insert_items(&nothing);
	/* Somebody was faster, outside of imports: look at what he wrote. */
	if (error->sqlerrcode == ERRCODE_UNIQUE_VIOLATION && !item->retried)
	{
		item->retried = true;
		item->wave = batch->next_wave;
		return;
	}
	ce_import_reject(item, error_text(error));
}

static void
write_items(Batch *batch, CeImportItem **items, int n)
{
	Insertion	insertion = {items, n};
	ErrorData  *error;

	CHECK_FOR_INTERRUPTS();
	if (n == 0)
		return;
	error = attempt(insert_items, &insertion);
	if (error == NULL)
	{
		for (int i = 0; i < n; i++)
			ce_import_decide(items[i], CE_IMPORT_NEW, NULL);
		return;
	}
	if (n == 1)
		refuse(batch, items[0], error);
	FreeErrorData(error);
	if (n > 1)
	{
		write_items(batch, items, n / 2);
		write_items(batch, items + n / 2, n - n / 2);
	}
}

/*
 * Platforms say of one course that it was completed and that it was passed, in
 * two statements: one evidence, one credit (AMB-34).
 */
static void
find_same_course(Batch *batch)
{
	Oid			types[5] = {TEXTARRAYOID, TEXTARRAYOID, TEXTARRAYOID, TEXTARRAYOID, TEXTARRAYOID};
	Datum		values[5];
	char	  **columns[5];
	CeImportItem **statements = palloc(sizeof(CeImportItem *) * Max(batch->n, 1));
	int			n = 0;

	for (int c = 0; c < 5; c++)
		columns[c] = palloc(sizeof(char *) * Max(batch->n, 1));
	for (int i = 0; i < batch->n; i++)
	{
		CeImportItem *item = batch->items[i];

		if (!item->statement || item->outcome != CE_IMPORT_UNDECIDED)
			continue;
		columns[0][n] = item->source;
		columns[1][n] = item->ref;
		columns[2][n] = item->values[IMPORT_PERSON_ID];
		columns[3][n] = item->values[IMPORT_EVIDENCE];
		columns[4][n] = pnstrdup(item->values[IMPORT_COMPLETED_ON], 4);
		statements[n++] = item;
	}
	if (n == 0)
		return;
	for (int c = 0; c < 5; c++)
		values[c] = ce_import_texts(columns[c], n);
	query_now(psprintf("SELECT i.n, a.activity_id, a.source_ref FROM ROWS FROM (pg_catalog.unnest($1),"
					   " pg_catalog.unnest($2), pg_catalog.unnest($3), pg_catalog.unnest($4), pg_catalog.unnest($5))"
					   " WITH ORDINALITY AS i (source, ref, person_id, evidence, year, n)"
					   " JOIN %s.ce_activity a ON a.person_id OPERATOR(pg_catalog.=) i.person_id::bigint"
					   " AND a.source OPERATOR(pg_catalog.=) i.source AND a.source_ref OPERATOR(pg_catalog.<>) i.ref"
					   " AND a.evidence OPERATOR(pg_catalog.=) i.evidence AND a.year OPERATOR(pg_catalog.=) i.year::integer"
					   " AND a.status::text OPERATOR(pg_catalog.<>) ALL ('{rejected,revoked}')"
					   " ORDER BY a.activity_id",
					   ce_ledger_schema()), 5, types, values);
	for (uint64 row = 0; row < SPI_processed; row++)
	{
		char	   *found[3];

		for (int c = 0; c < 3; c++)
			found[c] = SPI_getvalue(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, c + 1);
		ce_import_decide(statements[atoi(found[0]) - 1], CE_IMPORT_UNCHANGED,
						 psprintf(_("the same course is here for this year as activity %s (statement \"%s\"): one evidence, one credit (AMB-34)"),
								  found[1], found[2]));
	}
	SPI_freetuptable(SPI_tuptable);
}

/* ---------------------------------------------------------------------
 * Batches
 * ---------------------------------------------------------------------
 */

static void
decide(Batch *batch, CeImportItem *item, const Lookup *lookup)
{
	if (item->voids != NULL)
	{
		withdraw(batch, item, lookup);
		return;
	}
	if (item->values[IMPORT_PERSON_ID] != NULL && lookup->columns[LOOKUP_PERSON_BY_ID] == NULL)
		ce_import_reject(item, psprintf(_("field \"%s\": there is no person \"%s\". Enter the person in ce_person first."),
										ce_import_field_name(IMPORT_PERSON_ID), item->values[IMPORT_PERSON_ID]));
	resolve(item, IMPORT_PERSON_ID, IMPORT_PERSON_NO, lookup->columns[LOOKUP_PERSON_BY_NO]);
	resolve(item, IMPORT_ORG_ID, IMPORT_ORG_CODE, lookup->columns[LOOKUP_ORG]);
	resolve(item, IMPORT_VERIFIED_BY, IMPORT_VERIFIED_BY_CODE, lookup->columns[LOOKUP_VERIFIER]);
	complete_statement(item, lookup);
	if (item->outcome != CE_IMPORT_UNDECIDED)
		return;
	if (lookup->columns[LOOKUP_ACTIVITY_ID] != NULL)
		compare_stored(item, lookup);
	else if (was_voided(batch->run, item))
		ce_import_reject(item, pstrdup(_("the statement was voided by one that came before it")));
}

static void
take_wave(Batch *batch)
{
	int			n = 0;

	look_up(batch);
	for (int i = 0; i < batch->n; i++)
		decide(batch, batch->items[i], &batch->lookups[i]);
	find_same_course(batch);
	for (int i = 0; i < batch->n; i++)
	{
		if (batch->items[i]->outcome == CE_IMPORT_UNDECIDED)
			batch->items[n++] = batch->items[i];
	}
	write_items(batch, batch->items, n);
}

static int
compare_keys(const void *a, const void *b)
{
	int32		x = *(const int32 *) a;
	int32		y = *(const int32 *) b;

	return x < y ? -1 : x > y;
}

/*
 * Imports of one source wait for one another: the same reference for two
 * persons is no violation of a unique index.  In one order, so that nobody
 * waits in a circle.
 */
static void
lock_sources(const CeImportItem *items, int nitems)
{
	int32	   *keys = palloc(sizeof(int32) * Max(nitems, 1));
	int			n = 0;

	for (int i = 0; i < nitems; i++)
	{
		if (items[i].outcome == CE_IMPORT_UNDECIDED)
			keys[n++] = (int32) hash_bytes((const unsigned char *) items[i].source,
										   strlen(items[i].source));
	}
	qsort(keys, n, sizeof(int32), compare_keys);
	for (int i = 0; i < n; i++)
	{
		if (i == 0 || keys[i] != keys[i - 1])
			DirectFunctionCall2(pg_advisory_xact_lock_int4,
								Int32GetDatum((int32) ce_table_oid(CE_ACTIVITY)),
								Int32GetDatum(keys[i]));
	}
}

typedef struct Wave
{
	uint64		key;			/* hash key, must be first */
	int			wave;
} Wave;

/* The wave after the last one that has to do with the key. */
static int
wave_after(HTAB *waves, uint64 key)
{
	Wave	   *entry = hash_search(waves, &key, HASH_FIND, NULL);

	return entry == NULL ? 0 : entry->wave + 1;
}

static void
note_wave(HTAB *waves, uint64 key, int wave)
{
	Wave	   *entry = hash_search(waves, &key, HASH_ENTER, NULL);

	entry->wave = wave;
}

/* Give each item its wave; returns how many there are. */
static int
make_waves(CeImportItem *items, int nitems)
{
	HASHCTL		ctl = {.keysize = sizeof(uint64),.entrysize = sizeof(Wave),.hcxt = CurrentMemoryContext};
	HTAB	   *waves = hash_create("ce_hours import waves", nitems, &ctl,
									HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	int			nwaves = 0;
	int			first = 0;		/* behind what was voided */

	for (int i = 0; i < nitems; i++)
	{
		CeImportItem *item = &items[i];
		uint64		by_ref;
		uint64		by_course;

		if (item->outcome != CE_IMPORT_UNDECIDED)
			continue;
		by_ref = ref_key(item);
		item->wave = Max(first, wave_after(waves, by_ref));
		if (item->voids != NULL)
		{
			/* It may be about a course of any record: all wait for it. */
			item->wave = Max(item->wave, nwaves);
			first = item->wave + 1;
		}
		else if (item->statement)
		{
			by_course = hash_texts(hash_texts(2, item->source, item->values[IMPORT_PERSON_NO]),
								   item->values[IMPORT_EVIDENCE], "");
			item->wave = Max(item->wave, wave_after(waves, by_course));
			note_wave(waves, by_course, item->wave);
		}
		note_wave(waves, by_ref, item->wave);
		nwaves = Max(nwaves, item->wave + 1);
	}
	return nwaves;
}

void
ce_import_batch(CeImportRun *run, CeImportItem *items, int nitems)
{
	Batch		batch = {.run = run};

	lock_sources(items, nitems);
	batch.next_wave = make_waves(items, nitems);
	batch.items = palloc(sizeof(CeImportItem *) * Max(nitems, 1));
	for (int wave = 0; wave < batch.next_wave; wave++)
	{
		batch.n = 0;
		for (int i = 0; i < nitems; i++)
		{
			if (items[i].outcome == CE_IMPORT_UNDECIDED && items[i].wave == wave)
				batch.items[batch.n++] = &items[i];
		}
		if (batch.n > 0)
			take_wave(&batch);
		/* Is there something to look at again? */
		for (int i = 0; wave == batch.next_wave - 1 && i < nitems; i++)
		{
			if (items[i].outcome == CE_IMPORT_UNDECIDED && items[i].wave > wave)
			{
				batch.next_wave++;
				break;
			}
		}
	}
}

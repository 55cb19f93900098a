/*-------------------------------------------------------------------------
 *
 * import_waiver.c
 *	  A load of waivers (AMB-35): good records are kept, bad ones reported.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/table.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/snapmgr.h"

#include "feed/import_item.h"
#include "feed/import_load.h"
#include "store/ledger.h"
#include "store/owner.h"
#include "store/sql.h"
#include "write/duty.h"
#include "write/posting.h"

#include "compat.h"

/* The fields of a record; the first ten are the parameters of statements. */
typedef enum WaiverField
{
	WAIVER_PERSON_ID, WAIVER_YEAR, WAIVER_SUBJECT, WAIVER_HOURS,
	WAIVER_DEFERS_TO, WAIVER_REASON, WAIVER_DECISION, WAIVER_GRANTED_BY,
	WAIVER_GRANTED_ON, WAIVER_NOTE, WAIVER_COLUMNS,
	WAIVER_PERSON_NO = WAIVER_COLUMNS, WAIVER_GRANTED_BY_CODE,
	WAIVER_DAY_SERIALS, WAIVER_FIELDS
} WaiverField;

typedef struct FieldRule
{
	const char *name;
	CeValueKind kind;
	const char *missing;		/* the fault where it is not given; NULL: none */
	WaiverField instead;		/* the field that may be given instead, or itself */
} FieldRule;

static const FieldRule fields[WAIVER_FIELDS] = {
	[WAIVER_PERSON_ID] = {"person_id", CE_VALUE_ID},
	[WAIVER_YEAR] = {"year", CE_VALUE_YEAR,
		gettext_noop("field \"%s\" is missing. Give the calendar year that is waived."), WAIVER_YEAR},
	[WAIVER_SUBJECT] = {"subject", CE_VALUE_SUBJECT},
	[WAIVER_HOURS] = {"hours", CE_VALUE_HOURS},
	[WAIVER_DEFERS_TO] = {"defers_to", CE_VALUE_YEAR},
	[WAIVER_REASON] = {"reason", CE_VALUE_TEXT,
		gettext_noop("field \"%s\" is missing. Say why the hours are waived, such as illness."), WAIVER_REASON},
	[WAIVER_DECISION] = {"decision", CE_VALUE_TEXT,
		gettext_noop("field \"%s\" is missing. Give the reference of the decision."), WAIVER_DECISION},
	[WAIVER_GRANTED_BY] = {"granted_by", CE_VALUE_ID},
	[WAIVER_GRANTED_ON] = {"granted_on", CE_VALUE_DAY},
	[WAIVER_NOTE] = {"note", CE_VALUE_TEXT},
	[WAIVER_PERSON_NO] = {"person_no", CE_VALUE_TEXT,
		gettext_noop("field \"%s\" is missing. Give person_no or person_id."), WAIVER_PERSON_ID},
	[WAIVER_GRANTED_BY_CODE] = {"granted_by_code", CE_VALUE_TEXT,
		gettext_noop("field \"%s\" is missing. Give granted_by_code or granted_by, the body that verifies for the person."), WAIVER_GRANTED_BY},
	[WAIVER_DAY_SERIALS] = {"day_serials", CE_VALUE_SERIALS},
};

typedef struct Waiver
{
	char	   *raw[WAIVER_FIELDS]; /* as it came; NULL: not given */
	bool		unreadable[WAIVER_FIELDS];
	char	   *values[WAIVER_FIELDS];	/* in one spelling; NULL: not given */
	CeDaySerials serials;
} Waiver;

/* ---------------------------------------------------------------------
 * Reading a record
 * ---------------------------------------------------------------------
 */

static WaiverField
field_of(const JsonbValue *name)
{
	int			field = 0;

	while (field < WAIVER_FIELDS &&
		   !ce_import_is_name(name->val.string.val, name->val.string.len, fields[field].name))
		field++;
	return field;
}

static void
take_members(Waiver *waiver, CeLoaded *loaded)
{
	JsonbIterator *it = JsonbIteratorInit(loaded->record);
	JsonbValue	name;
	JsonbValue	value;

	(void) JsonbIteratorNext(&it, &name, true); /* the object itself */
	while (JsonbIteratorNext(&it, &name, true) == WJB_KEY)
	{
		WaiverField field = field_of(&name);

		(void) JsonbIteratorNext(&it, &value, true);
		if (field == WAIVER_FIELDS)
			ce_load_reject(loaded, psprintf(_("field \"%s\" does not exist; unknown fields are not ignored"),
											ce_import_shown(ce_import_json_text(&name))));
		else if (!ce_import_json_field(&value, &waiver->raw[field]))
		{
			waiver->unreadable[field] = true;
			ce_load_reject(loaded, psprintf(_("field \"%s\" must be a string or a number"),
											fields[field].name));
		}
	}
}

static void
spell_field(Waiver *waiver, WaiverField field, CeLoaded *loaded)
{
	CeImportValue value = ce_import_value(fields[field].name, fields[field].kind,
										  waiver->raw[field], waiver->serials);

	waiver->values[field] = value.text;
	if (value.fault != NULL)
	{
		waiver->unreadable[field] = true;
		ce_load_reject(loaded, value.fault);
	}
	if (value.reading != NULL)
		ce_load_tell(loaded, value.reading);
}

static void
spell_fields(Waiver *waiver, CeLoaded *loaded)
{
	/* It says how days are written. */
	spell_field(waiver, WAIVER_DAY_SERIALS, loaded);
	if (waiver->values[WAIVER_DAY_SERIALS] != NULL)
		(void) ce_day_serials(waiver->values[WAIVER_DAY_SERIALS], &waiver->serials);
	for (int field = 0; field < WAIVER_DAY_SERIALS; field++)
		spell_field(waiver, field, loaded);
}

static bool
is_given(const Waiver *waiver, WaiverField field)
{
	return waiver->values[field] != NULL || waiver->unreadable[field];
}

static void
check_missing(const Waiver *waiver, CeLoaded *loaded)
{
	for (int field = 0; field < WAIVER_FIELDS; field++)
	{
		const FieldRule *rule = &fields[field];

		if (rule->missing != NULL && !is_given(waiver, field) &&
			!is_given(waiver, rule->instead))
			ce_load_reject(loaded, psprintf(_(rule->missing), rule->name));
	}
}

/* ---------------------------------------------------------------------
 * What it names
 * ---------------------------------------------------------------------
 */

/*
 * Run a statement that stays prepared with text parameters, with the caller's
 * rights.  %s in it is the ledger's schema.
 */
static uint64
run(CeStatement *statement, const char *sql, char **texts, int n, int how, int expected)
{
	Oid			waivers = ce_table_oid(CE_WAIVER);
	Oid			types[WAIVER_COLUMNS];
	Datum		values[WAIVER_COLUMNS];
	char		nulls[WAIVER_COLUMNS];

	for (int i = 0; i < n; i++)
	{
		types[i] = TEXTOID;
		nulls[i] = texts[i] == NULL ? 'n' : ' ';
		values[i] = texts[i] == NULL ? (Datum) 0 : CStringGetTextDatum(texts[i]);
	}
	if (!ce_statement_ready(statement, waivers))
		ce_statement_prepare(statement, psprintf(sql, ce_ledger_schema()), n, types, waivers, 0);
	return ce_run_kept(statement, values, nulls, how, expected);
}

static void
resolve(Waiver *waiver, WaiverField by_id, WaiverField by_code, char *id_of_code,
		CeLoaded *loaded)
{
	char	   *fault = ce_import_take_code(fields[by_id].name, &waiver->values[by_id],
											fields[by_code].name, waiver->values[by_code],
											id_of_code, by_code == WAIVER_PERSON_NO);

	if (fault != NULL)
		ce_load_reject(loaded, fault);
}

static void
look_up(Waiver *waiver, CeLoaded *loaded)
{
	static const char sql[] =
		"SELECT (SELECT p.person_id::pg_catalog.text FROM %1$s.ce_person p"
		" WHERE p.person_id OPERATOR(pg_catalog.=) $1::pg_catalog.int8),"
		" (SELECT p.person_id::pg_catalog.text FROM %1$s.ce_person p"
		" WHERE p.person_no OPERATOR(pg_catalog.=) $2),"
		" (SELECT o.org_id::pg_catalog.text FROM %1$s.ce_org o"
		" WHERE o.code OPERATOR(pg_catalog.=) $3)";
	static CeStatement statement;
	char	   *texts[] = {waiver->values[WAIVER_PERSON_ID],
		waiver->values[WAIVER_PERSON_NO], waiver->values[WAIVER_GRANTED_BY_CODE]};
	char	   *found[lengthof(texts)];

	run(&statement, sql, texts, lengthof(texts), 0, SPI_OK_SELECT);
	for (int i = 0; i < lengthof(found); i++)
		found[i] = ce_sql_text(0, i + 1);
	if (texts[0] != NULL && found[0] == NULL)
		ce_load_reject(loaded, ce_import_no_person(fields[WAIVER_PERSON_ID].name, texts[0]));
	resolve(waiver, WAIVER_PERSON_ID, WAIVER_PERSON_NO, found[1], loaded);
	resolve(waiver, WAIVER_GRANTED_BY, WAIVER_GRANTED_BY_CODE, found[2], loaded);
	loaded->has_person = waiver->values[WAIVER_PERSON_ID] != NULL;
	if (loaded->has_person)
		loaded->person_id = strtoi64(waiver->values[WAIVER_PERSON_ID], NULL, 10);
}

/* ---------------------------------------------------------------------
 * Writing
 * ---------------------------------------------------------------------
 */

/*
 * The duty is checked before the server would refuse the row with a message
 * that says less, and before the person is locked.
 */
static void
require_duty(const Waiver *waiver)
{
	const char *body = waiver->values[WAIVER_GRANTED_BY];

	if (body != NULL)
		ce_duty_require_first(CE_WAIVER, CE_DUTY_VERIFY, strtoi64(body, NULL, 10));
}

/* As the trigger of ce_waiver does, so that writers wait for one another. */
static void
lock_person(int64 person_id)
{
	Relation	rel = table_open(ce_table_oid(CE_WAIVER), AccessShareLock);
	Datum		person = Int64GetDatum(person_id);
	CeIdentity	self;

	ce_become_owner(rel, &self);
	ce_lock_persons(&person, 1);
	ce_become_self(&self);
	table_close(rel, AccessShareLock);
}

/* The same decision in force, also if another session has just entered it. */
static bool
is_known(const Waiver *waiver)
{
	/* As text, whose operator is one for any type; two nulls do not differ. */
	static const char sql[] =
		"SELECT v.waiver_id::pg_catalog.int8 FROM %s.ce_waiver v"
		" WHERE v.person_id OPERATOR(pg_catalog.=) $1::pg_catalog.int8"
		" AND v.year OPERATOR(pg_catalog.=) $2::pg_catalog.int4"
		" AND coalesce(v.subject::pg_catalog.text, '') OPERATOR(pg_catalog.=) coalesce($3, '')"
		" AND coalesce(v.hours::pg_catalog.text, '') OPERATOR(pg_catalog.=) coalesce($4, '')"
		" AND coalesce(v.defers_to::pg_catalog.text, '') OPERATOR(pg_catalog.=) coalesce($5, '')"
		" AND v.decision OPERATOR(pg_catalog.=) $6 AND v.revoked_on IS NULL";
	static CeStatement find;
	char	   *known[] = {waiver->values[WAIVER_PERSON_ID], waiver->values[WAIVER_YEAR],
		waiver->values[WAIVER_SUBJECT], waiver->values[WAIVER_HOURS],
		waiver->values[WAIVER_DEFERS_TO], waiver->values[WAIVER_DECISION]};
	uint64		found;

	/* what this call has entered, too */
	CommandCounterIncrement();
	PushActiveSnapshot(GetLatestSnapshot());
	found = run(&find, sql, known, lengthof(known), CE_SQL_READ_ONLY, SPI_OK_SELECT);
	PopActiveSnapshot();
	return found > 0;
}

static void
take_row(CeLoaded *loaded, const char *outcome)
{
	bool		isnull;

	loaded->outcome = outcome;
	loaded->row_id = DatumGetInt64(ce_sql_value(0, 1, &isnull));
	loaded->has_row = !isnull;
}

/* The same decision that is in force already is not entered twice (9.4a). */
static void
write_waiver(Waiver *waiver, CeLoaded *loaded)
{
	static const char sql[] =
		"INSERT INTO %1$s.ce_waiver AS v (person_id, year, subject, hours, defers_to,"
		" reason, decision, granted_by, granted_on, note)"
		" VALUES ($1::pg_catalog.int8, $2::pg_catalog.int4, $3::%1$s.ce_subject, $4::%1$s.ce_hours,"
		" $5::pg_catalog.int4, $6, $7, $8::pg_catalog.int8, $9::pg_catalog.date, $10)"
		" RETURNING v.waiver_id::pg_catalog.int8";
	static CeStatement insert;

	ce_refuse_rules(CE_WAIVER, false);
	lock_person(loaded->person_id);
	if (is_known(waiver))
		take_row(loaded, "unchanged");
	else
	{
		ce_require_written(run(&insert, sql, waiver->values, WAIVER_COLUMNS, 0,
							   SPI_OK_INSERT_RETURNING) > 0, ce_table_name(CE_WAIVER));
		take_row(loaded, "new");
	}
}

static void
load_waiver(void *arg)
{
	CeLoaded   *loaded = arg;
	Waiver		waiver = {0};

	take_members(&waiver, loaded);
	spell_fields(&waiver, loaded);
	check_missing(&waiver, loaded);
	look_up(&waiver, loaded);
	require_duty(&waiver);
	if (loaded->faults == NULL)
		write_waiver(&waiver, loaded);
}

/*
 * ce_import_waivers(records jsonb)
 *	 returns table(ord bigint, person_id bigint, outcome text, waiver_id bigint, message text)
 */
PG_FUNCTION_INFO_V1(ce_import_waivers);
Datum
ce_import_waivers(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Jsonb	   *records;

	InitMaterializedSRF(fcinfo, 0);
	ce_ledger_enter(fcinfo);
	ce_require_ledger();
	/* Raise the error of a ledger of an earlier version first. */
	(void) ce_table_oid(CE_WAIVER);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	ce_duty_require_anywhere(CE_WAIVER, CE_DUTY_VERIFY);
	records = PG_GETARG_JSONB_P(0);
	if (JB_ROOT_IS_SCALAR(records))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("records must be a JSON object or an array of objects"),
				 errhint("Give one object for each waiver.")));
	ce_load_records(rsinfo, &records->root, load_waiver);
	return (Datum) 0;
}

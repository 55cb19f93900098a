/*-------------------------------------------------------------------------
 *
 * person.c
 *	  A person as another system describes it: facts in text, written to
 *	  ce_person.
 *
 * Facts are taken without raising an error, so that a load can go on with the
 * next record.  A day is not read by the type's input, which would interpret
 * 200107 or 01/02/2020 by DateStyle.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/table.h"
#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "nodes/primnodes.h"
#include "rewrite/rewriteHandler.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"

#include "feed/person.h"
#include "feed/person_query.h"
#include "feed/title.h"
#include "law/law.h"
#include "store/field_text.h"
#include "store/ledger.h"
#include "store/owner.h"
#include "store/sql.h"
#include "types/level.h"
#include "who/org.h"
#include "write/duty.h"

#include "compat.h"

static const char *const fact_columns[] = {
	[FACT_PERSON_ID] = "person_id",
	[FACT_PERSON_NO] = "person_no",
	[FACT_ORG_ID] = "org_id",
	[FACT_SCHEME] = "scheme",
	[FACT_SPECIALTY] = "specialty",
	[FACT_DOCTORATE_ON] = "doctorate_on",
	[FACT_HELD_LEVEL] = "held_level",
	[FACT_HELD_SINCE] = "held_since",
	[FACT_ENTERED_ON] = "entered_on",
	[FACT_ORG_CODE] = "org_id",
};

/* In bytes: what fits into an entry of the index. */
#define CE_MAX_PERSON_NO 2000

const char *
ce_person_column(CePersonFact fact)
{
	return fact_columns[fact];
}

/* ---------------------------------------------------------------------
 * Taking facts
 * ---------------------------------------------------------------------
 */

/* A whole number, written exactly as it is printed. */
static bool
read_id(const char *text, int64 *id)
{
	char		printed[MAXINT8LEN + 1];
	char	   *end;

	errno = 0;
	*id = strtoi64(text, &end, 10);
	if (errno != 0 || *end != '\0')
		return false;
	pg_lltoa(*id, printed);
	return strcmp(text, printed) == 0;
}

static bool
org_by_code(const char *code, Datum *org_id)
{
	static CePersonQuery query = {"SELECT org_id FROM %s.ce_org WHERE code OPERATOR(pg_catalog.=) $1",
		SPI_OK_SELECT, 1, {TEXTOID}, {0}};
	bool		isnull;

	if (ce_person_query_run(&query, CStringGetTextDatum(code), 0) == 0)
		return false;
	*org_id = ce_sql_value(0, 1, &isnull);
	return true;
}

static bool
is_number_of_another(const char *person_no, Datum person_id)
{
	static CePersonQuery query = {"SELECT FROM %s.ce_person WHERE person_no OPERATOR(pg_catalog.=) $1"
		" AND person_id OPERATOR(pg_catalog.<>) $2",
		SPI_OK_SELECT, 2, {TEXTOID, INT8OID}, {0}};

	return ce_person_query_run(&query, CStringGetTextDatum(person_no), person_id) > 0;
}

/* The scheme if the text is empty: the column's default. */
static char *
usual_scheme(void)
{
	Relation	rel = table_open(ce_table_oid(CE_PERSON), AccessShareLock);
	AttrNumber	attno = ce_table_columns(CE_PERSON, rel)[CE_COL_PERSON_SCHEME];
	Node	   *usual = build_column_default(rel, attno);
	char	   *scheme = NULL;

	/* Do not evaluate an expression. */
	if (usual != NULL && IsA(usual, Const) && !((Const *) usual)->constisnull)
		scheme = TextDatumGetCString(((Const *) usual)->constvalue);
	table_close(rel, AccessShareLock);
	return scheme != NULL ? scheme : pstrdup("general");
}

/* Why a text cannot be a fact, with the SQLSTATE. */
typedef struct Refusal
{
	int			sqlstate;
	const char *reason;			/* NULL: it can */
} Refusal;

static void
refuse(Refusal *refusal, int sqlstate, const char *reason)
{
	refusal->sqlstate = sqlstate;
	refusal->reason = reason;
}

static void
take_id(CePersonFacts *facts, int slot, const char *text, Refusal *refusal)
{
	char	   *folded = ce_field_folded(text);
	int64		id;

	if (folded == NULL || !read_id(folded, &id))
		refuse(refusal, ERRCODE_INVALID_TEXT_REPRESENTATION,
			   _("the value is not a whole number written in plain digits"));
	else if (slot == FACT_ORG_ID && ce_find_org(id) == NULL)
		refuse(refusal, ERRCODE_FOREIGN_KEY_VIOLATION,
			   _("ce_org has no organisation with this id"));
	else
	{
		facts->values[slot] = Int64GetDatum(id);
		facts->read[slot] = folded;
	}
}

static void
take_day(CePersonFacts *facts, int slot, const char *text, Refusal *refusal)
{
	DateADT		day;

	if (!ce_day_read(text, facts->serials, &day, NULL))
	{
		const char *month = ce_day_missing(text);

		refuse(refusal, ERRCODE_INVALID_DATETIME_FORMAT, month != NULL ? month :
			   _("the value is not a date written as 2020-06-30 or 20200630"));
		return;
	}
	facts->values[slot] = DateADTGetDatum(day);
	facts->read[slot] = ce_date_text(day);
}

/* The level of the title held, by the names that HR systems use. */
static void
take_level(CePersonFacts *facts, const char *text, Refusal *refusal)
{
	int			level;
	const char *reason = ce_title_level(text, &level);

	if (reason != NULL)
	{
		refuse(refusal, ERRCODE_INVALID_TEXT_REPRESENTATION, reason);
		return;
	}
	facts->nulls[FACT_HELD_LEVEL] = level == 0;
	if (level != 0)
		facts->values[FACT_HELD_LEVEL] = CeLevelGetDatum(level);
	facts->read[FACT_HELD_LEVEL] = level == 0 ? pstrdup(_("none")) :
		pstrdup(ce_level_label(level));
}

static void
take_person_no(CePersonFacts *facts, const char *text, Refusal *refusal)
{
	if (strlen(text) > CE_MAX_PERSON_NO)
		refuse(refusal, ERRCODE_STRING_DATA_RIGHT_TRUNCATION,
			   psprintf(_("the value is longer than %d bytes"), CE_MAX_PERSON_NO));
	else if (facts->given[FACT_PERSON_ID] &&
			 is_number_of_another(text, facts->values[FACT_PERSON_ID]))
		refuse(refusal, ERRCODE_UNIQUE_VIOLATION, _("another person already has this value"));
}

static void
take_text(CePersonFacts *facts, CePersonFact fact, int slot, char *text,
		  Refusal *refusal)
{
	facts->values[slot] = CStringGetTextDatum(text);
	facts->read[slot] = text;
	switch (fact)
	{
		case FACT_PERSON_ID:
		case FACT_ORG_ID:
			take_id(facts, slot, text, refusal);
			break;
		case FACT_ORG_CODE:
			if (!org_by_code(text, &facts->values[slot]))
				refuse(refusal, ERRCODE_FOREIGN_KEY_VIOLATION,
					   _("ce_org has no organisation with this code"));
			break;
		case FACT_SCHEME:
			if (ce_find_scheme(text, strlen(text)) == NULL)
				refuse(refusal, ERRCODE_FOREIGN_KEY_VIOLATION,
					   _("ce_scheme has no such scheme"));
			break;
		case FACT_HELD_LEVEL:
			take_level(facts, text, refusal);
			break;
		case FACT_DOCTORATE_ON:
		case FACT_HELD_SINCE:
		case FACT_ENTERED_ON:
			take_day(facts, slot, text, refusal);
			break;
		case FACT_PERSON_NO:
			take_person_no(facts, text, refusal);
			break;
		case FACT_SPECIALTY:
			break;
	}
}

const char *
ce_person_take(CePersonFacts *facts, CePersonFact fact, const char *given,
			   int *sqlstate)
{
	int			slot = fact == FACT_ORG_CODE ? FACT_ORG_ID : fact;
	char	   *text = ce_field_text(given);
	Refusal		refusal = {0, NULL};

	facts->given[slot] = true;
	facts->nulls[slot] = false;
	facts->read[slot] = NULL;
	if (text != NULL)
		take_text(facts, fact, slot, text, &refusal);
	else if (slot == FACT_PERSON_ID || slot == FACT_ORG_ID)
		refuse(&refusal, ERRCODE_NOT_NULL_VIOLATION, _("the value is missing"));
	else if (fact == FACT_SCHEME)
		take_text(facts, fact, slot, usual_scheme(), &refusal);
	else
		facts->nulls[slot] = true;
	if (refusal.reason != NULL)
		facts->given[slot] = false;
	*sqlstate = refusal.sqlstate;
	return refusal.reason;
}

/* ---------------------------------------------------------------------
 * Writing
 * ---------------------------------------------------------------------
 */

static void
fact_types(const CePersonFacts *facts, Oid *types)
{
	Oid			person_table = ce_table_oid(CE_PERSON);

	for (int f = 0; f < CE_PERSON_FACTS; f++)
	{
		/* The columns' types: no name to look up by a search path. */
		types[f] = get_atttype(person_table,
							   get_attnum(person_table, fact_columns[f]));
		/* A ledger of 0.2.0 has the column only after ce_setup(). */
		if (!OidIsValid(types[f]) && f == FACT_ENTERED_ON && !facts->given[f])
			types[f] = DATEOID;
		if (!OidIsValid(types[f]))
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_COLUMN),
					 errmsg("column \"%s\" of table \"%s\" does not exist",
							fact_columns[f], "ce_person"),
					 errhint("The ledger's own columns cannot be renamed or dropped.")));
	}
}

/* Statements by the set of given facts. */
static CeStatement inserts[1 << CE_PERSON_FACTS];
static CeStatement updates[1 << CE_PERSON_FACTS];
static CeStatement asks[1 << CE_PERSON_FACTS];

static char *
insert_sql(const CePersonFacts *facts)
{
	StringInfoData columns;
	StringInfoData values;

	initStringInfo(&columns);
	initStringInfo(&values);
	for (int f = 0; f < CE_PERSON_FACTS; f++)
	{
		if (!facts->given[f])
			continue;
		appendStringInfo(&columns, "%s%s", f == 0 ? "" : ", ", fact_columns[f]);
		appendStringInfo(&values, "%s$%d", f == 0 ? "" : ", ", f + 1);
	}
	return psprintf("INSERT INTO %%s.ce_person (%s) VALUES (%s) ON CONFLICT (person_id) DO NOTHING",
					columns.data, values.data);
}

/* Change what differs, or ask whether something does. */
static char *
update_sql(const CePersonFacts *facts, bool asks)
{
	StringInfoData sets;
	StringInfoData differs;

	initStringInfo(&sets);
	initStringInfo(&differs);
	for (int f = FACT_PERSON_ID + 1; f < CE_PERSON_FACTS; f++)
	{
		if (!facts->given[f])
			continue;
		appendStringInfo(&sets, "%s%s = $%d", sets.len == 0 ? "" : ", ",
						 fact_columns[f], f + 1);
		/* As text, whose operator is one for any type; two nulls do not differ. */
		appendStringInfo(&differs, " OR coalesce(p.%s::pg_catalog.text OPERATOR(pg_catalog.<>) $%d::pg_catalog.text,"
						 " (p.%s IS NULL) OPERATOR(pg_catalog.<>) ($%d IS NULL))",
						 fact_columns[f], f + 1, fact_columns[f], f + 1);
	}
	return asks ?
		psprintf("SELECT false%s FROM %%s.ce_person p WHERE p.person_id OPERATOR(pg_catalog.=) $1", differs.data) :
		psprintf("UPDATE %%s.ce_person p SET %s WHERE p.person_id OPERATOR(pg_catalog.=) $1 AND (false%s)",
				 sets.data, differs.data);
}

/* Does row security hide the person from the writer? */
static bool
person_is_hidden(int64 person_id)
{
	CeIdentity	self;
	bool		exists;

	ce_become_ledger_owner(&self);
	exists = ce_person_exists(person_id);
	ce_become_self(&self);
	return exists;
}

CePersonWrite
ce_person_write(const CePersonFacts *facts)
{
	Oid			types[CE_PERSON_FACTS];
	Datum		values[CE_PERSON_FACTS];
	char		nulls[CE_PERSON_FACTS];
	int			set = 0;
	bool		more = false;
	bool		isnull;

	ce_refuse_rules(CE_PERSON, true);
	fact_types(facts, types);
	for (int f = 0; f < CE_PERSON_FACTS; f++)
	{
		isnull = !facts->given[f] || facts->nulls[f];
		values[f] = isnull ? (Datum) 0 : facts->values[f];
		nulls[f] = isnull ? 'n' : ' ';
		if (facts->given[f])
			set |= 1 << f;
		more |= facts->given[f] && f != FACT_PERSON_ID;
	}
	if (facts->given[FACT_ORG_ID] &&
		ce_run_kept(ce_person_query_ready(&inserts[set], insert_sql(facts), CE_PERSON_FACTS, types),
					values, nulls, 0, SPI_OK_INSERT) > 0)
		return CE_PERSON_NEW;
	if (more &&
		ce_run_kept(ce_person_query_ready(&updates[set], update_sql(facts, false), CE_PERSON_FACTS, types),
					values, nulls, 0, SPI_OK_UPDATE) > 0)
		return CE_PERSON_UPDATED;
	if (ce_run_kept(ce_person_query_ready(&asks[set], update_sql(facts, true), CE_PERSON_FACTS, types),
					values, nulls, 0, SPI_OK_SELECT) == 0)
	{
		if (facts->given[FACT_ORG_ID] &&
			person_is_hidden(DatumGetInt64(values[FACT_PERSON_ID])))
			ce_duty_refuse_person(GetUserId(), DatumGetInt64(values[FACT_PERSON_ID]));
		ce_require_written(!facts->given[FACT_ORG_ID], "ce_person");
		return CE_PERSON_LACKS_ORG;
	}
	ce_require_written(!DatumGetBool(ce_sql_value(0, 1, &isnull)), "ce_person");
	return CE_PERSON_UNCHANGED;
}

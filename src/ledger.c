/*-------------------------------------------------------------------------
 *
 * ledger.c
 *	  The names of the ledger's tables, columns and closed lists.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/relation.h"
#include "access/xact.h"
#include "catalog/pg_enum.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "pgtime.h"
#include "utils/builtins.h"
#include "utils/catcache.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"

#include "ledger.h"

#include "compat.h"

typedef struct TableNames
{
	const char *name;
	const char *columns[CE_MAX_COLUMNS];	/* NULL ends the list */
} TableNames;

static const TableNames table_names[CE_TABLES] = {
	[CE_SCHEME] = {"ce_scheme", {"scheme", "governed", "ban_years",
	"instrument", "clause", "interpretation"}},
	[CE_REQUIREMENT] = {"ce_requirement", {"scheme", "from_year", "to_year",
			"total_hours", "public_hours", "professional_hours", "instrument",
	"clause", "interpretation"}},
	[CE_KIND] = {"ce_kind", {"kind", "subject", "category", "track",
	"clause"}},
	[CE_RULE] = {"ce_rule", {"rule_id", "scheme", "kind", "grade", "role",
			"rank_from", "rank_to", "from_year", "to_year", "basis", "hours",
	"per_year", "instrument", "clause", "interpretation"}},
	[CE_CAP] = {"ce_cap", {"scheme", "category", "from_year", "to_year",
	"hours", "instrument", "clause", "interpretation"}},
	[CE_WINDOW] = {"ce_window", {"window_id", "scheme", "route", "level",
			"needs_doctorate", "needs_held", "aggregation", "years",
			"professional_only", "same_specialty", "from_year", "to_year",
	"instrument", "clause", "interpretation"}},
	[CE_CATCHUP] = {"ce_catchup", {"scheme", "study_year", "subject",
	"source", "target_from", "target_to", "instrument", "clause"}},
	[CE_ORG] = {"ce_org", {"org_id", "kind", "admin_level", "parent_id",
	"region_code", "base_level", "self_verifies"}},
	[CE_PERSON] = {"ce_person", {"person_id", "person_no", "org_id",
			"scheme", "doctorate_on", "held_level", "held_since",
	"sanctioned"}},
	[CE_PLAN] = {"ce_plan", {"plan_id", "org_id", "title", "subject", "mode",
			"specialty", "hours", "days", "starts_on", "ends_on", "status",
	"reviewed_by", "filed_by", "filed_on", "note"}},
	[CE_ACTIVITY] = {"ce_activity", {"activity_id", "person_id", "kind",
			"plan_id", "org_id", "title", "specialty", "started_on",
			"completed_on", "days", "travel_days", "hours", "evidence",
			"source", "source_ref", "status", "reviewed_by", "verified_by",
			"verified_on", "revoked_by", "revoked_on", "note", "year",
			"category", "national_base", "awarded", "deems_public",
	"deems_professional", "rule_id"}},
	[CE_ACCOUNT] = {"ce_account", {"person_id", "year", "credit",
	"known_from"}},
	[CE_ACHIEVEMENT] = {"ce_achievement", {"achievement_id", "person_id",
			"kind", "grade", "role", "rank", "specialty", "work_ref",
			"started_on", "due_on", "achieved_on", "title", "evidence",
	"attested_by", "attested_on", "revoked_on", "note"}},
	[CE_ALLOCATION] = {"ce_allocation", {"allocation_id", "person_id",
			"from_year", "to_year", "subject", "hours", "allocated_by",
	"allocated_on", "reversed_by", "reversed_on", "note"}},
	[CE_SANCTION] = {"ce_sanction", {"sanction_id", "person_id", "found_on",
	"decision", "revoked_on", "note"}},
	[CE_APPLICATION] = {"ce_application", {"application_id", "person_id",
			"level", "route", "specialty", "applied_on", "verdict", "receipt",
	"status", "note"}},
	[CE_SPECIALTY_PAIR] = {"ce_specialty_pair", {"specialty", "close_to"}},
	[CE_EVENT] = {"ce_event", {"event_id", "at", "role_name", "object",
	"ids", "from_status", "to_status", "by_org", "note"}},
	[CE_MEMBER] = {"ce_member", {"role_name", "org_id", "duty"}},
	[CE_PERSON_ROLE] = {"ce_person_role", {"person_id", "role_name"}},
};

/* Labels that messages show are marked for translation, see ce_list_label(). */
/* One more than the longest closed list has. */
#define CE_MAX_LABELS 9

typedef struct ListNames
{
	const char *type;
	const char *labels[CE_MAX_LABELS];	/* NULL ends the list */
} ListNames;

static const ListNames list_names[CE_LISTS] = {
	[CE_LIST_SUBJECT] = {"ce_subject", {gettext_noop("public"),
	gettext_noop("professional"), gettext_noop("both")}},
	[CE_LIST_TRACK] = {"ce_track", {"feed", "filed", "activity", "special",
	"opening", "attested"}},
	[CE_LIST_BASIS] = {"ce_basis", {"as_completed", "filed_hours",
	"document_or_days", "days", "fixed", "deems", "deems_tenure", "as_recorded"}},
	[CE_LIST_STATUS] = {"ce_status", {gettext_noop("submitted"),
			gettext_noop("in_review"), gettext_noop("verified"),
	gettext_noop("rejected"), gettext_noop("revoked")}},
	[CE_LIST_PLAN_STATUS] = {"ce_plan_status", {gettext_noop("draft"),
			gettext_noop("submitted"), gettext_noop("reviewed"),
	gettext_noop("filed"), gettext_noop("rejected")}},
	[CE_LIST_ROUTE] = {"ce_route", {gettext_noop("review"),
	gettext_noop("recognition"), gettext_noop("transfer")}},
	[CE_LIST_OUTCOME] = {"ce_outcome", {gettext_noop("eligible"),
			gettext_noop("not_eligible"), gettext_noop("pending"),
			gettext_noop("banned"), gettext_noop("out_of_scope"),
	gettext_noop("no_rule"), gettext_noop("unknown_person")}},
};

/* What has been found so far; InvalidOid and false where nothing was. */
static Oid	ledger_schema = InvalidOid;
static Oid	table_oids[CE_TABLES];
static uint64 table_generations[CE_TABLES];
static bool columns_known[CE_TABLES];
static AttrNumber column_numbers[CE_TABLES][CE_MAX_COLUMNS];
static Oid	list_oids[CE_LISTS][CE_MAX_LABELS];
static uint64 label_generation = 1;
static uint64 law_generation = 1;
static uint64 org_generation = 1;
static uint64 member_generation = 1;

/* A relation changed: forget what was known of it. */
static void
relation_changed(Datum arg, Oid relid)
{
	for (int t = 0; t < CE_TABLES; t++)
	{
		if (relid != InvalidOid && relid != table_oids[t])
			continue;
		table_oids[t] = InvalidOid;
		columns_known[t] = false;
		table_generations[t]++;
		if (t <= CE_LAST_LAW_TABLE)
			law_generation++;
		else if (t == CE_ORG)
			org_generation++;
		else if (t == CE_MEMBER || t == CE_PERSON_ROLE)
			member_generation++;
	}
}

/* The closed lists' types changed, or others; they are looked up again. */
static void
labels_changed(Datum arg, int cacheid, uint32 hashvalue)
{
	memset(list_oids, 0, sizeof(list_oids));
	label_generation++;
}

/* A role was made, renamed or dropped, or became or ceased to be a member. */
static void
roles_changed(Datum arg, int cacheid, uint32 hashvalue)
{
	member_generation++;
}

static void
forget_everything(void)
{
	relation_changed((Datum) 0, InvalidOid);
	labels_changed((Datum) 0, ENUMTYPOIDNAME, 0);
}

/* Rows were read that this transaction may have written. */
static bool read_while_writing = false;

void
ce_note_reading(void)
{
	if (TransactionIdIsValid(GetTopTransactionIdIfAny()))
		read_while_writing = true;
}

static void
forget_what_was_undone(void)
{
	if (read_while_writing)
	{
		law_generation++;
		org_generation++;
		member_generation++;
	}
}

static void
at_transaction_end(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_ABORT || event == XACT_EVENT_PARALLEL_ABORT)
		forget_what_was_undone();
	if (event == XACT_EVENT_ABORT || event == XACT_EVENT_COMMIT ||
		event == XACT_EVENT_PREPARE)
		read_while_writing = false;
}

static void
at_subtransaction_end(SubXactEvent event, SubTransactionId subid,
					  SubTransactionId parent, void *arg)
{
	if (event == SUBXACT_EVENT_ABORT_SUB)
		forget_what_was_undone();
}

void
ce_ledger_enter(FunctionCallInfo fcinfo)
{
	static bool callback_registered = false;
	static Oid	last_function = InvalidOid;
	Oid			function = fcinfo->flinfo->fn_oid;

	if (!callback_registered)
	{
		CacheRegisterRelcacheCallback(relation_changed, (Datum) 0);
		CacheRegisterSyscacheCallback(ENUMTYPOIDNAME, labels_changed, (Datum) 0);
		CacheRegisterSyscacheCallback(AUTHOID, roles_changed, (Datum) 0);
		CacheRegisterSyscacheCallback(AUTHMEMROLEMEM, roles_changed, (Datum) 0);
		RegisterXactCallback(at_transaction_end, NULL);
		RegisterSubXactCallback(at_subtransaction_end, NULL);
		/* Again, since a preloaded module did not know the database's encoding. */
		pg_bindtextdomain(TEXTDOMAIN);
		callback_registered = true;
	}

	/* The extension cannot be relocated, so a function's schema is for good. */
	if (function != last_function)
	{
		Oid			schema = get_func_namespace(function);

		if (schema != ledger_schema)
		{
			forget_everything();
			ledger_schema = schema;
		}
		last_function = function;
	}

	/*
	 * Locks that this transaction already holds are granted again without
	 * looking at the messages of other sessions, so look here: a law row
	 * committed elsewhere holds from the next call on.
	 */
	AcceptInvalidationMessages();
}

TupleDesc
ce_result_desc(FunctionCallInfo fcinfo)
{
	FmgrInfo   *flinfo = fcinfo->flinfo;
	TupleDesc	desc;
	MemoryContext old_context;

	if (flinfo->fn_extra != NULL)
		return flinfo->fn_extra;
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	old_context = MemoryContextSwitchTo(flinfo->fn_mcxt);
	flinfo->fn_extra = BlessTupleDesc(CreateTupleDescCopy(desc));
	MemoryContextSwitchTo(old_context);
	return flinfo->fn_extra;
}

const char *
ce_ledger_schema(void)
{
	return quote_identifier(get_namespace_name(ledger_schema));
}

const char *
ce_table_name(CeTable table)
{
	return table_names[table].name;
}

Oid
ce_table_oid(CeTable table)
{
	if (!OidIsValid(table_oids[table]))
	{
		table_oids[table] = get_relname_relid(table_names[table].name,
											  ledger_schema);
		if (!OidIsValid(table_oids[table]))
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("there is no ledger in schema %s",
							ce_ledger_schema()),
					 errdetail("Table \"%s\" does not exist.",
							   table_names[table].name),
					 errhint("Run SELECT %s.ce_setup(); first, as the role that is to own the ledger.",
							 ce_ledger_schema())));
	}
	return table_oids[table];
}

bool
ce_table_exists(CeTable table)
{
	return OidIsValid(table_oids[table]) ||
		OidIsValid(get_relname_relid(table_names[table].name, ledger_schema));
}

void
ce_require_ledger(void)
{
	/* A ledger of version 0.1.0 works on until ce_setup() runs again. */
	for (int t = 0; t < CE_PERSON_ROLE; t++)
		ce_table_oid(t);
}

CeTable
ce_table_of(Relation rel)
{
	for (int t = 0; t < CE_TABLES; t++)
	{
		if (ce_table_oid(t) == RelationGetRelid(rel))
			return t;
	}
	ereport(ERROR,
			(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
			 errmsg("table \"%s\" is not a table of the ledger",
					RelationGetRelationName(rel))));
	return 0;					/* keep compiler quiet */
}

/* In the row type at hand: a look-up of each in the catalogue takes longer. */
static AttrNumber
column_number(Relation rel, const char *name)
{
	TupleDesc	desc = RelationGetDescr(rel);

	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(desc, i);

		if (!attribute->attisdropped && strcmp(NameStr(attribute->attname), name) == 0)
			return attribute->attnum;
	}
	return InvalidAttrNumber;
}

const AttrNumber *
ce_table_columns(CeTable table, Relation rel)
{
	if (!columns_known[table])
	{
		/* By its OID a change of the table is noticed. */
		ce_table_oid(table);
		for (int c = 0; table_names[table].columns[c] != NULL; c++)
		{
			const char *name = table_names[table].columns[c];
			AttrNumber	attnum = column_number(rel, name);

			if (attnum == InvalidAttrNumber)
				ereport(ERROR,
						(errcode(ERRCODE_UNDEFINED_COLUMN),
						 errmsg("column \"%s\" of table \"%s\" does not exist",
								name, table_names[table].name),
						 errhint("The ledger's own columns cannot be renamed or dropped.")));
			column_numbers[table][c] = attnum;
		}
		columns_known[table] = true;
	}
	return column_numbers[table];
}

int
ce_table_ncolumns(CeTable table)
{
	static int	known[CE_TABLES];
	int			n = known[table];

	while (n < CE_MAX_COLUMNS && table_names[table].columns[n] != NULL)
		n++;
	known[table] = n;
	return n;
}

const char *
ce_column_name(CeTable table, int column)
{
	return table_names[table].columns[column];
}

void
ce_row_read(CeTable table, Relation rel, HeapTuple tuple,
			Datum *values, bool *nulls)
{
	const AttrNumber *columns = ce_table_columns(table, rel);
	TupleDesc	desc = RelationGetDescr(rel);
	Datum		all_values[MaxHeapAttributeNumber];
	bool		all_nulls[MaxHeapAttributeNumber];

	/* One pass over the tuple: cheaper than a walk for every column. */
	heap_deform_tuple(tuple, desc, all_values, all_nulls);
	for (int c = 0; table_names[table].columns[c] != NULL; c++)
	{
		values[c] = all_values[columns[c] - 1];
		nulls[c] = all_nulls[columns[c] - 1];
	}
}

uint64
ce_table_generation(CeTable table)
{
	return table_generations[table] + 1;
}

uint64
ce_law_generation(void)
{
	return law_generation;
}

uint64
ce_org_generation(void)
{
	return org_generation;
}

uint64
ce_member_generation(void)
{
	return member_generation;
}

/* The labels' OIDs; kept unless the look-up took in that labels changed. */
static void
look_up_labels(CeList list, Oid *found)
{
	const ListNames *names = &list_names[list];
	uint64		generation = label_generation;
	Oid			type = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid,
									   CStringGetDatum(names->type),
									   ObjectIdGetDatum(ledger_schema));
	CatCList   *labels = SearchSysCacheList1(ENUMTYPOIDNAME, ObjectIdGetDatum(type));

	memset(found, 0, sizeof(Oid) * CE_MAX_LABELS);
	for (int i = 0; names->labels[i] != NULL; i++)
	{
		for (int m = 0; m < labels->n_members; m++)
		{
			Form_pg_enum label = (Form_pg_enum) GETSTRUCT(&labels->members[m]->tuple);

			if (strcmp(NameStr(label->enumlabel), names->labels[i]) == 0)
				found[i] = label->oid;
		}
		if (!OidIsValid(found[i]))
			elog(ERROR, "label \"%s\" of type %s not found",
				 names->labels[i], names->type);
	}
	ReleaseSysCacheList(labels);
	if (generation == label_generation)
		memcpy(list_oids[list], found, sizeof(Oid) * CE_MAX_LABELS);
}

Oid
ce_list_oid(CeList list, int value)
{
	Oid			found[CE_MAX_LABELS];

	if (OidIsValid(list_oids[list][value]))
		return list_oids[list][value];
	look_up_labels(list, found);
	return found[value];
}

int
ce_list_value(CeList list, Oid label)
{
	Oid			looked_up[CE_MAX_LABELS];
	const Oid  *found = list_oids[list];

	if (!OidIsValid(found[0]))
	{
		look_up_labels(list, looked_up);
		found = looked_up;
	}
	for (int i = 0; OidIsValid(found[i]); i++)
	{
		if (found[i] == label)
			return i;
	}
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("a label that was added to type %s is not known here",
					list_names[list].type)));
	return 0;					/* keep compiler quiet */
}

const char *
ce_list_label(CeList list, int value)
{
	return list_names[list].labels[value];
}

/*
 * Days begin at midnight in Qinghai, whatever the session's time zone
 * (AMB-40).
 */
DateADT
ce_today_date(void)
{
	static pg_tz *shanghai = NULL;
	static TimestampTz known_at = 0;
	static DateADT known = 0;
	TimestampTz now = GetCurrentTransactionStartTimestamp();
	struct pg_tm tm;
	fsec_t		fsec;
	int			tz;

	/* A query asks for every row. */
	if (now == known_at)
		return known;
	if (shanghai == NULL)
	{
		shanghai = pg_tzset("Asia/Shanghai");
		if (shanghai == NULL)
			ereport(ERROR,
					(errcode(ERRCODE_CONFIG_FILE_ERROR),
					 errmsg("time zone \"%s\" not recognized", "Asia/Shanghai"),
					 errhint("Install the time zone data that the server was built to use.")));
	}
	if (timestamp2tm(now, &tz, &tm, &fsec, NULL, shanghai) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("timestamp out of range")));
	known = date2j(tm.tm_year, tm.tm_mon, tm.tm_mday) - POSTGRES_EPOCH_JDATE;
	known_at = now;
	return known;
}

void
ce_require_day(DateADT date)
{
	if (DATE_NOT_FINITE(date))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("a day is needed here, not infinity"),
				 errhint("Give a day of the calendar; questions without one are as of today.")));
}

int
ce_year_of(DateADT date)
{
	int			year;
	int			month;
	int			day;

	j2date(date + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	return year;
}

/* ce_today() returns date: the day in Asia/Shanghai */
PG_FUNCTION_INFO_V1(ce_today);
Datum
ce_today(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATEADT(ce_today_date());
}

/* ce_text(message text) returns text: it in the language of lc_messages */
PG_FUNCTION_INFO_V1(ce_text);
Datum
ce_text(PG_FUNCTION_ARGS)
{
	char	   *message = text_to_cstring(PG_GETARG_TEXT_PP(0));

	ce_ledger_enter(fcinfo);
	PG_RETURN_TEXT_P(cstring_to_text(ce_translate(message)));
}

/* ce_ledger() returns void: an error with the way out before ce_setup() */
PG_FUNCTION_INFO_V1(ce_ledger);
Datum
ce_ledger(PG_FUNCTION_ARGS)
{
	ce_ledger_enter(fcinfo);
	ce_require_ledger();
	PG_RETURN_VOID();
}

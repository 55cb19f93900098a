/*-------------------------------------------------------------------------
 *
 * policies.c
 *	  Which rows of the ledger a role sees: the functions in the policies of
 *	  ce_secure().
 *
 * To decide whether a row is visible, persons and plans are looked up as the
 * ledger's owner; only the answer is returned.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/table.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/supportnodes.h"
#include "rewrite/rowsecurity.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "law/law.h"
#include "store/owner.h"
#include "store/snapshot.h"
#include "store/whole.h"
#include "who/plan_bodies.h"
#include "who/policies.h"

#include "compat.h"

/* The functions that identify the ledger's own policies. */
extern Datum ce_sees_person_by_id(PG_FUNCTION_ARGS);
extern Datum ce_sees_person_of_org(PG_FUNCTION_ARGS);
extern Datum ce_sees_activity(PG_FUNCTION_ARGS);

/* Whom a row is about, and the columns that say it. */
typedef struct About
{
	int64		person_id;		/* 0: nobody */
	int64		org_id;
	int			person_column;	/* -1: none */
	int			org_column;
} About;

static void
about_row(const Datum *values, const bool *nulls, void *arg)
{
	About	   *about = arg;

	if (about->person_column >= 0 && !nulls[about->person_column])
		about->person_id = DatumGetInt64(values[about->person_column]);
	if (about->org_column >= 0 && !nulls[about->org_column])
		about->org_id = DatumGetInt64(values[about->org_column]);
}

/*
 * Look up a row as the owner of its table.  The first column is the id in each
 * of the tables that are looked up.
 */
static About
look_up(CeTable table, int64 id, int person_column, int org_column)
{
	static CeRowQuery queries[CE_TABLES];
	CeRowQuery *query = &queries[table];
	About		about = {0, 0, person_column, org_column};
	Datum		args[] = {Int64GetDatum(id)};
	Relation	rel = table_open(ce_table_oid(table), AccessShareLock);
	CeIdentity	self;

	query->table = table;
	query->nkeys = 1;
	query->keys[0] = (CeRowKey) {0, BTEqualStrategyNumber, F_INT8EQ, INT8OID};
	ce_become_owner(rel, &self);
	ce_rows_run(query, args, about_row, &about);
	ce_become_self(&self);
	table_close(rel, AccessShareLock);
	return about;
}

/*
 * A person's employer; a person's rows usually follow one another, so the last
 * answer is cached while the calls see the same data.
 */
static int64
employer_of(int64 person_id)
{
	static int64 last_person = 0;
	static int64 last_org = 0;
	static CeSnapshotStamp stamp;
	CeSnapshotStamp now;

	ce_snapshot_stamp(&now);
	if (last_org != 0 && last_person == person_id && ce_same_snapshot(&now, &stamp))
		return last_org;
	last_org = 0;
	last_org = look_up(CE_PERSON, person_id, -1, CE_COL_PERSON_ORG_ID).org_id;
	last_person = person_id;
	stamp = now;
	return last_org;
}

bool
ce_sees_person(Oid role, int64 person_id)
{
	int64		org_id;

	if (ce_member_is_person(role, person_id))
		return true;
	if (!ce_member_acts(role))
		return false;
	org_id = employer_of(person_id);
	return org_id != 0 && ce_member_sees_org(role, org_id);
}

/*
 * Filed plans are visible to everybody; the others to their organiser and
 * those above it, and once submitted to the bodies that review and file them
 * (7.2).
 */
bool
ce_sees_plan_of(Oid role, int64 org_id, CePlanStatus status)
{
	const CeOrg *organiser;
	ListCell   *lc;

	if (status == CE_PLAN_FILED || ce_member_sees_org(role, org_id))
		return true;
	organiser = ce_find_org(org_id);
	if (organiser == NULL || status == CE_PLAN_DRAFT)
		return false;
	foreach(lc, ce_member_bodies(role))
	{
		const CeOrg *body = lfirst(lc);

		if (ce_plan_is_office(body, organiser) ||
			(ce_plan_needs_review(organiser) && ce_plan_may_review(body, organiser)))
			return true;
	}
	return false;
}

bool
ce_acts_for_single_body(Oid role, CeTrack track, int duty)
{
	ListCell   *lc;

	if (!ce_has_single_body(track))
		return false;
	foreach(lc, ce_member_bodies(role))
	{
		const CeOrg *body = lfirst(lc);

		if (ce_verifies_alone(body, track) &&
			(duty < 0 || ce_member_holds(role, duty, body->org_id)))
			return true;
	}
	return false;
}

/* ---------------------------------------------------------------------
 * A person's rows without the executor
 * ---------------------------------------------------------------------
 */

/*
 * Is the policy unchanged since ce_secure() created it: one of our functions,
 * called with columns of the row, the person first?
 */
static bool
shows_person(const RowSecurityPolicy *policy, CeTable table, Relation rel)
{
	const AttrNumber *columns = ce_table_columns(table, rel);
	FuncExpr   *call = (FuncExpr *) policy->qual;
	AttrNumber	attnums[2] = {0, 0};
	ListCell   *lc;
	int			n = 0;
	FmgrInfo	function;

	if (!policy->permissive || call == NULL || !IsA(call, FuncExpr) ||
		ARR_DIMS(policy->roles)[0] != 1 ||
		((Oid *) ARR_DATA_PTR(policy->roles))[0] != ACL_ID_PUBLIC)
		return false;
	foreach(lc, call->args)
	{
		Var		   *column = lfirst(lc);

		if (!IsA(column, Var))
			return false;
		if (n < 2)
			attnums[n++] = column->varattno;
	}
	fmgr_info(call->funcid, &function);
	if (table == CE_PERSON)
		return function.fn_addr == ce_sees_person_of_org && n == 2 &&
			attnums[0] == columns[CE_COL_PERSON_PERSON_ID] &&
			attnums[1] == columns[CE_COL_PERSON_ORG_ID];
	return (function.fn_addr == ce_sees_person_by_id ||
			function.fn_addr == ce_sees_activity) && n >= 1 &&
		strcmp(NameStr(TupleDescAttr(RelationGetDescr(rel), attnums[0] - 1)->attname),
			   "person_id") == 0;
}

/* Permissive policies only show more rows; restrictive ones may hide some. */
bool
ce_sees_rows_of_person(CeTable table, Relation rel, int64 person_id)
{
	bool		shown = false;
	ListCell   *lc;

	if (row_security_policy_hook_restrictive != NULL)
		return false;
	foreach(lc, rel->rd_rsdesc->policies)
	{
		RowSecurityPolicy *policy = lfirst(lc);

		if (policy->polcmd != '*' && policy->polcmd != ACL_SELECT_CHR)
			continue;
		if (!policy->permissive)
			return false;
		shown = shown || shows_person(policy, table, rel);
	}
	return shown && ce_sees_person(GetUserId(), person_id);
}

/* ---------------------------------------------------------------------
 * How many rows that will be
 * ---------------------------------------------------------------------
 */

typedef struct Share
{
	Oid			role;
	int			total;
	int			seen;
} Share;

static void
count_org(const Datum *values, const bool *nulls, void *arg)
{
	Share	   *share = arg;

	share->total++;
	if (ce_member_sees_org(share->role, DatumGetInt64(values[CE_COL_ORG_ORG_ID])))
		share->seen++;
}

/* The fraction of the organisations that a role sees. */
static double
share_of(Oid role)
{
	static Oid	last_role = InvalidOid;
	static uint64 member_generation;
	static uint64 org_generation;
	static double share;
	Share		counted = {.role = role};

	if (role == last_role && member_generation == ce_member_generation() &&
		org_generation == ce_org_generation())
		return share;
	member_generation = ce_member_generation();
	org_generation = ce_org_generation();
	ce_read_whole(CE_ORG, NULL, count_org, &counted);
	/* A role that sees no organisation may still be a person. */
	share = counted.total == 0 ? 1.0 : counted.seen == 0 ? 0.5 / (counted.total * 100.0) :
		(double) counted.seen / counted.total;
	last_role = role;
	return share;
}

/*
 * ce__sees_support(internal) returns internal: tells the planner how selective
 * ce_sees_...() are, so that a role that sees few persons gets index scans
 */
PG_FUNCTION_INFO_V1(ce_sees_support);
Datum
ce_sees_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (!IsA(request, SupportRequestSelectivity))
		PG_RETURN_POINTER(NULL);
	ce_ledger_enter(fcinfo);
	((SupportRequestSelectivity *) request)->selectivity = share_of(GetUserId());
	PG_RETURN_POINTER(request);
}

/* ---------------------------------------------------------------------
 * What the policies call
 * ---------------------------------------------------------------------
 */

static Oid
asking_role(FunctionCallInfo fcinfo)
{
	ce_ledger_enter(fcinfo);
	ce_table_oid(CE_MEMBER);
	return GetUserId();
}

/* ce_sees_org(org_id bigint) returns boolean */
PG_FUNCTION_INFO_V1(ce_sees_org);
Datum
ce_sees_org(PG_FUNCTION_ARGS)
{
	Oid			role = asking_role(fcinfo);

	PG_RETURN_BOOL(ce_member_sees_org(role, PG_GETARG_INT64(0)));
}

/* ce_sees_person(person_id bigint) returns boolean */
PG_FUNCTION_INFO_V1(ce_sees_person_by_id);
Datum
ce_sees_person_by_id(PG_FUNCTION_ARGS)
{
	Oid			role = asking_role(fcinfo);

	PG_RETURN_BOOL(ce_sees_person(role, PG_GETARG_INT64(0)));
}

/* ce_sees_person(person_id bigint, org_id bigint) returns boolean */
PG_FUNCTION_INFO_V1(ce_sees_person_of_org);
Datum
ce_sees_person_of_org(PG_FUNCTION_ARGS)
{
	Oid			role = asking_role(fcinfo);

	PG_RETURN_BOOL(ce_member_sees_org(role, PG_GETARG_INT64(1)) ||
				   ce_member_is_person(role, PG_GETARG_INT64(0)));
}

/*
 * ce_sees_activity(person_id bigint, org_id bigint, plan_id bigint, kind text)
 *	 returns boolean: the employer at the time and today's, those above them,
 *	 the plan's organiser, the body that alone verifies the kind, the person
 */
PG_FUNCTION_INFO_V1(ce_sees_activity);
Datum
ce_sees_activity(PG_FUNCTION_ARGS)
{
	Oid			role = asking_role(fcinfo);

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	if (!PG_ARGISNULL(1) && ce_member_sees_org(role, PG_GETARG_INT64(1)))
		PG_RETURN_BOOL(true);
	if (ce_sees_person(role, PG_GETARG_INT64(0)))
		PG_RETURN_BOOL(true);
	if (!ce_member_acts(role))
		PG_RETURN_BOOL(false);
	if (!PG_ARGISNULL(2) &&
		ce_member_acts_for(role, look_up(CE_PLAN, PG_GETARG_INT64(2), -1,
										 CE_COL_PLAN_ORG_ID).org_id))
		PG_RETURN_BOOL(true);
	PG_RETURN_BOOL(!PG_ARGISNULL(3) &&
				   ce_acts_for_single_body(role, ce_get_kind(PG_GETARG_DATUM(3))->track, -1));
}

/* ce_sees_plan(org_id bigint, status ce_plan_status) returns boolean */
PG_FUNCTION_INFO_V1(ce_sees_plan);
Datum
ce_sees_plan(PG_FUNCTION_ARGS)
{
	Oid			role = asking_role(fcinfo);

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	PG_RETURN_BOOL(ce_sees_plan_of(role, PG_GETARG_INT64(0),
							 ce_list_value(CE_LIST_PLAN_STATUS, PG_GETARG_OID(1))));
}

static bool
audits(Oid role, const About *about)
{
	int64		org_id;

	if (about->org_id != 0 && ce_member_holds(role, CE_DUTY_AUDIT, about->org_id))
		return true;
	if (about->person_id == 0)
		return false;
	org_id = employer_of(about->person_id);
	return org_id != 0 && ce_member_holds(role, CE_DUTY_AUDIT, org_id);
}

/* Whom an object of the log is about: "activity", or "activity.title". */
static About
about_object(const char *object, int64 id)
{
	static const struct
	{
		const char *name;
		CeTable		table;
		int			person_column;
		int			org_column;
	}			objects[] = {
		{"activity", CE_ACTIVITY, CE_COL_ACTIVITY_PERSON_ID, CE_COL_ACTIVITY_ORG_ID},
		{"hours", CE_ACTIVITY, CE_COL_ACTIVITY_PERSON_ID, CE_COL_ACTIVITY_ORG_ID},
		{"plan", CE_PLAN, -1, CE_COL_PLAN_ORG_ID},
		{"achievement", CE_ACHIEVEMENT, CE_COL_ACHIEVEMENT_PERSON_ID, -1},
		{"allocation", CE_ALLOCATION, CE_COL_ALLOCATION_PERSON_ID, -1},
		{"waiver", CE_WAIVER, CE_COL_WAIVER_PERSON_ID, -1},
		{"sanction", CE_SANCTION, CE_COL_SANCTION_PERSON_ID, -1},
		{"application", CE_APPLICATION, CE_COL_APPLICATION_PERSON_ID, -1}
	};
	static const About nobody = {0};
	size_t		len = strcspn(object, ".");

	/* A setting of the whole ledger is visible to its owner. */
	if (strncmp(object, "ledger.", strlen("ledger.")) == 0)
		return nobody;
	for (int i = 0; i < lengthof(objects); i++)
	{
		if (strlen(objects[i].name) == len && strncmp(objects[i].name, object, len) == 0)
			return look_up(objects[i].table, id, objects[i].person_column,
						   objects[i].org_column);
	}
	return look_up(CE_PERSON, id, CE_COL_PERSON_PERSON_ID, CE_COL_PERSON_ORG_ID);
}

/*
 * ce_audits(object text, ids bigint[], by_org bigint) returns boolean: whether
 * the role audits at least one object of the log row
 */
PG_FUNCTION_INFO_V1(ce_audits);
Datum
ce_audits(PG_FUNCTION_ARGS)
{
	Oid			role = asking_role(fcinfo);
	About		about = {0};
	char	   *object;
	Datum	   *ids;
	bool	   *nulls;
	int			n;

	if (!ce_member_acts(role))
		PG_RETURN_BOOL(false);
	if (!PG_ARGISNULL(2))
	{
		about.org_id = PG_GETARG_INT64(2);
		if (audits(role, &about))
			PG_RETURN_BOOL(true);
	}
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_BOOL(false);
	object = text_to_cstring(PG_GETARG_TEXT_PP(0));
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), INT8OID, 8, FLOAT8PASSBYVAL,
					  TYPALIGN_DOUBLE, &ids, &nulls, &n);
	for (int i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (nulls[i])
			continue;
		about = about_object(object, DatumGetInt64(ids[i]));
		if (audits(role, &about))
			PG_RETURN_BOOL(true);
	}
	PG_RETURN_BOOL(false);
}

CeDuty
ce_get_duty(const text *name)
{
	int			duty = ce_find_duty(name);

	if (duty < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there is no duty \"%s\"", text_to_cstring(name)),
				 errhint("The duties are read, record, verify, backdate, sanction, audit and report.")));
	return duty;
}

/* ce_has_duty(org_id bigint, duty text) returns boolean */
PG_FUNCTION_INFO_V1(ce_has_duty);
Datum
ce_has_duty(PG_FUNCTION_ARGS)
{
	Oid			role = asking_role(fcinfo);

	PG_RETURN_BOOL(ce_member_holds(role, ce_get_duty(PG_GETARG_TEXT_PP(1)),
								   PG_GETARG_INT64(0)));
}

/* ce_require_duty(org_id bigint, duty text) returns boolean: true or an error */
PG_FUNCTION_INFO_V1(ce_require_duty);
Datum
ce_require_duty(PG_FUNCTION_ARGS)
{
	Oid			role = asking_role(fcinfo);
	CeDuty		duty = ce_get_duty(PG_GETARG_TEXT_PP(1));

	if (!ce_member_holds(role, duty, PG_GETARG_INT64(0)))
		ce_member_refuse(role, duty, PG_GETARG_INT64(0));
	PG_RETURN_BOOL(true);
}

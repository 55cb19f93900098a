/*-------------------------------------------------------------------------
 *
 * steps.c
 *	  The functions by which bodies act: verify, reject, revoke, file.
 *
 * They only run the UPDATE; the triggers of the tables check the rules, so
 * that a plain UPDATE obeys the same ones.  All or nothing: an id that cannot
 * take the step is an error.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "lib/qunique.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "store/sql.h"
#include "who/plan_bodies.h"
#include "write/activity.h"
#include "write/duty.h"

#include "compat.h"

/* The organisation that acts, for which the caller must hold verify. */
static int64
org_argument(FunctionCallInfo fcinfo, int n, CeTable table)
{
	if (PG_ARGISNULL(n))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("by_org must not be null"),
				 errhint("Give the organisation that acts.")));
	ce_duty_require_first(table, CE_DUTY_VERIFY, PG_GETARG_INT64(n));
	return PG_GETARG_INT64(n);
}

static int
compare_ids(const void *a, const void *b)
{
	return pg_cmp_s64(*(const int64 *) a, *(const int64 *) b);
}

/* The ids of an array argument, sorted, without duplicates. */
static int64 *
ids_argument(FunctionCallInfo fcinfo, int n, int *count)
{
	ArrayType  *array;
	int64	   *ids;

	if (PG_ARGISNULL(n))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("the array of ids must not be null")));
	array = PG_GETARG_ARRAYTYPE_P_COPY(n);
	if (array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("the array of ids must not contain nulls")));
	*count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	ids = (int64 *) ARR_DATA_PTR(array);
	qsort(ids, *count, sizeof(int64), compare_ids);
	*count = qunique(ids, *count, sizeof(int64), compare_ids);
	return ids;
}

/* Begin a step: the ids that the caller gives, and the body that acts. */
static int64 *
begin_step(FunctionCallInfo fcinfo, CeTable table, int *nids, int64 *by_org)
{
	int64	   *ids;

	InitMaterializedSRF(fcinfo, 0);
	ce_ledger_enter(fcinfo);
	ce_require_ledger();
	ids = ids_argument(fcinfo, 0, nids);
	*by_org = org_argument(fcinfo, 1, table);
	ce_refuse_rules(table, false);
	return ids;
}

#define MAX_ARGUMENTS 4

/* An activity that may be reviewed. */
#define WAITS "status OPERATOR(pg_catalog.=) ANY ('{submitted,in_review}')"

/*
 * A body's step: an UPDATE of ce_activity, with the message if it fails.  One
 * id has its own statement, since a generic plan then serves all calls, while
 * plans for an array depend on its length.
 */
typedef struct StepUpdate
{
	int			nargs;			/* $1 are the ids, $2 is the body */
	Oid			types[MAX_ARGUMENTS];	/* of the others; a text is the reason */
	const char *set;
	const char *where;
	const char *refusal;
	const char *hints[CE_STATUS_REVOKED + 1];	/* hint, by the row's status */
	CeStatement one;
	CeStatement many;
} StepUpdate;

/* Is the activity where the body may take the step? */
static bool
could_take(const StepUpdate *step, int64 id, int64 by_org)
{
	Oid			types[] = {INT8OID, INT8OID};
	Datum		values[] = {Int64GetDatum(id), Int64GetDatum(by_org)};

	return ce_run(psprintf("SELECT FROM %s.ce_activity WHERE activity_id OPERATOR(pg_catalog.=) $1 AND %s",
						   ce_ledger_schema(), step->where),
				  2, types, values, NULL, 0, SPI_OK_SELECT) > 0;
}

/* Why the activity did not take the step: not there, or not in that status. */
pg_noreturn static void
step_refused(const StepUpdate *step, int64 id, int64 by_org)
{
	static const int read[] = {CE_COL_ACTIVITY_STATUS};
	const char *refusal = step->refusal;
	Oid			types[] = {INT8OID};
	Datum		values[] = {Int64GetDatum(id)};
	CeStatus	status;
	bool		isnull;

	ce_require_written(!could_take(step, id, by_org), ce_table_name(CE_ACTIVITY));
	if (ce_run(psprintf("SELECT status FROM %s.ce_activity WHERE activity_id OPERATOR(pg_catalog.=) $1",
						ce_ledger_schema()), 1, types, values, NULL, 0, SPI_OK_SELECT) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_NO_DATA_FOUND),
				 errmsg("activity %lld does not exist", (long long) id),
				 errhint("Check the id, and that you may see the person's rows.")));
	ce_result_check(SPI_tuptable->tupdesc, CE_ACTIVITY, read);
	status = ce_list_value(CE_LIST_STATUS, DatumGetObjectId(ce_sql_value(0, 1, &isnull)));
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg(refusal, (long long) id),
			 errdetail("Clause 7.4: it is %s, or this organisation has already acted on it.",
					   _(ce_list_label(CE_LIST_STATUS, status))),
			 ce_errhint(step->hints[status])));
	pg_unreachable();
}

static CeStatement *
step_statement(StepUpdate *step, bool one)
{
	CeStatement *statement = one ? &step->one : &step->many;
	Oid			table = ce_table_oid(CE_ACTIVITY);
	Oid			types[MAX_ARGUMENTS];

	memcpy(types, step->types, sizeof(types));
	types[0] = one ? INT8OID : INT8ARRAYOID;
	types[1] = INT8OID;

	if (!ce_statement_ready(statement, table))
		ce_statement_prepare(statement,
							 psprintf("UPDATE %s.ce_activity %s"
									  " WHERE activity_id OPERATOR(pg_catalog.=) %s AND %s"
									  " RETURNING activity_id, status",
									  ce_ledger_schema(), step->set,
									  one ? "$1" : "ANY ($1)", step->where),
							 step->nargs, types, table, 0);
	return statement;
}

/* Return an id and a status of the result; returns the id. */
static Datum
hand_on(FunctionCallInfo fcinfo, int i)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Datum		row[2];
	bool		nulls[2];

	for (int c = 0; c < 2; c++)
		row[c] = ce_sql_value(i, c + 1, &nulls[c]);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, row, nulls);
	return row[0];
}

/*
 * Run the UPDATE and return its ids and statuses.  Every id must have taken
 * the step.
 */
static Datum
take_step(FunctionCallInfo fcinfo, StepUpdate *step)
{
	static const int returned[] = {CE_COL_ACTIVITY_ACTIVITY_ID, CE_COL_ACTIVITY_STATUS};
	Datum		values[MAX_ARGUMENTS];
	char		nulls[MAX_ARGUMENTS];
	int64		by_org;
	int			nids;
	int64	   *ids = begin_step(fcinfo, CE_ACTIVITY, &nids, &by_org);
	int64	   *done;
	int			ndone;

	for (int i = 0; i < step->nargs; i++)
	{
		nulls[i] = PG_ARGISNULL(i) ? 'n' : ' ';
		values[i] = PG_ARGISNULL(i) ? (Datum) 0 : PG_GETARG_DATUM(i);
		if (PG_ARGISNULL(i) && step->types[i] == TEXTOID)
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("reason must not be null"),
					 errhint("Give the reason as text.")));
	}
	if (nids == 1)
		values[0] = Int64GetDatum(ids[0]);
	ce_sql_begin();
	ndone = (int) ce_run_kept(step_statement(step, nids == 1), values, nulls, 0,
							  SPI_OK_UPDATE_RETURNING);
	ce_result_check(SPI_tuptable->tupdesc, CE_ACTIVITY, returned);
	done = palloc(sizeof(int64) * Max(ndone, 1));
	for (int i = 0; i < ndone; i++)
		done[i] = DatumGetInt64(hand_on(fcinfo, i));
	qsort(done, ndone, sizeof(int64), compare_ids);
	for (int i = 0; i < nids; i++)
	{
		if (bsearch(&ids[i], done, ndone, sizeof(int64), compare_ids) == NULL)
			step_refused(step, ids[i], by_org);
	}
	ce_sql_finish();
	return (Datum) 0;
}

/*
 * ce_verify(activity_ids bigint[], by_org bigint, verified_on date)
 *	 returns table(activity_id bigint, status ce_status): one step of the chain
 */
PG_FUNCTION_INFO_V1(ce_verify);
Datum
ce_verify(PG_FUNCTION_ARGS)
{
	static StepUpdate step = {
		.nargs = 3,
		.types = {[2] = DATEOID},
		.set = "SET reviewed_by = $2, verified_on = $3",
		.where = "(reviewed_by IS NULL OR reviewed_by OPERATOR(pg_catalog.<>) $2) AND " WAITS,
		.refusal = gettext_noop("activity %lld cannot be verified"),
		.hints = {
			[CE_STATUS_SUBMITTED] = gettext_noop("Let the next body of its chain verify it; ce_verification_queue names it."),
			[CE_STATUS_IN_REVIEW] = gettext_noop("Let the next body of its chain verify it; ce_verification_queue names it."),
			[CE_STATUS_VERIFIED] = gettext_noop("Leave it out: nothing is left to verify."),
			[CE_STATUS_REJECTED] = gettext_noop("Let who records correct it and submit it again with status = 'submitted'."),
			[CE_STATUS_REVOKED] = gettext_noop("Let who records enter a new row."),
		}
	};

	return take_step(fcinfo, &step);
}

/*
 * ce_reject(activity_ids bigint[], by_org bigint, reason text)
 *	 returns table(activity_id bigint, status ce_status)
 */
PG_FUNCTION_INFO_V1(ce_reject);
Datum
ce_reject(PG_FUNCTION_ARGS)
{
	static StepUpdate step = {
		.nargs = 3,
		.types = {[2] = TEXTOID},
		.set = "SET status = 'rejected', reviewed_by = $2, note = $3",
		.where = WAITS,
		.refusal = gettext_noop("activity %lld cannot be rejected"),
		.hints = {
			[CE_STATUS_SUBMITTED] = gettext_noop("Let the next body of its chain reject it; ce_verification_queue names it."),
			[CE_STATUS_IN_REVIEW] = gettext_noop("Let the next body of its chain reject it; ce_verification_queue names it."),
			[CE_STATUS_VERIFIED] = gettext_noop("Take verified hours back with ce_revoke()."),
			[CE_STATUS_REJECTED] = gettext_noop("Leave it out: nothing is left to take back."),
			[CE_STATUS_REVOKED] = gettext_noop("Leave it out: nothing is left to take back."),
		}
	};

	return take_step(fcinfo, &step);
}

/*
 * ce_revoke(activity_ids bigint[], by_org bigint, reason text, revoked_on date)
 *	 returns table(activity_id bigint, status ce_status)
 */
PG_FUNCTION_INFO_V1(ce_revoke);
Datum
ce_revoke(PG_FUNCTION_ARGS)
{
	static StepUpdate step = {
		.nargs = 4,
		.types = {[2] = TEXTOID,[3] = DATEOID},
		.set = "SET status = 'revoked', revoked_by = $2, note = $3, revoked_on = $4",
		.where = "status OPERATOR(pg_catalog.=) 'verified'",
		.refusal = gettext_noop("activity %lld cannot be revoked"),
		.hints = {
			[CE_STATUS_SUBMITTED] = gettext_noop("Reject with ce_reject() what waits for verification."),
			[CE_STATUS_IN_REVIEW] = gettext_noop("Reject with ce_reject() what waits for verification."),
			[CE_STATUS_VERIFIED] = gettext_noop("Try again: it was verified meanwhile."),
			[CE_STATUS_REJECTED] = gettext_noop("Leave it out: nothing is left to take back."),
			[CE_STATUS_REVOKED] = gettext_noop("Leave it out: nothing is left to take back."),
		}
	};

	return take_step(fcinfo, &step);
}

/* The plan's next step: it is reviewed, or filed. */
static const char *
next_plan_step(int64 plan_id)
{
	Oid			types[] = {INT8OID};
	Datum		values[] = {Int64GetDatum(plan_id)};
	static const int read[] = {CE_COL_PLAN_STATUS, CE_COL_PLAN_ORG_ID};
	CePlanStatus status;
	const CeOrg *organiser;
	bool		isnull;

	if (ce_run(psprintf("SELECT status, org_id FROM %s.ce_plan"
						" WHERE plan_id OPERATOR(pg_catalog.=) $1 FOR UPDATE", ce_ledger_schema()),
			   1, types, values, NULL, 0, SPI_OK_SELECT) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_NO_DATA_FOUND),
				 errmsg("plan %lld does not exist", (long long) plan_id),
				 errhint("Check the id, and that you may see the plan.")));
	ce_result_check(SPI_tuptable->tupdesc, CE_PLAN, read);
	status = ce_list_value(CE_LIST_PLAN_STATUS,
						   DatumGetObjectId(ce_sql_value(0, 1, &isnull)));
	organiser = ce_get_org(DatumGetInt64(ce_sql_value(0, 2, &isnull)));
	if (status == CE_PLAN_SUBMITTED)
		return ce_plan_needs_review(organiser) ?
			"SET status = 'reviewed', reviewed_by = $2" :
			"SET status = 'filed', filed_by = $2, filed_on = $3";
	if (status == CE_PLAN_REVIEWED)
		return "SET status = 'filed', filed_by = $2, filed_on = $3";
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("plan %lld cannot be filed", (long long) plan_id),
			 errdetail("Clause 7.2: its status is \"%s\"; only a plan that is submitted or reviewed can be filed.",
					   _(ce_list_label(CE_LIST_PLAN_STATUS, status))),
			 status == CE_PLAN_FILED ?
			 errhint("Leave it out: it is filed already.") :
			 errhint("Let the organiser set the status of plan %lld to submitted.",
					 (long long) plan_id)));
	return NULL;				/* keep compiler quiet */
}

/*
 * ce_file(plan_ids bigint[], by_org bigint, filed_on date)
 *	 returns table(plan_id bigint, status ce_plan_status): review, then filing
 */
PG_FUNCTION_INFO_V1(ce_file);
Datum
ce_file(PG_FUNCTION_ARGS)
{
	static const int returned[] = {CE_COL_PLAN_PLAN_ID, CE_COL_PLAN_STATUS};
	Oid			types[] = {INT8OID, INT8OID, DATEOID};
	Datum		values[3];
	char		nulls[] = {' ', ' ', PG_ARGISNULL(2) ? 'n' : ' '};
	int64		by_org;
	int			nids;
	int64	   *ids = begin_step(fcinfo, CE_PLAN, &nids, &by_org);

	values[1] = Int64GetDatum(by_org);
	values[2] = PG_ARGISNULL(2) ? (Datum) 0 : PG_GETARG_DATUM(2);
	ce_sql_begin();
	for (int i = 0; i < nids; i++)
	{
		char	   *sql = psprintf("UPDATE %s.ce_plan %s"
								   " WHERE plan_id OPERATOR(pg_catalog.=) $1"
								   " RETURNING plan_id, status",
								   ce_ledger_schema(), next_plan_step(ids[i]));

		values[0] = Int64GetDatum(ids[i]);
		ce_require_written(ce_run(sql, 3, types, values, nulls, 0, SPI_OK_UPDATE_RETURNING) == 1,
						   ce_table_name(CE_PLAN));
		ce_result_check(SPI_tuptable->tupdesc, CE_PLAN, returned);
		hand_on(fcinfo, 0);
	}
	ce_sql_finish();
	return (Datum) 0;
}

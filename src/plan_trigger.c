/*-------------------------------------------------------------------------
 *
 * plan_trigger.c
 *	  Course plans on their way to being filed (备案, 7.2), for every writer.
 *
 *	  draft -> submitted -> [reviewed ->] filed
 *	  submitted, reviewed -> rejected -> submitted
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datum.h"
#include "utils/rel.h"
#include "utils/tuplestore.h"

#include "plan.h"
#include "posting.h"

#include "compat.h"

typedef struct PlanRow
{
	Datum		values[CE_MAX_COLUMNS];
	bool		nulls[CE_MAX_COLUMNS];
} PlanRow;

static long long
plan_id(const PlanRow *row)
{
	return (long long) DatumGetInt64(row->values[PLAN_PLAN_ID]);
}

static CePlanStatus
plan_status(const PlanRow *row)
{
	return ce_list_value(CE_LIST_PLAN_STATUS, DatumGetObjectId(row->values[PLAN_STATUS]));
}

/* ---------------------------------------------------------------------
 * Who reviews and who files (7.2a-c)
 * ---------------------------------------------------------------------
 */

bool
ce_plan_needs_review(const CeOrg *organiser)
{
	switch (organiser->kind)
	{
		case CE_ORG_ENTERPRISE: /* 7.2b */
		case CE_ORG_PRIVATE_INSTITUTION:
		case CE_ORG_CENTRAL_UNIT:	/* 7.2c */
		case CE_ORG_MILITARY_KINDERGARTEN:
			return false;
		default:
			return true;
	}
}

static void
check_reviewer(const PlanRow *row, const CeOrg *organiser)
{
	const CeOrg *reviewer;

	if (row->nulls[PLAN_REVIEWED_BY])
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("plan %lld has not been reviewed", plan_id(row)),
				 errdetail("Clause 7.2a: the body above the organiser or the industry department reviews before the plan is filed."),
				 errhint("Have the reviewing body call ce_file() first, or give reviewed_by.")));
	reviewer = ce_org_of(DatumGetInt64(row->values[PLAN_REVIEWED_BY]));
	if (reviewer->org_id == organiser->org_id ||
		(reviewer->kind != CE_ORG_AUTHORITY &&
		 !ce_org_is_above(reviewer->org_id, organiser->org_id)))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("organisation %lld cannot review plan %lld",
						(long long) reviewer->org_id, plan_id(row)),
				 errdetail("Clause 7.2a: organisation %lld is reviewed by a body above it or by an industry department.",
						   (long long) organiser->org_id),
				 errhint("Let that body review the plan.")));
}

/* Is the office the one that the organiser files with? */
static bool
is_filing_office(const CeOrg *office, const CeOrg *organiser)
{
	if (office->kind != CE_ORG_HRSS)
		return false;
	/* 7.2c, and whatever stands above the province */
	if (organiser->kind == CE_ORG_CENTRAL_UNIT ||
		organiser->kind == CE_ORG_MILITARY_KINDERGARTEN ||
		organiser->admin_level == CE_NATIONAL)
		return office->admin_level == CE_PROVINCIAL &&
			strncmp(office->region_code, organiser->region_code, 2) == 0;
	/* 7.2a, 7.2b: the same level and region */
	return office->admin_level == organiser->admin_level &&
		strcmp(office->region_code, organiser->region_code) == 0;
}

static void
check_filing(PlanRow *row, const CeOrg *organiser)
{
	const CeOrg *office;
	DateADT		filed_on;

	if (ce_plan_needs_review(organiser))
		check_reviewer(row, organiser);
	if (row->nulls[PLAN_FILED_BY])
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("a filed plan needs filed_by"),
				 errhint("Give the HRSS office that files it, or use ce_file().")));
	office = ce_org_of(DatumGetInt64(row->values[PLAN_FILED_BY]));
	if (!is_filing_office(office, organiser))
	{
		bool		with_province = organiser->kind == CE_ORG_CENTRAL_UNIT ||
			organiser->kind == CE_ORG_MILITARY_KINDERGARTEN ||
			organiser->admin_level == CE_NATIONAL;

		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("organisation %lld is not the office that files plan %lld",
						(long long) office->org_id, plan_id(row)),
				 errdetail("Clause %s: organisation %lld files with the %s HRSS office of region %s.",
						   with_province ? "7.2c" :
						   ce_plan_needs_review(organiser) ? "7.2a" : "7.2b",
						   (long long) organiser->org_id,
						   ce_admin_level_label(with_province ? CE_PROVINCIAL :
												organiser->admin_level),
						   organiser->region_code),
				 errhint("Have that office file the plan.")));
	}
	if (row->nulls[PLAN_FILED_ON])
	{
		row->values[PLAN_FILED_ON] = DateADTGetDatum(ce_today_date());
		row->nulls[PLAN_FILED_ON] = false;
	}
	filed_on = DatumGetDateADT(row->values[PLAN_FILED_ON]);
	if (DATE_NOT_FINITE(filed_on) || filed_on > ce_today_date())
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("plan %lld cannot be filed in the future", plan_id(row)),
				 errdetail("Clause 7.2: filed_on is %s.",
						   DatumGetCString(DirectFunctionCall1(date_out, row->values[PLAN_FILED_ON]))),
				 errhint("Give the day on which the office filed it.")));
}

/* ---------------------------------------------------------------------
 * The plan itself
 * ---------------------------------------------------------------------
 */

/* What is filed are hours, or days where hours are not known (AMB-6). */
static void
check_content(const PlanRow *row)
{
	if (row->nulls[PLAN_HOURS] && row->nulls[PLAN_DAYS])
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("plan %lld has neither hours nor days", plan_id(row)),
				 errdetail("Clause 5.2.2(3): the filed hours are what the course counts."),
				 errhint("Give hours, or days where the hours are not known, before the plan is submitted.")));
}

static bool
differs(const PlanRow *a, const PlanRow *b, int column)
{
	bool		by_value = column != PLAN_TITLE && column != PLAN_MODE &&
		column != PLAN_SPECIALTY && column != PLAN_DAYS && column != PLAN_NOTE;

	if (a->nulls[column] || b->nulls[column])
		return a->nulls[column] != b->nulls[column];
	return by_value ? a->values[column] != b->values[column] :
		!datum_image_eq(a->values[column], b->values[column], false, -1);
}

static bool
content_differs(const PlanRow *row, const PlanRow *old)
{
	for (int column = 0; column < PLAN_STATUS; column++)
	{
		if (differs(row, old, column))
			return true;
	}
	return false;
}

/* Filed plans stay as they were filed: verified hours rest on them (AMB-26). */
static void
check_filed_unchanged(const PlanRow *row, const PlanRow *old)
{
	for (int column = 0; column < PLAN_NOTE; column++)
	{
		if (!differs(row, old, column))
			continue;
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("plan %lld is filed and cannot be changed", plan_id(old)),
				 errdetail("Clauses 5.2.2(3), 7.2: column \"%s\"; verified hours rest on the plan as filed (AMB-26).",
						   ce_column_name(CE_PLAN, column)),
				 errhint("File a new plan for the new version.")));
	}
}

static bool
may_go(CePlanStatus from, CePlanStatus to)
{
	switch (from)
	{
		case CE_PLAN_DRAFT:
			return to == CE_PLAN_SUBMITTED;
		case CE_PLAN_SUBMITTED:
			return to != CE_PLAN_SUBMITTED;
		case CE_PLAN_REVIEWED:
			return to == CE_PLAN_FILED || to == CE_PLAN_REJECTED;
		case CE_PLAN_REJECTED:
			return to == CE_PLAN_DRAFT || to == CE_PLAN_SUBMITTED;
		case CE_PLAN_FILED:
			return false;
	}
	return false;
}

static void
clear_steps(PlanRow *row)
{
	row->nulls[PLAN_REVIEWED_BY] = true;
	row->nulls[PLAN_FILED_BY] = true;
	row->nulls[PLAN_FILED_ON] = true;
}

static void
check_row(PlanRow *row)
{
	CePlanStatus status = plan_status(row);
	const CeOrg *organiser = ce_org_of(DatumGetInt64(row->values[PLAN_ORG_ID]));

	if (status != CE_PLAN_DRAFT)
		check_content(row);
	if (status == CE_PLAN_REVIEWED)
	{
		if (!ce_plan_needs_review(organiser))
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("plan %lld is filed without a review", plan_id(row)),
					 errdetail("Clauses 7.2b, 7.2c: organisation %lld files directly with its HRSS office.",
							   (long long) organiser->org_id),
					 errhint("Have that office file the plan.")));
		check_reviewer(row, organiser);
	}
	if (status == CE_PLAN_FILED)
		check_filing(row, organiser);
	else if (!row->nulls[PLAN_FILED_BY] || !row->nulls[PLAN_FILED_ON])
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("a plan that is %s has no filed_by and filed_on",
						ce_list_label(CE_LIST_PLAN_STATUS, status)),
				 errdetail("Clause 7.2: plan %lld.", plan_id(row)),
				 errhint("Use ce_file().")));
}

static void
check_update(PlanRow *row, const PlanRow *old)
{
	CePlanStatus from = plan_status(old);
	CePlanStatus to = plan_status(row);

	if (from == CE_PLAN_FILED)
	{
		check_filed_unchanged(row, old);
		return;
	}
	if (from != to && !may_go(from, to))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("plan %lld cannot go from %s to %s", plan_id(row),
						ce_list_label(CE_LIST_PLAN_STATUS, from),
						ce_list_label(CE_LIST_PLAN_STATUS, to)),
				 errdetail("Clause 7.2: draft, submitted, reviewed where a review is due, filed; or rejected, and submitted again."),
				 errhint("Submit the plan, then use ce_file().")));
	if (from == CE_PLAN_REVIEWED && content_differs(row, old))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("plan %lld is reviewed and cannot be changed", plan_id(old)),
				 errdetail("Clause 7.2a: what is filed is what was reviewed."),
				 errhint("Reject the plan, change it and submit it again.")));
	if (from == CE_PLAN_REJECTED && to != CE_PLAN_REJECTED)
		clear_steps(row);
	if (to == CE_PLAN_REJECTED && from != to &&
		(row->nulls[PLAN_NOTE] || !differs(row, old, PLAN_NOTE)))
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("a reason is needed to reject plan %lld", plan_id(row)),
				 errhint("Give the reason in note.")));
	check_row(row);
}

static void
check_insert(PlanRow *row)
{
	CePlanStatus status = plan_status(row);

	if (status != CE_PLAN_DRAFT && status != CE_PLAN_SUBMITTED &&
		status != CE_PLAN_FILED)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("a new plan cannot be %s",
						ce_list_label(CE_LIST_PLAN_STATUS, status)),
				 errdetail("Clause 7.2: a plan comes in as draft or submitted, or as filed by the right office."),
				 errhint("Enter it as submitted and use ce_file().")));
	check_row(row);
}

static HeapTuple
with_steps(Relation rel, HeapTuple tuple, PlanRow *row)
{
	static const int steps[] = {PLAN_REVIEWED_BY, PLAN_FILED_BY, PLAN_FILED_ON};
	const AttrNumber *columns = ce_table_columns(CE_PLAN, rel);
	int			numbers[lengthof(steps)];
	Datum		values[lengthof(steps)];
	bool		nulls[lengthof(steps)];

	for (int i = 0; i < lengthof(steps); i++)
	{
		numbers[i] = columns[steps[i]];
		values[i] = row->values[steps[i]];
		nulls[i] = row->nulls[steps[i]];
	}
	return heap_modify_tuple_by_cols(tuple, RelationGetDescr(rel), lengthof(steps),
									 numbers, values, nulls);
}

/* ce_plan_check() returns trigger: before each row of ce_plan */
PG_FUNCTION_INFO_V1(ce_plan_check);
Datum
ce_plan_check(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = (TriggerData *) fcinfo->context;
	Relation	rel;
	PlanRow		row;
	PlanRow		old;

	if (!CALLED_AS_TRIGGER(fcinfo) ||
		!TRIGGER_FIRED_BEFORE(trigdata->tg_event) ||
		!TRIGGER_FIRED_FOR_ROW(trigdata->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function \"%s\" must be fired before each row",
						"ce_plan_check")));
	ce_ledger_enter(fcinfo);
	rel = trigdata->tg_relation;
	ce_row_read(CE_PLAN, rel, trigdata->tg_trigtuple, old.values, old.nulls);
	if (TRIGGER_FIRED_BY_DELETE(trigdata->tg_event))
	{
		if (plan_status(&old) == CE_PLAN_FILED)
			ereport(ERROR,
					(errcode(ERRCODE_RESTRICT_VIOLATION),
					 errmsg("plan %lld is filed and cannot be deleted", plan_id(&old)),
					 errdetail("Clause 7.2: hours rest on filed plans."),
					 errhint("Leave it; a plan without participants changes nothing.")));
		return PointerGetDatum(trigdata->tg_trigtuple);
	}
	if (TRIGGER_FIRED_BY_INSERT(trigdata->tg_event))
	{
		if (old.nulls[PLAN_ORG_ID])
			return PointerGetDatum(trigdata->tg_trigtuple); /* refused as null */
		check_insert(&old);
		return PointerGetDatum(with_steps(rel, trigdata->tg_trigtuple, &old));
	}
	ce_row_read(CE_PLAN, rel, trigdata->tg_newtuple, row.values, row.nulls);
	if (row.nulls[PLAN_ORG_ID])
		return PointerGetDatum(trigdata->tg_newtuple);
	check_update(&row, &old);
	return PointerGetDatum(with_steps(rel, trigdata->tg_newtuple, &row));
}

/* ce_plan_log() returns trigger: logs a plan's change of status */
PG_FUNCTION_INFO_V1(ce_plan_log);
Datum
ce_plan_log(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = (TriggerData *) fcinfo->context;
	bool		is_update;
	Relation	rel;
	PlanRow		row;
	PlanRow		old;
	CePlanStatus to;
	int			by;
	Oid			role = GetUserId();
	CeIdentity	self;

	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function \"%s\" was not called by trigger manager",
						"ce_plan_log")));
	ce_ledger_enter(fcinfo);
	rel = trigdata->tg_relation;
	is_update = TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event);
	ce_row_read(CE_PLAN, rel, trigdata->tg_trigtuple, old.values, old.nulls);
	ce_row_read(CE_PLAN, rel, is_update ? trigdata->tg_newtuple : trigdata->tg_trigtuple,
				row.values, row.nulls);
	to = plan_status(&row);
	if (is_update && plan_status(&old) == to)
		return PointerGetDatum(NULL);
	by = to == CE_PLAN_FILED ? PLAN_FILED_BY :
		to == CE_PLAN_SUBMITTED ? PLAN_ORG_ID : PLAN_REVIEWED_BY;
	ce_post_event("plan", plan_id(&row),
				  is_update ? ce_list_label(CE_LIST_PLAN_STATUS, plan_status(&old)) : NULL,
				  ce_list_label(CE_LIST_PLAN_STATUS, to),
				  row.nulls[by] ? 0 : DatumGetInt64(row.values[by]),
				  to == CE_PLAN_REJECTED ? TextDatumGetCString(row.values[PLAN_NOTE]) : NULL,
				  role);
	ce_become_owner(rel, &self);
	ce_post_all();
	ce_become_self(&self);
	return PointerGetDatum(NULL);
}

/*-------------------------------------------------------------------------
 *
 * activity_review.c
 *	  A body's review of an activity: which body it is, and what it requires
 *	  (7.2d, 7.3a, 7.4, 7.5).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "write/activity.h"
#include "write/duty.h"

#include "compat.h"

DateADT
ce_activity_step_day(const CeActivityRow *row, int column)
{
	return row->r.nulls[column] ? ce_day_of_act() : ce_row_day(&row->r, column);
}

/* ---------------------------------------------------------------------
 * Conditions of verification
 * ---------------------------------------------------------------------
 */

/* 7.2d: a course is verified only if its plan is filed. */
static void
check_filed(const CeActivityRow *row, DateADT verified_on)
{
	if (row->kind->track != CE_TRACK_FILED)
		return;
	if (row->plan.status != CE_PLAN_FILED)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("plan %lld is not filed, so hours of its course cannot be verified",
						(long long) row->plan.plan_id),
				 errdetail("Clause 7.2d: activity %lld belongs to this plan, whose status is \"%s\".", ce_activity_id(row),
						   _(ce_list_label(CE_LIST_PLAN_STATUS, row->plan.status))),
				 errhint("File the plan with ce_file() first.")));
	if (row->plan.filed_on > verified_on)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("plan %lld was filed after the verification",
						(long long) row->plan.plan_id),
				 errdetail("Clause 7.2d: activity %lld belongs to this plan, which was filed on %s; the verification is dated %s.",
						   ce_activity_id(row), ce_date_text(row->plan.filed_on),
						   ce_date_text(verified_on)),
				 errhint("Give a day of verification that is not before the day of filing.")));
}

void
ce_activity_check_evidence(const CeActivityRow *row)
{
	if (row->kind->track == CE_TRACK_ACTIVITY && ce_row_blank(&row->r, CE_COL_ACTIVITY_EVIDENCE))
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("activity %lld has no evidence", ce_activity_id(row)),
				 errdetail("Clause 7.3a: \"%s\" is verified by its evidence.",
						   row->kind->name),
				 errhint("Enter the document, certificate or invitation as evidence; whoever records can do so until the last step.")));
}

void
ce_activity_take_review_day(CeActivityRow *row)
{
	DateADT		day = ce_activity_step_day(row, CE_COL_ACTIVITY_VERIFIED_ON);

	if (day > ce_day_of_act())
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("activity %lld cannot be reviewed on %s", ce_activity_id(row),
						ce_date_text(day)),
				 errdetail("Clause 7.4: today is %s in Asia/Shanghai.",
						   ce_date_text(ce_day_of_act())),
				 errhint("Give a day that is not in the future.")));
	ce_row_set_null(&row->r, CE_COL_ACTIVITY_VERIFIED_ON);
}

static void
check_verified_on(const CeActivityRow *row, DateADT verified_on)
{
	DateADT		completed_on = ce_row_day(&row->r, CE_COL_ACTIVITY_COMPLETED_ON);

	if (DATE_NOT_FINITE(verified_on) || verified_on > ce_day_of_act() ||
		verified_on < completed_on)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("activity %lld cannot be verified on %s",
						ce_activity_id(row), ce_date_text(verified_on)),
				 errdetail("Clause 7.4, AMB-31: it was completed on %s, and today is %s in Asia/Shanghai.",
						   ce_date_text(completed_on), ce_date_text(ce_day_of_act())),
				 errhint("Give a verified_on between these two dates.")));
}

void
ce_activity_verify(CeActivityRow *row, int64 body)
{
	DateADT		verified_on = ce_activity_step_day(row, CE_COL_ACTIVITY_VERIFIED_ON);

	ce_duty_require_backdate(&row->r, verified_on, body);
	check_verified_on(row, verified_on);
	check_filed(row, verified_on);
	ce_activity_check_evidence(row);
	ce_row_set(&row->r, CE_COL_ACTIVITY_STATUS,
			   ObjectIdGetDatum(ce_list_oid(CE_LIST_STATUS, CE_STATUS_VERIFIED)));
	ce_row_set(&row->r, CE_COL_ACTIVITY_REVIEWED_BY, Int64GetDatum(body));
	ce_row_set(&row->r, CE_COL_ACTIVITY_VERIFIED_BY, Int64GetDatum(body));
	ce_row_set(&row->r, CE_COL_ACTIVITY_VERIFIED_ON, DateADTGetDatum(verified_on));
}

/* ---------------------------------------------------------------------
 * Who verifies
 * ---------------------------------------------------------------------
 */

static void
check_single_body(const CeActivityRow *row, const CeOrg *body)
{
	if (ce_verifies_alone(body, row->kind->track))
		return;
	if (row->kind->track == CE_TRACK_FEED)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("organisation %lld is not an academy and cannot verify activities of kind \"%s\"",
						(long long) body->org_id, row->kind->name),
				 errdetail("Clauses 3.1, 5.1: the academy is the only source of public hours (AMB-5)."),
				 errhint("Let an organisation of kind academy verify it.")));
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("organisation %lld is not the provincial health commission and cannot verify activities of kind \"%s\"",
					(long long) body->org_id, row->kind->name),
			 errdetail("Clause 5.3: the provincial health commission determines who worked on the front line (AMB-24)."),
			 errhint("Let the provincial organisation of kind health_commission verify it.")));
}

bool
ce_activity_check_step(const CeActivityRow *row, int64 reviewed_by, int64 body)
{
	int64		employer = ce_row_id(&row->r, CE_COL_ACTIVITY_ORG_ID);
	const CeOrg *next;
	bool		last;

	if (ce_has_single_body(row->kind->track))
	{
		check_single_body(row, ce_get_org(body));
		return true;
	}
	ce_get_org(body);
	ce_chain_end(employer);		/* ends, or raises an error */
	next = ce_chain_next(employer, reviewed_by, &last);
	if (next == NULL || next->org_id != body)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("organisation %lld is not the next reviewer of activity %lld",
						(long long) body, ce_activity_id(row)),
				 next == NULL ?
				 errdetail("Clause 7.4a: bodies review level by level along %s; no other body follows %s.",
						   ce_chain_text(employer), ce_org_title(reviewed_by)) :
				 errdetail("Clause 7.4a: bodies review level by level along %s; the next one is %s.",
						   ce_chain_text(employer), ce_org_title(next->org_id)),
				 errhint("Let the bodies of the chain review in this order.")));
	return last;
}

void
ce_activity_check_chain_end(const CeActivityRow *row, int64 body)
{
	int64		employer = ce_row_id(&row->r, CE_COL_ACTIVITY_ORG_ID);

	if (ce_has_single_body(row->kind->track))
		check_single_body(row, ce_get_org(body));
	else if (ce_chain_end(employer)->org_id != body)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("organisation %lld does not verify for organisation %lld",
						(long long) body, (long long) employer),
				 errdetail("Clauses 7.4a, 7.5: the chain is %s and its last body verifies.",
						   ce_chain_text(employer)),
				 errhint("Give the last body as verified_by, or enter the row as submitted.")));
}

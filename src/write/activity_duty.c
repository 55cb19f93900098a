/*-------------------------------------------------------------------------
 *
 * activity_duty.c
 *	  Who may enter an activity and act on it (7.1, 7.4, 7.5).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "who/policies.h"
#include "write/activity.h"
#include "write/duty.h"

#include "compat.h"

bool
ce_records_for_others(Oid role, const CeKind *kind, int64 plan_id)
{
	CePlan		plan;

	if (plan_id != 0 && ce_read_plan(plan_id, &plan) &&
		ce_member_holds(role, CE_DUTY_RECORD, plan.org_id))
		return true;
	return kind != NULL && ce_acts_for_single_body(role, kind->track, CE_DUTY_RECORD);
}

/*
 * Facts are entered by the person's employer, and if the employer at the time
 * was another one, by a role that records for both.  A writer that enters
 * hours of others' staff must leave them to the person's own chain, not choose
 * one.
 */
void
ce_activity_require_record(const CeActivityRow *row, const CeActivityRow *old)
{
	Oid			role = row->r.writer;
	int64		person_id = ce_row_id(&row->r, CE_COL_ACTIVITY_PERSON_ID);
	/* An existing row's employer has already taken part. */
	int64		employer = old != NULL && !ce_row_differs(&row->r, &old->r, CE_COL_ACTIVITY_ORG_ID) ?
		0 : ce_row_id(&row->r, CE_COL_ACTIVITY_ORG_ID);
	CePerson	person;
	bool		seen;
	bool		records;

	if (!ce_duty_binds(&row->r))
		return;
	seen = ce_duty_sees_person(&row->r, person_id, &person);
	records = seen && ce_member_holds(role, CE_DUTY_RECORD, person.org_id);
	if (!records &&
		!ce_records_for_others(role, row->r.nulls[CE_COL_ACTIVITY_KIND] ? NULL :
							   ce_get_kind(row->r.values[CE_COL_ACTIVITY_KIND]),
							   ce_row_id(&row->r, CE_COL_ACTIVITY_PLAN_ID)))
	{
		if (!seen)
			ce_duty_refuse_person(row->r.writer, person_id);
		ce_member_refuse(role, CE_DUTY_RECORD, person.org_id);
	}
	if (!seen && !ce_read_same_person(person_id, &person))
		return;					/* nobody: the facts' check says so */
	if (employer != 0 && employer != person.org_id)
		ce_duty_require(&row->r, CE_DUTY_RECORD, employer);
}

/* A newly named plan that the writer cannot see is reported as missing. */
void
ce_activity_require_plan(const CeActivityRow *row, const CeActivityRow *old)
{
	CePlan		plan;
	int64		plan_id = ce_row_id(&row->r, CE_COL_ACTIVITY_PLAN_ID);

	if (plan_id == 0 || !ce_duty_binds(&row->r) ||
		(old != NULL && !ce_row_differs(&row->r, &old->r, CE_COL_ACTIVITY_PLAN_ID)))
		return;
	if (ce_read_plan(plan_id, &plan) &&
		!ce_sees_plan_of(row->r.writer, plan.org_id, plan.status))
		ce_activity_no_plan(plan_id);
}

void
ce_activity_require_act(const CeActivityRow *row, int64 body)
{
	ce_duty_refuse_own(&row->r, ce_row_id(&row->r, CE_COL_ACTIVITY_PERSON_ID));
	ce_duty_require(&row->r, CE_DUTY_VERIFY, body);
}

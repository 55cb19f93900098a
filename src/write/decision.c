/*-------------------------------------------------------------------------
 *
 * decision.c
 *	  Decisions of the body that verifies for a person, which it may withdraw.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/rel.h"

#include "store/owner.h"
#include "write/decision.h"
#include "write/duty.h"
#include "write/posting.h"

#include "compat.h"

/*
 * Deciding and withdrawing require verify at the acting body; a remark requires
 * it there or at a body above.
 */
static void
require_duties(const CeRow *row, const CeRow *old, const CeDecision *table)
{
	int64		person_id = ce_row_id(row, table->person_id);
	bool		withdraws = old != NULL && old->nulls[table->withdrawn_on] &&
		!row->nulls[table->withdrawn_by];
	int64		body = ce_row_id(row, withdraws ? table->withdrawn_by : table->decided_by);

	ce_duty_require_sight(row, person_id);
	if (old != NULL && !withdraws)
	{
		ce_duty_require_over(row, ce_row_id(old, table->decided_by));
		return;
	}
	ce_duty_refuse_own(row, person_id);
	ce_duty_require(row, CE_DUTY_VERIFY, body);
	ce_duty_require_day(row, withdraws ? table->withdrawn_on : table->decided_on, body);
}

static void
check_update(CeRow *row, const CeRow *old, const CeDecision *table)
{
	bool		was_withdrawn = !old->nulls[table->withdrawn_on];

	ce_row_check_frozen(row, old, 0, was_withdrawn ? table->ncolumns : table->withdrawn_by,
						ce_row_id(old, table->id),
						was_withdrawn ? &table->change_withdrawn : &table->change_in_force);
	if (was_withdrawn ||
		(row->nulls[table->withdrawn_by] && row->nulls[table->withdrawn_on]))
		return;					/* only the remark may differ */
	table->check_withdrawer(row);
	ce_row_check_reason(row, old, table->note, table->needs_reason, ce_row_id(row, table->id));
	if (row->nulls[table->withdrawn_on])
		ce_row_set(row, table->withdrawn_on, DateADTGetDatum(ce_day_of_act()));
	table->check_withdrawn_on(row);
}

Datum
ce_decision_check(FunctionCallInfo fcinfo, const char *function, const CeDecision *table)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, function,
											  CE_BEFORE | CE_EACH_ROW | CE_ON_ROWS,
											  table->table);
	bool		inserts = TRIGGER_FIRED_BY_INSERT(trigdata->tg_event);
	CeRow		row;
	CeRow		old;
	CeIdentity	self;

	if (!inserts)
		ce_row_old(&old, table->table, trigdata);
	if (TRIGGER_FIRED_BY_DELETE(trigdata->tg_event))
		ce_refuse_delete(ce_row_id(&old, table->id), old.nulls[table->withdrawn_on] ?
						 &table->delete_in_force : &table->delete_withdrawn);
	ce_row_new(&row, table->table, trigdata);
	ce_become_owner(trigdata->tg_relation, &self);
	require_duties(&row, inserts ? NULL : &old, table);
	if (inserts)
		table->check_insert(&row);
	else
		check_update(&row, &old, table);
	ce_become_self(&self);
	return PointerGetDatum(ce_row_result(&row, trigdata));
}

bool
ce_decision_taken(const CeRow *row, TriggerData *trigdata, const CeDecision *table,
				  const char *note)
{
	bool		withdraws = TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event);

	if (withdraws)
	{
		CeRow		old;

		ce_row_old(&old, table->table, trigdata);
		if (!old.nulls[table->withdrawn_on] || row->nulls[table->withdrawn_on])
			return false;
	}
	ce_post_event(table->object, ce_row_id(row, table->id), withdraws ? "in_force" : NULL,
				  withdraws ? table->withdrawn : "in_force",
				  ce_row_id(row, withdraws ? table->withdrawn_by : table->decided_by),
				  withdraws ? ce_row_text(row, table->note) : note, GetUserId());
	return true;
}

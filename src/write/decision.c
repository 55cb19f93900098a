/*-------------------------------------------------------------------------
 *
 * decision.c
 *	  Decisions of the body that verifies for a person, which it may withdraw.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_trigger.h"
#include "utils/rel.h"

#include "store/owner.h"
#include "who/org.h"
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
	CePerson	person;

	ce_duty_require_sight(row, person_id, &person);
	if (old != NULL && !withdraws)
	{
		ce_duty_require_over(row, ce_row_id(old, table->decided_by));
		return;
	}
	ce_duty_refuse_own(row, person_id);
	ce_duty_require(row, CE_DUTY_VERIFY, body);
	ce_duty_require_day(row, withdraws ? table->withdrawn_on : table->decided_on, body);
}

void
ce_decision_check_body(const CeDecision *table, const CePerson *person, int64 body)
{
	const CeOrg *end = ce_chain_end(person->org_id);

	if (end->org_id != body)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg(table->other_body, (long long) body, (long long) person->person_id),
				 errdetail(table->other_body_detail, (long long) end->org_id),
				 errhint("Let that body act.")));
}

static void
check_withdrawer(const CeRow *row, const CeDecision *table)
{
	const CeRefusal *refusal = &table->needs_withdrawer;
	CePerson	person;

	if (row->nulls[table->withdrawn_by])
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg_internal("%s", _(refusal->message)),
				 errdetail(refusal->detail, (long long) ce_row_id(row, 0)),
				 ce_errhint(refusal->hint)));
	ce_require_person(ce_row_id(row, table->person_id), &person);
	ce_decision_check_body(table, &person, ce_row_id(row, table->withdrawn_by));
}

static void
check_insert(CeRow *row, const CeDecision *table)
{
	CePerson	person;

	if (row->nulls[table->decided_on])
		ce_row_set(row, table->decided_on, DateADTGetDatum(ce_day_of_act()));
	ce_require_person(ce_row_id(row, table->person_id), &person);
	table->check_insert(row, &person);
}

static void
check_update(CeRow *row, const CeRow *old, const CeDecision *table)
{
	bool		was_withdrawn = !old->nulls[table->withdrawn_on];

	ce_kept_check_change(row, old, was_withdrawn, &table->kept);
	if (was_withdrawn ||
		(row->nulls[table->withdrawn_by] && row->nulls[table->withdrawn_on]))
		return;					/* only the remark may differ */
	check_withdrawer(row, table);
	ce_row_check_reason(row, old, table->note, table->needs_reason);
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
	CeRow		row;
	CeRow		stored;
	const CeRow *old = ce_row_change(&row, &stored, table->table, trigdata);
	CeIdentity	self;

	if (TRIGGER_FIRED_BY_DELETE(trigdata->tg_event))
		ce_kept_refuse_delete(old, !old->nulls[table->withdrawn_on], &table->kept);
	ce_become_owner(trigdata->tg_relation, &self);
	require_duties(&row, old, table);
	if (old == NULL)
		check_insert(&row, table);
	else
		check_update(&row, old, table);
	ce_become_self(&self);
	return PointerGetDatum(ce_row_result(&row, trigdata));
}

/* Is the change a decision, or the withdrawal of one? */
static bool
is_act(const CeRow *row, const CeRow *old, const CeDecision *table)
{
	return old == NULL ||
		(old->nulls[table->withdrawn_on] && !row->nulls[table->withdrawn_on]);
}

static void
log_act(const CeRow *row, bool withdraws, const CeDecision *table)
{
	int			reason = withdraws ? table->note : table->reason;

	ce_post_event(table->object, ce_row_id(row, 0), withdraws ? "in_force" : NULL,
				  withdraws ? table->withdrawn : "in_force",
				  ce_row_id(row, withdraws ? table->withdrawn_by : table->decided_by),
				  reason < 0 ? NULL : ce_row_text(row, reason));
}

/* An old ledger lacks the statement trigger until ce_setup() runs. */
static bool
flushed_after_statement(const TriggerData *trigdata)
{
	const TriggerDesc *triggers = trigdata->tg_relation->trigdesc;

	for (int i = 0; i < triggers->numtriggers; i++)
	{
		if (triggers->triggers[i].tgfoid == trigdata->tg_trigger->tgfoid &&
			!TRIGGER_FOR_ROW(triggers->triggers[i].tgtype))
			return true;
	}
	return false;
}

Datum
ce_decision_post(FunctionCallInfo fcinfo, const char *function, const CeDecision *table)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, function,
											  CE_AFTER | CE_EACH_ROW | CE_EACH_STATEMENT |
											  CE_ON_INSERT | CE_ON_UPDATE, table->table);
	CeRow		row;
	CeRow		stored;

	if (TRIGGER_FIRED_FOR_ROW(trigdata->tg_event))
	{
		const CeRow *old = ce_row_change(&row, &stored, table->table, trigdata);

		if (!is_act(&row, old, table))
			return PointerGetDatum(NULL);
		log_act(&row, old != NULL, table);
		table->post(&row, old != NULL);
		if (flushed_after_statement(trigdata))
			return PointerGetDatum(NULL);
	}
	ce_post_queue(trigdata->tg_relation, table->queue, table->locks, table->check_posted);
	return PointerGetDatum(NULL);
}

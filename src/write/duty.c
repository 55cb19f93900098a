/*-------------------------------------------------------------------------
 *
 * duty.c
 *	  The duties that a writer of a row must hold (7.4, 7.5).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/table.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "who/policies.h"
#include "write/duty.h"

#include "compat.h"

bool
ce_duty_binds_on(Relation rel, Oid role)
{
	return ce_member_guards(rel) && !has_privs_of_role(role, rel->rd_rel->relowner);
}

bool
ce_duty_binds(const CeRow *row)
{
	return ce_duty_binds_on(row->rel, row->writer);
}

void
ce_duty_require(const CeRow *row, CeDuty duty, int64 org_id)
{
	if (ce_duty_binds(row) && !ce_member_holds(row->writer, duty, org_id))
		ce_member_refuse(row->writer, duty, org_id);
}

static bool
binds_here(CeTable table)
{
	Relation	rel = table_open(ce_table_oid(table), AccessShareLock);
	bool		binds = ce_duty_binds_on(rel, GetUserId());

	table_close(rel, AccessShareLock);
	return binds;
}

void
ce_duty_require_first(CeTable table, CeDuty duty, int64 org_id)
{
	if (binds_here(table) && !ce_member_holds(GetUserId(), duty, org_id))
		ce_member_refuse(GetUserId(), duty, org_id);
}

void
ce_duty_require_anywhere(CeTable table, CeDuty duty)
{
	if (binds_here(table) && !ce_member_holds_anywhere(GetUserId(), duty))
		ce_member_refuse_any(GetUserId(), duty);
}

/*
 * ce__require_duty_on(ledger_table regclass, org_id bigint, duty text) returns
 *	 boolean: true, or an error if writes to the table require duties and the
 *	 role lacks this one; without a body: lacks it everywhere
 */
PG_FUNCTION_INFO_V1(ce__require_duty_on);
Datum
ce__require_duty_on(PG_FUNCTION_ARGS)
{
	CeDuty		duty;
	int			table = 0;

	ce_ledger_enter(fcinfo);
	ce_require_ledger();
	if (PG_ARGISNULL(0) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	duty = ce_get_duty(PG_GETARG_TEXT_PP(2));
	while (table < CE_TABLES &&
		   !(ce_table_exists(table) && ce_table_oid(table) == PG_GETARG_OID(0)))
		table++;
	if (table == CE_TABLES)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("table \"%s\" is not a table of the ledger",
						get_rel_name(PG_GETARG_OID(0)))));
	if (PG_ARGISNULL(1))
		ce_duty_require_anywhere(table, duty);
	else
		ce_duty_require_first(table, duty, PG_GETARG_INT64(1));
	PG_RETURN_BOOL(true);
}

void
ce_duty_require_over(const CeRow *row, int64 org_id)
{
	if (ce_duty_binds(row) && !ce_member_verifies_over(row->writer, org_id))
		ce_member_refuse(row->writer, CE_DUTY_VERIFY, org_id);
}

void
ce_duty_require_backdate(const CeRow *row, DateADT day, int64 org_id)
{
	if (day < ce_day_of_act())
		ce_duty_require(row, CE_DUTY_BACKDATE, org_id);
}

void
ce_duty_require_day(const CeRow *row, int column, int64 org_id)
{
	if (!row->nulls[column])
		ce_duty_require_backdate(row, DatumGetDateADT(row->values[column]), org_id);
}

void
ce_duty_refuse_own(const CeRow *row, int64 person_id)
{
	/* Also after SET ROLE: session_user is still the person. */
	Oid			session = GetSessionUserId();

	if (!ce_member_is_person(row->writer, person_id) &&
		(session == row->writer || !ce_member_is_person(session, person_id)))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("you cannot act on your own hours"),
			 errdetail("Clauses 7.4, 7.5: role \"%s\" of session \"%s\" is person %lld, according to table \"%s\".",
					   GetUserNameFromId(row->writer, false),
					   GetUserNameFromId(session, false),
					   (long long) person_id, ce_table_name(CE_PERSON_ROLE)),
			 errhint("Let another role of the body do it.")));
}

/* ---------------------------------------------------------------------
 * Persons
 *
 * A person who is not visible to the writer is reported like one who does not
 * exist.
 * ---------------------------------------------------------------------
 */

void
ce_duty_refuse_person(Oid role, int64 person_id)
{
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("role \"%s\" does not act for person %lld",
					GetUserNameFromId(role, false), (long long) person_id),
			 errdetail("Clause 7.1: the person is not in the ledger, or belongs to an organisation that the role does not act for."),
			 errhint("Check the person_id; the ledger's owner grants duties with ce_grant().")));
}

bool
ce_duty_sees_person(const CeRow *row, int64 person_id, CePerson *person)
{
	return ce_read_same_person(person_id, person) &&
		(ce_member_sees_org(row->writer, person->org_id) ||
		 ce_member_is_person(row->writer, person_id));
}

bool
ce_duty_require_sight(const CeRow *row, int64 person_id, CePerson *person)
{
	if (!ce_duty_binds(row))
		return false;
	if (!ce_duty_sees_person(row, person_id, person))
		ce_duty_refuse_person(row->writer, person_id);
	return true;
}

void
ce_duty_require_for_person(const CeRow *row, CeDuty duty, int64 person_id)
{
	CePerson	person;

	if (ce_duty_require_sight(row, person_id, &person))
		ce_duty_require(row, duty, person.org_id);
}

void
ce_duty_require_day_for_person(const CeRow *row, int column, int64 person_id)
{
	CePerson	person;

	if (ce_duty_require_sight(row, person_id, &person))
		ce_duty_require_day(row, column, person.org_id);
}

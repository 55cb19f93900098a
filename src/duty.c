/*-------------------------------------------------------------------------
 *
 * duty.c
 *	  What the writer of a row must hold (7.4, 7.5).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/rel.h"

#include "duty.h"
#include "store.h"

#include "compat.h"

bool
ce_duty_binds(const CeRow *row)
{
	return ce_member_guards(row->rel) &&
		!has_privs_of_role(row->writer, row->rel->rd_rel->relowner);
}

void
ce_duty_require(const CeRow *row, CeDuty duty, int64 org_id)
{
	if (ce_duty_binds(row) && !ce_member_holds(row->writer, duty, org_id))
		ce_member_refuse(row->writer, duty, org_id);
}

void
ce_duty_require_over(const CeRow *row, int64 org_id)
{
	if (ce_duty_binds(row) && !ce_member_verifies_over(row->writer, org_id))
		ce_member_refuse(row->writer, CE_DUTY_VERIFY, org_id);
}

void
ce_duty_require_day(const CeRow *row, int column, int64 org_id)
{
	if (row->nulls[column] ||
		DatumGetDateADT(row->values[column]) >= ce_today_date())
		return;
	ce_duty_require(row, CE_DUTY_BACKDATE, org_id);
}

void
ce_duty_refuse_own(const CeRow *row, int64 person_id)
{
	/* Also behind SET ROLE: whoever logged in stays the person. */
	Oid			session = GetSessionUserId();

	if (!ce_member_is_person(row->writer, person_id) &&
		(session == row->writer || !ce_member_is_person(session, person_id)))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("nobody acts on hours of his own"),
			 errdetail("Clauses 7.4, 7.5: role \"%s\" of session \"%s\" is person %lld, according to table \"%s\".",
					   GetUserNameFromId(row->writer, false),
					   GetUserNameFromId(session, false),
					   (long long) person_id, ce_table_name(CE_PERSON_ROLE)),
			 errhint("Let another role of the body do it.")));
}

void
ce_duty_require_for_person(const CeRow *row, CeDuty duty, int person_column)
{
	CePerson	person;

	if (!ce_duty_binds(row) || row->nulls[person_column])
		return;
	ce_store_person_of(ce_row_id(row, person_column), &person);
	ce_duty_require(row, duty, person.org_id);
}

void
ce_duty_require_day_for_person(const CeRow *row, int column, int person_column)
{
	CePerson	person;

	if (!ce_duty_binds(row) || row->nulls[person_column])
		return;
	ce_store_person_of(ce_row_id(row, person_column), &person);
	ce_duty_require_day(row, column, person.org_id);
}

/*-------------------------------------------------------------------------
 *
 * duty.h
 *	  The duties that a writer of a row must hold (7.4, 7.5).
 *
 * The ledger's owner needs no duty, and nobody does on a table whose row
 * security is not that of ce_secure(); the rule against acting on one's own
 * hours applies to all.  Triggers check duties before they evaluate anything:
 * an error must not reveal what the writer does not see.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_DUTY_H
#define CE_DUTY_H

#include "record/person_rows.h"
#include "store/trigger_row.h"
#include "who/member.h"

/* Whether duties bind a role that writes a table, or this row's writer. */
extern bool ce_duty_binds_on(Relation rel, Oid role);
extern bool ce_duty_binds(const CeRow *row);

/* An error unless the writer holds the duty for the organisation. */
extern void ce_duty_require(const CeRow *row, CeDuty duty, int64 org_id);

/*
 * The same for the current user, before a statement on the table that the
 * server would reject with a less helpful message; and for a duty at any
 * organisation.
 */
extern void ce_duty_require_first(CeTable table, CeDuty duty, int64 org_id);
extern void ce_duty_require_anywhere(CeTable table, CeDuty duty);

/* The same for verify at the organisation or any above it. */
extern void ce_duty_require_over(const CeRow *row, int64 org_id);

/* A day before today requires backdate for the body. */
extern void ce_duty_require_backdate(const CeRow *row, DateADT day, int64 org_id);
extern void ce_duty_require_day(const CeRow *row, int column, int64 org_id);

/*
 * No one may review, verify, attest, allocate or revoke what is their own,
 * whether under their own role, a role that is a member of it, or after SET
 * ROLE.
 */
extern void ce_duty_refuse_own(const CeRow *row, int64 person_id);

/*
 * Is the person visible to the writer?  Asked as the table's owner.  The
 * errors below do not reveal whether a person who is not visible exists.
 */
extern bool ce_duty_sees_person(const CeRow *row, int64 person_id,
								CePerson *person);
extern void ce_duty_refuse_person(Oid role, int64 person_id);

/* The same if duties bind the writer at all; false: they do not. */
extern bool ce_duty_require_sight(const CeRow *row, int64 person_id,
								  CePerson *person);

/* A duty, and backdate for the day in a column, at the person's employer. */
extern void ce_duty_require_for_person(const CeRow *row, CeDuty duty,
									   int64 person_id);
extern void ce_duty_require_day_for_person(const CeRow *row, int column,
										   int64 person_id);

#endif							/* CE_DUTY_H */

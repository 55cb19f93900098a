/*-------------------------------------------------------------------------
 *
 * member.h
 *	  Duties: which organisations a role acts for and what it sees (7.1).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_MEMBER_H
#define CE_MEMBER_H

#include "store/ledger.h"

/*
 * The duties of a role for an organisation.  With any duty it sees the
 * subtree.  verify holds only for the same organisation, since the body acts;
 * every other duty also holds for the bodies below it.
 */
typedef enum CeDuty
{
	CE_DUTY_READ, CE_DUTY_RECORD, CE_DUTY_VERIFY, CE_DUTY_BACKDATE,
	CE_DUTY_SANCTION, CE_DUTY_AUDIT, CE_DUTY_REPORT
} CeDuty;

#define CE_DUTIES (CE_DUTY_REPORT + 1)

/* A duty by its name, or -1. */
extern int	ce_find_duty(const text *name);

/* Whether the role, or a role that it is a member of, holds the duty. */
extern bool ce_member_holds(Oid role, CeDuty duty, int64 org_id);

/* The same for verify at a body or one above it, which may revoke. */
extern bool ce_member_verifies_over(Oid role, int64 org_id);

/* Whether the role has any duty, or this one, anywhere. */
extern bool ce_member_acts(Oid role);
extern bool ce_member_holds_anywhere(Oid role, CeDuty duty);

/* Any duty at the same organisation; at it or one above it. */
extern bool ce_member_acts_for(Oid role, int64 org_id);
extern bool ce_member_sees_org(Oid role, int64 org_id);

/* The bodies at which the role has a duty, as CeOrg. */
extern List *ce_member_bodies(Oid role);

/* Whether the role is the person's own, or a member of it. */
extern bool ce_member_is_person(Oid role, int64 person_id);

/* Whether a table's row security is that of ce_secure(). */
extern bool ce_member_guards(Relation rel);

/* The error for a missing duty. */
extern void ce_member_refuse(Oid role, CeDuty duty, int64 org_id);

/* The same without an organisation. */
extern void ce_member_refuse_any(Oid role, CeDuty duty);

#endif							/* CE_MEMBER_H */

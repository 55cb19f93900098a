/*-------------------------------------------------------------------------
 *
 * member.h
 *	  Who may: which organisations a role acts for and what it sees (7.1).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_MEMBER_H
#define CE_MEMBER_H

#include "store/ledger.h"

/*
 * What a role does for an organisation.  Any duty lets it see the subtree.
 * verify is for the very organisation, since the body acts; every other duty
 * holds for the bodies below it, too.
 */
typedef enum CeDuty
{
	CE_DUTY_READ, CE_DUTY_RECORD, CE_DUTY_VERIFY, CE_DUTY_BACKDATE,
	CE_DUTY_SANCTION, CE_DUTY_AUDIT, CE_DUTY_REPORT
} CeDuty;

#define CE_DUTIES (CE_DUTY_REPORT + 1)


/* A duty by its name, -1: there is none of that name. */
extern int	ce_duty_by_name(const text *name);

/* Whether the role, or one that it is a member of, holds the duty. */
extern bool ce_member_holds(Oid role, CeDuty duty, int64 org_id);

/* The same of verify for a body or one above it, which may take back. */
extern bool ce_member_verifies_over(Oid role, int64 org_id);

/* Whether the role has a duty anywhere. */
extern bool ce_member_acts(Oid role);

/* Any duty at the very organisation; at it or one above it. */
extern bool ce_member_acts_for(Oid role, int64 org_id);
extern bool ce_member_sees_org(Oid role, int64 org_id);

/* The organisations that the role has a duty at; returns how many. */
extern int	ce_member_orgs(Oid role, int64 **org_ids);

/* Whether the role is the person's own, or a member of it. */
extern bool ce_member_is_person(Oid role, int64 person_id);

/* Whether a table's row security is the ledger's own (ce_secure). */
extern bool ce_member_guards(Relation rel);

/* The error that the role lacks a duty. */
extern void ce_member_refuse(Oid role, CeDuty duty, int64 org_id);

/* The same where no organisation is at hand. */
extern void ce_member_refuse_any(Oid role, CeDuty duty);

#endif							/* CE_MEMBER_H */

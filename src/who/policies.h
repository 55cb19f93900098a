/*-------------------------------------------------------------------------
 *
 * policies.h
 *	  Which rows of the ledger a role sees.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_POLICIES_H
#define CE_POLICIES_H

#include "who/member.h"

/* The person is the role itself, or in an organisation that it sees. */
extern bool ce_sees_person(Oid role, int64 person_id);

/* A plan of the organisation, in this status. */
extern bool ce_sees_plan_of(Oid role, int64 org_id, CePlanStatus status);

/*
 * Whether the role has the duty (-1: any) at a body that alone verifies the
 * kinds of a track: the academy, the health commission.
 */
extern bool ce_acts_for_single_body(Oid role, CeTrack track, int duty);

/* A duty by its name; an error if there is none. */
extern CeDuty ce_get_duty(const text *name);

/* For rows.c: whether the ledger's own policy shows all of a person's rows. */
extern bool ce_sees_rows_of_person(CeTable table, Relation rel, int64 person_id);

#endif							/* CE_POLICIES_H */

/*-------------------------------------------------------------------------
 *
 * decision.h
 *	  Decisions of the body that verifies for a person, which it may withdraw.
 *
 * A row is entered as decided, stays as it is, and is withdrawn at most once,
 * with a reason: allocations (7.6e) and waivers (AMB-35).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_DECISION_H
#define CE_DECISION_H

#include "record/person_rows.h"
#include "store/trigger_row.h"
#include "write/queue.h"

/* A table of decisions: its columns, and what is particular to it. */
typedef struct CeDecision
{
	CeTable		table;
	int			person_id;
	int			decided_by;
	int			decided_on;
	int			withdrawn_by;
	int			withdrawn_on;
	int			note;			/* the reason of a withdrawal */
	int			reason;			/* the one of a decision; -1: none */
	CeKept		kept;			/* closed: withdrawn */
	/* whole sentences, marked with gettext_noop() */
	const char *other_body;		/* %lld: the body, the person */
	const char *other_body_detail;	/* %lld: the one that decides */
	CeRefusal	needs_withdrawer;	/* %lld in the detail: the id */
	const char *needs_reason;	/* to be withdrawn; %lld: the id */
	/* with decided_on set; the check includes ce_decision_check_body() */
	void		(*check_insert) (const CeRow *row, const CePerson *person);
	void		(*check_withdrawn_on) (const CeRow *row);
	const char *object;			/* in the log, with the status withdrawn */
	const char *withdrawn;
	/* of a decision or a withdrawal: post it and queue its check */
	void		(*post) (const CeRow *row, bool withdraws);
	CeQueue    *queue;
	int			locks;
	void		(*check_posted) (const void *item);
} CeDecision;

/* An error unless the body is the one that verifies for the person. */
extern void ce_decision_check_body(const CeDecision *table, const CePerson *person,
								   int64 body);

/* The trigger before each row, and the one after each row and statement. */
extern Datum ce_decision_check(FunctionCallInfo fcinfo, const char *function,
							   const CeDecision *table);
extern Datum ce_decision_post(FunctionCallInfo fcinfo, const char *function,
							  const CeDecision *table);

#endif							/* CE_DECISION_H */

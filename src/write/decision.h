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

#include "store/trigger_row.h"

/* A table of decisions: its columns, and what is particular to it. */
typedef struct CeDecision
{
	CeTable		table;
	int			ncolumns;
	int			id;
	int			person_id;
	int			decided_by;
	int			decided_on;
	int			withdrawn_by;	/* from here on, columns change */
	int			withdrawn_on;
	int			note;
	CeRefusal	delete_in_force;
	CeRefusal	delete_withdrawn;
	CeRefusal	change_in_force;
	CeRefusal	change_withdrawn;
	const char *needs_reason;	/* to be withdrawn; %lld: the id */
	void		(*check_insert) (CeRow *row);
	/* whether the body may withdraw it, and the day on which it does */
	void		(*check_withdrawer) (const CeRow *row);
	void		(*check_withdrawn_on) (const CeRow *row);
	const char *object;			/* in the log, with the status withdrawn */
	const char *withdrawn;
} CeDecision;

/* The trigger before each row. */
extern Datum ce_decision_check(FunctionCallInfo fcinfo, const char *function,
							   const CeDecision *table);

/*
 * After a row was written: is it a decision or the withdrawal of one?  If so,
 * it is logged, a decision with the note given, a withdrawal with its own.
 */
extern bool ce_decision_taken(const CeRow *row, TriggerData *trigdata,
							  const CeDecision *table, const char *note);

#endif							/* CE_DECISION_H */

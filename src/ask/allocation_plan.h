/*-------------------------------------------------------------------------
 *
 * allocation_plan.h
 *	  Proposals to allocate surplus to the years of an evaluation (7.6e).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_ALLOCATION_PLAN_H
#define CE_ALLOCATION_PLAN_H

#include "ask/surplus.h"

/* Proposals, and the evaluation's years as they would be with them. */
typedef struct CeAllocationPlan
{
	const CeQuestion *question;
	const CeEvaluation *e;
	CeYear		years[CE_MAX_WINDOW_YEARS];
	CeCredit	credits[CE_MAX_WINDOW_YEARS];
	List	   *proposed;		/* CeCarried */
	int			from_last;		/* of these subjects (bits), the last source first */
} CeAllocationPlan;

extern void ce_plan_begin(CeAllocationPlan *plan, const CeQuestion *question,
						  const CeEvaluation *e);

/*
 * Hours of a subject that one of the years would still take; 0 where they would
 * not help it.
 */
extern CeHours ce_plan_room(const CeAllocationPlan *plan, int i, CeSubject subject);

/*
 * Propose up to so many hours of a subject for one of the years, as far as it
 * takes them and other years have them; returns how many.
 */
extern CeHours ce_plan_propose(CeAllocationPlan *plan, int i, CeSubject subject, CeHours hours);

/* May hours of a subject of a year complete what the evaluation's lack? */
extern bool ce_plan_may_give(const CeAllocationPlan *plan, int from_year, CeSubject subject);

#endif							/* CE_ALLOCATION_PLAN_H */

/*-------------------------------------------------------------------------
 *
 * conditions.h
 *	  The conditions of a verdict, one by one, with their remedies.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_CONDITIONS_H
#define CE_CONDITIONS_H

#include "ask/eligibility.h"

typedef struct CeCondition
{
	const CeCitation *citation;
	int			year;			/* 0: not about a single year */
	const char *name;
	bool		has_hours;
	CeHours		required;
	CeHours		got;
	CeHours		missing;
	bool		ok;
	const char *message;
	const char *cure;			/* NULL where met */
} CeCondition;

typedef void (*CeConditionCallback) (const CeCondition *condition, void *arg);

/* Calls back for each condition of an evaluation, in the order of the law. */
extern void ce_tell_conditions(const CeQuestion *question, const CeEvaluation *e,
							   CeConditionCallback callback, void *arg);

#endif							/* CE_CONDITIONS_H */

/*-------------------------------------------------------------------------
 *
 * remedies.h
 *	  What can still be done about a condition that is not met.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_REMEDIES_H
#define CE_REMEDIES_H

#include "ask/eligibility.h"

/* What is missing, and where. */
typedef struct CeNeed
{
	const CeQuestion *question;
	const CeEvaluation *e;
	int			first;			/* of the evaluation's years, */
	int			n;				/* this one or, for a sum, all */
	bool		is_floor;		/* the least of a year beside a sum */
	CeSubject	subject;		/* CE_SUBJECT_BOTH: all hours */
	int			node;			/* the category of a minimum, or -1 */
} CeNeed;

/* What such a condition requires and what there is, as assessed. */
extern CeSum ce_need_sum(const CeNeed *need, const CeYear *years);

/* The remedies in one text. */
extern char *ce_remedies(const CeNeed *need);

#endif							/* CE_REMEDIES_H */

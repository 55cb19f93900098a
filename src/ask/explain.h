/*-------------------------------------------------------------------------
 *
 * explain.h
 *	  What a refused application says.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_EXPLAIN_H
#define CE_EXPLAIN_H

#include "ask/eligibility.h"

/* The messages of the conditions that are not met, as one text. */
extern char *ce_explain_failures(const CeQuestion *question,
								 const CeEvaluation *evaluation);

#endif							/* CE_EXPLAIN_H */

/*-------------------------------------------------------------------------
 *
 * plan.h
 *	  Who reviews a course plan before it is filed (7.2).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_PLAN_H
#define CE_PLAN_H

#include "org.h"

/* 7.2a: bases, authorities and public institutions are reviewed first. */
extern bool ce_plan_needs_review(const CeOrg *organiser);

#endif							/* CE_PLAN_H */

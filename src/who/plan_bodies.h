/*-------------------------------------------------------------------------
 *
 * plan_bodies.h
 *	  Which bodies review and file a course plan (7.2).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_PLAN_BODIES_H
#define CE_PLAN_BODIES_H

#include "who/org.h"

/* 7.2a: bases, authorities and public institutions are reviewed first. */
extern bool ce_plan_needs_review(const CeOrg *organiser);

/* Whether a body may review or reject the organiser's plans. */
extern bool ce_plan_may_review(const CeOrg *reviewer, const CeOrg *organiser);

/* 7.2c, and bodies above the province: they file with the province. */
extern bool ce_plan_with_province(const CeOrg *organiser);

/* Whether an office is the one where the organiser's plans are filed. */
extern bool ce_plan_is_office(const CeOrg *office, const CeOrg *organiser);

#endif							/* CE_PLAN_BODIES_H */

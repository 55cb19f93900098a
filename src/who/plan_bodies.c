/*-------------------------------------------------------------------------
 *
 * plan_bodies.c
 *	  Which bodies review and file a course plan (7.2).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "who/plan_bodies.h"

#include "compat.h"

bool
ce_plan_needs_review(const CeOrg *organiser)
{
	switch (organiser->kind)
	{
		case CE_ORG_ENTERPRISE: /* 7.2b */
		case CE_ORG_PRIVATE_INSTITUTION:
		case CE_ORG_CENTRAL_UNIT:	/* 7.2c */
		case CE_ORG_MILITARY_KINDERGARTEN:
			return false;
		default:
			return true;
	}
}

/*
 * 7.2a: a body above the organiser, or the industry department: one of no
 * lower level and, below the province, of the same prefecture.
 */
bool
ce_plan_may_review(const CeOrg *reviewer, const CeOrg *organiser)
{
	if (reviewer->org_id == organiser->org_id)
		return false;
	if (ce_org_is_above(reviewer->org_id, organiser->org_id))
		return true;
	return reviewer->kind == CE_ORG_AUTHORITY &&
		reviewer->admin_level <= organiser->admin_level &&
		(reviewer->admin_level <= CE_PROVINCIAL ||
		 strncmp(reviewer->region_code, organiser->region_code, 4) == 0);
}

bool
ce_plan_with_province(const CeOrg *organiser)
{
	return organiser->kind == CE_ORG_CENTRAL_UNIT ||
		organiser->kind == CE_ORG_MILITARY_KINDERGARTEN ||
		organiser->admin_level == CE_NATIONAL;
}

bool
ce_plan_is_office(const CeOrg *office, const CeOrg *organiser)
{
	if (office->kind != CE_ORG_HRSS)
		return false;
	if (ce_plan_with_province(organiser))
		return office->admin_level == CE_PROVINCIAL &&
			strncmp(office->region_code, organiser->region_code, 2) == 0;
	/* 7.2a, 7.2b: the same level and region */
	return office->admin_level == organiser->admin_level &&
		strcmp(office->region_code, organiser->region_code) == 0;
}

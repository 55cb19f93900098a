/*-------------------------------------------------------------------------
 *
 * org.h
 *	  Organisations, and the chain of bodies that verifies (7.4a, 7.5).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_ORG_H
#define CE_ORG_H

#include "store/ledger.h"

/* The maximum number of bodies above an organisation. */
#define CE_MAX_CHAIN 32

typedef enum CeOrgKind
{
	CE_ORG_HRSS, CE_ORG_AUTHORITY, CE_ORG_BASE, CE_ORG_ACADEMY,
	CE_ORG_PUBLIC_INSTITUTION, CE_ORG_ENTERPRISE, CE_ORG_PRIVATE_INSTITUTION,
	CE_ORG_CENTRAL_UNIT, CE_ORG_MILITARY_KINDERGARTEN,
	CE_ORG_HEALTH_COMMISSION
} CeOrgKind;

typedef enum CeAdminLevel
{
	CE_NATIONAL, CE_PROVINCIAL, CE_PREFECTURE, CE_COUNTY
} CeAdminLevel;

typedef enum CeBaseLevel
{
	CE_NO_BASE, CE_NATIONAL_BASE, CE_PROVINCIAL_BASE
} CeBaseLevel;

/* An organisation; id 0 means none. */
typedef struct CeOrg
{
	int64		org_id;
	const char *name;
	CeOrgKind	kind;
	CeAdminLevel admin_level;
	int64		parent_id;
	char		region_code[8];
	CeBaseLevel base_level;
	bool		self_verifies;
} CeOrg;

/* An organisation by id; if there is none, NULL or an error. */
extern const CeOrg *ce_find_org(int64 org_id);
extern const CeOrg *ce_get_org(int64 org_id);

/* What sentences call an organisation: its name, or its id if that is blank. */
extern const char *ce_org_title(int64 org_id);

extern const char *ce_admin_level_label(CeAdminLevel level);

/*
 * The body that reviews next for an employer, after reviewed_by (0: nobody
 * yet); *last is set if its review verifies.  NULL: reviewed_by is the last
 * body of the chain or not in it.
 */
extern const CeOrg *ce_chain_next(int64 employer, int64 reviewed_by, bool *last);

/* The last body of an employer's chain; an error if the chain has no end. */
extern const CeOrg *ce_chain_end(int64 employer);

/*
 * Whether one body verifies the kinds of a track, instead of the chain, and
 * whether it is this one: an academy the activities of its feed (5.1), the
 * provincial health commission front-line work (5.3).
 */
extern bool ce_has_single_body(CeTrack track);
extern bool ce_verifies_alone(const CeOrg *body, CeTrack track);

/* Whether a body is in the chain of parents above an organisation. */
extern bool ce_org_is_above(int64 body, int64 org_id);

/*
 * The organisation's parent (0: none), bypassing the cache, which lacks the
 * rows of a statement that is still running.
 */
extern int64 ce_org_parent_now(int64 org_id);

/* The chain as text "12, 3, 1", for a message. */
extern char *ce_chain_text(int64 employer);

#endif							/* CE_ORG_H */

/*-------------------------------------------------------------------------
 *
 * org.c
 *	  Organisations, and the chain of bodies that verifies (7.4a, 7.5).
 *
 * Organisations are few and every activity needs several, so those that were
 * read are cached until ce_org changes.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "store/whole.h"
#include "who/org.h"

#include "compat.h"

/* Marked for translation, since ce_text() shows them. */
static const char *const kind_labels[] = {
	gettext_noop("hrss"), gettext_noop("authority"), gettext_noop("base"),
	gettext_noop("academy"), gettext_noop("public_institution"),
	gettext_noop("enterprise"), gettext_noop("private_institution"),
	gettext_noop("central_unit"), gettext_noop("military_kindergarten"),
	gettext_noop("health_commission")
};

static const char *const admin_level_labels[] = {
	gettext_noop("national"), gettext_noop("provincial"),
	gettext_noop("prefecture"), gettext_noop("county")
};

static HTAB *orgs = NULL;
static MemoryContext orgs_context = NULL;
static uint64 orgs_generation = 0;

static int
label_index(const char *const *labels, int n, Datum text_value)
{
	char	   *s = TextDatumGetCString(text_value);

	for (int i = 0; i < n; i++)
	{
		if (strcmp(labels[i], s) == 0)
			return i;
	}
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("table \"%s\" has the unknown label \"%s\"",
					ce_table_name(CE_ORG), s)));
	return 0;					/* keep compiler quiet */
}

static void
org_row(const Datum *values, const bool *nulls, void *arg)
{
	CeOrg	   *org = arg;

	memset(org, 0, sizeof(*org));
	org->org_id = DatumGetInt64(values[CE_COL_ORG_ORG_ID]);
	org->name = TextDatumGetCString(values[CE_COL_ORG_NAME]);
	org->kind = label_index(kind_labels, lengthof(kind_labels), values[CE_COL_ORG_KIND]);
	org->admin_level = label_index(admin_level_labels, lengthof(admin_level_labels),
								   values[CE_COL_ORG_ADMIN_LEVEL]);
	org->parent_id = nulls[CE_COL_ORG_PARENT_ID] ? 0 : DatumGetInt64(values[CE_COL_ORG_PARENT_ID]);
	snprintf(org->region_code, sizeof(org->region_code), "%s",
			 TextDatumGetCString(values[CE_COL_ORG_REGION_CODE]));
	if (!nulls[CE_COL_ORG_BASE_LEVEL])
		org->base_level =
			strcmp(TextDatumGetCString(values[CE_COL_ORG_BASE_LEVEL]), "national") == 0 ?
			CE_NATIONAL_BASE : CE_PROVINCIAL_BASE;
	org->self_verifies = DatumGetBool(values[CE_COL_ORG_SELF_VERIFIES]);
}

/* Read one organisation from the table with a new snapshot. */
static bool
read_org(int64 org_id, CeOrg *org)
{
	CeWholeKey	key = {CE_COL_ORG_ORG_ID, F_INT8EQ, Int64GetDatum(org_id)};

	org->name = NULL;
	ce_read_whole(CE_ORG, &key, org_row, org);
	return org->name != NULL;
}

/* Start over when ce_org has changed; see current_law() for the old one. */
static void
prepare_cache(void)
{
	HASHCTL		ctl;

	if (likely(orgs != NULL && orgs_generation == ce_org_generation()))
		return;
	if (orgs != NULL)
	{
		MemoryContextSetParent(orgs_context, TopTransactionContext);
		orgs = NULL;
	}
	orgs_context = AllocSetContextCreate(CacheMemoryContext, "ce_hours organisations",
										 ALLOCSET_DEFAULT_SIZES);
	ctl.keysize = sizeof(int64);
	ctl.entrysize = sizeof(CeOrg);
	ctl.hcxt = orgs_context;
	orgs_generation = ce_org_generation();
	orgs = hash_create("ce_hours organisations", 64, &ctl,
					   HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

const CeOrg *
ce_find_org(int64 org_id)
{
	CeOrg	   *entry;
	CeOrg		org;

	prepare_cache();
	entry = hash_search(orgs, &org_id, HASH_FIND, NULL);
	if (entry != NULL)
		return entry;

	/* Reading processes invalidation messages, so check the cache again. */
	if (!read_org(org_id, &org))
		return NULL;
	ce_note_reading();
	prepare_cache();
	org.name = MemoryContextStrdup(orgs_context, org.name);
	entry = hash_search(orgs, &org_id, HASH_ENTER, NULL);
	*entry = org;
	return entry;
}

const CeOrg *
ce_get_org(int64 org_id)
{
	const CeOrg *org = ce_find_org(org_id);

	if (org == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
				 errmsg("organisation %lld does not exist", (long long) org_id),
				 errdetail("Clauses 7.2, 7.4: employers and the bodies that file and verify are organisations of the ledger."),
				 errhint("Table ce_org lists the organisations.")));
	return org;
}

const char *
ce_org_title(int64 org_id)
{
	const CeOrg *org = ce_find_org(org_id);

	if (org != NULL && org->name[strspn(org->name, " \t\n\r")] != '\0')
		return org->name;
	return psprintf(_("organisation %lld"), (long long) org_id);
}

const char *
ce_admin_level_label(CeAdminLevel level)
{
	return admin_level_labels[level];
}

static bool
ends_chain(const CeOrg *org, int64 employer)
{
	return org->kind == CE_ORG_HRSS ||
		(org->org_id == employer && org->self_verifies);
}

const CeOrg *
ce_chain_next(int64 employer, int64 reviewed_by, bool *last)
{
	const CeOrg *org = ce_get_org(employer);

	if (reviewed_by != 0)
	{
		/* Find the body that reviewed last, and return the next one. */
		for (int i = 0; org->org_id != reviewed_by; i++)
		{
			if (ends_chain(org, employer) || org->parent_id == 0 || i > CE_MAX_CHAIN)
				return NULL;
			org = ce_get_org(org->parent_id);
		}
		if (ends_chain(org, employer) || org->parent_id == 0)
			return NULL;
		org = ce_get_org(org->parent_id);
	}
	*last = ends_chain(org, employer);
	return org;
}

const CeOrg *
ce_chain_end(int64 employer)
{
	const CeOrg *org = ce_get_org(employer);

	for (int i = 0; !ends_chain(org, employer); i++)
	{
		if (org->parent_id == 0 || i > CE_MAX_CHAIN)
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("no body verifies for organisation %lld",
							(long long) employer),
					 errdetail("Clause 7.4a: hours are verified level by level; the chain %s reaches no HRSS office.",
							   ce_chain_text(employer)),
					 errhint("Set parent_id of the organisations so that the chain ends at an HRSS office.")));
		org = ce_get_org(org->parent_id);
	}
	return org;
}

bool
ce_has_single_body(CeTrack track)
{
	return track == CE_TRACK_FEED || track == CE_TRACK_SPECIAL;
}

bool
ce_verifies_alone(const CeOrg *body, CeTrack track)
{
	return track == CE_TRACK_FEED ? body->kind == CE_ORG_ACADEMY :
		body->kind == CE_ORG_HEALTH_COMMISSION &&
		body->admin_level == CE_PROVINCIAL;
}

bool
ce_org_is_above(int64 body, int64 org_id)
{
	const CeOrg *org = ce_find_org(org_id);

	for (int i = 0; org != NULL && org->parent_id != 0 && i <= CE_MAX_CHAIN; i++)
	{
		if (org->parent_id == body)
			return true;
		org = ce_find_org(org->parent_id);
	}
	return false;
}

char *
ce_chain_text(int64 employer)
{
	StringInfoData buf;
	const CeOrg *org = ce_find_org(employer);

	initStringInfo(&buf);
	for (int i = 0; org != NULL && i <= CE_MAX_CHAIN; i++)
	{
		appendStringInfo(&buf, "%s%s", i == 0 ? "" : _(", "), ce_org_title(org->org_id));
		if (ends_chain(org, employer) || org->parent_id == 0)
			break;
		org = ce_find_org(org->parent_id);
	}
	return buf.data;
}

int64
ce_org_parent_now(int64 org_id)
{
	CeOrg		org;

	return read_org(org_id, &org) ? org.parent_id : 0;
}

/* ce_next_body(org_id bigint, reviewed_by bigint) returns bigint */
PG_FUNCTION_INFO_V1(ce_next_body);
Datum
ce_next_body(PG_FUNCTION_ARGS)
{
	const CeOrg *next;
	bool		last;

	ce_ledger_enter(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	next = ce_chain_next(PG_GETARG_INT64(0), PG_ARGISNULL(1) ? 0 : PG_GETARG_INT64(1),
						 &last);
	if (next == NULL)
		PG_RETURN_NULL();
	PG_RETURN_INT64(next->org_id);
}

/*-------------------------------------------------------------------------
 *
 * member.c
 *	  Duties: which organisations a role acts for and what it sees (7.1).
 *
 * For each role that queries the ledger, the backend caches its duties from
 * ce_member and its persons from ce_person_role.  Changes of both tables, the
 * organisations and the roles invalidate the cache.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/pg_auth_members.h"
#include "catalog/pg_authid.h"
#include "miscadmin.h"
#include "rewrite/rowsecurity.h"
#include "utils/builtins.h"
#include "utils/catcache.h"
#include "utils/fmgroids.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "store/whole.h"
#include "types/grow.h"
#include "who/member.h"
#include "who/org.h"

#include "compat.h"

/* The policy that ce_secure() creates on each table that it secures. */
#define OWN_POLICY "ce_sees"

static const char *const duty_labels[CE_DUTIES] = {
	"read", "record", "verify", "backdate", "sanction", "audit", "report"
};

/* As sentences call them, which in Chinese say what a duty is. */
static const char *const duty_titles[CE_DUTIES] = {
	gettext_noop("the duty \"read\""), gettext_noop("the duty \"record\""),
	gettext_noop("the duty \"verify\""), gettext_noop("the duty \"backdate\""),
	gettext_noop("the duty \"sanction\""), gettext_noop("the duty \"audit\""),
	gettext_noop("the duty \"report\"")
};

/* The duties at one organisation, as a set of bits. */
typedef struct Membership
{
	int64		org_id;
	uint32		duties;
} Membership;

typedef struct Member
{
	Oid			role;			/* hash key */
	int			nmemberships;	/* by org_id, without duplicates */
	Membership *memberships;
	int			npersons;		/* in order */
	int64	   *persons;
	HTAB	   *over;			/* Membership by org_id: from it and above */
} Member;

static MemoryContext members_context = NULL;
static HTAB *members = NULL;
static Member *last_member = NULL;
static uint64 members_generation = 0;
static uint64 members_org_generation = 0;

int
ce_find_duty(const text *name)
{
	for (int d = 0; d < CE_DUTIES; d++)
	{
		if (VARSIZE_ANY_EXHDR(name) == strlen(duty_labels[d]) &&
			memcmp(VARDATA_ANY(name), duty_labels[d], strlen(duty_labels[d])) == 0)
			return d;
	}
	return -1;
}

/* ---------------------------------------------------------------------
 * Reading what a role is
 * ---------------------------------------------------------------------
 */

/*
 * The role and all whose privileges it has by membership.  A superuser has
 * every role's privileges, but is not every person, so the server's
 * has_privs_of_role() does not fit.
 */
static List *
roles_of(Oid role)
{
	List	   *roles = list_make1_oid(role);

	for (int i = 0; i < list_length(roles); i++)
	{
		Oid			member = list_nth_oid(roles, i);
		CatCList   *memberships = SearchSysCacheList1(AUTHMEMMEMROLE,
													  ObjectIdGetDatum(member));

		for (int m = 0; m < memberships->n_members; m++)
		{
			HeapTuple	tuple = &memberships->members[m]->tuple;
			Form_pg_auth_members form = (Form_pg_auth_members) GETSTRUCT(tuple);

			if (ce_membership_inherits(form))
				roles = list_append_unique_oid(roles, form->roleid);
		}
		ReleaseSysCacheList(memberships);
	}
	return roles;
}

/* The rows for each of the roles. */
static void
read_rows(CeTable table, int role_column, List *roles, CeRowCallback callback,
		  Member *member)
{
	ListCell   *lc;

	foreach(lc, roles)
	{
		char	   *name = GetUserNameFromId(lfirst_oid(lc), true);
		NameData	role_name;
		CeWholeKey	key = {role_column, F_NAMEEQ, NameGetDatum(&role_name)};

		if (name == NULL)
			continue;
		namestrcpy(&role_name, name);
		ce_read_whole(table, &key, callback, member);
	}
}

static Membership *
find_membership(const Member *member, int64 org_id)
{
	for (int i = 0; i < member->nmemberships; i++)
	{
		if (member->memberships[i].org_id == org_id)
			return &member->memberships[i];
	}
	return NULL;
}

static void
membership_row(const Datum *values, const bool *nulls, void *arg)
{
	Member	   *member = arg;
	int			duty = ce_find_duty(DatumGetTextPP(values[CE_COL_MEMBER_DUTY]));
	int64		org_id = DatumGetInt64(values[CE_COL_MEMBER_ORG_ID]);
	Membership *membership = find_membership(member, org_id);

	if (duty < 0)
		return;
	if (membership == NULL)
	{
		membership = CE_ONE_MORE(member->memberships, member->nmemberships);
		*membership = (Membership) {org_id, 0};
	}
	membership->duties |= 1U << duty;
}

static void
person_row(const Datum *values, const bool *nulls, void *arg)
{
	Member	   *member = arg;

	*CE_ONE_MORE(member->persons, member->npersons) =
		DatumGetInt64(values[CE_COL_PERSON_ROLE_PERSON_ID]);
}

static int
compare_ids(const void *a, const void *b)
{
	return pg_cmp_s64(*(const int64 *) a, *(const int64 *) b);
}

/* ---------------------------------------------------------------------
 * Keeping it
 * ---------------------------------------------------------------------
 */

static void
prepare_cache(void)
{
	HASHCTL		ctl;

	if (likely(members != NULL &&
			   members_generation == ce_member_generation() &&
			   members_org_generation == ce_org_generation()))
		return;
	if (members != NULL)
		MemoryContextDelete(members_context);
	members = NULL;
	last_member = NULL;
	members_context = AllocSetContextCreate(CacheMemoryContext, "ce_hours members",
											ALLOCSET_DEFAULT_SIZES);
	ctl.keysize = sizeof(Oid);
	ctl.entrysize = sizeof(Member);
	ctl.hcxt = members_context;
	members_generation = ce_member_generation();
	members_org_generation = ce_org_generation();
	members = hash_create("ce_hours members", 16, &ctl,
						  HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

static void
read_member(Member *member, Oid role)
{
	List	   *roles = roles_of(role);

	memset(member, 0, sizeof(*member));
	member->role = role;
	read_rows(CE_MEMBER, CE_COL_MEMBER_ROLE_NAME, roles, membership_row, member);
	if (ce_later_table_exists(CE_PERSON_ROLE))
		read_rows(CE_PERSON_ROLE, CE_COL_PERSON_ROLE_ROLE_NAME, roles, person_row, member);
	if (member->npersons > 0)
		qsort(member->persons, member->npersons, sizeof(int64), compare_ids);
}

static void *
keep(const void *array, Size size)
{
	return size == 0 ? NULL :
		memcpy(MemoryContextAlloc(members_context, size), array, size);
}

/* A role's duties and persons; valid until the next look-up in the ledger. */
static Member *
member_of(Oid role)
{
	Member		member;
	Member	   *entry;
	HASHCTL		ctl;
	uint64		generation;

	prepare_cache();
	if (last_member != NULL && last_member->role == role)
		return last_member;
	entry = hash_search(members, &role, HASH_FIND, NULL);
	if (entry != NULL)
		return last_member = entry;

	generation = ce_member_generation();
	read_member(&member, role);
	ce_note_reading();
	prepare_cache();
	/* Opening the second table may invalidate the first: then read again. */
	members_generation = generation;
	ctl.keysize = sizeof(int64);
	ctl.entrysize = sizeof(Membership);
	ctl.hcxt = members_context;
	member.memberships = keep(member.memberships,
							  sizeof(Membership) * member.nmemberships);
	member.persons = keep(member.persons, sizeof(int64) * member.npersons);
	member.over = hash_create("ce_hours duties", 64, &ctl,
							  HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	entry = hash_search(members, &role, HASH_ENTER, NULL);
	*entry = member;
	return last_member = entry;
}

static uint32
duties_at(const Member *member, int64 org_id)
{
	const Membership *membership = find_membership(member, org_id);

	return membership == NULL ? 0 : membership->duties;
}

/* The duties at an organisation or at one above it. */
static uint32
duties_over(Oid role, int64 org_id)
{
	Member	   *member = member_of(role);
	Membership *answer;
	int64		chain[CE_MAX_CHAIN + 1];
	int			length = 0;

	if (member->nmemberships == 0)
		return 0;
	answer = hash_search(member->over, &org_id, HASH_FIND, NULL);
	if (answer != NULL)
		return answer->duties;

	for (const CeOrg *org = ce_find_org(org_id);
		 org != NULL && length <= CE_MAX_CHAIN;
		 org = org->parent_id == 0 ? NULL : ce_find_org(org->parent_id))
		chain[length++] = org->org_id;
	/* Reading organisations may have invalidated the entry. */
	member = member_of(role);
	answer = hash_search(member->over, &org_id, HASH_ENTER, NULL);
	answer->duties = 0;
	for (int i = 0; i < length; i++)
		answer->duties |= duties_at(member, chain[i]);
	return answer->duties;
}

/* ---------------------------------------------------------------------
 * Answers
 * ---------------------------------------------------------------------
 */

bool
ce_member_holds(Oid role, CeDuty duty, int64 org_id)
{
	uint32		duties = duty == CE_DUTY_VERIFY ?
		duties_at(member_of(role), org_id) : duties_over(role, org_id);

	return (duties & (1U << duty)) != 0;
}

bool
ce_member_verifies_over(Oid role, int64 org_id)
{
	return (duties_over(role, org_id) & (1U << CE_DUTY_VERIFY)) != 0;
}

bool
ce_member_acts(Oid role)
{
	return member_of(role)->nmemberships > 0;
}

bool
ce_member_acts_for(Oid role, int64 org_id)
{
	return duties_at(member_of(role), org_id) != 0;
}

bool
ce_member_holds_anywhere(Oid role, CeDuty duty)
{
	Member	   *member = member_of(role);
	uint32		duties = 0;

	for (int i = 0; i < member->nmemberships; i++)
		duties |= member->memberships[i].duties;
	return (duties & (1U << duty)) != 0;
}

List *
ce_member_bodies(Oid role)
{
	Member	   *member = member_of(role);
	List	   *bodies = NIL;

	for (int i = 0; i < member->nmemberships; i++)
	{
		const CeOrg *body = ce_find_org(member->memberships[i].org_id);

		if (body != NULL)
			bodies = lappend(bodies, unconstify(CeOrg *, body));
	}
	return bodies;
}

bool
ce_member_sees_org(Oid role, int64 org_id)
{
	return duties_over(role, org_id) != 0;
}

bool
ce_member_is_person(Oid role, int64 person_id)
{
	Member	   *member = member_of(role);

	return member->npersons > 0 &&
		bsearch(&person_id, member->persons, member->npersons, sizeof(int64),
				compare_ids) != NULL;
}

bool
ce_member_guards(Relation rel)
{
	ListCell   *lc;

	if (rel->rd_rsdesc == NULL)
		return false;
	foreach(lc, rel->rd_rsdesc->policies)
	{
		if (strcmp(((RowSecurityPolicy *) lfirst(lc))->policy_name, OWN_POLICY) == 0)
			return true;
	}
	return false;
}

/* ---------------------------------------------------------------------
 * Refusals
 * ---------------------------------------------------------------------
 */

static const char *
duty_reason(CeDuty duty)
{
	switch (duty)
	{
		case CE_DUTY_RECORD:
			return _("Clause 7.4a: only a role that records for an organisation, or for a body above it, enters its persons, plans and hours.");
		case CE_DUTY_VERIFY:
			return _("Clauses 7.4, 7.5: only a role that verifies for a body reviews, files, verifies, rejects and revokes for it.");
		case CE_DUTY_BACKDATE:
			return _("Clause 7.4: only a role with this duty enters a day before today.");
		case CE_DUTY_SANCTION:
			return _("Clause 6.2: only a role that sanctions for the person's employer, or for a body above it, enters and revokes findings.");
		default:
			return _("Clause 7.1: a role acts only for the organisations for which it holds duties.");
	}
}

void
ce_member_refuse(Oid role, CeDuty duty, int64 org_id)
{
	const char *name = GetUserNameFromId(role, false);

	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("role \"%s\" does not hold %s for organisation %lld",
					name, _(duty_titles[duty]), (long long) org_id),
			 errdetail_internal("%s", duty_reason(duty)),
			 errhint("The ledger's owner can grant it: SELECT %s.ce_grant(%s, %lld, '%s');",
					 ce_ledger_schema(), quote_literal_cstr(name),
					 (long long) org_id, duty_labels[duty])));
}

void
ce_member_refuse_any(Oid role, CeDuty duty)
{
	const char *name = GetUserNameFromId(role, false);

	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("role \"%s\" holds %s for no organisation",
					name, _(duty_titles[duty])),
			 errdetail_internal("%s", duty_reason(duty)),
			 errhint("The ledger's owner can grant it: SELECT %s.ce_grant(%s, ORGANISATION, '%s');",
					 ce_ledger_schema(), quote_literal_cstr(name), duty_labels[duty])));
}

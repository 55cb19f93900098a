/*-------------------------------------------------------------------------
 *
 * labels.c
 *	  The closed lists: enumerations in C, enum types in SQL.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_enum.h"
#include "utils/catcache.h"
#include "utils/syscache.h"

#include "store/cache.h"
#include "store/labels.h"

#include "compat.h"

/* One more than the length of the longest closed list. */
#define CE_MAX_LABELS 9

typedef struct ListNames
{
	const char *type;
	const char *labels[CE_MAX_LABELS];	/* NULL ends the list */
} ListNames;

/* Labels that messages show are marked for translation, see ce_list_label(). */
static const ListNames list_names[CE_LISTS] = {
	[CE_LIST_SUBJECT] = {"ce_subject", {gettext_noop("public"),
	gettext_noop("professional"), gettext_noop("both")}},
	[CE_LIST_TRACK] = {"ce_track", {"feed", "filed", "activity", "special",
	"opening", "attested"}},
	[CE_LIST_BASIS] = {"ce_basis", {"as_completed", "filed_hours",
	"document_or_days", "days", "fixed", "deems", "deems_tenure", "as_recorded"}},
	[CE_LIST_STATUS] = {"ce_status", {gettext_noop("submitted"),
			gettext_noop("in_review"), gettext_noop("verified"),
	gettext_noop("rejected"), gettext_noop("revoked")}},
	[CE_LIST_PLAN_STATUS] = {"ce_plan_status", {gettext_noop("draft"),
			gettext_noop("submitted"), gettext_noop("reviewed"),
	gettext_noop("filed"), gettext_noop("rejected")}},
	[CE_LIST_ROUTE] = {"ce_route", {gettext_noop("review"),
	gettext_noop("recognition"), gettext_noop("transfer")}},
	[CE_LIST_OUTCOME] = {"ce_outcome", {gettext_noop("eligible"),
			gettext_noop("not_eligible"), gettext_noop("pending"),
			gettext_noop("banned"), gettext_noop("out_of_scope"),
	gettext_noop("no_rule"), gettext_noop("unknown_person")}},
};

/* The labels' OIDs, as far as they have been looked up. */
static Oid	list_oids[CE_LISTS][CE_MAX_LABELS];
static uint64 oids_of = 0;

Oid
ce_list_type(CeList list)
{
	return ce_ledger_type(list_names[list].type);
}

static void
look_up_labels(CeList list, Oid *found)
{
	const ListNames *names = &list_names[list];
	CatCList   *labels = SearchSysCacheList1(ENUMTYPOIDNAME,
											 ObjectIdGetDatum(ce_list_type(list)));

	memset(found, 0, sizeof(Oid) * CE_MAX_LABELS);
	for (int i = 0; names->labels[i] != NULL; i++)
	{
		for (int m = 0; m < labels->n_members; m++)
		{
			Form_pg_enum label = (Form_pg_enum) GETSTRUCT(&labels->members[m]->tuple);

			if (strcmp(NameStr(label->enumlabel), names->labels[i]) == 0)
				found[i] = label->oid;
		}
		if (!OidIsValid(found[i]))
			elog(ERROR, "label \"%s\" of type %s not found",
				 names->labels[i], names->type);
	}
	ReleaseSysCacheList(labels);
}

/*
 * The OIDs of a list's labels, InvalidOid after the last one: those cached or,
 * if an invalidation came during the look-up, those in found.
 */
static const Oid *
oids_of_labels(CeList list, Oid *found)
{
	uint64		generation = ce_label_generation();

	if (unlikely(oids_of != generation))
	{
		memset(list_oids, 0, sizeof(list_oids));
		oids_of = generation;
	}
	if (likely(OidIsValid(list_oids[list][0])))
		return list_oids[list];
	look_up_labels(list, found);
	if (generation == ce_label_generation() && generation == oids_of)
		memcpy(list_oids[list], found, sizeof(Oid) * CE_MAX_LABELS);
	return found;
}

Oid
ce_list_oid(CeList list, int value)
{
	Oid			found[CE_MAX_LABELS];

	return oids_of_labels(list, found)[value];
}

int
ce_list_value(CeList list, Oid label)
{
	Oid			found[CE_MAX_LABELS];
	const Oid  *oids = oids_of_labels(list, found);

	for (int i = 0; OidIsValid(oids[i]); i++)
	{
		if (oids[i] == label)
			return i;
	}
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("type %s has a label that the extension does not know",
					list_names[list].type)));
	return 0;					/* keep compiler quiet */
}

const char *
ce_list_label(CeList list, int value)
{
	return list_names[list].labels[value];
}

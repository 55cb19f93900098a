/*-------------------------------------------------------------------------
 *
 * roster.c
 *	  Which years everybody has met, read in one pass.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/table.h"
#include "common/hashfn.h"
#include "miscadmin.h"
#include "storage/bufmgr.h"
#include "utils/rel.h"

#include "assess.h"
#include "roster.h"

#include "compat.h"

typedef struct RosterEntry
{
	int64		person_id;
	CeRosterLine line;
	char		status;			/* simplehash's */
} RosterEntry;

#define SH_PREFIX roster
#define SH_ELEMENT_TYPE RosterEntry
#define SH_KEY_TYPE int64
#define SH_KEY person_id
#define SH_HASH_KEY(tb, key) murmurhash32((uint32) (key) ^ (uint32) ((uint64) (key) >> 32))
#define SH_EQUAL(tb, a, b) ((a) == (b))
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

struct CeRoster
{
	const CeScheme *scheme;
	DateADT		as_of;
	int			from_year;
	int			nyears;
	const CeRequirement *requirements[CE_MAX_WINDOW_YEARS];
	uint16		known;			/* years with a requirement */
	CeRosterLine nothing;		/* the line of a person without a record */
	bool		waiting_known;
	bool		achieved_known;
	roster_hash *entries;
};

static RosterEntry *
entry_of(CeRoster *roster, int64 person_id)
{
	bool		found;
	RosterEntry *entry = roster_insert(roster->entries, person_id, &found);

	if (!found)
		entry->line = roster->nothing;
	return entry;
}

/* Sets the bit of a year by what is in it. */
static inline void
judge_year(const CeRoster *roster, int i, const CeCredit *credit,
		   CeRosterLine *line)
{
	CeAssessment a;
	uint16		bit = 1 << i;

	ce_assess(roster->scheme, roster->requirements[i], roster->from_year + i,
			  credit, NULL, &a);
	line->met = a.met ? line->met | bit : line->met & ~bit;
	line->professional = roster->requirements[i] != NULL && a.professional_short == 0 ?
		line->professional | bit : line->professional & ~bit;
}

static void
account_row(const Datum *values, const bool *nulls, void *arg)
{
	CeRoster   *roster = arg;
	int			i = DatumGetInt32(values[ACCOUNT_YEAR]) - roster->from_year;
	RosterEntry *entry;
	CeCredit	credit;

	if (i < 0 || i >= roster->nyears)
		return;
	entry = entry_of(roster, DatumGetInt64(values[ACCOUNT_PERSON_ID]));
	if (DatumGetDateADT(values[ACCOUNT_KNOWN_FROM]) > roster->as_of)
		entry->line.unsure = true;
	else if (roster->requirements[i] != NULL)
	{
		ce_credit_unpack(DatumGetCeCreditPackedPP(values[ACCOUNT_CREDIT]), &credit);
		judge_year(roster, i, &credit, &entry->line);
	}
}

static void
waiting_person(Datum person_id, void *arg)
{
	entry_of(arg, DatumGetInt64(person_id))->line.waiting = true;
}

static void
achievement_row(const Datum *values, const bool *nulls, void *arg)
{
	entry_of(arg, DatumGetInt64(values[ACHIEVEMENT_PERSON_ID]))->line.achieved = true;
}

/* About how many rows the accounts have. */
static double
account_count(void)
{
	Relation	rel = table_open(ce_table_oid(CE_ACCOUNT), AccessShareLock);
	double		count = rel->rd_rel->reltuples;

	/* never analyzed: some 80 to a page */
	if (count <= 0)
		count = RelationGetNumberOfBlocks(rel) * 80.0;
	table_close(rel, AccessShareLock);
	return count;
}

double
ce_roster_worth(void)
{
	/* An account in passing costs a hundredth of a person's question. */
	return account_count() / 256;
}

CeRoster *
ce_roster_make(const CeScheme *scheme, DateADT as_of)
{
	int			year = ce_year_of(as_of);
	int			nyears = 1;
	double		persons;
	CeRoster   *roster;
	CeCredit	none;

	for (int i = 0; i < scheme->nwindows; i++)
		nyears = Max(nyears, scheme->windows[i].years);

	/* At least a third of a person's years should lie in the window. */
	persons = account_count() / 3;
	if (persons * sizeof(RosterEntry) * 2 > get_hash_memory_limit())
		persons = 0;

	roster = palloc0(sizeof(CeRoster));
	roster->scheme = scheme;
	roster->as_of = as_of;
	roster->nyears = nyears;
	roster->from_year = year - nyears + 1;
	ce_credit_zero(&none);
	for (int i = 0; i < nyears; i++)
	{
		roster->requirements[i] = ce_requirement_of(scheme, roster->from_year + i);
		if (roster->requirements[i] != NULL)
			roster->known |= 1 << i;
		judge_year(roster, i, &none, &roster->nothing);
	}
	if (persons > 0)
		roster->entries = roster_create(CurrentMemoryContext, (uint32) persons + 16, NULL);
	if (persons == 0 || !ce_store_all_accounts(account_row, roster))
	{
		if (roster->entries != NULL)
			roster_destroy(roster->entries);
		pfree(roster);
		return NULL;
	}
	roster->waiting_known = ce_store_all_waiting(waiting_person, roster);
	roster->achieved_known = ce_store_all_achievements(achievement_row, roster);
	return roster;
}

void
ce_roster_find(const CeRoster *roster, int64 person_id, CeRosterLine *line)
{
	RosterEntry *entry = roster_lookup(roster->entries, person_id);

	*line = entry != NULL ? entry->line : roster->nothing;
	line->waiting |= !roster->waiting_known;
	line->achieved |= !roster->achieved_known;
}

const CeScheme *
ce_roster_scheme(const CeRoster *roster)
{
	return roster->scheme;
}

uint16
ce_roster_last_years(const CeRoster *roster, int n)
{
	return ((1 << n) - 1) << (roster->nyears - n);
}

uint16
ce_roster_known_years(const CeRoster *roster)
{
	return roster->known;
}

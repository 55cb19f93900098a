/*-------------------------------------------------------------------------
 *
 * roster.c
 *	  Which years each person has met, read in one pass.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "ask/roster_lines.h"
#include "record/credits.h"
#include "types/grow.h"

#include "compat.h"

/* A person's line, created if necessary; NULL: no space. */
static inline CeRosterLine *
line_of(CeRoster *roster, int64 person_id)
{
	int64		number = person_id >> BLOCK_BITS;
	RosterBlock *block = roster->last;

	if (block == NULL || block->number != number)
	{
		bool		found;

		if (roster->full)
			return NULL;
		roster->last = block = roster_insert(roster->blocks, number, &found);
		if (!found)
		{
			for (int i = 0; i < BLOCK_LINES; i++)
				block->lines[i] = roster->groups[0]->nothing;
			/* The table is half empty after it has grown. */
			if (roster->room < 2 * sizeof(RosterBlock))
			{
				roster->full = true;
				return NULL;
			}
			roster->room -= 2 * sizeof(RosterBlock);
		}
	}
	return &block->lines[person_id & (BLOCK_LINES - 1)];
}

/* The sums of the persons of the last block; NULL: no space. */
static CeMissing *
new_sums(CeRoster *roster)
{
	Size		size = sizeof(CeMissing) * BLOCK_LINES * roster->nsums;
	CeMissing  *sums;

	if (roster->room < size + 2 * sizeof(CeIdEntry))
	{
		roster->full = true;
		return NULL;
	}
	roster->room -= size + 2 * sizeof(CeIdEntry);
	sums = MemoryContextAlloc(roster->context, size);
	for (int i = 0; i < BLOCK_LINES; i++)
	{
		const CeRosterGroup *group = group_of(roster, &roster->last->lines[i]);

		for (int k = 0; k < group->nsums; k++)
			sums[i * roster->nsums + k] = group->sums[k].nothing;
	}
	return sums;
}

/* A person's sums, by those of the group, created if necessary; NULL: no space. */
static CeMissing *
sums_of(CeRoster *roster, int64 person_id)
{
	int64		number = person_id >> BLOCK_BITS;
	CeIdEntry  *block = roster->last_sums;

	if (block == NULL || block->id != number)
	{
		bool		found;

		roster->last_sums = block = ce_ids_insert(roster->sums, number, &found);
		if (!found)
			block->data = new_sums(roster);
	}
	return block->data == NULL ? NULL :
		(CeMissing *) block->data + (person_id & (BLOCK_LINES - 1)) * roster->nsums;
}

/* Hours that are taken off a sum belong to all of its years. */
#define WAIVERS \
	(CE_NODE_BIT(CE_CATEGORY_REDUCED_PUBLIC) | CE_NODE_BIT(CE_CATEGORY_REDUCED_PROFESSIONAL) | \
	 CE_NODE_BIT(CE_CATEGORY_REDUCED_TOTAL) | CE_NODE_BIT(CE_CATEGORY_WAIVED))

/* Adds a year to a person's sums. */
static pg_noinline void
sum_year(CeRoster *roster, const CeRosterGroup *group, int64 person_id, int i,
		 const CeCredit *credit, const CeAssessment *a, CeRosterLine *line)
{
	CeMissing  *missing = sums_of(roster, person_id);

	if (missing == NULL || (credit->used & WAIVERS) != 0 ||
		(group->own_sums && (credit->deems_public > 0 || credit->deems_professional > 0)))
	{
		line->marks |= UNSUMMED;
		return;
	}
	for (int k = 0; k < group->nsums; k++)
	{
		const CeRosterSum *sum = &group->sums[k];
		CeAssessment by_judge;
		CeMissing	of_year;

		if (i < sum->first || i > sum->last)
			continue;
		if (sum->laws[i] != group->laws[i])
			ce_assess(sum->laws[i], credit, NULL, &by_judge);
		if (!ce_missing_of_year(sum, i, sum->laws[i] != group->laws[i] ? &by_judge : a, &of_year))
			line->marks |= UNSUMMED;
		else
			ce_add_missing(&missing[k], &of_year, &sum->of_year[i]);
	}
}

/*
 * The credits of a person to be evaluated, zero at first; NULL: no space.
 * After the first NULL no person is added, so that a kept person has all of
 * them.
 */
static CeCredit *
kept_of(CeRoster *roster, int64 person_id)
{
	CeIdEntry  *kept = ce_ids_lookup(roster->kept, person_id);
	Size		size = roster->nyears * sizeof(CeCredit);
	bool		found;

	if (kept != NULL)
		return kept->data;
	if (!roster->kept_all || roster->room_to_keep < size + 2 * sizeof(CeIdEntry))
	{
		roster->kept_all = false;
		return NULL;
	}
	roster->room_to_keep -= size + 2 * sizeof(CeIdEntry);
	kept = ce_ids_insert(roster->kept, person_id, &found);
	return kept->data = MemoryContextAllocZero(roster->context, size);
}

static void
account_row(const Datum *values, const bool *nulls, void *arg)
{
	CeRoster   *roster = arg;
	int64		person_id = DatumGetInt64(values[CE_COL_ACCOUNT_PERSON_ID]);
	int			i = DatumGetInt32(values[CE_COL_ACCOUNT_YEAR]) - roster->from_year;
	CeRosterLine *line;
	const CeRosterGroup *group;
	CeCredit   *credit = &roster->credit;
	CeCredit   *kept;

	if (i < 0 || i >= roster->nyears ||
		(line = line_of(roster, person_id)) == NULL)
		return;
	if (DatumGetDateADT(values[CE_COL_ACCOUNT_KNOWN_FROM]) > roster->as_of)
	{
		line->marks |= UNSURE;
		return;
	}
	ce_credit_clear(credit);
	ce_credit_fill(DatumGetCeCreditPackedPP(values[CE_COL_ACCOUNT_CREDIT]), credit);
	group = group_of(roster, line);
	if (i < group->before)
		return;
	if (likely(group->laws[i]->requirement != NULL) || group->nsums > 0)
	{
		CeAssessment a;

		ce_assess(group->laws[i], credit, NULL, &a);
		ce_roster_judge_year(group, i, &a, line);
		if (unlikely(group->nsums > 0))
			sum_year(roster, group, person_id, i, credit, &a, line);
	}
	if ((line->marks & (WAITING | ACHIEVED)) != 0 &&
		(kept = kept_of(roster, person_id)) != NULL)
		kept[i] = *credit;
}

static void
mark(CeRoster *roster, int64 person_id, int mark)
{
	CeRosterLine *line = line_of(roster, person_id);

	if (line != NULL)
		line->marks |= mark;
}

static void
waiting_person(Datum person_id, void *arg)
{
	mark(arg, DatumGetInt64(person_id), WAITING);
}

static void
achievement_row(const Datum *values, const bool *nulls, void *arg)
{
	mark(arg, DatumGetInt64(values[CE_COL_ACHIEVEMENT_PERSON_ID]), ACHIEVED);
}

static void
sanction_row(const Datum *values, const bool *nulls, void *arg)
{
	CeRoster   *roster = arg;
	CeRosterLine *line = line_of(roster, DatumGetInt64(values[CE_COL_SANCTION_PERSON_ID]));
	const CeScheme *scheme;
	CeBan		ban;

	if (line == NULL)
		return;
	scheme = group_of(roster, line)->scheme;
	if (scheme->ban_years >= 0 &&
		ce_ban_of_row(values, nulls, scheme, roster->as_of, &ban))
		line->marks |= BANNED;
}

double
ce_roster_worth(void)
{
	/* Scanning an account costs a hundredth of evaluating a person. */
	return ce_row_count(CE_ACCOUNT, 80) / 256;
}

static CeRosterGroup *
add_group(CeRoster *roster, const CeScheme *scheme)
{
	MemoryContext old_context = MemoryContextSwitchTo(roster->context);
	CeRosterGroup *group = ce_roster_group(scheme, roster->ngroups, roster->from_year,
										   roster->nyears);

	roster->nsums = Max(roster->nsums, group->nsums);
	roster->has_bans |= scheme->ban_years >= 0;
	*CE_ONE_MORE(roster->groups, roster->ngroups) = group;
	MemoryContextSwitchTo(old_context);
	return group;
}

/* Persons who moved, or are under other rules, are evaluated one by one. */
static void
person_row(const Datum *values, const bool *nulls, void *arg)
{
	CeRoster   *roster = arg;
	const CeScheme *scheme;
	CeRosterGroup *group;
	CeRosterLine *line;

	if (roster->full ||
		(!nulls[CE_COL_PERSON_MOVED] && DatumGetBool(values[CE_COL_PERSON_MOVED])))
		return;
	scheme = ce_get_scheme(values[CE_COL_PERSON_SCHEME]);
	if (!scheme->governed)
		return;
	group = find_group(roster, scheme);
	if (group == NULL)
	{
		if (roster->ngroups == CE_MAX_GROUPS)
		{
			roster->full = true;
			return;
		}
		group = add_group(roster, scheme);
	}
	line = line_of(roster, DatumGetInt64(values[CE_COL_PERSON_PERSON_ID]));
	if (line != NULL)
		*line = group->nothing;
}

/* Reads all persons; false: not possible. */
static bool
read_everybody(CeRoster *roster, bool groups)
{
	/* Which scheme judges a person's accounts must be known before they are read, */
	if (groups && !ce_read_all_schemes(person_row, roster))
		return false;
	/* and whose credits are kept. */
	if (!ce_read_all_waiting(waiting_person, roster))
		roster->everybody |= WAITING;
	if (!ce_read_all_achievements(achievement_row, roster))
		roster->everybody |= ACHIEVED;
	roster->bans_known = !roster->has_bans || ce_read_all_sanctions(sanction_row, roster);
	return !roster->full && ce_read_all_accounts(account_row, roster) &&
		!roster->full;
}

/* How many schemes are governed, and the longest reach of their windows. */
static int
count_governed(int *longest)
{
	int			nschemes;
	const CeScheme *schemes = ce_law_schemes(&nschemes);
	int			n = 0;

	for (int i = 0; i < nschemes; i++)
	{
		if (!schemes[i].governed)
			continue;
		n++;
		*longest = Max(*longest, ce_longest_window(&schemes[i]));
	}
	return n;
}

CeRoster *
ce_roster_make(const CeScheme *scheme, DateADT as_of)
{
	CeRoster   *roster = palloc0(sizeof(CeRoster));
	int			longest = 1;
	bool		groups = count_governed(&longest) > 1;

	roster->context = CurrentMemoryContext;
	roster->as_of = as_of;
	roster->nyears = groups ? longest : ce_longest_window(scheme);
	roster->from_year = ce_year_of(as_of) - roster->nyears + 1;
	roster->last_group = add_group(roster, scheme);
	roster->room = get_hash_memory_limit();
	roster->room_to_keep = roster->room / 2;
	roster->kept_all = true;
	roster->blocks = roster_create(CurrentMemoryContext, 1024, NULL);
	roster->sums = ce_ids_create(CurrentMemoryContext, 256, NULL);
	roster->kept = ce_ids_create(CurrentMemoryContext, 256, NULL);
	return read_everybody(roster, groups) ? roster : NULL;
}

/*-------------------------------------------------------------------------
 *
 * roster.c
 *	  Which years each person has met, read in one pass.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/table.h"
#include "common/hashfn.h"
#include "miscadmin.h"
#include "storage/bufmgr.h"
#include "utils/rel.h"

#include "ask/roster.h"
#include "record/credits.h"
#include "types/grow.h"

#include "compat.h"

/* A person: bit i stands for the year from_year + i. */
typedef struct Line
{
	uint16		met;			/* as a window of whole years requires (4.1) */
	uint16		professional;	/* as one for professional hours requires */
	uint16		marks;			/* and from GROUP_SHIFT on the group's number */
} Line;

#define UNSURE 1				/* some year was changed after the day */
#define WAITING 2				/* something may wait for verification */
#define ACHIEVED 4				/* there are achievements (5.2.5) */
#define BANNED 8				/* 6.2b */
#define UNSUMMED 16				/* the years cannot be added up here */
#define GROUP_SHIFT 5
#define MAX_GROUPS (1 << (16 - GROUP_SHIFT))

/*
 * Persons with adjacent ids are stored together, a block filling a cache line:
 * a scan in the order of insertion finds the next person beside the last one.
 */
#define BLOCK_BITS 3
#define BLOCK_LINES (1 << BLOCK_BITS)

typedef struct RosterBlock
{
	int64		number;			/* of the persons >> BLOCK_BITS */
	Line		lines[BLOCK_LINES];
	char		status;			/* simplehash's */
} RosterBlock;

#define HASH_OF_INT64(tb, key) murmurhash32((uint32) (key) ^ (uint32) ((uint64) (key) >> 32))

#define SH_PREFIX roster
#define SH_ELEMENT_TYPE RosterBlock
#define SH_KEY_TYPE int64
#define SH_KEY number
#define SH_HASH_KEY HASH_OF_INT64
#define SH_EQUAL(tb, a, b) ((a) == (b))
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

/*
 * What a person's years lack of the sums of a window, negative where they have
 * more, in hundredths; and which of them have the least of a year.
 */
typedef struct Missing
{
	int32		public_hours;
	int32		professional;
	int32		total;
	uint16		floors;
} Missing;

/* Beyond this the years of a person are not added up here. */
#define MOST_HOURS (PG_INT32_MAX / (2 * CE_MAX_WINDOW_YEARS))

/* Those of the persons of a block; separate, since few laws ask for sums. */
typedef struct SumBlock
{
	int64		number;
	Missing    *missing;		/* by line and, within it, by sum of the group */
	char		status;
} SumBlock;

#define SH_PREFIX sums
#define SH_ELEMENT_TYPE SumBlock
#define SH_KEY_TYPE int64
#define SH_KEY number
#define SH_HASH_KEY HASH_OF_INT64
#define SH_EQUAL(tb, a, b) ((a) == (b))
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

/* The credits of a person whose years do not decide. */
typedef struct Kept
{
	int64		person_id;
	CeCredit   *credits;
	char		status;
} Kept;

#define SH_PREFIX kept
#define SH_ELEMENT_TYPE Kept
#define SH_KEY_TYPE int64
#define SH_KEY person_id
#define SH_HASH_KEY HASH_OF_INT64
#define SH_EQUAL(tb, a, b) ((a) == (b))
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

/* Years, the same for everybody, that windows add up alike. */
typedef struct Sum
{
	const CeWindow *window;		/* one of them */
	int			first;			/* its years, from 0 on as bits of a line */
	int			last;
	bool		known;			/* false: a year has no requirement */
	uint16		floors;			/* bits of its years */
	const CeYearLaw *laws[CE_MAX_WINDOW_YEARS];
	Missing		of_year[CE_MAX_WINDOW_YEARS];	/* without any hours */
	Missing		nothing;		/* of all its years together */
} Sum;

#define MAX_SUMS 4

/* A window, and its years where they are the same for everybody. */
typedef struct WindowYears
{
	const CeWindow *window;		/* NULL: the law has none */
	bool		by_tenure;		/* they differ from person to person */
	int			first;
	int			last;
	const Sum  *sum;			/* of these years, or NULL */
	/* each or any of these years, by the group's own law: bits of a line */
	bool		by_bits;
	int			shift;
	uint16		all;
	uint16		unknown;		/* those without a requirement */
} WindowYears;

/* The persons under a scheme. */
typedef struct SchemeGroup
{
	const CeScheme *scheme;
	int			before;			/* years of a line before the scheme's longest window */
	const CeYearLaw *laws[CE_MAX_WINDOW_YEARS];
	uint16		unknown;		/* years without a requirement */
	/* by doctorate, level held, level asked for */
	WindowYears	windows[2][CE_LEVELS + 1][CE_LEVELS];
	Line		nothing;		/* the line of a person without rows */
	bool		own_sums;		/* some are the windows' own */
	int			nsums;
	Sum			sums[MAX_SUMS];
} SchemeGroup;

struct CeRoster
{
	DateADT		as_of;
	int			from_year;
	int			nyears;
	int			ngroups;
	SchemeGroup	  **groups;
	SchemeGroup	   *last_group;		/* the last one asked for */
	int			nsums;			/* the most of a group */
	uint16		everybody;		/* flags for what could not be read */
	bool		bans_known;
	roster_hash *blocks;
	RosterBlock *last;			/* the last block used */
	sums_hash  *sums;
	SumBlock   *last_sums;
	kept_hash  *kept;
	Size		room;			/* bytes left for blocks */
	bool		full;			/* out of space, or of groups */
	Size		room_to_keep;
	bool		kept_all;
	MemoryContext context;
};

/* ---------------------------------------------------------------------
 * Building it
 * ---------------------------------------------------------------------
 */

/* A person's line, created if necessary; NULL: no space. */
static inline Line *
line_of(CeRoster *roster, int64 person_id)
{
	int64		number = person_id >> BLOCK_BITS;
	RosterBlock	   *block = roster->last;

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

static inline SchemeGroup *
group_of(const CeRoster *roster, const Line *line)
{
	return roster->groups[line->marks >> GROUP_SHIFT];
}

/* Sets the bit of a year by its assessment. */
static inline void
judge_year(const SchemeGroup *group, int i, const CeAssessment *a, Line *line)
{
	uint16		bit = 1 << i;

	line->met = ce_law_met(group->laws[i], a, false) ?
		line->met | bit : line->met & ~bit;
	line->professional = ce_law_met(group->laws[i], a, true) ?
		line->professional | bit : line->professional & ~bit;
}

/* What a year lacks of a sum; false: more than can be kept. */
static bool
missing_of_year(const Sum *sum, int i, const CeAssessment *a, Missing *missing)
{
	CeHours		hours[3];

	ce_year_missing(sum->window, a, hours);
	for (int j = 0; j < lengthof(hours); j++)
		if (hours[j] > MOST_HOURS || hours[j] < -MOST_HOURS)
			return false;
	missing->public_hours = hours[0];
	missing->professional = hours[1];
	missing->total = hours[2];
	missing->floors = ce_below_floor(sum->window, a) == 0 ? 1 << i : 0;
	return true;
}

/* Replaces what a year without hours lacks by what this one does. */
static void
add_missing(Missing *to, const Missing *more, const Missing *less)
{
	to->public_hours += more->public_hours - less->public_hours;
	to->professional += more->professional - less->professional;
	to->total += more->total - less->total;
	to->floors = (to->floors & ~less->floors) | more->floors;
}

/* A person's sums, by those of the group, created if necessary; NULL: no space. */
static Missing *
sums_of(CeRoster *roster, int64 person_id)
{
	int64		number = person_id >> BLOCK_BITS;
	SumBlock   *block = roster->last_sums;

	if (block == NULL || block->number != number)
	{
		Size		size = sizeof(Missing) * BLOCK_LINES * roster->nsums;
		bool		found;

		roster->last_sums = block = sums_insert(roster->sums, number, &found);
		if (!found)
		{
			if (roster->room < size + 2 * sizeof(SumBlock))
			{
				roster->full = true;
				block->missing = NULL;
				return NULL;
			}
			roster->room -= size + 2 * sizeof(SumBlock);
			block->missing = MemoryContextAlloc(roster->context, size);
			for (int i = 0; i < BLOCK_LINES; i++)
			{
				const SchemeGroup *group = group_of(roster, &roster->last->lines[i]);

				for (int k = 0; k < group->nsums; k++)
					block->missing[i * roster->nsums + k] = group->sums[k].nothing;
			}
		}
	}
	return block->missing == NULL ? NULL :
		&block->missing[(person_id & (BLOCK_LINES - 1)) * roster->nsums];
}

/* Hours that are taken off a sum belong to all of its years. */
#define WAIVERS \
	(CE_NODE_BIT(CE_CATEGORY_REDUCED_PUBLIC) | CE_NODE_BIT(CE_CATEGORY_REDUCED_PROFESSIONAL) | \
	 CE_NODE_BIT(CE_CATEGORY_REDUCED_TOTAL) | CE_NODE_BIT(CE_CATEGORY_WAIVED))

/* Adds a year to a person's sums. */
static pg_noinline void
sum_year(CeRoster *roster, const SchemeGroup *group, int64 person_id, int i,
		 const CeCredit *credit, const CeAssessment *a, Line *line)
{
	Missing    *missing = sums_of(roster, person_id);

	if (missing == NULL || (credit->used & WAIVERS) != 0 ||
		(group->own_sums && (credit->deems_public > 0 || credit->deems_professional > 0)))
	{
		line->marks |= UNSUMMED;
		return;
	}
	for (int k = 0; k < group->nsums; k++)
	{
		const Sum  *sum = &group->sums[k];
		CeAssessment by_judge;
		Missing		of_year;

		if (i < sum->first || i > sum->last)
			continue;
		if (sum->laws[i] != group->laws[i])
			ce_assess(sum->laws[i], credit, NULL, &by_judge);
		if (!missing_of_year(sum, i, sum->laws[i] != group->laws[i] ? &by_judge : a, &of_year))
			line->marks |= UNSUMMED;
		else
			add_missing(&missing[k], &of_year, &sum->of_year[i]);
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
	Kept	   *kept = kept_lookup(roster->kept, person_id);
	Size		size = roster->nyears * sizeof(CeCredit);
	bool		found;

	if (kept != NULL)
		return kept->credits;
	if (!roster->kept_all || roster->room_to_keep < size + 2 * sizeof(Kept))
	{
		roster->kept_all = false;
		return NULL;
	}
	roster->room_to_keep -= size + 2 * sizeof(Kept);
	kept = kept_insert(roster->kept, person_id, &found);
	kept->credits = MemoryContextAllocZero(roster->context, size);
	return kept->credits;
}

static void
account_row(const Datum *values, const bool *nulls, void *arg)
{
	CeRoster   *roster = arg;
	int64		person_id = DatumGetInt64(values[CE_COL_ACCOUNT_PERSON_ID]);
	int			i = DatumGetInt32(values[CE_COL_ACCOUNT_YEAR]) - roster->from_year;
	Line	   *line;
	const SchemeGroup *group;
	CeCredit	credit;
	CeCredit   *kept;

	if (i < 0 || i >= roster->nyears ||
		(line = line_of(roster, person_id)) == NULL)
		return;
	if (DatumGetDateADT(values[CE_COL_ACCOUNT_KNOWN_FROM]) > roster->as_of)
	{
		line->marks |= UNSURE;
		return;
	}
	ce_credit_unpack(DatumGetCeCreditPackedPP(values[CE_COL_ACCOUNT_CREDIT]), &credit);
	group = group_of(roster, line);
	if (i < group->before)
		return;
	if (likely(group->laws[i]->requirement != NULL) || group->nsums > 0)
	{
		CeAssessment a;

		ce_assess(group->laws[i], &credit, NULL, &a);
		judge_year(group, i, &a, line);
		if (unlikely(group->nsums > 0))
			sum_year(roster, group, person_id, i, &credit, &a, line);
	}
	if ((line->marks & (WAITING | ACHIEVED)) != 0 &&
		(kept = kept_of(roster, person_id)) != NULL)
		kept[i] = credit;
}

static void
mark(CeRoster *roster, int64 person_id, int mark)
{
	Line	   *line = line_of(roster, person_id);

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
	Line	   *line = line_of(roster, DatumGetInt64(values[CE_COL_SANCTION_PERSON_ID]));
	const CeScheme *scheme;
	CeBan		ban;

	if (line == NULL)
		return;
	scheme = group_of(roster, line)->scheme;
	if (scheme->ban_years >= 0 &&
		ce_ban_of_row(values, nulls, scheme, roster->as_of, &ban))
		line->marks |= BANNED;
}

/* Estimated number of account rows. */
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
	/* Scanning an account costs a hundredth of evaluating a person. */
	return account_count() / 256;
}

/* ---------------------------------------------------------------------
 * Groups
 * ---------------------------------------------------------------------
 */

/*
 * Prepare to add up a window's years; false: they depend on the person, or on
 * minima of categories.
 */
static bool
make_sum(const CeRoster *roster, const SchemeGroup *group, const CeWindow *window, Sum *sum)
{
	static const CeCredit none;
	int			first;
	int			last;

	if (window->same_specialty ||
		(window->years_by != CE_YEARS_FIXED && window->years_by != CE_YEARS_CYCLE) ||
		!ce_window_years(window, ce_year_of(roster->as_of), 0, &first, &last) ||
		first < roster->from_year)
		return false;
	memset(sum, 0, sizeof(*sum));
	sum->window = window;
	sum->first = first - roster->from_year;
	sum->last = last - roster->from_year;
	sum->known = true;
	if (window->has_sums)
	{
		if (window->required_public > MOST_HOURS || window->required_total > MOST_HOURS ||
			window->required_professional > MOST_HOURS)
			return false;
		sum->nothing.public_hours = window->required_public;
		sum->nothing.professional = window->required_professional;
		sum->nothing.total = window->required_total;
	}
	for (int i = sum->first; i <= sum->last; i++)
	{
		static const Missing no_hours;
		CeAssessment a;

		sum->laws[i] = window->judge == NULL ? group->laws[i] :
			ce_year_law(window->judge, roster->from_year + i);
		if (sum->laws[i]->nminima > 0)
			return false;
		if (sum->laws[i]->requirement == NULL && !window->has_sums)
			sum->known = false;
		ce_assess(sum->laws[i], &none, NULL, &a);
		if (!missing_of_year(sum, i, &a, &sum->of_year[i]))
			return false;
		add_missing(&sum->nothing, &sum->of_year[i], &no_hours);
		sum->floors |= 1 << i;
	}
	return true;
}

/* Do two windows add up the same hours of the same years? */
static bool
adds_up_alike(const CeWindow *a, const CeWindow *b)
{
	return a->years == b->years && a->years_by == b->years_by &&
		a->cycle_from == b->cycle_from && a->has_sums == b->has_sums &&
		a->required_total == b->required_total &&
		a->required_public == b->required_public &&
		a->required_professional == b->required_professional &&
		a->each_at_least == b->each_at_least && a->judge == b->judge &&
		a->same_specialty == b->same_specialty;
}

/* The sum of a window, made if necessary; NULL: not here. */
static const Sum *
sum_of_window(const CeRoster *roster, SchemeGroup *group, const CeWindow *window)
{
	for (int k = 0; k < group->nsums; k++)
		if (adds_up_alike(group->sums[k].window, window))
			return &group->sums[k];
	if (group->nsums == MAX_SUMS ||
		!make_sum(roster, group, window, &group->sums[group->nsums]))
		return NULL;
	group->own_sums |= window->has_sums;
	return &group->sums[group->nsums++];
}

/* The levels' windows, for each kind of person. */
static void
find_windows(CeRoster *roster, SchemeGroup *group)
{
	int			year = ce_year_of(roster->as_of);
	CeLevel		level;

	for (int doctorate = 0; doctorate < 2; doctorate++)
		for (int held = 0; held <= CE_LEVELS; held++)
			for (int i = 0; i < CE_LEVELS; i++)
			{
				const CeWindow *window =
					ce_find_window(group->scheme, CE_ROUTE_REVIEW, CE_JUNIOR + i,
								   year, doctorate, held, &level);

				WindowYears *w = &group->windows[doctorate][held][i];

				w->window = window;
				if (window == NULL)
					continue;
				w->by_tenure = !ce_window_years(window, year, 0, &w->first, &w->last);
				if (window->aggregation == CE_SUM)
					w->sum = sum_of_window(roster, group, window);
				w->by_bits = !w->by_tenure && window->aggregation != CE_SUM &&
					!window->same_specialty && window->judge == NULL;
				if (w->by_bits)
				{
					w->shift = w->first - roster->from_year;
					w->all = (1 << (w->last - w->first + 1)) - 1;
					w->unknown = (group->unknown >> w->shift) & w->all;
				}
			}
}

static SchemeGroup *
add_group(CeRoster *roster, const CeScheme *scheme)
{
	static const CeCredit none;
	SchemeGroup	   *group = MemoryContextAllocZero(roster->context, sizeof(SchemeGroup));
	MemoryContext old_context = MemoryContextSwitchTo(roster->context);

	group->scheme = scheme;
	group->before = roster->nyears - ce_longest_window(scheme);
	group->nothing.marks = roster->ngroups << GROUP_SHIFT;
	for (int i = 0; i < roster->nyears; i++)
	{
		CeAssessment a;

		group->laws[i] = ce_year_law(scheme, roster->from_year + i);
		if (group->laws[i]->requirement == NULL)
			group->unknown |= 1 << i;
		ce_assess(group->laws[i], &none, NULL, &a);
		judge_year(group, i, &a, &group->nothing);
	}
	find_windows(roster, group);
	roster->nsums = Max(roster->nsums, group->nsums);
	*CE_ONE_MORE(roster->groups, roster->ngroups) = group;
	MemoryContextSwitchTo(old_context);
	return group;
}

/* The group of a scheme, NULL: nobody is under it. */
static inline SchemeGroup *
find_group(CeRoster *roster, const CeScheme *scheme)
{
	if (likely(roster->last_group->scheme == scheme))
		return roster->last_group;
	for (int i = 0; i < roster->ngroups; i++)
		if (roster->groups[i]->scheme == scheme)
			return roster->last_group = roster->groups[i];
	return NULL;
}

/* Who moved is evaluated singly, like those under other rules. */
static void
person_row(const Datum *values, const bool *nulls, void *arg)
{
	CeRoster   *roster = arg;
	const CeScheme *scheme;
	SchemeGroup	   *group;
	Line	   *line;

	if (roster->full ||
		(!nulls[CE_COL_PERSON_MOVED] && DatumGetBool(values[CE_COL_PERSON_MOVED])))
		return;
	scheme = ce_law_scheme_of(values[CE_COL_PERSON_SCHEME]);
	if (!scheme->governed)
		return;
	group = find_group(roster, scheme);
	if (group == NULL)
	{
		if (roster->ngroups == MAX_GROUPS)
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

static bool
any_bans(const CeRoster *roster)
{
	for (int i = 0; i < roster->ngroups; i++)
		if (roster->groups[i]->scheme->ban_years >= 0)
			return true;
	return false;
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
	roster->bans_known = !any_bans(roster) || ce_read_all_sanctions(sanction_row, roster);
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
	roster->sums = sums_create(CurrentMemoryContext, 256, NULL);
	roster->kept = kept_create(CurrentMemoryContext, 256, NULL);
	return read_everybody(roster, groups) ? roster : NULL;
}

/* ---------------------------------------------------------------------
 * Using it
 * ---------------------------------------------------------------------
 */

static inline const Line *
find_line(CeRoster *roster, const SchemeGroup *group, int64 person_id)
{
	int64		number = person_id >> BLOCK_BITS;

	if (roster->last == NULL || roster->last->number != number)
	{
		RosterBlock *block = roster_lookup(roster->blocks, number);

		if (block == NULL)
			return &group->nothing;
		roster->last = block;
	}
	return &roster->last->lines[person_id & (BLOCK_LINES - 1)];
}

/* What a person lacks of a sum. */
static const Missing *
find_missing(CeRoster *roster, const SchemeGroup *group, const Sum *sum, int64 person_id)
{
	int64		number = person_id >> BLOCK_BITS;

	if (roster->last_sums == NULL || roster->last_sums->number != number)
	{
		SumBlock   *block = sums_lookup(roster->sums, number);

		if (block == NULL)
			return &sum->nothing;
		roster->last_sums = block;
	}
	return &roster->last_sums->missing[(person_id & (BLOCK_LINES - 1)) * roster->nsums +
									   (sum - group->sums)];
}

static CeOutcome
judge_sum(const CeWindow *window, const Sum *sum, const Missing *missing)
{
	if (!sum->known)
		return CE_OUTCOME_NO_RULE;
	return missing->professional <= 0 &&
		(window->professional_only ||
		 (missing->public_hours <= 0 && missing->total <= 0 &&
		  missing->floors == sum->floors)) ?
		CE_OUTCOME_ELIGIBLE : CE_OUTCOME_NOT_ELIGIBLE;
}

/* The outcome of a window of each or any year. */
static inline bool
judge_bits(const CeRoster *roster, const SchemeGroup *group, const Line *line,
		   const CeWindow *window, int first, int last, CeOutcome *outcome)
{
	int			before = first - roster->from_year;
	unsigned	all = (1 << (last - first + 1)) - 1;

	if (window->judge != NULL)
		return false;
	*outcome = ce_judge_bits(window, last - first + 1,
							 ((window->professional_only ? line->professional : line->met) >> before) & all,
							 (group->unknown >> before) & all);
	return true;
}

/* The outcome by a line's years; false: they do not suffice. */
static inline bool
judge_line(CeRoster *roster, const SchemeGroup *group, const CePerson *person,
		   const Line *line, uint16 marks, const WindowYears *w, CeOutcome *outcome)
{
	const CeWindow *window = w->window;
	const Sum  *sum = w->sum;
	int			first = w->first;
	int			last = w->last;

	if (likely(w->by_bits))
	{
		if ((marks & UNSURE) != 0)
			return false;
		*outcome = ce_judge_bits(window, last - first + 1,
								 ((window->professional_only ? line->professional : line->met) >> w->shift) & w->all,
								 w->unknown);
		return *outcome == CE_OUTCOME_ELIGIBLE || (marks & (WAITING | ACHIEVED)) == 0;
	}
	*outcome = CE_OUTCOME_NO_RULE;
	if (window == NULL ||
		(unlikely(w->by_tenure) &&
		 !ce_window_years(window, last, ce_held_year(person, roster->as_of), &first, &last)))
		return true;
	if (window->same_specialty || (marks & UNSURE) != 0)
		return false;
	if (window->aggregation == CE_SUM)
	{
		if (sum == NULL || (marks & UNSUMMED) != 0)
			return false;
		*outcome = judge_sum(window, sum,
							 find_missing(roster, group, sum, person->person_id));
	}
	else if (!judge_bits(roster, group, line, window, first, last, outcome))
		return false;
	/* Attested or waiting hours may change "not eligible". */
	return *outcome == CE_OUTCOME_ELIGIBLE || (marks & (WAITING | ACHIEVED)) == 0;
}

int
ce_roster_judge(CeRoster *roster, const CePerson *person, CeOutcome *outcomes)
{
	const SchemeGroup *group = find_group(roster, person->scheme);
	const Line *line = find_line(roster, group, person->person_id);
	uint16		marks = line->marks | roster->everybody;
	bool		doctorate = ce_has_doctorate(person, roster->as_of);
	int			held = ce_held_level(person, roster->as_of);
	const WindowYears *windows = group->windows[doctorate][held];
	int			open = 0;

	if ((person->sanctioned && !roster->bans_known) || group_of(roster, line) != group)
		return (1 << CE_LEVELS) - 1;
	if (!person->has_held_since)
		marks &= ~ACHIEVED;		/* no tenure in which they could count */
	for (int i = 0; i < CE_LEVELS; i++)
	{
		if (person->sanctioned && (marks & BANNED) != 0)
			outcomes[i] = CE_OUTCOME_BANNED;
		else if (!judge_line(roster, group, person, line, marks, &windows[i], &outcomes[i]))
			open |= 1 << i;
	}
	return open;
}

void
ce_roster_tell(CeRoster *roster, CePersonYears *years)
{
	static const CeCredit none[CE_MAX_WINDOW_YEARS];
	const CePerson *person = years->person;
	const SchemeGroup *group = find_group(roster, person->scheme);
	const Line *line = find_line(roster, group, person->person_id);
	uint16		marks = line->marks | roster->everybody;
	Kept	   *kept;

	if (group_of(roster, line) != group)
		return;
	/* A ban in force would have decided the outcome already. */
	years->ban_read = person->sanctioned && roster->bans_known && (marks & BANNED) == 0;
	if ((marks & UNSURE) != 0 || (line->marks & (WAITING | ACHIEVED)) == 0)
		return;
	kept = kept_lookup(roster->kept, person->person_id);
	years->credits = kept != NULL ? kept->credits + group->before :
		roster->kept_all ? none : NULL;
	years->whole = years->credits != NULL;
	years->waiting_read = (marks & WAITING) == 0;
	years->attested_read = (marks & ACHIEVED) == 0;
}

bool
ce_roster_has(CeRoster *roster, const CeScheme *scheme)
{
	return find_group(roster, scheme) != NULL;
}

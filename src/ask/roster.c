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

#include "compat.h"

/* A person: bit i stands for the year from_year + i. */
typedef struct Line
{
	uint16		met;			/* as a window of whole years requires (4.1) */
	uint16		professional;	/* as one for professional hours requires */
	uint16		marks;
} Line;

#define UNSURE 1				/* some year was changed after the day */
#define WAITING 2				/* something may wait for verification */
#define ACHIEVED 4				/* there are achievements (5.2.5) */
#define BANNED 8				/* 6.2b */

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

struct CeRoster
{
	const CeScheme *scheme;
	DateADT		as_of;
	int			from_year;
	int			nyears;
	const CeYearLaw *laws[CE_MAX_WINDOW_YEARS];
	uint16		unknown;		/* years without a requirement */
	/* by doctorate, level held, level asked for; NULL: the law has none */
	const CeWindow *windows[2][CE_LEVELS + 1][CE_LEVELS];
	Line		nothing;		/* the line of a person without rows */
	uint16		everybody;		/* flags for what could not be read */
	bool		bans_known;
	roster_hash *blocks;
	RosterBlock *last;			/* the last block used */
	kept_hash  *kept;
	Size		room;			/* bytes left for blocks */
	bool		full;			/* out of space */
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
				block->lines[i] = roster->nothing;
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

/* Sets the bit of a year by its credit. */
static inline void
judge_year(const CeRoster *roster, int i, const CeCredit *credit, Line *line)
{
	CeAssessment a;
	uint16		bit = 1 << i;

	ce_assess(roster->laws[i], credit, NULL, &a);
	line->met = ce_law_met(roster->laws[i], &a, false) ?
		line->met | bit : line->met & ~bit;
	line->professional = ce_law_met(roster->laws[i], &a, true) ?
		line->professional | bit : line->professional & ~bit;
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
	if (roster->laws[i]->requirement != NULL)
		judge_year(roster, i, &credit, line);
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
	CeBan		ban;

	if (ce_ban_of_row(values, nulls, roster->scheme, roster->as_of, &ban))
		mark(roster, DatumGetInt64(values[CE_COL_SANCTION_PERSON_ID]), BANNED);
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

/* The levels' windows, for each kind of person. */
static void
find_windows(CeRoster *roster, int year)
{
	CeLevel		level;

	for (int doctorate = 0; doctorate < 2; doctorate++)
		for (int held = 0; held <= CE_LEVELS; held++)
			for (int i = 0; i < CE_LEVELS; i++)
				roster->windows[doctorate][held][i] =
					ce_find_window(roster->scheme, CE_ROUTE_REVIEW, CE_JUNIOR + i,
								   year, doctorate, held, &level);
}

/* Reads all persons; false: not possible. */
static bool
read_everybody(CeRoster *roster)
{
	/* Whose credits are kept must be known before the accounts are read. */
	if (!ce_read_all_waiting(waiting_person, roster))
		roster->everybody |= WAITING;
	if (!ce_read_all_achievements(achievement_row, roster))
		roster->everybody |= ACHIEVED;
	roster->bans_known = roster->scheme->ban_years < 0 ||
		ce_read_all_sanctions(sanction_row, roster);
	return !roster->full && ce_read_all_accounts(account_row, roster) &&
		!roster->full;
}

CeRoster *
ce_roster_make(const CeScheme *scheme, DateADT as_of)
{
	int			year = ce_year_of(as_of);
	CeRoster   *roster = palloc0(sizeof(CeRoster));
	CeCredit	none;

	roster->scheme = scheme;
	roster->as_of = as_of;
	roster->nyears = ce_longest_window(scheme);
	roster->from_year = year - roster->nyears + 1;
	ce_credit_zero(&none);
	for (int i = 0; i < roster->nyears; i++)
	{
		roster->laws[i] = ce_year_law(scheme, roster->from_year + i);
		if (roster->laws[i]->requirement == NULL)
			roster->unknown |= 1 << i;
		judge_year(roster, i, &none, &roster->nothing);
	}
	find_windows(roster, year);

	roster->context = CurrentMemoryContext;
	roster->room = get_hash_memory_limit();
	roster->room_to_keep = roster->room / 2;
	roster->kept_all = true;
	roster->blocks = roster_create(CurrentMemoryContext, 1024, NULL);
	roster->kept = kept_create(CurrentMemoryContext, 256, NULL);
	return read_everybody(roster) ? roster : NULL;
}

/* ---------------------------------------------------------------------
 * Using it
 * ---------------------------------------------------------------------
 */

static inline const Line *
find_line(CeRoster *roster, int64 person_id)
{
	int64		number = person_id >> BLOCK_BITS;

	if (roster->last == NULL || roster->last->number != number)
	{
		RosterBlock	   *block = roster_lookup(roster->blocks, number);

		if (block == NULL)
			return &roster->nothing;
		roster->last = block;
	}
	return &roster->last->lines[person_id & (BLOCK_LINES - 1)];
}

/* The outcome by a line's years; false: they do not suffice. */
static inline bool
judge_line(const CeRoster *roster, const Line *line, uint16 marks,
		   const CeWindow *window, int held_year, CeOutcome *outcome)
{
	int			first;
	int			last;
	int			before;			/* years of the line before the window's */
	unsigned	all;

	*outcome = CE_OUTCOME_NO_RULE;
	if (window == NULL ||
		!ce_window_years(window, roster->from_year + roster->nyears - 1, held_year,
						 &first, &last))
		return true;
	if (window->aggregation == CE_SUM || window->same_specialty ||
		window->judge != NULL || (marks & UNSURE) != 0)
		return false;
	before = first - roster->from_year;
	all = (1 << (last - first + 1)) - 1;
	*outcome = ce_judge_bits(window, last - first + 1,
							 ((window->professional_only ? line->professional : line->met) >> before) & all,
							 (roster->unknown >> before) & all);
	/* Attested or waiting hours may change "not eligible". */
	return *outcome == CE_OUTCOME_ELIGIBLE || (marks & (WAITING | ACHIEVED)) == 0;
}

int
ce_roster_judge(CeRoster *roster, const CePerson *person, CeOutcome *outcomes)
{
	const Line *line = find_line(roster, person->person_id);
	uint16		marks = line->marks | roster->everybody;
	const CeWindow **windows = roster->windows[ce_has_doctorate(person, roster->as_of)]
		[ce_held_level(person, roster->as_of)];
	int			held_year = ce_held_year(person, roster->as_of);
	int			open = 0;

	if (person->sanctioned && !roster->bans_known)
		return (1 << CE_LEVELS) - 1;
	if (!person->has_held_since)
		marks &= ~ACHIEVED;		/* no tenure in which they could count */
	for (int i = 0; i < CE_LEVELS; i++)
	{
		if (person->sanctioned && (marks & BANNED) != 0)
			outcomes[i] = CE_OUTCOME_BANNED;
		else if (!judge_line(roster, line, marks, windows[i], held_year,
							 &outcomes[i]))
			open |= 1 << i;
	}
	return open;
}

void
ce_roster_tell(CeRoster *roster, CePersonYears *years)
{
	static const CeCredit none[CE_MAX_WINDOW_YEARS];
	const CePerson *person = years->person;
	const Line *line = find_line(roster, person->person_id);
	uint16		marks = line->marks | roster->everybody;
	Kept	   *kept;

	/* A ban in force would have decided the outcome already. */
	years->ban_read = person->sanctioned && roster->bans_known && (marks & BANNED) == 0;
	if ((marks & UNSURE) != 0 || (line->marks & (WAITING | ACHIEVED)) == 0)
		return;
	kept = kept_lookup(roster->kept, person->person_id);
	years->credits = kept != NULL ? kept->credits : roster->kept_all ? none : NULL;
	years->whole = years->credits != NULL;
	years->waiting_read = (marks & WAITING) == 0;
	years->attested_read = (marks & ACHIEVED) == 0;
}

const CeScheme *
ce_roster_scheme(const CeRoster *roster)
{
	return roster->scheme;
}

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

#include "ask/roster.h"
#include "record/credits.h"

#include "compat.h"

/* A person: bit i stands for the year from_year + i. */
typedef struct Line
{
	uint16		met;			/* as a window of whole years asks (4.1) */
	uint16		professional;	/* as one for professional hours alone asks */
	uint16		marks;
} Line;

#define UNSURE 1				/* some year was changed after the day */
#define WAITING 2				/* something may wait for verification */
#define ACHIEVED 4				/* there are achievements (5.2.5) */
#define BANNED 8				/* 6.2b */

/*
 * Persons with neighbouring numbers lie together, a block filling a cache
 * line: who reads a table in the order in which it was filled finds the next
 * person beside the last one.
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

/* The credits of one who may not be answered by the years alone. */
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

/* A window as a question to a line. */
typedef struct Rule
{
	const CeWindow *window;		/* NULL: the law has none */
	uint16		years;
	uint16		unknown;		/* of these: without a requirement */
	bool		any;
	bool		professional;
	bool		beyond;			/* asks what a line does not tell */
} Rule;

struct CeRoster
{
	const CeScheme *scheme;
	DateADT		as_of;
	int			from_year;
	int			nyears;
	CeYearLaw	laws[CE_MAX_WINDOW_YEARS];
	/* by doctorate, level held, level asked for */
	Rule		rules[2][CE_LEVELS + 1][CE_LEVELS];
	Line		nothing;		/* the line of a person without a record */
	uint16		everybody;		/* marks of what could not be read */
	bool		bans_known;
	roster_hash *blocks;
	RosterBlock *last;			/* the block looked at last */
	kept_hash  *kept;
	Size		room;			/* left for blocks, in bytes */
	bool		full;			/* it did not suffice */
	Size		room_to_keep;
	bool		kept_all;
	MemoryContext context;
};

/* ---------------------------------------------------------------------
 * Making it
 * ---------------------------------------------------------------------
 */

/* A person's line, which is made if there is none; NULL: no room. */
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

/* Sets the bit of a year by what is in it. */
static inline void
judge_year(const CeRoster *roster, int i, const CeCredit *credit, Line *line)
{
	CeAssessment a;
	uint16		bit = 1 << i;

	ce_assess_by(&roster->laws[i], credit, NULL, &a);
	line->met = a.met ? line->met | bit : line->met & ~bit;
	line->professional = roster->laws[i].requirement != NULL && a.professional_short == 0 ?
		line->professional | bit : line->professional & ~bit;
}

/*
 * The credits of a person to be evaluated, none so far; NULL: no room for any
 * of them, so that whose credits are kept at all has all of them.
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
	if (roster->laws[i].requirement != NULL)
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
	DateADT		from;
	DateADT		until;

	if (ce_ban_of_row(values, nulls, roster->scheme, roster->as_of, &from, &until))
		mark(roster, DatumGetInt64(values[CE_COL_SANCTION_PERSON_ID]), BANNED);
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

/* How the levels' windows ask, for each kind of person. */
static void
find_rules(CeRoster *roster, int year)
{
	uint16		known = 0;

	for (int i = 0; i < roster->nyears; i++)
		if (roster->laws[i].requirement != NULL)
			known |= 1 << i;
	for (int doctorate = 0; doctorate < 2; doctorate++)
		for (int held = 0; held <= CE_LEVELS; held++)
			for (int i = 0; i < CE_LEVELS; i++)
			{
				Rule	   *rule = &roster->rules[doctorate][held][i];
				CeLevel		level;
				const CeWindow *w = ce_find_window(roster->scheme, CE_ROUTE_REVIEW,
												   CE_JUNIOR + i, year,
												   doctorate, held, &level);

				rule->window = w;
				if (w == NULL)
					continue;
				rule->years = ((1 << w->years) - 1) << (roster->nyears - w->years);
				rule->unknown = rule->years & ~known;
				rule->any = w->aggregation == CE_ANY;
				rule->professional = w->professional_only;
				rule->beyond = w->aggregation == CE_SUM || w->same_specialty;
			}
}

/* Reads everybody; false: cannot be done. */
static bool
read_everybody(CeRoster *roster)
{
	/* Whose credits are to be kept must be known before the accounts come. */
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
	CePersonYears windows;
	CeCredit	none;

	ce_person_years_begin(&windows, scheme);
	roster->scheme = scheme;
	roster->as_of = as_of;
	roster->nyears = windows.nyears;
	roster->from_year = year - roster->nyears + 1;
	ce_credit_zero(&none);
	for (int i = 0; i < roster->nyears; i++)
	{
		ce_year_law(scheme, roster->from_year + i, &roster->laws[i]);
		judge_year(roster, i, &none, &roster->nothing);
	}
	find_rules(roster, year);

	roster->context = CurrentMemoryContext;
	roster->room = get_hash_memory_limit();
	roster->room_to_keep = roster->room / 2;
	roster->kept_all = true;
	roster->blocks = roster_create(CurrentMemoryContext, 1024, NULL);
	roster->kept = kept_create(CurrentMemoryContext, 256, NULL);
	return read_everybody(roster) ? roster : NULL;
}

/* ---------------------------------------------------------------------
 * Asking it
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

/* As judge() in eligibility.c would; false: the line does not suffice. */
static inline bool
judge_line(const Line *line, uint16 marks, const Rule *rule, CeOutcome *outcome)
{
	uint16		met = rule->years & (rule->professional ? line->professional : line->met);

	if (rule->window == NULL)
		*outcome = CE_OUTCOME_NO_RULE;
	else if (rule->beyond || (marks & UNSURE) != 0)
		return false;
	else if (rule->any ? met != 0 : met == rule->years)
		*outcome = CE_OUTCOME_ELIGIBLE;
	else if ((marks & (WAITING | ACHIEVED)) != 0)
		return false;			/* attested hours or a wait may turn it */
	else if (rule->any ? rule->unknown != 0 : (met | rule->unknown) == rule->years)
		*outcome = CE_OUTCOME_NO_RULE;
	else
		*outcome = CE_OUTCOME_NOT_ELIGIBLE;
	return true;
}

int
ce_roster_judge(CeRoster *roster, const CePerson *person, CeOutcome *outcomes)
{
	const Line *line = find_line(roster, person->person_id);
	uint16		marks = line->marks | roster->everybody;
	const Rule *rules = roster->rules[ce_has_doctorate(person, roster->as_of)]
		[ce_held_level(person, roster->as_of)];
	int			open = 0;

	if (person->sanctioned && !roster->bans_known)
		return (1 << CE_LEVELS) - 1;
	if (!person->has_held_since)
		marks &= ~ACHIEVED;		/* no tenure that they could lie in */
	for (int i = 0; i < CE_LEVELS; i++)
	{
		if (person->sanctioned && (marks & BANNED) != 0)
			outcomes[i] = CE_OUTCOME_BANNED;
		else if (!judge_line(line, marks, &rules[i], &outcomes[i]))
			open |= 1 << i;
	}
	return open;
}

void
ce_roster_tell(CeRoster *roster, const CePerson *person, CePersonYears *known)
{
	const Line *line = find_line(roster, person->person_id);
	uint16		marks = line->marks | roster->everybody;
	Kept	   *kept;

	if (person->sanctioned && roster->bans_known && (marks & BANNED) == 0)
	{
		known->ban_read = true;
		known->banned = false;
	}
	if ((marks & UNSURE) != 0 || (line->marks & (WAITING | ACHIEVED)) == 0)
		return;
	kept = kept_lookup(roster->kept, person->person_id);
	if (kept != NULL)
		memcpy(known->credits, kept->credits, roster->nyears * sizeof(CeCredit));
	else if (roster->kept_all)
		memset(known->credits, 0, roster->nyears * sizeof(CeCredit));
	known->credits_read = known->whole = kept != NULL || roster->kept_all;
	if ((marks & WAITING) == 0)
	{
		known->waiting_read = true;
		known->nwaiting = 0;
	}
	if ((marks & ACHIEVED) == 0)
	{
		known->attested_read = true;
		known->any_attested = false;
	}
}

const CeScheme *
ce_roster_scheme(const CeRoster *roster)
{
	return roster->scheme;
}

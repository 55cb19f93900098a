/*-------------------------------------------------------------------------
 *
 * roster_judge.c
 *	  The outcomes of everybody, by the years that each person has met.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "ask/roster_lines.h"

#include "compat.h"

static inline const CeRosterLine *
find_line(CeRoster *roster, const CeRosterGroup *group, int64 person_id)
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
static const CeMissing *
find_missing(CeRoster *roster, const CeRosterGroup *group, const CeRosterSum *sum, int64 person_id)
{
	int64		number = person_id >> BLOCK_BITS;

	if (roster->last_sums == NULL || roster->last_sums->id != number)
	{
		CeIdEntry  *block = ce_ids_lookup(roster->sums, number);

		if (block == NULL)
			return &sum->nothing;
		roster->last_sums = block;
	}
	return (const CeMissing *) roster->last_sums->data +
		(person_id & (BLOCK_LINES - 1)) * roster->nsums + (sum - group->sums);
}

/* The outcome by a line's years; false: they do not suffice. */
static inline bool
judge_line(CeRoster *roster, const CeRosterGroup *group, const CePerson *person,
		   const CeRosterLine *line, uint16 marks, const CeWindowYears *w, CeOutcome *outcome)
{
	const CeWindow *window = w->window;
	CeWindowYears own;

	*outcome = CE_OUTCOME_NO_RULE;
	if (window == NULL)
		return true;
	if (unlikely(w->by_tenure))
	{
		int			first;
		int			last = roster->from_year + roster->nyears - 1;

		if (!ce_window_years(window, last, ce_held_year(person, roster->as_of), &first, &last))
			return true;
		if (first > last)
		{
			*outcome = CE_OUTCOME_ELIGIBLE; /* no year is owed yet */
			return true;
		}
		own = *w;
		ce_set_window_years(group, first - roster->from_year, last - roster->from_year, &own);
		w = &own;
	}
	if (w->undecided || (marks & UNSURE) != 0)
		return false;
	if (unlikely(w->sum != NULL))
	{
		if ((marks & UNSUMMED) != 0)
			return false;
		*outcome = ce_roster_sum_judge(window, w->sum,
									   find_missing(roster, group, w->sum, person->person_id));
	}
	else
		*outcome = ce_judge_bits(window, w->nyears,
								 ((window->professional_only ? line->professional : line->met) >> w->shift) & w->all,
								 w->unknown);
	/* Attested or waiting hours may change "not eligible". */
	return *outcome == CE_OUTCOME_ELIGIBLE || (marks & (WAITING | ACHIEVED)) == 0;
}

int
ce_roster_judge(CeRoster *roster, const CePerson *person, CeOutcome *outcomes)
{
	const CeRosterGroup *group = find_group(roster, person->scheme);
	const CeRosterLine *line = find_line(roster, group, person->person_id);
	uint16		marks = line->marks | roster->everybody;
	bool		doctorate = ce_has_doctorate(person, roster->as_of);
	int			held = ce_held_level(person, roster->as_of);
	const CeWindowYears *windows = group->windows[doctorate][held];
	int			open = 0;

	if ((person->sanctioned && !roster->bans_known) || group_of(roster, line) != group)
		return (1 << CE_LEVELS) - 1;
	if (!person->has_held_since && !ce_law_archives())
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
	const CeRosterGroup *group = find_group(roster, person->scheme);
	const CeRosterLine *line = find_line(roster, group, person->person_id);
	uint16		marks = line->marks | roster->everybody;
	CeIdEntry  *kept;

	if (group_of(roster, line) != group)
		return;
	/* A ban in force would have decided the outcome already. */
	years->ban_read = person->sanctioned && roster->bans_known && (marks & BANNED) == 0;
	if ((marks & UNSURE) != 0 || (line->marks & (WAITING | ACHIEVED)) == 0)
		return;
	kept = ce_ids_lookup(roster->kept, person->person_id);
	years->credits = kept != NULL ? (CeCredit *) kept->data + group->before :
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

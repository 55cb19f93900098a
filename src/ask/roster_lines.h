/*-------------------------------------------------------------------------
 *
 * roster_lines.h
 *	  What a roster keeps of each person, for roster.c and roster_judge.c.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_ROSTER_LINES_H
#define CE_ROSTER_LINES_H

#include "ask/roster.h"
#include "ask/roster_group.h"
#include "store/id_map.h"

#define UNSURE 1				/* some year was changed after the day */
#define WAITING 2				/* something may wait for verification */
#define ACHIEVED 4				/* there are achievements (5.2.5) */
#define BANNED 8				/* 6.2b */
#define UNSUMMED 16				/* the years cannot be added up here */

/*
 * Persons with adjacent ids are stored together, a block filling a cache line:
 * a scan in the order of insertion finds the next person beside the last one.
 */
#define BLOCK_BITS 3
#define BLOCK_LINES (1 << BLOCK_BITS)

typedef struct RosterBlock
{
	int64		number;			/* of the persons >> BLOCK_BITS */
	CeRosterLine lines[BLOCK_LINES];
	char		status;			/* simplehash's */
} RosterBlock;

#define SH_PREFIX roster
#define SH_ELEMENT_TYPE RosterBlock
#define SH_KEY_TYPE int64
#define SH_KEY number
#define SH_HASH_KEY CE_HASH_OF_ID
#define SH_EQUAL(tb, a, b) ((a) == (b))
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

struct CeRoster
{
	DateADT		as_of;
	int			from_year;
	int			nyears;
	int			ngroups;
	CeRosterGroup **groups;
	CeRosterGroup *last_group;	/* the last one asked for */
	int			nsums;			/* the most of a group */
	uint16		everybody;		/* flags for what could not be read */
	bool		has_bans;		/* of some group's law */
	bool		bans_known;
	roster_hash *blocks;
	RosterBlock *last;			/* the last block used */
	ce_ids_hash *sums;			/* CeMissing by block; few laws ask for sums */
	CeIdEntry  *last_sums;
	ce_ids_hash *kept;			/* CeCredit by person whose years do not decide */
	Size		room;			/* bytes left for blocks */
	bool		full;			/* out of space, or of groups */
	Size		room_to_keep;
	bool		kept_all;
	CeCredit	credit;			/* of the account that is being read */
	MemoryContext context;
};

static inline CeRosterGroup *
group_of(const CeRoster *roster, const CeRosterLine *line)
{
	return roster->groups[line->marks >> CE_GROUP_SHIFT];
}

/* The group of a scheme, NULL: nobody is under it. */
static inline CeRosterGroup *
find_group(CeRoster *roster, const CeScheme *scheme)
{
	if (likely(roster->last_group->scheme == scheme))
		return roster->last_group;
	for (int i = 0; i < roster->ngroups; i++)
		if (roster->groups[i]->scheme == scheme)
			return roster->last_group = roster->groups[i];
	return NULL;
}

#endif							/* CE_ROSTER_LINES_H */

/*-------------------------------------------------------------------------
 *
 * attested.h
 *	  Achievements that the employer attests for a title (5.2.5, 7.3c).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_ATTESTED_H
#define CE_ATTESTED_H

#include "nodes/pg_list.h"

#include "law/assess.h"
#include "record/person_rows.h"

/*
 * The attested hours of the years from_year..to_year for a query as of a day
 * under a scheme.  specialty: count only those of it or close to it (4.2.3),
 * NULL: all.  or_not: include those not yet attested.  Returns whether
 * anything was added.
 */
extern bool ce_attested(const CePerson *person, const CeScheme *scheme,
						DateADT as_of, int from_year, int to_year,
						const Datum *specialty, bool or_not, CeAttested *years);

/* All hours attested of a year, before caps. */
extern CeHours ce_attested_hours(const CeAttested *attested);

/* A year of an achievement that a law puts into the archive. */
typedef struct CeArchived
{
	int64		achievement_id;
	DateADT		achieved_on;
	int			year;
	const CeRule *rule;
	const char *category;
	CeHours		hours;			/* before caps */
	CeCredit	credit;			/* of these hours, and what it deems */
} CeArchived;

/* All of a person's, as of a day: CeArchived. */
extern List *ce_archived(int64 person_id, DateADT as_of);

#endif							/* CE_ATTESTED_H */

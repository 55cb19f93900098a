/*-------------------------------------------------------------------------
 *
 * person_years.h
 *	  The data of some years of a person, as of a day.
 *
 * Each part is read on first use, and cached for further questions about the
 * same years.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_PERSON_YEARS_H
#define CE_PERSON_YEARS_H

#include "law/assess.h"
#include "law/bans.h"
#include "record/person_rows.h"

typedef struct CePersonYears
{
	const CePerson *person;
	const CeScheme *scheme;		/* of the day asked about; windows and bans go by it */
	bool		one_scheme;		/* it judges every year */
	bool		what_if;		/* a scheme stands in for one of the person's */
	DateADT		as_of;
	int			from_year;
	int			nyears;
	bool		of_specialty;	/* only hours of one, or close to it (4.2.3) */
	const Datum *specialty;		/* this one; NULL: nothing matches */
	/* what was read; callers that have a part set it, too */
	bool		ban_read;
	bool		banned;
	CeBan		ban;			/* the longest of those in force */
	bool		whole;			/* the result of ce_read_credits */
	const CeCredit *credits;	/* NULL: not read */
	bool		waiting_read;
	const CeCredit *with_waiting;	/* NULL: nothing waits */
	bool		attested_read;
	const CeAttested *attested; /* NULL: none */
	CeCredit	room_for_credits[CE_MAX_WINDOW_YEARS];
	CeCredit	room_for_waiting[CE_MAX_WINDOW_YEARS];
	CeAttested	room_for_attested[CE_MAX_WINDOW_YEARS];
} CePersonYears;

/*
 * Initialize, without reading.  scheme: judge as if the person were, and always
 * had been, under it; NULL: by the person's own schemes.
 */
extern void ce_person_years_begin(CePersonYears *years, const CePerson *person,
								  const CeScheme *scheme, DateADT as_of,
								  int from_year, int to_year);

/* The law that judges a year. */
static inline const CeYearLaw *
ce_years_law(const CePersonYears *years, int year)
{
	return ce_year_law(years->one_scheme ? years->scheme :
					   ce_scheme_in_year(years->person, year, years->as_of), year);
}

/* Is a ban in force on the day (6.2b)? */
extern bool ce_years_banned(CePersonYears *years);

/* For each year: credits verified on the day; with those waiting (AMB-31) */
extern const CeCredit *ce_years_credits(CePersonYears *years);
extern const CeCredit *ce_years_with_waiting(CePersonYears *years);

/* and attested hours for a title (7.3d).  NULL from these two: none. */
extern const CeAttested *ce_years_attested(CePersonYears *years);

/*
 * A year of a person whose row of ce_person the caller has, as arguments of an
 * SQL function: person_id, org_id, scheme, held_since, year, credit, achieved
 * (there are achievements) and as_of.
 */
typedef struct CeYearArgs
{
	CePerson	person;
	CePersonYears years;
	const CeYearLaw *law;
	CeCredit	credit;
	const CeAttested *attested; /* NULL: none */
} CeYearArgs;

/* Reads them, starting at an argument; false: one other than held_since is null. */
extern bool ce_year_args(FunctionCallInfo fcinfo, int arg, bool moved, CeYearArgs *of);

#endif							/* CE_PERSON_YEARS_H */

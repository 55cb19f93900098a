/*-------------------------------------------------------------------------
 *
 * assess.h
 *	  What a year's law makes of a credit: recognised hours, met or short.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_ASSESS_H
#define CE_ASSESS_H

#include "law/law.h"

/* What the employer attests for a title, on top of the archive (7.3d). */
typedef struct CeAttested
{
	CeHours		hours;			/* professional (5.2.5) */
	bool		deems_professional; /* an award within the tenure (5.2.5(4)) */
} CeAttested;

typedef struct CeAssessment
{
	/* recorded after caps and allocations, with attested hours if asked */
	CeHours		public_hours;
	CeHours		professional_hours;
	CeHours		recognised_mentoring;
	CeHours		attested_hours; /* of these: attested, as far as a cap lets */
	bool		public_deemed;
	bool		professional_deemed;
	/* the same, a deemed subject counting as its minimum at least */
	CeHours		public_got;
	CeHours		professional_got;
	CeHours		total_got;
	/* what is missing; all 0 when met */
	CeHours		public_short;
	CeHours		professional_short;
	CeHours		total_short;
	bool		met;
} CeAssessment;

/*
 * The recognised hours of one category in a year (5.2.4c).  The online
 * courses of national bases belong to the category of CE_CATEGORY_ONLINE.
 */
extern CeHours ce_recognised(const CeScheme *scheme, int year, CeCategory category,
							 const CeCredit *credit);

/* The law of a year, found once for the many credits of it. */
typedef struct CeYearLaw
{
	const CeRequirement *requirement;	/* or NULL */
	CeHours		cap[CE_CATEGORIES];	/* the greatest CeHours: none */
} CeYearLaw;

extern void ce_year_law(const CeScheme *scheme, int year, CeYearLaw *law);
extern void ce_assess_by(const CeYearLaw *law, const CeCredit *credit,
						 const CeAttested *attested, CeAssessment *assessment);

/*
 * Assess a year; attested may be NULL (the archive, 4.1).  Without a
 * requirement (NULL) nothing is met or short.
 */
extern void ce_assess(const CeScheme *scheme, const CeRequirement *requirement,
					  int year, const CeCredit *credit,
					  const CeAttested *attested, CeAssessment *assessment);

#endif							/* CE_ASSESS_H */

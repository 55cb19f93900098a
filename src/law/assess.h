/*-------------------------------------------------------------------------
 *
 * assess.h
 *	  Assessing a credit by a year's law: recognised hours, met or short.
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
	/* after caps and allocations, with attested hours if given */
	CeHours		public_hours;
	CeHours		professional_hours;
	CeHours		recognised_mentoring;
	CeHours		attested_hours; /* of these: attested, capped */
	bool		public_deemed;
	bool		professional_deemed;
	/* the same, a deemed subject counting as at least its minimum */
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
 * Assess a year; attested may be NULL (the archive, 4.1).  A year without a
 * requirement is neither met nor short.
 */
extern void ce_assess(const CeYearLaw *law, const CeCredit *credit,
					  const CeAttested *attested, CeAssessment *assessment);

/* Is a year met (4.1), or only its professional part? */
static inline bool
ce_law_met(const CeYearLaw *law, const CeAssessment *assessment,
		   bool professional_only)
{
	return professional_only ?
		law->requirement != NULL && assessment->professional_short == 0 : assessment->met;
}

#endif							/* CE_ASSESS_H */

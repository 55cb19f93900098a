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

/*
 * What the employer attests of a year, on top of the account: for a title
 * (7.3d), and the part of it that counts in the archive, too, where a law says
 * so.
 */
typedef struct CeAttested
{
	CeCredit	title;
	CeCredit	archive;
	const CeCitation *citation; /* of the rule that gave the first of it */
} CeAttested;

typedef struct CeAssessment
{
	/* after caps and allocations, with attested hours if given */
	CeHours		public_hours;
	CeHours		professional_hours;
	CeHours		own_hours;		/* of subjects that ce_category adds */
	CeHours		recognised_mentoring;
	CeHours		attested_hours; /* of these: attested, capped */
	bool		public_deemed;
	bool		professional_deemed;
	bool		whole_deemed;	/* the year is, whatever the hours */
	bool		waived;			/* a waiver takes something off the year */
	bool		whole_waived;	/* the year, and so all subjects */
	bool		public_waived;
	bool		professional_waived;
	/* the year's requirement less what a waiver takes off it */
	CeHours		public_required;
	CeHours		professional_required;
	CeHours		total_required;
	/* the same, a deemed subject counting as at least its minimum */
	CeHours		public_got;
	CeHours		professional_got;
	CeHours		total_got;
	/* what is missing; all 0 when met */
	CeHours		public_short;
	CeHours		professional_short;
	CeHours		total_short;
	bool		minima_met;		/* those of ce_minimum */
	bool		met;
	/* for each minimum of the year's law; got: at least it, if deemed */
	CeHours		minimum_hours[CE_NODES];
	CeHours		minimum_short[CE_NODES];
} CeAssessment;

/* All hours of a year, after caps. */
static inline CeHours
ce_all_hours(const CeAssessment *a)
{
	return ce_hours_add(ce_hours_add(a->public_hours, a->professional_hours),
						a->own_hours);
}

/* Is the subject of a root of the tree waived (AMB-35)? */
static inline bool
ce_is_waived(const CeAssessment *a, int root)
{
	return root == CE_CATEGORY_PUBLIC ? a->public_waived :
		root == CE_NODE_PROFESSIONAL ? a->professional_waived : a->whole_waived;
}

/*
 * Assess a year; attested may be NULL (the account alone).  A year without a
 * requirement is neither met nor short.
 */
extern void ce_assess(const CeYearLaw *law, const CeCredit *credit,
					  const CeCredit *attested, CeAssessment *assessment);

/*
 * Reduce the hours of one activity to what the caps of its categories, and of
 * those above them, have left after earlier ones (AMB-16); used: by node, what
 * these took.  Returns a cap that reduced them, or NULL.
 */
extern const CeCap *ce_cut_by_caps(const CeYearLaw *law, CeCredit *credit, CeHours *used);

/* Is a year met (4.1), or only its professional part? */
static inline bool
ce_law_met(const CeYearLaw *law, const CeAssessment *assessment,
		   bool professional_only)
{
	return professional_only ?
		law->requirement != NULL && assessment->professional_short == 0 : assessment->met;
}

#endif							/* CE_ASSESS_H */

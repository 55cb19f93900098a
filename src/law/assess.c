/*-------------------------------------------------------------------------
 *
 * assess.c
 *	  What a year's law makes of a credit: recognised hours, met or short.
 *
 * The order is that of AMB-42: caps, sums, what was spread, deeming.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "law/assess.h"

#include "compat.h"

static inline CeHours
shortfall(CeHours required, CeHours got)
{
	return required > got ? required - got : 0;
}

/* A category's hours with those of national bases, which are one category. */
static inline CeHours
category_hours(const CeCredit *credit, CeCategory category)
{
	return category != CE_CATEGORY_ONLINE ? credit->category[category] :
		ce_hours_add(credit->category[category], credit->category[CE_CATEGORY_NATIONAL_ONLINE]);
}

CeHours
ce_recognised(const CeScheme *scheme, int year, CeCategory category,
			  const CeCredit *credit)
{
	CeHours		hours = category_hours(credit, category);
	const CeCap *cap;

	if (hours == 0)
		return 0;
	cap = ce_cap_of(scheme, category, year);
	return cap != NULL ? Min(hours, cap->hours) : hours;
}

void
ce_year_law(const CeScheme *scheme, int year, CeYearLaw *law)
{
	law->requirement = ce_requirement_of(scheme, year);
	for (int category = 0; category < CE_CATEGORIES; category++)
	{
		const CeCap *cap = ce_cap_of(scheme, category, year);

		law->cap[category] = cap != NULL ? cap->hours : PG_INT64_MAX;
	}
}

static inline void
add_category(CeAssessment *a, CeCategory category, CeHours recognised)
{
	if (category == CE_CATEGORY_PUBLIC || category == CE_CATEGORY_CARRIED_PUBLIC)
		a->public_hours = ce_hours_add(a->public_hours, recognised);
	else
		a->professional_hours = ce_hours_add(a->professional_hours, recognised);
	if (category == CE_CATEGORY_MENTORING)
		a->recognised_mentoring = recognised;
}

/* Does a category have nothing of its own to add?  Most are empty. */
static inline bool
adds_nothing(const CeCredit *credit, CeCategory category)
{
	/* What comes from national bases is counted with the others' category. */
	return category == CE_CATEGORY_NATIONAL_ONLINE ||
		(credit->category[category] == 0 &&
		 (category != CE_CATEGORY_ONLINE || credit->category[CE_CATEGORY_NATIONAL_ONLINE] == 0));
}

/*
 * What follows from the categories' sums.  cap is that of innovation, of which what
 * is attested is a part beside what is verified.
 */
static void
judge_sums(const CeRequirement *requirement, const CeCredit *credit,
		   const CeAttested *attested, CeHours cap, CeAssessment *a)
{
	a->public_deemed = credit->deems_public > 0;
	a->professional_deemed = credit->deems_professional > 0;
	if (attested != NULL)
	{
		CeHours		verified = Max(credit->category[CE_CATEGORY_INNOVATION], 0);

		a->attested_hours = Min(attested->hours, cap - Min(verified, cap));
		a->professional_hours = ce_hours_add(a->professional_hours,
											 a->attested_hours);
		if (attested->deems_professional)
			a->professional_deemed = true;
	}

	a->public_got = a->public_hours;
	a->professional_got = a->professional_hours;
	if (requirement != NULL)
	{
		/* Deeming counts as the minimum at least and adds no hours. */
		if (a->public_deemed)
			a->public_got = Max(a->public_got, requirement->public_hours);
		if (a->professional_deemed)
			a->professional_got = Max(a->professional_got,
									  requirement->professional_hours);
	}
	a->total_got = ce_hours_add(a->public_got, a->professional_got);
	if (requirement == NULL)
		return;

	a->public_short = shortfall(requirement->public_hours, a->public_got);
	a->professional_short = shortfall(requirement->professional_hours,
									  a->professional_got);
	/* Both subjects complete is the whole year complete (5.3). */
	if (!(a->public_deemed && a->professional_deemed))
		a->total_short = shortfall(requirement->total, a->total_got);
	a->met = a->public_short == 0 && a->professional_short == 0 &&
		a->total_short == 0;
}

void
ce_assess(const CeScheme *scheme, const CeRequirement *requirement, int year,
		  const CeCredit *credit, const CeAttested *attested,
		  CeAssessment *a)
{
	const CeCap *cap = NULL;

	memset(a, 0, sizeof(*a));
	for (int category = 0; category < CE_CATEGORIES; category++)
	{
		if (!adds_nothing(credit, category))
			add_category(a, category, ce_recognised(scheme, year, category, credit));
	}
	if (attested != NULL && attested->hours != 0)
		cap = ce_cap_of(scheme, CE_CATEGORY_INNOVATION, year);
	judge_sums(requirement, credit, attested,
			   cap != NULL ? cap->hours : PG_INT64_MAX, a);
}

void
ce_assess_by(const CeYearLaw *law, const CeCredit *credit,
			 const CeAttested *attested, CeAssessment *a)
{
	memset(a, 0, sizeof(*a));
	for (int category = 0; category < CE_CATEGORIES; category++)
	{
		if (!adds_nothing(credit, category))
			add_category(a, category, Min(category_hours(credit, category), law->cap[category]));
	}
	judge_sums(law->requirement, credit, attested, law->cap[CE_CATEGORY_INNOVATION], a);
}

/*-------------------------------------------------------------------------
 *
 * assess.c
 *	  Assessing a credit by a year's law: recognised hours, met or short.
 *
 * The order is that of AMB-42: caps, sums, allocations, deeming.
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

/* A category's hours, as far as the law recognises them in a year (5.2.4c). */
static inline CeHours
recognised(const CeYearLaw *law, CeCategory category, CeHours hours)
{
	const CeCap *cap = law->caps[category];

	return cap != NULL ? Min(hours, cap->hours) : hours;
}

static inline void
add_category(CeAssessment *a, CeCategory category, CeHours hours)
{
	if (category == CE_CATEGORY_PUBLIC || category == CE_CATEGORY_CARRIED_PUBLIC)
		a->public_hours = ce_hours_add(a->public_hours, hours);
	else
		a->professional_hours = ce_hours_add(a->professional_hours, hours);
	if (category == CE_CATEGORY_MENTORING)
		a->recognised_mentoring = hours;
}

/* Assess the year by the categories' sums. */
static void
judge_sums(const CeYearLaw *law, const CeCredit *credit,
		   const CeAttested *attested, CeAssessment *a)
{
	const CeRequirement *requirement = law->requirement;

	a->public_deemed = credit->deems_public > 0;
	a->professional_deemed = credit->deems_professional > 0;
	if (attested != NULL)
	{
		/* Attested hours share innovation's cap with verified ones. */
		CeHours		cap = recognised(law, CE_CATEGORY_INNOVATION, PG_INT64_MAX);
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
		/* Deeming counts as at least the minimum and adds no hours. */
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
	/* If both subjects are complete, so is the whole year (5.3). */
	if (!(a->public_deemed && a->professional_deemed))
		a->total_short = shortfall(requirement->total, a->total_got);
	a->met = a->public_short == 0 && a->professional_short == 0 &&
		a->total_short == 0;
}

void
ce_assess(const CeYearLaw *law, const CeCredit *credit,
		  const CeAttested *attested, CeAssessment *a)
{
	memset(a, 0, sizeof(*a));
	for (int category = 0; category < CE_CATEGORIES; category++)
	{
		CeHours		hours = credit->category[category];

		/* Online courses of national bases count as online courses. */
		if (category == CE_CATEGORY_ONLINE)
			hours = ce_hours_add(hours, credit->category[CE_CATEGORY_NATIONAL_ONLINE]);
		else if (category == CE_CATEGORY_NATIONAL_ONLINE)
			continue;
		/* Most categories are empty. */
		if (hours != 0)
			add_category(a, category, recognised(law, category, hours));
	}
	judge_sums(law, credit, attested, a);
}

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

#include "port/pg_bitutils.h"

#include "law/assess.h"

#include "compat.h"

static inline CeHours
shortfall(CeHours required, CeHours got)
{
	return required > got ? required - got : 0;
}

/* The hours of each category and of those below it, after caps. */
typedef struct Recognised
{
	CeHours		hours[CE_NODES];
} Recognised;

#define CARRIED \
	(CE_NODE_BIT(CE_CATEGORY_CARRIED_PUBLIC) | CE_NODE_BIT(CE_CATEGORY_CARRIED_PROFESSIONAL))
#define REDUCED \
	(CE_NODE_BIT(CE_CATEGORY_REDUCED_PUBLIC) | CE_NODE_BIT(CE_CATEGORY_REDUCED_PROFESSIONAL) | \
	 CE_NODE_BIT(CE_CATEGORY_REDUCED_TOTAL))

#define WAIVED (REDUCED | CE_NODE_BIT(CE_CATEGORY_WAIVED))

/* Categories whose hours the tree adds up. */
#define HOURS_OF_CREDIT (~(CARRIED | WAIVED))

/* Caps and sums from the bottom of the tree to its roots (5.2.4c). */
static void
recognise(const CeYearLaw *law, const CeCredit *credit, Recognised *r)
{
	const int8 *place = law->tree->place;
	uint32		places = 0;

	memset(r, 0, sizeof(*r));
	for (uint32 left = credit->used & HOURS_OF_CREDIT; left != 0; left &= left - 1)
	{
		int			category = pg_rightmost_one_pos32(left);

		r->hours[category] = credit->category[category];
		places |= (uint32) 1 << place[category];
	}
	for (; places != 0; places &= places - 1)
	{
		const CeStep *step = &law->steps[pg_rightmost_one_pos32(places)];
		CeHours		hours = Min(r->hours[step->node], step->cap);

		r->hours[step->node] = hours;
		if (step->parent < 0)
			continue;
		r->hours[step->parent] = ce_hours_add(r->hours[step->parent], hours);
		places |= step->parent_place;
	}
	/* What was allocated counts beyond the caps (7.6e). */
	if (unlikely((credit->used & CARRIED) != 0))
	{
		CeHours    *hours = r->hours;

		hours[CE_CATEGORY_PUBLIC] =
			ce_hours_add(hours[CE_CATEGORY_PUBLIC],
						 credit->category[CE_CATEGORY_CARRIED_PUBLIC]);
		hours[CE_NODE_PROFESSIONAL] =
			ce_hours_add(hours[CE_NODE_PROFESSIONAL],
						 credit->category[CE_CATEGORY_CARRIED_PROFESSIONAL]);
	}
}

const CeCap *
ce_cut_by_caps(const CeYearLaw *law, CeCredit *credit, CeHours *used)
{
	const int8 *parent = law->tree->parent;
	const CeCap *cut = NULL;

	for (int category = 0; category < CE_CATEGORIES; category++)
	{
		CeHours    *hours = &credit->category[category];

		if (*hours == 0 || (HOURS_OF_CREDIT & CE_NODE_BIT(category)) == 0)
			continue;
		for (int node = category; node >= 0; node = parent[node])
		{
			CeHours		left;

			if (law->caps[node] == NULL)
				continue;
			left = Max(law->caps[node]->hours - used[node], 0);
			if (*hours > left)
			{
				*hours = left;
				cut = law->caps[node];
			}
		}
		for (int node = category; node >= 0; node = parent[node])
			used[node] = ce_hours_add(used[node], *hours);
	}
	return cut;
}

/*
 * The same of a plain law, whose categories have nothing in common but their
 * subjects: most laws of most years.
 */
static void
set_plain_hours(const CeYearLaw *law, const CeCredit *credit, CeAssessment *a)
{
	const CeHours *hours_of = credit->category;
	uint32		left = credit->used & HOURS_OF_CREDIT;

	a->public_hours = a->professional_hours = a->own_hours = 0;
	a->recognised_mentoring = 0;
	/* The courses of national bases are online courses. */
	if ((left & CE_NODE_BIT(CE_CATEGORY_NATIONAL_ONLINE)) != 0)
		left = (left & ~CE_NODE_BIT(CE_CATEGORY_NATIONAL_ONLINE)) |
			CE_NODE_BIT(CE_CATEGORY_ONLINE);
	for (; left != 0; left &= left - 1)
	{
		int			category = pg_rightmost_one_pos32(left);
		int			root = law->tree->root[category];
		CeHours		hours = hours_of[category];

		if (category == CE_CATEGORY_ONLINE)
			hours = ce_hours_add(hours, hours_of[CE_CATEGORY_NATIONAL_ONLINE]);
		if (law->caps[category] != NULL)
			hours = Min(hours, law->caps[category]->hours);
		if (root == CE_CATEGORY_PUBLIC)
			a->public_hours = ce_hours_add(a->public_hours, hours);
		else if (root == CE_NODE_PROFESSIONAL)
			a->professional_hours = ce_hours_add(a->professional_hours, hours);
		else
			a->own_hours = ce_hours_add(a->own_hours, hours);
		if (category == CE_CATEGORY_MENTORING)
			a->recognised_mentoring = hours;
	}
	if ((credit->used & CARRIED) != 0)
	{
		a->public_hours = ce_hours_add(a->public_hours, hours_of[CE_CATEGORY_CARRIED_PUBLIC]);
		a->professional_hours = ce_hours_add(a->professional_hours,
											 hours_of[CE_CATEGORY_CARRIED_PROFESSIONAL]);
	}
}

static void
set_hours(const CeYearLaw *law, const Recognised *r, CeAssessment *a)
{
	a->public_hours = r->hours[CE_CATEGORY_PUBLIC];
	a->professional_hours = r->hours[CE_NODE_PROFESSIONAL];
	a->own_hours = 0;
	for (uint32 left = law->tree->own_roots; left != 0; left &= left - 1)
		a->own_hours = ce_hours_add(a->own_hours, r->hours[pg_rightmost_one_pos32(left)]);
	a->recognised_mentoring = r->hours[CE_CATEGORY_MENTORING];
}

/* The hours of the subjects, after caps. */
static inline void
add_up(const CeYearLaw *law, const CeCredit *credit, Recognised *r, CeAssessment *a)
{
	if (likely(law->plain))
		set_plain_hours(law, credit, a);
	else
	{
		recognise(law, credit, r);
		set_hours(law, r, a);
	}
}

static inline CeHours
less_waived(CeHours required, const CeCredit *credit, CeCategory category)
{
	return required - Min(Max(credit->category[category], 0), required);
}

/* A waiver takes off a requirement at most all of it. */
static void
take_off_waived(const CeCredit *credit, CeAssessment *a)
{
	a->public_required = less_waived(a->public_required, credit, CE_CATEGORY_REDUCED_PUBLIC);
	a->professional_required = less_waived(a->professional_required, credit,
										   CE_CATEGORY_REDUCED_PROFESSIONAL);
	a->total_required = less_waived(a->total_required, credit, CE_CATEGORY_REDUCED_TOTAL);
}

/* What waivers are about. */
static void
set_waived(const CeCredit *credit, CeAssessment *a)
{
	CeWaivers	waivers = ce_credit_waivers(credit);

	a->whole_waived = waivers.of_year > 0;
	a->public_waived = a->whole_waived || waivers.of_public > 0;
	a->professional_waived = a->whole_waived || waivers.of_professional > 0;
	a->waived = a->public_waived || a->professional_waived ||
		credit->category[CE_CATEGORY_REDUCED_TOTAL] > 0;
}

/*
 * If both subjects are complete, so is the whole year (5.3), unless each is by
 * a waiver of its own, which leaves other subjects as they are; and so it is if
 * one of them is and the law asks for hours in all alone, of any subject.
 */
static inline bool
whole_deemed(const CeRequirement *requirement, const CeCredit *credit, const CeAssessment *a)
{
	if (a->public_deemed && a->professional_deemed)
	{
		CeWaivers	waivers = ce_credit_waivers(credit);

		return waivers.of_year > 0 || credit->deems_public > waivers.of_public ||
			credit->deems_professional > waivers.of_professional;
	}
	return requirement != NULL && !requirement->has_public &&
		!requirement->has_professional && (a->public_deemed || a->professional_deemed);
}

/* Minima of a subject that is deemed complete lack nothing. */
static CeHours
forgive_deemed(const CeYearLaw *law, CeAssessment *a)
{
	CeHours		missing = 0;

	for (int i = 0; i < law->nminima; i++)
	{
		int			root = law->tree->root[law->minima[i]->node];

		if (a->whole_deemed || (root == CE_CATEGORY_PUBLIC && a->public_deemed) ||
			(root == CE_NODE_PROFESSIONAL && a->professional_deemed))
			a->minimum_short[i] = 0;
		missing |= a->minimum_short[i];
	}
	return missing;
}

/* Minima of the law's rows, beside those of the requirement. */
static void
judge_minima(const CeYearLaw *law, const Recognised *r, CeAssessment *a)
{
	CeHours		missing = 0;

	for (int i = 0; i < law->nminima; i++)
	{
		const CeMinimum *minimum = law->minima[i];
		CeHours		got = r->hours[minimum->node];
		CeHours		lacking = shortfall(minimum->hours, got);

		a->minimum_hours[i] = got;
		a->minimum_short[i] = lacking;
		missing |= lacking;
	}
	if (unlikely(a->public_deemed || a->professional_deemed))
		missing = forgive_deemed(law, a);
	a->minima_met = missing == 0;
}

/* Compare with the requirement. */
static void
judge(const CeYearLaw *law, const CeCredit *credit, CeAssessment *a)
{
	const CeRequirement *requirement = law->requirement;

	a->public_got = a->public_hours;
	a->professional_got = a->professional_hours;
	if (requirement != NULL)
	{
		a->public_required = requirement->public_hours;
		a->professional_required = requirement->professional_hours;
		a->total_required = requirement->total;
		if (unlikely((credit->used & REDUCED) != 0))
			take_off_waived(credit, a);
		/* Deeming counts as at least the minimum and adds no hours. */
		if (a->public_deemed)
			a->public_got = Max(a->public_got, a->public_required);
		if (a->professional_deemed)
			a->professional_got = Max(a->professional_got, a->professional_required);
	}
	a->total_got = ce_hours_add(ce_hours_add(a->public_got, a->professional_got),
								a->own_hours);
	if (requirement == NULL)
		return;

	a->public_short = shortfall(a->public_required, a->public_got);
	a->professional_short = shortfall(a->professional_required, a->professional_got);
	if (!a->whole_deemed)
		a->total_short = shortfall(a->total_required, a->total_got);
	a->met = a->public_short == 0 && a->professional_short == 0 &&
		a->total_short == 0 && a->minima_met;
}

void
ce_assess(const CeYearLaw *law, const CeCredit *credit,
		  const CeCredit *attested, CeAssessment *a)
{
	Recognised	r;
	CeCredit	with;

	memset(a, 0, offsetof(CeAssessment, minimum_hours));
	if (attested != NULL)
	{
		CeHours		without;

		/* Attested hours share the caps with verified ones. */
		add_up(law, credit, &r, a);
		without = ce_all_hours(a);
		with = *credit;
		ce_credit_add(&with, attested);
		credit = &with;
		add_up(law, credit, &r, a);
		a->attested_hours = ce_hours_subtract(ce_all_hours(a), without);
	}
	else
		add_up(law, credit, &r, a);
	a->public_deemed = credit->deems_public > 0;
	a->professional_deemed = credit->deems_professional > 0;
	if (unlikely(a->public_deemed || a->professional_deemed))
		a->whole_deemed = whole_deemed(law->requirement, credit, a);
	if (unlikely((credit->used & WAIVED) != 0))
		set_waived(credit, a);
	if (unlikely(law->nminima > 0))
		judge_minima(law, &r, a);
	else
		a->minima_met = true;
	judge(law, credit, a);
}

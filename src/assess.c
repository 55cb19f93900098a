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

#include "assess.h"
#include "store.h"

#include "compat.h"

static inline CeHours
shortfall(CeHours required, CeHours got)
{
	return required > got ? required - got : 0;
}

/* A lane's hours with those of national bases, which are one category. */
static inline CeHours
lane_hours(const CeCredit *credit, CeLane lane)
{
	return lane != CE_LANE_ONLINE ? credit->lane[lane] :
		ce_hours_add(credit->lane[lane], credit->lane[CE_LANE_NATIONAL_ONLINE]);
}

CeHours
ce_recognised(const CeScheme *scheme, int year, CeLane lane,
			  const CeCredit *credit)
{
	CeHours		hours = lane_hours(credit, lane);
	const CeCap *cap;

	if (hours == 0)
		return 0;
	cap = ce_cap_of(scheme, lane, year);
	return cap != NULL ? Min(hours, cap->hours) : hours;
}

void
ce_year_law(const CeScheme *scheme, int year, CeYearLaw *law)
{
	law->requirement = ce_requirement_of(scheme, year);
	for (int lane = 0; lane < CE_LANES; lane++)
	{
		const CeCap *cap = ce_cap_of(scheme, lane, year);

		law->cap[lane] = cap != NULL ? cap->hours : PG_INT64_MAX;
	}
}

static inline void
add_lane(CeAssessment *a, CeLane lane, CeHours recognised)
{
	if (lane == CE_LANE_PUBLIC || lane == CE_LANE_CARRIED_PUBLIC)
		a->public_hours = ce_hours_add(a->public_hours, recognised);
	else
		a->professional_hours = ce_hours_add(a->professional_hours, recognised);
	if (lane == CE_LANE_MENTORING)
		a->recognised_mentoring = recognised;
}

/* Does a lane have nothing of its own to add?  Most are empty. */
static inline bool
adds_nothing(const CeCredit *credit, CeLane lane)
{
	/* What comes from national bases is counted with the others' lane. */
	return lane == CE_LANE_NATIONAL_ONLINE ||
		(credit->lane[lane] == 0 &&
		 (lane != CE_LANE_ONLINE || credit->lane[CE_LANE_NATIONAL_ONLINE] == 0));
}

/*
 * What follows from the lanes' sums.  cap is that of innovation, of which what
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
		CeHours		verified = Max(credit->lane[CE_LANE_INNOVATION], 0);

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
	for (int lane = 0; lane < CE_LANES; lane++)
	{
		if (!adds_nothing(credit, lane))
			add_lane(a, lane, ce_recognised(scheme, year, lane, credit));
	}
	if (attested != NULL && attested->hours != 0)
		cap = ce_cap_of(scheme, CE_LANE_INNOVATION, year);
	judge_sums(requirement, credit, attested,
			   cap != NULL ? cap->hours : PG_INT64_MAX, a);
}

void
ce_assess_by(const CeYearLaw *law, const CeCredit *credit,
			 const CeAttested *attested, CeAssessment *a)
{
	memset(a, 0, sizeof(*a));
	for (int lane = 0; lane < CE_LANES; lane++)
	{
		if (!adds_nothing(credit, lane))
			add_lane(a, lane, Min(lane_hours(credit, lane), law->cap[lane]));
	}
	judge_sums(law->requirement, credit, attested, law->cap[CE_LANE_INNOVATION], a);
}

/*
 * ce_account_as_of(person_id bigint, year integer, as_of date)
 *	 returns ce_credit: a year as it was verified on a day
 */
PG_FUNCTION_INFO_V1(ce_account_of_day);
Datum
ce_account_of_day(PG_FUNCTION_ARGS)
{
	int			year = PG_GETARG_INT32(1);
	DateADT		as_of = PG_GETARG_DATEADT(2);
	CeCredit	credit;

	ce_ledger_enter(fcinfo);
	ce_require_day(as_of);
	ce_store_credits(PG_GETARG_INT64(0), year, year, as_of, &credit);
	PG_RETURN_POINTER(ce_credit_pack(&credit));
}

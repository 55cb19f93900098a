/*-------------------------------------------------------------------------
 *
 * totals.c
 *	  A year as reports show it (4.1): what the law makes of its credit.
 *
 * Reports take a few of its numbers for very many persons.  They are handed
 * around as they are computed, in one value from which each number is made
 * when it is asked for.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "ask/attested.h"
#include "ask/totals.h"

#include "compat.h"

void
ce_totals_make(const CeScheme *scheme, int year, const CeCredit *credit,
			   const CeAttested *attested, CeTotals *totals)
{
	const CeRequirement *requirement;
	const CeHours *category = credit->category;
	CeHours    *hours = totals->hours;
	CeYearLaw	law;
	CeAssessment archive;
	CeAssessment title;

	ce_year_law(scheme, year, &law);
	requirement = law.requirement;
	ce_assess(&law, credit, NULL, &archive);
	title = archive;
	if (attested->hours != 0 || attested->deems_professional)
		ce_assess(&law, credit, attested, &title);

	SET_VARSIZE(totals, sizeof(CeTotals));
	totals->nulls = totals->unused = totals->unused2 = 0;
	totals->flags = (archive.public_deemed ? 1 << CE_FLAG_PUBLIC_DEEMED : 0) |
		(archive.professional_deemed ? 1 << CE_FLAG_PROFESSIONAL_DEEMED : 0) |
		(archive.met ? 1 << CE_FLAG_MET : 0) |
		(title.met ? 1 << CE_FLAG_MET_FOR_TITLE : 0);
	hours[CE_TOTAL_PUBLIC] = archive.public_hours;
	hours[CE_TOTAL_PROFESSIONAL] = archive.professional_hours;
	hours[CE_TOTAL_ALL] = ce_hours_add(archive.public_hours,
									   archive.professional_hours);
	hours[CE_TOTAL_ONLINE] = ce_hours_add(category[CE_CATEGORY_ONLINE],
										  category[CE_CATEGORY_NATIONAL_ONLINE]);
	hours[CE_TOTAL_TRAINING] = category[CE_CATEGORY_TRAINING];
	hours[CE_TOTAL_MENTORING] = archive.recognised_mentoring;
	hours[CE_TOTAL_MENTORING_RAW] = category[CE_CATEGORY_MENTORING];
	hours[CE_TOTAL_RECORDED] = category[CE_CATEGORY_RECORDED];
	hours[CE_TOTAL_ATTESTED] = title.attested_hours;
	hours[CE_TOTAL_ALLOCATED_PUBLIC] = category[CE_CATEGORY_CARRIED_PUBLIC];
	hours[CE_TOTAL_ALLOCATED_PROFESSIONAL] = category[CE_CATEGORY_CARRIED_PROFESSIONAL];
	hours[CE_TOTAL_PUBLIC_SHORT] = archive.public_short;
	hours[CE_TOTAL_PROFESSIONAL_SHORT] = archive.professional_short;
	hours[CE_TOTAL_ALL_SHORT] = archive.total_short;
	if (requirement == NULL)
	{
		/* A year without a requirement has no verdict; it is never 0. */
		memset(&hours[CE_TOTAL_REQUIRED_PUBLIC], 0,
			   (CE_TOTALS - CE_TOTAL_REQUIRED_PUBLIC) * sizeof(CeHours));
		totals->nulls = ((1 << CE_TOTALS) - 1) & ~((1 << CE_TOTAL_REQUIRED_PUBLIC) - 1);
		totals->flags |= CE_FLAG_NO_VERDICT;
		return;
	}
	hours[CE_TOTAL_REQUIRED_PUBLIC] = requirement->public_hours;
	hours[CE_TOTAL_REQUIRED_PROFESSIONAL] = requirement->professional_hours;
	hours[CE_TOTAL_REQUIRED_ALL] = requirement->total;
	if (!requirement->has_public)
		totals->nulls |= 1 << CE_TOTAL_REQUIRED_PUBLIC;
	if (!requirement->has_professional)
		totals->nulls |= 1 << CE_TOTAL_REQUIRED_PROFESSIONAL;
}

bool
ce_totals_has_flag(const CeTotals *totals, int flag)
{
	return flag < CE_FLAG_MET || (totals->flags & CE_FLAG_NO_VERDICT) == 0;
}

/*
 * ce_totals(person_id bigint, org_id bigint, scheme text, held_since date,
 *			 year integer, credit ce_credit, achieved boolean, as_of date)
 *	 returns bytea: a year of the person whose row in ce_person is given
 */
PG_FUNCTION_INFO_V1(ce_totals);
Datum
ce_totals(PG_FUNCTION_ARGS)
{
	int			year;
	CePerson	person = {0};
	CeCredit	credit;
	CeAttested	attested = {0};
	CeTotals   *totals;

	ce_ledger_enter(fcinfo);
	for (int i = 0; i < PG_NARGS(); i++)
		if (PG_ARGISNULL(i) && i != 3)
			PG_RETURN_NULL();
	person.person_id = PG_GETARG_INT64(0);
	person.org_id = PG_GETARG_INT64(1);
	person.scheme = ce_law_scheme_of(PG_GETARG_DATUM(2));
	person.has_held_since = !PG_ARGISNULL(3);
	person.held_since = person.has_held_since ? PG_GETARG_DATEADT(3) : 0;
	year = PG_GETARG_INT32(4);
	ce_credit_unpack(DatumGetCeCreditPackedPP(PG_GETARG_DATUM(5)), &credit);
	ce_require_day(PG_GETARG_DATEADT(7));
	if (PG_GETARG_BOOL(6))
		ce_attested(&person, person.scheme, PG_GETARG_DATEADT(7), year, year,
					NULL, false, &attested);
	totals = palloc(sizeof(CeTotals));
	ce_totals_make(person.scheme, year, &credit, &attested, totals);
	PG_RETURN_BYTEA_P(totals);
}

/* What one of the functions below was given. */
static const CeTotals *
totals_arg(FunctionCallInfo fcinfo, int nitems)
{
	const CeTotals *totals = (const CeTotals *) PG_GETARG_BYTEA_P(0);

	if (VARSIZE(totals) != sizeof(CeTotals))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the value was not returned by ce_totals()"),
				 errhint("Pass what ce_totals() returned.")));
	if (PG_GETARG_INT32(1) < 0 || PG_GETARG_INT32(1) >= nitems)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("ce_totals() returns no item %d", PG_GETARG_INT32(1)),
				 errhint("Give a number from 0 to %d.", nitems - 1)));
	return totals;
}

/* ce_totals_hours(totals bytea, item integer) returns numeric */
PG_FUNCTION_INFO_V1(ce_totals_hours);
Datum
ce_totals_hours(PG_FUNCTION_ARGS)
{
	const CeTotals *totals = totals_arg(fcinfo, CE_TOTALS);
	int			item = PG_GETARG_INT32(1);

	if ((totals->nulls & (1 << item)) != 0)
		PG_RETURN_NULL();
	return ce_hours_numeric(totals->hours[item]);
}

/* ce_totals_flag(totals bytea, item integer) returns boolean */
PG_FUNCTION_INFO_V1(ce_totals_flag);
Datum
ce_totals_flag(PG_FUNCTION_ARGS)
{
	const CeTotals *totals = totals_arg(fcinfo, CE_FLAGS);
	int			item = PG_GETARG_INT32(1);

	if (!ce_totals_has_flag(totals, item))
		PG_RETURN_NULL();
	PG_RETURN_BOOL((totals->flags & (1 << item)) != 0);
}

/*
 * ce_assess(scheme text, year integer, credit ce_credit, attested ce_hours,
 *			 award boolean) returns record: the same of any credit
 */
PG_FUNCTION_INFO_V1(ce_assess_year);
Datum
ce_assess_year(PG_FUNCTION_ARGS)
{
	/* its columns; what was attested is an argument */
	static const int items[] = {
		CE_TOTAL_PUBLIC, CE_TOTAL_PROFESSIONAL, CE_TOTAL_ALL, CE_TOTAL_ONLINE,
		CE_TOTAL_TRAINING, CE_TOTAL_MENTORING, CE_TOTAL_MENTORING_RAW,
		CE_TOTAL_RECORDED, CE_TOTAL_ALLOCATED_PUBLIC,
		CE_TOTAL_ALLOCATED_PROFESSIONAL, -CE_FLAG_PUBLIC_DEEMED - 1,
		-CE_FLAG_PROFESSIONAL_DEEMED - 1, CE_TOTAL_REQUIRED_PUBLIC,
		CE_TOTAL_REQUIRED_PROFESSIONAL, CE_TOTAL_REQUIRED_ALL,
		CE_TOTAL_PUBLIC_SHORT, CE_TOTAL_PROFESSIONAL_SHORT, CE_TOTAL_ALL_SHORT,
		-CE_FLAG_MET - 1, -CE_FLAG_MET_FOR_TITLE - 1
	};
	TupleDesc	desc = ce_result_desc(fcinfo);
	CeCredit	credit;
	CeAttested	attested;
	CeTotals	totals;
	Datum		values[lengthof(items)];
	bool		nulls[lengthof(items)];

	ce_ledger_enter(fcinfo);
	ce_credit_unpack(DatumGetCeCreditPackedPP(PG_GETARG_DATUM(2)), &credit);
	attested.hours = PG_GETARG_CE_HOURS(3);
	attested.deems_professional = PG_GETARG_BOOL(4);
	ce_totals_make(ce_law_scheme_of(PG_GETARG_DATUM(0)), PG_GETARG_INT32(1),
				   &credit, &attested, &totals);
	Assert(desc->natts == lengthof(items));
	for (int i = 0; i < lengthof(items); i++)
	{
		int			item = items[i];

		if (item >= 0)
		{
			values[i] = CeHoursGetDatum(totals.hours[item]);
			nulls[i] = (totals.nulls & (1 << item)) != 0;
		}
		else
		{
			values[i] = BoolGetDatum((totals.flags & (1 << (-item - 1))) != 0);
			nulls[i] = !ce_totals_has_flag(&totals, -item - 1);
		}
	}
	return HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));
}

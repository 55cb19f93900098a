/*-------------------------------------------------------------------------
 *
 * surplus.c
 *	  Catch-up study: the surplus of a year and its allocation (7.6).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "ask/surplus.h"
#include "record/credits.h"

#include "compat.h"

void
ce_check_allocated(int64 person_id, int year, DateADT from_day, int waived_year)
{
	CePerson	person;

	ce_require_person(person_id, &person);
	for (int subject = CE_SUBJECT_PUBLIC; subject <= CE_SUBJECT_PROFESSIONAL; subject++)
	{
		CeCarryLimit limit;
		CeHours		left;

		/* Without permission nothing goes, unless it is now taken away. */
		if (waived_year == 0 && !ce_surplus_on(&person, year, subject, DATEVAL_NOEND, &left))
			continue;
		left = ce_least_surplus(&person, year, waived_year, subject, from_day, &limit);
		if (left < 0)
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 waived_year != 0 ?
					 errmsg("hours of person %lld have been allocated by reason of a waiver that is to be revoked",
							(long long) person_id) :
					 errmsg("hours of person %lld that are to be revoked have been allocated",
							(long long) person_id),
					 errdetail("Clause 7.6e: without them, %s more hours would be allocated from %d than its surplus.",
							   ce_hours_text(-left), year),
					 errhint("First reverse the allocation with ce_reverse_allocation(), dated on or before the day of the revocation.")));
	}
}

CeHours
ce_shortfall(const CeScheme *scheme, int year, CeSubject subject,
			 const CeCredit *credit)
{
	const CeYearLaw *law = ce_year_law(scheme, year);
	CeAssessment a;

	if (law->requirement == NULL)
		return 0;
	ce_assess(law, credit, NULL, &a);
	/* Public hours make up for their minimum and the rest of the total, */
	if (subject == CE_SUBJECT_PUBLIC)
		return Max(a.public_short, a.total_short - a.professional_short);
	/* as professional ones do where they have no minimum. */
	return law->requirement->has_professional ? a.professional_short :
		Max(a.total_short - a.public_short, 0);
}

/* ce_surplus(person_id, study_year, subject, as_of) returns ce_hours; negative: too many went */
PG_FUNCTION_INFO_V1(ce_surplus_of_person);
Datum
ce_surplus_of_person(PG_FUNCTION_ARGS)
{
	CePerson	person;
	CeHours		left;

	ce_ledger_enter(fcinfo);
	if (!ce_read_person_for_report(PG_GETARG_INT64(0), &person) ||
		!ce_surplus_on(&person, PG_GETARG_INT32(1),
					   DatumGetCeSubject(PG_GETARG_DATUM(2)), PG_GETARG_DATEADT(3), &left))
		PG_RETURN_NULL();
	PG_RETURN_CE_HOURS(left);
}

/* ce__allocated_without_permission(person_id, from_year, to_year, subject) returns ce_hours */
PG_FUNCTION_INFO_V1(ce__allocated_without_permission);
Datum
ce__allocated_without_permission(PG_FUNCTION_ARGS)
{
	CePerson	person;

	ce_ledger_enter(fcinfo);
	if (!ce_read_person_for_report(PG_GETARG_INT64(0), &person))
		PG_RETURN_NULL();
	PG_RETURN_CE_HOURS(ce_carried_without_permission(&person, PG_GETARG_INT32(1),
													 PG_GETARG_INT32(2),
													 DatumGetCeSubject(PG_GETARG_DATUM(3)),
													 DATEVAL_NOEND));
}

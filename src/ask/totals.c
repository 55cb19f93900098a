/*-------------------------------------------------------------------------
 *
 * totals.c
 *	  A year as reports show it (4.1): its credit assessed by the law.
 *
 * Reports read a few columns for very many persons.  The totals are passed as
 * one value, from which a column is extracted by its name when needed; a row
 * type would cost a report of a year 7 % more, of a year without one of the
 * minima 40 %.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "ask/person_years.h"

#include "compat.h"

/* A varlena, so that SQL can pass it; its size leaves out the minima, which come last. */
typedef struct Totals
{
	int32		vl_len_;
	/* Does the law require hours in the year, and some of each subject? */
	bool		has_requirement;
	bool		has_public;
	bool		has_professional;
	bool		met_for_title;
	bool		met_by_waiver;
	CeHours		total_hours;
	CeHours		online_hours;
	CeHours		training_hours;
	CeHours		mentoring_hours_raw;
	CeHours		recorded_hours;
	CeHours		attested_hours;
	CeHours		allocated_public;
	CeHours		allocated_professional;
	CeAssessment archive;
} Totals;

#define TOTALS_SIZE offsetof(Totals, archive.minimum_hours)

/* A column of ce_yearly_totals. */
typedef struct Column
{
	const char *name;
	Size		offset;
	Size		not_null_if;	/* offset of the flag; 0: never null */
} Column;

#define COLUMN(name, member) {#name, offsetof(Totals, member), 0}
#define COLUMN_IF(condition, name, member) \
	{#name, offsetof(Totals, member), offsetof(Totals, condition)}

static const Column columns[] = {
	COLUMN(public_hours, archive.public_hours),
	COLUMN(professional_hours, archive.professional_hours),
	COLUMN(total_hours, total_hours),
	COLUMN(online_hours, online_hours),
	COLUMN(training_hours, training_hours),
	COLUMN(mentoring_hours, archive.recognised_mentoring),
	COLUMN(mentoring_hours_raw, mentoring_hours_raw),
	COLUMN(recorded_hours, recorded_hours),
	COLUMN(attested_hours, attested_hours),
	COLUMN(allocated_public, allocated_public),
	COLUMN(allocated_professional, allocated_professional),
	COLUMN_IF(has_public, required_public, archive.public_required),
	COLUMN_IF(has_professional, required_professional, archive.professional_required),
	COLUMN_IF(has_requirement, required_total, archive.total_required),
	COLUMN_IF(has_requirement, public_short, archive.public_short),
	COLUMN_IF(has_requirement, professional_short, archive.professional_short),
	COLUMN_IF(has_requirement, total_short, archive.total_short),
	/* from here on conditions */
	COLUMN(public_deemed, archive.public_deemed),
	COLUMN(professional_deemed, archive.professional_deemed),
	COLUMN_IF(has_requirement, met, archive.met),
	COLUMN_IF(has_requirement, met_for_title, met_for_title),
	COLUMN(waived, archive.waived),
	COLUMN_IF(has_requirement, met_by_waiver, met_by_waiver)
};

#define CONDITIONS 6
#define HOURS (lengthof(columns) - CONDITIONS)

/* Does a law put some of what was attested into the archive? */
static bool
in_archive(const CeAttested *attested)
{
	return attested->archive.used != 0 || attested->archive.deems_public > 0 ||
		attested->archive.deems_professional > 0;
}

/* Would a year that is met be short without what is waived? */
static bool
needs_waiver(const CeYearLaw *law, const CeCredit *credit)
{
	CeWaivers	waivers = ce_credit_waivers(credit);
	CeCredit	without = *credit;
	CeAssessment a;

	without.deems_public -= waivers.of_year + waivers.of_public;
	without.deems_professional -= waivers.of_year + waivers.of_professional;
	without.category[CE_CATEGORY_WAIVED] = 0;
	without.category[CE_CATEGORY_REDUCED_PUBLIC] = 0;
	without.category[CE_CATEGORY_REDUCED_PROFESSIONAL] = 0;
	without.category[CE_CATEGORY_REDUCED_TOTAL] = 0;
	ce_assess(law, &without, NULL, &a);
	return !a.met;
}

/* attested: NULL: none */
static void
make_totals(const CeYearLaw *law, const CeCredit *credit,
			const CeAttested *attested, Totals *t)
{
	const CeRequirement *requirement = law->requirement;
	const CeCredit *all = credit;
	const CeHours *category;
	CeCredit	archived;

	memset(t, 0, offsetof(Totals, archive));
	SET_VARSIZE(t, TOTALS_SIZE);
	if (attested != NULL && in_archive(attested))
	{
		archived = *credit;
		ce_credit_add(&archived, &attested->archive);
		all = &archived;
	}
	category = all->category;
	ce_assess(law, all, NULL, &t->archive);
	if (unlikely(t->archive.waived) && t->archive.met)
		t->met_by_waiver = needs_waiver(law, all);
	t->total_hours = ce_all_hours(&t->archive);
	t->online_hours = ce_hours_add(category[CE_CATEGORY_ONLINE],
								   category[CE_CATEGORY_NATIONAL_ONLINE]);
	t->training_hours = category[CE_CATEGORY_TRAINING];
	t->mentoring_hours_raw = category[CE_CATEGORY_MENTORING];
	t->recorded_hours = category[CE_CATEGORY_RECORDED];
	t->allocated_public = category[CE_CATEGORY_CARRIED_PUBLIC];
	t->allocated_professional = category[CE_CATEGORY_CARRIED_PROFESSIONAL];
	t->met_for_title = t->archive.met;
	if (attested != NULL)
	{
		CeAssessment title;

		ce_assess(law, credit, &attested->title, &title);
		t->met_for_title = title.met;
		/* those that the archive does not have */
		t->attested_hours = ce_hours_subtract(ce_all_hours(&title), t->total_hours);
	}
	/* A year without a requirement has no verdict; 0 is never used for one. */
	t->has_requirement = requirement != NULL;
	t->has_public = requirement != NULL && requirement->has_public;
	t->has_professional = requirement != NULL && requirement->has_professional;
}

static Datum
totals_of_row(FunctionCallInfo fcinfo, int arg, bool moved)
{
	CeYearArgs	of;
	Totals	   *totals;

	if (!ce_year_args(fcinfo, arg, moved, &of))
		PG_RETURN_NULL();
	totals = palloc(sizeof(Totals));
	make_totals(of.law, &of.credit, of.attested, totals);
	PG_RETURN_BYTEA_P(totals);
}

/* ce__totals(moved, person_id, ..., as_of) returns bytea */
PG_FUNCTION_INFO_V1(ce_totals_of_row);
Datum
ce_totals_of_row(PG_FUNCTION_ARGS)
{
	return totals_of_row(fcinfo, 1, !PG_ARGISNULL(0) && PG_GETARG_BOOL(0));
}

/* ce_totals(person_id, ..., as_of): for 0.2.0's view until ce_setup() replaces it */
PG_FUNCTION_INFO_V1(ce_totals);
Datum
ce_totals(PG_FUNCTION_ARGS)
{
	return totals_of_row(fcinfo, 0, false);
}

pg_noreturn static void
no_column(const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the totals of a year have no column \"%s\" of this type", name),
			 errhint("Name a column of ce_yearly_totals: one of hours for ce__totals_hours(), a boolean one for ce__totals_flag().")));
}

/* The column of a name among n columns, starting at first. */
static const Column *
column_named(const Column *first, int n, const char *name)
{
	for (int i = 0; i < n; i++)
		if (strcmp(first[i].name, name) == 0)
			return &first[i];
	no_column(name);
}

/* The column that a call names, looked up once a query. */
static const Column *
name_arg(FunctionCallInfo fcinfo, const Column *first, int n)
{
	FmgrInfo   *flinfo = fcinfo->flinfo;
	const Column *column = flinfo->fn_extra;

	if (column == NULL)
	{
		column = column_named(first, n, text_to_cstring(PG_GETARG_TEXT_PP(1)));
		if (get_fn_expr_arg_stable(flinfo, 1))
			flinfo->fn_extra = unconstify(Column *, column);
	}
	return column;
}

/* The column that a call gives by its number. */
static const Column *
place_arg(FunctionCallInfo fcinfo, const Column *first, int n)
{
	int			place = PG_GETARG_INT32(1);

	if (place < 0 || place >= n)
		no_column(psprintf("%d", place));
	return &first[place];
}

/* A column of totals; NULL: it is null. */
static inline const void *
value_of(const Totals *totals, const Column *column)
{
	const char *start = (const char *) totals;

	return column->not_null_if != 0 && start[column->not_null_if] == 0 ?
		NULL : start + column->offset;
}

static const void *
value_of_arg(FunctionCallInfo fcinfo, const Column *column)
{
	const Totals *totals = (const Totals *) PG_GETARG_BYTEA_P(0);

	if (VARSIZE(totals) != TOTALS_SIZE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("this value is not the totals of a year"),
				 errhint("Pass what ce__totals() returned.")));
	return value_of(totals, column);
}

static Datum
hours_column(FunctionCallInfo fcinfo, const Column *column)
{
	const CeHours *hours = value_of_arg(fcinfo, column);

	if (hours == NULL)
		PG_RETURN_NULL();
	return ce_hours_numeric(*hours);
}

static Datum
condition_column(FunctionCallInfo fcinfo, const Column *column)
{
	const char *condition = value_of_arg(fcinfo, column);

	if (condition == NULL)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(*condition != 0);
}

/* ce__totals_hours(totals bytea, name text) returns numeric */
PG_FUNCTION_INFO_V1(ce_totals_hours_by_name);
Datum
ce_totals_hours_by_name(PG_FUNCTION_ARGS)
{
	return hours_column(fcinfo, name_arg(fcinfo, columns, HOURS));
}

/* ce__totals_flag(totals bytea, name text) returns boolean */
PG_FUNCTION_INFO_V1(ce_totals_flag_by_name);
Datum
ce_totals_flag_by_name(PG_FUNCTION_ARGS)
{
	return condition_column(fcinfo, name_arg(fcinfo, columns + HOURS, CONDITIONS));
}

/* ce_totals_hours(totals bytea, item integer): for 0.2.0's views until ce_setup() replaces them */
PG_FUNCTION_INFO_V1(ce_totals_hours);
Datum
ce_totals_hours(PG_FUNCTION_ARGS)
{
	return hours_column(fcinfo, place_arg(fcinfo, columns, HOURS));
}

/* ce_totals_flag(totals bytea, item integer): the same */
PG_FUNCTION_INFO_V1(ce_totals_flag);
Datum
ce_totals_flag(PG_FUNCTION_ARGS)
{
	return condition_column(fcinfo, place_arg(fcinfo, columns + HOURS, CONDITIONS));
}

/* ce_assess(scheme, year, credit, attested, award) returns record: the same for any credit */
PG_FUNCTION_INFO_V1(ce_assess_year);
Datum
ce_assess_year(PG_FUNCTION_ARGS)
{
	TupleDesc	desc = ce_result_desc(fcinfo);
	CeCredit	credit;
	CeAttested	attested;
	Totals		totals;
	Datum		values[lengthof(columns)] = {0};
	bool		nulls[lengthof(columns)];

	ce_ledger_enter(fcinfo);
	ce_credit_unpack(DatumGetCeCreditPackedPP(PG_GETARG_DATUM(2)), &credit);
	memset(&attested, 0, sizeof(attested));
	ce_credit_set(&attested.title, CE_CATEGORY_INNOVATION, PG_GETARG_CE_HOURS(3));
	attested.title.deems_professional = PG_GETARG_BOOL(4) ? 1 : 0;
	make_totals(ce_year_law(ce_get_scheme(PG_GETARG_DATUM(0)), PG_GETARG_INT32(1)), &credit,
				&attested, &totals);
	Assert(desc->natts <= lengthof(columns));
	for (int i = 0; i < desc->natts; i++)
	{
		const Column *column = column_named(columns, lengthof(columns),
											NameStr(TupleDescAttr(desc, i)->attname));
		const void *value = value_of(&totals, column);

		nulls[i] = value == NULL;
		if (value != NULL)
			values[i] = column < columns + HOURS ? CeHoursGetDatum(*(const CeHours *) value) :
				BoolGetDatum(*(const bool *) value);
	}
	return HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));
}

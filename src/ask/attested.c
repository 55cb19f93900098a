/*-------------------------------------------------------------------------
 *
 * attested.c
 *	  Achievements that the employer attests for a title (5.2.5, 7.3c).
 *
 * They are computed at the application, by the table in force then (AMB-2),
 * and count only within the tenure (AMB-17) and only if the employer at the
 * application attested them (AMB-37).  Where the law of its year puts an
 * achievement into the archive, it stays there like what was verified.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "nodes/pg_list.h"
#include "port/pg_bitutils.h"
#include "utils/builtins.h"

#include "ask/achievements.h"
#include "ask/attested.h"
#include "law/convert.h"

#include "compat.h"

/* An achievement that counts: hours in each of some years, or whole years. */
typedef struct Achievement
{
	int64		achievement_id; /* if it was read */
	DateADT		achieved_on;
	char	   *work_ref;		/* NULL: a separate work */
	int			first_year;
	int			last_year;
	const CeKind *kind;
	const CeScheme *scheme;		/* of the rule */
	const CeRule *rule;
	CeHours		hours;
	bool		deems;
} Achievement;

typedef struct AchievementReader
{
	const CePerson *person;
	const CeScheme *scheme;
	DateADT		as_of;
	const Datum *specialty;
	bool		or_not;			/* include those not yet attested */
	List	   *found;
} AchievementReader;

static bool
attested_then(const Datum *values, const bool *nulls,
			  const AchievementReader *reader)
{
	if (nulls[CE_COL_ACHIEVEMENT_ATTESTED_ON] && reader->or_not)
		return true;
	return !nulls[CE_COL_ACHIEVEMENT_ATTESTED_ON] &&
		DatumGetDateADT(values[CE_COL_ACHIEVEMENT_ATTESTED_ON]) <= reader->as_of &&
		(nulls[CE_COL_ACHIEVEMENT_REVOKED_ON] ||
		 DatumGetDateADT(values[CE_COL_ACHIEVEMENT_REVOKED_ON]) > reader->as_of);
}

/* In the present post (AMB-17), and attested by the present employer (AMB-37)? */
static bool
is_of_post(const Datum *values, const bool *nulls, const AchievementReader *reader)
{
	const CePerson *person = reader->person;

	return person->has_held_since && person->held_since <= reader->as_of &&
		DatumGetDateADT(values[CE_COL_ACHIEVEMENT_ACHIEVED_ON]) >= person->held_since &&
		(nulls[CE_COL_ACHIEVEMENT_ATTESTED_BY] ||
		 DatumGetInt64(values[CE_COL_ACHIEVEMENT_ATTESTED_BY]) == person->org_id);
}

static char *
text_or_null(const Datum *values, const bool *nulls, int column)
{
	return nulls[column] ? NULL : TextDatumGetCString(values[column]);
}

/*
 * 5.2.5(1)-(3): each calendar year of the project within the tenure, if it was
 * concluded by its due day (AMB-18).
 */
static bool
project_years(const Datum *values, const bool *nulls, int tenure_year,
			  DateADT achieved_on, Achievement *a)
{
	if (nulls[CE_COL_ACHIEVEMENT_DUE_ON] || nulls[CE_COL_ACHIEVEMENT_STARTED_ON] ||
		achieved_on > DatumGetDateADT(values[CE_COL_ACHIEVEMENT_DUE_ON]))
		return false;
	a->first_year = Max(ce_year_of(DatumGetDateADT(values[CE_COL_ACHIEVEMENT_STARTED_ON])),
						tenure_year);
	a->last_year = ce_year_of(achieved_on);
	return true;
}

/*
 * The rule by which it counts: that of its own year if this puts it into the
 * archive, else that of the day asked about.  NULL: it does not count.
 */
static const CeRule *
rule_of(const Datum *values, const bool *nulls, const AchievementReader *reader,
		Achievement *a, int rank)
{
	char	   *grade = text_or_null(values, nulls, CE_COL_ACHIEVEMENT_GRADE);
	char	   *role = text_or_null(values, nulls, CE_COL_ACHIEVEMENT_ROLE);

	if (ce_law_archives())
	{
		const CePerson *person = reader->person;
		const CeRule *rule;

		a->scheme = reader->scheme != ce_scheme_on(person, reader->as_of) ? reader->scheme :
			ce_scheme_in_year(person, a->last_year, reader->as_of);
		rule = ce_find_rule(a->scheme, a->kind, a->last_year, grade, role, rank);
		if (rule != NULL && rule->in_archive)
			return rule;
	}
	if (!is_of_post(values, nulls, reader))
		return NULL;
	a->scheme = reader->scheme;
	return ce_find_rule(a->scheme, a->kind, ce_year_of(reader->as_of), grade, role, rank);
}

static void
achievement_row(const Datum *values, const bool *nulls, void *arg)
{
	AchievementReader *reader = arg;
	DateADT		achieved_on = DatumGetDateADT(values[CE_COL_ACHIEVEMENT_ACHIEVED_ON]);
	int			rank = nulls[CE_COL_ACHIEVEMENT_RANK] ? 0 :
		DatumGetInt32(values[CE_COL_ACHIEVEMENT_RANK]);
	bool		of_post = is_of_post(values, nulls, reader);
	int			tenure_year = of_post ? ce_year_of(reader->person->held_since) : 0;
	const CeRule *rule;
	Achievement *a;

	if (!attested_then(values, nulls, reader) || achieved_on > reader->as_of)
		return;
	if (reader->specialty != NULL &&
		(nulls[CE_COL_ACHIEVEMENT_SPECIALTY] ||
		 !ce_specialty_is_close(values[CE_COL_ACHIEVEMENT_SPECIALTY], *reader->specialty)))
		return;

	a = palloc0(sizeof(Achievement));
	a->kind = ce_get_kind(values[CE_COL_ACHIEVEMENT_KIND]);
	a->first_year = a->last_year = ce_year_of(achieved_on);
	a->rule = rule = rule_of(values, nulls, reader, a, rank);
	if (rule == NULL)
		return;
	a->achievement_id = nulls[CE_COL_ACHIEVEMENT_ACHIEVEMENT_ID] ? 0 :
		DatumGetInt64(values[CE_COL_ACHIEVEMENT_ACHIEVEMENT_ID]);
	a->achieved_on = achieved_on;
	a->work_ref = text_or_null(values, nulls, CE_COL_ACHIEVEMENT_WORK_REF);
	a->hours = Min(ce_fixed_hours(rule, rank), rule->most_hours);
	a->deems = rule->basis == CE_BASIS_DEEMS || rule->basis == CE_BASIS_DEEMS_TENURE;
	if (rule->basis == CE_BASIS_DEEMS_TENURE && of_post)
	{
		/* 5.2.5(4): every year of the tenure, before the award too (AMB-20) */
		a->first_year = tenure_year;
		a->last_year = ce_year_of(reader->as_of);
	}
	else if (rule->per_year &&
			 !project_years(values, nulls, rule->in_archive ? 0 : tenure_year, achieved_on, a))
		return;
	reader->found = lappend(reader->found, a);
}

static bool
covers(const Achievement *a, int year)
{
	return a->first_year <= year && year <= a->last_year;
}

/*
 * One work counts once a year, by its best row: does another row of the work
 * count more, or as much and precede it?
 */
static bool
outdone(List *found, int at, int year)
{
	const Achievement *a = list_nth(found, at);

	if (a->work_ref == NULL)
		return false;
	for (int i = 0; i < list_length(found); i++)
	{
		const Achievement *b = list_nth(found, i);

		if (i != at && b->work_ref != NULL && covers(b, year) &&
			strcmp(a->work_ref, b->work_ref) == 0 &&
			(b->hours > a->hours || (b->hours == a->hours && i < at)))
			return true;
	}
	return false;
}

CeHours
ce_attested_hours(const CeAttested *attested)
{
	CeHours		sum = 0;

	for (uint32 left = attested->title.used; left != 0; left &= left - 1)
		sum = ce_hours_add(sum, attested->title.category[pg_rightmost_one_pos32(left)]);
	return sum;
}

/* Add an achievement to a year's credit. */
static void
count(const Achievement *a, CeCredit *credit)
{
	bool		public_deemed;
	bool		professional_deemed;

	if (!a->deems)
	{
		ce_credit_add_hours(credit, ce_target_category(a->rule, a->kind), a->hours);
		return;
	}
	ce_deemed(a->scheme, a->rule, a->kind, &public_deemed, &professional_deemed);
	if (public_deemed)
		credit->deems_public = 1;
	if (professional_deemed)
		credit->deems_professional = 1;
}

/* Does anything count of a person without a post?  Only what is in the archive. */
static bool
can_count(const CePerson *person, DateADT as_of)
{
	return (person->has_held_since && person->held_since <= as_of) || ce_law_archives();
}

static void
count_years(List *found, int from_year, int to_year, CeAttested *years)
{
	memset(years, 0, sizeof(CeAttested) * (to_year - from_year + 1));
	for (int i = 0; i < list_length(found); i++)
	{
		const Achievement *a = list_nth(found, i);

		for (int year = Max(a->first_year, from_year);
			 year <= Min(a->last_year, to_year); year++)
		{
			CeAttested *y = &years[year - from_year];

			if (!a->deems && outdone(found, i, year))
				continue;
			count(a, &y->title);
			if (a->rule->in_archive)
				count(a, &y->archive);
			if (y->citation == NULL || a->deems)
				y->citation = &a->rule->citation;
		}
	}
}

bool
ce_attested(const CePerson *person, const CeScheme *scheme, DateADT as_of,
			int from_year, int to_year, const Datum *specialty, bool or_not,
			CeAttested *years)
{
	AchievementReader reader = {person, scheme, as_of, specialty, or_not, NIL};

	if (can_count(person, as_of))
		ce_each_achievement(person->person_id, specialty != NULL, achievement_row, &reader);
	count_years(reader.found, from_year, to_year, years);
	return reader.found != NIL;
}

/* A row for each year in which something counts. */
static void
put_years(FunctionCallInfo fcinfo, const CePerson *person, DateADT as_of)
{
	AchievementReader reader = {person, ce_scheme_on(person, as_of), as_of, NULL, false, NIL};
	CeAttested *years;
	int			last = ce_year_of(as_of);
	int			first = last;

	if (can_count(person, as_of))
		ce_each_achievement(person->person_id, false, achievement_row, &reader);
	foreach_ptr(const Achievement, a, reader.found)
		first = Min(first, a->first_year);
	years = palloc(sizeof(CeAttested) * (last - first + 1));
	count_years(reader.found, first, last, years);
	for (int year = first; year <= last; year++)
	{
		const CeAttested *y = &years[year - first];
		CeHours		hours = ce_attested_hours(y);
		bool		award = y->title.deems_professional > 0 || y->title.deems_public > 0;
		Datum		values[] = {Int32GetDatum(year), CeHoursGetDatum(hours), BoolGetDatum(award)};
		bool		nulls[lengthof(values)] = {false};

		if (hours != 0 || award)
			ce_put_row(fcinfo, values, nulls);
	}
}

/* ce_attested(person_id, as_of) returns a row for each year with hours or an award */
PG_FUNCTION_INFO_V1(ce_attested_years);
Datum
ce_attested_years(PG_FUNCTION_ARGS)
{
	DateADT		as_of = PG_GETARG_DATEADT(1);
	CePerson	person;

	ce_begin_rows(fcinfo);
	ce_ledger_enter(fcinfo);
	ce_require_day(as_of);
	if (ce_read_person_for_report(PG_GETARG_INT64(0), &person))
		put_years(fcinfo, &person, as_of);
	return (Datum) 0;
}

/* ce__attested(person_id, org_id, scheme, held_since, as_of) returns the same */
PG_FUNCTION_INFO_V1(ce_attested_years_of_row);
Datum
ce_attested_years_of_row(PG_FUNCTION_ARGS)
{
	DateADT		as_of = PG_GETARG_DATEADT(4);
	CePerson	person = {0};

	ce_begin_rows(fcinfo);
	ce_ledger_enter(fcinfo);
	for (int i = 0; i < PG_NARGS(); i++)
		if (i != 3 && PG_ARGISNULL(i))
			return (Datum) 0;
	ce_require_day(as_of);
	person.person_id = PG_GETARG_INT64(0);
	person.org_id = PG_GETARG_INT64(1);
	person.scheme = ce_get_scheme(PG_GETARG_DATUM(2));
	person.has_held_since = !PG_ARGISNULL(3);
	person.held_since = person.has_held_since ? PG_GETARG_DATEADT(3) : 0;
	/* What is in the archive goes by the scheme of its year. */
	if (ce_law_archives())
		ce_set_moved(&person, true);
	put_years(fcinfo, &person, as_of);
	return (Datum) 0;
}

/* The years that an achievement has in the archive. */
static List *
archived_years(List *years, const AchievementReader *reader, int at)
{
	const Achievement *a = list_nth(reader->found, at);

	for (int year = a->first_year; year <= a->last_year; year++)
	{
		CeArchived *archived;

		if (!a->deems && outdone(reader->found, at, year))
			continue;
		archived = palloc(sizeof(CeArchived));
		archived->achievement_id = a->achievement_id;
		archived->achieved_on = a->achieved_on;
		archived->year = year;
		archived->rule = a->rule;
		archived->category = a->scheme->tree->name[ce_target_category(a->rule, a->kind)];
		archived->hours = a->deems ? 0 : a->hours;
		ce_credit_zero(&archived->credit);
		count(a, &archived->credit);
		years = lappend(years, archived);
	}
	return years;
}

List *
ce_archived(int64 person_id, DateADT as_of)
{
	CePerson	person;
	AchievementReader reader = {&person, NULL, as_of, NULL, false, NIL};
	List	   *years = NIL;

	if (!ce_law_archives() || !ce_read_person_for_report(person_id, &person))
		return NIL;
	reader.scheme = ce_scheme_on(&person, as_of);
	ce_read_achievement_items(person.person_id, achievement_row, &reader);
	for (int i = 0; i < list_length(reader.found); i++)
	{
		if (((const Achievement *) list_nth(reader.found, i))->rule->in_archive)
			years = archived_years(years, &reader, i);
	}
	return years;
}

/*-------------------------------------------------------------------------
 *
 * carry_sources.c
 *	  The years whose hours may be allocated to another one (7.6, AMB-35).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "ask/carry.h"
#include "record/credits.h"

#include "compat.h"

const CeCatchup *
ce_find_person_catchup(const CePerson *person, int study_year, CeSubject subject,
					   DateADT day)
{
	return ce_find_catchup(ce_scheme_in_year(person, study_year, day), study_year, subject);
}

static const CeCatchup *
next_catchup(const CePerson *person, const CeScheme *scheme, int target_year,
			 CeSubject subject, int after, DateADT day)
{
	const CeCatchup *next = NULL;

	if (scheme != NULL || !person->moved)
		return ce_find_next_catchup(scheme != NULL ? scheme : person->scheme, target_year,
									subject, after);
	/* Each scheme counts for the years in which the person was under it. */
	for (int i = 0; i <= person->nformer; i++)
	{
		const CeScheme *of = i == person->nformer ? person->scheme : person->former[i].scheme;
		const CeCatchup *c = ce_find_next_catchup(of, target_year, subject, after);

		while (c != NULL && ce_scheme_in_year(person, c->study_year, day) != of)
			c = ce_find_next_catchup(of, target_year, subject, c->study_year);
		if (c != NULL && (next == NULL || c->study_year < next->study_year))
			next = c;
	}
	return next;
}

typedef struct Source
{
	int			year;
	int			last;			/* the last year that its hours may go to */
} Source;

typedef struct SourceReader
{
	int			to_year;
	CeSubject	subject;
	DateADT		day;
	List	   *sources;
} SourceReader;

static bool
is_source(const List *sources, int year)
{
	foreach_ptr(const Source, source, sources)
	{
		if (source->year == year)
			return true;
	}
	return false;
}

static void
add_source(SourceReader *reader, int year, int last)
{
	Source	   *source;

	if (is_source(reader->sources, year))
		return;
	source = palloc(sizeof(Source));
	source->year = year;
	source->last = last;
	reader->sources = lappend(reader->sources, source);
}

static void
deferring_row(const Datum *values, const bool *nulls, void *arg)
{
	SourceReader *reader = arg;

	if (ce_deferred_on(values, nulls, reader->day) &&
		(nulls[CE_COL_WAIVER_SUBJECT] ||
		 DatumGetCeSubject(values[CE_COL_WAIVER_SUBJECT]) == reader->subject) &&
		DatumGetInt32(values[CE_COL_WAIVER_YEAR]) == reader->to_year)
		add_source(reader, DatumGetInt32(values[CE_COL_WAIVER_DEFERS_TO]), reader->to_year);
}

static int
by_last(const ListCell *a, const ListCell *b)
{
	const Source *x = lfirst(a);
	const Source *y = lfirst(b);

	return x->last != y->last ? pg_cmp_s32(x->last, y->last) : pg_cmp_s32(x->year, y->year);
}

List *
ce_carry_sources(const CePerson *person, const CeScheme *scheme, int to_year,
				 CeSubject subject, DateADT day)
{
	SourceReader reader = {to_year, subject, day, NIL};
	const CeCatchup *law = NULL;
	List	   *years = NIL;

	while ((law = next_catchup(person, scheme, to_year, subject,
							   law == NULL ? 0 : law->study_year, day)) != NULL)
		add_source(&reader, law->study_year, law->target_to);
	ce_read_waivers(person->person_id, deferring_row, &reader);
	list_sort(reader.sources, by_last);
	foreach_ptr(const Source, source, reader.sources)
		years = lappend_int(years, source->year);
	return years;
}

/*-------------------------------------------------------------------------
 *
 * waived.c
 *	  What waivers take off a year, in words (AMB-35).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "ask/waived.h"
#include "record/credits.h"
#include "who/org.h"

#include "compat.h"

typedef struct WaiverReader
{
	int			year;
	DateADT		as_of;
	List	   *sentences;
} WaiverReader;

static const char *
subject_of_row(const Datum *values)
{
	Oid			subject = DatumGetObjectId(values[CE_COL_WAIVER_SUBJECT]);

	return _(ce_list_label(CE_LIST_SUBJECT, ce_list_value(CE_LIST_SUBJECT, subject)));
}

/* What is waived: without hours all of them, without a subject the whole year. */
static const char *
what_is_waived(const Datum *values, const bool *nulls, int year)
{
	char		buf[CE_HOURS_TEXT_SIZE];
	bool		one_subject = !nulls[CE_COL_WAIVER_SUBJECT];

	if (nulls[CE_COL_WAIVER_HOURS])
		return one_subject ?
			psprintf(_("%d: waived for subject %s"), year, subject_of_row(values)) :
			psprintf(_("%d: waived"), year);
	ce_hours_to_text(DatumGetCeHours(values[CE_COL_WAIVER_HOURS]), buf);
	return one_subject ?
		psprintf(_("%d: %s hours of subject %s waived"), year, buf, subject_of_row(values)) :
		psprintf(_("%d: %s hours waived"), year, buf);
}

/* The same of what a later year may make up for. */
static const char *
what_is_deferred(const Datum *values, const bool *nulls, int year)
{
	char		buf[CE_HOURS_TEXT_SIZE];
	bool		one_subject = !nulls[CE_COL_WAIVER_SUBJECT];
	int			to = DatumGetInt32(values[CE_COL_WAIVER_DEFERS_TO]);

	if (nulls[CE_COL_WAIVER_HOURS])
		return one_subject ?
			psprintf(_("%d: subject %s deferred to %d"), year, subject_of_row(values), to) :
			psprintf(_("%d: deferred to %d"), year, to);
	ce_hours_to_text(DatumGetCeHours(values[CE_COL_WAIVER_HOURS]), buf);
	return one_subject ?
		psprintf(_("%d: %s hours of subject %s deferred to %d"), year, buf,
				 subject_of_row(values), to) :
		psprintf(_("%d: %s hours deferred to %d"), year, buf, to);
}

static void
waiver_row(const Datum *values, const bool *nulls, void *arg)
{
	WaiverReader *reader = arg;
	const char *what;
	char	   *decision;
	const char *body;

	if (DatumGetInt32(values[CE_COL_WAIVER_YEAR]) != reader->year ||
		!ce_granted_on(values, nulls, reader->as_of))
		return;
	what = nulls[CE_COL_WAIVER_DEFERS_TO] ?
		what_is_waived(values, nulls, reader->year) :
		what_is_deferred(values, nulls, reader->year);
	body = ce_org_title(DatumGetInt64(values[CE_COL_WAIVER_GRANTED_BY]));
	decision = TextDatumGetCString(values[CE_COL_WAIVER_DECISION]);
	reader->sentences = lappend(reader->sentences,
								psprintf(_("%s by %s, decision %s"), what, body, decision));
}

List *
ce_waiver_sentences(int64 person_id, int year, DateADT as_of)
{
	WaiverReader reader = {year, as_of, NIL};

	ce_read_granted_waivers(person_id, waiver_row, &reader);
	return reader.sentences;
}

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

/* What is waived: without hours all of them, without a subject the whole year. */
static const char *
what_is_waived(const Datum *values, const bool *nulls, int year)
{
	bool		one_subject = !nulls[CE_COL_WAIVER_SUBJECT];
	const char *subject = one_subject ?
		_(ce_list_label(CE_LIST_SUBJECT, DatumGetCeSubject(values[CE_COL_WAIVER_SUBJECT]))) : NULL;
	const char *hours;

	if (nulls[CE_COL_WAIVER_HOURS])
		return one_subject ? psprintf(_("%d: waived for subject %s"), year, subject) :
			psprintf(_("%d: waived"), year);
	hours = ce_hours_text(DatumGetCeHours(values[CE_COL_WAIVER_HOURS]));
	return one_subject ? psprintf(_("%d: %s hours of subject %s waived"), year, hours, subject) :
		psprintf(_("%d: %s hours waived"), year, hours);
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
	what = what_is_waived(values, nulls, reader->year);
	body = ce_org_title(DatumGetInt64(values[CE_COL_WAIVER_GRANTED_BY]));
	decision = TextDatumGetCString(values[CE_COL_WAIVER_DECISION]);
	reader->sentences =
		lappend(reader->sentences,
				nulls[CE_COL_WAIVER_DEFERS_TO] ?
				psprintf(_("%s by %s, decision %s"), what, body, decision) :
				psprintf(_("%s by %s, decision %s, if made up for in %d"), what,
						 body, decision, DatumGetInt32(values[CE_COL_WAIVER_DEFERS_TO])));
}

List *
ce_waiver_sentences(int64 person_id, int year, DateADT as_of)
{
	WaiverReader reader = {year, as_of, NIL};

	ce_read_granted_waivers(person_id, waiver_row, &reader);
	return reader.sentences;
}

/*-------------------------------------------------------------------------
 *
 * cite.c
 *	  Clauses of law rows as sentences cite them.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "law/cite.h"
#include "store/whole.h"

#include "compat.h"

typedef struct Instrument
{
	const char *name;
	const char *doc_no;			/* NULL: there is no such instrument */
} Instrument;

static void
instrument_row(const Datum *values, const bool *nulls, void *arg)
{
	Instrument *instrument = arg;
	text	   *name = DatumGetTextPP(values[CE_COL_INSTRUMENT_INSTRUMENT]);

	if (strlen(instrument->name) == VARSIZE_ANY_EXHDR(name) &&
		memcmp(instrument->name, VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name)) == 0)
		instrument->doc_no = TextDatumGetCString(values[CE_COL_INSTRUMENT_DOC_NO]);
}

/* The number of a row's instrument, unless it is the scheme's own: NULL. */
static const char *
other_instrument(const CeCitation *citation, const CeScheme *scheme)
{
	Instrument	instrument = {.name = citation->instrument};

	if (citation->instrument == NULL || scheme->citation.instrument == NULL ||
		strcmp(citation->instrument, scheme->citation.instrument) == 0)
		return NULL;
	ce_read_whole(CE_INSTRUMENT, NULL, instrument_row, &instrument);
	return instrument.doc_no;
}

/* With the format of a clause of the scheme's own instrument. */
static const char *
cite(const CeCitation *citation, const CeScheme *scheme, const char *own)
{
	const char *doc_no = other_instrument(citation, scheme);
	const char *clause = ce_clause(citation->clause);

	return doc_no == NULL ? psprintf(own, clause) :
		/* translator: the number of a document, and a clause of it */
		psprintf(_("%s, %s"), doc_no, clause);
}

const char *
ce_cite(const CeCitation *citation, const CeScheme *scheme)
{
	return cite(citation, scheme, "%s");
}

const char *
ce_cite_first(const CeCitation *citation, const CeScheme *scheme)
{
	return cite(citation, scheme, _("Clause %s"));
}

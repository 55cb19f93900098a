/*-------------------------------------------------------------------------
 *
 * import_load.h
 *	  One-off loads: each record stands alone, good ones are kept.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_IMPORT_LOAD_H
#define CE_IMPORT_LOAD_H

#include "lib/stringinfo.h"
#include "nodes/execnodes.h"
#include "utils/jsonb.h"

#include "feed/import_sql.h"

/* A record of a load, and its outcome. */
typedef struct CeLoaded
{
	JsonbContainer *record;
	const char *outcome;		/* NULL: nothing yet */
	bool		has_person;
	int64		person_id;
	bool		has_row;
	int64		row_id;			/* for loads that return it */
	StringInfo	faults;			/* one a line; NULL: none so far */
	StringInfo	readings;		/* what was read otherwise than written; NULL: nothing */
	MemoryContext context;		/* where they live */
} CeLoaded;

/* Add a fault, which rejects the record; add a sentence to the message. */
extern void ce_load_reject(CeLoaded *loaded, const char *fault);
extern void ce_load_tell(CeLoaded *loaded, const char *reading);

/*
 * Takes one record after the other by a step, whose argument is a CeLoaded, in a
 * subtransaction each, and returns a row for each: ord, person_id, outcome, the
 * id of its row if the function has five columns, message.  records: an object,
 * or an array.
 */
extern void ce_load_records(ReturnSetInfo *rsinfo, JsonbContainer *records,
							CeImportStep step);

#endif							/* CE_IMPORT_LOAD_H */

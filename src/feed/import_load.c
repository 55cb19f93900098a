/*-------------------------------------------------------------------------
 *
 * import_load.c
 *	  One-off loads: each record stands alone, good ones are kept.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "feed/import_item.h"
#include "feed/import_load.h"

#include "compat.h"

/* Append a line, in a context that outlives the attempt. */
static void
add_line(CeLoaded *loaded, StringInfo *lines, const char *line)
{
	MemoryContext old = MemoryContextSwitchTo(loaded->context);

	ce_import_add_line(lines, line);
	MemoryContextSwitchTo(old);
}

void
ce_load_reject(CeLoaded *loaded, const char *fault)
{
	loaded->outcome = "rejected";
	add_line(loaded, &loaded->faults, fault);
}

void
ce_load_tell(CeLoaded *loaded, const char *reading)
{
	add_line(loaded, &loaded->readings, reading);
}

/* Reject a record that is not an object or that raises an error. */
static void
take_record(CeLoaded *loaded, CeImportStep step)
{
	ErrorData  *error;

	if (loaded->record == NULL || !JsonContainerIsObject(loaded->record))
	{
		ce_load_reject(loaded, _("the record is not an object"));
		return;
	}
	error = ce_import_attempt(step, loaded);
	if (error != NULL)
		ce_load_reject(loaded, ce_import_error_text(error));
}

/* The faults first, then what was read otherwise. */
static Datum
message_of(CeLoaded *loaded, bool *isnull)
{
	if (loaded->readings != NULL)
		add_line(loaded, &loaded->faults, loaded->readings->data);
	*isnull = loaded->faults == NULL;
	return *isnull ? (Datum) 0 : CStringGetTextDatum(loaded->faults->data);
}

static void
put_row(ReturnSetInfo *rsinfo, int64 ord, CeLoaded *loaded)
{
	Datum		values[5];
	bool		nulls[5] = {false};
	int			n = 0;

	values[n++] = Int64GetDatum(ord);
	nulls[n] = !loaded->has_person;
	values[n++] = Int64GetDatum(loaded->person_id);
	values[n++] = CStringGetTextDatum(loaded->outcome);
	if (rsinfo->setDesc->natts == lengthof(values))
	{
		nulls[n] = !loaded->has_row || loaded->faults != NULL;
		values[n++] = Int64GetDatum(loaded->row_id);
	}
	values[n] = message_of(loaded, &nulls[n]);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

static void
load_record(ReturnSetInfo *rsinfo, int64 ord, JsonbContainer *record, CeImportStep step)
{
	CeLoaded	loaded = {.record = record, .context = CurrentMemoryContext};

	CHECK_FOR_INTERRUPTS();
	take_record(&loaded, step);
	put_row(rsinfo, ord, &loaded);
}

void
ce_load_records(ReturnSetInfo *rsinfo, JsonbContainer *records, CeImportStep step)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext,
												  "ce_hours loaded record",
												  ALLOCSET_DEFAULT_SIZES);
	JsonbIterator *it = JsonbIteratorInit(records);
	JsonbIteratorToken token;
	JsonbValue	record;
	int64		ord = 0;

	if (JsonContainerIsObject(records))
		load_record(rsinfo, 1, records, step);
	else
	{
		while ((token = JsonbIteratorNext(&it, &record, true)) != WJB_DONE)
		{
			MemoryContext old;

			if (token != WJB_ELEM)
				continue;
			old = MemoryContextSwitchTo(context);
			load_record(rsinfo, ++ord,
						record.type == jbvBinary ? record.val.binary.data : NULL, step);
			MemoryContextSwitchTo(old);
			MemoryContextReset(context);
		}
	}
	MemoryContextDelete(context);
}

/*-------------------------------------------------------------------------
 *
 * import_sql.c
 *	  Running the statements of an import.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "utils/memutils.h"
#include "utils/resowner.h"

#include "feed/import_sql.h"
#include "store/ledger.h"
#include "store/sql.h"

#include "compat.h"

void
ce_import_require_ledger(void)
{
	ce_ledger_table("ce_staging");
	ce_ledger_table("ce_statement");
}

/* Errors that concern only the record; all others end the import. */
static bool
is_records_error(const ErrorData *error)
{
	switch (ERRCODE_TO_CATEGORY(error->sqlerrcode))
	{
		case ERRCODE_DATA_EXCEPTION:
		case ERRCODE_INTEGRITY_CONSTRAINT_VIOLATION:
		case ERRCODE_WITH_CHECK_OPTION_VIOLATION:
			return true;
	}
	return error->sqlerrcode == ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE ||
		error->sqlerrcode == ERRCODE_INSUFFICIENT_PRIVILEGE ||
		error->sqlerrcode == ERRCODE_UNDEFINED_OBJECT ||
		/* a reference too long for its index */
		error->sqlerrcode == ERRCODE_PROGRAM_LIMIT_EXCEEDED ||
		error->sqlerrcode == ERRCODE_RAISE_EXCEPTION;
}

/*
 * The step has an SPI connection of its own, whose plans are freed with it when
 * it fails.
 */
ErrorData *
ce_import_attempt(CeImportStep step, void *arg)
{
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	ErrorData  *volatile error = NULL;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		ce_sql_begin();
		step(arg);
		ce_sql_finish();
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
	}
	PG_END_TRY();
	MemoryContextSwitchTo(context);
	CurrentResourceOwner = owner;
	if (error != NULL && !is_records_error(error))
		ReThrowError(error);
	return error;
}

/* A number that a person has whom the writer does not see, or since a moment. */
static bool
is_number_taken(const ErrorData *error)
{
	return error->sqlerrcode == ERRCODE_UNIQUE_VIOLATION && error->constraint_name != NULL &&
		strcmp(error->constraint_name, "ce_person_person_no_key") == 0;
}

char *
ce_import_error_text(const ErrorData *error)
{
	/* a RAISE in a user's trigger may leave either empty */
	bool		detail = error->detail != NULL && error->detail[0] != '\0';
	bool		hint = error->hint != NULL && error->hint[0] != '\0';

	if (is_number_taken(error))
		return psprintf(_("%s: %s"), "person_no", _("another person already has this value"));
	if (detail && hint)
		return psprintf(_("%s. %s %s"), error->message, error->detail, error->hint);
	if (detail || hint)
		return psprintf(_("%s. %s"), error->message, detail ? error->detail : error->hint);
	return error->message;
}

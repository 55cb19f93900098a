/*-------------------------------------------------------------------------
 *
 * script.c
 *	  Splitting an SQL script into statements with the server's own parser.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "nodes/parsenodes.h"
#include "tcop/tcopprot.h"
#include "utils/builtins.h"

#include "store/ledger.h"

#include "compat.h"

/* A syntax error belongs to the script, not to the calling query. */
static void
script_error_context(void *arg)
{
	int			position = geterrposition();

	if (position > 0)
	{
		errposition(0);
		internalerrposition(position);
		internalerrquery((const char *) arg);
	}
}

static List *
parse_script(char *script)
{
	ErrorContextCallback context;
	List	   *statements;

	context.callback = script_error_context;
	context.arg = script;
	context.previous = error_context_stack;
	error_context_stack = &context;
	statements = pg_parse_query(script);
	error_context_stack = context.previous;
	return statements;
}

static int
count_lines(const char *from, const char *to)
{
	int			lines = 0;

	for (; from < to; from++)
		lines += *from == '\n';
	return lines;
}

/*
 * ce__statements(script text) returns table (line integer, statement text):
 * without its semicolon, with the comments before it.  Servers disagree on
 * where a statement begins, so each one begins where the last one ended.
 */
PG_FUNCTION_INFO_V1(ce__statements);
Datum
ce__statements(PG_FUNCTION_ARGS)
{
	char	   *script = text_to_cstring(PG_GETARG_TEXT_PP(0));
	const char *start = script;
	int			line = 1;

	InitMaterializedSRF(fcinfo, 0);
	foreach_ptr(RawStmt, statement, parse_script(script))
	{
		const char *end = script + statement->stmt_location + statement->stmt_len;
		const char *text = start + strspn(start, " \t\r\n");
		Datum		values[2];
		bool		nulls[2] = {false, false};

		/* the last one, without a semicolon */
		if (statement->stmt_len == 0)
			end = script + strlen(script);
		line += count_lines(start, text);
		values[0] = Int32GetDatum(line);
		values[1] = PointerGetDatum(cstring_to_text_with_len(text, end - text));
		ce_put_row(fcinfo, values, nulls);
		line += count_lines(text, end);
		start = *end == ';' ? end + 1 : end;
	}
	PG_RETURN_NULL();
}

/*-------------------------------------------------------------------------
 *
 * module.c
 *	  The module's magic block, its start-up, and its messages for SQL.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "compat.h"

PG_MODULE_MAGIC;

void		_PG_init(void);

void
_PG_init(void)
{
	pg_bindtextdomain(TEXTDOMAIN);
}

/* ce_text(message text) returns text: it in the language of lc_messages */
PG_FUNCTION_INFO_V1(ce_text);
Datum
ce_text(PG_FUNCTION_ARGS)
{
	char	   *message = text_to_cstring(PG_GETARG_TEXT_PP(0));

	PG_RETURN_TEXT_P(cstring_to_text(ce_translate(message)));
}

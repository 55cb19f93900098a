/*-------------------------------------------------------------------------
 *
 * module.c
 *	  The module's magic block, start-up and settings.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/guc.h"

#include "module.h"
#include "rows.h"
#include "sees.h"

#include "compat.h"

PG_MODULE_MAGIC;

int			ce_class_minutes = 45;

void		_PG_init(void);

void
_PG_init(void)
{
	pg_bindtextdomain(TEXTDOMAIN);

	/* The notice does not say how long a class hour is (AMB-12). */
	DefineCustomIntVariable("ce_hours.class_minutes",
							"Minutes of a class hour.",
							"Used where a source gives a duration, as xAPI statements do.",
							&ce_class_minutes, 45, 1, 24 * 60,
							PGC_USERSET, 0, NULL, NULL, NULL);
	MarkGUCPrefixReserved("ce_hours");
	ce_rows_person_visible = ce_sees_rows_of_person;
}

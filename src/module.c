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

#include "store/cache.h"
#include "store/rows.h"
#include "who/policies.h"

#include "compat.h"

PG_MODULE_MAGIC_EXT(
					.name = "ce_hours",
					.version = CE_HOURS_VERSION
);

/* The value of a setting that is gone: nobody reads it. */
static char *gone_setting;

void		_PG_init(void);

/*
 * Says where a setting has gone; without this the server would only say that
 * the name is reserved.
 */
static bool
refuse_setting(char **newval, void **extra, GucSource source)
{
	if (*newval == NULL || **newval == '\0')
		return true;
	GUC_check_errcode(ERRCODE_CANT_CHANGE_RUNTIME_PARAM);
	GUC_check_errmsg("setting \"%s\" does not exist any more", "ce_hours.class_minutes");
	GUC_check_errdetail("AMB-12: how long a class hour is belongs to the law, not to a session.");
	GUC_check_errhint("Set column class_minutes of the law's row in table ce_requirement.");
	return false;
}

void
_PG_init(void)
{
	pg_bindtextdomain(TEXTDOMAIN);

	DefineCustomStringVariable("ce_hours.class_minutes",
							   "Gone: see column class_minutes of ce_requirement.",
							   NULL, &gone_setting, "", PGC_USERSET,
							   GUC_NO_SHOW_ALL | GUC_NOT_IN_SAMPLE | GUC_DISALLOW_IN_FILE,
							   refuse_setting, NULL, NULL);
	MarkGUCPrefixReserved("ce_hours");
	ce_cache_init();
	ce_rows_person_visible = ce_sees_rows_of_person;
}

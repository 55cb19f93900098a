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

#include "messages/message.h"
#include "store/cache.h"
#include "store/rows.h"
#include "who/policies.h"

#include "compat.h"

PG_MODULE_MAGIC_EXT(
					.name = "ce_hours",
					.version = CE_HOURS_VERSION
);

/* The value of a removed setting, which is not read. */
static char *gone_setting;

/* Read by name, with current_setting(). */
static char *check_address;
static bool keep_law_rows;

/* The value as it was set; ce_language is what is read. */
static char *language_setting;

/* Characters of an address besides letters and digits (RFC 3986). */
#define ADDRESS_SIGNS "-._~:/?#[]@!$&()*+,;=%"
#define MAX_ADDRESS 200

void		_PG_init(void);

/*
 * Reports where a removed setting has moved; otherwise the server would only
 * report that the prefix is reserved.
 */
static bool
refuse_setting(char **newval, void **extra, GucSource source)
{
	if (*newval == NULL || **newval == '\0')
		return true;
	GUC_check_errcode(ERRCODE_CANT_CHANGE_RUNTIME_PARAM);
	GUC_check_errmsg("setting \"%s\" no longer exists", "ce_hours.class_minutes");
	GUC_check_errdetail("AMB-12: the law, not the session, determines how long a class hour is.");
	GUC_check_errhint("Set column class_minutes of the law's row in table ce_requirement.");
	return false;
}

/*
 * The address is embedded in pages and QR codes, so only characters that are
 * safe everywhere are allowed.
 */
static bool
check_check_address(char **newval, void **extra, GucSource source)
{
	const char *address = *newval;

	if (address == NULL || *address == '\0')
		return true;
	if ((strncmp(address, "https://", 8) == 0 || strncmp(address, "http://", 7) == 0) &&
		strlen(address) <= MAX_ADDRESS &&
		strspn(address, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" ADDRESS_SIGNS) == strlen(address))
		return true;
	GUC_check_errdetail("It must begin with https:// or http://, have at most %d characters and only those of an address.",
						MAX_ADDRESS);
	GUC_check_errhint("Give the address of the page that checks a certificate, up to where its code follows, such as https://example.org/check?code=.");
	return false;
}

static bool
check_language(char **newval, void **extra, GucSource source)
{
	CeLanguage	language;

	if (ce_find_language(*newval, &language))
		return true;
	GUC_check_errdetail("The languages are zh (Chinese) and en (English).");
	GUC_check_errhint("Set it to the empty string for the language of lc_messages.");
	return false;
}

static void
assign_language(const char *newval, void *extra)
{
	(void) ce_find_language(newval, &ce_language);
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
	DefineCustomStringVariable("ce_hours.check_address",
							   "Address of the page that checks a certificate; its code follows.",
							   "Certificates and archives carry it as a QR code. Empty: the code alone.",
							   &check_address, "", PGC_USERSET, 0,
							   check_check_address, NULL, NULL);
	DefineCustomStringVariable("ce_hours.language",
							   "Language of messages, reasons and pages: zh or en.",
							   "Empty: messages follow lc_messages, and pages are in Chinese.",
							   &language_setting, "", PGC_USERSET, 0,
							   check_language, assign_language, NULL);
	DefineCustomBoolVariable("ce_hours.keep_law_rows",
							 "Leaves out a law row if the ledger has a row about the same.",
							 "With a warning if the two differ. Off: such a row is an error, or applies beside the other.",
							 &keep_law_rows, false, PGC_USERSET, 0,
							 NULL, NULL, NULL);
	MarkGUCPrefixReserved("ce_hours");
	ce_cache_init();
	ce_rows_person_visible = ce_sees_rows_of_person;
}

/*-------------------------------------------------------------------------
 *
 * import_facts.c
 *	  All impossible facts of an import record, found at once.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "feed/import_facts.h"
#include "law/convert.h"
#include "law/law.h"

#include "compat.h"

/* The kind that the record names; NULL, and a fault, if it does not exist. */
static const CeKind *
check_kind(CeImportItem *item)
{
	const char *name = item->values[IMPORT_KIND];
	const CeKind *kind = name == NULL ? NULL : ce_find_kind(name, strlen(name));

	if (name == NULL && !item->unreadable[IMPORT_KIND])
		ce_import_reject(item, psprintf(_("field \"%s\" is missing. Table ce_kind lists the kinds of activities."),
										ce_import_field_name(IMPORT_KIND)));
	else if (name != NULL && kind == NULL)
		ce_import_reject(item, psprintf(_("field \"%s\": \"%s\" is neither the code nor the label of a kind. Clause 5: hours are recognised for the kinds that the law lists. Table ce_kind lists the kinds of activities and achievements."),
										ce_import_field_name(IMPORT_KIND), ce_import_shown(name)));
	return kind;
}

/* Texts in ISO 8601 sort like days. */
static void
check_days_of_calendar(CeImportItem *item)
{
	const char *started_on = item->values[IMPORT_STARTED_ON];
	const char *completed_on = item->values[IMPORT_COMPLETED_ON];
	const char *today = ce_date_text(ce_day_of_act());

	if (completed_on == NULL)
		return;
	if (strcmp(completed_on, today) > 0)
		ce_import_reject(item, psprintf(_("field \"%s\": %s is in the future. Clauses 5.1, 5.2: only completed activities count, and today is %s in Asia/Shanghai. Send the record when the activity is complete."),
										ce_import_field_name(IMPORT_COMPLETED_ON), completed_on, today));
	if (started_on != NULL && strcmp(started_on, completed_on) > 0)
		ce_import_reject(item, psprintf(_("fields \"%s\" and \"%s\" contradict each other: %s is after %s. Correct the dates."),
										ce_import_field_name(IMPORT_STARTED_ON),
										ce_import_field_name(IMPORT_COMPLETED_ON),
										started_on, completed_on));
}

/* Days are counted in halves and are not negative (AMB-13). */
static void
check_halves(CeImportItem *item, CeImportField field)
{
	const char *days = item->values[field];
	const char *point = days == NULL ? NULL : strchr(days, '.');

	if (days != NULL && (*days == '-' || (point != NULL && strcmp(point, ".5") != 0)))
		ce_import_reject(item, psprintf(_("field \"%s\": %s is not a number of whole or half days. Clause 5.2.2(1)b, AMB-13: only these count. Give whole or half days, such as 2.5."),
										ce_import_field_name(field), days));
}

/* Ranks begin with 1, and a quantity is greater than 0. */
static void
check_case(CeImportItem *item)
{
	const char *rank = item->values[IMPORT_RANK];
	const char *quantity = item->values[IMPORT_QUANTITY];

	if (rank != NULL && strcmp(rank, "0") == 0)
		ce_import_reject(item, psprintf(_("field \"%s\": a rank cannot be %s. Ranks count from 1, the first of those who took part. Leave the field out where there is none."),
										ce_import_field_name(IMPORT_RANK), rank));
	if (quantity != NULL && (*quantity == '-' || strcmp(quantity, "0") == 0))
		ce_import_reject(item, psprintf(_("field \"%s\": a quantity cannot be %s. It is a number of the unit that the rule names, and more than 0. Leave the field out where the hours do not go by a unit."),
										ce_import_field_name(IMPORT_QUANTITY), quantity));
}

/* The rule that would convert the record's facts; NULL if it is not known. */
static const CeRule *
rule_of(const CeImportItem *item, const CeImportLookup *lookup, const CeKind *kind)
{
	const CeScheme *scheme = lookup->scheme == NULL ? NULL :
		ce_find_scheme(lookup->scheme, strlen(lookup->scheme));

	if (scheme == NULL || kind == NULL || item->values[IMPORT_COMPLETED_ON] == NULL)
		return NULL;
	return ce_find_rule(scheme, kind, atoi(item->values[IMPORT_COMPLETED_ON]),
						item->values[IMPORT_GRADE], item->values[IMPORT_ROLE],
						item->values[IMPORT_RANK] == NULL ? 0 : atoi(item->values[IMPORT_RANK]));
}

/*
 * Many systems write 0 for hours that were not stated.  If days count instead,
 * 0 is read so; if hours are needed, it is a fault.
 */
static void
check_hours(CeImportItem *item, const CeImportLookup *lookup, const CeKind *kind)
{
	const char *hours = item->values[IMPORT_HOURS];
	const CeRule *rule;

	if (hours == NULL)
		return;
	if (*hours == '-')
		ce_import_reject(item, psprintf(_("field \"%s\": hours must not be negative. To withdraw verified hours, revoke the activity with ce_revoke()."),
										ce_import_field_name(IMPORT_HOURS)));
	if (strcmp(hours, "0") != 0)
		return;
	rule = rule_of(item, lookup, kind);
	if (rule != NULL && ce_goes_by_days(rule))
	{
		item->values[IMPORT_HOURS] = NULL;
		item->zero_hours = true;
		ce_import_tell(item, psprintf(_("field \"%s\": read \"%s\" as not stated, since \"%s\" can go by days"),
									  ce_import_field_name(IMPORT_HOURS), hours, kind->name));
	}
	else if (rule != NULL)
		ce_import_reject(item, psprintf(_("field \"%s\": an activity of kind \"%s\" does not go by days, and its hours cannot be %s. Leave the field out if they are not known."),
										ce_import_field_name(IMPORT_HOURS), kind->name, hours));
}

void
ce_import_check_facts(CeImportItem *item, const CeImportLookup *lookup)
{
	const CeKind *kind = check_kind(item);

	check_days_of_calendar(item);
	check_halves(item, IMPORT_DAYS);
	check_halves(item, IMPORT_TRAVEL_DAYS);
	check_case(item);
	check_hours(item, lookup, kind);
}

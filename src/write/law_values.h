/*-------------------------------------------------------------------------
 *
 * law_values.h
 *	  Checks of single values of law rows.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_LAW_VALUES_H
#define CE_LAW_VALUES_H

#include "store/trigger_row.h"

#define CE_LAST_YEAR 9999

/* A calendar year. */
extern void ce_check_year(const char *name, int year);

/* The years that a row governs: their columns. */
extern void ce_check_years(const CeRow *row, int from, int to);

/* An error unless the value is in a list. */
extern void ce_check_listed(const CeRow *row, int column, const char *const *values,
							int nvalues);

/* The node of a category; an error if there is none. */
extern int	ce_check_category(const CeRow *row, int column);

/* The categories, for a hint; those that hours are kept by, or all. */
extern char *ce_list_categories(bool roots);

/* Hours are kept by the categories of the subject, and not by itself. */
extern void ce_refuse_professional(const char *kind);

/* A last day, MM-DD; 02-29 means the last day of February. */
extern void ce_check_last_day(TriggerData *trigdata, const char *column);

/* A row of ce_rule. */
extern void ce_check_rule_row(CeRow *row, TriggerData *trigdata);

#endif							/* CE_LAW_VALUES_H */

/*-------------------------------------------------------------------------
 *
 * conversion.h
 *	  What the law gives for the facts of an activity.
 *
 * Rows are arrays by the column enum of ce_activity.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_CONVERSION_H
#define CE_CONVERSION_H

#include "law/convert.h"
#include "record/person_rows.h"

/* The facts that hours depend on; those of the plan come from the second. */
extern void ce_activity_facts(const Datum *values, const bool *nulls, const CeKind *kind,
							  const CeScheme *scheme, CeFacts *facts);
extern void ce_plan_facts(const CePlan *plan, CeFacts *facts);

/* Fills in the derived columns. */
extern void ce_derived_columns(const CeFacts *facts, const CeConversion *conversion,
							   Datum *values);

/*
 * A copy of the row with the derived columns that today's law gives by the
 * scheme.  Returns NULL, or the reason, to be translated, why it converts the
 * row no longer.
 */
extern const char *ce_convert_row(const Datum *values, const bool *nulls,
								  const CeScheme *scheme, Datum *converted);

/*
 * The same for one that waits, as verification would convert it.  False: it
 * would refuse it.
 */
extern bool ce_convert_waiting(const Datum *values, const bool *nulls,
							   const CeScheme *scheme, Datum *converted);

#endif							/* CE_CONVERSION_H */

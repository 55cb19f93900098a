/*-------------------------------------------------------------------------
 *
 * duty.h
 *	  What the writer of a row must hold (7.4, 7.5).
 *
 * The ledger's owner is bound by no duty, and nobody is on a table whose
 * row security is not the ledger's own; that nobody acts on his own hours
 * holds for all.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_DUTY_H
#define CE_DUTY_H

#include "member.h"
#include "trigger_row.h"

/* Whether the duties bind this row's writer. */
extern bool ce_duty_binds(const CeRow *row);

/* An error unless the writer holds the duty for the organisation. */
extern void ce_duty_require(const CeRow *row, CeDuty duty, int64 org_id);

/* The same of verify for the organisation or any above it. */
extern void ce_duty_require_over(const CeRow *row, int64 org_id);

/* The day in a column, if it lies before today, needs backdate for the body. */
extern void ce_duty_require_day(const CeRow *row, int column, int64 org_id);

/* Nobody reviews, verifies, attests, spreads or takes back what is his own. */
extern void ce_duty_refuse_own(const CeRow *row, int64 person_id);

/* Both for the employer of the person whose id is in a column. */
extern void ce_duty_require_for_person(const CeRow *row, CeDuty duty,
									   int person_column);
extern void ce_duty_require_day_for_person(const CeRow *row, int column,
										   int person_column);

#endif							/* CE_DUTY_H */

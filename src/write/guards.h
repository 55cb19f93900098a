/*-------------------------------------------------------------------------
 *
 * guards.h
 *	  Triggers that protect rows that others need.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_GUARDS_H
#define CE_GUARDS_H

#include "commands/trigger.h"

/* Does an activity satisfy the condition, an SQL expression, on $1? */
extern bool ce_activity_exists(TriggerData *trigdata, const char *condition,
							   Oid type, Datum value);

#endif							/* CE_GUARDS_H */

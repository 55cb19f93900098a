/*-------------------------------------------------------------------------
 *
 * activity_trigger.h
 *	  What the functions that write ce_activity tell its triggers.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_ACTIVITY_TRIGGER_H
#define CE_ACTIVITY_TRIGGER_H

#include "utils/date.h"

/*
 * The day of the step that is being taken, where the row does not say it; the
 * triggers take today when it is not given.
 */
typedef struct CeStep
{
	bool		given;
	DateADT		day;
	bool		rederive;		/* ce_rebuild(): hours afresh, facts as they are */
} CeStep;

extern CeStep ce_step;

#endif							/* CE_ACTIVITY_TRIGGER_H */

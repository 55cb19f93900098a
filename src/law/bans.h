/*-------------------------------------------------------------------------
 *
 * bans.h
 *	  The ban on applications that a finding causes (6.2b).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_BANS_H
#define CE_BANS_H

#include "utils/date.h"

#include "law/law.h"

/* The first and the last day. */
typedef struct CeBan
{
	DateADT		from;
	DateADT		until;
} CeBan;

/*
 * The ban that a finding causes; revoked_on is DATEVAL_NOEND if it was not
 * revoked.  Returns whether it is in force on the day.
 */
extern bool ce_ban_on(const CeScheme *scheme, DateADT found_on,
					  DateADT revoked_on, DateADT day, CeBan *ban);

#endif							/* CE_BANS_H */

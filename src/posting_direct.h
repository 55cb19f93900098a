/*-------------------------------------------------------------------------
 *
 * posting_direct.h
 *	  Posting to the accounts and to the log without asking the executor.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_POSTING_DIRECT_H
#define CE_POSTING_DIRECT_H

#include "utils/date.h"

#include "credit.h"

typedef struct CePostingKey
{
	int64		person_id;
	int32		year;
	SubTransactionId subid;
} CePostingKey;

/* What is added to an account. */
typedef struct CePosting
{
	CePostingKey key;			/* hash key, must be first */
	CeCredit	credit;
	DateADT		known_from;
} CePosting;

/* A row of the log. */
typedef struct CeLogEntry
{
	SubTransactionId subid;
	const char *object;			/* a constant */
	const char *from;			/* or NULL, as to and note */
	const char *to;
	int64		by_org;			/* or 0 */
	const char *note;
	Oid			role;
	int			nids;
	int			room;
	int64	   *ids;
} CeLogEntry;

/*
 * Adds to accounts in the order given, and returns how many it did.  The next
 * one needs the executor: somebody else is at it, or the table is not as
 * ce_setup() made it.  The caller became the owner, and gave a snapshot that
 * sees what was posted before.
 */
extern int	ce_post_accounts_directly(const CePosting *postings, int n);

/* The types of the log's columns, as ce_setup() made them. */
extern Oid	ce_event_types[];

/*
 * Appends a row to the log; false: ask the executor.  values and nulls are by
 * the columns of ce_event, without event_id.
 */
extern bool ce_log_directly(const Datum *values, const bool *nulls);

#endif							/* CE_POSTING_DIRECT_H */

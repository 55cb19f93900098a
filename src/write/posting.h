/*-------------------------------------------------------------------------
 *
 * posting.h
 *	  Posting what a statement changed to the accounts and to the log.
 *
 * Row triggers gather, a statement trigger posts: an account is touched once
 * a statement, in key order, so that writers do not deadlock over accounts.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_POSTING_H
#define CE_POSTING_H

#include "utils/date.h"
#include "utils/relcache.h"

#include "types/credit.h"

/* True while rows are written to the accounts and the log by us. */
extern bool ce_posting;

/*
 * Gather a change of an account: add and subtract (either may be NULL), and
 * the latest business date that is in it.
 */
extern void ce_post_credit(int64 person_id, int32 year, const CeCredit *add,
						   const CeCredit *subtract, DateADT known_from);

/*
 * Gather a change of status; from and note may be NULL, by_org 0.  role is
 * who does it.
 */
extern void ce_post_event(const char *object, int64 id, const char *from,
						  const char *to, int64 by_org, const char *note,
						  Oid role);

/* Post what this (sub)transaction gathered.  The caller became the owner. */
extern void ce_post_all(void);

#endif							/* CE_POSTING_H */

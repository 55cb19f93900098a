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
#include "write/queue.h"

/*
 * True while rows are written to the accounts and the log by us.  A variable,
 * since no column of theirs could say so that the user cannot write as well:
 * the trigger that refuses his rows must know who runs the statement.
 */
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

/*
 * The trigger after a statement: posts what its rows gathered, and checks what
 * they queued by all that is then committed, as the table's owner.  lock, if
 * given, gets the items before anything is posted.
 */
extern void ce_post_queue(Relation rel, CeQueue *queue,
						  void (*lock) (const void *items, int n),
						  void (*check) (const void *item));

#endif							/* CE_POSTING_H */

/*-------------------------------------------------------------------------
 *
 * posting.h
 *	  Posting a statement's changes to the accounts and the log.
 *
 * Row triggers queue the changes, a statement trigger posts them: an account
 * is locked once a statement, in key order, so that writers do not deadlock.
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
 * True while we write rows to the accounts and the log.  A variable, since the
 * user could set any column too: the trigger that rejects the user's rows must
 * know who runs the statement.
 */
extern bool ce_posting;

/*
 * Queue a change of an account: add and subtract (either may be NULL), and its
 * latest business date.
 */
extern void ce_post_credit(int64 person_id, int32 year, const CeCredit *add,
						   const CeCredit *subtract, DateADT known_from);

/*
 * Queue a change of status; from and note may be NULL, by_org 0.  role is the
 * role that acts.
 */
extern void ce_post_event(const char *object, int64 id, const char *from,
						  const char *to, int64 by_org, const char *note,
						  Oid role);

/* Post what this (sub)transaction queued.  The caller has become the owner. */
extern void ce_post_all(void);

/*
 * Lock the rows of persons, sorted by number: of two writers of rows that limit
 * one another the second waits until the first has ended.
 */
extern void ce_lock_persons(Datum *person_ids, int n);

/*
 * The trigger after a statement: posts the queued changes, and runs the queued
 * checks on the latest committed data, as the table's owner.  lock, if given,
 * gets the items before anything is posted.
 */
extern void ce_post_queue(Relation rel, CeQueue *queue,
						  void (*lock) (const void *items, int n),
						  void (*check) (const void *item));

#endif							/* CE_POSTING_H */

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
 * Queue a change of status that the current user makes; from and note may be
 * NULL, by_org 0.
 */
extern void ce_post_event(const char *object, int64 id, const char *from,
						  const char *to, int64 by_org, const char *note);

/* Post what this (sub)transaction queued, as the owner of the table. */
extern void ce_post_all(Relation rel);

/*
 * Lock the rows of persons, sorted by number: of two writers of rows that limit
 * one another the second waits until the first has ended.
 */
extern void ce_lock_persons(Datum *person_ids, int n);

/* What a trigger locks of the persons that its items are about, as bits. */
#define CE_LOCK_PERSONS 1
#define CE_LOCK_ACCOUNTS 2

/*
 * The trigger after a statement: takes the locks, posts the queued changes, and
 * runs the queued checks on the latest committed data, as the table's owner.
 */
extern void ce_post_queue(Relation rel, CeQueue *queue, int locks,
						  void (*check) (const void *item));

#endif							/* CE_POSTING_H */

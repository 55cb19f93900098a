/*-------------------------------------------------------------------------
 *
 * queue.h
 *	  Items that row triggers queue for the trigger after their statement.
 *
 * An item belongs to the subtransaction that queued it, and is dropped when
 * that is rolled back: a user-defined trigger may run statements in between,
 * and catch their errors.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_QUEUE_H
#define CE_QUEUE_H

#include "utils/palloc.h"

/* An item is a struct that begins with this. */
typedef struct CeQueued
{
	SubTransactionId subid;
	int64		person_id;		/* whom it is about; 0: nobody */
} CeQueued;

/* Items of one kind; static, initialized with properties and no items. */
typedef struct CeQueue
{
	Size		size;			/* of one item */
	/* the order of a person's items; NULL: all stay as queued */
	int			(*compare) (const void *, const void *);
	/* adds an item to one that compares equal; NULL: not merged */
	void		(*merge) (void *, const void *);
	/* raises an error if items remain at commit; NULL: they may remain */
	void		(*left_over) (void);
	char	   *items;
	int			n;
	int			room;
	int			merge_at;
	MemoryContext context;		/* of the items and what they point to */
	struct CeQueue *next;		/* of those in use in the transaction */
} CeQueue;

/* A new item, to be filled in. */
extern void *ce_queue_add(CeQueue *queue, int64 person_id);

/*
 * Take this subtransaction's items, by person and merged, into the current
 * memory context; NULL if there are none.  They are removed before use, since
 * using them may queue and take others.
 */
extern void *ce_queue_take(CeQueue *queue, int *n);

#endif							/* CE_QUEUE_H */

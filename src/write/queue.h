/*-------------------------------------------------------------------------
 *
 * queue.h
 *	  What row triggers leave for the trigger after their statement.
 *
 * An item belongs to the subtransaction that queued it, and goes with it when
 * that is rolled back: a trigger of the user's may run statements of its own
 * in between, and catch their errors.
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
} CeQueued;

/* Items of one kind; static, begins with what is said of them and no items. */
typedef struct CeQueue
{
	Size		size;			/* of one item */
	/* their order; NULL: as they came */
	int			(*compare) (const void *, const void *);
	/* adds an item to one that compares equal; NULL: they stay apart */
	void		(*merge) (void *, const void *);
	/* the error where the transaction would leave some; NULL: they may be left */
	void		(*left_over) (void);
	char	   *items;
	int			n;
	int			room;
	int			merge_at;
	MemoryContext context;		/* of the items and what they point to */
	struct CeQueue *next;		/* of those in use in the transaction */
} CeQueue;

/* A new item, to be filled in. */
extern void *ce_queue_add(CeQueue *queue);

/*
 * Take this subtransaction's items, in order and merged, into the current
 * memory context; NULL if there are none.  They are out before they are used,
 * since what is done with them may queue others and take them.
 */
extern void *ce_queue_take(CeQueue *queue, int *n);

#endif							/* CE_QUEUE_H */

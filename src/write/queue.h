/*-------------------------------------------------------------------------
 *
 * queue.h
 *	  What row triggers leave for the trigger after their statement.
 *
 * An item belongs to the subtransaction that queued it: one that was rolled
 * back is never taken.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_QUEUE_H
#define CE_QUEUE_H

#include "access/transam.h"

/* An item is a struct that begins with this. */
typedef struct CeQueued
{
	SubTransactionId subid;
} CeQueued;

/* Items of one kind; static, with nothing but the size given. */
typedef struct CeQueue
{
	Size		size;			/* of one item */
	char	   *items;			/* in TopTransactionContext */
	int			n;
	int			room;
	FullTransactionId of;		/* empty in any other transaction */
} CeQueue;

/* A new item, to be filled in. */
extern void *ce_queue_add(CeQueue *queue);

/* Take this subtransaction's items, sorted; NULL if there are none. */
extern void *ce_queue_take(CeQueue *queue, int *n,
						   int (*compare) (const void *, const void *));

#endif							/* CE_QUEUE_H */

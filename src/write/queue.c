/*-------------------------------------------------------------------------
 *
 * queue.c
 *	  What row triggers leave for the trigger after their statement.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "utils/memutils.h"

#include "write/queue.h"

#include "compat.h"

#define ITEMS_AT_FIRST 64

void *
ce_queue_add(CeQueue *queue)
{
	FullTransactionId now = GetTopFullTransactionId();
	CeQueued   *item;

	if (!FullTransactionIdEquals(queue->of, now))
	{
		queue->items = MemoryContextAlloc(TopTransactionContext,
										  queue->size * ITEMS_AT_FIRST);
		queue->of = now;
		queue->n = 0;
		queue->room = ITEMS_AT_FIRST;
	}
	else if (queue->n == queue->room)
	{
		queue->items = repalloc_huge(queue->items, queue->size * queue->room * 2);
		queue->room *= 2;
	}
	item = (CeQueued *) (queue->items + queue->size * queue->n++);
	item->subid = GetCurrentSubTransactionId();
	return item;
}

void *
ce_queue_take(CeQueue *queue, int *n, int (*compare) (const void *, const void *))
{
	SubTransactionId subid = GetCurrentSubTransactionId();
	char	   *taken;
	int			left = 0;

	*n = 0;
	if (!FullTransactionIdIsValid(queue->of) || queue->n == 0 ||
		!FullTransactionIdEquals(queue->of, GetTopFullTransactionIdIfAny()))
		return NULL;
	taken = palloc_extended(queue->size * queue->n, MCXT_ALLOC_HUGE);
	for (int i = 0; i < queue->n; i++)
	{
		char	   *item = queue->items + queue->size * i;

		if (((CeQueued *) item)->subid == subid)
			memcpy(taken + queue->size * (*n)++, item, queue->size);
		else
			memmove(queue->items + queue->size * left++, item, queue->size);
	}
	queue->n = left;
	qsort(taken, *n, queue->size, compare);
	return taken;
}

/*-------------------------------------------------------------------------
 *
 * queue.c
 *	  Items that row triggers queue for the trigger after their statement.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "utils/memutils.h"

#include "write/queue.h"

#include "compat.h"

#define ITEMS_AT_FIRST 16

/*
 * Items are merged at this number, so that a large statement on few accounts
 * needs little memory, and then at eight times the merged number, since
 * sorting each time the array is full would be expensive.
 */
#define MERGE_AT_FIRST 8192

/* Queues that have items. */
static CeQueue *queues = NULL;

static CeQueued *
item_of(const CeQueue *queue, char *items, int i)
{
	return (CeQueued *) (items + queue->size * i);
}

/* Empty the queue; its items are the caller's, or go with their context. */
static void
forget(CeQueue *queue)
{
	CeQueue   **link = &queues;

	while (*link != queue)
		link = &(*link)->next;
	*link = queue->next;
	queue->items = NULL;
	queue->context = NULL;
	queue->n = 0;
}

static void
at_transaction_end(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_PRE_COMMIT || event == XACT_EVENT_PRE_PREPARE)
	{
		for (CeQueue *queue = queues; queue != NULL; queue = queue->next)
		{
			if (queue->n > 0 && queue->left_over != NULL)
				queue->left_over();
		}
		return;
	}
	/* The contexts are freed with the transaction's. */
	while (queues != NULL)
		forget(queues);
}

static void
at_subtransaction_end(SubXactEvent event, SubTransactionId subid,
					  SubTransactionId parent, void *arg)
{
	CeQueue    *next;

	if (event != SUBXACT_EVENT_ABORT_SUB)
		return;
	for (CeQueue *queue = queues; queue != NULL; queue = next)
	{
		int			left = 0;

		next = queue->next;
		for (int i = 0; i < queue->n; i++)
		{
			CeQueued   *item = item_of(queue, queue->items, i);

			if (item->subid != subid)
				memmove(item_of(queue, queue->items, left++), item, queue->size);
		}
		queue->n = left;
		if (left == 0)
		{
			MemoryContextDelete(queue->context);
			forget(queue);
		}
	}
}

static void
begin(CeQueue *queue)
{
	static bool registered = false;

	if (!registered)
	{
		RegisterXactCallback(at_transaction_end, NULL);
		RegisterSubXactCallback(at_subtransaction_end, NULL);
		registered = true;
	}
	queue->context = AllocSetContextCreate(TopTransactionContext, "ce_hours queue",
										   ALLOCSET_DEFAULT_SIZES);
	queue->items = MemoryContextAlloc(queue->context, queue->size * ITEMS_AT_FIRST);
	queue->room = ITEMS_AT_FIRST;
	queue->merge_at = MERGE_AT_FIRST;
	queue->n = 0;
	queue->next = queues;
	queues = queue;
}

static int
compare_items(const void *a, const void *b, void *arg)
{
	const CeQueued *x = a;
	const CeQueued *y = b;

	if (x->subid != y->subid)
		return x->subid < y->subid ? -1 : 1;
	if (x->person_id != y->person_id)
		return x->person_id < y->person_id ? -1 : 1;
	return ((const CeQueue *) arg)->compare(a, b);
}

/* Sort the items and merge those that compare equal; returns their number. */
static int
sort_and_merge(CeQueue *queue, char *items, int n)
{
	int			last = 0;

	if (queue->compare == NULL || n < 2)
		return n;
	qsort_arg(items, n, queue->size, compare_items, queue);
	if (queue->merge == NULL)
		return n;
	for (int i = 1; i < n; i++)
	{
		CeQueued   *item = item_of(queue, items, i);

		if (compare_items(item_of(queue, items, last), item, queue) == 0)
			queue->merge(item_of(queue, items, last), item);
		else if (++last < i)
			memcpy(item_of(queue, items, last), item, queue->size);
	}
	return last + 1;
}

void *
ce_queue_add(CeQueue *queue, int64 person_id)
{
	CeQueued   *item;

	if (queue->context == NULL)
		begin(queue);
	if (queue->merge != NULL && queue->n >= queue->merge_at)
	{
		queue->n = sort_and_merge(queue, queue->items, queue->n);
		queue->merge_at = Max(queue->n * 8, MERGE_AT_FIRST);
	}
	if (queue->n == queue->room)
	{
		queue->items = repalloc_huge(queue->items, queue->size * queue->room * 2);
		queue->room *= 2;
	}
	item = item_of(queue, queue->items, queue->n++);
	item->subid = GetCurrentSubTransactionId();
	item->person_id = person_id;
	return item;
}

void *
ce_queue_take(CeQueue *queue, int *n)
{
	SubTransactionId subid = GetCurrentSubTransactionId();
	char	   *taken = NULL;
	int			left = 0;

	*n = 0;
	for (int i = 0; i < queue->n; i++)
		*n += item_of(queue, queue->items, i)->subid == subid;
	if (*n == 0)
		return NULL;
	if (*n == queue->n)
	{
		/* The caller's context becomes the parent, not the transaction's. */
		taken = queue->items;
		MemoryContextSetParent(queue->context, CurrentMemoryContext);
		forget(queue);
	}
	else
	{
		/* Data that the items point to stays; other items are taken later. */
		taken = palloc_extended(queue->size * *n, MCXT_ALLOC_HUGE);
		*n = 0;
		for (int i = 0; i < queue->n; i++)
		{
			CeQueued   *item = item_of(queue, queue->items, i);

			if (item->subid == subid)
				memcpy(item_of(queue, taken, (*n)++), item, queue->size);
			else
				memmove(item_of(queue, queue->items, left++), item, queue->size);
		}
		queue->n = left;
	}
	*n = sort_and_merge(queue, taken, *n);
	return taken;
}

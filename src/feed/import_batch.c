/*-------------------------------------------------------------------------
 *
 * import_batch.c
 *	  A batch of import records on its way into ce_activity.
 *
 * Records that depend on one another (one reference twice, a statement and the
 * one that voids it) are taken in waves, in their order.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "utils/hsearch.h"

#include "feed/import_batch.h"
#include "feed/import_compare.h"
#include "feed/import_facts.h"
#include "feed/import_statement.h"
#include "feed/import_write.h"
#include "store/turn.h"

#include "compat.h"

typedef struct Batch
{
	CeImportItem **items;		/* of this wave, undecided */
	int			n;
	int			next_wave;		/* after the last one */
} Batch;

static uint64
hash_texts(uint64 seed, const char *a, const char *b)
{
	uint64		h = hash_bytes_extended((const unsigned char *) a, strlen(a), seed);

	return hash_bytes_extended((const unsigned char *) b, strlen(b), h);
}

/* ---------------------------------------------------------------------
 * Deciding
 * ---------------------------------------------------------------------
 */

static void
withdraw(CeImportItem *item, const CeImportLookup *lookup)
{
	ce_import_remember_voided(item);
	if (lookup->columns[LOOKUP_ACTIVITY_ID] != NULL)
		ce_import_withdraw(item, lookup);
	else if (lookup->heard_activity != NULL)
		ce_import_decide(item, CE_IMPORT_UNCHANGED,
						 psprintf(_("nothing was withdrawn: statement \"%s\" repeats activity %s, which came from statement \"%s\" and has status \"%s\""),
								  item->voids, lookup->heard_activity, lookup->heard_ref,
								  _(lookup->heard_status)));
	else
		ce_import_decide(item, CE_IMPORT_UNCHANGED,
						 psprintf(_("nothing was withdrawn: no activity came from statement \"%s\" of source \"%s\", and the statement will be rejected if it arrives later"),
								  item->voids, item->source));
}

static void
decide(CeImportItem *item, const CeImportLookup *lookup)
{
	if (item->voids != NULL)
	{
		ce_import_reject_faulty(item);
		if (item->outcome == CE_IMPORT_UNDECIDED)
			withdraw(item, lookup);
		return;
	}
	ce_import_resolve(item, lookup);
	ce_import_check_facts(item, lookup);
	ce_import_reject_faulty(item);
	if (item->outcome != CE_IMPORT_UNDECIDED)
		return;
	if (lookup->columns[LOOKUP_ACTIVITY_ID] != NULL)
		ce_import_compare(item, lookup);
	else if (lookup->voided_by != NULL)
		ce_import_decide(item, CE_IMPORT_REJECTED,
						 psprintf(_("the statement was voided by statement \"%s\""), lookup->voided_by));
	else if (lookup->heard_activity != NULL)
		ce_import_find_same(item, lookup->heard_activity, lookup->heard_ref, lookup->heard_status);
}

static void
take_wave(Batch *batch)
{
	CeImportLookup *lookups = ce_import_look_up(batch->items, batch->n);
	int			n = 0;

	ce_import_look_up_statements(batch->items, batch->n, lookups);
	for (int i = 0; i < batch->n; i++)
		decide(batch->items[i], &lookups[i]);
	ce_import_find_same_course(batch->items, batch->n);
	ce_import_remember_same_course(batch->items, batch->n);
	for (int i = 0; i < batch->n; i++)
	{
		if (batch->items[i]->outcome == CE_IMPORT_UNDECIDED)
			batch->items[n++] = batch->items[i];
	}
	ce_import_write(batch->items, n, batch->next_wave);
}

/* ---------------------------------------------------------------------
 * Waves
 * ---------------------------------------------------------------------
 */

static int
compare_keys(const void *a, const void *b)
{
	uint32		x = *(const uint32 *) a;
	uint32		y = *(const uint32 *) b;

	return x < y ? -1 : x > y;
}

/*
 * Imports of one source wait for one another, since no unique index is violated
 * by the same reference for two persons.  Locks are taken in one order, so that
 * there is no deadlock.
 */
static void
lock_sources(const CeImportItem *items, int nitems)
{
	uint32	   *keys = palloc(sizeof(uint32) * Max(nitems, 1));
	int			n = 0;

	for (int i = 0; i < nitems; i++)
	{
		if (items[i].outcome == CE_IMPORT_UNDECIDED && items[i].faults == NULL)
			keys[n++] = hash_bytes((const unsigned char *) items[i].source,
								   strlen(items[i].source));
	}
	qsort(keys, n, sizeof(uint32), compare_keys);
	for (int i = 0; i < n; i++)
	{
		if (i == 0 || keys[i] != keys[i - 1])
			ce_take_turn(ce_table_oid(CE_ACTIVITY), keys[i]);
	}
}

typedef struct Wave
{
	uint64		key;			/* hash key, must be first */
	int			wave;
} Wave;

/* The wave after the last one with the key. */
static int
wave_after(HTAB *waves, uint64 key)
{
	Wave	   *entry = hash_search(waves, &key, HASH_FIND, NULL);

	return entry == NULL ? 0 : entry->wave + 1;
}

static void
note_wave(HTAB *waves, uint64 key, int wave)
{
	Wave	   *entry = hash_search(waves, &key, HASH_ENTER, NULL);

	entry->wave = wave;
}

/* Give each item its wave; returns how many there are. */
static int
make_waves(CeImportItem *items, int nitems)
{
	HASHCTL		ctl = {.keysize = sizeof(uint64),.entrysize = sizeof(Wave),.hcxt = CurrentMemoryContext};
	HTAB	   *waves = hash_create("ce_hours import waves", nitems, &ctl,
									HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	int			nwaves = 0;
	int			first = 0;		/* after the voided statements */

	for (int i = 0; i < nitems; i++)
	{
		CeImportItem *item = &items[i];
		uint64		by_ref;
		uint64		by_course;

		if (item->outcome != CE_IMPORT_UNDECIDED)
			continue;
		if (item->faults != NULL)
		{
			/* It is not written, only looked up for further faults. */
			nwaves = Max(nwaves, 1);
			continue;
		}
		by_ref = hash_texts(1, item->source, item->key);
		item->wave = Max(first, wave_after(waves, by_ref));
		if (item->voids != NULL)
		{
			/* It may affect the course of any record, so later ones wait. */
			item->wave = Max(item->wave, nwaves);
			first = item->wave + 1;
		}
		else if (item->statement)
		{
			by_course = hash_texts(hash_texts(2, item->source, item->values[IMPORT_PERSON_NO]),
								   item->values[IMPORT_EVIDENCE], "");
			item->wave = Max(item->wave, wave_after(waves, by_course));
			note_wave(waves, by_course, item->wave);
		}
		note_wave(waves, by_ref, item->wave);
		nwaves = Max(nwaves, item->wave + 1);
	}
	return nwaves;
}

void
ce_import_batch(CeImportItem *items, int nitems)
{
	Batch		batch = {0};

	lock_sources(items, nitems);
	batch.next_wave = make_waves(items, nitems);
	batch.items = palloc(sizeof(CeImportItem *) * Max(nitems, 1));
	for (int wave = 0; wave < batch.next_wave; wave++)
	{
		batch.n = 0;
		for (int i = 0; i < nitems; i++)
		{
			if (items[i].outcome == CE_IMPORT_UNDECIDED && items[i].wave == wave)
				batch.items[batch.n++] = &items[i];
		}
		if (batch.n > 0)
			take_wave(&batch);
		/* Has an item been put off to a further wave? */
		for (int i = 0; wave == batch.next_wave - 1 && i < nitems; i++)
		{
			if (items[i].outcome == CE_IMPORT_UNDECIDED && items[i].wave > wave)
			{
				batch.next_wave++;
				break;
			}
		}
	}
	for (int i = 0; i < nitems; i++)
		ce_import_finish(&items[i]);
}

/*-------------------------------------------------------------------------
 *
 * achievements.c
 *	  Reading achievements, of one person or of everybody.
 *
 * A query about everybody reads them person by person.  Once that costs more
 * than one pass over the table, all of them are read and cached while the
 * calls see the same data.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "nodes/pg_list.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "ask/achievements.h"
#include "store/id_map.h"
#include "store/snapshot.h"

#include "compat.h"

/* A stored achievement. */
typedef struct Stored
{
	Datum		values[CE_ACHIEVEMENT_NCOLUMNS];
	bool		nulls[CE_ACHIEVEMENT_NCOLUMNS];
} Stored;

/* All persons', by a snapshot. */
static struct
{
	CeSnapshotStamp stamp;
	double		asked;			/* look-ups for one person, since then */
	double		worth;			/* this many justify a pass */
	MemoryContext context;		/* of the rows, at most a transaction's */
	ce_ids_hash *achievers;		/* lists by person; NULL: not read */
	Size		room;
} everybody;

static Datum
text_copy(const Datum *values, const bool *nulls, int column)
{
	return nulls[column] ? (Datum) 0 :
		datumCopy(PointerGetDatum(DatumGetTextPP(values[column])), false, -1);
}

static void
keep_achievement(const Datum *values, const bool *nulls, void *arg)
{
	static const int texts[] = {
		CE_COL_ACHIEVEMENT_KIND, CE_COL_ACHIEVEMENT_GRADE, CE_COL_ACHIEVEMENT_ROLE,
		CE_COL_ACHIEVEMENT_SPECIALTY, CE_COL_ACHIEVEMENT_WORK_REF
	};
	MemoryContext old_context;
	CeIdEntry  *achiever;
	Stored	   *stored;
	bool		found;

	/* Approximate size of one. */
	if (everybody.room < 2 * sizeof(Stored))
	{
		everybody.room = 0;
		return;
	}
	everybody.room -= 2 * sizeof(Stored);
	old_context = MemoryContextSwitchTo(everybody.context);
	stored = palloc(sizeof(Stored));
	memcpy(stored->values, values, sizeof(stored->values));
	memcpy(stored->nulls, nulls, sizeof(stored->nulls));
	for (int i = 0; i < lengthof(texts); i++)
		stored->values[texts[i]] = text_copy(values, nulls, texts[i]);
	achiever = ce_ids_insert(everybody.achievers,
							 DatumGetInt64(values[CE_COL_ACHIEVEMENT_PERSON_ID]), &found);
	achiever->data = lappend(found ? achiever->data : NIL, stored);
	MemoryContextSwitchTo(old_context);
}

/* The cached data is deleted, maybe while its transaction ends. */
static void
forget_everybody(void *arg)
{
	everybody.context = NULL;
	everybody.achievers = NULL;
}

static void
read_everybody(void)
{
	MemoryContextCallback *callback;

	everybody.context = AllocSetContextCreate(TopTransactionContext,
											  "ce_hours achievements",
											  ALLOCSET_DEFAULT_SIZES);
	callback = MemoryContextAlloc(everybody.context, sizeof(MemoryContextCallback));
	callback->func = forget_everybody;
	callback->arg = NULL;
	MemoryContextRegisterResetCallback(everybody.context, callback);
	everybody.achievers = ce_ids_create(everybody.context, 256, NULL);
	everybody.room = get_hash_memory_limit();
	if (!ce_read_all_achievements(keep_achievement, NULL) || everybody.room == 0)
	{
		/* Do not try again in this snapshot. */
		MemoryContextDelete(everybody.context);
		everybody.worth = get_float8_infinity();
	}
}

void
ce_each_achievement(int64 person_id, bool specialties, CeRowCallback callback,
					void *arg)
{
	CeSnapshotStamp now;
	CeIdEntry  *achiever;

	ce_snapshot_stamp(&now);
	if (!ce_same_snapshot(&everybody.stamp, &now))
	{
		if (everybody.context != NULL)
			MemoryContextDelete(everybody.context);
		everybody.stamp = now;
		everybody.asked = 0;
		/* So many look-ups cost about as much as a pass over the table. */
		everybody.worth = 10 + ce_row_count(CE_ACHIEVEMENT, 40) / 16;
	}
	if (everybody.achievers == NULL && everybody.asked++ >= everybody.worth)
		read_everybody();
	if (everybody.achievers == NULL)
	{
		ce_read_achievements(person_id, specialties, callback, arg);
		return;
	}
	achiever = ce_ids_lookup(everybody.achievers, person_id);
	foreach_ptr(Stored, stored, achiever == NULL ? NIL : achiever->data)
		callback(stored->values, stored->nulls, arg);
}

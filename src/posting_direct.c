/*-------------------------------------------------------------------------
 *
 * posting_direct.c
 *	  Posting to the accounts and to the log without asking the executor.
 *
 * To verify one activity changes one account and adds one row to the log.
 * Two statements through SPI cost more than all of the rules, so these rows
 * are written as the executor would write them, where the tables are as
 * ce_setup() made them.  A trigger, constraint, unique index, rule, default or
 * type of the user's has its say: then, and wherever else there is more to it,
 * SPI does the work.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/relscan.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "catalog/pg_class.h"
#include "catalog/pg_index.h"
#include "catalog/pg_type.h"
#include "commands/sequence.h"
#include "commands/trigger.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "nodes/primnodes.h"
#include "rewrite/rewriteHandler.h"
#include "storage/lmgr.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

#include "ledger.h"
#include "posting_direct.h"

#include "compat.h"

/* ---------------------------------------------------------------------
 * Is there more to it than writing the row?
 * ---------------------------------------------------------------------
 */

/*
 * Our own triggers only refuse what others write, and a key that others refer
 * to does not change.
 */
static bool
has_other_triggers(Relation rel)
{
	/* Not kept in a variable: the names' look-up may renew the description. */
	for (int i = 0; rel->trigdesc != NULL && i < rel->trigdesc->numtriggers; i++)
	{
		Oid			function = rel->trigdesc->triggers[i].tgfoid;
		char	   *name;
		bool		ours;

		if (RI_FKey_trigger_type(function) == RI_TRIGGER_PK)
			continue;
		if (get_func_namespace(function) != RelationGetNamespace(rel))
			return true;
		name = get_func_name(function);
		ours = name != NULL && (strcmp(name, "ce_kept_by_triggers") == 0 ||
								strcmp(name, "ce_append_only") == 0);
		if (!ours)
			return true;
	}
	return false;
}

/*
 * A first account gives way to another session's at the primary key alone.  A
 * foreign key to columns that do change needs such an index, too.
 */
static bool
has_other_unique_index(Relation rel)
{
	ListCell   *lc;

	foreach(lc, RelationGetIndexList(rel))
	{
		Oid			index = lfirst_oid(lc);
		HeapTuple	tuple;
		Form_pg_index form;
		bool		unique;

		if (index == ce_primary_key_index(rel))
			continue;
		tuple = SearchSysCache1(INDEXRELID, ObjectIdGetDatum(index));
		if (!HeapTupleIsValid(tuple))
			elog(ERROR, "cache lookup failed for index %u", index);
		form = (Form_pg_index) GETSTRUCT(tuple);
		unique = form->indisunique || form->indisexclusion;
		ReleaseSysCache(tuple);
		if (unique)
			return true;
	}
	return false;
}

static bool
is_as_made(Relation rel)
{
	TupleConstr *constraints = RelationGetDescr(rel)->constr;

	return rel->rd_rel->relkind == RELKIND_RELATION &&
		OidIsValid(ce_primary_key_index(rel)) &&
		!rel->rd_rel->relispartition && !rel->rd_rel->relhasrules &&
		(constraints == NULL || (constraints->num_check == 0 &&
								 !constraints->has_generated_stored &&
								 !ce_has_generated_virtual(constraints))) &&
		!has_other_unique_index(rel) && !has_other_triggers(rel);
}

/* Opened as INSERT and UPDATE do, or NULL. */
static Relation
open_if_as_made(CeTable table, uint64 *generation, bool *as_made)
{
	Relation	rel = table_open(ce_table_oid(table), RowExclusiveLock);

	if (unlikely(*generation != ce_table_generation(table)))
	{
		uint64		looked_at = ce_table_generation(table);

		/* What changes meanwhile, or fails, is looked at again. */
		*as_made = is_as_made(rel);
		*generation = looked_at;
	}
	if (*as_made && rel->rd_rel->relowner == GetUserId())
		return rel;
	table_close(rel, NoLock);
	return NULL;
}

/* ---------------------------------------------------------------------
 * Accounts
 * ---------------------------------------------------------------------
 */

typedef struct AccountWriter
{
	Relation	rel;
	Relation	index;
	IndexScanDesc scan;
	TupleTableSlot *found;
	TupleTableSlot *changed;
	const AttrNumber *columns;
	/* for entries of indexes, once some are to be made */
	EState	   *estate;
	ResultRelInfo *info;
} AccountWriter;

/* The row as this statement sees it. */
static bool
find_account(AccountWriter *w, const CePostingKey *key)
{
	ScanKeyData keys[2];

	ScanKeyInit(&keys[0], 1, BTEqualStrategyNumber, F_INT8EQ,
				Int64GetDatum(key->person_id));
	ScanKeyInit(&keys[1], 2, BTEqualStrategyNumber, F_INT4EQ,
				Int32GetDatum(key->year));
	index_rescan(w->scan, keys, 2, NULL, 0);
	return index_getnext_slot(w->scan, ForwardScanDirection, w->found);
}

static void
make_changed(AccountWriter *w, const CePosting *posting)
{
	TupleDesc	desc = RelationGetDescr(w->rel);
	int			credit_column = w->columns[ACCOUNT_CREDIT] - 1;
	int			known_column = w->columns[ACCOUNT_KNOWN_FROM] - 1;
	CeCredit	credit;
	DateADT		known_from;

	slot_getallattrs(w->found);
	ExecClearTuple(w->changed);
	memcpy(w->changed->tts_values, w->found->tts_values, sizeof(Datum) * desc->natts);
	for (int i = 0; i < desc->natts; i++)
		w->changed->tts_isnull[i] = w->found->tts_isnull[i] ||
			TupleDescAttr(desc, i)->attisdropped;

	ce_credit_unpack(DatumGetCeCreditPackedPP(w->found->tts_values[credit_column]),
					 &credit);
	ce_credit_add(&credit, &posting->credit);
	known_from = DatumGetDateADT(w->found->tts_values[known_column]);
	w->changed->tts_values[credit_column] = PointerGetDatum(ce_credit_pack(&credit));
	w->changed->tts_values[known_column] =
		DateADTGetDatum(Max(known_from, posting->known_from));
	ExecStoreVirtualTuple(w->changed);
}

static bool
insert_index_entries(AccountWriter *w, CeUpdateIndexes which, List *arbiters)
{
	bool		conflict = false;

	if (w->estate == NULL)
	{
		w->estate = CreateExecutorState();
		w->info = makeNode(ResultRelInfo);
		InitResultRelInfo(w->info, w->rel, 0, NULL, 0);
		ExecOpenIndices(w->info, true);
	}
	ce_exec_insert_index_tuples(w->info, w->changed, w->estate, which, arbiters,
								&conflict);
	ResetPerTupleExprContext(w->estate);
	return !conflict;
}

/* False: somebody else has changed it meanwhile. */
static bool
change_account(AccountWriter *w, const CePosting *posting)
{
	TM_FailureData failure;
	LockTupleMode lockmode;
	CeUpdateIndexes which;

	make_changed(w, posting);
	if (table_tuple_update(w->rel, &w->found->tts_tid, w->changed,
						   GetCurrentCommandId(true), GetActiveSnapshot(),
						   InvalidSnapshot, true, &failure, &lockmode,
						   &which) != TM_Ok)
		return false;
	/* Where the new row has no room beside the old one. */
	if (ce_needs_index_entries(which))
		insert_index_entries(w, which, NIL);
	return true;
}

/*
 * As ON CONFLICT inserts: nobody is in the way once the index entry is made.
 * False: somebody is, or a column of the user's may have a default.
 */
static bool
insert_account(AccountWriter *w, const CePosting *posting)
{
	List	   *arbiters = list_make1_oid(RelationGetRelid(w->index));
	uint32		token;
	bool		succeeded;
	Datum		values[] = {
		[ACCOUNT_PERSON_ID] = Int64GetDatum(posting->key.person_id),
		[ACCOUNT_YEAR] = Int32GetDatum(posting->key.year),
		[ACCOUNT_CREDIT] = PointerGetDatum(ce_credit_pack(&posting->credit)),
		[ACCOUNT_KNOWN_FROM] = DateADTGetDatum(posting->known_from)
	};

	if (RelationGetDescr(w->rel)->natts != ACCOUNT_COLUMNS)
		return false;
	ExecClearTuple(w->changed);
	for (int c = 0; c < ACCOUNT_COLUMNS; c++)
	{
		w->changed->tts_values[w->columns[c] - 1] = values[c];
		w->changed->tts_isnull[w->columns[c] - 1] = false;
	}
	ExecStoreVirtualTuple(w->changed);

	token = SpeculativeInsertionLockAcquire(GetCurrentTransactionId());
	table_tuple_insert_speculative(w->rel, w->changed, GetCurrentCommandId(true),
								   0, NULL, token);
	succeeded = insert_index_entries(w, CE_NEW_ROW, arbiters);
	table_tuple_complete_speculative(w->rel, w->changed, token, succeeded);
	SpeculativeInsertionLockRelease(GetCurrentTransactionId());
	return succeeded;
}

static bool
add_to_account(AccountWriter *w, const CePosting *posting)
{
	return find_account(w, &posting->key) ? change_account(w, posting) :
		insert_account(w, posting);
}

static bool
is_by_person_and_year(Relation index, const AttrNumber *columns)
{
	return index->rd_index->indnkeyatts == 2 &&
		index->rd_index->indkey.values[0] == columns[ACCOUNT_PERSON_ID] &&
		index->rd_index->indkey.values[1] == columns[ACCOUNT_YEAR];
}

int
ce_post_accounts_directly(const CePosting *postings, int n)
{
	static uint64 generation;
	static bool as_made;
	AccountWriter w = {0};
	int			done = 0;

	if (n == 0)
		return 0;
	w.rel = open_if_as_made(CE_ACCOUNT, &generation, &as_made);
	if (w.rel == NULL)
		return 0;
	CheckCmdReplicaIdentity(w.rel, CMD_UPDATE);
	w.columns = ce_table_columns(CE_ACCOUNT, w.rel);
	w.index = index_open(ce_primary_key_index(w.rel), AccessShareLock);
	if (is_by_person_and_year(w.index, w.columns))
	{
		w.found = table_slot_create(w.rel, NULL);
		w.changed = MakeSingleTupleTableSlot(RelationGetDescr(w.rel), &TTSOpsVirtual);
		w.scan = ce_index_beginscan(w.rel, w.index, GetActiveSnapshot(), 2);
		while (done < n && add_to_account(&w, &postings[done]))
		{
			CHECK_FOR_INTERRUPTS();
			done++;
		}
		index_endscan(w.scan);
		ExecDropSingleTupleTableSlot(w.found);
		ExecDropSingleTupleTableSlot(w.changed);
		if (w.estate != NULL)
		{
			ExecCloseIndices(w.info);
			FreeExecutorState(w.estate);
		}
	}
	index_close(w.index, AccessShareLock);
	table_close(w.rel, NoLock);
	return done;
}

/* ---------------------------------------------------------------------
 * The log
 * ---------------------------------------------------------------------
 */

Oid			ce_event_types[EVENT_COLUMNS] = {INT8OID, TIMESTAMPTZOID, NAMEOID,
TEXTOID, INT8ARRAYOID, TEXTOID, TEXTOID, INT8OID, TEXTOID};

/*
 * The sequence that numbers the log, if the table has our columns alone, of
 * the types that they had, and numbers itself; a column of the user's may have
 * a default.
 */
static Oid
numbering_sequence(Relation rel)
{
	const AttrNumber *columns = ce_table_columns(CE_EVENT, rel);
	TupleDesc	desc = RelationGetDescr(rel);
	Node	   *numbering;

	if (desc->natts != EVENT_COLUMNS ||
		TupleDescAttr(desc, columns[EVENT_EVENT_ID] - 1)->attidentity == '\0')
		return InvalidOid;
	for (int c = 0; c < EVENT_COLUMNS; c++)
	{
		Form_pg_attribute column = TupleDescAttr(desc, columns[c] - 1);

		if (column->atttypid != ce_event_types[c] || column->atttypmod != -1 ||
			(c >= EVENT_FROM_STATUS && column->attnotnull))
			return InvalidOid;
	}
	numbering = build_column_default(rel, columns[EVENT_EVENT_ID]);
	return IsA(numbering, NextValueExpr) ? ((NextValueExpr *) numbering)->seqid : InvalidOid;
}

static void
append(Relation rel, TupleTableSlot *slot)
{
	EState	   *estate = CreateExecutorState();
	ResultRelInfo *info = makeNode(ResultRelInfo);

	InitResultRelInfo(info, rel, 0, NULL, 0);
	ExecOpenIndices(info, false);
	table_tuple_insert(rel, slot, GetCurrentCommandId(true), 0, NULL);
	if (info->ri_NumIndices > 0)
		ce_exec_insert_index_tuples(info, slot, estate, CE_NEW_ROW, NIL, NULL);
	ExecCloseIndices(info);
	FreeExecutorState(estate);
}

bool
ce_log_directly(const Datum *values, const bool *nulls)
{
	static uint64 generation;
	static bool as_made;
	static uint64 sequence_generation;
	static Oid	sequence;
	Relation	rel = open_if_as_made(CE_EVENT, &generation, &as_made);

	if (rel == NULL)
		return false;
	if (unlikely(sequence_generation != generation))
	{
		sequence = numbering_sequence(rel);
		sequence_generation = generation;
	}
	if (OidIsValid(sequence))
	{
		const AttrNumber *columns = ce_table_columns(CE_EVENT, rel);
		TupleTableSlot *slot = MakeSingleTupleTableSlot(RelationGetDescr(rel),
														 &TTSOpsVirtual);

		slot->tts_values[columns[EVENT_EVENT_ID] - 1] =
			Int64GetDatum(nextval_internal(sequence, true));
		slot->tts_isnull[columns[EVENT_EVENT_ID] - 1] = false;
		for (int c = EVENT_AT; c < EVENT_COLUMNS; c++)
		{
			slot->tts_values[columns[c] - 1] = values[c - EVENT_AT];
			slot->tts_isnull[columns[c] - 1] = nulls[c - EVENT_AT];
		}
		ExecStoreVirtualTuple(slot);
		append(rel, slot);
		ExecDropSingleTupleTableSlot(slot);
	}
	table_close(rel, NoLock);
	return OidIsValid(sequence);
}

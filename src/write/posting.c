/*-------------------------------------------------------------------------
 *
 * posting.c
 *	  Posting what a statement changed to the accounts and to the log.
 *
 * What is gathered belongs to the subtransaction that gathered it and goes
 * with it when it is rolled back: a trigger of the user's may run statements
 * of its own in between, and catch their errors.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "nodes/pg_list.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "store/ledger.h"
#include "store/sql.h"
#include "store/trigger_row.h"
#include "write/posting.h"

#include "compat.h"

/* At most so many accounts in one statement, and objects in one log row. */
#define ACCOUNTS_A_STATEMENT 100000
#define OBJECTS_A_LOG_ROW 10000

/* How far back to look for a log row that takes one more object. */
#define RECENT_EVENTS 8

typedef struct PostingKey
{
	int64		person_id;
	int32		year;
	SubTransactionId subid;
} PostingKey;

/* What is added to an account. */
typedef struct Posting
{
	PostingKey	key;			/* hash key, must be first */
	CeCredit	credit;
	DateADT		known_from;
} Posting;

/* A row of the log. */
typedef struct LogEntry
{
	SubTransactionId subid;
	const char *object;			/* a constant */
	const char *from;			/* or NULL, as to and note */
	const char *to;
	int64		by_org;			/* or 0 */
	const char *note;
	Oid			role;
	int			nids;
	int			room;
	int64	   *ids;
} LogEntry;

/* What is gathered; all of it lives in posting_context. */
static MemoryContext posting_context = NULL;
static HTAB *postings = NULL;
static List *events = NIL;

/* ---------------------------------------------------------------------
 * Gathering
 * ---------------------------------------------------------------------
 */

static void
forget(void)
{
	if (posting_context != NULL)
		MemoryContextDelete(posting_context);
	posting_context = NULL;
	postings = NULL;
	events = NIL;
}

static void
at_transaction_end(XactEvent event, void *arg)
{
	switch (event)
	{
		case XACT_EVENT_PRE_COMMIT:
		case XACT_EVENT_PRE_PREPARE:
			if (postings != NULL && hash_get_num_entries(postings) > 0)
				ereport(ERROR,
						(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						 errmsg("verified hours were not posted to the accounts"),
						 errhint("Enable all triggers of ce_activity and ce_allocation.")));
			break;
		case XACT_EVENT_ABORT:
		case XACT_EVENT_PARALLEL_ABORT:
			/* The context goes with the transaction's. */
			posting_context = NULL;
			postings = NULL;
			events = NIL;
			break;
		case XACT_EVENT_COMMIT:
		case XACT_EVENT_PREPARE:
		case XACT_EVENT_PARALLEL_COMMIT:
		case XACT_EVENT_PARALLEL_PRE_COMMIT:
			forget();
			break;
	}
}

static void
at_subtransaction_end(SubXactEvent event, SubTransactionId subid,
					  SubTransactionId parent, void *arg)
{
	HASH_SEQ_STATUS status;
	Posting  *posting;
	ListCell   *lc;

	if (event != SUBXACT_EVENT_ABORT_SUB || posting_context == NULL)
		return;
	hash_seq_init(&status, postings);
	while ((posting = hash_seq_search(&status)) != NULL)
	{
		if (posting->key.subid == subid)
			hash_search(postings, &posting->key, HASH_REMOVE, NULL);
	}
	foreach(lc, events)
	{
		if (((LogEntry *) lfirst(lc))->subid == subid)
			events = foreach_delete_current(events, lc);
	}
}

static void
prepare_gathering(void)
{
	static bool callbacks_registered = false;
	HASHCTL		ctl;

	if (posting_context != NULL)
		return;
	if (!callbacks_registered)
	{
		RegisterXactCallback(at_transaction_end, NULL);
		RegisterSubXactCallback(at_subtransaction_end, NULL);
		callbacks_registered = true;
	}
	posting_context = AllocSetContextCreate(TopTransactionContext,
											"ce_hours postings",
											ALLOCSET_DEFAULT_SIZES);
	ctl.keysize = sizeof(PostingKey);
	ctl.entrysize = sizeof(Posting);
	ctl.hcxt = posting_context;
	postings = hash_create("ce_hours postings", 64, &ctl,
						   HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

void
ce_post_credit(int64 person_id, int32 year, const CeCredit *add,
			   const CeCredit *subtract, DateADT known_from)
{
	PostingKey	key;
	Posting    *posting;
	bool		found;

	prepare_gathering();
	memset(&key, 0, sizeof(key));
	key.person_id = person_id;
	key.year = year;
	key.subid = GetCurrentSubTransactionId();
	posting = hash_search(postings, &key, HASH_ENTER, &found);
	if (!found)
	{
		ce_credit_zero(&posting->credit);
		posting->known_from = known_from;
	}
	if (add != NULL)
		ce_credit_add(&posting->credit, add);
	if (subtract != NULL)
		ce_credit_subtract(&posting->credit, subtract);
	posting->known_from = Max(posting->known_from, known_from);
}

static bool
same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static char *
copy_or_null(const char *s)
{
	return s == NULL ? NULL : pstrdup(s);
}

void
ce_post_event(const char *object, int64 id, const char *from, const char *to,
			  int64 by_org, const char *note, Oid role)
{
	LogEntry *event = NULL;
	SubTransactionId subid = GetCurrentSubTransactionId();
	MemoryContext old_context;

	prepare_gathering();
	for (int i = list_length(events) - 1;
		 i >= Max(list_length(events) - RECENT_EVENTS, 0); i--)
	{
		LogEntry *e = list_nth(events, i);

		if (e->subid == subid && e->nids < OBJECTS_A_LOG_ROW &&
			e->by_org == by_org && e->role == role &&
			strcmp(e->object, object) == 0 && same(e->from, from) &&
			same(e->to, to) && same(e->note, note))
		{
			event = e;
			break;
		}
	}
	old_context = MemoryContextSwitchTo(posting_context);
	if (event == NULL)
	{
		event = palloc0(sizeof(LogEntry));
		event->subid = subid;
		event->object = object;
		event->from = copy_or_null(from);
		event->to = copy_or_null(to);
		event->by_org = by_org;
		event->note = copy_or_null(note);
		event->role = role;
		event->room = 4;
		event->ids = palloc(sizeof(int64) * event->room);
		events = lappend(events, event);
	}
	else if (event->nids == event->room)
	{
		event->room *= 2;
		event->ids = repalloc(event->ids, sizeof(int64) * event->room);
	}
	event->ids[event->nids++] = id;
	MemoryContextSwitchTo(old_context);
}

/* ---------------------------------------------------------------------
 * Posting
 * ---------------------------------------------------------------------
 */

bool		ce_posting = false;

static void
execute(const CeStatement *statement, Datum *values, const char *nulls)
{
	bool		before = ce_posting;

	PG_TRY();
	{
		ce_posting = true;
		ce_run_kept(statement, values, nulls, 0, SPI_OK_INSERT);
	}
	PG_FINALLY();
	{
		ce_posting = before;
	}
	PG_END_TRY();
}

static Datum
array_of(Datum *elements, int n, Oid type)
{
	int16		len;
	bool		by_value;
	char		align;

	get_typlenbyvalalign(type, &len, &by_value, &align);
	return PointerGetDatum(construct_array(elements, n, type, len, by_value, align));
}

/* In key order, so that writers do not deadlock. */
static void
post_accounts(const Posting *found, int n)
{
	static CeStatement statement;
	Oid			credit = ce_column_type(CE_ACCOUNT, CE_COL_ACCOUNT_CREDIT);
	Datum	   *columns[4];
	Datum		values[4];

	for (int c = 0; c < 4; c++)
		columns[c] = palloc_extended(sizeof(Datum) * n, MCXT_ALLOC_HUGE);
	for (int i = 0; i < n; i++)
	{
		columns[0][i] = Int64GetDatum(found[i].key.person_id);
		columns[1][i] = Int32GetDatum(found[i].key.year);
		columns[2][i] = PointerGetDatum(ce_credit_pack(&found[i].credit));
		columns[3][i] = DateADTGetDatum(found[i].known_from);
	}
	values[0] = array_of(columns[0], n, INT8OID);
	values[1] = array_of(columns[1], n, INT4OID);
	values[2] = array_of(columns[2], n, credit);
	values[3] = array_of(columns[3], n, DATEOID);
	if (!ce_statement_ready(&statement, credit))
	{
		Oid			types[] = {INT8ARRAYOID, INT4ARRAYOID, get_array_type(credit),
		DATEARRAYOID};

		ce_statement_prepare(&statement,
				psprintf("INSERT INTO %s.ce_account AS a (person_id, year, credit, known_from)"
						 " SELECT * FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2),"
						 " pg_catalog.unnest($3), pg_catalog.unnest($4)) AS posted"
						 " ON CONFLICT (person_id, year) DO UPDATE"
						 " SET credit = a.credit OPERATOR(%s.+) excluded.credit,"
						 " known_from = GREATEST(a.known_from, excluded.known_from)",
						 ce_ledger_schema(), ce_ledger_schema()),
							 4, types, credit, 0);
	}
	execute(&statement, values, NULL);
}

static int
by_key(const void *a, const void *b)
{
	const Posting *x = a;
	const Posting *y = b;

	if (x->key.person_id != y->key.person_id)
		return x->key.person_id < y->key.person_id ? -1 : 1;
	return x->key.year < y->key.year ? -1 : x->key.year > y->key.year;
}

/*
 * Take this subtransaction's postings out of what is gathered.  Out before
 * they are posted, since a trigger on ce_account may gather and post in turn.
 */
static Posting *
take_postings(int *n)
{
	SubTransactionId subid = GetCurrentSubTransactionId();
	Posting  *taken;
	HASH_SEQ_STATUS status;
	Posting  *posting;

	*n = 0;
	if (hash_get_num_entries(postings) == 0)
		return NULL;
	taken = palloc_extended(sizeof(Posting) * hash_get_num_entries(postings),
							MCXT_ALLOC_HUGE);
	hash_seq_init(&status, postings);
	while ((posting = hash_seq_search(&status)) != NULL)
	{
		if (posting->key.subid != subid)
			continue;
		taken[(*n)++] = *posting;
		hash_search(postings, &posting->key, HASH_REMOVE, NULL);
	}
	/* One order for all writers, so that they wait but never in a circle. */
	qsort(taken, *n, sizeof(Posting), by_key);
	return taken;
}

/* The same for events, into the current memory context. */
static List *
take_events(void)
{
	SubTransactionId subid = GetCurrentSubTransactionId();
	MemoryContext context = CurrentMemoryContext;
	List	   *taken = NIL;
	List	   *left = NIL;
	ListCell   *lc;

	foreach(lc, events)
	{
		LogEntry *event = lfirst(lc);
		LogEntry *copy;

		if (event->subid != subid)
		{
			MemoryContextSwitchTo(posting_context);
			left = lappend(left, event);
			MemoryContextSwitchTo(context);
			continue;
		}
		copy = palloc(sizeof(LogEntry));
		*copy = *event;
		copy->from = copy_or_null(event->from);
		copy->to = copy_or_null(event->to);
		copy->note = copy_or_null(event->note);
		copy->ids = palloc(sizeof(int64) * event->nids);
		memcpy(copy->ids, event->ids, sizeof(int64) * event->nids);
		taken = lappend(taken, copy);
	}
	list_free(events);
	events = left;
	return taken;
}

/*
 * The log's columns but its number, which the table gives.  A ledger that
 * ce_setup() has not brought up to date does not keep who logged in.
 */
static void
write_log(Datum *values, const char *nulls)
{
	static CeStatement statement;
	static uint64 generation;

	if (!ce_statement_ready(&statement, ce_table_oid(CE_EVENT)) ||
		generation != ce_table_generation(CE_EVENT))
	{
		Oid			types[] = {TIMESTAMPTZOID, NAMEOID, TEXTOID, INT8ARRAYOID, TEXTOID,
		TEXTOID, INT8OID, TEXTOID, NAMEOID};
		bool		has_session = get_attnum(ce_table_oid(CE_EVENT), "session_name") !=
			InvalidAttrNumber;

		generation = ce_table_generation(CE_EVENT);
		ce_statement_prepare(&statement,
							 psprintf("INSERT INTO %s.ce_event"
									  " (at, role_name, object, ids, from_status, to_status, by_org, note%s)"
									  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8%s)",
									  ce_ledger_schema(), has_session ? ", session_name" : "",
									  has_session ? ", $9" : ""),
							 lengthof(types), types, ce_table_oid(CE_EVENT), 0);
	}
	execute(&statement, values, nulls);
}

static Datum
name_of_role(Oid role)
{
	return DirectFunctionCall1(namein, CStringGetDatum(GetUserNameFromId(role, false)));
}

/* Sets the next parameter of the statement: a text, or null. */
static void
add_text(Datum *values, char *nulls, int n, const char *text)
{
	nulls[n] = text == NULL ? 'n' : ' ';
	values[n] = text == NULL ? (Datum) 0 : CStringGetTextDatum(text);
}

static void
post_event(const LogEntry *event)
{
	Datum		values[9];
	char		nulls[] = "         ";
	Datum	   *ids = palloc(sizeof(Datum) * event->nids);

	for (int i = 0; i < event->nids; i++)
		ids[i] = Int64GetDatum(event->ids[i]);
	/* By the clock: a transaction that was held open acts now (7.4). */
	values[0] = TimestampTzGetDatum(GetCurrentTimestamp());
	values[1] = name_of_role(event->role);
	add_text(values, nulls, 2, event->object);
	values[3] = array_of(ids, event->nids, INT8OID);
	add_text(values, nulls, 4, event->from);
	add_text(values, nulls, 5, event->to);
	values[6] = Int64GetDatum(event->by_org);
	nulls[6] = event->by_org == 0 ? 'n' : ' ';
	add_text(values, nulls, 7, event->note);
	/* Also behind SET ROLE: whoever logged in. */
	values[8] = name_of_role(GetSessionUserId());
	write_log(values, nulls);
}

void
ce_post_all(void)
{
	Posting  *accounts;
	List	   *log;
	ListCell   *lc;
	MemoryContext outer;
	MemoryContext context;
	int			n;

	if (posting_context == NULL)
		return;
	ce_sql_begin();
	accounts = take_postings(&n);
	log = take_events();
	/* A large statement's memory is not kept for the transaction. */
	if (hash_get_num_entries(postings) == 0 && events == NIL)
		forget();

	/* What the statement did is seen, as by a statement that follows. */
	CommandCounterIncrement();
	PushActiveSnapshot(GetTransactionSnapshot());
	for (int done = 0; done < n; done += ACCOUNTS_A_STATEMENT)
		post_accounts(accounts + done, Min(n - done, ACCOUNTS_A_STATEMENT));
	context = AllocSetContextCreate(CurrentMemoryContext, "ce_hours log row",
									ALLOCSET_SMALL_SIZES);
	outer = MemoryContextSwitchTo(context);
	foreach(lc, log)
	{
		CHECK_FOR_INTERRUPTS();
		post_event(lfirst(lc));
		MemoryContextReset(context);
	}
	MemoryContextSwitchTo(outer);
	PopActiveSnapshot();
	CommandCounterIncrement();
	ce_sql_finish();
}

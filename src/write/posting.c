/*-------------------------------------------------------------------------
 *
 * posting.c
 *	  Posting a statement's changes to the accounts and the log.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "store/ledger.h"
#include "store/owner.h"
#include "store/sql.h"
#include "types/grow.h"
#include "write/log_place.h"
#include "write/posting.h"

#include "compat.h"

/* Limits of accounts in one statement, and of objects in one log row. */
#define ACCOUNTS_A_STATEMENT 100000
#define OBJECTS_A_LOG_ROW 10000

/* How many queued log rows to search for one that takes one more object. */
#define RECENT_EVENTS 8

/* A change of an account. */
typedef struct Posting
{
	CeQueued	queued;
	int32		year;
	DateADT		known_from;
	CeCredit	credit;
} Posting;

/* A row of the log. */
typedef struct LogEntry
{
	CeQueued	queued;
	const char *object;			/* a constant */
	const char *from;			/* or NULL, as to and note */
	const char *to;
	int64		by_org;			/* or 0 */
	const char *note;
	Oid			role;
	int			nids;
	int64	   *ids;
} LogEntry;

/* ---------------------------------------------------------------------
 * Gathering
 * ---------------------------------------------------------------------
 */

static int
by_year(const void *a, const void *b)
{
	return pg_cmp_s32(((const Posting *) a)->year, ((const Posting *) b)->year);
}

static void
add_posting(void *posting, const void *other)
{
	Posting    *to = posting;
	const Posting *from = other;

	ce_credit_add(&to->credit, &from->credit);
	to->known_from = Max(to->known_from, from->known_from);
}

static void
refuse_unposted(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("verified hours were not posted to the accounts"),
			 errhint("Enable all triggers of ce_activity, ce_allocation and ce_waiver.")));
}

/* The same lock order for all writers avoids deadlocks. */
static CeQueue postings = {
	.size = sizeof(Posting),
	.compare = by_year,
	.merge = add_posting,
	.left_over = refuse_unposted
};

static CeQueue events = {.size = sizeof(LogEntry)};

void
ce_post_credit(int64 person_id, int32 year, const CeCredit *add,
			   const CeCredit *subtract, DateADT known_from)
{
	Posting    *posting = ce_queue_add(&postings, person_id);

	posting->year = year;
	posting->known_from = known_from;
	ce_credit_zero(&posting->credit);
	if (add != NULL)
		ce_credit_add(&posting->credit, add);
	if (subtract != NULL)
		ce_credit_subtract(&posting->credit, subtract);
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

/* A log row that takes one more object; NULL: none of the last ones. */
static LogEntry *
recent_event(const char *object, const char *from, const char *to, int64 by_org,
			 const char *note, Oid role)
{
	SubTransactionId subid = GetCurrentSubTransactionId();
	LogEntry   *queued = (LogEntry *) events.items;

	for (int i = events.n - 1; i >= Max(events.n - RECENT_EVENTS, 0); i--)
	{
		LogEntry   *e = &queued[i];

		if (e->queued.subid == subid && e->nids < OBJECTS_A_LOG_ROW &&
			e->by_org == by_org && e->role == role &&
			strcmp(e->object, object) == 0 && same(e->from, from) &&
			same(e->to, to) && same(e->note, note))
			return e;
	}
	return NULL;
}

void
ce_post_event(const char *object, int64 id, const char *from, const char *to,
			  int64 by_org, const char *note)
{
	Oid			role = GetUserId();
	LogEntry   *event = recent_event(object, from, to, by_org, note, role);
	bool		found = event != NULL;
	MemoryContext old_context;

	if (!found)
		event = ce_queue_add(&events, 0);
	old_context = MemoryContextSwitchTo(events.context);
	if (!found)
	{
		event->object = object;
		event->from = copy_or_null(from);
		event->to = copy_or_null(to);
		event->by_org = by_org;
		event->note = copy_or_null(note);
		event->role = role;
		event->nids = 0;
	}
	*CE_ONE_MORE(event->ids, event->nids) = id;
	MemoryContextSwitchTo(old_context);
}

/* ---------------------------------------------------------------------
 * Posting
 * ---------------------------------------------------------------------
 */

bool		ce_posting = false;

/* Write n rows; what the user added to the table may not leave one out. */
static void
execute(CeTable table, int n, CeStatement *statement, Datum *values, const char *nulls)
{
	bool		before = ce_posting;
	uint64		written;

	PG_TRY();
	{
		ce_posting = true;
		written = ce_run_kept(statement, values, nulls, 0, SPI_OK_INSERT);
	}
	PG_FINALLY();
	{
		ce_posting = before;
	}
	PG_END_TRY();
	ce_require_written(written == n, ce_table_name(table));
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
	static Oid	prepared_for = InvalidOid;
	Oid			credit = ce_column_type(CE_ACCOUNT, CE_COL_ACCOUNT_CREDIT);
	Datum	   *columns[4];
	Datum		values[4];

	ce_refuse_rules(CE_ACCOUNT, true);
	for (int c = 0; c < 4; c++)
		columns[c] = palloc_extended(sizeof(Datum) * n, MCXT_ALLOC_HUGE);
	for (int i = 0; i < n; i++)
	{
		columns[0][i] = Int64GetDatum(found[i].queued.person_id);
		columns[1][i] = Int32GetDatum(found[i].year);
		columns[2][i] = PointerGetDatum(ce_credit_pack(&found[i].credit));
		columns[3][i] = DateADTGetDatum(found[i].known_from);
	}
	values[0] = array_of(columns[0], n, INT8OID);
	values[1] = array_of(columns[1], n, INT4OID);
	values[2] = array_of(columns[2], n, credit);
	values[3] = array_of(columns[3], n, DATEOID);
	if (!ce_statement_ready(&statement, ce_table_oid(CE_ACCOUNT)) || prepared_for != credit)
	{
		Oid			types[] = {INT8ARRAYOID, INT4ARRAYOID, get_array_type(credit),
		DATEARRAYOID};

		ce_statement_prepare(&statement,
							 psprintf("INSERT INTO %s AS a (person_id, year, credit, known_from)"
									  " SELECT * FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2),"
									  " pg_catalog.unnest($3), pg_catalog.unnest($4)) AS posted"
									  " ON CONFLICT (person_id, year) DO UPDATE"
									  " SET credit = a.credit OPERATOR(%s.+) excluded.credit,"
									  " known_from = GREATEST(a.known_from, excluded.known_from)",
									  ce_table_here(CE_ACCOUNT), ce_ledger_schema()),
							 4, types, ce_table_oid(CE_ACCOUNT), 0);
		prepared_for = credit;
	}
	execute(CE_ACCOUNT, n, &statement, values, NULL);
}

/*
 * The log's columns but its number, which is generated.  Before ce_setup() has
 * updated the ledger, the log has no column for session_user.  On a Citus
 * cluster the row goes into a shard, with a number of that shard.
 */
static void
write_log(Oid log, Datum *values, const char *nulls)
{
	static CeStatement statement;
	static uint64 generation;

	if (!ce_statement_ready(&statement, log) || generation != ce_table_generation(CE_EVENT))
	{
		Oid			types[] = {TIMESTAMPTZOID, NAMEOID, TEXTOID, INT8ARRAYOID, TEXTOID,
		TEXTOID, INT8OID, TEXTOID, NAMEOID, INT8OID};
		bool		has_session = get_attnum(log, "session_name") != InvalidAttrNumber;
		bool		numbered = log != ce_cached_shell(CE_EVENT);

		generation = ce_table_generation(CE_EVENT);
		ce_statement_prepare(&statement,
							 psprintf("INSERT INTO %s"
									  " (at, role_name, object, ids, from_status, to_status, by_org, note%s%s)"
									  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8%s%s)",
									  ce_relation_name(log), has_session ? ", session_name" : "",
									  numbered ? ", event_id" : "", has_session ? ", $9" : "",
									  numbered ? ", $10" : ""),
							 lengthof(types), types, log, 0);
	}
	execute(CE_EVENT, 1, &statement, values, nulls);
}

static Datum
name_of_role(Oid role)
{
	return DirectFunctionCall1(namein, CStringGetDatum(GetUserNameFromId(role, false)));
}

static Datum
text_or_zero(const char *text)
{
	return text == NULL ? (Datum) 0 : CStringGetTextDatum(text);
}

static void
post_event(const LogEntry *event)
{
	Datum		values[10] = {0};	/* 0: null */
	char		nulls[10];
	Datum	   *ids = palloc(sizeof(Datum) * event->nids);
	Oid			log = ce_log_place(event->object);

	if (!OidIsValid(log))
		return;					/* another node logs it */

	ce_refuse_rules(CE_EVENT, false);
	for (int i = 0; i < event->nids; i++)
		ids[i] = Int64GetDatum(event->ids[i]);
	/* By the clock: a transaction that was held open acts now (7.4). */
	values[0] = TimestampTzGetDatum(GetCurrentTimestamp());
	values[1] = name_of_role(event->role);
	values[2] = text_or_zero(event->object);
	values[3] = array_of(ids, event->nids, INT8OID);
	values[4] = text_or_zero(event->from);
	values[5] = text_or_zero(event->to);
	values[6] = event->by_org == 0 ? (Datum) 0 : Int64GetDatum(event->by_org);
	values[7] = text_or_zero(event->note);
	/* Also after SET ROLE: session_user. */
	values[8] = name_of_role(GetSessionUserId());
	if (log != ce_cached_shell(CE_EVENT))
		values[9] = Int64GetDatum(ce_log_number(log));
	for (int i = 0; i < lengthof(values); i++)
		nulls[i] = values[i] == (Datum) 0 ? 'n' : ' ';
	write_log(log, values, nulls);
}

void
ce_post_all(Relation rel)
{
	Posting    *accounts;
	LogEntry   *log;
	MemoryContext outer;
	MemoryContext context;
	CeIdentity	self;
	int			naccounts;
	int			nlog;

	if (postings.n == 0 && events.n == 0)
		return;
	ce_become_owner(rel, &self);
	ce_sql_begin();
	accounts = ce_queue_take(&postings, &naccounts);
	log = ce_queue_take(&events, &nlog);

	/* Make the statement's own changes visible. */
	CommandCounterIncrement();
	PushActiveSnapshot(GetTransactionSnapshot());
	for (int done = 0; done < naccounts; done += ACCOUNTS_A_STATEMENT)
		post_accounts(accounts + done, Min(naccounts - done, ACCOUNTS_A_STATEMENT));
	context = AllocSetContextCreate(CurrentMemoryContext, "ce_hours log row",
									ALLOCSET_SMALL_SIZES);
	outer = MemoryContextSwitchTo(context);
	for (int i = 0; i < nlog; i++)
	{
		CHECK_FOR_INTERRUPTS();
		post_event(&log[i]);
		MemoryContextReset(context);
	}
	MemoryContextSwitchTo(outer);
	PopActiveSnapshot();
	CommandCounterIncrement();
	ce_sql_finish();
	ce_become_self(&self);
}

/* Lock the rows that a table has of persons, in key order. */
static void
lock_rows(CeTable table, const char *key, CeStatement *statement, Datum *person_ids, int n)
{
	Datum		value = array_of(person_ids, n, INT8OID);
	Oid			types[] = {INT8ARRAYOID};

	ce_sql_begin();
	if (!ce_statement_ready(statement, ce_table_oid(table)))
		ce_statement_prepare(statement,
							 psprintf("SELECT FROM %s"
									  " WHERE person_id OPERATOR(pg_catalog.=) ANY ($1)"
									  " ORDER BY %s FOR NO KEY UPDATE",
									  ce_table_here(table), key),
							 1, types, ce_table_oid(table), 0);
	ce_run_kept(statement, &value, NULL, 0, SPI_OK_SELECT);
	ce_sql_finish();
}

void
ce_lock_persons(Datum *person_ids, int n)
{
	static CeStatement statement;

	lock_rows(CE_PERSON, "person_id", &statement, person_ids, n);
}

/*
 * Whole accounts, in key order: a statement locks the study year and an earlier
 * year, and the next one of the transaction another earlier year, which would
 * be out of order.
 */
static void
lock_accounts(Datum *person_ids, int n)
{
	static CeStatement statement;

	lock_rows(CE_ACCOUNT, "person_id, year", &statement, person_ids, n);
}

static void
lock_for(const CeQueue *queue, const char *items, int n, int locks)
{
	Datum	   *persons = palloc_extended(sizeof(Datum) * n, MCXT_ALLOC_HUGE);

	for (int i = 0; i < n; i++)
		persons[i] = Int64GetDatum(((const CeQueued *) (items + queue->size * i))->person_id);
	if (locks & CE_LOCK_PERSONS)
		ce_lock_persons(persons, n);
	if (locks & CE_LOCK_ACCOUNTS)
		lock_accounts(persons, n);
}

void
ce_post_queue(Relation rel, CeQueue *queue, int locks, void (*check) (const void *item))
{
	CeIdentity	self;
	char	   *taken;
	int			n;

	taken = ce_queue_take(queue, &n);
	ce_become_owner(rel, &self);
	if (n > 0 && locks != 0)
		lock_for(queue, taken, n, locks);
	ce_post_all(rel);
	if (n > 0)
	{
		CommandCounterIncrement();
		/* Include what others committed while this waited for the accounts. */
		PushActiveSnapshot(GetLatestSnapshot());
		for (int i = 0; i < n; i++)
		{
			CHECK_FOR_INTERRUPTS();
			check(taken + queue->size * i);
		}
		PopActiveSnapshot();
	}
	ce_become_self(&self);
}

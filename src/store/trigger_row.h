/*-------------------------------------------------------------------------
 *
 * trigger_row.h
 *	  A row of the ledger in a trigger.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_TRIGGER_ROW_H
#define CE_TRIGGER_ROW_H

#include "commands/trigger.h"

#include "store/day_text.h"
#include "store/ledger.h"

typedef struct CeRow
{
	CeTable		table;
	Relation	rel;
	Oid			writer;			/* current_user when the row was read */
	Datum		values[CE_MAX_COLUMNS]; /* by the table's column enum */
	bool		nulls[CE_MAX_COLUMNS];
	bool		set[CE_MAX_COLUMNS];	/* set by the trigger: to be written */
} CeRow;

#define CE_ANY_TABLE (-1)

/* When a trigger function may be called, as bits. */
#define CE_BEFORE 1
#define CE_AFTER 2
#define CE_EACH_ROW 4
#define CE_EACH_STATEMENT 8
#define CE_ON_INSERT 16
#define CE_ON_UPDATE 32
#define CE_ON_DELETE 64
#define CE_ON_TRUNCATE 128
#define CE_ON_ROWS (CE_ON_INSERT | CE_ON_UPDATE | CE_ON_DELETE)

/*
 * Begin a trigger function: it must be called as a trigger, with a timing, for
 * an event and on a table that it supports.  Anybody can put a trigger on a
 * table of their own, and the owner one of their own on the ledger's: neither
 * may be trusted or posted.
 */
extern TriggerData *ce_trigger_enter(FunctionCallInfo fcinfo, const char *name,
									 int when, int table);

/*
 * The row before (UPDATE, DELETE) and after (INSERT, UPDATE) the change.  To
 * be called as the writer, before becoming the table's owner.
 */
extern void ce_row_old(CeRow *row, CeTable table, TriggerData *trigdata);
extern void ce_row_new(CeRow *row, CeTable table, TriggerData *trigdata);

/* Both, as far as there are both; returns old, or NULL for an INSERT. */
extern const CeRow *ce_row_change(CeRow *row, CeRow *old, CeTable table,
								  TriggerData *trigdata);

/* The tuple to return for a row that stays as it was given. */
static inline HeapTuple
ce_given_tuple(const TriggerData *trigdata)
{
	return TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event) ?
		trigdata->tg_newtuple : trigdata->tg_trigtuple;
}

extern void ce_row_set(CeRow *row, int column, Datum value);
extern void ce_row_set_null(CeRow *row, int column);

/* The tuple to return: the new row with the columns that were set. */
extern HeapTuple ce_row_result(CeRow *row, TriggerData *trigdata);

extern bool ce_row_differs(const CeRow *a, const CeRow *b, int column);

/* Does a column from "from" to before "to" differ? */
extern bool ce_row_differs_in(const CeRow *a, const CeRow *b, int from, int to);

/* An id, 0 if it is null. */
extern int64 ce_row_id(const CeRow *row, int column);

/* A number, 0 if it is null. */
static inline int32
ce_row_int(const CeRow *row, int column)
{
	return row->nulls[column] ? 0 : DatumGetInt32(row->values[column]);
}

/* A day that is not null. */
static inline DateADT
ce_row_day(const CeRow *row, int column)
{
	return DatumGetDateADT(row->values[column]);
}

/* Is a text null or blank? */
extern bool ce_row_blank(const CeRow *row, int column);

/* A copy of a text, NULL if it is null. */
extern char *ce_row_text(const CeRow *row, int column);

/*
 * Error messages for a row that must not be changed or deleted.  They are
 * whole sentences, marked with gettext_noop(), and translated when needed.
 * Here and below, the id is the first column of the table.
 */
typedef struct CeRefusal
{
	const char *message;		/* %lld: the row's id */
	const char *detail;			/* for a change, %s: the column */
	const char *hint;
} CeRefusal;

/* An error if a column from "from" to before "to" differs. */
extern void ce_row_check_frozen(const CeRow *row, const CeRow *old, int from,
								int to, const CeRefusal *refusal);

/* Reject a DELETE of the row. */
extern void ce_refuse_delete(const CeRow *old, const CeRefusal *refusal);

/*
 * A table whose rows are kept.  While one is in force, the columns from
 * changes_from on may change; once it is closed, none.
 */
typedef struct CeKept
{
	int			changes_from;
	CeRefusal	delete_in_force;
	CeRefusal	delete_closed;
	CeRefusal	change_in_force;
	CeRefusal	change_closed;
} CeKept;

extern void ce_kept_refuse_delete(const CeRow *old, bool closed, const CeKept *kept);
extern void ce_kept_check_change(const CeRow *row, const CeRow *old, bool closed,
								 const CeKept *kept);

/* A change of the status requires a new reason in note; %lld is the id. */
extern void ce_row_check_reason(const CeRow *row, const CeRow *old, int column,
								const char *message);

/* An error if the day is infinity or its opposite. */
extern void ce_row_check_finite(const CeRow *row, int column);

/* The same, or if the day is in the future. */
extern void ce_row_check_past(const CeRow *row, int column, const char *clause);

/* An error if one day is before another. */
extern void ce_row_check_order(const CeRow *row, int earlier, int later);

#endif							/* CE_TRIGGER_ROW_H */

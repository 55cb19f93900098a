/*-------------------------------------------------------------------------
 *
 * trigger_row.c
 *	  A row of the ledger in a trigger.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/rel.h"

#include "store/field_text.h"
#include "store/trigger_row.h"

#include "compat.h"

/* How the trigger was fired, as bits for ce_trigger_enter(). */
static int
fired(TriggerEvent event)
{
	return (TRIGGER_FIRED_FOR_ROW(event) ? CE_EACH_ROW : CE_EACH_STATEMENT) |
		(TRIGGER_FIRED_BEFORE(event) ? CE_BEFORE :
		 TRIGGER_FIRED_AFTER(event) ? CE_AFTER : 0) |
		(TRIGGER_FIRED_BY_INSERT(event) ? CE_ON_INSERT :
		 TRIGGER_FIRED_BY_UPDATE(event) ? CE_ON_UPDATE :
		 TRIGGER_FIRED_BY_DELETE(event) ? CE_ON_DELETE : CE_ON_TRUNCATE);
}

TriggerData *
ce_trigger_enter(FunctionCallInfo fcinfo, const char *name, int when, int table)
{
	TriggerData *trigdata = (TriggerData *) fcinfo->context;

	/* INSTEAD OF is neither BEFORE nor AFTER. */
	if (!CALLED_AS_TRIGGER(fcinfo) ||
		(fired(trigdata->tg_event) & ~when) != 0 ||
		(fired(trigdata->tg_event) & (CE_BEFORE | CE_AFTER)) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function \"%s\" was not called by a trigger that ce_setup() created",
						name),
				 errhint("Drop the trigger that calls it and run ce_setup() again.")));
	ce_ledger_enter(fcinfo);
	if (table != CE_ANY_TABLE &&
		RelationGetRelid(trigdata->tg_relation) != ce_table_oid(table) &&
		!ce_is_table(table, trigdata->tg_relation))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function \"%s\" can only be called by a trigger of table \"%s\" of the ledger",
						name, ce_table_name(table)),
				 errdetail("It was called for table \"%s\".",
						   RelationGetRelationName(trigdata->tg_relation)),
				 errhint("Drop the trigger; partitions of the ledger's tables can be read, but not written.")));
	return trigdata;
}

/* Before the server's checks, required columns may be null. */
static void
read_row(CeRow *row, CeTable table, TriggerData *trigdata, HeapTuple tuple,
		 bool given)
{
	row->table = table;
	row->rel = trigdata->tg_relation;
	row->writer = GetUserId();
	if (given)
		ce_row_read_given(table, row->rel, tuple, row->values, row->nulls);
	else
		ce_row_read(table, row->rel, tuple, row->values, row->nulls);
	memset(row->set, 0, sizeof(row->set));
}

void
ce_row_old(CeRow *row, CeTable table, TriggerData *trigdata)
{
	read_row(row, table, trigdata, trigdata->tg_trigtuple, false);
}

void
ce_row_new(CeRow *row, CeTable table, TriggerData *trigdata)
{
	read_row(row, table, trigdata, ce_given_tuple(trigdata),
			 TRIGGER_FIRED_BEFORE(trigdata->tg_event));
}

const CeRow *
ce_row_change(CeRow *row, CeRow *old, CeTable table, TriggerData *trigdata)
{
	if (!TRIGGER_FIRED_BY_DELETE(trigdata->tg_event))
		ce_row_new(row, table, trigdata);
	if (TRIGGER_FIRED_BY_INSERT(trigdata->tg_event))
		return NULL;
	ce_row_old(old, table, trigdata);
	return old;
}

void
ce_row_set(CeRow *row, int column, Datum value)
{
	row->values[column] = value;
	row->nulls[column] = false;
	row->set[column] = true;
}

void
ce_row_set_null(CeRow *row, int column)
{
	row->values[column] = (Datum) 0;
	row->nulls[column] = true;
	row->set[column] = true;
}

HeapTuple
ce_row_result(CeRow *row, TriggerData *trigdata)
{
	HeapTuple	tuple = ce_given_tuple(trigdata);
	const AttrNumber *columns = ce_table_columns(row->table, row->rel);
	int			numbers[CE_MAX_COLUMNS];
	Datum		values[CE_MAX_COLUMNS];
	bool		nulls[CE_MAX_COLUMNS];
	int			n = 0;

	for (int column = 0; column < ce_table_ncolumns(row->table); column++)
	{
		if (!row->set[column])
			continue;
		numbers[n] = columns[column];
		values[n] = row->values[column];
		nulls[n++] = row->nulls[column];
	}
	if (n == 0)
		return tuple;
	return heap_modify_tuple_by_cols(tuple, RelationGetDescr(row->rel), n,
									 numbers, values, nulls);
}

bool
ce_row_differs(const CeRow *a, const CeRow *b, int column)
{
	Form_pg_attribute attribute;

	if (a->nulls[column] || b->nulls[column])
		return a->nulls[column] != b->nulls[column];
	attribute = TupleDescAttr(RelationGetDescr(a->rel),
							  ce_table_columns(a->table, a->rel)[column] - 1);
	return !datum_image_eq(a->values[column], b->values[column],
						   attribute->attbyval, attribute->attlen);
}

bool
ce_row_differs_in(const CeRow *a, const CeRow *b, int from, int to)
{
	for (int column = from; column < to; column++)
	{
		if (ce_row_differs(a, b, column))
			return true;
	}
	return false;
}

int64
ce_row_id(const CeRow *row, int column)
{
	return row->nulls[column] ? 0 : DatumGetInt64(row->values[column]);
}

bool
ce_row_blank(const CeRow *row, int column)
{
	char	   *s = ce_row_text(row, column);

	return s == NULL || ce_field_text(s) == NULL;
}

char *
ce_row_text(const CeRow *row, int column)
{
	return row->nulls[column] ? NULL : TextDatumGetCString(row->values[column]);
}

void
ce_row_check_frozen(const CeRow *row, const CeRow *old, int from, int to,
					const CeRefusal *refusal)
{
	for (int column = from; column < to; column++)
	{
		if (!ce_row_differs(row, old, column))
			continue;
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg(refusal->message, (long long) ce_row_id(old, 0)),
				 errdetail(refusal->detail, ce_column_name(row->table, column)),
				 ce_errhint(refusal->hint)));
	}
}

void
ce_refuse_delete(const CeRow *old, const CeRefusal *refusal)
{
	ereport(ERROR,
			(errcode(ERRCODE_RESTRICT_VIOLATION),
			 errmsg(refusal->message, (long long) ce_row_id(old, 0)),
			 errdetail_internal("%s", _(refusal->detail)),
			 ce_errhint(refusal->hint)));
}

void
ce_kept_refuse_delete(const CeRow *old, bool closed, const CeKept *kept)
{
	ce_refuse_delete(old, closed ? &kept->delete_closed : &kept->delete_in_force);
}

void
ce_kept_check_change(const CeRow *row, const CeRow *old, bool closed, const CeKept *kept)
{
	ce_row_check_frozen(row, old, 0, closed ? ce_table_ncolumns(row->table) : kept->changes_from,
						closed ? &kept->change_closed : &kept->change_in_force);
}

void
ce_row_check_reason(const CeRow *row, const CeRow *old, int column,
					const char *message)
{
	if (ce_row_blank(row, column) || !ce_row_differs(row, old, column))
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg(message, (long long) ce_row_id(row, 0)),
				 errhint("Give the reason in note; it must differ from the previous note.")));
}

void
ce_row_check_finite(const CeRow *row, int column)
{
	if (!row->nulls[column] && DATE_NOT_FINITE(ce_row_day(row, column)))
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("%s cannot be \"%s\"", ce_column_name(row->table, column),
						ce_date_text(ce_row_day(row, column))),
				 errhint("Give a date of the calendar.")));
}

void
ce_row_check_past(const CeRow *row, int column, const char *clause)
{
	DateADT		day;

	if (row->nulls[column])
		return;
	ce_row_check_finite(row, column);
	day = ce_row_day(row, column);
	if (day > ce_day_of_act())
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("%s is in the future", ce_column_name(row->table, column)),
				 errdetail("Clause %s: the date is %s, and today is %s in Asia/Shanghai.", ce_clause(clause),
						   ce_date_text(day), ce_date_text(ce_day_of_act())),
				 errhint("Correct the date, or enter the row when it has happened.")));
}

void
ce_row_check_order(const CeRow *row, int earlier, int later)
{
	if (row->nulls[earlier] || row->nulls[later] ||
		ce_row_day(row, earlier) <= ce_row_day(row, later))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("%s is before %s", ce_column_name(row->table, later),
					ce_column_name(row->table, earlier)),
			 errdetail("The dates are %s and %s.",
					   ce_date_text(ce_row_day(row, later)),
					   ce_date_text(ce_row_day(row, earlier))),
			 errhint("Correct the dates.")));
}

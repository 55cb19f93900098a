/*-------------------------------------------------------------------------
 *
 * link_rows.c
 *	  The triggers of a linked HR table, whose rows are persons of the ledger.
 *
 * Writers of the HR table need no privileges in the ledger: the trigger acts as
 * the ledger's owner, as foreign keys do.  Since anybody can put the trigger on
 * a table of their own, it trusts only tables that the ledger's owner has
 * linked, and it converts a row's values to text before it becomes the owner,
 * since types and their functions may be user-defined.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/rel.h"

#include "feed/link.h"
#include "store/field_text.h"
#include "store/ledger.h"
#include "store/owner.h"
#include "store/sql.h"
#include "store/trigger_row.h"

#include "compat.h"

static bool
same_row(const CeLinkRow *a, const CeLinkRow *b)
{
	for (int f = 0; f < CE_PERSON_FACTS; f++)
	{
		if (!ce_same_text(a->texts[f], b->texts[f]))
			return false;
	}
	return true;
}

static void
refuse_if_records(const CeLink *link, int64 person_id, bool goes, const char *message)
{
	char	   *records = ce_person_records(person_id, !goes);

	if (records != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_RESTRICT_VIOLATION),
				 errmsg(message, (long long) person_id, link->table),
				 errdetail("Clauses 6.2d, 7.4: records are kept, and the person has some in: %s.",
						   records),
				 errhint("Keep the row, or unlink the table with ce_unlink(); the ledger then keeps the person by itself.")));
}

/* The link of a trigger's table, kept while the statement runs. */
static CeLink *
link_of_trigger(FunctionCallInfo fcinfo, Relation rel)
{
	if (fcinfo->flinfo->fn_extra == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
		char	   *names[CE_PERSON_FACTS];
		CeIdentity	self;
		bool		lists;
		bool		found;

		ce_ledger_table("ce_link");
		ce_become_ledger_owner(&self);
		found = ce_read_link(RelationGetRelid(rel), names, &lists);
		ce_become_self(&self);
		if (!found)
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("table \"%s\" is not linked with the ledger",
							RelationGetRelationName(rel)),
					 errhint("Call ce_link() as the ledger's owner, or drop the trigger.")));
		fcinfo->flinfo->fn_extra = ce_make_link(rel, names, lists);
		MemoryContextSwitchTo(old);
	}
	return fcinfo->flinfo->fn_extra;
}

/* Write the person of a row; a bad one is an error, or is listed. */
static void
take_row(const CeLink *link, const CeLinkRow *row, const int64 *known, bool others)
{
	CePersonWrite done;
	Datum		id;
	List	   *faults;

	if (!link->lists)
	{
		done = ce_link_write(link, row, known, &id);
		if (done != CE_PERSON_NEW && others)
			ce_link_refuse_of_others(link, &id, 1);
		return;
	}
	faults = ce_link_try(link, row, known, others, &done);
	ce_link_list(link, row, faults);
	if (faults != NIL)
		ereport(WARNING,
				(errmsg("cannot take the row with key %s of table \"%s\" into the ledger: %s",
						row->texts[FACT_PERSON_ID] == NULL ? "NULL" : row->texts[FACT_PERSON_ID],
						link->table, ((const CeLinkFault *) linitial(faults))->reason),
				 errhint("Table ce_link_refused lists such rows; correct the row, and the ledger takes it.")));
}

/*
 * The person of a row that is deleted or gets another key.  A number may be
 * corrected, since the ledger knows the person by an id of its own.
 */
static bool
leave_key(const CeLink *link, const CeLinkRow *old, const CeLinkRow *new, int64 *id)
{
	int64		new_id;

	if (!ce_link_find_person(link, old, id))
		return false;
	if (new != NULL && link->by_number)
		return true;
	refuse_if_records(link, *id, new == NULL, new == NULL ?
					  gettext_noop("cannot delete person %lld, who has records in the ledger, from table \"%s\"") :
					  gettext_noop("cannot change the key of person %lld, who has records in the ledger, in table \"%s\""));
	if (new == NULL)
		ce_person_delete(*id);
	else if (ce_link_find_person(link, new, &new_id))
		ce_person_rename(*id, new_id);
	return false;
}

/* ce_link_row() returns trigger: writes the row's person to ce_person */
PG_FUNCTION_INFO_V1(ce_link_row);
Datum
ce_link_row(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_link_row",
											  CE_AFTER | CE_EACH_ROW | CE_ON_ROWS,
											  CE_ANY_TABLE);
	Relation	rel = trigdata->tg_relation;
	bool		deleted = TRIGGER_FIRED_BY_DELETE(trigdata->tg_event);
	bool		updated = TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event);
	CeLink	   *link = link_of_trigger(fcinfo, rel);
	CeLinkRow	old;
	CeLinkRow	new;
	bool		key_changed;
	bool		known = false;
	int64		id;
	CeIdentity	self;

	if (deleted || updated)
		ce_link_read_row(link, trigdata->tg_trigtuple, RelationGetDescr(rel), false, &old);
	if (!deleted)
		ce_link_read_row(link, updated ? trigdata->tg_newtuple : trigdata->tg_trigtuple,
						 RelationGetDescr(rel), false, &new);
	if (updated && same_row(&old, &new))
		return PointerGetDatum(NULL);
	key_changed = updated && !ce_same_text(old.texts[FACT_PERSON_ID],
										   new.texts[FACT_PERSON_ID]);

	ce_become_ledger_owner(&self);
	ce_sql_begin();
	if (deleted || key_changed)
	{
		known = leave_key(link, &old, deleted ? NULL : &new, &id);
		if (link->lists)
			ce_link_list(link, &old, NIL);
	}
	if (!deleted)
		take_row(link, &new, known ? &id : NULL, !updated || key_changed);
	ce_sql_finish();
	ce_become_self(&self);
	return PointerGetDatum(NULL);
}

/* Removes the person of a row of a table that is truncated, or refuses. */
static void
remove_person(const CeLink *link, const CeLinkRow *row, void *arg)
{
	int64		person_id;

	if (ce_link_find_person(link, row, &person_id))
	{
		refuse_if_records(link, person_id, true,
						  gettext_noop("cannot remove person %lld, who has records in the ledger, by TRUNCATE of table \"%s\""));
		ce_person_delete(person_id);
	}
	if (link->lists)
		ce_link_list(link, row, NIL);
}

/* ce_link_truncate() returns trigger: removes the persons, or refuses */
PG_FUNCTION_INFO_V1(ce_link_truncate);
Datum
ce_link_truncate(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_link_truncate",
											  CE_BEFORE | CE_EACH_STATEMENT | CE_ON_TRUNCATE,
											  CE_ANY_TABLE);
	Relation	rel = trigdata->tg_relation;
	CeLink	   *link = link_of_trigger(fcinfo, rel);
	CeIdentity	self;

	/* The role that truncates may lack the privilege to read the rows. */
	ce_become_owner(rel, &self);
	ce_sql_begin();
	ce_link_each_row(link, rel, remove_person, NULL);
	ce_sql_finish();
	ce_become_self(&self);
	return PointerGetDatum(NULL);
}

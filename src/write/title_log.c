/*-------------------------------------------------------------------------
 *
 * title_log.c
 *	  Logging changes of achievements, sanctions and applications.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/rel.h"

#include "store/trigger_row.h"
#include "write/posting.h"

#include "compat.h"

static const char *
achievement_state(const CeRow *row)
{
	return row->nulls[CE_COL_ACHIEVEMENT_ATTESTED_ON] ? "entered" :
		row->nulls[CE_COL_ACHIEVEMENT_REVOKED_ON] ? "attested" : "revoked";
}

static const char *
state_of(const CeRow *row)
{
	switch (row->table)
	{
		case CE_ACHIEVEMENT:
			return achievement_state(row);
		case CE_SANCTION:
			return row->nulls[CE_COL_SANCTION_REVOKED_ON] ? "in_force" : "revoked";
		default:
			return ce_row_text(row, CE_COL_APPLICATION_STATUS);
	}
}

/* The ledger table that a relation is, of those that are logged here. */
static CeTable
log_table(Relation rel)
{
	CeTable		table = ce_get_table(rel);

	if (table != CE_ACHIEVEMENT && table != CE_SANCTION && table != CE_APPLICATION)
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("ce_title_log() does not log changes of table \"%s\"",
						RelationGetRelationName(rel))));
	return table;
}

/* The reason of a change: the note of a revocation or cancellation. */
static const char *
reason_of(const CeRow *row, const char *to)
{
	if (strcmp(to, "revoked") != 0 && strcmp(to, "cancelled") != 0)
		return NULL;
	return ce_row_text(row, row->table == CE_ACHIEVEMENT ? CE_COL_ACHIEVEMENT_NOTE :
					   row->table == CE_SANCTION ? CE_COL_SANCTION_NOTE : CE_COL_APPLICATION_NOTE);
}

/* ce_title_log() returns trigger: logs a change of state */
PG_FUNCTION_INFO_V1(ce_title_log);
Datum
ce_title_log(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = ce_trigger_enter(fcinfo, "ce_title_log",
											  CE_AFTER | CE_EACH_ROW | CE_ON_INSERT | CE_ON_UPDATE,
											  CE_ANY_TABLE);
	CeTable		table = log_table(trigdata->tg_relation);
	CeRow		row;
	CeRow		stored;
	const CeRow *old = ce_row_change(&row, &stored, table, trigdata);
	const char *from = old == NULL ? NULL : state_of(old);
	const char *to = state_of(&row);

	if (from != NULL && strcmp(from, to) == 0)
		return PointerGetDatum(NULL);
	/* The first column is the id in each of the three tables. */
	ce_post_event(table == CE_ACHIEVEMENT ? "achievement" :
				  table == CE_SANCTION ? "sanction" : "application",
				  ce_row_id(&row, 0), from, to,
				  table == CE_ACHIEVEMENT ? ce_row_id(&row, CE_COL_ACHIEVEMENT_ATTESTED_BY) : 0,
				  reason_of(&row, to));
	ce_post_all(trigdata->tg_relation);
	return PointerGetDatum(NULL);
}

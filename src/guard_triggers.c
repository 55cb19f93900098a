/*-------------------------------------------------------------------------
 *
 * guard_triggers.c
 *	  Small guards: what no writer may do to the ledger.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/rel.h"

#include "ledger.h"
#include "posting.h"

#include "compat.h"

/* ce_append_only() returns trigger: refuses the statement that fires it */
PG_FUNCTION_INFO_V1(ce_append_only);
Datum
ce_append_only(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = (TriggerData *) fcinfo->context;

	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function \"%s\" was not called by trigger manager",
						"ce_append_only")));
	ereport(ERROR,
			(errcode(ERRCODE_RESTRICT_VIOLATION),
			 TRIGGER_FIRED_BY_TRUNCATE(trigdata->tg_event) ?
			 errmsg("table \"%s\" cannot be truncated",
					RelationGetRelationName(trigdata->tg_relation)) :
			 errmsg("rows of table \"%s\" are neither changed nor deleted",
					RelationGetRelationName(trigdata->tg_relation)),
			 errdetail("Clauses 6.2d, 7.4: what was recorded stays; hours are revoked with a reason."),
			 errhint("To begin anew, drop the ledger's tables and run ce_setup() again.")));
	return PointerGetDatum(NULL);
}

/* ce_kind_in_use() returns trigger: keeps a kind that activities rest on */
PG_FUNCTION_INFO_V1(ce_kind_in_use);
Datum
ce_kind_in_use(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = (TriggerData *) fcinfo->context;
	Datum		values[CE_MAX_COLUMNS];
	bool		nulls[CE_MAX_COLUMNS];
	Oid			types[] = {TEXTOID};
	CeIdentity	self;
	char	   *sql;
	bool		in_use;

	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function \"%s\" was not called by trigger manager",
						"ce_kind_in_use")));
	ce_ledger_enter(fcinfo);
	ce_row_read(CE_KIND, trigdata->tg_relation, trigdata->tg_trigtuple, values, nulls);
	ce_become_owner(trigdata->tg_relation, &self);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	sql = psprintf("SELECT 1 FROM %s.ce_activity WHERE kind OPERATOR(pg_catalog.=) $1 LIMIT 1",
				   ce_ledger_schema());
	if (SPI_execute_with_args(sql, 1, types, &values[KIND_KIND], NULL, true, 1) != SPI_OK_SELECT)
		elog(ERROR, "reading table \"ce_activity\" failed");
	in_use = SPI_processed > 0;
	SPI_finish();
	ce_become_self(&self);
	if (in_use)
		ereport(ERROR,
				(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
				 errmsg("kind \"%s\" is in use",
						TextDatumGetCString(values[KIND_KIND])),
				 errdetail("Activities of this kind are in table \"ce_activity\"."),
				 errhint("Add a new kind; a kind without a rule in ce_rule for a year takes no activities of that year.")));
	return PointerGetDatum(TRIGGER_FIRED_BY_DELETE(trigdata->tg_event) ?
						   trigdata->tg_trigtuple : trigdata->tg_newtuple);
}

/*-------------------------------------------------------------------------
 *
 * log_place.c
 *	  Which relation a row of the log goes into, on a Citus cluster.
 *
 * A trigger runs on a shard and cannot write anywhere else, so the log is split
 * as the persons' tables are, and the row goes into the log's shard beside the
 * trigger's: it is written with the change or not at all, and moves with it.
 * The log is split by the row's number, so a number that falls into that shard
 * is taken.  Plans and the ledger's settings are on every node, and so are their
 * triggers: the node that has one certain shard of the log writes the row.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "commands/sequence.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/varlena.h"

#include "store/ledger.h"
#include "write/log_place.h"

#include "compat.h"

/* The shard of the log for what is on every node. */
#define COMMON_POINT 0

/* Is the object a row of a table that is on every node? */
static bool
is_common(const char *object)
{
	CeTable		table;

	if (strcmp(object, "plan") == 0)
		table = CE_PLAN;
	else if (strncmp(object, "ledger.", strlen("ledger.")) == 0)
		table = CE_LEDGER;
	else
		return false;
	ce_table_oid(table);
	return ce_table_placing(table) == CE_COPIED;
}

Oid
ce_log_place(const char *object)
{
	Oid			log = ce_table_oid(CE_EVENT);
	bool		common;
	int32		point;
	Oid			shard = InvalidOid;

	if (likely(!ce_distributed))
		return log;
	common = is_common(object);
	if (ce_table_placing(CE_EVENT) == CE_SHARDED &&
		(ce_entered(&point) || common))
		shard = ce_find_shard(CE_EVENT, common ? COMMON_POINT : point);
	if (!OidIsValid(shard) && !common)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the log of this ledger cannot be written here"),
				 errdetail("Table \"ce_event\" is not distributed by event_id together with the persons' tables."),
				 errhint("Let the ledger's owner distribute the tables with ce_distribute().")));
	return shard;
}

/* The sequence of event_id. */
static Oid
number_sequence(Oid shell)
{
	static Oid	last_shell = InvalidOid;
	static Oid	sequence;
	Datum		name;

	if (shell == last_shell)
		return sequence;
	name = DirectFunctionCall2(pg_get_serial_sequence,
							   CStringGetTextDatum(ce_relation_name(shell)),
							   CStringGetTextDatum("event_id"));
	sequence = RangeVarGetRelid(makeRangeVarFromNameList(textToQualifiedNameList(DatumGetTextPP(name))),
								NoLock, false);
	last_shell = shell;
	return sequence;
}

int64
ce_log_number(Oid shard)
{
	Oid			sequence = number_sequence(ce_cached_shell(CE_EVENT));

	for (;;)
	{
		int64		number = nextval_internal(sequence, false);
		int32		point;

		/* The sequence's lock may have brought word that shards moved. */
		(void) ce_table_placing(CE_EVENT);
		if (!ce_shard_point(CE_EVENT, shard, &point))
			ereport(ERROR,
					(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
					 errmsg("the log moved to another node while it was written"),
					 errhint("Run the transaction again.")));
		if (ce_find_shard(CE_EVENT, ce_point_of(number)) == shard)
			return number;
		CHECK_FOR_INTERRUPTS();
	}
}

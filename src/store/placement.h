/*-------------------------------------------------------------------------
 *
 * placement.h
 *	  Where the rows of the ledger's tables are, on a Citus cluster.
 *
 * Citus keeps the rows of a table in relations of their own, the shards; the
 * table itself is an empty shell.  Tables that are the same on every node have
 * one shard each; the persons' tables are split by a hash of person_id, the
 * log by one of event_id.  Only Citus's catalogs say which shard is where.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_PLACEMENT_H
#define CE_PLACEMENT_H

#include "nodes/pg_list.h"
#include "utils/relcache.h"

#include "store/columns.h"

typedef enum CePlacing
{
	CE_WHOLE,					/* an ordinary table */
	CE_COPIED,					/* one shard, on this node or not */
	CE_SHARDED,					/* split as the ledger's code expects */
	CE_ELSEWHERE				/* split in another way: rows only by SQL */
} CePlacing;

/* Has any table of the ledger turned out to be one of Citus's? */
extern PGDLLIMPORT bool ce_distributed;

/* How the rows of a table are kept; looked up once, until it is forgotten. */
extern CePlacing ce_placing(CeTable table, Oid shell);

/* To be called when Citus or anybody changed the table. */
extern void ce_placement_forget(CeTable table);

/* The place of an id among the shards. */
extern int32 ce_point_of(int64 id);

/*
 * The relation on this node with the rows at a point, or with all rows of a
 * table that is not split; InvalidOid: they are not here.
 */
extern Oid	ce_find_shard(CeTable table, int32 point);

/* Is it a shard of the table on this node?  Sets a point in it. */
extern bool ce_shard_point(CeTable table, Oid relation, int32 *point);

/*
 * The name of the table that a relation is, or is a shard of; any relation,
 * also of tables that are not in the list of columns.h.
 */
extern const char *ce_base_table_name(Relation rel);

/* All shards of the table on this node. */
extern List *ce_shards_here(CeTable table);

#endif							/* CE_PLACEMENT_H */

/*-------------------------------------------------------------------------
 *
 * placement.c
 *	  Where the rows of the ledger's tables are, on a Citus cluster.
 *
 * Citus is neither linked nor called: its catalogs are read, as ordinary
 * tables with known columns.  Where they do not exist, every table is whole.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_namespace.h"
#include "nodes/pg_list.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/fmgrprotos.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "store/placement.h"
#include "types/grow.h"

#include "compat.h"

/* A shard: which points it has, and its relation if it is on this node. */
typedef struct Shard
{
	int32		low;
	int32		high;
	Oid			relation;
} Shard;

typedef struct Placement
{
	bool		known;
	uint64		forgotten;		/* how often */
	CePlacing	placing;
	int			nshards;		/* in the order of their points */
	Shard	   *shards;
} Placement;

static Placement placements[CE_TABLES];

bool		ce_distributed = false;

/* ---------------------------------------------------------------------
 * Citus's catalogs
 * ---------------------------------------------------------------------
 */

static Oid
catalog(const char *name)
{
	return get_relname_relid(name, PG_CATALOG_NAMESPACE);
}

/* A scan of one of them, by a key if column is given. */
typedef struct CatalogScan
{
	Relation	rel;
	SysScanDesc scan;
	HeapTuple	tuple;
	bool		isnull;			/* the field read last */
} CatalogScan;

static void
begin_scan(CatalogScan *s, const char *name, const char *column, const char *index,
		   RegProcedure procedure, Datum value)
{
	Oid			by = index == NULL ? InvalidOid : catalog(index);
	ScanKeyData key;

	s->rel = table_open(catalog(name), AccessShareLock);
	if (column != NULL)
		ScanKeyInit(&key, get_attnum(RelationGetRelid(s->rel), column),
					BTEqualStrategyNumber, procedure, value);
	s->scan = systable_beginscan(s->rel, by, OidIsValid(by), NULL,
								 column != NULL ? 1 : 0, &key);
}

static bool
next_row(CatalogScan *s)
{
	s->tuple = systable_getnext(s->scan);
	return HeapTupleIsValid(s->tuple);
}

static void
end_scan(CatalogScan *s)
{
	systable_endscan(s->scan);
	table_close(s->rel, AccessShareLock);
}

static Datum
field(CatalogScan *s, const char *column)
{
	AttrNumber	attnum = get_attnum(RelationGetRelid(s->rel), column);

	if (attnum == InvalidAttrNumber)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("the catalogs of this version of Citus are not known to the ledger"),
				 errdetail("Table \"%s\" has no column \"%s\".",
						   RelationGetRelationName(s->rel), column),
				 errhint("Use a version of Citus that docs/scale.md names.")));
	return heap_getattr(s->tuple, attnum, RelationGetDescr(s->rel), &s->isnull);
}

/* ---------------------------------------------------------------------
 * Reading them
 * ---------------------------------------------------------------------
 */

/*
 * The attribute number of the column that splits the table.  Citus stores the
 * column as a node tree of the server.
 */
static int
splitting_column(const char *partkey)
{
	const char *number = strstr(partkey, ":varattno ");

	return number == NULL ? 0 : atoi(number + strlen(":varattno "));
}

/*
 * Without its library the server reads shells as if they were the tables.  The
 * library is loaded if it has defined its settings.  One that only a
 * configuration file sets is marked by PostgreSQL and does not count.
 */
static void
require_citus(Oid shell)
{
	const char *setting = "citus.shard_count";

	if (GetConfigOption(setting, true, false) != NULL &&
		(GetConfigOptionFlags(setting, true) & GUC_CUSTOM_PLACEHOLDER) == 0)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("Citus is not loaded"),
			 errdetail("Table \"%s\" is distributed with Citus.", get_rel_name(shell)),
			 errhint("Add citus to shared_preload_libraries on every node and restart.")));
}

static CePlacing
read_placing(CeTable table, Oid shell)
{
	CatalogScan s;
	CePlacing	placing = CE_WHOLE;

	if (!OidIsValid(catalog("pg_dist_partition")))
		return CE_WHOLE;
	begin_scan(&s, "pg_dist_partition", "logicalrelid",
			   "pg_dist_partition_logical_relid_index", F_OIDEQ, ObjectIdGetDatum(shell));
	if (next_row(&s))
	{
		char		method = DatumGetChar(field(&s, "partmethod"));
		Datum		key = field(&s, "partkey");
		const char *column = table == CE_EVENT ? "event_id" : "person_id";

		if (method == 'n')
			placing = CE_COPIED;
		else if (method == 'h' && !s.isnull &&
				 splitting_column(TextDatumGetCString(key)) == get_attnum(shell, column))
			placing = CE_SHARDED;
		else
			placing = CE_ELSEWHERE;
	}
	end_scan(&s);
	return placing;
}

static int
local_group(void)
{
	CatalogScan s;
	int			group = -1;

	begin_scan(&s, "pg_dist_local_group", NULL, NULL, InvalidOid, (Datum) 0);
	if (next_row(&s))
		group = DatumGetInt32(field(&s, "groupid"));
	end_scan(&s);
	return group;
}

/* After a move the old relation may stay for a while: the catalog decides. */
static bool
is_placed_on(int64 shard_id, int group)
{
	CatalogScan s;
	bool		found = false;

	begin_scan(&s, "pg_dist_placement", "shardid", "pg_dist_placement_shardid_index",
			   F_INT8EQ, Int64GetDatum(shard_id));
	while (!found && next_row(&s))
		found = DatumGetInt32(field(&s, "groupid")) == group;
	end_scan(&s);
	return found;
}

static int32
bound(CatalogScan *s, const char *column, int32 otherwise)
{
	Datum		value = field(s, column);

	return s->isnull ? otherwise : pg_strtoint32(TextDatumGetCString(value));
}

static int
by_point(const void *a, const void *b)
{
	int32		x = ((const Shard *) a)->low;
	int32		y = ((const Shard *) b)->low;

	return x < y ? -1 : x > y;
}

static void
read_shards(Oid shell, Placement *p)
{
	const char *name = get_rel_name(shell);
	Oid			schema = get_rel_namespace(shell);
	int			group = local_group();
	Shard	   *shards = NULL;
	int			n = 0;
	CatalogScan s;

	begin_scan(&s, "pg_dist_shard", "logicalrelid", "pg_dist_shard_logical_relid_index",
			   F_OIDEQ, ObjectIdGetDatum(shell));
	while (next_row(&s))
	{
		int64		id = DatumGetInt64(field(&s, "shardid"));
		Shard	   *shard = CE_ONE_MORE(shards, n);

		shard->low = bound(&s, "shardminvalue", PG_INT32_MIN);
		shard->high = bound(&s, "shardmaxvalue", PG_INT32_MAX);
		shard->relation = !is_placed_on(id, group) ? InvalidOid :
			get_relname_relid(psprintf("%s_" INT64_FORMAT, name, id), schema);
	}
	end_scan(&s);
	if (n > 1)
		qsort(shards, n, sizeof(Shard), by_point);
	p->shards = MemoryContextAlloc(CacheMemoryContext, sizeof(Shard) * Max(n, 1));
	if (n > 0)
		memcpy(p->shards, shards, sizeof(Shard) * n);
	p->nshards = n;
}

CePlacing
ce_placing(CeTable table, Oid shell)
{
	Placement  *p = &placements[table];
	uint64		forgotten;

	if (likely(p->known))
		return p->placing;
	if (!OidIsValid(shell))
		return CE_WHOLE;		/* not looked up yet, or there is none */
	ce_placement_forget(table);
	forgotten = p->forgotten;
	p->placing = read_placing(table, shell);
	if (p->placing != CE_WHOLE)
	{
		require_citus(shell);
		ce_distributed = true;
		read_shards(shell, p);
	}
	/* If it changed meanwhile, the next use reads it again. */
	p->known = p->forgotten == forgotten;
	return p->placing;
}

void
ce_placement_forget(CeTable table)
{
	Placement  *p = &placements[table];

	if (p->shards != NULL)
		pfree(p->shards);
	p->shards = NULL;
	p->nshards = 0;
	p->known = false;
	p->forgotten++;
}

/* ---------------------------------------------------------------------
 * Answers
 * ---------------------------------------------------------------------
 */

int32
ce_point_of(int64 id)
{
	return DatumGetInt32(DirectFunctionCall1(hashint8, Int64GetDatum(id)));
}

Oid
ce_find_shard(CeTable table, int32 point)
{
	const Placement *p = &placements[table];
	int			first = 0;
	int			last = p->nshards - 1;

	if (p->placing == CE_ELSEWHERE)
		return InvalidOid;
	while (first <= last)
	{
		int			middle = (first + last) / 2;
		const Shard *shard = &p->shards[middle];

		if (point < shard->low)
			last = middle - 1;
		else if (point > shard->high)
			first = middle + 1;
		else
			return shard->relation;
	}
	return InvalidOid;
}

bool
ce_shard_point(CeTable table, Oid relation, int32 *point)
{
	const Placement *p = &placements[table];

	for (int i = 0; i < p->nshards; i++)
	{
		if (p->shards[i].relation == relation && OidIsValid(relation))
		{
			*point = p->shards[i].low;
			return true;
		}
	}
	return false;
}

/* The number at the end of a shard's name; 0: none. */
static int64
number_in(const char *name)
{
	const char *digits = strrchr(name, '_');

	if (digits == NULL || digits[1] == '\0' ||
		strspn(digits + 1, "0123456789") != strlen(digits + 1) || strlen(digits + 1) > 18)
		return 0;
	return atoll(digits + 1);
}

const char *
ce_base_table_name(Relation rel)
{
	const char *name = RelationGetRelationName(rel);
	int64		id = number_in(name);
	CatalogScan s;
	Oid			table = InvalidOid;

	if (likely(id == 0) || !OidIsValid(catalog("pg_dist_shard")))
		return name;
	begin_scan(&s, "pg_dist_shard", "shardid", "pg_dist_shard_shardid_index",
			   F_INT8EQ, Int64GetDatum(id));
	if (next_row(&s))
		table = DatumGetObjectId(field(&s, "logicalrelid"));
	end_scan(&s);
	return OidIsValid(table) && get_rel_namespace(table) == RelationGetNamespace(rel) &&
		strcmp(name, psprintf("%s_" INT64_FORMAT, get_rel_name(table), id)) == 0 ?
		get_rel_name(table) : name;
}

List *
ce_shards_here(CeTable table)
{
	const Placement *p = &placements[table];
	List	   *here = NIL;

	for (int i = 0; i < p->nshards; i++)
	{
		if (OidIsValid(p->shards[i].relation))
			here = lappend_oid(here, p->shards[i].relation);
	}
	return here;
}

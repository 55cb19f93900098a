/*-------------------------------------------------------------------------
 *
 * compat.h
 *	  Differences between the supported servers (PostgreSQL 15 to 19).
 *
 * The .c files are written for the newest server; this file supplies what
 * older ones lack.  Included last, after PostgreSQL's own headers, since it
 * also names the message catalog.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_COMPAT_H
#define CE_COMPAT_H

#include "utils/acl.h"

/*
 * Soft errors (PostgreSQL 16): older servers raise every error.
 */
#if PG_VERSION_NUM < 160000
struct Node;
#define ereturn(context, dummy_value, ...) \
	do { \
		(void) (context); \
		ereport(ERROR, __VA_ARGS__); \
		return dummy_value; \
	} while (0)
#endif

/*
 * Module name and version (PostgreSQL 18).
 */
#if PG_VERSION_NUM < 180000
#define PG_MODULE_MAGIC_EXT(...) PG_MODULE_MAGIC
#endif

/*
 * PostgreSQL 16 folded the ownership checks into one function.
 */
#if PG_VERSION_NUM < 160000
#define ce_owns_relation(relid, roleid) pg_class_ownercheck((relid), (roleid))
#else
#include "catalog/pg_class.h"
#define ce_owns_relation(relid, roleid) \
	object_ownercheck(RelationRelationId, (relid), (roleid))
#endif

/*
 * Since PostgreSQL 16 the membership has an inherit option; before, the member
 * role had.
 */
#if PG_VERSION_NUM < 160000
#include "access/htup_details.h"
#include "catalog/pg_auth_members.h"
#include "catalog/pg_authid.h"
#include "utils/syscache.h"
static inline bool
ce_membership_inherits(Form_pg_auth_members form)
{
	HeapTuple	tuple = SearchSysCache1(AUTHOID, ObjectIdGetDatum(form->member));
	bool		inherits = HeapTupleIsValid(tuple) &&
		((Form_pg_authid) GETSTRUCT(tuple))->rolinherit;

	if (HeapTupleIsValid(tuple))
		ReleaseSysCache(tuple);
	return inherits;
}
#else
#define ce_membership_inherits(form) ((form)->inherit_option)
#endif

/*
 * PostgreSQL 16 moved the varlena macros out of postgres.h.
 */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/*
 * PostgreSQL 17 compares numbers for qsort().
 */
#include "common/int.h"
#if PG_VERSION_NUM < 170000
static inline int
pg_cmp_s32(int32 a, int32 b)
{
	return (a > b) - (a < b);
}

static inline int
pg_cmp_s64(int64 a, int64 b)
{
	return (a > b) - (a < b);
}
#endif

/*
 * PostgreSQL 18 has this attribute before the declaration.
 */
#if PG_VERSION_NUM < 180000
#define pg_noreturn _Noreturn
#endif

/*
 * PostgreSQL 17 has loops over lists that declare their variable.
 */
#include "nodes/pg_list.h"
#ifndef foreach_ptr
#define foreach_ptr(type, var, list) foreach_internal(type, *, var, list, lfirst)
#define foreach_int(var, list) foreach_internal(int, , var, list, lfirst_int)
#define foreach_oid(var, list) foreach_internal(Oid, , var, list, lfirst_oid)
#define foreach_internal(type, pointer, var, list, first) \
	for (type pointer var = 0, pointer var##__outer = (type pointer) 1; \
		 var##__outer; \
		 var##__outer = 0) \
		for (ForEachState var##__state = {(list), 0}; \
			 var##__state.i < list_length(var##__state.l) && \
			 (var = (type pointer) first(list_nth_cell(var##__state.l, var##__state.i)), true); \
			 var##__state.i++)
#endif

/*
 * PostgreSQL 18 allows deferrable primary keys as indexes; we do not.
 */
#include "utils/relcache.h"
#if PG_VERSION_NUM < 180000
#define ce_primary_key_index(rel) RelationGetPrimaryKeyIndex(rel)
#else
#define ce_primary_key_index(rel) RelationGetPrimaryKeyIndex((rel), false)
#endif

/*
 * PostgreSQL 18 counts index scans for EXPLAIN ANALYZE.
 */
#include "access/genam.h"
#if PG_VERSION_NUM < 180000
#define ce_index_beginscan(heap, index, snapshot, nkeys) \
	index_beginscan((heap), (index), (snapshot), (nkeys), 0)
#elif PG_VERSION_NUM < 190000
#define ce_index_beginscan(heap, index, snapshot, nkeys) \
	index_beginscan((heap), (index), (snapshot), NULL, (nkeys), 0)
#else
#define ce_index_beginscan(heap, index, snapshot, nkeys) \
	index_beginscan((heap), (index), (snapshot), NULL, (nkeys), 0, SO_NONE)
#endif

/*
 * PostgreSQL 19 gives scans flags.
 */
#include "access/tableam.h"
#if PG_VERSION_NUM < 190000
#define ce_table_beginscan(rel, snapshot) table_beginscan((rel), (snapshot), 0, NULL)
#else
#define ce_table_beginscan(rel, snapshot) \
	table_beginscan((rel), (snapshot), 0, NULL, SO_NONE)
#endif

/*
 * PostgreSQL 19 says with an attribute where a case goes on in the next.
 */
#ifndef pg_fallthrough
#if defined(__has_attribute) && __has_attribute(fallthrough)
#define pg_fallthrough __attribute__((fallthrough))
#else
#define pg_fallthrough ((void) 0)
#endif
#endif

/* Messages of this module come from its own catalog (po/). */
#undef TEXTDOMAIN
#define TEXTDOMAIN PG_TEXTDOMAIN("ce_hours")
#undef _
#define _(x) ce_message(x)

/*
 * They are in the language of ce_hours.language, which ereport()'s own look-up
 * in the catalog of lc_messages would not follow.
 */
#include "messages/message.h"
#define errmsg(fmt, ...) errmsg_internal(ce_message(fmt), ##__VA_ARGS__)
#define errdetail(fmt, ...) errdetail_internal(ce_message(fmt), ##__VA_ARGS__)
#define errhint(fmt, ...) \
	errhint("%s", psprintf(ce_message(fmt), ##__VA_ARGS__))

/* A hint that was marked with gettext_noop() elsewhere. */
#define ce_errhint(hint) errhint("%s", _(hint))

/* A text that is not a literal; the empty one is the catalog's header. */
#define ce_translate(text) ((text)[0] == '\0' ? (text) : _(text))

#endif							/* CE_COMPAT_H */

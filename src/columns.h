/*-------------------------------------------------------------------------
 *
 * columns.h
 *	  The ledger's tables and the columns that the code reads or writes.
 *
 * One list a table: each line is the enumerator by which the code names the
 * column, its name, its type, and when it may be null.  The enums, the names
 * and the checks of the user's tables are all made of these lists.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_COLUMNS_H
#define CE_COLUMNS_H

#include "access/tupdesc.h"
#include "utils/relcache.h"

/*
 * When a column may be null.  The tables are the user's, who may drop a
 * NOT NULL, and a BEFORE trigger sees a row before the server checks it.
 *
 * NEVER	  neither in a row that a writer gives nor in one that is stored
 * FILLED	  not in one that is stored; a BEFORE trigger fills it, or refuses
 *			  the row in words of its own
 * MAYBE	  the code asks each time
 */

/* The law: a change of any makes law.c read all of them again. */
#define CE_SCHEME_COLUMNS(X) \
	X(SCHEME_SCHEME, "scheme", TEXT, NEVER) \
	X(SCHEME_GOVERNED, "governed", BOOL, NEVER) \
	X(SCHEME_BAN_YEARS, "ban_years", INT4, MAYBE) \
	X(SCHEME_INSTRUMENT, "instrument", TEXT, NEVER) \
	X(SCHEME_CLAUSE, "clause", TEXT, NEVER) \
	X(SCHEME_INTERPRETATION, "interpretation", TEXT, MAYBE)

#define CE_REQUIREMENT_COLUMNS(X) \
	X(REQUIREMENT_SCHEME, "scheme", TEXT, NEVER) \
	X(REQUIREMENT_FROM_YEAR, "from_year", INT4, NEVER) \
	X(REQUIREMENT_TO_YEAR, "to_year", INT4, MAYBE) \
	X(REQUIREMENT_TOTAL_HOURS, "total_hours", HOURS, NEVER) \
	X(REQUIREMENT_PUBLIC_HOURS, "public_hours", HOURS, MAYBE) \
	X(REQUIREMENT_PROFESSIONAL_HOURS, "professional_hours", HOURS, MAYBE) \
	X(REQUIREMENT_INSTRUMENT, "instrument", TEXT, NEVER) \
	X(REQUIREMENT_CLAUSE, "clause", TEXT, NEVER) \
	X(REQUIREMENT_INTERPRETATION, "interpretation", TEXT, MAYBE)

#define CE_KIND_COLUMNS(X) \
	X(KIND_KIND, "kind", TEXT, NEVER) \
	X(KIND_SUBJECT, "subject", SUBJECT, NEVER) \
	X(KIND_CATEGORY, "category", TEXT, NEVER) \
	X(KIND_TRACK, "track", TRACK, NEVER) \
	X(KIND_CLAUSE, "clause", TEXT, NEVER)

#define CE_RULE_COLUMNS(X) \
	X(RULE_RULE_ID, "rule_id", INT4, NEVER) \
	X(RULE_SCHEME, "scheme", TEXT, NEVER) \
	X(RULE_KIND, "kind", TEXT, NEVER) \
	X(RULE_GRADE, "grade", TEXT, MAYBE) \
	X(RULE_ROLE, "role", TEXT, MAYBE) \
	X(RULE_RANK_FROM, "rank_from", INT4, MAYBE) \
	X(RULE_RANK_TO, "rank_to", INT4, MAYBE) \
	X(RULE_FROM_YEAR, "from_year", INT4, NEVER) \
	X(RULE_TO_YEAR, "to_year", INT4, MAYBE) \
	X(RULE_BASIS, "basis", BASIS, NEVER) \
	X(RULE_HOURS, "hours", HOURS, MAYBE) \
	X(RULE_PER_YEAR, "per_year", BOOL, NEVER) \
	X(RULE_INSTRUMENT, "instrument", TEXT, NEVER) \
	X(RULE_CLAUSE, "clause", TEXT, NEVER) \
	X(RULE_INTERPRETATION, "interpretation", TEXT, MAYBE)

#define CE_CAP_COLUMNS(X) \
	X(CAP_SCHEME, "scheme", TEXT, NEVER) \
	X(CAP_CATEGORY, "category", TEXT, NEVER) \
	X(CAP_FROM_YEAR, "from_year", INT4, NEVER) \
	X(CAP_TO_YEAR, "to_year", INT4, MAYBE) \
	X(CAP_HOURS, "hours", HOURS, MAYBE) \
	X(CAP_INSTRUMENT, "instrument", TEXT, NEVER) \
	X(CAP_CLAUSE, "clause", TEXT, NEVER) \
	X(CAP_INTERPRETATION, "interpretation", TEXT, MAYBE)

#define CE_WINDOW_COLUMNS(X) \
	X(WINDOW_WINDOW_ID, "window_id", INT4, NEVER) \
	X(WINDOW_SCHEME, "scheme", TEXT, NEVER) \
	X(WINDOW_ROUTE, "route", ROUTE, NEVER) \
	X(WINDOW_LEVEL, "level", LEVEL, NEVER) \
	X(WINDOW_NEEDS_DOCTORATE, "needs_doctorate", BOOL, NEVER) \
	X(WINDOW_NEEDS_HELD, "needs_held", LEVEL, MAYBE) \
	X(WINDOW_AGGREGATION, "aggregation", TEXT, NEVER) \
	X(WINDOW_YEARS, "years", INT4, NEVER) \
	X(WINDOW_PROFESSIONAL_ONLY, "professional_only", BOOL, NEVER) \
	X(WINDOW_SAME_SPECIALTY, "same_specialty", BOOL, NEVER) \
	X(WINDOW_FROM_YEAR, "from_year", INT4, NEVER) \
	X(WINDOW_TO_YEAR, "to_year", INT4, MAYBE) \
	X(WINDOW_INSTRUMENT, "instrument", TEXT, NEVER) \
	X(WINDOW_CLAUSE, "clause", TEXT, NEVER) \
	X(WINDOW_INTERPRETATION, "interpretation", TEXT, MAYBE)

#define CE_CATCHUP_COLUMNS(X) \
	X(CATCHUP_SCHEME, "scheme", TEXT, NEVER) \
	X(CATCHUP_STUDY_YEAR, "study_year", INT4, NEVER) \
	X(CATCHUP_SUBJECT, "subject", SUBJECT, NEVER) \
	X(CATCHUP_SOURCE, "source", TEXT, NEVER) \
	X(CATCHUP_TARGET_FROM, "target_from", INT4, NEVER) \
	X(CATCHUP_TARGET_TO, "target_to", INT4, NEVER) \
	X(CATCHUP_INSTRUMENT, "instrument", TEXT, NEVER) \
	X(CATCHUP_CLAUSE, "clause", TEXT, NEVER)

/* The ledger. */
#define CE_ORG_COLUMNS(X) \
	X(ORG_ORG_ID, "org_id", INT8, NEVER) \
	X(ORG_KIND, "kind", TEXT, NEVER) \
	X(ORG_ADMIN_LEVEL, "admin_level", TEXT, NEVER) \
	X(ORG_PARENT_ID, "parent_id", INT8, MAYBE) \
	X(ORG_REGION_CODE, "region_code", TEXT, NEVER) \
	X(ORG_BASE_LEVEL, "base_level", TEXT, MAYBE) \
	X(ORG_SELF_VERIFIES, "self_verifies", BOOL, NEVER)

#define CE_PERSON_COLUMNS(X) \
	X(PERSON_PERSON_ID, "person_id", INT8, NEVER) \
	X(PERSON_PERSON_NO, "person_no", TEXT, MAYBE) \
	X(PERSON_ORG_ID, "org_id", INT8, NEVER) \
	X(PERSON_SCHEME, "scheme", TEXT, NEVER) \
	X(PERSON_SPECIALTY, "specialty", TEXT, MAYBE) \
	X(PERSON_DOCTORATE_ON, "doctorate_on", DATE, MAYBE) \
	X(PERSON_HELD_LEVEL, "held_level", LEVEL, MAYBE) \
	X(PERSON_HELD_SINCE, "held_since", DATE, MAYBE) \
	X(PERSON_SANCTIONED, "sanctioned", BOOL, NEVER)

#define CE_PLAN_COLUMNS(X) \
	X(PLAN_PLAN_ID, "plan_id", INT8, NEVER) \
	X(PLAN_ORG_ID, "org_id", INT8, NEVER) \
	X(PLAN_TITLE, "title", TEXT, NEVER) \
	X(PLAN_SUBJECT, "subject", SUBJECT, NEVER) \
	X(PLAN_MODE, "mode", TEXT, NEVER) \
	X(PLAN_SPECIALTY, "specialty", TEXT, MAYBE) \
	X(PLAN_HOURS, "hours", HOURS, MAYBE) \
	X(PLAN_DAYS, "days", NUMERIC, MAYBE) \
	X(PLAN_STARTS_ON, "starts_on", DATE, MAYBE) \
	X(PLAN_ENDS_ON, "ends_on", DATE, MAYBE) \
	X(PLAN_STATUS, "status", PLAN_STATUS, NEVER) \
	X(PLAN_REVIEWED_BY, "reviewed_by", INT8, MAYBE) \
	X(PLAN_FILED_BY, "filed_by", INT8, MAYBE) \
	X(PLAN_FILED_ON, "filed_on", DATE, MAYBE) \
	X(PLAN_NOTE, "note", TEXT, MAYBE)

/* The facts first, which verification freezes; what is derived comes last. */
#define CE_ACTIVITY_COLUMNS(X) \
	X(ACTIVITY_ACTIVITY_ID, "activity_id", INT8, NEVER) \
	X(ACTIVITY_PERSON_ID, "person_id", INT8, FILLED) \
	X(ACTIVITY_KIND, "kind", TEXT, FILLED) \
	X(ACTIVITY_PLAN_ID, "plan_id", INT8, MAYBE) \
	X(ACTIVITY_ORG_ID, "org_id", INT8, FILLED) \
	X(ACTIVITY_TITLE, "title", TEXT, MAYBE) \
	X(ACTIVITY_SPECIALTY, "specialty", TEXT, MAYBE) \
	X(ACTIVITY_STARTED_ON, "started_on", DATE, MAYBE) \
	X(ACTIVITY_COMPLETED_ON, "completed_on", DATE, FILLED) \
	X(ACTIVITY_DAYS, "days", NUMERIC, MAYBE) \
	X(ACTIVITY_TRAVEL_DAYS, "travel_days", NUMERIC, MAYBE) \
	X(ACTIVITY_HOURS, "hours", HOURS, MAYBE) \
	X(ACTIVITY_EVIDENCE, "evidence", TEXT, MAYBE) \
	X(ACTIVITY_SOURCE, "source", TEXT, MAYBE) \
	X(ACTIVITY_SOURCE_REF, "source_ref", TEXT, MAYBE) \
	X(ACTIVITY_STATUS, "status", STATUS, FILLED) \
	X(ACTIVITY_REVIEWED_BY, "reviewed_by", INT8, MAYBE) \
	X(ACTIVITY_VERIFIED_BY, "verified_by", INT8, MAYBE) \
	X(ACTIVITY_VERIFIED_ON, "verified_on", DATE, MAYBE) \
	X(ACTIVITY_REVOKED_BY, "revoked_by", INT8, MAYBE) \
	X(ACTIVITY_REVOKED_ON, "revoked_on", DATE, MAYBE) \
	X(ACTIVITY_NOTE, "note", TEXT, MAYBE) \
	X(ACTIVITY_YEAR, "year", INT4, FILLED) \
	X(ACTIVITY_CATEGORY, "category", TEXT, FILLED) \
	X(ACTIVITY_NATIONAL_BASE, "national_base", BOOL, FILLED) \
	X(ACTIVITY_AWARDED, "awarded", HOURS, FILLED) \
	X(ACTIVITY_DEEMS_PUBLIC, "deems_public", BOOL, FILLED) \
	X(ACTIVITY_DEEMS_PROFESSIONAL, "deems_professional", BOOL, FILLED) \
	X(ACTIVITY_RULE_ID, "rule_id", INT4, FILLED)

#define ACTIVITY_FACTS ACTIVITY_STATUS
#define ACTIVITY_DERIVED ACTIVITY_YEAR

#define CE_ACCOUNT_COLUMNS(X) \
	X(ACCOUNT_PERSON_ID, "person_id", INT8, NEVER) \
	X(ACCOUNT_YEAR, "year", INT4, NEVER) \
	X(ACCOUNT_CREDIT, "credit", CREDIT, NEVER) \
	X(ACCOUNT_KNOWN_FROM, "known_from", DATE, NEVER)

#define CE_ACHIEVEMENT_COLUMNS(X) \
	X(ACHIEVEMENT_ACHIEVEMENT_ID, "achievement_id", INT8, NEVER) \
	X(ACHIEVEMENT_PERSON_ID, "person_id", INT8, NEVER) \
	X(ACHIEVEMENT_KIND, "kind", TEXT, NEVER) \
	X(ACHIEVEMENT_GRADE, "grade", TEXT, MAYBE) \
	X(ACHIEVEMENT_ROLE, "role", TEXT, MAYBE) \
	X(ACHIEVEMENT_RANK, "rank", INT4, MAYBE) \
	X(ACHIEVEMENT_SPECIALTY, "specialty", TEXT, MAYBE) \
	X(ACHIEVEMENT_WORK_REF, "work_ref", TEXT, MAYBE) \
	X(ACHIEVEMENT_STARTED_ON, "started_on", DATE, MAYBE) \
	X(ACHIEVEMENT_DUE_ON, "due_on", DATE, MAYBE) \
	X(ACHIEVEMENT_ACHIEVED_ON, "achieved_on", DATE, NEVER) \
	X(ACHIEVEMENT_TITLE, "title", TEXT, MAYBE) \
	X(ACHIEVEMENT_EVIDENCE, "evidence", TEXT, MAYBE) \
	X(ACHIEVEMENT_ATTESTED_BY, "attested_by", INT8, MAYBE) \
	X(ACHIEVEMENT_ATTESTED_ON, "attested_on", DATE, MAYBE) \
	X(ACHIEVEMENT_REVOKED_ON, "revoked_on", DATE, MAYBE) \
	X(ACHIEVEMENT_NOTE, "note", TEXT, MAYBE)

#define CE_ALLOCATION_COLUMNS(X) \
	X(ALLOCATION_ALLOCATION_ID, "allocation_id", INT8, NEVER) \
	X(ALLOCATION_PERSON_ID, "person_id", INT8, NEVER) \
	X(ALLOCATION_FROM_YEAR, "from_year", INT4, NEVER) \
	X(ALLOCATION_TO_YEAR, "to_year", INT4, NEVER) \
	X(ALLOCATION_SUBJECT, "subject", SUBJECT, NEVER) \
	X(ALLOCATION_HOURS, "hours", HOURS, NEVER) \
	X(ALLOCATION_ALLOCATED_BY, "allocated_by", INT8, NEVER) \
	X(ALLOCATION_ALLOCATED_ON, "allocated_on", DATE, FILLED) \
	X(ALLOCATION_REVERSED_BY, "reversed_by", INT8, MAYBE) \
	X(ALLOCATION_REVERSED_ON, "reversed_on", DATE, MAYBE) \
	X(ALLOCATION_NOTE, "note", TEXT, MAYBE)

#define CE_SANCTION_COLUMNS(X) \
	X(SANCTION_SANCTION_ID, "sanction_id", INT8, NEVER) \
	X(SANCTION_PERSON_ID, "person_id", INT8, NEVER) \
	X(SANCTION_FOUND_ON, "found_on", DATE, NEVER) \
	X(SANCTION_DECISION, "decision", TEXT, NEVER) \
	X(SANCTION_REVOKED_ON, "revoked_on", DATE, MAYBE) \
	X(SANCTION_NOTE, "note", TEXT, MAYBE)

#define CE_APPLICATION_COLUMNS(X) \
	X(APPLICATION_APPLICATION_ID, "application_id", INT8, NEVER) \
	X(APPLICATION_PERSON_ID, "person_id", INT8, NEVER) \
	X(APPLICATION_LEVEL, "level", LEVEL, NEVER) \
	X(APPLICATION_ROUTE, "route", ROUTE, NEVER) \
	X(APPLICATION_SPECIALTY, "specialty", TEXT, MAYBE) \
	X(APPLICATION_APPLIED_ON, "applied_on", DATE, FILLED) \
	X(APPLICATION_VERDICT, "verdict", OUTCOME, MAYBE) \
	X(APPLICATION_RECEIPT, "receipt", JSONB, MAYBE) \
	X(APPLICATION_STATUS, "status", TEXT, NEVER) \
	X(APPLICATION_NOTE, "note", TEXT, MAYBE)

#define CE_SPECIALTY_PAIR_COLUMNS(X) \
	X(SPECIALTY_PAIR_SPECIALTY, "specialty", TEXT, NEVER) \
	X(SPECIALTY_PAIR_CLOSE_TO, "close_to", TEXT, NEVER)

#define CE_EVENT_COLUMNS(X) \
	X(EVENT_EVENT_ID, "event_id", INT8, NEVER) \
	X(EVENT_AT, "at", TIMESTAMPTZ, NEVER) \
	X(EVENT_ROLE_NAME, "role_name", NAME, NEVER) \
	X(EVENT_OBJECT, "object", TEXT, NEVER) \
	X(EVENT_IDS, "ids", INT8ARRAY, NEVER) \
	X(EVENT_FROM_STATUS, "from_status", TEXT, MAYBE) \
	X(EVENT_TO_STATUS, "to_status", TEXT, MAYBE) \
	X(EVENT_BY_ORG, "by_org", INT8, MAYBE) \
	X(EVENT_NOTE, "note", TEXT, MAYBE)

/* Who may: a change of either makes member.c read both again. */
#define CE_MEMBER_COLUMNS(X) \
	X(MEMBER_ROLE_NAME, "role_name", NAME, NEVER) \
	X(MEMBER_ORG_ID, "org_id", INT8, NEVER) \
	X(MEMBER_DUTY, "duty", TEXT, NEVER)

#define CE_PERSON_ROLE_COLUMNS(X) \
	X(PERSON_ROLE_PERSON_ID, "person_id", INT8, NEVER) \
	X(PERSON_ROLE_ROLE_NAME, "role_name", NAME, NEVER)

/*
 * The tables: the enumerator, the name, the columns, and whether the rows are
 * kept by each backend.  Those are read as the server reads its catalogs,
 * so the table must be an ordinary one; the others may have partitions.
 */
#define CE_TABLE_LIST(X) \
	X(CE_SCHEME, "ce_scheme", CE_SCHEME_COLUMNS, SCHEME_COLUMNS, true) \
	X(CE_REQUIREMENT, "ce_requirement", CE_REQUIREMENT_COLUMNS, REQUIREMENT_COLUMNS, true) \
	X(CE_KIND, "ce_kind", CE_KIND_COLUMNS, KIND_COLUMNS, true) \
	X(CE_RULE, "ce_rule", CE_RULE_COLUMNS, RULE_COLUMNS, true) \
	X(CE_CAP, "ce_cap", CE_CAP_COLUMNS, CAP_COLUMNS, true) \
	X(CE_WINDOW, "ce_window", CE_WINDOW_COLUMNS, WINDOW_COLUMNS, true) \
	X(CE_CATCHUP, "ce_catchup", CE_CATCHUP_COLUMNS, CATCHUP_COLUMNS, true) \
	X(CE_ORG, "ce_org", CE_ORG_COLUMNS, ORG_COLUMNS, true) \
	X(CE_PERSON, "ce_person", CE_PERSON_COLUMNS, PERSON_COLUMNS, false) \
	X(CE_PLAN, "ce_plan", CE_PLAN_COLUMNS, PLAN_COLUMNS, false) \
	X(CE_ACTIVITY, "ce_activity", CE_ACTIVITY_COLUMNS, ACTIVITY_COLUMNS, false) \
	X(CE_ACCOUNT, "ce_account", CE_ACCOUNT_COLUMNS, ACCOUNT_COLUMNS, false) \
	X(CE_ACHIEVEMENT, "ce_achievement", CE_ACHIEVEMENT_COLUMNS, ACHIEVEMENT_COLUMNS, false) \
	X(CE_ALLOCATION, "ce_allocation", CE_ALLOCATION_COLUMNS, ALLOCATION_COLUMNS, false) \
	X(CE_SANCTION, "ce_sanction", CE_SANCTION_COLUMNS, SANCTION_COLUMNS, false) \
	X(CE_APPLICATION, "ce_application", CE_APPLICATION_COLUMNS, APPLICATION_COLUMNS, false) \
	X(CE_SPECIALTY_PAIR, "ce_specialty_pair", CE_SPECIALTY_PAIR_COLUMNS, SPECIALTY_PAIR_COLUMNS, false) \
	X(CE_EVENT, "ce_event", CE_EVENT_COLUMNS, EVENT_COLUMNS, false) \
	X(CE_MEMBER, "ce_member", CE_MEMBER_COLUMNS, MEMBER_COLUMNS, true) \
	X(CE_PERSON_ROLE, "ce_person_role", CE_PERSON_ROLE_COLUMNS, PERSON_ROLE_COLUMNS, true)

#define CE_COLUMN_ENUMERATOR(id, name, type, null) id,
#define CE_TABLE_ENUMERATOR(id, name, columns, ncolumns, kept) id,
#define CE_COLUMN_ENUM(id, name, columns, ncolumns, kept) \
	enum { columns(CE_COLUMN_ENUMERATOR) ncolumns };

typedef enum CeTable
{
	CE_TABLE_LIST(CE_TABLE_ENUMERATOR)
	CE_TABLES
} CeTable;

#define CE_LAST_LAW_TABLE CE_CATCHUP
#define CE_MAX_COLUMNS 32

CE_TABLE_LIST(CE_COLUMN_ENUM)

extern const char *ce_table_name(CeTable table);
extern int	ce_table_ncolumns(CeTable table);
extern const char *ce_column_name(CeTable table, int column);
extern Oid	ce_column_type(CeTable table, int column);

/*
 * Rows that SPI returned have the types of the table's columns, in the order
 * given (NULL: all in their own), or an error: the table may have been altered
 * since it was looked at.
 */
extern void ce_result_check(TupleDesc desc, CeTable table, const int *columns);

/*
 * An error unless it is a table of the owner's with the columns and types that
 * the code reads; sets the attribute numbers of the columns.
 */
extern void ce_check_table(CeTable table, Relation rel, Oid owner,
						   AttrNumber *numbers);

/* Columns that are never null in a row that a writer gives, as bits. */
extern uint32 ce_never_given_null(CeTable table);

/* The same in a stored row. */
extern PGDLLIMPORT const uint32 ce_never_null[CE_TABLES];

/* An error that names the first of these columns. */
extern void ce_refuse_null(CeTable table, uint32 columns);

/* An error if one of the columns that are null, as bits, may not be. */
static inline void
ce_row_check_nulls(CeTable table, uint32 nulls)
{
	if (unlikely((nulls & ce_never_null[table]) != 0))
		ce_refuse_null(table, nulls & ce_never_null[table]);
}

#endif							/* CE_COLUMNS_H */

/*-------------------------------------------------------------------------
 *
 * columns.h
 *	  The ledger's tables and the columns that the code reads or writes.
 *
 * One list for each table: each line has the enumerator that the code uses,
 * the column's name, its type, and when it may be null.  The enums, the names
 * and the checks of the user's tables are generated from these lists.
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
 * LATER	  the same of a column that a later version added: a ledger that
 *			  ce_setup() has not yet brought up to date may lack it, where it
 *			  is null
 */

/* The law: after a change of any, law.c reloads all of them. */
#define CE_SCHEME_COLUMNS(X) \
	X(CE_COL_SCHEME_SCHEME, "scheme", TEXT, NEVER) \
	X(CE_COL_SCHEME_LABEL_ZH, "label_zh", TEXT, NEVER) \
	X(CE_COL_SCHEME_LABEL_EN, "label_en", TEXT, NEVER) \
	X(CE_COL_SCHEME_GOVERNED, "governed", BOOL, NEVER) \
	X(CE_COL_SCHEME_BAN_YEARS, "ban_years", INT4, MAYBE) \
	X(CE_COL_SCHEME_BASED_ON, "based_on", TEXT, LATER) \
	X(CE_COL_SCHEME_INSTRUMENT, "instrument", TEXT, NEVER) \
	X(CE_COL_SCHEME_CLAUSE, "clause", TEXT, NEVER) \
	X(CE_COL_SCHEME_INTERPRETATION, "interpretation", TEXT, MAYBE)

#define CE_REQUIREMENT_COLUMNS(X) \
	X(CE_COL_REQUIREMENT_SCHEME, "scheme", TEXT, NEVER) \
	X(CE_COL_REQUIREMENT_FROM_YEAR, "from_year", INT4, NEVER) \
	X(CE_COL_REQUIREMENT_TO_YEAR, "to_year", INT4, MAYBE) \
	X(CE_COL_REQUIREMENT_TOTAL_HOURS, "total_hours", HOURS, NEVER) \
	X(CE_COL_REQUIREMENT_PUBLIC_HOURS, "public_hours", HOURS, MAYBE) \
	X(CE_COL_REQUIREMENT_PROFESSIONAL_HOURS, "professional_hours", HOURS, MAYBE) \
	X(CE_COL_REQUIREMENT_INSTRUMENT, "instrument", TEXT, NEVER) \
	X(CE_COL_REQUIREMENT_CLAUSE, "clause", TEXT, NEVER) \
	X(CE_COL_REQUIREMENT_INTERPRETATION, "interpretation", TEXT, MAYBE)

#define CE_CATEGORY_COLUMNS(X) \
	X(CE_COL_CATEGORY_CATEGORY, "category", TEXT, NEVER) \
	X(CE_COL_CATEGORY_LANE, "lane", TEXT, MAYBE) \
	X(CE_COL_CATEGORY_PARENT, "parent", TEXT, MAYBE) \
	X(CE_COL_CATEGORY_LABEL_ZH, "label_zh", TEXT, NEVER) \
	X(CE_COL_CATEGORY_LABEL_EN, "label_en", TEXT, NEVER) \
	X(CE_COL_CATEGORY_CLAUSE, "clause", TEXT, NEVER)

#define CE_MINIMUM_COLUMNS(X) \
	X(CE_COL_MINIMUM_SCHEME, "scheme", TEXT, NEVER) \
	X(CE_COL_MINIMUM_CATEGORY, "category", TEXT, NEVER) \
	X(CE_COL_MINIMUM_FROM_YEAR, "from_year", INT4, NEVER) \
	X(CE_COL_MINIMUM_TO_YEAR, "to_year", INT4, MAYBE) \
	X(CE_COL_MINIMUM_HOURS, "hours", HOURS, MAYBE) \
	X(CE_COL_MINIMUM_INSTRUMENT, "instrument", TEXT, NEVER) \
	X(CE_COL_MINIMUM_CLAUSE, "clause", TEXT, NEVER) \
	X(CE_COL_MINIMUM_INTERPRETATION, "interpretation", TEXT, MAYBE)

#define CE_KIND_COLUMNS(X) \
	X(CE_COL_KIND_KIND, "kind", TEXT, NEVER) \
	X(CE_COL_KIND_SUBJECT, "subject", SUBJECT, MAYBE) \
	X(CE_COL_KIND_CATEGORY, "category", TEXT, NEVER) \
	X(CE_COL_KIND_TRACK, "track", TRACK, NEVER) \
	X(CE_COL_KIND_LABEL_ZH, "label_zh", TEXT, NEVER) \
	X(CE_COL_KIND_LABEL_EN, "label_en", TEXT, NEVER) \
	X(CE_COL_KIND_CLAUSE, "clause", TEXT, NEVER)

#define CE_RULE_COLUMNS(X) \
	X(CE_COL_RULE_RULE_ID, "rule_id", INT4, NEVER) \
	X(CE_COL_RULE_SCHEME, "scheme", TEXT, NEVER) \
	X(CE_COL_RULE_KIND, "kind", TEXT, NEVER) \
	X(CE_COL_RULE_GRADE, "grade", TEXT, MAYBE) \
	X(CE_COL_RULE_ROLE, "role", TEXT, MAYBE) \
	X(CE_COL_RULE_RANK_FROM, "rank_from", INT4, MAYBE) \
	X(CE_COL_RULE_RANK_TO, "rank_to", INT4, MAYBE) \
	X(CE_COL_RULE_FROM_YEAR, "from_year", INT4, NEVER) \
	X(CE_COL_RULE_TO_YEAR, "to_year", INT4, MAYBE) \
	X(CE_COL_RULE_BASIS, "basis", BASIS, NEVER) \
	X(CE_COL_RULE_HOURS, "hours", HOURS, MAYBE) \
	X(CE_COL_RULE_PER_YEAR, "per_year", BOOL, NEVER) \
	X(CE_COL_RULE_CATEGORY, "category", TEXT, LATER) \
	X(CE_COL_RULE_IN_ARCHIVE, "in_archive", BOOL, LATER) \
	X(CE_COL_RULE_MOST_HOURS, "most_hours", HOURS, LATER) \
	X(CE_COL_RULE_LESS_BY_RANK, "less_by_rank", HOURS, LATER) \
	X(CE_COL_RULE_UNIT, "unit", TEXT, LATER) \
	X(CE_COL_RULE_PER, "per", NUMERIC, LATER) \
	X(CE_COL_RULE_INSTRUMENT, "instrument", TEXT, NEVER) \
	X(CE_COL_RULE_CLAUSE, "clause", TEXT, NEVER) \
	X(CE_COL_RULE_INTERPRETATION, "interpretation", TEXT, MAYBE)

#define CE_CAP_COLUMNS(X) \
	X(CE_COL_CAP_SCHEME, "scheme", TEXT, NEVER) \
	X(CE_COL_CAP_CATEGORY, "category", TEXT, NEVER) \
	X(CE_COL_CAP_FROM_YEAR, "from_year", INT4, NEVER) \
	X(CE_COL_CAP_TO_YEAR, "to_year", INT4, MAYBE) \
	X(CE_COL_CAP_HOURS, "hours", HOURS, MAYBE) \
	X(CE_COL_CAP_INSTRUMENT, "instrument", TEXT, NEVER) \
	X(CE_COL_CAP_CLAUSE, "clause", TEXT, NEVER) \
	X(CE_COL_CAP_INTERPRETATION, "interpretation", TEXT, MAYBE)

#define CE_WINDOW_COLUMNS(X) \
	X(CE_COL_WINDOW_WINDOW_ID, "window_id", INT4, NEVER) \
	X(CE_COL_WINDOW_SCHEME, "scheme", TEXT, NEVER) \
	X(CE_COL_WINDOW_ROUTE, "route", ROUTE, NEVER) \
	X(CE_COL_WINDOW_LEVEL, "level", LEVEL, NEVER) \
	X(CE_COL_WINDOW_NEEDS_DOCTORATE, "needs_doctorate", BOOL, NEVER) \
	X(CE_COL_WINDOW_NEEDS_HELD, "needs_held", LEVEL, MAYBE) \
	X(CE_COL_WINDOW_AGGREGATION, "aggregation", TEXT, NEVER) \
	X(CE_COL_WINDOW_YEARS, "years", INT4, NEVER) \
	X(CE_COL_WINDOW_PROFESSIONAL_ONLY, "professional_only", BOOL, NEVER) \
	X(CE_COL_WINDOW_SAME_SPECIALTY, "same_specialty", BOOL, NEVER) \
	X(CE_COL_WINDOW_FROM_YEAR, "from_year", INT4, NEVER) \
	X(CE_COL_WINDOW_TO_YEAR, "to_year", INT4, MAYBE) \
	X(CE_COL_WINDOW_YEARS_BY, "years_by", TEXT, LATER) \
	X(CE_COL_WINDOW_CYCLE_FROM, "cycle_from", INT4, LATER) \
	X(CE_COL_WINDOW_REQUIRED_TOTAL, "required_total", HOURS, LATER) \
	X(CE_COL_WINDOW_REQUIRED_PUBLIC, "required_public", HOURS, LATER) \
	X(CE_COL_WINDOW_REQUIRED_PROFESSIONAL, "required_professional", HOURS, LATER) \
	X(CE_COL_WINDOW_EACH_AT_LEAST, "each_at_least", HOURS, LATER) \
	X(CE_COL_WINDOW_JUDGED_BY, "judged_by", TEXT, LATER) \
	X(CE_COL_WINDOW_INSTRUMENT, "instrument", TEXT, NEVER) \
	X(CE_COL_WINDOW_CLAUSE, "clause", TEXT, NEVER) \
	X(CE_COL_WINDOW_INTERPRETATION, "interpretation", TEXT, MAYBE)

#define CE_CATCHUP_COLUMNS(X) \
	X(CE_COL_CATCHUP_SCHEME, "scheme", TEXT, NEVER) \
	X(CE_COL_CATCHUP_STUDY_YEAR, "study_year", INT4, NEVER) \
	X(CE_COL_CATCHUP_SUBJECT, "subject", SUBJECT, NEVER) \
	X(CE_COL_CATCHUP_SOURCE, "source", TEXT, NEVER) \
	X(CE_COL_CATCHUP_TARGET_FROM, "target_from", INT4, NEVER) \
	X(CE_COL_CATCHUP_TARGET_TO, "target_to", INT4, NEVER) \
	X(CE_COL_CATCHUP_INSTRUMENT, "instrument", TEXT, NEVER) \
	X(CE_COL_CATCHUP_CLAUSE, "clause", TEXT, NEVER) \
	X(CE_COL_CATCHUP_MOST_HOURS, "most_hours", HOURS, LATER)

/* The ledger. */
/* The instruments that law rows cite: read when a sentence names one. */
#define CE_INSTRUMENT_COLUMNS(X) \
	X(CE_COL_INSTRUMENT_INSTRUMENT, "instrument", TEXT, NEVER) \
	X(CE_COL_INSTRUMENT_DOC_NO, "doc_no", TEXT, NEVER)

#define CE_ORG_COLUMNS(X) \
	X(CE_COL_ORG_ORG_ID, "org_id", INT8, NEVER) \
	X(CE_COL_ORG_NAME, "name", TEXT, NEVER) \
	X(CE_COL_ORG_KIND, "kind", TEXT, NEVER) \
	X(CE_COL_ORG_ADMIN_LEVEL, "admin_level", TEXT, NEVER) \
	X(CE_COL_ORG_PARENT_ID, "parent_id", INT8, MAYBE) \
	X(CE_COL_ORG_REGION_CODE, "region_code", TEXT, NEVER) \
	X(CE_COL_ORG_BASE_LEVEL, "base_level", TEXT, MAYBE) \
	X(CE_COL_ORG_SELF_VERIFIES, "self_verifies", BOOL, NEVER)

#define CE_PERSON_COLUMNS(X) \
	X(CE_COL_PERSON_PERSON_ID, "person_id", INT8, NEVER) \
	X(CE_COL_PERSON_PERSON_NO, "person_no", TEXT, MAYBE) \
	X(CE_COL_PERSON_ORG_ID, "org_id", INT8, NEVER) \
	X(CE_COL_PERSON_SCHEME, "scheme", TEXT, NEVER) \
	X(CE_COL_PERSON_SPECIALTY, "specialty", TEXT, MAYBE) \
	X(CE_COL_PERSON_DOCTORATE_ON, "doctorate_on", DATE, MAYBE) \
	X(CE_COL_PERSON_HELD_LEVEL, "held_level", LEVEL, MAYBE) \
	X(CE_COL_PERSON_HELD_SINCE, "held_since", DATE, MAYBE) \
	X(CE_COL_PERSON_SANCTIONED, "sanctioned", BOOL, NEVER) \
	X(CE_COL_PERSON_MOVED, "moved", BOOL, LATER)

#define CE_PERSON_SCHEME_COLUMNS(X) \
	X(CE_COL_PERSON_SCHEME_PERSON_ID, "person_id", INT8, NEVER) \
	X(CE_COL_PERSON_SCHEME_UNTIL_ON, "until_on", DATE, NEVER) \
	X(CE_COL_PERSON_SCHEME_SCHEME, "scheme", TEXT, NEVER) \
	X(CE_COL_PERSON_SCHEME_NOTE, "note", TEXT, MAYBE)

#define CE_PLAN_COLUMNS(X) \
	X(CE_COL_PLAN_PLAN_ID, "plan_id", INT8, NEVER) \
	X(CE_COL_PLAN_ORG_ID, "org_id", INT8, NEVER) \
	X(CE_COL_PLAN_TITLE, "title", TEXT, NEVER) \
	X(CE_COL_PLAN_SUBJECT, "subject", SUBJECT, NEVER) \
	X(CE_COL_PLAN_MODE, "mode", TEXT, NEVER) \
	X(CE_COL_PLAN_SPECIALTY, "specialty", TEXT, MAYBE) \
	X(CE_COL_PLAN_HOURS, "hours", HOURS, MAYBE) \
	X(CE_COL_PLAN_DAYS, "days", NUMERIC, MAYBE) \
	X(CE_COL_PLAN_STARTS_ON, "starts_on", DATE, MAYBE) \
	X(CE_COL_PLAN_ENDS_ON, "ends_on", DATE, MAYBE) \
	X(CE_COL_PLAN_STATUS, "status", PLAN_STATUS, NEVER) \
	X(CE_COL_PLAN_REVIEWED_BY, "reviewed_by", INT8, MAYBE) \
	X(CE_COL_PLAN_FILED_BY, "filed_by", INT8, MAYBE) \
	X(CE_COL_PLAN_FILED_ON, "filed_on", DATE, MAYBE) \
	X(CE_COL_PLAN_NOTE, "note", TEXT, MAYBE)

/* The facts first, which verification freezes; derived columns come last. */
#define CE_ACTIVITY_COLUMNS(X) \
	X(CE_COL_ACTIVITY_ACTIVITY_ID, "activity_id", INT8, NEVER) \
	X(CE_COL_ACTIVITY_PERSON_ID, "person_id", INT8, FILLED) \
	X(CE_COL_ACTIVITY_KIND, "kind", TEXT, FILLED) \
	X(CE_COL_ACTIVITY_PLAN_ID, "plan_id", INT8, MAYBE) \
	X(CE_COL_ACTIVITY_ORG_ID, "org_id", INT8, FILLED) \
	X(CE_COL_ACTIVITY_TITLE, "title", TEXT, MAYBE) \
	X(CE_COL_ACTIVITY_SPECIALTY, "specialty", TEXT, MAYBE) \
	X(CE_COL_ACTIVITY_STARTED_ON, "started_on", DATE, MAYBE) \
	X(CE_COL_ACTIVITY_COMPLETED_ON, "completed_on", DATE, FILLED) \
	X(CE_COL_ACTIVITY_DAYS, "days", NUMERIC, MAYBE) \
	X(CE_COL_ACTIVITY_TRAVEL_DAYS, "travel_days", NUMERIC, MAYBE) \
	X(CE_COL_ACTIVITY_HOURS, "hours", HOURS, MAYBE) \
	X(CE_COL_ACTIVITY_GRADE, "grade", TEXT, LATER) \
	X(CE_COL_ACTIVITY_ROLE, "role", TEXT, LATER) \
	X(CE_COL_ACTIVITY_RANK, "rank", INT4, LATER) \
	X(CE_COL_ACTIVITY_QUANTITY, "quantity", NUMERIC, LATER) \
	X(CE_COL_ACTIVITY_EVIDENCE, "evidence", TEXT, MAYBE) \
	X(CE_COL_ACTIVITY_SOURCE, "source", TEXT, MAYBE) \
	X(CE_COL_ACTIVITY_SOURCE_REF, "source_ref", TEXT, MAYBE) \
	X(CE_COL_ACTIVITY_STATUS, "status", STATUS, FILLED) \
	X(CE_COL_ACTIVITY_REVIEWED_BY, "reviewed_by", INT8, MAYBE) \
	X(CE_COL_ACTIVITY_VERIFIED_BY, "verified_by", INT8, MAYBE) \
	X(CE_COL_ACTIVITY_VERIFIED_ON, "verified_on", DATE, MAYBE) \
	X(CE_COL_ACTIVITY_REVOKED_BY, "revoked_by", INT8, MAYBE) \
	X(CE_COL_ACTIVITY_REVOKED_ON, "revoked_on", DATE, MAYBE) \
	X(CE_COL_ACTIVITY_NOTE, "note", TEXT, MAYBE) \
	X(CE_COL_ACTIVITY_YEAR, "year", INT4, FILLED) \
	X(CE_COL_ACTIVITY_CATEGORY, "category", TEXT, FILLED) \
	X(CE_COL_ACTIVITY_NATIONAL_BASE, "national_base", BOOL, FILLED) \
	X(CE_COL_ACTIVITY_AWARDED, "awarded", HOURS, FILLED) \
	X(CE_COL_ACTIVITY_DEEMS_PUBLIC, "deems_public", BOOL, FILLED) \
	X(CE_COL_ACTIVITY_DEEMS_PROFESSIONAL, "deems_professional", BOOL, FILLED) \
	X(CE_COL_ACTIVITY_RULE_ID, "rule_id", INT4, FILLED)

#define CE_ACTIVITY_FACTS CE_COL_ACTIVITY_STATUS
#define CE_ACTIVITY_DERIVED CE_COL_ACTIVITY_YEAR

#define CE_ACCOUNT_COLUMNS(X) \
	X(CE_COL_ACCOUNT_PERSON_ID, "person_id", INT8, NEVER) \
	X(CE_COL_ACCOUNT_YEAR, "year", INT4, NEVER) \
	X(CE_COL_ACCOUNT_CREDIT, "credit", CREDIT, NEVER) \
	X(CE_COL_ACCOUNT_KNOWN_FROM, "known_from", DATE, NEVER)

#define CE_ACHIEVEMENT_COLUMNS(X) \
	X(CE_COL_ACHIEVEMENT_ACHIEVEMENT_ID, "achievement_id", INT8, NEVER) \
	X(CE_COL_ACHIEVEMENT_PERSON_ID, "person_id", INT8, NEVER) \
	X(CE_COL_ACHIEVEMENT_KIND, "kind", TEXT, NEVER) \
	X(CE_COL_ACHIEVEMENT_GRADE, "grade", TEXT, MAYBE) \
	X(CE_COL_ACHIEVEMENT_ROLE, "role", TEXT, MAYBE) \
	X(CE_COL_ACHIEVEMENT_RANK, "rank", INT4, MAYBE) \
	X(CE_COL_ACHIEVEMENT_SPECIALTY, "specialty", TEXT, MAYBE) \
	X(CE_COL_ACHIEVEMENT_WORK_REF, "work_ref", TEXT, MAYBE) \
	X(CE_COL_ACHIEVEMENT_STARTED_ON, "started_on", DATE, MAYBE) \
	X(CE_COL_ACHIEVEMENT_DUE_ON, "due_on", DATE, MAYBE) \
	X(CE_COL_ACHIEVEMENT_ACHIEVED_ON, "achieved_on", DATE, NEVER) \
	X(CE_COL_ACHIEVEMENT_TITLE, "title", TEXT, MAYBE) \
	X(CE_COL_ACHIEVEMENT_EVIDENCE, "evidence", TEXT, MAYBE) \
	X(CE_COL_ACHIEVEMENT_ATTESTED_BY, "attested_by", INT8, MAYBE) \
	X(CE_COL_ACHIEVEMENT_ATTESTED_ON, "attested_on", DATE, MAYBE) \
	X(CE_COL_ACHIEVEMENT_REVOKED_ON, "revoked_on", DATE, MAYBE) \
	X(CE_COL_ACHIEVEMENT_NOTE, "note", TEXT, MAYBE)

#define CE_ALLOCATION_COLUMNS(X) \
	X(CE_COL_ALLOCATION_ALLOCATION_ID, "allocation_id", INT8, NEVER) \
	X(CE_COL_ALLOCATION_PERSON_ID, "person_id", INT8, NEVER) \
	X(CE_COL_ALLOCATION_FROM_YEAR, "from_year", INT4, NEVER) \
	X(CE_COL_ALLOCATION_TO_YEAR, "to_year", INT4, NEVER) \
	X(CE_COL_ALLOCATION_SUBJECT, "subject", SUBJECT, NEVER) \
	X(CE_COL_ALLOCATION_HOURS, "hours", HOURS, NEVER) \
	X(CE_COL_ALLOCATION_ALLOCATED_BY, "allocated_by", INT8, NEVER) \
	X(CE_COL_ALLOCATION_ALLOCATED_ON, "allocated_on", DATE, FILLED) \
	X(CE_COL_ALLOCATION_REVERSED_BY, "reversed_by", INT8, MAYBE) \
	X(CE_COL_ALLOCATION_REVERSED_ON, "reversed_on", DATE, MAYBE) \
	X(CE_COL_ALLOCATION_NOTE, "note", TEXT, MAYBE)

#define CE_SANCTION_COLUMNS(X) \
	X(CE_COL_SANCTION_SANCTION_ID, "sanction_id", INT8, NEVER) \
	X(CE_COL_SANCTION_PERSON_ID, "person_id", INT8, NEVER) \
	X(CE_COL_SANCTION_FOUND_ON, "found_on", DATE, NEVER) \
	X(CE_COL_SANCTION_DECISION, "decision", TEXT, NEVER) \
	X(CE_COL_SANCTION_REVOKED_ON, "revoked_on", DATE, MAYBE) \
	X(CE_COL_SANCTION_NOTE, "note", TEXT, MAYBE)

#define CE_APPLICATION_COLUMNS(X) \
	X(CE_COL_APPLICATION_APPLICATION_ID, "application_id", INT8, NEVER) \
	X(CE_COL_APPLICATION_PERSON_ID, "person_id", INT8, NEVER) \
	X(CE_COL_APPLICATION_LEVEL, "level", LEVEL, NEVER) \
	X(CE_COL_APPLICATION_ROUTE, "route", ROUTE, NEVER) \
	X(CE_COL_APPLICATION_SPECIALTY, "specialty", TEXT, MAYBE) \
	X(CE_COL_APPLICATION_APPLIED_ON, "applied_on", DATE, FILLED) \
	X(CE_COL_APPLICATION_VERDICT, "verdict", OUTCOME, MAYBE) \
	X(CE_COL_APPLICATION_RECEIPT, "receipt", JSONB, MAYBE) \
	X(CE_COL_APPLICATION_STATUS, "status", TEXT, NEVER) \
	X(CE_COL_APPLICATION_NOTE, "note", TEXT, MAYBE)

#define CE_SPECIALTY_PAIR_COLUMNS(X) \
	X(CE_COL_SPECIALTY_PAIR_SPECIALTY, "specialty", TEXT, NEVER) \
	X(CE_COL_SPECIALTY_PAIR_CLOSE_TO, "close_to", TEXT, NEVER)

#define CE_EVENT_COLUMNS(X) \
	X(CE_COL_EVENT_EVENT_ID, "event_id", INT8, NEVER) \
	X(CE_COL_EVENT_AT, "at", TIMESTAMPTZ, NEVER) \
	X(CE_COL_EVENT_ROLE_NAME, "role_name", NAME, NEVER) \
	X(CE_COL_EVENT_OBJECT, "object", TEXT, NEVER) \
	X(CE_COL_EVENT_IDS, "ids", INT8ARRAY, NEVER) \
	X(CE_COL_EVENT_FROM_STATUS, "from_status", TEXT, MAYBE) \
	X(CE_COL_EVENT_TO_STATUS, "to_status", TEXT, MAYBE) \
	X(CE_COL_EVENT_BY_ORG, "by_org", INT8, MAYBE) \
	X(CE_COL_EVENT_NOTE, "note", TEXT, MAYBE)

/* Duties and persons: after a change of either, member.c reloads both. */
#define CE_MEMBER_COLUMNS(X) \
	X(CE_COL_MEMBER_ROLE_NAME, "role_name", NAME, NEVER) \
	X(CE_COL_MEMBER_ORG_ID, "org_id", INT8, NEVER) \
	X(CE_COL_MEMBER_DUTY, "duty", TEXT, NEVER)

#define CE_PERSON_ROLE_COLUMNS(X) \
	X(CE_COL_PERSON_ROLE_PERSON_ID, "person_id", INT8, NEVER) \
	X(CE_COL_PERSON_ROLE_ROLE_NAME, "role_name", NAME, NEVER)

/* The waiver first, which is kept as granted; then its revocation. */
#define CE_WAIVER_COLUMNS(X) \
	X(CE_COL_WAIVER_WAIVER_ID, "waiver_id", INT8, NEVER) \
	X(CE_COL_WAIVER_PERSON_ID, "person_id", INT8, NEVER) \
	X(CE_COL_WAIVER_YEAR, "year", INT4, NEVER) \
	X(CE_COL_WAIVER_SUBJECT, "subject", SUBJECT, MAYBE) \
	X(CE_COL_WAIVER_HOURS, "hours", HOURS, MAYBE) \
	X(CE_COL_WAIVER_DEFERS_TO, "defers_to", INT4, MAYBE) \
	X(CE_COL_WAIVER_REASON, "reason", TEXT, FILLED) \
	X(CE_COL_WAIVER_DECISION, "decision", TEXT, FILLED) \
	X(CE_COL_WAIVER_GRANTED_BY, "granted_by", INT8, NEVER) \
	X(CE_COL_WAIVER_GRANTED_ON, "granted_on", DATE, FILLED) \
	X(CE_COL_WAIVER_REVOKED_BY, "revoked_by", INT8, MAYBE) \
	X(CE_COL_WAIVER_REVOKED_ON, "revoked_on", DATE, MAYBE) \
	X(CE_COL_WAIVER_NOTE, "note", TEXT, MAYBE)

/* Settings of the whole ledger. */
#define CE_LEDGER_COLUMNS(X) \
	X(CE_COL_LEDGER_LIVE_FROM, "live_from", DATE, MAYBE)

/*
 * The tables: the enumerator, the name, the columns, and whether the rows are
 * cached by each backend.  Cached ones are read like system catalogs, so the
 * table must be an ordinary one; the others may be partitioned.
 */
#define CE_TABLE_LIST(X) \
	X(CE_SCHEME, "ce_scheme", CE_SCHEME_COLUMNS, CE_SCHEME_NCOLUMNS, true) \
	X(CE_REQUIREMENT, "ce_requirement", CE_REQUIREMENT_COLUMNS, CE_REQUIREMENT_NCOLUMNS, true) \
	X(CE_CATEGORY, "ce_category", CE_CATEGORY_COLUMNS, CE_CATEGORY_NCOLUMNS, true) \
	X(CE_MINIMUM, "ce_minimum", CE_MINIMUM_COLUMNS, CE_MINIMUM_NCOLUMNS, true) \
	X(CE_KIND, "ce_kind", CE_KIND_COLUMNS, CE_KIND_NCOLUMNS, true) \
	X(CE_RULE, "ce_rule", CE_RULE_COLUMNS, CE_RULE_NCOLUMNS, true) \
	X(CE_CAP, "ce_cap", CE_CAP_COLUMNS, CE_CAP_NCOLUMNS, true) \
	X(CE_WINDOW, "ce_window", CE_WINDOW_COLUMNS, CE_WINDOW_NCOLUMNS, true) \
	X(CE_CATCHUP, "ce_catchup", CE_CATCHUP_COLUMNS, CE_CATCHUP_NCOLUMNS, true) \
	X(CE_INSTRUMENT, "ce_instrument", CE_INSTRUMENT_COLUMNS, CE_INSTRUMENT_NCOLUMNS, true) \
	X(CE_ORG, "ce_org", CE_ORG_COLUMNS, CE_ORG_NCOLUMNS, true) \
	X(CE_PERSON, "ce_person", CE_PERSON_COLUMNS, CE_PERSON_NCOLUMNS, false) \
	X(CE_PERSON_SCHEME, "ce_person_scheme", CE_PERSON_SCHEME_COLUMNS, CE_PERSON_SCHEME_NCOLUMNS, false) \
	X(CE_PLAN, "ce_plan", CE_PLAN_COLUMNS, CE_PLAN_NCOLUMNS, false) \
	X(CE_ACTIVITY, "ce_activity", CE_ACTIVITY_COLUMNS, CE_ACTIVITY_NCOLUMNS, false) \
	X(CE_ACCOUNT, "ce_account", CE_ACCOUNT_COLUMNS, CE_ACCOUNT_NCOLUMNS, false) \
	X(CE_ACHIEVEMENT, "ce_achievement", CE_ACHIEVEMENT_COLUMNS, CE_ACHIEVEMENT_NCOLUMNS, false) \
	X(CE_ALLOCATION, "ce_allocation", CE_ALLOCATION_COLUMNS, CE_ALLOCATION_NCOLUMNS, false) \
	X(CE_SANCTION, "ce_sanction", CE_SANCTION_COLUMNS, CE_SANCTION_NCOLUMNS, false) \
	X(CE_APPLICATION, "ce_application", CE_APPLICATION_COLUMNS, CE_APPLICATION_NCOLUMNS, false) \
	X(CE_SPECIALTY_PAIR, "ce_specialty_pair", CE_SPECIALTY_PAIR_COLUMNS, CE_SPECIALTY_PAIR_NCOLUMNS, false) \
	X(CE_EVENT, "ce_event", CE_EVENT_COLUMNS, CE_EVENT_NCOLUMNS, false) \
	X(CE_MEMBER, "ce_member", CE_MEMBER_COLUMNS, CE_MEMBER_NCOLUMNS, true) \
	X(CE_PERSON_ROLE, "ce_person_role", CE_PERSON_ROLE_COLUMNS, CE_PERSON_ROLE_NCOLUMNS, true) \
	X(CE_WAIVER, "ce_waiver", CE_WAIVER_COLUMNS, CE_WAIVER_NCOLUMNS, false) \
	X(CE_LEDGER, "ce_ledger", CE_LEDGER_COLUMNS, CE_LEDGER_NCOLUMNS, true)

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
#define CE_MAX_COLUMNS 48

CE_TABLE_LIST(CE_COLUMN_ENUM)

extern const char *ce_table_name(CeTable table);
extern int	ce_table_ncolumns(CeTable table);
extern const char *ce_column_name(CeTable table, int column);
extern Oid	ce_column_type(CeTable table, int column);

/*
 * An error unless the rows that SPI returned have the types of the table's
 * columns, in the order given (NULL: all, in table order): the table may have
 * been altered since it was checked.
 */
extern void ce_result_check(TupleDesc desc, CeTable table, const int *columns);

/*
 * An error unless the table belongs to the ledger's owner and has the columns
 * and types that the code reads; sets the attribute numbers of the columns, 0
 * for one that the table lacks yet.
 */
extern void ce_check_table(CeTable table, Relation rel, Oid owner,
						   AttrNumber *numbers);

/* Columns that are never null in a row that a writer supplies, as bits. */
extern PGDLLIMPORT const uint64 ce_never_given_null[CE_TABLES];

/* The same in a stored row. */
extern PGDLLIMPORT const uint64 ce_never_null[CE_TABLES];

/* An error that names the first of these columns. */
extern void ce_refuse_null(CeTable table, uint64 columns);

/* An error if one of these null columns, as bits, must not be null. */
static inline void
ce_row_check_nulls(CeTable table, uint64 nulls)
{
	if (unlikely((nulls & ce_never_null[table]) != 0))
		ce_refuse_null(table, nulls & ce_never_null[table]);
}

#endif							/* CE_COLUMNS_H */

/*-------------------------------------------------------------------------
 *
 * ledger.h
 *	  The names of the ledger's tables, columns and closed lists.
 *
 * The ledger is made of ordinary tables in the extension's schema.  This
 * room finds them by name once, remembers what it found, and forgets it
 * when the server says that it changed.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_LEDGER_H
#define CE_LEDGER_H

#include "access/htup.h"
#include "access/tupdesc.h"
#include "fmgr.h"
#include "utils/relcache.h"

typedef enum CeTable
{
	/* the law: a change of any makes law.c read all of them afresh */
	CE_SCHEME,
	CE_REQUIREMENT,
	CE_KIND,
	CE_RULE,
	CE_CAP,
	CE_WINDOW,
	CE_CATCHUP,
	/* the ledger */
	CE_ORG,
	CE_PERSON,
	CE_PLAN,
	CE_ACTIVITY,
	CE_ACCOUNT,
	CE_ACHIEVEMENT,
	CE_ALLOCATION,
	CE_SANCTION,
	CE_APPLICATION,
	CE_SPECIALTY_PAIR,
	CE_EVENT,
	/* who may: a change of either makes member.c read both afresh */
	CE_MEMBER,
	CE_PERSON_ROLE
} CeTable;

#define CE_LAST_LAW_TABLE CE_CATCHUP
#define CE_TABLES (CE_PERSON_ROLE + 1)
#define CE_MAX_COLUMNS 32

/* The columns that the code reads or writes, in the order of ledger.c. */
enum CeSchemeColumn
{
	SCHEME_SCHEME, SCHEME_GOVERNED, SCHEME_BAN_YEARS, SCHEME_INSTRUMENT,
	SCHEME_CLAUSE, SCHEME_INTERPRETATION, SCHEME_COLUMNS
};

enum CeRequirementColumn
{
	REQUIREMENT_SCHEME, REQUIREMENT_FROM_YEAR, REQUIREMENT_TO_YEAR,
	REQUIREMENT_TOTAL_HOURS, REQUIREMENT_PUBLIC_HOURS,
	REQUIREMENT_PROFESSIONAL_HOURS, REQUIREMENT_INSTRUMENT,
	REQUIREMENT_CLAUSE, REQUIREMENT_INTERPRETATION, REQUIREMENT_COLUMNS
};

enum CeKindColumn
{
	KIND_KIND, KIND_SUBJECT, KIND_CATEGORY, KIND_TRACK, KIND_CLAUSE,
	KIND_COLUMNS
};

enum CeRuleColumn
{
	RULE_RULE_ID, RULE_SCHEME, RULE_KIND, RULE_GRADE, RULE_ROLE,
	RULE_RANK_FROM, RULE_RANK_TO, RULE_FROM_YEAR, RULE_TO_YEAR, RULE_BASIS,
	RULE_HOURS, RULE_PER_YEAR, RULE_INSTRUMENT, RULE_CLAUSE,
	RULE_INTERPRETATION, RULE_COLUMNS
};

enum CeCapColumn
{
	CAP_SCHEME, CAP_CATEGORY, CAP_FROM_YEAR, CAP_TO_YEAR, CAP_HOURS,
	CAP_INSTRUMENT, CAP_CLAUSE, CAP_INTERPRETATION, CAP_COLUMNS
};

enum CeWindowColumn
{
	WINDOW_WINDOW_ID, WINDOW_SCHEME, WINDOW_ROUTE, WINDOW_LEVEL,
	WINDOW_NEEDS_DOCTORATE, WINDOW_NEEDS_HELD, WINDOW_AGGREGATION,
	WINDOW_YEARS, WINDOW_PROFESSIONAL_ONLY, WINDOW_SAME_SPECIALTY,
	WINDOW_FROM_YEAR, WINDOW_TO_YEAR, WINDOW_INSTRUMENT, WINDOW_CLAUSE,
	WINDOW_INTERPRETATION, WINDOW_COLUMNS
};

enum CeCatchupColumn
{
	CATCHUP_SCHEME, CATCHUP_STUDY_YEAR, CATCHUP_SUBJECT, CATCHUP_SOURCE,
	CATCHUP_TARGET_FROM, CATCHUP_TARGET_TO, CATCHUP_INSTRUMENT,
	CATCHUP_CLAUSE, CATCHUP_COLUMNS
};

enum CeOrgColumn
{
	ORG_ORG_ID, ORG_KIND, ORG_ADMIN_LEVEL, ORG_PARENT_ID, ORG_REGION_CODE,
	ORG_BASE_LEVEL, ORG_SELF_VERIFIES, ORG_COLUMNS
};

enum CePersonColumn
{
	PERSON_PERSON_ID, PERSON_PERSON_NO, PERSON_ORG_ID, PERSON_SCHEME,
	PERSON_DOCTORATE_ON, PERSON_HELD_LEVEL, PERSON_HELD_SINCE,
	PERSON_SANCTIONED, PERSON_COLUMNS
};

enum CePlanColumn
{
	PLAN_PLAN_ID, PLAN_ORG_ID, PLAN_TITLE, PLAN_SUBJECT, PLAN_MODE,
	PLAN_SPECIALTY, PLAN_HOURS, PLAN_DAYS, PLAN_STARTS_ON, PLAN_ENDS_ON,
	PLAN_STATUS, PLAN_REVIEWED_BY, PLAN_FILED_BY, PLAN_FILED_ON, PLAN_NOTE,
	PLAN_COLUMNS
};

enum CeActivityColumn
{
	ACTIVITY_ACTIVITY_ID, ACTIVITY_PERSON_ID, ACTIVITY_KIND,
	ACTIVITY_PLAN_ID, ACTIVITY_ORG_ID, ACTIVITY_TITLE, ACTIVITY_SPECIALTY,
	ACTIVITY_STARTED_ON, ACTIVITY_COMPLETED_ON, ACTIVITY_DAYS,
	ACTIVITY_TRAVEL_DAYS, ACTIVITY_HOURS, ACTIVITY_EVIDENCE, ACTIVITY_SOURCE,
	ACTIVITY_SOURCE_REF,
	/* up to here the facts, which verification freezes */
	ACTIVITY_STATUS, ACTIVITY_REVIEWED_BY, ACTIVITY_VERIFIED_BY,
	ACTIVITY_VERIFIED_ON, ACTIVITY_REVOKED_BY, ACTIVITY_REVOKED_ON,
	ACTIVITY_NOTE,
	/* and from here what is derived */
	ACTIVITY_YEAR, ACTIVITY_CATEGORY, ACTIVITY_NATIONAL_BASE,
	ACTIVITY_AWARDED, ACTIVITY_DEEMS_PUBLIC, ACTIVITY_DEEMS_PROFESSIONAL,
	ACTIVITY_RULE_ID, ACTIVITY_COLUMNS
};

#define ACTIVITY_FACTS ACTIVITY_STATUS
#define ACTIVITY_DERIVED ACTIVITY_YEAR

enum CeAccountColumn
{
	ACCOUNT_PERSON_ID, ACCOUNT_YEAR, ACCOUNT_CREDIT, ACCOUNT_KNOWN_FROM,
	ACCOUNT_COLUMNS
};

enum CeAchievementColumn
{
	ACHIEVEMENT_ACHIEVEMENT_ID, ACHIEVEMENT_PERSON_ID, ACHIEVEMENT_KIND,
	ACHIEVEMENT_GRADE, ACHIEVEMENT_ROLE, ACHIEVEMENT_RANK,
	ACHIEVEMENT_SPECIALTY, ACHIEVEMENT_WORK_REF, ACHIEVEMENT_STARTED_ON,
	ACHIEVEMENT_DUE_ON, ACHIEVEMENT_ACHIEVED_ON, ACHIEVEMENT_TITLE,
	ACHIEVEMENT_EVIDENCE, ACHIEVEMENT_ATTESTED_BY, ACHIEVEMENT_ATTESTED_ON,
	ACHIEVEMENT_REVOKED_ON, ACHIEVEMENT_NOTE,
	ACHIEVEMENT_COLUMNS
};

enum CeAllocationColumn
{
	ALLOCATION_ALLOCATION_ID, ALLOCATION_PERSON_ID, ALLOCATION_FROM_YEAR,
	ALLOCATION_TO_YEAR, ALLOCATION_SUBJECT, ALLOCATION_HOURS,
	ALLOCATION_ALLOCATED_BY, ALLOCATION_ALLOCATED_ON, ALLOCATION_REVERSED_BY,
	ALLOCATION_REVERSED_ON, ALLOCATION_NOTE, ALLOCATION_COLUMNS
};

enum CeSanctionColumn
{
	SANCTION_SANCTION_ID, SANCTION_PERSON_ID, SANCTION_FOUND_ON,
	SANCTION_DECISION, SANCTION_REVOKED_ON, SANCTION_NOTE, SANCTION_COLUMNS
};

enum CeApplicationColumn
{
	APPLICATION_APPLICATION_ID, APPLICATION_PERSON_ID, APPLICATION_LEVEL,
	APPLICATION_ROUTE, APPLICATION_SPECIALTY, APPLICATION_APPLIED_ON,
	APPLICATION_VERDICT, APPLICATION_RECEIPT, APPLICATION_STATUS,
	APPLICATION_NOTE, APPLICATION_COLUMNS
};

enum CeEventColumn
{
	EVENT_EVENT_ID, EVENT_AT, EVENT_ROLE_NAME, EVENT_OBJECT, EVENT_IDS,
	/* and from here what may be null */
	EVENT_FROM_STATUS, EVENT_TO_STATUS, EVENT_BY_ORG, EVENT_NOTE,
	EVENT_COLUMNS
};

enum CeSpecialtyPairColumn
{
	SPECIALTY_PAIR_SPECIALTY, SPECIALTY_PAIR_CLOSE_TO, SPECIALTY_PAIR_COLUMNS
};

enum CeMemberColumn
{
	MEMBER_ROLE_NAME, MEMBER_ORG_ID, MEMBER_DUTY, MEMBER_COLUMNS
};

enum CePersonRoleColumn
{
	PERSON_ROLE_PERSON_ID, PERSON_ROLE_ROLE_NAME, PERSON_ROLE_COLUMNS
};

/* The closed lists; their labels are numbered in the order of the enums. */
typedef enum CeSubject
{
	CE_PUBLIC, CE_PROFESSIONAL, CE_BOTH
} CeSubject;

typedef enum CeTrack
{
	CE_FEED, CE_FILED, CE_ACTIVITY_TRACK, CE_SPECIAL, CE_OPENING, CE_ATTESTED
} CeTrack;

typedef enum CeBasis
{
	CE_AS_COMPLETED, CE_FILED_HOURS, CE_DOCUMENT_OR_DAYS, CE_DAYS, CE_FIXED,
	CE_DEEMS, CE_DEEMS_TENURE, CE_AS_RECORDED
} CeBasis;

typedef enum CeStatus
{
	CE_SUBMITTED, CE_IN_REVIEW, CE_VERIFIED, CE_REJECTED, CE_REVOKED
} CeStatus;

typedef enum CePlanStatus
{
	CE_PLAN_DRAFT, CE_PLAN_SUBMITTED, CE_PLAN_REVIEWED, CE_PLAN_FILED,
	CE_PLAN_REJECTED
} CePlanStatus;

typedef enum CeRoute
{
	CE_REVIEW, CE_RECOGNITION, CE_TRANSFER
} CeRoute;

typedef enum CeOutcome
{
	CE_ELIGIBLE, CE_NOT_ELIGIBLE, CE_PENDING, CE_BANNED, CE_OUT_OF_SCOPE,
	CE_NO_RULE, CE_UNKNOWN_PERSON
} CeOutcome;

typedef enum CeList
{
	CE_LIST_SUBJECT, CE_LIST_TRACK, CE_LIST_BASIS, CE_LIST_STATUS,
	CE_LIST_PLAN_STATUS, CE_LIST_ROUTE, CE_LIST_OUTCOME
} CeList;

#define CE_LISTS (CE_LIST_OUTCOME + 1)

/*
 * Every SQL-callable function that touches the ledger calls this first: it
 * finds the schema and takes in what other sessions have changed meanwhile.
 */
extern void ce_ledger_enter(FunctionCallInfo fcinfo);

/* The row type that a function returns, found once for all calls of a query. */
extern TupleDesc ce_result_desc(FunctionCallInfo fcinfo);

/* The ledger's schema, quoted as an identifier. */
extern const char *ce_ledger_schema(void);

/* A table's OID; an error with the way out before ce_setup(). */
extern Oid	ce_table_oid(CeTable table);
extern const char *ce_table_name(CeTable table);

/* Whether a table that came with a later version is there yet. */
extern bool ce_table_exists(CeTable table);

/* The same error now, before SQL of ours runs into the missing tables. */
extern void ce_require_ledger(void);

/* Which of the tables a relation is; an error if it is none of them. */
extern CeTable ce_table_of(Relation rel);

/* Attribute numbers of the named columns, by the table's column enum. */
extern const AttrNumber *ce_table_columns(CeTable table, Relation rel);
extern int	ce_table_ncolumns(CeTable table);
extern const char *ce_column_name(CeTable table, int column);

/* The row as arrays by column enum; values point into the tuple. */
extern void ce_row_read(CeTable table, Relation rel, HeapTuple tuple,
						Datum *values, bool *nulls);

/*
 * What is read now may be kept by the backend: if this transaction has written
 * something and is rolled back, it is to be read afresh.
 */
extern void ce_note_reading(void);

/* Counts changes of a table's definition and indexes; never 0. */
extern uint64 ce_table_generation(CeTable table);

/* Counts changes of any law table, of ce_org, or of who may (roles, too). */
extern uint64 ce_law_generation(void);
extern uint64 ce_org_generation(void);
extern uint64 ce_member_generation(void);

/* Between a closed list's values and their OIDs. */
extern int	ce_list_value(CeList list, Oid label);
extern Oid	ce_list_oid(CeList list, int value);
extern const char *ce_list_label(CeList list, int value);

/* Today in Asia/Shanghai, as a DateADT. */
extern int32 ce_today_date(void);

/* An error unless it is a day of the calendar. */
extern void ce_require_day(int32 date);

/* Calendar year of a date. */
extern int	ce_year_of(int32 date);

#endif							/* CE_LEDGER_H */

/*-------------------------------------------------------------------------
 *
 * person_rows.c
 *	  Reading a person's rows.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/fmgroids.h"

#include "record/person_rows.h"
#include "store/snapshot.h"
#include "types/grow.h"

#include "compat.h"

/* Columns that credits and attested hours need, and those for verdicts. */
#define REPORT_COLUMNS \
	(CE_COLUMN(CE_COL_PERSON_PERSON_ID) | CE_COLUMN(CE_COL_PERSON_ORG_ID) | \
	 CE_COLUMN(CE_COL_PERSON_SCHEME) | CE_COLUMN(CE_COL_PERSON_HELD_SINCE) | \
	 CE_COLUMN(CE_COL_PERSON_MOVED))
#define VERDICT_COLUMNS \
	(REPORT_COLUMNS | CE_COLUMN(CE_COL_PERSON_DOCTORATE_ON) | \
	 CE_COLUMN(CE_COL_PERSON_HELD_LEVEL) | CE_COLUMN(CE_COL_PERSON_SANCTIONED))

/* The rows of a table with an id in a column; 0: all columns. */
#define ROWS_BY_ID(t, key, read) \
	{.table = (t),.nkeys = 1,.columns = (read),.keys = {CE_ID_KEY(key)}}

static CeRowQuery report_query =
	ROWS_BY_ID(CE_PERSON, CE_COL_PERSON_PERSON_ID, REPORT_COLUMNS);
static CeRowQuery person_query =
	ROWS_BY_ID(CE_PERSON, CE_COL_PERSON_PERSON_ID, VERDICT_COLUMNS);
static CeRowQuery schemes_query =
	ROWS_BY_ID(CE_PERSON, CE_COL_PERSON_PERSON_ID,
			   CE_COLUMN(CE_COL_PERSON_PERSON_ID) | CE_COLUMN(CE_COL_PERSON_SCHEME) |
			   CE_COLUMN(CE_COL_PERSON_MOVED));
static CeRowQuery person_no_query = {
	.table = CE_PERSON,.nkeys = 1,
	.columns = VERDICT_COLUMNS | CE_COLUMN(CE_COL_PERSON_PERSON_NO),
	.keys = {CE_TEXT_KEY(CE_COL_PERSON_PERSON_NO)}
};
/* Columns behind an achievement's hours, and for a transfer (4.2.3). */
#define ACHIEVED_COLUMNS \
	(CE_COLUMN(CE_COL_ACHIEVEMENT_PERSON_ID) | CE_COLUMN(CE_COL_ACHIEVEMENT_KIND) | \
	 CE_COLUMN(CE_COL_ACHIEVEMENT_GRADE) | CE_COLUMN(CE_COL_ACHIEVEMENT_ROLE) | \
	 CE_COLUMN(CE_COL_ACHIEVEMENT_RANK) | CE_COLUMN(CE_COL_ACHIEVEMENT_WORK_REF) | \
	 CE_COLUMN(CE_COL_ACHIEVEMENT_STARTED_ON) | CE_COLUMN(CE_COL_ACHIEVEMENT_DUE_ON) | \
	 CE_COLUMN(CE_COL_ACHIEVEMENT_ACHIEVED_ON) | CE_COLUMN(CE_COL_ACHIEVEMENT_ATTESTED_BY) | \
	 CE_COLUMN(CE_COL_ACHIEVEMENT_ATTESTED_ON) | CE_COLUMN(CE_COL_ACHIEVEMENT_REVOKED_ON))

static CeRowQuery achievement_query =
	ROWS_BY_ID(CE_ACHIEVEMENT, CE_COL_ACHIEVEMENT_PERSON_ID, ACHIEVED_COLUMNS);
static CeRowQuery specialty_query =
	ROWS_BY_ID(CE_ACHIEVEMENT, CE_COL_ACHIEVEMENT_PERSON_ID,
			   ACHIEVED_COLUMNS | CE_COLUMN(CE_COL_ACHIEVEMENT_SPECIALTY));
static CeRowQuery item_query =
	ROWS_BY_ID(CE_ACHIEVEMENT, CE_COL_ACHIEVEMENT_PERSON_ID,
			   ACHIEVED_COLUMNS | CE_COLUMN(CE_COL_ACHIEVEMENT_ACHIEVEMENT_ID));
static CeRowQuery allocation_query =
	ROWS_BY_ID(CE_ALLOCATION, CE_COL_ALLOCATION_PERSON_ID,
			   CE_COLUMN(CE_COL_ALLOCATION_PERSON_ID) |
			   CE_COLUMN(CE_COL_ALLOCATION_FROM_YEAR) | CE_COLUMN(CE_COL_ALLOCATION_TO_YEAR) |
			   CE_COLUMN(CE_COL_ALLOCATION_SUBJECT) | CE_COLUMN(CE_COL_ALLOCATION_HOURS) |
			   CE_COLUMN(CE_COL_ALLOCATION_ALLOCATED_ON) | CE_COLUMN(CE_COL_ALLOCATION_REVERSED_ON));
static CeRowQuery waiver_query =
	ROWS_BY_ID(CE_WAIVER, CE_COL_WAIVER_PERSON_ID,
			   CE_COLUMN(CE_COL_WAIVER_WAIVER_ID) | CE_COLUMN(CE_COL_WAIVER_PERSON_ID) |
			   CE_COLUMN(CE_COL_WAIVER_YEAR) | CE_COLUMN(CE_COL_WAIVER_SUBJECT) |
			   CE_COLUMN(CE_COL_WAIVER_HOURS) | CE_COLUMN(CE_COL_WAIVER_DEFERS_TO) |
			   CE_COLUMN(CE_COL_WAIVER_GRANTED_ON) | CE_COLUMN(CE_COL_WAIVER_REVOKED_ON));
/* With the decision, for words about them. */
static CeRowQuery granted_query = ROWS_BY_ID(CE_WAIVER, CE_COL_WAIVER_PERSON_ID, 0);
static CeRowQuery sanction_query =
	ROWS_BY_ID(CE_SANCTION, CE_COL_SANCTION_PERSON_ID,
			   CE_COLUMN(CE_COL_SANCTION_PERSON_ID) | CE_COLUMN(CE_COL_SANCTION_FOUND_ON) |
			   CE_COLUMN(CE_COL_SANCTION_REVOKED_ON));
static CeRowQuery former_query =
	ROWS_BY_ID(CE_PERSON_SCHEME, CE_COL_PERSON_SCHEME_PERSON_ID,
			   CE_COLUMN(CE_COL_PERSON_SCHEME_PERSON_ID) |
			   CE_COLUMN(CE_COL_PERSON_SCHEME_UNTIL_ON) | CE_COLUMN(CE_COL_PERSON_SCHEME_SCHEME));
static CeRowQuery plan_query = ROWS_BY_ID(CE_PLAN, CE_COL_PLAN_PLAN_ID, 0);
static CeRowQuery pair_query = {
	.table = CE_SPECIALTY_PAIR,.nkeys = 2,
	.keys = {CE_TEXT_KEY(CE_COL_SPECIALTY_PAIR_SPECIALTY), CE_TEXT_KEY(CE_COL_SPECIALTY_PAIR_CLOSE_TO)}
};

/* The rows that a query finds by an id. */
static void
read_rows(CeRowQuery *query, int64 id, CeRowCallback callback, void *arg)
{
	Datum		args[] = {Int64GetDatum(id)};

	ce_rows_run(query, args, callback, arg);
}

/* ---------------------------------------------------------------------
 * Persons
 * ---------------------------------------------------------------------
 */

static void
person_row(const Datum *values, const bool *nulls, void *arg)
{
	CePerson   *person = arg;

	person->person_id = DatumGetInt64(values[CE_COL_PERSON_PERSON_ID]);
	person->org_id = DatumGetInt64(values[CE_COL_PERSON_ORG_ID]);
	person->scheme = ce_get_scheme(values[CE_COL_PERSON_SCHEME]);
	person->has_doctorate = !nulls[CE_COL_PERSON_DOCTORATE_ON];
	if (person->has_doctorate)
		person->doctorate_on = DatumGetDateADT(values[CE_COL_PERSON_DOCTORATE_ON]);
	person->held_level = nulls[CE_COL_PERSON_HELD_LEVEL] ? 0 :
		(int) DatumGetCeLevel(values[CE_COL_PERSON_HELD_LEVEL]);
	person->has_held_since = !nulls[CE_COL_PERSON_HELD_SINCE];
	if (person->has_held_since)
		person->held_since = DatumGetDateADT(values[CE_COL_PERSON_HELD_SINCE]);
	person->sanctioned = !nulls[CE_COL_PERSON_SANCTIONED] &&
		DatumGetBool(values[CE_COL_PERSON_SANCTIONED]);
	person->moved = !nulls[CE_COL_PERSON_MOVED] && DatumGetBool(values[CE_COL_PERSON_MOVED]);
}

static void
former_row(const Datum *values, const bool *nulls, void *arg)
{
	CePerson   *person = arg;
	CeFormer   *former = CE_ONE_MORE(person->former, person->nformer);

	former->until_on = DatumGetDateADT(values[CE_COL_PERSON_SCHEME_UNTIL_ON]);
	former->scheme = ce_get_scheme(values[CE_COL_PERSON_SCHEME_SCHEME]);
}

static int
by_day(const void *a, const void *b)
{
	return pg_cmp_s32(((const CeFormer *) a)->until_on, ((const CeFormer *) b)->until_on);
}

void
ce_set_moved(CePerson *person, bool moved)
{
	person->moved = moved;
	person->nformer = 0;
	person->former = NULL;
	if (!moved)
		return;
	read_rows(&former_query, person->person_id, former_row, person);
	if (person->nformer > 1)
		qsort(person->former, person->nformer, sizeof(CeFormer), by_day);
}

const CeScheme *
ce_former_scheme_on(const CePerson *person, DateADT day)
{
	for (int i = 0; i < person->nformer; i++)
	{
		if (day <= person->former[i].until_on)
			return person->former[i].scheme;
	}
	return person->scheme;
}

static bool
find_person(CeRowQuery *query, Datum key, CeRowCallback callback, CePerson *person)
{
	person->scheme = NULL;
	ce_rows_run(query, &key, callback, person);
	if (person->scheme == NULL)
		return false;
	ce_set_moved(person, person->moved);
	return true;
}

bool
ce_read_person(int64 person_id, CePerson *person)
{
	return find_person(&person_query, Int64GetDatum(person_id), person_row, person);
}

bool
ce_read_person_for_report(int64 person_id, CePerson *person)
{
	return find_person(&report_query, Int64GetDatum(person_id), person_row, person);
}

bool
ce_read_same_person(int64 person_id, CePerson *person)
{
	static CePerson last;
	static CeSnapshotStamp stamp;
	CeSnapshotStamp now;

	ce_snapshot_stamp(&now);
	if (person_id == last.person_id && ce_same_snapshot(&now, &stamp))
	{
		*person = last;
		return true;
	}
	if (!ce_read_person(person_id, person))
		return false;
	/* Former schemes live no longer than the caller's memory context. */
	if (person->moved)
		return true;
	last = *person;
	ce_snapshot_stamp(&stamp);
	return true;
}

void
ce_require_person(int64 person_id, CePerson *person)
{
	if (!ce_read_same_person(person_id, person))
		ereport(ERROR,
				(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
				 errmsg("person %lld does not exist", (long long) person_id),
				 errhint("Enter the person in ce_person first.")));
}

/* Only a key of the table keeps a number from belonging to two persons. */
static void
numbered_row(const Datum *values, const bool *nulls, void *arg)
{
	const CePerson *other = arg;

	if (other->scheme != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_CARDINALITY_VIOLATION),
				 errmsg("number %s belongs to more than one person",
						TextDatumGetCString(values[CE_COL_PERSON_PERSON_NO])),
				 errdetail("Among them are persons %lld and %lld.",
						   (long long) other->person_id,
						   (long long) DatumGetInt64(values[CE_COL_PERSON_PERSON_ID])),
				 errhint("Ask by person_id, and let the number be corrected in ce_person; ce_check() lists all of them.")));
	person_row(values, nulls, arg);
}

bool
ce_read_person_by_no(Datum person_no, CePerson *person)
{
	return find_person(&person_no_query, person_no, numbered_row, person);
}

/* ---------------------------------------------------------------------
 * Other rows of a person
 * ---------------------------------------------------------------------
 */

void
ce_read_achievements(int64 person_id, bool specialties, CeRowCallback callback,
					 void *arg)
{
	read_rows(specialties ? &specialty_query : &achievement_query, person_id, callback, arg);
}

void
ce_read_achievement_items(int64 person_id, CeRowCallback callback, void *arg)
{
	read_rows(&item_query, person_id, callback, arg);
}

void
ce_read_allocations(int64 person_id, CeRowCallback callback, void *arg)
{
	read_rows(&allocation_query, person_id, callback, arg);
}

void
ce_read_waivers(int64 person_id, CeRowCallback callback, void *arg)
{
	/* A ledger of an earlier version has none until ce_setup() runs. */
	if (ce_later_table_exists(CE_WAIVER))
		read_rows(&waiver_query, person_id, callback, arg);
}

void
ce_read_granted_waivers(int64 person_id, CeRowCallback callback, void *arg)
{
	if (ce_later_table_exists(CE_WAIVER))
		read_rows(&granted_query, person_id, callback, arg);
}

bool
ce_ban_of_row(const Datum *values, const bool *nulls, const CeScheme *scheme,
			  DateADT day, CeBan *ban)
{
	return ce_ban_on(scheme, DatumGetDateADT(values[CE_COL_SANCTION_FOUND_ON]),
					 nulls[CE_COL_SANCTION_REVOKED_ON] ? DATEVAL_NOEND :
					 DatumGetDateADT(values[CE_COL_SANCTION_REVOKED_ON]), day, ban);
}

void
ce_read_sanctions(int64 person_id, CeRowCallback callback, void *arg)
{
	read_rows(&sanction_query, person_id, callback, arg);
}

bool
ce_read_all_schemes(CeRowCallback callback, void *arg)
{
	return ce_rows_scan(&schemes_query, callback, arg);
}

bool
ce_read_all_achievements(CeRowCallback callback, void *arg)
{
	return ce_rows_scan(&specialty_query, callback, arg);
}

bool
ce_read_all_sanctions(CeRowCallback callback, void *arg)
{
	return ce_rows_scan(&sanction_query, callback, arg);
}

int
ce_plan_calendar_days(const Datum *values, const bool *nulls)
{
	DateADT		starts_on = DatumGetDateADT(values[CE_COL_PLAN_STARTS_ON]);
	DateADT		ends_on = DatumGetDateADT(values[CE_COL_PLAN_ENDS_ON]);

	if (nulls[CE_COL_PLAN_STARTS_ON] || nulls[CE_COL_PLAN_ENDS_ON] ||
		DATE_NOT_FINITE(starts_on) || DATE_NOT_FINITE(ends_on))
		return CE_DAYS_UNKNOWN;
	return ends_on - starts_on + 1;
}

int
ce_whole_days(Datum days)
{
	double		number = DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow, days));

	return (int) ceil(Min(number, 100000));
}

int
ce_plan_whole_days(const Datum *values, const bool *nulls)
{
	return nulls[CE_COL_PLAN_DAYS] ? ce_plan_calendar_days(values, nulls) :
		ce_whole_days(values[CE_COL_PLAN_DAYS]);
}

static void
plan_row(const Datum *values, const bool *nulls, void *arg)
{
	CePlan	   *plan = arg;

	plan->found = true;
	plan->org_id = DatumGetInt64(values[CE_COL_PLAN_ORG_ID]);
	plan->status = ce_list_value(CE_LIST_PLAN_STATUS,
								 DatumGetObjectId(values[CE_COL_PLAN_STATUS]));
	plan->online = strcmp(TextDatumGetCString(values[CE_COL_PLAN_MODE]), "online") == 0;
	plan->filed_on = nulls[CE_COL_PLAN_FILED_ON] ? DATEVAL_NOEND :
		DatumGetDateADT(values[CE_COL_PLAN_FILED_ON]);
	plan->has_hours = !nulls[CE_COL_PLAN_HOURS];
	if (plan->has_hours)
		plan->hours = DatumGetCeHours(values[CE_COL_PLAN_HOURS]);
	plan->has_days = !nulls[CE_COL_PLAN_DAYS];
	if (plan->has_days)
		plan->days = datumCopy(values[CE_COL_PLAN_DAYS], false, -1);
	plan->whole_days = ce_plan_whole_days(values, nulls);
	if (!nulls[CE_COL_PLAN_SPECIALTY])
		plan->specialty = datumCopy(values[CE_COL_PLAN_SPECIALTY], false, -1);
}

bool
ce_read_plan(int64 plan_id, CePlan *plan)
{
	memset(plan, 0, sizeof(*plan));
	plan->plan_id = plan_id;
	read_rows(&plan_query, plan_id, plan_row, plan);
	return plan->found;
}

static void
pair_row(const Datum *values, const bool *nulls, void *arg)
{
	*(bool *) arg = true;
}

bool
ce_specialty_is_close(Datum specialty, Datum target)
{
	Datum		there[] = {specialty, target};
	Datum		back[] = {target, specialty};
	bool		found = false;

	if (DatumGetBool(DirectFunctionCall2Coll(texteq, DEFAULT_COLLATION_OID,
											 specialty, target)))
		return true;
	ce_rows_run(&pair_query, there, pair_row, &found);
	if (!found)
		ce_rows_run(&pair_query, back, pair_row, &found);
	return found;
}

/*-------------------------------------------------------------------------
 *
 * store.c
 *	  Reading what the ledger holds of a person.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "nodes/primnodes.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"

#include "moment.h"
#include "store.h"

#include "compat.h"

#define PERSON_KEY(column) {column, BTEqualStrategyNumber, F_INT8EQ, INT8OID}
#define TEXT_KEY(column) {column, BTEqualStrategyNumber, F_TEXTEQ, TEXTOID}
#define YEAR_KEYS(column) \
	{column, BTGreaterEqualStrategyNumber, F_INT4GE, INT4OID}, \
	{column, BTLessEqualStrategyNumber, F_INT4LE, INT4OID}

/* What credits and attested hours need of a person, and what verdicts do. */
#define POST_COLUMNS \
	(CE_COLUMN(PERSON_PERSON_ID) | CE_COLUMN(PERSON_ORG_ID) | \
	 CE_COLUMN(PERSON_SCHEME) | CE_COLUMN(PERSON_HELD_SINCE))
#define PERSON_COLUMNS \
	(POST_COLUMNS | CE_COLUMN(PERSON_DOCTORATE_ON) | \
	 CE_COLUMN(PERSON_HELD_LEVEL) | CE_COLUMN(PERSON_SANCTIONED))

static CeRowQuery post_query = {
	.table = CE_PERSON,.nkeys = 1,.columns = POST_COLUMNS,
	.keys = {PERSON_KEY(PERSON_PERSON_ID)}
};
static CeRowQuery person_query = {
	.table = CE_PERSON,.nkeys = 1,.columns = PERSON_COLUMNS,
	.keys = {PERSON_KEY(PERSON_PERSON_ID)}
};
static CeRowQuery person_no_query = {
	.table = CE_PERSON,.nkeys = 1,
	.columns = PERSON_COLUMNS | CE_COLUMN(PERSON_PERSON_NO),
	.keys = {TEXT_KEY(PERSON_PERSON_NO)}
};
static CeRowQuery account_query = {
	.table = CE_ACCOUNT,.nkeys = 3,
	.keys = {PERSON_KEY(ACCOUNT_PERSON_ID), YEAR_KEYS(ACCOUNT_YEAR)}
};

/* What the credit of an activity follows from. */
#define CREDIT_COLUMNS \
	(CE_COLUMN(ACTIVITY_ACTIVITY_ID) | CE_COLUMN(ACTIVITY_PERSON_ID) | \
	 CE_COLUMN(ACTIVITY_COMPLETED_ON) | CE_COLUMN(ACTIVITY_STATUS) | \
	 CE_COLUMN(ACTIVITY_YEAR) | CE_COLUMN(ACTIVITY_CATEGORY) | \
	 CE_COLUMN(ACTIVITY_NATIONAL_BASE) | CE_COLUMN(ACTIVITY_AWARDED) | \
	 CE_COLUMN(ACTIVITY_DEEMS_PUBLIC) | CE_COLUMN(ACTIVITY_DEEMS_PROFESSIONAL))

static CeRowQuery activity_query = {
	.table = CE_ACTIVITY,.nkeys = 1,
	.columns = CREDIT_COLUMNS | CE_COLUMN(ACTIVITY_KIND) | CE_COLUMN(ACTIVITY_SPECIALTY) |
	CE_COLUMN(ACTIVITY_VERIFIED_ON) | CE_COLUMN(ACTIVITY_REVOKED_ON),
	.keys = {PERSON_KEY(ACTIVITY_PERSON_ID)}
};

/* What waits for verification. */
static bool waits(const Datum *values, const bool *nulls);
static bool index_of_waiting(List *predicate, const AttrNumber *columns);

static const CeRowFilter waiting_filter = {
	"status OPERATOR(pg_catalog.=) ANY ('{submitted,in_review}')",
	waits, index_of_waiting
};
static CeRowQuery waiting_query = {
	.table = CE_ACTIVITY,.nkeys = 3,.columns = CREDIT_COLUMNS,
	.keys = {PERSON_KEY(ACTIVITY_PERSON_ID), YEAR_KEYS(ACTIVITY_YEAR)},
	.filter = &waiting_filter
};
/* What the hours of an achievement follow from, and for a transfer (4.2.3). */
#define ACHIEVED_COLUMNS \
	(CE_COLUMN(ACHIEVEMENT_PERSON_ID) | CE_COLUMN(ACHIEVEMENT_KIND) | \
	 CE_COLUMN(ACHIEVEMENT_GRADE) | CE_COLUMN(ACHIEVEMENT_ROLE) | \
	 CE_COLUMN(ACHIEVEMENT_RANK) | CE_COLUMN(ACHIEVEMENT_WORK_REF) | \
	 CE_COLUMN(ACHIEVEMENT_STARTED_ON) | CE_COLUMN(ACHIEVEMENT_DUE_ON) | \
	 CE_COLUMN(ACHIEVEMENT_ACHIEVED_ON) | CE_COLUMN(ACHIEVEMENT_ATTESTED_BY) | \
	 CE_COLUMN(ACHIEVEMENT_ATTESTED_ON) | CE_COLUMN(ACHIEVEMENT_REVOKED_ON))

static CeRowQuery achievement_query = {
	.table = CE_ACHIEVEMENT,.nkeys = 1,.columns = ACHIEVED_COLUMNS,
	.keys = {PERSON_KEY(ACHIEVEMENT_PERSON_ID)}
};
static CeRowQuery specialty_query = {
	.table = CE_ACHIEVEMENT,.nkeys = 1,
	.columns = ACHIEVED_COLUMNS | CE_COLUMN(ACHIEVEMENT_SPECIALTY),
	.keys = {PERSON_KEY(ACHIEVEMENT_PERSON_ID)}
};
static CeRowQuery allocation_query = {
	.table = CE_ALLOCATION,.nkeys = 1,
	.columns = CE_COLUMN(ALLOCATION_PERSON_ID) |
	CE_COLUMN(ALLOCATION_FROM_YEAR) | CE_COLUMN(ALLOCATION_TO_YEAR) |
	CE_COLUMN(ALLOCATION_SUBJECT) | CE_COLUMN(ALLOCATION_HOURS) |
	CE_COLUMN(ALLOCATION_ALLOCATED_ON) | CE_COLUMN(ALLOCATION_REVERSED_ON),
	.keys = {PERSON_KEY(ALLOCATION_PERSON_ID)}
};
static CeRowQuery sanction_query = {
	.table = CE_SANCTION,.nkeys = 1,
	.columns = CE_COLUMN(SANCTION_PERSON_ID) | CE_COLUMN(SANCTION_FOUND_ON) |
	CE_COLUMN(SANCTION_REVOKED_ON),
	.keys = {PERSON_KEY(SANCTION_PERSON_ID)}
};
static CeRowQuery plan_query = {
	.table = CE_PLAN,.nkeys = 1,
	.keys = {PERSON_KEY(PLAN_PLAN_ID)}
};
static CeRowQuery pair_query = {
	.table = CE_SPECIALTY_PAIR,.nkeys = 2,
	.keys = {TEXT_KEY(SPECIALTY_PAIR_SPECIALTY), TEXT_KEY(SPECIALTY_PAIR_CLOSE_TO)}
};

static bool
waits(const Datum *values, const bool *nulls)
{
	Oid			status = DatumGetObjectId(values[ACTIVITY_STATUS]);

	return status == ce_list_oid(CE_LIST_STATUS, CE_SUBMITTED) ||
		status == ce_list_oid(CE_LIST_STATUS, CE_IN_REVIEW);
}

/*
 * Is a predicate, as the ledger's index has it, status = ANY (array) with
 * both of them in the array?
 */
static bool
index_of_waiting(List *predicate, const AttrNumber *columns)
{
	ScalarArrayOpExpr *any = linitial(predicate);
	Var		   *column;
	Const	   *array;
	Datum	   *labels;
	int			nlabels;
	int			found = 0;

	if (list_length(predicate) != 1 || !IsA(any, ScalarArrayOpExpr) ||
		!any->useOr || any->opfuncid != F_ENUM_EQ)
		return false;
	column = linitial(any->args);
	array = lsecond(any->args);
	if (!IsA(column, Var) || column->varattno != columns[ACTIVITY_STATUS] ||
		!IsA(array, Const) || array->constisnull)
		return false;
	deconstruct_array(DatumGetArrayTypeP(array->constvalue),
					  ARR_ELEMTYPE(DatumGetArrayTypeP(array->constvalue)),
					  sizeof(Oid), true, TYPALIGN_INT, &labels, NULL, &nlabels);
	for (int i = 0; i < nlabels; i++)
	{
		if (labels[i] == ObjectIdGetDatum(ce_list_oid(CE_LIST_STATUS, CE_SUBMITTED)))
			found |= 1;
		else if (labels[i] == ObjectIdGetDatum(ce_list_oid(CE_LIST_STATUS, CE_IN_REVIEW)))
			found |= 2;
	}
	return found == 3;
}

/* ---------------------------------------------------------------------
 * Persons
 * ---------------------------------------------------------------------
 */

static void
person_row(const Datum *values, const bool *nulls, void *arg)
{
	CePerson   *person = arg;

	person->person_id = DatumGetInt64(values[PERSON_PERSON_ID]);
	person->org_id = DatumGetInt64(values[PERSON_ORG_ID]);
	person->scheme = ce_law_scheme_of(values[PERSON_SCHEME]);
	person->has_doctorate = !nulls[PERSON_DOCTORATE_ON];
	if (person->has_doctorate)
		person->doctorate_on = DatumGetDateADT(values[PERSON_DOCTORATE_ON]);
	person->held_level = nulls[PERSON_HELD_LEVEL] ? 0 :
		(int) DatumGetCeLevel(values[PERSON_HELD_LEVEL]);
	person->has_held_since = !nulls[PERSON_HELD_SINCE];
	if (person->has_held_since)
		person->held_since = DatumGetDateADT(values[PERSON_HELD_SINCE]);
	person->sanctioned = !nulls[PERSON_SANCTIONED] &&
		DatumGetBool(values[PERSON_SANCTIONED]);
}

static bool
find_person(CeRowQuery *query, Datum key, CePerson *person)
{
	person->scheme = NULL;
	ce_rows_run(query, &key, person_row, person);
	return person->scheme != NULL;
}

bool
ce_store_person(int64 person_id, CePerson *person)
{
	return find_person(&person_query, Int64GetDatum(person_id), person);
}

bool
ce_store_post(int64 person_id, CePerson *person)
{
	return find_person(&post_query, Int64GetDatum(person_id), person);
}

bool
ce_store_same_person(int64 person_id, CePerson *person)
{
	static CePerson last;
	static CeMoment moment;
	CeMoment	now;

	ce_moment_now(&now);
	if (person_id == last.person_id && ce_moment_same(&now, &moment))
	{
		*person = last;
		return true;
	}
	if (!ce_store_person(person_id, person))
		return false;
	last = *person;
	ce_moment_now(&moment);
	return true;
}

void
ce_store_person_of(int64 person_id, CePerson *person)
{
	if (!ce_store_same_person(person_id, person))
		ereport(ERROR,
				(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
				 errmsg("person %lld does not exist", (long long) person_id),
				 errhint("Enter the person in ce_person first.")));
}

/*
 * A person number that is the id of somebody else as well: with and without
 * quotes a question would be about two persons.
 */
static void
refuse_ambiguous(Datum person_no, int64 person_id)
{
	char	   *number = TextDatumGetCString(person_no);
	CePerson	other;
	int64		id;

	if (number[0] == '\0' || number[strspn(number, "0123456789")] != '\0')
		return;
	errno = 0;
	id = strtoi64(number, NULL, 10);
	if (errno != 0 || id == person_id || !ce_store_person(id, &other))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_AMBIGUOUS_PARAMETER),
			 errmsg("\"%s\" means two persons", number),
			 errdetail("It is the person_no of person %lld and the person_id of another.",
					   (long long) person_id),
			 errhint("Give the person_id as a bigint: %lld::bigint for the person of that number, %lld::bigint for the other.",
					 (long long) person_id, (long long) id)));
}

bool
ce_store_person_by_no(Datum person_no, CePerson *person)
{
	if (!find_person(&person_no_query, person_no, person))
		return false;
	refuse_ambiguous(person_no, person->person_id);
	return true;
}

/* ---------------------------------------------------------------------
 * Credits
 * ---------------------------------------------------------------------
 */

bool
ce_verified_on(const Datum *values, const bool *nulls, DateADT day)
{
	return !nulls[ACTIVITY_VERIFIED_ON] &&
		DatumGetDateADT(values[ACTIVITY_VERIFIED_ON]) <= day &&
		(nulls[ACTIVITY_REVOKED_ON] ||
		 DatumGetDateADT(values[ACTIVITY_REVOKED_ON]) > day);
}

bool
ce_allocated_on(const Datum *values, const bool *nulls, DateADT day)
{
	return DatumGetDateADT(values[ALLOCATION_ALLOCATED_ON]) <= day &&
		(nulls[ALLOCATION_REVERSED_ON] ||
		 DatumGetDateADT(values[ALLOCATION_REVERSED_ON]) > day);
}

void
ce_activity_credit(const Datum *values, CeCredit *credit)
{
	text	   *category = DatumGetTextPP(values[ACTIVITY_CATEGORY]);
	int			lane = ce_lane_by_name(VARDATA_ANY(category),
									   VARSIZE_ANY_EXHDR(category));

	ce_credit_zero(credit);
	if (lane < 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("activity %lld has the unknown category \"%s\"",
						(long long) DatumGetInt64(values[ACTIVITY_ACTIVITY_ID]),
						text_to_cstring(category))));
	if (lane == CE_LANE_ONLINE && DatumGetBool(values[ACTIVITY_NATIONAL_BASE]))
		lane = CE_LANE_NATIONAL_ONLINE;
	credit->lane[lane] = DatumGetCeHours(values[ACTIVITY_AWARDED]);
	credit->deems_public = DatumGetBool(values[ACTIVITY_DEEMS_PUBLIC]) ? 1 : 0;
	credit->deems_professional =
		DatumGetBool(values[ACTIVITY_DEEMS_PROFESSIONAL]) ? 1 : 0;
}

CeLane
ce_carried_lane(CeSubject subject)
{
	return subject == CE_PUBLIC ? CE_LANE_CARRIED_PUBLIC :
		CE_LANE_CARRIED_PROFESSIONAL;
}

typedef struct CreditReader
{
	int			from_year;
	int			to_year;
	DateADT		as_of;
	CeCredit   *credits;
	bool		in_accounts[CE_MAX_WINDOW_YEARS];	/* else from activities */
	bool		waiting;		/* gather what waited, not what was verified */
	int			nrows;
} CreditReader;

static void
account_row(const Datum *values, const bool *nulls, void *arg)
{
	CreditReader *reader = arg;
	int			i = DatumGetInt32(values[ACCOUNT_YEAR]) - reader->from_year;

	if (DatumGetDateADT(values[ACCOUNT_KNOWN_FROM]) > reader->as_of)
		reader->in_accounts[i] = false;
	else
		ce_credit_unpack(DatumGetCeCreditPackedPP(values[ACCOUNT_CREDIT]),
						 &reader->credits[i]);
}

/* An activity as of a day: verified then, or complete and waiting then. */
static void
activity_row(const Datum *values, const bool *nulls, void *arg)
{
	CreditReader *reader = arg;
	int			year = DatumGetInt32(values[ACTIVITY_YEAR]);
	int			i = year - reader->from_year;
	CeCredit	credit;

	if (year < reader->from_year || year > reader->to_year ||
		reader->in_accounts[i])
		return;
	if (reader->waiting ?
		nulls[ACTIVITY_VERIFIED_ON] ||
		DatumGetDateADT(values[ACTIVITY_VERIFIED_ON]) <= reader->as_of ||
		DatumGetDateADT(values[ACTIVITY_COMPLETED_ON]) > reader->as_of :
		!ce_verified_on(values, nulls, reader->as_of))
		return;
	ce_activity_credit(values, &credit);
	ce_credit_add(&reader->credits[i], &credit);
	reader->nrows++;
}

static void
waiting_row(const Datum *values, const bool *nulls, void *arg)
{
	CreditReader *reader = arg;
	int			i = DatumGetInt32(values[ACTIVITY_YEAR]) - reader->from_year;
	CeCredit	credit;

	if (DatumGetDateADT(values[ACTIVITY_COMPLETED_ON]) > reader->as_of)
		return;
	ce_activity_credit(values, &credit);
	ce_credit_add(&reader->credits[i], &credit);
	reader->nrows++;
}

static void
allocation_row(const Datum *values, const bool *nulls, void *arg)
{
	CreditReader *reader = arg;
	int			from = DatumGetInt32(values[ALLOCATION_FROM_YEAR]);
	int			to = DatumGetInt32(values[ALLOCATION_TO_YEAR]);
	CeHours		hours = DatumGetCeHours(values[ALLOCATION_HOURS]);
	CeLane		lane =
		ce_carried_lane(ce_list_value(CE_LIST_SUBJECT,
									  DatumGetObjectId(values[ALLOCATION_SUBJECT])));

	if (!ce_allocated_on(values, nulls, reader->as_of))
		return;
	if (from >= reader->from_year && from <= reader->to_year &&
		!reader->in_accounts[from - reader->from_year])
	{
		CeHours    *h = &reader->credits[from - reader->from_year].lane[lane];

		*h = ce_hours_subtract(*h, hours);
	}
	if (to >= reader->from_year && to <= reader->to_year &&
		!reader->in_accounts[to - reader->from_year])
	{
		CeHours    *h = &reader->credits[to - reader->from_year].lane[lane];

		*h = ce_hours_add(*h, hours);
	}
}

static void
begin_reading(CreditReader *reader, int from_year, int to_year, DateADT as_of,
			  CeCredit *credits)
{
	Assert(to_year - from_year < CE_MAX_WINDOW_YEARS);
	reader->from_year = from_year;
	reader->to_year = to_year;
	reader->as_of = as_of;
	reader->credits = credits;
	reader->waiting = false;
	reader->nrows = 0;
}

bool
ce_store_credits(int64 person_id, int from_year, int to_year, DateADT as_of,
				 CeCredit *credits)
{
	CreditReader reader;
	Datum		args[] = {Int64GetDatum(person_id), Int32GetDatum(from_year),
	Int32GetDatum(to_year)};
	bool		whole = true;

	begin_reading(&reader, from_year, to_year, as_of, credits);
	for (int i = 0; i <= to_year - from_year; i++)
	{
		ce_credit_zero(&credits[i]);
		reader.in_accounts[i] = true;
	}
	ce_rows_run(&account_query, args, account_row, &reader);
	for (int i = 0; i <= to_year - from_year; i++)
		whole = whole && reader.in_accounts[i];
	if (!whole)
	{
		ce_store_activities(person_id, activity_row, &reader);
		ce_store_allocations(person_id, allocation_row, &reader);
	}
	return whole;
}

int
ce_store_waiting(int64 person_id, int from_year, int to_year, DateADT as_of,
				 bool past, CeCredit *credits)
{
	CreditReader reader;
	Datum		args[] = {Int64GetDatum(person_id), Int32GetDatum(from_year),
	Int32GetDatum(to_year)};

	begin_reading(&reader, from_year, to_year, as_of, credits);
	ce_rows_run(&waiting_query, args, waiting_row, &reader);
	if (past)
	{
		/* What was verified after the day waited on the day. */
		reader.waiting = true;
		memset(reader.in_accounts, false, sizeof(reader.in_accounts));
		ce_store_activities(person_id, activity_row, &reader);
	}
	return reader.nrows;
}

/* ---------------------------------------------------------------------
 * Other rows of a person
 * ---------------------------------------------------------------------
 */

void
ce_store_activities(int64 person_id, CeRowCallback callback, void *arg)
{
	Datum		args[] = {Int64GetDatum(person_id)};

	ce_rows_run(&activity_query, args, callback, arg);
}

void
ce_store_achievements(int64 person_id, bool specialties, CeRowCallback callback,
					  void *arg)
{
	Datum		args[] = {Int64GetDatum(person_id)};

	ce_rows_run(specialties ? &specialty_query : &achievement_query, args,
				callback, arg);
}

void
ce_store_allocations(int64 person_id, CeRowCallback callback, void *arg)
{
	Datum		args[] = {Int64GetDatum(person_id)};

	ce_rows_run(&allocation_query, args, callback, arg);
}

void
ce_store_sanctions(int64 person_id, CeRowCallback callback, void *arg)
{
	Datum		args[] = {Int64GetDatum(person_id)};

	ce_rows_run(&sanction_query, args, callback, arg);
}

bool
ce_store_all_accounts(CeRowCallback callback, void *arg)
{
	return ce_rows_scan(&account_query, callback, arg);
}

bool
ce_store_all_achievements(CeRowCallback callback, void *arg)
{
	return ce_rows_scan(&specialty_query, callback, arg);
}

bool
ce_store_all_sanctions(CeRowCallback callback, void *arg)
{
	return ce_rows_scan(&sanction_query, callback, arg);
}

bool
ce_store_all_waiting(void (*callback) (Datum person_id, void *arg), void *arg)
{
	return ce_rows_scan_index(&waiting_query, callback, arg);
}

typedef struct PlanReader
{
	CeRowCallback callback;
	void	   *arg;
	bool		found;
} PlanReader;

static void
plan_row(const Datum *values, const bool *nulls, void *arg)
{
	PlanReader *reader = arg;

	reader->found = true;
	reader->callback(values, nulls, reader->arg);
}

bool
ce_store_plan(int64 plan_id, CeRowCallback callback, void *arg)
{
	Datum		args[] = {Int64GetDatum(plan_id)};
	PlanReader	reader = {callback, arg, false};

	ce_rows_run(&plan_query, args, plan_row, &reader);
	return reader.found;
}

static void
pair_row(const Datum *values, const bool *nulls, void *arg)
{
	*(bool *) arg = true;
}

bool
ce_store_close_specialty(Datum specialty, Datum target)
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

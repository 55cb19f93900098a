/*-------------------------------------------------------------------------
 *
 * credits.c
 *	  The credits of a person's years, as of a day.
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

#include "record/conversion.h"
#include "record/credits.h"

#include "compat.h"

#define YEAR_KEYS(column) \
	{column, BTGreaterEqualStrategyNumber, F_INT4GE, INT4OID}, \
	{column, BTLessEqualStrategyNumber, F_INT4LE, INT4OID}

static CeRowQuery account_query = {
	.table = CE_ACCOUNT,.nkeys = 3,
	.keys = {CE_ID_KEY(CE_COL_ACCOUNT_PERSON_ID), YEAR_KEYS(CE_COL_ACCOUNT_YEAR)}
};

/* The columns that the credit of an activity depends on. */
#define CREDIT_COLUMNS \
	(CE_COLUMN(CE_COL_ACTIVITY_ACTIVITY_ID) | CE_COLUMN(CE_COL_ACTIVITY_PERSON_ID) | \
	 CE_COLUMN(CE_COL_ACTIVITY_COMPLETED_ON) | CE_COLUMN(CE_COL_ACTIVITY_STATUS) | \
	 CE_COLUMN(CE_COL_ACTIVITY_YEAR) | CE_COLUMN(CE_COL_ACTIVITY_CATEGORY) | \
	 CE_COLUMN(CE_COL_ACTIVITY_NATIONAL_BASE) | CE_COLUMN(CE_COL_ACTIVITY_AWARDED) | \
	 CE_COLUMN(CE_COL_ACTIVITY_DEEMS_PUBLIC) | CE_COLUMN(CE_COL_ACTIVITY_DEEMS_PROFESSIONAL))

/* And those that it is converted from. */
#define FACT_COLUMNS \
	(CE_COLUMN(CE_COL_ACTIVITY_KIND) | CE_COLUMN(CE_COL_ACTIVITY_PLAN_ID) | \
	 CE_COLUMN(CE_COL_ACTIVITY_STARTED_ON) | \
	 CE_COLUMN(CE_COL_ACTIVITY_DAYS) | CE_COLUMN(CE_COL_ACTIVITY_HOURS) | \
	 CE_COLUMN(CE_COL_ACTIVITY_GRADE) | CE_COLUMN(CE_COL_ACTIVITY_ROLE) | \
	 CE_COLUMN(CE_COL_ACTIVITY_RANK) | CE_COLUMN(CE_COL_ACTIVITY_QUANTITY))

static CeRowQuery activity_query = {
	.table = CE_ACTIVITY,.nkeys = 1,
	.columns = CREDIT_COLUMNS | FACT_COLUMNS | CE_COLUMN(CE_COL_ACTIVITY_SPECIALTY) |
	CE_COLUMN(CE_COL_ACTIVITY_VERIFIED_ON) | CE_COLUMN(CE_COL_ACTIVITY_REVOKED_ON),
	.keys = {CE_ID_KEY(CE_COL_ACTIVITY_PERSON_ID)}
};

/* Activities that wait for verification. */
static bool waits(const Datum *values, const bool *nulls);
static bool index_of_waiting(List *predicate, const AttrNumber *columns);

static const CeRowFilter waiting_filter = {
	"status OPERATOR(pg_catalog.=) ANY ('{submitted,in_review}')",
	waits, index_of_waiting
};
static CeRowQuery waiting_query = {
	.table = CE_ACTIVITY,.nkeys = 3,.columns = CREDIT_COLUMNS | FACT_COLUMNS,
	.keys = {CE_ID_KEY(CE_COL_ACTIVITY_PERSON_ID), YEAR_KEYS(CE_COL_ACTIVITY_YEAR)},
	.filter = &waiting_filter
};
static bool
waits(const Datum *values, const bool *nulls)
{
	Oid			status = DatumGetObjectId(values[CE_COL_ACTIVITY_STATUS]);

	return status == ce_list_oid(CE_LIST_STATUS, CE_STATUS_SUBMITTED) ||
		status == ce_list_oid(CE_LIST_STATUS, CE_STATUS_IN_REVIEW);
}

/*
 * Is the index predicate status = ANY (array), with both statuses in the
 * array?
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
	if (!IsA(column, Var) || column->varattno != columns[CE_COL_ACTIVITY_STATUS] ||
		!IsA(array, Const) || array->constisnull)
		return false;
	deconstruct_array(DatumGetArrayTypeP(array->constvalue),
					  ARR_ELEMTYPE(DatumGetArrayTypeP(array->constvalue)),
					  sizeof(Oid), true, TYPALIGN_INT, &labels, NULL, &nlabels);
	for (int i = 0; i < nlabels; i++)
	{
		if (labels[i] == ObjectIdGetDatum(ce_list_oid(CE_LIST_STATUS, CE_STATUS_SUBMITTED)))
			found |= 1;
		else if (labels[i] == ObjectIdGetDatum(ce_list_oid(CE_LIST_STATUS, CE_STATUS_IN_REVIEW)))
			found |= 2;
	}
	return found == 3;
}

/* Is a day between those of two columns, the second of which may be null? */
static inline bool
is_between(const Datum *values, const bool *nulls, int from, int to, DateADT day)
{
	return DatumGetDateADT(values[from]) <= day &&
		(nulls[to] || DatumGetDateADT(values[to]) > day);
}

bool
ce_verified_on(const Datum *values, const bool *nulls, DateADT day)
{
	return !nulls[CE_COL_ACTIVITY_VERIFIED_ON] &&
		is_between(values, nulls, CE_COL_ACTIVITY_VERIFIED_ON, CE_COL_ACTIVITY_REVOKED_ON, day);
}

bool
ce_waited_on(const Datum *values, const bool *nulls, DateADT day)
{
	return DatumGetDateADT(values[CE_COL_ACTIVITY_COMPLETED_ON]) <= day &&
		(waits(values, nulls) ||
		 (!nulls[CE_COL_ACTIVITY_VERIFIED_ON] &&
		  DatumGetDateADT(values[CE_COL_ACTIVITY_VERIFIED_ON]) > day));
}

bool
ce_allocated_on(const Datum *values, const bool *nulls, DateADT day)
{
	return is_between(values, nulls, CE_COL_ALLOCATION_ALLOCATED_ON,
					  CE_COL_ALLOCATION_REVERSED_ON, day);
}

bool
ce_granted_on(const Datum *values, const bool *nulls, DateADT day)
{
	return is_between(values, nulls, CE_COL_WAIVER_GRANTED_ON, CE_COL_WAIVER_REVOKED_ON, day);
}

bool
ce_deferred_on(const Datum *values, const bool *nulls, DateADT day)
{
	return !nulls[CE_COL_WAIVER_DEFERS_TO] && ce_granted_on(values, nulls, day);
}

void
ce_activity_credit(const Datum *values, CeCredit *credit)
{
	text	   *name = DatumGetTextPP(values[CE_COL_ACTIVITY_CATEGORY]);
	int			category = ce_find_category(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name));

	ce_credit_zero(credit);
	if (category < 0 || category >= CE_CATEGORIES)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("activity %lld has the unknown category \"%s\"",
						(long long) DatumGetInt64(values[CE_COL_ACTIVITY_ACTIVITY_ID]),
						text_to_cstring(name))));
	if (category == CE_CATEGORY_ONLINE && DatumGetBool(values[CE_COL_ACTIVITY_NATIONAL_BASE]))
		category = CE_CATEGORY_NATIONAL_ONLINE;
	ce_credit_set(credit, category, DatumGetCeHours(values[CE_COL_ACTIVITY_AWARDED]));
	credit->deems_public = DatumGetBool(values[CE_COL_ACTIVITY_DEEMS_PUBLIC]) ? 1 : 0;
	credit->deems_professional =
		DatumGetBool(values[CE_COL_ACTIVITY_DEEMS_PROFESSIONAL]) ? 1 : 0;
}

bool
ce_waiting_credit(const Datum *values, const bool *nulls, const CePerson *person,
				  bool what_if, CeCredit *credit)
{
	const CeScheme *scheme =
		ce_scheme_on(person, DatumGetDateADT(values[CE_COL_ACTIVITY_COMPLETED_ON]));
	Datum		converted[CE_ACTIVITY_NCOLUMNS];

	/* What has been verified since has its hours, and leaving a scheme keeps them. */
	if (!waits(values, nulls) && !(what_if && scheme->governed))
	{
		ce_activity_credit(values, credit);
		return true;
	}
	if (waits(values, nulls) ? !ce_convert_waiting(values, nulls, scheme, converted) :
		ce_convert_row(values, nulls, scheme, converted) != NULL)
		return false;
	ce_activity_credit(converted, credit);
	return true;
}

bool
ce_waiver_credit(const Datum *values, const bool *nulls, CeCredit *credit)
{
	bool		one_subject = !nulls[CE_COL_WAIVER_SUBJECT];
	bool		of_public = one_subject &&
		ce_list_value(CE_LIST_SUBJECT, DatumGetObjectId(values[CE_COL_WAIVER_SUBJECT])) ==
		CE_SUBJECT_PUBLIC;

	ce_credit_zero(credit);
	if (!nulls[CE_COL_WAIVER_DEFERS_TO])
		return false;
	if (nulls[CE_COL_WAIVER_HOURS])
	{
		ce_credit_set(credit, CE_CATEGORY_WAIVED,
					  !one_subject ? CE_WAIVER_OF_YEAR :
					  of_public ? CE_WAIVER_OF_PUBLIC : CE_WAIVER_OF_PROFESSIONAL);
		credit->deems_public = !one_subject || of_public ? 1 : 0;
		credit->deems_professional = !one_subject || !of_public ? 1 : 0;
	}
	else
	{
		CeHours		hours = DatumGetCeHours(values[CE_COL_WAIVER_HOURS]);

		ce_credit_set(credit, CE_CATEGORY_REDUCED_TOTAL, hours);
		if (one_subject)
			ce_credit_set(credit, of_public ? CE_CATEGORY_REDUCED_PUBLIC :
						  CE_CATEGORY_REDUCED_PROFESSIONAL, hours);
	}
	return true;
}

CeCategory
ce_carried_category(CeSubject subject)
{
	return subject == CE_SUBJECT_PUBLIC ? CE_CATEGORY_CARRIED_PUBLIC :
		CE_CATEGORY_CARRIED_PROFESSIONAL;
}

typedef struct CreditReader
{
	int			from_year;
	int			to_year;
	DateADT		as_of;
	CeCredit   *credits;
	bool		in_accounts[CE_MAX_WINDOW_YEARS];	/* else from activities */
	const CePerson *waiting;	/* gather waiting, not verified ones: whose */
	bool		what_if;
	int			nrows;
} CreditReader;

/*
 * The credit of a year that is gathered from rows; NULL: the year is not asked
 * for, or its account has it.
 */
static CeCredit *
gathered(const CreditReader *reader, int year)
{
	int			i = year - reader->from_year;

	return year < reader->from_year || year > reader->to_year || reader->in_accounts[i] ? NULL :
		&reader->credits[i];
}

static void
account_row(const Datum *values, const bool *nulls, void *arg)
{
	CreditReader *reader = arg;
	int			i = DatumGetInt32(values[CE_COL_ACCOUNT_YEAR]) - reader->from_year;

	if (DatumGetDateADT(values[CE_COL_ACCOUNT_KNOWN_FROM]) > reader->as_of)
		reader->in_accounts[i] = false;
	else
	{
		ce_credit_clear(&reader->credits[i]);
		ce_credit_fill(DatumGetCeCreditPackedPP(values[CE_COL_ACCOUNT_CREDIT]),
					   &reader->credits[i]);
	}
}

/* An activity as of a day: verified then, or complete and waiting then. */
static void
activity_row(const Datum *values, const bool *nulls, void *arg)
{
	CreditReader *reader = arg;
	CeCredit   *year = gathered(reader, DatumGetInt32(values[CE_COL_ACTIVITY_YEAR]));
	CeCredit	credit;

	if (year == NULL || !(reader->waiting != NULL ? ce_waited_on(values, nulls, reader->as_of) :
						  ce_verified_on(values, nulls, reader->as_of)))
		return;
	if (reader->waiting == NULL)
		ce_activity_credit(values, &credit);
	else if (!ce_waiting_credit(values, nulls, reader->waiting, reader->what_if, &credit))
		return;
	ce_credit_add(year, &credit);
	reader->nrows++;
}

static void
allocation_row(const Datum *values, const bool *nulls, void *arg)
{
	CreditReader *reader = arg;
	CeCredit   *from = gathered(reader, DatumGetInt32(values[CE_COL_ALLOCATION_FROM_YEAR]));
	CeCredit   *to = gathered(reader, DatumGetInt32(values[CE_COL_ALLOCATION_TO_YEAR]));
	CeHours		hours = DatumGetCeHours(values[CE_COL_ALLOCATION_HOURS]);
	CeCategory	category =
		ce_carried_category(ce_list_value(CE_LIST_SUBJECT,
									  DatumGetObjectId(values[CE_COL_ALLOCATION_SUBJECT])));

	if (!ce_allocated_on(values, nulls, reader->as_of))
		return;
	if (from != NULL)
		ce_credit_add_hours(from, category, -hours);
	if (to != NULL)
		ce_credit_add_hours(to, category, hours);
}

static void
waiver_row(const Datum *values, const bool *nulls, void *arg)
{
	CreditReader *reader = arg;
	CeCredit   *year = gathered(reader, DatumGetInt32(values[CE_COL_WAIVER_YEAR]));
	CeCredit	credit;

	if (year != NULL &&
		ce_granted_on(values, nulls, reader->as_of) &&
		ce_waiver_credit(values, nulls, &credit))
		ce_credit_add(year, &credit);
}

bool
ce_read_credits(int64 person_id, int from_year, int to_year, DateADT as_of,
				 CeCredit *credits)
{
	CreditReader reader = {from_year, to_year, as_of, credits,.waiting = NULL};
	Datum		args[] = {Int64GetDatum(person_id), Int32GetDatum(from_year),
	Int32GetDatum(to_year)};
	bool		whole = true;

	Assert(to_year - from_year < CE_MAX_WINDOW_YEARS);
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
		ce_read_activities(person_id, activity_row, &reader);
		ce_read_allocations(person_id, allocation_row, &reader);
		ce_read_waivers(person_id, waiver_row, &reader);
	}
	return whole;
}

int
ce_read_waiting(const CePerson *person, int from_year, int to_year, DateADT as_of,
				 bool past, bool what_if, CeCredit *credits)
{
	CreditReader reader = {from_year, to_year, as_of, credits,.waiting = person,.what_if = what_if};
	Datum		args[] = {Int64GetDatum(person->person_id), Int32GetDatum(from_year),
	Int32GetDatum(to_year)};

	Assert(to_year - from_year < CE_MAX_WINDOW_YEARS);
	/* Rows verified after the day were waiting on the day. */
	if (past)
		ce_read_activities(person->person_id, activity_row, &reader);
	else
		ce_rows_run(&waiting_query, args, activity_row, &reader);
	return reader.nrows;
}

void
ce_read_activities(int64 person_id, CeRowCallback callback, void *arg)
{
	Datum		args[] = {Int64GetDatum(person_id)};

	ce_rows_run(&activity_query, args, callback, arg);
}

bool
ce_read_all_accounts(CeRowCallback callback, void *arg)
{
	return ce_rows_scan(&account_query, callback, arg);
}

bool
ce_read_all_waiting(void (*callback) (Datum person_id, void *arg), void *arg)
{
	return ce_rows_scan_index(&waiting_query, callback, arg);
}

/*
 * ce_account_as_of(person_id bigint, year integer, as_of date)
 *	 returns ce_credit: a year as it was verified on a day
 */
PG_FUNCTION_INFO_V1(ce_account_of_day);
Datum
ce_account_of_day(PG_FUNCTION_ARGS)
{
	int			year = PG_GETARG_INT32(1);
	DateADT		as_of = PG_GETARG_DATEADT(2);
	CeCredit	credit;

	ce_ledger_enter(fcinfo);
	ce_require_day(as_of);
	ce_read_credits(PG_GETARG_INT64(0), year, year, as_of, &credit);
	PG_RETURN_POINTER(ce_credit_pack(&credit));
}

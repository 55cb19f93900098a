/*-------------------------------------------------------------------------
 *
 * standing.c
 *	  The verdicts of all levels at once, for one person or for everybody.
 *
 * A query about many persons gets a roster (roster.c), which decides most
 * outcomes at once.  The others are evaluated like any question, so that all
 * follow the same rules.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "ask/roster.h"
#include "store/snapshot.h"

#include "compat.h"

/*
 * The outcomes of a person by the review route, one for each level, like those
 * of ce_evaluate(); roster may be NULL.
 */
static void
evaluate_levels(const CePerson *person, DateADT as_of, CeRoster *roster,
				CeOutcome *outcomes)
{
	int			open = (1 << CE_LEVELS) - 1;
	int			year = ce_year_of(as_of);
	const CeScheme *scheme = ce_scheme_on(person, as_of);
	CePersonYears years;
	CeQuestion	question = {.route = CE_ROUTE_REVIEW,.as_of = as_of,.years = &years};
	CeEvaluation e;

	/* The roster knows the present scheme only. */
	if (person->moved)
		roster = NULL;
	if (roster != NULL)
		open = ce_roster_judge(roster, person, outcomes);
	if (open == 0)
		return;
	ce_person_years_begin(&years, person, NULL, as_of,
						  year - ce_longest_window(scheme) + 1, year);
	if (roster != NULL)
		ce_roster_tell(roster, &years);
	e.person = *person;
	for (int i = 0; i < CE_LEVELS; i++)
	{
		if ((open & (1 << i)) == 0)
			continue;
		question.level = CE_JUNIOR + i;
		ce_evaluate(&question, &e);
		outcomes[i] = e.outcome;
	}
}

/* ---------------------------------------------------------------------
 * A query's calls
 * ---------------------------------------------------------------------
 */

/* State of one call site (fn_extra). */
typedef struct Calls
{
	CeSnapshotStamp stamp;
	DateADT		as_of;
	double		asked;			/* in that snapshot, without a roster */
	double		worth;			/* build a roster from this number on */
	bool		none;			/* no roster is possible */
	CeRoster   *roster;
	MemoryContext context;		/* the roster's */
} Calls;

/* The previous calls, if they saw the same data. */
static Calls *
calls_so_far(FmgrInfo *flinfo, DateADT as_of)
{
	Calls	   *calls = flinfo->fn_extra;
	CeSnapshotStamp now;

	ce_snapshot_stamp(&now);
	if (calls == NULL)
	{
		calls = MemoryContextAllocZero(flinfo->fn_mcxt, sizeof(Calls));
		calls->context = AllocSetContextCreate(flinfo->fn_mcxt, "ce_hours roster",
											   ALLOCSET_DEFAULT_SIZES);
		flinfo->fn_extra = calls;
	}
	if (!ce_same_snapshot(&calls->stamp, &now) || calls->as_of != as_of)
	{
		MemoryContextReset(calls->context);
		calls->stamp = now;
		calls->as_of = as_of;
		calls->roster = NULL;
		calls->none = false;
		calls->asked = 0;
		calls->worth = ce_roster_worth();
	}
	return calls;
}

/* The roster for persons under a scheme, if it pays off by now. */
static CeRoster *
roster_for(Calls *calls, const CeScheme *scheme)
{
	MemoryContext old_context;

	if (calls->roster != NULL && ce_roster_has(calls->roster, scheme))
		return calls->roster;
	if (calls->roster != NULL || calls->none || !scheme->governed ||
		calls->asked++ < calls->worth)
		return NULL;
	old_context = MemoryContextSwitchTo(calls->context);
	calls->roster = ce_roster_make(scheme, calls->as_of);
	MemoryContextSwitchTo(old_context);
	if (calls->roster == NULL)
	{
		MemoryContextReset(calls->context);
		calls->none = true;
	}
	return calls->roster;
}

static Datum
standing_call(FunctionCallInfo fcinfo, bool by_no)
{
	DateADT		as_of = PG_GETARG_DATEADT(1);
	Datum		values[CE_LEVELS];
	bool		nulls[CE_LEVELS] = {false};
	CePerson	person;
	CeOutcome	outcomes[CE_LEVELS];
	bool		found;

	ce_ledger_enter(fcinfo);
	ce_require_day(as_of);
	found = by_no ? ce_read_person_by_no(PG_GETARG_DATUM(0), &person) :
		ce_read_person(PG_GETARG_INT64(0), &person);
	if (found)
		evaluate_levels(&person, as_of, NULL, outcomes);
	for (int i = 0; i < CE_LEVELS; i++)
		values[i] = ObjectIdGetDatum(ce_list_oid(CE_LIST_OUTCOME,
												 found ? outcomes[i] : CE_OUTCOME_UNKNOWN_PERSON));
	return HeapTupleGetDatum(heap_form_tuple(ce_result_desc(fcinfo), values, nulls));
}

/* ce_standing(person_id bigint, as_of date) returns the verdicts of all levels */
PG_FUNCTION_INFO_V1(ce_standing);
Datum
ce_standing(PG_FUNCTION_ARGS)
{
	return standing_call(fcinfo, false);
}

/* ce_standing_by_no(person_no text, as_of date) returns the same */
PG_FUNCTION_INFO_V1(ce_standing_by_no);
Datum
ce_standing_by_no(PG_FUNCTION_ARGS)
{
	return standing_call(fcinfo, true);
}

/* The outcomes as one number, a digit a level. */
static inline int
digit_of(CeLevel level)
{
	return 4 * (level - CE_JUNIOR);
}

/*
 * The code of the outcomes for a person given by columns of ce_person:
 * person_id, org_id, scheme, doctorate_on, held_level and held_since, starting
 * at an argument.
 */
static Datum
standing_code(FunctionCallInfo fcinfo, int arg, int sanctioned, int moved)
{
	CePerson	person;
	CeOutcome	outcomes[CE_LEVELS];
	DateADT		as_of;
	int			last = PG_NARGS() - 1;
	int32		code = 0;

	ce_ledger_enter(fcinfo);
	if (PG_ARGISNULL(arg) || PG_ARGISNULL(arg + 1) || PG_ARGISNULL(arg + 2) ||
		PG_ARGISNULL(sanctioned) || PG_ARGISNULL(last) || (moved >= 0 && PG_ARGISNULL(moved)))
		PG_RETURN_NULL();
	person.person_id = PG_GETARG_INT64(arg);
	person.org_id = PG_GETARG_INT64(arg + 1);
	person.scheme = ce_get_scheme(PG_GETARG_DATUM(arg + 2));
	person.has_doctorate = !PG_ARGISNULL(arg + 3);
	person.doctorate_on = person.has_doctorate ? PG_GETARG_DATEADT(arg + 3) : 0;
	person.held_level = PG_ARGISNULL(arg + 4) ? 0 : (int) PG_GETARG_CE_LEVEL(arg + 4);
	person.has_held_since = !PG_ARGISNULL(arg + 5);
	person.held_since = person.has_held_since ? PG_GETARG_DATEADT(arg + 5) : 0;
	person.sanctioned = PG_GETARG_BOOL(sanctioned);
	person.moved = moved >= 0 && PG_GETARG_BOOL(moved);
	if (unlikely(person.moved))
		ce_set_moved(&person, true);
	as_of = PG_GETARG_DATEADT(last);
	ce_require_day(as_of);

	evaluate_levels(&person, as_of,
					roster_for(calls_so_far(fcinfo->flinfo, as_of), person.scheme), outcomes);
	for (int i = 0; i < CE_LEVELS; i++)
		code |= outcomes[i] << digit_of(CE_JUNIOR + i);
	PG_RETURN_INT32(code);
}

/* ce__standing_code(moved, sanctioned, person_id, ..., as_of) returns integer */
PG_FUNCTION_INFO_V1(ce_standing_code_of_row);
Datum
ce_standing_code_of_row(PG_FUNCTION_ARGS)
{
	return standing_code(fcinfo, 2, 1, 0);
}

/* ce_standing_code(person_id, ..., as_of): for 0.2.0's view until ce_setup() replaces it */
PG_FUNCTION_INFO_V1(ce_standing_code);
Datum
ce_standing_code(PG_FUNCTION_ARGS)
{
	return standing_code(fcinfo, 0, 6, -1);
}

/* ce__standing_outcome(code integer, level ce_level) returns text: one outcome of the code */
PG_FUNCTION_INFO_V1(ce_standing_outcome);
Datum
ce_standing_outcome(PG_FUNCTION_ARGS)
{
	static text *labels[CE_OUTCOME_UNKNOWN_PERSON + 1];
	int			outcome = (PG_GETARG_INT32(0) >> digit_of(PG_GETARG_CE_LEVEL(1))) & 15;

	if (outcome > CE_OUTCOME_UNKNOWN_PERSON)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%d is not a value that ce__standing_code() returns", PG_GETARG_INT32(0)),
				 errhint("Pass what ce__standing_code() returned.")));
	/* The labels' text values are made once and shared. */
	if (unlikely(labels[outcome] == NULL))
	{
		MemoryContext old_context = MemoryContextSwitchTo(TopMemoryContext);

		labels[outcome] = cstring_to_text(ce_list_label(CE_LIST_OUTCOME, outcome));
		MemoryContextSwitchTo(old_context);
	}
	PG_RETURN_TEXT_P(labels[outcome]);
}

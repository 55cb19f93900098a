/*-------------------------------------------------------------------------
 *
 * minima.c
 *	  A year's minima as reports show them, one row each (4.1).
 *
 * All hours and the subjects as ce_requirement has them, and the minima of
 * ce_minimum, each with the instrument and the clause of its own row.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "ask/person_years.h"
#include "law/categories.h"

#include "compat.h"

#define TOTAL (-1)				/* all hours, which are no category */

typedef struct Minimum
{
	int			node;			/* or TOTAL */
	CeHours		required;
	CeHours		got;			/* as studied: deeming adds no hours */
	CeHours		missing;
	bool		deemed;
	const CeCitation *citation;
} Minimum;

static CeLabel
label_of_total(void)
{
	static const char *const english = gettext_noop("all hours");

	return (CeLabel) {ce_message_in(CE_LANGUAGE_CHINESE, english), english};
}

static void
put_minimum(ReturnSetInfo *rsinfo, const CeYearLaw *law, const CeAssessment *a,
			const Minimum *m, int ord)
{
	const CeCategoryTree *tree = law->tree;
	const char *name = m->node == TOTAL ? "total" : tree->name[m->node];
	CeLabel		label = m->node == TOTAL ? label_of_total() : tree->label[m->node];
	Datum		values[11];
	bool		nulls[11] = {false};

	values[0] = Int32GetDatum(ord);
	values[1] = CStringGetTextDatum(name);
	values[2] = CStringGetTextDatum(ce_label_in(CE_LANGUAGE_CHINESE, &label, name));
	values[3] = CStringGetTextDatum(ce_label_in(CE_LANGUAGE_ENGLISH, &label, name));
	values[4] = ce_hours_numeric(m->required);
	values[5] = ce_hours_numeric(m->got);
	values[6] = ce_hours_numeric(m->missing);
	values[7] = BoolGetDatum(m->deemed);
	values[8] = BoolGetDatum(a->waived);
	values[9] = CStringGetTextDatum(m->citation->instrument);
	values[10] = CStringGetTextDatum(m->citation->clause);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

static void
put_minima(ReturnSetInfo *rsinfo, const CeYearLaw *law, const CeAssessment *a)
{
	const CeRequirement *r = law->requirement;
	bool		whole = a->whole_deemed;
	int			ord = 0;
	Minimum		m;

	if (r == NULL)
		return;
	m = (Minimum) {TOTAL, a->total_required, ce_all_hours(a), a->total_short, whole, &r->citation};
	put_minimum(rsinfo, law, a, &m, ++ord);
	if (r->has_public)
	{
		m = (Minimum) {CE_CATEGORY_PUBLIC, a->public_required, a->public_hours, a->public_short,
			a->public_deemed, &r->citation};
		put_minimum(rsinfo, law, a, &m, ++ord);
	}
	if (r->has_professional)
	{
		m = (Minimum) {CE_NODE_PROFESSIONAL, a->professional_required, a->professional_hours,
			a->professional_short, a->professional_deemed, &r->citation};
		put_minimum(rsinfo, law, a, &m, ++ord);
	}
	for (int i = 0; i < law->nminima; i++)
	{
		m = (Minimum) {law->minima[i]->node, law->minima[i]->hours, a->minimum_hours[i],
			a->minimum_short[i],
			a->minimum_short[i] == 0 && a->minimum_hours[i] < law->minima[i]->hours,
			&law->minima[i]->citation};
		put_minimum(rsinfo, law, a, &m, ++ord);
	}
}

/*
 * ce__minima(moved boolean, person_id bigint, org_id bigint, scheme text,
 *			  held_since date, year integer, credit ce_credit,
 *			  achieved boolean, as_of date)
 *	 returns a row for each minimum of the year; none if it has no requirement
 */
PG_FUNCTION_INFO_V1(ce__minima);
Datum
ce__minima(PG_FUNCTION_ARGS)
{
	CePerson	person = {0};
	CePersonYears years;
	const CeAttested *attested = NULL;
	const CeYearLaw *law;
	CeCredit	credit;
	CeAssessment a;
	int			year;

	InitMaterializedSRF(fcinfo, 0);
	ce_ledger_enter(fcinfo);
	for (int i = 0; i < PG_NARGS(); i++)
		if (PG_ARGISNULL(i) && i != 4)
			return (Datum) 0;
	person.person_id = PG_GETARG_INT64(1);
	person.org_id = PG_GETARG_INT64(2);
	person.scheme = ce_get_scheme(PG_GETARG_DATUM(3));
	person.has_held_since = !PG_ARGISNULL(4);
	person.held_since = person.has_held_since ? PG_GETARG_DATEADT(4) : 0;
	ce_set_moved(&person, PG_GETARG_BOOL(0));
	year = PG_GETARG_INT32(5);
	ce_credit_unpack(DatumGetCeCreditPackedPP(PG_GETARG_DATUM(6)), &credit);
	ce_require_day(PG_GETARG_DATEADT(8));
	ce_person_years_begin(&years, &person, NULL, PG_GETARG_DATEADT(8), year, year);
	if (PG_GETARG_BOOL(7))
		attested = ce_years_attested(&years);
	law = ce_years_law(&years, year);
	ce_assess(law, &credit, attested == NULL ? NULL : &attested->archive, &a);
	put_minima((ReturnSetInfo *) fcinfo->resultinfo, law, &a);
	return (Datum) 0;
}

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
put_minimum(FunctionCallInfo fcinfo, const CeYearArgs *of, int ord, const Minimum *m)
{
	const CeCategoryTree *tree = of->law->tree;
	const char *name = m->node == TOTAL ? "total" : tree->name[m->node];
	CeLabel		label = m->node == TOTAL ? label_of_total() : tree->label[m->node];
	Datum		values[10];
	bool		nulls[10] = {false};

	values[0] = Int32GetDatum(ord);
	values[1] = CStringGetTextDatum(name);
	values[2] = CStringGetTextDatum(ce_label_in(CE_LANGUAGE_CHINESE, &label, name));
	values[3] = CStringGetTextDatum(ce_label_in(CE_LANGUAGE_ENGLISH, &label, name));
	values[4] = ce_hours_numeric(m->required);
	values[5] = ce_hours_numeric(m->got);
	values[6] = ce_hours_numeric(m->missing);
	values[7] = BoolGetDatum(m->deemed);
	values[8] = CStringGetTextDatum(m->citation->instrument);
	values[9] = CStringGetTextDatum(m->citation->clause);
	ce_put_row(fcinfo, values, nulls);
}

static void
put_minima(FunctionCallInfo fcinfo, const CeYearArgs *of, const CeAssessment *a)
{
	const CeRequirement *r = of->law->requirement;
	int			ord = 0;

	if (r == NULL)
		return;
	put_minimum(fcinfo, of, ++ord,
				&(Minimum) {TOTAL, a->total_required, ce_all_hours(a), a->total_short,
				a->whole_deemed, &r->citation});
	if (r->has_public)
		put_minimum(fcinfo, of, ++ord,
					&(Minimum) {CE_CATEGORY_PUBLIC, a->public_required, a->public_hours,
					a->public_short, a->public_deemed, &r->citation});
	if (r->has_professional)
		put_minimum(fcinfo, of, ++ord,
					&(Minimum) {CE_NODE_PROFESSIONAL, a->professional_required,
					a->professional_hours, a->professional_short, a->professional_deemed,
					&r->citation});
	for (int i = 0; i < of->law->nminima; i++)
	{
		const CeMinimum *row = of->law->minima[i];
		CeHours		got = a->minimum_hours[i];
		CeHours		missing = a->minimum_short[i];

		put_minimum(fcinfo, of, ++ord,
					&(Minimum) {row->node, row->hours, got, missing,
					missing == 0 && got < row->hours, &row->citation});
	}
}

/* ce__minima(moved, person_id, ..., as_of) returns a row for each minimum of a year, if any */
PG_FUNCTION_INFO_V1(ce__minima);
Datum
ce__minima(PG_FUNCTION_ARGS)
{
	CeYearArgs	of;
	CeAssessment a;

	InitMaterializedSRF(fcinfo, 0);
	if (!ce_year_args(fcinfo, 1, !PG_ARGISNULL(0) && PG_GETARG_BOOL(0), &of))
		return (Datum) 0;
	ce_assess(of.law, &of.credit, of.attested == NULL ? NULL : &of.attested->archive, &a);
	put_minima(fcinfo, &of, &a);
	return (Datum) 0;
}

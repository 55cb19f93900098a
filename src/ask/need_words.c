/*-------------------------------------------------------------------------
 *
 * need_words.c
 *	  What a year or years together have and lack, in a sentence.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "ask/need_words.h"
#include "law/categories.h"

#include "compat.h"

/* A sentence for what is met and one for what is short. */
typedef struct Sentences
{
	const char *name;			/* of the condition */
	const char *met;
	const char *missing;
} Sentences;

/* By subject, CE_SUBJECT_BOTH being all hours. */
static const Sentences of_year[] = {
	[CE_SUBJECT_PUBLIC] = {"public", gettext_noop("%d: %s of %s public hours"),
	gettext_noop("needs %s more public hours in %d: %s of %s")},
	[CE_SUBJECT_PROFESSIONAL] = {"professional", gettext_noop("%d: %s of %s professional hours"),
	gettext_noop("needs %s more professional hours in %d: %s of %s")},
	[CE_SUBJECT_BOTH] = {"total", gettext_noop("%d: %s of %s hours in all"),
	gettext_noop("needs %s more hours in all in %d: %s of %s")}
};

static const Sentences of_years[] = {
	[CE_SUBJECT_PUBLIC] = {"sum_public", gettext_noop("%d to %d together: %s of %s public hours"),
	gettext_noop("needs %s more public hours in %d to %d together: %s of %s")},
	[CE_SUBJECT_PROFESSIONAL] = {"sum_professional", gettext_noop("%d to %d together: %s of %s professional hours"),
	gettext_noop("needs %s more professional hours in %d to %d together: %s of %s")},
	[CE_SUBJECT_BOTH] = {"sum", gettext_noop("%d to %d together: %s of %s hours in all"),
	gettext_noop("needs %s more hours in all in %d to %d together: %s of %s")}
};

/* Is it complete by a waiver (AMB-35)? */
static bool
is_waived(const CeNeed *need)
{
	const CeYear *y = &need->e->years[need->first];
	const CeAssessment *a = &y->assessment;

	if (need->node >= 0)
		return ce_is_waived(a, y->law->tree->root[need->node]);
	if (need->is_floor)
		return a->whole_waived;
	return need->subject == CE_SUBJECT_PUBLIC ? a->public_waived :
		need->subject == CE_SUBJECT_PROFESSIONAL ? a->professional_waived :
		a->public_waived && a->professional_waived;
}

/* What is complete without the hours. */
static char *
deemed_sentence(const CeNeed *need, const CeCondition *c)
{
	bool		waived = is_waived(need);
	const char *format;

	if (need->node >= 0 || need->is_floor || need->subject == CE_SUBJECT_BOTH)
		format = waived ? _("%d: waived, with %s of %s hours") :
			_("%d: deemed complete, with %s of %s hours");
	else if (need->subject == CE_SUBJECT_PUBLIC)
		format = waived ? _("%d: the public hours are waived, with %s of %s") :
			_("%d: the public hours are deemed complete, with %s of %s");
	else
		format = waived ? _("%d: the professional hours are waived, with %s of %s") :
			_("%d: the professional hours are deemed complete, with %s of %s");
	return psprintf(format, c->year, ce_hours_text(c->got), ce_hours_text(c->required));
}

static char *
year_sentence(const CeNeed *need, const CeCondition *c)
{
	int			year = c->year;
	const char *required = ce_hours_text(c->required);
	const char *got = ce_hours_text(c->got);
	const char *missing = ce_hours_text(c->missing);

	if (c->ok && c->got < c->required)
		return deemed_sentence(need, c);
	if (need->node >= 0)
	{
		const char *category = ce_category_label(need->e->scheme->tree, need->node);

		return c->ok ?
			psprintf(_("%d: %s of %s hours of \"%s\""), year, got, required, category) :
			psprintf(_("needs %s more hours of \"%s\" in %d: %s of %s"), missing, category, year,
					 got, required);
	}
	if (need->is_floor)
		return c->ok ?
			psprintf(_("%d: %s of the %s hours that each year must have"), year, got, required) :
			psprintf(_("needs %s more hours in %d, of which each year must have %s: %s are there"),
					 missing, year, required, got);
	return c->ok ? psprintf(_(of_year[need->subject].met), year, got, required) :
		psprintf(_(of_year[need->subject].missing), missing, year, got, required);
}

static char *
sum_sentence(const CeNeed *need, const CeCondition *c)
{
	int			first = need->e->years[need->first].year;
	int			last = first + need->n - 1;
	const char *required = ce_hours_text(c->required);
	const char *got = ce_hours_text(c->got);
	const char *missing = ce_hours_text(c->missing);

	if (need->node >= 0)
	{
		const char *category = ce_category_label(need->e->scheme->tree, need->node);

		return c->ok ?
			psprintf(_("%d to %d together: %s of %s hours of \"%s\""), first, last, got, required,
					 category) :
			psprintf(_("needs %s more hours of \"%s\" in %d to %d together: %s of %s"), missing,
					 category, first, last, got, required);
	}
	return c->ok ? psprintf(_(of_years[need->subject].met), first, last, got, required) :
		psprintf(_(of_years[need->subject].missing), missing, first, last, got, required);
}

/* Of all hours that count, those beyond the ones that other reports add up. */
static const char *
with_deemed(const CeNeed *need, CeHours got, const char *message)
{
	CeHours		deemed = got;

	if (need->subject != CE_SUBJECT_BOTH || need->node >= 0 || need->is_floor)
		return message;
	for (int i = need->first; i < need->first + need->n; i++)
		deemed = ce_hours_subtract(deemed, ce_all_hours(&need->e->years[i].assessment));
	return deemed <= 0 ? message :
		psprintf(_("%s; %s of them count because a subject is deemed complete"), message,
				 ce_hours_text(deemed));
}

const char *
ce_subject_condition(CeSubject subject, bool is_sum)
{
	return is_sum ? of_years[subject].name : of_year[subject].name;
}

const char *
ce_need_sentence(const CeNeed *need, const CeCondition *c, bool is_sum)
{
	return with_deemed(need, c->got, is_sum ? sum_sentence(need, c) : year_sentence(need, c));
}

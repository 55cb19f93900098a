/*-------------------------------------------------------------------------
 *
 * eligibility.h
 *	  Who may apply for which title (4.2): the one evaluation that every
 *	  answer comes from.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_ELIGIBILITY_H
#define CE_ELIGIBILITY_H

#include "ask/attested.h"
#include "law/assess.h"
#include "record/credits.h"
#include "record/person_rows.h"

/*
 * What was read of a person under the own scheme, for questions that differ
 * in the level alone: each part is read when the first of them needs it, for
 * the longest of their windows.
 */
typedef struct CePersonYears
{
	int			nyears;			/* of the arrays; the last one is as_of's */
	bool		ban_read;
	bool		banned;			/* as in CeEvaluation */
	DateADT		banned_from;
	DateADT		banned_until;
	bool		credits_read;
	bool		whole;			/* as ce_read_credits returns */
	CeCredit	credits[CE_MAX_WINDOW_YEARS];
	bool		attested_read;
	bool		any_attested;
	CeAttested	attested[CE_MAX_WINDOW_YEARS];
	bool		waiting_read;
	int			nwaiting;
	CeCredit	waiting[CE_MAX_WINDOW_YEARS];
} CePersonYears;

/* What is asked. */
typedef struct CeQuestion
{
	CeLevel		level;
	CeRoute		route;
	DateADT		as_of;
	const Datum *specialty;		/* target of a transfer (4.2.3), or NULL */
	const CeScheme *scheme;		/* NULL: the person's */
	CePersonYears *known;			/* shared with others, or NULL */
	bool		yes_or_no;		/* pending is not asked for: a no as well */
} CeQuestion;

/* A year of the window. */
typedef struct CeYear
{
	int			year;
	const CeRequirement *requirement;	/* NULL: the law has none */
	CeCredit	credit;
	CeAttested	attested;
	CeAssessment assessment;
} CeYear;

/*
 * The answer and all that it rests on.  What comes after the step that
 * decided is not filled in.
 */
typedef struct CeEvaluation
{
	CeOutcome	outcome;
	CePerson	person;
	const CeScheme *scheme;
	bool		banned;			/* 6.2b */
	DateADT		banned_from;
	DateADT		banned_until;
	CeLevel		level;			/* the level really meant (AMB-9) */
	const CeWindow *window;
	int			nyears;
	CeYear		years[CE_MAX_WINDOW_YEARS]; /* the latest comes last */
	bool		waiting_helps;	/* pending: what waits would make it eligible */
} CeEvaluation;

/* Evaluate for a person that was found. */
extern void ce_evaluate(const CeQuestion *question, CeEvaluation *evaluation);

/* What a window depends on beside the question: on its day. */
extern bool ce_has_doctorate(const CePerson *person, DateADT as_of);
extern int	ce_held_level(const CePerson *person, DateADT as_of);

/*
 * The window for one with or without a doctorate who holds a level, NULL where
 * the law has none; sets the level really meant (AMB-9).
 */
extern const CeWindow *ce_find_window(const CeScheme *scheme, CeRoute route,
									  CeLevel asked, int year, bool doctorate,
									  int held, CeLevel *level);

/* Nothing read yet, for the windows of a scheme. */
extern void ce_person_years_begin(CePersonYears *known, const CeScheme *scheme);

/* Fill in the years' attested hours (7.3d); false: there are none. */
extern bool ce_read_attested(const CeQuestion *question, CeEvaluation *evaluation);

/* A call of one of the SQL functions that ask. */
typedef struct CeCall
{
	CeQuestion	question;
	CeEvaluation evaluation;
	Datum		specialty;		/* what question.specialty points to */
} CeCall;

/*
 * Evaluate for the arguments (person, level, route, as_of, specialty, scheme),
 * person being person_id or, with by_no, person_no.  False: one that cannot
 * be null is.
 */
extern bool ce_evaluate_call(FunctionCallInfo fcinfo, bool by_no, bool yes_or_no,
							 CeCall *call);

/* Does a year have what a window asks of it? */
extern bool ce_year_met(const CeWindow *window, const CeYear *year);

/* The last day of a ban for a finding (AMB-25). */
extern DateADT ce_ban_end(DateADT found_on, int ban_years);

/* A sanction's ban; true: it is in force on the day. */
extern bool ce_ban_of_row(const Datum *values, const bool *nulls,
						  const CeScheme *scheme, DateADT as_of,
						  DateADT *from, DateADT *until);

#endif							/* CE_ELIGIBILITY_H */

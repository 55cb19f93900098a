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

#include "assess.h"
#include "attested.h"
#include "store.h"

/* What is asked. */
typedef struct CeQuestion
{
	CeLevel		level;
	CeRoute		route;
	DateADT		as_of;
	const Datum *specialty;		/* target of a transfer (4.2.3), or NULL */
	const CeScheme *scheme;		/* NULL: the person's */
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

/*
 * The window for evaluation->person under evaluation->scheme, NULL where the
 * law has none; sets the level really meant (AMB-9).
 */
extern const CeWindow *ce_find_window(const CeQuestion *question,
									  CeEvaluation *evaluation);

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
extern bool ce_evaluate_call(FunctionCallInfo fcinfo, bool by_no, CeCall *call);

/* Does a year have what a window asks of it? */
extern bool ce_year_met(const CeWindow *window, const CeYear *year);

/* The last day of a ban for a finding (AMB-25). */
extern DateADT ce_ban_end(DateADT found_on, int ban_years);

#endif							/* CE_ELIGIBILITY_H */

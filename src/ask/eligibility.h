/*-------------------------------------------------------------------------
 *
 * eligibility.h
 *	  Who may apply for which title (4.2): the evaluation behind every answer.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_ELIGIBILITY_H
#define CE_ELIGIBILITY_H

#include "ask/person_years.h"
#include "law/windows.h"

/* The question. */
typedef struct CeQuestion
{
	CeLevel		level;
	CeRoute		route;
	DateADT		as_of;
	const Datum *specialty;		/* target of a transfer (4.2.3), or NULL */
	const CeScheme *scheme;		/* a what-if for all years; NULL: the person's */
	CePersonYears *years;		/* shared with others, or NULL */
	bool		yes_or_no;		/* pending counts as not eligible */
} CeQuestion;

/*
 * The outcome and all the data behind it.  Fields of steps after the one that
 * decided are not set.
 */
typedef struct CeEvaluation
{
	CeOutcome	outcome;
	CePerson	person;
	const CeScheme *scheme;		/* on the day asked about */
	CeLevel		level;			/* the level that is meant (AMB-9) */
	const CeWindow *window;
	int			nyears;
	CeYear		years[CE_MAX_WINDOW_YEARS]; /* the latest comes last */
	bool		waiting_helps;	/* pending: waiting ones would suffice */
	CePersonYears *read;		/* source of years, its latest ones */
	CePersonYears own;
} CeEvaluation;

/* Evaluate for a person that was found. */
extern void ce_evaluate(const CeQuestion *question, CeEvaluation *evaluation);

/* What a window depends on beside the question, on its day. */
extern bool ce_has_doctorate(const CePerson *person, DateADT as_of);
extern int	ce_held_level(const CePerson *person, DateADT as_of);

/* The year since when that level is held; 0: none, or not known. */
extern int	ce_held_year(const CePerson *person, DateADT as_of);

/* Set the years' attested hours (7.3d); false: there are none. */
extern bool ce_read_attested(CeEvaluation *evaluation);

/* A call of one of the SQL functions that evaluate. */
typedef struct CeCall
{
	CeQuestion	question;
	CeEvaluation evaluation;
	Datum		specialty;		/* what question.specialty points to */
} CeCall;

/*
 * Evaluate for the arguments (person, level, route, as_of, specialty, scheme),
 * person being person_id or, with by_no, person_no.  False: a required
 * argument is null.
 */
extern bool ce_evaluate_call(FunctionCallInfo fcinfo, bool by_no, bool yes_or_no,
							 CeCall *call);

#endif							/* CE_ELIGIBILITY_H */

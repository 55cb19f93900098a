/*-------------------------------------------------------------------------
 *
 * convert.h
 *	  Conversion of an activity's facts to class hours (5).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_CONVERT_H
#define CE_CONVERT_H

#include "law/law.h"

/* The facts.  Days and quantity are numeric datums, if given. */
typedef struct CeFacts
{
	const CeScheme *scheme;
	const CeKind *kind;
	int			year;
	bool		has_started;	/* the day of the beginning is given */
	int			started_year;
	int			whole_days;		/* that its hours must fit into (AMB-14) */
	bool		has_hours;
	CeHours		hours;
	bool		has_days;
	Datum		days;
	const char *grade;			/* NULL: not given, as below */
	const char *role;
	int			rank;			/* 0: not given */
	bool		has_quantity;
	Datum		quantity;
	/* of the filed plan, for kinds of the track filed */
	bool		plan_has_hours;
	CeHours		plan_hours;
	bool		plan_has_days;
	Datum		plan_days;
	int			plan_whole_days;
	bool		plan_of_national_base;
} CeFacts;

/* The result, before the year's caps. */
typedef struct CeConversion
{
	const CeRule *rule;
	const char *category_name;
	CeHours		hours;
	bool		deems_public;
	bool		deems_professional;
	bool		national_base;
} CeConversion;

/* Whether the kind's rule of the year counts days (one calendar year). */
extern bool ce_goes_by_days(const CeRule *rule);

/*
 * What verification requires of the facts beside those that the rule converts.
 * Days are in one year (AMB-16, AMB-39), hours fit into days (AMB-14): those
 * given into the activity's, those that a plan gives into both.
 */
extern bool ce_in_one_year(const CeFacts *facts, const CeRule *rule);
extern bool ce_hours_fit(CeHours hours, int days);
extern bool ce_plan_hours_fit(const CeFacts *facts, const CeConversion *conversion);

/* All of these, and the quantity is one that the rule takes. */
extern bool ce_can_be_verified(const CeFacts *facts, const CeConversion *conversion);

/* The rule for an activity; an error if the law has none. */
extern const CeRule *ce_get_activity_rule(const CeFacts *facts);

/* The category that a rule puts hours of a kind into. */
static inline CeCategory
ce_target_category(const CeRule *rule, const CeKind *kind)
{
	return rule->category_name != NULL ? rule->category : kind->category;
}

/*
 * The subjects that a rule of a kind deems complete: that of the category, or
 * both.  Subjects that ce_category adds cannot be deemed complete.
 */
extern void ce_deemed(const CeScheme *scheme, const CeRule *rule, const CeKind *kind,
					  bool *public_deemed, bool *professional_deemed);

/* What a rule of basis fixed gives a rank, or any rank if it has none. */
extern CeHours ce_fixed_hours(const CeRule *rule, int rank);

/* Convert by a rule; returns NULL, or the reason, a clause to translate. */
extern const char *ce_convert_by(const CeFacts *facts, const CeRule *rule,
							   CeConversion *conversion);

/*
 * Convert by the law of the year; an error, which names the activity, if a
 * required fact is missing or the hours cannot be represented.
 */
extern void ce_convert(const CeFacts *facts, int64 activity_id, CeConversion *conversion);

#endif							/* CE_CONVERT_H */

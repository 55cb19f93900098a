/*-------------------------------------------------------------------------
 *
 * cases.h
 *	  The cases that rules of a kind tell apart: grade, role and rank.
 *
 * A year's rules of a kind list grades, roles and bands of ranks.  What none of
 * them lists is refused as it is entered; the error says what is listed.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_CASES_H
#define CE_CASES_H

#include "law/law.h"

/* An error unless ranks begin with 1. */
extern void ce_require_rank(int rank);

/* Does a rule of the kind govern the year? */
extern bool ce_kind_has_rules(const CeScheme *scheme, const CeKind *kind, int year);

/*
 * The rule for facts as they are entered; an error if none fits, or if the
 * grade (NULL: none), the role or the rank (0: none) is one that no rule of the
 * kind lists.
 */
extern const CeRule *ce_get_case_rule(const CeScheme *scheme, const CeKind *kind,
									  int year, const char *grade, const char *role,
									  int rank);

#endif							/* CE_CASES_H */

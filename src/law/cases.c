/*-------------------------------------------------------------------------
 *
 * cases.c
 *	  The cases that rules of a kind tell apart: grade, role and rank.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <limits.h>

#include "lib/stringinfo.h"

#include "law/cases.h"

#include "compat.h"

/* The facts of a case. */
typedef struct Case
{
	const CeScheme *scheme;
	const CeKind *kind;
	int			year;
	const char *grade;
	const char *role;
	int			rank;
} Case;

/* The next of the kind's rules that govern the year; NULL: no more. */
static const CeRule *
next_rule(const Case *c, int *at)
{
	while (*at < c->scheme->nrules)
	{
		const CeRule *rule = &c->scheme->rules[(*at)++];

		if (strcmp(rule->kind, c->kind->name) == 0 &&
			ce_rule_governs(c->scheme, rule, c->year))
			return rule;
	}
	return NULL;
}

bool
ce_kind_has_rules(const CeScheme *scheme, const CeKind *kind, int year)
{
	Case		c = {scheme, kind, year, NULL, NULL, 0};
	int			at = 0;

	return next_rule(&c, &at) != NULL;
}

/* ---------------------------------------------------------------------
 * What is listed
 * ---------------------------------------------------------------------
 */

/* Adds an item to a list, unless it is there already. */
static void
add_item(StringInfo listed, const char *separator, const char *item)
{
	char	   *with_ends = psprintf("%s%s%s", separator, item, separator);
	char	   *list = psprintf("%s%s%s", separator, listed->data, separator);

	if (strstr(list, with_ends) == NULL)
		appendStringInfo(listed, "%s%s", listed->len == 0 ? "" : separator, item);
}

/* What a rule names; NULL: nothing. */
typedef const char *(*Named) (const CeRule *rule);

static const char *
grade_of(const CeRule *rule)
{
	return rule->grade;
}

static const char *
role_of(const CeRule *rule)
{
	return rule->role;
}

/* A band of ranks: 1-3, 4 alone, or 7- for one that is open. */
static const char *
band_of(const CeRule *rule)
{
	if (rule->rank_from == 0)
		return NULL;
	if (rule->rank_to == INT_MAX)
		return psprintf("%d-", rule->rank_from);
	if (rule->rank_to == rule->rank_from)
		return psprintf("%d", rule->rank_from);
	return psprintf("%d-%d", rule->rank_from, rule->rank_to);
}

/* What the rules name, separated by commas; empty if they name nothing. */
static char *
all_named(const Case *c, Named named)
{
	StringInfoData listed;
	const CeRule *r;
	int			at = 0;

	initStringInfo(&listed);
	while ((r = next_rule(c, &at)) != NULL)
	{
		if (named(r) != NULL)
			add_item(&listed, ", ", named(r));
	}
	return listed.data;
}

/* All cases, as in "national host 1-3; national member". */
static char *
all_cases(const Case *c)
{
	StringInfoData listed;
	const CeRule *r;
	int			at = 0;

	initStringInfo(&listed);
	while ((r = next_rule(c, &at)) != NULL)
		add_item(&listed, "; ",
				 psprintf("%s%s%s%s%s", r->grade == NULL ? c->kind->name : r->grade,
						  r->role == NULL ? "" : " ", r->role == NULL ? "" : r->role,
						  r->rank_from == 0 ? "" : " ", r->rank_from == 0 ? "" : band_of(r)));
	return listed.data;
}

/* ---------------------------------------------------------------------
 * Refusing
 * ---------------------------------------------------------------------
 */

/* A value that no rule of the kind lists, in a column of this name. */
static void
refuse_unlisted(const Case *c, const char *column, const char *value, Named named)
{
	char	   *listed = all_named(c, named);

	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 *listed == '\0' ?
			 errmsg("kind \"%s\" takes no %s", c->kind->name, column) :
			 errmsg("%s of kind \"%s\" cannot be \"%s\"", column, c->kind->name, value),
			 *listed == '\0' ?
			 errdetail("Clause %s: no rule of scheme \"%s\" for the kind in %d names one; \"%s\" was given.",
					   ce_clause(c->kind->clause), c->scheme->name, c->year, value) :
			 errdetail("Clause %s: the rules of scheme \"%s\" for the kind in %d list: %s.",
					   ce_clause(c->kind->clause), c->scheme->name, c->year, listed),
			 *listed == '\0' ?
			 errhint("Leave %s null, or enter a rule that names it in ce_rule.", column) :
			 errhint("Give a %s that is listed, or enter a rule for this one in ce_rule.", column)));
}

static void
check_word(const Case *c, const char *column, const char *value, Named named)
{
	const CeRule *r;
	int			at = 0;

	if (value == NULL)
		return;
	while ((r = next_rule(c, &at)) != NULL)
	{
		if (named(r) != NULL && strcmp(named(r), value) == 0)
			return;
	}
	refuse_unlisted(c, column, value, named);
}

static void
check_rank(const Case *c)
{
	const CeRule *r;
	int			at = 0;

	if (c->rank == 0)
		return;
	while ((r = next_rule(c, &at)) != NULL)
	{
		if (r->rank_from != 0 && r->rank_from <= c->rank && c->rank <= r->rank_to)
			return;
	}
	refuse_unlisted(c, "rank", psprintf("%d", c->rank), band_of);
}

/* Each is listed, but not together, or one is missing. */
pg_noreturn static void
refuse_case(const Case *c)
{
	char	   *listed = all_cases(c);

	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 c->kind->track == CE_TRACK_ATTESTED ?
			 errmsg("no rule recognises this achievement of kind \"%s\"", c->kind->name) :
			 errmsg("no rule recognises this activity of kind \"%s\"", c->kind->name),
			 errdetail("Clause %s: grade %s, role %s, rank %s.", ce_clause(c->kind->clause),
					   c->grade == NULL ? "null" : c->grade,
					   c->role == NULL ? "null" : c->role,
					   c->rank == 0 ? "null" : psprintf("%d", c->rank)),
			 *listed == '\0' ?
			 errhint("The law has no rule for this kind in %d; enter one in ce_rule.", c->year) :
			 errhint("Correct grade, role or rank; the law lists: %s.", listed)));
}

void
ce_require_rank(int rank)
{
	if (rank < 1)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg("rank cannot be %d", rank),
				 errdetail("Ranks count from 1, the first of those who took part."),
				 errhint("Leave rank null where there is none.")));
}

const CeRule *
ce_get_case_rule(const CeScheme *scheme, const CeKind *kind, int year,
				 const char *grade, const char *role, int rank)
{
	Case		c = {scheme, kind, year, grade, role, rank};
	const CeRule *rule = ce_find_rule(scheme, kind, year, grade, role, rank);

	if (rule == NULL && !ce_kind_has_rules(scheme, kind, year))
		refuse_case(&c);
	check_word(&c, "grade", grade, grade_of);
	check_word(&c, "role", role, role_of);
	/* All cases together say more than the bands of ranks alone. */
	if (rule == NULL)
		refuse_case(&c);
	check_rank(&c);
	return rule;
}

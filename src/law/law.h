/*-------------------------------------------------------------------------
 *
 * law.h
 *	  The law: the rows of the law tables, read once and kept in the backend.
 *
 * Look-ups allocate nothing.  Their results stay valid until the end of the
 * transaction, even if the law changes meanwhile.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_LAW_H
#define CE_LAW_H

#include "messages/message.h"
#include "store/ledger.h"
#include "types/credit.h"
#include "types/level.h"

/* Where a row comes from; interpretation is NULL where the text is clear. */
typedef struct CeCitation
{
	const char *instrument;
	const char *clause;
	const char *interpretation;
} CeCitation;

/*
 * The categories of hours as a tree.  Nodes are the categories of a credit
 * and, for the subject that has none of its own, CE_NODE_PROFESSIONAL.  The
 * roots are the subjects: public, professional, and those that ce_category
 * adds.
 */
#define CE_NODE_PROFESSIONAL CE_CATEGORIES
#define CE_NODES (CE_NODE_PROFESSIONAL + 1)
#define CE_NODE_BIT(node) ((uint32) 1 << (node))

typedef struct CeCategoryTree
{
	int			norder;
	int8		order[CE_NODES];	/* nodes in use, parents after children */
	int8		place[CE_NODES];	/* of a node in that order */
	int8		parent[CE_NODES];	/* -1: a root */
	int8		root[CE_NODES];
	uint32		own_roots;		/* roots that ce_category adds, as bits */
	const char *name[CE_NODES];
	CeLabel		label[CE_NODES];
} CeCategoryTree;

/*
 * Rows of a scheme include those of the schemes that it is based on; depth is
 * 0 for its own, and of rows about the same the one of the least depth applies.
 */

/* The hours that a year requires (4.1). */
typedef struct CeRequirement
{
	int			depth;
	int			from_year;
	int			to_year;
	CeHours		total;
	CeHours		public_hours;	/* 0 where there is no minimum */
	CeHours		professional_hours;
	bool		has_public;
	bool		has_professional;
	CeCitation	citation;
} CeRequirement;

/*
 * A bound on the hours of a category with those below it: a minimum, which a
 * year requires (0: from this year on none), or a cap (PG_INT64_MAX: none).
 */
typedef struct CeBound
{
	int			depth;
	int			node;
	int			from_year;
	int			to_year;
	CeHours		hours;
	CeCitation	citation;
} CeBound;

typedef CeBound CeMinimum;
typedef CeBound CeCap;

typedef struct CeKind
{
	const char *name;
	CeSubject	subject;
	const char *category_name;
	CeCategory	category;
	CeTrack		track;
	const char *label_zh;
	const char *label_en;
	const char *clause;
} CeKind;

/* One line of the conversion table (5). */
typedef struct CeRule
{
	int			depth;
	int			rule_id;
	const char *kind;
	const char *grade;			/* NULL: any, as below */
	const char *role;
	int			rank_from;		/* 0: any rank */
	int			rank_to;
	int			from_year;
	int			to_year;
	CeBasis		basis;
	CeHours		hours;
	CeHours		less_by_rank;	/* less for each rank after rank_from */
	CeHours		most_hours;		/* PG_INT64_MAX: no limit */
	const char *unit;			/* of the quantity that hours are for, or NULL */
	Datum		per;			/* numeric: so many units give the hours */
	bool		whole_units;	/* parts of a unit give none */
	bool		per_year;
	const char *category_name;	/* NULL: the kind's */
	CeCategory	category;		/* if it has a name */
	bool		in_archive;		/* attested hours count there, too */
	CeCitation	citation;
} CeRule;

typedef enum CeAggregation
{
	CE_EACH, CE_ANY, CE_SUM
} CeAggregation;

/* How the years of a window are counted. */
typedef enum CeYearsBy
{
	CE_YEARS_FIXED,
	CE_YEARS_TENURE,			/* since the year of the present title */
	CE_YEARS_TENURE_AFTER,		/* since the year after it */
	CE_YEARS_CYCLE				/* those of a cycle that does not roll */
} CeYearsBy;

/* The years whose hours a title requires (4.2). */
typedef struct CeWindow
{
	int			depth;
	int			window_id;
	CeRoute		route;
	CeLevel		level;
	bool		needs_doctorate;
	int			needs_held;		/* 0: any level held, or none */
	CeAggregation aggregation;
	int			years;			/* the most, for those by tenure */
	CeYearsBy	years_by;
	int			cycle_from;		/* the first year of a cycle */
	/* the sums that the years must reach, or those of their requirements */
	bool		has_sums;
	CeHours		required_total;
	CeHours		required_public;
	CeHours		required_professional;
	CeHours		each_at_least;	/* in each of the years, beside a sum; 0: none */
	const char *judged_by;
	const struct CeScheme *judge;	/* whose law judges the years; NULL: the person's */
	bool		professional_only;
	bool		same_specialty;
	int			from_year;
	int			to_year;
	CeCitation	citation;
} CeWindow;

/* Whose hours may be allocated to other years (7.6b). */
typedef enum CeCarrySource
{
	CE_SOURCE_ACADEMY,			/* the academy: public hours */
	CE_SOURCE_NATIONAL_BASE,	/* national bases: professional ones */
	CE_SOURCE_CATEGORY,			/* a category of the subject */
	CE_SOURCE_ANY
} CeCarrySource;

/* Which surplus may be allocated to which years, earlier or later (7.6). */
typedef struct CeCatchup
{
	int			depth;
	int			study_year;
	CeSubject	subject;
	CeCarrySource source;
	int			source_node;	/* of a category */
	CeHours		most_hours;		/* -1: as much as the surplus */
	int			target_from;
	int			target_to;
	CeCitation	citation;
} CeCatchup;

/* Of a year: what is recognised of a node's hours, and where they go. */
typedef struct CeStep
{
	CeHours		cap;			/* PG_INT64_MAX: none */
	uint32		parent_place;	/* as a bit */
	int8		node;
	int8		parent;			/* -1: a root */
} CeStep;

/* The law of a year. */
typedef struct CeYearLaw
{
	int			year;
	struct CeYearLaw *next;		/* of another year in the same place */
	const struct CeScheme *scheme;
	const CeCategoryTree *tree;
	const CeRequirement *requirement;	/* NULL: none */
	bool		nested_caps;	/* some cap takes several categories together */
	bool		plain;			/* no such caps, and no minima */
	const CeCap *caps[CE_NODES];	/* NULL: none */
	CeStep		steps[CE_NODES];	/* in the order of the tree */
	int			nminima;
	const CeMinimum *minima[CE_NODES];
	CeHours		own_required;	/* minima of subjects that ce_category adds */
} CeYearLaw;

#define CE_YEAR_PLACES 32

/* The longest chain of schemes that are based on one another. */
#define CE_MAX_BASES 32

typedef struct CeScheme
{
	const char *name;
	CeLabel		label;
	const char *based_on;		/* NULL: on none */
	const CeCategoryTree *tree;
	MemoryContext context;		/* of the law that it is a part of */
	CeYearLaw **years;			/* those asked for so far, by the last bits */
	bool		governed;
	int			ban_years;		/* -1: this law has no ban */
	CeCitation	citation;
	CeCitation	ban_citation;	/* of the scheme whose ban_years these are */
	int			nrequirements;
	CeRequirement *requirements;
	int			nminima;
	CeMinimum  *minima;
	int			nrules;
	CeRule	   *rules;
	int			ncaps;
	CeCap	   *caps;
	int			nwindows;
	CeWindow   *windows;
	int			ncatchups;
	CeCatchup  *catchups;
} CeScheme;

#define CE_MAX_WINDOW_YEARS 16

/* A scheme or kind by name (not NUL-terminated); NULL if there is none. */
extern const CeScheme *ce_find_scheme(const char *name, int len);
extern const CeKind *ce_find_kind(const char *name, int len);

/* All schemes; all kinds. */
extern const CeScheme *ce_law_schemes(int *n);
extern const CeKind *ce_law_kinds(int *n);

/* Does any law put attested achievements into the archive? */
extern bool ce_law_archives(void);

/* The same for a text datum; an error if there is none. */
extern const CeScheme *ce_get_scheme(Datum name);
extern const CeKind *ce_get_kind(Datum name);

/* The scheme that a row of some depth belongs to: 0 is the scheme itself. */
extern const CeScheme *ce_scheme_of_depth(const CeScheme *scheme, int depth);

/* The law of a year; valid until the end of the transaction. */
extern const CeYearLaw *ce_year_law(const CeScheme *scheme, int year);

/* The categories; the one of a name (not NUL-terminated), -1: none. */
extern const CeCategoryTree *ce_law_categories(void);
extern int	ce_find_category(const char *name, int len);

/* NULL if the law has no row. */
extern const CeCatchup *ce_find_catchup(const CeScheme *scheme, int study_year,
										CeSubject subject);

/* The first catch-up after a year that may serve the target year, or NULL. */
extern const CeCatchup *ce_find_next_catchup(const CeScheme *scheme, int target_year,
											 CeSubject subject, int after);

/*
 * The rule for facts of a kind in a year; NULL: none.  Grade and role may be
 * NULL, rank 0; a rule that names one of them requires it.  A later row of
 * another instrument replaces all rows of the kind: a newer notice drops what
 * it no longer lists.
 */
extern const CeRule *ce_find_rule(const CeScheme *scheme, const CeKind *kind,
								  int year, const char *grade, const char *role,
								  int rank);

/* Does it apply to the year, not replaced by another row of its kind? */
extern bool ce_rule_governs(const CeScheme *scheme, const CeRule *rule, int year);

/* Does a row of another instrument begin later than this one? */
extern bool ce_replaces(int from_year, const CeCitation *newer,
						int older_from_year, const CeCitation *older);

/* Is the year between these bounds? */
static inline bool
ce_in_years(int from_year, int to_year, int year)
{
	return from_year <= year && year <= to_year;
}

#endif							/* CE_LAW_H */

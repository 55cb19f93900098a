/*-------------------------------------------------------------------------
 *
 * credit.h
 *	  A credit: class hours by category, and counts of deeming grants.
 *
 * Credits are vectors and form an abelian group: verification adds a vector,
 * revocation subtracts it, and an allocation of surplus (7.6e) adds a vector
 * that sums to zero over its two years.  Assessing a credit by a year's law
 * (caps, minima, deeming) never changes the stored value.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_CREDIT_H
#define CE_CREDIT_H

#include "types/hours.h"

/*
 * The categories of hours, in the order of the stored bit mask: append only.
 */
typedef enum CeCategory
{
	CE_CATEGORY_PUBLIC,				/* public subject (公需科目) */
	CE_CATEGORY_ONLINE,				/* online courses of bases (5.2.1) */
	CE_CATEGORY_NATIONAL_ONLINE,	/* the same, of national-level bases (7.6b) */
	CE_CATEGORY_TRAINING,			/* training (5.2.2) */
	CE_CATEGORY_STUDY,				/* study for a degree, an exam (5.2.3) */
	CE_CATEGORY_MENTORING,			/* teaching and support (5.2.4) */
	CE_CATEGORY_SPECIAL,			/* other forms (5.3) */
	CE_CATEGORY_RECORDED,			/* verified under earlier notices (AMB-2) */
	CE_CATEGORY_INNOVATION,			/* innovation (5.2.5) where a law verifies it */
	CE_CATEGORY_CARRIED_PUBLIC,		/* allocated to (+) or from (-) (7.6e) */
	CE_CATEGORY_CARRIED_PROFESSIONAL,
	/* what a waiver takes off the year's requirement (AMB-35) */
	CE_CATEGORY_REDUCED_PUBLIC,
	CE_CATEGORY_REDUCED_PROFESSIONAL,
	CE_CATEGORY_REDUCED_TOTAL,
	CE_CATEGORY_WAIVED,				/* waivers of a subject or year, see CeWaivers */
	CE_CATEGORY_OWN					/* the first of those that ce_category adds */
} CeCategory;

/* All bits of the mask but those of the counts and of the width. */
#define CE_CATEGORIES 29
#define CE_OWN_CATEGORIES (CE_CATEGORIES - CE_CATEGORY_OWN)

/* A credit in computations. */
typedef struct CeCredit
{
	uint32		used;			/* all categories that are not zero, as bits */
	int32		deems_public;
	int32		deems_professional;
	CeHours		category[CE_CATEGORIES];
} CeCredit;

/*
 * Waivers of a year or of all hours of a subject are counted in one category:
 * each is so many of its hours.
 */
#define CE_WAIVER_OF_YEAR CeHoursFromInt(1)
#define CE_WAIVER_OF_PUBLIC CeHoursFromInt(1000)
#define CE_WAIVER_OF_PROFESSIONAL CeHoursFromInt(1000000)

typedef struct CeWaivers
{
	int			of_year;
	int			of_public;
	int			of_professional;
} CeWaivers;

static inline CeWaivers
ce_credit_waivers(const CeCredit *credit)
{
	CeHours		hours = Max(credit->category[CE_CATEGORY_WAIVED], 0);

	return (CeWaivers) {
		.of_year = hours % CE_WAIVER_OF_PUBLIC / CE_WAIVER_OF_YEAR,
		.of_public = hours % CE_WAIVER_OF_PROFESSIONAL / CE_WAIVER_OF_PUBLIC,
		.of_professional = Min(hours / CE_WAIVER_OF_PROFESSIONAL, 1000)
	};
}

/* Set the hours of a category; to set zero, assigning suffices. */
static inline void
ce_credit_set(CeCredit *credit, CeCategory category, CeHours hours)
{
	credit->category[category] = hours;
	credit->used |= (uint32) 1 << category;
}

static inline void
ce_credit_add_hours(CeCredit *credit, CeCategory category, CeHours hours)
{
	ce_credit_set(credit, category, ce_hours_add(credit->category[category], hours));
}

/*
 * A stored credit: a varlena that keeps only nonzero values, so that an
 * account row stays small and a later law can add a category.
 */
typedef struct varlena CeCreditPacked;

#define DatumGetCeCreditPackedPP(d) ((CeCreditPacked *) PG_DETOAST_DATUM_PACKED(d))

extern void ce_credit_zero(CeCredit *credit);
extern void ce_credit_add(CeCredit *sum, const CeCredit *term);
extern void ce_credit_subtract(CeCredit *sum, const CeCredit *term);

/*
 * Reads a stored credit without allocating; accepts short headers.  To fill
 * needs a credit that is zero, and to clear one that was set before: less to
 * write than all categories.
 */
extern void ce_credit_unpack(const CeCreditPacked *packed, CeCredit *credit);
extern void ce_credit_fill(const CeCreditPacked *packed, CeCredit *credit);
extern void ce_credit_clear(CeCredit *credit);
extern CeCreditPacked *ce_credit_pack(const CeCredit *credit);

/* Names of the categories in the text form; -1 for an unknown name. */
extern const char *ce_category_name(CeCategory category);
extern int	ce_find_credit_category(const char *name, int len);

/* The text form, callable through fmgr. */
extern PGDLLEXPORT Datum ce_credit_out(PG_FUNCTION_ARGS);

#endif							/* CE_CREDIT_H */

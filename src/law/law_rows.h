/*-------------------------------------------------------------------------
 *
 * law_rows.h
 *	  Reading the rows of the law tables.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_LAW_ROWS_H
#define CE_LAW_ROWS_H

#include "law/categories.h"

/* All of the law. */
typedef struct CeLaw
{
	uint64		generation;
	MemoryContext context;
	int			ncategories;
	CeCategoryRow *categories;
	CeCategoryTree tree;
	int			nschemes;
	CeScheme   *schemes;
	int			nkinds;
	CeKind	   *kinds;
	bool		archives;		/* some rule has in_archive */
} CeLaw;

/* Read it, into a memory context of its own. */
extern CeLaw *ce_read_law(void);

/* NULL if there is none; the name is not NUL-terminated. */
extern CeScheme *ce_find_scheme_in(CeLaw *in, const char *name, int len);

#endif							/* CE_LAW_ROWS_H */

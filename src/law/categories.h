/*-------------------------------------------------------------------------
 *
 * categories.h
 *	  The categories of hours as a tree, made from the rows of ce_category.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_CATEGORIES_H
#define CE_CATEGORIES_H

#include "law/law.h"

/* A row of ce_category. */
typedef struct CeCategoryRow
{
	const char *name;
	const char *lane;			/* name of the field of ce_credit; may be NULL */
	const char *parent;			/* NULL: none */
	CeLabel		label;
} CeCategoryRow;

extern void ce_build_tree(const CeCategoryRow *rows, int nrows, CeCategoryTree *tree);

/* The label of a node in the language of messages. */
extern const char *ce_category_label(const CeCategoryTree *tree, int node);

/* The node of a name (not NUL-terminated); -1: none. */
extern int	ce_find_node(const CeCategoryTree *tree, const char *name, int len);

/*
 * What a source is, by its name; false: it gives no hours of the subject.
 */
extern bool ce_carry_source(const char *name, CeSubject subject, const CeCategoryTree *tree,
							CeCarrySource *source, int *node);

#endif							/* CE_CATEGORIES_H */

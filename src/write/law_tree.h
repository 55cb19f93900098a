/*-------------------------------------------------------------------------
 *
 * law_tree.h
 *	  Checks of law rows that stand below others of the same table.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_LAW_TREE_H
#define CE_LAW_TREE_H

#include "store/trigger_row.h"

extern void ce_check_scheme_row(CeRow *row, TriggerData *trigdata);

/* Gives a new category its lane. */
extern void ce_check_category_row(CeRow *row, TriggerData *trigdata);

/* Before it is deleted: has no activity hours of it? */
extern void ce_check_category_goes(const CeRow *old, TriggerData *trigdata);

#endif							/* CE_LAW_TREE_H */

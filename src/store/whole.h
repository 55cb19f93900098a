/*-------------------------------------------------------------------------
 *
 * whole.h
 *	  Rows of tables that are read whole, like catalogs.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_WHOLE_H
#define CE_WHOLE_H

#include "store/rows.h"

/* One condition on the rows: column = value, by an int8 or a name. */
typedef struct CeWholeKey
{
	int			column;			/* by the table's column enum */
	RegProcedure procedure;
	Datum		value;
} CeWholeKey;

/*
 * Calls back for each row, or each that the key (NULL: none) finds, with a new
 * snapshot and whatever the caller's privileges.  A cache may keep them: it
 * outlives the transaction and its snapshot.
 */
extern void ce_read_whole(CeTable table, const CeWholeKey *key,
						  CeRowCallback callback, void *arg);

#endif							/* CE_WHOLE_H */

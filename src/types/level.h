/*-------------------------------------------------------------------------
 *
 * level.h
 *	  Levels of professional titles (职称层级), from junior to full senior.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_LEVEL_H
#define CE_LEVEL_H

#include "fmgr.h"

/* The stored values; their order is the order of the titles. */
typedef enum CeLevel
{
	CE_JUNIOR = 1,				/* 初级: 员级, 助理级 */
	CE_INTERMEDIATE = 2,		/* 中级 */
	CE_SENIOR = 3,				/* 副高级 */
	CE_FULL_SENIOR = 4			/* 正高级 */
} CeLevel;

#define CE_LEVELS 4

#define DatumGetCeLevel(d) ((CeLevel) DatumGetInt32(d))
#define CeLevelGetDatum(l) Int32GetDatum((int32) (l))
#define PG_GETARG_CE_LEVEL(n) DatumGetCeLevel(PG_GETARG_DATUM(n))
#define PG_RETURN_CE_LEVEL(l) return CeLevelGetDatum(l)

/* The English label, never NULL for a valid level. */
extern const char *ce_level_label(CeLevel level);

/* The level that a text in the server encoding names, or 0. */
extern int	ce_find_level(const char *str);

#endif							/* CE_LEVEL_H */

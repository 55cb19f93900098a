/*-------------------------------------------------------------------------
 *
 * id_map.h
 *	  Hash tables by id.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_ID_MAP_H
#define CE_ID_MAP_H

#include "common/hashfn.h"

#define CE_HASH_OF_ID(tb, id) murmurhash32((uint32) (id) ^ (uint32) ((uint64) (id) >> 32))

/* One of pointers. */
typedef struct CeIdEntry
{
	int64		id;
	void	   *data;
	char		status;			/* simplehash's */
} CeIdEntry;

#define SH_PREFIX ce_ids
#define SH_ELEMENT_TYPE CeIdEntry
#define SH_KEY_TYPE int64
#define SH_KEY id
#define SH_HASH_KEY CE_HASH_OF_ID
#define SH_EQUAL(tb, a, b) ((a) == (b))
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

#endif							/* CE_ID_MAP_H */

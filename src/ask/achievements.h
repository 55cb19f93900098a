/*-------------------------------------------------------------------------
 *
 * achievements.h
 *	  Reading achievements, of one person or of everybody.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_ACHIEVEMENTS_H
#define CE_ACHIEVEMENTS_H

#include "record/person_rows.h"

/* Call back for each achievement of a person; specialties: read these, too. */
extern void ce_each_achievement(int64 person_id, bool specialties,
								CeRowCallback callback, void *arg);

#endif							/* CE_ACHIEVEMENTS_H */

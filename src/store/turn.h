/*-------------------------------------------------------------------------
 *
 * turn.h
 *	  A lock for mutual exclusion that no SQL command can take.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_TURN_H
#define CE_TURN_H

/*
 * Waits for other transactions that do the same work on a table, and holds the
 * lock until the end of this transaction.  Check the privilege for the work
 * first, so that a role without it cannot block those that have it.
 */
extern void ce_take_turn(Oid table, uint32 work);

#endif							/* CE_TURN_H */

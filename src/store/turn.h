/*-------------------------------------------------------------------------
 *
 * turn.h
 *	  Taking turns: a lock that no SQL command can take.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_TURN_H
#define CE_TURN_H

/*
 * Waits until no other transaction has its turn at a piece of work on a table,
 * and keeps the turn until the end of this transaction.  Ask for the privilege
 * to do the work before, so that nobody else keeps those waiting who have it.
 */
extern void ce_take_turn(Oid table, uint32 work);

#endif							/* CE_TURN_H */

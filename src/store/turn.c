/*-------------------------------------------------------------------------
 *
 * turn.c
 *	  A lock for mutual exclusion that no SQL command can take.
 *
 * Any role could take an advisory lock, whose key can be guessed.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "storage/lmgr.h"

#include "store/turn.h"

#include "compat.h"

/*
 * An object lock with the table's OID as class: the server itself locks
 * objects only of system catalog classes.
 */
void
ce_take_turn(Oid table, uint32 work)
{
	LockDatabaseObject(table, (Oid) work, 0, ExclusiveLock);
}

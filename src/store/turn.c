/*-------------------------------------------------------------------------
 *
 * turn.c
 *	  Taking turns: a lock that no SQL command can take.
 *
 * Anybody may take an advisory lock, and its key can be guessed.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "storage/lmgr.h"

#include "store/turn.h"

#include "compat.h"

/*
 * An object of the class that the table is: the server's own locks of objects
 * are for classes that are system catalogues.
 */
void
ce_take_turn(Oid table, uint32 work)
{
	LockDatabaseObject(table, (Oid) work, 0, ExclusiveLock);
}

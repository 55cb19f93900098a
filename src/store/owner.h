/*-------------------------------------------------------------------------
 *
 * owner.h
 *	  Acting as the owner of the ledger's tables, as foreign keys do.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_OWNER_H
#define CE_OWNER_H

#include "utils/relcache.h"

/* Act as a table's owner, as foreign keys do; the caller restores. */
typedef struct CeIdentity
{
	Oid			user;
	int			security_context;
} CeIdentity;

extern void ce_become_owner(Relation rel, CeIdentity *saved);
extern void ce_become_self(const CeIdentity *saved);

/* Act as the ledger's owner; the caller restores by ce_become_self(). */
extern void ce_become_ledger_owner(CeIdentity *saved);

#endif							/* CE_OWNER_H */

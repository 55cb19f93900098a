/*-------------------------------------------------------------------------
 *
 * owner.c
 *	  Acting as the owner of the ledger's tables.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/table.h"
#include "miscadmin.h"
#include "utils/rel.h"

#include "store/ledger.h"
#include "store/owner.h"

#include "compat.h"

void
ce_become_owner(Relation rel, CeIdentity *saved)
{
	GetUserIdAndSecContext(&saved->user, &saved->security_context);
	SetUserIdAndSecContext(rel->rd_rel->relowner,
						   saved->security_context |
						   SECURITY_LOCAL_USERID_CHANGE |
						   SECURITY_NOFORCE_RLS);
}

void
ce_become_self(const CeIdentity *saved)
{
	SetUserIdAndSecContext(saved->user, saved->security_context);
}

void
ce_become_ledger_owner(CeIdentity *saved)
{
	Relation	rel = table_open(ce_table_oid(CE_PERSON), AccessShareLock);

	ce_become_owner(rel, saved);
	table_close(rel, NoLock);
}

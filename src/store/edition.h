/*-------------------------------------------------------------------------
 *
 * edition.h
 *	  Whether ce_setup() has brought the ledger up to this version.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_EDITION_H
#define CE_EDITION_H

/*
 * May the ledger lack tables and columns that this version has?  It may until
 * ce_setup() runs after an update of the extension.  Reads a table; ask only
 * where something is missing.
 */
extern bool ce_ledger_is_older(void);

#endif							/* CE_EDITION_H */

/*-------------------------------------------------------------------------
 *
 * link.h
 *	  An HR system next door: ce_person kept in step with its table.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_LINK_H
#define CE_LINK_H

#include "access/attnum.h"
#include "utils/relcache.h"

#include "feed/person.h"

/* A column of an HR table that is a fact of a person. */
typedef struct CeLinkColumn
{
	char	   *name;			/* NULL: not kept from there */
	AttrNumber	attnum;
	Oid			type;			/* of a domain the base type */
	Oid			output;
	bool		is_number;
} CeLinkColumn;

typedef struct CeLink
{
	char	   *table;			/* its name, for messages */
	CeLinkColumn columns[CE_PERSON_FACTS];
} CeLink;

/* The columns of ce_link that name columns, by the fact that they are for. */
extern const char *const ce_link_columns[CE_PERSON_FACTS];

/*
 * The names of the columns of a linked table, in the current memory context;
 * false if it is not linked.  As the ledger's owner.
 */
extern bool ce_read_link(Oid hr_table, char **names);

/* The link by the names of the HR table's columns, as that table is now. */
extern CeLink *ce_make_link(Relation rel, char **names);

/* Bring in all rows; returns how many persons are new or changed. */
extern int64 ce_link_load(const CeLink *link, Relation rel);

#endif							/* CE_LINK_H */

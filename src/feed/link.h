/*-------------------------------------------------------------------------
 *
 * link.h
 *	  A link keeps ce_person equal to the table of an HR system.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_LINK_H
#define CE_LINK_H

#include "access/attnum.h"
#include "access/htup.h"
#include "access/tupdesc.h"
#include "nodes/pg_list.h"
#include "utils/relcache.h"

#include "feed/person.h"

/* A column of an HR table that is a fact of a person. */
typedef struct CeLinkColumn
{
	char	   *name;			/* NULL: not linked */
	AttrNumber	attnum;
	Oid			type;			/* of a domain the base type */
	Oid			output;
	bool		is_number;
} CeLinkColumn;

typedef struct CeLink
{
	Oid			hr_table;
	char	   *table;			/* its name, for messages */
	bool		by_number;		/* its key is person_no, and person_id our own */
	bool		lists;			/* bad rows are listed, not refused */
	CeLinkColumn columns[CE_PERSON_FACTS];
} CeLink;

/* What a row says, by fact; NULL for none. */
typedef struct CeLinkRow
{
	char	   *texts[CE_PERSON_FACTS];
} CeLinkRow;

/* Why a row cannot be taken as a person. */
typedef struct CeLinkFault
{
	CePersonFact fact;
	const char *column;			/* of the HR table; NULL: the row as it is */
	const char *value;			/* NULL: empty */
	const char *reason;
	int			sqlstate;
} CeLinkFault;

/* The columns of ce_link that name columns, by the fact that they are for. */
extern const char *const ce_link_columns[CE_PERSON_FACTS];

/* Whether ce_setup() has made what lists bad rows; require: an error if not. */
extern bool ce_link_can_list(bool require);

/*
 * The names of the columns of a linked table, in the current memory context,
 * and whether bad rows are listed; false if it is not linked.  As the ledger's
 * owner.
 */
extern bool ce_read_link(Oid hr_table, char **names, bool *lists);

/* The link by the names of the HR table's columns, as that table is now. */
extern CeLink *ce_make_link(Relation rel, char **names, bool lists);

/* A row of the table, or one that lists the columns by fact. */
extern void ce_link_read_row(const CeLink *link, HeapTuple tuple, TupleDesc desc,
							 bool listed, CeLinkRow *row);

/* The person that a row was taken as; false if it never was. */
extern bool ce_link_find_person(const CeLink *link, const CeLinkRow *row,
								int64 *person_id);

/*
 * Write a row's person; as the ledger's owner, connected to SPI.  known: who it
 * is, NULL: by the key.  A bad row is an error.
 */
extern CePersonWrite ce_link_write(const CeLink *link, const CeLinkRow *row,
								   const int64 *known, Datum *person_id);

/*
 * The same in a subtransaction; a bad row changes nothing and returns its
 * faults, a list of CeLinkFault.  others: the person must be no other linked
 * table's, if it was there already.
 */
extern List *ce_link_try(const CeLink *link, const CeLinkRow *row,
						 const int64 *known, bool others, CePersonWrite *done);

/* Persons who were there already must not be those of another linked table. */
extern void ce_link_refuse_of_others(const CeLink *link, Datum *ids, int nids);

/* List the faults of a row, NIL: none, in place of those of before. */
extern void ce_link_list(const CeLink *link, const CeLinkRow *row, List *faults);

/*
 * Calls a step for all rows, which are read by the caller's identity, as the
 * ledger's owner; memory is freed after each row.
 */
typedef void (*CeLinkStep) (const CeLink *link, const CeLinkRow *row, void *arg);
extern void ce_link_each_row(const CeLink *link, Relation rel, CeLinkStep step,
							 void *arg);

/* Bring in all rows; returns how many persons are new or changed. */
extern int64 ce_link_load(const CeLink *link, Relation rel);

/* Only report the faults of all rows, one by one. */
typedef void (*CeLinkReport) (const CeLinkRow *row, const CeLinkFault *fault,
							  void *arg);
extern void ce_link_try_all(const CeLink *link, Relation rel,
							CeLinkReport report, void *arg);

#endif							/* CE_LINK_H */

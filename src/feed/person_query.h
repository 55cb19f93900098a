/*-------------------------------------------------------------------------
 *
 * person_query.h
 *	  Statements about a person that stay prepared.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_PERSON_QUERY_H
#define CE_PERSON_QUERY_H

#include "store/sql.h"

/* A statement of one or two parameters. */
typedef struct CePersonQuery
{
	const char *sql;			/* %s: the ledger's schema */
	int			expected;		/* the code that SPI returns */
	int			nargs;
	Oid			types[2];
	CeStatement kept;
} CePersonQuery;

/* The statement, prepared for the ledger as it is. */
extern CeStatement *ce_person_query_ready(CeStatement *statement, const char *sql,
										  int nargs, Oid *types);

/* Runs a query; returns the number of its rows. */
extern uint64 ce_person_query_run(CePersonQuery *query, Datum first, Datum second);

extern bool ce_person_exists(int64 person_id);

#endif							/* CE_PERSON_QUERY_H */

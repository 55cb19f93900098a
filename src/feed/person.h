/*-------------------------------------------------------------------------
 *
 * person.h
 *	  A person as another system describes it: facts in text, written to
 *	  ce_person.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_PERSON_H
#define CE_PERSON_H

#include "store/day_text.h"

typedef enum CePersonFact
{
	FACT_PERSON_ID,
	FACT_PERSON_NO,
	FACT_ORG_ID,
	FACT_SCHEME,
	FACT_SPECIALTY,
	FACT_DOCTORATE_ON,
	FACT_HELD_LEVEL,
	FACT_HELD_SINCE,
	FACT_ENTERED_ON,
	/* another way to give FACT_ORG_ID */
	FACT_ORG_CODE
} CePersonFact;

#define CE_PERSON_FACTS FACT_ORG_CODE

/* What is given of a person; the rest of the row stays as it is. */
typedef struct CePersonFacts
{
	bool		given[CE_PERSON_FACTS];
	bool		nulls[CE_PERSON_FACTS];
	Datum		values[CE_PERSON_FACTS];
	char	   *read[CE_PERSON_FACTS];	/* how a text was read, or NULL */
	CeDaySerials serials;		/* whether serial numbers are days */
} CePersonFacts;

typedef enum CePersonWrite
{
	CE_PERSON_NEW,
	CE_PERSON_UPDATED,
	CE_PERSON_UNCHANGED,
	/* no such person, and no employer to insert one */
	CE_PERSON_LACKS_ORG
} CePersonWrite;

/* The column of ce_person that a fact goes to. */
extern const char *ce_person_column(CePersonFact fact);

/*
 * Takes a fact, NULL for none; FACT_PERSON_ID first.  Returns NULL, or why it
 * cannot be taken, with the SQLSTATE of such an error.  By SPI, to which the
 * caller is connected.
 */
extern const char *ce_person_take(CePersonFacts *facts, CePersonFact fact,
								  const char *text, int *sqlstate);

/* Writes the facts by SPI, to which the caller is connected. */
extern CePersonWrite ce_person_write(const CePersonFacts *facts);

/*
 * The records of a person, as "ce_activity 3, ce_account 2"; or NULL.  With
 * former schemes, facts that go with the person but keep the id.
 */
extern char *ce_person_records(int64 person_id, bool with_schemes);

/* Removes a person without records, with the former schemes. */
extern void ce_person_delete(int64 person_id);

/* Gives a person without records another id. */
extern void ce_person_rename(int64 person_id, int64 new_id);

/* The person with a number; false if no person has it. */
extern bool ce_find_person(const char *person_no, int64 *person_id);

/* An unused id, from the ledger's sequence. */
extern int64 ce_person_new_id(void);

#endif							/* CE_PERSON_H */

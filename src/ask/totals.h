/*-------------------------------------------------------------------------
 *
 * totals.h
 *	  A year as reports show it (4.1): what the law makes of its credit.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_TOTALS_H
#define CE_TOTALS_H

#include "law/assess.h"

/* The numbers and their order, which the views name: append only. */
typedef enum CeTotal
{
	CE_TOTAL_PUBLIC, CE_TOTAL_PROFESSIONAL, CE_TOTAL_ALL, CE_TOTAL_ONLINE,
	CE_TOTAL_TRAINING, CE_TOTAL_MENTORING, CE_TOTAL_MENTORING_RAW,
	CE_TOTAL_RECORDED, CE_TOTAL_ATTESTED, CE_TOTAL_ALLOCATED_PUBLIC,
	CE_TOTAL_ALLOCATED_PROFESSIONAL,
	/* from here on null where the law has no requirement for the year */
	CE_TOTAL_REQUIRED_PUBLIC, CE_TOTAL_REQUIRED_PROFESSIONAL,
	CE_TOTAL_REQUIRED_ALL, CE_TOTAL_PUBLIC_SHORT, CE_TOTAL_PROFESSIONAL_SHORT,
	CE_TOTAL_ALL_SHORT
} CeTotal;

#define CE_TOTALS (CE_TOTAL_ALL_SHORT + 1)

typedef enum CeTotalFlag
{
	CE_FLAG_PUBLIC_DEEMED, CE_FLAG_PROFESSIONAL_DEEMED,
	/* null as above */
	CE_FLAG_MET, CE_FLAG_MET_FOR_TITLE
} CeTotalFlag;

#define CE_FLAGS (CE_FLAG_MET_FOR_TITLE + 1)
#define CE_FLAG_NO_VERDICT (1 << CE_FLAGS)

/* A varlena, so that SQL can hand it on. */
typedef struct CeTotals
{
	int32		vl_len_;
	uint16		flags;
	uint16		unused;
	uint32		nulls;			/* bits by CeTotal */
	uint32		unused2;
	CeHours		hours[CE_TOTALS];
} CeTotals;

extern void ce_totals_make(const CeScheme *scheme, int year,
						   const CeCredit *credit, const CeAttested *attested,
						   CeTotals *totals);

/* Is there an answer to it? */
extern bool ce_totals_has_flag(const CeTotals *totals, int flag);

#endif							/* CE_TOTALS_H */

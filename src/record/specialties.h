/*-------------------------------------------------------------------------
 *
 * specialties.h
 *	  Credits of one specialty, for a transfer between series (4.2.3).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_SPECIALTIES_H
#define CE_SPECIALTIES_H

#include "record/person_rows.h"

/*
 * The professional credits of the years from_year..to_year that are of the
 * specialty or close to it, as of a day, after the years' caps: those of a
 * scheme or, if it is NULL, of the person's in each year.  waiting: with
 * activities that were complete and waiting for verification.
 */
extern void ce_specialty_credits(const CePerson *person, const CeScheme *scheme,
								 int from_year, int to_year, DateADT as_of,
								 Datum specialty, bool waiting,
								 CeCredit *credits);

#endif							/* CE_SPECIALTIES_H */

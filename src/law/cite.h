/*-------------------------------------------------------------------------
 *
 * cite.h
 *	  Clauses of law rows as sentences cite them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_CITE_H
#define CE_CITE_H

#include "law/law.h"

/*
 * The clause of a row.  Readers look it up in the instrument of the scheme, so
 * another one is named.
 */
extern const char *ce_cite(const CeCitation *citation, const CeScheme *scheme);

/* The same at the beginning of a sentence. */
extern const char *ce_cite_first(const CeCitation *citation, const CeScheme *scheme);

#endif							/* CE_CITE_H */

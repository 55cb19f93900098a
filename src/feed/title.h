/*-------------------------------------------------------------------------
 *
 * title.h
 *	  Titles as HR systems write them, and the levels of the ledger.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_TITLE_H
#define CE_TITLE_H

/*
 * The level of a title, by table ce_title or as type ce_level reads it; 0 for
 * one that is no title, as 无.  NULL, or why it has none.  By SPI, to which the
 * caller is connected.
 */
extern const char *ce_title_level(const char *title, int *level);

#endif							/* CE_TITLE_H */

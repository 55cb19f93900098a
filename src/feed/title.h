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
 * Sets the level of a title, from table ce_title or as type ce_level reads it;
 * 0 for words that mean no title, such as 无.  Returns NULL, or why the text has
 * no level.  The caller is connected to SPI.
 */
extern const char *ce_title_level(const char *title, int *level);

#endif							/* CE_TITLE_H */

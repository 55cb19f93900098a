/*-------------------------------------------------------------------------
 *
 * field_text.h
 *	  Text of fields as people's files and forms have it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_FIELD_TEXT_H
#define CE_FIELD_TEXT_H

/*
 * A field without the blanks around it, of whatever width, or a byte order
 * mark; NULL for one that says nothing: only blanks, or a spreadsheet's #N/A.
 */
extern char *ce_field_text(const char *text);

/*
 * The same as a number, a day or a code is read: in UTF-8, with characters of
 * full width as those of ASCII.  NULL also where the text has a character
 * without a counterpart in UTF-8.
 */
extern char *ce_field_folded(const char *text);

/*
 * Take off what groups digits by thousands and one of the units, in UTF-8, from
 * a folded text; false if the separators stand where no thousands end.
 */
extern bool ce_field_plain_number(char *folded, const char *const *units,
								  int nunits);

/* Is it a number as a computer writes it: digits, a sign and a point? */
extern bool ce_field_is_plain(const char *text);

#endif							/* CE_FIELD_TEXT_H */

/*-------------------------------------------------------------------------
 *
 * field_text.h
 *	  Cleaning the text of fields from files and forms.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_FIELD_TEXT_H
#define CE_FIELD_TEXT_H

/*
 * A field without surrounding white space of any width or a byte order mark;
 * NULL if only that is left, or a spreadsheet's #N/A.
 */
extern char *ce_field_text(const char *text);

/*
 * The same for a number, a day or a code: in UTF-8, with full-width characters
 * as ASCII.  NULL also if the text has a character without an equivalent in
 * UTF-8.
 */
extern char *ce_field_folded(const char *text);

/*
 * Remove thousands separators and one of the units, in UTF-8, from a folded
 * text; false if the separators are not at thousands.
 */
extern bool ce_field_plain_number(char *folded, const char *const *units,
								  int nunits);

/* Is it a plain number: digits, a sign and a point? */
extern bool ce_field_is_plain(const char *text);

/* Are two texts the same, or both NULL? */
static inline bool
ce_same_text(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

#endif							/* CE_FIELD_TEXT_H */

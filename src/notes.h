/*-------------------------------------------------------------------------
 *
 * notes.h
 *	  What row triggers note for the trigger after their statement.
 *
 * A note belongs to the subtransaction that made it: what was rolled back is
 * never taken.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_NOTES_H
#define CE_NOTES_H

#include "access/transam.h"

/* A note is a struct that begins with this. */
typedef struct CeNote
{
	SubTransactionId subid;
} CeNote;

/* Notes of one kind; static, with nothing but the size given. */
typedef struct CeNotes
{
	Size		size;			/* of one note */
	char	   *notes;			/* in TopTransactionContext */
	int			n;
	int			room;
	FullTransactionId of;		/* nothing in any other transaction */
} CeNotes;

/* A new note, to be filled in. */
extern void *ce_note(CeNotes *notes);

/* Take this subtransaction's notes, sorted; NULL when there never was one. */
extern void *ce_take_notes(CeNotes *notes, int *n,
						   int (*compare) (const void *, const void *));

#endif							/* CE_NOTES_H */

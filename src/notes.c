/*-------------------------------------------------------------------------
 *
 * notes.c
 *	  What row triggers note for the trigger after their statement.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "utils/memutils.h"

#include "notes.h"

#include "compat.h"

#define NOTES_AT_FIRST 64

void *
ce_note(CeNotes *notes)
{
	FullTransactionId now = GetTopFullTransactionId();
	CeNote	   *note;

	if (!FullTransactionIdEquals(notes->of, now))
	{
		notes->notes = MemoryContextAlloc(TopTransactionContext,
										  notes->size * NOTES_AT_FIRST);
		notes->of = now;
		notes->n = 0;
		notes->room = NOTES_AT_FIRST;
	}
	else if (notes->n == notes->room)
	{
		notes->notes = repalloc_huge(notes->notes, notes->size * notes->room * 2);
		notes->room *= 2;
	}
	note = (CeNote *) (notes->notes + notes->size * notes->n++);
	note->subid = GetCurrentSubTransactionId();
	return note;
}

void *
ce_take_notes(CeNotes *notes, int *n, int (*compare) (const void *, const void *))
{
	SubTransactionId subid = GetCurrentSubTransactionId();
	char	   *taken;
	int			left = 0;

	*n = 0;
	if (!FullTransactionIdIsValid(notes->of) || notes->n == 0 ||
		!FullTransactionIdEquals(notes->of, GetTopFullTransactionIdIfAny()))
		return NULL;
	taken = palloc_extended(notes->size * notes->n, MCXT_ALLOC_HUGE);
	for (int i = 0; i < notes->n; i++)
	{
		char	   *note = notes->notes + notes->size * i;

		if (((CeNote *) note)->subid == subid)
			memcpy(taken + notes->size * (*n)++, note, notes->size);
		else
			memmove(notes->notes + notes->size * left++, note, notes->size);
	}
	notes->n = left;
	qsort(taken, *n, notes->size, compare);
	return taken;
}

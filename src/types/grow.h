/*-------------------------------------------------------------------------
 *
 * grow.h
 *	  Arrays that grow one element at a time.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_GROW_H
#define CE_GROW_H

#define CE_ROOM_AT_FIRST 8

/*
 * Make room for an element after the first n (at first n is 0).  The array
 * doubles when n reaches a power of two, so the allocated size need not be
 * stored.
 */
static inline void *
ce_grow(void *array, int n, Size size)
{
	if (n == 0)
		return palloc(size * CE_ROOM_AT_FIRST);
	if (n >= CE_ROOM_AT_FIRST && (n & (n - 1)) == 0)
		return repalloc_huge(array, size * n * 2);
	return array;
}

/* Append an element and return its address.  array and n are variables. */
#define CE_ONE_MORE(array, n) \
	((array) = ce_grow((array), (n), sizeof(*(array))), &(array)[(n)++])

#endif							/* CE_GROW_H */

/*-------------------------------------------------------------------------
 *
 * sql_function.h
 *	  Functions for SQL whose result is one expression.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_SQL_FUNCTION_H
#define CE_SQL_FUNCTION_H

#include "fmgr.h"

/* Defines a function; result is a Datum made of its arguments. */
#define CE_SQL_FUNCTION(name, result) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	return (result); \
} \
extern int	no_such_variable

/* Defines a function that compares its arguments, read by getarg, with op. */
#define CE_SQL_COMPARISON(name, getarg, op) \
	CE_SQL_FUNCTION(name, BoolGetDatum(getarg(0) op getarg(1)))

#endif							/* CE_SQL_FUNCTION_H */

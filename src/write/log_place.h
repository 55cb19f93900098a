/*-------------------------------------------------------------------------
 *
 * log_place.h
 *	  Which relation a row of the log goes into, on a Citus cluster.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_LOG_PLACE_H
#define CE_LOG_PLACE_H

/*
 * The relation of this node for a log row about an object: ce_event, or a shard
 * of it; InvalidOid: another node writes the row.
 */
extern Oid	ce_log_place(const char *object);

/* A new number of a row in that shard. */
extern int64 ce_log_number(Oid shard);

#endif							/* CE_LOG_PLACE_H */

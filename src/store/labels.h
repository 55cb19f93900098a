/*-------------------------------------------------------------------------
 *
 * labels.h
 *	  The closed lists: enumerations in C, enum types in SQL.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_LABELS_H
#define CE_LABELS_H

/* The closed lists; their labels are numbered in the order of the enums. */
typedef enum CeSubject
{
	CE_SUBJECT_PUBLIC, CE_SUBJECT_PROFESSIONAL, CE_SUBJECT_BOTH,
	CE_SUBJECT_OWN				/* one that ce_category adds; no label */
} CeSubject;

typedef enum CeTrack
{
	CE_TRACK_FEED, CE_TRACK_FILED, CE_TRACK_ACTIVITY, CE_TRACK_SPECIAL, CE_TRACK_OPENING, CE_TRACK_ATTESTED
} CeTrack;

typedef enum CeBasis
{
	CE_BASIS_AS_COMPLETED, CE_BASIS_FILED_HOURS, CE_BASIS_DOCUMENT_OR_DAYS, CE_BASIS_DAYS, CE_BASIS_FIXED,
	CE_BASIS_DEEMS, CE_BASIS_DEEMS_TENURE, CE_BASIS_AS_RECORDED
} CeBasis;

typedef enum CeStatus
{
	CE_STATUS_SUBMITTED, CE_STATUS_IN_REVIEW, CE_STATUS_VERIFIED, CE_STATUS_REJECTED, CE_STATUS_REVOKED
} CeStatus;

typedef enum CePlanStatus
{
	CE_PLAN_DRAFT, CE_PLAN_SUBMITTED, CE_PLAN_REVIEWED, CE_PLAN_FILED,
	CE_PLAN_REJECTED
} CePlanStatus;

typedef enum CeRoute
{
	CE_ROUTE_REVIEW, CE_ROUTE_RECOGNITION, CE_ROUTE_TRANSFER
} CeRoute;

typedef enum CeOutcome
{
	CE_OUTCOME_ELIGIBLE, CE_OUTCOME_NOT_ELIGIBLE, CE_OUTCOME_PENDING, CE_OUTCOME_BANNED, CE_OUTCOME_OUT_OF_SCOPE,
	CE_OUTCOME_NO_RULE, CE_OUTCOME_UNKNOWN_PERSON
} CeOutcome;

typedef enum CeList
{
	CE_LIST_SUBJECT, CE_LIST_TRACK, CE_LIST_BASIS, CE_LIST_STATUS,
	CE_LIST_PLAN_STATUS, CE_LIST_ROUTE, CE_LIST_OUTCOME
} CeList;

#define CE_LISTS (CE_LIST_OUTCOME + 1)

/* Convert between a closed list's values and their OIDs. */
extern int	ce_list_value(CeList list, Oid label);
extern Oid	ce_list_oid(CeList list, int value);
extern const char *ce_list_label(CeList list, int value);

#define DatumGetCeSubject(datum) \
	((CeSubject) ce_list_value(CE_LIST_SUBJECT, DatumGetObjectId(datum)))

/* The OID of a list's type. */
extern Oid	ce_list_type(CeList list);

#endif							/* CE_LABELS_H */

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
	CE_PUBLIC, CE_PROFESSIONAL, CE_BOTH
} CeSubject;

typedef enum CeTrack
{
	CE_FEED, CE_FILED, CE_ACTIVITY_TRACK, CE_SPECIAL, CE_OPENING, CE_ATTESTED
} CeTrack;

typedef enum CeBasis
{
	CE_AS_COMPLETED, CE_FILED_HOURS, CE_DOCUMENT_OR_DAYS, CE_DAYS, CE_FIXED,
	CE_DEEMS, CE_DEEMS_TENURE, CE_AS_RECORDED
} CeBasis;

typedef enum CeStatus
{
	CE_SUBMITTED, CE_IN_REVIEW, CE_VERIFIED, CE_REJECTED, CE_REVOKED
} CeStatus;

typedef enum CePlanStatus
{
	CE_PLAN_DRAFT, CE_PLAN_SUBMITTED, CE_PLAN_REVIEWED, CE_PLAN_FILED,
	CE_PLAN_REJECTED
} CePlanStatus;

typedef enum CeRoute
{
	CE_REVIEW, CE_RECOGNITION, CE_TRANSFER
} CeRoute;

typedef enum CeOutcome
{
	CE_ELIGIBLE, CE_NOT_ELIGIBLE, CE_PENDING, CE_BANNED, CE_OUT_OF_SCOPE,
	CE_NO_RULE, CE_UNKNOWN_PERSON
} CeOutcome;

typedef enum CeList
{
	CE_LIST_SUBJECT, CE_LIST_TRACK, CE_LIST_BASIS, CE_LIST_STATUS,
	CE_LIST_PLAN_STATUS, CE_LIST_ROUTE, CE_LIST_OUTCOME
} CeList;

#define CE_LISTS (CE_LIST_OUTCOME + 1)

/* Between a closed list's values and their OIDs. */
extern int	ce_list_value(CeList list, Oid label);
extern Oid	ce_list_oid(CeList list, int value);
extern const char *ce_list_label(CeList list, int value);

/* The OID of a list's type. */
extern Oid	ce_list_type(CeList list);

/* Forget what was found of them. */
extern void ce_labels_changed(void);

#endif							/* CE_LABELS_H */

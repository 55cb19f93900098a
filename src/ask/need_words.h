/*-------------------------------------------------------------------------
 *
 * need_words.h
 *	  What a year or years together have and lack, in a sentence.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CE_NEED_WORDS_H
#define CE_NEED_WORDS_H

#include "ask/conditions.h"
#include "ask/remedies.h"

/* The name of the condition on a subject, CE_SUBJECT_BOTH being all hours. */
extern const char *ce_subject_condition(CeSubject subject, bool is_sum);

/* Of a condition whose numbers are set. */
extern const char *ce_need_sentence(const CeNeed *need, const CeCondition *c, bool is_sum);

#endif							/* CE_NEED_WORDS_H */

-- Closed lists, as enums so that tools see their labels.

CREATE TYPE ce_subject AS ENUM ('public', 'professional', 'both');
COMMENT ON TYPE ce_subject IS 'subject of continuing education: public (公需科目) or professional (专业科目); both where one fact counts for the two (5.3)';

CREATE TYPE ce_track AS ENUM ('feed', 'filed', 'activity', 'special', 'opening', 'attested');
COMMENT ON TYPE ce_track IS 'the way hours are verified: feed (from the academy, on receipt), filed (courses whose plan is filed, 7.2), activity (evidence, 7.3a), special (a list of the health commission, 5.3), opening (totals of earlier years at go-live), attested (by the employer for a title, 7.3c)';

CREATE TYPE ce_basis AS ENUM ('as_completed', 'filed_hours', 'document_or_days', 'days', 'fixed', 'deems', 'deems_tenure', 'as_recorded');
COMMENT ON TYPE ce_basis IS 'how a rule makes hours of facts: as completed (5.1, 5.2.1), the filed plan''s (5.2.2(3)), the document''s or else by the day (5.2.2(1)), by the day (5.2.4b), a fixed number (5.2.5), deems the year complete (5.2.3, 5.3), deems the tenure complete (5.2.5(4)), as recorded by an earlier notice';

CREATE TYPE ce_status AS ENUM ('submitted', 'in_review', 'verified', 'rejected', 'revoked');
COMMENT ON TYPE ce_status IS 'status of an activity on its way to the archive (7.4); only verified counts';

CREATE TYPE ce_plan_status AS ENUM ('draft', 'submitted', 'reviewed', 'filed', 'rejected');
COMMENT ON TYPE ce_plan_status IS 'status of a course plan on its way to being filed (备案, 7.2)';

CREATE TYPE ce_route AS ENUM ('review', 'recognition', 'transfer');
COMMENT ON TYPE ce_route IS 'route to a title: review (评审, 4.2.1), recognition (认定, 4.2.2), transfer between series (转系列, 4.2.3)';

CREATE TYPE ce_outcome AS ENUM ('eligible', 'not_eligible', 'pending', 'banned', 'out_of_scope', 'no_rule', 'unknown_person');
COMMENT ON TYPE ce_outcome IS 'verdict on an application: pending means that rows which wait for verification would make it eligible; banned 6.2b; out_of_scope 2.3; no_rule where the law has no row';

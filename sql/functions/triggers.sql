--
-- Trigger functions of the ledger's tables
--

CREATE OR REPLACE FUNCTION ce_law_changed() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_law_changed';
COMMENT ON FUNCTION ce_law_changed() IS 'has every backend read the law afresh';

CREATE OR REPLACE FUNCTION ce_law_check_row() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_law_check_row';
COMMENT ON FUNCTION ce_law_check_row() IS 'says what is wrong with a law row as it is entered, and what is possible';

CREATE OR REPLACE FUNCTION ce_org_changed() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_org_changed';
COMMENT ON FUNCTION ce_org_changed() IS 'has every backend read the organisations afresh';

CREATE OR REPLACE FUNCTION ce_org_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_org_check';
COMMENT ON FUNCTION ce_org_check() IS 'refuses a circle of parents, and more than 32 bodies above one another (7.4a)';

CREATE OR REPLACE FUNCTION ce_plan_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_plan_check';
COMMENT ON FUNCTION ce_plan_check() IS 'keeps filing to 7.2 and filed plans as they were filed';

CREATE OR REPLACE FUNCTION ce_plan_log() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_plan_log';
COMMENT ON FUNCTION ce_plan_log() IS 'logs every change of a plan''s status in ce_event';

CREATE OR REPLACE FUNCTION ce_activity_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_activity_check';
COMMENT ON FUNCTION ce_activity_check() IS 'converts facts into hours (5) and keeps the way to verification (7)';

CREATE OR REPLACE FUNCTION ce_activity_post() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_activity_post';
COMMENT ON FUNCTION ce_activity_post() IS 'gathers what a row changes in the accounts and the log';

CREATE OR REPLACE FUNCTION ce_post_flush() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_post_flush';
COMMENT ON FUNCTION ce_post_flush() IS 'posts what row triggers gathered, in key order';

CREATE OR REPLACE FUNCTION ce_append_only() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_append_only';
COMMENT ON FUNCTION ce_append_only() IS 'refuses the statement that fires it';

CREATE OR REPLACE FUNCTION ce_org_in_use() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_org_in_use';
COMMENT ON FUNCTION ce_org_in_use() IS 'refuses to delete an organisation that activities name as employer or verifying body';

CREATE OR REPLACE FUNCTION ce_kept_by_triggers() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_kept_by_triggers';
COMMENT ON FUNCTION ce_kept_by_triggers() IS 'refuses rows that the ledger''s own triggers do not write';

CREATE OR REPLACE FUNCTION ce_kind_in_use() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_kind_in_use';
COMMENT ON FUNCTION ce_kind_in_use() IS 'refuses to change a kind that activities rest on';

CREATE OR REPLACE FUNCTION ce_allocation_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_allocation_check';
COMMENT ON FUNCTION ce_allocation_check() IS 'keeps spreading to the years and bodies of 7.6';

CREATE OR REPLACE FUNCTION ce_allocation_post() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_allocation_post';
COMMENT ON FUNCTION ce_allocation_post() IS 'posts spread hours to both years and bounds them by surplus and shortfall (7.6e)';

CREATE OR REPLACE FUNCTION ce_achievement_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_achievement_check';
COMMENT ON FUNCTION ce_achievement_check() IS 'takes what the table of 5.2.5 lists, and keeps what was attested';

CREATE OR REPLACE FUNCTION ce_sanction_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_sanction_check';
COMMENT ON FUNCTION ce_sanction_check() IS 'keeps findings as they were made (6.2)';

CREATE OR REPLACE FUNCTION ce_sanction_effect() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_sanction_effect';
COMMENT ON FUNCTION ce_sanction_effect() IS 'marks the person and cancels open applications (6.2a)';

CREATE OR REPLACE FUNCTION ce_application_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_application_check';
COMMENT ON FUNCTION ce_application_check() IS 'takes an application only from who is eligible on the day';

CREATE OR REPLACE FUNCTION ce_title_log() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_title_log';
COMMENT ON FUNCTION ce_title_log() IS 'logs changes of achievements, sanctions and applications in ce_event';

CREATE OR REPLACE FUNCTION ce_person_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_person_check';
COMMENT ON FUNCTION ce_person_check() IS 'keeps the mark of sanctioned persons (6.2)';

CREATE OR REPLACE FUNCTION ce_person_facts() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_person_facts';
COMMENT ON FUNCTION ce_person_facts() IS 'refuses to change facts of one''s own that decide (4.2, 5.2.5)';

CREATE OR REPLACE FUNCTION ce_person_log() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_person_log';
COMMENT ON FUNCTION ce_person_log() IS 'logs changes of a person''s facts in ce_event, with the old value and the new one';

CREATE OR REPLACE FUNCTION ce_live_from_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_live_from_check';
COMMENT ON FUNCTION ce_live_from_check() IS 'takes a day on which the ledger can have gone live, and none that leaves totals behind it (0.4)';

CREATE OR REPLACE FUNCTION ce_live_from_log() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_live_from_log';
COMMENT ON FUNCTION ce_live_from_log() IS 'logs changes of the day on which the ledger went live in ce_event';

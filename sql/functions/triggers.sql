--
-- Trigger functions of the ledger's tables
--

CREATE OR REPLACE FUNCTION ce_law_changed() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_law_changed';
COMMENT ON FUNCTION ce_law_changed() IS 'makes every backend reload the law';

CREATE OR REPLACE FUNCTION ce_law_check_row() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_law_check_row';
COMMENT ON FUNCTION ce_law_check_row() IS 'checks a law row when it is entered; the error lists what is allowed';

CREATE OR REPLACE FUNCTION ce_org_changed() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_org_changed';
COMMENT ON FUNCTION ce_org_changed() IS 'makes every backend reload the organisations';

CREATE OR REPLACE FUNCTION ce_org_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_org_check';
COMMENT ON FUNCTION ce_org_check() IS 'prevents circles of parents, and chains of more than 32 bodies (7.4a)';

CREATE OR REPLACE FUNCTION ce_plan_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_plan_check';
COMMENT ON FUNCTION ce_plan_check() IS 'enforces 7.2 for filing, and protects filed plans from changes';

CREATE OR REPLACE FUNCTION ce_plan_log() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_plan_log';
COMMENT ON FUNCTION ce_plan_log() IS 'logs every change of a plan''s status in ce_event';

CREATE OR REPLACE FUNCTION ce_activity_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_activity_check';
COMMENT ON FUNCTION ce_activity_check() IS 'converts facts into hours (5) and enforces the steps of verification (7)';

CREATE OR REPLACE FUNCTION ce_activity_post() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_activity_post';
COMMENT ON FUNCTION ce_activity_post() IS 'collects what a row changes in the accounts and the log';

CREATE OR REPLACE FUNCTION ce_post_flush() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_post_flush';
COMMENT ON FUNCTION ce_post_flush() IS 'posts what row triggers collected, in key order';

CREATE OR REPLACE FUNCTION ce_append_only() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_append_only';
COMMENT ON FUNCTION ce_append_only() IS 'raises an error for the statement that fires it';

CREATE OR REPLACE FUNCTION ce_org_in_use() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_org_in_use';
COMMENT ON FUNCTION ce_org_in_use() IS 'prevents deletion of an organisation that activities reference as employer or verifying body';

CREATE OR REPLACE FUNCTION ce_kept_by_triggers() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_kept_by_triggers';
COMMENT ON FUNCTION ce_kept_by_triggers() IS 'rejects what the ledger''s own triggers do not write';

CREATE OR REPLACE FUNCTION ce_kind_in_use() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_kind_in_use';
COMMENT ON FUNCTION ce_kind_in_use() IS 'prevents changes of a kind that activities use';

CREATE OR REPLACE FUNCTION ce_allocation_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_allocation_check';
COMMENT ON FUNCTION ce_allocation_check() IS 'allows allocations only for the years and by the bodies of 7.6';

CREATE OR REPLACE FUNCTION ce_allocation_post() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_allocation_post';
COMMENT ON FUNCTION ce_allocation_post() IS 'posts allocated hours to both years and limits them by surplus and shortfall (7.6e)';

CREATE OR REPLACE FUNCTION ce_waiver_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_waiver_check';
COMMENT ON FUNCTION ce_waiver_check() IS 'accepts waivers only by the body that verifies for the person, and protects them from changes (AMB-35)';

CREATE OR REPLACE FUNCTION ce_waiver_post() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_waiver_post';
COMMENT ON FUNCTION ce_waiver_post() IS 'posts waivers to their years and limits them by one another and by the requirement (AMB-35)';

CREATE OR REPLACE FUNCTION ce_achievement_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_achievement_check';
COMMENT ON FUNCTION ce_achievement_check() IS 'accepts only what the table of 5.2.5 lists, and protects what was attested';

CREATE OR REPLACE FUNCTION ce_sanction_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_sanction_check';
COMMENT ON FUNCTION ce_sanction_check() IS 'protects findings from changes (6.2)';

CREATE OR REPLACE FUNCTION ce_sanction_effect() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_sanction_effect';
COMMENT ON FUNCTION ce_sanction_effect() IS 'marks the person and cancels open applications (6.2a)';

CREATE OR REPLACE FUNCTION ce_application_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_application_check';
COMMENT ON FUNCTION ce_application_check() IS 'accepts an application only if the person is eligible on that day, or else as refused';

CREATE OR REPLACE FUNCTION ce_title_log() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_title_log';
COMMENT ON FUNCTION ce_title_log() IS 'logs changes of achievements, sanctions and applications in ce_event';

CREATE OR REPLACE FUNCTION ce_person_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_person_check';
COMMENT ON FUNCTION ce_person_check() IS 'protects the marks of sanctioned persons (6.2), and of those who were under other schemes';

CREATE OR REPLACE FUNCTION ce_person_scheme_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_person_scheme_check';
COMMENT ON FUNCTION ce_person_scheme_check() IS 'checks who enters, changes or removes a person''s former scheme, and its last day';

CREATE OR REPLACE FUNCTION ce_person_scheme_effect() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_person_scheme_effect';
COMMENT ON FUNCTION ce_person_scheme_effect() IS 'marks the person, and logs a former scheme before and after the change in ce_event';

CREATE OR REPLACE FUNCTION ce_person_facts() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_person_facts';
COMMENT ON FUNCTION ce_person_facts() IS 'prevents a person from changing their own facts that matter for titles (4.2, 5.2.5)';

CREATE OR REPLACE FUNCTION ce_person_log() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_person_log';
COMMENT ON FUNCTION ce_person_log() IS 'logs changes of a person''s facts in ce_event, with the old value and the new one';

CREATE OR REPLACE FUNCTION ce_live_from_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_live_from_check';
COMMENT ON FUNCTION ce_live_from_check() IS 'takes a day on which the ledger can have gone live, and none that leaves totals behind it (0.4)';

CREATE OR REPLACE FUNCTION ce_live_from_log() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_live_from_log';
COMMENT ON FUNCTION ce_live_from_log() IS 'logs changes of the day on which the ledger went live in ce_event';

CREATE OR REPLACE FUNCTION ce_values_check() RETURNS trigger
	LANGUAGE c SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_values_check';
COMMENT ON FUNCTION ce_values_check() IS 'trigger of tables in which people enter rows: refuses a value that a column cannot hold; the error lists what is allowed';

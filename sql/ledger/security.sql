-- Row security: which rows a role sees and writes (ce_member, ce_person_role).
-- The policies say which rows are in reach, the triggers which duty a change
-- needs; who holds a privilege on a table without a duty reaches no row.
-- What has no policy for a command is not open to it at all.

ALTER TABLE ce_person ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_person;
CREATE POLICY ce_sees ON ce_person FOR SELECT USING (ce_sees_person(person_id, org_id));
COMMENT ON POLICY ce_sees ON ce_person IS 'staff of the organisations that the role sees, and the person itself';
DROP POLICY IF EXISTS ce_records_new ON ce_person;
CREATE POLICY ce_records_new ON ce_person FOR INSERT WITH CHECK (ce_require_duty(org_id, 'record'));
COMMENT ON POLICY ce_records_new ON ce_person IS 'entered by who records for the employer';
DROP POLICY IF EXISTS ce_records ON ce_person;
CREATE POLICY ce_records ON ce_person FOR UPDATE USING (ce_has_duty(org_id, 'record')) WITH CHECK (ce_require_duty(org_id, 'record'));
COMMENT ON POLICY ce_records ON ce_person IS 'changed by who records for the employer, for the old and the new one where it changes';

ALTER TABLE ce_plan ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_plan;
CREATE POLICY ce_sees ON ce_plan USING (ce_sees_plan(org_id, status));
COMMENT ON POLICY ce_sees ON ce_plan IS 'filed plans, and those of the organisers that the role sees or whose plans it reviews or files (7.2)';

ALTER TABLE ce_activity ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_activity;
CREATE POLICY ce_sees ON ce_activity USING (ce_sees_activity(person_id, org_id, plan_id, kind));
COMMENT ON POLICY ce_sees ON ce_activity IS 'activities of the persons that the role sees, of its staff of the time, on its own plans, of the kinds that it alone verifies';

ALTER TABLE ce_account ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_account;
CREATE POLICY ce_sees ON ce_account FOR SELECT USING (ce_sees_person(person_id));
COMMENT ON POLICY ce_sees ON ce_account IS 'accounts of the persons that the role sees; only triggers write them';

ALTER TABLE ce_achievement ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_achievement;
CREATE POLICY ce_sees ON ce_achievement USING (ce_sees_person(person_id));
COMMENT ON POLICY ce_sees ON ce_achievement IS 'achievements of the persons that the role sees';

ALTER TABLE ce_allocation ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_allocation;
CREATE POLICY ce_sees ON ce_allocation USING (ce_sees_person(person_id));
COMMENT ON POLICY ce_sees ON ce_allocation IS 'allocations of the persons that the role sees';

ALTER TABLE ce_sanction ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_sanction;
CREATE POLICY ce_sees ON ce_sanction USING (ce_sees_person(person_id));
COMMENT ON POLICY ce_sees ON ce_sanction IS 'findings on the persons that the role sees';

ALTER TABLE ce_application ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_application;
CREATE POLICY ce_sees ON ce_application USING (ce_sees_person(person_id));
COMMENT ON POLICY ce_sees ON ce_application IS 'applications of the persons that the role sees';

ALTER TABLE ce_event ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_event;
CREATE POLICY ce_sees ON ce_event FOR SELECT USING (ce_audits(object, ids, by_org));
COMMENT ON POLICY ce_sees ON ce_event IS 'log rows on what the role audits; only triggers write them';

ALTER TABLE ce_member ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_member;
CREATE POLICY ce_sees ON ce_member FOR SELECT USING (ce_has_duty(org_id, 'audit'));
COMMENT ON POLICY ce_sees ON ce_member IS 'who acts for the organisations that the role audits; only the owner writes it';

ALTER TABLE ce_person_role ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_person_role;
CREATE POLICY ce_sees ON ce_person_role FOR SELECT USING (ce_audits('person', ARRAY[person_id], NULL));
COMMENT ON POLICY ce_sees ON ce_person_role IS 'own roles of the persons that the role audits; only the owner writes it';

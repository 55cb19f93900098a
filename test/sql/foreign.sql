--
-- What a trigger of ours is told on a table of somebody else's is neither
-- believed nor posted, and what was read of the law in vain is not kept
--
SET client_min_messages = warning;
CREATE ROLE regress_ce_stranger;
CREATE SCHEMA stranger AUTHORIZATION regress_ce_stranger;
GRANT SELECT ON ce_activity TO regress_ce_stranger;
SET ROLE regress_ce_stranger;
CREATE TABLE stranger.activity (LIKE ce_activity);
CREATE TRIGGER t AFTER INSERT ON stranger.activity FOR EACH ROW EXECUTE FUNCTION ce_activity_post();
INSERT INTO stranger.activity (activity_id, person_id, kind, org_id, completed_on, status, verified_by, verified_on, year, category, national_base, awarded, deems_public, deems_professional, rule_id)
	VALUES (1, 25, 'academy_course', 6, '2020-01-01', 'verified', 5, '2020-01-01', 2020, 'public', false, '500', true, true, 100);
CREATE TABLE stranger.sanction (note int, sanction_id int, person_id int, found_on date, decision int, revoked_on date);
CREATE TRIGGER t BEFORE INSERT ON stranger.sanction FOR EACH ROW EXECUTE FUNCTION ce_sanction_check();
INSERT INTO stranger.sanction (decision, found_on) VALUES (12345, '2020-01-01');
CREATE TRIGGER u AFTER INSERT ON stranger.activity FOR EACH ROW EXECUTE FUNCTION ce_title_log();
DROP TRIGGER t ON stranger.activity;
INSERT INTO stranger.activity (activity_id, person_id, kind, org_id, completed_on, status, year, category, national_base, awarded, deems_public, deems_professional, rule_id)
	VALUES (1, 25, 'academy_course', 6, '2020-01-01', 'submitted', 2020, 'public', false, '500', true, true, 100);
SELECT ce_post_flush();
RESET ROLE;
DROP SCHEMA stranger CASCADE;
REVOKE SELECT ON ce_activity FROM regress_ce_stranger;
DROP ROLE regress_ce_stranger;
SELECT count(*) AS posted FROM ce_account WHERE credit = '{public:500,deems_public:1,deems_professional:1}';

-- infinity is no day
BEGIN;
INSERT INTO ce_person (person_id, org_id) VALUES (9901, 20);
SAVEPOINT s;
INSERT INTO ce_person (person_id, org_id, held_since) VALUES (9902, 20, '-infinity');
ROLLBACK TO s;
SELECT ce_standing(9901, 'infinity');
ROLLBACK TO s;
SELECT ce_allocation_plan(9901, 'junior', 'infinity');
ROLLBACK;

-- law that a failed statement read and did not keep
CREATE FUNCTION pg_temp.look() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE NOTICE 'inside: %', (SELECT required_total FROM ce_assess('general', 2020, '{}', '0', false));
	RAISE EXCEPTION 'no';
END $$;
CREATE TRIGGER zz AFTER UPDATE ON ce_requirement FOR EACH ROW EXECUTE FUNCTION pg_temp.look();
SET client_min_messages = notice;
\set SHOW_CONTEXT never
UPDATE ce_requirement SET total_hours = '9999' WHERE scheme = 'general' AND from_year = 2020;
SELECT required_total FROM ce_assess('general', 2020, '{}', '0', false);
DROP TRIGGER zz ON ce_requirement;

-- Loads the examples into a fresh ledger: psql -f examples/load.sql, from the
-- repository's root, after CREATE EXTENSION ce_hours and SELECT ce_setup().
\set ON_ERROR_STOP on
BEGIN;

\copy ce_org (org_id, code, name, kind, admin_level, parent_id, region_code, base_level, self_verifies) FROM 'examples/orgs.csv' (FORMAT csv, HEADER match, ENCODING 'UTF8')
\copy ce_person (person_id, person_no, org_id, scheme, specialty, doctorate_on, held_level, held_since) FROM 'examples/persons.csv' (FORMAT csv, HEADER match, ENCODING 'UTF8')
\copy ce_plan (plan_id, org_id, title, mode, specialty, hours, days, starts_on, ends_on, status, reviewed_by, filed_by, filed_on) FROM 'examples/plans.csv' (FORMAT csv, HEADER match, ENCODING 'UTF8')
\copy ce_activity (activity_id, person_id, kind, plan_id, org_id, title, specialty, started_on, completed_on, days, travel_days, hours, evidence, source, source_ref, status, verified_by, verified_on) FROM 'examples/activities.csv' (FORMAT csv, HEADER match, ENCODING 'UTF8')
\copy ce_achievement (achievement_id, person_id, kind, grade, role, rank, title, specialty, work_ref, started_on, due_on, achieved_on, evidence, attested_by, attested_on) FROM 'examples/achievements.csv' (FORMAT csv, HEADER match, ENCODING 'UTF8')

-- These rows have identifiers; later ones get theirs from the sequences.
SELECT setval(pg_get_serial_sequence('ce_org', 'org_id'), max(org_id)) FROM ce_org;
SELECT setval(pg_get_serial_sequence('ce_plan', 'plan_id'), max(plan_id)) FROM ce_plan;
SELECT setval(pg_get_serial_sequence('ce_activity', 'activity_id'), max(activity_id)) FROM ce_activity;
SELECT setval(pg_get_serial_sequence('ce_achievement', 'achievement_id'), max(achievement_id)) FROM ce_achievement;

INSERT INTO ce_specialty_pair (specialty, close_to) VALUES ('安全工程', '应急管理');

INSERT INTO ce_sanction (person_id, found_on, decision)
SELECT person_id, found_on, decision
FROM (VALUES ('C14a', date '2020-03-01', '示例决定2020-01号'), ('C14b', '2020-02-29', '示例决定2020-02号')) AS s (person_no, found_on, decision)
	JOIN ce_person USING (person_no);

-- What happened after the export.
CREATE TEMPORARY VIEW waiting AS
SELECT activity_id, person_no, kind FROM ce_activity JOIN ce_person USING (person_id) WHERE status = 'submitted';
CREATE TEMPORARY VIEW body AS
SELECT code, org_id FROM ce_org;

-- A self-verifying unit verifies in one step, a county hospital begins a chain of three.
SELECT ce_verify(ARRAY(SELECT activity_id FROM waiting WHERE person_no = 'C17a'), (SELECT org_id FROM body WHERE code = 'qhu'), '2020-06-15');
SELECT ce_verify(ARRAY(SELECT activity_id FROM waiting WHERE person_no = 'C17b'), (SELECT org_id FROM body WHERE code = 'x-hospital-county'), '2020-06-15');
SELECT ce_reject(ARRAY(SELECT activity_id FROM waiting WHERE person_no = 'P07' AND kind = 'training'),
	(SELECT org_id FROM body WHERE code = 'x-private'), '通知无公章');
SELECT ce_revoke(ARRAY(SELECT activity_id FROM ce_activity JOIN ce_person USING (person_id) WHERE person_no = 'P08' AND kind = 'mentoring' AND days = 2),
	(SELECT org_id FROM body WHERE code = 'hrss-632700'), '实际未成行', '2020-10-20');
UPDATE ce_plan SET status = 'rejected', reviewed_by = 18, note = '师资不符合要求' WHERE title = '有色金属选矿新工艺';

-- Five surplus public hours are carried back to 2019, which was five short.
INSERT INTO ce_allocation (person_id, from_year, to_year, subject, hours, allocated_by, allocated_on)
SELECT person_id, 2020, 2019, 'public', '5', (SELECT org_id FROM body WHERE code = 'hrss-632800'), '2020-12-01'
FROM ce_person WHERE person_no = 'P02';

DROP VIEW waiting, body;
COMMIT;

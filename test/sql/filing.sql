--
-- Filing of course plans (备案, 7.2): who reviews, which office files.
-- Needs "ledger".
--
SET datestyle = 'ISO, YMD';
SET client_min_messages = warning;
\pset format unaligned
\pset tuples_only on

-- one submitted plan for each organiser that may file: plan 3000 + org_id
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status)
	SELECT 3000 + org_id, org_id, 'course', CASE WHEN base_level IS NULL THEN 'offline' ELSE 'online' END, '40', 'submitted'
	FROM ce_org WHERE org_id IN (10, 11, 20, 21, 22, 23, 24, 25, 26, 27, 28);
CREATE FUNCTION pg_temp.plan(id bigint) RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(' ', status, 'reviewed by ' || reviewed_by, 'filed by ' || filed_by, 'on ' || filed_on) FROM ce_plan WHERE plan_id = id
$$;

--
-- 7.2a: bases, departments, public institutions: review by the body above or
-- an industry department, then the HRSS office of the same level and region
--
-- a base, national or not, is filed at the level of its administration
SELECT test.refused('SELECT ce_file(''{3020}'', 20)');
SELECT test.refused('SELECT ce_file(''{3020}'', 22)');
SELECT * FROM ce_file('{3020}', 10);
SELECT pg_temp.plan(3020);
SELECT test.refused('SELECT ce_file(''{3020}'', 10)');
SELECT test.refused('SELECT ce_file(''{3020}'', 2)');
SELECT * FROM ce_file('{3020}', 1, '2020-06-30');
SELECT pg_temp.plan(3020);
-- a department itself: by the office above, not by a bureau below
SELECT test.refused('SELECT ce_file(''{3010}'', 11)');
SELECT ce_file('{3010}', 1), ce_file('{3010}', 1, '2020-06-30');
SELECT pg_temp.plan(3010);
-- a hospital of a prefecture, a school of a county
SELECT test.refused('SELECT ce_file(''{3023}'', 24)');
SELECT ce_file('{3023}', 11);
SELECT test.refused('SELECT ce_file(''{3023}'', 1)');
SELECT test.refused('SELECT ce_file(''{3023}'', 3)');
SELECT test.refused('SELECT ce_file(''{3023}'', 11)');
SELECT ce_file('{3023}', 2, '2020-06-30');
SELECT ce_file('{3024}', 3);
SELECT test.refused('SELECT ce_file(''{3024}'', 2)');
SELECT ce_file('{3024}', 3, '2020-06-30');
-- a university that verifies itself does not file with itself
SELECT test.refused('SELECT ce_file(''{3022}'', 22)');
SELECT ce_file('{3022,3021}', 10);
SELECT ce_file('{3022,3021}', 1, '2020-06-30');
-- the review cannot be left out, nor done by the organiser
SELECT test.refused($$ UPDATE ce_plan SET status = 'filed', filed_by = 2, filed_on = '2020-06-30' WHERE plan_id = 3011 $$);
SELECT test.refused($$ UPDATE ce_plan SET status = 'filed', reviewed_by = 11, filed_by = 2, filed_on = '2020-06-30' WHERE plan_id = 3011 $$);
SELECT test.refused($$ UPDATE ce_plan SET status = 'reviewed' WHERE plan_id = 3011 $$);
UPDATE ce_plan SET status = 'filed', reviewed_by = 2, filed_by = 2, filed_on = '2020-06-30' WHERE plan_id = 3011;

--
-- 7.2b: enterprises and private institutions: the office of the place of registration, no review
--
SELECT test.refused('SELECT ce_file(''{3025}'', 1)');
SELECT test.refused('SELECT ce_file(''{3025}'', 3)');
SELECT test.refused('SELECT ce_file(''{3025}'', 11)');
SELECT test.refused($$ UPDATE ce_plan SET status = 'reviewed', reviewed_by = 2 WHERE plan_id = 3025 $$);
SELECT * FROM ce_file('{3025}', 2, '2020-06-30');
SELECT test.refused('SELECT ce_file(''{3026}'', 2)');
SELECT * FROM ce_file('{3026}', 3, '2020-06-30');

--
-- 7.2c: central units and military kindergartens: the provincial office, no review
--
SELECT test.refused('SELECT ce_file(''{3027}'', 2)');
SELECT test.refused('SELECT ce_file(''{3028}'', 2)');
SELECT * FROM ce_file('{3027,3028}', 1, '2020-06-30') ORDER BY 1;
-- of their own province
INSERT INTO ce_org (org_id, code, name, kind, admin_level, region_code) VALUES (3001, 'hrss_gansu', 'HRSS office of another province', 'hrss', 'provincial', '620000');
INSERT INTO ce_plan (plan_id, org_id, title, mode, days, status) VALUES (3101, 27, 'course', 'offline', 3.5, 'submitted');
SELECT test.refused('SELECT ce_file(''{3101}'', 3001)');
SELECT count(*) AS all_filed FROM ce_plan WHERE plan_id BETWEEN 3010 AND 3028 AND status = 'filed';

--
-- What is filed stays as it was filed (AMB-26)
--
SELECT test.refused($$ UPDATE ce_plan SET hours = '80' WHERE plan_id = 3025 $$);
SELECT test.refused($$ UPDATE ce_plan SET filed_on = '2020-01-01' WHERE plan_id = 3025 $$);
SELECT test.refused($$ UPDATE ce_plan SET status = 'draft' WHERE plan_id = 3025 $$);
SELECT test.refused($$ UPDATE ce_plan SET status = 'rejected', note = 'no' WHERE plan_id = 3025 $$);
SELECT test.refused($$ DELETE FROM ce_plan WHERE plan_id = 3025 $$);
UPDATE ce_plan SET note = 'a remark changes nothing' WHERE plan_id = 3025;
-- and so does what was reviewed
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status) VALUES (3102, 23, 'course', 'offline', '40', 'submitted');
SELECT ce_file('{3102}', 11);
SELECT test.refused($$ UPDATE ce_plan SET hours = '80' WHERE plan_id = 3102 $$);

--
-- Draft, submitted, rejected, submitted again
--
INSERT INTO ce_plan (plan_id, org_id, title, mode) VALUES (3103, 25, 'course', 'offline');
SELECT pg_temp.plan(3103);
SELECT test.refused('SELECT ce_file(''{3103}'', 2)');
SELECT test.refused($$ UPDATE ce_plan SET status = 'submitted' WHERE plan_id = 3103 $$);
UPDATE ce_plan SET status = 'submitted', days = 2 WHERE plan_id = 3103;
SELECT test.refused($$ UPDATE ce_plan SET status = 'rejected' WHERE plan_id = 3103 $$);
SELECT test.refused($$ UPDATE ce_plan SET status = 'rejected', note = 'by nobody' WHERE plan_id = 3103 $$);
SELECT test.refused($$ UPDATE ce_plan SET status = 'rejected', reviewed_by = 20, note = 'by a stranger' WHERE plan_id = 3103 $$);
UPDATE ce_plan SET status = 'rejected', reviewed_by = 2, note = 'too short' WHERE plan_id = 3103;
SELECT test.refused('SELECT ce_file(''{3103}'', 2)');
UPDATE ce_plan SET status = 'submitted', days = 3 WHERE plan_id = 3103;
SELECT pg_temp.plan(3103);
SELECT ce_file('{3103}', 2, '2020-06-30');
INSERT INTO ce_plan (plan_id, org_id, title, mode) VALUES (3104, 25, 'course', 'offline');
DELETE FROM ce_plan WHERE plan_id = 3104;

--
-- A plan may come in as filed, under the same rules (bulk load)
--
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status, reviewed_by, filed_by, filed_on) VALUES
	(3105, 20, 'course', 'online', '40', 'filed', 10, 1, '2020-05-01'),
	(3106, 25, 'course', 'offline', '40', 'filed', NULL, 2, '2020-05-01');
SELECT test.refused($$ INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status, filed_by, filed_on) VALUES (3107, 20, 'course', 'online', '40', 'filed', 1, '2020-05-01') $$);
SELECT test.refused($$ INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status, filed_by, filed_on) VALUES (3107, 25, 'course', 'online', '40', 'filed', 1, '2020-05-01') $$);
SELECT test.refused($$ INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status, filed_on) VALUES (3107, 25, 'course', 'online', '40', 'filed', '2020-05-01') $$);
SELECT test.refused($$ INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status, reviewed_by) VALUES (3107, 20, 'course', 'online', '40', 'reviewed', 10) $$);
SELECT test.refused($$ INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status, filed_by) VALUES (3107, 25, 'course', 'online', '40', 'submitted', 2) $$);
-- the academy alone gives public courses (3.1)
SELECT test.refused($$ INSERT INTO ce_plan (plan_id, org_id, title, subject, mode, hours) VALUES (3107, 20, 'course', 'public', 'online', '40') $$);

--
-- Filed before verified (7.2d); filed after the day it was due: accepted (8.1a, AMB-26)
--
INSERT INTO ce_activity (activity_id, person_id, kind, plan_id, completed_on, hours) VALUES (3101, 25, 'filed_course', 3102, '2020-04-30', '40');
SELECT ce_verify('{3101}', 25);
SELECT test.refused('SELECT ce_verify(''{3101}'', 2, ''2020-07-10'')');
SELECT ce_file('{3102}', 2, '2020-07-10');
SELECT test.refused('SELECT ce_verify(''{3101}'', 2, ''2020-07-09'')');
SELECT ce_verify('{3101}', 2, '2020-07-10');
SELECT p.filed_on > make_date(2020, split_part(r.filing_due, '-', 1)::int, split_part(r.filing_due, '-', 2)::int) AS late, a.awarded
FROM ce_activity a JOIN ce_plan p USING (plan_id) JOIN ce_requirement r ON r.scheme = 'general' AND r.from_year = a.year
WHERE a.activity_id = 3101;

-- the log
SELECT object, ids, from_status, to_status, by_org, note FROM ce_event WHERE object = 'plan' AND ids && '{3020,3025,3103}' ORDER BY event_id;
SELECT * FROM ce_check();

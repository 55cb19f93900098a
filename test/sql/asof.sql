--
-- Questions about the past (AMB-31, AMB-41): what was verified, and not yet
-- revoked, on the day.  Answers from the accounts equal answers from the
-- activities.  Needs "ledger".
--
SET datestyle = 'ISO, YMD';
SET client_min_messages = warning;

--
-- One person, day by day
--
INSERT INTO ce_person (person_id, org_id) VALUES (5001, 25);
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, hours, evidence, status, verified_by, verified_on) VALUES
	(5001, 5001, 'academy_course', NULL, '2020-03-01', '45', NULL, 'verified', 4, '2020-03-05'),
	(5002, 5001, 'training', '2020-04-01', '2020-04-10', '60', 'document', 'verified', 2, '2020-04-20'),
	(5003, 5001, 'training', '2020-05-01', '2020-05-10', '30', 'document', 'verified', 2, '2020-05-20');
SELECT ce_revoke('{5002}', 2, 'forged', '2020-07-01');
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, hours, evidence, status, verified_by, verified_on) VALUES
	(5004, 5001, 'training', '2020-08-01', '2020-08-10', '60', 'document', 'verified', 2, '2020-08-20');
-- the days on which the verdict changes
SELECT day, verdict
FROM (
	SELECT d::date AS day, v AS verdict, lag(v) OVER (ORDER BY d) AS before
	FROM generate_series('2020-01-01', '2021-12-31', interval '1 day') d, LATERAL ce_verdict(5001, 'junior', as_of => d::date) v
) t
WHERE verdict IS DISTINCT FROM before ORDER BY day;
-- infinity is no day, but any other is
SELECT ce_verdict(5001, 'junior', as_of => '9999-12-31'), ce_verdict(5001, 'junior', as_of => '0001-01-01 BC');
-- today is the default
SELECT ce_verdict(5001, 'junior') IS NOT DISTINCT FROM ce_verdict(5001, 'junior', as_of => ce_today()) AS today_is_the_default;
-- a null argument is no question
SELECT ce_eligible(NULL::bigint, 'junior'), ce_verdict(5001, NULL), ce_verdict(5001, 'junior', NULL), ce_verdict(5001, 'junior', as_of => NULL);

--
-- Property: for many persons, every level and route, and days over two years,
-- an answer from the accounts equals the one with the accounts put out of the
-- way.  known_from in the far future sends every question to the activities.
--
INSERT INTO ce_person (person_id, org_id, doctorate_on, held_level)
	SELECT 5100 + i, 25, CASE WHEN i % 4 = 0 THEN date '2015-07-01' END, CASE WHEN i % 2 = 0 THEN 'senior'::ce_level END FROM generate_series(1, 24) i;
-- totals of earlier years, short of what is asked in one year for every third person
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
	SELECT 51000 + i * 10 + y, 5100 + i, 'recorded_professional', make_date(2010 + y, 12, 31), CASE WHEN i % 3 = 0 AND y = 8 THEN '80' ELSE '90' END::ce_hours,
		'verified', 2, make_date(2010 + y, 12, 31)
	FROM generate_series(1, 24) i, generate_series(7, 9) y;
-- 2020: by a fixed pattern courses that are verified, revoked, or still wait
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, hours, evidence, status, verified_by, verified_on)
	SELECT 52000 + i * 10 + j, 5100 + i, CASE WHEN j = 1 THEN 'academy_course' ELSE 'training' END, CASE WHEN j > 1 THEN date '2020-01-01' END,
		date '2020-01-01' + 30 * j + i, ('{45,30,40,30,25}'::ce_hours[])[j], 'document',
		CASE WHEN w.waits THEN 'submitted' ELSE 'verified' END::ce_status, CASE WHEN NOT w.waits THEN CASE WHEN j = 1 THEN 4 ELSE 2 END END,
		CASE WHEN NOT w.waits THEN date '2020-01-01' + 30 * j + 3 * i END
	FROM generate_series(1, 24) i, generate_series(1, 5) j, LATERAL (SELECT (i * 7 + j * 3) % 11 = 0 AS waits) w;
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence, status, verified_by, verified_on)
	SELECT 53000 + i, 5100 + i, 'mentoring', '2020-06-01', '2020-06-05', 5, 'invitation', 'verified', 2, '2020-06-10' FROM generate_series(1, 24, 2) i;
UPDATE ce_activity SET status = 'revoked', revoked_by = verified_by, revoked_on = verified_on + 60, note = 'forged'
	WHERE activity_id BETWEEN 52000 AND 52999 AND status = 'verified' AND activity_id % 7 = 0;

CREATE TEMPORARY TABLE question AS
	SELECT p.person_id, l AS level, r AS route, d::date AS as_of
	FROM ce_person p, unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) l, unnest('{review,recognition}'::ce_route[]) r,
		generate_series('2019-12-25', '2021-02-01', interval '3 days') d
	WHERE p.person_id BETWEEN 5100 AND 5199;
CREATE TEMPORARY TABLE answer AS SELECT *, ce_verdict(person_id, level, route, as_of) AS verdict FROM question;
SELECT verdict, count(*) > 100 AS often FROM answer GROUP BY verdict ORDER BY verdict;
BEGIN;
SET LOCAL session_replication_role = replica;
UPDATE ce_account SET known_from = '2100-01-01' WHERE person_id BETWEEN 5100 AND 5199;
RESET session_replication_role;
SELECT person_id, level, route, as_of, verdict AS from_accounts, v AS from_activities
FROM answer, LATERAL ce_verdict(person_id, level, route, as_of) v
WHERE v <> verdict ORDER BY 1, 2, 3, 4 LIMIT 5;
ROLLBACK;
SELECT count(DISTINCT person_id) > 5 AS many_become_eligible FROM answer WHERE level = 'intermediate' AND route = 'review' AND verdict = 'eligible';
-- and both equal what SQL alone makes of the facts, for the intermediate title
SELECT a.person_id, a.as_of, a.verdict, s.met
FROM answer a
JOIN LATERAL (
	SELECT bool_and(CASE y WHEN 2020 THEN pub >= 45 AND prof >= 90 ELSE prof >= 60 AND pub + prof >= 90 END) AS met
	FROM (
		SELECT y, coalesce(sum(c.awarded::numeric) FILTER (WHERE c.category = 'public'), 0) AS pub,
			coalesce(sum(c.awarded::numeric) FILTER (WHERE c.category IN ('training', 'recorded')), 0)
				+ least(coalesce(sum(c.awarded::numeric) FILTER (WHERE c.category = 'mentoring'), 0), 30) AS prof
		FROM generate_series(2018, 2020) y
		LEFT JOIN ce_activity c ON c.person_id = a.person_id AND c.year = y AND c.verified_on <= a.as_of AND coalesce(c.revoked_on > a.as_of, true)
		GROUP BY y) t
) s ON true
WHERE a.level = 'intermediate' AND a.route = 'review' AND a.as_of BETWEEN '2020-01-01' AND '2020-12-31' AND (a.verdict = 'eligible') <> s.met
ORDER BY 1, 2 LIMIT 5;

--
-- A question costs a person row and the account rows of its window: with the
-- activities out of reach it is answered all the same
--
CREATE ROLE regress_ce_reader;
GRANT SELECT ON ce_person, ce_account, ce_scheme, ce_requirement, ce_window, ce_rule, ce_kind, ce_cap, ce_catchup TO regress_ce_reader;
INSERT INTO ce_member SELECT 'regress_ce_reader', org_id, 'read' FROM ce_person WHERE person_id = 5101;
SET ROLE regress_ce_reader;
SELECT ce_verdict(5101, 'junior', as_of => '2020-12-31');
-- which a question about an earlier day is not
\set VERBOSITY terse
SELECT ce_verdict(5101, 'junior', as_of => '2020-02-01');
\set VERBOSITY default
RESET ROLE;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM regress_ce_reader;
DELETE FROM ce_member;
DROP ROLE regress_ce_reader;

SELECT * FROM ce_check();

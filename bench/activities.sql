-- What the persons of data.sql did: 30 verified activities a year in 2017 to
-- 2020; besides them 100 persons with 10 activities in all and 3 with 10,000.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
SET synchronous_commit = off;

-- A month's rows at a time, as a feed brings them.
SELECT format($$INSERT INTO ce_activity (person_id, kind, plan_id, started_on, completed_on, days, hours, evidence, status, verified_by, verified_on)
	SELECT person_id, kind, plan_id, started_on, completed_on, days, hours, evidence, 'verified', verified_by, completed_on + 5
	FROM bench_activity(%s, %s, '[%s,%s]')$$, :persons, y, m * 3 + 1, m * 3 + 3)
FROM generate_series(2017, 2020) AS y, generate_series(0, 9) AS m ORDER BY y, m \gexec

-- Persons :persons + 1 to + 100: ten activities; + 101 to + 103: 10,000, of a quarter of an hour and less.
INSERT INTO ce_activity (person_id, kind, completed_on, hours, evidence, started_on, status, verified_by, verified_on)
SELECT p, CASE s WHEN 1 THEN 'recorded_public' ELSE 'recorded_professional' END, make_date(y, 6, 1), ce_hours(CASE s WHEN 1 THEN 40 ELSE 65 END), NULL, NULL,
	   'verified'::ce_status, 2 + p % 2, make_date(y, 7, 1)
FROM generate_series(:persons + 1, :persons + 100) AS p, generate_series(2017, 2019) AS y, generate_series(1, 2) AS s WHERE p % 100 <> 50
UNION ALL
SELECT p, CASE WHEN s <= 2 THEN 'academy_course' ELSE 'training' END, make_date(2020, 6, s), ce_hours(CASE WHEN s <= 2 THEN 24 ELSE 48 END),
	   CASE WHEN s > 2 THEN 'document' END, CASE WHEN s > 2 THEN date '2020-05-01' END, 'verified', CASE WHEN s <= 2 THEN 4 ELSE 2 + p % 2 END, '2020-07-01'
FROM generate_series(:persons + 1, :persons + 100) AS p, generate_series(1, 4) AS s WHERE p % 100 <> 50;
INSERT INTO ce_activity (person_id, kind, completed_on, hours, evidence, started_on, status, verified_by, verified_on)
SELECT p, CASE WHEN y = 2020 THEN CASE WHEN s <= 1000 THEN 'academy_course' ELSE 'training' END
		  ELSE CASE WHEN s <= 1000 THEN 'recorded_public' ELSE 'recorded_professional' END END,
	   make_date(y, 1, 10) + s / 10, ce_hours(0.1), CASE WHEN s > 1000 AND y = 2020 THEN 'document' END,
	   CASE WHEN s > 1000 AND y = 2020 THEN make_date(y, 1, 10) + s / 10 END, 'verified', CASE WHEN s <= 1000 AND y = 2020 THEN 4 ELSE 2 + p % 2 END, make_date(y, 10, 1)
FROM generate_series(:persons + 101, :persons + 103) AS p, generate_series(2017, 2020) AS y, generate_series(1, 2500) AS s WHERE p % 100 <> 50;

-- One in 25 waits for a training of 2020 to be verified.
INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours, evidence)
SELECT p, 'training', '2020-11-02', '2020-11-06', '35', 'document' FROM generate_series(7, :persons, 25) AS p;

INSERT INTO ce_achievement (person_id, kind, rank, achieved_on, attested_by, attested_on)
SELECT p, CASE WHEN p % 40 = 13 THEN 'invention_patent' ELSE 'utility_patent' END, 1 + p % 9, make_date((2017 + p / 20 % 4)::integer, 5, 1), 100 + p % 200, '2020-10-01'
FROM generate_series(13, :persons, 20) AS p;
INSERT INTO ce_achievement (person_id, kind, grade, role, started_on, due_on, achieved_on, attested_by, attested_on)
SELECT p, 'project', 'provincial', 'host', '2017-03-01', '2020-06-30', '2020-06-01', 100 + p % 200, '2020-10-01'
FROM generate_series(33, :persons, 100) AS p;
INSERT INTO ce_achievement (person_id, kind, grade, achieved_on, attested_by, attested_on)
SELECT p, 'award', 'qinghai_st_progress', '2020-04-01', 100 + p % 200, '2020-10-01'
FROM generate_series(73, :persons, 200) AS p;
-- One in twenty was sanctioned, every second of them long ago.
INSERT INTO ce_sanction (person_id, found_on, decision)
SELECT p, CASE p / 20 % 2 WHEN 0 THEN date '2016-05-01' ELSE date '2019-06-01' END, 'decision ' || p FROM generate_series(11, :persons, 20) AS p;

-- Today is the last day of 2020 here: views and defaults ask as of that day.
CREATE OR REPLACE FUNCTION ce_today() RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT date ''2020-12-31''';

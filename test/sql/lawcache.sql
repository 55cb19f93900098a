--
-- The law is kept in the backend, and a change of any row is seen at once,
-- also before it is committed, and not when it is rolled back.
-- Needs "ledger".
--
SET datestyle = 'ISO, YMD';
SET client_min_messages = warning;
\pset format unaligned
\pset tuples_only on

INSERT INTO ce_person (person_id, org_id) VALUES (6001, 25);
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, hours, evidence, status, verified_by, verified_on) VALUES
	(6001, 6001, 'academy_course', NULL, '2020-03-01', '44', NULL, 'verified', 4, '2020-03-05'),
	(6002, 6001, 'training', '2020-04-01', '2020-04-10', '70', 'document', 'verified', 2, '2020-04-20');
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence, status, verified_by, verified_on) VALUES
	(6003, 6001, 'mentoring', '2020-05-11', '2020-05-15', 5, 'invitation', 'verified', 2, '2020-05-20');
CREATE FUNCTION pg_temp.now_is() RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(' ', ce_verdict(6001, 'junior', as_of => '2020-12-31'),
		(SELECT mentoring_hours || '/' || public_short || '/' || professional_short FROM ce_yearly_totals WHERE person_id = 6001 AND year = 2020))
$$;
SELECT pg_temp.now_is();

-- 4.1: the requirement, in one transaction, rolled back
BEGIN;
UPDATE ce_requirement SET public_hours = '44', total_hours = '134' WHERE from_year = 2020;
SELECT pg_temp.now_is();
ROLLBACK;
SELECT pg_temp.now_is();

-- savepoints
BEGIN;
UPDATE ce_requirement SET public_hours = '44', total_hours = '134' WHERE from_year = 2020;
SAVEPOINT a;
UPDATE ce_cap SET hours = '10';
SELECT pg_temp.now_is();
ROLLBACK TO a;
SELECT pg_temp.now_is();
DELETE FROM ce_requirement WHERE from_year = 2020;
SELECT pg_temp.now_is();
RELEASE a;
ROLLBACK;
SELECT pg_temp.now_is();

-- a subtransaction that fails
DO $$
BEGIN
	BEGIN
		UPDATE ce_requirement SET public_hours = '44' WHERE from_year = 2020;
		RAISE division_by_zero;
	EXCEPTION WHEN division_by_zero THEN
		NULL;
	END;
	RAISE WARNING '%', ce_verdict(6001, 'junior', as_of => '2020-12-31');
END $$;

-- within one command: a law row changed by a function that the query calls is
-- seen by the calls after it
CREATE FUNCTION pg_temp.lower() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	UPDATE ce_requirement SET public_hours = '44' WHERE from_year = 2020;
	RETURN ce_verdict(6001, 'junior', as_of => '2020-12-31');
END $$;
BEGIN;
SELECT ce_verdict(6001, 'junior', as_of => '2020-12-31'), pg_temp.lower();
ROLLBACK;

-- 5.2.4c: the cap, lifted and gone
BEGIN;
UPDATE ce_cap SET hours = '20' WHERE category = 'mentoring';
SELECT pg_temp.now_is();
DELETE FROM ce_cap;
SELECT pg_temp.now_is();
ROLLBACK;

-- 5: a rule, for what is entered from now on
BEGIN;
UPDATE ce_rule SET hours = '8' WHERE kind = 'training';
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days) VALUES (6004, 6001, 'training', '2020-06-01', '2020-06-02', 2);
SELECT awarded FROM ce_activity WHERE activity_id IN (6002, 6004) ORDER BY activity_id;
ROLLBACK;
-- a new kind with a rule of its own, at once
BEGIN;
INSERT INTO ce_kind (kind, subject, category, track, label_zh, label_en, instrument, clause)
	VALUES ('lecture', 'professional', 'training', 'activity', '讲座', 'lecture', 'qinghai-2020-227', 'test');
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, completed_on) VALUES (6005, 6001, 'lecture', '2020-06-02') $$);
INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, instrument, clause) VALUES ('general', 'lecture', 2020, 'fixed', '2', 'qinghai-2020-227', 'test');
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on) VALUES (6005, 6001, 'lecture', '2020-06-02');
SELECT awarded, rule_id >= 10000 FROM ce_activity WHERE activity_id = 6005;
ROLLBACK;

-- 4.2: a window; the row of the greatest first year wins, until its last year
BEGIN;
UPDATE ce_window SET years = 1 WHERE route = 'review' AND level = 'senior';
UPDATE ce_requirement SET public_hours = NULL, total_hours = '90' WHERE from_year = 2020;
SELECT ce_verdict(6001, 'senior', as_of => '2020-12-31'), ce_verdict(6001, 'full_senior', as_of => '2020-12-31');
DELETE FROM ce_window WHERE window_id = 4;
INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, to_year, instrument, clause)
	VALUES ('general', 'review', 'full_senior', 'any', 1, 2020, 2020, 'qinghai-2020-227', 'test');
SELECT ce_verdict(6001, 'full_senior', as_of => '2020-12-31'), ce_verdict(6001, 'full_senior', as_of => '2021-01-01');
ROLLBACK;
-- the sum of the years, another reading of AMB-8
INSERT INTO ce_person (person_id, org_id) VALUES (6002, 25);
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, hours, evidence, status, verified_by, verified_on) VALUES
	(6011, 6002, 'recorded_professional', NULL, '2018-12-31', '20', NULL, 'verified', 2, '2018-12-31'),
	(6012, 6002, 'academy_course', NULL, '2020-03-01', '45', NULL, 'verified', 4, '2020-03-05'),
	(6013, 6002, 'training', '2020-03-01', '2020-04-10', '250', 'document', 'verified', 2, '2020-04-20');
BEGIN;
SELECT ce_verdict(6002, 'intermediate', as_of => '2020-12-31');
UPDATE ce_window SET aggregation = 'sum' WHERE route = 'review' AND level = 'intermediate';
SELECT ce_verdict(6002, 'intermediate', as_of => '2020-12-31');
UPDATE ce_requirement SET total_hours = '90.01' WHERE from_year = 2016;
SELECT ce_verdict(6002, 'intermediate', as_of => '2020-12-31');
ROLLBACK;

-- the requirement of a next year is an INSERT
BEGIN;
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, hours, evidence, status, verified_by, verified_on) VALUES
	(6021, 6001, 'training', '2021-04-01', '2021-04-10', '95', 'document', 'verified', 2, '2021-04-20');
SELECT ce_verdict(6001, 'junior', as_of => '2021-12-31');
INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, professional_hours, instrument, clause) VALUES ('general', 2021, 2021, '100', '60', 'mohrss-order-25', 'test');
SELECT ce_verdict(6001, 'junior', as_of => '2021-12-31');
SELECT required_total, total_short FROM ce_yearly_totals WHERE person_id = 6001 AND year = 2021;
-- 2020 keeps its own, 2022 falls back to the open row
SELECT year, required_total FROM generate_series(2019, 2022) year, ce_assess('general', year, '{}', '0', false);
SELECT * FROM ce_law_check();
ROLLBACK;

-- a new scheme: its persons, and a question that asks for it
BEGIN;
INSERT INTO ce_scheme VALUES ('pilot', '试点', 'pilot', true, 1, 'mohrss-order-25', 'test');
SELECT ce_verdict(6001, 'junior', as_of => '2020-12-31', scheme => 'pilot');
INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('pilot', 2016, '100', 'mohrss-order-25', 'test');
INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause) VALUES ('pilot', 'review', 'junior', 'any', 2, 2016, 'mohrss-order-25', 'test');
-- no cap there: 44 + 70 + 35
SELECT ce_verdict(6001, 'junior', as_of => '2020-12-31', scheme => 'pilot'), ce_verdict(6001, 'junior', as_of => '2020-12-31');
UPDATE ce_person SET scheme = 'pilot' WHERE person_id = 6001;
SELECT pg_temp.now_is();
ROLLBACK;
SELECT test.refused($$ SELECT ce_verdict(6001, 'junior', as_of => '2020-12-31', scheme => 'pilot') $$);

-- TRUNCATE counts as a change too
BEGIN;
TRUNCATE ce_window;
SELECT ce_verdict(6001, 'junior', as_of => '2020-12-31');
ROLLBACK;
SELECT pg_temp.now_is();

-- DDL on the ledger's tables: a column that a user adds, one that is dropped
-- before the others, does not confuse the readers
BEGIN;
ALTER TABLE ce_requirement ADD COLUMN remark text DEFAULT 'x';
ALTER TABLE ce_person ADD COLUMN office text;
ALTER TABLE ce_person DROP COLUMN office, ADD COLUMN building text DEFAULT 'main';
SELECT pg_temp.now_is();
ROLLBACK;

SELECT * FROM ce_check();

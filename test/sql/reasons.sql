--
-- A reason for every answer: what ce_explain, the plan and a receipt say,
-- word by word.  Everything is rolled back.
--
SET client_min_messages = warning;
SET datestyle = 'ISO, YMD';
BEGIN;
INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code, base_level, self_verifies) VALUES
	(900001, 'reasons_hrss', 'HRSS office', 'hrss', 'provincial', NULL, '630000', NULL, false),
	(900002, 'reasons_academy', 'academy', 'academy', 'provincial', NULL, '630000', NULL, false),
	(900004, 'reasons_department', 'department', 'authority', 'provincial', 900001, '630000', NULL, false),
	(900005, 'reasons_institute', 'university, a national base, verifies itself', 'public_institution', 'provincial', 900004, '630000', 'national', true);
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status, reviewed_by, filed_by, filed_on) VALUES
	(900001, 900005, 'online', 'online', '110', 'filed', 900004, 900001, '2020-01-02');
INSERT INTO ce_person (person_id, person_no, org_id, scheme, held_level, held_since, doctorate_on) VALUES
	(900001, 'reasons1', 900005, 'general', 'intermediate', '2016-05-01', NULL),	-- case 10
	(900002, 'reasons2', 900005, 'general', 'senior', '2018-05-01', '2015-07-01'),	-- case 12
	(900003, 'reasons3', 900005, 'accounting', NULL, NULL, NULL),					-- case 19
	(900004, 'reasons4', 900005, 'general', NULL, NULL, NULL);						-- nothing yet
INSERT INTO ce_activity (person_id, kind, plan_id, started_on, completed_on, hours, evidence, specialty, status, verified_by, verified_on)
	SELECT p, kind, CASE kind WHEN 'base_online' THEN 900001 END, CASE kind WHEN 'training' THEN completed - 30 END, completed, hours::ce_hours, 'document', CASE kind WHEN 'base_online' THEN 'geology' END,
		'verified', CASE kind WHEN 'academy_course' THEN 900002 ELSE 900005 END, completed + 5
	FROM (VALUES (900001, 'recorded_public', '2017-12-01'::date, '30'), (900001, 'recorded_professional', '2017-12-01', '60'), (900001, 'recorded_public', '2018-12-01', '50'), (900001, 'recorded_professional', '2018-12-01', '40'),
		(900001, 'recorded_public', '2019-12-01', '30'), (900001, 'recorded_professional', '2019-12-01', '60'), (900001, 'academy_course', '2020-05-01', '45'), (900001, 'base_online', '2020-05-02', '100'),
		(900002, 'recorded_public', '2019-12-01', '30'), (900002, 'recorded_professional', '2019-12-01', '60'), (900002, 'academy_course', '2020-05-01', '44'), (900002, 'training', '2020-05-02', '91')) f (p, kind, completed, hours);
CREATE FUNCTION pg_temp.why(p bigint, level ce_level, route ce_route DEFAULT 'review', as_of date DEFAULT '2020-09-01', specialty text DEFAULT NULL)
RETURNS TABLE (clause text, year integer, condition text, required numeric, got numeric, short numeric, ok boolean, message text, cure text) LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY SELECT x.clause, x.year, x.condition, x.required, x.got, x.short, x.ok, x.message, x.cure FROM ce_explain(p, level, route, as_of, specialty) x ORDER BY x.ord;
END $$;
\a
\t

-- case 10: 2018 is 20 professional hours short, 10 can come from 2020
SELECT * FROM pg_temp.why(900001, 'senior');
SELECT * FROM ce_allocation_plan(900001, 'senior', '2020-09-01');
-- 110 would do
INSERT INTO ce_activity (person_id, kind, plan_id, completed_on, hours, specialty, status, verified_by, verified_on) VALUES (900001, 'base_online', 900001, '2020-06-02', '10', 'geology', 'verified', 900005, '2020-06-05');
SELECT * FROM ce_allocation_plan(900001, 'senior', '2020-09-01');
SELECT ce_allocate(900001, 2020, 2018, 'professional', '20', 900005, '2020-09-01') IS NOT NULL AS allocated;
SELECT * FROM pg_temp.why(900001, 'senior') WHERE year = 2018 OR NOT ok;
-- a receipt: the question, the verdict, what went in and which law rows
SELECT jsonb_pretty(r - 'hash' - 'law'), (SELECT string_agg(k, ', ' ORDER BY k COLLATE "C") FROM jsonb_object_keys(r -> 'law') k) FROM ce_receipt(900001, 'junior', as_of => '2020-09-01') r;
-- case 12 and case 1: a doctor in 2019 and 2020; 44 + 91 is not 45 + 90
SELECT * FROM pg_temp.why(900002, 'senior');
-- with hours that wait, and an achievement that nobody attested
INSERT INTO ce_activity (person_id, kind, completed_on, hours) VALUES (900002, 'academy_course', '2020-08-01', '1');
SELECT * FROM pg_temp.why(900002, 'senior') WHERE NOT ok;
SELECT ce_verdict(900002, 'senior', as_of => '2020-09-01'), ce_eligible(900002, 'senior', as_of => '2020-09-01');
INSERT INTO ce_achievement (person_id, kind, rank, achieved_on) VALUES (900001, 'invention_patent', 1, '2021-03-01');
SELECT * FROM pg_temp.why(900001, 'junior', as_of => '2022-06-01') WHERE NOT ok;
UPDATE ce_achievement SET attested_by = 900005, attested_on = '2021-03-02' WHERE person_id = 900001;
SELECT * FROM pg_temp.why(900001, 'junior', as_of => '2022-06-01') WHERE year = 2021;
-- 4.2.3: by transfer, of the specialty
SELECT * FROM pg_temp.why(900001, 'intermediate', 'transfer', specialty => 'geology');
SELECT * FROM pg_temp.why(900001, 'intermediate', 'transfer') WHERE NOT ok;
-- no answer here: a person nobody knows, an accountant, full senior by recognition, a day before the notice
SELECT * FROM pg_temp.why(999999, 'junior');
SELECT * FROM pg_temp.why(900003, 'junior');
SELECT * FROM pg_temp.why(900004, 'full_senior', 'recognition') WHERE NOT ok;
SELECT * FROM pg_temp.why(900004, 'junior', as_of => '2019-09-01') WHERE NOT ok;
-- nothing yet
SELECT * FROM pg_temp.why(900004, 'junior') WHERE NOT ok;
-- case 14: a finding
INSERT INTO ce_sanction (person_id, found_on, decision) VALUES (900004, '2020-02-29', 'decision 7');
SELECT * FROM pg_temp.why(900004, 'junior') WHERE NOT ok;

-- a receipt asked again: nothing, then what changed
CREATE TEMP TABLE kept AS SELECT ce_receipt(900001, 'senior', as_of => '2020-09-01') AS receipt;
SELECT c.* FROM kept, ce_receipt_check(receipt) c;
UPDATE ce_requirement SET professional_hours = '61' WHERE scheme = 'general' AND from_year = 2016;
SELECT c.part, c.recorded ->> 'professional_hours' AS recorded, c.now ->> 'professional_hours' AS now FROM kept, ce_receipt_check(receipt) c WHERE part LIKE 'law%';
SELECT c.* FROM kept, ce_receipt_check(receipt) c WHERE part NOT LIKE 'law%';
UPDATE ce_requirement SET professional_hours = '60' WHERE scheme = 'general' AND from_year = 2016;
INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (900001, 'recorded_public', '2019-11-01', '1', 'verified', 900005, '2019-12-02');
SELECT c.* FROM kept, ce_receipt_check(receipt) c;
ROLLBACK;

-- 8, 9: what reports and work lists show
BEGIN;
\ir lib/ledger.psql
SELECT no_plan();

-- a filed course of the national base for two persons, one of them self-verified; training in another quarter
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, starts_on, status, reviewed_by, filed_by, filed_on) VALUES
	(900, 20, 'in time', 'online', '60', '2020-03-01', 'filed', 10, 1, '2020-06-30'),
	(901, 20, 'late', 'online', '60', '2020-03-01', 'filed', 10, 1, '2020-07-01');
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, starts_on, status) VALUES (902, 20, 'never filed', 'online', '60', '2020-03-01', 'submitted');
CREATE TEMP TABLE worker AS SELECT person() AS p;
SELECT person(27), person(26, 'accounting');
CREATE TEMP TABLE lecturer AS SELECT person(22, held => 'intermediate', held_since => '2018-01-01') AS p;
INSERT INTO ce_activity (activity_id, person_id, kind, plan_id, completed_on, hours, status, verified_by, verified_on)
	SELECT 9000, p, 'base_online', 900, '2020-03-31'::date, '60'::ce_hours, 'verified'::ce_status, 2, '2020-07-02'::date FROM worker
	UNION ALL SELECT 9001, p, 'base_online', 900, '2020-04-01', '40', 'verified', 22, '2020-07-02' FROM lecturer;
SELECT give_public(p, '45') FROM worker;
SELECT give_professional(p, '30', '2020-05-01') FROM worker;

SELECT results_eq('SELECT quarter, due_on, persons, activities, hours FROM ce_quarterly_report WHERE reports_as = ''organiser'' AND org_id = 20 AND year = 2020 ORDER BY 1',
	$$ VALUES (1, '2020-03-31'::date, 1::bigint, 1::bigint, 60::numeric), (2, '2020-06-30', 1, 1, 40) $$, '9.2b: a base reports its courses by quarter, due on the quarter''s last day');
SELECT results_eq('SELECT quarter, category, persons, hours FROM ce_quarterly_report WHERE reports_as = ''employer'' AND org_id = 25 AND year = 2020 ORDER BY 1, 2',
	$$ VALUES (1, 'online', 1::bigint, 60::numeric), (1, 'public', 1, 45), (2, 'training', 1, 30) $$, '9.2b: an employer reports its staff by quarter and category');
SELECT results_eq('SELECT prefecture, level, obliged, persons, trained, public_hours, professional_hours, met, completion_rate FROM ce_annual_statistics WHERE org_id IN (22, 25) AND year = 2020 ORDER BY org_id',
	$$ VALUES ('630000', 'intermediate', true, 1::bigint, 1::bigint, 0::numeric, 40::numeric, 0::bigint, 0.0::numeric), ('630100', 'none', true, 1, 1, 45, 90, 1, 100.0) $$,
	'9.2c: the year by prefecture, employer and level, with the completion rate');
SELECT is((SELECT persons FROM ce_annual_statistics WHERE org_id = 27 AND year = 2020), 1::bigint, '2.2: staff of a central unit are counted');
SELECT is((SELECT obliged FROM ce_annual_statistics WHERE org_id = 27 AND year = 2020), false, '2.2: and marked as not obliged (AMB-3)');
SELECT is_empty($$ SELECT * FROM ce_annual_statistics WHERE org_id = 26 $$, '2.3: accounting staff are not counted');

-- 8.1: filing
SELECT results_eq('SELECT plan_id, filing_due, late FROM ce_filing_status WHERE org_id = 20 ORDER BY 1',
	$$ VALUES (900::bigint, '2020-06-30'::date, false), (901, '2020-06-30', true), (902, '2020-06-30', true) $$, '8.1a: filed on 30 June is in time, on 1 July late (case 16)');
SELECT results_eq('SELECT finding, object_id FROM ce_findings WHERE clause = ''8.1a'' AND org_id = 20 ORDER BY 2',
	$$ VALUES ('late filing', 901::bigint), ('filing overdue', 902) $$, '8.1a: late and overdue filings are findings, not refusals (AMB-26)');

-- 8.2, 8.3: study and verification
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
	SELECT n, p, 'academy_course', c::date, '1'::ce_hours, 'verified'::ce_status, 4, v::date
	FROM worker, (VALUES (9010, '2020-11-30', '2020-12-15'), (9011, '2020-12-01', '2020-12-15'), (9012, '2020-11-30', '2020-12-16')) d (n, c, v);
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours) SELECT 9013, p, 'academy_course', '2020-11-01', '1' FROM worker;
SELECT results_eq('SELECT object_id FROM ce_findings WHERE finding = ''late study'' ORDER BY 1', $$ VALUES (9011::bigint) $$, '8.2b: finished on 30 November is in time, on 1 December late (AMB-32, case 20)');
SELECT results_eq('SELECT finding, object_id FROM ce_findings WHERE clause = ''8.3'' AND object_id BETWEEN 9010 AND 9013 ORDER BY 2',
	$$ VALUES ('late verification', 9012::bigint), ('verification overdue', 9013) $$, '8.3: verified on 15 December is in time, later late, never overdue');

-- what looks odd
INSERT INTO ce_activity (activity_id, person_id, kind, title, started_on, completed_on, hours, evidence)
	SELECT n, p, 'training', 'the same', s::date, e::date, h::ce_hours, 'document'
	FROM lecturer, (VALUES (9020, '2020-05-04', '2020-05-05', '20'), (9021, '2020-05-05', '2020-05-06', '20.5'), (9022, '2020-06-01', '2020-06-02', '14')) d (n, s, e, h);
SELECT results_eq('SELECT object_id FROM ce_findings WHERE clause = ''AMB-14'' AND object_id BETWEEN 9020 AND 9029 ORDER BY 1', $$ VALUES (9021::bigint) $$, 'AMB-14: more than 10 hours a day is named');
INSERT INTO ce_activity (activity_id, person_id, kind, title, started_on, completed_on, days, hours, status, verified_by, verified_on)
	SELECT n, p, 'academy_course', 'c' || n, s::date, '2020-05-29', d::numeric, h::ce_hours, 'verified'::ce_status, 4, '2020-05-30'::date FROM lecturer,
	(VALUES (9023, NULL, NULL, '24'), (9024, NULL, NULL, '24.01'), (9025, NULL, NULL, '900'), (9026, NULL, '3', '30'), (9027, NULL, '2.5', '30.5'), (9028, '2020-05-01', NULL, '290'), (9029, '2020-05-01', NULL, '290.5')) c (n, s, d, h);
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on) SELECT 9030, p, 'recorded_public', '2019-12-31', '90', 'verified', 22, '2020-01-10' FROM lecturer;
SELECT results_eq('SELECT finding, object_id, detail FROM ce_findings WHERE clause = ''AMB-14'' AND object_id BETWEEN 9020 AND 9030 ORDER BY 2', $$ VALUES ('more than 10 hours a day', 9021::bigint, '20.5 hours in 2 days'),
	('more than 10 hours a day', 9027, '30.5 hours in 3 days'),
	('more than 10 hours a day', 9029, '290.5 hours in 29 days') $$, 'AMB-14: so are hours of the academy that their days do not hold; totals of its courses (5.1) and of earlier years are not');
SELECT throws_ok(format('INSERT INTO ce_activity (person_id, kind, completed_on, days, hours) SELECT p, ''academy_course'', ''2020-05-29'', 2, ''48.5'' FROM lecturer'), '23514', '48.5 hours do not fit into the days of the activity', 'AMB-14: where the days are known more than 24 hours a day are refused');
-- of a plan and of its course; a plan's days, where the person's are not known
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, days, starts_on, ends_on, status, reviewed_by, filed_by, filed_on)
	SELECT n, 20, 'dense', m, h::ce_hours, d, s::date, e::date, 'filed', 10, 1, '2020-01-02'
	FROM (VALUES (910, 'offline', '20', 2, NULL, NULL), (911, 'offline', '20.5', 2, NULL, NULL), (912, 'offline', '30.5', NULL, '2020-06-01', '2020-06-03'), (913, 'online', '60', NULL, '2020-05-01', '2020-05-06'),
		(914, 'online', '60', NULL, '2020-05-01', NULL), (915, 'offline', '60', NULL, NULL, NULL)) p (n, m, h, d, s, e);
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, days, status) VALUES (916, 20, 'draft', 'offline', '20.5', 2, 'draft');
INSERT INTO ce_activity (activity_id, person_id, kind, plan_id, started_on, completed_on, hours)
	SELECT n, p, k, c, s::date, e::date, h::ce_hours FROM lecturer,
	(VALUES (8910, 'filed_course', 910, NULL, '2020-06-03', NULL), (8911, 'filed_course', 911, NULL, '2020-06-03', NULL), (8912, 'filed_course', 912, NULL, '2020-06-03', NULL), (8913, 'base_online', 913, NULL, '2020-06-03', '60'),
		(8914, 'base_online', 914, NULL, '2020-06-03', '24'), (8915, 'base_online', 914, NULL, '2020-06-04', '24.01'), (8916, 'filed_course', 915, NULL, '2020-06-03', NULL), (8917, 'filed_course', 915, '2020-06-01', '2020-06-05', NULL),
		(8918, 'filed_course', 912, '2020-01-01', '2020-05-31', '5'), (8919, 'filed_course', 912, NULL, '2020-06-01', '5')) a (n, k, c, s, e, h);
SELECT results_eq('SELECT finding, object, object_id, detail FROM ce_findings WHERE clause = ''AMB-14'' AND (object_id BETWEEN 8910 AND 8919 OR object = ''plan'') ORDER BY 2, 3',
	$$ VALUES ('more than 10 hours a day', 'activity', 8911::bigint, '20.5 hours in 2 days'), ('more than 10 hours a day', 'activity', 8912, '30.5 hours in 3 days'), ('more hours than one day has', 'activity', 8915, '24.01 hours, but only completed_on is given'),
		('more than 10 hours a day', 'activity', 8917, '60 hours in 5 days'), ('more than 10 hours a day', 'plan', 911, '20.5 hours in 2 days'), ('more than 10 hours a day', 'plan', 912, '30.5 hours in 3 days') $$,
	'AMB-14, 5.2.1, 5.2.2(3): hours of a plan by its days or the person''s; without days nothing is said of them');
SELECT results_eq('SELECT object_id, org_id, detail FROM ce_findings WHERE finding = ''completed before the course'' ORDER BY 1', $$ VALUES (8918::bigint, 22::bigint, 'completed 2020-05-31, but plan 912 starts on 2020-06-01') $$,
	'5.2: completed on the day before the course begins is named, on its first day not');
DELETE FROM ce_activity WHERE activity_id BETWEEN 8910 AND 8919;
SELECT ce_revoke('{9023,9024,9025,9026,9027,9028,9029}', 4, 'test');
SELECT results_eq('SELECT object_id FROM ce_findings WHERE clause = ''AMB-34'' ORDER BY 1', $$ VALUES (9021::bigint) $$, 'AMB-34: overlapping rows of one title are named, others not');

-- 7.4a: whose turn it is
INSERT INTO ce_activity (activity_id, person_id, kind, plan_id, completed_on, hours) SELECT 9030, p, 'base_online', 902, '2020-04-01', '1' FROM worker;
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days) SELECT 9031, p, 'training', '2020-04-01', '2020-04-01', 1 FROM worker;
SELECT results_eq('SELECT activity_id, next_body, waits_for_filing, waits_for_evidence FROM ce_verification_queue WHERE activity_id >= 9030 ORDER BY 1',
	$$ VALUES (9030::bigint, 25::bigint, true, false), (9031, 25, false, true) $$, '7.4a: the employer first; an unfiled plan and missing evidence are named');
UPDATE ce_activity SET evidence = 'document' WHERE activity_id = 9031;
SELECT ce_verify('{9031}', 25, '2020-05-01');
SELECT results_eq('SELECT status, reviewed_by, next_body, waits_for_evidence FROM ce_verification_queue WHERE activity_id = 9031',
	$$ VALUES ('in_review', 25::bigint, 2::bigint, false) $$, '7.4a: then the office');
SELECT ce_verify('{9031}', 2, '2020-05-02');
SELECT is_empty('SELECT * FROM ce_verification_queue WHERE activity_id = 9031', '7.4b: what is verified waits no more');

-- 5.2.4c, AMB-16: the archive, line by line
CREATE TEMP TABLE mentor AS SELECT person() AS p;
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence, status, verified_by, verified_on)
	SELECT n, p, 'mentoring', s::date, e::date, d, 'invitation', 'verified', 2, e::date + 1 FROM mentor, (VALUES (9040, '2020-07-01', '2020-07-02', 2), (9041, '2020-03-02', '2020-03-04', 3)) m (n, s, e, d);
SELECT results_eq('SELECT activity_id, awarded, recognised FROM ce_archive WHERE person_id = (SELECT p FROM mentor) ORDER BY 1',
	$$ VALUES (9040::bigint, 14::numeric, 9::numeric), (9041, 21, 21) $$, '5.2.4c: the cap is used up by date, the later item is cut by 5 (case 2)');
SELECT ce_revoke('{9041}', 2, 'did not take place', '2020-09-01');
SELECT results_eq('SELECT activity_id, recognised, remark FROM ce_archive WHERE person_id = (SELECT p FROM mentor) ORDER BY 1',
	$$ VALUES (9040::bigint, 14::numeric, NULL), (9041, 0, 'revoked: did not take place') $$, 'AMB-16: a revocation frees room for the later one');
SELECT results_eq('SELECT a.person_id, sum(a.recognised) FROM ce_archive a WHERE a.year = 2020 GROUP BY 1 ORDER BY 1',
	'SELECT t.person_id, t.total_hours FROM ce_yearly_totals t WHERE t.year = 2020 ORDER BY 1', '7.4b: the lines add up to the yearly totals');
SELECT set_eq('SELECT person_id, year, public_short, professional_short, total_short, met_for_title FROM ce_shortfalls s WHERE EXISTS (SELECT FROM ce_account a WHERE a.person_id = s.person_id AND a.year = s.year)',
	'SELECT person_id, year, public_short, professional_short, total_short, met_for_title FROM ce_yearly_totals WHERE NOT met AND on_record', '4.1: years that are not met are listed as shortfalls');

-- 4.1: who has nothing is short, from the first year that the ledger knows the person in
CREATE FUNCTION this_year() RETURNS integer LANGUAGE sql AS $$ SELECT extract(year FROM ce_today())::integer $$;
CREATE FUNCTION idle(since date DEFAULT NULL, entered date DEFAULT NULL, scheme text DEFAULT 'general') RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_person (person_id, org_id, scheme, held_since, entered_on) VALUES (nextval('person_seq'), 25, scheme, since, entered) RETURNING person_id $$;
CREATE TEMP TABLE idler (name text, p bigint, first_year integer);
INSERT INTO idler VALUES ('nothing known', idle(), this_year()), ('in the present post', idle('2019-05-01'), 2019), ('the post of long ago', idle('1999-05-01'), 2016),
	('entered', idle(NULL, '2022-07-01'), 2022), ('entered before the law', idle(NULL, '2001-07-01'), 2016), ('entered after the post', idle('2017-01-01', '2021-01-01'), 2021), ('enters next year', idle(NULL, make_date(this_year() + 1, 1, 1)), NULL),
	('accountant', idle('2019-05-01', NULL, 'accounting'), NULL);
SELECT results_eq(format('SELECT year, public_short, professional_short, total_short, met_for_title FROM ce_shortfalls WHERE person_id = %s ORDER BY year', p),
	format('SELECT y, CASE y WHEN 2020 THEN 45 ELSE 0 END::numeric, CASE y WHEN 2020 THEN 90 ELSE 60 END::numeric, CASE y WHEN 2020 THEN 135 ELSE 90 END::numeric, false FROM generate_series(%s, this_year()) y', first_year),
	'4.1: without hours: ' || name) FROM idler WHERE first_year IS NOT NULL;
SELECT is_empty(format('SELECT * FROM ce_shortfalls WHERE person_id = %s', p), '4.1: without hours: ' || name) FROM idler WHERE first_year IS NULL;
CREATE TEMP TABLE gap AS SELECT give_years(idle(), 2019, 2021) AS p;
SELECT results_eq(format('SELECT year FROM ce_shortfalls WHERE person_id = %s ORDER BY 1', p), 'SELECT y FROM generate_series(2020, this_year()) y WHERE y <> 2021', '4.1: a year between that has nothing, and those after the last') FROM gap;
SELECT results_eq(format('SELECT year, met_for_title FROM ce_shortfalls WHERE person_id = %s AND year BETWEEN 2018 AND 2020 ORDER BY 1', p), 'VALUES (2018, false), (2019, false), (2020, false)', '7.3d: a year with attested hours alone is listed once')
	FROM achieve(idle('2018-01-01'), '{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01"}') p;
SELECT is_empty('SELECT person_id, year FROM ce_shortfalls GROUP BY 1, 2 HAVING count(*) > 1', '4.1: no year of a person is listed twice');
-- the statistics count them, in every year that the law asks for hours in
SELECT results_eq('SELECT DISTINCT year FROM ce_annual_statistics ORDER BY 1', 'SELECT generate_series(2016, this_year())', '9.2c: every year that the law asks for hours in, also one that nobody has an account in');
SELECT results_eq('SELECT year, persons, trained, met FROM ce_annual_statistics WHERE org_id = 27 ORDER BY 1', 'SELECT y, 1::bigint, 0::bigint, 0::bigint FROM generate_series(2016, this_year()) y', '9.2c: a person without hours is counted in each');
UPDATE ce_person SET entered_on = '2021-03-01' WHERE org_id = 27;
SELECT is((SELECT min(year) FROM ce_annual_statistics WHERE org_id = 27), 2021, '9.2c: from the year of entry on');
CREATE TEMP TABLE early AS SELECT idle() AS p;
-- hours from before the law are of those who have them: a year in which one ledger has some and another none adds up
INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on)
	SELECT p, 'recorded_public', '2013-12-31', '20', 'verified', 2, '2013-12-31' FROM early;
SELECT results_eq('SELECT year, org_id, persons, trained, public_hours, met FROM ce_annual_statistics WHERE year < 2016', 'VALUES (2013, 25::bigint, 1::bigint, 1::bigint, 20::numeric, 0::bigint)',
	'9.2c: a year before the law counts those with hours, and nobody else');

-- 8.1a: a plan is of no scheme
SELECT ce_clone_scheme('general', 'teachers'), ce_clone_scheme('general', 'elsewhere'), ce_clone_scheme('general', 'silent');
UPDATE ce_requirement SET filing_due = '08-31' WHERE scheme = 'teachers' AND from_year = 2020;
UPDATE ce_requirement SET filing_due = '12-31' WHERE scheme = 'elsewhere' AND from_year = 2020;
UPDATE ce_requirement SET filing_due = NULL WHERE scheme = 'silent';
UPDATE ce_scheme SET governed = false WHERE scheme = 'elsewhere';
SELECT results_eq('SELECT plan_id, filing_due, late FROM ce_filing_status WHERE plan_id BETWEEN 900 AND 902 ORDER BY 1', $$ VALUES (900::bigint, '2020-08-31'::date, false), (901, '2020-08-31', false), (902, '2020-08-31', true) $$,
	'8.1a: the latest deadline of the governed schemes that state one');
UPDATE ce_requirement SET filing_due = '05-31' WHERE scheme = 'teachers' AND from_year = 2020;
SELECT results_eq('SELECT plan_id, filing_due, late FROM ce_filing_status WHERE plan_id BETWEEN 900 AND 902 ORDER BY 1', $$ VALUES (900::bigint, '2020-06-30'::date, false), (901, '2020-06-30', true), (902, '2020-06-30', true) $$,
	'8.1a: in time for one scheme is in time');
UPDATE ce_person SET scheme = 'teachers' WHERE scheme = 'general';
DELETE FROM ce_requirement WHERE scheme = 'general';
DELETE FROM ce_cap WHERE scheme = 'general';
DELETE FROM ce_window WHERE scheme = 'general';
DELETE FROM ce_catchup WHERE scheme = 'general';
DELETE FROM ce_rule WHERE scheme = 'general';
DELETE FROM ce_scheme WHERE scheme = 'general';
SELECT results_eq('SELECT plan_id, filing_due, late FROM ce_filing_status WHERE plan_id BETWEEN 900 AND 902 ORDER BY 1', $$ VALUES (900::bigint, '2020-05-31'::date, true), (901, '2020-05-31', true), (902, '2020-05-31', true) $$,
	'8.1a: in a ledger without a scheme of the name general, too');

-- one course handed in many times: findings grow as the rows do, each names a few of those before it
INSERT INTO ce_activity (activity_id, person_id, kind, title, started_on, completed_on, days, evidence)
	SELECT 50000 + n, p, 'training', 'again', '2020-08-03', '2020-08-05', 3, 'document ' || n FROM lecturer, generate_series(1, 3000) n;
SELECT is((SELECT count(*)::integer FROM ce_findings WHERE clause = 'AMB-34' AND object_id > 50000), 2999, 'AMB-34: 3,000 rows of one title and time are 2,999 findings');
SELECT results_eq('SELECT object_id, detail FROM ce_findings WHERE clause = ''AMB-34'' AND object_id IN (50001, 50002, 50003, 53000) ORDER BY 1',
	$$ VALUES (50002::bigint, 'overlaps activity 50001: again'), (50003, 'overlaps a run of 2 earlier activities, among them 50001, 50002: again'),
		(53000, 'overlaps a run of 2999 earlier activities, among them 52995, 52996, 52997, 52998, 52999: again') $$, 'AMB-34: which name a few others and how many there are');
-- one that overlaps the next alone belongs to the run, one that is apart does not; the plan counts as the title does, and once
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status, reviewed_by, filed_by, filed_on) VALUES (908, 20, 'runs', 'offline', '30', 'filed', 10, 1, '2020-01-02');
INSERT INTO ce_activity (activity_id, person_id, kind, plan_id, title, started_on, completed_on, hours)
	SELECT n, p, 'filed_course', 908, t, s::date, e::date, '5' FROM worker, (VALUES (60001, 'run', '2020-09-01', '2020-09-04'), (60002, 'run', '2020-09-10', '2020-09-12'), (60003, 'run', '2020-09-03', '2020-09-05'),
		(60004, 'walk', '2020-09-05', '2020-09-06'), (60005, 'run', '2020-09-13', '2020-09-14')) d (n, t, s, e);
INSERT INTO ce_activity (activity_id, person_id, kind, title, started_on, completed_on, days, evidence) SELECT 60006, p, 'training', 'run', '2020-09-13', '2020-09-14', 2, 'document' FROM worker;
SELECT results_eq('SELECT object_id, detail FROM ce_findings WHERE clause = ''AMB-34'' AND object_id > 60000 ORDER BY 1, 2',
	$$ VALUES (60003::bigint, 'overlaps activity 60001: run'), (60004, 'overlaps a run of 2 earlier activities, among them 60001, 60003: run') $$, 'AMB-34: by plan and by title, each once; what is apart or of another kind is not named');

SELECT * FROM finish();
ROLLBACK;

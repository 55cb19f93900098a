-- Henan, Xuzhou, Suqian and Order 10 of 2018, as examples/notices has them: questions and answers
BEGIN;
\ir lib/titles.psql
\ir ../../examples/notices/henan.sql
\ir ../../examples/notices/xuzhou.sql
\ir ../../examples/notices/suqian.sql
\ir ../../examples/notices/order_10_2018.sql
SELECT * FROM no_plan();

-- what somebody of 22 did in a year, verified: columns as JSON
CREATE FUNCTION did(p bigint, of_kind text, y integer, facts jsonb DEFAULT '{}') RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
	RETURN awarded(give(p, jsonb_build_object('kind', of_kind, 'started_on', make_date(y, 1, 10), 'completed_on', make_date(y, 6, 30)) || facts));
END $$;
CREATE FUNCTION hours(h numeric) RETURNS jsonb LANGUAGE sql AS $$ SELECT jsonb_build_object('hours', h) $$;
CREATE FUNCTION days(d numeric) RETURNS jsonb LANGUAGE sql AS $$ SELECT jsonb_build_object('days', d) $$;
-- public/professional/total hours of a year and whether it is met
CREATE FUNCTION year_of(p bigint, y integer) RETURNS text LANGUAGE sql AS $$
	SELECT format('%s/%s/%s %s', trim_scale(public_hours), trim_scale(professional_hours), trim_scale(total_hours),
		CASE WHEN met THEN 'met' WHEN met IS NULL THEN 'no rule' ELSE 'not met' END)
	  FROM ce_yearly_totals WHERE person_id = p AND year = y
$$;
-- what ce_explain says is missing: condition, year, required, got
CREATE FUNCTION missing(p bigint, level ce_level, as_of date) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', condition, year, trim_scale(got), 'of', trim_scale(required)), ', ' ORDER BY ord)
	  FROM ce_explain(p, level, 'review', as_of) WHERE NOT ok
$$;

-- Henan: the table
CREATE TEMP TABLE hn AS SELECT n, person(22, 'henan', NULL, 'intermediate', '2015-01-01') AS p FROM generate_series(1, 12) AS n;
CREATE FUNCTION hn(i integer) RETURNS bigint LANGUAGE sql AS 'SELECT p FROM hn WHERE n = i';
SELECT is(did(hn(1), 'hn_course_passed', 2018, '{"quantity": 1}'), 15::numeric, 'Henan: a course passed is 15 hours');
SELECT is(did(hn(1), 'hn_course_passed', 2018, '{"quantity": 3}'), 45::numeric, 'Henan: three are 45');
SELECT is(did(hn(1), 'hn_report', 2018), 20::numeric, 'Henan: a report that was adopted is 20');
SELECT is(string_agg(trim_scale(did(hn(1), 'hn_conference', 2018, jsonb_build_object('grade', grade, 'role', role)))::text, ' ' ORDER BY ord), '12 18 20 8 12 14',
	'Henan: conferences by grade, and what a paper adds')
	FROM (VALUES (1, 'national', 'listener'), (2, 'national', 'short_paper'), (3, 'national', 'long_paper'), (4, 'provincial', 'listener'), (5, 'provincial', 'short_paper'), (6, 'provincial', 'long_paper')) v (ord, grade, role);
SELECT did(hn(2), 'hn_course', 2018, hours(320)), did(hn(3), 'hn_course', 2018, hours(319.99)), did(hn(4), 'hn_course', 2018, hours(168)), did(hn(5), 'hn_course', 2018, hours(167.99)) \g /dev/null
SELECT is(ask(hn(2), 'senior'), 'eligible', 'Henan: 320 in one of five years');
SELECT is(ask(hn(3), 'senior'), 'not_eligible', 'Henan: 319.99');
SELECT is(missing(hn(3), 'senior', '2020-12-31'), 'sum 319.99 of 320', 'Henan: a sum with its numbers');
SELECT is(ask(hn(4), 'junior'), 'eligible', 'Henan: 168 of three years for a junior title, and nobody names a scheme');
SELECT is(ask(hn(5), 'junior'), 'not_eligible', 'Henan: 167.99');
SELECT is(missing(hn(5), 'junior', '2020-12-31'), 'sum 167.99 of 168', 'Henan: of 56 a year');
-- projects by grade and rank, in each year of the project
CREATE TEMP TABLE project AS SELECT grade, rank, achieve(person(22, 'henan', NULL, 'intermediate', '2015-01-01'),
		jsonb_build_object('kind', 'hn_project', 'grade', grade, 'rank', rank, 'work_ref', 'p', 'started_on', '2019-03-01', 'due_on', '2020-12-31', 'achieved_on', '2020-05-01')) AS p
	FROM (VALUES ('national_main', 5), ('national_part', 3), ('provincial_main', 3), ('provincial_part', 3)) v (grade, last), generate_series(1, last) AS rank;
SELECT is(string_agg(concat_ws(',', trim_scale(attested(p, 2019)), trim_scale(attested(p, 2020))), ' ' ORDER BY grade, rank),
	'64,64 56,56 48,48 40,40 32,32 48,48 40,40 32,32 56,56 48,48 40,40 40,40 32,32 24,24', 'Henan: each rank of each list') FROM project;
SELECT is(error_of(format('SELECT achieve(%s, ''{"kind": "hn_project", "grade": "national_main", "rank": 6, "started_on": "2019-03-01", "due_on": "2020-12-31", "achieved_on": "2020-05-01"}'')', hn(6))) LIKE '23514 %rank%', true, 'Henan: rank 6 of a list of five is refused');
SELECT achieve(hn(6), '{"kind": "hn_paper", "grade": "indexed", "rank": 3, "work_ref": "w", "achieved_on": "2019-05-01"}'), achieve(hn(6), '{"kind": "hn_paper", "grade": "core", "rank": 1, "work_ref": "w", "achieved_on": "2019-05-01"}') \g /dev/null
SELECT is(attested(hn(6), 2019), 24::numeric, 'Henan: one paper twice is the best of both, 30 less 2 times 3');
SELECT achieve(hn(7), '{"kind": "hn_project", "grade": "national_main", "rank": 2, "work_ref": "p", "started_on": "2016-03-01", "due_on": "2020-12-31", "achieved_on": "2020-05-01"}') \g /dev/null
SELECT is((SELECT string_agg(trim_scale(hours::numeric)::text, ' ' ORDER BY year) FROM ce_attested(hn(7), '2020-12-31')), '56 56 56 56 56', 'Henan: rank 2 of a national main project in five years');
SELECT is(year_of(hn(7), 2019), '0/56/56 not met', 'Henan: what is attested is in the archive');
SELECT is(ask(hn(7), 'senior'), 'not_eligible', 'Henan: 280 of 320');
SELECT is(missing(hn(7), 'senior', '2020-12-31'), 'sum 280 of 320', 'Henan: and ce_explain counts it');
SELECT did(hn(7), 'hn_course', 2020, hours(40)) \g /dev/null
SELECT is(ask(hn(7), 'senior'), 'eligible', 'Henan: with 40 more');
SELECT is((SELECT count(*)::integer FROM ce_explain(hn(7), 'senior', 'review', '2020-12-31') WHERE condition = 'attested' AND got = 56 AND clause = '折算标准表'), 5, 'Henan: attested hours are told with their clause');
SELECT achieve(hn(8), '{"kind": "hn_award", "grade": "national", "achieved_on": "2019-05-01"}') \g /dev/null
SELECT did(hn(8), 'hn_course', 2020, hours(256)) \g /dev/null
SELECT is(year_of(hn(8), 2019), '0/64/64 met', 'Henan: a national award completes its year');
SELECT is(ask(hn(8), 'senior'), 'eligible', 'Henan: and is a year of the sum');
SELECT alike(error_of(format('SELECT did(%s, ''hn_report'', 2019, ''{"rank": 3}'')', hn(9))), '23514 %rank%', 'Henan: an activity with a rank that its rule does not list is refused');
SELECT alike(error_of(format('SELECT achieve(%s, ''{"kind": "hn_paper", "role": "first_author", "grade": "core", "rank": 1, "achieved_on": "2019-05-01"}'')', hn(9))), '23514 %role%', 'Henan: so is a role that no rule lists');
SELECT alike(error_of(format('SELECT did(%s, ''hn_course_passed'', 2019)', hn(9))), '23502 the activity has no quantity | %Give in quantity how many there are.', 'Henan: courses passed need their number');
SELECT alike(error_of(format('SELECT did(%s, ''hn_report'', 2019, ''{"quantity": 2}'')', hn(9))), '23514 an activity of kind "hn_report" takes no quantity | %', 'Henan: a report takes none');
SELECT is_empty(format('SELECT FROM ce_activity WHERE person_id = %s', hn(9)), 'Henan: nothing of it was kept');

-- Xuzhou: the average over the term, half of the years' rows under each other scheme
CREATE TEMP TABLE xz AS SELECT n, person(22, CASE WHEN n > 8 THEN 'suqian' ELSE 'xuzhou' END, NULL, 'intermediate', CASE WHEN n = 6 THEN '2000-01-01' ELSE '2018-03-01' END::date) AS p FROM generate_series(1, 10) AS n;
CREATE FUNCTION xz(i integer) RETURNS bigint LANGUAGE sql AS 'SELECT p FROM xz WHERE n = i';
SELECT is(did(xz(1), 'xz_training', 2018, days(0.5)), 3::numeric, 'Xuzhou: half a day is 3 hours');
SELECT is(did(xz(1), 'xz_university', 2018, days(5)), 40::numeric, 'Xuzhou: a day at a university is 8');
SELECT is(did(xz(1), 'xz_seminar', 2018, days(5)), 60::numeric, 'Xuzhou: a day of a senior seminar 12');
SELECT is(did(xz(1), 'xz_university', 2018, days(18)), 144::numeric, 'Xuzhou: 18 days at a university are two years'' hours');
SELECT is(did(xz(1), 'xz_university', 2018, days(19)), 144::numeric, 'Xuzhou: and 19 no more');
SELECT is(did(xz(1), 'xz_degree', 2018), 72::numeric, 'Xuzhou: a degree once');
SELECT is(did(xz(1), 'xz_degree_year', 2018) + did(xz(1), 'xz_degree_year', 2019), 100::numeric, 'Xuzhou: or over two years');
SELECT did(xz(2), 'xz_public', 2018, hours(72)), did(xz(2), 'xz_training', 2019, days(24)), did(xz(3), 'xz_public', 2018, hours(71.99)), did(xz(3), 'xz_training', 2019, days(24)), did(xz(4), 'xz_public', 2018, hours(72)), did(xz(4), 'xz_training', 2019, days(23.5)) \g /dev/null
SELECT is(ask(xz(2), 'senior'), 'eligible', 'Xuzhou: 216 in the three years of the title, 72 public, is 72 a year');
SELECT is(ask(xz(3), 'senior'), 'not_eligible', 'Xuzhou: public a hundredth short of the average');
SELECT is(missing(xz(3), 'senior', '2020-12-31'), 'sum_public 71.99 of 72, sum 215.99 of 216', 'Xuzhou: and which');
SELECT is(missing(xz(4), 'senior', '2020-12-31'), 'sum 213 of 216', 'Xuzhou: half a day short');
SELECT is(ask(xz(2), 'senior', '2021-12-31'), 'not_eligible', 'Xuzhou: a year later there are four years');
SELECT is(missing(xz(2), 'senior', '2021-12-31'), 'sum_public 72 of 96, sum 216 of 288', 'Xuzhou: 24 and 72 of each');
SELECT is(ask(xz(4), 'junior'), 'eligible', 'Xuzhou: 40 a year for a junior title');
SELECT did(xz(5), 'xz_public', 2018, hours(72)), did(xz(5), 'xz_training', 2019, days(8)) \g /dev/null
SELECT is(ask(xz(5), 'intermediate'), 'eligible', 'Xuzhou: 72 and 48 are 40 a year: enough of a junior, who asks for intermediate');
SELECT is(ask(xz(5), 'senior'), 'not_eligible', 'Xuzhou: and not of an intermediate');
SELECT is((SELECT message FROM ce_explain(xz(6), 'senior', 'review', '2025-12-31') WHERE condition = 'sum'), 'needs 1152 more hours in all in 2010 to 2025 together: 0 of 1152', 'Xuzhou: 16 years at most');
SELECT did(xz(9), 'xz_public', 2018, hours(72)), did(xz(9), 'xz_training', 2019, days(24)) \g /dev/null
SELECT is(ask(xz(9), 'senior'), 'eligible', 'Suqian: by the rows of Xuzhou');
SELECT is(ask(xz(10), 'senior'), 'not_eligible', 'Suqian: and without hours not');
SELECT is((SELECT string_agg(DISTINCT clause, ', ') FROM ce_explain(xz(10), 'senior', 'review', '2020-12-31')), '职称申报, 适用范围', 'Suqian: which cites what it has from there');

-- Order 10 of 2018
CREATE TEMP TABLE ac AS SELECT n, person(22, 'accountants-2018', NULL, 'intermediate', CASE WHEN n = 3 THEN '2020-02-01' ELSE '2018-09-01' END::date) AS p FROM generate_series(1, 5) AS n;
CREATE FUNCTION ac(i integer) RETURNS bigint LANGUAGE sql AS 'SELECT p FROM ac WHERE n = i';
SELECT is(did(ac(1), 'acc_meeting', 2019, days(2)), 20::numeric, 'Order 10: a day of a conference is 10 credits');
SELECT is(did(ac(1), 'acc_exam', 2020, '{"quantity": 1}'), 90::numeric, 'Order 10: a subject of an exam is a year''s');
SELECT did(ac(2), 'acc_public', 2019, hours(30)), did(ac(2), 'acc_course', 2019, hours(60)), did(ac(2), 'acc_public', 2020, hours(30)), did(ac(2), 'acc_course', 2020, hours(60)) \g /dev/null
SELECT is(ask(ac(2), 'senior'), 'eligible', 'Order 10: the obligation begins the year after the title: 2019 and 2020');
SELECT is((SELECT string_agg(DISTINCT year::text, ' ' ORDER BY year::text) FROM ce_explain(ac(2), 'senior', 'review', '2020-12-31') WHERE condition = 'total'), '2019 2020', 'Order 10: and no others are asked');
SELECT is(ask(ac(3), 'senior', d) || ' ' || (SELECT full_senior FROM ce_standing(ac(3), d)), 'eligible eligible', 'Order 10: in the year of the title none is owed, on ' || d) FROM unnest('{2020-02-01,2020-12-31}'::date[]) d;
SELECT is((SELECT string_agg(concat_ws(' ', condition, ok, message), ', ') FROM ce_explain(ac(3), 'senior', 'review', '2020-12-31') WHERE condition NOT IN ('scope', 'ban')),
	'window t senior by review: the years after that of the present title count, and there is none yet (the obligation starts in the year after that of the title, in which none is owed)', 'Order 10: which ce_explain says');
SELECT is(ce_verdict(ac(3), 'senior', 'review', '2020-01-31')::text, 'no_rule', 'Order 10: before the title nobody knows');
SELECT is((SELECT senior::text FROM ce_eligibility WHERE person_id = ac(3)), ask(ac(3), 'senior', ce_today()), 'Order 10: everybody is judged alike');
SELECT is((SELECT string_agg(message, '') FROM ce_allocation_plan(ac(3), 'senior', '2020-12-31')), 'the person is already eligible; no hours need to be allocated', 'Order 10: and nothing is to be allocated');
SELECT is(ask(ac(3), 'senior', '2021-12-31') || ' ' || (SELECT string_agg(DISTINCT year::text, ' ') FROM ce_explain(ac(3), 'senior', 'review', '2021-12-31') WHERE condition = 'total'), 'not_eligible 2021', 'Order 10: from the next year on one is');
-- deferral, and no carrying without it
SELECT did(ac(4), 'acc_public', 2019, hours(30)), did(ac(4), 'acc_course', 2019, hours(50)), did(ac(4), 'acc_public', 2020, hours(30)), did(ac(4), 'acc_course', 2020, hours(70)) \g /dev/null
SELECT is(missing(ac(4), 'senior', '2020-12-31'), 'professional 2019 50 of 60, total 2019 80 of 90', 'Order 10: 2019 lacks 10, of which 2020 has as many too many');
SELECT alike(error_of(format('SELECT ce_allocate(%s, 2020, 2019, ''professional'', 10, 22, ''2021-01-10'')', ac(4))), '23514 %', 'Order 10: credits are not carried');
INSERT INTO ce_waiver (person_id, year, subject, defers_to, reason, decision, granted_by, granted_on) VALUES (ac(4), 2019, 'professional', 2020, 'childbirth', '2020-7', 22, '2020-01-20');
SELECT is(ask(ac(4), 'senior'), 'not_eligible', 'Order 10: a deferral alone changes nothing');
SELECT alike(error_of(format('SELECT ce_allocate(%s, 2020, 2019, ''professional'', 10.01, 22, ''2021-01-10'')', ac(4))), '23514 %', 'Order 10: nor does it permit more than the surplus');
SELECT isnt(ce_allocate(ac(4), 2020, 2019, 'professional', 10, 22, '2021-01-10'), NULL, 'Order 10: deferred to 2020 they may be made up there');
SELECT is(year_of(ac(4), 2019) || ', ' || year_of(ac(4), 2020), '30/60/90 met, 30/60/90 met', 'Order 10: and both years are met');
SELECT is(ask(ac(4), 'senior', '2021-01-10'), 'not_eligible', 'Order 10: 2021 is asked on 2021-01-10');
SELECT is_empty('SELECT * FROM ce_law_check()', 'ce_law_check() is empty for all of them');
SELECT is_empty('SELECT * FROM ce_check()', 'so is ce_check()');
SELECT * FROM finish();
ROLLBACK;

-- Shapes of public rules that no example has, under a made-up notice; what a newer notice drops; chains; waivers
BEGIN;
\ir lib/titles.psql
SELECT * FROM no_plan();

INSERT INTO ce_instrument VALUES ('shapes', '示例', '示例', 'an example', '2010-01-01');
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause, based_on) VALUES
	('shapes', '示例', 'an example', true, 'shapes', '1', NULL),
	('shapes-county', '示例：县', 'an example, units of counties', true, 'shapes', '1', 'shapes'),
	('shapes-province', '示例：省', 'an example, units of the province', true, 'shapes', '1', 'shapes');
INSERT INTO ce_category (category, parent, label_zh, label_en, instrument, clause) VALUES
	('class_one', 'professional', 'I类', 'class I', 'shapes', '2'),
	('class_one_national', 'class_one', '国家级I类', 'class I, national', 'shapes', '2'),
	('remote', 'professional', '远程', 'remote', 'shapes', '3'),
	('remote_course', 'remote', '远程课程', 'remote courses', 'shapes', '3'),
	('remote_reading', 'remote', '阅读', 'reading', 'shapes', '3');
INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('shapes', 2005, 25, 'shapes', '1');
-- a minimum inside a minimum, by the level of the unit; a bound over two categories
INSERT INTO ce_minimum (scheme, category, from_year, hours, instrument, clause) VALUES
	('shapes', 'class_one', 2005, 5, 'shapes', '2'),
	('shapes-county', 'class_one_national', 2005, 1, 'shapes', '2'),
	('shapes-province', 'class_one', 2005, 15, 'shapes', '2'), ('shapes-province', 'class_one_national', 2005, 3, 'shapes', '2');
INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES ('shapes', 'remote', 2005, 10, 'shapes', '3');
INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause)
SELECT 's_' || c, c, 'activity', c, c, 'shapes', '4' FROM unnest('{public,training,class_one,class_one_national,remote_course,remote_reading}'::text[]) c;
INSERT INTO ce_rule (scheme, kind, from_year, basis, instrument, clause)
SELECT 'shapes', 's_' || c, 2005, 'as_completed'::ce_basis, 'shapes', '4' FROM unnest('{public,training,class_one,class_one_national,remote_course,remote_reading}'::text[]) c;
-- junior: one year; intermediate: three years together, each with a floor; senior: years in the title, at most 11; full senior: a cycle that does not roll
INSERT INTO ce_window (scheme, route, level, aggregation, years, years_by, cycle_from, required_total, each_at_least, from_year, instrument, clause) VALUES
	('shapes', 'review', 'junior', 'each', 1, 'fixed', NULL, NULL, NULL, 2005, 'shapes', '5'),
	('shapes', 'review', 'intermediate', 'sum', 3, 'fixed', NULL, 90, 20, 2005, 'shapes', '5'),
	('shapes', 'review', 'senior', 'each', 11, 'tenure', NULL, NULL, NULL, 2005, 'shapes', '5'),
	('shapes', 'review', 'full_senior', 'each', 5, 'cycle', 2011, NULL, NULL, 2010, 'shapes', '5');
-- a surplus of 2018 and 2019 is carried forward to the next year, at most 10 hours
INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, most_hours, instrument, clause)
SELECT 'shapes', y, 'professional', 'any', y + 1, y + 1, 10, 'shapes', '6' FROM generate_series(2018, 2019) y;
SELECT is_empty('SELECT * FROM ce_law_check()', 'ce_law_check() is empty');

CREATE FUNCTION did(p bigint, facts jsonb, VARIADIC years integer[]) RETURNS bigint LANGUAGE sql AS $$
	SELECT give(p, jsonb_build_object('kind', 's_' || f.key, 'completed_on', make_date(y, 6, 30), 'hours', f.value)) FROM jsonb_each_text(facts) f, unnest(years) y;
	SELECT p
$$;
CREATE FUNCTION minima(p bigint, y integer) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', category, trim_scale(got) || '/' || trim_scale(required), nullif(trim_scale(short), 0)), ', ' ORDER BY ord)
	  FROM ce_year_minima WHERE person_id = p AND year = y
$$;
CREATE FUNCTION missing(p bigint, level ce_level, as_of date DEFAULT '2020-12-31') RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', condition, year, trim_scale(got), 'of', trim_scale(required)), ', ' ORDER BY ord)
	  FROM ce_explain(p, level, 'review', as_of) WHERE NOT ok
$$;
CREATE TEMP TABLE s AS SELECT n, person(22, CASE WHEN n = 2 THEN 'shapes-county' WHEN n = 3 THEN 'shapes-province' ELSE 'shapes' END, NULL, 'intermediate', CASE WHEN n = 8 THEN '2000-05-01' ELSE '2018-05-01' END::date) AS p FROM generate_series(1, 20) n;
CREATE FUNCTION s(i integer) RETURNS bigint LANGUAGE sql AS 'SELECT p FROM s WHERE n = i';

-- minima by the level of the unit, and within one another
SELECT did(s(n), '{"class_one": 12, "class_one_national": 2, "training": 20}', 2020) FROM generate_series(1, 3) n \g /dev/null
SELECT is(minima(s(1), 2020), 'total 34/25, class_one 14/5', 'a unit of no level: class I');
SELECT is(minima(s(2), 2020), 'total 34/25, class_one 14/5, class_one_national 2/1', 'a unit of a county: a national hour beside the minimum of the base');
SELECT is(minima(s(3), 2020), 'total 34/25, class_one 14/15 1, class_one_national 2/3 1', 'a unit of the province: more of both');
SELECT is(string_agg(ask(s(n), 'junior'), ' ' ORDER BY n), 'eligible eligible not_eligible', 'which decides the title') FROM generate_series(1, 3) n;
SELECT did(s(3), '{"class_one_national": 1}', 2020) \g /dev/null
SELECT is(ask(s(3), 'junior'), 'eligible', 'one national hour serves both minima');
-- an upper bound over several categories
SELECT did(s(4), '{"class_one": 5, "remote_course": 8, "remote_reading": 8}', 2020) \g /dev/null
SELECT is(minima(s(4), 2020), 'total 15/25 10, class_one 5/5', '8 and 8 of two categories are 10 together');
-- a sum, a floor of each year, a maximum of a category
SELECT did(s(5), '{"training": 15, "class_one": 5}', 2018, 2019), did(s(5), '{"training": 40, "class_one": 10}', 2020),
	did(s(6), '{"training": 14.99, "class_one": 5}', 2018), did(s(6), '{"training": 40, "class_one": 5}', 2019, 2020),
	did(s(7), '{"class_one": 20}', 2018, 2019), did(s(7), '{"class_one": 30, "remote_course": 30}', 2020) \g /dev/null
SELECT is(ask(s(5), 'intermediate'), 'eligible', '20 + 20 + 50 in three years');
SELECT is(missing(s(6), 'intermediate'), 'each_at_least 2018 19.99 of 20', '109.99, and one year a hundredth below the floor');
SELECT is(ask(s(6), 'intermediate'), 'not_eligible', 'which is not enough');
SELECT is(missing(s(7), 'intermediate'), 'sum 80 of 90', 'of 30 remote hours 10 count in the sum');
-- years in the title, at most 11
SELECT did(s(8), '{"training": 20, "class_one": 5}', VARIADIC (SELECT array_agg(y) FROM generate_series(2010, 2020) y)) \g /dev/null
SELECT is(ask(s(8), 'senior'), 'eligible', 'a title of 2000: 11 years, 2010 to 2020');
SELECT is((SELECT count(DISTINCT year)::integer FROM ce_explain(s(8), 'senior', 'review', '2020-12-31') WHERE condition = 'total'), 11, 'and no more');
SELECT did(s(9), '{"training": 20, "class_one": 5}', 2018, 2019, 2020) \g /dev/null
SELECT is(ask(s(9), 'senior'), 'eligible', 'a title of 2018: three years');
SELECT is(ask(s(9), 'senior', '2021-06-30'), 'not_eligible', 'and four in 2021');
-- a cycle that does not roll: 2011-2015, 2016-2020
SELECT did(s(10), '{"training": 20, "class_one": 5}', 2011, 2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019) \g /dev/null
SELECT is(string_agg(ask(s(10), 'full_senior', make_date(y, 12, 31)), ' ' ORDER BY y), 'not_eligible eligible eligible eligible eligible eligible not_eligible not_eligible', 'from the end of a cycle until the end of the next its years are asked')
	FROM generate_series(2014, 2021) y;
SELECT is((SELECT string_agg(DISTINCT year::text, ' ' ORDER BY year::text) FROM ce_explain(s(10), 'full_senior', 'review', '2019-12-31') WHERE condition = 'total'), '2011 2012 2013 2014 2015', 'and ce_explain names them');
SELECT is(missing(s(10), 'full_senior'), 'total 2020 0 of 25, minimum 2020 0 of 5', 'in 2020 the next cycle has ended');
-- a bounded surplus carried forward
SELECT did(s(11), '{"training": 40, "class_one": 5}', 2018), did(s(11), '{"training": 5, "class_one": 5}', 2019) \g /dev/null
SELECT alike(error_of(format('SELECT ce_allocate(%s, 2018, 2019, ''professional'', 10.01, 22, ''2020-01-10'')', s(11))), '23514 %', 'of a surplus of 20 no more than 10');
SELECT isnt(ce_allocate(s(11), 2018, 2019, 'professional', 10, 22, '2020-01-10'), NULL, '10 hours go to the next year');
SELECT is(minima(s(11), 2018) || '; ' || minima(s(11), 2019), 'total 35/25, class_one 5/5; total 20/25 5, class_one 5/5', 'which counts them');
SELECT alike(error_of(format('SELECT ce_allocate(%s, 2018, 2020, ''professional'', 1, 22, ''2020-01-10'')', s(11))), '23514 %', 'nor to the year after it');
SELECT alike(error_of(format('SELECT ce_allocate(%s, 2019, 2020, ''professional'', 1, 22, ''2020-01-10'')', s(11))), '23514 %', 'what a year received is no surplus of its own');

-- what a newer notice drops: the exception for doctors, the ranks from 7 on, a cap
CREATE TEMP TABLE d AS SELECT person(22, 'general', '2015-01-01', 'senior', '2016-01-01') AS p;
SELECT give(p, jsonb_build_object('kind', k, 'hours', h, 'started_on', make_date(y, 1, 10), 'completed_on', make_date(y, 6, 30), 'verified_by', CASE k WHEN 'academy_course' THEN 4 END)) FROM d, generate_series(2025, 2026) y, (VALUES ('academy_course', 30), ('training', 90)) v (k, h) \g /dev/null
INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, public_hours, professional_hours, instrument, clause) VALUES ('general', 2021, 2026, 90, 30, 60, 'shapes', '4.1');
SELECT achieve(p, '{"kind": "utility_patent", "rank": 7, "achieved_on": "2024-03-01"}') FROM d \g /dev/null
SELECT is(attested(p, 2024, '2026-11-01'), 30::numeric, 'rank 7 has 30 hours') FROM d;
SELECT is(ask(p, 'senior', '2026-11-01'), 'eligible', 'a doctor is asked two years') FROM d;
INSERT INTO ce_instrument VALUES ('drop-2026', '示例〔2026〕2号', '示例', 'a notice that drops things', '2026-01-01');
INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause) VALUES ('general', 'review', 'full_senior', 'each', 4, 2026, 'drop-2026', '4.2');
INSERT INTO ce_rule (scheme, kind, rank_from, rank_to, from_year, basis, hours, instrument, clause) VALUES ('general', 'utility_patent', 1, 2, 2024, 'fixed', 50, 'drop-2026', '5'), ('general', 'utility_patent', 3, 5, 2024, 'fixed', 40, 'drop-2026', '5');
INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES ('general', 'mentoring', 2024, NULL, 'drop-2026', '5');
SELECT is((SELECT count(DISTINCT year)::integer FROM ce_explain(p, 'senior', 'review', '2026-11-01') WHERE condition = 'total'), 4, 'four years, without the older row being closed') FROM d;
SELECT is(ask(p, 'senior', '2026-11-01'), 'not_eligible', 'so two are not enough') FROM d;
SELECT is(ask(p, 'senior', '2025-12-31'), 'not_eligible', 'in 2025 two are asked, of which 2024 is none yet') FROM d;
SELECT is(attested(p, 2024, '2026-11-01'), 0::numeric, 'rank 7 is in no list from 2024 on') FROM d;
SELECT is((SELECT string_agg(problem || ': ' || detail, ', ' ORDER BY object) FROM ce_law_check() WHERE scheme = 'general'),
	'gap: utility_patent: no rule for rank 6', 'ce_law_check() names what went with the older rows, but for a case that a row of everybody ends');
UPDATE ce_rule SET to_year = 2023 WHERE kind = 'utility_patent' AND from_year = 2020;
SELECT is_empty('SELECT * FROM ce_law_check()', 'and is silent when they are closed');
SELECT is(awarded(give(p, '{"kind": "mentoring", "days": 6, "started_on": "2024-01-10", "completed_on": "2024-06-30"}')), 42::numeric, 'mentoring of six days') FROM d;
SELECT is((SELECT trim_scale(mentoring_hours) FROM ce_yearly_totals JOIN d ON person_id = p WHERE year = 2024), 42::numeric, 'without a cap');
SELECT alike(error_of(format('SELECT give(%s, ''{"kind": "s_training", "hours": 20, "completed_on": "2026-03-05"}'')', p)), '23514 no rule converts activities of kind "s_training" in 2026 into hours | %', 'a kind of another scheme is refused, with its name') FROM d;

-- a year that is study year and target year at once
INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, instrument, clause) VALUES ('general', 2021, 'public', 'academy', 2018, 2020, 'drop-2026', '7.6');
SELECT is_empty('SELECT * FROM ce_law_check()', 'a chain is no circle');
CREATE TEMP TABLE c AS SELECT person(22, held => 'intermediate', held_since => '2016-01-01') AS p;
SELECT give_public(p, '40', '2021-03-01'), give_professional(p, '60', '2021-03-01'), give_public(p, '40', '2020-03-01'), give_professional(p, '95', '2020-03-01'), give_recorded(p, 2017, '25', '60') FROM c \g /dev/null
SELECT is(ce_surplus(p, 2020, 'public')::text, '0', '40 of 45 leave nothing over') FROM c;
SELECT isnt(ce_allocate(p, 2021, 2020, 'public', 5, 22, '2022-01-10'), NULL, '5 hours of 2021 go to 2020') FROM c;
SELECT is(met(p, 2020), true, 'which is met') FROM c;
SELECT is(ce_surplus(p, 2020, 'public')::text, '0', 'and has no surplus for it') FROM c;
SELECT alike(error_of(format('SELECT ce_allocate(%s, 2020, 2017, ''public'', 5, 22, ''2022-01-11'')', p)), '23514 %', 'so they go no further') FROM c;

-- waivers instead of kinds that pretend to be study
CREATE TEMP TABLE w AS SELECT n, person(22, 'general', NULL, 'intermediate', '2016-01-01') AS p FROM generate_series(1, 4) AS n;
CREATE FUNCTION w(i integer) RETURNS bigint LANGUAGE sql AS 'SELECT p FROM w WHERE n = i';
SELECT give_public(w(1), '30', make_date(y, 3, 1)), give_professional(w(1), '60', make_date(y, 3, 1)) FROM unnest('{2021,2022,2024}'::integer[]) y \g /dev/null
INSERT INTO ce_waiver (person_id, year, subject, hours, reason, decision, granted_by, granted_on) VALUES
	(w(1), 2023, NULL, NULL, 'maternity leave', '2024-3', 22, '2024-01-10'),
	(w(2), 2021, 'public', '15', 'half a year of illness', '2022-1', 22, '2022-01-10'), (w(2), 2021, 'professional', '30', 'half a year of illness', '2022-1', 22, '2022-01-10');
SELECT give_public(w(2), '15', '2021-03-01'), give_professional(w(2), '30', '2021-03-01') \g /dev/null
SELECT is(ask(w(1), 'senior', '2024-12-31'), 'eligible', 'a year waived in the window');
SELECT is((SELECT string_agg(message, '; ') FROM ce_explain(w(1), 'senior', 'review', '2024-12-31') WHERE condition = 'waiver'), '2023: waived by university that verifies itself, decision 2024-3', 'ce_explain says by whose decision');
SELECT is((SELECT sum(got) FROM ce_explain(w(1), 'senior', 'review', '2024-12-31') WHERE year = 2023), 0::numeric, 'and no hours of it');
SELECT ok(ce_certificate_html(w(1), 2023, 'zh') !~ '经核验，该人员2023年度完成的继续教育学时达到', 'the certificate claims no study');
SELECT ok(ce_certificate_html(w(1), 2023, 'zh') !~ '条款5\.3', 'nor cites the clause of special forms');
SELECT is((SELECT met || ' ' || trim_scale(total_hours) FROM ce_yearly_totals WHERE person_id = w(2) AND year = 2021), 'true 45', 'half a year waived: met by what was studied, 45 hours');
SELECT give_public(w(4), '30', make_date(y, 3, 1)), give_professional(w(4), '60', make_date(y, 3, 1)) FROM generate_series(2023, 2024) y \g /dev/null
SELECT is(ask(w(4), 'intermediate', '2024-12-31'), 'not_eligible', 'AMB-36: in service since 2023, the years before it are asked all the same');
-- waivers of years that only sums of windows ask about
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause) VALUES ('shapes-sum', '示例', 'an example', true, 'shapes', '7');
INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause) VALUES ('s_exam', 'public', 'activity', 'e', 'e', 'shapes', '7');
INSERT INTO ce_rule (scheme, kind, from_year, basis, instrument, clause) VALUES ('shapes-sum', 's_public', 2005, 'as_completed', 'shapes', '7'), ('shapes-sum', 's_training', 2005, 'as_completed', 'shapes', '7'), ('shapes-sum', 's_exam', 2005, 'deems', 'shapes', '7');
INSERT INTO ce_window (scheme, route, level, aggregation, years, required_total, required_public, from_year, instrument, clause) VALUES ('shapes-sum', 'review', 'junior', 'sum', 3, 90, 30, 2005, 'shapes', '7');
SELECT is_empty('SELECT * FROM ce_law_check()', 'ce_law_check() is empty');
CREATE TEMP TABLE v AS SELECT n, person(22, 'shapes-sum', NULL, 'intermediate', '2018-05-01') AS p FROM generate_series(1, 8) n;
CREATE FUNCTION v(i integer) RETURNS bigint LANGUAGE sql AS 'SELECT p FROM v WHERE n = i';
CREATE FUNCTION waive(p bigint, y integer, subject ce_subject DEFAULT NULL, hours ce_hours DEFAULT NULL) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_waiver (person_id, year, subject, hours, reason, decision, granted_by, granted_on) VALUES (p, y, subject, hours, 'illness', 'd', 22, make_date(y + 1, 1, 10)) RETURNING waiver_id
$$;
CREATE FUNCTION sums(p bigint) RETURNS text LANGUAGE sql AS $$
	SELECT ask(p, 'junior') || string_agg(format(' %s of %s', trim_scale(got), trim_scale(required)), ',' ORDER BY ord) FROM ce_explain(p, 'junior', 'review', '2020-12-31') WHERE condition LIKE 'sum%'
$$;
SELECT isnt(waive(v(1), 2019), NULL, 'a year without a requirement is waived where a sum asks about it');
SELECT did(v(1), '{"public": 10, "training": 20}', 2018, 2020) \g /dev/null
SELECT is(sums(v(1)), 'eligible 20 of 20, 60 of 60', 'it takes its share off the sums');
SELECT isnt(waive(v(2), 2019, 'public'), NULL, 'and so is a subject');
SELECT did(v(2), '{"public": 10}', 2018, 2020), did(v(2), '{"training": 20}', 2018, 2019, 2020) \g /dev/null
SELECT is(sums(v(2)), 'eligible 20 of 20, 80 of 80', 'which takes its share, and the total as much');
SELECT give(v(3), '{"kind": "s_exam", "completed_on": "2019-06-30"}'), did(v(3), '{"public": 10}', 2018, 2020), did(v(3), '{"training": 20}', 2018, 2019, 2020) \g /dev/null
SELECT is(sums(v(3)), 'eligible 20 of 20, 80 of 80', 'a subject that an examination completes likewise');
SELECT isnt(waive(v(4), 2018, NULL, '90'), NULL, 'hours up to those of the sum');
SELECT isnt(waive(v(4), 2019), NULL, 'a year beside them');
SELECT is(sums(v(4)), 'not_eligible 0 of 20, 0 of 0', 'nothing is required below 0');
SELECT alike(error_of(format('SELECT waive(%s, 2019, NULL, ''90.01'')', v(5))), '23514 year 2019 requires only 90 hours | %', 'no more than those');
SELECT alike(error_of(format('SELECT waive(%s, 2019, ''professional'')', v(5))), '23514 year 2019 requires no hours of subject professional | %', 'nor of a subject that nothing asks about');
SELECT alike(error_of(format('SELECT waive(%s, 2019, ''public'', ''30.01'')', v(5))), '23514 year 2019 requires only 30 hours of subject public | %', 'nor more of one than it asks');
SELECT results_eq('SELECT together.junior FROM v JOIN ce_person q ON q.person_id = p CROSS JOIN LATERAL (SELECT ce__standing_outcome(ce__standing_code(q.moved, q.sanctioned, q.person_id, q.org_id, q.scheme, q.doctorate_on, q.held_level, q.held_since, ''2020-12-31''), ''junior'')) together (junior) WHERE n < 5 ORDER BY n',
	'VALUES (''eligible''::text), (''eligible''), (''eligible''), (''not_eligible'')', 'asked about everybody likewise');
SELECT is_empty('SELECT * FROM ce_check()', 'ce_check() is empty');
SELECT * FROM finish();
ROLLBACK;

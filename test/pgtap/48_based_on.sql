-- Schemes based on others: a row that one lacks is its base's, of three schemes one on the other, for C and for every SQL reader alike
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

INSERT INTO ce_instrument VALUES ('province', 'test 1', 'z', 'a notice of a province', '2019-01-01'), ('school', 'test 2', 'z', 'a notice for schools', '2020-01-01');
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, ban_years, instrument, clause, based_on) VALUES
	('province', 'z', 'a province', true, NULL, 'province', '1', 'general'), ('school', 'z', 'its schools', true, NULL, 'school', '1', 'province');
-- the province: 100 hours in 2019, less mentoring, another day rate, seniors by two years; the schools: 50 hours in 2021, 10 hours of mentoring or none
INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, study_due, class_minutes, instrument, clause) VALUES
	('province', 2019, 2019, '100', '10-31', 50, 'province', '2'), ('school', 2021, 2021, '50', NULL, 40, 'school', '2');
INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES ('province', 'mentoring', 2019, '20', 'province', '3'), ('school', 'mentoring', 2021, NULL, 'school', '3');
INSERT INTO ce_minimum (scheme, category, from_year, to_year, hours, instrument, clause) VALUES ('province', 'training', 2019, NULL, '10', 'province', '4'), ('school', 'training', 2021, NULL, NULL, 'school', '4');
INSERT INTO ce_rule (rule_id, scheme, kind, from_year, basis, hours, instrument, clause) VALUES (20001, 'province', 'training', 2020, 'days', '6', 'province', '5');
INSERT INTO ce_rule (rule_id, scheme, kind, rank_from, from_year, basis, hours, instrument, clause) VALUES (20002, 'school', 'invention_patent', 1, 2020, 'fixed', '11', 'school', '5');
INSERT INTO ce_window (window_id, scheme, route, level, aggregation, years, from_year, instrument, clause) VALUES
	(20001, 'province', 'review', 'senior', 'each', 2, 2020, 'province', '6'), (20002, 'school', 'review', 'junior', 'each', 1, 2020, 'school', '6');

SELECT is((SELECT string_agg(of_scheme || depth, ' ' ORDER BY depth) FROM ce__bases(s)), b, 'the schemes that ' || s || ' is based on')
	FROM (VALUES ('general', 'general0'), ('province', 'province0 general1'), ('school', 'school0 province1 general2')) v (s, b);

-- the requirement of each year, as the view, C and ce_assess() have it
SELECT is((SELECT string_agg(format('%s %s', d.year, d.required_total::float), ', ' ORDER BY d.year) FROM ce_deadlines d WHERE d.scheme = s AND d.year BETWEEN 2018 AND 2022), r, 'requirements of ' || s)
	FROM (VALUES ('general', '2018 90, 2019 90, 2020 135, 2021 90, 2022 90'), ('province', '2018 90, 2019 100, 2020 135, 2021 90, 2022 90'),
		('school', '2018 90, 2019 100, 2020 135, 2021 50, 2022 90')) v (s, r);
SELECT is_empty($$ SELECT d.scheme, d.year FROM ce_deadlines d CROSS JOIN LATERAL ce_assess(d.scheme, d.year, '{}', '0', false) a WHERE a.required_total::numeric IS DISTINCT FROM d.required_total
	OR a.required_public::numeric IS DISTINCT FROM d.required_public OR a.required_professional::numeric IS DISTINCT FROM d.required_professional $$, 'the view and ce_assess() agree on every year of every scheme');
SELECT results_eq($$ SELECT min(year), max(year) >= extract(year FROM ce_today()) FROM ce_deadlines WHERE scheme = 'school' $$, 'VALUES (2016, true)', 'the years begin with the base''s');
SELECT is(study_due, '2019-10-31', 'with the days of the row that applies') FROM ce_deadlines WHERE scheme = 'school' AND year = 2019;
SELECT is(instrument || ' ' || clause, 'province 2', 'and its instrument') FROM ce_deadlines WHERE scheme = 'school' AND year = 2019;
SELECT is(study_due, '2020-11-30', 'also where it is the base of the base''s') FROM ce_deadlines WHERE scheme = 'school' AND year = 2020;

-- caps and minima
SELECT is((SELECT string_agg(format('%s %s', of_scheme, coalesce(hours::text, 'none')), '') FROM ce__caps(s, y) WHERE category = 'mentoring'), c, format('cap of %s in %s', s, y))
	FROM (VALUES ('general', 2020, 'general 30'), ('province', 2020, 'province 20'), ('school', 2020, 'province 20'), ('school', 2021, 'school none')) v (s, y, c);
SELECT is((SELECT string_agg(format('%s %s %s', of_scheme, category, hours), '') FROM ce__minimum_rows(s, y)), m, format('minima of %s in %s', s, y))
	FROM (VALUES ('general', 2020, NULL), ('province', 2020, 'province training 10'), ('school', 2020, 'province training 10'), ('school', 2021, NULL)) v (s, y, m);

CREATE FUNCTION mentor(p bigint, y integer) RETURNS bigint LANGUAGE sql AS $$
	SELECT give(p, jsonb_build_object('kind', 'mentoring', 'started_on', make_date(y, 5, 1), 'completed_on', make_date(y, 5, 6), 'days', 6)); SELECT p $$;
CREATE TEMP TABLE them AS SELECT s AS scheme, mentor(mentor(person(scheme => s), 2020), 2021) AS id FROM unnest('{general,province,school}'::text[]) s;
SELECT is(mentoring_hours, h::numeric, format('%s recognises %s of 42 hours of mentoring in %s', scheme, h, y)) FROM them
	JOIN (VALUES ('general', 2020, 30), ('province', 2020, 20), ('school', 2020, 20), ('province', 2021, 20), ('school', 2021, 42)) v (s, y, h) ON s = scheme
	JOIN ce_yearly_totals t ON t.person_id = id AND t.year = y;
SELECT is(sum(recognised), h::numeric, format('the archive of %s the same in %s', scheme, y)) FROM them
	JOIN (VALUES ('general', 2020, 30), ('province', 2020, 20), ('school', 2020, 20), ('province', 2021, 20), ('school', 2021, 42)) v (s, y, h) ON s = scheme
	JOIN ce_archive a ON a.person_id = id AND a.year = y GROUP BY scheme, y, h;
SELECT is(remark, 'at most 20 hours of mentoring a year (3)', 'and it names the row''s clause') FROM them JOIN ce_archive a ON a.person_id = id AND a.year = 2020 WHERE scheme = 'school';
SELECT alike(ce__page_notes(id, 2020, ce__certificate_facts(id, 2020, '2020-12-31'), 'en'), '%20 recognised, at most 20 a year (test 1, 3)%', 'the certificate too') FROM them WHERE scheme = 'school';
SELECT is(ce__certificate_facts(id, y, '2021-12-31') ->> 'instrument', i, format('the certificate of %s in %s cites %s', scheme, y, i)) FROM them
	JOIN (VALUES ('general', 2020, 'qinghai-2020-227'), ('school', 2020, 'qinghai-2020-227'), ('school', 2019, 'province'), ('school', 2021, 'school')) v (s, y, i) ON s = scheme;

-- rules by kind: one row of a kind of its own, and all of the base's of the kind end
CREATE FUNCTION trained(p bigint) RETURNS numeric LANGUAGE sql AS $$ SELECT awarded(give(p, '{"kind":"training","started_on":"2020-06-01","completed_on":"2020-06-03","days":3}')) $$;
SELECT is(trained(id), h::numeric, format('three days of training are %s hours under %s', h, scheme)) FROM them JOIN (VALUES ('general', 21), ('province', 18), ('school', 18)) v (s, h) ON s = scheme;
-- a row of another instrument than the scheme's own is cited with it (4.2)
SELECT is(split_part(error_of(format('SELECT give(%s, ''{"kind":"mentoring","completed_on":"2020-06-03","days":3}'')', id)), ' | ', 2), said, '5.2.4b: the rule of ' || scheme || ' for mentoring')
	FROM them JOIN (VALUES ('general', 'Clause 5.2.4b counts by days.'), ('province', '青人社厅函〔2020〕227号, 5.2.4b counts by days.')) v (s, said) ON s = scheme;
SELECT is(split_part(error_of(format('SELECT give(%s, ''{"kind":"training","completed_on":"2020-06-03","days":3}'')', id)), ' | ', 2), said, '5.2.2(1): the rule of ' || scheme || ' for training')
	FROM them JOIN (VALUES ('general', 'Clause 5.2.2(1) counts by days.'), ('province', 'Clause 5 counts by days.'), ('school', 'test 1, 5 counts by days.')) v (s, said) ON s = scheme;
SELECT alike(split_part(error_of(format('INSERT INTO ce_application (person_id, level, applied_on) VALUES (%s, ''junior'', %L)', id, day)), ' | ', 2), said, '4.2: a requirement, as a refusal of ' || scheme || ' cites it')
	FROM them JOIN (VALUES ('school', '2021-12-31', 'Clause 2: needs 8 more hours in all in 2021: 42 of 50.'),
		('school', '2020-12-31', '青人社厅函〔2020〕227号, 4.1: needs 45 more public hours in 2020: 0 of 45. 青人社厅函〔2020〕227号, 4.1: needs 52 more professional hours in 2020: 38 of 90. 青人社厅函〔2020〕227号, 4.1: needs 97 more hours in all in 2020: 38 of 135.'),
		('general', '2020-12-31', '%Clause 4.1: needs 45 more public hours in 2020: 0 of 45. %')) v (s, day, said) ON s = scheme;
SELECT is((SELECT string_agg(format('%s %s %s', e.condition, e.instrument, e.clause), ', ' ORDER BY e.ord) FROM ce_explain(id, 'junior', as_of => '2020-12-31') e),
	'scope school 1, ban qinghai-2020-227 2.1, 6.2b, window school 6, public qinghai-2020-227 4.1, professional qinghai-2020-227 4.1, total qinghai-2020-227 4.1, minimum province 4', '4.2: ce_explain has the instrument of each clause') FROM them WHERE scheme = 'school';
SELECT is((SELECT instrument FROM ce_explain(987654321, 'junior')), NULL, 'of none if there is no such person');

SELECT is((SELECT string_agg(rule_id::text, ' ' ORDER BY rule_id) FROM ce__rules(s, 2020) WHERE kind = k), r, format('rules of %s for %s', s, k))
	FROM (VALUES ('general', 'training', '104'), ('school', 'training', '20001'), ('province', 'invention_patent', '221 222 223'), ('school', 'invention_patent', '20002'), ('school', 'utility_patent', '224 225 226')) v (s, k, r);
SELECT is(attested(achieve(person(scheme => s, held => 'junior', held_since => '2016-01-01'), '{"kind":"invention_patent","rank":5,"achieved_on":"2020-05-01"}'), 2020), h, 'a patent of rank 5 under ' || s)
	FROM (VALUES ('general', 50.0), ('province', 50), ('school', 11)) v (s, h);

-- windows by route and level
SELECT is((SELECT string_agg(window_id::text, ' ' ORDER BY window_id) FROM ce__windows(s, 2020) WHERE route = 'review' AND level = l), w, format('windows of %s for %s', s, l))
	FROM (VALUES ('general', 'senior'::ce_level, '3'), ('province', 'senior', '20001'), ('school', 'senior', '20001'), ('school', 'junior', '20002'), ('school', 'intermediate', '2')) v (s, l, w);
CREATE TEMP TABLE two_years AS SELECT s AS scheme, give_recorded(person(scheme => s), 2019, '40', '60') AS id FROM unnest('{general,province,school}'::text[]) s;
SELECT give_public(id, '45'), give_professional(id, '90') FROM two_years WHERE scheme = 'general';
SELECT give_public(id, '45'), give(id, '{"kind":"training","started_on":"2020-06-01","completed_on":"2020-06-15","days":15}') FROM two_years WHERE scheme <> 'general';
-- 2019 asks for 10 hours of training, which nobody has
SELECT is(ask(id, l), v, format('%s of %s: %s', l, scheme, v)) FROM two_years
	JOIN (VALUES ('general', 'senior'::ce_level, 'not_eligible'), ('province', 'senior', 'not_eligible'), ('school', 'senior', 'not_eligible'), ('general', 'junior', 'eligible'),
		('province', 'junior', 'eligible'), ('school', 'junior', 'eligible')) v (s, l, v) ON s = scheme;
UPDATE ce_minimum SET from_year = 2020 WHERE scheme = 'province';
SELECT is(ask(id, 'senior'), v, format('without it, seniors of %s: %s', scheme, v)) FROM two_years JOIN (VALUES ('general', 'not_eligible'), ('province', 'eligible'), ('school', 'eligible')) v (s, v) ON s = scheme;
SELECT is_empty($$ SELECT s.person_id FROM ce_person p, ce_eligibility s WHERE s.person_id = p.person_id
	AND (s.junior, s.senior) IS DISTINCT FROM (ce_verdict(p.person_id, 'junior')::text, ce_verdict(p.person_id, 'senior')::text) $$, 'everybody''s view agrees');

-- catch-up and bans
SELECT is(ce_surplus(id, 2020, 'public', '2020-12-31') IS NOT NULL, true, 'a surplus of 2020 may be allocated under ' || scheme) FROM them;
SELECT is(ce__ban_years(s), n, 'years of a ban under ' || s) FROM (VALUES ('general', 3), ('province', 3), ('school', 3), ('accounting', NULL)) v (s, n);
UPDATE ce_scheme SET ban_years = 5 WHERE scheme = 'province';
INSERT INTO ce_sanction (person_id, found_on, decision) SELECT id, '2020-06-01', 'decision' FROM two_years;
SELECT is(banned_until, d::date, 'a ban ends by the years of the nearest: ' || scheme) FROM two_years JOIN (VALUES ('general', '2023-06-01'), ('province', '2025-06-01'), ('school', '2025-06-01')) v (s, d) ON s = scheme
	JOIN ce_sanction_record r ON r.person_id = id;
SELECT is(ask(id, 'junior', '2024-01-01') = 'banned', b, 'and so does the verdict: ' || scheme) FROM two_years JOIN (VALUES ('general', false), ('province', true), ('school', true)) v (s, b) ON s = scheme;

-- a receipt has the rows that were used, and the schemes on the way to them
SELECT is((SELECT string_agg(k, ', ' ORDER BY k COLLATE "C") FROM jsonb_object_keys(ce_receipt(id, 'intermediate', as_of => '2020-12-31') -> 'law') k),
	'ce_cap province mentoring 2019, ce_minimum province training 2020, ce_requirement general 2016, ce_requirement general 2020, ce_requirement province 2019, ce_scheme general, ce_scheme province, ce_scheme school, ce_window 2',
	'the receipt names them') FROM them WHERE scheme = 'school';
SELECT is_empty($$ SELECT * FROM ce_receipt_check((SELECT ce_receipt(id, 'intermediate', as_of => '2020-12-31') FROM them WHERE scheme = 'school')) $$, 'and can be checked');

-- imports convert durations by the row that applies: 400 minutes of 50, 45 and 40
SELECT filed_plan(20, 'online', '60') AS plan \gset
CREATE TEMP TABLE imported AS SELECT r.* FROM them CROSS JOIN unnest('{2019,2020,2021}'::integer[]) y CROSS JOIN LATERAL ce_import('lms', jsonb_build_object('id', 'd' || y, 'actor',
		jsonb_build_object('account', jsonb_build_object('homePage', 'https://lms.example', 'name', 'P' || id)), 'verb', '{"id": "http://adlnet.gov/expapi/verbs/completed"}'::jsonb,
		'object', jsonb_build_object('id', 'https://lms.example/course/1'), 'context', jsonb_build_object('extensions', jsonb_build_object('urn:ce-hours:plan_id', :plan)),
		'result', '{"duration": "PT400M"}'::jsonb, 'timestamp', y || '-03-01T08:00:00+08:00')) r WHERE scheme = 'school';
SELECT is(string_agg(hours::text, ' ' ORDER BY year), '8.8 10', 'class hours of 45 minutes in 2020, of 40 in 2021') FROM ce_activity WHERE source = 'lms' AND year > 2019;
SELECT is((SELECT class_minutes FROM ce__requirement('school', 2019) k JOIN ce_requirement r ON (r.scheme, r.from_year) = (k.of_scheme, k.from_year)), 50, 'and of 50 in 2019');

-- years that lack, of persons of whom there is nothing
CREATE TEMP TABLE nobody AS SELECT person(scheme => s) AS id, s AS scheme FROM unnest('{general,school}'::text[]) s;
UPDATE ce_person SET entered_on = '2019-01-01' WHERE person_id IN (SELECT id FROM nobody);
SELECT is((SELECT string_agg(format('%s %s', year, required_total::float), ', ' ORDER BY year) FROM ce_yearly_totals WHERE person_id = id AND year BETWEEN 2019 AND 2021), r, 'years without anything under ' || scheme)
	FROM nobody JOIN (VALUES ('general', '2019 90, 2020 135, 2021 90'), ('school', '2019 100, 2020 135, 2021 50')) v (s, r) ON s = scheme;
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause, based_on) VALUES ('college', 'z', 'without a row', true, 'school', '1', 'general');
UPDATE ce_person SET scheme = 'college' WHERE person_id = (SELECT id FROM nobody WHERE scheme = 'school');
SELECT is((SELECT string_agg(format('%s %s', year, required_total::float), ', ' ORDER BY year) FROM ce_yearly_totals WHERE person_id = id AND year BETWEEN 2019 AND 2021), '2019 90, 2020 135, 2021 90', 'also under one without any row')
	FROM nobody WHERE scheme = 'school';

-- ce_law_check() is content with what the base has
SELECT is_empty($$ SELECT * FROM ce_law_check() WHERE scheme IN ('province', 'school', 'college') AND problem <> 'replaced' $$, 'nothing is missing where the base has it');
SELECT is(after($$ UPDATE ce_scheme SET based_on = NULL WHERE scheme = 'college' $$, $$ SELECT string_agg(object, ', ' ORDER BY object) FROM ce_law_check() WHERE scheme = 'college' $$),
	'ce_requirement, ce_window', 'but it is without one');
INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, instrument, clause) VALUES ('school', 2023, 2023, '50', 'school', '2');
SELECT is_empty($$ SELECT * FROM ce_law_check() WHERE scheme = 'school' AND object = 'ce_requirement' $$, 'a year between two rows is the base''s');
SELECT is(after($$ UPDATE ce_requirement SET to_year = 2021 WHERE scheme = 'general' AND from_year = 2016 $$, $$ SELECT string_agg(detail, ', ') FROM ce_law_check() WHERE scheme = 'school' AND object = 'ce_requirement' $$),
	'no row for 2022 to 2022', 'unless it has none');

-- a copy has the rows of its original, and its base
SELECT ce_clone_scheme('school', 'draft');
SELECT is_empty($$ SELECT d.year FROM ce_deadlines d FULL JOIN ce_deadlines s ON s.year = d.year AND s.scheme = 'school' WHERE d.scheme = 'draft' AND d.required_total IS DISTINCT FROM s.required_total $$, 'a copy asks for the same');
SELECT is_empty($$ SELECT * FROM ce_compare_schemes('school', 'draft', 'senior', '2020-12-31') $$, 'and judges the same');
DELETE FROM ce_rule WHERE scheme = 'draft'; DELETE FROM ce_window WHERE scheme = 'draft'; DELETE FROM ce_requirement WHERE scheme = 'draft';
DELETE FROM ce_cap WHERE scheme = 'draft'; DELETE FROM ce_minimum WHERE scheme = 'draft';

-- a base goes when nothing is based on it
SELECT is(error_of($$ DELETE FROM ce_scheme WHERE scheme = 'province' $$), '23503 scheme "province" is in use'
	' | Rows of table "ce_scheme" name it, in column "based_on". | Leave it, or first delete these rows or have them name another.', 'a base scheme is not removed');
SELECT is(error_of($$ UPDATE ce_scheme SET scheme = 'country' WHERE scheme = 'province' $$), '23503 scheme "province" is in use'
	' | Rows of table "ce_scheme" name it, in column "based_on". | Leave it, or first delete these rows or have them name another.', 'nor renamed');
SELECT is(after($$ DELETE FROM ce_scheme WHERE scheme = 'draft' $$, $$ SELECT count(*) FROM ce_scheme WHERE scheme = 'draft' $$), '0', 'one that no other is based on can go');
SELECT is(error_of($$ UPDATE ce_scheme SET based_on = 'school' WHERE scheme = 'general' $$), '23514 scheme "general" cannot be based on "school"'
	' | It would be based on itself, directly or through other schemes. | Choose a scheme that is not based on this one, or leave based_on null.', 'a circle is refused');
-- no longer chain is entered than is read
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause, based_on)
	SELECT 'chain ' || n, 'z', 'e', true, 'school', '1', CASE n WHEN 0 THEN 'general' ELSE 'chain ' || n - 1 END FROM generate_series(0, 31) n;
SELECT is((SELECT r.of_scheme FROM ce__requirement('chain 31', 2021) r), 'general', '32 schemes below another have its rows');
SELECT is(error_of($$ INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause, based_on) VALUES ('one more', 'z', 'e', true, 'school', '1', 'chain 31') $$),
	'54000 scheme "one more" cannot be based on "chain 31" | More than 32 schemes would be based on one another. | Choose a scheme that is based on fewer others.', 'no more are based on one another');
SELECT alike(error_of($$ UPDATE ce_scheme SET based_on = 'province' WHERE scheme = 'chain 0' $$), '54000 scheme "chain 0" cannot be based on "province" | %', 'also where those below it make them too many');
SELECT alike(error_of($$ UPDATE ce_scheme SET based_on = 'general' WHERE scheme = 'general' $$), '23514 scheme "general" cannot be based on "general" | %', 'also of one');
SELECT alike(error_of($$ UPDATE ce_scheme SET based_on = 'nowhere' WHERE scheme = 'school' $$), '23503 %', 'and so is a base that is not there');
-- where the triggers were disabled, a circle ends
ALTER TABLE ce_scheme DISABLE TRIGGER ce_law_check_row;
UPDATE ce_scheme SET based_on = 'school' WHERE scheme = 'general';
SELECT is(count(*) > 0, true, 'a circle that was written without the triggers ends') FROM ce_deadlines WHERE scheme = 'school';
SELECT is((SELECT count(*) FROM ce__bases('draft')) BETWEEN 3 AND 40, true, 'for one based on a circle too');

SELECT * FROM finish();
ROLLBACK;

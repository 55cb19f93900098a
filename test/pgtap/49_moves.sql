-- Persons who were under another scheme before: each year is judged by the scheme of its end, windows and bans by that of the day, an activity by that of its completion
BEGIN;
\ir lib/titles.psql
SELECT no_plan();
\ir lib/roles.psql

INSERT INTO ce_instrument VALUES ('province', 'test 1', 'z', 'a notice of a province', '2017-01-01');
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, ban_years, instrument, clause) VALUES ('province', 'z', 'a province', true, 1, 'province', '1');
INSERT INTO ce_requirement (scheme, from_year, total_hours, study_due, instrument, clause, class_minutes) VALUES ('province', 2016, '60', '06-30', 'province', '2', 30);
INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES ('province', 'mentoring', 2016, '10', 'province', '3');
INSERT INTO ce_rule (rule_id, scheme, kind, from_year, basis, hours, instrument, clause)
	SELECT 20000 + row_number() OVER (), 'province', kind, 2016, basis, CASE WHEN kind IN ('training', 'mentoring') THEN '5'::ce_hours WHEN hours IS NOT NULL THEN '8' END, 'province', '4'
	FROM (VALUES ('training', 'days'::ce_basis, true), ('mentoring', 'days', true), ('academy_course', 'as_completed', NULL), ('base_online', 'as_completed', NULL), ('recorded_public', 'as_recorded', NULL),
		('recorded_professional', 'as_recorded', NULL), ('invention_patent', 'fixed', true)) k (kind, basis, hours);
INSERT INTO ce_window (window_id, scheme, route, level, aggregation, years, from_year, instrument, clause)
	SELECT 20000 + row_number() OVER (), 'province', 'review', level, 'each', years, 2016, 'province', '5' FROM (VALUES ('junior'::ce_level, 1), ('intermediate', 2), ('senior', 3), ('full_senior', 3)) w (level, years);

-- person 1 came from the province on 2019-07-01, person 2 has always been here, person 3 always there
CREATE TEMP TABLE who AS SELECT person() AS id, w AS name FROM unnest('{moved,here,there}'::text[]) w;
UPDATE ce_person SET scheme = 'province' WHERE person_id IN (SELECT id FROM who WHERE name <> 'here');
CREATE FUNCTION id(n text) RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT id FROM who WHERE name = n $$;
SELECT give_recorded(id, 2017, '0', '60'), give_recorded(id, 2018, '0', '60'), give_recorded(id, 2019, '30', '60') FROM who;
SELECT is(ce_change_scheme(id('moved'), 'general', '2019-07-01', 'moved here')::text, '', 'a move');
SELECT results_eq('SELECT until_on, scheme, note FROM ce_person_scheme', $$ VALUES ('2019-06-30'::date, 'province', 'moved here') $$, 'enters the former scheme');
SELECT results_eq('SELECT scheme, moved FROM ce_person WHERE person_id = id(''moved'')', $$ VALUES ('general', true) $$, 'and the present one, and marks the person');
SELECT results_eq('SELECT name, moved FROM ce_person JOIN who ON id = person_id WHERE name <> ''moved'' ORDER BY name', $$ VALUES ('here', false), ('there', false) $$, 'nobody else');
SELECT give_public(id('moved'), '45'), give_professional(id('moved'), '90'), give_public(id('here'), '45'), give_professional(id('here'), '90');

-- the one place that knows
SELECT is(ce_scheme_in_year(id('moved'), y, d), s, format('%s as of %s is of the scheme %s', y, d, s)) FROM (VALUES (2017, '2020-12-31'::date, 'province'), (2018, '2020-12-31', 'province'),
	(2019, '2020-12-31', 'general'), (2019, '2019-06-30', 'province'), (2019, '2019-07-01', 'general'), (2020, '2020-12-31', 'general'), (2020, '2018-05-01', 'province'), (1, '2020-12-31', 'province'), (99999, '2020-12-31', 'general'), (0, '2020-12-31', 'province')) v (y, d, s);
SELECT is(ce_scheme_in_year(id('there'), 2020), 'province', 'of somebody who did not move it is the present one');
SELECT is(ce_scheme_in_year(-1, 2020), NULL, 'of nobody it is none');

-- years
SELECT is((SELECT string_agg(format('%s %s %s', year, required_total::float, met), ', ' ORDER BY year) FROM ce_yearly_totals WHERE person_id = id AND year < 2021), t, 'totals: ' || name) FROM who
	JOIN (VALUES ('moved', '2017 60 t, 2018 60 t, 2019 90 t, 2020 135 t'), ('here', '2017 90 f, 2018 90 f, 2019 90 t, 2020 135 t')) v (w, t) ON w = name;
SELECT is((SELECT string_agg(year::text, ' ' ORDER BY year) FROM ce_shortfalls WHERE person_id = id AND year < 2021), t, 'short years: ' || name) FROM who JOIN (VALUES ('moved', NULL), ('here', '2017 2018')) v (w, t) ON w = name;
SELECT is(ask(id, l), v, format('%s for %s: %s', l, name, v)) FROM who JOIN (VALUES ('moved', 'senior'::ce_level, 'eligible'), ('here', 'senior', 'not_eligible'), ('moved', 'intermediate', 'eligible'), ('here', 'intermediate', 'not_eligible')) v (w, l, v) ON w = name;
SELECT is(eligible(id('moved'), 'senior'), true, 'nobody names a scheme to get the right answer');
SELECT is(ask(id('moved'), 'senior', scheme => 'general'), 'not_eligible', 'a scheme that is named judges all years, as if the person had always been under it');
SELECT is(senior::text, 'eligible', 'ce_standing() follows') FROM ce_standing(id('moved'), '2020-12-31');
SELECT is((SELECT string_agg(format('%s %s', year, message), ', ' ORDER BY year) FROM ce_explain(id('moved'), 'senior', as_of => '2020-12-31') WHERE condition = 'scheme'),
	'2017 2017: judged by scheme "a province", which the person was under at the end of it, 2018 2018: judged by scheme "a province", which the person was under at the end of it', 'ce_explain() tells whose rules judge a year');
SELECT is((SELECT string_agg(format('%s %s', year, required::float), ', ' ORDER BY year) FROM ce_explain(id('moved'), 'senior', as_of => '2020-12-31') WHERE condition = 'total'), '2017 60, 2018 60, 2019 90, 2020 135', 'and what each requires');
SELECT is_empty($$ SELECT * FROM ce_explain((SELECT id('here')), 'senior', as_of => '2020-12-31') WHERE condition = 'scheme' $$, 'but only for a person who moved');

-- windows and bans by the scheme of the day
SELECT is(ask(id('moved'), 'junior', '2018-12-31'), 'eligible', 'before the move the windows of the scheme then: one year of 60');
SELECT is((SELECT window_id FROM ce_grounds(id('moved'), 'senior', as_of => d) g, LATERAL (SELECT (g ->> 'window_id')::integer) w (window_id)), w, format('the window of %s', d)) FROM (VALUES ('2019-06-30'::date, 20003), ('2020-07-01', 3)) v (d, w);
CREATE TEMP TABLE fraud AS SELECT person(scheme => 'province') AS p;
INSERT INTO ce_sanction (person_id, found_on, decision) SELECT p, '2018-05-01', 'decision' FROM fraud;
SELECT ce_change_scheme(p, 'general', '2019-07-01') FROM fraud;
SELECT is(ask(p, 'junior', d) = 'banned', b, format('banned on %s: %s', d, b)) FROM fraud, (VALUES ('2019-05-01'::date, true), ('2019-05-02', false), ('2019-07-01', true), ('2021-05-01', true), ('2021-05-02', false)) v (d, b);
SELECT is(banned_until, '2021-05-01'::date, 'the record: by the scheme of today') FROM ce_sanction_record, fraud WHERE person_id = p;

-- conversion by the scheme on the day of completion
CREATE TEMP TABLE act AS SELECT id('moved') AS p, give(id('moved'), format('{"kind":"training","started_on":"%s","completed_on":"%1$s","days":1}', d)::jsonb) AS a, d FROM unnest('{2019-06-30}'::date[]) d;
SELECT is(awarded(a), 5.0, 'a day before the move is the province''s') FROM act;
SELECT is(error_of(format('SELECT give(%s, ''{"kind":"training","started_on":"2019-07-01","completed_on":"2019-07-01","days":1}'')', id('moved'))) ~ '^23514 no rule converts', true, 'from then on the rules of the new scheme: here none for 2019');
SELECT is(awarded(give(id('moved'), '{"kind":"training","started_on":"2020-07-01","completed_on":"2020-07-01","days":1}')), 7.0, 'and 7 hours in 2020');
SELECT ce_rebuild();
SELECT is(awarded(a), 5.0, 'ce_rebuild() converts it alike') FROM act;
SELECT is(count(*), 0::bigint, 'and ce_check() finds nothing') FROM ce_check() WHERE person_id = id('moved');
CREATE TEMP TABLE out AS SELECT person(scheme => 'accounting') AS p;
SELECT ce_change_scheme(p, 'general', '2020-03-01') FROM out;
SELECT is(error_of(format('SELECT give_public(%s, ''1'', ''2020-02-29'')', p)) ~ '^23514 other rules apply to the activities of person .*"accounting"', true, 'before the move other rules applied') FROM out;
SELECT is(error_of(format('SELECT give_public(%s, ''1'', ''2020-03-01'')', p)), 'no error', 'and then those of here') FROM out;
SELECT is(ask(p, 'junior', '2020-02-29'), 'out_of_scope', 'as of a day before it is out of scope') FROM out;
SELECT is(ask(p, 'intermediate', '2020-12-31'), 'not_eligible', 'but not after') FROM out;
SELECT give_years(p, 2020) FROM out;
SELECT is(ask(p, 'intermediate', '2020-12-31'), 'no_rule', 'and of years under rules that this ledger does not have there is no verdict') FROM out;

-- attested achievements by the table of the day of the question
SELECT achieve(id, jsonb_build_object('kind', 'invention_patent', 'achieved_on', '2018-05-01', 'rank', CASE scheme WHEN 'general' THEN 1 END)) FROM who JOIN ce_person ON person_id = id WHERE name <> 'here';
UPDATE ce_person SET held_level = 'junior', held_since = '2016-01-01';
SELECT is(attested(id('moved'), 2018, d), h, format('a patent as of %s', d)) FROM (VALUES ('2019-06-30'::date, 8.0), ('2019-07-01', 0), ('2020-12-31', 60)) v (d, h);
SELECT is(attested_hours, 60.0, 'in the totals too') FROM ce_yearly_totals WHERE person_id = id('moved') AND year = 2018;

-- surplus and allocations by the scheme of the study year, shortfalls by that of the year that receives
CREATE TEMP TABLE late AS SELECT give_online(give_public(give_recorded(person(30), 2019, '0', '50'), '100'), 20, '120') AS p, ce_today() - 1 AS d;
SELECT ce_change_scheme(p, 'province', d) FROM late;
SELECT is(ce_surplus(p, 2020, 'public', '2020-12-31') > '0', true, 'a surplus of 2020, when the person was here') FROM late;
SELECT is(ce_surplus(p, 2020, 'public'), ce_surplus(p, 2020, 'public', '2020-12-31'), 'it stays one after the move') FROM late;
SELECT is(error_of(format('SELECT allocate(%s, 2019, ''10'', ''public'', %L)', p, d)), 'no error', 'and can be allocated') FROM late;
SELECT is(count(*), 0::bigint, 'which ce_check() accepts') FROM ce_check(), late WHERE person_id = p;
SELECT is(ce_surplus(id('there'), 2020, 'public'), NULL, 'who was never here has none');
CREATE TEMP TABLE giver AS SELECT give_online(give_public(give_recorded(person(30, 'province'), 2018, '0', '55'), '100'), 20, '120') AS p;
SELECT give_recorded(p, 2019, '0', '50') FROM giver;
SELECT ce_change_scheme(p, 'general', '2019-02-01') FROM giver;
SELECT alike(error_of(format('SELECT allocate(%s, 2018, ''6'', ''public'')', p)), '23514 year 2018 lacks only 5 hours | %', 'a former year lacks what its scheme requires') FROM giver;
SELECT is(plan_of(p, 'intermediate'), '2020>2018 public 5, 2020>2019 public 30, 2020>2019 professional 10', 'and so the plan proposes') FROM giver;

-- the archive, the certificate and the report
SELECT give(id('moved'), '{"kind":"mentoring","started_on":"2018-05-01","completed_on":"2018-05-04","days":4}'), give(id('moved'), '{"kind":"mentoring","started_on":"2020-05-01","completed_on":"2020-05-04","days":4}');
SELECT results_eq('SELECT year, awarded::float, recognised::float FROM ce_archive WHERE person_id = id(''moved'') AND kind = ''mentoring'' ORDER BY year', 'VALUES (2018, 20::float, 10::float), (2020, 28, 28)', 'the archive: caps of the year''s scheme');
SELECT is(ce__certificate_facts(id('moved'), y, '2020-12-31') ->> 'scheme', s, format('the certificate of %s: %s', y, s)) FROM (VALUES (2018, 'province'), (2020, 'general')) v (y, s);
SELECT is(ce__certificate_facts(id('moved'), 2018, '2020-12-31') ->> 'instrument', 'province', 'and its instrument');
SELECT is((SELECT sum(persons) FROM ce_annual_statistics WHERE year = 2018), (SELECT count(*)::numeric FROM ce_person p WHERE p.person_id <> (SELECT p FROM out)), 'statistics: who was under other rules then is not counted');
SELECT is((SELECT sum(persons) FROM ce_annual_statistics WHERE year = 2020), (SELECT count(*)::numeric FROM ce_person), 'and later is');
SELECT matches(ce_report_html(2018), 'test 1', 'the report cites the instruments of those who were under them then');

-- deadlines
SELECT is((SELECT string_agg(detail, ', ' ORDER BY on_date) FROM ce_findings WHERE finding = 'late study' AND person_id = p), d, 'late study: ' || w)
	FROM (SELECT person(scheme => s) AS p, w FROM (VALUES ('general', 'here'), ('province', 'there')) v (s, w)) x JOIN LATERAL (SELECT give(p, '{"kind":"training","started_on":"2020-08-01","completed_on":"2020-08-01","days":1}')) g ON true
	JOIN (VALUES ('here', NULL), ('there', NULL)) v (n, d) ON n = w;
SELECT is((SELECT string_agg(format('%s %s', a.year, f.detail), ', ' ORDER BY a.year) FROM ce_findings f JOIN ce_activity a ON a.activity_id = f.object_id WHERE f.finding = 'late study' AND f.person_id = id('moved') AND a.kind = 'training'),
	NULL, 'an activity of July 2020 is in time here');
INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days, evidence) VALUES (id('moved'), 'training', '2018-08-01', '2018-08-01', 1, 'document'), (id('moved'), 'training', '2020-08-01', '2020-08-01', 1, 'document');
SELECT is((SELECT string_agg(to_char(on_date, 'YYYY'), ' ') FROM ce_findings WHERE finding = 'late study' AND person_id = id('moved') AND on_date IN ('2018-08-01', '2020-08-01')), '2018', 'one of August 2018 was late there');
SELECT is((SELECT string_agg(concat_ws(' ', year, verification_due), ', ' ORDER BY year) FROM ce_verification_queue WHERE person_id = id('moved')), '2018, 2020 2020-12-15', 'and the queue has the day of each year''s scheme');

-- imports convert by the day of the record
SELECT filed_plan(20, 'online', '60') AS plan \gset
CREATE TEMP TABLE imported AS SELECT r.* FROM unnest('{2018-03-01,2020-03-01}'::text[]) d CROSS JOIN LATERAL ce_import('lms', jsonb_build_object('id', d, 'actor',
		jsonb_build_object('account', jsonb_build_object('homePage', 'https://lms.example', 'name', 'P' || id('moved'))), 'verb', '{"id": "http://adlnet.gov/expapi/verbs/completed"}'::jsonb,
		'object', jsonb_build_object('id', 'https://lms.example/course/1'), 'context', jsonb_build_object('extensions', jsonb_build_object('urn:ce-hours:plan_id', :plan)),
		'result', '{"duration": "PT180M"}'::jsonb, 'timestamp', d || 'T08:00:00+08:00')) r;
SELECT is(string_agg(hours::text, ' ' ORDER BY year), '6 4', 'imports: class hours of 30 minutes then, of 45 now') FROM ce_activity WHERE source = 'lms';

-- a receipt has the rows of both
SELECT is((SELECT string_agg(k, ', ' ORDER BY k COLLATE "C") FROM jsonb_object_keys(ce_receipt(id('moved'), 'senior', as_of => '2020-12-31') -> 'law') k WHERE k !~ 'rule'),
	'ce_cap general mentoring 2020, ce_cap province mentoring 2016, ce_requirement general 2016, ce_requirement general 2020, ce_requirement province 2016, ce_scheme general, ce_scheme province, ce_window 3', 'the receipt names the rows of both schemes');
CREATE TEMP TABLE kept AS SELECT ce_receipt(id('moved'), 'senior', as_of => '2020-12-31') AS r;
SELECT is_empty('SELECT * FROM ce_receipt_check((SELECT r FROM kept))', 'and can be checked');
UPDATE ce_person_scheme SET until_on = '2018-06-30' WHERE person_id = id('moved');
SELECT is((SELECT string_agg(part, ', ' ORDER BY part) FROM ce_receipt_check((SELECT r FROM kept))), 'year 2018', 'it shows that the move was dated otherwise');
UPDATE ce_person_scheme SET until_on = '2019-06-30' WHERE person_id = id('moved');
INSERT INTO ce_application (person_id, level, applied_on) VALUES (id('moved'), 'senior', '2020-12-31');
SELECT is(verdict::text || ' ' || (receipt #>> '{inputs,years,2018,scheme}'), 'eligible province', 'an application follows the move') FROM ce_application WHERE person_id = id('moved');

-- a transfer: caps of the year's scheme
SELECT is(ask(id('moved'), 'junior', '2020-12-31', 'transfer', 'roads'), 'not_eligible', 'a transfer');

-- after a correction all years are judged again
SELECT is(after(format('UPDATE ce_person SET scheme = ''province'' WHERE person_id = %s', id('here')), format('(SELECT string_agg(year::text, '' '' ORDER BY year) FROM ce_shortfalls WHERE person_id = %s AND year < 2021)', id('here'))), '2016', 'after the scheme is corrected, all years are judged again');

--
-- Two moves, and what is refused
--
SELECT ce_change_scheme(id('there'), 'general', '2018-01-01'), ce_change_scheme(id('there'), 'province', '2019-05-01');
SELECT is((SELECT string_agg(format('%s %s', y, ce_scheme_in_year(id('there'), y, '2020-12-31')), ', ' ORDER BY y) FROM generate_series(2017, 2020) y), '2017 province, 2018 general, 2019 province, 2020 province', 'there and back');
SELECT is(error_of(format('SELECT ce_change_scheme(%s, ''general'', ''2019-05-01'')', id('there'))), '22023 person 3 was under scheme "general" until 2019-04-30'
	' | A move on 2019-05-01 would overlap with that. | Give a later from_on, or correct the rows of the person in ce_person_scheme.', 'a move that overlaps with one before');
SELECT is(error_of(format('SELECT ce_change_scheme(%s, ''general'', ''2018-05-01'')', id('there'))) ~ '^22023 person 3 was under scheme "general" until 2019-04-30', true, 'or lies before it');
SELECT is(error_of(format('SELECT ce_change_scheme(%s, ''province'')', id('there'))), '22023 person 3 is under scheme "province" already | To enter another day of the move, change until_on in ce_person_scheme.', 'a move to the same');
SELECT is(error_of(format('SELECT ce_change_scheme(%s, ''nowhere'')', id('there'))), '42704 scheme "nowhere" does not exist | Table ce_scheme lists the schemes.', 'to nowhere');
SELECT is(error_of('SELECT ce_change_scheme(-1, ''general'')'), 'P0002 person -1 does not exist | Enter the person in ce_person first.', 'of nobody');
SELECT is(error_of(format('SELECT ce_change_scheme(%s, ''general'', NULL)', id('there'))), '22023 a move needs its first day | Give from_on, the first day under the new scheme.', 'without a day');
SELECT is(error_of(format('SELECT ce_change_scheme(%s, ''general'', ''infinity'')', id('there'))), '22023 a move needs its first day | Give from_on, the first day under the new scheme.', 'at the end of days');
SELECT alike(error_of(format('SELECT ce_change_scheme(%s, ''general'', ce_today() + 2)', id('there'))), format('22023 a move cannot be entered for %s yet | Enter it on the day before at the earliest: from_on may be tomorrow.', ce_today() + 2), 'in the future');
SELECT is(after(format('SELECT ce_change_scheme(%s, ''general'', ce_today() + 1)', id('there')), format('concat_ws('' '', (SELECT scheme FROM ce_person WHERE person_id = %s), ce_scheme_in_year(%1$s, 2030))', id('there'))), 'general province', 'tomorrow: today the old one still applies');
SELECT is(error_of(format('INSERT INTO ce_person_scheme VALUES (%s, ''2019-04-30'', ''province'')', id('there'))), '23505 person 3 was under another scheme until 2019-04-30 already'
	' | It is scheme "general"; a person is under one scheme at a time. | Change that row of ce_person_scheme, or give the last day of this one.', 'two schemes until one day');
SELECT alike(error_of('UPDATE ce_person_scheme SET until_on = ''2017-12-31'' WHERE person_id = id(''there'')'), '23505 %', 'also by a change');
SELECT is(error_of(format('UPDATE ce_person_scheme SET person_id = %s WHERE person_id = %s', id('here'), id('there'))), '23514 a former scheme of person 3 cannot become another person''s | Delete the row, and enter one for the other person.', 'another person''s');
SELECT is(error_of('TRUNCATE ce_person_scheme'), '23001 table "ce_person_scheme" cannot be truncated | Each change of a person''s scheme is logged. | Use DELETE.', 'all at once');
SELECT alike(error_of(format('INSERT INTO ce_person_scheme VALUES (%s, ''-infinity'', ''province'')', id('there'))), '23514 until_on cannot be "-infinity" | %', 'no day');
SELECT is(error_of(format('INSERT INTO ce_person_scheme VALUES (%s, ''2016-01-01'', ''nowhere'')', id('there'))) ~ '^23503', true, 'a scheme that there is not');
SELECT is(error_of('DELETE FROM ce_scheme WHERE scheme = ''province''') ~ '^23503', true, 'a scheme that persons were under stays');
-- the mark
SELECT is(error_of(format('UPDATE ce_person SET moved = false WHERE person_id = %s', id('there'))), '428C9 column "moved" is derived and cannot be written | Table "ce_person_scheme" has rows of person 3.'
	' | If the person was never under another scheme, delete these rows.', 'the mark is not to be taken away');
DELETE FROM ce_person_scheme WHERE person_id = id('there') AND until_on = '2017-12-31';
SELECT is(moved, true, 'it stays with one row left') FROM ce_person WHERE person_id = id('there');
DELETE FROM ce_person_scheme WHERE person_id = id('there');
SELECT is(moved, false, 'and goes with the last') FROM ce_person WHERE person_id = id('there');
UPDATE ce_person SET moved = true WHERE person_id = id('here');
SELECT is(ce_scheme_in_year(id('here'), 2018), 'general', 'a mark without a row changes nothing');
UPDATE ce_person SET moved = false WHERE person_id = id('here');
SELECT is(moved, false, 'and can go') FROM ce_person WHERE person_id = id('here');
ALTER TABLE ce_person_scheme DISABLE TRIGGER ALL;
INSERT INTO ce_person_scheme VALUES (id('here'), '2016-12-31', 'province');
ALTER TABLE ce_person_scheme ENABLE TRIGGER ALL;
SELECT is((SELECT string_agg(concat_ws(' ', person_id, detail), ', ') FROM ce_check() WHERE invariant = 'persons with former schemes are marked'), id('here') || ' province', 'ce_check() finds a row without its mark');
DELETE FROM ce_person_scheme WHERE person_id = id('here');

--
-- Duties, sight and the log
--
CREATE ROLE m_clerk; CREATE ROLE m_read; CREATE ROLE m_report; CREATE ROLE m_other; CREATE ROLE m_self;
SELECT ce_grant('m_clerk', 25, 'record'), ce_grant('m_read', 25, 'read'), ce_grant('m_report', 25, 'report'), ce_grant('m_other', 22, 'record'), ce_grant('m_self', 25, 'record'), ce_grant_person('m_self', id('here'));
GRANT SELECT ON who TO PUBLIC;
SELECT is(by_role('m_clerk', format('SELECT ce_change_scheme(%s, ''province'', ''2018-01-01'', ''why'')', id('here'))), '', 'who records for the employer moves a person');
SELECT is(by_role('m_clerk', format('UPDATE ce_person_scheme SET until_on = ''2018-12-31'', note = ''wrong day'' WHERE person_id = %s RETURNING 1', id('here'))), '1', 'and corrects the day');
SELECT is(by_role('m_read', format('SELECT ce_change_scheme(%s, ''general'')', id('here'))) ~ '^42501', true, 'who reads does not');
SELECT is(by_role('m_read', format('SELECT count(*) FROM ce_person_scheme WHERE person_id = %s', id('here'))), '1', 'but sees the former scheme');
SELECT is(by_role('m_read', format('SELECT ce_scheme_in_year(%s, 2018)', id('here'))), 'general', 'and gets the answers');
SELECT is(by_role('m_report', format('SELECT required_total::float FROM ce_yearly_totals WHERE person_id = %s AND year = %s', id('here'), y)), r, format('the report of %s too', y)) FROM (VALUES (2018, '90'), (2019, '60')) v (y, r);
SELECT is(by_role('m_report', 'SELECT note FROM ce_person_scheme'), '42501 permission denied for table ce_person_scheme', 'but not the remarks');
SELECT is(by_role('m_other', format('SELECT ce_change_scheme(%s, ''general'')', id('here'))), 'P0002 person 2 does not exist', 'who does not see the person is told nothing');
SELECT is(by_role('m_other', format('INSERT INTO ce_person_scheme VALUES (%s, ''2017-01-01'', ''general'')', id('here'))) ~ '^42501', true, 'also by INSERT');
SELECT is(by_role('m_other', format('WITH d AS (DELETE FROM ce_person_scheme RETURNING 1) SELECT count(*) FROM d')), '0', 'and deletes nothing');
CREATE ROLE m_both;
SELECT ce_grant('m_both', 25, 'read'), ce_grant('m_both', 22, 'record');
SELECT is(by_role('m_both', format('INSERT INTO ce_person_scheme VALUES (%s, ''2017-01-01'', ''general'')', id('here'))) ~ '^42501 role "m_both" ', true, 'who sees the person and records for others only does not either');
SELECT is(by_role('m_self', c), '42501 you cannot act on your own hours', 'nobody moves themselves: ' || left(c, 6)) FROM unnest(ARRAY[format('SELECT ce_change_scheme(%s, ''general'')', id('here')),
	format('INSERT INTO ce_person_scheme VALUES (%s, ''2017-01-01'', ''general'')', id('here')), format('UPDATE ce_person_scheme SET scheme = ''province'' WHERE person_id = %s', id('here')), format('DELETE FROM ce_person_scheme WHERE person_id = %s', id('here'))]) c;
SELECT is(by_role('m_clerk', format('DELETE FROM ce_person_scheme WHERE person_id = %s RETURNING 1', id('here'))), '1', 'a row that was wrong is deleted');
SELECT is((SELECT string_agg(concat_ws(' ', object, coalesce(from_status, '-'), coalesce(to_status, '-'), note), ', ' ORDER BY event_id) FROM ce_event WHERE object ~ 'scheme' AND role_name = 'm_clerk' AND ids = ARRAY[id('here')]),
	'person.former_scheme - 2017-12-31 general why, person.scheme general province, person.former_scheme 2017-12-31 general 2018-12-31 general wrong day, person.former_scheme 2018-12-31 general -', 'all of it is logged, old and new');
SELECT matches(ce_facts_changed(id('here'), extract(year FROM ce_today())::integer), 'former_scheme', 'and a finding would name it');
UPDATE ce_person SET scheme = 'general' WHERE person_id = id('here');
SELECT is_empty('SELECT * FROM ce_check()', 'the ledger is sound');

-- a scheme that does not convert what was verified: that keeps nobody else's hours from being derived again
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, ban_years, instrument, clause) VALUES ('bare', 'z', 'without rules', true, 1, 'province', '1');
CREATE TEMP TABLE trained AS SELECT p AS id, give(p, '{"kind": "training", "started_on": "2020-04-30", "completed_on": "2020-05-01", "days": 2}') AS activity_id, n FROM (SELECT person() AS p, n FROM unnest('{bare,general}'::text[]) n OFFSET 0) x;
CREATE FUNCTION trained(n text) RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT id FROM trained WHERE n = $1 $$;
SELECT ce_change_scheme(trained('bare'), 'bare', '2020-01-01');
UPDATE ce_rule SET hours = '9' WHERE scheme = 'general' AND kind = 'training' AND hours = '7';
SELECT results_eq('SELECT n, awarded(activity_id) FROM trained ORDER BY n', $$ VALUES ('bare', 14.0), ('general', 14.0) $$, 'two persons with hours by an earlier law');
SELECT results_eq($$ SELECT n, detail LIKE '%gives none%' FROM ce_check() JOIN trained ON id = person_id WHERE invariant ~ 'hours follow' ORDER BY n $$, $$ VALUES ('bare', true), ('general', false) $$, 'ce_check() names both');
SELECT is(error_of(format('SELECT * FROM ce_rebuild(%s)', trained('bare'))) LIKE '23514 the law no longer converts activity % ce\_person\_scheme, or revoke the activity.', true, 'ce_rebuild() of that person says what can be done');
SELECT lives_ok('SELECT * FROM ce_rebuild()', 'that of everybody runs');
SELECT results_eq('SELECT n, awarded(activity_id) FROM trained ORDER BY n', $$ VALUES ('bare', 14.0), ('general', 18.0) $$, 'derives the hours that a rule converts and keeps the others');
SELECT results_eq('SELECT person_id FROM ce_check()', format('VALUES (%s::bigint)', trained('bare')), 'which ce_check() still names');
SELECT ce_revoke(ARRAY[activity_id], verifier(id), 'no rule') FROM trained WHERE n = 'bare';
SELECT is_empty('SELECT * FROM ce_check()', 'not when they are revoked');
SELECT lives_ok(format('SELECT * FROM ce_rebuild(%s)', trained('bare')), 'and nothing stands in the way of ce_rebuild()');

-- a draft judges, and converts, what the scheme in its place does: for those who moved only the years under it
SELECT ce_clone_scheme('general', 'north'), ce_clone_scheme('general', 'd_before'), ce_clone_scheme('general', 'd_after'), ce_clone_scheme('general', 'd_rule');
CREATE FUNCTION whole_years(p bigint) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours, evidence, status, verified_by, verified_on)
		SELECT p, 'training', make_date(y, 3, 1), make_date(y, 4, 30), '60', 'document', 'verified', 2, make_date(y, 5, 1) FROM generate_series(2023, 2025) y;
	INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on)
		SELECT p, 'academy_course', make_date(y, 3, 1), '30', 'verified', 4, make_date(y, 3, 1) FROM generate_series(2023, 2025) y;
	SELECT p
$$;
CREATE TEMP TABLE moved_away AS SELECT person(25, 'north', NULL, 'junior', '2016-01-01') AS p, person(25, 'general', NULL, 'junior', '2016-01-01') AS stays;
SELECT ce_change_scheme(p, 'general', '2025-01-01') FROM moved_away;
SELECT whole_years(p), whole_years(stays) FROM moved_away;
INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, instrument, clause) VALUES ('d_before', 2023, 2024, '200', 'mohrss-order-25', '1'), ('d_after', 2025, 2025, '200', 'mohrss-order-25', '1');
INSERT INTO ce_rule (scheme, kind, from_year, to_year, basis, hours, instrument, clause) VALUES ('d_rule', 'training', 2023, 2024, 'fixed', '1', 'mohrss-order-25', '1');
CREATE FUNCTION change_of(q bigint, a text, b text) RETURNS text LANGUAGE sql AS $$
	SELECT coalesce((SELECT c.under_a || ' ' || c.under_b || ' ' || c.change FROM ce_compare_schemes(a, b, 'intermediate', '2025-12-31') c WHERE c.person_id = q), 'as before')
$$;
SELECT is(change_of(p, 'general', draft) || ', ' || change_of(stays, 'general', draft), said, format('%s for one who moved, and one who did not', draft)) FROM moved_away, (VALUES
	('d_before', 'as before, eligible not_eligible loses'), ('d_after', 'eligible not_eligible loses, eligible not_eligible loses'), ('d_rule', 'as before, eligible not_eligible loses')) v (draft, said);
SELECT is(change_of(p, 'north', draft) || ', ' || change_of(stays, 'north', draft), said, format('%s in the place of the scheme of before', draft)) FROM moved_away, (VALUES
	('d_before', 'eligible not_eligible loses, as before'), ('d_after', 'as before, as before'), ('d_rule', 'eligible not_eligible loses, as before')) v (draft, said);

SELECT * FROM finish();
ROLLBACK;

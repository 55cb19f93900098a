-- The law as it stands in the rows, and what each clause of it does to one fact
BEGIN;
\ir lib/ledger.psql
SELECT plan(59);

CREATE FUNCTION cited(clause text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(format('%s%s', concat_ws(' ', r.grade, r.role, nullif(concat(r.rank_from, '-', r.rank_to), '-'), r.hours),
		CASE WHEN r.per_year THEN ' a year' END), ', ' ORDER BY r.rule_id)
	FROM ce_rule r WHERE r.scheme = 'general' AND r.clause = $1
$$;
CREATE FUNCTION online(p bigint, hours ce_hours, completed date DEFAULT '2020-03-01', base bigint DEFAULT 20) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
	PERFORM give(p, jsonb_build_object('kind', 'base_online', 'plan_id', filed_plan(base, 'online', hours), 'completed_on', completed, 'hours', hours));
	RETURN p;
END $$;

-- 0 to 3
SELECT is(doc_no, '青人社厅函〔2020〕227号', '0.1: the notice') FROM ce_instrument WHERE instrument = 'qinghai-2020-227';
SELECT is(issued_on, '2020-05-25', '0.1: its day of issue') FROM ce_instrument WHERE instrument = 'qinghai-2020-227';
SELECT is(doc_no, '人力资源和社会保障部令第25号', '0.2: the order it rests on') FROM ce_instrument WHERE instrument = 'mohrss-order-25';
SELECT results_eq('SELECT from_year, to_year, total_hours::numeric, public_hours::numeric, professional_hours::numeric, clause FROM ce_requirement WHERE scheme = ''general'' ORDER BY from_year',
	'VALUES (2016, NULL::integer, 90.0, NULL::numeric, 60.0, ''art. 8''), (2020, 2020, 135.0, 45.0, 90.0, ''4.1'')', '0.3, 0.4, 4.1: 2020 by the notice, other years by Order 25 art. 8');
SELECT is(ask(person(scheme => 'accounting'), 'senior'), 'out_of_scope', '2.3a: accountants follow other rules');
SELECT throws_ok('SELECT give_professional(person(scheme => ''accounting''), ''1'')', '23514', NULL, '2.3b: and are registered and verified elsewhere');
SELECT is(enum_range(NULL::ce_subject)::text, '{public,professional,both}', '3: two subjects, and what counts for the two');
SELECT throws_ok(format('SELECT give(%s, ''{"kind":"academy_course","completed_on":"2020-03-01","hours":"1","verified_by":20}'')', person()), '23514', NULL,
	'3.1: a base is no source of public hours');
SELECT is(awarded(give(person(), jsonb_build_object('kind', 'filed_course', 'completed_on', '2020-03-01', 'plan_id', filed_plan(25, 'offline', '8')))), 8.0,
	'3.2: an employer may run a professional course (AMB-6)');
SELECT is(awarded(give(person(), jsonb_build_object('kind', 'filed_course', 'completed_on', '2020-03-01', 'plan_id', filed_plan(21, 'online', '8')))), 8.0,
	'3.2: online or in class');

-- 4.2
SELECT is(enum_range(NULL::ce_route)::text, '{review,recognition,transfer}', '4.2: of its uses the title has numbers, by three routes');
SELECT results_eq('SELECT clause, string_agg(format(''%s %s %s'', level, aggregation, years), '', '' ORDER BY window_id) FROM ce_window WHERE scheme = ''general'' GROUP BY clause ORDER BY clause',
	$$VALUES ('4.2.1a', 'junior any 2'), ('4.2.1b', 'intermediate each 3'), ('4.2.1c', 'senior each 4, full_senior each 4'), ('4.2.1d', 'full_senior each 2'),
		('4.2.2', 'junior any 2, intermediate any 2, senior any 2'), ('4.2.3', 'junior any 2, intermediate any 2, senior any 2, full_senior any 2')$$,
	'4.2.1a, 4.2.1b, 4.2.1c, 4.2.1d, 4.2.2, 4.2.3: the years of each title');

-- 5: the conversion table
SELECT results_eq('SELECT clause, string_agg(kind, '' '' ORDER BY rule_id), min(basis), max(hours)::numeric FROM ce_rule WHERE scheme = ''general'' AND rule_id < 110 GROUP BY clause ORDER BY clause',
	$$VALUES ('5.1', 'academy_course', 'as_completed'::ce_basis, NULL::numeric), ('5.2.1', 'base_online', 'as_completed', NULL),
		('5.2.2(1)', 'training', 'document_or_days', 7), ('5.2.2(2)', 'overseas_training', 'document_or_days', 7), ('5.2.2(3)', 'filed_course', 'filed_hours', 7),
		('5.2.3(1)', 'degree', 'deems', NULL), ('5.2.3(2)', 'qualification', 'deems', NULL), ('5.2.4b', 'mentoring', 'days', 7), ('5.3', 'frontline', 'deems', NULL)$$,
	'5: how each kind of activity becomes hours');
SELECT is(string_agg(kind, ' ' ORDER BY kind), 'filed_course overseas_training training', '5.2.2: the category of training') FROM ce_kind WHERE category = 'training';
SELECT is(string_agg(kind, ' ' ORDER BY kind), 'degree qualification', '5.2.3: the category of study') FROM ce_kind WHERE category = 'study';
SELECT ok(professional_deemed AND NOT public_deemed AND NOT met, '5.2.3(1): a certificate deems the professional hours of its year complete, not the public ones')
	FROM ce_yearly_totals WHERE year = 2020 AND person_id = (SELECT person_id FROM ce_activity WHERE activity_id = give(person(), '{"kind":"degree","completed_on":"2020-07-01"}'));
CREATE TEMP TABLE exam AS SELECT person() AS id;
SELECT isnt(give(id, '{"kind":"qualification","completed_on":"2020-07-01"}'), NULL, '5.2.3(2): an exam passed') FROM exam;
SELECT ok(met(give_public(id, '45'), 2020), '5.2.3(2): deems them complete too') FROM exam;
SELECT is(hours, '30', '5.2.4c: the cap on mentoring') FROM ce_cap WHERE scheme = 'general' AND category = 'mentoring';
SELECT throws_ok(format('SELECT give(%s, ''{"kind":"mentoring","started_on":"2019-05-01","completed_on":"2019-05-02","days":2}'')', person()), '23514', NULL,
	'5.2.4a: mentoring counts from 2020');
SELECT is(string_agg(kind, ' ' ORDER BY kind), 'award invention_patent project report standard utility_patent', '5.2.5: the category of innovation')
	FROM ce_kind WHERE category = 'innovation' AND track = 'attested' AND instrument = 'qinghai-2020-227';
SELECT is(cited('5.2.5(1)'), 'national host 90 a year, national member 60 a year', '5.2.5(1): national projects');
SELECT is(cited('5.2.5(2)'), 'provincial host 60 a year, provincial member 30 a year', '5.2.5(2): provincial projects (AMB-19)');
SELECT is(cited('5.2.5(3)'), 'prefecture host 45 a year, prefecture member 25 a year', '5.2.5(3): projects of prefectures (AMB-19)');
SELECT is(cited('5.2.5(4)'), 'national_st_progress, qinghai_st_progress, provincial_social_science', '5.2.5(4): three awards');
SELECT is(cited('5.2.5(5)a'), '1-3 60, 4-6 50, 7- 40', '5.2.5(5)a: invention patents (AMB-21)');
SELECT is(cited('5.2.5(5)b'), '1-3 50, 4-6 40, 7- 30', '5.2.5(5)b: utility models');
SELECT is(cited('5.2.5(6)a'), 'national 1-3 90, national 4-6 80, national 7- 60', '5.2.5(6)a: national standards');
SELECT is(cited('5.2.5(6)b'), 'industry 1-3 80, industry 4-6 70, industry 7- 50', '5.2.5(6)b: industry standards');
SELECT is(cited('5.2.5(6)c'), 'provincial 1-3 60, provincial 4-6 50, provincial 7- 40', '5.2.5(6)c: provincial standards');
SELECT is(cited('5.2.5(7)a'), 'provincial_leader host 60', '5.2.5(7)a: reports with a comment of the province''s leaders');
SELECT is(cited('5.2.5(7)b'), 'department_or_prefecture_leader host 30', '5.2.5(7)b: of departments and prefectures');

CREATE FUNCTION innovation(facts jsonb) RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
	RETURN attested(achieve(person(held => 'junior', held_since => '2016-01-01'), facts || '{"achieved_on":"2020-05-01"}'), 2020);
END $$;
SELECT is(innovation(format('{"kind":"invention_patent","rank":%s}', n)::jsonb), h, format('5.2.5(5)a: rank %s is %s', n, h))
	FROM (VALUES (1, 60.0), (3, 60), (4, 50), (6, 50), (7, 40), (8, 40)) t (n, h);
SELECT is(innovation(format('{"kind":"utility_patent","rank":%s}', n)::jsonb), h, format('5.2.5(5)b: rank %s is %s', n, h))
	FROM (VALUES (3, 50.0), (6, 40), (7, 30)) t (n, h);
SELECT is(innovation(format('{"kind":"standard","grade":"%s","rank":2}', g)::jsonb), h, format('5.2.5(6)%s: a %s standard is %s', c, g, h))
	FROM (VALUES ('a', 'national', 90.0), ('b', 'industry', 80), ('c', 'provincial', 60)) t (c, g, h);
SELECT is(innovation(format('{"kind":"report","role":"host","grade":"%s"}', g)::jsonb), h, format('5.2.5(7)%s: a report is %s', c, h))
	FROM (VALUES ('a', 'provincial_leader', 60.0), ('b', 'department_or_prefecture_leader', 30)) t (c, g, h);

-- 6.2a
CREATE TEMP TABLE applicant AS SELECT give_years(person(), 2019, 2020) AS id;
INSERT INTO ce_application (person_id, level, applied_on) SELECT id, 'junior', '2020-10-01' FROM applicant;
INSERT INTO ce_sanction (person_id, found_on, decision) SELECT id, '2020-10-15', 'decision 1' FROM applicant;
SELECT is(status, 'cancelled', '6.2a: a finding cancels what was applied for') FROM ce_application JOIN applicant ON id = person_id;
SELECT throws_ok(format('INSERT INTO ce_application (person_id, level, applied_on) VALUES (%s, ''junior'', ''2020-11-01'')', id), '23514', NULL,
	'6.2a, 6.2b: and nothing is taken during the ban') FROM applicant;

-- 7.6: catching up
SELECT results_eq('SELECT subject::text, source, study_year, target_from, target_to FROM ce_catchup ORDER BY source',
	$$VALUES ('public', 'academy', 2020, 2017, 2019), ('professional', 'national_base', 2020, 2017, 2019)$$,
	'7.6a, 7.6b: in 2020 alone, from the academy and the national bases, for 2017 to 2019');
CREATE TEMP TABLE late AS SELECT give_recorded(person(), 2019, '30', '40') AS id;
SELECT isnt(online(give_public(id, '45'), '110'), NULL, '7.6c: courses done in 2020 by the person') FROM late;
SELECT is(professional_hours, 110.0, '7.6d: they are in the record of 2020') FROM ce_yearly_totals JOIN late ON id = person_id WHERE year = 2020;
SELECT ok(NOT met(id, 2019), '7.6e: nothing is allocated by itself (AMB-30)') FROM late;
SELECT throws_ok(format('SELECT ce_allocate(%s, 2020, 2019, ''professional'', ''21'', 2, ''2020-06-01'')', id), '23514', NULL, '7.6e: no more than the surplus') FROM late;
SELECT isnt(ce_allocate(id, 2020, 2019, 'professional', '20', 2, '2020-06-01'), NULL, '7.6e: the surplus of 20') FROM late;
SELECT ok(met(id, 2019) AND met(id, 2020), '7.6e: makes 2019 complete and leaves 2020 so') FROM late;
SELECT throws_ok(format('SELECT ce_allocate(%s, 2020, 2019, ''professional'', ''20'', 2, ''2020-06-01'')',
	online(give_public(give_recorded(person(), 2019, '30', '40'), '45'), '110', '2020-03-01', 21)), '23514', NULL, '7.6b: courses of a provincial base make no surplus');
SELECT ok(NOT governed, '7.6f: accountants catch up under the finance department''s rules') FROM ce_scheme WHERE scheme = 'accounting';

-- 9.4
CREATE TEMP TABLE feed AS SELECT person() AS id;
CREATE FUNCTION received(p bigint) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_activity (person_id, kind, completed_on, hours, source, source_ref, status, verified_by, verified_on)
		VALUES (p, 'academy_course', '2020-03-01', '10', 'academy', 'A1', 'verified', 4, '2020-03-01') RETURNING activity_id
$$;
SELECT isnt(received(id), NULL, '9.4a: a course comes with the number it has at its source') FROM feed;
SELECT throws_ok(format('SELECT received(%s)', id), '23505', NULL, '9.4a: and is not taken twice (AMB-34)') FROM feed;

SELECT is_empty('SELECT * FROM ce_law_check()', '5: the shipped law has no gap, overlap or contradiction');
SELECT * FROM finish();
ROLLBACK;

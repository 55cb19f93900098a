-- 7.1, 7.6d, 9.2: pages and statistics under other notices: minima of
-- categories, waivers, sums over years, hours attested into the archive
BEGIN;
\ir lib/ledger.psql
\ir ../../examples/notices/guangdong.sql
\ir ../../examples/notices/henan.sql
\ir ../../examples/notices/xuzhou.sql
\ir ../../examples/notices/inner_mongolia_2011.sql
SELECT * FROM no_plan();
INSERT INTO ce_requirement (scheme, from_year, total_hours, public_hours, professional_hours, instrument, clause) VALUES ('general', 2021, 90, 30, 60, 'mohrss-order-25', 'art. 8');

-- a page as it is read, in one line
CREATE FUNCTION seen(page text) RETURNS text LANGUAGE sql AS $$
	SELECT replace(replace(replace(replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(page, '<style>.*</style>', ''), '<title>[^<]*</title>', '', 'g'), '<[^>]*>', ' ', 'g'), '\s+', ' ', 'g'),
		'&ndash;', '–'), '&#10003;', '✓'), '&#10007;', '✗'), '&#39;', '''')
$$;
CREATE FUNCTION did(p bigint, of_kind text, y integer, h numeric DEFAULT NULL, d numeric DEFAULT NULL) RETURNS bigint LANGUAGE sql AS $$
	SELECT give(p, jsonb_build_object('kind', of_kind, 'started_on', make_date(y, 1, 10), 'completed_on', make_date(y, 6, 30), 'hours', h, 'days', d, 'verified_on', make_date(y, 7, 1)))
$$;
CREATE FUNCTION waive(p bigint, y integer, subject ce_subject DEFAULT NULL, hours ce_hours DEFAULT NULL, defers_to integer DEFAULT NULL) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_waiver (person_id, year, subject, hours, defers_to, reason, decision, granted_by, granted_on) VALUES (p, y, subject, hours, defers_to, 'illness', 'D' || y, 22, make_date(y + 1, 2, 1)) RETURNING waiver_id
$$;
CREATE TEMP TABLE who AS SELECT n, person(22, s, NULL, l::ce_level, since::date) AS p FROM (VALUES
	('idle', 'general', 'junior', '2016-01-01'), ('waived', 'general', 'junior', '2016-01-01'), ('revoked', 'general', 'junior', '2016-01-01'), ('both', 'general', 'junior', '2016-01-01'),
	('reduced', 'general', 'junior', '2016-01-01'), ('deferred', 'general', 'junior', '2016-01-01'), ('mover', 'general', 'intermediate', '2016-01-01'), ('late', 'henan', 'junior', '2022-01-01'),
	('gd', 'guangdong', 'intermediate', '2024-01-01'), ('gd whole', 'guangdong', 'intermediate', '2024-01-01'), ('gd waived', 'guangdong', 'intermediate', '2024-01-01'),
	('henan', 'henan', 'intermediate', '2022-01-01'), ('xuzhou', 'xuzhou', 'intermediate', '2022-01-01'), ('nm', 'inner-mongolia', 'intermediate', '2022-01-01')) v (n, s, l, since);
CREATE FUNCTION who(name text) RETURNS bigint LANGUAGE sql STABLE AS 'SELECT p FROM who WHERE n = name';
CREATE FUNCTION certificate(name text, y integer, lang text DEFAULT 'en') RETURNS text LANGUAGE sql STABLE AS 'SELECT seen(ce_certificate_html(who(name), y, lang))';
CREATE FUNCTION archive(name text, lang text DEFAULT 'en') RETURNS text LANGUAGE sql STABLE AS 'SELECT seen(ce_archive_html(who(name), lang))';

-- waivers are no study (AMB-35)
SELECT waive(who('waived'), 2024), waive(who('revoked'), 2024), waive(who('reduced'), 2024, 'public', '15'), waive(who('reduced'), 2024, NULL, '8'), waive(who('deferred'), 2024, 'professional', '15', 2026),
	waive(who('gd waived'), 2024, 'public'), waive(who('gd waived'), 2024, 'professional'), waive(who('henan'), 2022) \g /dev/null
UPDATE ce_waiver SET revoked_by = 22, revoked_on = '2025-06-01', note = 'x' WHERE person_id = who('revoked');
SELECT results_eq($$ SELECT sum(persons), sum(trained), sum(met), sum(met_by_waiver) FROM ce_annual_statistics WHERE year = 2024 AND level = 'junior' AND org_id = 22 $$, 'VALUES (7::numeric, 0::numeric, 1::numeric, 1::numeric)',
	'9.2c: without an activity nobody is trained, and who met the year did so by a waiver');
SELECT matches(seen(ce_report_html(2024, 'en')), 'Persons 14 With hours 0 .* Obliged staff 14 0 1 1 7\.1 %', '9.2: so says the report');
SELECT did(who('reduced'), 'training', 2024, 67, 10), give_public(who('reduced'), '15', '2024-03-01'), did(who('waived'), 'training', 2023, 30, 5), waive(who('waived'), 2023, NULL, '80') \g /dev/null
SELECT results_eq($$ SELECT w.n, t.year, t.met, t.waived, t.met_by_waiver FROM ce_yearly_totals t JOIN who w ON w.p = t.person_id WHERE w.n IN ('waived', 'reduced', 'revoked', 'deferred') AND t.year IN (2023, 2024) AND t.on_record ORDER BY 1, 2 $$,
	$$ VALUES ('reduced', 2024, true, true, true), ('revoked', 2024, false, false, false), ('waived', 2023, false, true, false), ('waived', 2024, true, true, true) $$, 'AMB-35: a waiver, and a year that needs it');
SELECT did(who('reduced'), 'training', 2024, 8, 2), give_public(who('reduced'), '15', '2024-04-01') \g /dev/null
SELECT results_eq($$ SELECT met, waived, met_by_waiver FROM ce_yearly_totals WHERE person_id = who('reduced') AND year = 2024 $$, 'VALUES (true, true, false)', 'AMB-35: or does not, when all was studied');
SELECT matches(certificate('reduced', 2024), 'The verified hours of 2024 meet the requirement .* Waived by university that verifies itself, decision D2024 of 1 February 2025: 15 hours of public subjects\. What is waived was not studied\.', 'AMB-35: as its certificate says');
SELECT matches(certificate('waived', 2024), 'With what is waived the person meets .*: all hours of the year\. What', 'AMB-35: one that rests on a waiver');
SELECT matches(certificate('waived', 2024, 'zh'), '经审验和减免，依据《专业技术人员继续教育规定》（人力资源和社会保障部令第25号）第8条，该人员2024年度达到要求；.* 全部学时由university that verifies itself决定减免（D2024，2025年2月1日），减免的学时不计为已学学时。', 'AMB-35: in Chinese');
SELECT matches(archive('deferred', l), p, 'AMB-35: a year with a deferral alone is in the archive: ' || l) FROM (VALUES ('en', 'Year 2024 .* Deferred to 2026 by university that verifies itself, decision D2024 of 1 February 2025: 15 hours'), ('zh', '2024年度 .* 专业科目15学时由university that verifies itself决定延至2026年度补学')) v (l, p);
SELECT ok(archive('revoked') !~ 'D2024', 'AMB-35: a revoked decision is not told');
SELECT waive(who('idle'), 2023, 'public', '5', 2026) \gset idle_
UPDATE ce_waiver SET revoked_by = 22, revoked_on = '2025-06-01', note = 'x' WHERE waiver_id = :idle_waive;
SELECT matches(archive('idle'), 'The archive is empty', 'AMB-35: nor is the year of a deferral that was revoked in it');
SELECT did(who('deferred'), 'training', 2024, 10, 2) \g /dev/null
SELECT matches(certificate('deferred', 2024), 'Deferred to 2026 by university that verifies itself, decision D2024 of 1 February 2025: 15 hours of professional subjects\.', 'AMB-35: a deferral is no waiver');
SELECT matches(certificate('deferred', 2024, 'zh'), '专业科目15学时由university that verifies itself决定延至2026年度补学', 'AMB-35: in Chinese');
-- deemed by an item although the other subject is waived
SELECT waive(who('both'), 2024, 'public') \g /dev/null
INSERT INTO ce_activity (person_id, kind, started_on, completed_on, evidence, status, verified_by, verified_on) SELECT who('both'), 'degree', '2024-01-01', '2024-06-30', 'x', 'verified', 22, '2024-07-01';
SELECT results_eq($$ SELECT sum(trained) FROM ce_annual_statistics WHERE year = 2024 AND level = 'junior' AND org_id = 22 $$, 'VALUES (3::numeric)', '9.2c: who has something verified that deems a subject complete is trained');
SELECT results_eq($$ SELECT w.n, string_agg(m.category, ' ' ORDER BY m.ord) FILTER (WHERE m.waived) FROM ce_year_minima m JOIN who w ON w.p = m.person_id
	WHERE m.year = 2024 AND w.n IN ('idle', 'waived', 'revoked', 'reduced', 'deferred', 'both', 'gd waived') GROUP BY 1 ORDER BY 1 $$,
	$$ VALUES ('both', 'total public'), ('deferred', NULL), ('gd waived', 'total public professional'), ('idle', NULL), ('reduced', 'total public'), ('revoked', NULL), ('waived', 'total public professional') $$, 'AMB-35: minima that waivers take something off');
SELECT waive(who('gd whole'), 2024) \g /dev/null
SELECT results_eq($$ SELECT category FROM ce_year_minima WHERE person_id = who('gd whole') AND year = 2024 AND waived ORDER BY ord $$, 'VALUES (''total''), (''public''), (''professional''), (''elective'')', 'AMB-35: all of them, of a whole year');

-- minima of ce_minimum
SELECT did(who('gd'), 'gd_public', 2025, 30), did(who('gd'), 'gd_professional', 2025, 60) \g /dev/null
SELECT matches(certificate('gd', 2025), 'do not meet the requirement of 粤人社函〔2021〕, .*\. Missing hours: electives 18\. This page .* Electives 18 0 .* ✗ 18 short Total 90 90 ', '4.1: a minimum that is short is what is missing');
SELECT matches(certificate('gd', 2025, 'zh'), '依据《关于做好专业技术人员继续教育工作的通知》（粤人社函〔2021〕）学时要求，该人员2025年度经审验的继续教育学时尚未达到要求：选修科目缺18学时。', '4.1: in Chinese');
SELECT matches(archive('gd'), ' 2025 30 60 90 ✗ missing: electives 18 ', '7.1: the archive says so');
SELECT matches(archive('gd', 'zh'), ' 2025 30 60 90 ✗ 选修科目缺18学时 ', '7.1: in Chinese');
SELECT results_eq($$ SELECT public_short, professional_short, total_short, other_short FROM ce_shortfalls WHERE person_id = who('gd') AND year = 2025 $$, 'VALUES (0.0, 0.0, 0.0, ''electives: 18 hours'')', '4.1: ce_shortfalls names them, too');
SELECT results_eq($$ SELECT DISTINCT other_short FROM ce_shortfalls WHERE person_id = who('idle') $$, 'VALUES (NULL::text)', '4.1: nothing of the kind where no category has a minimum');

-- a subject of its own has figures of its own
SELECT did(who('gd'), 'gd_public', 2024, 30), did(who('gd'), 'gd_professional', 2024, 42), did(who('gd'), 'gd_elective', 2024, 18) \g /dev/null
SELECT results_eq($$ SELECT public_hours, professional_hours, other_hours FROM ce_annual_statistics WHERE year = 2024 AND org_id = 22 AND level = 'intermediate' $$, 'VALUES (30.0, 42.0, 18.0)', '9.2c: statistics keep the subjects apart');
SELECT matches(seen(ce_report_html(2024, 'en')), 'Professional hours 127 Electives 18 .* Quarter Public Professional Electives Total .*quarter 2 45 127 18 190 ', '9.2: so does the report');
SELECT matches(seen(ce_report_html(2024, 'zh')), '专业科目学时 127 选修科目学时 18 .* 季度 公需科目 专业科目 选修科目 合计 ', '9.2: in Chinese');
SELECT is(regexp_count(ce_report_html(2024), '<rect class="c3" [^>]*width="16"'), 12, '9.2b: in each month');
SELECT is(regexp_count(ce_report_html(2023), 'class="c3"'), 0, '9.2b: and none where there are no such hours');
SELECT matches(archive('gd'), ' Year Public Professional Other subjects Total Result 2025 30 60 0 90 ', '7.1: the archive has a column for them');
SELECT did(who('nm'), 'nm_public', 2024, 40), did(who('nm'), 'nm_elective', 2024, 30) \g /dev/null
SELECT matches(certificate('nm', 2024), 'Public – 40 .* Other subjects – 30 .* Total – 70 ', '7.6d: and the certificate a line for those without a minimum');
SELECT matches(seen(ce_report_html(2024, 'en')), 'Other subjects 48 .*electives 2 48 ', '9.2: several subjects are told together, and those of one name in one line');

-- no clause of Qinghai for others
SELECT unalike(seen(ce_report_html(2024, lang)), '%' || claim || '%', '9.2: no text of another notice: ' || claim) FROM (VALUES ('en', '2.2'), ('en', 'accounting'), ('en', 'encouraged, not'), ('zh', '2.2'), ('zh', '会计')) v (lang, claim);
SELECT person(27), person(25, 'accounting') \g /dev/null
SELECT matches(seen(ce_report_html(2024, 'en')), 'are encouraged, not obliged, and not in the rates below\. Not counted: accounting staff \(青人社厅函〔2020〕227号, 2\.3\)\.', '9.2: who is not in the rates, by the row of their scheme, where there are such persons');

-- what a law puts into the archive is there
SELECT did(who('henan'), 'hn_course', 2024, 20), did(who('mover'), 'training', 2023, 50, 8) \g /dev/null
INSERT INTO ce_achievement (person_id, kind, grade, title, achieved_on, evidence, attested_by, attested_on) SELECT who('henan'), 'hn_award', 'national', 'a prize', '2023-05-05', 'x', 22, '2023-06-06';
SELECT matches(certificate('henan', 2023), 'Total 64 64 .* ✓ met .* a prize 2023-05-05 award 64 64 ', '7.3: an award in the archive is on the certificate');
SELECT unalike(page, '%' || claim || '%', '7.3: which does not say that it is not') FROM unnest('{innovation,创新成果,不在本页内}'::text[]) claim,
	unnest(ARRAY[certificate('henan', 2023), certificate('henan', 2023, 'zh'), archive('henan'), archive('henan', 'zh')]) page;
UPDATE ce_rule SET in_archive = false WHERE kind = 'hn_paper';
SELECT matches(certificate('henan', 2023), 'Hours for paper \(豫人社专技〔2012〕61号\) are not in the archive', '7.3: where a law puts some of it there, the page names the others');
UPDATE ce_rule SET in_archive = true WHERE kind = 'hn_paper';

-- each year by its law
SELECT ce_change_scheme(who('mover'), 'guangdong', '2024-06-01'), ce_change_scheme(who('mover'), 'henan', '2025-03-01');
SELECT did(who('mover'), 'gd_professional', 2024, 45), did(who('mover'), 'hn_course', 2025, 60) \g /dev/null
SELECT matches(archive('mover'), 'Year 2025 Rules for professional and technical staff of Henan: 豫人社专技〔2012〕61号, .* \(art\. 6\)\. .* Year 2024 Rules for professional and technical staff of Guangdong: 粤人社函〔2021〕, .* Year 2023 Rules for professional and technical staff: 人力资源和社会保障部令第25号, .* \(art\. 8\)\.',
	'7.1: the archive names the rules of each year');
SELECT matches(archive('mover', 'zh'), ' 2024年度 适用广东专业技术人员的规定：《关于做好专业技术人员继续教育工作的通知》（粤人社函〔2021〕）学时要求。', '7.1: in Chinese');
SELECT matches(archive('mover'), 'Hours for innovation \(青人社厅函〔2020〕227号\) are not in the archive', '7.3: and what the law of one of them leaves out');
SELECT matches(archive('nm'), 'Rules for professional and technical staff of Inner Mongolia; the ledger has no requirement for the year\.', '7.1: also where no year is asked');
SELECT did(who('idle'), 'training', 2024, 5, 1) \g /dev/null
UPDATE ce_person SET scheme = 'accounting' WHERE person_id = who('idle');
SELECT matches(archive('idle'), 'Rules for accounting staff: 青人社厅函〔2020〕227号, 2\.3\.', '7.1: and for whom other rules govern');

-- a law that adds up years calls none of them short
SELECT did(who('xuzhou'), 'xz_training', 2024, NULL, 10), did(who('xuzhou'), 'xz_public', 2025, 80) \g /dev/null
SELECT is_empty($$ SELECT * FROM ce_shortfalls WHERE person_id IN (who('xuzhou'), who('henan'), who('late'), who('nm')) $$, '4.1: where years are added up, no year is short');
SELECT results_eq($$ SELECT year FROM ce_shortfalls WHERE person_id = who('mover') AND year BETWEEN 2022 AND 2025 ORDER BY 1 $$, 'VALUES (2022), (2023), (2024)', '4.1: a year under a law that asks each is, and later ones of the mover are not');
SELECT matches(certificate('xuzhou', 2024), 'Statement of .* are below those of one year by 徐人社〔示例〕, .*: public 24; total 12\. For a title the hours of several years are added up \(徐人社〔示例〕, 职称申报\), .* 12 below the year''s figure', '7.6d: its certificate says that the year is not asked by itself');
SELECT matches(certificate('xuzhou', 2024, 'zh'), '低于《徐州市专业技术人员继续教育学时规定》（徐人社〔示例〕）学时要求所定的年度标准：公需科目低24学时，合计低12学时。申报职称时各年度学时合并计算（徐人社〔示例〕职称申报）', '7.6d: in Chinese');
SELECT unalike(page, '%' || claim || '%', '7.6d: and nowhere: ' || claim) FROM (VALUES ('en', 'not meet'), ('en', '✗'), ('zh', '缺'), ('zh', '尚未达到')) v (lang, claim), LATERAL unnest(ARRAY[certificate('xuzhou', 2024, lang), archive('xuzhou', lang), archive('henan', lang)]) page;
SELECT matches(certificate('xuzhou', 2025), 'Certificate of .* The verified hours of 2025 meet the requirement', '7.6d: a year that reaches it is certified');
SELECT results_eq($$ SELECT y, c.valid, c.met FROM generate_series(2024, 2025) y, ce_certificate_check(ce__certificate_code(ce__certificate_facts(who('xuzhou'), y, ce_today()), who('xuzhou'), y, ce_today())) c $$, 'VALUES (2024, true, NULL), (2025, true, true)',
	'7.6d: the check of a code says no more than the page');
SELECT matches(seen(ce_report_html(2024, 'en')), 'add up the hours of several years, and met here means the figure of one year: professional and technical staff of Henan \(豫人社专技〔2012〕61号, art\. 6\); professional and technical staff of Xuzhou', '9.2: the report says what met means there');
UPDATE ce_window SET each_at_least = '20' WHERE scheme = 'xuzhou' AND level = 'senior';
SELECT isnt_empty($$ SELECT * FROM ce_shortfalls WHERE person_id = who('xuzhou') $$, '4.1: where one window asks something of each year, years are short');
SELECT matches(certificate('xuzhou', 2024), 'do not meet the requirement', '7.6d: on the certificate, too');

-- one that begins to add them up leaves the years before as they were asked for: one by one
CREATE TEMP TABLE steady AS SELECT person(22, held => 'junior') AS p;
UPDATE ce_person SET entered_on = '2015-09-01' WHERE person_id = (SELECT p FROM steady);
INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause)
	SELECT 'general', r, l, 'sum', 3, extract(year FROM ce_today()), 'mohrss-order-25', '8' FROM unnest(enum_range(NULL::ce_route)) r, unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) l;
SELECT results_eq('SELECT year FROM ce_shortfalls WHERE person_id = (SELECT p FROM steady) ORDER BY 1', 'SELECT generate_series(2016, extract(year FROM ce_today())::integer - 1)', '4.1: years that their own law asked for are short');
SELECT matches(seen(ce_certificate_html((SELECT p FROM steady), 2024, 'en')), 'do not meet the requirement', '7.6d: as their certificates say');
SELECT matches(seen(ce_certificate_html((SELECT p FROM steady), extract(year FROM ce_today())::integer, 'en')), 'added up', '7.6d: not that of a year that is added up');
SELECT is(seen(ce_report_html(y, 'en')) LIKE '%met here means%: professional and technical staff (%', y > 2024, '9.2: and the report of ' || y) FROM unnest(ARRAY[2024, extract(year FROM ce_today())::integer]) y;

-- other_short is made of the rows that are asked for, not of everybody's years
CREATE FUNCTION plan_of_view(question text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	plan text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || question LOOP
		plan := plan || line || E'\n';
	END LOOP;
	RETURN plan;
END $$;
SELECT doesnt_match(plan_of_view('SELECT * FROM ce_shortfalls WHERE org_id = 22 AND year = 2025'), 'Group Key: [^\n]*year', '4.1: what is missing is not added up for everybody');

-- a year that nothing was found of says so
SELECT matches(seen(ce_report_html(2016, 'en')), 'Findings There are none\. *$', '9.2: no findings');
SELECT matches(seen(ce_report_html(2016, 'zh')), '需要关注的事项 没有发现。 *$', '9.2: in Chinese');

SELECT * FROM finish();
ROLLBACK;

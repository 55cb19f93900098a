-- 9.2, 9.4: views for reports name persons, employers and regions; organisations are named by their code
BEGIN;
\ir lib/ledger.psql
SELECT no_plan();

CREATE FUNCTION error_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	hint text;
BEGIN
	EXECUTE statement;
	RETURN 'not refused';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(' | ', SQLSTATE || ' ' || SQLERRM, nullif(hint, ''));
END $$;
UPDATE ce_org SET region_code = '110000' WHERE org_id = 22;
CREATE TEMP TABLE staff AS SELECT o, person(o) AS p FROM unnest('{22,23,25,27,23,25,23}'::bigint[]) o;
SELECT give_years(p, 2020, 2021) FROM (SELECT DISTINCT ON (o) p FROM staff ORDER BY o, p) s;
INSERT INTO ce_activity (activity_id, person_id, kind, title, started_on, completed_on, days, evidence)
	SELECT 950000 + p, p, 'training', 't', '2020-12-07', '2020-12-11', 5, 'd' FROM (SELECT max(p) AS p FROM staff WHERE o = 23) s;
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours) SELECT 960000 + p, p, 'academy_course', '2020-12-05', '20' FROM (SELECT max(p) AS p FROM staff WHERE o = 25) s;
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status) VALUES (901, 25, 'plan', 'offline', '10', 'submitted');
INSERT INTO ce_sanction (person_id, found_on, decision) SELECT max(p), '2021-03-01', 'd' FROM staff;

-- what the names are of: the employer today, that at the time, the organiser
CREATE TEMP TABLE named (view text, has_name boolean, has_person boolean);
INSERT INTO named VALUES ('ce_yearly_totals', true, false), ('ce_eligibility', true, true), ('ce_shortfalls', true, true), ('ce_findings', true, true), ('ce_verification_queue', true, true), ('ce_archive', true, true),
	('ce_filing_dates', true, false), ('ce_filing_status', true, false), ('ce_quarterly_report', true, false), ('ce_annual_statistics', true, false), ('ce_sanction_record', true, true);
SELECT isnt_empty(format('SELECT 1 FROM %I', view), view || ' has rows') FROM named;
SELECT is_empty(format('SELECT 1 FROM %I v LEFT JOIN ce_org o USING (org_id) WHERE (v.org_code, v.org_name, v.region_code, v.region_name) IS DISTINCT FROM (o.code, o.name, o.region_code, ce_region_name(o.region_code))', view),
	'9.2: ' || view || ' names the organisation and its region') FROM named WHERE has_name;
SELECT is_empty(format('SELECT 1 FROM %I v LEFT JOIN ce_person p USING (person_id) WHERE v.person_no IS DISTINCT FROM p.person_no', view), '9.2: ' || view || ' names the person') FROM named WHERE has_person;
SELECT set_eq('SELECT DISTINCT prefecture, prefecture_name FROM ce_annual_statistics WHERE org_id IN (22, 23)', $$ VALUES ('630100', '西宁市'), ('110000', NULL) $$, '9.2c: prefectures by name, where it is known');
SELECT results_eq($$ SELECT ce_region_name(c) FROM unnest('{630000,632825,632822,110000,x,NULL}'::text[]) c $$, $$ VALUES ('青海省'), (NULL), ('都兰县'), (NULL), (NULL), (NULL) $$, '9.2: regions of Qinghai by their code, others not');
SELECT results_eq($$ SELECT ce_region_name(c, 'en') FROM unnest('{630000,630203,110000,NULL}'::text[]) c $$, $$ VALUES ('Qinghai Province'), ('Ping''an District'), (NULL), (NULL) $$, '9.2: and in English');
SELECT is(error_of($$ SELECT ce_region_name('630000', 'fr') $$), '22023 language "fr" is not supported | The languages are zh (Chinese) and en (English).', 'no other language');
SELECT is_empty($$ SELECT code FROM ce_region WHERE label_en IS NULL OR label_en ~ '[^ -~]' $$, 'every shipped region has a name in English');

-- the user's rows; ce_setup() leaves them alone
INSERT INTO ce_region (code, label_zh) VALUES ('110000', '北京市');
UPDATE ce_region SET label_zh = '<i>西宁</i>' WHERE code = '630100';
DELETE FROM ce_region WHERE code = '632823';
SELECT ce_setup();
SELECT results_eq($$ SELECT ce_region_name(c), ce_region_name(c, 'en') FROM unnest('{110000,630100,632823}'::text[]) c $$, $$ VALUES ('北京市', '北京市'), ('<i>西宁</i>', 'Xining'), (NULL, NULL) $$, '9.2: regions that the user added, renamed, deleted');
SELECT set_eq('SELECT DISTINCT prefecture, prefecture_name, region_name FROM ce_annual_statistics WHERE org_id IN (22, 23)', $$ VALUES ('630100', '<i>西宁</i>', '<i>西宁</i>'), ('110000', '北京市', '北京市') $$, '9.2c: are so in views');
SELECT ok(strpos(html, '<th scope="row">&lt;i&gt;西宁&lt;/i&gt;</th>') > 0 AND strpos(html, '<i>') = 0 AND strpos(html, '630100') = 0, '9.2: and in the report, as text') FROM ce_report_html(2020) html;
SELECT ok(strpos(html, '<th scope="row">Xining</th>') > 0, '9.2: and in English') FROM ce_report_html(2020, 'en') html;
SELECT alike(error_of('INSERT INTO ce_region (code, label_zh) VALUES (' || v || ')'), expected, '9.2: no region: ' || v) FROM (VALUES ($$'630100', '西宁'$$, '23505 %'), ($$'6301', '西宁'$$, '23514 %ce_region_code_of_6_digits%'),
	($$'510000', ' 四川省'$$, '23514 %ce_region_label_zh_is_trimmed%'), ($$'510000', ''$$, '23514 %'), ($$'510000', NULL$$, '23502 %')) v (v, expected);
DELETE FROM ce_region WHERE code = '110000';
UPDATE ce_region SET label_zh = '西宁市' WHERE code = '630100';

-- old columns keep their places
SELECT results_eq($$ SELECT string_agg(attname::text COLLATE "default", ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'ce_shortfalls'::regclass AND attnum > 0 $$,
	$$ VALUES ('person_id org_id year public_short professional_short total_short met_for_title person_no org_code org_name region_code region_name on_record other_short') $$, '9.2: what is new stands at the end');

-- texts in files for spreadsheets (examples/export; test/t/037 opens them)
SELECT is(ce_csv_text(t), shown, format('as a field of a file: %s', t)) FROM (VALUES (NULL, NULL), ('', ''), ('factory', 'factory'), ('a=1', 'a=1'), ('=1', '''=1'), (' @x', ''' @x'), ('＋1', '''＋1'), ('-', '''-'), (E'\t=1', ''' =1'), (E'a\r\nb', 'a b'),
	('632801197001010019', '="632801197001010019"'), ('０１２', '="０１２"'), ('.5', '=".5"'), ('2020年', '="2020年"'), ('May 2020', '="May 2020"'), ('Mayor', 'Mayor'), ('true', '="true"'), ('trueness', 'trueness'),
	('5"x', '5"x'), (repeat('1', 250), '="' || repeat('1', 250) || '"'), ('1' || repeat('x', 250), '1' || repeat('x', 250))) v (t, shown);

-- by sight
CREATE ROLE tap_names_academy;
CREATE ROLE tap_names_report;
SELECT ce_grant('tap_names_academy', 4, 'read'), ce_grant('tap_names_report', 1, 'report');
SET ROLE tap_names_academy;
SELECT results_eq('SELECT finding, person_no, org_code FROM ce_findings WHERE object_id > 950000 ORDER BY 1', $$ VALUES ('late study', NULL, 'factory'), ('verification overdue', NULL, 'factory') $$, '7.1: who sees an activity and not the person gets no number');
SET ROLE tap_names_report;
SELECT results_eq('SELECT DISTINCT org_code, region_name FROM ce_yearly_totals WHERE org_id IN (22, 23) ORDER BY 1', $$ VALUES ('hospital', '西宁市'), ('university', NULL) $$, '9.2: who reports reads the employer''s names');
SELECT is(error_of($$ UPDATE ce_region SET label_zh = 'x' $$), '42501 permission denied for table ce_region', '9.2: and does not write regions');
SELECT is(error_of('SELECT person_no FROM ce_shortfalls'), '42501 permission denied for view ce_shortfalls', '9.2: and no person''s number');
RESET ROLE;

-- years without dates
SELECT results_eq('SELECT year, required_total, required_public, required_professional, filing_due IS NULL, doc_no, clause, remark FROM ce_deadlines WHERE scheme = ''general'' AND year BETWEEN 2019 AND 2021 ORDER BY 1', $$ VALUES
	(2019, 90::numeric, NULL::numeric, 60::numeric, true, '人力资源和社会保障部令第25号', 'art. 8', 'the law of this year states hours and no dates'), (2020, 135, 45, 90, false, '青人社厅函〔2020〕227号', '4.1', NULL),
	(2021, 90, NULL, 60, true, '人力资源和社会保障部令第25号', 'art. 8', 'the law of this year states hours and no dates') $$, '8: what a year without dates asks for, and by which law');

-- by code
SELECT is(ce_org_id('factory'), 25::bigint, '7.4: an organisation by its code');
SELECT is((SELECT status::text FROM ce_verify((SELECT array_agg(activity_id) FROM ce_activity WHERE activity_id BETWEEN 950000 AND 959999), ce_org_id('hospital'))), 'in_review', '7.4: as by_org');
SELECT is((SELECT outcome FROM ce_file_each('{901}', ce_org_id('hrss_xining'), '2020-06-01')), 'filed', '7.2: for plans, too');
SELECT is(error_of('SELECT ce_org_id(' || given || ')'), format('P0002 there is no organisation of the code "%s" | Table ce_org lists the organisations.', shown), '7.4: no organisation: ' || given)
	FROM (VALUES ('''nobody''', 'nobody'), ('''Factory''', 'Factory'), ('''25''', '25'), ('NULL', 'null'), ('''''', '')) v (given, shown);
SELECT is(error_of('SELECT ce__step_each(''file it'', ''{1}'', 2, NULL, NULL)'), '22023 there is no step "file it" | The steps are verify, reject, revoke and file.', '7.4: a step that is none');
SELECT is_empty('SELECT * FROM ce_check()', 'the ledger is sound');

SELECT * FROM finish();
ROLLBACK;

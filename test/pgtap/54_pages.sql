-- 7.1, 7.6d, 9.2: certificate, learning archive and report as pages, and the
-- code that confirms a certificate or denies it
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

-- the text of a page as a reader sees it: without styles and tags, in one line
CREATE FUNCTION seen(page text) RETURNS text LANGUAGE sql AS $$
	SELECT replace(replace(replace(regexp_replace(regexp_replace(regexp_replace(page, '<style>.*</style>', ''), '<[^>]*>', ' ', 'g'), '\s+', ' ', 'g'),
		'&ndash;', '–'), '&#10003;', '✓'), '&#10007;', '✗')
$$;
-- a code as it was issued on a day
CREATE FUNCTION code_of(p bigint, y integer, day date DEFAULT ce_today()) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN ce__certificate_code(ce__certificate_facts(p, y, day), p, y, day);
END $$;
CREATE FUNCTION code_on(page text) RETURNS text LANGUAGE sql AS $$ SELECT substring(page FROM '<span class="code">([^<]*)</span>') $$;
-- the answer for a code, in one line
CREATE FUNCTION check_of(code text, lang text DEFAULT 'en') RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN (SELECT concat_ws(' | ', c.valid, coalesce(c.person_no, '-'), c.year, c.issued_on, c.public_hours, c.professional_hours, c.total_hours, c.met, c.message)
		FROM ce_certificate_check(code, lang) c);
END $$;
-- all that may stand in a page: no script, nothing from elsewhere, whole tags, one of each frame
CREATE FUNCTION is_page(page text, lang text) RETURNS boolean LANGUAGE sql AS $$
	SELECT page LIKE '<!DOCTYPE html>%</html>' || E'\n' AND strpos(page, '<html lang="' || lang || '">') > 0
		AND page !~* '<(script|iframe|object|embed|link|img|base|form)|\son\w+\s*=|javascript:|https?://|url\(|@import|expression\('
		AND regexp_count(page, '<th>') = 0
		AND (SELECT bool_and(regexp_count(page, '<' || e || '[ >]') = regexp_count(page, '</' || e || '>'))
			FROM unnest(ARRAY['html', 'head', 'body', 'main', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'section', 'div', 'svg', 'ul', 'li', 'p', 'span', 'small', 'title', 'dl', 'dt', 'dd', 'h1', 'h2', 'figure', 'style']) e)
$$;
SELECT is(ce__html('<a href="x" b=''y''>&amp;'), '&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;', 'what could end a text or an attribute is escaped');

-- a person with every kind of line: 45 public, 60 + 23 professional after the cap, one revoked, one waiting
CREATE TEMP TABLE who AS SELECT person(25) AS p;
UPDATE ce_person SET specialty = 'steel & <b>iron</b>' WHERE person_id = (SELECT p FROM who);
SELECT give_public(p, '45') FROM who;
SELECT give_online(p, 20, '60') FROM who;
SELECT give(p, '{"kind": "mentoring", "started_on": "2020-06-01", "completed_on": "2020-06-05", "days": 5}') FROM who;
INSERT INTO ce_activity (person_id, kind, title, started_on, completed_on, hours, evidence)
	SELECT p, 'training', '<script>document.title="hacked"</script> "rolled" & ''forged''', '2020-07-01', '2020-07-02', '12', 'x' FROM who;

SELECT ok(is_page(ce_certificate_html(p, 2020), 'zh-CN'), '7.6d: the certificate is a page of its own, in Chinese by default') FROM who;
SELECT ok(is_page(ce_certificate_html(p, 2020, 'en'), 'en'), '7.6d: or in English') FROM who;
SELECT ok(is_page(ce_archive_html(p), 'zh-CN') AND is_page(ce_archive_html(p, 'en'), 'en'), '7.1: the archive is a page of its own') FROM who;
SELECT ok(is_page(ce_report_html(2020), 'zh-CN') AND is_page(ce_report_html(2020, 'en'), 'en'), '9.2: the report is a page of its own');

SELECT ok(strpos(ce_archive_html(p), '&lt;script&gt;document.title=&quot;hacked&quot;&lt;/script&gt; &quot;rolled&quot; &amp; &#39;forged&#39;') > 0, 'a title is text, whatever is in it') FROM who;
SELECT ok(strpos(ce_certificate_html(p, 2020), 'steel &amp; &lt;b&gt;iron&lt;/b&gt;') > 0, 'so is a specialty') FROM who;
UPDATE ce_org SET name = '"><svg onload=alert(1)>' WHERE org_id = 25;
UPDATE ce_org SET name = '</style><i>' WHERE org_id = 2;
DELETE FROM ce_region WHERE code = '630100';
UPDATE ce_person SET person_no = '</title><script>alert(2)</script>' WHERE person_id = (SELECT p FROM who);
SELECT ok(strpos(ce_certificate_html(p, 2020), '&quot;&gt;&lt;svg onload=alert(1)&gt;') > 0 AND ce_certificate_html(p, 2020) !~ '<svg onload|<script', 'so is the name of an employer, and a number') FROM who;
SELECT ok(strpos(ce_report_html(2020), '&lt;/style&gt;&lt;i&gt;') > 0 AND strpos(ce_report_html(2020), '</style><i>') = 0, 'so is the name of an office, which stands for a region without a name');
INSERT INTO ce_region VALUES ('630100', '</style><b>');
SELECT ok(strpos(ce_report_html(2020), '&lt;/style&gt;&lt;b&gt;') > 0 AND strpos(ce_report_html(2020, 'en'), '&lt;/style&gt;&lt;b&gt;') > 0 AND ce_report_html(2020) !~ '</style><[bi]>', 'so is the name of a region, without one in English the Chinese one');
UPDATE ce_region SET label_zh = '西宁市', label_en = 'Xining' WHERE code = '630100';
UPDATE ce_kind SET label_zh = '<u>' WHERE kind = 'mentoring';
SELECT ok(ce_archive_html(p) !~ '<u>' AND ce_certificate_html(p, 2020) ~ '&lt;u&gt;', 'so is a label of the law') FROM who;
UPDATE ce_person SET person_no = 'P1' WHERE person_id = (SELECT p FROM who);
UPDATE ce_org SET name = 'factory' WHERE org_id = 25;
UPDATE ce_kind SET label_zh = '技术带教帮扶类' WHERE kind = 'mentoring';

-- what the certificate says: the figures of the archive
CREATE TEMP TABLE people AS SELECT
	person(25) AS short, person(25) AS more, person(53 - 30) AS nurse, person(25, 'accounting') AS accountant, person(25) AS nobody, gap_2018() AS gap;
SELECT give_public(short, '45'), give_professional(short, '89.5'), give_public(more, '60'), give_professional(more, '120'), allocate(gap, 2018, '20')
	FROM people, LATERAL give_online(gap, 30, '110');
SELECT give(nurse, '{"kind": "frontline", "completed_on": "2020-03-01", "verified_by": 5}') FROM people;
CREATE FUNCTION certificate(p bigint, y integer DEFAULT 2020, lang text DEFAULT 'en') RETURNS text LANGUAGE sql STABLE AS $$ SELECT seen(ce_certificate_html(p, y, lang)) $$;

SELECT matches(certificate(p), 'Certificate of Continuing Education Year 2020 .* meet the requirement of 青人社厅函〔2020〕227号, .* \(4\.1\)', '4.1: a year that is just met is a certificate that cites the notice') FROM who;
SELECT matches(certificate(p), ' Public 45 45 Public: 45 recognised, 45 required 100 ✓ met Professional 90 90 Professional: 90 recognised, 90 required 100 ✓ met Total 135 135 ',
	'4.1: hours against the requirement by subject') FROM who;
SELECT matches(certificate(p), 'Mentoring: 35 hours converted, 30 recognised, at most 30 a year \(青人社厅函〔2020〕227号, 5\.2\.4c\)', '5.2.4c: what the cap cut, with its clause') FROM who;
SELECT matches(certificate(p), 'cut by the yearly cap 2020-06-05 mentoring and technical support 35 30 ', '5.2.4c: the item that was cut') FROM who;
SELECT unalike(certificate(p), '%hacked%', '7.4b: what is not verified is not on it') FROM who;
SELECT matches(certificate(p, 2020, 'zh'), '继续教育证书 2020年度 姓名 人员编号 P1 .*《关于做好2020年专业技术人员继续教育工作的通知》（青人社厅函〔2020〕227号）第4\.1条.* 公需科目 45 45 .*✓ 达到', 'the same in Chinese') FROM who;
SELECT matches(certificate(short), 'Statement of Continuing-Education Hours Year 2020 .*do not meet .*\. Missing hours: professional 0\.5; total 0\.5\.', '4.1: half an hour short is a statement of hours, and says what is short') FROM people;
SELECT unalike(certificate(short), '%Certificate of%', '4.1: and nowhere a certificate') FROM people;
SELECT matches(certificate(short), ' 90 89\.5 [^✓]* 99 ✗ 0\.5 short', 'nearly all is not 100 percent') FROM people;
SELECT matches(certificate(more), ' 45 60 Public: 60 recognised, 45 required 133 ✓ met .* 90 120 .* 133 ✓ met', 'more than the requirement shows as more') FROM people;
SELECT ok(strpos(ce_certificate_html(more, 2020), '<rect class="got" y="1" width="75.00" height="8"/><rect class="over" x="75.00" y="1" width="25.00" height="8"/><line class="mark" x1="75.00"') > 0,
	'the bar has the requirement at three quarters') FROM people;
SELECT matches(certificate(nurse), 'Certificate of .* Public 45 0 .* ✓ deemed complete Professional 90 0 .*public hours are deemed complete, see the items \(青人社厅函〔2020〕227号, 5\.3\)\. .*professional hours are deemed complete, see the items \(青人社厅函〔2020〕227号, 5\.3\)\..*deems all hours of the year complete', '5.3: what is deemed complete is called so') FROM people;
SELECT matches(certificate(accountant), 'Statement of .*Other rules govern accounting staff \(青人社厅函〔2020〕227号, 2\.3\)', '2.3: for accounting staff nothing is concluded') FROM people;
SELECT matches(certificate(nobody, 2021), 'Statement of .* Public – 0 .* no minimum Professional 60 0 .* ✗ 60 short .*There are no items in this year', '7.6d: a year without hours is a page that says so') FROM people;
SELECT matches(certificate(nobody, 2018, 'zh'), '依据《专业技术人员继续教育规定》（人力资源和社会保障部令第25号）第8条，该人员2018年度经审验的继续教育学时尚未达到要求', '0.3: a year under Order 25 cites Order 25') FROM people;
SELECT results_eq($$ SELECT y, certificate(more, y, 'zh') ~ '青人社厅函', certificate(more, y) ~ 'innovation', certificate(more, y) ~ 'Hours for innovation \(青人社厅函〔2020〕227号\) are not in the archive' FROM people, unnest('{2018,2019,2020,2021}'::integer[]) y $$,
	$$ VALUES (2018, false, false, false), (2019, false, false, false), (2020, true, true, true), (2021, true, true, true) $$, '7.3: innovation is on the pages of years whose law has it, by its own notice, and no earlier');
SELECT unalike(certificate(accountant), '%innovation%', '2.3: on none of a scheme without it') FROM people;
UPDATE ce_rule SET to_year = 2020 WHERE kind IN (SELECT kind FROM ce_kind WHERE category = 'innovation') AND scheme = 'general';
SELECT ok(certificate(more, 2020) ~ 'innovation' AND certificate(more, 2021) !~ 'innovation' AND ce_certificate_html(more, 2021) !~ '<ul class="notes">', '7.3: and ends with its rules') FROM people;
UPDATE ce_rule SET to_year = NULL WHERE kind IN (SELECT kind FROM ce_kind WHERE category = 'innovation') AND scheme = 'general';
SELECT ok(ce__page_bar(810, 90, 0, '') = ce__page_bar(135, 90, 0, '') AND ce__page_bar(810, 90, 0, '') LIKE '%class="got" y="1" width="66.67"%class="over" x="66.67" y="1" width="33.33"%class="mark" x1="66.67"%',
	'900 percent read as done, the requirement at two thirds');
SELECT matches(certificate(nobody, 1999), 'Statement of .*The ledger has no requirement for 1999.* no rule ', 'a year without a rule has no verdict') FROM people;
SELECT matches(certificate(gap, 2018), 'Professional: 20 hours allocated from the surplus of 2020 on 2 September 2020 \(青人社厅函〔2020〕227号, 7\.6\)\.', '7.6e: what came from another year') FROM people;
SELECT matches(certificate(gap, 2020), 'Professional: 20 hours allocated to 2018 on 2 September 2020 \(青人社厅函〔2020〕227号, 7\.6\)\.', '7.6e: what went to another year') FROM people;
SELECT is_empty($$
	SELECT t.person_id, t.year FROM ce_yearly_totals t CROSS JOIN LATERAL ce__certificate_facts(t.person_id, t.year, ce_today()) f
	WHERE (t.public_hours, t.professional_hours, t.total_hours, t.met) IS DISTINCT FROM
		((f ->> 'public_hours')::numeric, (f ->> 'professional_hours')::numeric, (f ->> 'total_hours')::numeric, (f ->> 'met')::boolean) $$,
	'7.6d: certificates have the figures of ce_yearly_totals');

-- the archive: all items, also those that do not count, and why
SELECT matches(seen(ce_archive_html(p, 'en')), '&quot;rolled&quot; .* training 12 12 0 submitted', '7.1: an item that waits, with 0 recognised') FROM who;
SELECT matches(seen(ce_archive_html(gap, 'en')), 'Year 2020 .* Year 2019 .* Year 2018 .* Year 2017 ', '7.1: all years, the last one first') FROM people;
SELECT ok(seen(ce_archive_html(gap, 'en')) ~ 'Hours for innovation \(青人社厅函〔2020〕227号\)', '7.3: an archive with a year of the notice says what it has not') FROM people;
SELECT is(code_on(ce_archive_html(p)), code_on(ce_certificate_html(p, 2020)), 'a year of the archive has the code of its certificate') FROM who;
SELECT matches(seen(ce_archive_html(nobody, 'en')), 'The archive is empty', 'an archive without items') FROM people;
INSERT INTO ce_activity (activity_id, person_id, kind, title, started_on, completed_on, hours, evidence) SELECT 7000, nobody, 'training', 'no', '2020-07-01', '2020-07-02', '12', 'x' FROM people;
SELECT ce_reject('{7000}', 25, '<seal> is missing');
SELECT matches(seen(ce_archive_html(nobody, 'en')), ' no &lt;seal&gt; is missing 2020-07-02 training 12 12 0 rejected', '7.1: why an item was rejected') FROM people;

-- without a title there is no day since when it is held
UPDATE ce_person SET held_level = NULL, held_since = '2018-09-01' WHERE person_id = (SELECT nobody FROM people);
SELECT matches(ce_archive_html(nobody, 'zh'), '<dt>现任职称级别</dt><dd>无</dd>', 'no title held, and no date') FROM people;
SELECT matches(ce_archive_html(nobody, 'en'), '<dt>Title held</dt><dd>none</dd>', 'in English') FROM people;
UPDATE ce_person SET held_level = 'junior' WHERE person_id = (SELECT nobody FROM people);
SELECT matches(ce_archive_html(nobody, 'zh'), '<dd>初级，2018年9月1日起</dd>', 'a title with its date') FROM people;
UPDATE ce_person SET held_since = NULL WHERE person_id = (SELECT nobody FROM people);
SELECT matches(ce_archive_html(nobody, lang), held, 'a title without a date: ' || lang) FROM people, (VALUES ('zh', '<dd>初级</dd>'), ('en', '<dd>junior</dd>')) v (lang, held);
SELECT ok(seen(page) !~* '\mnull\M', 'what is not known is not written as null') FROM people, LATERAL (SELECT unnest(ARRAY[ce_archive_html(nobody, l), ce_archive_html(gap, l), ce_certificate_html(nobody, 2018, l), ce_certificate_html(gap, 2020, l), ce_report_html(2020, l)]) AS page FROM unnest('{zh,en}'::text[]) l) v;
SELECT matches(ce_archive_html(gap, 'zh'), '<th scope="col">类型</th>', 'a kind is called as in messages') FROM people;
UPDATE ce_person SET held_level = NULL WHERE person_id = (SELECT nobody FROM people);

-- 9.2: the report
SELECT matches(seen(ce_report_html(2020, 'en')), 'Persons 6 With hours 5 .*Title held .* none 5 4 ', '9.2c: staff whom the notice governs, those with hours');
SELECT is((SELECT sum(replace(m[1], ',', '')::numeric) FROM regexp_matches(seen(substring(ce_report_html(2020, 'en') FROM '<h2>Hours by category</h2>.*<h2>Hours month')), '(?:online courses|public subjects|training|mentoring|study for a degree or qualification|other forms) \d+ ([0-9.,]+) ', 'g') m),
	(SELECT sum(hours) FROM ce_quarterly_report WHERE year = 2020 AND reports_as = 'employer'), '9.2b: hours by category are those of the quarterly report');
-- a day of 20 hours, and one without its day of beginning; a course finished late
INSERT INTO ce_activity (person_id, kind, title, started_on, completed_on, hours, evidence) SELECT nobody, 'training', 'long', '2020-07-03', '2020-07-03', '20', 'x' FROM people;
INSERT INTO ce_activity (person_id, kind, title, started_on, completed_on, hours, evidence) SELECT nobody, 'training', 'late', '2020-12-03', '2020-12-03', '7', 'x' FROM people;
SELECT matches(substring(ce_report_html(2020, 'zh') FROM '<h2>需要关注的事项</h2>.*$'), '每日超过10学时</th><td>-</td>.*逾期完成学习</th><td>第8.2b条</td>|逾期完成学习</th><td>第8.2b条</td>.*每日超过10学时</th><td>-</td>', 'findings cite a clause as a whole, and no number of a reading');
SELECT matches(substring(ce_report_html(2020, 'en') FROM '<h2>Findings</h2>.*$'), 'late study</th><td>8.2b</td>', 'in English');
DELETE FROM ce_activity WHERE title IN ('long', 'late') AND person_id = (SELECT nobody FROM people);
SELECT is(regexp_count(ce_report_html(2020), '<rect class="c[12]" [^>]*width="16"'), 24, '9.2b: twelve months of two subjects');
SELECT matches(seen(ce_report_html(2020, 'en')), 'quarter 2 0 205 205 ', '9.2b: a quarter is the sum of its months');
SELECT matches(seen(ce_report_html(1995)), '本台账没有1995年度的数据', 'a year without data is a page that says so');
SELECT ok(is_page(ce_report_html(1995, 'en'), 'en'), 'and whole');
SELECT give_recorded(nobody, 1999, '10', '20') FROM people;
SELECT is(regexp_count(ce_archive_html(nobody), '创新成果'), 1, '7.3: with a year of the notice an archive has the note') FROM people;
SELECT give_recorded(elder, 2018, '10', '20') FROM (SELECT person(25) AS elder) e;
SELECT is(regexp_count(ce_archive_html(person_id), '创新成果'), 0, '7.3: with earlier years alone not') FROM (SELECT max(person_id) AS person_id FROM ce_person WHERE person_id < 100000) e;
SELECT matches(seen(ce_report_html(1999, 'en')), 'no requirement for 1999, so there are no rates', 'a year without a rule has no rates');
SELECT unalike(seen(ce_report_html(1999, 'en')), '%0.0 \%%', 'not even one of 0');
SELECT matches(ce__page_columns('{2700000}', '{1300000}', '{}', NULL, 'zh'), '>500<.*>400<.*万学时', 'large sums have a larger unit');
SELECT matches(ce__page_columns('{}', '{}', '{}', NULL, 'en'), '>0\.2<.*>1<', 'a year without hours has an empty chart');

-- bad input
SELECT is(error_of('SELECT ce_certificate_html(987654, 2020)'), 'P0002 person 987654 does not exist | Table ce_person lists the persons that you may see.', 'nobody has no certificate');
SELECT is(error_of('SELECT ce_archive_html(NULL)'), 'P0002 person null does not exist | Table ce_person lists the persons that you may see.', 'nor has null an archive');
SELECT is(error_of(format('SELECT ce_certificate_html(%s, 2020, ''fr'')', p)), '22023 language "fr" is not supported | The languages are zh (Chinese) and en (English).', 'another language') FROM who;
SELECT is(left(error_of('SELECT ce_report_html(2020, NULL)'), 5), '22023', 'no language');
SELECT is(error_of(format('SELECT ce_certificate_html(%s, 20200)', p)), '22023 20200 is not a year | Give a calendar year such as 2020.', 'no year') FROM who;
SELECT is(left(error_of('SELECT ce_report_html(NULL)'), 5), '22023', 'null is no year');
CREATE FUNCTION this_year() RETURNS integer LANGUAGE sql STABLE AS 'SELECT extract(year FROM ce_today())::integer';
SELECT is(error_of(format(page, p, this_year() + 1)), format('22023 the year %s has not begun | Certificates and reports of a year are issued from its first day on.', this_year() + 1), '7.6d, 9.2: no page of a year that has not begun')
FROM who, unnest(ARRAY['SELECT ce_certificate_html(%s, %s)', 'SELECT ce_certificate_html_by_no(''P1'', %2$s, ''en'')', 'SELECT ce_report_html(%2$s)']) page;
SELECT ok(is_page(ce_certificate_html(p, this_year(), 'en'), 'en') AND is_page(ce_report_html(this_year(), 'en'), 'en'), '7.6d, 9.2: of the current year there is') FROM who;

-- the code: confirmed
SELECT is(check_of(code_on(ce_certificate_html(p, 2020))), format('t | P1 | 2020 | %s | 45 | 90 | 135 | t | Confirmed: on the day of issue the ledger held what the certificate states.', ce_today()), 'a code is confirmed, with the figures') FROM who;
SELECT matches(check_of(code_on(ce_certificate_html(short, 2020)), 'zh'), '^t .*\| 45 \| 89\.5 \| 134\.5 \| f \| 属实', 'also of a year that is not met') FROM people;
SELECT is(code_on(ce_certificate_html(p, 2020, 'zh')), code_on(ce_certificate_html(p, 2020, 'en')), 'a code does not depend on the language') FROM who;
SELECT ok((SELECT valid FROM ce_certificate_check(' ' || lower(replace(translate(code_of(p, 2020), '01', 'oL'), '-', ' ')) || E'\n')), 'case, spaces, O and L do not matter') FROM who;
SELECT ok((SELECT valid FROM ce_certificate_check(translate(code_of(p, 2020), '0123456789-ABCDEFGHJKMNPQRSTVWXYZ', '０１２３４５６７８９－ＡＢＣＤＥＦＧＨＪＫＭＮＰＱＲＳＴＶＷＸＹＺ'))), 'nor do full-width signs') FROM who;
INSERT INTO ce_person (person_id, person_no, org_id) VALUES (9223372036854775807, 'last', 25), (-9223372036854775808, 'first', 25), (33554432, 'nine', 25), (0, 'zero', 25);
SELECT is((SELECT string_agg(format('%s %s %s', c.person_no, c.valid, length(code_of(p.person_id, 2020))), ', ' ORDER BY p.person_id)
	FROM ce_person p, ce_certificate_check(code_of(p.person_id, 2020)) c WHERE p.person_no IN ('first', 'last', 'nine', 'zero')),
	'first t 39, zero t 29, nine t 34, last t 39', 'the code knows every key of a person');

-- denied
CREATE TEMP TABLE good AS SELECT p, replace(code_of(p, 2020), '-', '') AS code FROM who;
SELECT is((SELECT count(*) FROM good, generate_series(1, 24) i, regexp_split_to_table('0123456789ABCDEFGHJKMNPQRSTVWXYZ', '') s
	WHERE substr(code, i, 1) <> s AND check_of(overlay(code PLACING s FROM i FOR 1)) NOT LIKE 'f | - | The code is mistyped:%'), 0::bigint, 'any one wrong sign is found');
SELECT is((SELECT count(*) FROM good, generate_series(1, 23) i
	WHERE substr(code, i, 1) <> substr(code, i + 1, 1) AND check_of(overlay(code PLACING reverse(substr(code, i, 2)) FROM i FOR 2)) NOT LIKE 'f | - | The code is mistyped:%'), 0::bigint, 'any two signs exchanged are found');
SELECT is((SELECT count(*) FROM (VALUES (NULL), (''), ('x'), ('2020'), (repeat('0', 23)), (repeat('U', 24)), (repeat('0', 33)), (repeat('é', 24)), ('; DROP TABLE')) v (c)
	WHERE check_of(c) LIKE 'f | - | This is no code%'), 9::bigint, 'what is no code is called so');
-- with check signs that fit
CREATE FUNCTION fit(code text) RETURNS text LANGUAGE sql AS $$ SELECT left(code, -2) || ce__certificate_checksum(left(code, -2)) $$;
SELECT is(check_of(fit(code)), check_of(code), 'fit makes check signs') FROM good;
SELECT matches(check_of(fit(overlay(code PLACING ce__certificate_signs(2019, 3) FROM 6 FOR 3))), '^f \| - \| 2019 .*Not confirmed: .* not from this ledger', 'the code of another year is denied') FROM good;
SELECT matches(check_of(fit(overlay(code PLACING ce__certificate_signs(short, 5) FROM 1 FOR 5))), '^f \| - \| 2020 \| [0-9-]+ \| Not confirmed:', 'so is that of another person, without a figure') FROM good, people;
SELECT matches(check_of(fit(overlay(code PLACING '0000000' FROM 13 FOR 7))), '^f \| - \| 2020 \| [0-9-]+ \| Not confirmed:', 'so are hours that were made up') FROM good;
SELECT is(check_of(fit(overlay(code PLACING ce__certificate_signs(888888, 5) FROM 1 FOR 5))), check_of(fit(overlay(code PLACING ce__certificate_signs(short, 5) FROM 1 FOR 5))), 'so is a person that is not there, in the same words') FROM good, people;
SELECT matches(check_of(code_of(p, 2020, ce_today() + 1)), '^f \| - .*lies in the future', 'so is a day to come') FROM who;
SELECT is(check_of(code_of(p, 2021, '2020-12-31')), 'f | - | 2021 | 2020-12-31 | Not confirmed: the year 2021 had not begun on the day of issue in the code.', '7.6d: so is a year that had not begun on the day of issue') FROM who;
SELECT matches(check_of(code_of(p, 2021, '2020-12-31'), 'zh'), '不属实：2021年度在验证码所载出具之日尚未开始。', '7.6d: in Chinese') FROM who;
SELECT matches(check_of(code_of(p, 2021, '2021-01-01')), '^t \| P1 \| 2021 \| 2021-01-01 \| 0 \| 0 \| 0 \| f \| Confirmed', '7.6d: on its first day it is confirmed') FROM who;
SELECT is(left(error_of('SELECT * FROM ce_certificate_check(''x'', ''de'')'), 5), '22023', 'another language');

-- as of the day of issue: 45 hours in March, 60 in May, mentoring in June
SELECT matches(check_of(code_of(p, 2020, '2020-04-30')), '^t \| P1 \| 2020 \| 2020-04-30 \| 45 \| 0 \| 45 \| f \| Confirmed: .* Since then 2 more items with 95 hours were verified', 'hours that came later do not make a code wrong') FROM who;
SELECT matches(check_of(code_of(p, 2020, '2020-02-28')), '^t \| P1 \| 2020 \| 2020-02-28 \| 0 \| 0 \| 0 \| f \| Confirmed: .* Since then 3 more', 'nor that of an empty year') FROM who;
CREATE TEMP TABLE issued AS SELECT p, code_of(p, 2020, '2020-04-30') AS early, code_of(p, 2020, '2020-05-31') AS late, code_of(p, 2020) AS today, code_of(gap, 2018) AS filled, gap,
	code_of(gap, 2018, '2020-09-01') AS before FROM who, people;
SELECT give(p, '{"kind": "academy_course", "completed_on": "2020-03-02", "hours": "1", "verified_by": 4}'::jsonb || jsonb_build_object('verified_on', ce_today())) FROM issued;
SELECT matches(check_of(today), '^t \| P1 .* \| 45 \| 90 \| 135 \| t \| Confirmed: .*1 more items with 1 hours', 'what is verified later on the same day does not make it wrong') FROM issued;
SELECT matches(check_of(code_on(ce_certificate_html(p, 2020))), '^t \| P1 .* \| 46 \| 90 \| 136 \| t \| Confirmed: [^.]*\.$', 'and is on the next one') FROM issued;

-- changed since
SELECT ce_revoke(array_agg(activity_id), 2, 'forged', ce_today()) FROM ce_activity, issued WHERE person_id = p AND kind = 'base_online';
SELECT matches(check_of(early), '^t \| P1 \| 2020 \| 2020-04-30 \| 45 \| 0 ', 'a revocation leaves codes that did not rest on it') FROM issued;
SELECT matches(check_of(late), format('^f \| P1 \| 2020 \| 2020-05-31 \| 45 \| 60 \| 105 \| f \| No longer confirmed: hours were revoked after it was issued: online course of a base \(60 hours, on %s\)\.', ce_today()), '6.2d: one that did is denied, naming what was revoked') FROM issued;
SELECT matches(check_of(late, 'zh'), '^f .*不再属实：出具之后有学时被撤销：网络课程类（60学时', 'in Chinese too') FROM issued;
SELECT matches(check_of(today), '^f .*revoked', '6.2d: also one of the day itself') FROM issued;
SELECT matches(check_of(before), '^t .* Since then hours were allocated', '7.6e: what was allocated later is told') FROM issued;
SELECT matches(check_of(filled), '^t .*Confirmed: [^.]*\.$', '7.6e: a year that was filled up is confirmed') FROM issued;
SELECT ce_reverse_allocation(allocation_id, 30, 'wrong year') FROM ce_allocation, issued WHERE person_id = gap;
SELECT matches(check_of(filled), '^f .*taken back after it was issued: Professional 20 hours', '7.6e: until what was allocated is taken back') FROM issued;
UPDATE ce_requirement SET professional_hours = '80', total_hours = '125' WHERE from_year = 2020;
SELECT is(check_of(early), 'f | P1 | 2020 | 2020-04-30 | No longer confirmed: the hours are the same, but the year''s requirement or caps have been changed since. Issue a new certificate.', 'a changed law is told from changed hours') FROM issued;

-- by the caller's rights (7.1): a person with a role of his own, and a reporting tool
SELECT p AS mine, nobody AS other, code_of(p, 2020) AS my_code, code_of(nobody, 2020) AS other_code FROM who, people \gset
CREATE ROLE regress_reader;
CREATE ROLE regress_tool;
SELECT ce_grant_person('regress_reader', :mine), ce_grant('regress_tool', 1, 'report');
SET LOCAL ROLE regress_reader;
SELECT matches(ce_certificate_html(:mine, 2020, 'en'), 'P1</title>', 'a reader has the certificate that row security lets him see');
SELECT matches(seen(ce_report_html(2020, 'en')), 'Persons 1 With hours 1 ', 'and a report of these rows');
SELECT is(left(error_of(format('SELECT ce_certificate_html(%s, 2020)', :other)), 5), 'P0002', 'no other');
SELECT ok((SELECT valid FROM ce_certificate_check(:'my_code')), 'and may check its code');
SELECT is((SELECT concat_ws(' ', valid, person_no, total_hours) FROM ce_certificate_check(:'other_code')), 'f', 'no other');
SET LOCAL ROLE regress_tool;
SELECT matches(seen(ce_report_html(2020, 'en')), 'Persons [0-9]+ .*Findings Not shown', 'the duty report is enough for the report, without findings');
SELECT matches(error_of(format('SELECT ce_archive_html(%s)', :mine)), '^42501 ', 'but not for an archive');
SELECT is(error_of(format(q, :'my_code')), '42501 role "regress_tool" has no duty that reads "ce_person.person_no" | Clause 7.1: what was asked for is made from it; the duty "read" reads it. | The ledger''s owner can grant it: SELECT public.ce_grant(''regress_tool'', ORGANISATION, ''read'');', 'nor for what a code says: ' || q)
	FROM unnest('{SELECT ce_certificate_check(%L),SELECT ce_check_html(%L)}'::text[]) q;
RESET ROLE;

-- a code under another's number, its check signs recomputed, where both have the same hours: none
CREATE TEMP TABLE alike AS SELECT person(25) AS a, person(25) AS b;
SELECT is((SELECT valid FROM ce_certificate_check(code_of(a, 2021))), true, 'a code of a year without hours') FROM alike;
SELECT is((SELECT valid FROM ce_certificate_check(signs || ce__certificate_checksum(signs))), answer, format('with the number of %s', whose))
FROM (SELECT ce__certificate_signs(n, 5) || substr(left(replace(code_of(a, 2021), '-', ''), -2), 6) AS signs, n = a AS answer, CASE n WHEN a THEN 'its person' ELSE 'another' END AS whose
	FROM alike, unnest(ARRAY[a, b]) n) c;

SELECT is((SELECT count(*) FROM regexp_matches(ce__page('en', '</title><b>', E'a"}</style><b>\\\n&', 'body'), '<b>|</style>|</title>', 'g')), 2::bigint, 'neither a title nor a running foot ends what it stands in');

-- the QR code and the address of the check (setting ce_hours.check_address)
SELECT matches(ce_qr_svg('https://example.org/check?code=0010-D1Z4-09K1-AYEF-JN1C-J7BD'), '^<svg class="qr" viewBox="0 0 (41|45) \1" [^<>]*><path fill="#fff" d="M0 0h\1v\1H0z"/><path d="(M\d+ \d+h\d+v1h-\d+z)+"/></svg>$', 'a QR code is an SVG of one path, with its border');
SELECT is(ce_qr_svg(NULL), NULL, 'null has none');
SELECT is(left(error_of('SELECT ce_qr_svg('''')'), 5), '54000', 'nor has an empty text');
SELECT ok(ce_qr_svg(repeat('x', 2331)) LIKE '%viewBox="0 0 185 185"%', 'at most 2331 bytes');
SELECT is(left(error_of('SELECT ce_qr_svg(repeat(''x'', 2332))'), 5), '54000', 'more are an error');
SELECT ok(ce_certificate_html(a, 2021) !~ 'class="qr"' AND seen(ce_certificate_html(a, 2021, 'en')) ~ 'ask the office that issued it', 'without an address a certificate has the code alone, and says whom to ask') FROM alike;
SET LOCAL ce_hours.check_address = 'https://example.org/check?code=';
SELECT ok(strpos(page, ce_qr_svg('https://example.org/check?code=' || code_on(page))) > 0, 'with one it has the QR code of the address with its code') FROM (SELECT ce_certificate_html(a, 2021) AS page FROM alike) p;
SELECT matches(seen(ce_certificate_html(a, 2021, 'en')), 'enter the code at https://example.org/check;', 'and says where to enter it') FROM alike;
SELECT is(regexp_count(ce_archive_html(p), 'class="qr"'), regexp_count(ce_archive_html(p), 'class="code"'), 'an archive has one for each year') FROM who;
SELECT is(left(error_of(format('SET LOCAL ce_hours.check_address = %L', a)), 5), '22023', format('%s is no address', left(a, 30)))
FROM unnest(ARRAY['example.org', 'javascript:alert(1)', 'https://example.org/"><script>', 'https://example.org/ x', 'https://' || repeat('x', 193)]) a;
RESET ce_hours.check_address;

-- the page where a stranger checks
SELECT ok(ce_check_html(code, 'en') ~ 'Confirmed' AND seen(ce_check_html(code, 'en')) ~ 'Person no\. P1 .*Total 76', 'a code that is confirmed is shown with its figures')
FROM (SELECT code_of(p, 2020) AS code FROM who) c;
SELECT ok(seen(ce_check_html('0010-D1Z4', 'en')) ~ 'This is no code' AND ce_check_html('0010-D1Z4', 'en') !~ '<dl>', 'another without any');
SELECT ok(ce_check_html(NULL) ~ '请输入' AND ce_check_html('  ') ~ '请输入' AND ce_check_html('', 'en') ~ 'Enter the', 'without a code it asks for one');
SELECT ok(strpos(ce_check_html('"><script>alert(1)</script>', 'en'), '<script>') = 0, 'what was typed is text');

SELECT * FROM finish();
ROLLBACK;

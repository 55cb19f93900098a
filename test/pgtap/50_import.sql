-- 9.4, AMB-34: imports of records, each with its outcome
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

-- an import's outcomes in one line: "ref outcome", or of one record its message
CREATE FUNCTION outcomes(records jsonb, source text DEFAULT 'lms') RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', source_ref, outcome), ', ' ORDER BY ord) FROM ce_import(source, records)
$$;
CREATE FUNCTION message(record jsonb, source text DEFAULT 'lms') RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(': ', outcome, message) FROM ce_import(source, record)
$$;
CREATE FUNCTION rec(ref text, more jsonb DEFAULT '{}') RETURNS jsonb LANGUAGE sql AS $$
	SELECT jsonb_build_object('source_ref', ref, 'person_no', 'P1', 'kind', 'base_online', 'plan_id', 1, 'completed_on', '2020-03-01', 'hours', 12.5) || more
$$;
SELECT is(count(person(25)), 3::bigint, 'three persons') FROM generate_series(1, 3);
SELECT is(filed_plan(20, 'online', '60'), 1::bigint, 'a filed plan');

-- once, again, changed
SELECT is(outcomes(rec('a')), 'a new', '9.4a: a record comes in');
SELECT is(outcomes(rec('a')), 'a unchanged', 'AMB-34: again, it is the same');
SELECT is(outcomes(rec('a', '{"hours": "12.50", "plan_id": "01"}')), 'a unchanged', 'AMB-34: in another spelling too');
SELECT alike(message(rec('a', '{"hours": 12.51}')), 'conflict: field "hours": activity % has ''12.5'', but this record has ''12.51''. Nothing was written%', 'AMB-34: changed facts are a conflict, which says of what');
SELECT alike(message(rec('a', '{"title": "x"}')), 'conflict: field "title": activity % has null, but this record has ''x''.%', 'AMB-34: so is a new title');
SET LOCAL ce_hours.language = 'zh';
SELECT alike(message(rec('a', '{"hours": 12.51}')), 'conflict: 字段“hours”：活动 % 为“12.5”，而本记录为“12.51”。未写入任何内容。%', 'AMB-34: in Chinese, with its marks and without blanks after them');
SELECT alike(message(rec('a', '{"title": "x"}')), 'conflict: 字段“title”：活动 % 为空值，而本记录为“x”。%', 'AMB-34: as is what is missing');
RESET ce_hours.language;
SELECT alike(message(rec('a', '{"person_no": "P2"}')), 'conflict: field "person_id": activity % has ''1'', but this record has ''2''.%', 'AMB-34: so is the same reference for somebody else');
SELECT is(outcomes(rec('a'), 'other'), 'a new', 'another source has references of its own');
SELECT results_eq($$SELECT source, source_ref, person_id, hours::numeric, awarded::numeric, status::text FROM ce_activity ORDER BY source$$,
	$$VALUES ('lms', 'a', 1::bigint, 12.5, 12.5, 'submitted'), ('other', 'a', 1, 12.5, 12.5, 'submitted')$$, 'AMB-34: there are two rows, and as they came first');
SELECT is(outcomes(jsonb_build_array(rec('b'), rec('b'), rec('b', '{"hours": 1}'), rec('b', '{"person_no": "P2"}'), rec('c'))), 'b new, b unchanged, b conflict, b conflict, c new',
	'AMB-34: twice in one call is as in two calls');
INSERT INTO ce_activity (person_id, kind, plan_id, completed_on, hours, source, source_ref)
	SELECT p, 'base_online', 1, '2020-03-01', '12.5', 'lms', 'two' FROM generate_series(1, 2) p;
SELECT is(outcomes(jsonb_build_array(rec('two'), rec('two', '{"person_no": "P2"}'), rec('two', '{"person_no": "P3"}'))), 'two unchanged, two unchanged, two conflict',
	'AMB-34: where others gave two persons one reference, each is known by it');
SELECT is(outcomes(jsonb_build_array(rec('d', '{"hours": -1}'), rec('d'))), 'd rejected, d new', 'a bad one does not bar the good one after it');
SELECT is(outcomes(rec('n', '{"note": "seen"}')), 'n new', 'a record with a note');
SELECT is((SELECT status::text FROM ce_reject(ARRAY[(SELECT activity_id FROM ce_activity WHERE source_ref = 'n')], 25, 'no paper')), 'rejected', 'it is rejected');
SELECT alike(message(rec('n', '{"note": "seen"}')), 'unchanged: activity % has status "rejected"', '7.4: and stays so when it comes again');

-- the other forms of what is named
SELECT is(outcomes(rec('e', '{"person_no": null, "person_id": 2}')), 'e new', 'a person by person_id');
SELECT is(outcomes(rec('f', '{"person_id": 1}')), 'f new', 'by both, which agree');
SELECT alike(message(rec('g', '{"person_id": 2}')), 'rejected: fields "person_id" and "person_no" contradict each other: the first is 2, but "P1" belongs to 1', 'by both, which do not');
SELECT is(outcomes(rec('h', '{"org_code": "hospital"}')), 'h new', 'an employer by its code');
SELECT is((SELECT org_id FROM ce_activity WHERE source_ref = 'h'), 23::bigint, 'AMB-37: is kept');
SELECT is((SELECT org_id FROM ce_activity WHERE source_ref = 'f'), 25::bigint, 'AMB-37: by default the person''s');
SELECT is(outcomes(rec('i', '{"kind": "training", "plan_id": null, "started_on": "2020-02-24", "completed_on": "2020-02-28", "days": 4.5, "travel_days": 0.5, "hours": null, "evidence": "document", "specialty": "roads", "note": "remark"}')),
	'i new', '5.2.2(1)b: a training by days');
SELECT is((SELECT awarded::numeric FROM ce_activity WHERE source_ref = 'i'), 31.5, '5.2.2(1)b: 4.5 days are 31.5 hours');
SELECT alike(message(rec('i', '{"kind": "training", "plan_id": null, "started_on": "2020-02-24", "completed_on": "2020-02-28", "days": 4.5, "travel_days": 0.5, "hours": null, "evidence": "document"}' || more)), outcome, 'AMB-34: ' || more::text) FROM (VALUES
	('{}'::jsonb, 'unchanged'), ('{"note": "remark", "specialty": "roads"}', 'unchanged'), ('{"note": "another"}', 'conflict: field "note": activity % has ''remark'', but this record has ''another''.%'), ('{"specialty": "bridges"}', 'conflict: field "specialty": %'),
	('{"evidence": null}', 'unchanged'), ('{"evidence": "other"}', 'conflict: field "evidence": activity % has ''document'', but this record has ''other''.%'), ('{"days": 4}', 'conflict: field "days": activity % has ''4.5'', but this record has ''4''.%')) v (more, outcome);
SELECT is(outcomes('[]'), NULL, 'no records, no outcomes');

-- verified on receipt
SELECT is(outcomes(rec('v', '{"kind": "academy_course", "plan_id": null, "status": "verified", "verified_by_code": "academy", "verified_on": "2020-03-02"}')), 'v new', '5.1: verified by the academy');
SELECT is(message(rec('v', '{"kind": "academy_course", "plan_id": null, "status": "已审验", "verified_by_code": "academy", "verified_on": "2020-03-02"}')), 'unchanged: field "status": read "已审验" as "verified"', '7.4: the status in the words of the pages');
SELECT is(message(rec('v', '{"kind": "academy_course", "plan_id": null, "status": " 已提交　"}')), 'unchanged: field "status": read " 已提交　" as "submitted"', '7.4: also the other one');
SELECT is(message(rec('z', jsonb_build_object('status', status))), format('rejected: field "status": "%s" is neither submitted nor verified', status), '7.4: but no later one: ' || status) FROM unnest('{审核中,已驳回,已撤销,审验}'::text[]) status;
SELECT is((SELECT credit::text FROM ce_account WHERE person_id = 1 AND year = 2020), '{public:12.5}', '7.4b: and in the account');
SELECT is(outcomes(rec('v', '{"kind": "academy_course", "plan_id": null, "status": "verified", "verified_by": 4, "verified_on": "2020-03-02"}')), 'v unchanged', 'AMB-34: once');
SELECT is(outcomes(rec('v', '{"kind": "academy_course", "plan_id": null}')), 'v unchanged', 'nor taken back by the record as it was before');
SELECT alike(message(rec('a', '{"status": "verified", "verified_by": 2}')), 'conflict: field "status": activity % has ''submitted'', but this record has ''verified''.%', '7.4a: a row that waits is not verified by an import');
SELECT alike(message(rec('w', '{"kind": "academy_course", "plan_id": null, "status": "verified", "verified_by": 2}')), 'rejected: organisation 2 is not an academy%Clauses 3.1, 5.1%', '5.1: nor by who may not');
SELECT alike(message(rec('w', '{"verified_by": 2}')), 'rejected: field "verified_by" may only be given in a record with status "verified"', 'who verified what is not verified?');

-- bad records, one by one
SELECT alike(message(rec('x') || bad), 'rejected: ' || expected, description) FROM (VALUES
	('{"person_no": "NOBODY"}'::jsonb, 'field "person_no": there is no person "NOBODY"%', 'an unknown person'),
	('{"person_no": null, "person_id": 77}', 'field "person_id": there is no person "77"%', 'an unknown person_id'),
	('{"person_no": null}', 'field "person_no" is missing%', 'no person'),
	('{"org_code": "nowhere"}', 'field "org_code": there is no organisation "nowhere"%', 'an unknown employer'),
	('{"source_ref": null}', 'field "source_ref" is missing%9.4, AMB-34%', 'no reference'),
	('{"source_ref": " "}', 'field "source_ref" is missing%', 'a blank one'),
	('{"source_ref": true}', 'field "source_ref" must be a string or a number', 'one that is neither'),
	('{"kind": "gossip"}', 'field "kind": "gossip" is neither the code nor the label of a kind. Clause 5%', 'an unknown kind'),
	('{"kind": null}', 'field "kind" is missing%', 'no kind'),
	('{"completed_on": null}', 'field "completed_on" is missing%', 'no day'),
	('{"completed_on": "2020-11-31"}', 'field "completed_on": "2020-11-31" is not a date written%', 'AMB-40: a day that is not in the calendar'),
	('{"completed_on": "2019-02-29"}', 'field "completed_on": "2019-02-29" is not a date written%', 'AMB-40: 29 February'),
	('{"completed_on": "01/02/2020"}', 'field "completed_on": "01/02/2020" is not a date written%', 'a day in a spelling that is read in two ways'),
	('{"completed_on": "infinity"}', 'field "completed_on": "infinity" is not a date%', 'no day at all'),
	('{"completed_on": "2999-01-01"}', 'field "completed_on": 2999-01-01 is in the future. Clauses 5.1, 5.2%', 'a day to come'),
	('{"hours": "1.234"}', 'field "hours": "1.234" is not a number of class hours%', 'three decimals'),
	('{"hours": 1e300}', 'field "hours": "1000000%..." is not a number of class hours%', 'too many'),
	('{"hours": -0.5}', 'field "hours": hours must not be negative%', 'negative hours'),
	('{"hours": [1]}', 'field "hours" must be a string or a number', 'an array of hours'),
	('{"plan_id": -1}', 'field "plan_id": "-1" is not an identifier%', 'a negative id'),
	('{"plan_id": "9223372036854775808"}', 'field "plan_id": % is not an identifier%', 'one above bigint'),
	('{"plan_id": 4711}', 'plan 4711 does not exist%', 'an unknown plan'),
	('{"days": "many"}', 'field "days": "many" is not a number%', 'days in words'),
	('{"days": "NaN"}', 'field "days": "NaN" is not a number%', 'NaN'),
	('{"days": 0.3}', 'field "days": 0.3 is not a number of whole or half days. Clause 5.2.2(1)b, AMB-13%', 'AMB-13: days not in halves'),
	('{"status": "revoked"}', 'field "status": "revoked" is neither submitted nor verified', '7.4: a status to begin with'),
	('{"awarded": 90}', 'field "awarded" does not exist%', '5: hours are not typed in'),
	('{"homour": 9}', 'field "homour" does not exist; unknown fields are not ignored', 'a misspelt field')) b (bad, expected, description);
SELECT is(outcomes('[1, "x", null, [], {}]'), 'rejected, rejected, rejected, rejected, rejected', 'records that are no objects');
SELECT throws_ok($$SELECT ce_import('lms', '7')$$, '22023', NULL, 'neither object nor array');
SELECT throws_ok($$SELECT ce_import('lms', '[{"source_ref": ')$$, '22P02', NULL, 'malformed JSON');
SELECT throws_ok($$SELECT ce_import(NULL, '[]')$$, '22004', NULL, 'no source');
SELECT alike(message(rec('x'), ' '), 'rejected: field "source" is missing%', 'a blank one');
SELECT is((SELECT count(*) FROM ce_activity WHERE source_ref = 'x' OR source_ref IS NULL), 0::bigint, 'nothing of these was kept');

-- spellings
SELECT alike(message(rec('x') || bad), 'rejected: ' || expected, 'a spelling that is none: ' || bad::text) FROM (VALUES
	('{"plan_id": "1a"}'::jsonb, 'field "plan_id": "1a" is not an identifier%'),
	('{"completed_on": "2020-03/01"}', 'field "completed_on": "2020-03/01" is not a date%'), ('{"completed_on": "2020-O3-01"}', 'field "completed_on": "2020-O3-01" is not a date%'),
	('{"completed_on": "0000-03-01"}', 'field "completed_on": "0000-03-01" is not a date%'), ('{"completed_on": "2020-00-01"}', 'field "completed_on": "2020-00-01" is not a date%'),
	('{"completed_on": "2020-13-01"}', 'field "completed_on": "2020-13-01" is not a date%'), ('{"completed_on": "2020-03-00"}', 'field "completed_on": "2020-03-00" is not a date%'), ('{"completed_on": "20-02-29"}', 'field "completed_on": "20-02-29" is not a date%'), ('{"completed_on": "202002"}', 'field "completed_on": "202002": the value is a month and not a day; give the day, too, %'),
	('{"days": "."}', 'field "days": "." is not a number%'), ('{"days": "-"}', 'field "days": "-" is not a number%'), ('{"days": "1.2.3"}', 'field "days": "1.2.3" is not a number%'), ('{"days": "1e2"}', 'field "days": "1e2" is not a number%'),
	('{"days": "1000000000000000000000000000000000000000000000000000000000000"}', 'field "days": "1000000000000000000000000000000000000000000000000000000000000" is not a number%'), ('{"days": "0.0000000000000000000000000000000000000000000000000000000000001"}', 'field "days": %is not a number%'),
	('{"kind": "training", "plan_id": null, "started_on": "2020-02-24", "evidence": "d", "days": "-1"}', '%days%')) b (bad, expected);
SELECT is(message(rec('n' || n, jsonb_build_object('kind', 'training', 'plan_id', NULL, 'started_on', '2020-02-24', 'completed_on', '2020-02-28', 'evidence', 'd', 'hours', NULL, 'days', days))), 'new', 'AMB-13: days spelt ' || days)
	FROM (VALUES (1, '4.50'), (2, '+4.5'), (3, '004.5'), (4, '4.'), (5, '.5'), (6, '0.5')) v (n, days);
SELECT results_eq($$SELECT source_ref, days FROM ce_activity WHERE source_ref ~ '^n\d$' ORDER BY 1$$, $$VALUES ('n1', 4.5), ('n2', 4.5), ('n3', 4.5), ('n4', 4), ('n5', 0.5), ('n6', 0.5)$$, 'AMB-13: are these days');
SELECT is(outcomes(rec('n' || n, jsonb_build_object('kind', 'training', 'plan_id', NULL, 'started_on', '2020-02-24', 'completed_on', '2020-02-28', 'evidence', 'd', 'hours', NULL, 'days', days))), 'n' || n || ' unchanged', 'AMB-34: ' || days || ' is the same')
	FROM (VALUES (1, '4.5'), (4, '4.000'), (5, '0.50'), (6, '.5')) v (n, days);
SELECT is(message(rec('zero', '{"kind": "training", "plan_id": null, "started_on": "2020-02-24", "completed_on": "2020-02-28", "evidence": "d", "hours": "7", "travel_days": "-0.0"}')), 'new', 'no days of travel');
SELECT is(outcomes(rec('zero', '{"kind": "training", "plan_id": null, "started_on": "2020-02-24", "completed_on": "2020-02-28", "evidence": "d", "hours": "7", "travel_days": 0}')), 'zero unchanged', 'are none in any spelling');
SELECT is(outcomes(jsonb_set(rec('x'), '{source_ref}', '4711')), '4711 new', 'a reference that is a number');
SELECT is(outcomes(rec('4711')), '4711 unchanged', 'AMB-34: is the same as a text');
SELECT is(outcomes(jsonb_set(rec('x'), '{source_ref}', number::jsonb)), '4711 unchanged', 'AMB-34: equal numbers are one reference: ' || number) FROM unnest(ARRAY['4711.0', '4711.00', '4.711e3', '47110e-1']) number;
SELECT is(outcomes(jsonb_set(rec('x'), '{source_ref}', '4711.5')), '4711.5 new', 'AMB-34: another number is another one');
SELECT is(outcomes(jsonb_set(jsonb_set(rec('pn'), '{plan_id}', '1.0'), '{person_id}', '1.00')), 'pn new', '9.4a: so are numbers of persons and plans');
INSERT INTO ce_activity (person_id, kind, plan_id, completed_on, hours, source, source_ref) VALUES (1, 'base_online', 1, '2020-03-01', '12.5', 'lms', '88.0');
SELECT is(outcomes(jsonb_set(rec('x'), '{source_ref}', '88.0')), '88 unchanged', 'AMB-34: what an earlier version kept as 88.0 is known again');

-- days: one reader for every way in; the day of a zoned time is that of Asia/Shanghai (AMB-40)
SELECT is(message(rec('day' || n, jsonb_build_object('completed_on', day))), format('new: field "completed_on": read "%s" as "2020-03-01"', day), 'AMB-40: a day written ' || day) FROM (VALUES (1, '2020/3/1'), (2, '2020.03.01'), (3, '20200301'), (4, '2020-02-29T16:00:00.000Z'), (5, '2020-03-01T23:59:59'),
	(6, '2020-03-01 00:00'), (7, '2020-02-29 16:00:00+00'), (8, '2020-03-02T00:30:00+09:00'), (9, '2020-03-01 08:00:00 +0800')) v (n, day);
SELECT is((SELECT string_agg(DISTINCT completed_on::text, ',') FROM ce_activity WHERE source_ref ~ '^day'), '2020-03-01', 'AMB-40: are all the same one');
SELECT alike(message(rec('x', jsonb_build_object('completed_on', day))), 'rejected: field "completed_on": "% is not a date%', 'AMB-40: text behind a day that is no time: ' || day)
	FROM unnest(ARRAY['2020-03-01 nonsense', '2020-03-01T99:99:99', '2020-03-01T', '2020-03-01T08', '2020-03-01T8:00', '2020年3月1', '2020年3月1日早', '3月1日', '2020-03-01 星期日', '2020-03-01T08:00:00 CST', '2020-03-01T08:00:00.Z', '2020-03-01T08:00:00Z!', '2020-03-01T08:00:00+25:00', '2020-03-0108:00', '0001-01-01T00:00:00+10:00']) day;
SET LOCAL DateStyle = 'German';
SELECT is(outcomes(rec('day1')), 'day1 unchanged', 'AMB-40: whatever DateStyle is');
RESET DateStyle;
INSERT INTO ce_staging (source, source_ref, person_no, kind, plan_id, completed_on, hours) VALUES ('lms', 'zone', 'P1', 'base_online', '1', '2020-02-29T16:00:00Z', '12.5'), ('lms', 'junk', 'P1', 'base_online', '1', '2020-03-01 x', '12.5'),
	('lms', repeat('r', 2001), 'P1', 'base_online', '1', '2020-03-01', '12.5');
CALL ce_import_staged();
SELECT results_eq($$SELECT left(source_ref, 4), outcome, message FROM ce_staging ORDER BY line$$, $$VALUES ('zone', 'new', 'field "completed_on": read "2020-02-29T16:00:00Z" as "2020-03-01"'), ('junk', 'rejected', 'field "completed_on": "2020-03-01 x" is not a date written as YYYY-MM-DD'),
	('rrrr', 'rejected', 'field "source_ref" is longer than 2000 bytes')$$, 'AMB-40: staged lines are read alike');
SELECT is((SELECT completed_on::text FROM ce_activity WHERE source_ref = 'zone'), '2020-03-01', 'AMB-40: and get the same day');
DELETE FROM ce_staging;
SELECT is(message(rec('x'), repeat('s', 501)), 'rejected: field "source" is longer than 500 bytes', 'a source that does not fit into an index');
SELECT is(message(rec((SELECT string_agg(md5(i::text), '') FROM generate_series(1, 62) i) || repeat('x', 16)), (SELECT string_agg(md5(i::text), '') FROM generate_series(1, 15) i) || repeat('s', 20)), 'new', 'the longest ones do');
SELECT is(message(rec('4.50')), 'new', 'AMB-34: but a text is taken as it is');

-- fields as people's files have them: each form that is read is told, and its opposite is refused (16.3)
SELECT is(message(rec('form' || n, more)), concat_ws(E'\n', 'new: ' || told1, told2), 'form ' || n || ': ' || more::text) FROM (VALUES
	(1, '{"completed_on": "2020年3月1日"}'::jsonb, 'field "completed_on": read "2020年3月1日" as "2020-03-01"', NULL), (2, '{"completed_on": "２０２０年３月１日"}', 'field "completed_on": read "２０２０年３月１日" as "2020-03-01"', NULL),
	(3, '{"completed_on": "２０２０－０３－０１"}', 'field "completed_on": read "２０２０－０３－０１" as "2020-03-01"', NULL), (4, '{"completed_on": " 2020 年 3 月 1 号 "}', 'field "completed_on": read " 2020 年 3 月 1 号 " as "2020-03-01"', NULL),
	(5, '{"completed_on": "2020/3/1 8:30:00"}', 'field "completed_on": read "2020/3/1 8:30:00" as "2020-03-01"', NULL), (6, '{"hours": "12.5学时"}', 'field "hours": read "12.5学时" as "12.5"', NULL),
	(7, '{"hours": "12 个学时"}', 'field "hours": read "12 个学时" as "12"', NULL), (8, '{"hours": "１２．５"}', 'field "hours": read "１２．５" as "12.5"', NULL),
	(9, '{"person_no": "\u3000P1\u00a0", "hours": "\ufeff12.5"}', 'field "hours": read "\ufeff12.5" as "12.5"', NULL), (10, '{"plan_id": "１", "hours": "00012.50"}', 'field "plan_id": read "１" as "1"', NULL),
	(11, '{"specialty": "#N/A", "note": "", "title": "\u3000 "}', 'field "specialty": read "#N/A" as empty', NULL), (12, '{"title": " 道路\u3000"}', 'field "title": read " 道路　" as "道路"', NULL)) v (n, more, told1, told2) WHERE n <> 9
UNION ALL SELECT is(message(rec('form9', '{"person_no": "\u3000P1\u00a0", "hours": "\ufeff12.5"}')), E'new: field "person_no": read "\u3000P1\u00A0" as "P1"\nfield "hours": read "\uFEFF12.5" as "12.5"', 'form 9: blanks and a byte order mark that cannot be seen');
SELECT results_eq($$SELECT DISTINCT person_id, completed_on, hours::numeric FROM ce_activity WHERE source_ref ~ '^form' ORDER BY 3$$, $$VALUES (1::bigint, date '2020-03-01', 12.0), (1, '2020-03-01', 12.5)$$, 'all say the same day and hours');
SELECT results_eq($$SELECT title, specialty, note FROM ce_activity WHERE source_ref IN ('form11', 'form12') ORDER BY source_ref$$, $$VALUES (NULL, NULL, NULL), ('道路', NULL, NULL)$$, '#N/A and blanks are nothing');
SELECT is(message(rec('form6')), 'unchanged', 'AMB-34: the same in plain writing is the same record');
SELECT alike(message(rec('x') || bad), 'rejected: ' || expected, 'no such form: ' || bad::text) FROM (VALUES
	('{"hours": "12小时"}'::jsonb, 'field "hours": "12小时" is time by the clock and not class hours. Give class hours as a number, which may have the unit 学时 or 课时.'), ('{"hours": "12天"}', 'field "hours": "12天" is not a number of class hours%'), ('{"hours": "十二"}', 'field "hours": "十二" is not a number of class hours%'), ('{"hours": "学时"}', 'field "hours": "学时" is not a number of class hours%'),
	('{"hours": "1,2"}', 'field "hours": "1,2" is not a number of class hours%'), ('{"hours": "12,34"}', 'field "hours": "12,34" is not a number of class hours%'), ('{"hours": "1234,567"}', 'field "hours": "1234,567" is not a number of class hours%'), ('{"hours": ",123"}', 'field "hours": ",123" is not a number of class hours%'), ('{"hours": "1.5,123"}', 'field "hours": "1.5,123" is not a number of class hours%'), ('{"hours": "1 2"}', 'field "hours": "1 2" is not a number of class hours%'),
	('{"days": "3.5学时"}', 'field "days": "3.5学时" is not a number%'), ('{"days": "三天"}', 'field "days": "三天" is not a number%'), ('{"days": "#REF!"}', 'field "days": "#REF!" is not a number%'),
	('{"completed_on": "43891"}', 'field "completed_on": "43891" is not a date written as YYYY-MM-DD%spreadsheet''s serial number%day_serials%'), ('{"completed_on": 43891}', 'field "completed_on": "43891" is not a date%'), ('{"completed_on": "#N/A"}', 'field "completed_on" is missing.%'), ('{"completed_on": "2020年2月30日"}', 'field "completed_on": "2020年2月30日" is not a date%')) v (bad, expected);
SELECT is(message(rec('days' || n, jsonb_build_object('kind', 'training', 'plan_id', NULL, 'hours', NULL, 'started_on', '2020-02-24', 'completed_on', '2020-02-28', 'evidence', 'd', 'days', days))), 'new: field "days": read "' || days || '" as "3.5"', 'days written ' || days) FROM (VALUES (1, '3.5天'), (2, '３．５ 天'), (3, ' 3.5')) v (n, days);
SELECT is(message(rec('thousands', '{"plan_id": 1, "hours": "0,012.5"}')), 'new: field "hours": read "0,012.5" as "12.5"', 'thousands separators');
SELECT alike(message(rec('x', '{"kind": "training", "plan_id": null, "started_on": "2020-01-01", "completed_on": "2020-12-31", "evidence": "d", "hours": "9，999"}')), 'rejected: 9999 hours do not fit%field "hours": read "9，999" as "9999"', 'also of full width, and told where the record is refused');

-- spreadsheets' serial numbers, where the source says so
SELECT is(message(rec('serial' || n, jsonb_build_object('completed_on', day, 'day_serials', calendar))), format('new: field "completed_on": read "%s" as "2020-03-01"', day), format('serial %s of %s', day, calendar))
	FROM (VALUES (1, '43891', '1900'), (2, '43891.75', '1900'), (3, '42429', '1904'), (4, '20200301', '1900'), (5, '2020/3/1', '1904')) v (n, day, calendar);
SELECT is(message(rec('serial6', '{"completed_on": 43891, "day_serials": 1900}')), 'new: field "completed_on": read "43891" as "2020-03-01"', 'serials as JSON numbers');
SELECT alike(message(rec('x') || bad), 'rejected: ' || expected, 'no serial: ' || bad::text) FROM (VALUES ('{"completed_on": "0", "day_serials": "1900"}'::jsonb, 'field "completed_on": "0" is not a date%'), ('{"completed_on": "60", "day_serials": "1900"}', 'field "completed_on": "60" is not a date%'), ('{"completed_on": "43891.", "day_serials": "1900"}', 'field "completed_on": "43891." is not a date%'),
	('{"completed_on": "-1", "day_serials": "1900"}', 'field "completed_on": "-1" is not a date%'), ('{"completed_on": "3000000", "day_serials": "1900"}', 'field "completed_on": "3000000" is not a date%'), ('{"day_serials": "1901"}', 'field "day_serials": "1901" is neither 1900 nor 1904%')) v (bad, expected);
SELECT alike(message(rec('x', jsonb_build_object('completed_on', n::text, 'started_on', '1900-03-02', 'day_serials', '1900'))), format('rejected: fields "started_on" and "completed_on" contradict each other: 1900-03-02 is after %s. Correct the dates.', day) || E'\n' || format('field "completed_on": read "%s" as "%s"', n, day), 'serial ' || n || ' is ' || day) FROM (VALUES (1, '1900-01-01'), (59, '1900-02-28'), (61, '1900-03-01')) v (n, day);

-- every fault in one round
SELECT is(message('{"source_ref": "x", "person_no": "NOBODY", "kind": "gossip", "org_code": "nowhere", "started_on": "later", "completed_on": "2020-02-30", "days": "0.3", "hours": "many", "travel_days": -1, "status": "done", "colour": "red", "title": []}'),
	array_to_string(ARRAY['rejected: field "title" must be a string or a number', 'field "colour" does not exist; unknown fields are not ignored', 'field "started_on": "later" is not a date written as YYYY-MM-DD', 'field "completed_on": "2020-02-30" is not a date written as YYYY-MM-DD',
	'field "hours": "many" is not a number of class hours with at most two decimals, such as 7.5', 'field "status": "done" is neither submitted nor verified', 'field "person_no": there is no person "NOBODY". Enter the person in ce_person first.', 'field "org_code": there is no organisation "nowhere". Enter it in ce_org first.',
	'field "kind": "gossip" is neither the code nor the label of a kind. Clause 5: hours are recognised for the kinds that the law lists. Table ce_kind lists the kinds of activities and achievements.', 'field "days": 0.3 is not a number of whole or half days. Clause 5.2.2(1)b, AMB-13: only these count. Give whole or half days, such as 2.5.',
	'field "travel_days": -1 is not a number of whole or half days. Clause 5.2.2(1)b, AMB-13: only these count. Give whole or half days, such as 2.5.'], E'\n'), 'every fault of a record in one round, none twice');
SELECT alike(message('{}', ' '), E'rejected: field "source" is missing.%\nfield "source_ref" is missing.%\nfield "person_no" is missing.%\nfield "completed_on" is missing.%\nfield "kind" is missing. %', 'also of an empty record');
SELECT alike(message(rec('x', '{"started_on": "2998-01-02", "completed_on": "2998-01-01", "hours": "-1"}')), E'rejected: field "completed_on": 2998-01-01 is in the future.%\nfields "started_on" and "completed_on" contradict each other: 2998-01-02 is after 2998-01-01.%\nfield "hours": hours must not be negative.%', 'and of facts that cannot be');
SELECT alike(message(rec('a', '{"hours": 1, "title": "x", "completed_on": "2020-03-02"}')), E'conflict: field "title": %\nfield "completed_on": %\nfield "hours": activity % has ''12.5'', but this record has ''1''. Nothing was written%', 'a conflict names every field that differs');
SELECT is((SELECT count(*) FROM ce_activity WHERE source_ref = 'x' OR source_ref IS NULL), 0::bigint, 'nothing of these was kept');

-- kinds by their labels: one kind's label names it, a code goes first
SELECT is(message(rec('label' || n, jsonb_build_object('kind', label))), 'new' || ': ' || format('field "kind": read "%s" as "base_online"', label), 'a kind by its label: ' || label) FROM (VALUES (1, '网络课程类'), (2, 'online course of a base')) v (n, label);
SELECT is(outcomes(rec('label1')), 'label1 unchanged', 'AMB-34: it is the same as by its code');
SELECT alike(message(rec('x', jsonb_build_object('kind', label))), 'rejected: field "kind": "' || label || '" is neither the code nor the label of a kind. Clause 5: %', 'no label: ' || label) FROM unnest(ARRAY['网络', '网络课程类2', 'Online course of a base']) label;
SELECT is(outcomes(rec('label3', '{"kind": " 网络课程类　"}')), 'label3 new', 'a label with blanks around');
SELECT is(message(rec('label3', '{"kind": " 网络课程类　"}')), 'unchanged: field "kind": read " 网络课程类　" as "base_online"', 'which is told once, with the code');
SELECT is(message(rec('label3', '{"kind": " base_online"}')), 'unchanged: field "kind": read " base_online" as "base_online"', 'as is a code with blanks around');
CREATE FUNCTION labelled(label text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN
	UPDATE ce_kind SET label_zh = label WHERE kind = 'filed_course';
	RETURN NEXT message(rec('twin', jsonb_build_object('kind', label)));
	UPDATE ce_kind SET label_zh = '备案培训课程' WHERE kind = 'filed_course';
END $$;
SELECT is(labelled('online course of a base'), 'rejected: field "kind": "online course of a base" is the label of more than one kind: base_online, filed_course. Give one of these codes.', 'a label of two kinds names none: both are told');
SELECT is(labelled('base_online'), 'new', 'a code goes before the label of another kind');
INSERT INTO ce_staging (source, source_ref, person_no, kind, plan_id, completed_on, hours) VALUES ('lms', 'label4', 'P1', '网络课程类', '1', '2020-03-01', '12.5');
CALL ce_import_staged();
SELECT results_eq($$SELECT outcome, message FROM ce_staging$$, $$VALUES ('new', 'field "kind": read "网络课程类" as "base_online"')$$, 'so it is in files');
DELETE FROM ce_staging;

-- missing keys and explicit nulls
SELECT is(outcomes(rec('nulls') || (SELECT jsonb_object_agg(k, NULL) FROM unnest(ARRAY['person_id', 'org_id', 'org_code', 'title', 'specialty', 'started_on', 'days', 'travel_days', 'evidence', 'note', 'status', 'verified_by', 'verified_by_code', 'verified_on', 'day_serials']) k)) || '; ' || outcomes(rec('nulls')),
	'nulls new; nulls unchanged', 'null is the same as leaving the field out');

-- hours of 0: not stated where days count, else an error
SELECT is(message(rec('h0', '{"kind": "training", "plan_id": null, "started_on": "2020-02-24", "completed_on": "2020-02-28", "evidence": "d", "days": 5, "hours": 0}')), 'new: field "hours": read "0" as not stated, since "training" can go by days', '5.2.2(1)b: hours of 0 where days count are not stated');
SELECT is((SELECT concat_ws(' ', coalesce(hours::text, 'not stated'), awarded) FROM ce_activity WHERE source_ref = 'h0'), 'not stated 35', '5.2.2(1)b: so the days are what counts');
SELECT is(outcomes(rec('h0', '{"kind": "training", "plan_id": null, "started_on": "2020-02-24", "completed_on": "2020-02-28", "evidence": "d", "days": 5, "hours": "0学时"}')), 'h0 unchanged', 'AMB-34: and come again as the same');
SELECT alike(message(rec('x', '{"hours": 0}')), 'rejected: field "hours": an activity of kind "base_online" does not go by days, and its hours cannot be 0.%', '5.2.1: hours of 0 where hours are needed are an error');
SELECT alike(message(rec('x', '{"kind": "degree", "plan_id": null, "evidence": "d", "hours": "0.00"}')), 'rejected: field "hours": an activity of kind "degree" does not go by days, and its hours cannot be 0.%', '5.2.3: nor does a degree go by days');
INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days, hours, evidence, source, source_ref) VALUES (1, 'training', '2020-02-24', '2020-02-28', 5, '0', 'd', 'lms', 'h0before');
SELECT is(outcomes(rec('h0before', '{"kind": "training", "plan_id": null, "started_on": "2020-02-24", "completed_on": "2020-02-28", "evidence": "d", "days": 5, "hours": 0}')), 'h0before unchanged', 'AMB-34: what an earlier version kept with 0 is known again');

-- after a rejection the same reference is a new try
CREATE FUNCTION tries(ref text) RETURNS text LANGUAGE sql AS $$ SELECT string_agg(concat_ws(' ', person_id, hours, status), ', ' ORDER BY activity_id) FROM ce_activity WHERE source = 'lms' AND source_ref = ref $$;
CREATE FUNCTION reject_all(ref text) RETURNS text LANGUAGE sql AS $$ SELECT string_agg(r.status::text, ',') FROM ce_reject(ARRAY(SELECT activity_id FROM ce_activity WHERE source = 'lms' AND source_ref = ref AND status = 'submitted'), 25, 'wrong') r $$;
SELECT is(outcomes(rec('try')) || '; ' || reject_all('try'), 'try new; rejected', 'AMB-34: a record is rejected');
SELECT alike(message(rec('try')), 'unchanged: activity % has status "rejected"', 'AMB-34: as it was it does not come back');
SELECT is(outcomes(rec('try', '{"hours": 11}')), 'try new', 'AMB-34: corrected, it is a new try');
SELECT is(tries('try'), '1 12.5 rejected, 1 11 submitted', 'AMB-34: beside the one that was rejected');
SELECT is(outcomes(jsonb_build_array(rec('try', '{"hours": 11}'), rec('try'))), 'try unchanged, try conflict', 'AMB-34: of which there is one');
SELECT is(reject_all('try'), 'rejected', 'AMB-34: the second try is rejected, too');
SELECT is(outcomes(jsonb_build_array(rec('try'), rec('try', '{"hours": 11}'))), 'try unchanged, try unchanged', 'AMB-34: neither of what was rejected comes back');
SELECT is(outcomes(rec('try', '{"person_no": "P2"}')), 'try new', 'AMB-34: the right person is a correction, too');
SELECT is(tries('try'), '1 12.5 rejected, 1 11 rejected, 2 12.5 submitted', 'AMB-34: and one activity waits');
SELECT throws_ok($$INSERT INTO ce_activity (person_id, kind, plan_id, completed_on, hours, source, source_ref) VALUES (2, 'base_online', 1, '2020-03-01', '1', 'lms', 'try')$$, '23505', NULL, 'AMB-34: a second one that is not rejected cannot be');
SELECT is(message(rec('x', '{"person_no": "NOBODY"}')), 'rejected: field "person_no": there is no person "NOBODY". Enter the person in ce_person first.', 'a record that was never taken has no try');

-- one reference of several persons: each record is compared with its own person's
INSERT INTO ce_activity (person_id, kind, plan_id, completed_on, hours, source, source_ref) SELECT 2, kind, plan_id, completed_on, '9', source, source_ref FROM ce_activity WHERE source_ref = 'f' AND source = 'lms';
SELECT is(outcomes(jsonb_set(rec('f'), '{person_no}', to_jsonb('P' || p)) || jsonb_build_object('hours', hours)), 'f ' || outcome, format('AMB-34: P%s with %s hours', p, hours))
	FROM (SELECT (SELECT hours::text FROM ce_activity WHERE source_ref = 'f' AND person_id = 1) AS first_hours) h, LATERAL (VALUES (2, '9', 'unchanged'), (2, '8', 'conflict'), (1, '777', 'conflict')) v (p, hours, outcome);
SELECT alike(message(jsonb_set(rec('f'), '{person_no}', '"P2"') || '{"hours": 8}'), 'conflict: field "hours": activity % has ''9'', but this record has ''8''.%', 'AMB-34: the conflict is with P2''s own row');
SELECT alike(message(jsonb_set(rec('f'), '{person_no}', '"P3"') || '{"hours": 9}'), 'conflict: field "person_id": %', 'AMB-34: for a third person it is a conflict');

-- verified rows that were revoked since
SELECT is((SELECT string_agg(status::text, ',') FROM ce_revoke(ARRAY(SELECT activity_id FROM ce_activity WHERE source_ref = 'v'), 4, 'forged')), 'revoked', '6.2d: a verified row is revoked');
SELECT alike(message(rec('v', more)), 'unchanged: activity % has status "revoked"', 'AMB-34: its record does not come back: ' || more::text) FROM unnest(array['{"kind": "academy_course", "plan_id": null, "status": "verified", "verified_by": 4, "verified_on": "2020-03-02"}', '{"kind": "academy_course", "plan_id": null, "note": "again"}']::jsonb[]) more;
SELECT alike(message(rec('v', '{"kind": "academy_course", "plan_id": null, "hours": 13}')), 'conflict: field "hours": %', 'AMB-34: nor with other facts: after a revocation it is no new try');

-- a ledger that is older than the extension; errors that are no record's
SELECT alike(after('UPDATE ce_ledger SET extension_version = ''0.2.0''; DROP TABLE ce_staging CASCADE', 'outcomes(rec(''y''))'), '55000 the ledger in schema % is older than the extension | Table "ce_staging" does not exist. | Run SELECT %.ce_setup();%', 'an older ledger is named, with the way out');
SELECT alike(after('ALTER TABLE ce_staging DROP day_serials', 'error_of(''CALL ce_import_staged()'')'), '55000 the ledger in schema % is older than the extension | Column "day_serials" of table "ce_staging" does not exist. | Run SELECT %.ce_setup();%', 'also one whose staging table is');
SELECT alike(after('ALTER TABLE ce_course RENAME plan_id TO plan', 'outcomes(rec(''y''))'), '42703 %', 'a ledger whose columns were renamed is no bad record');
CREATE FUNCTION ends_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE SQLSTATE '53400' USING MESSAGE = 'enough'; END $$;
SELECT alike(after('CREATE TRIGGER ends_it BEFORE INSERT ON ce_activity FOR EACH ROW EXECUTE FUNCTION ends_it()', 'outcomes(rec(''y''))'), '53400 enough%', 'an error that is no record''s ends the import');

-- what an earlier version kept with blanks around is known again
INSERT INTO ce_activity (person_id, kind, plan_id, title, completed_on, hours, source, source_ref) VALUES (1, 'base_online', 1, ' 道路 ', '2020-03-01', '12.5', 'lms', ' blank ');
SELECT is(outcomes(rec(' blank ', '{"title": " 道路 "}')), 'blank unchanged', 'AMB-34: by its reference and its title');

-- stored as it is
SELECT is(outcomes(rec('html', jsonb_build_object('title', $t$<img src=x onerror=alert(1)>'); DROP TABLE ce_activity; -- 学时$t$))), 'html new', 'HTML and SQL in a title');
SELECT is((SELECT title FROM ce_activity WHERE source_ref = 'html'), $t$<img src=x onerror=alert(1)>'); DROP TABLE ce_activity; -- 学时$t$, 'are text');
SELECT is(outcomes(rec(E'quo"te''\\', '{}'), $t$it's$t$), E'quo"te''\\ new', 'quotes in source and reference');

SELECT is((SELECT string_agg(outcome, ' ' ORDER BY ord) FROM ce_import('lms', jsonb_build_array(rec('long1'),
		rec((SELECT string_agg(sha256(i::text::bytea)::text, '') FROM generate_series(1, 400) i)), rec('long2')))), 'new rejected new', 'a reference of 26 kB is a bad record, not the end of the import');
SELECT is(message(rec((SELECT string_agg(md5(i::text), '') FROM generate_series(1, 200) i))), 'rejected: field "source_ref" is longer than 2000 bytes', 'in words of ours');

-- many: two batches with bad ones at both ends and around the border
SELECT results_eq($$
	SELECT outcome, count(*), min(ord), max(ord) FROM ce_import('many', (SELECT jsonb_agg(rec('m' || i, jsonb_build_object('hours', CASE WHEN i IN (1, 500, 1000, 1001, 1999) THEN '-1' ELSE '0.5' END)) ORDER BY i) FROM generate_series(1, 1999) i))
	GROUP BY outcome ORDER BY outcome$$, $$VALUES ('new', 1994::bigint, 2::bigint, 1998::bigint), ('rejected', 5, 1, 1999)$$, 'bad ones are found one by one, good ones are kept');
SELECT is((SELECT count(*) FROM ce_activity WHERE source = 'many'), 1994::bigint, 'so many are there');
SELECT results_eq($$SELECT outcome, count(*) FROM ce_import('many', (SELECT jsonb_agg(rec('m' || i, jsonb_build_object('hours', '0.5')) ORDER BY i) FROM generate_series(1, 1999) i)) GROUP BY outcome ORDER BY outcome$$,
	$$VALUES ('new', 5::bigint), ('unchanged', 1994)$$, 'AMB-34: corrected and sent again, only the five are new');

-- the caller's rights: what its duties allow (7.1)
CREATE ROLE regress_recorder;
CREATE ROLE regress_base;
CREATE ROLE regress_reader;
SELECT is(person(23), 4::bigint, 'a person of the hospital');
SELECT ce_grant('regress_recorder', 25, 'record');
SELECT ce_grant('regress_base', 20, 'record');
SELECT ce_grant('regress_reader', 25, 'read');
SET ROLE regress_reader;
SELECT throws_ok($$SELECT ce_import('lms', rec('r'))$$, '42501', NULL, '7.1: who may not write gets an error');
SELECT throws_ok($$SELECT ce_import('lms', rec('r', '{"person_no": "P99"}'))$$, '42501', NULL, '7.1: before he learns who is known here');
SET ROLE regress_recorder;
SELECT is(outcomes(jsonb_build_array(rec('r', '{"kind": "training", "plan_id": null, "started_on": "2020-02-28", "evidence": "d"}'), rec('s', '{"person_no": "P4"}'), rec('q', '{"hours": -1}'))), 'r new, s rejected, q rejected',
	'7.4a: an employer imports for its staff, record by record');
SELECT alike(message(rec('s', '{"person_no": "P4"}')), 'rejected: field "person_no": there is no person "P4"%', '7.1: a person of another employer is not there');
SELECT alike(message(rec('s', '{"kind": "academy_course", "plan_id": null, "status": "verified", "verified_by": 4}')), 'rejected: %', '7.4: to bring verified records is another duty');
SELECT alike(message('{"id": "v", "actor": {}, "verb": {"id": "http://adlnet.gov/expapi/verbs/voided"}, "object": {"objectType": "StatementRef", "id": "r"}}'),
	'rejected: permission denied for table ce_activity', '7.4: so is to withdraw');
SET ROLE regress_base;
SELECT is(outcomes(jsonb_build_array(rec('t', '{"person_no": "P4"}'), rec('u', '{"kind": "training", "plan_id": null, "started_on": "2020-02-28", "evidence": "d"}'))), 't new, u rejected',
	'9.4a: a base imports for its own courses, of persons that it knows by their number alone');
SELECT is(outcomes(rec('t', '{"person_no": "P4"}')), 't unchanged', 'AMB-34: once');
RESET ROLE;

-- staged lines, here in one transaction (014_import.pl: in many)
CREATE FUNCTION staged() RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', line, coalesce(outcome, 'waits'), split_part(message, ':', 1)), ', ' ORDER BY line) FROM ce_staging
$$;
INSERT INTO ce_staging (line, source, source_ref, person_no, kind, plan_id, completed_on, hours) VALUES
	(1, 'file', '1', 'P1', 'base_online', '1', '2020-03-01', '1'), (2, 'file', '2', 'P99', 'base_online', '1', '2020-03-01', '1'),
	(3, 'other file', '1', 'P1', 'base_online', '1', '2020-03-01', '1'), (4, 'file', '1', 'P1', 'base_online', '1', '2020-03-01', '2');
INSERT INTO ce_staging (line, source, source_ref, person_no, kind, plan_id, completed_on, hours, status) VALUES (5, 'words', '1', 'P1', 'base_online', '1', '2020-03-01', '1', '已提交');
CALL ce_import_staged('words');
SELECT is((SELECT concat_ws(': ', outcome, message) FROM ce_staging WHERE line = 5), 'new: field "status": read "已提交" as "submitted"', '7.4: a status in Chinese');
DELETE FROM ce_staging WHERE line = 5;
CALL ce_import_staged('file', 2);
SELECT is(staged(), '1 new, 2 rejected field "person_no", 3 waits, 4 conflict field "hours"', '9.4a: the lines of one source, each with what became of it');
CALL ce_import_staged();
SELECT is(staged(), '1 new, 2 rejected field "person_no", 3 new, 4 conflict field "hours"', '9.4a: then what waits, and nothing a second time');
SELECT is((SELECT count(*) FROM ce_activity WHERE source LIKE '%file'), 2::bigint, 'AMB-34: two records came in');
UPDATE ce_staging SET person_no = 'P2', outcome = NULL, message = NULL WHERE line = 2;
CALL ce_import_staged();
SELECT is(staged(), '1 new, 2 new, 3 new, 4 conflict field "hours"', '9.4a: a line that was corrected is tried again');
SELECT throws_ok('CALL ce_import_staged(batch_size => 0)', '22023', NULL, 'a transaction has lines');
SELECT is_empty('SELECT * FROM ce_check()', 'the ledger is sound');

SELECT * FROM finish();
ROLLBACK;

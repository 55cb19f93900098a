-- AMB-35, 9.4a: waivers of a file
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

CREATE TEMP TABLE staff AS SELECT person() AS a, person() AS b, person() AS c;
-- a record for person a that lacks nothing, and what comes of records
CREATE FUNCTION rec(more jsonb DEFAULT '{}') RETURNS jsonb LANGUAGE sql AS $$
	SELECT jsonb_build_object('person_id', a, 'year', 2019, 'reason', '产假', 'decision', '7号', 'granted_by', 2, 'granted_on', '2020-02-01') || more FROM staff
$$;
CREATE FUNCTION came(records jsonb) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT concat_ws(': ', outcome, message) FROM ce_import_waivers(records) ORDER BY ord
$$;

-- good ones, in the words of people's files
SELECT results_eq($q$ SELECT ord, outcome, waiver_id IS NOT NULL, message FROM ce_import_waivers(jsonb_build_array(rec(),
		rec('{"person_id": null, "person_no": "P2", "year": "２０２０年", "subject": "公需", "hours": "5课时", "decision": " 8号　", "granted_by": null, "granted_by_code": "hrss_xining", "granted_on": "2021年2月1日", "note": ""}'),
		rec('{"year": 2018, "defers_to": "2022年度", "decision": "10号", "granted_on": null}'),
		rec('{"person_id": null, "person_no": "\ufeffP3", "year": 2020, "subject": "专业科目", "hours": "１０．５０个学时", "decision": "11号", "granted_on": 44228, "day_serials": "1900"}'))) $q$, $$ VALUES
	(1::bigint, 'new', true, NULL),
	(2, 'new', true, E'field "year": read "２０２０年" as "2020"\nfield "subject": read "公需" as "public"\nfield "hours": read "5课时" as "5"\nfield "decision": read " 8号　" as "8号"\nfield "granted_on": read "2021年2月1日" as "2021-02-01"'),
	(3, 'new', true, 'field "defers_to": read "2022年度" as "2022"'),
	(4, 'new', true, E'field "subject": read "专业科目" as "professional"\nfield "hours": read "１０．５０个学时" as "10.5"\nfield "granted_on": read "44228" as "2021-02-01"\n' || format('field "person_no": read "%s" as "P3"', U&'\FEFFP3')) $$, '9.4a: one outcome a record, with what was read otherwise than written');
SELECT results_eq('SELECT person_id, year, subject::text, hours::text, defers_to, reason, decision, granted_by, granted_on, note FROM ce_waiver ORDER BY waiver_id', $$ SELECT a, 2019, NULL, NULL, NULL::integer, '产假', '7号', 2::bigint, date '2020-02-01', NULL::text FROM staff
	UNION ALL SELECT b, 2020, 'public', '5', NULL, '产假', '8号', 2, '2021-02-01', NULL FROM staff UNION ALL SELECT a, 2018, NULL, NULL, 2022, '产假', '10号', 2, ce_today(), NULL FROM staff UNION ALL SELECT c, 2020, 'professional', '10.5', NULL, '产假', '11号', 2, '2021-02-01', NULL FROM staff $$, '9.4a: they are kept');
SELECT results_eq($$ SELECT w.outcome, w.waiver_id, w.person_id FROM ce_import_waivers(rec('{"reason": "another word", "person_no": "P1"}')) w $$, $$ SELECT 'unchanged', waiver_id, person_id FROM ce_waiver WHERE decision = '7号' $$, '9.4a: the same decision again');
SELECT is(came(rec('{"person_id": null, "person_no": "P3", "year": 2020, "subject": "professional", "hours": 10.5, "decision": "11号"}')), 'unchanged', '9.4a: in any spelling');
UPDATE ce_waiver SET revoked_by = 2, note = 'wrong' WHERE decision = '11号';
SELECT is(came(rec('{"person_id": null, "person_no": "P3", "year": 2020, "subject": "professional", "hours": 10.5, "decision": "11号", "granted_on": null}')), 'new', 'AMB-35: after a revocation it is a new one');

-- bad ones: each with its field, all faults at once
SELECT results_eq(format('SELECT came(rec(%L))', more), string_to_array(faults, E'\n\n'), more::text) FROM (VALUES
	('{"person_id": null, "person_no": "nobody"}'::jsonb, 'rejected: field "person_no": there is no person "nobody". Enter the person in ce_person first.'),
	('{"person_id": 4711}', 'rejected: field "person_id": there is no person "4711". Enter the person in ce_person first.'),
	('{"person_id": null}', 'rejected: field "person_no" is missing. Give person_no or person_id.'),
	('{"person_no": "P2"}', 'rejected: fields "person_id" and "person_no" contradict each other: the first is 1, but "P2" belongs to 2'),
	('{"granted_by_code": "factory"}', 'rejected: fields "granted_by" and "granted_by_code" contradict each other: the first is 2, but "factory" belongs to 25'),
	('{"granted_by": null, "granted_by_code": "none"}', 'rejected: field "granted_by_code": there is no organisation "none". Enter it in ce_org first.'),
	('{"granted_by": null}', 'rejected: field "granted_by_code" is missing. Give granted_by_code or granted_by, the body that verifies for the person.'),
	('{"remark": "x", "colour": 1}', E'rejected: field "colour" does not exist; unknown fields are not ignored\nfield "remark" does not exist; unknown fields are not ignored'),
	('{"year": [2019]}', 'rejected: field "year" must be a string or a number'), ('{"year": true}', 'rejected: field "year" must be a string or a number'),
	('{"year": "2023年5月"}', 'rejected: field "year": "2023年5月" is not a year such as 2024'), ('{"year": 20190}', 'rejected: field "year": "20190" is not a year such as 2024'), ('{"year": -2019}', 'rejected: field "year": "-2019" is not a year such as 2024'),
	('{"year": "2019学年"}', 'rejected: field "year": "2019学年" is not a year such as 2024'), ('{"defers_to": "next"}', 'rejected: field "defers_to": "next" is not a year such as 2024'),
	('{"hours": "many"}', 'rejected: field "hours": "many" is not a number of class hours with at most two decimals, such as 7.5'),
	('{"hours": "30小时"}', 'rejected: field "hours": "30小时" is time by the clock and not class hours. Give class hours as a number, which may have the unit 学时 or 课时.'),
	('{"granted_on": "2020-02-30"}', 'rejected: field "granted_on": "2020-02-30" is not a date written as YYYY-MM-DD'),
	('{"granted_on": "2020年2月"}', 'rejected: field "granted_on": "2020年2月": the value is a month and not a day; give the day, too, as in 2020-06-30'),
	('{"granted_on": "2020-02"}', 'rejected: field "granted_on": "2020-02": the value is a month and not a day; give the day, too, as in 2020-06-30'),
	('{"granted_on": "2020年02月份"}', 'rejected: field "granted_on": "2020年02月份": the value is a month and not a day; give the day, too, as in 2020-06-30'),
	('{"granted_on": "202013"}', 'rejected: field "granted_on": "202013" is not a date written as YYYY-MM-DD'),
	('{"granted_on": "2020年"}', 'rejected: field "granted_on": "2020年": the value is a year and not a day; give month and day, too, as in 2020-06-30'),
	('{"granted_on": 2020}', 'rejected: field "granted_on": "2020": the value is a year and not a day; give month and day, too, as in 2020-06-30'),
	('{"granted_on": "43862"}', 'rejected: field "granted_on": "43862" is not a date written as YYYY-MM-DD. If it is a spreadsheet''s serial number, give field day_serials, too.'),
	('{"day_serials": 1901}', 'rejected: field "day_serials": "1901" is neither 1900 nor 1904, the years from which spreadsheets count days'),
	('{"subject": "both"}', 'rejected: field "subject": "both" is not a subject of its own. Give public (公需 or 公需科目) or professional (专业 or 专业科目), or leave the field out.'),
	('{"subject": "全部"}', 'rejected: field "subject": "全部" is not a subject of its own. Give public (公需 or 公需科目) or professional (专业 or 专业科目), or leave the field out.'),
	('{"granted_by": 25, "year": 2017}', 'rejected: organisation 25 does not grant waivers to person 1. Clause 0.3: the body that verifies for the person grants and revokes them; here it is organisation 2. Let that body act.'),
	('{"year": 2020, "subject": "public", "hours": 90.5, "granted_on": null}', 'rejected: year 2020 requires only 45 hours of subject public. Clause 0.3: waivers would take 90.5 hours off the requirement. Waive no more hours than the year requires; leave hours null to waive all of them.')) b (more, faults);
SELECT is(came('{"year": "x", "reason": " ", "hours": "1.234", "granted_on": "later", "person_no": "nobody", "note": {}, "decision": "#N/A"}'),
	array_to_string(ARRAY['rejected: field "note" must be a string or a number', 'field "year": "x" is not a year such as 2024', 'field "hours": "1.234" is not a number of class hours with at most two decimals, such as 7.5', 'field "granted_on": "later" is not a date written as YYYY-MM-DD',
		'field "reason" is missing. Say why the hours are waived, such as illness.', 'field "decision" is missing. Give the reference of the decision.', 'field "granted_by_code" is missing. Give granted_by_code or granted_by, the body that verifies for the person.',
		'field "person_no": there is no person "nobody". Enter the person in ce_person first.', 'field "decision": read "#N/A" as empty'], E'\n'), '9.4a: every fault of a record in one round, then what was read otherwise');
SELECT results_eq($$ SELECT ord, person_id, outcome, waiver_id, message FROM ce_import_waivers('[7, "x", null, [], {}]') WHERE ord < 5 $$, $$ SELECT n::bigint, NULL::bigint, 'rejected', NULL::bigint, 'the record is not an object' FROM generate_series(1, 4) n $$, '9.4a: records that are no objects');
SELECT results_eq($$ SELECT outcome, waiver_id IS NULL, person_id FROM ce_import_waivers(rec('{"hours": "x"}')) $$, $$ SELECT 'rejected', true, a FROM staff $$, '9.4a: a bad one names its person');
SELECT is((SELECT count(*) FROM ce_waiver), 5::bigint, 'nothing of these was kept');
CREATE FUNCTION covered(reference text) RETURNS text LANGUAGE sql AS $$
	SELECT format('rejected: waiver %s of %s already covers these hours. Clause 0.3: two waivers of a year and subject may only take hours that each of them names. Revoke the other waiver first, or give the subject or the hours that it leaves.', waiver_id, year)
	FROM ce_waiver WHERE decision = reference
$$;
CREATE TEMP TABLE told AS SELECT row_number() OVER () AS n, m FROM came(jsonb_build_array(rec('{"decision": "other"}'), rec('{"year": 2017, "decision": "d"}'), rec('{"year": 2017, "decision": "e"}'), rec('{"year": 2017, "decision": "d"}'))) m;
SELECT results_eq('SELECT m FROM told ORDER BY n', format($$ VALUES (%L), ('new'), (%L), ('unchanged') $$, covered('7号'), covered('d')), '9.4a: what one record says holds for the next');

-- calls
SELECT alike(error_of(format('SELECT ce_import_waivers(%L)', r)), '22023 records must be a JSON object or an array of objects | Give one object for each waiver.', format('9.4a: a call that is wrong: %s', r)) FROM unnest('{7,"\"x\"","null"}'::text[]) r;
SELECT is_empty('SELECT ce_import_waivers(''[]'')', '9.4a: nothing of nothing');
SELECT is_empty('SELECT ce_import_waivers(NULL)', '9.4a: nor of null, as jsonb_agg() gives it for an empty file');

-- by whom: a role that waives nowhere is told which duty it lacks, and so is one that acts for another body
CREATE ROLE tap_loads;
CREATE ROLE tap_waives;
CREATE ROLE tap_nobody;
SELECT ce_grant('tap_loads', 2, 'read'), ce_grant('tap_waives', 2, 'verify'), ce_grant('tap_waives', 2, 'backdate');
GRANT SELECT ON staff TO tap_loads, tap_waives, tap_nobody;
CREATE TABLE said (n integer, message text);
GRANT INSERT ON said TO tap_loads, tap_waives, tap_nobody;
SET ROLE tap_loads;
INSERT INTO said SELECT 1, error_of('SELECT ce_import_waivers(''{"person_id": 2, "year": 2019, "reason": "r", "decision": "d", "granted_by": 2}'')');
SET ROLE tap_nobody;
INSERT INTO said SELECT 2, error_of('SELECT ce_import_waivers(''{"person_id": 2, "year": 2019, "reason": "r", "decision": "d", "granted_by": 2}'')');
INSERT INTO said SELECT 3, error_of('SELECT ce_import_waivers(NULL)');
SET ROLE tap_waives;
INSERT INTO said SELECT 4 + row_number() OVER (), m FROM came(jsonb_build_array(rec('{"year": 2016, "granted_by": 22}'), rec('{"year": 2016, "granted_by": 22, "hours": "x"}'), rec('{"year": 2016, "granted_by": null, "granted_by_code": "hrss_xining"}'), rec('{"year": 2016}'))) m;
RESET ROLE;
SELECT alike(s.message, w.words, '7.1: ' || w.words) FROM said s JOIN (VALUES
	(1, '42501 role "tap_loads" holds the duty "verify" for no organisation | Clauses 7.4, 7.5: % | %ce_grant(''tap_loads'', ORGANISATION, ''verify'');'),
	(2, '42501 role "tap_nobody" holds the duty "verify" for no organisation | Clauses 7.4, 7.5: % | %ce_grant(''tap_nobody'', ORGANISATION, ''verify'');'),
	(3, 'no error'),
	(5, 'rejected: role "tap_waives" does not hold the duty "verify" for organisation 22. Clauses 7.4, 7.5: %ce_grant(''tap_waives'', 22, ''verify'');'),
	(6, E'rejected: field "hours": "x" is not %\nrole "tap_waives" does not hold the duty "verify" for organisation 22. %'),
	(7, 'new'), (8, 'unchanged')) w (n, words) USING (n);
SELECT is((SELECT count(*) FROM said), 7::bigint, 'each has its answer');
SELECT is_empty('SELECT * FROM ce_check()', 'AMB-35: the ledger is sound');

SELECT * FROM finish();
ROLLBACK;

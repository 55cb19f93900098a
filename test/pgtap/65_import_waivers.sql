-- AMB-35, 9.4a: waivers of a file
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

CREATE TEMP TABLE staff AS SELECT person() AS a, person() AS b;
CREATE FUNCTION load(records text) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT concat_ws(' ', ord, outcome, (waiver_id IS NOT NULL)::text, split_part(message, E'\n', 1)) FROM ce_import_waivers(records::jsonb)
$$;
SELECT results_eq(format($q$ SELECT load('[{"person_id": %s, "year": 2019, "reason": "产假", "decision": "7号", "granted_by": 2, "granted_on": "2020年2月1日"},
	{"person_no": "P%s", "year": "2020", "subject": "公需", "hours": "5", "reason": "病假", "decision": " 8号　", "granted_by_code": "hrss_xining", "granted_on": "20210201", "note": ""},
	{"person_id": %s, "year": 2020, "subject": "professional", "hours": 90.5, "reason": "r", "decision": "9号", "granted_by": 2, "granted_on": "2021/2/1"},
	{"person_no": "nobody", "year": 2020}, {"person_id": %s, "year": 2019, "remark": "x"}, 7, {"person_id": %s, "year": 2019, "granted_on": "2020-02-30"}, {"person_id": %s, "year": 2019, "granted_on": "2020-02"},
	{"person_id": %s, "year": 2018, "reason": "r", "decision": "d", "granted_by_code": "none"}, {"person_id": %s, "year": 2018, "hours": "many"},
	{"person_id": %s, "year": 2018, "defers_to": 2022, "reason": "r", "decision": "10号", "granted_by": 2}]') $q$, a, b, b, a, a, a, a, a, a),
	$$ VALUES ('1 new true'), ('2 new true'), ('3 rejected false year 2020 requires only 90 hours of subject professional'), ('4 rejected false no person has the number "nobody"'), ('5 rejected false field "remark" does not exist; unknown fields are not ignored'),
		('6 rejected false the record is not a JSON object'), ('7 rejected false date field value out of range: 2020-02-30'), ('8 rejected false "2020-02" is not a date'),
		('9 rejected false there is no organisation of the code "none"'), ('10 rejected false invalid input syntax for type ce_hours: "many"'), ('11 new true') $$, '9.4a: one outcome a record') FROM staff;
SELECT results_eq('SELECT year, subject::text, hours::text, defers_to, decision, granted_by, granted_on, note FROM ce_waiver JOIN staff ON person_id IN (a, b) ORDER BY year', $$ VALUES
	(2018, NULL, NULL, 2022, '10号', 2::bigint, ce_today(), NULL), (2019, NULL, NULL, NULL, '7号', 2, '2020-02-01', NULL), (2020, 'public', '5', NULL, '8号', 2, '2021-02-01', NULL::text) $$, '9.4a: the good ones are kept');
SELECT results_eq(format($q$ SELECT load('{"person_id": %s, "year": 2019, "reason": "another word", "decision": "7号", "granted_by": 2, "granted_on": "2020-02-01"}') $q$, a), $$ VALUES ('1 unchanged true') $$, '9.4a: the same file again') FROM staff;
SELECT results_eq(format($q$ SELECT load('[{"person_id": %s, "year": 2019, "reason": "r", "decision": "other", "granted_by": 2, "granted_on": "2020-02-01"}, {"person_id": %1$s, "year": 2017, "reason": "r", "decision": "d", "granted_by": 2}, {"person_id": %1$s, "year": 2017, "reason": "r", "decision": "e", "granted_by": 2}]') $q$, a),
	$$ SELECT format('1 rejected false waiver %s of 2019 already covers these hours', waiver_id) FROM ce_waiver WHERE decision = '7号' UNION ALL VALUES ('2 new true') UNION ALL SELECT format('3 rejected false waiver %s of 2017 already covers these hours', currval(pg_get_serial_sequence('ce_waiver', 'waiver_id')) - 1) $$, '9.4a: what one record says holds for the next') FROM staff;
SELECT alike((SELECT message FROM staff, ce_import_waivers(jsonb_build_object('person_id', a, 'year', 2016, 'reason', 'r', 'decision', 'd', 'granted_by', 25))), E'organisation 25 does not grant waivers to person %\nClause 0.3: %\nLet that body act.', '9.4a: with clause and way out');
SELECT alike(error_of(format('SELECT ce_import_waivers(%L)', r)), '22023 records must be a JSON object or an array of objects | Give one object for each waiver.', format('9.4a: a call that is wrong: %s', r)) FROM unnest('{NULL,7,"\"x\""}'::text[]) r;
SELECT is_empty('SELECT ce_import_waivers(''[]'')', '9.4a: nothing of nothing');
CREATE ROLE tap_loads;
SELECT ce_grant('tap_loads', 2, 'read');
GRANT SELECT ON staff TO tap_loads;
SET ROLE tap_loads;
SELECT results_eq('SELECT outcome, message LIKE ''permission denied for table ce_waiver%'' FROM staff, ce_import_waivers(jsonb_build_object(''person_id'', b, ''year'', 2019, ''reason'', ''r'', ''decision'', ''d'', ''granted_by'', 2))', $$ VALUES ('rejected', true) $$, '7.1: by who may');
RESET ROLE;
SELECT is_empty('SELECT * FROM ce_check()', 'AMB-35: the ledger is sound');

SELECT * FROM finish();
ROLLBACK;

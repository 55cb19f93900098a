-- ce_import() at records and xAPI statements with members taken out, replaced
-- or added at any depth.  CALL fuzz_import(calls, records a call) in a database
-- with the ledger; run by import.sh.
SET client_min_messages = warning;
INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code, base_level) VALUES
	(1, 'office', 'HRSS office', 'hrss', 'provincial', NULL, '630000', NULL),
	(3, 'department', 'department', 'authority', 'provincial', 1, '630000', NULL),
	(4, 'academy', 'academy', 'academy', 'provincial', NULL, '630000', NULL),
	(20, 'base', 'base', 'base', 'provincial', 3, '630000', 'national');
INSERT INTO ce_person (person_id, person_no, org_id) SELECT i, 'P' || i, 1 FROM generate_series(1, 50) i;
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status, reviewed_by, filed_by, filed_on) VALUES (1, 20, 'roads', 'online', '60', 'filed', 3, 1, '2020-01-02');
INSERT INTO ce_course (course, kind, plan_id, hours) VALUES ('urn:c', 'base_online', 1, '20');

-- values that belong somewhere else, or nowhere
CREATE TABLE fuzz_value (id integer PRIMARY KEY, value jsonb);
INSERT INTO fuzz_value SELECT row_number() OVER () - 1, v::jsonb FROM unnest(ARRAY['null', 'true', 'false', '0', '-1', '1', '2.5', '0.005', '1e400', '-1e-400', '9223372036854775807', '9223372036854775808', '92233720368547758.07',
	'""', '" "', '"P1"', '"P999"', '"1"', '"-1"', '"NaN"', '"Infinity"', '"infinity"', '"7.5"', '"7.555"', '"2020-05-01"', '"2020-02-30"', '"0000-00-00"', '"20200501"', '"2020-05-01 BC"', '"5874898-01-01"', '"-infinity"',
	'"2020-05-01T23:59:60Z"', '"2020-05-01T08:00:00+08:00"', '"2020-05-01T08:00:00"', '"2020-05-01T08:00:00+99:99"', '"PT1H"', '"PT"', '"P1Y"', '"-PT1H"', '"PT99999999999999999999H"', '"P1W2D"', '"PT1.5S"',
	'"verified"', '"submitted"', '"revoked"', '"training"', '"base_online"', '"academy_course"', '"patent"', '"academy"', '"office"', '"http://adlnet.gov/expapi/verbs/completed"', '"http://adlnet.gov/expapi/verbs/voided"',
	'"urn:c"', '[]', '{}', '[[]]', '{"a": {"b": [null]}}', '[null, 1, "x"]', '{"name": "P1"}', '{"id": 7}', '"\"; DROP TABLE ce_person; --"', '"%s%n$1\\\\"', '"\ufeff学时\u200b"', '"\ud83d\ude00"']) v;
INSERT INTO fuzz_value SELECT (SELECT count(*) FROM fuzz_value), to_jsonb(repeat('长', 70000));
INSERT INTO fuzz_value SELECT (SELECT count(*) FROM fuzz_value), (repeat('[', 500) || repeat(']', 500))::jsonb;
CREATE TABLE fuzz_seed (id integer PRIMARY KEY, record jsonb);
INSERT INTO fuzz_seed VALUES
	(0, '{"source_ref": "a", "person_no": "P1", "kind": "training", "title": "安全", "started_on": "2020-07-06", "completed_on": "2020-07-10", "days": 4.5, "travel_days": 0.5, "evidence": "通知"}'),
	(1, '{"source_ref": "b", "person_id": 2, "kind": "academy_course", "completed_on": "2020-05-11", "hours": 12.5, "status": "verified", "verified_by_code": "academy", "verified_on": "2020-05-12"}'),
	(2, '{"source_ref": "c", "person_no": "P3", "kind": "base_online", "plan_id": 1, "completed_on": "2020-05-11", "hours": "20", "org_code": "office", "specialty": "roads", "note": "x"}'),
	(3, '{"id": "s", "actor": {"objectType": "Agent", "account": {"homePage": "https://lms.example", "name": "P4"}}, "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
		"object": {"id": "urn:c", "definition": {"name": {"zh-CN": "道路", "en": "roads"}, "extensions": {"urn:ce-hours:hours": 3}}}, "context": {"extensions": {"urn:ce-hours:plan_id": 1}},
		"result": {"duration": "PT1H30M", "completion": true, "success": true}, "timestamp": "2020-03-01T08:00:00+08:00"}'),
	(4, '{"id": "v", "actor": {"mbox": "mailto:a@lms.example"}, "verb": {"id": "http://adlnet.gov/expapi/verbs/voided"}, "object": {"objectType": "StatementRef", "id": "s1"}, "timestamp": "2020-03-02T08:00:00Z"}');

CREATE FUNCTION fuzz_any() RETURNS jsonb LANGUAGE sql VOLATILE AS $$ SELECT value FROM fuzz_value WHERE id = (SELECT floor(random() * (SELECT count(*) FROM fuzz_value))::integer) $$;

-- One change somewhere in a value.
CREATE FUNCTION fuzz_change(j jsonb) RETURNS jsonb LANGUAGE plpgsql VOLATILE AS $$
DECLARE
	k text;
	r double precision := random();
BEGIN
	IF jsonb_typeof(j) = 'object' AND r < 0.95 THEN
		SELECT key INTO k FROM jsonb_object_keys(j) key ORDER BY random() LIMIT 1;
		IF k IS NULL OR r < 0.1 THEN
			RETURN j || jsonb_build_object((ARRAY['hours', 'days', 'plan_id', 'person_id', 'status', 'verified_by', 'awarded', 'year', 'x', '', '学时'])[1 + floor(random() * 11)], fuzz_any());
		ELSIF r < 0.25 THEN
			RETURN j - k;
		ELSIF jsonb_typeof(j -> k) IN ('object', 'array') AND r < 0.8 THEN
			RETURN j || jsonb_build_object(k, fuzz_change(j -> k));
		END IF;
		RETURN j || jsonb_build_object(k, fuzz_any());
	END IF;
	RETURN fuzz_any();
END $$;

CREATE TABLE fuzz_outcome (outcome text PRIMARY KEY, n bigint, message text);

CREATE PROCEDURE fuzz_import(calls integer, records integer) LANGUAGE plpgsql AS $$
DECLARE
	batch jsonb;
	state text;
	said text;
BEGIN
	FOR i IN 1 .. calls LOOP
		SELECT jsonb_agg(CASE WHEN n % 3 = 0 THEN fuzz_change(fuzz_change(r)) ELSE fuzz_change(r) END) INTO batch
		  FROM (SELECT n, CASE WHEN record ? 'source_ref' THEN record || jsonb_build_object('source_ref', 'r' || floor(random() * 100000))
							   ELSE record || jsonb_build_object('id', 's' || floor(random() * 100000)) END AS r
				  FROM generate_series(1, records) n JOIN fuzz_seed ON id = n % 5) x;
		IF i % 50 = 0 THEN
			batch := fuzz_any();
		ELSIF i % 17 = 0 THEN
			batch := jsonb_build_object('statements', batch);
		END IF;
		BEGIN
			INSERT INTO fuzz_outcome AS o SELECT m.outcome, count(*), min(m.message) FROM ce_import('fuzz' || i % 7, batch) m GROUP BY 1
				ON CONFLICT (outcome) DO UPDATE SET n = o.n + excluded.n;
			-- half a file's work is thrown away now and then
			IF i % 5 = 0 THEN
				RAISE EXCEPTION USING ERRCODE = 'P0099';
			END IF;
		EXCEPTION WHEN OTHERS THEN
			GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, said = MESSAGE_TEXT;
			INSERT INTO fuzz_outcome AS o VALUES ('error ' || state, 1, said) ON CONFLICT (outcome) DO UPDATE SET n = o.n + 1;
		END;
		COMMIT;
	END LOOP;
END $$;

-- 9.4a: statements of learning platforms (xAPI), as they come
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

CREATE FUNCTION outcomes(records jsonb, source text DEFAULT 'lms') RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', source_ref, outcome), ', ' ORDER BY ord) FROM ce_import(source, records)
$$;
CREATE FUNCTION message(record jsonb, source text DEFAULT 'lms') RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(': ', outcome, message) FROM ce_import(source, record)
$$;
-- a statement that P1 completed a course, with members replaced
CREATE FUNCTION st(id text, more jsonb DEFAULT '{}', course text DEFAULT NULL) RETURNS jsonb LANGUAGE sql AS $$
	SELECT jsonb_build_object('id', id, 'actor', '{"objectType": "Agent", "account": {"homePage": "https://lms.example", "name": "P1"}}'::jsonb,
		'verb', '{"id": "http://adlnet.gov/expapi/verbs/completed"}'::jsonb,
		'object', jsonb_build_object('id', coalesce(course, 'https://lms.example/course/' || id)),
		'context', '{"extensions": {"urn:ce-hours:plan_id": 1}}'::jsonb,
		'result', '{"duration": "PT1H30M"}'::jsonb, 'timestamp', '2020-03-01T08:00:00+08:00') || more
$$;
CREATE FUNCTION void(id text, what text) RETURNS jsonb LANGUAGE sql AS $$
	SELECT jsonb_build_object('id', id, 'actor', '{"mbox": "mailto:admin@lms.example"}'::jsonb, 'verb', '{"id": "http://adlnet.gov/expapi/verbs/voided"}'::jsonb,
		'object', jsonb_build_object('objectType', 'StatementRef', 'id', what), 'timestamp', '2020-03-02T08:00:00Z')
$$;
CREATE FUNCTION stored(ref text) RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(' ', person_id, kind, plan_id, completed_on, hours, status) FROM ce_activity WHERE source_ref = ref
$$;
SELECT is(count(person(25)), 3::bigint, 'three persons') FROM generate_series(1, 3);
SELECT is(filed_plan(20, 'online', '60'), 1::bigint, 'a filed plan');

SELECT is(outcomes(st('a')), 'a new', '9.4a: a completed course');
SELECT is(stored('a'), '1 base_online 1 2020-03-01 2 submitted', 'AMB-12: 90 minutes are 2 class hours');
SELECT is(outcomes(st('a')), 'a unchanged', 'AMB-34: once');
SELECT alike(message(st('a', '{"result": {"duration": "PT1H"}}')), 'conflict: field "hours": activity % has ''2'', but this record has ''1.3''.%', 'AMB-34: with another duration it is a conflict');
SELECT is(outcomes(jsonb_build_object('statements', jsonb_build_array(st('b1'), st('b2')), 'more', '')), 'b1 new, b2 new', 'what a record store answers');
SELECT is(outcomes(st('c', '{"verb": {"id": "http://adlnet.gov/expapi/verbs/passed"}}')), 'c new', 'a passed course');
SELECT is(outcomes(st('d', '{"verb": {"id": "http://activitystrea.ms/schema/1.0/complete"}}')), 'd new', 'another spelling of completed');

-- one course, completed and passed
SELECT is(outcomes(jsonb_build_array(st('e1', '{}', 'urn:e'), st('e2', '{"verb": {"id": "http://adlnet.gov/expapi/verbs/passed"}}', 'urn:e'))), 'e1 new, e2 unchanged', 'AMB-34: completed and passed are one evidence');
SELECT alike(message(st('e3', '{}', 'urn:e')), 'unchanged: the course is already recorded for this year as activity % (statement "e1"); the same evidence counts once (AMB-34)', 'AMB-34: so is a third');
SELECT is(outcomes(st('e4', '{"actor": {"account": {"name": "P2"}}}', 'urn:e')), 'e4 new', 'somebody else''s is his');
SELECT is(outcomes(st('e5', '{"timestamp": "2021-03-01T08:00:00+08:00"}', 'urn:e')), 'e5 new', 'and another year''s is another');

-- the day is that of Asia/Shanghai (AMB-40)
SELECT is(outcomes(st('t' || n, jsonb_build_object('timestamp', at))) || ' ' || coalesce((SELECT completed_on::text FROM ce_activity WHERE source_ref = 't' || n), ''), 't' || n || ' ' || expected, 'AMB-40: ' || at)
FROM (VALUES (1, '2020-03-31T15:59:59.999Z', 'new '), (2, '2020-03-31T16:00:00Z', 'new '), (3, '2020-04-01T00:00:00+0800', 'new '),
	(4, '2019-12-31T23:30:00-10:00', 'new '), (5, '2020-02-29t10:00:00z', 'new '), (6, '2020-03-01T08:00+08', 'new '),
	(7, '2020-02-30T10:00:00Z', 'rejected '), (8, '2020-03-01T10:00:00', 'rejected '), (9, '2020-03-01', 'rejected '), (10, '2020-03-01T24:00:00Z', 'rejected '),
	(11, 'yesterday', 'rejected ')) v (n, at, expected);
SELECT results_eq($$SELECT source_ref, completed_on FROM ce_activity WHERE source_ref ~ '^t' ORDER BY 1$$,
	$$VALUES ('t1', date '2020-03-31'), ('t2', '2020-04-01'), ('t3', '2020-04-01'), ('t4', '2020-01-01'), ('t5', '2020-02-29'), ('t6', '2020-03-01')$$, 'AMB-40: the days');
SELECT is(outcomes(st('t12', '{"timestamp": null}') - 'timestamp' || '{"stored": "2020-05-01T00:00:00Z"}'), 't12 new', 'without a timestamp that of the store');
SELECT alike(message(st('t13') - 'timestamp'), 'rejected: stored: "" is not a point in time%', 'without both it is refused');

-- durations (AMB-12): 45 minutes a class hour, one decimal, never rounded up
SELECT is(outcomes(st('u' || n, jsonb_build_object('result', jsonb_build_object('duration', duration)))), 'u' || n || ' ' || expected, 'duration ' || duration)
FROM (VALUES (1, 'PT45M', 'new'), (2, 'PT44M59.99S', 'new'), (3, 'P1DT30M', 'new'), (4, 'PT1.5H', 'new'), (5, 'PT16559.14S', 'new'), (7, 'PT4M30S', 'new'), (8, 'PT4M29S', 'rejected'),
	(9, '-PT1H', 'rejected'), (10, 'PT-1H', 'rejected'), (11, 'P1Y', 'rejected'), (12, 'P1M', 'rejected'), (13, 'PT', 'rejected'), (14, 'P', 'rejected'), (15, 'PT1H1D', 'rejected'),
	(16, '1:30', 'rejected'), (17, 'PT1M1H', 'rejected'), (18, 'PT1.5H30M', 'rejected'), (19, 'PT99999999999H', 'rejected'), (20, '', 'rejected'), (21, 'PT1H1H', 'rejected'), (22, 'P0D', 'rejected'), (23, 'P1DT', 'rejected')) v (n, duration, expected);
SELECT results_eq($$SELECT source_ref, hours::numeric FROM ce_activity WHERE source_ref ~ '^u' ORDER BY 1$$,
	$$VALUES ('u1', 1.0), ('u2', 0.9), ('u3', 32.6), ('u4', 2.0), ('u5', 6.1), ('u7', 0.1)$$, 'AMB-12: their class hours');
SELECT alike(message(st('u9', '{"result": {"duration": "-PT1H"}}')), 'rejected: result.duration: "-PT1H" is not a non-negative ISO 8601 duration%', 'negative time is refused with its reason');
SELECT alike(message(st('u8', '{"result": {"duration": "PT4M29S"}}')), 'rejected: result.duration is less than a tenth of a class hour (AMB-12)%', 'so is next to nothing');
SELECT is((SELECT note FROM ce_activity WHERE source_ref = 'u1'), 'AMB-12: PT45M / 45 min', 'AMB-12: how a duration was converted is noted');
SELECT throws_ok('SET ce_hours.class_minutes = 60', '55P02', 'setting "ce_hours.class_minutes" no longer exists', 'AMB-12: no session says how long a class hour is');
SELECT alike(error_of('SET ce_hours.class_minutes = 60'), '% Set column class_minutes of the law''s row in table ce_requirement.', 'AMB-12: the way out is named');
SELECT lives_ok('RESET ce_hours.class_minutes', 'AMB-12: what was never set is reset');
SELECT is(after('UPDATE ce_requirement SET class_minutes = 60 WHERE scheme = ''general'' AND from_year = 2020', 'concat_ws(''; '', outcomes(st(''u30'')), stored(''u30''))'),
	'u30 new; 1 base_online 1 2020-03-01 1.5 submitted', 'AMB-12: the law says, by the year');
SELECT is(after('UPDATE ce_requirement SET class_minutes = 60 WHERE scheme = ''general'' AND from_year = 2016', 'concat_ws(''; '', outcomes(st(''u31'')), stored(''u31''))'), 'u31 new; 1 base_online 1 2020-03-01 2 submitted', 'AMB-12: another year''s does not');
SELECT is(after('SELECT ce_clone_scheme(''general'', ''other''); UPDATE ce_requirement SET class_minutes = 30 WHERE scheme = ''other''; UPDATE ce_person SET scheme = ''other'' WHERE person_id = 1', 'concat_ws(''; '', outcomes(st(''u32'')), stored(''u32''))'),
	'u32 new; 1 base_online 1 2020-03-01 3 submitted', 'AMB-12: and by the person''s scheme');
SELECT alike(after('DELETE FROM ce_requirement WHERE scheme = ''general'' AND from_year = 2020; UPDATE ce_requirement SET to_year = 2019 WHERE scheme = ''general''', 'message(st(''u33''))'), 'rejected: result.duration cannot be converted: ce_requirement has no row for the person''s scheme in 2020%(AMB-12)%', 'AMB-12: a year without a row has no class hour');
SELECT throws_ok('UPDATE ce_requirement SET class_minutes = 0', '23514', NULL, 'a class hour has minutes');

-- what the course says
INSERT INTO ce_course (course, kind, plan_id, hours) VALUES ('urn:c1', 'base_online', 1, '30'), ('urn:c2', 'academy_course', NULL, NULL);
SELECT is(outcomes(st('k1', '{"context": {}}', 'urn:c1')) || '; ' || stored('k1'), 'k1 new; 1 base_online 1 2020-03-01 30 submitted', 'a course of ce_course: kind, plan and hours');
SELECT is(outcomes(st('k2', '{"context": {}, "result": {"duration": "PT9H"}}', 'urn:c2')) || '; ' || stored('k2'), 'k2 new; 1 academy_course 2020-03-01 12 submitted', '5.1: one of the academy, by its duration');
SELECT is(outcomes(st('k3', '{"actor": {"account": {"name": "P2"}}, "context": {"extensions": {"urn:ce-hours:hours": 7.25, "urn:ce-hours:plan_id": 1, "urn:ce-hours:kind": "base_online", "http://other/x": {"a": 1}}}}', 'urn:c2')) || '; ' || stored('k3'),
	'k3 new; 2 base_online 1 2020-03-01 7.25 submitted', 'what the statement says goes first; other extensions are let be');
SELECT is(outcomes(st('k4', '{"context": {}, "object": {"id": "urn:c4", "definition": {"name": {"en": "x", "zh-CN": "道路"}, "extensions": {"urn:ce-hours:plan_id": "1", "urn:ce-hours:specialty": "roads"}}}}')), 'k4 new', 'extensions of the course');
SELECT is((SELECT concat_ws(' ', title, specialty, evidence) FROM ce_activity WHERE source_ref = 'k4'), '道路 roads urn:c4', 'title in Chinese, specialty, and the course as evidence');
SELECT is(outcomes(st('k5', '{"object": {"id": "urn:c5", "definition": {"name": {"de": "<b>Straßen</b>"}}}}')), 'k5 new', 'a title in another language');
SELECT is((SELECT title FROM ce_activity WHERE source_ref = 'k5'), '<b>Straßen</b>', 'is taken where there is no other, HTML as it is');

-- refused
SELECT alike(message(st('x') || bad), 'rejected: ' || expected, description) FROM (VALUES
	('{"verb": {"id": "http://adlnet.gov/expapi/verbs/failed"}}'::jsonb, 'verb "http://adlnet.gov/expapi/verbs/failed" gives no hours%', 'failed'),
	('{"verb": "completed"}', 'verb "" gives no hours%', 'a verb that is none'),
	('{"id": null}', 'field "source_ref" is missing%', 'no id'),
	('{"actor": {"mbox": "mailto:a@b.cn"}}', 'actor: account.name is missing%', 'somebody by mail'),
	('{"actor": {"objectType": "Group", "account": {"name": "P1"}}}', 'actor: objectType "Group" is not that of a single person', 'a group'),
	('{"actor": {"account": {"name": "NOBODY"}}}', 'field "person_no": there is no person "NOBODY"%', 'an unknown person'),
	('{"object": {"objectType": "Agent", "id": "urn:x"}}', 'object is not an Activity with an id, so it does not say what was completed', 'an object that is no course'),
	('{"object": "urn:x"}', 'object is not an Activity with an id, so it does not say what was completed', 'an object that is a text'),
	('{"context": {}}', 'course "https://lms.example/course/x" is not in ce_course. Enter it there%', 'an unknown course'),
	('{"context": {"extensions": {"urn:ce-hours:plan": 1}}}', 'extension "urn:ce-hours:plan" does not exist; unknown extensions are not ignored%', 'a misspelt extension'),
	('{"context": {"extensions": {"urn:ce-hours:person_id": 2}}}', 'extension "urn:ce-hours:person_id" does not exist; unknown extensions are not ignored%', 'the person in an extension'),
	('{"context": {"extensions": {"urn:ce-hours:plan_id": 1, "urn:ce-hours:hours": "-3"}}}', 'field "hours": hours must not be negative%', 'negative hours'),
	('{"result": {"completion": false}}', 'result.completion is false%5.1, 5.2%', 'not completed'),
	('{"result": {"success": false, "duration": "PT1H"}}', 'result.success is false%', 'without success'),
	('{"result": {"success": "false"}}', 'result.success is neither true nor false%5.1, 5.2%', 'success that is a text'),
	('{"result": {"success": "true"}}', 'result.success is neither true nor false%', 'even if that says true'),
	('{"result": {"success": 0}}', 'result.success is neither true nor false%', 'success that is a number'),
	('{"result": {"completion": null}}', 'result.completion is neither true nor false%', 'completion that is null'),
	('{"result": "failed"}', 'result must be an object%', 'a result that is a text'),
	('{"result": [{"success": false}]}', 'result must be an object%', 'a result that is an array'),
	('{"result": null}', 'result must be an object%', 'a result that is null'),
	('{"context": ["urn:ce-hours:hours"]}', 'context must be an object%', 'a context that is no object'),
	('{"context": {"extensions": "urn:ce-hours:hours"}}', 'extensions must be an object%', 'extensions that are no object'),
	('{"object": {"id": "urn:x", "definition": 7}}', 'definition must be an object%', 'a definition that is no object'),
	('{"result": {"duration": 90}}', 'result.duration: "" is not a non-negative ISO 8601 duration%', 'a duration in minutes'),
	('{"result": {}}', 'the activity has no hours. Clause 5.2.1%', '5.2.1: no hours at all')) v (bad, expected, description);
SELECT is((SELECT count(*) FROM ce_activity WHERE source_ref = 'x'), 0::bigint, 'nothing of these was kept');

-- voided
SELECT is(message(void('v1', 'never came')), 'unchanged: nothing was withdrawn: no activity came from statement "never came" of source "lms", and the statement will be rejected if it arrives later', 'a voided statement that never came');
SELECT is(message(st('never came')), 'rejected: the statement was voided by statement "v1"', '9.4a: when it comes in a later call it is not taken');
SELECT is((SELECT count(*) FROM ce_activity WHERE source_ref = 'never came'), 0::bigint, '9.4a: nothing of it is kept');
SELECT is(outcomes(st('never came'), 'other'), 'never came new', '9.4a: another source''s statement is another one');
INSERT INTO ce_staging (source, source_ref, person_no, kind, plan_id, completed_on, hours) VALUES ('lms', 'never came', 'P1', 'base_online', '1', '2020-03-01', '2');
CALL ce_import_staged();
SELECT is((SELECT concat_ws(': ', outcome, message) FROM ce_staging), 'rejected: the statement was voided by statement "v1"', '9.4a: nor is it taken from a file');
SELECT alike(message(void('v2', 'a'), 'other'), 'unchanged: nothing was withdrawn: no activity came from statement "a" of source "other"%', 'another source''s is not withdrawn');
SELECT alike(message(void('v2', 'a')), 'withdrawn: activity % (statement "a")', 'a statement that waits is withdrawn');
SELECT alike((SELECT concat_ws(' ', status, reviewed_by, note) FROM ce_activity WHERE source_ref = 'a'), 'rejected 25 voided: lms v2', '7.4: by the usual way, with the reason');
SELECT alike((SELECT concat_ws(' ', from_status, to_status, by_org, note) FROM ce_event WHERE to_status = 'rejected'), 'submitted rejected 25 voided: lms v2%', '7.4: and it is in the log');
SELECT alike(message(void('v2', 'a')), 'unchanged: activity % has status "rejected"', 'AMB-34: once');
SELECT alike(message(st('a')), 'unchanged: activity % has status "rejected"', 'the statement itself does not come back');
SELECT is(outcomes(jsonb_build_array(st('w1'), void('w2', 'w1'), st('w1'))), 'w1 new, w2 withdrawn, w1 unchanged', 'voided in the same call');
SELECT is(outcomes(jsonb_build_array(void('w4', 'w3'), st('w3'))), 'w4 unchanged, w3 rejected', 'a store sends the newest first');
SELECT is(outcomes(jsonb_build_array(st('y1', '{}', 'urn:y'), void('y2', 'y1'), st('y3', '{}', 'urn:y'))), 'y1 new, y2 withdrawn, y3 new', 'a course voided and stated anew is one');
SELECT is(outcomes(st('z', '{"context": {}, "result": {"duration": "PT9H"}, "timestamp": "2021-05-01T00:00:00Z"}', 'urn:c2')), 'z new', 'a course of the academy');
SELECT is((SELECT outcome FROM ce_import('lms', void('z2', 'z'))), 'withdrawn', '5.1: withdrawn in the academy''s name');
SELECT is((SELECT reviewed_by FROM ce_activity WHERE source_ref = 'z'), 4::bigint, '5.1: which is in the log');
SELECT is((SELECT string_agg(status::text, ',') FROM ce_verify(ARRAY[(SELECT activity_id FROM ce_activity WHERE source_ref = 'c')], 25, '2020-06-01')), 'in_review', 'one is in review');
SELECT is((SELECT string_agg(status::text, ',') FROM ce_verify(ARRAY[(SELECT activity_id FROM ce_activity WHERE source_ref = 'd')], 25, '2020-06-01')), 'in_review', 'and another');
SELECT is((SELECT string_agg(status::text, ',') FROM ce_verify(ARRAY[(SELECT activity_id FROM ce_activity WHERE source_ref = 'd')], 2, '2020-06-01')), 'verified', 'which is verified');
SELECT is(outcomes(void('v3', 'c')), 'v3 withdrawn', '7.4a: what is in review is withdrawn in the name of the next body');
SELECT is((SELECT reviewed_by FROM ce_activity WHERE source_ref = 'c'), 2::bigint, '7.4a: which is in the log');
SELECT alike(message(void('v4', 'd')), 'conflict: activity % (statement "d") is verified already. Verified hours stand until a body revokes them with ce_revoke() (7.4b, 6.2d).', '7.4b: verified hours stand');
SELECT alike(message(void('v5', 'd') || '{"object": {"id": "d"}}'), 'rejected: object is not a StatementRef with an id%', 'a voiding that names nothing');
-- statements are UUIDs, whose letters are the same in either case (RFC 4122)
SELECT is(outcomes(st('AAAAAAAA-0000-4000-8000-00000000000A', '{}', 'urn:uuid')), 'aaaaaaaa-0000-4000-8000-00000000000a new', 'RFC 4122: a statement in capitals');
SELECT is(outcomes(st('aaaaaaaa-0000-4000-8000-00000000000A', '{}', 'urn:uuid')), 'aaaaaaaa-0000-4000-8000-00000000000a unchanged', 'RFC 4122: is the same in other letters');
SELECT alike(message(void('uv1', 'AAAAAAAA-0000-4000-8000-00000000000a')), 'withdrawn: %', 'RFC 4122: and voided in others');
SELECT is(outcomes(st('AAAAAAAA-0000-4000-8000-00000000000A', '{}', 'urn:uuid')), 'aaaaaaaa-0000-4000-8000-00000000000a unchanged', '9.4a: it does not come back in capitals');
SELECT alike(message(void('uv2', 'BBBBBBBB-0000-4000-8000-00000000000B')), 'unchanged: nothing was withdrawn: no activity came%', 'RFC 4122: voided before it comes');
SELECT is(message(st('bbbbbbbb-0000-4000-8000-00000000000b')), 'rejected: the statement was voided by statement "uv2"', 'RFC 4122: in other letters');
UPDATE ce_staging SET source_ref = 'bbbbbbbb-0000-4000-8000-00000000000B', outcome = NULL;
CALL ce_import_staged();
SELECT is((SELECT outcome FROM ce_staging), 'rejected', 'RFC 4122: also from a file');
DELETE FROM ce_staging;
INSERT INTO ce_activity (person_id, kind, plan_id, completed_on, hours, source, source_ref) VALUES (1, 'base_online', 1, '2020-03-01', '2', 'lms', 'CCCCCCCC-0000-4000-8000-00000000000C');
SELECT alike(message(void('uv3', 'cccccccc-0000-4000-8000-00000000000c')), 'withdrawn: %', 'RFC 4122: one that an earlier version kept in capitals');
SELECT is(outcomes(jsonb_build_object('source_ref', 'DDDDDDDD-0000-4000-8000-00000000000D', 'person_no', 'P1', 'kind', 'base_online', 'plan_id', 1, 'completed_on', '2020-03-01', 'hours', 2)), 'DDDDDDDD-0000-4000-8000-00000000000D new', 'a record of another system keeps its spelling');

-- one course, completed and passed: what was taken back does not return by the other one (AMB-34)
CREATE FUNCTION pair(name text, who text DEFAULT 'P1', day text DEFAULT '2020-07-01') RETURNS jsonb LANGUAGE sql AS $$
	SELECT jsonb_agg(st(name || v, jsonb_build_object('verb', jsonb_build_object('id', 'http://adlnet.gov/expapi/verbs/' || v), 'timestamp', day || 'T08:00:00+08:00',
		'actor', jsonb_build_object('account', jsonb_build_object('name', who))), 'urn:pair/' || name) ORDER BY v) FROM unnest(ARRAY['completed', 'passed']) v
$$;
CREATE FUNCTION activity(ref text) RETURNS bigint LANGUAGE sql AS $$ SELECT activity_id FROM ce_activity WHERE source = 'lms' AND source_ref = ref $$;
SELECT is(outcomes(pair('r-')), 'r-completed new, r-passed unchanged', 'AMB-34: a pair');
SELECT is((SELECT string_agg(status::text, ',') FROM ce_reject(ARRAY[activity('r-completed')], 25, 'somebody else')), 'rejected', '7.4: is rejected');
SELECT alike((SELECT string_agg(concat_ws(': ', outcome, message), '; ' ORDER BY ord) FROM ce_import('lms', pair('r-'))),
	'unchanged: activity % has status "rejected"; unchanged: the course is already recorded for this year: activity % (statement "r-completed") has status "rejected", and another statement does not restore it (AMB-34)', 'AMB-34: the same feed again brings nothing back');
SELECT is(outcomes(st('r-third', '{"timestamp": "2020-07-01T09:00:00+08:00"}', 'urn:pair/r-')), 'r-third unchanged', 'AMB-34: nor does a third statement');
SELECT is(outcomes(pair('s-') -> 0), 's-completed new', 'the first of a pair alone');
SELECT is((SELECT string_agg(status::text, ',') FROM ce_verify(ARRAY[activity('s-completed')], 25, '2020-08-01')), 'in_review', 'is reviewed');
SELECT is((SELECT string_agg(status::text, ',') FROM ce_verify(ARRAY[activity('s-completed')], 2, '2020-08-01')), 'verified', 'and verified');
SELECT is((SELECT string_agg(status::text, ',') FROM ce_revoke(ARRAY[activity('s-completed')], 2, 'somebody else', '2020-09-01')), 'revoked', '6.2d: and revoked');
SELECT is(outcomes(pair('s-')), 's-completed unchanged, s-passed unchanged', 'AMB-34: the second one, never heard of before, brings nothing back');
SELECT is((SELECT count(*) FROM ce_activity WHERE evidence = 'urn:pair/s-' AND status <> 'revoked'), 0::bigint, '6.2d: nothing of it counts or waits');
SELECT is(outcomes(st('s-later', '{"timestamp": "2020-10-01T08:00:00+08:00"}', 'urn:pair/s-')), 's-later new', 'AMB-34: the course taken after the revocation is another evidence');
SELECT is(outcomes(pair('t-')), 't-completed new, t-passed unchanged', 'AMB-34: another pair');
SELECT alike(message(void('tv1', 't-passed')), 'unchanged: nothing was withdrawn: statement "t-passed" repeats activity %, which came from statement "t-completed" and has status "submitted"', 'the second of a pair voided: the first one stands');
SELECT is(outcomes(pair('t-')), 't-completed unchanged, t-passed rejected', 'the second one is known as voided');
SELECT alike(message(void('tv2', 't-completed')), 'withdrawn: activity % (statement "t-completed")', 'the first one, too');
SELECT is(outcomes(pair('t-')), 't-completed unchanged, t-passed rejected', '9.4a: nothing comes back');
SELECT is(message((pair('t-') -> 0) || '{"result": {"duration": "PT3H"}}'), 'rejected: the statement was voided by statement "tv2"', '9.4a: nor corrected, since the platform itself took it back');
SELECT is(outcomes((pair('r-') -> 0) || '{"result": {"duration": "PT3H"}}'), 'r-completed new', 'AMB-34: what a body rejected is a new try when it comes corrected');
SELECT alike(message(pair('r-') -> 1), 'unchanged: the course is already recorded for this year%', 'AMB-34: which the other statement of the course is not');
SELECT is(outcomes(pair('s-')), 's-completed unchanged, s-passed unchanged', '6.2d: what was revoked still does not return');
SELECT is(outcomes((pair('s-') -> 0) || '{"result": {"duration": "PT3H"}}'), 's-completed conflict', '6.2d: nor corrected');
SELECT is(outcomes(pair('u-')), 'u-completed new, u-passed unchanged', 'AMB-34: one more pair');
SELECT alike(message(void('uv9', 'u-completed')), 'withdrawn: %', 'whose first statement is voided');
SELECT alike(message(pair('u-') -> 1), 'unchanged: the course is already recorded for this year: activity % (statement "u-completed") has status "rejected"%', '9.4a: the second one, heard of before, brings nothing back');
DELETE FROM ce_activity WHERE source_ref = 'u-completed';
SELECT is(outcomes(pair('u-') -> 0), 'u-completed rejected', '9.4a: nor the voided one when its row is gone');

-- more of what a platform may send
SELECT is(outcomes(st('s' || n, jsonb_build_object('timestamp', at))), 's' || n || ' ' || expected, 'AMB-40: ' || at)
FROM (VALUES (1, '2020-03-01 08:00:00,5+08:00', 'new'), (2, '2020-03-01T00:00:00+15:00', 'new'), (3, '2020-02-01T00:30:00+09', 'new'), (4, '2020-12-31T23:59:60Z', 'new'), (5, '2020-03-01T00:00:00-00:00', 'new'), (6, '2020-12-31T15:59:60Z', 'new'),
	(11, '2020-03-01T00:00:00+16:00', 'rejected'), (12, '2020-03-01T00:00:00+08:60', 'rejected'), (13, '2020-03-01T00:00:00+8', 'rejected'), (14, '2020-03-01T00:00:00+08:0', 'rejected'), (15, '2020-03-01T00:00:00+08:000', 'rejected'), (16, '2020-03-01T00:00:00Z x', 'rejected'),
	(17, '2020-03-01T8:00:00Z', 'rejected'), (18, '2020-03-01T08', 'rejected'), (19, '2020-03-01T08:0', 'rejected'), (20, '2020-03-01T08:00:0Z', 'rejected'), (21, '2020-03-01T08:60:00Z', 'rejected'), (22, '2020-03-01T08:00:61Z', 'rejected'), (23, '2020-03-01T08:00:00', 'rejected'),
	(24, '0000-03-01T08:00:00Z', 'rejected'), (25, '2020-00-01T08:00:00Z', 'rejected'), (26, '2020-13-01T08:00:00Z', 'rejected'), (27, '2020-03-00T08:00:00Z', 'rejected'), (28, '2019-02-29T08:00:00Z', 'rejected'), (29, '202-03-01T08:00:00Z', 'rejected'),
	(31, '2020-03/01T08:00:00Z', 'rejected'), (32, '20-03-01T08:00:00Z', 'rejected'), (33, '2020-03T08:00:00Z', 'rejected'), (34, '2020-03-01X08:00:00Z', 'rejected'), (35, '2020-03-01T08.00:00Z', 'rejected')) v (n, at, expected);
SELECT results_eq($$SELECT source_ref, completed_on FROM ce_activity WHERE source_ref ~ '^s\d$' ORDER BY 1$$,
	$$VALUES ('s1', date '2020-03-01'), ('s2', '2020-02-29'), ('s3', '2020-01-31'), ('s4', '2021-01-01'), ('s5', '2020-03-01'), ('s6', '2021-01-01')$$, 'AMB-40: these days, a leap second among them');
SELECT is(outcomes(st('dur' || n, jsonb_build_object('result', jsonb_build_object('duration', duration)))), 'dur' || n || ' ' || expected, 'duration ' || duration)
FROM (VALUES (1, 'PT0.75000000001H', 'new'), (2, 'PT0,75H', 'new'), (3, 'p0dt45m', 'new'), (4, 'PT1.H', 'rejected'), (5, 'PT1.', 'rejected'), (6, 'PT.5H', 'rejected'), (7, 'PT100000001S', 'rejected'), (8, 'P1W1', 'rejected'), (9, 'PTT1H', 'rejected'), (10, 'P1H', 'rejected'), (11, 'PT1W', 'rejected')) v (n, duration, expected);
SELECT results_eq($$SELECT source_ref, hours::numeric FROM ce_activity WHERE source_ref ~ '^dur' ORDER BY 1$$, $$VALUES ('dur1', 1.0), ('dur2', 1.0), ('dur3', 1.0)$$, 'AMB-12: these class hours');
SELECT is(outcomes(st('name' || n, jsonb_build_object('object', jsonb_build_object('id', 'urn:n' || n, 'objectType', 'Activity', 'definition', jsonb_build_object('name', name))))), 'name' || n || ' ' || expected, 'a title ' || name::text)
FROM (VALUES (1, '{}'::jsonb, 'new'), (2, '{"fr": 7}', 'new'), (3, '{"en": 7, "fr": "routes"}', 'new'), (4, '"roads"', 'new'), (5, '{"fr": "routes"}', 'new')) v (n, name, expected);
SELECT results_eq($$SELECT source_ref, title FROM ce_activity WHERE source_ref ~ '^name' ORDER BY 1$$, $$VALUES ('name1', NULL), ('name2', NULL), ('name3', NULL), ('name4', NULL), ('name5', 'routes')$$, 'a title is a text, of the first language where no other is preferred');
SELECT alike(message(st('x') || bad), 'rejected: ' || expected, description) FROM (VALUES
	('{"result": {"completion": true, "success": true}}'::jsonb, 'the activity has no hours.%', 'completed with success'),
	('{"verb": {"id": 7}}', 'verb "" gives no hours%', 'a verb that is a number'), ('{"actor": {"account": {"name": 7}}}', 'actor: account.name is missing%', 'a name that is a number'),
	('{"context": {"extensions": {"urn:ce-hours:plan_id": 1, "urn:ce-hours:person_no": "P2"}}}', 'extension "urn:ce-hours:person_no" does not exist; unknown extensions are not ignored%', 'another person''s number'), ('{"context": {"extensions": {"urn:ce-hours:plan_id": 1, "urn:ce-hours:completed_on": "2020-01-01"}}}', 'extension "urn:ce-hours:completed_on" does not exist; unknown extensions are not ignored%', 'another day'),
	('{"context": {"extensions": {"urn:ce-hours:": 1}}}', 'extension "urn:ce-hours:" does not exist; unknown extensions are not ignored%', 'an extension without a name')) v (bad, expected, description);
SELECT is(outcomes(st('null-time', '{"timestamp": null, "stored": "2020-03-01T08:00:00+08:00", "result": {"duration": null}, "context": {"extensions": {"urn:ce-hours:plan_id": 1, "urn:ce-hours:hours": "２学时", "urn:ce-hours:note": null}}}')), 'null-time new', 'members that are null are as if they were not there');
SELECT is((SELECT concat_ws(' ', completed_on, hours) FROM ce_activity WHERE source_ref = 'null-time'), '2020-03-01 2', 'and fields of statements are read as everywhere');
SELECT is(message(st('blanks', '{"actor": {"account": {"name": "　P1 "}}}')), 'new: field "person_no": read "　P1 " as "P1"', 'blanks of full width around a number');
SELECT alike(message(st('x', '{"context": {"extensions": {"urn:ce-hours:plan_id": 1, "urn:ce-hours:hours": "2小时"}}}')), 'rejected: field "hours": "2小时" is time by the clock and not class hours. %', 'hours of the clock are none');
SELECT alike(message(st('x', '{"actor": {}, "timestamp": "yesterday", "result": {"success": "yes", "duration": "P1M"}}')), E'rejected: actor: account.name is missing.%\ntimestamp: "yesterday" is not a point in time%\nresult.success is neither true nor false%\nresult.duration: "P1M" is not%', 'every fault of a statement in one round');
SELECT is((SELECT count(*) FROM ce_activity WHERE source_ref = 'x'), 0::bigint, 'nothing of these was kept');
SELECT is(outcomes(st('short', '{"context": {"extensions": {"urn:x": 1, "urn:ce-hours:plan_id": 1}}}')), 'short new', 'an extension with a short name is let be');
SELECT alike(message(bad), 'rejected: ' || expected, bad::text) FROM (VALUES
	('{"id": "q", "actor": {}}'::jsonb, 'field %'), ('{"id": "q", "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"}}', 'field %'),
	(void('v8', 'd') || '{"object": {"objectType": "Activity", "id": "d"}}', 'object is not a StatementRef with an id%'), (void('v8', 'd') || '{"object": {"objectType": "StatementRef"}}', 'object is not a StatementRef with an id%')) v (bad, expected);
-- who may not change what it sees withdraws nothing
CREATE ROLE regress_withdraws;
SELECT ce_grant('regress_withdraws', 25, 'record'), ce_grant('regress_withdraws', 25, 'verify');
CREATE POLICY kept ON ce_activity AS RESTRICTIVE FOR UPDATE TO regress_withdraws USING (source_ref <> 'k5');
SET ROLE regress_withdraws;
SELECT alike(message(void('v9', 'k5')), 'conflict: activity % was changed concurrently, or you may not change it', '7.1: what a policy keeps from being changed is not withdrawn');
SELECT alike(message(void('v9', 'k4')), 'withdrawn: activity % (statement "k4")', '7.4: the rest is');
RESET ROLE;
SELECT is((SELECT status::text FROM ce_activity WHERE source_ref = 'k5'), 'submitted', '7.1: and waits as before');
-- 5.3: frontline service is the provincial health commission's
SELECT is(outcomes(st('fl' || n, '{"context": {"extensions": {"urn:ce-hours:kind": "frontline"}}, "result": {}}')), 'fl' || n || ' new', '5.3: frontline service ' || n) FROM generate_series(1, 1) n;
SELECT is((SELECT outcome FROM ce_import('lms', void('flv', 'fl1'))), 'withdrawn', '5.3: is withdrawn');
SELECT is((SELECT reviewed_by FROM ce_activity WHERE source_ref = 'fl1'), 5::bigint, '5.3: in the name of the provincial health commission');
-- in whose name the academy's are withdrawn, where there is none or more than one
SELECT is(outcomes(st('aa' || n, '{"context": {}, "result": {"duration": "PT9H"}, "timestamp": "2020-05-01T00:00:00Z"}', 'urn:c2' || n)), 'aa' || n || ' new', 'another course of the academy') FROM (SELECT 1 AS n) v,
	LATERAL (SELECT error_of(format('INSERT INTO ce_course (course, kind) VALUES (%L, ''academy_course'')', 'urn:c2' || n)) AS e OFFSET 0) c WHERE e = 'no error';
INSERT INTO ce_org (org_id, code, name, kind, admin_level, region_code) VALUES (7, 'academy2', 'another academy', 'academy', 'prefecture', '630100');
SELECT alike(after('UPDATE ce_org SET kind = ''authority'' WHERE kind = ''academy''', 'message(void(''aaw'', ''aa1''))'), 'rejected: %', '5.1: where there is no academy nobody withdraws');
SELECT is((SELECT status::text FROM ce_activity WHERE source_ref = 'aa1'), 'submitted', '5.1: and nothing is withdrawn');
SELECT alike(after('UPDATE ce_org SET parent_id = NULL WHERE org_id IN (25, 2)', 'message(void(''aax'', ''b1''))'), 'rejected: %', '7.4a: nor where the chain has no end');
SELECT alike(message(void('aav', 'aa1')), 'withdrawn: activity % (statement "aa1")', '5.1: of two academies the first''s name is taken');
SELECT is((SELECT reviewed_by FROM ce_activity WHERE source_ref = 'aa1'), 4::bigint, '5.1: which is in the log');
SELECT is_empty('SELECT * FROM ce_check()', 'the ledger is sound');

SELECT * FROM finish();
ROLLBACK;

-- 7: filing, verification, archive
BEGIN;
\ir lib/ledger.psql
SELECT plan(49);

CREATE FUNCTION submitted_plan(org bigint) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status) VALUES (nextval('plan_seq'), org, 'course', 'online', '90', 'submitted') RETURNING plan_id
$$;
-- files a plan by one body after the other, and tells how far it came
CREATE FUNCTION file(plan bigint, VARIADIC bodies bigint[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	body bigint;
BEGIN
	FOREACH body IN ARRAY bodies LOOP
		PERFORM ce_file(ARRAY[plan], body, '2020-06-30');
	END LOOP;
	RETURN (SELECT status FROM ce_plan WHERE plan_id = plan);
EXCEPTION WHEN integrity_constraint_violation OR object_not_in_prerequisite_state THEN
	RETURN SQLSTATE;
END $$;

-- 7.2a-c
SELECT is(file(submitted_plan(org), 10, 1), 'filed', format('7.2a: %s: the department above reviews, the HRSS office of the province files', org)) FROM unnest('{20,21,22}'::bigint[]) org;
SELECT is(file(submitted_plan(23), 11, 2), 'filed', '7.2a: a hospital of a prefecture: its bureau, then the office of the prefecture');
SELECT is(file(submitted_plan(10), 1, 1), 'filed', '7.2a: a department: the body above it');
SELECT is(file(submitted_plan(20), 10), 'reviewed', '7.2a: a review is not yet a filing');
SELECT is(file(submitted_plan(20), 20), '23514', '7.2a: nobody reviews his own');
SELECT is(file(submitted_plan(20), 10, 2), '23514', '7.2a: the office of another level does not file it');
SELECT is(file(submitted_plan(23), 11, 1), '23514', '7.2a: nor the one above');
SELECT is(file(submitted_plan(org), 2), 'filed', format('7.2b: %s: the office of the place of registration, no review', org)) FROM unnest('{25,26}'::bigint[]) org;
SELECT is(file(submitted_plan(25), 1), '23514', '7.2b: not the office of the province');
SELECT is(file(submitted_plan(org), 1), 'filed', format('7.2c: %s: the office of the province, no review', org)) FROM unnest('{27,28}'::bigint[]) org;
SELECT is(file(submitted_plan(org), 2), '23514', format('7.2c: %s: not that of the prefecture', org)) FROM unnest('{27,28}'::bigint[]) org;

-- 7.2d
CREATE FUNCTION course(p bigint, plan bigint) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_activity (person_id, kind, plan_id, completed_on, hours) VALUES (p, 'base_online', plan, '2020-03-31', '90') RETURNING activity_id
$$;
CREATE TEMP TABLE unfiled AS SELECT p, plan, course(p, plan) AS id FROM (SELECT person(22) AS p, submitted_plan(20) AS plan) s;
SELECT throws_ok(format('SELECT ce_verify(''{%s}'', 22, ''2020-07-10'')', id), '55000', NULL, '7.2d: hours of an unfiled course are not verified (case 16)') FROM unfiled;
SELECT throws_ok(format('UPDATE ce_activity SET status = ''verified'', verified_by = 22, verified_on = ''2020-07-10'' WHERE activity_id = %s', id), '55000', NULL,
	'7.2d: nor by UPDATE, not even of a superuser') FROM unfiled;
SELECT throws_ok(format('INSERT INTO ce_activity (person_id, kind, plan_id, completed_on, hours, status, verified_by, verified_on) VALUES (%s, ''base_online'', %s, ''2020-03-31'', ''90'', ''verified'', 22, ''2020-07-10'')', p, plan),
	'55000', NULL, '7.2d: nor by INSERT') FROM unfiled;
SELECT is(ask(give_public(p, '45'), 'junior'), 'pending', '10.4: hours that wait on a plan not yet filed may still come') FROM unfiled;
SELECT lives_ok(format('SELECT ce_file(''{%s}'', 10), ce_file(''{%s}'', 1, ''2020-07-10'')', plan, plan), '7.2d: filed on 2020-07-10, after it was due: accepted (case 16)') FROM unfiled;
SELECT throws_ok(format('SELECT ce_verify(''{%s}'', 22, ''2020-07-09'')', id), '55000', NULL, '7.2d: verified the day before: refused') FROM unfiled;
SELECT lives_ok(format('SELECT ce_verify(''{%s}'', 22, ''2020-07-10'')', id), '7.2d: on the day of filing: verified') FROM unfiled;
SELECT is(ask(p, 'junior'), 'eligible', '7.2d: and counts') FROM unfiled;

-- 7.3a
CREATE FUNCTION training(p bigint, evidence text DEFAULT 'document') RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours, evidence) VALUES (p, 'training', '2020-05-11', '2020-05-15', '90', evidence) RETURNING activity_id
$$;
SELECT lives_ok(format('SELECT ce_verify(''{%s}'', 22)', training(person(22))), '7.3a: what staff attend elsewhere needs no plan');
SELECT throws_ok(format('SELECT ce_verify(''{%s}'', 22)', training(person(22), NULL)), '23502', NULL, '7.3a: but evidence');
SELECT throws_ok(format('SELECT ce_verify(''{%s}'', 22)', training(person(22), ' ')), '23502', NULL, '7.3a: that says something');

-- 7.3b-d, 7.4b
SELECT throws_ok(format('INSERT INTO ce_activity (person_id, kind, completed_on) VALUES (%s, ''award'', ''2020-05-15'')', person()), '23514', NULL, '7.3b: innovation is not submitted');
CREATE TEMP TABLE inventor AS
	SELECT achieve(give_professional(give_public(person(held => 'intermediate', held_since => '2018-01-01'), '45'), '30'),
		'{"kind": "invention_patent", "rank": 2, "achieved_on": "2020-05-15"}') AS p;
SELECT is(ask(p, 'junior'), 'eligible', '7.3d: 30 in the archive + 60 for a patent make the title (case 21)') FROM inventor;
SELECT ok(NOT met(p, 2020), '7.3b: the archive is not met (case 21)') FROM inventor;
SELECT ok(met_for_title(p, 2020), '7.3d: for a title it is') FROM inventor;
SELECT results_eq(format('SELECT professional_hours, attested_hours, professional_short FROM ce_yearly_totals WHERE person_id = %s AND year = 2020', p), 'VALUES (30.0, 60.0, 60.0)',
	'AMB-28: the archive''s figure and the attested hours stand side by side (case 21)') FROM inventor;
SELECT is(ask(achieve(give_professional(give_public(person(held => 'junior', held_since => '2018-01-01'), '45'), '29'), '{"kind": "invention_patent", "rank": 2, "achieved_on": "2020-05-15"}'), 'junior'),
	'not_eligible', '7.3d: 29 + 60 do not');
SELECT is(ask(achieve(give_professional(give_public(person(held => 'junior', held_since => '2018-01-01'), '44'), '90'), '{"kind": "invention_patent", "rank": 2, "achieved_on": "2020-05-15"}'), 'junior'),
	'not_eligible', '7.3d: innovation never gives public hours (AMB-28)');

-- 7.4
CREATE FUNCTION verify(activity bigint, VARIADIC bodies bigint[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	body bigint;
BEGIN
	FOREACH body IN ARRAY bodies LOOP
		PERFORM ce_verify(ARRAY[activity], body, '2020-05-20');
	END LOOP;
	RETURN (SELECT status FROM ce_activity WHERE activity_id = activity);
EXCEPTION WHEN integrity_constraint_violation OR object_not_in_prerequisite_state THEN
	RETURN SQLSTATE;
END $$;
SELECT is(verify(training(person(23)), 23, 11, 2), 'verified', '7.4a: level by level: hospital, bureau, office');
SELECT is(verify(training(person(23)), 23, 11), 'in_review', '7.4a: two of three are not all');
SELECT is(verify(training(person(23)), 23, 2), '55000', '7.4a: no level is left out');
SELECT is(verify(training(person(23)), 11, 23, 2), '55000', '7.4a: nor are they exchanged');
SELECT is(verify(training(person(23)), 2), '55000', '7.4a: nor does the last one act alone');
SELECT is(verify(training(person(25)), 25, 2), 'verified', '7.4a: the chain ends at the first HRSS office');
SELECT is(verify(training(person(25)), 25, 2, 1), '55000', '7.4a: and does not go on');
CREATE TEMP TABLE waits AS SELECT p, training(p) AS id FROM (SELECT give_public(person(23), '45') AS p) s;
SELECT is(verify(id, 23), 'in_review', '7.4b: in review') FROM waits;
SELECT is(ask(p, 'junior'), 'pending', '7.4b: only verified hours count: pending (case 17)') FROM waits;
SELECT is((SELECT professional_hours FROM ce_yearly_totals WHERE person_id = p AND year = 2020), 0.0, '7.4b: nothing in the archive') FROM waits;
SELECT is(verify(id, 11, 2), 'verified', '7.4b: the rest of the chain') FROM waits;
SELECT is(ask(p, 'junior'), 'eligible', '7.4b: makes it count') FROM waits;

-- 7.5
SELECT is(verify(training(person(22)), 22), 'verified', '7.5: a self-verifying unit verifies in one step (case 17)');
SELECT is(verify(training(person(22)), 10), '55000', '7.5: and nobody for it');
SELECT is(verify(training(person(23)), 23), 'in_review', '7.5: another unit does not (case 17)');

SELECT * FROM finish();
ROLLBACK;

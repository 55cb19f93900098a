-- 7: filing, verification, archive
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

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

-- the way of a plan
SELECT alike(error_of(format('UPDATE ce_plan SET status = %L WHERE plan_id = %s', to_status, plan)), format('55000 plan %s cannot change from status "%s" to "%s" | Clause 7.2: %%', plan, from_status, to_status), format('7.2: not from %s to %s', from_status, to_status))
FROM (SELECT nextval('plan_seq') AS plan) n, LATERAL (SELECT error_of(format('INSERT INTO ce_plan (plan_id, org_id, title, mode, hours) VALUES (%s, 20, ''x'', ''online'', ''5'')', plan)) AS made) m,
	(VALUES ('draft', 'reviewed'), ('draft', 'filed'), ('draft', 'rejected')) v (from_status, to_status) WHERE made = 'no error';
SELECT alike(error_of(format('UPDATE ce_plan SET status = %L WHERE plan_id = %s', to_status, plan)), format('55000 plan %s cannot change from status "reviewed" to "%s" | Clause 7.2: %%', plan, to_status), '7.2: nor from reviewed to ' || to_status)
FROM (SELECT submitted_plan(20) AS plan) n, LATERAL (SELECT file(plan, 10) AS came) f, unnest('{draft,submitted}'::text[]) to_status WHERE came = 'reviewed';
SELECT is(error_of(format('DELETE FROM ce_plan WHERE plan_id = %s', plan)), format('23001 reviewed plan %s cannot be deleted | Clause 7.2a: a plan is filed as it was reviewed. | Have it rejected first, by the body whose turn it is.', plan), '7.2a: a reviewed plan is not deleted')
FROM (SELECT submitted_plan(20) AS plan) n, LATERAL (SELECT file(plan, 10) AS came) f WHERE came = 'reviewed';
SELECT is(error_of(format('DELETE FROM ce_plan WHERE plan_id = %s', submitted_plan(20))), 'no error', '7.2: one that nobody reviewed is');
CREATE TEMP TABLE course AS SELECT submitted_plan(25) AS plan;
SELECT is(error_of(format('UPDATE ce_plan SET status = status, note = ''x'' WHERE plan_id = %s', plan)), 'no error', '7.2: a remark') FROM course;
SELECT is((SELECT string_agg(concat_ws('>', from_status, to_status), ' ' ORDER BY event_id) FROM ce_event WHERE object = 'plan' AND plan = ANY (ids)), 'submitted', '7.2: is no step') FROM course;
SELECT is(error_of(format('SELECT ce_file(''{%s}'', 2, NULL)', plan)), 'no error', '7.2: filed without a day') FROM course;
SELECT is(filed_on, ce_today(), '7.2: is filed today') FROM ce_plan JOIN course ON plan = plan_id;
SELECT alike(error_of('SELECT filed_plan(25, ''offline'', NULL)'), '23502 plan % has neither hours nor days |%', '5.2.2(3): a plan that states neither hours nor days is not filed');
INSERT INTO ce_plan (plan_id, org_id, title, mode) VALUES (9001, 25, 'x', 'offline');
SELECT alike(error_of(format('INSERT INTO ce_activity (person_id, kind, plan_id, completed_on) VALUES (%s, ''filed_course'', 9001, ''2020-05-15'')', person())),
	'23502 the plan of the activity has neither hours nor days |%', '5.2.2(3): nor makes any as a draft');
SELECT alike(error_of(format('INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status) VALUES (nextval(''plan_seq''), %s, ''x'', ''online'', ''5'', %s)', org, status)), '23502 %', format('7.2: organiser %s, status %s', org, status))
FROM (VALUES ('NULL', '''draft'''), ('25', 'NULL')) v (org, status);

-- AMB-14: a plan's hours fit into its days, when it is submitted and from then on
CREATE FUNCTION plan_with(facts text, status text DEFAULT 'submitted') RETURNS text LANGUAGE sql AS $$
	SELECT error_of(format('INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, days, starts_on, ends_on, status) VALUES (nextval(''plan_seq''), 25, ''x'', ''offline'', %s, %L)', facts, status))
$$;
SELECT alike(plan_with(facts), pattern, 'AMB-14: a plan of ' || facts) FROM (VALUES
	('48, 2, ''2020-11-02'', ''2020-11-03''', 'no error'), ('48.01, 2, ''2020-11-02'', ''2020-11-03''', '23514 48.01 hours do not fit into the days of plan % | AMB-14: at most 24 hours in each of 2 calendar days. | %'),
	('72, 2.5, NULL, NULL', 'no error'), ('72.01, 2.5, NULL, NULL', '23514 72.01 hours do not fit %'), ('48.01, 2, ''2020-11-02'', ''2020-11-30''', '23514 48.01 hours do not fit %'),
	('48, NULL, ''2020-11-02'', ''2020-11-03''', 'no error'), ('48.01, NULL, ''2020-11-02'', ''2020-11-03''', '23514 48.01 hours do not fit %'),
	('NULL, 2, ''2020-11-02'', ''2020-11-03''', 'no error'), ('NULL, 2.5, ''2020-11-02'', ''2020-11-03''', '23514 plan % has more days than the calendar | AMB-14: 2.5 days, but the calendar has 2 from starts_on to ends_on. | %'),
	('NULL, 366, NULL, NULL', 'no error'), ('NULL, 366.5, NULL, NULL', '23514 plan % has more days than the calendar | AMB-14: 366.5 days, but a year has at most 366. | %'), ('1, 1000000000000, NULL, NULL', '23514 plan % | AMB-14: 1000000000000 days, but a year has at most 366. | %'),
	('8784, NULL, ''2020-11-02'', NULL', 'no error'), ('8784.01, NULL, NULL, NULL', '23514 8784.01 hours do not fit into the days of plan % | AMB-14: at most 24 hours in each of 366 calendar days. | %')) v (facts, pattern);
SELECT is(plan_with('400, 2, NULL, NULL', 'draft'), 'no error', 'AMB-14: a draft may be unfinished');
CREATE TEMP TABLE dense AS SELECT submitted_plan(25) AS plan;
UPDATE ce_plan SET days = 4 WHERE plan_id = (SELECT plan FROM dense);
SELECT alike(error_of(format('UPDATE ce_plan SET hours = 96.01 WHERE plan_id = %s', plan)), '23514 96.01 hours do not fit %', 'AMB-14: nor may its hours become too many') FROM dense;
-- one that is there from before the rule
ALTER TABLE ce_plan DISABLE TRIGGER ce_plan_check;
UPDATE ce_plan SET hours = 400, days = 2 WHERE plan_id = (SELECT plan FROM dense);
ALTER TABLE ce_plan ENABLE TRIGGER ce_plan_check;
SELECT is(file(plan, 2), '23514', 'AMB-14: one from before 0.3.0 is not filed') FROM dense;
SELECT is(error_of(format('UPDATE ce_plan SET status = ''rejected'', reviewed_by = 2, note = ''400 hours in 2 days'' WHERE plan_id = %s', plan)), 'no error', 'AMB-14: but can be rejected') FROM dense;

-- the way of an activity
CREATE TEMP TABLE waiting AS SELECT training(person(23)) AS id;
SELECT alike(error_of(format('UPDATE ce_activity SET %s WHERE activity_id = %s', change, id)), pattern, '7.4: ' || change) FROM waiting, (VALUES
	('status = NULL', '23502 an activity needs a status%'), ('status = ''revoked''', '55000 %'), ('person_id = NULL', '55000 activity % cannot be given to another person | An activity belongs to one person; %'), ('completed_on = NULL', '23502 an activity needs completed_on%'), ('started_on = ''-infinity''', '23514 started_on cannot be "-infinity"%'), ('started_on = completed_on + 1', '23514 started_on is after%')) v (change, pattern);
SELECT alike(error_of(format('SELECT ce_verify(''{%s}'', 23, %s)', id, day)), format('23514 activity %s cannot be reviewed on %%Clause 7.4: today is%%', id), '7.4: no review on ' || day) FROM waiting, unnest(array['ce_today() + 1', '''infinity''']) day;
SELECT alike(error_of(format('SELECT ce_verify(''{%s}'', 22, %s)', training(person(22)), day)), '23514 activity % cannot be verified on %Clause 7.4, AMB-31: %', '7.4: nor verified on ' || day) FROM unnest(array['ce_today() + 1', '''infinity''', '''-infinity''', '''2020-05-14''']) day;
SELECT is(status::text, 'submitted', '7.4: nothing of it happened') FROM ce_activity JOIN waiting ON id = activity_id;
SELECT is(error_of(format('SELECT ce_verify(''{%s}'', 23, NULL)', id)), 'no error', '7.4: a review without a day') FROM waiting;
SELECT is(error_of(format('SELECT ce_verify(''{%s}'', 22, NULL)', id)), 'no error', '7.5: a verification without one') FROM (SELECT training(person(22)) AS id) t;
SELECT is((SELECT verified_on FROM ce_activity WHERE verified_by = 22 ORDER BY activity_id DESC LIMIT 1), ce_today(), '7.5: is one of today');
SELECT alike(error_of(format('UPDATE ce_activity SET reviewed_by = NULL WHERE activity_id = %s', id)), '55000 %', '7.4a: a review is not undone') FROM waiting;
CREATE TEMP TABLE reviewed AS SELECT training(person(23)) AS id;
SELECT alike(error_of(format('UPDATE ce_activity SET reviewed_by = 23, verified_on = ce_today() + 1 WHERE activity_id = %s', id)), '23514 activity % cannot be reviewed on %', '7.4: no review of tomorrow, by UPDATE either') FROM reviewed;
SELECT is(error_of(format('SELECT ce_verify(''{%s}'', 23, ce_today() - 1)', id)), 'no error', '7.4: a review of yesterday') FROM reviewed;
SELECT is((SELECT status::text || coalesce(verified_on::text, ', no day') FROM ce_activity JOIN reviewed ON id = activity_id), 'in_review, no day', '7.4: leaves no day where it does not verify');
SELECT is(error_of(format('SELECT ce_verify(''{%s}'', 11)', id)), 'no error', '7.4a: reviewed by the bureau') FROM waiting;
SELECT alike(after('UPDATE ce_org SET parent_id = 2 WHERE org_id = 23', format('error_of(''SELECT ce_verify(''''{%s}'''', 2)'')', id)), '55000 organisation 2 is not the next reviewer of activity % | Clause 7.4a: bodies review level by level along hospital, HRSS office of a prefecture; no other body follows bureau of a prefecture.%', '7.4a: a body that reviewed and is of the chain no more has no next one') FROM waiting;
SET LOCAL ce_hours.language = 'zh';
SELECT alike(after('UPDATE ce_org SET parent_id = 2 WHERE org_id = 23', format('error_of(''SELECT ce_verify(''''{%s}'''', 2)'')', id)), '%第7.4a条：沿hospital、HRSS office of a prefecture逐级审核；bureau of a prefecture之后没有其他机构。%', '7.4a: in Chinese, bodies by their names') FROM waiting;
RESET ce_hours.language;
SELECT is(error_of(format('DELETE FROM ce_activity WHERE activity_id = %s', id)), format('23001 activity %s cannot be deleted while it is in review | Clause 7.4a: what a body has reviewed is kept until it is rejected with a reason. | Have it rejected first, by the body whose turn it is.', id), '7.4a: nor deleted in review') FROM waiting;
SELECT is(error_of(format('SELECT ce_reject(''{%s}'', 2, ''unreadable'')', id)), 'no error', '7.4: rejected by the last body') FROM waiting;
SELECT is(error_of(format('DELETE FROM ce_activity WHERE activity_id = %s', id)), 'no error', '7.4a: ' || what || ', it may be deleted')
FROM (SELECT training(person(23)) AS id, 'submitted' AS what UNION ALL SELECT r.id, 'rejected' FROM (SELECT training(person(23)) AS id) r, LATERAL (SELECT verify(r.id, 23)) v, LATERAL (SELECT error_of(format('SELECT ce_reject(''{%s}'', 11, ''unreadable'')', r.id)) AS rejected) j WHERE rejected = 'no error') w;
SELECT alike(error_of(format('UPDATE ce_activity SET reviewed_by = 23 WHERE activity_id = %s', id)), '55000 %', '7.4a: and not reviewed then') FROM waiting;
SELECT is(error_of(format('UPDATE ce_activity SET title = ''roads'' WHERE activity_id = %s', id)), 'no error', '7.4: but corrected') FROM waiting;
SELECT is(status::text || ' ' || title, 'rejected roads', '7.4: which submits nothing') FROM ce_activity JOIN waiting ON id = activity_id;
SELECT is(ce_next_body(org, reviewed), next, format('7.4a: after %s, for %s', coalesce(reviewed::text, 'nobody'), coalesce(org::text, 'nobody')))
FROM (VALUES (23::bigint, NULL::bigint, 23::bigint), (23, 23, 11), (23, 11, 2), (23, 2, NULL), (23, 1, NULL), (23, 22, NULL), (22, NULL, 22), (22, 22, NULL), (25, 25, 2), (25, 11, NULL), (1, NULL, 1), (1, 1, NULL), (4, 4, NULL), (NULL, NULL, NULL), (NULL, 2, NULL)) v (org, reviewed, next);
SELECT alike(error_of(format('SELECT ce_revoke(''{%s}'', 22, ''forged'', %s)', training.activity_id, day)), '23514 %', '6.2d: nor revoked on ' || day)
FROM (SELECT activity_id FROM ce_activity WHERE verified_by = 22 ORDER BY activity_id DESC LIMIT 1) training, unnest(array['ce_today() + 1', '''infinity''', '''-infinity''', '''2020-01-01''']) day;
SELECT alike(error_of(format('INSERT INTO ce_activity (person_id, kind, completed_on) VALUES (%s, ''recorded_professional'', ''2018-12-31'')', person())), '23502 the activity has no hours | Clause %', '0.4: what was verified earlier has hours');

INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code) VALUES (12, 'bureau_haidong', 'bureau of another prefecture', 'authority', 'prefecture', 1, '630200'), (13, 'bureau_beside', 'another bureau of the prefecture', 'authority', 'prefecture', 2, '630100'),
	(29, 'national_institute', 'institute of national level', 'public_institution', 'national', 10, '630000');
SELECT is(file(submitted_plan(23), 13, 2), 'filed', '7.2a: a bureau of the same level and prefecture reviews');
SELECT is(file(submitted_plan(23), 12), '23514', '7.2a: not one of another prefecture');
SELECT is(file(submitted_plan(29), 10, 1), 'filed', '7.2c: an organiser of national level files with the office of the province');
SELECT is(file(submitted_plan(29), 10, 2), '23514', '7.2c: not with another');
-- rejected, and submitted again
CREATE TEMP TABLE again AS SELECT submitted_plan(20) AS plan;
SELECT is(file(plan, 10), 'reviewed', '7.2a: reviewed') FROM again;
SELECT is(error_of(format('UPDATE ce_plan SET status = ''rejected'', note = ''too long'' WHERE plan_id = %s', plan)), 'no error', '7.2a: and rejected') FROM again;
SELECT is(error_of(format('UPDATE ce_plan SET title = ''shorter'' WHERE plan_id = %s', plan)), 'no error', '7.2a: changed') FROM again;
SELECT is(concat_ws(' ', status, title, note), 'rejected shorter too long', '7.2a: it is rejected still') FROM ce_plan JOIN again ON plan = plan_id;
SELECT alike(error_of(format('UPDATE ce_plan SET status = %L WHERE plan_id = %s', to_status, plan)), '55000 plan % cannot change from status "rejected" to "%', '7.2: nor is it ' || to_status || ' as it stands') FROM again, unnest('{reviewed,filed}'::text[]) to_status;
SELECT is(error_of(format('UPDATE ce_plan SET status = %L WHERE plan_id = %s', to_status, plan)), 'no error', '7.2: but ' || to_status) FROM again, unnest('{draft,submitted}'::text[]) to_status;
SELECT is(concat_ws(' ', status, reviewed_by), 'submitted', '7.2a: the review starts again') FROM ce_plan JOIN again ON plan = plan_id;
SELECT alike(error_of(format('SELECT ce_file(''{%s}'', 2, %s)', submitted_plan(25), day)), '23514 %', '7.2: not filed on ' || day) FROM unnest(array['ce_today() + 1', '''infinity''', '''-infinity''']) day;

-- a user's trigger that writes between a row and its posting, in a subtransaction
CREATE FUNCTION more() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
	BEGIN
		IF TG_OP = 'INSERT' AND NEW.kind = 'training' THEN
			PERFORM give_public(NEW.person_id, '1', '2020-05-15');
		ELSIF TG_OP = 'UPDATE' AND NEW.status = 'revoked' AND NEW.kind = 'training' THEN
			PERFORM ce_revoke(ARRAY(SELECT activity_id FROM ce_activity WHERE person_id = NEW.person_id AND kind = 'academy_course' AND status = 'verified' LIMIT 1), 4, 'with it', '2020-07-01');
		END IF;
		IF NEW.note = 'undo' THEN
			RAISE SQLSTATE 'P0099';
		END IF;
	EXCEPTION WHEN SQLSTATE 'P0099' THEN NULL;
	END;
	RETURN NULL;
END $$;
CREATE TRIGGER zz_more AFTER INSERT OR UPDATE ON ce_activity FOR EACH ROW EXECUTE FUNCTION more();
CREATE TEMP TABLE twofold AS SELECT person(22) AS p;
CREATE FUNCTION enter(p bigint, note text) RETURNS text LANGUAGE sql AS $$
	SELECT error_of(format('INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours, evidence, note, status, verified_by, verified_on) VALUES (%s, ''training'', ''2020-05-11'', ''2020-05-15'', ''20'', ''d'', %L, ''verified'', 22, ''2020-06-01'')', p, note))
$$;
CREATE FUNCTION credit_of(p bigint) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT credit FROM ce_account WHERE person_id = p); END $$;
SELECT is(enter(p, note) || ' ' || credit_of(p), 'no error ' || credit, '7.4b: two rows of one statement, one of them in a subtransaction: ' || note)
FROM twofold, (VALUES ('keep', '{public:1,training:20}'), ('undo', '{public:1,training:40}'), ('keep', '{public:2,training:60}')) v (note, credit);
SELECT is(error_of(format('SELECT ce_revoke(ARRAY(SELECT activity_id FROM ce_activity WHERE person_id = %s AND kind = ''training'' AND note = %L AND status = ''verified'' ORDER BY activity_id LIMIT 1), 22, %L, ''2020-07-01'')', p, note, reason)) || ' ' || credit_of(p), 'no error ' || credit, '6.2d: and revoked: ' || note || ', ' || reason)
FROM twofold, (VALUES ('keep', 'forged', '{public:1,training:40}'), ('keep', 'undo', '{public:1,training:20}'), ('undo', 'forged', '{}')) v (note, reason, credit);
DROP TRIGGER zz_more ON ce_activity;

SELECT is_empty('SELECT * FROM ce_check()', '7: the ledger is sound');

SELECT * FROM finish();
ROLLBACK;

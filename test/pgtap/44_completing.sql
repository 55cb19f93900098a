-- 7.3a, 7.4a: evidence is asked for at the first step; what tells more of a row is completed until the last one.
-- AMB-34: after a rejection the reference is free for a new try
BEGIN;
\ir lib/ledger.psql
SELECT no_plan();

CREATE FUNCTION error_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN 'not refused';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
CREATE FUNCTION training(p bigint, evidence text DEFAULT 'document') RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_activity (person_id, kind, title, started_on, completed_on, hours, evidence) VALUES (p, 'training', 'course', '2020-05-11', '2020-05-15', '40', evidence) RETURNING activity_id
$$;
CREATE FUNCTION state(id bigint) RETURNS text LANGUAGE sql AS $$ SELECT concat_ws(' ', status, reviewed_by, title, evidence, note) FROM ce_activity WHERE activity_id = id $$;
-- a body's step, without the set-returning function's row
CREATE FUNCTION step(id bigint, org bigint) RETURNS text LANGUAGE sql AS $$ SELECT status::text FROM ce_verify(ARRAY[id], org) $$;
CREATE TEMP TABLE item AS SELECT training(person(23), NULL) AS id, training(person(23), E'  \u3000\u00a0') AS blank, training(person(23)) AS done;

-- the first step
SELECT is(error_of(format('SELECT step(%s, 23)', id)), format('23502 activity %s has no evidence', id), '7.3a: the first step asks for evidence') FROM item;
SELECT is(error_of(format('SELECT step(%s, 23)', blank)), format('23502 activity %s has no evidence', blank), '7.3a: blank is none') FROM item;
SELECT is(error_of(format('UPDATE ce_activity SET reviewed_by = 23, status = ''in_review'' WHERE activity_id = %s', id)), format('23502 activity %s has no evidence', id), '7.3a: and a plain UPDATE is asked, too') FROM item;
SELECT is(state(id), 'submitted course', '7.3a: it waits where it was, and may be completed') FROM item;
SELECT results_eq('SELECT waits_for_evidence FROM ce_verification_queue WHERE activity_id IN (SELECT id FROM item UNION SELECT blank FROM item UNION SELECT done FROM item) ORDER BY activity_id', 'VALUES (true), (true), (false)', '7.3a: the queue says which wait for it');
UPDATE ce_activity SET evidence = 'document 1' WHERE activity_id = (SELECT id FROM item);
SELECT is(step(id, 23), 'in_review', '7.4a: with it the step is taken') FROM item;
SELECT is_empty('SELECT * FROM ce_event WHERE object LIKE ''activity.%''', '7.4a: before the first step nothing is logged of it');

-- completed in review
SELECT lives_ok(format('UPDATE ce_activity SET title = ''course of May'', evidence = ''document 2'', note = ''seen'' WHERE activity_id = %s', id), '7.4a: title, evidence and note are completed in review') FROM item;
SELECT results_eq('SELECT object, ids, from_status, to_status, by_org FROM ce_event WHERE object LIKE ''activity.%'' ORDER BY object', (SELECT format($$ VALUES
	('activity.evidence', ARRAY[%1$s::bigint], 'document 1', 'document 2', NULL::bigint), ('activity.note', ARRAY[%1$s], NULL, 'seen', NULL), ('activity.title', ARRAY[%1$s], 'course', 'course of May', NULL) $$, id) FROM item), '7.4a: logged with the old value and the new one');
SELECT is(error_of(format('UPDATE ce_activity SET %s = %L WHERE activity_id = %s', name, given, id)), format('55000 activity %s cannot be changed while it is in review', id), '7.4a: ' || name || ' stays')
	FROM item, (VALUES ('hours', '50'), ('days', '4'), ('completed_on', '2020-05-16'), ('started_on', '2020-05-10'), ('org_id', '25'), ('specialty', 'x'), ('kind', 'mentoring'), ('source_ref', 'x')) v (name, given);
SELECT is(error_of(format('UPDATE ce_activity SET evidence = %L WHERE activity_id = %s', given, id)), format('23502 activity %s has no evidence', id), '7.3a: evidence is not taken away') FROM item, unnest('{NULL," "}'::text[]) given;
SELECT is(state(id), 'in_review 23 course of May document 2 seen', '7.4a: nothing else has changed') FROM item;
SELECT is(step(id, 11), 'in_review', '7.4a: the second step') FROM item;
SELECT lives_ok(format('UPDATE ce_activity SET evidence = ''document 3'' WHERE activity_id = %s', id), '7.4a: still before the last') FROM item;
SELECT is(step(id, 2), 'verified', '7.4a: the last one') FROM item;
SELECT is(error_of(format('UPDATE ce_activity SET %s = ''late'' WHERE activity_id = %s', name, id)), format('55000 verified activity %s cannot be changed', id), '7.4b: after it ' || name || ' stands') FROM item, unnest('{title,evidence,note}'::text[]) name;
SELECT is(step(done, 23), 'in_review', '7.4a: another one') FROM item;
SELECT results_eq('SELECT status::text FROM ce_reject((SELECT ARRAY[done] FROM item), 11, ''wrong year'')', $$ VALUES ('rejected') $$, '7.4a: is rejected in review');
SELECT is_empty('SELECT * FROM ce_event WHERE object = ''activity.note'' AND ids @> (SELECT ARRAY[done] FROM item)', '7.4a: whose reason is logged with the rejection');

-- by whom
CREATE ROLE tap_completes;
CREATE ROLE tap_verifies;
CREATE ROLE tap_audits;
SELECT ce_grant('tap_completes', 23, 'record'), ce_grant('tap_verifies', 23, 'verify'), ce_grant('tap_audits', 11, 'audit');
CREATE TEMP TABLE other AS SELECT training(person(23)) AS id;
GRANT SELECT ON other TO tap_completes, tap_verifies;
SELECT is(step(id, 23), 'in_review', '7.4a: in review') FROM other;
SET ROLE tap_completes;
SELECT lives_ok('UPDATE ce_activity SET evidence = ''document 4'', note = ''n'' WHERE activity_id = (SELECT id FROM other)', '7.1: who records completes');
SET ROLE tap_verifies;
SELECT throws_ok('UPDATE ce_activity SET note = ''mine'' WHERE activity_id = (SELECT id FROM other)', '42501', NULL, '7.1: who only verifies does not');
SET ROLE tap_audits;
SELECT results_eq($$ SELECT object, to_status FROM ce_event WHERE object LIKE 'activity.%' AND role_name = 'tap_completes' ORDER BY 1 $$, $$ VALUES ('activity.evidence', 'document 4'), ('activity.note', 'n') $$, '7.1: who audits the employer reads it');
RESET ROLE;

-- a reference after a rejection
CREATE FUNCTION brought(p bigint, ref text) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours, evidence, source, source_ref) VALUES (p, 'training', '2020-05-11', '2020-05-15', '40', 'document', 'bureau', ref) RETURNING activity_id
$$;
CREATE TEMP TABLE again AS SELECT p, brought(p, 'r1') AS first, NULL::bigint AS second FROM person(23) p;
SELECT alike(error_of(format('SELECT brought(%s, ''r1'')', p)), '23505 %ce_activity_source%', 'AMB-34: a reference that waits is taken once') FROM again;
SELECT results_eq('SELECT status::text FROM ce_reject((SELECT ARRAY[first] FROM again), 23, ''no paper'')', $$ VALUES ('rejected') $$, '7.4: it is rejected');
SELECT lives_ok('UPDATE again SET second = brought(p, ''r1'')', 'AMB-34: a corrected record of the reference is a new try');
SELECT alike(error_of(format('UPDATE ce_activity SET status = ''submitted'' WHERE activity_id = %s', first)), '23505 %ce_activity_source%', 'AMB-34: beside which the first does not come back') FROM again;
SELECT lives_ok(format($$ INSERT INTO ce_activity (person_id, kind, completed_on, hours, source, source_ref) VALUES (%s, 'academy_course', '2020-05-15', '4', 'bureau', 'r1')
	ON CONFLICT (person_id, source, source_ref) WHERE source IS NOT NULL AND status <> 'rejected' DO NOTHING $$, p), 'AMB-34: ON CONFLICT names the index by its predicate') FROM again;
SELECT is((SELECT count(*) FROM ce_activity WHERE source = 'bureau' AND source_ref = 'r1'), 2::bigint, 'AMB-34: and writes nothing');
SELECT is(step(second, org), status, '7.4a: the new try: ' || status) FROM again, (VALUES (23, 'in_review'), (11, 'in_review'), (2, 'verified')) o (org, status);
SELECT results_eq('SELECT status::text FROM ce_revoke((SELECT ARRAY[second] FROM again), 2, ''forged'')', $$ VALUES ('revoked') $$, '6.2d: and revoked');
SELECT alike(error_of(format('SELECT brought(%s, ''r1'')', p)), '23505 %ce_activity_source%', '6.2d: what was revoked bars its reference') FROM again;

SELECT is_empty('SELECT * FROM ce_check()', 'the ledger is sound');
-- what was verified by an earlier version with nothing but white space for evidence
CREATE TEMP TABLE verified AS SELECT id FROM (SELECT training(person(25)) AS id) a;
SELECT step(id, 25), step(id, 2) FROM verified;
SELECT is((SELECT status::text FROM ce_activity WHERE activity_id = (SELECT id FROM verified)), 'verified', 'a row is verified');
SET LOCAL session_replication_role = replica;
UPDATE ce_activity SET evidence = E'\u3000\u200b' WHERE activity_id = (SELECT id FROM verified);
SET LOCAL session_replication_role = origin;
SELECT results_eq($$ SELECT invariant, object_id FROM ce_check() $$, $$ SELECT 'evidence before verified (7.3a)', id FROM verified $$, '7.3a: ce_check() knows the white space that triggers know');
SELECT is(ce__is_blank(t), blank, 'blank: ' || coalesce(quote_literal(t), 'NULL')) FROM (VALUES (NULL, true), ('', true), (E' \t\n', true), (E'\u3000\u00a0\ufeff', true), ('#N/A', true), ('x', false), (E'\u3000x', false)) v (t, blank);

SELECT * FROM finish();
ROLLBACK;

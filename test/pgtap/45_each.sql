-- 7.2, 7.4: steps for many rows that do the good ones and report the others with the reason
BEGIN;
\ir lib/ledger.psql
SELECT no_plan();

CREATE FUNCTION training(p bigint, evidence text DEFAULT 'document') RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours, evidence) VALUES (p, 'training', '2020-05-11', '2020-05-15', '40', evidence) RETURNING activity_id
$$;
CREATE FUNCTION error_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN 'not refused';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
CREATE TEMP TABLE queue AS SELECT n, training(person(23), CASE WHEN n % 10 = 7 THEN NULL ELSE 'document' END) AS id FROM generate_series(1, 100) n;
GRANT SELECT ON queue TO public;
CREATE FUNCTION ids(VARIADIC wanted integer[] DEFAULT NULL) RETURNS bigint[] LANGUAGE sql AS $$ SELECT array_agg(id ORDER BY id) FROM queue WHERE wanted IS NULL OR n = ANY (wanted) $$;

-- the good ones and the others
CREATE TEMP TABLE seen AS SELECT * FROM ce_verify_each(ids() || ids(3) || -5, 23);
SELECT results_eq('SELECT outcome, count(*) FROM seen GROUP BY 1 ORDER BY 1', $$ VALUES ('in_review', 90::bigint), ('refused', 11) $$, '7.4: good rows take the step, the others are reported; each id once');
SELECT set_eq($$ SELECT activity_id, message, left(detail, 12), hint <> '' FROM seen WHERE outcome = 'refused' $$,
	$$ SELECT id, format('activity %s has no evidence', id) AS m, 'Clause 7.3a:' AS d, true AS h FROM queue WHERE n % 10 = 7 UNION ALL SELECT -5, 'activity -5 does not exist', NULL, true $$, '7.4: row by row, with the reason');
SELECT is_empty($$ SELECT * FROM seen WHERE (outcome = 'refused') = (message IS NULL) OR (outcome <> 'refused' AND (detail IS NOT NULL OR hint IS NOT NULL)) $$, '7.4: and those that took it without one');
SELECT results_eq('SELECT status::text, reviewed_by, count(*) FROM ce_activity JOIN queue ON id = activity_id GROUP BY 1, 2 ORDER BY 1', $$ VALUES ('in_review', 23::bigint, 90::bigint), ('submitted', NULL, 10) $$, '7.4: as the table has it');
SELECT is(error_of(format('SELECT count(*) FROM ce_verify(%L, 23)', ids(7))), format('23502 activity %s has no evidence', (ids(7))[1]), '7.4: ce_verify() stays all or nothing');

-- hints that fit the status
SELECT results_eq('SELECT outcome, hint FROM ce_verify_each(ids(1), 23)', $$ VALUES ('refused', 'Let the next body of its chain verify it; ce_verification_queue names it.') $$, '7.4: who has acted is told who comes next');
SELECT results_eq('SELECT outcome, hint FROM ce_revoke_each(ids(1), 2, ''no'')', $$ VALUES ('refused', 'Reject with ce_reject() what waits for verification.') $$, '6.2d: what waits is not revoked');
SELECT results_eq('SELECT outcome, message FROM ce_reject_each(ids(1, 7), 23, ''no'')', format($$ VALUES ('refused', 'organisation 23 is not the next reviewer of activity %s'), ('rejected', NULL) $$, (ids(1))[1]), '7.4: rejected by the body whose turn it is');
SELECT results_eq('SELECT hint FROM ce_verify_each(ids(7), 23)', $$ VALUES ('Let who records correct it and submit it again with status = ''submitted''.') $$, '7.4: what was rejected is corrected');
SELECT is((SELECT string_agg(outcome, ' ') FROM ce_verify_each(ids(1, 2), 11)) || ' ' || (SELECT string_agg(outcome, ' ') FROM ce_verify_each(ids(1, 2), 2, '2020-06-01')), 'in_review in_review verified verified', '7.4: the rest of the chain, on a day');
SELECT is((SELECT verified_on::text FROM ce_activity WHERE activity_id = (ids(1))[1]), '2020-06-01', '7.4: which is the one given');
SELECT results_eq('SELECT hint FROM ce_verify_each(ids(1), 2)', $$ VALUES ('Leave it out: nothing is left to verify.') $$, '7.4: verified already');
SELECT results_eq('SELECT hint FROM ce_reject_each(ids(1), 2, ''no'')', $$ VALUES ('Take verified hours back with ce_revoke().') $$, '7.4: verified hours are not rejected');
SELECT results_eq('SELECT activity_id, outcome, message FROM ce_revoke_each(ids(1, 3), 2, ''forged'', ''2020-07-01'') ORDER BY 1', format($$ VALUES (%s::bigint, 'revoked', NULL), (%s, 'refused', 'activity %2$s cannot be revoked') $$, (ids(1))[1], (ids(3))[1]), '6.2d: revoked, and what waits is reported');
SELECT is((SELECT string_agg(outcome, ' ') FROM ce_reject_each(ids(17, 27), 23, ' ')), 'refused refused', '7.4: a blank reason is none');

-- plans
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status) VALUES (901, 25, 'a', 'offline', '10', 'submitted'), (902, 25, 'b', 'offline', '10', 'draft'), (903, 25, 'c', 'offline', '10', 'submitted'), (904, 25, 'd', 'offline', '10', 'submitted');
SELECT results_eq('SELECT plan_id, outcome, message, hint ~ ''submitted'' FROM ce_file_each(''{903,902,901,999,903}'', 2, ''2020-06-01'') ORDER BY 1', $$ VALUES (901::bigint, 'filed', NULL, NULL), (902, 'refused', 'plan 902 cannot be filed', true), (903, 'filed', NULL, NULL), (999, 'refused', 'plan 999 does not exist', false) $$, '7.2: plans are filed, those that cannot be reported');
SELECT results_eq('SELECT outcome, hint FROM ce_file_each(''{901}'', 2)', $$ VALUES ('refused', 'Leave it out: it is filed already.') $$, '7.2: filed already');
SELECT is((SELECT string_agg(status::text || coalesce(' ' || filed_on, ''), ', ' ORDER BY plan_id) FROM ce_plan WHERE plan_id BETWEEN 901 AND 904), 'filed 2020-06-01, draft, filed 2020-06-01, submitted', '7.2: as the table has it');

-- what is wrong with the call is an error
SELECT is(error_of(call), error, call) FROM (VALUES
	('SELECT ce_verify_each(NULL, 23)', '22004 the array of ids must not be null'), ('SELECT ce_verify_each(''{1,NULL}'', 23)', '22004 the array of ids must not contain nulls'),
	('SELECT ce_verify_each(''{1}'', NULL)', '22004 by_org must not be null'), ('SELECT ce_reject_each(''{1}'', 23, NULL)', '22004 reason must not be null'),
	('SELECT ce_revoke_each(''{1}'', 23, NULL)', '22004 reason must not be null'), ('SELECT ce_file_each(NULL, 2)', '22004 the array of ids must not be null')) v (call, error);
SELECT is_empty('SELECT * FROM ce_verify_each(''{}'', 23)', 'no rows, no outcome');

-- under the same duties
CREATE ROLE tap_each_verify;
CREATE ROLE tap_each_none;
SELECT ce_grant('tap_each_verify', 23, 'verify'), ce_grant('tap_each_none', 23, 'read');
SELECT is((SELECT string_agg(evidence, '') FROM ce_activity WHERE activity_id = (ids(17))[1]), NULL, 'without evidence');
UPDATE ce_activity SET evidence = 'document' WHERE activity_id = ANY (ids(17, 27));
CREATE TEMP TABLE stranger AS SELECT training(person(25)) AS id;
GRANT SELECT ON stranger TO public;
SET ROLE tap_each_verify;
SELECT results_eq('SELECT outcome, message FROM ce_verify_each(ids(17) || (SELECT id FROM stranger), 23) ORDER BY 1', format($$ VALUES ('in_review', NULL), ('refused', 'activity %s does not exist') $$, (SELECT id FROM stranger)), '7.4: a row that is not seen is not there');
SELECT is(error_of('SELECT ce_verify_each(ids(27), 11)'), '42501 role "tap_each_verify" does not hold the duty "verify" for organisation 11', '7.4: a body that the role does not act for');
SET ROLE tap_each_none;
SELECT alike(error_of('SELECT ce_verify_each(ids(27), 23)'), '42501 %', '7.4: who may verify nothing gets an error, not a list of them');
RESET ROLE;
SELECT is_empty('SELECT * FROM ce_check()', 'the ledger is sound');

SELECT * FROM finish();
ROLLBACK;

-- 7.1: a refusal names role, duty, organisation and clause, and the ce_grant() that helps, which does help
BEGIN;
\ir lib/ledger.psql
SELECT no_plan();

CREATE FUNCTION training(p bigint) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours, evidence) VALUES (p, 'training', '2020-05-11', '2020-05-15', '40', 'document') RETURNING activity_id
$$;
CREATE FUNCTION refusal(of_role text, statement text, OUT said text, OUT detail text, OUT hint text) LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('role', of_role, true);
	EXECUTE statement;
	RAISE EXCEPTION USING ERRCODE = 'ZZ999';
EXCEPTION
	WHEN SQLSTATE 'ZZ999' THEN said := 'done';
	WHEN OTHERS THEN
		GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
		said := SQLSTATE || ' ' || SQLERRM;
END $$;

CREATE TEMP TABLE waits AS SELECT training(person(25)) AS id, person(25) AS p;
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status) VALUES (901, 25, 'plan', 'offline', '10', 'submitted');
CREATE TEMP TABLE spent AS SELECT give_public(person(22), '60') AS p;
INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) SELECT p, 'recorded_professional', '2019-12-31', '60', 'verified', 22, '2020-01-02' FROM spent;
CREATE ROLE tap_refused_none;
CREATE ROLE tap_refused_read;
CREATE ROLE tap_refused_person;
SELECT ce_grant('tap_refused_read', 1, 'read'), ce_grant_person('tap_refused_person', p) FROM waits;
GRANT USAGE ON SCHEMA public TO tap_refused_none;

-- who acts: the duty, whether or not the role has privileges
CREATE TEMP TABLE acts AS SELECT * FROM (
	SELECT format('SELECT ce_verify(''{%s}'', 25)', id) AS statement, 'verify' AS duty, 25 AS org FROM waits
	UNION ALL SELECT format('SELECT ce_verify_each(''{%s}'', 25)', id), 'verify', 25 FROM waits
	UNION ALL SELECT format('SELECT ce_reject(''{%s}'', 25, ''no'')', id), 'verify', 25 FROM waits
	UNION ALL SELECT format('SELECT ce_revoke(ARRAY(SELECT activity_id FROM ce_activity WHERE person_id = %s AND year = 2019), 22, ''no'')', p), 'verify', 22 FROM spent
	UNION ALL SELECT 'SELECT ce_file(''{901}'', 2)', 'verify', 2
	UNION ALL SELECT 'SELECT ce_file_each(''{901}'', 2)', 'verify', 2) a;
SELECT is((refusal(role, statement)).said, format('42501 role "%s" does not hold the duty "%s" for organisation %s', role, duty, org), '7.1: ' || statement || ' by ' || role)
	FROM acts, unnest('{tap_refused_none,tap_refused_read,tap_refused_person}'::text[]) role WHERE role <> 'tap_refused_none' OR statement NOT LIKE '%ARRAY(%';
SELECT alike((refusal('tap_refused_read', statement)).detail, 'Clause%: %', '7.1: with a clause: ' || statement) FROM acts;
SELECT is((refusal('tap_refused_read', statement)).hint, format('The ledger''s owner can grant it: SELECT public.ce_grant(''tap_refused_read'', %s, ''%s'');', org, duty), '7.1: and what helps: ' || statement) FROM acts;
SELECT ok(NOT EXISTS (SELECT FROM ce_event WHERE role_name LIKE 'tap_refused%'), '7.1: nothing was done');
-- which does help
CREATE FUNCTION grant_it(hint text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE substring(hint FROM 'SELECT [^;]*'); END $$;
SELECT grant_it((refusal('tap_refused_read', statement)).hint) FROM (SELECT DISTINCT ON (org) statement FROM acts ORDER BY org) s;
SELECT is((refusal('tap_refused_read', statement)).said, 'done', '7.1: the grant of the hint helps: ' || statement) FROM acts;

-- allocating and taking back
SELECT is((refusal('tap_refused_person', 'SELECT ' || call)).said, '42501 role "tap_refused_person" does not hold the duty "verify" for organisation 22', '7.6: ' || call)
	FROM unnest(ARRAY['ce_allocate(1, 2020, 2019, ''public'', ''1'', 22)', 'ce_reverse_allocation(1, 22, ''no'')']) call;
SELECT alike((refusal('tap_refused_read', 'SELECT ce_allocate(1, 2020, 2019, ''public'', ''1'', NULL)')).said, '23502 %allocated_by%', '7.6: where no body is named the trigger says so');

-- an import names no organisation
SELECT results_eq($$ SELECT said, detail LIKE 'Clause 7.4a: %', hint FROM refusal('tap_refused_person', 'SELECT * FROM ce_import(''hr'', ''[]'')') $$,
	$$ VALUES ('42501 role "tap_refused_person" holds the duty "record" for no organisation', true, 'The ledger''s owner can grant it: SELECT public.ce_grant(''tap_refused_person'', ORGANISATION, ''record'');') $$, '9.4a: an import by who records for nobody');
SELECT ce_grant('tap_refused_person', 25, 'record');
SELECT is((refusal('tap_refused_person', 'SELECT * FROM ce_import(''hr'', ''[]'')')).said, 'done', '9.4a: and by who does');

-- a question
SELECT results_eq($$ SELECT said, detail, hint FROM refusal('tap_refused_none', 'SELECT ce_verdict(1, ''junior'')') $$,
	$$ VALUES ('42501 permission denied for table ce_person', 'Clause 7.1: role "tap_refused_none" has no duty that reads what the question needs.', 'The ledger''s owner grants one: SELECT public.ce_grant(''tap_refused_none'', ORGANISATION, ''read'');') $$, '7.1: a question by who may ask nothing');
SELECT ce_grant('tap_refused_none', 25, 'read');
SELECT is((refusal('tap_refused_none', 'SELECT ce_verdict(1, ''junior'')')).said, 'done', '7.1: the duty that was named reads it');

-- the pages of a person, which the duty report does not read, and the report, which it does
CREATE ROLE tap_refused_report;
CREATE ROLE tap_refused_page;
SELECT ce_grant('tap_refused_report', 1, 'report');
GRANT USAGE ON SCHEMA public TO tap_refused_page;
CREATE TEMP TABLE pages AS SELECT format(call, p) AS call FROM waits, unnest(ARRAY['SELECT ce_certificate_html(%s, 2020)', 'SELECT ce_certificate_html_by_no(''P%s'', 2020)', 'SELECT ce_archive_html(%s)', 'SELECT ce_archive_html_by_no(''P%s'')']) call;
SELECT results_eq(format('SELECT said, detail, hint FROM refusal(%L, %L)', role, call), format($$ VALUES ('42501 role "%1$s" has no duty that reads "ce_person.person_no"',
	'Clause 7.1: what was asked for is made from it; the duty "read" reads it.', 'The ledger''s owner can grant it: SELECT public.ce_grant(''%1$s'', ORGANISATION, ''read'');') $$, role), format('7.1: %s by %s', call, role))
	FROM pages, unnest('{tap_refused_report,tap_refused_page}'::text[]) role;
SELECT results_eq($$ SELECT said, hint FROM refusal('tap_refused_page', 'SELECT ce_report_html(2020)') $$, $$ VALUES ('42501 role "tap_refused_page" has no duty that reads "ce_annual_statistics"',
	'The ledger''s owner can grant it: SELECT public.ce_grant(''tap_refused_page'', ORGANISATION, ''report'');') $$, '7.1: the report names the duty that suffices');
SELECT is((refusal('tap_refused_report', 'SELECT ce_report_html(2020)')).said, 'done', '7.1: and it does');
GRANT SELECT (person_no, specialty) ON ce_person TO tap_refused_report;
SELECT is((refusal('tap_refused_report', call)).said, '42501 role "tap_refused_report" has no duty that reads "ce_archive"', '7.1: columns of one table do not make a page: ' || call) FROM pages;
SELECT ce_grant('tap_refused_report', 25, 'read'), ce_grant('tap_refused_page', 25, 'read');
SELECT is((refusal(role, call)).said, 'done', format('7.1: the duty read prints it for %s: %s', role, call)) FROM pages, unnest('{tap_refused_report,tap_refused_page}'::text[]) role;

-- a plain statement: which duty brings the privilege
SELECT results_eq($$ SELECT d.duty FROM unnest('{read,record,verify,backdate,sanction,audit,report}'::text[]) AS d (duty)
	WHERE EXISTS (SELECT FROM ce_duty_privileges(d.duty) p WHERE p.object = 'ce_activity' AND p.privilege LIKE 'UPDATE%reviewed_by%') $$, $$ VALUES ('verify'::text) $$, '7.1: which duty comes with a privilege');

-- nobody is bound who owns the ledger, or where row security is not the ledger's own
SELECT is((SELECT count(*) FROM ce_verify('{}', 25)), 0::bigint, '7.1: the owner is bound by no duty');
SELECT throws_ok(call, code, message, call) FROM (VALUES
	('SELECT ce__require_duty_on(''pg_class'', 25, ''record'')', '22023', 'table "pg_class" is not a table of the ledger'),
	('SELECT ce__require_duty_on(''ce_plan'', 25, ''write'')', '22023', 'there is no duty "write"')) v (call, code, message);
SELECT is(ce__require_duty_on('ce_plan', NULL, 'record'), true, 'no organisation: whether there is one at all');
DROP POLICY ce_sees ON ce_activity;
SELECT is((refusal('tap_refused_none', 'SELECT ce_verify(''{}'', 25)')).said, '42501 permission denied for table ce_activity', '7.1: under policies of one''s own the privileges decide');

-- a row that a trigger or rule of the user's leaves out was not written
CREATE FUNCTION leaves_out() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE FUNCTION left_out(target text, how text, call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	said text := 'nothing';
BEGIN
	EXECUTE format(how, target);
	BEGIN
		EXECUTE call INTO said;
	EXCEPTION WHEN OTHERS THEN
		said := SQLSTATE || ' ' || SQLERRM;
	END;
	RAISE EXCEPTION USING ERRCODE = 'XX001', MESSAGE = said;
EXCEPTION WHEN SQLSTATE 'XX001' THEN
	RETURN SQLERRM;
END $$;
SELECT is(left_out('ce_person', 'CREATE TRIGGER zz BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION leaves_out()', format('SELECT ce_change_scheme(%s, ''accounting'')', person())),
	'55000 table "ce_person" did not take the row', 'ce_person: the scheme');
SELECT is(left_out(target, how, call), said, format('%s: %s', target, left(how, 12))) FROM (VALUES
	('ce_person_scheme', format('SELECT ce_change_scheme(%s, ''accounting'')', person()), '55000 table "ce_person_scheme" did not take the row'),
	('ce_application', format('SELECT ce_apply(%s, ''full_senior'', keep_refused => true)', person()), '55000 table "ce_application" did not take the row'),
	('ce_activity', format('SELECT outcome || '' '' || message FROM ce_import(''left out'', ''[{"source_ref": "a", "person_id": %s, "kind": "academy_course", "completed_on": "2020-03-01", "hours": 2}]'')', person()),
		'rejected table "ce_activity" did not take the row. A trigger, rule or policy of the table leaves it out. Let the owner of the ledger look at what was added to the table.'),
	('ce_waiver', format('SELECT outcome || '' '' || message FROM ce_import_waivers(''{"person_id": %s, "year": 2019, "reason": "r", "decision": "d", "granted_by": 2}'')', person()),
		'rejected table "ce_waiver" did not take the row. A trigger, rule or policy of the table leaves it out. Let the owner of the ledger look at what was added to the table.'),
	('ce_person', 'SELECT outcome || '' '' || message FROM ce_import_person(''[{"person_id": 470001, "org_id": 25}]'')',
		'rejected table "ce_person" did not take the row. A trigger, rule or policy of the table leaves it out. Let the owner of the ledger look at what was added to the table.')) c (target, call, said),
	(VALUES ('CREATE TRIGGER zz BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION leaves_out()'), ('CREATE RULE zz AS ON INSERT TO %s DO INSTEAD NOTHING')) h (how)
	WHERE target NOT IN ('ce_application', 'ce_person', 'ce_activity', 'ce_waiver') OR how LIKE 'CREATE TRIGGER%';

SELECT * FROM finish();
ROLLBACK;

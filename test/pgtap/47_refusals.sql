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
SELECT is((refusal('tap_refused_report', call)).said, format('42501 role "tap_refused_report" has no duty that reads "%s"', reads), '7.1: nor a check: ' || call) FROM (VALUES
	('SELECT count(*) FROM ce_check()', 'ce_activity.title'), ('SELECT count(*) FROM ce_compare_schemes(''general'', ''accounting'', ''junior'')', 'ce_activity.title')) c (call, reads);
SELECT ce_grant('tap_refused_report', 25, 'read'), ce_grant('tap_refused_page', 25, 'read');
SELECT is((refusal('tap_refused_report', call)).said, 'done', '7.1: which the duty read does: ' || call) FROM unnest(ARRAY['SELECT count(*) FROM ce_check()', 'SELECT count(*) FROM ce_compare_schemes(''general'', ''accounting'', ''junior'')']) call;
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

-- nor were an account, the log, or what ce_rebuild() makes again
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours) SELECT 470001, p, 'academy_course', '2020-03-01', '2' FROM waits;
SELECT is(left_out(target, how, 'SELECT status FROM ce_verify(''{470001}'', 4)'), format('55000 table "%s" did not take the row', target), format('7.4: %s: %s', target, how)) FROM (VALUES
	('ce_account', 'CREATE TRIGGER zz BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION leaves_out()'),
	('ce_event', 'CREATE TRIGGER zz BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION leaves_out()')) v (target, how);
SELECT is(left_out('ce_event', 'CREATE RULE zz AS ON INSERT TO %s DO INSTEAD NOTHING', 'SELECT status FROM ce_verify(''{470001}'', 4)'),
	'55000 rules of table "ce_event" keep the ledger from writing it', '7.4: a rule keeps the log from being written');
SELECT is(left_out('ce_event', 'SELECT %L', 'SELECT status FROM ce_verify(''{470001}'', 4)'), 'verified', '7.4: and once it is gone, the same session writes the log');
-- the same of a plan that was kept from before the rule
CREATE TEMP TABLE imported AS SELECT format('SELECT concat_ws('' '', outcome, message) FROM ce_import(''left out'', ''[{"source_ref": "b", "person_id": %s, "kind": "academy_course", "completed_on": "2020-03-01", "hours": 2}]'')', p) AS call FROM waits;
SELECT is(left_out('ce_activity', how, call), said, '5.1: an import ' || what) FROM imported, (VALUES (1, 'SELECT %L', 'new', 'before a rule'),
	(2, 'CREATE RULE zz AS ON INSERT TO %s DO INSTEAD NOTHING', '55000 rules of table "ce_activity" keep the ledger from writing it', 'under a rule'),
	(3, 'SELECT %L', 'new', 'in the same session, after it')) v (n, how, said, what);
SELECT is(status::text, 'verified', '7.4: verified') FROM ce_verify('{470001}', 4);
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours) SELECT 470002, p, 'academy_course', '2020-03-01', '3' FROM waits;
SELECT is(left_out('ce_account', 'CREATE TRIGGER zz BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION leaves_out()', 'SELECT status FROM ce_verify(''{470002}'', 4)'),
	'55000 table "ce_account" did not take the row', '7.4: nor what is added to an account');
CREATE FUNCTION broken(by text) RETURNS text LANGUAGE sql AS $$
	SELECT 'SET LOCAL session_replication_role = replica;' || by || '; SET LOCAL session_replication_role = origin; CREATE TRIGGER zz BEFORE INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION leaves_out()'
$$;
SELECT is(left_out(target, broken(format(by, p)), format('SELECT r::text FROM ce_rebuild(%s) r', p)), format('55000 table "%s" did not take the row', target), '7.4: ce_rebuild() after ' || by) FROM waits, (VALUES
	('ce_account', 'UPDATE ce_account SET credit = ''{public:99}'' WHERE person_id = %s'),
	('ce_account', 'UPDATE ce_account SET known_from = ''2020-01-01'' WHERE person_id = %s'),
	('ce_account', 'DELETE FROM ce_account WHERE person_id = %s'),
	('ce_account', 'INSERT INTO ce_account VALUES (%s, 2016, ''{}'', ''2020-01-01'')'),
	('ce_activity', 'UPDATE ce_activity SET awarded = ''60'' WHERE person_id = %s AND activity_id = 470001')) v (target, by);
SELECT is(left_out('ce_account', 'SELECT %L', format('SELECT r::text FROM ce_rebuild(%s) r', p)), '(0,0)', '7.4: and where nothing is to be done it is no error') FROM waits;

-- a step, a duty, a person or a scheme that was not written is no wrong step and no success
CREATE FUNCTION skipping(events text) RETURNS text LANGUAGE sql AS $$
	SELECT 'CREATE TRIGGER zz BEFORE ' || events || ' ON %s FOR EACH ROW EXECUTE FUNCTION leaves_out()'
$$;
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours) SELECT 470003, p, 'academy_course', '2020-03-01', '3' FROM waits;
SELECT is(left_out(target, skipping('INSERT OR UPDATE OR DELETE'), format(call, p)), format('55000 table "%s" did not take the row', target), call) FROM waits, (VALUES
	('ce_activity', 'SELECT status FROM ce_verify(''{470003}'', 4)'), ('ce_activity', 'SELECT status FROM ce_verify(''{470002,470003}'', 4)'),
	('ce_activity', 'SELECT status FROM ce_reject(''{470003}'', 4, ''no'')'), ('ce_activity', 'SELECT status FROM ce_revoke(''{470001}'', 4, ''no'')'),
	('ce_plan', 'SELECT status FROM ce_file(''{901}'', 2)'),
	('ce_member', 'SELECT ce_grant(''tap_refused_none'', 22, ''read'')'), ('ce_member', 'SELECT ce_revoke_duty(''tap_refused_read'', 1, ''read'')'),
	('ce_person_role', 'SELECT ce_grant_person(''tap_refused_none'', %s)'), ('ce_person_role', 'SELECT ce_revoke_person(''tap_refused_person'', %s)'),
	('ce_scheme', 'SELECT ce_clone_scheme(''general'', ''copy'')'), ('ce_requirement', 'SELECT ce_clone_scheme(''general'', ''copy'')'), ('ce_rule', 'SELECT ce_clone_scheme(''general'', ''copy'')'),
	('ce_cap', 'SELECT ce_clone_scheme(''general'', ''copy'')'), ('ce_window', 'SELECT ce_clone_scheme(''general'', ''copy'')'), ('ce_catchup', 'SELECT ce_clone_scheme(''general'', ''copy'')')) v (target, call);
SELECT is(left_out('ce_allocation', format('SET LOCAL session_replication_role = replica; INSERT INTO ce_allocation (allocation_id, person_id, from_year, to_year, subject, hours, allocated_by, allocated_on) VALUES (470004, %s, 2020, 2018, ''public'', ''1'', 22, ''2020-06-01'');
	SET LOCAL session_replication_role = origin; ', p) || skipping('UPDATE'), 'SELECT ce_reverse_allocation(470004, 22, ''no'')'), '55000 table "ce_allocation" did not take the row', '7.6e: a reversal') FROM spent;
SELECT is(left_out(target, skipping('UPDATE OR DELETE'), format(call, p)), said, 'what is wrong by itself is still said: ' || call) FROM waits, (VALUES
	('ce_activity', 'SELECT status FROM ce_verify(''{470001}'', 4)', '55000 activity 470001 cannot be verified'), ('ce_activity', 'SELECT status FROM ce_revoke(''{470003}'', 4, ''no'')', '55000 activity 470003 cannot be revoked'),
	('ce_activity', 'SELECT status FROM ce_verify(''{470009}'', 4)', 'P0002 activity 470009 does not exist'),
	('ce_member', 'SELECT ce_revoke_duty(''tap_refused_none'', 22, ''read'')', 'P0002 role "tap_refused_none" does not hold the duty "read" for organisation 22'),
	('ce_person_role', 'SELECT ce_revoke_person(''tap_refused_none'', %s)', format('P0002 role "tap_refused_none" is not assigned to person %s', (SELECT p FROM waits)))) v (target, call, said);
SELECT is(left_out('ce_person', skipping('UPDATE'), format('SELECT outcome || '' '' || message FROM ce_import_person(''[{"person_id": %s, "specialty": "rails"}]'')', p)),
	'rejected table "ce_person" did not take the row. A trigger, rule or policy of the table leaves it out. Let the owner of the ledger look at what was added to the table.', 'ce_import_person: what is left out was not taken') FROM waits;
SELECT is(left_out('ce_person', skipping('UPDATE'), format('SELECT outcome FROM ce_import_person(''[{"person_id": %s, "org_id": 25, "specialty": null}]'')', p)), 'unchanged', 'ce_import_person: what is there already is unchanged') FROM waits;

-- nor has a finding or a move an effect that was left out
CREATE TEMP TABLE marked AS SELECT person() AS p;
INSERT INTO ce_application (person_id, level, applied_on, status) SELECT p, 'full_senior', ce_today(), 'refused' FROM marked;
SELECT is(left_out(target, how || skipping('UPDATE'), format(call, p)), format('55000 table "%s" did not take the row', target), target || ': ' || call) FROM marked, (VALUES
	('ce_person', '', 'INSERT INTO ce_sanction (person_id, found_on, decision) VALUES (%s, ''2020-06-01'', ''d'') RETURNING person_id'),
	('ce_application', 'SET LOCAL session_replication_role = replica; UPDATE ce_application SET status = ''open''; SET LOCAL session_replication_role = origin; ',
		'INSERT INTO ce_sanction (person_id, found_on, decision) VALUES (%s, ''2020-06-01'', ''d'') RETURNING person_id'),
	('ce_person', '', 'INSERT INTO ce_person_scheme (person_id, until_on, scheme) VALUES (%s, ''2020-06-01'', ''accounting'') RETURNING person_id')) v (target, how, call);

-- rules that the server cannot write a table with are named in words, and once they are gone nothing of them is left
SELECT is(left_out(target, format('CREATE RULE zz AS ON %s TO %%s DO %s', event, act), format(call, p)), coalesce(said, format('55000 rules of table "%s" keep the ledger from writing it', target)), format('%s: %s DO %s', target, event, act)) FROM waits, (VALUES
	(1, 'ce_activity', 'UPDATE', 'INSTEAD NOTHING', 'SELECT status FROM ce_verify(''{470003}'', 4)', NULL), (2, 'ce_activity', 'UPDATE', 'ALSO NOTHING', 'SELECT status FROM ce_verify(''{470003}'', 4)', 'verified'),
	(3, 'ce_plan', 'UPDATE', 'INSTEAD NOTHING', 'SELECT status FROM ce_file(''{901}'', 2)', NULL), (4, 'ce_plan', 'DELETE', 'INSTEAD NOTHING', 'SELECT status FROM ce_file(''{901}'', 2)', 'filed'),
	(5, 'ce_account', 'INSERT', 'INSTEAD NOTHING', 'SELECT status FROM ce_verify(''{470003}'', 4)', NULL), (6, 'ce_account', 'UPDATE', 'ALSO NOTHING', 'SELECT status FROM ce_verify(''{470003}'', 4)', NULL),
	(7, 'ce_account', 'UPDATE', 'ALSO NOTHING', 'SELECT accounts FROM ce_rebuild(%s)', NULL), (8, 'ce_account', 'DELETE', 'ALSO NOTHING', 'SELECT status FROM ce_verify(''{470003}'', 4)', 'verified'),
	(9, 'ce_person', 'UPDATE', 'ALSO NOTHING', 'SELECT outcome || '' '' || message FROM ce_import_person(''[{"person_id": 470001, "org_id": 25}]'')', 'rejected rules of table "ce_person" keep the ledger from writing it. Drop the rules (CREATE RULE) of the ledger''s tables.'),
	(10, 'ce_waiver', 'INSERT', 'INSTEAD NOTHING', 'SELECT outcome || '' '' || message FROM ce_import_waivers(''{"person_id": %s, "year": 2019, "reason": "r", "decision": "d", "granted_by": 2}'')',
		'rejected rules of table "ce_waiver" keep the ledger from writing it. Drop the rules (CREATE RULE) of the ledger''s tables.')) v (n, target, event, act, call, said) ORDER BY n;
-- so are those of the tables that SQL functions, findings, moves and imports write; what is beside a plain write goes on
CREATE TABLE hr (id bigint PRIMARY KEY, org bigint);
CREATE FUNCTION voids() RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(outcome, ' ') FROM ce_import('lms', '[{"id": "11111111-2222-4333-8444-555555555555", "actor": {"account": {"name": "x"}}, "verb": {"id": "http://adlnet.gov/expapi/verbs/voided"},
		"object": {"objectType": "StatementRef", "id": "21111111-2222-4333-8444-555555555555"}, "timestamp": "2020-01-01T08:00:00+08:00"}]')
$$;
CREATE FUNCTION staged() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO ce_staging (source, source_ref, person_no, kind, completed_on, hours) VALUES ('left out', 'c', 'nobody', 'academy_course', '2020-03-01', '2');
	CALL ce_import_staged();
	RETURN (SELECT outcome FROM ce_staging WHERE source_ref = 'c');
END
$$;
SELECT is(left_out(target, format('CREATE RULE zz AS ON %s TO %%s DO %s', event, act), format(call, p)), coalesce(said, format('55000 rules of table "%s" keep the ledger from writing it', target)), format('%s: %s DO %s', target, event, act)) FROM waits, (VALUES
	(1, 'ce_allocation', 'INSERT', 'INSTEAD NOTHING', 'SELECT ce_allocate(%s, 2020, 2018, ''public'', 1, 22)', NULL), (2, 'ce_application', 'INSERT', 'INSTEAD NOTHING', 'SELECT ce_apply(%s, ''full_senior'', keep_refused => true)', NULL),
	(3, 'ce_application', 'INSERT', 'ALSO NOTHING', 'SELECT status FROM ce_apply(%s, ''full_senior'', keep_refused => true)', 'refused'),
	(4, 'ce_member', 'INSERT', 'ALSO NOTIFY x', 'SELECT ce_grant(''tap_refused_none'', 22, ''read'')', NULL), (5, 'ce_member', 'UPDATE', 'ALSO NOTIFY x', 'SELECT ce_grant(''tap_refused_none'', 22, ''read'')', NULL),
	(6, 'ce_member', 'DELETE', 'ALSO NOTIFY x', 'SELECT ce_grant(''tap_refused_none'', 22, ''read'')', ''), (7, 'ce_person_role', 'INSERT', 'ALSO NOTHING', 'SELECT ce_grant_person(''tap_refused_none'', %s)', NULL),
	(8, 'ce_event', 'INSERT', 'ALSO NOTHING', 'SELECT status FROM ce_verify(''{470003}'', 4)', 'verified'), (9, 'ce_activity', 'INSERT', 'ALSO NOTHING', (SELECT call FROM imported), 'new'),
	(10, 'ce_statement', 'INSERT', 'ALSO NOTHING', 'SELECT voids()', NULL), (11, 'ce_statement', 'DELETE', 'ALSO NOTHING', 'SELECT voids()', 'unchanged'),
	(12, 'ce_staging', 'UPDATE', 'INSTEAD NOTHING', 'SELECT staged()', NULL), (13, 'ce_staging', 'UPDATE', 'ALSO NOTHING', 'SELECT staged()', 'rejected'),
	(14, 'ce_link', 'INSERT', 'ALSO NOTHING', 'SELECT ce_link(''hr'', ''id'', ''org'')', NULL), (15, 'ce_link', 'DELETE', 'ALSO NOTHING', 'SELECT ce_link(''hr'', ''id'', ''org'')', '0'),
	(16, 'ce_person', 'UPDATE', 'INSTEAD NOTHING', 'INSERT INTO ce_sanction (person_id, found_on, decision) VALUES (%s, ''2020-06-01'', ''d'') RETURNING 1', NULL),
	(17, 'ce_person', 'UPDATE', 'INSTEAD NOTHING', 'INSERT INTO ce_person_scheme (person_id, until_on, scheme) VALUES (%s, ''2020-06-01'', ''accounting'') RETURNING 1', NULL)) v (n, target, event, act, call, said) ORDER BY n;
-- of the rows that ce_link() lists
INSERT INTO hr VALUES (470009, 999);
SELECT is(left_out('ce_link_refused', format('CREATE RULE zz AS ON INSERT TO %%s DO %s', act), 'SELECT ce_link(''hr'', ''id'', ''org'', bad_rows => ''list'')'), said, 'ce_link_refused: ' || act)
	FROM (VALUES ('INSTEAD NOTHING', '55000 rules of table "ce_link_refused" keep the ledger from writing it'), ('ALSO NOTHING', '0')) v (act, said);

SELECT * FROM finish();
ROLLBACK;

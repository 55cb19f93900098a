-- 7.1, 7.4, 7.5: who may.  What a role sees, what it writes, for whom it acts.
BEGIN;
\ir lib/titles.psql
SELECT no_plan();
\ir lib/roles.psql

CREATE FUNCTION lacks(role name, duty text, org bigint) RETURNS text LANGUAGE sql AS $$
	SELECT format('42501 role "%s" does not hold the duty "%s" for organisation %s', role, duty, org)
$$;
-- the one answer about a person who is not seen, and about a number that nobody has
CREATE FUNCTION unseen(role name, person bigint) RETURNS text LANGUAGE sql AS $$
	SELECT format('42501 role "%s" does not act for person %s', role, person)
$$;
CREATE FUNCTION today() RETURNS date LANGUAGE sql AS 'SELECT ce_today()';

CREATE ROLE p_read; CREATE ROLE p_factory; CREATE ROLE p_factory_verify; CREATE ROLE p_bureau_verify; CREATE ROLE p_office; CREATE ROLE p_office_back;
CREATE ROLE p_province; CREATE ROLE p_hospital; CREATE ROLE p_base; CREATE ROLE p_department; CREATE ROLE p_academy; CREATE ROLE p_sanction;
CREATE ROLE p_audit; CREATE ROLE p_report; CREATE ROLE p_person; CREATE ROLE p_member; CREATE ROLE p_noinherit NOINHERIT; CREATE ROLE p_stranger;
CREATE ROLE p_university; CREATE ROLE p_both; CREATE ROLE p_wide; CREATE ROLE p_files; CREATE ROLE p_audit_university;
CREATE ROLE p_university_record; CREATE ROLE p_hospital_record; CREATE ROLE p_hospital_verify; CREATE ROLE p_stranger_office;
CREATE ROLE p_audit_department; CREATE ROLE p_health; CREATE ROLE p_health_xining;
INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code) VALUES (3, 'hrss_haidong', 'HRSS office of another prefecture', 'hrss', 'prefecture', 1, '630200');

SELECT lives_ok(format('SELECT ce_grant(%L, %s, %L)', g.role, g.org, g.duty), format('%s %s %s', g.role, g.org, g.duty))
FROM (VALUES ('p_read', 25, 'read'), ('p_factory', 25, 'record'), ('p_factory_verify', 25, 'verify'), ('p_bureau_verify', 11, 'verify'),
	('p_office', 2, 'verify'), ('p_office_back', 2, 'verify'), ('p_office_back', 2, 'backdate'), ('p_province', 1, 'read'),
	('p_hospital', 23, 'read'), ('p_base', 20, 'record'), ('p_department', 10, 'verify'), ('p_academy', 4, 'record'), ('p_academy', 4, 'verify'),
	('p_sanction', 2, 'sanction'), ('p_audit', 2, 'audit'), ('p_report', 2, 'report'), ('p_university', 22, 'record'), ('p_university', 22, 'verify'),
	('p_university_record', 22, 'record'), ('p_hospital_record', 23, 'record'), ('p_hospital_verify', 23, 'verify'), ('p_stranger_office', 3, 'verify'),
	('p_audit_department', 10, 'audit'), ('p_health', 5, 'verify'), ('p_health_xining', 6, 'verify')) g (role, org, duty);
GRANT p_factory TO p_member, p_noinherit;

-- persons of the factory and the hospital, both below the office of the prefecture, and of the university
CREATE TEMP TABLE who AS SELECT person(25) AS f1, person(25) AS f2, person(23) AS h1, person(22) AS u1, NULL::bigint AS u2;
GRANT SELECT ON who TO PUBLIC;
SELECT give_years(f1, 2017, 2018, 2019, 2020), give_years(f2, 2020), give_years(h1, 2020), give_years(u1, 2020) FROM who;
SELECT lives_ok(format('SELECT ce_grant_person(''p_person'', %s)', f1), 'a person''s own role') FROM who;
SELECT ce_grant_person('p_both', f1), ce_grant('p_both', 25, 'verify'), ce_grant('p_both', 2, 'verify') FROM who;

--
-- What is seen
--
SELECT is(by_role(role, 'SELECT count(*) FROM ce_person'), n::text, format('%s sees %s persons', role, n))
FROM (VALUES ('p_read', 2), ('p_factory', 2), ('p_factory_verify', 2), ('p_member', 2), ('p_hospital', 1), ('p_bureau_verify', 1),
	('p_office', 3), ('p_province', 4), ('p_department', 1), ('p_base', 0), ('p_academy', 0), ('p_audit', 3), ('p_report', 3), ('p_person', 1), ('p_university', 1)) v (role, n);
SELECT is(by_role('p_noinherit', 'SELECT count(*) FROM ce_person'), '42501 permission denied for table ce_person', 'a member that does not inherit is not who it is a member of');
GRANT SELECT ON ce_person TO p_noinherit;
SELECT is(by_role('p_noinherit', 'SELECT count(*) FROM ce_person'), '0', 'nor, with the privilege, sees what that one sees');
SELECT is(by_role('p_stranger', 'SELECT count(*) FROM ce_person'), '42501 permission denied for table ce_person', 'a stranger has no privilege');
GRANT SELECT ON ce_person, ce_account, ce_activity, ce_event, ce_member TO p_stranger;
SELECT is(by_role('p_stranger', format('SELECT count(*) FROM %I', t)), '0', format('nor, with one, a row of %s', t)) FROM unnest('{ce_person,ce_account,ce_activity,ce_event,ce_member}'::text[]) t;
SELECT is(by_role('p_read', format('SELECT count(*) FROM %I WHERE person_id = %s', t, f1)), by_role('p_person', format('SELECT count(*) FROM %I', t)),
	format('the person sees of %s what the employer sees of it', t)) FROM who, unnest('{ce_person,ce_account,ce_activity,ce_yearly_totals,ce_archive,ce_eligibility}'::text[]) t;
SELECT cmp_ok(by_role('p_person', 'SELECT count(*) FROM ce_account')::integer, '=', 4, 'which is something');

-- and every question says the same
SELECT is(by_role(role, format('SELECT ce_eligible(%s, ''senior'', as_of => ''2020-12-31'')', f1)), answer, format('ce_eligible to %s', role))
FROM who, (VALUES ('p_read', 'true'), ('p_person', 'true'), ('p_province', 'true'), ('p_hospital', NULL), ('p_base', NULL)) v (role, answer);
SELECT is(by_role('p_hospital', format('SELECT ce_verdict(%s, ''senior'')', f1)), 'unknown_person', 'ce_verdict: who is not seen is not there') FROM who;
SELECT is(by_role('p_hospital', format('SELECT ce_receipt(%s, ''senior'') ->> ''verdict''', f1)), 'unknown_person', 'ce_receipt, too') FROM who;
SELECT is(by_role('p_hospital', format('SELECT count(*) FROM ce_attested(%s)', f1)), '0', 'ce_attested, too') FROM who;
SELECT is(by_role('p_person', format('SELECT ce_verdict(%s, ''senior'', as_of => ''2020-12-31'')', f2)), 'unknown_person', 'a person is told nothing of a colleague') FROM who;
SELECT is(by_role('p_read', 'SELECT count(*) FROM ce_compare_schemes(''general'', ''general'', ''senior'')'), '0', 'ce_compare_schemes runs');

-- both sides of a move, and of a change of the organisations
UPDATE ce_person SET org_id = 23 FROM who WHERE person_id = f2;
SELECT is(by_role('p_read', 'SELECT count(*) FROM ce_person'), '1', 'who has moved is seen no more');
SELECT is(by_role('p_hospital', 'SELECT count(*) FROM ce_person'), '2', 'but by the new employer');
SELECT is(by_role('p_read', format('SELECT count(*) > 0 FROM ce_activity WHERE person_id = %s', f2)), 'true', 'AMB-37: the employer at the time still sees its activities') FROM who;
-- what waits is for the employer at the time and those above it, the academy's for the academy, whether or not they see the person
INSERT INTO ce_activity (activity_id, person_id, org_id, kind, started_on, completed_on, days, evidence) SELECT 880001, f2, 25, 'training', '2020-06-01', '2020-06-05', 5, 'document' FROM who;
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours) SELECT 880002, f2, 'academy_course', '2020-12-05', '3' FROM who;
SELECT is(by_role(role, 'SELECT string_agg(concat_ws('' '', activity_id, next_body, waits_for_filing, verification_due), '', '' ORDER BY activity_id) FROM ce_verification_queue'), waits, format('AMB-37: what waits, to %s', role))
FROM (VALUES ('p_factory_verify', '880001 25 f 2020-12-15'), ('p_office', '880001 25 f 2020-12-15, 880002 f 2020-12-15'), ('p_university', NULL),
	('p_academy', '880002 f 2020-12-15'), ('p_hospital', '880001 25 f 2020-12-15, 880002 f 2020-12-15')) v (role, waits);
SELECT is(by_role(role, 'SELECT string_agg(finding || '' '' || object_id, '', '' ORDER BY finding, object_id) FROM ce_findings WHERE object_id >= 880001'), found, format('8.2b, 8.3: what is late, to %s', role))
FROM (VALUES ('p_factory_verify', 'verification overdue 880001'), ('p_university', NULL),
	('p_academy', 'late study 880002, verification overdue 880002'), ('p_hospital', 'late study 880002, verification overdue 880001, verification overdue 880002')) v (role, found);
DELETE FROM ce_activity WHERE activity_id IN (880001, 880002);
UPDATE ce_person SET org_id = 25 FROM who WHERE person_id = f2;
UPDATE ce_org SET parent_id = 2 WHERE org_id = 23;
SELECT is(by_role('p_bureau_verify', 'SELECT count(*) FROM ce_person'), '0', 'a body that the hospital is no longer below sees none of it');
UPDATE ce_org SET parent_id = 11 WHERE org_id = 23;
SELECT is(by_role('p_bureau_verify', 'SELECT count(*) FROM ce_person'), '1', 'and again when it is');

-- who may is heard of, whoever writes it down
DELETE FROM ce_member WHERE role_name = 'p_read';
SELECT is(by_role('p_read', 'SELECT count(*) FROM ce_person'), '0', 'a duty that is gone shows nothing');
INSERT INTO ce_member (role_name, org_id, duty) VALUES ('p_read', 25, 'read');
SELECT is(by_role('p_read', 'SELECT count(*) FROM ce_person'), '2', 'and does when it is back');

-- the log is the auditor's
SELECT is(by_role('p_read', 'SELECT count(*) FROM ce_event'), '42501 permission denied for table ce_event', 'a reader does not read the log');
SELECT cmp_ok(by_role('p_audit', 'SELECT count(*) FROM ce_event')::integer, '>', 0, 'an auditor does');
SELECT is(by_role('p_audit', 'SELECT count(*) FROM ce_member WHERE org_id NOT IN (2, 11, 23, 25)'), '0', 'and sees who acts within its reach, no further');
SELECT is(by_role('p_audit', 'SELECT count(*) FROM ce_person_role'), '2', 'and whose role is whose');
SELECT is(by_role('p_report', 'SELECT count(*) > 0 FROM ce_annual_statistics'), 'true', 'a reporting tool reads the statistics');
SELECT is(by_role('p_report', 'SELECT sum(persons) FROM ce_quarterly_report WHERE reports_as = ''employer'''), by_role('p_audit', 'SELECT sum(persons) FROM ce_quarterly_report WHERE reports_as = ''employer'''), 'of its subtree');
SELECT is(by_role('p_report', format('SELECT %s', c)), format('42501 permission denied for %s', d), format('but not %s', c))
FROM (VALUES ('evidence FROM ce_activity', 'table ce_activity'), ('sanctioned FROM ce_person', 'table ce_person'), ('person_no FROM ce_person', 'table ce_person'), ('p FROM ce_person p', 'table ce_person'),
	('title FROM ce_plan', 'table ce_plan'), ('note FROM ce_plan', 'table ce_plan'), ('title FROM ce_achievement', 'table ce_achievement'), ('evidence FROM ce_achievement', 'table ce_achievement'),
	('note FROM ce_achievement', 'table ce_achievement'), ('1 FROM ce_filing_status', 'view ce_filing_status'), ('1 FROM ce_findings', 'view ce_findings'), ('1 FROM ce_eligibility', 'view ce_eligibility'), ('1 FROM ce_sanction', 'table ce_sanction'), ('1 FROM ce_application', 'table ce_application'), ('1 FROM ce_archive', 'view ce_archive')) v (c, d);

SELECT is(by_role('p_report', format('SELECT ce_verdict(%s, ''senior'', as_of => ''2020-12-31'')', f1)), '42501 permission denied for table ce_person', '6.2: nor a verdict, also of one without a finding') FROM who;
SELECT is(by_role('p_report', q), by_role('p_read', q), format('4.1, 5.2.5, 7.6: to a reporting tool as to a reader: %s', q))
FROM who, LATERAL (VALUES (format('SELECT md5(string_agg(t::text, '','' ORDER BY year)) FROM ce_yearly_totals t WHERE person_id = %s', f1)), (format('SELECT count(*) FROM ce_attested_hours WHERE person_id = %s', f1)),
	(format('SELECT count(*) FROM ce_attested(%s, ''2020-12-31'')', f1)), (format('SELECT ce_account_as_of(%s, 2020, ce_today())', f1)),
	('SELECT count(late) FROM ce_filing_dates WHERE status = ''filed''')) v (q);
-- the same by the executor, which goes by the columns too
ALTER POLICY ce_sees ON ce_person USING (ce_sees_person(person_id + 0, org_id));
ALTER POLICY ce_sees ON ce_achievement USING (ce_sees_person(person_id + 0));
SELECT is(by_role('p_report', q), by_role('p_read', q), format('by the long way: %s', q))
FROM who, LATERAL (VALUES (format('SELECT count(*) FROM ce_attested(%s, ''2020-12-31'')', f1)), (format('SELECT count(*) FROM ce_yearly_totals WHERE person_id = %s', f1))) v (q);
SELECT is(by_role('p_read', format('SELECT ce_verdict(%s, ''senior'', as_of => ''2020-12-31'')', f1)), 'eligible', 'and a verdict, to a reader') FROM who;
ALTER POLICY ce_sees ON ce_person USING (ce_sees_person(person_id, org_id));
ALTER POLICY ce_sees ON ce_achievement USING (ce_sees_person(person_id));
-- what goes with one duty stays for another
SELECT ce_grant('p_report', 2, 'read'), ce_revoke_duty('p_report', 2, 'report');
SELECT is(by_role('p_report', 'SELECT count(person_no) FROM ce_person'), by_role('p_audit', 'SELECT count(person_no) FROM ce_person'), 'a reader reads all columns, also after the duty report went');
SELECT ce_grant('p_report', 2, 'report'), ce_revoke_duty('p_report', 2, 'read');
SELECT is(by_role('p_report', 'SELECT person_no FROM ce_person'), '42501 permission denied for table ce_person', 'and a reporting tool those of report when read is gone');
SELECT is(by_role('p_report', 'SELECT count(held_level) FROM ce_person'), by_role('p_audit', 'SELECT count(held_level) FROM ce_person'), 'which it keeps');

-- the short way to a person's rows is for the policies as they were made
SELECT is(by_role('p_read', format('SELECT ce_eligible(%s, ''senior'', as_of => ''2020-12-31'')', f1)), 'true', 'before') FROM who;
CREATE POLICY narrower ON ce_account AS RESTRICTIVE FOR SELECT USING (year > 2018);
SELECT is(by_role('p_read', format('SELECT ce_eligible(%s, ''senior'', as_of => ''2020-12-31'')', f1)), 'false', 'a restrictive policy of the user''s narrows what a question sees') FROM who;
DROP POLICY narrower ON ce_account;
ALTER POLICY ce_sees ON ce_account USING (ce_sees_person(person_id) AND year > 2018);
SELECT is(by_role('p_read', format('SELECT ce_eligible(%s, ''senior'', as_of => ''2020-12-31'')', f1)), 'false', 'and so does a change of ours') FROM who;
SELECT ce_setup();
SELECT is(by_role('p_read', format('SELECT ce_eligible(%s, ''senior'', as_of => ''2020-12-31'')', f1)), 'false', 'which ce_setup() leaves as it is') FROM who;
SELECT ce_secure();
SELECT is(by_role('p_read', format('SELECT ce_eligible(%s, ''senior'', as_of => ''2020-12-31'')', f1)), 'true', 'and ce_secure() makes again as shipped') FROM who;
SELECT is(by_role('p_read', format('SELECT ce_eligible(%s, ''senior'', as_of => ''2020-12-31'')', f1)), by_role('p_read', format('SELECT ce_eligible_by_no(''P%s'', ''senior'', as_of => ''2020-12-31'')', f1)), 'by person_no the same') FROM who;

--
-- Recording
--
CREATE FUNCTION training(p bigint) RETURNS text LANGUAGE sql AS $$
	SELECT format('INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours, evidence) VALUES (%s, ''training'', ''2020-05-11'', ''2020-05-15'', ''20'', ''document'') RETURNING activity_id', p)
$$;
CREATE TEMP TABLE ids (what text, id bigint);
GRANT ALL ON ids TO PUBLIC;
SELECT is(by_role('p_read', training(f1)), '42501 permission denied for table ce_activity', 'a reader records nothing') FROM who;
SELECT is(by_role('p_factory', training(h1)), unseen('p_factory', h1), 'a unit admin records nothing for another employer''s staff') FROM who;
INSERT INTO ids SELECT 'training', by_role('p_factory', training(f1))::bigint FROM who;
SELECT cmp_ok(id, '>', 0::bigint, '7.3a: for its own it does') FROM ids;
INSERT INTO ids SELECT 'other', by_role('p_member', training(f1))::bigint FROM who;
SELECT is(by_role('p_factory', format('UPDATE ce_activity SET hours = ''21'' WHERE activity_id = %s RETURNING hours', id)), '21', 'and corrects it') FROM ids WHERE what = 'training';
SELECT is(by_role('p_office', format('UPDATE ce_activity SET note = ''mine'' WHERE activity_id = %s RETURNING note', id)), lacks('p_office', 'record', 25), 'a body that verifies does not write remarks') FROM ids WHERE what = 'training';
SELECT is(by_role('p_factory', format('UPDATE ce_activity SET awarded = ''99'' WHERE activity_id = %s', id)), '42501 permission denied for table ce_activity', 'nobody is given the derived columns') FROM ids WHERE what = 'training';
SELECT is(by_role('p_factory', 'UPDATE ce_account SET year = year'), '42501 permission denied for table ce_account', 'nor the accounts');
GRANT ALL ON ce_account, ce_event, ce_requirement TO p_factory;
SELECT is(by_role('p_factory', 'UPDATE ce_account SET year = 2016'), '23001 rows of table "ce_account" cannot be changed or deleted', 'and with the privilege changes no row of them');
SELECT is(by_role('p_factory', format('INSERT INTO ce_account VALUES (%s, 2016, ''{}'', ''2016-01-01'')', f1)), '23001 cannot insert into table "ce_account"', 'nor adds one') FROM who;
REVOKE ALL ON ce_account, ce_event, ce_requirement FROM p_factory;
SELECT is(by_role('p_factory', 'INSERT INTO ce_person (person_id, org_id) VALUES (900, 25) RETURNING person_id'), '900', '7.1: the unit admin enters its staff');
SELECT is(by_role('p_factory', 'INSERT INTO ce_person (person_id, org_id) VALUES (901, 23)'), lacks('p_factory', 'record', 23), 'and no others');
SELECT is(by_role('p_factory', 'UPDATE ce_person SET org_id = 23 WHERE person_id = 900'), lacks('p_factory', 'record', 23), 'nor moves them to others');
SELECT is(by_role('p_factory', 'UPDATE ce_person SET sanctioned = true WHERE person_id = 900'), '42501 permission denied for table ce_person', '6.2: nor marks them');

-- the same by a load: an id and a number of persons whom the role does not see
SELECT is(by_role('p_factory', format('SELECT outcome || '': '' || message FROM ce_import_person(''[{"person_id": %s, "org_id": 25}]'')', h1)), format('rejected: role "p_factory" does not act for person %s. Clause 7.1: the person is not in the ledger, or belongs to an organisation that the role does not act for. Check the person_id; the ledger''s owner grants duties with ce_grant().', h1), '7.1: a load does not take in others'' staff') FROM who;
UPDATE ce_person SET person_no = 'H-1' WHERE person_id = (SELECT h1 FROM who);
SELECT is(by_role('p_factory', 'SELECT outcome || '': '' || message FROM ce_import_person(''[{"person_id": 902, "person_no": "H-1", "org_id": 25}]'')'), 'rejected: person_no: another person already has this value', '7.1: nor a number of theirs');
SELECT is(by_role('p_factory', 'SELECT outcome FROM ce_import_person(''[{"person_id": 902, "person_no": "H-2", "org_id": 25}]'')'), 'new', '7.1: another number is taken');
SELECT is(by_role('p_factory', 'DELETE FROM ce_person WHERE person_id = 902'), '42501 permission denied for table ce_person', '7.4: and stays');
DELETE FROM ce_person WHERE person_id = 902;
UPDATE ce_person SET person_no = NULL WHERE person_id = (SELECT h1 FROM who);

-- a self-verifying university cannot take in strangers' hours
SELECT is(by_role('p_university', replace(training(f1), '(person_id,', '(org_id, person_id,')), '42601 INSERT has more target columns than expressions', 'the statement is as meant') FROM who;
SELECT is(by_role('p_university', replace(replace(training(f1), '(person_id,', '(org_id, person_id,'), 'VALUES (', 'VALUES (22, ')), unseen('p_university', f1), '7.5: it records its own staff, whatever employer it names') FROM who;
SELECT cmp_ok(by_role('p_university', training(u1))::bigint, '>', 0::bigint, 'which it does') FROM who;

-- a base records attendance of persons that it does not see
INSERT INTO ids SELECT 'plan', filed_plan(20, 'online', '60');
INSERT INTO ids SELECT 'foreign plan', filed_plan(21, 'online', '60');
CREATE FUNCTION attended(p bigint, plan bigint, more text DEFAULT '') RETURNS text LANGUAGE sql AS $$
	SELECT format('INSERT INTO ce_activity (person_id, kind, plan_id, completed_on, hours%s) VALUES (%s, ''base_online'', %s, ''2020-04-01'', ''60''%s) RETURNING activity_id',
		CASE WHEN more > '' THEN ', org_id' ELSE '' END, p, plan, CASE WHEN more > '' THEN ', ' || more ELSE '' END)
$$;
INSERT INTO ids SELECT 'attended', by_role('p_base', attended(f1, id))::bigint FROM who, ids WHERE what = 'plan';
SELECT is(by_role('p_base', 'SELECT string_agg(activity_id::text, '','') FROM ce_activity'), id::text, '7.2a: a base records, and sees, who attended its course') FROM ids WHERE what = 'attended';
SELECT is(by_role('p_base', attended(f1, id)), unseen('p_base', f1), 'but not another''s course') FROM who, ids WHERE what = 'foreign plan';
SELECT is(by_role('p_base', attended(f1, id, '22')), lacks('p_base', 'record', 22), 'nor under an employer of its choosing') FROM who, ids WHERE what = 'plan';
SELECT is(by_role('p_base', 'INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status) VALUES (9001, 20, ''x'', ''online'', ''5'', ''submitted'') RETURNING status'), 'submitted', 'it submits its plans');
SELECT is(by_role('p_base', 'INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status) VALUES (9002, 21, ''x'', ''online'', ''5'', ''submitted'') RETURNING status'), lacks('p_base', 'record', 21), 'and no others''');
SELECT is(by_role('p_hospital', 'SELECT string_agg(DISTINCT status::text, '','') FROM ce_plan'), 'filed', 'others see plans when they are filed');

-- an import of a base: the plan is the fault, whether there is such a person or not
CREATE FUNCTION base_imports(facts jsonb) RETURNS text LANGUAGE sql AS $$
	SELECT by_role('p_base', format('SELECT message FROM ce_import(''b'', %L)', '{"source_ref": "f", "kind": "base_online", "completed_on": "2020-05-15", "hours": "1"}'::jsonb || facts))
$$;
SELECT is(base_imports(jsonb_build_object('person_id', p, 'plan_id', id)), format('field "person_id": there is no person "%s" among your staff, and plan %s is another organisation''s. Correct one of the two; hours of others'' staff are imported by the organiser of their plan.', p, id), '5.2.1, 7.1: another base''s plan, person ' || whose)
	FROM ids, (SELECT f1, 'of others' FROM who UNION ALL SELECT 99999, 'not there') v (p, whose) WHERE ids.what = 'foreign plan';
SELECT is(base_imports(jsonb_build_object('person_id', 99999, 'plan_id', id)), 'field "person_id": there is no person "99999". Enter the person in ce_person first.', '7.1: of its own plan the person is the fault') FROM ids WHERE what = 'plan';
SELECT is(base_imports(jsonb_build_object('person_id', f1, 'plan_id', 999998)), format('field "person_id": there is no person "%s". Enter the person in ce_person first.', f1), '7.1: and of a plan that is not there') FROM who;
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours) VALUES (9003, 21, 'x', 'online', '5');
SELECT is(base_imports(jsonb_build_object('person_id', f1, 'plan_id', 9003)), format('field "person_id": there is no person "%s". Enter the person in ce_person first.', f1), '7.1: so of a plan that the base does not see') FROM who;
DELETE FROM ce_plan WHERE plan_id = 9003;
SELECT alike(base_imports(jsonb_build_object('plan_id', id)), '%person_id%', '7.1: without a person that is the fault') FROM ids WHERE what = 'foreign plan';

-- the academy's feed
SELECT is(by_role('p_academy', format('INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (%s, ''academy_course'', %L, ''1'', ''verified'', 4, %2$L) RETURNING status', f1, today())),
	'verified', '5.1: the academy records and verifies what it taught') FROM who;
SELECT is(by_role('p_academy', training(f1)), unseen('p_academy', f1), 'and nothing else') FROM who;

--
-- Acting for a body
--
CREATE FUNCTION verify(id bigint, body bigint, day text DEFAULT 'ce_today()') RETURNS text LANGUAGE sql AS $$
	SELECT format('SELECT status FROM ce_verify(''{%s}'', %s, %s)', id, body, day)
$$;
SELECT is(by_role('p_factory', verify(id, 25)), '42501 role "p_factory" does not hold the duty "verify" for organisation 25', '7.4a: who records is not given the columns of verification') FROM ids WHERE what = 'training';
GRANT UPDATE ON ce_activity TO p_factory;
SELECT is(by_role('p_factory', verify(id, 25)), lacks('p_factory', 'verify', 25), 'and with them does not verify') FROM ids WHERE what = 'training';
SELECT is(by_role('p_office', verify(id, 25)), lacks('p_office', 'verify', 25), 'nor the office in the employer''s place') FROM ids WHERE what = 'training';
SELECT is(by_role('p_both', verify(id, 25)), '42501 you cannot act on your own hours', '7.4: nobody reviews hours of his own') FROM ids WHERE what = 'training';
SELECT is(by_role('p_factory_verify', verify(id, 25)), 'in_review', 'the employer''s step') FROM ids WHERE what = 'training';
SELECT is(by_role('p_factory_verify', verify(id, 2)), lacks('p_factory_verify', 'verify', 2), 'and not the office''s') FROM ids WHERE what = 'training';
SELECT is(by_role('p_both', verify(id, 2)), '42501 you cannot act on your own hours', '7.4: nobody verifies hours of his own') FROM ids WHERE what = 'training';
SELECT is(by_role('p_office', verify(id, 2, 'ce_today() - 1')), lacks('p_office', 'backdate', 2), 'verified yesterday: needs a duty of its own') FROM ids WHERE what = 'training';
SELECT is(by_role('p_office', verify(id, 2)), 'verified', 'today does not') FROM ids WHERE what = 'training';
GRANT UPDATE (awarded) ON ce_activity TO p_office;
SELECT alike(by_role('p_office', format('UPDATE ce_activity SET awarded = NULL WHERE activity_id = %s', id)), '55000 verified activity % cannot be changed%', '7.4b: hours are made again for the ledger''s owner alone') FROM ids WHERE what = 'training';
REVOKE UPDATE (awarded) ON ce_activity FROM p_office;
SELECT is(by_role('p_office', format('SELECT status FROM ce_revoke(''{%s}'', 2, ''forged'', ce_today())', id)), 'revoked', '6.2d: revoked today') FROM ids WHERE what = 'training';
SELECT is(by_role('p_factory_verify', verify(id, 25)), 'in_review', 'another one') FROM ids WHERE what = 'other';
SELECT is(by_role('p_office_back', verify(id, 2, 'ce_today() - 1')), 'verified', 'verified yesterday by who may backdate') FROM ids WHERE what = 'other';
SELECT is(by_role('p_office', format('SELECT status FROM ce_revoke(''{%s}'', 2, ''forged'', ce_today() - 1)', id)), lacks('p_office', 'backdate', 2), 'revoked yesterday: the same') FROM ids WHERE what = 'other';
SELECT is(by_role('p_office_back', format('SELECT status FROM ce_revoke(''{%s}'', 2, ''forged'', ce_today() - 1)', id)), 'revoked', 'by who may') FROM ids WHERE what = 'other';
SELECT is(by_role('p_factory_verify', format('SELECT status FROM ce_reject(''{%s}'', 25, ''no'')', id)), 'rejected', '7.4: rejected by the body whose turn it is') FROM ids WHERE what = 'attended';

-- nor behind SET ROLE, nor the owner
SELECT ce_grant_person(session_user, u1) FROM who;
SELECT is(by_role('p_university', format('SELECT status FROM ce_verify(ARRAY(SELECT activity_id FROM ce_activity WHERE person_id = %s AND status = ''submitted''), 22)', u1)),
	'42501 you cannot act on your own hours', '7.5: whoever logged in stays the person') FROM who;
SELECT throws_ok(format('INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (%s, ''recorded_professional'', ''2018-12-31'', ''1'', ''verified'', 22, ''2020-01-01'')', u1),
	'42501', 'you cannot act on your own hours', 'and the ledger''s owner is nobody, too') FROM who;
SELECT ce_revoke_person(session_user, u1) FROM who;
SELECT is(by_role('p_university', format('SELECT status FROM ce_verify(ARRAY(SELECT activity_id FROM ce_activity WHERE person_id = %s AND status = ''submitted''), 22)', u1)), 'verified', 'others may') FROM who;

-- filing
SELECT ce_grant('p_wide', 1, 'read'), ce_grant('p_wide', 22, 'verify'), ce_grant('p_files', 1, 'verify');
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status) VALUES (9010, 4, 'submitted', 'online', '5', 'submitted'), (9011, 4, 'draft', 'online', '5', 'draft');
SELECT is(by_role(role, 'SELECT string_agg(plan_id::text, '','' ORDER BY plan_id) FROM ce_plan WHERE plan_id IN (9010, 9011)'), plans, format('7.2: %s sees of the academy''s plans %s', role, plans))
FROM (VALUES ('p_academy', '9010,9011'), ('p_files', '9010'), ('p_department', '9010'), ('p_office', NULL), ('p_base', NULL), ('p_person', NULL)) v (role, plans);
INSERT INTO ids SELECT 'base plan', plan_id FROM ce_plan WHERE org_id = 20 AND status = 'submitted';
SELECT is(by_role('p_base', format('SELECT status FROM ce_file(''{%s}'', 10)', id)), '42501 role "p_base" does not hold the duty "verify" for organisation 10', '7.2a: a base does not review its own plan') FROM ids WHERE what = 'base plan';
SELECT is(by_role('p_wide', format('SELECT status FROM ce_file(''{%s}'', 10)', id)), lacks('p_wide', 'verify', 10), 'nor who merely reads above it') FROM ids WHERE what = 'base plan';
SELECT is(by_role('p_department', format('SELECT status FROM ce_file(''{%s}'', 10)', id)), 'reviewed', 'the department does') FROM ids WHERE what = 'base plan';
SELECT is(by_role('p_department', format('SELECT status FROM ce_file(''{%s}'', 1)', id)), lacks('p_department', 'verify', 1), 'and does not file it') FROM ids WHERE what = 'base plan';
SELECT is(by_role('p_files', format('SELECT status FROM ce_file(''{%s}'', 1, ce_today() - 1)', id)), lacks('p_files', 'backdate', 1), 'filed yesterday: needs a duty of its own') FROM ids WHERE what = 'base plan';
SELECT is(by_role('p_files', format('SELECT status FROM ce_file(''{%s}'', 1)', id)), 'filed', 'today does not') FROM ids WHERE what = 'base plan';

-- achievements, allocations, sanctions, applications
SELECT is(by_role('p_factory', format('INSERT INTO ce_achievement (person_id, kind, rank, achieved_on) VALUES (%s, ''invention_patent'', 1, ''2020-02-03'')', u1)), unseen('p_factory', u1), '7.3c: no achievement of another employer''s staff') FROM who;
INSERT INTO ids SELECT 'patent', by_role('p_factory', format('INSERT INTO ce_achievement (person_id, kind, rank, achieved_on) VALUES (%s, ''invention_patent'', 1, ''2020-02-03'') RETURNING achievement_id', f1))::bigint FROM who;
SELECT is(by_role('p_factory', format('UPDATE ce_achievement SET attested_by = 25 WHERE achievement_id = %s', id)), '42501 permission denied for table ce_achievement', '7.3c: who records does not attest') FROM ids WHERE what = 'patent';
SELECT is(by_role('p_office', format('UPDATE ce_achievement SET attested_by = 25, attested_on = ce_today() WHERE achievement_id = %s', id)), lacks('p_office', 'verify', 25), 'nor the office in the employer''s place') FROM ids WHERE what = 'patent';
SELECT is(by_role('p_both', format('UPDATE ce_achievement SET attested_by = 25, attested_on = ce_today() WHERE achievement_id = %s', id)), '42501 you cannot act on your own hours', 'nor the person') FROM ids WHERE what = 'patent';
SELECT is(by_role('p_factory_verify', format('UPDATE ce_achievement SET attested_by = 25, attested_on = ce_today() - 1 WHERE achievement_id = %s', id)), lacks('p_factory_verify', 'backdate', 25), 'nor as of yesterday') FROM ids WHERE what = 'patent';
SELECT is(by_role('p_factory_verify', format('UPDATE ce_achievement SET attested_by = 25, attested_on = ce_today() WHERE achievement_id = %s RETURNING attested_by', id)), '25', 'the employer attests') FROM ids WHERE what = 'patent';
SELECT is(by_role('p_wide', format('UPDATE ce_achievement SET revoked_on = ce_today(), note = ''forged'' WHERE achievement_id = %s', id)), lacks('p_wide', 'verify', 25), '7.3c: taken back by who verifies for the employer or above, no other') FROM ids WHERE what = 'patent';
SELECT give(f2, jsonb_build_object('kind', 'base_online', 'plan_id', filed_plan(20, 'online', '30'), 'completed_on', '2020-05-01', 'hours', '30')) FROM who;
CREATE FUNCTION allocation(p bigint, day text DEFAULT 'ce_today()') RETURNS text LANGUAGE sql AS $$
	SELECT format('SELECT ce_allocate(%s, 2020, 2018, ''professional'', ''10'', 2, %s)', p, day)
$$;
SELECT is(by_role('p_factory_verify', allocation(f2)), lacks('p_factory_verify', 'verify', 2), '7.6e: surplus is allocated for the body that verifies') FROM who;
SELECT is(by_role('p_both', allocation(f1)), '42501 you cannot act on your own hours', '7.6e: nobody allocates his own') FROM who;
SELECT is(by_role('p_office', allocation(f2, 'ce_today() - 1')), lacks('p_office', 'backdate', 2), '7.6e: yesterday needs a duty of its own') FROM who;
INSERT INTO ids SELECT 'surplus', by_role('p_office', allocation(f2))::bigint FROM who;
SELECT is(by_role('p_factory_verify', format('SELECT ce_reverse_allocation(%s, 2, ''x'')', id)), lacks('p_factory_verify', 'verify', 2), '7.6e: and taken back for it') FROM ids WHERE what = 'surplus';
SELECT is(by_role('p_factory_verify', format('UPDATE ce_allocation SET note = ''x'' WHERE allocation_id = %s', id)), lacks('p_factory_verify', 'verify', 2), '7.6e: remarks are for that body and those above it') FROM ids WHERE what = 'surplus';
SELECT is(by_role('p_office', format('UPDATE ce_allocation SET note = ''x'' WHERE allocation_id = %s RETURNING note', id)), 'x', 'which writes them') FROM ids WHERE what = 'surplus';
SELECT is(by_role('p_factory', format('INSERT INTO ce_application (person_id, level, applied_on) VALUES (%s, ''junior'', ''2020-12-31'')', u1)), unseen('p_factory', u1), '4.2: who records for the employer applies') FROM who;
SELECT is(by_role('p_factory', format('INSERT INTO ce_application (person_id, level, applied_on) VALUES (%s, ''junior'', ''2020-12-31'')', f1)), lacks('p_factory', 'backdate', 25), '4.2: not as of a day before') FROM who;
INSERT INTO ce_application (application_id, person_id, level, applied_on) SELECT 7001, f1, 'junior'::ce_level, '2020-12-31'::date FROM who UNION ALL SELECT 7002, u1, 'junior', '2020-12-31' FROM who;
SELECT is(by_role('p_factory', 'UPDATE ce_application SET status = ''decided'' WHERE application_id = 7001'), lacks('p_factory', 'verify', 25), '4.2: and does not decide');
SELECT is(by_role('p_both', 'UPDATE ce_application SET status = ''decided'' WHERE application_id = 7001'), '42501 you cannot act on your own hours', '4.2: nor does the person');
SELECT is(by_role('p_office', 'UPDATE ce_application SET status = ''decided'' WHERE application_id = 7001 RETURNING status'), 'decided', '4.2: but a body that verifies above');
SELECT is(by_role('p_both', format('INSERT INTO ce_sanction (person_id, found_on, decision) VALUES (%s, ce_today(), ''d'')', f1)), '42501 permission denied for table ce_sanction', '6.2: nor are findings') FROM who;
SELECT ce_grant('p_both', 2, 'sanction');
SELECT is(by_role('p_both', format('INSERT INTO ce_sanction (person_id, found_on, decision) VALUES (%s, ce_today(), ''d'')', f1)), '42501 you cannot act on your own hours', '6.2: nobody finds, or lifts, his own') FROM who;
SELECT is(by_role('p_office', format('INSERT INTO ce_sanction (person_id, found_on, decision) VALUES (%s, ce_today(), ''d'')', h1)), '42501 permission denied for table ce_sanction', '6.2: findings are not for who verifies') FROM who;
SELECT is(by_role('p_sanction', format('INSERT INTO ce_sanction (person_id, found_on, decision) VALUES (%s, ce_today() - 1, ''d'')', h1)), lacks('p_sanction', 'backdate', 23), 'nor found yesterday') FROM who;
SELECT is(by_role('p_sanction', format('INSERT INTO ce_sanction (person_id, found_on, decision) VALUES (%s, ce_today(), ''d'') RETURNING decision', h1)), 'd', 'but for who sanctions for the employer or a body above it') FROM who;
SELECT is(by_role('p_sanction', format('INSERT INTO ce_sanction (person_id, found_on, decision) VALUES (%s, ce_today(), ''d'')', u1)), unseen('p_sanction', u1), 'and not beyond') FROM who;

-- who sees them
INSERT INTO ce_achievement (person_id, kind, rank, achieved_on) SELECT u1, 'invention_patent', 1, '2020-02-03'::date FROM who;
SELECT ce_grant('p_audit_university', 22, 'audit');
SELECT is(by_role(role, 'SELECT concat_ws('' '', (SELECT count(*) FROM ce_achievement), (SELECT count(*) FROM ce_allocation), (SELECT count(*) FROM ce_sanction), (SELECT count(*) FROM ce_application))'),
	seen, format('achievements, allocations, findings and applications that %s sees', role))
FROM (VALUES ('p_read', '1 1 0 1'), ('p_person', '1 0 0 1'), ('p_hospital', '0 0 1 0'), ('p_university', '1 0 0 1'), ('p_office', '1 1 1 1'), ('p_province', '2 1 1 2'), ('p_base', '0 0 0 0')) v (role, seen);
SELECT is(by_role(role, 'SELECT concat_ws('' '', (SELECT count(*) > 0 FROM ce_event), (SELECT count(*) > 0 FROM ce_event WHERE by_org = 25), (SELECT count(*) > 0 FROM ce_event WHERE by_org = 22), (SELECT count(*) FROM ce_person_role))'),
	seen, format('7.1: the log and the own roles that %s audits', role))
FROM (VALUES ('p_audit', 't t f 2'), ('p_audit_university', 't f t 0')) v (role, seen);
-- what is taken back, by who verifies over the employer
SELECT is(by_role('p_factory_verify', format('UPDATE ce_achievement SET revoked_on = ce_today() - 1, note = ''copied'' WHERE achievement_id = %s', id)), lacks('p_factory_verify', 'backdate', 25), '7.3c: nothing is taken back before it was attested') FROM ids WHERE what = 'patent';
SELECT is(by_role('p_hospital_verify', format('WITH w AS (UPDATE ce_achievement SET revoked_on = ce_today(), note = ''copied'' WHERE achievement_id = %s RETURNING 1) SELECT count(*) FROM w', id)), '0', '7.3c: who verifies for another employer reaches no row') FROM ids WHERE what = 'patent';
GRANT UPDATE (revoked_on) ON ce_achievement TO p_factory;
SELECT is(by_role('p_factory', format('UPDATE ce_achievement SET revoked_on = ce_today(), note = ''copied'' WHERE achievement_id = %s', id)), lacks('p_factory', 'verify', 25), '7.3c: who records does not take back') FROM ids WHERE what = 'patent';
SELECT is(by_role('p_both', format('UPDATE ce_achievement SET revoked_on = ce_today(), note = ''copied'' WHERE achievement_id = %s', id)), '42501 you cannot act on your own hours', '7.3c: nor the person') FROM ids WHERE what = 'patent';
SELECT is(by_role('p_office', format('UPDATE ce_achievement SET revoked_on = ce_today(), note = ''copied'' WHERE achievement_id = %s RETURNING note', id)), 'copied', '7.3c: a body above the employer may') FROM ids WHERE what = 'patent';

SELECT achieve(f1, '{"kind":"invention_patent","rank":1,"achieved_on":"2020-02-04"}') FROM who;
INSERT INTO ids SELECT 'old patent', achievement_id FROM ce_achievement JOIN who ON person_id = f1 WHERE achieved_on = '2020-02-04';
SELECT is(by_role('p_office', format('UPDATE ce_achievement SET revoked_on = ce_today() - 1, note = ''copied'' WHERE achievement_id = %s', id)), lacks('p_office', 'backdate', 25), '7.3c: nor as of yesterday') FROM ids WHERE what = 'old patent';
SELECT is(by_role('p_office_back', format('UPDATE ce_achievement SET revoked_on = ce_today() - 1, note = ''copied'' WHERE achievement_id = %s RETURNING note', id)), 'copied', 'but by who may') FROM ids WHERE what = 'old patent';

-- an allocation: made and reversed by the body that verifies
UPDATE who SET u2 = person(22);
SELECT give_online(u2, 20, '140'), give_years(u2, 2017, 2019) FROM who;
INSERT INTO ids SELECT 'allocation', by_role('p_university', format('SELECT ce_allocate(%s, 2020, 2018, ''professional'', ''20'', 22)', u2))::bigint FROM who;
SELECT is(by_role('p_university', format('SELECT ce_allocate(%s, 2020, 2018, ''professional'', ''20'', 22, ce_today() - 1)', u2)), lacks('p_university', 'backdate', 22), '7.6e: nor allocated as of yesterday') FROM who;
SELECT is(by_role('p_university', format('UPDATE ce_allocation SET note = ''as agreed'' WHERE allocation_id = %s RETURNING note', id)), 'as agreed', '7.6e: the body that allocated hours remarks on it') FROM ids WHERE what = 'allocation';
GRANT UPDATE ON ce_allocation TO p_university_record;
SELECT is(by_role('p_university_record', format('UPDATE ce_allocation SET note = ''mine'' WHERE allocation_id = %s', id)), lacks('p_university_record', 'verify', 22), '7.6e: who records does not, with the privilege') FROM ids WHERE what = 'allocation';
SELECT is(by_role('p_university_record', format('UPDATE ce_allocation SET reversed_by = 22, note = ''mine'' WHERE allocation_id = %s', id)), lacks('p_university_record', 'verify', 22), '7.6e: nor reverses it') FROM ids WHERE what = 'allocation';
SELECT is(by_role('p_department', format('UPDATE ce_allocation SET note = ''seen above'' WHERE allocation_id = %s RETURNING note', id)), 'seen above', '7.6e: who verifies above the body does') FROM ids WHERE what = 'allocation';
SELECT is(by_role('p_university', format('UPDATE ce_allocation SET reversed_by = 22, note = ''by mistake'' WHERE allocation_id = %s RETURNING reversed_on = ce_today()', id)), 'true', '7.6e: the body reverses it, today where no day is said') FROM ids WHERE what = 'allocation';
SELECT is(reversed_on, today(), '7.6e: which is kept') FROM ce_allocation JOIN ids ON id = allocation_id AND what = 'allocation';

-- a finding is taken back by who sanctions
SELECT is(by_role('p_sanction', format('UPDATE ce_sanction SET revoked_on = ce_today() - 1, note = ''in error'' WHERE person_id = %s', h1)), lacks('p_sanction', 'backdate', 23), '6.2: a finding is not revoked as of yesterday') FROM who;
SELECT is(by_role('p_sanction', format('UPDATE ce_sanction SET revoked_on = ce_today(), note = ''in error'' WHERE person_id = %s RETURNING note', h1)), 'in error', '6.2: but today') FROM who;

-- applications: entered by who records, decided by who verifies over the employer
CREATE FUNCTION application(p bigint, day text DEFAULT 'ce_today()') RETURNS text LANGUAGE sql AS $$
	SELECT format('INSERT INTO ce_application (person_id, level, applied_on) VALUES (%s, ''junior'', %s) RETURNING application_id', p, day)
$$;
SELECT give_public(f1, '45', today()), give_professional(f1, '90', today()) FROM who;
SELECT is(by_role('p_read', application(f1)), '42501 permission denied for table ce_application', '4.2: a reader applies for nobody') FROM who;
SELECT is(by_role('p_hospital_record', application(f1)), unseen('p_hospital_record', f1), '4.2: nor another employer') FROM who;
SELECT is(by_role('p_factory', application(f1, '''2020-12-31''')), lacks('p_factory', 'backdate', 25), '4.2: nor the employer as of a day that is past') FROM who;
INSERT INTO ids SELECT 'application', by_role('p_factory', application(f1))::bigint FROM who;
SELECT is(by_role('p_factory', format('UPDATE ce_application SET status = ''decided'' WHERE application_id = %s', id)), lacks('p_factory', 'verify', 25), '4.2: who records does not decide') FROM ids WHERE what = 'application';
SELECT is(by_role('p_both', format('UPDATE ce_application SET status = ''decided'' WHERE application_id = %s', id)), '42501 you cannot act on your own hours', '4.2: nor the person') FROM ids WHERE what = 'application';
SELECT is(status, 'open', '4.2: so it is open still') FROM ce_application JOIN ids ON id = application_id AND what = 'application';
SELECT is(by_role('p_office', format('UPDATE ce_application SET note = ''on the pile'' WHERE application_id = %s', id)), lacks('p_office', 'record', 25), '4.2: remarks are the employer''s') FROM ids WHERE what = 'application';
SELECT is(by_role('p_office', format('UPDATE ce_application SET status = ''decided'' WHERE application_id = %s RETURNING status', id)), 'decided', '4.2: a body above that verifies decides') FROM ids WHERE what = 'application';
SELECT alike(by_role(role, format('UPDATE ce_application SET %s WHERE application_id = %s RETURNING status', change, id)), answer, format('4.2: a closed one: %s by %s', change, role)) FROM ids, (VALUES ('p_office', 'note = ''x''', '55000 closed application %'), ('p_factory', 'status = ''open''', '55000 closed application %'),
	('p_both', 'status = ''open''', '55000 closed application %')) v (role, change, answer) WHERE what = 'application';
-- 7.1: functions name the duty, where the server would only name a table
SELECT is(by_role(role, format(call, f1)), said, format('7.1: %s: %s', role, call)) FROM who, (VALUES
	('p_office', 'SELECT ce_apply(%s, ''junior'')', '42501 role "p_office" holds the duty "record" for no organisation'), ('p_stranger', 'SELECT ce_apply(%s, ''junior'')', '42501 role "p_stranger" holds the duty "record" for no organisation'),
	('p_university', 'SELECT ce_apply(%s, ''junior'')', unseen('p_university', (SELECT f1 FROM who))), ('p_stranger', 'SELECT ce_apply_by_no(''%s'', ''junior'')', '42501 role "p_stranger" holds the duty "record" for no organisation'),
	('p_report', 'SELECT ce_change_scheme(%s, ''accounting'')', '42501 role "p_report" holds the duty "record" for no organisation'), ('p_stranger', 'SELECT ce_change_scheme(%s, ''accounting'')', '42501 role "p_stranger" holds the duty "record" for no organisation'),
	('p_stranger', 'SELECT ce_change_scheme_by_no(''%s'', ''accounting'')', '42501 role "p_stranger" holds the duty "record" for no organisation'),
	('p_report', 'SELECT ce_allocate(%s, 2020, 2019, ''public'', ''1'', NULL)', '42501 role "p_report" holds the duty "verify" for no organisation')) v (role, call, said);
INSERT INTO ids SELECT 'second', by_role('p_factory', application(f1))::bigint FROM who;
SELECT is(by_role('p_factory', format('UPDATE ce_application SET status = ''withdrawn'' WHERE application_id = %s RETURNING status', id)), 'withdrawn', '4.2: who records withdraws') FROM ids WHERE what = 'second';

-- plans: the organiser's side, on both sides of a change; what is filed
SELECT is(by_role('p_factory', 'INSERT INTO ce_plan (plan_id, org_id, title, mode, hours) VALUES (9101, 25, ''x'', ''offline'', ''5'') RETURNING status'), 'draft', '7.2: an organiser drafts a plan');
SELECT is(by_role('p_factory', 'UPDATE ce_plan SET org_id = 23 WHERE plan_id = 9101'), lacks('p_factory', 'record', 23), '7.2: and does not give it to others');
SELECT is(by_role('p_hospital_record', 'WITH w AS (UPDATE ce_plan SET org_id = 23 WHERE plan_id = 9101 RETURNING 1) SELECT count(*) FROM w'), '0', '7.2: who do not see drafts of another');
SELECT is(by_role('p_office', 'SELECT count(*) FROM ce_plan WHERE plan_id = 9101'), '1', '7.2: a body above sees it');
SELECT is(by_role('p_bureau_verify', 'SELECT count(*) FROM ce_plan WHERE plan_id = 9101'), '0', '7.2: one beside it does not');
GRANT UPDATE ON ce_plan TO p_office;
SELECT is(by_role('p_office', 'UPDATE ce_plan SET org_id = 2 WHERE plan_id = 9101'), lacks('p_office', 'record', 2), '7.2: nor takes it');
SELECT is(by_role('p_factory', 'UPDATE ce_plan SET status = ''submitted'' WHERE plan_id = 9101 RETURNING status'), 'submitted', '7.2: it is submitted');
SELECT is(by_role('p_factory', 'UPDATE ce_plan SET org_id = NULL WHERE plan_id = 9101'), '23502 column "org_id" of table "ce_plan" must not be null', '7.2: a plan has an organiser');
SELECT is(by_role('p_stranger_office', 'SELECT count(*) FROM ce_plan WHERE plan_id = 9101'), '0', '7.2b: the office of another prefecture does not see it');
SELECT is(by_role('p_office', 'UPDATE ce_plan SET status = ''filed'', filed_by = 2, filed_on = ce_today() - 1 WHERE plan_id = 9101'), lacks('p_office', 'backdate', 2), '7.2: nor filed as of yesterday');
SELECT is(by_role('p_office', 'UPDATE ce_plan SET status = ''filed'', filed_by = 2 WHERE plan_id = 9101 RETURNING filed_on = ce_today()'), 'true', '7.2b: filed by its office, today where no day is said');
SELECT is(by_role('p_factory', 'DELETE FROM ce_plan WHERE plan_id = 9101'), '23001 filed plan 9101 cannot be deleted', '7.2: what is filed stays');
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status) VALUES (9102, 24, 'x', 'offline', '5', 'submitted'), (9103, 24, 'x', 'offline', '5', 'draft');
SELECT is(by_role(role, 'SELECT string_agg(plan_id::text, '','' ORDER BY plan_id) FROM ce_plan WHERE plan_id IN (9102, 9103)'), seen, format('7.2a: of a school''s plans %s sees %s', role, coalesce(seen, 'none')))
FROM (VALUES ('p_bureau_verify', '9102'), ('p_department', '9102'), ('p_office', '9102,9103'), ('p_factory', NULL), ('p_academy', NULL), ('p_stranger_office', NULL)) v (role, seen);
GRANT DELETE ON ce_plan TO p_bureau_verify;
SELECT is(by_role('p_bureau_verify', 'DELETE FROM ce_plan WHERE plan_id = 9102'), lacks('p_bureau_verify', 'record', 24), '7.2a: who reviews a plan does not delete it');

SELECT ce_grant('p_hospital_record', 25, 'read');
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours) VALUES (9104, 25, 'x', 'offline', '5');
SELECT is(by_role('p_hospital_record', 'UPDATE ce_plan SET org_id = 23 WHERE plan_id = 9104'), lacks('p_hospital_record', 'record', 25), '7.2: a plan that is seen is not taken over');
UPDATE ce_plan SET status = 'submitted' WHERE plan_id = 9104;
CREATE POLICY kept ON ce_plan AS RESTRICTIVE FOR UPDATE TO p_office USING (false);
SELECT is(by_role('p_office', 'SELECT status FROM ce_file(''{9104}'', 2)'), 'P0002 plan 9104 does not exist', '7.2: what a policy keeps from being changed is not filed');
SELECT is(status::text, 'submitted', '7.2: and is as it was') FROM ce_plan WHERE plan_id = 9104;
DROP POLICY kept ON ce_plan;
CREATE FUNCTION skips() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER skips BEFORE UPDATE ON ce_plan FOR EACH ROW EXECUTE FUNCTION skips();
SELECT is(by_role('p_office', 'SELECT status FROM ce_file(''{9104}'', 2)'), '55000 table "ce_plan" did not take the row', '7.2: nor what a trigger of the user''s leaves out');
DROP TRIGGER skips ON ce_plan;
SELECT is(by_role('p_office', 'SELECT status FROM ce_file(''{9104}'', 2)'), 'filed', '7.2b: without it it is');

-- words that are no duty, a table without its index
ALTER TABLE ce_member DROP CONSTRAINT ce_member_duty_is_known, DISABLE TRIGGER ce_values_check;
INSERT INTO ce_member VALUES ('p_stranger', 25, 'rule');
ALTER TABLE ce_member ENABLE TRIGGER ce_values_check;
SELECT is(by_role('p_stranger', 'SELECT count(*) FROM ce_person'), '0', 'another word is no duty');
INSERT INTO ce_member VALUES ('p_stranger', 25, 'read');
SELECT is(by_role('p_stranger', 'SELECT count(*) FROM ce_person'), by_role('p_read', 'SELECT count(*) FROM ce_person'), 'and takes none away');
ALTER TABLE ce_member DROP CONSTRAINT ce_member_pkey;
DELETE FROM ce_member WHERE role_name = 'p_stranger' AND duty = 'read';
SELECT is(by_role(role, 'SELECT count(*) > 0 FROM ce_person'), answer, 'without an index on role_name the same: ' || role) FROM (VALUES ('p_stranger', 'false'), ('p_read', 'true'), ('p_office', 'true')) v (role, answer);
ALTER TABLE ce_member ADD PRIMARY KEY (role_name, org_id, duty);

SELECT is(by_role(role, format('INSERT INTO ce_activity (person_id, kind, completed_on, hours) VALUES (%s, ''academy_course'', ''2020-03-01'', ''1'')', f1)), CASE role WHEN 'p_base' THEN unseen(role, f1) ELSE lacks(role, 'record', 25) END, format('5.1: %s records no course of the academy for others', role)) FROM who, unnest('{p_base,p_hospital_record}'::text[]) role;

-- a plan that is rejected, and submitted again, by whoever's turn it is
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status) VALUES (9105, 23, 'x', 'offline', '5', 'submitted');
GRANT UPDATE ON ce_plan TO p_hospital_record, p_bureau_verify;
SELECT is(by_role('p_bureau_verify', 'SELECT status FROM ce_file(''{9105}'', 11)'), 'reviewed', '7.2a: reviewed by the bureau');
SELECT is(by_role('p_hospital_record', 'UPDATE ce_plan SET note = ''x'' WHERE plan_id = 9105 RETURNING note'), 'x', '7.2a: the organiser remarks on it');
SELECT is(by_role('p_hospital_record', 'UPDATE ce_plan SET status = ''rejected'', note = ''no'' WHERE plan_id = 9105'), lacks('p_hospital_record', 'verify', 11), '7.2a: and does not reject it');
SELECT is(by_role('p_bureau_verify', 'UPDATE ce_plan SET status = ''rejected'', note = ''no'' WHERE plan_id = 9105 RETURNING status'), 'rejected', '7.2a: who reviewed does');
SELECT is(by_role('p_bureau_verify', 'UPDATE ce_plan SET status = ''submitted'' WHERE plan_id = 9105'), lacks('p_bureau_verify', 'record', 23), '7.2a: and does not submit it');
SELECT is(by_role('p_hospital_record', 'UPDATE ce_plan SET status = ''submitted'', title = ''y'' WHERE plan_id = 9105 RETURNING status'), 'submitted', '7.2a: the organiser does, corrected');
SELECT is(by_role('p_bureau_verify', 'UPDATE ce_plan SET status = ''reviewed'', reviewed_by = 11, title = ''z'' WHERE plan_id = 9105'), lacks('p_bureau_verify', 'record', 23), '7.2a: who reviews changes nothing of it');

GRANT INSERT ON ce_activity TO p_health;
SELECT is(by_role('p_health', format('INSERT INTO ce_activity (person_id, kind, completed_on, evidence) VALUES (%s, %L, ''2020-03-01'', ''d'')', f1, kind)), unseen('p_health', f1), '5.3: who verifies alone and does not record enters no ' || kind) FROM who, unnest('{frontline,degree}'::text[]) kind;
SELECT ce_grant('p_health', 5, 'record');
SELECT is(by_role('p_health', format('INSERT INTO ce_activity (person_id, kind, completed_on, evidence) VALUES (%s, ''frontline'', ''2020-03-01'', ''d'') RETURNING status', f1)), 'submitted', '5.3: who records for the commission does') FROM who;

-- the log of each kind of thing, to who audits it and to nobody else
SELECT is(by_role('p_audit', format('SELECT count(DISTINCT object) FROM ce_event WHERE object = %L', object)), '1', format('an auditor reads the log of what is %s', object))
FROM unnest('{activity,plan,achievement,sanction,application}'::text[]) object;
SELECT is(by_role('p_audit', format('SELECT count(*) FROM ce_event WHERE object = ''allocation'' AND %s = ANY (ids)', id)), '0', 'but not of an allocation out of reach') FROM ids WHERE what = 'allocation';
SELECT is(by_role('p_audit_department', format('SELECT string_agg(to_status, '','' ORDER BY event_id) FROM ce_event WHERE object = ''allocation'' AND %s = ANY (ids)', id)), 'in_force,reversed', 'which another auditor reads') FROM ids WHERE what = 'allocation';
SELECT is(by_role('p_audit_department', 'SELECT count(*) FROM ce_event WHERE object = ''sanction'''), '0', 'and in turn not what is out of its reach');
SELECT is(by_role('p_audit', format('SELECT ce_audits(%s)', arguments)), answer, format('ce_audits(%s): %s', arguments, answer))
FROM who, ids, LATERAL (VALUES
	(format('''activity'', ''{%s}'', NULL', id), 'true'), (format('''activity'', ''{NULL,%s}'', NULL', id), 'true'), (format('''hours'', ''{%s}'', NULL', id), 'true'),
	('''activity'', ''{NULL}'', NULL', 'false'), ('''activity'', ''{}'', NULL', 'false'), ('''activity'', ''{-1}'', NULL', 'false'), ('''activity'', NULL, NULL', 'false'),
	(format('NULL, ''{%s}'', NULL', id), 'false'), ('''activity'', NULL, 25', 'true'), ('''activity'', NULL, 22', 'false'),
	(format('''person'', ''{%s}'', NULL', f1), 'true'), (format('''person'', ''{%s}'', NULL', u1), 'false'), ('''plan'', ''{9101}'', NULL', 'true'), ('''plan'', ''{-1}'', NULL', 'false')) v (arguments, answer)
WHERE what = 'training';
SELECT is(by_role('p_person', 'SELECT ce_audits(''activity'', NULL, 25)'), 'false', 'a person audits nothing');
SELECT is(by_role('p_audit', format('SELECT ce_has_duty(2, %L)', duty)), answer, format('ce_has_duty: %s', duty))
FROM (VALUES ('audit', 'true'), ('read', 'false'), ('audits', '22023 there is no duty "audits"'), ('', '22023 there is no duty ""')) v (duty, answer);
SELECT is(by_role('p_audit', format('SELECT ce_sees_activity(%s, %s, %s, %s)', p, org, plan, kind)), answer, format('ce_sees_activity(%s, %s, %s, %s): %s', p, org, plan, kind, answer))
FROM who, LATERAL (VALUES ('NULL', '25', 'NULL', 'NULL', NULL), (f1::text, 'NULL', 'NULL', 'NULL', 'true'), (u1::text, 'NULL', 'NULL', 'NULL', 'false'), (u1::text, '22', '-1', '''frontline''', 'false')) v (p, org, plan, kind, answer);
SELECT is(by_role(role, 'SELECT string_agg(DISTINCT kind, '','') FROM ce_activity'), kind, format('5.3: %s sees the kinds that it verifies: %s', role, coalesce(kind, 'none')))
FROM (VALUES ('p_health', 'frontline'), ('p_health_xining', NULL)) v (role, kind),
	(SELECT give(f1, '{"kind":"frontline","completed_on":"2020-03-01","verified_by":5}') FROM who) w;
SELECT is(by_role('p_audit', format('SELECT ce_sees_plan(%s, %s)', org, status)), answer, format('ce_sees_plan(%s, %s)', org, status))
FROM (VALUES ('NULL', '''filed''', NULL), ('25', 'NULL', NULL), ('-1', '''filed''', 'true'), ('-1', '''submitted''', 'false'), ('25', '''draft''', 'true')) v (org, status, answer);

-- the short way again: policies of ours that somebody narrowed
SELECT is(by_role('p_read', format('SELECT ce_eligible(%s, ''senior'', as_of => ''2020-12-31'')', f1)), 'true', 'as it was made') FROM who;
ALTER POLICY ce_sees ON ce_account TO p_read, p_person;
SELECT is(by_role(role, format('SELECT ce_eligible(%s, ''senior'', as_of => ''2020-12-31'')', f1)), answer, format('a policy of ours for two roles: %s', role)) FROM who, (VALUES ('p_read', 'true'), ('p_office', 'false')) v (role, answer);
ALTER POLICY ce_sees ON ce_account TO p_read;
SELECT is(by_role(role, format('SELECT ce_eligible(%s, ''senior'', as_of => ''2020-12-31'')', f1)), answer, format('and for one: %s', role)) FROM who, (VALUES ('p_read', 'true'), ('p_office', 'false')) v (role, answer);
ALTER POLICY ce_sees ON ce_account TO PUBLIC USING (ce_sees_person(person_id + 0));
SELECT is(by_role('p_read', format('SELECT ce_eligible(%s, ''senior'', as_of => ''2020-12-31'')', f1)), 'true', 'and with an expression for the person, the same by the long way') FROM who;
ALTER POLICY ce_sees ON ce_account USING (ce_sees_person(year));
SELECT is(by_role('p_read', format('SELECT ce_eligible(%s, ''senior'', as_of => ''2020-12-31'')', f1)), 'false', 'one that asks for another column does not show the person') FROM who;
ALTER POLICY ce_sees ON ce_account USING (ce_sees_person(person_id));
ALTER POLICY ce_sees ON ce_person USING (ce_sees_person(org_id, person_id));
SELECT is(by_role('p_read', format('SELECT ce_verdict(%s, ''senior'', as_of => ''2020-12-31'')', f1)), 'unknown_person', 'nor one with the columns in another order') FROM who;
ALTER POLICY ce_sees ON ce_person USING (ce_sees_person(person_id, person_id));
SELECT is(by_role('p_read', format('SELECT ce_verdict(%s, ''senior'', as_of => ''2020-12-31'')', f1)), 'unknown_person', 'nor one that takes the person for the employer') FROM who;
SELECT ce_secure();
SELECT is(by_role('p_read', format('SELECT ce_eligible(%s, ''senior'', as_of => ''2020-12-31'')', f1)), 'true', 'ce_secure() makes them again as shipped') FROM who;

--
-- Granting
--
SELECT is(by_role('p_province', 'SELECT ce_grant(''p_province'', 1, ''verify'')'), '42501 must be owner of the ledger to grant or revoke duties', 'only the owner grants');
SELECT throws_ok('SELECT ce_grant(''p_read'', 25, ''rule'')', '22023', 'there is no duty "rule"', 'a duty of the list');
SELECT throws_ok('SELECT ce_grant(''p_read'', 999, ''read'')', '23503', 'organisation 999 does not exist', 'an organisation of the ledger');
SELECT throws_ok('SELECT ce_grant(''p_nobody'', 25, ''read'')', '42704', 'role "p_nobody" does not exist', 'a role of the server');
SELECT throws_ok('SELECT ce_revoke_duty(''p_read'', 25, ''verify'')', 'P0002', NULL, 'what is not held is not taken');
CREATE ROLE "p ""; DROP TABLE ce_cap; --";
SELECT lives_ok($$ SELECT ce_grant('p "; DROP TABLE ce_cap; --', 25, 'record'), ce_revoke_duty('p "; DROP TABLE ce_cap; --', 25, 'record') $$, 'whatever the role is called');
SELECT is((SELECT count(*)::integer FROM pg_class c, aclexplode(c.relacl) x JOIN pg_roles r ON r.oid = x.grantee WHERE r.rolname LIKE 'p "%'), 0, 'and nothing is left of it');
SELECT lives_ok('SELECT ce_revoke_duty(''p_office_back'', 2, ''backdate'')', 'a duty is taken');
SELECT is(by_role('p_office_back', 'SELECT ce_has_duty(2, ''verify'') AND NOT ce_has_duty(2, ''backdate'')'), 'true', 'the others stay');
SELECT is(by_role('p_office_back', 'SELECT count(*) FROM ce_person'), '4', 'with their privileges');

SELECT is_empty('SELECT * FROM ce_check()', 'the ledger is sound');
SELECT * FROM finish();
ROLLBACK;

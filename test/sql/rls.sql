--
-- Questions go by the privileges and the row security of who asks: a row that
-- may not be seen is one that is not there.  Here by policies of the user's
-- own, in place of the ledger's (test/pgtap/60_members.sql).  Needs "ledger".
--
SET datestyle = 'ISO, YMD';
SET client_min_messages = warning;

DO $$
DECLARE
	own record;
BEGIN
	FOR own IN SELECT polrelid::regclass AS of_table, polname FROM pg_policy LOOP
		EXECUTE format('DROP POLICY %I ON %s', own.polname, own.of_table);
		EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', own.of_table);
	END LOOP;
END $$;
-- which ce_setup() does not undo
SELECT ce_setup();
SELECT count(*) FROM pg_policy;

CREATE ROLE regress_ce_hospital;
CREATE ROLE regress_ce_columns;
CREATE ROLE regress_ce_auditor BYPASSRLS;
-- persons of two employers, with every kind of verdict among them
INSERT INTO ce_person (person_id, person_no, org_id, scheme)
	SELECT 7000 + i, 'R' || i, CASE WHEN i % 2 = 0 THEN 23 ELSE 25 END, CASE WHEN i > 10 THEN 'accounting' ELSE 'general' END FROM generate_series(1, 12) i;
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
	SELECT 7000 + i, 7000 + i, 'academy_course', '2020-03-01', '45', 'verified', 4, '2020-03-05' FROM generate_series(1, 8) i;
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, hours, evidence, status, verified_by, verified_on)
	SELECT 7100 + i, 7000 + i, 'training', '2020-04-01', '2020-04-10', '90', 'document', 'verified', 2, '2020-04-20' FROM generate_series(1, 4) i;
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, hours, evidence)
	SELECT 7100 + i, 7000 + i, 'training', '2020-04-01', '2020-04-10', '90', 'document' FROM generate_series(5, 6) i;
CREATE VIEW test.asked WITH (security_invoker = true) AS
	SELECT i AS p, ce_verdict(7000 + i, 'junior', as_of => '2020-12-31') AS junior, ce_verdict_by_no('R' || i, 'junior', as_of => '2020-12-31') AS by_no,
		ce_verdict(7000 + i, 'junior', as_of => '2020-03-31') AS in_march, ce_eligible(7000 + i, 'junior', as_of => '2020-12-31') AS eligible,
		ce_standing(7000 + i, '2020-12-31')::text AS standing
	FROM generate_series(1, 12) i;
CREATE TABLE test.by_owner AS SELECT * FROM test.asked;
SELECT p, junior, by_no, in_march, eligible, standing FROM test.by_owner ORDER BY p;
GRANT USAGE ON SCHEMA test TO regress_ce_hospital, regress_ce_columns, regress_ce_auditor;
GRANT SELECT ON test.asked, test.by_owner TO regress_ce_hospital, regress_ce_columns, regress_ce_auditor;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO regress_ce_hospital, regress_ce_auditor;

--
-- Row security on persons alone
--
ALTER TABLE ce_person ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_hospital ON ce_person TO regress_ce_hospital USING (org_id = 23);
SET ROLE regress_ce_hospital;
SELECT p, a.junior, a.by_no, a.in_march, a.eligible FROM test.asked a ORDER BY p;
-- for persons that may be seen, just what the owner is told
SELECT a.p FROM test.asked a JOIN test.by_owner o USING (p) WHERE p % 2 = 0 AND a IS DISTINCT FROM o;
-- views show those alone
SELECT count(*) > 5 AS some, bool_and(org_id = 23) AS own FROM ce_eligibility;
SELECT DISTINCT p.org_id FROM ce_yearly_totals t LEFT JOIN ce_person p USING (person_id);
RESET ROLE;
-- who is above row security, and the owner, are told as before
SET ROLE regress_ce_auditor;
SELECT a.p FROM test.asked a JOIN test.by_owner o USING (p) WHERE a IS DISTINCT FROM o;
RESET ROLE;
SELECT a.p FROM test.asked a JOIN test.by_owner o USING (p) WHERE a IS DISTINCT FROM o;

--
-- On accounts and activities too
--
ALTER TABLE ce_account ENABLE ROW LEVEL SECURITY;
ALTER TABLE ce_activity ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_hospital ON ce_account TO regress_ce_hospital USING (person_id IN (SELECT person_id FROM ce_person));
CREATE POLICY of_hospital ON ce_activity TO regress_ce_hospital USING (person_id IN (SELECT person_id FROM ce_person));
SET ROLE regress_ce_hospital;
SELECT a.p FROM test.asked a JOIN test.by_owner o USING (p) WHERE p % 2 = 0 AND a IS DISTINCT FROM o;
RESET ROLE;
-- a policy that hides the accounts hides the hours
CREATE POLICY none ON ce_account AS RESTRICTIVE TO regress_ce_hospital USING (false);
SET ROLE regress_ce_hospital;
SELECT p, junior FROM test.asked WHERE p IN (2, 4, 6) ORDER BY p;
RESET ROLE;
DROP POLICY none ON ce_account;
-- switched off for the session: an error, as the server gives it elsewhere
SET ROLE regress_ce_hospital;
SET row_security = off;
\set VERBOSITY terse
SELECT ce_verdict(7002, 'junior', as_of => '2020-12-31');
\set VERBOSITY default
RESET row_security;
RESET ROLE;

--
-- Writers under row security: the rules read persons that the writer may not see,
-- the policy says what may be written
--
GRANT INSERT, UPDATE ON ce_activity TO regress_ce_hospital;
SET ROLE regress_ce_hospital;
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
	VALUES (7201, 7010, 'academy_course', '2020-03-01', '45', 'verified', 4, '2020-03-05');
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours) VALUES (7202, 7009, 'academy_course', '2020-03-01', '45');
\set VERBOSITY terse
SELECT ce_verify('{7105}', 25);
\set VERBOSITY default
SELECT * FROM ce_verify('{7106}', 23);
RESET ROLE;
SELECT person_id, credit FROM ce_account WHERE person_id IN (7009, 7010);

--
-- An owner who is no superuser, and FORCE, which puts the owner under the
-- policies too: persons are found and accounts kept all the same
--
BEGIN;
CREATE ROLE regress_ce_owner;
DO $$
DECLARE
	ledger_table regclass;
BEGIN
	FOR ledger_table IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname LIKE 'ce\_%' LOOP
		EXECUTE format('ALTER TABLE %s OWNER TO regress_ce_owner', ledger_table);
	END LOOP;
END $$;
ALTER TABLE ce_person FORCE ROW LEVEL SECURITY;
ALTER TABLE ce_account FORCE ROW LEVEL SECURITY;
ALTER TABLE ce_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE ce_event FORCE ROW LEVEL SECURITY;
ALTER TABLE ce_plan ENABLE ROW LEVEL SECURITY;
ALTER TABLE ce_plan FORCE ROW LEVEL SECURITY;
SET ROLE regress_ce_owner;
SELECT ce_verdict(7002, 'junior', as_of => '2020-12-31') AS owner_under_force;
SET ROLE regress_ce_hospital;
SELECT * FROM ce_verify('{7106}', 11);
SELECT * FROM ce_verify('{7106}', 2, '2020-06-01');
RESET ROLE;
SELECT person_id, credit FROM ce_account WHERE person_id = 7006;
SELECT role_name, to_status, by_org FROM ce_event WHERE ids = '{7106}' ORDER BY event_id;
SELECT * FROM ce_check();
ROLLBACK;

--
-- Privileges on columns: enough where they cover what a question reads, an
-- error where they do not
--
GRANT SELECT ON ce_scheme, ce_requirement, ce_window, ce_rule, ce_kind, ce_cap, ce_catchup, ce_activity, ce_achievement TO regress_ce_columns;
GRANT SELECT (person_id, year, credit, known_from) ON ce_account TO regress_ce_columns;
GRANT SELECT (person_id, person_no, org_id, scheme) ON ce_person TO regress_ce_columns;
ALTER TABLE ce_person DISABLE ROW LEVEL SECURITY;
ALTER TABLE ce_account DISABLE ROW LEVEL SECURITY;
ALTER TABLE ce_activity DISABLE ROW LEVEL SECURITY;
SET ROLE regress_ce_columns;
\set VERBOSITY terse
SELECT ce_verdict(7002, 'junior', as_of => '2020-12-31');
\set VERBOSITY default
RESET ROLE;
GRANT SELECT (doctorate_on, held_level, held_since, sanctioned, moved) ON ce_person TO regress_ce_columns;
SET ROLE regress_ce_columns;
SELECT ce_verdict(7002, 'junior', as_of => '2020-12-31'), ce_verdict(7001, 'junior', as_of => '2020-12-31');
RESET ROLE;
-- and none at all
REVOKE ALL ON ce_person FROM regress_ce_columns;
SET ROLE regress_ce_columns;
\set VERBOSITY terse
SELECT ce_verdict(7002, 'junior', as_of => '2020-12-31');
\set VERBOSITY default
RESET ROLE;

-- as it was
DROP POLICY of_hospital ON ce_person;
DROP POLICY of_hospital ON ce_account;
DROP POLICY of_hospital ON ce_activity;
DROP OWNED BY regress_ce_hospital, regress_ce_columns, regress_ce_auditor;
DROP ROLE regress_ce_hospital, regress_ce_columns, regress_ce_auditor;
SELECT * FROM ce_check();
SELECT ce_secure();
SELECT count(*) > 10 AS again FROM pg_policy;

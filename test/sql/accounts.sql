--
-- ce_account: kept by triggers through every way to write, and equal to its
-- activities after each.  Needs "ledger".
--
SET datestyle = 'ISO, YMD';
SET client_min_messages = warning;

INSERT INTO ce_person (person_id, org_id) SELECT i, 25 FROM generate_series(4001, 4020) i;
-- the tests' accounts, and what the whole ledger's check says
CREATE VIEW test.account AS
	SELECT person_id - 4000 AS p, year, credit, known_from FROM ce_account WHERE person_id BETWEEN 4001 AND 4020;
CREATE VIEW test.accounts_and_check AS
	SELECT p::text AS person, year, credit::text AS credit, known_from FROM test.account
	UNION ALL SELECT invariant, year, detail, NULL FROM ce_check()
	UNION ALL SELECT 'sound', NULL, NULL, NULL WHERE NOT EXISTS (SELECT FROM ce_check())
	ORDER BY 1, 2;

--
-- INSERT of one row, of many, of many for one account
--
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES
	(4001, 4001, 'academy_course', '2020-03-02', '45', 'verified', 4, '2020-03-03');
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES
	(4002, 4002, 'academy_course', '2020-03-02', '20', 'verified', 4, '2020-03-05'),
	(4003, 4001, 'academy_course', '2020-03-02', '0.5', 'verified', 4, '2020-03-04'),
	(4004, 4002, 'academy_course', '2020-03-02', '20.25', 'verified', 4, '2020-03-04'),
	(4005, 4002, 'recorded_professional', '2019-12-31', '60', 'verified', 2, '2020-01-01');
-- what only waits does not count
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours) VALUES (4006, 4003, 'academy_course', '2020-03-02', '45');
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence)
	SELECT 4100 + i, 4000 + i, 'training', '2020-05-11', '2020-05-15', 5, 'document 7' FROM generate_series(1, 20) i;
SELECT * FROM test.accounts_and_check;

--
-- COPY
--
COPY ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on) FROM stdin;
4201	4004	academy_course	2020-03-02	10	verified	4	2020-03-03
4202	4001	academy_course	2020-03-02	1.25	verified	4	2020-03-10
4203	4004	academy_course	2020-03-02	5	verified	4	2020-03-03
4204	4005	frontline	2020-03-02	\N	verified	5	2020-03-03
4205	4005	academy_course	2020-03-02	7	submitted	\N	\N
\.
SELECT * FROM test.accounts_and_check;
-- a COPY that fails in its last row leaves nothing
\set VERBOSITY terse
COPY ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on) FROM stdin;
4206	4004	academy_course	2020-03-02	10	verified	4	2020-03-03
4207	4004	academy_course	2020-03-02	10	verified	2	2020-03-03
\.
\set VERBOSITY default
SELECT * FROM test.account WHERE p = 4;

--
-- UPDATE of many: the steps of verification, and revocation in one statement with it
--
SELECT count(*) FROM ce_verify((SELECT array_agg(4100 + i) FROM generate_series(1, 20) i), 25);
SELECT count(*) AS still_not FROM test.account WHERE ce_credit_hours(credit, 'training') <> '0';
UPDATE ce_activity SET reviewed_by = 2, verified_on = '2020-05-20', status = 'verified' WHERE activity_id BETWEEN 4101 AND 4110;
SELECT count(*) FROM ce_verify((SELECT array_agg(4100 + i) FROM generate_series(11, 20) i), 2, '2020-05-21');
UPDATE ce_activity
	SET status = 'revoked', note = 'forged', revoked_by = verified_by, revoked_on = verified_on + person_id::int % 3
	WHERE person_id BETWEEN 4001 AND 4004 AND status = 'verified' AND year = 2020;
SELECT * FROM test.accounts_and_check;

--
-- Statements in one transaction, savepoints, and subtransactions that fail
--
BEGIN;
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES
	(4301, 4006, 'academy_course', '2020-03-02', '1', 'verified', 4, '2020-03-03');
SAVEPOINT a;
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES
	(4302, 4006, 'academy_course', '2020-03-02', '2', 'verified', 4, '2020-03-04');
ROLLBACK TO a;
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES
	(4303, 4006, 'academy_course', '2020-03-02', '4', 'verified', 4, '2020-03-03');
SAVEPOINT b;
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES
	(4304, 4006, 'academy_course', '2020-03-02', '8', 'verified', 4, '2020-03-03');
RELEASE b;
COMMIT;
SELECT * FROM test.account WHERE p = 6;
SELECT ids, to_status FROM ce_event WHERE ids && '{4301,4302,4303,4304}' ORDER BY event_id;

DO $$
BEGIN
	FOR i IN 1 .. 8 LOOP
		BEGIN
			INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
				VALUES (4310 + i, 4007, 'academy_course', '2020-03-02', (2 ^ (i - 1))::int, 'verified', 4, '2020-03-03');
			IF i % 2 = 0 THEN
				RAISE division_by_zero;
			END IF;
			BEGIN
				INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
					VALUES (4320 + i, 4007, 'academy_course', '2020-03-02', '1000', 'verified', 4, '2020-03-03'),
						(4330 + i, 4007, 'academy_course', '2020-03-02', '1000', 'verified', 2, '2020-03-03');
			EXCEPTION WHEN check_violation THEN
				NULL;
			END;
		EXCEPTION WHEN division_by_zero THEN
			NULL;
		END;
	END LOOP;
END $$;
-- 1 + 4 + 16 + 64
SELECT * FROM test.account WHERE p = 7;
SELECT ids FROM ce_event WHERE ids && (SELECT array_agg(i) FROM generate_series(4310::bigint, 4340) i) ORDER BY event_id;

--
-- A user's own triggers that write activities in the middle of a statement
--
CREATE FUNCTION test.echo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	-- for each course of person 8 one hour for person 9, an attempt that fails, and one for 8 itself
	IF NEW.person_id = 4008 AND NEW.source IS NULL THEN
		INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on, source, source_ref)
			VALUES (4009, 'academy_course', '2020-03-02', '1', 'verified', 4, '2020-03-03', TG_NAME, NEW.activity_id);
		BEGIN
			INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on, source, source_ref)
				VALUES (4009, 'academy_course', '2020-03-02', '100', 'verified', 4, '2020-03-03', TG_NAME, NEW.activity_id + 5000);
			RAISE division_by_zero;
		EXCEPTION WHEN division_by_zero THEN
			NULL;
		END;
		INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on, source, source_ref)
			VALUES (4008, 'academy_course', '2020-03-02', '0.25', 'verified', 4, '2020-03-03', TG_NAME, NEW.activity_id);
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER a_before BEFORE INSERT ON ce_activity FOR EACH ROW EXECUTE FUNCTION test.echo();
CREATE TRIGGER a_before_post AFTER INSERT ON ce_activity FOR EACH ROW EXECUTE FUNCTION test.echo();
CREATE TRIGGER z_after_post AFTER INSERT ON ce_activity FOR EACH ROW EXECUTE FUNCTION test.echo();
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES
	(4401, 4008, 'academy_course', '2020-03-02', '10', 'verified', 4, '2020-03-03'),
	(4402, 4008, 'academy_course', '2020-03-02', '10', 'verified', 4, '2020-03-03');
DROP TRIGGER a_before ON ce_activity;
DROP TRIGGER a_before_post ON ce_activity;
DROP TRIGGER z_after_post ON ce_activity;
-- 2 * (10 + 3 * 0.25), 2 * 3 * 1
SELECT * FROM test.account WHERE p IN (8, 9);

-- a trigger on ce_account that writes an activity while accounts are posted
INSERT INTO ce_person (person_id, org_id) VALUES (4021, 25);
CREATE FUNCTION test.bonus() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.person_id = 4021 AND NEW.year = 2020 THEN
		INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
			VALUES (4410, 4021, 'recorded_professional', '2019-12-31', '60', 'verified', 2, '2020-03-03'),
				(4411, 4010, 'recorded_professional', '2019-12-31', '60', 'verified', 2, '2020-03-03');
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER bonus AFTER INSERT ON ce_account FOR EACH ROW EXECUTE FUNCTION test.bonus();
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES
	(4412, 4021, 'academy_course', '2020-03-02', '10', 'verified', 4, '2020-03-03');
DROP TRIGGER bonus ON ce_account;
SELECT person_id, year, credit FROM ce_account WHERE person_id IN (4010, 4021) ORDER BY 1, 2;
SELECT * FROM ce_check();

-- a trigger that changes the row on its way, or drops it
CREATE FUNCTION test.halve() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.activity_id = 4403 THEN
		RETURN NULL;
	END IF;
	NEW.hours := '5';
	RETURN NEW;
END $$;
CREATE TRIGGER a_halve BEFORE INSERT ON ce_activity FOR EACH ROW EXECUTE FUNCTION test.halve();
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES
	(4403, 4011, 'academy_course', '2020-03-02', '10', 'verified', 4, '2020-03-03'),
	(4404, 4011, 'academy_course', '2020-03-02', '10', 'verified', 4, '2020-03-03');
DROP TRIGGER a_halve ON ce_activity;
SELECT * FROM test.account WHERE p = 11;

--
-- Other ways to write
--
-- ON CONFLICT, data-modifying WITH, a cursor, MERGE
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on, source, source_ref)
	VALUES (4501, 4012, 'academy_course', '2020-03-02', '10', 'verified', 4, '2020-03-03', 'academy', '1');
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on, source, source_ref)
	VALUES (4502, 4012, 'academy_course', '2020-03-02', '10', 'verified', 4, '2020-03-03', 'academy', '1'),
		(4503, 4012, 'academy_course', '2020-03-02', '3', 'verified', 4, '2020-03-03', 'academy', '2')
	ON CONFLICT (person_id, source, source_ref) WHERE source IS NOT NULL AND status <> 'rejected' DO NOTHING;
WITH revoked AS (
	UPDATE ce_activity SET status = 'revoked', revoked_by = 4, revoked_on = '2020-04-01', note = 'replaced' WHERE activity_id = 4501
	RETURNING person_id, kind, completed_on)
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
	SELECT 4504, person_id, kind, completed_on, '11', 'verified', 4, '2020-04-01' FROM revoked;
SELECT * FROM test.account WHERE p = 12;
MERGE INTO ce_activity a USING (VALUES (4505, 'academy', '2'), (4506, 'academy', '3')) n (id, source, ref)
	ON a.person_id = 4012 AND a.source = n.source AND a.source_ref = n.ref
	WHEN MATCHED THEN UPDATE SET status = 'revoked', revoked_by = 4, revoked_on = '2020-04-02', note = 'replaced'
	WHEN NOT MATCHED THEN INSERT (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on, source, source_ref)
		VALUES (n.id, 4012, 'academy_course', '2020-03-02', '7', 'verified', 4, '2020-04-02', n.source, n.ref);
SELECT * FROM test.account WHERE p = 12;
-- rows that wait are deleted without a trace in the accounts
DELETE FROM ce_activity WHERE activity_id = 4205;
-- a subject and its hours past the type's range stop the statement
\set VERBOSITY sqlstate
SET session_replication_role = replica;
UPDATE ce_account SET credit = ce_credit('public', '92233720368547758.07') WHERE person_id = 4012;
RESET session_replication_role;
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
	VALUES (4507, 4012, 'academy_course', '2020-03-02', '1', 'verified', 4, '2020-03-03');
\set VERBOSITY default
SELECT accounts FROM ce_rebuild(4012);
SELECT * FROM test.accounts_and_check WHERE person NOT IN ('1', '2', '3', '4', '5');

--
-- Triggers that are switched off are noticed
--
ALTER TABLE ce_activity DISABLE TRIGGER ce_post_flush;
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
	VALUES (4601, 4013, 'academy_course', '2020-03-02', '1', 'verified', 4, '2020-03-03');
SELECT count(*) FROM ce_activity WHERE activity_id = 4601;
-- one transaction, two statements: what the first left is not lost
BEGIN;
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
	VALUES (4602, 4013, 'academy_course', '2020-03-02', '1', 'verified', 4, '2020-03-03');
COMMIT;
ALTER TABLE ce_activity ENABLE TRIGGER ce_post_flush;
SELECT count(*) FROM test.account WHERE p = 13 AND ce_credit_hours(credit, 'public') <> '0';
-- as in logical replication, where no trigger fires: ce_check() tells, ce_rebuild() makes it good
SET session_replication_role = replica;
INSERT INTO ce_activity (activity_id, person_id, kind, org_id, completed_on, hours, status, reviewed_by, verified_by, verified_on,
		year, category, national_base, awarded, deems_public, deems_professional, rule_id)
	VALUES (4603, 4013, 'academy_course', 25, '2020-03-02', '1', 'verified', 4, 4, '2020-03-03', 2020, 'public', false, '1', false, false, 101);
RESET session_replication_role;
SELECT invariant, person_id, year, object_id, detail FROM ce_check();
SELECT * FROM ce_rebuild(4014);
SELECT count(*) FROM ce_check();
SELECT * FROM ce_rebuild(4013);
SELECT * FROM ce_check();

--
-- ce_check() finds every corruption that is planted, ce_rebuild() repairs
-- accounts and hours; it does not touch facts
--
CREATE FUNCTION pg_temp.check_after(statement text)
RETURNS TABLE (invariant text, person_id bigint, year integer, object_id bigint, detail text, repaired text) LANGUAGE plpgsql AS $$
DECLARE
	repair record;
BEGIN
	SET LOCAL session_replication_role = replica;
	EXECUTE statement;
	SET LOCAL session_replication_role = origin;
	RETURN QUERY SELECT c.*, NULL FROM ce_check() c;
	SELECT * INTO repair FROM ce_rebuild();
	RETURN QUERY SELECT NULL::text, NULL::bigint, NULL::integer, NULL::bigint, NULL::text,
		format('%s hours, %s accounts, %s problems left', repair.activities, repair.accounts, (SELECT count(*) FROM ce_check()));
	RAISE EXCEPTION USING ERRCODE = 'P0099';
EXCEPTION WHEN SQLSTATE 'P0099' THEN
	NULL;	-- takes the corruption back, keeps the rows
END $$;
\pset format unaligned
\pset tuples_only on
-- accounts: another credit, another day, one too many, one too few
SELECT * FROM pg_temp.check_after('UPDATE ce_account SET credit = credit + ''{public:1}'' WHERE person_id = 4006');
SELECT * FROM pg_temp.check_after('UPDATE ce_account SET known_from = ''2020-01-01'' WHERE person_id = 4006');
SELECT * FROM pg_temp.check_after('INSERT INTO ce_account VALUES (4020, 2018, ''{}'', ''2020-01-01'')');
SELECT * FROM pg_temp.check_after('DELETE FROM ce_account WHERE person_id = 4006');
-- activities: a row gone, hours typed in, a deeming, another law row
SELECT * FROM pg_temp.check_after('DELETE FROM ce_activity WHERE activity_id = 4301');
SELECT * FROM pg_temp.check_after('UPDATE ce_activity SET awarded = ''60'' WHERE activity_id = 4301');
SELECT * FROM pg_temp.check_after('UPDATE ce_activity SET deems_public = true WHERE activity_id = 4301');
SELECT * FROM pg_temp.check_after('UPDATE ce_activity SET rule_id = 102 WHERE activity_id = 4301');
-- year and category follow from the facts too
-- (repaired, or told of until somebody does it)
CREATE FUNCTION pg_temp.noticed(statement text, OUT noticed boolean) LANGUAGE plpgsql AS $$
BEGIN
	SET LOCAL session_replication_role = replica;
	EXECUTE statement;
	SET LOCAL session_replication_role = origin;
	PERFORM ce_rebuild();
	SELECT (a.year = 2020 AND a.category = 'public') OR EXISTS (SELECT FROM ce_check() c WHERE c.object_id = 4301)
		INTO noticed FROM ce_activity a WHERE a.activity_id = 4301;
	RAISE EXCEPTION USING ERRCODE = 'P0099';
EXCEPTION WHEN SQLSTATE 'P0099' THEN
	NULL;
END $$;
SELECT pg_temp.noticed('UPDATE ce_activity SET year = 2021 WHERE activity_id = 4301');
SELECT pg_temp.noticed('UPDATE ce_activity SET category = ''training'' WHERE activity_id = 4301');
-- verification: by nobody, too early, revoked on no day, evidence or plan gone
SELECT * FROM pg_temp.check_after('UPDATE ce_activity SET verified_by = NULL WHERE activity_id = 4301');
SELECT * FROM pg_temp.check_after('UPDATE ce_activity SET verified_on = ''2020-03-01'' WHERE activity_id = 4301');
SELECT * FROM pg_temp.check_after('UPDATE ce_activity SET status = ''revoked'' WHERE activity_id = 4301');
SELECT * FROM pg_temp.check_after('UPDATE ce_activity SET revoked_on = ''2020-04-01'' WHERE activity_id = 4301');
SELECT * FROM pg_temp.check_after('UPDATE ce_activity SET evidence = '' '' WHERE activity_id = 4120');
SELECT * FROM pg_temp.check_after('UPDATE ce_activity SET kind = ''lecture'' WHERE activity_id = 4006');
\pset format aligned
\pset tuples_only off

--
-- A law row that changed: ce_check() names the hours, ce_rebuild() derives them
-- afresh and logs each change
--
BEGIN;
UPDATE ce_rule SET hours = '8' WHERE rule_id = 104;
SELECT invariant, detail, count(*) FROM ce_check() GROUP BY 1, 2 ORDER BY 1, 2;
SELECT credit FROM test.account WHERE p = 20;
-- as an UPDATE that blanks the hours does, and changes nothing else
SAVEPOINT before;
UPDATE ce_activity SET awarded = NULL WHERE activity_id = 4120 RETURNING awarded, status;
SELECT credit FROM test.account WHERE p = 20;
ROLLBACK TO before;
SELECT test.refused('UPDATE ce_activity SET awarded = NULL, title = ''x'' WHERE activity_id = 4120');
SELECT test.refused('UPDATE ce_activity SET awarded = ''40'' WHERE activity_id = 4120');
SELECT * FROM ce_rebuild(4020);
SELECT credit FROM test.account WHERE p = 20;
SELECT object, ids, from_status, to_status, note FROM ce_event WHERE object = 'hours';
SELECT activities > 1 AS others_too FROM ce_rebuild();
SELECT * FROM ce_check();
SELECT * FROM ce_rebuild();
-- a rule that is gone: an error, not 0 hours
DELETE FROM ce_rule WHERE rule_id = 104;
SELECT invariant, min(detail) AS detail, count(*) > 1 AS many FROM ce_check() GROUP BY 1;
SELECT * FROM ce_rebuild(4020);
ROLLBACK;

-- only the ledger's owner
CREATE ROLE regress_ce_clerk;
GRANT ALL ON ALL TABLES IN SCHEMA public TO regress_ce_clerk;
SET ROLE regress_ce_clerk;
SELECT * FROM ce_rebuild();
RESET ROLE;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM regress_ce_clerk;
DROP ROLE regress_ce_clerk;


--
-- Accounts and the log are written by the ledger's triggers alone
--
SELECT test.refused($$INSERT INTO ce_account VALUES (4020, 2021, '{public:1}', '2021-01-01')$$);
SELECT test.refused($$UPDATE ce_account SET credit = '{public:90}' WHERE person_id = 4020$$);
SELECT test.refused($$UPDATE ce_account SET person_id = 4019 WHERE person_id = 4020$$);
SELECT test.refused($$UPDATE ce_account SET year = 2021 WHERE person_id = 4020$$);
SELECT test.refused($$UPDATE ce_account SET known_from = '2020-01-01' WHERE person_id = 4020$$);
SELECT test.refused($$DELETE FROM ce_account WHERE person_id = 4020$$);
SELECT test.refused($$TRUNCATE ce_account$$);
SELECT test.refused($$MERGE INTO ce_account a USING (VALUES (4020)) AS v (p) ON a.person_id = v.p WHEN MATCHED THEN DELETE$$);
SELECT test.refused($$INSERT INTO ce_event (at, role_name, object, ids) VALUES (now(), 'clerk', 'activity', '{1}')$$);

-- What the user added to the two tables has its say in each posting
CREATE TABLE test.seen (what text);
CREATE FUNCTION test.see() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO test.seen VALUES (format('%s %s %s', TG_OP, TG_LEVEL, TG_TABLE_NAME));
	RETURN NEW;
END $$;
CREATE PROCEDURE test.one_more() LANGUAGE sql AS
	'INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (4020, ''academy_course'', ''2020-03-02'', ''1'', ''verified'', 4, ''2020-03-05'')';
CALL test.one_more();
BEGIN;
CREATE TRIGGER see BEFORE UPDATE ON ce_account FOR EACH ROW EXECUTE FUNCTION test.see();
CREATE TRIGGER see_statement AFTER UPDATE ON ce_account FOR EACH STATEMENT EXECUTE FUNCTION test.see();
CREATE TRIGGER see BEFORE INSERT ON ce_event FOR EACH ROW EXECUTE FUNCTION test.see();
CALL test.one_more();
SELECT * FROM test.seen ORDER BY 1;
ROLLBACK;
BEGIN;
ALTER TABLE ce_account ADD CHECK (ce_credit_hours(credit, 'public') < '1000');
ALTER TABLE ce_account ADD COLUMN changes integer, ADD COLUMN public ce_hours GENERATED ALWAYS AS (ce_credit_hours(credit, 'public')) STORED;
ALTER TABLE ce_event ADD COLUMN mark text DEFAULT 'of the user''s', ALTER COLUMN at DROP NOT NULL;
CALL test.one_more();
SELECT public = ce_credit_hours(credit, 'public') AS generated FROM ce_account WHERE person_id = 4020 AND year = 2020;
SELECT mark FROM ce_event ORDER BY event_id DESC LIMIT 1;
UPDATE ce_account SET changes = 7 WHERE person_id = 4020;
CALL test.one_more();
SELECT changes FROM ce_account WHERE person_id = 4020 AND year = 2020;
SELECT test.refused($$INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (4020, 'academy_course', '2020-03-02', '1000', 'verified', 4, '2020-03-05')$$);
ROLLBACK;
-- a user's column alone, and an index that every posting changes
BEGIN;
ALTER TABLE ce_account ADD COLUMN gone text DEFAULT 'x', ADD COLUMN mine text DEFAULT 'y';
ALTER TABLE ce_account DROP COLUMN gone;
CREATE INDEX by_day ON ce_account (known_from, person_id);
INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (4020, 'academy_course', '2020-03-02', '1', 'verified', 4, '2020-09-09');
SELECT mine, year FROM ce_account WHERE person_id = 4020 ORDER BY year;
SET LOCAL enable_seqscan = off;
SELECT person_id, year FROM ce_account WHERE known_from = '2020-09-09' AND person_id = 4020;
ROLLBACK;

-- other types in the log than ours
BEGIN;
ALTER TABLE ce_event ALTER COLUMN role_name TYPE text, ALTER COLUMN note TYPE varchar(400);
CALL test.one_more();
SELECT role_name = current_user AS by_me FROM ce_event ORDER BY event_id DESC LIMIT 1;
SELECT test.refused($$SELECT ce_revoke(ARRAY(SELECT max(activity_id) FROM ce_activity WHERE person_id = 4020), 2, repeat('long ', 100), '2020-09-09')$$);
ROLLBACK;
-- a foreign key to what a posting changes
BEGIN;
ALTER TABLE ce_account ADD UNIQUE (person_id, year, known_from);
CREATE TABLE test.stamp (person_id bigint, year integer, known_from date, FOREIGN KEY (person_id, year, known_from) REFERENCES ce_account (person_id, year, known_from));
INSERT INTO test.stamp SELECT person_id, year, known_from FROM ce_account WHERE person_id = 4020 AND year = 2020;
SELECT test.refused($$INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (4020, 'academy_course', '2020-03-02', '1', 'verified', 4, '2020-09-09')$$);
ROLLBACK;

-- What was gathered before a statement failed goes with its savepoint
CREATE FUNCTION test.fail_late() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'a trigger of the user''s fails';
END $$;
CREATE TRIGGER zz_fail_late AFTER INSERT ON ce_activity FOR EACH ROW WHEN (NEW.note = 'late') EXECUTE FUNCTION test.fail_late();
BEGIN;
SAVEPOINT a;
INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on, note) VALUES
	(4020, 'academy_course', '2020-03-02', '1', 'verified', 4, '2020-03-05', NULL),
	(4020, 'academy_course', '2020-03-02', '1', 'verified', 4, '2020-03-05', 'late');
ROLLBACK TO a;
COMMIT;
DROP TRIGGER zz_fail_late ON ce_activity;
DROP FUNCTION test.fail_late();

SELECT * FROM ce_check();

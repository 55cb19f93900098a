--
-- What the ledger's owner alters is refused in words, at the first look and
-- whoever asks (test/t/031_hostile_owner.pl tries all of it).  Needs "ledger".
--
SET datestyle = 'ISO, YMD';
SET client_min_messages = warning;
BEGIN;
-- an autovacuum that analyses a table waits for who altered it, and who alters the next one for the autovacuum
DO $$
DECLARE
	what regclass;
BEGIN
	FOR what IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relname LIKE 'ce\_%' LOOP
		EXECUTE format('LOCK TABLE %s', what);
	END LOOP;
END $$;
INSERT INTO ce_person (person_id, person_no, org_id, held_level, held_since) VALUES (9801, 'H1', 25, 'junior', '2016-01-01');
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
	VALUES (9801, 9801, 'academy_course', '2020-03-01', '45', 'verified', 4, '2020-03-05');

-- what a question and a write say after an alteration, which is undone
CREATE FUNCTION pg_temp.after(VARIADIC alterations text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	s text;
	hint text;
	said text[];
BEGIN
	BEGIN
		FOREACH s IN ARRAY alterations[1:array_length(alterations, 1) - 1] LOOP
			EXECUTE s;
		END LOOP;
		FOREACH s IN ARRAY string_to_array(alterations[array_length(alterations, 1)], ';') LOOP
			BEGIN
				EXECUTE s;
				said := said || 'taken'::text;
			EXCEPTION WHEN OTHERS THEN
				GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
				said := said || concat_ws(' | ', SQLSTATE, SQLERRM, hint);
			END;
		END LOOP;
		RAISE EXCEPTION USING ERRCODE = 'ZZ999';
	EXCEPTION
		WHEN SQLSTATE 'ZZ999' THEN NULL;
		WHEN OTHERS THEN said := ARRAY['not altered: ' || SQLERRM];
	END;
	RETURN QUERY SELECT unnest(said);
END $$;
\pset format unaligned
\pset tuples_only on
\set question 'SELECT ce_explain(9801, ''junior'', as_of => ''2020-12-31'')'
\set write 'INSERT INTO ce_activity (person_id, kind, completed_on, hours) VALUES (9801, ''academy_course'', ''2020-03-02'', ''1'')'

-- types: what gave out memory, and what crashed
SELECT pg_temp.after('ALTER TABLE ce_requirement DROP CONSTRAINT ce_requirement_pkey CASCADE', 'ALTER TABLE ce_requirement ALTER interpretation TYPE bigint USING 94000000000000', :'question');
SELECT pg_temp.after('CREATE TYPE pg_temp.r AS ENUM (''host'')', 'ALTER TABLE ce_rule ALTER role TYPE pg_temp.r USING ''host''', :'question');
SELECT pg_temp.after('DO $d$ DECLARE c record; BEGIN FOR c IN SELECT conname FROM pg_constraint WHERE conrelid = ''ce_window''::regclass AND contype = ''c'' LOOP EXECUTE format(''ALTER TABLE ce_window DROP CONSTRAINT %I'', c.conname); END LOOP; END $d$',
	'ALTER TABLE ce_window ALTER aggregation TYPE bigint USING 1', :'question');
SELECT pg_temp.after('CREATE DOMAIN pg_temp.d AS text', 'ALTER TABLE ce_catchup ALTER clause TYPE pg_temp.d', :'question');
-- names and generated columns
SELECT pg_temp.after('ALTER TABLE ce_cap RENAME category TO sort', :'question');
SELECT pg_temp.after('ALTER TABLE ce_scheme DROP COLUMN interpretation', 'ALTER TABLE ce_scheme ADD COLUMN interpretation text GENERATED ALWAYS AS (''x'') STORED', :'question');
-- what later versions added is missed like the rest, once ce_setup() has made it
SELECT t || '.' || c, pg_temp.after(format('ALTER TABLE %s RENAME %s TO other', t, c), :'question') FROM (VALUES ('ce_scheme', 'based_on'), ('ce_rule', 'most_hours'), ('ce_window', 'required_total'), ('ce_catchup', 'most_hours'), ('ce_person', 'moved')) v (t, c);
SELECT pg_temp.after('ALTER TABLE ce_activity RENAME quantity TO other', :'write');
SELECT t, pg_temp.after(format('ALTER TABLE %s RENAME TO other', t), :'question' || ';SELECT count(*) FROM ce_check()') FROM unnest('{ce_category,ce_minimum,ce_waiver,ce_person_scheme}'::text[]) t;
SELECT pg_temp.after('UPDATE ce_ledger SET extension_version = ''0.2.0''', 'ALTER TABLE ce_window RENAME required_total TO other', 'ALTER TABLE ce_waiver RENAME TO other', :'question' || ';SELECT count(*) FROM ce_check();SELECT count(*) FROM ce_compare_schemes(''general'', ''accounting'', ''junior'')');
SELECT pg_temp.after('DROP TABLE ce_minimum CASCADE', 'SELECT ce_setup(); ' || :'question');
-- ce_setup() makes none of this one for a ledger that has its law
SELECT pg_temp.after('DROP TABLE ce_ledger', 'SELECT count(*) FROM ce_check()');
-- nulls: of a row that is kept, of a person, of a row that is being written
SELECT pg_temp.after('ALTER TABLE ce_org ALTER region_code DROP NOT NULL, DISABLE TRIGGER ce_values_check', 'UPDATE ce_org SET region_code = NULL', :'write');
SELECT pg_temp.after('ALTER TABLE ce_person DISABLE TRIGGER USER', 'ALTER TABLE ce_person ALTER scheme DROP NOT NULL', 'UPDATE ce_person SET scheme = NULL', :'question' || ';' || :'write');
SELECT pg_temp.after('ALTER TABLE ce_activity DISABLE TRIGGER USER', 'ALTER TABLE ce_activity ALTER year DROP NOT NULL', 'UPDATE ce_activity SET year = NULL', 'ALTER TABLE ce_activity ENABLE TRIGGER USER', 'SELECT ce_activity_drift()');
SELECT pg_temp.after('ALTER TABLE ce_application DISABLE TRIGGER USER', 'INSERT INTO ce_application (person_id, level, applied_on) VALUES (9801, ''junior'', ''2020-12-31'')', 'ALTER TABLE ce_application ENABLE TRIGGER USER',
	'UPDATE ce_application SET status = NULL; INSERT INTO ce_plan (org_id, title, mode, hours, status) VALUES (25, ''c'', ''offline'', ''2'', NULL); INSERT INTO ce_sanction (person_id, decision) VALUES (9801, ''d'')');
-- something else in a table's place
SELECT pg_temp.after(format('ALTER TABLE %s RENAME TO other', t), format('CREATE VIEW %s AS SELECT * FROM other', t), :'question' || ';' || :'write') FROM unnest('{ce_org,ce_person,ce_account}'::text[]) t;
SELECT pg_temp.after(format('ALTER TABLE %s RENAME TO other', t), format('CREATE TABLE %s (LIKE other) PARTITION BY HASH (%s)', t, k), format('CREATE TABLE part PARTITION OF %s FOR VALUES WITH (MODULUS 1, REMAINDER 0)', t),
	format('INSERT INTO %s SELECT * FROM other', t), 'SELECT ce_sees_person(9801);' || :'write') FROM (VALUES ('ce_org', 'org_id'), ('ce_member', 'org_id'), ('ce_person_role', 'person_id'), ('ce_kind', 'kind')) v (t, k);
-- no other table adds rows that no trigger has seen: not to what is cached, nor to the records of persons
SELECT pg_temp.after('CREATE TABLE heir () INHERITS (ce_org)', :'write');
SELECT t, pg_temp.after(format('CREATE TABLE heir () INHERITS (%s)', t), :'question' || ';SELECT count(senior) FROM ce_eligibility;' || :'write') FROM unnest('{ce_account,ce_person,ce_activity}'::text[]) t;
SELECT pg_temp.after('CREATE TABLE heir () INHERITS (ce_achievement)', 'INSERT INTO heir (achievement_id, person_id, kind, rank, achieved_on, attested_by, attested_on) VALUES (1, 9801, ''invention_patent'', 1, ''2020-02-03'', 25, ''2020-02-04'')', :'question' || ';SELECT sum(attested_hours) FROM ce_yearly_totals');
SELECT pg_temp.after('CREATE TABLE heir () INHERITS (ce_account)', 'INSERT INTO heir SELECT * FROM ONLY ce_account', 'DROP TABLE heir', :'question' || ';' || :'write');
SELECT pg_temp.after('CREATE TABLE heir () INHERITS (ce_event)', 'SELECT (SELECT string_agg(invariant || '': '' || detail, '', '') FROM ce_check())::integer');
-- persons' tables may have partitions, and are read
SELECT pg_temp.after('ALTER TABLE ce_account RENAME TO other', 'CREATE TABLE ce_account (LIKE other) PARTITION BY HASH (person_id)', 'CREATE TABLE part PARTITION OF ce_account FOR VALUES WITH (MODULUS 1, REMAINDER 0)',
	'INSERT INTO ce_account SELECT * FROM other', :'question');
-- a table of somebody else's
CREATE ROLE regress_ce_intruder;
GRANT CREATE, USAGE ON SCHEMA public TO regress_ce_intruder;
SELECT pg_temp.after('ALTER TABLE ce_person_role OWNER TO regress_ce_intruder', 'SELECT ce_sees_person(9801)');
-- a result that is not what it was when the table was looked at
SELECT pg_temp.after('DROP VIEW ce_archive, ce_findings, ce_verification_queue, ce_account_recomputed, ce_quarterly_report, ce_annual_statistics CASCADE', 'ALTER TABLE ce_activity DISABLE TRIGGER USER', 'ALTER TABLE ce_activity DROP CONSTRAINT ce_activity_pkey CASCADE',
	'DROP POLICY ce_sees ON ce_activity', 'ALTER TABLE ce_activity ALTER kind TYPE double precision USING 1e300', 'SELECT ce_activity_drift()');
-- our trigger functions where they do not belong
SELECT pg_temp.after('CREATE TRIGGER aa BEFORE INSERT ON ce_activity FOR EACH ROW EXECUTE FUNCTION ce_activity_post()', :'write');
SELECT pg_temp.after('CREATE TRIGGER aa AFTER INSERT ON ce_activity FOR EACH ROW EXECUTE FUNCTION ce_activity_check()', :'write');
SELECT pg_temp.after('CREATE TRIGGER aa BEFORE DELETE ON ce_person FOR EACH ROW EXECUTE FUNCTION ce_person_check()', 'DELETE FROM ce_person WHERE person_id = 9801');
ROLLBACK;
DROP ROLE IF EXISTS regress_ce_intruder;

-- the schema goes while a query runs that asks
\pset tuples_only off
\set VERBOSITY terse
CREATE DATABASE regress_ce_gone;
\c regress_ce_gone
SET client_min_messages = error;
CREATE SCHEMA hours;
CREATE EXTENSION ce_hours SCHEMA hours;
SELECT hours.ce_setup();
CREATE FUNCTION pg_temp.drop_it(i integer) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
	IF i = 3 THEN
		DROP SCHEMA hours CASCADE;
	END IF;
	RETURN i;
END $$;
SELECT count(*) FROM (SELECT hours.ce_verdict(pg_temp.drop_it(i)::bigint, 'junior') FROM generate_series(1, 5) i OFFSET 0) v;
BEGIN;
SELECT pg_temp.drop_it(i), hours.ce_sees_org(i), hours.ce_has_duty(i, 'read') FROM generate_series(1, 5) i;
ROLLBACK;
CREATE EXTENSION IF NOT EXISTS ce_hours SCHEMA hours;
SELECT hours.ce_verdict(1::bigint, 'junior');
\c contrib_regression
DROP DATABASE regress_ce_gone;

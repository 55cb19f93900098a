--
-- ce_setup(): makes the ledger, as ordinary objects of the caller
--

-- What came later than the rows of a table: a CHECK that holds for new rows only.
CREATE OR REPLACE FUNCTION ce__validate_checks() RETURNS void
	LANGUAGE ce_plpgsql VOLATILE AS $$
DECLARE
	later record;
BEGIN
	FOR later IN
		SELECT k.conrelid::regclass AS checked, k.conname
		  FROM pg_constraint k
		  JOIN pg_class c ON c.oid = k.conrelid
		 WHERE k.contype = 'c' AND NOT k.convalidated AND k.conname LIKE 'ce\_%'
		   AND c.relname LIKE 'ce\_%' AND c.relkind IN ('r', 'p')
		   AND c.relnamespace = (SELECT l.relnamespace FROM pg_class l WHERE l.oid = 'ce_ledger'::regclass)
		 ORDER BY c.relname, k.conname
	LOOP
		BEGIN
			EXECUTE format('ALTER TABLE %s VALIDATE CONSTRAINT %I', later.checked, later.conname);
		EXCEPTION WHEN check_violation THEN
			NULL;	-- some row is from before
		END;
	END LOOP;
END
$$;
COMMENT ON FUNCTION ce__validate_checks() IS
	'internal: validates CHECK constraints of the ledger that came later than rows of its tables, where all rows keep them by now';

CREATE OR REPLACE FUNCTION ce__setup_statements() RETURNS TABLE (statement text)
	LANGUAGE ce_plpgsql STABLE AS $$
DECLARE
	ledger jsonb;
	edition integer;
	secures boolean;
	releases text[];
BEGIN
	IF to_regclass('ce_ledger') IS NOT NULL THEN
		-- As JSON, since one of an earlier release lacks columns.
		SELECT to_jsonb(l) INTO ledger FROM ce_ledger l;
	END IF;
	edition := coalesce((ledger ->> 'law_edition')::integer, 0);
	-- Row security comes once, and to a ledger that others work in already only when its owner says so.
	secures := coalesce((ledger ->> 'security_edition')::integer, 0) = 0;
	IF secures AND edition > 0 AND EXISTS (
		SELECT FROM pg_class c
		 CROSS JOIN LATERAL (
			SELECT c.relacl UNION ALL SELECT a.attacl FROM pg_attribute a WHERE a.attrelid = c.oid) AS l (acl)
		 CROSS JOIN LATERAL aclexplode(l.acl) AS x
		 WHERE c.relnamespace = (SELECT t.relnamespace FROM pg_class t WHERE t.oid = to_regclass('ce_ledger'))
		   AND c.relname LIKE 'ce\_%' AND c.relkind IN ('r', 'p', 'v') AND x.grantee <> c.relowner) THEN
		secures := false;
		RAISE INFO USING MESSAGE = ce_text('row security of this ledger is not enabled'),
			DETAIL = ce_text('Roles other than its owner hold privileges on it; under row security they would see nothing until they have duties.'),
			HINT = format(ce_text('Grant them duties with ce_grant(), then run SELECT %s.ce_secure(); see docs/security.md.'),
				(SELECT c.relnamespace::regnamespace FROM pg_class c WHERE c.oid = to_regclass('ce_ledger')));
	END IF;
	SELECT array_agg(DISTINCT f.lacking ORDER BY f.lacking) INTO releases FROM ce__ledger_scripts() f WHERE f.lacking IS NOT NULL;
	RETURN QUERY
	WITH lacking AS (
	SELECT f.place, s.number, format(E'-- %s, line %s\n%s;', f.file, s.line - 1, s.statement) AS text
	  FROM ce__ledger_scripts() f
	 CROSS JOIN LATERAL ce__statements(f.script) WITH ORDINALITY AS s (line, statement, number)
	 WHERE CASE f.file WHEN 'law/qinghai_2020.sql' THEN edition < 1
					   WHEN 'ledger/title_rows.sql' THEN to_regclass('ce_title') IS NULL
					   WHEN 'law/qinghai_regions.sql' THEN to_regclass('ce_region') IS NULL
					   WHEN 'ledger/distributed.sql' THEN to_regclass('ce_person') IS NOT NULL AND ce__distributed()
					   WHEN 'ledger/security.sql' THEN secures
					   ELSE f.lacking IS NULL OR array_position(releases, ledger ->> 'extension_version') <= array_position(releases, f.lacking) END
	UNION ALL
	-- On a Citus cluster: triggers on shards, and views on this node alone.
	SELECT c.place, c.number, c.text
	  FROM (VALUES (0, 1, 'SET LOCAL citus.enable_unsafe_triggers = on;'), (0, 2, 'SET LOCAL citus.multi_shard_modify_mode = ''sequential'';'),
				   (17, 0, 'SET LOCAL citus.enable_ddl_propagation = off;'), (19, 0, 'SET LOCAL citus.enable_ddl_propagation = on;')) AS c (place, number, text)
	 WHERE to_regclass('ce_person') IS NOT NULL AND ce__distributed())
	SELECT l.text FROM lacking l ORDER BY l.place, l.number;
END
$$;
COMMENT ON FUNCTION ce__setup_statements() IS
	'internal: the statements that ce_setup() runs for the ledger as it is now, each with its file and line in a comment, by which errors name it';

CREATE OR REPLACE FUNCTION ce_setup() RETURNS void
	LANGUAGE ce_plpgsql VOLATILE SET client_min_messages = warning AS $setup$
DECLARE
	lacking text;
BEGIN
	-- One at a time, by a lock that only the owner can take.  Of two first calls
	-- the second waits here for the table of the first.
	BEGIN
--include ledger/ledger.sql
	EXCEPTION WHEN unique_violation OR duplicate_table OR duplicate_object THEN
		NULL;
	END;
	LOCK TABLE ce_ledger IN SHARE ROW EXCLUSIVE MODE;
	FOR lacking IN SELECT s.statement FROM ce__setup_statements() s LOOP
		EXECUTE lacking;
	END LOOP;
END
$setup$;
COMMENT ON FUNCTION ce_setup() IS
	'creates the ledger in the extension''s schema, owned by the caller: tables, triggers, views, the law and, for a new ledger, row security; run it again after ALTER EXTENSION ... UPDATE; it never changes or deletes rows of users';

CREATE OR REPLACE FUNCTION ce_setup(dry_run boolean) RETURNS SETOF text
	LANGUAGE ce_plpgsql VOLATILE SET client_min_messages = warning AS $$
DECLARE
	lacking text;
	first boolean := true;
BEGIN
	IF NOT dry_run THEN
		PERFORM ce_setup();
		RETURN;
	END IF;
	RETURN NEXT format('-- What SELECT %I.ce_setup() runs, for psql, by the role that is to own the ledger or owns it', current_schema());
	RETURN NEXT 'BEGIN;';
	RETURN NEXT format('SET LOCAL search_path = %I, pg_temp;', current_schema());
	RETURN NEXT 'SET LOCAL client_min_messages = warning;';
	FOR lacking IN SELECT s.statement FROM ce__setup_statements() s LOOP
		RETURN NEXT lacking;
		IF first THEN
			RETURN NEXT 'LOCK TABLE ce_ledger IN SHARE ROW EXCLUSIVE MODE;';
			first := false;
		END IF;
	END LOOP;
	RETURN NEXT 'COMMIT;';
END
$$;
COMMENT ON FUNCTION ce_setup(boolean) IS
	'with true the SQL that ce_setup() would run, to be reviewed and run by psql as it is, a row a statement; changes nothing. With false the same as ce_setup()';

DO $$
BEGIN
	IF pg_catalog.to_regclass('@extschema@.ce_ledger') IS NULL THEN
		RAISE INFO USING MESSAGE = pg_catalog.format(@extschema@.ce_text('ce_hours is installed; now create the ledger with: SELECT %s.ce_setup();'), '@extschema@');
	ELSE
		RAISE INFO USING MESSAGE = pg_catalog.format(@extschema@.ce_text('ce_hours is updated; now let role "%s" bring the ledger up to date with: SELECT %s.ce_setup();'),
			(SELECT pg_catalog.pg_get_userbyid(c.relowner) FROM pg_catalog.pg_class c WHERE c.oid = pg_catalog.to_regclass('@extschema@.ce_ledger')), '@extschema@');
	END IF;
END
$$;

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

-- Arguments: the columns that say what a row is about, and what makes two rows of
-- one instrument the same, of t (in the table) and n (new).  A row of another
-- instrument about the same is a reading of its own, of which no part is mixed with
-- the new one's; so it is kept whatever else it says.
CREATE OR REPLACE FUNCTION ce_keep_law_row() RETURNS trigger
	LANGUAGE ce_plpgsql AS $$
DECLARE
	given CONSTANT text[] := ARRAY['rule_id', 'window_id', 'lane', 'subject'];	-- by the ledger, where they are left out
	about CONSTANT text[] := string_to_array(TG_ARGV[0], ', ');
	left_out CONSTANT jsonb := to_jsonb(NEW);
	kept jsonb;
	differing text[];
BEGIN
	IF TG_ARGV[0] IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'trigger_protocol_violated',
			MESSAGE = format(ce_text('trigger "%s" must name columns'), TG_NAME),
			DETAIL = ce_text('Rows with the same values in these columns are about the same.'),
			HINT = ce_text('Give the trigger''s function them as its first argument, such as ce_keep_law_row(''scheme, from_year'').');
	END IF;
	IF current_setting('ce_hours.keep_law_rows') <> 'on' THEN
		RETURN NEW;
	END IF;
	-- Citus has this function decide on every node.
	IF to_regclass('ce_person') IS NOT NULL AND ce__distributed() AND current_setting('citus.propagate_set_commands') <> 'local' AND current_setting('application_name') NOT LIKE 'citus\_internal%' THEN
		RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
			MESSAGE = ce_text('ce_hours.keep_law_rows does not reach the other nodes'),
			DETAIL = ce_text('The law is on every node, and each would keep other rows.'),
			HINT = ce_text('In one transaction run SET LOCAL citus.propagate_set_commands = ''local'', then SET LOCAL ce_hours.keep_law_rows = on, then enter the rows.');
	END IF;
	EXECUTE format('SELECT to_jsonb(t) FROM %s AS t, (SELECT ($1).*) AS n WHERE %s AND (to_jsonb(t) ->> ''instrument'' IS DISTINCT FROM to_jsonb(n) ->> ''instrument'' OR %s)'
				   ' ORDER BY (to_jsonb(t) - $2) = (to_jsonb(n) - $2) DESC LIMIT 1',
				   TG_RELID::regclass, (SELECT string_agg(format('t.%1$I = n.%1$I', c), ' AND ') FROM unnest(about) AS c), coalesce(TG_ARGV[1], 'true'))
	   INTO kept USING NEW, given;
	IF kept IS NULL THEN
		RETURN NEW;
	END IF;
	IF kept - given <> left_out - given THEN
		-- What instrument and clause do not tell apart, the columns do.
		IF left_out -> 'instrument' IS NOT DISTINCT FROM kept -> 'instrument' AND left_out -> 'clause' IS NOT DISTINCT FROM kept -> 'clause' THEN
			SELECT array_agg(n.key) INTO differing FROM jsonb_each(left_out - given) AS n WHERE n.value IS DISTINCT FROM kept -> n.key;
		END IF;
		RAISE WARNING USING MESSAGE = format(ce_text('a row of table "%s" is left out; the ledger has a row about the same'), regexp_replace(TG_TABLE_NAME, '_[0-9]+$', '')),
			DETAIL = format(ce_text('Left out: %s. In the ledger: %s. Both are about %s.'),
				concat_ws(', ', concat_ws(' ', left_out ->> 'instrument', left_out ->> 'clause'), (SELECT string_agg(format('%s %s', c, coalesce(left_out ->> c, 'null')), ', ') FROM unnest(differing) AS c)),
				concat_ws(', ', concat_ws(' ', kept ->> 'instrument', kept ->> 'clause'), (SELECT string_agg(format('%s %s', c, coalesce(kept ->> c, 'null')), ', ') FROM unnest(differing) AS c)),
				(SELECT string_agg(format('%s %s', c, left_out ->> c), ', ') FROM unnest(about) AS c)),
			HINT = ce_text('Compare the two. To have the one left out, delete the other and insert it; if rows name the other, change it with UPDATE.');
	END IF;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION ce_keep_law_row() IS
	'with ce_hours.keep_law_rows on, leaves a law row out if the table has a row about the same, with a warning if they differ';

-- Foreign keys say the same, without words.  They also say which column names which
-- table, and on a Citus cluster which shard.  What is left to them: other owners'
-- tables, whose policies would run here; tables that the writer may not read; and
-- rows of one table, which a statement may enter or delete in any order (but a
-- scheme that others are based on stays).
CREATE OR REPLACE FUNCTION ce_law_names() RETURNS trigger
	LANGUAGE ce_plpgsql AS $$
DECLARE
	-- of these, messages and pages print what the row has
	printed CONSTANT text[] := ARRAY['instrument', 'scheme', 'kind', 'doc_no', 'title_zh', 'title_en', 'label_zh', 'label_en', 'clause'];
	before CONSTANT jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
	after CONSTANT jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
	changed text[];
	blank text;
	names record;
	named record;
	found_one boolean;
	possible text;
BEGIN
	SELECT array_agg(n.key) INTO changed FROM jsonb_each_text(after) AS n WHERE n.value IS DISTINCT FROM before ->> n.key;
	SELECT n.key INTO blank FROM jsonb_each_text(after) AS n WHERE n.key = ANY (changed) AND n.key = ANY (printed) AND n.value IS NOT NULL AND ce__is_blank(n.value) LIMIT 1;
	IF blank IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'check_violation',
			MESSAGE = format(ce_text('column "%s" of table "%s" must not be blank'), blank, regexp_replace(TG_TABLE_NAME, '_[0-9]+$', '')),
			DETAIL = ce_text('Answers and pages print it, or other rows name it.'),
			HINT = ce_text('Give it a value; a clause without a number has the name of its part of the notice.');
	END IF;
	-- What the row names
	FOR names IN
		SELECT k.confrelid::regclass AS table_, r.relname, a.attname AS column_, f.attname AS key, after ->> a.attname AS name
		  FROM pg_constraint k
		  JOIN pg_class r ON r.oid = k.confrelid
		  JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
		  JOIN pg_attribute f ON f.attrelid = k.confrelid AND f.attnum = k.confkey[1]
		 WHERE k.contype = 'f' AND k.conrelid = TG_RELID AND k.confrelid <> TG_RELID AND cardinality(k.conkey) = 1 AND a.atttypid = 'text'::regtype
		   AND a.attname = ANY (changed) AND after ->> a.attname IS NOT NULL AND has_table_privilege(k.confrelid, 'SELECT')
		   AND r.relkind = 'r' AND r.relowner = (SELECT t.relowner FROM pg_class t WHERE t.oid = TG_RELID)
		 ORDER BY a.attnum
	LOOP
		EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE %I = $1)', names.table_, names.key) INTO found_one USING names.name;
		CONTINUE WHEN found_one;
		EXECUTE format('SELECT string_agg(t.key, '', '' ORDER BY t.key COLLATE "C") FROM (SELECT %I FROM %s) AS t (key)', names.key, names.table_) INTO possible;
		RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation',
			MESSAGE = format(ce_text('%s cannot be "%s"'), names.column_, names.name),
			DETAIL = format(ce_text('Table "%s" has no such row.'), regexp_replace(names.relname, '_[0-9]+$', '')),
			HINT = format(ce_text('Available values: %s. More can be added to table %s.'), coalesce(possible, '-'), regexp_replace(names.relname, '_[0-9]+$', ''));
	END LOOP;
	-- What names the row; a reader of the law may not be one of persons
	FOR named IN
		SELECT k.conrelid::regclass AS table_, r.relname, a.attname AS column_, f.attname AS key, before ->> f.attname AS name
		  FROM pg_constraint k
		  JOIN pg_class r ON r.oid = k.conrelid
		  JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
		  JOIN pg_attribute f ON f.attrelid = k.confrelid AND f.attnum = k.confkey[1]
		 WHERE k.contype = 'f' AND k.confrelid = TG_RELID AND cardinality(k.conkey) = 1 AND a.atttypid = 'text'::regtype
		   AND before IS NOT NULL AND (after IS NULL OR f.attname = ANY (changed)) AND has_table_privilege(k.conrelid, 'SELECT')
		   AND (k.conrelid <> TG_RELID OR f.attname = 'scheme')
		   AND r.relkind = 'r' AND r.relowner = (SELECT t.relowner FROM pg_class t WHERE t.oid = TG_RELID)
		 ORDER BY k.conrelid <> TG_RELID, r.relname, a.attnum
	LOOP
		EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE %I = $1)', named.table_, named.column_) INTO found_one USING named.name;
		CONTINUE WHEN NOT found_one;
		RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation',
			MESSAGE = format(ce_text('%s "%s" is in use'), named.key, named.name),
			DETAIL = format(ce_text('Rows of table "%s" name it, in column "%s".'), regexp_replace(named.relname, '_[0-9]+$', ''), named.column_),
			HINT = ce_text('Leave it, or first delete these rows or have them name another.');
	END LOOP;
	RETURN coalesce(NEW, OLD);
END
$$;
COMMENT ON FUNCTION ce_law_names() IS
	'what a law row names must be there, and a row that others name stays; what answers print is not blank; errors in words, with what is possible';

CREATE OR REPLACE FUNCTION ce__setup_statements() RETURNS TABLE (statement text)
	LANGUAGE ce_plpgsql STABLE AS $$
DECLARE
	ledger jsonb;
	has_edition integer;
	secures boolean;
	distributed boolean := to_regclass('ce_person') IS NOT NULL AND ce__distributed();
	releases text[];
BEGIN
	IF to_regclass('ce_ledger') IS NOT NULL THEN
		-- As JSON, since one of an earlier release lacks columns.
		SELECT to_jsonb(l) INTO ledger FROM ce_ledger l;
	END IF;
	has_edition := coalesce((ledger ->> 'law_edition')::integer, 0);
	-- Row security comes once, and to a ledger that others work in already only when its owner says so.
	secures := coalesce((ledger ->> 'security_edition')::integer, 0) = 0;
	IF secures AND has_edition > 0 AND EXISTS (
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
	WITH scripts AS (
	SELECT f.*
	  FROM ce__ledger_scripts() f
	 WHERE CASE f.file WHEN 'ledger/title_rows.sql' THEN to_regclass('ce_title') IS NULL
					   WHEN 'law/qinghai_regions.sql' THEN to_regclass('ce_region') IS NULL
					   WHEN 'ledger/distributed.sql' THEN distributed
					   WHEN 'ledger/security.sql' THEN secures
					   ELSE coalesce(f.edition > has_edition, f.lacking IS NULL OR array_position(releases, ledger ->> 'extension_version') <= array_position(releases, f.lacking)) END
	), lacking AS (
	-- Of a later edition's rows those stay that the owner has entered.  Citus sends settings along from a DO block only.
	SELECT f.place, s.number,
		   format(E'-- %s, line %s\n%s;', f.file, s.line - 1,
				  CASE WHEN f.edition IS NULL OR NOT distributed THEN s.statement
					   ELSE format(E'DO $edition$ BEGIN SET LOCAL citus.propagate_set_commands = ''local''; SET LOCAL ce_hours.keep_law_rows = on;\n%s;\n'
								   'SET LOCAL ce_hours.keep_law_rows = off; SET LOCAL citus.propagate_set_commands = ''none''; END $edition$', s.statement) END) AS text
	  FROM scripts f
	 CROSS JOIN LATERAL ce__statements(f.script) WITH ORDINALITY AS s (line, statement, number)
	UNION ALL
	SELECT f.place, k.number, format('SET LOCAL ce_hours.keep_law_rows = %s;', k.value)
	  FROM scripts f
	 CROSS JOIN (VALUES (0, 'on'), (1000000, 'off')) AS k (number, value)
	 WHERE f.edition IS NOT NULL AND NOT distributed
	UNION ALL
	-- On a Citus cluster: triggers on shards, and views on this node alone.
	SELECT c.place, c.number, c.text
	  FROM (VALUES (0, 1, 'SET LOCAL citus.enable_unsafe_triggers = on;'), (0, 2, 'SET LOCAL citus.multi_shard_modify_mode = ''sequential'';'),
				   (17, 0, 'SET LOCAL citus.enable_ddl_propagation = off;'), (19, 0, 'SET LOCAL citus.enable_ddl_propagation = on;')) AS c (place, number, text)
	 WHERE distributed)
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

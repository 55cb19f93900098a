--
-- ce_remove_ledger(): drops what ce_setup() created
--

-- The names are those that the ledger's scripts create, so that objects of the user's are not among them.
CREATE OR REPLACE FUNCTION ce__ledger_relations() RETURNS TABLE (relation oid, name text, kind text)
	LANGUAGE ce_plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce__require_ledger();
	RETURN QUERY
	SELECT c.oid, quote_ident(c.relname), CASE c.relkind WHEN 'v' THEN 'view' WHEN 'S' THEN 'sequence' ELSE 'table' END
	  FROM pg_class c
	 WHERE c.relnamespace = (SELECT l.relnamespace FROM pg_class l WHERE l.oid = 'ce_ledger'::regclass) AND c.relkind IN ('r', 'p', 'v', 'S')
	   AND c.relname IN (SELECT m.name[1] FROM ce__ledger_scripts() f
						  CROSS JOIN LATERAL regexp_matches(f.script, 'CREATE (?:TABLE IF NOT EXISTS|SEQUENCE IF NOT EXISTS|OR REPLACE VIEW) (ce_\w+)', 'g') AS m (name))
	 ORDER BY c.relkind = 'v', c.relkind = 'S', c.relname;
END
$$;
COMMENT ON FUNCTION ce__ledger_relations() IS 'internal: the tables, views and sequences of the ledger';

-- What goes along with the ledger (indexes, triggers, policies, types of rows) does not depend on it in this sense.
CREATE OR REPLACE FUNCTION ce__ledger_dependents() RETURNS TABLE (dependent text)
	LANGUAGE ce_plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce__require_ledger();
	RETURN QUERY
	WITH RECURSIVE part (classid, objid) AS (
		SELECT 'pg_class'::regclass::oid, r.relation FROM ce__ledger_relations() r
		UNION
		SELECT d.classid, d.objid
		  FROM part p
		  JOIN pg_depend d ON d.refclassid = p.classid AND d.refobjid = p.objid AND d.deptype IN ('a', 'i', 'P', 'S'))
	SELECT coalesce((SELECT pg_describe_object('pg_class'::regclass, w.ev_class, 0) FROM pg_rewrite w WHERE d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid),
					pg_describe_object(d.classid, d.objid, d.objsubid)) AS dependent
	  FROM part p
	  JOIN pg_depend d ON d.refclassid = p.classid AND d.refobjid = p.objid AND d.deptype = 'n'
	 WHERE NOT EXISTS (SELECT FROM part o WHERE o.classid = d.classid AND o.objid = d.objid)
	UNION
	-- triggers that a link with an HR table has there
	SELECT pg_describe_object('pg_trigger'::regclass, t.oid, 0)
	  FROM pg_trigger t
	 WHERE t.tgfoid IN ('ce_link_row'::regproc, 'ce_link_truncate'::regproc)
	 ORDER BY 1;
END
$$;
COMMENT ON FUNCTION ce__ledger_dependents() IS 'internal: objects outside the ledger that could not be without it';

CREATE OR REPLACE FUNCTION ce_remove_ledger(confirmation text DEFAULT NULL) RETURNS TABLE (kind text, object text, row_count bigint)
	LANGUAGE ce_plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
	owner name;
	schema name;
	dependents text[];
	counted record;
	statement text;
BEGIN
	PERFORM ce__require_ledger();
	SELECT pg_get_userbyid(c.relowner), n.nspname INTO owner, schema
	  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = 'ce_ledger'::regclass;
	IF NOT pg_has_role(current_user, owner, 'USAGE') THEN
		RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = ce_text('must be owner of the ledger to remove it'),
			DETAIL = format(ce_text('Role "%s" owns the ledger.'), owner), HINT = format(ce_text('Call it as role "%s".'), owner);
	ELSIF confirmation <> schema THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format(ce_text('"%s" is not the name of the ledger''s schema'), confirmation),
			DETAIL = ce_text('The name confirms that the ledger is to be removed with all its rows. Nothing was removed.'),
			HINT = format(ce_text('SELECT * FROM %s.ce_remove_ledger() lists what would be removed, and with %s as its argument removes it.'), quote_ident(schema), quote_literal(schema));
	END IF;
	IF ce__distributed() THEN
		-- Citus then drops tables of which it has counted the rows.
		PERFORM set_config('citus.multi_shard_modify_mode', 'sequential', true);
	END IF;
	dependents := ARRAY(SELECT d.dependent FROM ce__ledger_dependents() d);
	IF confirmation IS NOT NULL THEN
		IF dependents <> '{}' THEN
			RAISE EXCEPTION USING ERRCODE = 'dependent_objects_still_exist', MESSAGE = ce_text('cannot remove the ledger because other objects depend on it'),
				DETAIL = format(ce_text('Dependent objects: %s.'), array_to_string(dependents, ', ')),
				HINT = ce_text('Drop these objects first; end a link with an HR table by ce_unlink().');
		END IF;
		-- as ce_setup() does first; then the others, so that what is counted is what goes
		LOCK TABLE ce_ledger IN ACCESS EXCLUSIVE MODE;
		EXECUTE (SELECT format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', string_agg(r.name, ', ')) FROM ce__ledger_relations() r WHERE r.kind = 'table');
	END IF;
	FOR counted IN SELECT r.name, r.kind FROM ce__ledger_relations() r LOOP
		kind := counted.kind;
		object := counted.name;
		row_count := NULL;
		IF kind = 'table' THEN
			EXECUTE format('SELECT count(*) FROM %s', object) INTO row_count;
		END IF;
		RETURN NEXT;
	END LOOP;
	row_count := NULL;
	kind := 'dependent';
	FOREACH object IN ARRAY dependents LOOP
		RETURN NEXT;
	END LOOP;
	IF confirmation IS NULL THEN
		RETURN;
	END IF;
	-- RESTRICT refuses if anything has come to depend on it in the meantime.
	FOREACH statement IN ARRAY ARRAY(
		SELECT format('DROP %s %s RESTRICT', r.kind, string_agg(r.name, ', '))
		  FROM ce__ledger_relations() r GROUP BY r.kind ORDER BY array_position('{view,table,sequence}', r.kind)) LOOP
		EXECUTE statement;
	END LOOP;
END
$$;
COMMENT ON FUNCTION ce_remove_ledger(text) IS
	'lists the tables of the ledger with their numbers of rows, its views, and the objects of others that depend on them; with the name of the schema as confirmation it drops the ledger, unless there are such objects; for the ledger''s owner. Functions and types stay until DROP EXTENSION';

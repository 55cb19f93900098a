--
-- ce_distribute(): a ledger on the nodes of a Citus cluster
--

CREATE OR REPLACE FUNCTION ce__distributed() RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce__distributed';
COMMENT ON FUNCTION ce__distributed() IS 'internal: whether the rows of ce_person are in shards of a Citus cluster';

--
-- For the views of a distributed ledger, on shards: what others return as rows
--

CREATE OR REPLACE FUNCTION ce__first_required_year() RETURNS integer
	LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce__first_required_year';
COMMENT ON FUNCTION ce__first_required_year() IS 'internal: the first year for which the law of a governed scheme requires hours';

CREATE OR REPLACE FUNCTION ce__year_is_required(year integer) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce__year_is_required';
COMMENT ON FUNCTION ce__year_is_required(integer) IS 'internal: whether the law of a governed scheme requires hours for a year';

CREATE OR REPLACE FUNCTION ce__cap(scheme text, year integer, category text, OUT hours numeric, OUT clause text)
	LANGUAGE sql STABLE PARALLEL SAFE
	BEGIN ATOMIC
		SELECT q.hours::numeric, q.clause FROM ce__caps($1, $2) q WHERE q.category = $3;
	END;
COMMENT ON FUNCTION ce__cap(text, integer, text) IS 'internal: the cap of one category in a year';

CREATE OR REPLACE FUNCTION ce__recognised_part(person_id bigint, scheme text, year integer, activity_id bigint, achievement_id bigint,
											   OUT recognised numeric, OUT hours numeric, OUT category text, OUT clause text)
	LANGUAGE sql STABLE PARALLEL SAFE
	BEGIN ATOMIC
		-- a strict function is not called for a null
		SELECT r.recognised, r.hours, r.category, r.clause
		  FROM ce__recognised($1, CASE WHEN ce__nested_caps($2, $3) THEN $2 END, $3) r WHERE r.activity_id = $4 OR r.achievement_id = $5;
	END;
COMMENT ON FUNCTION ce__recognised_part(bigint, text, integer, bigint, bigint) IS
	'internal: what caps that take several categories together recognise of one activity or achievement, null: there are none';

-- How each table is kept: the same on every node, split by person, the log by its own number, or on the coordinator alone.
CREATE OR REPLACE FUNCTION ce__distribution() RETURNS TABLE (place bigint, ledger_table text, kept text)
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
	BEGIN ATOMIC
		SELECT ROW_NUMBER() OVER (), t.ledger_table, t.kept
		  FROM (VALUES
			('ce_ledger', 'copied'), ('ce_instrument', 'copied'), ('ce_scheme', 'copied'), ('ce_category', 'copied'), ('ce_kind', 'copied'), ('ce_requirement', 'copied'),
			('ce_rule', 'copied'), ('ce_cap', 'copied'), ('ce_minimum', 'copied'), ('ce_window', 'copied'), ('ce_catchup', 'copied'),
			('ce_title', 'copied'), ('ce_region', 'copied'), ('ce_specialty_pair', 'copied'), ('ce_org', 'copied'), ('ce_plan', 'copied'),
			('ce_course', 'copied'), ('ce_member', 'copied'), ('ce_person_role', 'copied'),
			('ce_person', 'person_id'), ('ce_person_scheme', 'person_id'), ('ce_activity', 'person_id'), ('ce_account', 'person_id'),
			('ce_achievement', 'person_id'), ('ce_allocation', 'person_id'), ('ce_waiver', 'person_id'), ('ce_sanction', 'person_id'),
			('ce_application', 'person_id'), ('ce_event', 'event_id')) AS t (ledger_table, kept);
	END;
COMMENT ON FUNCTION ce__distribution() IS 'internal: the tables that ce_distribute() distributes, in its order: copied to every node, or the column that splits them';

-- What stands in the way, as errors; true: there is something to do.  Citus's
-- catalogs and functions are named in dynamic SQL, since a server may lack them.
CREATE OR REPLACE FUNCTION ce__may_distribute() RETURNS boolean
	LANGUAGE ce_plpgsql STABLE AS $$
DECLARE
	tried CONSTANT text := '13.2';
	owner name;
	version text;
	ours text;
	ask text;
	here integer;
	is_node boolean;
	node text;
	works boolean;
	answer text;
	obstacle record;
	ledger_table text;
	kept text;
	is_distributed boolean;
	is_kept text;
	is_apart boolean;
BEGIN
	PERFORM ce__require_ledger();
	SELECT pg_get_userbyid(c.relowner) INTO owner FROM pg_class c WHERE c.oid = 'ce_ledger'::regclass;
	IF NOT pg_has_role(current_user, owner, 'USAGE') THEN
		RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = ce_text('must be owner of the ledger to distribute it'),
			DETAIL = format(ce_text('Role "%s" owns the ledger.'), owner), HINT = format(ce_text('Call it as role "%s".'), owner);
	END IF;
	SELECT e.extversion INTO version FROM pg_extension e WHERE e.extname = 'citus';
	IF version IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state', MESSAGE = ce_text('Citus is not installed in this database'),
			HINT = ce_text('Install Citus on every node, add it to shared_preload_libraries, and run CREATE EXTENSION citus; docs/scale.md has the steps.');
	ELSIF NOT EXISTS (SELECT FROM pg_settings s WHERE s.name = 'citus.shard_count') THEN
		RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state', MESSAGE = ce_text('Citus is not loaded'),
			DETAIL = ce_text('The extension is in the database, but its library is not in shared_preload_libraries.'),
			HINT = ce_text('Add citus to shared_preload_libraries on every node and restart.');
	ELSIF string_to_array(substring(version FROM '^\d+\.\d+'), '.')::integer[] < string_to_array(tried, '.')::integer[] THEN
		RAISE EXCEPTION USING ERRCODE = 'feature_not_supported', MESSAGE = format(ce_text('Citus %s is older than what the ledger was tried with'), version),
			DETAIL = format(ce_text('It was tried with Citus %s.'), tried), HINT = format(ce_text('Update Citus to %s or later on every node.'), tried);
	END IF;
	SELECT e.extversion INTO ours FROM pg_extension e WHERE e.extname = 'ce_hours';
	IF (SELECT l.extension_version FROM ce_ledger l) IS DISTINCT FROM ours THEN
		RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state', MESSAGE = ce_text('the ledger is older than the extension'),
			HINT = ce_text('Run ce_setup() first, as the role that owns the ledger.');
	END IF;

	-- The coordinator must be one of the nodes, since copied tables are read there, too.
	ask := 'SELECT (SELECT groupid FROM pg_dist_local_group), EXISTS (SELECT FROM pg_dist_node WHERE groupid = 0)';
	EXECUTE ask INTO here, is_node;
	IF here <> 0 THEN
		RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state', MESSAGE = ce_text('this node is not the coordinator of the cluster'),
			HINT = ce_text('Call it in the database of the coordinator.');
	ELSIF NOT is_node THEN
		RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state', MESSAGE = ce_text('the coordinator is not one of the nodes of the cluster'),
			DETAIL = ce_text('The law and the organisations are read on every node, also on the coordinator.'),
			HINT = ce_text('Let a superuser run SELECT citus_set_coordinator_host(...) with the name by which the other nodes reach it.');
	END IF;
	ask := format($q$SELECT coalesce((SELECT v.version FROM pg_available_extension_versions v WHERE v.name = 'ce_hours' AND v.version = %1$L), 'none')
					|| ' ' || coalesce((SELECT e.extversion FROM pg_extension e WHERE e.extname = 'ce_hours'), %1$L)$q$, ours);
	ask := format($q$SELECT n.nodename || ':' || n.nodeport, r.success, r.result FROM run_command_on_all_nodes(%L) r JOIN pg_dist_node n ON n.nodeid = r.nodeid ORDER BY n.nodeid$q$, ask);
	FOR node, works, answer IN EXECUTE ask LOOP
		IF NOT works THEN
			RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state', MESSAGE = format(ce_text('node %s does not answer'), node),
				DETAIL = format(ce_text('Its answer was: %s'), answer), HINT = ce_text('Start its server, or let role and address of the cluster''s nodes log in there.');
		ELSIF answer LIKE 'none %' THEN
			RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state', MESSAGE = format(ce_text('node %s does not have version %s of ce_hours'), node, ours),
				DETAIL = ce_text('Its files are not installed there.'), HINT = ce_text('Install the same version of ce_hours on every node.');
		ELSIF answer <> ours || ' ' || ours THEN
			RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state', MESSAGE = format(ce_text('node %s does not have version %s of ce_hours'), node, ours),
				DETAIL = format(ce_text('The database there has version %s.'), split_part(answer, ' ', 2)), HINT = ce_text('Run ALTER EXTENSION ce_hours UPDATE there.');
		END IF;
	END LOOP;

	-- What is distributed already must be what this would make.
	ask := $q$
		SELECT d.ledger_table, d.kept, p.logicalrelid IS NOT NULL,
			   CASE WHEN p.partmethod = 'n' AND p.repmodel = 't' THEN 'copied'
					WHEN p.partmethod = 'h' THEN column_to_column_name(p.logicalrelid, p.partkey) ELSE '' END,
			   p.colocationid IS DISTINCT FROM c.colocationid AND d.kept <> 'copied'
		  FROM ce__distribution() d
		  LEFT JOIN pg_dist_partition p ON p.logicalrelid = to_regclass(d.ledger_table)
		  LEFT JOIN pg_dist_partition c ON c.logicalrelid = to_regclass('ce_person')
		 ORDER BY d.place$q$;
	FOR ledger_table, kept, is_distributed, is_kept, is_apart IN EXECUTE ask LOOP
		CONTINUE WHEN ce__distributed() AND is_distributed AND is_kept = kept AND NOT is_apart;
		CONTINUE WHEN NOT ce__distributed() AND NOT is_distributed;
		IF kept = 'copied' THEN
			RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
				MESSAGE = format(ce_text('some tables of the ledger are distributed, and table "%s" is not as it must be'), ledger_table),
				DETAIL = ce_text('It must be a reference table of Citus.'),
				HINT = ce_text('Undo what was distributed with undistribute_table(), and call ce_distribute() again.');
		END IF;
		RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
			MESSAGE = format(ce_text('some tables of the ledger are distributed, and table "%s" is not as it must be'), ledger_table),
			DETAIL = format(ce_text('It must be distributed by %s, together with ce_person.'), kept),
			HINT = ce_text('Undo what was distributed with undistribute_table(), and call ce_distribute() again.');
	END LOOP;
	IF ce__distributed() THEN
		RETURN false;
	END IF;

	SELECT c.relname, c.relkind INTO obstacle FROM ce__distribution() d JOIN pg_class c ON c.oid = to_regclass(d.ledger_table)
	 WHERE c.relkind <> 'r' OR c.relhassubclass ORDER BY d.place LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'wrong_object_type', MESSAGE = format(ce_text('table "%s" has partitions, or tables that inherit from it'), obstacle.relname),
			HINT = ce_text('Keep all rows in the table itself.');
	END IF;
	SELECT c.relname, i.indexrelid::regclass AS index, d.kept INTO obstacle
	  FROM ce__distribution() d
	  JOIN pg_class c ON c.oid = to_regclass(d.ledger_table)
	  JOIN pg_index i ON i.indrelid = c.oid AND (i.indisunique OR i.indisexclusion)
	 WHERE d.kept <> 'copied' AND i.indexrelid::regclass::text <> 'ce_person_person_no_key'
	   AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = d.kept AND a.attnum = ANY (i.indkey::smallint[])) LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'feature_not_supported', MESSAGE = format(ce_text('unique index "%s" of table "%s" stands in the way'), obstacle.index, obstacle.relname),
			DETAIL = format(ce_text('Citus keeps a key unique on each node only, so the key must have column %s.'), obstacle.kept),
			HINT = format(ce_text('Drop it, or add %s to its columns.'), obstacle.kept);
	END IF;
	SELECT t.tgname, c.relname INTO obstacle
	  FROM ce__distribution() d
	  JOIN pg_class c ON c.oid = to_regclass(d.ledger_table)
	  JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal
	 WHERE NOT EXISTS (SELECT FROM pg_depend e JOIN pg_extension x ON x.oid = e.refobjid AND x.extname = 'ce_hours'
						WHERE e.classid = 'pg_proc'::regclass AND e.objid = t.tgfoid AND e.refclassid = 'pg_extension'::regclass AND e.deptype = 'e') LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'feature_not_supported', MESSAGE = format(ce_text('trigger "%s" of table "%s" is not one of the ledger''s'), obstacle.tgname, obstacle.relname),
			DETAIL = ce_text('It would fire on shards, for whose names and place its function must be written.'),
			HINT = ce_text('Drop it; if its function suits shards, create it again afterwards.');
	END IF;
	SELECT k.conname, k.conrelid::regclass AS relname INTO obstacle
	  FROM pg_constraint k JOIN ce__distribution() d ON k.confrelid = to_regclass(d.ledger_table)
	 WHERE k.contype = 'f' AND NOT EXISTS (SELECT FROM ce__distribution() f WHERE k.conrelid = to_regclass(f.ledger_table)) LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'feature_not_supported', MESSAGE = format(ce_text('foreign key "%s" of table "%s" references the ledger'), obstacle.conname, obstacle.relname),
			DETAIL = ce_text('That table is not one of the ledger''s, so it stays on the coordinator.'),
			HINT = ce_text('Drop the foreign key.');
	END IF;
	RETURN true;
END
$$;
COMMENT ON FUNCTION ce__may_distribute() IS 'internal: whether ce_distribute() has something to do; what stands in the way is an error';

CREATE OR REPLACE FUNCTION ce__distribute_statements() RETURNS TABLE (statement text)
	LANGUAGE ce_plpgsql STABLE AS $$
BEGIN
	PERFORM ce__require_ledger();
	-- Triggers come back last: copied rows are not entered again.
	RETURN QUERY
	SELECT format('DROP TRIGGER %I ON %s', t.tgname, d.ledger_table)
	  FROM ce__distribution() d JOIN pg_trigger t ON t.tgrelid = to_regclass(d.ledger_table) AND NOT t.tgisinternal
	 ORDER BY d.place, t.tgname;
	RETURN QUERY
	SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', d.ledger_table, k.conname)
	  FROM ce__distribution() d JOIN pg_constraint k ON k.conrelid = to_regclass(d.ledger_table) AND k.contype = 'f'
	 ORDER BY d.place, k.conname;
	-- Unique in a shard would not say much; ce_check() compares all of them.
	RETURN QUERY VALUES ('ALTER TABLE ce_person DROP CONSTRAINT IF EXISTS ce_person_person_no_key'),
		('CREATE INDEX IF NOT EXISTS ce_person_no ON ce_person (person_no)'),
		('COMMENT ON INDEX ce_person_no IS ' || quote_literal('the person of a number'));
	RETURN QUERY
	SELECT CASE WHEN d.kept = 'copied' THEN format('SELECT create_reference_table(%L)', d.ledger_table)
				ELSE format('SELECT create_distributed_table(%L, %L, colocate_with => %L)', d.ledger_table, d.kept,
							CASE d.ledger_table WHEN 'ce_person' THEN 'none' ELSE 'ce_person' END) END
	  FROM ce__distribution() d WHERE to_regclass(d.ledger_table) IS NOT NULL ORDER BY d.place;
	RETURN QUERY
	SELECT format('SELECT truncate_local_data_after_distributing_table(%L)', d.ledger_table)
	  FROM ce__distribution() d WHERE to_regclass(d.ledger_table) IS NOT NULL ORDER BY d.place;
	RETURN QUERY
	SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', d.ledger_table, k.conname, pg_get_constraintdef(k.oid))
	  FROM ce__distribution() d
	  JOIN pg_constraint k ON k.conrelid = to_regclass(d.ledger_table) AND k.contype = 'f'
	  JOIN ce__distribution() r ON k.confrelid = to_regclass(r.ledger_table)
	 WHERE r.kept = 'copied' OR d.kept = r.kept
	 ORDER BY d.place, k.conname;
	RETURN QUERY
	SELECT s.statement
	  FROM ce__distribution() d
	  JOIN pg_trigger t ON t.tgrelid = to_regclass(d.ledger_table) AND NOT t.tgisinternal
	 CROSS JOIN LATERAL (VALUES
		(1, pg_get_triggerdef(t.oid)),
		(2, CASE t.tgenabled WHEN 'A' THEN format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', d.ledger_table, t.tgname)
							 WHEN 'R' THEN format('ALTER TABLE %s ENABLE REPLICA TRIGGER %I', d.ledger_table, t.tgname)
							 WHEN 'D' THEN format('ALTER TABLE %s DISABLE TRIGGER %I', d.ledger_table, t.tgname) END),
		(3, format('COMMENT ON TRIGGER %I ON %s IS %L', t.tgname, d.ledger_table, obj_description(t.oid, 'pg_trigger')))) AS s (ord, statement)
	 WHERE s.statement IS NOT NULL
	 ORDER BY d.place, t.tgname, s.ord;
	-- Views stay on this node.
	RETURN QUERY VALUES ('SET LOCAL citus.enable_ddl_propagation = off');
	RETURN QUERY
	SELECT s.statement FROM ce__ledger_scripts() f CROSS JOIN LATERAL ce__statements(f.script) s WHERE f.file = 'ledger/distributed.sql' ORDER BY s.line;
	RETURN QUERY VALUES ('SET LOCAL citus.enable_ddl_propagation = on');
	-- Questions about one person are answered by the node that has the person.
	RETURN QUERY
	SELECT format('SELECT create_distributed_function(%L, %L, colocate_with => %L)', p.oid::regprocedure, 'person_id', 'ce_person')
	  FROM pg_proc p
	  JOIN pg_depend e ON e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.refclassid = 'pg_extension'::regclass AND e.deptype = 'e'
	  JOIN pg_extension x ON x.oid = e.refobjid AND x.extname = 'ce_hours'
	 WHERE p.proname IN ('ce_eligible', 'ce_verdict', 'ce_standing', 'ce_explain', 'ce_grounds', 'ce_receipt', 'ce_surplus', 'ce_account_as_of')
	   AND p.proargnames[1] = 'person_id' AND p.proargtypes[0] = 'bigint'::regtype
	   AND pg_has_role(current_user, p.proowner, 'USAGE')
	 ORDER BY p.oid::regprocedure::text COLLATE "C";
END
$$;
COMMENT ON FUNCTION ce__distribute_statements() IS 'internal: the statements of ce_distribute(), in their order';

CREATE OR REPLACE FUNCTION ce_distribute(dry_run boolean DEFAULT false) RETURNS TABLE (statement text)
	LANGUAGE ce_plpgsql VOLATILE SET client_min_messages = warning AS $$
DECLARE
	statements text[];
BEGIN
	IF NOT ce__may_distribute() THEN
		RAISE INFO USING MESSAGE = ce_text('the ledger is distributed already; nothing was done');
		RETURN;
	END IF;
	IF NOT dry_run THEN
		-- as ce_setup() does first
		LOCK TABLE ce_ledger IN SHARE ROW EXCLUSIVE MODE;
		-- Rules of Citus for what follows, in this transaction: triggers on shards, and one connection a node.
		PERFORM set_config('citus.enable_unsafe_triggers', 'on', true), set_config('citus.multi_shard_modify_mode', 'sequential', true);
	END IF;
	statements := ARRAY(SELECT s.statement FROM ce__distribute_statements() s);
	FOREACH statement IN ARRAY statements LOOP
		IF NOT dry_run THEN
			EXECUTE statement;
		END IF;
		RETURN NEXT;
	END LOOP;
END
$$;
COMMENT ON FUNCTION ce_distribute(boolean) IS
	'on the coordinator of a Citus cluster: puts the law, organisations, plans and duties on every node and splits the tables of persons over the nodes by person_id, an empty ledger or a filled one; returns the statements; with true it returns them only; a second call does nothing; for the ledger''s owner';

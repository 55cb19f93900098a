-- What the province's ledger and those of the prefectures have in common: which
-- tables belong to whom, and a person's way from one ledger to another.
-- setup.sh runs it in each, as the ledger's owner, with the ledger's schema
-- first in search_path, which the functions keep.

COMMENT ON SCHEMA prefectures IS 'ledgers of one province, a database each (examples/prefectures)';

-- From the catalog, so that a table which a later version adds has its place:
-- what has no person and is not listed here comes from the province.
CREATE OR REPLACE FUNCTION prefectures.tables() RETURNS TABLE (name name, part text)
	LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
	SELECT c.relname,
		   CASE WHEN c.relname IN ('ce_ledger', 'ce_link', 'ce_link_refused', 'ce_member', 'ce_person_role', 'ce_staging') THEN 'own'
				WHEN c.relname IN ('ce_event', 'ce_statement') THEN 'follows'
				WHEN EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'person_id' AND NOT a.attisdropped) THEN 'person'
				WHEN c.relname = 'ce_instrument' OR EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.confrelid = 'ce_instrument'::regclass) THEN 'law'
				ELSE 'province' END
	  FROM pg_class c
	 WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname LIKE 'ce\_%'
	   AND c.relnamespace = (SELECT l.relnamespace FROM pg_class l WHERE l.oid = 'ce_ledger'::regclass)
$$;
COMMENT ON FUNCTION prefectures.tables() IS
	'the ledger''s tables and whose rows they hold: law and province (written by the province, replicated to all), person (of the ledger that has the person), follows (rows go with those they are about), own (of each ledger)';

-- Two ledgers of one law have one sum.
CREATE OR REPLACE FUNCTION prefectures.law_sum() RETURNS text
	LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	law name;
	part text;
	sums text := '';
BEGIN
	FOR law IN SELECT t.name FROM prefectures.tables() t WHERE t.part = 'law' ORDER BY t.name COLLATE "C" LOOP
		EXECUTE format('SELECT md5(string_agg(to_jsonb(r)::text, chr(10) ORDER BY to_jsonb(r)::text COLLATE "C")) FROM %I r', law) INTO part;
		sums := sums || law || '=' || coalesce(part, '-') || ' ';
	END LOOP;
	RETURN md5(sums);
END
$$;
COMMENT ON FUNCTION prefectures.law_sum() IS 'a sum over every row of the law';

CREATE TABLE IF NOT EXISTS prefectures.here (
	singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
	name text NOT NULL,
	number integer NOT NULL CHECK (number BETWEEN 0 AND 8000)
);
COMMENT ON TABLE prefectures.here IS 'which ledger this is: its name, and the number by which its identifiers begin';

CREATE TABLE IF NOT EXISTS prefectures.moved (
	move text NOT NULL,
	person_id bigint NOT NULL,
	moved text NOT NULL CHECK (moved IN ('away', 'here')),
	other text NOT NULL,
	at timestamptz NOT NULL DEFAULT clock_timestamp(),
	role_name name NOT NULL DEFAULT current_user,
	PRIMARY KEY (move, person_id)
);
COMMENT ON TABLE prefectures.moved IS 'persons who went to another ledger or came from one; move is the name of the prepared transaction, by which move.sh --finish decides';

-- Each ledger numbers its rows from a number of its own, so that they keep their identifiers in another: the code
-- of a certificate and the log name them.  Below 9 * 10^15, where programs that count in double precision end.
CREATE OR REPLACE FUNCTION prefectures.number_rows() RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path FROM CURRENT AS $$
DECLARE
	here prefectures.here;
	identity record;
	greatest_id bigint;
	first_id bigint;
BEGIN
	SELECT h.* INTO STRICT here FROM prefectures.here h;
	first_id := here.number * 1000000000000 + 1;
	FOR identity IN
		SELECT t.name, a.attname, pg_get_serial_sequence(quote_ident(t.name), a.attname) AS sequence
		  FROM prefectures.tables() t
		  JOIN pg_attribute a ON a.attrelid = quote_ident(t.name)::regclass AND a.attidentity <> '' AND NOT a.attisdropped
		 WHERE t.part = 'person'
	LOOP
		EXECUTE format('SELECT max(%I) FROM %I WHERE %1$I >= $1 AND %1$I < $1 + 1000000000000', identity.attname, identity.name)
		   INTO greatest_id USING first_id;
		IF here.number > 0 THEN
			PERFORM setval(identity.sequence, greatest(coalesce(greatest_id + 1, first_id), 1), false);
		END IF;
	END LOOP;
	-- numbers of persons whose key is a text (ce_link) begin at 10^12 in a ledger alone
	IF here.number > 0 AND (SELECT s.last_value FROM ce_person_id s) < (here.number + 1) * 1000000000000 THEN
		PERFORM setval('ce_person_id', (here.number + 1) * 1000000000000 + 1, false);
	END IF;
END
$$;
COMMENT ON FUNCTION prefectures.number_rows() IS 'lets the rows of persons that this ledger makes begin with its own number';

--
-- A person's way
--

-- The rows of a document, as the log names them.
CREATE OR REPLACE FUNCTION prefectures.named_rows(tables jsonb) RETURNS TABLE (object text, id bigint)
	LANGUAGE sql IMMUTABLE SET search_path FROM CURRENT AS $$
	SELECT o.object, (r.value ->> o.key)::bigint
	  FROM (VALUES ('person', 'ce_person', 'person_id'), ('activity', 'ce_activity', 'activity_id'), ('hours', 'ce_activity', 'activity_id'),
				   ('achievement', 'ce_achievement', 'achievement_id'), ('allocation', 'ce_allocation', 'allocation_id'),
				   ('sanction', 'ce_sanction', 'sanction_id'), ('application', 'ce_application', 'application_id')) AS o (object, name, key)
	 CROSS JOIN LATERAL jsonb_array_elements($1 -> o.name) AS r (value)
$$;
COMMENT ON FUNCTION prefectures.named_rows(jsonb) IS 'internal: the rows of a document of leave(), by the names that ce_event uses';

-- The ledger's triggers stay silent: rows leave and arrive as they are, as in logical replication.
CREATE OR REPLACE FUNCTION prefectures.leave(person_ids bigint[], to_ledger text, move text) RETURNS jsonb
	LANGUAGE plpgsql VOLATILE SET search_path FROM CURRENT SET session_replication_role = replica AS $$
#variable_conflict use_column
DECLARE
	ids ALIAS FOR $1;
	part name;
	found jsonb;
	tables jsonb := '{}';
	missing text;
	roles text;
BEGIN
	IF ids IS NULL OR array_position(ids, NULL) IS NOT NULL OR cardinality(ids) = 0 THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = 'no person is named';
	END IF;
	-- Whoever writes a row of theirs holds the person; from here on nobody else does.
	PERFORM FROM ce_person p WHERE p.person_id = ANY (ids) ORDER BY p.person_id FOR UPDATE;
	SELECT string_agg(i::text, ', ' ORDER BY i) INTO missing FROM unnest(ids) AS i WHERE NOT EXISTS (SELECT FROM ce_person p WHERE p.person_id = i);
	IF missing IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'no_data_found', MESSAGE = format('this ledger does not have person %s', missing),
			HINT = 'View prefectures.ce_person of the province says which ledger has a person.';
	END IF;

	FOR part IN SELECT t.name FROM prefectures.tables() t WHERE t.part = 'person' ORDER BY t.name COLLATE "C" LOOP
		EXECUTE format('WITH gone AS (DELETE FROM %I r WHERE r.person_id = ANY ($1) RETURNING r.*) SELECT jsonb_agg(to_jsonb(gone)) FROM gone', part) INTO found USING ids;
		tables := tables || jsonb_build_object(part, coalesce(found, '[]'));
	END LOOP;

	-- What is about these rows goes with them; a row of the log that is about others, too, is shared out.
	WITH gone AS (
		DELETE FROM ce_statement s
		 WHERE s.activity_id = ANY (ARRAY(SELECT n.id FROM prefectures.named_rows(tables) n WHERE n.object = 'activity')) RETURNING s.*)
	SELECT jsonb_agg(to_jsonb(gone)) INTO found FROM gone;
	tables := tables || jsonb_build_object('ce_statement', coalesce(found, '[]'));
	WITH named AS MATERIALIZED (SELECT n.object, n.id FROM prefectures.named_rows(tables) n),
	shared AS MATERIALIZED (
		SELECT e.event_id, array_agg(u.id ORDER BY u.place) FILTER (WHERE n.id IS NOT NULL) AS theirs,
			   array_agg(u.id ORDER BY u.place) FILTER (WHERE n.id IS NULL) AS others
		  FROM ce_event e
		 CROSS JOIN LATERAL unnest(e.ids) WITH ORDINALITY AS u (id, place)
		  LEFT JOIN named n ON n.id = u.id AND n.object = split_part(e.object, '.', 1)
		 GROUP BY e.event_id HAVING count(n.id) > 0),
	gone AS (DELETE FROM ce_event e USING shared s WHERE e.event_id = s.event_id AND s.others IS NULL),
	kept AS (UPDATE ce_event e SET ids = s.others FROM shared s WHERE e.event_id = s.event_id AND s.others IS NOT NULL)
	SELECT jsonb_agg(to_jsonb(e) - 'event_id' || jsonb_build_object('ids', s.theirs) ORDER BY e.event_id)
	  INTO found FROM ce_event e JOIN shared s ON s.event_id = e.event_id;
	tables := tables || jsonb_build_object('ce_event', coalesce(found, '[]'));

	-- Roles are of a server: the other one has its own.
	WITH gone AS (DELETE FROM ce_person_role r WHERE r.person_id = ANY (ids) RETURNING r.*)
	SELECT string_agg(format('%s (person %s)', g.role_name, g.person_id), ', ' ORDER BY g.role_name) INTO roles FROM gone g;
	IF roles IS NOT NULL THEN
		RAISE NOTICE USING MESSAGE = format('roles of persons do not go along: %s', roles),
			HINT = format('Grant them in ledger %s with ce_grant_person().', to_ledger);
	END IF;
	INSERT INTO prefectures.moved (move, person_id, moved, other) SELECT $3, i, 'away', to_ledger FROM unnest(ids) AS i;
	RETURN jsonb_build_object('move', $3, 'from', (SELECT h.name FROM prefectures.here h), 'to', to_ledger,
							  'version', (SELECT l.extension_version FROM ce_ledger l), 'law', prefectures.law_sum(), 'tables', tables);
END
$$;
COMMENT ON FUNCTION prefectures.leave(bigint[], text, text) IS
	'takes persons with all their rows, and with what the log says of them, out of this ledger and returns them as a document for arrive(); move.sh calls both in two transactions that are prepared';

CREATE OR REPLACE FUNCTION prefectures.put_rows(tables jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path FROM CURRENT SET session_replication_role = replica AS $$
DECLARE
	part record;
	numbered text;
	stranger text;
	taken bigint;
	reference record;
BEGIN
	FOR part IN
		SELECT t.name, t.part, (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
						 WHERE a.attrelid = quote_ident(t.name)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attidentity <> 'a' AND a.attgenerated = '') AS columns
		  FROM prefectures.tables() t
		 WHERE t.part IN ('person', 'follows')
		 ORDER BY t.name <> 'ce_person', t.name COLLATE "C"
	LOOP
		IF jsonb_typeof(tables -> part.name) IS DISTINCT FROM 'array' THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format('the document has no rows of table "%s"', part.name),
				HINT = 'Give what prefectures.leave() returned.';
		END IF;
		SELECT r.value ->> 'person_id' INTO stranger FROM jsonb_array_elements(tables -> part.name) AS r (value)
		 WHERE part.part = 'person' AND NOT tables -> 'ce_person' @> jsonb_build_array(jsonb_build_object('person_id', r.value -> 'person_id')) LIMIT 1;
		IF FOUND THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format('the document has rows of table "%s" of person %s, but not the person', part.name, stranger),
				HINT = 'Give what prefectures.leave() returned.';
		END IF;
		-- Identifiers are unique in a ledger by its sequences alone.
		SELECT a.attname INTO numbered FROM pg_attribute a WHERE a.attrelid = quote_ident(part.name)::regclass AND a.attidentity = 'd' AND NOT a.attisdropped;
		IF FOUND THEN
			EXECUTE format('SELECT min(t.%I) FROM %I t JOIN jsonb_array_elements($1) AS r (value) ON (r.value ->> %1$L)::bigint = t.%1$I', numbered, part.name)
			   INTO taken USING tables -> part.name;
			IF taken IS NOT NULL THEN
				RAISE EXCEPTION USING ERRCODE = 'unique_violation', MESSAGE = format('table "%s" already has a row with %s %s', part.name, numbered, taken),
					DETAIL = 'Rows keep their identifiers when a person moves.',
					HINT = 'Let each ledger number its rows from a number of its own, as setup.sh does (prefectures.number_rows()).';
			END IF;
		END IF;
		EXECUTE format('INSERT INTO %I (%s) SELECT %2$s FROM jsonb_populate_recordset(NULL::%1$I, $1)', part.name, part.columns) USING tables -> part.name;
	END LOOP;

	-- Foreign keys were silent, too.
	FOR reference IN
		SELECT k.conrelid::regclass AS referencing, a.attname AS name, k.confrelid::regclass AS referenced, f.attname AS key
		  FROM pg_constraint k
		  JOIN prefectures.tables() t ON t.part = 'person' AND k.conrelid = quote_ident(t.name)::regclass
		  JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
		  JOIN pg_attribute f ON f.attrelid = k.confrelid AND f.attnum = k.confkey[1]
		 WHERE k.contype = 'f' AND cardinality(k.conkey) = 1
		UNION
		SELECT 'ce_activity', c.name, c.referenced, c.key
		  FROM (VALUES ('org_id', 'ce_org'::regclass, 'org_id'), ('reviewed_by', 'ce_org', 'org_id'), ('verified_by', 'ce_org', 'org_id'),
					   ('revoked_by', 'ce_org', 'org_id'), ('kind', 'ce_kind', 'kind')) AS c (name, referenced, key)
	LOOP
		EXECUTE format('SELECT min(r.value ->> %L) FROM jsonb_array_elements($1) AS r (value) WHERE r.value ->> %1$L IS NOT NULL'
					   ' AND NOT EXISTS (SELECT FROM %s t WHERE t.%I::text = r.value ->> %1$L)', reference.name, reference.referenced, reference.key)
		   INTO numbered USING tables -> reference.referencing::text;
		IF numbered IS NOT NULL THEN
			RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', MESSAGE = format('table "%s" has no row %s here', reference.referenced, numbered),
				DETAIL = format('Column "%s" of table "%s" names it.', reference.name, reference.referencing),
				HINT = 'Wait until the province''s rows have arrived (prefectures.behind of the province), then try again.';
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION prefectures.put_rows(jsonb) IS 'internal: inserts the rows of a document of leave() as they are, and checks that what they name exists';

CREATE OR REPLACE FUNCTION prefectures.arrive(document jsonb, org_code text DEFAULT NULL) RETURNS bigint
	LANGUAGE plpgsql VOLATILE SET search_path FROM CURRENT AS $$
DECLARE
	tables jsonb := document -> 'tables';
	ids bigint[] := ARRAY(SELECT (r.value ->> 'person_id')::bigint FROM jsonb_array_elements(document #> '{tables,ce_person}') AS r (value));
	ledger record;
	employer bigint;
	other text;
BEGIN
	SELECT h.name, l.extension_version, l.live_from INTO STRICT ledger FROM prefectures.here h, ce_ledger l;
	IF document ->> 'to' IS DISTINCT FROM ledger.name THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format('the persons are on their way to ledger %s', coalesce(document ->> 'to', 'null')),
			DETAIL = format('This is ledger %s.', ledger.name), HINT = 'Give move.sh the ledger to which they go.';
	ELSIF document ->> 'version' IS DISTINCT FROM ledger.extension_version THEN
		RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state', MESSAGE = format('ledger %s is of version %s', document ->> 'from', document ->> 'version'),
			DETAIL = format('This ledger is of version %s.', ledger.extension_version), HINT = 'Bring both to one version, then try again.';
	ELSIF document ->> 'law' IS DISTINCT FROM prefectures.law_sum() THEN
		RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state', MESSAGE = format('ledger %s has other law rows than this one', document ->> 'from'),
			HINT = 'Wait until the province''s rows have arrived in both (prefectures.check() of the province), then try again.';
	END IF;
	IF org_code IS NOT NULL THEN
		SELECT o.org_id INTO employer FROM ce_org o WHERE o.code = org_code;
		IF NOT FOUND THEN
			RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', MESSAGE = format('there is no organisation with code %s', org_code),
				HINT = 'Table ce_org lists the organisations; the province enters them.';
		END IF;
	END IF;
	SELECT format('person %s (%s)', p.person_id, coalesce(p.person_no, '-')) INTO other
	  FROM ce_person p JOIN jsonb_array_elements(tables -> 'ce_person') AS r (value)
		ON p.person_id = (r.value ->> 'person_id')::bigint OR p.person_no = r.value ->> 'person_no' LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'unique_violation', MESSAGE = format('ledger %s already has %s', ledger.name, other),
			DETAIL = 'A person is in one ledger, by person_id and person_no.', HINT = 'Compare the two; prefectures.check() of the province lists such pairs.';
	END IF;

	PERFORM prefectures.put_rows(tables);
	INSERT INTO prefectures.moved (move, person_id, moved, other) SELECT document ->> 'move', i, 'here', document ->> 'from' FROM unnest(ids) AS i;

	-- What ce_check() would find of them
	SELECT format('of person %s, year %s', coalesce(a.person_id, r.person_id), coalesce(a.year, r.year)) INTO other
	  FROM (SELECT * FROM ce_account WHERE person_id = ANY (ids)) a
	  FULL JOIN (SELECT * FROM ce_account_recomputed WHERE person_id = ANY (ids)) r ON r.person_id = a.person_id AND r.year = a.year
	 WHERE a.credit IS DISTINCT FROM r.credit OR a.known_from IS DISTINCT FROM r.known_from LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'data_exception', MESSAGE = format('the account %s does not equal its activities', other),
			HINT = format('Let the owner of ledger %s run ce_check(), and ce_rebuild() for the person; then try again.', document ->> 'from');
	END IF;
	SELECT format('activity %s of %s', v.activity_id, v.completed_on) INTO other
	  FROM ce_activity v JOIN ce_kind k ON k.kind = v.kind AND k.track = 'opening'
	 WHERE v.person_id = ANY (ids) AND v.status NOT IN ('rejected', 'revoked') AND v.completed_on >= ledger.live_from LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = format('%s is a total from before ledger %s went live', other, document ->> 'from'),
			DETAIL = format('Clause 0.4: ledger %s went live on %s.', ledger.name, ledger.live_from),
			HINT = 'All ledgers of a province go live on one day: set ce_ledger.live_from to the same in each.';
	END IF;

	-- With the ledger's rules: the new employer is a fact of the person, and logged.
	IF employer IS NOT NULL THEN
		UPDATE ce_person p SET org_id = employer WHERE p.person_id = ANY (ids) AND p.org_id <> employer;
	END IF;
	RETURN cardinality(ids);
END
$$;
COMMENT ON FUNCTION prefectures.arrive(jsonb, text) IS
	'puts the persons of a document of leave() into this ledger, with the organisation of the given code as their employer, null: they keep theirs; returns how many came';

REVOKE EXECUTE ON FUNCTION prefectures.leave(bigint[], text, text), prefectures.put_rows(jsonb), prefectures.arrive(jsonb, text), prefectures.number_rows() FROM PUBLIC;

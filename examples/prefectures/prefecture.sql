-- A prefecture's side: rows of the province are read only, and the province
-- reads everything.  setup.sh runs it as the owner of the prefecture's ledger,
-- after ledger.sql.

CREATE OR REPLACE FUNCTION prefectures.written_by_province() RETURNS trigger
	LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = format('table "%s" is written in the province''s ledger alone', TG_TABLE_NAME),
		DETAIL = format('This is the ledger of %s; rows of the law, organisations, plans, courses and titles arrive by the subscription "ce_province".', (SELECT h.name FROM prefectures.here h)),
		HINT = 'Make the change in the province''s ledger; it is here a moment later.';
END
$$;
COMMENT ON FUNCTION prefectures.written_by_province() IS 'refuses a statement in a prefecture''s ledger; rows that are replicated do not fire it';

CREATE OR REPLACE FUNCTION prefectures.guard() RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path FROM CURRENT AS $$
DECLARE
	part name;
BEGIN
	FOR part IN SELECT t.name FROM prefectures.tables() t WHERE t.part IN ('law', 'province') LOOP
		EXECUTE format('CREATE OR REPLACE TRIGGER prefectures_written_by_province BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I'
					   ' FOR EACH STATEMENT EXECUTE FUNCTION prefectures.written_by_province()', part);
		EXECUTE format('ALTER TABLE %I ENABLE TRIGGER prefectures_written_by_province', part);
	END LOOP;
END
$$;
COMMENT ON FUNCTION prefectures.guard() IS 'lets nobody write here what the province writes';

-- Before the subscription: a new ledger has law rows of its own, which the province's replace; one that was restored has old ones.
CREATE OR REPLACE FUNCTION prefectures.make_room(restored boolean) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path FROM CURRENT SET session_replication_role = replica AS $$
DECLARE
	part name;
	filled boolean;
BEGIN
	FOR part IN SELECT t.name FROM prefectures.tables() t WHERE NOT restored AND (t.part = 'person' OR t.name IN ('ce_org', 'ce_plan', 'ce_course', 'ce_specialty_pair')) LOOP
		EXECUTE format('SELECT EXISTS (SELECT FROM %I)', part) INTO filled;
		IF filled THEN
			RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state', MESSAGE = format('table "%s" of the prefecture''s ledger has rows', part),
				DETAIL = 'A prefecture begins with an empty ledger: organisations and plans come from the province, persons by move.sh.',
				HINT = 'Call ce_setup() in a new database.';
		END IF;
	END LOOP;
	FOR part IN SELECT t.name FROM prefectures.tables() t WHERE t.part IN ('law', 'province') LOOP
		EXECUTE format('DELETE FROM %I', part);
	END LOOP;
END
$$;
COMMENT ON FUNCTION prefectures.make_room(boolean) IS 'empties the tables that the province fills: of a new ledger, or of one that was a prefecture''s before';

CREATE OR REPLACE FUNCTION prefectures.admit() RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM ce_grant('ce_province', o.org_id, d.duty) FROM ce_org o CROSS JOIN unnest('{read,report,audit}'::text[]) AS d (duty) WHERE o.parent_id IS NULL;
	EXECUTE (SELECT format('GRANT SELECT ON %s TO ce_province', string_agg(quote_ident(t.name), ', ')) FROM prefectures.tables() t WHERE t.part IN ('law', 'province'));
END
$$;
COMMENT ON FUNCTION prefectures.admit() IS 'lets the province read every row: duties for each organisation that has none above it';

-- ce_setup() adds law rows of its edition, which the province's ledger adds, too, and sends.  Changes of rows are the same on
-- both sides and stay.
CREATE OR REPLACE FUNCTION prefectures.setup() RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path FROM CURRENT AS $$
DECLARE
	part record;
	keys jsonb := '{}';
	found jsonb;
BEGIN
	FOR part IN SELECT * FROM prefectures.keyed_tables() LOOP
		EXECUTE format('SELECT coalesce(jsonb_agg(jsonb_build_array(%s)), ''[]'') FROM %I', part.key, part.name) INTO found;
		keys := keys || jsonb_build_object(part.name, found);
		EXECUTE format('DROP TRIGGER IF EXISTS prefectures_written_by_province ON %I', part.name);
	END LOOP;
	PERFORM ce_setup();
	PERFORM prefectures.take_back(keys);
	PERFORM prefectures.guard();
END
$$;
COMMENT ON FUNCTION prefectures.setup() IS 'ce_setup() in a prefecture''s ledger: without the law rows that it adds, which come from the province';

CREATE OR REPLACE FUNCTION prefectures.keyed_tables() RETURNS TABLE (name name, key text)
	LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
	SELECT t.name, string_agg(quote_ident(a.attname), ', ' ORDER BY u.place)
	  FROM prefectures.tables() t
	  JOIN pg_constraint k ON k.conrelid = quote_ident(t.name)::regclass AND k.contype = 'p'
	 CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY AS u (attnum, place)
	  JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum
	 WHERE t.part IN ('law', 'province')
	 GROUP BY t.name
$$;
COMMENT ON FUNCTION prefectures.keyed_tables() IS 'internal: the tables of the province and their primary keys';

CREATE OR REPLACE FUNCTION prefectures.take_back(keys jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path FROM CURRENT SET session_replication_role = replica AS $$
DECLARE
	part record;
BEGIN
	FOR part IN SELECT * FROM prefectures.keyed_tables() LOOP
		EXECUTE format('DELETE FROM %I WHERE jsonb_build_array(%s) NOT IN (SELECT k.value FROM jsonb_array_elements($1) AS k (value))', part.name, part.key)
		  USING coalesce(keys -> part.name, '[]');
	END LOOP;
END
$$;
COMMENT ON FUNCTION prefectures.take_back(jsonb) IS 'internal: removes the rows whose keys are not listed';

REVOKE EXECUTE ON FUNCTION prefectures.guard(), prefectures.make_room(boolean), prefectures.admit(), prefectures.setup(), prefectures.take_back(jsonb) FROM PUBLIC;

-- The province's side: what it publishes, and its reports over all ledgers.
-- setup.sh runs it as the owner of the province's ledger, after ledger.sql.

CREATE TABLE IF NOT EXISTS prefectures.ledger (
	name text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_]{0,30}$' AND name <> 'province'),
	number integer NOT NULL UNIQUE GENERATED ALWAYS AS IDENTITY CHECK (number BETWEEN 1 AND 8000)
);
COMMENT ON TABLE prefectures.ledger IS 'ledgers of prefectures: server ce_NAME, foreign tables in schema prefecture_NAME';

-- Where each view of the ledger comes from: rows of all ledgers, sums over them, or the province's own rows, of tables that are
-- the same in all (plans, the law).
CREATE OR REPLACE FUNCTION prefectures.reports() RETURNS TABLE (name name, made text)
	LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
	SELECT c.relname,
		   CASE WHEN c.relname IN ('ce_deadlines', 'ce_filing_dates', 'ce_filing_status') THEN 'province'
				WHEN c.relname IN ('ce_annual_statistics', 'ce_quarterly_report') THEN 'sum'
				ELSE 'rows' END
	  FROM pg_class c
	 WHERE (c.relkind = 'v' AND c.relname LIKE 'ce\_%' AND c.relname NOT IN ('ce_credit_record', 'ce_import_progress') OR c.relname IN ('ce_person', 'ce_event'))
	   AND c.relnamespace = (SELECT l.relnamespace FROM pg_class l WHERE l.oid = 'ce_ledger'::regclass)
$$;
COMMENT ON FUNCTION prefectures.reports() IS 'the ledger''s views, persons and log, and how the province''s view of the same name is made';

-- A table or view of the ledger in all ledgers, with the name of each.  A plan is the same row in every ledger: its findings
-- are the province's.
CREATE OR REPLACE FUNCTION prefectures.all_rows(name name) RETURNS text
	LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
	SELECT format('SELECT t.*, %L::text AS ledger FROM %I t', 'province', $1)
		   || coalesce(string_agg(format(' UNION ALL SELECT t.*, %L FROM %I.%I t%s', l.name, 'prefecture_' || l.name, $1,
										 CASE $1 WHEN 'ce_findings' THEN ' WHERE t.object <> ''plan''' ELSE '' END), '' ORDER BY l.name), '')
	  FROM prefectures.ledger l
$$;
COMMENT ON FUNCTION prefectures.all_rows(name) IS 'internal: the query over all ledgers';

CREATE OR REPLACE FUNCTION prefectures.make_reports() RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path FROM CURRENT SET client_min_messages = warning AS $$
DECLARE
	report record;
	query text;
BEGIN
	FOR report IN SELECT r.name, r.made FROM prefectures.reports() r LOOP
		query := CASE report.made WHEN 'province' THEN format('SELECT t.* FROM %I t', report.name) ELSE prefectures.all_rows(report.name) END;
		IF report.name = 'ce_annual_statistics' THEN
			query := format('SELECT year, prefecture, org_id, org_name, org_kind, parent_id, level, obliged, sum(persons)::bigint AS persons, sum(trained)::bigint AS trained,'
				' trim_scale(sum(public_hours)) AS public_hours, trim_scale(sum(professional_hours)) AS professional_hours, sum(met)::bigint AS met,'
				' round(100.0 * sum(met) / sum(persons), 1) AS completion_rate, org_code, prefecture_name, region_code, region_name,'
				' sum(met_by_waiver)::bigint AS met_by_waiver, trim_scale(sum(other_hours)) AS other_hours'
				' FROM (%s) s GROUP BY year, prefecture, org_id, org_name, org_kind, parent_id, level, obliged, org_code, prefecture_name, region_code, region_name', query);
		ELSIF report.name = 'ce_quarterly_report' THEN
			query := format('SELECT year, quarter, due_on, reports_as, org_id, org_name, org_kind, admin_level, region_code, base_level, category,'
				' sum(persons)::bigint AS persons, sum(activities)::bigint AS activities, trim_scale(sum(hours)) AS hours, org_code, region_name'
				' FROM (%s) s GROUP BY year, quarter, due_on, reports_as, org_id, org_name, org_kind, admin_level, region_code, base_level, category, org_code, region_name', query);
		ELSIF report.made = 'sum' THEN
			RAISE EXCEPTION 'no sum is defined for view %', report.name;
		END IF;
		EXECUTE format('DROP VIEW IF EXISTS prefectures.%I', report.name);
		EXECUTE format('CREATE VIEW prefectures.%I AS %s', report.name, query);
		EXECUTE format('COMMENT ON VIEW prefectures.%I IS %L', report.name, format('%s of all ledgers of the province', report.name));
	END LOOP;
END
$$;
COMMENT ON FUNCTION prefectures.make_reports() IS 'makes the province''s views over all ledgers';

-- The server and the mapping of the ledger's owner are there (setup.sh).
CREATE OR REPLACE FUNCTION prefectures.attach(name text, remote_schema text) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path FROM CURRENT SET client_min_messages = warning AS $$
DECLARE
	objects text;
BEGIN
	SELECT string_agg(quote_ident(o.name), ', ' ORDER BY o.name)
	  INTO objects
	  FROM (SELECT t.name FROM prefectures.tables() t WHERE t.part IN ('law', 'province', 'person') OR t.name IN ('ce_ledger', 'ce_member')
			UNION SELECT r.name FROM prefectures.reports() r) o;
	EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', 'prefecture_' || $1);
	EXECUTE format('CREATE SCHEMA %I', 'prefecture_' || $1);
	EXECUTE format('IMPORT FOREIGN SCHEMA %I LIMIT TO (%s) FROM SERVER %I INTO %I', remote_schema, objects, 'ce_' || $1, 'prefecture_' || $1);
	PERFORM prefectures.make_reports();
END
$$;
COMMENT ON FUNCTION prefectures.attach(text, text) IS 'imports a prefecture''s tables and views, again after an update, and makes the province''s reports again';

-- A table that a later version adds is published, too, and sent after ALTER SUBSCRIPTION ... REFRESH PUBLICATION.
CREATE OR REPLACE FUNCTION prefectures.publish() RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path FROM CURRENT AS $$
DECLARE
	names text;
	part name;
BEGIN
	SELECT string_agg(quote_ident(t.name), ', ' ORDER BY t.name) INTO names FROM prefectures.tables() t WHERE t.part IN ('law', 'province');
	EXECUTE format(CASE WHEN EXISTS (SELECT FROM pg_publication p WHERE p.pubname = 'ce_province') THEN 'ALTER PUBLICATION ce_province SET TABLE %s'
						ELSE 'CREATE PUBLICATION ce_province FOR TABLE %s' END, names);
	EXECUTE format('GRANT SELECT ON %s TO ce_prefecture', names);
	-- What prefectures use is kept: here no foreign key and no trigger of the ledger sees their rows.
	FOREACH part IN ARRAY '{ce_org,ce_kind,ce_scheme,ce_plan}'::name[] LOOP
		EXECUTE format('CREATE OR REPLACE TRIGGER prefectures_in_use BEFORE DELETE OR UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION prefectures.in_use()', part);
	END LOOP;
END
$$;
COMMENT ON FUNCTION prefectures.publish() IS 'publishes the tables that the province writes; again after an update';

CREATE OR REPLACE FUNCTION prefectures.in_use() RETURNS trigger
	LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	key text := CASE TG_TABLE_NAME WHEN 'ce_org' THEN 'org_id' WHEN 'ce_kind' THEN 'kind' WHEN 'ce_scheme' THEN 'scheme' ELSE 'plan_id' END;
	value text := to_jsonb(OLD) ->> key;
	reference record;
	used boolean;
BEGIN
	-- Of a kind its subject, category and track stay, too, as in a ledger alone (ce_kind_in_use).
	IF TG_OP = 'UPDATE' THEN
		IF to_jsonb(NEW) ->> key = value
		   AND (TG_TABLE_NAME <> 'ce_kind' OR (to_jsonb(NEW) ->> 'subject', to_jsonb(NEW) ->> 'category', to_jsonb(NEW) ->> 'track')
			   IS NOT DISTINCT FROM (to_jsonb(OLD) ->> 'subject', to_jsonb(OLD) ->> 'category', to_jsonb(OLD) ->> 'track')) THEN
			RETURN NEW;
		END IF;
	END IF;
	FOR reference IN
		SELECT l.name AS ledger, r.name, r.attname, format_type(r.atttypid, r.atttypmod) AS type
		  FROM prefectures.ledger l
		 CROSS JOIN (
			SELECT t.name, a.attname, a.atttypid, a.atttypmod
			  FROM prefectures.tables() t
			  JOIN pg_attribute a ON a.attrelid = quote_ident(t.name)::regclass AND a.attnum > 0 AND NOT a.attisdropped
			 WHERE t.part = 'person' AND t.name <> 'ce_account'
			   AND (EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = a.attrelid AND k.confrelid = TG_RELID AND k.conkey = ARRAY[a.attnum])
					OR t.name = 'ce_activity' AND a.attname = ANY (CASE TG_TABLE_NAME WHEN 'ce_org' THEN '{org_id,reviewed_by,verified_by,revoked_by}'
																	 WHEN 'ce_kind' THEN '{kind}' ELSE '{}' END::name[]))) r
		 ORDER BY l.name, r.name, r.attname
	LOOP
		EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I WHERE %I = $1::%s)', 'prefecture_' || reference.ledger, reference.name, reference.attname, reference.type)
		   INTO used USING value;
		IF used THEN
			RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', MESSAGE = format('%s %s of table "%s" is in use in ledger %s', key, value, TG_TABLE_NAME, reference.ledger),
				DETAIL = format('Column "%s" of its table "%s" names it.', reference.attname, reference.name),
				HINT = 'Add a new row, and leave the old one.';
		END IF;
	END LOOP;
	RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
COMMENT ON FUNCTION prefectures.in_use() IS 'prevents deletion and renaming of what a prefecture''s rows name; needs all prefectures to answer';

CREATE OR REPLACE VIEW prefectures.behind AS
SELECT l.name AS ledger, s.active, pg_wal_lsn_diff(pg_current_wal_lsn(), s.confirmed_flush_lsn) AS bytes
  FROM prefectures.ledger l
  LEFT JOIN pg_replication_slots s ON s.slot_name = 'ce_prefecture_' || l.name;
COMMENT ON VIEW prefectures.behind IS 'how far each prefecture is behind the province: WAL that it has not confirmed; null: it has no subscription';

CREATE OR REPLACE FUNCTION prefectures.check() RETURNS TABLE (problem text, ledger text, detail text)
	LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	prefecture text;
	part name;
	rows_here text;
	rows_there text;
	sum text := 'SELECT count(*) || '' rows, '' || coalesce(md5(string_agg(to_jsonb(r)::text, chr(10) ORDER BY to_jsonb(r)::text COLLATE "C")), ''-'') FROM %I.%I r';
	own name;
BEGIN
	SELECT c.relnamespace::regnamespace::name INTO own FROM pg_class c WHERE c.oid = 'ce_ledger'::regclass;
	RETURN QUERY
	SELECT 'a person is in one ledger'::text, string_agg(p.ledger, ', ' ORDER BY p.ledger), format('person_id %s', p.person_id)
	  FROM prefectures.ce_person p GROUP BY p.person_id HAVING count(*) > 1;
	RETURN QUERY
	SELECT 'a person_no is in one ledger'::text, string_agg(p.ledger, ', ' ORDER BY p.ledger), format('person_no %s', p.person_no)
	  FROM prefectures.ce_person p WHERE p.person_no IS NOT NULL GROUP BY p.person_no HAVING count(DISTINCT p.ledger) > 1;
	FOR part IN SELECT t.name FROM prefectures.tables() t WHERE t.part IN ('law', 'province') ORDER BY t.name LOOP
		IF NOT EXISTS (SELECT FROM pg_publication_tables p WHERE p.pubname = 'ce_province' AND p.schemaname = own AND p.tablename = part) THEN
			RETURN QUERY SELECT 'the province''s rows are published'::text, 'province'::text, format('table "%s" is not; run prefectures.publish()', part);
		END IF;
		EXECUTE format(sum, own, part) INTO rows_here;
		FOR prefecture IN SELECT l.name FROM prefectures.ledger l ORDER BY l.name LOOP
			EXECUTE format(sum, 'prefecture_' || prefecture, part) INTO rows_there;
			IF rows_there IS DISTINCT FROM rows_here THEN
				RETURN QUERY SELECT 'the province''s rows are the same everywhere'::text, prefecture, format('table "%s": %s; the province has %s', part, rows_there, rows_here);
			END IF;
		END LOOP;
	END LOOP;
	FOR prefecture IN SELECT l.name FROM prefectures.ledger l ORDER BY l.name LOOP
		RETURN QUERY EXECUTE format('SELECT ''the province sees everybody'', %L, format(''role ce_province lacks the duty %%s for organisation %%s; run prefectures.admit() there'', d.duty, o.org_id)'
			' FROM ce_org o CROSS JOIN unnest(''{read,report,audit}''::text[]) AS d (duty) WHERE o.parent_id IS NULL'
			' AND NOT EXISTS (SELECT FROM %I.ce_member m WHERE m.role_name = ''ce_province'' AND m.org_id = o.org_id AND m.duty = d.duty)', prefecture, 'prefecture_' || prefecture);
		RETURN QUERY EXECUTE format('SELECT ''all ledgers are of one version'', %L, format(''%%s; the province has %%s'', t.extension_version, h.extension_version)'
			' FROM %I.ce_ledger t, ce_ledger h WHERE t.extension_version <> h.extension_version', prefecture, 'prefecture_' || prefecture);
		RETURN QUERY EXECUTE format('SELECT ''all ledgers go live on one day (0.4)'', %L, format(''%%s; the province %%s'', t.live_from, h.live_from)'
			' FROM %I.ce_ledger t, ce_ledger h WHERE t.live_from IS DISTINCT FROM h.live_from', prefecture, 'prefecture_' || prefecture);
	END LOOP;
END
$$;
COMMENT ON FUNCTION prefectures.check() IS
	'what ce_check() of one ledger cannot see: persons in two ledgers, rows of the province that differ or are not published, a province that does not see everybody, versions; one row for each problem';

REVOKE EXECUTE ON FUNCTION prefectures.attach(text, text), prefectures.publish(), prefectures.make_reports(), prefectures.check() FROM PUBLIC;

--
-- ce_setup(): makes the ledger, as ordinary objects of the caller
--

CREATE OR REPLACE FUNCTION ce_setup() RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = @extschema@, pg_temp SET client_min_messages = warning AS $setup$
DECLARE
	edition integer;
	rule record;
BEGIN
	-- One at a time: two first calls would trip over one another's tables.
	PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('ce_setup'), 'pg_catalog.pg_namespace'::pg_catalog.regclass::integer);
--include ledger/10_law.sql
	SELECT l.law_edition INTO edition FROM ce_ledger l;
	edition := coalesce(edition, 0);
	IF edition < 1 THEN
--include ledger/20_law_rows.sql
	END IF;
--include ledger/30_people.sql
--include ledger/40_plans.sql
--include ledger/50_activities.sql
--include ledger/60_titles.sql
--include ledger/65_import.sql
--include ledger/66_link.sql
--include ledger/70_views.sql
	INSERT INTO ce_ledger (law_edition, extension_version, set_up_at)
	SELECT 1, e.extversion, pg_catalog.now() FROM pg_catalog.pg_extension e WHERE e.extname = 'ce_hours'
	ON CONFLICT (singleton) DO UPDATE
	   SET law_edition = excluded.law_edition, extension_version = excluded.extension_version, set_up_at = excluded.set_up_at;
	-- Rows from before duties were a closed list stay and are no duty.
	IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conrelid = 'ce_member'::regclass AND k.conname = 'ce_member_duty') THEN
		ALTER TABLE ce_member ADD CONSTRAINT ce_member_duty
			CHECK (duty IN ('read', 'record', 'verify', 'backdate', 'sanction', 'audit', 'report')) NOT VALID;
		IF NOT EXISTS (SELECT FROM ce_member m WHERE NOT EXISTS (SELECT FROM ce_duty_privileges(m.duty))) THEN
			ALTER TABLE ce_member VALIDATE CONSTRAINT ce_member_duty;
		END IF;
	END IF;
	-- Row security comes once, and to a ledger that others work in already only when its owner says so.
	IF (SELECT l.security_edition FROM ce_ledger l) = 0 THEN
		IF edition = 0 OR NOT EXISTS (
			SELECT FROM pg_catalog.pg_class c
			 CROSS JOIN LATERAL (
				SELECT c.relacl UNION ALL SELECT a.attacl FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid) AS l (acl)
			 CROSS JOIN LATERAL pg_catalog.aclexplode(l.acl) AS x
			 WHERE c.relnamespace = (SELECT t.relnamespace FROM pg_catalog.pg_class t WHERE t.oid = 'ce_member'::regclass)
			   AND c.relname LIKE 'ce\_%' AND c.relkind IN ('r', 'p', 'v') AND x.grantee <> c.relowner) THEN
			PERFORM ce_secure();
		ELSE
			RAISE INFO USING MESSAGE = ce_text('this ledger has no row security of its own yet'),
				DETAIL = ce_text('Roles other than its owner hold privileges on it; under row security they would see nothing until they have duties.'),
				HINT = format(ce_text('Give them duties with ce_grant(), then run SELECT %s.ce_secure(); see docs/security.md.'), '@extschema@');
		END IF;
	END IF;
END
$setup$;
COMMENT ON FUNCTION ce_setup() IS
	'makes the ledger in the extension''s schema, owned by the caller: tables, triggers, views, the law and, when it is new, row security; run it again after ALTER EXTENSION ... UPDATE; never changes or removes a row of the user''s';

DO $$
BEGIN
	RAISE INFO USING MESSAGE = pg_catalog.format(@extschema@.ce_text('ce_hours is installed; now make the ledger with: SELECT %s.ce_setup();'), '@extschema@');
END
$$;

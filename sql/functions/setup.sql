--
-- ce_setup(): makes the ledger, as ordinary objects of the caller
--

CREATE OR REPLACE FUNCTION ce_setup() RETURNS void
	LANGUAGE ce_plpgsql VOLATILE SET client_min_messages = warning AS $setup$
DECLARE
	edition integer;
	reporter name;
	rule record;
BEGIN
	-- One at a time, by a lock that only the owner can take.  Of two first calls
	-- the second waits here for the table of the first.
	BEGIN
--include ledger/ledger.sql
	EXCEPTION WHEN unique_violation OR duplicate_table OR duplicate_object THEN
		NULL;
	END;
	LOCK TABLE ce_ledger IN SHARE ROW EXCLUSIVE MODE;
--include ledger/law.sql
	SELECT l.law_edition INTO edition FROM ce_ledger l;
	edition := coalesce(edition, 0);
	IF edition < 1 THEN
--include law/qinghai_2020.sql
	END IF;
--include ledger/title_names.sql
--include ledger/people.sql
--include ledger/plans.sql
--include ledger/activities.sql
--include ledger/titles.sql
--include ledger/import.sql
--include ledger/link.sql
--include ledger/views.sql
	-- Version 0.2.0 gave the duty report all columns of these.  What its other duties read a role gets again.
	IF EXISTS (SELECT FROM ce_ledger l WHERE l.extension_version = '0.2.0') THEN
		FOR reporter IN
			SELECT DISTINCT m.role_name
			  FROM ce_member m
			  JOIN pg_catalog.pg_roles r ON r.rolname = m.role_name
			  JOIN pg_catalog.pg_class c ON c.oid = 'ce_member'::regclass AND c.relowner <> r.oid
			 WHERE m.duty = 'report'
		LOOP
			EXECUTE format('REVOKE SELECT ON ce_person, ce_plan, ce_achievement, ce_filing_status FROM %I', reporter);
			PERFORM ce_grant_privileges(reporter);
		END LOOP;
	END IF;
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
				HINT = format(ce_text('Give them duties with ce_grant(), then run SELECT %s.ce_secure(); see docs/security.md.'),
					(SELECT c.relnamespace::pg_catalog.regnamespace FROM pg_catalog.pg_class c WHERE c.oid = 'ce_ledger'::pg_catalog.regclass));
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

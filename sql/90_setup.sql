--
-- ce_setup(): makes the ledger, as ordinary objects of the caller
--

CREATE OR REPLACE FUNCTION ce_setup() RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = @extschema@, pg_temp SET client_min_messages = warning AS $setup$
DECLARE
	edition integer;
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
END
$setup$;
COMMENT ON FUNCTION ce_setup() IS
	'makes the ledger in the extension''s schema, owned by the caller: tables, triggers, views and the law; run it again after ALTER EXTENSION ... UPDATE; never changes or removes a row of the user''s';

DO $$
BEGIN
	RAISE INFO USING MESSAGE = pg_catalog.format(@extschema@.ce_text('ce_hours is installed; now make the ledger with: SELECT %s.ce_setup();'), '@extschema@');
END
$$;

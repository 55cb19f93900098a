-- What each run of ce_setup() ends with.

-- Of constraints that came later than their tables' rows
SELECT ce__validate_checks();

COMMENT ON TABLE ce_ledger IS 'one row: what ce_setup() has brought to this ledger so far';
COMMENT ON COLUMN ce_ledger.singleton IS 'always true: there is one row';
COMMENT ON COLUMN ce_ledger.law_edition IS 'edition of the shipped law rows; ce_setup() adds only rows of later editions, so a row that was deleted does not come back';
COMMENT ON COLUMN ce_ledger.extension_version IS 'version of the extension whose ce_setup() ran last';
COMMENT ON COLUMN ce_ledger.set_up_at IS 'when ce_setup() ran last';
COMMENT ON COLUMN ce_ledger.security_edition IS 'edition of the policies that ce_secure() created, 0 if none; policies that were dropped or disabled since are not restored';
COMMENT ON COLUMN ce_ledger.live_from IS 'day on which the ledger went live, by default that of the first ce_setup(): hours of items completed before it may come as verified totals, recorded_public and recorded_professional (0.4, AMB-2); the owner sets it with UPDATE';
CREATE OR REPLACE TRIGGER ce_live_from_check BEFORE INSERT OR UPDATE ON ce_ledger
	FOR EACH ROW EXECUTE FUNCTION ce_live_from_check();
COMMENT ON TRIGGER ce_live_from_check ON ce_ledger IS 'takes a day on which the ledger can have gone live, and none that leaves totals behind it (0.4)';
CREATE OR REPLACE TRIGGER ce_live_from_log AFTER UPDATE ON ce_ledger
	FOR EACH ROW EXECUTE FUNCTION ce_live_from_log();
COMMENT ON TRIGGER ce_live_from_log ON ce_ledger IS 'logs changes of the day on which the ledger went live';
INSERT INTO ce_ledger (law_edition, extension_version, set_up_at, live_from)
SELECT pg_catalog.max(f.edition), '0.3.0', pg_catalog.now(), ce_today() FROM ce__ledger_scripts() f
ON CONFLICT (singleton) DO UPDATE
   SET law_edition = excluded.law_edition, extension_version = excluded.extension_version, set_up_at = excluded.set_up_at;

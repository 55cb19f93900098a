-- What each run of ce_setup() ends with.

-- Of constraints that came later than their tables' rows
SELECT ce__validate_checks();

COMMENT ON TABLE ce_ledger IS 'one row: what ce_setup() has brought to this ledger so far';
COMMENT ON COLUMN ce_ledger.singleton IS 'always true: there is one row';
COMMENT ON COLUMN ce_ledger.law_edition IS 'edition of the shipped law rows; ce_setup() adds only rows of later editions, so a row that was deleted does not come back';
COMMENT ON COLUMN ce_ledger.extension_version IS 'version of the extension whose ce_setup() ran last';
COMMENT ON COLUMN ce_ledger.set_up_at IS 'when ce_setup() ran last';
COMMENT ON COLUMN ce_ledger.security_edition IS 'edition of the policies that ce_secure() created, 0 if none; policies that were dropped or disabled since are not restored';
INSERT INTO ce_ledger (law_edition, extension_version, set_up_at)
VALUES (1, '0.3.0', pg_catalog.now())
ON CONFLICT (singleton) DO UPDATE
   SET law_edition = excluded.law_edition, extension_version = excluded.extension_version, set_up_at = excluded.set_up_at;

-- One row says what ce_setup() has created; ce_setup() locks this table.
CREATE TABLE IF NOT EXISTS ce_ledger (
	singleton boolean PRIMARY KEY DEFAULT true CONSTRAINT ce_ledger_has_one_row CHECK (singleton),
	law_edition integer NOT NULL,
	extension_version text NOT NULL,
	set_up_at timestamptz NOT NULL,
	security_edition integer NOT NULL DEFAULT 0,
	live_from date
);

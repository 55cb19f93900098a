-- HR tables whose rows are persons of the ledger (ce_link).

CREATE TABLE IF NOT EXISTS ce_link (
	hr_table regclass PRIMARY KEY,
	key_column text NOT NULL,
	org_column text NOT NULL,
	person_no_column text,
	scheme_column text,
	specialty_column text,
	doctorate_on_column text,
	held_level_column text,
	held_since_column text,
	linked_by text NOT NULL,
	linked_at timestamptz NOT NULL
);
COMMENT ON TABLE ce_link IS 'HR tables that ce_person is kept in step with, and which of their columns is what; kept by ce_link() and ce_unlink()';
COMMENT ON COLUMN ce_link.hr_table IS 'the HR table';
COMMENT ON COLUMN ce_link.key_column IS 'its column for person_id';
COMMENT ON COLUMN ce_link.org_column IS 'its column for the employer: of a number type org_id, of a text type code of ce_org';
COMMENT ON COLUMN ce_link.person_no_column IS 'its column for person_no, null: not kept from there';
COMMENT ON COLUMN ce_link.scheme_column IS 'its column for scheme, null: not kept from there';
COMMENT ON COLUMN ce_link.specialty_column IS 'its column for specialty, null: not kept from there';
COMMENT ON COLUMN ce_link.doctorate_on_column IS 'its column for doctorate_on, null: not kept from there';
COMMENT ON COLUMN ce_link.held_level_column IS 'its column for held_level, null: not kept from there';
COMMENT ON COLUMN ce_link.held_since_column IS 'its column for held_since, null: not kept from there';
COMMENT ON COLUMN ce_link.linked_by IS 'database role that linked it';
COMMENT ON COLUMN ce_link.linked_at IS 'when it was last linked';

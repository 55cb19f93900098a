-- What a ledger that version 0.1.0 set up lacks of one that 0.2.0 set up, apart
-- from what the other files create where it is missing.

ALTER TABLE ce_ledger ADD COLUMN IF NOT EXISTS security_edition integer NOT NULL DEFAULT 0;

-- It was evaluated for every row, and only triggers of the ledger write here.
ALTER TABLE IF EXISTS ce_event DROP CONSTRAINT IF EXISTS ce_event_object_check;

-- They locked the same few rows for everybody; triggers check what they checked.
ALTER TABLE IF EXISTS ce_activity
	DROP CONSTRAINT IF EXISTS ce_activity_org_id_fkey,
	DROP CONSTRAINT IF EXISTS ce_activity_verified_by_fkey;

-- Duties were not a closed list.  Rows with others stay, and are no duty.
ALTER TABLE IF EXISTS ce_member
	DROP CONSTRAINT IF EXISTS ce_member_duty,
	ADD CONSTRAINT ce_member_duty
		CHECK (duty IN ('read', 'record', 'verify', 'backdate', 'sanction', 'audit', 'report')) NOT VALID;

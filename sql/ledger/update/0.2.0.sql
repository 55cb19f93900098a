-- What a ledger that version 0.2.0 set up lacks of one that 0.3.0 sets up, apart
-- from what the other files create where it is missing.

-- CHECKs had names that the server had made up.
DO $$
DECLARE
	renamed record;
BEGIN
	FOR renamed IN
		SELECT k.conrelid::pg_catalog.regclass AS checked, n.old_name, n.new_name
		  FROM (VALUES
			('ce_ledger', 'ce_ledger_singleton_check', 'ce_ledger_has_one_row'),
			('ce_scheme', 'ce_scheme_ban_years_check', 'ce_scheme_ban_years_up_to_100'),
			('ce_requirement', 'ce_requirement_total_hours_check', 'ce_requirement_total_hours_not_negative'),
			('ce_requirement', 'ce_requirement_public_hours_check', 'ce_requirement_public_hours_not_negative'),
			('ce_requirement', 'ce_requirement_professional_hours_check', 'ce_requirement_professional_hours_not_negative'),
			('ce_kind', 'ce_kind_category_check', 'ce_kind_category_is_known'),
			('ce_rule', 'ce_rule_rank_from_check', 'ce_rule_ranks_begin_with_1'),
			('ce_rule', 'ce_rule_hours_check', 'ce_rule_hours_not_negative'),
			('ce_cap', 'ce_cap_category_check', 'ce_cap_category_is_known'),
			('ce_cap', 'ce_cap_hours_check', 'ce_cap_hours_not_negative'),
			('ce_window', 'ce_window_aggregation_check', 'ce_window_aggregation_is_known'),
			('ce_window', 'ce_window_years_check', 'ce_window_of_1_to_16_years'),
			('ce_catchup', 'ce_catchup_subject_check', 'ce_catchup_of_one_subject'),
			('ce_catchup', 'ce_catchup_source_check', 'ce_catchup_source_is_known'),
			('ce_org', 'ce_org_kind_check', 'ce_org_kind_is_known'),
			('ce_org', 'ce_org_admin_level_check', 'ce_org_admin_level_is_known'),
			('ce_org', 'ce_org_check', 'ce_org_not_its_own_parent'),
			('ce_org', 'ce_org_region_code_check', 'ce_org_region_code_of_6_digits'),
			('ce_org', 'ce_org_base_level_check', 'ce_org_base_level_is_known'),
			('ce_org', 'ce_org_check1', 'ce_org_base_has_a_level'),
			('ce_person', 'ce_person_doctorate_on_check', 'ce_person_doctorate_on_is_finite'),
			('ce_person', 'ce_person_held_since_check', 'ce_person_held_since_is_finite'),
			('ce_specialty_pair', 'ce_specialty_pair_check', 'ce_specialty_pair_of_two'),
			('ce_member', 'ce_member_duty', 'ce_member_duty_is_known'),
			('ce_plan', 'ce_plan_subject_check', 'ce_plan_subject_is_professional'),
			('ce_plan', 'ce_plan_mode_check', 'ce_plan_mode_is_known'),
			('ce_plan', 'ce_plan_hours_check', 'ce_plan_hours_positive'),
			('ce_plan', 'ce_plan_days_check', 'ce_plan_days_in_halves'),
			('ce_plan', 'ce_plan_check', 'ce_plan_starts_before_it_ends'),
			('ce_activity', 'ce_activity_check', 'ce_activity_source_with_reference'),
			('ce_achievement', 'ce_achievement_role_check', 'ce_achievement_role_is_known'),
			('ce_achievement', 'ce_achievement_rank_check', 'ce_achievement_rank_positive'),
			('ce_achievement', 'ce_achievement_check', 'ce_achievement_attested_by_and_on'),
			('ce_achievement', 'ce_achievement_check1', 'ce_achievement_revoked_only_if_attested'),
			('ce_allocation', 'ce_allocation_subject_check', 'ce_allocation_of_one_subject'),
			('ce_allocation', 'ce_allocation_hours_check', 'ce_allocation_hours_positive'),
			('ce_allocation', 'ce_allocation_check', 'ce_allocation_reversed_by_and_on'),
			('ce_sanction', 'ce_sanction_check', 'ce_sanction_not_revoked_before_found'),
			('ce_application', 'ce_application_status_check', 'ce_application_status_is_known'),
			('ce_course', 'ce_course_hours_check', 'ce_course_hours_positive'),
			('ce_staging', 'ce_staging_outcome_check', 'ce_staging_outcome_is_known')) AS n (table_name, old_name, new_name)
		  JOIN pg_catalog.pg_constraint k ON k.conrelid = pg_catalog.to_regclass(n.table_name) AND k.contype = 'c' AND k.conname = n.old_name
		 WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint o WHERE o.conrelid = k.conrelid AND o.conname = n.new_name)
	LOOP
		EXECUTE pg_catalog.format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', renamed.checked, renamed.old_name, renamed.new_name);
	END LOOP;
END
$$;

-- What these said is said by others of another name.  Rows that they took and
-- the new ones would not stay: ce_law_check() names them, and a constraint holds
-- for new rows alone until they are corrected and ce_setup() runs again.
ALTER TABLE IF EXISTS ce_requirement
	ADD COLUMN IF NOT EXISTS class_minutes integer NOT NULL DEFAULT 45
		CONSTRAINT ce_requirement_class_minutes_within_a_day CHECK (class_minutes BETWEEN 1 AND 1440),
	DROP CONSTRAINT IF EXISTS ce_requirement_check,
	DROP CONSTRAINT IF EXISTS ce_requirement_filing_due_check,
	DROP CONSTRAINT IF EXISTS ce_requirement_study_due_check,
	DROP CONSTRAINT IF EXISTS ce_requirement_verification_due_check,
	DROP CONSTRAINT IF EXISTS ce_requirement_years,
	DROP CONSTRAINT IF EXISTS ce_requirement_filing_due_is_a_day,
	DROP CONSTRAINT IF EXISTS ce_requirement_study_due_is_a_day,
	DROP CONSTRAINT IF EXISTS ce_requirement_verification_due_is_a_day,
	ADD CONSTRAINT ce_requirement_years
		CHECK (from_year >= 1900 AND from_year <= 9999 AND to_year >= from_year) NOT VALID,
	ADD CONSTRAINT ce_requirement_filing_due_is_a_day
		CHECK (filing_due ~ '^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$') NOT VALID,
	ADD CONSTRAINT ce_requirement_study_due_is_a_day
		CHECK (study_due ~ '^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$') NOT VALID,
	ADD CONSTRAINT ce_requirement_verification_due_is_a_day
		CHECK (verification_due ~ '^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$') NOT VALID;
ALTER TABLE IF EXISTS ce_kind
	DROP CONSTRAINT IF EXISTS ce_kind_check,
	DROP CONSTRAINT IF EXISTS ce_kind_check1,
	DROP CONSTRAINT IF EXISTS ce_kind_category_of_subject,
	DROP CONSTRAINT IF EXISTS ce_kind_attested_is_innovation,
	ADD CONSTRAINT ce_kind_category_of_subject
		CHECK ((subject = 'public') = (category = 'public') AND (subject <> 'both' OR category = 'special')) NOT VALID,
	ADD CONSTRAINT ce_kind_attested_is_innovation
		CHECK (track <> 'attested' OR (subject = 'professional' AND category = 'innovation')) NOT VALID;
ALTER TABLE IF EXISTS ce_rule
	DROP CONSTRAINT IF EXISTS ce_rule_check,
	DROP CONSTRAINT IF EXISTS ce_rule_check1,
	DROP CONSTRAINT IF EXISTS ce_rule_check2,
	DROP CONSTRAINT IF EXISTS ce_rule_years,
	DROP CONSTRAINT IF EXISTS ce_rule_ranks,
	DROP CONSTRAINT IF EXISTS ce_rule_hours_by_basis,
	ADD CONSTRAINT ce_rule_years
		CHECK (from_year >= 1900 AND from_year <= 9999 AND to_year >= from_year) NOT VALID,
	ADD CONSTRAINT ce_rule_ranks
		CHECK (rank_to IS NULL OR (rank_from IS NOT NULL AND rank_to >= rank_from)) NOT VALID,
	ADD CONSTRAINT ce_rule_hours_by_basis
		CHECK ((hours IS NULL) = (basis IN ('as_completed', 'deems', 'deems_tenure', 'as_recorded'))) NOT VALID;
ALTER TABLE IF EXISTS ce_cap
	ALTER COLUMN hours DROP NOT NULL,
	DROP CONSTRAINT IF EXISTS ce_cap_check,
	DROP CONSTRAINT IF EXISTS ce_cap_years,
	ADD CONSTRAINT ce_cap_years
		CHECK (from_year >= 1900 AND from_year <= 9999 AND to_year >= from_year) NOT VALID;
ALTER TABLE IF EXISTS ce_window
	DROP CONSTRAINT IF EXISTS ce_window_check,
	DROP CONSTRAINT IF EXISTS ce_window_years_governed,
	ADD CONSTRAINT ce_window_years_governed
		CHECK (from_year >= 1900 AND from_year <= 9999 AND to_year >= from_year) NOT VALID;
ALTER TABLE IF EXISTS ce_catchup
	DROP CONSTRAINT IF EXISTS ce_catchup_check,
	DROP CONSTRAINT IF EXISTS ce_catchup_years,
	DROP CONSTRAINT IF EXISTS ce_catchup_source_of_subject,
	ADD CONSTRAINT ce_catchup_years
		CHECK (study_year >= 1900 AND study_year <= 9999 AND target_from >= 1900 AND target_from <= target_to AND target_to < study_year) NOT VALID,
	ADD CONSTRAINT ce_catchup_source_of_subject
		CHECK ((subject = 'professional') = (source = 'national_base')) NOT VALID;

ALTER TABLE IF EXISTS ce_person
	ADD COLUMN IF NOT EXISTS entered_on date
		CONSTRAINT ce_person_entered_on_is_finite CHECK (pg_catalog.isfinite(entered_on));
ALTER TABLE IF EXISTS ce_event ADD COLUMN IF NOT EXISTS session_name name;
ALTER TABLE IF EXISTS ce_link
	ADD COLUMN IF NOT EXISTS bad_rows text NOT NULL DEFAULT 'refuse'
		CONSTRAINT ce_link_bad_rows_is_known CHECK (bad_rows IN ('refuse', 'list'));
ALTER TABLE IF EXISTS ce_link ADD COLUMN IF NOT EXISTS entered_on_column text;
ALTER TABLE IF EXISTS ce_staging ADD COLUMN IF NOT EXISTS day_serials text;

ALTER TABLE IF EXISTS ce_ledger ADD COLUMN IF NOT EXISTS live_from date;
-- A rejected row barred its reference for good.
DROP INDEX IF EXISTS ce_activity_source;

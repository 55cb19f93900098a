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
			('ce_rule', 'ce_rule_rank_from_check', 'ce_rule_ranks_begin_with_1'),
			('ce_rule', 'ce_rule_hours_check', 'ce_rule_hours_not_negative'),
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
ALTER TABLE IF EXISTS ce_scheme
	ADD COLUMN IF NOT EXISTS based_on text REFERENCES ce_scheme
		CONSTRAINT ce_scheme_not_based_on_itself CHECK (based_on <> scheme);
ALTER TABLE IF EXISTS ce_kind
	DROP CONSTRAINT IF EXISTS ce_kind_check,
	DROP CONSTRAINT IF EXISTS ce_kind_check1,
	DROP CONSTRAINT IF EXISTS ce_kind_category_check,
	DROP CONSTRAINT IF EXISTS ce_kind_of_both_is_special,
	DROP CONSTRAINT IF EXISTS ce_kind_attested_is_innovation,
	ALTER COLUMN subject DROP NOT NULL,
	ADD CONSTRAINT ce_kind_of_both_is_special CHECK (subject <> 'both' OR category = 'special') NOT VALID;
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
		CHECK ((hours IS NULL) = (basis IN ('as_completed', 'deems', 'deems_tenure', 'as_recorded'))) NOT VALID,
	ADD COLUMN IF NOT EXISTS category text,
	ADD COLUMN IF NOT EXISTS most_hours ce_hours CONSTRAINT ce_rule_most_hours_not_negative CHECK (most_hours >= '0'::ce_hours),
	ADD COLUMN IF NOT EXISTS less_by_rank ce_hours CONSTRAINT ce_rule_less_by_rank_positive CHECK (less_by_rank > '0'::ce_hours),
	ADD COLUMN IF NOT EXISTS unit text,
	ADD COLUMN IF NOT EXISTS per numeric CONSTRAINT ce_rule_per_positive CHECK (per > 0 AND per <= 1000000000),
	ADD COLUMN IF NOT EXISTS in_archive boolean NOT NULL DEFAULT false,
	DROP CONSTRAINT IF EXISTS ce_rule_less_by_rank_of_fixed_ranks,
	DROP CONSTRAINT IF EXISTS ce_rule_most_hours_of_hours,
	DROP CONSTRAINT IF EXISTS ce_rule_unit_of_fixed,
	DROP CONSTRAINT IF EXISTS ce_rule_per_unit,
	ADD CONSTRAINT ce_rule_less_by_rank_of_fixed_ranks
		CHECK (less_by_rank IS NULL OR (rank_from IS NOT NULL AND basis = 'fixed')),
	ADD CONSTRAINT ce_rule_most_hours_of_hours
		CHECK (most_hours IS NULL OR basis NOT IN ('deems', 'deems_tenure')),
	ADD CONSTRAINT ce_rule_unit_of_fixed
		CHECK (unit IS NULL OR (basis = 'fixed' AND btrim(unit) <> '')),
	ADD CONSTRAINT ce_rule_per_unit CHECK (per IS NULL OR unit IS NOT NULL);
ALTER TABLE IF EXISTS ce_cap
	ALTER COLUMN hours DROP NOT NULL,
	DROP CONSTRAINT IF EXISTS ce_cap_category_check,
	DROP CONSTRAINT IF EXISTS ce_cap_check,
	DROP CONSTRAINT IF EXISTS ce_cap_years,
	ADD CONSTRAINT ce_cap_years
		CHECK (from_year >= 1900 AND from_year <= 9999 AND to_year >= from_year) NOT VALID;
ALTER TABLE IF EXISTS ce_window
	ADD COLUMN IF NOT EXISTS years_by text NOT NULL DEFAULT 'fixed' CONSTRAINT ce_window_years_by_is_known CHECK (years_by IN ('fixed', 'tenure', 'tenure_after', 'cycle')),
	ADD COLUMN IF NOT EXISTS cycle_from integer,
	ADD COLUMN IF NOT EXISTS required_total ce_hours CONSTRAINT ce_window_required_total_not_negative CHECK (required_total >= '0'::ce_hours),
	ADD COLUMN IF NOT EXISTS required_public ce_hours CONSTRAINT ce_window_required_public_not_negative CHECK (required_public >= '0'::ce_hours),
	ADD COLUMN IF NOT EXISTS required_professional ce_hours CONSTRAINT ce_window_required_professional_not_negative CHECK (required_professional >= '0'::ce_hours),
	ADD COLUMN IF NOT EXISTS each_at_least ce_hours CONSTRAINT ce_window_each_at_least_not_negative CHECK (each_at_least >= '0'::ce_hours),
	ADD COLUMN IF NOT EXISTS judged_by text REFERENCES ce_scheme,
	DROP CONSTRAINT IF EXISTS ce_window_cycle_has_a_first_year,
	DROP CONSTRAINT IF EXISTS ce_window_sums_of_a_sum,
	DROP CONSTRAINT IF EXISTS ce_window_sums_of_a_fixed_number,
	DROP CONSTRAINT IF EXISTS ce_window_check,
	DROP CONSTRAINT IF EXISTS ce_window_years_governed,
	ADD CONSTRAINT ce_window_years_governed
		CHECK (from_year >= 1900 AND from_year <= 9999 AND to_year >= from_year) NOT VALID,
	ADD CONSTRAINT ce_window_cycle_has_a_first_year
		CHECK ((years_by = 'cycle') = (cycle_from IS NOT NULL) AND (years_by <> 'cycle' OR years <= 8)),
	ADD CONSTRAINT ce_window_sums_of_a_sum
		CHECK ((coalesce(required_total, required_public, required_professional) IS NULL AND each_at_least IS NULL) OR aggregation = 'sum'),
	ADD CONSTRAINT ce_window_sums_of_a_fixed_number
		CHECK (coalesce(required_total, required_public, required_professional) IS NULL OR years_by IN ('fixed', 'cycle'));
ALTER TABLE IF EXISTS ce_catchup
	ADD COLUMN IF NOT EXISTS most_hours ce_hours
		CONSTRAINT ce_catchup_most_hours_positive CHECK (most_hours > '0'::ce_hours),
	DROP CONSTRAINT IF EXISTS ce_catchup_check,
	DROP CONSTRAINT IF EXISTS ce_catchup_years,
	DROP CONSTRAINT IF EXISTS ce_catchup_source_is_known,
	DROP CONSTRAINT IF EXISTS ce_catchup_source_of_subject,
	ADD CONSTRAINT ce_catchup_years
		CHECK (study_year >= 1900 AND study_year <= 9999 AND target_from >= 1900 AND target_from <= target_to AND target_to <= 9999
			   AND study_year NOT BETWEEN target_from AND target_to) NOT VALID,
	ADD CONSTRAINT ce_catchup_source_of_subject
		CHECK ((source <> 'academy' OR subject = 'public') AND (source <> 'national_base' OR subject = 'professional')) NOT VALID;

ALTER TABLE IF EXISTS ce_person
	ADD COLUMN IF NOT EXISTS entered_on date
		CONSTRAINT ce_person_entered_on_is_finite CHECK (pg_catalog.isfinite(entered_on)),
	ADD COLUMN IF NOT EXISTS moved boolean NOT NULL DEFAULT false;
ALTER TABLE IF EXISTS ce_application
	DROP CONSTRAINT IF EXISTS ce_application_status_is_known,
	ADD CONSTRAINT ce_application_status_is_known
		CHECK (status IN ('open', 'refused', 'withdrawn', 'cancelled', 'decided'));
ALTER TABLE IF EXISTS ce_event ADD COLUMN IF NOT EXISTS session_name name;
ALTER TABLE IF EXISTS ce_link
	ADD COLUMN IF NOT EXISTS bad_rows text NOT NULL DEFAULT 'refuse'
		CONSTRAINT ce_link_bad_rows_is_known CHECK (bad_rows IN ('refuse', 'list'));
ALTER TABLE IF EXISTS ce_link ADD COLUMN IF NOT EXISTS entered_on_column text;
ALTER TABLE IF EXISTS ce_staging
	ADD COLUMN IF NOT EXISTS day_serials text,
	ADD COLUMN IF NOT EXISTS grade text,
	ADD COLUMN IF NOT EXISTS role text,
	ADD COLUMN IF NOT EXISTS rank text,
	ADD COLUMN IF NOT EXISTS quantity text;
ALTER TABLE IF EXISTS ce_activity
	ADD COLUMN IF NOT EXISTS grade text,
	ADD COLUMN IF NOT EXISTS role text,
	ADD COLUMN IF NOT EXISTS rank integer CONSTRAINT ce_activity_rank_positive CHECK (rank >= 1),
	ADD COLUMN IF NOT EXISTS quantity numeric CONSTRAINT ce_activity_quantity_positive CHECK (quantity > 0 AND quantity <= 1000000000);
-- Roles are words that rules list, and no closed list.
ALTER TABLE IF EXISTS ce_achievement
	DROP CONSTRAINT IF EXISTS ce_achievement_role_check,
	DROP CONSTRAINT IF EXISTS ce_achievement_role_is_known;

ALTER TABLE IF EXISTS ce_ledger ADD COLUMN IF NOT EXISTS live_from date;
-- A rejected row barred its reference for good.
DROP INDEX IF EXISTS ce_activity_source;

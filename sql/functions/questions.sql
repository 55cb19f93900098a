--
-- Questions: who may apply for which title.  All STABLE, PARALLEL SAFE and
-- fit for a read-only standby; they read by the caller's privileges.
--

CREATE OR REPLACE FUNCTION ce__require_ledger() RETURNS void
	LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_ledger';
COMMENT ON FUNCTION ce__require_ledger() IS 'internal: raises an error that names ce_setup() if there is no ledger yet';

CREATE OR REPLACE FUNCTION ce_today() RETURNS date
	LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_today';
COMMENT ON FUNCTION ce_today() IS 'today in Asia/Shanghai, whatever the session''s time zone (AMB-40)';

CREATE OR REPLACE FUNCTION ce_eligible(person_id bigint, level ce_level, route ce_route DEFAULT 'review',
							as_of date DEFAULT ce_today(), specialty text DEFAULT NULL, scheme text DEFAULT NULL) RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'ce_eligible';
COMMENT ON FUNCTION ce_eligible(bigint, ce_level, ce_route, date, text, text) IS
	'whether the person may apply for a title of the level as of a day (4.2); null if the person is unknown, out of scope or without a rule';

CREATE OR REPLACE FUNCTION ce_eligible_by_no(person_no text, level ce_level, route ce_route DEFAULT 'review',
							as_of date DEFAULT ce_today(), specialty text DEFAULT NULL, scheme text DEFAULT NULL) RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'ce_eligible_by_no';
COMMENT ON FUNCTION ce_eligible_by_no(text, ce_level, ce_route, date, text, text) IS
	'ce_eligible() by person_no';

CREATE OR REPLACE FUNCTION ce_verdict(person_id bigint, level ce_level, route ce_route DEFAULT 'review',
						   as_of date DEFAULT ce_today(), specialty text DEFAULT NULL, scheme text DEFAULT NULL) RETURNS ce_outcome
	LANGUAGE c STABLE PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'ce_verdict';
COMMENT ON FUNCTION ce_verdict(bigint, ce_level, ce_route, date, text, text) IS
	'the verdict on an application as of a day (4.2): eligible, not_eligible, pending, banned, out_of_scope, no_rule, unknown_person';

CREATE OR REPLACE FUNCTION ce_verdict_by_no(person_no text, level ce_level, route ce_route DEFAULT 'review',
						   as_of date DEFAULT ce_today(), specialty text DEFAULT NULL, scheme text DEFAULT NULL) RETURNS ce_outcome
	LANGUAGE c STABLE PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'ce_verdict_by_no';
COMMENT ON FUNCTION ce_verdict_by_no(text, ce_level, ce_route, date, text, text) IS
	'ce_verdict() by person_no';

CREATE OR REPLACE FUNCTION ce_standing(person_id bigint, as_of date DEFAULT ce_today(),
							OUT junior ce_outcome, OUT intermediate ce_outcome, OUT senior ce_outcome, OUT full_senior ce_outcome)
	LANGUAGE c STABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'ce_standing';
COMMENT ON FUNCTION ce_standing(bigint, date) IS 'the verdicts for all levels by the review route, as of a day';

CREATE OR REPLACE FUNCTION ce_standing_by_no(person_no text, as_of date DEFAULT ce_today(),
							OUT junior ce_outcome, OUT intermediate ce_outcome, OUT senior ce_outcome, OUT full_senior ce_outcome)
	LANGUAGE c STABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'ce_standing_by_no';
COMMENT ON FUNCTION ce_standing_by_no(text, date) IS 'ce_standing() by person_no';

-- For ce_eligibility, which has the persons' rows: everybody's accounts are read in one pass.
CREATE OR REPLACE FUNCTION ce__standing_code(moved boolean, sanctioned boolean, person_id bigint, org_id bigint, scheme text, doctorate_on date,
											held_level ce_level, held_since date, as_of date) RETURNS integer
	LANGUAGE c STABLE PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'ce_standing_code_of_row';
COMMENT ON FUNCTION ce__standing_code(boolean, boolean, bigint, bigint, text, date, ce_level, date, date) IS
	'internal: the verdicts for all levels by the review route, as of a day, of the person whose row in ce_person is given, as a number that ce__standing_outcome() reads';

CREATE OR REPLACE FUNCTION ce__standing_outcome(code integer, level ce_level) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_standing_outcome';
COMMENT ON FUNCTION ce__standing_outcome(integer, ce_level) IS 'internal: one verdict from a number of ce__standing_code(), as the label of ce_outcome';

CREATE OR REPLACE FUNCTION ce_attested(person_id bigint, as_of date DEFAULT ce_today())
	RETURNS TABLE (year integer, hours ce_hours, award boolean)
	LANGUAGE c STABLE STRICT PARALLEL SAFE ROWS 5 AS 'MODULE_PATHNAME', 'ce_attested_years';
COMMENT ON FUNCTION ce_attested(bigint, date) IS
	'class hours that attested achievements add for a title, by year of the tenure and of the archive, before caps, and whether an award deems a subject of the year complete (5.2.5, 7.3d)';

CREATE OR REPLACE FUNCTION ce__attested(person_id bigint, org_id bigint, scheme text, held_since date, as_of date)
	RETURNS TABLE (year integer, hours ce_hours, award boolean)
	LANGUAGE c STABLE PARALLEL SAFE ROWS 5 AS 'MODULE_PATHNAME', 'ce_attested_years_of_row';
COMMENT ON FUNCTION ce__attested(bigint, bigint, text, date, date) IS
	'internal: ce_attested() of the person whose row in ce_person is given';

CREATE OR REPLACE FUNCTION ce__archived(person_id bigint, as_of date)
	RETURNS TABLE (achievement_id bigint, year integer, rule_id integer, category text, hours ce_hours,
				   deems_public boolean, deems_professional boolean, credit ce_credit)
	LANGUAGE c STABLE STRICT PARALLEL SAFE ROWS 2 AS 'MODULE_PATHNAME', 'ce__archived';
COMMENT ON FUNCTION ce__archived(bigint, date) IS
	'internal: attested achievements that a law puts into the archive (ce_rule.in_archive), a row for each of their years, as of a day';

CREATE OR REPLACE FUNCTION ce__assess(scheme text, year integer, credit ce_credit, attested ce_hours, award boolean,
						  OUT public_hours ce_hours, OUT professional_hours ce_hours, OUT total_hours ce_hours,
						  OUT online_hours ce_hours, OUT training_hours ce_hours,
						  OUT mentoring_hours ce_hours, OUT mentoring_hours_raw ce_hours, OUT recorded_hours ce_hours,
						  OUT allocated_public ce_hours, OUT allocated_professional ce_hours,
						  OUT public_deemed boolean, OUT professional_deemed boolean,
						  OUT required_public ce_hours, OUT required_professional ce_hours, OUT required_total ce_hours,
						  OUT public_short ce_hours, OUT professional_short ce_hours, OUT total_short ce_hours,
						  OUT met boolean, OUT met_for_title boolean)
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_assess_year';
COMMENT ON FUNCTION ce__assess(text, integer, ce_credit, ce_hours, boolean) IS
	'internal: ce_assess() with the attested hours as ce_hours';

CREATE OR REPLACE FUNCTION ce_assess(scheme text, year integer, credit ce_credit, attested numeric, award boolean,
						  OUT public_hours ce_hours, OUT professional_hours ce_hours, OUT total_hours ce_hours,
						  OUT online_hours ce_hours, OUT training_hours ce_hours,
						  OUT mentoring_hours ce_hours, OUT mentoring_hours_raw ce_hours, OUT recorded_hours ce_hours,
						  OUT allocated_public ce_hours, OUT allocated_professional ce_hours,
						  OUT public_deemed boolean, OUT professional_deemed boolean,
						  OUT required_public ce_hours, OUT required_professional ce_hours, OUT required_total ce_hours,
						  OUT public_short ce_hours, OUT professional_short ce_hours, OUT total_short ce_hours,
						  OUT met boolean, OUT met_for_title boolean)
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
	BEGIN ATOMIC
		SELECT * FROM ce__assess($1, $2, $3, ce_hours($4), $5);
	END;
COMMENT ON FUNCTION ce_assess(text, integer, ce_credit, numeric, boolean) IS
	'assesses a credit under a year''s law: recognised, required and missing hours (4.1); requirement and verdict are null if the law has no row for the year';

-- For ce_yearly_totals, which has the rows: all numbers of a year at once, and each of them by the name of its column.
CREATE OR REPLACE FUNCTION ce__totals(moved boolean, person_id bigint, org_id bigint, scheme text, held_since date, year integer, credit ce_credit,
										achieved boolean, as_of date)
	RETURNS bytea LANGUAGE c STABLE PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'ce_totals_of_row';
COMMENT ON FUNCTION ce__totals(boolean, bigint, bigint, text, date, integer, ce_credit, boolean, date) IS
	'internal: a year of the person whose row in ce_person is given, with the hours attested by the day if achieved is true, as a value that ce__totals_hours() and ce__totals_flag() read';

CREATE OR REPLACE FUNCTION ce__totals_hours(totals bytea, name text) RETURNS numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_totals_hours_by_name';
COMMENT ON FUNCTION ce__totals_hours(bytea, text) IS 'internal: class hours out of a value of ce__totals(), by the name of a column of ce_yearly_totals';

CREATE OR REPLACE FUNCTION ce__totals_flag(totals bytea, name text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_totals_flag_by_name';
COMMENT ON FUNCTION ce__totals_flag(bytea, text) IS 'internal: a condition out of a value of ce__totals(), by the name of a boolean column of ce_yearly_totals';

CREATE OR REPLACE FUNCTION ce__minima(moved boolean, person_id bigint, org_id bigint, scheme text, held_since date, year integer, credit ce_credit, achieved boolean, as_of date)
	RETURNS TABLE (ord integer, category text, label_zh text, label_en text, required numeric, got numeric, short numeric, deemed boolean, instrument text, clause text)
	LANGUAGE c STABLE PARALLEL SAFE ROWS 4 AS 'MODULE_PATHNAME', 'ce__minima';
COMMENT ON FUNCTION ce__minima(boolean, bigint, bigint, text, date, integer, ce_credit, boolean, date) IS
	'internal: the minima of a year of the person whose row in ce_person is given, for ce_year_minima';

CREATE OR REPLACE FUNCTION ce_account_as_of(person_id bigint, year integer, as_of date DEFAULT ce_today()) RETURNS ce_credit
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_account_of_day';
COMMENT ON FUNCTION ce_account_as_of(bigint, integer, date) IS
	'a person''s year as it was verified on a day, for ce_assess(): verified by then, not yet revoked, with the allocations made by then (AMB-41)';

CREATE OR REPLACE FUNCTION ce_next_body(org_id bigint, reviewed_by bigint) RETURNS bigint
	LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_next_body';
COMMENT ON FUNCTION ce_next_body(bigint, bigint) IS
	'the body that reviews next for an employer after reviewed_by (null: nobody yet), null where none does (7.4a, 7.5)';

CREATE OR REPLACE FUNCTION ce_scheme_in_year(person_id bigint, year integer, as_of date DEFAULT ce_today()) RETURNS text
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_scheme_of_year';
COMMENT ON FUNCTION ce_scheme_in_year(bigint, integer, date) IS
	'the scheme whose rules judge a person''s year: the one that the person was under at its end or, if that is earlier, on a day; null: no such person';

-- For views, which have the person's row.
CREATE OR REPLACE FUNCTION ce__scheme_in_year(moved boolean, person_id bigint, scheme text, year integer, as_of date) RETURNS text
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_scheme_of_year_of_row';
COMMENT ON FUNCTION ce__scheme_in_year(boolean, bigint, text, integer, date) IS 'internal: ce_scheme_in_year() of the person whose row in ce_person is given';

CREATE OR REPLACE FUNCTION ce__scheme_on(moved boolean, person_id bigint, scheme text, day date) RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_scheme_of_day_of_row';
COMMENT ON FUNCTION ce__scheme_on(boolean, bigint, text, date) IS 'internal: the scheme that the person whose row in ce_person is given was under at the end of a day; of no day: the present one';

CREATE OR REPLACE FUNCTION ce__to_award(awarded ce_hours, moved boolean, person_id bigint, scheme text, kind text, plan_id bigint, completed_on date,
										started_on date, days numeric, hours ce_hours, grade text, role text, rank integer, quantity numeric) RETURNS ce_hours
	LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_to_award';
COMMENT ON FUNCTION ce__to_award(ce_hours, boolean, bigint, text, text, bigint, date, date, numeric, ce_hours, text, text, integer, numeric) IS
	'internal: the hours that verification will give an activity by today''s law, null: it refuses it; those derived so far where no scheme is given';

--
-- Which law rows apply, also those of the schemes that one is based on: SQL that
-- has to know asks here, and so cannot differ from C.
--

CREATE OR REPLACE FUNCTION ce__bases(scheme text) RETURNS TABLE (of_scheme text, depth integer)
	LANGUAGE c STABLE STRICT PARALLEL SAFE ROWS 2 AS 'MODULE_PATHNAME', 'ce_bases';
COMMENT ON FUNCTION ce__bases(text) IS 'internal: a scheme (depth 0) and those that it is based on; of their rows about the same that of the least depth applies';

CREATE OR REPLACE FUNCTION ce__requirements(scheme text) RETURNS TABLE (of_scheme text, from_year integer, to_year integer)
	LANGUAGE c STABLE STRICT PARALLEL SAFE ROWS 5 AS 'MODULE_PATHNAME', 'ce_requirements';
COMMENT ON FUNCTION ce__requirements(text) IS 'internal: keys and years of all rows of ce_requirement that a scheme has, its own and those of the schemes that it is based on';

CREATE OR REPLACE FUNCTION ce__requirement(scheme text, year integer) RETURNS TABLE (of_scheme text, from_year integer, instrument text, clause text)
	LANGUAGE c STABLE STRICT PARALLEL SAFE ROWS 1 AS 'MODULE_PATHNAME', 'ce_requirement_of_year';
COMMENT ON FUNCTION ce__requirement(text, integer) IS 'internal: the row of ce_requirement that applies to a scheme in a year, by its key; no row: none does';

CREATE OR REPLACE FUNCTION ce__requires(scheme text, year integer) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_requires';
COMMENT ON FUNCTION ce__requires(text, integer) IS 'internal: whether a scheme is governed and has a requirement for a year';

CREATE OR REPLACE FUNCTION ce__caps(scheme text, year integer)
	RETURNS TABLE (of_scheme text, category text, from_year integer, hours ce_hours, instrument text, clause text)
	LANGUAGE c STABLE STRICT PARALLEL SAFE ROWS 2 AS 'MODULE_PATHNAME', 'ce_caps_of_year';
COMMENT ON FUNCTION ce__caps(text, integer) IS 'internal: the rows of ce_cap that apply to a scheme in a year, one a category; hours null: the row ends a cap';

CREATE OR REPLACE FUNCTION ce__nested_caps(scheme text, year integer) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce__nested_caps';
COMMENT ON FUNCTION ce__nested_caps(text, integer) IS 'internal: whether the law of a year caps several categories together';

CREATE OR REPLACE FUNCTION ce__recognised(person_id bigint, scheme text, year integer)
	RETURNS TABLE (activity_id bigint, achievement_id bigint, recognised numeric, hours numeric, category text, clause text)
	LANGUAGE c STABLE STRICT PARALLEL SAFE ROWS 10 AS 'MODULE_PATHNAME', 'ce__recognised';
COMMENT ON FUNCTION ce__recognised(bigint, text, integer) IS 'internal: what the caps of a year recognise of each verified activity of a person and of each achievement in the archive, used up in order of date, and the cap that cut it';

CREATE OR REPLACE FUNCTION ce__minimum_rows(scheme text, year integer)
	RETURNS TABLE (of_scheme text, category text, from_year integer, hours ce_hours, instrument text, clause text)
	LANGUAGE c STABLE STRICT PARALLEL SAFE ROWS 2 AS 'MODULE_PATHNAME', 'ce_minima_of_year';
COMMENT ON FUNCTION ce__minimum_rows(text, integer) IS 'internal: the rows of ce_minimum that apply to a scheme in a year, one a category';

CREATE OR REPLACE FUNCTION ce__rules(scheme text, year integer) RETURNS TABLE (rule_id integer, kind text)
	LANGUAGE c STABLE STRICT PARALLEL SAFE ROWS 30 AS 'MODULE_PATHNAME', 'ce_rules_of_year';
COMMENT ON FUNCTION ce__rules(text, integer) IS 'internal: the rows of ce_rule that apply to a scheme in a year, not replaced by others of their kind';

CREATE OR REPLACE FUNCTION ce__windows(scheme text, year integer) RETURNS TABLE (window_id integer, route ce_route, level ce_level)
	LANGUAGE c STABLE STRICT PARALLEL SAFE ROWS 12 AS 'MODULE_PATHNAME', 'ce_windows_of_year';
COMMENT ON FUNCTION ce__windows(text, integer) IS 'internal: the rows of ce_window that apply to a scheme in a year, not replaced by others of their route and level';

CREATE OR REPLACE FUNCTION ce__sums_years(scheme text, year integer) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce__sums_years';
COMMENT ON FUNCTION ce__sums_years(text, integer) IS 'internal: whether all windows of a scheme that apply to applications of a year, or of the next one that has some, add up their years and ask nothing of a single one';

CREATE OR REPLACE FUNCTION ce__category_root(category text) RETURNS text
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce__category_root';
COMMENT ON FUNCTION ce__category_root(text) IS 'internal: the subject that a category belongs to, by the tree of ce_category';

-- A waiver of all hours of a subject is one of every category of it.
CREATE OR REPLACE FUNCTION ce__waives(subject text, hours ce_hours, category text) RETURNS boolean
	LANGUAGE sql STABLE PARALLEL SAFE
	RETURN category = 'total' OR coalesce(category = subject, false) OR (hours IS NULL AND (subject IS NULL OR subject = ce__category_root(category)));
COMMENT ON FUNCTION ce__waives(text, ce_hours, text) IS 'internal: whether a waiver of a subject (null: the year) and hours (null: all) takes something off the minimum of a category, or off all hours (total)';

CREATE OR REPLACE FUNCTION ce__ban_years(scheme text) RETURNS integer
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_ban_years';
COMMENT ON FUNCTION ce__ban_years(text) IS 'internal: the years that a ban lasts under a scheme (6.2b), its own or those of the scheme that it is based on; null: it has no ban';

--
-- What the views of version 0.2.0 call between ALTER EXTENSION ... UPDATE and
-- ce_setup(), which replaces them, and other names of 0.2.0 for internal functions.
-- To go in the version after 0.3.0.
--

CREATE OR REPLACE FUNCTION ce_ledger() RETURNS void
	LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_ledger';
COMMENT ON FUNCTION ce_ledger() IS 'deprecated: the name of the internal ce__require_ledger() before 0.3.0';

CREATE OR REPLACE FUNCTION ce_standing_code(person_id bigint, org_id bigint, scheme text, doctorate_on date, held_level ce_level,
											held_since date, sanctioned boolean, as_of date) RETURNS integer
	LANGUAGE c STABLE PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'ce_standing_code';
COMMENT ON FUNCTION ce_standing_code(bigint, bigint, text, date, ce_level, date, boolean, date) IS
	'deprecated: the internal ce__standing_code(), of a person who was never under another scheme';

CREATE OR REPLACE FUNCTION ce_standing_outcome(code integer, level ce_level) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_standing_outcome';
COMMENT ON FUNCTION ce_standing_outcome(integer, ce_level) IS 'deprecated: the name of the internal ce__standing_outcome() before 0.3.0';

CREATE OR REPLACE FUNCTION ce_attested(person_id bigint, org_id bigint, scheme text, held_since date, as_of date)
	RETURNS TABLE (year integer, hours ce_hours, award boolean)
	LANGUAGE c STABLE STRICT PARALLEL SAFE ROWS 5 AS 'MODULE_PATHNAME', 'ce_attested_years_of_row';
COMMENT ON FUNCTION ce_attested(bigint, bigint, text, date, date) IS 'deprecated: the name of the internal ce__attested() before 0.3.0';

CREATE OR REPLACE FUNCTION ce_totals(person_id bigint, org_id bigint, scheme text, held_since date, year integer, credit ce_credit, achieved boolean, as_of date)
	RETURNS bytea LANGUAGE c STABLE PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'ce_totals';
COMMENT ON FUNCTION ce_totals(bigint, bigint, text, date, integer, ce_credit, boolean, date) IS
	'deprecated: the internal ce__totals(), of a person who was never under another scheme';

CREATE OR REPLACE FUNCTION ce_totals_hours(totals bytea, item integer) RETURNS numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_totals_hours';
COMMENT ON FUNCTION ce_totals_hours(bytea, integer) IS 'deprecated: the internal ce__totals_hours(), by the place of the column';

CREATE OR REPLACE FUNCTION ce_totals_flag(totals bytea, item integer) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_totals_flag';
COMMENT ON FUNCTION ce_totals_flag(bytea, integer) IS 'deprecated: the internal ce__totals_flag(), by the place of the column';

CREATE OR REPLACE FUNCTION ce_apply(person_id bigint, level ce_level, route ce_route DEFAULT 'review', applied_on date DEFAULT ce_today(),
						 specialty text DEFAULT NULL, keep_refused boolean DEFAULT false,
						 OUT application_id bigint, OUT status text, OUT verdict ce_outcome)
	LANGUAGE ce_plpgsql VOLATILE AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce__require_ledger();
	PERFORM ce__require_duty_on('ce_application', NULL, 'record');
	PERFORM ce__require_duty_on('ce_application', p.org_id, 'record') FROM ce_person p WHERE p.person_id = $1;
	PERFORM ce__refuse_rules('ce_application', false);
	INSERT INTO ce_application AS a (person_id, level, route, applied_on, specialty, status)
	VALUES ($1, $2, $3, $4, $5,
			CASE WHEN $6 AND ce_verdict($1, $2, $3, $4, $5) <> 'eligible' THEN 'refused' ELSE 'open' END)
	RETURNING a.application_id, a.status, a.verdict INTO application_id, status, verdict;
	PERFORM ce__require_written(FOUND, 'ce_application');
END
$$;
COMMENT ON FUNCTION ce_apply(bigint, ce_level, ce_route, date, text, boolean) IS
	'enters an application for a title; of a person who is not eligible it is an error or, with keep_refused, a row of status refused with its verdict and receipt, for an appeal; returns its number, status and verdict';

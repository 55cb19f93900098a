\echo Use "ALTER EXTENSION ce_hours UPDATE TO '0.2.0'" to load this file. \quit

-- Functions that are new or have changed; afterwards ce_setup() brings the ledger up to date.
--
-- Trigger functions of the ledger's tables
--

CREATE OR REPLACE FUNCTION ce_law_changed() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_law_changed';
COMMENT ON FUNCTION ce_law_changed() IS 'has every backend read the law afresh';

CREATE OR REPLACE FUNCTION ce_org_changed() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_org_changed';
COMMENT ON FUNCTION ce_org_changed() IS 'has every backend read the organisations afresh';

CREATE OR REPLACE FUNCTION ce_org_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_org_check';
COMMENT ON FUNCTION ce_org_check() IS 'refuses a circle of parents (7.4a)';

CREATE OR REPLACE FUNCTION ce_plan_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_plan_check';
COMMENT ON FUNCTION ce_plan_check() IS 'keeps filing to 7.2 and filed plans as they were filed';

CREATE OR REPLACE FUNCTION ce_plan_log() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_plan_log';
COMMENT ON FUNCTION ce_plan_log() IS 'logs every change of a plan''s status in ce_event';

CREATE OR REPLACE FUNCTION ce_activity_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_activity_check';
COMMENT ON FUNCTION ce_activity_check() IS 'converts facts into hours (5) and keeps the way to verification (7)';

CREATE OR REPLACE FUNCTION ce_activity_post() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_activity_post';
COMMENT ON FUNCTION ce_activity_post() IS 'gathers what a row changes in the accounts and the log';

CREATE OR REPLACE FUNCTION ce_post_flush() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_post_flush';
COMMENT ON FUNCTION ce_post_flush() IS 'posts what row triggers gathered, in key order';

CREATE OR REPLACE FUNCTION ce_append_only() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_append_only';
COMMENT ON FUNCTION ce_append_only() IS 'refuses the statement that fires it';

CREATE OR REPLACE FUNCTION ce_org_in_use() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_org_in_use';
COMMENT ON FUNCTION ce_org_in_use() IS 'refuses to delete an organisation that activities name as employer or verifying body';

CREATE OR REPLACE FUNCTION ce_kept_by_triggers() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_kept_by_triggers';
COMMENT ON FUNCTION ce_kept_by_triggers() IS 'refuses rows that the ledger''s own triggers do not write';

CREATE OR REPLACE FUNCTION ce_kind_in_use() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_kind_in_use';
COMMENT ON FUNCTION ce_kind_in_use() IS 'refuses to change a kind that activities rest on';

CREATE OR REPLACE FUNCTION ce_allocation_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_allocation_check';
COMMENT ON FUNCTION ce_allocation_check() IS 'keeps spreading to the years and bodies of 7.6';

CREATE OR REPLACE FUNCTION ce_allocation_post() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_allocation_post';
COMMENT ON FUNCTION ce_allocation_post() IS 'posts spread hours to both years and bounds them by surplus and shortfall (7.6e)';

CREATE OR REPLACE FUNCTION ce_achievement_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_achievement_check';
COMMENT ON FUNCTION ce_achievement_check() IS 'takes what the table of 5.2.5 lists, and keeps what was attested';

CREATE OR REPLACE FUNCTION ce_sanction_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_sanction_check';
COMMENT ON FUNCTION ce_sanction_check() IS 'keeps findings as they were made (6.2)';

CREATE OR REPLACE FUNCTION ce_sanction_effect() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_sanction_effect';
COMMENT ON FUNCTION ce_sanction_effect() IS 'marks the person and cancels open applications (6.2a)';

CREATE OR REPLACE FUNCTION ce_application_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_application_check';
COMMENT ON FUNCTION ce_application_check() IS 'takes an application only from who is eligible on the day';

CREATE OR REPLACE FUNCTION ce_title_log() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_title_log';
COMMENT ON FUNCTION ce_title_log() IS 'logs changes of achievements, sanctions and applications in ce_event';

CREATE OR REPLACE FUNCTION ce_person_check() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_person_check';
COMMENT ON FUNCTION ce_person_check() IS 'keeps the mark of sanctioned persons (6.2)';
--
-- Messages of SQL functions and views, from the catalogue of the C code (po/)
--

CREATE OR REPLACE FUNCTION ce_text(message text) RETURNS text
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_text';
COMMENT ON FUNCTION ce_text(text) IS
	'a message, label or interpretation of ce_hours in the language of lc_messages; what has no translation is returned as it is';
--
-- Questions: who may apply for which title.  All STABLE, PARALLEL SAFE and
-- fit for a read-only standby; they read by the caller's privileges.
--

CREATE OR REPLACE FUNCTION ce_ledger() RETURNS void
	LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_ledger';
COMMENT ON FUNCTION ce_ledger() IS 'an error that names ce_setup() if there is no ledger yet';

CREATE OR REPLACE FUNCTION ce_today() RETURNS date
	LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_today';
COMMENT ON FUNCTION ce_today() IS 'today in Asia/Shanghai, whatever the session''s time zone (AMB-40)';

CREATE OR REPLACE FUNCTION ce_eligible(person_id bigint, level ce_level, route ce_route DEFAULT 'review',
							as_of date DEFAULT ce_today(), specialty text DEFAULT NULL, scheme text DEFAULT NULL) RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'ce_eligible';
COMMENT ON FUNCTION ce_eligible(bigint, ce_level, ce_route, date, text, text) IS
	'whether the person may apply for a title of the level as of a day (4.2); null: not known here, out of scope or no rule';

CREATE OR REPLACE FUNCTION ce_eligible(person_no text, level ce_level, route ce_route DEFAULT 'review',
							as_of date DEFAULT ce_today(), specialty text DEFAULT NULL, scheme text DEFAULT NULL) RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'ce_eligible_by_no';
COMMENT ON FUNCTION ce_eligible(text, ce_level, ce_route, date, text, text) IS
	'the same by person_no';

CREATE OR REPLACE FUNCTION ce_verdict(person_id bigint, level ce_level, route ce_route DEFAULT 'review',
						   as_of date DEFAULT ce_today(), specialty text DEFAULT NULL, scheme text DEFAULT NULL) RETURNS ce_outcome
	LANGUAGE c STABLE PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'ce_verdict';
COMMENT ON FUNCTION ce_verdict(bigint, ce_level, ce_route, date, text, text) IS
	'the verdict on an application as of a day (4.2): eligible, not_eligible, pending, banned, out_of_scope, no_rule, unknown_person';

CREATE OR REPLACE FUNCTION ce_verdict(person_no text, level ce_level, route ce_route DEFAULT 'review',
						   as_of date DEFAULT ce_today(), specialty text DEFAULT NULL, scheme text DEFAULT NULL) RETURNS ce_outcome
	LANGUAGE c STABLE PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'ce_verdict_by_no';
COMMENT ON FUNCTION ce_verdict(text, ce_level, ce_route, date, text, text) IS
	'the same by person_no';

CREATE OR REPLACE FUNCTION ce_standing(person_id bigint, as_of date DEFAULT ce_today(),
							OUT junior ce_outcome, OUT intermediate ce_outcome, OUT senior ce_outcome, OUT full_senior ce_outcome)
	LANGUAGE c STABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'ce_standing';
COMMENT ON FUNCTION ce_standing(bigint, date) IS 'the verdicts for all levels by the review route, as of a day';

-- For ce_eligibility, which has the persons' rows: everybody's accounts are read in one pass.
CREATE OR REPLACE FUNCTION ce_standing_code(person_id bigint, org_id bigint, scheme text, doctorate_on date, held_level ce_level,
											held_since date, sanctioned boolean, as_of date) RETURNS integer
	LANGUAGE c STABLE PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'ce_standing_code';
COMMENT ON FUNCTION ce_standing_code(bigint, bigint, text, date, ce_level, date, boolean, date) IS
	'the verdicts for all levels by the review route, as of a day, of the person whose row in ce_person is given, as a number that ce_standing_outcome() reads';

CREATE OR REPLACE FUNCTION ce_standing_outcome(code integer, level ce_level) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_standing_outcome';
COMMENT ON FUNCTION ce_standing_outcome(integer, ce_level) IS 'one verdict out of a number of ce_standing_code(), as the label of ce_outcome';

CREATE OR REPLACE FUNCTION ce_attested(person_id bigint, as_of date DEFAULT ce_today())
	RETURNS TABLE (year integer, hours ce_hours, award boolean)
	LANGUAGE c STABLE STRICT PARALLEL SAFE ROWS 5 AS 'MODULE_PATHNAME', 'ce_attested_years';
COMMENT ON FUNCTION ce_attested(bigint, date) IS
	'professional class hours that attested achievements add for a title, by year of the tenure, and whether an award deems the year complete (5.2.5, 7.3d)';

CREATE OR REPLACE FUNCTION ce_attested(person_id bigint, org_id bigint, scheme text, held_since date, as_of date)
	RETURNS TABLE (year integer, hours ce_hours, award boolean)
	LANGUAGE c STABLE STRICT PARALLEL SAFE ROWS 5 AS 'MODULE_PATHNAME', 'ce_attested_years_of_row';
COMMENT ON FUNCTION ce_attested(bigint, bigint, text, date, date) IS
	'the same of the person whose row in ce_person is given';

CREATE OR REPLACE FUNCTION ce_assess(scheme text, year integer, credit ce_credit, attested ce_hours, award boolean,
						  OUT public_hours ce_hours, OUT professional_hours ce_hours, OUT total_hours ce_hours,
						  OUT online_hours ce_hours, OUT training_hours ce_hours,
						  OUT mentoring_hours ce_hours, OUT mentoring_hours_raw ce_hours, OUT recorded_hours ce_hours,
						  OUT allocated_public ce_hours, OUT allocated_professional ce_hours,
						  OUT public_deemed boolean, OUT professional_deemed boolean,
						  OUT required_public ce_hours, OUT required_professional ce_hours, OUT required_total ce_hours,
						  OUT public_short ce_hours, OUT professional_short ce_hours, OUT total_short ce_hours,
						  OUT met boolean, OUT met_for_title boolean)
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_assess_year';
COMMENT ON FUNCTION ce_assess(text, integer, ce_credit, ce_hours, boolean) IS
	'what a year''s law makes of a credit: recognised hours, what is required and what is short (4.1); null requirement and verdict where the law has no row for the year';

-- For ce_yearly_totals, which has the rows: all numbers of a year at once, and each of them by its place.
CREATE OR REPLACE FUNCTION ce_totals(person_id bigint, org_id bigint, scheme text, held_since date, year integer, credit ce_credit, achieved boolean, as_of date)
	RETURNS bytea LANGUAGE c STABLE PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'ce_totals';
COMMENT ON FUNCTION ce_totals(bigint, bigint, text, date, integer, ce_credit, boolean, date) IS
	'a year of the person whose row in ce_person is given, with what was attested by the day if achieved says that there may be something, as a value that ce_totals_hours() and ce_totals_flag() read';

CREATE OR REPLACE FUNCTION ce_totals_hours(totals bytea, item integer) RETURNS numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_totals_hours';
COMMENT ON FUNCTION ce_totals_hours(bytea, integer) IS 'class hours out of a value of ce_totals(), by their place among the columns of ce_yearly_totals that are hours, 0 to 16';

CREATE OR REPLACE FUNCTION ce_totals_flag(totals bytea, item integer) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_totals_flag';
COMMENT ON FUNCTION ce_totals_flag(bytea, integer) IS 'a condition out of a value of ce_totals(), by its place among the columns of ce_yearly_totals that are boolean, 0 to 3';

CREATE OR REPLACE FUNCTION ce_account_as_of(person_id bigint, year integer, as_of date DEFAULT ce_today()) RETURNS ce_credit
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_account_of_day';
COMMENT ON FUNCTION ce_account_as_of(bigint, integer, date) IS
	'a person''s year as it was verified on a day, for ce_assess(): verified by then, not yet revoked, with what was spread by then (AMB-41)';

CREATE OR REPLACE FUNCTION ce_next_body(org_id bigint, reviewed_by bigint) RETURNS bigint
	LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_next_body';
COMMENT ON FUNCTION ce_next_body(bigint, bigint) IS
	'the body that reviews next for an employer after reviewed_by (null: nobody yet), null where none does (7.4a, 7.5)';
--
-- Reasons: the conditions of a verdict, and a receipt of it
--

CREATE OR REPLACE FUNCTION ce_explain(person_id bigint, level ce_level, route ce_route DEFAULT 'review',
						   as_of date DEFAULT ce_today(), specialty text DEFAULT NULL, scheme text DEFAULT NULL)
	RETURNS TABLE (ord integer, clause text, year integer, condition text, required numeric, got numeric, short numeric,
				   ok boolean, message text, cure text)
	LANGUAGE c STABLE PARALLEL SAFE ROWS 12 AS 'MODULE_PATHNAME', 'ce_explain';
COMMENT ON FUNCTION ce_explain(bigint, ce_level, ce_route, date, text, text) IS
	'the conditions of the verdict, one by one: clause, class hours required, got and short, and what would cure what is not met; eligible is when all are ok';

CREATE OR REPLACE FUNCTION ce_explain(person_no text, level ce_level, route ce_route DEFAULT 'review',
						   as_of date DEFAULT ce_today(), specialty text DEFAULT NULL, scheme text DEFAULT NULL)
	RETURNS TABLE (ord integer, clause text, year integer, condition text, required numeric, got numeric, short numeric,
				   ok boolean, message text, cure text)
	LANGUAGE c STABLE PARALLEL SAFE ROWS 12 AS 'MODULE_PATHNAME', 'ce_explain_by_no';
COMMENT ON FUNCTION ce_explain(text, ce_level, ce_route, date, text, text) IS 'the same by person_no';

CREATE OR REPLACE FUNCTION ce_grounds(person_id bigint, level ce_level, route ce_route DEFAULT 'review',
						   as_of date DEFAULT ce_today(), specialty text DEFAULT NULL, scheme text DEFAULT NULL) RETURNS jsonb
	LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_grounds';
COMMENT ON FUNCTION ce_grounds(bigint, ce_level, ce_route, date, text, text) IS
	'the verdict with what went into it: the person''s facts, each year''s credit and attested hours; ce_receipt() adds the law rows';

CREATE OR REPLACE FUNCTION ce_receipt(person_id bigint, level ce_level, route ce_route DEFAULT 'review',
						   as_of date DEFAULT ce_today(), specialty text DEFAULT NULL, scheme text DEFAULT NULL) RETURNS jsonb
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
#variable_conflict use_column
DECLARE
	grounds jsonb := ce_grounds($1, $2, $3, $4, $5, $6);
	in_scheme text := grounds ->> 'scheme';
	law jsonb;
	inputs jsonb;
	y integer;
BEGIN
	IF grounds IS NULL THEN
		RETURN NULL;
	END IF;
	SELECT coalesce(jsonb_object_agg('ce_scheme ' || s.scheme, to_jsonb(s)), '{}') INTO law
	  FROM ce_scheme s WHERE s.scheme = in_scheme;
	SELECT law || coalesce(jsonb_object_agg('ce_window ' || w.window_id, to_jsonb(w)), '{}') INTO law
	  FROM ce_window w WHERE w.window_id = (grounds ->> 'window_id')::integer;
	FOR y IN SELECT k::integer FROM jsonb_object_keys(coalesce(grounds -> 'years', '{}')) k LOOP
		SELECT law || coalesce(jsonb_object_agg(format('ce_requirement %s %s', r.scheme, r.from_year), to_jsonb(r)), '{}') INTO law
		  FROM (SELECT * FROM ce_requirement q
				 WHERE q.scheme = in_scheme AND y BETWEEN q.from_year AND coalesce(q.to_year, y)
				 ORDER BY q.from_year DESC LIMIT 1) r;
		SELECT law || coalesce(jsonb_object_agg(format('ce_cap %s %s %s', c.scheme, c.category, c.from_year), to_jsonb(c)), '{}') INTO law
		  FROM ce_cap c WHERE c.scheme = in_scheme AND y BETWEEN c.from_year AND coalesce(c.to_year, y);
	END LOOP;
	-- The rows of 5.2.5 in force on the day, of the kinds that were attested then.
	IF grounds ? 'window_id' THEN
		SELECT law || coalesce(jsonb_object_agg('ce_rule ' || r.rule_id, to_jsonb(r)), '{}') INTO law
		  FROM ce_rule r
		 WHERE r.scheme = in_scheme AND extract(year FROM $4) BETWEEN r.from_year AND coalesce(r.to_year, 2147483647)
		   AND r.kind IN (SELECT v.kind FROM ce_achievement v WHERE v.person_id = $1 AND v.attested_on <= $4);
	END IF;
	inputs := grounds - 'verdict';
	RETURN jsonb_build_object(
		'question', jsonb_build_object('person_id', $1, 'level', $2::text, 'route', $3::text, 'as_of', $4, 'specialty', $5, 'scheme', $6),
		'verdict', grounds -> 'verdict', 'inputs', inputs, 'law', law,
		'hash', jsonb_build_object('inputs', encode(sha256(convert_to(inputs::text, 'UTF8')), 'hex'),
								   'law', encode(sha256(convert_to(law::text, 'UTF8')), 'hex')));
END
$$;
COMMENT ON FUNCTION ce_receipt(bigint, ce_level, ce_route, date, text, text) IS
	'a receipt of the verdict: the question, the inputs and the law rows used, and a hash of both; ce_receipt_check() asks again later';

CREATE OR REPLACE FUNCTION ce_receipt_check(receipt jsonb) RETURNS TABLE (part text, recorded jsonb, now jsonb)
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
#variable_conflict use_column
DECLARE
	q jsonb := receipt -> 'question';
	fresh jsonb;
BEGIN
	PERFORM ce_ledger();
	IF q ->> 'person_id' IS NULL OR q ->> 'level' IS NULL OR q ->> 'route' IS NULL OR q ->> 'as_of' IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = ce_text('this is not a receipt'),
			DETAIL = ce_text('It has no complete "question".'), HINT = ce_text('Give what ce_receipt() returned.');
	END IF;
	fresh := ce_receipt((q ->> 'person_id')::bigint, (q ->> 'level')::ce_level, (q ->> 'route')::ce_route,
						(q ->> 'as_of')::date, q ->> 'specialty', q ->> 'scheme');
	RETURN QUERY
	SELECT 'verdict'::text, receipt -> 'verdict', fresh -> 'verdict'
	 WHERE receipt -> 'verdict' IS DISTINCT FROM fresh -> 'verdict'
	UNION ALL
	SELECT a.part || ' ' || d.key, d.recorded, d.now
	  FROM (VALUES ('law', receipt -> 'law', fresh -> 'law'),
				   ('year', receipt #> '{inputs,years}', fresh #> '{inputs,years}'),
				   ('input', (receipt -> 'inputs') - 'years', (fresh -> 'inputs') - 'years')) AS a (part, recorded, now)
	 CROSS JOIN LATERAL (
			SELECT coalesce(o.key, n.key) AS key, o.value AS recorded, n.value AS now
			  FROM jsonb_each(coalesce(a.recorded, '{}')) o
			  FULL JOIN jsonb_each(coalesce(a.now, '{}')) n ON n.key = o.key) d
	 WHERE d.recorded IS DISTINCT FROM d.now;
END
$$;
COMMENT ON FUNCTION ce_receipt_check(jsonb) IS
	'asks the question of a receipt again: one row for the verdict, each input and each law row that is not what it was, none when all is the same';
--
-- Steps that bodies take.  They write as the caller; the triggers of the
-- tables hold the rules.
--

CREATE OR REPLACE FUNCTION ce_file(plan_ids bigint[], by_org bigint, filed_on date DEFAULT ce_today())
	RETURNS TABLE (plan_id bigint, status ce_plan_status)
	LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_file';
COMMENT ON FUNCTION ce_file(bigint[], bigint, date) IS
	'takes plans one step on their way to being filed (7.2): the review where one is due, else the filing by the HRSS office; all or none';

CREATE OR REPLACE FUNCTION ce_verify(activity_ids bigint[], by_org bigint, verified_on date DEFAULT ce_today())
	RETURNS TABLE (activity_id bigint, status ce_status)
	LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_verify';
COMMENT ON FUNCTION ce_verify(bigint[], bigint, date) IS
	'takes activities one step of the chain of bodies (7.4a); the last body''s step verifies; all or none';

CREATE OR REPLACE FUNCTION ce_reject(activity_ids bigint[], by_org bigint, reason text)
	RETURNS TABLE (activity_id bigint, status ce_status)
	LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_reject';
COMMENT ON FUNCTION ce_reject(bigint[], bigint, text) IS
	'rejects activities that wait for verification, by the body whose turn it is (7.4); all or none';

CREATE OR REPLACE FUNCTION ce_revoke(activity_ids bigint[], by_org bigint, reason text, revoked_on date DEFAULT ce_today())
	RETURNS TABLE (activity_id bigint, status ce_status)
	LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_revoke';
COMMENT ON FUNCTION ce_revoke(bigint[], bigint, text, date) IS
	'revokes verified activities, by the body that verified or one above it (6.2d); all or none';
--
-- Catch-up study (7.6) and what-if
--

CREATE OR REPLACE FUNCTION ce_allocate(person_id bigint, from_year integer, to_year integer, subject ce_subject, hours ce_hours,
							by_org bigint, allocated_on date DEFAULT ce_today()) RETURNS bigint
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
#variable_conflict use_column
DECLARE
	id bigint;
BEGIN
	PERFORM ce_ledger();
	INSERT INTO ce_allocation (person_id, from_year, to_year, subject, hours, allocated_by, allocated_on)
	VALUES ($1, $2, $3, $4, $5, $6, $7)
	RETURNING allocation_id INTO id;
	RETURN id;
END
$$;
COMMENT ON FUNCTION ce_allocate(bigint, integer, integer, ce_subject, ce_hours, bigint, date) IS
	'spreads surplus class hours of a subject from the study year to an earlier year (7.6e), by the body that verifies for the person; returns the allocation''s id';

CREATE OR REPLACE FUNCTION ce_reverse_allocation(allocation_id bigint, by_org bigint, reason text, reversed_on date DEFAULT ce_today()) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
BEGIN
	PERFORM ce_ledger();
	UPDATE ce_allocation a SET reversed_by = $2, note = $3, reversed_on = $4
	 WHERE a.allocation_id = $1 AND a.reversed_on IS NULL;
	IF NOT FOUND THEN
		IF EXISTS (SELECT FROM ce_allocation a WHERE a.allocation_id = $1) THEN
			RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
				MESSAGE = format(ce_text('allocation %s is reversed'), $1),
				DETAIL = ce_text('Clause 7.6e: an allocation is reversed once.'),
				HINT = ce_text('Spread the hours anew with ce_allocate() if they are to count.');
		END IF;
		RAISE EXCEPTION USING ERRCODE = 'no_data_found',
			MESSAGE = format(ce_text('allocation %s does not exist'), $1),
			HINT = ce_text('Table ce_allocation lists the allocations.');
	END IF;
END
$$;
COMMENT ON FUNCTION ce_reverse_allocation(bigint, bigint, text, date) IS
	'takes an allocation back with a reason, by the body that verifies for the person (7.6e)';

CREATE OR REPLACE FUNCTION ce_surplus(person_id bigint, study_year integer, subject ce_subject, as_of date DEFAULT ce_today()) RETURNS ce_hours
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_surplus_of_person';
COMMENT ON FUNCTION ce_surplus(bigint, integer, ce_subject, date) IS
	'class hours of a subject that may still be spread from a year (7.6e), negative if too much was; null where the law lets none be spread';

CREATE OR REPLACE FUNCTION ce_allocation_plan(person_id bigint, level ce_level, as_of date DEFAULT ce_today())
	RETURNS TABLE (from_year integer, to_year integer, subject ce_subject, hours ce_hours, message text)
	LANGUAGE c STABLE STRICT PARALLEL SAFE ROWS 4 AS 'MODULE_PATHNAME', 'ce_allocation_plan';
COMMENT ON FUNCTION ce_allocation_plan(bigint, ce_level, date) IS
	'the smallest spread of surplus that makes the person eligible by the review route (7.6e), or one row whose message says why there is none';

CREATE OR REPLACE FUNCTION ce_clone_scheme(from_scheme text, to_scheme text) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
BEGIN
	PERFORM ce_ledger();
	INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, ban_years, instrument, clause, interpretation)
	SELECT $2, s.label_zh, s.label_en, s.governed, s.ban_years, s.instrument, s.clause, s.interpretation
	  FROM ce_scheme s WHERE s.scheme = $1;
	IF NOT FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_object', MESSAGE = format(ce_text('scheme "%s" does not exist'), $1),
			HINT = ce_text('Table ce_scheme lists the schemes.');
	END IF;
	INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, public_hours, professional_hours, filing_due, study_due,
								verification_due, instrument, clause, interpretation)
	SELECT $2, r.from_year, r.to_year, r.total_hours, r.public_hours, r.professional_hours, r.filing_due, r.study_due,
		   r.verification_due, r.instrument, r.clause, r.interpretation
	  FROM ce_requirement r WHERE r.scheme = $1;
	INSERT INTO ce_rule (scheme, kind, grade, role, rank_from, rank_to, from_year, to_year, basis, hours, per_year, instrument, clause, interpretation)
	SELECT $2, r.kind, r.grade, r.role, r.rank_from, r.rank_to, r.from_year, r.to_year, r.basis, r.hours, r.per_year, r.instrument, r.clause, r.interpretation
	  FROM ce_rule r WHERE r.scheme = $1;
	INSERT INTO ce_cap (scheme, category, from_year, to_year, hours, instrument, clause, interpretation)
	SELECT $2, c.category, c.from_year, c.to_year, c.hours, c.instrument, c.clause, c.interpretation
	  FROM ce_cap c WHERE c.scheme = $1;
	INSERT INTO ce_window (scheme, route, level, needs_doctorate, needs_held, aggregation, years, professional_only, same_specialty,
						   from_year, to_year, instrument, clause, interpretation)
	SELECT $2, w.route, w.level, w.needs_doctorate, w.needs_held, w.aggregation, w.years, w.professional_only, w.same_specialty,
		   w.from_year, w.to_year, w.instrument, w.clause, w.interpretation
	  FROM ce_window w WHERE w.scheme = $1;
	INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, instrument, clause, interpretation)
	SELECT $2, c.study_year, c.subject, c.source, c.target_from, c.target_to, c.instrument, c.clause, c.interpretation
	  FROM ce_catchup c WHERE c.scheme = $1;
END
$$;
COMMENT ON FUNCTION ce_clone_scheme(text, text) IS
	'copies all law rows of a scheme under a new name, to try a draft notice on without touching the real one';

CREATE OR REPLACE FUNCTION ce_compare_schemes(a text, b text, level ce_level, as_of date DEFAULT ce_today())
	RETURNS TABLE (person_id bigint, under_a ce_outcome, under_b ce_outcome, change text)
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce_ledger();
	RETURN QUERY
	SELECT v.person_id, v.under_a, v.under_b,
		   CASE WHEN v.under_b = 'eligible' THEN 'gains' WHEN v.under_a = 'eligible' THEN 'loses' ELSE 'changes' END
	  FROM (SELECT p.person_id, ce_verdict(p.person_id, $3, 'review', $4, NULL, $1) AS under_a,
				   ce_verdict(p.person_id, $3, 'review', $4, NULL, $2) AS under_b
			  FROM ce_person p WHERE p.scheme = $1) v
	 WHERE v.under_a <> v.under_b
	 ORDER BY v.person_id;
END
$$;
COMMENT ON FUNCTION ce_compare_schemes(text, text, ce_level, date) IS
	'persons of scheme a whose verdict by the review route would be another under scheme b: gains, loses or changes; hours stay as they were awarded';
--
-- Imports (9.4).  They write as the caller; the triggers of ce_activity hold
-- the rules.
--

CREATE OR REPLACE FUNCTION ce_import(source text, records jsonb)
	RETURNS TABLE (ord bigint, source_ref text, outcome text, message text)
	LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_import';
COMMENT ON FUNCTION ce_import(text, jsonb) IS
	'imports activities of a source, one record or an array, records of fields or xAPI statements (9.4a): each is new, unchanged, conflict, rejected or withdrawn, with the reason; good ones are kept, a record that came before is not doubled (AMB-34)';

-- No SET here: a procedure that has one cannot commit.
CREATE OR REPLACE PROCEDURE ce_import_staged(source text DEFAULT NULL, batch_size integer DEFAULT 10000)
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_import_staged';
COMMENT ON PROCEDURE ce_import_staged(text, integer) IS
	'imports the lines of ce_staging that wait, of one source or (null) of all, in transactions of batch_size lines; call it again after a crash: it goes on where it was';
--
-- An HR system next door: its employee table as the source of ce_person
--

CREATE OR REPLACE FUNCTION ce_link_row() RETURNS trigger
	LANGUAGE c SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_link_row';
COMMENT ON FUNCTION ce_link_row() IS 'trigger of a linked HR table: writes the row''s person to ce_person, as the ledger''s owner';

CREATE OR REPLACE FUNCTION ce_link_truncate() RETURNS trigger
	LANGUAGE c SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_link_truncate';
COMMENT ON FUNCTION ce_link_truncate() IS 'trigger of a linked HR table: removes the persons with their rows, or refuses if one has records';

CREATE OR REPLACE FUNCTION ce_link(hr_table regclass, key name, org name, person_no name DEFAULT NULL, scheme name DEFAULT NULL,
						specialty name DEFAULT NULL, doctorate_on name DEFAULT NULL, held_level name DEFAULT NULL, held_since name DEFAULT NULL)
	RETURNS bigint LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_link';
COMMENT ON FUNCTION ce_link(regclass, name, name, name, name, name, name, name, name) IS
	'keeps ce_person in step with an HR table, given the names of its columns: brings in its rows and puts two triggers on it; again with other columns: replaces the link; returns the number of persons that are new or changed';

CREATE OR REPLACE FUNCTION ce_unlink(hr_table regclass) RETURNS void
	LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_unlink';
COMMENT ON FUNCTION ce_unlink(regclass) IS 'ends a link with an HR table; the persons stay as they are';

CREATE OR REPLACE FUNCTION ce_import_person(records jsonb)
	RETURNS TABLE (ord bigint, person_id bigint, outcome text, message text)
	LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_import_person';
COMMENT ON FUNCTION ce_import_person(jsonb) IS
	'loads persons from an array of objects with person_id, org_id or org_code, person_no, scheme, specialty, doctorate_on, held_level, held_since: new, updated, unchanged or rejected with the field and the reason; good ones are kept, fields that are not given stay';
--
-- Pages: certificate, learning archive and yearly report as one HTML file
-- each, and the code of a certificate.  No script, nothing from elsewhere;
-- every text of the ledger goes through ce_html().  Hours come from the views
-- and from ce_assess(); nothing is computed a second time here.  What GB 2312
-- has no character for is an entity: the database may be in EUC_CN.
--

CREATE OR REPLACE FUNCTION ce_html(txt text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN replace(replace(replace(replace(replace(txt, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;');
COMMENT ON FUNCTION ce_html(text) IS 'a text as HTML: what could end a text or an attribute is escaped';

CREATE OR REPLACE FUNCTION ce_page_number(value numeric) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN rtrim(to_char(value, 'FM999,999,999,999,990.99'), '.');
COMMENT ON FUNCTION ce_page_number(numeric) IS 'a number as pages show it: at most two decimals, thousands apart';

CREATE OR REPLACE FUNCTION ce_page_date(day date, lang text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN CASE lang WHEN 'zh' THEN format('%s年%s月%s日', extract(year FROM day), extract(month FROM day), extract(day FROM day))
		ELSE format('%s %s %s', extract(day FROM day), (ARRAY['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September',
			'October', 'November', 'December'])[extract(month FROM day)::integer], extract(year FROM day)) END;
COMMENT ON FUNCTION ce_page_date(date, text) IS 'a day as pages write it out';

CREATE OR REPLACE FUNCTION ce_page_labels(lang text) RETURNS jsonb
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
BEGIN
	IF lang IS NULL OR lang NOT IN ('zh', 'en') THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format(ce_text('there are no pages in the language "%s"'), lang),
			HINT = ce_text('The languages are zh (Chinese) and en (English).');
	END IF;
	RETURN (SELECT jsonb_object_agg(l.key, CASE $1 WHEN 'zh' THEN l.zh ELSE l.en END) FROM (VALUES
		('html_lang', 'zh-CN', 'en'),
		('certificate', '继续教育证书', 'Certificate of Continuing Education'),
		('statement', '继续教育学时证明', 'Statement of Continuing-Education Hours'),
		('archive', '继续教育学习档案', 'Learning Archive of Continuing Education'),
		('report', '继续教育统计报告', 'Report on Continuing Education'),
		('year', '%s年度', 'Year %s'),
		('page', '第 %s 页，共 %s 页', 'page %s of %s'),
		('person_no', '人员编号', 'Person no.'),
		('name', '姓名', 'Name'),
		('employer', '工作单位', 'Employer'),
		('specialty', '专业', 'Specialty'),
		('held', '现任职称级别', 'Title held'),
		('since', '%s起', 'since %s'),
		('hours', '学时', 'Class hours'),
		('hours_of', '%s学时', '%s hours'),
		('caption', '按科目与要求对照', 'by subject, against the requirement'),
		('subject', '科目', 'Subject'),
		('required', '要求', 'Required'),
		('recognised', '认定学时', 'Recognised'),
		('against', '完成程度', 'Progress'),
		('result', '结论', 'Result'),
		('public', '公需科目', 'Public'),
		('professional', '专业科目', 'Professional'),
		('total', '合计', 'Total'),
		('reached', '达到', 'met'),
		('short', '缺 %s', '%s short'),
		('deemed', '视同完成', 'deemed complete'),
		('no_minimum', '无单独要求', 'no minimum'),
		('no_rule', '无规定', 'no rule'),
		('bar', '%s：认定 %s，要求 %s', '%s: %s recognised, %s required'),
		('percent', '%s%%', '%s %%'),
		('met_text', '经核验，该人员%s年度完成的继续教育学时达到%s规定的学时要求。',
			'The verified hours of %s meet the requirement of %s.'),
		('short_text', '截至出具之日，该人员%s年度经核验的继续教育学时尚未达到%s规定的要求：%s。本页仅证明学时，不是达标证书。',
			'As of the day of issue the verified hours of %s do not meet the requirement of %s: %s. This page states hours; it does not certify that the year is met.'),
		('no_rule_text', '台账中没有%s年度的学时要求。本页仅证明经核验的学时，不作达标结论。',
			'The ledger has no requirement for %s. This page states verified hours and says nothing on whether the year is met.'),
		('scope_text', '“%s”适用其他规定（条款%s）。本页仅证明经核验的学时，不作达标结论。',
			'Other rules govern %s (clause %s). This page states verified hours and says nothing on whether the year is met.'),
		('short_of', '%s缺%s学时', '%s %s hours short'),
		('and', '，', ', '),
		('instrument', '《%1$s》（%2$s）第%3$s条', '%2$s, "%1$s" (%3$s)'),
		('notes', '说明', 'Notes'),
		('note_cap', '%s：折算%s学时，认定%s学时，每年最多认定%s学时（条款%s）。', '%s: %s hours converted, %s recognised, at most %s a year (clause %s).'),
		('note_deemed_public', '公需科目视同完成，依据见明细（条款5.3）。', 'The public hours are deemed complete, see the items (clause 5.3).'),
		('note_deemed_professional', '专业科目视同完成，依据见明细（条款5.2.3、5.3）。', 'The professional hours are deemed complete, see the items (clauses 5.2.3, 5.3).'),
		('note_in', '%s：由%s年度多学部分转入%s学时，%s（条款7.6e）。', '%s: %3$s hours spread from the surplus of %2$s on %4$s (clause 7.6e).'),
		('note_out', '%s：转至%s年度%s学时，%s（条款7.6e）。', '%s: %3$s hours spread to %2$s on %4$s (clause 7.6e).'),
		('note_innovation', '创新成果类学时不入学习档案，申报职称时由单位核算（条款7.3），不在本页内。',
			'Hours for innovation are not in the archive; employers compute them for title applications (clause 7.3). They are not on this page.'),
		('sign_employer', '工作单位（盖章）', 'Employer (signature and seal)'),
		('sign_office', '人力资源社会保障部门（盖章）', 'Human-resources office (signature and seal)'),
		('sign_date', '　　　　年　　月　　日', 'Date'),
		('issued', '出具日期', 'Issued'),
		('code', '验证码', 'Verification code'),
		('year_head', '年度', 'Year'),
		('code_text', '在台账中用 ce_certificate_check 核验；所示人员与学时须与本页一致。',
			'To be checked in the ledger by ce_certificate_check, which must show the person and the hours of this page.'),
		('items', '学时明细', 'Items'),
		('completed', '完成日期', 'Completed'),
		('kind', '类别', 'Kind'),
		('item', '内容', 'Item'),
		('stated', '申报学时', 'Stated'),
		('awarded', '折算学时', 'Converted'),
		('status', '状态', 'Status'),
		('none', '本年度没有学时记录。', 'There are no items in this year.'),
		('none_ever', '档案中没有记录。', 'The archive is empty.'),
		('cut', '受年度上限限制', 'cut by the yearly cap'),
		('deems_public', '视同完成本年度公需科目', 'deems the year''s public hours complete'),
		('deems_professional', '视同完成本年度专业科目', 'deems the year''s professional hours complete'),
		('deems_both', '视同完成本年度全部科目', 'deems all hours of the year complete'),
		('status.submitted', '待审核', 'submitted'),
		('status.in_review', '审核中', 'in review'),
		('status.verified', '已核验', 'verified'),
		('status.rejected', '未通过', 'rejected'),
		('status.revoked', '已撤销', 'revoked'),
		('level.junior', '初级', 'junior'),
		('level.intermediate', '中级', 'intermediate'),
		('level.senior', '副高级', 'senior'),
		('level.full_senior', '正高级', 'full senior'),
		('level.none', '无', 'none'),
		('category.public', '公需科目', 'public courses'),
		('category.online', '网络课程类', 'online courses'),
		('category.training', '培训进修类', 'training'),
		('category.study', '自学类', 'study'),
		('category.mentoring', '技术带教帮扶类', 'mentoring'),
		('category.special', '其他形式', 'other forms'),
		('category.recorded', '历年专业学时', 'recorded earlier'),
		('category.innovation', '创新成果类', 'innovation'),
		('overview', '各年度概览', 'The years'),
		('persons', '人数', 'Persons'),
		('trained', '有学时人数', 'With hours'),
		('met', '达标人数', 'Met'),
		('rate', '完成率', 'Completion'),
		('obliged', '应参加人员', 'Obliged staff'),
		('encouraged', '鼓励参加人员', 'Encouraged staff'),
		('by_group', '完成情况', 'Completion'),
		('group', '人员', 'Staff'),
		('key_figures', '基本情况', 'Key figures'),
		('key_text', '在职、适用本规定的人员（会计人员除外）；“鼓励参加”指中央驻青单位、民办机构和驻军幼儿园（条款2.2），不计入完成率。学时为档案认定学时。',
			'Staff in service whom the notice governs (accounting staff are not). Staff of central units, private institutions and military kindergartens are encouraged, not obliged (clause 2.2), and not in the rates below. Hours as the archive recognises them.'),
		('by_prefecture', '各地区完成率', 'Completion by prefecture'),
		('prefecture', '地区', 'Prefecture'),
		('province', '省属单位', 'provincial units'),
		('by_department', '省级行业主管部门', 'Provincial industry departments'),
		('department', '主管部门', 'Department'),
		('others', '其他', 'all others'),
		('by_level', '按现任职称级别', 'By title held'),
		('by_category', '学时构成', 'Hours by category'),
		('category', '类别', 'Category'),
		('count', '项数', 'Items'),
		('share', '占比', 'Share'),
		('category_text', '经核验的折算学时，未计年度上限；视同完成的项目没有学时。', 'Verified hours as converted, before yearly caps; items that deem a year complete carry no hours.'),
		('by_month', '按月学时', 'Hours month by month'),
		('month_text', '按完成日期所在月份统计，经核验的折算学时，单位：%s。', 'By month of completion, verified hours as converted, in %s.'),
		('unit', '学时', 'hours'),
		('unit.big', '万学时', 'thousand hours'),
		('quarter', '季度', 'Quarter'),
		('quarter_of', '第%s季度', 'quarter %s'),
		('findings', '需要关注的事项', 'Findings'),
		('finding', '事项', 'Finding'),
		('clause', '条款', 'Clause'),
		('no_findings', '没有发现。', 'There are none.'),
		('findings_hidden', '您无权查看，未列出。', 'Not shown, since you may not read them.'),
		('finding.late filing', '逾期备案', 'late filing'),
		('finding.filing overdue', '超期未备案', 'filing overdue'),
		('finding.late study', '逾期完成学习', 'late study'),
		('finding.late verification', '逾期核验', 'late verification'),
		('finding.verification overdue', '超期未核验', 'verification overdue'),
		('finding.more than 10 hours a day', '每日超过10学时', 'more than 10 hours a day'),
		('finding.near duplicate', '疑似重复', 'near duplicate'),
		('finding.spread more than the year leaves over', '转出超过结余', 'spread more than the year leaves over'),
		('no_data', '本台账没有%s年度的数据。', 'The ledger has no data for %s.'),
		('year_no_rule', '台账中没有%s年度的学时要求，因此没有完成率。', 'The ledger has no requirement for %s, so there are no rates.'),
		('basis', '依据：%s。', 'By %s.'),
		('check.ok', '属实：台账在出具之日的记录与该证书一致。', 'Confirmed: on the day of issue the ledger held what the certificate states.'),
		('check.malformed', '不是有效的验证码：应为每4个字符一组的%s个字符。', 'This is no code: it has groups of 4, %s characters in all.'),
		('check.mistyped', '验证码有误：校验位不符，请核对后重新输入。', 'The code is mistyped: its check characters do not fit. Compare it with the page.'),
		('check.future', '不属实：验证码所载出具日期%s尚未到来。', 'Not confirmed: the day of issue in the code, %s, lies in the future.'),
		('check.person', '不属实：台账中没有（或您无权查看）该验证码所指的人员。', 'Not confirmed: the ledger has no such person, or you may not see it.'),
		('check.other', '不属实：台账在出具之日的记录与该证书不一致。该证书不是出自本台账，或者此后有记录按出具之日或更早的日期作了变更。%s年度目前有%s项已核验、%s项已撤销。',
			'Not confirmed: on the day of issue the ledger held something else. The certificate is not from this ledger, or entries dated on or before that day were changed since. The year %s has %s verified and %s revoked items today.'),
		('check.law', '不再属实：学时未变，但该年度的学时要求或上限此后已修改。现应重新出具。', 'No longer confirmed: the hours are the same, but the year''s requirement or caps have been changed since. Issue it anew.'),
		('check.revoked', '不再属实：出具之后有学时被撤销：%s。', 'No longer confirmed: hours were revoked after it was issued: %s.'),
		('check.reversed', '不再属实：出具之后有转入学时被收回：%s。', 'No longer confirmed: hours spread to the year were taken back after it was issued: %s.'),
		('check.added', '出具之后该年度又有%s项、%s学时通过核验。', 'Since then %s more items with %s hours were verified for the year.'),
		('check.spread', '出具之后该年度的学时转入转出有变更。', 'Since then hours were spread to or from the year.'),
		('check.item', '%s（%s学时，%s撤销）', '%s (%s hours, on %s)'),
		('check.allocation', '%s%s学时（%s）', '%s %s hours (on %s)'),
		('check.more', '等%s项', 'and others, %s in all')
	) AS l (key, zh, en));
END
$$;
COMMENT ON FUNCTION ce_page_labels(text) IS 'every fixed text of the pages in a language, zh or en, by its key; another language is an error';

CREATE OR REPLACE FUNCTION ce_page(lang text, title text, running text, body text) RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
DECLARE
	t jsonb := ce_page_labels(lang);
	-- The running foot stands inside a style sheet, so it is kept to what cannot end a string there.
	foot text := translate($3, E'"\\<>&\n\r', '');
	css text := $css$
:root{--ink:#1c1c1c;--soft:#565656;--rule:#b9b9b9;--seal:#7d1a1a;--got:#1f5582;--over:#7fa8c9;--track:#ececec}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;color:var(--ink);background:#f3f1ec;font:15px/1.6 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Hiragino Sans GB","Microsoft YaHei","WenQuanYi Zen Hei",system-ui,sans-serif;
 font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main{max-width:50rem;margin:1.5rem auto;padding:2rem 2.25rem;background:#fff;border:1px solid var(--rule)}
h1,h2,h3,.year,.kicker{font-family:"Noto Serif CJK SC","Source Han Serif SC","Songti SC",STSong,SimSun,Georgia,serif;break-after:avoid}
h1{margin:.1em 0;font-size:1.9rem;line-height:1.3;letter-spacing:.06em;font-weight:700;color:var(--seal)}
:lang(en) h1{letter-spacing:.01em}
h2{margin:1.6rem 0 .5rem;padding-bottom:.2rem;font-size:1.15rem;line-height:1.4;border-bottom:1px solid var(--seal)}
h3{margin:1.1rem 0 .3rem;font-size:1rem}
p{margin:.5rem 0}
.head{text-align:center;margin-bottom:1.2rem}
.kicker,.year{margin:0;color:var(--soft)}
.year{font-size:1.15rem;color:var(--ink)}
.frame{border:4px double var(--seal);padding:1.6rem 1.8rem}
dl{display:grid;grid-template-columns:max-content 1fr max-content 1fr;gap:.35rem 1rem;margin:0 0 1rem}
dt{color:var(--soft)}
dd{margin:0;border-bottom:1px solid var(--rule);min-height:1.6em;min-width:0}
td,dd,th{unicode-bidi:isolate}
table{width:100%;border-collapse:collapse;margin:.3rem 0 .6rem}
caption{text-align:left;color:var(--soft);font-size:.86rem;padding-bottom:.2rem}
th,td{padding:.32rem .5rem;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top;font-weight:400}
thead th{border-bottom:1.5px solid var(--ink);font-weight:700;font-size:.88rem;vertical-align:bottom}
tbody th{font-weight:600}
tr{break-inside:avoid}
tr.sum>*{border-top:1.5px solid var(--ink);font-weight:600}
th.n,td.n{text-align:right;white-space:nowrap}
td.d,td.r,td.s{white-space:nowrap}
.items td:nth-child(3){min-width:9.6em;overflow-wrap:normal}
.items thead th{overflow-wrap:normal}
td.b{width:30%;vertical-align:middle}
.hours :is(th,td){overflow-wrap:normal}
small{display:block;font-weight:400;color:var(--soft);font-size:.84rem;line-height:1.45}
.bar{display:block;width:100%;height:.95rem}
.track{fill:var(--track);stroke:#8c8c8c;stroke-width:1;vector-effect:non-scaling-stroke}
.got{fill:var(--got)}
.over{fill:var(--over)}
.mark{stroke:var(--ink);stroke-width:2;vector-effect:non-scaling-stroke}
.verdict{margin:1rem 0;padding:.6rem .9rem;border-left:4px solid var(--seal);background:#faf7f2;break-inside:avoid}
.notes{margin:.4rem 0;padding-left:1.2rem;font-size:.9rem}
.notes li{margin:.15rem 0}
.sign{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem;margin:2rem 0 .5rem;break-inside:avoid}
.sign div{padding-bottom:.3rem}
.sign .line{height:3.2rem;border-bottom:1px solid var(--ink)}
.sign .date{text-align:right;color:var(--soft);white-space:pre-wrap}
:lang(en) .sign .date{text-align:left}
.proof{margin-top:1rem;font-size:.9rem;break-inside:avoid}
.proof p{margin:.2rem 0}
.code{font-family:"Noto Sans Mono","DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:1.05em;letter-spacing:.04em;white-space:nowrap}
.soft{color:var(--soft);font-size:.88rem}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr));gap:.6rem;margin:.6rem 0}
.figures div{border:1px solid var(--rule);padding:.5rem .7rem}
.figures b{display:block;font-size:1.35rem;line-height:1.3}
.chart{break-inside:avoid;margin:.4rem 0}
.chart svg{display:block;width:100%;max-width:36rem;height:auto;margin:0 auto}
.chart text{font-size:9px;fill:var(--ink)}
.chart .axis{stroke:var(--ink);stroke-width:1}
.chart .grid{stroke:#d5d5d5;stroke-width:.6}
.c2{fill:var(--got)}
.c1{fill:#e3b24a;stroke:#6b4a00;stroke-width:.6}
.block{break-inside:avoid}
@media (max-width:34rem){
 body{background:#fff;font-size:14px}
 main{margin:0;padding:1rem .8rem;border:0}
 .frame{padding:1rem .7rem}
 h1{font-size:1.5rem}
 dl{grid-template-columns:max-content 1fr}
 th,td{padding:.3rem .3rem}
 thead th{font-size:.8rem}
 .sign{grid-template-columns:1fr;gap:.6rem;margin-top:1.2rem}
 td.b{width:16%}
 .hours,.hours :is(thead,tbody,caption){display:block}
 .hours tr{display:grid;grid-template-columns:2.7fr 1.9fr 2.5fr 2.5fr;border-bottom:1px solid var(--rule)}
 .hours tr :is(th,td){border:0;min-width:0}
 .hours thead th{font-size:.72rem}
 .hours tr :is(td.b,td.r){width:auto;white-space:normal}
 .hours td.b{grid-column:1/-1;order:9;padding-top:0}
 .hours thead th:nth-child(4),.hours :is(td,th):nth-child(5){display:none}
 .items thead{position:absolute;clip-path:inset(50%);height:1px;width:1px;overflow:hidden;white-space:nowrap}
 .items,.items tbody{display:block}
 .items tr{display:flex;flex-wrap:wrap;gap:0 .9rem;padding:.45rem 0;border-bottom:1px solid var(--rule)}
 .items td,.items th{display:block;border:0;padding:0;text-align:left}
 .items th{flex:0 0 100%}
 .items td.n::before,.items td.s::before{content:attr(data-label) " ";color:var(--soft)}
 .code{white-space:normal}
}
@media print{
 html{font-size:14px}
 body{background:#fff;font-size:13.5px;line-height:1.5}
 main{max-width:none;margin:0;padding:0;border:0}
 .frame{min-height:256mm;display:flex;flex-direction:column;padding:9mm 10mm}
 .frame .sign{margin-top:auto}
 .annex{break-before:page}
 h2{margin-top:1.1rem}
 th,td{padding:.24rem .5rem}
 svg,.verdict{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
$css$;
BEGIN
	RETURN format(E'<!DOCTYPE html>\n<html lang="%s">\n<head>\n<meta charset="utf-8">\n'
				  '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
				  '<meta http-equiv="Content-Security-Policy" content="default-src ''none''; style-src ''unsafe-inline''">\n'
				  '<title>%s</title>\n<style>%s@page{size:A4;margin:17mm 16mm 19mm;'
				  '@bottom-left{content:"%s";font:9px/1.2 sans-serif;color:#565656}@bottom-right{content:%s;font:9px/1.2 sans-serif;color:#565656}}\n'
				  '</style>\n</head>\n<body>\n<main>\n%s</main>\n</body>\n</html>\n',
				  t ->> 'html_lang', ce_html(title), css, foot,
				  '"' || format(t ->> 'page', '" counter(page) "', '" counter(pages) "') || '"', body);
END
$$;
COMMENT ON FUNCTION ce_page(text, text, text, text) IS
	'one HTML file of a body: language, title, styles for screen, small screen and A4 paper; running is what the foot of each printed page says';

CREATE OR REPLACE FUNCTION ce_page_bar(value numeric, mark numeric, scale numeric, label text) RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
DECLARE
	full_width numeric := greatest(scale, value, mark);
	w numeric := CASE WHEN full_width > 0 THEN round(100 * greatest(value, 0) / full_width, 2) ELSE 0 END;
	m numeric := CASE WHEN full_width > 0 THEN round(100 * mark / full_width, 2) END;
BEGIN
	RETURN format('<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img"><title>%s</title>'
				  '<rect class="track" width="100" height="10"/><rect class="got" y="1" width="%s" height="8"/>%s%s</svg>',
				  ce_html(label), least(w, m),
				  CASE WHEN w > m THEN format('<rect class="over" x="%s" y="1" width="%s" height="8"/>', m, w - m) END,
				  CASE WHEN m < 100 THEN format('<line class="mark" x1="%s" x2="%1$s" y1="0" y2="10"/>', m) END);
END
$$;
COMMENT ON FUNCTION ce_page_bar(numeric, numeric, numeric, text) IS
	'a bar as inline SVG: value up to the mark, what is over it lighter; its width is the greatest of value, mark and scale; the label is read aloud';

CREATE OR REPLACE FUNCTION ce_page_columns(public_hours numeric[], professional_hours numeric[], lang text) RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
DECLARE
	t jsonb := ce_page_labels(lang);
	most numeric := (SELECT greatest(max(coalesce(a, 0) + coalesce(b, 0)), 1) FROM unnest($1, $2) AS u (a, b));
	big boolean := most >= 100000;
	divisor numeric := CASE WHEN NOT big THEN 1.0 WHEN lang = 'zh' THEN 10000.0 ELSE 1000.0 END;
	power numeric := power(10::numeric, floor(log(most)));
	top numeric := (SELECT min(s * power) FROM unnest(ARRAY[1, 2, 5, 10]) s WHERE s * power >= most);
	unit text := t ->> CASE WHEN big THEN 'unit.big' ELSE 'unit' END;
	svg text;
BEGIN
	svg := (SELECT string_agg(format('<line class="grid" x1="34" x2="356" y1="%1$s" y2="%1$s"/><text x="31" y="%2$s" text-anchor="end">%3$s</text>',
									 160 - i * 28, 163 - i * 28, ce_page_number(round(top * i / 5 / divisor, 2))), '' ORDER BY i)
			  FROM generate_series(0, 5) i);
	svg := svg || (
		SELECT string_agg(format('<rect class="c2" x="%1$s" y="%2$s" width="16" height="%3$s"><title>%8$s %9$s</title></rect>'
								 '<rect class="c1" x="%1$s" y="%4$s" width="16" height="%5$s"><title>%10$s %11$s</title></rect>%6$s<text x="%7$s" y="171" text-anchor="middle">%12$s</text>',
								 38 + (m - 1) * 26.8, round(160 - hb, 1), round(hb, 1), round(160 - hb - ha, 1), round(ha, 1),
								 CASE WHEN a + b > 0 THEN format('<text x="%s" y="%s" text-anchor="middle">%s</text>', 46 + (m - 1) * 26.8, round(157 - ha - hb, 1),
									ce_page_number(round((a + b) / divisor, CASE WHEN (a + b) / divisor >= 100 THEN 0 ELSE 1 END))) END,
								 46 + (m - 1) * 26.8, ce_html(t ->> 'professional'), ce_page_number(b), ce_html(t ->> 'public'), ce_page_number(a), m), '' ORDER BY m)
		  FROM (SELECT m, a, b, 140 * a / top AS ha, 140 * b / top AS hb
				  FROM (SELECT m, coalesce($1[m], 0) AS a, coalesce($2[m], 0) AS b FROM generate_series(1, 12) m) v) h);
	RETURN format('<figure class="chart"><svg viewBox="0 0 360 192" role="img"><title>%s</title>%s<line class="axis" x1="34" x2="356" y1="160" y2="160"/>'
				  '<rect class="c2" x="110" y="180" width="9" height="9"/><text x="123" y="188">%s</text>'
				  '<rect class="c1" x="220" y="180" width="9" height="9"/><text x="233" y="188">%s</text></svg><figcaption class="soft">%s</figcaption></figure>',
				  ce_html(t ->> 'by_month'), svg, ce_html(t ->> 'professional'), ce_html(t ->> 'public'), ce_html(format(t ->> 'month_text', unit)));
END
$$;
COMMENT ON FUNCTION ce_page_columns(numeric[], numeric[], text) IS 'twelve months as columns of an inline SVG, professional hours below and public ones above';

CREATE OR REPLACE FUNCTION ce_certificate_facts(person_id bigint, year integer, as_of date) RETURNS jsonb
	LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
#variable_conflict use_column
DECLARE
	facts jsonb;
BEGIN
	PERFORM ce_ledger();
	SELECT jsonb_build_object('scheme', p.scheme, 'governed', s.governed, 'credit', c.credit::text, 'instrument', r.instrument, 'clause', r.clause)
		   || (SELECT jsonb_object_agg(e.key, CASE WHEN jsonb_typeof(e.value) = 'boolean' THEN e.value ELSE to_jsonb(trim_scale((e.value #>> '{}')::numeric)) END)
				 FROM jsonb_each(to_jsonb(a)) e)
	  INTO facts
	  FROM ce_person p
	  JOIN ce_scheme s ON s.scheme = p.scheme
	 CROSS JOIN LATERAL (SELECT ce_account_as_of(p.person_id, $2, $3) AS credit) c
	 CROSS JOIN LATERAL ce_assess(p.scheme, $2, c.credit, '0', false) a
	  LEFT JOIN LATERAL (
			SELECT q.instrument, q.clause FROM ce_requirement q
			 WHERE q.scheme = p.scheme AND $2 BETWEEN q.from_year AND coalesce(q.to_year, $2)
			 ORDER BY q.from_year DESC LIMIT 1) r ON true
	 WHERE p.person_id = $1;
	RETURN facts || jsonb_build_object('items', (
		SELECT coalesce(string_agg(format('%s=%s', v.activity_id, v.awarded), ' ' ORDER BY v.activity_id), '')
		  FROM ce_activity v
		 WHERE v.person_id = $1 AND v.year = $2 AND v.verified_on <= $3 AND coalesce(v.revoked_on > $3, true)));
END
$$;
COMMENT ON FUNCTION ce_certificate_facts(bigint, integer, date) IS
	'what a certificate states of a year as it was verified on a day: the credit, the items, what ce_assess() makes of them; null: no such person';

-- The alphabet has no I, L, O and U.  A code is the person (5, 9 or 13 signs),
-- the year (3), the day of issue (4), a sum of the hours (7), one of what the law
-- made of them (3), and two check signs: the number that the rest is, modulo 1021.
CREATE OR REPLACE FUNCTION ce_certificate_signs(value bigint, signs integer) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN (SELECT string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (value >> (5 * i) & 31)::integer + 1, 1), '' ORDER BY i DESC)
			  FROM generate_series(0, signs - 1) i);
COMMENT ON FUNCTION ce_certificate_signs(bigint, integer) IS 'a number in so many signs of a code, base 32';

CREATE OR REPLACE FUNCTION ce_certificate_value(signs text) RETURNS bigint
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN (SELECT bit_or((strpos('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(signs, i, 1)) - 1)::bigint << (5 * (length(signs) - i)))
			  FROM generate_series(1, length(signs)) i);
COMMENT ON FUNCTION ce_certificate_value(text) IS 'the number that signs of a code are';

CREATE OR REPLACE FUNCTION ce_certificate_checksum(signs text) RETURNS text
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
DECLARE
	rest bigint := bigint '0';
BEGIN
	FOR i IN 1 .. length(signs) LOOP
		rest := (rest * 32 + ce_certificate_value(substr(signs, i, 1))) % 1021;
	END LOOP;
	RETURN ce_certificate_signs(rest, 2);
END
$$;
COMMENT ON FUNCTION ce_certificate_checksum(text) IS 'the two check signs of a code: any one wrong sign and any two neighbours exchanged are found';

-- Only what is listed here goes into the sums, so that facts of a later version leave old codes as they are.
CREATE OR REPLACE FUNCTION ce_certificate_sum(facts jsonb, person_id bigint, year integer, issued_on date, law boolean) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN (SELECT string_agg(ce_certificate_signs((get_byte(h.sum, i) & 31)::bigint, 1), '' ORDER BY i)
			  FROM (SELECT sha256(convert_to(concat_ws('|', 'ce_certificate', person_id, year, issued_on - date '2000-01-01',
							CASE WHEN law THEN concat_ws('|', 'law', coalesce(facts ->> 'scheme', '-'),
								coalesce(facts ->> 'public_hours', '-'), coalesce(facts ->> 'professional_hours', '-'),
								coalesce(facts ->> 'required_public', '-'), coalesce(facts ->> 'required_professional', '-'),
								coalesce(facts ->> 'required_total', '-'), coalesce(facts ->> 'met', '-'))
							ELSE concat_ws('|', 'hours', facts ->> 'credit', facts ->> 'items') END), 'UTF8')) AS sum) h,
				   generate_series(0, CASE WHEN law THEN 2 ELSE 6 END) i);
COMMENT ON FUNCTION ce_certificate_sum(jsonb, bigint, integer, date, boolean) IS
	'signs of a code that stand for facts: 7 for the hours and their items or, law being true, 3 for what the year''s law made of them';

CREATE OR REPLACE FUNCTION ce_certificate_code(facts jsonb, person_id bigint, year integer, issued_on date) RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
DECLARE
	signs text := ce_certificate_signs(person_id, CASE WHEN person_id >> 25 = 0 THEN 5 WHEN person_id >> 45 = 0 THEN 9 ELSE 13 END)
		|| ce_certificate_signs(year, 3) || ce_certificate_signs(issued_on - date '2000-01-01', 4)
		|| ce_certificate_sum(facts, person_id, year, issued_on, false) || ce_certificate_sum(facts, person_id, year, issued_on, true);
BEGIN
	RETURN rtrim(regexp_replace(signs || ce_certificate_checksum(signs), '(.{4})', '\1-', 'g'), '-');
END
$$;
COMMENT ON FUNCTION ce_certificate_code(jsonb, bigint, integer, date) IS 'the code of a certificate: person, year, day of issue, sums of the facts, check signs; in groups of 4';

CREATE OR REPLACE FUNCTION ce_page_subjects(facts jsonb, t jsonb) RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
BEGIN
	RETURN format(E'<table class="hours"><caption>%s</caption><thead><tr><th scope="col">%s</th><th scope="col" class="n">%s</th><th scope="col" class="n">%s</th>'
				  '<th scope="col">%s</th><th scope="col" class="n">%%</th><th scope="col">%s</th></tr></thead><tbody>\n',
				  ce_html(t ->> 'caption'), ce_html(t ->> 'subject'), ce_html(t ->> 'required'), ce_html(t ->> 'recognised'), ce_html(t ->> 'against'), ce_html(t ->> 'result'))
		|| (SELECT string_agg(format(E'<tr%s><th scope="row">%s</th><td class="n">%s</td><td class="n">%s</td><td class="b">%s</td><td class="n">%s</td><td class="r">%s</td></tr>\n',
									CASE s.subject WHEN 'total' THEN ' class="sum"' END, ce_html(t ->> s.subject),
									coalesce(ce_page_number(s.required), '&ndash;'), ce_page_number(s.got),
									ce_page_bar(s.got, s.required, (facts ->> 'total_hours')::numeric * (s.required IS NULL)::integer,
										format(t ->> 'bar', t ->> s.subject, ce_page_number(s.got), coalesce(ce_page_number(s.required), '-'))),
									coalesce(ce_page_number(floor(100 * s.got / nullif(s.required, 0))), '&ndash;'),
									CASE WHEN facts ->> 'required_total' IS NULL THEN ce_html(t ->> 'no_rule')
										 WHEN s.required IS NULL THEN ce_html(t ->> 'no_minimum')
										 WHEN s.short > 0 THEN '&#10007; ' || ce_html(format(t ->> 'short', ce_page_number(s.short)))
										 ELSE '&#10003; ' || ce_html(t ->> CASE WHEN s.got < s.required THEN 'deemed' ELSE 'reached' END) END), '' ORDER BY s.ord)
			  FROM (SELECT ord, subject, (facts ->> (subject || '_hours'))::numeric AS got, (facts ->> ('required_' || subject))::numeric AS required,
						   (facts ->> (subject || '_short'))::numeric AS short
					  FROM unnest(ARRAY['public', 'professional', 'total']) WITH ORDINALITY AS u (subject, ord)) s)
		|| E'</tbody></table>\n';
END
$$;
COMMENT ON FUNCTION ce_page_subjects(jsonb, jsonb) IS 'a year''s hours against its requirement by subject, with bars: a table of a page';

CREATE OR REPLACE FUNCTION ce_page_items(person_id bigint, year integer, lang text, verified_only boolean) RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
	rows text;
BEGIN
	PERFORM ce_ledger();
	t := ce_page_labels(lang);
	SELECT string_agg(format(E'<tr><th scope="row">%s%s</th><td class="d">%s</td><td>%s</td>%s<td class="n" data-label="%s">%s</td><td class="n" data-label="%s">%s</td>%s</tr>\n',
							 ce_html(v.item), '<small>' || ce_html(nullif(v.remark, '')) || '</small>', to_char(v.completed_on, 'YYYY-MM-DD'), ce_html(v.label),
							 CASE WHEN NOT $4 THEN format('<td class="n" data-label="%s">%s</td>', ce_html(t ->> 'stated'), coalesce(ce_page_number(v.hours), '&ndash;')) END,
							 ce_html(t ->> 'awarded'), ce_page_number(v.awarded), ce_html(t ->> 'recognised'), ce_page_number(v.recognised),
							 CASE WHEN NOT $4 THEN format('<td class="s" data-label="%s">%s</td>', ce_html(t ->> 'status'), ce_html(t ->> ('status.' || v.status))) END),
					  '' ORDER BY v.completed_on, v.activity_id)
	  INTO rows
	  FROM (
		SELECT a.activity_id, a.completed_on, a.hours, a.awarded, a.recognised, a.status,
			   CASE $3 WHEN 'zh' THEN a.label_zh ELSE a.label_en END AS label,
			   coalesce(nullif(btrim(a.title), ''), l.title, CASE $3 WHEN 'zh' THEN a.label_zh ELSE a.label_en END) AS item,
			   concat_ws(t ->> 'and',
						 CASE WHEN a.deems_public AND a.deems_professional THEN t ->> 'deems_both'
							  WHEN a.deems_public THEN t ->> 'deems_public' WHEN a.deems_professional THEN t ->> 'deems_professional' END,
						 CASE WHEN a.status = 'verified' AND a.recognised < a.awarded THEN t ->> 'cut' END,
						 CASE WHEN a.status <> 'verified' THEN v.note END) AS remark
		  FROM ce_archive a
		  JOIN ce_activity v ON v.person_id = a.person_id AND v.activity_id = a.activity_id
		  LEFT JOIN ce_plan l ON l.plan_id = v.plan_id
		 WHERE a.person_id = $1 AND a.year = $2 AND (a.status = 'verified' OR NOT $4)) v;
	IF rows IS NULL THEN
		RETURN format(E'<p>%s</p>\n', ce_html(t ->> 'none'));
	END IF;
	RETURN format(E'<table class="items"><thead><tr><th scope="col">%s</th><th scope="col">%s</th><th scope="col">%s</th>%s<th scope="col" class="n">%s</th><th scope="col" class="n">%s</th>%s</tr></thead><tbody>\n%s</tbody></table>\n',
				  ce_html(t ->> 'item'), ce_html(t ->> 'completed'), ce_html(t ->> 'kind'),
				  CASE WHEN NOT $4 THEN format('<th scope="col" class="n">%s</th>', ce_html(t ->> 'stated')) END,
				  ce_html(t ->> 'awarded'), ce_html(t ->> 'recognised'),
				  CASE WHEN NOT $4 THEN format('<th scope="col">%s</th>', ce_html(t ->> 'status')) END, rows);
END
$$;
COMMENT ON FUNCTION ce_page_items(bigint, integer, text, boolean) IS 'the items of a person''s year, all or the verified ones, as a table of a page';

CREATE OR REPLACE FUNCTION ce_page_notes(person_id bigint, year integer, facts jsonb, lang text) RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
BEGIN
	PERFORM ce_ledger();
	t := ce_page_labels(lang);
	RETURN (SELECT string_agg(format(E'<li>%s</li>\n', ce_html(n.note)), '' ORDER BY n.ord, n.note) FROM (
		-- what a cap cut, as the archive has it
		SELECT 1 AS ord, format(t ->> 'note_cap', t ->> ('category.' || a.category), ce_page_number(sum(a.awarded)), ce_page_number(sum(a.recognised)),
								ce_page_number(min(c.hours)), min(c.clause)) AS note
		  FROM ce_archive a
		 CROSS JOIN LATERAL (
				SELECT q.hours::numeric AS hours, q.clause FROM ce_cap q
				 WHERE q.scheme = facts ->> 'scheme' AND q.category = a.category AND a.year BETWEEN q.from_year AND coalesce(q.to_year, a.year)
				 ORDER BY q.from_year DESC LIMIT 1) c
		 WHERE a.person_id = $1 AND a.year = $2 AND a.status = 'verified'
		 GROUP BY a.category HAVING sum(a.recognised) < sum(a.awarded)
		UNION ALL
		SELECT 2, t ->> 'note_deemed_public' WHERE (facts ->> 'public_deemed')::boolean
		UNION ALL
		SELECT 3, t ->> 'note_deemed_professional' WHERE (facts ->> 'professional_deemed')::boolean
		UNION ALL
		SELECT 4, format(t ->> CASE WHEN l.to_year = $2 THEN 'note_in' ELSE 'note_out' END, t ->> l.subject::text,
						 CASE WHEN l.to_year = $2 THEN l.from_year ELSE l.to_year END, ce_page_number(l.hours::numeric), ce_page_date(l.allocated_on, lang))
		  FROM ce_allocation l
		 WHERE l.person_id = $1 AND $2 IN (l.from_year, l.to_year) AND l.reversed_on IS NULL) n);
END
$$;
COMMENT ON FUNCTION ce_page_notes(bigint, integer, jsonb, text) IS 'what made a year''s recognised hours other than the sum of its items: caps, deeming, spreading; list items of a page, null: nothing';

CREATE OR REPLACE FUNCTION ce_page_person(person_id bigint, lang text, with_title boolean) RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
BEGIN
	PERFORM ce_ledger();
	t := ce_page_labels(lang);
	RETURN (SELECT format(E'<dl><dt>%s</dt><dd></dd><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd>%s</dl>\n',
						  ce_html(t ->> 'name'), ce_html(t ->> 'person_no'), ce_html(coalesce(p.person_no, p.person_id::text)),
						  ce_html(t ->> 'employer'), ce_html(o.name), ce_html(t ->> 'specialty'), coalesce(ce_html(p.specialty), '&ndash;'),
						  CASE WHEN $3 THEN format('<dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd>', ce_html(t ->> 'held'),
							ce_html(concat_ws(t ->> 'and', t ->> ('level.' || coalesce(p.held_level::text, 'none')), format(t ->> 'since', ce_page_date(p.held_since, lang)))),
							ce_html(t ->> 'issued'), ce_page_date(ce_today(), lang)) END)
			  FROM ce_person p JOIN ce_org o ON o.org_id = p.org_id WHERE p.person_id = $1);
END
$$;
COMMENT ON FUNCTION ce_page_person(bigint, text, boolean) IS 'who a page is about, with a line for the name, which the ledger does not keep; null: no such person';

CREATE OR REPLACE FUNCTION ce_page_instrument(instrument text, clause text, lang text) RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce_ledger();
	RETURN (SELECT format(ce_page_labels(lang) ->> 'instrument', CASE lang WHEN 'zh' THEN i.title_zh ELSE i.title_en END, i.doc_no,
						  CASE lang WHEN 'zh' THEN regexp_replace($2, '^art\. *', '') ELSE $2 END)
			  FROM ce_instrument i WHERE i.instrument = $1);
END
$$;
COMMENT ON FUNCTION ce_page_instrument(text, text, text) IS 'title, number and clause of an instrument, as pages cite it; null: no such instrument';

CREATE OR REPLACE FUNCTION ce_page_person_missing(person_id bigint) RETURNS void
	LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce_ledger();
	IF NOT EXISTS (SELECT FROM ce_person p WHERE p.person_id = $1) THEN
		RAISE EXCEPTION USING ERRCODE = 'no_data_found', MESSAGE = format(ce_text('person %s does not exist'), coalesce($1::text, 'null')),
			HINT = ce_text('Table ce_person lists the persons that you may see.');
	END IF;
END
$$;
COMMENT ON FUNCTION ce_page_person_missing(bigint) IS 'an error if there is no such person for the caller';

CREATE OR REPLACE FUNCTION ce_page_year_missing(year integer) RETURNS void
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
BEGIN
	IF year IS NULL OR year NOT BETWEEN 1900 AND 9999 THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format(ce_text('%s is not a year'), coalesce($1::text, 'null')),
			HINT = ce_text('Give a calendar year such as 2020.');
	END IF;
END
$$;
COMMENT ON FUNCTION ce_page_year_missing(integer) IS 'an error if that is no calendar year';

CREATE OR REPLACE FUNCTION ce_certificate_html(person_id bigint, year integer, lang text DEFAULT 'zh') RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
	today date;
	facts jsonb;
	title text;
	verdict text;
	code text;
	scheme record;
BEGIN
	PERFORM ce_ledger();
	t := ce_page_labels(lang);
	PERFORM ce_page_person_missing($1), ce_page_year_missing($2);
	today := ce_today();
	facts := ce_certificate_facts($1, $2, today);
	code := ce_certificate_code(facts, $1, $2, today);
	SELECT CASE lang WHEN 'zh' THEN s.label_zh ELSE s.label_en END AS label, s.clause, s.governed
	  INTO scheme FROM ce_scheme s WHERE s.scheme = facts ->> 'scheme';
	title := t ->> CASE WHEN scheme.governed AND (facts ->> 'met')::boolean THEN 'certificate' ELSE 'statement' END;
	verdict := CASE WHEN NOT scheme.governed THEN format(t ->> 'scope_text', scheme.label, scheme.clause)
					WHEN facts ->> 'met' IS NULL THEN format(t ->> 'no_rule_text', year)
					WHEN (facts ->> 'met')::boolean THEN format(t ->> 'met_text', year, ce_page_instrument(facts ->> 'instrument', facts ->> 'clause', lang))
					ELSE format(t ->> 'short_text', year, ce_page_instrument(facts ->> 'instrument', facts ->> 'clause', lang),
								(SELECT string_agg(format(t ->> 'short_of', t ->> s.subject, ce_page_number(s.short)), t ->> 'and' ORDER BY s.ord)
								   FROM (SELECT ord, subject, (facts ->> (subject || '_short'))::numeric AS short
										   FROM unnest(ARRAY['public', 'professional', 'total']) WITH ORDINALITY AS u (subject, ord)) s
								  WHERE s.short > 0)) END;
	RETURN ce_page(lang, format('%s | %s | %s', title, year, (SELECT coalesce(p.person_no, p.person_id::text) FROM ce_person p WHERE p.person_id = $1)),
		code,
		format(E'<div class="frame">\n<header class="head"><p class="kicker">%s</p><h1>%s</h1><p class="year">%s</p></header>\n',
			   ce_html(scheme.label), ce_html(title), ce_html(format(t ->> 'year', year)))
		|| ce_page_person($1, lang, false)
		|| format(E'<p class="verdict">%s</p>\n', ce_html(verdict))
		|| ce_page_subjects(facts, t)
		|| format(E'<ul class="notes">\n%s<li>%s</li>\n</ul>\n', ce_page_notes($1, $2, facts, lang), ce_html(t ->> 'note_innovation'))
		|| format(E'<section class="sign"><div>%s<div class="line"></div><div class="date">%s</div></div><div>%s<div class="line"></div><div class="date">%2$s</div></div></section>\n',
				  ce_html(t ->> 'sign_employer'), ce_html(t ->> 'sign_date'), ce_html(t ->> 'sign_office'))
		|| format(E'<section class="proof"><p>%s&ensp;%s</p><p>%s&ensp;<span class="code">%s</span></p><p class="soft">%s</p></section>\n</div>\n',
				  ce_html(t ->> 'issued'), ce_page_date(today, lang), ce_html(t ->> 'code'), code, ce_html(t ->> 'code_text'))
		|| format(E'<section class="annex"><h2>%s</h2>\n%s</section>\n', ce_html(t ->> 'items'), ce_page_items($1, $2, lang, true)));
END
$$;
COMMENT ON FUNCTION ce_certificate_html(bigint, integer, text) IS
	'the yearly certificate of a person (7.6d) as one HTML page in zh or en: hours against the requirement, items, a code that ce_certificate_check() confirms; says so where the year is not met';

CREATE OR REPLACE FUNCTION ce_archive_html(person_id bigint, lang text DEFAULT 'zh') RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
	today date;
	overview text;
	years text;
BEGIN
	PERFORM ce_ledger();
	t := ce_page_labels(lang);
	PERFORM ce_page_person_missing($1);
	today := ce_today();
	SELECT string_agg(format(E'<tr><th scope="row">%s</th><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td><td class="r">%s</td></tr>\n', f.year,
							 ce_page_number((f.facts ->> 'public_hours')::numeric), ce_page_number((f.facts ->> 'professional_hours')::numeric),
							 ce_page_number((f.facts ->> 'total_hours')::numeric),
							 CASE WHEN f.facts ->> 'met' IS NULL THEN ce_html(t ->> 'no_rule') WHEN (f.facts ->> 'met')::boolean THEN '&#10003; ' || ce_html(t ->> 'reached')
								  ELSE '&#10007; ' || ce_html(format(t ->> 'short', ce_page_number(greatest((f.facts ->> 'total_short')::numeric,
										(f.facts ->> 'public_short')::numeric + (f.facts ->> 'professional_short')::numeric)))) END), '' ORDER BY f.year DESC),
		   string_agg(format(E'<section><div class="block"><h2>%s</h2>\n%s%s<p class="soft">%s&ensp;<span class="code">%s</span></p></div>\n%s</section>\n',
							 ce_html(format(t ->> 'year', f.year)), ce_page_subjects(f.facts, t),
							 '<ul class="notes">' || ce_page_notes($1, f.year, f.facts, lang) || '</ul>',
							 ce_html(t ->> 'code'), ce_certificate_code(f.facts, $1, f.year, today), ce_page_items($1, f.year, lang, false)), '' ORDER BY f.year DESC)
	  INTO overview, years
	  FROM (SELECT y.year, ce_certificate_facts($1, y.year, today) AS facts
			  FROM (SELECT a.year FROM ce_archive a WHERE a.person_id = $1
					UNION SELECT c.year FROM ce_account c WHERE c.person_id = $1) y) f;
	RETURN ce_page(lang, format('%s | %s', t ->> 'archive', (SELECT coalesce(p.person_no, p.person_id::text) FROM ce_person p WHERE p.person_id = $1)),
		format('%s | %s', t ->> 'archive', to_char(today, 'YYYY-MM-DD')),
		(SELECT format(E'<header class="head"><p class="kicker">%s</p><h1>%s</h1></header>\n', ce_html(CASE lang WHEN 'zh' THEN s.label_zh ELSE s.label_en END), ce_html(t ->> 'archive'))
		   FROM ce_person p JOIN ce_scheme s ON s.scheme = p.scheme WHERE p.person_id = $1)
		|| ce_page_person($1, lang, true)
		|| CASE WHEN years IS NULL THEN format(E'<p class="verdict">%s</p>\n', ce_html(t ->> 'none_ever'))
				ELSE format(E'<section class="block"><h2>%s</h2>\n<table><thead><tr><th scope="col">%s</th><th scope="col" class="n">%s</th><th scope="col" class="n">%s</th>'
							'<th scope="col" class="n">%s</th><th scope="col">%s</th></tr></thead><tbody>\n%s</tbody></table>\n<p class="soft">%s</p></section>\n%s',
							ce_html(t ->> 'overview'), ce_html(t ->> 'year_head'), ce_html(t ->> 'public'), ce_html(t ->> 'professional'), ce_html(t ->> 'total'),
							ce_html(t ->> 'result'), overview, ce_html(t ->> 'note_innovation') || ' ' || ce_html(t ->> 'code_text'), years) END);
END
$$;
COMMENT ON FUNCTION ce_archive_html(bigint, text) IS
	'the learning archive of a person (学习档案, 7.1) as one HTML page in zh or en: each year against its requirement with all its items, also those that do not count, and why';

CREATE OR REPLACE FUNCTION ce_certificate_check(code text, lang text DEFAULT 'zh',
	OUT valid boolean, OUT person_no text, OUT year integer, OUT issued_on date,
	OUT public_hours numeric, OUT professional_hours numeric, OUT total_hours numeric, OUT met boolean, OUT message text)
	LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
	-- As people type it: any case and spacing, O for 0, I and L for 1, full-width signs of a Chinese keyboard.
	signs text := translate(upper(CASE WHEN getdatabaseencoding() = 'UTF8' THEN normalize(coalesce(code, ''), NFKC) ELSE coalesce(code, '') END), 'OIL', '011');
	sum_law text;
	id bigint;
	facts jsonb;
	stated jsonb;
	day date;
	gone text;
	taken text;
	counts record;
BEGIN
	PERFORM ce_ledger();
	t := ce_page_labels(lang);
	valid := false;
	signs := regexp_replace(signs, '[^0-9A-Z]', '', 'g');
	IF length(signs) NOT IN (24, 28, 32) OR signs ~ '[^0-9A-HJKMNP-TV-Z]' THEN
		message := format(t ->> 'check.malformed', '24 / 28 / 32');
		RETURN;
	END IF;
	IF ce_certificate_checksum(left(signs, -2)) <> right(signs, 2) THEN
		message := t ->> 'check.mistyped';
		RETURN;
	END IF;
	id := ce_certificate_value(left(signs, -19));
	year := ce_certificate_value(left(right(signs, 19), 3))::integer;
	issued_on := date '2000-01-01' + ce_certificate_value(left(right(signs, 16), 4))::integer;
	sum_law := left(right(signs, 5), 3);
	IF issued_on > ce_today() THEN
		message := format(t ->> 'check.future', ce_page_date(issued_on, lang));
		RETURN;
	END IF;
	IF NOT EXISTS (SELECT FROM ce_person p WHERE p.person_id = id) THEN
		message := t ->> 'check.person';
		RETURN;
	END IF;

	-- What was verified or revoked later on the day of issue is not on the page: so that day and the one before.
	FOR day IN SELECT issued_on - d FROM generate_series(0, 1) d ORDER BY d LOOP
		facts := ce_certificate_facts(id, year, day);
		IF ce_certificate_sum(facts, id, year, issued_on, false) = left(right(signs, 12), 7) THEN
			stated := facts;
			EXIT;
		END IF;
	END LOOP;
	IF stated IS NULL THEN
		SELECT count(*) FILTER (WHERE v.status = 'verified') AS verified, count(*) FILTER (WHERE v.status = 'revoked') AS revoked
		  INTO counts FROM ce_activity v WHERE v.person_id = id AND v.year = ce_certificate_check.year;
		message := format(t ->> 'check.other', year, counts.verified, counts.revoked);
		RETURN;
	END IF;
	SELECT p.person_no INTO person_no FROM ce_person p WHERE p.person_id = id;
	IF ce_certificate_sum(stated, id, year, issued_on, true) <> sum_law THEN
		message := t ->> 'check.law';
		RETURN;
	END IF;
	public_hours := (stated ->> 'public_hours')::numeric;
	professional_hours := (stated ->> 'professional_hours')::numeric;
	total_hours := (stated ->> 'total_hours')::numeric;
	met := (stated ->> 'met')::boolean;

	-- What counted then and does not any more.
	SELECT string_agg(format(t ->> 'check.item', coalesce(v.title, v.label), ce_page_number(v.hours), to_char(v.revoked_on, 'YYYY-MM-DD')), t ->> 'and' ORDER BY v.n) FILTER (WHERE v.n <= 3)
		   || CASE WHEN count(*) > 3 THEN (t ->> 'and') || format(t ->> 'check.more', count(*)) ELSE '' END
	  INTO gone
	  FROM (SELECT a.title, CASE lang WHEN 'zh' THEN k.label_zh ELSE k.label_en END AS label, a.awarded::numeric AS hours, a.revoked_on,
				   row_number() OVER (ORDER BY a.completed_on, a.activity_id) AS n
			  FROM ce_activity a JOIN ce_kind k ON k.kind = a.kind
			 WHERE a.person_id = id AND a.year = ce_certificate_check.year AND a.verified_on <= day AND a.revoked_on > day) v;
	IF gone IS NOT NULL THEN
		message := format(t ->> 'check.revoked', gone);
		RETURN;
	END IF;
	SELECT string_agg(format(t ->> 'check.allocation', t ->> l.subject::text, ce_page_number(l.hours::numeric), to_char(l.reversed_on, 'YYYY-MM-DD')), t ->> 'and' ORDER BY l.allocation_id)
	  INTO taken
	  FROM ce_allocation l WHERE l.person_id = id AND l.to_year = ce_certificate_check.year AND l.allocated_on <= day AND l.reversed_on > day;
	IF taken IS NOT NULL THEN
		message := format(t ->> 'check.reversed', taken);
		RETURN;
	END IF;

	valid := true;
	SELECT count(*) AS items, coalesce(sum(a.awarded), '0')::numeric AS hours,
		   EXISTS (SELECT FROM ce_allocation l
					WHERE l.person_id = id AND ce_certificate_check.year IN (l.from_year, l.to_year) AND (l.allocated_on > day OR l.reversed_on > day)) AS spread
	  INTO counts
	  FROM ce_activity a
	 WHERE a.person_id = id AND a.year = ce_certificate_check.year AND a.status = 'verified' AND a.verified_on > day;
	message := concat_ws(CASE lang WHEN 'en' THEN ' ' ELSE '' END, t ->> 'check.ok',
						 CASE WHEN counts.items > 0 THEN format(t ->> 'check.added', counts.items, ce_page_number(counts.hours)) END,
						 CASE WHEN counts.spread THEN t ->> 'check.spread' END);
END
$$;
COMMENT ON FUNCTION ce_certificate_check(text, text) IS
	'whether the ledger holds what a certificate with this code states: valid, whom, year and day of issue, the hours and the verdict that the page must show, and in words what is wrong or has changed since; one row';

CREATE OR REPLACE FUNCTION ce_page_rates(heading text, first_column text, rows jsonb, rated boolean, t jsonb) RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
BEGIN
	RETURN format(E'<section%s><h2>%s</h2>\n<table><thead><tr><th scope="col">%s</th><th scope="col" class="n">%s</th><th scope="col" class="n">%s</th>%s</tr></thead><tbody>\n',
				  CASE WHEN jsonb_array_length(rows) <= 12 THEN ' class="block"' END, ce_html(heading), ce_html(first_column), ce_html(t ->> 'persons'), ce_html(t ->> 'trained'),
				  CASE WHEN rated THEN format('<th scope="col" class="n">%s</th><th scope="col" colspan="2">%s</th>', ce_html(t ->> 'met'), ce_html(t ->> 'rate')) END)
		|| (SELECT string_agg(format(E'<tr><th scope="row">%s</th><td class="n">%s</td><td class="n">%s</td>%s</tr>\n', ce_html(r.label), ce_page_number(r.persons), ce_page_number(r.trained),
									CASE WHEN rated THEN format('<td class="n">%s</td><td class="b">%s</td><td class="n">%s</td>', ce_page_number(r.met),
										ce_page_bar(r.met, NULL, r.persons, format('%s: %s', r.label, format(t ->> 'percent', r.rate))), format(t ->> 'percent', r.rate)) END), '' ORDER BY r.ord)
			  FROM (SELECT e.ord, e.row ->> 'label' AS label, (e.row ->> 'persons')::numeric AS persons, (e.row ->> 'trained')::numeric AS trained,
						   (e.row ->> 'met')::numeric AS met, round(100 * (e.row ->> 'met')::numeric / nullif((e.row ->> 'persons')::numeric, 0), 1) AS rate
					  FROM jsonb_array_elements(rows) WITH ORDINALITY AS e (row, ord)) r)
		|| E'</tbody></table></section>\n';
END
$$;
COMMENT ON FUNCTION ce_page_rates(text, text, jsonb, boolean, jsonb) IS
	'persons, those with hours, those who met the year and their share with a bar, by whatever labels the rows: a table of a page; rated being false, without the last two';

CREATE OR REPLACE FUNCTION ce_report_html(year integer, lang text DEFAULT 'zh') RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
	rated boolean;
	basis text;
	people record;
	work record;
	body text;
BEGIN
	PERFORM ce_ledger();
	t := ce_page_labels(lang);
	PERFORM ce_page_year_missing($1);
	SELECT count(*) > 0, string_agg(DISTINCT ce_page_instrument(r.instrument, r.clause, lang), '; ')
	  INTO rated, basis
	  FROM ce_scheme s
	 CROSS JOIN LATERAL (
			SELECT q.instrument, q.clause FROM ce_requirement q
			 WHERE q.scheme = s.scheme AND $1 BETWEEN q.from_year AND coalesce(q.to_year, $1)
			 ORDER BY q.from_year DESC LIMIT 1) r
	 WHERE s.governed AND EXISTS (SELECT FROM ce_person p WHERE p.scheme = s.scheme);

	-- The statistics are read once and added up by prefecture, department and level; obliged staff alone has rates.
	WITH s AS MATERIALIZED (SELECT * FROM ce_annual_statistics v WHERE v.year = $1),
	by_prefecture AS (
		SELECT s.prefecture, sum(s.persons) AS persons, sum(s.trained) AS trained, sum(s.met) AS met FROM s WHERE s.obliged GROUP BY s.prefecture),
	by_department AS (
		SELECT d.org_id, d.name, sum(s.persons) AS persons, sum(s.trained) AS trained, sum(s.met) AS met
		  FROM s LEFT JOIN ce_org d ON d.org_id = s.parent_id AND d.kind IN ('authority', 'health_commission') AND d.admin_level = 'provincial'
		 WHERE s.obliged GROUP BY d.org_id),
	by_level AS (
		SELECT s.level, sum(s.persons) AS persons, sum(s.trained) AS trained, sum(s.met) AS met FROM s WHERE s.obliged GROUP BY s.level)
	SELECT (SELECT jsonb_agg(jsonb_build_object('label', CASE WHEN b.prefecture LIKE '%0000' THEN t ->> 'province' ELSE coalesce(o.name, b.prefecture) END,
												'persons', b.persons, 'trained', b.trained, 'met', b.met) ORDER BY b.prefecture)
			  FROM by_prefecture b
			  LEFT JOIN LATERAL (SELECT h.name FROM ce_org h WHERE h.kind = 'hrss' AND h.region_code = b.prefecture ORDER BY h.org_id LIMIT 1) o ON true) AS prefectures,
		   (SELECT jsonb_agg(jsonb_build_object('label', coalesce(b.name, t ->> 'others'), 'persons', b.persons, 'trained', b.trained, 'met', b.met)
							 ORDER BY b.org_id IS NULL, b.persons DESC, b.org_id) FROM by_department b) AS departments,
		   (SELECT jsonb_agg(jsonb_build_object('label', t ->> ('level.' || b.level), 'persons', b.persons, 'trained', b.trained, 'met', b.met)
							 ORDER BY array_position(ARRAY['none', 'junior', 'intermediate', 'senior', 'full_senior'], b.level)) FROM by_level b) AS levels,
		   (SELECT jsonb_agg(jsonb_build_object('label', t ->> CASE WHEN g.obliged THEN 'obliged' ELSE 'encouraged' END, 'persons', g.persons, 'trained', g.trained, 'met', g.met) ORDER BY NOT g.obliged)
			  FROM (SELECT s.obliged, sum(s.persons) AS persons, sum(s.trained) AS trained, sum(s.met) AS met FROM s GROUP BY s.obliged) g) AS groups,
		   (SELECT sum(s.persons) FROM s) AS persons, (SELECT sum(s.trained) FROM s) AS trained,
		   (SELECT sum(s.public_hours) FROM s) AS public_hours, (SELECT sum(s.professional_hours) FROM s) AS professional_hours,
		   (SELECT round(100 * sum(s.met) / nullif(sum(s.persons), 0), 1) FROM s WHERE s.obliged) AS rate
	  INTO people;

	-- Categories and months of what was verified, in one reading; ce_quarterly_report has the same sums by employer.
	WITH m AS MATERIALIZED (
		SELECT a.category, a.category = 'public' AS is_public, extract(month FROM a.completed_on)::integer AS month, count(*) AS items, sum(a.awarded)::numeric AS hours
		  FROM ce_activity a WHERE a.year = $1 AND a.status = 'verified' GROUP BY 1, 3)
	SELECT (SELECT string_agg(format(E'<tr><th scope="row">%s</th><td class="n">%s</td><td class="n">%s</td><td class="b">%s</td><td class="n">%s</td></tr>\n',
									 ce_html(t ->> ('category.' || c.category)), ce_page_number(c.items), ce_page_number(c.hours),
									 ce_page_bar(c.hours, NULL, c.total, format('%s: %s', t ->> ('category.' || c.category), ce_page_number(c.hours))),
									 coalesce(format(t ->> 'percent', round(100 * c.hours / nullif(c.total, 0), 1)), '&ndash;')), '' ORDER BY c.hours DESC, c.category)
			  FROM (SELECT m.category, sum(m.items) AS items, sum(m.hours) AS hours, sum(sum(m.hours)) OVER () AS total
					  FROM m GROUP BY m.category) c) AS categories,
		   (SELECT array_agg((SELECT sum(m.hours) FROM m WHERE m.is_public AND m.month = i) ORDER BY i) FROM generate_series(1, 12) i) AS public_hours,
		   (SELECT array_agg((SELECT sum(m.hours) FROM m WHERE NOT m.is_public AND m.month = i) ORDER BY i) FROM generate_series(1, 12) i) AS professional_hours,
		   (SELECT string_agg(format(E'<tr><th scope="row">%s</th><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td></tr>\n', ce_html(format(t ->> 'quarter_of', q.quarter)),
									 ce_page_number(q.pub), ce_page_number(q.prof), ce_page_number(q.pub + q.prof)), '' ORDER BY q.quarter)
			  FROM (SELECT i AS quarter, coalesce(sum(m.hours) FILTER (WHERE m.is_public), 0) AS pub, coalesce(sum(m.hours) FILTER (WHERE NOT m.is_public), 0) AS prof
					  FROM generate_series(1, 4) i LEFT JOIN m ON (m.month + 2) / 3 = i GROUP BY i) q) AS quarters
	  INTO work;

	IF people.persons IS NULL AND work.categories IS NULL THEN
		body := format(E'<p class="verdict">%s</p>\n', ce_html(format(t ->> 'no_data', year)));
	ELSE
		body := CASE WHEN rated THEN format(E'<p class="soft">%s</p>\n', ce_html(format(t ->> 'basis', basis)))
					 ELSE format(E'<p class="verdict">%s</p>\n', ce_html(format(t ->> 'year_no_rule', year))) END
			|| CASE WHEN people.persons IS NOT NULL THEN
				format(E'<section class="block"><h2>%s</h2>\n<div class="figures"><div>%s<b>%s</b></div><div>%s<b>%s</b></div><div>%s<b>%s</b></div><div>%s<b>%s</b></div>%s</div>\n<p class="soft">%s</p></section>\n',
					   ce_html(t ->> 'key_figures'), ce_html(t ->> 'persons'), ce_page_number(people.persons), ce_html(t ->> 'trained'), ce_page_number(people.trained),
					   ce_html(format(t ->> 'hours_of', t ->> 'public')), ce_page_number(people.public_hours),
					   ce_html(format(t ->> 'hours_of', t ->> 'professional')), ce_page_number(people.professional_hours),
					   CASE WHEN rated THEN format('<div>%s<b>%s</b></div>', ce_html(t ->> 'rate'), coalesce(format(t ->> 'percent', people.rate), '&ndash;')) END,
					   ce_html(t ->> 'key_text'))
				|| ce_page_rates(t ->> 'by_group', t ->> 'group', people.groups, rated, t)
				|| coalesce(ce_page_rates(t ->> 'by_prefecture', t ->> 'prefecture', people.prefectures, rated, t), '')
				|| coalesce(ce_page_rates(t ->> 'by_department', t ->> 'department', people.departments, rated, t), '')
				|| coalesce(ce_page_rates(t ->> 'by_level', t ->> 'held', people.levels, rated, t), '') ELSE '' END
			|| CASE WHEN work.categories IS NOT NULL THEN
				format(E'<section class="block"><h2>%s</h2>\n<table><thead><tr><th scope="col">%s</th><th scope="col" class="n">%s</th><th scope="col" class="n">%s</th><th scope="col" colspan="2">%s</th></tr></thead><tbody>\n%s</tbody></table>\n<p class="soft">%s</p></section>\n',
					   ce_html(t ->> 'by_category'), ce_html(t ->> 'category'), ce_html(t ->> 'count'), ce_html(t ->> 'hours'), ce_html(t ->> 'share'), work.categories, ce_html(t ->> 'category_text'))
				|| format(E'<section class="block"><h2>%s</h2>\n%s\n<table><thead><tr><th scope="col">%s</th><th scope="col" class="n">%s</th><th scope="col" class="n">%s</th><th scope="col" class="n">%s</th></tr></thead><tbody>\n%s</tbody></table></section>\n',
						  ce_html(t ->> 'by_month'), ce_page_columns(work.public_hours, work.professional_hours, lang),
						  ce_html(t ->> 'quarter'), ce_html(t ->> 'public'), ce_html(t ->> 'professional'), ce_html(t ->> 'total'), work.quarters) ELSE '' END;
		-- The duty report reads statistics, not findings, which are about single persons.
		IF has_table_privilege('ce_findings', 'SELECT') THEN
			body := body || (
				SELECT format(E'<section class="block"><h2>%s</h2>\n%s</section>\n', ce_html(t ->> 'findings'),
							  coalesce(format(E'<table><thead><tr><th scope="col">%s</th><th scope="col">%s</th><th scope="col" class="n">%s</th></tr></thead><tbody>\n%s</tbody></table>\n',
											  ce_html(t ->> 'finding'), ce_html(t ->> 'clause'), ce_html(t ->> 'count'), string_agg(f.line, '' ORDER BY f.clause, f.finding)),
									   format(E'<p>%s</p>\n', ce_html(t ->> 'no_findings'))))
				  FROM (SELECT v.finding, v.clause, format(E'<tr><th scope="row">%s</th><td>%s</td><td class="n">%s</td></tr>\n',
														   ce_html(coalesce(t ->> ('finding.' || v.finding), v.finding)), ce_html(v.clause), ce_page_number(count(*))) AS line
						  FROM ce_findings v
						 WHERE CASE v.object
								WHEN 'year' THEN v.object_id
								WHEN 'activity' THEN (SELECT a.year FROM ce_activity a WHERE a.person_id = v.person_id AND a.activity_id = v.object_id)
								ELSE (SELECT extract(year FROM coalesce(l.starts_on, l.ends_on, v.on_date)) FROM ce_plan l WHERE l.plan_id = v.object_id) END = $1
						 GROUP BY v.finding, v.clause) f);
		ELSE
			body := body || format(E'<section class="block"><h2>%s</h2>\n<p>%s</p></section>\n', ce_html(t ->> 'findings'), ce_html(t ->> 'findings_hidden'));
		END IF;
	END IF;
	RETURN ce_page(lang, format('%s | %s', t ->> 'report', year), format('%s | %s', t ->> 'report', year),
		format(E'<header class="head"><h1>%s</h1><p class="year">%s</p><p class="kicker">%s %s</p></header>\n', ce_html(t ->> 'report'), ce_html(format(t ->> 'year', year)),
			   ce_html(t ->> 'issued'), ce_page_date(ce_today(), lang)) || body);
END
$$;
COMMENT ON FUNCTION ce_report_html(integer, text) IS
	'the year''s report of a bureau (9.2) as one HTML page in zh or en: completion by prefecture, department and level, hours by category and month as inline SVG, findings; of what the caller may see';
--
-- Who may: what a role sees, which duties it holds, and how the ledger's
-- owner grants them
--

CREATE OR REPLACE FUNCTION ce_member_changed() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_member_changed';
COMMENT ON FUNCTION ce_member_changed() IS 'has every backend read afresh who may';

CREATE OR REPLACE FUNCTION ce_sees_support(internal) RETURNS internal
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_sees_support';
COMMENT ON FUNCTION ce_sees_support(internal) IS 'tells the planner which share of the rows a role sees';

CREATE OR REPLACE FUNCTION ce_sees_org(org_id bigint) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE COST 2 SUPPORT ce_sees_support
	AS 'MODULE_PATHNAME', 'ce_sees_org';
COMMENT ON FUNCTION ce_sees_org(bigint) IS
	'whether current_user has a duty at the organisation or at one above it (ce_member)';

CREATE OR REPLACE FUNCTION ce_sees_person(person_id bigint) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE COST 20 SUPPORT ce_sees_support
	AS 'MODULE_PATHNAME', 'ce_sees_person_by_id';
COMMENT ON FUNCTION ce_sees_person(bigint) IS
	'whether current_user is the person (ce_person_role) or sees the person''s employer';

CREATE OR REPLACE FUNCTION ce_sees_person(person_id bigint, org_id bigint) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE COST 3 SUPPORT ce_sees_support
	AS 'MODULE_PATHNAME', 'ce_sees_person_of_org';
COMMENT ON FUNCTION ce_sees_person(bigint, bigint) IS
	'the same where the employer is at hand';

CREATE OR REPLACE FUNCTION ce_sees_activity(person_id bigint, org_id bigint, plan_id bigint, kind text) RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE COST 5 SUPPORT ce_sees_support
	AS 'MODULE_PATHNAME', 'ce_sees_activity';
COMMENT ON FUNCTION ce_sees_activity(bigint, bigint, bigint, text) IS
	'whether current_user sees an activity: the person, the employer at the time (7.4a), the plan''s organiser, the academy or health commission that verifies the kind';

CREATE OR REPLACE FUNCTION ce_sees_plan(org_id bigint, status ce_plan_status) RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'ce_sees_plan';
COMMENT ON FUNCTION ce_sees_plan(bigint, ce_plan_status) IS
	'whether current_user sees a course plan: a filed one always, others for their organiser, the bodies above it and those that review and file them (7.2)';

CREATE OR REPLACE FUNCTION ce_audits(object text, ids bigint[], by_org bigint) RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'ce_audits';
COMMENT ON FUNCTION ce_audits(text, bigint[], bigint) IS
	'whether current_user audits what a row of ce_event is about: the body that acted, or the employer or organiser of one of the objects';

CREATE OR REPLACE FUNCTION ce_has_duty(org_id bigint, duty text) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE COST 3 AS 'MODULE_PATHNAME', 'ce_has_duty';
COMMENT ON FUNCTION ce_has_duty(bigint, text) IS
	'whether current_user holds a duty for an organisation: verify at the very one, every other duty there or at one above it';

CREATE OR REPLACE FUNCTION ce_require_duty(org_id bigint, duty text) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE COST 3 AS 'MODULE_PATHNAME', 'ce_require_duty';
COMMENT ON FUNCTION ce_require_duty(bigint, text) IS
	'true, or an error that says which duty current_user lacks for the organisation';

-- The columns that nobody but the owner writes are in no line of this list.  An
-- import names verified_by, too; filled in, it needs the duty to verify.
CREATE OR REPLACE FUNCTION ce_duty_privileges(duty text) RETURNS TABLE (privilege text, object text)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
	SELECT p.privilege, o.object
	  FROM (VALUES
		('SELECT', '{ce_ledger,ce_instrument,ce_scheme,ce_requirement,ce_kind,ce_rule,ce_cap,ce_window,ce_catchup,ce_org,ce_specialty_pair,ce_course}'::text[], '{}'::text[]),
		('SELECT', '{ce_person,ce_plan,ce_account,ce_achievement}', '{}'),
		('SELECT', '{ce_attested_hours,ce_yearly_totals,ce_deadlines,ce_filing_status,ce_quarterly_report,ce_annual_statistics}', '{}'),
		('SELECT (person_id, kind, plan_id, org_id, completed_on, status, year, category, awarded)', '{ce_activity}', '{report}'),
		('SELECT', '{ce_activity,ce_allocation,ce_sanction,ce_application}', '{read,record,verify,backdate,sanction,audit}'),
		('SELECT', '{ce_account_recomputed,ce_eligibility,ce_findings,ce_shortfalls,ce_verification_queue,ce_archive,ce_credit_record}',
			'{read,record,verify,backdate,sanction,audit}'),
		('SELECT', '{ce_event,ce_member,ce_person_role}', '{audit}'),
		('INSERT (person_id, person_no, org_id, scheme, specialty, doctorate_on, held_level, held_since)', '{ce_person}', '{record}'),
		('UPDATE (person_no, org_id, scheme, specialty, doctorate_on, held_level, held_since)', '{ce_person}', '{record}'),
		('INSERT (plan_id, org_id, title, subject, mode, specialty, hours, days, starts_on, ends_on, status, note)', '{ce_plan}', '{record}'),
		('UPDATE (org_id, title, subject, mode, specialty, hours, days, starts_on, ends_on, status, note)', '{ce_plan}', '{record}'),
		('INSERT (activity_id, person_id, kind, plan_id, org_id, title, specialty, started_on, completed_on, days, travel_days, hours, evidence, '
			'source, source_ref, status, verified_by, verified_on, note)', '{ce_activity}', '{record}'),
		('UPDATE (kind, plan_id, org_id, title, specialty, started_on, completed_on, days, travel_days, hours, evidence, source, source_ref, '
			'status, note)', '{ce_activity}', '{record}'),
		('INSERT (achievement_id, person_id, kind, grade, role, rank, title, specialty, work_ref, started_on, due_on, achieved_on, evidence, note)',
			'{ce_achievement}', '{record}'),
		('UPDATE (kind, grade, role, rank, title, specialty, work_ref, started_on, due_on, achieved_on, evidence, note)', '{ce_achievement}', '{record}'),
		('DELETE', '{ce_plan,ce_activity,ce_achievement}', '{record}'),
		('INSERT (application_id, person_id, level, route, specialty, applied_on, note)', '{ce_application}', '{record}'),
		('UPDATE (status, note)', '{ce_application}', '{record,verify}'),
		('INSERT (reviewed_by, filed_by, filed_on)', '{ce_plan}', '{verify}'),
		('UPDATE (status, reviewed_by, filed_by, filed_on, note)', '{ce_plan}', '{verify}'),
		('INSERT (reviewed_by, verified_by, verified_on)', '{ce_activity}', '{verify}'),
		('UPDATE (status, reviewed_by, verified_by, verified_on, revoked_by, revoked_on, note)', '{ce_activity}', '{verify}'),
		('INSERT (attested_by, attested_on)', '{ce_achievement}', '{verify}'),
		('UPDATE (attested_by, attested_on, revoked_on, note)', '{ce_achievement}', '{verify}'),
		('INSERT (allocation_id, person_id, from_year, to_year, subject, hours, allocated_by, allocated_on, note)', '{ce_allocation}', '{verify}'),
		('UPDATE (reversed_by, reversed_on, note)', '{ce_allocation}', '{verify}'),
		('INSERT (sanction_id, person_id, found_on, decision, note)', '{ce_sanction}', '{sanction}'),
		('UPDATE (revoked_on, note)', '{ce_sanction}', '{sanction}')
	  ) AS p (privilege, objects, duties)
	 CROSS JOIN LATERAL unnest(p.objects) AS o (object)
	 WHERE $1 = ANY ('{read,record,verify,backdate,sanction,audit,report}') AND (p.duties = '{}' OR $1 = ANY (p.duties))
$$;
COMMENT ON FUNCTION ce_duty_privileges(text) IS
	'the privileges on the ledger''s tables and views that a duty comes with, as ce_grant() grants them; a person''s own role has those of read';

CREATE OR REPLACE FUNCTION ce_grant_privileges(role_name name) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
DECLARE
	schema regnamespace;
	g record;
BEGIN
	PERFORM ce_grant_check($1);
	SELECT c.relnamespace::regnamespace INTO schema FROM pg_class c WHERE c.oid = 'ce_member'::regclass;
	IF NOT has_schema_privilege($1, schema::oid, 'USAGE') THEN
		IF has_schema_privilege(current_user, schema::oid, 'USAGE WITH GRANT OPTION') THEN
			EXECUTE format('GRANT USAGE ON SCHEMA %s TO %I', schema, $1);
		ELSE
			RAISE WARNING USING MESSAGE = format(ce_text('role "%s" may not use schema %s'), $1, schema),
				HINT = format(ce_text('Let the schema''s owner run: GRANT USAGE ON SCHEMA %s TO %s;'), schema, quote_ident($1));
		END IF;
	END IF;
	FOR g IN
		SELECT DISTINCT p.privilege, p.object
		  FROM (SELECT m.duty FROM ce_member m WHERE m.role_name = $1
				UNION
				SELECT 'read' FROM ce_person_role r WHERE r.role_name = $1) d
		 CROSS JOIN LATERAL ce_duty_privileges(d.duty) p
	LOOP
		EXECUTE format('GRANT %s ON %I TO %I', g.privilege, g.object, $1);
	END LOOP;
END
$$;
COMMENT ON FUNCTION ce_grant_privileges(name) IS
	'gives a role again what its duties come with; after an update, for new tables and views: SELECT ce_grant_privileges(role_name) FROM (SELECT role_name FROM ce_member UNION SELECT role_name FROM ce_person_role) r';

-- What ce_grant() and its kin ask first: is it the owner, is there such a role.
CREATE OR REPLACE FUNCTION ce_grant_check(role_name name) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
DECLARE
	owner name;
BEGIN
	PERFORM ce_ledger();
	IF to_regclass('ce_person_role') IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state', MESSAGE = ce_text('the ledger is of an earlier version'),
			DETAIL = ce_text('Table "ce_person_role" does not exist.'), HINT = ce_text('Let the ledger''s owner run ce_setup().');
	END IF;
	SELECT pg_get_userbyid(c.relowner) INTO owner FROM pg_class c WHERE c.oid = 'ce_member'::regclass;
	IF NOT pg_has_role(current_user, owner, 'USAGE') THEN
		RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = ce_text('must be owner of the ledger to say who may'),
			DETAIL = format(ce_text('Role "%s" owns the ledger; clause 7.1: it gives each role its duties.'), owner),
			HINT = format(ce_text('Call it as role "%s".'), owner);
	END IF;
	IF NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = $1) THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_object', MESSAGE = format(ce_text('role "%s" does not exist'), $1),
			HINT = format(ce_text('CREATE ROLE %s LOGIN; first.'), quote_ident($1));
	END IF;
END
$$;
COMMENT ON FUNCTION ce_grant_check(name) IS
	'an error unless current_user owns the ledger and the role exists';

CREATE OR REPLACE FUNCTION ce_grant(role_name name, org_id bigint, duty text) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
BEGIN
	PERFORM ce_grant_check($1);
	IF NOT EXISTS (SELECT FROM ce_duty_privileges($3)) THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format(ce_text('there is no duty "%s"'), coalesce($3, 'null')),
			HINT = ce_text('The duties are read, record, verify, backdate, sanction, audit and report.');
	ELSIF NOT EXISTS (SELECT FROM ce_org o WHERE o.org_id = $2) THEN
		RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', MESSAGE = format(ce_text('organisation %s does not exist'), coalesce($2::text, 'null')),
			HINT = ce_text('Table ce_org lists the organisations.');
	END IF;
	INSERT INTO ce_member (role_name, org_id, duty) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;
	PERFORM ce_grant_privileges($1);
END
$$;
COMMENT ON FUNCTION ce_grant(name, bigint, text) IS
	'gives a role a duty for an organisation (7.1): read, record, verify, backdate, sanction, audit or report, with the privileges that it needs; by the ledger''s owner';

-- Takes away what the duties came with and gives what those left come with.
CREATE OR REPLACE FUNCTION ce_revoke_privileges(role_name name, duties text[]) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
DECLARE
	g record;
BEGIN
	PERFORM ce_grant_check($1);
	FOR g IN SELECT DISTINCT p.privilege, p.object FROM unnest($2) AS d (duty) CROSS JOIN LATERAL ce_duty_privileges(d.duty) p LOOP
		EXECUTE format('REVOKE %s ON %I FROM %I', g.privilege, g.object, $1);
	END LOOP;
	PERFORM ce_grant_privileges($1);
END
$$;
COMMENT ON FUNCTION ce_revoke_privileges(name, text[]) IS
	'takes from a role the privileges of duties, but for those that the duties left to it come with';

CREATE OR REPLACE FUNCTION ce_revoke_duty(role_name name, org_id bigint, duty text) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
BEGIN
	PERFORM ce_grant_check($1);
	DELETE FROM ce_member m WHERE m.role_name = $1 AND m.org_id = $2 AND m.duty = $3;
	IF NOT FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'no_data_found',
			MESSAGE = format(ce_text('role "%s" does not hold the duty "%s" for organisation %s'), $1, coalesce($3, 'null'), coalesce($2::text, 'null')),
			HINT = ce_text('Table ce_member lists who acts for whom.');
	END IF;
	PERFORM ce_revoke_privileges($1, ARRAY[$3]);
END
$$;
COMMENT ON FUNCTION ce_revoke_duty(name, bigint, text) IS
	'takes a duty for an organisation from a role, with the privileges that none of its other duties needs; by the ledger''s owner';

CREATE OR REPLACE FUNCTION ce_grant_person(role_name name, person_id bigint) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
BEGIN
	PERFORM ce_grant_check($1);
	IF NOT EXISTS (SELECT FROM ce_person p WHERE p.person_id = $2) THEN
		RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', MESSAGE = format(ce_text('person %s does not exist'), coalesce($2::text, 'null')),
			HINT = ce_text('Enter the person in ce_person first.');
	END IF;
	INSERT INTO ce_person_role (role_name, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING;
	PERFORM ce_grant_privileges($1);
END
$$;
COMMENT ON FUNCTION ce_grant_person(name, bigint) IS
	'says that a role is a person''s own: it sees what is the person''s, and never acts on it (7.4, 7.5); by the ledger''s owner';

CREATE OR REPLACE FUNCTION ce_revoke_person(role_name name, person_id bigint) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
BEGIN
	PERFORM ce_grant_check($1);
	DELETE FROM ce_person_role r WHERE r.role_name = $1 AND r.person_id = $2;
	IF NOT FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'no_data_found',
			MESSAGE = format(ce_text('role "%s" is not the own one of person %s'), $1, coalesce($2::text, 'null')),
			HINT = ce_text('Table ce_person_role lists whose role is whose.');
	END IF;
	PERFORM ce_revoke_privileges($1, ARRAY['read']);
END
$$;
COMMENT ON FUNCTION ce_revoke_person(name, bigint) IS
	'says that a role is no longer a person''s own; by the ledger''s owner';

CREATE OR REPLACE FUNCTION ce_secure() RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = @extschema@, pg_temp SET client_min_messages = warning AS $secure$
BEGIN
	PERFORM ce_grant_check(current_user);
-- Row security: which rows a role sees and writes (ce_member, ce_person_role).
-- The policies say which rows are in reach, the triggers which duty a change
-- needs; who holds a privilege on a table without a duty reaches no row.
-- What has no policy for a command is not open to it at all.

ALTER TABLE ce_person ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_person;
CREATE POLICY ce_sees ON ce_person FOR SELECT USING (ce_sees_person(person_id, org_id));
COMMENT ON POLICY ce_sees ON ce_person IS 'staff of the organisations that the role sees, and the person itself';
DROP POLICY IF EXISTS ce_records_new ON ce_person;
CREATE POLICY ce_records_new ON ce_person FOR INSERT WITH CHECK (ce_require_duty(org_id, 'record'));
COMMENT ON POLICY ce_records_new ON ce_person IS 'entered by who records for the employer';
DROP POLICY IF EXISTS ce_records ON ce_person;
CREATE POLICY ce_records ON ce_person FOR UPDATE USING (ce_has_duty(org_id, 'record')) WITH CHECK (ce_require_duty(org_id, 'record'));
COMMENT ON POLICY ce_records ON ce_person IS 'changed by who records for the employer, for the old and the new one where it changes';

ALTER TABLE ce_plan ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_plan;
CREATE POLICY ce_sees ON ce_plan USING (ce_sees_plan(org_id, status));
COMMENT ON POLICY ce_sees ON ce_plan IS 'filed plans, and those of the organisers that the role sees or whose plans it reviews or files (7.2)';

ALTER TABLE ce_activity ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_activity;
CREATE POLICY ce_sees ON ce_activity USING (ce_sees_activity(person_id, org_id, plan_id, kind));
COMMENT ON POLICY ce_sees ON ce_activity IS 'activities of the persons that the role sees, of its staff of the time, on its own plans, of the kinds that it alone verifies';

ALTER TABLE ce_account ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_account;
CREATE POLICY ce_sees ON ce_account FOR SELECT USING (ce_sees_person(person_id));
COMMENT ON POLICY ce_sees ON ce_account IS 'accounts of the persons that the role sees; only triggers write them';

ALTER TABLE ce_achievement ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_achievement;
CREATE POLICY ce_sees ON ce_achievement USING (ce_sees_person(person_id));
COMMENT ON POLICY ce_sees ON ce_achievement IS 'achievements of the persons that the role sees';

ALTER TABLE ce_allocation ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_allocation;
CREATE POLICY ce_sees ON ce_allocation USING (ce_sees_person(person_id));
COMMENT ON POLICY ce_sees ON ce_allocation IS 'allocations of the persons that the role sees';

ALTER TABLE ce_sanction ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_sanction;
CREATE POLICY ce_sees ON ce_sanction USING (ce_sees_person(person_id));
COMMENT ON POLICY ce_sees ON ce_sanction IS 'findings on the persons that the role sees';

ALTER TABLE ce_application ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_application;
CREATE POLICY ce_sees ON ce_application USING (ce_sees_person(person_id));
COMMENT ON POLICY ce_sees ON ce_application IS 'applications of the persons that the role sees';

ALTER TABLE ce_event ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_event;
CREATE POLICY ce_sees ON ce_event FOR SELECT USING (ce_audits(object, ids, by_org));
COMMENT ON POLICY ce_sees ON ce_event IS 'log rows on what the role audits; only triggers write them';

ALTER TABLE ce_member ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_member;
CREATE POLICY ce_sees ON ce_member FOR SELECT USING (ce_has_duty(org_id, 'audit'));
COMMENT ON POLICY ce_sees ON ce_member IS 'who acts for the organisations that the role audits; only the owner writes it';

ALTER TABLE ce_person_role ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ce_sees ON ce_person_role;
CREATE POLICY ce_sees ON ce_person_role FOR SELECT USING (ce_audits('person', ARRAY[person_id], NULL));
COMMENT ON POLICY ce_sees ON ce_person_role IS 'own roles of the persons that the role audits; only the owner writes it';
	UPDATE ce_ledger SET security_edition = 1;
END
$secure$;
COMMENT ON FUNCTION ce_secure() IS
	'turns row security on for the ledger, with its own policies as they are shipped; ce_setup() does it once, for a new ledger; by the ledger''s owner';
--
-- Checks: is the ledger what its facts say, is the law without gaps
--

CREATE OR REPLACE FUNCTION ce_activity_drift(person_id bigint DEFAULT NULL)
	RETURNS TABLE (person_id_ bigint, activity_id bigint, awarded ce_hours, by_todays_law ce_hours, problem text)
	LANGUAGE c STABLE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_activity_drift';
COMMENT ON FUNCTION ce_activity_drift(bigint) IS
	'verified and revoked activities, of one person or of all, whose hours today''s law rows would convert otherwise';

CREATE OR REPLACE FUNCTION ce_rebuild(person_id bigint DEFAULT NULL, OUT activities bigint, OUT accounts bigint)
	LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_rebuild';
COMMENT ON FUNCTION ce_rebuild(bigint) IS
	'derives hours afresh under today''s law rows and makes the accounts equal to their activities, of one person or of all; returns how many were changed; each changed hour is logged in ce_event';

CREATE OR REPLACE FUNCTION ce_check()
	RETURNS TABLE (invariant text, person_id bigint, year integer, object_id bigint, detail text)
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce_ledger();
	RETURN QUERY
	SELECT 'account equals its activities'::text, coalesce(a.person_id, r.person_id), coalesce(a.year, r.year), NULL::bigint,
		   format(ce_text('account %s known from %s, activities and allocations %s known from %s'),
				  coalesce(a.credit::text, '-'), coalesce(a.known_from::text, '-'),
				  coalesce(r.credit::text, '-'), coalesce(r.known_from::text, '-'))
	  FROM ce_account a FULL JOIN ce_account_recomputed r ON r.person_id = a.person_id AND r.year = a.year
	 WHERE a.credit IS DISTINCT FROM r.credit OR a.known_from IS DISTINCT FROM r.known_from;

	RETURN QUERY
	SELECT 'hours follow from the facts by the law'::text, d.person_id_, v.year, d.activity_id,
		   format(ce_text('awarded %s, by today''s law %s'), d.awarded, coalesce(d.by_todays_law::text, d.problem))
	  FROM ce_activity_drift() d
	  JOIN ce_activity v ON v.person_id = d.person_id_ AND v.activity_id = d.activity_id;

	RETURN QUERY
	SELECT 'filed before verified (7.2d)'::text, v.person_id, v.year, v.activity_id,
		   format(ce_text('plan %s is %s, filed on %s; verified on %s'), p.plan_id, ce_text(p.status::text), coalesce(p.filed_on::text, '-'), v.verified_on)
	  FROM ce_activity v
	  JOIN ce_kind k ON k.kind = v.kind AND k.track = 'filed'
	  LEFT JOIN ce_plan p ON p.plan_id = v.plan_id
	 WHERE v.status IN ('verified', 'revoked')
	   AND (p.plan_id IS NULL OR p.status <> 'filed' OR p.filed_on > v.verified_on);

	RETURN QUERY
	SELECT 'evidence before verified (7.3a)'::text, v.person_id, v.year, v.activity_id, v.kind
	  FROM ce_activity v
	  JOIN ce_kind k ON k.kind = v.kind AND k.track = 'activity'
	 WHERE v.status IN ('verified', 'revoked') AND coalesce(btrim(v.evidence), '') = '';

	RETURN QUERY
	SELECT 'every activity has a known kind'::text, v.person_id, v.year, v.activity_id, v.kind
	  FROM ce_activity v
	 WHERE NOT EXISTS (SELECT FROM ce_kind k WHERE k.kind = v.kind);

	RETURN QUERY
	SELECT 'activities name organisations of the ledger (7.4)'::text, v.person_id, v.year, v.activity_id,
		   format('organisation %s', b.org_id)
	  FROM ce_activity v
	 CROSS JOIN LATERAL unnest(ARRAY[v.org_id, v.reviewed_by, v.verified_by, v.revoked_by]) AS b (org_id)
	 WHERE NOT EXISTS (SELECT FROM ce_org o WHERE o.org_id = b.org_id) AND b.org_id IS NOT NULL;

	RETURN QUERY
	SELECT 'verified rows say by whom and when (7.4)'::text, v.person_id, v.year, v.activity_id,
		   format(ce_text('%s: verified by %s on %s, revoked on %s'), ce_text(v.status::text), coalesce(v.verified_by::text, '-'),
				  coalesce(v.verified_on::text, '-'), coalesce(v.revoked_on::text, '-'))
	  FROM ce_activity v
	 WHERE CASE WHEN v.status IN ('verified', 'revoked')
				THEN v.verified_by IS NULL OR v.verified_on IS NULL OR v.verified_on < v.completed_on
					 OR (v.revoked_on IS NULL) <> (v.status = 'verified') OR v.revoked_on < v.verified_on
				ELSE v.verified_by IS NOT NULL OR v.verified_on IS NOT NULL OR v.revoked_on IS NOT NULL END;

	RETURN QUERY
	SELECT 'what was spread is surplus (7.6e)'::text, l.person_id, l.from_year, NULL::bigint,
		   format(ce_text('%s: %s hours too many'), ce_text(l.subject::text), - ce_surplus(l.person_id, l.from_year, l.subject, 'infinity'))
	  FROM (SELECT DISTINCT person_id, from_year, subject FROM ce_allocation WHERE reversed_on IS NULL) l
	 WHERE ce_surplus(l.person_id, l.from_year, l.subject, 'infinity') < '0';

	RETURN QUERY
	SELECT 'sanctioned persons are marked (6.2)'::text, s.person_id, NULL::integer, s.sanction_id, s.decision
	  FROM ce_sanction s
	  JOIN ce_person p ON p.person_id = s.person_id
	 WHERE NOT p.sanctioned;

	RETURN QUERY
	SELECT 'a finding cancels what is open (6.2a)'::text, a.person_id, NULL::integer, a.application_id,
		   format(ce_text('applied on %s, open; finding of %s'), a.applied_on, s.found_on)
	  FROM ce_application a
	  JOIN ce_sanction s ON s.person_id = a.person_id AND s.revoked_on IS NULL
	  JOIN ce_person p ON p.person_id = a.person_id
	  JOIN ce_scheme c ON c.scheme = p.scheme
	 WHERE a.status = 'open' AND a.applied_on <= s.found_on + make_interval(years => c.ban_years);

	-- Only a subscriber fires triggers for replicated rows; ENABLE TRIGGER ALL, as after a restore of data alone, loses that.
	RETURN QUERY
	SELECT 'triggers are enabled'::text, NULL::bigint, NULL::integer, NULL::bigint, format(ce_text('%s on %s'), t.tgname, t.tgrelid::regclass)
	  FROM pg_trigger t
	  JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = t.tgfoid AND d.deptype = 'e'
	  JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass AND e.extname = 'ce_hours'
	 WHERE NOT t.tgisinternal
	   AND CASE WHEN t.tgname ~ '_replicated$' THEN t.tgenabled <> 'R' ELSE t.tgenabled NOT IN ('O', 'A') END;
END
$$;
COMMENT ON FUNCTION ce_check() IS
	'every invariant of the ledger, one row for each violation, empty when sound; reads the whole ledger';

CREATE OR REPLACE FUNCTION ce_law_check()
	RETURNS TABLE (problem text, scheme text, object text, detail text)
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, @extschema@, pg_temp AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce_ledger();
	-- Rows of one key that begin in the same year: neither wins.
	RETURN QUERY
	SELECT 'overlap'::text, a.scheme, format('ce_rule %s, %s', a.rule_id, b.rule_id),
		   format(ce_text('%s%s%s ranks %s and %s from %s'), a.kind, coalesce(' ' || a.grade, ''), coalesce(' ' || a.role, ''),
				  coalesce(format('%s-%s', a.rank_from, coalesce(a.rank_to::text, '')), ce_text('any')),
				  coalesce(format('%s-%s', b.rank_from, coalesce(b.rank_to::text, '')), ce_text('any')), a.from_year)
	  FROM ce_rule a
	  JOIN ce_rule b ON b.rule_id > a.rule_id AND b.scheme = a.scheme AND b.kind = a.kind AND b.from_year = a.from_year
	   AND coalesce(a.grade = b.grade, true) AND coalesce(a.role = b.role, true)
	   AND int4range(coalesce(a.rank_from, 1), a.rank_to, '[]') && int4range(coalesce(b.rank_from, 1), b.rank_to, '[]');

	RETURN QUERY
	SELECT 'overlap'::text, a.scheme, format('ce_window %s, %s', a.window_id, b.window_id),
		   format(ce_text('%s %s from %s with the same conditions'), a.route, a.level, a.from_year)
	  FROM ce_window a
	  JOIN ce_window b ON b.window_id > a.window_id AND b.scheme = a.scheme AND b.route = a.route AND b.level = a.level
	   AND b.from_year = a.from_year AND b.needs_doctorate = a.needs_doctorate AND b.needs_held IS NOT DISTINCT FROM a.needs_held;

	-- Rank bands that begin after 1, leave a rank out or end (AMB-21).
	RETURN QUERY
	SELECT 'gap'::text, r.scheme, format('ce_rule %s', r.rule_id),
		   format(ce_text('%s%s%s: no rule for rank %s'), r.kind, coalesce(' ' || r.grade, ''), coalesce(' ' || r.role, ''), g.rank)
	  FROM ce_rule r
	 CROSS JOIN LATERAL (
			SELECT 1 AS rank WHERE NOT EXISTS (
				SELECT FROM ce_rule x WHERE x.scheme = r.scheme AND x.kind = r.kind AND x.grade IS NOT DISTINCT FROM r.grade
				   AND x.role IS NOT DISTINCT FROM r.role AND x.from_year = r.from_year AND x.rank_from < r.rank_from)
				AND r.rank_from > 1
			UNION ALL
			SELECT r.rank_to + 1 WHERE r.rank_to IS NOT NULL AND NOT EXISTS (
				SELECT FROM ce_rule x WHERE x.scheme = r.scheme AND x.kind = r.kind AND x.grade IS NOT DISTINCT FROM r.grade
				   AND x.role IS NOT DISTINCT FROM r.role AND x.from_year = r.from_year
				   AND r.rank_to + 1 BETWEEN x.rank_from AND coalesce(x.rank_to, r.rank_to + 1))) g
	 WHERE r.rank_from IS NOT NULL;

	-- Years between two rows of one key that no row governs.
	RETURN QUERY
	SELECT 'gap'::text, k.scheme, k.object, format(ce_text('no row for %s to %s'), k.to_year + 1, k.next_year - 1)
	  FROM (
		SELECT scheme, 'ce_requirement' AS object, max(coalesce(to_year, 2147483646)) OVER earlier AS to_year,
			   lead(from_year) OVER (PARTITION BY scheme ORDER BY from_year) AS next_year
		  FROM ce_requirement WINDOW earlier AS (PARTITION BY scheme ORDER BY from_year)
		UNION ALL
		SELECT scheme, format('ce_window %s %s', route, level), max(coalesce(to_year, 2147483646)) OVER earlier,
			   lead(from_year) OVER (PARTITION BY scheme, route, level ORDER BY from_year)
		  FROM ce_window WHERE NOT needs_doctorate AND needs_held IS NULL
		WINDOW earlier AS (PARTITION BY scheme, route, level ORDER BY from_year)
		UNION ALL
		SELECT scheme, format('ce_cap %s', category), max(coalesce(to_year, 2147483646)) OVER earlier,
			   lead(from_year) OVER (PARTITION BY scheme, category ORDER BY from_year)
		  FROM ce_cap WINDOW earlier AS (PARTITION BY scheme, category ORDER BY from_year)
		UNION ALL
		SELECT scheme, format('ce_rule %s', concat_ws(' ', kind, grade, role, rank_from)), max(coalesce(to_year, 2147483646)) OVER earlier,
			   lead(from_year) OVER (PARTITION BY scheme, kind, grade, role, rank_from ORDER BY from_year)
		  FROM ce_rule WINDOW earlier AS (PARTITION BY scheme, kind, grade, role, rank_from ORDER BY from_year)
	  ) k
	 WHERE k.next_year > k.to_year + 1;

	-- Schemes that govern but do not say what a year or a title asks for.
	RETURN QUERY
	SELECT 'gap'::text, s.scheme, 'ce_requirement'::text, ce_text('no year has a requirement')
	  FROM ce_scheme s
	 WHERE s.governed AND NOT EXISTS (SELECT FROM ce_requirement r WHERE r.scheme = s.scheme);

	RETURN QUERY
	SELECT 'gap'::text, s.scheme, format('ce_window %s', t.route), ce_text('no level has a window')
	  FROM ce_scheme s CROSS JOIN unnest(enum_range(NULL::ce_route)) AS t (route)
	 WHERE s.governed AND NOT EXISTS (SELECT FROM ce_window w WHERE w.scheme = s.scheme AND w.route = t.route);

	RETURN QUERY
	SELECT 'gap'::text, w.scheme, format('ce_window %s', w.route), format(ce_text('level %s has no window for everybody, but it or a higher one has one'), l.level)
	  FROM (SELECT DISTINCT scheme, route FROM ce_window) w
	 CROSS JOIN unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) AS l (level)
	 WHERE EXISTS (SELECT FROM ce_window x WHERE x.scheme = w.scheme AND x.route = w.route AND x.level >= l.level)
	   AND NOT EXISTS (SELECT FROM ce_window x WHERE x.scheme = w.scheme AND x.route = w.route AND x.level = l.level
						  AND NOT x.needs_doctorate AND x.needs_held IS NULL);

	-- A window whose years reach back before the first requirement can never be answered.
	RETURN QUERY
	SELECT 'gap'::text, w.scheme, format('ce_window %s', w.window_id),
		   format(ce_text('in %s its years begin in %s, which has no requirement'), w.from_year, w.from_year - w.years + 1)
	  FROM ce_window w
	 WHERE NOT EXISTS (SELECT FROM ce_requirement r WHERE r.scheme = w.scheme
						  AND w.from_year - w.years + 1 BETWEEN r.from_year AND coalesce(r.to_year, 2147483647));

	-- Minima that cannot be met within, or exceed, the total.
	RETURN QUERY
	SELECT 'contradiction'::text, r.scheme, format('ce_requirement %s', r.from_year),
		   format(ce_text('public %s and professional %s are more than the total %s'), r.public_hours, r.professional_hours, r.total_hours)
	  FROM ce_requirement r
	 WHERE coalesce(r.public_hours, '0') + coalesce(r.professional_hours, '0') > r.total_hours;

	-- Rules of a basis that their kind's track cannot have.
	RETURN QUERY
	SELECT 'contradiction'::text, r.scheme, format('ce_rule %s', r.rule_id),
		   format(ce_text('basis %s does not fit kind %s of the track %s'), r.basis, r.kind, k.track)
	  FROM ce_rule r JOIN ce_kind k ON k.kind = r.kind
	 WHERE CASE WHEN k.track = 'attested' THEN r.basis NOT IN ('fixed', 'deems', 'deems_tenure')
				ELSE r.basis = 'deems_tenure' OR r.grade IS NOT NULL OR r.role IS NOT NULL OR r.rank_from IS NOT NULL END
		OR (r.basis = 'filed_hours' AND k.track <> 'filed')
		OR (k.subject = 'both' AND r.basis <> 'deems');
END
$$;
COMMENT ON FUNCTION ce_law_check() IS
	'gaps, overlaps and contradictions in the law rows, one row each; empty for the shipped law';
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
-- The law as rows.  Every row names its scheme, its years (to_year null: open),
-- the instrument and clause it comes from and, where the text is open, the
-- interpretation taken.  Where several rows fit a year, the greatest
-- from_year wins.

CREATE TABLE IF NOT EXISTS ce_ledger (
	singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
	law_edition integer NOT NULL,
	extension_version text NOT NULL,
	set_up_at timestamptz NOT NULL
);
COMMENT ON TABLE ce_ledger IS 'one row: what ce_setup() has brought to this ledger so far';
COMMENT ON COLUMN ce_ledger.singleton IS 'always true: there is one row';
COMMENT ON COLUMN ce_ledger.law_edition IS 'edition of the shipped law rows; ce_setup() adds only rows of later editions, so a row that was deleted does not come back';
COMMENT ON COLUMN ce_ledger.extension_version IS 'version of the extension whose ce_setup() ran last';
COMMENT ON COLUMN ce_ledger.set_up_at IS 'when ce_setup() ran last';

ALTER TABLE ce_ledger ADD COLUMN IF NOT EXISTS security_edition integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN ce_ledger.security_edition IS 'edition of the policies that ce_secure() made, 0: none yet; what was dropped or switched off since does not come back by itself';

CREATE TABLE IF NOT EXISTS ce_instrument (
	instrument text PRIMARY KEY,
	doc_no text NOT NULL,
	title_zh text NOT NULL,
	title_en text NOT NULL,
	issued_on date NOT NULL
);
COMMENT ON TABLE ce_instrument IS 'the legal instruments that law rows cite';
COMMENT ON COLUMN ce_instrument.instrument IS 'short name that rows cite';
COMMENT ON COLUMN ce_instrument.doc_no IS 'document number (文号)';
COMMENT ON COLUMN ce_instrument.title_zh IS 'title in Chinese';
COMMENT ON COLUMN ce_instrument.title_en IS 'title in English';
COMMENT ON COLUMN ce_instrument.issued_on IS 'day of issue';

CREATE TABLE IF NOT EXISTS ce_scheme (
	scheme text PRIMARY KEY,
	label_zh text NOT NULL,
	label_en text NOT NULL,
	governed boolean NOT NULL,
	ban_years integer CHECK (ban_years BETWEEN 0 AND 100),
	instrument text NOT NULL REFERENCES ce_instrument,
	clause text NOT NULL,
	interpretation text
);
COMMENT ON TABLE ce_scheme IS 'groups of persons under one set of rules; a person belongs to one';
COMMENT ON COLUMN ce_scheme.scheme IS 'short name';
COMMENT ON COLUMN ce_scheme.label_zh IS 'label in Chinese';
COMMENT ON COLUMN ce_scheme.label_en IS 'label in English';
COMMENT ON COLUMN ce_scheme.governed IS 'false: the rules here say nothing about these persons, every verdict is out_of_scope (2.3)';
COMMENT ON COLUMN ce_scheme.ban_years IS 'years without title applications after fraud was found (6.2b)';
COMMENT ON COLUMN ce_scheme.instrument IS 'instrument that the row comes from';
COMMENT ON COLUMN ce_scheme.clause IS 'clause that the row comes from';
COMMENT ON COLUMN ce_scheme.interpretation IS 'the reading taken where the text is open, else null';

CREATE TABLE IF NOT EXISTS ce_requirement (
	scheme text NOT NULL REFERENCES ce_scheme,
	from_year integer NOT NULL,
	to_year integer,
	total_hours ce_hours NOT NULL CHECK (total_hours >= '0'::ce_hours),
	public_hours ce_hours CHECK (public_hours >= '0'::ce_hours),
	professional_hours ce_hours CHECK (professional_hours >= '0'::ce_hours),
	filing_due text CHECK (filing_due ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'),
	study_due text CHECK (study_due ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'),
	verification_due text CHECK (verification_due ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'),
	instrument text NOT NULL REFERENCES ce_instrument,
	clause text NOT NULL,
	interpretation text,
	PRIMARY KEY (scheme, from_year),
	CHECK (to_year >= from_year)
);
COMMENT ON TABLE ce_requirement IS 'hours a year asks for (4.1) and its deadlines (8); a year without a row has no verdict, it is never 0';
COMMENT ON COLUMN ce_requirement.scheme IS 'scheme that the row belongs to';
COMMENT ON COLUMN ce_requirement.from_year IS 'first year that the row governs';
COMMENT ON COLUMN ce_requirement.to_year IS 'last year that the row governs, null: open';
COMMENT ON COLUMN ce_requirement.total_hours IS 'class hours of the year in all (4.1a)';
COMMENT ON COLUMN ce_requirement.public_hours IS 'class hours of public subjects (4.1b), null: no minimum';
COMMENT ON COLUMN ce_requirement.professional_hours IS 'class hours of professional subjects (4.1c), null: no minimum';
COMMENT ON COLUMN ce_requirement.filing_due IS 'last day for filing the year''s plans, MM-DD (8.1a)';
COMMENT ON COLUMN ce_requirement.study_due IS 'last day for finishing the year''s study, MM-DD (8.2b)';
COMMENT ON COLUMN ce_requirement.verification_due IS 'last day for verifying the year''s hours, MM-DD (8.3)';
COMMENT ON COLUMN ce_requirement.instrument IS 'instrument that the row comes from';
COMMENT ON COLUMN ce_requirement.clause IS 'clause that the row comes from';
COMMENT ON COLUMN ce_requirement.interpretation IS 'the reading taken where the text is open, else null';

CREATE TABLE IF NOT EXISTS ce_kind (
	kind text PRIMARY KEY,
	subject ce_subject NOT NULL,
	category text NOT NULL CHECK (category IN ('public', 'online', 'training', 'study', 'mentoring', 'special', 'recorded', 'innovation')),
	track ce_track NOT NULL,
	label_zh text NOT NULL,
	label_en text NOT NULL,
	instrument text NOT NULL REFERENCES ce_instrument,
	clause text NOT NULL,
	interpretation text,
	CHECK ((subject = 'public') = (category = 'public')),
	CHECK (subject <> 'both' OR category = 'special')
);
COMMENT ON TABLE ce_kind IS 'kinds of activities and achievements';
COMMENT ON COLUMN ce_kind.kind IS 'short name';
COMMENT ON COLUMN ce_kind.subject IS 'subject that its hours count for';
COMMENT ON COLUMN ce_kind.category IS 'category that its hours are kept by and that caps name';
COMMENT ON COLUMN ce_kind.track IS 'way its hours are verified';
COMMENT ON COLUMN ce_kind.label_zh IS 'label in Chinese';
COMMENT ON COLUMN ce_kind.label_en IS 'label in English';
COMMENT ON COLUMN ce_kind.instrument IS 'instrument that the row comes from';
COMMENT ON COLUMN ce_kind.clause IS 'clause that the row comes from';
COMMENT ON COLUMN ce_kind.interpretation IS 'the reading taken where the text is open, else null';

CREATE TABLE IF NOT EXISTS ce_rule (
	rule_id integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (START WITH 10000),
	scheme text NOT NULL REFERENCES ce_scheme,
	kind text NOT NULL REFERENCES ce_kind,
	grade text,
	role text,
	rank_from integer CHECK (rank_from >= 1),
	rank_to integer,
	from_year integer NOT NULL,
	to_year integer,
	basis ce_basis NOT NULL,
	hours ce_hours CHECK (hours >= '0'::ce_hours),
	per_year boolean NOT NULL DEFAULT false,
	instrument text NOT NULL REFERENCES ce_instrument,
	clause text NOT NULL,
	interpretation text,
	CHECK (to_year >= from_year),
	CHECK (rank_to >= rank_from),
	CHECK ((hours IS NULL) = (basis IN ('as_completed', 'deems', 'deems_tenure', 'as_recorded')))
);
COMMENT ON TABLE ce_rule IS 'the conversion table (5): what facts of a kind are worth';
COMMENT ON COLUMN ce_rule.rule_id IS 'identifier; shipped rows are below 10000';
COMMENT ON COLUMN ce_rule.scheme IS 'scheme that the row belongs to';
COMMENT ON COLUMN ce_rule.kind IS 'kind that it converts';
COMMENT ON COLUMN ce_rule.grade IS 'grade of the achievement (national, provincial, ...), null where the kind has none';
COMMENT ON COLUMN ce_rule.role IS 'role in the achievement (host, member), null where it does not matter';
COMMENT ON COLUMN ce_rule.rank_from IS 'first rank of the band, null where rank does not matter';
COMMENT ON COLUMN ce_rule.rank_to IS 'last rank of the band, null: open';
COMMENT ON COLUMN ce_rule.from_year IS 'first year that the row governs';
COMMENT ON COLUMN ce_rule.to_year IS 'last year that the row governs, null: open';
COMMENT ON COLUMN ce_rule.basis IS 'how facts become hours';
COMMENT ON COLUMN ce_rule.hours IS 'class hours: a day''s for days, document_or_days and filed_hours, the whole for fixed';
COMMENT ON COLUMN ce_rule.per_year IS 'true: counted in each calendar year of a project (AMB-18, AMB-19)';
COMMENT ON COLUMN ce_rule.instrument IS 'instrument that the row comes from';
COMMENT ON COLUMN ce_rule.clause IS 'clause that the row comes from';
COMMENT ON COLUMN ce_rule.interpretation IS 'the reading taken where the text is open, else null';

CREATE TABLE IF NOT EXISTS ce_cap (
	scheme text NOT NULL REFERENCES ce_scheme,
	category text NOT NULL CHECK (category IN ('public', 'online', 'training', 'study', 'mentoring', 'special', 'recorded', 'innovation')),
	from_year integer NOT NULL,
	to_year integer,
	hours ce_hours NOT NULL CHECK (hours >= '0'::ce_hours),
	instrument text NOT NULL REFERENCES ce_instrument,
	clause text NOT NULL,
	interpretation text,
	PRIMARY KEY (scheme, category, from_year),
	CHECK (to_year >= from_year)
);
COMMENT ON TABLE ce_cap IS 'most hours of a category that a year recognises (5.2.4c); a cap cuts what is recognised, never what is stored';
COMMENT ON COLUMN ce_cap.scheme IS 'scheme that the row belongs to';
COMMENT ON COLUMN ce_cap.category IS 'category that is capped';
COMMENT ON COLUMN ce_cap.from_year IS 'first year that the row governs';
COMMENT ON COLUMN ce_cap.to_year IS 'last year that the row governs, null: open';
COMMENT ON COLUMN ce_cap.hours IS 'most class hours of the category in a person''s year';
COMMENT ON COLUMN ce_cap.instrument IS 'instrument that the row comes from';
COMMENT ON COLUMN ce_cap.clause IS 'clause that the row comes from';
COMMENT ON COLUMN ce_cap.interpretation IS 'the reading taken where the text is open, else null';

CREATE TABLE IF NOT EXISTS ce_window (
	window_id integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (START WITH 10000),
	scheme text NOT NULL REFERENCES ce_scheme,
	route ce_route NOT NULL,
	level ce_level NOT NULL,
	needs_doctorate boolean NOT NULL DEFAULT false,
	needs_held ce_level,
	aggregation text NOT NULL CHECK (aggregation IN ('each', 'any', 'sum')),
	years integer NOT NULL CHECK (years BETWEEN 1 AND 16),
	professional_only boolean NOT NULL DEFAULT false,
	same_specialty boolean NOT NULL DEFAULT false,
	from_year integer NOT NULL,
	to_year integer,
	instrument text NOT NULL REFERENCES ce_instrument,
	clause text NOT NULL,
	interpretation text,
	CHECK (to_year >= from_year)
);
COMMENT ON TABLE ce_window IS 'the years whose hours a title asks for (4.2)';
COMMENT ON COLUMN ce_window.window_id IS 'identifier; shipped rows are below 10000';
COMMENT ON COLUMN ce_window.scheme IS 'scheme that the row belongs to';
COMMENT ON COLUMN ce_window.route IS 'route to the title';
COMMENT ON COLUMN ce_window.level IS 'level applied for';
COMMENT ON COLUMN ce_window.needs_doctorate IS 'true: only for holders of a doctorate (4.2.1d)';
COMMENT ON COLUMN ce_window.needs_held IS 'only for persons who hold just this level (4.2.1d), null: any';
COMMENT ON COLUMN ce_window.aggregation IS 'each: every year of the window is met; any: one of them is; sum: their hours together reach the sum of the requirements';
COMMENT ON COLUMN ce_window.years IS 'number of calendar years, the last being that of the application (AMB-7)';
COMMENT ON COLUMN ce_window.professional_only IS 'true: only professional hours are asked (4.2.3)';
COMMENT ON COLUMN ce_window.same_specialty IS 'true: only hours of the same or a close specialty count (4.2.3)';
COMMENT ON COLUMN ce_window.from_year IS 'first year of application that the row governs';
COMMENT ON COLUMN ce_window.to_year IS 'last year of application that the row governs, null: open';
COMMENT ON COLUMN ce_window.instrument IS 'instrument that the row comes from';
COMMENT ON COLUMN ce_window.clause IS 'clause that the row comes from';
COMMENT ON COLUMN ce_window.interpretation IS 'the reading taken where the text is open, else null';

CREATE TABLE IF NOT EXISTS ce_catchup (
	scheme text NOT NULL REFERENCES ce_scheme,
	study_year integer NOT NULL,
	subject ce_subject NOT NULL CHECK (subject <> 'both'),
	source text NOT NULL CHECK (source IN ('academy', 'national_base')),
	target_from integer NOT NULL,
	target_to integer NOT NULL,
	instrument text NOT NULL REFERENCES ce_instrument,
	clause text NOT NULL,
	interpretation text,
	PRIMARY KEY (scheme, study_year, subject, source),
	CHECK (target_from <= target_to AND target_to < study_year)
);
COMMENT ON TABLE ce_catchup IS 'catch-up study (补学, 7.6): which surplus of which year may be spread over which earlier years';
COMMENT ON COLUMN ce_catchup.scheme IS 'scheme that the row belongs to';
COMMENT ON COLUMN ce_catchup.study_year IS 'year whose surplus may be spread';
COMMENT ON COLUMN ce_catchup.subject IS 'subject, which does not change on the way';
COMMENT ON COLUMN ce_catchup.source IS 'whose online hours qualify (7.6b): the academy''s or national bases''';
COMMENT ON COLUMN ce_catchup.target_from IS 'first year that may receive hours (7.6e)';
COMMENT ON COLUMN ce_catchup.target_to IS 'last year that may receive hours (7.6e)';
COMMENT ON COLUMN ce_catchup.instrument IS 'instrument that the row comes from';
COMMENT ON COLUMN ce_catchup.clause IS 'clause that the row comes from';
COMMENT ON COLUMN ce_catchup.interpretation IS 'the reading taken where the text is open, else null';

-- A change of law rows reaches every backend's cache, also this one's.
CREATE OR REPLACE TRIGGER ce_law_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ce_scheme
	FOR EACH STATEMENT EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ce_requirement
	FOR EACH STATEMENT EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ce_kind
	FOR EACH STATEMENT EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ce_rule
	FOR EACH STATEMENT EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ce_cap
	FOR EACH STATEMENT EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ce_window
	FOR EACH STATEMENT EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ce_catchup
	FOR EACH STATEMENT EXECUTE FUNCTION ce_law_changed();
COMMENT ON TRIGGER ce_law_changed ON ce_scheme IS 'has every backend read the law afresh';
COMMENT ON TRIGGER ce_law_changed ON ce_requirement IS 'has every backend read the law afresh';
COMMENT ON TRIGGER ce_law_changed ON ce_kind IS 'has every backend read the law afresh';
COMMENT ON TRIGGER ce_law_changed ON ce_rule IS 'has every backend read the law afresh';
COMMENT ON TRIGGER ce_law_changed ON ce_cap IS 'has every backend read the law afresh';
COMMENT ON TRIGGER ce_law_changed ON ce_window IS 'has every backend read the law afresh';
COMMENT ON TRIGGER ce_law_changed ON ce_catchup IS 'has every backend read the law afresh';

-- On a subscriber of logical replication rows fire row triggers only, and of
-- these the ones that say so.
CREATE OR REPLACE TRIGGER ce_law_replicated AFTER INSERT OR UPDATE OR DELETE ON ce_scheme
	FOR EACH ROW EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_replicated AFTER INSERT OR UPDATE OR DELETE ON ce_requirement
	FOR EACH ROW EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_replicated AFTER INSERT OR UPDATE OR DELETE ON ce_kind
	FOR EACH ROW EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_replicated AFTER INSERT OR UPDATE OR DELETE ON ce_rule
	FOR EACH ROW EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_replicated AFTER INSERT OR UPDATE OR DELETE ON ce_cap
	FOR EACH ROW EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_replicated AFTER INSERT OR UPDATE OR DELETE ON ce_window
	FOR EACH ROW EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_replicated AFTER INSERT OR UPDATE OR DELETE ON ce_catchup
	FOR EACH ROW EXECUTE FUNCTION ce_law_changed();
COMMENT ON TRIGGER ce_law_replicated ON ce_scheme IS 'has every backend of a subscriber read the law afresh';
COMMENT ON TRIGGER ce_law_replicated ON ce_requirement IS 'has every backend of a subscriber read the law afresh';
COMMENT ON TRIGGER ce_law_replicated ON ce_kind IS 'has every backend of a subscriber read the law afresh';
COMMENT ON TRIGGER ce_law_replicated ON ce_rule IS 'has every backend of a subscriber read the law afresh';
COMMENT ON TRIGGER ce_law_replicated ON ce_cap IS 'has every backend of a subscriber read the law afresh';
COMMENT ON TRIGGER ce_law_replicated ON ce_window IS 'has every backend of a subscriber read the law afresh';
COMMENT ON TRIGGER ce_law_replicated ON ce_catchup IS 'has every backend of a subscriber read the law afresh';
ALTER TABLE ce_scheme ENABLE ALWAYS TRIGGER ce_law_changed, ENABLE REPLICA TRIGGER ce_law_replicated;
ALTER TABLE ce_requirement ENABLE ALWAYS TRIGGER ce_law_changed, ENABLE REPLICA TRIGGER ce_law_replicated;
ALTER TABLE ce_kind ENABLE ALWAYS TRIGGER ce_law_changed, ENABLE REPLICA TRIGGER ce_law_replicated;
ALTER TABLE ce_rule ENABLE ALWAYS TRIGGER ce_law_changed, ENABLE REPLICA TRIGGER ce_law_replicated;
ALTER TABLE ce_cap ENABLE ALWAYS TRIGGER ce_law_changed, ENABLE REPLICA TRIGGER ce_law_replicated;
ALTER TABLE ce_window ENABLE ALWAYS TRIGGER ce_law_changed, ENABLE REPLICA TRIGGER ce_law_replicated;
ALTER TABLE ce_catchup ENABLE ALWAYS TRIGGER ce_law_changed, ENABLE REPLICA TRIGGER ce_law_replicated;
	SELECT l.law_edition INTO edition FROM ce_ledger l;
	edition := coalesce(edition, 0);
	IF edition < 1 THEN
-- Edition 1: the notice 青人社厅函〔2020〕227号 and, for the years it does not
-- set, MOHRSS Order 25 (0.3).  Interpretations are in po/: those that begin with
-- AMB, and ce_text('not more than the filed plan states').  So are grades and roles:
-- ce_text('host'), ce_text('member'), ce_text('industry'), ce_text('national_st_progress'), ce_text('qinghai_st_progress'),
-- ce_text('provincial_social_science'), ce_text('provincial_leader'), ce_text('department_or_prefecture_leader').

INSERT INTO ce_instrument (instrument, doc_no, title_zh, title_en, issued_on) VALUES
	('qinghai-2020-227', '青人社厅函〔2020〕227号', '关于做好2020年专业技术人员继续教育工作的通知',
	 'Notice on continuing education of professional and technical staff in 2020', '2020-05-25'),
	('mohrss-order-25', '人力资源和社会保障部令第25号', '专业技术人员继续教育规定',
	 'Provisions on continuing education of professional and technical staff', '2015-08-13');

INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, ban_years, instrument, clause, interpretation) VALUES
	('general', '专业技术人员', 'professional and technical staff', true, 3, 'qinghai-2020-227', '2.1, 6.2b',
	 'AMB-25: the ban starts on the day of the finding and its last day is the corresponding day three years later'),
	('accounting', '会计人员', 'accounting staff', false, NULL, 'qinghai-2020-227', '2.3',
	 'AMB-4: no verdict here, since other rules govern; a flag on the person, not the title series');

INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, public_hours, professional_hours,
							filing_due, study_due, verification_due, instrument, clause, interpretation) VALUES
	('general', 2016, NULL, '90', NULL, '60', NULL, NULL, NULL, 'mohrss-order-25', 'art. 8',
	 'AMB-1: fallback for years that no notice at hand sets (0.3); two thirds of the required total; replace with the province''s notice of the year'),
	('general', 2020, 2020, '135', '45', '90', '06-30', '11-30', '12-15', 'qinghai-2020-227', '4.1',
	 'AMB-32: hours finished in December count for the year and are late');

INSERT INTO ce_kind (kind, subject, category, track, label_zh, label_en, instrument, clause, interpretation) VALUES
	('academy_course', 'public', 'public', 'feed', '公需科目网络课程', 'public course of the academy', 'qinghai-2020-227', '5.1',
	 'AMB-5, AMB-33: the academy is the only source and its hours are verified on receipt'),
	('base_online', 'professional', 'online', 'filed', '网络课程类', 'online course of a base', 'qinghai-2020-227', '5.2.1', NULL),
	('filed_course', 'professional', 'training', 'filed', '备案培训课程', 'filed course', 'qinghai-2020-227', '5.2.2(3)',
	 'AMB-6: an employer''s filed course is read by analogy'),
	('training', 'professional', 'training', 'activity', '培训进修类', 'training', 'qinghai-2020-227', '5.2.2(1)',
	 'AMB-27: the attender''s unit need not file; the host''s document is the evidence'),
	('overseas_training', 'professional', 'training', 'activity', '国（境）外培训', 'training abroad', 'qinghai-2020-227', '5.2.2(2)', NULL),
	('degree', 'professional', 'study', 'activity', '自学类：学历、学位', 'diploma or degree', 'qinghai-2020-227', '5.2.3(1)', NULL),
	('qualification', 'professional', 'study', 'activity', '自学类：职业资格', 'professional qualification', 'qinghai-2020-227', '5.2.3(2)', NULL),
	('mentoring', 'professional', 'mentoring', 'activity', '技术带教帮扶类', 'mentoring and technical support', 'qinghai-2020-227', '5.2.4', NULL),
	('frontline', 'both', 'special', 'special', '疫情防控一线', 'front line against the epidemic', 'qinghai-2020-227', '5.3',
	 'AMB-24: only persons on the list of the provincial health commission'),
	('recorded_public', 'public', 'public', 'opening', '历年公需学时', 'public hours of an earlier year', 'qinghai-2020-227', '0.4',
	 'AMB-2: verified under earlier notices, loaded as verified totals'),
	('recorded_professional', 'professional', 'recorded', 'opening', '历年专业学时', 'professional hours of an earlier year', 'qinghai-2020-227', '0.4',
	 'AMB-2: verified under earlier notices, loaded as verified totals'),
	('project', 'professional', 'innovation', 'attested', '课题（项目）', 'research project', 'qinghai-2020-227', '5.2.5(1)-(3)', NULL),
	('award', 'professional', 'innovation', 'attested', '科研成果奖励', 'award', 'qinghai-2020-227', '5.2.5(4)', NULL),
	('invention_patent', 'professional', 'innovation', 'attested', '发明专利', 'invention patent', 'qinghai-2020-227', '5.2.5(5)', NULL),
	('utility_patent', 'professional', 'innovation', 'attested', '实用新型专利', 'utility model patent', 'qinghai-2020-227', '5.2.5(5)', NULL),
	('standard', 'professional', 'innovation', 'attested', '标准', 'standard', 'qinghai-2020-227', '5.2.5(6)', NULL),
	('report', 'professional', 'innovation', 'attested', '专题调研报告', 'research report', 'qinghai-2020-227', '5.2.5(7)', NULL);

INSERT INTO ce_rule (rule_id, scheme, kind, grade, role, rank_from, rank_to, from_year, to_year, basis, hours, per_year, instrument, clause, interpretation) VALUES
	(101, 'general', 'academy_course', NULL, NULL, NULL, NULL, 2020, NULL, 'as_completed', NULL, false, 'qinghai-2020-227', '5.1',
	 'AMB-12: hours as reported, not recomputed from minutes'),
	(102, 'general', 'base_online', NULL, NULL, NULL, NULL, 2020, NULL, 'as_completed', NULL, false, 'qinghai-2020-227', '5.2.1',
	 'not more than the filed plan states'),
	(103, 'general', 'filed_course', NULL, NULL, NULL, NULL, 2020, NULL, 'filed_hours', '7', false, 'qinghai-2020-227', '5.2.2(3)',
	 'AMB-6, AMB-39: the filed hours, the attended ones where fewer; seven a day where the plan states days only'),
	(104, 'general', 'training', NULL, NULL, NULL, NULL, 2020, NULL, 'document_or_days', '7', false, 'qinghai-2020-227', '5.2.2(1)',
	 'AMB-13, AMB-14: half days count half; the document prevails'),
	(105, 'general', 'overseas_training', NULL, NULL, NULL, NULL, 2020, NULL, 'document_or_days', '7', false, 'qinghai-2020-227', '5.2.2(2)', NULL),
	(106, 'general', 'degree', NULL, NULL, NULL, NULL, 2020, NULL, 'deems', NULL, false, 'qinghai-2020-227', '5.2.3(1)',
	 'AMB-15: the year of the certificate''s issue'),
	(107, 'general', 'qualification', NULL, NULL, NULL, NULL, 2020, NULL, 'deems', NULL, false, 'qinghai-2020-227', '5.2.3(2)',
	 'AMB-15: the year of the certificate''s issue'),
	(108, 'general', 'mentoring', NULL, NULL, NULL, NULL, 2020, NULL, 'days', '7', false, 'qinghai-2020-227', '5.2.4b',
	 'AMB-13: half days count half'),
	(109, 'general', 'frontline', NULL, NULL, NULL, NULL, 2020, NULL, 'deems', NULL, false, 'qinghai-2020-227', '5.3',
	 'AMB-24: the year of the work'),
	(110, 'general', 'recorded_public', NULL, NULL, NULL, NULL, 1990, 2019, 'as_recorded', NULL, false, 'qinghai-2020-227', '0.4', 'AMB-2: as verified then'),
	(111, 'general', 'recorded_professional', NULL, NULL, NULL, NULL, 1990, 2019, 'as_recorded', NULL, false, 'qinghai-2020-227', '0.4', 'AMB-2: as verified then'),
	(201, 'general', 'project', 'national', 'host', NULL, NULL, 2020, NULL, 'fixed', '90', true, 'qinghai-2020-227', '5.2.5(1)',
	 'AMB-18: each calendar year in which the project ran, within the tenure'),
	(202, 'general', 'project', 'national', 'member', NULL, NULL, 2020, NULL, 'fixed', '60', true, 'qinghai-2020-227', '5.2.5(1)',
	 'AMB-18: each calendar year in which the project ran, within the tenure'),
	(203, 'general', 'project', 'provincial', 'host', NULL, NULL, 2020, NULL, 'fixed', '60', true, 'qinghai-2020-227', '5.2.5(2)',
	 'AMB-18: each calendar year in which the project ran, within the tenure'),
	(204, 'general', 'project', 'provincial', 'member', NULL, NULL, 2020, NULL, 'fixed', '30', true, 'qinghai-2020-227', '5.2.5(2)',
	 'AMB-19: every year for members too, as for the host in the same sentence'),
	(205, 'general', 'project', 'prefecture', 'host', NULL, NULL, 2020, NULL, 'fixed', '45', true, 'qinghai-2020-227', '5.2.5(3)',
	 'AMB-18: each calendar year in which the project ran, within the tenure'),
	(206, 'general', 'project', 'prefecture', 'member', NULL, NULL, 2020, NULL, 'fixed', '25', true, 'qinghai-2020-227', '5.2.5(3)',
	 'AMB-19: every year for members too, as for the host in the same sentence'),
	(211, 'general', 'award', 'national_st_progress', NULL, NULL, NULL, 2020, NULL, 'deems_tenure', NULL, false, 'qinghai-2020-227', '5.2.5(4)',
	 'AMB-20: every year of the tenure, also before the award'),
	(212, 'general', 'award', 'qinghai_st_progress', NULL, NULL, NULL, 2020, NULL, 'deems_tenure', NULL, false, 'qinghai-2020-227', '5.2.5(4)',
	 'AMB-20: every year of the tenure, also before the award'),
	(213, 'general', 'award', 'provincial_social_science', NULL, NULL, NULL, 2020, NULL, 'deems_tenure', NULL, false, 'qinghai-2020-227', '5.2.5(4)',
	 'AMB-20: every year of the tenure, also before the award'),
	(221, 'general', 'invention_patent', NULL, NULL, 1, 3, 2020, NULL, 'fixed', '60', false, 'qinghai-2020-227', '5.2.5(5)a', 'AMB-22: the year of the grant'),
	(222, 'general', 'invention_patent', NULL, NULL, 4, 6, 2020, NULL, 'fixed', '50', false, 'qinghai-2020-227', '5.2.5(5)a', 'AMB-22: the year of the grant'),
	(223, 'general', 'invention_patent', NULL, NULL, 7, NULL, 2020, NULL, 'fixed', '40', false, 'qinghai-2020-227', '5.2.5(5)a', 'AMB-21: from rank 7 on'),
	(224, 'general', 'utility_patent', NULL, NULL, 1, 3, 2020, NULL, 'fixed', '50', false, 'qinghai-2020-227', '5.2.5(5)b', 'AMB-22: the year of the grant'),
	(225, 'general', 'utility_patent', NULL, NULL, 4, 6, 2020, NULL, 'fixed', '40', false, 'qinghai-2020-227', '5.2.5(5)b', 'AMB-22: the year of the grant'),
	(226, 'general', 'utility_patent', NULL, NULL, 7, NULL, 2020, NULL, 'fixed', '30', false, 'qinghai-2020-227', '5.2.5(5)b', 'AMB-21: from rank 7 on'),
	(231, 'general', 'standard', 'national', NULL, 1, 3, 2020, NULL, 'fixed', '90', false, 'qinghai-2020-227', '5.2.5(6)a', 'AMB-22: the year in which it is published and in force'),
	(232, 'general', 'standard', 'national', NULL, 4, 6, 2020, NULL, 'fixed', '80', false, 'qinghai-2020-227', '5.2.5(6)a', 'AMB-22: the year in which it is published and in force'),
	(233, 'general', 'standard', 'national', NULL, 7, NULL, 2020, NULL, 'fixed', '60', false, 'qinghai-2020-227', '5.2.5(6)a', 'AMB-21: from rank 7 on'),
	(234, 'general', 'standard', 'industry', NULL, 1, 3, 2020, NULL, 'fixed', '80', false, 'qinghai-2020-227', '5.2.5(6)b', 'AMB-22: the year in which it is published and in force'),
	(235, 'general', 'standard', 'industry', NULL, 4, 6, 2020, NULL, 'fixed', '70', false, 'qinghai-2020-227', '5.2.5(6)b', 'AMB-22: the year in which it is published and in force'),
	(236, 'general', 'standard', 'industry', NULL, 7, NULL, 2020, NULL, 'fixed', '50', false, 'qinghai-2020-227', '5.2.5(6)b', 'AMB-21: from rank 7 on'),
	(237, 'general', 'standard', 'provincial', NULL, 1, 3, 2020, NULL, 'fixed', '60', false, 'qinghai-2020-227', '5.2.5(6)c', 'AMB-22: the year in which it is published and in force'),
	(238, 'general', 'standard', 'provincial', NULL, 4, 6, 2020, NULL, 'fixed', '50', false, 'qinghai-2020-227', '5.2.5(6)c', 'AMB-22: the year in which it is published and in force'),
	(239, 'general', 'standard', 'provincial', NULL, 7, NULL, 2020, NULL, 'fixed', '40', false, 'qinghai-2020-227', '5.2.5(6)c', 'AMB-21: from rank 7 on'),
	(241, 'general', 'report', 'provincial_leader', 'host', NULL, NULL, 2020, NULL, 'fixed', '60', false, 'qinghai-2020-227', '5.2.5(7)a', 'AMB-22: the year of the comment'),
	(242, 'general', 'report', 'department_or_prefecture_leader', 'host', NULL, NULL, 2020, NULL, 'fixed', '30', false, 'qinghai-2020-227', '5.2.5(7)b',
	 'AMB-23: main leaders of the departments too');

INSERT INTO ce_cap (scheme, category, from_year, to_year, hours, instrument, clause, interpretation) VALUES
	('general', 'mentoring', 2020, NULL, '30', 'qinghai-2020-227', '5.2.4c', 'AMB-16: a person''s calendar year; recognised hours are cut, raw ones kept');

INSERT INTO ce_window (window_id, scheme, route, level, needs_doctorate, needs_held, aggregation, years, professional_only, same_specialty,
					   from_year, to_year, instrument, clause, interpretation) VALUES
	(1, 'general', 'review', 'junior', false, NULL, 'any', 2, false, false, 2020, NULL, 'qinghai-2020-227', '4.2.1a', NULL),
	(2, 'general', 'review', 'intermediate', false, NULL, 'each', 3, false, false, 2020, NULL, 'qinghai-2020-227', '4.2.1b',
	 'AMB-7, AMB-8: the current year is one of them, and each year meets its own requirement'),
	(3, 'general', 'review', 'senior', false, NULL, 'each', 4, false, false, 2020, NULL, 'qinghai-2020-227', '4.2.1c',
	 'AMB-7, AMB-8: the current year is one of them, and each year meets its own requirement'),
	(4, 'general', 'review', 'full_senior', false, NULL, 'each', 4, false, false, 2020, NULL, 'qinghai-2020-227', '4.2.1c',
	 'AMB-7, AMB-8: the current year is one of them, and each year meets its own requirement'),
	(5, 'general', 'review', 'full_senior', true, 'senior', 'each', 2, false, false, 2020, NULL, 'qinghai-2020-227', '4.2.1d',
	 'AMB-9: a doctorate and the associate senior title, both'),
	(6, 'general', 'recognition', 'junior', false, NULL, 'any', 2, false, false, 2020, NULL, 'qinghai-2020-227', '4.2.2', 'AMB-10: the degree is not tested here'),
	(7, 'general', 'recognition', 'intermediate', false, NULL, 'any', 2, false, false, 2020, NULL, 'qinghai-2020-227', '4.2.2', 'AMB-10: the degree is not tested here'),
	(8, 'general', 'recognition', 'senior', false, NULL, 'any', 2, false, false, 2020, NULL, 'qinghai-2020-227', '4.2.2', 'AMB-10: the degree is not tested here'),
	(9, 'general', 'transfer', 'junior', false, NULL, 'any', 2, true, true, 2020, NULL, 'qinghai-2020-227', '4.2.3', 'AMB-11: one single year, professional hours only'),
	(10, 'general', 'transfer', 'intermediate', false, NULL, 'any', 2, true, true, 2020, NULL, 'qinghai-2020-227', '4.2.3', 'AMB-11: one single year, professional hours only'),
	(11, 'general', 'transfer', 'senior', false, NULL, 'any', 2, true, true, 2020, NULL, 'qinghai-2020-227', '4.2.3', 'AMB-11: one single year, professional hours only'),
	(12, 'general', 'transfer', 'full_senior', false, NULL, 'any', 2, true, true, 2020, NULL, 'qinghai-2020-227', '4.2.3', 'AMB-11: one single year, professional hours only');

INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, instrument, clause, interpretation) VALUES
	('general', 2020, 'public', 'academy', 2017, 2019, 'qinghai-2020-227', '7.6', 'AMB-29, AMB-30: the surplus over the year''s own need, spread by an explicit act'),
	('general', 2020, 'professional', 'national_base', 2017, 2019, 'qinghai-2020-227', '7.6', 'AMB-29, AMB-30: the surplus over the year''s own need, spread by an explicit act');
	END IF;
-- Organisations and persons.

CREATE TABLE IF NOT EXISTS ce_org (
	org_id bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	code text NOT NULL UNIQUE,
	name text NOT NULL,
	kind text NOT NULL CHECK (kind IN ('hrss', 'authority', 'base', 'academy', 'public_institution', 'enterprise',
		'private_institution', 'central_unit', 'military_kindergarten', 'health_commission')),
	admin_level text NOT NULL CHECK (admin_level IN ('national', 'provincial', 'prefecture', 'county')),
	parent_id bigint REFERENCES ce_org CHECK (parent_id <> org_id),
	region_code text NOT NULL CHECK (region_code ~ '^[0-9]{6}$'),
	base_level text CHECK (base_level IN ('national', 'provincial')),
	self_verifies boolean NOT NULL DEFAULT false,
	CHECK (kind <> 'base' OR base_level IS NOT NULL)
);
COMMENT ON TABLE ce_org IS 'organisations: employers, bases, authorities, HRSS offices (人社部门)';
COMMENT ON COLUMN ce_org.org_id IS 'identifier';
COMMENT ON COLUMN ce_org.code IS 'code that identifies it in other systems; never its name (AMB-38)';
COMMENT ON COLUMN ce_org.name IS 'name';
COMMENT ON COLUMN ce_org.kind IS 'what it is for filing (7.2) and verification (7.4)';
COMMENT ON COLUMN ce_org.admin_level IS 'administrative level';
COMMENT ON COLUMN ce_org.parent_id IS 'body above it, through which its staff''s hours are verified level by level (7.4a)';
COMMENT ON COLUMN ce_org.region_code IS 'region code (GB/T 2260), for an enterprise that of its registration (7.2b)';
COMMENT ON COLUMN ce_org.base_level IS 'level as a base of continuing education, null: no base; a university may be base and employer at once';
COMMENT ON COLUMN ce_org.self_verifies IS 'true: verifies its own staff''s hours (7.5)';
-- An organisation's place among the others decides who verifies: found from above and below.
CREATE INDEX IF NOT EXISTS ce_org_parent ON ce_org (parent_id);
COMMENT ON INDEX ce_org_parent IS 'the bodies below one';

CREATE OR REPLACE TRIGGER ce_org_check AFTER INSERT OR UPDATE OF parent_id ON ce_org
	FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION ce_org_check();
COMMENT ON TRIGGER ce_org_check ON ce_org IS 'refuses a circle of parents (7.4a)';
CREATE OR REPLACE TRIGGER ce_org_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ce_org
	FOR EACH STATEMENT EXECUTE FUNCTION ce_org_changed();
COMMENT ON TRIGGER ce_org_changed ON ce_org IS 'has every backend read the organisations afresh';
CREATE OR REPLACE TRIGGER ce_org_replicated AFTER INSERT OR UPDATE OR DELETE ON ce_org
	FOR EACH ROW EXECUTE FUNCTION ce_org_changed();
COMMENT ON TRIGGER ce_org_replicated ON ce_org IS 'has every backend of a subscriber read the organisations afresh';
ALTER TABLE ce_org ENABLE ALWAYS TRIGGER ce_org_changed, ENABLE REPLICA TRIGGER ce_org_replicated;

CREATE TABLE IF NOT EXISTS ce_person (
	person_id bigint PRIMARY KEY,
	person_no text UNIQUE,
	org_id bigint NOT NULL REFERENCES ce_org,
	scheme text NOT NULL DEFAULT 'general' REFERENCES ce_scheme,
	specialty text,
	doctorate_on date CHECK (pg_catalog.isfinite(doctorate_on)),
	held_level ce_level,
	held_since date CHECK (pg_catalog.isfinite(held_since)),
	sanctioned boolean NOT NULL DEFAULT false
) WITH (fillfactor = 90);
COMMENT ON TABLE ce_person IS 'persons whose hours are kept; no names, sexes or phones, which no clause needs';
COMMENT ON COLUMN ce_person.person_id IS 'the HR database''s own key';
COMMENT ON COLUMN ce_person.person_no IS 'number by which people know the person, for the functions that take text';
COMMENT ON COLUMN ce_person.org_id IS 'employer today';
COMMENT ON COLUMN ce_person.scheme IS 'set of rules the person is under; accounting staff: accounting (2.3)';
COMMENT ON COLUMN ce_person.specialty IS 'own specialty';
COMMENT ON COLUMN ce_person.doctorate_on IS 'day of the doctorate, null: none (4.2.1d)';
COMMENT ON COLUMN ce_person.held_level IS 'level of the title held, null: none';
COMMENT ON COLUMN ce_person.held_since IS 'first day in the present post (AMB-17), from which achievements count';
COMMENT ON COLUMN ce_person.sanctioned IS 'true: there are rows in ce_sanction, which a question then reads; kept by its trigger';
CREATE INDEX IF NOT EXISTS ce_person_org ON ce_person (org_id);
COMMENT ON INDEX ce_person_org IS 'the persons of an employer';

CREATE TABLE IF NOT EXISTS ce_specialty_pair (
	specialty text NOT NULL,
	close_to text NOT NULL,
	PRIMARY KEY (specialty, close_to),
	CHECK (specialty <> close_to)
);
COMMENT ON TABLE ce_specialty_pair IS 'specialties that count as close (相近) for a transfer between series (4.2.3); a pair holds both ways';
COMMENT ON COLUMN ce_specialty_pair.specialty IS 'one specialty';
COMMENT ON COLUMN ce_specialty_pair.close_to IS 'the other';

CREATE TABLE IF NOT EXISTS ce_member (
	role_name name NOT NULL,
	org_id bigint NOT NULL REFERENCES ce_org,
	duty text NOT NULL,
	PRIMARY KEY (role_name, org_id, duty)
);
COMMENT ON TABLE ce_member IS 'which database role acts for which organisation, and thereby sees it and those below it; written by ce_grant() and ce_revoke_duty()';
COMMENT ON COLUMN ce_member.role_name IS 'name of the database role; its members act as it does';
COMMENT ON COLUMN ce_member.org_id IS 'organisation that it acts for';
COMMENT ON COLUMN ce_member.duty IS 'what it does there: read, record, verify, backdate, sanction, audit or report; another word is no duty';
CREATE INDEX IF NOT EXISTS ce_member_org ON ce_member (org_id);
COMMENT ON INDEX ce_member_org IS 'who acts for an organisation';
CREATE OR REPLACE TRIGGER ce_member_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ce_member
	FOR EACH STATEMENT EXECUTE FUNCTION ce_member_changed();
COMMENT ON TRIGGER ce_member_changed ON ce_member IS 'has every backend read afresh who may';

CREATE TABLE IF NOT EXISTS ce_person_role (
	person_id bigint NOT NULL REFERENCES ce_person ON DELETE CASCADE,
	role_name name NOT NULL,
	PRIMARY KEY (person_id, role_name)
);
COMMENT ON TABLE ce_person_role IS 'which database role is which person''s own: it sees what is the person''s, and acts on none of it (7.4, 7.5); written by ce_grant_person() and ce_revoke_person()';
COMMENT ON COLUMN ce_person_role.person_id IS 'the person';
COMMENT ON COLUMN ce_person_role.role_name IS 'name of the database role; its members are the person, too';
CREATE INDEX IF NOT EXISTS ce_person_role_name ON ce_person_role (role_name);
COMMENT ON INDEX ce_person_role_name IS 'whose role it is';
CREATE OR REPLACE TRIGGER ce_member_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ce_person_role
	FOR EACH STATEMENT EXECUTE FUNCTION ce_member_changed();
COMMENT ON TRIGGER ce_member_changed ON ce_person_role IS 'has every backend read afresh who may';

CREATE TABLE IF NOT EXISTS ce_event (
	event_id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
	at timestamptz NOT NULL,
	role_name name NOT NULL,
	object text NOT NULL,
	ids bigint[] NOT NULL,
	from_status text,
	to_status text,
	by_org bigint,
	note text
);
COMMENT ON TABLE ce_event IS 'append-only log of status changes and of hours derived afresh: one row for all that one statement did alike, at most 10000 objects';
COMMENT ON COLUMN ce_event.event_id IS 'identifier';
COMMENT ON COLUMN ce_event.at IS 'when the transaction began that did it';
COMMENT ON COLUMN ce_event.role_name IS 'database role that did it';
COMMENT ON COLUMN ce_event.object IS 'what changed: activity, plan, achievement, allocation, sanction or application; hours: awarded hours of activities, derived afresh by ce_rebuild()';
COMMENT ON COLUMN ce_event.ids IS 'identifiers of the objects';
COMMENT ON COLUMN ce_event.from_status IS 'status before, null: the object is new; for hours the awarded hours before';
COMMENT ON COLUMN ce_event.to_status IS 'status after; for hours the awarded hours after';
COMMENT ON COLUMN ce_event.by_org IS 'organisation that acted, where one did';
COMMENT ON COLUMN ce_event.note IS 'reason given';
-- It was parsed for every row, and only our own triggers write here.
IF EXISTS (SELECT FROM ce_ledger WHERE extension_version = '0.1.0') THEN
	ALTER TABLE ce_event DROP CONSTRAINT IF EXISTS ce_event_object_check;
END IF;
CREATE OR REPLACE TRIGGER ce_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ce_event
	FOR EACH STATEMENT EXECUTE FUNCTION ce_append_only();
CREATE OR REPLACE TRIGGER ce_event_kept_by_triggers BEFORE INSERT ON ce_event
	FOR EACH STATEMENT EXECUTE FUNCTION ce_kept_by_triggers();
COMMENT ON TRIGGER ce_event_kept_by_triggers ON ce_event IS 'refuses entries that the ledger''s own triggers do not make';
COMMENT ON TRIGGER ce_event_append_only ON ce_event IS 'refuses to change or remove what was logged, for everyone';
-- Course plans and their filing (备案, 7.2).

CREATE TABLE IF NOT EXISTS ce_plan (
	plan_id bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	org_id bigint NOT NULL REFERENCES ce_org,
	title text NOT NULL,
	subject ce_subject NOT NULL DEFAULT 'professional' CHECK (subject = 'professional'),
	mode text NOT NULL CHECK (mode IN ('online', 'offline')),
	specialty text,
	hours ce_hours CHECK (hours > '0'::ce_hours),
	days numeric CHECK (days > 0 AND days * 2 = pg_catalog.trunc(days * 2)),
	starts_on date,
	ends_on date,
	status ce_plan_status NOT NULL DEFAULT 'draft',
	reviewed_by bigint REFERENCES ce_org,
	filed_by bigint REFERENCES ce_org,
	filed_on date,
	note text,
	CHECK (starts_on <= ends_on)
);
COMMENT ON TABLE ce_plan IS 'course plans (培训计划); hours of a course are verified only when its plan is filed (7.2d)';
COMMENT ON COLUMN ce_plan.plan_id IS 'identifier';
COMMENT ON COLUMN ce_plan.org_id IS 'organiser';
COMMENT ON COLUMN ce_plan.title IS 'title of the course';
COMMENT ON COLUMN ce_plan.subject IS 'professional: only the academy gives public courses (3.1)';
COMMENT ON COLUMN ce_plan.mode IS 'online or offline';
COMMENT ON COLUMN ce_plan.specialty IS 'specialty of the course, which its hours take over (4.2.3)';
COMMENT ON COLUMN ce_plan.hours IS 'class hours as filed (5.2.2(3))';
COMMENT ON COLUMN ce_plan.days IS 'days, in halves, where the plan states days only (AMB-6, AMB-13)';
COMMENT ON COLUMN ce_plan.starts_on IS 'first day of the course';
COMMENT ON COLUMN ce_plan.ends_on IS 'last day of the course';
COMMENT ON COLUMN ce_plan.status IS 'draft, submitted, reviewed, filed or rejected';
COMMENT ON COLUMN ce_plan.reviewed_by IS 'body above the organiser that reviewed it (7.2a)';
COMMENT ON COLUMN ce_plan.filed_by IS 'HRSS office that filed it';
COMMENT ON COLUMN ce_plan.filed_on IS 'day of filing';
COMMENT ON COLUMN ce_plan.note IS 'remarks; the reason of a rejection';
CREATE INDEX IF NOT EXISTS ce_plan_org ON ce_plan (org_id);
COMMENT ON INDEX ce_plan_org IS 'the plans of an organiser';

CREATE OR REPLACE TRIGGER ce_plan_check BEFORE INSERT OR UPDATE OR DELETE ON ce_plan
	FOR EACH ROW EXECUTE FUNCTION ce_plan_check();
COMMENT ON TRIGGER ce_plan_check ON ce_plan IS 'keeps filing to 7.2 and filed plans as they were filed';
CREATE OR REPLACE TRIGGER ce_plan_log AFTER INSERT OR UPDATE OF status ON ce_plan
	FOR EACH ROW WHEN (NEW.status <> 'draft') EXECUTE FUNCTION ce_plan_log();
COMMENT ON TRIGGER ce_plan_log ON ce_plan IS 'logs every change of status in ce_event';
CREATE OR REPLACE TRIGGER ce_plan_keep BEFORE TRUNCATE ON ce_plan
	FOR EACH STATEMENT EXECUTE FUNCTION ce_append_only();
COMMENT ON TRIGGER ce_plan_keep ON ce_plan IS 'refuses TRUNCATE, which would pass by the rules for single rows';
-- Activities, and the accounts that triggers keep of them.

CREATE TABLE IF NOT EXISTS ce_activity (
	activity_id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY,
	person_id bigint NOT NULL REFERENCES ce_person,
	kind text NOT NULL,
	plan_id bigint REFERENCES ce_plan,
	org_id bigint NOT NULL,
	title text,
	specialty text,
	started_on date,
	completed_on date NOT NULL,
	days numeric,
	travel_days numeric,
	hours ce_hours,
	evidence text,
	source text,
	source_ref text,
	status ce_status NOT NULL DEFAULT 'submitted',
	reviewed_by bigint,
	verified_by bigint,
	verified_on date,
	revoked_by bigint,
	revoked_on date,
	note text,
	year integer NOT NULL,
	category text NOT NULL,
	national_base boolean NOT NULL,
	awarded ce_hours NOT NULL,
	deems_public boolean NOT NULL,
	deems_professional boolean NOT NULL,
	rule_id integer NOT NULL,
	PRIMARY KEY (person_id, activity_id),
	CHECK ((source IS NULL) = (source_ref IS NULL))
);
COMMENT ON TABLE ce_activity IS 'what a person did for continuing education, one row an item; the hours follow from the facts by the law';
COMMENT ON COLUMN ce_activity.activity_id IS 'identifier, unique in the ledger';
COMMENT ON COLUMN ce_activity.person_id IS 'the person';
COMMENT ON COLUMN ce_activity.kind IS 'kind (ce_kind)';
COMMENT ON COLUMN ce_activity.plan_id IS 'filed plan of the course, for kinds of the track filed';
COMMENT ON COLUMN ce_activity.org_id IS 'employer at the time, by default the person''s; its chain of bodies verifies (AMB-37)';
COMMENT ON COLUMN ce_activity.title IS 'title of the item';
COMMENT ON COLUMN ce_activity.specialty IS 'specialty of the item (4.2.3), by default the plan''s';
COMMENT ON COLUMN ce_activity.started_on IS 'first day';
COMMENT ON COLUMN ce_activity.completed_on IS 'day of completion, for a certificate that of its issue (AMB-15)';
COMMENT ON COLUMN ce_activity.days IS 'days without travel, in halves (AMB-13)';
COMMENT ON COLUMN ce_activity.travel_days IS 'days of travel, which do not count (5.2.2)';
COMMENT ON COLUMN ce_activity.hours IS 'class hours as completed, attended or stated in the host''s document';
COMMENT ON COLUMN ce_activity.evidence IS 'evidence for the track activity (7.3a): document number, certificate, invitation';
COMMENT ON COLUMN ce_activity.source IS 'system that the row came from';
COMMENT ON COLUMN ce_activity.source_ref IS 'identifier in that system';
COMMENT ON COLUMN ce_activity.status IS 'submitted, in_review, verified, rejected or revoked; only verified counts (7.4b)';
COMMENT ON COLUMN ce_activity.reviewed_by IS 'body of the chain that reviewed it last; moves one step at a time (7.4a)';
COMMENT ON COLUMN ce_activity.verified_by IS 'last body of the chain';
COMMENT ON COLUMN ce_activity.verified_on IS 'day of verification';
COMMENT ON COLUMN ce_activity.revoked_by IS 'body that revoked it';
COMMENT ON COLUMN ce_activity.revoked_on IS 'day from which it no longer counts';
COMMENT ON COLUMN ce_activity.note IS 'remarks; the reason of a rejection or revocation';
COMMENT ON COLUMN ce_activity.year IS 'derived: calendar year that it counts for';
COMMENT ON COLUMN ce_activity.category IS 'derived: category of its kind';
COMMENT ON COLUMN ce_activity.national_base IS 'derived: online course of a national-level base, whose surplus may be spread (7.6b)';
COMMENT ON COLUMN ce_activity.awarded IS 'derived: class hours by the law, before the year''s caps';
COMMENT ON COLUMN ce_activity.deems_public IS 'derived: deems the year''s public hours complete (5.3)';
COMMENT ON COLUMN ce_activity.deems_professional IS 'derived: deems the year''s professional hours complete (5.2.3, 5.3)';
COMMENT ON COLUMN ce_activity.rule_id IS 'derived: law row that it was converted by (ce_rule)';

-- Not unique here: the sequence makes it so, and a unique index would keep
-- the table from being distributed by person.
CREATE INDEX IF NOT EXISTS ce_activity_id ON ce_activity (activity_id);
COMMENT ON INDEX ce_activity_id IS 'an activity by its identifier alone';
CREATE UNIQUE INDEX IF NOT EXISTS ce_activity_source ON ce_activity (person_id, source, source_ref) WHERE source IS NOT NULL;
COMMENT ON INDEX ce_activity_source IS 'one evidence, one credit (AMB-34)';
CREATE INDEX IF NOT EXISTS ce_activity_waiting ON ce_activity (person_id, year) WHERE status IN ('submitted', 'in_review');
COMMENT ON INDEX ce_activity_waiting IS 'what waits for verification, which a question reads when the accounts do not suffice (AMB-31)';

-- Kinds and organisations are few and every activity names some.  A foreign
-- key would lock the same few rows for everybody; the triggers look them up
-- anyway, and ce_kind_in_use and ce_org_in_use keep those in use.
IF EXISTS (SELECT FROM ce_ledger WHERE extension_version = '0.1.0') THEN
	ALTER TABLE ce_activity DROP CONSTRAINT IF EXISTS ce_activity_org_id_fkey;
	ALTER TABLE ce_activity DROP CONSTRAINT IF EXISTS ce_activity_verified_by_fkey;
END IF;

CREATE TABLE IF NOT EXISTS ce_account (
	person_id bigint NOT NULL,
	year integer NOT NULL,
	credit ce_credit NOT NULL,
	known_from date NOT NULL,
	PRIMARY KEY (person_id, year)
) WITH (fillfactor = 70);
COMMENT ON TABLE ce_account IS 'what is verified for a person in a year, kept by triggers alone; ce_rebuild() makes it afresh';
COMMENT ON COLUMN ce_account.person_id IS 'the person';
COMMENT ON COLUMN ce_account.year IS 'calendar year';
COMMENT ON COLUMN ce_account.credit IS 'sum of the verified activities and of what was spread to or from the year (7.6e), before caps';
COMMENT ON COLUMN ce_account.known_from IS 'latest business date in it; a question as of an earlier day reads the activities instead';

CREATE OR REPLACE TRIGGER ce_activity_check BEFORE INSERT OR UPDATE OR DELETE ON ce_activity
	FOR EACH ROW EXECUTE FUNCTION ce_activity_check();
COMMENT ON TRIGGER ce_activity_check ON ce_activity IS 'converts facts into hours (5) and keeps the way to verification (7)';
CREATE OR REPLACE TRIGGER ce_activity_post AFTER INSERT OR UPDATE OR DELETE ON ce_activity
	FOR EACH ROW EXECUTE FUNCTION ce_activity_post();
COMMENT ON TRIGGER ce_activity_post ON ce_activity IS 'gathers what the statement changes in the accounts';
CREATE OR REPLACE TRIGGER ce_post_flush AFTER INSERT OR UPDATE OR DELETE ON ce_activity
	FOR EACH STATEMENT EXECUTE FUNCTION ce_post_flush();
COMMENT ON TRIGGER ce_post_flush ON ce_activity IS 'posts what was gathered, in key order';
CREATE OR REPLACE TRIGGER ce_activity_keep BEFORE TRUNCATE ON ce_activity
	FOR EACH STATEMENT EXECUTE FUNCTION ce_append_only();
COMMENT ON TRIGGER ce_activity_keep ON ce_activity IS 'refuses TRUNCATE, since verified hours are revoked, never removed';
CREATE OR REPLACE TRIGGER ce_account_kept_by_triggers BEFORE INSERT ON ce_account
	FOR EACH STATEMENT EXECUTE FUNCTION ce_kept_by_triggers();
COMMENT ON TRIGGER ce_account_kept_by_triggers ON ce_account IS 'refuses rows that the ledger''s own triggers do not write: a restore of data alone would count twice';
CREATE OR REPLACE TRIGGER ce_kind_in_use BEFORE DELETE OR UPDATE OF kind, category, subject, track ON ce_kind
	FOR EACH ROW EXECUTE FUNCTION ce_kind_in_use();
COMMENT ON TRIGGER ce_kind_in_use ON ce_kind IS 'refuses to change what activities already rest on; a foreign key would lock one row for everybody';
CREATE OR REPLACE TRIGGER ce_org_in_use BEFORE DELETE OR UPDATE OF org_id ON ce_org
	FOR EACH ROW EXECUTE FUNCTION ce_org_in_use();
COMMENT ON TRIGGER ce_org_in_use ON ce_org IS 'refuses to delete what activities name as employer or verifying body';
-- What counts for titles only, the spreading of surplus, sanctions and applications.

CREATE TABLE IF NOT EXISTS ce_achievement (
	achievement_id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY,
	person_id bigint NOT NULL REFERENCES ce_person,
	kind text NOT NULL REFERENCES ce_kind,
	grade text,
	role text CHECK (role IN ('host', 'member')),
	rank integer CHECK (rank >= 1),
	title text,
	specialty text,
	work_ref text,
	started_on date,
	due_on date,
	achieved_on date NOT NULL,
	evidence text,
	attested_by bigint REFERENCES ce_org,
	attested_on date,
	revoked_on date,
	note text,
	PRIMARY KEY (person_id, achievement_id),
	CHECK ((attested_by IS NULL) = (attested_on IS NULL)),
	CHECK (revoked_on IS NULL OR attested_on IS NOT NULL)
);
COMMENT ON TABLE ce_achievement IS 'innovation (5.2.5): attested by the employer for a title, never in the archive (7.3b, 7.3c)';
COMMENT ON COLUMN ce_achievement.achievement_id IS 'identifier, unique in the ledger';
COMMENT ON COLUMN ce_achievement.person_id IS 'the person';
COMMENT ON COLUMN ce_achievement.kind IS 'kind (ce_kind), of the track attested';
COMMENT ON COLUMN ce_achievement.grade IS 'grade as the rules name it, for kinds that have grades';
COMMENT ON COLUMN ce_achievement.role IS 'host (the first host, one person) or member (AMB-18)';
COMMENT ON COLUMN ce_achievement.rank IS 'rank among the makers, from 1, for kinds with rank bands (AMB-21)';
COMMENT ON COLUMN ce_achievement.title IS 'title of the work';
COMMENT ON COLUMN ce_achievement.specialty IS 'specialty of the work (4.2.3)';
COMMENT ON COLUMN ce_achievement.work_ref IS 'identifies the work: several rows of one work count once, at their best';
COMMENT ON COLUMN ce_achievement.started_on IS 'first day of a project';
COMMENT ON COLUMN ce_achievement.due_on IS 'day by which a project was to be concluded';
COMMENT ON COLUMN ce_achievement.achieved_on IS 'conclusion of a project, grant of a patent, award, entry into force of a standard, comment on a report (AMB-22)';
COMMENT ON COLUMN ce_achievement.evidence IS 'contract, certificate or other document';
COMMENT ON COLUMN ce_achievement.attested_by IS 'employer that audited and attested it (7.3c), null: not yet';
COMMENT ON COLUMN ce_achievement.attested_on IS 'day of the attestation';
COMMENT ON COLUMN ce_achievement.revoked_on IS 'day from which it no longer counts';
COMMENT ON COLUMN ce_achievement.note IS 'remarks; the reason of a revocation';
CREATE INDEX IF NOT EXISTS ce_achievement_id ON ce_achievement (achievement_id);
COMMENT ON INDEX ce_achievement_id IS 'an achievement by its identifier alone';

CREATE TABLE IF NOT EXISTS ce_allocation (
	allocation_id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY,
	person_id bigint NOT NULL REFERENCES ce_person,
	from_year integer NOT NULL,
	to_year integer NOT NULL,
	subject ce_subject NOT NULL CHECK (subject <> 'both'),
	hours ce_hours NOT NULL CHECK (hours > '0'::ce_hours),
	allocated_by bigint NOT NULL REFERENCES ce_org,
	allocated_on date NOT NULL,
	reversed_by bigint REFERENCES ce_org,
	reversed_on date,
	note text,
	PRIMARY KEY (person_id, allocation_id),
	CHECK ((reversed_by IS NULL) = (reversed_on IS NULL))
);
COMMENT ON TABLE ce_allocation IS 'surplus online hours of one year spread over earlier years (补学, 7.6e)';
COMMENT ON COLUMN ce_allocation.allocation_id IS 'identifier, unique in the ledger';
COMMENT ON COLUMN ce_allocation.person_id IS 'the person';
COMMENT ON COLUMN ce_allocation.from_year IS 'year of the surplus';
COMMENT ON COLUMN ce_allocation.to_year IS 'year that receives the hours';
COMMENT ON COLUMN ce_allocation.subject IS 'subject, the same in both years';
COMMENT ON COLUMN ce_allocation.hours IS 'class hours spread';
COMMENT ON COLUMN ce_allocation.allocated_by IS 'body that verifies for the person';
COMMENT ON COLUMN ce_allocation.allocated_on IS 'day from which it counts';
COMMENT ON COLUMN ce_allocation.reversed_by IS 'body that took it back';
COMMENT ON COLUMN ce_allocation.reversed_on IS 'day from which it no longer counts';
COMMENT ON COLUMN ce_allocation.note IS 'remarks; the reason of a reversal';
CREATE INDEX IF NOT EXISTS ce_allocation_id ON ce_allocation (allocation_id);
COMMENT ON INDEX ce_allocation_id IS 'an allocation by its identifier alone';

CREATE TABLE IF NOT EXISTS ce_sanction (
	sanction_id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY,
	person_id bigint NOT NULL REFERENCES ce_person,
	found_on date NOT NULL,
	decision text NOT NULL,
	revoked_on date,
	note text,
	PRIMARY KEY (person_id, sanction_id),
	CHECK (revoked_on >= found_on)
);
COMMENT ON TABLE ce_sanction IS 'findings of fraud (6.2) that bar from applying for a title';
COMMENT ON COLUMN ce_sanction.sanction_id IS 'identifier, unique in the ledger';
COMMENT ON COLUMN ce_sanction.person_id IS 'the person';
COMMENT ON COLUMN ce_sanction.found_on IS 'day of the finding: first day of the ban (AMB-25)';
COMMENT ON COLUMN ce_sanction.decision IS 'reference of the decision';
COMMENT ON COLUMN ce_sanction.revoked_on IS 'day the decision was revoked: the ban ends the day before';
COMMENT ON COLUMN ce_sanction.note IS 'remarks; the reason of a revocation';
CREATE INDEX IF NOT EXISTS ce_sanction_id ON ce_sanction (sanction_id);
COMMENT ON INDEX ce_sanction_id IS 'a sanction by its identifier alone';

CREATE TABLE IF NOT EXISTS ce_application (
	application_id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY,
	person_id bigint NOT NULL REFERENCES ce_person,
	level ce_level NOT NULL,
	route ce_route NOT NULL DEFAULT 'review',
	specialty text,
	applied_on date NOT NULL,
	verdict ce_outcome,
	receipt jsonb,
	-- in messages: ce_text('open'), ce_text('withdrawn'), ce_text('cancelled'), ce_text('decided')
	status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'withdrawn', 'cancelled', 'decided')),
	note text,
	PRIMARY KEY (person_id, application_id)
);
COMMENT ON TABLE ce_application IS 'applications for a title; taken only when eligible on the day';
COMMENT ON COLUMN ce_application.application_id IS 'identifier, unique in the ledger';
COMMENT ON COLUMN ce_application.person_id IS 'the person';
COMMENT ON COLUMN ce_application.level IS 'level applied for';
COMMENT ON COLUMN ce_application.route IS 'route to the title';
COMMENT ON COLUMN ce_application.specialty IS 'target specialty of a transfer (4.2.3)';
COMMENT ON COLUMN ce_application.applied_on IS 'day of the application';
COMMENT ON COLUMN ce_application.verdict IS 'derived: the verdict on that day';
COMMENT ON COLUMN ce_application.receipt IS 'derived: the grounds of the verdict (ce_receipt)';
COMMENT ON COLUMN ce_application.status IS 'open, withdrawn, cancelled by a sanction (6.2a) or decided';
COMMENT ON COLUMN ce_application.note IS 'remarks; of one that a sanction cancelled the clause, the day of the finding and its decision';
CREATE INDEX IF NOT EXISTS ce_application_id ON ce_application (application_id);
COMMENT ON INDEX ce_application_id IS 'an application by its identifier alone';

CREATE OR REPLACE TRIGGER ce_allocation_check BEFORE INSERT OR UPDATE OR DELETE ON ce_allocation
	FOR EACH ROW EXECUTE FUNCTION ce_allocation_check();
COMMENT ON TRIGGER ce_allocation_check ON ce_allocation IS 'keeps spreading to the years and bodies of 7.6';
CREATE OR REPLACE TRIGGER ce_allocation_post AFTER INSERT OR UPDATE ON ce_allocation
	FOR EACH ROW EXECUTE FUNCTION ce_allocation_post();
COMMENT ON TRIGGER ce_allocation_post ON ce_allocation IS 'gathers what the statement spreads or takes back';
CREATE OR REPLACE TRIGGER ce_allocation_flush AFTER INSERT OR UPDATE ON ce_allocation
	FOR EACH STATEMENT EXECUTE FUNCTION ce_allocation_post();
COMMENT ON TRIGGER ce_allocation_flush ON ce_allocation IS 'posts the hours to both years, in key order, and bounds them by surplus and shortfall (7.6e)';
CREATE OR REPLACE TRIGGER ce_allocation_keep BEFORE TRUNCATE ON ce_allocation
	FOR EACH STATEMENT EXECUTE FUNCTION ce_append_only();
COMMENT ON TRIGGER ce_allocation_keep ON ce_allocation IS 'refuses TRUNCATE: allocations are reversed, never removed';
CREATE OR REPLACE TRIGGER ce_achievement_check BEFORE INSERT OR UPDATE OR DELETE ON ce_achievement
	FOR EACH ROW EXECUTE FUNCTION ce_achievement_check();
COMMENT ON TRIGGER ce_achievement_check ON ce_achievement IS 'takes what the table of 5.2.5 lists, and keeps what was attested';
CREATE OR REPLACE TRIGGER ce_achievement_keep BEFORE TRUNCATE ON ce_achievement
	FOR EACH STATEMENT EXECUTE FUNCTION ce_append_only();
COMMENT ON TRIGGER ce_achievement_keep ON ce_achievement IS 'refuses TRUNCATE: attestations are revoked, never removed';
CREATE OR REPLACE TRIGGER ce_sanction_check BEFORE INSERT OR UPDATE OR DELETE ON ce_sanction
	FOR EACH ROW EXECUTE FUNCTION ce_sanction_check();
COMMENT ON TRIGGER ce_sanction_check ON ce_sanction IS 'keeps findings as they were made; they are revoked, never removed (6.2)';
CREATE OR REPLACE TRIGGER ce_sanction_effect AFTER INSERT ON ce_sanction
	FOR EACH ROW EXECUTE FUNCTION ce_sanction_effect();
COMMENT ON TRIGGER ce_sanction_effect ON ce_sanction IS 'marks the person and cancels open applications (6.2a)';
CREATE OR REPLACE TRIGGER ce_sanction_keep BEFORE TRUNCATE ON ce_sanction
	FOR EACH STATEMENT EXECUTE FUNCTION ce_append_only();
COMMENT ON TRIGGER ce_sanction_keep ON ce_sanction IS 'refuses TRUNCATE: findings are revoked, never removed';
CREATE OR REPLACE TRIGGER ce_application_check BEFORE INSERT OR UPDATE OR DELETE ON ce_application
	FOR EACH ROW EXECUTE FUNCTION ce_application_check();
COMMENT ON TRIGGER ce_application_check ON ce_application IS 'takes an application only from who is eligible on the day, and keeps its receipt';
CREATE OR REPLACE TRIGGER ce_application_keep BEFORE TRUNCATE ON ce_application
	FOR EACH STATEMENT EXECUTE FUNCTION ce_append_only();
COMMENT ON TRIGGER ce_application_keep ON ce_application IS 'refuses TRUNCATE: applications are withdrawn or cancelled, never removed';
CREATE OR REPLACE TRIGGER ce_title_log AFTER INSERT OR UPDATE ON ce_achievement
	FOR EACH ROW EXECUTE FUNCTION ce_title_log();
COMMENT ON TRIGGER ce_title_log ON ce_achievement IS 'logs attestations and revocations in ce_event';
CREATE OR REPLACE TRIGGER ce_title_log AFTER INSERT OR UPDATE ON ce_sanction
	FOR EACH ROW EXECUTE FUNCTION ce_title_log();
COMMENT ON TRIGGER ce_title_log ON ce_sanction IS 'logs findings and their revocation in ce_event';
CREATE OR REPLACE TRIGGER ce_title_log AFTER INSERT OR UPDATE ON ce_application
	FOR EACH ROW EXECUTE FUNCTION ce_title_log();
COMMENT ON TRIGGER ce_title_log ON ce_application IS 'logs every change of an application''s status in ce_event';
CREATE OR REPLACE TRIGGER ce_person_check BEFORE UPDATE OF sanctioned ON ce_person
	FOR EACH ROW WHEN (OLD.sanctioned AND NOT NEW.sanctioned) EXECUTE FUNCTION ce_person_check();
COMMENT ON TRIGGER ce_person_check ON ce_person IS 'keeps the mark of sanctioned persons, by which a question knows to look for bans (6.2)';
-- Imports: where CSV files arrive, and what the courses of learning platforms are here.

-- By reference alone: the same one for another person must be found too.  Not
-- unique, so that the table can be distributed by person.
CREATE INDEX IF NOT EXISTS ce_activity_ref ON ce_activity (source, source_ref) WHERE source IS NOT NULL;
COMMENT ON INDEX ce_activity_ref IS 'what an import has brought already, by its reference (9.4a, AMB-34)';

CREATE TABLE IF NOT EXISTS ce_course (
	course text PRIMARY KEY,
	kind text NOT NULL DEFAULT 'base_online',
	plan_id bigint REFERENCES ce_plan,
	hours ce_hours CHECK (hours > '0'::ce_hours),
	note text
);
COMMENT ON TABLE ce_course IS 'courses of learning platforms: what a statement about one (xAPI) means here (9.4a)';
COMMENT ON COLUMN ce_course.course IS 'identifier of the course on its platform, the object.id of statements about it';
COMMENT ON COLUMN ce_course.kind IS 'kind of the activity (ce_kind)';
COMMENT ON COLUMN ce_course.plan_id IS 'its filed plan, for kinds of the track filed';
COMMENT ON COLUMN ce_course.hours IS 'class hours of who completes it; null: those of the statement''s duration';
COMMENT ON COLUMN ce_course.note IS 'remarks';

-- Text columns, so that COPY takes every line of a file and each bad one is
-- reported with its reason.
CREATE TABLE IF NOT EXISTS ce_staging (
	line bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
	source text,
	source_ref text,
	person_id text,
	person_no text,
	kind text,
	plan_id text,
	org_id text,
	org_code text,
	title text,
	specialty text,
	started_on text,
	completed_on text,
	days text,
	travel_days text,
	hours text,
	evidence text,
	note text,
	status text,
	verified_by text,
	verified_by_code text,
	verified_on text,
	outcome text CHECK (outcome IN ('new', 'unchanged', 'conflict', 'rejected')),
	message text,
	imported_at timestamptz
);
COMMENT ON TABLE ce_staging IS 'records of a file on their way in: COPY ce_staging (...) FROM, then CALL ce_import_staged(); rows may be deleted at any time';
COMMENT ON COLUMN ce_staging.line IS 'number of the line, in the order of arrival';
COMMENT ON COLUMN ce_staging.source IS 'system that the record comes from';
COMMENT ON COLUMN ce_staging.source_ref IS 'identifier in that system';
COMMENT ON COLUMN ce_staging.person_id IS 'the person, by person_id or else person_no';
COMMENT ON COLUMN ce_staging.person_no IS 'the person''s number';
COMMENT ON COLUMN ce_staging.kind IS 'kind (ce_kind)';
COMMENT ON COLUMN ce_staging.plan_id IS 'filed plan of the course';
COMMENT ON COLUMN ce_staging.org_id IS 'employer at the time, by org_id or else org_code; by default the person''s';
COMMENT ON COLUMN ce_staging.org_code IS 'code of the employer';
COMMENT ON COLUMN ce_staging.title IS 'title of the item';
COMMENT ON COLUMN ce_staging.specialty IS 'specialty of the item';
COMMENT ON COLUMN ce_staging.started_on IS 'first day, YYYY-MM-DD';
COMMENT ON COLUMN ce_staging.completed_on IS 'day of completion, YYYY-MM-DD';
COMMENT ON COLUMN ce_staging.days IS 'days without travel, in halves';
COMMENT ON COLUMN ce_staging.travel_days IS 'days of travel';
COMMENT ON COLUMN ce_staging.hours IS 'class hours';
COMMENT ON COLUMN ce_staging.evidence IS 'document number, certificate, invitation';
COMMENT ON COLUMN ce_staging.note IS 'remarks';
COMMENT ON COLUMN ce_staging.status IS 'submitted (also when null) or verified';
COMMENT ON COLUMN ce_staging.verified_by IS 'last body of the chain, by org_id or else verified_by_code, for verified records';
COMMENT ON COLUMN ce_staging.verified_by_code IS 'code of that body';
COMMENT ON COLUMN ce_staging.verified_on IS 'day of verification, YYYY-MM-DD';
COMMENT ON COLUMN ce_staging.outcome IS 'new, unchanged, conflict or rejected; null: waits. To try a line again, correct it and set outcome to null';
COMMENT ON COLUMN ce_staging.message IS 'why: field, reason, clause';
COMMENT ON COLUMN ce_staging.imported_at IS 'when the outcome was written';
CREATE INDEX IF NOT EXISTS ce_staging_waiting ON ce_staging (line) WHERE outcome IS NULL;
COMMENT ON INDEX ce_staging_waiting IS 'lines that wait, in their order';

CREATE OR REPLACE VIEW ce_import_progress WITH (security_invoker = true) AS
SELECT s.source, count(*) AS total,
	count(*) FILTER (WHERE s.outcome IS NULL) AS waiting,
	count(*) FILTER (WHERE s.outcome = 'new') AS new,
	count(*) FILTER (WHERE s.outcome = 'unchanged') AS unchanged,
	count(*) FILTER (WHERE s.outcome = 'conflict') AS conflict,
	count(*) FILTER (WHERE s.outcome = 'rejected') AS rejected,
	pg_catalog.to_char(max(s.imported_at) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS') AS last_at
FROM ce_staging s
GROUP BY s.source;
COMMENT ON VIEW ce_import_progress IS 'how far the import of staged lines is, by source; it moves with each transaction of ce_import_staged()';
COMMENT ON COLUMN ce_import_progress.source IS 'system that the records come from';
COMMENT ON COLUMN ce_import_progress.total IS 'lines staged';
COMMENT ON COLUMN ce_import_progress.waiting IS 'lines that wait';
COMMENT ON COLUMN ce_import_progress.new IS 'lines that became an activity';
COMMENT ON COLUMN ce_import_progress.unchanged IS 'lines that had come before';
COMMENT ON COLUMN ce_import_progress.conflict IS 'lines that differ from what came before under their reference; nothing was written';
COMMENT ON COLUMN ce_import_progress.rejected IS 'lines that cannot be an activity as they are';
COMMENT ON COLUMN ce_import_progress.last_at IS 'time of the latest outcome in Asia/Shanghai; null: none yet';
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
COMMENT ON COLUMN ce_link.linked_at IS 'when it was linked, or linked anew';
-- Views: plain column types, so that any tool can read them, and by the
-- reader's own privileges.

CREATE OR REPLACE VIEW ce_account_recomputed WITH (security_invoker = true) AS
SELECT e.person_id, e.year, sum(e.credit) AS credit, max(e.known_from) AS known_from
  FROM (
	SELECT a.person_id, a.year,
		   CASE WHEN a.status = 'verified'
				THEN ce_credit(CASE WHEN a.national_base THEN 'national_online' ELSE a.category END,
							   a.awarded, a.deems_public, a.deems_professional)
				ELSE '{}' END AS credit,
		   coalesce(a.revoked_on, a.verified_on) AS known_from
	  FROM ce_activity a
	 WHERE a.status IN ('verified', 'revoked')
	UNION ALL
	SELECT l.person_id, y.year,
		   CASE WHEN l.reversed_on IS NULL THEN ce_credit('carried_' || l.subject::text, y.hours) ELSE '{}' END,
		   coalesce(l.reversed_on, l.allocated_on)
	  FROM ce_allocation l
	 CROSS JOIN LATERAL (VALUES (l.from_year, - l.hours), (l.to_year, l.hours)) AS y (year, hours)
  ) e
 GROUP BY e.person_id, e.year;
COMMENT ON VIEW ce_account_recomputed IS 'what ce_account must be, added up from the activities and allocations; ce_check() compares the two';
COMMENT ON COLUMN ce_account_recomputed.person_id IS 'the person';
COMMENT ON COLUMN ce_account_recomputed.year IS 'calendar year';
COMMENT ON COLUMN ce_account_recomputed.credit IS 'sum of the verified activities and of what was spread';
COMMENT ON COLUMN ce_account_recomputed.known_from IS 'latest business date in it';

CREATE OR REPLACE VIEW ce_attested_hours WITH (security_invoker = true) AS
SELECT h.person_id, t.year, t.hours::numeric AS hours, t.award
  FROM (SELECT DISTINCT person_id FROM ce_achievement WHERE attested_on IS NOT NULL) h
 CROSS JOIN LATERAL ce_attested(h.person_id) t;
COMMENT ON VIEW ce_attested_hours IS 'professional hours that attested achievements add for titles today (5.2.5, 7.3d), by person and year';
COMMENT ON COLUMN ce_attested_hours.person_id IS 'the person';
COMMENT ON COLUMN ce_attested_hours.year IS 'calendar year of the tenure';
COMMENT ON COLUMN ce_attested_hours.hours IS 'professional class hours';
COMMENT ON COLUMN ce_attested_hours.award IS 'true: an award deems the year''s professional hours complete (5.2.5(4))';

CREATE OR REPLACE VIEW ce_yearly_totals WITH (security_invoker = true) AS
SELECT y.person_id, y.year,
	   ce_totals_hours(y.totals, 0) AS public_hours,
	   ce_totals_hours(y.totals, 1) AS professional_hours,
	   ce_totals_hours(y.totals, 2) AS total_hours,
	   ce_totals_hours(y.totals, 3) AS online_hours,
	   ce_totals_hours(y.totals, 4) AS training_hours,
	   ce_totals_hours(y.totals, 5) AS mentoring_hours,
	   ce_totals_hours(y.totals, 6) AS mentoring_hours_raw,
	   ce_totals_hours(y.totals, 7) AS recorded_hours,
	   ce_totals_hours(y.totals, 8) AS attested_hours,
	   ce_totals_hours(y.totals, 9) AS allocated_public,
	   ce_totals_hours(y.totals, 10) AS allocated_professional,
	   ce_totals_flag(y.totals, 0) AS public_deemed,
	   ce_totals_flag(y.totals, 1) AS professional_deemed,
	   ce_totals_hours(y.totals, 11) AS required_public,
	   ce_totals_hours(y.totals, 12) AS required_professional,
	   ce_totals_hours(y.totals, 13) AS required_total,
	   ce_totals_hours(y.totals, 14) AS public_short,
	   ce_totals_hours(y.totals, 15) AS professional_short,
	   ce_totals_hours(y.totals, 16) AS total_short,
	   ce_totals_flag(y.totals, 2) AS met,
	   ce_totals_flag(y.totals, 3) AS met_for_title
  FROM (
	-- each branch joins the person itself, so that the planner may go from the persons to their accounts
	SELECT a.person_id, a.year,
		   ce_totals(p.person_id, p.org_id, p.scheme, p.held_since, a.year, a.credit, h.person_id IS NOT NULL, ce_today()) AS totals
	  FROM ce_account a
	  JOIN ce_person p ON p.person_id = a.person_id
	  LEFT JOIN (SELECT DISTINCT c.person_id FROM ce_achievement c WHERE c.attested_on IS NOT NULL) h ON h.person_id = a.person_id
	UNION ALL
	SELECT h.person_id, t.year,
		   ce_totals(p.person_id, p.org_id, p.scheme, p.held_since, t.year, '{}', true, ce_today()) AS totals
	  FROM (SELECT DISTINCT c.person_id FROM ce_achievement c WHERE c.attested_on IS NOT NULL) h
	  JOIN ce_person p ON p.person_id = h.person_id
	 CROSS JOIN LATERAL ce_attested(p.person_id, p.org_id, p.scheme, p.held_since, ce_today()) t
	 WHERE NOT EXISTS (SELECT FROM ce_account a WHERE a.person_id = h.person_id AND a.year = t.year)
  ) y;
COMMENT ON VIEW ce_yearly_totals IS 'class hours of each person and year: the archive (verified, after caps and allocations), what the year asks for, what is short (4.1), and whether it is met for a title with attested hours (7.3d)';
COMMENT ON COLUMN ce_yearly_totals.person_id IS 'the person';
COMMENT ON COLUMN ce_yearly_totals.year IS 'calendar year';
COMMENT ON COLUMN ce_yearly_totals.public_hours IS 'public hours in the archive';
COMMENT ON COLUMN ce_yearly_totals.professional_hours IS 'professional hours in the archive';
COMMENT ON COLUMN ce_yearly_totals.total_hours IS 'public and professional hours in the archive';
COMMENT ON COLUMN ce_yearly_totals.online_hours IS 'of these: online courses of bases (5.2.1)';
COMMENT ON COLUMN ce_yearly_totals.training_hours IS 'of these: training (5.2.2)';
COMMENT ON COLUMN ce_yearly_totals.mentoring_hours IS 'of these: mentoring, as far as the cap recognises it (5.2.4c)';
COMMENT ON COLUMN ce_yearly_totals.mentoring_hours_raw IS 'mentoring before the cap';
COMMENT ON COLUMN ce_yearly_totals.recorded_hours IS 'of these: professional hours recorded under earlier notices (AMB-2)';
COMMENT ON COLUMN ce_yearly_totals.attested_hours IS 'professional hours attested for titles, not in the archive (5.2.5)';
COMMENT ON COLUMN ce_yearly_totals.allocated_public IS 'public hours spread to the year (+) or from it (-) (7.6e)';
COMMENT ON COLUMN ce_yearly_totals.allocated_professional IS 'professional hours spread to the year (+) or from it (-) (7.6e)';
COMMENT ON COLUMN ce_yearly_totals.public_deemed IS 'true: the public hours are deemed complete (5.3)';
COMMENT ON COLUMN ce_yearly_totals.professional_deemed IS 'true: the professional hours are deemed complete (5.2.3, 5.3)';
COMMENT ON COLUMN ce_yearly_totals.required_public IS 'public hours that the year asks for, null: no minimum, or no rule for the year';
COMMENT ON COLUMN ce_yearly_totals.required_professional IS 'professional hours that the year asks for';
COMMENT ON COLUMN ce_yearly_totals.required_total IS 'hours that the year asks for in all, null: no rule for the year';
COMMENT ON COLUMN ce_yearly_totals.public_short IS 'public hours that are missing';
COMMENT ON COLUMN ce_yearly_totals.professional_short IS 'professional hours that are missing';
COMMENT ON COLUMN ce_yearly_totals.total_short IS 'hours that are missing in all';
COMMENT ON COLUMN ce_yearly_totals.met IS 'the year is met (4.1), null: no rule for the year';
COMMENT ON COLUMN ce_yearly_totals.met_for_title IS 'the year is met with attested hours, as a title asks (7.3d)';

CREATE OR REPLACE VIEW ce_eligibility WITH (security_invoker = true) AS
SELECT p.person_id, p.org_id,
	   ce_standing_outcome(s.code, 'junior') AS junior,
	   ce_standing_outcome(s.code, 'intermediate') AS intermediate,
	   ce_standing_outcome(s.code, 'senior') AS senior,
	   ce_standing_outcome(s.code, 'full_senior') AS full_senior
  FROM ce_person p
	   -- OFFSET 0: once a person, not once a column.  The condition is always true and names the row's
	   -- last column, so that the executor takes the row apart at once and not again for every argument.
 CROSS JOIN LATERAL (SELECT CASE WHEN p.sanctioned IS NOT NULL THEN
		ce_standing_code(p.person_id, p.org_id, p.scheme, p.doctorate_on, p.held_level, p.held_since, p.sanctioned, ce_today()) END AS code
	OFFSET 0) s;
COMMENT ON VIEW ce_eligibility IS 'verdicts of every person for each level, today, by the review route (4.2.1)';
COMMENT ON COLUMN ce_eligibility.person_id IS 'the person';
COMMENT ON COLUMN ce_eligibility.org_id IS 'employer today';
COMMENT ON COLUMN ce_eligibility.junior IS 'verdict for junior (4.2.1a)';
COMMENT ON COLUMN ce_eligibility.intermediate IS 'verdict for intermediate (4.2.1b)';
COMMENT ON COLUMN ce_eligibility.senior IS 'verdict for senior, for its holders that for full senior (4.2.1c, AMB-9)';
COMMENT ON COLUMN ce_eligibility.full_senior IS 'verdict for full senior (4.2.1c, 4.2.1d)';

CREATE OR REPLACE VIEW ce_deadlines WITH (security_invoker = true) AS
SELECT s.scheme, y.year, r.required_total, r.filing_due, r.study_due, r.verification_due
  FROM ce_scheme s
 CROSS JOIN LATERAL (
	SELECT generate_series(min(q.from_year), greatest(max(q.from_year), extract(year FROM ce_today())::integer)) AS year
	  FROM ce_requirement q WHERE q.scheme = s.scheme) y
 CROSS JOIN LATERAL (
	SELECT q.total_hours::numeric AS required_total,
		   (y.year || '-' || q.filing_due)::date AS filing_due,
		   (y.year || '-' || q.study_due)::date AS study_due,
		   (y.year || '-' || q.verification_due)::date AS verification_due
	  FROM ce_requirement q
	 WHERE q.scheme = s.scheme AND y.year BETWEEN q.from_year AND coalesce(q.to_year, y.year)
	 ORDER BY q.from_year DESC LIMIT 1) r;
COMMENT ON VIEW ce_deadlines IS 'deadlines of each year as dates (8), null where the year''s law sets none';
COMMENT ON COLUMN ce_deadlines.scheme IS 'scheme';
COMMENT ON COLUMN ce_deadlines.year IS 'calendar year';
COMMENT ON COLUMN ce_deadlines.required_total IS 'hours that the year asks for in all';
COMMENT ON COLUMN ce_deadlines.filing_due IS 'last day for filing plans (8.1a)';
COMMENT ON COLUMN ce_deadlines.study_due IS 'last day for finishing study (8.2b)';
COMMENT ON COLUMN ce_deadlines.verification_due IS 'last day for verifying (8.3)';

CREATE OR REPLACE VIEW ce_filing_status WITH (security_invoker = true) AS
SELECT p.plan_id, p.org_id, p.title, p.mode, p.hours::numeric AS hours, p.days, p.starts_on, p.ends_on,
	   p.status::text AS status, p.reviewed_by, p.filed_by, p.filed_on, d.filing_due,
	   CASE WHEN d.filing_due IS NULL THEN NULL ELSE coalesce(p.filed_on, ce_today()) > d.filing_due END AS late
  FROM ce_plan p
  LEFT JOIN ce_deadlines d ON d.scheme = 'general' AND d.year = extract(year FROM coalesce(p.starts_on, p.ends_on, p.filed_on, ce_today()));
COMMENT ON VIEW ce_filing_status IS 'course plans with the deadline for filing them (7.2, 8.1a); filed after it is accepted and late (AMB-26)';
COMMENT ON COLUMN ce_filing_status.plan_id IS 'the plan';
COMMENT ON COLUMN ce_filing_status.org_id IS 'organiser';
COMMENT ON COLUMN ce_filing_status.title IS 'title of the course';
COMMENT ON COLUMN ce_filing_status.mode IS 'online or offline';
COMMENT ON COLUMN ce_filing_status.hours IS 'class hours as planned';
COMMENT ON COLUMN ce_filing_status.days IS 'days as planned';
COMMENT ON COLUMN ce_filing_status.starts_on IS 'first day';
COMMENT ON COLUMN ce_filing_status.ends_on IS 'last day';
COMMENT ON COLUMN ce_filing_status.status IS 'draft, submitted, reviewed, filed or rejected';
COMMENT ON COLUMN ce_filing_status.reviewed_by IS 'body that reviewed it';
COMMENT ON COLUMN ce_filing_status.filed_by IS 'HRSS office that filed it';
COMMENT ON COLUMN ce_filing_status.filed_on IS 'day of filing';
COMMENT ON COLUMN ce_filing_status.filing_due IS 'last day for filing, null: none for the year';
COMMENT ON COLUMN ce_filing_status.late IS 'true: filed, or still not filed, after that day';

-- The scheme is that of the rule by which the hours were converted: the employer
-- at the time, the academy and others that see an activity need not see the person.
CREATE OR REPLACE VIEW ce_findings WITH (security_invoker = true) AS
SELECT CASE WHEN f.filed_on IS NULL THEN 'filing overdue' ELSE 'late filing' END AS finding, '8.1a' AS clause,
	   NULL::bigint AS person_id, f.org_id, 'plan' AS object, f.plan_id AS object_id,
	   coalesce(f.filed_on, f.filing_due) AS on_date,
	   CASE WHEN f.filed_on IS NULL THEN format(ce_text('due %s, %s'), f.filing_due, ce_text(f.status))
			ELSE format(ce_text('due %s, filed %s'), f.filing_due, f.filed_on) END AS detail
  FROM ce_filing_status f
 WHERE f.late AND f.status <> 'rejected'
UNION ALL
SELECT 'late study' AS finding, '8.2b' AS clause, a.person_id, a.org_id, 'activity' AS object, a.activity_id AS object_id, a.completed_on AS on_date,
	   format(ce_text('due %s, completed %s: counts for %s and is late (AMB-32)'), d.study_due, a.completed_on, a.year) AS detail
  FROM ce_activity a
  JOIN ce_rule r ON r.rule_id = a.rule_id
  JOIN ce_deadlines d ON d.scheme = r.scheme AND d.year = a.year
 WHERE a.status NOT IN ('rejected', 'revoked') AND a.completed_on > d.study_due
UNION ALL
SELECT CASE WHEN a.verified_on IS NULL THEN 'verification overdue' ELSE 'late verification' END AS finding, '8.3' AS clause, a.person_id, a.org_id,
	   'activity' AS object, a.activity_id AS object_id, coalesce(a.verified_on, d.verification_due) AS on_date,
	   CASE WHEN a.verified_on IS NULL THEN format(ce_text('due %s, %s'), d.verification_due, ce_text(a.status::text))
			ELSE format(ce_text('due %s, verified %s'), d.verification_due, a.verified_on) END AS detail
  FROM ce_activity a
  JOIN ce_rule r ON r.rule_id = a.rule_id
  JOIN ce_deadlines d ON d.scheme = r.scheme AND d.year = a.year
 WHERE a.status NOT IN ('rejected', 'revoked') AND coalesce(a.verified_on, ce_today()) > d.verification_due
UNION ALL
SELECT 'more than 10 hours a day' AS finding, 'AMB-14' AS clause, a.person_id, a.org_id, 'activity' AS object, a.activity_id AS object_id, a.completed_on AS on_date,
	   format(ce_text('%s hours in %s days'), a.hours, a.completed_on - a.started_on + 1) AS detail
  FROM ce_activity a
 WHERE a.status NOT IN ('rejected', 'revoked') AND a.hours::numeric > 10 * (a.completed_on - a.started_on + 1)
UNION ALL
SELECT 'near duplicate' AS finding, 'AMB-34' AS clause, d.person_id, d.org_id, 'activity' AS object, d.object_id, d.on_date,
	   format(ce_text('overlaps activity %s: %s'), d.activity_id, d.title) AS detail
  FROM (
	-- one plan or one title, in two joins that can be hashed: an OR compared all of a person's year with all
	SELECT a.person_id, a.org_id, b.activity_id AS object_id, b.completed_on AS on_date, a.activity_id, coalesce(a.title, a.kind) AS title
	  FROM ce_activity a
	  JOIN ce_activity b ON b.person_id = a.person_id AND b.activity_id > a.activity_id AND b.year = a.year AND b.plan_id = a.plan_id
	   AND daterange(coalesce(a.started_on, a.completed_on), a.completed_on, '[]') && daterange(coalesce(b.started_on, b.completed_on), b.completed_on, '[]')
	 WHERE a.status NOT IN ('rejected', 'revoked') AND b.status NOT IN ('rejected', 'revoked')
	UNION ALL
	SELECT a.person_id, a.org_id, b.activity_id AS object_id, b.completed_on AS on_date, a.activity_id, coalesce(a.title, a.kind) AS title
	  FROM ce_activity a
	  JOIN ce_activity b ON b.person_id = a.person_id AND b.activity_id > a.activity_id AND b.year = a.year
	   AND b.kind = a.kind AND b.title = a.title AND NOT coalesce(b.plan_id = a.plan_id, false)
	   AND daterange(coalesce(a.started_on, a.completed_on), a.completed_on, '[]') && daterange(coalesce(b.started_on, b.completed_on), b.completed_on, '[]')
	 WHERE a.status NOT IN ('rejected', 'revoked') AND b.status NOT IN ('rejected', 'revoked')) d
UNION ALL
SELECT 'spread more than the year leaves over' AS finding, '7.6e' AS clause, t.person_id, p.org_id, 'year' AS object, t.year::bigint AS object_id, NULL::date AS on_date,
	   format(ce_text('%s public and %s professional hours were spread, and the year is short'), - t.allocated_public, - t.allocated_professional) AS detail
  FROM ce_yearly_totals t
  JOIN ce_person p ON p.person_id = t.person_id
 WHERE (t.allocated_public < 0 AND t.public_short > 0) OR (t.allocated_professional < 0 AND t.professional_short > 0);
COMMENT ON VIEW ce_findings IS 'what somebody should look at and nothing was refused for: late or overdue filing, study and verification (8), many hours a day, near duplicates, overspread years';
COMMENT ON COLUMN ce_findings.finding IS 'what was found';
COMMENT ON COLUMN ce_findings.clause IS 'clause or reading that it comes from';
COMMENT ON COLUMN ce_findings.person_id IS 'the person, where it is about one';
COMMENT ON COLUMN ce_findings.org_id IS 'organiser or employer';
COMMENT ON COLUMN ce_findings.object IS 'plan, activity or year';
COMMENT ON COLUMN ce_findings.object_id IS 'its identifier, or the year';
COMMENT ON COLUMN ce_findings.on_date IS 'day it is about';
COMMENT ON COLUMN ce_findings.detail IS 'the numbers';

CREATE OR REPLACE VIEW ce_shortfalls WITH (security_invoker = true) AS
SELECT t.person_id, p.org_id, t.year, t.public_short, t.professional_short, t.total_short, t.met_for_title
  FROM ce_yearly_totals t
  JOIN ce_person p ON p.person_id = t.person_id
 WHERE NOT t.met;
COMMENT ON VIEW ce_shortfalls IS 'years that are not met (4.1) and what they lack';
COMMENT ON COLUMN ce_shortfalls.person_id IS 'the person';
COMMENT ON COLUMN ce_shortfalls.org_id IS 'employer today';
COMMENT ON COLUMN ce_shortfalls.year IS 'calendar year';
COMMENT ON COLUMN ce_shortfalls.public_short IS 'public hours that are missing';
COMMENT ON COLUMN ce_shortfalls.professional_short IS 'professional hours that are missing';
COMMENT ON COLUMN ce_shortfalls.total_short IS 'hours that are missing in all';
COMMENT ON COLUMN ce_shortfalls.met_for_title IS 'true: attested hours make the year count for a title all the same (7.3d)';

CREATE OR REPLACE VIEW ce_verification_queue WITH (security_invoker = true) AS
SELECT a.activity_id, a.person_id, a.org_id, a.kind, a.title, a.year, a.completed_on, a.awarded::numeric AS hours,
	   a.status::text AS status, a.reviewed_by,
	   CASE WHEN k.track NOT IN ('feed', 'special') THEN ce_next_body(a.org_id, a.reviewed_by) END AS next_body,
	   k.track = 'filed' AND p.status IS DISTINCT FROM 'filed' AS waits_for_filing,
	   k.track = 'activity' AND coalesce(btrim(a.evidence), '') = '' AS waits_for_evidence,
	   d.verification_due
  FROM ce_activity a
  JOIN ce_kind k ON k.kind = a.kind
  LEFT JOIN ce_rule r ON r.rule_id = a.rule_id
  LEFT JOIN ce_plan p ON p.plan_id = a.plan_id
  LEFT JOIN ce_deadlines d ON d.scheme = r.scheme AND d.year = a.year
 WHERE a.status IN ('submitted', 'in_review');
COMMENT ON VIEW ce_verification_queue IS 'activities that wait for verification, and whose turn it is (7.4a)';
COMMENT ON COLUMN ce_verification_queue.activity_id IS 'the activity';
COMMENT ON COLUMN ce_verification_queue.person_id IS 'the person';
COMMENT ON COLUMN ce_verification_queue.org_id IS 'employer at the time';
COMMENT ON COLUMN ce_verification_queue.kind IS 'kind';
COMMENT ON COLUMN ce_verification_queue.title IS 'title';
COMMENT ON COLUMN ce_verification_queue.year IS 'year that it counts for';
COMMENT ON COLUMN ce_verification_queue.completed_on IS 'day of completion';
COMMENT ON COLUMN ce_verification_queue.hours IS 'class hours that it will award';
COMMENT ON COLUMN ce_verification_queue.status IS 'submitted or in_review';
COMMENT ON COLUMN ce_verification_queue.reviewed_by IS 'body that reviewed it last';
COMMENT ON COLUMN ce_verification_queue.next_body IS 'body whose turn it is, null for the academy''s and the health commission''s kinds';
COMMENT ON COLUMN ce_verification_queue.waits_for_filing IS 'true: its plan is not filed yet (7.2d)';
COMMENT ON COLUMN ce_verification_queue.waits_for_evidence IS 'true: it has no evidence yet (7.3a)';
COMMENT ON COLUMN ce_verification_queue.verification_due IS 'last day for verifying the year''s hours (8.3)';

CREATE OR REPLACE VIEW ce_archive WITH (security_invoker = true) AS
SELECT a.person_id, a.year, a.activity_id, a.kind, k.label_zh, k.label_en, k.subject::text AS subject, a.category, a.title,
	   a.completed_on, a.hours::numeric AS hours, a.awarded::numeric AS awarded,
	   CASE WHEN a.status <> 'verified' THEN 0
			WHEN c.hours IS NULL THEN a.awarded::numeric
			ELSE greatest(least(a.awarded::numeric, c.hours - a.before), 0) END AS recognised,
	   a.deems_public, a.deems_professional, a.status::text AS status, a.verified_by, a.verified_on, a.revoked_on,
	   CASE WHEN a.status <> 'verified' THEN ce_text(a.status::text) || coalesce(ce_text(': ') || a.note, '')
			WHEN c.hours < a.before + a.awarded::numeric THEN format(ce_text('at most %s hours of %s a year (%s)'), c.hours, ce_text(a.category), c.clause)
			WHEN a.hours::numeric <> a.awarded::numeric THEN format(ce_text('converted by rule %s'), a.rule_id) END AS remark
  FROM (
	SELECT v.*, coalesce(sum(CASE WHEN v.status = 'verified' THEN v.awarded::numeric END)
						 OVER (PARTITION BY v.person_id, v.year, v.category ORDER BY v.completed_on, v.activity_id
							   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
	  FROM ce_activity v) a
  JOIN ce_kind k ON k.kind = a.kind
  JOIN ce_person p ON p.person_id = a.person_id
  LEFT JOIN LATERAL (
	SELECT q.hours::numeric AS hours, q.clause FROM ce_cap q
	 WHERE q.scheme = p.scheme AND q.category = a.category AND a.year BETWEEN q.from_year AND coalesce(q.to_year, a.year)
	 ORDER BY q.from_year DESC LIMIT 1) c ON true;
COMMENT ON VIEW ce_archive IS 'learning archive (学习档案): one line an activity with what the law recognises of it; a cap is used up by date (AMB-16)';
COMMENT ON COLUMN ce_archive.person_id IS 'the person';
COMMENT ON COLUMN ce_archive.year IS 'calendar year';
COMMENT ON COLUMN ce_archive.activity_id IS 'the activity';
COMMENT ON COLUMN ce_archive.kind IS 'kind';
COMMENT ON COLUMN ce_archive.label_zh IS 'label of the kind in Chinese';
COMMENT ON COLUMN ce_archive.label_en IS 'label of the kind in English';
COMMENT ON COLUMN ce_archive.subject IS 'subject';
COMMENT ON COLUMN ce_archive.category IS 'category';
COMMENT ON COLUMN ce_archive.title IS 'title';
COMMENT ON COLUMN ce_archive.completed_on IS 'day of completion';
COMMENT ON COLUMN ce_archive.hours IS 'class hours as completed or stated';
COMMENT ON COLUMN ce_archive.awarded IS 'class hours by the law, before caps';
COMMENT ON COLUMN ce_archive.recognised IS 'class hours that count in the archive: 0 unless verified, after caps';
COMMENT ON COLUMN ce_archive.deems_public IS 'deems the year''s public hours complete';
COMMENT ON COLUMN ce_archive.deems_professional IS 'deems the year''s professional hours complete';
COMMENT ON COLUMN ce_archive.status IS 'status';
COMMENT ON COLUMN ce_archive.verified_by IS 'body that verified it';
COMMENT ON COLUMN ce_archive.verified_on IS 'day of verification';
COMMENT ON COLUMN ce_archive.revoked_on IS 'day of revocation';
COMMENT ON COLUMN ce_archive.remark IS 'why the recognised hours are not the stated ones';

CREATE OR REPLACE VIEW ce_quarterly_report WITH (security_invoker = true) AS
SELECT r.year, r.quarter, (make_date(r.year, r.quarter * 3, 1) + interval '1 month' - interval '1 day')::date AS due_on,
	   r.reports_as, o.org_id, o.name AS org_name, o.kind AS org_kind, o.admin_level, o.region_code, o.base_level,
	   r.category, r.persons, r.activities, r.hours
  FROM (
	SELECT v.year, v.quarter, v.reports_as, v.org_id, v.category,
		   count(DISTINCT v.person_id) AS persons, count(*) AS activities, sum(v.awarded)::numeric AS hours
	  FROM (
		SELECT a.year, extract(quarter FROM a.completed_on)::integer AS quarter, 'employer' AS reports_as, a.org_id,
			   a.category, a.person_id, a.awarded
		  FROM ce_activity a WHERE a.status = 'verified'
		UNION ALL
		SELECT a.year, extract(quarter FROM a.completed_on)::integer AS quarter, 'organiser' AS reports_as, p.org_id, a.category, a.person_id, a.awarded
		  FROM ce_activity a JOIN ce_plan p ON p.plan_id = a.plan_id WHERE a.status = 'verified') v
	 GROUP BY v.year, v.quarter, v.reports_as, v.org_id, v.category) r
  JOIN ce_org o ON o.org_id = r.org_id;
COMMENT ON VIEW ce_quarterly_report IS 'persons trained and hours by quarter, organisation and category, for the report that is due at the end of the quarter (9.2b): of employers for their staff, of bases and other organisers for their courses';
COMMENT ON COLUMN ce_quarterly_report.year IS 'calendar year';
COMMENT ON COLUMN ce_quarterly_report.quarter IS 'quarter, 1 to 4, of the day of completion';
COMMENT ON COLUMN ce_quarterly_report.due_on IS 'day the report is due: the last of the quarter';
COMMENT ON COLUMN ce_quarterly_report.reports_as IS 'employer: of its staff; organiser: of its filed courses. Not to be added up';
COMMENT ON COLUMN ce_quarterly_report.org_id IS 'the organisation';
COMMENT ON COLUMN ce_quarterly_report.org_name IS 'its name';
COMMENT ON COLUMN ce_quarterly_report.org_kind IS 'its kind';
COMMENT ON COLUMN ce_quarterly_report.admin_level IS 'its administrative level';
COMMENT ON COLUMN ce_quarterly_report.region_code IS 'its region';
COMMENT ON COLUMN ce_quarterly_report.base_level IS 'its level as a base, null: no base';
COMMENT ON COLUMN ce_quarterly_report.category IS 'category of the hours';
COMMENT ON COLUMN ce_quarterly_report.persons IS 'persons with verified activities';
COMMENT ON COLUMN ce_quarterly_report.activities IS 'verified activities';
COMMENT ON COLUMN ce_quarterly_report.hours IS 'awarded class hours, before caps';

CREATE OR REPLACE VIEW ce_annual_statistics WITH (security_invoker = true) AS
SELECT y.year, left(o.region_code, 4) || '00' AS prefecture, o.org_id, o.name AS org_name, o.kind AS org_kind, o.parent_id,
	   coalesce(p.held_level::text, 'none') AS level,
	   o.kind NOT IN ('central_unit', 'private_institution', 'military_kindergarten') AS obliged,
	   count(*) AS persons, count(t.person_id) AS trained,
	   coalesce(sum(t.public_hours), 0) AS public_hours, coalesce(sum(t.professional_hours), 0) AS professional_hours,
	   count(*) FILTER (WHERE t.met) AS met,
	   round(100.0 * count(*) FILTER (WHERE t.met) / count(*), 1) AS completion_rate
  FROM (SELECT DISTINCT year FROM ce_account) y
 CROSS JOIN ce_person p
  JOIN ce_scheme s ON s.scheme = p.scheme AND s.governed
  JOIN ce_org o ON o.org_id = p.org_id
  LEFT JOIN ce_yearly_totals t ON t.person_id = p.person_id AND t.year = y.year
 GROUP BY y.year, o.org_id, p.held_level;
COMMENT ON VIEW ce_annual_statistics IS 'persons, hours and completion of each year by employer and title level (9.2c), to be added up by prefecture or industry department; staff in service today whom the notice governs';
COMMENT ON COLUMN ce_annual_statistics.year IS 'calendar year';
COMMENT ON COLUMN ce_annual_statistics.prefecture IS 'region code of the employer''s prefecture, of the province where it is provincial';
COMMENT ON COLUMN ce_annual_statistics.org_id IS 'employer today';
COMMENT ON COLUMN ce_annual_statistics.org_name IS 'its name';
COMMENT ON COLUMN ce_annual_statistics.org_kind IS 'its kind';
COMMENT ON COLUMN ce_annual_statistics.parent_id IS 'body above it: the industry department, where one stands there';
COMMENT ON COLUMN ce_annual_statistics.level IS 'level of the title held, or none';
COMMENT ON COLUMN ce_annual_statistics.obliged IS 'false: staff of units that are encouraged and not obliged to take part (2.2, AMB-3)';
COMMENT ON COLUMN ce_annual_statistics.persons IS 'persons';
COMMENT ON COLUMN ce_annual_statistics.trained IS 'persons with verified hours in the year';
COMMENT ON COLUMN ce_annual_statistics.public_hours IS 'their public hours in the archive';
COMMENT ON COLUMN ce_annual_statistics.professional_hours IS 'their professional hours in the archive';
COMMENT ON COLUMN ce_annual_statistics.met IS 'persons who met the year (4.1)';
COMMENT ON COLUMN ce_annual_statistics.completion_rate IS 'their share in percent';

CREATE OR REPLACE VIEW ce_credit_record WITH (security_invoker = true) AS
SELECT n.sanction_id, n.person_id, p.org_id, n.decision, n.found_on,
	   least((n.found_on + make_interval(years => s.ban_years))::date, n.revoked_on - 1) AS banned_until,
	   (n.found_on + make_interval(years => s.ban_years))::date AS recorded_until, n.revoked_on,
	   n.revoked_on IS NULL AND ce_today() <= (n.found_on + make_interval(years => s.ban_years))::date AS to_report
  FROM ce_sanction n
  JOIN ce_person p ON p.person_id = n.person_id
  JOIN ce_scheme s ON s.scheme = p.scheme;
COMMENT ON VIEW ce_credit_record IS 'findings for the national and provincial credit platforms, with the end of the ban (6.2b) and of the record (6.2c), which is as long and here begins on the same day';
COMMENT ON COLUMN ce_credit_record.sanction_id IS 'the finding';
COMMENT ON COLUMN ce_credit_record.person_id IS 'the person';
COMMENT ON COLUMN ce_credit_record.org_id IS 'employer today';
COMMENT ON COLUMN ce_credit_record.decision IS 'reference of the decision';
COMMENT ON COLUMN ce_credit_record.found_on IS 'day of the finding';
COMMENT ON COLUMN ce_credit_record.banned_until IS 'last day of the ban (AMB-25)';
COMMENT ON COLUMN ce_credit_record.recorded_until IS 'last day of the record';
COMMENT ON COLUMN ce_credit_record.revoked_on IS 'day the decision was revoked';
COMMENT ON COLUMN ce_credit_record.to_report IS 'true: the record is running today';
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
				HINT = format(ce_text('Give them duties with ce_grant(), then run SELECT %s.ce_secure(); see docs/security.md.'), '@extschema@');
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

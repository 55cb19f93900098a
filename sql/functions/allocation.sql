--
-- Catch-up study (7.6) and what-if
--

CREATE OR REPLACE FUNCTION ce_allocate(person_id bigint, from_year integer, to_year integer, subject ce_subject, hours numeric,
							by_org bigint, allocated_on date DEFAULT ce_today()) RETURNS bigint
	LANGUAGE ce_plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
	id bigint;
BEGIN
	PERFORM ce__require_ledger();
	PERFORM ce__require_duty_on('ce_allocation', $6, 'verify');
	PERFORM ce__refuse_rules('ce_allocation', false);
	INSERT INTO ce_allocation (person_id, from_year, to_year, subject, hours, allocated_by, allocated_on)
	VALUES ($1, $2, $3, $4, $5, $6, $7)
	RETURNING allocation_id INTO id;
	PERFORM ce__require_written(FOUND, 'ce_allocation');
	RETURN id;
END
$$;
COMMENT ON FUNCTION ce_allocate(bigint, integer, integer, ce_subject, numeric, bigint, date) IS
	'allocates surplus class hours of a subject from the study year to another year, as ce_catchup (7.6e) or a waiver that defers hours (AMB-35) permits, by the body that verifies for the person; returns the allocation''s id';

CREATE OR REPLACE FUNCTION ce_reverse_allocation(allocation_id bigint, by_org bigint, reason text, reversed_on date DEFAULT ce_today()) RETURNS void
	LANGUAGE ce_plpgsql VOLATILE AS $$
BEGIN
	PERFORM ce__require_ledger();
	PERFORM ce__require_duty_on('ce_allocation', $2, 'verify');
	UPDATE ce_allocation a SET reversed_by = $2, note = $3, reversed_on = $4
	 WHERE a.allocation_id = $1 AND a.reversed_on IS NULL;
	IF NOT FOUND THEN
		PERFORM ce__require_written(NOT EXISTS (SELECT FROM ce_allocation a WHERE a.allocation_id = $1 AND a.reversed_on IS NULL), 'ce_allocation');
		IF EXISTS (SELECT FROM ce_allocation a WHERE a.allocation_id = $1) THEN
			RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
				MESSAGE = format(ce_text('allocation %s is already reversed'), $1),
				DETAIL = ce_text('Clause 7.6e: an allocation is reversed once.'),
				HINT = ce_text('Allocate the hours again with ce_allocate() if they should count.');
		END IF;
		RAISE EXCEPTION USING ERRCODE = 'no_data_found',
			MESSAGE = format(ce_text('allocation %s does not exist'), $1),
			HINT = ce_text('Table ce_allocation lists the allocations.');
	END IF;
END
$$;
COMMENT ON FUNCTION ce_reverse_allocation(bigint, bigint, text, date) IS
	'reverses an allocation with a reason, by the body that verifies for the person (7.6e)';

CREATE OR REPLACE FUNCTION ce_surplus(person_id bigint, study_year integer, subject ce_subject, as_of date DEFAULT ce_today()) RETURNS ce_hours
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_surplus_of_person';
COMMENT ON FUNCTION ce_surplus(bigint, integer, ce_subject, date) IS
	'class hours of a subject that may still be allocated from a year (7.6e), negative if too many were; null if neither the law nor a waiver allows any allocation';

CREATE OR REPLACE FUNCTION ce__allocated_without_permission(person_id bigint, from_year integer, to_year integer, subject ce_subject) RETURNS ce_hours
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce__allocated_without_permission';
COMMENT ON FUNCTION ce__allocated_without_permission(bigint, integer, integer, ce_subject) IS
	'internal: class hours in force that went from one year to another although neither the law nor a waiver lets them go there any more (7.6)';

CREATE OR REPLACE FUNCTION ce_allocation_plan(person_id bigint, level ce_level, as_of date DEFAULT ce_today())
	RETURNS TABLE (from_year integer, to_year integer, subject ce_subject, hours ce_hours, message text)
	LANGUAGE c STABLE STRICT PARALLEL SAFE ROWS 4 AS 'MODULE_PATHNAME', 'ce_allocation_plan';
COMMENT ON FUNCTION ce_allocation_plan(bigint, ce_level, date) IS
	'the smallest allocation of surplus that makes the person eligible by the review route (7.6e), or one row whose message says why there is none';

CREATE OR REPLACE FUNCTION ce_clone_scheme(from_scheme text, to_scheme text) RETURNS void
	LANGUAGE ce_plpgsql VOLATILE SET ce_hours.keep_law_rows = off AS $$
DECLARE
	copies jsonb;
	taken text;
	part text;
	whole boolean;
BEGIN
	PERFORM ce__require_ledger();
	IF NOT EXISTS (SELECT FROM ce_scheme s WHERE s.scheme = $1) THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_object', MESSAGE = format(ce_text('scheme "%s" does not exist'), coalesce($1, 'null')),
			HINT = ce_text('Table ce_scheme lists the schemes.');
	END IF;
	-- The copy's windows need judges that are based on the copy; these are named after it.
	WITH RECURSIVE copied AS (
		SELECT $1 AS scheme
		UNION
		SELECT n.scheme
		  FROM copied c
		 CROSS JOIN LATERAL (
				SELECT w.judged_by AS scheme FROM ce_window w WHERE w.scheme = c.scheme
				UNION ALL
				SELECT s.based_on FROM ce_scheme s WHERE s.scheme = c.scheme) n
		 CROSS JOIN LATERAL ce__bases(n.scheme) b
		 WHERE b.of_scheme = $1),
	named AS (
		SELECT c.scheme, $2 || CASE WHEN starts_with(c.scheme, $1) THEN substr(c.scheme, length($1) + 1) ELSE '-' || c.scheme END AS name
		  FROM copied c)
	-- of two that would have one name, the one that is not named after the scheme gets the first number that is free
	SELECT jsonb_object_agg(n.scheme, CASE WHEN starts_with(n.scheme, $1) OR (SELECT count(*) FROM named o WHERE o.name = n.name) = 1 THEN n.name
										   ELSE (SELECT n.name || '-' || min(i) FROM generate_series(2, (SELECT count(*) FROM named)) i
												  WHERE NOT EXISTS (SELECT FROM named o WHERE o.name = n.name || '-' || i)) END)
	  INTO copies
	  FROM named n;
	SELECT n.name INTO taken FROM jsonb_each_text(copies) AS n (scheme, name) JOIN ce_scheme s ON s.scheme = n.name ORDER BY n.name LIMIT 1;
	-- also where ce_hours.keep_law_rows would leave the copy out
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'unique_violation', MESSAGE = format(ce_text('scheme "%s" already exists'), taken),
			HINT = ce_text('Choose another name for the copy; table ce_scheme lists the schemes.');
	END IF;
	INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, ban_years, instrument, clause, interpretation, based_on)
	SELECT copies ->> s.scheme, s.label_zh, s.label_en, s.governed, s.ban_years, s.instrument, s.clause, s.interpretation, coalesce(copies ->> s.based_on, s.based_on)
	  FROM ce_scheme s WHERE copies ? s.scheme;
	PERFORM ce__require_written((SELECT count(*) FROM ce_scheme s JOIN jsonb_each_text(copies) n ON n.value = s.scheme)
								= (SELECT count(*) FROM jsonb_object_keys(copies)), 'ce_scheme');
	INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, public_hours, professional_hours, filing_due, study_due,
								verification_due, instrument, clause, interpretation, class_minutes)
	SELECT copies ->> r.scheme, r.from_year, r.to_year, r.total_hours, r.public_hours, r.professional_hours, r.filing_due, r.study_due,
		   r.verification_due, r.instrument, r.clause, r.interpretation, r.class_minutes
	  FROM ce_requirement r WHERE copies ? r.scheme;
	INSERT INTO ce_rule (scheme, kind, grade, role, rank_from, rank_to, from_year, to_year, basis, hours, per_year, category, most_hours, less_by_rank,
						 unit, per, in_archive, instrument, clause, interpretation)
	SELECT copies ->> r.scheme, r.kind, r.grade, r.role, r.rank_from, r.rank_to, r.from_year, r.to_year, r.basis, r.hours, r.per_year, r.category, r.most_hours, r.less_by_rank,
		   r.unit, r.per, r.in_archive, r.instrument, r.clause, r.interpretation
	  FROM ce_rule r WHERE copies ? r.scheme;
	INSERT INTO ce_cap (scheme, category, from_year, to_year, hours, instrument, clause, interpretation)
	SELECT copies ->> c.scheme, c.category, c.from_year, c.to_year, c.hours, c.instrument, c.clause, c.interpretation
	  FROM ce_cap c WHERE copies ? c.scheme;
	INSERT INTO ce_minimum (scheme, category, from_year, to_year, hours, instrument, clause, interpretation)
	SELECT copies ->> m.scheme, m.category, m.from_year, m.to_year, m.hours, m.instrument, m.clause, m.interpretation
	  FROM ce_minimum m WHERE copies ? m.scheme;
	INSERT INTO ce_window (scheme, route, level, needs_doctorate, needs_held, aggregation, years, professional_only, same_specialty,
						   from_year, to_year, instrument, clause, interpretation, years_by, cycle_from,
						   required_total, required_public, required_professional, each_at_least, judged_by)
	SELECT copies ->> w.scheme, w.route, w.level, w.needs_doctorate, w.needs_held, w.aggregation, w.years, w.professional_only, w.same_specialty,
		   w.from_year, w.to_year, w.instrument, w.clause, w.interpretation, w.years_by, w.cycle_from,
		   w.required_total, w.required_public, w.required_professional, w.each_at_least, coalesce(copies ->> w.judged_by, w.judged_by)
	  FROM ce_window w WHERE copies ? w.scheme
	 ORDER BY w.window_id;
	INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, instrument, clause, interpretation, most_hours)
	SELECT copies ->> c.scheme, c.study_year, c.subject, c.source, c.target_from, c.target_to, c.instrument, c.clause, c.interpretation, c.most_hours
	  FROM ce_catchup c WHERE copies ? c.scheme;
	FOREACH part IN ARRAY '{ce_requirement,ce_rule,ce_cap,ce_minimum,ce_window,ce_catchup}'::text[] LOOP
		EXECUTE format('SELECT count(*) FILTER (WHERE $1 ? t.scheme) = count(*) FILTER (WHERE t.scheme IN (SELECT n.value FROM jsonb_each_text($1) n)) FROM %I t', part)
			INTO whole USING copies;
		PERFORM ce__require_written(whole, part);
	END LOOP;
END
$$;
COMMENT ON FUNCTION ce_clone_scheme(text, text) IS
	'copies all law rows of a scheme under a new name, to try out a draft notice without changing the real scheme; also those of schemes based on it that judge its windows, named after the copy: clone xuzhou as draft, and xuzhou-junior is draft-junior; of two judges xuzhou-young and young, the second is draft-young-2';

CREATE OR REPLACE FUNCTION ce__converted(of_scheme text, as_scheme text, as_of date)
	RETURNS TABLE (person_id bigint, year integer, change ce_credit)
	LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'ce__converted';
COMMENT ON FUNCTION ce__converted(text, text, date) IS
	'internal: for persons of a scheme, how another would change the credit of each activity that it converts differently; verified on a day';

CREATE OR REPLACE FUNCTION ce__verdict_if(person_id bigint, level ce_level, as_of date, of_scheme text, as_scheme text, years integer[], changes ce_credit[],
										  OUT verdict ce_outcome, OUT why text)
	LANGUAGE c STABLE AS 'MODULE_PATHNAME', 'ce__verdict_if';
COMMENT ON FUNCTION ce__verdict_if(bigint, ce_level, date, text, text, integer[], ce_credit[]) IS
	'internal: the verdict by the review route as if another scheme judged the years of one, and the credits of years were changed so, with the conditions that are not met';

CREATE OR REPLACE FUNCTION ce_compare_schemes(a text, b text, level ce_level, as_of date DEFAULT ce_today())
	RETURNS TABLE (person_id bigint, under_a ce_outcome, under_b ce_outcome, change text, why text)
	LANGUAGE ce_plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
	unknown text;
BEGIN
	PERFORM ce__require_ledger();
	PERFORM ce__require_reading('ce_person', 'person_no', 'read'), ce__require_reading('ce_activity', 'title', 'read'),
		ce__require_reading(to_regclass('ce_waiver'), 'decision', 'read');
	SELECT coalesce(n.scheme, 'null') INTO unknown
	  FROM unnest(ARRAY[$1, $2]) WITH ORDINALITY AS n (scheme, ord)
	 WHERE NOT EXISTS (SELECT FROM ce_scheme s WHERE s.scheme = n.scheme)
	 ORDER BY n.ord LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_object', MESSAGE = format(ce_text('scheme "%s" does not exist'), unknown),
			HINT = ce_text('Table ce_scheme lists the schemes.');
	END IF;
	RETURN QUERY
	WITH changed AS (
		SELECT y.person_id, array_agg(y.year ORDER BY y.year) AS years, array_agg(y.change ORDER BY y.year) AS changes
		  FROM (SELECT c.person_id, c.year, sum(c.change) AS change FROM ce__converted($1, $2, $4) c GROUP BY c.person_id, c.year) y
		 GROUP BY y.person_id)
	SELECT p.person_id, u.verdict, v.verdict,
		   CASE WHEN v.verdict = 'eligible' THEN 'gains' WHEN u.verdict = 'eligible' THEN 'loses' ELSE 'changes' END,
		   -- who gains: what stands in the way today
		   CASE WHEN v.verdict = 'eligible' THEN u.why ELSE v.why END
	  FROM ce_person p
	  LEFT JOIN changed c ON c.person_id = p.person_id
	 CROSS JOIN LATERAL ce__verdict_if(p.person_id, $3, $4, $1, $1, NULL, NULL) u
	 CROSS JOIN LATERAL ce__verdict_if(p.person_id, $3, $4, $1, $2, c.years, c.changes) v
	 -- as JSON, since a ledger of an earlier release lacks the column
	 WHERE (p.scheme = $1 OR (to_jsonb(p) ->> 'moved')::boolean) AND u.verdict <> v.verdict
	 ORDER BY p.person_id;
END
$$;
COMMENT ON FUNCTION ce_compare_schemes(text, text, ce_level, date) IS
	'persons who are or were under scheme a and whose verdict by the review route would differ if scheme b judged what a judges, with the hours that b would give for the same facts: gains, loses or changes, and why: the conditions that are not met under b or, for who gains, under a';

--
-- Checks: whether the ledger agrees with its facts, and the law has no gaps
--

CREATE OR REPLACE FUNCTION ce__is_blank(field text) RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce__is_blank';
COMMENT ON FUNCTION ce__is_blank(text) IS
	'internal: whether a field says nothing, as triggers and imports read it: null, white space of any width, or #N/A';

CREATE OR REPLACE FUNCTION ce_activity_drift(person_id bigint DEFAULT NULL)
	RETURNS TABLE (person_id_ bigint, activity_id bigint, awarded ce_hours, by_todays_law ce_hours, problem text)
	LANGUAGE c STABLE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_activity_drift';
COMMENT ON FUNCTION ce_activity_drift(bigint) IS
	'verified and revoked activities, of one person or of all, to which today''s law rows would give different hours, deeming, category or year';

CREATE OR REPLACE FUNCTION ce_rebuild(person_id bigint DEFAULT NULL, OUT activities bigint, OUT accounts bigint)
	LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_rebuild';
COMMENT ON FUNCTION ce_rebuild(bigint) IS
	'derives the hours again under today''s law rows and makes the accounts equal to their activities, for one person or for all; returns how many were changed; each change is logged in ce_event';

CREATE OR REPLACE FUNCTION ce_check()
	RETURNS TABLE (invariant text, person_id bigint, year integer, object_id bigint, detail text)
	LANGUAGE ce_plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce_ledger();
	RETURN QUERY
	SELECT 'account equals its activities'::text, coalesce(a.person_id, r.person_id), coalesce(a.year, r.year), NULL::bigint,
		   format(ce_text('the account has %s, known from %s; activities and allocations give %s, known from %s'),
				  coalesce(a.credit::text, '-'), coalesce(a.known_from::text, '-'),
				  coalesce(r.credit::text, '-'), coalesce(r.known_from::text, '-'))
	  FROM ce_account a FULL JOIN ce_account_recomputed r ON r.person_id = a.person_id AND r.year = a.year
	 WHERE a.credit IS DISTINCT FROM r.credit OR a.known_from IS DISTINCT FROM r.known_from;

	RETURN QUERY
	SELECT 'hours follow from the facts by the law'::text, d.person_id_, v.year, d.activity_id,
		   CASE WHEN d.problem IS NULL
				THEN format(ce_text('awarded %s hours; today''s law gives %s hours'), d.awarded, d.by_todays_law)
				ELSE format(ce_text('awarded %s hours; today''s law gives none: %s'), d.awarded, d.problem) END
	  FROM ce_activity_drift() d
	  JOIN ce_activity v ON v.person_id = d.person_id_ AND v.activity_id = d.activity_id;

	RETURN QUERY
	SELECT 'filed before verified (7.2d)'::text, v.person_id, v.year, v.activity_id,
		   format(ce_text('plan %s has status "%s" and was filed on %s; the activity was verified on %s'), p.plan_id, ce_text(p.status::text), coalesce(p.filed_on::text, '-'), v.verified_on)
	  FROM ce_activity v
	  JOIN ce_kind k ON k.kind = v.kind AND k.track = 'filed'
	  LEFT JOIN ce_plan p ON p.plan_id = v.plan_id
	 WHERE v.status IN ('verified', 'revoked')
	   AND (p.plan_id IS NULL OR p.status <> 'filed' OR p.filed_on > v.verified_on);

	RETURN QUERY
	SELECT 'evidence before verified (7.3a)'::text, v.person_id, v.year, v.activity_id, v.kind
	  FROM ce_activity v
	  JOIN ce_kind k ON k.kind = v.kind AND k.track = 'activity'
	 WHERE v.status IN ('verified', 'revoked') AND ce__is_blank(v.evidence);

	RETURN QUERY
	SELECT 'totals are from before going live (0.4)'::text, v.person_id, v.year, v.activity_id,
		   format(ce_text('total of %s, live from %s'), v.completed_on, to_jsonb(l) ->> 'live_from')
	  FROM ce_activity v
	  JOIN ce_kind k ON k.kind = v.kind AND k.track = 'opening'
	  -- which a ledger that ce_setup() has not brought up to date does not have
	  JOIN ce_ledger l ON v.completed_on >= (to_jsonb(l) ->> 'live_from')::date
	 WHERE v.status NOT IN ('rejected', 'revoked');

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
	  JOIN ce_person p ON p.person_id = a.person_id
	  JOIN ce_scheme c ON c.scheme = p.scheme
	 CROSS JOIN LATERAL (
			SELECT f.found_on FROM ce_sanction f
			 WHERE f.person_id = a.person_id AND f.revoked_on IS NULL AND a.applied_on <= f.found_on + make_interval(years => c.ban_years)
			 ORDER BY f.found_on, f.sanction_id LIMIT 1) s
	 WHERE a.status = 'open';

	-- Organisations reached from the bodies at the top are in no circle; each level is read once.
	RETURN QUERY
	WITH RECURSIVE reached AS (
		SELECT o.org_id, 0 AS above FROM ce_org o WHERE o.parent_id IS NULL
		UNION ALL
		SELECT o.org_id, r.above + 1 FROM reached r JOIN ce_org o ON o.parent_id = r.org_id)
	SELECT CASE WHEN r.org_id IS NULL THEN 'no circle of parents (7.4a)' ELSE 'at most 32 bodies above one another (7.4a)' END,
		   NULL::bigint, NULL::integer, o.org_id,
		   CASE WHEN r.org_id IS NULL THEN format(ce_text('the chain of bodies above organisation %s leads into a circle, through organisation %s'), o.org_id, o.parent_id)
				ELSE format(ce_text('%s bodies stand above organisation %s'), r.above, o.org_id) END
	  FROM ce_org o LEFT JOIN reached r ON r.org_id = o.org_id
	 WHERE r.org_id IS NULL OR r.above > 32;

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
	'checks every invariant of the ledger: one row for each violation, none if the ledger is sound; reads the whole ledger';

CREATE OR REPLACE FUNCTION ce_law_check()
	RETURNS TABLE (problem text, scheme text, object text, detail text)
	LANGUAGE ce_plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce_ledger();
	-- Rows of one key that begin in the same year: neither wins.
	RETURN QUERY
	SELECT 'overlap'::text, a.scheme, format('ce_rule %s, %s', a.rule_id, b.rule_id),
		   format(ce_text('%s%s%s: ranks %s and %s overlap from %s on'), a.kind, coalesce(' ' || a.grade, ''), coalesce(' ' || a.role, ''),
				  coalesce(format('%s-%s', a.rank_from, coalesce(a.rank_to::text, '')), ce_text('any')),
				  coalesce(format('%s-%s', b.rank_from, coalesce(b.rank_to::text, '')), ce_text('any')), a.from_year)
	  FROM ce_rule a
	  JOIN ce_rule b ON b.rule_id > a.rule_id AND b.scheme = a.scheme AND b.kind = a.kind AND b.from_year = a.from_year
	   AND coalesce(a.grade = b.grade, true) AND coalesce(a.role = b.role, true)
	   AND int8range(coalesce(a.rank_from, 1), a.rank_to, '[]') && int8range(coalesce(b.rank_from, 1), b.rank_to, '[]');

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
			SELECT 1::bigint AS rank WHERE NOT EXISTS (
				SELECT FROM ce_rule x WHERE x.scheme = r.scheme AND x.kind = r.kind AND x.grade IS NOT DISTINCT FROM r.grade
				   AND x.role IS NOT DISTINCT FROM r.role AND x.from_year = r.from_year AND x.rank_from < r.rank_from)
				AND r.rank_from > 1
			UNION ALL
			SELECT r.rank_to::bigint + 1 WHERE r.rank_to IS NOT NULL AND NOT EXISTS (
				SELECT FROM ce_rule x WHERE x.scheme = r.scheme AND x.kind = r.kind AND x.grade IS NOT DISTINCT FROM r.grade
				   AND x.role IS NOT DISTINCT FROM r.role AND x.from_year = r.from_year
				   AND r.rank_to::bigint + 1 BETWEEN x.rank_from AND coalesce(x.rank_to, r.rank_to::bigint + 1))) g
	 WHERE r.rank_from IS NOT NULL;

	-- Years between two rows of one key that no row governs.
	RETURN QUERY
	SELECT 'gap'::text, k.scheme, k.object, format(ce_text('no row for %s to %s'), k.to_year + 1, k.next_year - 1)
	  FROM (
		SELECT scheme, 'ce_requirement' AS object, max(coalesce(to_year, 9999)::bigint) OVER earlier AS to_year,
			   lead(from_year) OVER (PARTITION BY scheme ORDER BY from_year) AS next_year
		  FROM ce_requirement WINDOW earlier AS (PARTITION BY scheme ORDER BY from_year)
		UNION ALL
		SELECT scheme, format('ce_window %s %s', route, level), max(coalesce(to_year, 9999)::bigint) OVER earlier,
			   lead(from_year) OVER (PARTITION BY scheme, route, level ORDER BY from_year)
		  FROM ce_window WHERE NOT needs_doctorate AND needs_held IS NULL
		WINDOW earlier AS (PARTITION BY scheme, route, level ORDER BY from_year)
		UNION ALL
		SELECT scheme, format('ce_cap %s', category), max(coalesce(to_year, 9999)::bigint) OVER earlier,
			   lead(from_year) OVER (PARTITION BY scheme, category ORDER BY from_year)
		  FROM ce_cap WINDOW earlier AS (PARTITION BY scheme, category ORDER BY from_year)
		UNION ALL
		SELECT scheme, format('ce_rule %s', concat_ws(' ', kind, grade, role, rank_from)), max(coalesce(to_year, 9999)::bigint) OVER earlier,
			   lead(from_year) OVER (PARTITION BY scheme, kind, grade, role, rank_from ORDER BY from_year)
		  FROM ce_rule WINDOW earlier AS (PARTITION BY scheme, kind, grade, role, rank_from ORDER BY from_year)
	  ) k
	 WHERE k.next_year > k.to_year + 1;

	-- Rows that a newer notice ended without saying so: its rows of a kind, and of a route and level, replace the others'.
	RETURN QUERY
	SELECT 'replaced'::text, o.scheme, format('ce_window %s', o.window_id),
		   format(ce_text('%s %s: from %s on rows of another instrument govern, and none of them has these conditions; if that is intended, set to_year'),
				  o.route, o.level, min(n.from_year))
	  FROM ce_window o
	  JOIN ce_window n ON n.scheme = o.scheme AND n.route = o.route AND n.level = o.level AND n.instrument <> o.instrument
	   AND n.from_year > o.from_year AND n.from_year <= coalesce(o.to_year, n.from_year)
	 WHERE NOT EXISTS (SELECT FROM ce_window x WHERE x.scheme = o.scheme AND x.route = o.route AND x.level = o.level
						  AND x.from_year > o.from_year AND x.from_year <= n.from_year
						  AND x.needs_doctorate = o.needs_doctorate AND x.needs_held IS NOT DISTINCT FROM o.needs_held)
	 GROUP BY o.scheme, o.window_id, o.route, o.level
	UNION ALL
	SELECT 'replaced'::text, o.scheme, format('ce_rule %s', o.rule_id),
		   format(ce_text('%s%s%s: from %s on rows of another instrument govern, and none of them is for these; if that is intended, set to_year'),
				  o.kind, coalesce(' ' || o.grade, ''), coalesce(' ' || o.role, ''), min(n.from_year))
	  FROM ce_rule o
	  JOIN ce_rule n ON n.scheme = o.scheme AND n.kind = o.kind AND n.instrument <> o.instrument
	   AND n.from_year > o.from_year AND n.from_year <= coalesce(o.to_year, n.from_year)
	 WHERE NOT EXISTS (SELECT FROM ce_rule x WHERE x.scheme = o.scheme AND x.kind = o.kind
						  AND x.from_year > o.from_year AND x.from_year <= n.from_year
						  AND coalesce(x.grade = o.grade, x.grade IS NULL) AND coalesce(x.role = o.role, x.role IS NULL))
	 GROUP BY o.scheme, o.rule_id, o.kind, o.grade, o.role;

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
	SELECT 'gap'::text, w.scheme, format('ce_window %s', w.route), format(ce_text('level %s has no window for all persons, although it or a higher level has a window'), l.level)
	  FROM (SELECT DISTINCT scheme, route FROM ce_window) w
	 CROSS JOIN unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) AS l (level)
	 WHERE EXISTS (SELECT FROM ce_window x WHERE x.scheme = w.scheme AND x.route = w.route AND x.level >= l.level)
	   AND NOT EXISTS (SELECT FROM ce_window x WHERE x.scheme = w.scheme AND x.route = w.route AND x.level = l.level
						  AND NOT x.needs_doctorate AND x.needs_held IS NULL);

	-- A window whose years reach back before the first requirement can never be answered.
	RETURN QUERY
	SELECT 'gap'::text, w.scheme, format('ce_window %s', w.window_id),
		   format(ce_text('in %s the window begins in %s, a year without a requirement'), w.from_year, w.from_year::bigint - w.years + 1)
	  FROM ce_window w
	 WHERE NOT EXISTS (SELECT FROM ce_requirement r WHERE r.scheme = w.scheme
						  AND w.from_year::bigint - w.years + 1 BETWEEN r.from_year AND coalesce(r.to_year, 2147483647));

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

	-- Rows from before such rows were refused; the years of one that is far out of the calendar are no years.
	RETURN QUERY
	SELECT 'contradiction'::text, y.scheme, y.object, format(ce_text('the row cannot govern the years %s to %s'), y.from_year, coalesce(y.to_year::text, '-'))
	  FROM (
		SELECT scheme, format('ce_requirement %s', from_year) AS object, from_year, to_year FROM ce_requirement
		UNION ALL
		SELECT scheme, format('ce_rule %s', rule_id), from_year, to_year FROM ce_rule
		UNION ALL
		SELECT scheme, format('ce_cap %s %s', category, from_year), from_year, to_year FROM ce_cap
		UNION ALL
		SELECT scheme, format('ce_window %s', window_id), from_year, to_year FROM ce_window
		UNION ALL
		SELECT scheme, format('ce_catchup %s %s', study_year, subject), target_from, study_year - 1 FROM ce_catchup) y
	 WHERE y.from_year NOT BETWEEN 1900 AND 9999 OR y.to_year < y.from_year;

	RETURN QUERY
	SELECT 'contradiction'::text, r.scheme, format('ce_requirement %s', r.from_year), format(ce_text('%s %s is not a day'), d.name, d.day)
	  FROM ce_requirement r
	 CROSS JOIN LATERAL (VALUES ('filing_due', r.filing_due), ('study_due', r.study_due), ('verification_due', r.verification_due)) AS d (name, day)
	 WHERE d.day !~ '^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$';

	RETURN QUERY
	SELECT 'contradiction'::text, NULL::text, format('ce_kind %s', k.kind),
		   format(ce_text('track attested gives professional hours of innovation, not %s hours of %s'), ce_text(k.subject::text), ce_text(k.category))
	  FROM ce_kind k
	 WHERE k.track = 'attested' AND (k.subject <> 'professional' OR k.category <> 'innovation');

	RETURN QUERY
	SELECT 'contradiction'::text, r.scheme, format('ce_rule %s', r.rule_id), format(ce_text('a band of ranks cannot end with %s'), r.rank_to)
	  FROM ce_rule r
	 WHERE r.rank_to IS NOT NULL AND (r.rank_from IS NULL OR r.rank_from > r.rank_to);

	RETURN QUERY
	SELECT 'contradiction'::text, c.scheme, format('ce_catchup %s %s', c.study_year, c.subject),
		   format(ce_text('surplus of subject %s cannot come from source %s'), c.subject, c.source)
	  FROM ce_catchup c
	 WHERE (c.subject = 'professional') <> (c.source = 'national_base');
END
$$;
COMMENT ON FUNCTION ce_law_check() IS
	'gaps, overlaps and contradictions in the law rows, and rows replaced by newer ones that do not name their case, one row for each; empty for the shipped law';

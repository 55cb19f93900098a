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
DECLARE
	waived record;
	schemes text[];
	required ce_hours;
BEGIN
	PERFORM ce__require_ledger();
	PERFORM ce__require_reading('ce_account', NULL, 'read'), ce__require_reading('ce_activity', 'title', 'read'),
		ce__require_reading(to_regclass('ce_waiver'), 'decision', 'read'), ce__require_reading('ce_allocation', NULL, 'read');
	RETURN QUERY
	SELECT 'account equals its activities'::text, coalesce(a.person_id, r.person_id), coalesce(a.year, r.year), NULL::bigint,
		   format(ce_text('the account has %s, known from %s; activities, allocations and waivers give %s, known from %s'),
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
		   format(ce_text('organisation %s'), b.org_id)
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
	SELECT 'what was allocated is surplus (7.6e)'::text, l.person_id, l.from_year, NULL::bigint,
		   format(ce_text('%s: %s hours too many'), ce_text(l.subject::text), - ce_surplus(l.person_id, l.from_year, l.subject, 'infinity'))
	  FROM (SELECT DISTINCT person_id, from_year, subject FROM ce_allocation WHERE reversed_on IS NULL) l
	 WHERE ce_surplus(l.person_id, l.from_year, l.subject, 'infinity') < '0';

	-- A row of ce_catchup that went, a later one of other years, or another scheme of the person.
	RETURN QUERY
	SELECT 'what was allocated may go to its year (7.6)'::text, l.person_id, l.from_year, NULL::bigint,
		   format(ce_text('%s: %s hours went to %s, to which neither the law nor a waiver lets them go'), ce_text(l.subject::text), l.hours, l.to_year)
	  FROM (SELECT a.person_id, a.from_year, a.to_year, a.subject, ce__allocated_without_permission(a.person_id, a.from_year, a.to_year, a.subject) AS hours
			  FROM (SELECT DISTINCT person_id, from_year, to_year, subject FROM ce_allocation WHERE reversed_on IS NULL) a) l
	 WHERE l.hours > '0';

	-- which a ledger that ce_setup() has not brought up to date does not have
	IF to_regclass('ce_waiver') IS NOT NULL THEN
		RETURN QUERY
		SELECT 'waivers are granted by a body that verifies (AMB-35)'::text, w.person_id, w.year, w.waiver_id,
			   format(ce_text('granted by organisation %s, which is no HRSS office and does not verify for itself'), w.granted_by)
		  FROM ce_waiver w
		 WHERE NOT EXISTS (SELECT FROM ce_org o WHERE o.org_id = w.granted_by AND (o.kind = 'hrss' OR o.self_verifies));

		RETURN QUERY
		SELECT 'waived years had ended (AMB-35)'::text, w.person_id, w.year, w.waiver_id,
			   format(ce_text('granted on %s'), w.granted_on)
		  FROM ce_waiver w
		 WHERE w.year >= extract(year FROM w.granted_on);

		FOR waived IN
			SELECT v.person_id, v.year, 'total' AS subject, sum(v.hours) AS hours
			  FROM ce_waiver v
			 WHERE v.revoked_on IS NULL AND v.defers_to IS NULL AND v.hours IS NOT NULL
			 GROUP BY v.person_id, v.year
			UNION ALL
			SELECT v.person_id, v.year, v.subject::text, sum(v.hours)
			  FROM ce_waiver v
			 WHERE v.revoked_on IS NULL AND v.defers_to IS NULL AND v.hours IS NOT NULL AND v.subject IS NOT NULL
			 GROUP BY v.person_id, v.year, v.subject
		LOOP
			schemes := ARRAY[(SELECT p.scheme FROM ce_person p WHERE p.person_id = waived.person_id), ce_scheme_in_year(waived.person_id, waived.year)];
			SELECT coalesce(nullif(coalesce(CASE waived.subject WHEN 'total' THEN f.required_total WHEN 'public' THEN f.required_public ELSE f.required_professional END, '0'), '0'),
							-- where the year has nothing of it, what windows ask their years for together
							(SELECT max(CASE waived.subject WHEN 'total' THEN greatest(x.required_total, x.required_public, x.required_professional)
															WHEN 'public' THEN x.required_public ELSE x.required_professional END)
							   FROM ce_window x
							  WHERE x.scheme IN (SELECT b.of_scheme FROM unnest(schemes) AS u (scheme) CROSS JOIN LATERAL ce__bases(u.scheme) AS b)), '0')
			  INTO required
			  FROM ce_assess(schemes[2], waived.year, '{}', '0', false) f;
			IF waived.hours > required THEN
				invariant := 'waivers take no more than the requirement (AMB-35)';
				person_id := waived.person_id;
				year := waived.year;
				object_id := NULL;
				detail := format(ce_text('%s hours of %s, of which %s are waived'), required, ce_text(waived.subject), waived.hours);
				RETURN NEXT;
			END IF;
		END LOOP;

		RETURN QUERY
		SELECT 'no two waivers take the same hours (AMB-35)'::text, w.person_id, w.year, w.waiver_id, format(ce_text('and waiver %s'), o.waiver_id)
		  FROM ce_waiver w
		  JOIN ce_waiver o ON o.person_id = w.person_id AND o.year = w.year AND o.waiver_id > w.waiver_id AND o.revoked_on IS NULL
		   AND coalesce(o.subject = w.subject, true)
		   AND CASE WHEN (o.defers_to IS NULL) = (w.defers_to IS NULL) THEN o.hours IS NULL OR w.hours IS NULL
					WHEN o.defers_to IS NULL THEN o.hours IS NULL ELSE w.hours IS NULL END
		 WHERE w.revoked_on IS NULL;
	END IF;

	RETURN QUERY
	SELECT 'sanctioned persons are marked (6.2)'::text, s.person_id, NULL::integer, s.sanction_id, s.decision
	  FROM ce_sanction s
	  JOIN ce_person p ON p.person_id = s.person_id
	 WHERE NOT p.sanctioned;

	-- A ledger that ce_setup() has not brought up to date does not have the table.
	IF to_regclass('ce_person_scheme') IS NOT NULL THEN
		RETURN QUERY
		SELECT 'persons with former schemes are marked'::text, s.person_id, NULL::integer, NULL::bigint, s.scheme
		  FROM ce_person_scheme s
		  JOIN ce_person p ON p.person_id = s.person_id
		 WHERE NOT p.moved;
	END IF;

	-- Keys and foreign keys see to these two, except on a Citus cluster.
	RETURN QUERY
	SELECT 'a number belongs to one person'::text, max(p.person_id), NULL::integer, min(p.person_id), p.person_no
	  FROM ce_person p WHERE p.person_no IS NOT NULL GROUP BY p.person_no HAVING count(*) > 1;

	-- Rows of earlier versions keep it; a value is also wrong if it is #N/A as a whole.
	RETURN QUERY
	SELECT 'what imports look up has no white space around it'::text, p.person_id, NULL::integer, NULL::bigint,
		   format(ce_text('%s is "%s", which imports do not find; correct it'), 'ce_person.person_no', p.person_no)
	  FROM ce_person p
	 WHERE p.person_no IS NOT NULL AND (ce__is_blank(left(p.person_no, 1)) OR ce__is_blank(right(p.person_no, 1)) OR ce__is_blank(p.person_no));

	-- which a ledger of 0.1.0 does not have before ce_setup()
	IF to_regclass('ce_course') IS NOT NULL THEN
		RETURN QUERY
		SELECT 'what imports look up has no white space around it'::text, NULL::bigint, NULL::integer, w.org_id,
			   format(ce_text('%s is "%s", which imports do not find; correct it'), w.place, w.value)
		  FROM (SELECT o.org_id, 'ce_org.code' AS place, o.code AS value FROM ce_org o
				UNION ALL SELECT NULL, 'ce_course.course', c.course FROM ce_course c
				UNION ALL SELECT NULL, 'ce_specialty_pair.specialty', s.specialty FROM ce_specialty_pair s
				UNION ALL SELECT NULL, 'ce_specialty_pair.close_to', s.close_to FROM ce_specialty_pair s) w
		 WHERE w.value IS NOT NULL AND (ce__is_blank(left(w.value, 1)) OR ce__is_blank(right(w.value, 1)) OR ce__is_blank(w.value));
	END IF;

	-- A ledger that ce_setup() has not brought up to date does not have the table, and few may read it.
	IF to_regclass('ce_person_role') IS NOT NULL AND has_table_privilege('ce_person_role', 'SELECT') THEN
		RETURN QUERY
		SELECT 'roles belong to persons of the ledger'::text, r.person_id, NULL::integer, NULL::bigint, r.role_name::text
		  FROM ce_person_role r
		 WHERE r.person_id NOT IN (SELECT p.person_id FROM ce_person p WHERE p.person_id IN (SELECT o.person_id FROM ce_person_role o));
	END IF;

	RETURN QUERY
	SELECT 'a finding cancels what is open (6.2a)'::text, a.person_id, NULL::integer, a.application_id,
		   format(ce_text('applied on %s, open; finding of %s'), a.applied_on, s.found_on)
	  FROM ce_application a
	  JOIN ce_person p ON p.person_id = a.person_id
	 CROSS JOIN LATERAL (
			SELECT f.found_on FROM ce_sanction f
			 WHERE f.person_id = a.person_id AND f.revoked_on IS NULL AND a.applied_on <= f.found_on + make_interval(years => ce__ban_years(ce__scheme_on(coalesce((to_jsonb(p) ->> 'moved')::boolean, false), p.person_id, p.scheme, a.applied_on)))
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

	-- By function, since triggers can be renamed.  Those that make sessions reload fire on a subscriber, too: for each row that is
	-- replicated and, for TRUNCATE, for each statement.  ENABLE TRIGGER ALL, as after a restore of data alone, loses both.
	RETURN QUERY
	SELECT 'triggers are enabled'::text, NULL::bigint, NULL::integer, NULL::bigint, format(ce_text('%s on %s'), t.tgname, t.tgrelid::regclass)
	  FROM pg_trigger t
	  JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = t.tgfoid AND d.deptype = 'e'
	  JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass AND e.extname = 'ce_hours'
	  JOIN pg_proc p ON p.oid = t.tgfoid
	 WHERE NOT t.tgisinternal
	   AND CASE WHEN p.proname NOT IN ('ce_law_changed', 'ce_org_changed', 'ce_member_changed') THEN t.tgenabled NOT IN ('O', 'A')
				WHEN t.tgtype & 1 = 1 THEN t.tgenabled <> 'R'
				ELSE t.tgenabled <> 'A' END;

	RETURN QUERY
	SELECT 'no table inherits from the ledger''s'::text, NULL::bigint, NULL::integer, NULL::bigint, format(ce_text('%s inherits from %s'), i.inhrelid::regclass, i.inhparent::regclass)
	  FROM ce__ledger_relations() r
	  JOIN pg_class c ON c.oid = r.relation AND c.relkind = 'r'
	  JOIN pg_inherits i ON i.inhparent = r.relation;
END
$$;
COMMENT ON FUNCTION ce_check() IS
	'checks every invariant of the ledger: one row for each violation, none if the ledger is sound; reads the whole ledger';

-- Hours that come before the ledger went live are no course that anybody can take.  What is
-- carried to the year comes after its caps (AMB-42).  Whoever judges the year, the person's
-- scheme converts the hours and lets them be carried.
CREATE OR REPLACE FUNCTION ce__within_caps(scheme text, judge text, year integer)
	RETURNS TABLE (category text, is_root boolean, fed boolean, most numeric, minimum ce_hours, of_scheme text, object text, asked numeric)
	LANGUAGE ce_plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
	no_limit CONSTANT numeric := 1000000000000.0;
	fed_below jsonb := '{}'::jsonb;
	most_below jsonb := '{}'::jsonb;
	asked_below jsonb := '{}'::jsonb;
	node record;
BEGIN
	PERFORM ce__require_ledger();
	FOR node IN
		WITH RECURSIVE tree AS (
			SELECT g.category, g.parent, 0 AS depth FROM ce_category g WHERE g.parent IS NULL
			UNION ALL
			SELECT g.category, g.parent, t.depth + 1 FROM tree t JOIN ce_category g ON g.parent = t.category),
		given AS MATERIALIZED (
			SELECT DISTINCT coalesce(r.category, k.category) AS category
			  FROM ce__rules(scheme, year) a JOIN ce_rule r ON r.rule_id = a.rule_id JOIN ce_kind k ON k.kind = r.kind
			 WHERE r.basis NOT IN ('deems', 'deems_tenure', 'as_recorded')),
		required AS (
			SELECT s.category, s.hours, q.of_scheme, format('ce_requirement %s', q.from_year) AS object
			  FROM ce__requirement(judge, year) q
			  JOIN ce_requirement r ON r.scheme = q.of_scheme AND r.from_year = q.from_year
			 CROSS JOIN LATERAL (VALUES ('public', r.public_hours), ('professional', r.professional_hours)) AS s (category, hours)
			 WHERE s.hours > '0'
			UNION ALL
			SELECT m.category, m.hours, m.of_scheme, format('ce_minimum %s %s', m.category, m.from_year) FROM ce__minimum_rows(judge, year) m),
		carried AS (
			SELECT c.subject::text AS category, sum(coalesce(c.most_hours::numeric, no_limit)) AS hours
			  FROM ce__bases(scheme) b JOIN ce_catchup c ON c.scheme = b.of_scheme AND year BETWEEN c.target_from AND c.target_to
			 GROUP BY c.subject)
		SELECT DISTINCT ON (t.depth, t.category) t.category, t.parent, c.hours AS cap, n.hours, n.of_scheme, n.object, coalesce(f.hours, 0) AS carried,
			   EXISTS (SELECT FROM given g WHERE g.category = t.category OR (g.category = 'online' AND t.category = 'national_online')) AS given
		  FROM tree t
		  LEFT JOIN ce__caps(judge, year) c ON c.category = t.category
		  LEFT JOIN required n ON n.category = t.category
		  LEFT JOIN carried f ON f.category = t.category
		 ORDER BY t.depth DESC, t.category, n.hours DESC NULLS LAST
	LOOP
		category := node.category;
		is_root := node.parent IS NULL;
		fed := node.given OR fed_below ? node.category;
		most := least(coalesce(node.cap::numeric, no_limit), CASE WHEN node.given THEN no_limit ELSE coalesce((most_below ->> node.category)::numeric, 0) END) + node.carried;
		minimum := node.hours;
		of_scheme := node.of_scheme;
		object := node.object;
		asked := greatest(coalesce(node.hours::numeric, 0), coalesce((asked_below ->> node.category)::numeric, 0));
		RETURN NEXT;
		IF node.parent IS NOT NULL THEN
			most_below := most_below || jsonb_build_object(node.parent, coalesce((most_below ->> node.parent)::numeric, 0) + most);
			asked_below := asked_below || jsonb_build_object(node.parent, coalesce((asked_below ->> node.parent)::numeric, 0) + asked);
			IF fed THEN
				fed_below := fed_below || jsonb_build_object(node.parent, true);
			END IF;
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION ce__within_caps(text, text, integer) IS
	'internal: of each category, in a year of persons under a scheme, the most hours that its rules and carrying and the caps of the scheme that judges let anybody have, and the least that minima within it ask, with the row of its own minimum';

CREATE OR REPLACE FUNCTION ce_law_check()
	RETURNS TABLE (problem text, scheme text, object text, detail text)
	LANGUAGE ce_plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
	no_limit CONSTANT numeric := 1000000000000.0;
BEGIN
	PERFORM ce__require_ledger();
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
		   format(ce_text('%s %s from %s: both fit the same persons, and neither has more conditions; give others, or enter a window of those who meet all of them'),
				  ce_text(a.route::text), ce_text(a.level::text), t.year)
	  FROM ce_window a
	  JOIN ce_window b ON b.window_id > a.window_id AND b.scheme = a.scheme AND b.route = a.route AND b.level = a.level
	   AND b.from_year = a.from_year AND coalesce(b.needs_held = a.needs_held, true)
	   AND num_nonnulls(CASE WHEN b.needs_doctorate THEN 1 END, b.needs_held) = num_nonnulls(CASE WHEN a.needs_doctorate THEN 1 END, a.needs_held)
	 CROSS JOIN LATERAL (
			SELECT a.from_year AS year WHERE b.needs_doctorate = a.needs_doctorate
			UNION ALL
			-- the first year in which both apply, and no window of both conditions does
			SELECT min(c.year)
			  FROM (SELECT a.from_year::bigint UNION SELECT x.to_year::bigint + 1 FROM ce_window x WHERE x.scheme = a.scheme AND x.route = a.route AND x.level = a.level) AS c (year)
			 CROSS JOIN LATERAL (
					SELECT count(*) FILTER (WHERE x.window_id IN (a.window_id, b.window_id)) = 2 AS both_apply,
						   bool_or(x.needs_doctorate AND x.needs_held = coalesce(a.needs_held, b.needs_held)) AS decided
					  FROM ce__windows(a.scheme, c.year::integer) g JOIN ce_window x ON x.window_id = g.window_id
					 WHERE x.scheme = a.scheme AND x.route = a.route AND x.level = a.level) d
			 WHERE b.needs_doctorate <> a.needs_doctorate AND c.year BETWEEN a.from_year AND 9999 AND d.both_apply AND d.decided IS NOT TRUE) t
	 WHERE t.year IS NOT NULL;

	-- Rank bands that begin after 1, leave a rank out, or end where those of an older notice go on (AMB-21).
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
				   AND r.rank_to::bigint + 1 BETWEEN x.rank_from AND coalesce(x.rank_to, r.rank_to::bigint + 1))
			   AND EXISTS (
				SELECT FROM ce_rule x WHERE x.scheme = r.scheme AND x.kind = r.kind AND x.grade IS NOT DISTINCT FROM r.grade
				   AND x.role IS NOT DISTINCT FROM r.role AND coalesce(x.rank_to, 2147483647) > r.rank_to AND x.rank_from IS NOT NULL
				   AND (x.from_year = r.from_year
						OR (x.from_year < r.from_year AND x.instrument <> r.instrument AND coalesce(x.to_year, r.from_year) >= r.from_year)))) g
	 WHERE r.rank_from IS NOT NULL;

	-- Years between two rows of one key that no row governs, also none of a scheme that this one is based on.
	RETURN QUERY
	WITH keyed AS (
		SELECT q.scheme, 'ce_requirement' AS object, q.from_year, q.to_year FROM ce_requirement q
		UNION ALL
		SELECT w.scheme, format('ce_window %s %s', w.route, w.level), w.from_year, w.to_year FROM ce_window w WHERE NOT w.needs_doctorate AND w.needs_held IS NULL
		UNION ALL
		SELECT c.scheme, format('ce_cap %s', c.category), c.from_year, c.to_year FROM ce_cap c
		UNION ALL
		SELECT r.scheme, format('ce_rule %s', concat_ws(' ', r.kind, r.grade, r.role, r.rank_from)), r.from_year, r.to_year FROM ce_rule r)
	SELECT 'gap'::text, k.scheme, k.object, format(ce_text('no row for %s to %s'), k.to_year + 1, k.next_year - 1)
	  FROM (
		SELECT y.scheme, y.object, max(coalesce(y.to_year, 9999)::bigint) OVER earlier AS to_year, lead(y.from_year) OVER earlier AS next_year
		  FROM keyed y WINDOW earlier AS (PARTITION BY y.scheme, y.object ORDER BY y.from_year)
	  ) k
	 WHERE k.next_year > k.to_year + 1
	   AND NOT EXISTS (SELECT FROM ce__bases(k.scheme) b JOIN keyed y ON y.scheme = b.of_scheme
						WHERE b.depth > 0 AND y.object = k.object AND k.to_year + 1 BETWEEN y.from_year AND coalesce(y.to_year, 2147483647));

	-- Rows that a newer notice ended without saying so: its rows of a kind, and of a route and level, replace the others'.
	RETURN QUERY
	SELECT 'replaced'::text, o.scheme, format('ce_window %s', o.window_id),
		   format(ce_text('%s %s: from %s on rows of another instrument govern, and none of them has these conditions; if that is intended, set to_year'),
				  ce_text(o.route::text), ce_text(o.level::text), min(n.from_year))
	  FROM ce_window o
	  JOIN ce_window n ON n.scheme = o.scheme AND n.route = o.route AND n.level = o.level AND n.instrument <> o.instrument
	   AND n.from_year > o.from_year AND n.from_year <= coalesce(o.to_year, n.from_year)
	 WHERE NOT EXISTS (SELECT FROM ce_window x WHERE x.scheme = o.scheme AND x.route = o.route AND x.level = o.level
						  AND x.from_year > o.from_year AND x.from_year <= n.from_year
						  AND ((x.needs_doctorate = o.needs_doctorate AND x.needs_held IS NOT DISTINCT FROM o.needs_held)
							   -- what fits everybody fits these too: the newer notice has said it
							   OR (x.instrument <> o.instrument AND NOT x.needs_doctorate AND x.needs_held IS NULL)))
	 GROUP BY o.scheme, o.window_id, o.route, o.level
	UNION ALL
	SELECT 'replaced'::text, o.scheme, format('ce_rule %s', o.rule_id),
		   format(ce_text('%s%s%s: from %s on rows of another instrument govern, and none of them is for these; if that is intended, enter one of 0 hours, or set to_year'),
				  o.kind, coalesce(' ' || o.grade, ''), coalesce(' ' || o.role, ''), min(n.from_year))
	  FROM ce_rule o
	  JOIN ce_rule n ON n.scheme = o.scheme AND n.kind = o.kind AND n.instrument <> o.instrument
	   AND n.from_year > o.from_year AND n.from_year <= coalesce(o.to_year, n.from_year)
	 WHERE NOT EXISTS (SELECT FROM ce_rule x WHERE x.scheme = o.scheme AND x.kind = o.kind
						  AND x.from_year > o.from_year AND x.from_year <= n.from_year
						  AND coalesce(x.grade = o.grade, x.grade IS NULL) AND coalesce(x.role = o.role, x.role IS NULL))
	 GROUP BY o.scheme, o.rule_id, o.kind, o.grade, o.role;

	-- Schemes that govern but do not say what a year or a title asks for; one that others are based on may leave that to them.
	RETURN QUERY
	SELECT 'gap'::text, s.scheme, 'ce_requirement'::text, ce_text('no year has a requirement')
	  FROM ce_scheme s
	 WHERE s.governed AND NOT EXISTS (SELECT FROM ce__bases(s.scheme) c JOIN ce_requirement r ON r.scheme = c.of_scheme)
	   AND NOT EXISTS (SELECT FROM ce__bases(s.scheme) c JOIN ce_window w ON w.scheme = c.of_scheme
						WHERE coalesce(w.required_total, w.required_public, w.required_professional) IS NOT NULL OR w.judged_by IS NOT NULL);

	RETURN QUERY
	SELECT 'gap'::text, s.scheme, 'ce_window'::text, ce_text('no level has a window')
	  FROM ce_scheme s
	 WHERE s.governed AND NOT EXISTS (SELECT FROM ce__bases(s.scheme) c JOIN ce_window w ON w.scheme = c.of_scheme)
	   AND NOT EXISTS (SELECT FROM ce_scheme o WHERE o.based_on = s.scheme)
	   AND NOT EXISTS (SELECT FROM ce_window o WHERE o.judged_by = s.scheme);

	RETURN QUERY
	SELECT 'gap'::text, w.scheme, format('ce_window %s', w.route), format(ce_text('level %s has no window for all persons, although it or a higher level has a window'), ce_text(l.level::text))
	  FROM (SELECT DISTINCT scheme, route FROM ce_window) w
	 CROSS JOIN unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) AS l (level)
	 WHERE EXISTS (SELECT FROM ce_window x WHERE x.scheme = w.scheme AND x.route = w.route AND x.level >= l.level)
	   AND NOT EXISTS (SELECT FROM ce__bases(w.scheme) b JOIN ce_window x ON x.scheme = b.of_scheme AND x.route = w.route AND x.level = l.level
						WHERE NOT x.needs_doctorate AND x.needs_held IS NULL);

	-- A window whose years reach back before the first requirement can never be answered, unless it asks sums of its own.
	RETURN QUERY
	SELECT 'gap'::text, w.scheme, format('ce_window %s', w.window_id),
		   format(ce_text('in %s the window begins in %s, a year without a requirement'), w.from_year, b.year)
	  FROM ce_window w
	 CROSS JOIN LATERAL (SELECT w.from_year::bigint - CASE WHEN w.years_by IN ('fixed', 'cycle') THEN w.years - 1 ELSE 0 END AS year) b
	 WHERE coalesce(w.required_total, w.required_public, w.required_professional) IS NULL
	   AND NOT EXISTS (SELECT FROM ce__bases(coalesce(w.judged_by, w.scheme)) c JOIN ce_requirement r ON r.scheme = c.of_scheme
						WHERE b.year BETWEEN r.from_year AND coalesce(r.to_year, 2147483647));

	-- Minima that cannot be met within, or exceed, the total.
	RETURN QUERY
	SELECT 'contradiction'::text, r.scheme, format('ce_requirement %s', r.from_year),
		   format(ce_text('public %s and professional %s are more than the total %s'), r.public_hours, r.professional_hours, r.total_hours)
	  FROM ce_requirement r
	 WHERE coalesce(r.public_hours, '0') + coalesce(r.professional_hours, '0') > r.total_hours;

	RETURN QUERY
	SELECT 'contradiction'::text, w.scheme, format('ce_window %s', w.window_id),
		   format(ce_text('public %s and professional %s are more than the total %s'), coalesce(w.required_public, '0'), coalesce(w.required_professional, '0'), w.required_total)
	  FROM ce_window w
	 WHERE coalesce(w.required_public, '0') + coalesce(w.required_professional, '0') > w.required_total;

	-- What the caps of a year do not let anybody reach, and minima that together exceed the total.
	RETURN QUERY
	WITH judges AS (
		SELECT s.scheme AS of_persons, s.scheme FROM ce_scheme s WHERE s.governed
		UNION
		-- who is judged by another scheme has the hours that one's own gives; sums of a window's own ask no year for its requirement
		SELECT s.scheme, w.judged_by FROM ce_scheme s CROSS JOIN LATERAL ce__bases(s.scheme) b JOIN ce_window w ON w.scheme = b.of_scheme
		 WHERE s.governed AND w.judged_by IS NOT NULL AND coalesce(w.required_total, w.required_public, w.required_professional) IS NULL),
	changes AS (
		SELECT j.of_persons, j.scheme, c.year
		  FROM judges j
		 CROSS JOIN LATERAL (
			SELECT unnest(array[r.from_year, r.to_year::bigint + 1]) AS year FROM ce__bases(j.scheme) b JOIN ce_requirement r ON r.scheme = b.of_scheme
			UNION
			SELECT unnest(array[m.from_year, m.to_year::bigint + 1]) FROM ce__bases(j.scheme) b JOIN ce_minimum m ON m.scheme = b.of_scheme
			UNION
			SELECT unnest(array[p.from_year, p.to_year::bigint + 1]) FROM ce__bases(j.scheme) b JOIN ce_cap p ON p.scheme = b.of_scheme) c
		 WHERE c.year BETWEEN 1900 AND 9999),
	-- without caps and minima nothing is found; most laws have none or few
	limited AS MATERIALIZED (
		SELECT h.of_persons, h.scheme, h.year::integer FROM changes h
		 WHERE EXISTS (SELECT FROM ce__caps(h.scheme, h.year::integer) p WHERE p.hours IS NOT NULL) OR EXISTS (SELECT FROM ce__minimum_rows(h.scheme, h.year::integer))),
	within AS MATERIALIZED (
		SELECT h.of_persons, h.scheme, h.year, w.* FROM limited h CROSS JOIN LATERAL ce__within_caps(h.of_persons, h.scheme, h.year) w),
	roots AS (
		SELECT w.scheme, w.year, bool_or(w.fed) AS fed, sum(w.most) AS most, sum(w.asked) AS asked FROM within w WHERE w.is_root GROUP BY w.of_persons, w.scheme, w.year),
	totals AS (
		SELECT t.*, q.of_scheme, format('ce_requirement %s', q.from_year) AS object, r.total_hours,
			   coalesce(r.public_hours, '0') + coalesce(r.professional_hours, '0') > r.total_hours AS told
		  FROM roots t CROSS JOIN LATERAL ce__requirement(t.scheme, t.year) q JOIN ce_requirement r ON r.scheme = q.of_scheme AND r.from_year = q.from_year),
	found AS (
		SELECT w.scheme, w.year, w.of_scheme, w.object, 1 AS about,
			   format(ce_text('in %s the caps let nobody have more than %s hours of category "%s", of which %s are required; raise a cap, or require less'),
					  w.year, w.most::ce_hours, ce__category_label(w.category), w.minimum) AS detail
		  FROM within w WHERE w.fed AND w.minimum::numeric > w.most
		UNION ALL
		SELECT t.scheme, t.year, t.of_scheme, t.object, 2,
			   format(ce_text('in %s the caps let nobody have more than %s hours in all, of which %s are required; raise a cap, or require less'), t.year, t.most::ce_hours, t.total_hours)
		  FROM totals t WHERE t.fed AND t.total_hours::numeric > t.most
		UNION ALL
		SELECT t.scheme, t.year, t.of_scheme, t.object, 3,
			   format(ce_text('in %s the minima add up to %s hours, more than the total %s; require more in all, or less of a category'), t.year, t.asked::ce_hours, t.total_hours)
		  FROM totals t WHERE t.asked > t.total_hours::numeric AND NOT t.told)
	-- a scheme that is based on another has its rows, and what is wrong with them is said once
	SELECT 'contradiction'::text, f.scheme, f.object, f.detail
	  FROM (SELECT DISTINCT ON (o.of_scheme, o.object, o.about) o.* FROM found o
			 ORDER BY o.of_scheme, o.object, o.about, o.scheme = o.of_scheme DESC, o.year, o.scheme) f;

	-- The same of years that windows add up, in each scheme that has the window: each year has its own caps, and what the years of
	-- one application can reach is asked.  Sums are greatest next to a change of the law.  A year whose rules give nothing has no
	-- caps to blame, and no year is owed by who got the title in it (tenure_after).
	RETURN QUERY
	WITH windows AS (
		SELECT s.scheme, w.window_id, w.scheme AS of_scheme, w.route, w.level, coalesce(w.judged_by, s.scheme) AS judge, w.to_year, w.years_by = 'cycle' AS of_cycle,
			   -- the last cycle may end before the row begins
			   w.from_year - CASE WHEN w.years_by = 'cycle' THEN w.years - 1 ELSE 0 END AS from_year, CASE WHEN w.years_by = 'tenure' THEN 1 ELSE w.years END AS years,
			   w.required_total, w.required_public, w.required_professional, w.each_at_least
		  FROM ce_scheme s CROSS JOIN LATERAL ce__bases(s.scheme) b JOIN ce_window w ON w.scheme = b.of_scheme
		 WHERE coalesce(w.required_total, w.required_public, w.required_professional, w.each_at_least) IS NOT NULL
		   AND w.years_by <> 'tenure_after' AND w.from_year BETWEEN 1900 AND 9999),
	judges AS (
		SELECT j.judge, b.of_scheme FROM (SELECT w.judge FROM windows w UNION SELECT w.scheme FROM windows w) j CROSS JOIN LATERAL ce__bases(j.judge) b),
	changes AS (
		SELECT j.judge, unnest(array[p.from_year, p.to_year::bigint + 1]) AS year FROM judges j JOIN ce_cap p ON p.scheme = j.of_scheme
		UNION
		SELECT j.judge, unnest(array[r.from_year, r.to_year::bigint + 1]) FROM judges j JOIN ce_rule r ON r.scheme = j.of_scheme
		UNION
		SELECT j.judge, unnest(array[c.target_from, c.target_to::bigint + 1]) FROM judges j JOIN ce_catchup c ON c.scheme = j.of_scheme
		UNION
		SELECT j.judge, unnest(array[w.from_year, w.to_year::bigint + 1]) FROM judges j JOIN ce_window w ON w.scheme = j.of_scheme),
	runs AS (
		SELECT DISTINCT w.scheme, w.window_id, w.judge, w.years, l.last::integer
		  FROM windows w
		  JOIN changes c ON c.judge IN (w.scheme, w.judge)
		 CROSS JOIN LATERAL unnest(array[w.from_year, c.year - 1, c.year, c.year + w.years - 1, c.year + w.years]) AS l (last)
		 WHERE l.last BETWEEN w.from_year AND least(coalesce(w.to_year, 9999), 9999)
		   AND (w.of_cycle OR EXISTS (SELECT FROM ce__windows(w.scheme, l.last::integer) g WHERE g.window_id = w.window_id))),
	years AS MATERIALIZED (
		SELECT DISTINCT r.scheme, r.judge, y.year FROM runs r CROSS JOIN LATERAL generate_series(r.last - r.years + 1, r.last) AS y (year)),
	most AS MATERIALIZED (
		SELECT y.scheme, y.judge, y.year, CASE WHEN bool_or(c.fed) THEN sum(c.most) ELSE no_limit END AS total,
			   coalesce(sum(c.most) FILTER (WHERE c.fed AND c.category = 'public'), no_limit) AS public,
			   coalesce(sum(c.most) FILTER (WHERE c.fed AND c.category = 'professional'), no_limit) AS professional
		  FROM years y CROSS JOIN LATERAL ce__within_caps(y.scheme, y.judge, y.year) c
		 WHERE c.is_root GROUP BY y.scheme, y.judge, y.year),
	reached AS (
		SELECT r.scheme, r.window_id, sum(m.total) AS total, min(m.total) AS least, sum(m.public) AS public, sum(m.professional) AS professional
		  FROM runs r JOIN most m ON m.scheme = r.scheme AND m.judge = r.judge AND m.year BETWEEN r.last - r.years + 1 AND r.last
		 GROUP BY r.scheme, r.window_id, r.last),
	best AS (
		SELECT r.scheme, r.window_id, max(r.total) AS total, max(r.least) AS least, max(r.public) AS public, max(r.professional) AS professional
		  FROM reached r GROUP BY r.scheme, r.window_id),
	found AS (
		SELECT w.scheme, w.of_scheme, w.window_id, a.* FROM windows w JOIN best b ON b.scheme = w.scheme AND b.window_id = w.window_id
		 CROSS JOIN LATERAL (VALUES ('required_total', w.required_total, b.total), ('required_public', w.required_public, b.public),
									('required_professional', w.required_professional, b.professional), ('each_at_least', w.each_at_least, b.least)) AS a (name, hours, most)
		 WHERE a.hours::numeric > a.most)
	SELECT 'contradiction'::text, f.scheme, format('ce_window %s', f.window_id),
		   format(ce_text('%s is %s, and the caps let nobody have more than %s in its years; raise a cap, or require less'), f.name, f.hours, f.most::ce_hours)
	  FROM (SELECT DISTINCT ON (o.window_id, o.name) o.* FROM found o ORDER BY o.window_id, o.name, o.scheme = o.of_scheme DESC, o.scheme) f;

	-- Sums of what a window does not ask.
	RETURN QUERY
	SELECT 'contradiction'::text, w.scheme, format('ce_window %s', w.window_id),
		   format(ce_text('the window asks for professional hours only, so %s says nothing; leave it null'), a.name)
	  FROM ce_window w
	 CROSS JOIN LATERAL (VALUES ('required_total', w.required_total), ('required_public', w.required_public), ('each_at_least', w.each_at_least)) AS a (name, hours)
	 WHERE w.professional_only AND a.hours > '0';

	-- Hours that are beyond no requirement, or that no requirement takes.
	RETURN QUERY
	SELECT 'gap'::text, c.scheme, format('ce_catchup %s %s', c.study_year, c.subject),
		   CASE WHEN y.of_study THEN format(ce_text('%s has no requirement, so no hours of it are surplus; enter the requirement, or delete the row'), c.study_year)
				ELSE format(ce_text('none of the years %s to %s has a requirement that hours could be allocated to; enter one, or give other years'), c.target_from, c.target_to) END
	  FROM ce_catchup c
	 CROSS JOIN LATERAL (VALUES (true, c.study_year, c.study_year), (false, c.target_from, c.target_to)) AS y (of_study, first, last)
	 WHERE NOT EXISTS (SELECT FROM ce_scheme s JOIN ce__bases(s.scheme) b ON b.of_scheme = c.scheme
						CROSS JOIN LATERAL ce__requirements(s.scheme) r
						WHERE r.from_year <= y.last AND coalesce(r.to_year, 9999) >= y.first);

	-- What deems a subject complete gives nothing where no year or window has a minimum within it.
	RETURN QUERY
	WITH RECURSIVE root AS (
		SELECT c.category, c.category AS above, c.parent, 0 AS steps FROM ce_category c
		UNION ALL
		SELECT r.category, c.category, c.parent, r.steps + 1 FROM root r JOIN ce_category c ON c.category = r.parent WHERE r.steps < 64),
	deems AS (
		SELECT r.rule_id, r.scheme, r.from_year, r.to_year, t.above AS subject
		  FROM ce_rule r JOIN ce_kind k ON k.kind = r.kind JOIN root t ON t.category = coalesce(r.category, k.category) AND t.parent IS NULL
		 WHERE r.basis IN ('deems', 'deems_tenure') AND (k.subject IS DISTINCT FROM 'both' OR r.category IS NOT NULL) AND t.above IN ('public', 'professional')),
	-- a rule serves the schemes that are based on its own, too, and the windows of others
	asks AS (
		SELECT q.scheme, q.from_year, q.to_year, s.subject
		  FROM ce_requirement q CROSS JOIN LATERAL (VALUES ('public', q.public_hours), ('professional', q.professional_hours)) AS s (subject, hours) WHERE s.hours > '0'
		UNION ALL
		SELECT m.scheme, m.from_year, m.to_year, t.above FROM ce_minimum m JOIN root t ON t.category = m.category AND t.parent IS NULL WHERE m.hours IS NOT NULL
		UNION ALL
		SELECT w.scheme, w.from_year - 2 * w.years, w.to_year, s.subject
		  FROM ce_window w CROSS JOIN LATERAL (VALUES ('public', w.required_public), ('professional', w.required_professional)) AS s (subject, hours) WHERE s.hours > '0')
	SELECT 'contradiction'::text, d.scheme, format('ce_rule %s', d.rule_id),
		   format(ce_text('the rule deems subject %s complete, of which no year that it governs has a minimum'), ce_text(d.subject))
	  FROM deems d
	 WHERE NOT EXISTS (SELECT FROM ce_scheme s JOIN ce__bases(s.scheme) b ON b.of_scheme = d.scheme
						 JOIN ce_scheme j ON j.scheme = s.scheme OR j.scheme IN (SELECT w.judged_by FROM ce_window w JOIN ce__bases(s.scheme) h ON h.of_scheme = w.scheme)
						CROSS JOIN LATERAL ce__bases(j.scheme) AS c
						 JOIN asks a ON a.scheme = c.of_scheme
						WHERE a.subject = d.subject AND a.from_year <= coalesce(d.to_year, 9999) AND coalesce(a.to_year, 9999) >= d.from_year);

	-- Minima that no kind's hours can reach, or of a year that has no requirement.
	RETURN QUERY
	WITH RECURSIVE below AS (
		SELECT m.scheme, m.category, m.from_year, m.category AS node, 0 AS steps FROM ce_minimum m WHERE m.hours IS NOT NULL
		UNION ALL
		SELECT b.scheme, b.category, b.from_year, c.category, b.steps + 1 FROM below b JOIN ce_category c ON c.parent = b.node WHERE b.steps < 64),
	-- a minimum asks the persons under schemes that are based on its own, and those whom these judge
	asked AS MATERIALIZED (
		SELECT DISTINCT c.of_scheme AS scheme, h.of_scheme AS rules_of
		  FROM ce_scheme s
		  JOIN ce_scheme j ON j.scheme = s.scheme OR j.scheme IN (SELECT w.judged_by FROM ce_window w JOIN ce__bases(s.scheme) b ON b.of_scheme = w.scheme)
		 CROSS JOIN LATERAL ce__bases(j.scheme) AS c
		 CROSS JOIN LATERAL ce__bases(s.scheme) AS h)
	SELECT 'contradiction'::text, m.scheme, format('ce_minimum %s %s', m.category, m.from_year),
		   format(ce_text('no rule of the scheme gives hours of category "%s"; enter a rule of a kind of it, or a row with hours null, which ends the minimum'), ce__category_label(m.category))
	  FROM ce_minimum m
	 WHERE m.hours IS NOT NULL
	   AND NOT EXISTS (SELECT FROM below b
						 JOIN ce_rule r ON r.from_year <= coalesce(m.to_year, 9999) AND coalesce(r.to_year, 9999) >= m.from_year
						 JOIN ce_kind k ON k.kind = r.kind AND (coalesce(r.category, k.category) = b.node OR (b.node = 'national_online' AND coalesce(r.category, k.category) = 'online'))
						 JOIN asked a ON a.scheme = m.scheme AND a.rules_of = r.scheme
						WHERE b.scheme = m.scheme AND b.category = m.category AND b.from_year = m.from_year)
	UNION ALL
	SELECT 'gap'::text, m.scheme, format('ce_minimum %s %s', m.category, m.from_year),
		   format(ce_text('%s has a minimum and no requirement; enter the row of ce_requirement'), m.from_year)
	  FROM ce_minimum m
	 WHERE m.hours IS NOT NULL
	   AND NOT EXISTS (SELECT FROM ce__bases(m.scheme) h JOIN ce_requirement r ON r.scheme = h.of_scheme
						WHERE m.from_year BETWEEN r.from_year AND coalesce(r.to_year, 9999));

	-- Rules of a basis that their kind's track cannot have.
	RETURN QUERY
	SELECT 'contradiction'::text, r.scheme, format('ce_rule %s', r.rule_id),
		   format(ce_text('basis %s does not fit kind %s of the track %s'), r.basis, r.kind, k.track)
	  FROM ce_rule r JOIN ce_kind k ON k.kind = r.kind
	 WHERE CASE WHEN k.track = 'attested' THEN r.basis NOT IN ('fixed', 'deems', 'deems_tenure')
				ELSE r.basis = 'deems_tenure' END
		OR (r.basis = 'filed_hours' AND k.track <> 'filed')
		OR (k.subject = 'both' AND r.basis <> 'deems' AND r.category IS NULL)
		OR (k.subject IS NULL AND r.basis IN ('deems', 'deems_tenure') AND r.category IS NULL);

	-- What only some tracks have: achievements have no quantity; only they have several years, and count for titles alone or in the archive too.
	RETURN QUERY
	SELECT 'contradiction'::text, r.scheme, format('ce_rule %s', r.rule_id),
		   CASE WHEN k.track = 'attested' THEN format(ce_text('achievements of kind %s have no quantity, which unit %s would count'), r.kind, r.unit)
				ELSE format(ce_text('kind %s is not attested, so %s says nothing'), r.kind, CASE WHEN r.per_year THEN 'per_year' ELSE 'in_archive' END) END
	  FROM ce_rule r JOIN ce_kind k ON k.kind = r.kind
	 WHERE CASE WHEN k.track = 'attested' THEN r.unit IS NOT NULL ELSE r.per_year OR r.in_archive END;

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
		SELECT scheme, format('ce_catchup %s %s', study_year, subject), target_from, target_to FROM ce_catchup) y
	 WHERE y.from_year NOT BETWEEN 1900 AND 9999 OR y.to_year < y.from_year;

	RETURN QUERY
	SELECT 'contradiction'::text, r.scheme, format('ce_requirement %s', r.from_year), format(ce_text('%s %s is not a day'), d.name, d.day)
	  FROM ce_requirement r
	 CROSS JOIN LATERAL (VALUES ('filing_due', r.filing_due), ('study_due', r.study_due), ('verification_due', r.verification_due)) AS d (name, day)
	 WHERE d.day !~ '^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$';

	-- Rows from when no trigger fired.
	RETURN QUERY
	WITH RECURSIVE above AS (
		SELECT s.scheme, s.based_on, 0 AS steps FROM ce_scheme s WHERE s.based_on IS NOT NULL
		UNION ALL
		SELECT a.scheme, s.based_on, a.steps + 1 FROM above a JOIN ce_scheme s ON s.scheme = a.based_on
		 WHERE a.based_on <> a.scheme AND s.based_on IS NOT NULL AND a.steps < 64)
	SELECT 'contradiction'::text, a.scheme, 'ce_scheme'::text, ce_text('the scheme is based on itself, directly or through others')
	  FROM above a WHERE a.based_on = a.scheme
	UNION ALL
	SELECT 'contradiction'::text, NULL::text, format('ce_category %s', c.category), ce_text('the category is below itself, directly or through others')
	  FROM ce_category c
	 WHERE EXISTS (
			WITH RECURSIVE above AS (
				SELECT c.parent, 0 AS steps
				UNION ALL
				SELECT p.parent, a.steps + 1 FROM above a JOIN ce_category p ON p.category = a.parent WHERE a.parent <> c.category AND a.steps < 64)
			SELECT FROM above a WHERE a.parent = c.category);

	-- A category that came under another subject since.
	RETURN QUERY
	WITH RECURSIVE root AS (
		SELECT c.category, c.category AS above, c.parent, 0 AS steps FROM ce_category c
		UNION ALL
		SELECT r.category, c.category, c.parent, r.steps + 1 FROM root r JOIN ce_category c ON c.category = r.parent WHERE r.steps < 64)
	SELECT 'contradiction'::text, NULL::text, format('ce_kind %s', k.kind),
		   format(ce_text('hours of category "%s" are %s, not %s'), ce__category_label(k.category), ce__category_label(r.above), coalesce(ce__category_label(k.subject::text), '-'))
	  FROM ce_kind k JOIN root r ON r.category = k.category AND r.parent IS NULL
	 WHERE k.track <> 'attested'
	   AND CASE WHEN k.subject = 'both' THEN k.category <> 'special'
				ELSE k.subject::text IS DISTINCT FROM CASE WHEN r.above IN ('public', 'professional') THEN r.above END END;

	RETURN QUERY
	SELECT 'contradiction'::text, r.scheme, format('ce_rule %s', r.rule_id), format(ce_text('a band of ranks cannot end with %s'), r.rank_to)
	  FROM ce_rule r
	 WHERE r.rank_to IS NOT NULL AND (r.rank_from IS NULL OR r.rank_from > r.rank_to);

	RETURN QUERY
	SELECT 'contradiction'::text, c.scheme, format('ce_catchup %s %s', c.study_year, c.subject),
		   format(ce_text('surplus of subject %s cannot come from source %s'), ce_text(c.subject::text), c.source)
	  FROM ce_catchup c
	 WHERE NOT (c.source = 'any' OR (c.source = 'academy' AND c.subject = 'public') OR (c.source = 'national_base' AND c.subject = 'professional')
				OR EXISTS (
					WITH RECURSIVE above AS (
						SELECT g.category, g.parent FROM ce_category g WHERE g.category = c.source
						UNION
						SELECT g.category, g.parent FROM above a JOIN ce_category g ON g.category = a.parent)
					SELECT FROM above a WHERE a.category = c.subject::text));

	RETURN QUERY
	SELECT 'contradiction'::text, c.scheme, format('ce_catchup %s %s', c.study_year, c.subject),
		   format(ce_text('hours of %s cannot be allocated to the years %s to %s'), c.study_year, c.target_from, c.target_to)
	  FROM ce_catchup c
	 WHERE c.study_year BETWEEN c.target_from AND c.target_to;

	-- Of rows about the same hours the C code takes one.
	RETURN QUERY
	SELECT 'overlap'::text, a.scheme, format('ce_catchup %s %s', a.study_year, a.subject), format(ce_text('sources %s and %s of one year'), a.source, b.source)
	  FROM ce_catchup a
	  JOIN ce_catchup b ON b.scheme = a.scheme AND b.study_year = a.study_year AND b.subject = a.subject AND b.source > a.source;

	-- Years that hours could leave and reach again: which of them is short is then a matter of the order of acts.  Each circle
	-- has a way back, and most laws have none or few.
	RETURN QUERY
	WITH RECURSIVE reached AS (
		SELECT c.scheme, c.subject, c.study_year, c.target_from, c.target_to
		  FROM ce_catchup c
		 WHERE c.study_year > c.target_to
		   AND EXISTS (SELECT FROM ce_catchup f WHERE f.scheme = c.scheme AND f.subject = c.subject AND f.study_year < f.target_from)
		UNION
		SELECT r.scheme, r.subject, r.study_year, c.target_from, c.target_to
		  FROM reached r
		  JOIN ce_catchup c ON c.scheme = r.scheme AND c.subject = r.subject AND c.study_year BETWEEN r.target_from AND r.target_to)
	SELECT DISTINCT 'contradiction'::text, r.scheme, format('ce_catchup %s %s', r.study_year, r.subject),
		   ce_text('hours of the year may be allocated in a circle of years, back to it; let them go to earlier years only, or to later ones')
	  FROM reached r
	 WHERE r.study_year BETWEEN r.target_from AND r.target_to;
END
$$;
COMMENT ON FUNCTION ce_law_check() IS
	'gaps, overlaps and contradictions in the law rows, and rows replaced by newer ones that do not name their case, one row for each; empty for the shipped law';

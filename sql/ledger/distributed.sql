-- Views of a ledger that ce_distribute() put on a Citus cluster.  They have the
-- columns and the rows of those in views.sql, in forms that Citus runs on the
-- shards: functions that return rows stand in select lists, and what is to be
-- computed once stands under GROUP BY.

CREATE OR REPLACE VIEW ce_attested_hours WITH (security_invoker = true) AS
SELECT t.person_id, (t.y).year AS year, (t.y).hours::numeric AS hours, (t.y).award AS award
  FROM (
	SELECT h.person_id, ce_attested(h.person_id) AS y
	  FROM (SELECT DISTINCT c.person_id FROM ce_achievement c WHERE c.attested_on IS NOT NULL) h) t;

CREATE OR REPLACE VIEW ce_yearly_totals WITH (security_invoker = true) AS
SELECT y.person_id, y.year,
	   ce__totals_hours(y.totals, 'public_hours') AS public_hours,
	   ce__totals_hours(y.totals, 'professional_hours') AS professional_hours,
	   ce__totals_hours(y.totals, 'total_hours') AS total_hours,
	   ce__totals_hours(y.totals, 'online_hours') AS online_hours,
	   ce__totals_hours(y.totals, 'training_hours') AS training_hours,
	   ce__totals_hours(y.totals, 'mentoring_hours') AS mentoring_hours,
	   ce__totals_hours(y.totals, 'mentoring_hours_raw') AS mentoring_hours_raw,
	   ce__totals_hours(y.totals, 'recorded_hours') AS recorded_hours,
	   ce__totals_hours(y.totals, 'attested_hours') AS attested_hours,
	   ce__totals_hours(y.totals, 'allocated_public') AS allocated_public,
	   ce__totals_hours(y.totals, 'allocated_professional') AS allocated_professional,
	   ce__totals_flag(y.totals, 'public_deemed') AS public_deemed,
	   ce__totals_flag(y.totals, 'professional_deemed') AS professional_deemed,
	   ce__totals_hours(y.totals, 'required_public') AS required_public,
	   ce__totals_hours(y.totals, 'required_professional') AS required_professional,
	   ce__totals_hours(y.totals, 'required_total') AS required_total,
	   ce__totals_hours(y.totals, 'public_short') AS public_short,
	   ce__totals_hours(y.totals, 'professional_short') AS professional_short,
	   ce__totals_hours(y.totals, 'total_short') AS total_short,
	   ce__totals_flag(y.totals, 'met') AS met,
	   ce__totals_flag(y.totals, 'met_for_title') AS met_for_title,
	   y.on_record,
	   y.org_id, o.code AS org_code, o.name AS org_name, o.region_code,
	   (SELECT n.label_zh FROM ce_region n WHERE n.code = o.region_code) AS region_name,
	   ce__totals_flag(y.totals, 'waived') AS waived,
	   ce__totals_flag(y.totals, 'met_by_waiver') AS met_by_waiver
  FROM (
	SELECT a.person_id, a.year, p.org_id,
		   ce__totals(p.moved, p.person_id, p.org_id, p.scheme, p.held_since, a.year, a.credit, h.person_id IS NOT NULL, ce_today()) AS totals,
		   true AS on_record
	  FROM ce_account a
	  JOIN ce_person p ON p.person_id = a.person_id
	  LEFT JOIN (SELECT DISTINCT c.person_id FROM ce_achievement c WHERE c.attested_on IS NOT NULL) h ON h.person_id = a.person_id
	UNION ALL
	SELECT t.person_id, t.year, p.org_id,
		   ce__totals(p.moved, p.person_id, p.org_id, p.scheme, p.held_since, t.year, '{}', true, ce_today()) AS totals, true AS on_record
	  FROM (
		SELECT x.person_id, (x.y).year AS year
		  FROM (
			SELECT q.person_id, ce__attested(q.person_id, q.org_id, ce__scheme_on(q.moved, q.person_id, q.scheme, ce_today()), q.held_since, ce_today()) AS y
			  FROM ce_person q
			  JOIN (SELECT DISTINCT c.person_id FROM ce_achievement c WHERE c.attested_on IS NOT NULL) h ON h.person_id = q.person_id) x) t
	  JOIN ce_person p ON p.person_id = t.person_id
	  LEFT JOIN ce_account a ON a.person_id = t.person_id AND a.year = t.year
	 WHERE a.person_id IS NULL
	UNION ALL
	-- and the years of which there is nothing
	SELECT p.person_id, p.year, p.org_id,
		   ce__totals(p.moved, p.person_id, p.org_id, p.scheme, p.held_since, p.year, '{}', false, ce_today()) AS totals, false AS on_record
	  FROM (
		SELECT q.person_id, q.org_id, q.scheme, q.held_since, q.entered_on, q.moved,
			   generate_series(ce__first_required_year(), extract(year FROM ce_today())::integer) AS year
		  FROM ce_person q) p
	  LEFT JOIN ce_account a ON a.person_id = p.person_id AND a.year = p.year
	  LEFT JOIN (SELECT b.person_id, min(b.year) AS year FROM ce_account b GROUP BY b.person_id) f ON f.person_id = p.person_id
	  LEFT JOIN (
		SELECT x.person_id, (x.y).year AS year
		  FROM (
			SELECT q.person_id, ce__attested(q.person_id, q.org_id, ce__scheme_on(q.moved, q.person_id, q.scheme, ce_today()), q.held_since, ce_today()) AS y
			  FROM ce_person q
			  JOIN (SELECT DISTINCT c.person_id FROM ce_achievement c WHERE c.attested_on IS NOT NULL) h ON h.person_id = q.person_id) x) t
		ON t.person_id = p.person_id AND t.year = p.year
	 WHERE a.person_id IS NULL AND t.person_id IS NULL
	   AND p.year >= coalesce(extract(year FROM p.entered_on), least(extract(year FROM p.held_since), extract(year FROM ce_today()), f.year))
	   AND ce__requires(CASE WHEN p.moved THEN ce__scheme_in_year(p.moved, p.person_id, p.scheme, p.year, ce_today()) ELSE p.scheme END, p.year)
  ) y
  LEFT JOIN ce_org o ON o.org_id = y.org_id;

CREATE OR REPLACE VIEW ce_year_minima WITH (security_invoker = true) AS
SELECT t.person_id, t.year, (t.m).ord AS ord, (t.m).category AS category, (t.m).label_zh AS label_zh, (t.m).label_en AS label_en,
	   (t.m).required AS required, (t.m).got AS got, (t.m).short AS short, (t.m).deemed AS deemed,
	   coalesce(t.whole OR (t.m).category = 'total' OR (t.m).category = ANY (t.reduced) OR ce__category_root((t.m).category) = ANY (t.waived), false)
	   AND t.by_waiver IS NOT NULL AS waived,
	   (t.m).instrument AS instrument, (t.m).clause AS clause
  FROM (
	SELECT y.person_id, y.year,
		   ce__minima(p.moved, p.person_id, p.org_id, p.scheme, p.held_since, y.year, coalesce(a.credit, '{}'), h.person_id IS NOT NULL, ce_today()) AS m,
		   w.person_id AS by_waiver, w.whole, w.reduced, w.waived
	  FROM ce_person p
	  JOIN ce_yearly_totals y ON y.person_id = p.person_id
	  LEFT JOIN ce_account a ON a.person_id = p.person_id AND a.year = y.year
	  LEFT JOIN (SELECT DISTINCT c.person_id FROM ce_achievement c WHERE c.attested_on IS NOT NULL) h ON h.person_id = p.person_id
	  LEFT JOIN (
		SELECT v.person_id, v.year, bool_or(v.subject IS NULL AND v.hours IS NULL) AS whole,
			   array_agg(v.subject::text) AS reduced, array_agg(v.subject::text) FILTER (WHERE v.hours IS NULL) AS waived
		  FROM ce_waiver v
		 WHERE v.revoked_on IS NULL AND v.defers_to IS NULL
		 GROUP BY v.person_id, v.year) w ON w.person_id = p.person_id AND w.year = y.year) t;

-- Every year that is not met has a minimum of all hours, so that none is lost; conditions on columns reach the years.
CREATE OR REPLACE VIEW ce_shortfalls WITH (security_invoker = true) AS
SELECT s.person_id, s.org_id, s.year, s.public_short, s.professional_short, s.total_short, s.met_for_title,
	   s.person_no, s.org_code, s.org_name, s.region_code, s.region_name, s.on_record,
	   string_agg(format(ce_text('%s: %s hours'), ce__label((s.m).label_zh, (s.m).label_en), trim_scale((s.m).short)), ce_text(', ') ORDER BY (s.m).ord)
	   FILTER (WHERE (s.m).short > 0 AND (s.m).category NOT IN ('total', 'public', 'professional')) AS other_short
  FROM (
	SELECT t.person_id, p.org_id, t.year, t.public_short, t.professional_short, t.total_short, t.met_for_title,
		   p.person_no, t.org_code, t.org_name, t.region_code, t.region_name, t.on_record,
		   ce__minima(p.moved, p.person_id, p.org_id, p.scheme, p.held_since, t.year, coalesce(a.credit, '{}'), h.person_id IS NOT NULL, ce_today()) AS m
	  FROM ce_person p
	  JOIN ce_yearly_totals t ON t.person_id = p.person_id
	  LEFT JOIN ce_account a ON a.person_id = p.person_id AND a.year = t.year
	  LEFT JOIN (SELECT DISTINCT c.person_id FROM ce_achievement c WHERE c.attested_on IS NOT NULL) h ON h.person_id = p.person_id
	 WHERE NOT t.met
	   AND NOT (ce__sums_years(p.scheme, extract(year FROM ce_today())::integer)
				AND ce__sums_years(CASE WHEN p.moved THEN ce__scheme_in_year(p.moved, p.person_id, p.scheme, t.year, ce_today()) ELSE p.scheme END, t.year))) s
 GROUP BY s.person_id, s.org_id, s.year, s.public_short, s.professional_short, s.total_short, s.met_for_title,
		  s.person_no, s.org_code, s.org_name, s.region_code, s.region_name, s.on_record;

CREATE OR REPLACE VIEW ce_eligibility WITH (security_invoker = true) AS
SELECT s.person_id, s.org_id,
	   ce__standing_outcome(s.code, 'junior') AS junior,
	   ce__standing_outcome(s.code, 'intermediate') AS intermediate,
	   ce__standing_outcome(s.code, 'senior') AS senior,
	   ce__standing_outcome(s.code, 'full_senior') AS full_senior,
	   s.person_no, o.code AS org_code, o.name AS org_name, o.region_code,
	   (SELECT n.label_zh FROM ce_region n WHERE n.code = o.region_code) AS region_name
  FROM (
	SELECT p.person_id, p.org_id, p.person_no,
		   ce__standing_code(p.moved, p.sanctioned, p.person_id, p.org_id, p.scheme, p.doctorate_on, p.held_level, p.held_since, ce_today()) AS code
	  FROM ce_person p
	 GROUP BY p.person_id, p.org_id, p.person_no, p.moved, p.sanctioned, p.scheme, p.doctorate_on, p.held_level, p.held_since) s
  LEFT JOIN ce_org o ON o.org_id = s.org_id;

CREATE OR REPLACE VIEW ce_sanction_record WITH (security_invoker = true) AS
SELECT n.sanction_id, n.person_id, n.org_id, n.decision, n.found_on,
	   least((n.found_on + make_interval(years => n.years))::date, n.revoked_on - 1) AS banned_until,
	   (n.found_on + make_interval(years => n.years))::date AS recorded_until, n.revoked_on,
	   n.revoked_on IS NULL AND ce_today() <= (n.found_on + make_interval(years => n.years))::date AS to_report,
	   n.person_no, o.code AS org_code, o.name AS org_name, o.region_code,
	   (SELECT r.label_zh FROM ce_region r WHERE r.code = o.region_code) AS region_name
  FROM (
	SELECT s.sanction_id, s.person_id, p.org_id, s.decision, s.found_on, s.revoked_on, p.person_no,
		   ce__ban_years(ce__scheme_on(p.moved, p.person_id, p.scheme, ce_today())) AS years
	  FROM ce_sanction s
	  JOIN ce_person p ON p.person_id = s.person_id) n
  LEFT JOIN ce_org o ON o.org_id = n.org_id;

CREATE OR REPLACE VIEW ce_archive WITH (security_invoker = true) AS
SELECT a.person_id, a.year, a.activity_id, a.kind, k.label_zh, k.label_en,
	   coalesce(CASE WHEN a.category = k.category THEN k.subject::text END, ce__category_root(a.category)) AS subject,
	   a.category, a.title,
	   a.completed_on, a.hours::numeric AS hours,
	   CASE WHEN a.status IN ('submitted', 'in_review') THEN ce__to_award(a.awarded, a.moved, a.person_id, a.scheme, a.kind, a.plan_id, a.completed_on, a.started_on, a.days, a.hours, a.grade, a.role, a.rank, a.quantity)::numeric
			ELSE a.awarded::numeric END AS awarded,
	   CASE WHEN a.status <> 'verified' THEN 0
			WHEN (a.part).recognised IS NOT NULL THEN (a.part).recognised
			WHEN (a.cap).hours IS NULL THEN a.awarded::numeric
			ELSE greatest(least(a.awarded::numeric, (a.cap).hours - a.before), 0) END AS recognised,
	   a.deems_public, a.deems_professional, a.status, a.verified_by, a.verified_on, a.revoked_on,
	   CASE WHEN a.status <> 'verified' THEN ce_text(a.status) || coalesce(ce_text(': ') || a.note, '')
			WHEN (a.part).hours IS NOT NULL THEN format(ce_text('at most %s hours of %s a year (%s)'), (a.part).hours, coalesce(ce__label(l.label_zh, l.label_en), (a.part).category), ce__clause((a.part).clause))
			WHEN (a.part).recognised IS NULL AND (a.cap).hours < a.before + a.awarded::numeric THEN format(ce_text('at most %s hours of %s a year (%s)'), (a.cap).hours, coalesce(ce__label(t.label_zh, t.label_en), a.category), ce__clause((a.cap).clause))
			WHEN a.hours::numeric <> a.awarded::numeric THEN format(ce_text('converted by rule %s'), a.rule_id) END AS remark,
	   a.person_no, a.org_id, o.code AS org_code, o.name AS org_name, o.region_code,
	   (SELECT n.label_zh FROM ce_region n WHERE n.code = o.region_code) AS region_name,
	   a.grade, a.role, a.rank, a.quantity, a.achievement_id
  FROM (
	SELECT w.*, p.person_no, p.moved, p.scheme, ce__cap(s.scheme, w.year, w.category) AS cap, ce__recognised_part(w.person_id, s.scheme, w.year, w.activity_id, w.achievement_id) AS part
	  FROM (
		SELECT v.*, coalesce(sum(CASE WHEN v.status = 'verified' THEN v.awarded::numeric END)
							 OVER (PARTITION BY v.person_id, v.year, v.category ORDER BY v.completed_on, v.activity_id, v.achievement_id
								   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
		  FROM (
			SELECT e.person_id, e.year, e.activity_id, e.kind, e.category, e.title, e.completed_on, e.hours, e.awarded, e.deems_public, e.deems_professional,
				   e.status::text AS status, e.verified_by, e.verified_on, e.revoked_on, e.note, e.org_id, e.rule_id, e.plan_id, e.started_on, e.days, e.grade, e.role, e.rank, e.quantity,
				   NULL::bigint AS achievement_id
			  FROM ce_activity e
			UNION ALL
			SELECT h.person_id, (t.y).year AS year, NULL::bigint AS activity_id, h.kind, (t.y).category AS category, h.title, h.achieved_on, NULL::ce_hours AS hours, (t.y).hours AS awarded,
				   (t.y).deems_public AS deems_public, (t.y).deems_professional AS deems_professional,
				   'verified'::text AS status, h.attested_by, h.attested_on, NULL::date AS revoked_on, h.note, h.attested_by AS org_id, (t.y).rule_id AS rule_id, NULL::bigint AS plan_id, NULL::date AS started_on, NULL::numeric AS days, h.grade, h.role, h.rank,
				   NULL::numeric AS quantity, h.achievement_id
			  FROM (
				SELECT g.person_id, ce__archived(g.person_id, ce_today()) AS y
				  FROM (SELECT DISTINCT q.person_id FROM ce_achievement q WHERE q.attested_on IS NOT NULL) g
				 WHERE EXISTS (SELECT FROM ce_rule r WHERE r.in_archive)) t
			  JOIN ce_achievement h ON h.person_id = t.person_id AND h.achievement_id = (t.y).achievement_id) v) w
	  JOIN ce_person p ON p.person_id = w.person_id
	  JOIN (
		SELECT q.person_id, v.year, CASE WHEN q.moved THEN ce__scheme_in_year(q.moved, q.person_id, q.scheme, v.year, ce_today()) ELSE q.scheme END AS scheme
		  FROM ce_person q
		  JOIN (SELECT e.person_id, e.year FROM ce_activity e
				UNION
				SELECT u.person_id, (u.y).year AS year
				  FROM (SELECT g.person_id, ce__archived(g.person_id, ce_today()) AS y
						  FROM (SELECT DISTINCT q.person_id FROM ce_achievement q WHERE q.attested_on IS NOT NULL) g
						 WHERE EXISTS (SELECT FROM ce_rule r WHERE r.in_archive)) u) v ON v.person_id = q.person_id) s ON s.person_id = w.person_id AND s.year = w.year) a
  JOIN ce_kind k ON k.kind = a.kind
  LEFT JOIN ce_category t ON t.category = a.category
  LEFT JOIN ce_category l ON l.category = (a.part).category
  LEFT JOIN ce_org o ON o.org_id = a.org_id;

CREATE OR REPLACE VIEW ce_annual_statistics WITH (security_invoker = true) AS
SELECT y.year, left(o.region_code, 4) || '00' AS prefecture, o.org_id, o.name AS org_name, o.kind AS org_kind, o.parent_id,
	   coalesce(p.held_level::text, 'none') AS level,
	   o.kind NOT IN ('central_unit', 'private_institution', 'military_kindergarten') AS obliged,
	   count(*) AS persons,
	   -- a subject that nobody waived is complete by an activity or achievement; else the account has more grants than
	   -- its waivers gave it, one for each subject, or an achievement in the archive has some
	   count(*) FILTER (WHERE t.total_hours > 0 OR ((t.public_deemed OR t.professional_deemed) AND (NOT t.waived
			OR ce_credit_deems_public(c.credit) + ce_credit_deems_professional(c.credit) > coalesce(w.grants, 0) OR d.person_id IS NOT NULL))) AS trained,
	   coalesce(sum(t.public_hours), 0) AS public_hours, coalesce(sum(t.professional_hours), 0) AS professional_hours,
	   count(*) FILTER (WHERE t.met) AS met,
	   round(100.0 * count(*) FILTER (WHERE t.met) / count(*), 1) AS completion_rate,
	   o.code AS org_code, n.label_zh AS prefecture_name, o.region_code, r.label_zh AS region_name,
	   count(*) FILTER (WHERE t.met_by_waiver) AS met_by_waiver,
	   trim_scale(coalesce(sum(t.total_hours - t.public_hours - t.professional_hours), 0)) AS other_hours
  FROM (
	SELECT q.person_id, generate_series(ce__first_required_year(), extract(year FROM ce_today())::integer) AS year FROM ce_person q
	UNION
	SELECT a.person_id, a.year FROM ce_account a
	UNION
	SELECT x.person_id, (x.y).year AS year
	  FROM (SELECT h.person_id, ce_attested(h.person_id) AS y FROM (SELECT DISTINCT c.person_id FROM ce_achievement c WHERE c.attested_on IS NOT NULL) h) x) y
  JOIN ce_person p ON p.person_id = y.person_id
  JOIN ce_scheme s ON s.scheme = CASE WHEN p.moved THEN ce__scheme_in_year(p.moved, p.person_id, p.scheme, y.year, ce_today()) ELSE p.scheme END AND s.governed
  JOIN ce_org o ON o.org_id = p.org_id
  LEFT JOIN ce_region n ON n.code = left(o.region_code, 4) || '00'
  LEFT JOIN ce_region r ON r.code = o.region_code
  LEFT JOIN ce_yearly_totals t ON t.person_id = p.person_id AND t.year = y.year AND t.on_record
  LEFT JOIN ce_account c ON c.person_id = p.person_id AND c.year = y.year
  LEFT JOIN (SELECT v.person_id, v.year, sum(CASE WHEN v.subject IS NULL THEN 2 ELSE 1 END) AS grants
			   FROM ce_waiver v
			  WHERE v.hours IS NULL AND v.revoked_on IS NULL AND v.defers_to IS NULL
			  GROUP BY v.person_id, v.year) w ON w.person_id = p.person_id AND w.year = y.year
  LEFT JOIN (SELECT DISTINCT u.person_id, (u.y).year AS year
			   FROM (SELECT g.person_id, ce__archived(g.person_id, ce_today()) AS y
					   FROM (SELECT DISTINCT q.person_id FROM ce_achievement q WHERE q.attested_on IS NOT NULL) g
					  WHERE EXISTS (SELECT FROM ce_rule r WHERE r.in_archive)) u
			  WHERE (u.y).deems_public OR (u.y).deems_professional) d ON d.person_id = p.person_id AND d.year = y.year
 WHERE t.person_id IS NOT NULL
	OR (y.year <= extract(year FROM ce_today()) AND ce__year_is_required(y.year) AND coalesce(extract(year FROM p.entered_on) <= y.year, true))
 GROUP BY y.year, o.org_id, o.name, o.kind, o.parent_id, o.code, o.region_code, p.held_level, n.label_zh, r.label_zh;

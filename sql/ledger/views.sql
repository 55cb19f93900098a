-- Views: plain column types, so that any tool can read them, and by the
-- reader's own privileges.

CREATE OR REPLACE VIEW ce_account_recomputed WITH (security_invoker = true) AS
SELECT e.person_id, e.year, sum(e.credit) AS credit, max(e.known_from) AS known_from
  FROM (
	SELECT a.person_id, a.year,
		   CASE WHEN a.status = 'verified'
				THEN ce__credit(CASE WHEN a.national_base THEN 'national_online' ELSE coalesce(c.lane, a.category) END,
							   a.awarded, a.deems_public, a.deems_professional)
				ELSE '{}' END AS credit,
		   coalesce(a.revoked_on, a.verified_on) AS known_from
	  FROM ce_activity a LEFT JOIN ce_category c ON c.category = a.category
	 WHERE a.status IN ('verified', 'revoked')
	UNION ALL
	SELECT l.person_id, y.year,
		   CASE WHEN l.reversed_on IS NULL THEN ce__credit('carried_' || l.subject::text, y.hours) ELSE '{}' END,
		   coalesce(l.reversed_on, l.allocated_on)
	  FROM ce_allocation l
	 CROSS JOIN LATERAL (VALUES (l.from_year, - l.hours), (l.to_year, l.hours)) AS y (year, hours)
	UNION ALL
	SELECT w.person_id, w.year,
		   CASE WHEN w.revoked_on IS NOT NULL THEN '{}'
				WHEN w.hours IS NULL THEN ce__credit('waived', CASE WHEN w.subject = 'public' THEN '1000'::ce_hours WHEN w.subject = 'professional' THEN '1000000' ELSE '1' END, w.subject IS DISTINCT FROM 'professional', w.subject IS DISTINCT FROM 'public')
				ELSE ce__credit('reduced_total', w.hours) + CASE WHEN w.subject IS NULL THEN '{}' ELSE ce__credit('reduced_' || w.subject::text, w.hours) END END,
		   coalesce(w.revoked_on, w.granted_on)
	  FROM ce_waiver w
	 WHERE w.defers_to IS NULL
  ) e
 GROUP BY e.person_id, e.year;
COMMENT ON VIEW ce_account_recomputed IS 'what ce_account must contain, computed from the activities, allocations and waivers; ce_check() compares the two';
COMMENT ON COLUMN ce_account_recomputed.person_id IS 'the person';
COMMENT ON COLUMN ce_account_recomputed.year IS 'calendar year';
COMMENT ON COLUMN ce_account_recomputed.credit IS 'sum of the verified activities, of allocations and of waivers';
COMMENT ON COLUMN ce_account_recomputed.known_from IS 'latest business date included';

CREATE OR REPLACE VIEW ce_attested_hours WITH (security_invoker = true) AS
SELECT h.person_id, t.year, t.hours::numeric AS hours, t.award
  FROM (SELECT DISTINCT person_id FROM ce_achievement WHERE attested_on IS NOT NULL) h
 CROSS JOIN LATERAL ce_attested(h.person_id) t;
COMMENT ON VIEW ce_attested_hours IS 'hours that attested achievements add for titles today (5.2.5, 7.3d), by person and year, before caps';
COMMENT ON COLUMN ce_attested_hours.person_id IS 'the person';
COMMENT ON COLUMN ce_attested_hours.year IS 'calendar year of the tenure';
COMMENT ON COLUMN ce_attested_hours.hours IS 'class hours';
COMMENT ON COLUMN ce_attested_hours.award IS 'true: an award deems a subject of the year complete (5.2.5(4))';

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
	-- each branch joins the person itself, so that the planner may go from the persons to their accounts
	SELECT a.person_id, a.year, p.org_id,
		   ce__totals(p.moved, p.person_id, p.org_id, p.scheme, p.held_since, a.year, a.credit, h.person_id IS NOT NULL, ce_today()) AS totals,
		   true AS on_record
	  FROM ce_account a
	  JOIN ce_person p ON p.person_id = a.person_id
	  LEFT JOIN (SELECT DISTINCT c.person_id FROM ce_achievement c WHERE c.attested_on IS NOT NULL) h ON h.person_id = a.person_id
	UNION ALL
	SELECT h.person_id, t.year, p.org_id,
		   ce__totals(p.moved, p.person_id, p.org_id, p.scheme, p.held_since, t.year, '{}', true, ce_today()) AS totals, true AS on_record
	  FROM (SELECT DISTINCT c.person_id FROM ce_achievement c WHERE c.attested_on IS NOT NULL) h
	  JOIN ce_person p ON p.person_id = h.person_id
	 CROSS JOIN LATERAL ce__attested(p.person_id, p.org_id, ce__scheme_on(p.moved, p.person_id, p.scheme, ce_today()), p.held_since, ce_today()) t
	 WHERE NOT EXISTS (SELECT FROM ce_account a WHERE a.person_id = h.person_id AND a.year = t.year)
	UNION ALL
	-- and the years of which there is nothing; an array, of which the planner expects few elements.  What
	-- takes longer is asked only where there is no account, so CASE
	SELECT p.person_id, g.year, p.org_id,
		   ce__totals(p.moved, p.person_id, p.org_id, p.scheme, p.held_since, g.year, '{}', false, ce_today()) AS totals, false AS on_record
	  FROM unnest(ARRAY(
			SELECT generate_series(min(q.from_year), extract(year FROM ce_today())::integer)
			  FROM ce_scheme s CROSS JOIN LATERAL ce__requirements(s.scheme) q WHERE s.governed AND q.from_year BETWEEN 1900 AND 9999)) AS g (year)
	 CROSS JOIN ce_person p
	  LEFT JOIN ce_account a ON a.person_id = p.person_id AND a.year = g.year
	 WHERE CASE WHEN a.person_id IS NULL THEN
			g.year >= coalesce(extract(year FROM p.entered_on), least(extract(year FROM p.held_since), extract(year FROM ce_today()),
							   (SELECT min(b.year) FROM ce_account b WHERE b.person_id = p.person_id)))
			AND ce__requires(CASE WHEN p.moved THEN ce__scheme_in_year(p.moved, p.person_id, p.scheme, g.year, ce_today()) ELSE p.scheme END, g.year)
			AND NOT (EXISTS (SELECT FROM ce_achievement c WHERE c.person_id = p.person_id AND c.attested_on IS NOT NULL)
					 AND EXISTS (SELECT FROM ce__attested(p.person_id, p.org_id, ce__scheme_on(p.moved, p.person_id, p.scheme, ce_today()), p.held_since, ce_today()) t
							  WHERE t.year = g.year))
		   ELSE false END
  ) y
  LEFT JOIN ce_org o ON o.org_id = y.org_id;
COMMENT ON VIEW ce_yearly_totals IS 'class hours of each person and year: the archive (verified, after caps and allocations), the requirement of the year, the shortfall (4.1), and whether it is met for a title with attested hours (7.3d); years with something on record, and each year up to the current one for which the law requires hours, from the year of entry or, if that is not entered, from the first year with hours or in the present post, else only the current year';
COMMENT ON COLUMN ce_yearly_totals.person_id IS 'the person';
COMMENT ON COLUMN ce_yearly_totals.year IS 'calendar year';
COMMENT ON COLUMN ce_yearly_totals.public_hours IS 'public hours in the archive';
COMMENT ON COLUMN ce_yearly_totals.professional_hours IS 'professional hours in the archive';
COMMENT ON COLUMN ce_yearly_totals.total_hours IS 'all hours in the archive: public, professional, and those of subjects that ce_category adds';
COMMENT ON COLUMN ce_yearly_totals.online_hours IS 'of these: online courses of bases (5.2.1)';
COMMENT ON COLUMN ce_yearly_totals.training_hours IS 'of these: training (5.2.2)';
COMMENT ON COLUMN ce_yearly_totals.mentoring_hours IS 'of these: mentoring, as far as the cap recognises it (5.2.4c)';
COMMENT ON COLUMN ce_yearly_totals.mentoring_hours_raw IS 'mentoring before the cap';
COMMENT ON COLUMN ce_yearly_totals.recorded_hours IS 'of these: professional hours recorded under earlier notices (AMB-2)';
COMMENT ON COLUMN ce_yearly_totals.attested_hours IS 'hours attested for titles, as far as caps recognise them, that are not in the archive (5.2.5)';
COMMENT ON COLUMN ce_yearly_totals.allocated_public IS 'public hours allocated to the year (+) or from it (-) (7.6e)';
COMMENT ON COLUMN ce_yearly_totals.allocated_professional IS 'professional hours allocated to the year (+) or from it (-) (7.6e)';
COMMENT ON COLUMN ce_yearly_totals.public_deemed IS 'true: the public hours are deemed complete (5.3), or waived (AMB-35)';
COMMENT ON COLUMN ce_yearly_totals.professional_deemed IS 'true: the professional hours are deemed complete (5.2.3, 5.3), or waived (AMB-35)';
COMMENT ON COLUMN ce_yearly_totals.required_public IS 'public hours that the year requires, null: no minimum, or no rule for the year';
COMMENT ON COLUMN ce_yearly_totals.required_professional IS 'professional hours that the year requires';
COMMENT ON COLUMN ce_yearly_totals.required_total IS 'total hours that the year requires, null: no rule for the year';
COMMENT ON COLUMN ce_yearly_totals.public_short IS 'public hours that are missing';
COMMENT ON COLUMN ce_yearly_totals.professional_short IS 'professional hours that are missing';
COMMENT ON COLUMN ce_yearly_totals.total_short IS 'total hours that are missing';
COMMENT ON COLUMN ce_yearly_totals.met IS 'the year is met (4.1), null: no rule for the year';
COMMENT ON COLUMN ce_yearly_totals.met_for_title IS 'the year is met with attested hours, as a title asks (7.3d)';
COMMENT ON COLUMN ce_yearly_totals.on_record IS 'false: no account and no attested hours of the year; the row says what is missing';
COMMENT ON COLUMN ce_yearly_totals.org_id IS 'employer today';
COMMENT ON COLUMN ce_yearly_totals.org_code IS 'code of the employer';
COMMENT ON COLUMN ce_yearly_totals.org_name IS 'name of the employer';
COMMENT ON COLUMN ce_yearly_totals.region_code IS 'region of the employer';
COMMENT ON COLUMN ce_yearly_totals.region_name IS 'name of the region, null where it is not known';
COMMENT ON COLUMN ce_yearly_totals.waived IS 'true: a waiver takes something off what the year requires (AMB-35)';
COMMENT ON COLUMN ce_yearly_totals.met_by_waiver IS 'true: the year is met, and would not be without what is waived; where an activity deems a subject complete, a waiver of one subject is taken for one of both';

CREATE OR REPLACE VIEW ce_year_minima WITH (security_invoker = true) AS
SELECT y.person_id, y.year, m.ord, m.category, m.label_zh, m.label_en, m.required, m.got, m.short, m.deemed,
	   EXISTS (SELECT FROM ce_waiver w
				WHERE w.person_id = y.person_id AND w.year = y.year AND w.revoked_on IS NULL AND w.defers_to IS NULL
				  AND ce__waives(w.subject::text, w.hours, m.category)) AS waived,
	   m.instrument, m.clause
  FROM ce_yearly_totals y
  JOIN ce_person p ON p.person_id = y.person_id
  LEFT JOIN ce_account a ON a.person_id = y.person_id AND a.year = y.year
 CROSS JOIN LATERAL ce__minima(p.moved, p.person_id, p.org_id, p.scheme, p.held_since, y.year, coalesce(a.credit, '{}'),
							   EXISTS (SELECT FROM ce_achievement c WHERE c.person_id = y.person_id AND c.attested_on IS NOT NULL), ce_today()) m;
COMMENT ON VIEW ce_year_minima IS 'what each year of a person requires, one row for each minimum: all hours and the subjects of ce_requirement, and the categories of ce_minimum, each with the row of the law that asks for it';
COMMENT ON COLUMN ce_year_minima.person_id IS 'the person';
COMMENT ON COLUMN ce_year_minima.year IS 'calendar year';
COMMENT ON COLUMN ce_year_minima.ord IS 'place within the year: all hours, the subjects, then the categories';
COMMENT ON COLUMN ce_year_minima.category IS 'category of ce_category, or total for all hours';
COMMENT ON COLUMN ce_year_minima.label_zh IS 'label in Chinese';
COMMENT ON COLUMN ce_year_minima.label_en IS 'label in English';
COMMENT ON COLUMN ce_year_minima.required IS 'class hours required, less what a waiver takes off';
COMMENT ON COLUMN ce_year_minima.got IS 'class hours in the archive after caps; deeming adds none';
COMMENT ON COLUMN ce_year_minima.short IS 'class hours that are missing';
COMMENT ON COLUMN ce_year_minima.deemed IS 'true: complete whatever the hours: deemed so (5.2.3, 5.3), or waived';
COMMENT ON COLUMN ce_year_minima.waived IS 'true: a waiver takes something off it, or completes it';
COMMENT ON COLUMN ce_year_minima.instrument IS 'instrument of the row that asks for it';
COMMENT ON COLUMN ce_year_minima.clause IS 'its clause';

CREATE OR REPLACE VIEW ce_eligibility WITH (security_invoker = true) AS
SELECT p.person_id, p.org_id,
	   ce__standing_outcome(s.code, 'junior') AS junior,
	   ce__standing_outcome(s.code, 'intermediate') AS intermediate,
	   ce__standing_outcome(s.code, 'senior') AS senior,
	   ce__standing_outcome(s.code, 'full_senior') AS full_senior,
	   p.person_no, o.code AS org_code, o.name AS org_name, o.region_code,
	   (SELECT n.label_zh FROM ce_region n WHERE n.code = o.region_code) AS region_name
  FROM ce_person p
	   -- OFFSET 0: once a person, not once a column.  moved stands first because it is the last column that is
	   -- needed: the executor takes the row apart up to it at once, and not again for every argument.
 CROSS JOIN LATERAL (
	SELECT ce__standing_code(p.moved, p.sanctioned, p.person_id, p.org_id, p.scheme, p.doctorate_on, p.held_level, p.held_since, ce_today()) AS code
	OFFSET 0) s
  LEFT JOIN ce_org o ON o.org_id = p.org_id;
COMMENT ON VIEW ce_eligibility IS 'verdicts of every person for each level, today, by the review route (4.2.1)';
COMMENT ON COLUMN ce_eligibility.person_id IS 'the person';
COMMENT ON COLUMN ce_eligibility.org_id IS 'employer today';
COMMENT ON COLUMN ce_eligibility.junior IS 'verdict for junior (4.2.1a)';
COMMENT ON COLUMN ce_eligibility.intermediate IS 'verdict for intermediate (4.2.1b)';
COMMENT ON COLUMN ce_eligibility.senior IS 'verdict for senior, for its holders that for full senior (4.2.1c, AMB-9)';
COMMENT ON COLUMN ce_eligibility.full_senior IS 'verdict for full senior (4.2.1c, 4.2.1d)';
COMMENT ON COLUMN ce_eligibility.person_no IS 'number of the person, null where the reader does not see the person';
COMMENT ON COLUMN ce_eligibility.org_code IS 'code of the employer';
COMMENT ON COLUMN ce_eligibility.org_name IS 'name of the employer';
COMMENT ON COLUMN ce_eligibility.region_code IS 'region of the employer';
COMMENT ON COLUMN ce_eligibility.region_name IS 'name of the region, null where it is not known';

CREATE OR REPLACE VIEW ce_deadlines WITH (security_invoker = true) AS
SELECT s.scheme, y.year, r.required_total, r.filing_due, r.study_due, r.verification_due,
	   r.required_public, r.required_professional, r.instrument, n.doc_no, r.clause,
	   CASE WHEN coalesce(r.filing_due, r.study_due, r.verification_due) IS NULL THEN ce_text('the law of this year states hours and no dates') END AS remark
  FROM ce_scheme s
 CROSS JOIN LATERAL (
	SELECT generate_series(min(q.from_year), greatest(max(q.from_year), extract(year FROM ce_today())::integer)) AS year
	  FROM ce__requirements(s.scheme) q WHERE q.from_year BETWEEN 1900 AND 9999) y
 CROSS JOIN LATERAL ce__requirement(s.scheme, y.year) k
 CROSS JOIN LATERAL (
	SELECT q.total_hours::numeric AS required_total, q.public_hours::numeric AS required_public, q.professional_hours::numeric AS required_professional,
		   q.instrument, q.clause,
		   least(make_date(y.year, left(q.filing_due, 2)::integer, 1) + right(q.filing_due, 2)::integer - 1,
				 (make_date(y.year, left(q.filing_due, 2)::integer, 1) + interval '1 month')::date - 1) AS filing_due,
		   least(make_date(y.year, left(q.study_due, 2)::integer, 1) + right(q.study_due, 2)::integer - 1,
				 (make_date(y.year, left(q.study_due, 2)::integer, 1) + interval '1 month')::date - 1) AS study_due,
		   least(make_date(y.year, left(q.verification_due, 2)::integer, 1) + right(q.verification_due, 2)::integer - 1,
				 (make_date(y.year, left(q.verification_due, 2)::integer, 1) + interval '1 month')::date - 1) AS verification_due
	  FROM ce_requirement q
	 WHERE q.scheme = k.of_scheme AND q.from_year = k.from_year) r
  LEFT JOIN ce_instrument n ON n.instrument = r.instrument;
COMMENT ON VIEW ce_deadlines IS 'the requirement of each year, its instrument, and its deadlines as dates (8), null where the year''s law sets none; a day that the month does not have stands for its last day';
COMMENT ON COLUMN ce_deadlines.scheme IS 'scheme';
COMMENT ON COLUMN ce_deadlines.year IS 'calendar year';
COMMENT ON COLUMN ce_deadlines.required_total IS 'total hours that the year requires';
COMMENT ON COLUMN ce_deadlines.filing_due IS 'last day for filing plans (8.1a)';
COMMENT ON COLUMN ce_deadlines.study_due IS 'last day for finishing study (8.2b)';
COMMENT ON COLUMN ce_deadlines.verification_due IS 'last day for verifying (8.3)';
COMMENT ON COLUMN ce_deadlines.required_public IS 'of these public hours, null: no minimum';
COMMENT ON COLUMN ce_deadlines.required_professional IS 'of these professional hours, null: no minimum';
COMMENT ON COLUMN ce_deadlines.instrument IS 'instrument whose row governs the year';
COMMENT ON COLUMN ce_deadlines.doc_no IS 'its document number';
COMMENT ON COLUMN ce_deadlines.clause IS 'clause of it';
COMMENT ON COLUMN ce_deadlines.remark IS 'why there are no dates, null: there are';

-- A view needs the privileges of all its columns, so that the titles are not here.
CREATE OR REPLACE VIEW ce_filing_dates WITH (security_invoker = true) AS
SELECT p.plan_id, p.org_id, p.mode, p.hours::numeric AS hours, p.days, p.starts_on, p.ends_on,
	   p.status::text AS status, p.reviewed_by, p.filed_by, p.filed_on, d.filing_due,
	   CASE WHEN d.filing_due IS NULL THEN NULL ELSE coalesce(p.filed_on, ce_today()) > d.filing_due END AS late,
	   o.code AS org_code, o.name AS org_name, o.region_code,
	   (SELECT n.label_zh FROM ce_region n WHERE n.code = o.region_code) AS region_name
  FROM ce_plan p
	   -- persons of every scheme may attend: a plan that is in time for one of them is in time
  LEFT JOIN (
	SELECT q.year, max(q.filing_due) AS filing_due
	  FROM ce_deadlines q
	  JOIN ce_scheme s ON s.scheme = q.scheme AND s.governed
	 GROUP BY q.year) d ON d.year = extract(year FROM coalesce(p.starts_on, p.ends_on, p.filed_on, ce_today()))
  LEFT JOIN ce_org o ON o.org_id = p.org_id;
COMMENT ON VIEW ce_filing_dates IS 'ce_filing_status without the titles of courses, for roles that hold report but not read';
COMMENT ON COLUMN ce_filing_dates.plan_id IS 'the plan';
COMMENT ON COLUMN ce_filing_dates.org_id IS 'organiser';
COMMENT ON COLUMN ce_filing_dates.mode IS 'online or offline';
COMMENT ON COLUMN ce_filing_dates.hours IS 'class hours as planned';
COMMENT ON COLUMN ce_filing_dates.days IS 'days as planned';
COMMENT ON COLUMN ce_filing_dates.starts_on IS 'first day';
COMMENT ON COLUMN ce_filing_dates.ends_on IS 'last day';
COMMENT ON COLUMN ce_filing_dates.status IS 'draft, submitted, reviewed, filed or rejected';
COMMENT ON COLUMN ce_filing_dates.reviewed_by IS 'body that reviewed it';
COMMENT ON COLUMN ce_filing_dates.filed_by IS 'HRSS office that filed it';
COMMENT ON COLUMN ce_filing_dates.filed_on IS 'day of filing';
COMMENT ON COLUMN ce_filing_dates.filing_due IS 'last day for filing, the latest of the governed schemes'', null: none states one for the year';
COMMENT ON COLUMN ce_filing_dates.late IS 'true: filed, or still not filed, after that day';
COMMENT ON COLUMN ce_filing_dates.org_code IS 'code of the organiser';
COMMENT ON COLUMN ce_filing_dates.org_name IS 'name of the organiser';
COMMENT ON COLUMN ce_filing_dates.region_code IS 'region of the organiser';
COMMENT ON COLUMN ce_filing_dates.region_name IS 'name of the region, null where it is not known';

CREATE OR REPLACE VIEW ce_filing_status WITH (security_invoker = true) AS
SELECT d.plan_id, d.org_id, p.title, d.mode, d.hours, d.days, d.starts_on, d.ends_on, d.status, d.reviewed_by, d.filed_by, d.filed_on, d.filing_due, d.late,
	   d.org_code, d.org_name, d.region_code, d.region_name
  FROM ce_filing_dates d
  JOIN ce_plan p ON p.plan_id = d.plan_id;
COMMENT ON VIEW ce_filing_status IS 'course plans with the deadline for filing them (7.2, 8.1a): a plan belongs to no scheme, so the deadline is the latest that the governed schemes state for its year; a plan filed later is accepted as late (AMB-26)';
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
COMMENT ON COLUMN ce_filing_status.filing_due IS 'last day for filing, the latest of the governed schemes'', null: none states one for the year';
COMMENT ON COLUMN ce_filing_status.late IS 'true: filed, or still not filed, after that day';
COMMENT ON COLUMN ce_filing_status.org_code IS 'code of the organiser';
COMMENT ON COLUMN ce_filing_status.org_name IS 'name of the organiser';
COMMENT ON COLUMN ce_filing_status.region_code IS 'region of the organiser';
COMMENT ON COLUMN ce_filing_status.region_name IS 'name of the region, null where it is not known';

-- The scheme is that of the person in the year or, for the employer at the time, the
-- academy and others that see an activity and not the person, that of the rule by
-- which the hours were converted.
CREATE OR REPLACE VIEW ce_findings WITH (security_invoker = true) AS
SELECT f.*, p.person_no, o.code AS org_code, o.name AS org_name, o.region_code,
	   (SELECT n.label_zh FROM ce_region n WHERE n.code = o.region_code) AS region_name
  FROM (
SELECT CASE WHEN f.filed_on IS NULL THEN 'filing overdue' ELSE 'late filing' END AS finding, '8.1a' AS clause,
	   NULL::bigint AS person_id, f.org_id, 'plan' AS object, f.plan_id AS object_id,
	   coalesce(f.filed_on, f.filing_due) AS on_date,
	   CASE WHEN f.filed_on IS NULL THEN format(ce_text('due %s, %s'), f.filing_due, ce_text(f.status))
			ELSE format(ce_text('due %s, filed %s'), f.filing_due, f.filed_on) END AS detail
  FROM ce_filing_status f
 WHERE f.late AND f.status <> 'rejected'
UNION ALL
SELECT 'late study' AS finding, '8.2b' AS clause, a.person_id, a.org_id, 'activity' AS object, a.activity_id AS object_id, a.completed_on AS on_date,
	   format(ce_text('due %s, completed %s: counts for %s and is late'), d.study_due, a.completed_on, a.year) AS detail
  FROM ce_activity a
  JOIN ce_rule r ON r.rule_id = a.rule_id
  LEFT JOIN ce_person p ON p.person_id = a.person_id
  JOIN ce_deadlines d ON d.scheme = coalesce(CASE WHEN p.moved THEN ce__scheme_in_year(p.moved, p.person_id, p.scheme, a.year, ce_today()) ELSE p.scheme END, r.scheme) AND d.year = a.year
  JOIN ce_kind k ON k.kind = a.kind AND k.track <> 'opening'
 WHERE a.status NOT IN ('rejected', 'revoked') AND a.completed_on > d.study_due
UNION ALL
SELECT CASE WHEN a.verified_on IS NULL THEN 'verification overdue' ELSE 'late verification' END AS finding, '8.3' AS clause, a.person_id, a.org_id,
	   'activity' AS object, a.activity_id AS object_id, coalesce(a.verified_on, d.verification_due) AS on_date,
	   CASE WHEN a.verified_on IS NULL THEN format(ce_text('due %s, %s'), d.verification_due, ce_text(a.status::text))
			ELSE format(ce_text('due %s, verified %s'), d.verification_due, a.verified_on) END AS detail
  FROM ce_activity a
  JOIN ce_rule r ON r.rule_id = a.rule_id
  LEFT JOIN ce_person p ON p.person_id = a.person_id
  JOIN ce_deadlines d ON d.scheme = coalesce(CASE WHEN p.moved THEN ce__scheme_in_year(p.moved, p.person_id, p.scheme, a.year, ce_today()) ELSE p.scheme END, r.scheme) AND d.year = a.year
  JOIN ce_kind k ON k.kind = a.kind AND k.track <> 'opening'
 WHERE a.status NOT IN ('rejected', 'revoked') AND coalesce(a.verified_on, ce_today()) > d.verification_due
UNION ALL
-- More than 24 hours on each of the days that are known are refused: those of the activity and of its plan.
-- A plan's hours without an attended number count; a plan that the reader does not see says nothing. Of the academy
-- come totals of courses (5.1), which one day need not hold.
SELECT CASE WHEN d.days IS NULL THEN 'more hours than one day has' ELSE 'more than 10 hours a day' END AS finding, 'AMB-14' AS clause,
	   a.person_id, a.org_id, 'activity' AS object, a.activity_id AS object_id, a.completed_on AS on_date,
	   CASE WHEN d.days IS NULL THEN format(ce_text('%s hours, but only completed_on is given'), d.hours)
			ELSE format(ce_text('%s hours in %s days'), d.hours, d.days) END AS detail
  FROM ce_activity a
  JOIN ce_kind k ON k.kind = a.kind
  LEFT JOIN ce_rule r ON r.rule_id = a.rule_id
  LEFT JOIN ce_plan p ON p.plan_id = a.plan_id
 CROSS JOIN LATERAL (
	SELECT coalesce(a.hours, CASE WHEN r.basis = 'filed_hours' THEN a.awarded END) AS hours,
		   least(coalesce(a.completed_on - a.started_on + 1, ceil(a.days)), ceil(coalesce(p.days, p.ends_on - p.starts_on + 1))) AS days) d
 WHERE a.status NOT IN ('rejected', 'revoked') AND k.track <> 'opening'
   AND d.hours::numeric > CASE WHEN d.days IS NOT NULL THEN 10 * d.days WHEN a.hours IS NOT NULL AND k.track <> 'feed' AND a.plan_id IS NOT DISTINCT FROM p.plan_id THEN 24 END
UNION ALL
SELECT 'more than 10 hours a day' AS finding, 'AMB-14' AS clause, NULL::bigint AS person_id, p.org_id, 'plan' AS object, p.plan_id AS object_id,
	   p.starts_on AS on_date, format(ce_text('%s hours in %s days'), p.hours, d.days) AS detail
  FROM ce_plan p
 CROSS JOIN LATERAL (SELECT ceil(coalesce(p.days, p.ends_on - p.starts_on + 1)) AS days) d
 WHERE p.status NOT IN ('draft', 'rejected') AND p.hours::numeric > 10 * d.days
UNION ALL
SELECT 'completed before the course' AS finding, '5.2' AS clause, a.person_id, a.org_id, 'activity' AS object, a.activity_id AS object_id, a.completed_on AS on_date,
	   format(ce_text('completed %s, but plan %s starts on %s'), a.completed_on, p.plan_id, p.starts_on) AS detail
  FROM ce_activity a
  JOIN ce_plan p ON p.plan_id = a.plan_id
 WHERE a.status NOT IN ('rejected', 'revoked') AND a.completed_on < p.starts_on
UNION ALL
SELECT 'near duplicate' AS finding, 'AMB-34' AS clause, d.person_id, d.org_id, 'activity' AS object, d.activity_id AS object_id, d.completed_on AS on_date,
	   CASE WHEN d.earlier = 1 THEN format(ce_text('overlaps activity %s: %s'), d.named, d.title)
			ELSE format(ce_text('overlaps a run of %s earlier activities, among them %s: %s'), d.earlier, d.named, d.title) END AS detail
  FROM (
	-- one row for each activity that is not the first of its group, whatever the size of the group
	SELECT g.person_id, g.org_id, g.activity_id, g.completed_on, g.same_plan,
		   row_number() OVER earlier - 1 AS earlier,
		   CASE WHEN g.plan_id IS NULL THEN 0
				ELSE row_number() OVER (PARTITION BY g.person_id, g.year, g.same_plan, g.same_kind, g.same_title, g.run, g.plan_id ORDER BY g.activity_id) - 1 END AS of_its_plan,
		   lag(coalesce(g.title, g.kind)) OVER earlier AS title,
		   string_agg(g.activity_id::text, ', ') OVER (earlier ROWS BETWEEN 5 PRECEDING AND 1 PRECEDING) AS named
	  FROM (
		SELECT b.*, count(*) FILTER (WHERE b.apart) OVER by_day AS run,
			   count(*) OVER (PARTITION BY b.person_id, b.year, b.same_plan, b.same_kind, b.same_title) AS alike
		  FROM (
			SELECT a.*, coalesce(a.from_day > max(a.completed_on) OVER (by_day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), true) AS apart
			  FROM (
				SELECT v.person_id, v.year, v.activity_id, v.org_id, v.kind, v.title, v.plan_id, v.completed_on, coalesce(v.started_on, v.completed_on) AS from_day,
					   v.plan_id AS same_plan, NULL::text AS same_kind, NULL::text AS same_title
				  FROM ce_activity v WHERE v.plan_id IS NOT NULL AND v.status NOT IN ('rejected', 'revoked')
				UNION ALL
				SELECT v.person_id, v.year, v.activity_id, v.org_id, v.kind, v.title, v.plan_id, v.completed_on, coalesce(v.started_on, v.completed_on) AS from_day,
					   NULL::bigint AS same_plan, v.kind AS same_kind, v.title AS same_title
				  FROM ce_activity v WHERE v.title IS NOT NULL AND v.status NOT IN ('rejected', 'revoked')) a
			WINDOW by_day AS (PARTITION BY a.person_id, a.year, a.same_plan, a.same_kind, a.same_title ORDER BY a.from_day, a.activity_id)) b
		WINDOW by_day AS (PARTITION BY b.person_id, b.year, b.same_plan, b.same_kind, b.same_title ORDER BY b.from_day, b.activity_id)) g
	 WHERE g.alike > 1
	WINDOW earlier AS (PARTITION BY g.person_id, g.year, g.same_plan, g.same_kind, g.same_title, g.run ORDER BY g.activity_id)) d
	-- those of one title and one plan are in the plan's group already
 WHERE d.earlier > CASE WHEN d.same_plan IS NULL THEN d.of_its_plan ELSE 0 END
UNION ALL
SELECT 'facts changed' AS finding, '4.2' AS clause, a.person_id, p.org_id, 'application' AS object, a.application_id AS object_id, a.applied_on AS on_date, c.changes AS detail
  FROM ce_application a
  JOIN ce_person p ON p.person_id = a.person_id
 CROSS JOIN LATERAL (SELECT ce_facts_changed(a.person_id, extract(year FROM a.applied_on)::integer)) AS c (changes)
 WHERE a.status IN ('open', 'decided') AND c.changes IS NOT NULL
UNION ALL
SELECT 'allocated more than the year leaves over' AS finding, '7.6e' AS clause, l.person_id, p.org_id, 'year' AS object, l.from_year::bigint AS object_id, NULL::date AS on_date,
	   format(ce_text('%s: %s hours too many'), ce_text(l.subject::text), - ce_surplus(l.person_id, l.from_year, l.subject)) AS detail
  FROM (SELECT DISTINCT q.person_id, q.from_year, q.subject FROM ce_allocation q WHERE q.reversed_on IS NULL) l
  JOIN ce_person p ON p.person_id = l.person_id
 WHERE ce_surplus(l.person_id, l.from_year, l.subject) < '0'::ce_hours) f
  LEFT JOIN ce_person p ON p.person_id = f.person_id
  LEFT JOIN ce_org o ON o.org_id = f.org_id;
COMMENT ON VIEW ce_findings IS 'findings to look at, which were not refused: late or overdue filing, study and verification (8), more hours than the days can hold, courses completed before they began, near duplicates, years with more allocated than their surplus, applications in whose year the person''s facts were changed';
COMMENT ON COLUMN ce_findings.finding IS 'what was found';
COMMENT ON COLUMN ce_findings.clause IS 'clause or reading on which it is based';
COMMENT ON COLUMN ce_findings.person_id IS 'the person concerned, if any';
COMMENT ON COLUMN ce_findings.org_id IS 'organiser or employer';
COMMENT ON COLUMN ce_findings.object IS 'plan, activity, application or year';
COMMENT ON COLUMN ce_findings.object_id IS 'its identifier, or the year';
COMMENT ON COLUMN ce_findings.on_date IS 'day of the finding''s subject';
COMMENT ON COLUMN ce_findings.detail IS 'the numbers';
COMMENT ON COLUMN ce_findings.person_no IS 'number of the person, null where the reader does not see the person';
COMMENT ON COLUMN ce_findings.org_code IS 'code of the organiser or employer';
COMMENT ON COLUMN ce_findings.org_name IS 'name of the organiser or employer';
COMMENT ON COLUMN ce_findings.region_code IS 'region of the organiser or employer';
COMMENT ON COLUMN ce_findings.region_name IS 'name of the region, null where it is not known';

CREATE OR REPLACE VIEW ce_shortfalls WITH (security_invoker = true) AS
SELECT t.person_id, p.org_id, t.year, t.public_short, t.professional_short, t.total_short, t.met_for_title,
	   p.person_no, t.org_code, t.org_name, t.region_code, t.region_name, t.on_record,
	   -- of the rows that are asked for alone, and nothing to do where no category has a minimum
	   CASE WHEN EXISTS (SELECT FROM ce_minimum) THEN (
			SELECT string_agg(format(ce_text('%s: %s hours'), ce__label(m.label_zh, m.label_en), trim_scale(m.short)), ce_text(', ') ORDER BY m.ord)
			  FROM ce__minima(p.moved, p.person_id, p.org_id, p.scheme, p.held_since, t.year, coalesce(a.credit, '{}'),
							  EXISTS (SELECT FROM ce_achievement c WHERE c.person_id = p.person_id AND c.attested_on IS NOT NULL), ce_today()) m
			 WHERE m.short > 0 AND m.category NOT IN ('total', 'public', 'professional')) END AS other_short
  FROM ce_yearly_totals t
  JOIN ce_person p ON p.person_id = t.person_id
  LEFT JOIN ce_account a ON a.person_id = t.person_id AND a.year = t.year
 -- A law that only adds up years, that of the year and the present one, calls none of them short.
 WHERE NOT t.met
   AND NOT (ce__sums_years(p.scheme, extract(year FROM ce_today())::integer)
			AND ce__sums_years(CASE WHEN p.moved THEN ce__scheme_in_year(p.moved, p.person_id, p.scheme, t.year, ce_today()) ELSE p.scheme END, t.year));
COMMENT ON VIEW ce_shortfalls IS 'years whose requirement is not met (4.1), and the missing hours; none where all windows of the scheme, in the year and today, add up years, as for an average, so that no year is asked by itself; for a person without hours each year through the current one, from the year of entry or, if that is not entered, from the first year with hours or in the present post, else only the current year';
COMMENT ON COLUMN ce_shortfalls.person_id IS 'the person';
COMMENT ON COLUMN ce_shortfalls.org_id IS 'employer today';
COMMENT ON COLUMN ce_shortfalls.year IS 'calendar year';
COMMENT ON COLUMN ce_shortfalls.public_short IS 'public hours that are missing';
COMMENT ON COLUMN ce_shortfalls.professional_short IS 'professional hours that are missing';
COMMENT ON COLUMN ce_shortfalls.total_short IS 'total hours that are missing';
COMMENT ON COLUMN ce_shortfalls.met_for_title IS 'true: attested hours make the year count for a title all the same (7.3d)';
COMMENT ON COLUMN ce_shortfalls.person_no IS 'number of the person, null where the reader does not see the person';
COMMENT ON COLUMN ce_shortfalls.org_code IS 'code of the employer';
COMMENT ON COLUMN ce_shortfalls.org_name IS 'name of the employer';
COMMENT ON COLUMN ce_shortfalls.region_code IS 'region of the employer';
COMMENT ON COLUMN ce_shortfalls.region_name IS 'name of the region, null where it is not known';
COMMENT ON COLUMN ce_shortfalls.on_record IS 'false: there is nothing at all of the year';
COMMENT ON COLUMN ce_shortfalls.other_short IS 'what is missing of the minima of ce_minimum, in words (numbers: ce_year_minima), null: nothing';

CREATE OR REPLACE VIEW ce_verification_queue WITH (security_invoker = true) AS
SELECT a.activity_id, a.person_id, a.org_id, a.kind, a.title, a.year, a.completed_on,
	   -- of a person who is not seen here, by the scheme of the rule
	   ce__to_award(a.awarded, e.moved, a.person_id, coalesce(e.scheme, r.scheme), a.kind, a.plan_id, a.completed_on, a.started_on, a.days, a.hours, a.grade, a.role, a.rank, a.quantity)::numeric AS hours,
	   a.status::text AS status, a.reviewed_by,
	   CASE WHEN k.track NOT IN ('feed', 'special') THEN ce_next_body(a.org_id, a.reviewed_by) END AS next_body,
	   k.track = 'filed' AND p.status IS DISTINCT FROM 'filed' AS waits_for_filing,
	   k.track = 'activity' AND ce__is_blank(a.evidence) AS waits_for_evidence,
	   d.verification_due,
	   e.person_no, o.code AS org_code, o.name AS org_name, o.region_code,
	   (SELECT n.label_zh FROM ce_region n WHERE n.code = o.region_code) AS region_name,
	   a.grade, a.role, a.rank, a.quantity
  FROM ce_activity a
  JOIN ce_kind k ON k.kind = a.kind
  LEFT JOIN ce_rule r ON r.rule_id = a.rule_id
  LEFT JOIN ce_plan p ON p.plan_id = a.plan_id
  LEFT JOIN ce_person e ON e.person_id = a.person_id
  LEFT JOIN ce_deadlines d ON d.scheme = coalesce(ce__scheme_in_year(e.moved, e.person_id, e.scheme, a.year, ce_today()), r.scheme) AND d.year = a.year
  LEFT JOIN ce_org o ON o.org_id = a.org_id
 WHERE a.status IN ('submitted', 'in_review');
COMMENT ON VIEW ce_verification_queue IS 'activities that wait for verification, and whose turn it is (7.4a)';
COMMENT ON COLUMN ce_verification_queue.activity_id IS 'the activity';
COMMENT ON COLUMN ce_verification_queue.person_id IS 'the person';
COMMENT ON COLUMN ce_verification_queue.org_id IS 'employer at the time';
COMMENT ON COLUMN ce_verification_queue.kind IS 'kind';
COMMENT ON COLUMN ce_verification_queue.title IS 'title';
COMMENT ON COLUMN ce_verification_queue.year IS 'year that it counts for';
COMMENT ON COLUMN ce_verification_queue.completed_on IS 'day of completion';
COMMENT ON COLUMN ce_verification_queue.hours IS 'class hours that it will award by today''s law, null: verification refuses it';
COMMENT ON COLUMN ce_verification_queue.status IS 'submitted or in_review';
COMMENT ON COLUMN ce_verification_queue.reviewed_by IS 'body that reviewed it last';
COMMENT ON COLUMN ce_verification_queue.next_body IS 'body whose turn it is, null for the academy''s and the health commission''s kinds';
COMMENT ON COLUMN ce_verification_queue.waits_for_filing IS 'true: its plan is not filed yet (7.2d)';
COMMENT ON COLUMN ce_verification_queue.waits_for_evidence IS 'true: it has no evidence yet (7.3a)';
COMMENT ON COLUMN ce_verification_queue.verification_due IS 'last day for verifying the year''s hours (8.3)';
COMMENT ON COLUMN ce_verification_queue.person_no IS 'number of the person, null where the reader does not see the person';
COMMENT ON COLUMN ce_verification_queue.org_code IS 'code of the employer at the time';
COMMENT ON COLUMN ce_verification_queue.org_name IS 'name of the employer at the time';
COMMENT ON COLUMN ce_verification_queue.region_code IS 'region of the employer at the time';
COMMENT ON COLUMN ce_verification_queue.region_name IS 'name of the region, null where it is not known';
COMMENT ON COLUMN ce_verification_queue.grade IS 'grade, for kinds that have grades';
COMMENT ON COLUMN ce_verification_queue.role IS 'role, for kinds that have roles';
COMMENT ON COLUMN ce_verification_queue.rank IS 'rank, for kinds with bands of ranks';
COMMENT ON COLUMN ce_verification_queue.quantity IS 'how many of the unit that the rule names';

CREATE OR REPLACE VIEW ce_archive WITH (security_invoker = true) AS
SELECT a.person_id, a.year, a.activity_id, a.kind, k.label_zh, k.label_en,
	   coalesce(CASE WHEN a.category = k.category THEN k.subject::text END, t.subject) AS subject,
	   a.category, a.title,
	   a.completed_on, a.hours::numeric AS hours,
	   CASE WHEN a.status IN ('submitted', 'in_review') THEN ce__to_award(a.awarded, p.moved, a.person_id, p.scheme, a.kind, a.plan_id, a.completed_on, a.started_on, a.days, a.hours, a.grade, a.role, a.rank, a.quantity)::numeric
			ELSE a.awarded::numeric END AS awarded,
	   CASE WHEN a.status <> 'verified' THEN 0
			WHEN n.recognised IS NOT NULL THEN n.recognised
			WHEN c.hours IS NULL THEN a.awarded::numeric
			ELSE greatest(least(a.awarded::numeric, c.hours - a.before), 0) END AS recognised,
	   a.deems_public, a.deems_professional, a.status, a.verified_by, a.verified_on, a.revoked_on,
	   CASE WHEN a.status <> 'verified' THEN ce_text(a.status) || coalesce(ce_text(': ') || a.note, '')
			WHEN n.hours IS NOT NULL THEN format(ce_text('at most %s hours of %s a year (%s)'), n.hours, coalesce(n.label, n.category), ce__clause(n.clause))
			WHEN n.recognised IS NULL AND c.hours < a.before + a.awarded::numeric THEN format(ce_text('at most %s hours of %s a year (%s)'), c.hours, coalesce(t.label, a.category), ce__clause(c.clause))
			WHEN a.hours::numeric <> a.awarded::numeric THEN format(ce_text('converted by rule %s'), a.rule_id) END AS remark,
	   p.person_no, a.org_id, o.code AS org_code, o.name AS org_name, o.region_code,
	   (SELECT n.label_zh FROM ce_region n WHERE n.code = o.region_code) AS region_name,
	   a.grade, a.role, a.rank, a.quantity, a.achievement_id
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
		-- what is attested, where a law puts it here; else nobody is asked (constants have names, else a restored view differs)
		SELECT h.person_id, t.year, NULL::bigint AS activity_id, h.kind, t.category, h.title, h.achieved_on, NULL::ce_hours AS hours, t.hours, t.deems_public, t.deems_professional,
			   'verified'::text AS status, h.attested_by, h.attested_on, NULL::date AS revoked_on, h.note, h.attested_by, t.rule_id, NULL::bigint AS plan_id, NULL::date AS started_on, NULL::numeric AS days, h.grade, h.role, h.rank, NULL::numeric AS quantity, h.achievement_id
		  FROM (SELECT DISTINCT q.person_id FROM ce_achievement q WHERE q.attested_on IS NOT NULL) g
		 CROSS JOIN LATERAL ce__archived(g.person_id, ce_today()) t
		  JOIN ce_achievement h ON h.person_id = g.person_id AND h.achievement_id = t.achievement_id
		 WHERE EXISTS (SELECT FROM ce_rule r WHERE r.in_archive)) v) a
  JOIN ce_kind k ON k.kind = a.kind
  JOIN ce_person p ON p.person_id = a.person_id
  LEFT JOIN (
	WITH RECURSIVE tree AS (
		SELECT c.category, c.category AS subject, ce__label(c.label_zh, c.label_en) AS label FROM ce_category c WHERE c.parent IS NULL
		UNION ALL
		SELECT c.category, u.subject, ce__label(c.label_zh, c.label_en) FROM tree u JOIN ce_category c ON c.parent = u.category)
	SELECT u.category, u.subject, u.label FROM tree u) t ON t.category = a.category
 CROSS JOIN LATERAL (SELECT CASE WHEN p.moved THEN ce__scheme_in_year(p.moved, p.person_id, p.scheme, a.year, ce_today()) ELSE p.scheme END AS scheme) y
  LEFT JOIN LATERAL (
	SELECT q.hours::numeric AS hours, q.clause FROM ce__caps(y.scheme, a.year) q WHERE q.category = a.category) c ON true
  LEFT JOIN LATERAL (
	-- caps that take several categories together; a strict function is not called for a null
	SELECT r.recognised, r.hours, r.category, r.clause, (SELECT ce__label(k.label_zh, k.label_en) FROM ce_category k WHERE k.category = r.category) AS label
	  FROM ce__recognised(a.person_id, CASE WHEN ce__nested_caps(y.scheme, a.year) THEN y.scheme END, a.year) r
	 WHERE r.activity_id = a.activity_id OR r.achievement_id = a.achievement_id) n ON true
  LEFT JOIN ce_org o ON o.org_id = a.org_id;
COMMENT ON VIEW ce_archive IS 'learning archive: one line for each activity, and for each year of an achievement that a law puts there, with what the law recognises of it; a cap is used up in order of date (AMB-16)';
COMMENT ON COLUMN ce_archive.person_id IS 'the person';
COMMENT ON COLUMN ce_archive.year IS 'calendar year';
COMMENT ON COLUMN ce_archive.activity_id IS 'the activity, null for an achievement';
COMMENT ON COLUMN ce_archive.kind IS 'kind';
COMMENT ON COLUMN ce_archive.label_zh IS 'label of the kind in Chinese';
COMMENT ON COLUMN ce_archive.label_en IS 'label of the kind in English';
COMMENT ON COLUMN ce_archive.subject IS 'subject';
COMMENT ON COLUMN ce_archive.category IS 'category';
COMMENT ON COLUMN ce_archive.title IS 'title';
COMMENT ON COLUMN ce_archive.completed_on IS 'day of completion';
COMMENT ON COLUMN ce_archive.hours IS 'class hours as completed or stated';
COMMENT ON COLUMN ce_archive.awarded IS 'class hours by the law, before caps; null: it waits for verification, which refuses it';
COMMENT ON COLUMN ce_archive.recognised IS 'class hours that count in the archive: 0 unless verified, after caps';
COMMENT ON COLUMN ce_archive.deems_public IS 'deems the year''s public hours complete';
COMMENT ON COLUMN ce_archive.deems_professional IS 'deems the year''s professional hours complete';
COMMENT ON COLUMN ce_archive.status IS 'status';
COMMENT ON COLUMN ce_archive.verified_by IS 'body that verified it';
COMMENT ON COLUMN ce_archive.verified_on IS 'day of verification';
COMMENT ON COLUMN ce_archive.revoked_on IS 'day of revocation';
COMMENT ON COLUMN ce_archive.remark IS 'why the recognised hours are not the stated ones';
COMMENT ON COLUMN ce_archive.person_no IS 'number of the person, null where the reader does not see the person';
COMMENT ON COLUMN ce_archive.org_id IS 'employer at the time';
COMMENT ON COLUMN ce_archive.org_code IS 'code of that employer';
COMMENT ON COLUMN ce_archive.org_name IS 'name of that employer';
COMMENT ON COLUMN ce_archive.region_code IS 'region of that employer';
COMMENT ON COLUMN ce_archive.region_name IS 'name of the region, null where it is not known';
COMMENT ON COLUMN ce_archive.grade IS 'grade, for kinds that have grades';
COMMENT ON COLUMN ce_archive.role IS 'role, for kinds that have roles';
COMMENT ON COLUMN ce_archive.rank IS 'rank, for kinds with bands of ranks';
COMMENT ON COLUMN ce_archive.quantity IS 'how many of the unit that the rule names';
COMMENT ON COLUMN ce_archive.achievement_id IS 'the attested achievement that a law puts into the archive (ce_rule.in_archive), as of today; null for an activity';

CREATE OR REPLACE VIEW ce_quarterly_report WITH (security_invoker = true) AS
SELECT r.year, r.quarter, (make_date(r.year, r.quarter * 3, 1) + interval '1 month' - interval '1 day')::date AS due_on,
	   r.reports_as, o.org_id, o.name AS org_name, o.kind AS org_kind, o.admin_level, o.region_code, o.base_level,
	   r.category, r.persons, r.activities, r.hours,
	   o.code AS org_code,
	   (SELECT n.label_zh FROM ce_region n WHERE n.code = o.region_code) AS region_name
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
COMMENT ON COLUMN ce_quarterly_report.org_code IS 'code of the organisation';
COMMENT ON COLUMN ce_quarterly_report.region_name IS 'name of the region, null where it is not known';

CREATE OR REPLACE VIEW ce_annual_statistics WITH (security_invoker = true) AS
SELECT y.year, left(o.region_code, 4) || '00' AS prefecture, o.org_id, o.name AS org_name, o.kind AS org_kind, o.parent_id,
	   coalesce(p.held_level::text, 'none') AS level,
	   o.kind NOT IN ('central_unit', 'private_institution', 'military_kindergarten') AS obliged,
	   count(*) AS persons,
	   -- a subject that nobody waived is complete by an activity or achievement; else the account has more grants than
	   -- its waivers gave it, one for each subject, or an achievement in the archive has some
	   count(*) FILTER (WHERE t.total_hours > 0 OR ((t.public_deemed OR t.professional_deemed) AND (NOT t.waived OR EXISTS (
			SELECT FROM ce_account a
			 WHERE a.person_id = t.person_id AND a.year = t.year
			   AND ce_credit_deems_public(a.credit) + ce_credit_deems_professional(a.credit) > (
					SELECT coalesce(sum(CASE WHEN w.subject IS NULL THEN 2 ELSE 1 END), 0) FROM ce_waiver w
					 WHERE w.person_id = t.person_id AND w.year = t.year AND w.hours IS NULL AND w.revoked_on IS NULL AND w.defers_to IS NULL))
			OR EXISTS (SELECT FROM ce__archived(t.person_id, ce_today()) h WHERE h.year = t.year AND (h.deems_public OR h.deems_professional))))) AS trained,
	   coalesce(sum(t.public_hours), 0) AS public_hours, coalesce(sum(t.professional_hours), 0) AS professional_hours,
	   count(*) FILTER (WHERE t.met) AS met,
	   round(100.0 * count(*) FILTER (WHERE t.met) / count(*), 1) AS completion_rate,
	   o.code AS org_code, (SELECT n.label_zh FROM ce_region n WHERE n.code = left(o.region_code, 4) || '00') AS prefecture_name, o.region_code,
	   (SELECT n.label_zh FROM ce_region n WHERE n.code = o.region_code) AS region_name,
	   count(*) FILTER (WHERE t.met_by_waiver) AS met_by_waiver,
	   trim_scale(coalesce(sum(t.total_hours - t.public_hours - t.professional_hours), 0)) AS other_hours
  -- The years that the law asks for hours in count everybody; others, as of hours from before the law, only those
  -- with something on record: so the sums of several ledgers are those of one.  Arrays, of which the planner
  -- expects few elements.
  FROM unnest(ARRAY(
	SELECT d.year FROM ce_deadlines d JOIN ce_scheme g ON g.scheme = d.scheme AND g.governed
	 WHERE d.year <= extract(year FROM ce_today())
	UNION
	SELECT a.year FROM ce_account a
	UNION
	SELECT h.year FROM ce_attested_hours h)) AS y (year)
 CROSS JOIN ce_person p
  JOIN ce_scheme s ON s.scheme = CASE WHEN p.moved THEN ce__scheme_in_year(p.moved, p.person_id, p.scheme, y.year, ce_today()) ELSE p.scheme END AND s.governed
  JOIN ce_org o ON o.org_id = p.org_id
  LEFT JOIN ce_yearly_totals t ON t.person_id = p.person_id AND t.year = y.year AND t.on_record
 WHERE t.person_id IS NOT NULL
	OR (y.year = ANY (ARRAY(SELECT d.year FROM ce_deadlines d JOIN ce_scheme g ON g.scheme = d.scheme AND g.governed
							 WHERE d.year <= extract(year FROM ce_today())))
		AND coalesce(extract(year FROM p.entered_on) <= y.year, true))
 GROUP BY y.year, o.org_id, p.held_level;
COMMENT ON VIEW ce_annual_statistics IS 'persons, hours and completion of each year by employer and title level (9.2c), to be summed by prefecture or industry department, also over several ledgers; staff in service today to whom the notice applies: for each year in which the law requires hours all of them from their year of entry on, for any other year those with something on record';
COMMENT ON COLUMN ce_annual_statistics.year IS 'calendar year';
COMMENT ON COLUMN ce_annual_statistics.prefecture IS 'region code of the employer''s prefecture, of the province where it is provincial';
COMMENT ON COLUMN ce_annual_statistics.org_id IS 'employer today';
COMMENT ON COLUMN ce_annual_statistics.org_name IS 'its name';
COMMENT ON COLUMN ce_annual_statistics.org_kind IS 'its kind';
COMMENT ON COLUMN ce_annual_statistics.parent_id IS 'body above it; the industry department, if that is the body above';
COMMENT ON COLUMN ce_annual_statistics.level IS 'level of the title held, or none';
COMMENT ON COLUMN ce_annual_statistics.obliged IS 'false: staff of units that are encouraged but not obliged to take part (2.2, AMB-3)';
COMMENT ON COLUMN ce_annual_statistics.persons IS 'persons';
COMMENT ON COLUMN ce_annual_statistics.trained IS 'persons with hours in the archive of the year, or with something verified that deems a subject complete; what is waived is not studied';
COMMENT ON COLUMN ce_annual_statistics.public_hours IS 'their public hours in the archive';
COMMENT ON COLUMN ce_annual_statistics.professional_hours IS 'their professional hours in the archive';
COMMENT ON COLUMN ce_annual_statistics.met IS 'persons who met the year (4.1), also by a waiver';
COMMENT ON COLUMN ce_annual_statistics.completion_rate IS 'their share in percent';
COMMENT ON COLUMN ce_annual_statistics.org_code IS 'code of the employer';
COMMENT ON COLUMN ce_annual_statistics.prefecture_name IS 'name of the prefecture, or province, null where it is not known';
COMMENT ON COLUMN ce_annual_statistics.region_code IS 'region of the employer';
COMMENT ON COLUMN ce_annual_statistics.region_name IS 'name of the region, null where it is not known';
COMMENT ON COLUMN ce_annual_statistics.met_by_waiver IS 'of those who met it: persons who would not have without what is waived (AMB-35)';
COMMENT ON COLUMN ce_annual_statistics.other_hours IS 'their hours in the archive of subjects that ce_category adds';

CREATE OR REPLACE VIEW ce_sanction_record WITH (security_invoker = true) AS
SELECT n.sanction_id, n.person_id, p.org_id, n.decision, n.found_on,
	   least((n.found_on + make_interval(years => s.years))::date, n.revoked_on - 1) AS banned_until,
	   (n.found_on + make_interval(years => s.years))::date AS recorded_until, n.revoked_on,
	   n.revoked_on IS NULL AND ce_today() <= (n.found_on + make_interval(years => s.years))::date AS to_report,
	   p.person_no, o.code AS org_code, o.name AS org_name, o.region_code,
	   (SELECT n.label_zh FROM ce_region n WHERE n.code = o.region_code) AS region_name
  FROM ce_sanction n
  JOIN ce_person p ON p.person_id = n.person_id
 CROSS JOIN LATERAL (SELECT ce__ban_years(ce__scheme_on(p.moved, p.person_id, p.scheme, ce_today())) AS years) s
  LEFT JOIN ce_org o ON o.org_id = p.org_id;
COMMENT ON VIEW ce_sanction_record IS 'findings for the national and provincial credit platforms, with the end of the ban (6.2b) and of the record (6.2c), which have the same length and begin on the same day';
COMMENT ON COLUMN ce_sanction_record.sanction_id IS 'the finding';
COMMENT ON COLUMN ce_sanction_record.person_id IS 'the person';
COMMENT ON COLUMN ce_sanction_record.org_id IS 'employer today';
COMMENT ON COLUMN ce_sanction_record.decision IS 'reference of the decision';
COMMENT ON COLUMN ce_sanction_record.found_on IS 'day of the finding';
COMMENT ON COLUMN ce_sanction_record.banned_until IS 'last day of the ban (AMB-25)';
COMMENT ON COLUMN ce_sanction_record.recorded_until IS 'last day of the record';
COMMENT ON COLUMN ce_sanction_record.revoked_on IS 'day the decision was revoked';
COMMENT ON COLUMN ce_sanction_record.to_report IS 'true: the record is running today';
COMMENT ON COLUMN ce_sanction_record.person_no IS 'number of the person, null where the reader does not see the person';
COMMENT ON COLUMN ce_sanction_record.org_code IS 'code of the employer';
COMMENT ON COLUMN ce_sanction_record.org_name IS 'name of the employer';
COMMENT ON COLUMN ce_sanction_record.region_code IS 'region of the employer';
COMMENT ON COLUMN ce_sanction_record.region_name IS 'name of the region, null where it is not known';

CREATE OR REPLACE VIEW ce_credit_record WITH (security_invoker = true) AS SELECT * FROM ce_sanction_record;
COMMENT ON VIEW ce_credit_record IS 'deprecated: the name of ce_sanction_record before 0.3.0';
COMMENT ON COLUMN ce_credit_record.sanction_id IS 'the finding';
COMMENT ON COLUMN ce_credit_record.person_id IS 'the person';
COMMENT ON COLUMN ce_credit_record.org_id IS 'employer today';
COMMENT ON COLUMN ce_credit_record.decision IS 'reference of the decision';
COMMENT ON COLUMN ce_credit_record.found_on IS 'day of the finding';
COMMENT ON COLUMN ce_credit_record.banned_until IS 'last day of the ban (AMB-25)';
COMMENT ON COLUMN ce_credit_record.recorded_until IS 'last day of the record';
COMMENT ON COLUMN ce_credit_record.revoked_on IS 'day the decision was revoked';
COMMENT ON COLUMN ce_credit_record.to_report IS 'true: the record is running today';
COMMENT ON COLUMN ce_credit_record.person_no IS 'number of the person, null where the reader does not see the person';
COMMENT ON COLUMN ce_credit_record.org_code IS 'code of the employer';
COMMENT ON COLUMN ce_credit_record.org_name IS 'name of the employer';
COMMENT ON COLUMN ce_credit_record.region_code IS 'region of the employer';
COMMENT ON COLUMN ce_credit_record.region_name IS 'name of the region, null where it is not known';

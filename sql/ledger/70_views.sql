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
	   t.public_hours::numeric AS public_hours,
	   t.professional_hours::numeric AS professional_hours,
	   t.total_hours::numeric AS total_hours,
	   t.online_hours::numeric AS online_hours,
	   t.training_hours::numeric AS training_hours,
	   t.mentoring_hours::numeric AS mentoring_hours,
	   t.mentoring_hours_raw::numeric AS mentoring_hours_raw,
	   t.recorded_hours::numeric AS recorded_hours,
	   y.attested AS attested_hours,
	   t.allocated_public::numeric AS allocated_public,
	   t.allocated_professional::numeric AS allocated_professional,
	   t.public_deemed, t.professional_deemed,
	   t.required_public::numeric AS required_public,
	   t.required_professional::numeric AS required_professional,
	   t.required_total::numeric AS required_total,
	   t.public_short::numeric AS public_short,
	   t.professional_short::numeric AS professional_short,
	   t.total_short::numeric AS total_short,
	   t.met, t.met_for_title
  FROM (
	SELECT a.person_id, a.year, a.credit, coalesce(h.hours, 0) AS attested, coalesce(h.award, false) AS award
	  FROM ce_account a
	  LEFT JOIN ce_attested_hours h ON h.person_id = a.person_id AND h.year = a.year
	UNION ALL
	SELECT h.person_id, h.year, '{}'::ce_credit, h.hours, h.award
	  FROM ce_attested_hours h
	 WHERE NOT EXISTS (SELECT FROM ce_account a WHERE a.person_id = h.person_id AND a.year = h.year)
  ) y
  JOIN ce_person p ON p.person_id = y.person_id
 CROSS JOIN LATERAL ce_assess(p.scheme, y.year, y.credit, ce_hours(y.attested), y.award) t;
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
SELECT p.person_id, p.org_id, s.junior::text AS junior, s.intermediate::text AS intermediate,
	   s.senior::text AS senior, s.full_senior::text AS full_senior
  FROM ce_person p
 CROSS JOIN LATERAL ce_standing(p.person_id) s;
COMMENT ON VIEW ce_eligibility IS 'verdicts of every person for each level, today, by the review route (4.2.1)';
COMMENT ON COLUMN ce_eligibility.person_id IS 'the person';
COMMENT ON COLUMN ce_eligibility.org_id IS 'employer today';
COMMENT ON COLUMN ce_eligibility.junior IS 'verdict for junior (4.2.1a)';
COMMENT ON COLUMN ce_eligibility.intermediate IS 'verdict for intermediate (4.2.1b)';
COMMENT ON COLUMN ce_eligibility.senior IS 'verdict for senior, for its holders that for full senior (4.2.1c, AMB-9)';
COMMENT ON COLUMN ce_eligibility.full_senior IS 'verdict for full senior (4.2.1c, 4.2.1d)';

-- Everybody: the verdicts for all four levels on 2020-12-31, and the totals of a year.

-- From years as they stand (met) and as they would stand with what waits (met_waiting): verdicts.
CREATE FUNCTION plain.verdict(governed boolean, banned boolean, ok boolean, pending boolean) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE WHEN NOT governed THEN 'out_of_scope' WHEN banned THEN 'banned' WHEN ok THEN 'eligible' WHEN pending THEN 'pending' ELSE 'not_eligible' END
$$;

-- The group-by over the activities.
CREATE VIEW plain.eligibility_activities AS
WITH item AS (
	SELECT person_id, year, category, hours, deems_public, deems_professional, status = 'verified' AS verified
	FROM plain.activity WHERE year BETWEEN 2017 AND 2020 AND status IN ('verified', 'submitted', 'in_review')
	UNION ALL
	SELECT person_id, year, 'special', hours, false, award, true FROM plain.attested('2020-12-31') WHERE year BETWEEN 2017 AND 2020
), years AS (
	SELECT person_id, year,
		   coalesce(sum(hours) FILTER (WHERE category = 'public' AND verified), 0) AS public,
		   coalesce(sum(hours) FILTER (WHERE category NOT IN ('public', 'mentoring') AND verified), 0) AS professional,
		   coalesce(sum(hours) FILTER (WHERE category = 'mentoring' AND verified), 0) AS mentoring,
		   coalesce(bool_or(deems_public) FILTER (WHERE verified), false) AS deems_public,
		   coalesce(bool_or(deems_professional) FILTER (WHERE verified), false) AS deems_professional,
		   coalesce(sum(hours) FILTER (WHERE category = 'public'), 0) AS public_w,
		   coalesce(sum(hours) FILTER (WHERE category NOT IN ('public', 'mentoring')), 0) AS professional_w,
		   coalesce(sum(hours) FILTER (WHERE category = 'mentoring'), 0) AS mentoring_w,
		   bool_or(deems_public) AS deems_public_w, bool_or(deems_professional) AS deems_professional_w
	FROM item GROUP BY person_id, year
), met AS (
	SELECT s.person_id,
		   count(*) FILTER (WHERE s.year > 2018 AND m.met) AS met2, count(*) FILTER (WHERE s.year > 2017 AND m.met) AS met3, count(*) FILTER (WHERE m.met) AS met4,
		   count(*) FILTER (WHERE s.year > 2018 AND m.met_w) AS met2_w, count(*) FILTER (WHERE s.year > 2017 AND m.met_w) AS met3_w, count(*) FILTER (WHERE m.met_w) AS met4_w
	FROM years s JOIN plain.requirement r ON r.year = s.year
		CROSS JOIN LATERAL (SELECT plain.met(r, s.public, s.professional, s.mentoring, s.deems_public, s.deems_professional) AS met,
								   plain.met(r, s.public_w, s.professional_w, s.mentoring_w, s.deems_public_w, s.deems_professional_w) AS met_w) m
	GROUP BY s.person_id
)
SELECT p.person_id, p.org_id,
	   plain.verdict(p.governed, b.banned, coalesce(m.met2 > 0, false), coalesce(m.met2_w > 0, false)) AS junior,
	   plain.verdict(p.governed, b.banned, coalesce(m.met3 = 3, false), coalesce(m.met3_w = 3, false)) AS intermediate,
	   plain.verdict(p.governed, b.banned, coalesce(CASE WHEN d.short THEN m.met2 = 2 ELSE m.met4 = 4 END, false),
					 coalesce(CASE WHEN d.short THEN m.met2_w = 2 ELSE m.met4_w = 4 END, false)) AS senior,
	   plain.verdict(p.governed, b.banned, coalesce(CASE WHEN d.short THEN m.met2 = 2 ELSE m.met4 = 4 END, false),
					 coalesce(CASE WHEN d.short THEN m.met2_w = 2 ELSE m.met4_w = 4 END, false)) AS full_senior
FROM plain.person p
	LEFT JOIN met m ON m.person_id = p.person_id
	LEFT JOIN (SELECT DISTINCT person_id, true AS banned FROM plain.sanction WHERE date '2020-12-31' BETWEEN banned_from AND banned_to) b ON b.person_id = p.person_id
	CROSS JOIN LATERAL (SELECT plain.window_years(p, 3, '2020-12-31') = 2 AS short) d;

-- The same over the accounts; only what waits is read from the activities.
CREATE VIEW plain.eligibility_accounts AS
WITH years AS (
	SELECT person_id, year, sum(public) AS public, sum(professional) AS professional, sum(mentoring) AS mentoring,
		   bool_or(deems_public) AS deems_public, bool_or(deems_professional) AS deems_professional,
		   sum(public_w) AS public_w, sum(professional_w) AS professional_w, sum(mentoring_w) AS mentoring_w,
		   bool_or(deems_public_w) AS deems_public_w, bool_or(deems_professional_w) AS deems_professional_w
	FROM (
		SELECT person_id, year, public, professional, mentoring, deems_public > 0 AS deems_public, deems_professional > 0 AS deems_professional,
			   public AS public_w, professional AS professional_w, mentoring AS mentoring_w, deems_public > 0 AS deems_public_w, deems_professional > 0 AS deems_professional_w
		FROM plain.account WHERE year BETWEEN 2017 AND 2020
		UNION ALL
		SELECT person_id, year, 0, hours, 0, false, award, 0, hours, 0, false, award FROM plain.attested('2020-12-31') WHERE year BETWEEN 2017 AND 2020
		UNION ALL
		SELECT person_id, year, 0, 0, 0, false, false, CASE category WHEN 'public' THEN hours ELSE 0 END, CASE WHEN category NOT IN ('public', 'mentoring') THEN hours ELSE 0 END,
			   CASE category WHEN 'mentoring' THEN hours ELSE 0 END, deems_public, deems_professional
		FROM plain.activity WHERE year BETWEEN 2017 AND 2020 AND status IN ('submitted', 'in_review')) x
	GROUP BY person_id, year
), met AS (
	SELECT s.person_id,
		   count(*) FILTER (WHERE s.year > 2018 AND m.met) AS met2, count(*) FILTER (WHERE s.year > 2017 AND m.met) AS met3, count(*) FILTER (WHERE m.met) AS met4,
		   count(*) FILTER (WHERE s.year > 2018 AND m.met_w) AS met2_w, count(*) FILTER (WHERE s.year > 2017 AND m.met_w) AS met3_w, count(*) FILTER (WHERE m.met_w) AS met4_w
	FROM years s JOIN plain.requirement r ON r.year = s.year
		CROSS JOIN LATERAL (SELECT plain.met(r, s.public, s.professional, s.mentoring, s.deems_public, s.deems_professional) AS met,
								   plain.met(r, s.public_w, s.professional_w, s.mentoring_w, s.deems_public_w, s.deems_professional_w) AS met_w) m
	GROUP BY s.person_id
)
SELECT p.person_id, p.org_id,
	   plain.verdict(p.governed, b.banned, coalesce(m.met2 > 0, false), coalesce(m.met2_w > 0, false)) AS junior,
	   plain.verdict(p.governed, b.banned, coalesce(m.met3 = 3, false), coalesce(m.met3_w = 3, false)) AS intermediate,
	   plain.verdict(p.governed, b.banned, coalesce(CASE WHEN d.short THEN m.met2 = 2 ELSE m.met4 = 4 END, false),
					 coalesce(CASE WHEN d.short THEN m.met2_w = 2 ELSE m.met4_w = 4 END, false)) AS senior,
	   plain.verdict(p.governed, b.banned, coalesce(CASE WHEN d.short THEN m.met2 = 2 ELSE m.met4 = 4 END, false),
					 coalesce(CASE WHEN d.short THEN m.met2_w = 2 ELSE m.met4_w = 4 END, false)) AS full_senior
FROM plain.person p
	LEFT JOIN met m ON m.person_id = p.person_id
	LEFT JOIN (SELECT DISTINCT person_id, true AS banned FROM plain.sanction WHERE date '2020-12-31' BETWEEN banned_from AND banned_to) b ON b.person_id = p.person_id
	CROSS JOIN LATERAL (SELECT plain.window_years(p, 3, '2020-12-31') = 2 AS short) d;

CREATE MATERIALIZED VIEW plain.eligibility_mv AS SELECT * FROM plain.eligibility_activities;
CREATE UNIQUE INDEX ON plain.eligibility_mv (person_id);

-- Totals of a year.
CREATE VIEW plain.totals_activities AS
SELECT s.person_id, s.year, s.public / 100.0 AS public_hours, (s.professional + least(s.mentoring, r.mentoring_cap)) / 100.0 AS professional_hours,
	   (s.public + s.professional + least(s.mentoring, r.mentoring_cap)) / 100.0 AS total_hours,
	   plain.met(r, s.public, s.professional, s.mentoring, s.deems_public, s.deems_professional) AS met
FROM (
	SELECT person_id, year,
		   coalesce(sum(hours) FILTER (WHERE category = 'public'), 0) AS public,
		   coalesce(sum(hours) FILTER (WHERE category NOT IN ('public', 'mentoring')), 0) AS professional,
		   coalesce(sum(hours) FILTER (WHERE category = 'mentoring'), 0) AS mentoring,
		   bool_or(deems_public) AS deems_public, bool_or(deems_professional) AS deems_professional
	FROM plain.activity WHERE status = 'verified' GROUP BY person_id, year) s
	JOIN plain.requirement r ON r.year = s.year;
CREATE VIEW plain.totals_accounts AS
SELECT a.person_id, a.year, a.public / 100.0 AS public_hours, (a.professional + least(a.mentoring, r.mentoring_cap)) / 100.0 AS professional_hours,
	   (a.public + a.professional + least(a.mentoring, r.mentoring_cap)) / 100.0 AS total_hours,
	   plain.met(r, a.public, a.professional, a.mentoring, a.deems_public > 0, a.deems_professional > 0) AS met
FROM plain.account a JOIN plain.requirement r ON r.year = a.year;

CREATE TABLE bench.everybody (name text PRIMARY KEY, ord integer GENERATED ALWAYS AS IDENTITY, label text NOT NULL, body text NOT NULL);
INSERT INTO bench.everybody (name, label, body)
SELECT v.name, v.label, v.body FROM (VALUES
('floor_sum', 'floor: sum of one column over the accounts', 'SELECT sum(year) FROM ce_account'),
('ce_eligibility', 'ce_hours: ce_eligibility, four levels', '{v}ce_eligibility'),
('ce_yearly_totals', 'ce_hours: ce_yearly_totals of 2020', '{t}ce_yearly_totals WHERE year = 2020'),
('groupby_eligibility', 'group by over activities, four levels', '{v}plain.eligibility_activities'),
('groupby_totals', 'group by over activities, totals of 2020', '{t}plain.totals_activities WHERE year = 2020'),
('accounts_eligibility', 'SQL over accounts, four levels', '{v}plain.eligibility_accounts'),
('accounts_totals', 'SQL over accounts, totals of 2020', '{t}plain.totals_accounts WHERE year = 2020'),
('mv_refresh', 'REFRESH MATERIALIZED VIEW', 'REFRESH MATERIALIZED VIEW plain.eligibility_mv'),
('mv_read', 'reading it (stale since the last REFRESH)', '{v}plain.eligibility_mv')) AS v (name, label, body);
UPDATE bench.everybody SET body = replace(replace(body,
	'{v}', 'SELECT count(*) FILTER (WHERE junior = ''eligible''), count(*) FILTER (WHERE intermediate = ''eligible''), count(*) FILTER (WHERE senior = ''eligible''), count(*) FILTER (WHERE full_senior = ''eligible'') FROM '),
	'{t}', 'SELECT count(*), sum(public_hours), sum(professional_hours), sum(total_hours), count(*) FILTER (WHERE met) FROM ');

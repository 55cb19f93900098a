-- Organisations, plans and persons of the benchmark.  Everything follows from
-- the person's number, so two runs of one size have the same rows.
--
-- persons  number of persons; 103 more are there for the extremes
\set ON_ERROR_STOP on
SET client_min_messages = warning;
SET synchronous_commit = off;

INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code, base_level) VALUES
	(1, 'hrss-province', 'HRSS office of the province', 'hrss', 'provincial', NULL, '630000', NULL),
	(2, 'hrss-xining', 'HRSS office of a prefecture', 'hrss', 'prefecture', 1, '630100', NULL),
	(3, 'hrss-haixi', 'HRSS office of another prefecture', 'hrss', 'prefecture', 1, '632800', NULL),
	(4, 'academy', 'academy', 'academy', 'provincial', NULL, '630000', NULL),
	(5, 'health-commission', 'health commission', 'health_commission', 'provincial', NULL, '630000', NULL),
	(10, 'department', 'provincial department', 'authority', 'provincial', 1, '630000', NULL),
	(20, 'base-national', 'national base', 'base', 'provincial', 10, '630000', 'national'),
	(21, 'base-provincial', 'provincial base', 'base', 'provincial', 10, '630000', 'provincial');
-- Employers: enterprises right under an HRSS office.
INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code)
SELECT 100 + n, 'employer-' || n, 'employer ' || n, 'enterprise', 'prefecture', 2 + n % 2, CASE n % 2 WHEN 0 THEN '630100' ELSE '632800' END
FROM generate_series(0, 199) AS n;

-- Plans 1 to 100 are online courses, 101 to 200 others.
INSERT INTO ce_plan (plan_id, org_id, title, mode, specialty, hours, status, reviewed_by, filed_by, filed_on)
SELECT n, 20 + n % 2, 'course ' || n, CASE WHEN n <= 100 THEN 'online' ELSE 'offline' END, 'specialty ' || n % 20,
	   ce_hours(6 + n % 5), 'filed', 10, 1, '2020-01-15'
FROM generate_series(1, 200) AS n;

-- One in a hundred is accounting staff, one in twenty a doctor; one in five holds no title.
INSERT INTO ce_person (person_id, person_no, org_id, scheme, specialty, doctorate_on, held_level, held_since)
SELECT n, 'P' || n, 100 + n % 200, CASE WHEN n % 100 = 50 THEN 'accounting' ELSE 'general' END, 'specialty ' || n % 20,
	   CASE WHEN n % 20 = 3 THEN date '2010-07-01' + (n % 2000)::integer END,
	   (ARRAY['junior', 'intermediate', 'senior', 'full_senior']::ce_level[])[n / 20 % 5],
	   CASE WHEN n / 20 % 5 > 0 THEN date '2012-01-01' + (n % 1800)::integer END
FROM generate_series(1, :persons + 103) AS n;

-- What a person does in a year, slot by slot: a weak year brings half of the professional hours.
CREATE FUNCTION bench_activity(persons bigint, for_year integer, slots int4range)
RETURNS TABLE (person_id bigint, kind text, plan_id bigint, started_on date, completed_on date, days numeric, hours ce_hours, evidence text, verified_by bigint)
LANGUAGE sql STABLE AS $$
	SELECT p.n, k.kind, CASE k.kind WHEN 'base_online' THEN 1 + h.h % 100 WHEN 'filed_course' THEN 101 + h.h % 100 END,
		   d.day - CASE WHEN k.kind IN ('training', 'mentoring') THEN 4 ELSE 0 END, d.day,
		   CASE k.kind WHEN 'mentoring' THEN (1 + h.h % 8) / 2.0 END,
		   CASE WHEN k.kind IN ('mentoring', 'degree', 'frontline') THEN NULL
				ELSE ce_hours((CASE k.kind WHEN 'academy_course' THEN 420 + h.h % 400 WHEN 'training' THEN 500 + h.h % 200 WHEN 'recorded_public' THEN 250 + h.h % 300
							   WHEN 'recorded_professional' THEN 280 + h.h % 300 ELSE 400 + h.h % 200 END
							   / CASE WHEN k.kind <> 'academy_course' AND (p.n * 31 + for_year * 17 + p.n / 100 * 37) % 100 < 8 THEN 2 ELSE 1 END / 25 * 25)::numeric / 100) END,
		   CASE WHEN k.kind IN ('training', 'mentoring', 'degree') THEN 'document ' || h.h END,
		   CASE k.kind WHEN 'academy_course' THEN 4 WHEN 'frontline' THEN 5 ELSE 2 + p.n % 2 END
	FROM generate_series(lower(slots), upper(slots) - 1) AS s (n)
		CROSS JOIN generate_series(1, persons) AS p (n)
		CROSS JOIN LATERAL (SELECT (p.n * 7919 + for_year * 104729 + s.n * 1299709) % 99991) AS h (h)
		CROSS JOIN LATERAL (SELECT make_date(for_year, 1, 20) + (s.n * 10 + h.h % 10)::integer) AS d (day)
		CROSS JOIN LATERAL (SELECT CASE
			WHEN for_year < 2020 THEN CASE WHEN s.n <= 10 THEN 'recorded_public' ELSE 'recorded_professional' END
			WHEN s.n = 30 AND p.n % 50 = 17 THEN 'degree'
			WHEN s.n = 30 AND p.n % 100 = 29 THEN 'frontline'
			WHEN s.n <= 10 THEN 'academy_course'
			WHEN s.n <= 18 THEN 'base_online'
			WHEN s.n <= 26 THEN 'training'
			WHEN s.n <= 28 THEN 'filed_course'
			ELSE 'mentoring' END) AS k (kind)
	WHERE p.n % 100 <> 50
$$;

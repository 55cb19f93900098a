--
-- Every row of the law matters: change one value of it, or take it out, and at
-- least one answer of a fixed battery changes.  Everything is rolled back.
--
SET client_min_messages = warning;
SET datestyle = 'ISO, YMD';
BEGIN;
SELECT ce_setup();

--
-- Who the questions are about: whoever stands right at a boundary
--
INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code, base_level, self_verifies) VALUES
	(900001, 'mutation_hrss', 'HRSS office', 'hrss', 'provincial', NULL, '630000', NULL, false),
	(900002, 'mutation_academy', 'academy', 'academy', 'provincial', NULL, '630000', NULL, false),
	(900003, 'mutation_health', 'provincial health commission', 'health_commission', 'provincial', NULL, '630000', NULL, false),
	(900004, 'mutation_department', 'department', 'authority', 'provincial', 900001, '630000', NULL, false),
	(900005, 'mutation_institute', 'university, a national base, verifies itself', 'public_institution', 'provincial', 900004, '630000', 'national', true);
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, days, status, reviewed_by, filed_by, filed_on) VALUES
	(900001, 900005, 'online', 'online', '110', NULL, 'filed', 900004, 900001, '2020-01-02'),
	(900002, 900005, 'on site, hours', 'offline', '50', NULL, 'filed', 900004, 900001, '2020-01-02'),
	(900003, 900005, 'on site, days', 'offline', NULL, 3, 'filed', 900004, 900001, '2020-01-02');

CREATE SEQUENCE pg_temp.number START 900001;
CREATE FUNCTION pg_temp.person(held ce_level DEFAULT NULL, doctorate_on date DEFAULT NULL, since date DEFAULT '2016-05-01') RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_person (person_id, person_no, org_id, held_level, held_since, doctorate_on)
		SELECT n, 'mutation' || n, 900005, held, since, doctorate_on FROM nextval('pg_temp.number') n RETURNING person_id
$$;
-- a fact, verified on the day of its completion
CREATE FUNCTION pg_temp.give(p bigint, kind text, hours text, completed date, days numeric DEFAULT NULL, plan bigint DEFAULT NULL, specialty text DEFAULT NULL) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_activity (person_id, kind, plan_id, started_on, completed_on, days, hours, evidence, specialty, status, verified_by, verified_on)
		VALUES (p, kind, plan, CASE WHEN kind NOT LIKE 'recorded%' THEN date_trunc('year', completed)::date END, completed, days, hours::ce_hours, 'document', specialty, 'verified',
			CASE kind WHEN 'academy_course' THEN 900002 WHEN 'frontline' THEN 900003 ELSE 900005 END, completed);
	SELECT p
$$;
-- a year with just so many hours
CREATE FUNCTION pg_temp.year(p bigint, y integer, public text DEFAULT NULL, professional text DEFAULT NULL) RETURNS bigint LANGUAGE sql AS $$
	SELECT pg_temp.give(p, CASE WHEN y < 2020 THEN 'recorded_public' ELSE 'academy_course' END, coalesce(public, CASE y WHEN 2020 THEN '45' ELSE '30' END), make_date(y, 3, 1));
	SELECT pg_temp.give(p, CASE WHEN y < 2020 THEN 'recorded_professional' ELSE 'training' END, coalesce(professional, CASE y WHEN 2020 THEN '90' ELSE '60' END), make_date(y, 3, 1), NULL, NULL, 'geology')
$$;
CREATE FUNCTION pg_temp.years(p bigint, first integer, last integer) RETURNS bigint LANGUAGE sql AS $$
	SELECT max(pg_temp.year(p, y)) FROM generate_series(first, last) y
$$;

CREATE TEMP TABLE someone AS
	SELECT pg_temp.years(pg_temp.person(l), first, last) AS p
	FROM unnest('{2015,2016,2017,2018,2019,2020,2021}'::integer[]) first, generate_series(greatest(first, 2019), 2021) last, unnest('{intermediate,senior}'::ce_level[]) l
	UNION ALL SELECT pg_temp.years(pg_temp.person(l, d), first, 2020) FROM generate_series(2017, 2020) first, unnest('{intermediate,senior}'::ce_level[]) l, unnest('{2015-01-01,2021-06-01}'::date[]) d
	UNION ALL SELECT pg_temp.years(pg_temp.person('senior', '2015-01-01'), 2020, 2021)
	-- together enough, each year not; no public hours at all
	UNION ALL SELECT pg_temp.year(pg_temp.years(pg_temp.year(pg_temp.person(h, d), 2019, '60', '120'), 2020, 2020), 2018, '60', '120') FROM (VALUES (NULL::ce_level, NULL::date), ('intermediate', NULL)) v (h, d)
	UNION ALL SELECT pg_temp.year(pg_temp.year(pg_temp.person('senior', '2015-01-01'), 2019, '10', '20'), 2020, '90', '150')
	UNION ALL SELECT pg_temp.year(pg_temp.year(pg_temp.year(pg_temp.year(pg_temp.person(h, d), 2017, '0.01', '60'), 2018, '0.01', '60'), 2019, '0.01', '60'), 2020, '0.01', '90')
		FROM (VALUES (NULL::ce_level, NULL::date), ('senior', '2015-01-01')) v (h, d)
	-- one subject alone, either way, and one hundredth less
	UNION ALL SELECT pg_temp.year(pg_temp.person(), y, pub, prof) FROM (VALUES
		(2019, '30', '59.99'), (2019, '29.99', '60'), (2019, '0.01', '89.99'), (2019, '0.01', '60'), (2019, '40', '59.99'), (2020, '45', '89.99'), (2020, '44.99', '90.01'), (2020, '46', '89.99'), (2020, '0.01', '90'), (2020, '90', '45'),
		(2021, '30', '59.99'), (2021, '29.99', '60'), (2018, '30', '60'), (2022, '30', '60')) v (y, pub, prof);
-- each kind of activity, each rule of achievements at both ends of its ranks
CREATE TEMP TABLE fact AS SELECT * FROM (VALUES
	('academy_course', '10.5', '2020-06-01'::date, NULL::numeric, NULL::bigint), ('base_online', '10.5', '2020-06-01', NULL, 900001), ('base_online', '111', '2020-06-01', NULL, 900001),
	('filed_course', '51', '2020-06-01', NULL, 900002), ('filed_course', NULL, '2020-06-01', NULL, 900003), ('training', '40', '2020-06-01', 4, NULL), ('training', NULL, '2020-06-01', 2.5, NULL),
	('overseas_training', '40', '2020-06-01', 4, NULL), ('overseas_training', NULL, '2020-06-01', 2.5, NULL), ('degree', NULL, '2020-06-01', NULL, NULL), ('qualification', NULL, '2020-06-01', NULL, NULL),
	('mentoring', NULL, '2020-06-01', 2.5, NULL), ('frontline', NULL, '2020-06-01', NULL, NULL), ('recorded_public', '30', '2019-06-01', NULL, NULL), ('recorded_professional', '30', '2019-06-01', NULL, NULL),
	('recorded_public', '30', '1990-06-01', NULL, NULL), ('recorded_professional', '30', '1990-06-01', NULL, NULL)) v (kind, hours, completed, days, plan)
	UNION ALL SELECT k.kind, '10', make_date(y, 6, 1), NULL, NULL FROM (VALUES ('academy_course'), ('training'), ('overseas_training'), ('degree'), ('qualification'), ('mentoring'), ('frontline'), ('recorded_public'), ('recorded_professional')) k (kind),
		unnest('{1989,1990,1991,2018,2019,2020,2021}'::integer[]) y
	UNION ALL SELECT kind, '10', make_date(y, 6, 1), NULL, plan FROM (VALUES ('base_online', 900001), ('filed_course', 900002)) k (kind, plan), generate_series(2019, 2021) y;
CREATE TEMP TABLE work AS
	SELECT pg_temp.person('intermediate') AS p, r.kind, r.grade, r.role, rank
	FROM (SELECT DISTINCT kind, grade, role, rank_from IS NOT NULL AS ranked FROM ce_rule WHERE scheme = 'general' AND rule_id BETWEEN 201 AND 9999) r, LATERAL unnest(CASE WHEN ranked THEN '{1,3,4,6,7,8,9}'::integer[] ELSE '{NULL}' END) rank;
INSERT INTO ce_achievement (person_id, kind, grade, role, rank, started_on, due_on, achieved_on, attested_by, attested_on)
	SELECT p, kind, grade, role, rank, '2018-03-01'::date, '2020-06-30'::date, '2020-06-01'::date, 900005, '2020-06-02'::date FROM work
	UNION ALL SELECT p, kind, grade, role, rank, '2016-03-01', '2018-06-30', '2018-06-01', 900005, '2018-06-02' FROM work;
CREATE TEMP TABLE mentor AS SELECT pg_temp.give(pg_temp.person(), 'mentoring', NULL, make_date(y, 6, 1), 5) AS p, y FROM generate_series(2020, 2021) y;
CREATE TEMP TABLE banned AS SELECT pg_temp.years(pg_temp.person(), 2019, 2023) AS p;
INSERT INTO ce_sanction (person_id, found_on, decision) SELECT p, '2020-03-01', 'decision' FROM banned;
-- 20 hours of surplus in either subject and nothing before
CREATE TEMP TABLE catching_up AS SELECT pg_temp.give(pg_temp.year(pg_temp.person(), 2020, '65', '1'), 'base_online', '109', '2020-04-01', NULL, 900001) AS p;

--
-- The answers, as one number
--
CREATE FUNCTION pg_temp.try(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE statement INTO result;
	RAISE EXCEPTION USING ERRCODE = 'P0099', MESSAGE = coalesce(result, 'null');
EXCEPTION WHEN SQLSTATE 'P0099' THEN
	RETURN SQLERRM;
WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
CREATE FUNCTION pg_temp.battery() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	verdicts text;
	awarded text;
	attested text;
	totals text;
	allocations text;
	bans text;
	deadlines text;
BEGIN
	SELECT string_agg(ce_verdict(p, l, r, d, s)::text, ' ' ORDER BY p, l, r, d, s) INTO verdicts
	FROM someone, unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) l, unnest(enum_range(NULL::ce_route)) r, unnest('{2019-12-31,2020-12-31,2021-12-31}'::date[]) d, unnest('{geology,law}'::text[]) s
	WHERE r = 'transfer' OR s = 'geology';
	SELECT string_agg(pg_temp.try(format('INSERT INTO ce_activity (person_id, kind, plan_id, started_on, completed_on, days, hours, evidence) VALUES (900001, %L, %L, %L, %L, %L, %L, ''document'')'
			' RETURNING concat_ws('' '', awarded, deems_public, deems_professional)',
		kind, plan, CASE WHEN kind NOT LIKE 'recorded%' THEN date_trunc('year', completed)::date END, completed, days, hours)), ',' ORDER BY fact) INTO awarded FROM fact;
	SELECT string_agg(concat_ws(' ', p, d, a.year, a.hours, a.award), ',' ORDER BY p, d, a.year) INTO attested FROM work, unnest('{2019-12-31,2020-12-31,2021-12-31}'::date[]) d, ce_attested(p, d) a;
	SELECT string_agg(concat_ws(' ', mentoring_hours, professional_hours, required_total, met), ',' ORDER BY p, year) INTO totals
	FROM (SELECT p FROM mentor UNION ALL SELECT p FROM someone) q JOIN ce_yearly_totals ON person_id = p;
	SELECT string_agg(pg_temp.try(format('INSERT INTO ce_allocation (person_id, from_year, to_year, subject, hours, allocated_by, allocated_on)'
			' VALUES (%s, %s, %s, %L, %L, 900005, ''2021-12-31'') RETURNING hours', p, f, t, s, h)), ',' ORDER BY f, t, s, h) INTO allocations
	FROM catching_up, generate_series(2019, 2021) f, generate_series(2015, 2020) t, unnest('{public,professional}'::text[]) s, unnest('{20,20.01}'::text[]) h;
	SELECT string_agg(ce_verdict(p, 'junior', as_of => d)::text, ',' ORDER BY d) INTO bans FROM banned, unnest('{2020-02-29,2020-03-01,2022-03-01,2023-03-01,2023-03-02}'::date[]) d;
	SELECT string_agg(d::text, ',' ORDER BY d) INTO deadlines FROM ce_deadlines d WHERE d.scheme = 'general' AND d.year BETWEEN 2018 AND 2021;
	RETURN md5(concat_ws(' ', verdicts, md5(awarded), md5(attested), md5(totals), md5(allocations), bans, md5(deadlines)));
END $$;

--
-- The changes: each in turn, alone
--
CREATE TEMP TABLE mutation (law text, ident text, change text, statement text, seen boolean);
-- one row for each number of a row's that is not null, for each boundary, and for taking it out
INSERT INTO mutation
	SELECT l.law, concat_ws(' ', l.ident), c.change, format('%s WHERE %s', CASE WHEN c.change = 'deleted' THEN 'DELETE FROM ' || l.law ELSE format('UPDATE %s SET %s', l.law, c.change) END, l.condition)
	FROM (
		SELECT 'ce_scheme' AS law, scheme AS ident, format('scheme = %L', scheme) AS condition, to_jsonb(s) AS r FROM ce_scheme s WHERE scheme = 'general'
		UNION ALL SELECT 'ce_requirement', from_year::text, format('scheme = %L AND from_year = %s', scheme, from_year), to_jsonb(q) FROM ce_requirement q WHERE scheme = 'general'
		UNION ALL SELECT 'ce_rule', rule_id::text, format('rule_id = %s', rule_id), to_jsonb(q) FROM ce_rule q WHERE scheme = 'general'
		UNION ALL SELECT 'ce_cap', category || ' ' || from_year, format('scheme = %L AND category = %L AND from_year = %s', scheme, category, from_year), to_jsonb(q) FROM ce_cap q WHERE scheme = 'general'
		UNION ALL SELECT 'ce_window', window_id::text, format('window_id = %s', window_id), to_jsonb(q) FROM ce_window q WHERE scheme = 'general'
		UNION ALL SELECT 'ce_catchup', subject::text, format('scheme = %L AND study_year = %s AND subject = %L', scheme, study_year, subject), to_jsonb(q) FROM ce_catchup q WHERE scheme = 'general') l
	CROSS JOIN LATERAL (
		SELECT 'deleted' AS change WHERE l.law <> 'ce_scheme'
		UNION ALL SELECT format('%s = %s', k, (v #>> '{}')::numeric + 1) FROM jsonb_each(l.r) e (k, v)
			WHERE k IN ('total_hours', 'public_hours', 'professional_hours', 'hours', 'years', 'ban_years', 'rank_from', 'target_from') AND v <> 'null'
		UNION ALL SELECT format('%s = %s', k, (v #>> '{}')::numeric - 1) FROM jsonb_each(l.r) e (k, v)
			WHERE k IN ('total_hours', 'public_hours', 'professional_hours', 'hours', 'years', 'ban_years', 'rank_to', 'target_from', 'target_to', 'study_year') AND v <> 'null' AND NOT (k = 'rank_to' AND l.r -> 'rank_from' = v)
		UNION ALL SELECT format('from_year = %s', (l.r ->> 'from_year')::integer + 1) WHERE l.r ? 'from_year' AND l.r ->> 'from_year' IS DISTINCT FROM l.r ->> 'to_year'
		-- no rule awards mentoring before 2020, so a cap then has nothing to cut
		UNION ALL SELECT format('from_year = %s', (l.r ->> 'from_year')::integer - 1) WHERE l.r ? 'from_year' AND l.law <> 'ce_cap'
		UNION ALL SELECT format('to_year = %s', coalesce((l.r ->> 'to_year')::integer - 1, 2020)) WHERE l.r ? 'to_year' AND l.r ->> 'from_year' IS DISTINCT FROM l.r ->> 'to_year'
		UNION ALL SELECT format('to_year = %s', (l.r ->> 'to_year')::integer + 1) WHERE l.r ->> 'to_year' IS NOT NULL
		UNION ALL SELECT format('%s = %L', k, CASE v WHEN 'true' THEN 'false' ELSE 'true' END) FROM jsonb_each(l.r) e (k, v) WHERE k IN ('governed', 'professional_only', 'same_specialty', 'needs_doctorate') OR k = 'per_year' AND l.r ->> 'basis' = 'fixed'
		UNION ALL SELECT format('%s = NULL', k) FROM jsonb_each(l.r) e (k, v) WHERE k IN ('ban_years', 'needs_held', 'public_hours', 'professional_hours') AND v <> 'null'
		UNION ALL SELECT format('%s = %L', k, '01-31') FROM jsonb_each(l.r) e (k, v) WHERE k IN ('filing_due', 'study_due', 'verification_due') AND v <> 'null'
		UNION ALL SELECT format('aggregation = %L', a) FROM unnest('{each,any,sum}'::text[]) a WHERE l.r ->> 'aggregation' <> a
		UNION ALL SELECT format('%s = %L', k, 'other') FROM jsonb_each(l.r) e (k, v) WHERE k IN ('grade', 'role') AND v <> 'null') c;

DO $$
DECLARE
	m mutation;
	normal text := pg_temp.battery();
	now_is text;
BEGIN
	IF normal <> pg_temp.battery() THEN
		RAISE 'the battery is not the same twice';
	END IF;
	FOR m IN SELECT * FROM mutation LOOP
		BEGIN
			EXECUTE m.statement;
			now_is := pg_temp.battery();
			RAISE EXCEPTION USING ERRCODE = 'P0098';
		EXCEPTION WHEN check_violation OR unique_violation THEN
			DELETE FROM mutation WHERE statement = m.statement;	-- the table itself refuses the change
		WHEN SQLSTATE 'P0098' THEN
			UPDATE mutation SET seen = now_is <> normal WHERE statement = m.statement;
		END;
	END LOOP;
	IF normal <> pg_temp.battery() THEN
		RAISE 'a change was left behind';
	END IF;
END $$;

SELECT law, count(DISTINCT ident) AS rows_changed, count(*) FILTER (WHERE change <> 'deleted') > 0 AS values_changed FROM mutation GROUP BY law ORDER BY law COLLATE "C";
-- rows that the law has and nothing changed: none
SELECT (SELECT count(*) FROM ce_requirement WHERE scheme = 'general') + (SELECT count(*) FROM ce_rule WHERE scheme = 'general') + (SELECT count(*) FROM ce_cap WHERE scheme = 'general')
	+ (SELECT count(*) FROM ce_window WHERE scheme = 'general') + (SELECT count(*) FROM ce_catchup WHERE scheme = 'general') + 1 - count(DISTINCT (law, ident)) AS rows_unchanged FROM mutation;
-- changes that no answer shows: none
SELECT law, ident, change FROM mutation WHERE seen IS NOT TRUE ORDER BY law COLLATE "C", ident COLLATE "C", change COLLATE "C";
ROLLBACK;

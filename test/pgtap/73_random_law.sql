-- Random law rows of every kind, random persons: each way of asking gives the same answer
BEGIN;
\ir lib/titles.psql
SELECT no_plan();
-- the same every time; psql -v seed=0.3 has other ones
\if :{?seed}
\else
\set seed 0.15
\endif
SELECT setseed(:seed);

CREATE FUNCTION pick(VARIADIC a anyarray) RETURNS anyelement LANGUAGE sql VOLATILE AS $$ SELECT a[1 + floor(random() * array_length(a, 1))::integer] $$;
CREATE FUNCTION one_in(n integer) RETURNS boolean LANGUAGE sql VOLATILE AS $$ SELECT random() * n < 1 $$;
CREATE FUNCTION between_(a integer, b integer) RETURNS integer LANGUAGE sql VOLATILE AS $$ SELECT a + floor(random() * (b - a + 1))::integer $$;

INSERT INTO ce_instrument VALUES ('random', 'r', 'r', 'r', '2010-01-01'), ('random-2', 'r', 'r', 'r', '2014-01-01');
INSERT INTO ce_category (category, parent, label_zh, label_en, clause) VALUES
	('r_one', 'public', 'r1', 'r1', '1'), ('r_two', 'r_one', 'r2', 'r2', '1'), ('r_away', 'professional', 'ra', 'ra', '1'), ('r_in', 'r_away', 'ri', 'ri', '1'),
	('r_free', NULL, 'rf', 'rf', '1'), ('r_free_in', 'r_free', 'rg', 'rg', '1');
UPDATE ce_category SET parent = 'r_away' WHERE category = 'study';
CREATE TEMP TABLE node AS SELECT category FROM unnest('{public,r_one,r_two,online,training,study,special,r_away,r_in,r_free,r_free_in,innovation}'::text[]) category;
INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause)
SELECT 'r_k_' || category, category, 'activity', category, category, 'random', '2' FROM node;
INSERT INTO ce_kind (kind, subject, category, track, label_zh, label_en, instrument, clause) VALUES
	('r_deem_pu', 'public', 'public', 'activity', 'd', 'd', 'random', '2'), ('r_deem_pr', 'professional', 'study', 'activity', 'd', 'd', 'random', '2'), ('r_deem_both', 'both', 'special', 'activity', 'd', 'd', 'random', '2'),
	('r_work', NULL, 'innovation', 'attested', 'w', 'w', 'random', '2'), ('r_award', NULL, 'innovation', 'attested', 'w', 'w', 'random', '2');

CREATE FUNCTION random_scheme(s text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	base text := CASE WHEN one_in(3) THEN (SELECT scheme FROM ce_scheme WHERE scheme LIKE 'r-%' ORDER BY random() LIMIT 1) END;
	y integer := 2009;
BEGIN
	INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, ban_years, instrument, clause, based_on) VALUES (s, s, s, true, pick(NULL, 2), 'random', '1', base);
	WHILE y < 2026 AND (base IS NULL OR one_in(2)) LOOP
		INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, public_hours, professional_hours, instrument, clause)
		VALUES (s, y, CASE WHEN one_in(12) THEN y END, between_(3, 24), pick(NULL, 0, 3, 6), pick(NULL, 0, 5, 9), 'random', '3');
		y := y + between_(1, 6);
	END LOOP;
	-- everybody's pass adds up years without minima only
	INSERT INTO ce_minimum (scheme, category, from_year, hours, instrument, clause)
	SELECT s, category, between_(2010, 2018), CASE WHEN one_in(8) THEN NULL ELSE between_(1, 6) END, 'random', '4' FROM node, (SELECT one_in(3) AS has) h WHERE has AND one_in(4);
	INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause)
	SELECT s, category, between_(2010, 2018), CASE WHEN one_in(8) THEN NULL ELSE between_(0, 25) END, 'random', '5' FROM (TABLE node UNION SELECT 'professional') n WHERE one_in(4);
	INSERT INTO ce_rule (scheme, kind, from_year, basis, most_hours, category, instrument, clause)
	SELECT s, kind, 2009, 'as_completed', CASE WHEN one_in(4) THEN between_(1, 20) END, CASE WHEN one_in(8) THEN (SELECT category FROM node WHERE kind <> '' ORDER BY random() LIMIT 1) END, 'random', '6' FROM ce_kind WHERE kind LIKE 'r\_k\_%' AND (base IS NULL OR one_in(2));
	INSERT INTO ce_rule (scheme, kind, from_year, basis, instrument, clause)
	SELECT s, kind, 2009, 'deems', 'random', '6' FROM ce_kind WHERE kind LIKE 'r\_deem%' AND base IS NULL;
	IF base IS NULL OR one_in(2) THEN
		INSERT INTO ce_rule (scheme, kind, rank_from, from_year, basis, hours, less_by_rank, per_year, in_archive, category, instrument, clause) VALUES (s, 'r_work', 1, 2009, 'fixed', between_(5, 30), pick(NULL, 3), one_in(2), one_in(2), pick(NULL::text, 'r_two', 'r_free_in', 'r_in'), 'random', '6');
		INSERT INTO ce_rule (scheme, kind, from_year, basis, in_archive, instrument, clause) VALUES (s, 'r_award', 2009, pick('deems'::text, 'deems_tenure')::ce_basis, one_in(2), 'random', '6');
	END IF;
END $$;
CREATE FUNCTION random_windows(s text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	agg text;
	way text;
	own boolean;
	n integer;
BEGIN
	FOR l IN 1..4 LOOP
		FOR i IN 0..2 LOOP
			CONTINUE WHEN i > 0 AND one_in(2) OR i = 0 AND one_in(10);
			agg := pick('each'::text, 'any', 'sum', 'sum');
			way := pick('fixed'::text, 'fixed', 'tenure', 'tenure_after', 'cycle');
			own := agg = 'sum' AND way IN ('fixed', 'cycle') AND one_in(2);
			n := between_(1, CASE way WHEN 'fixed' THEN 5 WHEN 'cycle' THEN 8 ELSE 16 END);
			INSERT INTO ce_window (scheme, route, level, needs_doctorate, needs_held, aggregation, years, years_by, cycle_from, required_total, required_public, required_professional, each_at_least, judged_by, professional_only, from_year, to_year, instrument, clause)
			VALUES (s, 'review', (ARRAY['junior','intermediate','senior','full_senior']::ce_level[])[l], i = 1, CASE WHEN i = 1 AND one_in(2) THEN pick('junior'::text, 'intermediate', 'senior')::ce_level END, agg, n, way, CASE way WHEN 'cycle' THEN between_(1999, 2030) END,
				CASE WHEN own AND NOT one_in(4) THEN between_(2, 12) * n END, CASE WHEN own THEN pick(NULL, 0, 3 * n) END, CASE WHEN own THEN pick(NULL, 4 * n) END, CASE WHEN agg = 'sum' AND one_in(3) THEN between_(1, 6) END,
				CASE WHEN one_in(4) THEN (SELECT scheme FROM ce_scheme WHERE scheme LIKE 'r-%' ORDER BY random() LIMIT 1) END, one_in(8), 2009 + 6 * (i / 2), CASE WHEN one_in(8) THEN 2020 END, pick('random'::text, 'random-2'), '7');
		END LOOP;
	END LOOP;
END $$;
SELECT random_scheme('r-' || i) FROM generate_series(1, 24) i \g /dev/null
SELECT random_windows(scheme) FROM ce_scheme WHERE scheme LIKE 'r-%' AND (based_on IS NULL OR one_in(2)) ORDER BY scheme \g /dev/null

-- persons, some of whom moved; what they did; waivers; attested works; what waits
CREATE TEMP TABLE q AS SELECT n, person(22, (SELECT scheme FROM ce_scheme WHERE scheme LIKE 'r-%' AND n > 0 ORDER BY random() LIMIT 1), pick(NULL::text, NULL, NULL, '2012-03-01', '2019-03-01')::date,
	pick(NULL::text, 'junior', 'intermediate', 'senior', 'full_senior')::ce_level, pick(NULL::text, '2003-05-01', '2012-01-01', '2016-12-31', '2018-06-01', '2021-07-01', '2024-01-01')::date) AS p FROM generate_series(1, 2400) n;
INSERT INTO ce_person_scheme (person_id, until_on, scheme)
SELECT p, d, (SELECT scheme FROM ce_scheme WHERE scheme LIKE 'r-%' AND n > 0 ORDER BY random() LIMIT 1) FROM q, unnest('{2014-06-30,2017-12-31,2021-01-01}'::date[]) d WHERE one_in(18);
CREATE FUNCTION try(statement text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN true;
EXCEPTION WHEN check_violation OR exclusion_violation THEN
	RETURN false;
END $$;
SELECT cmp_ok(count(*) FILTER (WHERE try(format('INSERT INTO ce_activity (person_id, kind, completed_on, hours, evidence, status, verified_by, verified_on) VALUES (%s, %L, %L, %s, ''d'', %s)', p,
	(SELECT kind FROM ce_kind WHERE kind LIKE 'r\_k\_%' AND i > 0 ORDER BY random() LIMIT 1), day, between_(1, 40),
	CASE WHEN one_in(12) THEN '''submitted'', NULL, NULL' ELSE format('''verified'', 22, %L', day + pick(0, 10, 30, 400)) END))), '>', 15000::bigint, 'study')
	FROM q, LATERAL (SELECT i, make_date(between_(2012, 2025), 6, 1) AS day FROM generate_series(1, pick(0, 6, 12, 24, 36) + n * 0) i) a;
SELECT cmp_ok(count(*) FILTER (WHERE try(format('INSERT INTO ce_activity (person_id, kind, completed_on, evidence, status, verified_by, verified_on) VALUES (%s, %L, %L, ''d'', ''verified'', 22, %3$L)', p, pick('r_deem_pu'::text, 'r_deem_pr', 'r_deem_both'), make_date(between_(2014, 2025), 6, 1)))), '>', 150::bigint, 'what deems')
	FROM q WHERE one_in(6);
SELECT cmp_ok(count(*) FILTER (WHERE try(format('INSERT INTO ce_waiver (person_id, year, subject, hours, reason, decision, granted_by, granted_on) VALUES (%s, %s, %L, %s, ''r'', ''d'', 22, %L)', p, y, pick(NULL::text, 'public', 'professional'), pick('NULL'::text, '1', '4', '12'), make_date(y + between_(1, 3), 1, 1)))), '>', 200::bigint, 'waivers')
	FROM (SELECT p, between_(2013, 2023) AS y FROM q, generate_series(1, 5) WHERE one_in(8)) w;
SELECT cmp_ok(count(*) FILTER (WHERE try(format('INSERT INTO ce_achievement (person_id, kind, rank, work_ref, started_on, due_on, achieved_on, attested_by, attested_on) VALUES (%s, %L, %s, ''w'', %L, %L, %L, %s)', p, k, CASE k WHEN 'r_work' THEN between_(1, 4)::text ELSE 'NULL' END,
	make_date(y - 2, 3, 1), make_date(y, 12, 31), make_date(y, 5, 1), CASE WHEN one_in(6) THEN 'NULL, NULL' ELSE format('22, %L', make_date(y, 6, 1)) END))), '>', 200::bigint, 'works')
	FROM (SELECT p, pick('r_work'::text, 'r_work', 'r_award') AS k, between_(2014, 2025) AS y FROM q WHERE one_in(4)) w;
INSERT INTO ce_sanction (person_id, found_on, decision) SELECT p, '2019-03-01', 'd' FROM q WHERE one_in(40);
ANALYZE;

CREATE TEMP TABLE asked AS SELECT d AS day FROM unnest('{2015-12-31,2019-06-30,2020-12-31,2021-01-01,2024-12-31,2026-11-01}'::date[]) d;
CREATE TEMP TABLE single AS SELECT day, p, l AS level, ce_verdict(p, l, 'review', day)::text AS verdict FROM asked, q, unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) l;
CREATE FUNCTION together(d date) RETURNS TABLE (day date, p bigint, level ce_level, verdict text) LANGUAGE sql AS $$
	SELECT d, p.person_id, l, ce__standing_outcome(s.code, l)
	FROM ce_person p CROSS JOIN LATERAL (SELECT ce__standing_code(p.moved, p.sanctioned, p.person_id, p.org_id, p.scheme, p.doctorate_on, p.held_level, p.held_since, d) AS code OFFSET 0) s,
		unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) l
	WHERE EXISTS (SELECT FROM q WHERE q.p = p.person_id)
$$;
SELECT is_empty(format('SELECT * FROM (SELECT * FROM together(%1$L) EXCEPT SELECT * FROM single) x LIMIT 5', day), 'everybody in one pass, as of ' || day) FROM asked;
SELECT is_empty($$SELECT * FROM (SELECT day, p, l, CASE l WHEN 'junior' THEN s.junior WHEN 'intermediate' THEN s.intermediate WHEN 'senior' THEN s.senior ELSE s.full_senior END::text FROM asked, q, unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) l, ce_standing(p, day) s
	EXCEPT SELECT * FROM single) x LIMIT 5$$, 'ce_standing() gives the verdicts of the levels');
SELECT is_empty($$SELECT * FROM (SELECT e.person_id, l, CASE l WHEN 'junior' THEN junior WHEN 'intermediate' THEN intermediate WHEN 'senior' THEN senior ELSE full_senior END FROM ce_eligibility e JOIN q ON p = e.person_id, unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) l
	EXCEPT SELECT p, l, ce_verdict(p, l)::text FROM q, unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) l) x LIMIT 5$$, 'ce_eligibility, as of today');
CREATE TEMP TABLE told AS SELECT s.*, x.* FROM single s CROSS JOIN LATERAL (SELECT bool_and(ok) AS ok, count(*) FILTER (WHERE NOT ok AND cure IS NULL) AS incurable, bool_or(short < 0) AS negative,
	bool_or(required < 0 OR got < 0) AS below_0, bool_or(short > 0 AND ok OR short = 0 AND required > got AND NOT ok) AS odd FROM ce_explain(s.p, s.level, 'review', s.day)) x
	WHERE s.p % 3 = 0;
SELECT is_empty($$SELECT * FROM told WHERE (verdict = 'eligible') <> ok AND NOT (verdict = 'not_eligible' AND ok IS NULL) LIMIT 5$$, 'ce_explain(): eligible if and only if every condition is met');
SELECT is_empty('SELECT * FROM told WHERE incurable > 0 OR negative OR below_0 OR odd LIMIT 5', 'ce_explain(): numbers that fit together, and a remedy for each condition');
SELECT is_empty($$SELECT y.person_id, y.year FROM ce_yearly_totals y JOIN q ON p = y.person_id WHERE met IS DISTINCT FROM (SELECT bool_and(short = 0) FROM ce_year_minima m WHERE m.person_id = y.person_id AND m.year = y.year) LIMIT 5$$, 'a year is met if and only if none of its minima is short');
SELECT cmp_ok(count(DISTINCT verdict)::integer, '>=', 5, 'all kinds of answers') FROM single;
SELECT cmp_ok(min(n), '>', 150::bigint, 'and each of them often') FROM (SELECT count(*) AS n FROM single GROUP BY verdict) v;
SELECT is_empty('SELECT * FROM ce_check() LIMIT 5', 'ce_check() is empty');
SELECT * FROM finish();
ROLLBACK;

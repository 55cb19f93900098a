-- Everybody at once, where persons are under many schemes, move, and have windows of every sort: the view, ce_standing() and ce_verdict() one by one agree
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

INSERT INTO ce_instrument VALUES ('any', 'test 1', 'z', 'a notice', '2015-01-01');
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, ban_years, instrument, clause, based_on) VALUES ('each', 'z', 'e', true, 2, 'any', '1', NULL), ('sum', 'z', 'e', true, NULL, 'any', '1', NULL),
	('own', 'z', 'e', true, 1, 'any', '1', NULL), ('on_sum', 'z', 'e', true, 4, 'any', '1', 'sum'), ('tenure', 'z', 'e', true, NULL, 'any', '1', 'each'), ('minima', 'z', 'e', true, NULL, 'any', '1', 'each'), ('empty', 'z', 'e', true, NULL, 'any', '1', NULL);
INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, public_hours, professional_hours, instrument, clause) VALUES ('each', 2016, NULL, '60', '20', '30', 'any', '2'), ('sum', 2017, 2019, '40', NULL, '20', 'any', '2'),
	('sum', 2020, NULL, '60', '10', NULL, 'any', '2'), ('on_sum', 2021, NULL, '30', NULL, NULL, 'any', '2'), ('own', 2019, 2019, '50', NULL, NULL, 'any', '2');
INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES ('each', 'recorded', 2016, '45', 'any', '3'), ('own', 'recorded', 2018, '40', 'any', '3');
INSERT INTO ce_minimum (scheme, category, from_year, hours, instrument, clause) VALUES ('minima', 'recorded', 2018, '35', 'any', '3');
INSERT INTO ce_window (scheme, route, level, needs_held, aggregation, years, years_by, cycle_from, required_total, required_public, required_professional, each_at_least, judged_by, professional_only, from_year, instrument, clause)
	SELECT v.scheme, 'review', v.level::ce_level, v.held::ce_level, v.aggregation, v.years, v.years_by, v.cycle_from, v.total::ce_hours, v.public::ce_hours, v.professional::ce_hours, v.floor::ce_hours, v.judge, v.prof, 2016, 'any', '4' FROM (VALUES
	('each', 'junior', NULL, 'any', 2, 'fixed', NULL::integer, NULL, NULL, NULL, NULL, NULL, false), ('each', 'intermediate', NULL, 'each', 3, 'fixed', NULL, NULL, NULL, NULL, NULL, NULL, false), ('each', 'senior', NULL, 'each', 4, 'fixed', NULL, NULL, NULL, NULL, NULL, NULL, true),
	('each', 'full_senior', NULL, 'sum', 2, 'fixed', NULL, NULL, NULL, NULL, NULL, NULL, false),
	('sum', 'junior', NULL, 'sum', 2, 'fixed', NULL, NULL, NULL, NULL, NULL, NULL, false), ('sum', 'intermediate', NULL, 'sum', 3, 'fixed', NULL, NULL, NULL, NULL, NULL, NULL, true), ('sum', 'senior', NULL, 'sum', 3, 'fixed', NULL, NULL, NULL, NULL, NULL, 'each', false),
	('sum', 'full_senior', NULL, 'sum', 5, 'fixed', NULL, NULL, NULL, NULL, NULL, NULL, false), ('sum', 'full_senior', 'senior', 'each', 1, 'fixed', NULL, NULL, NULL, NULL, NULL, NULL, false),
	('own', 'junior', NULL, 'sum', 3, 'fixed', NULL, '100', '30', NULL, NULL, NULL, false), ('own', 'intermediate', NULL, 'sum', 3, 'fixed', NULL, '120', NULL, NULL, '25', NULL, false), ('own', 'senior', NULL, 'sum', 3, 'cycle', 2016, '150', '40', '60', NULL, NULL, false),
	('own', 'full_senior', NULL, 'each', 2, 'fixed', NULL, NULL, NULL, NULL, NULL, 'each', false),
	('on_sum', 'senior', NULL, 'sum', 4, 'fixed', NULL, NULL, NULL, NULL, '10', NULL, false), ('on_sum', 'full_senior', NULL, 'any', 3, 'cycle', 2017, NULL, NULL, NULL, NULL, NULL, false),
	('tenure', 'senior', NULL, 'each', 5, 'tenure', NULL, NULL, NULL, NULL, NULL, NULL, false), ('tenure', 'full_senior', NULL, 'sum', 5, 'tenure_after', NULL, NULL, NULL, NULL, NULL, NULL, false), ('tenure', 'junior', NULL, 'any', 4, 'tenure', NULL, NULL, NULL, NULL, NULL, NULL, false),
	('minima', 'junior', NULL, 'sum', 2, 'fixed', NULL, NULL, NULL, NULL, NULL, NULL, false), ('minima', 'intermediate', NULL, 'each', 2, 'fixed', NULL, NULL, NULL, NULL, NULL, NULL, false)) v
	(scheme, level, held, aggregation, years, years_by, cycle_from, total, public, professional, floor, judge, prof);
INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, instrument, clause)
	SELECT s, k, 2016, b::ce_basis, h::ce_hours, 'any', '5' FROM unnest('{each,sum,own,empty}'::text[]) s, (VALUES ('recorded_public', 'as_recorded', NULL), ('recorded_professional', 'as_recorded', NULL), ('frontline', 'deems', NULL), ('degree', 'deems', NULL), ('report', 'fixed', '15')) v (k, b, h);

-- 4000 persons, the same at every run
SELECT setseed(0.42) AS seed \gset
CREATE TEMP TABLE them AS SELECT n AS id, (ARRAY['general', 'each', 'sum', 'own', 'on_sum', 'tenure', 'minima', 'empty', 'accounting'])[1 + floor(random() * 9)::integer] AS scheme,
	CASE WHEN random() < 0.6 THEN make_date(2014 + floor(random() * 9)::integer, 1 + floor(random() * 12)::integer, 1) END AS held_since,
	CASE WHEN random() < 0.6 THEN (enum_range)[1 + floor(random() * 4)::integer] END AS held
	FROM generate_series(100001, 104000) n, (SELECT ARRAY['junior', 'intermediate', 'senior', 'full_senior']::ce_level[] AS enum_range) e;
INSERT INTO ce_person (person_id, org_id, scheme, held_level, held_since, doctorate_on) SELECT id, 25, scheme, held, held_since, CASE WHEN random() < 0.2 THEN '2018-01-01'::date END FROM them;
-- what they studied, as totals; some waits, some came late or was revoked
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
	SELECT 500000 + row_number() OVER (), id, k, make_date(y, 12, 1), CASE WHEN k = 'recorded_public' THEN 5 + floor(random() * 40) ELSE 10 + floor(random() * 60) END::text::ce_hours,
		CASE WHEN w < 0.05 THEN 'submitted' ELSE 'verified' END::ce_status, CASE WHEN w >= 0.05 THEN 2 END, CASE WHEN w >= 0.1 THEN make_date(y, 12, 1) WHEN w >= 0.05 THEN make_date(y + 1, 5, 1) END
	FROM (SELECT id, y, k, random() AS w, scheme FROM them, generate_series(2017, 2022) y, unnest('{recorded_public,recorded_professional}'::text[]) k WHERE scheme <> 'accounting') a WHERE random() < 0.75;
INSERT INTO ce_activity (person_id, kind, completed_on, evidence, status, verified_by, verified_on)
	SELECT id, 'degree', make_date(y, 7, 1), 'document', 'verified', 2, make_date(y, 7, 1) FROM them, generate_series(2020, 2022) y WHERE scheme <> 'accounting' AND random() < 0.04;
INSERT INTO ce_achievement (person_id, kind, grade, role, achieved_on, attested_by, attested_on)
	SELECT id, 'report', CASE WHEN scheme = 'general' THEN 'provincial_leader' END, CASE WHEN scheme = 'general' THEN 'host' END, make_date(y, 8, 1), CASE WHEN random() < 0.8 THEN 25 END, NULL
	FROM them, generate_series(2018, 2022, 2) y WHERE scheme <> 'accounting' AND held_since < make_date(y, 1, 1) AND random() < 0.1;
INSERT INTO ce_sanction (person_id, found_on, decision) SELECT id, make_date(2018 + floor(random() * 4)::integer, 6, 1), 'decision' FROM them WHERE random() < 0.06;
-- some years are waived, as a whole or some hours of them
INSERT INTO ce_waiver (person_id, year, subject, hours, reason, decision, granted_by, granted_on)
	SELECT id, CASE scheme WHEN 'own' THEN 2019 ELSE 2020 END, (ARRAY[NULL, 'public', 'professional', NULL])[n]::ce_subject, CASE n WHEN 1 THEN NULL WHEN 4 THEN '25'::ce_hours ELSE '12' END, 'illness', 'decision', 2, '2021-02-01'
	FROM (SELECT id, scheme, CASE WHEN scheme IN ('general', 'each') THEN 1 + floor(random() * 4)::integer ELSE 1 + 3 * floor(random() * 2)::integer END AS n FROM them WHERE scheme IN ('general', 'each', 'sum', 'on_sum', 'own') AND random() < 0.15) w;
-- one of six came from another scheme, some from two
INSERT INTO ce_person_scheme (person_id, until_on, scheme) SELECT id, make_date(2017 + floor(random() * 6)::integer, 1 + floor(random() * 12)::integer, 28), (ARRAY['general', 'each', 'sum', 'own', 'on_sum', 'accounting'])[1 + floor(random() * 6)::integer]
	FROM them, generate_series(1, 2) n WHERE random() < 0.09 ON CONFLICT DO NOTHING;
SELECT is_empty($$ SELECT s FROM unnest('{general,each,sum,own,on_sum,tenure,minima,empty,accounting}'::text[]) s WHERE (SELECT count(*) FROM ce_person p WHERE p.scheme = s AND NOT p.moved) < 100 $$, 'enough of each scheme');
SELECT cmp_ok((SELECT count(*) FROM ce_person WHERE moved), '>', 300::bigint, 'and enough who moved');
ANALYZE ce_person; ANALYZE ce_account;

-- all at once, as the view does
CREATE FUNCTION together(day date) RETURNS TABLE (id bigint, junior text, intermediate text, senior text, full_senior text) LANGUAGE sql AS $$
	SELECT p.person_id, ce__standing_outcome(s.code, 'junior'), ce__standing_outcome(s.code, 'intermediate'), ce__standing_outcome(s.code, 'senior'), ce__standing_outcome(s.code, 'full_senior')
	FROM ce_person p CROSS JOIN LATERAL (SELECT ce__standing_code(p.moved, p.sanctioned, p.person_id, p.org_id, p.scheme, p.doctorate_on, p.held_level, p.held_since, day) AS code OFFSET 0) s $$;
CREATE FUNCTION one_by_one(day date) RETURNS TABLE (id bigint, junior text, intermediate text, senior text, full_senior text) LANGUAGE plpgsql AS $$
DECLARE p bigint;
BEGIN
	FOR p IN SELECT person_id FROM ce_person LOOP
		RETURN QUERY SELECT p, ce_verdict(p, 'junior', as_of => day)::text, ce_verdict(p, 'intermediate', as_of => day)::text, ce_verdict(p, 'senior', as_of => day)::text, ce_verdict(p, 'full_senior', as_of => day)::text;
	END LOOP;
END $$;
CREATE TEMP TABLE answers AS SELECT d AS day, o.* FROM unnest('{2018-03-31,2019-12-31,2020-12-31,2021-06-30,2021-12-31,2022-12-31,2024-02-29}'::date[]) d CROSS JOIN LATERAL one_by_one(d) o;
SELECT is_empty(format('SELECT t::text, o::text FROM together(%L) t FULL JOIN (SELECT id, junior, intermediate, senior, full_senior FROM answers WHERE day = %1$L) o USING (id) WHERE (t.junior, t.intermediate, t.senior, t.full_senior) IS DISTINCT FROM (o.junior, o.intermediate, o.senior, o.full_senior)', d),
	'everybody on ' || d) FROM unnest('{2018-03-31,2019-12-31,2020-12-31,2021-06-30,2021-12-31,2022-12-31,2024-02-29}'::date[]) d;
SELECT is_empty(format('SELECT o.id FROM answers o CROSS JOIN LATERAL ce_standing(o.id, o.day) s WHERE o.day = %L AND (s.junior::text, s.intermediate::text, s.senior::text, s.full_senior::text) IS DISTINCT FROM (o.junior, o.intermediate, o.senior, o.full_senior)', d),
	'ce_standing() on ' || d) FROM unnest('{2018-03-31,2020-12-31,2021-06-30,2022-12-31}'::date[]) d;
SELECT is_empty($$ SELECT e.person_id FROM ce_eligibility e WHERE (e.junior, e.senior) IS DISTINCT FROM (ce_verdict(e.person_id, 'junior')::text, ce_verdict(e.person_id, 'senior')::text) $$, 'the view today');
-- explanations say the same as verdicts
SELECT is_empty($$ SELECT o.id FROM answers o CROSS JOIN LATERAL (SELECT bool_and(x.ok) AS ok FROM ce_explain(o.id, 'senior', as_of => o.day) x) x
	WHERE o.id % 4 = 0 AND o.day IN ('2020-12-31', '2022-12-31') AND x.ok <> (o.senior = 'eligible') $$, 'every condition is met if and only if the person is eligible');
-- the totals are assessed by the scheme of the year
SELECT is_empty($$ SELECT t.person_id, t.year FROM ce_yearly_totals t JOIN ce_account a USING (person_id, year) CROSS JOIN LATERAL ce_assess(ce_scheme_in_year(t.person_id, t.year), t.year, a.credit, '0', false) x
	WHERE (t.met, t.required_total, t.total_short) IS DISTINCT FROM (x.met, x.required_total::numeric, x.total_short::numeric) $$, 'totals by the scheme of the year');
-- every outcome comes out of every sort of scheme, so that the comparison says something
SELECT is((SELECT string_agg(DISTINCT v, ' ' ORDER BY v) FROM answers o JOIN ce_person p ON p.person_id = o.id CROSS JOIN LATERAL (VALUES (o.junior), (o.intermediate), (o.senior), (o.full_senior)) x (v) WHERE p.scheme = s AND NOT p.moved), w, 'outcomes under ' || s)
	FROM (VALUES ('general', 'banned eligible no_rule not_eligible pending'), ('each', 'banned eligible not_eligible pending'), ('sum', 'eligible no_rule not_eligible pending'), ('own', 'banned eligible not_eligible pending'),
		('on_sum', 'banned eligible no_rule not_eligible pending'), ('tenure', 'banned eligible no_rule not_eligible pending'), ('minima', 'banned eligible not_eligible pending'), ('empty', 'no_rule'), ('accounting', 'out_of_scope')) v (s, w);

SELECT * FROM finish();
ROLLBACK;

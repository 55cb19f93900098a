-- Other notices, as examples/notices has them: questions and answers
BEGIN;
\ir lib/ledger.psql
\ir ../../examples/notices/order_25.sql
\ir ../../examples/notices/guangdong.sql
\ir ../../examples/notices/inner_mongolia_2011.sql
\ir ../../examples/notices/anhui_2025.sql
\ir ../../examples/notices/qinghai_2021_2026.sql
SELECT * FROM no_plan();

-- what somebody did in a year, verified
CREATE FUNCTION did(p bigint, of_kind text, y integer, h numeric DEFAULT NULL, d numeric DEFAULT NULL) RETURNS bigint LANGUAGE sql AS $$
	SELECT give(p, jsonb_build_object('kind', of_kind, 'started_on', make_date(y, 1, 10), 'completed_on', make_date(y, 6, 30), 'hours', h, 'days', d,
		'verified_on', make_date(y, 7, 1), 'verified_by', CASE (SELECT track FROM ce_kind WHERE kind = of_kind) WHEN 'feed' THEN 4 WHEN 'special' THEN 5 END));
	SELECT p
$$;
-- public/professional/total hours of a year and whether it is met
CREATE FUNCTION year_of(p bigint, y integer) RETURNS text LANGUAGE sql AS $$
	SELECT format('%s/%s/%s %s', trim_scale(public_hours), trim_scale(professional_hours), trim_scale(total_hours),
		CASE WHEN met THEN 'met' WHEN met IS NULL THEN 'no rule' ELSE 'not met' END)
	  FROM ce_yearly_totals WHERE person_id = p AND year = y
$$;
-- what ce_explain says is missing: condition, year, required, got
CREATE FUNCTION missing(p bigint, level ce_level, as_of date) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', condition, year, trim_scale(got), 'of', trim_scale(required)), ', ' ORDER BY ord)
	  FROM ce_explain(p, level, 'review', as_of) WHERE NOT ok
$$;

-- Guangdong
CREATE TEMP TABLE gd AS SELECT n, person(22, 'guangdong', NULL, 'intermediate', '2018-05-01') AS p FROM generate_series(1, 9) AS n;
CREATE FUNCTION gd(i integer) RETURNS bigint LANGUAGE sql AS 'SELECT p FROM gd WHERE n = i';
SELECT did(gd(1), 'gd_public', 2023, 30), did(gd(1), 'gd_professional', 2023, 42), did(gd(1), 'gd_elective', 2023, 18),
	did(gd(2), 'gd_public', 2023, 40), did(gd(2), 'gd_professional', 2023, 42), did(gd(2), 'gd_elective', 2023, 10),
	did(gd(3), 'gd_public', 2023, 30), did(gd(3), 'gd_professional', 2023, 24), did(gd(3), 'gd_elective', 2023, 36),
	did(gd(4), 'gd_public', 2023, 30), did(gd(4), 'gd_professional', 2023, 60) \g /dev/null
SELECT did(gd(5), 'gd_public', 2020, NULL, 3), did(gd(5), 'gd_professional', 2020, NULL, 7), did(gd(5), 'gd_elective', 2020, NULL, 2),
	did(gd(5), 'gd_public', 2021, 18), did(gd(5), 'gd_professional', 2021, NULL, 7), did(gd(5), 'gd_elective', 2021, NULL, 2),
	did(gd(6), 'gd_public', 2021, 30), did(gd(6), 'gd_professional', 2021, NULL, 7), did(gd(6), 'gd_elective', 2021, NULL, 2) \g /dev/null
SELECT did(gd(7), 'gd_public', y, 30), did(gd(7), 'gd_professional', y, 42), did(gd(7), 'gd_elective', y, 18) FROM generate_series(2019, 2023) y \g /dev/null
UPDATE ce_person SET held_since = '2021-01-05' WHERE person_id = gd(8);
SELECT did(gd(8), 'gd_public', y, 30), did(gd(8), 'gd_professional', y, 42), did(gd(8), 'gd_elective', y, 18) FROM generate_series(2021, 2023) y \g /dev/null
SELECT is(year_of(gd(1), 2023), '30/42/90 met', 'Guangdong: 30 + 42 + 18 electives: met');
SELECT is(year_of(gd(2), 2023), '40/42/92 not met', 'Guangdong: 40 + 42 + 10 electives: not met');
SELECT is(year_of(gd(3), 2023), '30/24/90 not met', 'Guangdong: 36 electives stand for no professional hours');
SELECT is(year_of(gd(4), 2023), '30/60/90 not met', 'Guangdong: nor professional hours for electives');
SELECT is((SELECT trim_scale(required_professional) FROM ce_yearly_totals WHERE person_id = gd(1) AND year = 2023), 42::numeric, 'Guangdong: 42 professional hours are required, as the notice says');
SELECT is(year_of(gd(5), 2020), '18/42/72 met', 'Guangdong: 3 + 7 + 2 days of 6 hours in 2020: met');
SELECT is(year_of(gd(5), 2021), '18/56/90 not met', 'Guangdong: in 2021 the public hours are short');
SELECT is(year_of(gd(6), 2021), '30/56/102 not met', 'Guangdong: 2 days of 8 hours are 16 of 18 electives');
SELECT is(ask(gd(7), 'senior', '2023-12-31'), 'eligible', 'Guangdong: title of 2018, so five years, 2019 to 2023: eligible');
SELECT is(ask(gd(8), 'senior', '2023-12-31'), 'eligible', 'Guangdong: title of 2021, so only its years are asked');
SELECT is((SELECT count(DISTINCT year)::integer FROM ce_explain(gd(8), 'senior', 'review', '2023-12-31')), 3, 'Guangdong: which are three');
SELECT is(missing(gd(3), 'senior', '2021-12-31'), 'public 2018 0 of 18, professional 2018 0 of 42, total 2018 0 of 72, minimum 2018 0 of 12, public 2019 0 of 18, professional 2019 0 of 42, total 2019 0 of 72, minimum 2019 0 of 12, public 2020 0 of 18, professional 2020 0 of 42, total 2020 0 of 72, minimum 2020 0 of 12, public 2021 0 of 30, professional 2021 0 of 42, total 2021 0 of 90, minimum 2021 0 of 18',
	'Guangdong: each year by its own row, electives as a minimum');
UPDATE ce_person SET held_since = NULL WHERE person_id = gd(9);
SELECT is(ask(gd(9), 'senior', '2023-12-31'), 'no_rule', 'Guangdong: without the day of the title no years can be counted');
SELECT is((SELECT string_agg(condition, ' ') FROM ce_explain(gd(9), 'senior', 'review', '2023-12-31') WHERE NOT ok), 'tenure', 'Guangdong: and ce_explain says so');
SELECT ok((SELECT string_agg(DISTINCT clause, ', ') !~ '7\.3d|6\.2b|0\.3|^4\.2$' FROM ce_explain(gd(1), 'senior', 'review', '2023-12-31')), 'Guangdong: ce_explain cites its own rows');
SELECT is(ask(did(did(did(person(22, 'guangdong', NULL, 'intermediate', '2023-06-01'), 'gd_public', 2023, 30), 'gd_professional', 2023, 42), 'gd_elective', 2023, 17.99), 'senior', '2023-12-31'),
	'not_eligible', 'Guangdong: electives a hundredth short');
-- the public course of a year, until 30 April of the next
CREATE TEMP TABLE april AS SELECT n, did(did(did(person(22, 'guangdong', NULL, 'intermediate', '2025-01-05'), 'gd_public', 2025, 12), 'gd_professional', 2025, 42), 'gd_elective', 2025, 18) AS p FROM generate_series(1, 2) AS n;
SELECT give(p, jsonb_build_object('kind', k, 'started_on', '2026-03-02', 'completed_on', '2026-03-10', 'hours', h, 'verified_on', '2026-03-20'))
	FROM april, (VALUES (1, 'gd_public', 48), (1, 'gd_elective', 18), (2, 'gd_public', 47), (2, 'gd_elective', 18)) v (i, k, h) WHERE n = i \g /dev/null
SELECT is(year_of(p, 2025), '12/42/72 not met', 'Guangdong: 18 public hours of 2025 are not studied in it') FROM april WHERE n = 1;
SELECT throws_like(format('SELECT ce_allocate(%s, 2026, 2025, ''public'', 18, 22, ''2026-04-20'')', p), 'the surplus of 2026 is not sufficient', 'Guangdong: what 2026 needs itself is not carried') FROM april WHERE n = 2;
SELECT isnt(ce_allocate(p, 2026, 2025, 'public', 18, 22, '2026-04-20'), NULL, 'Guangdong: what is surplus in March 2026 is') FROM april WHERE n = 1;
SELECT is(year_of(p, 2025), '30/42/90 met', 'Guangdong: and makes 2025 whole') FROM april WHERE n = 1;
SELECT isnt(ce_allocate(p, 2026, 2025, 'public', 5, 22, '2026-04-20'), NULL, 'Guangdong: electives of 2026 need not be there: no other hours stand for them')
	FROM (SELECT did(person(22, 'guangdong', NULL, 'intermediate', '2025-01-05'), 'gd_professional', 2025, 42) AS p) e,
	LATERAL give(p, jsonb_build_object('kind', 'gd_public', 'started_on', '2026-03-02', 'completed_on', '2026-03-10', 'hours', 35, 'verified_on', '2026-03-20'));
SELECT throws_like(format('SELECT ce_allocate(%s, 2026, 2024, ''public'', 1, 22, ''2026-04-20'')', p), 'hours of 2026 cannot be allocated to 2024', 'Guangdong: but no earlier year') FROM april WHERE n = 2;

-- Inner Mongolia
CREATE TEMP TABLE nm AS SELECT n, person(22, 'inner-mongolia', NULL, 'intermediate', '2010-01-01') AS p FROM generate_series(1, 6) AS n;
CREATE FUNCTION nm(i integer) RETURNS bigint LANGUAGE sql AS 'SELECT p FROM nm WHERE n = i';
SELECT did(nm(1), 'nm_public', 2012, 40), did(nm(1), 'nm_professional', 2011, 80),
	did(nm(2), 'nm_public', 2012, 39.99), did(nm(2), 'nm_professional', 2011, 90),
	did(nm(3), 'nm_public', 2012, 40), did(nm(3), 'nm_professional', 2011, 40), did(nm(3), 'nm_elective', 2013, 40),
	did(nm(4), 'nm_public', 2012, 33), did(nm(4), 'nm_professional', 2011, 67),
	did(nm(5), 'nm_public', 2010, 40), did(nm(5), 'nm_professional', 2011, 80) \g /dev/null
SELECT is(ask(nm(1), 'senior', '2013-12-31'), 'eligible', 'Inner Mongolia: 40 + 80 in three years, though 2013 is empty');
SELECT is(ask(nm(2), 'senior', '2013-12-31'), 'not_eligible', 'Inner Mongolia: public 39.99 of 40');
SELECT is(ask(nm(2), 'senior', '2014-12-31'), 'not_eligible', 'Inner Mongolia: the same a year later');
SELECT is(ask(nm(3), 'senior', '2013-12-31'), 'eligible', 'Inner Mongolia: electives fill the total');
SELECT is(ask(nm(4), 'senior', '2013-12-31'), 'not_eligible', 'Inner Mongolia: 100 and 33 are not enough for the senior title');
SELECT is(ask(nm(4), 'junior', '2013-12-31'), 'eligible', 'Inner Mongolia: but for the junior one, and nobody names a scheme');
SELECT is(ask(nm(5), 'senior', '2013-12-31'), 'not_eligible', 'Inner Mongolia: 2010 is not among the three years');
SELECT is(missing(nm(2), 'senior', '2013-12-31'), 'sum_public 39.99 of 40', 'Inner Mongolia: what is missing, and of what');
SELECT is(missing(nm(4), 'senior', '2013-12-31'), 'sum_public 33 of 40, sum 100 of 120', 'Inner Mongolia: of both sums');
SELECT is((SELECT cure FROM ce_explain(nm(2), 'senior', 'review', '2013-12-31') WHERE NOT ok), '2013 is over: enter what was verified of that year before the ledger went live, if the ledger lacks it', 'Inner Mongolia: nobody can study in a year that is over');
SELECT is((SELECT count(*)::integer FROM ce_shortfalls WHERE person_id = nm(1)), 0, 'Inner Mongolia: no year of a sum is called short');

-- Anhui, based on Order 25
CREATE TEMP TABLE ah AS SELECT n, person(22, CASE WHEN n < 4 THEN 'anhui' ELSE 'anhui-before' END, NULL, 'intermediate', '2020-01-01') AS p FROM generate_series(1, 5) AS n;
CREATE FUNCTION ah(i integer) RETURNS bigint LANGUAGE sql AS 'SELECT p FROM ah WHERE n = i';
SELECT did(ah(1), 'ah_public_online', 2025, 15), did(ah(1), 'ah_public_patent', 2025), did(ah(1), 'ah_professional', 2025, 60),
	did(ah(2), 'ah_public_award', 2025), did(ah(2), 'ah_professional', 2025, 60),
	did(ah(3), 'ah_professional', 2025, 90), did(ah(4), 'ah_professional', 2025, 90),
	did(ah(5), 'ah_professional', 2024, 90) \g /dev/null
SELECT is(year_of(ah(1), 2025), '30/60/90 met', 'Anhui: public hours online and by conversion');
SELECT is(year_of(ah(2), 2025), '30/60/90 met', 'Anhui: or by conversion alone');
SELECT is(year_of(ah(3), 2025), '0/90/90 not met', 'Anhui: without them the year is not met');
SELECT is(year_of(ah(4), 2025), '0/90/90 met', 'Anhui: in transition until 2030 it is');
SELECT ok((SELECT NOT met FROM ce_assess('anhui-before', 2031, '{training:90}', '0', false)), 'Anhui: and from 2031 it is not');
SELECT is(year_of(ah(5), 2024), '0/90/90 met', 'Anhui: before 2025 Order 25 governs');
SELECT is((SELECT clause FROM ce_explain(ah(5), 'senior', 'review', '2024-12-31') WHERE condition = 'total'), 'art. 8', 'Anhui: and is cited');
SELECT is((SELECT string_agg(DISTINCT instrument, ' ') FROM ce_explain(ah(5), 'senior', 'review', '2024-12-31') WHERE condition = 'total'), 'mohrss-order-25', 'Anhui: with its instrument');
SELECT throws_like(format('SELECT did(%s, ''ah_public_award'', 2026)', ah(4)), 'no rule converts activities of kind "ah_public_award" in 2026 into hours', 'Anhui: who keeps the old rules has no conversions of 2025');
SELECT is((SELECT string_agg(kind, ' ' ORDER BY kind) FROM ce__rules('anhui-before', y)), rules, 'Anhui: rules in transition in ' || y) FROM (VALUES (2030, 'ah_professional ah_public_online'), (2031, 'ah_professional ah_public_award ah_public_online ah_public_patent')) v (y, rules);

-- Qinghai under made-up notices
CREATE TEMP TABLE qh AS SELECT n, person(22, 'general', NULL, 'intermediate', '2016-01-01') AS p FROM generate_series(1, 9) AS n;
CREATE FUNCTION qh(i integer) RETURNS bigint LANGUAGE sql AS 'SELECT p FROM qh WHERE n = i';
SELECT did(qh(1), 'training', 2021, NULL, 5), did(qh(1), 'training', 2022, NULL, 5), did(qh(1), 'popular_science', 2022, NULL, 6),
	did(qh(1), 'mentoring', 2021, NULL, 6), did(qh(1), 'mentoring', 2022, NULL, 6) \g /dev/null
SELECT results_eq(format('SELECT awarded::numeric FROM ce_activity WHERE person_id = %s ORDER BY activity_id', qh(1)), 'VALUES (35.0), (40), (24), (42), (48)',
	'Qinghai: a day of 7 hours in 2021, of 8 in 2022, of the new kind 4');
SELECT is(year_of(qh(1), 2022), '0/100/100 not met', 'Qinghai: 40 of training, 20 of 24 popular science, 40 of 48 mentoring');
SELECT is((SELECT string_agg(trim_scale(mentoring_hours)::text, ' ' ORDER BY year) FROM ce_yearly_totals WHERE person_id = qh(1) AND year IN (2021, 2022)), '30 40', 'Qinghai: each year''s cap');
SELECT did(qh(2), 'academy_course', y, p), did(qh(2), 'training', y, q) FROM (VALUES (2021, 30, 60), (2022, 30, 70), (2023, 24, 72), (2024, 20, 70), (2025, 30, 60), (2026, 30, 60)) v (y, p, q) \g /dev/null
SELECT is((SELECT string_agg(met::text, ' ' ORDER BY year) FROM ce_yearly_totals WHERE person_id = qh(2) AND year BETWEEN 2021 AND 2026), 'true true true true true true', 'Qinghai: every year met, just so');
SELECT is(ask(qh(2), 'senior', '2024-12-31'), 'eligible', 'Qinghai: four years in 2024');
SELECT is((SELECT count(DISTINCT year) || ' ' || ask(qh(2), 'senior', '2025-12-31') FROM ce_explain(qh(2), 'senior', 'review', '2025-12-31')), '5 eligible', 'Qinghai: five in 2025');
SELECT did(qh(3), 'academy_course', y, p), did(qh(3), 'training', y, q) FROM (VALUES (2021, 30, 60), (2022, 30, 69.99), (2023, 24, 72), (2024, 20, 70)) v (y, p, q) \g /dev/null
SELECT is(missing(qh(3), 'senior', '2024-12-31'), 'professional 2022 69.99 of 70, total 2022 99.99 of 100', 'Qinghai: a hundredth short in 2022');
SELECT is((SELECT count(*)::integer FROM jsonb_object_keys(ce_receipt(qh(2), 'senior', 'review', '2025-12-31') -> 'law') k WHERE k ~ 'ce_requirement general 202[1-5]'), 5, 'Qinghai: the receipt names the notice of each year');
UPDATE ce_person SET doctorate_on = '2015-01-01', held_level = 'senior' WHERE person_id = qh(4);
SELECT did(qh(4), 'academy_course', y, 30), did(qh(4), 'training', y, 90) FROM generate_series(2024, 2026) y \g /dev/null
SELECT is(ask(qh(4), 'senior', '2025-12-31'), 'eligible', 'Qinghai: doctors are asked two years until 2025');
SELECT is(ask(qh(4), 'senior', '2026-11-01'), 'not_eligible', 'Qinghai: and four from 2026');

SELECT is((SELECT string_agg(concat_ws(' ', label_en, trim_scale(got), 'of', trim_scale(required), 'short', trim_scale(short), instrument), ', ' ORDER BY ord) FROM ce_year_minima WHERE person_id = gd(2) AND year = 2023),
	'all hours 92 of 90 short 0 gd-2021, public subjects 40 of 30 short 0 gd-2021, professional subjects 42 of 42 short 0 gd-2021, electives 10 of 18 short 8 gd-2021', 'ce_year_minima has each minimum with its row');
SELECT is_empty($$SELECT * FROM ce_yearly_totals y WHERE met IS DISTINCT FROM (SELECT bool_and(short = 0) FROM ce_year_minima m WHERE m.person_id = y.person_id AND m.year = y.year)$$, 'a year is met if no minimum is short');
SELECT is_empty('SELECT * FROM ce_law_check()', 'ce_law_check() is empty for all of them');
SELECT is_empty('SELECT * FROM ce_check()', 'so is ce_check()');
SELECT * FROM finish();
ROLLBACK;

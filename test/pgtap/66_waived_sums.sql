-- AMB-35: years that are waived, in sums of years; and remedies that are there
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

INSERT INTO ce_instrument VALUES ('s-1', '1', '一', 'one', '2012-01-01');
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause) VALUES ('sums', '合计', 'sums', true, 's-1', '1'), ('own', '自定', 'own sums', true, 's-1', '1');
INSERT INTO ce_requirement (scheme, from_year, total_hours, public_hours, professional_hours, instrument, clause) VALUES ('sums', 2012, '60', '20', '40', 's-1', '6');
INSERT INTO ce_minimum (scheme, category, from_year, hours, instrument, clause) VALUES ('sums', 'training', 2012, '10', 's-1', '7');
INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('own', 2012, '60', 's-1', '6');
INSERT INTO ce_rule (scheme, kind, from_year, basis, instrument, clause)
	SELECT s, k, 2000, 'as_recorded', 's-1', '9' FROM unnest('{sums,own}'::text[]) s, unnest('{recorded_public,recorded_professional}'::text[]) k;
INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, instrument, clause) SELECT s, 'training', 2000, 'document_or_days', '6', 's-1', '9' FROM unnest('{sums,own}'::text[]) s;
INSERT INTO ce_rule (scheme, kind, from_year, basis, instrument, clause) SELECT s, 'degree', 2000, 'deems', 's-1', '9' FROM unnest('{sums,own}'::text[]) s;
INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause)
	SELECT 'sums', r, l, 'sum', 3, 2014, 's-1', '8' FROM unnest(enum_range(NULL::ce_route)) r, unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) l;
INSERT INTO ce_window (scheme, route, level, aggregation, years, required_total, from_year, instrument, clause)
	SELECT 'own', r, l, 'sum', 3, '180', 2014, 's-1', '8' FROM unnest(enum_range(NULL::ce_route)) r, unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) l;

-- training and public hours of 2017 to 2019
CREATE FUNCTION studied(p bigint, training numeric[], public numeric[]) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours, evidence, status, verified_by, verified_on)
	SELECT p, k, d - 30, d, h, 'document', 'verified', 2, d FROM (
		SELECT 'training' AS k, make_date(2016 + n::integer, 6, 1) AS d, h FROM unnest(training) WITH ORDINALITY AS t (h, n) WHERE h > 0
		UNION ALL SELECT 'recorded_public', make_date(2016 + n::integer, 12, 31), h FROM unnest(public) WITH ORDINALITY AS t (h, n) WHERE h > 0) f;
	RETURN p;
END $$;
CREATE FUNCTION waive(p bigint, y integer, subject ce_subject DEFAULT NULL, hours ce_hours DEFAULT NULL) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_waiver (person_id, year, subject, hours, reason, decision, granted_by, granted_on) VALUES (p, y, subject, hours, 'r', 'd', 2, make_date(y + 1, 1, 10)) RETURNING p
$$;
CREATE FUNCTION graduate(p bigint, y integer) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_activity (person_id, kind, completed_on, evidence, status, verified_by, verified_on) VALUES (p, 'degree', make_date(y, 7, 1), 'diploma', 'verified', 2, make_date(y, 7, 2)) RETURNING p
$$;
CREATE FUNCTION sums(p bigint) RETURNS text LANGUAGE sql AS $$
	SELECT ce_verdict(p, 'senior', as_of => '2019-12-31') || ': ' || string_agg(concat_ws(' ', condition, trim_scale(got) || '/' || trim_scale(required)), ', ' ORDER BY ord)
	  FROM ce_explain(p, 'senior', as_of => '2019-12-31') WHERE condition LIKE 'sum%'
$$;
CREATE TEMP TABLE asked (p bigint);
CREATE FUNCTION sums_of(p bigint) RETURNS text LANGUAGE sql AS $$ INSERT INTO asked VALUES (p); SELECT sums(p) $$;

-- a year waived whole asks for nothing, and what was studied in it counts for the others
SELECT is(sums_of(studied(person(25, 'sums'), '{40,40,40}', '{20,20,20}')), 'eligible: sum_public 60/60, sum_professional 120/120, sum 180/180, sum_minimum 120/30', 'three years');
SELECT is(sums_of(waive(studied(person(25, 'sums'), '{40,0,40}', '{20,0,20}'), 2018)), 'eligible: sum_public 40/40, sum_professional 80/80, sum 120/120, sum_minimum 80/20', 'AMB-35: one of them waived');
SELECT is(sums_of(waive(studied(person(25, 'sums'), '{40,40,0}', '{20,20,0}'), 2018)), 'eligible: sum_public 40/40, sum_professional 80/80, sum 120/120, sum_minimum 80/20', 'AMB-35: studied in the waived one');
SELECT is(sums_of(waive(studied(person(25, 'sums'), '{40,39.99,0}', '{20,20,0}'), 2018)), 'not_eligible: sum_public 40/40, sum_professional 79.99/80, sum 119.99/120, sum_minimum 79.99/20', 'AMB-35: a hundredth short');
-- hours or a subject waived give the same answer as the whole
SELECT is(sums_of(waive(waive(studied(person(25, 'sums'), '{40,40,0}', '{20,20,0}'), 2018, 'public', '20'), 2018, 'professional', '40')),
	'eligible: sum_public 40/40, sum_professional 80/80, sum 120/120, sum_minimum 80/30', 'AMB-35: all of its hours waived');
SELECT is(sums_of(waive(studied(person(25, 'sums'), '{40,40,0}', '{20,20,20}'), 2018, 'professional')), 'eligible: sum_public 60/60, sum_professional 80/80, sum 140/140, sum_minimum 80/20', 'AMB-35: a subject waived');
SELECT is(sums_of(waive(studied(person(25, 'sums'), '{40,39.99,0}', '{20,20,20}'), 2018, 'professional')), 'not_eligible: sum_public 60/60, sum_professional 79.99/80, sum 139.99/140, sum_minimum 79.99/20', 'AMB-35: a hundredth short');
-- a degree completes a year and adds no hours (10.2)
SELECT is(sums_of(graduate(studied(person(25, 'sums'), '{40,0,40}', '{20,20,20}'), 2018)), 'eligible: sum_public 60/60, sum_professional 120/120, sum 180/180, sum_minimum 90/30', '5.2.3: a degree completes the professional hours');
SELECT is(sums_of(graduate(studied(person(25, 'sums'), '{40,40,0}', '{20,20,20}'), 2018)), 'not_eligible: sum_public 60/60, sum_professional 80/120, sum 140/180, sum_minimum 80/30', '10.2: and what was studied beside it does not count twice');
-- a waiver beside a degree waives what it says, and no more
SELECT is(sums_of(waive(graduate(studied(person(25, 'sums'), '{40,40,0}', '{20,20,20}'), 2018), 2018, 'public', '1')), 'not_eligible: sum_public 60/59, sum_professional 80/120, sum 140/179, sum_minimum 80/30', 'AMB-35: an hour of the other subject');
SELECT is(sums_of(waive(graduate(studied(person(25, 'sums'), '{40,40,0}', '{20,20,20}'), 2018), 2018, NULL, '1')), 'not_eligible: sum_public 60/60, sum_professional 80/120, sum 140/179, sum_minimum 80/30', 'AMB-35: an hour of all');
SELECT is(sums_of(waive(graduate(studied(person(25, 'sums'), '{40,40,0}', '{20,0,20}'), 2018), 2018, 'public')), 'not_eligible: sum_public 40/40, sum_professional 80/120, sum 120/160, sum_minimum 80/30', 'AMB-35: the other subject');
SELECT is(sums_of(waive(graduate(studied(person(25, 'sums'), '{40,0,40}', '{20,0,20}'), 2018), 2018, 'public')), 'eligible: sum_public 40/40, sum_professional 120/120, sum 160/160, sum_minimum 90/30', 'AMB-35: and with the rest studied');
-- a law that asks for hours in all alone (Henan)
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause, based_on) VALUES ('all', '总计', 'hours in all', true, 's-1', '1', 'own');
INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause) VALUES ('all', 'review', 'senior', 'sum', 3, 2014, 's-1', '8');
SELECT is(sums_of(waive(studied(person(25, 'all'), '{60,60,0}', '{}'), 2018)), 'eligible: sum 120/120', 'AMB-35: of hours in all: studied in the waived year');
SELECT is(sums_of(waive(studied(person(25, 'all'), '{60,59.99,0}', '{}'), 2018)), 'not_eligible: sum 119.99/120', 'AMB-35: a hundredth short');
-- the same by sums of the window's own
SELECT is(sums_of(waive(graduate(studied(person(25, 'own'), '{60,40,40}', '{}'), 2018), 2018, NULL, '1')), 'not_eligible: sum 140/159', 'AMB-35: own sums: an hour beside a degree');
SELECT is(sums_of(waive(graduate(studied(person(25, 'own'), '{60,20,40}', '{}'), 2018), 2018, NULL, '1')), 'not_eligible: sum 120/139', 'AMB-35: own sums: the more the degree completes, the less is required');
SELECT is(sums_of(waive(studied(person(25, 'own'), '{60,0,60}', '{}'), 2018)), 'eligible: sum 120/120', 'AMB-35: own sums: one year waived');
SELECT is(sums_of(waive(studied(person(25, 'own'), '{60,60,0}', '{}'), 2018)), 'eligible: sum 120/120', 'AMB-35: own sums: studied in the waived one');
SELECT is(sums_of(waive(studied(person(25, 'own'), '{60,60,0}', '{}'), 2018, NULL, '60')), 'eligible: sum 120/120', 'AMB-35: own sums: all of its hours waived');
SELECT is(sums_of(graduate(studied(person(25, 'own'), '{60,40,40}', '{}'), 2018)), 'not_eligible: sum 140/160', '10.2: own sums: a degree completes a year and adds no hours');
SELECT is(sums_of(graduate(studied(person(25, 'own'), '{60,40,60}', '{}'), 2018)), 'eligible: sum 160/160', '10.2: own sums: with its rest studied');
SELECT is_empty('SELECT p, v.senior, ce_verdict(p, ''senior'') FROM asked JOIN ce_eligibility v ON v.person_id = p WHERE v.senior <> ce_verdict(p, ''senior'')::text', 'everybody at once gives the same');
SELECT is_empty('SELECT * FROM ce_check()', 'and all adds up');

-- waivers of the two shipped subjects leave the hours of an own one required
INSERT INTO ce_category (category, parent, label_zh, label_en, instrument, clause) VALUES ('free_choice', NULL, '选修', 'free choice', 's-1', '6');
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause) VALUES ('three', '三科', 'three subjects', true, 's-1', '1');
INSERT INTO ce_requirement (scheme, from_year, total_hours, public_hours, professional_hours, instrument, clause) VALUES ('three', 2012, '90', '30', '42', 's-1', '6');
INSERT INTO ce_minimum (scheme, category, from_year, hours, instrument, clause) VALUES ('three', 'free_choice', 2012, '18', 's-1', '6');
CREATE FUNCTION year_of(p bigint) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(minimum || ' ' || trim_scale(short), ', ' ORDER BY minimum) || CASE WHEN bool_and(short = 0) THEN ' met' ELSE ' not met' END
	  FROM (SELECT coalesce(m.category, 'total') AS minimum, m.short FROM ce_year_minima m WHERE m.person_id = p AND m.year = 2018) m
$$;
SELECT is(year_of(waive(waive(person(25, 'three'), 2018, 'public'), 2018, 'professional')), 'free_choice 18, professional 0, public 0, total 18 not met', 'AMB-35: both subjects waived, the third is not');
SELECT is(year_of(waive(person(25, 'three'), 2018)), 'free_choice 0, professional 0, public 0, total 0 met', 'AMB-35: the year waived whole');
SELECT is((SELECT (a).whole FROM (SELECT (ce_assess('three', 2018, '{}', '0', false)).met AS whole) a), false, 'and a year of nothing');

-- the ban of the scheme that has it (6.2b)
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause, based_on) VALUES ('based', '依据', 'based', true, 's-1', '1.1', 'general');
CREATE TEMP TABLE fraud AS SELECT person(25, 'based') AS p;
INSERT INTO ce_sanction (person_id, found_on, decision) SELECT p, '2020-03-01', 'd' FROM fraud;
SELECT is((SELECT string_agg(clause, ',') FROM fraud, ce_explain(p, 'senior', as_of => '2020-06-30') WHERE condition = 'ban'), '2.1, 6.2b', '6.2b: a ban cites the scheme that has it');
SELECT is((SELECT string_agg(clause, ',') FROM fraud, ce_explain(p, 'senior', as_of => '2020-06-30') WHERE condition = 'scope'), '1.1', 'and the scope cites the person''s');

-- professional surplus cures the total, too, as far as professional hours are short (10.8)
INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, public_hours, professional_hours, instrument, clause) VALUES ('general', 2021, NULL, '90', '30', '60', 's-1', '6');
INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, most_hours, instrument, clause) VALUES ('general', 2022, 'professional', 'any', 2023, 2024, '20', 's-1', '9');
CREATE FUNCTION hours_of(p bigint, y integer, training numeric, academy numeric) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours, evidence, status, verified_by, verified_on) VALUES
		(p, 'training', make_date(y, 3, 1), make_date(y, 4, 30), training, 'document', 'verified', 2, make_date(y, 5, 1)),
		(p, 'academy_course', NULL, make_date(y, 3, 1), academy, NULL, 'verified', 4, make_date(y, 3, 1));
	SELECT p
$$;
CREATE TEMP TABLE short AS SELECT hours_of(hours_of(hours_of(hours_of(person(25, held => 'intermediate', held_since => '2016-01-01'), 2022, 100, 30), 2023, 55, 30), 2024, 60, 30), 2025, 60, 30) AS p;
SELECT results_eq('SELECT condition, cure FROM short, ce_explain(p, ''senior'', as_of => ''2025-12-31'') WHERE NOT ok', $$ VALUES
	('professional', '5 hours can be allocated from the surplus of 2022 (1, 9)'), ('total', '5 hours can be allocated from the surplus of 2022 (1, 9)') $$, '10.8: of both');
SELECT results_eq('SELECT to_year, subject::text, hours::text FROM short, ce_allocation_plan(p, ''senior'', ''2025-12-31'')', $$ VALUES (2023, 'professional', '5') $$, 'as the plan does');

-- a minimum of the subject that is waived is told as waived, too
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, based_on, instrument, clause) VALUES ('each', '每年', 'each', true, 'sums', 's-1', '1');
INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause) VALUES ('each', 'review', 'senior', 'each', 2, 2014, 's-1', '8');
CREATE TEMP TABLE idle AS SELECT waive(studied(person(25, 'each'), '{0,4,40}', '{20,20,20}'), 2018, 'professional') AS p;
SELECT results_eq('SELECT condition, ok, message FROM idle, ce_explain(p, ''senior'', as_of => ''2019-12-31'') WHERE year = 2018 AND condition IN (''professional'', ''minimum'')', $$ VALUES
	('professional', true, '2018: the professional hours are waived, with 4 of 40'), ('minimum', true, '2018: waived, with 4 of 10 hours') $$, 'AMB-35: so is its minimum');

-- 9.2c: who is trained is so with or without a waiver: hours of 0 are no grant, and one of the archive is
INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, instrument, clause) VALUES ('sums', 'mentoring', 2000, 'days', '0', 's-1', '9');
INSERT INTO ce_rule (scheme, kind, from_year, basis, in_archive, instrument, clause) VALUES ('sums', 'award', 2000, 'deems', true, 's-1', '9');
CREATE TEMP TABLE trainee AS SELECT name, person(24, 'sums', held_since => '2015-01-01') AS p FROM unnest('{mentor,laureate,graduate,idle}'::text[]) name;
INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days, evidence, status, verified_by, verified_on)
	SELECT p, 'mentoring', '2018-03-01', '2018-03-03', 3, 'x', 'verified', 2, '2018-03-04' FROM trainee WHERE name = 'mentor';
INSERT INTO ce_achievement (person_id, kind, achieved_on, work_ref, attested_by, attested_on) SELECT p, 'award', '2018-05-01', 'w', 24, '2018-06-01' FROM trainee WHERE name = 'laureate';
SELECT graduate(p, 2018) FROM trainee WHERE name = 'graduate' \g /dev/null
CREATE FUNCTION trained_with(a text, granted text) RETURNS text LANGUAGE sql AS $$
	SELECT after(format($q$ DO $d$ BEGIN PERFORM %s FROM trainee WHERE name = %L; END $d$ $q$, granted, a), '(SELECT sum(trained) FROM ce_annual_statistics WHERE year = 2018 AND org_id = 24)')
$$;
SELECT is((SELECT sum(trained) FROM ce_annual_statistics WHERE year = 2018 AND org_id = 24), 2::numeric, '9.2c: the laureate and the graduate are trained');
SELECT is(trained_with(name, granted), '2', format('9.2c: %s: %s changes nothing', name, granted)) FROM trainee,
	unnest('{"waive(p, 2018)","waive(p, 2018, ''public'')","waive(p, 2018, ''professional'')","waive(p, 2018, ''public'', ''1'')","waive(waive(p, 2018, ''public''), 2018, ''professional'')"}'::text[]) granted;

SELECT * FROM finish();
ROLLBACK;

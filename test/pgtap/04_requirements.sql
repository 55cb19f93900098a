-- 4: the hours of a year, and the years of a title
BEGIN;
\ir lib/ledger.psql
SELECT plan(100);

-- 4.1
SELECT ok(met(give_professional(give_public(person(), '45'), '90'), 2020), '4.1: 45 public + 90 professional is met');
SELECT ok(NOT met(give_professional(give_public(person(), '44'), '91'), 2020), '4.1b: 44 public + 91 professional is not met, although 135 (case 1)');
SELECT ok(NOT met(give_professional(give_public(person(), '44.99'), '200'), 2020), '4.1b: 44.99 public is not met');
SELECT ok(NOT met(give_professional(give_public(person(), '45'), '89'), 2020), '4.1a: 134 in all is not met');
SELECT ok(NOT met(give_professional(give_public(person(), '46'), '89'), 2020), '4.1c: 46 public + 89 professional is not met, although 135');
SELECT ok(NOT met(give_professional(give_public(person(), '200'), '89.99'), 2020), '4.1c: 89.99 professional is not met');
SELECT ok(NOT met(give_public(person(), '135'), 2020), '4.1c: public hours do not stand in for professional ones');
SELECT ok(NOT met(give_professional(person(), '135'), 2020), '4.1b: professional hours do not stand in for public ones');
SELECT results_eq(format('SELECT public_short, professional_short, total_short FROM ce_yearly_totals WHERE on_record AND person_id = %s', give_professional(give_public(person(), '40'), '80.5')),
	'VALUES (5.0, 9.5, 14.5)', '4.1: what is short, by subject and in all');
SELECT results_eq(format('SELECT required_public, required_professional, required_total FROM ce_yearly_totals WHERE on_record AND person_id = %s', give_public(person(), '1')),
	'VALUES (45.0, 90.0, 135.0)', '4.1: what 2020 asks for');
-- a total that the minima do not imply
SELECT ok(met(give_recorded(person(), 2019, '30', '60'), 2019), 'Order 25 art. 8: 30 + 60 in 2019 is met');
SELECT ok(met(give_recorded(person(), 2019, '0', '90'), 2019), 'Order 25 art. 8: 0 + 90 in 2019 is met, there is no public minimum');
SELECT ok(NOT met(give_recorded(person(), 2019, '0', '89.99'), 2019), 'Order 25 art. 8: 89.99 in all is not met');
SELECT ok(NOT met(give_recorded(person(), 2019, '29.99', '60'), 2019), 'Order 25 art. 8: 29.99 + 60 is not met');
SELECT ok(NOT met(give_recorded(person(), 2019, '100', '59.99'), 2019), 'Order 25 art. 8: 59.99 professional is not met');
-- 4.1d
SELECT ok(met(give_professional(give_public(person(), '45', '2020-01-01'), '90', '2020-12-31'), 2020), '4.1d: New Year''s Day and Eve are both in the year');
SELECT ok(NOT met(give_professional(give_public(person(), '45', '2020-12-31'), '90', '2021-01-04'), 2020), '4.1d: the days after are not');
SELECT ok(met(give_professional(person(), '90', '2021-01-04'), 2021),
	'4.1d: they count for their own year');

-- 4.2.1a
SELECT is(ask(give_years(person(), 2020), 'junior'), 'eligible', '4.2.1a: junior by the current year');
SELECT is(ask(give_years(person(), 2019), 'junior', '2020-09-01'), 'eligible', '4.2.1a: junior by the previous year, 2020 empty (case 13)');
SELECT is(ask(give_years(person(), 2018), 'junior'), 'not_eligible', '4.2.1a: not by the year before');
SELECT is(ask(person(), 'junior'), 'not_eligible', '4.2.1a: not by nothing');
SELECT is(ask(give_years(person(), 2019), 'junior', '2021-01-01'), 'not_eligible', '4.2.1a: on New Year''s Day 2021 the window is 2020 and 2021');
SELECT is(ask(give_public(give_professional(give_recorded(person(), 2019, '29', '60'), '90'), '44'), 'junior'), 'not_eligible', '4.2.1a: two halves make no year');

-- 4.2.1b
SELECT is(ask(give_years(person(), 2018, 2019, 2020), 'intermediate'), 'eligible', '4.2.1b: intermediate by 2018, 2019 and 2020');
SELECT is(ask(give_years(person(), 2019, 2020), 'intermediate'), 'not_eligible', '4.2.1b: not without 2018');
SELECT is(ask(give_years(person(), 2018, 2020), 'intermediate'), 'not_eligible', '4.2.1b: not without 2019');
SELECT is(ask(give_years(person(), 2018, 2019), 'intermediate'), 'not_eligible', '4.2.1b: not without the current year (AMB-7)');
SELECT is(ask(give_years(person(), 2016, 2017, 2018, 2019), 'intermediate'), 'not_eligible', '4.2.1b: three years must be the last three');
SELECT is(ask(give_professional(give_public(give_years(person(), 2018, 2019), '45'), '89'), 'intermediate'), 'not_eligible', '4.2.1b: 2020 at 134 (case 13)');
SELECT is(ask(give_recorded(give_years(person(), 2019, 2020), 2018, '29.99', '60'), 'intermediate'), 'not_eligible', '4.2.1b: 2018 at 89.99');
SELECT is(ask(give_professional(give_years(give_recorded(person(), 2018, '0', '50'), 2019, 2020), '500'), 'intermediate'), 'not_eligible',
	'4.2.1b: each year for itself, not the sum (AMB-8)');

-- 4.2.1c
SELECT is(ask(give_years(person(), 2017, 2018, 2019, 2020), level), 'eligible', format('4.2.1c: %s by 2017 to 2020', level))
	FROM unnest('{senior,full_senior}'::ce_level[]) level;
SELECT is(ask(give_years(person(), 2018, 2019, 2020), level), 'not_eligible', format('4.2.1c: %s not without 2017', level))
	FROM unnest('{senior,full_senior}'::ce_level[]) level;
SELECT is(ask(give_years(person(), 2017, 2018, 2020), level), 'not_eligible', format('4.2.1c: %s not without 2019', level))
	FROM unnest('{senior,full_senior}'::ce_level[]) level;
SELECT is(ask(give_years(person(), 2016, 2017, 2018, 2019), level), 'not_eligible', format('4.2.1c: %s not without 2020', level))
	FROM unnest('{senior,full_senior}'::ce_level[]) level;
SELECT is(ask(give_years(person(), 2017, 2018, 2019, 2020), '副高级'), 'eligible', '4.2.1c: 副高级 is the same level by another name');

-- 4.2.1d
SELECT is(ask(give_years(person(doctorate_on => '2010-07-01', held => 'senior'), 2019, 2020), 'full_senior'), 'eligible',
	'4.2.1d: a doctor who holds the associate senior title: 2019 and 2020');
SELECT is(ask(give_years(person(doctorate_on => '2010-07-01', held => 'senior'), 2019, 2020), 'senior'), 'eligible',
	'4.2.1d: who asks for senior asks for the next one (AMB-9, case 12)');
SELECT is(ask(give_years(person(doctorate_on => '2010-07-01', held => 'senior'), 2020), 'full_senior'), 'not_eligible', '4.2.1d: not by 2020 alone');
SELECT is(ask(give_years(person(doctorate_on => '2010-07-01', held => 'senior'), 2018, 2019), 'full_senior'), 'not_eligible', '4.2.1d: not without 2020');
SELECT is(ask(give_years(person(held => 'senior'), 2019, 2020), 'full_senior'), 'not_eligible', '4.2.1d: no doctor: four years');
SELECT is(ask(give_years(person(held => 'senior'), 2019, 2020), 'senior'), 'not_eligible', '4.2.1d: nor by the other name');
SELECT is(ask(give_years(person(held => 'senior'), 2017, 2018, 2019, 2020), 'senior'), 'eligible', '4.2.1c: but by four');
SELECT is(ask(give_years(person(doctorate_on => '2010-07-01', held => 'intermediate'), 2019, 2020), 'senior'), 'not_eligible',
	'4.2.1d: a doctor who holds the intermediate title: four years (case 12)');
SELECT is(ask(give_years(person(doctorate_on => '2010-07-01', held => 'intermediate'), 2019, 2020), 'full_senior'), 'not_eligible',
	'4.2.1d: for the full senior title too');
SELECT is(ask(give_years(person(doctorate_on => '2010-07-01', held => 'intermediate'), 2017, 2018, 2019, 2020), 'senior'), 'eligible', '4.2.1c: who has them may apply (case 12)');
SELECT is(ask(give_years(person(doctorate_on => '2020-12-31', held => 'senior'), 2019, 2020), 'full_senior'), 'eligible', '4.2.1d: a doctorate of that day');
SELECT is(ask(give_years(person(doctorate_on => '2021-01-01', held => 'senior'), 2019, 2020), 'full_senior'), 'not_eligible', '4.2.1d: a doctorate of the day after');
SELECT is(ask(give_years(person(doctorate_on => '2010-07-01', held => 'senior', held_since => '2021-01-01'), 2019, 2020), 'full_senior'), 'not_eligible',
	'4.2.1d: a title of the day after');

-- 4.2.2
SELECT is(ask(give_years(person(), 2020), level, route => 'recognition'), 'eligible', format('4.2.2: %s by recognition by the current year', level))
	FROM unnest('{junior,intermediate,senior}'::ce_level[]) level;
SELECT is(ask(give_years(person(), 2019), level, route => 'recognition'), 'eligible', format('4.2.2: %s by recognition by the previous year', level))
	FROM unnest('{junior,intermediate,senior}'::ce_level[]) level;
SELECT is(ask(give_years(person(), 2017, 2018), level, route => 'recognition'), 'not_eligible', format('4.2.2: %s not by earlier years', level))
	FROM unnest('{junior,intermediate,senior}'::ce_level[]) level;
SELECT is(ask(give_years(person(), 2019, 2020), 'full_senior', route => 'recognition'), 'no_rule', '4.2.2: there is no full senior title by recognition (AMB-10, case 19)');
SELECT is(eligible(give_years(person(), 2019, 2020), 'full_senior', route => 'recognition'), NULL, '4.2.2: and no yes or no');
SELECT is(ask(give_years(person(held => 'senior'), 2020), 'senior', route => 'recognition'), 'eligible', '4.2.2: by recognition senior is senior, whatever is held');

-- 4.2.3
INSERT INTO ce_specialty_pair VALUES ('roads', 'bridges');
SELECT is(ask(give_professional(give_recorded(person(), 2019, '0', '90', 'roads'), '90', '2020-03-01', 'medicine'), 'senior', route => 'transfer', specialty => 'bridges'),
	'eligible', '4.2.3: 90 of a close specialty in 2019 (case 18)');
SELECT is(ask(give_recorded(person(), 2019, '0', '60', 'bridges'), level, route => 'transfer', specialty => 'roads'), 'eligible',
	format('4.2.3: transfer as %s: 60 in 2019, pairs hold both ways, public hours are not asked', level))
	FROM unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) level;
SELECT is(ask(give_recorded(person(), 2019, '40', '59.99', 'roads'), 'senior', route => 'transfer', specialty => 'roads'), 'not_eligible', '4.2.3: 59.99 are not enough');
SELECT is(ask(give_professional(person(), '90', '2020-03-01', 'roads'), 'senior', route => 'transfer', specialty => 'roads'), 'eligible', '4.2.3: 90 in 2020');
SELECT is(ask(give_professional(person(), '89.99', '2020-03-01', 'roads'), 'senior', route => 'transfer', specialty => 'roads'), 'not_eligible', '4.2.3: 89.99 in 2020 are not enough');
SELECT is(ask(give_professional(give_recorded(person(), 2019, '0', '50', 'roads'), '45', '2020-03-01', 'roads'), 'senior', route => 'transfer', specialty => 'roads'),
	'not_eligible', '4.2.3: 50 + 45 over the two years are not added (case 18)');
SELECT is(ask(give_professional(give_professional(person(), '45', '2020-03-01', 'roads'), '45', '2020-04-01', 'bridges'), 'senior', route => 'transfer', specialty => 'roads'),
	'eligible', '4.2.3: the same and a close specialty are added within the year');
SELECT is(ask(give_professional(give_professional(person(), '45', '2020-03-01', 'roads'), '45', '2020-04-01', 'tunnels'), 'senior', route => 'transfer', specialty => 'roads'),
	'not_eligible', '4.2.3: another specialty is not');
SELECT is(ask(give_professional(person(), '90'), 'senior', route => 'transfer', specialty => 'roads'), 'not_eligible', '4.2.3: hours without a specialty do not count');
SELECT is(ask(give_professional(person(), '90', '2020-03-01', 'roads'), 'senior', route => 'transfer'), 'not_eligible', '4.2.3: nor is anything close to no specialty');
SELECT is(ask(give_years(give_recorded(person(), 2018, '30', '60', 'roads'), 2019, 2020), 'senior', route => 'transfer', specialty => 'roads'), 'not_eligible', '4.2.3: 2018 is too long ago');
CREATE FUNCTION mentored(p bigint, first_specialty text, second_specialty text) RETURNS bigint LANGUAGE sql AS $$
	SELECT give(p, jsonb_build_object('kind', 'mentoring', 'started_on', '2020-03-02', 'completed_on', '2020-03-04', 'days', 3, 'specialty', first_specialty));
	SELECT give(p, jsonb_build_object('kind', 'mentoring', 'started_on', '2020-07-01', 'completed_on', '2020-07-03', 'days', 3, 'specialty', second_specialty));
	SELECT give_professional(p, '69', '2020-03-01', 'roads')
$$;
SELECT is(ask(mentored(person(), 'roads', 'medicine'), 'senior', route => 'transfer', specialty => 'roads'), 'eligible',
	'4.2.3: the cap of 5.2.4c is used up by date: 21 of the specialty first, 69 + 21');
SELECT is(ask(mentored(person(), 'medicine', 'roads'), 'senior', route => 'transfer', specialty => 'roads'), 'not_eligible',
	'4.2.3: 21 of another specialty first leave 9, 69 + 9');
CREATE FUNCTION with_degree(p bigint, specialty text) RETURNS bigint LANGUAGE sql AS $$
	SELECT give(p, jsonb_build_object('kind', 'degree', 'completed_on', '2020-07-01', 'specialty', specialty));
	SELECT p
$$;
SELECT is(ask(with_degree(person(), 'roads'), 'senior', route => 'transfer', specialty => 'roads'), 'eligible', '4.2.3: a degree of the specialty deems the year complete');
SELECT is(ask(with_degree(person(), 'medicine'), 'senior', route => 'transfer', specialty => 'roads'), 'not_eligible', '4.2.3: a degree of another does not');
CREATE TEMP TABLE with_deemed AS SELECT with_degree(give_public(person(), '32'), 'roads') AS p;
SELECT is((SELECT string_agg(format('%s %s: %s', condition, got, message), E'\n') FROM ce_explain(p, 'junior', 'review', '2020-12-31') WHERE year = 2020 AND condition IN ('total', 'professional')),
	E'professional 0: 2020: the professional hours are deemed complete, with 0 of 90\ntotal 122: needs 13 more hours in all in 2020: 122 of 135; 90 of them count because a subject is deemed complete',
	'5.2.3(1): what counts beyond the hours studied is told, so that totals can be compared') FROM with_deemed;
SELECT is((SELECT array[total_hours, total_short] FROM ce_yearly_totals WHERE person_id = p AND year = 2020)::text, '{32,13}', '5.2.3(1): totals have the hours studied, and lack the same') FROM with_deemed;

-- AMB-31: pending
CREATE FUNCTION waiting(p bigint, completed date DEFAULT '2020-05-15') RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours) VALUES (p, 'training', '2020-01-01', completed, '90') RETURNING p
$$;
SELECT is(ask(waiting(give_public(person(), '45')), 'junior'), 'pending', 'AMB-31: what waits for verification would make it');
SELECT is(eligible(waiting(give_public(person(), '45')), 'junior'), false, 'AMB-31: which is not a yes');
SELECT is(ask(waiting(give_public(person(), '44')), 'junior'), 'not_eligible', 'AMB-31: what waits would not make it');
SELECT is(ask(waiting(give_public(person(), '45')), 'junior', '2020-05-14'), 'not_eligible', 'AMB-31: what is not complete does not wait');
SELECT is(ask(waiting(give_years(person(), 2019)), 'junior'), 'eligible', 'AMB-31: what is enough without it is enough');
SELECT lives_ok($$ SELECT ce_clone_scheme('general', 'late'); DELETE FROM ce_requirement WHERE scheme = 'late' AND from_year < 2020 $$, 'AMB-4: a law that begins in 2020');
SELECT is(ask(p, 'junior', route => 'recognition', scheme => 'late') || coalesce(' ' || eligible(p, 'junior', route => 'recognition', scheme => 'late'), ' null'), 'no_rule null', 'AMB-4: the year before it could have been enough')
	FROM give_public(person(), '45') p;
SELECT is(ask(p, 'junior', route => 'recognition', scheme => 'late') || coalesce(' ' || eligible(p, 'junior', route => 'recognition', scheme => 'late'), ' null'), 'pending false', 'AMB-31: with what waits its first year would be: not a yes, but an answer')
	FROM waiting(give_public(person(), '45')) p;

-- what waits need not be studied as well: 60 short, 28 waiting, 32 to study
CREATE FUNCTION waits(p bigint, kind text, hours ce_hours, days numeric DEFAULT NULL, completed date DEFAULT ce_today()) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours, days) VALUES (p, kind, completed - 90, completed, hours, days) RETURNING p
$$;
CREATE FUNCTION this_year() RETURNS integer LANGUAGE sql STABLE AS 'SELECT extract(year FROM ce_today())::integer';
CREATE FUNCTION cures(p bigint, what text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN (SELECT x.short || ' short: ' || x.cure FROM ce_explain(p, 'junior', as_of => make_date(this_year(), 12, 31)) x WHERE x.condition = what AND x.year = this_year());
END $$;
CREATE TEMP TABLE half_way AS SELECT waits(person(), 'training', '28') AS p;
SELECT is(cures(p, 'professional'), '60 short: 28 hours wait for verification; study 32 more hours in ' || this_year(), 'AMB-31: 28 hours wait: 32 are to be studied') FROM half_way;
SELECT is(cures(p, 'total'), '90 short: 28 hours wait for verification; study 62 more hours in ' || this_year(), 'AMB-31: of the total 62') FROM half_way;
SELECT waits(p, 'training', '40') FROM half_way;
SELECT is(cures(p, 'professional'), '60 short: 68 hours wait for verification', 'AMB-31: with 68 waiting nothing more') FROM half_way;
SELECT is(cures(p, 'total'), '90 short: 68 hours wait for verification; study 22 more hours in ' || this_year(), 'AMB-31: but for the total 22') FROM half_way;
SELECT is(cures(waits(person(), 'mentoring', NULL, 10), 'professional'), '60 short: 30 hours wait for verification; study 30 more hours in ' || this_year(), '5.2.4c: what waits counts as far as the cap recognises it');
UPDATE ce_window SET aggregation = 'sum' WHERE scheme = 'general' AND route = 'review' AND level = 'junior';
CREATE TEMP TABLE summed AS SELECT waits(waits(give_years(person(), 2020), 'academy_course', '30', completed => '2021-05-31'), 'training', '60', completed => '2021-05-31') AS p;
SELECT is((SELECT x.cure FROM ce_explain(p, 'junior', as_of => '2021-12-31') x WHERE x.condition = 'sum'),
	'90 hours wait for verification', 'AMB-31: of years that are added up, too') FROM summed;

SELECT * FROM finish();
ROLLBACK;

-- 4.1: the view of totals says what ce_assess() says of each account, and what is read for everybody is of one moment
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

CREATE TEMP TABLE who AS
	SELECT row_number() OVER () AS n, person(25, scheme, NULL, 'intermediate', since) AS p, years
	FROM (VALUES ('general', '2018-01-01'::date), ('general', NULL), ('accounting', '2018-01-01')) k (scheme, since),
		(VALUES ('{}'::integer[]), ('{2020}'), ('{2015,2019,2021}')) y (years), generate_series(1, 8);
SELECT isnt_empty('SELECT give_years(p, VARIADIC years) FROM who JOIN ce_person ON person_id = p WHERE scheme = ''general'' AND years <> ''{}''', '4.1: some have hours');
SELECT isnt_empty('SELECT give_public(p, ''45'') FROM who JOIN ce_person ON person_id = p WHERE scheme = ''general'' AND n % 8 = 1 AND years = ''{}''', '4.1: some the public ones alone');
SELECT lives_ok($$ INSERT INTO ce_achievement (person_id, kind, rank, achieved_on, evidence, attested_by, attested_on)
	SELECT p, 'invention_patent', 1 + n % 9, '2020-05-01', 'd', org_id, '2020-05-02' FROM who JOIN ce_person ON person_id = p WHERE n % 8 < 5 AND scheme = 'general' $$, '5.2.5: some have patents');
SELECT lives_ok($$ INSERT INTO ce_achievement (person_id, kind, grade, role, rank, achieved_on, evidence, attested_by, attested_on)
	SELECT p, 'award', 'national_st_progress', NULL, NULL, '2020-06-01', 'd', org_id, '2020-06-02' FROM who JOIN ce_person ON person_id = p WHERE n % 8 = 1 AND scheme = 'general' $$, '5.2.5(4): some an award');
ANALYZE;

CREATE TEMP VIEW totals AS
SELECT person_id, year, public_hours, professional_hours, total_hours, online_hours, training_hours, mentoring_hours, mentoring_hours_raw, recorded_hours, attested_hours, allocated_public,
	allocated_professional, public_deemed, professional_deemed, required_public, required_professional, required_total, public_short, professional_short, total_short, met, met_for_title, on_record
  FROM ce_yearly_totals;
CREATE TEMP VIEW assessed AS
SELECT y.person_id, y.year, t.public_hours::numeric, t.professional_hours::numeric, t.total_hours::numeric, t.online_hours::numeric, t.training_hours::numeric,
	   t.mentoring_hours::numeric, t.mentoring_hours_raw::numeric, t.recorded_hours::numeric, y.hours AS attested_hours, t.allocated_public::numeric,
	   t.allocated_professional::numeric, t.public_deemed, t.professional_deemed, t.required_public::numeric, t.required_professional::numeric,
	   t.required_total::numeric, t.public_short::numeric, t.professional_short::numeric, t.total_short::numeric, t.met, t.met_for_title, true AS on_record
  FROM (SELECT coalesce(a.person_id, h.person_id) AS person_id, coalesce(a.year, h.year) AS year, coalesce(a.credit, '{}') AS credit,
			   coalesce(h.hours, 0) AS hours, coalesce(h.award, false) AS award
		  FROM ce_account a FULL JOIN ce_attested_hours h ON h.person_id = a.person_id AND h.year = a.year) y
  JOIN ce_person p ON p.person_id = y.person_id
 CROSS JOIN LATERAL ce_assess(p.scheme, y.year, y.credit, ce_hours(y.hours), y.award) t;
SELECT set_eq('SELECT * FROM totals WHERE on_record', 'TABLE assessed', '4.1: every column of every year');
SELECT set_eq('SELECT * FROM totals WHERE NOT met AND on_record', 'SELECT * FROM assessed WHERE NOT met', '4.1: with a condition on what is computed');
SELECT set_eq('SELECT * FROM totals WHERE on_record AND person_id = (SELECT min(p) FROM who)', 'SELECT * FROM assessed WHERE person_id = (SELECT min(p) FROM who)', '5.2.5: one person with a patent and no account');
SELECT results_eq('SELECT count(*) > 0, count(*) FILTER (WHERE met IS NULL) > 0, count(*) FILTER (WHERE met_for_title AND NOT met) > 0, bool_or(attested_hours > 0) FROM ce_yearly_totals JOIN who ON p = person_id',
	'VALUES (true, true, true, true)', '4.1: years without a rule and years that attested hours complete are among them');
-- years of which there is nothing: from the first that the ledger knows the person in
SELECT set_eq($$ SELECT * FROM totals WHERE NOT on_record $$, $$
	SELECT p.person_id, y.year, t.public_hours::numeric, t.professional_hours::numeric, t.total_hours::numeric, t.online_hours::numeric, t.training_hours::numeric,
		   t.mentoring_hours::numeric, t.mentoring_hours_raw::numeric, t.recorded_hours::numeric, 0::numeric, t.allocated_public::numeric,
		   t.allocated_professional::numeric, t.public_deemed, t.professional_deemed, t.required_public::numeric, t.required_professional::numeric,
		   t.required_total::numeric, t.public_short::numeric, t.professional_short::numeric, t.total_short::numeric, t.met, t.met_for_title, false
	  FROM ce_person p
	 CROSS JOIN generate_series(2016, extract(year FROM ce_today())::integer) y (year)
	 CROSS JOIN LATERAL ce_assess(p.scheme, y.year, '{}', '0', false) t
	 WHERE p.scheme = 'general' AND NOT EXISTS (SELECT FROM assessed a WHERE a.person_id = p.person_id AND a.year = y.year)
	   AND y.year >= least(extract(year FROM p.held_since), extract(year FROM ce_today()), (SELECT min(a.year) FROM ce_account a WHERE a.person_id = p.person_id)) $$,
	'4.1: and every year with nothing on record, as what it lacks');
SELECT isnt_empty('SELECT * FROM totals WHERE NOT on_record AND NOT met AND total_hours = 0', '4.1: there are such years');
SELECT is((SELECT count(*) FROM ce_yearly_totals t JOIN who ON p = person_id WHERE t.on_record AND NOT EXISTS (SELECT FROM ce_account a WHERE a.person_id = t.person_id AND a.year = t.year)) > 0, true,
	'5.2.5: years without an account are among them');

-- what was read of everybody's achievements is not what a later call sees
CREATE FUNCTION counted() RETURNS TABLE (n bigint) LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY SELECT count(*) FROM ce_attested_hours JOIN who ON p = person_id;
	BEGIN
		UPDATE ce_achievement SET revoked_on = ce_today(), note = 'no' WHERE person_id IN (SELECT p FROM who WHERE who.n % 8 < 3);
		RETURN QUERY SELECT count(*) FROM ce_attested_hours JOIN who ON p = person_id;
		RAISE EXCEPTION USING ERRCODE = 'ZZ999';
	EXCEPTION WHEN SQLSTATE 'ZZ999' THEN NULL;
	END;
	RETURN QUERY SELECT count(*) FROM ce_attested_hours JOIN who ON p = person_id;
END $$;
CREATE TEMP TABLE seen AS SELECT row_number() OVER () AS i, n FROM counted();
SELECT ok((SELECT count(*) > 12 FROM who JOIN ce_person ON person_id = p AND held_since IS NOT NULL JOIN ce_achievement USING (person_id)), '5.2.5: enough of them to be read together');
SELECT ok((SELECT n FROM seen WHERE i = 2) < (SELECT n FROM seen WHERE i = 1), '5.2.5: a revocation between two calls counts in the second');
SELECT is((SELECT n FROM seen WHERE i = 3), (SELECT n FROM seen WHERE i = 1), '5.2.5: and is gone when it is rolled back');

CREATE TEMP TABLE year_2020 AS SELECT ce__totals(false, 1, 25, 'general', NULL, 2020, '{public:45.25}', false, '2020-12-31') AS t;
SELECT throws_ok($$ SELECT ce__totals_hours('\x00', 'public_hours') $$, '22023', 'this value is not the totals of a year', 'no totals');
SELECT throws_ok($$ SELECT ce__totals_hours(t, 'met') FROM year_2020 $$, '22023', 'the totals of a year have no column "met" of this type', 'a condition is no hours');
SELECT throws_ok($$ SELECT ce__totals_flag(t, 'public_hours') FROM year_2020 $$, '22023', 'the totals of a year have no column "public_hours" of this type', 'and hours are no condition');
SELECT throws_ok($$ SELECT ce__totals_flag(t, '') FROM year_2020 $$, '22023', NULL, 'nor is nothing');
SELECT results_eq($$ SELECT n, ce__totals_hours(t, n) FROM year_2020, unnest('{total_short,public_hours,attested_hours}'::text[]) n $$, $$ VALUES ('total_short', 89.75), ('public_hours', 45.25), ('attested_hours', 0) $$, '4.1: hours by their names, also where each call names others');
SELECT results_eq($$ SELECT n, ce__totals_flag(t, n) FROM year_2020, unnest('{met,public_deemed}'::text[]) n $$, $$ VALUES ('met', false), ('public_deemed', false) $$, '4.1: and conditions');
-- null where the law does not say
SELECT is(after('UPDATE ce_requirement SET public_hours = NULL, professional_hours = NULL WHERE scheme = ''general'' AND from_year = 2020', $$ (SELECT concat_ws(' ', ce__totals_hours(t, 'required_public'), ce__totals_hours(t, 'required_professional'), ce__totals_hours(t, 'required_total'), ce__totals_hours(t, 'public_short'), ce__totals_flag(t, 'met'))
	FROM ce__totals(false, 1, 25, 'general', NULL, 2020, '{public:45.25}', false, '2020-12-31') t) $$), '135 0 f', '4.1: a year without minima');
SELECT is(concat_ws(' ', ce__totals_hours(t, 'public_hours'), ce__totals_hours(t, 'required_public'), ce__totals_hours(t, 'required_professional'), ce__totals_hours(t, 'required_total'), ce__totals_hours(t, 'public_short'), ce__totals_hours(t, 'professional_short'), ce__totals_hours(t, 'total_short'),
	ce__totals_flag(t, 'met'), ce__totals_flag(t, 'met_for_title'), ce__totals_flag(t, 'public_deemed')), '40 f', '10.1: a year without a requirement') FROM ce__totals(false, 1, 25, 'general', NULL, 1990, '{public:40}', false, '2020-12-31') t;
-- what the views of 0.2.0 call until ce_setup() replaces them
SELECT throws_ok('SELECT ce_totals_hours(t, 17) FROM year_2020', '22023', 'the totals of a year have no column "17" of this type', '0.2.0: no such hours');
SELECT throws_ok('SELECT ce_totals_hours(t, -1) FROM year_2020', '22023', NULL, '0.2.0: none before the first');
SELECT throws_ok('SELECT ce_totals_flag(t, 6) FROM year_2020', '22023', NULL, '0.2.0: no such condition');
SELECT set_eq($$ SELECT ROW(p.person_id, a.year, ce_totals_hours(t, 0), ce_totals_hours(t, 1), ce_totals_hours(t, 2), ce_totals_hours(t, 3), ce_totals_hours(t, 4), ce_totals_hours(t, 5), ce_totals_hours(t, 6), ce_totals_hours(t, 7), ce_totals_hours(t, 8),
		ce_totals_hours(t, 9), ce_totals_hours(t, 10), ce_totals_flag(t, 0), ce_totals_flag(t, 1), ce_totals_hours(t, 11), ce_totals_hours(t, 12), ce_totals_hours(t, 13), ce_totals_hours(t, 14), ce_totals_hours(t, 15), ce_totals_hours(t, 16), ce_totals_flag(t, 2), ce_totals_flag(t, 3))::text
	FROM ce_account a JOIN ce_person p USING (person_id) CROSS JOIN LATERAL ce_totals(p.person_id, p.org_id, p.scheme, p.held_since, a.year, a.credit, true, ce_today()) t $$,
	'SELECT ROW(t.person_id, t.year, t.public_hours, t.professional_hours, t.total_hours, t.online_hours, t.training_hours, t.mentoring_hours, t.mentoring_hours_raw, t.recorded_hours, t.attested_hours,
		t.allocated_public, t.allocated_professional, t.public_deemed, t.professional_deemed, t.required_public, t.required_professional, t.required_total, t.public_short, t.professional_short, t.total_short, t.met, t.met_for_title)::text
	FROM ce_yearly_totals t JOIN ce_account USING (person_id, year)', '0.2.0: the same totals by their places');
SELECT is(ce__totals(false, 1, 25, NULL, NULL, 2020, '{}', false, '2020-12-31'), NULL, 'null for null');
SELECT * FROM finish();
ROLLBACK;

-- 4.2: asked about everybody (one pass over the accounts) the answers are those for each person
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

-- all that a verdict can turn on, combined; 2019 to 2022
CREATE TEMP TABLE who AS
	SELECT row_number() OVER () AS n, person(org, scheme, doctorate_on, held, held_since) AS p, years, waits, award, sanction
	FROM (VALUES (25, 'general', NULL::date, NULL::ce_level, NULL::date), (25, 'general', '2018-07-01', 'intermediate', '2018-01-01'),
		(30, 'general', NULL, 'senior', '2016-05-01'), (25, 'general', '2021-07-01', 'senior', NULL), (25, 'accounting', NULL, NULL, NULL)) k (org, scheme, doctorate_on, held, held_since),
		(VALUES ('{}'::integer[]), ('{2022}'), ('{2021,2022}'), ('{2019,2020,2021,2022}'), ('{2019,2021,2022}'), ('{2018,2019,2020,2021}')) y (years),
		(VALUES (false, false, false), (true, false, false), (false, true, false), (false, false, true)) w (waits, award, sanction);
SELECT isnt_empty('SELECT give_years(p, VARIADIC years) FROM who WHERE years <> ''{}''', '4.1: some years are met');
SELECT lives_ok($$ INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours, evidence) SELECT p, 'training', make_date(y, 2, 1), make_date(y, 6, 1), '90', 'd' FROM who JOIN ce_person ON person_id = p AND scheme = 'general' CROSS JOIN generate_series(2020, 2022) y WHERE waits $$, 'AMB-31: some have hours that wait');
SELECT lives_ok($$ INSERT INTO ce_achievement (person_id, kind, grade, role, rank, achieved_on, evidence, attested_by, attested_on)
	SELECT p, 'award', 'national_st_progress', NULL, NULL, '2020-05-01', 'd', org_id, '2020-05-02' FROM who JOIN ce_person ON person_id = p WHERE award AND held_since IS NOT NULL $$, '5.2.5(4): some an award');
INSERT INTO who (p) VALUES (person(25));
SELECT isnt_empty($$ SELECT give(p, '{"kind": "mentoring", "started_on": "2020-03-02", "completed_on": "2020-03-31", "days": 20}'), give_public(p, '45') FROM who WHERE n IS NULL $$, '5.2.4c: one has more mentoring than counts');
SELECT lives_ok($$ INSERT INTO ce_sanction (person_id, found_on, decision) SELECT p, '2021-03-01', 'd' FROM who WHERE sanction $$, '6.2b: some a ban');
ANALYZE;

CREATE FUNCTION one_by_one(day date) RETURNS TABLE (person_id bigint, junior text, intermediate text, senior text, full_senior text) LANGUAGE sql AS $$
	SELECT p, ce_verdict(p, 'junior', as_of => day)::text, ce_verdict(p, 'intermediate', as_of => day)::text, ce_verdict(p, 'senior', as_of => day)::text, ce_verdict(p, 'full_senior', as_of => day)::text FROM who
$$;
CREATE FUNCTION together(day date) RETURNS TABLE (person_id bigint, junior text, intermediate text, senior text, full_senior text) LANGUAGE sql AS $$
	SELECT p.person_id, ce__standing_outcome(s.code, 'junior'), ce__standing_outcome(s.code, 'intermediate'), ce__standing_outcome(s.code, 'senior'), ce__standing_outcome(s.code, 'full_senior')
	FROM ce_person p CROSS JOIN LATERAL (SELECT ce__standing_code(p.moved, p.sanctioned, p.person_id, p.org_id, p.scheme, p.doctorate_on, p.held_level, p.held_since, day) AS code OFFSET 0) s
$$;
SELECT set_eq(format('SELECT * FROM together(%L)', d), format('SELECT * FROM one_by_one(%L)', d), '4.2: everybody as of ' || d)
	FROM unnest('{2018-12-31,2019-06-01,2020-12-31,2021-02-28,2021-03-01,2021-12-31,2022-05-31,2022-12-31,2023-01-01,2024-03-01}'::date[]) d;
SELECT set_eq(format('SELECT p, (ce_standing(p, %L)).* FROM who', d), format('SELECT person_id, junior::ce_outcome, intermediate::ce_outcome, senior::ce_outcome, full_senior::ce_outcome FROM one_by_one(%L)', d), '4.2: ce_standing as of ' || d)
	FROM unnest('{2020-12-31,2022-12-31}'::date[]) d;
SELECT set_eq('SELECT person_id, junior, intermediate, senior, full_senior FROM ce_eligibility', 'SELECT * FROM one_by_one(ce_today())', '4.2: the view, as of today');
SELECT results_eq('SELECT count(DISTINCT (junior, intermediate, senior, full_senior)) > 5, array_agg(DISTINCT junior ORDER BY junior) FROM together(''2022-12-31'')',
	$$ VALUES (true, '{banned,eligible,not_eligible,out_of_scope,pending}'::text[]) $$, '4.2: all kinds of answers are among them');

-- where the accounts are too many for memory, each person is asked about alone
SELECT is(after('SET LOCAL work_mem = ''64kB''; SET LOCAL hash_mem_multiplier = 1; UPDATE pg_class SET reltuples = 6000 WHERE oid = ''ce_account''::regclass', format('(SELECT string_agg(t::text, '' '' ORDER BY t::text) FROM together(%L) t)', d)), (SELECT string_agg(t::text, ' ' ORDER BY t::text) FROM together(d) t), '4.2: without the roster the same as of ' || d)
	FROM unnest('{2020-12-31,2022-12-31}'::date[]) d;
-- years without a requirement
SELECT is(after('DELETE FROM ce_requirement WHERE scheme = ''general'' AND from_year = 2016', format('(SELECT count(*) FROM (SELECT t.* FROM together(%L) t JOIN who ON p = person_id EXCEPT SELECT * FROM one_by_one(%1$L)) d)', d)), '0', '10.1: the same where years have no requirement, as of ' || d) FROM unnest('{2019-06-01,2020-12-31,2021-12-31,2022-12-31}'::date[]) d;
SELECT is(after('DELETE FROM ce_requirement WHERE scheme = ''general'' AND from_year = 2016', '(SELECT string_agg(DISTINCT senior COLLATE "C", '' '' ORDER BY senior COLLATE "C") FROM together(''2020-12-31''))'), 'no_rule not_eligible out_of_scope', '10.1: which leaves answers open');

-- the roster is of one moment: what the same query's function changes is seen
CREATE FUNCTION after_more(p bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	seen text := '';
	q ce_person;
BEGIN
	SELECT * INTO q FROM ce_person WHERE person_id = p;
	FOR i IN 1..3 LOOP
		seen := seen || ce__standing_outcome(ce__standing_code(q.moved, q.sanctioned, q.person_id, q.org_id, q.scheme, q.doctorate_on, q.held_level, q.held_since, '2020-12-31'), 'junior') || ' ';
		IF i = 2 THEN
			PERFORM give_years(p, 2020);
		END IF;
	END LOOP;
	RETURN seen;
END $$;
SELECT is(after_more(person()), 'not_eligible not_eligible eligible ', '4.2: hours verified between two calls count in the second');

-- a law row changed between two calls counts in the second
CREATE FUNCTION after_law(p bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	seen text := '';
	q ce_person;
BEGIN
	SELECT * INTO q FROM ce_person WHERE person_id = p;
	FOR i IN 1..2 LOOP
		seen := seen || ce__standing_outcome(ce__standing_code(q.moved, q.sanctioned, q.person_id, q.org_id, q.scheme, q.doctorate_on, q.held_level, q.held_since, '2020-12-31'), 'junior') || ' ';
		UPDATE ce_requirement SET total_hours = '500' WHERE scheme = 'general' AND from_year = 2020;
	END LOOP;
	RETURN seen;
END $$;
SELECT is(after_law(give_years(person(), 2020)), 'eligible not_eligible ', '4.1: and so does a change of the law');
SELECT throws_ok('SELECT ce__standing_outcome(15, ''junior'')', '22023', '15 is not a value that ce__standing_code() returns', 'no code');
SELECT ok(ce__standing_code(false, NULL::boolean, 1, 25, 'general', NULL, NULL, NULL, '2020-12-31') IS NULL AND ce__standing_code(NULL::boolean, false, 1, 25, 'general', NULL, NULL, NULL, '2020-12-31') IS NULL AND ce__standing_code(false, false, 1, 25, NULL, NULL, NULL, NULL, '2020-12-31') IS NULL AND ce__standing_code(false, false, NULL, 25, 'general', NULL, NULL, NULL, '2020-12-31') IS NULL
	AND ce__standing_code(false, false, 1, 25, 'general', NULL, NULL, NULL, NULL) IS NULL, 'null for null');
-- what the view of 0.2.0 calls until ce_setup() replaces it
SELECT set_eq($$ SELECT ROW(p.person_id, ce_standing_outcome(s.code, 'junior'), ce_standing_outcome(s.code, 'intermediate'), ce_standing_outcome(s.code, 'senior'), ce_standing_outcome(s.code, 'full_senior'))::text
	FROM ce_person p CROSS JOIN LATERAL (SELECT ce_standing_code(p.person_id, p.org_id, p.scheme, p.doctorate_on, p.held_level, p.held_since, p.sanctioned, '2022-12-31') AS code OFFSET 0) s $$, 'SELECT t::text FROM together(''2022-12-31'') t', '0.2.0: the same with sanctioned before the day');
SELECT * FROM finish();
ROLLBACK;

-- Law rows of other notices: what is refused as it goes in, what replaces what, and what follows from rows that are taken
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

INSERT INTO ce_instrument VALUES ('later', 'test 1', 'z', 'a later notice', '2021-01-01'), ('latest', 'test 2', 'z', 'a notice after it', '2025-01-01');

--
-- What cannot be said is refused in words, and says what can
--
CREATE FUNCTION requirement(columns text, vals text) RETURNS text LANGUAGE sql AS $$
	SELECT error_of(format('INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause, %s) VALUES (''general'', 2030, ''90'', ''later'', ''8'', %s)', columns, vals)) $$;
SELECT alike(requirement(c, quote_literal(d)), format('23514 %s cannot be "%s"; it is not a day of the year | Clause 8: %% | Write for example 06-30; 02-29 stands for the last day of February.', c, d), format('8: %s %s', c, d))
	FROM unnest('{filing_due,study_due,verification_due}'::text[]) c, unnest('{02-30,11-31,04-31,00-10,13-01,06-00,6-30,2030-06-30,""}'::text[]) d;
SELECT is(after(format($$ INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, study_due, instrument, clause) VALUES ('general', 2021, 2025, '90', %L, 'later', '8') $$, due),
	'(SELECT string_agg(study_due::text, '' '' ORDER BY year) FROM ce_deadlines WHERE scheme = ''general'' AND year BETWEEN 2023 AND 2024)'), days, '8: ' || due)
	FROM (VALUES ('02-29', '2023-02-28 2024-02-29'), ('02-28', '2023-02-28 2024-02-28'), ('12-31', '2023-12-31 2024-12-31')) v (due, days);

SELECT alike(requirement('to_year', '2029'), '23514 to_year 2029 is before from_year 2030 | %', 'years: the last is not before the first');
SELECT alike(error_of(format('INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES (''general'', %s, ''90'', ''later'', ''8'')', y)),
	format('23514 from_year cannot be %s | Years lie between 1900 and 9999. | Give the calendar year in four digits.', y), 'years: not ' || y) FROM unnest('{-1,0,20,1899,10000,2147483647,-2147483648}'::integer[]) y;
SELECT is(requirement('to_year', '2147483647'), 'no error', 'years: a last year as late as there is one');
SELECT is_empty('SELECT * FROM ce_law_check() WHERE scheme = ''general'' AND object = ''ce_requirement 2030''', 'years: and ce_law_check() computes with it');
SELECT is(error_of(format('UPDATE %s SET from_year = 1899', t)) ~ '^23514 from_year cannot be 1899', true, 'years: ' || t) FROM unnest('{ce_rule,ce_cap,ce_window}'::text[]) t;
DELETE FROM ce_requirement WHERE from_year = 2030;

CREATE FUNCTION kind(subject text, category text, track text) RETURNS text LANGUAGE sql AS $$
	SELECT error_of(format('INSERT INTO ce_kind (kind, subject, category, track, label_zh, label_en, instrument, clause) VALUES (''odd'', %L, %L, %L, ''z'', ''e'', ''later'', ''5'')', subject, category, track)) $$;
SELECT alike(kind(s, c, 'attested'), format('23514 kind "odd" of subject %s cannot have category %s | %% | %%', s, c), format('7.3c: nobody attests %s hours of %s', s, c))
	FROM (VALUES ('public', 'innovation'), ('both', 'innovation'), ('professional', 'public')) v (s, c);
SELECT alike(kind(s, c, 'activity'), format('23514 kind "odd" of subject %s cannot have category %s | Clause 3: %%', s, c), format('3: %s hours are not kept as %s', s, c))
	FROM (VALUES ('public', 'training'), ('professional', 'public'), ('both', 'training')) v (s, c);
SELECT is(kind('professional', 'party', 'activity'), '23514 category cannot be "party" | Available values: professional, public, innovation, recorded, special, mentoring, study, training, online, national_online. More can be added to table ce_category.', '5: a category that is not listed');
SELECT is(after($$ SELECT 1 $$, format('kind(%L, %L, %L)', s, c, t)), 'no error', format('5: %s %s %s is a kind', s, c, t))
	FROM (VALUES ('professional', 'innovation', 'attested'), ('professional', 'training', 'attested'), ('public', 'public', 'attested'), ('both', 'special', 'attested'), ('public', 'public', 'activity'), ('both', 'special', 'activity'), ('professional', 'innovation', 'activity')) v (s, c, t);

CREATE FUNCTION rule(columns text, vals text) RETURNS text LANGUAGE sql AS $$
	SELECT error_of(format('INSERT INTO ce_rule (scheme, kind, from_year, instrument, clause, %s) VALUES (''general'', ''utility_patent'', 2030, ''later'', ''5'', %s)', columns, vals)) $$;
SELECT alike(rule('basis, hours, rank_to', '''fixed'', ''50'', 3'), '23514 a band of ranks cannot end with 3 | %', '5.2.5(5): a band that ends begins');
SELECT alike(rule('basis, hours, rank_from, rank_to', '''fixed'', ''50'', 4, 3'), '23514 a band of ranks cannot end with 3 | %', '5.2.5(5): and not after its end');
SELECT alike(rule('basis', '''fixed'''), '23514 a rule of basis fixed needs hours | %', '5: fixed hours are given');
SELECT alike(rule('basis, hours', '''deems'', ''1'''), '23514 a rule of basis deems cannot have hours | %', '5: what deems has none');
SELECT alike(error_of('UPDATE ce_window SET aggregation = ''all'' WHERE window_id = 1'), '23514 aggregation cannot be "all" | Available values: each, any, sum.', '4.2: how years are asked');
SELECT alike(error_of(format('UPDATE ce_window SET years = %s WHERE window_id = 1', n)), format('23514 a window cannot have %s years | %% | Give 1 to 16 years.', n), '4.2: ' || n || ' years') FROM unnest('{0,17,-1}'::integer[]) n;

CREATE FUNCTION catchup(subject text, source text, study integer DEFAULT 2025, target integer DEFAULT 2024) RETURNS text LANGUAGE sql AS $$
	SELECT error_of(format('INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, instrument, clause) VALUES (''general'', %s, %L, %L, 2021, %s, ''later'', ''7.6'')', study, subject, source, target)) $$;
SELECT alike(catchup(s, f), format('23514 surplus of subject %s cannot come from source %s | Clause 7.6b: %%', s, f), format('7.6b: %s gives no %s hours', f, s)) FROM (VALUES ('public', 'national_base'), ('professional', 'academy'), ('both', 'academy')) v (s, f);
SELECT is(after('SELECT 1', format('catchup(%L, %L)', s, f)), 'no error', format('7.6b: %s gives %s hours', f, s)) FROM (VALUES ('public', 'academy'), ('professional', 'national_base')) v (s, f);
SELECT alike(catchup('public', 'web'), '23514 source cannot be "web" | Available values: academy for public hours, national_base for professional ones, any, or a category of the subject: %', '7.6b: another source');
SELECT alike(catchup('public', 'academy', 2025, 2025), '23514 hours of 2025 cannot be allocated to the years 2021 to 2025 | Clause 7.6e: %', '7.6e: not to the year itself');
SELECT is(after('SELECT 1', format('catchup(%L, %L)', s, f)), 'no error', format('7.6b: %s of %s', s, f)) FROM (VALUES ('public', 'any'), ('professional', 'any'), ('public', 'public'), ('professional', 'professional'), ('professional', 'training')) v (s, f);
SELECT alike(catchup(s, f), format('23514 surplus of subject %s cannot come from source %s | Clause 7.6b: %%', s, f), format('7.6b: across subjects, %s of %s', s, f)) FROM (VALUES ('public', 'training'), ('public', 'professional'), ('professional', 'public'), ('both', 'any')) v (s, f);
SELECT is(after('SELECT 1', 'catchup(''public'', ''academy'', 2019, 2023)'), 'no error', '7.6e: to later years');
SELECT alike(error_of(format('UPDATE ce_catchup SET most_hours = %L', h)), '23514 most_hours must be more than 0 | Leave most_hours null%', '7.6e: at most ' || h) FROM unnest('{0,-1}'::ce_hours[]) h;
SELECT alike(catchup('public', 'academy', 2025, 2020), '23514 target_to 2020 is before target_from 2021 | %', '7.6e: targets in order');

-- the constraints say the same where no trigger fires, by names that tell the rule
SELECT alike(error_of(change), '23514 %violates check constraint "' || name || '"%', 'without triggers: ' || name) FROM (VALUES
	('ce_requirement', 'UPDATE ce_requirement SET from_year = 1899 WHERE from_year = 2016', 'ce_requirement_years'),
	('ce_requirement', 'UPDATE ce_requirement SET filing_due = ''02-30''', 'ce_requirement_filing_due_is_a_day'),
	('ce_requirement', 'UPDATE ce_requirement SET study_due = ''11-31''', 'ce_requirement_study_due_is_a_day'),
	('ce_requirement', 'UPDATE ce_requirement SET verification_due = ''13-01''', 'ce_requirement_verification_due_is_a_day'),
	('ce_kind', 'UPDATE ce_kind SET subject = ''both'' WHERE kind = ''training''', 'ce_kind_of_both_is_special'),
	('ce_rule', 'UPDATE ce_rule SET to_year = 2019 WHERE rule_id = 101', 'ce_rule_years'),
	('ce_rule', 'UPDATE ce_rule SET rank_from = NULL WHERE rule_id = 221', 'ce_rule_ranks'),
	('ce_rule', 'UPDATE ce_rule SET hours = NULL WHERE rule_id = 221', 'ce_rule_hours_by_basis'),
	('ce_cap', 'UPDATE ce_cap SET to_year = 2019', 'ce_cap_years'),
	('ce_window', 'UPDATE ce_window SET to_year = 2019', 'ce_window_years_governed'),
	('ce_catchup', 'UPDATE ce_catchup SET target_to = 2020', 'ce_catchup_years'),
	('ce_catchup', 'UPDATE ce_catchup SET source = ''academy''', 'ce_catchup_source_of_subject')) v (t, update_row, name),
	LATERAL (SELECT format('DO $do$ BEGIN ALTER TABLE %I DISABLE TRIGGER ce_law_check_row; %s; END $do$', t, update_row)) c (change);

--
-- Rows that an earlier version took: nothing fails by them, and ce_law_check() names each
--
CREATE FUNCTION taken_before(t text, name text, change text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	found text;
BEGIN
	BEGIN
		EXECUTE format('ALTER TABLE %I DISABLE TRIGGER ce_law_check_row, DROP CONSTRAINT %I', t, name);
		EXECUTE change;
		PERFORM * FROM ce_deadlines;
		PERFORM * FROM ce_findings;
		PERFORM * FROM ce_filing_status;
		PERFORM * FROM ce_annual_statistics;
		PERFORM * FROM ce_shortfalls;
		SELECT string_agg(concat_ws(' | ', c.problem, c.object, c.detail), ', ' ORDER BY c.problem, c.object, c.detail) INTO found FROM ce_law_check() c WHERE c.problem = 'contradiction';
		-- the first ce_setup() leaves them, and the constraint holds for new rows
		UPDATE ce_ledger SET extension_version = '0.2.0';
		PERFORM ce_setup();
		found := found || CASE WHEN EXISTS (SELECT FROM pg_constraint WHERE conname = name AND NOT convalidated) THEN '' ELSE ' (not kept)' END;
		RAISE SQLSTATE 'P0099';
	EXCEPTION WHEN SQLSTATE 'P0099' THEN NULL;
	END;
	RETURN NEXT found;
END $$;
SELECT is(taken_before(t, name, change), found, 'before 0.3.0: ' || name) FROM (VALUES
	('ce_requirement', 'ce_requirement_study_due_is_a_day', 'UPDATE ce_requirement SET study_due = ''11-31'' WHERE from_year = 2020', 'contradiction | ce_requirement 2020 | study_due 11-31 is not a day'),
	('ce_requirement', 'ce_requirement_filing_due_is_a_day', 'UPDATE ce_requirement SET filing_due = ''02-30'' WHERE from_year = 2020', 'contradiction | ce_requirement 2020 | filing_due 02-30 is not a day'),
	('ce_requirement', 'ce_requirement_years', 'UPDATE ce_requirement SET from_year = -2147483648 WHERE from_year = 2016', 'contradiction | ce_requirement -2147483648 | the row cannot govern the years -2147483648 to -'),
	('ce_requirement', 'ce_requirement_years', 'UPDATE ce_requirement SET from_year = 2147483647, to_year = 2147483647 WHERE from_year = 2020', 'contradiction | ce_requirement 2147483647 | the row cannot govern the years 2147483647 to 2147483647'),
	('ce_window', 'ce_window_years_governed', 'UPDATE ce_window SET from_year = -2147483648 WHERE window_id = 1', 'contradiction | ce_window 1 | the row cannot govern the years -2147483648 to -'),
	('ce_kind', 'ce_kind_of_both_is_special', 'UPDATE ce_kind SET subject = ''both'' WHERE kind = ''training''', 'contradiction | ce_kind training | hours of category "training" are professional subjects, not both, contradiction | ce_rule 104 | basis document_or_days does not fit kind training of the track activity'),
	('ce_rule', 'ce_rule_ranks', 'UPDATE ce_rule SET rank_from = NULL WHERE rule_id = 223; UPDATE ce_rule SET rank_from = NULL, rank_to = 2147483647 WHERE rule_id = 226', 'contradiction | ce_rule 226 | a band of ranks cannot end with 2147483647'),
	('ce_catchup', 'ce_catchup_source_of_subject', 'UPDATE ce_catchup SET source = ''academy'' WHERE subject = ''professional''', 'contradiction | ce_catchup 2020 professional | surplus of subject professional cannot come from source academy')) v (t, name, change, found);
SELECT is_empty('SELECT * FROM ce_law_check()', 'and the shipped law is sound');
-- an overlap of open bands, and of one that ends as late as can be
SELECT is(after('UPDATE ce_rule SET rank_to = 2147483647 WHERE rule_id = 223', '(SELECT string_agg(object, '', '') FROM ce_law_check())'), NULL, '5.2.5(5): a last rank as great as there is one');
-- a row with the wrong source leaves nothing over
SELECT is(after($$ ALTER TABLE ce_catchup DISABLE TRIGGER ce_law_check_row, DROP CONSTRAINT ce_catchup_source_of_subject; UPDATE ce_catchup SET source = 'academy' WHERE subject = 'professional' $$,
	format('coalesce(ce_surplus(%s, 2020, ''professional'')::text, ''none'')', p)), 'none', '7.6b: the source is read') FROM (SELECT give_online(gap_2018(), 30, '110') AS p) q;

--
-- A newer notice replaces the rows of a route and level, of a kind, and a category's cap
--
CREATE TEMP TABLE doctor AS SELECT give_years(person(doctorate_on => '2015-01-01', held => 'senior', held_since => '2016-01-01'), 2019, 2020) AS p;
CREATE TEMP TABLE seventh AS SELECT person(held => 'intermediate', held_since => '2016-01-01') AS p;
SELECT is(error_of(format('INSERT INTO ce_achievement (person_id, kind, rank, achieved_on, attested_by, attested_on) SELECT %s, ''utility_patent'', 7, ''2020-03-01'', 25, ''2020-06-01''', p)), 'no error', '5.2.5(5)b: rank 7 is listed') FROM seventh;
CREATE FUNCTION attested_of(p bigint, as_of date) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT sum(hours) FROM ce_attested(p, as_of)); END $$;
CREATE FUNCTION asked_years(p bigint, as_of date) RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT count(DISTINCT year) FROM ce_explain(p, 'senior', 'review', as_of)); END $$;
SELECT is(asked_years(p, '2020-12-31') || ' ' || ask(p, 'senior', '2020-12-31'), '2 eligible', '4.2.1d: two years are asked of a doctor') FROM doctor;
SELECT is(attested_of(p, '2020-12-31'), '30', '5.2.5(5)b: rank 7 gives 30') FROM seventh;
SAVEPOINT newer;
INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause) VALUES ('general', 'review', 'full_senior', 'each', 4, 2025, 'later', '4.2');
INSERT INTO ce_rule (scheme, kind, rank_from, rank_to, from_year, basis, hours, instrument, clause) VALUES
	('general', 'utility_patent', 1, 2, 2025, 'fixed', '50', 'later', '5'), ('general', 'utility_patent', 3, 5, 2025, 'fixed', '40', 'later', '5');
SELECT is(asked_years(p, '2025-12-31') || ' ' || asked_years(p, '2024-12-31'), '4 2', '4.2: a window of a newer notice ends the exception, from its year on') FROM doctor;
SELECT is(ce_verdict(p, 'full_senior', as_of => '2025-12-31')::text, (SELECT full_senior::text FROM ce_standing(p, '2025-12-31')), '4.2: for all levels at once too') FROM doctor;
SELECT is(attested_of(p, '2025-12-31'), NULL, '5.2.5(5): bands of a newer notice end the older ones') FROM seventh;
SELECT is(attested_of(p, '2024-12-31'), '30', '5.2.5(5): from their year on') FROM seventh;
SELECT alike(error_of(format('INSERT INTO ce_achievement (person_id, kind, rank, achieved_on) SELECT %s, ''utility_patent'', 7, ''2025-03-01''', p)), '23514 no rule recognises this achievement of kind "utility_patent" | % | Correct grade, role or rank; the law lists: utility_patent 1-2; utility_patent 3-5.', '5.2.5(5): entry says what the law lists now') FROM seventh;
SELECT results_eq('SELECT problem, object, detail FROM ce_law_check() ORDER BY 1, 2', $$ VALUES
	('gap'::text, (SELECT format('ce_rule %s', rule_id) FROM ce_rule WHERE rank_to = 5), 'utility_patent: no rule for rank 6') $$,
	'ce_law_check() names a rank that the newer rows have no more, and not the window of doctors, which one of everybody ends');
SELECT is(ce_verdict(p, 'senior', 'review', '2024-12-31')::text, 'not_eligible', '4.2.1d: the years asked are not met') FROM doctor;
-- the receipt has the rows that govern
SELECT is((SELECT count(*) FROM jsonb_object_keys(ce_receipt(p, 'senior', as_of => '2025-12-31') -> 'law') k WHERE k LIKE 'ce_rule%'), 2::bigint, 'the receipt has the bands that govern, and no others') FROM seventh;
ROLLBACK TO newer;
-- rows of one notice that begin in different years go on beside each other
INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause) VALUES ('general', 'review', 'full_senior', 'each', 5, 2025, 'qinghai-2020-227', '4.2');
SELECT is(asked_years(p, '2025-12-31'), 2::bigint, '4.2.1d: a row of the same notice leaves the exception') FROM doctor;
SELECT is_empty('SELECT * FROM ce_law_check()', 'and nothing is replaced');
ROLLBACK TO newer;
-- a notice for one year: afterwards the older rows govern again
INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, to_year, instrument, clause) VALUES ('general', 'review', 'full_senior', 'each', 3, 2023, 2023, 'later', '4.2');
SELECT is(array[asked_years(p, '2022-12-31'), asked_years(p, '2023-12-31'), asked_years(p, '2024-12-31')], '{2,3,2}', '4.2: a window for one year replaces the others in that year') FROM doctor;
ROLLBACK TO newer;
-- grades and roles: what a newer notice does not list is over, and named
INSERT INTO ce_rule (scheme, kind, grade, role, from_year, basis, hours, per_year, instrument, clause) VALUES ('general', 'project', 'national', 'host', 2025, 'fixed', '100', true, 'later', '5');
SELECT is((SELECT string_agg(object, ' ' ORDER BY object) FROM ce_law_check() WHERE problem = 'replaced'), 'ce_rule 202 ce_rule 203 ce_rule 204 ce_rule 205 ce_rule 206', '5.2.5(1)-(3): grades and roles that the newer rows do not list');
ROLLBACK TO newer;
-- a cap that is dropped
CREATE TEMP TABLE mentor AS SELECT person() AS p;
SELECT give(p, jsonb_build_object('kind', 'mentoring', 'started_on', y || '-03-02', 'completed_on', y || '-03-13', 'days', 10)) FROM mentor, unnest('{2024,2025}'::integer[]) y;
INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES ('general', 'mentoring', 2025, NULL, 'later', '5');
SELECT results_eq(format('SELECT year, mentoring_hours FROM ce_yearly_totals WHERE person_id = %s AND on_record ORDER BY 1', p), 'VALUES (2024, 30::numeric), (2025, 70)', '5.2.4c: a cap of null hours is none, from its year on') FROM mentor;
SELECT results_eq(format('SELECT year, recognised, remark FROM ce_archive WHERE person_id = %s ORDER BY 1', p), $$ VALUES (2024, 30::numeric, 'at most 30 hours of mentoring a year (5.2.4c)'), (2025, 70, NULL) $$, '5.2.4c: in the archive too') FROM mentor;
SELECT is_empty('SELECT * FROM ce_law_check()', '5.2.4c: and the law is sound');

--
-- A cap of innovation cuts what is attested (5.2.5)
--
INSERT INTO ce_cap (scheme, category, from_year, to_year, hours, instrument, clause) VALUES ('general', 'innovation', 2020, 2020, '60', 'later', '5.2.5c');
CREATE TEMP TABLE inventor AS SELECT give_professional(give_public(person(held => 'intermediate', held_since => '2016-01-01'), '45'), '20') AS p;
SELECT achieve(p, '{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01"}'), achieve(p, '{"kind":"utility_patent","rank":4,"achieved_on":"2020-05-02"}') FROM inventor;
SELECT is(array[professional_hours, attested_hours, professional_short], '{20,60,70}', 'a cap of 60: of 100 attested hours 60 count') FROM ce_yearly_totals JOIN inventor ON person_id = p WHERE year = 2020;
SELECT is(ask(p, 'junior'), 'not_eligible', 'with 20 verified ones they do not make 90') FROM inventor;
SELECT is((SELECT got || ' ' || short FROM ce_explain(p, 'junior', as_of => '2020-12-31') WHERE condition = 'professional' AND year = 2020), '80 10', 'ce_explain counts as the totals do') FROM inventor;
SELECT is((SELECT message FROM ce_explain(p, 'junior', as_of => '2020-12-31') WHERE condition = 'attested'), '2020: includes 60 of 100 attested hours, the most that test 1, 5.2.5c recognises (the year of the grant)', 'and says what the cap cuts') FROM inventor;
SELECT ok(ce_receipt(p, 'junior', as_of => '2020-12-31') -> 'law' ? 'ce_cap general innovation 2020', 'the receipt has the cap') FROM inventor;
SELECT is(met_for_title(p, 2020), false, '7.3d: not met for a title') FROM inventor;
SELECT give_professional(p, '9.99') FROM inventor;
SELECT is(ask(p, 'junior') || ' ' || ask(give_professional(p, '0.01'), 'junior'), 'not_eligible eligible', 'to the hundredth') FROM inventor;
SELECT is((a).met_for_title, answer, format('ce_assess(): what is verified as innovation uses the cap up: %s', c)) FROM (VALUES ('{public:45,training:30}', true), ('{public:45,training:29.99}', false), ('{public:45,training:60,innovation:30}', true), ('{public:45,training:29.99,innovation:30}', false), ('{public:45,training:30,innovation:70}', true)) v (c, answer),
	LATERAL (SELECT ce_assess('general', 2020, c::ce_credit, '60', false) AS a) q;
-- an award needs no hours
SELECT is(ask(achieve(give_public(person(held => 'intermediate', held_since => '2016-01-01'), '45'), '{"kind":"award","grade":"qinghai_st_progress","achieved_on":"2020-06-01"}'), 'junior'), 'eligible', '5.2.5(4): what deems is not capped');
-- what is not attested yet helps as far as the cap lets it
SELECT is(cure(p, 'junior', 2020, 'professional'), '2020 is over: enter what was verified of that year before the ledger went live, if the ledger lacks it', 'a patent more would change nothing')
	FROM (SELECT p, achieve(p, '{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01"}'),
			error_of(format('INSERT INTO ce_achievement (person_id, kind, rank, achieved_on) VALUES (%s, ''invention_patent'', 2, ''2020-05-03'')', p))
			FROM give_professional(give_public(person(held => 'intermediate', held_since => '2016-01-01'), '45'), '20') p OFFSET 0) q;

--
-- Hours by another row that gives the same hours are sound (7.4)
--
CREATE TEMP TABLE trained AS SELECT person() AS p;
SELECT give(p, '{"kind":"training","started_on":"2021-03-01","completed_on":"2021-03-05","hours":"40"}'), give(p, '{"kind":"training","started_on":"2021-04-05","completed_on":"2021-04-09","days":5}') FROM trained;
INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, instrument, clause) VALUES ('general', 'training', 2021, 'document_or_days', '8', 'later', '5.2.2');
SELECT results_eq('SELECT awarded, by_todays_law, problem FROM ce_activity_drift()', $$ VALUES ('35'::ce_hours, '40'::ce_hours, NULL::text) $$, 'ce_activity_drift(): the hours that would differ, and not those that another row gives alike');
SELECT results_eq('SELECT invariant, detail FROM ce_check()', $$ VALUES ('hours follow from the facts by the law'::text, 'awarded 35 hours; today''s law gives 40 hours'::text) $$, 'ce_check() the same');
SELECT ok((SELECT activities FROM ce_rebuild()) >= 1, 'ce_rebuild() derives them');
SELECT is_empty('SELECT * FROM ce_check()', 'and nothing is left');

SELECT * FROM finish();
ROLLBACK;

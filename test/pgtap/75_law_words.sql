-- What is said of law rows that cannot work: as they are entered, and by ce_law_check()
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

INSERT INTO ce_instrument VALUES ('n-1', 'test 1', 'z', 'a notice', '2021-01-01'), ('n-2', 'test 2', 'z', 'the notice after it', '2025-01-01');

--
-- Two windows that fit the same persons
--
CREATE FUNCTION window_row(doctorate boolean, held text, from_year integer DEFAULT 2030, instrument text DEFAULT 'n-1') RETURNS text LANGUAGE sql AS $$
	SELECT error_of(format('INSERT INTO ce_window (scheme, route, level, needs_doctorate, needs_held, aggregation, years, from_year, instrument, clause) VALUES (''general'', ''review'', ''full_senior'', %L, %L, ''each'', 1, %s, %L, ''4.2'')',
		doctorate, held, from_year, instrument)) $$;
SAVEPOINT windows;
SELECT is(window_row(true, NULL), 'no error', 'a window of doctors');
SELECT alike(window_row(true, NULL, 2030, 'n-2'), '23P01 windows % and % fit the same persons from 2030 on | Of two windows of a scheme, route, level and first year that with more conditions prevails;'
	' window % has needs_doctorate true and needs_held null. | Give one of them other conditions or a later from_year.', 'a second one is refused, of another notice too');
SELECT is(window_row(false, NULL), 'no error', 'one of everybody has fewer conditions');
SELECT alike(window_row(false, NULL), '23P01 windows % fit the same persons %needs_doctorate false and needs_held null.%', 'and is the only one of that kind');
SELECT alike(window_row(false, 'senior'), '23P01 windows % fit the same persons % | Enter a window of persons who meet both conditions, too, or give one of them a later from_year.',
	'a doctor who holds the level would have two');
SELECT is(window_row(true, 'senior'), 'no error', 'a window of both conditions');
SELECT is(window_row(false, 'senior'), 'no error', 'decides between them');
SELECT alike(window_row(false, 'intermediate'), '23P01 %', 'holders of another level who are doctors would have two');
SELECT is_empty($$ SELECT * FROM ce_law_check() WHERE problem = 'overlap' $$, 'none that was taken is an overlap');
DELETE FROM ce_window WHERE needs_doctorate AND needs_held = 'senior' AND from_year = 2030;
SELECT is((SELECT string_agg(format('%s %s', problem, detail), ', ') FROM ce_law_check() WHERE problem = 'overlap'),
	'overlap review full_senior from 2030: both fit the same persons, and neither has more conditions; give others, or enter a window of those who meet all of them', 'without it there is one, and it is named');
SELECT is(window_row(true, 'senior'), 'no error', 'entered again');
-- the window of both conditions may end before the others, which then apply together
CREATE FUNCTION overlaps(change text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	said text;
BEGIN
	BEGIN
		EXECUTE change;
		SELECT string_agg(substring(c.detail FROM 'from [0-9]+'), ', ') INTO said FROM ce_law_check() c WHERE c.problem = 'overlap';
		RAISE SQLSTATE 'P0099';
	EXCEPTION WHEN SQLSTATE 'P0099' THEN NULL;
	END;
	RETURN said;
END $$;
SELECT is(overlaps(change), said, label) FROM (VALUES
	($$ UPDATE ce_window SET to_year = 2032 WHERE needs_doctorate AND needs_held = 'senior' AND from_year = 2030 $$, 'from 2033', 'it ends before both'),
	($$ UPDATE ce_window SET to_year = 2032 WHERE from_year = 2030 $$, NULL, 'all end together'),
	($$ UPDATE ce_window SET to_year = 2032 WHERE from_year = 2030 AND needs_doctorate $$, NULL, 'with one of the two'),
	($$ UPDATE ce_window SET to_year = 2032 WHERE needs_doctorate AND needs_held = 'senior' AND from_year = 2030; SELECT window_row(true, 'senior', 2033) $$, NULL, 'another one goes on'),
	($$ UPDATE ce_window SET to_year = 2032 WHERE needs_doctorate AND needs_held = 'senior' AND from_year = 2030; SELECT window_row(true, 'senior', 2035) $$, 'from 2033', 'another one begins too late'),
	($$ UPDATE ce_window SET to_year = 2032 WHERE needs_doctorate AND needs_held = 'senior' AND from_year = 2030; SELECT window_row(false, NULL, 2033, 'n-2') $$, NULL, 'a newer notice replaces them')) v (change, said, label);
DELETE FROM ce_window WHERE from_year = 2030;
SELECT lives_ok($$ INSERT INTO ce_window (scheme, route, level, needs_doctorate, needs_held, aggregation, years, from_year, instrument, clause) VALUES
	('general', 'review', 'full_senior', true, NULL, 'each', 1, 2030, 'n-1', '1'), ('general', 'review', 'full_senior', false, 'senior', 'each', 2, 2030, 'n-1', '1'),
	('general', 'review', 'full_senior', true, 'senior', 'each', 3, 2030, 'n-1', '1') $$, 'in one statement the order does not matter');
SELECT alike(error_of($$ UPDATE ce_window SET needs_held = NULL WHERE from_year = 2030 AND needs_doctorate AND needs_held = 'senior' $$), '23P01 %', 'no change makes a tie');
SELECT alike(error_of($$ ALTER TABLE ce_window ALTER needs_doctorate DROP NOT NULL, DISABLE TRIGGER ce_law_check_row, DISABLE TRIGGER ce_law_check_ties; UPDATE ce_window SET needs_doctorate = NULL WHERE window_id = 3;
	ALTER TABLE ce_window ENABLE TRIGGER ce_law_check_row, ENABLE TRIGGER ce_law_check_ties;
	INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause) VALUES ('general', 'review', 'senior', 'each', 5, 2020, 'qinghai-2020-227', '4.2') $$), '23P01 %', 'an altered table is read without harm');
ROLLBACK TO windows;

--
-- Names of what is not there, of what stays, and of nothing
--
CREATE FUNCTION rule_row(scheme text, kind text, instrument text, clause text, hours text DEFAULT '3') RETURNS text LANGUAGE sql AS $$
	SELECT error_of(format('INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, instrument, clause) VALUES (%L, %L, 2030, ''document_or_days'', %s, %L, %L)', scheme, kind, hours, instrument, clause)) $$;
SELECT is(rule_row('nobody', 'training', 'n-1', '5'), '23503 scheme cannot be "nobody" | Table "ce_scheme" has no such row. | Available values: accounting, general. More can be added to table ce_scheme.', 'a scheme that is not there');
SELECT alike(rule_row('general', 'nothing', 'n-1', '5'), '23503 kind cannot be "nothing" | Table "ce_kind" has no such row. | Available values: academy_course, award, %', 'a kind');
SELECT is(rule_row('general', 'training', 'n-3', '5'), '23503 instrument cannot be "n-3" | Table "ce_instrument" has no such row. | Available values: mohrss-order-25, n-1, n-2, qinghai-2020-227. More can be added to table ce_instrument.', 'an instrument');
SELECT alike(error_of(row_), format('23503 %s cannot be "nobody" | Table "%s" has no such row. | Available values: %% More can be added to table %s.', of_column, named, named), format('%s of %s', of_column, named)) FROM (VALUES
	($$ INSERT INTO ce_category (category, label_zh, label_en, instrument, clause) VALUES ('c', 'z', 'e', 'nobody', '1') $$, 'instrument', 'ce_instrument'),
	($$ INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause) VALUES ('k', 'training', 'activity', 'z', 'e', 'nobody', '1') $$, 'instrument', 'ce_instrument'),
	($$ INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, judged_by, instrument, clause) VALUES ('general', 'review', 'junior', 'each', 1, 2030, 'nobody', 'n-1', '1') $$, 'judged_by', 'ce_scheme'),
	($$ INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('nobody', 2030, 90, 'n-1', '1') $$, 'scheme', 'ce_scheme'),
	($$ INSERT INTO ce_minimum (scheme, category, from_year, hours, instrument, clause) VALUES ('nobody', 'online', 2030, 9, 'n-1', '1') $$, 'scheme', 'ce_scheme'),
	($$ INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES ('nobody', 'online', 2030, 9, 'n-1', '1') $$, 'scheme', 'ce_scheme'),
	($$ INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, instrument, clause) VALUES ('nobody', 2030, 'public', 'any', 2029, 2029, 'n-1', '1') $$, 'scheme', 'ce_scheme')) v (row_, of_column, named);
SELECT is(error_of($$ INSERT INTO ce_person_scheme (person_id, until_on, scheme) SELECT person_id, '2019-12-31', 'nobody' FROM ce_person LIMIT 1 $$),
	'23503 scheme "nobody" does not exist | Table ce_scheme lists the schemes.', 'a former scheme') FROM (SELECT person()) p;

SELECT is(error_of(change), '23503 scheme "nobody" does not exist | Table ce_scheme lists the schemes.', 'a person''s scheme')
	FROM unnest(array[$$ UPDATE ce_person SET scheme = 'nobody' $$, $$ INSERT INTO ce_person (person_id, org_id, scheme) SELECT 990001, org_id, 'nobody' FROM ce_person LIMIT 1 $$]) change;

SELECT is(error_of(change), format('23503 %s "%s" is in use | Rows of table "%s" name it, in column "%s". | Leave it, or first delete these rows or have them name another.', what, name, named_by, of_column), format('%s "%s" cannot be %s', what, name, verb)) FROM (VALUES
	($$ DELETE FROM ce_scheme WHERE scheme = 'general' $$, 'scheme', 'general', 'removed', 'ce_cap', 'scheme'),
	($$ DELETE FROM ce_category WHERE category = 'online' $$, 'category', 'online', 'removed', 'ce_kind', 'category'),
	($$ DELETE FROM ce_kind WHERE kind = 'training' $$, 'kind', 'training', 'removed', 'ce_rule', 'kind'),
	($$ DELETE FROM ce_instrument WHERE instrument = 'qinghai-2020-227' $$, 'instrument', 'qinghai-2020-227', 'removed', 'ce_cap', 'instrument'),
	($$ UPDATE ce_scheme SET scheme = 'usual' WHERE scheme = 'general' $$, 'scheme', 'general', 'renamed', 'ce_cap', 'scheme'),
	($$ UPDATE ce_instrument SET instrument = 'q' WHERE instrument = 'qinghai-2020-227' $$, 'instrument', 'qinghai-2020-227', 'renamed', 'ce_cap', 'instrument')) v (change, what, name, verb, named_by, of_column);
-- persons alone, and those who were under it before
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause) VALUES ('school', 'z', 'e', true, 'n-1', '1'), ('college', 'z', 'e', true, 'n-1', '1');
UPDATE ce_person SET scheme = 'school' WHERE person_id = (SELECT min(person_id) FROM ce_person);
INSERT INTO ce_person_scheme (person_id, until_on, scheme) SELECT min(person_id), '2018-12-31', 'college' FROM ce_person;
SELECT alike(error_of(format('DELETE FROM ce_scheme WHERE scheme = %L', s)), format('23503 scheme "%s" is in use | Rows of table "%s" name it, in column "scheme". | %%', s, t), 'a scheme that only ' || t || ' names')
	FROM (VALUES ('school', 'ce_person'), ('college', 'ce_person_scheme')) v (s, t);
SELECT is(error_of($$ UPDATE ce_scheme SET label_en = 'a school' WHERE scheme = 'general' $$), 'no error', 'what does not name it changes freely');
SELECT is(error_of($$ DELETE FROM ce_instrument WHERE instrument = 'n-2' $$), 'no error', 'what nothing names goes');

SELECT is(rule_row('general', 'training', 'n-1', c), '23514 column "clause" of table "ce_rule" must not be blank | Answers and pages print it, or other rows name it.'
	' | Give it a value; a clause without a number has the name of its part of the notice.', 'a blank clause') FROM unnest(array['', '  ', '　']) c;
SELECT alike(error_of(row_), format('23514 column "%s" of table "%s" must not be blank | %% | Give it a value; %%', of_column, of_table), format('%s.%s is blank', of_table, of_column)) FROM (VALUES
	($$ INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause) VALUES ('s', ' ', 'e', true, 'n-1', '1') $$, 'ce_scheme', 'label_zh'),
	($$ INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause) VALUES ('', 'z', 'e', true, 'n-1', '1') $$, 'ce_scheme', 'scheme'),
	($$ INSERT INTO ce_category (category, label_zh, label_en, instrument, clause) VALUES ('c', 'z', '', 'n-1', '1') $$, 'ce_category', 'label_en'),
	($$ UPDATE ce_kind SET label_zh = '' WHERE kind = 'degree' $$, 'ce_kind', 'label_zh'),
	($$ INSERT INTO ce_instrument VALUES ('n-4', '', 'z', 'e', '2025-01-01') $$, 'ce_instrument', 'doc_no'),
	($$ INSERT INTO ce_instrument VALUES ('n-4', '4', 'z', ' ', '2025-01-01') $$, 'ce_instrument', 'title_en')) v (row_, of_table, of_column);
SELECT is(rule_row('general', 'training', 'n-1', '5', '13.333'), '22003 13.333 cannot be represented as hours | Hours have at most two decimals. | Give hours with two decimals, such as 13.33.', 'hours are exact to the hundredth');
SELECT is(rule_row('general', 'training', 'n-1', '5', '''13.333'''), '22P02 invalid input syntax for type ce_hours: "13.333" | Hours have at most two decimals. | Give hours with two decimals, such as 13.33.', 'also as text');

--
-- What only the whole shows
--
-- what ce_law_check() says when rows have been entered
CREATE FUNCTION law_says(rows_ text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	said text;
BEGIN
	BEGIN
		EXECUTE rows_;
		SELECT string_agg(concat_ws(' | ', c.problem, c.scheme, c.object, c.detail), E'\n' ORDER BY c.object, c.detail) INTO said FROM ce_law_check() c WHERE c.scheme IN ('town', 'village', 'court', 'general');
		RAISE SQLSTATE 'P0099';
	EXCEPTION WHEN SQLSTATE 'P0099' THEN NULL;
	END;
	RETURN said;
END $$;
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause, based_on) VALUES ('town', 'z', 'e', true, 'n-1', '1', NULL), ('village', 'z', 'e', true, 'n-1', '1', 'town');
INSERT INTO ce_requirement (scheme, from_year, total_hours, public_hours, professional_hours, instrument, clause) VALUES ('town', 2020, 90, 30, 60, 'n-1', '4');
INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, instrument, clause) VALUES ('town', 'academy_course', 2020, 'as_completed', NULL, 'n-1', '5'), ('town', 'training', 2020, 'document_or_days', 6, 'n-1', '5'), ('town', 'mentoring', 2020, 'days', 6, 'n-1', '5');
INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause) SELECT 'town', 'review', l, 'each', 1, 2020, 'n-1', '4' FROM unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) l;
SELECT is(law_says('SELECT 1'), NULL, 'a scheme without caps, and one based on it, are sound');
CREATE FUNCTION cap(scheme text, category text, y integer, hours text) RETURNS text LANGUAGE sql AS $$ SELECT format('INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES (%L, %L, %s, %L, ''n-1'', ''5''); ', scheme, category, y, hours) $$;
CREATE FUNCTION minimum(scheme text, category text, y integer, hours text) RETURNS text LANGUAGE sql AS $$ SELECT replace(cap(scheme, category, y, hours), 'ce_cap', 'ce_minimum') $$;
CREATE FUNCTION nobody_has(y integer, most text, category text, hours text) RETURNS text LANGUAGE sql AS $$
	SELECT format('in %s the caps let nobody have more than %s hours %s, of which %s are required; raise a cap, or require less', y, most, coalesce('of category "' || category || '"', 'in all'), hours) $$;

SELECT is(law_says(minimum('general', 'mentoring', 2021, '40')), 'contradiction | general | ce_minimum mentoring 2021 | ' || nobody_has(2021, '30', 'mentoring', '40'), 'a minimum above the shipped cap');
SELECT is(law_says(minimum('general', 'mentoring', 2021, '30')), NULL, 'the cap itself can be reached');
SELECT is(law_says(cap('general', 'professional', 2025, '50')), 'contradiction | general | ce_requirement 2016 | ' || nobody_has(2025, '50', 'professional subjects', '60'), 'a subject whose cap is below its minimum');
SELECT is(law_says(cap('town', 'training', 2022, '40') || cap('town', 'mentoring', 2022, '19.99')), 'contradiction | town | ce_requirement 2020 | ' || nobody_has(2022, '59.99', 'professional subjects', '60'),
	'the caps of all that a scheme has rules for, a hundredth short; it is said once, and not of what is based on it');
SELECT is(law_says(cap('town', 'training', 2022, '40') || cap('town', 'mentoring', 2022, '20')), NULL, 'and together just enough');
SELECT is(law_says(cap('village', 'training', 2022, '40') || cap('village', 'mentoring', 2022, '19.99')), 'contradiction | village | ce_requirement 2020 | ' || nobody_has(2022, '59.99', 'professional subjects', '60'), 'the cap of one that is based on another');
SELECT is(law_says(cap('town', 'public', 2021, '30') || cap('town', 'professional', 2021, '59.99')), 'contradiction | town | ce_requirement 2020 | ' || nobody_has(2021, '59.99', 'professional subjects', '60')
	|| E'\ncontradiction | town | ce_requirement 2020 | ' || nobody_has(2021, '89.99', NULL, '90'), 'a total that the caps do not let anybody reach');
SELECT is(law_says('UPDATE ce_requirement SET public_hours = NULL, professional_hours = NULL WHERE scheme = ''town''; ' || cap('town', 'public', 2021, '30') || cap('town', 'professional', 2021, '59.99')),
	'contradiction | town | ce_requirement 2020 | ' || nobody_has(2021, '89.99', NULL, '90'), 'the total alone');
SELECT is(law_says(cap('town', 'professional', 2021, '50') || cap('town', 'professional', 2022, NULL)), 'contradiction | town | ce_requirement 2020 | ' || nobody_has(2021, '50', 'professional subjects', '60'), 'a cap that ends later');
SELECT is(law_says(minimum('town', 'training', 2021, '60.01')), 'contradiction | town | ce_requirement 2020 | in 2021 the minima add up to 90.01 hours, more than the total 90; require more in all, or less of a category', 'minima above the total');
SELECT is(law_says(minimum('town', 'training', 2021, '60') || minimum('town', 'professional', 2021, '60')), NULL, 'minima within one another are not added up');
SELECT is(law_says(minimum('town', 'training', 2021, '40') || minimum('town', 'mentoring', 2021, '20.01')), 'contradiction | town | ce_requirement 2020 | in 2021 the minima add up to 90.01 hours, more than the total 90; require more in all, or less of a category', 'those beside one another are');
SELECT is(law_says(minimum('town', 'study', 2021, '10')), 'contradiction | town | ce_minimum study 2021 | no rule of the scheme gives hours of category "study for a degree or qualification"; enter a rule of a kind of it, or a row with hours null, which ends the minimum', 'a minimum that no kind feeds, and what to do');

CREATE FUNCTION window_of(columns text, vals text) RETURNS text LANGUAGE sql AS $$
	SELECT format('INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause, %s) VALUES (''town'', ''recognition'', ''junior'', ''sum'', 2, 2022, ''n-1'', ''4'', %s)', columns, vals) $$;
SELECT alike(law_says(window_of('professional_only, ' || c, 'true, 20')), '%contradiction | town | ce_window % | the window asks for professional hours only, so ' || c || ' says nothing; leave it null%', c || ' of a window of professional hours')
	FROM unnest('{required_public,required_total,each_at_least}'::text[]) c;
SELECT unalike(coalesce(law_says(window_of('professional_only, required_professional', 'true, 120')), ''), '%professional hours only%', 'but it may ask a sum of these');
SELECT alike(law_says(cap('town', 'public', 2021, '30') || window_of('required_public', '60.01')), 'contradiction | town | ce_window % | required_public is 60.01, and the caps let nobody have more than 60 in its years; raise a cap, or require less%', 'a sum above the caps of its years');
SELECT unalike(coalesce(law_says(cap('town', 'public', 2021, '30') || window_of('required_public', '60')), ''), '%required_public is%', 'and one that just fits');

CREATE FUNCTION carry_row(study integer, first integer, last integer) RETURNS text LANGUAGE sql AS $$
	SELECT format('INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, instrument, clause) VALUES (''town'', %s, ''public'', ''any'', %s, %s, ''n-1'', ''7'')', study, first, last) $$;
SELECT is(law_says(carry_row(2031, 1950, 1960)), 'gap | town | ce_catchup 2031 public | none of the years 1950 to 1960 has a requirement that hours could be allocated to; enter one, or give other years', 'hours to years without a requirement');
SELECT is(law_says(carry_row(2031, 1950, 2020)), NULL, 'one that has one is enough');
SELECT is(law_says(carry_row(2019, 2020, 2020)), 'gap | town | ce_catchup 2019 public | 2019 has no requirement, so no hours of it are surplus; enter the requirement, or delete the row', 'nor from them');
SELECT is(law_says(carry_row(2025, 2024, 2024) || '; ' || carry_row(2024, 2025, 2025)),
	'contradiction | town | ce_catchup 2025 public | hours of the year may be allocated in a circle of years, back to it; let them go to earlier years only, or to later ones', 'a circle, and what to do');

-- what is carried to a year comes after its caps
CREATE FUNCTION carry_most(subject text, most text) RETURNS text LANGUAGE sql AS $$
	SELECT format('INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, most_hours, instrument, clause) VALUES (''town'', 2023, %L, ''any'', 2022, 2022, %L, ''n-1'', ''7''); ', subject, most) $$;
CREATE FUNCTION cap_2022(category text, hours text) RETURNS text LANGUAGE sql AS $$ SELECT cap('town', category, 2022, hours) || cap('town', category, 2023, NULL) $$;
SELECT is(law_says(cap_2022('public', '20') || carry_most(subject, most)), said, format('a cap below the minimum, and %s hours of the %s subject carried', coalesce(most, 'all'), subject)) FROM (VALUES
	('public', NULL, NULL), ('public', '10', NULL),
	('public', '9.99', 'contradiction | town | ce_requirement 2020 | ' || nobody_has(2022, '29.99', 'public subjects', '30')),
	('professional', NULL, 'contradiction | town | ce_requirement 2020 | ' || nobody_has(2022, '20', 'public subjects', '30'))) v (subject, most, said);
SELECT is(law_says('UPDATE ce_requirement SET public_hours = NULL, professional_hours = NULL WHERE scheme = ''town''; ' || cap_2022('public', '30') || cap_2022('professional', '59') || carry_most('public', most)),
	said, 'the total, with hours that are carried') FROM (VALUES ('1', NULL), ('0.5', 'contradiction | town | ce_requirement 2020 | ' || nobody_has(2022, '89.5', NULL, '90'))) v (most, said);
SELECT is(law_says(minimum('town', 'training', 2022, '40') || cap_2022('training', '30') || carry_most('professional', NULL)),
	'contradiction | town | ce_minimum training 2022 | ' || nobody_has(2022, '30', 'training', '40'), 'a category below a subject is not carried to');

-- the years of a window have caps of their own; the row may govern years that reach what others do not
CREATE FUNCTION says_window(caps text, hours text, columns text DEFAULT 'required_public', vals text DEFAULT '') RETURNS text LANGUAGE sql AS $$
	SELECT coalesce((SELECT string_agg(l, '') FROM regexp_split_to_table(law_says(caps || window_of(columns, hours || vals)), E'\n') l WHERE l LIKE '%in its years%'), 'nothing') $$;
SELECT alike(says_window(caps, hours, columns, vals), said, label) FROM (VALUES
	(cap('town', 'public', 2022, '20'), '100', 'required_public', '', 'nothing', 'in 2022 the year before has no cap'),
	(cap('town', 'public', 2021, '20'), '41', 'required_public', '', '%nobody have more than 40 in its years%', 'in no year can it be reached'),
	(cap('town', 'public', 2024, '20'), '100', 'required_public', '', 'nothing', 'until 2023 there is no cap'),
	(cap('town', 'public', 2024, '20'), '100', 'required_public, to_year', ', 2022', 'nothing', 'nor in 2022 alone'),
	(cap('town', 'public', 2021, '10') || cap('town', 'public', 2022, '50'), '61', 'required_public, to_year', ', 2022', '%| ce_window % | required_public is 61, and the caps let nobody have more than 60 in its years;%', 'a lower cap in the year before'),
	(cap('town', 'public', 2021, '10') || cap('town', 'public', 2022, '50'), '100', 'required_public', '', 'nothing', 'from 2023 on it can be reached'),
	(cap('town', 'public', 2021, '10') || cap('town', 'public', 2022, '50'), '100.01', 'required_public', '', '%more than 100 in its years%', 'a hundredth more cannot'),
	(cap('town', 'public', 2021, '10') || cap('town', 'public', 2040, '50'), '100', 'required_public', '', 'nothing', 'a cap that is raised long after'),
	(cap('town', 'public', 2021, '20') || carry_most('public', '1'), '41', 'required_public', '', 'nothing', 'an hour is carried to one of the years'),
	(cap('town', 'public', 2021, '20') || cap('town', 'professional', 2021, '20'), '41', 'each_at_least', '', '%each_at_least is 41, and the caps let nobody have more than 40%', 'the least of each year'),
	(cap('town', 'public', 2022, '20') || cap('town', 'professional', 2022, '20'), '41', 'each_at_least, to_year', ', 2022', '%more than 40%', 'although another year has no cap'),
	(cap('town', 'public', 2023, '20') || cap('town', 'professional', 2023, '20'), '41', 'each_at_least', '', 'nothing', 'nor of each: until 2022 there is no cap'),
	(cap('town', 'public', 2021, '20'), '41', 'required_public, judged_by', ', ''village''', '%more than 40%', 'the caps are those of the scheme that judges'),
	(cap('village', 'public', 2021, '20'), '41', 'required_public', '', 'contradiction | village | ce_window % more than 40%', 'or of the scheme that is based on it')
) v (caps, hours, columns, vals, said, label);

-- a judge has caps of its own, for the hours that the person's scheme gives (4.2)
CREATE FUNCTION court(total text, public text, professional text) RETURNS text LANGUAGE sql AS $$
	SELECT 'INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause) VALUES (''court'', ''z'', ''e'', true, ''n-1'', ''1''); '
		|| format('INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES (''court'', 2020, %L, ''n-1'', ''4''); ', total)
		|| cap('court', 'public', 2020, public) || cap('court', 'professional', 2020, professional) $$;
SELECT alike(says_window(court('45', '20', '30') || caps, hours, columns || ', judged_by', ', ''court'''), said, '4.2: ' || label) FROM (VALUES
	('', '100', 'required_total', 'nothing', 'a total that the judge''s caps let somebody reach'),
	('', '100.01', 'required_total', 'contradiction | town | ce_window % | required_total is 100.01, and the caps let nobody have more than 100 in its years;%', 'a hundredth more'),
	('', '40', 'required_public', 'nothing', 'as much of a subject as its caps'),
	('', '40.01', 'required_public', '%required_public is 40.01, %more than 40 in its years;%', 'a hundredth more of it'),
	('', '50', 'each_at_least', 'nothing', 'as much of each year as its caps'),
	('', '50.01', 'each_at_least', '%each_at_least is 50.01, %more than 50 in its years;%', 'a hundredth more of each'),
	('', '10, 50.01', 'required_total, each_at_least', '%each_at_least is 50.01, %more than 50 in its years;%', 'of each, beside a sum'),
	(carry_most('public', '1'), '101', 'required_total', 'nothing', 'with an hour that the person''s scheme lets be carried'),
	(carry_most('public', '1'), '101.01', 'required_total', '%more than 101 in its years;%', 'and a hundredth more'),
	(cap('town', 'public', 2021, '10'), '100', 'required_total', 'nothing', 'caps of the person''s scheme do not judge'),
	('DELETE FROM ce_requirement WHERE scheme = ''court''; ', '100.01', 'required_total', '%more than 100 in its years;%', 'a judge without a requirement has caps')
) v (caps, hours, columns, said, label);
SELECT is(law_says(court(total, '20', '30') || window_of('judged_by', '''court''')), said, '4.2: ' || label) FROM (VALUES
	('50', NULL, 'a year''s total that the judge''s caps let somebody reach'),
	('50.01', 'contradiction | court | ce_requirement 2020 | ' || nobody_has(2020, '50', NULL, '50.01'), 'a hundredth more')) v (total, said, label);
SELECT is(law_says(court('50.01', '20', '30') || window_of('required_total, judged_by', '100, ''court''')), NULL, '4.2: sums of a window''s own do not ask the judge''s total of a year');
SELECT is(law_says(court('50', '20', '30') || minimum('court', category, 2020, '10') || window_of('judged_by', '''court''')), said, '4.2: the person''s scheme has the rules for a minimum of the judge: ' || category) FROM (VALUES
	('training', NULL),
	('study', 'contradiction | court | ce_minimum study 2020 | no rule of the scheme gives hours of category "study for a degree or qualification"; enter a rule of a kind of it, or a row with hours null, which ends the minimum')) v (category, said);

-- a newer notice that drops a case, by rows alone
CREATE FUNCTION dropped(row_ text) RETURNS text LANGUAGE sql AS $$ SELECT law_says('INSERT INTO ce_instrument VALUES (''n-2'', ''2'', ''z'', ''e'', ''2025-01-01''); ' || row_) $$;
SELECT is(dropped($$ INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause) VALUES ('general', 'review', 'full_senior', 'each', 4, 2025, 'n-2', '4.2') $$), NULL,
	'a window of everybody ends the exception, and says so');
SELECT is(dropped($$ INSERT INTO ce_window (scheme, route, level, needs_doctorate, aggregation, years, from_year, instrument, clause) VALUES ('general', 'review', 'full_senior', true, 'each', 4, 2025, 'n-2', '4.2') $$),
	'replaced | general | ce_window 4 | review full_senior: from 2025 on rows of another instrument govern, and none of them has these conditions; if that is intended, set to_year' ||
	E'\nreplaced | general | ce_window 5 | review full_senior: from 2025 on rows of another instrument govern, and none of them has these conditions; if that is intended, set to_year', 'one of some does not');
SELECT alike(dropped($$ INSERT INTO ce_rule (scheme, kind, grade, role, from_year, basis, hours, per_year, instrument, clause) SELECT scheme, kind, grade, role, 2025, basis, hours, per_year, 'n-2', '5' FROM ce_rule WHERE kind = 'project' AND rule_id <> 206 $$),
	'replaced | general | ce_rule 206 | % none of them is for these; if that is intended, enter one of 0 hours, or set to_year', 'a grade that the newer notice does not list is named');
SELECT is(dropped($$ INSERT INTO ce_rule (scheme, kind, grade, role, from_year, basis, hours, per_year, instrument, clause) SELECT scheme, kind, grade, role, 2025, basis, CASE WHEN rule_id = 206 THEN '0' ELSE hours END, per_year, 'n-2', '5' FROM ce_rule WHERE kind = 'project' $$), NULL,
	'and is not where it gives 0 hours');

-- hours do not change their subject on the way
SELECT alike(error_of(format('SELECT ce_allocate(%s, 2021, 2020, ''public'', 1, 22, ''2021-12-31'')', p)),
	'23514 hours of 2021 cannot be allocated | Clause 7.6: ce_catchup has no row for the year and subject in scheme "general". | Choose a study_year and a subject that ce_catchup has a row of; hours keep their subject.',
	'7.6: hours of a year and subject without a row') FROM person() p;

-- What is left to the foreign keys: rows of one table in any order, other owners' tables, tables that the writer may not read
SELECT lives_ok($$ INSERT INTO ce_category (category, parent, label_zh, label_en, instrument, clause) VALUES ('kid', 'dad', 'z', 'e', 'n-1', '1'), ('dad', 'professional', 'z', 'e', 'n-1', '1') $$, 'a category before its parent');
SELECT lives_ok($$ DELETE FROM ce_category WHERE category IN ('dad', 'kid') $$, 'both in one statement');
SELECT lives_ok($$ INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause, based_on) VALUES ('kid', 'z', 'e', true, 'n-1', '1', 'dad'), ('dad', 'z', 'e', true, 'n-1', '1', NULL) $$, 'a scheme before the one that it is based on');
SELECT is(error_of($$ DELETE FROM ce_scheme WHERE scheme = 'dad' $$), '23503 scheme "dad" is in use | Rows of table "ce_scheme" name it, in column "based_on". | Leave it, or first delete these rows or have them name another.', 'which stays');
CREATE ROLE law_writer;
CREATE ROLE app_owner;
SELECT set_config('test.schema', (SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = 'ce_cap'::regclass), true);
GRANT INSERT ON ce_cap TO law_writer;
SET LOCAL ROLE law_writer;
SELECT lives_ok($$ INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES ('general', 'mentoring', 2041, 5, 'n-1', '4') $$, 'who may insert needs no other table');
RESET ROLE;
INSERT INTO ce_instrument VALUES ('gone', 'test 3', 'z', 'a notice', '2021-01-01');
GRANT REFERENCES ON ce_instrument TO app_owner;
CREATE SCHEMA app AUTHORIZATION app_owner;
GRANT USAGE ON SCHEMA app TO PUBLIC;
SET LOCAL ROLE app_owner;
CREATE TABLE app.t (i text REFERENCES ce_instrument);
INSERT INTO app.t VALUES ('gone');
CREATE FUNCTION app.f() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'ran as %', current_user; END $$;
ALTER TABLE app.t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY p ON app.t USING (app.f());
GRANT SELECT ON app.t TO PUBLIC;
RESET ROLE;
SELECT alike(error_of($$ DELETE FROM ce_instrument WHERE instrument = 'gone' $$), '23503 update or delete on table "ce_instrument" violates foreign key constraint%', 'another owner''s policy does not run');

SELECT * FROM finish();
ROLLBACK;

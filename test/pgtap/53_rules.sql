-- Rules by grade, role, rank and quantity: Henan's conversion table as rows, what it gives, and what is refused
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

INSERT INTO ce_instrument VALUES ('henan-61', '豫人社专技〔2012〕61号', '继续教育活动与学时折算参考标准', 'Henan, conversion table', '2012-01-01'),
	('henan-later', 'test 1', 'z', 'a later notice', '2025-01-01');
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause) VALUES ('henan', '河南', 'Henan', true, 'henan-61', '6');
INSERT INTO ce_requirement (scheme, from_year, total_hours, public_hours, professional_hours, instrument, clause) VALUES ('henan', 2012, 64, 1, 1, 'henan-61', '6');
INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause)
	SELECT 'henan', r, l, 'sum', 5, 2016, 'henan-61', '6' FROM unnest(enum_range(NULL::ce_route)) r, unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) l;
INSERT INTO ce_kind (kind, subject, category, track, label_zh, label_en, instrument, clause) VALUES
	('hn_course', 'professional', 'training', 'activity', '课程', 'course', 'henan-61', 'table'),
	('hn_passed', 'professional', 'study', 'activity', '结业课程', 'courses passed', 'henan-61', 'table'),
	('hn_conference', 'professional', 'training', 'activity', '学术会议', 'conference', 'henan-61', 'table'),
	('hn_project', 'professional', 'special', 'activity', '项目', 'project', 'henan-61', 'table'),
	('hn_translation', 'professional', 'study', 'activity', '翻译', 'translation', 'henan-61', 'table'),
	('hn_seminar', 'professional', 'training', 'activity', '研修班', 'seminar', 'henan-61', 'table'),
	('hn_paper', 'professional', 'innovation', 'attested', '论文', 'paper', 'henan-61', 'table'),
	('hn_award', 'professional', 'special', 'activity', '奖励', 'award', 'henan-61', 'table');
INSERT INTO ce_rule (scheme, kind, grade, role, rank_from, rank_to, from_year, basis, hours, less_by_rank, unit, per, most_hours, instrument, clause)
SELECT 'henan', kind, grade, role, rank_from, rank_to, 2012, basis::ce_basis, hours, less, unit, per, most, 'henan-61', 'table' FROM (VALUES
	('hn_course', NULL, NULL, NULL::integer, NULL::integer, 'as_completed', NULL::ce_hours, NULL::ce_hours, NULL, NULL::numeric, '64'::ce_hours),
	('hn_passed', NULL, NULL, NULL, NULL, 'fixed', '15', NULL, 'course', NULL, NULL),
	('hn_conference', 'national', 'attendee', NULL, NULL, 'fixed', '12', NULL, NULL, NULL, NULL),
	('hn_conference', 'national', 'short_paper', NULL, NULL, 'fixed', '18', NULL, NULL, NULL, NULL),
	('hn_conference', 'national', 'long_paper', NULL, NULL, 'fixed', '20', NULL, NULL, NULL, NULL),
	('hn_conference', 'provincial', 'attendee', NULL, NULL, 'fixed', '8', NULL, NULL, NULL, NULL),
	('hn_conference', 'provincial', 'short_paper', NULL, NULL, 'fixed', '12', NULL, NULL, NULL, NULL),
	('hn_conference', 'provincial', 'long_paper', NULL, NULL, 'fixed', '14', NULL, NULL, NULL, NULL),
	('hn_project', 'national_main', NULL, 1, 5, 'fixed', '64', '8', NULL, NULL, NULL),
	('hn_project', 'national_part', NULL, 1, 3, 'fixed', '48', '8', NULL, NULL, NULL),
	('hn_project', 'provincial_main', NULL, 1, 3, 'fixed', '56', '8', NULL, NULL, NULL),
	('hn_project', 'provincial_part', NULL, 1, 3, 'fixed', '40', '8', NULL, NULL, NULL),
	('hn_translation', 'book', NULL, NULL, NULL, 'fixed', '10', NULL, 'word', 10000, NULL),
	('hn_translation', 'sheet', NULL, 1, 4, 'fixed', '7', '2', 'sheet', 3, '100'),
	('hn_seminar', NULL, NULL, NULL, NULL, 'days', '12', NULL, NULL, NULL, '144'),
	('hn_paper', 'indexed', NULL, 1, NULL, 'fixed', '30', '3', NULL, NULL, NULL),
	('hn_paper', 'core', NULL, 1, 10, 'fixed', '20', '2', NULL, NULL, '15'),
	('hn_award', NULL, NULL, NULL, NULL, 'deems', NULL, NULL, NULL, NULL, NULL)) v (kind, grade, role, rank_from, rank_to, basis, hours, less, unit, per, most);
SELECT is_empty('SELECT * FROM ce_law_check()', 'the table is sound: a list of ranks may end');

--
-- What the table gives
--
CREATE TEMP TABLE h AS SELECT person(22, 'henan', held => 'intermediate', held_since => '2015-01-01') AS p;
-- hours of an activity of the year, or its error
CREATE FUNCTION worth(of_kind text, facts jsonb DEFAULT '{}') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
	said text;
	told text;
	advice text;
BEGIN
	BEGIN
		SELECT trim_scale(awarded(give(p, jsonb_build_object('kind', of_kind, 'completed_on', '2019-06-30') || facts)))::text INTO answer FROM h;
		RAISE SQLSTATE 'P0099';
	EXCEPTION WHEN SQLSTATE 'P0099' THEN NULL;
	WHEN OTHERS THEN
		GET STACKED DIAGNOSTICS said = MESSAGE_TEXT, told = PG_EXCEPTION_DETAIL, advice = PG_EXCEPTION_HINT;
		answer := concat_ws(' | ', SQLSTATE || ' ' || said, nullif(told, ''), nullif(advice, ''));
	END;
	RETURN answer;
END $$;
SELECT is(worth(kind, facts), answer, format('%s %s: %s', kind, facts, answer)) FROM (VALUES
	('hn_passed', '{"quantity": 1}'::jsonb, '15'), ('hn_passed', '{"quantity": 2}', '30'), ('hn_passed', '{"quantity": 3.00}', '45'),
	('hn_conference', '{"grade": "national", "role": "attendee"}', '12'), ('hn_conference', '{"grade": "national", "role": "long_paper"}', '20'),
	('hn_conference', '{"grade": "provincial", "role": "short_paper"}', '12'),
	('hn_project', '{"grade": "national_main", "rank": 1}', '64'), ('hn_project', '{"grade": "national_main", "rank": 2}', '56'), ('hn_project', '{"grade": "national_main", "rank": 4}', '40'),
	('hn_project', '{"grade": "national_main", "rank": 5}', '32'), ('hn_project', '{"grade": "national_part", "rank": 3}', '32'),
	('hn_project', '{"grade": "provincial_main", "rank": 3}', '40'), ('hn_project', '{"grade": "provincial_part", "rank": 2}', '32'),
	-- cut down to the hundredth, never rounded up
	('hn_translation', '{"grade": "book", "quantity": 12345}', '12.34'), ('hn_translation', '{"grade": "book", "quantity": 12349.99}', '12.34'),
	('hn_translation', '{"grade": "book", "quantity": 12350}', '12.35'), ('hn_translation', '{"grade": "book", "quantity": 9}', '0'), ('hn_translation', '{"grade": "book", "quantity": 10}', '0.01'),
	-- less by rank first, then for each 3, then at most
	('hn_translation', '{"grade": "sheet", "rank": 1, "quantity": 6}', '14'), ('hn_translation', '{"grade": "sheet", "rank": 1, "quantity": 1}', '2.33'), ('hn_translation', '{"grade": "sheet", "rank": 2, "quantity": 7}', '11.66'),
	('hn_translation', '{"grade": "sheet", "rank": 4, "quantity": 3}', '1'), ('hn_translation', '{"grade": "sheet", "rank": 1, "quantity": 42.9}', '100'), ('hn_translation', '{"grade": "sheet", "rank": 1, "quantity": 1000000000}', '100'),
	('hn_seminar', '{"started_on": "2019-06-17", "days": 12}', '144'), ('hn_seminar', '{"started_on": "2019-06-17", "days": 13.5}', '144'), ('hn_seminar', '{"started_on": "2019-06-17", "days": 11.5}', '138'),
	('hn_course', '{"hours": "64"}', '64'), ('hn_course', '{"started_on": "2019-05-01", "hours": "64.01"}', '64'),
	('hn_award', '{}', '0')) v (kind, facts, answer);

-- achievements: 30 less 3 a rank, never below 0, at most 15 of the other grade
CREATE FUNCTION attested_hours(grade text, rank integer) RETURNS text LANGUAGE sql AS $$
	SELECT after(format('INSERT INTO ce_achievement (person_id, kind, grade, rank, achieved_on, attested_by, attested_on) SELECT p, ''hn_paper'', %L, %s, ''2019-05-01'', 22, ''2020-06-01'' FROM h', grade, rank),
		'(SELECT coalesce(string_agg(year || '':'' || hours, '' ''), ''nothing'') FROM h, ce_attested(p, ''2020-12-31''))') $$;
SELECT is(attested_hours(g, r), answer, format('paper, %s, rank %s: %s', g, r, answer)) FROM (VALUES ('indexed', 1, '2019:30'), ('indexed', 3, '2019:24'), ('indexed', 10, '2019:3'), ('indexed', 11, 'nothing'), ('indexed', 2147483647, 'nothing'),
	('core', 1, '2019:15'), ('core', 3, '2019:15'), ('core', 4, '2019:14'), ('core', 10, '2019:2')) v (g, r, answer);

--
-- What no rule lists is refused, with what is listed
--
SELECT is(worth(kind, facts), answer, 'refused: ' || kind || ' ' || facts::text) FROM (VALUES
	('hn_project', '{"grade": "national_main", "rank": 6}'::jsonb, '23514 no rule recognises this activity of kind "hn_project" | Clause table: grade national_main, role null, rank 6. | Correct grade, role or rank; the law lists: national_main 1-5; national_part 1-3; provincial_main 1-3; provincial_part 1-3.'),
	('hn_project', '{"grade": "national_part", "rank": 4}', '23514 no rule recognises this activity of kind "hn_project" | Clause table: grade national_part, role null, rank 4. | Correct grade, role or rank; the law lists: national_main 1-5; national_part 1-3; provincial_main 1-3; provincial_part 1-3.'),
	('hn_project', '{"grade": "national_main"}', '23514 no rule recognises this activity of kind "hn_project" | Clause table: grade national_main, role null, rank null. | Correct grade, role or rank; the law lists: national_main 1-5; national_part 1-3; provincial_main 1-3; provincial_part 1-3.'),
	('hn_project', '{"grade": "gold", "rank": 1}', '23514 grade of kind "hn_project" cannot be "gold" | Clause table: the rules of scheme "henan" for the kind in 2019 list: national_main, national_part, provincial_main, provincial_part. | Give a grade that is listed, or enter a rule for this one in ce_rule.'),
	('hn_project', '{"grade": "national_main", "role": "host", "rank": 1}', '23514 kind "hn_project" takes no role | Clause table: no rule of scheme "henan" for the kind in 2019 names one; "host" was given. | Leave role null, or enter a rule that names it in ce_rule.'),
	('hn_conference', '{"grade": "national", "role": "host"}', '23514 role of kind "hn_conference" cannot be "host" | Clause table: the rules of scheme "henan" for the kind in 2019 list: attendee, short_paper, long_paper. | Give a role that is listed, or enter a rule for this one in ce_rule.'),
	('hn_conference', '{"grade": "national", "role": "attendee", "rank": 2}', '23514 kind "hn_conference" takes no rank | Clause table: no rule of scheme "henan" for the kind in 2019 names one; "2" was given. | Leave rank null, or enter a rule that names it in ce_rule.'),
	('hn_translation', '{"grade": "book", "rank": 5, "quantity": 1000}', '23514 rank of kind "hn_translation" cannot be "5" | Clause table: the rules of scheme "henan" for the kind in 2019 list: 1-4. | Give a rank that is listed, or enter a rule for this one in ce_rule.'),
	('hn_passed', '{}', '23502 the activity has no quantity | Clause table: the hours of kind "hn_passed" go by the unit "course". | Give in quantity how many there are.'),
	('hn_passed', '{"quantity": 2.5}', '23514 quantity cannot be 2.5 | Clause table: the hours of kind "hn_passed" are for each whole unit "course". | Give the number of whole units. Parts count only where the rule has a number in per.'),
	('hn_passed', '{"quantity": 0}', '23514 quantity cannot be 0 | It is a number of the unit that the rule names, more than 0 and at most 1000000000. | Leave quantity null where the hours do not go by a unit.'),
	('hn_passed', '{"quantity": -1}', '23514 quantity cannot be -1 | It is a number of the unit that the rule names, more than 0 and at most 1000000000. | Leave quantity null where the hours do not go by a unit.'),
	('hn_passed', '{"quantity": 1000000001}', '23514 quantity cannot be 1000000001 | It is a number of the unit that the rule names, more than 0 and at most 1000000000. | Leave quantity null where the hours do not go by a unit.'),
	('hn_passed', '{"quantity": "NaN"}', '23514 quantity cannot be NaN | It is a number of the unit that the rule names, more than 0 and at most 1000000000. | Leave quantity null where the hours do not go by a unit.'),
	('hn_project', '{"grade": "national_main", "rank": 0}', '23514 rank cannot be 0 | Ranks count from 1, the first of those who took part. | Leave rank null where there is none.')) v (kind, facts, answer);
SELECT alike(worth('hn_course', '{"hours": "8", "quantity": 2}'), '23514 an activity of kind "hn_course" takes no quantity | Clause table: rule % does not go by a unit. | Leave quantity null, or correct kind.', 'refused: a quantity without a unit');
SELECT is(worth('academy_course', '{"hours": "8", "completed_on": "2020-05-01", "verified_by": 4, "grade": "national"}') ~ '^23514 no rule converts activities of kind "academy_course" in 2020 into hours', true, 'refused: a kind of another scheme');
SELECT is((SELECT count(*) FROM ce_activity JOIN h ON person_id = p), 0::bigint, 'and nothing is kept of what was refused');
-- the same of achievements, of the law of today
CREATE FUNCTION achieved(facts jsonb) RETURNS text LANGUAGE sql AS $$
	SELECT error_of(format('INSERT INTO ce_achievement (person_id, kind, grade, role, rank, achieved_on) SELECT p, ''hn_paper'', %L, %L, %L, ''2019-05-01'' FROM h', facts ->> 'grade', facts ->> 'role', facts ->> 'rank')) $$;
SELECT alike(achieved(facts), answer, 'refused: paper ' || facts::text) FROM (VALUES
	('{"grade": "gold", "rank": 1}'::jsonb, '23514 grade of kind "hn_paper" cannot be "gold" | Clause table: % list: indexed, core. | Give a grade that is listed, or %'),
	('{"grade": "indexed", "rank": 1, "role": "first_author"}', '23514 kind "hn_paper" takes no role | Clause table: % | Leave role null, or %'),
	('{"grade": "indexed"}', '23514 no rule recognises this achievement of kind "hn_paper" | Clause table: grade indexed, role null, rank null. | Correct grade, role or rank; the law lists: indexed 1-; core 1-10.'),
	('{"grade": "core", "rank": 11}', '23514 no rule recognises this achievement of kind "hn_paper" | %')) v (facts, answer);
-- any word that a rule lists is a role
INSERT INTO ce_rule (scheme, kind, grade, role, from_year, basis, hours, instrument, clause) VALUES ('henan', 'hn_paper', 'other', 'first_author', 2012, 'fixed', '5', 'henan-61', 'table');
SELECT is(achieved('{"grade": "other", "role": "first_author"}'), 'no error', 'a role that a rule lists is taken');
SELECT alike(achieved('{"grade": "other", "role": "second_author"}'), '23514 role of kind "hn_paper" cannot be "second_author" | % list: first_author. | %', 'and no other');
SELECT alike(error_of(format('INSERT INTO ce_achievement (person_id, kind, grade, role, achieved_on) VALUES (%s, ''report'', ''provincial_leader'', ''first_author'', ''2020-05-01'')', person(22, held_since => '2016-01-01'))),
	'23514 role of kind "report" cannot be "first_author" | % list: host. | %', '5.2.5(7): in another scheme only what it lists');

--
-- Rules that cannot work are refused in words
--
CREATE FUNCTION rule(columns text, vals text) RETURNS text LANGUAGE sql AS $$
	SELECT error_of(format('INSERT INTO ce_rule (scheme, kind, from_year, instrument, clause, %s) VALUES (''henan'', ''hn_project'', 2030, ''henan-61'', ''table'', %s)', columns, vals)) $$;
SELECT alike(rule(columns, vals), answer, 'a rule with ' || columns || ': ' || vals) FROM (VALUES
	('basis, hours, less_by_rank', '''fixed'', ''30'', ''3''', '23514 a rule without rank_from cannot have less_by_rank | Clause 5: the first rank gets the hours of the rule, and each one after it so many less. | Give basis fixed, the hours of the first rank, and that rank in rank_from.'),
	('basis, hours, rank_from, less_by_rank', '''days'', ''30'', 1, ''3''', '23514 a rule of basis days cannot have less_by_rank | Clause 5: the first rank gets the hours of the rule, and each one after it so many less. | Give basis fixed, the hours of the first rank, and that rank in rank_from.'),
	('basis, hours, rank_from, less_by_rank', '''fixed'', ''30'', 1, ''0''', '23514 less_by_rank cannot be 0 | Clause 5: each rank after rank_from gets so many hours less. | Give hours greater than 0, or leave less_by_rank null where all ranks of the band get the same.'),
	('basis, hours, rank_from, less_by_rank', '''fixed'', ''30'', 1, ''-3''', '23514 less_by_rank cannot be -3 | Clause 5: each rank after rank_from gets so many hours less. | Give hours greater than 0, or leave less_by_rank null where all ranks of the band get the same.'),
	('basis, hours, most_hours', '''fixed'', ''30'', ''-1''', '23514 most_hours cannot be -1 | Clause 5: it is the most hours that one activity gives. | Give 0 or more hours, or leave most_hours null where there is no limit.'),
	('basis, most_hours', '''deems'', ''10''', '23514 a rule of basis deems cannot have most_hours | Clause 5: what deems a year complete gives no hours. | Leave most_hours null.'),
	('basis, hours, unit', '''days'', ''30'', ''course''', '23514 a rule of basis days cannot have a unit | Clause 5: a unit says what the hours of a rule of basis fixed are for, such as a course, a subject or a number of words. | Give basis fixed, and in hours what per units give.'),
	('basis, unit', '''as_completed'', ''course''', '23514 a rule of basis as_completed cannot have a unit | Clause 5: a unit says what the hours of a rule of basis fixed are for, such as a course, a subject or a number of words. | Give basis fixed, and in hours what per units give.'),
	('basis, hours, unit', '''fixed'', ''30'', '' ''', '23514 the unit of a rule is blank | Messages name it to whoever enters a quantity. | Give a word, such as course, or leave unit null.'),
	('basis, hours, per', '''fixed'', ''30'', 10000', '23514 a rule without a unit cannot have per | Clause 5: hours are for each so many of a unit; this rule names none. | Name the unit, or leave per null.'),
	('basis, hours, unit, per', '''fixed'', ''30'', ''word'', 0', '23514 per cannot be 0 | It is the number of units that give the hours of the rule, more than 0 and at most 1000000000. | Give for example 10000 for hours for each 10000 words, or leave per null for hours for each unit.'),
	('basis, hours, unit, per', '''fixed'', ''30'', ''word'', ''NaN''', '23514 per cannot be NaN | It is the number of units that give the hours of the rule, more than 0 and at most 1000000000. | Give for example 10000 for hours for each 10000 words, or leave per null for hours for each unit.'),
	('basis, hours, category', '''fixed'', ''30'', ''party''', '23514 category cannot be "party" | Available values: %')) v (columns, vals, answer);
-- the constraints say the same where no trigger fires
SELECT alike(error_of(format('DO $do$ BEGIN ALTER TABLE ce_rule DISABLE TRIGGER ce_law_check_row; UPDATE ce_rule SET %s WHERE scheme = ''henan'' AND kind = %L; END $do$', change, kind)), '23514 %violates check constraint "' || name || '"%', 'without triggers: ' || name) FROM (VALUES
	('hn_project', 'rank_from = NULL, rank_to = NULL', 'ce_rule_less_by_rank_of_fixed_ranks'), ('hn_project', 'less_by_rank = ''0''', 'ce_rule_less_by_rank_positive'),
	('hn_course', 'most_hours = ''-1''', 'ce_rule_most_hours_not_negative'), ('hn_award', 'most_hours = ''1''', 'ce_rule_most_hours_of_hours'), ('hn_course', 'unit = ''course''', 'ce_rule_unit_of_fixed'), ('hn_passed', 'unit = '' ''', 'ce_rule_unit_of_fixed'),
	('hn_course', 'per = 2', 'ce_rule_per_unit'), ('hn_passed', 'per = 0', 'ce_rule_per_positive'), ('hn_passed', 'per = ''NaN''', 'ce_rule_per_positive')) v (kind, change, name);
SELECT alike(error_of(format('DO $do$ BEGIN ALTER TABLE ce_activity DISABLE TRIGGER ce_activity_check; INSERT INTO ce_activity (person_id, kind, org_id, completed_on, year, category, national_base, awarded, deems_public, deems_professional, rule_id, %s) SELECT p, ''hn_passed'', 22, ''2019-06-30'', 2019, ''study'', false, ''15'', false, false, 1, %s FROM h; END $do$', c, v)),
	'23514 %violates check constraint "ce_activity_' || c || '_positive"%', 'without triggers: ' || c || ' ' || v) FROM (VALUES ('rank', '0'), ('quantity', '0'), ('quantity', '''NaN''')) v (c, v);

-- a second row that fits the same facts
SELECT alike(error_of(format('INSERT INTO ce_rule (scheme, kind, grade, role, rank_from, rank_to, from_year, basis, hours, instrument, clause) VALUES (''henan'', %L, %L, %L, %s, %s, 2012, ''fixed'', ''1'', ''henan-61'', ''table'')', kind, grade, role, coalesce(a::text, 'NULL'), coalesce(b::text, 'NULL'))), answer, format('overlap: %s %s %s %s-%s', kind, grade, role, a, b)) FROM (VALUES
	('hn_project', 'national_main', NULL, 5, 6, '23P01 rule % fits the same facts from 2012 on | Of two rules of a scheme, kind and first year neither prevails; that one has grade national_main, role any, ranks 1-5. | Give another grade, role or band of ranks, or a later from_year, or change that rule.'),
	('hn_project', 'national_main', NULL, NULL, NULL, '23P01 rule % | % grade national_main, role any, ranks 1-5. | %'),
	('hn_project', NULL, NULL, 3, 3, '23P01 rule % | % grade national_main, role any, ranks 1-5. | %'),
	('hn_project', 'national_main', 'host', 1, NULL, '23P01 rule % | % grade national_main, role any, ranks 1-5. | %'),
	('hn_conference', 'national', NULL, NULL, NULL, '23P01 rule % | % grade national, role attendee, ranks any. | %'),
	('hn_paper', 'indexed', NULL, 2147483647, NULL, '23P01 rule % | % grade indexed, role any, ranks 1-. | %'),
	('hn_passed', NULL, NULL, NULL, NULL, '23P01 rule % | % grade any, role any, ranks any. | %'),
	('hn_project', 'national_main', NULL, 6, NULL, 'no error'), ('hn_project', 'school', NULL, 1, 5, 'no error'), ('hn_conference', 'national', 'chair', NULL, NULL, 'no error')) v (kind, grade, role, a, b, answer);
SELECT alike(error_of('INSERT INTO ce_rule (scheme, kind, grade, from_year, basis, hours, instrument, clause) VALUES (''henan'', ''hn_passed'', ''a'', 2031, ''fixed'', ''1'', ''henan-61'', ''table''), (''henan'', ''hn_passed'', NULL, 2031, ''fixed'', ''1'', ''henan-61'', ''table'')'),
	'23P01 rule % fits the same facts from 2031 on | %', 'overlap: of two rows of one statement');
SELECT is(error_of('WITH gone AS (SELECT 1) INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, unit, instrument, clause) VALUES (''henan'', ''hn_passed'', 2013, ''fixed'', ''16'', ''course'', ''henan-61'', ''table'')'), 'no error', 'a row that begins later is none');
DELETE FROM ce_rule WHERE scheme = 'henan' AND (from_year = 2013 OR grade = 'school' OR role = 'chair' OR rank_from = 6);
-- what only all rows show is named
SELECT is(after('UPDATE ce_rule SET grade = ''national_main'' WHERE scheme = ''henan'' AND grade = ''national_part''', '(SELECT string_agg(problem || '' '' || detail, '', '') FROM ce_law_check())'),
	'overlap hn_project national_main: ranks 1-5 and 1-3 overlap from 2012 on', 'ce_law_check(): an overlap by a change');
SELECT is(after('UPDATE ce_rule SET unit = ''word'', less_by_rank = NULL WHERE scheme = ''henan'' AND kind = ''hn_paper'' AND grade = ''core''', '(SELECT string_agg(problem || '' '' || detail, '', '') FROM ce_law_check())'),
	'contradiction achievements of kind hn_paper have no quantity, which unit word would count', 'ce_law_check(): a unit of achievements');
SELECT is(after('UPDATE ce_rule SET per_year = true WHERE scheme = ''henan'' AND kind = ''hn_passed''', '(SELECT string_agg(problem || '' '' || detail, '', '') FROM ce_law_check())'),
	'contradiction kind hn_passed is not attested, so per_year says nothing', 'ce_law_check(): a project of several years as an activity');
SELECT is(after('UPDATE ce_rule SET in_archive = true WHERE scheme = ''henan'' AND kind = ''hn_passed''', '(SELECT string_agg(problem || '' '' || detail, '', '') FROM ce_law_check())'),
	'contradiction kind hn_passed is not attested, so in_archive says nothing', 'ce_law_check(): what is verified is in the archive anyway');
SELECT is(after('UPDATE ce_rule SET rank_from = 2 WHERE scheme = ''henan'' AND grade = ''national_part''', '(SELECT string_agg(problem || '' '' || detail, '', '') FROM ce_law_check())'), 'gap hn_project national_part: no rule for rank 1', 'ce_law_check(): a list that begins after 1');
SELECT is(after('UPDATE ce_rule SET rank_to = 2 WHERE scheme = ''henan'' AND grade = ''national_part''; INSERT INTO ce_rule (scheme, kind, grade, rank_from, rank_to, from_year, basis, hours, instrument, clause) VALUES (''henan'', ''hn_project'', ''national_part'', 4, 4, 2012, ''fixed'', ''1'', ''henan-61'', ''table'')',
	'(SELECT string_agg(problem || '' '' || detail, '', '') FROM ce_law_check())'), 'gap hn_project national_part: no rule for rank 3', 'ce_law_check(): a rank between two bands');
SELECT is(after('INSERT INTO ce_rule (scheme, kind, grade, rank_from, rank_to, from_year, basis, hours, instrument, clause) SELECT ''henan'', ''hn_project'', grade, 1, CASE grade WHEN ''national_main'' THEN 3 ELSE rank_to END, 2025, ''fixed'', ''1'', ''henan-later'', ''1'' FROM ce_rule WHERE scheme = ''henan'' AND kind = ''hn_project''',
	'(SELECT string_agg(problem || '' '' || detail, '', '') FROM ce_law_check())'), 'gap hn_project national_main: no rule for rank 4', 'ce_law_check(): a list that a later notice ends earlier');
SELECT is_empty('SELECT * FROM ce_law_check()', 'and it is silent again');

--
-- Category by year
--
INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, unit, category, instrument, clause) VALUES ('henan', 'hn_passed', 2020, 'fixed', '15', 'course', 'public', 'henan-61', 'table');
INSERT INTO ce_rule (scheme, kind, from_year, basis, category, instrument, clause) VALUES ('henan', 'hn_award', 2020, 'deems', 'public', 'henan-61', 'table');
CREATE TEMP TABLE c AS SELECT person(22, 'henan') AS p;
SELECT give(p, jsonb_build_object('kind', k, 'completed_on', y || '-06-30', 'quantity', CASE k WHEN 'hn_passed' THEN 2 END)) FROM c, unnest('{2019,2020}'::integer[]) y, unnest('{hn_passed,hn_award}'::text[]) k;
SELECT results_eq('SELECT a.year, a.kind, a.category, a.subject, trim_scale(a.recognised), a.deems_public, a.deems_professional FROM ce_archive a JOIN c ON a.person_id = p ORDER BY 1, 2', $$ VALUES
	(2019, 'hn_award', 'special', 'professional', 0::numeric, false, true), (2019, 'hn_passed', 'study', 'professional', 30, false, false),
	(2020, 'hn_award', 'public', 'public', 0, true, false), (2020, 'hn_passed', 'public', 'public', 30, false, false) $$, 'a rule says what its hours count for, from its year on');
SELECT results_eq('SELECT year, trim_scale(public_hours), trim_scale(professional_hours) FROM ce_yearly_totals JOIN c ON person_id = p WHERE on_record ORDER BY 1', 'VALUES (2019, 0::numeric, 30::numeric), (2020, 30, 0)', 'and so the year''s totals');
SELECT is_empty('SELECT * FROM ce_check()', 'the ledger is sound');
SELECT is_empty('SELECT * FROM ce_law_check()', 'and the law');
-- a law row that changes it shows
SAVEPOINT moved;
UPDATE ce_rule SET category = 'training' WHERE scheme = 'henan' AND kind = 'hn_passed' AND from_year = 2020;
SELECT is((SELECT count(*) FROM c, ce_activity_drift(p)), 1::bigint, 'ce_activity_drift(): another category of the same hours');
SELECT ok((SELECT activities FROM c, ce_rebuild(p)) = 1, 'ce_rebuild() moves them');
SELECT is((SELECT concat_ws(' ', category, awarded) FROM ce_activity JOIN c ON person_id = p WHERE kind = 'hn_passed' AND year = 2020), 'training 30', 'to the category of today''s rule');
SELECT is_empty('SELECT * FROM ce_check()', 'and the accounts follow');
ROLLBACK TO moved;
UPDATE ce_rule SET hours = '16' WHERE scheme = 'henan' AND kind = 'hn_passed' AND from_year = 2020;
SELECT results_eq('SELECT awarded, by_todays_law, problem FROM c, ce_activity_drift(p)', $$ VALUES ('30'::ce_hours, '32'::ce_hours, NULL::text) $$, 'ce_activity_drift() goes by the quantity');
ROLLBACK TO moved;
DELETE FROM ce_rule WHERE scheme = 'henan' AND kind = 'hn_passed' AND from_year = 2012;
SELECT alike((SELECT problem FROM c, ce_activity_drift(p)), 'no rule converts the activity', 'ce_activity_drift(): a rule that is gone');
ROLLBACK TO moved;

--
-- The facts are frozen by verification, and seen
--
CREATE TEMP TABLE f AS SELECT give(p, '{"kind": "hn_translation", "grade": "sheet", "rank": 2, "quantity": 7, "completed_on": "2019-06-30"}') AS a FROM h;
SELECT alike(error_of(format('UPDATE ce_activity SET %s WHERE activity_id = %s', change, a)), format('55000 verified activity %s cannot be changed | Clause 7.4b: column "%s" is part of what was verified.%%', a, split_part(change, ' ', 1)), 'frozen: ' || change) FROM f, unnest('{grade = ''book'',role = ''x'',rank = 1,quantity = 8}'::text[]) change;
SELECT results_eq('SELECT grade, role, rank, quantity, trim_scale(awarded) FROM ce_archive JOIN f ON activity_id = a', $$ VALUES ('sheet'::text, NULL::text, 2, 7::numeric, 11.66) $$, 'ce_archive shows them');
CREATE TEMP TABLE w AS SELECT p FROM h;
INSERT INTO ce_activity (person_id, kind, completed_on, grade, rank, evidence) SELECT p, 'hn_project', '2019-06-30', 'national_main', 2, 'certificate' FROM w;
SELECT results_eq('SELECT grade, role, rank, quantity, trim_scale(hours) FROM ce_verification_queue JOIN w ON person_id = p', $$ VALUES ('national_main'::text, NULL::text, 2, NULL::numeric, 56::numeric) $$, 'ce_verification_queue too');
SELECT is(after('UPDATE ce_activity SET rank = 3 WHERE status = ''submitted''', '(SELECT trim_scale(awarded::numeric) FROM ce_activity WHERE status = ''submitted'')'), '48', 'a fact that is corrected before the first step');
SELECT alike(error_of('UPDATE ce_activity SET rank = 9 WHERE status = ''submitted'''), '23514 no rule recognises this activity of kind "hn_project" | %', 'and one that no rule lists');
-- a draft has the same rules
SELECT lives_ok('SELECT ce_clone_scheme(''henan'', ''henan-draft'')', 'ce_clone_scheme()');
SELECT is_empty($$ (SELECT to_jsonb(r) - '{rule_id,scheme}'::text[] FROM ce_rule r WHERE scheme = 'henan') EXCEPT (SELECT to_jsonb(r) - '{rule_id,scheme}'::text[] FROM ce_rule r WHERE scheme = 'henan-draft') $$, 'copies every column of rules');
SELECT is_empty('SELECT * FROM ce_law_check()', 'and the draft is sound');

--
-- Imports
--
CREATE FUNCTION came(record jsonb) RETURNS text LANGUAGE sql AS $$ SELECT concat_ws(': ', outcome, message) FROM ce_import('hn', jsonb_build_array(record)) $$;
CREATE FUNCTION rec(ref text, more jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT jsonb_build_object('source_ref', ref, 'person_id', p, 'completed_on', '2019-06-30', 'evidence', 'e') || more FROM h $$;
CREATE FUNCTION kept(ref text) RETURNS text LANGUAGE sql AS $$ SELECT concat_ws(' ', kind, grade, role, rank, quantity, awarded) FROM ce_activity WHERE source = 'hn' AND source_ref = ref $$;
SELECT is(came(rec(ref, more)) || '; ' || kept(ref), answer, 'import: ' || more::text) FROM (VALUES
	('1', '{"kind": "hn_project", "grade": "national_main", "rank": 2}'::jsonb, 'new; hn_project national_main 2 56'),
	('2', '{"kind": "hn_project", "grade": " national_main ", "rank": "３"}', 'new: field "grade": read " national_main " as "national_main"' || E'\n' || 'field "rank": read "３" as "3"; hn_project national_main 3 48'),
	('3', '{"kind": "hn_passed", "quantity": "2.00"}', 'new; hn_passed 2 30'),
	('4', '{"kind": "hn_translation", "grade": "book", "quantity": "12,345"}', 'new: field "quantity": read "12,345" as "12345"; hn_translation book 12345 12.34'),
	('5', '{"kind": "hn_conference", "grade": "national", "role": "long_paper", "rank": null, "quantity": ""}', 'new; hn_conference national long_paper 20')) v (ref, more, answer);
SELECT is(came(rec(ref, more)), answer, 'import again: ' || more::text) FROM (VALUES
	('1', '{"kind": "hn_project", "grade": "national_main", "rank": 2.0}'::jsonb, 'unchanged'),
	('3', '{"kind": "hn_passed", "quantity": 2}', 'unchanged'),
	('4', '{"kind": "hn_translation", "grade": "book", "quantity": "１２３４５"}', 'unchanged: field "quantity": read "１２３４５" as "12345"')) v (ref, more, answer);
SELECT alike(came(rec(ref, more)), answer, 'import, other: ' || more::text) FROM (VALUES
	('1', '{"kind": "hn_project", "grade": "national_main", "rank": 3}'::jsonb, 'conflict: field "rank": activity % has ''2'', but this record has ''3''. Nothing was written. %'),
	('1', '{"kind": "hn_project", "grade": "national_main"}', 'conflict: field "rank": activity % has ''2'', but this record has null. %'),
	('3', '{"kind": "hn_passed", "quantity": 3}', 'conflict: field "quantity": activity % has ''2'', but this record has ''3''. %'),
	('5', '{"kind": "hn_conference", "grade": "provincial", "role": "attendee"}', E'conflict: field "grade": activity % has ''national'', but this record has ''provincial''.\nfield "role": activity % has ''long_paper'', but this record has ''attendee''. %'),
	('6', '{"kind": "hn_project", "grade": "national_main", "rank": "second", "quantity": "2门"}', E'rejected: field "rank": "second" is not a rank such as 3\nfield "quantity": "2门" is not a number such as 2.5'),
	('6', '{"kind": "hn_project", "grade": "national_main", "rank": 2147483648}', 'rejected: field "rank": "2147483648" is not a rank such as 3'),
	('6', '{"kind": "hn_passed", "rank": 0, "quantity": 0}', E'rejected: field "rank": a rank cannot be 0. Ranks count from 1, the first of those who took part. Leave the field out where there is none.\nfield "quantity": a quantity cannot be 0. It is a number of the unit that the rule names, and more than 0. Leave the field out where the hours do not go by a unit.'),
	('6', '{"kind": "hn_passed", "quantity": -1}', 'rejected: field "quantity": a quantity cannot be -1. %'),
	('6', '{"kind": "hn_project", "grade": "national_main", "rank": 6}', 'rejected: no rule recognises this activity of kind "hn_project". % the law lists: national_main 1-5; %'),
	('6', '{"kind": "hn_passed", "quantity": 2.5}', 'rejected: quantity cannot be 2.5. Clause table: the hours of kind "hn_passed" are for each whole unit "course". %'),
	('6', '{"kind": "hn_passed"}', 'rejected: the activity has no quantity. %'),
	('6', '{"kind": "hn_course", "hours": 4, "quantity": 1}', 'rejected: an activity of kind "hn_course" takes no quantity. %')) v (ref, more, answer);
SELECT is(kept('6'), NULL, 'import: nothing of a bad record is kept');
INSERT INTO ce_staging (source, source_ref, person_id, completed_on, evidence, kind, grade, rank, quantity) SELECT 'hn', r, p, '2019-06-30', 'e', k, g, n, q FROM h, (VALUES ('7', 'hn_translation', 'sheet', '2', '7'), ('8', 'hn_project', 'national_main', '0', NULL)) v (r, k, g, n, q);
CALL ce_import_staged();
SELECT results_eq('SELECT source_ref, outcome, kept(source_ref) FROM ce_staging ORDER BY 1', $$ VALUES ('7'::text, 'new'::text, 'hn_translation sheet 2 7 11.66'::text), ('8', 'rejected', NULL) $$, 'import: the same from a file');
SELECT is((SELECT outcome FROM ce_import('lms', format('[{"id": "11111111-2222-4333-8444-555555555555", "actor": {"account": {"name": "P%s"}}, "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"}, "object": {"id": "https://learn.example.cn/9", "definition": {"extensions": {"urn:ce-hours:kind": "hn_passed", "urn:ce-hours:quantity": 2}}}, "timestamp": "2019-06-30T08:00:00+08:00"}]', p)::jsonb)), 'new', 'import: and from a statement') FROM h;
SELECT is((SELECT concat_ws(' ', kind, quantity, awarded) FROM ce_activity WHERE source = 'lms'), 'hn_passed 2 30', 'with the quantity of its extension');
SELECT is_empty('SELECT * FROM ce_check()', 'the ledger is sound');

--
-- Attested hours in the archive, where a law puts them there
--
INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause) VALUES
	('hn_host', 'innovation', 'attested', '主持项目', 'project', 'henan-61', 'table'), ('hn_lecture', 'public', 'attested', '公需讲座', 'public lecture', 'henan-61', 'table'),
	('hn_honour', 'special', 'attested', '荣誉', 'honour', 'henan-61', 'table');
INSERT INTO ce_rule (scheme, kind, grade, rank_from, rank_to, from_year, basis, hours, less_by_rank, per_year, in_archive, instrument, clause) VALUES
	('henan', 'hn_host', 'national_main', 1, 5, 2012, 'fixed', '64', '8', true, true, 'henan-61', 'table'),
	('henan', 'hn_lecture', NULL, NULL, NULL, 2012, 'fixed', '10', NULL, false, true, 'henan-61', 'table'),
	('henan', 'hn_honour', NULL, NULL, NULL, 2012, 'deems', NULL, NULL, false, true, 'henan-61', 'table');
INSERT INTO ce_requirement (scheme, from_year, total_hours, public_hours, professional_hours, instrument, clause) VALUES ('henan', 2018, 64, 10, 30, 'henan-61', '6');
SELECT is_empty('SELECT * FROM ce_law_check() WHERE object LIKE ''ce_rule%'' OR object LIKE ''ce_kind%''', 'attested kinds of any category are sound');
CREATE TEMP TABLE m AS SELECT person(22, 'henan', held => 'intermediate', held_since => '2016-01-01') AS p;
-- 2016 to 2020, rank 2: 56 a year; a lecture and an honour of 2019; a paper of 2019, which is for titles alone
SELECT achieve(p, '{"kind": "hn_host", "grade": "national_main", "rank": 2, "work_ref": "w", "started_on": "2016-03-01", "due_on": "2020-12-31", "achieved_on": "2020-05-01"}') FROM m;
SELECT results_eq('SELECT year, trim_scale(public_hours), trim_scale(professional_hours), trim_scale(total_hours), trim_scale(attested_hours), met FROM ce_yearly_totals JOIN m ON person_id = p WHERE on_record ORDER BY 1', $$ VALUES
	(2016, 0::numeric, 56::numeric, 56::numeric, 0::numeric, false), (2017, 0, 56, 56, 0, false), (2018, 0, 56, 56, 0, false), (2019, 0, 56, 56, 0, false), (2020, 0, 56, 56, 0, false) $$, 'the totals of each year have the project, and nothing beside it');
SELECT achieve(p, '{"kind": "hn_lecture", "achieved_on": "2019-05-01"}'), achieve(p, '{"kind": "hn_paper", "grade": "indexed", "rank": 3, "achieved_on": "2019-06-01"}') FROM m;
SELECT results_eq('SELECT trim_scale(public_hours), trim_scale(professional_hours), trim_scale(total_hours), trim_scale(attested_hours), met, met_for_title FROM ce_yearly_totals JOIN m ON person_id = p WHERE year = 2019',
	'VALUES (10::numeric, 56::numeric, 66::numeric, 24::numeric, true, true)', 'attested hours by subject; those for titles alone stand beside them');
SELECT results_eq('SELECT year, hours FROM m, ce_attested(p, ''2020-12-31'') WHERE year IN (2018, 2019)', $$ VALUES (2018, '56'::ce_hours), (2019, '90'::ce_hours) $$, 'for a title all of them count');
SELECT results_eq('SELECT year, kind, subject, category, trim_scale(awarded), trim_scale(recognised), status, activity_id IS NULL, achievement_id IS NULL, rank FROM ce_archive JOIN m ON person_id = p WHERE year >= 2019 ORDER BY 1, 2', $$ VALUES
	(2019, 'hn_host', 'professional', 'innovation', 56::numeric, 56::numeric, 'verified', true, false, 2), (2019, 'hn_lecture', 'public', 'public', 10, 10, 'verified', true, false, NULL),
	(2020, 'hn_host', 'professional', 'innovation', 56, 56, 'verified', true, false, 2) $$, 'ce_archive lists them, and nothing that is for titles alone');
-- they share the caps with what is verified
INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES ('henan', 'innovation', 2020, '50', 'henan-61', 'cap');
SELECT results_eq('SELECT year, trim_scale(professional_hours) FROM ce_yearly_totals JOIN m ON person_id = p WHERE year >= 2019 AND on_record ORDER BY 1', 'VALUES (2019, 56::numeric), (2020, 50)', 'a cap cuts them');
SELECT results_eq('SELECT trim_scale(recognised), remark FROM ce_archive JOIN m ON person_id = p WHERE year = 2020', $$ VALUES (50::numeric, 'at most 50 hours of innovation a year (cap)') $$, 'in ce_archive too');
-- what deems
SELECT is((SELECT professional_deemed FROM ce_yearly_totals JOIN m ON person_id = p WHERE year = 2018), false, 'not deemed');
SELECT achieve(p, '{"kind": "hn_honour", "achieved_on": "2018-05-01"}') FROM m;
SELECT results_eq('SELECT public_deemed, professional_deemed, trim_scale(total_hours) FROM ce_yearly_totals JOIN m ON person_id = p WHERE year = 2018', 'VALUES (false, true, 56::numeric)', 'an honour deems the professional hours complete, in the archive too');
SELECT results_eq('SELECT kind, deems_professional, trim_scale(recognised) FROM ce_archive JOIN m ON person_id = p WHERE year = 2018 ORDER BY 1', $$ VALUES ('hn_honour', true, 0::numeric), ('hn_host', false, 56) $$, 'and ce_archive says so');
-- certificate and archive page
SELECT is((SELECT concat_ws(' ', facts ->> 'public_hours', facts ->> 'professional_hours', facts ->> 'met', regexp_replace(facts ->> 'items', 'a\d+', 'a', 'g')) FROM m, ce__certificate_facts(p, 2019, ce_today()) facts), '10 56 true  a=56 a=10', 'the certificate states them');
SELECT alike(ce_certificate_html(p, 2019, 'en'), '%>project<%>56<%', 'and lists them') FROM m;
SELECT alike(ce_archive_html(p, 'en'), '%>public lecture<%', 'as the archive page does') FROM m;
-- one work counts once, also there; revoked it counts no more
SELECT achieve(p, '{"kind": "hn_host", "grade": "national_main", "rank": 5, "work_ref": "w", "started_on": "2018-03-01", "due_on": "2020-12-31", "achieved_on": "2020-06-01"}') FROM m;
SELECT is((SELECT count(*) FROM ce_archive JOIN m ON person_id = p WHERE kind = 'hn_host' AND year = 2019), 1::bigint, 'one work once');
UPDATE ce_achievement SET revoked_on = '2020-07-01', note = 'withdrawn' WHERE person_id = (SELECT p FROM m) AND kind = 'hn_lecture';
SELECT is((SELECT trim_scale(public_hours) FROM ce_yearly_totals JOIN m ON person_id = p WHERE year = 2019), 0::numeric, 'revoked it is gone from the totals');
SELECT is_empty('SELECT FROM ce_archive JOIN m ON person_id = p WHERE kind = ''hn_lecture''', 'and from the archive');
SELECT is_empty('SELECT * FROM ce_check()', 'the ledger is sound: accounts have verified hours alone');
-- without such a rule nothing of it is there
UPDATE ce_rule SET in_archive = false;
SELECT is_empty('SELECT FROM ce_archive JOIN m ON person_id = p', '7.3b: for titles alone');
SELECT results_eq('SELECT trim_scale(total_hours), trim_scale(attested_hours) FROM ce_yearly_totals JOIN m ON person_id = p WHERE year = 2019', 'VALUES (0::numeric, 80::numeric)', '7.3b: the totals have it beside the archive');

SELECT * FROM finish();
ROLLBACK;

-- ce_hours.keep_law_rows: a file of law rows beside rows that are there already; the
-- owner's stay as they are, those left out are named
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

CREATE FUNCTION law() RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(t, chr(10) ORDER BY t COLLATE "C") FROM (
		SELECT i::text FROM ce_instrument i UNION ALL SELECT s::text FROM ce_scheme s UNION ALL SELECT c::text FROM ce_category c
		UNION ALL SELECT r::text FROM ce_requirement r UNION ALL SELECT m::text FROM ce_minimum m UNION ALL SELECT k::text FROM ce_kind k
		UNION ALL SELECT r::text FROM ce_rule r UNION ALL SELECT c::text FROM ce_cap c UNION ALL SELECT w::text FROM ce_window w
		UNION ALL SELECT c::text FROM ce_catchup c) l (t)
$$;

CREATE FUNCTION rows_taken(statement text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	n bigint;
BEGIN
	EXECUTE statement;
	GET DIAGNOSTICS n = ROW_COUNT;
	RETURN n;
END
$$;

-- The same file twice
SET LOCAL client_min_messages = error;	-- test/sql/keep_law_rows.sql has the warnings
\ir ../../examples/notices/qinghai_2021_2026.sql
CREATE TEMP TABLE once ON COMMIT DROP AS SELECT law();
SELECT throws_ok($$ INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('general', 2023, 96, 'qinghai-2023-example', '4.1') $$, '23505', NULL,
	'off, as it is by default, a second row about the same is an error');
SET LOCAL ce_hours.keep_law_rows = on;
\ir ../../examples/notices/qinghai_2021_2026.sql
SELECT is(law(), (TABLE once), 'a file that is loaded twice leaves the rows as they were');
SELECT is_empty('SELECT * FROM ce_law_check()', 'and a law that can work');

-- The owner's rows, and a notice that says something else about the same
INSERT INTO ce_instrument VALUES ('ours', '1', '我们的', 'ours', '2026-12-01'), ('theirs', '2', '他们的', 'theirs', '2027-01-15');
INSERT INTO ce_category (category, parent, label_zh, label_en, instrument, clause) VALUES ('tutoring', 'professional', '辅导', 'tutoring', 'ours', '3');
INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause) VALUES ('tutoring', 'tutoring', 'activity', '辅导', 'tutoring', 'ours', '3');
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause) VALUES ('pilots', '飞行', 'pilots', true, 'ours', '2');
INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('general', 2027, '80', 'ours', '1');
INSERT INTO ce_minimum (scheme, category, from_year, hours, instrument, clause) VALUES ('general', 'online', 2027, '10', 'ours', '1');
INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES ('general', 'mentoring', 2027, '25', 'ours', '5');
INSERT INTO ce_rule (scheme, kind, grade, from_year, basis, hours, instrument, clause) VALUES
	('general', 'tutoring', 'school', 2027, 'days', '4', 'ours', '5'), ('general', 'tutoring', 'college', 2027, 'days', '5', 'ours', '5');
INSERT INTO ce_rule (scheme, kind, rank_from, rank_to, from_year, basis, hours, instrument, clause) VALUES
	('general', 'invention_patent', 1, 5, 2027, 'fixed', '55', 'ours', '5'), ('general', 'invention_patent', 6, NULL, 2027, 'fixed', '35', 'ours', '5');
INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause) VALUES ('general', 'review', 'senior', 'each', 3, 2027, 'ours', '4');
INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, instrument, clause) VALUES ('general', 2027, 'public', 'academy', 2025, 2026, 'ours', '7');
UPDATE once SET law = law();

-- Each is left out: of the same instrument or another, of the same clause or another
SELECT is(rows_taken(row_), 0::bigint, 'left out: another row about ' || about) FROM (VALUES
	($$ INSERT INTO ce_instrument VALUES ('theirs', '3', '他们的', 'theirs', '2027-01-15') $$, 'instrument theirs'),
	($$ INSERT INTO ce_category (category, parent, label_zh, label_en, instrument, clause) VALUES ('tutoring', 'professional', '教学', 'teaching', 'theirs', '3') $$, 'category tutoring'),
	($$ INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause) VALUES ('tutoring', 'training', 'activity', '辅导', 'tutoring', 'theirs', '3') $$, 'kind tutoring'),
	($$ INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause) VALUES ('pilots', '飞行', 'pilots', false, 'theirs', '2') $$, 'scheme pilots'),
	($$ INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('general', 2027, '90', 'theirs', '4.1') $$, 'scheme general, from_year 2027'),
	($$ INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('general', 2027, '90', 'ours', '1') $$, 'scheme general, from_year 2027'),
	($$ INSERT INTO ce_minimum (scheme, category, from_year, hours, instrument, clause) VALUES ('general', 'online', 2027, '12', 'theirs', '4.1') $$, 'scheme general, category online, from_year 2027'),
	($$ INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES ('general', 'mentoring', 2027, NULL, 'theirs', '5.2.4c') $$, 'scheme general, category mentoring, from_year 2027'),
	($$ INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, instrument, clause) VALUES ('general', 'tutoring', 2027, 'days', '7', 'theirs', '5') $$, 'scheme general, kind tutoring, from_year 2027'),
	($$ INSERT INTO ce_rule (scheme, kind, grade, from_year, basis, hours, instrument, clause) VALUES ('general', 'tutoring', 'academy', 2027, 'days', '7', 'theirs', '5') $$, 'scheme general, kind tutoring, from_year 2027'),
	($$ INSERT INTO ce_rule (scheme, kind, grade, from_year, basis, hours, instrument, clause) VALUES ('general', 'tutoring', 'school', 2027, 'days', '7', 'ours', '5') $$, 'scheme general, kind tutoring, from_year 2027'),
	($$ INSERT INTO ce_rule (scheme, kind, rank_from, rank_to, from_year, basis, hours, instrument, clause) VALUES ('general', 'invention_patent', 4, 7, 2027, 'fixed', '50', 'ours', '5') $$, 'scheme general, kind invention_patent, from_year 2027'),
	($$ INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause) VALUES ('general', 'review', 'senior', 'each', 4, 2027, 'theirs', '4.2') $$, 'scheme general, route review, level senior, from_year 2027'),
	($$ INSERT INTO ce_window (scheme, route, level, needs_doctorate, aggregation, years, from_year, instrument, clause) VALUES ('general', 'review', 'senior', true, 'each', 2, 2027, 'theirs', '4.2') $$, 'scheme general, route review, level senior, from_year 2027'),
	($$ INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, instrument, clause) VALUES ('general', 2027, 'public', 'any', 2024, 2026, 'theirs', '7.6') $$, 'scheme general, study_year 2027, subject public')
) v (row_, about);
SELECT is(law(), (TABLE once), 'what was there stays as it was');

-- What is about something else comes in beside them
SELECT lives_ok($$ INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('general', 2028, '90', 'theirs', '4.1'), ('pilots', 2027, '90', 'theirs', '4.1') $$, 'another year, another scheme');
SELECT lives_ok($$ INSERT INTO ce_rule (scheme, kind, grade, from_year, basis, hours, instrument, clause) VALUES ('general', 'tutoring', 'academy', 2027, 'days', '6', 'ours', '5') $$, 'another grade of the same notice');
SELECT lives_ok($$ INSERT INTO ce_window (scheme, route, level, needs_doctorate, aggregation, years, from_year, instrument, clause) VALUES ('general', 'review', 'senior', true, 'each', 2, 2027, 'ours', '4') $$, 'another condition of the same notice');
SELECT is((SELECT count(*)::integer FROM ce_requirement WHERE instrument = 'theirs') || ' ' || (SELECT count(*) FROM ce_rule WHERE kind = 'tutoring') || ' ' ||
	(SELECT count(*) FROM ce_window WHERE instrument = 'ours'), '2 3 2', 'they are there');
SELECT is(ce_requirement_of_year, '80', 'and the year is judged by the owner''s row') FROM (SELECT total_hours::text AS ce_requirement_of_year FROM ce_requirement WHERE scheme = 'general' AND from_year = 2027) r;

-- A trigger of one's own
CREATE TABLE own_rows (scheme text, instrument text);
CREATE TRIGGER ours BEFORE INSERT ON own_rows FOR EACH ROW EXECUTE FUNCTION ce_keep_law_row();
SELECT is(error_of($$ INSERT INTO own_rows VALUES ('general', 'ours') $$), '39P01 trigger "ours" must name columns | Rows with the same values in these columns are about the same.'
	' | Give the trigger''s function them as its first argument, such as ce_keep_law_row(''scheme, from_year'').', 'a trigger that names no columns');
CREATE OR REPLACE TRIGGER ours BEFORE INSERT ON own_rows FOR EACH ROW EXECUTE FUNCTION ce_keep_law_row('scheme');
INSERT INTO own_rows VALUES ('general', 'ours');
SELECT is(rows_taken($$ INSERT INTO own_rows VALUES ('general', 'theirs'), ('pilots', 'theirs') $$), 1::bigint, 'and one that does');

-- Taken in, it is checked like any other
SELECT throws_ok($$ INSERT INTO ce_requirement (scheme, from_year, total_hours, filing_due, instrument, clause) VALUES ('general', 2029, '90', '13-01', 'theirs', '4.1') $$, '23514', NULL, 'a row that cannot work is an error');
SET LOCAL ce_hours.keep_law_rows = off;
SELECT throws_ok($$ INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause) VALUES ('tutoring', 'training', 'activity', '辅导', 'tutoring', 'theirs', '3') $$, '23505', NULL, 'off again, it is an error');

-- a copy of a scheme is whole, whatever the setting
INSERT INTO ce_rule (scheme, kind, grade, from_year, basis, hours, instrument, clause) VALUES ('general', 'tutoring', 'evening', 2027, 'days', '3', 'theirs', '5');
SET LOCAL ce_hours.keep_law_rows = on;
SELECT ce_clone_scheme('general', 'copy');
SELECT is((SELECT count(*) FROM ce_rule WHERE scheme = 'copy'), (SELECT count(*) FROM ce_rule WHERE scheme = 'general'), 'a clone has all rows, of two notices too');
SELECT is(current_setting('ce_hours.keep_law_rows'), 'on', 'and leaves the setting');

SELECT * FROM finish();
ROLLBACK;

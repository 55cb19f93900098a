-- What-if: a scheme copied, changed and compared, without touching the real one
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

-- what law rows of a scheme say, without their own ids
CREATE FUNCTION law_of(name text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(t || ' ' || (r - 'scheme' - 'rule_id' - 'window_id')::text, chr(10) ORDER BY t, r - 'scheme' - 'rule_id' - 'window_id')
	FROM (SELECT 'scheme' AS t, to_jsonb(s) AS r FROM ce_scheme s WHERE scheme = name
		UNION ALL SELECT 'requirement', to_jsonb(s) FROM ce_requirement s WHERE scheme = name
		UNION ALL SELECT 'rule', to_jsonb(s) FROM ce_rule s WHERE scheme = name
		UNION ALL SELECT 'cap', to_jsonb(s) FROM ce_cap s WHERE scheme = name
		UNION ALL SELECT 'window', to_jsonb(s) FROM ce_window s WHERE scheme = name
		UNION ALL SELECT 'catchup', to_jsonb(s) FROM ce_catchup s WHERE scheme = name) l
$$;
CREATE FUNCTION changes(level ce_level, as_of date DEFAULT '2020-12-31', b text DEFAULT 'draft') RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN coalesce((SELECT string_agg(format('%s %s>%s %s', n.name, c.under_a, c.under_b, c.change), ', ' ORDER BY n.name)
		FROM ce_compare_schemes('general', b, level, as_of) c JOIN names n ON n.p = c.person_id), 'none');
END $$;

CREATE TEMP TABLE names AS
	SELECT 'full' AS name, give_years(person(), 2017, 2018, 2019, 2020) AS p
	UNION ALL SELECT 'half', give_professional(give_public(give_years(person(), 2017, 2018, 2019), '40'), '50')
	UNION ALL SELECT 'none', person()
	UNION ALL SELECT 'accountant', person(scheme => 'accounting')
	UNION ALL SELECT 'inventor', achieve(give_professional(give_public(person(30, held => 'junior', held_since => '2019-01-01'), '45'), '30'), '{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01"}')
	UNION ALL SELECT 'banned', give_years(person(), 2020);
INSERT INTO ce_sanction (person_id, found_on, decision) SELECT p, '2020-06-01', 'd' FROM names WHERE name = 'banned';
CREATE TEMP TABLE before AS SELECT law_of('general') AS law, (SELECT string_agg(a::text, chr(10) ORDER BY a::text) FROM ce_activity a) AS activities,
	(SELECT string_agg(a::text, chr(10) ORDER BY a::text) FROM ce_account a) AS accounts, (SELECT string_agg(t::text, chr(10) ORDER BY t::text) FROM ce_yearly_totals t) AS totals,
	(SELECT string_agg(concat_ws(' ', p, l, ask(p, l)), chr(10) ORDER BY p, l) FROM names, unnest(enum_range(NULL::ce_route)) r, unnest('{junior,intermediate,senior}'::ce_level[]) l) AS verdicts;

-- the copy
SELECT lives_ok($$ SELECT ce_clone_scheme('general', 'draft') $$, 'what-if: a scheme is copied');
SELECT is(law_of('draft'), law_of('general'), 'what-if: row by row');
SELECT is_empty('SELECT * FROM ce_law_check()', 'what-if: and is as sound');
SELECT is(changes(l), 'none', format('what-if: under the copy nothing changes: %s', l)) FROM unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) l;
SELECT is_empty($$ SELECT p, r, l FROM names, unnest(enum_range(NULL::ce_route)) r, unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) l
	WHERE name <> 'accountant' AND ask(p, l, '2020-12-31', r) <> ask(p, l, '2020-12-31', r, NULL, 'draft') $$, 'what-if: by any route');
SELECT is(ask(p, 'junior', scheme => 'general'), 'not_eligible', 'what-if: an accountant judged under the general scheme') FROM names WHERE name = 'accountant';
SELECT is(ask(p, 'junior', scheme => 'accounting'), 'out_of_scope', 'what-if: a general person under the accountants''') FROM names WHERE name = 'full';

-- refused
SELECT alike(error_of($$ SELECT ce_clone_scheme('nothing', 'draft2') $$), '42704 scheme "nothing" does not exist%', 'what-if: a scheme that is none is not copied');
SELECT is(error_of($$ SELECT ce_clone_scheme('general', 'draft') $$), '23505 scheme "draft" already exists | Choose another name for the copy; table ce_scheme lists the schemes.', 'what-if: nor over one that exists');
SET LOCAL ce_hours.keep_law_rows = on;
SELECT alike(error_of($$ SELECT ce_clone_scheme('general', 'draft') $$), '23505 scheme "draft" already exists%', 'what-if: also where rows that are there are kept');
SET LOCAL ce_hours.keep_law_rows = off;
SELECT alike(error_of($$ SELECT ce_clone_scheme('general', 'general') $$), '23505 %', 'what-if: nor over itself');
SELECT alike(error_of($$ SELECT ce_clone_scheme('general', NULL) $$), '23502 %', 'what-if: nor under no name');
SELECT is((SELECT string_agg(scheme, ' ' ORDER BY scheme COLLATE "C") FROM ce_scheme), 'accounting draft general', 'what-if: nothing of these was kept');
SELECT alike(error_of($$ SELECT ce_verdict(1, 'junior', scheme => 'nothing') $$), '% "nothing"%', 'what-if: no question under a scheme that is none');
SELECT is(error_of(format('SELECT * FROM ce_compare_schemes(%L, %L, ''junior'')', a, b)), format('42704 scheme "%s" does not exist | Table ce_scheme lists the schemes.', said), 'what-if: and no comparison')
	FROM (VALUES ('general', 'nothing', 'nothing'), ('generl', 'draft', 'generl'), ('generl', 'nothing', 'generl'), ('general', NULL, 'null')) v (a, b, said);
SAVEPOINT conditions;
INSERT INTO ce_window (scheme, route, level, needs_doctorate, needs_held, aggregation, years, from_year, instrument, clause) VALUES
	('general', 'recognition', 'senior', true, 'intermediate', 'each', 1, 2030, 'qinghai-2020-227', '4.2'),
	('general', 'recognition', 'senior', true, NULL, 'each', 2, 2030, 'qinghai-2020-227', '4.2'),
	('general', 'recognition', 'senior', false, 'intermediate', 'each', 3, 2030, 'qinghai-2020-227', '4.2');
UPDATE ce_window SET window_id = window_id + 90000 WHERE from_year = 2030 AND years = 1;
SELECT is(error_of($$ SELECT ce_clone_scheme('general', 'copied') $$), 'no error', 'what-if: windows are copied in an order in which they are taken');
SELECT is(law_of('copied'), law_of('general'), 'what-if: and all of them are');
ROLLBACK TO conditions;

-- a milder draft
UPDATE ce_requirement SET total_hours = '90', public_hours = '40', professional_hours = '50' WHERE scheme = 'draft' AND from_year = 2020;
SELECT is(changes('senior'), 'half not_eligible>eligible gains', '4.1: with 90, 40, 50 one gains the senior title');
SELECT is(changes('intermediate'), 'half not_eligible>eligible gains', '4.1: and the intermediate one');
SELECT is(changes('junior'), 'none', '4.1: the junior one he had by 2019');
SELECT is(changes('junior', '2021-06-01'), 'half not_eligible>eligible gains', '4.1: but not in 2021');
-- a stricter one
UPDATE ce_requirement SET total_hours = '136', public_hours = '45', professional_hours = '90' WHERE scheme = 'draft' AND from_year = 2020;
SELECT is(changes('senior'), 'full eligible>not_eligible loses', '4.1: with 136 one loses');
SELECT is(changes('junior', '2021-06-01'), 'full eligible>not_eligible loses, inventor eligible>not_eligible loses', '7.3d: and who has exactly 135 with a patent');
SELECT is((SELECT required || ' ' || got || ' ' || short FROM ce_explain(p, 'senior', as_of => '2020-12-31', scheme => 'draft') WHERE NOT ok), '136 135 1', 'what-if: ce_explain explains under the draft') FROM names WHERE name = 'full';
SELECT is((ce_receipt(p, 'senior', as_of => '2020-12-31', scheme => 'draft') #>> '{law,ce_requirement draft 2020,total_hours}'), '136', 'what-if: ce_receipt too') FROM names WHERE name = 'full';
UPDATE ce_requirement SET total_hours = '135' WHERE scheme = 'draft' AND from_year = 2020;
-- other rows
UPDATE ce_rule SET hours = '59' WHERE scheme = 'draft' AND kind = 'invention_patent' AND rank_from = 1;
SELECT is(changes('junior'), 'inventor eligible>not_eligible loses', '5.2.5: a patent of 59 hours');
UPDATE ce_rule SET hours = '60' WHERE scheme = 'draft' AND kind = 'invention_patent' AND rank_from = 1;
UPDATE ce_window SET years = 1 WHERE scheme = 'draft' AND route = 'review' AND level = 'junior';
SELECT is(changes('junior'), 'half eligible>not_eligible loses', '4.2.1a: a window of one year');
UPDATE ce_window SET years = 2 WHERE scheme = 'draft' AND route = 'review' AND level = 'junior';
UPDATE ce_scheme SET ban_years = NULL WHERE scheme = 'draft';
SELECT is(changes('junior'), 'banned banned>eligible gains', '6.2b: no ban');
UPDATE ce_scheme SET ban_years = 3, governed = false WHERE scheme = 'draft';
SELECT alike(changes('senior'), 'banned banned>out_of_scope changes, full eligible>out_of_scope loses%', '2.3: not governed');
UPDATE ce_scheme SET governed = true WHERE scheme = 'draft';
DELETE FROM ce_window WHERE scheme = 'draft' AND level = 'senior';
SELECT alike(changes('senior'), 'full eligible>no_rule loses, half not_eligible>no_rule changes%', '4.2: no window');
SELECT isnt(changes('senior', b => 'general'), NULL, 'what-if: a scheme compared with itself');
SELECT is(changes('senior', b => 'general'), 'none', 'what-if: changes nothing');

-- facts are converted by the draft: another rate of a day, a kind that it does not list, another category
INSERT INTO ce_window SELECT nextval(pg_get_serial_sequence('ce_window', 'window_id')), 'draft', w.route, w.level, w.needs_doctorate, w.needs_held, w.aggregation, w.years, w.professional_only, w.same_specialty, w.from_year, w.to_year, w.instrument, w.clause
	FROM ce_window w WHERE w.scheme = 'general' AND w.level = 'senior';
SAVEPOINT converted;
INSERT INTO names SELECT 'days', give_public(p, '45') FROM (SELECT p, give(p, '{"kind":"training","started_on":"2020-05-04","completed_on":"2020-05-16","days":12}') FROM person() p) q;
SELECT is(changes('junior'), 'none', 'what-if: 12 days of 7 hours under both');
UPDATE ce_rule SET hours = '8' WHERE scheme = 'draft' AND kind = 'training';
SELECT is(changes('junior'), 'days not_eligible>eligible gains', 'what-if: a day of 8 hours makes 96 of 84');
SELECT alike((SELECT why FROM ce_compare_schemes('general', 'draft', 'junior', '2020-12-31')), '%needs 6 more professional hours in 2020: 84 of 90.%', 'what-if: and says what is missing today');
SELECT is((SELECT awarded::text FROM ce_activity a JOIN names n ON n.p = a.person_id WHERE n.name = 'days' AND a.kind = 'training'), '84', 'what-if: the activity keeps its hours');
UPDATE ce_rule SET hours = '7' WHERE scheme = 'draft' AND kind = 'training';
DELETE FROM ce_rule WHERE scheme = 'draft' AND kind = 'academy_course';
SELECT is(changes('senior'), 'full eligible>not_eligible loses', 'what-if: a kind that the draft does not list');
SELECT alike((SELECT why FROM ce_compare_schemes('general', 'draft', 'senior', '2020-12-31')), '%needs 45 more public hours in 2020: 0 of 45.%', 'what-if: and why');
SELECT is((SELECT count(*)::integer FROM ce__converted('general', 'draft', '2020-01-31') WHERE year = 2020), 0, 'what-if: of what was verified by the day');
ROLLBACK TO converted;

-- the real one is untouched
SELECT is(law_of('general'), law, 'what-if: the real scheme''s rows are untouched') FROM before;
SELECT is((SELECT string_agg(a::text, chr(10) ORDER BY a::text) FROM ce_activity a), activities, 'what-if: and the activities') FROM before;
SELECT is((SELECT string_agg(a::text, chr(10) ORDER BY a::text) FROM ce_account a), accounts, 'what-if: the accounts') FROM before;
SELECT is((SELECT string_agg(t::text, chr(10) ORDER BY t::text) FROM ce_yearly_totals t), totals, 'what-if: the totals') FROM before;
SELECT is((SELECT string_agg(concat_ws(' ', p, l, ask(p, l)), chr(10) ORDER BY p, l) FROM names, unnest(enum_range(NULL::ce_route)) r, unnest('{junior,intermediate,senior}'::ce_level[]) l), verdicts, 'what-if: and the verdicts') FROM before;

-- rows of shapes that the shipped law has not
INSERT INTO names SELECT 'sum', give_professional(give_public(give_recorded(person(), 2019, '20', '80'), '45'), '80');
SELECT is(after($$ UPDATE ce_window SET aggregation = 'sum' WHERE scheme = 'draft' AND route = 'review' AND level = 'junior' $$, format('ask(%s, ''junior'', scheme => ''draft'')', p)), 'eligible', '4.2.1a: two years summed: 100 + 125 of 225') FROM names WHERE name = 'sum';
SELECT is(after($$ UPDATE ce_window SET aggregation = 'sum' WHERE scheme = 'draft' AND route = 'review' AND level = 'junior'; UPDATE ce_requirement SET total_hours = '136' WHERE scheme = 'draft' AND from_year = 2020 $$, format('ask(%s, ''junior'', scheme => ''draft'')', p)), 'not_eligible', '4.2.1a: and not 225 of 226') FROM names WHERE name = 'sum';
SELECT is(after($$ UPDATE ce_window SET aggregation = 'sum' WHERE scheme = 'draft' AND route = 'review' AND level = 'junior'; DELETE FROM ce_requirement WHERE scheme = 'draft' AND from_year < 2020 $$, format('ask(%s, ''junior'', scheme => ''draft'')', p)), 'no_rule', '10.1: a sum with a year that has no requirement has no rule') FROM names WHERE name = 'sum';
CREATE FUNCTION roster(day date, p bigint) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', junior, intermediate, senior), ', ') FROM (SELECT s.code, ce__standing_outcome(s.code, 'junior') AS junior, ce__standing_outcome(s.code, 'intermediate') AS intermediate, ce__standing_outcome(s.code, 'senior') AS senior
		FROM ce_person q CROSS JOIN LATERAL (SELECT ce__standing_code(q.moved, q.sanctioned, q.person_id, q.org_id, q.scheme, q.doctorate_on, q.held_level, q.held_since, day) AS code OFFSET 0) s WHERE q.person_id = p) r
$$;
SELECT is(after($$ UPDATE ce_requirement SET from_year = 2019 WHERE scheme = 'general' AND from_year = 2016 $$, format('roster(''2020-12-31'', %s)', p)), array_to_string(array[after($$ UPDATE ce_requirement SET from_year = 2019 WHERE scheme = 'general' AND from_year = 2016 $$, format('ask(%s, ''junior'')', p)),
		after($$ UPDATE ce_requirement SET from_year = 2019 WHERE scheme = 'general' AND from_year = 2016 $$, format('ask(%s, ''intermediate'')', p)), after($$ UPDATE ce_requirement SET from_year = 2019 WHERE scheme = 'general' AND from_year = 2016 $$, format('ask(%s, ''senior'')', p))], ' '),
	format('10.1: a year without a requirement: %s, all at once and one by one', name)) FROM names WHERE name IN ('full', 'half', 'none', 'sum');
SELECT is(after($$ UPDATE ce_requirement SET from_year = 2019 WHERE scheme = 'general' AND from_year = 2016 $$, format('roster(''2020-12-31'', %s)', p)), 'eligible no_rule no_rule', '10.1: it leaves open what each year of the window has to meet') FROM names WHERE name = 'full';

-- 5.3 of one subject alone: public hours that are deemed add none, so the total is still asked for
SELECT is(after(format($$ UPDATE ce_rule SET basis = 'deems', hours = NULL WHERE scheme = 'general' AND kind = 'academy_course'; SELECT give_professional(give_public(%s, '1'), %L) $$, p, h), format($$ (SELECT concat_ws(' ', public_deemed, professional_deemed, public_short, professional_short, total_short, met) FROM ce_yearly_totals WHERE person_id = %s AND year = 2020) $$, p)), said, said)
	FROM person() p, (VALUES ('80', 't f 0 10 10 f'), ('90', 't f 0 0 0 t')) v (h, said);
-- a cap of its own for later years
SELECT is(after(format($$ INSERT INTO ce_cap SELECT scheme, category, %s, %s, '7', instrument, clause, interpretation FROM ce_cap WHERE scheme = 'general' AND category = 'mentoring' $$, from_year, coalesce(to_year::text, 'NULL')),
	format($$ (SELECT string_agg((mentoring_hours * 100)::integer::text, ' ' ORDER BY year) FROM ce_yearly_totals WHERE person_id = %s AND mentoring_hours > 0) $$, p)), said, format('5.2.4c: another cap from %s to %s: %s hundredths', from_year, to_year, said))
	FROM (SELECT p, give(p, '{"kind":"mentoring","started_on":"2020-03-02","completed_on":"2020-03-06","days":5}'), give(p, '{"kind":"mentoring","started_on":"2021-03-01","completed_on":"2021-03-05","days":5}') FROM person() p) m,
	(VALUES (2021, NULL::integer, '3000 700'), (2021, 2021, '3000 700'), (2022, NULL, '3000 3000')) v (from_year, to_year, said);
-- what a row asks for and the facts do not say
CREATE FUNCTION new_training(p bigint) RETURNS text LANGUAGE sql AS $$
	SELECT error_of(format('INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours, evidence) VALUES (%s, ''training'', ''2020-05-11'', ''2020-05-15'', ''20'', ''d'')', p))
$$;
SELECT alike(after(format('UPDATE ce_rule SET basis = %L, hours = %L WHERE scheme = ''general'' AND kind = ''training''', basis, hours), format('new_training(%s)', p)), pattern, format('5.2: a training that goes by %s', basis)) FROM person() p, (VALUES
	('deems_tenure', NULL, '23502 the rule is one for achievements, not for activities | Clause 5.2.2(1)%: the hours of kind "training" are derived from this. |%'), ('days', '7', '23502 the activity has no days |%'), ('as_completed', NULL, 'no error'), ('fixed', '3', 'no error')) v (basis, hours, pattern);
SELECT alike(after('UPDATE ce_rule SET basis = ''days'', hours = ''7'' WHERE scheme = ''general'' AND kind = ''training''', format('(SELECT string_agg(c::text, '', '') FROM ce_check() c WHERE c::text LIKE ''%%%%%s%%%%'')', a)), pattern, 'ce_check: what today''s law cannot make hours of is named')
	FROM (SELECT give(p, '{"kind":"training","started_on":"2020-05-11","completed_on":"2020-05-15","hours":"20"}') AS a FROM person() p) q, (VALUES ('%days%')) v (pattern);

-- tables that are not as they were made
SELECT alike(after(change, format('ce_verdict(%s, ''junior'')', p)), pattern, change) FROM names, (VALUES
	('ALTER TABLE ce_cap RENAME TO other; CREATE VIEW ce_cap AS SELECT * FROM other', '42809 "ce_cap" is not a table that the ledger can read%'),
	('ALTER TABLE ce_cap RENAME hours TO most', '42703 column "hours" of table "ce_cap" does not exist | The ledger''s own columns cannot be renamed or dropped.%'),
	('ALTER TABLE ce_person RENAME held_since TO since', '42703 column "held_since" of table "ce_person" does not exist%'),
	('ALTER TABLE ce_window RENAME TO other', '%ce_window%')) v (change, pattern) WHERE name = 'full';
CREATE FUNCTION all_answers() RETURNS text LANGUAGE sql AS $$ SELECT string_agg(concat_ws(' ', name, ask(p, 'senior'), ask(p, 'junior', '2019-12-31'), ask(p, 'intermediate', '2020-12-31', 'transfer', 'law')), ', ' ORDER BY p) FROM names $$;
SELECT is(after('CREATE INDEX by_hash ON ce_activity USING hash (person_id); CREATE INDEX by_hours ON ce_activity (person_id) WHERE hours > ''5''; CREATE INDEX by_kind ON ce_activity (person_id) WHERE kind = ANY (''{training}''); CREATE INDEX by_gone ON ce_activity (person_id) WHERE status = ANY (''{revoked}''); CREATE INDEX by_status ON ce_activity (person_id, status)',
	'all_answers()'), all_answers(), 'a user''s own indexes change no answer');

-- A copy is judged by copies of the judges that are based on it, so that a draft's caps judge as they will (4.2)
SET LOCAL client_min_messages = error;
\ir ../../examples/notices/xuzhou.sql
CREATE FUNCTION schemes(pattern text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', scheme, 'on ' || based_on), ', ' ORDER BY scheme COLLATE "C") FROM ce_scheme WHERE scheme LIKE pattern $$;
CREATE FUNCTION judges(s text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', level, judged_by), ', ' ORDER BY level) FROM ce_window WHERE scheme = s $$;
-- who holds a junior title since 2025: 24 public hours and 3 days of 12 hours, 40 are required
CREATE TEMP TABLE junior AS SELECT person(22, 'xuzhou', held => 'junior', held_since => '2025-01-01') AS p;
SELECT give(p, '{"kind": "xz_public", "completed_on": "2025-03-01", "hours": 24}'), give(p, '{"kind": "xz_seminar", "started_on": "2025-03-01", "completed_on": "2025-03-03", "days": 3}') FROM junior \g /dev/null
CREATE FUNCTION compared(b text, change text DEFAULT 'SELECT 1', a text DEFAULT 'xuzhou') RETURNS text LANGUAGE sql AS $$
	SELECT after(change, format('SELECT coalesce((SELECT string_agg(concat_ws(%L, under_a, under_b, change), %L) FROM ce_compare_schemes(%L, %L, %L, %L)), %L)', ' ', ', ', a, b, 'intermediate', '2025-12-31', 'none')) $$;
CREATE FUNCTION capped(s text, hours text) RETURNS text LANGUAGE sql AS $$
	SELECT format('INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES (%L, ''training'', 2025, %L, ''xuzhou'', ''5'')', s, hours) $$;
SELECT ce_clone_scheme('xuzhou', 'xz') \g /dev/null
SELECT is(schemes('xz%'), 'xz, xz-junior on xz', 'what-if: the judge is copied with the scheme that it is based on, and is based on the copy');
SELECT is(judges('xz'), 'junior xz-junior, intermediate xz-junior, senior, full_senior', 'what-if: it judges the windows of the copy');
SELECT is(judges('xuzhou'), 'junior xuzhou-junior, intermediate xuzhou-junior, senior, full_senior', 'what-if: and the old one those of the original');
SELECT is(law_of('xz-junior'), replace(law_of('xuzhou-junior'), '"based_on": "xuzhou"', '"based_on": "xz"'), 'what-if: row by row');
SELECT is_empty('SELECT * FROM ce_law_check() WHERE scheme ~ ''^x''', 'what-if: both are sound');
SELECT is(compared('xz'), 'none', 'what-if: nothing changes');
SELECT is(compared('xz', capped('xz', hours)), said, format('what-if: a cap of %s: 24 + %1$s of 40', hours)) FROM (VALUES ('16', 'none'), ('15.99', 'eligible not_eligible loses'), ('10', 'eligible not_eligible loses')) v (hours, said);
SELECT is(after(capped('xuzhou', hours), format('ask(%s, ''intermediate'', ''2025-12-31'')', p)), said, 'what-if: and so it is for good, with a cap of ' || hours) FROM junior, (VALUES ('16', 'eligible'), ('15.99', 'not_eligible')) v (hours, said);
SELECT is(compared('xz', $$ UPDATE ce_requirement SET total_hours = 60.01 WHERE scheme = 'xz-junior' $$), 'eligible not_eligible loses', 'what-if: what the copied judge requires is tried out, too');
SELECT is(compared('xz', $$ UPDATE ce_requirement SET total_hours = 60 WHERE scheme = 'xz-junior' $$), 'none', 'what-if: 60 of 60');
-- a copy of the copy, another one, one of the judge alone
SELECT ce_clone_scheme('xz', 'xz2'), ce_clone_scheme('xuzhou', 'xz3'), ce_clone_scheme('xuzhou-junior', 'young') \g /dev/null
SELECT is(schemes('xz%'), 'xz, xz-junior on xz, xz2, xz2-junior on xz2, xz3, xz3-junior on xz3', 'what-if: copies of a copy, and others of the original');
SELECT is(compared('xz2', capped('xz2', '15.99')), 'eligible not_eligible loses', 'what-if: compared as well');
SELECT is(schemes('young%'), 'young on xuzhou', 'what-if: a judge alone stays based on what it was');
SELECT is_empty('SELECT * FROM ce_law_check() WHERE scheme ~ ''^[xy]''', 'what-if: all are sound');
-- a name that is taken: nothing is copied
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause) VALUES ('xz4-junior', 'z', 'e', false, 'xuzhou', '1');
SELECT is(error_of($$ SELECT ce_clone_scheme('xuzhou', 'xz4') $$), '23505 scheme "xz4-junior" already exists | Choose another name for the copy; table ce_scheme lists the schemes.', 'what-if: a judge''s name that is taken');
SELECT is(schemes('xz4%'), 'xz4-junior', 'what-if: nothing of it is kept');
DELETE FROM ce_scheme WHERE scheme = 'xz4-junior';
-- copies can go, those of judges first
DELETE FROM ce_window WHERE scheme ~ '^xz'; DELETE FROM ce_rule WHERE scheme ~ '^xz'; DELETE FROM ce_requirement WHERE scheme ~ '^xz';
SELECT is(error_of($$ DELETE FROM ce_scheme WHERE scheme = 'xz' $$), '23503 scheme "xz" is in use | Rows of table "ce_scheme" name it, in column "based_on". | Leave it, or first delete these rows or have them name another.', 'what-if: the copy of a judge keeps its base');
DELETE FROM ce_scheme WHERE scheme ~ '^xz.*-junior$';
SELECT lives_ok($$ DELETE FROM ce_scheme WHERE scheme ~ '^xz' $$, 'what-if: without it the copy can go');
-- other names, a base between the two, a judge that judges by another, itself, and a judge that is not based on the scheme
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause, based_on) VALUES ('middle', 'z', 'e', true, 'xuzhou', '1', 'xuzhou'), ('pupils', 'z', 'e', true, 'xuzhou', '1', 'middle'),
	('elders', 'z', 'e', true, 'xuzhou', '1', 'xuzhou'), ('apart', 'z', 'e', true, 'xuzhou', '1', NULL), ('below', 'z', 'e', true, 'xuzhou', '1', 'xuzhou');
UPDATE ce_window SET judged_by = CASE level WHEN 'junior' THEN 'pupils' WHEN 'intermediate' THEN 'xuzhou-junior' WHEN 'senior' THEN 'xuzhou' ELSE 'apart' END WHERE scheme = 'xuzhou';
INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, judged_by, instrument, clause) VALUES ('pupils', 'recognition', 'junior', 'each', 1, 2010, 'elders', 'xuzhou', '1');
SELECT ce_clone_scheme('xuzhou', 'q') \g /dev/null
SELECT is(schemes('q%'), 'q, q-elders on q, q-junior on q, q-middle on q, q-pupils on q-middle', 'what-if: all that the judges need, and no more');
SELECT is(judges('q') || ', ' || judges('q-pupils'), 'junior q-pupils, intermediate q-junior, senior q, full_senior apart, junior q-elders', 'what-if: and each window names its copy');
-- two judges whose copies would have one name: the one that is not named after the scheme has a number that is free
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause, based_on) VALUES ('xuzhou-pupils', 'z', 'e', true, 'xuzhou', '1', 'xuzhou'), ('pupils-2', 'z', 'e', true, 'xuzhou', '1', 'xuzhou');
UPDATE ce_window SET judged_by = 'xuzhou-pupils' WHERE scheme = 'xuzhou' AND level = 'full_senior';
SELECT ce_clone_scheme('xuzhou', 'r') \g /dev/null
SELECT is(schemes('r%'), 'r, r-elders on r, r-junior on r, r-middle on r, r-pupils on r, r-pupils-2 on r-middle', 'what-if: of two judges with one name for their copies, one has a number');
SELECT is(judges('r'), 'junior r-pupils-2, intermediate r-junior, senior r, full_senior r-pupils', 'what-if: the one that is named after the scheme stays so');
UPDATE ce_window SET judged_by = 'pupils-2' WHERE scheme = 'xuzhou' AND level = 'senior';
SELECT ce_clone_scheme('xuzhou', 's') \g /dev/null
SELECT is(judges('s'), 'junior s-pupils-3, intermediate s-junior, senior s-pupils-2, full_senior s-pupils', 'what-if: the first number that no other copy has');

SELECT * FROM finish();
ROLLBACK;

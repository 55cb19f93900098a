-- Categories as a tree, minima and caps of any of them
BEGIN;
\ir lib/ledger.psql
SELECT * FROM no_plan();

CREATE FUNCTION error_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	m text; d text; h text; s text;
BEGIN
	EXECUTE statement;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS s = RETURNED_SQLSTATE, m = MESSAGE_TEXT, d = PG_EXCEPTION_DETAIL, h = PG_EXCEPTION_HINT;
	RETURN concat_ws(' | ', s || ' ' || m, nullif(d, ''), nullif(h, ''));
END $$;

INSERT INTO ce_instrument VALUES ('tree', '示例', '示例', 'an example', '2015-01-01');
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause) VALUES ('tree', '示例', 'an example', true, 'tree', '1');
INSERT INTO ce_category (category, parent, label_zh, label_en, instrument, clause) VALUES
	('class_one', 'public', 'I类', 'class I', 'tree', '2'),
	('class_one_national', 'class_one', '国家级I类', 'class I, national', 'tree', '2'),
	('away', 'professional', '脱产', 'away from work', 'tree', '3'),
	('free', NULL, '选修', 'electives', 'tree', '4');
UPDATE ce_category SET parent = 'away' WHERE category IN ('training', 'study');
SELECT is((SELECT string_agg(category || ' ' || lane, ', ' ORDER BY lane) FROM ce_category WHERE lane LIKE 'own%'), 'class_one own_1, class_one_national own_2, away own_3, free own_4', 'each added category has its lane');
INSERT INTO ce_requirement (scheme, from_year, total_hours, public_hours, professional_hours, instrument, clause) VALUES ('tree', 2016, 60, 20, 30, 'tree', '1');
INSERT INTO ce_minimum (scheme, category, from_year, to_year, hours, instrument, clause) VALUES
	('tree', 'class_one', 2016, NULL, 15, 'tree', '2'), ('tree', 'class_one_national', 2016, NULL, 3, 'tree', '2'), ('tree', 'free', 2018, 2018, 5, 'tree', '4');
-- a bound over several categories, and a tighter one within it
INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES ('tree', 'away', 2016, 25, 'tree', '3'), ('tree', 'study', 2016, 10, 'tree', '3');
INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause)
SELECT 't_' || c, c, 'activity', c, c, 'tree', '5' FROM unnest('{public,class_one,class_one_national,training,study,special,free}'::text[]) c;
INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause) VALUES ('t_front', 'public', 'activity', 'f', 'f', 'tree', '5');
INSERT INTO ce_rule (scheme, kind, from_year, basis, instrument, clause)
SELECT 'tree', 't_' || c, 2016, 'as_completed'::ce_basis, 'tree', '5' FROM unnest('{public,class_one,class_one_national,training,study,special,free}'::text[]) c
UNION ALL SELECT 'tree', 't_front', 2016, 'deems', 'tree', '5';
INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause) VALUES ('tree', 'review', 'junior', 'each', 1, 2016, 'tree', '6');
SELECT is((SELECT string_agg(concat_ws(' ', kind, subject), ', ' ORDER BY kind) FROM ce_kind WHERE kind LIKE 't\_%'),
	't_class_one public, t_class_one_national public, t_free, t_front public, t_public public, t_special professional, t_study professional, t_training professional', 'a kind''s subject follows from its category');

CREATE FUNCTION did(p bigint, facts jsonb, y integer DEFAULT 2017) RETURNS bigint LANGUAGE sql AS $$
	SELECT give(p, jsonb_build_object('kind', 't_' || f.key, 'completed_on', make_date(y, 6, 30), 'hours', f.value)) FROM jsonb_each_text(facts) f;
	SELECT p
$$;
CREATE FUNCTION minima(p bigint, y integer DEFAULT 2017) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', category, trim_scale(got) || '/' || trim_scale(required), nullif(trim_scale(short), 0), CASE WHEN deemed THEN 'deemed' END), ', ' ORDER BY ord)
	  FROM ce_year_minima WHERE person_id = p AND year = y
$$;
CREATE TEMP TABLE t AS SELECT n, person(22, 'tree') AS p FROM generate_series(1, 8) n;
CREATE FUNCTION t(i integer) RETURNS bigint LANGUAGE sql AS 'SELECT p FROM t WHERE n = i';
SELECT did(t(1), '{"public":5,"class_one":12,"class_one_national":3,"special":40}'), did(t(2), '{"public":5,"class_one":13,"class_one_national":2,"special":40}'),
	did(t(3), '{"public":6,"class_one":11.99,"class_one_national":3,"special":40}'), did(t(4), '{"class_one":12,"class_one_national":8,"training":20,"study":15,"special":10}'),
	did(t(5), '{"front":1,"special":60}'), did(t(6), '{"public":5,"class_one":12,"class_one_national":3,"special":30,"free":10}') \g /dev/null
SELECT is(minima(t(1)), 'total 60/60, public 20/20, professional 40/30, class_one 15/15, class_one_national 3/3', 'nested minima, each just met');
SELECT ok(met(t(1), 2017), 'the year is met');
SELECT is(minima(t(2)), 'total 60/60, public 20/20, professional 40/30, class_one 15/15, class_one_national 2/3 1', 'the inner one an hour short');
SELECT ok(NOT met(t(2), 2017), 'the year is not met');
SELECT is(ask(t(2), 'junior', '2017-12-31'), 'not_eligible', 'nor the title');
SELECT is((SELECT string_agg(concat_ws(' ', condition, trim_scale(short), message, cure), ' | ') FROM ce_explain(t(2), 'junior', 'review', '2017-12-31') WHERE NOT ok),
	'minimum 1 needs 1 more hours of "class I, national" in 2017: 2 of 3 2017 is over: enter what was verified of that year before the ledger went live, if the ledger lacks it', 'ce_explain names it by its label');
SELECT is(minima(t(3)), 'total 60.99/60, public 20.99/20, professional 40/30, class_one 14.99/15 0.01, class_one_national 3/3', 'the outer one a hundredth short');
SELECT is(minima(t(4)), 'total 55/60 5, public 20/20, professional 35/30, class_one 20/15, class_one_national 8/3', '15 of study cut to 10, with 20 of training to 25: a bound over two categories');
SELECT is((SELECT string_agg(concat_ws(' ', kind, trim_scale(recognised)), ', ' ORDER BY activity_id) FROM ce_archive WHERE person_id = t(4) AND kind IN ('t_training', 't_study')), 't_study 10, t_training 15', 'the archive says what the caps left of each');
SELECT is(minima(t(5)), 'total 60/60, public 0/20 deemed, professional 60/30, class_one 0/15 deemed, class_one_national 0/3 deemed', 'a deemed subject has met the minima within it, and no hours');
SELECT ok(met(t(5), 2017), 'so the year is met');
SELECT is(minima(t(6)), 'total 60/60, public 20/20, professional 30/30, class_one 15/15, class_one_national 3/3', 'hours of a subject of its own count in the total');
SELECT did(t(6), '{"public":5,"class_one":12,"class_one_national":3,"special":36,"free":4}', 2018), did(t(6), '{"public":5,"class_one":12,"class_one_national":3,"special":36,"free":4}', 2019) \g /dev/null
SELECT is(minima(t(6), 2018), 'total 60/60, public 20/20, professional 36/30, free 4/5 1, class_one 15/15, class_one_national 3/3', 'a minimum of one year');
SELECT ok(met(t(6), 2019), 'which ends with it');
-- accounts keep the lane, whatever the name
SELECT is((SELECT credit::text FROM ce_account WHERE person_id = t(6) AND year = 2018), '{public:5,special:36,own_1:12,own_2:3,own_4:4}', 'an account has the lanes');
SELECT is((SELECT credit::text FROM ce_account_recomputed WHERE person_id = t(6) AND year = 2018), '{public:5,special:36,own_1:12,own_2:3,own_4:4}', 'and so has what is computed from the activities');
SELECT is(ce_credit_hours('{own_4:4}', (SELECT lane FROM ce_category WHERE category = 'free'))::text, '4', 'a category is read by its lane');
UPDATE ce_activity SET status = 'revoked', revoked_by = 22, revoked_on = ce_today(), note = 'double' WHERE person_id = t(6) AND kind = 't_free' AND year = 2018;
SELECT is((SELECT credit::text FROM ce_account WHERE person_id = t(6) AND year = 2018), '{public:5,special:36,own_1:12,own_2:3}', 'revoking takes them off');
-- by transfer, a cap over several categories is used up by date (AMB-16)
INSERT INTO ce_window (scheme, route, level, aggregation, years, professional_only, same_specialty, from_year, instrument, clause) VALUES ('tree', 'transfer', 'junior', 'any', 1, true, true, 2016, 'tree', '6');
SELECT give(t(7), jsonb_build_object('kind', 't_training', 'completed_on', '2017-03-01', 'hours', 20, 'specialty', 'law')), give(t(7), jsonb_build_object('kind', 't_study', 'completed_on', '2017-04-01', 'hours', 10, 'specialty', 'geology')),
	give(t(7), jsonb_build_object('kind', 't_special', 'completed_on', '2017-05-01', 'hours', 24.99, 'specialty', 'geology')) \g /dev/null
SELECT is(ask(t(7), 'junior', '2017-12-31', 'transfer', 'geology'), 'not_eligible', '20 of 25 are used by another specialty: 5 + 24.99 of 30');
SELECT give(t(7), jsonb_build_object('kind', 't_special', 'completed_on', '2017-06-01', 'hours', 0.01, 'specialty', 'geology')) \g /dev/null
SELECT is(ask(t(7), 'junior', '2017-12-31', 'transfer', 'geology'), 'eligible', 'and 0.01 more are 30');
SELECT is_empty('SELECT * FROM ce_check()', 'ce_check() is empty');

-- sentences and pages name a category, of one's own too, by its label
INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES ('tree', 'free', 2017, 3, 'tree', '4');
SELECT did(t(8), '{"free":5,"study":12}', 2017) \g /dev/null
CREATE FUNCTION remarks(lang text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('ce_hours.language', lang, true);
	RETURN (SELECT string_agg(remark, ', ' ORDER BY kind) FROM ce_archive WHERE person_id = t(8));
END $$;
SELECT is(remarks('en'), 'at most 3 hours of electives a year (4), at most 10 hours of study for a degree or qualification a year (3)', 'remarks of the archive');
SELECT matches(remarks('zh'), '^选修每年至多认定 3 学时（第4条）, 自学每年至多认定 10 学时（第3条）$', 'in Chinese');
SELECT set_config('ce_hours.language', '', true) \g /dev/null
SELECT matches(ce_certificate_html(t(8), 2017, 'en'), '<li>Electives: 5 hours converted, 3 recognised, at most 3 a year', 'a certificate');
SELECT matches(ce_certificate_html(t(8), 2017, 'zh'), '<li>选修：折算5学时，认定3学时，每年最多认定3学时（示例第4条）', 'in Chinese');
SELECT matches(ce_report_html(2017, 'en'), '<th scope="row">electives</th><td class="n">2</td><td class="n">15</td>.*<title>electives: 15</title>', 'the yearly report');
SELECT matches(ce_report_html(2017, 'zh'), '<th scope="row">选修</th><td class="n">2</td><td class="n">15</td>', 'in Chinese');
-- the triggers keep the row; without them the name stays
SELECT is(ce__category_label('none') || ce__category_label('none', 'zh'), 'nonenone', 'a category without a row has its name');
SELECT matches(string_agg(message, E'\n'), 'the rules of this ledger apply to scheme "an example"', 'a scheme') FROM ce_explain(t(8), 'junior', 'review', '2017-12-31');
DELETE FROM ce_cap WHERE category = 'free';

-- what is refused, and why
SELECT is(error_of(change), expected, name) FROM (VALUES
	('UPDATE ce_category SET parent = ''class_one_national'' WHERE category = ''class_one''', '23514 category "class_one" cannot be below "class_one_national" | Parents must not form a circle. | Choose a parent that is not below the category.', 'a circle of parents'),
	('UPDATE ce_category SET parent = ''free'' WHERE category = ''online''', '23514 category "online" cannot be below "free" | The shipped categories keep their subjects. | Choose a parent whose hours are professional.', 'a shipped category under another subject'),
	('UPDATE ce_category SET parent = NULL WHERE category = ''online''', '23514 category "online" must have a parent | The shipped categories keep their subjects.', 'a shipped category as a subject'),
	('UPDATE ce_category SET parent = ''free'' WHERE category = ''public''', '23514 category "public" cannot have a parent | The shipped categories keep their subjects.', 'a shipped subject below another'),
	('UPDATE ce_category SET lane = ''own_9'' WHERE category = ''free''', '23514 name and lane of category "free" cannot be changed | The hours of activities are kept under them. | Add another category.', 'another lane'),
	('INSERT INTO ce_category (category, parent, label_zh, label_en, clause) VALUES (''own_1'', NULL, ''x'', ''x'', ''x'')', '23514 a category cannot be called "own_1" | A ce_credit has a field of this name. | Choose another name.', 'a name that a credit has'),
	('INSERT INTO ce_category (category, lane, parent, label_zh, label_en, clause) VALUES (''x'', ''public'', NULL, ''x'', ''x'', ''x'')', '23514 lane cannot be "public" | Leave lane null, or give one of own_1 to own_14.', 'a lane of a shipped category'),
	('INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause) VALUES (''x'', ''professional'', ''activity'', ''x'', ''x'', ''tree'', ''x'')', '23514 kind "x" cannot have category professional | Professional hours are kept by the categories of this subject. | Available values: free, public, away, class_one, innovation, recorded, special, mentoring, online, class_one_national, study, training, national_online. More can be added to table ce_category.', 'a kind of the subject itself'),
	('INSERT INTO ce_kind (kind, subject, category, track, label_zh, label_en, instrument, clause) VALUES (''x'', ''public'', ''free'', ''activity'', ''x'', ''x'', ''tree'', ''x'')', '23514 kind "x" of subject public cannot have category free | Clause 3: the category determines the subject that the hours count for. | Leave subject null: the hours count for a subject of ce_category.', 'a kind of a subject that its category does not have'),
	('INSERT INTO ce_minimum (scheme, category, from_year, hours, instrument, clause) VALUES (''tree'', ''free'', 2020, 0, ''tree'', ''x'')', '23514 a minimum must be more than 0 hours | To end a minimum from a year on, leave hours null.', 'a minimum of nothing'),
	('DELETE FROM ce_category WHERE category = ''free''', '23503 category "free" cannot be removed | Activities in table "ce_activity" have hours of this category. | Leave the category; without rules and kinds it gets no more hours.', 'a category that activities have hours of'),
	('INSERT INTO ce_category (category, label_zh, label_en, clause) VALUES (''　 '', ''x'', ''x'', ''x'')', '23514 the name of a category is blank | Kinds, rules, caps and minima name it. | Give a short name.', 'a category without a name'),
	('INSERT INTO ce_category (category, parent, label_zh, label_en, clause) VALUES (''academy'', ''public'', ''x'', ''x'', ''x'')', '23514 a category cannot be called "academy" | total stands for all hours; academy, national_base and any are sources in ce_catchup. | Choose another name.', 'a name that a source of surplus has'),
	('INSERT INTO ce_window (scheme, route, level, aggregation, years, years_by, cycle_from, from_year, instrument, clause) VALUES (''tree'', ''review'', ''senior'', ''each'', 3, ''cycle'', -2147483648, 2016, ''tree'', ''6'')', '23514 cycle_from cannot be -2147483648 | Years lie between 1900 and 9999. | Give the calendar year in four digits.', 'a cycle that begins in no year')) v (change, expected, name);
-- where only the rule named it
INSERT INTO ce_category (category, parent, label_zh, label_en, clause) VALUES ('passing', 'professional', 'x', 'x', 'x');
UPDATE ce_rule SET to_year = 2019 WHERE kind = 't_special';
INSERT INTO ce_rule (scheme, kind, from_year, basis, category, instrument, clause) VALUES ('tree', 't_special', 2020, 'as_completed', 'passing', 'tree', '5');
SELECT did(t(8), '{"special": 5}', 2020) \g /dev/null
DELETE FROM ce_rule WHERE category = 'passing';
SELECT alike(error_of('DELETE FROM ce_category WHERE category = ''passing'''), '23503 category "passing" cannot be removed | %', 'its lane is not given to another one as long as there are hours in it');
UPDATE ce_activity SET status = 'revoked', revoked_by = 22, revoked_on = ce_today(), note = 'x' WHERE person_id = t(8);
SELECT alike(error_of('DELETE FROM ce_category WHERE category = ''passing'''), '23503 category "passing" cannot be removed | %', 'nor if they are revoked: the past is still read');
UPDATE ce_rule SET to_year = NULL WHERE kind = 't_special';
SELECT alike(error_of('INSERT INTO ce_minimum (scheme, category, from_year, hours, instrument, clause) VALUES (''tree'', ''fre'', 2020, 1, ''tree'', ''x'')'), '23514 category cannot be "fre" | Available values: %', 'a category that nobody knows');
SELECT alike(error_of('INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES (''tree'', ''fre'', 2020, 1, ''tree'', ''x'')'), '23514 category cannot be "fre" | Available values: %', 'nor for a cap');
SELECT is(error_of($$INSERT INTO ce_category (category, label_zh, label_en, clause) SELECT 'more' || i, 'x', 'x', 'x' FROM generate_series(1, 10) i$$),
	'54000 there is no room for category "more10" | 14 categories can be added to the shipped ones. | Delete a category that no kind, cap or minimum names.', 'more than there is room for');
SELECT is((SELECT count(*)::integer FROM ce_category), 15, 'nothing of it is left');
-- what only the whole shows
INSERT INTO ce_category (category, parent, label_zh, label_en, clause) VALUES ('nobody', 'professional', 'x', 'x', 'x');
INSERT INTO ce_minimum (scheme, category, from_year, hours, instrument, clause) VALUES ('tree', 'nobody', 2016, 1, 'tree', 'x'), ('tree', 'away', 2000, 1, 'tree', 'x');
SELECT is_empty('SELECT * FROM ce_law_check() WHERE object NOT LIKE ''ce_minimum%'' AND object NOT LIKE ''ce_window%''', 'the rest of it is sound');
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause) VALUES ('bare', '示例', 'an example', true, 'tree', '1');
INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('bare', 2016, 60, 'tree', '1');
INSERT INTO ce_rule (rule_id, scheme, kind, from_year, basis, instrument, clause) VALUES (99001, 'bare', 't_front', 2016, 'deems', 'tree', '5');
INSERT INTO ce_window (window_id, scheme, route, level, aggregation, years, required_total, required_public, required_professional, from_year, instrument, clause) VALUES (99002, 'bare', 'review', 'junior', 'sum', 1, 10, 0, 11, 2016, 'tree', '6');
SELECT results_eq('SELECT object, detail FROM ce_law_check() WHERE scheme = ''bare'' ORDER BY 1', $$VALUES ('ce_rule 99001'::text, 'the rule deems subject public complete, of which no year that it governs has a minimum'::text), ('ce_window 99002', 'public 0 and professional 11 are more than the total 10')$$,
	'a subject deemed complete that nothing asks for; sums that contradict each other');
UPDATE ce_window SET required_public = 1, required_professional = 9 WHERE window_id = 99002;
SELECT is_empty('SELECT * FROM ce_law_check() WHERE scheme = ''bare''', 'a window that asks for it is enough');
SELECT results_eq('SELECT problem, object, detail FROM ce_law_check() WHERE object LIKE ''ce_minimum%'' ORDER BY 2, 1',
	$$VALUES ('gap'::text, 'ce_minimum away 2000'::text, '2000 has a minimum and no requirement; enter the row of ce_requirement'::text), ('contradiction', 'ce_minimum nobody 2016', 'no rule of the scheme gives hours of category "x"; enter a rule of a kind of it, or a row with hours null, which ends the minimum')$$, 'a minimum that no kind feeds, and one of a year without a requirement');
-- a minimum of each category, however many there are
INSERT INTO ce_category (category, parent, label_zh, label_en, instrument, clause)
	SELECT 'more ' || n, 'professional', 'z', 'e', 'tree', '2' FROM generate_series(1, 14 - (SELECT count(*) FROM ce_category WHERE lane LIKE 'own%')) n;
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause) VALUES ('many', '示例', 'an example', true, 'tree', '1');
INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('many', 2016, 60, 'tree', '1');
INSERT INTO ce_minimum (scheme, category, from_year, hours, instrument, clause) SELECT 'many', category, 2016, 1, 'tree', '2' FROM ce_category;
SELECT person(scheme => 'many') AS many \gset
UPDATE ce_person SET entered_on = '2016-01-01' WHERE person_id = :many;
SELECT is((SELECT count(*) FROM ce_year_minima WHERE person_id = :many AND year = 2016), (SELECT count(*) + 1 FROM ce_category), 'all categories may have a minimum: ' || (SELECT count(*) FROM ce_category));
-- rows from when no trigger fired
ALTER TABLE ce_category DISABLE TRIGGER ce_law_check_row;
ALTER TABLE ce_scheme DISABLE TRIGGER ce_law_check_row;
UPDATE ce_category SET parent = 'class_one_national' WHERE category = 'class_one';
UPDATE ce_scheme SET based_on = CASE scheme WHEN 'bare' THEN 'tree' ELSE 'bare' END WHERE scheme IN ('bare', 'tree');
SELECT results_eq('SELECT scheme, object, detail FROM ce_law_check() WHERE detail LIKE ''%itself%'' ORDER BY 2, 1', $$VALUES (NULL::text, 'ce_category class_one'::text, 'the category is below itself, directly or through others'::text),
	(NULL, 'ce_category class_one_national', 'the category is below itself, directly or through others'), ('bare', 'ce_scheme', 'the scheme is based on itself, directly or through others'), ('tree', 'ce_scheme', 'the scheme is based on itself, directly or through others')$$, 'circles are named');
SELECT is(ask(t(1), 'junior', '2017-12-31'), 'not_eligible', 'and cut');
UPDATE ce_scheme SET based_on = NULL;
ALTER TABLE ce_window DISABLE TRIGGER ce_law_check_row, DROP CONSTRAINT ce_window_cycle_has_a_first_year, DROP CONSTRAINT ce_window_of_1_to_16_years;
UPDATE ce_window SET years_by = 'cycle', cycle_from = c, years = y FROM (VALUES (NULL::integer, 0)) v (c, y) WHERE scheme = 'tree' AND level = 'junior' AND route = 'review';
SELECT isnt(ask(t(1), 'junior', '2017-12-31'), NULL, 'a cycle of no years');
UPDATE ce_window SET cycle_from = 2000, years = 40 WHERE scheme = 'tree' AND level = 'junior' AND route = 'review';
SELECT is((SELECT junior::text FROM ce_standing(t(1), '2017-12-31')), ask(t(1), 'junior', '2017-12-31'), 'and of too many');
ALTER TABLE ce_rule DISABLE TRIGGER ce_law_check_row, DROP CONSTRAINT ce_rule_per_positive;
UPDATE ce_rule SET basis = 'fixed', hours = 5, unit = 'word', per = 0 WHERE scheme = 'tree' AND kind = 't_public';
SELECT alike(error_of(format('SELECT give(%s, ''{"kind": "t_public", "completed_on": "2017-06-30", "quantity": 5}'')', t(8))), '23514 per cannot be 0 | It is the number of units that give the hours of the rule, more than 0 and at most 1000000000. | %', 'hours for each none');
SELECT * FROM finish();
ROLLBACK;

-- Order 财会〔2018〕10号 as rows alone: examples/accounting.sql
BEGIN;
\ir lib/ledger.psql
SELECT plan(40);

CREATE TEMP TABLE early AS SELECT person(scheme => 'accounting') AS id;
SELECT is(ask(id, 'junior'), 'out_of_scope', '2.3: before the rows are loaded an accountant is out of scope') FROM early;
SELECT throws_ok(format('SELECT give(%s, ''{"kind":"accounting_exam","completed_on":"2020-05-01"}'')', id), '23514', NULL,
	'2.3: and has no archive') FROM early;

\ir ../../examples/accounting.sql
SELECT is_empty('SELECT * FROM ce_law_check()', '财会〔2018〕10号: the law with these rows has no gap, overlap or contradiction');
SELECT isnt(ask(id, 'junior'), 'out_of_scope', '财会〔2018〕10号: now the same accountant gets a verdict') FROM early;
SELECT is(ask(id, 'junior'), 'not_eligible', '财会〔2018〕10号: which is no, since nothing is recorded') FROM early;
SELECT is(ask(give_years(person(), 2020), 'junior'), 'eligible', '2.1: for others nothing has changed');
SELECT is(required_total, 135.0, '4.1: nor the hours that 2020 asks of them')
	FROM ce_yearly_totals WHERE on_record AND person_id = give_public(person(), '1');

-- an accountant, and one activity
CREATE FUNCTION accountant() RETURNS bigint LANGUAGE sql AS $$ SELECT person(scheme => 'accounting') $$;
CREATE FUNCTION done(p bigint, kind text, completed date DEFAULT '2020-05-01') RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
	PERFORM give(p, jsonb_build_object('kind', kind, 'completed_on', completed));
	RETURN p;
END $$;
CREATE FUNCTION worth(kind text, more jsonb DEFAULT '{}') RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
	RETURN awarded(give(accountant(), jsonb_build_object('kind', kind, 'completed_on', '2020-05-04') || more));
END $$;

-- credits a year
SELECT results_eq(format('SELECT required_public, required_professional, required_total FROM ce_yearly_totals WHERE on_record AND person_id = %s', give_public(accountant(), '1')),
	'VALUES (NULL::numeric, 60.0, 90.0)', '财会〔2018〕10号 credits a year: 90 in all, 60 of them professional');
SELECT ok(met(give_professional(give_public(accountant(), '30'), '60'), 2020), '财会〔2018〕10号 credits a year: 30 + 60 is met');
SELECT ok(NOT met(give_professional(give_public(accountant(), '29'), '60'), 2020), '财会〔2018〕10号 credits a year: 89 is not met');
SELECT ok(NOT met(give_professional(give_public(accountant(), '31'), '59'), 2020), '财会〔2018〕10号 credits a year: 59 professional is not met, although 90');
SELECT ok(met(give_professional(accountant(), '90'), 2020), '财会〔2018〕10号 credits a year: there is no public minimum');
SELECT is(ask(give_professional(give_public(accountant(), '30'), '60'), 'junior'), 'eligible', '财会〔2018〕10号 credits a year: 90 makes the year of a title');
SELECT is(ask(give_professional(give_public(accountant(), '29'), '60'), 'junior'), 'not_eligible', '财会〔2018〕10号 credits a year: 89 does not');

-- conversion
SELECT is(worth('accounting_exam'), 90.0, '财会〔2018〕10号 conversion (1): a subject passed is 90');
SELECT is(worth('accounting_meeting', '{"started_on":"2020-05-04","days":1}'), 10.0, '财会〔2018〕10号 conversion (2): a day of a conference is 10');
SELECT is(worth('accounting_meeting', '{"started_on":"2020-05-01","days":3.5}'), 35.0, '财会〔2018〕10号 conversion (2): three and a half days are 35');
SELECT throws_ok('SELECT worth(''accounting_meeting'', ''{"started_on":"2020-05-04"}'')', '23502', NULL, '财会〔2018〕10号 conversion (2): a conference needs its days');
SELECT is(worth('accounting_study'), 90.0, '财会〔2018〕10号 conversion (3): a course passed is 90');
SELECT is(worth('accounting_project_host'), 90.0, '财会〔2018〕10号 conversion (4): the host of a project has 90');
SELECT is(worth('accounting_project_member'), 60.0, '财会〔2018〕10号 conversion (4): a member has 60');
SELECT is(worth('accounting_paper_sole'), 30.0, '财会〔2018〕10号 conversion (5): a paper of one''s own is 30');
SELECT is(worth('accounting_paper_joint'), 10.0, '财会〔2018〕10号 conversion (5): to another author 10');
SELECT is(worth('accounting_book_sole'), 90.0, '财会〔2018〕10号 conversion (6): a book of one''s own is 90');
SELECT is(worth('accounting_book_joint'), 60.0, '财会〔2018〕10号 conversion (6): to another author 60');
SELECT is(worth('training', '{"started_on":"2020-05-01","hours":"24"}'), 24.0, '财会〔2018〕10号 forms of study: training has the credits of its certificate');
SELECT throws_ok('SELECT worth(''training'', ''{"started_on":"2020-05-01","days":3}'')', '23502', NULL, '财会〔2018〕10号 forms of study: days alone make none');

-- a year of many kinds
CREATE TEMP TABLE author AS SELECT done(done(accountant(), 'accounting_paper_sole'), 'accounting_paper_joint') AS id;
SELECT is(professional_hours, 40.0, '财会〔2018〕10号 conversion (5): credits of innovation are in the archive') FROM ce_yearly_totals JOIN author ON id = person_id AND on_record;
SELECT ok(NOT met(id, 2020), '财会〔2018〕10号 conversion: two papers are not a year') FROM author;
SELECT isnt(give(id, '{"kind":"accounting_meeting","started_on":"2020-06-01","completed_on":"2020-06-05","days":5}'), NULL,
	'财会〔2018〕10号 conversion (2): five days more') FROM author;
SELECT ok(met(id, 2020), '财会〔2018〕10号 conversion: two papers and five days are 90') FROM author;
SELECT is(ask(id, 'junior'), 'eligible', '财会〔2018〕10号 conversion: and a year of a title') FROM author;
SELECT ok(NOT met(done(done(accountant(), 'accounting_paper_sole'), 'accounting_paper_sole', '2019-05-01'), 2020),
	'财会〔2018〕10号 credits a year: those of another year are not carried over');
SELECT ok(met(done(done(accountant(), 'accounting_book_joint'), 'accounting_paper_sole'), 2020), '财会〔2018〕10号 conversion: a book with others and a paper are 90');

-- titles: each year by itself, from 2018 on
CREATE TEMP TABLE senior AS SELECT done(done(done(accountant(), 'accounting_exam', '2018-05-01'), 'accounting_exam', '2019-05-01'), 'accounting_exam') AS id;
SELECT is(ask(id, 'intermediate'), 'eligible', '财会〔2018〕10号, 4.2.1b: three years are met') FROM senior;
SELECT is(ask(id, 'senior'), 'no_rule', '财会〔2018〕10号: four years in 2020 would begin before the order, so there is no verdict') FROM senior;
SELECT is(ask(done(id, 'accounting_exam', '2021-05-01'), 'senior', '2021-12-31'), 'eligible', '财会〔2018〕10号, 4.2.1c: in 2021 they are met') FROM senior;
SELECT is(ask(done(done(done(accountant(), 'accounting_exam', '2018-05-01'), 'accounting_exam', '2018-06-01'), 'accounting_exam'), 'intermediate'), 'not_eligible',
	'财会〔2018〕10号: what is too much in 2018 does not fill 2019');
SELECT is_empty(format('SELECT * FROM ce_catchup WHERE scheme = %L', 'accounting'), '财会〔2018〕10号: nothing is allocated to other years');
SELECT throws_ok('SELECT done(person(), ''accounting_exam'')', '23514', NULL, '财会〔2018〕10号: its kinds are for accountants only');
SELECT is_empty('SELECT * FROM ce_check()', '财会〔2018〕10号: the ledger is sound');

SELECT * FROM finish();
ROLLBACK;

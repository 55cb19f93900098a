-- 2: who is under the notice; 0: which years it governs
BEGIN;
\ir lib/ledger.psql
SELECT plan(23);

SELECT is(ask(give_years(person(), 2020), 'junior'), 'eligible', '2.1: staff of an enterprise are under the notice');
SELECT is(ask(give_years(person(27), 2019), 'junior'), 'eligible', '2.2: staff of a central unit who ask for a title are under it too (AMB-3)');

CREATE TEMP TABLE accountant AS SELECT person(scheme => 'accounting') AS id;
SELECT is(ask(id, 'junior'), 'out_of_scope', '2.3: an accountant gets no verdict here') FROM accountant;
SELECT is(ce_eligible(id, 'junior', as_of => '2020-12-31'), NULL, '2.3: nor a yes or no (AMB-4)') FROM accountant;
SELECT throws_ok(format('SELECT give_public(%s, ''45'')', id), '23514', NULL, '2.3: nor an archive') FROM accountant;
SELECT is(ask(give_years(person(), 2020), 'junior', scheme => 'accounting'), 'out_of_scope',
	'2.3: a question under the accounting scheme is out of scope whoever is asked about');
SELECT is(ask(-1, 'junior'), 'unknown_person', '10.1: an unknown person comes before everything else');
SELECT is(ce_eligible(-1, 'junior'), NULL, '10.1: and is neither a yes nor a no');
SELECT is(ce_verdict('P' || id, 'junior', as_of => '2020-12-31'), 'out_of_scope', '10.1: the same by person_no') FROM accountant;
SELECT is(ce_verdict('nobody', 'junior'), 'unknown_person', '10.1: and an unknown person_no');

-- 0.3, 0.4
SELECT is(ask(give_years(person(), 2019), 'junior', '2019-12-31'), 'no_rule', '0.4: titles of 2019 are not under the notice');
SELECT is(met(give_recorded(person(), 2015, '100', '100'), 2015), NULL, '0.3: a year without a requirement has no verdict (AMB-1)');
SELECT results_eq(format('SELECT required_total, total_short, met_for_title FROM ce_yearly_totals WHERE on_record AND person_id = %s', give_recorded(person(), 2015, '100', '100')),
	'VALUES (NULL::numeric, NULL::numeric, NULL::boolean)', '0.3: it is never 0');
SELECT is(ask(give_professional(give_public(person(), '30', '2021-03-01'), '60', '2021-03-01'), 'junior', '2021-12-31'), 'eligible',
	'0.3: after 2020 Order 25 is the fallback: 30 + 60 in 2021');

-- 10.1: a number in quotes is the person_no, one without is the person_id; what would be both is refused
INSERT INTO ce_person (person_id, person_no, org_id) VALUES (9001, '9002', 25), (9002, 'X', 25), (9003, '9003', 25), (9004, '9005', 25), (9006, '009007', 25), (9007, 'Y', 25), (9008, '99999999999999999999', 25);
CREATE FUNCTION asked(question text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
	hint text;
BEGIN
	EXECUTE 'SELECT ' || question INTO answer;
	RETURN answer;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(' | ', SQLSTATE || ' ' || SQLERRM, hint);
END $$;
SELECT is(asked(format(question, quote_literal('9002'))), '42P08 "9002" identifies two persons | Give the person_id as a bigint: 9001::bigint for the person with that person_no, 9002::bigint for the other.', '10.1: one by number and another by id: ' || question)
	FROM unnest('{ce_verdict(%s\, ''junior''),ce_eligible(%s\, ''junior''),(SELECT count(*) FROM ce_explain(%s\, ''junior''))}'::text[]) question;
SELECT is(asked(format('ce_verdict(%L, ''junior'')', no)), answer, format('10.1: %s: %s', no, answer)) FROM (VALUES
	('9003', 'not_eligible'), ('9005', 'not_eligible'), ('9004', 'unknown_person'), ('99999999999999999999', 'not_eligible'),
	('009007', '42P08 "009007" identifies two persons | Give the person_id as a bigint: 9006::bigint for the person with that person_no, 9007::bigint for the other.')) v (no, answer);
SELECT is(asked('ce_verdict(9002, ''junior'')') || ' ' || asked('ce_verdict(9001::bigint, ''junior'')'), 'not_eligible not_eligible', '10.1: the person_id is never in doubt');

SELECT * FROM finish();
ROLLBACK;

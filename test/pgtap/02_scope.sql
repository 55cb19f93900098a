-- 2: who is under the notice; 0: which years it governs
BEGIN;
\ir lib/ledger.psql
SELECT * FROM no_plan();

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
SELECT is(ce_verdict_by_no('P' || id, 'junior', as_of => '2020-12-31'), 'out_of_scope', '10.1: the same by person_no') FROM accountant;
SELECT is(ce_verdict_by_no('nobody', 'junior'), 'unknown_person', '10.1: and an unknown person_no');

-- 0.3, 0.4
SELECT is(ask(give_years(person(), 2019), 'junior', '2019-12-31'), 'no_rule', '0.4: titles of 2019 are not under the notice');
SELECT is(met(give_recorded(person(), 2015, '100', '100'), 2015), NULL, '0.3: a year without a requirement has no verdict (AMB-1)');
SELECT results_eq(format('SELECT required_total, total_short, met_for_title FROM ce_yearly_totals WHERE on_record AND person_id = %s', give_recorded(person(), 2015, '100', '100')),
	'VALUES (NULL::numeric, NULL::numeric, NULL::boolean)', '0.3: it is never 0');
SELECT is(ask(give_professional(give_public(person(), '30', '2021-03-01'), '60', '2021-03-01'), 'junior', '2021-12-31'), 'eligible',
	'0.3: after 2020 Order 25 is the fallback: 30 + 60 in 2021');

-- 10.1: the person_id, however it is spelled; the person_no under a name of its own, and never one for the other
INSERT INTO ce_person (person_id, person_no, org_id, scheme) VALUES (9001, '9002', 25, 'general'), (9002, '9001', 25, 'accounting'), (9003, '99999999999999999999', 25, 'general');
CREATE FUNCTION asked(question text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
	hint text;
BEGIN
	EXECUTE 'SELECT ' || question INTO answer;
	RETURN answer;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(' | ', SQLSTATE || ' ' || SQLERRM, nullif(hint, ''));
END $$;
SELECT is(asked(format('ce_verdict(%s, ''junior'')', spelled)), answer, format('10.1: ce_verdict(%s, ...): %s', spelled, answer)) FROM (VALUES
	('9001', 'not_eligible'), ('''9001''', 'not_eligible'), ('9001::smallint', 'not_eligible'), ('9001::bigint', 'not_eligible'),
	('9002', 'out_of_scope'), ('''9002''', 'out_of_scope'), (''' 9002 ''', 'out_of_scope'), ('9005', 'unknown_person'), ('NULL', NULL),
	('''C01''', '22P02 invalid input syntax for type bigint: "C01"'),
	('''99999999999999999999''', '22003 value "99999999999999999999" is out of range for type bigint')) v (spelled, answer);
SELECT alike(asked(format('ce_verdict(%s, ''junior'')', spelled)), '42883 function ce_verdict(' || named || ', unknown) does not exist | %', '10.1: what is no id by its type is refused: ' || spelled) FROM (VALUES
	('''9001''::text', 'text'), ('''9001''::varchar', 'character varying'), ('9001.5', 'numeric')) v (spelled, named);
SELECT is(asked(format('ce_verdict_by_no(%s, ''junior'')', spelled)), answer, format('10.1: ce_verdict_by_no(%s, ...): %s', spelled, answer)) FROM (VALUES
	('''9001''', 'out_of_scope'), ('''9002''', 'not_eligible'), ('''9002''::varchar', 'not_eligible'), ('''9003''', 'unknown_person'), ('''99999999999999999999''', 'not_eligible'),
	('9001', '42883 function ce_verdict_by_no(integer, unknown) does not exist | No function matches the given name and argument types. You might need to add explicit type casts.')) v (spelled, answer);

-- 10.1: an untyped parameter is a person_id, for every function that takes one
CREATE TEMP VIEW by_id AS
	SELECT p.oid, p.proname AS name, pg_get_function_identity_arguments(p.oid) AS arguments FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
	 WHERE p.proargnames[1] = 'person_id' AND p.proname NOT LIKE 'ce\_\_%'
	   AND p.proname NOT IN ('ce_sees_person', 'ce_sees_activity', 'ce_facts_changed') AND p.proname NOT LIKE 'ce_totals%' AND p.proname NOT LIKE 'ce_standing_code' AND NOT (p.proname = 'ce_attested' AND p.pronargs = 5);
CREATE FUNCTION untyped(function oid) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	p pg_proc := (SELECT p FROM pg_proc p WHERE p.oid = $1);
	types text;
BEGIN
	EXECUTE format('PREPARE ask AS SELECT %I(%s)', p.proname, (SELECT string_agg('$' || i, ', ') FROM generate_series(1, p.pronargs) i));
	types := (SELECT parameter_types::text FROM pg_prepared_statements WHERE name = 'ask');
	DEALLOCATE ask;
	RETURN types;
END $$;
SELECT is((SELECT count(*) FROM by_id WHERE name NOT IN ('ce_attested', 'ce_eligible', 'ce_verdict', 'ce_explain', 'ce_grounds', 'ce_receipt', 'ce_standing', 'ce_account_as_of', 'ce_surplus', 'ce_allocate',
	'ce_allocation_plan', 'ce_certificate_html', 'ce_archive_html', 'ce_rebuild', 'ce_activity_drift', 'ce_scheme_in_year', 'ce_change_scheme', 'ce_apply')), 0::bigint, '10.1: these take a person');
SELECT is((SELECT count(*) FROM by_id), 18::bigint, '10.1: all of them are in the extension');
SELECT is_empty($$ SELECT name FROM by_id WHERE name <> 'ce_attested' AND untyped(oid) NOT LIKE '{bigint%' $$, '10.1: none has another function of its name that takes the parameter');
SELECT is_empty($$ SELECT name FROM by_id b WHERE NOT EXISTS (SELECT FROM pg_proc p WHERE p.proname = b.name || '_by_no' AND p.proargnames[1] = 'person_no'
	AND replace(pg_get_function_identity_arguments(p.oid), 'person_no text', 'person_id bigint') = b.arguments AND p.provolatile = (SELECT q.provolatile FROM pg_proc q WHERE q.oid = b.oid)) $$,
	'10.1: and each has one by person_no with the same arguments');
SELECT is(ce_person_id('9002'), 9001::bigint, '10.1: the id of a number');
SELECT is(asked('ce_person_id(''nobody'')') || '; ' || asked('ce_person_id(NULL)'),
	'P0002 no person has the person number "nobody" | Table ce_person lists the persons that you may see.; P0002 no person has the person number "null" | Table ce_person lists the persons that you may see.', '10.1: or an error');
SELECT is(asked(by_no), asked(by_id), '10.1: the same by number: ' || by_no) FROM (VALUES
	('ce_eligible_by_no(''9002'', ''junior'')', 'ce_eligible(9001, ''junior'')'),
	('(SELECT string_agg(message, '';'' ORDER BY ord) FROM ce_explain_by_no(''9002'', ''junior''))', '(SELECT string_agg(message, '';'' ORDER BY ord) FROM ce_explain(9001, ''junior''))'),
	('ce_grounds_by_no(''9002'', ''junior'')', 'ce_grounds(9001, ''junior'')'),
	('ce_receipt_by_no(''9002'', ''junior'', as_of => ''2020-12-31'')', 'ce_receipt(9001, ''junior'', as_of => ''2020-12-31'')'),
	('ce_standing_by_no(''9002'', ''2020-12-31'')', 'ce_standing(9001, ''2020-12-31'')'),
	('ce_standing_by_no(''nobody'', ''2020-12-31'')', 'ce_standing(-1, ''2020-12-31'')'),
	('(SELECT count(*) FROM ce_attested_by_no(''9002''))', '(SELECT count(*) FROM ce_attested(9001))'),
	('ce_account_as_of_by_no(''9002'', 2020, ''2020-12-31'')', 'ce_account_as_of(9001, 2020, ''2020-12-31'')'),
	('ce_surplus_by_no(''9002'', 2020, ''public'')', 'ce_surplus(9001, 2020, ''public'')'),
	('(SELECT string_agg(message, '';'') FROM ce_allocation_plan_by_no(''9002'', ''junior'', ''2020-12-31''))', '(SELECT string_agg(message, '';'') FROM ce_allocation_plan(9001, ''junior'', ''2020-12-31''))'),
	('ce_allocate_by_no(''9002'', 2020, 2018, ''public'', 10, 2)', 'ce_allocate(9001, 2020, 2018, ''public'', 10, 2)'),
	('ce_certificate_html_by_no(''9002'', 2020)', 'ce_certificate_html(9001, 2020)'),
	('ce_archive_html_by_no(''9002'', ''en'')', 'ce_archive_html(9001, ''en'')'),
	('(SELECT count(*) FROM ce_activity_drift_by_no(''9002''))', '(SELECT count(*) FROM ce_activity_drift(9001))'),
	('ce_rebuild_by_no(''9002'')', 'ce_rebuild(9001)'),
	('ce_scheme_in_year_by_no(''9002'', 2020)', 'ce_scheme_in_year(9001, 2020)'),
	('(SELECT verdict FROM ce_apply_by_no(''9002'', ''junior'', keep_refused => true))', '(SELECT verdict FROM ce_apply(9001, ''junior'', keep_refused => true))'),
	('ce_change_scheme_by_no(''9002'', ''nonsense'')', 'ce_change_scheme(9001, ''nonsense'')')) v (by_no, by_id);
CREATE ROLE tap_named;
SELECT is(asked('ce_grant_person_by_no(''tap_named'', ''9002'')'), '', '10.1: a role is assigned to a person by number');
SELECT is((SELECT string_agg(person_id::text, ',') FROM ce_person_role WHERE role_name = 'tap_named'), '9001', '10.1: to the one that has the number');
SELECT is(asked('ce_revoke_person_by_no(''tap_named'', ''9001'')'), 'P0002 role "tap_named" is not assigned to person 9002 | Table ce_person_role lists the role of each person.', '10.1: and never to the other');
SELECT is(asked('ce_revoke_person_by_no(''tap_named'', ''9002'')'), '', '10.1: and taken from it by number');
SELECT is(asked(format('ce_eligible_by_no(%L, ''junior'', as_of => ''2020-12-31'')', number)), NULL, '10.1: a number of no one is no answer: ' || number) FROM unnest('{nobody,9003}'::text[]) number;

-- Hours are plain numbers
SELECT is(asked(call), answer, 'hours: ' || call) FROM (VALUES
	('ce_credit(''public'', 45)', '{public:45}'), ('ce_credit(''public'', 45::smallint)', '{public:45}'), ('ce_credit(''public'', 45::bigint)', '{public:45}'),
	('ce_credit(''public'', 7.5)', '{public:7.5}'), ('ce_credit(''public'', ''7.5'')', '{public:7.5}'), ('ce_credit(''public'', ''7.5''::ce_hours)', '{public:7.5}'),
	('ce_credit(''public'', 7.555)', '22003 7.555 cannot be represented as hours | Give hours with two decimals, such as 13.33.'),
	('(SELECT public_short FROM ce_assess(''general'', 2020, ''{public:40}'', 0, false))', '5'), ('(SELECT public_short FROM ce_assess(''general'', 2020, ''{public:40}'', 0.5, false))', '5'),
	('(SELECT public_short FROM ce_assess(''general'', 2020, ''{public:40}'', ''0'', false))', '5'), ('(SELECT public_short FROM ce_assess(''general'', 2020, ''{public:40}'', 0::text::ce_hours, false))', '5'),
	('(SELECT met_for_title FROM ce_assess(''general'', 2020, ''{public:45}'', 90, false))', 'true'), ('(SELECT met_for_title FROM ce_assess(''general'', 2020, ''{public:45}'', NULL, false))', NULL),
	('(SELECT met FROM ce_assess(''general'', 2020, ''{}'', 0.001, false))', '22003 0.001 cannot be represented as hours | Give hours with two decimals, such as 13.33.')) v (call, answer);
CREATE TEMP TABLE spender AS SELECT give_public(give_recorded(person(), 2018, '0', '60'), '100') AS p;
SELECT matches(asked(format('ce_allocate(%s, 2020, 2018, ''public'', %s, 2, ''2020-12-31'')', p, hours)), '^[0-9]+$', 'hours: allocated as ' || hours) FROM spender, unnest('{1,1.5,''2.25'',1::smallint,''1''::ce_hours}'::text[]) hours;
SELECT results_eq('SELECT hours::numeric FROM ce_allocation WHERE person_id = (SELECT p FROM spender) ORDER BY allocation_id', 'VALUES (1::numeric), (1.5), (2.25), (1), (1)', 'hours: as they were given');
SELECT alike(asked(format('ce_allocate(%s, 2020, 2018, ''public'', 1.005, 2, ''2020-12-31'')', p)), '22003 1.005 cannot be represented as hours%', 'hours: never rounded') FROM spender;

SELECT * FROM finish();
ROLLBACK;

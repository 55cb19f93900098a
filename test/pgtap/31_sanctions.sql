-- 6.2 and AMB-25: findings of fraud, their bans and what they cancel
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

-- a finding, as a body enters it
CREATE FUNCTION find(p bigint, found date, revoked date DEFAULT NULL) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_sanction (person_id, found_on, decision, revoked_on) VALUES (p, found, 'decision 7', revoked);
	SELECT p
$$;
-- who is eligible by every route on every day, were it not for a finding
CREATE FUNCTION diligent(org bigint DEFAULT 25) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	p bigint := person(org, held => 'intermediate', held_since => '2016-05-01');
	y integer;
BEGIN
	FOR y IN 2015..2026 LOOP
		IF y < 2020 THEN
			PERFORM give_recorded(p, y, '30', '60', 'geology');
		ELSIF make_date(y, 2, 1) <= ce_today() THEN
			PERFORM give_public(p, '45', make_date(y, 1, 1)), give_professional(p, '90', make_date(y, 1, 5), 'geology');
		END IF;
	END LOOP;
	RETURN p;
END $$;

-- Case 14
CREATE TEMP TABLE edge AS SELECT diligent() AS p, * FROM (VALUES
	('2020-03-01'::date, '2023-03-01'::date), ('2020-02-29', '2023-02-28'), ('2021-02-28', '2024-02-28'), ('2020-02-28', '2023-02-28'),
	('2020-12-31', '2023-12-31'), ('2020-01-01', '2023-01-01')) v (found, last);
SELECT ok(ask(p, 'senior', day) <> 'banned', format('6.2b: found on %s: not banned the day before', found)) FROM edge, LATERAL (SELECT found - 1 AS day) d;
SELECT is(ask(find(p, found), 'senior', found), 'banned', format('6.2b: found on %s: banned on that day', found)) FROM edge;
SELECT ok(sanctioned, '6.2: the finding marks the person') FROM edge JOIN ce_person ON person_id = p;
SELECT ok(ask(p, 'senior', found - 1) <> 'banned', format('10.5: found on %s: as known the day before, no ban', found)) FROM edge;
SELECT is(ask(p, level, last, route, 'geology'), 'banned', format('6.2b: found on %s: %s by %s is barred on the last day, %s (AMB-25)', found, level, route, last))
	FROM edge, unnest(enum_range(NULL::ce_route)) route, unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) level;
SELECT is(ask(p, 'junior', last + 1, route, 'geology'), 'eligible', format('6.2b: found on %s: free by %s on %s (AMB-25)', found, route, last + 1))
	FROM edge, unnest(enum_range(NULL::ce_route)) route;
SELECT is((SELECT count(*) FROM generate_series(found, last, '1 day') d WHERE ask(p, 'senior', d::date) <> 'banned'), 0::bigint, format('6.2b: found on %s: banned on every day between', found)) FROM edge;
SELECT is(failures(p, 'senior', found + 1, route), '2.1, 6.2b ban short', format('6.2b: ce_explain names only the ban, by %s', route)) FROM edge, unnest(enum_range(NULL::ce_route)) route WHERE found = '2020-03-01';
SELECT is((SELECT message || ' / ' || cure FROM ce_explain(p, 'senior', as_of => '2020-03-01') WHERE condition = 'ban'),
	format('barred from applying from 2020-02-29 through 2023-02-28 (the ban starts on the day of the finding and its last day is the corresponding day three years later) / apply on or after 2023-03-01'), '6.2b: with its first and last day, and the day from which to apply') FROM edge WHERE found = '2020-02-29';
SELECT is(ce_standing(p, '2022-06-01')::text, '(banned,banned,banned,banned)', '6.2b: ce_standing says so for each level') FROM edge WHERE found = '2020-03-01';
SELECT is(ce_eligible(p, 'senior', as_of => '2022-06-01'), false, '6.2b: ce_eligible says no') FROM edge WHERE found = '2020-03-01';

-- 10.1: the order of the answers
SELECT is(ask(987654321, 'full_senior', '2020-06-01', 'recognition'), 'unknown_person', '10.1: a person nobody knows comes first');
SELECT is(ask(find(person(scheme => 'accounting'), '2020-03-01'), 'full_senior', '2020-06-01', 'recognition'), 'out_of_scope', '10.1: then out of scope, before a ban');
SELECT is(ask(find(person(), '2020-03-01'), 'full_senior', '2020-06-01', 'recognition'), 'banned', '10.1: then a ban, before no_rule');
SELECT is(ask(person(), 'full_senior', '2020-06-01', 'recognition'), 'no_rule', '10.1: then no_rule, before the years');
SELECT is(ask(find(diligent(), '2018-03-01'), 'senior', '2019-06-01'), 'banned', '10.1: a ban also on days for which the law has no window');
SELECT is(ask(person(), 'senior', '2020-06-01'), 'not_eligible', '10.1: then the years');
SELECT is(ask(p, 'junior', '2020-12-31'), 'banned', '10.1: a ban also where hours wait for verification') FROM (
	SELECT find(p, '2020-03-01') AS p, error_of(format('INSERT INTO ce_activity (person_id, kind, completed_on) VALUES (%s, ''degree'', ''2020-06-01'')', p)) FROM person() p) q;

-- several, revoked
SELECT is(ask(find(find(diligent(), '2020-03-01'), '2021-06-01'), 'junior', '2024-06-01'), 'banned', '6.2b: of several findings the last ban counts');
SELECT is(ask(find(find(diligent(), '2021-06-01'), '2020-03-01'), 'junior', '2024-06-01'), 'banned', '6.2b: in whatever order they were entered');
SELECT is(ask(find(find(diligent(), '2021-06-01'), '2020-03-01'), 'junior', '2024-06-02'), 'eligible', '6.2b: and bans are not added up');
CREATE TEMP TABLE two AS SELECT find(find(diligent(), '2014-06-01'), '2021-03-01') AS p;
SELECT is(ask(p, 'junior', '2020-12-31') || ' ' || ask(p, 'junior', '2021-03-01'), 'eligible banned', '6.2b: between two bans one may apply') FROM two;
CREATE TEMP TABLE longer AS SELECT find(find(diligent(), '2021-06-01'), '2020-03-01') AS p;
SELECT is((SELECT message FROM ce_explain(p, 'senior', as_of => '2021-07-01') WHERE condition = 'ban'), 'barred from applying from 2021-06-01 through 2024-06-01 (the ban starts on the day of the finding and its last day is the corresponding day three years later)', '6.2b: ce_explain tells the longer ban')
	FROM longer;
CREATE TEMP TABLE taken_back AS SELECT find(diligent(), '2020-03-01') AS p;
SELECT alike(error_of(format('UPDATE ce_sanction SET revoked_on = ''2021-05-01'' WHERE person_id = %s', p)), '23502 %', '6.2: to revoke a finding takes a reason') FROM taken_back;
SELECT alike(error_of(format('UPDATE ce_sanction SET revoked_on = ''2020-02-29'', note = ''court'' WHERE person_id = %s', p)), '23514 %', '6.2: not before it was found') FROM taken_back;
SELECT alike(error_of(format('UPDATE ce_sanction SET revoked_on = ce_today() + 1, note = ''court'' WHERE person_id = %s', p)), '23514 revoked_on is in the future%', '6.2: not in the future') FROM taken_back;
SELECT is(error_of(format('UPDATE ce_sanction SET revoked_on = ''2021-05-01'', note = ''court'' WHERE person_id = %s', p)), 'no error', '6.2: with a reason it is revoked') FROM taken_back;
SELECT is(ask(p, 'junior', '2020-02-29') || ' ' || ask(p, 'junior', '2020-03-01') || ' ' || ask(p, 'junior', '2021-04-30') || ' ' || ask(p, 'junior', '2021-05-01'),
	'eligible banned banned eligible', '10.5: a revoked finding bans until the day before') FROM taken_back;
SELECT is(ask(p, 'junior', '2020-03-01'), 'eligible', '10.5: revoked on the day itself, it never banned') FROM find(diligent(), '2020-03-01', '2020-03-01') p;
SELECT is(ask(find(p, '2020-06-01'), 'junior', '2021-05-01'), 'banned', '6.2b: another finding bans on') FROM taken_back;

-- entry and afterwards
SELECT alike(error_of(format('INSERT INTO ce_sanction (person_id, found_on, decision) VALUES (%s, %s, %L)', person(), found, decision)), pattern, description) FROM (VALUES
	('ce_today() + 1', 'd', '23514 found_on is in the future | Clause 6.2b:%', '6.2: found in the future'),
	('''infinity''', 'd', '23514 found_on cannot be "infinity"%', '6.2: found on no day'),
	('''-infinity''', 'd', '23514 found_on cannot be "-infinity"%', '6.2: nor before all days'),
	('NULL', 'd', '23502 %', '6.2: found on a day not said'),
	('''2020-03-01''', NULL, '23502 %', '6.2: no decision'),
	('''2020-03-01''', '  ', '23502 a sanction needs a decision | Clause 6.2:%', '6.2: a blank decision')) v (found, decision, pattern, description);
SELECT alike(error_of('INSERT INTO ce_sanction (person_id, found_on, decision) VALUES (987654321, ''2020-03-01'', ''d'')'), '23503 %', '6.2: of a person nobody knows');
SELECT is(error_of(format('INSERT INTO ce_sanction (person_id, found_on, decision) VALUES (%s, ce_today(), ''d'')', person())), 'no error', '6.2: found today is taken');
SELECT alike(error_of(format('UPDATE ce_sanction SET %s WHERE person_id = %s', change, p)), '55000 %Clause 6.2%', '6.2: a finding stays as it was made: ' || change)
	FROM (SELECT p FROM edge LIMIT 1) e, unnest(array['found_on = ''2019-03-01''', 'decision = ''other''', 'person_id = 987654321', 'sanction_id = 99999']) change;
SELECT alike(error_of(format('DELETE FROM ce_sanction WHERE person_id = %s', p)), '23001 %6.2%', '6.2: it is not deleted') FROM edge WHERE found = '2020-03-01';
SELECT isnt(error_of('TRUNCATE ce_sanction'), 'no error', '6.2: nor truncated');
SELECT results_eq(format('SELECT e.from_status, e.to_status, e.note FROM ce_event e JOIN ce_sanction s ON s.sanction_id = ANY (e.ids) AND e.object = ''sanction'' WHERE person_id = %s AND found_on = ''2020-03-01'' ORDER BY event_id', p),
	$$ VALUES (NULL, 'in_force', NULL), ('in_force', 'revoked', 'court') $$, '6.2: finding and revocation are logged') FROM taken_back;
-- 6.2a: open applications
CREATE TEMP TABLE applicant AS SELECT diligent() AS p;
INSERT INTO ce_application (person_id, level, route, applied_on, specialty) SELECT p, level::ce_level, route::ce_route, '2020-06-01', 'geology' FROM applicant, (VALUES
	('senior', 'review'), ('senior', 'transfer'), ('junior', 'recognition'), ('junior', 'review')) v (level, route);
UPDATE ce_application SET status = 'withdrawn' FROM applicant WHERE person_id = p AND level = 'junior' AND route = 'review';
UPDATE ce_application SET status = 'decided' FROM applicant WHERE person_id = p AND level = 'junior' AND route = 'recognition';
CREATE TEMP TABLE bystander AS SELECT diligent() AS p;
INSERT INTO ce_application (person_id, level, applied_on) SELECT p, 'senior', '2020-06-01' FROM bystander;
SELECT is(find(p, '2020-07-01'), p, '6.2a: found while four applications are there') FROM applicant;
SELECT results_eq(format('SELECT level::text, route::text, status, coalesce(note, '''') FROM ce_application WHERE person_id = %s ORDER BY application_id', p),
	$$ VALUES ('senior', 'review', 'cancelled', '6.2a: 2020-07-01 decision 7'), ('senior', 'transfer', 'cancelled', '6.2a: 2020-07-01 decision 7'),
		('junior', 'recognition', 'decided', ''), ('junior', 'review', 'withdrawn', '') $$, '6.2a: the open ones are cancelled, those that were closed are not') FROM applicant;
SELECT is((SELECT status FROM ce_application WHERE person_id = p), 'open', '6.2a: nor those of others') FROM bystander;
SELECT is((SELECT count(*) FROM ce_event e JOIN ce_application a ON a.application_id = ANY (e.ids) AND e.object = 'application'
	WHERE a.person_id = p AND from_status = 'open' AND to_status = 'cancelled' AND e.note LIKE '%6.2a%'), 2::bigint, '6.2a: each is logged') FROM applicant;
SELECT ok(receipt IS NOT NULL AND verdict = 'eligible', '6.2a: what was cancelled keeps its receipt') FROM ce_application JOIN applicant ON person_id = p WHERE status = 'cancelled';
SELECT ok(met(p, 2020), '6.2: hours that were not revoked stay') FROM applicant;

INSERT INTO ce_sanction (person_id, found_on, decision) SELECT p, '2020-11-01', 'decision 9' FROM bystander;
UPDATE ce_sanction SET revoked_on = '2020-12-01', note = 'mistake' WHERE decision = 'decision 9';
SELECT throws_ok('UPDATE ce_sanction SET revoked_on = NULL, note = ''back'' WHERE decision = ''decision 9''', '55000', NULL, '6.2: a revoked finding does not come back; it is entered as a new one');
SELECT results_eq('SELECT banned_until, recorded_until, to_report FROM ce_sanction_record WHERE decision = ''decision 9''',
	$$ VALUES ('2020-11-30'::date, '2023-11-01'::date, false) $$, '6.2c: the record runs three years, the ban to the day before the revocation');
INSERT INTO ce_sanction (person_id, found_on, decision) SELECT p, (ce_today() - interval '3 years')::date - d, 'record ' || d FROM bystander, generate_series(-1, 3) d;
SELECT results_eq('SELECT DISTINCT to_report FROM ce_sanction_record WHERE decision LIKE ''record%'' ORDER BY 1', $$ VALUES (false), (true) $$, '6.2c: some of them are over');
SELECT set_eq('SELECT t::text FROM ce_credit_record t', 'SELECT t::text FROM ce_sanction_record t', '6.2c: the view by its former name');
SELECT is((SELECT bool_and(to_report = (recorded_until >= ce_today())) FROM ce_sanction_record WHERE decision LIKE 'record%'), true, '6.2c: reported through the last day of the record');
SELECT is((SELECT bool_and(ce_verdict(person_id, 'junior', as_of => banned_until) = 'banned') FROM ce_sanction_record WHERE decision LIKE 'record%'), true, '6.2b: the last day of the ban in the view is that of the verdict');
SELECT is_empty('SELECT * FROM ce_check()', '6.2: the ledger is sound');
SELECT throws_ok('UPDATE ce_person SET sanctioned = false WHERE person_id = (SELECT p FROM applicant)', '428C9', NULL, '6.2: the mark is not removed with UPDATE');
ALTER TABLE ce_person DISABLE TRIGGER ce_person_check;
UPDATE ce_person SET sanctioned = false FROM bystander b JOIN applicant a ON true WHERE person_id = a.p;
SELECT is((SELECT count(*) FROM ce_check() WHERE invariant = 'sanctioned persons are marked (6.2)'), 1::bigint, '6.2: ce_check() finds who is not marked');

-- the mark and the log
ALTER TABLE ce_person ENABLE TRIGGER ce_person_check;
SELECT isnt(person(), NULL, '6.2: a person');
SELECT is(error_of('UPDATE ce_person SET sanctioned = true WHERE person_id = currval(''person_seq'')'), 'no error', '6.2: a mark that no finding stands behind');
SELECT is(sanctioned, true, '6.2: is set') FROM ce_person WHERE person_id = currval('person_seq');
SELECT is(error_of('UPDATE ce_person SET sanctioned = false WHERE sanctioned AND person_id = currval(''person_seq'')'), 'no error', '6.2: may be taken away');
SELECT is(sanctioned, false, '6.2: and is gone') FROM ce_person WHERE person_id = currval('person_seq');
CREATE TRIGGER astray AFTER UPDATE ON ce_plan FOR EACH ROW EXECUTE FUNCTION ce_title_log();
SELECT alike(error_of(format('UPDATE ce_plan SET note = ''x'' WHERE plan_id = %s', filed_plan(20, 'online', '5'))), '39P01 ce_title_log() does not log changes of table "ce_plan"%', '6.2: the log of titles is of titles');
DROP TRIGGER astray ON ce_plan;

SELECT * FROM finish();
ROLLBACK;

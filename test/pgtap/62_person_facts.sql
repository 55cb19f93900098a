-- 4.2, 5.2.5: the facts of a person that decide are logged, and never one's own to change
BEGIN;
\ir lib/titles.psql
SELECT no_plan();
\ir lib/roles.psql

CREATE ROLE f_clerk; CREATE ROLE f_read; CREATE ROLE f_stranger;
CREATE TEMP TABLE who AS SELECT person(25) AS own, person(25) AS other;
GRANT SELECT ON who TO PUBLIC;
SELECT ce_grant('f_clerk', 25, 'record'), ce_grant('f_read', 25, 'read'), ce_grant('f_stranger', 22, 'read');
SELECT ce_grant_person('f_clerk', own) FROM who;

-- every fact, old and new, in ISO whatever the session says
SET LOCAL datestyle = 'German';
SET LOCAL lc_messages = 'C';
SELECT is(by_role('f_clerk', format('UPDATE ce_person SET %s = %L WHERE person_id = %s RETURNING person_id = %3$s', fact, value, other)), 'true', 'who records changes ' || fact)
FROM who, (VALUES ('person_no', 'N1'), ('specialty', 'roads'), ('doctorate_on', '01.07.2015'), ('held_level', '副高级'), ('held_since', '01.03.2016'), ('scheme', 'accounting')) v (fact, value);
SELECT is(by_role('f_clerk', format('UPDATE ce_person SET held_since = NULL, specialty = ''roads'' WHERE person_id = %s RETURNING 1', other)), '1', 'and takes one away') FROM who;
SELECT is((SELECT string_agg(concat_ws(' ', substr(object, 8), coalesce(from_status, '-'), coalesce(to_status, '-')), ', ' ORDER BY event_id) FROM ce_event WHERE object LIKE 'person.%' AND by_org = 25
	AND role_name = 'f_clerk' AND session_name = session_user AND ids = ARRAY[other]),
	format('person_no P%s N1, specialty - roads, doctorate_on - 2015-07-01, held_level - senior, held_since - 2016-03-01, scheme general accounting, held_since 2016-03-01 -', other),
	'each change is logged with the old value and the new one, and what stays is not') FROM who;
SET LOCAL datestyle = 'ISO, YMD';

-- nobody's own
SELECT is(by_role('f_clerk', format('UPDATE ce_person SET %s = %L WHERE person_id = %s', fact, value, own)), '42501 you cannot act on your own hours', 'one''s own ' || fact || ' is not one''s own to change')
FROM who, (VALUES ('specialty', 'roads'), ('doctorate_on', '2015-07-01'), ('held_level', 'senior'), ('held_since', '2016-03-01'), ('scheme', 'accounting')) v (fact, value);
SELECT is(by_role('f_clerk', format('UPDATE ce_person SET org_id = org_id WHERE person_id = %s RETURNING 1', own)), '1', 'a change that changes nothing is none') FROM who;
-- many at once are one row of the log
UPDATE ce_person SET held_level = 'junior' WHERE org_id = 25;
SELECT is((SELECT string_agg(format('%s %s', coalesce(from_status, '-'), cardinality(ids)), ', ' ORDER BY from_status) FROM ce_event WHERE object = 'person.held_level' AND to_status = 'junior'), 'senior 1, - 1', 'a statement is logged once for all alike');

-- a clerk who makes somebody eligible, applies and sets the facts back
CREATE TEMP TABLE doctor AS SELECT person(25, held => 'senior', held_since => '2016-01-01') AS p;
GRANT SELECT ON doctor TO PUBLIC;
SELECT give_years(p, 2025, 2026) FROM doctor;
INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, instrument, clause) VALUES ('general', 2025, 2026, '90', 'mohrss-order-25', 'test');
SELECT is((SELECT ce_verdict(p, 'full_senior', as_of => ce_today()) FROM doctor), 'not_eligible', 'two years do not suffice');
SELECT is(by_role('f_clerk', format('UPDATE ce_person SET doctorate_on = ''2015-07-01'' WHERE person_id = %s RETURNING 1', p)), '1', 'a doctorate out of nothing') FROM doctor;
SELECT is(by_role('f_clerk', format('INSERT INTO ce_application (person_id, level) VALUES (%s, ''full_senior'') RETURNING verdict', p)), 'eligible', 'makes eligible (4.2.1d)') FROM doctor;
SELECT is(by_role('f_clerk', format('UPDATE ce_person SET doctorate_on = NULL WHERE person_id = %s RETURNING 1', p)), '1', 'and is gone again') FROM doctor;
SELECT is((SELECT detail FROM ce_findings f, doctor WHERE f.finding = 'facts changed' AND f.person_id = p), format('doctorate_on %s, doctorate_on %1$s', ce_today()), 'but not unseen: a finding names both changes');
SELECT is((SELECT array_agg(ce_report_html(extract(year FROM ce_today())::integer - y) ~ '<th scope="row">申报所依据的信息有变更</th><td>第4\.2条</td><td class="n">1</td>' ORDER BY y) FROM generate_series(0, 1) y), '{t,f}', '9.2: which the report of the year counts, in its language, and no other year''s');
SELECT is((SELECT string_agg(part, ',') FROM ce_application a, ce_receipt_check(a.receipt), doctor WHERE a.person_id = p AND part ~ 'person'), 'input person', 'and the receipt no longer holds');
SELECT is(by_role('f_read', format('SELECT count(*) FROM ce_findings WHERE finding = ''facts changed'' AND person_id = %s', p)), '1', 'who sees the person sees the finding') FROM doctor;
SELECT is(by_role('f_read', format('SELECT ce_facts_changed(%s, extract(year FROM ce_today())::integer) IS NOT NULL', p)), 'true', 'and the changes') FROM doctor;
SELECT is(by_role('f_stranger', format('SELECT ce_facts_changed(%s, extract(year FROM ce_today())::integer) IS NULL', p)), 'true', 'who does not sees nothing') FROM doctor;
SELECT is((SELECT count(*) FROM ce_check()), 0::bigint, 'the ledger is sound');

-- a number of two persons, which the table's key prevents, but on a Citus cluster
ALTER TABLE ce_person DROP CONSTRAINT ce_person_person_no_key;
UPDATE ce_person SET person_no = 'TWICE' WHERE person_id IN (SELECT own FROM who UNION SELECT other FROM who);
SELECT throws_like($$SELECT ce_verdict_by_no('TWICE', 'senior')$$, 'number TWICE belongs to more than one person', 'a number of two persons gets no answer');
SELECT throws_like($$SELECT ce_person_id('TWICE')$$, 'number TWICE belongs to more than one person', 'and is no person');
SELECT is((SELECT string_agg(invariant || ' ' || detail, ', ') FROM ce_check()), 'a number belongs to one person TWICE', 'ce_check() names it');
UPDATE ce_person SET person_no = NULL WHERE person_no = 'TWICE';

-- a role of somebody who is not there, which the foreign key prevents
ALTER TABLE ce_person_role DROP CONSTRAINT ce_person_role_person_id_fkey;
INSERT INTO ce_person_role (person_id, role_name) VALUES (4711471147, 'f_read');
SELECT is((SELECT string_agg(invariant || ' ' || person_id || ' ' || detail, ', ') FROM ce_check()), 'roles belong to persons of the ledger 4711471147 f_read', 'nor a role of nobody');
SELECT finish();
ROLLBACK;

-- 4.2: applications are taken only from who is eligible on the day
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

CREATE FUNCTION apply(p bigint, level text, applied date DEFAULT '2020-09-01', route text DEFAULT 'review', specialty text DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
	SELECT error_of(format('INSERT INTO ce_application (person_id, level, route, applied_on, specialty) VALUES (%s, %L, %L, %L, %L)', p, level, route, applied, specialty))
$$;
CREATE TEMP TABLE good AS SELECT give_years(person(30, held => 'intermediate', held_since => '2016-05-01'), 2017, 2018, 2019) AS p;
SELECT is(give_professional(give_public(p, '45', '2020-03-01'), '90', '2020-08-31'), p, '4.1: 2020 is met on 2020-08-31') FROM good;

-- refused
SELECT alike(apply(p, 'senior', '2020-08-30'), '23514 person % may not apply for senior: not_eligible | Clause 4.1: needs 90 more professional hours in 2020: 0 of 90. Clause 4.1: needs 90 more hours in all in 2020: 45 of 135. | ce_explain() lists%',
	'4.2.1c: not the day before: the error names the clause and the numbers') FROM good;
SELECT alike(apply(give_recorded(give_years(person(), 2017, 2019, 2020), 2018, '30', '50'), 'senior', '2020-12-31'),
	'23514 person % may not apply for senior: not_eligible | 人力资源和社会保障部令第25号, art. 8: needs 10 more professional hours in 2018: 50 of 60. 人力资源和社会保障部令第25号, art. 8: needs 10 more hours in all in 2018: 80 of 90. |%', '4.2.1c: a gap in 2018');
SELECT alike(apply(person(), 'junior', '2020-09-01', 'recognition'), '23514 % may not apply for junior: not_eligible | 人力资源和社会保障部令第25号, art. 8: %2019%Clause 4.1: %2020%', '4.2.2: neither of two years');
SELECT alike(apply(p, 'senior', '2020-09-01', 'transfer'), '23514 % may not apply for senior: not_eligible | Clause 4.2.3: no target specialty was given%', '4.2.3: a transfer without a specialty') FROM good;
SELECT alike(apply(p, 'full_senior', '2020-09-01', 'recognition'), '23514 % may not apply for full_senior: no_rule | Clause 2.1, 6.2b: the law has no rule%', 'AMB-10: full senior by recognition') FROM good;
SELECT alike(apply(person(scheme => 'accounting'), 'junior'), '23514 % may not apply for junior: out_of_scope | Clause 2.3: %', '2.3: an accountant');
-- the level that was judged: for a holder of the associate title the full one
CREATE TEMP TABLE associate AS SELECT person(held => 'senior', held_since => '2016-05-01') AS p;
CREATE FUNCTION said_in(language text, p bigint) RETURNS text LANGUAGE sql AS $$ SELECT set_config('ce_hours.language', language, true); SELECT split_part(apply(p, 'senior'), ' | ', 1) $$;
SELECT is(said_in('en', p), format('23514 person %s may not apply for full_senior: not_eligible', p), 'AMB-9: the error names the level that was judged') FROM associate;
SELECT is(said_in('zh', p), format('23514 人员 %s 不得申报正高级职称：不符合申报条件', p), 'AMB-9: in Chinese') FROM associate;
SELECT set_config('ce_hours.language', '', true) \g /dev/null
SELECT is(ce_receipt(p, 'senior', as_of => '2020-09-01') #>> '{inputs,level_meant}', 'full_senior', 'AMB-9: as the receipt does') FROM associate;
SELECT alike(apply(987654321, 'junior'), '23503 person 987654321 does not exist%', '4.2: a person nobody knows');
SELECT alike(error_of(format('INSERT INTO ce_application (person_id, level, applied_on) VALUES (%s, ''senior'', ce_today() + 1)', p)), '23514 applied_on is in the future%', '4.2: not in the future') FROM good;
SELECT alike(apply(p, 'senior', 'infinity'), '23514 applied_on cannot be "infinity"%', '4.2: not on no day') FROM good;
SELECT alike(error_of(format('INSERT INTO ce_application (person_id, level, applied_on%s) VALUES (%s, ''senior'', ''2020-09-01'', %s)', ', ' || col, p, value)), pattern, description) FROM good, (VALUES
	('verdict', '''eligible''', '428C9 verdict and receipt are derived%', '4.2: the verdict is not writable'),
	('receipt', '''{}''', '428C9 verdict and receipt are derived%', '4.2: nor the receipt'),
	('status', '''decided''', '55000 cannot insert an application with status "decided" | Leave status out; a new application has status "open".%', '4.2: a new application is open')) v (col, value, pattern, description);
SELECT alike(apply(p, 'junior', '2020-12-31'), '23514 % may not apply for junior: pending |%', 'AMB-31: who merely waits for verification may not apply yet') FROM (
	SELECT give_public(p, '45') AS p, error_of(format('INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours, evidence) VALUES (%s, ''training'', ''2020-03-01'', ''2020-04-30'', ''90'', ''d'')', p)) FROM person() p) q;
SELECT is((SELECT count(*) FROM ce_application), 0::bigint, '4.2: nothing of these was kept');

-- taken
SELECT is(apply(p, 'senior'), 'no error', '4.2.1c: on the day it is met') FROM good;
SELECT is(verdict::text || ' ' || status, 'eligible open', '4.2: with its verdict, open') FROM ce_application JOIN good ON person_id = p;
SELECT is(receipt, ce_receipt(p, 'senior', as_of => '2020-09-01'), '4.2: and its receipt') FROM ce_application JOIN good ON person_id = p;
SELECT is_empty(format('SELECT * FROM ce_application a, ce_receipt_check(a.receipt) WHERE person_id = %s', p), '4.2: which holds') FROM good;
SELECT is(apply(give_years(person(), 2020), 'junior', '2020-12-31', 'recognition'), 'no error', '4.2.2: by recognition');
SELECT is(apply(give_professional(person(), '90', '2020-03-01', 'geology'), 'intermediate', '2020-12-31', 'transfer', 'geology'), 'no error', '4.2.3: by transfer, of the specialty');
SELECT alike(apply(give_professional(person(), '90', '2020-03-01', 'geology'), 'intermediate', '2020-12-31', 'transfer', 'law'), '23514 % not_eligible | 人力资源和社会保障部令第25号, art. 8: %2019: 0 of 60. Clause 4.1: %', '4.2.3: not of another one');
SELECT is(receipt #>> '{question,specialty}', 'geology', '4.2.3: the receipt knows the specialty') FROM ce_application WHERE route = 'transfer';
SELECT is(apply(achieve(give_public(give_years(person(held => 'junior', held_since => '2018-01-01'), 2018, 2019), '45'), '{"kind":"standard","grade":"national","rank":2,"achieved_on":"2020-06-01"}'), 'intermediate', '2020-12-31'),
	'no error', '7.3d: an attested standard helps');
SELECT is(error_of(format('INSERT INTO ce_application (person_id, level) VALUES (%s, ''junior'')', p)), 'no error', '4.2: without a day, today')
	FROM (SELECT give_public(person(), '45', ce_today()) AS p) q, LATERAL (SELECT give_professional(p, '90', ce_today())) r;
SELECT is(applied_on, ce_today(), '4.2: which is kept') FROM ce_application ORDER BY application_id DESC LIMIT 1;

-- afterwards
SELECT alike(error_of(format('UPDATE ce_application SET %s WHERE person_id = %s', change, p)), '%Clause 4.2%', '4.2: an application stays as it was made: ' || change)
	FROM good, unnest(array['level = ''junior''', 'route = ''transfer''', 'specialty = ''law''', 'applied_on = ''2020-10-01''', 'verdict = ''pending''', 'receipt = ''{}''', 'receipt = NULL', 'person_id = 987654321']) change;
SELECT is(receipt, ce_receipt(p, 'senior', as_of => '2020-09-01'), '4.2: nothing of it changed') FROM ce_application JOIN good ON person_id = p;
SELECT alike(error_of(format('UPDATE ce_application SET status = ''lost'' WHERE person_id = %s', p)), '23514 %', '4.2: a status that is none') FROM good;
SELECT alike(error_of(format('DELETE FROM ce_application WHERE person_id = %s', p)), '23001 %', '4.2: it is not deleted') FROM good;
SELECT isnt(error_of('TRUNCATE ce_application'), 'no error', '4.2: nor truncated');
SELECT is(error_of(format('UPDATE ce_application SET status = ''withdrawn'', note = ''changed my mind'' WHERE person_id = %s', p)), 'no error', '4.2: it may be withdrawn') FROM good;
SELECT isnt(error_of(format('UPDATE ce_application SET status = ''open'' WHERE person_id = %s', p)), 'no error', '4.2: and not opened again') FROM good;
SELECT isnt(error_of(format('UPDATE ce_application SET note = ''x'' WHERE person_id = %s', p)), 'no error', '4.2: nor annotated') FROM good;
SELECT isnt(error_of(format('DELETE FROM ce_application WHERE person_id = %s', p)), 'no error', '4.2: nor deleted then') FROM good;
SELECT is(apply(p, 'senior', '2020-09-02'), 'no error', '4.2: but a new one can be made') FROM good;
SELECT results_eq(format('SELECT e.from_status, e.to_status FROM ce_event e JOIN ce_application a ON a.application_id = ANY (e.ids) AND e.object = ''application'' WHERE person_id = %s ORDER BY event_id', p),
	$$ VALUES (NULL, 'open'), ('open', 'withdrawn'), (NULL, 'open') $$, '4.2: each step is logged') FROM good;

-- what changes later is named; the application stays
SELECT is(r.status::text, 'revoked', '6.2d: hours are revoked later') FROM good, LATERAL ce_revoke((SELECT array_agg(activity_id) FROM ce_activity WHERE person_id = p AND kind = 'training'), 30, 'forged', '2020-10-01') r;
SELECT is_empty(format('SELECT * FROM ce_application a, ce_receipt_check(a.receipt) WHERE person_id = %s AND status = ''open''', p), 'AMB-41: as known on the day of the application nothing changed') FROM good;
SELECT alike(apply(p, 'senior', '2020-10-01'), '23514 % not_eligible |%', '6.2d: but no new one is taken') FROM good;

-- while banned
INSERT INTO ce_sanction (person_id, found_on, decision) SELECT p, '2020-11-01', 'decision 7' FROM good;
SELECT is((SELECT string_agg(status, ' ' ORDER BY application_id) FROM ce_application WHERE person_id = p), 'withdrawn cancelled', '6.2a: a finding cancels what is open') FROM good;
SELECT alike(apply(p, level, day, route), '23514 % may not apply for % banned | Clause 2.1, 6.2b: barred from applying from 2020-11-01 through 2023-11-01 (%). |%', format('6.2b: %s by %s on %s is refused', level, route, day))
	FROM good, unnest('{junior,full_senior}'::text[]) level, unnest(enum_range(NULL::ce_route)::text[]) route, unnest('{2020-11-01,2023-11-01}'::date[]) day;
SELECT alike(apply(p, 'junior', '2023-11-02'), '23514 % not_eligible |%', '6.2b: and judged again by its hours the day after') FROM good;

SELECT is(after('UPDATE ce_sanction SET revoked_on = ''2020-11-02'', note = ''in error''', format('apply(%s, ''junior'', ''2020-09-03'')', p)), 'no error', '6.2a: unless it is revoked') FROM good;
SELECT isnt(apply(p, 'senior', '2020-09-03'), 'no error', '6.2a: no application that is open on the day of the finding') FROM good;
SELECT alike(error_of(format('INSERT INTO ce_application (person_id, level, route, status, applied_on) VALUES (%s, %s, %s, %s, ''2020-09-01'')', person, level, route, status)), '23502 column "' || missing || '" of table "ce_application" must not be null%', '4.2: no application without ' || missing)
	FROM (VALUES ('NULL', '''junior''', '''review''', '''open''', 'person_id'), ('1', 'NULL', '''review''', '''open''', 'level'), ('1', '''junior''', 'NULL', '''open''', 'route'), ('1', '''junior''', '''review''', 'NULL', 'status')) v (person, level, route, status, missing);
-- 4.2.3: what waits, what was rejected, what is verified later
CREATE FUNCTION geology(more text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	p bigint := person(22);
	a bigint;
BEGIN
	INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours, evidence, specialty) VALUES (p, 'training', '2020-01-01', '2020-03-01', '90', 'd', 'geology') RETURNING activity_id INTO a;
	EXECUTE format(more, a);
	RETURN ask(p, 'intermediate', '2020-12-31', 'transfer', 'geology') || ' ' || ask(p, 'intermediate', '2020-12-31', 'transfer', 'law');
END $$;
SELECT is(geology(more), answer, '4.2.3: ' || description) FROM (VALUES
	('SELECT %s', 'pending not_eligible', 'hours that wait'), ('SELECT ce_reject(''{%s}'', 22, ''no'')', 'not_eligible not_eligible', 'hours that were rejected'),
	('UPDATE ce_activity SET org_id = 23 WHERE activity_id = %1$s', 'pending not_eligible', 'hours of an employer of the time that wait'),
	('DO $d$ BEGIN UPDATE ce_activity SET org_id = 23 WHERE activity_id = %1$s; PERFORM ce_verify(''{%1$s}'', 23, ''2020-12-31''); END $d$', 'pending not_eligible', 'hours in review'),
	('SELECT ce_verify(''{%s}'', 22, ''2021-01-01'')', 'pending not_eligible', 'hours that were verified the day after'), ('SELECT ce_verify(''{%s}'', 22, ''2020-12-31'')', 'eligible not_eligible', 'hours that were verified that day'),
	('DO $d$ BEGIN PERFORM ce_verify(''{%1$s}'', 22, ''2020-12-31''), ce_revoke(''{%1$s}'', 22, ''forged'', ''2020-12-31''); END $d$', 'not_eligible not_eligible', 'hours that were revoked that day'),
	('DO $d$ BEGIN PERFORM ce_verify(''{%1$s}'', 22, ''2020-12-31''), ce_revoke(''{%1$s}'', 22, ''forged'', ''2021-01-01''); END $d$', 'eligible not_eligible', 'hours that were revoked the day after')) v (more, answer, description);
-- refused, and kept for an appeal
CREATE TEMP TABLE appeals AS SELECT give_years(person(held => 'intermediate', held_since => '2016-01-01'), 2017, 2018, 2020) AS p;
SELECT alike(error_of(format('SELECT ce_apply(%s, ''senior'', applied_on => ''2020-12-31'')', p)), '23514 person % may not apply for senior: not_eligible | %', '4.2: ce_apply() is as strict as INSERT') FROM appeals;
SELECT is_empty('SELECT FROM ce_application JOIN appeals ON person_id = p', '4.2: and keeps nothing');
SELECT results_eq('SELECT status, verdict::text FROM appeals, ce_apply(p, ''senior'', applied_on => ''2020-12-31'', keep_refused => true)', $$ VALUES ('refused', 'not_eligible') $$, '4.2: unless it is to be kept');
SELECT is(receipt, ce_receipt(p, 'senior', as_of => '2020-12-31'), '4.2: with its receipt') FROM ce_application JOIN appeals ON person_id = p;
SELECT is(receipt ->> 'verdict', 'not_eligible', '4.2: which gives the verdict') FROM ce_application JOIN appeals ON person_id = p;
SELECT results_eq('SELECT e.from_status, e.to_status FROM ce_application a JOIN appeals ON person_id = p JOIN ce_event e ON e.object = ''application'' AND a.application_id = ANY (e.ids)', $$ VALUES (NULL, 'refused') $$, '4.2: and is logged');
SELECT is(error_of(format('INSERT INTO ce_application (person_id, level, applied_on, status) VALUES (%s, ''senior'', ''2020-12-31'', ''refused'')', p)), 'no error', '4.2: by INSERT the same, and again') FROM appeals;
SELECT alike(error_of(format('UPDATE ce_application SET status = ''open'' WHERE person_id = %s', p)), '55000 closed application % cannot be changed | Clause 4.2: column "status" of an application that is refused, withdrawn, cancelled or decided is kept as it is. | Insert a new application.', '4.2: it is not opened') FROM appeals;
SELECT alike(error_of(format('DELETE FROM ce_application WHERE person_id = %s', p)), '23001 closed application % cannot be deleted | Clause 4.2: an application is kept, also when it is refused, withdrawn, cancelled or decided. | %', '4.2: nor deleted') FROM appeals;
SELECT is(count(*), 2::bigint, '4.2: both are kept') FROM ce_application JOIN appeals ON person_id = p WHERE status = 'refused';
-- the appeal succeeds: the hours were there
SELECT give_years(p, 2019) FROM appeals;
SELECT results_eq('SELECT status, verdict::text FROM appeals, ce_apply(p, ''senior'', applied_on => ''2020-12-31'', keep_refused => true)', $$ VALUES ('open', 'eligible') $$, '4.2: a later one is open');
SELECT alike(error_of(format('INSERT INTO ce_application (person_id, level, applied_on, status) VALUES (%s, ''senior'', ''2020-12-31'', ''refused'')', p)), '23514 person % may apply for senior: there is nothing to refuse | Clause 4.2: whoever is eligible on the day may apply. | Leave status out; the application is then open.', '4.2: who is eligible is not refused') FROM appeals;
SELECT is(error_of(format('UPDATE ce_application SET status = %L WHERE application_id = %s', v.status, application_id)), replace(error, '%', application_id::text), '4.2: open does not become ' || v.status)
FROM ce_application a JOIN appeals ON person_id = p, (VALUES ('approved', '23514 status cannot be "approved" | Available values: withdrawn, decided.'), ('', '23514 status cannot be "" | Available values: withdrawn, decided.'),
	('cancelled', '55000 application % cannot be cancelled without a finding | Clause 6.2a: an application is cancelled by a sanction; the person has none that stands. | Set status to withdrawn or decided.')) v (status, error) WHERE a.status = 'open';
SELECT is(error_of(format('UPDATE ce_application SET %s WHERE application_id = %s', change, application_id)), format('55000 closed application %s cannot be changed | Clause 4.2: column "%s" of an application that is refused, withdrawn, cancelled or decided is kept as it is. | Insert a new application.', application_id, split_part(change, ' ', 1)), '4.2: closed: ' || change)
FROM (SELECT max(application_id) AS application_id FROM ce_application WHERE status = 'withdrawn') a, unnest('{status = ''refused'',status = ''cancelled'',status = ''approved'',note = ''x''}'::text[]) change;
SELECT alike(error_of(format('UPDATE ce_application SET status = ''refused'' WHERE person_id = %s AND status = ''open''', p)), '55000 application % was taken and cannot become refused | Clause 4.2: an application is refused if the person is not eligible on its day. | Set status to withdrawn or decided.', '4.2: nor one that was taken') FROM appeals;
SELECT alike(error_of(format('INSERT INTO ce_application (person_id, level, applied_on, status) VALUES (%s, ''senior'', ''2020-12-31'', ''decided'')', p)), '55000 cannot insert an application with status "decided" | %', '4.2: other statuses come later') FROM appeals;
SELECT alike(error_of('SELECT ce_apply(99999, ''senior'', keep_refused => true)'), '23503 person 99999 does not exist | %', '4.2: nor is nobody''s application kept');
-- one whose finding was revoked
CREATE TEMP TABLE cleared AS SELECT give_years(person(30, held => 'intermediate', held_since => '2016-05-01'), 2017, 2018, 2019, 2020) AS p;
INSERT INTO ce_sanction (person_id, found_on, decision) SELECT p, '2020-03-01', '2020-4' FROM cleared;
UPDATE ce_sanction SET revoked_on = '2020-04-01', note = 'an error' WHERE person_id = (SELECT p FROM cleared);
SELECT is(apply(p, 'senior', '2020-12-31'), 'no error', '6.2b: who was cleared applies') FROM cleared;
SELECT alike(error_of(format('UPDATE ce_application SET status = ''cancelled'' WHERE person_id = %s', p)), '55000 application % cannot be cancelled without a finding | %', '6.2a: a finding that was revoked cancels nothing') FROM cleared;
-- who is banned, and a finding later than the day
INSERT INTO ce_sanction (person_id, found_on, decision) SELECT p, '2021-03-01', '2021-4' FROM appeals;
SELECT results_eq('SELECT status, verdict::text FROM appeals, ce_apply(p, ''senior'', applied_on => ''2021-06-30'', keep_refused => true)', $$ VALUES ('refused', 'banned') $$, '6.2b: a ban is a ground, too');
SELECT results_eq('SELECT status, verdict::text FROM appeals, ce_apply(p, ''senior'', ''recognition'', ''2019-06-30'', keep_refused => true)', $$ SELECT 'refused', ce_verdict(p, 'senior', 'recognition', '2019-06-30')::text FROM appeals $$, '6.2a: one of before the finding can be kept as refused');
SELECT is(count(*), 4::bigint, '6.2a: a finding leaves what is refused') FROM ce_application JOIN appeals ON person_id = p WHERE status = 'refused';
-- by who records for the person
CREATE ROLE tap_applies;
SELECT ce_grant('tap_applies', 25, 'record'), ce_grant('tap_applies', 25, 'backdate');
SET ROLE tap_applies;
SELECT results_eq('SELECT status, verdict::text FROM ce_apply((SELECT max(person_id) FROM ce_application WHERE status = ''refused''), ''full_senior'', applied_on => ''2021-06-30'', keep_refused => true)', $$ VALUES ('refused', 'banned') $$, '7.1: who records keeps it');
RESET ROLE;
SELECT ce_revoke_duty('tap_applies', 25, 'record');
SELECT ce_grant('tap_applies', 25, 'read');
SET ROLE tap_applies;
SELECT alike(error_of('SELECT ce_apply((SELECT max(person_id) FROM ce_application), ''full_senior'', keep_refused => true)'), '42501 %', '7.1: who only reads does not');
RESET ROLE;
SELECT is_empty('SELECT * FROM ce_check()', '4.2: the ledger is sound');

SELECT * FROM finish();
ROLLBACK;

-- 0.3, AMB-35: waivers of a year, a subject or hours; who grants them, what they take and what they do not give
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

-- a waiver by the body that verifies for the person: columns as JSON
CREATE FUNCTION waive(p bigint, y integer, facts jsonb DEFAULT '{}') RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	w ce_waiver := jsonb_populate_record(NULL::ce_waiver, facts);
	id bigint;
BEGIN
	INSERT INTO ce_waiver (person_id, year, subject, hours, defers_to, reason, decision, granted_by, granted_on)
		VALUES (p, y, w.subject, w.hours, w.defers_to, coalesce(w.reason, 'maternity leave'), coalesce(w.decision, '2021-3'),
			coalesce(w.granted_by, verifier(p)), coalesce(w.granted_on, '2021-01-10'))
		RETURNING waiver_id INTO id;
	RETURN id;
END $$;
CREATE FUNCTION refused(p bigint, y integer, facts jsonb DEFAULT '{}') RETURNS text LANGUAGE sql AS $$
	SELECT error_of(format('SELECT waive(%s, %s, %L)', p, y, facts))
$$;
CREATE FUNCTION account(p bigint, y integer, as_of date DEFAULT '2021-12-31') RETURNS text LANGUAGE sql AS $$ SELECT ce_account_as_of(p, y, as_of)::text $$;
CREATE FUNCTION revoke_waiver(w bigint, why text DEFAULT 'in error', on_day date DEFAULT '2021-06-01', by_org bigint DEFAULT NULL) RETURNS void LANGUAGE sql AS $$
	UPDATE ce_waiver SET revoked_by = coalesce(by_org, verifier(person_id)), revoked_on = on_day, note = why WHERE waiver_id = w
$$;

-- a whole year
CREATE TEMP TABLE mother AS SELECT give_years(person(held => 'intermediate', held_since => '2016-01-01'), 2017, 2018, 2020) AS p;
SELECT give_recorded(p, 2019, '5', '10') FROM mother;
SELECT is(ask(p, 'senior'), 'not_eligible', 'AMB-35: 2019 is missing') FROM mother;
ALTER TABLE mother ADD w bigint;
UPDATE mother SET w = waive(p, 2019, '{"granted_on": "2020-02-01", "reason": " 产假 "}');
SELECT is(ask(p, 'senior'), 'eligible', 'AMB-35: a year waived is met') FROM mother;
SELECT is(ask(p, 'senior', '2020-01-31'), 'not_eligible', '10.5: not before the day of the waiver') FROM mother;
SELECT is(account(p, 2019, '2020-01-31') || account(p, 2019), '{public:5,recorded:10}{public:5,recorded:10,waived:1,deems_public:1,deems_professional:1}', 'AMB-35: posted like hours') FROM mother;
SELECT results_eq('SELECT met, met_for_title, public_hours, professional_hours, total_hours, public_short, professional_short, total_short FROM ce_yearly_totals NATURAL JOIN (SELECT p AS person_id FROM mother) m WHERE year = 2019',
	$$ VALUES (true, true, 5.0, 10.0, 15.0, 0.0, 0.0, 0.0) $$, 'AMB-35: the totals count what was studied');
SELECT results_eq('SELECT object, from_status, to_status, by_org, note FROM ce_event, mother WHERE object = ''waiver'' AND w = ANY (ids)',
	$$ VALUES ('waiver', NULL, 'in_force', 2::bigint, ' 产假 ') $$, 'AMB-35: logged with its reason');
SELECT is_empty('SELECT * FROM ce_check()', 'AMB-35: the ledger is sound');

-- revoked with a reason, once
SELECT alike(error_of(format('SELECT revoke_waiver(%s, why => NULL)', w)), '23502 a reason is needed to revoke waiver % | Give the reason in note;%', 'AMB-35: no revocation without a reason') FROM mother;
SELECT alike(error_of(format('SELECT revoke_waiver(%s, by_org => 25)', w)), '23514 organisation 25 does not grant waivers to person % | Clause 0.3: the body that verifies for the person grants and revokes them; here it is organisation 2. | Let that body act.', 'AMB-35: nor by another body') FROM mother;
SELECT alike(error_of(format('UPDATE ce_waiver SET revoked_on = ''2021-01-01'', note = ''x'' WHERE waiver_id = %s', w)), '23502 a revocation needs revoked_by | Clause 0.3: waiver %. | Give the body that verifies for the person.', 'AMB-35: nor by nobody') FROM mother;
SELECT alike(error_of(format('SELECT revoke_waiver(%s, on_day => ''2020-01-31'')', w)), '23514 revoked_on is before granted_on | %', 'AMB-35: nor before it was granted') FROM mother;
SELECT alike(error_of(format('SELECT revoke_waiver(%s, on_day => ce_today() + 1)', w)), '23514 revoked_on is in the future | %', 'AMB-35: nor tomorrow') FROM mother;
SELECT alike(error_of(format('UPDATE ce_waiver SET %s WHERE waiver_id = %s', change, w)), '55000 waiver % cannot be changed | Clause 0.3: column "%" is part of what was granted. | Set revoked_by, give the reason in note, and enter the waiver as a new row.', 'AMB-35: ' || change)
	FROM mother, unnest(ARRAY['year = 2018', 'subject = ''public''', 'hours = ''1''', 'defers_to = 2021', 'reason = ''x''', 'decision = ''x''', 'granted_by = 1', 'granted_on = ''2020-02-02''', 'person_id = person()']) change;
SELECT is(error_of(format('UPDATE ce_waiver SET note = ''paper in file 7'' WHERE waiver_id = %s', w)), 'no error', 'AMB-35: a remark may be added') FROM mother;
SELECT alike(error_of(format('DELETE FROM ce_waiver WHERE waiver_id = %s', w)), '23001 waiver % cannot be deleted | Clause 0.3: a waiver is kept, and is revoked with a reason. | Set revoked_by, %', 'AMB-35: not deleted') FROM mother;
SELECT throws_ok('TRUNCATE ce_waiver', '23001', NULL, 'AMB-35: not truncated');
SELECT is(account(p, 2019), '{public:5,recorded:10,waived:1,deems_public:1,deems_professional:1}', 'AMB-35: what was refused left the account as it was') FROM mother;
SELECT revoke_waiver(w, 'the decision was quashed') FROM mother;
SELECT is(account(p, 2019, '2021-05-31') || account(p, 2019, '2021-06-01'), '{public:5,recorded:10,waived:1,deems_public:1,deems_professional:1}{public:5,recorded:10}', 'AMB-35: revoked from its day on') FROM mother;
SELECT is(ask(p, 'senior', '2020-12-31'), 'eligible', '10.5: what was asked while it stood stays') FROM mother;
SELECT is(met(p, 2019), false, 'AMB-35: and the year is short again') FROM mother;
SELECT alike(error_of(format('SELECT revoke_waiver(%s, ''again'', ''2021-07-01'')', w)), '55000 revoked waiver % cannot be changed | Clause 0.3: column "revoked_on" of a revoked waiver is kept as it is. | Enter the waiver as a new row.', 'AMB-35: not revoked twice') FROM mother;
SELECT alike(error_of(format('UPDATE ce_waiver SET note = ''x'' WHERE waiver_id = %s', w)), '55000 revoked waiver %', 'AMB-35: nor changed in any way') FROM mother;
SELECT alike(error_of(format('DELETE FROM ce_waiver WHERE waiver_id = %s', w)), '23001 revoked waiver % cannot be deleted | %', 'AMB-35: nor deleted') FROM mother;
SELECT results_eq('SELECT from_status, to_status, by_org, note FROM ce_event, mother WHERE object = ''waiver'' AND w = ANY (ids) AND from_status IS NOT NULL', $$ VALUES ('in_force', 'revoked', 2::bigint, 'the decision was quashed') $$, 'AMB-35: the revocation is logged');
SELECT is_empty('SELECT * FROM ce_check()', 'AMB-35: the ledger is sound');

-- a subject; hours of one; hours of the total
CREATE TEMP TABLE one AS SELECT give_professional(person(), '90') AS p;
SELECT isnt(waive(p, 2020, '{"subject": "public"}'), NULL, 'AMB-35: one subject') FROM one;
SELECT is(account(p, 2020), '{training:90,waived:1000,deems_public:1}', 'AMB-35: is posted as such') FROM one;
SELECT results_eq('SELECT met, public_hours, public_deemed, professional_deemed FROM ce_yearly_totals JOIN one ON person_id = p WHERE year = 2020', $$ VALUES (true, 0.0, true, false) $$, 'AMB-35: the other one is studied');
CREATE TEMP TABLE half AS SELECT give_professional(give_public(person(), '20'), '45') AS p;
SELECT isnt(waive(p, 2020, '{"subject": "public", "hours": "25"}'), NULL, 'AMB-35: 25 public hours less') FROM half;
SELECT is(met(p, 2020), false, 'AMB-35: half of it is not all') FROM half;
SELECT isnt(waive(p, 2020, '{"subject": "professional", "hours": "45"}'), NULL, 'AMB-35: and 45 professional ones') FROM half;
SELECT is(account(p, 2020), '{public:20,training:45,reduced_public:25,reduced_professional:45,reduced_total:70}', 'AMB-35: reductions are posted') FROM half;
SELECT results_eq('SELECT met, total_hours, required_public, required_professional, required_total FROM ce_yearly_totals JOIN half ON person_id = p WHERE year = 2020', $$ VALUES (true, 65.0, 20.0, 45.0, 65.0) $$, 'AMB-35: met by 65 hours, which are what the statistics count');
SELECT is(account(p, 2020, '2021-01-09'), '{public:20,training:45}', '10.5: as of the day before there is none') FROM half;
CREATE TEMP TABLE fewer AS SELECT give_professional(give_public(person(), '45'), '85') AS p;
SELECT is(met(p, 2020), false, 'AMB-35: 85 of 90 in 2020') FROM fewer;
SELECT isnt(waive(p, 2020, '{"hours": "5", "subject": "professional"}'), NULL, 'AMB-35: 5 hours less') FROM fewer;
SELECT is(met(p, 2020), true, 'AMB-35: the total has 5 hours less too') FROM fewer;
CREATE TEMP TABLE of_total AS SELECT give_recorded(person(), 2019, '30', '60') AS p;
SELECT isnt(waive(p, 2019, '{"hours": "10"}'), NULL, 'AMB-35: 10 hours of the total') FROM of_total;
SELECT is(account(p, 2019), '{public:30,recorded:60,reduced_total:10}', 'AMB-35: of no subject') FROM of_total;

-- one statement of several, several statements
CREATE TEMP TABLE many AS SELECT person() AS p FROM generate_series(1, 3);
INSERT INTO ce_waiver (person_id, year, reason, decision, granted_by, granted_on) SELECT p, y, 'illness', '2021-4', 2, '2021-01-10' FROM many, generate_series(2019, 2020) y;
SELECT is(count(*), 6::bigint, 'AMB-35: a statement of six') FROM many JOIN ce_account ON person_id = p WHERE credit::text = '{waived:1,deems_public:1,deems_professional:1}';
SELECT alike(error_of(format('INSERT INTO ce_waiver (person_id, year, hours, reason, decision, granted_by, granted_on) SELECT %s, 2018, h, ''r'', ''d'', 2, ''2021-01-10'' FROM unnest(''{50,41}''::ce_hours[]) h', p)),
	'23514 year 2018 requires only 90 hours | Clause 0.3: waivers would take 91 hours off the requirement. | %', 'AMB-35: a statement of too many hours together') FROM many LIMIT 1;

-- what is refused, in words, and nothing is changed
CREATE TEMP TABLE plain AS SELECT give_recorded(person(), 2019, '5', '10') AS p;
SELECT alike(refused(p, y, facts), error, format('AMB-35: %s %s', facts, y)) FROM plain, (VALUES
	(2019, '{"hours": "90.01"}'::jsonb, '23514 year 2019 requires only 90 hours | Clause 0.3: waivers would take 90.01 hours off the requirement. | Waive no more hours than the year requires; leave hours null to waive all of them.'),
	(2020, '{"hours": "45.01", "subject": "public"}', '23514 year 2020 requires only 45 hours of subject public | %'),
	(2019, '{"subject": "public"}', '23514 year 2019 requires no hours of subject public | Clause 0.3: scheme "general" has no minimum of the subject for the year, so there is nothing to waive. | Leave subject null: the waiver is then about the whole year.'),
	(2019, '{"hours": "60.01", "subject": "professional"}', '23514 year 2019 requires only 60 hours of subject professional | %'),
	(2019, '{"hours": "0"}', '23514 a waiver must be of more than 0 hours | Give the hours%'),
	(2019, '{"hours": "-5"}', '23514 a waiver must be of more than 0 hours | Give the hours%'),
	(2019, '{"subject": "both"}', '23514 a waiver cannot have subject "both" | Leave subject null: the waiver is then about the whole year.'),
	(2021, '{}', '23514 year 2021 cannot be waived on 2021-01-10, before it has ended | Clause 0.3: a waiver is about a year that has ended. | Grant the waiver after the end of the year, or correct the year.'),
	(2026, '{"granted_on": "2021-01-10"}', '23514 year 2026 cannot be waived on %'),
	(1980, '{}', '23514 year 1980 requires no hours | Clause 0.3: scheme "general" has no requirement for the year, so there is nothing to waive. | %'),
	(2019, '{"granted_by": 1}', '23514 organisation 1 does not grant waivers to person %'),
	(2019, '{"granted_by": 25}', '23514 organisation 25 does not grant waivers to person %'),
	(2019, '{"reason": "　 "}', '23502 a waiver needs a reason | Clause 0.3: a year is waived by a decision of which the record gives reason and reference. | Give the reason in reason, and the reference of the decision in decision.'),
	(2019, '{"decision": ""}', '23502 a waiver needs a decision | %'),
	(2019, '{"granted_on": "2999-01-01"}', '23514 granted_on is in the future | %'),
	(2019, '{"granted_on": "infinity"}', '23514 granted_on cannot be "infinity" | Give a date of the calendar.'),
	(2019, '{"granted_on": "-infinity"}', '23514 granted_on cannot be "-infinity" | Give a date of the calendar.'),
	(2019, '{"defers_to": 10000}', '23514 defers_to cannot be 10000 | Years lie between 1900 and 9999. | Give the calendar year in four digits.'),
	(2019, '{"defers_to": 2147483647}', '23514 defers_to cannot be 2147483647 | %'),
	(2019, '{"hours": "90.01", "defers_to": 2021}', '23514 year 2019 requires only 90 hours | %'),
	(2019, '{"defers_to": 2019}', '23514 hours of 2019 cannot be deferred to 2019 | Clause 0.3: hours that a year lacks are made up for in a later one. | %'),
	(2019, '{"defers_to": 2018}', '23514 hours of 2019 cannot be deferred to 2018 | %')) v (y, facts, error);
SELECT alike(error_of('INSERT INTO ce_waiver (person_id, year, decision, granted_by) SELECT p, 2019, ''d'', 2 FROM plain'), '23502 a waiver needs a reason | %', 'AMB-35: nor without any reason');
SELECT alike(error_of('INSERT INTO ce_waiver (person_id, year, reason, decision, granted_by, revoked_by, revoked_on) SELECT p, 2019, ''r'', ''d'', 2, 2, ce_today() FROM plain'), '23514 cannot insert a waiver that is already revoked | Leave revoked_by and revoked_on null.', 'AMB-35: nor revoked already');
SELECT alike(error_of('INSERT INTO ce_waiver (person_id, year, reason, decision, granted_by) VALUES (99999, 2019, ''r'', ''d'', 2)'), '23503 person 99999 does not exist | %', 'AMB-35: nor for nobody');
SELECT is(account(p, 2019), '{public:5,recorded:10}', 'AMB-35: nothing of this was posted') FROM plain;
SELECT is_empty('SELECT FROM ce_waiver JOIN plain ON person_id = p', 'AMB-35: nor kept');
INSERT INTO ce_waiver (person_id, year, reason, decision, granted_by) SELECT p, 2018, 'r', 'd', 2 FROM plain;
SELECT is(granted_on, ce_today(), 'AMB-35: of today where nothing else is said') FROM ce_waiver JOIN plain ON person_id = p;

-- two that take the same hours
CREATE FUNCTION pair(a jsonb, b jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	p bigint := give_public(person(), '5');
BEGIN
	PERFORM waive(p, 2020, a);
	RETURN split_part(refused(p, 2020, b), ' ', 1);
END $$;
SELECT is(pair(a, b), error, format('AMB-35: %s beside %s', b, a)) FROM (VALUES
	('{}'::jsonb, '{}'::jsonb, '23P01'), ('{}', '{"subject": "public"}', '23P01'), ('{"subject": "public"}', '{}', '23P01'), ('{"subject": "public"}', '{"subject": "public"}', '23P01'),
	('{"subject": "public"}', '{"subject": "public", "hours": "5"}', '23P01'), ('{"hours": "5"}', '{}', '23P01'), ('{"subject": "public"}', '{"hours": "5"}', '23P01'), ('{}', '{"defers_to": 2021}', '23P01'),
	('{"defers_to": 2021}', '{"defers_to": 2022}', '23P01'), ('{"defers_to": 2021}', '{}', '23P01'), ('{"defers_to": 2021, "hours": "5"}', '{}', '23P01'), ('{"defers_to": 2021, "hours": "5"}', '{"defers_to": 2022}', '23P01'),
	('{"subject": "public"}', '{"subject": "professional"}', 'no'), ('{"subject": "public", "hours": "5"}', '{"subject": "public", "hours": "40"}', 'no'), ('{"subject": "public", "hours": "5"}', '{"subject": "public", "hours": "41"}', '23514'),
	('{"subject": "public", "hours": "5"}', '{"subject": "professional"}', 'no'), ('{"hours": "5"}', '{"defers_to": 2021}', 'no'), ('{"defers_to": 2021, "hours": "5"}', '{"defers_to": 2022, "hours": "5"}', 'no'),
	('{"subject": "public", "hours": "30"}', '{"hours": "106"}', '23514'), ('{"defers_to": 2021}', '{"hours": "5"}', 'no')) v (a, b, error);
SELECT alike(refused(p, 2018), '23P01 waiver % of 2018 already covers these hours | Clause 0.3: two waivers of a year and subject may only take hours that each of them names. | Revoke the other waiver first, or give the subject or the hours that it leaves.', 'AMB-35: in words') FROM plain;
SELECT revoke_waiver(waiver_id, on_day => ce_today()) FROM ce_waiver JOIN plain ON person_id = p;
SELECT isnt(waive(p, 2018), NULL, 'AMB-35: one that is revoked is in no way') FROM plain;
SELECT is_empty('SELECT * FROM ce_check()', 'AMB-35: the ledger is sound');

-- surplus: what is beyond what is asked of the person
CREATE TEMP TABLE lots AS SELECT give_online(gap_2018(), 30, '100') AS p;
SELECT is(ce_surplus(p, 2020, 'professional'), '10', 'AMB-29: 10 of 100') FROM lots;
SELECT isnt(waive(p, 2020, '{"subject": "professional", "hours": "10"}'), NULL, 'AMB-35: 10 hours less in 2020') FROM lots;
SELECT is(ce_surplus(p, 2020, 'professional'), '20', 'AMB-35: leave 20') FROM lots;
SELECT isnt(allocate(p, 2018, '20', on_day => '2021-02-01'), NULL, 'AMB-35: which may be allocated') FROM lots;
SELECT alike(error_of(format('SELECT revoke_waiver(waiver_id) FROM ce_waiver WHERE person_id = %s', p)),
	'55000 hours of person % have been allocated by reason of a waiver that is to be revoked | Clause 7.6e: without them, 10 more hours would be allocated from 2020 than its surplus. | First reverse the allocation %', 'AMB-35: and then the waiver stands') FROM lots;
SELECT is(ce_surplus(p, 2020, 'professional'), '0', 'AMB-35: as before') FROM lots;

-- told as waived, not as hours
CREATE TEMP TABLE told AS SELECT give_recorded(give_years(person(held => 'intermediate', held_since => '2016-01-01'), 2017, 2018, 2020), 2019, '5', '10') AS p;
SELECT isnt(waive(p, 2019, '{"granted_on": "2020-02-01", "decision": "青人社〔2020〕9号"}'), NULL, 'AMB-35: 2019 is waived') FROM told;
SELECT results_eq('SELECT clause, condition, got, ok, message FROM told, ce_explain(p, ''senior'', as_of => ''2020-12-31'') WHERE year = 2019 ORDER BY ord', $$ VALUES
	('art. 8', 'waiver', NULL::numeric, true, '2019: waived by HRSS office of a prefecture, decision 青人社〔2020〕9号'),
	('art. 8', 'professional', 10.0, true, '2019: the professional hours are waived, with 10 of 60'),
	('art. 8', 'total', 15.0, true, '2019: waived, with 15 of 90 hours') $$, 'AMB-35: ce_explain names the decision, and the hours that were studied');
CREATE FUNCTION by_whom(body_name text, lang text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	said text;
BEGIN
	UPDATE ce_org SET name = body_name WHERE org_id = 2;
	PERFORM set_config('ce_hours.language', lang, true);
	SELECT message INTO said FROM told, ce_explain(p, 'senior', as_of => '2020-12-31') WHERE condition = 'waiver';
	RAISE EXCEPTION USING ERRCODE = 'ZZ999', MESSAGE = said;
EXCEPTION WHEN SQLSTATE 'ZZ999' THEN RETURN SQLERRM;
END $$;
SELECT is(by_whom('西宁市人社局', 'zh'), '2019 年：经减免，由西宁市人社局批准，决定文号 青人社〔2020〕9号', 'AMB-35: in Chinese, by the name that the body has now');
SELECT is(by_whom(' ', 'zh'), '2019 年：经减免，由机构2批准，决定文号 青人社〔2020〕9号', 'AMB-35: by its id where it has none');
SELECT is(by_whom(' ', 'en'), '2019: waived by organisation 2, decision 青人社〔2020〕9号', 'AMB-35: in English');
SELECT is_empty('SELECT FROM told, ce_explain(p, ''senior'', as_of => ''2020-01-31'') WHERE condition = ''waiver''', '10.5: not before its day');
SELECT alike(ce_certificate_html(p, 2019, 'zh'), '%经审验和减免，依据%，该人员2019年度达到要求；%全部学时由HRSS office of a prefecture决定减免（青人社〔2020〕9号，2020年2月1日），减免的学时不计为已学学时。%', 'AMB-35: the certificate says by whose decision') FROM told;
SELECT unalike(ce_certificate_html(p, 2019, 'zh'), '%' || claim || '%', 'AMB-35: and not: ' || claim) FROM told, unnest('{完成的继续教育学时达到,条款5.3,视同完成}'::text[]) claim;
SELECT alike(ce_certificate_html(p, 2019, 'en'), '%With what is waived the person meets the requirement of % for 2019. Waived hours were not studied%Waived by HRSS office of a prefecture, decision 青人社〔2020〕9号 of %: all hours of the year. What is waived was not studied.%', 'AMB-35: in English') FROM told;
SELECT unalike(ce_certificate_html(p, 2019, 'zh'), '%maternity%', 'AMB-35: the reason is nobody else''s business') FROM told;
SELECT alike(ce_certificate_html(p, 2018, 'zh'), '%完成的继续教育学时达到%', 'AMB-35: another year is as it was') FROM told;
SELECT alike(ce_archive_html(p, 'zh'), '%2019%10003; 经减免%青人社〔2020〕9号%', 'AMB-35: the archive says it, too') FROM told;
CREATE TEMP TABLE code AS SELECT p, substring(ce_certificate_html(p, 2019, 'zh') FROM '<span class="code">([^<]*)<') AS code FROM told;
SELECT is(valid, true, 'AMB-35: the code is confirmed') FROM code, ce_certificate_check(code.code);
SELECT revoke_waiver(waiver_id, on_day => ce_today()) FROM ce_waiver JOIN told ON person_id = p;
SELECT is(valid, false, 'AMB-35: not when the waiver is revoked') FROM code, ce_certificate_check(code.code);
SELECT alike(ce_certificate_html(p, 2019, 'zh'), '%尚未达到%', 'AMB-35: and the year is short') FROM told;
-- deeming by an item beside a waiver; deferral and reductions in words
SELECT isnt(waive(p, 2020, f), NULL, 'AMB-35: ' || f::text) FROM told, (VALUES ('{"subject": "public", "hours": "5"}'::jsonb), ('{"hours": "3"}'), ('{"subject": "professional", "defers_to": 2022, "hours": "7"}')) v (f);
SELECT results_eq('SELECT message FROM told, ce_explain(p, ''junior'', as_of => ''2021-06-30'') WHERE condition = ''waiver'' ORDER BY ord', $$ VALUES
	('2020: 5 hours of subject public waived by HRSS office of a prefecture, decision 2021-3'), ('2020: 3 hours waived by HRSS office of a prefecture, decision 2021-3'),
	('2020: 7 hours of subject professional deferred to 2022 by HRSS office of a prefecture, decision 2021-3') $$, 'AMB-35: each in words');
SET LOCAL ce_hours.language = 'zh';
SELECT results_eq('SELECT split_part(message, ''，由'', 1) FROM told, ce_explain(p, ''junior'', as_of => ''2021-06-30'') WHERE condition = ''waiver'' ORDER BY ord', $$ VALUES
	('2020 年：公需科目 5 学时经减免'), ('2020 年：3 学时经减免'), ('2020 年：专业科目 7 学时延至 2022 年补学') $$, 'AMB-35: in Chinese');
RESET ce_hours.language;
SELECT alike(ce_certificate_html(p, 2020, 'en'), '%' || note || '%', 'AMB-35: the certificate: ' || note) FROM told, unnest('{"Waived by HRSS office of a prefecture, decision 2021-3 of %: 5 hours of public subjects.","Waived by %: 3 hours.","Deferred to 2022 by HRSS office of a prefecture, decision 2021-3 of %: 7 hours of professional subjects."}'::text[]) note;
SELECT results_eq('SELECT total_hours, met FROM ce_yearly_totals JOIN told ON person_id = p WHERE year = 2020', $$ VALUES (135.0, true) $$, 'AMB-35: statistics count what was studied');

-- who may: the duty at the body, of persons that the role sees, for nobody's own year
CREATE ROLE tap_waives;
CREATE ROLE tap_waives_not;
CREATE ROLE tap_waives_elsewhere;
CREATE FUNCTION as_role(of_role text, statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	said text;
BEGIN
	PERFORM set_config('role', of_role, true);
	said := error_of(statement);
	PERFORM set_config('role', 'none', true);
	RETURN said;
END $$;
SELECT ce_grant('tap_waives', 2, 'verify'), ce_grant('tap_waives', 2, 'backdate'), ce_grant('tap_waives_not', 2, 'record'), ce_grant('tap_waives_elsewhere', 22, 'verify'), ce_grant('tap_waives_elsewhere', 22, 'backdate');
CREATE TEMP TABLE duties AS SELECT person() AS p, person() AS self;
SELECT ce_grant_person('tap_waives', self) FROM duties;
CREATE FUNCTION granting(p bigint, body bigint DEFAULT 2) RETURNS text LANGUAGE sql AS $$
	SELECT format('INSERT INTO ce_waiver (person_id, year, reason, decision, granted_by, granted_on) VALUES (%s, 2019, ''r'', ''d'', %s, ''2020-02-01'')', p, body)
$$;
SELECT alike(as_role('tap_waives_not', granting(p)), '42501 permission denied for table ce_waiver%', '7.1: who records waives nothing') FROM duties;
SELECT alike(as_role('tap_waives', granting(self)), '42501 you cannot act on your own hours | %', '7.4: nobody waives a year of their own') FROM duties;
SELECT is(split_part(as_role('tap_waives_elsewhere', granting(p, 22)), '|', 1), replace(split_part(as_role('tap_waives_elsewhere', granting(99999, 22)), '|', 1), '99999', p::text), '7.1: a person not seen is like none') FROM duties;
SELECT alike(as_role('tap_waives', granting(p, 22)), '42501 role "tap_waives" does not hold the duty "verify" for organisation 22 | %', '7.1: by a body that the role acts for') FROM duties;
SELECT is(as_role('tap_waives', granting(p)), 'no error', '7.1: who verifies grants') FROM duties;
SELECT alike(as_role('tap_waives', 'UPDATE ce_waiver SET decision = ''x'' WHERE person_id = ' || p), '42501 permission denied for table ce_waiver%', '7.1: but changes no column of it') FROM duties;
SELECT ce_revoke_duty('tap_waives', 2, 'backdate');
SELECT alike(as_role('tap_waives', format('UPDATE ce_waiver SET revoked_by = 2, revoked_on = ''2020-03-01'', note = ''n'' WHERE person_id = %s', p)), '42501 role "tap_waives" does not hold the duty "backdate" for organisation 2%', '7.1: nor with an earlier date') FROM duties;
SELECT is(as_role('tap_waives', format('UPDATE ce_waiver SET revoked_by = 2, note = ''n'' WHERE person_id = %s', p)), 'no error', '7.1: and revokes as of today') FROM duties;
CREATE FUNCTION seen_by(of_role text, p bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	n bigint;
BEGIN
	PERFORM set_config('role', of_role, true);
	SELECT count(*) INTO n FROM ce_waiver WHERE person_id = p;
	PERFORM set_config('role', 'none', true);
	RETURN n;
END $$;
SELECT is(ARRAY[seen_by('tap_waives', p), seen_by('tap_waives_not', p), seen_by('tap_waives_elsewhere', p)], '{1,1,0}', '7.1: seen by who sees the person') FROM duties;
CREATE ROLE tap_waives_audit;
SELECT ce_grant('tap_waives_audit', 25, 'audit');
SELECT is(as_role('tap_waives_audit', 'DO $$BEGIN IF (SELECT count(*) <> 2 FROM ce_event WHERE object = ''waiver'' AND ids <@ ARRAY(SELECT waiver_id FROM ce_waiver WHERE decision = ''d'' AND granted_on = ''2020-02-01'')) THEN RAISE ''not seen''; END IF; END$$'), 'no error', '9.4: the log shows it to who audits the employer');
SELECT results_eq('SELECT role_name FROM ce_event WHERE object = ''waiver'' ORDER BY event_id DESC LIMIT 1', $$ VALUES ('tap_waives'::name) $$, '9.4: with the role that did it');

-- ce_check() finds what came past the triggers, and ce_rebuild() mends the accounts
ALTER TABLE ce_waiver DISABLE TRIGGER USER;
CREATE TEMP TABLE past AS SELECT person() AS p;
INSERT INTO ce_waiver (person_id, year, subject, hours, reason, decision, granted_by, granted_on)
	SELECT p, y, subject::ce_subject, hours::ce_hours, 'r', 'd', body, '2020-02-01' FROM past, (VALUES (2020, NULL, NULL, 2), (2019, 'professional', '70', 2), (2018, NULL, NULL, 25), (2017, NULL, NULL, 2), (2017, 'professional', NULL, 2)) v (y, subject, hours, body);
ALTER TABLE ce_waiver ENABLE TRIGGER USER;
SELECT results_eq('SELECT invariant, year FROM ce_check() c JOIN past ON c.person_id = p ORDER BY invariant COLLATE "C", year', $$ VALUES
	('account equals its activities', 2017), ('account equals its activities', 2018), ('account equals its activities', 2019), ('account equals its activities', 2020),
	('no two waivers take the same hours (AMB-35)', 2017), ('waived years had ended (AMB-35)', 2020), ('waivers are granted by a body that verifies (AMB-35)', 2018),
	('waivers take no more than the requirement (AMB-35)', 2019) $$, 'AMB-35: ce_check() names each');
SELECT is(accounts, 4::bigint, 'AMB-35: ce_rebuild() posts them') FROM past, ce_rebuild(p);
SELECT is(met(p, 2018), true, 'AMB-35: and they count') FROM past;
SELECT is(required_professional, 0.0, 'AMB-35: a reduction beyond the requirement leaves nothing, and no less') FROM ce_yearly_totals JOIN past ON person_id = p WHERE year = 2019;

SELECT * FROM finish();
ROLLBACK;

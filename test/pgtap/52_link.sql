-- An HR system next door: its table linked, by ordinary roles
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

CREATE SCHEMA hr;
CREATE TABLE hr.staff (no varchar(10) NOT NULL, id integer PRIMARY KEY, gone text, "Employer" varchar(40), title text, since date, phd char(8),
	specialty text, rules text, name text);
ALTER TABLE hr.staff DROP COLUMN gone;
INSERT INTO hr.staff (no, id, "Employer", title, since, phd, specialty, name) VALUES
	('S1', 1, 'factory', '中级', '2015-07-01', NULL, '道路', '甲'), ('S2', 2, 'hospital', '', NULL, '20181231', NULL, '乙'), ('S3', 3, ' factory ', '正高级', '2016-01-01', ' ', NULL, '丙');
CREATE FUNCTION columns() RETURNS text LANGUAGE sql AS $$ SELECT string_agg(attname || atttypid, ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'hr.staff'::regclass $$;
CREATE TEMP TABLE before AS SELECT columns();
CREATE FUNCTION link_it() RETURNS text LANGUAGE sql AS $$
	SELECT ce_link('hr.staff', 'id', 'Employer', person_no => 'no', specialty => 'specialty', doctorate_on => 'phd', held_level => 'title', held_since => 'since')::text
$$;
CREATE FUNCTION person_of(p bigint) RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(' ', person_no, org_id, scheme, specialty, doctorate_on, held_level, held_since) FROM ce_person WHERE person_id = p
$$;
CREATE FUNCTION staff(columns text, vals text) RETURNS text LANGUAGE sql AS $$ SELECT error_of(format('INSERT INTO hr.staff (%s) VALUES (%s)', columns, vals)) $$;

-- the first load
SELECT is(link_it(), '3', 'ce_link: every row is brought in');
SELECT is(person_of(1), 'S1 25 general 道路 intermediate 2015-07-01', 'a title in Chinese, a code of the employer');
SELECT is(person_of(2), 'S2 23 general 2018-12-31', 'a day as eight digits, no title where it is empty');
SELECT is(person_of(3), 'S3 25 general full_senior 2016-01-01', 'space around a value does not count');
SELECT is(columns(), (SELECT columns FROM before), 'the HR table has the columns it had');
SELECT is((SELECT count(*) FROM pg_trigger WHERE tgrelid = 'hr.staff'::regclass AND NOT tgisinternal), 2::bigint, 'and two triggers');
SELECT is(link_it(), '0', 'a second time changes nothing');
UPDATE ce_person SET held_level = 'junior' WHERE person_id = 1;
SELECT is(link_it(), '1', 'but mends what was changed past the HR table');
SELECT is(person_of(1), 'S1 25 general 道路 intermediate 2015-07-01', 'to what that says');
SELECT is((SELECT concat_ws(' ', hr_table, key_column, org_column, person_no_column, scheme_column, held_level_column) FROM ce_link), 'hr.staff id Employer no title', 'table ce_link says what is linked');

-- an HR clerk without rights in the ledger, nor to look anything up there by search path
CREATE ROLE regress_ce_hr_clerk;
GRANT USAGE ON SCHEMA hr TO regress_ce_hr_clerk;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON hr.staff TO regress_ce_hr_clerk;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO regress_ce_hr_clerk;
CREATE SCHEMA evil AUTHORIZATION regress_ce_hr_clerk;
SET ROLE regress_ce_hr_clerk;
CREATE FUNCTION evil.equal(text, text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'called by %', current_user; END $$;
CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.equal);
SET search_path = evil, pg_catalog;
INSERT INTO hr.staff (no, id, "Employer", title, since) VALUES ('S4', 4, 'clinic', 'junior', '2019-01-01');
UPDATE hr.staff SET name = '甲甲' WHERE id = 1;
UPDATE hr.staff SET "Employer" = 'hospital', title = '副高' WHERE id = 1;
SET search_path = public;
SELECT alike(error_of('SELECT 1 FROM ce_person'), '42501 %', 'the clerk has no rights in the ledger');
SELECT alike(error_of('SELECT ce_link(''hr.staff'', ''id'', ''Employer'')'), '42501 must be owner of the ledger to call ce_link |%', 'nor may it link');
SELECT alike(error_of('SELECT ce_unlink(''hr.staff'')'), '42501 must be owner of the ledger to call ce_unlink |%', 'nor end a link');
CREATE TABLE evil.mine (id bigint PRIMARY KEY, org text);
CREATE TRIGGER ce_link AFTER INSERT ON evil.mine FOR EACH ROW EXECUTE FUNCTION ce_link_row();
CREATE TRIGGER ce_link_truncate BEFORE TRUNCATE ON evil.mine FOR EACH STATEMENT EXECUTE FUNCTION ce_link_truncate();
SELECT alike(error_of('INSERT INTO evil.mine VALUES (77, ''factory'')'), '55000 table "mine" is not linked with the ledger |%', 'a table of its own is not believed');
SELECT alike(error_of('TRUNCATE evil.mine'), '55000 table "mine" is not linked with the ledger |%', 'nor its TRUNCATE');
RESET ROLE;
SELECT is(person_of(4), 'S4 26 general junior 2019-01-01', 'a row that the clerk adds is a person');
SELECT is(person_of(1), 'S1 23 general 道路 senior 2015-07-01', 'one that it changes is changed');

-- nothing is written where nothing that is mapped changed
CREATE FUNCTION noisy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'ce_person was written'; END $$;
CREATE TRIGGER noisy BEFORE UPDATE ON ce_person FOR EACH ROW EXECUTE FUNCTION noisy();
SELECT is(error_of('UPDATE hr.staff SET name = name || ''.'', title = title'), 'no error', 'an update of other columns does not touch ce_person');
SELECT alike(error_of('UPDATE hr.staff SET title = ''初级'' WHERE id = 1'), '% ce_person was written', 'one of a mapped column does');
DROP TRIGGER noisy ON ce_person;

-- what cannot be a person is refused, and the HR table stays as it was
SELECT alike(staff(columns, vals), pattern, description) FROM (VALUES
	('no, id, "Employer"', '''S5'', 5, NULL', '23502 cannot take column "Employer" of table "staff" into the ledger: the value is missing | In the row with key 5 the column is NULL; the ledger reads org_id from it. |%', 'no employer'),
	('no, id, "Employer"', '''S5'', 5, ''nowhere''', '23503 cannot take column "Employer"%no organisation with this code | In the row with key 5 the column is "nowhere";%', 'an unknown employer'),
	('no, id, "Employer", title', '''S5'', 5, ''factory'', ''超级''', '22P02 cannot take column "title"%ce_title has no such title.%INSERT INTO %.ce_title (title, level) VALUES (''超级'', LEVEL)%| In the row with key 5 the column is "超级"; the ledger reads held_level from it. |%', 'an unknown level'),
	('no, id, "Employer", since', '''S5'', 5, ''factory'', ''infinity''', '22007 cannot take column "since"%', 'no day of the calendar'),
	('no, id, "Employer", phd', '''S5'', 5, ''factory'', ''200107''', '22007 cannot take column "phd"%', 'six digits are no day: which would it be?'),
	('no, id, "Employer", phd', '''S5'', 5, ''factory'', ''20190229''', '22007 cannot take column "phd"%', 'nor is 2019-02-29'),
	('no, id, "Employer"', '''S1'', 5, ''factory''', '23505 cannot take column "no"%another person already has this value%', 'another person''s number')) v (columns, vals, pattern, description);
SELECT alike(error_of('UPDATE hr.staff SET "Employer" = ''nowhere'' WHERE id = 2'), '23503 %In the row with key 2 the column is "nowhere"%', 'the same for a change');
SELECT is((SELECT string_agg(id || "Employer", ' ' ORDER BY id) FROM hr.staff), '1hospital 2hospital 3 factory  4clinic', 'the HR table stays as it was');
SELECT is(staff('no, id, "Employer", phd', '''S5'', 5, ''factory'', ''20200229'''), 'no error', '2020-02-29 is a day');
SELECT is(person_of(5), 'S5 25 general 2020-02-29', 'and taken');

-- deleting, and changing the key
SELECT is(error_of('DELETE FROM hr.staff WHERE id = 5'), 'no error', 'a person without records may go');
SELECT is(person_of(5), NULL, 'and is gone');
SELECT is(error_of('UPDATE hr.staff SET id = 40 WHERE id = 4'), 'no error', 'or get another key');
SELECT is(person_of(4) || '', NULL, 'under which it is known');
SELECT is(person_of(40), 'S4 26 general junior 2019-01-01', 'from then on');
SELECT is(give_public(1, '45'), 1::bigint, 'hours for person 1');
INSERT INTO ce_sanction (person_id, found_on, decision) VALUES (3, '2020-05-01', 'decision');
SELECT alike(error_of('DELETE FROM hr.staff WHERE id = 1'), '23001 cannot delete person 1, who has records in the ledger, from table "staff" | Clauses 6.2d, 7.4:%ce_activity 1, ce_account 1. | %ce_unlink()%', '7.4: a person with hours may not go');
SELECT alike(error_of('DELETE FROM hr.staff WHERE id = 3'), '23001 cannot delete person 3, %ce_sanction 1.%', '6.2d: nor one with a finding');
SELECT alike(error_of('UPDATE hr.staff SET id = 41 WHERE id = 1'), '23001 cannot change the key of person 1, %', '7.4: nor get another key');
SELECT alike(after(format('INSERT INTO hr.staff (no, id, "Employer") VALUES (''S50'', 50, ''factory''); INSERT INTO ce_waiver (person_id, year, subject, defers_to, reason, decision, granted_by, granted_on) VALUES (50, 2020, ''professional'', 2022, ''illness'', ''2020-1'', verifier(1), ''2021-06-01'')'), $$ error_of('DELETE FROM hr.staff WHERE id = 50') $$),
	'23001 cannot delete person 50, % and the person has some in: ce_waiver 1. | %', 'AMB-35: nor one with a waiver alone');
INSERT INTO hr.staff (no, id, "Employer") VALUES ('S51', 51, 'factory');
SELECT ce_change_scheme(51, 'accounting');
SELECT alike(error_of('UPDATE hr.staff SET id = 52 WHERE id = 51'), '23001 cannot change the key of person 51, % and the person has some in: ce_person_scheme 1. | %', '2.3: a former scheme keeps the key');
SELECT is(error_of('DELETE FROM hr.staff WHERE id = 51'), 'no error', '2.3: but goes with the person');
SELECT is(concat(person_of(51), (SELECT count(*) FROM ce_person_scheme WHERE person_id = 51), (SELECT count(*) FROM ce_event WHERE object = 'person.former_scheme' AND 51 = ANY (ids))), '02', '2.3: which is logged');
SELECT alike(error_of('DELETE FROM hr.staff'), '23001 %', '7.4: not among others either');
SELECT alike(error_of('TRUNCATE hr.staff'), '23001 cannot remove person %, who has records in the ledger, by TRUNCATE of table "staff"%', '7.4: nor by TRUNCATE');
SELECT is((SELECT count(*) FROM hr.staff), 4::bigint, 'all rows are there');
SELECT is((SELECT count(*) FROM ce_person WHERE person_id < 100), 4::bigint, 'and all persons');

-- renaming a column
ALTER TABLE hr.staff RENAME title TO rank;
SELECT alike(error_of('UPDATE hr.staff SET rank = ''初级'' WHERE id = 2'), '42703 column "title" of table "staff" does not exist | The ledger reads held_level of a person from it. | Call ce_link()%', 'a renamed column is named');
SELECT is(ce_link('hr.staff', 'id', 'Employer', 'no', held_level => 'rank', held_since => 'since'), 0::bigint, 'the link is replaced');
SELECT is(error_of('UPDATE hr.staff SET rank = ''初级'', specialty = ''桥梁'' WHERE id = 2'), 'no error', 'after which writing goes on');
SELECT is(person_of(2), 'S2 23 general 2018-12-31 junior', 'and what is no longer mapped stays as it was');
ALTER TABLE hr.staff RENAME TO employees;
SELECT is(error_of('UPDATE hr.employees SET rank = ''中级'' WHERE id = 2'), 'no error', 'a renamed table stays linked');
ALTER TABLE hr.employees RENAME TO staff;

-- what can be linked
CREATE TABLE hr.plain (k bigint, org integer, t timestamptz, p text, rules text);
CREATE TABLE hr.parts (k bigint PRIMARY KEY, org integer) PARTITION BY RANGE (k);
CREATE VIEW hr.seen AS SELECT * FROM hr.staff;
CREATE TEMP TABLE passing (k bigint PRIMARY KEY, org integer);
CREATE UNIQUE INDEX partly ON hr.plain (k) WHERE org > 0;
SELECT alike(error_of(call), pattern, description) FROM (VALUES
	('SELECT ce_link(NULL, ''k'', ''org'')', '22004 %', 'no table'),
	('SELECT ce_link(''hr.plain'', NULL, ''org'')', '22004 %', 'no key'),
	('SELECT ce_link(''hr.plain'', ''k'', NULL)', '22004 %', 'no employer'),
	('SELECT ce_link(''hr.plain'', ''x'', ''org'')', '42703 column "x" of table "plain" does not exist%', 'no such column'),
	('SELECT ce_link(''hr.plain'', ''ctid'', ''org'')', '42703 column "ctid"%', 'a system column'),
	('SELECT ce_link(''hr.plain'', ''k'', ''org'')', '42P16 column "k" of table "plain" does not identify a person%', 'a key that is unique in parts only'),
	('SELECT ce_link(''hr.parts'', ''k'', ''org'')', '42809 "parts" cannot be linked%', 'a partitioned table'),
	('SELECT ce_link(''hr.seen'', ''id'', ''no'')', '42809 "seen" cannot be linked%', 'a view'),
	('SELECT ce_link(''passing'', ''k'', ''org'')', '42809 "passing" cannot be linked%', 'a temporary table'),
	('SELECT ce_link(''ce_person'', ''person_id'', ''org_id'')', '42809 "ce_person" cannot be linked%', 'a table of the ledger'),
	('SELECT ce_unlink(''hr.plain'')', 'P0002 table "plain" is not linked%', 'ending what is not')) v (call, pattern, description);
SELECT is((SELECT count(*) FROM ce_link), 1::bigint, 'none of them is linked');

-- a second HR table: numbers of organisations, schemes, points of time
ALTER TABLE hr.plain ADD PRIMARY KEY (k);
INSERT INTO hr.plain VALUES (50, 27, '2019-12-31 17:00+00', 'N50', 'accounting'), (51, 27, NULL, NULL, NULL);
SELECT is(ce_link('hr.plain', 'k', 'org', person_no => 'p', scheme => 'rules', held_since => 't'), 2::bigint, 'a second table is linked');
SELECT is(person_of(50), 'N50 27 accounting 2020-01-01', 'AMB-40: days begin in Qinghai');
SELECT is(person_of(51), '27 general', 'without a scheme the usual one');
ALTER TABLE ce_person ALTER scheme SET DEFAULT 'accounting';
UPDATE hr.plain SET rules = 'general' WHERE k = 51;
UPDATE hr.plain SET rules = ' ' WHERE k = 51;
SELECT is(person_of(51), '27 accounting', 'which is the default of the column');
ALTER TABLE ce_person ALTER scheme SET DEFAULT 'general';
UPDATE hr.plain SET rules = 'general' WHERE k = 51;
UPDATE hr.plain SET rules = NULL WHERE k = 51;
SELECT alike(error_of('UPDATE hr.plain SET rules = ''unheard'' WHERE k = 51'), '23503 cannot take column "rules"%In the row with key 51 the column is "unheard"%', 'a scheme that does not exist');
SELECT alike(error_of('INSERT INTO hr.plain VALUES (52, 999)'), '23503 cannot take column "org"%"999"%', 'an organisation that does not exist');
SELECT alike(error_of('INSERT INTO hr.plain VALUES (1, 27)'), '23505 person 1 already comes from another linked table | Tables "staff" and "plain" are both linked, and both have a row with this key%', 'it may not take over a person of the first');
SELECT alike(error_of('UPDATE hr.plain SET k = 2 WHERE k = 51'), '23505 %', 'nor by a change of key');
SELECT is(person_of(1), 'S1 23 general 道路 senior 2015-07-01', 'who stays as he was');
CREATE TABLE hr.third (k text PRIMARY KEY, org text);
INSERT INTO hr.third VALUES ('50', 'factory');
SELECT alike(error_of('SELECT ce_link(''hr.third'', ''k'', ''org'')'), '23505 person 50 already comes from another linked table%', 'nor by linking');
UPDATE hr.third SET k = '060';
SELECT alike(error_of('SELECT ce_link(''hr.third'', ''k'', ''org'')'), '22P02 cannot take column "k" of table "third"%"060"%', 'a key in text is a plain number');
UPDATE hr.third SET k = '60';
SELECT is(ce_link('hr.third', 'k', 'org'), 1::bigint, 'which then is taken');
SELECT alike(error_of('INSERT INTO hr.plain VALUES (60, 27)'), '23505 person 60 %', 'and found, text or not');
INSERT INTO ce_person (person_id, org_id) VALUES (61, 25);
SELECT is(error_of('INSERT INTO hr.plain VALUES (61, 27)'), 'no error', 'a person of no table is taken over');
SELECT is(person_of(61), '27 general', 'with what the table says');

-- ending a link
SELECT lives_ok('SELECT ce_unlink(''hr.staff'')', 'a link is ended');
SELECT is((SELECT count(*) FROM pg_trigger WHERE tgrelid = 'hr.staff'::regclass AND NOT tgisinternal), 0::bigint, 'its triggers are gone');
SELECT is(error_of('DELETE FROM hr.staff WHERE id = 1'), 'no error', 'rows go as before');
SELECT is(person_of(1), 'S1 23 general 道路 senior 2015-07-01', 'the persons stay');
SELECT is(error_of('INSERT INTO hr.plain (k, org) VALUES (2, 27)'), 'no error', 'and may be taken over');
TRUNCATE hr.third;
SELECT is(person_of(60), NULL, 'TRUNCATE takes persons without records along');
DROP TABLE hr.third;
ALTER TABLE hr.staff RENAME rank TO title;
SELECT alike(error_of('SELECT link_it()'), '23505 person 2 already comes from another linked table%', 'linking again does not take them back');
DELETE FROM hr.plain WHERE k = 2;
SELECT is(link_it(), '1', 'before the other lets go');
SELECT is((SELECT string_agg(hr_table::text, ' ' ORDER BY hr_table::text) FROM ce_link), 'hr.plain hr.staff', 'links of tables that were dropped go');

-- an HR table of another owner than the ledger's
CREATE ROLE regress_ce_hr_owner;
ALTER TABLE hr.plain OWNER TO regress_ce_hr_owner;
SELECT is(error_of('UPDATE hr.plain SET p = ''N51'' WHERE k = 51'), 'no error', 'the HR table may be another''s');
SELECT is(person_of(51), 'N51 27 general', 'and is kept in step');
GRANT USAGE ON SCHEMA hr TO regress_ce_hr_owner;
GRANT TRUNCATE ON hr.plain TO regress_ce_hr_clerk;
SET ROLE regress_ce_hr_clerk;
SELECT is(error_of('TRUNCATE hr.plain'), 'no error', 'by whoever may truncate it');
RESET ROLE;
SELECT is(person_of(50), NULL, 'though he may not read it');

SELECT is_empty('SELECT * FROM ce_check()', 'the ledger is sound');

-- a one-off load
SELECT results_eq($$ SELECT * FROM ce_import_person('[
	{"person_id": 70, "org_code": "factory", "person_no": "I70", "held_level": "副高级", "held_since": "2016-01-01", "specialty": "道路"},
	{"person_id": 70, "org_code": "factory", "held_level": "副高级"},
	{"person_id": "70", "org_id": 26, "specialty": null},
	{"person_id": 71, "org_code": "factory", "person_no": "I70"},
	{"person_id": 72, "org_code": "nowhere"},
	{"person_id": 73, "org_code": "factory", "name": "丁", "org_id": 25},
	{"person_id": 74, "held_level": "junior"},
	{"org_code": "factory"},
	{"person_id": 1.5, "org_code": "factory"},
	{"person_id": 75, "org_code": "factory", "held_since": "2020-02-30"},
	{"person_id": 76, "org_code": "factory", "scheme": "none"},
	{"person_id": 77, "org_code": ["factory"]},
	{"person_id": 78, "org_code": "factory", "org_id": 25},
	null,
	{"person_id": 79, "org_id": 25, "doctorate_on": "2019.06.30", "scheme": ""}]') $$,
	$$ VALUES (1::bigint, 70::bigint, 'new', 'held_level: read "副高级" as "senior"'), (2, 70, 'unchanged', 'held_level: read "副高级" as "senior"'), (3, 70, 'updated', NULL),
	(4, 71, 'rejected', 'person_no: "I70": another person already has this value'),
	(5, 72, 'rejected', 'org_code: "nowhere": ce_org has no organisation with this code'),
	(6, 73, 'rejected', E'name: this field does not exist\norg_code: org_id is also given; give only one of the two'),
	(7, 74, 'rejected', 'org_id: neither org_id nor org_code is given, and a new person needs an employer'),
	(8, NULL, 'rejected', 'person_id: the value is missing'),
	(9, NULL, 'rejected', 'person_id: "1.5": the value is not a whole number written in plain digits'),
	(10, 75, 'rejected', 'held_since: "2020-02-30": the value is not a date written as 2020-06-30 or 20200630'),
	(11, 76, 'rejected', 'scheme: "none": ce_scheme has no such scheme'),
	(12, 77, 'rejected', 'org_code: the value is neither a string nor a number'),
	(13, 78, 'rejected', 'org_code: org_id is also given; give only one of the two'),
	(14, NULL, 'rejected', 'the record is not an object'),
	(15, 79, 'new', 'doctorate_on: read "2019.06.30" as "2019-06-30"') $$, 'ce_import_person: good records are kept, bad ones reported');
SELECT is(person_of(70), 'I70 26 general 道路 senior 2016-01-01', 'fields that are not given stay, and null is not given');
SELECT is(person_of(79), '25 general 2019-06-30', 'the last good record is kept');
SELECT is((SELECT count(*) FROM ce_person WHERE person_id BETWEEN 71 AND 78), 0::bigint, 'no bad one is');
CREATE FUNCTION keeps_out() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.person_id = 80 THEN RAISE EXCEPTION 'not this one'; END IF; RETURN NEW; END $$;
CREATE TRIGGER keeps_out BEFORE INSERT ON ce_person FOR EACH ROW EXECUTE FUNCTION keeps_out();
SELECT results_eq($$ SELECT * FROM ce_import_person('[{"person_id": 80, "org_id": 25}, {"person_id": 81, "org_id": 25}]') $$,
	$$ VALUES (1::bigint, 80::bigint, 'rejected', 'not this one'), (2, 81, 'new', NULL) $$, 'a trigger of the user''s rejects a record, too');
SELECT alike(error_of(call), '22023 records must be an array of objects%', call) FROM unnest(ARRAY['SELECT ce_import_person(NULL)', 'SELECT ce_import_person(''{}'')', 'SELECT ce_import_person(''"x"'')']) call;
SELECT is_empty('SELECT * FROM ce_import_person(''[]'')', 'an empty load');
-- the day of entry is a fact like the others
SELECT results_eq($$ SELECT ord, outcome, message FROM ce_import_person('[{"person_id": 84, "org_id": 25, "entered_on": "2018年9月1日"}, {"person_id": 84, "entered_on": "2018-09-01"}, {"person_id": 84, "entered_on": ""},
	{"person_id": 84, "entered_on": "2018-09"}, {"person_id": 84, "entered_on": 43344, "day_serials": "1900"}]') $$, $$ VALUES (1::bigint, 'new', 'entered_on: read "2018年9月1日" as "2018-09-01"'), (2, 'unchanged', NULL), (3, 'unchanged', NULL),
	(4, 'rejected', 'entered_on: "2018-09": the value is a month and not a day; give the day, too, as in 2020-06-30'), (5, 'unchanged', 'entered_on: read "43344" as "2018-09-01"') $$, 'entered_on is loaded');
SELECT is(entered_on, '2018-09-01', 'and is there') FROM ce_person WHERE person_id = 84;
CREATE TABLE hr.entry (id bigint PRIMARY KEY, org text, joined text);
INSERT INTO hr.entry VALUES (85, 'factory', '20190301');
SELECT alike(error_of($$ SELECT ce_link('hr.entry', 'id', 'org', entered_on => 'gone') $$), '42703 column "gone" of table "entry" does not exist%', 'a column of entry has to be there');
SELECT is(ce_link('hr.entry', 'id', 'org', entered_on => 'joined'), 1::bigint, 'a link with the day of entry');
UPDATE hr.entry SET joined = '2019.04.01';
SELECT is(entered_on, '2019-04-01', 'which follows the HR table') FROM ce_person WHERE person_id = 85;
SELECT alike(error_of($$ UPDATE hr.entry SET joined = 'spring' $$), '22007 %', 'a day that is none is refused');
SELECT is(entered_on_column, 'joined', 'the link says so') FROM ce_link WHERE hr_table = 'hr.entry'::regclass;
SELECT ce_unlink('hr.entry');
SET ROLE regress_ce_hr_clerk;
SELECT results_eq($$ SELECT outcome, message LIKE '%permission denied%' FROM ce_import_person('[{"person_id": 82, "org_id": 25}]') $$, $$ VALUES ('rejected', true) $$, 'a load is by the caller''s own rights');
RESET ROLE;

SELECT results_eq($$ SELECT ord, outcome, message FROM ce_import_person('[{"person_id": {}, "org_id": 25}, {"person_id": [83], "org_id": 25}, {"person_id": true, "org_id": 25}, {"person_id": 83, "org_id": 25, "held_since": "2020-1/5"}, {"person_id": 83, "org_id": 25, "held_since": "2020-01-05x"},
	{"person_id": 83, "org_id": 25, "held_since": "2020-1-5", "doctorate_on": "2019/06/30 12:00"}]') $$,
	$$ VALUES (1::bigint, 'rejected', 'person_id: the value is neither a string nor a number'), (2, 'rejected', 'person_id: the value is neither a string nor a number'), (3, 'rejected', 'person_id: the value is neither a string nor a number'),
	(4, 'rejected', 'held_since: "2020-1/5": the value is not a date written as 2020-06-30 or 20200630'), (5, 'rejected', 'held_since: "2020-01-05x": the value is not a date written as 2020-06-30 or 20200630'), (6, 'new', E'held_since: read "2020-1-5" as "2020-01-05"\ndoctorate_on: read "2019/06/30 12:00" as "2019-06-30"') $$, 'an id that is none, days that are none');
SELECT is(person_of(83), '25 general 2019-06-30 2020-01-05', 'and days that are');
CREATE FUNCTION judge() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.person_id = 84 THEN RAISE EXCEPTION 'not this one' USING DETAIL = 'for a reason'; END IF; IF NEW.person_id = 85 THEN RAISE SQLSTATE '53400' USING MESSAGE = 'enough'; END IF; RETURN NEW; END $$;
CREATE TRIGGER judge BEFORE INSERT ON ce_person FOR EACH ROW EXECUTE FUNCTION judge();
SELECT results_eq($$ SELECT outcome, message FROM ce_import_person('[{"person_id": 84, "org_id": 25}]') $$, $$ VALUES ('rejected', 'not this one. for a reason') $$, 'an error''s detail is told');
SELECT alike(error_of($$ SELECT ce_import_person('[{"person_id": 86, "org_id": 25}, {"person_id": 85, "org_id": 25}]') $$), '53400 enough%', 'one that is not the record''s ends the load');
SELECT is(person_of(86), NULL, 'which leaves nothing');
SELECT alike(after('ALTER TABLE ce_person RENAME specialty TO field', $$ (SELECT outcome FROM ce_import_person('[{"person_id": 86, "org_id": 25}]')) $$), '42703 column "specialty" of table "ce_person" does not exist | The ledger''s own columns cannot be renamed or dropped.%', 'a column of ours that was renamed is named');

-- more that cannot be linked, and more than a few rows that are known
SELECT alike(error_of('SELECT ce_unlink(NULL)'), '22004 hr_table must not be null%', 'ending nothing');
SELECT alike(error_of('SELECT ce_unlink(987654321)'), 'P0002 table "987654321" is not linked%', 'or what is no table');
SELECT alike(error_of('SELECT ce_link(987654321, ''k'', ''org'')'), '42P01 relation with OID 987654321 does not exist%', 'linking what is no table');
SELECT alike(after('UPDATE ce_ledger SET extension_version = ''0.2.0''; DROP TABLE ce_link CASCADE', $$ ce_link('hr.plain', 'k', 'org') $$), '55000 the ledger in schema % is older than the extension%ce_link%ce_setup()%', 'an older ledger is named, with the way out');
CREATE TABLE hr.many (k bigint, org integer, from_day timestamp, other bigint, CONSTRAINT late UNIQUE (k) DEFERRABLE, UNIQUE (other), UNIQUE (k, org));
SELECT alike(error_of('SELECT ce_link(''hr.many'', ''k'', ''org'')'), '42P16 column "k" of table "many" does not identify a person%', 'a key that is checked later, or with another column');
ALTER TABLE hr.many ADD UNIQUE (k);
INSERT INTO hr.many (k, org) SELECT i, 25 FROM generate_series(200, 240) i;
INSERT INTO ce_person (person_id, org_id) SELECT i, 25 FROM generate_series(200, 239) i;
SELECT is(ce_link('hr.many', 'k', 'org', held_since => 'from_day'), 1::bigint, 'forty persons are known, one is new');
SELECT alike(error_of('UPDATE hr.many SET from_day = ''infinity'' WHERE k = 200'), '22007 cannot take column "from_day" of table "many" into the ledger: % | In the row with key 200 the column is "infinity"; %', 'no day is no day');
SELECT is(error_of('UPDATE hr.many SET from_day = ''2020-01-01 23:59'' WHERE k = 200'), 'no error', 'a point in time is its day');
SELECT is(person_of(200), '25 general 2020-01-01', 'as it stands there');
SELECT alike(error_of('UPDATE hr.many SET k = NULL WHERE k = 201'), '23502 cannot take column "k" of table "many" into the ledger: the value is missing%', 'a key is there');
CREATE TRIGGER before_it BEFORE UPDATE ON hr.many FOR EACH ROW EXECUTE FUNCTION ce_link_row();
SELECT alike(error_of('UPDATE hr.many SET org = 26'), '39P01 function "ce_link_row" was not called by a trigger that ce_setup() created%', 'our function in another trigger');
DROP TRIGGER before_it ON hr.many;
CREATE TRIGGER after_it AFTER TRUNCATE ON hr.many FOR EACH STATEMENT EXECUTE FUNCTION ce_link_truncate();
SELECT alike(error_of('TRUNCATE hr.many'), '39P01 function "ce_link_truncate" was not called by a trigger that ce_setup() created%', 'and the other one');
DROP TRIGGER after_it ON hr.many;
CREATE TRIGGER on_insert BEFORE INSERT ON hr.many FOR EACH STATEMENT EXECUTE FUNCTION ce_link_truncate();
SELECT alike(error_of('INSERT INTO hr.many VALUES (241, 25)'), '39P01 function "ce_link_truncate" was not called by a trigger that ce_setup() created%', 'nor before another change');
SELECT is((SELECT count(*) FROM hr.many WHERE org = 25), 41::bigint, 'the rows are as they were');
SELECT alike(after('ALTER TABLE hr.many RENAME k TO key', $$ error_of('INSERT INTO hr.plain (k, org) VALUES (239, 27)') $$), 'no error', 'a table whose key was renamed claims nobody');

-- days with a time: the day of a zoned one is that of Asia/Shanghai (AMB-40), by every way in
SELECT results_eq($$ SELECT person_id, outcome FROM ce_import_person('[{"person_id": 90, "org_id": 25, "held_since": "2016-06-30T16:00:00.000Z", "doctorate_on": "2020-12-31T16:00:00Z"}, {"person_id": 91, "org_id": 25, "held_since": "2016-07-01 nonsense"},
	{"person_id": 92, "org_id": 25, "held_since": "2016-07-01T99:99:99"}, {"person_id": 93, "org_id": 25.0, "held_since": "2016-07-01T23:59:59", "doctorate_on": 20201231.0}, {"person_id": 94.0, "org_id": 25, "held_since": "2016-07-01 00:30+09"}]') $$,
	$$ VALUES (90::bigint, 'new'), (91, 'rejected'), (92, 'rejected'), (93, 'new'), (94, 'new') $$, 'AMB-40: text behind a day that is no time is refused');
SELECT results_eq('SELECT person_id, held_since, doctorate_on FROM ce_person WHERE person_id BETWEEN 90 AND 94 ORDER BY 1', $$ VALUES (90::bigint, date '2016-07-01', date '2021-01-01'), (93, '2016-07-01', '2020-12-31'), (94, '2016-06-30', NULL) $$, 'AMB-40: days of Asia/Shanghai, else as written');
CREATE TABLE hr.zones (id bigint PRIMARY KEY, unit text, as_text text, as_stamp timestamptz);
INSERT INTO hr.zones VALUES (95, 'factory', '2016-06-30T16:00:00.000Z', '2016-06-30T16:00:00.000Z');
SELECT is(ce_link('hr.zones', key => 'id', org => 'unit', held_since => 'as_text'), 1::bigint, 'ce_link: a text with a zone');
SELECT is((SELECT held_since FROM ce_person WHERE person_id = 95), date '2016-07-01', 'AMB-40: its day in Asia/Shanghai');
SELECT is(ce_link('hr.zones', key => 'id', org => 'unit', held_since => 'as_stamp'), 0::bigint, 'AMB-40: which is that of the time stamp');
SET LOCAL DateStyle = 'German';
SET LOCAL TimeZone = 'America/New_York';
SELECT is(ce_link('hr.zones', key => 'id', org => 'unit', held_since => 'as_stamp'), 0::bigint, 'AMB-40: whatever DateStyle and TimeZone are');
RESET DateStyle;
RESET TimeZone;
SELECT is(ce_link('hr.zones', key => 'id', org => 'unit', held_since => 'as_text'), 0::bigint, 'by text again');
SELECT alike(error_of('UPDATE hr.zones SET as_text = ''2016-07-01 morning'''), '22007 cannot take column "as_text" of table "zones" into the ledger: the value is not a date%', 'AMB-40: text behind a day that is no time is refused there, too');

-- titles as HR writes them, by table ce_title (16.4)
CREATE FUNCTION loaded(facts jsonb) RETURNS text LANGUAGE sql AS $$ SELECT concat_ws(': ', outcome, message) FROM ce_import_person(jsonb_build_array('{"person_id": 110, "org_id": 25}'::jsonb || facts)) $$;
SELECT alike(loaded(jsonb_build_object('held_level', title)), '%held_level: read "' || title || '" as "' || level || '"', 'a title: ' || title) FROM (VALUES
	('工程师', 'intermediate'), ('高级工程师', 'senior'), ('正高级工程师', 'full_senior'), ('助理工程师', 'junior'), ('技术员', 'junior'), ('讲师', 'intermediate'), ('助教', 'junior'), ('副教授', 'senior'), ('教授', 'full_senior'), ('研究员', 'full_senior'), ('副研究员', 'senior'), ('助理研究员', 'intermediate'), ('研究实习员', 'junior'),
	('主治医师', 'intermediate'), ('副主任医师', 'senior'), ('主任医师', 'full_senior'), ('医师', 'junior'), ('一级教师', 'intermediate'), ('高级教师', 'senior'), ('正高级教师', 'full_senior'), ('二级教师', 'junior'), ('三级教师', 'junior'), ('馆员', 'intermediate'), ('经济师', 'intermediate'), ('会计师', 'intermediate'), ('无', 'none'),
	('233', 'intermediate'), ('012', 'senior'), ('411', 'full_senior'), ('435', 'junior'), ('499', 'none'), ('副高', 'senior'), (' 主管护师　', 'intermediate')) v (title, level);
SELECT is((SELECT count(*) FROM ce_title t WHERE t.code ~ '^[0-9]{2}[1-6]$' AND t.code !~ '^41[12]$' AND t.level <> (CASE right(t.code, 1) WHEN '1' THEN 'full_senior' WHEN '2' THEN 'senior' WHEN '3' THEN 'intermediate' ELSE 'junior' END)::ce_level), 0::bigint, 'GB/T 8561: the last digit of each code is its level');
SELECT is(loaded('{"held_level": "senior"}'), 'updated', 'a level as the ledger writes it is not read otherwise');
SELECT is(loaded('{"held_level": "超级工程师"}'), 'rejected: held_level: "超级工程师": ce_title has no such title. Enter it with its level: INSERT INTO public.ce_title (title, level) VALUES (''超级工程师'', LEVEL); the levels are junior, intermediate, senior and full_senior, and null for no title', 'an unknown title is named, with the row to add');
SELECT alike(loaded(jsonb_build_object('held_level', title)), format('rejected: %%VALUES (%L, %s);%%', title, level), 'with the level that it begins with: ' || title) FROM (VALUES
	('正高级船长', '''full_senior'''), ('正高船长', '''full_senior'''), ('高级船长', '''senior'''), ('副高级船长', '''senior'''), ('中级船长', '''intermediate'''), ('初级船长', '''junior'''), ('助理船长', '''junior'''), ('员级船长', '''junior'''), ('船长', 'LEVEL'), ('非高级船长', 'LEVEL')) v (title, level);
SELECT is(loaded('{"held_level": "410"}'), 'rejected: held_level: "410": ' || substr(loaded('{"held_level": "410"}'), 30), 'GB/T 12407: of 410 nobody can tell the level');
SELECT is(person_of(110), '25 general senior', 'nothing of these was kept');
INSERT INTO public.ce_title (title, level) VALUES ('超级工程师', 'intermediate'), ('高级', 'full_senior');
SELECT alike(loaded('{"held_level": "超级工程师"}'), 'updated: %as "intermediate"', 'the row that was added counts');
SELECT alike(loaded('{"held_level": "高级"}'), 'updated: %as "full_senior"', 'also before what the type reads');
SELECT is(error_of('UPDATE hr.staff SET title = ''主治医师'' WHERE id = 3'), 'no error', 'ce_link: a title');
SELECT is(person_of(3), 'S3 25 general intermediate 2016-01-01', 'is its level');
SELECT is(error_of('UPDATE hr.staff SET title = ''无'' WHERE id = 3'), 'no error', 'ce_link: none');
SELECT is(person_of(3), 'S3 25 general 2016-01-01', 'is none');
SELECT alike(error_of($$INSERT INTO ce_title (title, level) VALUES ($$ || v), expected, 'ce_title: ' || v) FROM (VALUES ($$'讲师', 'senior')$$, '23505 %'), ($$' 讲师', 'senior')$$, '23514 title cannot be "%" | Give it without white space around it, and not empty.'), ($$'', 'senior')$$, '23514 title cannot be "%" | Give it without white space around it, and not empty.'), ($$'x', 'chief')$$, '22P02 %'), ($$NULL, 'senior')$$, '23502 %')) b (v, expected);
SELECT alike(after('DROP TABLE ce_title', $$ loaded('{"held_level": "中级"}') $$), 'updated: %as "intermediate"', 'a ledger not set up again knows the levels');
SELECT alike(after('DROP TABLE ce_title', $$ loaded('{"held_level": "工程师"}') $$), 'rejected: %ce_title has no such title.%', 'and no titles');

-- every fault of a person in one round, and fields as files have them
SELECT is(loaded('{"org_id": 1.5, "person_no": "S1", "held_level": "x", "held_since": "never", "colour": "red", "specialty": [], "scheme": "none"}'), array_to_string(ARRAY['rejected: colour: this field does not exist', 'org_id: "1.5": the value is not a whole number written in plain digits', 'scheme: "none": ce_scheme has no such scheme', 'person_no: "S1": another person already has this value', 'specialty: the value is neither a string nor a number',
	split_part(loaded('{"held_level": "x"}'), 'rejected: ', 2), 'held_since: "never": the value is not a date written as 2020-06-30 or 20200630'], E'\n'), 'every fault of a person in one round');
SELECT is(loaded('{"person_id": "x", "org_id": null, "org_code": "nowhere"}'), E'rejected: person_id: "x": the value is not a whole number written in plain digits\norg_code: "nowhere": ce_org has no organisation with this code', 'also where the person cannot be told');
SELECT is(loaded('{"person_id": "１１０", "org_id": null, "org_code": "　factory ", "person_no": " Z9", "specialty": "#N/A", "held_level": "", "held_since": "２０１６年７月１日", "doctorate_on": null}'), array_to_string(ARRAY['updated: org_code: read "　factory " as "factory"', 'person_no: read " Z9" as "Z9"', 'specialty: read "#N/A" as empty', 'held_since: read "２０１６年７月１日" as "2016-07-01"'], E'\n'), 'fields as files have them');
SELECT is(person_of(110), 'Z9 25 general full_senior 2016-07-01', 'empty ones are as if they were not there');
SELECT is(loaded(v) , expected, 'serial days of a person: ' || v::text) FROM (VALUES ('{"held_since": "43891"}'::jsonb, 'rejected: held_since: "43891": the value is not a date written as 2020-06-30 or 20200630'), ('{"held_since": "43891", "day_serials": 1900}', 'updated: held_since: read "43891" as "2020-03-01"'), ('{"held_since": 42430, "day_serials": "1904"}', 'updated: held_since: read "42430" as "2020-03-02"'),
	('{"held_since": "43891", "day_serials": "1905"}', E'rejected: day_serials: "1905": the value is neither 1900 nor 1904, the years from which spreadsheets count days\nheld_since: "43891": the value is not a date written as 2020-06-30 or 20200630'), ('{"day_serials": []}', 'rejected: day_serials: the value is neither a string nor a number')) b (v, expected);
SELECT is(person_of(110), 'Z9 25 general full_senior 2020-03-02', 'what was refused changed nothing');
SELECT is(error_of($$UPDATE hr.zones SET unit = '　factory ', as_text = '2016年7月2日'$$), 'no error', 'ce_link: a day in Chinese, blanks of full width');
SELECT is((SELECT held_since FROM ce_person WHERE person_id = 95), date '2016-07-02', 'are read as everywhere');
SELECT is(error_of($$UPDATE hr.zones SET as_text = '#N/A'$$), 'no error', 'ce_link: #N/A');
SELECT is((SELECT held_since FROM ce_person WHERE person_id = 95), NULL, 'is empty');
SELECT alike(error_of($$UPDATE hr.zones SET as_text = '43891'$$), '22007 %', 'ce_link: a serial number is no day');

-- what does not fit into an index is one record's fault
SELECT results_eq($$ SELECT ord, outcome, right(message, 25) FROM ce_import_person(jsonb_build_array('{"person_id": 96, "org_id": 25}'::jsonb,
	jsonb_build_object('person_id', 97, 'org_id', 25, 'person_no', (SELECT string_agg(md5(i::text), '') FROM generate_series(1, 200) i)), '{"person_id": 98, "org_id": 25}'::jsonb)) $$,
	$$ VALUES (1::bigint, 'new', NULL), (2, 'rejected', 'is longer than 2000 bytes'), (3, 'new', NULL) $$, 'an overlong number ends no load');
SELECT is((SELECT count(*) FROM ce_person WHERE person_id BETWEEN 96 AND 98), 2::bigint, 'the good ones are kept');
CREATE INDEX by_specialty ON ce_person (specialty);
SELECT results_eq($$ SELECT ord, outcome FROM ce_import_person(jsonb_build_array(jsonb_build_object('person_id', 99, 'org_id', 25, 'specialty', (SELECT string_agg(md5(i::text), '') FROM generate_series(1, 200) i)), '{"person_id": 100, "org_id": 25}'::jsonb)) $$,
	$$ VALUES (1::bigint, 'rejected'), (2, 'new') $$, 'nor does one for an index of the user''s own');

-- a dry run, and bad rows that are listed while the rest is taken (16.4)
CREATE TABLE hr.mixed (id bigint PRIMARY KEY, no text, unit text, title text, since text);
INSERT INTO hr.mixed VALUES (401, 'M1', 'factory', '工程师', '2016年7月1日'), (402, 'M2', 'nowhere', '超级技师', '2016.07'), (403, 'M1', 'factory', NULL, NULL), (404, 'M4', NULL, '讲师', '#N/A'), (405, 'M5', 'hospital', '无', NULL);
CREATE FUNCTION refused() RETURNS text LANGUAGE sql AS $$ SELECT string_agg(concat_ws(' ', hr_table, key, hr_column, value), ', ' ORDER BY key, hr_column) FROM ce_link_refused $$;
SELECT results_eq($$ SELECT row_key, hr_column, value, split_part(split_part(reason, '.', 1), ' INSERT', 1) FROM ce_link_check('hr.mixed', 'id', 'unit', 'no', held_level => 'title', held_since => 'since') ORDER BY 1, 2 $$,
	$$ VALUES ('402', 'since', '2016.07', 'the value is a month and not a day; give the day, too, as in 2020-06-30'), ('402', 'title', '超级技师', 'ce_title has no such title'), ('402', 'unit', 'nowhere', 'ce_org has no organisation with this code'),
	('403', 'no', 'M1', 'another person already has this value'), ('404', 'unit', NULL, 'the value is missing') $$, 'ce_link_check: every bad row at once, with every fault');
SELECT is((SELECT count(*) FROM ce_person WHERE person_id BETWEEN 401 AND 405), 0::bigint, 'ce_link_check: nothing is kept');
SELECT is((SELECT count(*) FROM pg_trigger WHERE tgrelid = 'hr.mixed'::regclass) + (SELECT count(*) FROM ce_link WHERE hr_table = 'hr.mixed'::regclass), 0::bigint, 'ce_link_check: nothing is linked');
SELECT alike(error_of($$SELECT ce_link('hr.mixed', 'id', 'unit', 'no', held_level => 'title', held_since => 'since')$$), '23503 cannot take column "unit" of table "mixed" into the ledger%', 'ce_link refuses as it did');
SELECT alike(error_of($$SELECT ce_link('hr.mixed', 'id', 'unit', bad_rows => 'skip')$$), '22023 bad_rows cannot be "skip" | Use "refuse", or "list" to load the other rows and list the bad ones in ce_link_refused.%', 'there is no third way');
SELECT is((SELECT count(*) FROM ce_person WHERE person_id BETWEEN 401 AND 405), 0::bigint, 'and nothing was kept');
SET client_min_messages = error;
SELECT is(ce_link('hr.mixed', 'id', 'unit', 'no', held_level => 'title', held_since => 'since', bad_rows => 'list'), 2::bigint, 'bad_rows => list: the rest is taken');
SELECT is(person_of(401) || '; ' || person_of(405), 'M1 25 general intermediate 2016-07-01; M5 23 general', 'these');
SELECT is(refused(), 'hr.mixed 402 since 2016.07, hr.mixed 402 title 超级技师, hr.mixed 402 unit nowhere, hr.mixed 403 no M1, hr.mixed 404 unit', 'and those are listed');
SELECT is(error_of($$UPDATE hr.mixed SET unit = 'nowhere' WHERE id = 401$$), 'no error', 'a row that goes bad is not refused in the HR table');
SELECT is(person_of(401), 'M1 25 general intermediate 2016-07-01', 'the person stays as before');
SELECT is(error_of($$UPDATE hr.mixed SET unit = 'clinic', title = '技术员', since = '2016-07-01' WHERE id = 402$$), 'no error', 'a row that is corrected');
SELECT is(person_of(402), 'M2 26 general junior 2016-07-01', 'is taken');
SELECT is(refused(), 'hr.mixed 401 unit nowhere, hr.mixed 403 no M1, hr.mixed 404 unit', 'and goes from the list');
SELECT is(error_of($$INSERT INTO hr.mixed VALUES (95, 'M95', 'factory', NULL, NULL)$$), 'no error', 'a person of another table');
SELECT alike((SELECT reason FROM ce_link_refused WHERE key = '95' AND hr_column IS NULL), 'person 95 already comes from another linked table%', 'is listed, too');
SELECT is((SELECT person_no FROM ce_person WHERE person_id = 95), NULL, 'and stays as the other says');
SELECT is(error_of($$DELETE FROM hr.mixed WHERE id IN (95, 404)$$), 'no error', 'bad rows that are deleted');
SELECT is(refused(), 'hr.mixed 401 unit nowhere, hr.mixed 403 no M1', 'go from the list');
SELECT is(give_public(402, '45'), 402::bigint, 'hours for one');
SELECT alike(error_of('DELETE FROM hr.mixed WHERE id = 402'), '23001 cannot delete person 402, who has records in the ledger, from table "mixed"%', '7.4: who has records stays, however bad rows are treated');
SELECT is(ce_link('hr.mixed', 'id', 'unit', 'no', bad_rows => 'list'), 0::bigint, 'with other columns');
SELECT is(refused(), 'hr.mixed 401 unit nowhere, hr.mixed 403 no M1', 'all rows are looked at again');
UPDATE hr.mixed SET unit = 'factory', no = 'M' || id;
SELECT is(refused(), NULL, 'until none is bad');
SELECT is(error_of('INSERT INTO hr.mixed VALUES (406, ''M6'', ''nowhere'')'), 'no error', 'one more');
SELECT lives_ok('SELECT ce_unlink(''hr.mixed'')', 'a link that ends');
SELECT is(refused(), NULL, 'takes its list along');
SET client_min_messages = warning;

-- a key that is no number: person_no, and an id of the ledger's own
CREATE TABLE hr.uuids (k uuid PRIMARY KEY, unit text);
INSERT INTO hr.uuids VALUES ('11111111-0000-4000-8000-000000000001', 'factory'), ('11111111-0000-4000-8000-000000000002', 'factory');
SELECT alike(error_of($$SELECT ce_link('hr.uuids', 'k', 'unit')$$), '42804 column "k" of table "uuids" cannot be person_id | The column is of type uuid, but person_id is a whole number. | Give the column as person_no, too:%', 'a UUID is no person_id');
SELECT is(ce_link('hr.uuids', 'k', 'unit', person_no => 'k'), 2::bigint, 'a UUID as person_no');
CREATE FUNCTION numbered(number text) RETURNS text LANGUAGE sql AS $$ SELECT concat_ws(' ', person_id > 1000000000000, org_id, specialty) FROM ce_person WHERE person_no = number $$;
SELECT is(numbered('11111111-0000-4000-8000-000000000001'), 't 25', 'and an id of the ledger''s own');
SELECT is(ce_link('hr.uuids', 'k', 'unit', person_no => 'k'), 0::bigint, 'again it is the same person');
SELECT is(error_of($$UPDATE hr.uuids SET unit = 'clinic'$$), 'no error', 'which moves');
SELECT is(numbered('11111111-0000-4000-8000-000000000001'), 't 26', 'as the table says');
CREATE TABLE hr.codes (k varchar(20) PRIMARY KEY, unit text, field text);
INSERT INTO ce_person (person_id, person_no, org_id) VALUES (501, 'W-0001', 25), (1000000000004, 'taken', 25);
SELECT is(setval('ce_person_id', 1000000000003), 1000000000003, 'the next id is one that somebody has');
INSERT INTO hr.codes VALUES ('W-0001', 'factory', 'roads'), ('W-0002', 'factory', 'bridges'), ('007', 'factory', NULL);
SELECT alike(error_of($$SELECT ce_link('hr.codes', 'k', 'unit')$$), '22P02 cannot take column "k" of table "codes" into the ledger: the value is not a whole number%| If the key is not a whole number, give its column as person_no, too%', 'a text key that is no number has a way out');
SELECT is(ce_link('hr.codes', 'k', 'unit', person_no => 'k', specialty => 'field'), 3::bigint, 'a text key');
SELECT is((SELECT person_id FROM ce_person WHERE person_no = 'W-0001'), 501::bigint, 'a person who has the number already is taken over');
SELECT is((SELECT string_agg(person_no, ' ' ORDER BY person_id) FROM ce_person WHERE person_id > 1000000000004), 'W-0002 007', 'ids that are given away are passed over');
SELECT is(give_public((SELECT person_id FROM ce_person WHERE person_no = 'W-0002'), '45') > 0, true, 'hours for one');
SELECT is(error_of($$UPDATE hr.codes SET k = 'W-2000' WHERE k = 'W-0002'$$), 'no error', 'its number may be corrected');
SELECT is(concat_ws('; ', numbered('W-0002'), numbered('W-2000')), 't 25 bridges', 'and the hours stay with the person');
SELECT alike(error_of($$UPDATE hr.codes SET k = 'W-0001' WHERE k = '007'$$), '23505 %', 'but no two persons have one');
SELECT alike(error_of($$UPDATE hr.codes SET k = 'taken' WHERE k = '007'$$), '23505 cannot take column "k" of table "codes" into the ledger: another person already has this value%', 'nor does it become somebody else');
SELECT alike(error_of($$DELETE FROM hr.codes WHERE k = 'W-2000'$$), '23001 cannot delete person %, who has records in the ledger,%', '7.4: who has hours stays');
SELECT is(error_of($$DELETE FROM hr.codes WHERE k = '007'$$), 'no error', 'who has none may go');
SELECT is(numbered('007'), NULL, 'and is gone');
CREATE TABLE hr.codes2 (k text PRIMARY KEY, unit text);
INSERT INTO hr.codes2 VALUES ('W-0001', 'clinic');
SELECT alike(error_of($$SELECT ce_link('hr.codes2', 'k', 'unit', person_no => 'k')$$), '23505 person W-0001 already comes from another linked table%', 'a number of two tables is refused');
SELECT alike((SELECT reason FROM ce_link_check('hr.codes2', 'k', 'unit', person_no => 'k')), 'person W-0001 already comes from another linked table. Tables "codes" and "codes2" are both linked, and both have a row with this key%', 'and found by the dry run');
CREATE TABLE hr.ids2 (k bigint PRIMARY KEY, org bigint);
INSERT INTO hr.ids2 VALUES (501, 26);
SELECT alike(error_of($$SELECT ce_link('hr.ids2', 'k', 'org')$$), '23505 person W-0001 already comes from another linked table%', 'also by its id');
SELECT is((SELECT org_id FROM ce_person WHERE person_id = 501), 25::bigint, 'nothing was changed');
SET ROLE regress_ce_hr_clerk;
SELECT alike(error_of($$SELECT ce_link_check('hr.staff', 'id', 'Employer')$$), '42501 must be owner of the ledger to call ce_link_check |%', 'the dry run is the owner''s, too');
RESET ROLE;
SELECT alike(after('UPDATE ce_ledger SET extension_version = ''0.2.0''; DROP TABLE ce_link_refused', $$ ce_link('hr.codes2', 'k', 'unit') $$), '55000 the ledger in schema % is older than the extension%ce_link_refused%ce_setup()%', 'an older ledger is named');
SELECT alike(after('DROP TABLE ce_link_refused', $$ error_of('UPDATE hr.codes SET field = ''tunnels''') $$), 'no error', 'whose links go on');
SELECT is_empty('SELECT * FROM ce_check()', 'the ledger is sound');

SELECT * FROM finish();
ROLLBACK;

-- What a column cannot hold is refused in words, and the data stay as they were
BEGIN;
\ir lib/ledger.psql
SELECT no_plan();

CREATE FUNCTION refused(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	hint text;
BEGIN
	EXECUTE statement;
	RETURN 'not refused';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(' | ', SQLSTATE || ' ' || SQLERRM, nullif(hint, ''));
END $$;
CREATE FUNCTION org(more text) RETURNS text LANGUAGE sql AS $$
	SELECT refused(format('INSERT INTO ce_org SELECT (jsonb_populate_record(NULL::ce_org, %L::jsonb || %L)).*', '{"org_id": 9901, "code": "new", "name": "new", "kind": "enterprise", "admin_level": "county", "region_code": "630100", "self_verifies": false}', more))
$$;
SELECT is(org(more), answer, 'ce_org ' || more) FROM (VALUES
	('{"code": null}', '23502 column "code" of table "ce_org" must not be null | Give it a value.'),
	('{"name": null}', '23502 column "name" of table "ce_org" must not be null | Give it a value.'),
	('{"kind": null}', '23502 column "kind" of table "ce_org" must not be null | Give it a value.'),
	('{"kind": "school"}', '23514 kind cannot be "school" | Available values: hrss, authority, base, academy, public_institution, enterprise, private_institution, central_unit, military_kindergarten, health_commission.'),
	('{"kind": "base"}', '23514 a base needs base_level | Available values: national, provincial.'),
	('{"base_level": "county"}', '23514 base_level cannot be "county" | Available values: national, provincial.'),
	('{"admin_level": null}', '23502 column "admin_level" of table "ce_org" must not be null | Give it a value.'),
	('{"admin_level": "city"}', '23514 admin_level cannot be "city" | Available values: national, provincial, prefecture, county.'),
	('{"region_code": null}', '23502 column "region_code" of table "ce_org" must not be null | Give it a value.'),
	('{"region_code": "西宁市"}', '23514 region_code cannot be "西宁市" | Give the six-digit code of the region (GB/T 2260), such as 630100.'),
	('{"region_code": "63010"}', '23514 region_code cannot be "63010" | Give the six-digit code of the region (GB/T 2260), such as 630100.'),
	('{"parent_id": 9901}', '23514 organisation 9901 cannot be its own parent | Leave parent_id null for a body at the top.')) v (more, answer);
SELECT is((SELECT count(*) FROM ce_org WHERE org_id = 9901), 0::bigint, 'nothing was entered');
SELECT is(org('{}'), 'not refused', 'what can be entered is');
SELECT is(refused($$ UPDATE ce_org SET kind = 'school' WHERE org_id = 9901 $$), '23514 kind cannot be "school" | Available values: hrss, authority, base, academy, public_institution, enterprise, private_institution, central_unit, military_kindergarten, health_commission.', 'an update, too');
SELECT is((SELECT kind FROM ce_org WHERE org_id = 9901), 'enterprise', 'which changes nothing');
SELECT is(refused('INSERT INTO ' || what), answer, what) FROM (VALUES
	('ce_person (person_id, org_id) VALUES (9901, NULL)', '23502 column "org_id" of table "ce_person" must not be null | Give it a value.'),
	('ce_person (person_id, org_id, scheme) VALUES (9901, 25, NULL)', '23502 column "scheme" of table "ce_person" must not be null | Give it a value.'),
	('ce_person (person_id, org_id, held_since) VALUES (9901, 25, ''infinity'')', '23514 held_since cannot be "infinity" | Give a day of the calendar, or null if it is not known.'),
	('ce_person (person_id, org_id, entered_on) VALUES (9901, 25, ''-infinity'')', '23514 entered_on cannot be "-infinity" | Give a day of the calendar, or null if it is not known.'),
	('ce_plan (org_id, title, mode) VALUES (21, ''t'', ''web'')', '23514 mode cannot be "web" | Available values: online, offline.'),
	('ce_plan (org_id, title, mode, subject) VALUES (21, ''t'', ''online'', ''public'')', '23514 subject cannot be "public" | Available values: professional.'),
	('ce_plan (org_id, title, mode, hours) VALUES (21, ''t'', ''online'', ''0'')', '23514 hours cannot be "0" | Give a number above 0.'),
	('ce_plan (org_id, title, mode, days) VALUES (21, ''t'', ''offline'', 1.3)', '23514 days cannot be "1.3" | Give whole or half days, such as 2.5.'),
	('ce_plan (org_id, title, mode, days) VALUES (21, ''t'', ''offline'', ''NaN'')', '23514 days cannot be "NaN" | Give whole or half days, such as 2.5.'),
	('ce_plan (org_id, title, mode, hours, starts_on, ends_on) VALUES (21, ''t'', ''online'', ''8'', ''2020-05-02'', ''2020-05-01'')', '23514 starts_on is after ends_on | Correct the dates.'),
	('ce_specialty_pair VALUES (''a'', NULL)', '23502 column "close_to" of table "ce_specialty_pair" must not be null | Give it a value.'),
	('ce_specialty_pair VALUES (''a'', ''a'')', '23514 specialty "a" cannot be a pair with itself | Give two specialties.'),
	('ce_title (title, level) VALUES ('' a '', ''junior'')', '23514 title cannot be " a " | Give it without white space around it, and not empty.'),
	(E'ce_title (title, level) VALUES (\'\u3000\', \'junior\')', E'23514 title cannot be "\u3000" | Give it without white space around it, and not empty.'),
	('ce_course (course) VALUES (NULL)', '23502 column "course" of table "ce_course" must not be null | Give it a value.'),
	('ce_member VALUES (''x'', 25, ''boss'')', '23514 duty cannot be "boss" | Available values: read, record, verify, backdate, sanction, audit, report.')) v (what, answer);
-- what imports look up is without the white space that they strip, or it would be somebody else's (5.1, 9.4a)
SELECT is(refused(format('INSERT INTO ' || what, quote_literal(given))), answer, format('%s: "%s"', split_part(what, ' ', 1), given)) FROM (VALUES
	('ce_person (person_id, org_id, person_no) VALUES (9902, 25, %s)', 'person_no'),
	('ce_org (org_id, name, kind, admin_level, region_code, code) VALUES (9902, ''n'', ''enterprise'', ''county'', ''630100'', %s)', 'code'),
	('ce_course (course) VALUES (%s)', 'course'),
	('ce_specialty_pair (close_to, specialty) VALUES (''b'', %s)', 'specialty'),
	('ce_specialty_pair (specialty, close_to) VALUES (''b'', %s)', 'close_to')) v (what, col), unnest(ARRAY['', E'\u3000', 'X1 ', E'X1\n', E'\u00a0X1', 'X 1']) g (given),
	LATERAL (SELECT CASE given WHEN 'X 1' THEN 'not refused' ELSE format('23514 %s cannot be "%s" | Give it without white space around it, and not empty.', col, given) END) a (answer);
SELECT is(refused('INSERT INTO ce_person (person_id, org_id, person_no) VALUES (9903, 25, NULL)'), 'not refused', 'a person may have no number');
SELECT is(refused('UPDATE ce_person SET person_no = ''P9903 '' WHERE person_id = 9903'), '23514 person_no cannot be "P9903 " | Give it without white space around it, and not empty.', 'a number that is changed');
-- a row of an earlier version is still changed, but not into another such number
SET LOCAL session_replication_role = replica;
UPDATE ce_person SET person_no = 'old ' WHERE person_id = 9903;
INSERT INTO ce_person (person_id, org_id, person_no) VALUES (9904, 25, E'\u3000X2'), (9905, 25, ''), (9906, 25, '#N/A'), (9907, 25, 'X 2'), (9908, 25, NULL);
INSERT INTO ce_org (org_id, name, kind, admin_level, region_code, code) VALUES (9903, 'n', 'enterprise', 'county', '630100', ' X3'), (9904, 'n', 'enterprise', 'county', '630100', 'X 3');
INSERT INTO ce_course (course) VALUES (E'X4\n'), ('X 4');
INSERT INTO ce_specialty_pair (specialty, close_to) VALUES (' X5', 'X 5'), ('X 5', 'X6 ');
SET LOCAL session_replication_role = origin;
SELECT is(refused('UPDATE ce_person SET specialty = ''roads'', person_no = person_no WHERE person_id = 9903'), 'not refused', 'the number of an earlier version stays');
SELECT is(refused('UPDATE ce_person SET person_no = ''older '' WHERE person_id = 9903'), '23514 person_no cannot be "older " | Give it without white space around it, and not empty.', 'and is not changed into another such');
SELECT set_eq('SELECT invariant, person_id, object_id, detail FROM ce_check() WHERE invariant ~ ''white space''', format($$
	SELECT 'what imports look up has no white space around it', p::bigint, o::bigint, format('%%s is "%%s", which imports do not find; correct it', place, value) FROM (VALUES
	(9903, NULL, 'ce_person.person_no', 'old '), (9904, NULL, 'ce_person.person_no', E'\u3000X2'), (9905, NULL, 'ce_person.person_no', ''), (9906, NULL, 'ce_person.person_no', '#N/A'),
	(NULL, 9903, 'ce_org.code', ' X3'), (NULL, NULL, 'ce_course.course', E'X4\n'), (NULL, NULL, 'ce_specialty_pair.specialty', ' X5'), (NULL, NULL, 'ce_specialty_pair.close_to', 'X6 ')) v (p, o, place, value)
	$$), 'ce_check() lists what imports do not find (5.1, 9.4a)');
SELECT is((SELECT outcome FROM ce_import('x', '[{"source_ref": "1", "person_no": "old", "kind": "academy_course", "completed_on": "2020-03-01", "hours": 2}]')), 'rejected', 'which they do not');
SELECT is(refused('UPDATE ce_person SET person_no = ''old'' WHERE person_id = 9903'), 'not refused', 'and is corrected');
SELECT is((SELECT outcome FROM ce_import('x', '[{"source_ref": "1", "person_no": "old", "kind": "academy_course", "completed_on": "2020-03-01", "hours": 2}]')), 'new', 'and then they find it');
SELECT is_empty('SELECT FROM ce_check() WHERE person_id = 9903', 'and ce_check() lists it no longer');
SET LOCAL ce_hours.language = 'zh';
SELECT is(org('{"kind": "school"}'), '23514 kind 不能是“school” | 可取值为：hrss, authority, base, academy, public_institution, enterprise, private_institution, central_unit, military_kindergarten, health_commission。', 'and in Chinese');

SELECT * FROM finish();
ROLLBACK;

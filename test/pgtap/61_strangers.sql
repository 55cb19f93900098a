-- 7.1: of a person, or a plan, that a role does not see there is one answer, and
-- it is the one for a number that nobody has: in message, detail, hint and
-- SQLSTATE, for every entry, as every role.
BEGIN;
\ir lib/titles.psql
SELECT no_plan();
\ir lib/roles.psql

SET LOCAL lc_messages = 'C';

-- what a role is told, with the numbers it named taken out; what it did is undone
CREATE FUNCTION told(role name, statement text, number text, no text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
	detail text;
	hint text;
BEGIN
	BEGIN
		PERFORM set_config('role', role, true);
		EXECUTE statement INTO answer;
		RAISE EXCEPTION USING ERRCODE = 'ZZ999', MESSAGE = coalesce('answer ' || answer, 'nothing');
	EXCEPTION WHEN OTHERS THEN
		GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
		answer := concat_ws(' | ', SQLSTATE, SQLERRM, detail, hint);
	END;
	RETURN replace(regexp_replace(answer, '\m' || number || '\M', 'ID', 'g'), no, 'NO');
END $$;

CREATE ROLE s_nothing; CREATE ROLE s_person;
CREATE TEMP TABLE roles AS SELECT 's_' || duty AS role, 25::bigint AS org, duty FROM unnest('{read,record,verify,backdate,sanction,audit,report}'::text[]) duty
	UNION ALL SELECT 's_base', 20, unnest('{record,verify}'::text[]) UNION ALL SELECT 's_academy', 4, unnest('{record,verify}'::text[])
	UNION ALL SELECT 's_office', 3, unnest('{record,verify,sanction,audit,report,backdate}'::text[]);
INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code) VALUES (3, 'hrss_haidong', 'HRSS office of another prefecture', 'hrss', 'prefecture', 1, '630200');
DO $$
DECLARE
	r text;
BEGIN
	FOR r IN SELECT DISTINCT role FROM roles LOOP
		EXECUTE format('CREATE ROLE %I', r);
	END LOOP;
END $$;
SELECT ce_grant(role, org, duty) FROM roles \g /dev/null

-- a number that stands in no message by itself
SELECT setval('person_seq', 7770001) \g /dev/null
-- a stranger of whom there is much to tell: verified and waiting hours, surplus, a ban, a title, a doctorate, an application
CREATE TEMP TABLE stranger AS SELECT person(22, doctorate_on => '2015-01-01', held => 'senior', held_since => '2016-01-01') AS id;
SELECT give_years(id, 2017, 2018, 2019, 2020), give_online(id, 20, '120') FROM stranger \g /dev/null
INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days, evidence) SELECT id, 'training', '2020-06-01', '2020-06-02', 2, 'd' FROM stranger;
INSERT INTO ce_achievement (person_id, kind, rank, achieved_on, attested_by, attested_on) SELECT id, 'invention_patent', 1, '2020-02-03', 22, '2020-02-04' FROM stranger;
INSERT INTO ce_application (person_id, level, applied_on) SELECT id, 'full_senior', '2020-12-31' FROM stranger;
INSERT INTO ce_sanction (person_id, found_on, decision) SELECT id, ce_today() - 30, 'd' FROM stranger;
-- one's own, to name plans for
CREATE TEMP TABLE own AS SELECT person(25) AS id;
SELECT ce_grant_person('s_person', id) FROM own \g /dev/null
-- the trigger is asked, not the privilege
GRANT INSERT, UPDATE, DELETE, SELECT ON ce_activity, ce_achievement, ce_application, ce_allocation, ce_sanction TO PUBLIC;
GRANT SELECT ON ce_person, ce_account, ce_plan, ce_event, ce_member, ce_person_role TO PUBLIC;
GRANT ALL ON ALL FUNCTIONS IN SCHEMA public TO PUBLIC;

-- what is asked about a person: every entry, every function that takes one, and rows
CREATE TEMP TABLE entry (n integer GENERATED ALWAYS AS IDENTITY, kind text, statement text);
INSERT INTO entry (kind, statement) VALUES
	('academy', 'INSERT INTO ce_activity (person_id, kind, completed_on, hours) VALUES (%1$s, ''academy_course'', ''2020-03-01'', ''1'') RETURNING awarded'),
	('academy', 'INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by) VALUES (%1$s, ''academy_course'', ''2020-03-01'', ''1'', ''verified'', 4) RETURNING awarded'),
	('base', 'INSERT INTO ce_activity (person_id, kind, plan_id, completed_on, hours) VALUES (%1$s, ''base_online'', (SELECT max(plan_id) FROM ce_plan WHERE org_id = 20), ''2020-03-01'', ''1'') RETURNING awarded'),
	('fact', 'INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days, evidence) VALUES (%1$s, ''training'', ''2020-03-01'', ''2020-03-02'', 1, ''d'') RETURNING awarded'),
	('fact', 'INSERT INTO ce_activity (person_id, org_id, kind, started_on, completed_on, days, evidence) VALUES (%1$s, 25, ''training'', ''2020-03-01'', ''2020-03-02'', 1, ''d'') RETURNING awarded'),
	('fact', 'INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days, evidence, status, verified_by, verified_on) VALUES (%1$s, ''training'', ''2020-03-01'', ''2020-03-02'', 1, ''d'', ''verified'', 25, ''2020-04-01'') RETURNING awarded'),
	('fact', 'INSERT INTO ce_activity (person_id, kind, completed_on, evidence) VALUES (%1$s, ''degree'', ''2019-03-01'', ''d'') RETURNING awarded'),
	('fact', 'INSERT INTO ce_activity (person_id, kind, completed_on) VALUES (%1$s, ''nonsense'', ''2019-03-01'') RETURNING awarded'),
	('title', 'INSERT INTO ce_achievement (person_id, kind, rank, achieved_on) VALUES (%1$s, ''invention_patent'', 1, ''2015-02-03'') RETURNING kind'),
	('title', 'INSERT INTO ce_achievement (person_id, kind, rank, achieved_on, attested_by) VALUES (%1$s, ''utility_patent'', 1, ''2020-02-03'', 25) RETURNING kind'),
	('title', 'INSERT INTO ce_allocation (person_id, from_year, to_year, subject, hours, allocated_by) VALUES (%1$s, 2020, 2018, ''professional'', ''5'', 25) RETURNING hours'),
	('title', 'INSERT INTO ce_allocation (person_id, from_year, to_year, subject, hours, allocated_by, allocated_on) VALUES (%1$s, 2019, 2018, ''public'', ''5000'', 3, ''2020-05-05'') RETURNING hours'),
	('title', 'INSERT INTO ce_sanction (person_id, found_on, decision) VALUES (%1$s, ''2020-05-05'', ''d'') RETURNING decision'),
	('title', 'INSERT INTO ce_sanction (person_id, found_on, decision) VALUES (%1$s, ce_today(), ''d'') RETURNING decision'),
	('import', 'SELECT outcome || coalesce(message, '''') FROM ce_import(''s'', jsonb_build_object(''source_ref'', ''r'', ''person_id'', %1$s, ''kind'', ''training'', ''started_on'', ''2020-03-01'', ''completed_on'', ''2020-03-02'', ''days'', 1, ''evidence'', ''d''))'),
	('import', 'SELECT outcome || coalesce(message, '''') FROM ce_import(''s'', jsonb_build_object(''source_ref'', ''r'', ''person_no'', %2$L, ''kind'', ''training'', ''started_on'', ''2020-03-01'', ''completed_on'', ''2020-03-02'', ''days'', 1, ''evidence'', ''d''))'),
	('import', 'SELECT outcome || coalesce(message, '''') FROM ce_import(''s'', jsonb_build_object(''source_ref'', ''r'', ''person_no'', %2$L, ''kind'', ''filed_course'', ''plan_id'', 999998, ''completed_on'', ''2020-03-02'', ''hours'', 1))'),
	('import', 'SELECT outcome || coalesce(message, '''') FROM ce_import(''s'', jsonb_build_object(''source_ref'', ''r'', ''person_no'', %2$L, ''kind'', ''mentoring'', ''completed_on'', ''2020-03-02''))'),
	('rows', 'UPDATE ce_activity SET title = ''t'' WHERE person_id = %1$s RETURNING title'), ('rows', 'DELETE FROM ce_activity WHERE person_id = %1$s RETURNING title'),
	('rows', 'UPDATE ce_application SET status = ''withdrawn'' WHERE person_id = %1$s RETURNING status'), ('rows', 'UPDATE ce_sanction SET revoked_on = ce_today(), note = ''n'' WHERE person_id = %1$s RETURNING note'),
	('rows', 'UPDATE ce_achievement SET note = ''n'' WHERE person_id = %1$s RETURNING note');
INSERT INTO entry (kind, statement)
SELECT 'title', format('INSERT INTO ce_application (person_id, level, route, applied_on) VALUES (%%1$s, %L, %L, %L) RETURNING verdict', l, r, d)
FROM unnest('{junior,full_senior}'::text[]) l, unnest('{review,recognition}'::text[]) r, unnest(ARRAY['2020-12-31', ce_today()::text]) d;
-- every function whose first argument is a person, by id and by number
INSERT INTO entry (kind, statement)
SELECT 'function', format('SELECT string_agg(f::text, '','') FROM %I(%s) f', p.proname, string_agg(CASE
	WHEN i = 1 AND a = 'person_id' THEN '%1$s' WHEN i = 1 THEN '%2$L'
	WHEN t = 'ce_level'::regtype THEN '''senior''' WHEN t = 'date'::regtype THEN '''2020-12-31''' WHEN t = 'ce_subject'::regtype THEN '''professional'''
	WHEN a = 'by_org' THEN '25' WHEN t = 'integer'::regtype THEN '2020' WHEN t = 'ce_hours'::regtype THEN '''5''' WHEN t = 'ce_route'::regtype THEN '''review''' WHEN t = 'boolean'::regtype THEN 'false'
	ELSE 'NULL' END, ', ' ORDER BY i))
FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
CROSS JOIN LATERAL (SELECT x.i, x.t::regtype AS t, (p.proargnames)[x.i] AS a FROM unnest(p.proargtypes) WITH ORDINALITY x (t, i)) v
WHERE p.prokind = 'f' AND (p.proargnames)[1] IN ('person_id', 'person_no') AND p.proname NOT IN ('ce_sees_activity', 'ce_sees_person', 'ce_totals', 'ce_standing_code') AND p.proname NOT LIKE 'ce_grant%'
GROUP BY p.oid, p.proname;
GRANT SELECT ON entry TO PUBLIC;
SELECT cmp_ok((SELECT count(*) FROM entry WHERE kind = 'function'), '>', 15::bigint, 'functions that take a person are found');

-- the academy and a base enter hours of everybody's staff, and see them: their entries must tell whether there is such a person
CREATE TEMP TABLE compared AS
SELECT r.role, e.n, e.kind, e.statement, told(r.role, format(e.statement, s.id, 'P' || s.id), s.id::text, 'P' || s.id) AS stranger,
	told(r.role, format(e.statement, 999999, 'P999999'), '999999', 'P999999') AS nobody
FROM (SELECT DISTINCT role FROM roles UNION ALL VALUES ('s_nothing'), ('s_person')) r, entry e, stranger s
WHERE NOT (r.role = 's_academy' AND e.kind IN ('academy', 'rows')) AND NOT (r.role = 's_base' AND e.kind IN ('base', 'rows'));
SELECT is(count(*) FILTER (WHERE stranger IS DISTINCT FROM nobody), 0::bigint, format('%s is told the same of a stranger and of nobody', role)) FROM compared GROUP BY role ORDER BY role;
SELECT diag(format(E'%s: %s\nstranger: %s\nnobody:   %s', role, statement, stranger, nobody)) FROM (SELECT DISTINCT ON (n) * FROM compared WHERE stranger IS DISTINCT FROM nobody ORDER BY n, role) c LIMIT 20;
SELECT cmp_ok(count(DISTINCT stranger), '>', 10::bigint, 'and there are different answers') FROM compared;
-- nor does the answer go by the plan, which goes by statistics and by what was asked before
SET LOCAL plan_cache_mode = force_custom_plan;
CREATE TEMP TABLE planned AS SELECT r.role, e.statement, told(r.role, format(e.statement, s.id, 'P' || s.id), s.id::text, 'P' || s.id) AS custom, NULL::text AS generic
FROM (SELECT DISTINCT role FROM roles UNION ALL VALUES ('s_nothing'), ('s_person')) r, entry e, stranger s WHERE e.kind = 'function';
SET LOCAL plan_cache_mode = force_generic_plan;
UPDATE planned p SET generic = told(p.role, format(p.statement, s.id, 'P' || s.id), s.id::text, 'P' || s.id) FROM stranger s;
RESET plan_cache_mode;
SELECT is_empty('SELECT role, statement, custom, generic FROM planned WHERE custom IS DISTINCT FROM generic', 'a plan for one person and one for all give one answer');
-- those who act for the stranger are told
CREATE ROLE s_university;
SELECT ce_grant('s_university', 22, d) FROM unnest('{read,record,verify}'::text[]) d \g /dev/null
SELECT alike(told('s_university', format('INSERT INTO ce_application (person_id, level, applied_on) VALUES (%s, ''senior'', ce_today())', id), id::text, 'P' || id), '%banned%', 'the person''s employer is told why not') FROM stranger;

-- plans that are not filed
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, specialty, status, note) VALUES (9901, 23, 'secret', 'offline', '20', 'nuclear', 'draft', NULL);
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, specialty, status) VALUES (9902, 23, 'secret', 'offline', '20', 'nuclear', 'submitted');
UPDATE ce_plan SET status = 'rejected', reviewed_by = 11, note = 'no' WHERE plan_id = 9902;
SELECT is(told('s_record', format(statement, o.id, p), p, 'NONE'), told('s_record', format(statement, o.id, 999998), '999998', 'NONE'), format('a plan that is %s is not there for another employer', state))
FROM own o, (VALUES ('9901', 'a draft'), ('9902', 'rejected')) v (p, state),
	unnest(ARRAY['INSERT INTO ce_activity (person_id, kind, plan_id, completed_on, hours) VALUES (%1$s, ''filed_course'', %2$s, ''2020-06-01'', ''500'') RETURNING specialty',
		'INSERT INTO ce_activity (person_id, kind, plan_id, completed_on) VALUES (%1$s, ''base_online'', %2$s, ''2020-06-01'') RETURNING awarded',
		'SELECT outcome || coalesce(message, '''') FROM ce_import(''s'', jsonb_build_object(''source_ref'', ''r'', ''person_id'', %1$s, ''kind'', ''filed_course'', ''plan_id'', %2$s, ''completed_on'', ''2020-06-01'', ''hours'', 500))',
		'SELECT status FROM ce_file(ARRAY[%2$s]::bigint[], 25)']) statement;
-- an activity is not moved to a plan that is not visible
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence) SELECT 9901, id, 'training', '2020-06-01', '2020-06-02', 1, 'd' FROM own;
SELECT is(told('s_record', format('UPDATE ce_activity SET kind = ''filed_course'', plan_id = %s WHERE activity_id = 9901', p), p, 'NONE'), '23503 | plan ID does not exist |  | Enter the plan in ce_plan first.', 'nor is an activity moved to ' || p)
FROM unnest('{9901,9902,999998}'::text[]) p;

-- AMB-37: no employer of the time without its part
SELECT alike(told('s_record', format('INSERT INTO ce_activity (person_id, org_id, kind, started_on, completed_on, days, evidence) VALUES (%s, 23, ''training'', ''2020-03-01'', ''2020-03-02'', 1, ''d'')', id), id::text, 'P'), '42501 | role "s_record" does not hold the duty "record" for organisation 23%', 'no activity on an organisation that the role does not record for') FROM own;
-- 6.2: who sees the person and has no duty to find
SELECT alike(told('s_record', format('INSERT INTO ce_sanction (person_id, found_on, decision) VALUES (%s, ce_today(), ''d'')', id), id::text, 'P'), '42501 | role "s_record" does not hold the duty "sanction" for organisation 25%', 'a finding takes the duty for it') FROM own;
-- where it is entered, the employer of today corrects it
UPDATE ce_person SET org_id = 20 FROM own WHERE person_id = own.id;
SELECT is(told('s_base', 'UPDATE ce_activity SET title = ''t'' WHERE activity_id = 9901 RETURNING org_id || title', '-', '-'), 'ZZ999 | answer 25t |  | ', 'the employer of today corrects what was entered for the one of the time');
SELECT finish();
ROLLBACK;

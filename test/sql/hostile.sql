--
-- A hostile schema in front of pg_catalog and the ledger's, with functions,
-- operators, types and casts named as ours and the server's, and temporary
-- tables named as the ledger's: every function gives the same answer.  Needs
-- "ledger".
--
SET datestyle = 'ISO, YMD';
SET client_min_messages = warning;
BEGIN;
-- an autovacuum that analyses a table waits for who altered it, and who alters the next one for the autovacuum
DO $$
DECLARE
	what regclass;
BEGIN
	FOR what IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relname LIKE 'ce\_%' LOOP
		EXECUTE format('LOCK TABLE %s', what);
	END LOOP;
END $$;
CREATE ROLE regress_ce_reader;
INSERT INTO ce_person (person_id, person_no, org_id, held_level, held_since) VALUES (9601, 'H1', 25, 'junior', '2016-01-01'), (9602, 'H2', 23, NULL, NULL);
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
	VALUES (9601, 9601, 'academy_course', '2020-03-01', '45', 'verified', 4, '2020-03-05');
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, hours, evidence, status, verified_by, verified_on)
	VALUES (9602, 9601, 'training', '2020-04-01', '2020-04-10', '90', 'document', 'verified', 2, '2020-04-20');
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence) VALUES (9603, 9601, 'mentoring', '2020-05-01', '2020-05-04', 4, 'invitation');
INSERT INTO ce_achievement (person_id, kind, rank, achieved_on, attested_by, attested_on) VALUES (9601, 'invention_patent', 1, '2020-02-03', 25, '2020-02-04');
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status) VALUES (9601, 25, 'course', 'offline', '20', 'submitted');
UPDATE ce_rule SET in_archive = true WHERE scheme = 'general' AND kind = 'invention_patent';
SELECT ce_clone_scheme('general', 'stricter');
UPDATE ce_rule SET most_hours = '30' WHERE scheme = 'stricter' AND kind = 'training';
SELECT ce_grant('regress_ce_reader', 25, 'read'), ce_grant_person('regress_ce_reader', 9602);

-- what is asked, each once: an answer is text, and what was done is undone
CREATE SCHEMA asked;
GRANT USAGE ON SCHEMA asked TO PUBLIC;
CREATE TABLE asked.hr (id bigint PRIMARY KEY, org bigint NOT NULL);
INSERT INTO asked.hr VALUES (9621, 25);
CREATE TABLE asked.call (n integer GENERATED ALWAYS AS IDENTITY, as_role text DEFAULT 'none', statement text);
GRANT SELECT ON asked.call TO PUBLIC;
CREATE FUNCTION asked.answer(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer pg_catalog.text;
BEGIN
	EXECUTE statement INTO answer;
	RAISE EXCEPTION USING ERRCODE = 'ZZ999';
EXCEPTION WHEN SQLSTATE 'ZZ999' THEN RETURN answer; WHEN OTHERS THEN RETURN SQLERRM;
END $$;
INSERT INTO asked.call (statement)
SELECT format('SELECT f::pg_catalog.text FROM public.%s AS f', c)
FROM unnest(ARRAY[$$ce_eligible(9601, 'junior', as_of => '2020-12-31')$$, $$ce_eligible_by_no('H1', 'junior', as_of => '2020-12-31')$$,
	$$ce_verdict(9601, 'junior', as_of => '2020-12-31')$$, $$ce_verdict_by_no('H1', 'senior', as_of => '2020-12-31')$$, $$ce_standing(9601, '2020-12-31')$$,
	$$ce_explain(9601, 'junior', as_of => '2020-12-31')$$, $$ce_explain_by_no('H1', 'senior', as_of => '2020-12-31')$$, $$ce_grounds(9601, 'junior', as_of => '2020-12-31')$$,
	$$ce_receipt(9601, 'junior', as_of => '2020-12-31')$$, $$ce_receipt_check('{"question": {"person_id": 9601, "level": "junior", "route": "review", "as_of": "2020-12-31"}, "verdict": "banned"}')$$,
	$$ce_attested(9601, '2020-12-31')$$, $$ce_assess('general', 2020, '{public:45}', '0', false)$$, $$ce_next_body(25, NULL)$$, $$ce_today()$$, $$ce__require_ledger()$$, $$ce_ledger()$$,
	$$ce__attested(9601, 25, 'general', '2016-01-01', '2020-12-31')$$, $$ce_attested(9601, 25, 'general', '2016-01-01', '2020-12-31')$$,
	$$ce_standing_code(9601, 25, 'general', NULL, 'junior', '2016-01-01', false, '2020-12-31')$$, $$ce_totals(9601, 25, 'general', '2016-01-01', 2020, '{public:45}', true, '2020-12-31')$$,
	$$ce_surplus(9601, 2020, 'public')$$, $$ce_allocation_plan(9601, 'junior', '2020-12-31')$$, $$ce_compare_schemes('general', 'stricter', 'junior')$$,
	$$ce_activity_drift(9601)$$, $$ce_check()$$, $$ce_law_check()$$, $$ce_rebuild(9601)$$, $$ce_clone_scheme('general', 'draft')$$,
	$$ce_verify('{9603}', 25)$$, $$ce_reject('{9603}', 25, 'no')$$, $$ce_revoke('{9602}', 2, 'no')$$, $$ce_file('{9601}', 2)$$,
	$$ce_verify_each('{9603,1}', 25)$$, $$ce_reject_each('{9603,1}', 25, 'no')$$, $$ce_revoke_each('{9602,1}', 2, 'no')$$, $$ce_file_each('{9601,1}', 2)$$,
	$$ce__step_each('verify', '{9603,1}', 25, NULL, NULL)$$, $$ce_org_id('factory')$$, $$ce_region_name('630000')$$, $$ce__require_duty_on('public.ce_activity', 25, 'record')$$, $$ce__refuse_rules('ce_plan', true)$$,
	$$ce_allocate(9601, 2020, 2018, 'public', '1', 2)$$, $$ce_reverse_allocation(1, 2, 'no')$$,
	$$ce_sees_org(25)$$, $$ce_sees_person(9601)$$, $$ce_sees_person(9601, 25)$$, $$ce_sees_activity(9601, 25, NULL, 'training')$$, $$ce_sees_plan(25, 'draft')$$,
	$$ce_audits('activity', '{9601}', NULL)$$, $$ce_facts_changed(9601, 2026)$$, $$ce_has_duty(25, 'read')$$, $$ce_require_duty(25, 'read')$$, $$ce__grant_check('regress_ce_reader')$$,
	$$ce_grant('regress_ce_reader', 25, 'record')$$, $$ce_revoke_duty('regress_ce_reader', 25, 'read')$$, $$ce_grant_person('regress_ce_reader', 9601)$$,
	$$ce_revoke_person('regress_ce_reader', 9602)$$, $$ce_grant_privileges('regress_ce_reader')$$, $$ce__revoke_privileges('regress_ce_reader', '{read}')$$,
	$$ce_account_as_of(9601, 2020, '2020-12-31')$$, $$ce__standing_code(false, false, 9601, 25, 'general', NULL, 'junior', '2016-01-01', '2020-12-31')$$, $$ce__totals(false, 9601, 25, 'general', '2016-01-01', 2020, '{public:45}', true, '2020-12-31')$$, $$ce_text('eligible')$$, $$ce__text('eligible', 'zh')$$, $$ce__label('x', 'y')$$, $$ce__clause('4.1', 'zh')$$, $$ce__category_label('public', 'zh')$$,
	$$ce_import('hr', '{"source_ref": "r1", "person_id": 9601, "kind": "training", "started_on": "2020-06-01", "completed_on": "2020-06-02", "days": 2, "evidence": "d"}')$$,
	$$ce_import_person('[{"person_id": 9611, "org_id": 25}]')$$, $$ce_link_check('asked.hr', 'id', 'org')$$, $$ce_link('asked.hr', 'id', 'org')$$, $$ce_unlink('asked.hr')$$,
	$$ce__certificate_facts(9601, 2020, '2020-12-31')$$, $$ce_certificate_html(9601, 2020)$$, $$ce_certificate_check('CE-1')$$, $$ce_archive_html(9601, 'en')$$,
	$$ce_report_html(2020, 'en')$$, $$ce__page_date('2020-01-02', 'zh')$$, $$ce_remove_ledger()$$, $$ce__ledger_relations()$$, $$ce__ledger_dependents()$$, $$ce__page_cite('qinghai-2020-227', '4.1', 'zh')$$, $$ce__page_innovation('{general}', '{2020}', 'zh')$$, $$ce__page_basis('{"scheme": "general"}', 'zh')$$, $$ce__page_instrument('qinghai-2020-227', '4.1', 'zh')$$, $$ce__page_items(9601, 2020, 'en', false)$$,
	$$ce__page_notes(9601, 2020, '{}', 'en')$$, $$ce__page_person(9601, 'en', true)$$, $$ce__page_code('x', 'en', true)$$, $$ce__page_code_text('en')$$, $$ce__page_language()$$, $$ce__is_blank(' ')$$, $$ce_check_html('x', 'en')$$, $$ce_qr_svg('x')$$, $$ce__page_person_missing(9601)$$, $$ce__page_year_missing(2020)$$, $$ce__page_readable()$$, $$ce__require_reading('public.ce_waiver', NULL, 'read')$$, $$ce__page_subjects('{}', '{}')$$,
	$$ce_secure()$$, $$ce_setup()$$, $$ce_setup(dry_run => true)$$, $$ce__ledger_scripts()$$, $$ce__ledger_comments()$$, $$ce_comments('en')$$, $$ce__statements('SELECT 1; SELECT 2')$$, $$ce__setup_statements()$$,
	$$ce_person_id('H1')$$, $$ce_standing_by_no('H1', '2020-12-31')$$, $$ce_grounds_by_no('H1', 'junior', as_of => '2020-12-31')$$, $$ce_receipt_by_no('H1', 'junior', as_of => '2020-12-31')$$,
	$$ce_attested_by_no('H1', '2020-12-31')$$, $$ce_account_as_of_by_no('H1', 2020, '2020-12-31')$$, $$ce_surplus_by_no('H1', 2020, 'public')$$, $$ce_allocation_plan_by_no('H1', 'junior', '2020-12-31')$$,
	$$ce_allocate_by_no('H1', 2020, 2018, 'public', 1, 2)$$, $$ce_activity_drift_by_no('H1')$$, $$ce_rebuild_by_no('H1')$$, $$ce_certificate_html_by_no('H1', 2020)$$, $$ce_archive_html_by_no('H1', 'en')$$,
	$$ce_grant_person_by_no('regress_ce_reader', 'H1')$$, $$ce_revoke_person_by_no('regress_ce_reader', 'H2')$$, $$ce__assess('general', 2020, '{public:45}', '0', false)$$, $$ce__allocated_without_permission(9601, 2020, 2019, 'public')$$,
	$$ce_distribute()$$, $$ce_distribute(true)$$, $$ce__may_distribute()$$, $$ce__distribute_statements()$$, $$ce__distributed()$$, $$ce__first_required_year()$$, $$ce__year_is_required(2020)$$,
	$$ce__category_root('training')$$, $$ce__cap('general', 2020, 'mentoring')$$, $$ce__recognised_part(9601, 'general', 2020, 9601, NULL)$$,
	$$ce__validate_checks()$$, $$ce__policy('ce_plan', 'p', 'USING (org_id = 1)', 'd')$$,
	$$ce__bases('general')$$, $$ce__requirements('general')$$, $$ce__requirement('general', 2020)$$, $$ce__requires('general', 2020)$$, $$ce__sums_years('general', 2020)$$, $$ce__waives('public', NULL, 'training')$$, $$ce__caps('general', 2020)$$, $$ce__minimum_rows('general', 2020)$$,
	$$ce__rules('general', 2020)$$, $$ce__windows('general', 2020)$$, $$ce__ban_years('general')$$, $$ce__scheme_in_year(true, 9601, 'general', 2020, '2020-12-31')$$, $$ce__scheme_on(true, 9601, 'general', '2020-12-31')$$, $$ce__to_award('7', true, 9601, 'general', 'training', NULL, '2020-06-01', '2020-05-31', 2, NULL, NULL, NULL, NULL, NULL)$$,
	$$ce_scheme_in_year(9601, 2020, '2020-12-31')$$, $$ce_change_scheme(9601, 'accounting', '2020-06-01')$$, $$ce_scheme_in_year_by_no('H1', 2020, '2020-12-31')$$, $$ce_change_scheme_by_no('H1', 'accounting', '2020-06-01')$$,
	$$ce_apply_by_no('H1', 'junior', 'review', '2020-12-31', NULL, true) AS a CROSS JOIN LATERAL (SELECT a.verdict)$$,
	$$ce__minima(false, 9601, 25, 'general', '2016-01-01', 2020, '{public:45}', true, '2020-12-31')$$, $$ce__nested_caps('general', 2020)$$, $$ce__recognised(9601, 'general', 2020)$$,
	$$ce__archived(9601, '2020-12-31')$$, $$ce__within_caps('general', 'general', 2020) AS w CROSS JOIN LATERAL (SELECT w.category, w.most)$$, $$ce__converted('general', 'stricter', '2020-12-31')$$, $$ce__verdict_if(9601, 'junior', '2020-12-31', 'stricter', '{2020}', '{"{public:5}"}')$$,
	$$ce_import_waivers('{"person_id": 9601, "year": 2018, "reason": "illness", "decision": "d", "granted_by": 2}') AS w CROSS JOIN LATERAL (SELECT w.outcome)$$, $$ce_apply(9601, 'junior', 'review', '2020-12-31', NULL, true) AS a CROSS JOIN LATERAL (SELECT a.verdict)$$]) c;
-- views, and writing with the triggers that follow
INSERT INTO asked.call (statement)
SELECT format('SELECT pg_catalog.md5(pg_catalog.string_agg(v::pg_catalog.text, '';'' ORDER BY v::pg_catalog.text COLLATE pg_catalog."C")) FROM public.%I v', relname)
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v' AND relname LIKE 'ce\_%';
INSERT INTO asked.call (statement) VALUES
	($$INSERT INTO public.ce_activity (person_id, kind, started_on, completed_on, days, evidence, status, verified_by, verified_on) VALUES (9601, 'training', '2020-06-01', '2020-06-02', 2, 'document', 'verified', 2, '2020-07-01') RETURNING awarded::pg_catalog.text$$),
	($$INSERT INTO public.ce_sanction (person_id, found_on, decision) VALUES (9601, '2020-06-01', 'd') RETURNING decision$$),
	($$INSERT INTO public.ce_application (person_id, level, applied_on) VALUES (9601, 'junior', '2020-12-31') RETURNING verdict::pg_catalog.text$$),
	($$INSERT INTO public.ce_person (person_id, org_id) VALUES (9603, 23) RETURNING scheme$$);
-- the same questions, views and writes under row security
INSERT INTO asked.call (as_role, statement)
SELECT 'regress_ce_reader', statement FROM asked.call WHERE statement !~ 'ce_(grant|revoke_|secure|setup|today)' ORDER BY n;
-- what is not asked; the procedure for staged lines commits
SELECT p.oid::regprocedure
FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
WHERE p.proname LIKE 'ce\_%' AND p.prokind = 'f' AND p.provolatile <> 'i' AND p.prorettype <> 'trigger'::regtype AND p.proname NOT LIKE 'ce\_\_plpgsql\_%'
	AND NOT EXISTS (SELECT FROM asked.call WHERE position('public.' || p.proname || '(' IN statement) > 0)
ORDER BY p.oid::regprocedure::text COLLATE "C";

CREATE TABLE asked.before AS SELECT n, statement, 'none' AS as_role, asked.answer(statement) FROM asked.call WHERE as_role = 'none' ORDER BY n;
GRANT ALL ON asked.before TO PUBLIC;
SET LOCAL ROLE regress_ce_reader;
INSERT INTO asked.before SELECT n, statement, as_role, asked.answer(statement) FROM asked.call WHERE as_role <> 'none' ORDER BY n;
RESET ROLE;
SELECT count(*) > 80 AS many, count(DISTINCT answer) > 40 AS different FROM asked.before;

--
-- The hostile schema
--
CREATE SCHEMA hostile;
GRANT USAGE ON SCHEMA hostile TO PUBLIC;
CREATE FUNCTION asked.attempt(statement text) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN 1;
EXCEPTION WHEN OTHERS THEN RETURN 0;
END $$;
-- functions named as ours, and as those of the server that our SQL calls
SELECT sum(asked.attempt(format('CREATE FUNCTION hostile.%I(%s) RETURNS %s%s LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION ''hostile''; END $f$',
	p.proname, (SELECT string_agg(format_type(t, NULL), ', ' ORDER BY i) FROM unnest(p.proargtypes) WITH ORDINALITY a (t, i)),
	CASE WHEN p.proretset THEN 'SETOF ' ELSE '' END, format_type(p.prorettype, NULL)))) > 150 AS functions
FROM pg_proc p
WHERE p.prokind = 'f' AND ((p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'ce\_%')
	OR (p.pronamespace = 'pg_catalog'::regnamespace AND EXISTS (
		SELECT FROM pg_proc q WHERE q.proname LIKE 'ce\_%' AND position(p.proname || '(' IN q.prosrc) > 0)));
-- operators of the same types
SELECT sum(asked.attempt(format('CREATE FUNCTION hostile.op_%1$s(%2$s, %3$s) RETURNS %4$s LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION ''hostile''; END $f$;
	CREATE OPERATOR hostile.%5$s (FUNCTION = hostile.op_%1$s, LEFTARG = %2$s, RIGHTARG = %3$s)',
	o.oid, format_type(oprleft, NULL), format_type(oprright, NULL), format_type(oprresult, NULL), oprname))) > 100 AS operators
FROM pg_operator o
WHERE oprkind = 'b' AND oprname IN ('=', '<>', '<', '<=', '>', '>=', '||', '->', '->>', '#>', '-', '+', '*', '&&', '?', '~')
	AND (oprnamespace = 'public'::regnamespace OR (oprleft IN ('int8'::regtype, 'int4'::regtype, 'text'::regtype, 'name'::regtype, 'date'::regtype, 'jsonb'::regtype, 'numeric'::regtype,
		'bool'::regtype, 'oid'::regtype, 'anyenum'::regtype, 'anyrange'::regtype, 'anyarray'::regtype)));
-- types named as ours and the server's, with casts
CREATE DOMAIN hostile.ce_level AS text;
CREATE DOMAIN hostile.ce_hours AS text;
CREATE DOMAIN hostile.ce_credit AS text;
CREATE DOMAIN hostile.ce_status AS text;
CREATE DOMAIN hostile.regclass AS text;
CREATE DOMAIN hostile.int4range AS text;
CREATE TYPE hostile.number AS (n integer);
CREATE FUNCTION hostile.to_hours(hostile.number) RETURNS public.ce_hours LANGUAGE sql AS $$ SELECT '99'::public.ce_hours $$;
CREATE CAST (hostile.number AS public.ce_hours) WITH FUNCTION hostile.to_hours AS IMPLICIT;
CREATE FUNCTION hostile.hours_to_integer(public.ce_hours) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'hostile'; END $$;
CREATE CAST (public.ce_hours AS integer) WITH FUNCTION hostile.hours_to_integer AS IMPLICIT;
-- tables named as the ledger's, in the schema and temporary
SELECT count(*) > 30 AS relations, sum(asked.attempt(format('CREATE TABLE hostile.%1$I (LIKE public.%1$I); CREATE TEMP TABLE %1$I (LIKE public.%1$I); GRANT ALL ON hostile.%1$I, pg_temp.%1$I TO PUBLIC', relname))) = count(*) AS made
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v') AND relname LIKE 'ce\_%';
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA hostile TO PUBLIC;

-- it does what it is for
SET LOCAL search_path = hostile, pg_catalog, public;
SAVEPOINT hostile;
SELECT ce_today();
ROLLBACK TO hostile;
SELECT pg_catalog.count(*) FROM ce_person;

-- and nothing of ours hears of it
CREATE TABLE asked.after AS SELECT n, statement, asked.answer(statement) FROM asked.call WHERE as_role OPERATOR(pg_catalog.=) 'none' ORDER BY n;
GRANT ALL ON asked.after TO PUBLIC;
SET LOCAL ROLE regress_ce_reader;
INSERT INTO asked.after SELECT n, statement, asked.answer(statement) FROM asked.call WHERE as_role OPERATOR(pg_catalog.<>) 'none' ORDER BY n;
RESET ROLE;
SET LOCAL search_path = pg_catalog, public;
SELECT count(*) > 80 AS asked_again FROM asked.after;
SELECT b.as_role, b.statement, b.answer AS before, a.answer AS after
FROM asked.before b JOIN asked.after a USING (n) WHERE a.answer IS DISTINCT FROM b.answer ORDER BY n;
ROLLBACK;
SELECT * FROM ce_check();

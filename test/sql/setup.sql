--
-- ce_setup(): the ledger as ordinary objects of whoever calls it.
-- Everything here is rolled back; the test "ledger" makes the ledger for good.
--
SET client_min_messages = warning;
SET datestyle = 'ISO, YMD';

-- what a statement's error says
CREATE FUNCTION pg_temp.error_of(statement text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	message text;
	detail text;
	hint text;
BEGIN
	EXECUTE statement;
	RETURN NEXT 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN NEXT SQLSTATE || ' ' || message;
	RETURN QUERY SELECT line FROM (VALUES ('DETAIL: ' || nullif(detail, '')), ('HINT: ' || nullif(hint, ''))) l (line)
		WHERE line IS NOT NULL;
END $$;

-- every row of the ledger in one number
CREATE FUNCTION pg_temp.fingerprint() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	ledger_table regclass;
	rows text;
	result text := '';
BEGIN
	FOR ledger_table IN
		SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname LIKE 'ce\_%'
		ORDER BY relname COLLATE "C"
	LOOP
		EXECUTE format('SELECT string_agg(t::text, chr(10) ORDER BY t::text COLLATE "C") FROM %s t', ledger_table) INTO rows;
		result := md5(result || ledger_table || coalesce(rows, ''));
	END LOOP;
	RETURN result;
END $$;

--
-- Before ce_setup()
--
SELECT * FROM pg_temp.error_of($$ SELECT ce_eligible(1, 'senior') $$);

-- Every function that needs the ledger says so.  A call is made up for each
-- from the types of its arguments; those listed do not give the error above.
CREATE FUNCTION pg_temp.call_of(function oid) RETURNS text LANGUAGE sql AS $$
	SELECT format('SELECT * FROM %s(%s)', function::regproc,
		(SELECT string_agg(format('%L::%s',
			CASE format_type(t, NULL)
				WHEN 'bigint' THEN '1' WHEN 'bigint[]' THEN '{1}' WHEN 'integer' THEN '2020' WHEN 'boolean' THEN 'f'
				WHEN 'date' THEN '2020-09-01' WHEN 'text' THEN CASE WHEN p.proargnames[i] = 'lang' THEN 'en' ELSE 'general' END WHEN 'jsonb' THEN '[{}]'
				WHEN 'ce_level' THEN 'senior' WHEN 'ce_route' THEN 'review' WHEN 'ce_subject' THEN 'public'
				WHEN 'ce_hours' THEN '1' WHEN 'numeric' THEN '1' WHEN 'ce_credit' THEN '{}' WHEN 'name' THEN 'x' WHEN 'regclass' THEN 'pg_class' END, format_type(t, NULL)), ', ' ORDER BY i)
		 FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY a (t, i)))
	FROM pg_proc p WHERE p.oid = function
$$;
SELECT c.function, c.error
FROM (
	SELECT p.oid::regprocedure AS function, (SELECT string_agg(e, '; ') FROM pg_temp.error_of(pg_temp.call_of(p.oid)) e) AS error
	FROM pg_proc p
	JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
	JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
	WHERE e.extname = 'ce_hours' AND p.prokind = 'f' AND p.provolatile <> 'i' AND p.prorettype <> 'trigger'::regtype AND p.proname NOT LIKE 'ce\_\_plpgsql\_%'
		AND p.proname NOT IN ('ce_setup', 'ce_today', 'ce_text', 'ce__text', 'ce__label', 'ce__clause', 'ce__ledger_comments', 'ce__certificate_facts', 'ce__statements', 'ce__ledger_scripts', 'ce__setup_statements', 'ce__policy', 'ce__validate_checks', 'ce__is_blank', 'ce__waives') AND p.proname NOT LIKE 'ce\_\_page\_%'
) c
WHERE c.error NOT LIKE '55000 there is no ledger in schema public; DETAIL: %; HINT: Run SELECT public.ce_setup(); first%'
ORDER BY c.function::text COLLATE "C";

--
-- By an ordinary role that may create in the schema, who then owns the ledger
--
BEGIN;
CREATE ROLE regress_ce_owner;
CREATE ROLE regress_ce_other;
SET LOCAL ROLE regress_ce_owner;
SAVEPOINT may_not;
SELECT * FROM pg_temp.error_of('SELECT ce_setup()');
RESET ROLE;
GRANT CREATE ON SCHEMA public TO regress_ce_owner, regress_ce_other;
SET LOCAL ROLE regress_ce_owner;
SELECT ce_setup();
SELECT ce_verdict(1, 'senior');
SELECT c.relkind, count(*) > 0 AS some, bool_and(c.relowner = 'regress_ce_owner'::regrole) AS owned
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relname LIKE 'ce\_%' AND c.relkind IN ('r', 'v', 'S', 'i')
GROUP BY c.relkind ORDER BY c.relkind;

-- none of it belongs to the extension
SELECT pg_describe_object(d.classid, d.objid, 0)
FROM pg_depend d
WHERE d.deptype = 'e' AND d.classid = 'pg_class'::regclass
	AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'ce_hours')
	AND EXISTS (SELECT FROM pg_class c WHERE c.oid = d.objid AND c.relkind IN ('r', 'v', 'S', 'i'));

-- somebody else cannot change it by the same call
RESET ROLE;
SET LOCAL ROLE regress_ce_other;
SELECT split_part(e, ' ', 1) AS sqlstate FROM pg_temp.error_of('SELECT ce_setup()') e LIMIT 1;
ROLLBACK;

-- and after the rollback there is none again
SELECT * FROM pg_temp.error_of($$ SELECT ce_eligible(1, 'senior') $$);

--
-- What ce_setup() makes
--
BEGIN;
SELECT ce_setup();

-- every table, column, view, trigger, index, sequence is commented; what a
-- constraint or an identity column brings along is not
SELECT c.relkind, c.relname, a.attname
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relname LIKE 'ce\_%' AND c.relkind IN ('r', 'v')
	AND coalesce(btrim(col_description(c.oid, a.attnum)), '') = ''
UNION ALL
SELECT c.relkind, c.relname, NULL
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relname LIKE 'ce\_%' AND c.relkind IN ('r', 'v', 'i')
	AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid)
	AND coalesce(btrim(obj_description(c.oid, 'pg_class')), '') = ''
UNION ALL
SELECT 'T', t.tgrelid::regclass::name, t.tgname
FROM pg_trigger t
WHERE NOT t.tgisinternal AND coalesce(btrim(obj_description(t.oid, 'pg_trigger')), '') = ''
ORDER BY 1, 2, 3;

-- views show each reader what that reader may see
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relname LIKE 'ce\_%' AND relkind = 'v'
	AND NOT coalesce(reloptions::text LIKE '%security_invoker=true%', false);

-- views have plain column types, so that any tool can read them; the
-- accounts' own recomputation is for ce_check() alone
SELECT c.relname, a.attname, format_type(a.atttypid, NULL)
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relnamespace = 'public'::regnamespace AND c.relname LIKE 'ce\_%' AND c.relkind = 'v'
	AND c.relname <> 'ce_account_recomputed'
	AND format_type(a.atttypid, NULL) NOT IN ('numeric', 'text', 'date', 'boolean', 'bigint', 'integer', 'timestamp with time zone')
ORDER BY c.relname COLLATE "C", a.attnum;

-- what belongs to a person has the person first in its keys, so that the
-- ledger can be distributed by person (a staged line belongs to nobody yet)
SELECT i.indexrelid::regclass
FROM pg_index i
JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_attribute p ON p.attrelid = c.oid AND p.attname = 'person_id'
WHERE c.relnamespace = 'public'::regnamespace AND c.relname LIKE 'ce\_%' AND i.indisunique
	AND i.indkey[0] <> p.attnum AND i.indexrelid::regclass::text NOT IN ('ce_person_person_no_key', 'ce_staging_pkey');

--
-- The law as shipped
--
SELECT * FROM ce_law_check();

-- every row says where it comes from
SELECT l.law, count(*) AS rows, count(nullif(btrim(l.clause), '')) AS with_clause,
	count(i.instrument) AS with_instrument, count(l.interpretation) AS interpreted
FROM (
	SELECT 'ce_scheme' AS law, instrument, clause, interpretation FROM ce_scheme
	UNION ALL SELECT 'ce_requirement', instrument, clause, interpretation FROM ce_requirement
	UNION ALL SELECT 'ce_kind', instrument, clause, interpretation FROM ce_kind
	UNION ALL SELECT 'ce_rule', instrument, clause, interpretation FROM ce_rule
	UNION ALL SELECT 'ce_cap', instrument, clause, interpretation FROM ce_cap
	UNION ALL SELECT 'ce_window', instrument, clause, interpretation FROM ce_window
	UNION ALL SELECT 'ce_catchup', instrument, clause, interpretation FROM ce_catchup
) l
LEFT JOIN ce_instrument i USING (instrument)
GROUP BY l.law ORDER BY l.law COLLATE "C";

SELECT instrument, issued_on FROM ce_instrument ORDER BY issued_on;
SELECT scheme, governed, ban_years, clause FROM ce_scheme ORDER BY scheme COLLATE "C";
SELECT scheme, from_year, to_year, total_hours, public_hours, professional_hours, filing_due, study_due, verification_due, instrument, clause
FROM ce_requirement ORDER BY scheme COLLATE "C", from_year;
SELECT kind, subject, category, track, clause FROM ce_kind ORDER BY track, kind COLLATE "C";
SELECT kind, grade, role, rank_from, rank_to, from_year, to_year, basis, hours, per_year, clause FROM ce_rule ORDER BY rule_id;
SELECT scheme, category, from_year, to_year, hours, clause FROM ce_cap;
SELECT route, level, needs_doctorate, needs_held, aggregation, years, professional_only, same_specialty, from_year, to_year, clause
FROM ce_window ORDER BY window_id;
SELECT study_year, subject, source, target_from, target_to, clause FROM ce_catchup ORDER BY subject;

--
-- ce_law_check() finds what is planted, one row each
--
CREATE FUNCTION pg_temp.law_check_after(statement text) RETURNS TABLE (problem text, object text, detail text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN QUERY SELECT c.problem, c.object, c.detail FROM ce_law_check() c ORDER BY c.problem DESC, c.object COLLATE "C", c.detail COLLATE "C";
	RAISE EXCEPTION USING ERRCODE = 'P0099';
EXCEPTION WHEN SQLSTATE 'P0099' THEN
	NULL;	-- takes the change back, keeps the rows
END $$;
-- 5.2.5(5): a band is missing, a band begins after 1, the last band ends (a list may), two bands meet
SELECT * FROM pg_temp.law_check_after('DELETE FROM ce_rule WHERE rule_id = 222');
SELECT * FROM pg_temp.law_check_after('DELETE FROM ce_rule WHERE rule_id = 221');
SELECT * FROM pg_temp.law_check_after('UPDATE ce_rule SET rank_to = 9 WHERE rule_id = 223');
SELECT * FROM pg_temp.law_check_after('UPDATE ce_rule SET rank_from = 6 WHERE rule_id = 223');
-- 4.1: a year that no row governs
SELECT * FROM pg_temp.law_check_after($$ UPDATE ce_requirement SET to_year = 2018 WHERE from_year = 2016 $$);
-- 4.1: minima above the total
SELECT * FROM pg_temp.law_check_after($$ UPDATE ce_requirement SET public_hours = '45.5' WHERE from_year = 2020 $$);
-- 4.2: a level without a window, a window that reaches back too far, two windows for one case
SELECT * FROM pg_temp.law_check_after('DELETE FROM ce_window WHERE window_id = 2');
SELECT * FROM pg_temp.law_check_after('UPDATE ce_window SET years = 6 WHERE window_id = 4');
ALTER TABLE ce_window DISABLE TRIGGER ce_law_check_ties;
SELECT * FROM pg_temp.law_check_after('UPDATE ce_window SET level = ''senior'' WHERE window_id = 4');
ALTER TABLE ce_window ENABLE TRIGGER ce_law_check_ties;
-- 5: a basis that does not fit its kind
SELECT * FROM pg_temp.law_check_after('UPDATE ce_rule SET basis = ''deems_tenure'' WHERE rule_id = 106');
-- a scheme that governs and asks for nothing
SELECT * FROM pg_temp.law_check_after($$ INSERT INTO ce_scheme VALUES ('empty', '空', 'empty', true, 3, 'mohrss-order-25', 'art. 8') $$);
SELECT * FROM ce_law_check();

--
-- The second call: nothing of the user's changes, what is missing comes back
--
CREATE TEMPORARY TABLE before AS SELECT pg_temp.fingerprint() AS law WHERE false;
DELETE FROM ce_cap;
UPDATE ce_requirement SET public_hours = '40' WHERE from_year = 2020;
INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('general', 2021, '100', 'mohrss-order-25', 'test');
ALTER TABLE ce_person ADD COLUMN office text;
CREATE INDEX my_index ON ce_person (office);
CREATE FUNCTION my_trigger() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER my_trigger BEFORE INSERT ON ce_person FOR EACH ROW EXECUTE FUNCTION my_trigger();
ALTER TABLE ce_person ENABLE ROW LEVEL SECURITY;
CREATE POLICY my_policy ON ce_person USING (true);
DROP TRIGGER ce_post_flush ON ce_activity;
DROP INDEX ce_activity_waiting;
DROP VIEW ce_eligibility;
CREATE OR REPLACE VIEW ce_attested_hours AS SELECT 0::bigint AS person_id, 0 AS year, 0::numeric AS hours, false AS award;
UPDATE ce_ledger SET set_up_at = now();
INSERT INTO before SELECT pg_temp.fingerprint();
SELECT ce_setup();
SELECT law = pg_temp.fingerprint() AS rows_unchanged FROM before;
SELECT count(*) AS cap_stays_deleted FROM ce_cap;
SELECT attname FROM pg_attribute WHERE attrelid = 'ce_person'::regclass AND attname = 'office';
SELECT to_regclass('my_index') IS NOT NULL AS index_stays,
	EXISTS (SELECT FROM pg_trigger WHERE tgname = 'my_trigger') AS trigger_stays,
	EXISTS (SELECT FROM pg_policy WHERE polname = 'my_policy') AS policy_stays,
	(SELECT relrowsecurity FROM pg_class WHERE oid = 'ce_person'::regclass) AS row_security_stays,
	EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'ce_activity'::regclass AND tgname = 'ce_post_flush') AS trigger_comes_back,
	to_regclass('ce_activity_waiting') IS NOT NULL AS index_comes_back,
	to_regclass('ce_eligibility') IS NOT NULL AS view_comes_back;
SELECT count(*) AS shipped_view_is_back FROM ce_attested_hours HAVING count(*) = 0;
ROLLBACK;

--
-- DROP EXTENSION refuses while there is a ledger
--
BEGIN;
SELECT ce_setup();
SELECT e FROM pg_temp.error_of('DROP EXTENSION ce_hours') e WHERE e NOT LIKE 'DETAIL: %';
ROLLBACK;

-- Every plpgsql function of the extension is clean to plpgsql_check, where that is at hand
BEGIN;
SET client_min_messages = warning;
SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'plpgsql_check') AS at_hand \gset
SELECT plan(2);
\if :at_hand
CREATE EXTENSION plpgsql_check;
-- it looks at functions of plpgsql alone; ce_plpgsql is that with a search path, which here is the ledger's anyway
UPDATE pg_proc SET prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql') WHERE prolang = (SELECT oid FROM pg_language WHERE lanname = 'ce_plpgsql');
CREATE VIEW functions AS
	SELECT p.oid, t.tgrelid FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang AND l.lanname = 'plpgsql'
	  JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
	  JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass AND e.extname = 'ce_hours'
	  LEFT JOIN (SELECT DISTINCT tgfoid, tgrelid FROM pg_trigger) t ON t.tgfoid = p.oid
	 WHERE p.prorettype <> 'trigger'::regtype OR t.tgrelid IS NOT NULL;
SELECT cmp_ok(count(*), '>=', 30::bigint, 'there are functions to look at') FROM functions;
SELECT is_empty($$
	SELECT f.oid::regprocedure, c.lineno, c.level, c.message, c.detail FROM functions f
	 CROSS JOIN LATERAL plpgsql_check_function_tb(f.oid, coalesce(f.tgrelid, 0::oid), fatal_errors => false, performance_warnings => true, security_warnings => true) c
	 -- a privilege, out of ce_duty_privileges()'s constants, is a keyword that cannot be quoted; the ledger's scripts are statements
	 WHERE NOT (c.message = 'text type variable is not sanitized' AND regexp_replace(f.oid::regproc::text, '^.*[.]', '') IN ('ce_grant_privileges', 'ce__revoke_privileges', 'ce__policy', 'ce_secure', 'ce_setup'))
	-- lists of names, each quoted where ce__ledger_relations() takes it from the catalog
	   AND NOT (c.message IN ('text type variable is not sanitized', 'the expression is not SQL injection safe') AND regexp_replace(f.oid::regproc::text, '^.*[.]', '') = 'ce_remove_ledger')
	$$, 'plpgsql_check finds nothing in them');
\else
SELECT skip('plpgsql_check is not at hand', 2);
\endif
SELECT * FROM finish();
ROLLBACK;

-- Writes docs/reference.md out of the catalog's comments, for a ledger:
--
--     psql -XqAt -f docs/reference.sql DATABASE > docs/reference.md
--
-- Functions of the types' own making (input, output, operators' functions) and
-- trigger functions are left out: their types, operators and triggers are listed.
-- So are internal functions, whose names begin with ce__.
\set ON_ERROR_STOP on
\pset format unaligned
\pset tuples_only on
\pset pager off
\pset footer off
SET search_path = pg_catalog;
SET client_min_messages = warning;
SET datestyle = 'ISO, YMD';

SELECT extnamespace::regnamespace AS ns FROM pg_extension WHERE extname = 'ce_hours' \gset
SELECT set_config('search_path', format('%s, pg_catalog', :'ns'), false) \g /dev/null

CREATE TEMP VIEW member AS
SELECT d.classid, d.objid FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass
 WHERE e.extname = 'ce_hours' AND d.deptype = 'e';
-- a cell of a table: one line, with its bars kept apart
CREATE FUNCTION pg_temp.cell(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT replace(replace(coalesce($1, ''), E'\n', ' '), '|', '\|')
$$;

SELECT '# Reference

Made by `docs/reference.sql` from the comments in the catalog; `\d+` and `\df+` show the same. Numbers such as 4.2.1c are clauses of the notice
([law.md](law.md)).

## Types

| type | what |
|---|---|';
SELECT format('| `%s` | %s%s |', t.typname, pg_temp.cell(obj_description(t.oid, 'pg_type')),
	   (SELECT ': ' || string_agg(format('`%s`', enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid))
  FROM pg_type t JOIN member m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
 WHERE t.typelem = 0 OR t.typcategory <> 'A'
 ORDER BY t.typtype, t.typname COLLATE "C";

SELECT '
## Casts

| from | to | where |
|---|---|---|';
SELECT format('| `%s` | `%s` | %s |', format_type(c.castsource, NULL), format_type(c.casttarget, NULL),
	   CASE c.castcontext WHEN 'i' THEN 'anywhere' WHEN 'a' THEN 'in assignment' ELSE 'written out' END)
  FROM pg_cast c JOIN member m ON m.classid = 'pg_cast'::regclass AND m.objid = c.oid
 ORDER BY format_type(c.castsource, NULL) COLLATE "C", format_type(c.casttarget, NULL) COLLATE "C";

SELECT '
## Operators

| operator | result | what |
|---|---|---|';
SELECT format('| `%s` | `%s` | %s |',
	   pg_temp.cell(concat_ws(' ', format_type(nullif(o.oprleft, 0), NULL), o.oprname, format_type(o.oprright, NULL))),
	   format_type(o.oprresult, NULL), pg_temp.cell(obj_description(o.oid, 'pg_operator')))
  FROM pg_operator o JOIN member m ON m.classid = 'pg_operator'::regclass AND m.objid = o.oid
 ORDER BY coalesce(format_type(nullif(o.oprleft, 0), NULL), format_type(o.oprright, NULL)) COLLATE "C", o.oprname COLLATE "C", format_type(o.oprright, NULL) COLLATE "C";

SELECT '
## Functions';
CREATE TEMP VIEW support AS
	SELECT unnest(ARRAY[typinput, typoutput, typreceive, typsend, typmodin, typmodout, typanalyze]::oid[]) AS proc FROM pg_type
	UNION SELECT oprcode FROM pg_operator
	UNION SELECT castfunc FROM pg_cast
	UNION SELECT amproc FROM pg_amproc
	UNION SELECT unnest(ARRAY[aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn, aggmtransfn, aggminvtransfn, aggmfinalfn]::oid[]) FROM pg_aggregate;
SELECT format(E'\n### %s\n\n    %s\n\n%s%s', p.proname,
	   format('%s(%s)%s', p.proname, pg_get_function_arguments(p.oid),
			  CASE WHEN p.prokind = 'f' AND pg_get_function_result(p.oid) <> 'record' OR p.prokind = 'a' OR p.proretset
				   THEN ' -> ' || pg_get_function_result(p.oid) ELSE '' END),
	   obj_description(p.oid, 'pg_proc'),
	   CASE WHEN p.prokind = 'a' THEN ' (aggregate)' WHEN p.provolatile = 'v' THEN ' (writes)' ELSE '' END)
  FROM pg_proc p JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
 WHERE p.oid NOT IN (SELECT proc FROM support WHERE proc IS NOT NULL) AND p.prorettype <> 'trigger'::regtype
   AND p.proname NOT LIKE 'ce\_\_%'
 ORDER BY p.proname COLLATE "C", pg_get_function_identity_arguments(p.oid) COLLATE "C";

SELECT '
## Tables';
SELECT format(E'\n### %s\n\n%s\n\n| column | type | what |\n|---|---|---|\n%s%s', c.relname, obj_description(c.oid, 'pg_class'),
	   (SELECT string_agg(format('| %s | %s%s | %s |', a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ', not null' ELSE '' END,
								 pg_temp.cell(col_description(c.oid, a.attnum))), E'\n' ORDER BY a.attnum)
		  FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
	   (SELECT E'\n\nTriggers:\n\n' || string_agg(format('- `%s` %s', t.tgname, obj_description(t.oid, 'pg_trigger')), E'\n' ORDER BY t.tgname COLLATE "C")
		  FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal))
  FROM pg_class c
 WHERE c.relnamespace = :'ns'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname LIKE 'ce\_%' AND obj_description(c.oid, 'pg_class') IS NOT NULL
 ORDER BY c.relname COLLATE "C";

SELECT '
## Views';
SELECT format(E'\n### %s\n\n%s\n\n| column | type | what |\n|---|---|---|\n%s', c.relname, obj_description(c.oid, 'pg_class'),
	   (SELECT string_agg(format('| %s | %s | %s |', a.attname, format_type(a.atttypid, a.atttypmod), pg_temp.cell(col_description(c.oid, a.attnum))), E'\n' ORDER BY a.attnum)
		  FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0))
  FROM pg_class c
 WHERE c.relnamespace = :'ns'::regnamespace AND c.relkind = 'v' AND c.relname LIKE 'ce\_%' AND obj_description(c.oid, 'pg_class') IS NOT NULL
 ORDER BY c.relname COLLATE "C";

--
-- What the extension puts into the catalogue.  Each query lists exceptions
-- from a rule and must be empty.
--
CREATE VIEW member AS
	SELECT d.classid, d.objid, pg_describe_object(d.classid, d.objid, 0) AS object
	FROM pg_depend d
	JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
	WHERE e.extname = 'ce_hours' AND d.deptype = 'e'
		-- array types: whether they are members depends on the server's version
		AND NOT (d.classid = 'pg_type'::regclass AND d.objid IN (SELECT typarray FROM pg_type));

-- operator classes are complete
SELECT amname, opcname
FROM pg_opclass opc LEFT JOIN pg_am am ON am.oid = opcmethod
WHERE opc.oid >= 16384 AND NOT amvalidate(opc.oid);

-- every object has a comment
SELECT object
FROM member
WHERE obj_description(objid, classid::regclass::name) IS NULL
ORDER BY object COLLATE "C";

-- types have a binary form
SELECT t.oid::regtype
FROM pg_type t JOIN member ON classid = 'pg_type'::regclass AND objid = t.oid
WHERE typreceive = 0 OR typsend = 0
ORDER BY typname;

-- functions that look names up at run time fix their search path
SELECT p.oid::regprocedure, lanname
FROM pg_proc p
JOIN member ON classid = 'pg_proc'::regclass AND objid = p.oid
JOIN pg_language l ON l.oid = prolang
-- (ce_plpgsql does it by itself)
WHERE lanname NOT IN ('c', 'internal', 'ce_plpgsql') AND prosqlbody IS NULL
	AND NOT EXISTS (SELECT FROM unnest(proconfig) c WHERE c LIKE 'search\_path=%')
ORDER BY p.oid::regprocedure::text COLLATE "C";

-- those with their owner's rights do so, whatever their language
SELECT p.oid::regprocedure, proconfig
FROM pg_proc p JOIN member ON classid = 'pg_proc'::regclass AND objid = p.oid
WHERE prosecdef
	AND NOT EXISTS (SELECT FROM unnest(proconfig) c WHERE c LIKE 'search\_path=%pg\_temp')
ORDER BY p.oid::regprocedure::text COLLATE "C";

-- the types' own functions are immutable and parallel safe; strict, too,
-- unless they take the state of an aggregate
SELECT p.oid::regprocedure, provolatile, proparallel, proisstrict
FROM pg_proc p JOIN member ON classid = 'pg_proc'::regclass AND objid = p.oid
WHERE (proname ~ '^ce_(hours|credit|level)(_|$)'
		OR p.oid IN (SELECT oprcode FROM pg_operator)
		OR p.oid IN (SELECT castfunc FROM pg_cast)
		OR p.oid IN (SELECT amproc FROM pg_amproc))
	AND (provolatile <> 'i' OR proparallel <> 's'
		OR NOT (proisstrict OR 'internal'::regtype = ANY (proargtypes)))
ORDER BY p.oid::regprocedure::text COLLATE "C";

-- aggregates can run in parallel, and sums over a moving frame
SELECT a.aggfnoid::regprocedure
FROM pg_aggregate a
JOIN pg_proc p ON p.oid = a.aggfnoid
JOIN member ON classid = 'pg_proc'::regclass AND objid = p.oid
WHERE proparallel <> 's' OR aggcombinefn = 0
	OR (proname = 'sum' AND (aggmtransfn = 0 OR aggminvtransfn = 0))
ORDER BY a.aggfnoid::regprocedure::text COLLATE "C";

-- commutators and negators are complete and point back
SELECT o.oid::regoperator
FROM pg_operator o
JOIN member ON classid = 'pg_operator'::regclass AND objid = o.oid
LEFT JOIN pg_operator c ON c.oid = o.oprcom
LEFT JOIN pg_operator n ON n.oid = o.oprnegate
-- an alias in the extension's schema of the operator = in pg_catalog has no negator
WHERE o.oprcode = 0
	OR c.oprcom <> o.oid OR n.oprnegate <> o.oid
	OR (o.oprresult = 'boolean'::regtype
		AND (c.oid IS NULL OR (n.oid IS NULL AND NOT (o.oprname = '=' AND o.oprnamespace <> 'pg_catalog'::regnamespace)) OR o.oprrest = 0 OR o.oprjoin = 0))
ORDER BY o.oid::regoperator::text COLLATE "C";

DROP VIEW member;

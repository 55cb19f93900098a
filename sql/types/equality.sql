--
-- The schema of the operator =
--
-- IS DISTINCT FROM, NULLIF, CASE x WHEN and JOIN USING have no spelling that
-- names the schema of their operator, and a dump empties the search path: a view
-- or trigger that compares a column in these ways would stop its restore.  Only
-- what is in pg_catalog is found then.  A cast to a type of pg_catalog would not
-- do, since NULLIF would return that type.  In the extension's schema stays an
-- operator of the same function, for definitions that name it there.
--

ALTER OPERATOR = (ce_hours, ce_hours) SET SCHEMA pg_catalog;
ALTER OPERATOR = (ce_credit, ce_credit) SET SCHEMA pg_catalog;
ALTER OPERATOR = (ce_level, ce_level) SET SCHEMA pg_catalog;

CREATE OPERATOR @extschema@.= (
	FUNCTION = ce_hours_eq, LEFTARG = ce_hours, RIGHTARG = ce_hours,
	COMMUTATOR = OPERATOR(@extschema@.=),
	RESTRICT = eqsel, JOIN = eqjoinsel
);
COMMENT ON OPERATOR @extschema@.= (ce_hours, ce_hours) IS 'equal; indexes and hashes know the operator = in pg_catalog, this one is for definitions that name the schema';

CREATE OPERATOR @extschema@.= (
	FUNCTION = ce_credit_eq, LEFTARG = ce_credit, RIGHTARG = ce_credit,
	COMMUTATOR = OPERATOR(@extschema@.=),
	RESTRICT = eqsel, JOIN = eqjoinsel
);
COMMENT ON OPERATOR @extschema@.= (ce_credit, ce_credit) IS 'equal; hashes know the operator = in pg_catalog, this one is for definitions that name the schema';

CREATE OPERATOR @extschema@.= (
	FUNCTION = ce_level_eq, LEFTARG = ce_level, RIGHTARG = ce_level,
	COMMUTATOR = OPERATOR(@extschema@.=),
	RESTRICT = eqsel, JOIN = eqjoinsel
);
COMMENT ON OPERATOR @extschema@.= (ce_level, ce_level) IS 'equal; indexes and hashes know the operator = in pg_catalog, this one is for definitions that name the schema';

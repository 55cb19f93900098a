--
-- The language of our functions that name objects of the ledger
--

CREATE FUNCTION ce__plpgsql_handler() RETURNS language_handler
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce__plpgsql_handler';
COMMENT ON FUNCTION ce__plpgsql_handler() IS 'internal: runs a function of the language ce_plpgsql';

CREATE FUNCTION ce__plpgsql_validator(oid) RETURNS void
	LANGUAGE c STRICT AS 'MODULE_PATHNAME', 'ce__plpgsql_validator';
COMMENT ON FUNCTION ce__plpgsql_validator(oid) IS 'internal: checks a new function of the language ce_plpgsql';

CREATE LANGUAGE ce_plpgsql HANDLER ce__plpgsql_handler VALIDATOR ce__plpgsql_validator;
COMMENT ON LANGUAGE ce_plpgsql IS 'PL/pgSQL with the search path set to the function''s own schema, even after the schema was renamed; for functions of ce_hours';

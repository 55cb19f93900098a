--
-- The language of our functions that name objects of the ledger
--

CREATE FUNCTION ce_plpgsql_handler() RETURNS language_handler
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_plpgsql_handler';
COMMENT ON FUNCTION ce_plpgsql_handler() IS 'runs a function of the language ce_plpgsql';

CREATE FUNCTION ce_plpgsql_validator(oid) RETURNS void
	LANGUAGE c STRICT AS 'MODULE_PATHNAME', 'ce_plpgsql_validator';
COMMENT ON FUNCTION ce_plpgsql_validator(oid) IS 'checks a new function of the language ce_plpgsql';

CREATE LANGUAGE ce_plpgsql HANDLER ce_plpgsql_handler VALIDATOR ce_plpgsql_validator;
COMMENT ON LANGUAGE ce_plpgsql IS 'PL/pgSQL with the search path set to the function''s own schema, even after the schema was renamed; for functions of ce_hours';

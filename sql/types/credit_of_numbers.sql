CREATE FUNCTION ce_credit(category text, hours numeric,
		deems_public boolean DEFAULT false, deems_professional boolean DEFAULT false) RETURNS ce_credit
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_make_of_number';
COMMENT ON FUNCTION ce_credit(text, numeric, boolean, boolean) IS 'credit of one activity: hours of one category, and the subjects that it deems complete';

--
-- Messages of SQL functions and views, from the catalogue of the C code (po/)
--

CREATE OR REPLACE FUNCTION ce_text(message text) RETURNS text
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_text';
COMMENT ON FUNCTION ce_text(text) IS
	'translates a message, label or interpretation of ce_hours into the language of lc_messages; text without a translation is returned unchanged';

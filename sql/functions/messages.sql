--
-- Messages of SQL functions and views, from the catalogue of the C code (po/)
--

CREATE OR REPLACE FUNCTION ce_text(message text) RETURNS text
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_text';
COMMENT ON FUNCTION ce_text(text) IS
	'translates a message, label or interpretation of ce_hours into the language of the setting ce_hours.language, or else of lc_messages; text without a translation is returned unchanged';

CREATE OR REPLACE FUNCTION ce__page_language() RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
	AS $$ SELECT coalesce(nullif(lower(current_setting('ce_hours.language', true)), ''), 'zh') $$;
COMMENT ON FUNCTION ce__page_language() IS 'internal: the language of a page for which none is given: that of the setting ce_hours.language, or else Chinese';

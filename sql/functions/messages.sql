--
-- Messages of SQL functions and views, from the catalogue of the C code (po/)
--

CREATE OR REPLACE FUNCTION ce_text(message text) RETURNS text
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_text';
COMMENT ON FUNCTION ce_text(text) IS
	'translates a message, label or interpretation of ce_hours into the language of the setting ce_hours.language, or else of lc_messages; text without a translation is returned unchanged';

CREATE OR REPLACE FUNCTION ce__text(message text, lang text) RETURNS text
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce__text';
COMMENT ON FUNCTION ce__text(text, text) IS 'internal: ce_text() in a language, zh or en, whatever the language of messages';

CREATE OR REPLACE FUNCTION ce__label(label_zh text, label_en text) RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce__label';
COMMENT ON FUNCTION ce__label(text, text) IS 'internal: the one of a row''s labels that is in the language of messages';

CREATE OR REPLACE FUNCTION ce__clause(clause text, lang text DEFAULT NULL) RETURNS text
	LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce__clause';
COMMENT ON FUNCTION ce__clause(text, text) IS 'internal: a clause as sentences cite it in a language, or null: in that of messages; Chinese ones have it as a whole, 第4.2条';

CREATE OR REPLACE FUNCTION ce__category_label(category text, lang text DEFAULT NULL) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
	PERFORM ce__require_ledger();
	RETURN coalesce((SELECT CASE $2 WHEN 'zh' THEN c.label_zh WHEN 'en' THEN c.label_en ELSE ce__label(c.label_zh, c.label_en) END
					   FROM ce_category c WHERE c.category = $1), $1);
END
$$;
COMMENT ON FUNCTION ce__category_label(text, text) IS 'internal: the label of a category, shipped or the user''s own, in a language, or null: in that of messages';

CREATE OR REPLACE FUNCTION ce__page_language() RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
	AS $$ SELECT coalesce(nullif(lower(current_setting('ce_hours.language', true)), ''), 'zh') $$;
COMMENT ON FUNCTION ce__page_language() IS 'internal: the language of a page for which none is given: that of the setting ce_hours.language, or else Chinese';

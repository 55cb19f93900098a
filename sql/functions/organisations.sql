--
-- Organisations and regions by what people call them
--

CREATE OR REPLACE FUNCTION ce_org_id(code text) RETURNS bigint
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
	found bigint;
BEGIN
	PERFORM ce__require_ledger();
	SELECT o.org_id INTO found FROM ce_org o WHERE o.code = ce_org_id.code;
	IF found IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'no_data_found', MESSAGE = format(ce_text('there is no organisation of the code "%s"'), coalesce(code, 'null')),
			HINT = ce_text('Table ce_org lists the organisations.');
	END IF;
	RETURN found;
END
$$;
COMMENT ON FUNCTION ce_org_id(text) IS
	'the organisation of a code, for whatever takes an organisation: ce_verify(ids, ce_org_id(''hrss-630100'')); an error where there is none';

CREATE OR REPLACE FUNCTION ce_region_name(region_code text, lang text DEFAULT 'zh') RETURNS text
	LANGUAGE ce_plpgsql STABLE STRICT PARALLEL SAFE AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce__require_ledger();
	IF lang NOT IN ('zh', 'en') THEN
		PERFORM ce__page_labels(lang);	-- says which languages there are
	END IF;
	-- An updated ledger has the table after its next ce_setup().
	IF to_regclass('ce_region') IS NULL THEN
		RETURN NULL;
	END IF;
	RETURN (SELECT CASE lang WHEN 'en' THEN coalesce(r.label_en, r.label_zh) ELSE r.label_zh END FROM ce_region r WHERE r.code = $1);
END
$$;
COMMENT ON FUNCTION ce_region_name(text, text) IS
	'name of a region by its code (table ce_region) in zh or en; null: no row has the code';

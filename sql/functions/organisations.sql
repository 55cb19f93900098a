--
-- Organisations and regions by what people call them
--

CREATE OR REPLACE FUNCTION ce_org_id(code text) RETURNS bigint
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
	found bigint;
BEGIN
	PERFORM ce_ledger();
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

-- GB/T 2260 of Qinghai, with the codes that organisations founded before 2020 may still have.
CREATE OR REPLACE FUNCTION ce_region_name(region_code text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
	SELECT r.name
	  FROM (VALUES
		('630000', '青海省'),
		('630100', '西宁市'), ('630102', '城东区'), ('630103', '城中区'), ('630104', '城西区'), ('630105', '城北区'), ('630106', '湟中区'),
		('630121', '大通回族土族自治县'), ('630122', '湟中县'), ('630123', '湟源县'),
		('630200', '海东市'), ('630202', '乐都区'), ('630203', '平安区'), ('630222', '民和回族土族自治县'), ('630223', '互助土族自治县'),
		('630224', '化隆回族自治县'), ('630225', '循化撒拉族自治县'),
		('632200', '海北藏族自治州'), ('632221', '门源回族自治县'), ('632222', '祁连县'), ('632223', '海晏县'), ('632224', '刚察县'),
		('632300', '黄南藏族自治州'), ('632301', '同仁市'), ('632321', '同仁县'), ('632322', '尖扎县'), ('632323', '泽库县'), ('632324', '河南蒙古族自治县'),
		('632500', '海南藏族自治州'), ('632521', '共和县'), ('632522', '同德县'), ('632523', '贵德县'), ('632524', '兴海县'), ('632525', '贵南县'),
		('632600', '果洛藏族自治州'), ('632621', '玛沁县'), ('632622', '班玛县'), ('632623', '甘德县'), ('632624', '达日县'), ('632625', '久治县'), ('632626', '玛多县'),
		('632700', '玉树藏族自治州'), ('632701', '玉树市'), ('632722', '杂多县'), ('632723', '称多县'), ('632724', '治多县'), ('632725', '囊谦县'), ('632726', '曲麻莱县'),
		('632800', '海西蒙古族藏族自治州'), ('632801', '格尔木市'), ('632802', '德令哈市'), ('632803', '茫崖市'), ('632821', '乌兰县'), ('632822', '都兰县'), ('632823', '天峻县')
	  ) AS r (region_code, name)
	 WHERE r.region_code = $1
$$;
COMMENT ON FUNCTION ce_region_name(text) IS
	'name of a region of Qinghai by its code (GB/T 2260), in Chinese; null: not one of them';

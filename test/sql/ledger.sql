--
-- The ledger that the tests after this one share: the law as shipped, one
-- organisation of every kind, a few persons, and the tests' own helpers.
--
--	hrss_province 1 -- hrss_xining 2 -- hrss_datong 3		(region 630000, 630100, 630121)
--	  |                  |                 +-- school 24, clinic 26
--	  |                  +-- bureau 11 -- hospital 23
--	  |                  +-- factory 25
--	  +-- ministry_office 27, kindergarten 28
--	  +-- department 10 -- base_national 20, base_provincial 21, university 22
--	by themselves: academy 4, health_commission 5, health_xining 6, stray 29
--
SET datestyle = 'ISO, YMD';
SELECT ce_setup();

INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code, base_level, self_verifies) VALUES
	(1, 'hrss_province', 'HRSS office of the province', 'hrss', 'provincial', NULL, '630000', NULL, false),
	(2, 'hrss_xining', 'HRSS office of a prefecture', 'hrss', 'prefecture', 1, '630100', NULL, false),
	(3, 'hrss_datong', 'HRSS office of a county', 'hrss', 'county', 2, '630121', NULL, false),
	(4, 'academy', 'academy', 'academy', 'provincial', NULL, '630000', NULL, false),
	(5, 'health_commission', 'provincial health commission', 'health_commission', 'provincial', NULL, '630000', NULL, false),
	(6, 'health_xining', 'health commission of a prefecture', 'health_commission', 'prefecture', NULL, '630100', NULL, false),
	(10, 'department', 'provincial department', 'authority', 'provincial', 1, '630000', NULL, false),
	(11, 'bureau', 'bureau of a prefecture', 'authority', 'prefecture', 2, '630100', NULL, false),
	(20, 'base_national', 'national base', 'base', 'provincial', 10, '630000', 'national', false),
	(21, 'base_provincial', 'provincial base', 'base', 'provincial', 10, '630000', 'provincial', false),
	(22, 'university', 'university, a national base too', 'public_institution', 'provincial', 10, '630000', 'national', true),
	(23, 'hospital', 'hospital', 'public_institution', 'prefecture', 11, '630100', NULL, false),
	(24, 'school', 'school', 'public_institution', 'county', 3, '630121', NULL, false),
	(25, 'factory', 'factory', 'enterprise', 'prefecture', 2, '630100', NULL, false),
	(26, 'clinic', 'private clinic', 'private_institution', 'county', 3, '630121', NULL, false),
	(27, 'ministry_office', 'central unit', 'central_unit', 'national', 1, '630100', NULL, false),
	(28, 'kindergarten', 'military kindergarten', 'military_kindergarten', 'prefecture', 1, '630100', NULL, false),
	(29, 'stray', 'enterprise under nobody', 'enterprise', 'county', NULL, '630121', NULL, false);
SELECT DISTINCT unnest(regexp_matches(pg_get_constraintdef(oid), '''([a-z_]+)''', 'g')) AS kind_without_organisation
FROM pg_constraint WHERE conrelid = 'ce_org'::regclass AND conname = 'ce_org_kind_is_known'
EXCEPT SELECT kind FROM ce_org;

INSERT INTO ce_person (person_id, person_no, org_id) VALUES
	(22, 'P22', 22), (23, 'P23', 23), (24, 'P24', 24), (25, 'P25', 25), (29, 'P29', 29);
INSERT INTO ce_person (person_id, person_no, org_id, scheme) VALUES (30, 'P30', 25, 'accounting');

CREATE SCHEMA test;

-- every row of the ledger in one number
CREATE FUNCTION test.fingerprint() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	ledger_table regclass;
	rows text;
	result text := '';
BEGIN
	FOR ledger_table IN
		SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname LIKE 'ce\_%'
		ORDER BY relname COLLATE "C"
	LOOP
		EXECUTE format('SELECT string_agg(t::text, chr(10) ORDER BY t::text COLLATE "C") FROM %s t', ledger_table) INTO rows;
		result := md5(result || ledger_table || coalesce(rows, ''));
	END LOOP;
	RETURN result;
END $$;

-- a statement that must fail: SQLSTATE, message, detail and hint, and that
-- it left no trace; today's date and failing rows, which show it, are masked
CREATE FUNCTION test.refused(statement text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	before text := test.fingerprint();
	message text;
	detail text;
	hint text;
BEGIN
	BEGIN
		EXECUTE statement;
		RETURN NEXT 'NOT REFUSED';
	EXCEPTION WHEN OTHERS THEN
		GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
		RETURN QUERY
			SELECT replace(replace(regexp_replace(line, '(Failing row) contains.*', '\1'), ce_today()::text, '<today>'), (ce_today() + 1)::text, '<tomorrow>')
			FROM (VALUES (SQLSTATE || ' ' || message), ('DETAIL: ' || nullif(detail, '')), ('HINT: ' || nullif(hint, ''))) l (line)
			WHERE line IS NOT NULL;
	END;
	IF test.fingerprint() <> before THEN
		RETURN NEXT 'DATA CHANGED';
	END IF;
END $$;

-- how a way that worked ended
CREATE FUNCTION test.activity(id bigint) RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(' ', status, 'reviewed by ' || reviewed_by, 'verified by ' || verified_by, 'on ' || verified_on,
		'revoked by ' || revoked_by, 'on ' || revoked_on)
	FROM ce_activity WHERE activity_id = id
$$;

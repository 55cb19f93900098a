--
-- The COMMENTs of the ledger's tables, views and columns, in either language
--
-- The English ones are those of the ledger's scripts, their translations are in
-- the catalogue (po/).
--

CREATE OR REPLACE FUNCTION ce__ledger_comments() RETURNS TABLE (object text, comment text)
	LANGUAGE ce_plpgsql STABLE AS $$
BEGIN
	RETURN QUERY
	SELECT m.parts[1], replace(m.parts[2], '''''', '''')
	  FROM ce__ledger_scripts() f
	 CROSS JOIN LATERAL ce__statements(f.script) WITH ORDINALITY AS s (line, statement, number)
	 CROSS JOIN LATERAL regexp_match(s.statement, '(?:^|\n)COMMENT ON (?:TABLE|VIEW|COLUMN) ([a-z0-9_.]+) IS ''(.*)''$') AS m (parts)
	 WHERE f.lacking IS NULL AND m.parts IS NOT NULL
	 ORDER BY f.place, s.number;
END
$$;
COMMENT ON FUNCTION ce__ledger_comments() IS 'internal: the English COMMENTs of tables, views and columns, as ce_setup() sets them';

CREATE OR REPLACE FUNCTION ce_comments(lang text) RETURNS integer
	LANGUAGE ce_plpgsql VOLATILE AS $$
DECLARE
	owner name;
	c record;
	n integer := 0;
BEGIN
	PERFORM ce__require_ledger();
	IF lang IS NULL OR lang NOT IN ('zh', 'en') THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format(ce_text('language "%s" is not supported'), lang),
			HINT = ce_text('The languages are zh (Chinese) and en (English).');
	END IF;
	SELECT pg_get_userbyid(l.relowner) INTO owner FROM pg_class l WHERE l.oid = 'ce_ledger'::regclass;
	IF NOT pg_has_role(current_user, owner, 'USAGE') THEN
		RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = ce_text('must be owner of the ledger to set its comments'),
			DETAIL = format(ce_text('Role "%s" owns the ledger.'), owner), HINT = format(ce_text('Call it as role "%s".'), owner);
	END IF;
	-- One at a time, and not beside ce_setup().
	LOCK TABLE ce_ledger IN SHARE ROW EXCLUSIVE MODE;
	FOR c IN
		SELECT r.relation, a.attname, l.relkind, ce__text(k.comment, $1) AS comment
		  FROM ce__ledger_comments() k
		 CROSS JOIN LATERAL (SELECT to_regclass(split_part(k.object, '.', 1)) AS relation, nullif(split_part(k.object, '.', 2), '') AS attname) r
		  JOIN pg_class l ON l.oid = r.relation
		  LEFT JOIN pg_attribute a ON a.attrelid = r.relation AND a.attname = r.attname AND NOT a.attisdropped
		 -- a ledger that ce_setup() has not brought up to date may lack it
		 WHERE a.attname IS NOT NULL OR r.attname IS NULL
	LOOP
		IF c.attname IS NOT NULL THEN
			EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', c.relation, c.attname, c.comment);
		ELSIF c.relkind = 'v' THEN
			EXECUTE format('COMMENT ON VIEW %s IS %L', c.relation, c.comment);
		ELSE
			EXECUTE format('COMMENT ON TABLE %s IS %L', c.relation, c.comment);
		END IF;
		n := n + 1;
	END LOOP;
	RETURN n;
END
$$;
COMMENT ON FUNCTION ce_comments(text) IS
	'sets the COMMENTs of the ledger''s tables, views and columns in a language, zh or en, for its owner; returns their number. ce_setup() sets the English ones again';

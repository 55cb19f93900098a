--
-- Reasons: the conditions of a verdict, and a receipt of it
--
-- A receipt is kept and hashed, so it does not depend on the session's settings,
-- also where a law table has columns of the user's own.
--

CREATE OR REPLACE FUNCTION ce_explain(person_id bigint, level ce_level, route ce_route DEFAULT 'review',
						   as_of date DEFAULT ce_today(), specialty text DEFAULT NULL, scheme text DEFAULT NULL)
	RETURNS TABLE (ord integer, clause text, year integer, condition text, required numeric, got numeric, short numeric,
				   ok boolean, message text, cure text, instrument text)
	LANGUAGE c STABLE PARALLEL SAFE ROWS 12 AS 'MODULE_PATHNAME', 'ce_explain';
COMMENT ON FUNCTION ce_explain(bigint, ce_level, ce_route, date, text, text) IS
	'the conditions of the verdict, one by one: clause, class hours required, present and missing, the remedy if the condition is not met, and the instrument of the clause; the person is eligible if all are ok';

CREATE OR REPLACE FUNCTION ce_explain_by_no(person_no text, level ce_level, route ce_route DEFAULT 'review',
						   as_of date DEFAULT ce_today(), specialty text DEFAULT NULL, scheme text DEFAULT NULL)
	RETURNS TABLE (ord integer, clause text, year integer, condition text, required numeric, got numeric, short numeric,
				   ok boolean, message text, cure text, instrument text)
	LANGUAGE c STABLE PARALLEL SAFE ROWS 12 AS 'MODULE_PATHNAME', 'ce_explain_by_no';
COMMENT ON FUNCTION ce_explain_by_no(text, ce_level, ce_route, date, text, text) IS 'ce_explain() by person_no';

CREATE OR REPLACE FUNCTION ce_grounds(person_id bigint, level ce_level, route ce_route DEFAULT 'review',
						   as_of date DEFAULT ce_today(), specialty text DEFAULT NULL, scheme text DEFAULT NULL) RETURNS jsonb
	LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_grounds';
COMMENT ON FUNCTION ce_grounds(bigint, ce_level, ce_route, date, text, text) IS
	'the verdict and its inputs: the person''s facts, each year''s credit and attested hours; ce_receipt() adds the law rows';

CREATE OR REPLACE FUNCTION ce_receipt(person_id bigint, level ce_level, route ce_route DEFAULT 'review',
						   as_of date DEFAULT ce_today(), specialty text DEFAULT NULL, scheme text DEFAULT NULL) RETURNS jsonb
	LANGUAGE ce_plpgsql STABLE
	SET DateStyle = 'ISO, YMD' SET IntervalStyle = 'postgres' SET TimeZone = 'UTC' SET extra_float_digits = 1 SET bytea_output = 'hex'
	SET lc_monetary = 'C' SET xmlbinary = 'base64' SET quote_all_identifiers = off AS $$
#variable_conflict use_column
DECLARE
	grounds jsonb := ce_grounds($1, $2, $3, $4, $5, $6);
	in_scheme text := grounds ->> 'scheme';
	law jsonb;
	inputs jsonb;
	y integer;
	in_year text;
BEGIN
	IF grounds IS NULL THEN
		RETURN NULL;
	END IF;
	SELECT coalesce(jsonb_object_agg('ce_scheme ' || s.scheme, to_jsonb(s)), '{}') INTO law
	  FROM ce__bases(in_scheme) b JOIN ce_scheme s ON s.scheme = b.of_scheme;
	SELECT law || coalesce(jsonb_object_agg('ce_window ' || w.window_id, to_jsonb(w)), '{}') INTO law
	  FROM ce_window w WHERE w.window_id = (grounds ->> 'window_id')::integer;
	FOR y, in_year IN SELECT k.key::integer, coalesce(k.value ->> 'scheme', in_scheme) FROM jsonb_each(coalesce(grounds -> 'years', '{}')) k LOOP
		IF in_year <> in_scheme THEN
			SELECT law || coalesce(jsonb_object_agg('ce_scheme ' || s.scheme, to_jsonb(s)), '{}') INTO law
			  FROM ce__bases(in_year) b JOIN ce_scheme s ON s.scheme = b.of_scheme;
		END IF;
		SELECT law || coalesce(jsonb_object_agg(format('ce_requirement %s %s', r.scheme, r.from_year), to_jsonb(r)), '{}') INTO law
		  FROM ce__requirement(in_year, y) k JOIN ce_requirement r ON r.scheme = k.of_scheme AND r.from_year = k.from_year;
		SELECT law || coalesce(jsonb_object_agg(format('ce_minimum %s %s %s', m.scheme, m.category, m.from_year), to_jsonb(m)), '{}') INTO law
		  FROM ce__minimum_rows(in_year, y) k JOIN ce_minimum m ON m.scheme = k.of_scheme AND m.category = k.category AND m.from_year = k.from_year;
		SELECT law || coalesce(jsonb_object_agg(format('ce_cap %s %s %s', c.scheme, c.category, c.from_year), to_jsonb(c)), '{}') INTO law
		  FROM ce__caps(in_year, y) k JOIN ce_cap c ON c.scheme = k.of_scheme AND c.category = k.category AND c.from_year = k.from_year;
	END LOOP;
	-- The rows of 5.2.5 in force on the day, of the kinds that were attested then.
	IF grounds ? 'window_id' THEN
		SELECT law || coalesce(jsonb_object_agg('ce_rule ' || r.rule_id, to_jsonb(r)), '{}') INTO law
		  FROM ce__rules(in_scheme, extract(year FROM $4)::integer) k JOIN ce_rule r ON r.rule_id = k.rule_id
		 WHERE r.kind IN (SELECT v.kind FROM ce_achievement v WHERE v.person_id = $1 AND v.attested_on <= $4);
	END IF;
	inputs := grounds - 'verdict';
	RETURN jsonb_build_object(
		'question', jsonb_build_object('person_id', $1, 'level', $2::text, 'route', $3::text, 'as_of', $4, 'specialty', $5, 'scheme', $6),
		'verdict', grounds -> 'verdict', 'inputs', inputs, 'law', law,
		'hash', jsonb_build_object('inputs', encode(sha256(convert_to(inputs::text, 'UTF8')), 'hex'),
								   'law', encode(sha256(convert_to(law::text, 'UTF8')), 'hex')));
END
$$;
COMMENT ON FUNCTION ce_receipt(bigint, ce_level, ce_route, date, text, text) IS
	'a receipt of the verdict: the question, the inputs and the law rows used, and a hash of both; ce_receipt_check() compares them later';

CREATE OR REPLACE FUNCTION ce_receipt_check(receipt jsonb) RETURNS TABLE (part text, recorded jsonb, now jsonb)
	LANGUAGE ce_plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
	q jsonb := receipt -> 'question';
	fresh jsonb;
BEGIN
	PERFORM ce__require_ledger();
	IF q ->> 'person_id' IS NULL OR q ->> 'level' IS NULL OR q ->> 'route' IS NULL OR q ->> 'as_of' IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = ce_text('this is not a receipt'),
			DETAIL = ce_text('It has no complete "question".'), HINT = ce_text('Give what ce_receipt() returned.');
	END IF;
	fresh := ce_receipt((q ->> 'person_id')::bigint, (q ->> 'level')::ce_level, (q ->> 'route')::ce_route,
						(q ->> 'as_of')::date, q ->> 'specialty', q ->> 'scheme');
	RETURN QUERY
	SELECT 'verdict'::text, receipt -> 'verdict', fresh -> 'verdict'
	 WHERE receipt -> 'verdict' IS DISTINCT FROM fresh -> 'verdict'
	UNION ALL
	-- A column that was added to a law table since says nothing about the row then.
	SELECT a.part || ' ' || d.key, d.recorded, d.now
	  FROM (VALUES ('law', receipt -> 'law', fresh -> 'law'),
				   ('year', receipt #> '{inputs,years}', fresh #> '{inputs,years}'),
				   ('input', (receipt -> 'inputs') - 'years', (fresh -> 'inputs') - 'years')) AS a (part, recorded, now)
	 CROSS JOIN LATERAL (
			SELECT coalesce(o.key, n.key) AS key, o.value AS recorded, n.value AS now
			  FROM jsonb_each(coalesce(a.recorded, '{}')) o
			  FULL JOIN jsonb_each(coalesce(a.now, '{}')) n ON n.key = o.key) d
	 WHERE d.recorded IS DISTINCT FROM d.now
	   AND CASE WHEN a.part = 'law' AND jsonb_typeof(d.recorded) = 'object' AND jsonb_typeof(d.now) = 'object'
				THEN d.recorded IS DISTINCT FROM (SELECT jsonb_object_agg(n.key, n.value) FROM jsonb_each(d.now) n WHERE d.recorded ? n.key)
				ELSE true END;
END
$$;
COMMENT ON FUNCTION ce_receipt_check(jsonb) IS
	'answers the question of a receipt again: one row for the verdict, each input and each law row that has changed, none if nothing has';

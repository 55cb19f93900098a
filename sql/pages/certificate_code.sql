--
-- The code of a certificate, by which a stranger checks it
--

CREATE OR REPLACE FUNCTION ce__certificate_facts(person_id bigint, year integer, as_of date) RETURNS jsonb
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	facts jsonb;
	in_archive boolean := EXISTS (SELECT FROM ce_rule r WHERE r.in_archive);
BEGIN
	PERFORM ce__require_ledger();
	SELECT jsonb_build_object('scheme', s.scheme, 'governed', s.governed, 'credit', w.credit::text, 'instrument', r.instrument, 'clause', r.clause)
		   || (SELECT jsonb_object_agg(e.key, CASE WHEN jsonb_typeof(e.value) = 'boolean' THEN e.value ELSE to_jsonb(trim_scale((e.value #>> '{}')::numeric)) END)
				 FROM jsonb_each(to_jsonb(a)) e)
		   || jsonb_build_object('minima', (
				SELECT coalesce(jsonb_agg(to_jsonb(m) ORDER BY m.ord), '[]')
				  FROM ce__minima(p.moved, p.person_id, p.org_id, p.scheme, p.held_since, $2, c.credit, true, $3) m
				 WHERE m.category NOT IN ('total', 'public', 'professional')),
			'met_by_waiver', ce__totals_flag(ce__totals(p.moved, p.person_id, p.org_id, p.scheme, p.held_since, $2, c.credit, true, $3), 'met_by_waiver'),
			'sums_years', ce__sums_years(s.scheme, $2)
						  AND ce__sums_years(ce__scheme_on(p.moved, p.person_id, p.scheme, $3), extract(year FROM $3)::integer))
	  INTO facts
	  FROM ce_person p
	  JOIN ce_scheme s ON s.scheme = ce__scheme_in_year(p.moved, p.person_id, p.scheme, $2, $3)
	 CROSS JOIN LATERAL (SELECT ce_account_as_of(p.person_id, $2, $3) AS credit) c
	-- with what a law puts into the archive
	 CROSS JOIN LATERAL (SELECT c.credit + coalesce(sum(h.credit), '{}') AS credit FROM ce__archived(p.person_id, $3) h WHERE in_archive AND h.year = $2) w
	 CROSS JOIN LATERAL ce_assess(s.scheme, $2, w.credit, '0', false) a
	  LEFT JOIN LATERAL ce__requirement(s.scheme, $2) r ON true
	 WHERE p.person_id = $1;
	-- Else the plan decides whether a privilege on what follows is asked: a custom one knows that the answer is null.
	IF facts IS NULL THEN
		RETURN NULL;
	END IF;
	-- Which minima waivers take something off, and the hours of subjects that have none.
	facts := facts || (
		WITH w AS MATERIALIZED (
			SELECT v.subject::text AS subject, v.hours
			  FROM ce_waiver v
			 WHERE v.person_id = $1 AND v.year = $2 AND v.defers_to IS NULL AND v.granted_on <= $3 AND coalesce(v.revoked_on > $3, true))
		SELECT jsonb_build_object(
			'waived', (SELECT coalesce(jsonb_agg(c.category), '[]')
						 FROM (SELECT m ->> 'category' AS category FROM jsonb_array_elements(facts -> 'minima') m
							   UNION ALL VALUES ('total'), ('public'), ('professional')) c
						WHERE EXISTS (SELECT FROM w WHERE ce__waives(w.subject, w.hours, c.category))),
			'other_hours', (facts ->> 'total_hours')::numeric - (facts ->> 'public_hours')::numeric - (facts ->> 'professional_hours')::numeric
						   - (SELECT coalesce(sum((m ->> 'got')::numeric), 0) FROM jsonb_array_elements(facts -> 'minima') m
							   WHERE m ->> 'category' IN (SELECT k.category FROM ce_category k WHERE k.parent IS NULL))));
	RETURN facts || jsonb_build_object('items', (
		SELECT coalesce(string_agg(format('%s=%s', v.activity_id, v.awarded), ' ' ORDER BY v.activity_id), '')
		  FROM ce_activity v
		 WHERE v.person_id = $1 AND v.year = $2 AND v.verified_on <= $3 AND coalesce(v.revoked_on > $3, true))
		|| (SELECT coalesce(string_agg(format(' a%s=%s', h.achievement_id, h.hours), '' ORDER BY h.achievement_id), '')
			  FROM ce__archived($1, $3) h WHERE in_archive AND h.year = $2));
END
$$;
COMMENT ON FUNCTION ce__certificate_facts(bigint, integer, date) IS
	'internal: what a certificate states of a year as it was verified on a day: the credit, the items, what ce_assess() makes of them; null: no such person';

-- The alphabet has no I, L, O and U.  A code is the person (5, 9 or 13 signs),
-- the year (3), the day of issue (4), a sum of the hours (7), one of what the law
-- made of them (3), and two check signs: the number that the rest is, modulo 1021.
CREATE OR REPLACE FUNCTION ce__certificate_signs(value bigint, signs integer) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN (SELECT string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (value >> (5 * i) & 31)::integer + 1, 1), '' ORDER BY i DESC)
			  FROM generate_series(0, signs - 1) i);
COMMENT ON FUNCTION ce__certificate_signs(bigint, integer) IS 'internal: a number as the given number of signs of a code, base 32';

CREATE OR REPLACE FUNCTION ce__certificate_value(signs text) RETURNS bigint
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN (SELECT bit_or((strpos('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(signs, i, 1)) - 1)::bigint << (5 * (length(signs) - i)))
			  FROM generate_series(1, length(signs)) i);
COMMENT ON FUNCTION ce__certificate_value(text) IS 'internal: the number that signs of a code stand for';

CREATE OR REPLACE FUNCTION ce__certificate_checksum(signs text) RETURNS text
	LANGUAGE ce_plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	rest bigint := bigint '0';
BEGIN
	FOR i IN 1 .. length(signs) LOOP
		rest := (rest * 32 + ce__certificate_value(substr(signs, i, 1))) % 1021;
	END LOOP;
	RETURN ce__certificate_signs(rest, 2);
END
$$;
COMMENT ON FUNCTION ce__certificate_checksum(text) IS 'internal: the two check signs of a code: any one wrong sign and any two neighbours exchanged are found';

-- Only what is listed here goes into the sums, so that facts of a later version leave old codes as they are.
CREATE OR REPLACE FUNCTION ce__certificate_sum(facts jsonb, person_id bigint, year integer, issued_on date, law boolean) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN (SELECT string_agg(ce__certificate_signs((get_byte(h.sum, i) & 31)::bigint, 1), '' ORDER BY i)
			  FROM (SELECT sha256(convert_to(concat_ws('|', 'ce_certificate', person_id, year, issued_on - date '2000-01-01',
							CASE WHEN law THEN concat_ws('|', 'law', coalesce(facts ->> 'scheme', '-'),
								coalesce(facts ->> 'public_hours', '-'), coalesce(facts ->> 'professional_hours', '-'),
								coalesce(facts ->> 'required_public', '-'), coalesce(facts ->> 'required_professional', '-'),
								coalesce(facts ->> 'required_total', '-'), coalesce(facts ->> 'met', '-'))
							ELSE concat_ws('|', 'hours', facts ->> 'credit', facts ->> 'items') END), 'UTF8')) AS sum) h,
				   generate_series(0, CASE WHEN law THEN 2 ELSE 6 END) i);
COMMENT ON FUNCTION ce__certificate_sum(jsonb, bigint, integer, date, boolean) IS
	'internal: signs of a code that stand for facts: 7 for the hours and their items or, law being true, 3 for what the year''s law made of them';

CREATE OR REPLACE FUNCTION ce__certificate_code(facts jsonb, person_id bigint, year integer, issued_on date) RETURNS text
	LANGUAGE ce_plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
	signs text := ce__certificate_signs(person_id, CASE WHEN person_id >> 25 = 0 THEN 5 WHEN person_id >> 45 = 0 THEN 9 ELSE 13 END)
		|| ce__certificate_signs(year, 3) || ce__certificate_signs(issued_on - date '2000-01-01', 4)
		|| ce__certificate_sum(facts, person_id, year, issued_on, false) || ce__certificate_sum(facts, person_id, year, issued_on, true);
BEGIN
	RETURN rtrim(regexp_replace(signs || ce__certificate_checksum(signs), '(.{4})', '\1-', 'g'), '-');
END
$$;
COMMENT ON FUNCTION ce__certificate_code(jsonb, bigint, integer, date) IS 'internal: the code of a certificate: person, year, day of issue, sums of the facts, check signs; in groups of 4';

CREATE OR REPLACE FUNCTION ce_certificate_check(code text, lang text DEFAULT ce__page_language(),
	OUT valid boolean, OUT person_no text, OUT year integer, OUT issued_on date,
	OUT public_hours numeric, OUT professional_hours numeric, OUT total_hours numeric, OUT met boolean, OUT message text)
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
	-- As people type it: any case and spacing, O for 0, I and L for 1, full-width signs of a Chinese keyboard.
	signs text := translate(upper(CASE WHEN getdatabaseencoding() = 'UTF8' THEN normalize(coalesce(code, ''), NFKC) ELSE coalesce(code, '') END), 'OIL', '011');
	sum_law text;
	id bigint;
	facts jsonb;
	stated jsonb;
	day date;
	gone text;
	taken text;
	counts record;
BEGIN
	PERFORM ce__require_ledger();
	t := ce__page_labels(lang);
	valid := false;
	signs := regexp_replace(signs, '[^0-9A-Z]', '', 'g');
	IF length(signs) NOT IN (24, 28, 32) OR signs ~ '[^0-9A-HJKMNP-TV-Z]' THEN
		message := t ->> 'check.malformed';
		RETURN;
	END IF;
	IF ce__certificate_checksum(left(signs, -2)) <> right(signs, 2) THEN
		message := t ->> 'check.mistyped';
		RETURN;
	END IF;
	id := ce__certificate_value(left(signs, -19));
	year := ce__certificate_value(left(right(signs, 19), 3))::integer;
	issued_on := date '2000-01-01' + ce__certificate_value(left(right(signs, 16), 4))::integer;
	sum_law := left(right(signs, 5), 3);
	IF issued_on > ce_today() THEN
		message := format(t ->> 'check.future', ce__page_date(issued_on, lang));
		RETURN;
	END IF;
	IF year > extract(year FROM issued_on) THEN
		message := format(t ->> 'check.early', year);
		RETURN;
	END IF;

	PERFORM ce__require_reading('ce_person', 'person_no', 'read'), ce__require_reading('ce_activity', 'title', 'read'),
		ce__require_reading(to_regclass('ce_waiver'), 'decision', 'read'), ce__require_reading('ce_allocation', NULL, 'read');
	-- What was verified or revoked later on the day of issue is not on the page: so that day and the one before.
	FOR day IN SELECT issued_on - d FROM generate_series(0, 1) d ORDER BY d LOOP
		facts := ce__certificate_facts(id, year, day);
		IF ce__certificate_sum(facts, id, year, issued_on, false) = left(right(signs, 12), 7) THEN
			stated := facts;
			EXIT;
		END IF;
	END LOOP;
	IF stated IS NULL THEN
		-- Anybody can make a code with check signs that fit: whether there is such a person, and what of them, is not for the asker.
		message := t ->> 'check.other';
		RETURN;
	END IF;
	SELECT p.person_no INTO person_no FROM ce_person p WHERE p.person_id = id;
	IF ce__certificate_sum(stated, id, year, issued_on, true) <> sum_law THEN
		message := t ->> 'check.law';
		RETURN;
	END IF;
	public_hours := (stated ->> 'public_hours')::numeric;
	professional_hours := (stated ->> 'professional_hours')::numeric;
	total_hours := (stated ->> 'total_hours')::numeric;
	-- of a year that nothing asks by itself, the paper does not say that it is not met
	met := CASE WHEN (stated ->> 'met')::boolean OR NOT (stated ->> 'sums_years')::boolean THEN (stated ->> 'met')::boolean END;

	-- What counted then and no longer does.
	SELECT string_agg(format(t ->> 'check.item', coalesce(v.title, v.label), ce__page_number(v.hours), to_char(v.revoked_on, 'YYYY-MM-DD')), t ->> 'and' ORDER BY v.n) FILTER (WHERE v.n <= 3)
		   || CASE WHEN count(*) > 3 THEN (t ->> 'and') || format(t ->> 'check.more', count(*)) ELSE '' END
	  INTO gone
	  FROM (SELECT a.title, CASE lang WHEN 'zh' THEN k.label_zh ELSE k.label_en END AS label, a.awarded::numeric AS hours, a.revoked_on,
				   row_number() OVER (ORDER BY a.completed_on, a.activity_id) AS n
			  FROM ce_activity a JOIN ce_kind k ON k.kind = a.kind
			 WHERE a.person_id = id AND a.year = ce_certificate_check.year AND a.verified_on <= day AND a.revoked_on > day) v;
	IF gone IS NOT NULL THEN
		message := format(t ->> 'check.revoked', gone);
		RETURN;
	END IF;
	SELECT string_agg(format(t ->> 'check.allocation', t ->> l.subject::text, ce__page_number(l.hours::numeric), to_char(l.reversed_on, 'YYYY-MM-DD')), t ->> 'and' ORDER BY l.allocation_id)
	  INTO taken
	  FROM ce_allocation l WHERE l.person_id = id AND l.to_year = ce_certificate_check.year AND l.allocated_on <= day AND l.reversed_on > day;
	IF taken IS NOT NULL THEN
		message := format(t ->> 'check.reversed', taken);
		RETURN;
	END IF;

	SELECT string_agg(format(t ->> 'check.waiver_of', w.decision, to_char(w.revoked_on, 'YYYY-MM-DD')), t ->> 'and' ORDER BY w.waiver_id)
	  INTO taken
	  FROM ce_waiver w WHERE w.person_id = id AND w.year = ce_certificate_check.year AND w.defers_to IS NULL AND w.granted_on <= day AND w.revoked_on > day;
	IF taken IS NOT NULL THEN
		message := format(t ->> 'check.waiver', taken);
		RETURN;
	END IF;

	valid := true;
	SELECT count(*) AS items, coalesce(sum(a.awarded), '0')::numeric AS hours,
		   EXISTS (SELECT FROM ce_allocation l
					WHERE l.person_id = id AND ce_certificate_check.year IN (l.from_year, l.to_year) AND (l.allocated_on > day OR l.reversed_on > day)) AS allocated
	  INTO counts
	  FROM ce_activity a
	 WHERE a.person_id = id AND a.year = ce_certificate_check.year AND a.status = 'verified' AND a.verified_on > day;
	message := concat_ws(CASE lang WHEN 'en' THEN ' ' ELSE '' END, t ->> 'check.ok',
						 CASE WHEN counts.items > 0 THEN format(t ->> 'check.added', counts.items, ce__page_number(counts.hours)) END,
						 CASE WHEN counts.allocated THEN t ->> 'check.allocated' END);
END
$$;
COMMENT ON FUNCTION ce_certificate_check(text, text) IS
	'whether the ledger holds what a certificate with this code states: valid, whom, year and day of issue, the hours and the verdict that the page must show, and in words what is wrong or has changed since; one row';

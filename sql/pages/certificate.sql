--
-- The certificate of a person's year, and the learning archive (7.3)
--

CREATE OR REPLACE FUNCTION ce_qr_svg(content text) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_qr_svg';
COMMENT ON FUNCTION ce_qr_svg(text) IS 'a text of 1 to 2331 bytes as a QR code: one inline SVG element, error correction level M, with its border';

CREATE OR REPLACE FUNCTION ce__page_code(code text, lang text, explained boolean) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
	t jsonb := ce__page_labels(lang);
	address text := nullif(current_setting('ce_hours.check_address', true), '');
BEGIN
	RETURN format(E'<div class="scan">%s<div><p>%s&ensp;<span class="code">%s</span></p>%s</div></div>\n',
				  CASE WHEN address IS NOT NULL THEN ce_qr_svg(address || code) END, ce__html(t ->> 'code'), code,
				  CASE WHEN explained THEN format('<p class="soft">%s</p>', ce__page_code_text(lang)) END);
END
$$;
COMMENT ON FUNCTION ce__page_code(text, text, boolean) IS
	'internal: the code of a certificate on a page, with a QR code of the address where it is checked (setting ce_hours.check_address) and, if explained, a sentence that says where to ask';

CREATE OR REPLACE FUNCTION ce__page_code_text(lang text) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
	t jsonb := ce__page_labels(lang);
	-- Up to the name of the field that takes the code.
	address text := nullif(regexp_replace(current_setting('ce_hours.check_address', true), '[?#].*$', ''), '');
BEGIN
	RETURN CASE WHEN address IS NULL THEN ce__html(t ->> 'code_text') ELSE ce__html(format(t ->> 'code_address', address)) END;
END
$$;
COMMENT ON FUNCTION ce__page_code_text(text) IS 'internal: where a code is checked, as HTML: at the address of the setting ce_hours.check_address, or with the office';

CREATE OR REPLACE FUNCTION ce__page_minimum_label(minimum jsonb, t jsonb) RETURNS text
	LANGUAGE ce_plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
	RETURN minimum ->> CASE t ->> 'html_lang' WHEN 'zh-CN' THEN 'label_zh' ELSE 'label_en' END;
END
$$;
COMMENT ON FUNCTION ce__page_minimum_label(jsonb, jsonb) IS 'internal: the label of a row of ce__minima() in the language of a page';

CREATE OR REPLACE FUNCTION ce__page_missing(facts jsonb, t jsonb) RETURNS text
	LANGUAGE ce_plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
	RETURN (SELECT string_agg(format(t ->> CASE WHEN (facts ->> 'sums_years')::boolean THEN 'below_of' ELSE 'short_of' END, s.label, ce__page_number(s.short)), t ->> 'list' ORDER BY s.ord)
			  FROM (SELECT ord, lower(t ->> subject) AS label, (facts ->> (subject || '_short'))::numeric AS short
					  FROM (VALUES (1, 'public'), (2, 'professional'), (1000, 'total')) AS u (ord, subject)
					UNION ALL
					SELECT 2 + (m ->> 'ord')::integer, ce__page_minimum_label(m, t), (m ->> 'short')::numeric
					  FROM jsonb_array_elements(facts -> 'minima') m) s
			 WHERE s.short > 0);
END
$$;
COMMENT ON FUNCTION ce__page_missing(jsonb, jsonb) IS 'internal: what is missing of each minimum of a year, in words; null: nothing';

CREATE OR REPLACE FUNCTION ce__page_subjects(facts jsonb, t jsonb) RETURNS text
	LANGUAGE ce_plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
	RETURN format(E'<table class="hours"><caption>%s</caption><thead><tr><th scope="col">%s</th><th scope="col" class="n">%s</th><th scope="col" class="n">%s</th>'
				  '<th scope="col">%s</th><th scope="col" class="n">%%</th><th scope="col">%s</th></tr></thead><tbody>\n',
				  ce__html(t ->> 'caption'), ce__html(t ->> 'subject'), ce__html(t ->> 'required'), ce__html(t ->> 'recognised'), ce__html(t ->> 'against'), ce__html(t ->> 'result'))
		|| (SELECT string_agg(format(E'<tr%s><th scope="row">%s</th><td class="n">%s</td><td class="n">%s</td><td class="b">%s</td><td class="n">%s</td><td class="r">%s</td></tr>\n',
									CASE s.subject WHEN 'total' THEN ' class="sum"' END, ce__html(s.label),
									coalesce(ce__page_number(s.required), '&ndash;'), ce__page_number(s.got),
									ce__page_bar(s.got, s.required, (facts ->> 'total_hours')::numeric * (s.required IS NULL)::integer,
										format(t ->> 'bar', s.label, ce__page_number(s.got), coalesce(ce__page_number(s.required), '-'))),
									coalesce(ce__page_number(floor(100 * s.got / nullif(s.required, 0))), '&ndash;'),
									CASE WHEN facts ->> 'required_total' IS NULL THEN ce__html(t ->> 'no_rule')
										 WHEN s.required IS NULL THEN ce__html(t ->> 'no_minimum')
										 WHEN s.short > 0 AND (facts ->> 'sums_years')::boolean THEN ce__html(format(t ->> 'below', ce__page_number(s.short)))
										 WHEN s.short > 0 THEN '&#10007; ' || ce__html(format(t ->> 'short', ce__page_number(s.short)))
										 ELSE '&#10003; ' || ce__html(t ->> CASE WHEN s.got >= s.required THEN 'reached'
																						 WHEN facts -> 'waived' ? s.subject THEN 'waived'
																						 ELSE 'deemed' END) END), '' ORDER BY s.ord)
			  FROM (SELECT ord, subject, t ->> subject AS label, (facts ->> (subject || '_hours'))::numeric AS got,
						   (facts ->> ('required_' || subject))::numeric AS required, (facts ->> (subject || '_short'))::numeric AS short
					  FROM (VALUES (1, 'public'), (2, 'professional'), (999, 'other'), (1000, 'total')) AS u (ord, subject)
					 WHERE subject <> 'other' OR (facts ->> 'other_hours')::numeric > 0
					UNION ALL
					-- categories that have a minimum of their own
					SELECT 2 + (m ->> 'ord')::integer, m ->> 'category', ce__page_upper_first(ce__page_minimum_label(m, t)),
						   (m ->> 'got')::numeric, (m ->> 'required')::numeric, (m ->> 'short')::numeric
					  FROM jsonb_array_elements(facts -> 'minima') m) s)
		|| E'</tbody></table>\n';
END
$$;
COMMENT ON FUNCTION ce__page_subjects(jsonb, jsonb) IS 'internal: a year''s hours against its requirement by subject, with bars: a table of a page';

CREATE OR REPLACE FUNCTION ce__page_items(person_id bigint, year integer, lang text, verified_only boolean) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
	rows text;
BEGIN
	PERFORM ce__require_ledger();
	t := ce__page_labels(lang);
	SELECT string_agg(format(E'<tr><th scope="row">%s%s</th><td class="d">%s</td><td>%s</td>%s<td class="n" data-label="%s">%s</td><td class="n" data-label="%s">%s</td>%s</tr>\n',
							 ce__html(v.item), '<small>' || ce__html(nullif(v.remark, '')) || '</small>', to_char(v.completed_on, 'YYYY-MM-DD'), ce__html(v.label),
							 CASE WHEN NOT $4 THEN format('<td class="n" data-label="%s">%s</td>', ce__html(t ->> 'stated'), coalesce(ce__page_number(v.hours), '&ndash;')) END,
							 ce__html(t ->> 'awarded'), ce__page_number(v.awarded), ce__html(t ->> 'recognised'), ce__page_number(v.recognised),
							 CASE WHEN NOT $4 THEN format('<td class="s" data-label="%s">%s</td>', ce__html(t ->> 'status'), ce__html(t ->> ('status.' || v.status))) END),
					  '' ORDER BY v.completed_on, v.activity_id)
	  INTO rows
	  FROM (
		SELECT a.activity_id, a.completed_on, a.hours, a.awarded, a.recognised, a.status,
			   CASE $3 WHEN 'zh' THEN a.label_zh ELSE a.label_en END AS label,
			   coalesce(nullif(btrim(a.title), ''), l.title, CASE $3 WHEN 'zh' THEN a.label_zh ELSE a.label_en END) AS item,
			   concat_ws(t ->> 'and',
						 CASE WHEN a.deems_public AND a.deems_professional THEN t ->> 'deems_both'
							  WHEN a.deems_public THEN t ->> 'deems_public' WHEN a.deems_professional THEN t ->> 'deems_professional' END,
						 CASE WHEN a.status = 'verified' AND a.recognised < a.awarded THEN t ->> 'cut' END,
						 CASE WHEN a.status <> 'verified' THEN v.note END) AS remark
		  FROM ce_archive a
		  LEFT JOIN ce_activity v ON v.person_id = a.person_id AND v.activity_id = a.activity_id
		  LEFT JOIN ce_plan l ON l.plan_id = v.plan_id
		 WHERE a.person_id = $1 AND a.year = $2 AND (a.status = 'verified' OR NOT $4)) v;
	IF rows IS NULL THEN
		RETURN format(E'<p>%s</p>\n', ce__html(t ->> 'none'));
	END IF;
	-- The first line of the head is for paper: it heads each page that the table runs on to.
	RETURN format(E'<table class="items"><thead><tr class="again"><th scope="colgroup" colspan="%s">%s&ensp;%s</th></tr>\n<tr><th scope="col">%s</th><th scope="col">%s</th><th scope="col">%s</th>%s<th scope="col" class="n">%s</th><th scope="col" class="n">%s</th>%s</tr></thead><tbody>\n%s</tbody></table>\n',
				  CASE WHEN $4 THEN 5 ELSE 7 END, (SELECT ce__html(coalesce(p.person_no, p.person_id::text)) FROM ce_person p WHERE p.person_id = $1), ce__html(format(t ->> 'year', $2)),
				  ce__html(t ->> 'item'), ce__html(t ->> 'completed'), ce__html(t ->> 'kind'),
				  CASE WHEN NOT $4 THEN format('<th scope="col" class="n">%s</th>', ce__html(t ->> 'stated')) END,
				  ce__html(t ->> 'awarded'), ce__html(t ->> 'recognised'),
				  CASE WHEN NOT $4 THEN format('<th scope="col">%s</th>', ce__html(t ->> 'status')) END, rows);
END
$$;
COMMENT ON FUNCTION ce__page_items(bigint, integer, text, boolean) IS 'internal: the items of a person''s year, all or the verified ones, as a table of a page';

CREATE OR REPLACE FUNCTION ce__page_notes(person_id bigint, year integer, facts jsonb, lang text) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
BEGIN
	PERFORM ce__require_ledger();
	t := ce__page_labels(lang);
	RETURN (SELECT string_agg(format(E'<li>%s</li>\n', ce__html(n.note)), '' ORDER BY n.ord, n.note) FROM (
		-- what a cap cut, of all categories that it takes together, as the archive has it
		SELECT 1 AS ord, format(t ->> 'note_cap', ce__page_upper_first(ce__category_label(c.category, lang)), ce__page_number(s.awarded), ce__page_number(s.recognised),
								ce__page_number(c.hours::numeric), format(t ->> 'cited', ce__page_cite(c.instrument, c.clause, lang))) AS note
		  FROM ce__caps(facts ->> 'scheme', $2) c
		 CROSS JOIN LATERAL (
				WITH RECURSIVE taken AS (
					SELECT c.category
					UNION ALL
					SELECT g.category FROM taken k JOIN ce_category g ON g.parent = k.category)
				SELECT sum(a.awarded) AS awarded, sum(a.recognised) AS recognised
				  FROM taken k JOIN ce_archive a ON a.category = k.category
				 WHERE a.person_id = $1 AND a.year = $2 AND a.status = 'verified') s
		 WHERE EXISTS (SELECT FROM ce__recognised($1, facts ->> 'scheme', $2) r WHERE r.category = c.category)
		UNION ALL
		-- what is deemed complete, by the rules of the items that deem it
		SELECT d.ord, format(t ->> ('note_deemed_' || d.subject), (
				SELECT format(t ->> 'cited', string_agg(DISTINCT ce__page_cite(r.instrument, r.clause, lang), t ->> 'sources'))
				  FROM ce_activity v JOIN ce_rule r ON r.rule_id = v.rule_id
				 WHERE v.person_id = $1 AND v.year = $2 AND v.status = 'verified'
				   AND CASE d.subject WHEN 'public' THEN v.deems_public ELSE v.deems_professional END
				HAVING count(*) > 0))
		  FROM (VALUES (2, 'public'), (3, 'professional')) AS d (ord, subject)
		 -- what an item completes, not what a waiver does
		 WHERE (facts ->> (d.subject || '_deemed'))::boolean
		   AND EXISTS (SELECT FROM ce_activity v WHERE v.person_id = $1 AND v.year = $2 AND v.status = 'verified'
						  AND CASE d.subject WHEN 'public' THEN v.deems_public ELSE v.deems_professional END)
		UNION ALL
		SELECT 3, format(t ->> CASE WHEN w.defers_to IS NULL THEN 'note_waived' ELSE 'note_deferred' END,
						 CASE WHEN w.hours IS NULL AND w.subject IS NULL THEN t ->> 'waived_year'
							  WHEN w.hours IS NULL THEN format(t ->> 'waived_subject', ce__category_label(w.subject::text, lang))
							  WHEN w.subject IS NULL THEN format(t ->> 'waived_hours', ce__page_number(w.hours::numeric))
							  ELSE format(t ->> 'waived_hours_of', ce__category_label(w.subject::text, lang), ce__page_number(w.hours::numeric)) END,
						 o.name, w.decision, ce__page_date(w.granted_on, lang), w.defers_to)
		  FROM ce_waiver w
		  JOIN ce_org o ON o.org_id = w.granted_by
		 WHERE w.person_id = $1 AND w.year = $2 AND w.revoked_on IS NULL
		UNION ALL
		SELECT 4, format(t ->> CASE WHEN l.to_year = $2 THEN 'note_in' ELSE 'note_out' END, t ->> l.subject::text,
						 CASE WHEN l.to_year = $2 THEN l.from_year ELSE l.to_year END, ce__page_number(l.hours::numeric), ce__page_date(l.allocated_on, lang),
						 (SELECT format(t ->> 'cited', ce__page_cite(min(c.instrument), min(c.clause), lang)) FROM ce_catchup c
						   WHERE c.scheme = facts ->> 'scheme' AND c.study_year = l.from_year AND c.subject = l.subject HAVING count(*) > 0))
		  FROM ce_allocation l
		 WHERE l.person_id = $1 AND $2 IN (l.from_year, l.to_year) AND l.reversed_on IS NULL) n);
END
$$;
COMMENT ON FUNCTION ce__page_notes(bigint, integer, jsonb, text) IS 'internal: why a year''s recognised hours differ from the sum of its items or are fewer than required: caps, deeming, waivers, allocation; list items of a page, null if they do not differ';

CREATE OR REPLACE FUNCTION ce__page_innovation(schemes text[], years integer[], lang text) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
BEGIN
	PERFORM ce__require_ledger();
	t := ce__page_labels(lang);
	RETURN (SELECT string_agg(DISTINCT ce__html(n.note), CASE lang WHEN 'en' THEN ' ' ELSE '' END) FROM (
		SELECT format(t ->> 'note_innovation',
					  CASE WHEN bool_or(r.in_archive) THEN string_agg(DISTINCT CASE lang WHEN 'zh' THEN k.label_zh ELSE k.label_en END, t ->> 'and') FILTER (WHERE NOT r.in_archive)
						   ELSE ce__category_label('innovation', lang) END,
					  format(t ->> 'cited', string_agg(DISTINCT i.doc_no, t ->> 'sources') FILTER (WHERE NOT r.in_archive))) AS note
		  FROM unnest($1, $2) AS y (scheme, year)
		 CROSS JOIN LATERAL ce__rules(y.scheme, y.year) q
		  JOIN ce_rule r ON r.rule_id = q.rule_id
		  JOIN ce_kind k ON k.kind = r.kind AND k.category = 'innovation' AND k.track = 'attested'
		  JOIN ce_instrument i ON i.instrument = r.instrument
		 GROUP BY y.scheme
		HAVING bool_or(NOT r.in_archive)) n);
END
$$;
COMMENT ON FUNCTION ce__page_innovation(text[], integer[], text) IS
	'internal: that hours for innovation, or for some kinds of it, are not on the page, as HTML; null: the law of these years, each by its scheme, has no rule for them, or puts them into the archive';

CREATE OR REPLACE FUNCTION ce__page_person(person_id bigint, lang text, with_title boolean) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
BEGIN
	PERFORM ce__require_ledger();
	t := ce__page_labels(lang);
	RETURN (SELECT format(E'<dl><dt>%s</dt><dd></dd><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd>%s</dl>\n',
						  ce__html(t ->> 'name'), ce__html(t ->> 'person_no'), ce__html(coalesce(p.person_no, p.person_id::text)),
						  ce__html(t ->> 'employer'), ce__html(o.name), ce__html(t ->> 'specialty'), coalesce(ce__html(p.specialty), '&ndash;'),
						  CASE WHEN $3 THEN format('<dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd>', ce__html(t ->> 'held'),
							ce__html(concat_ws(t ->> 'and', t ->> ('level.' || coalesce(p.held_level::text, 'none')), CASE WHEN p.held_level IS NOT NULL AND p.held_since IS NOT NULL THEN format(t ->> 'since', ce__page_date(p.held_since, lang)) END)),
							ce__html(t ->> 'issued'), ce__page_date(ce_today(), lang)) END)
			  FROM ce_person p JOIN ce_org o ON o.org_id = p.org_id WHERE p.person_id = $1);
END
$$;
COMMENT ON FUNCTION ce__page_person(bigint, text, boolean) IS 'internal: the person a page is about, with a line for the name, which the ledger does not keep; null if there is no such person';

CREATE OR REPLACE FUNCTION ce_certificate_html(person_id bigint, year integer, lang text DEFAULT ce__page_language()) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
	today date;
	facts jsonb;
	title text;
	verdict text;
	code text;
	scheme record;
BEGIN
	PERFORM ce__require_ledger();
	t := ce__page_labels(lang);
	PERFORM ce__page_readable();
	PERFORM ce__page_person_missing($1), ce__page_year_missing($2);
	today := ce_today();
	facts := ce__certificate_facts($1, $2, today);
	code := ce__certificate_code(facts, $1, $2, today);
	SELECT CASE lang WHEN 'zh' THEN s.label_zh ELSE s.label_en END AS label, s.instrument, s.clause, s.governed
	  INTO scheme FROM ce_scheme s WHERE s.scheme = facts ->> 'scheme';
	title := t ->> CASE WHEN scheme.governed AND (facts ->> 'met')::boolean THEN 'certificate' ELSE 'statement' END;
	verdict := CASE WHEN NOT scheme.governed THEN format(t ->> 'scope_text', scheme.label, coalesce(ce__page_cite(scheme.instrument, scheme.clause, lang), ce__clause(scheme.clause, lang)))
					WHEN facts ->> 'met' IS NULL THEN format(t ->> 'no_rule_text', year)
					WHEN (facts ->> 'met')::boolean THEN format(t ->> CASE WHEN (facts ->> 'met_by_waiver')::boolean THEN 'waived_text' ELSE 'met_text' END, year, ce__page_instrument(facts ->> 'instrument', facts ->> 'clause', lang))
					ELSE format(t ->> CASE WHEN (facts ->> 'sums_years')::boolean THEN 'below_text' ELSE 'short_text' END, year,
								ce__page_instrument(facts ->> 'instrument', facts ->> 'clause', lang), ce__page_missing(facts, t),
								(SELECT string_agg(DISTINCT ce__page_cite(w.instrument, w.clause, lang), t ->> 'sources')
								   FROM ce__windows(facts ->> 'scheme', extract(year FROM today)::integer) q JOIN ce_window w ON w.window_id = q.window_id)) END;
	RETURN ce__page(lang, format('%s | %s | %s', title, year, (SELECT coalesce(p.person_no, p.person_id::text) FROM ce_person p WHERE p.person_id = $1)),
		format('%s | %s | %s', (SELECT coalesce(p.person_no, p.person_id::text) FROM ce_person p WHERE p.person_id = $1), year, code),
		format(E'<div class="frame">\n<header class="head"><p class="kicker">%s</p><h1>%s</h1><p class="year">%s</p></header>\n',
			   ce__html(scheme.label), ce__html(title), ce__html(format(t ->> 'year', year)))
		|| ce__page_person($1, lang, false)
		|| format(E'<p class="verdict">%s</p>\n', ce__html(verdict))
		|| ce__page_subjects(facts, t)
		|| coalesce(E'<ul class="notes">\n' || nullif(concat(ce__page_notes($1, $2, facts, lang),
			'<li>' || ce__page_innovation(ARRAY[facts ->> 'scheme'], ARRAY[$2], lang) || E'</li>\n'), '') || E'</ul>\n', '')
		|| format(E'<section class="sign"><div>%s<div class="line"></div><div class="date">%s</div></div><div>%s<div class="line"></div><div class="date">%2$s</div></div></section>\n',
				  ce__html(t ->> 'sign_employer'), ce__html(t ->> 'sign_date'), ce__html(t ->> 'sign_office'))
		|| format(E'<section class="proof"><p>%s&ensp;%s</p>%s</section>\n</div>\n',
				  ce__html(t ->> 'issued'), ce__page_date(today, lang), ce__page_code(code, lang, true))
		|| format(E'<section class="annex"><h2>%s</h2>\n%s</section>\n', ce__html(t ->> 'items'), ce__page_items($1, $2, lang, true)));
END
$$;
COMMENT ON FUNCTION ce_certificate_html(bigint, integer, text) IS
	'the yearly certificate of a person (7.6d) as one HTML page in zh or en: hours against the requirement, items, a code that ce_certificate_check() confirms; says so where the year is not met';

CREATE OR REPLACE FUNCTION ce__page_basis(facts jsonb, lang text) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
BEGIN
	PERFORM ce__require_ledger();
	t := ce__page_labels(lang);
	RETURN (SELECT format(t ->> CASE WHEN s.governed AND facts ->> 'instrument' IS NULL THEN 'basis_none' ELSE 'basis_of' END,
						  CASE lang WHEN 'zh' THEN s.label_zh ELSE s.label_en END,
						  CASE WHEN s.governed THEN ce__page_instrument(facts ->> 'instrument', facts ->> 'clause', lang)
							   ELSE coalesce(ce__page_cite(s.instrument, s.clause, lang), ce__clause(s.clause, lang)) END)
			  FROM ce_scheme s WHERE s.scheme = facts ->> 'scheme');
END
$$;
COMMENT ON FUNCTION ce__page_basis(jsonb, text) IS 'internal: by which scheme and which row of the law a year is judged';

CREATE OR REPLACE FUNCTION ce_archive_html(person_id bigint, lang text DEFAULT ce__page_language()) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
	today date;
	overview text;
	years text;
	innovation text;
	others boolean;
BEGIN
	PERFORM ce__require_ledger();
	t := ce__page_labels(lang);
	PERFORM ce__page_readable();
	PERFORM ce__page_person_missing($1);
	today := ce_today();
	SELECT string_agg(format(E'<tr><th scope="row">%s</th><td class="n">%s</td><td class="n">%s</td>%s<td class="n">%s</td><td>%s</td></tr>\n', f.year,
							 ce__page_number((f.facts ->> 'public_hours')::numeric), ce__page_number((f.facts ->> 'professional_hours')::numeric),
							 CASE WHEN f.others THEN format('<td class="n">%s</td>', ce__page_number(f.other_hours)) END,
							 ce__page_number((f.facts ->> 'total_hours')::numeric),
							 CASE WHEN f.facts ->> 'met' IS NULL THEN ce__html(t ->> 'no_rule') WHEN (f.facts ->> 'met')::boolean
								  THEN '&#10003; ' || ce__html(t ->> CASE WHEN (f.facts ->> 'met_by_waiver')::boolean THEN 'reached_by_waiver' ELSE 'reached' END)
								  WHEN (f.facts ->> 'sums_years')::boolean THEN ce__html(t ->> 'below_year')
								  ELSE '&#10007; ' || ce__html(format(t ->> 'missing', ce__page_missing(f.facts, t))) END), '' ORDER BY f.year DESC),
		   string_agg(format(E'<section><div class="block"><h2>%s</h2>\n<p class="soft">%s</p>\n%s%s%s</div>\n%s</section>\n',
							 ce__html(format(t ->> 'year', f.year)), ce__html(ce__page_basis(f.facts, lang)), ce__page_subjects(f.facts, t),
							 '<ul class="notes">' || ce__page_notes($1, f.year, f.facts, lang) || '</ul>',
							 ce__page_code(ce__certificate_code(f.facts, $1, f.year, today), lang, false), ce__page_items($1, f.year, lang, false)), '' ORDER BY f.year DESC),
		   ce__page_innovation(array_agg(f.facts ->> 'scheme'), array_agg(f.year), lang), bool_or(f.others)
	  INTO overview, years, innovation, others
	  FROM (SELECT v.year, v.facts, o.other_hours, bool_or(o.other_hours > 0) OVER () AS others
			  FROM (SELECT y.year, ce__certificate_facts($1, y.year, today) AS facts
					  FROM (SELECT a.year FROM ce_archive a WHERE a.person_id = $1
							UNION SELECT c.year FROM ce_account c WHERE c.person_id = $1
							-- a deferral posts nothing
							UNION SELECT w.year FROM ce_waiver w WHERE w.person_id = $1 AND w.revoked_on IS NULL) y) v
			 CROSS JOIN LATERAL (
					SELECT (v.facts ->> 'total_hours')::numeric - (v.facts ->> 'public_hours')::numeric - (v.facts ->> 'professional_hours')::numeric AS other_hours) o) f;
	RETURN ce__page(lang, format('%s | %s', t ->> 'archive', (SELECT coalesce(p.person_no, p.person_id::text) FROM ce_person p WHERE p.person_id = $1)),
		format('%s | %s | %s', t ->> 'archive', (SELECT coalesce(p.person_no, p.person_id::text) FROM ce_person p WHERE p.person_id = $1), to_char(today, 'YYYY-MM-DD')),
		(SELECT format(E'<header class="head"><p class="kicker">%s</p><h1>%s</h1></header>\n', ce__html(CASE lang WHEN 'zh' THEN s.label_zh ELSE s.label_en END), ce__html(t ->> 'archive'))
		   FROM ce_person p JOIN ce_scheme s ON s.scheme = p.scheme WHERE p.person_id = $1)
		|| ce__page_person($1, lang, true)
		|| CASE WHEN years IS NULL THEN format(E'<p class="verdict">%s</p>\n', ce__html(t ->> 'none_ever'))
				ELSE format(E'<section class="block"><h2>%s</h2>\n<table><thead><tr><th scope="col">%s</th><th scope="col" class="n">%s</th><th scope="col" class="n">%s</th>%s'
							'<th scope="col" class="n">%s</th><th scope="col">%s</th></tr></thead><tbody>\n%s</tbody></table>\n<p class="soft">%s</p></section>\n%s',
							ce__html(t ->> 'overview'), ce__html(t ->> 'year_head'), ce__html(t ->> 'public'), ce__html(t ->> 'professional'),
							CASE WHEN others THEN format('<th scope="col" class="n">%s</th>', ce__html(t ->> 'other')) END, ce__html(t ->> 'total'),
							ce__html(t ->> 'result'), overview, concat_ws(CASE lang WHEN 'en' THEN ' ' ELSE '' END, innovation, ce__page_code_text(lang)), years) END);
END
$$;
COMMENT ON FUNCTION ce_archive_html(bigint, text) IS
	'the learning archive of a person (学习档案, 7.1) as one HTML page in zh or en: each year against its requirement with all its items, also those that do not count, and why';

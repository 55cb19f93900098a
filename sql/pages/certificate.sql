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
	'the code of a certificate on a page, with a QR code of the address where it is checked (setting ce_hours.check_address) and, if explained, a sentence that says where to ask';

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
COMMENT ON FUNCTION ce__page_code_text(text) IS 'where a code is checked, as HTML: at the address of the setting ce_hours.check_address, or with the office';

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
										 WHEN s.short > 0 THEN '&#10007; ' || ce__html(format(t ->> 'short', ce__page_number(s.short)))
										 ELSE '&#10003; ' || ce__html(t ->> CASE WHEN s.got >= s.required THEN 'reached'
																						 WHEN (facts ->> ('waived_' || s.subject))::boolean
																							  OR ((facts ->> 'waived')::boolean AND s.subject NOT IN ('public', 'professional')) THEN 'waived'
																						 ELSE 'deemed' END) END), '' ORDER BY s.ord)
			  FROM (SELECT ord, subject, t ->> subject AS label, (facts ->> (subject || '_hours'))::numeric AS got,
						   (facts ->> ('required_' || subject))::numeric AS required, (facts ->> (subject || '_short'))::numeric AS short
					  FROM (VALUES (1, 'public'), (2, 'professional'), (1000, 'total')) AS u (ord, subject)
					UNION ALL
					-- categories that have a minimum of their own
					SELECT 2 + (m ->> 'ord')::integer, 'minimum', m ->> CASE t ->> 'html_lang' WHEN 'zh-CN' THEN 'label_zh' ELSE 'label_en' END,
						   (m ->> 'got')::numeric, (m ->> 'required')::numeric, (m ->> 'short')::numeric
					  FROM jsonb_array_elements(facts -> 'minima') m) s)
		|| E'</tbody></table>\n';
END
$$;
COMMENT ON FUNCTION ce__page_subjects(jsonb, jsonb) IS 'a year''s hours against its requirement by subject, with bars: a table of a page';

CREATE OR REPLACE FUNCTION ce__page_items(person_id bigint, year integer, lang text, verified_only boolean) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
	rows text;
BEGIN
	PERFORM ce_ledger();
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
COMMENT ON FUNCTION ce__page_items(bigint, integer, text, boolean) IS 'the items of a person''s year, all or the verified ones, as a table of a page';

CREATE OR REPLACE FUNCTION ce__page_notes(person_id bigint, year integer, facts jsonb, lang text) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
BEGIN
	PERFORM ce_ledger();
	t := ce__page_labels(lang);
	RETURN (SELECT string_agg(format(E'<li>%s</li>\n', ce__html(n.note)), '' ORDER BY n.ord, n.note) FROM (
		-- what a cap cut, as the archive has it
		SELECT 1 AS ord, format(t ->> 'note_cap', ce__category_label(a.category, lang), ce__page_number(sum(a.awarded)), ce__page_number(sum(a.recognised)),
								ce__page_number(min(c.hours)), format(t ->> 'cited', ce__page_cite(min(c.instrument), min(c.clause), lang))) AS note
		  FROM ce_archive a
		 CROSS JOIN LATERAL (
				SELECT q.hours::numeric AS hours, q.instrument, q.clause FROM ce__caps(facts ->> 'scheme', a.year) q WHERE q.category = a.category) c
		 WHERE a.person_id = $1 AND a.year = $2 AND a.status = 'verified'
		 GROUP BY a.category HAVING sum(a.recognised) < sum(a.awarded)
		UNION ALL
		-- what is deemed complete, by the rules of the items that deem it
		SELECT d.ord, format(t ->> ('note_deemed_' || d.subject), (
				SELECT format(t ->> 'cited', string_agg(DISTINCT ce__page_cite(r.instrument, r.clause, lang), '; '))
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
							  WHEN w.hours IS NULL THEN format(t ->> 'waived_subject', t ->> w.subject::text)
							  WHEN w.subject IS NULL THEN format(t ->> 'waived_hours', ce__page_number(w.hours::numeric))
							  ELSE format(t ->> 'waived_hours_of', t ->> w.subject::text, ce__page_number(w.hours::numeric)) END,
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
COMMENT ON FUNCTION ce__page_notes(bigint, integer, jsonb, text) IS 'why a year''s recognised hours differ from the sum of its items or are fewer than required: caps, deeming, waivers, allocation; list items of a page, null if they do not differ';

CREATE OR REPLACE FUNCTION ce__page_innovation(scheme text, years integer[], lang text) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce_ledger();
	RETURN (SELECT ce__html(format(ce__page_labels(lang) ->> 'note_innovation', format(ce__page_labels(lang) ->> 'cited', string_agg(DISTINCT n.doc_no, '; '))))
			  FROM unnest($2) AS y (year)
			 CROSS JOIN LATERAL (
					SELECT r.instrument FROM ce_rule r JOIN ce_kind k ON k.kind = r.kind AND k.category = 'innovation'
					 WHERE r.scheme = $1 AND y.year BETWEEN r.from_year AND coalesce(r.to_year, y.year)
					 ORDER BY r.from_year DESC, r.rule_id LIMIT 1) l
			  JOIN ce_instrument n ON n.instrument = l.instrument
			HAVING count(*) > 0);
END
$$;
COMMENT ON FUNCTION ce__page_innovation(text, integer[], text) IS
	'that hours for innovation are not on the page, as HTML; null: the law of the scheme has no rule for them in any of the years';

CREATE OR REPLACE FUNCTION ce__page_person(person_id bigint, lang text, with_title boolean) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
BEGIN
	PERFORM ce_ledger();
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
COMMENT ON FUNCTION ce__page_person(bigint, text, boolean) IS 'the person a page is about, with a line for the name, which the ledger does not keep; null if there is no such person';

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
	PERFORM ce_ledger();
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
					WHEN (facts ->> 'met')::boolean THEN format(t ->> CASE WHEN (facts ->> 'waived')::boolean THEN 'waived_text' ELSE 'met_text' END, year, ce__page_instrument(facts ->> 'instrument', facts ->> 'clause', lang))
					ELSE format(t ->> 'short_text', year, ce__page_instrument(facts ->> 'instrument', facts ->> 'clause', lang),
								(SELECT string_agg(format(t ->> 'short_of', t ->> s.subject, ce__page_number(s.short)), t ->> 'and' ORDER BY s.ord)
								   FROM (SELECT ord, subject, (facts ->> (subject || '_short'))::numeric AS short
										   FROM unnest(ARRAY['public', 'professional', 'total']) WITH ORDINALITY AS u (subject, ord)) s
								  WHERE s.short > 0)) END;
	RETURN ce__page(lang, format('%s | %s | %s', title, year, (SELECT coalesce(p.person_no, p.person_id::text) FROM ce_person p WHERE p.person_id = $1)),
		format('%s | %s | %s', (SELECT coalesce(p.person_no, p.person_id::text) FROM ce_person p WHERE p.person_id = $1), year, code),
		format(E'<div class="frame">\n<header class="head"><p class="kicker">%s</p><h1>%s</h1><p class="year">%s</p></header>\n',
			   ce__html(scheme.label), ce__html(title), ce__html(format(t ->> 'year', year)))
		|| ce__page_person($1, lang, false)
		|| format(E'<p class="verdict">%s</p>\n', ce__html(verdict))
		|| ce__page_subjects(facts, t)
		|| coalesce(E'<ul class="notes">\n' || nullif(concat(ce__page_notes($1, $2, facts, lang),
			'<li>' || ce__page_innovation(facts ->> 'scheme', ARRAY[$2], lang) || E'</li>\n'), '') || E'</ul>\n', '')
		|| format(E'<section class="sign"><div>%s<div class="line"></div><div class="date">%s</div></div><div>%s<div class="line"></div><div class="date">%2$s</div></div></section>\n',
				  ce__html(t ->> 'sign_employer'), ce__html(t ->> 'sign_date'), ce__html(t ->> 'sign_office'))
		|| format(E'<section class="proof"><p>%s&ensp;%s</p>%s</section>\n</div>\n',
				  ce__html(t ->> 'issued'), ce__page_date(today, lang), ce__page_code(code, lang, true))
		|| format(E'<section class="annex"><h2>%s</h2>\n%s</section>\n', ce__html(t ->> 'items'), ce__page_items($1, $2, lang, true)));
END
$$;
COMMENT ON FUNCTION ce_certificate_html(bigint, integer, text) IS
	'the yearly certificate of a person (7.6d) as one HTML page in zh or en: hours against the requirement, items, a code that ce_certificate_check() confirms; says so where the year is not met';

CREATE OR REPLACE FUNCTION ce_archive_html(person_id bigint, lang text DEFAULT ce__page_language()) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
	today date;
	overview text;
	years text;
	innovation text;
BEGIN
	PERFORM ce_ledger();
	t := ce__page_labels(lang);
	PERFORM ce__page_readable();
	PERFORM ce__page_person_missing($1);
	today := ce_today();
	SELECT string_agg(format(E'<tr><th scope="row">%s</th><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td><td class="r">%s</td></tr>\n', f.year,
							 ce__page_number((f.facts ->> 'public_hours')::numeric), ce__page_number((f.facts ->> 'professional_hours')::numeric),
							 ce__page_number((f.facts ->> 'total_hours')::numeric),
							 CASE WHEN f.facts ->> 'met' IS NULL THEN ce__html(t ->> 'no_rule') WHEN (f.facts ->> 'met')::boolean
								  THEN '&#10003; ' || ce__html(t ->> CASE WHEN (f.facts ->> 'waived')::boolean THEN 'waived' ELSE 'reached' END)
								  ELSE '&#10007; ' || ce__html(format(t ->> 'short', ce__page_number(greatest((f.facts ->> 'total_short')::numeric,
										(f.facts ->> 'public_short')::numeric + (f.facts ->> 'professional_short')::numeric)))) END), '' ORDER BY f.year DESC),
		   string_agg(format(E'<section><div class="block"><h2>%s</h2>\n%s%s%s</div>\n%s</section>\n',
							 ce__html(format(t ->> 'year', f.year)), ce__page_subjects(f.facts, t),
							 '<ul class="notes">' || ce__page_notes($1, f.year, f.facts, lang) || '</ul>',
							 ce__page_code(ce__certificate_code(f.facts, $1, f.year, today), lang, false), ce__page_items($1, f.year, lang, false)), '' ORDER BY f.year DESC),
		   ce__page_innovation(min(f.facts ->> 'scheme'), array_agg(f.year), lang)
	  INTO overview, years, innovation
	  FROM (SELECT y.year, ce__certificate_facts($1, y.year, today) AS facts
			  FROM (SELECT a.year FROM ce_archive a WHERE a.person_id = $1
					UNION SELECT c.year FROM ce_account c WHERE c.person_id = $1) y) f;
	RETURN ce__page(lang, format('%s | %s', t ->> 'archive', (SELECT coalesce(p.person_no, p.person_id::text) FROM ce_person p WHERE p.person_id = $1)),
		format('%s | %s | %s', t ->> 'archive', (SELECT coalesce(p.person_no, p.person_id::text) FROM ce_person p WHERE p.person_id = $1), to_char(today, 'YYYY-MM-DD')),
		(SELECT format(E'<header class="head"><p class="kicker">%s</p><h1>%s</h1></header>\n', ce__html(CASE lang WHEN 'zh' THEN s.label_zh ELSE s.label_en END), ce__html(t ->> 'archive'))
		   FROM ce_person p JOIN ce_scheme s ON s.scheme = p.scheme WHERE p.person_id = $1)
		|| ce__page_person($1, lang, true)
		|| CASE WHEN years IS NULL THEN format(E'<p class="verdict">%s</p>\n', ce__html(t ->> 'none_ever'))
				ELSE format(E'<section class="block"><h2>%s</h2>\n<table><thead><tr><th scope="col">%s</th><th scope="col" class="n">%s</th><th scope="col" class="n">%s</th>'
							'<th scope="col" class="n">%s</th><th scope="col">%s</th></tr></thead><tbody>\n%s</tbody></table>\n<p class="soft">%s</p></section>\n%s',
							ce__html(t ->> 'overview'), ce__html(t ->> 'year_head'), ce__html(t ->> 'public'), ce__html(t ->> 'professional'), ce__html(t ->> 'total'),
							ce__html(t ->> 'result'), overview, concat_ws(CASE lang WHEN 'en' THEN ' ' ELSE '' END, innovation, ce__page_code_text(lang)), years) END);
END
$$;
COMMENT ON FUNCTION ce_archive_html(bigint, text) IS
	'the learning archive of a person (学习档案, 7.1) as one HTML page in zh or en: each year against its requirement with all its items, also those that do not count, and why';

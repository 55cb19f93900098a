--
-- The yearly report (9.2b, 9.2c)
--

CREATE OR REPLACE FUNCTION ce__page_rates(heading text, first_column text, rows jsonb, rated boolean, t jsonb) RETURNS text
	LANGUAGE ce_plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
	waived boolean := rated AND EXISTS (SELECT FROM jsonb_array_elements(rows) e WHERE (e ->> 'by_waiver')::numeric > 0);
BEGIN
	RETURN format(E'<section%s><h2>%s</h2>\n<table><thead><tr><th scope="col">%s</th><th scope="col" class="n">%s</th><th scope="col" class="n">%s</th>%s%s%s</tr></thead><tbody>\n',
				  CASE WHEN jsonb_array_length(rows) <= 12 THEN ' class="block"' END, ce__html(heading), ce__html(first_column), ce__html(t ->> 'persons'), ce__html(t ->> 'trained'),
				  CASE WHEN rated THEN format('<th scope="col" class="n">%s</th>', ce__html(t ->> 'met')) END,
				  CASE WHEN waived THEN format('<th scope="col" class="n">%s</th>', ce__html(t ->> 'by_waiver')) END,
				  CASE WHEN rated THEN format('<th scope="col" colspan="2">%s</th>', ce__html(t ->> 'rate')) END)
		|| (SELECT string_agg(format(E'<tr><th scope="row">%s</th><td class="n">%s</td><td class="n">%s</td>%s%s%s</tr>\n', ce__html(r.label), ce__page_number(r.persons), ce__page_number(r.trained),
									CASE WHEN rated THEN format('<td class="n">%s</td>', ce__page_number(r.met)) END,
									CASE WHEN waived THEN format('<td class="n">%s</td>', ce__page_number(r.by_waiver)) END,
									CASE WHEN rated THEN format('<td class="b">%s</td><td class="n">%s</td>',
										ce__page_bar(r.met, NULL, r.persons, format('%s: %s', r.label, format(t ->> 'percent', r.rate))), format(t ->> 'percent', r.rate)) END), '' ORDER BY r.ord)
			  FROM (SELECT e.ord, e.row ->> 'label' AS label, (e.row ->> 'persons')::numeric AS persons, (e.row ->> 'trained')::numeric AS trained,
						   (e.row ->> 'met')::numeric AS met, (e.row ->> 'by_waiver')::numeric AS by_waiver,
						   round(100 * (e.row ->> 'met')::numeric / nullif((e.row ->> 'persons')::numeric, 0), 1) AS rate
					  FROM jsonb_array_elements(rows) WITH ORDINALITY AS e (row, ord)) r)
		|| E'</tbody></table></section>\n';
END
$$;
COMMENT ON FUNCTION ce__page_rates(text, text, jsonb, boolean, jsonb) IS
	'internal: persons, those with hours, those who met the year, of these by a waiver if there are any, and their share with a bar, by whatever labels the rows: a table of a page; rated being false, without the last three';

CREATE OR REPLACE FUNCTION ce_report_html(year integer, lang text DEFAULT ce__page_language()) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
	rated boolean;
	basis text;
	about text;
	people record;
	work record;
	body text;
	schemes text[];
BEGIN
	PERFORM ce__require_ledger();
	t := ce__page_labels(lang);
	PERFORM ce__require_reading('ce_annual_statistics', NULL, 'report'), ce__page_year_missing($1);
	SELECT count(*) > 0, string_agg(DISTINCT ce__page_instrument(r.instrument, r.clause, lang), t ->> 'sources')
	  INTO rated, basis
	  FROM ce_scheme s
	 CROSS JOIN LATERAL ce__requirement(s.scheme, $1) r
	 WHERE s.governed AND s.scheme IN (SELECT p.scheme FROM ce_person p WHERE NOT p.moved
									   UNION
									   SELECT ce__scheme_in_year(p.moved, p.person_id, p.scheme, $1, ce_today()) FROM ce_person p WHERE p.moved);

	-- Who is not in the figures, and for whom they are no verdict.  A statement of its own, for Citus.
	SELECT array_agg(DISTINCT p.scheme) INTO schemes FROM ce_person p;
	SELECT concat_ws(CASE lang WHEN 'en' THEN ' ' ELSE '' END,
					 CASE WHEN bool_or(NOT n.governed) THEN format(t ->> 'key_others', string_agg(n.note, t ->> 'sources' ORDER BY n.scheme) FILTER (WHERE NOT n.governed)) END,
					 CASE WHEN bool_or(n.governed) THEN format(t ->> 'key_sums', string_agg(n.note, t ->> 'sources' ORDER BY n.scheme) FILTER (WHERE n.governed)) END)
	  INTO about
	  FROM (SELECT s.governed, s.scheme,
				   format(t ->> 'key_of', CASE lang WHEN 'zh' THEN s.label_zh ELSE s.label_en END,
						  CASE WHEN s.governed
							   THEN (SELECT string_agg(DISTINCT ce__page_cite(w.instrument, w.clause, lang), t ->> 'sources')
									   FROM ce__windows(s.scheme, extract(year FROM ce_today())::integer) q JOIN ce_window w ON w.window_id = q.window_id)
							   ELSE coalesce(ce__page_cite(s.instrument, s.clause, lang), ce__clause(s.clause, lang)) END) AS note
			  FROM ce_scheme s
			 WHERE s.scheme = ANY (schemes)
			   AND (NOT s.governed OR (EXISTS (SELECT FROM ce__requirement(s.scheme, $1)) AND ce__sums_years(s.scheme, $1)
									   AND ce__sums_years(s.scheme, extract(year FROM ce_today())::integer)))) n;

	-- The statistics are read once and added up by prefecture, department and level; obliged staff alone has rates.
	WITH s AS MATERIALIZED (SELECT * FROM ce_annual_statistics v WHERE v.year = $1),
	by_prefecture AS (
		SELECT s.prefecture, sum(s.persons) AS persons, sum(s.trained) AS trained, sum(s.met) AS met, sum(s.met_by_waiver) AS by_waiver FROM s WHERE s.obliged GROUP BY s.prefecture),
	by_department AS (
		SELECT d.org_id, d.name, sum(s.persons) AS persons, sum(s.trained) AS trained, sum(s.met) AS met, sum(s.met_by_waiver) AS by_waiver
		  FROM s LEFT JOIN ce_org d ON d.org_id = s.parent_id AND d.kind IN ('authority', 'health_commission') AND d.admin_level = 'provincial'
		 WHERE s.obliged GROUP BY d.org_id),
	by_level AS (
		SELECT s.level, sum(s.persons) AS persons, sum(s.trained) AS trained, sum(s.met) AS met, sum(s.met_by_waiver) AS by_waiver FROM s WHERE s.obliged GROUP BY s.level)
	SELECT (SELECT jsonb_agg(jsonb_build_object('label', CASE WHEN b.prefecture LIKE '%0000' THEN t ->> 'province' ELSE coalesce(ce_region_name(b.prefecture, lang), o.name, b.prefecture) END,
												'persons', b.persons, 'trained', b.trained, 'met', b.met, 'by_waiver', b.by_waiver) ORDER BY b.prefecture)
			  FROM by_prefecture b
			  LEFT JOIN LATERAL (SELECT h.name FROM ce_org h WHERE h.kind = 'hrss' AND h.region_code = b.prefecture ORDER BY h.org_id LIMIT 1) o ON true) AS prefectures,
		   (SELECT jsonb_agg(jsonb_build_object('label', coalesce(b.name, t ->> 'others'), 'persons', b.persons, 'trained', b.trained, 'met', b.met, 'by_waiver', b.by_waiver)
							 ORDER BY b.org_id IS NULL, b.persons DESC, b.org_id) FROM by_department b) AS departments,
		   (SELECT jsonb_agg(jsonb_build_object('label', t ->> ('level.' || b.level), 'persons', b.persons, 'trained', b.trained, 'met', b.met, 'by_waiver', b.by_waiver)
							 ORDER BY array_position(ARRAY['none', 'junior', 'intermediate', 'senior', 'full_senior'], b.level)) FROM by_level b) AS levels,
		   (SELECT jsonb_agg(jsonb_build_object('label', t ->> CASE WHEN g.obliged THEN 'obliged' ELSE 'encouraged' END, 'persons', g.persons, 'trained', g.trained, 'met', g.met, 'by_waiver', g.by_waiver) ORDER BY NOT g.obliged)
			  FROM (SELECT s.obliged, sum(s.persons) AS persons, sum(s.trained) AS trained, sum(s.met) AS met, sum(s.met_by_waiver) AS by_waiver FROM s GROUP BY s.obliged) g) AS groups,
		   (SELECT sum(s.persons) FROM s) AS persons, (SELECT sum(s.trained) FROM s) AS trained,
		   (SELECT sum(s.public_hours) FROM s) AS public_hours, (SELECT sum(s.professional_hours) FROM s) AS professional_hours, (SELECT sum(s.other_hours) FROM s) AS other_hours,
		   (SELECT coalesce(bool_or(NOT s.obliged), false) FROM s) AS encouraged,
		   (SELECT round(100 * sum(s.met) / nullif(sum(s.persons), 0), 1) FROM s WHERE s.obliged) AS rate
	  INTO people;

	-- Categories and months of what was verified, in one reading; ce_quarterly_report has the same sums by employer.
	WITH m AS MATERIALIZED (
		SELECT v.category, CASE WHEN r.root IN ('public', 'professional') THEN r.root ELSE 'other' END AS subject, r.root, v.month, v.items, v.hours
		  FROM (SELECT a.category, extract(month FROM a.completed_on)::integer AS month, count(*) AS items, sum(a.awarded)::numeric AS hours
				  FROM ce_activity a WHERE a.year = $1 AND a.status = 'verified' GROUP BY 1, 2) v
		 CROSS JOIN LATERAL (SELECT ce__category_root(v.category) AS root) r)
	SELECT (SELECT string_agg(format(E'<tr><th scope="row">%s</th><td class="n">%s</td><td class="n">%s</td><td class="b">%s</td><td class="n">%s</td></tr>\n',
									 ce__html(c.label), ce__page_number(c.items), ce__page_number(c.hours),
									 ce__page_bar(c.hours, NULL, c.total, format('%s: %s', c.label, ce__page_number(c.hours))),
									 coalesce(format(t ->> 'percent', round(100 * c.hours / nullif(c.total, 0), 1)), '&ndash;')), '' ORDER BY c.hours DESC, c.category)
			  -- categories of several schemes may have the same name
			  FROM (SELECT min(l.category) AS category, l.label, sum(l.items) AS items, sum(l.hours) AS hours, sum(sum(l.hours)) OVER () AS total
					  FROM (SELECT m.*, ce__category_label(m.category, lang) AS label FROM m) l GROUP BY l.label) c) AS categories,
		   (SELECT array_agg((SELECT sum(m.hours) FROM m WHERE m.subject = 'public' AND m.month = i) ORDER BY i) FROM generate_series(1, 12) i) AS public_hours,
		   (SELECT array_agg((SELECT sum(m.hours) FROM m WHERE m.subject = 'professional' AND m.month = i) ORDER BY i) FROM generate_series(1, 12) i) AS professional_hours,
		   (SELECT array_agg((SELECT sum(m.hours) FROM m WHERE m.subject = 'other' AND m.month = i) ORDER BY i) FROM generate_series(1, 12) i) AS other_hours,
		   -- one subject by its name, several as others; null: none
		   (SELECT CASE count(DISTINCT m.root) WHEN 1 THEN ce__page_upper_first(ce__category_label(min(m.root), lang)) WHEN 0 THEN NULL ELSE t ->> 'other' END
			  FROM m WHERE m.subject = 'other' AND m.hours > 0) AS other,
		   (SELECT jsonb_agg(q) FROM (
				SELECT i AS quarter, coalesce(sum(m.hours) FILTER (WHERE m.subject = 'public'), 0) AS pub, coalesce(sum(m.hours) FILTER (WHERE m.subject = 'professional'), 0) AS prof,
					   coalesce(sum(m.hours) FILTER (WHERE m.subject = 'other'), 0) AS other
				  FROM generate_series(1, 4) i LEFT JOIN m ON (m.month + 2) / 3 = i GROUP BY i) q) AS quarters
	  INTO work;

	IF people.persons IS NULL AND work.categories IS NULL THEN
		body := format(E'<p class="verdict">%s</p>\n', ce__html(format(t ->> 'no_data', year)));
	ELSE
		body := CASE WHEN rated THEN format(E'<p class="soft">%s</p>\n', ce__html(format(t ->> 'basis', basis)))
					 ELSE format(E'<p class="verdict">%s</p>\n', ce__html(format(t ->> 'year_no_rule', year))) END
			|| CASE WHEN people.persons IS NOT NULL THEN
				format(E'<section class="block"><h2>%s</h2>\n<div class="figures"><div>%s<b>%s</b></div><div>%s<b>%s</b></div><div>%s<b>%s</b></div><div>%s<b>%s</b></div>%s%s</div>\n<p class="soft">%s</p></section>\n',
					   ce__html(t ->> 'key_figures'), ce__html(t ->> 'persons'), ce__page_number(people.persons), ce__html(t ->> 'trained'), ce__page_number(people.trained),
					   ce__html(format(t ->> 'hours_of', t ->> 'public')), ce__page_number(people.public_hours),
					   ce__html(format(t ->> 'hours_of', t ->> 'professional')), ce__page_number(people.professional_hours),
					   CASE WHEN people.other_hours > 0 THEN format('<div>%s<b>%s</b></div>', ce__html(format(t ->> 'other_hours_of', coalesce(work.other, t ->> 'other'))), ce__page_number(people.other_hours)) END,
					   CASE WHEN rated THEN format('<div>%s<b>%s</b></div>', ce__html(t ->> 'rate'), coalesce(format(t ->> 'percent', people.rate), '&ndash;')) END,
					   ce__html(concat_ws(CASE lang WHEN 'en' THEN ' ' ELSE '' END, t ->> 'key_text', CASE WHEN people.encouraged THEN t ->> 'key_encouraged' END, about)))
				|| ce__page_rates(t ->> 'by_group', t ->> 'group', people.groups, rated, t)
				|| coalesce(ce__page_rates(t ->> 'by_prefecture', t ->> 'prefecture', people.prefectures, rated, t), '')
				|| coalesce(ce__page_rates(t ->> 'by_department', t ->> 'department', people.departments, rated, t), '')
				|| coalesce(ce__page_rates(t ->> 'by_level', t ->> 'held', people.levels, rated, t), '') ELSE '' END
			|| CASE WHEN work.categories IS NOT NULL THEN
				format(E'<section class="block"><h2>%s</h2>\n<table><thead><tr><th scope="col">%s</th><th scope="col" class="n">%s</th><th scope="col" class="n">%s</th><th scope="col" colspan="2">%s</th></tr></thead><tbody>\n%s</tbody></table>\n<p class="soft">%s</p></section>\n',
					   ce__html(t ->> 'by_category'), ce__html(t ->> 'category'), ce__html(t ->> 'count'), ce__html(t ->> 'hours'), ce__html(t ->> 'share'), work.categories, ce__html(t ->> 'category_text'))
				|| format(E'<section class="block"><h2>%s</h2>\n%s\n<table><thead><tr><th scope="col">%s</th><th scope="col" class="n">%s</th><th scope="col" class="n">%s</th>%s<th scope="col" class="n">%s</th></tr></thead><tbody>\n%s</tbody></table></section>\n',
						  ce__html(t ->> 'by_month'), ce__page_columns(work.public_hours, work.professional_hours, work.other_hours, work.other, lang),
						  ce__html(t ->> 'quarter'), ce__html(t ->> 'public'), ce__html(t ->> 'professional'),
						  CASE WHEN work.other IS NOT NULL THEN format('<th scope="col" class="n">%s</th>', ce__html(work.other)) END, ce__html(t ->> 'total'),
						  (SELECT string_agg(format(E'<tr><th scope="row">%s</th><td class="n">%s</td><td class="n">%s</td>%s<td class="n">%s</td></tr>\n', ce__html(format(t ->> 'quarter_of', q.quarter)),
													ce__page_number(q.pub), ce__page_number(q.prof), CASE WHEN work.other IS NOT NULL THEN format('<td class="n">%s</td>', ce__page_number(q.other)) END,
													ce__page_number(q.pub + q.prof + q.other)), '' ORDER BY q.quarter)
							 FROM jsonb_to_recordset(work.quarters) AS q (quarter integer, pub numeric, prof numeric, other numeric))) ELSE '' END;
		-- The duty report reads statistics, not findings, which are about single persons.
		IF has_table_privilege('ce_findings', 'SELECT') THEN
			body := body || (
				WITH o AS MATERIALIZED (SELECT v.finding, v.clause, v.object, v.object_id, v.person_id, v.on_date FROM ce_findings v)
				SELECT format(E'<section class="block"><h2>%s</h2>\n%s</section>\n', ce__html(t ->> 'findings'),
							  CASE WHEN count(*) > 0 THEN
									format(E'<table><thead><tr><th scope="col">%s</th><th scope="col">%s</th><th scope="col" class="n">%s</th></tr></thead><tbody>\n%s</tbody></table>\n',
										   ce__html(t ->> 'finding'), ce__html(t ->> 'clause'), ce__html(t ->> 'count'), string_agg(f.line, '' ORDER BY f.clause, f.finding))
								   ELSE format(E'<p>%s</p>\n', ce__html(t ->> 'no_findings')) END)
				  FROM (SELECT v.finding, v.clause, format(E'<tr><th scope="row">%s</th><td>%s</td><td class="n">%s</td></tr>\n',
														   ce__html(coalesce(t ->> ('finding.' || v.finding), v.finding)), ce__html(coalesce(ce__clause(nullif(v.clause, substring(v.clause FROM '^AMB-.*')), lang), '-')), ce__page_number(count(*))) AS line
						  FROM (SELECT y.finding, y.clause FROM o y WHERE y.object = 'year' AND y.object_id = $1
								UNION ALL
								SELECT y.finding, y.clause FROM o y JOIN ce_activity a ON a.person_id = y.person_id AND a.activity_id = y.object_id
								 WHERE y.object = 'activity' AND a.year = $1
								UNION ALL
								SELECT y.finding, y.clause FROM o y JOIN ce_plan l ON l.plan_id = y.object_id
								 WHERE y.object = 'plan' AND extract(year FROM coalesce(l.starts_on, l.ends_on, y.on_date)) = $1
								UNION ALL
								SELECT y.finding, y.clause FROM o y WHERE y.object = 'application' AND extract(year FROM y.on_date) = $1) v
						 GROUP BY v.finding, v.clause) f);
		ELSE
			body := body || format(E'<section class="block"><h2>%s</h2>\n<p>%s</p></section>\n', ce__html(t ->> 'findings'), ce__html(t ->> 'findings_hidden'));
		END IF;
	END IF;
	RETURN ce__page(lang, format('%s | %s', t ->> 'report', year), format('%s | %s', t ->> 'report', year),
		format(E'<header class="head"><h1>%s</h1><p class="year">%s</p><p class="kicker">%s %s</p></header>\n', ce__html(t ->> 'report'), ce__html(format(t ->> 'year', year)),
			   ce__html(t ->> 'issued'), ce__page_date(ce_today(), lang)) || body);
END
$$;
COMMENT ON FUNCTION ce_report_html(integer, text) IS
	'the year''s report of a bureau (9.2) as one HTML page in zh or en: completion by prefecture, department and level, hours by category and month as inline SVG, findings; of what the caller may see';

--
-- What every page is made of
-- 
-- A page is one HTML file: no script, nothing from elsewhere; every text of the
-- ledger goes through ce__html().  Hours come from the views and from ce_assess();
-- nothing is computed a second time here.  What GB 2312 has no character for is an
-- entity: the database may be in EUC_CN.
--

CREATE OR REPLACE FUNCTION ce__html(txt text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN replace(replace(replace(replace(replace(txt, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;');
COMMENT ON FUNCTION ce__html(text) IS 'internal: a text as HTML: what could end a text or an attribute is escaped';

CREATE OR REPLACE FUNCTION ce__page_number(value numeric) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN rtrim(to_char(value, 'FM999,999,999,999,990.99'), '.');
COMMENT ON FUNCTION ce__page_number(numeric) IS 'internal: a number as pages show it: at most two decimals, with thousands separators';

CREATE OR REPLACE FUNCTION ce__page_date(day date, lang text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN CASE lang WHEN 'zh' THEN format('%s年%s月%s日', extract(year FROM day), extract(month FROM day), extract(day FROM day))
		ELSE format('%s %s %s', extract(day FROM day), (ARRAY['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September',
			'October', 'November', 'December'])[extract(month FROM day)::integer], extract(year FROM day)) END;
COMMENT ON FUNCTION ce__page_date(date, text) IS 'internal: a date as pages write it';

CREATE OR REPLACE FUNCTION ce__page(lang text, title text, running text, body text) RETURNS text
	LANGUAGE ce_plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
	t jsonb := ce__page_labels(lang);
	-- The running foot stands inside a style sheet, so it is kept to what cannot end a string there.
	foot text := translate($3, E'"\\<>&\n\r', '');
	css text := $css$
:root{--ink:#1c1c1c;--soft:#565656;--rule:#b9b9b9;--seal:#7d1a1a;--got:#1f5582;--over:#7fa8c9;--track:#ececec}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;color:var(--ink);background:#f3f1ec;font:15px/1.6 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Hiragino Sans GB","Microsoft YaHei","WenQuanYi Zen Hei",system-ui,sans-serif;
 font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main{max-width:50rem;margin:1.5rem auto;padding:2rem 2.25rem;background:#fff;border:1px solid var(--rule)}
h1,h2,h3,.year,.kicker{font-family:"Noto Serif CJK SC","Source Han Serif SC","Songti SC",STSong,SimSun,Georgia,serif;break-after:avoid}
h1{margin:.1em 0;font-size:1.9rem;line-height:1.3;letter-spacing:.06em;font-weight:700;color:var(--seal)}
:lang(en) h1{letter-spacing:.01em}
h2{margin:1.6rem 0 .5rem;padding-bottom:.2rem;font-size:1.15rem;line-height:1.4;border-bottom:1px solid var(--seal)}
h3{margin:1.1rem 0 .3rem;font-size:1rem}
p{margin:.5rem 0}
.head{text-align:center;margin-bottom:1.2rem}
.kicker,.year{margin:0;color:var(--soft)}
.year{font-size:1.15rem;color:var(--ink)}
.frame{border:4px double var(--seal);padding:1.6rem 1.8rem}
dl{display:grid;grid-template-columns:max-content 1fr max-content 1fr;gap:.35rem 1rem;margin:0 0 1rem}
dt{color:var(--soft)}
dd{margin:0;border-bottom:1px solid var(--rule);min-height:1.6em;min-width:0}
td,dd,th{unicode-bidi:isolate}
table{width:100%;border-collapse:collapse;margin:.3rem 0 .6rem}
caption{text-align:left;color:var(--soft);font-size:.86rem;padding-bottom:.2rem}
th,td{padding:.32rem .5rem;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top;font-weight:400}
thead th{border-bottom:1.5px solid var(--ink);font-weight:700;font-size:.88rem;vertical-align:bottom}
tbody th{font-weight:600}
tr{break-inside:avoid}
tr.sum>*{border-top:1.5px solid var(--ink);font-weight:600}
th.n,td.n{text-align:right;white-space:nowrap}
td.d,td.r,td.s{white-space:nowrap}
.items td:nth-child(3){min-width:9.6em;overflow-wrap:normal}
.items thead th{overflow-wrap:normal}
td.b{width:30%;vertical-align:middle}
.hours :is(th,td){overflow-wrap:normal}
.again{display:none}
small{display:block;font-weight:400;color:var(--soft);font-size:.84rem;line-height:1.45}
.bar{display:block;width:100%;height:.95rem}
.track{fill:var(--track);stroke:#8c8c8c;stroke-width:1;vector-effect:non-scaling-stroke}
.got{fill:var(--got)}
.over{fill:var(--over)}
.mark{stroke:var(--ink);stroke-width:2;vector-effect:non-scaling-stroke}
.verdict{margin:1rem 0;padding:.6rem .9rem;border-left:4px solid var(--seal);background:#faf7f2;break-inside:avoid}
.notes{margin:.4rem 0;padding-left:1.2rem;font-size:.9rem}
.notes li{margin:.15rem 0}
.sign{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem;margin:2rem 0 .5rem;break-inside:avoid}
.sign div{padding-bottom:.3rem}
.sign .line{height:3.2rem;border-bottom:1px solid var(--ink)}
.sign .date{text-align:right;color:var(--soft);white-space:pre-wrap}
:lang(en) .sign .date{text-align:left}
.proof{margin-top:1rem;font-size:.9rem;break-inside:avoid}
.proof p{margin:.2rem 0}
.code{font-family:"Noto Sans Mono","DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:1.05em;letter-spacing:.04em;white-space:nowrap}
.soft{color:var(--soft);font-size:.88rem}
.scan{display:flex;gap:.8rem;align-items:center;break-inside:avoid}
.qr{flex:none;width:6.4rem;height:6.4rem}
form input{font:inherit;max-width:100%;padding:.2rem .4rem}
form button{font:inherit;padding:.2rem 1rem}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr));gap:.6rem;margin:.6rem 0}
.figures div{border:1px solid var(--rule);padding:.5rem .7rem}
.figures b{display:block;font-size:1.35rem;line-height:1.3}
.chart{break-inside:avoid;margin:.4rem 0}
.chart svg{display:block;width:100%;max-width:36rem;height:auto;margin:0 auto}
.chart text{font-size:9px;fill:var(--ink)}
.chart .axis{stroke:var(--ink);stroke-width:1}
.chart .grid{stroke:#d5d5d5;stroke-width:.6}
.c2{fill:var(--got)}
.c1{fill:#e3b24a;stroke:#6b4a00;stroke-width:.6}
.c3{fill:#fff;stroke:var(--ink);stroke-width:.6}
.block{break-inside:avoid}
@media (max-width:34rem){
 body{background:#fff;font-size:14px}
 main{margin:0;padding:1rem .8rem;border:0}
 .frame{padding:1rem .7rem}
 h1{font-size:1.5rem}
 dl{grid-template-columns:max-content 1fr}
 th,td{padding:.3rem .3rem}
 thead th{font-size:.8rem}
 .sign{grid-template-columns:1fr;gap:.6rem;margin-top:1.2rem}
 td.b{width:16%}
 .hours,.hours :is(thead,tbody,caption){display:block}
 .hours tr{display:grid;grid-template-columns:2.7fr 1.9fr 2.5fr 2.5fr;border-bottom:1px solid var(--rule)}
 .hours tr :is(th,td){border:0;min-width:0}
 .hours thead th{font-size:.72rem}
 .hours tr :is(td.b,td.r){width:auto;white-space:normal}
 .hours td.b{grid-column:1/-1;order:9;padding-top:0}
 .hours thead th:nth-child(4),.hours :is(td,th):nth-child(5){display:none}
 .items thead{position:absolute;clip-path:inset(50%);height:1px;width:1px;overflow:hidden;white-space:nowrap}
 .items,.items tbody{display:block}
 .items tr{display:flex;flex-wrap:wrap;gap:0 .9rem;padding:.45rem 0;border-bottom:1px solid var(--rule)}
 .items td,.items th{display:block;border:0;padding:0;text-align:left}
 .items th{flex:0 0 100%}
 .items td.n::before,.items td.s::before{content:attr(data-label) " ";color:var(--soft)}
 .code{white-space:normal}
}
@media print{
 html{font-size:14px}
 body{background:#fff;font-size:13.5px;line-height:1.5}
 main{max-width:none;margin:0;padding:0;border:0}
 .frame{min-height:256mm;display:flex;flex-direction:column;padding:9mm 10mm}
 .frame .sign{margin-top:auto}
 .annex{break-before:page}
 .again{display:table-row}
 .again th{border:0;padding:0 .5rem;font-weight:400;color:var(--soft)}
 h2{margin-top:1.1rem}
 th,td{padding:.24rem .5rem}
 svg,.verdict{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
$css$;
BEGIN
	RETURN format(E'<!DOCTYPE html>\n<html lang="%s">\n<head>\n<meta charset="utf-8">\n'
				  '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
				  '<meta http-equiv="Content-Security-Policy" content="default-src ''none''; style-src ''unsafe-inline''">\n'
				  '<title>%s</title>\n<style>%s@page{size:A4;margin:17mm 16mm 19mm;'
				  '@bottom-left{content:"%s";font:9px/1.2 sans-serif;color:#565656}@bottom-right{content:%s;font:9px/1.2 sans-serif;color:#565656}}\n'
				  '</style>\n</head>\n<body>\n<main>\n%s</main>\n</body>\n</html>\n',
				  t ->> 'html_lang', ce__html(title), css, foot,
				  '"' || format(t ->> 'page', '" counter(page) "', '" counter(pages) "') || '"', body);
END
$$;
COMMENT ON FUNCTION ce__page(text, text, text, text) IS
	'internal: one HTML file of a body: language, title, styles for screen, small screen and A4 paper; running is what the foot of each printed page says';

CREATE OR REPLACE FUNCTION ce__page_upper_first(label text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN upper(left(label, 1)) || substr(label, 2);
COMMENT ON FUNCTION ce__page_upper_first(text) IS 'internal: a label of the law''s rows as it begins a line or heads a column';

CREATE OR REPLACE FUNCTION ce__page_bar(value numeric, mark numeric, scale numeric, label text) RETURNS text
	LANGUAGE ce_plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
	-- At most one and a half times the mark: far more than is required still reads as done.
	full_width numeric := greatest(scale, least(value, 1.5 * mark), mark);
	w numeric := CASE WHEN full_width > 0 THEN least(round(100 * greatest(value, 0) / full_width, 2), 100) ELSE 0 END;
	m numeric := CASE WHEN full_width > 0 THEN round(100 * mark / full_width, 2) END;
BEGIN
	RETURN format('<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img"><title>%s</title>'
				  '<rect class="track" width="100" height="10"/><rect class="got" y="1" width="%s" height="8"/>%s%s</svg>',
				  ce__html(label), least(w, m),
				  CASE WHEN w > m THEN format('<rect class="over" x="%s" y="1" width="%s" height="8"/>', m, w - m) END,
				  CASE WHEN m < 100 THEN format('<line class="mark" x1="%s" x2="%1$s" y1="0" y2="10"/>', m) END);
END
$$;
COMMENT ON FUNCTION ce__page_bar(numeric, numeric, numeric, text) IS
	'internal: a bar as inline SVG: value up to the mark, what is over it lighter; its width is the greatest of value (at most 1.5 times the mark), mark and scale; the label is read aloud';

CREATE OR REPLACE FUNCTION ce__page_columns(public_hours numeric[], professional_hours numeric[], other_hours numeric[], other text, lang text) RETURNS text
	LANGUAGE ce_plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
	t jsonb := ce__page_labels(lang);
	most numeric := (SELECT greatest(max(coalesce(a, 0) + coalesce(b, 0) + coalesce(c, 0)), 1) FROM unnest($1, $2, $3) AS u (a, b, c));
	big boolean := most >= 100000;
	divisor numeric := CASE WHEN NOT big THEN 1.0 WHEN lang = 'zh' THEN 10000.0 ELSE 1000.0 END;
	power numeric := power(10::numeric, floor(log(most)));
	top numeric := (SELECT min(s * power) FROM unnest(ARRAY[1, 2, 5, 10]) s WHERE s * power >= most);
	unit text := t ->> CASE WHEN big THEN 'unit.big' ELSE 'unit' END;
	-- where the first line of the legend begins
	legend integer := CASE WHEN other IS NULL THEN 110 ELSE 45 END;
	svg text;
BEGIN
	svg := (SELECT string_agg(format('<line class="grid" x1="34" x2="356" y1="%1$s" y2="%1$s"/><text x="31" y="%2$s" text-anchor="end">%3$s</text>',
									 160 - i * 28, 163 - i * 28, ce__page_number(round(top * i / 5 / divisor, 2))), '' ORDER BY i)
			  FROM generate_series(0, 5) i);
	svg := svg || (
		SELECT string_agg(format('<rect class="c2" x="%1$s" y="%2$s" width="16" height="%3$s"><title>%6$s %7$s</title></rect>'
								 '<rect class="c1" x="%1$s" y="%4$s" width="16" height="%5$s"><title>%8$s %9$s</title></rect>%10$s%11$s<text x="%12$s" y="171" text-anchor="middle">%13$s</text>',
								 38 + (m - 1) * 26.8, round(160 - hb, 1), round(hb, 1), round(160 - hb - ha, 1), round(ha, 1),
								 ce__html(t ->> 'professional'), ce__page_number(b), ce__html(t ->> 'public'), ce__page_number(a),
								 CASE WHEN other IS NOT NULL THEN format('<rect class="c3" x="%s" y="%s" width="16" height="%s"><title>%s %s</title></rect>',
									38 + (m - 1) * 26.8, round(160 - hb - ha - hc, 1), round(hc, 1), ce__html(other), ce__page_number(c)) END,
								 CASE WHEN a + b + c > 0 THEN format('<text x="%s" y="%s" text-anchor="middle">%s</text>', 46 + (m - 1) * 26.8, round(157 - ha - hb - hc, 1),
									ce__page_number(round((a + b + c) / divisor, CASE WHEN (a + b + c) / divisor >= 100 THEN 0 ELSE 1 END))) END,
								 46 + (m - 1) * 26.8, m), '' ORDER BY m)
		  FROM (SELECT m, a, b, c, 140 * a / top AS ha, 140 * b / top AS hb, 140 * c / top AS hc
				  FROM (SELECT m, coalesce($1[m], 0) AS a, coalesce($2[m], 0) AS b, coalesce($3[m], 0) AS c FROM generate_series(1, 12) m) v) h);
	RETURN format('<figure class="chart"><svg viewBox="0 0 360 192" role="img"><title>%s</title>%s<line class="axis" x1="34" x2="356" y1="160" y2="160"/>'
				  '<rect class="c2" x="%s" y="180" width="9" height="9"/><text x="%s" y="188">%s</text>'
				  '<rect class="c1" x="%s" y="180" width="9" height="9"/><text x="%s" y="188">%s</text>%s</svg><figcaption class="soft">%s</figcaption></figure>',
				  ce__html(t ->> 'by_month'), svg, legend, legend + 13, ce__html(t ->> 'professional'), legend + 110, legend + 123, ce__html(t ->> 'public'),
				  CASE WHEN other IS NOT NULL THEN format('<rect class="c3" x="%s" y="180" width="9" height="9"/><text x="%s" y="188">%s</text>', legend + 220, legend + 233, ce__html(other)) END,
				  ce__html(format(t ->> 'month_text', unit)));
END
$$;
COMMENT ON FUNCTION ce__page_columns(numeric[], numeric[], numeric[], text, text) IS
	'internal: twelve months as columns of an inline SVG, professional hours below, public ones above, and those of other subjects under the name of other, null: none, on top';

CREATE OR REPLACE FUNCTION ce__page_instrument(instrument text, clause text, lang text) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce__require_ledger();
	RETURN (SELECT format(ce__page_labels(lang) ->> 'instrument', CASE lang WHEN 'zh' THEN i.title_zh ELSE i.title_en END, i.doc_no,
						  ce__clause($2, lang))
			  FROM ce_instrument i WHERE i.instrument = $1);
END
$$;
COMMENT ON FUNCTION ce__page_instrument(text, text, text) IS 'internal: title, number and clause of an instrument, as pages cite it; null: no such instrument';

CREATE OR REPLACE FUNCTION ce__page_cite(instrument text, clause text, lang text) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce__require_ledger();
	RETURN (SELECT format(ce__page_labels(lang) ->> 'cite', i.doc_no, ce__clause($2, lang))
			  FROM ce_instrument i WHERE i.instrument = $1);
END
$$;
COMMENT ON FUNCTION ce__page_cite(text, text, text) IS 'internal: number and clause of an instrument, as notes cite it; null: no such instrument';

-- The duty report does not read them: they name the person, courses and remarks.
CREATE OR REPLACE FUNCTION ce__page_readable() RETURNS void
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
	PERFORM ce__require_ledger();
	PERFORM ce__require_reading('ce_person', 'person_no', 'read'), ce__require_reading('ce_archive', NULL, 'read'),
		ce__require_reading(to_regclass('ce_waiver'), 'decision', 'read'), ce__require_reading('ce_allocation', NULL, 'read');
END
$$;
COMMENT ON FUNCTION ce__page_readable() IS 'internal: raises an error that names the duty if the caller may not read what the pages of a person show';

CREATE OR REPLACE FUNCTION ce__page_person_missing(person_id bigint) RETURNS void
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce__require_ledger();
	IF NOT EXISTS (SELECT FROM ce_person p WHERE p.person_id = $1) THEN
		RAISE EXCEPTION USING ERRCODE = 'no_data_found', MESSAGE = format(ce_text('person %s does not exist'), coalesce($1::text, 'null')),
			HINT = ce_text('Table ce_person lists the persons that you may see.');
	END IF;
END
$$;
COMMENT ON FUNCTION ce__page_person_missing(bigint) IS 'internal: raises an error if the caller sees no such person';

CREATE OR REPLACE FUNCTION ce__page_year_missing(year integer) RETURNS void
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
	IF year IS NULL OR year NOT BETWEEN 1900 AND 9999 THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format(ce_text('%s is not a year'), coalesce($1::text, 'null')),
			HINT = ce_text('Give a calendar year such as 2020.');
	ELSIF year > extract(year FROM ce_today()) THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format(ce_text('the year %s has not begun'), $1),
			HINT = ce_text('Certificates and reports of a year are issued from its first day on.');
	END IF;
END
$$;
COMMENT ON FUNCTION ce__page_year_missing(integer) IS 'internal: raises an error if the number is not a calendar year, or one that has not begun';

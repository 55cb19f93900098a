--
-- Pages: certificate, learning archive and yearly report as one HTML file
-- each, and the code of a certificate.  No script, nothing from elsewhere;
-- every text of the ledger goes through ce_html().  Hours come from the views
-- and from ce_assess(); nothing is computed a second time here.  What GB 2312
-- has no character for is an entity: the database may be in EUC_CN.
--

CREATE OR REPLACE FUNCTION ce_html(txt text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN replace(replace(replace(replace(replace(txt, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;');
COMMENT ON FUNCTION ce_html(text) IS 'a text as HTML: what could end a text or an attribute is escaped';

CREATE OR REPLACE FUNCTION ce_page_number(value numeric) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN rtrim(to_char(value, 'FM999,999,999,999,990.99'), '.');
COMMENT ON FUNCTION ce_page_number(numeric) IS 'a number as pages show it: at most two decimals, thousands apart';

CREATE OR REPLACE FUNCTION ce_page_date(day date, lang text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN CASE lang WHEN 'zh' THEN format('%s年%s月%s日', extract(year FROM day), extract(month FROM day), extract(day FROM day))
		ELSE format('%s %s %s', extract(day FROM day), (ARRAY['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September',
			'October', 'November', 'December'])[extract(month FROM day)::integer], extract(year FROM day)) END;
COMMENT ON FUNCTION ce_page_date(date, text) IS 'a day as pages write it out';

CREATE OR REPLACE FUNCTION ce_page_labels(lang text) RETURNS jsonb
	LANGUAGE ce_plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
	IF lang IS NULL OR lang NOT IN ('zh', 'en') THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format(ce_text('there are no pages in the language "%s"'), lang),
			HINT = ce_text('The languages are zh (Chinese) and en (English).');
	END IF;
	RETURN (SELECT jsonb_object_agg(l.key, CASE $1 WHEN 'zh' THEN l.zh ELSE l.en END) FROM (VALUES
		('html_lang', 'zh-CN', 'en'),
		('certificate', '继续教育证书', 'Certificate of Continuing Education'),
		('statement', '继续教育学时证明', 'Statement of Continuing-Education Hours'),
		('archive', '继续教育学习档案', 'Learning Archive of Continuing Education'),
		('report', '继续教育统计报告', 'Report on Continuing Education'),
		('year', '%s年度', 'Year %s'),
		('page', '第 %s 页，共 %s 页', 'page %s of %s'),
		('person_no', '人员编号', 'Person no.'),
		('name', '姓名', 'Name'),
		('employer', '工作单位', 'Employer'),
		('specialty', '专业', 'Specialty'),
		('held', '现任职称级别', 'Title held'),
		('since', '%s起', 'since %s'),
		('hours', '学时', 'Class hours'),
		('hours_of', '%s学时', '%s hours'),
		('caption', '按科目与要求对照', 'by subject, against the requirement'),
		('subject', '科目', 'Subject'),
		('required', '要求', 'Required'),
		('recognised', '认定学时', 'Recognised'),
		('against', '完成程度', 'Progress'),
		('result', '结论', 'Result'),
		('public', '公需科目', 'Public'),
		('professional', '专业科目', 'Professional'),
		('total', '合计', 'Total'),
		('reached', '达到', 'met'),
		('short', '缺 %s', '%s short'),
		('deemed', '视同完成', 'deemed complete'),
		('no_minimum', '无单独要求', 'no minimum'),
		('no_rule', '无规定', 'no rule'),
		('bar', '%s：认定 %s，要求 %s', '%s: %s recognised, %s required'),
		('percent', '%s%%', '%s %%'),
		('met_text', '经核验，该人员%s年度完成的继续教育学时达到%s规定的学时要求。',
			'The verified hours of %s meet the requirement of %s.'),
		('short_text', '截至出具之日，该人员%s年度经核验的继续教育学时尚未达到%s规定的要求：%s。本页仅证明学时，不是达标证书。',
			'As of the day of issue the verified hours of %s do not meet the requirement of %s: %s. This page states hours; it does not certify that the year is met.'),
		('no_rule_text', '台账中没有%s年度的学时要求。本页仅证明经核验的学时，不作达标结论。',
			'The ledger has no requirement for %s. This page states verified hours and says nothing on whether the year is met.'),
		('scope_text', '“%s”适用其他规定（条款%s）。本页仅证明经核验的学时，不作达标结论。',
			'Other rules govern %s (clause %s). This page states verified hours and says nothing on whether the year is met.'),
		('short_of', '%s缺%s学时', '%s %s hours short'),
		('and', '，', ', '),
		('instrument', '《%1$s》（%2$s）第%3$s条', '%2$s, "%1$s" (%3$s)'),
		('notes', '说明', 'Notes'),
		('note_cap', '%s：折算%s学时，认定%s学时，每年最多认定%s学时（条款%s）。', '%s: %s hours converted, %s recognised, at most %s a year (clause %s).'),
		('note_deemed_public', '公需科目视同完成，依据见明细（条款5.3）。', 'The public hours are deemed complete, see the items (clause 5.3).'),
		('note_deemed_professional', '专业科目视同完成，依据见明细（条款5.2.3、5.3）。', 'The professional hours are deemed complete, see the items (clauses 5.2.3, 5.3).'),
		('note_in', '%s：由%s年度多学部分转入%s学时，%s（条款7.6e）。', '%s: %3$s hours spread from the surplus of %2$s on %4$s (clause 7.6e).'),
		('note_out', '%s：转至%s年度%s学时，%s（条款7.6e）。', '%s: %3$s hours spread to %2$s on %4$s (clause 7.6e).'),
		('note_innovation', '创新成果类学时不入学习档案，申报职称时由单位核算（条款7.3），不在本页内。',
			'Hours for innovation are not in the archive; employers compute them for title applications (clause 7.3). They are not on this page.'),
		('sign_employer', '工作单位（盖章）', 'Employer (signature and seal)'),
		('sign_office', '人力资源社会保障部门（盖章）', 'Human-resources office (signature and seal)'),
		('sign_date', '　　　　年　　月　　日', 'Date'),
		('issued', '出具日期', 'Issued'),
		('code', '验证码', 'Verification code'),
		('year_head', '年度', 'Year'),
		('code_text', '在台账中用 ce_certificate_check 核验；所示人员与学时须与本页一致。',
			'To be checked in the ledger by ce_certificate_check, which must show the person and the hours of this page.'),
		('items', '学时明细', 'Items'),
		('completed', '完成日期', 'Completed'),
		('kind', '类别', 'Kind'),
		('item', '内容', 'Item'),
		('stated', '申报学时', 'Stated'),
		('awarded', '折算学时', 'Converted'),
		('status', '状态', 'Status'),
		('none', '本年度没有学时记录。', 'There are no items in this year.'),
		('none_ever', '档案中没有记录。', 'The archive is empty.'),
		('cut', '受年度上限限制', 'cut by the yearly cap'),
		('deems_public', '视同完成本年度公需科目', 'deems the year''s public hours complete'),
		('deems_professional', '视同完成本年度专业科目', 'deems the year''s professional hours complete'),
		('deems_both', '视同完成本年度全部科目', 'deems all hours of the year complete'),
		('status.submitted', '待审核', 'submitted'),
		('status.in_review', '审核中', 'in review'),
		('status.verified', '已核验', 'verified'),
		('status.rejected', '未通过', 'rejected'),
		('status.revoked', '已撤销', 'revoked'),
		('level.junior', '初级', 'junior'),
		('level.intermediate', '中级', 'intermediate'),
		('level.senior', '副高级', 'senior'),
		('level.full_senior', '正高级', 'full senior'),
		('level.none', '无', 'none'),
		('category.public', '公需科目', 'public courses'),
		('category.online', '网络课程类', 'online courses'),
		('category.training', '培训进修类', 'training'),
		('category.study', '自学类', 'study'),
		('category.mentoring', '技术带教帮扶类', 'mentoring'),
		('category.special', '其他形式', 'other forms'),
		('category.recorded', '历年专业学时', 'recorded earlier'),
		('category.innovation', '创新成果类', 'innovation'),
		('overview', '各年度概览', 'The years'),
		('persons', '人数', 'Persons'),
		('trained', '有学时人数', 'With hours'),
		('met', '达标人数', 'Met'),
		('rate', '完成率', 'Completion'),
		('obliged', '应参加人员', 'Obliged staff'),
		('encouraged', '鼓励参加人员', 'Encouraged staff'),
		('by_group', '完成情况', 'Completion'),
		('group', '人员', 'Staff'),
		('key_figures', '基本情况', 'Key figures'),
		('key_text', '在职、适用本规定的人员（会计人员除外）；“鼓励参加”指中央驻青单位、民办机构和驻军幼儿园（条款2.2），不计入完成率。学时为档案认定学时。',
			'Staff in service whom the notice governs (accounting staff are not). Staff of central units, private institutions and military kindergartens are encouraged, not obliged (clause 2.2), and not in the rates below. Hours as the archive recognises them.'),
		('by_prefecture', '各地区完成率', 'Completion by prefecture'),
		('prefecture', '地区', 'Prefecture'),
		('province', '省属单位', 'provincial units'),
		('by_department', '省级行业主管部门', 'Provincial industry departments'),
		('department', '主管部门', 'Department'),
		('others', '其他', 'all others'),
		('by_level', '按现任职称级别', 'By title held'),
		('by_category', '学时构成', 'Hours by category'),
		('category', '类别', 'Category'),
		('count', '项数', 'Items'),
		('share', '占比', 'Share'),
		('category_text', '经核验的折算学时，未计年度上限；视同完成的项目没有学时。', 'Verified hours as converted, before yearly caps; items that deem a year complete carry no hours.'),
		('by_month', '按月学时', 'Hours month by month'),
		('month_text', '按完成日期所在月份统计，经核验的折算学时，单位：%s。', 'By month of completion, verified hours as converted, in %s.'),
		('unit', '学时', 'hours'),
		('unit.big', '万学时', 'thousand hours'),
		('quarter', '季度', 'Quarter'),
		('quarter_of', '第%s季度', 'quarter %s'),
		('findings', '需要关注的事项', 'Findings'),
		('finding', '事项', 'Finding'),
		('clause', '条款', 'Clause'),
		('no_findings', '没有发现。', 'There are none.'),
		('findings_hidden', '您无权查看，未列出。', 'Not shown, since you may not read them.'),
		('finding.late filing', '逾期备案', 'late filing'),
		('finding.filing overdue', '超期未备案', 'filing overdue'),
		('finding.late study', '逾期完成学习', 'late study'),
		('finding.late verification', '逾期核验', 'late verification'),
		('finding.verification overdue', '超期未核验', 'verification overdue'),
		('finding.more than 10 hours a day', '每日超过10学时', 'more than 10 hours a day'),
		('finding.more hours than one day has', '超出一日所能容纳的学时', 'more hours than one day has'),
		('finding.near duplicate', '疑似重复', 'near duplicate'),
		('finding.spread more than the year leaves over', '转出超过结余', 'spread more than the year leaves over'),
		('no_data', '本台账没有%s年度的数据。', 'The ledger has no data for %s.'),
		('year_no_rule', '台账中没有%s年度的学时要求，因此没有完成率。', 'The ledger has no requirement for %s, so there are no rates.'),
		('basis', '依据：%s。', 'By %s.'),
		('check.ok', '属实：台账在出具之日的记录与该证书一致。', 'Confirmed: on the day of issue the ledger held what the certificate states.'),
		('check.malformed', '不是有效的验证码：应为每4个字符一组的%s个字符。', 'This is no code: it has groups of 4, %s characters in all.'),
		('check.mistyped', '验证码有误：校验位不符，请核对后重新输入。', 'The code is mistyped: its check characters do not fit. Compare it with the page.'),
		('check.future', '不属实：验证码所载出具日期%s尚未到来。', 'Not confirmed: the day of issue in the code, %s, lies in the future.'),
		('check.person', '不属实：台账中没有（或您无权查看）该验证码所指的人员。', 'Not confirmed: the ledger has no such person, or you may not see it.'),
		('check.other', '不属实：台账在出具之日的记录与该证书不一致。该证书不是出自本台账，或者此后有记录按出具之日或更早的日期作了变更。%s年度目前有%s项已核验、%s项已撤销。',
			'Not confirmed: on the day of issue the ledger held something else. The certificate is not from this ledger, or entries dated on or before that day were changed since. The year %s has %s verified and %s revoked items today.'),
		('check.law', '不再属实：学时未变，但该年度的学时要求或上限此后已修改。现应重新出具。', 'No longer confirmed: the hours are the same, but the year''s requirement or caps have been changed since. Issue it anew.'),
		('check.revoked', '不再属实：出具之后有学时被撤销：%s。', 'No longer confirmed: hours were revoked after it was issued: %s.'),
		('check.reversed', '不再属实：出具之后有转入学时被收回：%s。', 'No longer confirmed: hours spread to the year were taken back after it was issued: %s.'),
		('check.added', '出具之后该年度又有%s项、%s学时通过核验。', 'Since then %s more items with %s hours were verified for the year.'),
		('check.spread', '出具之后该年度的学时转入转出有变更。', 'Since then hours were spread to or from the year.'),
		('check.item', '%s（%s学时，%s撤销）', '%s (%s hours, on %s)'),
		('check.allocation', '%s%s学时（%s）', '%s %s hours (on %s)'),
		('check.more', '等%s项', 'and others, %s in all')
	) AS l (key, zh, en));
END
$$;
COMMENT ON FUNCTION ce_page_labels(text) IS 'every fixed text of the pages in a language, zh or en, by its key; another language is an error';

CREATE OR REPLACE FUNCTION ce_page(lang text, title text, running text, body text) RETURNS text
	LANGUAGE ce_plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
	t jsonb := ce_page_labels(lang);
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
				  t ->> 'html_lang', ce_html(title), css, foot,
				  '"' || format(t ->> 'page', '" counter(page) "', '" counter(pages) "') || '"', body);
END
$$;
COMMENT ON FUNCTION ce_page(text, text, text, text) IS
	'one HTML file of a body: language, title, styles for screen, small screen and A4 paper; running is what the foot of each printed page says';

CREATE OR REPLACE FUNCTION ce_page_bar(value numeric, mark numeric, scale numeric, label text) RETURNS text
	LANGUAGE ce_plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
	full_width numeric := greatest(scale, value, mark);
	w numeric := CASE WHEN full_width > 0 THEN round(100 * greatest(value, 0) / full_width, 2) ELSE 0 END;
	m numeric := CASE WHEN full_width > 0 THEN round(100 * mark / full_width, 2) END;
BEGIN
	RETURN format('<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img"><title>%s</title>'
				  '<rect class="track" width="100" height="10"/><rect class="got" y="1" width="%s" height="8"/>%s%s</svg>',
				  ce_html(label), least(w, m),
				  CASE WHEN w > m THEN format('<rect class="over" x="%s" y="1" width="%s" height="8"/>', m, w - m) END,
				  CASE WHEN m < 100 THEN format('<line class="mark" x1="%s" x2="%1$s" y1="0" y2="10"/>', m) END);
END
$$;
COMMENT ON FUNCTION ce_page_bar(numeric, numeric, numeric, text) IS
	'a bar as inline SVG: value up to the mark, what is over it lighter; its width is the greatest of value, mark and scale; the label is read aloud';

CREATE OR REPLACE FUNCTION ce_page_columns(public_hours numeric[], professional_hours numeric[], lang text) RETURNS text
	LANGUAGE ce_plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
	t jsonb := ce_page_labels(lang);
	most numeric := (SELECT greatest(max(coalesce(a, 0) + coalesce(b, 0)), 1) FROM unnest($1, $2) AS u (a, b));
	big boolean := most >= 100000;
	divisor numeric := CASE WHEN NOT big THEN 1.0 WHEN lang = 'zh' THEN 10000.0 ELSE 1000.0 END;
	power numeric := power(10::numeric, floor(log(most)));
	top numeric := (SELECT min(s * power) FROM unnest(ARRAY[1, 2, 5, 10]) s WHERE s * power >= most);
	unit text := t ->> CASE WHEN big THEN 'unit.big' ELSE 'unit' END;
	svg text;
BEGIN
	svg := (SELECT string_agg(format('<line class="grid" x1="34" x2="356" y1="%1$s" y2="%1$s"/><text x="31" y="%2$s" text-anchor="end">%3$s</text>',
									 160 - i * 28, 163 - i * 28, ce_page_number(round(top * i / 5 / divisor, 2))), '' ORDER BY i)
			  FROM generate_series(0, 5) i);
	svg := svg || (
		SELECT string_agg(format('<rect class="c2" x="%1$s" y="%2$s" width="16" height="%3$s"><title>%8$s %9$s</title></rect>'
								 '<rect class="c1" x="%1$s" y="%4$s" width="16" height="%5$s"><title>%10$s %11$s</title></rect>%6$s<text x="%7$s" y="171" text-anchor="middle">%12$s</text>',
								 38 + (m - 1) * 26.8, round(160 - hb, 1), round(hb, 1), round(160 - hb - ha, 1), round(ha, 1),
								 CASE WHEN a + b > 0 THEN format('<text x="%s" y="%s" text-anchor="middle">%s</text>', 46 + (m - 1) * 26.8, round(157 - ha - hb, 1),
									ce_page_number(round((a + b) / divisor, CASE WHEN (a + b) / divisor >= 100 THEN 0 ELSE 1 END))) END,
								 46 + (m - 1) * 26.8, ce_html(t ->> 'professional'), ce_page_number(b), ce_html(t ->> 'public'), ce_page_number(a), m), '' ORDER BY m)
		  FROM (SELECT m, a, b, 140 * a / top AS ha, 140 * b / top AS hb
				  FROM (SELECT m, coalesce($1[m], 0) AS a, coalesce($2[m], 0) AS b FROM generate_series(1, 12) m) v) h);
	RETURN format('<figure class="chart"><svg viewBox="0 0 360 192" role="img"><title>%s</title>%s<line class="axis" x1="34" x2="356" y1="160" y2="160"/>'
				  '<rect class="c2" x="110" y="180" width="9" height="9"/><text x="123" y="188">%s</text>'
				  '<rect class="c1" x="220" y="180" width="9" height="9"/><text x="233" y="188">%s</text></svg><figcaption class="soft">%s</figcaption></figure>',
				  ce_html(t ->> 'by_month'), svg, ce_html(t ->> 'professional'), ce_html(t ->> 'public'), ce_html(format(t ->> 'month_text', unit)));
END
$$;
COMMENT ON FUNCTION ce_page_columns(numeric[], numeric[], text) IS 'twelve months as columns of an inline SVG, professional hours below and public ones above';

CREATE OR REPLACE FUNCTION ce_certificate_facts(person_id bigint, year integer, as_of date) RETURNS jsonb
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	facts jsonb;
BEGIN
	PERFORM ce_ledger();
	SELECT jsonb_build_object('scheme', p.scheme, 'governed', s.governed, 'credit', c.credit::text, 'instrument', r.instrument, 'clause', r.clause)
		   || (SELECT jsonb_object_agg(e.key, CASE WHEN jsonb_typeof(e.value) = 'boolean' THEN e.value ELSE to_jsonb(trim_scale((e.value #>> '{}')::numeric)) END)
				 FROM jsonb_each(to_jsonb(a)) e)
	  INTO facts
	  FROM ce_person p
	  JOIN ce_scheme s ON s.scheme = p.scheme
	 CROSS JOIN LATERAL (SELECT ce_account_as_of(p.person_id, $2, $3) AS credit) c
	 CROSS JOIN LATERAL ce_assess(p.scheme, $2, c.credit, '0', false) a
	  LEFT JOIN LATERAL (
			SELECT q.instrument, q.clause FROM ce_requirement q
			 WHERE q.scheme = p.scheme AND $2 BETWEEN q.from_year AND coalesce(q.to_year, $2)
			 ORDER BY q.from_year DESC LIMIT 1) r ON true
	 WHERE p.person_id = $1;
	RETURN facts || jsonb_build_object('items', (
		SELECT coalesce(string_agg(format('%s=%s', v.activity_id, v.awarded), ' ' ORDER BY v.activity_id), '')
		  FROM ce_activity v
		 WHERE v.person_id = $1 AND v.year = $2 AND v.verified_on <= $3 AND coalesce(v.revoked_on > $3, true)));
END
$$;
COMMENT ON FUNCTION ce_certificate_facts(bigint, integer, date) IS
	'what a certificate states of a year as it was verified on a day: the credit, the items, what ce_assess() makes of them; null: no such person';

-- The alphabet has no I, L, O and U.  A code is the person (5, 9 or 13 signs),
-- the year (3), the day of issue (4), a sum of the hours (7), one of what the law
-- made of them (3), and two check signs: the number that the rest is, modulo 1021.
CREATE OR REPLACE FUNCTION ce_certificate_signs(value bigint, signs integer) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN (SELECT string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (value >> (5 * i) & 31)::integer + 1, 1), '' ORDER BY i DESC)
			  FROM generate_series(0, signs - 1) i);
COMMENT ON FUNCTION ce_certificate_signs(bigint, integer) IS 'a number in so many signs of a code, base 32';

CREATE OR REPLACE FUNCTION ce_certificate_value(signs text) RETURNS bigint
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN (SELECT bit_or((strpos('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(signs, i, 1)) - 1)::bigint << (5 * (length(signs) - i)))
			  FROM generate_series(1, length(signs)) i);
COMMENT ON FUNCTION ce_certificate_value(text) IS 'the number that signs of a code are';

CREATE OR REPLACE FUNCTION ce_certificate_checksum(signs text) RETURNS text
	LANGUAGE ce_plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	rest bigint := bigint '0';
BEGIN
	FOR i IN 1 .. length(signs) LOOP
		rest := (rest * 32 + ce_certificate_value(substr(signs, i, 1))) % 1021;
	END LOOP;
	RETURN ce_certificate_signs(rest, 2);
END
$$;
COMMENT ON FUNCTION ce_certificate_checksum(text) IS 'the two check signs of a code: any one wrong sign and any two neighbours exchanged are found';

-- Only what is listed here goes into the sums, so that facts of a later version leave old codes as they are.
CREATE OR REPLACE FUNCTION ce_certificate_sum(facts jsonb, person_id bigint, year integer, issued_on date, law boolean) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN (SELECT string_agg(ce_certificate_signs((get_byte(h.sum, i) & 31)::bigint, 1), '' ORDER BY i)
			  FROM (SELECT sha256(convert_to(concat_ws('|', 'ce_certificate', person_id, year, issued_on - date '2000-01-01',
							CASE WHEN law THEN concat_ws('|', 'law', coalesce(facts ->> 'scheme', '-'),
								coalesce(facts ->> 'public_hours', '-'), coalesce(facts ->> 'professional_hours', '-'),
								coalesce(facts ->> 'required_public', '-'), coalesce(facts ->> 'required_professional', '-'),
								coalesce(facts ->> 'required_total', '-'), coalesce(facts ->> 'met', '-'))
							ELSE concat_ws('|', 'hours', facts ->> 'credit', facts ->> 'items') END), 'UTF8')) AS sum) h,
				   generate_series(0, CASE WHEN law THEN 2 ELSE 6 END) i);
COMMENT ON FUNCTION ce_certificate_sum(jsonb, bigint, integer, date, boolean) IS
	'signs of a code that stand for facts: 7 for the hours and their items or, law being true, 3 for what the year''s law made of them';

CREATE OR REPLACE FUNCTION ce_certificate_code(facts jsonb, person_id bigint, year integer, issued_on date) RETURNS text
	LANGUAGE ce_plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
	signs text := ce_certificate_signs(person_id, CASE WHEN person_id >> 25 = 0 THEN 5 WHEN person_id >> 45 = 0 THEN 9 ELSE 13 END)
		|| ce_certificate_signs(year, 3) || ce_certificate_signs(issued_on - date '2000-01-01', 4)
		|| ce_certificate_sum(facts, person_id, year, issued_on, false) || ce_certificate_sum(facts, person_id, year, issued_on, true);
BEGIN
	RETURN rtrim(regexp_replace(signs || ce_certificate_checksum(signs), '(.{4})', '\1-', 'g'), '-');
END
$$;
COMMENT ON FUNCTION ce_certificate_code(jsonb, bigint, integer, date) IS 'the code of a certificate: person, year, day of issue, sums of the facts, check signs; in groups of 4';

CREATE OR REPLACE FUNCTION ce_page_subjects(facts jsonb, t jsonb) RETURNS text
	LANGUAGE ce_plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
	RETURN format(E'<table class="hours"><caption>%s</caption><thead><tr><th scope="col">%s</th><th scope="col" class="n">%s</th><th scope="col" class="n">%s</th>'
				  '<th scope="col">%s</th><th scope="col" class="n">%%</th><th scope="col">%s</th></tr></thead><tbody>\n',
				  ce_html(t ->> 'caption'), ce_html(t ->> 'subject'), ce_html(t ->> 'required'), ce_html(t ->> 'recognised'), ce_html(t ->> 'against'), ce_html(t ->> 'result'))
		|| (SELECT string_agg(format(E'<tr%s><th scope="row">%s</th><td class="n">%s</td><td class="n">%s</td><td class="b">%s</td><td class="n">%s</td><td class="r">%s</td></tr>\n',
									CASE s.subject WHEN 'total' THEN ' class="sum"' END, ce_html(t ->> s.subject),
									coalesce(ce_page_number(s.required), '&ndash;'), ce_page_number(s.got),
									ce_page_bar(s.got, s.required, (facts ->> 'total_hours')::numeric * (s.required IS NULL)::integer,
										format(t ->> 'bar', t ->> s.subject, ce_page_number(s.got), coalesce(ce_page_number(s.required), '-'))),
									coalesce(ce_page_number(floor(100 * s.got / nullif(s.required, 0))), '&ndash;'),
									CASE WHEN facts ->> 'required_total' IS NULL THEN ce_html(t ->> 'no_rule')
										 WHEN s.required IS NULL THEN ce_html(t ->> 'no_minimum')
										 WHEN s.short > 0 THEN '&#10007; ' || ce_html(format(t ->> 'short', ce_page_number(s.short)))
										 ELSE '&#10003; ' || ce_html(t ->> CASE WHEN s.got < s.required THEN 'deemed' ELSE 'reached' END) END), '' ORDER BY s.ord)
			  FROM (SELECT ord, subject, (facts ->> (subject || '_hours'))::numeric AS got, (facts ->> ('required_' || subject))::numeric AS required,
						   (facts ->> (subject || '_short'))::numeric AS short
					  FROM unnest(ARRAY['public', 'professional', 'total']) WITH ORDINALITY AS u (subject, ord)) s)
		|| E'</tbody></table>\n';
END
$$;
COMMENT ON FUNCTION ce_page_subjects(jsonb, jsonb) IS 'a year''s hours against its requirement by subject, with bars: a table of a page';

CREATE OR REPLACE FUNCTION ce_page_items(person_id bigint, year integer, lang text, verified_only boolean) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
	rows text;
BEGIN
	PERFORM ce_ledger();
	t := ce_page_labels(lang);
	SELECT string_agg(format(E'<tr><th scope="row">%s%s</th><td class="d">%s</td><td>%s</td>%s<td class="n" data-label="%s">%s</td><td class="n" data-label="%s">%s</td>%s</tr>\n',
							 ce_html(v.item), '<small>' || ce_html(nullif(v.remark, '')) || '</small>', to_char(v.completed_on, 'YYYY-MM-DD'), ce_html(v.label),
							 CASE WHEN NOT $4 THEN format('<td class="n" data-label="%s">%s</td>', ce_html(t ->> 'stated'), coalesce(ce_page_number(v.hours), '&ndash;')) END,
							 ce_html(t ->> 'awarded'), ce_page_number(v.awarded), ce_html(t ->> 'recognised'), ce_page_number(v.recognised),
							 CASE WHEN NOT $4 THEN format('<td class="s" data-label="%s">%s</td>', ce_html(t ->> 'status'), ce_html(t ->> ('status.' || v.status))) END),
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
		  JOIN ce_activity v ON v.person_id = a.person_id AND v.activity_id = a.activity_id
		  LEFT JOIN ce_plan l ON l.plan_id = v.plan_id
		 WHERE a.person_id = $1 AND a.year = $2 AND (a.status = 'verified' OR NOT $4)) v;
	IF rows IS NULL THEN
		RETURN format(E'<p>%s</p>\n', ce_html(t ->> 'none'));
	END IF;
	RETURN format(E'<table class="items"><thead><tr><th scope="col">%s</th><th scope="col">%s</th><th scope="col">%s</th>%s<th scope="col" class="n">%s</th><th scope="col" class="n">%s</th>%s</tr></thead><tbody>\n%s</tbody></table>\n',
				  ce_html(t ->> 'item'), ce_html(t ->> 'completed'), ce_html(t ->> 'kind'),
				  CASE WHEN NOT $4 THEN format('<th scope="col" class="n">%s</th>', ce_html(t ->> 'stated')) END,
				  ce_html(t ->> 'awarded'), ce_html(t ->> 'recognised'),
				  CASE WHEN NOT $4 THEN format('<th scope="col">%s</th>', ce_html(t ->> 'status')) END, rows);
END
$$;
COMMENT ON FUNCTION ce_page_items(bigint, integer, text, boolean) IS 'the items of a person''s year, all or the verified ones, as a table of a page';

CREATE OR REPLACE FUNCTION ce_page_notes(person_id bigint, year integer, facts jsonb, lang text) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
BEGIN
	PERFORM ce_ledger();
	t := ce_page_labels(lang);
	RETURN (SELECT string_agg(format(E'<li>%s</li>\n', ce_html(n.note)), '' ORDER BY n.ord, n.note) FROM (
		-- what a cap cut, as the archive has it
		SELECT 1 AS ord, format(t ->> 'note_cap', t ->> ('category.' || a.category), ce_page_number(sum(a.awarded)), ce_page_number(sum(a.recognised)),
								ce_page_number(min(c.hours)), min(c.clause)) AS note
		  FROM ce_archive a
		 CROSS JOIN LATERAL (
				SELECT q.hours::numeric AS hours, q.clause FROM ce_cap q
				 WHERE q.scheme = facts ->> 'scheme' AND q.category = a.category AND a.year BETWEEN q.from_year AND coalesce(q.to_year, a.year)
				 ORDER BY q.from_year DESC LIMIT 1) c
		 WHERE a.person_id = $1 AND a.year = $2 AND a.status = 'verified'
		 GROUP BY a.category HAVING sum(a.recognised) < sum(a.awarded)
		UNION ALL
		SELECT 2, t ->> 'note_deemed_public' WHERE (facts ->> 'public_deemed')::boolean
		UNION ALL
		SELECT 3, t ->> 'note_deemed_professional' WHERE (facts ->> 'professional_deemed')::boolean
		UNION ALL
		SELECT 4, format(t ->> CASE WHEN l.to_year = $2 THEN 'note_in' ELSE 'note_out' END, t ->> l.subject::text,
						 CASE WHEN l.to_year = $2 THEN l.from_year ELSE l.to_year END, ce_page_number(l.hours::numeric), ce_page_date(l.allocated_on, lang))
		  FROM ce_allocation l
		 WHERE l.person_id = $1 AND $2 IN (l.from_year, l.to_year) AND l.reversed_on IS NULL) n);
END
$$;
COMMENT ON FUNCTION ce_page_notes(bigint, integer, jsonb, text) IS 'what made a year''s recognised hours other than the sum of its items: caps, deeming, spreading; list items of a page, null: nothing';

CREATE OR REPLACE FUNCTION ce_page_person(person_id bigint, lang text, with_title boolean) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
BEGIN
	PERFORM ce_ledger();
	t := ce_page_labels(lang);
	RETURN (SELECT format(E'<dl><dt>%s</dt><dd></dd><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd>%s</dl>\n',
						  ce_html(t ->> 'name'), ce_html(t ->> 'person_no'), ce_html(coalesce(p.person_no, p.person_id::text)),
						  ce_html(t ->> 'employer'), ce_html(o.name), ce_html(t ->> 'specialty'), coalesce(ce_html(p.specialty), '&ndash;'),
						  CASE WHEN $3 THEN format('<dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd>', ce_html(t ->> 'held'),
							ce_html(concat_ws(t ->> 'and', t ->> ('level.' || coalesce(p.held_level::text, 'none')), format(t ->> 'since', ce_page_date(p.held_since, lang)))),
							ce_html(t ->> 'issued'), ce_page_date(ce_today(), lang)) END)
			  FROM ce_person p JOIN ce_org o ON o.org_id = p.org_id WHERE p.person_id = $1);
END
$$;
COMMENT ON FUNCTION ce_page_person(bigint, text, boolean) IS 'who a page is about, with a line for the name, which the ledger does not keep; null: no such person';

CREATE OR REPLACE FUNCTION ce_page_instrument(instrument text, clause text, lang text) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce_ledger();
	RETURN (SELECT format(ce_page_labels(lang) ->> 'instrument', CASE lang WHEN 'zh' THEN i.title_zh ELSE i.title_en END, i.doc_no,
						  CASE lang WHEN 'zh' THEN regexp_replace($2, '^art\. *', '') ELSE $2 END)
			  FROM ce_instrument i WHERE i.instrument = $1);
END
$$;
COMMENT ON FUNCTION ce_page_instrument(text, text, text) IS 'title, number and clause of an instrument, as pages cite it; null: no such instrument';

CREATE OR REPLACE FUNCTION ce_page_person_missing(person_id bigint) RETURNS void
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce_ledger();
	IF NOT EXISTS (SELECT FROM ce_person p WHERE p.person_id = $1) THEN
		RAISE EXCEPTION USING ERRCODE = 'no_data_found', MESSAGE = format(ce_text('person %s does not exist'), coalesce($1::text, 'null')),
			HINT = ce_text('Table ce_person lists the persons that you may see.');
	END IF;
END
$$;
COMMENT ON FUNCTION ce_page_person_missing(bigint) IS 'an error if there is no such person for the caller';

CREATE OR REPLACE FUNCTION ce_page_year_missing(year integer) RETURNS void
	LANGUAGE ce_plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
	IF year IS NULL OR year NOT BETWEEN 1900 AND 9999 THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format(ce_text('%s is not a year'), coalesce($1::text, 'null')),
			HINT = ce_text('Give a calendar year such as 2020.');
	END IF;
END
$$;
COMMENT ON FUNCTION ce_page_year_missing(integer) IS 'an error if that is no calendar year';

CREATE OR REPLACE FUNCTION ce_certificate_html(person_id bigint, year integer, lang text DEFAULT 'zh') RETURNS text
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
	t := ce_page_labels(lang);
	PERFORM ce_page_person_missing($1), ce_page_year_missing($2);
	today := ce_today();
	facts := ce_certificate_facts($1, $2, today);
	code := ce_certificate_code(facts, $1, $2, today);
	SELECT CASE lang WHEN 'zh' THEN s.label_zh ELSE s.label_en END AS label, s.clause, s.governed
	  INTO scheme FROM ce_scheme s WHERE s.scheme = facts ->> 'scheme';
	title := t ->> CASE WHEN scheme.governed AND (facts ->> 'met')::boolean THEN 'certificate' ELSE 'statement' END;
	verdict := CASE WHEN NOT scheme.governed THEN format(t ->> 'scope_text', scheme.label, scheme.clause)
					WHEN facts ->> 'met' IS NULL THEN format(t ->> 'no_rule_text', year)
					WHEN (facts ->> 'met')::boolean THEN format(t ->> 'met_text', year, ce_page_instrument(facts ->> 'instrument', facts ->> 'clause', lang))
					ELSE format(t ->> 'short_text', year, ce_page_instrument(facts ->> 'instrument', facts ->> 'clause', lang),
								(SELECT string_agg(format(t ->> 'short_of', t ->> s.subject, ce_page_number(s.short)), t ->> 'and' ORDER BY s.ord)
								   FROM (SELECT ord, subject, (facts ->> (subject || '_short'))::numeric AS short
										   FROM unnest(ARRAY['public', 'professional', 'total']) WITH ORDINALITY AS u (subject, ord)) s
								  WHERE s.short > 0)) END;
	RETURN ce_page(lang, format('%s | %s | %s', title, year, (SELECT coalesce(p.person_no, p.person_id::text) FROM ce_person p WHERE p.person_id = $1)),
		code,
		format(E'<div class="frame">\n<header class="head"><p class="kicker">%s</p><h1>%s</h1><p class="year">%s</p></header>\n',
			   ce_html(scheme.label), ce_html(title), ce_html(format(t ->> 'year', year)))
		|| ce_page_person($1, lang, false)
		|| format(E'<p class="verdict">%s</p>\n', ce_html(verdict))
		|| ce_page_subjects(facts, t)
		|| format(E'<ul class="notes">\n%s<li>%s</li>\n</ul>\n', ce_page_notes($1, $2, facts, lang), ce_html(t ->> 'note_innovation'))
		|| format(E'<section class="sign"><div>%s<div class="line"></div><div class="date">%s</div></div><div>%s<div class="line"></div><div class="date">%2$s</div></div></section>\n',
				  ce_html(t ->> 'sign_employer'), ce_html(t ->> 'sign_date'), ce_html(t ->> 'sign_office'))
		|| format(E'<section class="proof"><p>%s&ensp;%s</p><p>%s&ensp;<span class="code">%s</span></p><p class="soft">%s</p></section>\n</div>\n',
				  ce_html(t ->> 'issued'), ce_page_date(today, lang), ce_html(t ->> 'code'), code, ce_html(t ->> 'code_text'))
		|| format(E'<section class="annex"><h2>%s</h2>\n%s</section>\n', ce_html(t ->> 'items'), ce_page_items($1, $2, lang, true)));
END
$$;
COMMENT ON FUNCTION ce_certificate_html(bigint, integer, text) IS
	'the yearly certificate of a person (7.6d) as one HTML page in zh or en: hours against the requirement, items, a code that ce_certificate_check() confirms; says so where the year is not met';

CREATE OR REPLACE FUNCTION ce_archive_html(person_id bigint, lang text DEFAULT 'zh') RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
	today date;
	overview text;
	years text;
BEGIN
	PERFORM ce_ledger();
	t := ce_page_labels(lang);
	PERFORM ce_page_person_missing($1);
	today := ce_today();
	SELECT string_agg(format(E'<tr><th scope="row">%s</th><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td><td class="r">%s</td></tr>\n', f.year,
							 ce_page_number((f.facts ->> 'public_hours')::numeric), ce_page_number((f.facts ->> 'professional_hours')::numeric),
							 ce_page_number((f.facts ->> 'total_hours')::numeric),
							 CASE WHEN f.facts ->> 'met' IS NULL THEN ce_html(t ->> 'no_rule') WHEN (f.facts ->> 'met')::boolean THEN '&#10003; ' || ce_html(t ->> 'reached')
								  ELSE '&#10007; ' || ce_html(format(t ->> 'short', ce_page_number(greatest((f.facts ->> 'total_short')::numeric,
										(f.facts ->> 'public_short')::numeric + (f.facts ->> 'professional_short')::numeric)))) END), '' ORDER BY f.year DESC),
		   string_agg(format(E'<section><div class="block"><h2>%s</h2>\n%s%s<p class="soft">%s&ensp;<span class="code">%s</span></p></div>\n%s</section>\n',
							 ce_html(format(t ->> 'year', f.year)), ce_page_subjects(f.facts, t),
							 '<ul class="notes">' || ce_page_notes($1, f.year, f.facts, lang) || '</ul>',
							 ce_html(t ->> 'code'), ce_certificate_code(f.facts, $1, f.year, today), ce_page_items($1, f.year, lang, false)), '' ORDER BY f.year DESC)
	  INTO overview, years
	  FROM (SELECT y.year, ce_certificate_facts($1, y.year, today) AS facts
			  FROM (SELECT a.year FROM ce_archive a WHERE a.person_id = $1
					UNION SELECT c.year FROM ce_account c WHERE c.person_id = $1) y) f;
	RETURN ce_page(lang, format('%s | %s', t ->> 'archive', (SELECT coalesce(p.person_no, p.person_id::text) FROM ce_person p WHERE p.person_id = $1)),
		format('%s | %s', t ->> 'archive', to_char(today, 'YYYY-MM-DD')),
		(SELECT format(E'<header class="head"><p class="kicker">%s</p><h1>%s</h1></header>\n', ce_html(CASE lang WHEN 'zh' THEN s.label_zh ELSE s.label_en END), ce_html(t ->> 'archive'))
		   FROM ce_person p JOIN ce_scheme s ON s.scheme = p.scheme WHERE p.person_id = $1)
		|| ce_page_person($1, lang, true)
		|| CASE WHEN years IS NULL THEN format(E'<p class="verdict">%s</p>\n', ce_html(t ->> 'none_ever'))
				ELSE format(E'<section class="block"><h2>%s</h2>\n<table><thead><tr><th scope="col">%s</th><th scope="col" class="n">%s</th><th scope="col" class="n">%s</th>'
							'<th scope="col" class="n">%s</th><th scope="col">%s</th></tr></thead><tbody>\n%s</tbody></table>\n<p class="soft">%s</p></section>\n%s',
							ce_html(t ->> 'overview'), ce_html(t ->> 'year_head'), ce_html(t ->> 'public'), ce_html(t ->> 'professional'), ce_html(t ->> 'total'),
							ce_html(t ->> 'result'), overview, ce_html(t ->> 'note_innovation') || ' ' || ce_html(t ->> 'code_text'), years) END);
END
$$;
COMMENT ON FUNCTION ce_archive_html(bigint, text) IS
	'the learning archive of a person (学习档案, 7.1) as one HTML page in zh or en: each year against its requirement with all its items, also those that do not count, and why';

CREATE OR REPLACE FUNCTION ce_certificate_check(code text, lang text DEFAULT 'zh',
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
	PERFORM ce_ledger();
	t := ce_page_labels(lang);
	valid := false;
	signs := regexp_replace(signs, '[^0-9A-Z]', '', 'g');
	IF length(signs) NOT IN (24, 28, 32) OR signs ~ '[^0-9A-HJKMNP-TV-Z]' THEN
		message := format(t ->> 'check.malformed', '24 / 28 / 32');
		RETURN;
	END IF;
	IF ce_certificate_checksum(left(signs, -2)) <> right(signs, 2) THEN
		message := t ->> 'check.mistyped';
		RETURN;
	END IF;
	id := ce_certificate_value(left(signs, -19));
	year := ce_certificate_value(left(right(signs, 19), 3))::integer;
	issued_on := date '2000-01-01' + ce_certificate_value(left(right(signs, 16), 4))::integer;
	sum_law := left(right(signs, 5), 3);
	IF issued_on > ce_today() THEN
		message := format(t ->> 'check.future', ce_page_date(issued_on, lang));
		RETURN;
	END IF;
	IF NOT EXISTS (SELECT FROM ce_person p WHERE p.person_id = id) THEN
		message := t ->> 'check.person';
		RETURN;
	END IF;

	-- What was verified or revoked later on the day of issue is not on the page: so that day and the one before.
	FOR day IN SELECT issued_on - d FROM generate_series(0, 1) d ORDER BY d LOOP
		facts := ce_certificate_facts(id, year, day);
		IF ce_certificate_sum(facts, id, year, issued_on, false) = left(right(signs, 12), 7) THEN
			stated := facts;
			EXIT;
		END IF;
	END LOOP;
	IF stated IS NULL THEN
		SELECT count(*) FILTER (WHERE v.status = 'verified') AS verified, count(*) FILTER (WHERE v.status = 'revoked') AS revoked
		  INTO counts FROM ce_activity v WHERE v.person_id = id AND v.year = ce_certificate_check.year;
		message := format(t ->> 'check.other', year, counts.verified, counts.revoked);
		RETURN;
	END IF;
	SELECT p.person_no INTO person_no FROM ce_person p WHERE p.person_id = id;
	IF ce_certificate_sum(stated, id, year, issued_on, true) <> sum_law THEN
		message := t ->> 'check.law';
		RETURN;
	END IF;
	public_hours := (stated ->> 'public_hours')::numeric;
	professional_hours := (stated ->> 'professional_hours')::numeric;
	total_hours := (stated ->> 'total_hours')::numeric;
	met := (stated ->> 'met')::boolean;

	-- What counted then and does not any more.
	SELECT string_agg(format(t ->> 'check.item', coalesce(v.title, v.label), ce_page_number(v.hours), to_char(v.revoked_on, 'YYYY-MM-DD')), t ->> 'and' ORDER BY v.n) FILTER (WHERE v.n <= 3)
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
	SELECT string_agg(format(t ->> 'check.allocation', t ->> l.subject::text, ce_page_number(l.hours::numeric), to_char(l.reversed_on, 'YYYY-MM-DD')), t ->> 'and' ORDER BY l.allocation_id)
	  INTO taken
	  FROM ce_allocation l WHERE l.person_id = id AND l.to_year = ce_certificate_check.year AND l.allocated_on <= day AND l.reversed_on > day;
	IF taken IS NOT NULL THEN
		message := format(t ->> 'check.reversed', taken);
		RETURN;
	END IF;

	valid := true;
	SELECT count(*) AS items, coalesce(sum(a.awarded), '0')::numeric AS hours,
		   EXISTS (SELECT FROM ce_allocation l
					WHERE l.person_id = id AND ce_certificate_check.year IN (l.from_year, l.to_year) AND (l.allocated_on > day OR l.reversed_on > day)) AS spread
	  INTO counts
	  FROM ce_activity a
	 WHERE a.person_id = id AND a.year = ce_certificate_check.year AND a.status = 'verified' AND a.verified_on > day;
	message := concat_ws(CASE lang WHEN 'en' THEN ' ' ELSE '' END, t ->> 'check.ok',
						 CASE WHEN counts.items > 0 THEN format(t ->> 'check.added', counts.items, ce_page_number(counts.hours)) END,
						 CASE WHEN counts.spread THEN t ->> 'check.spread' END);
END
$$;
COMMENT ON FUNCTION ce_certificate_check(text, text) IS
	'whether the ledger holds what a certificate with this code states: valid, whom, year and day of issue, the hours and the verdict that the page must show, and in words what is wrong or has changed since; one row';

CREATE OR REPLACE FUNCTION ce_page_rates(heading text, first_column text, rows jsonb, rated boolean, t jsonb) RETURNS text
	LANGUAGE ce_plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
	RETURN format(E'<section%s><h2>%s</h2>\n<table><thead><tr><th scope="col">%s</th><th scope="col" class="n">%s</th><th scope="col" class="n">%s</th>%s</tr></thead><tbody>\n',
				  CASE WHEN jsonb_array_length(rows) <= 12 THEN ' class="block"' END, ce_html(heading), ce_html(first_column), ce_html(t ->> 'persons'), ce_html(t ->> 'trained'),
				  CASE WHEN rated THEN format('<th scope="col" class="n">%s</th><th scope="col" colspan="2">%s</th>', ce_html(t ->> 'met'), ce_html(t ->> 'rate')) END)
		|| (SELECT string_agg(format(E'<tr><th scope="row">%s</th><td class="n">%s</td><td class="n">%s</td>%s</tr>\n', ce_html(r.label), ce_page_number(r.persons), ce_page_number(r.trained),
									CASE WHEN rated THEN format('<td class="n">%s</td><td class="b">%s</td><td class="n">%s</td>', ce_page_number(r.met),
										ce_page_bar(r.met, NULL, r.persons, format('%s: %s', r.label, format(t ->> 'percent', r.rate))), format(t ->> 'percent', r.rate)) END), '' ORDER BY r.ord)
			  FROM (SELECT e.ord, e.row ->> 'label' AS label, (e.row ->> 'persons')::numeric AS persons, (e.row ->> 'trained')::numeric AS trained,
						   (e.row ->> 'met')::numeric AS met, round(100 * (e.row ->> 'met')::numeric / nullif((e.row ->> 'persons')::numeric, 0), 1) AS rate
					  FROM jsonb_array_elements(rows) WITH ORDINALITY AS e (row, ord)) r)
		|| E'</tbody></table></section>\n';
END
$$;
COMMENT ON FUNCTION ce_page_rates(text, text, jsonb, boolean, jsonb) IS
	'persons, those with hours, those who met the year and their share with a bar, by whatever labels the rows: a table of a page; rated being false, without the last two';

CREATE OR REPLACE FUNCTION ce_report_html(year integer, lang text DEFAULT 'zh') RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
DECLARE
	t jsonb;
	rated boolean;
	basis text;
	people record;
	work record;
	body text;
BEGIN
	PERFORM ce_ledger();
	t := ce_page_labels(lang);
	PERFORM ce_page_year_missing($1);
	SELECT count(*) > 0, string_agg(DISTINCT ce_page_instrument(r.instrument, r.clause, lang), '; ')
	  INTO rated, basis
	  FROM ce_scheme s
	 CROSS JOIN LATERAL (
			SELECT q.instrument, q.clause FROM ce_requirement q
			 WHERE q.scheme = s.scheme AND $1 BETWEEN q.from_year AND coalesce(q.to_year, $1)
			 ORDER BY q.from_year DESC LIMIT 1) r
	 WHERE s.governed AND EXISTS (SELECT FROM ce_person p WHERE p.scheme = s.scheme);

	-- The statistics are read once and added up by prefecture, department and level; obliged staff alone has rates.
	WITH s AS MATERIALIZED (SELECT * FROM ce_annual_statistics v WHERE v.year = $1),
	by_prefecture AS (
		SELECT s.prefecture, sum(s.persons) AS persons, sum(s.trained) AS trained, sum(s.met) AS met FROM s WHERE s.obliged GROUP BY s.prefecture),
	by_department AS (
		SELECT d.org_id, d.name, sum(s.persons) AS persons, sum(s.trained) AS trained, sum(s.met) AS met
		  FROM s LEFT JOIN ce_org d ON d.org_id = s.parent_id AND d.kind IN ('authority', 'health_commission') AND d.admin_level = 'provincial'
		 WHERE s.obliged GROUP BY d.org_id),
	by_level AS (
		SELECT s.level, sum(s.persons) AS persons, sum(s.trained) AS trained, sum(s.met) AS met FROM s WHERE s.obliged GROUP BY s.level)
	SELECT (SELECT jsonb_agg(jsonb_build_object('label', CASE WHEN b.prefecture LIKE '%0000' THEN t ->> 'province' ELSE coalesce(o.name, b.prefecture) END,
												'persons', b.persons, 'trained', b.trained, 'met', b.met) ORDER BY b.prefecture)
			  FROM by_prefecture b
			  LEFT JOIN LATERAL (SELECT h.name FROM ce_org h WHERE h.kind = 'hrss' AND h.region_code = b.prefecture ORDER BY h.org_id LIMIT 1) o ON true) AS prefectures,
		   (SELECT jsonb_agg(jsonb_build_object('label', coalesce(b.name, t ->> 'others'), 'persons', b.persons, 'trained', b.trained, 'met', b.met)
							 ORDER BY b.org_id IS NULL, b.persons DESC, b.org_id) FROM by_department b) AS departments,
		   (SELECT jsonb_agg(jsonb_build_object('label', t ->> ('level.' || b.level), 'persons', b.persons, 'trained', b.trained, 'met', b.met)
							 ORDER BY array_position(ARRAY['none', 'junior', 'intermediate', 'senior', 'full_senior'], b.level)) FROM by_level b) AS levels,
		   (SELECT jsonb_agg(jsonb_build_object('label', t ->> CASE WHEN g.obliged THEN 'obliged' ELSE 'encouraged' END, 'persons', g.persons, 'trained', g.trained, 'met', g.met) ORDER BY NOT g.obliged)
			  FROM (SELECT s.obliged, sum(s.persons) AS persons, sum(s.trained) AS trained, sum(s.met) AS met FROM s GROUP BY s.obliged) g) AS groups,
		   (SELECT sum(s.persons) FROM s) AS persons, (SELECT sum(s.trained) FROM s) AS trained,
		   (SELECT sum(s.public_hours) FROM s) AS public_hours, (SELECT sum(s.professional_hours) FROM s) AS professional_hours,
		   (SELECT round(100 * sum(s.met) / nullif(sum(s.persons), 0), 1) FROM s WHERE s.obliged) AS rate
	  INTO people;

	-- Categories and months of what was verified, in one reading; ce_quarterly_report has the same sums by employer.
	WITH m AS MATERIALIZED (
		SELECT a.category, a.category = 'public' AS is_public, extract(month FROM a.completed_on)::integer AS month, count(*) AS items, sum(a.awarded)::numeric AS hours
		  FROM ce_activity a WHERE a.year = $1 AND a.status = 'verified' GROUP BY 1, 3)
	SELECT (SELECT string_agg(format(E'<tr><th scope="row">%s</th><td class="n">%s</td><td class="n">%s</td><td class="b">%s</td><td class="n">%s</td></tr>\n',
									 ce_html(t ->> ('category.' || c.category)), ce_page_number(c.items), ce_page_number(c.hours),
									 ce_page_bar(c.hours, NULL, c.total, format('%s: %s', t ->> ('category.' || c.category), ce_page_number(c.hours))),
									 coalesce(format(t ->> 'percent', round(100 * c.hours / nullif(c.total, 0), 1)), '&ndash;')), '' ORDER BY c.hours DESC, c.category)
			  FROM (SELECT m.category, sum(m.items) AS items, sum(m.hours) AS hours, sum(sum(m.hours)) OVER () AS total
					  FROM m GROUP BY m.category) c) AS categories,
		   (SELECT array_agg((SELECT sum(m.hours) FROM m WHERE m.is_public AND m.month = i) ORDER BY i) FROM generate_series(1, 12) i) AS public_hours,
		   (SELECT array_agg((SELECT sum(m.hours) FROM m WHERE NOT m.is_public AND m.month = i) ORDER BY i) FROM generate_series(1, 12) i) AS professional_hours,
		   (SELECT string_agg(format(E'<tr><th scope="row">%s</th><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td></tr>\n', ce_html(format(t ->> 'quarter_of', q.quarter)),
									 ce_page_number(q.pub), ce_page_number(q.prof), ce_page_number(q.pub + q.prof)), '' ORDER BY q.quarter)
			  FROM (SELECT i AS quarter, coalesce(sum(m.hours) FILTER (WHERE m.is_public), 0) AS pub, coalesce(sum(m.hours) FILTER (WHERE NOT m.is_public), 0) AS prof
					  FROM generate_series(1, 4) i LEFT JOIN m ON (m.month + 2) / 3 = i GROUP BY i) q) AS quarters
	  INTO work;

	IF people.persons IS NULL AND work.categories IS NULL THEN
		body := format(E'<p class="verdict">%s</p>\n', ce_html(format(t ->> 'no_data', year)));
	ELSE
		body := CASE WHEN rated THEN format(E'<p class="soft">%s</p>\n', ce_html(format(t ->> 'basis', basis)))
					 ELSE format(E'<p class="verdict">%s</p>\n', ce_html(format(t ->> 'year_no_rule', year))) END
			|| CASE WHEN people.persons IS NOT NULL THEN
				format(E'<section class="block"><h2>%s</h2>\n<div class="figures"><div>%s<b>%s</b></div><div>%s<b>%s</b></div><div>%s<b>%s</b></div><div>%s<b>%s</b></div>%s</div>\n<p class="soft">%s</p></section>\n',
					   ce_html(t ->> 'key_figures'), ce_html(t ->> 'persons'), ce_page_number(people.persons), ce_html(t ->> 'trained'), ce_page_number(people.trained),
					   ce_html(format(t ->> 'hours_of', t ->> 'public')), ce_page_number(people.public_hours),
					   ce_html(format(t ->> 'hours_of', t ->> 'professional')), ce_page_number(people.professional_hours),
					   CASE WHEN rated THEN format('<div>%s<b>%s</b></div>', ce_html(t ->> 'rate'), coalesce(format(t ->> 'percent', people.rate), '&ndash;')) END,
					   ce_html(t ->> 'key_text'))
				|| ce_page_rates(t ->> 'by_group', t ->> 'group', people.groups, rated, t)
				|| coalesce(ce_page_rates(t ->> 'by_prefecture', t ->> 'prefecture', people.prefectures, rated, t), '')
				|| coalesce(ce_page_rates(t ->> 'by_department', t ->> 'department', people.departments, rated, t), '')
				|| coalesce(ce_page_rates(t ->> 'by_level', t ->> 'held', people.levels, rated, t), '') ELSE '' END
			|| CASE WHEN work.categories IS NOT NULL THEN
				format(E'<section class="block"><h2>%s</h2>\n<table><thead><tr><th scope="col">%s</th><th scope="col" class="n">%s</th><th scope="col" class="n">%s</th><th scope="col" colspan="2">%s</th></tr></thead><tbody>\n%s</tbody></table>\n<p class="soft">%s</p></section>\n',
					   ce_html(t ->> 'by_category'), ce_html(t ->> 'category'), ce_html(t ->> 'count'), ce_html(t ->> 'hours'), ce_html(t ->> 'share'), work.categories, ce_html(t ->> 'category_text'))
				|| format(E'<section class="block"><h2>%s</h2>\n%s\n<table><thead><tr><th scope="col">%s</th><th scope="col" class="n">%s</th><th scope="col" class="n">%s</th><th scope="col" class="n">%s</th></tr></thead><tbody>\n%s</tbody></table></section>\n',
						  ce_html(t ->> 'by_month'), ce_page_columns(work.public_hours, work.professional_hours, lang),
						  ce_html(t ->> 'quarter'), ce_html(t ->> 'public'), ce_html(t ->> 'professional'), ce_html(t ->> 'total'), work.quarters) ELSE '' END;
		-- The duty report reads statistics, not findings, which are about single persons.
		IF has_table_privilege('ce_findings', 'SELECT') THEN
			body := body || (
				SELECT format(E'<section class="block"><h2>%s</h2>\n%s</section>\n', ce_html(t ->> 'findings'),
							  coalesce(format(E'<table><thead><tr><th scope="col">%s</th><th scope="col">%s</th><th scope="col" class="n">%s</th></tr></thead><tbody>\n%s</tbody></table>\n',
											  ce_html(t ->> 'finding'), ce_html(t ->> 'clause'), ce_html(t ->> 'count'), string_agg(f.line, '' ORDER BY f.clause, f.finding)),
									   format(E'<p>%s</p>\n', ce_html(t ->> 'no_findings'))))
				  FROM (SELECT v.finding, v.clause, format(E'<tr><th scope="row">%s</th><td>%s</td><td class="n">%s</td></tr>\n',
														   ce_html(coalesce(t ->> ('finding.' || v.finding), v.finding)), ce_html(v.clause), ce_page_number(count(*))) AS line
						  FROM ce_findings v
						 WHERE CASE v.object
								WHEN 'year' THEN v.object_id
								WHEN 'activity' THEN (SELECT a.year FROM ce_activity a WHERE a.person_id = v.person_id AND a.activity_id = v.object_id)
								ELSE (SELECT extract(year FROM coalesce(l.starts_on, l.ends_on, v.on_date)) FROM ce_plan l WHERE l.plan_id = v.object_id) END = $1
						 GROUP BY v.finding, v.clause) f);
		ELSE
			body := body || format(E'<section class="block"><h2>%s</h2>\n<p>%s</p></section>\n', ce_html(t ->> 'findings'), ce_html(t ->> 'findings_hidden'));
		END IF;
	END IF;
	RETURN ce_page(lang, format('%s | %s', t ->> 'report', year), format('%s | %s', t ->> 'report', year),
		format(E'<header class="head"><h1>%s</h1><p class="year">%s</p><p class="kicker">%s %s</p></header>\n', ce_html(t ->> 'report'), ce_html(format(t ->> 'year', year)),
			   ce_html(t ->> 'issued'), ce_page_date(ce_today(), lang)) || body);
END
$$;
COMMENT ON FUNCTION ce_report_html(integer, text) IS
	'the year''s report of a bureau (9.2) as one HTML page in zh or en: completion by prefecture, department and level, hours by category and month as inline SVG, findings; of what the caller may see';

--
-- The page where a stranger checks a certificate
--

CREATE OR REPLACE FUNCTION ce_check_html(code text, lang text DEFAULT ce__page_language()) RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
	t jsonb;
	answer record;
	said text;
BEGIN
	PERFORM ce__require_ledger();
	t := ce__page_labels(lang);
	IF btrim(coalesce(code, ''), E' \t\r\n') = '' THEN
		said := format(E'<p class="verdict">%s</p>\n', ce__html(t ->> 'check.enter'));
	ELSE
		SELECT * INTO answer FROM ce_certificate_check($1, $2);
		said := format(E'<p class="verdict"><b>%s</b></p>\n<p>%s</p>\n',
					   CASE WHEN answer.valid THEN '&#10003; ' || ce__html(t ->> 'check.valid') ELSE '&#10007; ' || ce__html(t ->> 'check.invalid') END, ce__html(answer.message));
		IF answer.valid THEN
			said := said || format(E'<p>%s</p>\n<dl><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd>%s</dl>\n',
				ce__html(t ->> 'check.compare'), ce__html(t ->> 'person_no'), coalesce(ce__html(answer.person_no), '&ndash;'), ce__html(t ->> 'year_head'), answer.year,
				ce__html(t ->> 'issued'), ce__page_date(answer.issued_on, lang), ce__html(t ->> 'public'), ce__page_number(answer.public_hours),
				ce__html(t ->> 'professional'), ce__page_number(answer.professional_hours), ce__html(t ->> 'total'), ce__page_number(answer.total_hours),
				CASE WHEN answer.met IS NOT NULL THEN format('<dt>%s</dt><dd>%s</dd>', ce__html(t ->> 'result'), ce__html(t ->> CASE WHEN answer.met THEN 'check.yes' ELSE 'check.no' END)) END);
		END IF;
	END IF;
	RETURN ce__page(lang, t ->> 'check.title', t ->> 'check.title',
		format(E'<header class="head"><h1>%s</h1></header>\n%s<form method="get"><input type="hidden" name="lang" value="%s"><p><label>%s <input name="code" size="40" maxlength="80" value="%s" autocomplete="off" spellcheck="false"></label> '
			   '<button>%s</button></p></form>\n<p class="soft"><a href="?lang=%s">%s</a></p>\n',
			   ce__html(t ->> 'check.title'), said, lang, ce__html(t ->> 'code'), ce__html(left(coalesce(code, ''), 80)), ce__html(t ->> 'check.submit'),
			   CASE lang WHEN 'zh' THEN 'en' ELSE 'zh' END, ce__html(t ->> 'check.other_language')));
END
$$;
COMMENT ON FUNCTION ce_check_html(text, text) IS
	'what ce_certificate_check() says of a code as one HTML page with a field for the next one, in zh or en: for a web server to show to anybody; the figures only where the code is confirmed';

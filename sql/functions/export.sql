--
-- Texts in files for spreadsheets (examples/export)
--

CREATE OR REPLACE FUNCTION ce_csv_text(value text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN (SELECT CASE WHEN t.txt ~ '^\s*[-=+@＝＋－＠]' THEN '''' || t.txt
						WHEN length(t.txt) <= 250 AND strpos(t.txt, '"') = 0
							 AND t.txt ~* '^\s*([0-9０-９.．]|(true|false)\s*$|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/. ]*[0-9])'
						THEN format('="%s"', t.txt)
						ELSE t.txt END
			  FROM (SELECT regexp_replace(value, '[[:cntrl:]]+', ' ', 'g')) AS t (txt));
COMMENT ON FUNCTION ce_csv_text(text) IS
	'a text as a field of a CSV file that a spreadsheet opens: what would run as a formula has an apostrophe in front, what would become a number or date is written as ="...", control characters become blanks; any other text is unchanged';

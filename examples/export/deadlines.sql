-- What each year requires, by which law, and its deadlines (8)
-- psql -X -d DATABASE -v lang=zh -o deadlines.csv -f examples/export/deadlines.sql

\set ON_ERROR_STOP on
\ir head.psql

SELECT CASE :'lang' WHEN 'zh' THEN ce_csv_text(s.label_zh) ELSE ce_csv_text(s.label_en) END AS :"h_scheme", v.year AS :"h_year",
	   v.required_total AS :"h_required_total", v.required_public AS :"h_required_public", v.required_professional AS :"h_required_professional",
	   v.filing_due AS :"h_filing_due", v.study_due AS :"h_study_due", v.verification_due AS :"h_verification_due",
	   ce_csv_text(v.doc_no) AS :"h_doc_no", ce_csv_text(CASE :'lang' WHEN 'zh' THEN format('第%s条', regexp_replace(v.clause, '^art\. *', '')) ELSE v.clause END) AS :"h_clause"
  FROM ce_deadlines v
  JOIN ce_scheme s ON s.scheme = v.scheme
 ORDER BY v.scheme, v.year;

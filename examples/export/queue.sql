-- What waits for verification, and whose turn it is (7.4a)
-- psql -X -d DATABASE -v lang=zh -o queue.csv -f examples/export/queue.sql

\set ON_ERROR_STOP on
\ir head.psql

SELECT v.activity_id AS :"h_activity", ce_csv_text(coalesce(v.person_no, v.person_id::text)) AS :"h_person_no",
	   ce_csv_text(v.org_code) AS :"h_org_code", ce_csv_text(v.org_name) AS :"h_org_name",
	   ce_csv_text(CASE :'lang' WHEN 'zh' THEN k.label_zh ELSE k.label_en END) AS :"h_kind", ce_csv_text(v.title) AS :"h_title",
	   v.year AS :"h_year", v.completed_on AS :"h_completed_on", v.hours AS :"h_hours",
	   :'words'::jsonb ->> v.status AS :"h_status", ce_csv_text(b.name) AS :"h_next_body",
	   :'words'::jsonb ->> v.waits_for_filing::text AS :"h_waits_for_filing",
	   :'words'::jsonb ->> v.waits_for_evidence::text AS :"h_waits_for_evidence", v.verification_due AS :"h_verification_due"
  FROM ce_verification_queue v
  JOIN ce_kind k ON k.kind = v.kind
  LEFT JOIN ce_org b ON b.org_id = v.next_body
 ORDER BY v.org_code, v.completed_on, v.activity_id;

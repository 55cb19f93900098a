-- Who has not met a year (-v year=2026, by default the current one), and what is missing
-- psql -X -d DATABASE -v lang=zh -o shortfalls.csv -f examples/export/shortfalls.sql

\set ON_ERROR_STOP on
\ir head.psql
SET ce_hours.language = :'lang';

SELECT ce_csv_text(:person_no) AS :"h_person_no", ce_csv_text(v.org_code) AS :"h_org_code", ce_csv_text(v.org_name) AS :"h_org_name",
	   ce_csv_text(ce_region_name(v.region_code, :'lang')) AS :"h_region", v.year AS :"h_year",
	   v.public_short AS :"h_public_short", v.professional_short AS :"h_professional_short", v.total_short AS :"h_total_short",
	   :'words'::jsonb ->> v.met_for_title::text AS :"h_met_for_title", :'words'::jsonb ->> v.on_record::text AS :"h_on_record",
	   ce_csv_text(v.other_short) AS :"h_other_short"
  FROM ce_shortfalls v
 WHERE v.year = :year
 ORDER BY v.org_code, :person_no, v.person_id;

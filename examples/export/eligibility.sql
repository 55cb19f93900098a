-- Verdict of each person for each level, today, by the review route
-- psql -X -d DATABASE -v lang=zh -o eligibility.csv -f examples/export/eligibility.sql

\set ON_ERROR_STOP on
\ir head.psql

SELECT ce_csv_text(:person_no) AS :"h_person_no", ce_csv_text(v.org_code) AS :"h_org_code", ce_csv_text(v.org_name) AS :"h_org_name",
	   ce_csv_text(ce_region_name(v.region_code, :'lang')) AS :"h_region",
	   :'words'::jsonb ->> v.junior AS :"h_junior", :'words'::jsonb ->> v.intermediate AS :"h_intermediate",
	   :'words'::jsonb ->> v.senior AS :"h_senior", :'words'::jsonb ->> v.full_senior AS :"h_full_senior"
  FROM ce_eligibility v
 ORDER BY v.org_code, :person_no, v.person_id;

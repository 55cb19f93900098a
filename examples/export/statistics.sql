-- Persons, hours and completion of a year by employer and title held (9.2c; -v year=2026, by default the current one)
-- psql -X -d DATABASE -v lang=zh -o statistics.csv -f examples/export/statistics.sql

\set ON_ERROR_STOP on
\ir head.psql

SELECT ce_csv_text(ce_region_name(v.prefecture, :'lang')) AS :"h_prefecture", ce_csv_text(v.region_code) AS :"h_region_code",
	   ce_csv_text(ce_region_name(v.region_code, :'lang')) AS :"h_region",
	   ce_csv_text(v.org_code) AS :"h_org_code", ce_csv_text(v.org_name) AS :"h_org_name", v.year AS :"h_year",
	   :'words'::jsonb ->> v.level AS :"h_level", :'words'::jsonb ->> v.obliged::text AS :"h_obliged",
	   v.persons AS :"h_persons", v.trained AS :"h_trained", v.public_hours AS :"h_public", v.professional_hours AS :"h_professional",
	   v.met AS :"h_met_persons", v.completion_rate AS :"h_rate", v.met_by_waiver AS :"h_by_waiver", v.other_hours AS :"h_other"
  FROM ce_annual_statistics v
 WHERE v.year = :year
 ORDER BY v.prefecture, v.org_code, array_position('{none,junior,intermediate,senior,full_senior}', v.level);

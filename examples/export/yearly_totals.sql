-- Hours of each person in a year (-v year=2026, by default the current one), against the requirement
-- psql -X -d DATABASE -v lang=zh -o yearly_totals.csv -f examples/export/yearly_totals.sql

\set ON_ERROR_STOP on
\ir head.psql

SELECT ce_csv_text(:person_no) AS :"h_person_no", ce_csv_text(v.org_code) AS :"h_org_code", ce_csv_text(v.org_name) AS :"h_org_name",
	   ce_csv_text(ce_region_name(v.region_code, :'lang')) AS :"h_region", v.year AS :"h_year",
	   v.public_hours AS :"h_public", v.professional_hours AS :"h_professional", v.total_hours AS :"h_total",
	   v.required_public AS :"h_required_public", v.required_professional AS :"h_required_professional", v.required_total AS :"h_required_total",
	   v.public_short AS :"h_public_short", v.professional_short AS :"h_professional_short", v.total_short AS :"h_total_short",
	   :'words'::jsonb ->> v.met::text AS :"h_met", :'words'::jsonb ->> v.met_for_title::text AS :"h_met_for_title",
	   :'words'::jsonb ->> v.on_record::text AS :"h_on_record"
  FROM ce_yearly_totals v
 WHERE v.year = :year
 ORDER BY v.org_code, :person_no, v.person_id;

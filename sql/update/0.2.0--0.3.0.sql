\echo Use "ALTER EXTENSION ce_hours UPDATE TO '0.3.0'" to load this file. \quit

--include types/equality.sql
--include functions/language.sql

-- Internal functions have a prefix of their own.
ALTER FUNCTION ce_certificate_checksum RENAME TO ce__certificate_checksum;
ALTER FUNCTION ce_certificate_code RENAME TO ce__certificate_code;
ALTER FUNCTION ce_certificate_facts RENAME TO ce__certificate_facts;
ALTER FUNCTION ce_certificate_signs RENAME TO ce__certificate_signs;
ALTER FUNCTION ce_certificate_sum RENAME TO ce__certificate_sum;
ALTER FUNCTION ce_certificate_value RENAME TO ce__certificate_value;
ALTER FUNCTION ce_grant_check RENAME TO ce__grant_check;
ALTER FUNCTION ce_html RENAME TO ce__html;
ALTER FUNCTION ce_page RENAME TO ce__page;
ALTER FUNCTION ce_page_bar RENAME TO ce__page_bar;
ALTER FUNCTION ce_page_date RENAME TO ce__page_date;
ALTER FUNCTION ce_page_instrument RENAME TO ce__page_instrument;
ALTER FUNCTION ce_page_items RENAME TO ce__page_items;
ALTER FUNCTION ce_page_labels RENAME TO ce__page_labels;
ALTER FUNCTION ce_page_notes RENAME TO ce__page_notes;
ALTER FUNCTION ce_page_number RENAME TO ce__page_number;
ALTER FUNCTION ce_page_person RENAME TO ce__page_person;
ALTER FUNCTION ce_page_person_missing RENAME TO ce__page_person_missing;
ALTER FUNCTION ce_page_rates RENAME TO ce__page_rates;
ALTER FUNCTION ce_page_subjects RENAME TO ce__page_subjects;
ALTER FUNCTION ce_page_year_missing RENAME TO ce__page_year_missing;
ALTER FUNCTION ce_revoke_privileges RENAME TO ce__revoke_privileges;
ALTER FUNCTION ce_sees_support RENAME TO ce__sees_support;

-- A person is asked by person_id, or by person_no under a name that says so.
-- What depends on these functions follows their names.
ALTER FUNCTION ce_eligible(text, ce_level, ce_route, date, text, text) RENAME TO ce_eligible_by_no;
ALTER FUNCTION ce_verdict(text, ce_level, ce_route, date, text, text) RENAME TO ce_verdict_by_no;
ALTER FUNCTION ce_explain(text, ce_level, ce_route, date, text, text) RENAME TO ce_explain_by_no;

-- Hours are taken as plain numbers.
ALTER FUNCTION ce_credit(text, ce_hours, boolean, boolean) RENAME TO ce__credit;
COMMENT ON FUNCTION ce__credit(text, ce_hours, boolean, boolean) IS 'internal: ce_credit() with the hours as ce_hours';
--include types/credit_of_numbers.sql
ALTER FUNCTION ce_assess(text, integer, ce_credit, ce_hours, boolean) RENAME TO ce__assess;
DROP FUNCTION ce_allocate(bigint, integer, integer, ce_subject, ce_hours, bigint, date);

-- Replaced by ones with a column or an argument more.
DROP FUNCTION ce_explain(bigint, ce_level, ce_route, date, text, text);
DROP FUNCTION ce_explain_by_no(text, ce_level, ce_route, date, text, text);
DROP FUNCTION ce_page_columns(numeric[], numeric[], text);
DROP FUNCTION ce_compare_schemes(text, text, ce_level, date);
DROP FUNCTION ce_link(regclass, name, name, name, name, name, name, name, name);

-- Functions that are new or have changed; afterwards ce_setup() brings the ledger up to date.
--include functions/triggers.sql
--include functions/messages.sql
--include functions/organisations.sql
--include functions/questions.sql
--include functions/reasons.sql
--include functions/steps.sql
--include functions/allocation.sql
--include functions/import.sql
--include functions/link.sql
--include functions/export.sql
--include pages/labels.sql
--include pages/html.sql
--include pages/certificate_code.sql
--include pages/certificate.sql
--include pages/check.sql
--include pages/report.sql
--include functions/person_no.sql
--include functions/members.sql
--include functions/checks.sql
--include functions/ledger_scripts.sql
--include functions/comments.sql
--include functions/distribute.sql
--include functions/remove.sql
--include functions/setup.sql

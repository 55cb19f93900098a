\echo Use "ALTER EXTENSION ce_hours UPDATE TO '0.3.0'" to load this file. \quit

--include types/equality.sql
--include functions/language.sql

-- Replaced by one with an argument more.
DROP FUNCTION ce_link(regclass, name, name, name, name, name, name, name, name);

-- Functions that are new or have changed; afterwards ce_setup() brings the ledger up to date.
--include functions/triggers.sql
--include functions/messages.sql
--include functions/questions.sql
--include functions/reasons.sql
--include functions/steps.sql
--include functions/allocation.sql
--include functions/import.sql
--include functions/link.sql
--include pages/labels.sql
--include pages/html.sql
--include pages/certificate_code.sql
--include pages/certificate.sql
--include pages/report.sql
--include functions/members.sql
--include functions/checks.sql
--include functions/setup.sql

\echo Use "ALTER EXTENSION ce_hours UPDATE TO '0.3.0'" to load this file. \quit

--include 35_equality.sql
--include 51_language.sql

-- Functions that are new or have changed; afterwards ce_setup() brings the ledger up to date.
--include 50_triggers.sql
--include 52_messages.sql
--include 60_questions.sql
--include 62_reasons.sql
--include 70_steps.sql
--include 72_catchup.sql
--include 74_import.sql
--include 76_link.sql
--include 78_pages.sql
--include 74_members.sql
--include 80_checks.sql
--include 90_setup.sql

--
-- Imports (9.4).  They write as the caller; the triggers of ce_activity and
-- ce_waiver hold the rules.
--

CREATE OR REPLACE FUNCTION ce_import(source text, records jsonb)
	RETURNS TABLE (ord bigint, source_ref text, outcome text, message text)
	LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_import';
COMMENT ON FUNCTION ce_import(text, jsonb) IS
	'imports activities of a source from one record or an array, records of fields or xAPI statements (9.4a): each is new, unchanged, conflict, rejected or withdrawn, with the reason; valid ones are written, and a record that came before is not written twice (AMB-34)';

-- No SET here: a procedure that has one cannot commit.
CREATE OR REPLACE PROCEDURE ce_import_staged(source text DEFAULT NULL, batch_size integer DEFAULT 10000)
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_import_staged';
COMMENT ON PROCEDURE ce_import_staged(text, integer) IS
	'imports the waiting lines of ce_staging, of one source or (null) of all, in transactions of batch_size lines; after a crash, call it again to continue';

CREATE OR REPLACE FUNCTION ce_import_waivers(records jsonb)
	RETURNS TABLE (ord bigint, person_id bigint, outcome text, waiver_id bigint, message text)
	LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_import_waivers';
COMMENT ON FUNCTION ce_import_waivers(jsonb) IS
	'enters waivers of a file (AMB-35), from one record or an array: each is new, unchanged (the same decision is in force already) or rejected, with every fault of its fields; good ones are kept, and null is no record';

--
-- An HR system in the same database: its employee table as the source of ce_person
--

CREATE OR REPLACE FUNCTION ce_link_row() RETURNS trigger
	LANGUAGE c SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_link_row';
COMMENT ON FUNCTION ce_link_row() IS 'trigger of a linked HR table: writes the row''s person to ce_person, as the ledger''s owner';

CREATE OR REPLACE FUNCTION ce_link_truncate() RETURNS trigger
	LANGUAGE c SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_link_truncate';
COMMENT ON FUNCTION ce_link_truncate() IS 'trigger of a linked HR table: removes the persons with their rows, or refuses if one has records';

CREATE OR REPLACE FUNCTION ce_link(hr_table regclass, key name, org name, person_no name DEFAULT NULL, scheme name DEFAULT NULL,
						specialty name DEFAULT NULL, doctorate_on name DEFAULT NULL, held_level name DEFAULT NULL, held_since name DEFAULT NULL,
						entered_on name DEFAULT NULL, bad_rows text DEFAULT 'refuse')
	RETURNS bigint LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_link';
COMMENT ON FUNCTION ce_link(regclass, name, name, name, name, name, name, name, name, name, text) IS
	'keeps ce_person in step with an HR table, given the names of its columns: loads its rows and creates two triggers on it; called again with other columns, replaces the link; bad_rows is refuse, or list, which loads the other rows and lists the bad ones in ce_link_refused; returns the number of new and changed persons';

CREATE OR REPLACE FUNCTION ce_link_check(hr_table regclass, key name, org name, person_no name DEFAULT NULL, scheme name DEFAULT NULL,
						specialty name DEFAULT NULL, doctorate_on name DEFAULT NULL, held_level name DEFAULT NULL, held_since name DEFAULT NULL,
						entered_on name DEFAULT NULL)
	RETURNS TABLE (row_key text, hr_column text, value text, reason text)
	LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_link_check';
COMMENT ON FUNCTION ce_link_check(regclass, name, name, name, name, name, name, name, name, name) IS
	'tries ce_link() with the same arguments and takes it back; returns every row that cannot be loaded, with the column, its value and the reason';

CREATE OR REPLACE FUNCTION ce_unlink(hr_table regclass) RETURNS void
	LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_unlink';
COMMENT ON FUNCTION ce_unlink(regclass) IS 'ends a link with an HR table; the persons stay as they are';

CREATE OR REPLACE FUNCTION ce_import_person(records jsonb)
	RETURNS TABLE (ord bigint, person_id bigint, outcome text, message text)
	LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_import_person';
COMMENT ON FUNCTION ce_import_person(jsonb) IS
	'loads persons from an array of objects with person_id, org_id or org_code, person_no, scheme, specialty, doctorate_on, held_level, held_since, entered_on: new, updated, unchanged or rejected with the field and the reason; valid ones are written, and fields that are not given stay as they are';

-- Titles as HR systems write them, and the level of each.

CREATE TABLE IF NOT EXISTS ce_title (
	title text PRIMARY KEY,
	level ce_level,
	series text,
	code text UNIQUE,
	CONSTRAINT ce_title_title_is_trimmed CHECK (title <> '' AND title = pg_catalog.btrim(title)),
	CONSTRAINT ce_title_code_is_trimmed CHECK (code <> '' AND code = pg_catalog.btrim(code))
);
COMMENT ON TABLE ce_title IS 'titles as HR systems write them (held_level of ce_import_person() and ce_link()); add rows for others';
COMMENT ON COLUMN ce_title.title IS 'the title, without blanks around';
COMMENT ON COLUMN ce_title.level IS 'its level; null: whoever has it holds no title';
COMMENT ON COLUMN ce_title.series IS 'series of professional titles that it belongs to, for the reader';
COMMENT ON COLUMN ce_title.code IS 'code by which HR systems may write it instead, GB/T 8561-2001 or GB/T 12407-2008; null: none';

-- In words, where a constraint would only give its name.
CREATE OR REPLACE TRIGGER ce_values_check BEFORE INSERT OR UPDATE ON ce_title
	FOR EACH ROW EXECUTE FUNCTION ce_values_check();
COMMENT ON TRIGGER ce_values_check ON ce_title IS 'refuses a value that a column cannot hold; the error lists what is allowed';

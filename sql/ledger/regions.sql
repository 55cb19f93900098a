-- Names of regions by their codes.

CREATE TABLE IF NOT EXISTS ce_region (
	code text PRIMARY KEY CONSTRAINT ce_region_code_of_6_digits CHECK (code ~ '^[0-9]{6}$'),
	label_zh text NOT NULL,
	label_en text,
	CONSTRAINT ce_region_label_zh_is_trimmed CHECK (label_zh <> '' AND label_zh = pg_catalog.btrim(label_zh)),
	CONSTRAINT ce_region_label_en_is_trimmed CHECK (label_en <> '' AND label_en = pg_catalog.btrim(label_en))
);
COMMENT ON TABLE ce_region IS 'names of regions on pages and in views; created with those of Qinghai (GB/T 2260), add rows for others';
COMMENT ON COLUMN ce_region.code IS 'region code (GB/T 2260), as in ce_org.region_code';
COMMENT ON COLUMN ce_region.label_zh IS 'name in Chinese';
COMMENT ON COLUMN ce_region.label_en IS 'name in English, null: pages in English show the Chinese one';

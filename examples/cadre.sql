-- A cadre table (干部名册) as it is often kept: a text as key, titles in words, and months such as 2015.07 where the ledger
-- needs days.  A month is no day, and nothing here guesses one: whoever keeps the table says which day a month stands for,
-- in the definition of a column (below).  From the repository's root, in a database with the examples:
-- psql -f examples/load.sql, then psql -f examples/cadre.sql, which prints examples/cadre.out.
\set ON_ERROR_STOP on
\pset footer off
SET client_min_messages = error;
BEGIN;
CREATE SCHEMA cadre;

-- A month of a year, as 2015.07, 2015-7, 201507 or 2015年7月, as its first or last day; every other text as it is, so that
-- the ledger reads it, or says that it cannot.
CREATE FUNCTION cadre.month_as(given text, which text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
	SELECT CASE WHEN m IS NULL THEN given
		ELSE format('%s-%s-%s', m[1], lpad(m[2], 2, '0'), CASE which WHEN 'first' THEN '01' WHEN 'last' THEN
			extract(day FROM make_date(m[1]::integer, m[2]::integer, 1) + interval '1 month' - interval '1 day')::text END) END
	  FROM regexp_match(btrim(given), '^([0-9]{4})[-./年]?(0?[1-9]|1[0-2])月?$') m
$$;
COMMENT ON FUNCTION cadre.month_as(text, text) IS 'the first or last day of a month, anything else as it is';

CREATE TABLE cadre.roster (
	card text PRIMARY KEY,
	name text NOT NULL,
	unit text,
	title text,
	in_post text,
	in_post_on text GENERATED ALWAYS AS (cadre.month_as(in_post, 'last')) STORED
);
COMMENT ON TABLE cadre.roster IS '干部名册';
COMMENT ON COLUMN cadre.roster.card IS '人员编码';
COMMENT ON COLUMN cadre.roster.name IS '姓名';
COMMENT ON COLUMN cadre.roster.unit IS '单位: here the code of ce_org';
COMMENT ON COLUMN cadre.roster.title IS '专业技术职务';
COMMENT ON COLUMN cadre.roster.in_post IS '任职时间, as it is written';
COMMENT ON COLUMN cadre.roster.in_post_on IS 'which day in_post stands for: of a month the last one, so that no achievement counts that may be older than the post; ''first'' is the other choice';

INSERT INTO cadre.roster (card, name, unit, title, in_post) VALUES
	('QH-0001', '示例甲', 'qhu', '副教授', '2015.07'), ('QH-0002', '示例乙', 'x-hospital-county', '主治医师', '2016年2月'),
	('QH-0003', '示例丙', 'qhu', '无', NULL), ('QH-0004', '示例丁', 'qhu', '讲师', '2018.09.01'),
	('QH-0005', '示例戊', 'no-such-unit', '首席讲师', '2015'), ('QH-0006', '示例己', 'qhu', '讲师', '2015.13');
COMMIT;

\echo '== What could not be taken, before anything is'
SELECT * FROM ce_link_check('cadre.roster', key => 'card', person_no => 'card', org => 'unit', held_level => 'title', held_since => 'in_post_on') ORDER BY 1, 2;

\echo '== The rest is taken, and these are listed'
SELECT ce_link('cadre.roster', key => 'card', person_no => 'card', org => 'unit', held_level => 'title', held_since => 'in_post_on', bad_rows => 'list') AS persons_brought_in;
SELECT p.person_no, o.code AS employer, p.held_level, p.held_since
FROM ce_person p JOIN ce_org o USING (org_id) JOIN cadre.roster r ON r.card = p.person_no ORDER BY 1;
SELECT key, hr_column, value FROM ce_link_refused WHERE hr_table = 'cadre.roster'::regclass ORDER BY 1, 2;

\echo '== A title that the ledger learns, and rows that are corrected'
INSERT INTO ce_title (title, level) VALUES ('首席讲师', 'senior');
UPDATE cadre.roster SET unit = 'qhnu', in_post = '2015.06' WHERE card = 'QH-0005';
UPDATE cadre.roster SET in_post = '2015.12' WHERE card = 'QH-0006';
SELECT p.person_no, o.code AS employer, p.held_level, p.held_since
FROM ce_person p JOIN ce_org o USING (org_id) WHERE p.person_no IN ('QH-0005', 'QH-0006') ORDER BY 1;
SELECT count(*) AS left_to_correct FROM ce_link_refused WHERE hr_table = 'cadre.roster'::regclass;

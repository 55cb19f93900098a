--
-- ce_level: level of a professional title
--
SET client_encoding = 'UTF8';

-- the nodes of a query's plan that match
CREATE FUNCTION pg_temp.plan(query text, pattern text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	line text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		IF line ~ pattern THEN
			RETURN NEXT substring(line FROM '[A-Z].*');
		END IF;
	END LOOP;
END $$;

--
-- Text form: the names in use in, the English label out
--
SELECT input, input::ce_level AS level
FROM unnest(ARRAY['junior', 'intermediate', 'senior', 'full_senior', 'associate_senior',
	'初级', '员级', '助理级', '中级', '高级', '副高级', '副高', '正高级', '正高',
	'Senior', 'FULL_SENIOR', E' \t junior\n', ' 正高级 ']) input;

\set VERBOSITY sqlstate
SELECT ''::ce_level;
SELECT ' '::ce_level;
SELECT 'seniors'::ce_level;
SELECT 'full senior'::ce_level;
SELECT 'full'::ce_level;
SELECT '3'::ce_level;
SELECT '高'::ce_level;
SELECT '高级高级'::ce_level;
SELECT '副 高'::ce_level;
SELECT repeat('高级', 1000)::ce_level;
\set VERBOSITY default
SELECT 'expert'::ce_level;

--
-- Order
--
SELECT l AS level, l < 'senior' AS lt, l <= 'senior' AS le, l = 'senior' AS eq, l <> 'senior' AS ne,
	l >= 'senior' AS ge, l > 'senior' AS gt
FROM unnest('{full_senior,senior,junior,intermediate}'::ce_level[]) l ORDER BY l;
SELECT '副高级'::ce_level = 'senior' AS same, 'junior'::ce_level < '正高' AS lower;

CREATE TABLE title (i integer, level ce_level);
INSERT INTO title
	SELECT i, CASE WHEN i % 5 <> 0 THEN ('{junior,intermediate,senior,full_senior}'::ce_level[])[i % 4 + 1] END
	FROM generate_series(1, 10000) i;
ANALYZE title;
SELECT level, count(*) FROM title GROUP BY level ORDER BY level DESC;
SELECT count(DISTINCT level) FROM title;
SELECT level FROM title UNION SELECT 'senior' ORDER BY 1;
SELECT level FROM title EXCEPT SELECT '正高' ORDER BY 1;
SELECT level FROM title WHERE level > 'junior' AND i < 8 ORDER BY i;

CREATE INDEX title_level ON title (level);
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT level FROM title WHERE level > 'intermediate' ORDER BY level LIMIT 1;
SELECT min(level), max(level) FROM title;
RESET enable_seqscan;

CREATE TEMP TABLE wanted (level ce_level);
INSERT INTO wanted VALUES ('中级'), ('正高级'), (NULL);
ANALYZE wanted;
SET enable_nestloop = off;
SET enable_mergejoin = off;
SELECT pg_temp.plan('SELECT count(*) FROM title JOIN wanted USING (level)', 'Join');
SELECT count(*) FROM title JOIN wanted USING (level);
SET enable_hashjoin = off;
SET enable_mergejoin = on;
SELECT count(*) FROM title JOIN wanted USING (level);
RESET ALL;

-- other indexes that fit, and partitions
CREATE INDEX title_hash ON title USING hash (level);
CREATE TEMP TABLE parts (level ce_level) PARTITION BY HASH (level);
CREATE TEMP TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TEMP TABLE parts_1 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO parts SELECT DISTINCT level FROM title;
SELECT count(*), count(level) FROM parts;

--
-- Aggregates
--
SELECT min(level), max(level) FROM title WHERE i % 4 IN (1, 2);
SELECT min(level), max(level) FROM title WHERE false;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SET enable_indexonlyscan = off;
SET enable_indexscan = off;
EXPLAIN (COSTS OFF) SELECT min(level), max(level) FROM title;
SELECT min(level), max(level) FROM title;
RESET ALL;

DROP TABLE title;

--
-- ce_credit: hours by category, and counts of deeming grants
--

-- the result of a query, or the error that it raises
CREATE FUNCTION pg_temp.outcome(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE query INTO result;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ': ' || SQLERRM;
END $$;

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
-- Text form: in any order in, in the order of the categories out
--
SELECT input, pg_temp.outcome(format('SELECT %L::ce_credit', input))
FROM unnest(ARRAY['{}', E' {\t} ', '{public:45}', '{online:60,public:45}',
	E'{ deems_professional : 1 ,\n mentoring: 35 , public :45.50 }',
	'{public:0}', '{public:0.00,online:1,deems_public:0}', '{online:-7.5,deems_public:-2}', '{study:+.5}']) input;
SELECT '{deems_professional:13,deems_public:12,carried_professional:11,carried_public:10,innovation:9,recorded:8,special:7,mentoring:6,study:5,training:4,national_online:3,online:2,public:1}'::ce_credit;
SELECT input, pg_temp.outcome(format('SELECT %L::ce_credit', input))
FROM unnest(ARRAY['', 'public:45', '{', '}', '{}}', '{} x', '{public}', '{public:}', '{:45}', '{public:45', '{public:45,}',
	'{,public:45}', '{public:45 online:60}', '{public:45:60}', '{public:{45}}', '{public=45}',
	'{lecture:45}', '{Public:45}', '{pub lic:45}', '{public:45,public:1}', '{public:0, public:0}',
	'{public:7.125}', '{public:x}', '{public:NaN}', '{deems_public:1.0}', '{deems_public:x}', '{deems_public:}']) input;

-- both ends of the ranges
SELECT input, pg_temp.outcome(format('SELECT %L::ce_credit', input))
FROM unnest(ARRAY['{public:21474836.47}', '{public:21474836.48}', '{public:-21474836.48}', '{public:-21474836.49}',
	'{public:92233720368547758.07}', '{public:92233720368547758.08}', '{online:-92233720368547758.08,public:1}',
	'{deems_public:2147483647,deems_professional:-2147483648}', '{deems_public:2147483648}', '{deems_public:-2147483649}',
	'{deems_public:99999999999999999999}', '{public:92233720368547758.07,deems_public:-1}']) input;

-- what a user sees
SELECT 'public:45'::ce_credit;
SELECT '{lecture:45}'::ce_credit;
SELECT '{public:45,public:1}'::ce_credit;
SELECT '{public:7.125}'::ce_credit;
SELECT '{deems_public:1.5}'::ce_credit;
SELECT '{online:99999999999999999999}'::ce_credit;

--
-- Making a credit, and looking into one
--
SELECT ce_credit('public', '45'), ce_credit('online', 7.5::ce_hours), ce_credit('special', '0', true, true),
	ce_credit('study', '0', deems_professional => true), ce_credit('training', '-3.5'), ce_credit('public', NULL) IS NULL AS strict;
SELECT ce_credit('lecture', '45');
SELECT ce_credit('deems_public', '45');
SELECT ce_credit_hours(c, 'public') AS public, ce_credit_hours(c, 'mentoring') AS mentoring, ce_credit_hours(c, 'study') AS study,
	ce_credit_deems_public(c) AS deems_public, ce_credit_deems_professional(c) AS deems_professional
FROM (VALUES ('{public:45,mentoring:7.5,deems_professional:1}'::ce_credit), ('{}'), ('{public:92233720368547758.07,deems_public:-2}')) v (c);
SELECT ce_credit_hours('{public:45}', 'lecture');

--
-- Operators
--
SELECT '{public:45}'::ce_credit + '{public:7.5,online:60}', '{public:45}'::ce_credit - '{public:45}',
	'{public:45}'::ce_credit - '{online:60,deems_public:1}', - '{public:45,online:-7,deems_professional:1}'::ce_credit;
SELECT '{online:60,public:45}'::ce_credit = '{public:45.00,online:60,study:0}' AS eq, '{public:45}'::ce_credit = '{online:45}' AS eq,
	'{public:45}'::ce_credit <> '{online:45}' AS ne, '{public:1}'::ce_credit + '{}' <> '{public:1}' AS ne;
SELECT input, pg_temp.outcome('SELECT ' || input)
FROM unnest(ARRAY[
	'''{online:92233720368547758.07}''::ce_credit + ''{online:0.01}''',
	'''{online:-92233720368547758.08}''::ce_credit - ''{online:0.01}''',
	'- ''{online:-92233720368547758.08}''::ce_credit',
	'''{deems_public:2147483647}''::ce_credit + ''{deems_public:1}''',
	'''{deems_professional:-2147483648}''::ce_credit - ''{deems_professional:1}''',
	'- ''{deems_public:-2147483648}''::ce_credit',
	'''{public:21474836.47}''::ce_credit + ''{public:0.01}'' - ''{public:0.01}''']) input;

-- stored as little as it can be: one byte of header, four of mask, the values
CREATE TEMP TABLE stored (credit ce_credit);
INSERT INTO stored VALUES ('{}'), ('{public:45}'), ('{public:45,online:60,deems_professional:1}'), ('{public:21474836.48,online:1}');
SELECT credit, pg_column_size(credit) FROM stored;
-- and equal, with an equal hash, whatever its header
SELECT count(*), bool_and(credit = credit + '{}') AS equal, bool_and(ce_credit_hash(credit) = ce_credit_hash(credit + '{}')) AS hash,
	bool_and(ce_credit_hash_extended(credit, 42) = ce_credit_hash_extended(credit + '{}', 42)) AS hash_extended,
	bool_and(pg_column_size(credit) < pg_column_size(credit + '{}')) AS shorter
FROM stored;

--
-- The laws of a group, on random credits
--
SELECT setseed(0.5);
CREATE FUNCTION pg_temp.random_credit() RETURNS ce_credit LANGUAGE sql AS $$
	SELECT coalesce(sum(ce_credit(category, (floor(random() * 2000 - 1000) / 4 * (10 ^ floor(random() * 9)))::numeric::ce_hours,
			random() < 0.1, random() < 0.1)), '{}')
	FROM unnest('{public,online,national_online,training,study,mentoring,special,recorded,innovation,carried_public,carried_professional}'::text[]) category
	WHERE random() < 0.3
$$;
CREATE TABLE sample AS
	SELECT i, CASE WHEN i % 11 <> 0 THEN pg_temp.random_credit() END AS credit, pg_temp.random_credit() AS other
	FROM generate_series(1, 10000) i;
ANALYZE sample;
SELECT count(*) AS credits, count(DISTINCT credit) > 5000 AS varied,
	count(*) FILTER (WHERE (credit + other) - other <> credit) AS inverse,
	count(*) FILTER (WHERE credit + other <> other + credit) AS commutative,
	count(*) FILTER (WHERE (credit + other) + b <> credit + (other + b)) AS associative,
	count(*) FILTER (WHERE credit - other <> credit + - other) AS negative,
	count(*) FILTER (WHERE - - credit <> credit) AS twice,
	count(*) FILTER (WHERE credit - credit <> '{}' OR credit + '{}' <> credit) AS zero,
	count(*) FILTER (WHERE credit::text::ce_credit <> credit) AS text
FROM (SELECT *, lead(other, 1, '{}') OVER (ORDER BY i) AS b FROM sample) s WHERE credit IS NOT NULL;
-- a sum has no order, and is that of each category
SELECT sum(credit ORDER BY i) = sum(credit ORDER BY credit) AS same, sum(credit) = sum(credit ORDER BY i DESC) AS same,
	ce_credit_hours(sum(credit), 'public') = sum(ce_credit_hours(credit, 'public')) AS public,
	ce_credit_hours(sum(credit), 'carried_professional') = sum(ce_credit_hours(credit, 'carried_professional')) AS carried,
	ce_credit_deems_public(sum(credit)) = sum(ce_credit_deems_public(credit)) AS deems_public,
	ce_credit_deems_professional(sum(credit)) = sum(ce_credit_deems_professional(credit)) AS deems_professional
FROM sample;

--
-- Order, joins, partitions
--
SELECT c AS credit FROM unnest('{"{public:1}","{deems_public:1}","{}","{public:1,online:-2}","{public:-1,online:5}","{online:300000000}","{deems_professional:2}"}'::ce_credit[]) c
	ORDER BY c;
SELECT a, b, a < b AS lt, a <= b AS le, a >= b AS ge, a > b AS gt
FROM (VALUES ('{}'::ce_credit, '{public:1}'::ce_credit), ('{public:1}', '{public:1}'), ('{public:1}', '{public:-1,online:1}')) v (a, b);
SELECT '{public:1}'::ce_credit AS credit UNION SELECT '{public:1.0,online:0}' UNION ALL SELECT '{}' ORDER BY 1;
SELECT '{public:1}'::ce_credit AS credit EXCEPT SELECT '{public:1.00}';
SELECT count(*), count(DISTINCT credit) FROM (VALUES ('{public:1}'::ce_credit), ('{public:1.0}'), ('{}'), (NULL)) v (credit);
SELECT count(*) AS pairs, count(*) FILTER (WHERE (a.credit < b.credit)::integer + (a.credit = b.credit)::integer + (a.credit > b.credit)::integer <> 1
	OR (a.credit = b.credit) <> (a.credit::text = b.credit::text)
	OR (a.credit < b.credit) <> (b.credit > a.credit) OR (a.credit <= b.credit) <> NOT a.credit > b.credit) AS not_total
FROM sample a, sample b WHERE a.i <= 200 AND b.i % 50 = 0 AND a.credit IS NOT NULL AND b.credit IS NOT NULL;

SET enable_nestloop = off;
SET enable_mergejoin = off;
SELECT pg_temp.plan('SELECT count(*) FROM sample a JOIN sample b USING (credit)', 'Join');
SELECT count(*) FROM sample a JOIN sample b ON a.credit + '{public:1}' = b.credit + '{public:1}' AND a.i = b.i;
SET enable_hashjoin = off;
SET enable_mergejoin = on;
SELECT pg_temp.plan('SELECT count(*) FROM sample a JOIN sample b USING (credit)', 'Join');
SELECT count(*) FROM sample a JOIN sample b ON a.credit + '{public:1}' = b.credit + '{public:1}' AND a.i = b.i;
RESET ALL;

CREATE TEMP TABLE parts (credit ce_credit) PARTITION BY HASH (credit);
CREATE TEMP TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TEMP TABLE parts_1 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE UNIQUE INDEX ON parts (credit);
INSERT INTO parts SELECT DISTINCT credit FROM sample WHERE credit <> '{public:45}';
INSERT INTO parts VALUES ('{public:45}');
SELECT credit FROM parts WHERE credit = '{public:45.0}';

--
-- Sum
--
SELECT sum(c) FROM (VALUES ('{public:45}'::ce_credit), (NULL), ('{public:-45,online:7.5,deems_public:1}')) v (c);
SELECT sum(c) FROM (VALUES (NULL::ce_credit), (NULL)) v (c);
SELECT sum(credit) FROM sample WHERE false;
SELECT sum(credit) FROM stored WHERE credit = '{}';
SELECT sum(c) FROM (VALUES ('{deems_public:2147483647}'::ce_credit), ('{deems_public:1}')) v (c);
SELECT sum(c) FROM (VALUES ('{study:92233720368547758.07}'::ce_credit), ('{study:0.01}')) v (c);

-- in parallel
CREATE TEMP TABLE expected AS SELECT sum(credit) AS credit FROM sample;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
EXPLAIN (COSTS OFF) SELECT sum(credit) FROM sample;
SELECT sum(credit) = (SELECT credit FROM expected) AS same FROM sample;
SELECT sum(credit) FROM sample WHERE i % 11 = 0;
-- also where the workers alone see rows
SET parallel_leader_participation = off;
SELECT sum(credit) = (SELECT credit FROM expected) AS same FROM sample;
RESET ALL;

-- over a moving frame: the same as counted afresh, and NULL where it is empty
SELECT count(*) AS frames, count(moving) AS not_null, count(*) FILTER (WHERE moving IS DISTINCT FROM afresh) AS differences
FROM (SELECT sum(credit) OVER (ORDER BY i ROWS BETWEEN 5 PRECEDING AND 2 FOLLOWING) AS moving,
		(SELECT sum(credit) FROM sample s WHERE s.i BETWEEN o.i - 5 AND o.i + 2 AND s.i <= 1000) AS afresh
	FROM sample o WHERE i <= 1000) w;
SELECT count(*) AS frames, count(moving) AS not_null, count(*) FILTER (WHERE moving IS DISTINCT FROM afresh) AS differences
FROM (SELECT sum(credit) OVER (ORDER BY i ROWS BETWEEN 2 PRECEDING AND 2 PRECEDING) AS moving,
		(SELECT sum(credit) FROM sample s WHERE s.i = o.i - 2) AS afresh
	FROM sample o WHERE i <= 1000) w;
SELECT i, credit, sum(credit) OVER (ORDER BY i ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
FROM (VALUES (1, '{public:1}'::ce_credit), (2, NULL), (3, NULL), (4, '{online:2.5}'), (5, '{online:-2.5}')) v (i, credit);

DROP TABLE sample;

--
-- ce_hours: class hours, exact to the hundredth
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
-- Text form
--
SELECT input, pg_temp.outcome(format('SELECT %L::ce_hours', input))
FROM unnest(ARRAY['0', '45', '7.5', '28.25', '-0.05', '+3', '-0', '007', '.5', '5.',
	E' \t\r\n12.30 \n', '1.500', '0.0000000000000000000000000']) input;
SELECT input, pg_temp.outcome(format('SELECT %L::ce_hours', input))
FROM unnest(ARRAY['', '  ', '.', '-', '+-1', '--1', '1.2.3', '1 2', '1,5', '1e2', '0x10', '1_0',
	'NaN', 'inf', '-Infinity', '7.125', '7.001', '45h']) input;

-- both ends of the range
SELECT input, pg_temp.outcome(format('SELECT %L::ce_hours', input))
FROM unnest(ARRAY['92233720368547758.07', '92233720368547758.08', '-92233720368547758.08',
	'-92233720368547758.09', '92233720368547759', '99999999999999999999999999',
	'99999999999999999999999999x', '99999999999999999999.999']) input;

-- what a user sees
SELECT '7.125'::ce_hours;
SELECT 'seven'::ce_hours;
SELECT '1e2'::ce_hours;
SELECT '99999999999999999999'::ce_hours;

--
-- Casts
--
SELECT v AS hours, v::numeric AS number, v::text AS text
FROM unnest('{45,7.5,28.25,-0.05,0,-92233720368547758.08,92233720368547758.07}'::ce_hours[]) v;
SELECT 45::smallint::ce_hours, 45::integer::ce_hours, 45::bigint::ce_hours, 7.5::ce_hours,
	7.500000000000::ce_hours, ce_hours(28.25), ce_hours('28.25');
SELECT 92233720368547758::bigint::ce_hours, (-92233720368547758)::bigint::ce_hours;
SELECT input, pg_temp.outcome(format('SELECT (%s)::ce_hours', input))
FROM unnest(ARRAY['92233720368547759::bigint', '(-92233720368547759)::bigint', '7.125', '1e30',
	'''NaN''::numeric', '''inf''::numeric', '7.5::float8', 'true']) input;
SELECT 7.125::ce_hours;

-- assignment converts, or refuses
CREATE TEMP TABLE assigned (hours ce_hours DEFAULT 0);
INSERT INTO assigned VALUES (DEFAULT), (5), (5.25), ('7'), (9::bigint);
UPDATE assigned SET hours = hours + 1;
UPDATE assigned SET hours = hours / 2 WHERE hours > 6.25;
SELECT * FROM assigned ORDER BY hours;
UPDATE assigned SET hours = hours / 3;
UPDATE assigned SET hours = round(hours / 3, 2);
SELECT * FROM assigned ORDER BY hours;

--
-- Operators
--
SELECT '45'::ce_hours + '7.5', '45'::ce_hours - '45.01', - '7.5'::ce_hours;
SELECT '3.5'::ce_hours * 2::smallint AS s, '3.5'::ce_hours * 2 AS i, '3.5'::ce_hours * 2::bigint AS b,
	'7'::ce_hours * 0.5 AS n, 2::smallint * '3.5'::ce_hours AS s, 2 * '3.5'::ce_hours AS i,
	2::bigint * '3.5'::ce_hours AS b, 0.5 * '7'::ce_hours AS n;
SELECT '0.01'::ce_hours * 100.000, '-0.05'::ce_hours * -20.0, '0.1'::ce_hours * 0.1,
	'0'::ce_hours * 0.001, '45'::ce_hours * 0;
SELECT input, pg_temp.outcome('SELECT ' || input)
FROM unnest(ARRAY[
	'''92233720368547758.07''::ce_hours + ''0.01''',
	'''-92233720368547758.08''::ce_hours - ''0.01''',
	'- ''-92233720368547758.08''::ce_hours',
	'''92233720368547758.07''::ce_hours * 1',
	'''92233720368547758.07''::ce_hours * 2',
	'2::smallint * ''92233720368547758.07''::ce_hours',
	'9223372036854775807 * ''0.02''::ce_hours',
	'''92233720368547758.07''::ce_hours * 1.5',
	'''1''::ce_hours * 92233720368547758.07',
	'''1''::ce_hours * 92233720368547758.08',
	'''45''::ce_hours * 0.333',
	'0.001 * ''1''::ce_hours',
	'''0.01''::ce_hours * 1e-20',
	'''45''::ce_hours * ''NaN''::numeric',
	'''0''::ce_hours * ''inf''::numeric']) input;
SELECT '45'::ce_hours * 0.333;

-- with numbers beside them, nothing is ambiguous
CREATE TEMP TABLE taken (hours ce_hours);
INSERT INTO taken VALUES ('45'), ('7.5'), (30), (NULL);
ANALYZE taken;
SELECT hours > 30 AS gt, hours >= 30.0 AS ge, 30 < hours AS lt, hours = 45 AS eq, hours <> 7.50 AS ne,
	hours > 30::smallint AS gt2, hours > 30::bigint AS gt8, hours BETWEEN 8 AND 44.99 AS between
FROM taken;
SELECT hours + 5 AS plus, hours + 7.5 AS plus, 1 - hours AS minus, hours * 2 AS times, hours * 1.5 AS times,
	hours / 2 AS divided, hours % 2 AS modulo, hours * '2' AS unknown, hours + '1' AS unknown
FROM taken;
SELECT pg_typeof(hours + 5) AS plus, pg_typeof(hours + '5') AS plus_unknown, pg_typeof(hours * 2) AS times,
	pg_typeof(hours * 1.5) AS times_numeric, pg_typeof(hours / 2) AS divided, pg_typeof(hours > 2) AS gt
FROM taken LIMIT 1;
SELECT hours FROM taken WHERE hours IN (45, 30) AND hours IN (45, 7.5) AND hours = ANY (ARRAY[45])
	AND hours = ANY ('{45}');
SELECT coalesce(hours, 0.0), coalesce(hours, '0'), greatest(hours, 7.75),
	CASE WHEN hours > 8 THEN hours ELSE 0.5 END, ARRAY[hours, 1.5], abs(hours), round(hours, 1)
FROM taken;
SELECT hours FROM taken UNION SELECT 1.5 ORDER BY 1;
-- only an integer constant needs a point or quotes to be taken for hours here
SELECT coalesce(sum(hours), '0') FROM taken WHERE false;
SELECT coalesce(sum(hours), 0) FROM taken;

-- and expressions without hours mean what they did
SELECT 2 * 1.5 AS a, 2::smallint * 1.5 AS b, 2::bigint * 1.5 AS c, '2' * 3 AS d, 2.0 * '3' AS e, 5 * interval '1 day' AS f,
	abs('-5') AS g, pg_typeof(abs('-5')) AS h, 1 + 1.5 AS i, 2 > 1.5 AS j, coalesce(1, 1.5) AS k,
	pg_typeof(2 * 1.5) AS l, pg_typeof(- 5::smallint) AS m, pg_typeof(2 * 3::smallint) AS n;

-- comparisons agree with those of numeric
CREATE TABLE sample AS
	SELECT i, CASE WHEN i % 11 <> 0 THEN ((i * 7919) % 2003 - 1000) / 4.0 END::ce_hours AS hours
	FROM generate_series(1, 10000) i;
ANALYZE sample;
SELECT count(*) AS pairs, count(*) FILTER (WHERE
	(a.hours = b.hours, a.hours <> b.hours, a.hours < b.hours, a.hours <= b.hours, a.hours > b.hours, a.hours >= b.hours)
	IS DISTINCT FROM
	(a.hours::numeric = b.hours::numeric, a.hours::numeric <> b.hours::numeric, a.hours::numeric < b.hours::numeric,
	a.hours::numeric <= b.hours::numeric, a.hours::numeric > b.hours::numeric, a.hours::numeric >= b.hours::numeric)
	OR (a.hours + b.hours)::numeric IS DISTINCT FROM a.hours::numeric + b.hours::numeric
	OR (a.hours - b.hours)::numeric IS DISTINCT FROM a.hours::numeric - b.hours::numeric) AS differences
FROM sample a, sample b WHERE a.i <= 200 AND b.i % 50 = 0;
SELECT count(*) AS differences
FROM (SELECT hours, lag(hours) OVER (ORDER BY hours) AS before FROM sample) s
WHERE hours::numeric < before::numeric;
SELECT count(DISTINCT hours) = count(DISTINCT hours::numeric) AS same FROM sample;

--
-- Indexes, joins, partitions
--
CREATE INDEX sample_hours ON sample (hours);
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT hours FROM sample ORDER BY hours DESC LIMIT 1;
SELECT max(hours), min(hours) FROM sample;
SELECT count(*) FROM sample WHERE hours > '240' AND hours <= '245.25';
RESET enable_seqscan;
SELECT count(*) FROM sample WHERE hours > 240 AND hours <= 245.25;

SET enable_nestloop = off;
SET enable_mergejoin = off;
SELECT pg_temp.plan('SELECT count(*) FROM sample a JOIN taken USING (hours)', 'Join');
SELECT count(*) FROM sample a JOIN taken USING (hours);
SET enable_hashjoin = off;
SET enable_mergejoin = on;
SET enable_indexscan = off;
SET enable_indexonlyscan = off;
SET enable_bitmapscan = off;
SELECT pg_temp.plan('SELECT count(*) FROM sample a JOIN taken USING (hours)', 'Join');
SELECT count(*) FROM sample a JOIN taken USING (hours);
RESET enable_nestloop;
RESET enable_hashjoin;
RESET enable_mergejoin;
RESET enable_indexscan;
RESET enable_indexonlyscan;
RESET enable_bitmapscan;

CREATE TEMP TABLE parts (hours ce_hours) PARTITION BY HASH (hours);
CREATE TEMP TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TEMP TABLE parts_1 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO parts SELECT DISTINCT hours FROM sample WHERE hours IS NOT NULL;
SELECT count(*), count(DISTINCT tableoid) AS parts FROM parts;
SELECT hours FROM parts WHERE hours = '7.5';

--
-- Aggregates
--
SELECT sum(hours), min(hours), max(hours), avg(hours), count(hours), sum(hours) > 80 AS more FROM taken;
SELECT sum(hours), min(hours), max(hours), avg(hours) FROM taken WHERE false;
SELECT sum(hours) FROM (VALUES ('92233720368547758.07'::ce_hours), ('0.01')) v (hours);
SELECT sum(hours) = sum(hours::numeric) AS same FROM sample;

-- in parallel
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SET enable_indexonlyscan = off;
SET enable_indexscan = off;
EXPLAIN (COSTS OFF) SELECT sum(hours), min(hours), max(hours), avg(hours) FROM sample;
SELECT sum(hours), min(hours), max(hours), round(avg(hours), 4) AS avg FROM sample;
RESET ALL;

-- over a moving frame: the same as counted afresh, and NULL where it is empty
SELECT count(*) AS frames, count(moving) AS not_null, count(*) FILTER (WHERE moving IS DISTINCT FROM afresh) AS differences
FROM (SELECT sum(hours) OVER (ORDER BY i ROWS BETWEEN 5 PRECEDING AND 2 FOLLOWING) AS moving,
		(SELECT sum(hours) FROM sample s WHERE s.i BETWEEN o.i - 5 AND o.i + 2 AND s.i <= 1000) AS afresh
	FROM sample o WHERE i <= 1000) w;
SELECT count(*) AS frames, count(moving) AS not_null, count(*) FILTER (WHERE moving IS DISTINCT FROM afresh) AS differences
FROM (SELECT sum(hours) OVER (ORDER BY i ROWS BETWEEN 2 PRECEDING AND 2 PRECEDING) AS moving,
		(SELECT sum(hours) FROM sample s WHERE s.i = o.i - 2) AS afresh
	FROM sample o WHERE i <= 1000) w;
SELECT i, hours, sum(hours) OVER (ORDER BY i ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
FROM (VALUES (1, '1'::ce_hours), (2, NULL), (3, NULL), (4, '2.5'), (5, '0.5')) v (i, hours);

DROP TABLE sample;

--
-- The binary form of the types, and what it refuses
--
\getenv abs_builddir PG_ABS_BUILDDIR
\cd :abs_builddir

SELECT v AS hours, ce_hours_send(v) FROM unnest('{45,7.5,-0.05,92233720368547758.07}'::ce_hours[]) v;
SELECT v AS level, ce_level_send(v) FROM unnest('{junior,full_senior}'::ce_level[]) v;
SELECT v AS credit, ce_credit_send(v)
FROM unnest('{"{}","{public:45}","{online:60,deems_public:-1}","{public:1,online:21474836.48}","{deems_professional:2}"}'::ce_credit[]) v;

--
-- There and back
--
CREATE TEMP TABLE sent AS
	SELECT i, n::ce_hours AS hours, (ARRAY['public', 'online', 'carried_professional'])[i % 3 + 1] AS category,
		(ARRAY['junior', 'intermediate', 'senior', 'full_senior'])[i % 4 + 1]::ce_level AS level
	FROM (SELECT i, ((i * 7919) % 2003 - 1000) / 100.0 * 10::numeric ^ (i % 10) FROM generate_series(1, 1000) i) v (i, n);
ALTER TABLE sent ADD credit ce_credit;
UPDATE sent SET credit = ce_credit(category, hours, i % 5 = 0, i % 7 = 0);
INSERT INTO sent VALUES (0);
CREATE TEMP TABLE received (LIKE sent);
\copy sent TO 'results/binary.data' (FORMAT binary)
\copy received FROM 'results/binary.data' (FORMAT binary)
SELECT count(*) FROM received;
SELECT * FROM sent EXCEPT SELECT * FROM received;
SELECT * FROM received WHERE i IN (0, 5, 9) ORDER BY i;

--
-- A bytea's binary form is its bytes: so any bytes can be offered
--
CREATE TEMP TABLE hours (hours ce_hours);
CREATE TEMP TABLE level (level ce_level);
CREATE TEMP TABLE credit (credit ce_credit);

\copy (SELECT decode('0000000000001194', 'hex')) TO 'results/binary.data' (FORMAT binary)
\copy hours FROM 'results/binary.data' (FORMAT binary)
\copy (SELECT decode('00000004', 'hex')) TO 'results/binary.data' (FORMAT binary)
\copy level FROM 'results/binary.data' (FORMAT binary)
\copy (SELECT decode('6000000100001194fffffffe00000001', 'hex')) TO 'results/binary.data' (FORMAT binary)
\copy credit FROM 'results/binary.data' (FORMAT binary)
SELECT * FROM hours, level, credit;

\set VERBOSITY sqlstate
-- hours: too short, too long
\copy (SELECT decode('00001194', 'hex')) TO 'results/binary.data' (FORMAT binary)
\copy hours FROM 'results/binary.data' (FORMAT binary)
\copy (SELECT decode('000000000000119400', 'hex')) TO 'results/binary.data' (FORMAT binary)
\copy hours FROM 'results/binary.data' (FORMAT binary)

-- level: below, above, negative, too short, too long
\copy (SELECT decode('00000000', 'hex')) TO 'results/binary.data' (FORMAT binary)
\copy level FROM 'results/binary.data' (FORMAT binary)
\copy (SELECT decode('00000005', 'hex')) TO 'results/binary.data' (FORMAT binary)
\copy level FROM 'results/binary.data' (FORMAT binary)
\copy (SELECT decode('ffffffff', 'hex')) TO 'results/binary.data' (FORMAT binary)
\copy level FROM 'results/binary.data' (FORMAT binary)
\copy (SELECT decode('0001', 'hex')) TO 'results/binary.data' (FORMAT binary)
\copy level FROM 'results/binary.data' (FORMAT binary)
\copy (SELECT decode('0000000100', 'hex')) TO 'results/binary.data' (FORMAT binary)
\copy level FROM 'results/binary.data' (FORMAT binary)

-- credit: no mask, half a mask
\copy (SELECT decode('', 'hex')) TO 'results/binary.data' (FORMAT binary)
\copy credit FROM 'results/binary.data' (FORMAT binary)
\copy (SELECT decode('0000', 'hex')) TO 'results/binary.data' (FORMAT binary)
\copy credit FROM 'results/binary.data' (FORMAT binary)
-- a value missing, one too many, a byte too many
\copy (SELECT decode('0000000300001194', 'hex')) TO 'results/binary.data' (FORMAT binary)
\copy credit FROM 'results/binary.data' (FORMAT binary)
\copy (SELECT decode('000000010000119400001194', 'hex')) TO 'results/binary.data' (FORMAT binary)
\copy credit FROM 'results/binary.data' (FORMAT binary)
\copy (SELECT decode('0000000000', 'hex')) TO 'results/binary.data' (FORMAT binary)
\copy credit FROM 'results/binary.data' (FORMAT binary)
-- a zero that should be absent, wide without need, wide and empty, a count too wide
\copy (SELECT decode('0000000100000000', 'hex')) TO 'results/binary.data' (FORMAT binary)
\copy credit FROM 'results/binary.data' (FORMAT binary)
\copy (SELECT decode('800000010000000000001194', 'hex')) TO 'results/binary.data' (FORMAT binary)
\copy credit FROM 'results/binary.data' (FORMAT binary)
\copy (SELECT decode('80000000', 'hex')) TO 'results/binary.data' (FORMAT binary)
\copy credit FROM 'results/binary.data' (FORMAT binary)
\copy (SELECT decode('a00000000000000100000000', 'hex')) TO 'results/binary.data' (FORMAT binary)
\copy credit FROM 'results/binary.data' (FORMAT binary)
\set VERBOSITY default
SELECT * FROM hours, level, credit;

--
-- Damaged storage is reported, not read
--
CREATE CAST (bytea AS ce_credit) WITHOUT FUNCTION;
CREATE CAST (integer AS ce_level) WITHOUT FUNCTION;
SELECT '\x'::bytea::ce_credit;
SELECT '\xffffffffffffffff'::bytea::ce_credit + '{}';
SELECT ce_credit_hours('\x0000000000'::bytea::ce_credit, 'public');
SELECT 0::ce_level;
SELECT ce_level_send(4::ce_level), 5::ce_level::text;
DROP CAST (bytea AS ce_credit);
DROP CAST (integer AS ce_level);

-- The account as an incrementally maintained view, where pg_ivm is installed.
CREATE EXTENSION pg_ivm;
SET search_path = plain, public, pgivm;
SELECT create_immv('plain.ivm_account', $$
	SELECT person_id, year, category, count(*) AS activities, sum(hours) AS hours,
		   sum(deems_public::integer) AS deems_public, sum(deems_professional::integer) AS deems_professional
	FROM plain.activity WHERE status = 'verified' GROUP BY person_id, year, category$$);
RESET search_path;
CREATE INDEX IF NOT EXISTS ivm_account_person ON plain.ivm_account (person_id, year);
INSERT INTO bench.question (name, label, is_expression, body)
SELECT 'pg_ivm', 'plain SQL over a pg_ivm view', false,
	   replace(replace(replace(body, 'a.deems_public, a.deems_professional', 'a.deems_public > 0, a.deems_professional > 0'), 'plain.activity a', 'plain.ivm_account a'), 'a.status = ''verified'' AND ', '')
FROM bench.question WHERE name = 'sql_activities';

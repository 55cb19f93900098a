-- 0.4: totals of every year before the ledger went live (AMB-2), and the day itself
BEGIN;
\ir lib/ledger.psql
SELECT plan(23);

SELECT is((SELECT live_from FROM ce_ledger), ce_today(), '0.4: a new ledger goes live on the day of its ce_setup()');
SELECT lives_ok($$ UPDATE ce_ledger SET live_from = '2026-07-01' $$, '0.4: its owner says on which day it went live');
SELECT results_eq($$ SELECT role_name, from_status = ce_today()::text, to_status FROM ce_event WHERE object = 'ledger.live_from' $$,
	$$ VALUES (current_user, true, '2026-07-01') $$, '0.4: which is logged with the old value and the new one');
SELECT lives_ok($$ UPDATE ce_ledger SET live_from = '2026-07-01' $$, '0.4: the same day again is no change');
SELECT is((SELECT count(*) FROM ce_event WHERE object = 'ledger.live_from'), 1::bigint, '0.4: and not logged');

-- every year, and the half of the running one
CREATE FUNCTION total(p bigint, kind text, completed date, hours ce_hours) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (p, kind, completed, hours, 'verified', verifier(p), '2026-07-02') RETURNING p
$$;
CREATE FUNCTION error_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN 'not refused';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
CREATE TEMP TABLE staff AS SELECT person() AS p;
SELECT lives_ok(format('SELECT total(%s, ''recorded_public'', make_date(y, 12, 31), ''30''), total(%s, ''recorded_professional'', make_date(y, 12, 31), ''60'') FROM generate_series(2016, 2025) y', p, p),
	'0.4: totals of 2016 to 2025 are taken') FROM staff;
SELECT lives_ok(format('SELECT total(%s, ''recorded_professional'', ''2026-06-30'', ''40''), total(%s, ''recorded_public'', ''2026-06-30'', ''20'')', p, p),
	'0.4: and those of the running year up to the day before') FROM staff;
SELECT results_eq(format('SELECT year, public_hours, professional_hours, recorded_hours, met FROM ce_yearly_totals WHERE person_id = %s AND year > 2023 ORDER BY 1', p),
	'VALUES (2024, 30::numeric, 60::numeric, 60::numeric, true), (2025, 30, 60, 60, true), (2026, 20, 40, 40, false)', 'AMB-2: as verified then, under no cap') FROM staff;
SELECT lives_ok(format('SELECT give_professional(give_public(%s, ''10'', ''2026-08-01''), ''20'', ''2026-08-01'')', p), '0.4: items from that day on add to them') FROM staff;
SELECT is(ask(p, 'senior', '2026-12-31'), 'eligible', '4.2.1c: and a title of 2026 rests on both') FROM staff;

SELECT is(error_of(format('SELECT total(%s, ''recorded_public'', ''2026-07-01'', ''1'')', p)), '23514 "recorded_public" of 2026-07-01 is no total from before the ledger went live', '0.4: no total of the day itself') FROM staff;
SELECT is(error_of(format('SELECT total(%s, ''recorded_public'', ''1989-12-31'', ''1'')', p)), '23514 no rule converts activities of kind "recorded_public" in 1989 into hours', '0.4: nor of a year that no rule of the law reaches') FROM staff;
CREATE FUNCTION pg_temp.hint(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	hint text;
BEGIN
	EXECUTE statement;
	RETURN 'not refused';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN hint;
END $$;
SELECT matches(pg_temp.hint(format('SELECT total(%s, ''recorded_public'', ''2026-07-01'', ''1'')', p)), 'item by item.*UPDATE \w+\.ce_ledger SET live_from', '0.4: the hint says both ways out') FROM staff;
SELECT unalike(pg_temp.hint(format('SELECT total(%s, ''recorded_public'', ''1989-12-31'', ''1'')', p)), '%recorded_public%', '0.4: and never advises what was just tried') FROM staff;

SELECT throws_ok($$ UPDATE ce_ledger SET live_from = '2026-06-30' $$, '23514', 'the ledger has verified totals of 2026-06-30 and later', '0.4: no day that leaves totals behind it');
SELECT throws_ok($$ UPDATE ce_ledger SET live_from = make_date(extract(year FROM ce_today())::integer + 2, 1, 1) $$, '23514', NULL, '0.4: none in years to come');
SELECT lives_ok($$ UPDATE ce_ledger SET live_from = make_date(extract(year FROM ce_today())::integer + 1, 12, 31) $$, '0.4: one of the next year may be');
UPDATE ce_ledger SET live_from = '2026-07-01';

SELECT is_empty('SELECT * FROM ce_findings WHERE clause IN (''8.2b'', ''8.3'')', '8.2b, 8.3: totals of earlier years are late neither in study nor in verification');
SELECT is_empty('SELECT * FROM ce_law_check()', '0.4: the law is sound');
SELECT is_empty('SELECT * FROM ce_check()', '0.4: the ledger is sound');
ALTER TABLE ce_ledger DISABLE TRIGGER USER;
UPDATE ce_ledger SET live_from = '2026-06-30';
ALTER TABLE ce_ledger ENABLE TRIGGER USER;
SELECT results_eq('SELECT invariant, year, detail FROM ce_check()', $$ SELECT 'totals are from before going live (0.4)'::text, 2026, 'total of 2026-06-30, live from 2026-06-30'::text FROM generate_series(1, 2) $$, '0.4: what triggers that were off let through, ce_check() finds');

-- who may
CREATE ROLE tap_live_clerk;
CREATE ROLE tap_live_auditor;
SELECT ce_grant('tap_live_clerk', 1, 'record'), ce_grant('tap_live_auditor', 1, 'audit');
SET ROLE tap_live_clerk;
SELECT throws_ok($$ UPDATE ce_ledger SET live_from = '2026-08-01' $$, '42501', NULL, '0.4: the day is the owner''s to say');
SET ROLE tap_live_auditor;
SELECT is_empty($$ SELECT * FROM ce_event WHERE object = 'ledger.live_from' $$, '7.1: and so is its log: it is about no organisation');
RESET ROLE;

SELECT * FROM finish();
ROLLBACK;

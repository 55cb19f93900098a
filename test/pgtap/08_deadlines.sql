-- 8: the dates of 2020, and what a question sees on a day
BEGIN;
\ir lib/ledger.psql
SELECT plan(13);

SELECT results_eq('SELECT filing_due, study_due, verification_due FROM ce_requirement WHERE scheme = ''general'' AND from_year = 2020',
	$$ VALUES ('06-30', '11-30', '12-15') $$, '8.1a, 8.2b, 8.3: filing by end of June, study by end of November, verification by 15 December');

-- 8.2a, 8.2c: completed 2020-12-10, verified 2020-12-14 (case 20)
CREATE FUNCTION late() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	p bigint := give_public(person(), '45');
BEGIN
	PERFORM give(p, '{"kind": "training", "started_on": "2020-12-01", "completed_on": "2020-12-10", "hours": "90", "verified_on": "2020-12-14"}');
	RETURN p;
END $$;
CREATE TEMP TABLE december AS SELECT late() AS p;
SELECT ok(met(p, 2020), '8.2c: finished in December: 2020 is met (AMB-32, case 20)') FROM december;
SELECT is(ask(p, 'junior', day), verdict, format('8.2a: completed 2020-12-10, verified 2020-12-14: as of %s %s (case 20)', day, verdict))
	FROM december, (VALUES ('2020-11-01'::date, 'not_eligible'), ('2020-12-09', 'not_eligible'), ('2020-12-10', 'pending'), ('2020-12-13', 'pending'), ('2020-12-14', 'eligible'),
		('2021-12-31', 'eligible'), ('2022-01-01', 'not_eligible')) v (day, verdict);
SELECT ok((SELECT max(completed_on) FROM ce_activity a WHERE a.person_id = p)
		> (SELECT ('2020-' || study_due)::date FROM ce_requirement WHERE scheme = 'general' AND from_year = 2020), '8.2b: and it was not on time (case 20)') FROM december;

-- AMB-40: the day is that of Qinghai
SET timezone = 'Etc/GMT+12';
SELECT is(ce_today(), (now() AT TIME ZONE 'Asia/Shanghai')::date, 'AMB-40: today twelve hours west of Greenwich is today in Shanghai');
SET timezone = 'Pacific/Kiritimati';
SELECT is(ce_today(), (now() AT TIME ZONE 'Asia/Shanghai')::date, 'AMB-40: and fourteen hours east of it');
SELECT isnt((now() AT TIME ZONE 'Etc/GMT+12')::date, (now() AT TIME ZONE 'Pacific/Kiritimati')::date, 'AMB-40: which is never the same day in the two');
RESET timezone;

SELECT * FROM finish();
ROLLBACK;

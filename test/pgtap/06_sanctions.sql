-- 6: fraud bars from applying for a title
BEGIN;
\ir lib/ledger.psql
SELECT plan(28);

CREATE FUNCTION sanction(p bigint, found date, revoked date DEFAULT NULL) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_sanction (person_id, found_on, decision, revoked_on) VALUES (p, found, 'decision 1', revoked);
	UPDATE ce_person SET sanctioned = true WHERE person_id = p;
	SELECT p
$$;
-- who would be eligible every year
CREATE FUNCTION diligent() RETURNS bigint LANGUAGE sql AS $$ SELECT give_years(person(), 2017, 2018, 2019, 2020, 2021, 2022, 2023) $$;

CREATE TEMP TABLE fraud AS SELECT sanction(diligent(), '2020-03-01') AS p;
SELECT is(ask(p, 'senior', '2020-02-29'), 'not_eligible', '6.2b: the day before the finding is not banned') FROM fraud;
SELECT is(ask(p, 'junior', '2020-02-29'), 'eligible', '6.2b: nor is the other title then') FROM fraud;
SELECT is(ask(p, level, day), 'banned', format('6.2b: found on 2020-03-01: no %s title on %s (case 14)', level, day))
	FROM fraud, unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) level, unnest('{2020-03-01,2023-03-01}'::date[]) day;
SELECT is(ask(p, 'junior', '2023-03-02'), 'eligible', '6.2b: free from 2023-03-02 on (case 14, AMB-25)') FROM fraud;
SELECT is(ask(p, 'junior', '2021-06-01', route), 'banned', format('6.2b: by the %s route neither', route)) FROM fraud, unnest(enum_range(NULL::ce_route)) route;
SELECT is(ask(p, 'full_senior', '2021-06-01', 'recognition'), 'banned', '10.1: a ban is told before no_rule') FROM fraud;
SELECT is(eligible(p, 'junior', '2021-06-01'), false, '6.2b: a ban is a plain no') FROM fraud;
SELECT ok(met(p, 2020), '6.2: hours that were not revoked stay') FROM fraud;
CREATE TEMP TABLE leap AS SELECT sanction(diligent(), '2020-02-29') AS p;
SELECT is(ask(p, 'junior', '2023-02-28'), 'banned', '6.2b: found on 2020-02-29: the last day is 2023-02-28 (case 14)') FROM leap;
SELECT is(ask(p, 'junior', '2023-03-01'), 'eligible', '6.2b: and free on 2023-03-01 (case 14)') FROM leap;
CREATE TEMP TABLE revoked AS SELECT sanction(diligent(), '2020-03-01', '2021-05-01') AS p;
SELECT is(ask(p, 'junior', '2021-04-30'), 'banned', '10.5: a finding that was revoked bans until the day before') FROM revoked;
SELECT is(ask(p, 'junior', '2021-05-01'), 'eligible', '10.5: and not on the day') FROM revoked;
CREATE TEMP TABLE twice AS SELECT sanction(sanction(diligent(), '2020-03-01'), '2019-01-01') AS p;
SELECT is(ask(p, 'junior', '2023-03-01'), 'banned', '6.2b: the later of two findings counts') FROM twice;
SELECT is(ask(sanction(person(scheme => 'accounting'), '2020-03-01'), 'junior', '2020-06-01'), 'out_of_scope', '10.1: out of scope is told before a ban');
SELECT is(ask(diligent(), 'senior', '2021-12-31'), 'eligible', '6.2: somebody else is not banned');

-- 6.2d
CREATE TEMP TABLE forged AS SELECT diligent() AS p;
SELECT lives_ok(format('SELECT ce_revoke(array_agg(activity_id), 2, ''forged'', ''2021-02-01'') FROM ce_activity WHERE person_id = %s AND kind = ''training'' AND year = 2020', p), '6.2d: what was forged is revoked') FROM forged;
SELECT is(ask(p, 'senior', '2020-12-31'), 'eligible', '6.2d: as known at the end of 2020 it counted') FROM forged;
SELECT ok(NOT met(p, 2020), '6.2d: today it does not stand') FROM forged;
SELECT throws_ok(format('DELETE FROM ce_activity WHERE person_id = %s AND year = 2020', p), '23001', NULL, '6.2d: it is never deleted') FROM forged;

SELECT * FROM finish();
ROLLBACK;

-- A reason for every answer: over random ledgers, verdict, boolean and
-- explanation say the same, and a receipt holds until something changes
BEGIN;
\ir lib/titles.psql
SELECT no_plan();
SELECT setseed(0.2020);

-- one of some, at random
CREATE FUNCTION any_of(VARIADIC choices text[]) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT choices[1 + floor(random() * cardinality(choices))::integer] $$;
CREATE FUNCTION day_between(a date, b date) RETURNS date LANGUAGE sql VOLATILE AS $$ SELECT a + floor(random() * (b - a + 1))::integer $$;

--
-- 2400 persons
--
INSERT INTO ce_specialty_pair VALUES ('mining', 'geology');
INSERT INTO ce_person (person_id, person_no, org_id, scheme, specialty, doctorate_on, held_level, held_since)
	SELECT p, 'P' || p, any_of('20', '22', '23', '24', '25', '30')::bigint, CASE WHEN random() < 0.03 THEN 'accounting' ELSE 'general' END, any_of('geology', 'law', NULL),
		CASE WHEN random() < 0.3 THEN day_between('2012-01-01', '2021-06-01') END, any_of(NULL, 'junior', 'intermediate', 'senior', 'full_senior')::ce_level,
		CASE WHEN random() < 0.8 THEN day_between('2014-01-01', '2021-03-01') END
	FROM generate_series(1, 2400) p;
CREATE TEMP TABLE body AS SELECT person_id AS p, verifier(person_id) AS verifies FROM ce_person WHERE scheme = 'general';
CREATE TEMP TABLE plan AS SELECT filed_plan(b, m, '110') AS id, CASE m WHEN 'online' THEN 'base_online' ELSE 'filed_course' END AS kind FROM unnest('{20,21,30}'::bigint[]) b, unnest('{online,offline}'::text[]) m;
-- half of them nearly diligent, the others by chance
CREATE TEMP TABLE fact AS
	SELECT p, verifies, kind, completed, NULL::date AS started, hours, NULL::numeric AS days FROM (
		SELECT p, verifies, any_of('recorded_public', 'recorded_professional') AS kind, make_date(y, 12, 1) AS completed, any_of('30', '60', '90', '29.99', '60.5') AS hours
			FROM body, generate_series(2016, 2019) y WHERE random() < 0.5
		UNION ALL SELECT p, verifies, kind, make_date(y, 12, 1), CASE kind WHEN 'recorded_public' THEN any_of('30', '30', '30', '50', '10') ELSE any_of('60', '60', '60', '90', '40') END
			FROM body, generate_series(2016, 2019) y, unnest('{recorded_public,recorded_professional}'::text[]) kind WHERE p % 2 = 0
		UNION ALL SELECT p, verifies, 'academy_course', day_between(make_date(y, 1, 1), make_date(y, 12, 31)), any_of('45', '45', '44.99', '30', '70')
			FROM body, generate_series(2020, 2021) y WHERE random() < 0.8) f
	UNION ALL SELECT p, verifies, any_of('training', 'training', 'overseas_training'), make_date(y, 7, 1), make_date(y, 6, 1), any_of('90', '60', '45', '30', '89.99'), NULL
		FROM body, generate_series(2020, 2021) y WHERE random() < 0.5
	UNION ALL SELECT p, verifies, 'mentoring', make_date(y, 8, 9), make_date(y, 8, 1), NULL, any_of('0.5', '3', '5')::numeric FROM body, generate_series(2020, 2021) y, generate_series(1, 2) WHERE random() < 0.2
	UNION ALL SELECT p, verifies, any_of('degree', 'qualification'), day_between('2020-01-01', '2021-06-01'), NULL, NULL, NULL FROM body WHERE random() < 0.1
	UNION ALL SELECT p, verifies, 'base_online', day_between('2020-01-01', '2021-06-01'), NULL, any_of('110', '100', '20', '45'), NULL FROM body, generate_series(1, 2) WHERE random() < 0.5
	UNION ALL SELECT p, verifies, 'filed_course', day_between('2020-01-01', '2021-06-01'), NULL, any_of('110', '60', '20'), NULL FROM body WHERE random() < 0.2
	UNION ALL SELECT p, 5, 'frontline', day_between('2020-01-01', '2020-12-31'), NULL, NULL, NULL FROM body WHERE random() < 0.03;
INSERT INTO ce_activity (person_id, kind, plan_id, started_on, completed_on, days, hours, evidence, specialty, status, verified_by, verified_on)
	SELECT p, kind, CASE WHEN kind IN ('base_online', 'filed_course') THEN (SELECT id FROM plan WHERE plan.kind = f.kind ORDER BY random() LIMIT 1) END, started, completed, days, hours::ce_hours, 'document',
		any_of('geology', 'mining', 'law', NULL), CASE WHEN verified THEN 'verified'::ce_status ELSE 'submitted' END,
		CASE WHEN verified THEN CASE kind WHEN 'academy_course' THEN 4 ELSE verifies END END, CASE WHEN verified THEN greatest(completed, day_between(completed, completed + 60)) END
	FROM (SELECT *, random() < 0.88 OR kind LIKE 'recorded%' AS verified FROM fact) f;
SELECT count(*) > 0 AS revoked FROM (SELECT verifies, array_agg(activity_id) AS ids FROM ce_activity JOIN body ON p = person_id
	WHERE status = 'verified' AND kind IN ('training', 'degree', 'recorded_professional') AND verified_on <= '2021-02-01' AND random() < 0.04 GROUP BY verifies) r, LATERAL ce_revoke(ids, verifies, 'at random', '2021-02-01') \gset
INSERT INTO ce_achievement (person_id, kind, grade, role, rank, specialty, work_ref, started_on, due_on, achieved_on, attested_by, attested_on)
	SELECT p, kind, grade, role, rank, any_of('geology', 'mining', NULL), CASE WHEN random() < 0.4 THEN 'W' || any_of('1', '2') END, achieved - 500, achieved + any_of('0', '30', '-1')::integer, achieved,
		CASE WHEN attested THEN CASE WHEN random() < 0.85 THEN org_id ELSE 21 END END, CASE WHEN attested THEN achieved + 20 END
	FROM (SELECT p, org_id, r.kind, r.grade, r.role, r.rank_from AS rank, random() < 0.7 AS attested, greatest(day_between('2018-01-01', '2021-05-01'), held_since) AS achieved
		FROM (SELECT p, org_id, held_since, (SELECT array_agg(rule_id) FROM ce_rule WHERE scheme = 'general' AND rule_id > 200 AND rule_id < 10000) AS rules FROM body JOIN ce_person ON person_id = p, generate_series(1, 2) WHERE random() < 0.25) b
		JOIN ce_rule r ON r.rule_id = rules[1 + p % cardinality(rules)]) a;
UPDATE ce_achievement SET revoked_on = attested_on + 30, note = 'at random' WHERE attested_on IS NOT NULL AND random() < 0.05;
INSERT INTO ce_sanction (person_id, found_on, decision, revoked_on)
	SELECT p, found, 'at random', CASE WHEN random() < 0.3 THEN found + 200 END FROM (SELECT person_id AS p, day_between('2016-01-01', '2021-12-31') AS found FROM ce_person, generate_series(1, 2) WHERE random() < 0.04) s;
-- what is accepted of allocations by chance and by plan
CREATE TEMP TABLE allocated (accepted boolean);
DO $$
DECLARE
	b record;
BEGIN
	FOR b IN SELECT p, verifies, any_of('2017', '2018', '2019')::integer AS y, any_of('public', 'professional')::ce_subject AS s, any_of('5', '10', '20', '30')::ce_hours AS h, day_between('2020-10-01', '2021-03-01') AS d FROM body, generate_series(1, 2)
		UNION ALL SELECT p, verifies, to_year, subject, hours, '2021-01-15' FROM body, LATERAL ce_allocation_plan(p, any_of('intermediate', 'senior')::ce_level, '2020-12-31') WHERE hours IS NOT NULL
	LOOP
		BEGIN
			PERFORM ce_allocate(b.p, 2020, b.y, b.s, b.h, b.verifies, b.d);
			INSERT INTO allocated VALUES (true);
		EXCEPTION WHEN check_violation THEN
			INSERT INTO allocated VALUES (false);
		END;
	END LOOP;
	PERFORM ce_reverse_allocation(allocation_id, allocated_by, 'at random', allocated_on + 60) FROM ce_allocation WHERE random() < 0.15;
END $$;
ANALYZE ce_person, ce_activity, ce_account, ce_achievement, ce_sanction, ce_allocation;

SELECT is((SELECT count(*) FROM ce_person), 2400::bigint, 'random ledgers: 2400 persons');
SELECT cmp_ok((SELECT count(*) FROM ce_activity), '>', 10000::bigint, 'random ledgers: activities');
SELECT cmp_ok((SELECT count(*) FROM ce_activity WHERE status = k), '>', 50::bigint, 'random ledgers: activities ' || k) FROM unnest('{submitted,verified,revoked}'::ce_status[]) k;
SELECT cmp_ok((SELECT count(*) FROM ce_achievement WHERE (attested_on IS NULL) = u), '>', 100::bigint, 'random ledgers: achievements') FROM unnest('{true,false}'::boolean[]) u;
SELECT cmp_ok((SELECT count(*) FROM allocated WHERE accepted = a), '>', 50::bigint, 'random ledgers: allocations accepted, ' || a) FROM unnest('{true,false}'::boolean[]) a;
SELECT cmp_ok((SELECT count(*) FROM ce_sanction), '>', 50::bigint, 'random ledgers: sanctions');
SELECT is_empty('SELECT * FROM ce_check()', 'random ledgers: each is sound');

--
-- Every question has one answer, told three ways
--
CREATE TEMP TABLE question AS
	SELECT p, level, route, as_of, CASE route WHEN 'transfer' THEN any_of('geology', 'mining', 'mining', NULL) END AS specialty
	FROM (SELECT person_id AS p FROM ce_person UNION ALL SELECT 987654321) q, unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) level, unnest(enum_range(NULL::ce_route)) route,
		unnest(array['2019-12-31', '2020-09-01', '2020-12-31', '2021-06-30', '2021-12-31']::date[]) as_of
	WHERE p % 4 = extract(doy FROM as_of)::integer % 4 OR as_of = '2020-12-31' OR as_of = '2021-06-30';
CREATE TEMP TABLE answer (p bigint, level ce_level, route ce_route, as_of date, specialty text, verdict ce_outcome, eligible boolean, all_ok boolean, conditions bigint,
	short_wrong bigint, silent bigint, cured bigint, in_order boolean);
CREATE FUNCTION ask_all(one_in integer DEFAULT 1) RETURNS bigint LANGUAGE sql AS $$
	TRUNCATE answer;
	INSERT INTO answer
		SELECT p, level, route, as_of, specialty, ce_verdict(p, level, route, as_of, specialty), ce_eligible(p, level, route, as_of, specialty), x.*
		FROM question, LATERAL (
			SELECT bool_and(ok), count(*),
				count(*) FILTER (WHERE NOT ok AND short > 0 AND required - got <> short OR ok AND short <> 0 OR NOT ok AND short <= 0 OR num_nulls(required, got, short) NOT IN (0, 3)),
				count(*) FILTER (WHERE NOT ok AND (coalesce(btrim(message), '') = '' OR coalesce(btrim(clause), '') = '' OR coalesce(btrim(cure), '') = '') OR coalesce(btrim(message), '') = '' OR ok IS NULL),
				count(*) FILTER (WHERE ok AND cure IS NOT NULL),
				min(ord) = 1 AND max(ord) = count(*) AND count(DISTINCT ord) = count(*)
			FROM ce_explain(p, level, route, as_of, specialty)) x
		WHERE p % one_in = 0 OR one_in = 1;
	SELECT count(*) FROM answer
$$;
CREATE FUNCTION told_alike(law text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN NEXT is_empty('SELECT * FROM answer WHERE (eligible IS TRUE) <> (verdict = ''eligible'') OR verdict IS NULL LIMIT 3', law || ': ce_eligible is true just when ce_verdict is eligible');
	RETURN NEXT is_empty('SELECT * FROM answer WHERE (verdict = ''eligible'') <> all_ok OR all_ok IS NULL LIMIT 3', law || ': and just when every condition of ce_explain is ok');
	RETURN NEXT is_empty('SELECT * FROM answer WHERE (eligible IS NULL) <> (verdict IN (''unknown_person'', ''out_of_scope'', ''no_rule'')) LIMIT 3', law || ': null just for unknown_person, out_of_scope and no_rule');
	RETURN NEXT is_empty('SELECT * FROM answer WHERE short_wrong > 0 LIMIT 3', law || ': what is short is what is required less what is got, and nothing where it is ok');
	RETURN NEXT is_empty('SELECT * FROM answer WHERE silent > 0 LIMIT 3', law || ': what is not ok has message, clause and cure');
	RETURN NEXT is_empty('SELECT * FROM answer WHERE cured > 0 OR conditions = 0 OR NOT in_order LIMIT 3', law || ': what is ok has no cure, and the conditions are numbered');
END $$;
SELECT cmp_ok(ask_all(), '>', 70000::bigint, '4.2: so many questions');
SELECT told_alike('4.2');
SELECT cmp_ok((SELECT count(*) FROM answer WHERE verdict = o AND (p % 2 = 0) = e), '>=', 10::bigint, format('random ledgers: enough answers %s', o))
	FROM unnest('{eligible,not_eligible,pending,banned,out_of_scope,no_rule}'::ce_outcome[]) o, unnest('{true,false}'::boolean[]) e;
SELECT cmp_ok((SELECT count(*) FROM answer a WHERE verdict = 'eligible' AND level = l AND route = r), '>=', 5::bigint, format('random ledgers: enough eligible for %s by %s', l, r))
	FROM unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) l, unnest(enum_range(NULL::ce_route)) r WHERE NOT (l = 'full_senior' AND r = 'recognition');
SELECT is_empty($$ SELECT p, as_of, ce_standing(p, as_of) FROM answer WHERE route = 'review' GROUP BY p, as_of
	HAVING ce_standing(p, as_of)::text <> format('(%s)', string_agg(verdict::text, ',' ORDER BY level)) $$, '4.2: ce_standing says the same of all levels');
SELECT is_empty($$ SELECT p, level FROM answer WHERE p BETWEEN 1 AND 400 AND as_of = '2020-12-31' AND verdict IS DISTINCT FROM ce_verdict_by_no('P' || p, level, route, as_of, specialty) $$, '4.2: asked by person_no, the same');

-- The verdict computed again from the formal core (reading.md 11), from today's totals alone: as of the last day of 2021, for who has no later facts
SELECT is_empty($$
	SELECT a.p, a.level, a.verdict, m.years, m.met FROM answer a JOIN ce_person q ON q.person_id = a.p
	CROSS JOIN LATERAL (SELECT CASE WHEN a.level = 'junior' THEN 2 WHEN a.level = 'intermediate' THEN 3 WHEN (a.level = 'full_senior' OR q.held_level >= 'senior') AND q.held_level = 'senior' AND q.doctorate_on <= a.as_of THEN 2 ELSE 4 END AS years) w
	CROSS JOIN LATERAL (SELECT w.years, count(*) FILTER (WHERE t.met_for_title) AS met FROM generate_series(2022 - w.years, 2021) y LEFT JOIN ce_yearly_totals t ON t.person_id = a.p AND t.year = y) m
	WHERE a.as_of = '2021-12-31' AND a.route = 'review' AND a.verdict IN ('eligible', 'not_eligible', 'pending')
		AND NOT EXISTS (SELECT FROM ce_activity WHERE person_id = a.p AND verified_on > a.as_of)
		AND (a.verdict = 'eligible') <> CASE WHEN a.level = 'junior' THEN m.met > 0 ELSE m.met = m.years END $$, '4.2.1: the verdict follows from the yearly totals');

-- under other law rows: years asked together, and years that no row governs
SAVEPOINT law;
UPDATE ce_window SET aggregation = 'sum' WHERE scheme = 'general' AND level IN ('junior', 'senior');
SELECT cmp_ok(ask_all(6), '>', 9000::bigint, 'years together: so many questions');
SELECT told_alike('years together');
SELECT cmp_ok((SELECT count(*) FROM answer WHERE verdict = 'eligible' AND level = 'senior'), '>', 10::bigint, 'years together: some are eligible');
ROLLBACK TO law;
DELETE FROM ce_requirement WHERE scheme = 'general' AND from_year = 2016;
SELECT cmp_ok(ask_all(6), '>', 9000::bigint, '0.3: a year without a requirement: so many questions');
SELECT told_alike('0.3');
SELECT cmp_ok((SELECT count(*) FROM answer WHERE verdict = 'no_rule' AND route = 'review' AND as_of > '2020-01-01'), '>', 100::bigint, '0.3: is unknown to many');
SELECT cmp_ok((SELECT count(*) FROM answer WHERE verdict = 'eligible' AND level = 'junior'), '>', 10::bigint, '10.1: and does not matter where another year is met');
ROLLBACK TO law;
UPDATE ce_requirement SET public_hours = NULL, professional_hours = NULL WHERE scheme = 'general';
UPDATE ce_scheme SET ban_years = NULL WHERE scheme = 'general';
SELECT cmp_ok(ask_all(6), '>', 9000::bigint, '4.1: totals only, no bans: so many questions');
SELECT told_alike('4.1');
ROLLBACK TO law;

--
-- Receipts
--
CREATE TEMP TABLE kept AS SELECT p, as_of, ce_receipt(p, level, route, as_of, specialty) AS receipt FROM question WHERE (p * 7 + extract(doy FROM as_of)::integer) % 37 = 0;
CREATE FUNCTION differs() RETURNS TABLE (p bigint, receipt jsonb, parts text) LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY SELECT k.p, k.receipt, string_agg(c.part, ', ' ORDER BY c.part COLLATE "C") FROM kept k, ce_receipt_check(k.receipt) c GROUP BY 1, 2;
END $$;
SELECT cmp_ok((SELECT count(*) FROM kept), '>', 1000::bigint, 'receipts: so many');
SELECT is_empty($$ SELECT * FROM kept WHERE receipt IS NULL OR receipt ->> 'verdict' IS NULL OR receipt #>> '{hash,inputs}' !~ '^[0-9a-f]{64}$' OR receipt #>> '{hash,law}' !~ '^[0-9a-f]{64}$' $$, 'receipts: each has a verdict and two hashes');
SELECT is_empty('SELECT * FROM differs()', 'receipts: asked again, nothing differs');

-- a law row
SAVEPOINT law;
UPDATE ce_requirement SET interpretation = 'other words' WHERE scheme = 'general' AND from_year = 2020;
SELECT results_eq('SELECT DISTINCT parts FROM differs()', $$ VALUES ('law ce_requirement general 2020') $$, 'receipts: a law row that says the same in other words is named, the verdict is the same');
SELECT is((SELECT count(*) FROM differs()), (SELECT count(*) FROM kept k WHERE k.receipt -> 'law' ? 'ce_requirement general 2020'), 'receipts: in each that used it, and in no other');
ROLLBACK TO law;
UPDATE ce_requirement SET public_hours = '46' WHERE scheme = 'general' AND from_year = 2020;
SELECT is_empty($$ SELECT parts FROM differs() WHERE parts NOT LIKE '%law ce_requirement general 2020%' $$, 'receipts: where it matters, it is named too');
SELECT is((SELECT count(*) FROM differs() WHERE parts LIKE '%verdict%'), (SELECT count(*) FROM kept k WHERE k.receipt ->> 'verdict' IS DISTINCT FROM
	ce_verdict((k.receipt #>> '{question,person_id}')::bigint, (k.receipt #>> '{question,level}')::ce_level, (k.receipt #>> '{question,route}')::ce_route, k.as_of, k.receipt #>> '{question,specialty}')::text), 'receipts: with the verdict, where it is another');
SELECT is_empty($$ SELECT parts FROM differs() WHERE parts LIKE '%ce_rule%' OR parts LIKE '%year%' $$, 'receipts: what did not change is not named');
ROLLBACK TO law;
UPDATE ce_window SET interpretation = 'other words' WHERE window_id = 5;
SELECT results_eq('SELECT DISTINCT parts FROM differs()', $$ VALUES ('law ce_window 5') $$, 'receipts: a window');
ROLLBACK TO law;
UPDATE ce_scheme SET label_en = 'other words' WHERE scheme = 'general';
SELECT results_eq('SELECT DISTINCT parts FROM differs()', $$ VALUES ('law ce_scheme general') $$, 'receipts: a scheme');
ROLLBACK TO law;
UPDATE ce_cap SET interpretation = 'other words' WHERE scheme = 'general';
SELECT results_eq('SELECT DISTINCT parts FROM differs()', $$ VALUES ('law ce_cap general mentoring 2020') $$, 'receipts: a cap');
ROLLBACK TO law;
UPDATE ce_rule SET interpretation = 'other words' WHERE rule_id = 221;
SELECT results_eq('SELECT DISTINCT parts FROM differs()', $$ VALUES ('law ce_rule 221') $$, 'receipts: a rule of 5.2.5, where achievements were counted');
ROLLBACK TO law;
INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, instrument, clause) VALUES ('general', 2018, 2018, '90', 'mohrss-order-25', 'new');
SELECT alike(min(parts), '%law ce_requirement general 2018%', 'receipts: a new row for a year is named') FROM differs();
ROLLBACK TO law;

-- an input
INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) SELECT p, 'academy_course', '2020-01-02', '0.01', 'verified', 4, '2020-01-02' FROM body WHERE p % 3 = 0;
SELECT is((SELECT array_agg(DISTINCT replace(parts, ', verdict', '')) FROM differs() WHERE parts LIKE 'year%'), '{"year 2020"}', 'receipts: an hour that was entered later, for then, is named by its year');
SELECT is_empty($$ SELECT * FROM differs() WHERE p % 3 <> 0 OR NOT receipt #> '{inputs,years}' ? '2020' $$, 'receipts: for nobody else, and in no other year');
SELECT is((SELECT count(*) FROM differs()), (SELECT count(*) FROM kept k JOIN body USING (p) WHERE k.p % 3 = 0 AND k.as_of >= '2020-01-02' AND k.receipt #> '{inputs,years}' ? '2020' AND k.receipt #>> '{question,route}' <> 'transfer'),
	'receipts: for each that it concerns; public hours are no input of a transfer');
ROLLBACK TO law;
UPDATE ce_person SET held_since = held_since - 1 WHERE held_since IS NOT NULL;
SELECT alike(min(parts), 'input person%', 'receipts: a person''s data is named') FROM differs();
ROLLBACK TO law;
INSERT INTO ce_sanction (person_id, found_on, decision) SELECT p, '2020-05-05', 'd' FROM body WHERE p % 5 = 0;
SELECT is_empty($$ SELECT k.p FROM kept k JOIN body USING (p) LEFT JOIN differs() d ON d.receipt = k.receipt WHERE k.p % 5 = 0 AND k.as_of > '2020-05-05' AND k.receipt ->> 'verdict' <> 'banned' AND coalesce(d.parts NOT LIKE '%input person%verdict%', true) $$,
	'receipts: a finding is named and bars');
SELECT is_empty($$ SELECT * FROM differs() WHERE p % 5 <> 0 OR (receipt #>> '{question,as_of}')::date < '2020-05-05' $$, 'receipts: not before it was found');
ROLLBACK TO law;

-- what happens afterwards changes no receipt (AMB-41)
INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) SELECT p, 'academy_course', '2020-01-02', '45', 'verified', 4, '2022-01-02' FROM body;
INSERT INTO ce_sanction (person_id, found_on, decision) SELECT p, '2022-05-05', 'd' FROM body;
SELECT is_empty('SELECT * FROM differs() WHERE receipt ->> ''verdict'' NOT IN (''pending'', ''not_eligible'')', 'AMB-41: what is verified or found after the day changes no receipt');
ROLLBACK TO law;
SELECT is_empty('SELECT * FROM differs()', 'receipts: all put back, nothing differs');

-- no setting of the session is in a receipt, whatever columns the user adds to the law
CREATE TYPE mood AS ENUM ('so');
ALTER TABLE ce_requirement ADD COLUMN my_stamp timestamptz DEFAULT '2020-01-01 00:00+00', ADD COLUMN my_span interval DEFAULT '1 year 2 days 03:00', ADD COLUMN my_float float8 DEFAULT 0.1::float8 + 0.2::float8,
	ADD COLUMN my_bytes bytea DEFAULT '\x00ff', ADD COLUMN my_date date DEFAULT '2020-02-01', ADD COLUMN my_money money DEFAULT 12.5, ADD COLUMN my_class regclass DEFAULT 'ce_rule', ADD COLUMN my_range daterange DEFAULT '[2020-02-01,2020-03-01)';
CREATE TEMP TABLE asked AS SELECT p, as_of, level, route, specialty FROM question q WHERE (SELECT k.receipt #>> '{inputs,person,held_since}' FROM kept k WHERE k.p = q.p LIMIT 1) IS NOT NULL ORDER BY p, as_of LIMIT 20;
CREATE TEMP TABLE under (setting text, receipts jsonb);
CREATE FUNCTION under(setting text, value text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
	answer jsonb;
BEGIN
	PERFORM set_config(setting, value, true);
	SELECT jsonb_agg(ce_receipt(p, level, route, as_of, specialty) ORDER BY p, as_of, level, route, specialty) INTO answer FROM asked;
	EXECUTE format('RESET %I', setting);
	RETURN answer;
END $$;
CREATE TEMP TABLE plain AS SELECT under('DateStyle', 'ISO, MDY') AS receipts;
SELECT cmp_ok((SELECT count(*) FROM plain, jsonb_array_elements(receipts) r WHERE r #>> '{inputs,person,held_since}' ~ '^\d{4}-\d\d-\d\d$'), '>', 0::bigint, 'receipts: days of persons are ISO');
SELECT is(under(setting, value), (SELECT receipts FROM plain), format('receipts: the same under %s = %s', setting, value)) FROM (VALUES ('DateStyle', 'German'), ('DateStyle', 'SQL, MDY'), ('DateStyle', 'SQL, DMY'), ('DateStyle', 'Postgres, DMY'),
	('IntervalStyle', 'iso_8601'), ('IntervalStyle', 'sql_standard'), ('TimeZone', 'America/New_York'), ('TimeZone', 'Asia/Shanghai'), ('extra_float_digits', '-10'), ('bytea_output', 'escape'), ('lc_messages', 'C'), ('lc_numeric', 'C'), ('quote_all_identifiers', 'on'), ('search_path', 'public, pg_catalog')) v (setting, value);
SET LOCAL DateStyle = 'German';
SELECT is_empty('SELECT c.* FROM plain, jsonb_array_elements(receipts) r, ce_receipt_check(r) c', 'receipts: checked in a session with another DateStyle, nothing differs');
RESET DateStyle;
ALTER TABLE ce_requirement DROP COLUMN my_stamp, DROP COLUMN my_span, DROP COLUMN my_float, DROP COLUMN my_bytes, DROP COLUMN my_date, DROP COLUMN my_money, DROP COLUMN my_class, DROP COLUMN my_range;
-- a receipt of 0.2.0, whose law rows had fewer columns
CREATE FUNCTION of_020(receipt jsonb) RETURNS jsonb LANGUAGE sql AS $$
	SELECT jsonb_set(receipt, '{law}', coalesce((SELECT jsonb_object_agg(l.key, l.value - CASE WHEN l.key LIKE 'ce_rule %' THEN '{category,most_hours,less_by_rank,unit,per}'::text[] ELSE '{class_minutes}' END) FROM jsonb_each(receipt -> 'law') l), '{}'))
$$;
SELECT is_empty('SELECT c.* FROM kept, ce_receipt_check(of_020(receipt)) c', 'receipts: those of 0.2.0 hold');
SAVEPOINT s;
UPDATE ce_requirement SET total_hours = '136' WHERE scheme = 'general' AND from_year = 2020;
SELECT alike(min(c.part), '%law ce_requirement general 2020%', 'receipts: and tell what changed since') FROM kept, ce_receipt_check(of_020(receipt)) c WHERE c.part LIKE 'law%';
ROLLBACK TO s;

-- what is no receipt
SELECT alike(error_of(format('SELECT * FROM ce_receipt_check(%L)', r)), '22023 this is not a receipt%', 'receipts: not one: ' || r) FROM unnest('{"{}","[]","{\"question\":{\"level\":\"junior\"}}","null"}'::text[]) r;
SELECT is(ce_receipt(NULL, 'junior'), NULL, 'receipts: none for nobody');

SELECT * FROM finish();
ROLLBACK;

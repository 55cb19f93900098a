-- 5: what facts are worth
BEGIN;
\ir lib/ledger.psql
SELECT plan(161);

CREATE TEMP TABLE somebody AS SELECT person() AS p;
-- hours awarded for the facts
CREATE FUNCTION worth(facts jsonb) RETURNS numeric LANGUAGE sql AS $$ SELECT awarded(give(p, facts)) FROM somebody $$;
CREATE FUNCTION refused(facts jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM worth(facts);
	RETURN NULL;
EXCEPTION WHEN integrity_constraint_violation OR object_not_in_prerequisite_state THEN
	RETURN SQLSTATE;
END $$;

-- 5.1
SELECT is(worth('{"kind": "academy_course", "completed_on": "2020-05-15", "hours": "7.5", "verified_by": 4}'), 7.5, '5.1: academy courses count as completed');
SELECT is(worth('{"kind": "academy_course", "completed_on": "2020-05-15", "hours": "0.25", "verified_by": 4}'), 0.25, '5.1: to the hundredth, without rounding (AMB-12)');
SELECT is(refused('{"kind": "academy_course", "completed_on": "2020-05-15", "hours": "7.5", "verified_by": 20}'), '23514', '5.1: only the academy''s (AMB-5)');

-- 5.2.1
SELECT is(worth(jsonb_build_object('kind', 'base_online', 'plan_id', filed_plan(20, 'online', '40'), 'completed_on', '2020-05-15', 'hours', '39.5')), 39.5, '5.2.1: online courses of a base count as completed');
SELECT is(worth(jsonb_build_object('kind', 'base_online', 'plan_id', filed_plan(21, 'online', '40'), 'completed_on', '2020-05-15', 'hours', '40.5')), 40.0, '5.2.1: not more than the filed plan states');
SELECT throws_ok('SELECT filed_plan(20, ''online'', NULL, 3)', '23502', NULL, '5.2.1: an online course is not filed with days only, which would bound nothing');
CREATE TEMP TABLE days_only AS SELECT filed_plan(20, 'online', '21', 3) AS plan_id;
SET LOCAL session_replication_role = replica;
UPDATE ce_plan SET hours = NULL WHERE plan_id = (SELECT plan_id FROM days_only);
SET LOCAL session_replication_role = origin;
SELECT is(refused(jsonb_build_object('kind', 'base_online', 'plan_id', plan_id, 'completed_on', '2020-05-15', 'hours', '500')), '23502', '5.2.1: one that was filed so before 0.3.0 takes no hours') FROM days_only;
SELECT is(refused(jsonb_build_object('kind', 'base_online', 'plan_id', filed_plan(20, 'offline', '40'), 'completed_on', '2020-05-15', 'hours', '40')), '23514', '5.2.1: online means online');
SELECT is(refused(jsonb_build_object('kind', 'base_online', 'plan_id', filed_plan(23, 'online', '40'), 'completed_on', '2020-05-15', 'hours', '40')), '23514', '5.2.1: of a base');

-- 5.2.2(1)
SELECT is(worth('{"kind": "training", "started_on": "2020-05-11", "completed_on": "2020-05-14", "days": 4, "hours": "40"}'), 40.0, '5.2.2(1)a: the document says 40 hours over 4 days: 40 (case 3)');
SELECT is(worth('{"kind": "training", "started_on": "2020-05-11", "completed_on": "2020-05-14", "days": 4, "hours": "20"}'), 20.0, '5.2.2(1)a: and 20 where it says 20');
SELECT is(worth('{"kind": "training", "started_on": "2020-05-11", "completed_on": "2020-05-15", "days": 4, "travel_days": 1}'), 28.0, '5.2.2(1)b: no hours in it, 5 days of which 1 travel: 28 (case 3)');
SELECT is(worth('{"kind": "training", "started_on": "2020-05-11", "completed_on": "2020-05-15", "days": 5}'), 35.0, '5.2.2(1)b: 7 hours a day');
SELECT is(worth('{"kind": "training", "started_on": "2020-05-11", "completed_on": "2020-05-11", "days": 0.5}'), 3.5, '5.2.2(1)b: half a day: 3.5 (AMB-13)');
SELECT is(worth('{"kind": "training", "started_on": "2020-05-11", "completed_on": "2020-05-15", "days": 2.5, "travel_days": 2.5}'), 17.5, '5.2.2(1)b: half days of travel');
SELECT is(refused('{"kind": "training", "started_on": "2020-05-11", "completed_on": "2020-05-15", "days": 3, "travel_days": 2.5}'), '23514', '5.2.2(1)b: days and travel within the calendar');
SELECT is(refused('{"kind": "training", "started_on": "2020-05-11", "completed_on": "2020-05-15", "days": 2.25}'), '23514', '5.2.2(1)b: no quarters of a day');
SELECT is(worth('{"kind": "training", "started_on": "2020-05-11", "completed_on": "2020-05-12", "hours": "48"}'), 48.0, '5.2.2(1)a: the document prevails, up to 24 hours a day (AMB-14)');
SELECT is(refused('{"kind": "training", "started_on": "2020-05-11", "completed_on": "2020-05-12", "hours": "48.01"}'), '23514', '5.2.2(1)a: not more than 24 hours a day');
SELECT is(refused('{"kind": "training", "started_on": "2019-05-11", "completed_on": "2019-05-12", "days": 2}'), '23514', '5.2.2: 2019 is not converted here, its totals are loaded (AMB-2)');
-- 5.2.2(2)
SELECT is(worth('{"kind": "overseas_training", "started_on": "2020-01-06", "completed_on": "2020-01-17", "days": 10, "travel_days": 2}'), 70.0, '5.2.2(2): abroad: 7 hours a day without travel');
SELECT is(worth('{"kind": "overseas_training", "started_on": "2020-01-06", "completed_on": "2020-01-17", "hours": "64", "days": 10}'), 64.0, '5.2.2(2): or the actual hours');
-- 5.2.2(3)
SELECT is(worth(jsonb_build_object('kind', 'filed_course', 'plan_id', filed_plan(20, 'offline', '40'), 'completed_on', '2020-05-15')), 40.0, '5.2.2(3): a filed course counts as filed');
SELECT is(worth(jsonb_build_object('kind', 'filed_course', 'plan_id', filed_plan(20, 'offline', '40'), 'completed_on', '2020-05-15', 'hours', '60')), 40.0, '5.2.2(3): not as the provider claims');
SELECT is(worth(jsonb_build_object('kind', 'filed_course', 'plan_id', filed_plan(20, 'offline', '40'), 'completed_on', '2020-05-15', 'hours', '39')), 39.0, '5.2.2(3): the attended hours where fewer (AMB-39)');
SELECT is(worth(jsonb_build_object('kind', 'filed_course', 'plan_id', filed_plan(23, 'offline', '40'), 'completed_on', '2020-05-15')), 40.0, '5.2.2(3): an employer''s filed course too (AMB-6)');
-- hours of a plan fit into the days, the person's and the plan's (AMB-14)
SELECT is(worth(jsonb_build_object('kind', 'filed_course', 'plan_id', filed_plan(20, 'offline', '48'), 'started_on', '2020-05-14', 'completed_on', '2020-05-15')), 48.0, 'AMB-14: 48 filed hours on two days');
SELECT is(refused(jsonb_build_object('kind', 'filed_course', 'plan_id', filed_plan(20, 'offline', '48.01'), 'started_on', '2020-05-14', 'completed_on', '2020-05-15')), '23514', 'AMB-14: not 48.01');
SELECT is(worth(jsonb_build_object('kind', 'filed_course', 'plan_id', filed_plan(20, 'offline', '48.01'), 'started_on', '2020-05-14', 'completed_on', '2020-05-15', 'hours', '48')), 48.0, 'AMB-14: but the attended 48 of them');
SELECT is(refused(jsonb_build_object('kind', 'filed_course', 'plan_id', filed_plan(20, 'offline', '48.01'), 'days', 2, 'completed_on', '2020-05-15')), '23514', 'AMB-14: nor with their number alone');
-- the way out names what is wrong: the person's days, or the plan
CREATE FUNCTION hint_of(facts jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	hint text;
BEGIN
	PERFORM worth(facts);
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN hint;
END $$;
SELECT alike(hint_of(jsonb_build_object('kind', 'filed_course', 'plan_id', filed_plan(20, 'offline', '40', 5), 'completed_on', '2020-05-15') || facts), pattern, 'AMB-14: the hint for ' || facts::text) FROM (VALUES
	('{"started_on": "2020-05-15"}'::jsonb, 'Correct started_on, completed_on or days, or give in hours what was attended; an activity in review %'), ('{"days": 0.5}', 'Correct started_on, completed_on or days, %'),
	('{"started_on": "2020-05-14"}', 'no error'), ('{"days": 0.5, "hours": 24.01}', 'Correct hours, started_on, completed_on or days; %')) v (facts, pattern);
CREATE TEMP TABLE dense AS SELECT filed_plan(20, 'offline', '40', 2) AS offline, filed_plan(20, 'online', '40', 2) AS online;
-- from before 0.3.0
ALTER TABLE ce_plan DISABLE TRIGGER ce_plan_check;
UPDATE ce_plan SET hours = 400 WHERE plan_id IN (SELECT offline FROM dense UNION ALL SELECT online FROM dense);
ALTER TABLE ce_plan ENABLE TRIGGER ce_plan_check;
SELECT throws_ok(format('SELECT worth(%L)', jsonb_build_object('kind', 'filed_course', 'plan_id', offline, 'completed_on', '2020-05-15')), '23514', '400 hours do not fit into the days of the activity', 'AMB-14: 400 hours filed for 2 days before 0.3.0') FROM dense;
SELECT alike(hint_of(jsonb_build_object('kind', 'filed_course', 'plan_id', offline, 'completed_on', '2020-05-15')), 'Give in hours what was attended; if the plan is wrong, file a new one. %', 'AMB-14: here the plan is wrong') FROM dense;
SELECT is(worth(jsonb_build_object('kind', 'filed_course', 'plan_id', offline, 'completed_on', '2020-05-15', 'hours', '48')), 48.0, 'AMB-14: 48 of them') FROM dense;
SELECT is(worth(jsonb_build_object('kind', 'base_online', 'plan_id', online, 'completed_on', '2020-05-15', 'hours', '48')), 48.0, '5.2.1, AMB-14: so online') FROM dense;
SELECT is(refused(jsonb_build_object('kind', 'base_online', 'plan_id', online, 'completed_on', '2020-05-15', 'hours', '48.01')), '23514', '5.2.1, AMB-14: but not 48.01') FROM dense;
-- rows from before: verified ones stand, waiting ones are not verified, but rejected
ALTER TABLE ce_activity DISABLE TRIGGER ce_activity_check;
CREATE TEMP TABLE earlier (id bigint, status ce_status);
WITH r AS (INSERT INTO ce_activity (person_id, org_id, kind, plan_id, completed_on, year, category, awarded, deems_public, deems_professional, national_base, rule_id, status, reviewed_by, verified_by, verified_on)
	SELECT s.p, 25, 'filed_course', d.offline, '2020-05-15', 2020, 'training', 400, false, false, false, (SELECT rule_id FROM ce_rule WHERE kind = 'filed_course' AND scheme = 'general'), v.status::ce_status, v.body, v.body, v.on_day::date
	FROM somebody s, dense d, (VALUES ('verified', 2, '2020-05-16'), ('submitted', NULL, NULL)) v (status, body, on_day) RETURNING activity_id, ce_activity.status)
INSERT INTO earlier SELECT * FROM r;
ALTER TABLE ce_activity ENABLE TRIGGER ce_activity_check;
SELECT lives_ok('SELECT ce_rebuild()', 'AMB-14: ce_rebuild() keeps what was verified before 0.3.0');
SELECT is(a.awarded::numeric, 400.0, 'AMB-14: with its hours') FROM earlier b JOIN ce_activity a ON a.activity_id = b.id WHERE b.status = 'verified';
SELECT throws_ok(format('SELECT ce_verify(ARRAY[%s], 25)', id), '23514', '400 hours do not fit into the days of the activity', 'AMB-14: one that waits is not verified') FROM earlier WHERE status = 'submitted';
SELECT lives_ok(format('SELECT ce_reject(ARRAY[%s], 25, ''400 hours in 2 days'')', id), 'AMB-14: but can be rejected') FROM earlier WHERE status = 'submitted';
DELETE FROM ce_activity WHERE activity_id IN (SELECT id FROM earlier WHERE status = 'submitted');
SELECT is(worth(jsonb_build_object('kind', 'filed_course', 'plan_id', filed_plan(25, 'offline', NULL, 2.5), 'completed_on', '2020-05-15')), 17.5, '5.2.2(3): 7 hours a day where the plan states days only (AMB-6)');
SELECT is(worth(jsonb_build_object('kind', 'filed_course', 'plan_id', filed_plan(25, 'offline', '40', 2), 'completed_on', '2020-05-15')), 40.0, '5.2.2(3): its hours where it states both');

-- 5.2.3
CREATE FUNCTION with_certificate(kind text, day date) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	p bigint := give_public(person(), '45');
BEGIN
	PERFORM give(p, jsonb_build_object('kind', kind, 'completed_on', day));
	RETURN p;
END $$;
SELECT ok(met(with_certificate(kind, '2020-07-01'), 2020), format('5.2.3: %s of 2020, no other professional hours, 45 public: met (case 4)', kind))
	FROM unnest('{degree,qualification}'::text[]) kind;
SELECT ok(met(with_certificate(kind, day), 2020), format('5.2.3: %s of %s', kind, day)) FROM unnest('{degree,qualification}'::text[]) kind, unnest('{2020-01-01,2020-12-31}'::date[]) day;
SELECT throws_ok(format('SELECT with_certificate(%L, ''2019-12-31'')', kind), '23514', NULL, format('5.2.3: %s before 2020: nothing (case 4)', kind))
	FROM unnest('{degree,qualification}'::text[]) kind;
SELECT ok(NOT met(with_certificate(kind, '2021-01-01'), 2020), format('5.2.3: %s of the day after 2020 is of 2021', kind)) FROM unnest('{degree,qualification}'::text[]) kind;
CREATE FUNCTION degree_only(p bigint) RETURNS bigint LANGUAGE sql AS $$ SELECT give(p, '{"kind": "degree", "completed_on": "2020-07-01"}'); SELECT p $$;
CREATE TEMP TABLE graduate AS SELECT with_certificate('degree', '2020-07-01') AS p;
SELECT is((SELECT professional_hours FROM ce_yearly_totals WHERE person_id = p AND year = 2020), 0.0, '5.2.3: deeming adds no hours') FROM graduate;
SELECT ok((SELECT professional_deemed AND NOT public_deemed AND professional_short = 0 AND total_short = 0 FROM ce_yearly_totals WHERE person_id = p AND year = 2020), '5.2.3: it makes the professional subject complete') FROM graduate;
SELECT lives_ok(format('SELECT give(%s, ''{"kind": "qualification", "completed_on": "2020-08-01"}'')', p), '5.2.3: an examination in the same year') FROM graduate;
SELECT is((SELECT ce_credit_deems_professional(credit) FROM ce_account WHERE person_id = p AND year = 2020), 2, '5.2.3: is counted') FROM graduate;
SELECT results_eq(format('SELECT met, professional_hours, total_short FROM ce_yearly_totals WHERE on_record AND person_id = %s', p), 'VALUES (true, 0.0, 0.0)', '5.2.3: makes one complete year, not two (case 5)') FROM graduate;
SELECT is(ask(p, 'intermediate'), 'not_eligible', '5.2.3: and leaves 2019 as it was (case 5)') FROM graduate;
SELECT ok(NOT met(give_public(p, '0', '2021-03-01'), 2021), '5.2.3: and 2021') FROM graduate;
SELECT lives_ok(format('SELECT ce_revoke(array_agg(activity_id), 2, ''forged'', ''2020-09-01'') FROM ce_activity WHERE person_id = %s AND kind = ''degree''', p), '5.2.3: one of the two is revoked') FROM graduate;
SELECT ok(met(p, 2020), '5.2.3: the other still deems the year complete') FROM graduate;
CREATE TEMP TABLE without_public AS SELECT degree_only(person()) AS p;
SELECT results_eq(format('SELECT met, public_short, professional_short FROM ce_yearly_totals WHERE on_record AND person_id = %s', p), 'VALUES (false, 45.0, 0.0)', '5.2.3: public hours stay to be done') FROM without_public;

-- 5.2.4
CREATE FUNCTION mentor(p bigint, first date, days numeric) RETURNS bigint LANGUAGE sql AS $$
	SELECT give(p, jsonb_build_object('kind', 'mentoring', 'started_on', first, 'completed_on', first + ceil(days)::int - 1, 'days', days));
	SELECT p
$$;
CREATE FUNCTION mentoring(p bigint, y integer DEFAULT 2020) RETURNS text LANGUAGE sql AS $$
	SELECT mentoring_hours || ' of ' || mentoring_hours_raw FROM ce_yearly_totals WHERE person_id = p AND year = y
$$;
SELECT is(mentoring(mentor(person(), '2020-03-02', 3)), '21 of 21', '5.2.4b: 7 hours a day');
SELECT is(mentoring(mentor(person(), '2020-03-02', 0.5)), '3.5 of 3.5', '5.2.4b: half a day: 3.5');
SELECT is(mentoring(mentor(person(), '2020-03-02', 4)), '28 of 28', '5.2.4c: 28 are below the cap');
SELECT is(mentoring(mentor(mentor(person(), '2020-03-02', 3), '2020-07-01', 2)), '30 of 35', '5.2.4c: 3 days in March and 2 in July: 21 + 9, 35 before the cap (case 2)');
SELECT is(mentoring(mentor(person(), '2020-03-02', 4.5)), '30 of 31.5', '5.2.4c: 31.5 are cut to 30');
SELECT is(mentoring(mentor(mentor(person(), '2020-03-02', 5), '2021-03-02', 5), 2021), '30 of 35', '5.2.4c: each calendar year has its own');
SELECT throws_ok('SELECT mentor(person(), ''2019-03-02'', 3)', '23514', NULL, '5.2.4a: not before 2020 (case 2)');
SELECT throws_ok('SELECT mentor(person(), ''2020-12-31'', 2)', '23514', NULL, '5.2.4c: a row across New Year is refused (AMB-16)');
SELECT ok(met(mentor(give_professional(give_public(person(), '45'), '60'), '2020-03-02', 5), 2020), '5.2.4c: 60 + 30 of 35 is met');
SELECT ok(NOT met(mentor(give_professional(give_public(person(), '45'), '59'), '2020-03-02', 5), 2020), '5.2.4c: 59 + 30 of 35 is not, although 94');
CREATE TEMP TABLE mentor_p AS SELECT mentor(mentor(person(), '2020-03-02', 3), '2020-07-01', 2) AS p;
SELECT lives_ok(format('SELECT ce_revoke(array_agg(activity_id), 2, ''forged'', ''2020-09-01'') FROM ce_activity WHERE person_id = %s AND days = 3', p), '5.2.4c: the earlier one is revoked') FROM mentor_p;
SELECT is(mentoring(p), '14 of 14', '5.2.4c: which frees the room that it took (AMB-16)') FROM mentor_p;

-- 5.2.5(1)-(3)
CREATE FUNCTION tenured(since date DEFAULT '2016-01-01') RETURNS bigint LANGUAGE sql AS $$ SELECT person(held => 'intermediate', held_since => since) $$;
CREATE FUNCTION project(p bigint, grade text, role text, started date DEFAULT '2018-03-01', due date DEFAULT '2020-06-30', concluded date DEFAULT '2020-06-30') RETURNS bigint
LANGUAGE sql AS $$
	SELECT achieve(p, jsonb_build_object('kind', 'project', 'grade', grade, 'role', role, 'started_on', started, 'due_on', due, 'achieved_on', concluded))
$$;
SELECT is(attested(project(tenured(), grade, role), 2020), hours, format('5.2.5(%s): %s project, %s: %s', n, grade, role, hours))
	FROM (VALUES (1, 'national', 'host', 90.0), (1, 'national', 'member', 60.0), (2, 'provincial', 'host', 60.0), (2, 'provincial', 'member', 30.0),
		(3, 'prefecture', 'host', 45.0), (3, 'prefecture', 'member', 25.0)) v (n, grade, role, hours);
CREATE FUNCTION years_of(p bigint, as_of date DEFAULT '2020-12-31') RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN (SELECT string_agg(year || ':' || CASE WHEN award THEN 'all' ELSE hours::text END, ' ' ORDER BY year) FROM ce_attested(p, as_of));
END $$;
SELECT is(years_of(project(tenured('2017-01-01'), 'provincial', 'host')), '2018:60 2019:60 2020:60', '5.2.5(2): each calendar year of the project (AMB-18, case 8)');
SELECT is(years_of(project(tenured('2017-01-01'), 'provincial', 'member')), '2018:30 2019:30 2020:30', '5.2.5(2): for members too (AMB-19)');
SELECT is(years_of(project(tenured('2017-01-01'), 'prefecture', 'member')), '2018:25 2019:25 2020:25', '5.2.5(3): for members too (AMB-19)');
SELECT is(years_of(project(tenured('2019-05-01'), 'provincial', 'host')), '2019:60 2020:60', '5.2.5: in post since May 2019: 2019 and 2020 only (AMB-17, case 8)');
SELECT is(years_of(project(tenured(), 'provincial', 'host', due => '2020-06-29')), NULL, '5.2.5(2): concluded a day after it was due: nothing (case 8)');
SELECT is(years_of(project(tenured(), 'provincial', 'host'), '2020-06-29'), NULL, '5.2.5(2): nothing before the conclusion');
SELECT is(years_of(project(project(tenured('2020-01-01'), 'national', 'member'), 'prefecture', 'host')), '2020:105', '5.2.5: several projects add up');
SELECT is(years_of(project(tenured(), 'provincial', 'host', '2018-03-01', '2019-12-31', '2018-12-31')), '2018:60', '5.2.5: up to its conclusion, not its due day');

-- 5.2.5(4)
SELECT is(years_of(achieve(tenured('2016-03-01'), jsonb_build_object('kind', 'award', 'grade', grade, 'achieved_on', '2019-11-01'))),
		'2016:all 2017:all 2018:all 2019:all 2020:all', format('5.2.5(4): %s: every year of the tenure, also before the award (AMB-20)', grade))
	FROM unnest('{national_st_progress,qinghai_st_progress,provincial_social_science}'::text[]) grade;
CREATE FUNCTION public_only(p bigint, VARIADIC years integer[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	y integer;
BEGIN
	FOREACH y IN ARRAY years LOOP
		PERFORM CASE WHEN y < 2020 THEN give_recorded(p, y, '30', '0') ELSE give_public(p, '45') END;
	END LOOP;
	RETURN p;
END $$;
CREATE FUNCTION awardee() RETURNS bigint LANGUAGE sql AS $$
	SELECT achieve(tenured(), '{"kind": "award", "grade": "qinghai_st_progress", "achieved_on": "2019-11-01"}')
$$;
SELECT is(ask(public_only(awardee(), 2017, 2018, 2019, 2020), 'senior'), 'eligible', '5.2.5(4): public done each year: eligible (case 9)');
SELECT is(ask(public_only(awardee(), 2017, 2018, 2019), 'senior'), 'not_eligible', '5.2.5(4): public missing in 2020: not (case 9)');
SELECT is(ask(public_only(awardee(), 2017, 2019, 2020), 'senior'), 'not_eligible', '5.2.5(4): public missing in 2018, where 60 of 90 are deemed: not (case 9)');
SELECT is(ask(public_only(awardee(), 2017, 2018, 2019, 2020), 'senior', '2019-10-31'), 'no_rule', '5.2.5: the table is of 2020 (10.6)');
SELECT throws_ok($$ SELECT achieve(tenured('2016-03-01'), '{"kind": "award", "grade": "national_natural_science", "achieved_on": "2019-11-01"}') $$, '23514', 'grade of kind "award" cannot be "national_natural_science"', '5.2.5(4): another national award: not taken (AMB-20, 10.6)');

-- 5.2.5(5)
SELECT is(attested(achieve(tenured(), jsonb_build_object('kind', kind, 'rank', rank, 'achieved_on', '2020-05-15')), 2020), hours, format('5.2.5(5): %s, rank %s: %s (case 6)', kind, rank, hours))
	FROM (VALUES ('invention_patent', '{1,3,4,6,7,8,99}'::int[], '{60,60,50,50,40,40,40}'::numeric[]),
		('utility_patent', '{1,3,4,6,7,8,99}', '{50,50,40,40,30,30,30}')) v (kind, ranks, awards), unnest(ranks, awards) r (rank, hours);
SELECT throws_ok($$ SELECT achieve(tenured(), '{"kind": "design_patent", "rank": 1, "achieved_on": "2020-05-15"}') $$, '23503', NULL, '5.2.5(5): design patents are not listed (case 6)');
SELECT is(years_of(achieve(tenured(), '{"kind": "invention_patent", "rank": 1, "achieved_on": "2019-12-31"}')), '2019:60', '5.2.5(5): in the year of the grant only (AMB-22)');
SELECT is(years_of(achieve(achieve(tenured(), '{"kind": "invention_patent", "rank": 1, "achieved_on": "2020-02-01"}'), '{"kind": "invention_patent", "rank": 4, "achieved_on": "2020-03-01"}')),
	'2020:110', '5.2.5(5): each patent');
-- 5.2.5(6)
SELECT is(attested(achieve(tenured(), jsonb_build_object('kind', 'standard', 'grade', grade, 'rank', rank, 'achieved_on', '2020-06-01')), 2020), hours,
		format('5.2.5(6): %s standard, rank %s: %s', grade, rank, hours))
	FROM (VALUES ('national', '{90,90,80,80,60,60}'::numeric[]), ('industry', '{80,80,70,70,50,50}'), ('provincial', '{60,60,50,50,40,40}')) v (grade, awards),
		unnest('{1,3,4,6,7,8}'::int[], awards) r (rank, hours);
SELECT is(years_of(achieve(tenured(), '{"kind": "standard", "grade": "national", "rank": 2, "achieved_on": "2020-06-01"}')), '2020:90', '5.2.5(6)a: published in 2019, in force in 2020: 90 in 2020 (case 7)');
SELECT throws_ok($$ SELECT achieve(tenured(), '{"kind": "standard", "grade": "enterprise", "rank": 2, "achieved_on": "2020-06-01"}') $$, '23514', 'grade of kind "standard" cannot be "enterprise"', '5.2.5(6): an enterprise''s standard: not taken (10.6)');
-- 5.2.5(7)
SELECT is(attested(achieve(tenured(), jsonb_build_object('kind', 'report', 'grade', grade, 'role', 'host', 'achieved_on', '2020-06-01')), 2020), hours, format('5.2.5(7)%s: %s: %s', letter, grade, hours))
	FROM (VALUES ('a', 'provincial_leader', 60.0), ('b', 'department_or_prefecture_leader', 30.0)) v (letter, grade, hours);
SELECT throws_ok($$ SELECT achieve(tenured(), '{"kind": "report", "grade": "provincial_leader", "role": "member", "achieved_on": "2020-06-01"}') $$, '23514', 'role of kind "report" cannot be "member"', '5.2.5(7): the host alone');
SELECT is(years_of(achieve(achieve(tenured(), '{"kind": "report", "grade": "provincial_leader", "role": "host", "work_ref": "R1", "achieved_on": "2020-06-01"}'),
	'{"kind": "report", "grade": "department_or_prefecture_leader", "role": "host", "work_ref": "R1", "achieved_on": "2020-07-01"}')), '2020:60', '5.2.5(7): one report with both comments counts once (AMB-23)');
SELECT is(years_of(achieve(achieve(tenured(), '{"kind": "report", "grade": "provincial_leader", "role": "host", "work_ref": "R1", "achieved_on": "2020-06-01"}'),
	'{"kind": "report", "grade": "department_or_prefecture_leader", "role": "host", "work_ref": "R2", "achieved_on": "2020-07-01"}')), '2020:90', '5.2.5(7): two reports count twice');
SELECT is(years_of(project(achieve(tenured('2018-01-01'), '{"kind": "project", "grade": "prefecture", "role": "host", "work_ref": "X", "started_on": "2019-01-01", "due_on": "2020-12-31", "achieved_on": "2020-12-01"}'),
	'national', 'member')), '2018:60 2019:105 2020:105', '5.2.5: different works add up');

-- 5.2.5: the tenure, the attestation
CREATE FUNCTION patent(p bigint, granted date DEFAULT '2020-05-15') RETURNS bigint LANGUAGE sql AS $$
	SELECT achieve(p, jsonb_build_object('kind', 'invention_patent', 'rank', 1, 'achieved_on', granted))
$$;
SELECT is(years_of(patent(tenured('2020-05-15'))), '2020:60', '5.2.5: on the first day in post');
SELECT throws_ok($$ SELECT patent(tenured('2020-05-16')) $$, '23514', 'the achievement is from before the present post', '5.2.5: the day before the post: not taken (AMB-17)');
CREATE TEMP TABLE promoted AS SELECT patent(tenured('2020-05-15')) AS p;
UPDATE ce_person SET held_since = '2020-05-16' WHERE person_id = (SELECT p FROM promoted);
SELECT is(years_of(p), NULL, '5.2.5: and nothing any more when a new post began after it (AMB-17)') FROM promoted;
SELECT is(years_of(patent(person())), NULL, '5.2.5: without a post there is no tenure (10.6)');
SELECT is(years_of(patent(tenured()), '2020-05-14'), NULL, '5.2.5: nothing before the day');
SELECT is(years_of(patent(tenured()), '2020-05-15'), '2020:60', '5.2.5: and from the day on');
CREATE TEMP TABLE inventor AS SELECT tenured() AS p;
INSERT INTO ce_achievement (person_id, kind, rank, achieved_on) SELECT p, 'invention_patent', 1, '2020-05-15' FROM inventor;
SELECT is(years_of(p), NULL, '7.3c: nothing that the employer has not attested') FROM inventor;
UPDATE ce_achievement SET attested_by = 25, attested_on = '2020-06-01' WHERE person_id = (SELECT p FROM inventor);
SELECT is(years_of(p, '2020-05-31'), NULL, '7.3c: not before the attestation') FROM inventor;
SELECT is(years_of(p, '2020-06-01'), '2020:60', '7.3c: but from its day on') FROM inventor;
UPDATE ce_person SET org_id = 23 WHERE person_id = (SELECT p FROM inventor);
SELECT is(years_of(p), NULL, '7.3c: nor what another employer attested (AMB-37)') FROM inventor;
UPDATE ce_person SET org_id = 25 WHERE person_id = (SELECT p FROM inventor);
UPDATE ce_achievement SET revoked_on = '2020-08-01', note = 'not his' WHERE person_id = (SELECT p FROM inventor);
SELECT is(years_of(p, '2020-07-31'), '2020:60', '6.2d: until it is revoked') FROM inventor;
SELECT is(years_of(p, '2020-08-01'), NULL, '6.2d: and no longer') FROM inventor;

-- 5.3
CREATE FUNCTION on_the_list(p bigint) RETURNS bigint LANGUAGE sql AS $$
	SELECT give(p, '{"kind": "frontline", "completed_on": "2020-03-01", "verified_by": 5}');
	SELECT p
$$;
SELECT ok(met(on_the_list(person()), 2020), '5.3: on the list for 2020, 0 hours: met, both subjects (case 15)');
SELECT is(ask(on_the_list(person()), 'junior'), 'eligible', '5.3: on the list: eligible (case 15)');
SELECT is(ask(person(), 'junior'), 'not_eligible', '5.3: not on it: not (case 15)');
SELECT is(ask(on_the_list(give_years(person(), 2018)), 'intermediate'), 'not_eligible', '5.3: 2019 stays as it was');
SELECT throws_ok($$ SELECT give(person(), '{"kind": "frontline", "completed_on": "2020-03-01", "verified_by": 6}') $$, '23514', NULL, '5.3: the list of the provincial health commission (AMB-24)');
SELECT results_eq($$ SELECT public_deemed, professional_deemed, total_hours, total_short FROM ce_yearly_totals WHERE on_record AND person_id = (SELECT min(person_id) FROM ce_activity WHERE kind = 'frontline') $$,
	'VALUES (true, true, 0.0, 0.0)', '5.3: without any hours');
SELECT throws_ok($$ SELECT give(person(), '{"kind": "frontline", "completed_on": "2019-12-31", "verified_by": 5}') $$, '23514', NULL, '5.3: not before 2020');

SELECT * FROM finish();
ROLLBACK;

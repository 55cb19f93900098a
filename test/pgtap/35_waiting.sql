-- What waits for verification counts as verification would convert it: by today's law, also for who was converted by another one when it was entered
BEGIN;
\ir lib/titles.psql
SELECT no_plan();
\ir lib/roles.psql

-- 45 public hours of 2020, and 13 days of training that wait: 91 hours of 7 a day
CREATE FUNCTION submit(p bigint, facts jsonb) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_activity (person_id, kind, plan_id, started_on, completed_on, days, hours, quantity, evidence, specialty)
		SELECT p, f.kind, f.plan_id, f.started_on, f.completed_on, f.days, f.hours, f.quantity, 'd', f.specialty FROM jsonb_populate_record(NULL::ce_activity, facts) f RETURNING activity_id
$$;
CREATE TEMP TABLE who AS SELECT name, give_public(person(), '45') AS id FROM unnest('{waits,later,filed,filed_days,degree,moved}'::text[]) name;
CREATE FUNCTION id(n text) RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT id FROM who WHERE name = n $$;
SELECT submit(id('waits'), '{"kind": "training", "started_on": "2020-03-02", "completed_on": "2020-03-20", "days": 13, "specialty": "roads"}') AS waits \gset
SELECT submit(id('moved'), '{"kind": "training", "started_on": "2020-03-02", "completed_on": "2020-03-20", "days": 13}') AS moved \gset
SELECT submit(id('degree'), '{"kind": "degree", "completed_on": "2020-03-20"}') AS degree \gset
SELECT submit(id('degree'), '{"kind": "training", "started_on": "2020-04-01", "completed_on": "2020-04-20", "hours": "90"}') AS with_degree \gset
SELECT give(id('later'), '{"kind": "training", "started_on": "2020-03-02", "completed_on": "2020-03-20", "days": 13, "verified_on": "2020-07-01"}') AS later \gset
SELECT ce_clone_scheme('general', 'draft');
UPDATE ce_rule SET hours = '4' WHERE scheme = 'draft' AND kind = 'training';
CREATE FUNCTION days_of(hours text) RETURNS text LANGUAGE sql AS $$ SELECT format('UPDATE ce_rule SET hours = %L WHERE scheme = ''general'' AND kind = ''training''', hours) $$;
-- all ways to ask, in one line
CREATE FUNCTION said(n text, day date DEFAULT '2020-12-31') RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN (SELECT concat_ws(' ', ask(p.person_id, 'junior', day), (ce_standing(p.person_id, day)).junior, ce__standing_outcome(ce__standing_code(p.moved, p.sanctioned, p.person_id, p.org_id, p.scheme, p.doctorate_on, p.held_level, p.held_since, day), 'junior'),
			coalesce((SELECT trim_scale(sum(q.hours))::text FROM ce_verification_queue q WHERE q.person_id = p.person_id), 'none'),
			coalesce((SELECT trim_scale(sum(a.awarded))::text FROM ce_archive a WHERE a.person_id = p.person_id AND a.status = 'submitted'), 'none'))
		FROM ce_person p WHERE p.person_id = id(n));
END $$;

-- the law changes
SELECT is(said('waits'), 'pending pending pending 91 91', 'AMB-31, 5.2.2(1)b: 13 days of 7 hours wait, 90 are needed');
SELECT is(after(days_of(h), 'said(''waits'')'), a, format('AMB-31: with %s hours a day', h)) FROM (VALUES ('6.93', 'pending pending pending 90.09 90.09'), ('6.92', 'not_eligible not_eligible not_eligible 89.96 89.96')) v (h, a);
SELECT is(after(days_of('6.92'), format('cure(id(''waits''), ''junior'', 2020, ''professional'')')), '89.96 hours wait for verification; 2020 is over: enter what was verified of that year before the ledger went live, if the ledger lacks it', 'AMB-31: and so the remedy says');
SELECT is(after(days_of(h) || format('; SELECT ce_verify(''{%s}'', 25, ''2020-12-01''), ce_verify(''{%1$s}'', 2, ''2020-12-01'')', :waits), 'said(''waits'')'), a, format('AMB-31: as verification makes of it, with %s hours a day', h)) FROM (VALUES ('6.93', 'eligible eligible eligible none none'), ('6.92', 'not_eligible not_eligible not_eligible none none')) v (h, a);
SELECT is(after('INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, instrument, clause) VALUES (''general'', ''training'', 2021, ''document_or_days'', ''4'', ''qinghai-2020-227'', ''5'')', 'said(''waits'')'), 'pending pending pending 91 91', 'AMB-31: a rule that begins a year later changes nothing');
SELECT is(after('DELETE FROM ce_rule WHERE scheme = ''general'' AND kind = ''training''', 'said(''waits'')'), 'not_eligible not_eligible not_eligible none none', 'AMB-31: what no rule converts any more cannot be verified');
SELECT is(after('DELETE FROM ce_rule WHERE scheme = ''general'' AND kind = ''training''', 'cure(id(''waits''), ''junior'', 2020, ''professional'')'), '2020 is over: enter what was verified of that year before the ledger went live, if the ledger lacks it', 'AMB-31: nor cure anything');
SELECT is(after('UPDATE ce_rule SET category = ''public'' WHERE scheme = ''general'' AND kind = ''training''', 'ask(id(''waits''), ''junior'')'), 'not_eligible', 'AMB-31: nor do hours of another category');
SELECT is(said('degree'), 'pending pending pending 90 90', 'AMB-31, 5.2.3(1): a degree deems its subject complete, 90 hours wait');
SELECT is(after(days_of('7') || format('; DELETE FROM ce_activity WHERE activity_id = %s; UPDATE ce_rule SET basis = ''fixed'', hours = %L WHERE scheme = ''general'' AND kind = ''degree''', :with_degree, h), 'ask(id(''degree''), ''junior'')'), a, format('AMB-31: a degree of %s hours', h)) FROM (VALUES ('90', 'pending'), ('89.99', 'not_eligible')) v (h, a);
-- a transfer reads activities
SELECT is(after(days_of(h), 'ask(id(''waits''), ''senior'', ''2020-12-31'', ''transfer'', ''roads'')'), a, format('4.2.3, AMB-31: of one specialty, with %s hours a day', h)) FROM (VALUES ('6.93', 'pending'), ('6.92', 'not_eligible')) v (h, a);

-- the person is under another scheme
SELECT is(after('UPDATE ce_person SET scheme = ''draft'' WHERE person_id = id(''waits'')', 'said(''waits'')'), 'not_eligible not_eligible not_eligible 52 52', 'AMB-31: a corrected scheme, of 4 hours a day');
SELECT is(after('UPDATE ce_person SET scheme = ''accounting'' WHERE person_id = id(''waits'')', 'said(''waits'')'), 'out_of_scope out_of_scope out_of_scope none none', '2.3: one that is not governed');
SELECT is(after(format('INSERT INTO ce_person_scheme (person_id, until_on, scheme) VALUES (%s, %L, ''draft'')', id('moved'), d), 'said(''moved'')'), a, 'AMB-31: under 4 hours a day until ' || d) FROM (VALUES ('2020-03-19', 'pending pending pending 91 91'), ('2020-03-20', 'not_eligible not_eligible not_eligible 52 52')) v (d, a);
SELECT is(after(format('UPDATE ce_rule SET hours = ''7'' WHERE scheme = ''draft'' AND kind = ''training''; UPDATE ce_scheme SET governed = %L WHERE scheme = ''draft''; INSERT INTO ce_person_scheme (person_id, until_on, scheme) VALUES (%s, ''2020-03-20'', ''draft'')', g, id('moved')), 'said(''moved'')'), a, '2.3: completed under a scheme that is governed: ' || g)
	FROM (VALUES (true, 'pending pending pending 91 91'), (false, 'not_eligible not_eligible not_eligible none none')) v (g, a);
SELECT is(ask(id('waits'), 'junior', scheme => 'draft'), 'pending', 'what-if: the question under a draft alone leaves the hours as they will be');

-- what-if
CREATE FUNCTION compared(n text, day date DEFAULT '2020-12-31') RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN coalesce((SELECT concat_ws(' ', c.under_a, c.under_b, c.change) FROM ce_compare_schemes('general', 'draft', 'junior', day) c WHERE c.person_id = id(n)), 'the same');
END $$;
CREATE FUNCTION draft(hours text) RETURNS text LANGUAGE sql AS $$ SELECT format('UPDATE ce_rule SET hours = %L WHERE scheme = ''draft'' AND kind = ''training''', hours) $$;
SELECT is(after(draft(h), format('compared(%L)', n)), a, format('what-if: %s, with %s hours a day under the draft', n, h)) FROM (VALUES ('waits', '6.93', 'the same'), ('waits', '6.92', 'pending not_eligible changes'), ('later', '6.93', 'the same'), ('later', '6.92', 'eligible not_eligible loses')) v (n, h, a);
SELECT is(after(draft(h), format('compared(''later'', %L)', d)), a, format('what-if: as of %s, verified on 2020-07-01, with %s hours a day', d, h)) FROM (VALUES ('2020-06-30', '6.93', 'the same'), ('2020-06-30', '6.92', 'pending not_eligible changes'), ('2020-07-01', '6.92', 'eligible not_eligible loses')) v (d, h, a);
SELECT is(after('UPDATE ce_person SET scheme = ''draft'' WHERE person_id = id(''later''); SELECT ce_rebuild(id(''later''))', format('ask(id(''later''), ''junior'', %L)', d)), 'not_eligible', 'what-if: as it then is, as of ' || d) FROM (VALUES ('2020-06-30'), ('2020-07-01')) v (d);
SELECT is(after(draft('6.92') || format('; INSERT INTO ce_person_scheme (person_id, until_on, scheme) VALUES (%s, %L, ''accounting'')', id('later'), d), 'compared(''later'', ''2020-06-30'')'), a, '2.3: under a scheme that is not governed, and has no requirement of 2019 (10.1), until ' || d) FROM (VALUES ('2020-03-19', 'pending no_rule changes'), ('2020-03-20', 'the same')) v (d, a);
-- verified since: the hours that it was given, until they are derived again
SELECT is(after(days_of('4'), format('ask(id(''later''), ''junior'', %L)', d)), a, 'AMB-31: verified since, as of ' || d) FROM (VALUES ('2020-06-30', 'pending'), ('2020-07-01', 'eligible')) v (d, a);
SELECT is(after(days_of('4') || '; SELECT ce_rebuild(id(''later''))', 'ask(id(''later''), ''junior'', ''2020-06-30'')'), 'not_eligible', 'AMB-31: and after ce_rebuild() as of the day before');

-- a course's plan; one that the reader does not see yet
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours) VALUES (901, 21, 'draft course', 'offline', '90');
INSERT INTO ce_plan (plan_id, org_id, title, mode, days) VALUES (902, 21, 'draft course', 'offline', 13);
SELECT submit(id('filed'), '{"kind": "filed_course", "plan_id": 901, "completed_on": "2020-03-20"}'), submit(id('filed_days'), '{"kind": "filed_course", "plan_id": 902, "started_on": "2020-03-02", "completed_on": "2020-03-20"}');
SELECT is(said('filed') || ', ' || said('filed_days'), 'pending pending pending 90 90, pending pending pending 91 91', 'AMB-31: courses on plans that are not filed yet');
SELECT is(after(format('UPDATE ce_rule SET hours = %L WHERE scheme = ''general'' AND kind = ''filed_course''', h), 'said(''filed_days'')'), a, format('AMB-6: a course of 13 days, of %s hours each', h)) FROM (VALUES ('6.93', 'pending pending pending 90.09 90.09'), ('6.92', 'not_eligible not_eligible not_eligible 89.96 89.96')) v (h, a);
SELECT is(after(format('UPDATE ce_plan SET hours = %L WHERE plan_id = 901', h), 'said(''filed'')'), a, format('AMB-6: the plan has %s hours by now', h)) FROM (VALUES ('90', 'pending pending pending 90 90'), ('89.99', 'not_eligible not_eligible not_eligible 89.99 89.99')) v (h, a);
CREATE ROLE tap_factory;
SELECT ce_grant('tap_factory', 25, 'read') \g /dev/null
SAVEPOINT seen;
UPDATE ce_plan SET hours = '80' WHERE plan_id = 901;
SELECT is(by_role('tap_factory', format('SELECT ce_verdict(%s, ''junior'', as_of => ''2020-12-31'')', id('filed'))), 'pending', '7.2: by the hours entered, for who does not see the plan yet');
UPDATE ce_plan SET status = 'submitted' WHERE plan_id = 901;
UPDATE ce_plan SET status = 'reviewed', reviewed_by = 10 WHERE plan_id = 901;
UPDATE ce_plan SET status = 'filed', filed_by = 1, filed_on = '2020-06-01' WHERE plan_id = 901;
SELECT is(by_role('tap_factory', format('SELECT ce_verdict(%s, ''junior'', as_of => ''2020-12-31'')', id('filed'))), 'not_eligible', '7.2: by those of the plan, once it is filed');
ROLLBACK TO seen;
CREATE ROLE tap_academy;
SELECT ce_grant('tap_academy', 4, 'verify') \g /dev/null
SAVEPOINT feed;
SELECT submit(person(), '{"kind": "academy_course", "completed_on": "2020-03-20", "hours": "30"}') AS feed \gset
UPDATE ce_rule SET most_hours = '20' WHERE scheme = 'general' AND kind = 'academy_course';
SELECT is(by_role('tap_academy', format('SELECT concat_ws('' '', person_no, trim_scale(hours)) FROM ce_verification_queue WHERE activity_id = %s', :feed)), '20', '5.1: of a person who is not seen, by the scheme of the rule');
ROLLBACK TO feed;

-- one question and everybody, where much waits and the law has changed: as verification then makes of it
CREATE TEMP TABLE crowd AS SELECT n, give_public(person(22, CASE WHEN n % 7 = 0 THEN 'draft' ELSE 'general' END), CASE WHEN n % 5 = 0 THEN '44' ELSE '45' END::ce_hours) AS p FROM generate_series(1, 300) n;
SELECT submit(p, format('{"kind": "training", "started_on": "2020-03-02", "completed_on": "2020-03-31", "days": %s}', 5 + n % 12)::jsonb), CASE WHEN n % 3 = 0 THEN submit(p, '{"kind": "mentoring", "started_on": "2020-05-04", "completed_on": "2020-05-08", "days": 4}') END,
	CASE WHEN n % 11 = 0 THEN submit(p, '{"kind": "degree", "completed_on": "2020-06-01"}') END FROM crowd \g /dev/null
INSERT INTO ce_person_scheme (person_id, until_on, scheme) SELECT p, '2020-04-30', 'draft' FROM crowd WHERE n % 13 = 0 AND n % 7 <> 0;
UPDATE ce_person SET scheme = 'draft' WHERE person_id IN (SELECT p FROM crowd WHERE n % 17 = 0);
UPDATE ce_rule SET hours = '8.5' WHERE scheme = 'general' AND kind = 'training';
UPDATE ce_rule SET hours = '2' WHERE kind = 'mentoring';
DELETE FROM ce_rule WHERE scheme = 'draft' AND kind = 'degree';
ANALYZE;
CREATE FUNCTION one_by_one() RETURNS TABLE (p bigint, junior text, intermediate text) LANGUAGE sql AS $$ SELECT p, ask(p, 'junior'), ask(p, 'intermediate') FROM crowd $$;
CREATE TEMP TABLE together AS SELECT p.person_id AS p, ce__standing_outcome(s.code, 'junior') AS junior, ce__standing_outcome(s.code, 'intermediate') AS intermediate
	FROM ce_person p CROSS JOIN LATERAL (SELECT ce__standing_code(p.moved, p.sanctioned, p.person_id, p.org_id, p.scheme, p.doctorate_on, p.held_level, p.held_since, '2020-12-31') AS code OFFSET 0) s WHERE p.person_id IN (SELECT p FROM crowd);
SELECT set_eq('TABLE together', 'SELECT * FROM one_by_one()', 'AMB-31: everybody at once and one by one');
SELECT results_eq('SELECT junior, count(*) > 40 FROM together GROUP BY junior ORDER BY junior', $$ VALUES ('not_eligible', true), ('pending', true) $$, 'AMB-31: with both answers');
CREATE TEMP TABLE queued AS SELECT activity_id, hours FROM ce_verification_queue JOIN crowd ON p = person_id;
SELECT ce_verify(ARRAY(SELECT activity_id FROM queued WHERE hours IS NOT NULL), 22, '2020-12-01') \g /dev/null
SELECT is_empty('SELECT q.activity_id, q.hours, a.awarded FROM queued q JOIN ce_activity a USING (activity_id) WHERE q.hours IS DISTINCT FROM CASE WHEN a.status = ''verified'' THEN a.awarded::numeric END', 'AMB-31: the queue says what verification awards');
SELECT set_eq('SELECT p, replace(junior, ''pending'', ''eligible'') FROM together', 'SELECT p, junior FROM one_by_one()', 'AMB-31: who was pending is eligible then, and nobody else');
SELECT alike(error_of(format('SELECT ce_verify(''{%s}'', 22)', min(activity_id))), '% no rule converts activities of kind "degree" in 2020 into hours%', 'AMB-31: what no rule converts is refused') FROM queued WHERE hours IS NULL;

-- what the law cannot multiply takes nobody else along
SELECT submit(person(), '{"kind": "mentoring", "started_on": "2020-05-01", "completed_on": "2020-05-01", "days": 0.5}') AS half_day \gset
CREATE FUNCTION mentoring(hours text, scheme text DEFAULT 'general') RETURNS text LANGUAGE sql AS $$ SELECT format('UPDATE ce_rule SET hours = %L WHERE scheme = %L AND kind = ''mentoring''', hours, scheme) $$;
CREATE FUNCTION of_one(activity bigint) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN (SELECT concat_ws(' ', coalesce(trim_scale(q.hours)::text, 'none'), coalesce(trim_scale(r.awarded)::text, 'none'), ask(q.person_id, 'junior'), (ce_standing(q.person_id, '2020-12-31')).junior)
		FROM ce_verification_queue q JOIN ce_archive r USING (activity_id) WHERE q.activity_id = activity);
END $$;
SELECT is(after(mentoring(h), format('of_one(%s)', :half_day)), a || ' not_eligible not_eligible', format('5.2.4b, AMB-31: half a day of %s hours', h)) FROM (VALUES ('9.32', '4.66 4.66'), ('9.33', 'none none')) v (h, a);
SELECT is(after(mentoring('9.33'), format('(SELECT count(*) > 0 FROM %s WHERE person_id = id(''waits''))', v)), 'true', 'AMB-31: and the others have their rows in ' || v) FROM unnest('{ce_eligibility,ce_archive,ce_verification_queue}'::text[]) v;
SELECT alike(after(mentoring('9.33'), format('(SELECT ce_archive_html(person_id) FROM ce_activity WHERE activity_id = %s)', :half_day)), '<!DOCTYPE html>%', 'AMB-31: its archive has a page');
SELECT is(after(draft('6.92') || '; ' || mentoring('9.33', 'draft'), 'compared(''waits'')'), 'pending not_eligible changes', 'what-if: with half a day of 9.33 hours under the draft');
SELECT is(error_of(mentoring('9.33') || format('; SELECT ce_verify(''{%s}'', 25, ''2020-12-01'')', :half_day)), format('22003 activity %s of kind "mentoring" cannot be converted into hours | Clause 5.2.4b: rule %s has 9.33 hours, and the hours of the activity would have more than two decimals. | Correct days, quantity or plan of the activity, or hours of the rule in ce_rule; an activity in review can be rejected with ce_reject().', :half_day, rule_id), '5.2.4b: it is not verified')
	FROM ce_rule WHERE scheme = 'general' AND kind = 'mentoring';
SELECT give(person(), '{"kind": "mentoring", "started_on": "2020-05-01", "completed_on": "2020-05-01", "days": 0.5, "verified_on": "2020-07-01"}') AS halved \gset
SELECT is(after(mentoring(h), format('(SELECT concat_ws('' '', d.awarded, d.by_todays_law, d.problem) FROM ce_activity a, ce_activity_drift(a.person_id) d WHERE a.activity_id = %s)', :halved)), a, format('5.2.4b: verified half a day of 2 hours, by %s', h))
	FROM (VALUES ('9.34', '1 4.67'), ('9.33', '1 the hours of the activity would have more than two decimals')) v (h, a);
-- nor does one that gives more than can be
INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause) SELECT k, 'training', 'activity', k, k, 'qinghai-2020-227', '5' FROM unnest('{piece,part,camp}'::text[]) k;
INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, unit, per, instrument, clause) VALUES ('general', 'piece', 2020, 'fixed', '20', 'piece', NULL, 'qinghai-2020-227', '5'), ('general', 'part', 2020, 'fixed', '20', 'piece', 1, 'qinghai-2020-227', '5');
CREATE FUNCTION rule_of(kind text, changes text) RETURNS text LANGUAGE sql AS $$ SELECT format('UPDATE ce_rule SET %s WHERE scheme = ''general'' AND kind = %L', changes, kind) $$;
SELECT submit(give_public(person(), '45'), '{"kind": "piece", "completed_on": "2020-05-01", "quantity": 10000000}') AS pieces \gset
SELECT is(after(rule_of('piece', format('hours = %L', h)), format('of_one(%s)', :pieces)), a, format('AMB-31: 10000000 pieces of %s hours each', h)) FROM (VALUES ('100', '1000000000 1000000000 pending pending'), ('100.01', 'none none not_eligible not_eligible'), ('90000000000', 'none none not_eligible not_eligible')) v (h, a);
SELECT alike(error_of(rule_of('piece', 'hours = ''100.01''') || format('; SELECT ce_verify(''{%s}'', 25, ''2020-12-01'')', :pieces)), '22003 activity % of kind "piece" cannot be converted into hours | Clause 5: rule % has 100.01 hours, and the hours of the activity would be out of range. | %', 'AMB-31: they are not verified');
-- what the law converts no longer is rejected, corrected and submitted again
CREATE FUNCTION outcome(activity bigint) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT concat_ws(' ', status, awarded) FROM ce_activity WHERE activity_id = activity); END $$;
SELECT is(after(c || format('; SELECT ce_reject(''{%s}'', 25, ''wrong'')', :half_day), format('outcome(%s)', :half_day)), 'rejected 1', '7.4: rejected after ' || c)
	FROM unnest(ARRAY[mentoring('9.33'), 'DELETE FROM ce_rule WHERE kind = ''mentoring''', format('UPDATE ce_person SET scheme = ''accounting'' WHERE person_id = (SELECT person_id FROM ce_activity WHERE activity_id = %s)', :half_day)]) c;
SELECT is(after(format('SELECT ce_verify(''{%s}'', 25, ''2020-12-01''); %s; SELECT ce_reject(''{%1$s}'', 2, ''wrong''); UPDATE ce_activity SET status = ''submitted'', days = 1 WHERE activity_id = %1$s', :half_day, mentoring('9.33')), format('outcome(%s)', :half_day)), 'submitted 9.33', '7.4: from review, too, and a whole day then is 9.33 hours');
SELECT alike(error_of(format('UPDATE ce_activity SET status = ''rejected'', reviewed_by = 25, note = ''n'', awarded = 5 WHERE activity_id = %s', :half_day)), '428C9 column "awarded" is derived and cannot be written%', '7.4: a rejection gives no hours');

-- nor does what verification would refuse count
SELECT submit(give_public(person(), '45'), '{"kind": "part", "completed_on": "2020-05-01", "quantity": 5}') AS whole, submit(give_public(person(), '45'), '{"kind": "part", "completed_on": "2020-05-01", "quantity": 4.5}') AS half \gset
SELECT is(after(rule_of('part', c), format('of_one(%s)', a)), w, format('AMB-31: %s, %s pieces of 20 hours', c, n)) FROM (VALUES (:whole, '5', 'per = 1', '100 100 pending pending'), (:half, '4.5', 'per = 1', '90 90 pending pending'), (:whole, '5', 'per = NULL', '100 100 pending pending'), (:half, '4.5', 'per = NULL', 'none none not_eligible not_eligible'),
	(:whole, '5', 'unit = NULL, per = NULL, hours = ''90''', 'none none not_eligible not_eligible')) v (a, n, c, w);
SELECT alike(error_of(rule_of('part', c) || format('; SELECT ce_verify(''{%s}'', 25, ''2020-12-01'')', a)), e, 'AMB-31: not verified: ' || c) FROM (VALUES (:half, 'per = NULL', '23514 quantity cannot be 4.5 %'), (:whole, 'unit = NULL, per = NULL', '23514 an activity of kind "part" takes no quantity %')) v (a, c, e);
INSERT INTO ce_rule (scheme, kind, from_year, basis, instrument, clause) VALUES ('general', 'camp', 2020, 'as_completed', 'qinghai-2020-227', '5');
CREATE FUNCTION camp(started text) RETURNS bigint LANGUAGE sql AS $$ SELECT submit(give_public(person(), '45'), jsonb_build_object('kind', 'camp', 'started_on', started, 'completed_on', '2020-05-01', 'hours', '90')) $$;
SELECT camp(NULL) AS undated, camp('2019-12-31') AS two_years, camp('2020-01-01') AS one_year \gset
SELECT is(after(rule_of('camp', c), format('of_one(%s)', a)), w, format('AMB-16, AMB-39: %s, begun on %s', c, d)) FROM (VALUES (:undated, NULL, false), (:two_years, '2019-12-31', false), (:one_year, '2020-01-01', true)) v (a, d, one_year),
	LATERAL (VALUES ('basis = ''as_completed''', '90 90 pending pending'), ('basis = ''document_or_days'', hours = ''7''', CASE WHEN one_year THEN '90 90 pending pending' ELSE 'none none not_eligible not_eligible' END)) r (c, w);
-- hours that do not fit into the days (AMB-14), from before 0.3.0
SELECT submit(give_public(person(), '45'), format('{"kind": "filed_course", "plan_id": %s, "completed_on": "2020-05-15"}', filed_plan(20, 'offline', '96', 4))::jsonb) AS course, submit(give_public(person(), '45'), '{"kind": "camp", "started_on": "2020-05-12", "completed_on": "2020-05-15", "hours": "96"}') AS attended \gset
SELECT is(after(format('ALTER TABLE ce_plan DISABLE TRIGGER ce_plan_check; UPDATE ce_plan SET hours = %L WHERE plan_id = (SELECT plan_id FROM ce_activity WHERE activity_id = %s); ALTER TABLE ce_plan ENABLE TRIGGER ce_plan_check', h, :course), format('of_one(%s)', :course)), w, format('AMB-14: %s hours on a plan of 4 days', h)) FROM (VALUES ('96', '96 96 pending pending'), ('96.01', 'none none not_eligible not_eligible')) v (h, w);
SELECT is(after(format('ALTER TABLE ce_activity DISABLE TRIGGER ce_activity_check; UPDATE ce_activity SET %s WHERE activity_id = %s; ALTER TABLE ce_activity ENABLE TRIGGER ce_activity_check', c, a), format('of_one(%s)', a)), w, format('AMB-14: 96 hours, %s', c)) FROM (VALUES (:course, 'days = 3.5', '96 96 pending pending'), (:course, 'days = 3', 'none none not_eligible not_eligible'),
	(:attended, 'started_on = ''2020-05-12''', '96 96 pending pending'), (:attended, 'started_on = ''2020-05-13''', 'none none not_eligible not_eligible')) v (a, c, w);
-- what was verified stands, and a draft judges it as ce_rebuild() would
SELECT is(after(format('SELECT ce_verify(''{%s}'', 25, ''2020-12-01''), ce_verify(''{%1$s}'', 2, ''2020-12-01''); ', a) || rule_of(k, c), format('(SELECT concat_ws('' '', ask(a.person_id, ''junior''), (SELECT count(*) FROM ce_activity_drift(a.person_id))) FROM ce_activity a WHERE a.activity_id = %s)', a)), 'eligible 0', 'AMB-31: verified, then ' || c) FROM (VALUES (:half, 'part', 'per = NULL'), (:undated, 'camp', 'basis = ''document_or_days'', hours = ''7''')) v (a, k, c);

SELECT * FROM finish();
ROLLBACK;

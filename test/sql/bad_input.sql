--
-- Bad input: each case gives SQLSTATE, what is wrong, the clause and the way
-- out, and leaves no trace (test.refused says so otherwise).
-- Needs "ledger".
--
SET datestyle = 'ISO, YMD';
SET client_min_messages = warning;
\pset format unaligned
\pset tuples_only on

INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status) VALUES
	(101, 20, 'online course of a national base', 'online', '40', 'submitted'),
	(102, 20, 'classes of a national base', 'offline', '40', 'submitted'),
	(103, 23, 'online course of a hospital', 'online', '40', 'submitted');
INSERT INTO ce_activity (activity_id, person_id, kind, hours, completed_on, status, verified_by, verified_on) VALUES
	(101, 25, 'academy_course', '45', '2020-03-01', 'verified', 4, '2020-03-02');
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence) VALUES
	(102, 23, 'training', '2020-05-11', '2020-05-15', 5, 'document 7'),
	(103, 29, 'training', '2020-05-11', '2020-05-15', 5, 'document 7'),
	(106, 22, 'training', '2020-05-11', '2020-05-15', 5, 'document 7');
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days) VALUES
	(104, 25, 'training', '2020-05-11', '2020-05-15', 5);

-- an unknown level
SELECT test.refused($$ SELECT ce_eligible(25, 'expert') $$);
-- a level that a table cannot hold
SELECT test.refused($$ INSERT INTO ce_person (person_id, org_id, held_level) VALUES (101, 25, 'expert') $$);
-- an unknown route
SELECT test.refused($$ SELECT ce_eligible(25, 'senior', 'lottery') $$);
-- an unknown scheme
SELECT test.refused($$ SELECT ce_eligible(25, 'senior', scheme => 'none') $$);
-- a day that is none
SELECT test.refused($$ SELECT ce_eligible(25, 'senior', as_of => '2020-11-31') $$);
SELECT test.refused($$ SELECT ce_eligible(25, 'senior', as_of => 'infinity') $$);

-- an unknown kind
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, hours, completed_on) VALUES (25, 'lecture', '4', '2020-05-11') $$);
-- no kind
SELECT test.refused($$ INSERT INTO ce_activity (person_id, hours, completed_on) VALUES (25, '4', '2020-05-11') $$);
-- a kind that is no activity (7.3b)
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, completed_on) VALUES (25, 'invention_patent', '2020-05-11') $$);
-- a kind with no rule in that year: mentoring before 2020 (5.2.4a)
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days) VALUES (25, 'mentoring', '2019-03-04', '2019-03-06', 3) $$);
-- a degree before 2020 (5.2.3)
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, completed_on) VALUES (25, 'degree', '2019-12-31') $$);
-- totals of earlier years are from before the ledger went live (AMB-2)
UPDATE ce_ledger SET live_from = '2026-07-01';
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, hours, completed_on) VALUES (25, 'recorded_professional', '60', '2026-07-01') $$);
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, hours, completed_on) VALUES (25, 'recorded_public', '30', '1989-12-31') $$);
SELECT test.refused($$ UPDATE ce_ledger SET live_from = NULL $$);
SELECT test.refused($$ UPDATE ce_ledger SET live_from = 'infinity' $$);
SELECT test.refused($$ UPDATE ce_ledger SET live_from = '0206-07-01' $$);
SELECT test.refused($$ UPDATE ce_ledger SET live_from = '1989-12-31' $$);
SELECT test.refused($$ INSERT INTO ce_ledger (law_edition, extension_version, set_up_at, live_from) SELECT law_edition, extension_version, set_up_at, '-infinity' FROM ce_ledger $$);
-- no person
SELECT test.refused($$ INSERT INTO ce_activity (kind, hours, completed_on) VALUES ('training', '4', '2020-05-11') $$);
-- an unknown person
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, hours, completed_on) VALUES (999, 'training', '4', '2020-05-11') $$);
-- an accountant (2.3)
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days) VALUES (30, 'training', '2020-05-11', '2020-05-15', 5) $$);
-- an unknown employer
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, org_id, started_on, completed_on, days) VALUES (25, 'training', 999, '2020-05-11', '2020-05-15', 5) $$);
-- the same source twice (AMB-34)
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, source, source_ref)
	VALUES (105, 25, 'training', '2020-05-11', '2020-05-15', 5, 'base 20', 'A-1');
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, source, source_ref)
	VALUES (107, 25, 'training', '2020-05-11', '2020-05-15', 5, 'base 20', 'A-1') $$);
-- a source without its number
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, source)
	VALUES (107, 25, 'training', '2020-05-11', '2020-05-15', 5, 'base 20') $$);

-- three decimals
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours) VALUES (25, 'training', '2020-05-11', '2020-05-15', '7.125') $$);
-- 10^12 hours
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours) VALUES (25, 'training', '2020-05-11', '2020-05-15', '1000000000000') $$);
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, completed_on, hours) VALUES (25, 'academy_course', '2020-05-15', '1000000000000') $$);
-- more hours than the type holds
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, completed_on, hours) VALUES (25, 'academy_course', '2020-05-15', '100000000000000000000') $$);
-- more than 24 hours a day (AMB-14): 120 in five days are taken, 120.01 are not
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours) VALUES (25, 'training', '2020-05-11', '2020-05-15', '120.01') $$);
-- negative hours
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, completed_on, hours) VALUES (25, 'academy_course', '2020-05-15', '-1') $$);
-- neither hours nor days
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, started_on, completed_on) VALUES (25, 'training', '2020-05-11', '2020-05-15') $$);
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, started_on, completed_on) VALUES (25, 'mentoring', '2020-05-11', '2020-05-15') $$);
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, completed_on) VALUES (25, 'academy_course', '2020-05-15') $$);

-- days over the calendar
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days) VALUES (25, 'training', '2020-05-11', '2020-05-15', 5.5) $$);
-- days and travel over the calendar
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days, travel_days) VALUES (25, 'training', '2020-05-11', '2020-05-15', 5, 0.5) $$);
-- days that are no halves (AMB-13)
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days) VALUES (25, 'training', '2020-05-11', '2020-05-15', 2.3) $$);
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days) VALUES (25, 'training', '2020-05-11', '2020-05-15', 'NaN') $$);
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days) VALUES (25, 'training', '2020-05-11', '2020-05-15', 'Infinity') $$);
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days, travel_days) VALUES (25, 'training', '2020-05-11', '2020-05-15', 2, -1) $$);
-- no days at all
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days) VALUES (25, 'training', '2020-05-11', '2020-05-15', 0) $$);
-- a row across New Year for a kind that goes by days (AMB-39)
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days) VALUES (25, 'mentoring', '2020-12-31', '2021-01-01', 2) $$);
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, started_on, completed_on, hours) VALUES (25, 'training', '2020-12-31', '2021-01-01', '8') $$);
-- no first day for a kind that goes by days
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, completed_on, days) VALUES (25, 'mentoring', '2020-05-15', 2) $$);
-- completed_on in the future, or missing, or before the first day
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, completed_on, hours) VALUES (25, 'academy_course', ce_today() + 1, '4') $$);
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, completed_on, hours) VALUES (25, 'academy_course', 'infinity', '4') $$);
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, completed_on, hours) VALUES (25, 'academy_course', '-infinity', '4') $$);
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days) VALUES (25, 'training', '-infinity', '2020-05-15', 2) $$);
SELECT test.refused($$ INSERT INTO ce_plan (org_id, title, mode, hours, status, filed_by, filed_on) VALUES (25, 'x', 'offline', '5', 'filed', 2, '-infinity') $$);
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, hours) VALUES (25, 'academy_course', '4') $$);
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days) VALUES (25, 'training', '2020-05-16', '2020-05-15', 1) $$);

-- a course without a plan (7.2d)
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, completed_on, hours) VALUES (25, 'base_online', '2020-05-15', '40') $$);
-- an unknown plan
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, plan_id, completed_on, hours) VALUES (25, 'base_online', 999, '2020-05-15', '40') $$);
-- an online course that is offline, or not of a base (5.2.1)
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, plan_id, completed_on, hours) VALUES (25, 'base_online', 102, '2020-05-15', '40') $$);
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, plan_id, completed_on, hours) VALUES (25, 'base_online', 103, '2020-05-15', '40') $$);
-- a plan where none belongs (7.3a)
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, plan_id, started_on, completed_on, days) VALUES (25, 'training', 102, '2020-05-11', '2020-05-15', 5) $$);

-- public hours from someone who is no academy (5.1)
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on)
	VALUES (25, 'academy_course', '2020-05-15', '45', 'verified', 20, '2020-05-16') $$);
-- not even the office that verifies everything else
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on)
	VALUES (25, 'academy_course', '2020-05-15', '45', 'verified', 2, '2020-05-16') $$);
-- front-line work by another health commission than the province's (5.3)
SELECT test.refused($$ INSERT INTO ce_activity (person_id, kind, completed_on, status, verified_by, verified_on)
	VALUES (23, 'frontline', '2020-05-15', 'verified', 6, '2020-05-16') $$);

-- INSERT as verified by a body that is not the end of the chain (7.4a)
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence, status, verified_by, verified_on)
	VALUES (107, 23, 'training', '2020-05-11', '2020-05-15', 5, 'document 7', 'verified', 11, '2020-05-16') $$);
-- INSERT as verified by the employer that does not verify itself (7.5)
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence, status, verified_by, verified_on)
	VALUES (107, 23, 'training', '2020-05-11', '2020-05-15', 5, 'document 7', 'verified', 23, '2020-05-16') $$);
-- INSERT as verified by nobody
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence, status)
	VALUES (107, 23, 'training', '2020-05-11', '2020-05-15', 5, 'document 7', 'verified') $$);
-- INSERT as verified by an office that is none
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by)
	VALUES (107, 25, 'academy_course', '2020-05-15', '45', 'verified', 999) $$);
-- INSERT as verified where no chain ends (7.4a)
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence, status, verified_by, verified_on)
	VALUES (107, 29, 'training', '2020-05-11', '2020-05-15', 5, 'document 7', 'verified', 3, '2020-05-16') $$);
-- verified before it was complete, or in the future
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
	VALUES (107, 25, 'academy_course', '2020-05-15', '45', 'verified', 4, '2020-05-14') $$);
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
	VALUES (107, 25, 'academy_course', '2020-05-15', '45', 'verified', 4, ce_today() + 1) $$);
-- INSERT in the middle of the way (7.4)
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, reviewed_by)
	VALUES (107, 25, 'academy_course', '2020-05-15', '45', 'in_review', 25) $$);
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, note)
	VALUES (107, 25, 'academy_course', '2020-05-15', '45', 'rejected', 'no') $$);
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on, revoked_by, revoked_on, note)
	VALUES (107, 25, 'academy_course', '2020-05-15', '45', 'revoked', 4, '2020-05-16', 4, '2020-05-17', 'no') $$);
-- INSERT as submitted with a verifier
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, verified_by) VALUES (107, 25, 'academy_course', '2020-05-15', '45', 4) $$);
-- evidence is needed before an activity is verified (7.3a)
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence, status, verified_by, verified_on)
	VALUES (107, 25, 'training', '2020-05-11', '2020-05-15', 5, E' \t', 'verified', 2, '2020-05-16') $$);
-- and a filed plan before a course is (7.2d)
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, plan_id, completed_on, hours, status, verified_by, verified_on)
	VALUES (107, 25, 'base_online', 101, '2020-05-15', '40', 'verified', 2, '2020-05-16') $$);

-- an UPDATE that writes verified past the chain (7.4a)
SELECT test.refused($$ UPDATE ce_activity SET status = 'verified', verified_by = 2, verified_on = '2020-05-16' WHERE activity_id = 102 $$);
SELECT test.refused($$ UPDATE ce_activity SET status = 'verified', verified_by = 23, verified_on = '2020-05-16' WHERE activity_id = 102 $$);
SELECT test.refused($$ UPDATE ce_activity SET status = 'verified' WHERE activity_id = 102 $$);
SELECT test.refused($$ UPDATE ce_activity SET verified_by = 2, verified_on = '2020-05-16' WHERE activity_id = 102 $$);

-- editing a verified row: facts, status, verification, hours
SELECT test.refused($$ UPDATE ce_activity SET hours = '60' WHERE activity_id = 101 $$);
SELECT test.refused($$ UPDATE ce_activity SET person_id = 23 WHERE activity_id = 101 $$);
SELECT test.refused($$ UPDATE ce_activity SET activity_id = 999 WHERE activity_id = 101 $$);
SELECT test.refused($$ UPDATE ce_activity SET status = 'submitted' WHERE activity_id = 101 $$);
SELECT test.refused($$ UPDATE ce_activity SET status = 'rejected', note = 'no' WHERE activity_id = 101 $$);
SELECT test.refused($$ UPDATE ce_activity SET verified_on = '2020-04-01' WHERE activity_id = 101 $$);
SELECT test.refused($$ UPDATE ce_activity SET awarded = '60' WHERE activity_id = 101 $$);
SELECT test.refused($$ UPDATE ce_activity SET note = 'well done' WHERE activity_id = 101 $$);
-- deleting it
SELECT test.refused($$ DELETE FROM ce_activity WHERE activity_id = 101 $$);
-- moving a waiting row to another person
SELECT test.refused($$ UPDATE ce_activity SET person_id = 24 WHERE activity_id = 102 $$);
-- TRUNCATE
SELECT test.refused('TRUNCATE ce_activity');
SELECT test.refused('TRUNCATE ce_event');
SELECT test.refused('TRUNCATE ce_plan CASCADE');
-- the log
SELECT test.refused('UPDATE ce_event SET role_name = NULL');
SELECT test.refused('DELETE FROM ce_event');

-- writing a derived column
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, awarded) VALUES (107, 25, 'academy_course', '2020-05-15', '45', '60') $$);
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, year) VALUES (107, 25, 'academy_course', '2020-05-15', '45', 2019) $$);
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, deems_public) VALUES (107, 25, 'academy_course', '2020-05-15', '45', true) $$);
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, rule_id) VALUES (107, 25, 'academy_course', '2020-05-15', '45', 102) $$);
SELECT test.refused($$ UPDATE ce_activity SET awarded = '60' WHERE activity_id = 102 $$);
SELECT test.refused($$ UPDATE ce_activity SET deems_professional = true WHERE activity_id = 102 $$);
SELECT test.refused($$ UPDATE ce_activity SET category = 'mentoring' WHERE activity_id = 102 $$);

-- rank 0
SELECT test.refused($$ INSERT INTO ce_achievement (person_id, kind, rank, achieved_on) VALUES (25, 'invention_patent', 0, '2020-05-15') $$);

-- what the functions are called with
SELECT test.refused('SELECT ce_verify(NULL, 23)');
SELECT test.refused('SELECT ce_verify(''{102,NULL}'', 23)');
SELECT test.refused('SELECT ce_verify(''{102}'', NULL)');
SELECT test.refused('SELECT ce_verify(''{102}'', 999)');
SELECT test.refused('SELECT ce_verify(''{102,999}'', 23)');
SELECT test.refused('SELECT ce_verify(''{101}'', 4)');
SELECT test.refused('SELECT ce_verify(''{106}'', 22, ce_today() + 1)');
SELECT test.refused('SELECT ce_verify(''{106}'', 22, ''2020-05-14'')');
SELECT test.refused('SELECT ce_verify(''{103}'', 29)');
SELECT test.refused('SELECT ce_verify(''{104}'', 25), ce_verify(''{104}'', 2)');
SELECT test.refused('SELECT ce_reject(''{102}'', 23, NULL)');
SELECT test.refused('SELECT ce_reject(''{102}'', 23, '' '')');
SELECT test.refused('SELECT ce_reject(''{102}'', 2, ''not mine'')');
SELECT test.refused('SELECT ce_reject(''{101}'', 4, ''too late'')');
SELECT test.refused('SELECT ce_revoke(''{101}'', 4, NULL)');
SELECT test.refused('SELECT ce_revoke(''{101}'', 4, '''')');
SELECT test.refused('SELECT ce_revoke(''{101}'', 2, ''not mine'')');
SELECT test.refused('SELECT ce_revoke(''{101}'', 4, ''a day too early'', ''2020-03-01'')');
SELECT test.refused('SELECT ce_revoke(''{101}'', 4, ''too early'', ce_today() + 1)');
SELECT test.refused('SELECT ce_revoke(''{102}'', 2, ''never verified'')');
SELECT test.refused('SELECT ce_file(NULL, 10)');
SELECT test.refused('SELECT ce_file(''{101}'', NULL)');
SELECT test.refused('SELECT ce_file(''{101}'', 999)');
SELECT test.refused('SELECT ce_file(''{999}'', 10)');
SELECT test.refused('SELECT ce_file(''{101}'', 10), ce_file(''{101}'', 1, ce_today() + 1)');

-- organisations and kinds that the ledger rests on
SELECT test.refused('UPDATE ce_org SET parent_id = 23 WHERE org_id = 1');
SELECT test.refused('UPDATE ce_org SET parent_id = 23 WHERE org_id = 2');
-- at most 32 bodies stand above one another (7.4a): what stands below a body that moves counts, too
BEGIN;
INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code) SELECT 500 + i, 'top' || i, 'office', 'hrss', 'county', NULLIF(500 + i - 1, 500), '630121' FROM generate_series(1, 33) i;
SELECT test.refused('INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code) VALUES (600, ''low'', ''office'', ''hrss'', ''county'', 533, ''630121'')');
INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code) SELECT 600 + i, 'low' || i, 'office', 'hrss', 'county', NULLIF(600 + i - 1, 600), '630121' FROM generate_series(1, 3) i;
SELECT test.refused('UPDATE ce_org SET parent_id = 531 WHERE org_id = 601');
SELECT test.refused('UPDATE ce_org SET parent_id = 532 WHERE org_id = 602');
UPDATE ce_org SET parent_id = 530 WHERE org_id = 601;
SELECT count(*) AS unsound FROM ce_check();
-- rows that came with the triggers off
SET LOCAL session_replication_role = replica;
UPDATE ce_org SET parent_id = 533 WHERE org_id = 602;
SET LOCAL session_replication_role = origin;
SELECT invariant, object_id, detail FROM ce_check() ORDER BY object_id;
SET LOCAL session_replication_role = replica;
UPDATE ce_org SET parent_id = 503 WHERE org_id = 501;
UPDATE ce_org SET parent_id = NULL WHERE org_id IN (505, 601);
SET LOCAL session_replication_role = origin;
SELECT invariant, object_id, detail FROM ce_check() ORDER BY object_id;
ROLLBACK;
SELECT test.refused('UPDATE ce_kind SET category = ''online'' WHERE kind = ''training''');
SELECT test.refused('DELETE FROM ce_kind WHERE kind = ''academy_course''');

-- and after all that the ledger is sound
SELECT * FROM ce_check();

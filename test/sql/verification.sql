--
-- The way of an activity to verification (7.3, 7.4, 7.5), and back.
-- Needs "ledger".
--
SET datestyle = 'ISO, YMD';
SET client_min_messages = warning;
\pset format unaligned
\pset tuples_only on

INSERT INTO ce_person (person_id, org_id) SELECT 2000 + org_id, org_id FROM ce_org WHERE org_id BETWEEN 20 AND 28;
-- one waiting training for each employer, activity 2000 + org_id
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence)
	SELECT person_id, person_id, 'training', '2020-05-11', '2020-05-15', 5, 'document 7'
	FROM ce_person WHERE person_id BETWEEN 2020 AND 2028;

--
-- Level by level (7.4a)
--
-- hospital 23, bureau 11, office 2
SELECT * FROM ce_verify('{2023}', 23, '2020-05-18');
SELECT test.activity(2023);
SELECT test.refused('SELECT ce_verify(''{2023}'', 2)');
SELECT test.refused('SELECT ce_verify(''{2023}'', 23)');
SELECT * FROM ce_verify('{2023}', 11, '2020-05-19');
SELECT test.activity(2023);
SELECT ce_verdict(2023, 'junior', as_of => '2020-12-31'), (SELECT count(*) FROM ce_account WHERE person_id = 2023);
SELECT * FROM ce_verify('{2023}', 2, '2020-05-20');
SELECT test.activity(2023);
SELECT year, credit, known_from FROM ce_account WHERE person_id = 2023;
SELECT test.refused('SELECT ce_verify(''{2023}'', 2)');
SELECT test.refused('SELECT ce_verify(''{2023}'', 1)');

-- school 24 and clinic 26 under the county, factory 25 under the prefecture,
-- base 20 under the department, central unit 27 and kindergarten 28 under the province
SELECT test.refused('SELECT ce_verify(''{2024,2026}'', 3)');
SELECT test.refused('SELECT ce_verify(''{2024,2026}'', 24)');
SELECT ce_verify('{2024}', 24), ce_verify('{2026}', 26), ce_verify('{2025}', 25), ce_verify('{2020}', 20), ce_verify('{2027}', 27), ce_verify('{2028}', 28);
SELECT * FROM ce_verify('{2026,2024,2024}', 3, '2020-05-20') ORDER BY 1;
SELECT * FROM ce_verify('{2025}', 2, '2020-05-20');
SELECT * FROM ce_verify('{2020}', 10);
SELECT * FROM ce_verify('{2020,2027,2028}', 1, '2020-05-20') ORDER BY 1;

--
-- Self-verifying employers verify in one step, and nobody above them does (7.5)
--
SELECT test.refused('SELECT ce_verify(''{2022}'', 10)');
SELECT test.refused('SELECT ce_verify(''{2022}'', 1)');
SELECT * FROM ce_verify('{2022}', 22, '2020-05-20');
SELECT test.activity(2022);
-- only of their own staff: the chain of another employer is not cut short by one
UPDATE ce_org SET parent_id = 22 WHERE org_id = 21;
SELECT * FROM ce_verify('{2021}', 21);
SELECT * FROM ce_verify('{2021}', 22);
SELECT test.activity(2021);
SELECT * FROM ce_verify('{2021}', 10);
SELECT test.refused('SELECT ce_verify(''{2021}'', 22)');
SELECT * FROM ce_verify('{2021}', 1, '2020-05-20');
UPDATE ce_org SET parent_id = 10 WHERE org_id = 21;

--
-- The employer at the time, not today's, verifies (AMB-37)
--
INSERT INTO ce_activity (activity_id, person_id, kind, org_id, started_on, completed_on, days, evidence)
	VALUES (2101, 2023, 'training', 25, '2020-01-06', '2020-01-07', 2, 'document 8');
SELECT test.refused('SELECT ce_verify(''{2101}'', 23)');
SELECT * FROM ce_verify('{2101}', 25);
UPDATE ce_person SET org_id = 24 WHERE person_id = 2023;
SELECT * FROM ce_verify('{2101}', 2, '2020-01-10');
UPDATE ce_person SET org_id = 23 WHERE person_id = 2023;

--
-- Public hours: the academy, on receipt (5.1, AMB-33)
--
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours) VALUES (2102, 2023, 'academy_course', '2020-03-02', '45');
SELECT test.refused('SELECT ce_verify(''{2102}'', 23)');
SELECT test.refused('SELECT ce_verify(''{2102}'', 2)');
SELECT * FROM ce_verify('{2102}', 4, '2020-03-03');
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
	VALUES (2103, 2023, 'academy_course', '2020-03-04', '2.5', 'verified', 4, '2020-03-05');
SELECT test.activity(2103);

--
-- The front line: the provincial health commission (5.3)
--
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on) VALUES (2104, 2023, 'frontline', '2020-03-02');
SELECT test.refused('SELECT ce_verify(''{2104}'', 23)');
SELECT test.refused('SELECT ce_verify(''{2104}'', 6)');
SELECT * FROM ce_verify('{2104}', 5, '2020-03-03');
SELECT year, credit, known_from FROM ce_account WHERE person_id = 2023;

--
-- Totals of earlier years: by the chain, or loaded by its last body (AMB-2)
--
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES
	(2105, 2023, 'recorded_professional', '2019-12-31', '72', 'verified', 2, '2019-12-31'),
	(2106, 2023, 'recorded_public', '2019-12-31', '30', 'verified', 2, '2019-12-31');
SELECT test.refused($$ INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
	VALUES (2107, 2023, 'recorded_public', '2018-12-31', '30', 'verified', 4, '2018-12-31') $$);

--
-- A plain UPDATE is under the same rules as the functions
--
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence) VALUES
	(2201, 2023, 'mentoring', '2020-06-01', '2020-06-02', 2, 'invitation'),
	(2202, 2021, 'mentoring', '2020-06-03', '2020-06-04', 2, 'invitation');
UPDATE ce_activity SET reviewed_by = 23 WHERE activity_id = 2201;
SELECT test.activity(2201);
UPDATE ce_activity SET reviewed_by = 11 WHERE activity_id = 2201;
SELECT test.activity(2201);
SELECT test.refused('UPDATE ce_activity SET reviewed_by = 23 WHERE activity_id = 2201');
SELECT test.refused('UPDATE ce_activity SET reviewed_by = NULL WHERE activity_id = 2201');
UPDATE ce_activity SET status = 'verified', verified_by = 2, verified_on = '2020-06-08' WHERE activity_id = 2201;
SELECT test.activity(2201);
UPDATE ce_activity SET status = 'in_review', reviewed_by = 21 WHERE activity_id = 2202;
SELECT test.refused('UPDATE ce_activity SET status = ''submitted'' WHERE activity_id = 2202');
SELECT test.refused('UPDATE ce_activity SET status = ''revoked'', revoked_by = 1, note = ''wrong'' WHERE activity_id = 2202');
-- what is under review stays as it was reviewed
SELECT test.refused('UPDATE ce_activity SET days = 1 WHERE activity_id = 2202');
SELECT test.refused('UPDATE ce_activity SET specialty = ''another'' WHERE activity_id = 2202');
-- the last step by reviewed_by alone verifies, on today's date
UPDATE ce_activity SET reviewed_by = 10 WHERE activity_id = 2202;
UPDATE ce_activity SET reviewed_by = 1 WHERE activity_id = 2202;
SELECT status, verified_by, verified_on = ce_today() FROM ce_activity WHERE activity_id = 2202;
SELECT year, credit FROM ce_account WHERE person_id = 2023 ORDER BY year;

--
-- What is submitted may be corrected, or taken back; hours follow the facts
--
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days) VALUES
	(2203, 2023, 'training', '2020-06-01', '2020-06-05', 5);
SELECT awarded, rule_id FROM ce_activity WHERE activity_id = 2203;
UPDATE ce_activity SET days = 4.5, travel_days = 0.5 WHERE activity_id = 2203;
SELECT awarded FROM ce_activity WHERE activity_id = 2203;
UPDATE ce_activity SET hours = '40' WHERE activity_id = 2203;
SELECT awarded FROM ce_activity WHERE activity_id = 2203;
UPDATE ce_activity SET kind = 'mentoring', evidence = 'invitation' WHERE activity_id = 2203;
SELECT awarded, category, rule_id FROM ce_activity WHERE activity_id = 2203;
DELETE FROM ce_activity WHERE activity_id = 2203;

--
-- Rejection by the body whose turn it is, correction, and the chain again
--
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence) VALUES
	(2204, 2023, 'training', '2020-06-01', '2020-06-05', 5, 'letter');
SELECT test.refused('UPDATE ce_activity SET status = ''rejected'', note = ''no'' WHERE activity_id = 2204');
SELECT * FROM ce_verify('{2204}', 23);
SELECT test.refused('SELECT ce_reject(''{2204}'', 23, ''a second thought'')');
SELECT * FROM ce_reject('{2204}', 11, 'no document');
SELECT test.activity(2204), note FROM ce_activity WHERE activity_id = 2204;
SELECT test.refused('SELECT ce_verify(''{2204}'', 2)');
SELECT test.refused('SELECT ce_reject(''{2204}'', 11, ''again'')');
SELECT test.refused('UPDATE ce_activity SET status = ''verified'', verified_by = 2 WHERE activity_id = 2204');
SELECT test.refused('UPDATE ce_activity SET status = ''in_review'' WHERE activity_id = 2204');
UPDATE ce_activity SET status = 'submitted', evidence = 'document 9' WHERE activity_id = 2204;
SELECT test.activity(2204);
SELECT test.refused('SELECT ce_verify(''{2204}'', 11)');
SELECT ce_verify('{2204}', 23), ce_verify('{2204}', 11), ce_verify('{2204}', 2, '2020-06-20');
SELECT test.activity(2204);
-- what was rejected may be deleted
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days) VALUES (2205, 2023, 'training', '2020-06-01', '2020-06-05', 5);
SELECT * FROM ce_reject('{2205}', 23, 'entered twice');
DELETE FROM ce_activity WHERE activity_id = 2205;

--
-- Revocation: by the body that verified or one above it, with a reason, for good (6.2d)
--
SELECT credit, known_from FROM ce_account WHERE person_id = 2023 AND year = 2020;
SELECT test.refused('SELECT ce_revoke(''{2204}'', 11, ''below'')');
SELECT test.refused('SELECT ce_revoke(''{2204}'', 10, ''beside'')');
SELECT test.refused('UPDATE ce_activity SET status = ''revoked'', note = ''nobody'' WHERE activity_id = 2204');
SELECT test.refused('UPDATE ce_activity SET status = ''revoked'', revoked_by = 2 WHERE activity_id = 2204');
SELECT test.refused('UPDATE ce_activity SET status = ''revoked'', revoked_by = 2, note = ''and fewer days'', days = 1 WHERE activity_id = 2204');
SELECT * FROM ce_revoke('{2204}', 2, 'forged', '2020-07-01');
SELECT test.activity(2204), awarded FROM ce_activity WHERE activity_id = 2204;
SELECT * FROM ce_revoke('{2201}', 1, 'forged', '2020-07-02');
SELECT test.activity(2201);
SELECT credit, known_from FROM ce_account WHERE person_id = 2023 AND year = 2020;
SELECT test.refused('SELECT ce_revoke(''{2204}'', 2, ''again'')');
SELECT test.refused('UPDATE ce_activity SET status = ''verified'' WHERE activity_id = 2204');
SELECT test.refused('UPDATE ce_activity SET revoked_on = NULL WHERE activity_id = 2204');
SELECT test.refused('UPDATE ce_activity SET note = ''never mind'' WHERE activity_id = 2204');
SELECT test.refused('DELETE FROM ce_activity WHERE activity_id = 2204');

--
-- All or none
--
INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence) VALUES
	(2206, 2025, 'training', '2020-06-01', '2020-06-05', 5, 'document 1'),
	(2207, 2023, 'training', '2020-06-01', '2020-06-05', 5, 'document 1');
SELECT test.refused('SELECT ce_verify(''{2206,2207}'', 25)');
SELECT test.activity(2206), test.activity(2207);
SELECT count(*) FROM ce_verify('{}', 25);

--
-- The log tells each step: who, what, from, to, by which body
--
SELECT role_name = current_user AS by_me, object, ids, from_status, to_status, by_org, note
FROM ce_event WHERE ids && '{2021,2022,2023,2204}' AND object NOT LIKE 'person.%' ORDER BY event_id;

--
-- A writer needs rights on what it writes, not on accounts, log and persons
--
CREATE ROLE regress_ce_clerk;
GRANT SELECT, INSERT, UPDATE ON ce_activity TO regress_ce_clerk;
INSERT INTO ce_member VALUES ('regress_ce_clerk', 4, 'record'), ('regress_ce_clerk', 4, 'verify'), ('regress_ce_clerk', 25, 'verify'),
	('regress_ce_clerk', 2, 'verify'), ('regress_ce_clerk', 2, 'backdate'), ('regress_ce_clerk', 4, 'backdate');
SET ROLE regress_ce_clerk;
INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
	VALUES (2301, 2025, 'academy_course', '2020-03-02', '45', 'verified', 4, '2020-03-03');
SELECT ce_verify('{2206}', 25), ce_verify('{2206}', 2, '2020-06-08');
SELECT * FROM ce_revoke('{2206}', 2, 'forged', '2020-07-01');
\set VERBOSITY sqlstate
SELECT count(*) FROM ce_account;
SELECT count(*) FROM ce_event;
SELECT count(*) FROM ce_person;
DELETE FROM ce_activity WHERE activity_id = 2206;
\set VERBOSITY default
RESET ROLE;
SELECT credit, known_from FROM ce_account WHERE person_id = 2025;
SELECT role_name, ids, from_status, to_status, by_org FROM ce_event WHERE role_name = 'regress_ce_clerk' ORDER BY event_id;
REVOKE ALL ON ce_activity FROM regress_ce_clerk;
DELETE FROM ce_member;
DROP ROLE regress_ce_clerk;

SELECT * FROM ce_check();

-- What the ledger answers; run after load.sql.  The cases are those of
-- examples/README.md; each question states its own day.
\set SHOW_CONTEXT never
\pset footer off
SET client_min_messages = warning;

\echo
\echo '== What is in the ledger'
SELECT k.label_en AS kind, count(*) AS rows, count(*) FILTER (WHERE a.status = 'verified') AS verified,
	coalesce(sum(a.awarded) FILTER (WHERE a.status = 'verified'), '0') AS hours
FROM ce_activity a JOIN ce_kind k USING (kind)
GROUP BY k.label_en ORDER BY k.label_en;

\echo '== May they apply?  as_expected compares with what the notice says, entered manually'
CREATE TEMPORARY TABLE question (ord int GENERATED ALWAYS AS IDENTITY, person_no text, level ce_level, as_of date, expected ce_outcome,
	route ce_route DEFAULT 'review', specialty text);
INSERT INTO question (person_no, level, as_of, expected) VALUES
	('C01', 'senior', '2020-09-30', 'not_eligible'),
	('C02', 'intermediate', '2020-09-30', 'not_eligible'),
	('C03', 'senior', '2020-09-30', 'eligible'),
	('C04a', 'junior', '2020-09-30', 'eligible'),
	('C04b', 'junior', '2020-09-30', 'not_eligible'),
	('C05', 'junior', '2020-09-30', 'eligible'),
	('C05', 'intermediate', '2020-09-30', 'not_eligible'),
	('C06a', 'junior', '2020-09-30', 'eligible'),
	('C06b', 'junior', '2020-09-30', 'not_eligible'),
	('C07', 'junior', '2020-09-30', 'eligible'),
	('C08a', 'senior', '2020-09-30', 'eligible'),
	('C08b', 'senior', '2020-09-30', 'not_eligible'),
	('C08c', 'senior', '2020-09-30', 'not_eligible'),
	('C09a', 'senior', '2020-09-30', 'eligible'),
	('C09b', 'senior', '2020-09-30', 'not_eligible'),
	('C10a', 'senior', '2020-09-30', 'not_eligible'),
	('C10b', 'senior', '2020-09-30', 'not_eligible'),
	('C10c', 'senior', '2020-09-30', 'not_eligible'),
	('C10d', 'senior', '2020-09-30', 'not_eligible'),
	('C11', 'senior', '2020-09-30', 'not_eligible'),
	('C12a', 'senior', '2020-09-30', 'eligible'),
	('C12b', 'senior', '2020-09-30', 'not_eligible'),
	('C13a', 'junior', '2020-09-30', 'eligible'),
	('C13b', 'intermediate', '2020-09-30', 'not_eligible'),
	('C14a', 'junior', '2023-03-01', 'banned'),
	('C14a', 'junior', '2023-03-02', 'eligible'),
	('C14b', 'junior', '2023-02-28', 'banned'),
	('C14b', 'junior', '2023-03-01', 'eligible'),
	('C15a', 'junior', '2020-12-31', 'eligible'),
	('C15b', 'junior', '2020-12-31', 'not_eligible'),
	('C16', 'junior', '2020-09-30', 'pending'),
	('C17a', 'junior', '2020-09-30', 'eligible'),
	('C17b', 'junior', '2020-09-30', 'pending'),
	('C19a', 'senior', '2020-09-30', 'out_of_scope'),
	('C20', 'junior', '2020-11-01', 'not_eligible'),
	('C20', 'junior', '2020-12-12', 'pending'),
	('C20', 'junior', '2020-12-31', 'eligible'),
	('C21', 'junior', '2020-09-30', 'eligible'),
	('nobody', 'junior', '2020-09-30', 'unknown_person');
INSERT INTO question (person_no, level, as_of, expected, route, specialty) VALUES
	('C18a', 'intermediate', '2020-09-30', 'eligible', 'transfer', '应急管理'),
	('C18b', 'intermediate', '2020-09-30', 'not_eligible', 'transfer', '应急管理'),
	('C19b', 'full_senior', '2020-09-30', 'no_rule', 'recognition', NULL);
SELECT person_no, level, route, as_of,
	ce_eligible_by_no(person_no, level, route, as_of, specialty) AS eligible,
	ce_verdict_by_no(person_no, level, route, as_of, specialty) AS verdict,
	ce_verdict_by_no(person_no, level, route, as_of, specialty) = expected AS as_expected
FROM question ORDER BY person_no, ord;

\echo '== Why not?'
\pset format unaligned
\pset fieldsep ' | '
SELECT clause, year, condition, required, got, short, ok, cure
FROM ce_explain_by_no('C10b', 'senior', 'review', '2020-09-30');
\pset format aligned

\echo
\echo '== Years in the archive, and hours that count for a title only'
SELECT person_no, year, public_hours AS public, professional_hours AS professional, mentoring_hours_raw AS mentoring_raw, mentoring_hours AS mentoring,
	attested_hours AS attested, professional_deemed AS deemed, public_short, professional_short, met, met_for_title
FROM ce_yearly_totals JOIN ce_person USING (person_id)
WHERE on_record AND (year = 2020 AND person_no IN ('C01', 'C02', 'C03', 'C04a', 'C05') OR person_no IN ('C06a', 'C06b', 'C08c', 'C10a', 'C21'))
ORDER BY person_no, year;

\echo '== Catching up (7.6): C10a has a surplus of 10, C10b of 20, C10c and C10d of 0, C11 in the other subject'
CREATE TEMPORARY VIEW proposed AS
SELECT p.person_no, p.person_id, 2020 AS from_year, y AS to_year, 'professional'::ce_subject AS subject, '20'::ce_hours AS hours,
	o.org_id AS allocated_by, '2020-09-25'::date AS allocated_on
FROM ce_person p CROSS JOIN generate_series(2016, 2021) AS y CROSS JOIN ce_org o
WHERE o.code = 'hrss-630000';
\set columns 'person_id, from_year, to_year, subject, hours, allocated_by, allocated_on'
INSERT INTO ce_allocation (:columns) SELECT :columns FROM proposed WHERE person_no = 'C10a' AND to_year = 2018;
INSERT INTO ce_allocation (:columns) SELECT :columns FROM proposed WHERE person_no = 'C10c' AND to_year = 2018;
INSERT INTO ce_allocation (:columns) SELECT :columns FROM proposed WHERE person_no = 'C10d' AND to_year = 2018;
INSERT INTO ce_allocation (:columns) SELECT :columns FROM proposed WHERE person_no = 'C11' AND to_year = 2018;
INSERT INTO ce_allocation (:columns) SELECT :columns FROM proposed WHERE person_no = 'C10b' AND to_year = 2016;
INSERT INTO ce_allocation (:columns) SELECT :columns FROM proposed WHERE person_no = 'C10b' AND to_year = 2018;
SELECT person_no, ce_verdict_by_no(person_no, 'senior', 'review', '2020-09-30') AS verdict
FROM ce_person WHERE person_no IN ('C10a', 'C10b', 'C10c', 'C10d', 'C11') ORDER BY person_no;

\echo '== Hours that count only from 2020 on'
INSERT INTO ce_activity (person_id, kind, title, completed_on, evidence)
SELECT person_id, 'degree', '教育硕士学位', '2019-12-20', '学位证书' FROM ce_person WHERE person_no = 'C04b';

\echo
\echo '== Hours of a plan that is not filed cannot be verified (C16)'
SELECT a.activity_id, a.plan_id, u.org_id AS qhu, d.org_id AS department, h.org_id AS hrss
FROM ce_activity a JOIN ce_person p USING (person_id), ce_org u, ce_org d, ce_org h
WHERE p.person_no = 'C16' AND a.status = 'submitted' AND u.code = 'qhu' AND d.code = 'dept-housing' AND h.code = 'hrss-630000' \gset
SELECT * FROM ce_verify(ARRAY[:activity_id], :qhu, '2020-06-22');
\echo 'SQLSTATE' :SQLSTATE
\echo
\echo '== So the plan is reviewed, then filed, and the hours are verified'
SELECT * FROM ce_file(ARRAY[:plan_id], :department, '2020-07-06');
SELECT * FROM ce_file(ARRAY[:plan_id], :hrss, '2020-07-10');
SELECT status FROM ce_verify(ARRAY[:activity_id], :qhu, '2020-07-15');
SELECT ce_verdict_by_no('C16', 'junior', 'review', '2020-09-30') AS "C16 now";
SELECT * FROM ce_filing_status WHERE plan_id = :plan_id;

\echo '== Is the ledger consistent?  Each row would be a violation'
\pset footer on
SELECT * FROM ce_check();

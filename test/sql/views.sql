--
-- The views: every column, and that they say the same as the functions.
-- Needs "ledger".
--
SET datestyle = 'ISO, YMD';
SET client_min_messages = warning;

INSERT INTO ce_person (person_id, org_id, held_level, held_since, doctorate_on) VALUES
	(8001, 22, NULL, NULL, NULL), (8002, 22, 'intermediate', '2018-05-01', NULL), (8003, 22, NULL, NULL, NULL), (8004, 22, 'senior', '2019-01-01', '2015-01-01'),
	(8005, 22, NULL, NULL, NULL);
INSERT INTO ce_person (person_id, org_id, scheme) VALUES (8006, 22, 'accounting');
INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status, reviewed_by, filed_by, filed_on) VALUES
	(8001, 20, 'of a national base', 'online', '60', 'filed', 10, 1, '2020-01-02'),
	(8002, 21, 'of a provincial base', 'online', '60', 'filed', 10, 1, '2020-01-02');
-- 8001: hours of every category in one year
INSERT INTO ce_activity (person_id, kind, plan_id, started_on, completed_on, hours, days, evidence, status, verified_by, verified_on) VALUES
	(8001, 'academy_course', NULL, NULL, '2020-02-01', '40.25', NULL, NULL, 'verified', 4, '2020-02-01'),
	(8001, 'base_online', 8001, NULL, '2020-02-01', '10', NULL, NULL, 'verified', 22, '2020-02-01'),
	(8001, 'base_online', 8002, NULL, '2020-02-01', '5.5', NULL, NULL, 'verified', 22, '2020-02-01'),
	(8001, 'training', NULL, '2020-03-02', '2020-03-03', NULL, 2, 'document', 'verified', 22, '2020-03-10'),
	(8001, 'filed_course', 8001, NULL, '2020-04-01', '7', NULL, NULL, 'verified', 22, '2020-04-01'),
	(8001, 'mentoring', NULL, '2020-05-11', '2020-05-15', NULL, 5, 'invitation', 'verified', 22, '2020-05-20'),
	(8001, 'training', NULL, '2020-06-01', '2020-06-05', NULL, 5, 'document', 'submitted', NULL, NULL),
	(8001, 'recorded_public', NULL, NULL, '2019-12-31', '12', NULL, NULL, 'verified', 22, '2019-12-31'),
	(8001, 'recorded_professional', NULL, NULL, '2019-12-31', '70', NULL, NULL, 'verified', 22, '2019-12-31'),
	(8001, 'recorded_professional', NULL, NULL, '2015-12-31', '70', NULL, NULL, 'verified', 22, '2015-12-31'),
	(8002, 'academy_course', NULL, NULL, '2020-02-01', '45', NULL, NULL, 'verified', 4, '2020-02-01'),
	(8002, 'degree', NULL, NULL, '2020-07-01', NULL, NULL, 'certificate', 'verified', 22, '2020-07-01'),
	(8003, 'frontline', NULL, NULL, '2020-02-01', NULL, NULL, NULL, 'verified', 5, '2020-02-01'),
	(8005, 'academy_course', NULL, NULL, '2020-02-01', '45', NULL, NULL, 'verified', 4, '2020-02-01');
SELECT ce_revoke(array_agg(activity_id), 4, 'forged', '2020-09-01') IS NOT NULL AS revoked FROM ce_activity WHERE person_id = 8005;
-- attested: a project over three years, and an award
INSERT INTO ce_achievement (person_id, kind, grade, role, started_on, due_on, achieved_on, attested_by, attested_on) VALUES
	(8002, 'project', 'provincial', 'member', '2018-03-01', '2020-06-30', '2020-06-30', 22, '2020-07-01');
INSERT INTO ce_achievement (person_id, kind, grade, achieved_on, attested_by, attested_on) VALUES
	(8004, 'award', 'qinghai_st_progress', '2019-11-01', 22, '2020-01-15');
-- allocated hours (7.6e)
INSERT INTO ce_person (person_id, org_id) VALUES (8007, 22);
INSERT INTO ce_activity (person_id, kind, plan_id, started_on, completed_on, hours, days, evidence, status, verified_by, verified_on) VALUES
	(8007, 'academy_course', NULL, NULL, '2020-02-01', '45', NULL, NULL, 'verified', 4, '2020-02-01'),
	(8007, 'base_online', 8001, NULL, '2020-02-01', '60', NULL, NULL, 'verified', 22, '2020-02-01'),
	(8007, 'training', NULL, '2020-03-02', '2020-03-06', NULL, 5, 'document', 'verified', 22, '2020-03-10'),
	(8007, 'recorded_public', NULL, NULL, '2019-12-31', '30', NULL, NULL, 'verified', 22, '2019-12-31'),
	(8007, 'recorded_professional', NULL, NULL, '2019-12-31', '55.5', NULL, NULL, 'verified', 22, '2019-12-31');
INSERT INTO ce_allocation (person_id, from_year, to_year, subject, hours, allocated_by, allocated_on) VALUES (8007, 2020, 2019, 'professional', '4.5', 22, '2020-12-01');

--
-- ce_yearly_totals
--
\x on
SELECT * FROM ce_yearly_totals WHERE person_id BETWEEN 8001 AND 8007 AND year <= 2020 AND on_record ORDER BY person_id, year;
\x off
-- one row for each person and year that has an account, attested hours or an award in force
SELECT person_id, count(*) = extract(year FROM ce_today()) - 2018 AS award_is_in_force FROM ce_yearly_totals WHERE person_id = 8004 GROUP BY 1;
SELECT person_id, year, count(*) FROM ce_yearly_totals GROUP BY 1, 2 HAVING count(*) > 1;
SELECT person_id, year FROM ce_account EXCEPT SELECT person_id, year FROM ce_yearly_totals;
-- sums that hold in every row of the whole ledger
SELECT * FROM ce_yearly_totals
WHERE total_hours <> public_hours + professional_hours
	OR met <> (coalesce(public_short, 0) = 0 AND coalesce(professional_short, 0) = 0 AND total_short = 0)
	OR (met AND NOT met_for_title)
	OR mentoring_hours > mentoring_hours_raw OR mentoring_hours > 30
	OR (required_public IS NOT NULL AND NOT public_deemed AND public_short <> greatest(required_public - public_hours, 0))
	OR (NOT professional_deemed AND professional_short <> greatest(required_professional - professional_hours, 0))
	OR (required_total IS NULL) <> (met IS NULL);
-- what is allocated sums to zero
SELECT person_id, sum(allocated_public), sum(allocated_professional) FROM ce_yearly_totals GROUP BY 1 HAVING sum(allocated_public) <> 0 OR sum(allocated_professional) <> 0;

--
-- ce_eligibility: the verdicts of today, by the review route, of everybody
--
SELECT e.person_id
FROM ce_eligibility e FULL JOIN ce_person p USING (person_id)
WHERE (e.org_id, e.junior, e.intermediate, e.senior, e.full_senior) IS DISTINCT FROM
	(p.org_id, ce_verdict(p.person_id, 'junior')::text, ce_verdict(p.person_id, 'intermediate')::text, ce_verdict(p.person_id, 'senior')::text,
		ce_verdict(p.person_id, 'full_senior')::text);
SELECT junior, intermediate, senior, full_senior FROM ce_eligibility WHERE person_id = 8006;
-- ce_standing is the same in one pass, on any day
SELECT p.person_id, d FROM ce_person p, unnest('{2019-12-31,2020-03-31,2020-12-31,2021-12-31}'::date[]) d
WHERE ce_standing(p.person_id, d) IS DISTINCT FROM
	ROW(ce_verdict(p.person_id, 'junior', as_of => d), ce_verdict(p.person_id, 'intermediate', as_of => d), ce_verdict(p.person_id, 'senior', as_of => d), ce_verdict(p.person_id, 'full_senior', as_of => d));
-- and ce_eligible its yes, no or neither
SELECT p.person_id, l, d FROM ce_person p, unnest('{junior,senior}'::ce_level[]) l, unnest('{2019-12-31,2020-03-31,2020-12-31}'::date[]) d
WHERE ce_eligible(p.person_id, l, as_of => d) IS DISTINCT FROM
	CASE ce_verdict(p.person_id, l, as_of => d) WHEN 'eligible' THEN true WHEN 'not_eligible' THEN false WHEN 'pending' THEN false WHEN 'banned' THEN false END;

--
-- ce_attested_hours
--
SELECT * FROM ce_attested_hours WHERE person_id BETWEEN 8001 AND 8007 AND year <= 2020 ORDER BY 1, 2;

-- views can be read in parallel and by a reader of the views alone not at all
CREATE ROLE regress_ce_reader;
GRANT SELECT ON ce_yearly_totals, ce_eligibility TO regress_ce_reader;
SET ROLE regress_ce_reader;
\set VERBOSITY sqlstate
SELECT count(*) FROM ce_yearly_totals;
SELECT count(*) FROM ce_eligibility;
\set VERBOSITY default
RESET ROLE;
DROP OWNED BY regress_ce_reader;
DROP ROLE regress_ce_reader;

SELECT * FROM ce_check();

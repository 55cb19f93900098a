-- A contender that answers otherwise than ce_hours is worth nothing: every person is asked.
DO $$
DECLARE
	q record;
	bad bigint;
	example bigint;
BEGIN
	CREATE TEMPORARY TABLE truth AS SELECT person_id, ce_eligible(person_id, 'senior', 'review', '2020-12-31') AS ok FROM ce_person;
	FOR q IN SELECT * FROM bench.question WHERE name NOT IN ('empty', 'pk') ORDER BY ord LOOP
		EXECUTE format('SELECT count(*), min(person_id) FROM truth WHERE ok IS DISTINCT FROM (%s)', replace(q.body, '{p}', 'truth.person_id')) INTO bad, example;
		IF bad > 0 THEN
			RAISE EXCEPTION 'contender % differs from ce_eligible for % persons, the first is %', q.name, bad, example;
		END IF;
	END LOOP;
	FOR q IN SELECT unnest(ARRAY['activities', 'accounts']) AS name LOOP
		EXECUTE format('SELECT count(*), min(person_id) FROM (
			(SELECT person_id, org_id, junior, intermediate, senior, full_senior FROM ce_eligibility EXCEPT TABLE plain.eligibility_%1$s) UNION ALL
			(TABLE plain.eligibility_%1$s EXCEPT SELECT person_id, org_id, junior, intermediate, senior, full_senior FROM ce_eligibility)) d', q.name)
			INTO bad, example;
		IF bad > 0 THEN
			RAISE EXCEPTION 'the verdicts of plain.eligibility_% differ from ce_eligibility: % rows, the first of person %', q.name, bad, example;
		END IF;
		EXECUTE format('SELECT count(*), min(person_id) FROM (
			(SELECT person_id, year, public_hours, professional_hours, total_hours, met FROM ce_yearly_totals WHERE attested_hours = 0 AND year >= 2017 EXCEPT TABLE plain.totals_%1$s) UNION ALL
			(SELECT person_id, year, public_hours, professional_hours, total_hours, met FROM plain.totals_%1$s EXCEPT
			 SELECT person_id, year, public_hours, professional_hours, total_hours, met FROM ce_yearly_totals)) d', q.name) INTO bad, example;
		IF bad > 0 THEN
			RAISE EXCEPTION 'the totals of plain.totals_% differ from ce_yearly_totals: % rows, the first of person %', q.name, bad, example;
		END IF;
	END LOOP;
	IF (SELECT count(DISTINCT ok) < 2 OR NOT bool_or(ok IS NULL) FROM truth) THEN
		RAISE EXCEPTION 'the data do not have every answer';
	END IF;
END $$;

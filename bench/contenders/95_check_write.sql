-- After a COPY: every writer must have made the same accounts of the same facts.
DO $$
DECLARE
	account text;
	bad bigint;
BEGIN
	FOREACH account IN ARRAY ARRAY['plain.account', 'plain.account_statement'] LOOP
		EXECUTE format('SELECT count(*) FROM ce_yearly_totals t FULL JOIN %s a USING (person_id, year)
			WHERE t.public_hours * 100 IS DISTINCT FROM a.public OR t.mentoring_hours_raw * 100 IS DISTINCT FROM a.mentoring
				OR (t.professional_hours - t.mentoring_hours) * 100 IS DISTINCT FROM a.professional
				OR t.professional_deemed IS DISTINCT FROM a.deems_professional > 0', account) INTO bad;
		IF bad > 0 THEN
			RAISE EXCEPTION '% differs from ce_account in % rows', account, bad;
		END IF;
	END LOOP;
	IF (SELECT count(*) FROM ce_activity) <> (SELECT count(*) FROM bench.floor) THEN
		RAISE EXCEPTION 'the floor has other rows than ce_activity';
	END IF;
END $$;

--
-- Persons by person_no: for each function that takes a person, one of the same
-- name that ends in _by_no.  None takes both, so that a parameter without a type
-- has one meaning.
--

CREATE OR REPLACE FUNCTION ce_person_id(person_no text) RETURNS bigint
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
	found bigint;
	another bigint;
BEGIN
	PERFORM ce__require_ledger();
	PERFORM ce__require_reading('ce_person', 'person_no', 'read');
	SELECT min(p.person_id), max(p.person_id) INTO found, another FROM ce_person p WHERE p.person_no = ce_person_id.person_no;
	IF found IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'no_data_found', MESSAGE = format(ce_text('no person has the person number "%s"'), coalesce(person_no, 'null')),
			HINT = ce_text('Table ce_person lists the persons that you may see.');
	END IF;
	IF another <> found THEN
		RAISE EXCEPTION USING ERRCODE = 'cardinality_violation', MESSAGE = format(ce_text('number %s belongs to more than one person'), person_no),
			DETAIL = format(ce_text('Among them are persons %s and %s.'), found, another),
			HINT = ce_text('Ask by person_id, and let the number be corrected in ce_person; ce_check() lists all of them.');
	END IF;
	RETURN found;
END
$$;
COMMENT ON FUNCTION ce_person_id(text) IS
	'the person_id of a person_no, for whatever takes a person: SELECT * FROM ce_archive WHERE person_id = ce_person_id(''C01''); an error if no person that the caller sees has it';

CREATE OR REPLACE FUNCTION ce_grounds_by_no(person_no text, level ce_level, route ce_route DEFAULT 'review',
		as_of date DEFAULT ce_today(), specialty text DEFAULT NULL, scheme text DEFAULT NULL)
	RETURNS jsonb
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
BEGIN
	RETURN ce_grounds(ce_person_id($1), $2, $3, $4, $5, $6);
END
$$;
COMMENT ON FUNCTION ce_grounds_by_no(text, ce_level, ce_route, date, text, text) IS 'ce_grounds() by person_no';

CREATE OR REPLACE FUNCTION ce_receipt_by_no(person_no text, level ce_level, route ce_route DEFAULT 'review',
		as_of date DEFAULT ce_today(), specialty text DEFAULT NULL, scheme text DEFAULT NULL)
	RETURNS jsonb
	LANGUAGE ce_plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
	RETURN ce_receipt(ce_person_id($1), $2, $3, $4, $5, $6);
END
$$;
COMMENT ON FUNCTION ce_receipt_by_no(text, ce_level, ce_route, date, text, text) IS 'ce_receipt() by person_no';

CREATE OR REPLACE FUNCTION ce_attested_by_no(person_no text, as_of date DEFAULT ce_today())
	RETURNS TABLE (year integer, hours ce_hours, award boolean)
	LANGUAGE ce_plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY SELECT * FROM ce_attested(ce_person_id($1), $2);
END
$$;
COMMENT ON FUNCTION ce_attested_by_no(text, date) IS 'ce_attested() by person_no';

CREATE OR REPLACE FUNCTION ce_account_as_of_by_no(person_no text, year integer, as_of date DEFAULT ce_today())
	RETURNS ce_credit
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
BEGIN
	RETURN ce_account_as_of(ce_person_id($1), $2, $3);
END
$$;
COMMENT ON FUNCTION ce_account_as_of_by_no(text, integer, date) IS 'ce_account_as_of() by person_no';

CREATE OR REPLACE FUNCTION ce_surplus_by_no(person_no text, study_year integer, subject ce_subject, as_of date DEFAULT ce_today())
	RETURNS ce_hours
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
BEGIN
	RETURN ce_surplus(ce_person_id($1), $2, $3, $4);
END
$$;
COMMENT ON FUNCTION ce_surplus_by_no(text, integer, ce_subject, date) IS 'ce_surplus() by person_no';

CREATE OR REPLACE FUNCTION ce_allocation_plan_by_no(person_no text, level ce_level, as_of date DEFAULT ce_today())
	RETURNS TABLE (from_year integer, to_year integer, subject ce_subject, hours ce_hours, message text)
	LANGUAGE ce_plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY SELECT * FROM ce_allocation_plan(ce_person_id($1), $2, $3);
END
$$;
COMMENT ON FUNCTION ce_allocation_plan_by_no(text, ce_level, date) IS 'ce_allocation_plan() by person_no';

CREATE OR REPLACE FUNCTION ce_allocate_by_no(person_no text, from_year integer, to_year integer, subject ce_subject, hours numeric,
		by_org bigint, allocated_on date DEFAULT ce_today())
	RETURNS bigint
	LANGUAGE ce_plpgsql VOLATILE AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce__require_ledger();
	PERFORM ce__require_duty_on('ce_allocation', $6, 'verify');
	RETURN ce_allocate(ce_person_id($1), $2, $3, $4, $5, $6, $7);
END
$$;
COMMENT ON FUNCTION ce_allocate_by_no(text, integer, integer, ce_subject, numeric, bigint, date) IS 'ce_allocate() by person_no';

CREATE OR REPLACE FUNCTION ce_scheme_in_year_by_no(person_no text, year integer, as_of date DEFAULT ce_today())
	RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
BEGIN
	RETURN ce_scheme_in_year(ce_person_id($1), $2, $3);
END
$$;
COMMENT ON FUNCTION ce_scheme_in_year_by_no(text, integer, date) IS 'ce_scheme_in_year() by person_no';

CREATE OR REPLACE FUNCTION ce_change_scheme_by_no(person_no text, scheme text, from_on date DEFAULT ce_today(), note text DEFAULT NULL)
	RETURNS void
	LANGUAGE ce_plpgsql VOLATILE AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce__require_ledger();
	PERFORM ce__require_duty_on('ce_person', NULL, 'record');
	PERFORM ce_change_scheme(ce_person_id($1), $2, $3, $4);
END
$$;
COMMENT ON FUNCTION ce_change_scheme_by_no(text, text, date, text) IS 'ce_change_scheme() by person_no';

CREATE OR REPLACE FUNCTION ce_apply_by_no(person_no text, level ce_level, route ce_route DEFAULT 'review', applied_on date DEFAULT ce_today(),
		specialty text DEFAULT NULL, keep_refused boolean DEFAULT false, OUT application_id bigint, OUT status text, OUT verdict ce_outcome)
	LANGUAGE ce_plpgsql VOLATILE AS $$
#variable_conflict use_column
BEGIN
	PERFORM ce__require_ledger();
	PERFORM ce__require_duty_on('ce_application', NULL, 'record');
	SELECT a.application_id, a.status, a.verdict INTO application_id, status, verdict FROM ce_apply(ce_person_id($1), $2, $3, $4, $5, $6) a;
END
$$;
COMMENT ON FUNCTION ce_apply_by_no(text, ce_level, ce_route, date, text, boolean) IS 'ce_apply() by person_no';

CREATE OR REPLACE FUNCTION ce_certificate_html_by_no(person_no text, year integer, lang text DEFAULT ce__page_language())
	RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
BEGIN
	RETURN ce_certificate_html(ce_person_id($1), $2, $3);
END
$$;
COMMENT ON FUNCTION ce_certificate_html_by_no(text, integer, text) IS 'ce_certificate_html() by person_no';

CREATE OR REPLACE FUNCTION ce_archive_html_by_no(person_no text, lang text DEFAULT ce__page_language())
	RETURNS text
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
BEGIN
	RETURN ce_archive_html(ce_person_id($1), $2);
END
$$;
COMMENT ON FUNCTION ce_archive_html_by_no(text, text) IS 'ce_archive_html() by person_no';

CREATE OR REPLACE FUNCTION ce_activity_drift_by_no(person_no text)
	RETURNS TABLE (person_id_ bigint, activity_id bigint, awarded ce_hours, by_todays_law ce_hours, problem text)
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY SELECT * FROM ce_activity_drift(ce_person_id($1));
END
$$;
COMMENT ON FUNCTION ce_activity_drift_by_no(text) IS 'ce_activity_drift() by person_no';

CREATE OR REPLACE FUNCTION ce_rebuild_by_no(person_no text, OUT activities bigint, OUT accounts bigint)
	LANGUAGE ce_plpgsql VOLATILE AS $$
BEGIN
	SELECT r.activities, r.accounts INTO activities, accounts FROM ce_rebuild(ce_person_id($1)) r;
END
$$;
COMMENT ON FUNCTION ce_rebuild_by_no(text) IS 'ce_rebuild() by person_no';

CREATE OR REPLACE FUNCTION ce_grant_person_by_no(role_name name, person_no text) RETURNS void
	LANGUAGE ce_plpgsql VOLATILE AS $$
BEGIN
	PERFORM ce__grant_check($1);
	PERFORM ce_grant_person($1, ce_person_id($2));
END
$$;
COMMENT ON FUNCTION ce_grant_person_by_no(name, text) IS 'ce_grant_person() by person_no';

CREATE OR REPLACE FUNCTION ce_revoke_person_by_no(role_name name, person_no text) RETURNS void
	LANGUAGE ce_plpgsql VOLATILE AS $$
BEGIN
	PERFORM ce__grant_check($1);
	PERFORM ce_revoke_person($1, ce_person_id($2));
END
$$;
COMMENT ON FUNCTION ce_revoke_person_by_no(name, text) IS 'ce_revoke_person() by person_no';

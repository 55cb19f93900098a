--
-- Steps that bodies take.  They write as the caller; the triggers of the
-- tables hold the rules.
--

CREATE OR REPLACE FUNCTION ce__require_duty_on(ledger_table regclass, org_id bigint, duty text) RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE COST 3 AS 'MODULE_PATHNAME', 'ce__require_duty_on';
COMMENT ON FUNCTION ce__require_duty_on(regclass, bigint, text) IS
	'internal: true, or an error that says which duty current_user lacks for the organisation; for who writes to the table and is bound by duties there';

CREATE OR REPLACE FUNCTION ce__require_written(written boolean, ledger_table text) RETURNS void
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce__require_written';
COMMENT ON FUNCTION ce__require_written(boolean, text) IS
	'internal: an error if a table did not take a row that was written to it, since a trigger, rule or policy leaves it out';

CREATE OR REPLACE FUNCTION ce__refuse_rules(ledger_table text, on_conflict boolean) RETURNS void
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce__refuse_rules';
COMMENT ON FUNCTION ce__refuse_rules(text, boolean) IS
	'internal: an error if a table has rules that would replace an INSERT or UPDATE, or that one with ON CONFLICT cannot have';

CREATE OR REPLACE FUNCTION ce_file(plan_ids bigint[], by_org bigint, filed_on date DEFAULT ce_today())
	RETURNS TABLE (plan_id bigint, status ce_plan_status)
	LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_file';
COMMENT ON FUNCTION ce_file(bigint[], bigint, date) IS
	'takes plans one step towards filing (7.2): the review where one is due, else the filing by the HRSS office; all or none';

CREATE OR REPLACE FUNCTION ce_verify(activity_ids bigint[], by_org bigint, verified_on date DEFAULT ce_today())
	RETURNS TABLE (activity_id bigint, status ce_status)
	LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_verify';
COMMENT ON FUNCTION ce_verify(bigint[], bigint, date) IS
	'takes activities one step along the chain of bodies (7.4a); the step of the last body verifies; all or none';

CREATE OR REPLACE FUNCTION ce_reject(activity_ids bigint[], by_org bigint, reason text)
	RETURNS TABLE (activity_id bigint, status ce_status)
	LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_reject';
COMMENT ON FUNCTION ce_reject(bigint[], bigint, text) IS
	'rejects activities that wait for verification, by the body whose turn it is (7.4); all or none';

CREATE OR REPLACE FUNCTION ce_revoke(activity_ids bigint[], by_org bigint, reason text, revoked_on date DEFAULT ce_today())
	RETURNS TABLE (activity_id bigint, status ce_status)
	LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_revoke';
COMMENT ON FUNCTION ce_revoke(bigint[], bigint, text, date) IS
	'revokes verified activities, by the body that verified or one above it (6.2d); all or none';

--
-- The same for what can take the step, with the reason for what cannot: the
-- statement for all of them is tried first, and halved where it fails.
--

CREATE OR REPLACE FUNCTION ce__step_each(step text, ids bigint[], by_org bigint, reason text, on_day date)
	RETURNS TABLE (id bigint, outcome text, message text, detail text, hint text)
	LANGUAGE ce_plpgsql VOLATILE AS $$
DECLARE
	todo bigint[];
	part bigint[];
	-- the parts that are still to do, the next one last
	firsts integer[] := ARRAY[1];
	lasts integer[];
	depth integer := 1;
	first integer;
	last integer;
BEGIN
	PERFORM ce__require_ledger();
	-- What is wrong with the call, and not with a row, is an error.
	todo := CASE WHEN ids IS NULL OR array_position(ids, NULL) IS NOT NULL THEN ids ELSE '{}' END;
	CASE step
		WHEN 'verify' THEN PERFORM FROM ce_verify(todo, by_org, on_day);
		WHEN 'reject' THEN PERFORM FROM ce_reject(todo, by_org, reason);
		WHEN 'revoke' THEN PERFORM FROM ce_revoke(todo, by_org, reason, on_day);
		WHEN 'file' THEN PERFORM FROM ce_file(todo, by_org, on_day);
		ELSE RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format(ce_text('there is no step "%s"'), coalesce(step, 'null')),
			HINT = ce_text('The steps are verify, reject, revoke and file.');
	END CASE;
	todo := ARRAY(SELECT DISTINCT u.u FROM unnest(ids) AS u ORDER BY u.u);
	lasts := ARRAY[cardinality(todo)];
	WHILE depth > 0 LOOP
		first := firsts[depth];
		last := lasts[depth];
		part := todo[first:last];
		depth := depth - 1;
		CONTINUE WHEN last < first;
		BEGIN
			CASE step
				WHEN 'verify' THEN RETURN QUERY SELECT d.activity_id, d.status::text, NULL::text, NULL::text, NULL::text FROM ce_verify(part, by_org, on_day) d;
				WHEN 'reject' THEN RETURN QUERY SELECT d.activity_id, d.status::text, NULL::text, NULL::text, NULL::text FROM ce_reject(part, by_org, reason) d;
				WHEN 'revoke' THEN RETURN QUERY SELECT d.activity_id, d.status::text, NULL::text, NULL::text, NULL::text FROM ce_revoke(part, by_org, reason, on_day) d;
				WHEN 'file' THEN RETURN QUERY SELECT d.plan_id, d.status::text, NULL::text, NULL::text, NULL::text FROM ce_file(part, by_org, on_day) d;
			END CASE;
		EXCEPTION
			-- those that are a row's; others end the statement, as a lost connection or a deadlock do
			WHEN data_exception OR integrity_constraint_violation OR with_check_option_violation OR no_data_found OR object_not_in_prerequisite_state
				OR insufficient_privilege OR undefined_object OR raise_exception THEN
			IF first < last THEN
				firsts[depth + 1] := (first + last) / 2 + 1;
				lasts[depth + 1] := last;
				firsts[depth + 2] := first;
				lasts[depth + 2] := (first + last) / 2;
				depth := depth + 2;
				CONTINUE;
			END IF;
			GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
			id := part[1];
			outcome := 'refused';
			detail := nullif(detail, '');
			hint := nullif(hint, '');
			RETURN NEXT;
		END;
	END LOOP;
END
$$;
COMMENT ON FUNCTION ce__step_each(text, bigint[], bigint, text, date) IS
	'internal: what ce_verify_each(), ce_reject_each(), ce_revoke_each() and ce_file_each() share';

CREATE OR REPLACE FUNCTION ce_verify_each(activity_ids bigint[], by_org bigint, verified_on date DEFAULT ce_today())
	RETURNS TABLE (activity_id bigint, outcome text, message text, detail text, hint text)
	LANGUAGE ce_plpgsql VOLATILE AS $$
BEGIN
	RETURN QUERY SELECT * FROM ce__step_each('verify', activity_ids, by_org, NULL, verified_on);
END
$$;
COMMENT ON FUNCTION ce_verify_each(bigint[], bigint, date) IS
	'ce_verify() for those that can take the step; the others stay as they are, outcome refused with message, detail and hint';

CREATE OR REPLACE FUNCTION ce_reject_each(activity_ids bigint[], by_org bigint, reason text)
	RETURNS TABLE (activity_id bigint, outcome text, message text, detail text, hint text)
	LANGUAGE ce_plpgsql VOLATILE AS $$
BEGIN
	RETURN QUERY SELECT * FROM ce__step_each('reject', activity_ids, by_org, reason, NULL);
END
$$;
COMMENT ON FUNCTION ce_reject_each(bigint[], bigint, text) IS
	'ce_reject() for those that can be rejected; the others stay as they are, outcome refused with message, detail and hint';

CREATE OR REPLACE FUNCTION ce_revoke_each(activity_ids bigint[], by_org bigint, reason text, revoked_on date DEFAULT ce_today())
	RETURNS TABLE (activity_id bigint, outcome text, message text, detail text, hint text)
	LANGUAGE ce_plpgsql VOLATILE AS $$
BEGIN
	RETURN QUERY SELECT * FROM ce__step_each('revoke', activity_ids, by_org, reason, revoked_on);
END
$$;
COMMENT ON FUNCTION ce_revoke_each(bigint[], bigint, text, date) IS
	'ce_revoke() for those that can be revoked; the others stay as they are, outcome refused with message, detail and hint';

CREATE OR REPLACE FUNCTION ce_file_each(plan_ids bigint[], by_org bigint, filed_on date DEFAULT ce_today())
	RETURNS TABLE (plan_id bigint, outcome text, message text, detail text, hint text)
	LANGUAGE ce_plpgsql VOLATILE AS $$
BEGIN
	RETURN QUERY SELECT * FROM ce__step_each('file', plan_ids, by_org, NULL, filed_on);
END
$$;
COMMENT ON FUNCTION ce_file_each(bigint[], bigint, date) IS
	'ce_file() for those that can take the step; the others stay as they are, outcome refused with message, detail and hint';

CREATE OR REPLACE FUNCTION ce_change_scheme(person_id bigint, scheme text, from_on date DEFAULT ce_today(), note text DEFAULT NULL) RETURNS void
	LANGUAGE ce_plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
	employer bigint;
	present text;
	later record;
BEGIN
	PERFORM ce__require_ledger();
	PERFORM ce__require_duty_on('ce_person', NULL, 'record');
	SELECT p.org_id INTO employer FROM ce_person p WHERE p.person_id = $1;
	IF NOT FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'no_data_found', MESSAGE = format(ce_text('person %s does not exist'), coalesce($1::text, 'null')),
			HINT = ce_text('Enter the person in ce_person first.');
	END IF;
	PERFORM ce__require_duty_on('ce_person', employer, 'record');
	-- two moves of one person wait for each other
	SELECT p.scheme INTO present FROM ce_person p WHERE p.person_id = $1 FOR NO KEY UPDATE;
	IF NOT EXISTS (SELECT FROM ce_scheme s WHERE s.scheme = $2) THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_object', MESSAGE = format(ce_text('scheme "%s" does not exist'), coalesce($2, 'null')),
			HINT = ce_text('Table ce_scheme lists the schemes.');
	ELSIF present = $2 THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format(ce_text('person %s is under scheme "%s" already'), $1, $2),
			HINT = ce_text('To enter another day of the move, change until_on in ce_person_scheme.');
	ELSIF $3 IS NULL OR NOT isfinite($3) THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = ce_text('a move needs its first day'),
			HINT = ce_text('Give from_on, the first day under the new scheme.');
	ELSIF $3 > ce_today() + 1 THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format(ce_text('a move cannot be entered for %s yet'), to_char($3, 'YYYY-MM-DD')),
			HINT = ce_text('Enter it on the day before at the earliest: from_on may be tomorrow.');
	END IF;
	SELECT * INTO later FROM ce_person_scheme s WHERE s.person_id = $1 AND s.until_on >= $3 - 1 ORDER BY s.until_on DESC LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format(ce_text('person %s was under scheme "%s" until %s'), $1, later.scheme, to_char(later.until_on, 'YYYY-MM-DD')),
			DETAIL = format(ce_text('A move on %s would overlap with that.'), to_char($3, 'YYYY-MM-DD')),
			HINT = ce_text('Give a later from_on, or correct the rows of the person in ce_person_scheme.');
	END IF;
	INSERT INTO ce_person_scheme (person_id, until_on, scheme, note) VALUES ($1, $3 - 1, present, $4);
	PERFORM ce__require_written(FOUND, 'ce_person_scheme');
	UPDATE ce_person p SET scheme = $2 WHERE p.person_id = $1;
	PERFORM ce__require_written(FOUND, 'ce_person');
END
$$;
COMMENT ON FUNCTION ce_change_scheme(bigint, text, date, text) IS
	'moves a person to another scheme from a day on, at the latest tomorrow: the years before keep the scheme of their time (ce_person_scheme); to correct a scheme that was wrong from the start, update ce_person';

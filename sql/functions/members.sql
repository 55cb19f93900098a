--
-- Who may: what a role sees, which duties it holds, and how the ledger's
-- owner grants them
--

CREATE OR REPLACE FUNCTION ce_member_changed() RETURNS trigger
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_member_changed';
COMMENT ON FUNCTION ce_member_changed() IS 'makes every backend reload the duties';

CREATE OR REPLACE FUNCTION ce__sees_support(internal) RETURNS internal
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_sees_support';
COMMENT ON FUNCTION ce__sees_support(internal) IS 'internal: planner support: the share of rows that a role sees';

CREATE OR REPLACE FUNCTION ce_sees_org(org_id bigint) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE COST 2 SUPPORT ce__sees_support
	AS 'MODULE_PATHNAME', 'ce_sees_org';
COMMENT ON FUNCTION ce_sees_org(bigint) IS
	'whether current_user has a duty at the organisation or at one above it (ce_member)';

CREATE OR REPLACE FUNCTION ce_sees_person(person_id bigint) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE COST 20 SUPPORT ce__sees_support
	AS 'MODULE_PATHNAME', 'ce_sees_person_by_id';
COMMENT ON FUNCTION ce_sees_person(bigint) IS
	'whether current_user is the person (ce_person_role) or sees the person''s employer';

CREATE OR REPLACE FUNCTION ce_sees_person(person_id bigint, org_id bigint) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE COST 3 SUPPORT ce__sees_support
	AS 'MODULE_PATHNAME', 'ce_sees_person_of_org';
COMMENT ON FUNCTION ce_sees_person(bigint, bigint) IS
	'the same, given the person''s employer';

CREATE OR REPLACE FUNCTION ce_sees_activity(person_id bigint, org_id bigint, plan_id bigint, kind text) RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE COST 5 SUPPORT ce__sees_support
	AS 'MODULE_PATHNAME', 'ce_sees_activity';
COMMENT ON FUNCTION ce_sees_activity(bigint, bigint, bigint, text) IS
	'whether current_user sees an activity: the person, the employer at the time (7.4a), the plan''s organiser, the academy or health commission that verifies the kind';

CREATE OR REPLACE FUNCTION ce_sees_plan(org_id bigint, status ce_plan_status) RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'ce_sees_plan';
COMMENT ON FUNCTION ce_sees_plan(bigint, ce_plan_status) IS
	'whether current_user sees a course plan: a filed one always, others for their organiser, the bodies above it and those that review and file them (7.2)';

CREATE OR REPLACE FUNCTION ce_audits(object text, ids bigint[], by_org bigint) RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'ce_audits';
COMMENT ON FUNCTION ce_audits(text, bigint[], bigint) IS
	'whether current_user audits what a row of ce_event is about: the body that acted, or the employer or organiser of one of the objects';

CREATE OR REPLACE FUNCTION ce_facts_changed(person_id bigint, year integer) RETURNS text
	LANGUAGE c STABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'ce_facts_changed';
COMMENT ON FUNCTION ce_facts_changed(bigint, integer) IS
	'which of a person''s facts that matter for titles (4.2, 5.2.5) were changed in a year, and on which day, according to ce_event; null if none, or if current_user does not see the person';

CREATE OR REPLACE FUNCTION ce_has_duty(org_id bigint, duty text) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE COST 3 AS 'MODULE_PATHNAME', 'ce_has_duty';
COMMENT ON FUNCTION ce_has_duty(bigint, text) IS
	'whether current_user holds a duty for an organisation: verify at that organisation itself, any other duty there or at one above it';

CREATE OR REPLACE FUNCTION ce_require_duty(org_id bigint, duty text) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE COST 3 AS 'MODULE_PATHNAME', 'ce_require_duty';
COMMENT ON FUNCTION ce_require_duty(bigint, text) IS
	'true, or an error that says which duty current_user lacks for the organisation';

-- The server refuses first, and names neither a duty nor the grant that helps.
CREATE OR REPLACE FUNCTION ce__require_reading(relation regclass, column_name name, duty text) RETURNS void
	LANGUAGE ce_plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
	PERFORM ce__require_ledger();
	IF NOT coalesce(has_column_privilege($1, $2, 'SELECT'), has_any_column_privilege($1, 'SELECT')) THEN
		RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = format(ce_text('role "%s" has no duty that reads "%s"'), current_user, concat_ws('.', $1, $2)),
			DETAIL = format(ce_text('Clause 7.1: what was asked for is made from it; the duty "%s" reads it.'), $3),
			HINT = format(ce_text('The ledger''s owner can grant it: SELECT %s.ce_grant(%s, ORGANISATION, ''%s'');'), quote_ident(current_schema()), quote_literal(current_user), $3);
	END IF;
END
$$;
COMMENT ON FUNCTION ce__require_reading(regclass, name, text) IS
	'internal: an error that names the duty, unless current_user may select the column, or any column, of a table or view; null: one that the ledger does not have yet';

-- The columns that nobody but the owner writes are in no line of this list.  An
-- import names verified_by, too; filled in, it needs the duty to verify.  The
-- duty report reads the columns that its views and functions need.
CREATE OR REPLACE FUNCTION ce_duty_privileges(duty text) RETURNS TABLE (privilege text, object text)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
	SELECT p.privilege, o.object
	  FROM (VALUES
		('SELECT', '{ce_ledger,ce_instrument,ce_scheme,ce_requirement,ce_category,ce_minimum,ce_kind,ce_rule,ce_cap,ce_window,ce_catchup,ce_title,ce_region,ce_org,ce_specialty_pair,ce_course}'::text[], '{}'::text[]),
		('SELECT', '{ce_account,ce_attested_hours,ce_yearly_totals,ce_year_minima,ce_deadlines,ce_filing_dates,ce_quarterly_report,ce_annual_statistics}', '{}'),
		('SELECT (person_id, org_id, scheme, held_level, held_since, entered_on, moved)', '{ce_person}', '{report}'),
		('SELECT (person_id, until_on, scheme)', '{ce_person_scheme}', '{report}'),
		('SELECT (plan_id, org_id, subject, mode, hours, days, starts_on, ends_on, status, reviewed_by, filed_by, filed_on)', '{ce_plan}', '{report}'),
		('SELECT (person_id, kind, plan_id, org_id, completed_on, status, year, category, awarded)', '{ce_activity}', '{report}'),
		('SELECT (person_id, kind, grade, role, rank, work_ref, started_on, due_on, achieved_on, attested_by, attested_on, revoked_on)', '{ce_achievement}', '{report}'),
		('SELECT (person_id, year, subject, hours, defers_to, revoked_on)', '{ce_waiver}', '{report}'),
		('SELECT', '{ce_person,ce_person_scheme,ce_plan,ce_activity,ce_achievement,ce_allocation,ce_waiver,ce_sanction,ce_application}', '{read,record,verify,backdate,sanction,audit}'),
		('SELECT', '{ce_account_recomputed,ce_eligibility,ce_filing_status,ce_findings,ce_shortfalls,ce_verification_queue,ce_archive,ce_sanction_record,ce_credit_record}',
			'{read,record,verify,backdate,sanction,audit}'),
		('SELECT', '{ce_event,ce_member,ce_person_role}', '{audit}'),
		('INSERT (person_id, person_no, org_id, scheme, specialty, doctorate_on, held_level, held_since, entered_on)', '{ce_person}', '{record}'),
		('UPDATE (person_no, org_id, scheme, specialty, doctorate_on, held_level, held_since, entered_on)', '{ce_person}', '{record}'),
		('INSERT', '{ce_person_scheme}', '{record}'),
		('UPDATE (until_on, scheme, note)', '{ce_person_scheme}', '{record}'),
		('INSERT (plan_id, org_id, title, subject, mode, specialty, hours, days, starts_on, ends_on, status, note)', '{ce_plan}', '{record}'),
		('UPDATE (org_id, title, subject, mode, specialty, hours, days, starts_on, ends_on, status, note)', '{ce_plan}', '{record}'),
		('INSERT (activity_id, person_id, kind, plan_id, org_id, title, specialty, started_on, completed_on, days, travel_days, hours, grade, role, rank, '
			'quantity, evidence, source, source_ref, status, verified_by, verified_on, note)', '{ce_activity}', '{record}'),
		('UPDATE (kind, plan_id, org_id, title, specialty, started_on, completed_on, days, travel_days, hours, grade, role, rank, quantity, '
			'evidence, source, source_ref, status, note)', '{ce_activity}', '{record}'),
		('INSERT (achievement_id, person_id, kind, grade, role, rank, title, specialty, work_ref, started_on, due_on, achieved_on, evidence, note)',
			'{ce_achievement}', '{record}'),
		('UPDATE (kind, grade, role, rank, title, specialty, work_ref, started_on, due_on, achieved_on, evidence, note)', '{ce_achievement}', '{record}'),
		('DELETE', '{ce_person_scheme,ce_plan,ce_activity,ce_achievement}', '{record}'),
		('INSERT (application_id, person_id, level, route, specialty, applied_on, status, note)', '{ce_application}', '{record}'),
		('UPDATE (status, note)', '{ce_application}', '{record,verify}'),
		('INSERT (reviewed_by, filed_by, filed_on)', '{ce_plan}', '{verify}'),
		('UPDATE (status, reviewed_by, filed_by, filed_on, note)', '{ce_plan}', '{verify}'),
		('INSERT (reviewed_by, verified_by, verified_on)', '{ce_activity}', '{verify}'),
		('UPDATE (status, reviewed_by, verified_by, verified_on, revoked_by, revoked_on, note)', '{ce_activity}', '{verify}'),
		('INSERT (attested_by, attested_on)', '{ce_achievement}', '{verify}'),
		('UPDATE (attested_by, attested_on, revoked_on, note)', '{ce_achievement}', '{verify}'),
		('INSERT (allocation_id, person_id, from_year, to_year, subject, hours, allocated_by, allocated_on, note)', '{ce_allocation}', '{verify}'),
		('UPDATE (reversed_by, reversed_on, note)', '{ce_allocation}', '{verify}'),
		('INSERT (waiver_id, person_id, year, subject, hours, defers_to, reason, decision, granted_by, granted_on, note)', '{ce_waiver}', '{verify}'),
		('UPDATE (revoked_by, revoked_on, note)', '{ce_waiver}', '{verify}'),
		('INSERT (sanction_id, person_id, found_on, decision, note)', '{ce_sanction}', '{sanction}'),
		('UPDATE (revoked_on, note)', '{ce_sanction}', '{sanction}')
	  ) AS p (privilege, objects, duties)
	 CROSS JOIN LATERAL unnest(p.objects) AS o (object)
	 WHERE $1 = ANY ('{read,record,verify,backdate,sanction,audit,report}') AND (p.duties = '{}' OR $1 = ANY (p.duties))
$$;
COMMENT ON FUNCTION ce_duty_privileges(text) IS
	'the privileges on the ledger''s tables and views that belong to a duty, as ce_grant() grants them; a person''s own role has those of read';

CREATE OR REPLACE FUNCTION ce_grant_privileges(role_name name) RETURNS void
	LANGUAGE ce_plpgsql VOLATILE AS $$
DECLARE
	schema regnamespace;
	g record;
BEGIN
	PERFORM ce__grant_check($1);
	SELECT c.relnamespace::regnamespace INTO schema FROM pg_class c WHERE c.oid = 'ce_member'::regclass;
	IF NOT has_schema_privilege($1, schema::oid, 'USAGE') THEN
		IF has_schema_privilege(current_user, schema::oid, 'USAGE WITH GRANT OPTION') THEN
			EXECUTE format('GRANT USAGE ON SCHEMA %s TO %I', schema, $1);
		ELSE
			RAISE WARNING USING MESSAGE = format(ce_text('role "%s" may not use schema %s'), $1, schema),
				HINT = format(ce_text('Let the schema''s owner run: GRANT USAGE ON SCHEMA %s TO %s;'), schema, quote_ident($1));
		END IF;
	END IF;
	FOR g IN
		SELECT DISTINCT p.privilege, p.object
		  FROM (SELECT m.duty FROM ce_member m WHERE m.role_name = $1
				UNION
				SELECT 'read' FROM ce_person_role r WHERE r.role_name = $1) d
		 CROSS JOIN LATERAL ce_duty_privileges(d.duty) p
	LOOP
		EXECUTE format('GRANT %s ON %I TO %I', g.privilege, g.object, $1);
	END LOOP;
END
$$;
COMMENT ON FUNCTION ce_grant_privileges(name) IS
	'grants a role the privileges of its duties again, after an update for new tables and views: SELECT ce_grant_privileges(role_name) FROM (SELECT role_name FROM ce_member UNION SELECT role_name FROM ce_person_role) r';

-- What ce_grant() and related functions check first: the caller is the owner, the role exists.
CREATE OR REPLACE FUNCTION ce__grant_check(role_name name) RETURNS void
	LANGUAGE ce_plpgsql STABLE AS $$
DECLARE
	owner name;
BEGIN
	PERFORM ce__require_ledger();
	IF to_regclass('ce_person_role') IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state', MESSAGE = ce_text('the ledger is older than the extension'),
			DETAIL = ce_text('Table "ce_person_role" does not exist.'), HINT = ce_text('Let the ledger''s owner run ce_setup().');
	END IF;
	SELECT pg_get_userbyid(c.relowner) INTO owner FROM pg_class c WHERE c.oid = 'ce_member'::regclass;
	IF NOT pg_has_role(current_user, owner, 'USAGE') THEN
		RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = ce_text('must be owner of the ledger to grant or revoke duties'),
			DETAIL = format(ce_text('Clause 7.1: role "%s" owns the ledger and grants the duties.'), owner),
			HINT = format(ce_text('Call it as role "%s".'), owner);
	END IF;
	IF ce__distributed() THEN
		-- Citus then changes privileges of shards in the transaction that has read them.
		PERFORM set_config('citus.multi_shard_modify_mode', 'sequential', true);
	END IF;
	IF NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = $1) THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_object', MESSAGE = format(ce_text('role "%s" does not exist'), $1),
			HINT = format(ce_text('Run CREATE ROLE %s LOGIN; first.'), quote_ident($1));
	END IF;
END
$$;
COMMENT ON FUNCTION ce__grant_check(name) IS
	'internal: raises an error unless current_user owns the ledger and the role exists';

CREATE OR REPLACE FUNCTION ce_grant(role_name name, org_id bigint, duty text) RETURNS void
	LANGUAGE ce_plpgsql VOLATILE AS $$
BEGIN
	PERFORM ce__grant_check($1);
	IF NOT EXISTS (SELECT FROM ce_duty_privileges($3)) THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format(ce_text('there is no duty "%s"'), coalesce($3, 'null')),
			HINT = ce_text('The duties are read, record, verify, backdate, sanction, audit and report.');
	ELSIF NOT EXISTS (SELECT FROM ce_org o WHERE o.org_id = $2) THEN
		RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', MESSAGE = format(ce_text('organisation %s does not exist'), coalesce($2::text, 'null')),
			HINT = ce_text('Table ce_org lists the organisations.');
	END IF;
	PERFORM ce__refuse_rules('ce_member', true);
	INSERT INTO ce_member (role_name, org_id, duty) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;
	PERFORM ce__require_written(EXISTS (SELECT FROM ce_member m WHERE m.role_name = $1 AND m.org_id = $2 AND m.duty = $3), 'ce_member');
	PERFORM ce_grant_privileges($1);
END
$$;
COMMENT ON FUNCTION ce_grant(name, bigint, text) IS
	'grants a role a duty for an organisation (7.1): read, record, verify, backdate, sanction, audit or report, with the privileges that it needs; for the ledger''s owner';

-- Revokes the privileges of the duties, and grants those of the remaining ones.
CREATE OR REPLACE FUNCTION ce__revoke_privileges(role_name name, duties text[]) RETURNS void
	LANGUAGE ce_plpgsql VOLATILE AS $$
DECLARE
	g record;
BEGIN
	PERFORM ce__grant_check($1);
	FOR g IN SELECT DISTINCT p.privilege, p.object FROM unnest($2) AS d (duty) CROSS JOIN LATERAL ce_duty_privileges(d.duty) p LOOP
		EXECUTE format('REVOKE %s ON %I FROM %I', g.privilege, g.object, $1);
	END LOOP;
	PERFORM ce_grant_privileges($1);
END
$$;
COMMENT ON FUNCTION ce__revoke_privileges(name, text[]) IS
	'internal: revokes the privileges of duties from a role, except those that its remaining duties need';

CREATE OR REPLACE FUNCTION ce_revoke_duty(role_name name, org_id bigint, duty text) RETURNS void
	LANGUAGE ce_plpgsql VOLATILE AS $$
BEGIN
	PERFORM ce__grant_check($1);
	DELETE FROM ce_member m WHERE m.role_name = $1 AND m.org_id = $2 AND m.duty = $3;
	IF NOT FOUND THEN
		PERFORM ce__require_written(NOT EXISTS (SELECT FROM ce_member m WHERE m.role_name = $1 AND m.org_id = $2 AND m.duty = $3), 'ce_member');
		RAISE EXCEPTION USING ERRCODE = 'no_data_found',
			MESSAGE = format(ce_text('role "%s" does not hold the duty "%s" for organisation %s'), $1, coalesce($3, 'null'), coalesce($2::text, 'null')),
			HINT = ce_text('Table ce_member lists the duties of each role.');
	END IF;
	PERFORM ce__revoke_privileges($1, ARRAY[$3]);
END
$$;
COMMENT ON FUNCTION ce_revoke_duty(name, bigint, text) IS
	'revokes a role''s duty for an organisation, with the privileges that none of its other duties needs; for the ledger''s owner';

CREATE OR REPLACE FUNCTION ce_grant_person(role_name name, person_id bigint) RETURNS void
	LANGUAGE ce_plpgsql VOLATILE AS $$
BEGIN
	PERFORM ce__grant_check($1);
	IF NOT EXISTS (SELECT FROM ce_person p WHERE p.person_id = $2) THEN
		RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', MESSAGE = format(ce_text('person %s does not exist'), coalesce($2::text, 'null')),
			HINT = ce_text('Enter the person in ce_person first.');
	END IF;
	PERFORM ce__refuse_rules('ce_person_role', true);
	INSERT INTO ce_person_role (role_name, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING;
	PERFORM ce__require_written(EXISTS (SELECT FROM ce_person_role r WHERE r.role_name = $1 AND r.person_id = $2), 'ce_person_role');
	PERFORM ce_grant_privileges($1);
END
$$;
COMMENT ON FUNCTION ce_grant_person(name, bigint) IS
	'assigns a role to a person: it sees that person''s records and can never act on them (7.4, 7.5); for the ledger''s owner';

CREATE OR REPLACE FUNCTION ce_revoke_person(role_name name, person_id bigint) RETURNS void
	LANGUAGE ce_plpgsql VOLATILE AS $$
BEGIN
	PERFORM ce__grant_check($1);
	DELETE FROM ce_person_role r WHERE r.role_name = $1 AND r.person_id = $2;
	IF NOT FOUND THEN
		PERFORM ce__require_written(NOT EXISTS (SELECT FROM ce_person_role r WHERE r.role_name = $1 AND r.person_id = $2), 'ce_person_role');
		RAISE EXCEPTION USING ERRCODE = 'no_data_found',
			MESSAGE = format(ce_text('role "%s" is not assigned to person %s'), $1, coalesce($2::text, 'null')),
			HINT = ce_text('Table ce_person_role lists the role of each person.');
	END IF;
	PERFORM ce__revoke_privileges($1, ARRAY['read']);
END
$$;
COMMENT ON FUNCTION ce_revoke_person(name, bigint) IS
	'removes the assignment of a role to a person; for the ledger''s owner';

-- CREATE POLICY knows no OR REPLACE.
CREATE OR REPLACE FUNCTION ce__policy(table_name name, policy_name name, definition text, description text) RETURNS void
	LANGUAGE ce_plpgsql VOLATILE AS $$
BEGIN
	EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
	EXECUTE format('DROP POLICY IF EXISTS %I ON %I', policy_name, table_name);
	EXECUTE format('CREATE POLICY %I ON %I %s', policy_name, table_name, definition);
	EXECUTE format('COMMENT ON POLICY %I ON %I IS %L', policy_name, table_name, description);
END
$$;
COMMENT ON FUNCTION ce__policy(name, name, text, text) IS
	'internal: turns row security on for a table of the ledger and makes a policy of it, in place of one of the same name';

CREATE OR REPLACE FUNCTION ce_secure() RETURNS void
	LANGUAGE ce_plpgsql VOLATILE SET client_min_messages = warning AS $$
DECLARE
	shipped text;
BEGIN
	PERFORM ce__grant_check(current_user);
	FOR shipped IN
		SELECT format(E'-- %s, line %s\n%s', f.file, s.line - 1, s.statement)
		  FROM ce__ledger_scripts() f
		 CROSS JOIN LATERAL ce__statements(f.script) WITH ORDINALITY AS s (line, statement, number)
		 WHERE f.file = 'ledger/security.sql'
		 ORDER BY s.number
	LOOP
		EXECUTE shipped;
	END LOOP;
END
$$;
COMMENT ON FUNCTION ce_secure() IS
	'enables row security for the ledger, with the shipped policies; ce_setup() does it once, for a new ledger; for the ledger''s owner';

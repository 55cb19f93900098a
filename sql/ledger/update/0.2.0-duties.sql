-- Version 0.2.0 gave the duty report all columns of these.  What other duties of
-- such a role come with is granted again.  A ledger of 0.1.0 knew no such duty.
DO $$
DECLARE
	reporter name;
BEGIN
	FOR reporter IN
		SELECT DISTINCT m.role_name
		  FROM ce_member m
		  JOIN pg_catalog.pg_roles r ON r.rolname = m.role_name
		  JOIN pg_catalog.pg_class c ON c.oid = 'ce_member'::pg_catalog.regclass AND c.relowner <> r.oid
		 WHERE m.duty = 'report' AND (SELECT l.extension_version FROM ce_ledger l) = '0.2.0'
	LOOP
		EXECUTE pg_catalog.format('REVOKE SELECT ON ce_person, ce_plan, ce_achievement, ce_filing_status FROM %I', reporter);
		PERFORM ce_grant_privileges(reporter);
	END LOOP;
END
$$;

-- Whoever writes the facts of activities writes those that were added, too: an
-- import names all of them.
DO $$
DECLARE
	writer record;
BEGIN
	FOR writer IN
		SELECT CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(x.grantee)) END AS role, x.privilege_type AS privilege
		  FROM pg_catalog.pg_attribute a CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) AS x
		 WHERE a.attrelid = 'ce_activity'::pg_catalog.regclass AND a.attname = 'hours' AND x.privilege_type IN ('INSERT', 'UPDATE')
		   AND (SELECT l.extension_version FROM ce_ledger l) IN ('0.1.0', '0.2.0')
	LOOP
		EXECUTE pg_catalog.format('GRANT %s (grade, role, rank, quantity) ON ce_activity TO %s', writer.privilege, writer.role);
	END LOOP;
END
$$;

-- Tables that are new: in a ledger with row security under it, too, for the
-- roles that have duties, and law rows for whoever reads the others.
SELECT ce__policy('ce_person_scheme', 'ce_sees', 'USING (ce_sees_person(person_id))',
	'former schemes of the persons that the role sees')
  FROM ce_ledger l WHERE l.security_edition = 1;
SELECT ce__policy('ce_waiver', 'ce_sees', 'USING (ce_sees_person(person_id))',
	'waivers of the persons that the role sees')
  FROM ce_ledger l WHERE l.security_edition = 1;
DO $$
DECLARE
	holder name;
	reader record;
BEGIN
	IF (SELECT l.extension_version FROM ce_ledger l) = '0.2.0' THEN
		FOR holder IN
			SELECT DISTINCT m.role_name
			  FROM ce_member m
			  JOIN pg_catalog.pg_roles r ON r.rolname = m.role_name
			  JOIN pg_catalog.pg_class c ON c.oid = 'ce_member'::pg_catalog.regclass AND c.relowner <> r.oid
		LOOP
			PERFORM ce_grant_privileges(holder);
		END LOOP;
	END IF;
	FOR reader IN
		SELECT CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(x.grantee)) END AS role
		  FROM pg_catalog.pg_class c CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) AS x
		 WHERE c.oid = 'ce_cap'::pg_catalog.regclass AND x.privilege_type = 'SELECT' AND x.grantee <> c.relowner
		   AND (SELECT l.extension_version FROM ce_ledger l) IN ('0.1.0', '0.2.0')
	LOOP
		EXECUTE pg_catalog.format('GRANT SELECT ON ce_category, ce_minimum TO %s', reader.role);
	END LOOP;
END
$$;

-- Whoever reads the view under its former name needs the privilege on the view behind it.
DO $$
DECLARE
	reader record;
BEGIN
	FOR reader IN
		SELECT CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(x.grantee)) END AS role
		  FROM pg_catalog.pg_class c CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) AS x
		 WHERE c.oid = 'ce_credit_record'::pg_catalog.regclass AND x.privilege_type = 'SELECT' AND x.grantee <> c.relowner
	LOOP
		EXECUTE pg_catalog.format('GRANT SELECT ON ce_sanction_record TO %s', reader.role);
	END LOOP;
END
$$;

-- The views for reports read names of regions: whoever reads the organisations reads these, too.
DO $$
DECLARE
	reader record;
BEGIN
	FOR reader IN
		SELECT DISTINCT CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(x.grantee)) END AS role
		  FROM pg_catalog.pg_class c CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) AS x
		 WHERE c.oid = 'ce_org'::pg_catalog.regclass AND x.privilege_type = 'SELECT' AND x.grantee <> c.relowner
	LOOP
		EXECUTE pg_catalog.format('GRANT SELECT ON ce_region TO %s', reader.role);
	END LOOP;
END
$$;

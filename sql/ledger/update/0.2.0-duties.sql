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

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

-- Version 0.2.0 had no waivers and kept no refused applications.  Where it had row
-- security, the table of waivers gets it too, and roles what their duties need of
-- it: also a question as of an earlier day reads it.
DO $$
DECLARE
	g record;
BEGIN
	IF (SELECT l.extension_version <> '0.2.0' OR l.security_edition = 0 FROM ce_ledger l) THEN
		RETURN;
	END IF;
	PERFORM ce__policy('ce_waiver', 'ce_sees', 'USING (ce_sees_person(person_id))', 'waivers of the persons that the role sees');
	FOR g IN
		SELECT DISTINCT p.privilege, p.object, r.rolname
		  FROM (SELECT m.role_name, m.duty FROM ce_member m UNION SELECT o.role_name, 'read' FROM ce_person_role o) d
		  JOIN pg_catalog.pg_roles r ON r.rolname = d.role_name
		 CROSS JOIN LATERAL ce_duty_privileges(d.duty) p
		 WHERE p.object = 'ce_waiver' OR (p.object = 'ce_application' AND p.privilege LIKE 'INSERT%')
	LOOP
		EXECUTE pg_catalog.format('GRANT %s ON %I TO %I', g.privilege, g.object, g.rolname);
	END LOOP;
END
$$;

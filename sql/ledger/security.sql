-- Row security: which rows a role sees and writes (ce_member, ce_person_role).
-- The policies say which rows are in reach, the triggers which duty a change
-- needs; who holds a privilege on a table without a duty reaches no row.
-- What has no policy for a command is not open to it at all.

SELECT ce__policy('ce_person', 'ce_sees', 'FOR SELECT USING (ce_sees_person(person_id, org_id))',
	'staff of the organisations that the role sees, and the person itself');
SELECT ce__policy('ce_person', 'ce_records_new', 'FOR INSERT WITH CHECK (ce_require_duty(org_id, ''record''))',
	'entered by roles that record for the employer');
SELECT ce__policy('ce_person', 'ce_records', 'FOR UPDATE USING (ce_has_duty(org_id, ''record'')) WITH CHECK (ce_require_duty(org_id, ''record''))',
	'changed by roles that record for the employer; for both the old and the new one if it changes');

SELECT ce__policy('ce_person_scheme', 'ce_sees', 'USING (ce_sees_person(person_id))',
	'former schemes of the persons that the role sees');

SELECT ce__policy('ce_plan', 'ce_sees', 'USING (ce_sees_plan(org_id, status))',
	'filed plans, and plans of organisers that the role sees or whose plans it reviews or files (7.2)');

SELECT ce__policy('ce_activity', 'ce_sees', 'USING (ce_sees_activity(person_id, org_id, plan_id, kind))',
	'activities of the persons that the role sees, of its staff of the time, on its own plans, of the kinds that it alone verifies');

SELECT ce__policy('ce_account', 'ce_sees', 'FOR SELECT USING (ce_sees_person(person_id))',
	'accounts of the persons that the role sees; only triggers write them');

SELECT ce__policy('ce_achievement', 'ce_sees', 'USING (ce_sees_person(person_id))',
	'achievements of the persons that the role sees');

SELECT ce__policy('ce_allocation', 'ce_sees', 'USING (ce_sees_person(person_id))',
	'allocations of the persons that the role sees');

SELECT ce__policy('ce_waiver', 'ce_sees', 'USING (ce_sees_person(person_id))',
	'waivers of the persons that the role sees');

SELECT ce__policy('ce_sanction', 'ce_sees', 'USING (ce_sees_person(person_id))',
	'findings on the persons that the role sees');

SELECT ce__policy('ce_application', 'ce_sees', 'USING (ce_sees_person(person_id))',
	'applications of the persons that the role sees');

SELECT ce__policy('ce_event', 'ce_sees', 'FOR SELECT USING (ce_audits(object, ids, by_org))',
	'log rows on what the role audits; only triggers write them');

SELECT ce__policy('ce_member', 'ce_sees', 'FOR SELECT USING (ce_has_duty(org_id, ''audit''))',
	'duties for the organisations that the role audits; only the owner writes the table');

SELECT ce__policy('ce_person_role', 'ce_sees', 'FOR SELECT USING (ce_audits(''person'', ARRAY[person_id], NULL))',
	'roles of the persons that the role audits; only the owner writes the table');

UPDATE ce_ledger SET security_edition = 1;

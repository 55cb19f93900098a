--
-- Steps that bodies take.  They write as the caller; the triggers of the
-- tables hold the rules.
--

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

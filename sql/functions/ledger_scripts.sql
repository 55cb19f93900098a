--
-- The ledger's scripts, which the build puts in here as they are, in the order
-- in which they run; and the statements of a script
--

CREATE OR REPLACE FUNCTION ce__statements(script text) RETURNS TABLE (line integer, statement text)
	LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce__statements';
COMMENT ON FUNCTION ce__statements(text) IS
	'internal: the statements of an SQL script in their order, each with the comments before it and the line that it begins in';

-- lacking: the last release whose ledgers lack what the script brings; edition: that
-- of the shipped law whose rows it has; both null: see ce__setup_statements()
CREATE OR REPLACE FUNCTION ce__ledger_scripts() RETURNS TABLE (place integer, file text, lacking text, edition integer, script text)
	LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $scripts$
	VALUES
	(1, 'ledger/ledger.sql', NULL, NULL, $script$
--include ledger/ledger.sql
$script$),
	(2, 'ledger/update/0.1.0.sql', '0.1.0', NULL, $script$
--include ledger/update/0.1.0.sql
$script$),
	(3, 'ledger/update/0.2.0.sql', '0.2.0', NULL, $script$
--include ledger/update/0.2.0.sql
$script$),
	(4, 'ledger/law.sql', NULL, NULL, $script$
--include ledger/law.sql
$script$),
	(5, 'ledger/update/0.2.0-categories.sql', '0.2.0', NULL, $script$
--include ledger/update/0.2.0-categories.sql
$script$),
	(6, 'law/qinghai_2020.sql', NULL, 1, $script$
--include law/qinghai_2020.sql
$script$),
	(7, 'ledger/title_names.sql', NULL, NULL, $script$
--include ledger/title_names.sql
$script$),
	(8, 'ledger/title_rows.sql', NULL, NULL, $script$
--include ledger/title_rows.sql
$script$),
	(9, 'ledger/regions.sql', NULL, NULL, $script$
--include ledger/regions.sql
$script$),
	(10, 'law/qinghai_regions.sql', NULL, NULL, $script$
--include law/qinghai_regions.sql
$script$),
	(11, 'ledger/people.sql', NULL, NULL, $script$
--include ledger/people.sql
$script$),
	(12, 'ledger/plans.sql', NULL, NULL, $script$
--include ledger/plans.sql
$script$),
	(13, 'ledger/activities.sql', NULL, NULL, $script$
--include ledger/activities.sql
$script$),
	(14, 'ledger/titles.sql', NULL, NULL, $script$
--include ledger/titles.sql
$script$),
	(15, 'ledger/import.sql', NULL, NULL, $script$
--include ledger/import.sql
$script$),
	(16, 'ledger/link.sql', NULL, NULL, $script$
--include ledger/link.sql
$script$),
	(17, 'ledger/views.sql', NULL, NULL, $script$
--include ledger/views.sql
$script$),
	(18, 'ledger/distributed.sql', NULL, NULL, $script$
--include ledger/distributed.sql
$script$),
	(19, 'ledger/update/0.2.0-duties.sql', '0.2.0', NULL, $script$
--include ledger/update/0.2.0-duties.sql
$script$),
	(20, 'ledger/update/0.2.0-totals.sql', '0.2.0', NULL, $script$
--include ledger/update/0.2.0-totals.sql
$script$),
	(21, 'ledger/update/0.2.0-waivers.sql', '0.2.0', NULL, $script$
--include ledger/update/0.2.0-waivers.sql
$script$),
	(22, 'ledger/finish.sql', NULL, NULL, $script$
--include ledger/finish.sql
$script$),
	(23, 'ledger/security.sql', NULL, NULL, $script$
--include ledger/security.sql
$script$)
$scripts$;
COMMENT ON FUNCTION ce__ledger_scripts() IS
	'internal: the scripts that make a ledger, in their order, and those that bring one of an earlier release up to date';

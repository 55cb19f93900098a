# A dump restores the whole ledger: every row, what users added to it, and the
# triggers alive; in a schema whose name needs quoting, by an owner who is no
# superuser.

use strict;
use warnings;

use File::Basename qw(dirname);
use lib dirname(__FILE__);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use TestLedger;

my $fixture = File::Spec->rel2abs(dirname(__FILE__)) . '/ledger.psql';
my $schema = '"Further Education"';

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE ledger_owner LOGIN; CREATE ROLE clerk; CREATE DATABASE source');

# every row of every table and view, and every definition
sub contents
{
	my ($db) = @_;

	return { %{ rows($node, $db, $schema) }, '-definitions' => definitions($node, $db, $schema) };
}

#
# The extension tells the second step, in the schema that was chosen
#
my ($status, $out, $err) = $node->psql('source', qq{CREATE SCHEMA $schema; CREATE EXTENSION ce_hours SCHEMA $schema});
is($status, 0, 'CREATE EXTENSION in a schema whose name needs quoting');
like($err, qr/INFO: .*SELECT \Q$schema\E\.ce_setup\(\)/, 'CREATE EXTENSION tells the second step');
refused($node, 'source', qq{SELECT $schema.ce_verdict(1, 'senior')}, qr/there is no ledger in schema "Further Education".*HINT: .*\Q$schema\E\.ce_setup\(\)/s, 'a question before ce_setup()');
{
	($status, $out, $err) = $node->psql('postgres',
		'CREATE SCHEMA "50% more"; CREATE EXTENSION ce_hours SCHEMA "50% more"; SELECT "50% more".ce_setup(); SELECT "50% more".ce_verdict(1, \'junior\'); DROP SCHEMA "50% more" CASCADE',
		on_error_stop => 1);
	is($status, 0, 'a schema with a percent sign in its name') or diag $err;
	like($out, qr/unknown_person/, 'and a question in it');
}

#
# The ledger, by its owner, who is no superuser; and what users add to it
#
$node->safe_psql('source', qq{GRANT CREATE, USAGE ON SCHEMA $schema TO ledger_owner; GRANT USAGE ON SCHEMA $schema TO clerk; ALTER ROLE ledger_owner SET search_path = $schema});
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $node->connstr('source') . ' user=ledger_owner', '-f', $fixture ], 'the ledger is made by its owner');
$node->safe_psql('source', q{
	ALTER TABLE ce_person ADD COLUMN office text DEFAULT 'main';
	CREATE INDEX my_index ON ce_activity (completed_on) WHERE status = 'submitted';
	CREATE TABLE my_log (person_id bigint, hours ce_hours);
	CREATE FUNCTION my_trigger() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS 'BEGIN INSERT INTO my_log VALUES (NEW.person_id, NEW.awarded); RETURN NULL; END';
	CREATE TRIGGER my_trigger AFTER INSERT ON ce_activity FOR EACH ROW EXECUTE FUNCTION my_trigger();
	-- comparisons that cannot name the schema of their operator, in a view, a materialized view, a trigger and a CHECK
	CREATE VIEW my_comparisons AS SELECT p.person_id, nullif(p.held_level, 'junior') AS above_junior, p.held_level IS DISTINCT FROM 'senior' AS no_senior, CASE p.held_level WHEN 'senior' THEN 1 ELSE 2 END AS which,
			nullif(a.credit, '{}') AS credit, a.credit IS NOT DISTINCT FROM '{}' AS empty, CASE a.credit WHEN '{}' THEN 1 ELSE 2 END AS credited
		FROM ce_person p LEFT JOIN ce_account a ON a.person_id = p.person_id AND a.year = 2020;
	CREATE VIEW my_joins AS SELECT count(*) AS n FROM ce_person p JOIN ce_person q USING (held_level) JOIN ce_account a ON a.person_id = p.person_id JOIN ce_account b USING (credit) JOIN ce_activity v ON v.person_id = p.person_id JOIN ce_activity w USING (awarded);
	CREATE MATERIALIZED VIEW my_hours AS SELECT activity_id, nullif(awarded, '0') AS awarded, hours IS DISTINCT FROM awarded AS converted FROM ce_activity;
	CREATE TABLE promotions (person_id bigint, level ce_level CHECK (level IS DISTINCT FROM 'junior'));
	CREATE FUNCTION promoted() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS 'BEGIN INSERT INTO promotions VALUES (NEW.person_id, NEW.held_level); RETURN NULL; END';
	CREATE TRIGGER promoted AFTER UPDATE ON ce_person FOR EACH ROW WHEN (OLD.held_level IS DISTINCT FROM NEW.held_level) EXECUTE FUNCTION promoted();
	GRANT SELECT ON ce_person, ce_account TO clerk;
	ALTER TABLE ce_person ENABLE ROW LEVEL SECURITY;
	CREATE POLICY my_policy ON ce_person AS RESTRICTIVE TO clerk USING (person_id < 10);
	INSERT INTO ce_waiver (person_id, year, subject, hours, defers_to, reason, decision, granted_by, granted_on) VALUES
		(1, 2019, NULL, NULL, NULL, 'r', 'd', 1, '2021-01-10'), (2, 2020, 'public', '5', NULL, 'r', 'd', 1, '2021-01-10'), (3, 2020, NULL, '5', 2022, 'r', 'd', 1, '2021-01-10');
	INSERT INTO ce_category (category, parent, label_zh, label_en, instrument, clause) VALUES ('party_school', 'public', '党校培训', 'party school', 'mohrss-order-25', 'of ours');
	INSERT INTO ce_minimum (scheme, category, from_year, hours, instrument, clause) VALUES ('general', 'party_school', 2030, '4', 'mohrss-order-25', 'of ours');
	INSERT INTO ce_person_scheme (person_id, until_on, scheme, note) SELECT i, '2016-12-31', 'accounting', 'was an accountant' FROM generate_series(5, 7) i;
	UPDATE ce_waiver SET revoked_by = 1, note = 'quashed' WHERE person_id = 2;
	INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, instrument, clause) VALUES ('general', 2021, 2021, '100', 'mohrss-order-25', 'of ours');
	UPDATE ce_requirement SET public_hours = '44' WHERE from_year = 2020;
	DELETE FROM ce_cap;
	INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, instrument, clause) VALUES ('general', 'mentoring', 2030, 'days', '6', 'mohrss-order-25', 'of ours');
	-- categories of our own, parents after children, a scheme based on one that comes later, a window that names it, and who moved
	INSERT INTO ce_category (category, parent, label_zh, label_en, clause) VALUES ('a_free', NULL, 'z', 'z', 'x'), ('z_class', 'professional', 'z', 'z', 'x'), ('b_inner', 'z_class', 'z', 'z', 'x');
	UPDATE ce_category SET parent = 'z_class' WHERE category IN ('training', 'study');
	INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause) VALUES ('z-base', 'z', 'z', true, 'mohrss-order-25', 'x');
	INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause, based_on) VALUES ('a-based', 'z', 'z', true, 'mohrss-order-25', 'x', 'z-base');
	INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('z-base', 2015, '20', 'mohrss-order-25', 'x');
	INSERT INTO ce_minimum (scheme, category, from_year, hours, instrument, clause) VALUES ('z-base', 'a_free', 2015, '5', 'mohrss-order-25', 'x'), ('a-based', 'b_inner', 2015, '2', 'mohrss-order-25', 'x');
	INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES ('a-based', 'z_class', 2015, '10', 'mohrss-order-25', 'x');
	INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause) VALUES ('free', 'a_free', 'activity', 'z', 'z', 'mohrss-order-25', 'x'), ('inner', 'b_inner', 'activity', 'z', 'z', 'mohrss-order-25', 'x');
	INSERT INTO ce_rule (scheme, kind, from_year, basis, instrument, clause) VALUES ('z-base', 'free', 2015, 'as_completed', 'mohrss-order-25', 'x'), ('z-base', 'inner', 2015, 'as_completed', 'mohrss-order-25', 'x');
	INSERT INTO ce_window (scheme, route, level, aggregation, years, years_by, cycle_from, each_at_least, judged_by, from_year, instrument, clause)
		VALUES ('z-base', 'review', 'junior', 'sum', 2, 'cycle', 2015, '1', 'a-based', 2016, 'mohrss-order-25', 'x');
	INSERT INTO ce_person (person_id, org_id, scheme) VALUES (9001, 2, 'a-based');
	INSERT INTO ce_person_scheme (person_id, until_on, scheme) VALUES (9001, '2018-12-31', 'z-base');
	INSERT INTO ce_activity (person_id, kind, completed_on, hours, evidence, status, verified_by, verified_on)
		SELECT 9001, k, make_date(y, 3, 1), '12', 'd', 'verified', 1, make_date(y, 3, 2) FROM unnest('{free,inner}'::text[]) k, generate_series(2018, 2020) y;
	DELETE FROM my_log;
}, extra_params => [ '-U', 'ledger_owner' ]);
is($node->safe_psql('source', qq{SELECT count(*) FROM $schema.ce_check()}), 0, 'the source is sound');
my $asked = qq{SET search_path = $schema; SELECT string_agg(concat_ws(' ', year, credit), ', ' ORDER BY year), ce_verdict(9001, 'junior', 'review', '2020-12-31') FROM ce_account WHERE person_id = 9001};
is($node->safe_psql('source', $asked), '2018 {own_2:12,own_4:12}, 2019 {own_2:12,own_4:12}, 2020 {own_2:12,own_4:12}|eligible', 'hours of categories of our own');
my $source = contents('source');
is(join(' ', sort grep { $source->{$_} =~ /^0 / } keys %$source), 'ce_allocation ce_application ce_link ce_link_refused ce_statement my_log promotions', 'nearly every table and view has rows');
refused($node, 'source', 'DROP EXTENSION ce_hours', qr/cannot drop extension ce_hours because other objects depend on it/, 'DROP EXTENSION with a ledger');

#
# Dump and restore
#
my $dir = PostgreSQL::Test::Utils::tempdir;
for my $format ([ 'plain', '-Fp' ], [ 'custom', '-Fc' ], [ 'directory', '-Fd', '-j2' ])
{
	my ($name, @options) = @$format;
	my $file = "$dir/$name";

	$node->command_ok([ 'pg_dump', @options, '-f', $file, '-U', 'ledger_owner', '-d', $node->connstr('source') ], "$name: dumped by the ledger's owner");
	$node->safe_psql('postgres', "CREATE DATABASE $name TEMPLATE template0");
	$node->command_ok($name eq 'plain'
		? [ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $node->connstr($name), '-f', $file ]
		: [ 'pg_restore', '-e', ($name eq 'directory' ? '-j2' : ()), '-d', $node->connstr($name), $file ],
		"$name: restored without an error");

	is($node->safe_psql($name, qq{SET search_path = $schema; SELECT string_agg(format('%s %s', attname, atttypid::regtype), ', ' ORDER BY attrelid, attnum) FROM pg_attribute WHERE attrelid IN ('my_comparisons'::regclass, 'my_hours'::regclass) AND attname IN ('above_junior', 'credit', 'awarded')}),
		'above_junior ce_level, credit ce_credit, awarded ce_hours', "$name: NULLIF returns the type that it did");
	is_deeply(contents($name), $source, "$name: rows of every table and view, and definitions, are the same");
	is($node->safe_psql($name, qq{SELECT count(*) FROM $schema.ce_check()}), 0, "$name: ce_check() is empty");
	is($node->safe_psql($name, $asked), $node->safe_psql('source', $asked), "$name: hours of categories of our own, and what they come to");
	is($node->safe_psql($name, qq{SET search_path = $schema; SELECT count(*) FROM my_log}), 0, "$name: no trigger fired during the restore");

	# triggers and sequences alive
	refused($node, $name, qq{SET search_path = $schema; DELETE FROM ce_activity WHERE status = 'verified'}, qr/cannot be deleted/, "$name: deleting what is verified");
	is($node->safe_psql($name, qq{
		SET search_path = $schema;
		INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on)
			VALUES (40, 'academy_course', '2020-03-01', '7.5', 'verified', 4, '2020-03-02');
		SELECT ce_credit_hours(credit, 'public') FROM ce_account WHERE person_id = 40 AND year = 2020}), '7.5', "$name: a new row counts");
	is($node->safe_psql($name, qq{SET search_path = $schema; SELECT count(*) FROM ce_check()}), 0, "$name: and the ledger is sound");
	is($node->safe_psql($name, qq{SET search_path = $schema; SELECT * FROM my_log}), '40|7.5', "$name: the user's own trigger fired");
	is($node->safe_psql($name, qq{SET search_path = $schema; UPDATE ce_person SET held_level = 'full_senior', held_since = '2020-01-02' WHERE person_id = 40; UPDATE ce_person SET held_level = 'full_senior' WHERE person_id = 40; SELECT * FROM promotions}), '40|full_senior', "$name: and the one that compares levels");
	is($node->safe_psql($name, qq{SET search_path = $schema; SET ROLE clerk; SELECT count(*) FROM ce_person}), 9, "$name: the user's own policy holds");

	# the second call changes nothing of the user's
	my $before = contents($name);
	$node->safe_psql($name, "SELECT $schema.ce_setup()", extra_params => [ '-U', 'ledger_owner' ]);
	my $after = contents($name);
	delete $_->{'ce_ledger'} for $before, $after;    # when ce_setup() ran last
	is_deeply($after, $before, "$name: ce_setup() again changes nothing");
}

$node->stop;
done_testing();

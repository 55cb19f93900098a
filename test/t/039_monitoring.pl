# The monitoring queries of docs/operations.md run as the ledger's owner, say
# nothing of a sound ledger and find what they are for.

use strict;
use warnings;

use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my ($block) = slurp_file("$root/docs/operations.md") =~ /^### Monitoring queries\n.*?^```sql\n(.*?)^```$/ms;
my @queries = map { [ /^-- (.*?)\n(.*)/s ] } split /;\s*/, $block // '';
is(scalar @queries, 9, 'the queries of the page');

my $node = PostgreSQL::Test::Cluster->new('monitored');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf', "client_min_messages = warning");
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';
$node->safe_psql('postgres', q{
	CREATE ROLE hours_owner LOGIN;
	CREATE SCHEMA hours AUTHORIZATION hours_owner;
	ALTER ROLE hours_owner SET search_path = hours;
	CREATE EXTENSION ce_hours SCHEMA hours;
	CREATE ROLE clerk;
	CREATE ROLE leaver});
$node->safe_psql('postgres', 'SELECT ce_setup()', extra_params => [ '-U', 'hours_owner' ]);
chdir($root) or die;
command_ok([ 'psql', '-Xq', '-d', $node->connstr('postgres') . ' user=hours_owner', '-o', '/dev/null', '-f', 'examples/load.sql' ], 'the examples are loaded');

# answers(): of each query, as its owner; one at a time
sub answers
{
	return map { $node->safe_psql('postgres', $_->[1], extra_params => [ '-U', 'hours_owner' ]) } @queries;
}
my $owned = sub { $node->safe_psql('postgres', $_[0], extra_params => [ '-U', 'hours_owner' ]) };

$owned->(q{SELECT ce_grant('clerk', org_id, 'read'), ce_grant('leaver', org_id, 'read') FROM ce_org WHERE code = 'hospital'});
my @sound = answers();
is($sound[$_], '', "nothing to report: $queries[$_][0]") for 0 .. 3;
is($sound[4], $owned->(q{SELECT b.code, b.name, count(*), min(completed_on), count(*) FILTER (WHERE verification_due < ce_today()), count(*) FILTER (WHERE waits_for_filing)
	FROM ce_verification_queue q LEFT JOIN ce_org b ON b.org_id = q.next_body GROUP BY b.org_id ORDER BY 3 DESC, 1}), 'what waits');
is($owned->('SELECT count(*) FROM ce_verification_queue'), eval join('+', map { (split /\|/)[2] } split /\n/, $sound[4]), 'each once');
is("$sound[5]$sound[6]", '', 'nothing failed');
like($sound[7], qr/^activity\|verified\|hours_owner\|\d+$/m, 'what was done');
is(scalar(split /\n/, $sound[8]), 5, 'the largest tables');
like($sound[8], qr/^ce_(?:activity|event)\|\d+\|\d+ kB\|/, 'of which these are first');

# what they are for
$owned->(q{
	UPDATE ce_ledger SET extension_version = '0.2.0';
	ALTER TABLE ce_plan DISABLE TRIGGER ce_plan_check;
	REVOKE SELECT ON ce_region FROM clerk;
	CREATE TABLE staff (id bigint PRIMARY KEY, unit text);
	INSERT INTO staff VALUES (5001, 'hospital'), (5002, 'nowhere');
	SELECT ce_link('staff', 'id', 'unit', bad_rows => 'list');
	INSERT INTO ce_staging (source, source_ref, person_no, kind, title, completed_on, hours) VALUES ('csv', '1', 'nobody', 'training', 't', '2020-05-01', '7');
	CALL ce_import_staged();
	INSERT INTO ce_staging (source, source_ref, person_no, kind, title, completed_on, hours) VALUES ('csv', '2', 'nobody', 'training', 't', '2020-05-01', '7')});
$node->safe_psql('postgres', 'DROP OWNED BY leaver; DROP ROLE leaver');
my ($installed) = $node->safe_psql('postgres', q{SELECT extversion FROM pg_extension WHERE extname = 'ce_hours'});
my @found = answers();
is($found[0], "$installed|$installed|0.2.0", 'a ledger that waits for ce_setup()');
is($found[1], 'ce_plan|ce_plan_check', 'a trigger that is disabled');
is($found[2], 'leaver', 'a duty of nobody');
is($found[3], 'clerk', 'a role that lacks a privilege');
$owned->('SELECT ce_grant_privileges(\'clerk\')');
is((answers())[3], '', 'which it has again');
like($found[5], qr/^csv\|1\|0\|1\|20\d\d-/, 'lines that wait and that failed');
is($found[6], 'staff|1', 'a row of HR that is not taken');

$node->stop;
done_testing();

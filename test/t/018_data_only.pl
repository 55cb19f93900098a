# The schema first and the data afterwards, and one table alone.  Triggers that
# are on refuse a restore of data: it would make hours of facts again and count
# twice.  Where they are off all comes back as it was.

use strict;
use warnings;

use File::Basename qw(dirname);
use lib dirname(__FILE__);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use TestLedger;

my $fixture = File::Spec->rel2abs(dirname(__FILE__)) . '/ledger.psql';
my $dir = PostgreSQL::Test::Utils::tempdir;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE ledger_owner LOGIN; CREATE DATABASE source; CREATE DATABASE one_table');
$node->safe_psql('source', 'CREATE SCHEMA hours AUTHORIZATION ledger_owner; CREATE EXTENSION ce_hours SCHEMA hours; ALTER ROLE ledger_owner SET search_path = hours');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $node->connstr('source') . ' user=ledger_owner', '-f', $fixture ], 'the ledger is made by its owner');
my $rows = rows($node, 'source', 'hours');
my $definitions = definitions($node, 'source', 'hours');

$node->command_ok([ 'pg_dump', '-Fc', '--schema-only', '-U', 'ledger_owner', '-f', "$dir/schema", $node->connstr('source') ], 'the schema is dumped');
$node->command_ok([ 'pg_dump', '-Fc', '--data-only', '-U', 'ledger_owner', '-f', "$dir/data", $node->connstr('source') ], 'the data is dumped');

for my $db (qw(superuser owner triggers_on))
{
	$node->safe_psql('postgres', "CREATE DATABASE $db TEMPLATE template0");
	$node->command_ok([ 'pg_restore', '-e', '-d', $node->connstr($db), "$dir/schema" ], "$db: the schema is restored");
}

sub restored_whole
{
	my ($db) = @_;

	# ENABLE TRIGGER ALL made ordinary triggers of those for replication; ce_setup() does that again
	is($node->safe_psql($db, q{SET search_path = hours; SELECT DISTINCT invariant, regexp_replace(detail, ' .*', '') FROM ce_check() ORDER BY 2}),
		join("\n", map { "triggers are enabled|ce_$_" } qw(law_changed law_replicated member_changed member_replicated org_changed org_replicated)), "$db: ce_check() names the triggers that are not as they were");
	is_deeply(rows($node, $db, 'hours'), $rows, "$db: every row is as it was");
	$node->safe_psql($db, 'SELECT ce_setup()', extra_params => [ '-U', 'ledger_owner' ]);
	is($node->safe_psql($db, 'SET search_path = hours; SELECT count(*) FROM ce_check()'), 0, "$db: ce_check() is empty after ce_setup()");
	is_deeply(definitions($node, $db, 'hours'), $definitions, "$db: every definition is as it was");
	is($node->safe_psql($db, q{SET search_path = hours; BEGIN; ALTER TRIGGER ce_law_replicated ON ce_cap RENAME TO of_mine; ALTER TABLE ce_cap ENABLE TRIGGER of_mine;
		SELECT detail FROM ce_check(); ROLLBACK}), 'of_mine on ce_cap', "$db: one that was renamed is still known");
	my $after = rows($node, $db, 'hours');
	is_deeply({ %$after, ce_ledger => '' }, { %$rows, ce_ledger => '' }, "$db: ce_setup() changed no row");
	is($node->safe_psql($db, q{SET search_path = hours;
		INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (40, 'academy_course', '2020-03-01', '7.5', 'verified', 4, '2020-03-02');
		SELECT ce_credit_hours(credit, 'public') FROM ce_account WHERE person_id = 40 AND year = 2020}), '7.5', "$db: a new row counts");
}

#
# --disable-triggers, by a superuser
#
$node->command_ok([ 'pg_restore', '--data-only', '--disable-triggers', '--single-transaction', '-d', $node->connstr('superuser'), "$dir/data" ], 'superuser: the data is restored');
restored_whole('superuser');

#
# By the ledger's owner, who may not switch off foreign keys: these hold during the restore
#
my $switch = q{SELECT format('ALTER TABLE %%s %s TRIGGER USER', oid::regclass) FROM pg_class WHERE relnamespace = 'hours'::regnamespace AND relkind = 'r' \gexec};
$node->safe_psql('owner', sprintf($switch, 'DISABLE'), extra_params => [ '-U', 'ledger_owner' ]);
is($node->safe_psql('owner', q{SET search_path = hours; SELECT count(*) > 20 FROM ce_check() WHERE invariant = 'triggers are enabled'}), 't', 'owner: ce_check() tells that triggers are off');
$node->command_ok([ 'pg_restore', '--data-only', '--single-transaction', '-U', 'ledger_owner', '-d', $node->connstr('owner'), "$dir/data" ], 'owner: the data is restored');
$node->safe_psql('owner', sprintf($switch, 'ENABLE'), extra_params => [ '-U', 'ledger_owner' ]);
restored_whole('owner');

#
# With triggers on: refused at the first table, and nothing is counted
#
for my $case ([ 'at once', '--single-transaction' ], [ 'error by error' ])
{
	my ($name, @options) = @$case;

	$node->command_fails_like([ 'pg_restore', '--data-only', @options, '-U', 'ledger_owner', '-d', $node->connstr('triggers_on'), "$dir/data" ],
		qr/\A[^\n]*COPY failed for table "ce_account": ERROR:  cannot insert into table "ce_account".*HINT:  .*--disable-triggers/s,
		"triggers on, $name: the first error says the way out");
	is($node->safe_psql('triggers_on', 'SET search_path = hours; SELECT (SELECT count(*) FROM ce_account) + (SELECT count(*) FROM ce_activity) + (SELECT count(*) FROM ce_check())'), 0,
		"triggers on, $name: no hour is counted");
	is($node->safe_psql('triggers_on', 'SET search_path = hours; SELECT count(*) FROM ce_org'), 0, "triggers on, $name: nothing is left behind") if @options;
}
refused($node, 'source', q{SET search_path = hours; INSERT INTO ce_event (at, role_name, object, ids) VALUES (now(), 'x', 'plan', '{1}')},
	qr/cannot insert into table "ce_event"/, 'an entry of the log by INSERT');

#
# One table alone: facts where there is no ledger, law rows where there is one
#
$node->safe_psql('one_table', 'CREATE SCHEMA hours; CREATE EXTENSION ce_hours SCHEMA hours');
$node->command_ok([ 'pg_dump', '-Fc', '-U', 'ledger_owner', '-t', 'hours.ce_activity', '-f', "$dir/activity", $node->connstr('source') ], 'one table is dumped');
$node->command_ok([ 'pg_restore', '-e', '--section=pre-data', '--section=data', '-d', $node->connstr('one_table'), "$dir/activity" ], 'and restored where its types are');
is(rows($node, 'one_table', 'hours')->{ce_activity}, $rows->{ce_activity}, 'with every row');

$node->command_ok([ 'pg_dump', '-Fc', '--data-only', '-U', 'ledger_owner', '-t', 'hours.ce_rule', '-f', "$dir/rule", $node->connstr('source') ], 'a law table is dumped');
$node->safe_psql('source', 'SET search_path = hours; DELETE FROM ce_rule');
$node->command_ok([ 'pg_restore', '-e', '--data-only', '-U', 'ledger_owner', '-d', $node->connstr('source'), "$dir/rule" ], 'and restored after its rows were lost, triggers on');
is(rows($node, 'source', 'hours')->{ce_rule}, $rows->{ce_rule}, 'with every row');
is($node->safe_psql('source', 'SET search_path = hours; SELECT count(*) FROM ce_check()'), 0, 'ce_check() is empty');

$node->stop;
done_testing();

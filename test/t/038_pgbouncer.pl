# The ledger through pgbouncer in transaction mode: one server connection for
# several clients, each transaction as another role.  What docs/operations.md
# says of it.

use strict;
use warnings;

use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my ($pgbouncer) = grep { -x } map { "$_/pgbouncer" } split(/:/, $ENV{PATH}), '/usr/sbin';
my $python = -x '/usr/bin/python3' ? '/usr/bin/python3' : 'python3';
plan skip_all => 'no pgbouncer' unless $pgbouncer;
plan skip_all => 'no psycopg' unless run_log([ $python, '-c', 'import psycopg' ], '2>', \my $ignored);

my $dir = PostgreSQL::Test::Utils::tempdir_short;
my $node = PostgreSQL::Test::Cluster->new('pooled');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->start;
$node->safe_psql('postgres', q{
	SET client_min_messages = warning;
	CREATE SCHEMA hours;
	CREATE EXTENSION ce_hours SCHEMA hours;
	ALTER DATABASE postgres SET search_path = hours;
	SET search_path = hours;
	SELECT ce_setup();
	INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code) VALUES (1, 'top', 'Top', 'hrss', 'provincial', NULL, '630000'), (2, 'office', 'Office', 'hrss', 'county', 1, '630121'),
		(3, 'factory', 'Factory', 'enterprise', 'county', 2, '630121'), (4, 'hospital', 'Hospital', 'public_institution', 'county', 2, '630121');
	INSERT INTO ce_person (person_id, person_no, org_id, entered_on) VALUES (1, 'F1', 3, '2020-01-01'), (2, 'H1', 4, '2020-01-01');
	INSERT INTO ce_activity (activity_id, person_id, kind, title, started_on, completed_on, hours, evidence) VALUES
		(1001, 1, 'training', 't', '2020-06-01', '2020-06-02', '12', 'x'), (1002, 1, 'training', 'u', '2020-07-01', '2020-07-02', '12', 'x'), (1003, 2, 'training', 't', '2020-06-01', '2020-06-02', '12', 'x');
	CREATE ROLE app LOGIN;
	CREATE ROLE factory_clerk;
	CREATE ROLE hospital_clerk;
	CREATE ROLE office;
	ALTER ROLE app SET search_path = hours;
	SELECT ce_grant('factory_clerk', 3, 'record'), ce_grant('factory_clerk', 3, 'verify'), ce_grant('factory_clerk', 3, 'backdate'), ce_grant('hospital_clerk', 4, 'read'),
		ce_grant('office', 2, 'verify'), ce_grant('office', 2, 'backdate'), ce_grant('app', 1, 'read');
	GRANT factory_clerk, hospital_clerk, office TO app});

# one server connection for all clients of a role
my $port = PostgreSQL::Test::Cluster::get_free_port();
open(my $ini, '>', "$dir/pgbouncer.ini") or die;
print $ini <<"INI";
[databases]
postgres = host=${\ $node->host} port=${\ $node->port} dbname=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $port
unix_socket_dir = $dir
auth_type = trust
auth_file = $dir/users.txt
pool_mode = transaction
default_pool_size = 1
ignore_startup_parameters = extra_float_digits
logfile = $dir/pgbouncer.log
pidfile = $dir/pgbouncer.pid
INI
close($ini);
open(my $users, '>', "$dir/users.txt") or die;
print $users qq{"app" ""\n"postgres" ""\n};
close($users);
my ($log, $version) = ('', '');
IPC::Run::run([ $pgbouncer, '--version' ], '>', \$version);
my ($major, $minor) = $version =~ /PgBouncer (\d+)\.(\d+)/;
note($version);
my $pooler = IPC::Run::start([ $pgbouncer, "$dir/pgbouncer.ini" ], '>&', \$log);
END
{
	my $status = $?;
	$pooler->kill_kill(grace => 5) if $pooler;
	$? = $status;
}

my $up;
for (1 .. 100)
{
	last if $up = run_log([ 'psql', '-XAtq', '-h', $dir, '-p', $port, '-U', 'app', '-d', 'postgres', '-c', 'SELECT 1' ], '>', \my $out, '2>', \my $err);
	select(undef, undef, undef, 0.1);
}
ok($up, 'pgbouncer is there') or diag($log);

my ($said, $errors) = ('', '');
ok(IPC::Run::run([ $python, "$FindBin::RealBin/../clients/pooled.py", $dir, $port ], '>', \$said, '2>', \$errors), 'the clients come to their end') or diag($errors);
my %said;
for (split(/\n/, $said))
{
	my ($key, $value) = /^(\w+) (.*)$/ or next;
	push @{ $said{$key} }, $value;
}
is_deeply($said{SERVERS}, [1], 'both clients share one server connection');
is_deeply($said{SEARCH_PATH}, ['hours'], 'search_path of the role');
is_deeply([ @{ $said{ADDRESS} }, @{ $said{ADDRESS_AFTER} } ], [ 'True', 'False' ], 'SET LOCAL ends with its transaction');
is_deeply($said{SEES}, [ ('factory_clerk F1 1001 1002', 'hospital_clerk H1 1003') x 3 ], 'each transaction sees what its role sees');
is_deeply($said{SEES_AFTER}, [2], 'and the one after it what its own role sees');
is_deeply($said{STEP}, [ 'in_review', 'verified' ], 'ce_verify() in transactions of several clients');
is_deeply([ @{ $said{REFUSED} }, @{ $said{WAITS} } ], [ '42501', 'submitted' ], 'a transaction that fails takes back all of its steps');
is_deeply($said{HOURS}, [12], 'what was verified counts, once');
is_deeply($said{IMPORT}, ['new rejected'], 'ce_import() by the duties of the transaction\'s role');
is_deeply($said{STAGED}, ['new rejected'], 'CALL ce_import_staged(), which commits');
is_deeply($said{LAW}, [ 135, 140 ], 'a change of the law is noticed');
is_deeply($said{VERDICT}, ['not_eligible'], 'a question');
is_deeply($said{UNNAMED}, ['ok'], 'parameters without named prepared statements');
# the pooler keeps track of names since 1.21, if max_prepared_statements says so
if ($major == 1 && $minor < 21)
{
	isnt($said{NAMED}[0], 'ok', 'named prepared statements fail, as docs/operations.md says of this pooler');
}
is($node->safe_psql('postgres', 'SELECT count(*) FROM ce_check()'), 0, 'the ledger is sound');

$node->stop;
done_testing();

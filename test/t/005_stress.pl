# Twenty sessions do everything at once, at each isolation level, while one
# more looks at every snapshot; then a backend and the postmaster are killed in
# the middle of it.  The ledger is sound after each, and what was acknowledged
# to a client is there.  bench/stress.sh does the same for longer.

use strict;
use warnings;

use File::Basename qw(dirname);
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(usleep);

my $here = File::Spec->rel2abs(dirname(__FILE__));
my $logs = PostgreSQL::Test::Utils::tempdir();

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "max_connections = 60\ndeadlock_timeout = '200ms'\nfsync = on\nrestart_after_crash = on\nlog_min_messages = error\nlog_statement = none");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION ce_hours');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $node->connstr('postgres'), '-f', "$here/stress.psql" ], 'the ledger is made');

# begin(RUN, SECONDS, LEVEL): twenty clients that log what is acknowledged
sub begin
{
	my ($run, $seconds, $level) = @_;
	my %client = (out => '', err => '');

	local $ENV{PGOPTIONS} = '-c default_transaction_isolation=' . ($level =~ s/ /\\ /r);
	$client{handle} = IPC::Run::start(
		[   'pgbench', '--no-vacuum', '--client=20', '--jobs=2', "--time=$seconds", '--max-tries=1000', '--log', "--log-prefix=$logs/run$run",
			"--define=run=$run", '--define=n=0', "--file=$here/stress.pgbench", '-h', $node->host, '-p', $node->port, 'postgres' ],
		'>', \$client{out}, '2>', \$client{err}, IPC::Run::timeout(120));
	return \%client;
}

# look(SECONDS): a session that looks at every snapshot meanwhile
sub look
{
	my ($seconds) = @_;
	my %session = (out => '', err => '');
	$session{handle} = IPC::Run::start([ 'psql', '-X', '-q', '-A', '-t', '-d', $node->connstr('postgres'), '-c', "CALL stress_observe($seconds)" ],
		'>', \$session{out}, '2>', \$session{err}, IPC::Run::timeout(120));
	return \%session;
}

# How many transactions of each client were acknowledged, by the clients' files.
sub acknowledged
{
	my ($run) = @_;
	my %count;
	foreach my $file (glob "$logs/run$run.*")
	{
		foreach my $line (split /\n/, slurp_file($file))
		{
			# the last line may be cut off in the middle
			my ($client, $number, $time, $script, $epoch, $us, $retries) = split / /, $line;
			next unless defined $retries && $time =~ /^\d+$/;
			$count{$client} = $number if $number > ($count{$client} // 0);
		}
	}
	return %count;
}

sub check
{
	my ($run, $name) = @_;
	my %count = acknowledged($run);
	my $total = 0;
	my $wrong = '';
	my %there = map { split /\|/ } split /\n/, $node->safe_psql('postgres', "SELECT client, count(*) FROM stress_done WHERE run = $run GROUP BY 1");
	foreach my $client (keys %count)
	{
		$total += $count{$client};
		# what a client was doing when it was cut off may be there or not
		my $more = ($there{$client} // 0) - $count{$client};
		$wrong .= " client $client: $more" if $more < 0 || $more > 1;
	}
	cmp_ok($total, '>', 50, "$name: $total transactions were acknowledged to " . keys(%count) . ' clients');
	is($wrong, '', "$name: all of them are there, and no others");
	is($node->safe_psql('postgres', 'SELECT * FROM stress_lost'), '', "$name: and have their effect");
	# what another session has reversed meanwhile is in force no more: P0002
	is($node->safe_psql('postgres', q{SELECT DISTINCT kind, state FROM stress_done WHERE state NOT IN ('23514', '55000') AND (kind, state) <> ('reverse', 'P0002')}), '', "$name: every refusal is one of the law's");
	is($node->safe_psql('postgres', 'SELECT * FROM ce_check()'), '', "$name: ce_check() is empty");
}

my $run = 0;
foreach my $level ('read committed', 'repeatable read', 'serializable')
{
	my $clients = begin(++$run, 3, $level);
	my $session = look(3);
	$clients->{handle}->finish;
	$session->{handle}->finish;
	is($clients->{err} =~ s/^pgbench \(.*\n//r, '', "$level: no error that is not tried again");
	like($clients->{out}, qr/number of failed transactions: 0 /, "$level: nothing is given up");
	my ($looks, $over_cap, $unequal) = split /\|/, $session->{out};
	cmp_ok($looks, '>', 3, "$level: another session looked $looks times");
	is($over_cap, 0, "$level: 5.2.4c: it never saw more than 30 hours of mentoring recognised");
	is($unequal + 0, 0, "$level: it never saw an account unlike its activities");
	check($run, $level);
}
note($node->safe_psql('postgres', q{SELECT 'deadlocks: ' || deadlocks FROM pg_stat_database WHERE datname = 'postgres'}));

# one backend is killed: all are cut off and the server starts again by itself
my $clients = begin(++$run, 60, 'read committed');
ok($node->poll_query_until('postgres', "SELECT count(*) > 400 FROM stress_done WHERE run = $run"), 'work is under way');
my $pid = $node->safe_psql('postgres', q{SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT stress_step(%' AND state = 'active' AND pid <> pg_backend_pid() LIMIT 1});
is(kill(9, $pid), 1, 'one backend is killed');
$clients->{handle}->finish;
# asked without a statement: a psql that is turned away leaves the pipe of its input broken
for (1 .. 600)
{
	last if run_log([ 'pg_isready', '-q', '-h', $node->host, '-p', $node->port ]);
	usleep(100_000);
}
is($node->safe_psql('postgres', 'SELECT true'), 't', 'the server is back');
check($run, 'after the death of a backend');

# the postmaster is killed, and its children with it
$clients = begin(++$run, 60, 'read committed');
ok($node->poll_query_until('postgres', "SELECT count(*) > 400 FROM stress_done WHERE run = $run"), 'work is under way again');
$node->kill9;
$clients->{handle}->finish;
my $started = 0;
for (1 .. 100)
{
	last if $started = $node->start(fail_ok => 1);
	# until the last child has noticed and left
	usleep(200_000);
	$node->stop('fast', fail_ok => 1);
}
ok($started, 'the server starts again');
check($run, 'after the death of the postmaster');

# and the work goes on
$clients = begin(++$run, 2, 'read committed');
$clients->{handle}->finish;
check($run, 'afterwards');

$node->stop;
done_testing();

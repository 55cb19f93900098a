# No SQL of a role that is no superuser crashes the server or reads memory: the
# ledger's owner alters every column of every table (type, null, drop, rename,
# domain, generated), puts views, partitions and foreign tables in their place,
# and hangs our trigger functions elsewhere; then every function, view and
# trigger is called as owner, as clerk and as person.  None of these calls may
# end a backend, or in an error that nobody worded.
#
# HOSTILE_EVERY=1 tries every alteration (some minutes), else one in so many.
use strict;
use warnings;

use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $every = $ENV{HOSTILE_EVERY} // 150;
my $seed = $ENV{HOSTILE_SEED} // 1;
my $parts = 2;

my $node = PostgreSQL::Test::Cluster->new('hostile');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf', "max_locks_per_transaction = 512\nlog_min_messages = log\njit = off");
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE ledger_owner LOGIN NOINHERIT; CREATE ROLE ledger_clerk; CREATE ROLE ledger_person; GRANT ledger_clerk, ledger_person TO ledger_owner');

# The owner may become the roles that it tries things as, and inherits nothing of theirs.
my @sessions;
for my $part (0 .. $parts - 1)
{
	$node->safe_psql('postgres', "CREATE DATABASE hostile$part");
	$node->command_ok([ 'psql', '-X', '-q', '-d', $node->connstr("hostile$part"), '-f', "$FindBin::RealBin/hostile_owner.psql" ], "ledger $part");
	my ($out, $err) = ('', '');
	my $run = IPC::Run::start([ 'psql', '-X', '-q', '-A', '-t', '-F', '|', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr("hostile$part") . ' user=ledger_owner',
			'-c', 'SET client_min_messages = error', '-c', 'SET search_path = hours, trial', '-c', "CALL trial.run($part, $parts, $every, $seed)", '-c', "SELECT what, replace(result, E'\\n', ' // ') FROM trial.result" ],
		'>', \$out, '2>', \$err);
	push @sessions, [ $run, \$out, \$err ];
}

my ($tried, $called) = (0, 0);
for my $session (@sessions)
{
	my ($run, $out, $err) = @$session;
	ok($run->finish, 'a session comes to its end') or diag($$err);
	for (split /\n/, $$out)
	{
		my ($what, $result) = split /\|/, $_, 2;
		$tried++;
		next if $result =~ /^not possible/;
		$called++;
		is($result, '', $what) if $result ne '';
	}
}
note("$tried alterations tried, $called possible");
cmp_ok($called, '>', 5000 / $every / 2, 'most alterations are possible');

my $log = slurp_file($node->logfile);
my @last = $log =~ /hostile owner: (.*)/g;
unlike($log, qr/terminated by signal/, 'no backend was ended') or diag('among the last alterations: ' . join('; ', @last[ -4 .. -1 ]));
is($node->safe_psql('hostile0', 'SET search_path = hours; SELECT count(*) FROM ce_check()'), 0, 'and the ledger is as it was');
$node->stop;
done_testing();

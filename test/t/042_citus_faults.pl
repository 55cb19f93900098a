# Faults of a Citus cluster (docs/scale.md): a node that is killed in the middle
# of a ce_verify() over several shards, shards that move while eight clients
# write, and nodes on which something is not as it must be.

use strict;
use warnings;

use File::Basename qw(dirname);
use FindBin;
use lib $FindBin::RealBin;
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use TestCitus;
use TestLedger;

start_nodes();
my @as_owner = (extra_params => [ '-U', 'hours_owner' ]);
my @workers = ($worker1, $worker2);

cluster('faults', 'public');
ledger('faults', 'public');

# 200 persons, each with activities that wait for the academy
my $file = dirname(__FILE__) . '/ledger.psql';
my ($out, $err) = ('', '');
ok(run_log([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-U', 'hours_owner', '-o', '/dev/null', '-d', $coordinator->connstr('faults'), '-f', $file ], '2>', \$err), 'the ledger is made') or diag $err;
owner('faults', q{
	INSERT INTO ce_person (person_id, org_id) SELECT 1000 + p, 2 FROM generate_series(1, 200) p;
	INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours)
		SELECT 100000 + p * 10 + i, 1000 + p, 'academy_course', '2020-03-01', '0.5' FROM generate_series(1, 200) p, generate_series(0, 9) i});
$coordinator->safe_psql('faults', 'SELECT ce_distribute()');

sub sound
{
	my ($name) = @_;
	is(owner('faults', 'SELECT * FROM ce_check()'), '', "$name: ce_check() is empty");
}

# ids(ROUND): an activity of each person; rounds are verified one after the other
sub ids
{
	my ($round) = @_;
	return "ARRAY(SELECT 100000 + p * 10 + $round FROM generate_series(1, 200) p)";
}

# verified(ROUND): how many of them are verified, how many log rows say so, what the accounts have of all rounds
sub verified
{
	my ($round) = @_;
	return owner('faults', q{SELECT count(*) FILTER (WHERE status = 'verified') FROM ce_activity WHERE activity_id = ANY (} . ids($round) . q{)}) . '|' .
		owner('faults', qq{SELECT count(*) FROM ce_event, unnest(ids) i WHERE object = 'activity' AND to_status = 'verified' AND i >= 100000 AND i % 10 = $round}) . '|' .
		owner('faults', q{SELECT coalesce(sum(ce_credit_hours(credit, 'public')), '0') FROM ce_account WHERE person_id > 1000});
}

# verify(ROUND): begins it, as the ledger's owner
sub verify
{
	my ($round) = @_;
	my $session = {};
	$session->{run} = IPC::Run::start([ 'psql', '-X', '-q', '-A', '-t', '-U', 'hours_owner', '-d', $coordinator->connstr('faults'), '-c', 'SELECT count(*) FROM ce_verify(' . ids($round) . q{, 4, '2020-03-02')} ],
		'>', \$session->{out}, '2>', \$session->{err}, IPC::Run::timeout(180));
	return $session;
}

sub finish
{
	my ($session) = @_;
	$session->{run}->finish;
}

# kill_node(NODE): as a lost machine; its processes are gone on return
sub kill_node
{
	my ($node) = @_;
	my $pid = (split /\n/, slurp_file($node->data_dir . '/postmaster.pid'))[0];
	$node->kill9;
	for (1 .. 300)
	{
		last unless kill 0, $pid;
		select undef, undef, undef, 0.1;
	}
}

# its backends may end a little later
sub start_again
{
	my ($node) = @_;
	my $started;
	for (1 .. 30)
	{
		last if $started = $node->start(fail_ok => 1);
		$node->{_pid} = undef;
		select undef, undef, undef, 0.5;
	}
	ok($started, $node->name . ' is back');
}

# Citus's maintenance daemon does the same, now and then
sub recover
{
	$coordinator->poll_query_until('faults', 'SELECT recover_prepared_transactions() >= 0') or die;
	for my $node (@workers)
	{
		ok($node->poll_query_until('faults', q{SELECT count(*) = 0 FROM pg_prepared_xacts WHERE gid LIKE 'citus%'}), $node->name . ': no transaction is left prepared');
	}
}

# ---- a worker is killed while the statement runs ----------------------------------

is(verified(0), '0|0|0', 'nothing is verified');
my ($shard, $activity) = split /\|/, owner('faults', q{
	SELECT shard, activity_id FROM (SELECT activity_id, get_shard_id_for_distribution_column('ce_activity', person_id) AS shard FROM ce_activity WHERE activity_id = ANY (} . ids(0) . q{)) a
	JOIN pg_dist_shard_placement s ON s.shardid = a.shard WHERE s.nodeport = } . $worker2->port . ' ORDER BY 2 DESC LIMIT 1');
my $holder = $worker2->background_psql('faults', on_error_stop => 0);
$holder->query("BEGIN; SELECT activity_id FROM ce_activity_$shard WHERE activity_id = $activity FOR UPDATE");
my $session = verify(0);
ok($worker2->poll_query_until('faults', q{SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE%ce_activity_%'}), 'the statement waits on one worker');
ok($worker1->poll_query_until('faults', q{SELECT count(*) > 0 FROM pg_stat_activity WHERE state = 'idle in transaction' AND query LIKE 'UPDATE%ce_activity_%'}), 'and is done on the other');
kill_node($worker2);
finish($session);
like($session->{err}, qr/ERROR:.*(?:connection|localhost:\d+)/s, 'a worker is killed in the middle: an error');
start_again($worker2);
recover();
is(verified(0), '0|0|0', 'nothing of the statement is there');
sound('killed in the middle');
eval { $holder->quit };
finish($session = verify(0));
is($session->{out}, "200\n", 'the same statement again');
is(verified(0), '200|200|100', 'is there whole');

# ---- a node is killed while the transaction commits ---------------------------------

# What commits on worker 1 waits, when it is to be prepared, for this lock.
my ($waiting) = split /\n/, $coordinator->safe_psql('faults', q{SELECT 'ce_activity_' || shardid FROM pg_dist_shard_placement JOIN pg_dist_shard USING (shardid)
	WHERE logicalrelid = 'ce_activity'::regclass AND nodeport = } . $worker1->port . ' ORDER BY 1 LIMIT 1');
$worker1->safe_psql('faults', qq{SET citus.enable_ddl_propagation = off; SET citus.enable_manual_changes_to_shards = on; SET citus.enable_unsafe_triggers = on;
	CREATE FUNCTION waits() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_catalog.pg_advisory_lock(42), pg_catalog.pg_advisory_unlock(42); RETURN NULL; END';
	CREATE CONSTRAINT TRIGGER waits AFTER UPDATE ON $waiting DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION waits()});

for my $case ([ 1, $worker2, 'a worker', '200|200|200' ], [ 2, $coordinator, 'the coordinator', '0|0|200' ])
{
	my ($round, $victim, $who, $result) = @$case;
	$holder = $worker1->background_psql('faults');
	$holder->query('SELECT pg_advisory_lock(42)');
	$session = verify($round);
	ok($worker2->poll_query_until('faults', q{SELECT count(*) > 0 FROM pg_prepared_xacts WHERE gid LIKE 'citus%'}), 'prepared on one worker');
	ok($worker1->poll_query_until('faults', q{SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'advisory' AND query LIKE 'PREPARE TRANSACTION%'}), 'not yet on the other');
	kill_node($victim);
	$holder->quit;
	finish($session);
	if ($victim == $worker2)
	{
		is($session->{out}, "200\n", "$who is killed after it has prepared: the transaction commits");
	}
	else
	{
		like($session->{err}, qr/terminating connection|server closed the connection|shut down/, "$who is killed before it has decided: an error");
	}
	start_again($victim);
	recover();
	is(verified($round), $result, "$who is killed: all of it is there, or nothing");
	sound("$who killed at the end");
}
finish($session = verify(2));
is($session->{out}, "200\n", 'again');
$worker1->safe_psql('faults', "SET citus.enable_ddl_propagation = off; SET citus.enable_manual_changes_to_shards = on; DROP TRIGGER waits ON $waiting; DROP FUNCTION waits()");
is(verified(2), '200|200|300', 'the third is there');
sound('in the end');

# ---- shards move while eight clients write ---------------------------------------------

sub placed
{
	return $coordinator->safe_psql('faults', q{SELECT string_agg(n::text, ' ' ORDER BY nodeport) FROM (SELECT nodeport, count(*) AS n FROM pg_dist_shard_placement JOIN pg_dist_shard USING (shardid)
		WHERE logicalrelid = 'ce_person'::regclass GROUP BY nodeport) c});
}

is(placed(), '4 4', 'each worker has half of the shards');
my $script = PostgreSQL::Test::Utils::tempdir() . '/write.sql';
append_to_file($script, q{\set p random(1001, 1200)
\set r random(1, 1000000000)
BEGIN;
INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (:p, 'academy_course', '2020-04-01', '0.5', 'verified', 4, '2020-04-02');
UPDATE ce_person SET specialty = 's' || :r || '.' || :client_id WHERE person_id = :p;
COMMIT;
});
my $facts = q{SELECT count(*) FROM ce_event, unnest(ids) i WHERE object = 'person.specialty' AND i > 1000};
my $activities = q{SELECT count(*) FROM ce_activity WHERE completed_on = '2020-04-01' AND person_id > 1000};
my $from = $worker1->port;
my $to = $worker2->port;
my $shards = $coordinator->safe_psql('faults', qq{SELECT string_agg(shardid::text, ' ' ORDER BY shardid) FROM (SELECT shardid FROM pg_dist_shard_placement JOIN pg_dist_shard USING (shardid)
	WHERE logicalrelid = 'ce_person'::regclass AND nodeport = $from ORDER BY shardid LIMIT 2) s});
my @moves = map { ('-c', "SELECT citus_move_shard_placement($_, 'localhost', $from, 'localhost', $to, 'force_logical')") } split / /, $shards;
my ($moved, $moves_err) = ('', '');
my $mover = IPC::Run::start([ 'psql', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', $coordinator->connstr('faults'), @moves,
	'-c', q{SELECT 'moved ' || count(*) FROM pg_dist_shard_placement JOIN pg_dist_shard USING (shardid) WHERE logicalrelid = 'ce_person'::regclass AND nodeport = } . $to,
	'-c', q{SELECT rebalance_table_shards('ce_person', shard_transfer_mode => 'force_logical')} ], '>', \$moved, '2>', \$moves_err, IPC::Run::timeout(300));
my ($written, $failed, $retried, $runs) = (0, 0, 0, 0);
while ($mover->pumpable)
{
	run_log([ 'pgbench', '-n', '-c', '8', '-T', '3', '--max-tries', '20', '-f', $script, '-U', 'hours_owner', '-h', $coordinator->host, '-p', $coordinator->port, 'faults' ], '>', \$out, '2>', \$err) or diag $err;
	unlike($err, qr/aborted/, 'no client meets an error that it may not repeat');
	$written += $1 if $out =~ /number of transactions actually processed: (\d+)/;
	$failed += $1 if $out =~ /number of failed transactions: (\d+)/;
	$retried += $1 if $out =~ /total number of retries: (\d+)/;
	$runs++;
	$mover->pump_nb;
}
ok($mover->finish, 'two shards moved, and the cluster was rebalanced') or diag $moves_err;
like($moved, qr/^moved 6$/m, 'six shards of eight on one worker');
is(placed(), '4 4', 'and half of them again');
cmp_ok($written, '>', 0, "eight clients wrote meanwhile");
note "$written transactions in $runs runs of 3 seconds, $failed failed, $retried repeated";
is($failed, 0, 'none failed');
is(owner('faults', $activities), $written, 'each of their activities is there once');
is(owner('faults', $facts), $written, 'each of their facts is logged once');
sound('after the moves');

# ---- what is not as it must be -----------------------------------------------------------

cluster('words', 'public');
ledger('words', 'public');
$coordinator->safe_psql('words', q{UPDATE pg_extension SET extversion = '12.1-1' WHERE extname = 'citus'});
refused($coordinator, 'words', 'SELECT ce_distribute()', qr/Citus 12\.1-1 is older than what the ledger was tried with.*HINT: .*Update Citus to 13\.2/s, 'an older Citus', @as_owner);
$coordinator->safe_psql('words', q{UPDATE pg_extension SET extversion = (SELECT default_version FROM pg_available_extensions WHERE name = 'citus') WHERE extname = 'citus'});
like(owner('words', 'SELECT ce_distribute(true)'), qr/create_distributed_table/, 'as it was');

# a worker without the extension: Citus creates it there
$worker1->safe_psql('words', 'SET citus.enable_ddl_propagation = off; DROP EXTENSION ce_hours CASCADE');
like(owner('words', 'SELECT ce_distribute(true)'), qr/create_distributed_table/, 'a worker without the extension');

# a worker whose server has no files of ce_hours: a copy of this one without them
my $copy = PostgreSQL::Test::Utils::tempdir() . '/copy';
my %dir;
for my $part (qw(bindir pkglibdir sharedir))
{
	($dir{$part}) = run_command([ 'pg_config', "--$part" ]);
	$dir{$part} = "$copy$dir{$part}";
	system_or_bail('mkdir', '-p', $dir{$part});
	system_or_bail('cp', '-a', ($dir{$part} =~ s/^\Q$copy\E//r) . '/.', "$dir{$part}/");
}
my $control = "$dir{sharedir}/extension/ce_hours.control";
rename $control, "$control.away" or die $!;
my $worker3 = start_node('worker3', install_path => dirname($dir{bindir}));
$worker3->safe_psql('postgres', 'CREATE DATABASE words');
$worker3->safe_psql('words', 'SET client_min_messages = error; CREATE EXTENSION citus');
my $add = q{SELECT citus_add_node('localhost', } . $worker3->port . ')';
refused($coordinator, 'words', $add, qr/ce_hours/, 'a node without the files of ce_hours');
rename "$control.away", $control or die $!;
$coordinator->safe_psql('words', $add);
rename $control, "$control.away" or die $!;
refused($coordinator, 'words', 'SELECT ce_distribute()', qr/node localhost:\d+ does not have version \S+ of ce_hours.*DETAIL: .*files are not installed there.*HINT: .*Install the same version/s, 'a node that has lost them', @as_owner);
$worker3->stop('immediate');
refused($coordinator, 'words', 'SELECT ce_distribute()', qr/node localhost:\d+ does not answer|connection to the remote node \S+ failed/, 'a node that does not run', @as_owner);

# Citus is not preloaded: shells would be read as empty tables
$coordinator->append_conf('postgresql.conf', "shared_preload_libraries = ''");
$coordinator->restart;
refused($coordinator, 'words', 'SELECT ce_distribute()', qr/Citus is not loaded.*HINT: .*shared_preload_libraries/s, 'Citus is not preloaded', @as_owner);
for my $question (q{SELECT ce_verdict(1, 'senior')}, q{SELECT ce_verdict_by_no('P1', 'senior')}, q{SELECT * FROM ce_explain(1, 'senior')}, 'SELECT * FROM ce_check()', 'SELECT ce_distribute()',
	q{SELECT * FROM ce_verify('{1}', 4)}, 'SELECT ce_setup()')
{
	my ($status, $answer, $error) = $coordinator->psql('faults', join(";\n", ($question) x 3), on_error_stop => 0, @as_owner);
	is($answer, '', "without it, no answer: $question");
	my $n = () = $error =~ /ERROR:  Citus is not loaded\n.*DETAIL:  Table "ce_\w+" is distributed with Citus/g;
	is($n, 3, 'but an error, each time') or diag $error;
}
refused($coordinator, 'faults', q{INSERT INTO ce_person (person_id, org_id) VALUES (5000, 2)}, qr/Citus is not loaded|violates foreign key/, 'without it, a person', @as_owner);

done_testing();

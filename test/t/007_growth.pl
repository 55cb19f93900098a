# A backend that answers questions for ever does not grow: in one statement, in
# a transaction each, and with the law changed again and again.

use strict;
use warnings;

use File::Basename qw(dirname);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $fixture = File::Spec->rel2abs(dirname(__FILE__)) . '/ledger.psql';
# millions of questions; CE_QUESTIONS=10 for the long run
my $million = $ENV{CE_QUESTIONS} // 0.2;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "jit = off\nautovacuum = off");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION ce_hours');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $node->connstr('postgres'), '-f', $fixture ], 'the ledger is made');
$node->safe_psql('postgres', q{
	CREATE PROCEDURE each(times integer, what text) LANGUAGE plpgsql AS $$
	BEGIN
		FOR i IN 1 .. times LOOP
			EXECUTE what USING i;
			COMMIT;
		END LOOP;
	END $$});

# What the backend holds, in its own count and in the system's.
my $memory = q{SELECT (SELECT sum(total_bytes) FROM pg_backend_memory_contexts) / 1024, (SELECT substring(pg_read_file('/proc/' || pg_backend_pid() || '/status') FROM 'RssAnon:\s+(\d+)')::integer);};
$memory = q{SELECT (SELECT sum(total_bytes) FROM pg_backend_memory_contexts) / 1024, 0;} unless -e '/proc/self/status';

# The same work again and again: when the caches are full, and twice as much later.
sub grows
{
	my ($name, $work, $limit) = @_;
	my @kb = grep { /\|/ } split /\n/, $node->safe_psql('postgres', "SET client_min_messages = error; $work $memory $work $memory $work $work $memory");
	my ($contexts, $resident) = split /\|/, $kb[-2];
	my ($more_contexts, $more_resident) = split /\|/, $kb[-1];
	cmp_ok($more_contexts - $contexts, '<', $limit, "$name: " . ($more_contexts - $contexts) . ' kB more in memory contexts');
	# the allocator keeps some of what it was given back
	cmp_ok($more_resident - $resident, '<', 16384, "$name: " . ($more_resident - $resident) . ' kB more resident');
}

my $n = int($million * 1_000_000 / 3);
grows("$n verdicts in a statement, twice", qq{SELECT count(ce_verdict(1 + i % 50, 'senior', as_of => date '2020-06-01' + i % 400)) FROM generate_series(1, $n) i;}, 512);
my $few = int($n / 50);
grows("$few questions of other kinds, twice", qq{SELECT count(ce_standing(1 + i % 50)), count(ce_receipt(1 + i % 50, 'junior')), sum((SELECT count(*) FROM ce_explain(1 + i % 50, 'senior'))) FROM generate_series(1, $few) i;}, 3072);	# the server's own cache may take one more block, of up to a megabyte
grows("$few transactions, twice", qq{CALL each($few, 'SELECT ce_verdict(1 + \$1 % 50, ''intermediate'')');}, 512);
my $changes = int($n / 200);
grows("$changes changes of the law, twice", qq{CALL each($changes, 'WITH u AS (UPDATE ce_cap SET hours = hours RETURNING 1), o AS (UPDATE ce_org SET name = name RETURNING 1) SELECT ce_verdict(1 + \$1 % 50, ''senior''), \$1 FROM u');}, 512);
grows("$changes activities written, twice", qq{CALL each($changes, 'INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) SELECT 1 + \$1 % 40, ''academy_course'', ''2020-03-01'', ''0.01'', ''verified'', 4, ''2020-03-02''');}, 512);

# Thousands of faults of one record: what a session needed at most.
for my $import ("ce_import('s', jsonb_build_array(r))", 'ce_import_waivers(r)', 'ce_import_person(jsonb_build_array(r))')
{
	my $peak = $node->safe_psql('postgres', qq{SELECT FROM (SELECT jsonb_object_agg('f' || i, i) AS r FROM generate_series(1, 5000) i) f, $import;
		SELECT substring(pg_read_file('/proc/' || pg_backend_pid() || '/status') FROM 'VmHWM:\\s+(\\d+)')});
	$peak =~ s/\s//g;
	cmp_ok($peak, '<', 131072, "$import of 5000 faults: $peak kB at most");
}

is($node->safe_psql('postgres', 'SELECT count(*) FROM ce_check()'), 0, 'ce_check() is empty');

$node->stop;
done_testing();

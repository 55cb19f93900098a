# The server stops in the middle of verifications: accounts and activities are
# of one piece afterwards, prepared transactions included.

use strict;
use warnings;

use File::Basename qw(dirname);
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $fixture = File::Spec->rel2abs(dirname(__FILE__)) . '/ledger.psql';

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "max_prepared_transactions = 5\nautovacuum = off");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION ce_hours');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $node->connstr('postgres'), '-f', $fixture ], 'the ledger is made');

# 40000 activities that wait for the academy
$node->safe_psql('postgres', q{
	INSERT INTO ce_person (person_id, org_id) SELECT i, 2 FROM generate_series(1001, 3000) i;
	INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours)
		SELECT 100000 + p * 20 + i, 1000 + p, 'academy_course', '2020-03-01', '0.5' FROM generate_series(1, 2000) p, generate_series(0, 19) i});
my $waiting = $node->safe_psql('postgres', q{SELECT count(*) FROM ce_activity WHERE person_id > 1000});
is($waiting, 40000, 'many wait for the academy');

sub check
{
	my ($name) = @_;
	is($node->safe_psql('postgres', 'SELECT count(*) FROM ce_check()'), 0, "$name: ce_check() is empty");
	is( $node->safe_psql('postgres', q{
			SELECT sum(ce_credit_hours(credit, 'public')) = (SELECT coalesce(sum(awarded), '0') FROM ce_activity WHERE person_id > 1000 AND status = 'verified')
			FROM ce_account WHERE person_id > 1000}),
		't', "$name: the accounts have what is verified");
}

# one transaction after the other, each verifying for many persons
my $verify = q{
	DO $$
	BEGIN
		FOR i IN 0 .. 19 LOOP
			PERFORM count(*) FROM ce_verify((SELECT array_agg(100000 + p * 20 + i) FROM generate_series(1, 2000) p), 4, '2020-03-02');
			PERFORM pg_sleep(0.3);    -- done, not yet committed
			COMMIT;
		END LOOP;
	END $$};
my ($out, $err) = ('', '');
my $session = IPC::Run::start([ 'psql', '-X', '-q', '-d', $node->connstr('postgres'), '-c', $verify ], '>', \$out, '2>', \$err, IPC::Run::timeout(180));
ok($node->poll_query_until('postgres', q{SELECT count(*) BETWEEN 2000 AND 38000 FROM ce_activity WHERE person_id > 1000 AND status = 'verified'}), 'verification is under way');
$node->stop('immediate');
$session->finish;
like($err, qr/server closed the connection|terminating connection/, 'it was cut off');
$node->start;

my $verified = $node->safe_psql('postgres', q{SELECT count(*) FROM ce_activity WHERE person_id > 1000 AND status = 'verified'});
cmp_ok($verified, '>=', 2000, 'what was committed is there');
cmp_ok($verified, '<', 40000, 'what was not is not');
is($verified % 2000, 0, 'no transaction is there in part');
check('after the crash');

# a transaction that was prepared, and one that was open
$node->safe_psql('postgres', q{
	BEGIN;
	INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (1001, 'recorded_professional', '2019-12-31', '60', 'verified', 1, '2020-03-02');
	PREPARE TRANSACTION 'keep';
	BEGIN;
	INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (1002, 'recorded_professional', '2019-12-31', '60', 'verified', 1, '2020-03-02');
	PREPARE TRANSACTION 'drop'});
is($node->safe_psql('postgres', q{SELECT count(*) FROM ce_account WHERE person_id > 1000 AND year = 2019}), 0, 'what is prepared does not count yet');
$node->stop('immediate');
$node->start;
$node->safe_psql('postgres', q{COMMIT PREPARED 'keep'});
$node->safe_psql('postgres', q{ROLLBACK PREPARED 'drop'});
is($node->safe_psql('postgres', q{SELECT person_id, credit FROM ce_account WHERE person_id > 1000 AND year = 2019}), '1001|{recorded:60}', 'prepared, crashed and committed: it counts');
is($node->safe_psql('postgres', 'SELECT count(*) FROM ce_check()'), 0, 'prepared transactions: ce_check() is empty');

# the rest goes on
is($node->safe_psql('postgres', q{SELECT count(*) FROM ce_verify((SELECT array_agg(activity_id) FROM ce_activity WHERE person_id > 1000 AND status = 'submitted'), 4, '2020-03-03')}),
	40000 - $verified, 'the rest is verified');
is($node->safe_psql('postgres', q{SELECT count(*) FROM ce_account WHERE person_id > 1000 AND year = 2020 AND credit = '{public:10}'}), 2000, 'everybody has ten hours');
is($node->safe_psql('postgres', 'SELECT count(*) FROM ce_check()'), 0, 'at the end: ce_check() is empty');

$node->stop;
done_testing();

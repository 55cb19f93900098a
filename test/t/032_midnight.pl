# The day of an act is the day on which it is done (7.4, AMB-40): a transaction,
# or a statement, that was begun before midnight in Asia/Shanghai and goes on
# after it acts on the new day, and the log says the same.
use strict;
use warnings;

use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my ($faketime) = glob('/usr/lib/*/faketime/libfaketime.so.1');
plan skip_all => 'no libfaketime' unless $faketime;

my $node = PostgreSQL::Test::Cluster->new('midnight');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf', 'max_parallel_workers = 0');

# the server's clock begins SECONDS before midnight in Asia/Shanghai
sub start_before_midnight
{
	my ($seconds) = @_;
	local %ENV = (%ENV, LD_PRELOAD => $faketime, DONT_FAKE_MONOTONIC => 1, TZ => 'UTC', FAKETIME => sprintf('@2026-05-01 15:59:%02d', 60 - $seconds));
	$node->start;
}

start_before_midnight(50);
$node->safe_psql('postgres', q{CREATE EXTENSION ce_hours; SELECT ce_setup();
	INSERT INTO ce_org (org_id, code, name, kind, admin_level, region_code) VALUES (1, 'office', 'o', 'hrss', 'prefecture', '630100');
	INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code) VALUES (2, 'unit', 'u', 'enterprise', 'prefecture', 1, '630100');
	INSERT INTO ce_person (person_id, org_id) VALUES (1, 2);
	INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence, reviewed_by)
		SELECT i, 1, 'training', '2026-04-01', '2026-04-02', 2, 'document', NULL FROM generate_series(1, 9) i;
	SELECT ce_verify('{1,2,3,4,5,6,7,8,9}', 2);
	CREATE ROLE office; SELECT ce_grant('office', 1, 'verify'), ce_grant('office', 1, 'read')});
is($node->safe_psql('postgres', 'SELECT ce_today()'), '2026-05-01', 'it is the first of May in Asia/Shanghai');
$node->stop;

start_before_midnight(3);
my $out = $node->safe_psql('postgres', q{
	SET ROLE office;
	BEGIN ISOLATION LEVEL REPEATABLE READ;
	SELECT 'began', ce_today();
	SELECT pg_sleep(5);
	SELECT 'question', ce_today();
	SELECT 'verified', status FROM ce_verify('{1}', 1);
	UPDATE ce_activity SET reviewed_by = 1 WHERE activity_id = 2;
	SAVEPOINT s;
	DO $$BEGIN PERFORM ce_verify('{3}', 1, '2026-05-01'); RAISE NOTICE 'taken'; EXCEPTION WHEN insufficient_privilege THEN PERFORM set_config('test.said', SQLERRM, false); END$$;
	COMMIT;
	SELECT 'backdate', current_setting('test.said');
	RESET ROLE;
	SELECT 'row', activity_id, verified_on FROM ce_activity WHERE activity_id < 3 ORDER BY 2;
	SELECT DISTINCT 'log', (at AT TIME ZONE 'Asia/Shanghai')::date FROM ce_event WHERE ids && '{1,2}' AND to_status = 'verified';
});
is($out, <<'EOT' =~ s/\n\z//r, 'a transaction that was held open acts on the day of its acts');
began|2026-05-01

question|2026-05-02
verified|verified
backdate|role "office" does not hold the duty "backdate" for organisation 1
row|1|2026-05-02
row|2|2026-05-02
log|2026-05-02
EOT
$node->stop;

start_before_midnight(3);
is($node->safe_psql('postgres', q{SET ROLE office; SELECT pg_sleep(5), status FROM ce_verify('{4}', 1);
	DO $$BEGIN PERFORM pg_sleep(5); PERFORM ce_verify('{5}', 1); END$$; RESET ROLE;
	SELECT activity_id, verified_on FROM ce_activity WHERE activity_id IN (4, 5) ORDER BY 1}), "|verified\n4|2026-05-01\n5|2026-05-02", 'so does a statement');
$node->stop;
done_testing();

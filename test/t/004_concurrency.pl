# Many sessions at once: a person-year under twenty verifiers, persons in any
# order, the law changed meanwhile.  Case 22 of reading.md, section 12.

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "max_connections = 60\ndeadlock_timeout = '200ms'");
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION ce_hours;
	SELECT ce_setup();
	INSERT INTO ce_org (org_id, code, name, kind, admin_level, region_code) VALUES (1, 'office', 'HRSS office', 'hrss', 'county', '630121');
	INSERT INTO ce_person (person_id, org_id) SELECT i, 1 FROM generate_series(1, 50) i;
	-- a hundred days of mentoring of one person, and one of each of the others
	INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence)
		SELECT i, 1, 'mentoring', date '2020-01-01' + i, date '2020-01-01' + i, 1, 'invitation' FROM generate_series(1, 100) i;
	INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence)
		SELECT 1000 * j + p, p, 'training', '2020-05-01', '2020-05-02', 2, 'document' FROM generate_series(2, 50) p, generate_series(1, 100) j;
	CREATE SEQUENCE next_day;
	CREATE SEQUENCE next_batch});

# what a third session sees must never be more than 30; division by zero tells
my $watch = q{SELECT 1 / (CASE WHEN max(mentoring_hours) > 30 THEN 0 ELSE 1 END) FROM ce_yearly_totals WHERE person_id = 1;};

$node->pgbench('--no-vacuum --client=20 --jobs=2 --transactions=10',
	0, [qr{actually processed: 200/200}], [qr{^$}],
	'20 sessions verify 100 days of mentoring for one person-year',
	{
		'004_verify@1' => q{SELECT count(*) FROM ce_verify((SELECT coalesce(array_agg(i), '{}') FROM nextval('next_day') i WHERE i <= 100), 1, '2020-11-02');},
		'004_watch@1' => $watch,
	});
$node->safe_psql('postgres', q{SELECT count(*) FROM ce_verify((SELECT coalesce(array_agg(activity_id), '{}') FROM ce_activity WHERE person_id = 1 AND status = 'submitted'), 1, '2020-11-02')});
is($node->safe_psql('postgres', q{SELECT mentoring_hours, mentoring_hours_raw FROM ce_yearly_totals WHERE person_id = 1 AND on_record}), '30|700', '5.2.4c: 700 hours, 30 recognised (case 22)');
is($node->safe_psql('postgres', 'SELECT count(*) FROM ce_check()'), 0, 'ce_check() is empty');

# bulk steps over the same persons, their rows in random order; half are revoked again
$node->pgbench('--no-vacuum --client=16 --jobs=2 --transactions=6',
	0, [qr{actually processed: 96/96}], [qr{^$}],
	'16 sessions verify and revoke for the same persons, without a deadlock',
	{
		'004_bulk' => q{
			BEGIN;
			SELECT nextval('next_batch') AS j \gset
			UPDATE ce_activity SET status = 'verified', verified_by = 1, verified_on = '2020-11-02' WHERE activity_id IN (SELECT 1000 * :j + p FROM generate_series(2, 50) p ORDER BY random());
			UPDATE ce_activity SET status = 'revoked', revoked_by = 1, revoked_on = '2020-11-03', note = 'forged'
				WHERE activity_id IN (SELECT 1000 * :j + p FROM generate_series(2, 50) p ORDER BY random()) AND :j % 2 = 0;
			UPDATE ce_cap SET hours = hours WHERE :j % 10 = 0;
			END;},
	});
is($node->safe_psql('postgres', q{SELECT credit, count(*) FROM ce_account WHERE person_id > 1 GROUP BY 1}), '{training:672}|49', '48 of 96 batches of 14 hours are left for everybody');
is($node->safe_psql('postgres', 'SELECT count(*) FROM ce_check()'), 0, 'ce_check() is empty again');

$node->stop;
done_testing();

# Whatever takes long can be cancelled at any point: it ends at once, and the
# ledger is as it was.

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

# How long a cancelled statement may go on, on a busy machine.
my $patience = 3;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', 'autovacuum = off');
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION ce_hours;
	SELECT ce_setup();
	INSERT INTO ce_org (org_id, code, name, kind, admin_level, region_code) VALUES (1, 'office', 'HRSS office', 'hrss', 'county', '630121');
	INSERT INTO ce_person (person_id, org_id) SELECT i, 1 FROM generate_series(1, 2000) i;
	INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days, evidence, status, verified_by, verified_on)
		SELECT p, 'training', '2020-05-04', '2020-05-08', 4, 'document', 'verified', 1, '2020-06-01' FROM generate_series(1, 1000) p, generate_series(1, 20);
	ANALYZE});
my $file = PostgreSQL::Test::Utils::tempdir() . '/activities';
$node->safe_psql('postgres', qq{COPY (SELECT person_id + 1000, kind, started_on, completed_on, days, evidence, status, verified_by, verified_on FROM ce_activity) TO '$file'});

# The state of all that could have been touched.
sub state_of_ledger
{
	return $node->safe_psql('postgres', q{
		SELECT count(*), sum(awarded), count(*) FILTER (WHERE status = 'verified'), md5(string_agg(activity_id || ' ' || rule_id || ' ' || awarded, ',' ORDER BY activity_id)) FROM ce_activity;
		SELECT count(*), md5(string_agg(a::text, ',' ORDER BY person_id, year)) FROM ce_account a;
		SELECT count(*) FROM ce_event});
}

# Cancel a statement at several points of its way.  One that may be faster the
# next time, and then changes something, takes it back itself.
sub cancel
{
	my ($name, $sql, %option) = @_;
	my $before = state_of_ledger();
	my $cancelled = 0;
	my $longest = 0;

	my $start = time;
	$node->safe_psql('postgres', $sql =~ /^BEGIN;/ ? $sql : "BEGIN; $sql; ROLLBACK");
	my $whole = time - $start;
	foreach my $part (0.1, 0.4, 0.7)
	{
		my $after = $whole * $part;
		$start = time;
		my ($result, $out, $err) = $node->psql('postgres', sprintf('SET statement_timeout = %d; %s', $after * 1000 + 1, $sql));
		my $late = time - $start - $after;
		if ($err =~ /canceling statement due to statement timeout/)
		{
			$cancelled++;
			$longest = $late if $late > $longest;
		}
		elsif ($result != 0)
		{
			fail("$name: $err");
		}
		else
		{
			# faster than the first time: what it did is undone here
			$node->safe_psql('postgres', $option{undo}) if $option{undo};
		}
	}
	cmp_ok($cancelled, '>=', 2, sprintf('%s: cancelled %d of 3 times, in the midst of %.2f s', $name, $cancelled, $whole));
	cmp_ok($longest, '<', $patience, sprintf('%s: it ended within %.2f s', $name, $longest));
	is(state_of_ledger(), $before, "$name: all is as it was") unless $option{undo} && $cancelled < 3;
}

cancel('ce_check()', 'SELECT count(*) FROM ce_check()');
cancel('ce_activity_drift()', 'SELECT count(*) FROM ce_activity_drift()');
cancel('eligibility of all', q{SELECT count(ce_standing(person_id)), count(*) FROM ce_person, generate_series(1, 10)});
cancel('a revocation of many', q{BEGIN; SELECT count(*) FROM ce_revoke((SELECT array_agg(activity_id) FROM ce_activity WHERE person_id <= 300), 1, 'forged', '2020-07-01'); ROLLBACK});

# another law, so that ce_rebuild() has all of it to do
$node->safe_psql('postgres', q{UPDATE ce_rule SET hours = '8' WHERE kind = 'training'});
cancel('ce_rebuild()', 'SELECT * FROM ce_rebuild()', undo => q{UPDATE ce_rule SET hours = '7' WHERE kind = 'training'; SELECT * FROM ce_rebuild(); UPDATE ce_rule SET hours = '8' WHERE kind = 'training'});
$node->safe_psql('postgres', q{UPDATE ce_rule SET hours = '7' WHERE kind = 'training'; SELECT * FROM ce_rebuild()});
is($node->safe_psql('postgres', 'SELECT count(*) FROM ce_check()'), 0, 'ce_check() is empty');

my $copy = qq{COPY ce_activity (person_id, kind, started_on, completed_on, days, evidence, status, verified_by, verified_on) FROM '$file'};
cancel('COPY', "BEGIN; $copy; ROLLBACK");
is($node->safe_psql('postgres', 'SELECT count(*) FROM ce_check()'), 0, 'ce_check() is empty');
$node->safe_psql('postgres', $copy);
is($node->safe_psql('postgres', q{SELECT count(*), sum(awarded) FROM ce_activity}), '40000|1120000', 'COPY: not cancelled, it takes all');
is($node->safe_psql('postgres', 'SELECT count(*) FROM ce_check()'), 0, 'ce_check() is empty');

$node->stop;
done_testing();

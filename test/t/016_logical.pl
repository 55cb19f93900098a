# Logical replication of the whole ledger: a subscriber gives the publisher's
# answers, its open sessions see changes of the law and of organisations, and
# nothing is counted twice there.

use strict;
use warnings;

use File::Basename qw(dirname);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $fixture = File::Spec->rel2abs(dirname(__FILE__)) . '/ledger.psql';

my $publisher = PostgreSQL::Test::Cluster->new('publisher');
$publisher->init(allows_streaming => 'logical');
$publisher->start;
my $subscriber = PostgreSQL::Test::Cluster->new('subscriber');
$subscriber->init;
$subscriber->start;

$publisher->safe_psql('postgres', 'CREATE SCHEMA hours; CREATE EXTENSION ce_hours SCHEMA hours; ALTER DATABASE postgres SET search_path = hours');
$publisher->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $publisher->connstr('postgres'), '-f', $fixture ], 'the ledger is made');
$subscriber->safe_psql('postgres', 'ALTER DATABASE postgres SET search_path = hours; CREATE ROLE clerk; CREATE ROLE person_1');
$publisher->safe_psql('postgres', 'GRANT USAGE ON SCHEMA hours TO PUBLIC');

# an empty ledger on the subscriber, as docs/operations.md says
my $schema = PostgreSQL::Test::Utils::tempdir . '/schema.sql';
$publisher->command_ok([ 'pg_dump', '--schema-only', '-f', $schema, '-d', $publisher->connstr('postgres') ], 'the schema is dumped');
$subscriber->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $subscriber->connstr('postgres'), '-f', $schema ], 'and restored');
is($subscriber->safe_psql('postgres', 'SELECT (SELECT count(*) FROM ce_rule) + (SELECT count(*) FROM ce_ledger)'), 0, 'without a row');

$publisher->safe_psql('postgres', 'CREATE PUBLICATION ledger FOR TABLES IN SCHEMA hours');
$subscriber->safe_psql('postgres', q{CREATE SUBSCRIPTION ledger CONNECTION '} . $publisher->connstr . q{ dbname=postgres' PUBLICATION ledger});
$subscriber->wait_for_subscription_sync($publisher, 'ledger');

sub same
{
	my ($name) = @_;

	$publisher->wait_for_catchup('ledger');
	my $tables = $publisher->safe_psql('postgres', q{SELECT relname FROM pg_class WHERE relnamespace = 'hours'::regnamespace AND relkind IN ('r', 'v') ORDER BY 1});
	my (%here, %there);
	for my $table (split /\n/, $tables)
	{
		my $rows = qq{SELECT count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text COLLATE "C")) FROM $table t};
		$here{$table} = $publisher->safe_psql('postgres', $rows);
		$there{$table} = $subscriber->safe_psql('postgres', $rows);
	}
	is_deeply(\%there, \%here, "$name: rows of every table and view are the same");
	is($subscriber->safe_psql('postgres', 'SELECT count(*) FROM ce_check()'), 0, "$name: ce_check() is empty on the subscriber");
}

same('after the first copy');

# two sessions that have read the law and the organisations stay open
my $total = q{SELECT required_total FROM ce_yearly_totals WHERE person_id = 1 AND year = 2020};
my $next = q{SELECT ce_next_body(2, NULL)};
my $session = $subscriber->background_psql('postgres');
is($session->query($total), 135, 'an open session of the subscriber: the law as it was');
is($session->query($next), 2, 'and who verifies first: the employer');

$publisher->safe_psql('postgres', q{UPDATE ce_requirement SET total_hours = '190' WHERE from_year = 2020});
$publisher->wait_for_catchup('ledger');
is($session->query($total), 190, 'it sees a law row that changed on the publisher');
$publisher->safe_psql('postgres', q{DELETE FROM ce_requirement WHERE from_year = 2020});
$publisher->wait_for_catchup('ledger');
is($session->query($total), 90, 'one that was deleted: Order 25 holds');
$publisher->safe_psql('postgres', q{
	INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, public_hours, professional_hours, instrument, clause)
		VALUES ('general', 2020, 2020, '136', '45', '90', 'qinghai-2020-227', '4.1')});
$publisher->wait_for_catchup('ledger');
is($session->query($total), 136, 'one that was inserted');
is($session->query('SELECT ce_next_body(2, 2)'), 1, 'the office stands above the employer');
$publisher->safe_psql('postgres', 'UPDATE ce_org SET parent_id = 3 WHERE org_id = 2');
$publisher->wait_for_catchup('ledger');
is($session->query('SELECT ce_next_body(2, 2)'), 3, 'it sees an organisation that moved');
my $uncapped = 'SELECT bool_and(mentoring_hours = mentoring_hours_raw) FROM ce_yearly_totals WHERE mentoring_hours_raw > 30';
is($session->query($uncapped), 'f', 'mentoring is capped');
$publisher->safe_psql('postgres', 'TRUNCATE ce_cap');
$publisher->wait_for_catchup('ledger');
is($session->query($uncapped), 't', 'until the table of caps was emptied');

# 7.1: a duty that was given or taken on the publisher is heard of by the next statement here
my $clerk = $subscriber->background_psql('postgres');
my $duty = q{SELECT ce_has_duty(2, 'record'), ce_sees_person(2)};
my $person = $subscriber->background_psql('postgres');
my $own = 'SELECT ce_sees_person(1), ce_sees_person(3)';
$clerk->query_safe('SET ROLE clerk');
$person->query_safe('SET ROLE person_1');
is($clerk->query($duty), 't|t', 'a clerk of the subscriber holds the duty');
is($person->query($own), 't|f', 'a person sees what is the own');
$publisher->safe_psql('postgres', q{DELETE FROM ce_member WHERE role_name = 'clerk'; UPDATE ce_person_role SET person_id = 3 WHERE role_name = 'person_1'});
$publisher->wait_for_catchup('ledger');
is($clerk->query($duty), 'f|f', 'the open session lost the duty that was revoked on the publisher');
is($person->query($own), 'f|t', 'the role is another person there');
$publisher->safe_psql('postgres', q{INSERT INTO ce_member VALUES ('clerk', 2, 'read'); DELETE FROM ce_person_role});
$publisher->wait_for_catchup('ledger');
is($clerk->query($duty), 'f|t', 'a duty that was given there holds');
is($person->query($own), 'f|f', 'the role is no person any more');
$publisher->safe_psql('postgres', 'TRUNCATE ce_member');
$publisher->wait_for_catchup('ledger');
is($clerk->query($duty), 'f|f', 'all duties were taken at once');
$clerk->quit;
$person->quit;

# facts: hours and log come as rows, and are not made once more
$publisher->safe_psql('postgres', q{
	INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on)
		VALUES (40, 'academy_course', '2020-03-01', '7.5', 'verified', 4, '2020-03-02');
	SELECT ce_revoke((SELECT array_agg(activity_id) FROM ce_activity WHERE status = 'verified' AND kind = 'academy_course' AND person_id < 4), 4, 'no proof', '2020-09-01');
	SELECT * FROM ce_rebuild();
	INSERT INTO ce_sanction (person_id, found_on, decision) VALUES (10, '2020-09-01', 'decision 10');
});
same('after steps');
is($session->query(q{SELECT ce_verdict(10, 'junior', as_of => '2020-10-01')}), 'banned', 'the open session sees a finding');

# writing on the subscriber is for after the switch
$subscriber->safe_psql('postgres', 'DROP SUBSCRIPTION ledger');
my ($status, $out, $err) = $subscriber->psql('postgres', q{DELETE FROM ce_activity WHERE status = 'verified'});
like($err, qr/cannot be deleted/, 'the rules hold for who writes there');
$subscriber->safe_psql('postgres', q{
SELECT format('SELECT setval(%L, (SELECT coalesce(max(%I), 0) + 1 FROM %s), false)', pg_get_serial_sequence(attrelid::regclass::text, attname), attname, attrelid::regclass)
FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE relnamespace = 'hours'::regnamespace AND attidentity <> '' \gexec
INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on)
	VALUES (40, 'academy_course', '2020-03-08', '1', 'verified', 4, '2020-03-09')});
is($subscriber->safe_psql('postgres', q{SELECT ce_credit_hours(credit, 'public') FROM ce_account WHERE person_id = 40 AND year = 2020}), '8.5', 'and it counts as the new publisher');
is($subscriber->safe_psql('postgres', 'SELECT count(*) FROM ce_check()'), 0, 'ce_check() is empty');

$session->quit;
$subscriber->stop;
$publisher->stop;
done_testing();

# A streaming standby answers questions, sees changes of the law in open
# sessions, refuses steps, and goes on as primary when promoted.

use strict;
use warnings;

use File::Basename qw(dirname);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $fixture = File::Spec->rel2abs(dirname(__FILE__)) . '/ledger.psql';

my $primary = PostgreSQL::Test::Cluster->new('primary');
$primary->init(allows_streaming => 1);
$primary->start;
$primary->safe_psql('postgres', 'CREATE EXTENSION ce_hours');
$primary->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $primary->connstr('postgres'), '-f', $fixture ], 'the ledger is made');
$primary->backup('backup');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'backup', has_streaming => 1);
$standby->start;
$primary->wait_for_catchup($standby, 'replay', $primary->lsn('insert'));

my $everything = q{
	SELECT person_id, l, ce_verdict(person_id, l, as_of => d), ce_eligible_by_no(person_no, l, as_of => d)
	FROM ce_person, unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) l, unnest('{2020-03-31,2020-12-31,2021-12-31}'::date[]) d ORDER BY 1, 2, d};
my $answers = $standby->safe_psql('postgres', $everything);
is($answers, $primary->safe_psql('postgres', $everything), 'the standby gives the answers of the primary');
like($answers, qr/\|$_\|/, "among them $_") for qw(eligible not_eligible pending banned);
for my $view (qw(ce_yearly_totals ce_eligibility ce_attested_hours ce_account_recomputed))
{
	my $rows = "SELECT count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text COLLATE \"C\")) FROM $view t";
	is($standby->safe_psql('postgres', $rows), $primary->safe_psql('postgres', $rows), "$view on the standby");
}
is($standby->safe_psql('postgres', 'SELECT count(*) FROM ce_check()'), 0, 'ce_check() runs there');
is($standby->safe_psql('postgres', 'SELECT count(*) FROM ce_law_check()'), 0, 'ce_law_check() too');

# a session that stays open sees a new law row, and an organisation's hours
my $ask = q{SELECT ce_verdict(1, 'junior', as_of => '2020-12-31')};
my $total = q{SELECT required_total FROM ce_yearly_totals WHERE person_id = 1 AND year = 2020};
my $session = $standby->background_psql('postgres');
is($session->query($total), 135, 'an open session of the standby: the law as it was');
my $before = $session->query($ask);
$primary->safe_psql('postgres', q{UPDATE ce_requirement SET public_hours = '100', total_hours = '190' WHERE from_year = 2020});
$primary->wait_for_catchup($standby, 'replay', $primary->lsn('insert'));
is($session->query($total), 190, 'the open session sees the law row that changed on the primary');
isnt($session->query($ask), $before, 'and answers by it');
$primary->safe_psql('postgres', q{UPDATE ce_requirement SET public_hours = '45', total_hours = '135' WHERE from_year = 2020});
$primary->wait_for_catchup($standby, 'replay', $primary->lsn('insert'));
is($session->query($ask), $before, 'and back');

# steps are refused, as any write
my ($status, $out, $err) = $standby->psql('postgres', q{SELECT * FROM ce_verify('{1}', 1)});
isnt($status, 0, 'ce_verify() on the standby fails');
like($err, qr/cannot execute UPDATE in a read-only transaction/, 'because it is read-only');
($status, $out, $err) = $standby->psql('postgres', 'SELECT * FROM ce_rebuild()');
isnt($status, 0, 'so does ce_rebuild()');
unlike($err, qr/server closed the connection/, 'with an error of its own');
($status, $out, $err) = $standby->psql('postgres', 'SELECT ce_setup()');
isnt($status, 0, 'and ce_setup()');

# promotion
$primary->stop;
$standby->promote;
is($session->query(q{
	INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (40, 'academy_course', '2020-03-01', '7.5', 'verified', 4, '2020-03-02');
	SELECT credit FROM ce_account WHERE person_id = 40 AND year = 2020}) =~ /public:7\.5/, 1, 'the promoted standby takes writes, in the open session');
$session->quit;
is($standby->safe_psql('postgres', q{SELECT count(*) FROM ce_verify((SELECT array_agg(activity_id) FROM ce_activity WHERE status = 'in_review'), 1, '2020-09-01')}) > 0, 1, 'and steps of verification');
is($standby->safe_psql('postgres', 'SELECT count(*) FROM ce_check()'), 0, 'ce_check() is empty');

$standby->stop;
done_testing();

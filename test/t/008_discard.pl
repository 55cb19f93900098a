# On a server built with assertions: every cache forgotten whenever it may be
# (debug_discard_caches), and the answers and the ledger are the same.

use strict;
use warnings;

use File::Basename qw(dirname);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $here = File::Spec->rel2abs(dirname(__FILE__));
my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
plan skip_all => 'the server was built without assertions' if $node->safe_psql('postgres', 'SHOW debug_assertions') ne 'on';

$node->safe_psql('postgres', 'CREATE EXTENSION ce_hours');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $node->connstr('postgres'), '-f', "$here/stress.psql" ], 'the ledger is made');
my $forgetful = 'SET debug_discard_caches = 1;';

my $day = q{date '2020-12-01'};
foreach my $question (
	"SELECT ce_verdict(1, 'junior', as_of => $day)",
	"SELECT * FROM ce_explain(4, 'senior', as_of => $day)",
	"SELECT ce_receipt(5, 'intermediate', as_of => $day)",
	'SELECT * FROM ce_yearly_totals WHERE person_id = 7')
{
	my $answer = $node->safe_psql('postgres', $question);
	is($node->safe_psql('postgres', "$forgetful $question"), $answer, "the same answer: $question");
}
foreach my $kind (qw(submit verify revoke law allocate apply))
{
	my ($result, $out, $err) = $node->psql('postgres', "SELECT setseed(0.5); $forgetful SELECT stress_step(0, 0, (SELECT count(*)::integer FROM stress_done), '$kind')");
	is("$result $err", '0 ', "a step: $kind");
}
is($node->safe_psql('postgres', q{SELECT kind, state FROM stress_done WHERE state IS NOT NULL AND state NOT IN ('23514', '55000')}), '', 'no refusal but the law\'s');
is($node->safe_psql('postgres', 'SELECT * FROM ce_check()'), '', 'ce_check() is empty');

$node->stop;
done_testing();

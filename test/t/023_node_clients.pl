# The ledger from node: pg, drizzle-kit with drizzle-orm, PostGraphile 4.  They
# are installed by npm from test/clients/package-lock.json into a directory of
# their own; where that cannot be done, all of this is skipped.

use strict;
use warnings;

use File::Copy qw(copy);
use File::Temp;
use FindBin;
use lib "$FindBin::RealBin/../clients";
use Clients;
use PostgreSQL::Test::Utils;
use Test::More;

# CE_CLIENTS_DIR: a directory in which they are, or are to be kept
my $dir = $ENV{CE_CLIENTS_DIR} // File::Temp::tempdir('ce_hours_clients.XXXXXX', TMPDIR => 1, CLEANUP => 1);
if (!-d "$dir/node_modules")
{
	my ($version, $log) = ('', '');
	plan skip_all => 'npm is not installed' if !run_log([ 'sh', '-c', 'node --version && npm --version' ], '>', \$version, '2>', \$log);
	plan skip_all => 'node is older than version 18' if ($version =~ /^v(\d+)/ ? $1 : 0) < 18;
	copy("$Clients::here/$_", $dir) or die "$_: $!" for qw(package.json package-lock.json);
	local @ENV{qw(npm_config_cache npm_config_fetch_retries)} = ("$dir/cache", 1);
	if (!run_log([ 'sh', '-c', "cd '$dir' && exec timeout 300 npm ci --ignore-scripts --no-audit --no-fund" ], '>', \$log, '2>&1'))
	{
		plan skip_all => 'npm ci failed, without a network perhaps: ' . ((grep { /npm (?:err|error)/i } split /\n/, $log)[0] // 'it took too long');
	}
}
$ENV{CLIENTS_DIR} = $dir;

# PostGraphile leaves the functions of extensions out, so an application has its own
start_ledger(q{
	CREATE FUNCTION may_apply(person_id bigint, level text, as_of date) RETURNS boolean LANGUAGE sql STABLE
		AS 'SELECT ce_eligible($1, $2::ce_level, as_of => $3)'});

my $said = run_client('node pg', 'node', "$Clients::here/pg.js", @views);
check_columns('node pg', $said);
check_answers('node pg', $said,
	eligible => 'true',
	eligible_by_no => 'false',
	unknown_person => 'null',
	spelled => 'true true true',
	explain => 'art. 8 2018 professional 60 40 20',
	standing => 'eligible eligible eligible eligible',
	receipt => 'eligible',
	chinese => '青海大学',
	chinese_level => 'senior');
check_error('node pg', $said);

# drizzle-kit makes files where it stands
my $work = File::Temp::tempdir('ce_hours_drizzle.XXXXXX', TMPDIR => 1, CLEANUP => 1);
my @plain = grep { $_ ne 'ce_account_recomputed' } @views;
$said = run_client('drizzle', 'sh', '-c', 'cd "$0" && exec node "$@"', $work, "$Clients::here/drizzle.js", @plain);
is_deeply($said->{UNKNOWN} // [], [], 'drizzle: nothing unknown in the schema that it pulls');
check_columns('drizzle', $said, without => 'ce_account_recomputed');
check_answers('drizzle', $said, eligible => 'true', chinese => '青海大学');

$said = run_client('PostGraphile', 'node', "$Clients::here/postgraphile.js", @views);
check_columns('PostGraphile', $said);
check_answers('PostGraphile', $said, eligible => 'true', chinese => '青海大学');

$node->stop;
done_testing();

# Three ways to one ledger: ce_setup(), the SQL that ce_setup(dry_run => true)
# gives, run by psql, and the files of sql/, run by psql one after the other; for
# a new ledger, and the dry run for one of each released version too.

use strict;
use warnings;

use File::Basename qw(dirname basename);
use lib dirname(__FILE__);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use TestLedger;

my $root = File::Spec->rel2abs(dirname(__FILE__)) . '/../..';
my ($current) = slurp_file("$root/ce_hours.control") =~ /^default_version = '(.*)'/m;
my @released = grep { $_ ne $current } sort map { basename($_) =~ /^ce_hours--([0-9.]+)\.sql$/ ? $1 : () } glob "$root/sql/ce_hours--*.sql";
my @owner = (extra_params => [ '-U', 'ledger_owner' ]);

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', 'client_min_messages = warning');
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE ledger_owner LOGIN; ALTER ROLE ledger_owner SET search_path = hours; CREATE ROLE stranger LOGIN; CREATE ROLE dashboard');

# installed(DATABASE, [VERSION]): a database with the extension in a schema of an ordinary role
sub installed
{
	my ($db, $version) = @_;
	my $of = $version ? "VERSION '$version'" : '';

	$node->safe_psql('postgres', "CREATE DATABASE $db");
	$node->safe_psql($db, "CREATE SCHEMA hours AUTHORIZATION ledger_owner; CREATE EXTENSION ce_hours SCHEMA hours $of; GRANT USAGE ON SCHEMA hours TO stranger");
}

# run_files(DATABASE, FILE...): by the ledger's owner, one psql for each
sub run_files
{
	my ($db, @files) = @_;

	$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $node->connstr($db) . ' user=ledger_owner', '-f', $_ ], "$db: psql runs " . basename($_))
	  for @files;
}

# dry_run(DATABASE): the name of a file with what psql printed
sub dry_run
{
	my ($db) = @_;
	my $file = PostgreSQL::Test::Utils::tempdir() . "/$db.sql";
	my ($out, $err) = run_command([ 'psql', '-XAtq', '-d', $node->connstr($db) . ' user=ledger_owner', '-c', 'BEGIN READ ONLY', '-c', 'SELECT ce_setup(dry_run => true)' ]);

	is($err, '', "$db: a dry run needs no right to write");
	append_to_file($file, "$out\n");
	return $file;
}

# ledger(DATABASE): all of it, but for the moment when it was made
sub ledger
{
	my ($db) = @_;
	my %rows = %{ rows($node, $db, 'hours') };

	delete $rows{ce_ledger};
	return [ $node->safe_psql($db, 'SELECT law_edition, extension_version, security_edition, count(*) OVER () FROM hours.ce_ledger'),
		definitions($node, $db, 'hours'), \%rows, members($node, $db) ];
}

#
# A new one
#
installed('called');
is($node->safe_psql('called', 'SELECT ce_setup(dry_run => false)', @owner), '', 'ce_setup(dry_run => false) makes a ledger and returns no row');
my $called = ledger('called');
is($called->[0], "1|$current|1|1", 'of this version, with row security');
my $plain = 'SELECT ce_setup(), (SELECT count(*) FROM ce_check())';
is($node->safe_psql('called', $plain, @owner), '|0', 'ce_setup() once more');
is_deeply(ledger('called'), $called, 'changes nothing');

installed('reviewed');
my $script = dry_run('reviewed');
is($node->safe_psql('reviewed', q{SELECT count(*) FROM pg_class WHERE relnamespace = 'hours'::regnamespace AND relkind IN ('r', 'v', 'S', 'i')}), 0, 'a dry run makes nothing');
unlike(slurp_file($script), qr/ADD COLUMN|RENAME CONSTRAINT|DROP CONSTRAINT|NOT VALID/, 'and gives no repairs for a new ledger');
like(slurp_file($script), qr/^BEGIN;\nSET LOCAL search_path = hours, pg_temp;\n.*\nLOCK TABLE ce_ledger IN SHARE ROW EXCLUSIVE MODE;\n-- ledger\/law\.sql, line 1\n.*\nCOMMIT;\n$/ms, 'but one transaction, which waits for others');
run_files('reviewed', $script);
is_deeply(ledger('reviewed'), $called, 'the dry run of a new ledger gives that of ce_setup()');

installed('by_hand');
my @files = grep { !m{/update/|/distributed\.sql$} } slurp_file("$root/sql/functions/ledger_scripts.sql") =~ /^--include (.*)/mg;
cmp_ok(scalar @files, '>=', 11, 'there are files to run');
run_files('by_hand', map { "$root/sql/$_" } @files);
is_deeply(ledger('by_hand'), $called, 'the files give that of ce_setup()');

#
# One of an earlier version
#
for my $version (@released)
{
	(my $db = "of_$version") =~ tr/./_/;

	installed($db, $version);
	$node->safe_psql($db, 'SELECT ce_setup()', @owner);
	$node->safe_psql($db, q{INSERT INTO ce_org (org_id, code, name, kind, admin_level, region_code) VALUES (1, 'office', 'office', 'hrss', 'county', '630121');
		INSERT INTO ce_member VALUES ('dashboard', 1, 'report')}, @owner);
	$node->safe_psql($db, q{SELECT ce_grant('dashboard', 1, 'report')}, @owner) if $version ne '0.1.0';
	$node->safe_psql($db, 'ALTER EXTENSION ce_hours UPDATE');
	$node->safe_psql('postgres', "CREATE DATABASE ${db}_reviewed TEMPLATE $db");
	my $before = ledger_of_old($db);
	my $update = dry_run("${db}_reviewed");
	is_deeply(ledger_of_old("${db}_reviewed"), $before, "$version: a dry run changes nothing");
	unlike(slurp_file($update), qr/^INSERT INTO ce_rule/m, "$version: the law rows are there already");
	$node->safe_psql($db, 'SELECT ce_setup()', @owner);
	run_files("${db}_reviewed", $update);
	is_deeply(ledger("${db}_reviewed"), ledger($db), "$version: the dry run gives the ledger of ce_setup()");
	is($node->safe_psql($db, q{SELECT string_agg(conname, ' ') FROM pg_constraint WHERE contype = 'c' AND conrelid::regclass::text LIKE 'hours.ce\_%' AND (conname ~ '_check[0-9]*$' OR NOT convalidated)}),
		'', "$version: each CHECK has a name that says what it is, and holds");
	unlike($node->safe_psql($db, 'SELECT ce_setup(dry_run => true)', @owner), qr/RENAME CONSTRAINT|REVOKE/, "$version: an updated ledger lacks no repair");
}

# ledger_of_old(DATABASE): what there is before ce_setup() ran again
sub ledger_of_old
{
	my ($db) = @_;
	return [ definitions($node, $db, 'hours'), rows($node, $db, 'hours') ];
}

#
# A release to come, which ships another notice: the ledger of this release with the
# owner's own reading of it, one without, and a new one
#
installed('newly');
$node->safe_psql('called', q{INSERT INTO ce_instrument VALUES ('ours', '1', '2027年的通知', 'the notice of 2027', '2026-11-20');
	INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('general', 2027, '80', 'ours', '1');
	INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, instrument, clause) VALUES ('general', 'training', 2027, 'days', '8', 'ours', '5')}, @owner);
$node->safe_psql('postgres', 'CREATE DATABASE called_reviewed TEMPLATE called');
for my $db (qw(called called_reviewed reviewed newly))
{
	$node->safe_psql($db, q{
		ALTER FUNCTION hours.ce__ledger_scripts() RENAME TO scripts_of_today;
		CREATE FUNCTION hours.ce__ledger_scripts() RETURNS TABLE (place integer, file text, lacking text, edition integer, script text) LANGUAGE sql STABLE SET search_path = hours, pg_temp AS $$
			SELECT * FROM scripts_of_today()
			UNION ALL VALUES (10, 'law/to_come.sql', NULL, 2, $s$
INSERT INTO ce_instrument VALUES ('to-come', '2', '关于2027年', 'on 2027', '2027-01-15');
INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('general', 2027, '90', 'to-come', '4.1'), ('general', 2028, '90', 'to-come', '4.1');
INSERT INTO ce_rule (scheme, kind, grade, from_year, basis, hours, instrument, clause) VALUES
	('general', 'training', 'abroad', 2027, 'days', '9', 'to-come', '5.2'), ('general', 'training', NULL, 2028, 'days', '9', 'to-come', '5.2'),
	('general', 'mentoring', NULL, 2027, 'days', '9', 'to-come', '5.2');
$s$) $$});
}
my $rows_of_2027 = q{SELECT concat_ws(' ', scheme, NULL, from_year, total_hours, instrument) FROM ce_requirement WHERE from_year >= 2027
	UNION ALL SELECT concat_ws(' ', kind, grade, from_year, hours, instrument) FROM ce_rule WHERE from_year >= 2027 ORDER BY 1};
my $kept = "general 2027 80 ours\ngeneral 2028 90 to-come\nmentoring 2027 9 to-come\ntraining 2027 8 ours\ntraining 2028 9 to-come";
my $later = dry_run('called_reviewed');
my (undef, undef, $said) = $node->psql('called', 'SELECT ce_setup()', @owner);
is(() = $said =~ /WARNING:  a row of table "ce_(?:requirement|rule)" is left out/g, 2, 'ce_setup() names the rows of a later edition that it leaves out');
like($said, qr/DETAIL:  Left out: to-come 4\.1\. In the ledger: ours 1\. Both are about scheme general, from_year 2027\./, 'with what they are about');
is($node->safe_psql('called', $rows_of_2027, @owner), $kept, 'and keeps those of the owner');
is($node->safe_psql('called', 'SELECT law_edition FROM ce_ledger', @owner), 2, 'the ledger has the later edition');
is($node->safe_psql('called', q{SELECT ce_setup(), current_setting('ce_hours.keep_law_rows')}, @owner), '|off', 'the setting is as before');
is($node->safe_psql('called', q{SELECT count(*) FROM ce_rule WHERE instrument = 'to-come' AND rule_id < 10000}, @owner), 0, 'its rows take numbers that no row can have');
run_files('called_reviewed', $later);
is($node->safe_psql('called_reviewed', $rows_of_2027, @owner), $kept, 'the dry run of a later edition gives the same');
$node->safe_psql('called', q{DELETE FROM ce_requirement WHERE from_year = 2028}, @owner);
is($node->safe_psql('called', 'SELECT ce_setup(); SELECT count(*) FROM ce_requirement WHERE from_year = 2028', @owner), "\n0", 'a row of it that was deleted does not come back');
my $all = "general 2027 90 to-come\ngeneral 2028 90 to-come\nmentoring 2027 9 to-come\ntraining 2028 9 to-come\ntraining abroad 2027 9 to-come";
for my $db (qw(reviewed newly))
{
	(undef, undef, $said) = $node->psql($db, 'SELECT ce_setup()', @owner);
	is($said, '', "$db: a ledger without rows of its own hears of nothing");
	is($node->safe_psql($db, $rows_of_2027, @owner), $all, "$db: and has the whole edition");
}
$called = ledger('called');

#
# What goes wrong, and who may not
#
installed('broken');
$node->safe_psql('broken', 'CREATE TABLE ce_plan (plan_id bigint PRIMARY KEY)', @owner);
refused($node, 'broken', 'SELECT ce_setup()', qr{column "org_id" of relation "ce_plan" does not exist\n.*"-- ledger/plans\.sql, line \d+\nCOMMENT ON COLUMN ce_plan\.org_id}, 'an error names the file, the line and the statement', @owner);
my ($line) = $node->safe_psql('broken', 'SELECT ce_setup(dry_run => true)', @owner) =~ m{^-- ledger/plans\.sql, line (\d+)\nCOMMENT ON COLUMN ce_plan\.org_id}m;
like((split /\n/, slurp_file("$root/sql/ledger/plans.sql"))[ $line - 1 ], qr/^COMMENT ON COLUMN ce_plan\.org_id/, 'it is that line of the file');
is($node->safe_psql('broken', q{SELECT to_regclass('hours.ce_ledger') IS NULL}), 't', 'and the ledger is not half made');
refused($node, 'called', 'SELECT hours.ce_setup()', qr/permission denied for/, 'a stranger cannot run ce_setup()', extra_params => [ '-U', 'stranger' ]);
refused($node, 'called', 'SELECT hours.ce_setup(dry_run => true)', qr/permission denied for/, 'nor see what it lacks', extra_params => [ '-U', 'stranger' ]);
is_deeply(ledger('called'), $called, 'nothing of it is changed');

$node->stop;
done_testing();

# pg_upgrade takes the ledger along, from this major to each later one in turn.
# OTHER_BINDIRS names the programs' directories of later majors that have the
# extension in them; test/run.sh makes them of OTHER_SERVERS, as .ci/run does.

use strict;
use warnings;

use Cwd qw(getcwd);
use File::Basename qw(dirname);
use lib dirname(__FILE__);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use TestLedger;

my @later = split ' ', $ENV{OTHER_BINDIRS} // '';
plan skip_all => 'no later major is at hand: OTHER_SERVERS names none' if !@later;

my $fixture = File::Spec->rel2abs(dirname(__FILE__)) . '/ledger.psql';
my $dir = PostgreSQL::Test::Utils::tempdir;
my @init = ('--encoding=UTF8', '--locale=C', '--no-sync');

# data checksums are on by default from 18 on, and both ends have to agree
sub make_node
{
	my ($name, $install) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name, $install ? (install_path => $install) : ());
	my $version = $node->pg_version;

	$node->init(extra => [ @init, $version >= 18 ? '--no-data-checksums' : () ]);
	return $node;
}

# Minor releases since November 2026 version each column in an option that
# earlier ones refuse, so that pg_upgrade to a major of before then fails for any
# table.  Where such a pair is at hand the option is taken away here.
sub drop_unknown_option
{
	my ($old, $new) = @_;
	my $versioned = q{SELECT count(*) > 0 FROM pg_attribute WHERE attrelid >= 16384 AND attoptions::text LIKE '%pg_attver=%'};

	return if $old->safe_psql('ledger', $versioned) eq 'f';
	$new->start;
	my $known = $new->safe_psql('postgres', "CREATE TABLE t (c integer); $versioned; DROP TABLE t");
	$new->stop;
	return if $known eq 't';
	note('the later server is of an earlier release and does not know versions of columns; they are taken away');
	$old->safe_psql('ledger', q{SET allow_system_table_mods = on;
		UPDATE pg_attribute SET attoptions = NULLIF(ARRAY(SELECT o FROM unnest(attoptions) o WHERE o NOT LIKE 'pg_attver=%'), '{}') WHERE attoptions::text LIKE '%pg_attver=%'});
}

my $node = make_node('oldest');
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE ledger_owner LOGIN; CREATE ROLE clerk; CREATE DATABASE ledger');
$node->safe_psql('ledger', 'CREATE SCHEMA hours AUTHORIZATION ledger_owner; CREATE EXTENSION ce_hours SCHEMA hours; GRANT USAGE ON SCHEMA hours TO clerk; ALTER ROLE ledger_owner SET search_path = hours');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $node->connstr('ledger') . ' user=ledger_owner', '-f', $fixture ], 'the ledger is made');
$node->safe_psql('ledger', q{
	ALTER TABLE ce_person ADD COLUMN office text DEFAULT 'main';
	CREATE INDEX my_index ON ce_activity (awarded, completed_on) WHERE status = 'submitted';
	CREATE TABLE my_log (person_id bigint, hours ce_hours, credit ce_credit, level ce_level);
	CREATE FUNCTION my_trigger() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS 'BEGIN INSERT INTO my_log VALUES (NEW.person_id, NEW.awarded); RETURN NULL; END';
	CREATE TRIGGER my_trigger AFTER INSERT ON ce_activity FOR EACH ROW EXECUTE FUNCTION my_trigger();
	INSERT INTO my_log SELECT person_id, '1.25', credit, 'senior' FROM ce_account;
	CREATE INDEX my_levels ON my_log (level);
	ALTER TABLE ce_person ENABLE ROW LEVEL SECURITY;
	CREATE POLICY my_policy ON ce_person AS RESTRICTIVE TO clerk USING (person_id < 10);
	GRANT SELECT ON ce_person TO clerk;
	UPDATE ce_requirement SET public_hours = '44' WHERE from_year = 2020;
	DELETE FROM ce_cap;
	CREATE STATISTICS my_statistics ON kind, awarded FROM ce_activity;
}, extra_params => [ '-U', 'ledger_owner' ]);

$node->safe_psql('ledger', 'ANALYZE');

my $rows = rows($node, 'ledger', 'hours');
my $members = [ map { /^\((\w+,[^ ]*)/ } @{ members($node, 'ledger') } ];
# how a definition is printed differs from major to major, so only its beginning
my $definitions = [ map { join ' ', (split ' ')[ 0 .. 4 ] } grep { !/^view/ } @{ definitions($node, 'ledger', 'hours') } ];
my $question = q{SELECT person_id, l, ce_verdict(person_id, l, as_of => '2020-12-31') FROM ce_person, unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) l ORDER BY 1, 2};
my $answers = $node->safe_psql('ledger', "SET search_path = hours; $question");
like($answers, qr/eligible/, 'it answers');

for my $bindir (@later)
{
	(my $install = $bindir) =~ s{/bin/?$}{};
	my $new = make_node('to' . ($bindir =~ s/\W+/_/gr), $install);
	my $name = 'PostgreSQL ' . $new->pg_version;

	drop_unknown_option($node, $new);
	$node->stop;
	# in a directory of its own, where it leaves its log
	my $before = getcwd;
	chdir $dir or die "$dir: $!";
	command_ok([ "$bindir/pg_upgrade", '--no-sync', '-b', $node->config_data('--bindir'), '-B', $bindir, '-d', $node->data_dir, '-D', $new->data_dir,
		'-s', $new->host, '-p', $node->port, '-P', $new->port ], "$name: pg_upgrade");
	chdir $before;
	$new->start;

	is_deeply(rows($new, 'ledger', 'hours'), $rows, "$name: rows of every table and view are as they were");
	is_deeply([ map { join ' ', (split ' ')[ 0 .. 4 ] } grep { !/^view/ } @{ definitions($new, 'ledger', 'hours') } ], $definitions, "$name: every object is there, the user's as well");
	is_deeply([ map { /^\((\w+,[^ ]*)/ } @{ members($new, 'ledger') } ], $members, "$name: so is the extension");
	is($new->safe_psql('ledger', "SET search_path = hours; $question"), $answers, "$name: it gives the same answers");
	is($new->safe_psql('ledger', 'SET search_path = hours; SELECT count(*) FROM ce_check()'), 0, "$name: ce_check() is empty");
	is($new->safe_psql('ledger', 'SET search_path = hours; SET ROLE clerk; SELECT count(*) FROM ce_person'), 9, "$name: the user's policy holds");
	$new->safe_psql('ledger', 'SELECT ce_setup()', extra_params => [ '-U', 'ledger_owner' ]);
	my $after = rows($new, 'ledger', 'hours');
	is_deeply({ %$after, ce_ledger => '' }, { %$rows, ce_ledger => '' }, "$name: ce_setup() changes nothing");
	$rows = $after;
	refused($new, 'ledger', q{SET search_path = hours; DELETE FROM ce_activity WHERE status = 'verified'}, qr/cannot be deleted/, "$name: deleting what is verified");
	is($new->safe_psql('ledger', q{SET search_path = hours;
		INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (40, 'academy_course', '2020-03-01', '7.5', 'verified', 4, '2020-03-02');
		SELECT credit FROM ce_account WHERE person_id = 40 AND year = 2020; SELECT count(*) FROM ce_check()}) =~ s/.*public:([0-9.]+).*\n/$1 /r,
		"7.5 0", "$name: a new row counts") if $bindir eq $later[-1];
	$node = $new;
}

$node->stop;
done_testing();

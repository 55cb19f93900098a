# ALTER EXTENSION ... UPDATE of each released version, and ce_setup() after it,
# on a ledger with the examples in it, end where a fresh install begins: the same
# extension, the same ledger; and what users added to theirs is still there.

use strict;
use warnings;

use Cwd qw(getcwd);
use File::Basename qw(dirname basename);
use lib dirname(__FILE__);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use TestLedger;

my $root = File::Spec->rel2abs(dirname(__FILE__)) . '/../..';
my @released = sort map { basename($_) =~ /^ce_hours--([0-9.]+)\.sql$/ ? $1 : () } glob "$root/sql/ce_hours--*.sql";
my ($current) = slurp_file("$root/ce_hours.control") =~ /^default_version = '(.*)'/m;
@released = grep { $_ ne $current } @released;
cmp_ok(scalar(@released), '>', 0, 'there is a released version to come from');

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "client_min_messages = warning");
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE ledger_owner LOGIN; CREATE ROLE clerk; CREATE DATABASE fresh');
$node->safe_psql('postgres', 'ALTER ROLE ledger_owner SET search_path = hours');

# load(DATABASE): the examples, by the ledger's owner, from the repository's root as their head says
sub load
{
	my ($db) = @_;
	my $before = getcwd;

	chdir $root or die "$root: $!";
	$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $node->connstr($db) . ' user=ledger_owner', '-f', 'examples/load.sql' ], "$db: the examples are loaded");
	chdir $before;
}

# differs(GOT, EXPECTED, NAME): two lists of lines; says which lines only one of them has
sub differs
{
	my ($got, $expected, $name) = @_;
	my %got = map { $_ => 1 } @$got;
	my %expected = map { $_ => 1 } @$expected;

	ok(!(grep { !$expected{$_} } @$got) && !(grep { !$got{$_} } @$expected), $name)
		or diag(join "\n", (map { "only here: $_" } grep { !$expected{$_} } @$got), (map { "only in a fresh one: $_" } grep { !$got{$_} } @$expected));
}

# what depends on when rows were written, not on what they say
my @times = qw(ce_ledger ce_event ce_application);
my $answers = q{SELECT string_agg(concat_ws(' ', person_no, l, ce_verdict(person_id, l, as_of => d)), ',' ORDER BY person_id, l, d)
	FROM hours.ce_person, unnest('{junior,intermediate,senior,full_senior}'::hours.ce_level[]) l, unnest('{2020-06-30,2020-12-31,2022-12-31}'::date[]) d};

$node->safe_psql('fresh', 'CREATE SCHEMA hours AUTHORIZATION ledger_owner; CREATE EXTENSION ce_hours SCHEMA hours');
$node->safe_psql('fresh', 'SELECT ce_setup()', extra_params => [ '-U', 'ledger_owner' ]);
load('fresh');
cmp_ok($node->safe_psql('fresh', 'SELECT count(*) FROM hours.ce_allocation'), '>', 0, 'hours are allocated in the examples');
my $members = members($node, 'fresh');
my $definitions = definitions($node, 'fresh', 'hours');
my $rows = rows($node, 'fresh', 'hours');
my $verdicts = $node->safe_psql('fresh', "SET search_path = hours; $answers");

for my $version (@released)
{
	(my $db = "from_$version") =~ tr/./_/;

	$node->safe_psql('postgres', "CREATE DATABASE $db");
	$node->safe_psql($db, "CREATE SCHEMA hours AUTHORIZATION ledger_owner; CREATE EXTENSION ce_hours SCHEMA hours VERSION '$version'");
	$node->safe_psql($db, 'SELECT ce_setup()', extra_params => [ '-U', 'ledger_owner' ]);
	load($db);
	my $old = rows($node, $db, 'hours');
	# the columns that there were
	my $log = q{SELECT md5(string_agg((event_id, at, role_name, object, ids, from_status, to_status, by_org, note)::text, chr(10) ORDER BY event_id)) FROM hours.ce_event};
	my $old_log = $node->safe_psql($db, $log);

	# a second ledger, which its user has made his own
	my $own = "${db}_own";
	$node->safe_psql('postgres', "CREATE DATABASE $own TEMPLATE $db");
	$node->safe_psql($own, q{
		ALTER TABLE ce_person ADD COLUMN office text DEFAULT 'main';
		CREATE INDEX my_index ON ce_activity (completed_on) WHERE status = 'submitted';
		CREATE FUNCTION my_trigger() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
		CREATE TRIGGER my_trigger AFTER INSERT ON ce_activity FOR EACH ROW EXECUTE FUNCTION my_trigger();
		ALTER TABLE ce_activity ADD CONSTRAINT my_check CHECK (completed_on < '2100-01-01');
		ALTER TABLE ce_person ENABLE ROW LEVEL SECURITY;
		CREATE POLICY my_policy ON ce_person TO clerk USING (person_id < 10);
		GRANT SELECT ON ce_person, ce_yearly_totals TO clerk;
		INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, instrument, clause) VALUES ('general', 2021, 2021, '100', 'mohrss-order-25', 'of ours');
		UPDATE ce_requirement SET public_hours = '44' WHERE from_year = 2020;
		DELETE FROM ce_cap;
	}, extra_params => [ '-U', 'ledger_owner' ]);
	# the columns that there were
	my %law_columns = map { $_ => $node->safe_psql($own, "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'hours.$_'::regclass AND attnum > 0 AND NOT attisdropped") } qw(ce_requirement ce_cap);
	my $law_rows = sub { return join "\n", map { $node->safe_psql($own, "SELECT $law_columns{$_} FROM hours.$_ ORDER BY 1, 2") } qw(ce_requirement ce_cap) };
	my $law = $law_rows->();
	# of the tables that there were
	my $policies = q{SELECT count(*) FROM pg_policy WHERE polname LIKE 'ce\_%' AND polrelid::regclass::text NOT IN ('hours.ce_person_scheme', 'hours.ce_waiver')};
	my $policies_before = $node->safe_psql($own, $policies);

	# who wrote the facts of activities writes those that are new, and nobody else does
	$node->safe_psql('postgres', "CREATE DATABASE ${db}_granted TEMPLATE $db");
	$node->safe_psql("${db}_granted", 'GRANT INSERT (person_id, kind, hours), UPDATE (hours) ON hours.ce_activity TO clerk');
	$node->safe_psql("${db}_granted", 'ALTER EXTENSION ce_hours UPDATE; SET ROLE ledger_owner; SELECT hours.ce_setup()');
	is($node->safe_psql("${db}_granted", q{SELECT string_agg(concat_ws(' ', c, has_column_privilege('clerk', 'hours.ce_activity', c, 'INSERT'), has_column_privilege('clerk', 'hours.ce_activity', c, 'UPDATE'), has_column_privilege('clerk', 'hours.ce_activity', c, 'SELECT')), ', ')
		FROM unnest('{grade,role,rank,quantity,days}'::text[]) c}), 'grade t t f, role t t f, rank t t f, quantity t t f, days f f f', "$version: privileges on new facts follow those on hours");

	# what views call, under the names that the version had
	my $views = q{SELECT concat_ws(' ', (SELECT md5(string_agg(y::text, ',' ORDER BY person_id, year)) FROM ce_yearly_totals y), (SELECT md5(string_agg(e::text, ',' ORDER BY person_id)) FROM ce_eligibility e))};
	my %views_before = map { $_ => $node->safe_psql($_, "SET search_path = hours; $views") } $db, $own;

	# the update, by who may do it; the ledger, by its owner; twice changes nothing more
	for my $updated ($db, $own)
	{
		my ($status, undef, $told) = $node->psql($updated, 'ALTER EXTENSION ce_hours UPDATE');
		is($status, 0, "$updated: ALTER EXTENSION ... UPDATE");
		like($told, qr/INFO:  ce_hours is updated; now let role "ledger_owner" bring the ledger up to date with: SELECT hours\.ce_setup\(\);\s*\z/, "$updated: it ends with the second step");
		is($node->safe_psql($updated, q{SELECT extversion FROM pg_extension WHERE extname = 'ce_hours'}), $current, "$updated: updated to $current");
		differs(members($node, $updated), $members, "$updated: the extension is that of a fresh install");

		# between the two steps the ledger goes on
		is($node->safe_psql($updated, "SET search_path = hours; $views"), $views_before{$updated}, "$updated: and its views answer as before");
		is($node->safe_psql($updated, q{SET search_path = hours;
			BEGIN; INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on)
				SELECT person_id, 'academy_course', '2020-03-01', '7.5', 'verified', (SELECT min(org_id) FROM ce_org WHERE kind = 'academy'), '2020-03-02' FROM ce_person ORDER BY 1 LIMIT 1;
			UPDATE ce_allocation SET reversed_by = allocated_by, reversed_on = allocated_on, note = 'in error' WHERE reversed_on IS NULL;
			INSERT INTO ce_allocation (person_id, from_year, to_year, subject, hours, allocated_by) SELECT person_id, from_year, to_year, subject, hours, allocated_by FROM ce_allocation;
			SELECT count(*) FROM ce_check() WHERE invariant NOT LIKE 'triggers%'; ROLLBACK}), 0, "$updated: facts are taken before ce_setup() ran again");
		$node->safe_psql($updated, 'SELECT ce_setup()', extra_params => [ '-U', 'ledger_owner' ]);
		is($node->safe_psql($updated, 'SET search_path = hours; SELECT count(*) FROM ce_check()'), 0, "$updated: ce_check() is empty");
	}

	differs(definitions($node, $db, 'hours'), $definitions, "$version: the ledger is that of a fresh install");
	my %new = %{ rows($node, $db, 'hours') };
	delete @new{@times};
	my %expected = %$rows;
	delete @expected{@times};
	is_deeply(\%new, \%expected, "$version: the rows of every table and view are those of a fresh install");
	is_deeply([ rows($node, $db, 'hours')->{ce_application}, $node->safe_psql($db, $log) ], [ $old->{ce_application}, $old_log ], "$version: the log and applications are as they were");
	is($node->safe_psql($db, "SET search_path = hours; $answers"), $verdicts, "$version: the verdicts of a fresh install");

	# what was the user's; since others use it already, row security that it has not waits for its owner's word
	is($node->safe_psql($own, $policies), $policies_before, "$own: a ledger that others use is not closed to them by an update");
	$node->safe_psql($own, 'SELECT ce_secure()', extra_params => [ '-U', 'ledger_owner' ]);
	my %lines = map { $_ => 1 } @{ definitions($node, $own, 'hours') };
	is_deeply([ grep { !$lines{$_} } @$definitions ],
		[ grep { /^relation (ce_person|ce_yearly_totals) / } @$definitions ], "$own: nothing of the ledger is missing");
	for my $mine ('column ce_person office', 'index CREATE INDEX my_index', 'trigger CREATE TRIGGER my_trigger', 'constraint ce_activity my_check',
		'policy ce_person my_policy', 'relation ce_person r ledger_owner t', 'relation ce_yearly_totals .*clerk=r')
	{
		is(scalar(grep { /^$mine/ } keys %lines), 1, "$own: the user's own is still there: $mine");
	}
	is($law_rows->(), $law, "$own: the law is as its user changed it");

	my $before = rows($node, $own, 'hours');
	$node->safe_psql($own, 'SELECT ce_setup()', extra_params => [ '-U', 'ledger_owner' ]);
	is_deeply({ %{ rows($node, $own, 'hours') }, ce_ledger => '' }, { %$before, ce_ledger => '' }, "$own: ce_setup() once more changes no row");
}

# without a ledger the second step is the first ce_setup()
$node->safe_psql('postgres', 'CREATE DATABASE no_ledger');
$node->safe_psql('no_ledger', "CREATE SCHEMA hours; CREATE EXTENSION ce_hours SCHEMA hours VERSION '$released[-1]'");
like(($node->psql('no_ledger', 'ALTER EXTENSION ce_hours UPDATE'))[2], qr/INFO:  ce_hours is installed; now create the ledger with: SELECT hours\.ce_setup\(\);/, 'an update without a ledger tells to create it');

# roles with duties in a ledger of 0.2.0: report keeps the columns that it has in a new ledger, other duties all that they had
$node->safe_psql('postgres', 'CREATE ROLE dashboard; CREATE ROLE dashboard_reader; CREATE ROLE reader; CREATE DATABASE duties; CREATE DATABASE duties_fresh');
my %privileges;
for my $db (qw(duties duties_fresh))
{
	my $version = $db eq 'duties' ? q{VERSION '0.2.0'} : '';
	$node->safe_psql($db, "CREATE SCHEMA hours AUTHORIZATION ledger_owner; CREATE EXTENSION ce_hours SCHEMA hours $version");
	$node->safe_psql($db, q{
		SELECT ce_setup();
		INSERT INTO ce_org (org_id, code, name, kind, admin_level, region_code) VALUES (1, 'office', 'HRSS office', 'hrss', 'county', '630121');
		SELECT ce_grant('dashboard', 1, 'report'), ce_grant('dashboard_reader', 1, 'report'), ce_grant('dashboard_reader', 1, 'read'), ce_grant('reader', 1, 'read'), ce_grant('ledger_owner', 1, 'report');
		INSERT INTO ce_member VALUES ('dropped', 1, 'report')}, extra_params => [ '-U', 'ledger_owner' ]);
	if ($db eq 'duties')
	{
		is($node->safe_psql($db, q{SELECT has_table_privilege('dashboard', 'hours.ce_person', 'SELECT')}), 't', '0.2.0: the duty report comes with all columns');
		$node->safe_psql($db, 'ALTER EXTENSION ce_hours UPDATE');
		$node->safe_psql($db, 'SELECT ce_setup()', extra_params => [ '-U', 'ledger_owner' ]);
	}
	$privileges{$db} = { map { my $role = $_; ($role => $node->safe_psql($db, qq{
		SELECT c.relname, a.attname, x.privilege_type FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attacl IS NOT NULL, LATERAL (
			SELECT * FROM aclexplode(c.relacl) WHERE a.attname IS NULL UNION ALL SELECT * FROM aclexplode(a.attacl)) x
		WHERE relnamespace = 'hours'::regnamespace AND x.grantee = '$role'::regrole ORDER BY 1, 2, 3})) } qw(dashboard dashboard_reader) };
}
is_deeply($privileges{duties}, $privileges{duties_fresh}, 'who reports has the privileges of a new ledger after ce_setup()');
is($node->safe_psql('duties', q{SELECT has_column_privilege('dashboard', 'hours.ce_person', 'sanctioned', 'SELECT'), has_table_privilege('dashboard_reader', 'hours.ce_person', 'SELECT'),
	has_table_privilege('reader', 'hours.ce_person', 'SELECT'), has_table_privilege('reader', 'hours.ce_filing_status', 'SELECT'), has_table_privilege('ledger_owner', 'hours.ce_person', 'SELECT')}), 'f|t|t|t|t',
	'no mark of sanctions to who reports, everything to who reads');
is($node->safe_psql('duties', q{SELECT count(*) FROM unnest('{dashboard,dashboard_reader,reader}'::name[]) r WHERE has_table_privilege(r, 'hours.ce_region', 'SELECT')}), 3, 'whoever reads organisations reads the names of regions');
$node->safe_psql('duties', 'GRANT SELECT ON ce_person TO dashboard; SELECT ce_setup()', extra_params => [ '-U', 'ledger_owner' ]);
is($node->safe_psql('duties', q{SELECT has_table_privilege('dashboard', 'hours.ce_person', 'SELECT')}), 't', 'what the owner grants afterwards stays');

$node->stop;
done_testing();

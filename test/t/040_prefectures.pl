# Prefectures apart (examples/prefectures): a province and two prefectures, a
# server each, answer as one ledger of all does: after the split, after steps,
# after a person moved, after a change of the law, after a prefecture was killed.

use strict;
use warnings;

use Cwd qw(getcwd);
use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my $bin = "$root/examples/prefectures";

my %node;
for my $name (qw(province xining hainan))
{
	my $node = $node{$name} = PostgreSQL::Test::Cluster->new($name);
	$node->init(allows_streaming => $name eq 'province' ? 'logical' : 0);
	$node->append_conf('postgresql.conf', "max_prepared_transactions = 10\nmax_worker_processes = 16\nwal_retrieve_retry_interval = 200ms\njit = off\n");
	$node->start;
	$node->safe_psql('postgres', 'CREATE ROLE hours_owner');
}
my ($province, $xining, $hainan) = @node{qw(province xining hainan)};
my %conn = map { $_ => $node{$_}->connstr('hours') } keys %node;

sub ledger
{
	my ($node, $db) = @_;

	$node->safe_psql('postgres', "CREATE DATABASE $db; ALTER DATABASE $db SET search_path = ledger");
	$node->safe_psql($db, q{SET client_min_messages = warning; CREATE SCHEMA ledger AUTHORIZATION hours_owner; CREATE EXTENSION ce_hours SCHEMA ledger;
		SET SESSION AUTHORIZATION hours_owner; SELECT ce_setup(); UPDATE ce_ledger SET live_from = '2026-07-01'});
}
ledger($_, 'hours') for values %node;
ledger($province, 'one');

# as the ledger's owner
sub owner
{
	my ($node, $sql, $db) = @_;
	return $node->safe_psql($db // 'hours', "SET SESSION AUTHORIZATION hours_owner; $sql");
}

# in the one ledger and in one of the three
sub both
{
	my ($node, $sql) = @_;
	is(owner($node, $sql), owner($province, $sql, 'one'), 'one ledger and ' . $node->name . " answer alike: $sql");
}

sub script
{
	my ($name, @args) = @_;
	my ($out, $err) = ('', '');
	my $ok = run_log([ "$bin/$name", @args ], '>', \$out, '2>', \$err);
	return ($ok, $out, $err);
}

sub works
{
	my ($what, $like, @command) = @_;
	my ($ok, $out, $err) = script(@command);
	ok($ok, $what) or die $err;
	like($out . $err, $like, "$what: says so");
}

sub fails
{
	my ($what, $like, @command) = @_;
	my ($ok, $out, $err) = script(@command);
	ok(!$ok, "$what: refused");
	like($err, $like, "$what: message");
	like($err, qr/hint:|HINT:/, "$what: and a way out");
}

sub refused
{
	my ($node, $sql, $like, $what) = @_;
	my ($status, $out, $err) = $node->psql('hours', "SET SESSION AUTHORIZATION hours_owner; $sql");
	isnt($status, 0, "$what: refused");
	like($err, $like, "$what: message");
}

# the examples, in the one ledger and in the province's
{
	my $old = getcwd();
	chdir $root or die "$root: $!";
	$province->command_ok([ 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $province->connstr($_), '-f', 'examples/load.sql' ], "$_: the examples are loaded")
	  for qw(one hours);
	chdir $old or die "$old: $!";
}

sub caught_up
{
	$province->wait_for_catchup("ce_prefecture_$_->[0]", 'replay', $province->lsn('flush')) for @_ ? @_ : ([ 'xining' ], [ 'hainan' ]);
}

# Every view of the province over all ledgers has the rows of the one ledger.  The log by object, since one row of it may be
# about several; its numbers and times are each ledger's own, as is the day on which it went live.
my @reports;
sub rows_of
{
	my ($report, $schema) = @_;
	return "SELECT to_jsonb(t) - 'ledger' AS r FROM $schema$report t" if $report ne 'ce_event';
	return "SELECT to_jsonb(t) - 'ledger' - 'event_id' - 'at' - 'ids' || jsonb_build_object('id', id) AS r"
	  . " FROM ${schema}ce_event t, unnest(ids) AS id WHERE t.object NOT LIKE 'ledger.%'";
}
sub sums
{
	my ($db, $schema) = @_;
	my $sums = join ' UNION ALL ', map {
		qq{SELECT '$_', count(*) || ' ' || md5(string_agg(r::text, chr(10) ORDER BY r::text COLLATE "C")) FROM (@{[ rows_of($_, $schema) ]}) r}
	} @reports;
	return map { split /\|/, $_, 2 } split /\n/, owner($province, $sums, $db);
}
sub same
{
	my ($when) = @_;

	caught_up();
	@reports = split /\n/, owner($province, 'SELECT name FROM prefectures.reports() ORDER BY name') unless @reports;
	my %of_all = sums('hours', 'prefectures.');
	my %of_one = sums('one', '');
	is_deeply(\%of_all, \%of_one, "$when: every view has the rows of one ledger");
	for my $report (grep { ($of_all{$_} // '') ne ($of_one{$_} // '') } @reports)
	{
		my ($of_all, $of_one) = map { owner($province, $_->[0] . ' ORDER BY 1', $_->[1]) }
		  [ rows_of($report, 'prefectures.'), 'hours' ], [ rows_of($report, ''), 'one' ];
		my %seen;
		$seen{$_}++ for split /\n/, $of_all;
		$seen{$_}-- for split /\n/, $of_one;
		diag "$report: " . ($seen{$_} > 0 ? 'more: ' : 'less: ') . $_ for grep { $seen{$_} } sort keys %seen;
	}
	is(owner($node{$_}, 'SELECT * FROM ce_check()'), '', "$when: ce_check() of $_ is empty") for sort keys %node;
	is(owner($province, 'SELECT * FROM prefectures.check()'), '', "$when: the ledgers fit each other");
}

#
# From one ledger to three
#
my @setup = ('setup.sh', $conn{province}, "xining=$conn{xining}", "hainan=$conn{hainan}");
works('the ledgers are set up', qr/xining is a ledger of the province\n.*hainan is/s, @setup);
same('before the split');
works('Xining\'s staff moves', qr/^\d+ persons moved from province to xining$/, 'move.sh', $conn{province}, $conn{xining}, '--staff-of', 'hrss-630100');
works('and Hainan\'s', qr/^\d+ persons moved from province to hainan$/, 'move.sh', $conn{province}, $conn{hainan}, '--staff-of', 'hrss-632500');
cmp_ok(owner($_, 'SELECT count(*) FROM ce_person'), '>', 3, $_->name . ' has persons') for values %node;
cmp_ok(owner($_, 'SELECT count(*) FROM ce_activity'), '>', 3, $_->name . ' has activities') for values %node;
is(owner($province, q{SELECT string_agg(DISTINCT left(region_code, 4), ',') FROM ce_person JOIN ce_org USING (org_id) WHERE region_code ~ '^63(01|25)'}), '', 'the province keeps none of theirs');
same('after the split');
works('run again, it changes nothing', qr/hainan is a ledger/, @setup);
same('set up twice');

#
# Each ledger goes on by itself
#
both($xining, q{INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on)
	SELECT 900001, person_id, 'academy_course', '2020-09-01', '44', 'verified', 10, '2020-09-02' FROM ce_person WHERE person_no = 'C05' RETURNING year, awarded});
both($hainan, q{INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence)
	SELECT 900002, person_id, 'training', '2020-10-12', '2020-10-16', 5, 'document 7' FROM ce_person WHERE person_no = 'C04a' RETURNING awarded});
both($hainan, q{SELECT status FROM ce_verify(ARRAY[900002], 54)});
is(owner($xining, 'INSERT INTO ce_activity (person_id, kind, completed_on, hours, status) SELECT person_id, \'academy_course\', \'2020-09-03\', \'1\', \'submitted\' FROM ce_person WHERE person_no = \'C05\' RETURNING activity_id'),
	'1000000000001', 'rows of a prefecture have numbers of their own');
owner($xining, 'DELETE FROM ce_activity WHERE activity_id = 1000000000001');
both($xining, q{INSERT INTO ce_application (application_id, person_id, level, applied_on) SELECT 900003, person_id, 'junior', '2020-12-30' FROM ce_person WHERE person_no = 'C06a' RETURNING verdict});
both($xining, q{UPDATE ce_person SET specialty = specialty || ', ' WHERE person_no IN ('C06a', 'C06b') RETURNING person_no});
same('after steps');

# a plan is entered and filed at the province, once, and used by all
both($province, q{INSERT INTO ce_plan (plan_id, org_id, title, mode, specialty, hours, starts_on, ends_on, status) VALUES (9001, 35, 'late', 'online', 'x', '30', '2020-09-01', '2020-09-30', 'submitted') RETURNING status});
both($province, q{SELECT status FROM ce_file(ARRAY[9001], 12, '2020-08-01')});
both($province, q{SELECT status FROM ce_file(ARRAY[9001], 1, '2020-08-02')});
caught_up();
both($hainan, q{INSERT INTO ce_activity (activity_id, person_id, kind, plan_id, completed_on, hours) SELECT 900004, person_id, 'base_online', 9001, '2020-09-30', '30' FROM ce_person WHERE person_no = 'C04b' RETURNING awarded});
same('with a new plan');
is(owner($hainan, q{SELECT count(*) FROM ce_event WHERE object = 'plan'}), 0, 'the log of plans is the province\'s');
cmp_ok(owner($hainan, q{SELECT count(*) FROM ce_findings WHERE object = 'plan'}), '>', 0, 'a prefecture sees the late plan, too');

#
# The law
#
my $session = $xining->background_psql('hours', on_error_stop => 0);
my $total = q{SELECT max(required_total) FROM ce_yearly_totals WHERE year = 2020};
is($session->query($total), 135, 'an open session of a prefecture: the law as it was');
both($province, q{UPDATE ce_requirement SET total_hours = '136' WHERE from_year = 2020 RETURNING total_hours});
caught_up();
is($session->query($total), 136, 'it notices a change that the province made');
same('another law');
for my $table (split /\n/, owner($xining, q{SELECT name FROM prefectures.tables() WHERE part IN ('law', 'province') ORDER BY 1}))
{
	my $from_province = qr/table "$table" is written in the province's ledger alone.*DETAIL.*xining.*HINT.*province's ledger/s;
	refused($xining, $_, $from_province, "a prefecture writes: $_") for "INSERT INTO $table DEFAULT VALUES", "DELETE FROM $table", "COPY $table FROM STDIN;\n";
	# tables that refuse it anyway may say so first
	refused($xining, "TRUNCATE $table CASCADE", qr/is written in the province's ledger alone|cannot be truncated/, "a prefecture empties $table");
}
refused($xining, q{UPDATE ce_requirement SET total_hours = '1'}, qr/written in the province's ledger alone/, 'a prefecture changes the law');
same('after what was refused');
refused($province, q{DELETE FROM ce_org WHERE org_id = 54}, qr/org_id 54 of table "ce_org" is in use in ledger hainan.*HINT/s, 'the province deletes an employer of a prefecture\'s staff');
refused($province, q{UPDATE ce_plan SET plan_id = 9002 WHERE plan_id = 9001}, qr/cannot be changed|is in use/, 'it renames a plan');
refused($province, q{DELETE FROM ce_kind WHERE kind = 'mentoring'}, qr/in use/, 'it deletes a kind');

#
# A person moves
#
sub code
{
	my ($node, $no) = @_;
	return owner($node, qq{SELECT ce__certificate_code(ce__certificate_facts(person_id, 2019, ce_today()), person_id, 2019, ce_today()) FROM ce_person WHERE person_no = '$no'});
}
my $code = code($xining, 'C06a');
is(owner($xining, "SELECT valid FROM ce_certificate_check('$code')"), 't', 'a certificate of before the move');
owner($xining, q{INSERT INTO ce_sanction (sanction_id, person_id, found_on, decision) SELECT 900005, person_id, '2021-03-01', 'decision 9' FROM ce_person WHERE person_no = 'C06b'});
owner($province, q{INSERT INTO ce_sanction (sanction_id, person_id, found_on, decision) SELECT 900005, person_id, '2021-03-01', 'decision 9' FROM ce_person WHERE person_no = 'C06b'}, 'one');
$xining->safe_psql('hours', 'CREATE ROLE zhang');
owner($xining, q{SELECT ce_grant_person('zhang', person_id) FROM ce_person WHERE person_no = 'C06a'});
works('two persons move to another employer', qr/^2 persons moved from xining to hainan\n.*roles of persons do not go along: zhang \(person 1007\).*HINT/s, 'move.sh', $conn{xining}, $conn{hainan}, '--employer', 'x-school-county', 'C06a', 'C06b');
$province->safe_psql('one', q{UPDATE ce_person SET org_id = 54 WHERE person_no IN ('C06a', 'C06b')});
same('after the move');
is(owner($hainan, "SELECT valid FROM ce_certificate_check('$code')"), 't', 'the certificate is valid in the new ledger');
is(owner($xining, "SELECT valid FROM ce_certificate_check('$code')"), 'f', 'and no longer in the old one');
is(owner($xining, q{SELECT count(*) FROM prefectures.moved WHERE moved = 'away'}), 2, 'the old ledger says where they went');
for my $table (qw(ce_person ce_activity ce_account ce_achievement ce_allocation ce_sanction ce_application))
{
	is(owner($xining, "SELECT count(*) FROM $table WHERE person_id IN (1007, 1008)"), 0, "no row of theirs is left in $table");
}
is(owner($hainan, q{SELECT ce_verdict(person_id, 'junior', as_of => '2022-03-01') FROM ce_person WHERE person_no = 'C06b'}), 'banned', 'the finding went with the person');
both($hainan, q{SELECT ce_facts_changed(person_id, extract(year FROM ce_today())::integer) FROM ce_person WHERE person_no = 'C06a'});

# bad input leaves all as it was
fails('a person whom the ledger does not have', qr/ledger xining does not have person C06a/, 'move.sh', $conn{xining}, $conn{hainan}, 'C06a');
fails('an employer that does not exist', qr/there is no organisation with code nowhere/, 'move.sh', $conn{hainan}, $conn{xining}, '--employer', 'nowhere', 'C06a');
fails('from a ledger to itself', qr/both ledgers are hainan/, 'move.sh', $conn{hainan}, $conn{hainan}, 'C06a');
fails('to a database that is no ledger of the province', qr/is no ledger of a province/, 'move.sh', $conn{hainan}, $province->connstr('one'), 'C06a');
fails('an option that there is not', qr/usage/, 'move.sh', $conn{hainan}, $conn{xining}, '--all', 'C06a');
fails('a prefecture with rows of its own', qr/table "ce_activity".* has rows|table "ce_\w+" of the prefecture's ledger has rows/, 'setup.sh', $conn{province}, 'yushu=' . $province->connstr('one'));
owner($province, q{DELETE FROM prefectures.ledger WHERE name = 'yushu'});
fails('a name that is none', qr/"Xi ning" is not a name/, 'setup.sh', $conn{province}, "Xi ning=$conn{xining}");
fails('one database for two names', qr/is that of xining/, 'setup.sh', $conn{province}, "other=$conn{xining}");
owner($province, q{DELETE FROM prefectures.ledger WHERE name = 'other'});
fails('a database without a ledger', qr/there is no extension ce_hours/, 'setup.sh', $conn{province}, 'yushu=' . $xining->connstr('postgres'));
refused($hainan, q{SELECT prefectures.arrive('{"to": "hainan", "version": "0.0.1"}')}, qr/ledger .* is of version 0.0.1/, 'a document of another version');
refused($hainan, q{SELECT prefectures.arrive('{"to": "xining"}')}, qr/on their way to ledger xining/, 'a document for another ledger');
refused($xining, q{SELECT prefectures.leave('{}', 'hainan', 'm')}, qr/no person is named/, 'nobody');
{
	my $document = owner($hainan, q{BEGIN; SELECT prefectures.leave(ARRAY[1007], 'hainan', 'm'); ROLLBACK}) =~ s/'/''/gr;
	refused($hainan, "SELECT prefectures.arrive('$document')", qr/already has person 1007 \(C06a\).*HINT/s, 'a person who is there');
	# somebody else with the same numbers of rows; then without some rows
	my $other = $document =~ s/"person_id": 1007/"person_id": 7777/gr =~ s/"C06a"/"C77"/r;
	refused($hainan, "SELECT prefectures.arrive('$other')", qr/table "ce_\w+" already has a row with \w+_id \d+.*HINT/s, 'rows whose numbers are taken');
	refused($hainan, "SELECT prefectures.arrive(jsonb_set('$other', '{tables,ce_account}', '7'))", qr/the document has no rows of table "ce_account".*HINT/s, 'half a document');
	my $alone = qq{jsonb_set('$other', '{tables}', (SELECT jsonb_object_agg(key, CASE key WHEN 'ce_person' THEN value ELSE '[]' END) FROM jsonb_each('$other'::jsonb -> 'tables')))};
	refused($hainan, qq{SELECT prefectures.arrive(jsonb_set($alone, '{tables,ce_account}', '[{"person_id": 7777, "year": 2019, "credit": "{public:5}", "known_from": "2019-05-01"}]'))},
		qr/the account of person 7777, year 2019 does not equal its activities.*HINT/s, 'an account without activities');
	refused($hainan, qq{SELECT prefectures.arrive(jsonb_set($alone, '{tables,ce_account}', '[{"person_id": 1001, "year": 2019, "credit": "{public:5}", "known_from": "2019-05-01"}]'))},
		qr/rows of table "ce_account" of person 1001, but not the person.*HINT/s, 'rows of somebody else');
	refused($hainan, "SELECT prefectures.arrive(jsonb_set($alone, '{tables,ce_person,0,org_id}', '4711'))", qr/table "ce_org" has no row 4711 here.*HINT/s, 'an employer that is not there');
}
same('after bad input');

# a law that has not arrived yet
owner($hainan, q{SELECT 1});
$hainan->safe_psql('hours', 'ALTER SUBSCRIPTION ce_province DISABLE');
both($province, q{UPDATE ce_requirement SET total_hours = '135' WHERE from_year = 2020 RETURNING total_hours});
caught_up([ 'xining' ]);
fails('a ledger that is behind', qr/ledger xining has other law rows than this one/, 'move.sh', $conn{xining}, $conn{hainan}, 'C05');
is(owner($province, q{SELECT ledger FROM prefectures.check() WHERE detail LIKE 'table "ce_requirement"%'}), 'hainan', 'prefectures.check() says which ledger is behind');
$hainan->safe_psql('hours', 'ALTER SUBSCRIPTION ce_province ENABLE');
same('once it has arrived');
works('the same move then', qr/^1 persons moved/, 'move.sh', $conn{xining}, $conn{hainan}, 'C05');
same('moved without a new employer');
works('and back', qr/^1 persons moved/, 'move.sh', $conn{hainan}, $conn{xining}, 'C05');
same('and back');

#
# Servers that are killed
#
$hainan->stop('immediate');
my ($status, $out, $err) = $province->psql('hours', 'SELECT count(*) FROM prefectures.ce_person');
isnt($status, 0, 'a prefecture that does not answer is an error, not a smaller sum');
like($err, qr/could not connect to server "ce_hainan"/, 'which names it');
($status, $out, $err) = script('move.sh', $conn{xining}, $conn{hainan}, 'C05');
ok(!$status, 'nobody moves there');
is($xining->safe_psql('hours', 'SELECT count(*) FROM pg_prepared_xacts'), 0, 'and nothing is begun');
refused($province, 'DELETE FROM ce_org WHERE org_id = 26', qr/could not connect to server "ce_hainan"/, 'what it may use is not deleted');
both($province, q{UPDATE ce_requirement SET total_hours = '140' WHERE from_year = 2020 RETURNING total_hours});
both($xining, q{SELECT ce_verdict(person_id, 'junior', as_of => '2020-12-30') FROM ce_person WHERE person_no = 'C05'});
$hainan->start;
same('after a prefecture was killed');
is(owner($hainan, $total), 140, 'it has the law that changed meanwhile');

# in the middle of a move: what was prepared on both sides is there after the crash, and ends
sub prepare
{
	my ($move, $arrive) = @_;
	my $document = $xining->safe_psql('hours', "SET SESSION AUTHORIZATION hours_owner; BEGIN; SELECT prefectures.leave(ARRAY[1006], 'hainan', '$move'); PREPARE TRANSACTION '$move'");
	return if !$arrive;
	$document =~ s/'/''/g;
	$hainan->safe_psql('hours', "SET SESSION AUTHORIZATION hours_owner; BEGIN; SELECT prefectures.arrive('$document'); PREPARE TRANSACTION '$move'");
	$hainan->safe_psql('hours', "COMMIT PREPARED '$move'") if $arrive eq 'committed';
}
sub killed
{
	$_->stop('immediate'), $_->start for $xining, $hainan;
}
prepare('ce_move_xining-hainan_1', '');
killed();
is(owner($province, q{SELECT ledger FROM prefectures.ce_person WHERE person_id = 1006}), 'xining', 'prepared on one side: the person is where it was');
works('it is taken back', qr/^1 moves ended$/, 'move.sh', $conn{xining}, $conn{hainan}, '--finish');
same('taken back');
prepare('ce_move_xining-hainan_2', 'prepared');
killed();
works('prepared on both: it ends', qr/^1 moves ended$/, 'move.sh', $conn{xining}, $conn{hainan}, '--finish');
same('ended');
is(owner($province, q{SELECT ledger FROM prefectures.ce_person WHERE person_id = 1006}), 'hainan', 'there');
works('back for the next', qr/^1 persons/, 'move.sh', $conn{hainan}, $conn{xining}, 'C05');
prepare('ce_move_xining-hainan_3', 'committed');
like(owner($province, 'SELECT * FROM prefectures.check()'), qr/a person is in one ledger/, 'committed there alone: prefectures.check() sees it');
killed();
works('ended here, too', qr/^1 moves ended$/, 'move.sh', $conn{xining}, $conn{hainan}, '--finish');
works('nothing is left to end', qr/^0 moves ended$/, 'move.sh', $conn{xining}, $conn{hainan}, '--finish');
same('after the crash');

#
# A restored server has no slot, and a slot does not go back: the province's rows are sent again
#
$hainan->safe_psql('hours', $_) for 'ALTER SUBSCRIPTION ce_province DISABLE', 'ALTER SUBSCRIPTION ce_province SET (slot_name = NONE)', 'DROP SUBSCRIPTION ce_province';
$province->poll_query_until('hours', q{SELECT NOT active FROM pg_replication_slots WHERE slot_name = 'ce_prefecture_hainan'}) or die 'the slot is still in use';
$province->safe_psql('hours', q{SELECT pg_drop_replication_slot('ce_prefecture_hainan')});
both($province, q{UPDATE ce_org SET name = 'renamed' WHERE org_id = 54 RETURNING name});
is(owner($province, 'SELECT active FROM prefectures.behind WHERE ledger = \'hainan\''), '', 'prefectures.behind shows a prefecture without a subscription');
works('set up again', qr/hainan is a ledger/, @setup);
same('after a restore');

#
# A later version adds law rows and a table of the law: ce_setup() knows both, and each comes to the prefectures once
#
for my $node (values %node)
{
	$node->safe_psql('hours', q{
		ALTER FUNCTION ce__ledger_scripts() RENAME TO scripts_of_today;
		CREATE FUNCTION ce__ledger_scripts() RETURNS TABLE (place integer, file text, lacking text, edition integer, script text) LANGUAGE sql STABLE SET search_path = ledger, pg_temp AS $$
			SELECT * FROM scripts_of_today()
			UNION ALL VALUES (19, 'later.sql', NULL::text, NULL::integer, $s$
				INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES ('general', 'training', 2021, '60', 'qinghai-2020-227', '9') ON CONFLICT DO NOTHING;
				CREATE TABLE IF NOT EXISTS ce_later (later integer PRIMARY KEY, instrument text NOT NULL REFERENCES ce_instrument);
				INSERT INTO ce_later VALUES (1, 'qinghai-2020-227'), (2, 'mohrss-order-25') ON CONFLICT DO NOTHING;
				UPDATE ce_requirement SET interpretation = 'said later' WHERE from_year = 2020;
			$s$) $$});
}
for my $node ($xining, $hainan)
{
	$node->safe_psql('hours', 'ALTER SUBSCRIPTION ce_province DISABLE');
	owner($node, 'SELECT prefectures.setup()');
	is(owner($node, q{SELECT (SELECT count(*) FROM ce_cap WHERE from_year = 2021), (SELECT count(*) FROM ce_later)}), '0|0', $node->name . ' waits for the rows of the new edition');
	refused($node, 'INSERT INTO ce_later VALUES (3, 3)', qr/"ce_later" is written in the province's ledger alone/, 'the new table is the province\'s, too');
}
owner($province, 'SELECT ce_setup()');
works('set up again after the update', qr/hainan is a ledger/, @setup);
owner($province, q{INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES ('general', 'training', 2021, '60', 'qinghai-2020-227', '9');
	UPDATE ce_requirement SET interpretation = 'said later' WHERE from_year = 2020}, 'one');
same('after an update');
is(owner($xining, q{SELECT (SELECT count(*) FROM ce_cap WHERE from_year = 2021), (SELECT count(*) FROM ce_later)}), '1|2', 'they came from the province');

$session->quit;
$_->stop for values %node;
done_testing();

# Files through the staging table: a CSV with bad lines, a platform's
# statements, a run that is cut off and repeated.

use strict;
use warnings;

use Encode qw(decode encode);
use File::Basename qw(dirname);
use File::Spec;
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $root = File::Spec->rel2abs(dirname(__FILE__)) . '/../..';
my $columns = 'source, source_ref, person_no, kind, plan_id, title, started_on, completed_on, days, hours, evidence, status, verified_by_code, verified_on';

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf', 'autovacuum = off');
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION ce_hours');
$node->safe_psql('postgres', 'SELECT ce_setup()');

# psql in the repository's root, as the examples' scripts want it
sub psql_in_root
{
	my (@args) = @_;
	my ($out, $err) = ('', '');
	my $ok = IPC::Run::run([ 'psql', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('postgres'), @args ],
		'>', \$out, '2>', \$err, init => sub { chdir $root or die "chdir: $!" });
	return ($ok, $out, $err);
}

sub sound
{
	my ($name) = @_;
	is($node->safe_psql('postgres', 'SELECT count(*) FROM ce_check()'), 0, "$name: ce_check() is empty");
}

my ($ok, $out, $err) = psql_in_root('-f', 'examples/load.sql');
ok($ok, 'the examples are loaded') or diag($err);
my $before = $node->safe_psql('postgres', 'SELECT count(*) FROM ce_activity');

# the command of docs/import.md, for a file with a byte order mark and one without
my ($command) = slurp_file("$root/docs/import.md") =~ /^\\copy ce_staging .*$/m ? $& : '';
like($command, qr/HEADER match/, 'docs/import.md has a command');
my ($columns_of_file) = slurp_file("$root/examples/import.csv") =~ /^(.*)$/m;
for my $page ('import.md', 'import.zh-CN.md')
{
	my ($list) = slurp_file("$root/docs/$page") =~ /^\\copy ce_staging \((.*?)\)/m;
	is($list =~ s/, /,/gr, $columns_of_file, "docs/$page lists the columns of examples/import.csv");
}
my $header = 'source,source_ref,person_no,kind,plan_id,title,completed_on,hours';
for my $mark ("\xEF\xBB\xBF", '')
{
	my $file = PostgreSQL::Test::Utils::tempdir . '/june.csv';
	append_to_file($file, "$mark$header\nbom,1,C01,academy_course,,道路,2020-06-30,1\n");
	(my $this = $command) =~ s/june\.csv/$file/;
	my ($ok, $out, $err) = psql_in_root('-c', $this =~ s/\(source, .*?\)/(source, source_ref, person_no, kind, plan_id, title, completed_on, hours)/r);
	ok($ok, 'a file ' . ($mark ? 'with' : 'without') . ' a byte order mark is read') or diag($err);
	is($node->safe_psql('postgres', "SELECT string_agg(concat_ws(' ', source, title, hours), ',') FROM ce_staging"), 'bom 道路 1', 'as it is');
	$node->safe_psql('postgres', 'DELETE FROM ce_staging; ALTER SEQUENCE ce_staging_line_seq RESTART');
}

# a CSV with bad lines
my $copy = "\\copy ce_staging ($columns) FROM '%s' (FORMAT csv, HEADER match, ENCODING '%s')";
($ok, $out, $err) = psql_in_root('-c', sprintf($copy, 'examples/import.csv', 'UTF8'));
ok($ok, 'COPY takes every line') or diag($err);
is($node->safe_psql('postgres', 'SELECT source, total, waiting, last_at FROM ce_import_progress'), 'lms|10|10|', 'they wait');
($ok, $out, $err) = psql_in_root('-c', 'CALL ce_import_staged()');
ok($ok, 'they are imported') or diag($err);
like($err, qr/NOTICE:  10 of 10 records: 4 new, 1 unchanged, 1 in conflict, 4 rejected/, 'a notice says what became of them');
is( $node->safe_psql('postgres', q{SELECT line, source_ref, outcome, regexp_replace(message, 'activity \d+', 'activity N') FROM ce_staging ORDER BY line}), <<'EOM' =~ s/\n$//r, 'each bad line with field, reason and clause');
1|L-0001|new|
2|L-0002|new|
3|L-0003|new|
4|L-0004|new|
5|L-0005|rejected|field "person_no": there is no person "NOBODY". Enter the person in ce_person first.
6|L-0006|rejected|field "completed_on": "2020-06-31" is not a date written as YYYY-MM-DD
7|L-0007|rejected|field "hours": hours must not be negative. To withdraw verified hours, revoke the activity with ce_revoke().
8|L-0008|rejected|field "days": 2.25 is not a number of whole or half days. Clause 5.2.2(1)b, AMB-13: only these count. Give whole or half days, such as 2.5.
9|L-0002|unchanged|
10|L-0001|conflict|field "hours": activity N has '30', but this record has '28'. Nothing was written. Correct the activity, have it rejected and send the record again, or have it revoked and send the record with a new reference (AMB-34).
EOM
is($node->safe_psql('postgres', 'SELECT total, waiting, new, unchanged, conflict, rejected, last_at IS NOT NULL FROM ce_import_progress'), '10|0|4|1|1|4|t', 'the view has the same');
is($node->safe_psql('postgres', q{SELECT title FROM ce_activity WHERE source_ref = 'L-0003'}), '<b>安全</b>生产 & "管理"', 'HTML in a title is text');
is($node->safe_psql('postgres', q{SELECT status, awarded FROM ce_activity WHERE source_ref = 'L-0004'}), 'verified|12.5', '5.1: public hours are verified by the academy');
sound('a CSV');

# corrected, and the whole file again
$node->safe_psql('postgres', q{UPDATE ce_staging SET person_no = 'C01', outcome = NULL WHERE source_ref = 'L-0005'});
psql_in_root('-c', 'CALL ce_import_staged()');
is($node->safe_psql('postgres', q{SELECT outcome, message FROM ce_staging WHERE source_ref = 'L-0005'}), 'new|', 'a corrected line is tried again');
psql_in_root('-c', sprintf($copy, 'examples/import.csv', 'UTF8'));
psql_in_root('-c', 'CALL ce_import_staged()');
is($node->safe_psql('postgres', q{SELECT string_agg(outcome, ' ' ORDER BY line) FROM ce_staging WHERE line > 10}),
	'unchanged unchanged unchanged unchanged rejected rejected rejected rejected unchanged conflict', 'AMB-34: the file again doubles nothing');
is($node->safe_psql('postgres', 'SELECT count(*) FROM ce_activity'), $before + 5, 'AMB-34: five rows came in');

# the same in the encoding of an older system
open(my $in, '<', "$root/examples/import.csv") or die $!;
my $text = decode('UTF-8', do { local $/; <$in> });
close $in;
my $gbk = "$PostgreSQL::Test::Utils::tmp_check/import-gbk.csv";
open(my $gbk_file, '>', $gbk) or die $!;
binmode $gbk_file;
print $gbk_file encode('gbk', $text);
close $gbk_file;
($ok, $out, $err) = psql_in_root('-c', sprintf($copy, $gbk, 'GBK'));
ok($ok, 'a file in GBK') or diag($err);
psql_in_root('-c', 'CALL ce_import_staged()');
is($node->safe_psql('postgres', q{SELECT string_agg(outcome, ' ' ORDER BY line) FROM ce_staging WHERE line > 20}),
	'unchanged unchanged unchanged unchanged rejected rejected rejected rejected unchanged conflict', 'is the same file');

# a platform's statements
open(my $json, '<', "$root/examples/xapi.json") or die $!;
my $statements = do { local $/; <$json> };
close $json;
$node->safe_psql('postgres', q{INSERT INTO ce_course (course, plan_id, hours) VALUES ('https://learn.example.cn/course/view.php?id=12', 5, '20')});
is($node->safe_psql('postgres', qq{SELECT ord, outcome FROM ce_import('learn', \$json\$$statements\$json\$)}),
	"1|new\n2|unchanged\n3|new\n4|rejected\n5|withdrawn\n6|unchanged", '9.4a: statements as they come');
is($node->safe_psql('postgres', q{SELECT title, completed_on, hours, awarded, status FROM ce_activity WHERE source = 'learn' ORDER BY activity_id LIMIT 1}),
	'公路桥梁养护新技术|2020-07-01|30|30|submitted', 'AMB-12, AMB-40: hours of 45 minutes, the day of Asia/Shanghai');
sound('statements');

# in a transaction of the caller's own
$node->safe_psql('postgres', q{
	BEGIN;
	INSERT INTO ce_staging (source, source_ref, person_no, kind, completed_on, hours) SELECT 'own', 'o' || i, 'C01', 'academy_course', '2020-03-01', '0.5' FROM generate_series(1, 25) i;
	CALL ce_import_staged('own', 10);
	ROLLBACK});
is($node->safe_psql('postgres', q{SELECT count(*) FROM ce_activity WHERE source = 'own'}), 0, 'in a transaction it is rolled back with it');
is($node->safe_psql('postgres', q{
	BEGIN;
	INSERT INTO ce_staging (source, source_ref, person_no, kind, completed_on, hours) SELECT 'own', 'o' || i, 'C01', 'academy_course', '2020-03-01', '0.5' FROM generate_series(1, 25) i;
	INSERT INTO ce_staging (source, source_ref) VALUES ('not me', '1');
	CALL ce_import_staged('own', 10);
	COMMIT;
	SELECT source, total, waiting, new FROM ce_import_progress WHERE source IN ('own', 'not me') ORDER BY 1}), "not me|1|1|0\nown|25|0|25", 'or committed with it, of one source alone');
$node->safe_psql('postgres', 'DELETE FROM ce_staging');
($ok, $out, $err) = psql_in_root('-c', 'CALL ce_import_staged(batch_size => 0)');
like($err, qr/batch_size must lie between 1 and 1000000/, 'a batch has lines');
($ok, $out, $err) = psql_in_root('-c', 'CALL ce_import_staged()');
like($err, qr/NOTICE:  0 of 0 records/, 'nothing to do is said');

# who may
$node->safe_psql('postgres', q{
	CREATE ROLE hours_importer;
	SELECT ce_grant('hours_importer', org_id, 'record') FROM ce_person WHERE person_no = 'C01';
	GRANT SELECT, INSERT, UPDATE ON ce_staging TO hours_importer});
is($node->safe_psql('postgres', q{
	SET ROLE hours_importer;
	INSERT INTO ce_staging (source, source_ref, person_no, kind, completed_on, evidence) VALUES ('who', 'w1', 'C01', 'degree', '2020-03-01', 'certificate');
	CALL ce_import_staged();
	SELECT outcome FROM ce_staging}), 'new', 'the grants that docs/import.md names are enough');
$node->safe_psql('postgres', 'DELETE FROM ce_staging');

# 20000 lines, cut off in the middle
$node->safe_psql('postgres', q{
	INSERT INTO ce_person (person_id, person_no, org_id) SELECT 100000 + i, 'X' || i, min(org_id) FROM ce_org, generate_series(1, 2000) i WHERE code = 'x-hospital-county' GROUP BY i;
	INSERT INTO ce_staging (source, source_ref, person_no, kind, completed_on, hours)
		SELECT 'mass', 'm' || i, 'X' || i % 2000 + 1, 'academy_course', '2020-03-01', CASE WHEN i % 1000 = 500 THEN '-1' ELSE '0.5' END FROM generate_series(0, 19999) i});
for my $round (1 .. 2)
{
	my ($session_out, $session_err) = ('', '');
	my $session = IPC::Run::start([ 'psql', '-X', '-q', '-d', $node->connstr('postgres'), '-c', 'CALL ce_import_staged(batch_size => 500)' ],
		'>', \$session_out, '2>', \$session_err, IPC::Run::timeout(300));
	my $least = $round * 3000;
	ok($node->poll_query_until('postgres', "SELECT count(*) >= $least FROM ce_staging WHERE outcome IS NOT NULL"), "round $round is under way, and others see how far");
	if ($round == 1)
	{
		$node->stop('immediate');
		$session->finish;
		like($session_err, qr/server closed the connection|terminating connection/, 'it was cut off');
		$node->start;
	}
	else
	{
		$node->safe_psql('postgres', q{SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE 'CALL ce_import_staged%'});
		$session->finish;
		like($session_err, qr/canceling statement due to user request/, 'it was cancelled');
	}
	my $done = $node->safe_psql('postgres', q{SELECT count(*) FROM ce_staging WHERE outcome IS NOT NULL});
	cmp_ok($done, '<', 20000, "round $round: some lines wait");
	is($done % 500, 0, "round $round: no transaction is there in part");
	is($node->safe_psql('postgres', q{SELECT count(*) FROM ce_activity WHERE source = 'mass'}),
		$node->safe_psql('postgres', q{SELECT count(*) FROM ce_staging WHERE outcome = 'new'}), "round $round: outcomes and activities go together");
	sound("round $round");
}
$node->safe_psql('postgres', 'CALL ce_import_staged()');
is($node->safe_psql('postgres', 'SELECT total, waiting, new, unchanged, conflict, rejected FROM ce_import_progress'), '20000|0|19980|0|0|20', 'repeated, it is complete');
is($node->safe_psql('postgres', q{SELECT count(*), count(DISTINCT source_ref) FROM ce_activity WHERE source = 'mass'}), '19980|19980', 'AMB-34: nothing is doubled');

# all of it again, as if nothing had been staged before
$node->safe_psql('postgres', 'UPDATE ce_staging SET outcome = NULL, message = NULL');
$node->safe_psql('postgres', 'CALL ce_import_staged()');
is($node->safe_psql('postgres', 'SELECT total, waiting, new, unchanged, conflict, rejected FROM ce_import_progress'), '20000|0|0|19980|0|20', 'AMB-34: again, nothing is new');
sound('at the end');


# progress of a call with very many records
$node->psql('postgres', q{SELECT outcome, count(*) FROM ce_import('many', (SELECT jsonb_agg('{}'::jsonb) FROM generate_series(1, 100000))) GROUP BY 1}, stdout => \$out, stderr => \$err);
is($out, 'rejected|100000', 'a hundred thousand records in one call');
like($err, qr/NOTICE:  100000 of 100000 records: 0 new, 0 unchanged, 0 in conflict, 100000 rejected/, 'and a notice on the way');

# a database whose encoding is not UTF-8
$node->safe_psql('postgres', q{CREATE DATABASE euc ENCODING 'EUC_CN' LOCALE 'C' TEMPLATE template0});
$node->safe_psql('euc', q{CREATE EXTENSION ce_hours; SELECT ce_setup()});
is($node->safe_psql('euc', q{SELECT string_agg(level::ce_level::text, ' ') FROM unnest(ARRAY[U&'\4E2D\7EA7', U&'\526F\9AD8', U&' \521D\7EA7 ', 'Senior']) level}), 'intermediate senior junior senior', 'levels by their Chinese names in EUC_CN');
foreach my $case ([q{E'\xaa\xa1'}, 'a character without a counterpart in UTF-8'], [q{U&'\4E2D'}, 'half a name'], [q{repeat(U&'\4E2D', 15)}, 'a text that is longer in UTF-8'], [q{repeat(U&'\4E2D', 100)}, 'a long text'])
{
	my ($value, $name) = @$case;
	my ($status, $o, $e) = $node->psql('euc', "SELECT ($value)::text::ce_level");
	isnt($status, 0, "$name is an error");
	like($e, qr/ERROR:  invalid input value for type ce_level|ERROR:  invalid input syntax for type ce_level/, 'which says so');
}

# fields as files have them, read alike there
$node->safe_psql('euc', q{
	INSERT INTO ce_org (org_id, code, name, kind, admin_level, region_code) VALUES (9, 'a', 'a', 'academy', 'provincial', '630000');
	INSERT INTO ce_person (person_id, person_no, org_id) VALUES (9, 'E9', 9)});
is($node->safe_psql('euc', q{SET client_encoding = 'UTF8'; SELECT outcome || ' ' || message FROM ce_import('euc', jsonb_build_object('source_ref', 'e1', 'person_no', U&'\3000E9\3000', 'kind', 'academy_course', 'completed_on', U&'\FF12\FF10\FF12\FF10\5E743\67081\65E5', 'hours', U&'\FF11\FF0E5\5B66\65F6'))}) =~ s/\n/ /gr,
	'new field "person_no": read "　E9　" as "E9" field "completed_on": read "２０２０年3月1日" as "2020-03-01" field "hours": read "１．5学时" as "1.5"', 'full width, blanks and units in EUC_CN');
is($node->safe_psql('euc', q{SELECT person_id, completed_on, hours FROM ce_activity WHERE source = 'euc'}), '9|2020-03-01|1.5', 'say the same');
is($node->safe_psql('euc', q{SELECT outcome FROM ce_import('euc', jsonb_build_object('source_ref', 'e2', 'person_no', 'E9', 'kind', 'academy_course', 'completed_on', E'2020\xaa\xa13', 'hours', 1))}), 'rejected', 'a character without a counterpart in UTF-8 is in no day');
is($node->safe_psql('euc', q{SET client_encoding = 'UTF8'; SELECT string_agg(outcome || ' ' || message, ' ') FROM ce_import_person(jsonb_build_array(jsonb_build_object('person_id', 9, 'held_level', U&'\526F\6559\6388')))}), 'updated held_level: read "副教授" as "senior"', 'a title in EUC_CN');
$node->safe_psql('euc', 'DELETE FROM ce_activity; DELETE FROM ce_person; DELETE FROM ce_org');

# a label that somebody added to one of our types
$node->safe_psql('euc', q{INSERT INTO ce_org (org_id, code, name, kind, admin_level, region_code) VALUES (1, 'o', 'o', 'hrss', 'prefecture', '630100')});
$node->safe_psql('euc', q{ALTER TYPE ce_plan_status ADD VALUE 'lost'});
my ($status, $o, $e) = $node->psql('euc', q{INSERT INTO ce_plan (org_id, title, mode, hours, status) VALUES (1, 'x', 'online', '1', 'lost')});
like($e, qr/ERROR:  type ce_plan_status has a label that the extension does not know/, 'a label that was added is refused');
is($node->safe_psql('euc', q{INSERT INTO ce_plan (org_id, title, mode, hours, status) VALUES (1, 'x', 'online', '1', 'draft'); SELECT string_agg(status::text, ' ') FROM ce_plan}), 'draft', 'the others are as before');

# one session, two ledgers one after the other: nothing of the first is kept
my $ledger = q{
	CREATE SCHEMA one; SET search_path = one; CREATE EXTENSION ce_hours SCHEMA one; SELECT ce_setup();
	INSERT INTO ce_org (org_id, code, name, kind, admin_level, region_code) VALUES (1, 'o', 'o', 'hrss', 'provincial', '630000');
	ALTER TABLE ce_account DROP CONSTRAINT ce_account_pkey CASCADE;
	SELECT string_agg(outcome, ' ' ORDER BY ord) FROM ce_import_person('[{"person_id": 1, "org_code": "o"}, {"person_id": 1, "org_code": "o", "held_level": "junior"}]');
	SELECT ce_verdict(1, 'junior', as_of => '2019-12-31');
};
my $again = $ledger =~ s/\bone\b/two/gr;
$again =~ s/'junior', as_of => '2019-12-31'\)/'senior', as_of => '2020-12-31'), ce_verdict(2, 'junior')/;
is($node->safe_psql('euc', "DROP EXTENSION ce_hours CASCADE; $ledger DROP EXTENSION ce_hours CASCADE; DROP SCHEMA one CASCADE; $again"),
	"\nnew updated\nno_rule\n\nnew updated\nnot_eligible|unknown_person", 'two ledgers in one session');

$node->stop;
done_testing();

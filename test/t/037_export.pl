# The reports of examples/export as files: their bytes, and what a spreadsheet
# makes of them: numbers, dates and texts, long numbers of persons whole, and
# no formula of what people typed.

use strict;
use warnings;
use utf8;

use Encode;
use FindBin;
use IO::Uncompress::Unzip;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my ($ssconvert) = grep { -x } map { "$_/ssconvert" } split(/:/, $ENV{PATH}), '/usr/bin';
plan skip_all => 'no ssconvert (gnumeric)' unless $ssconvert;

my $root = "$FindBin::RealBin/../..";
my $dir = PostgreSQL::Test::Utils::tempdir;
$ENV{HOME} = $dir;

my $node = PostgreSQL::Test::Cluster->new('export');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->start;
$node->safe_psql('postgres', 'SET client_min_messages = warning; CREATE EXTENSION ce_hours; SELECT ce_setup()');
chdir($root) or die;

# what people type, each with what must stand in the spreadsheet's cell; what
# begins as a formula has an apostrophe in front, which this spreadsheet takes as
# the mark of a text
my $number = '632801197001010019';
my @titles = (
	[ '=HYPERLINK("http://example.org/?"&A1,"report")', q{=HYPERLINK("http://example.org/?"&A1,"report")} ],
	[ '+1+1', "+1+1" ], [ '-2+3', "-2+3" ], [ '@SUM(A1:A9)', q{@SUM(A1:A9)} ], [ "  =1+1", "  =1+1" ], [ "\t=1+1", " =1+1" ], [ '＝1+1', "＝1+1" ],
	[ '2020年6月', '2020年6月' ], [ '3-4', '3-4' ], [ '1E5', '1E5' ], [ '007', '007' ], [ 'Mar-20', 'Mar-20' ], [ 'TRUE', 'TRUE' ], [ '5"x"', '5"x"' ],
	[ 'a "quoted", title', 'a "quoted", title' ], [ "two\nlines", 'two lines' ], [ '装配式建筑设计', '装配式建筑设计' ]);
my $values = join ',', map { "(" . $_ . ", \$q\$" . $titles[$_][0] . "\$q\$)" } 0 .. $#titles;
$node->safe_psql('postgres', encode('UTF-8', qq{
	INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code) VALUES
		(1, 'hrss', '人社厅', 'hrss', 'provincial', NULL, '630000'), (2, '0971', '=1+2', 'enterprise', 'county', 1, '630121'), (4, 'academy', '学院', 'academy', 'provincial', 1, '630000');
	INSERT INTO ce_person (person_id, person_no, org_id, held_level, held_since, entered_on) VALUES
		(1, '$number', 2, 'senior', '2019-01-01', '2019-01-01'), (2, '=2+2', 2, NULL, NULL, '2020-01-01'), (3, NULL, 2, 'junior', '2019-01-01', '2019-01-01');
	INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES
		(1, 'academy_course', '2020-03-01', '45.5', 'verified', 4, '2020-03-02');
	INSERT INTO ce_activity (activity_id, person_id, kind, title, started_on, completed_on, hours, evidence)
		SELECT 1000 + n, 1, 'training', t, '2020-06-01', '2020-06-19', '7.5', 'x' FROM (VALUES $values) v (n, t)}), extra_params => []);

# export(REPORT, FILE, VARIABLE...): the command of the documentation
sub export
{
	my ($report, $file, @set) = @_;
	my ($out, $err) = ('', '');

	local $ENV{PGHOST} = $node->host;
	local $ENV{PGPORT} = $node->port;
	my $ok = IPC::Run::run([ 'psql', '-X', '-d', 'postgres', (map { ('-v', $_) } @set), '-o', "$dir/$file.csv", '-f', "examples/export/$report.sql" ], '>', \$out, '2>', \$err);
	return ($ok, $out . $err);
}

# fields(TEXT): the lines of a CSV file, each a list of fields
sub fields
{
	my ($text) = @_;
	my @lines = ([]);

	while ($text =~ /\G(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|\z)/gc)
	{
		my ($quoted, $plain, $end) = ($1, $2, $3);
		push @{ $lines[-1] }, defined $quoted ? $quoted =~ s/""/"/gr : $plain;
		last if $end eq '' || ($end eq "\n" && pos($text) == length($text));
		push @lines, [] if $end eq "\n";
	}
	return @lines;
}

# cells(FILE): what a spreadsheet has in each cell: ["text", "formula" or "number", value, its formula]
sub cells
{
	my ($file) = @_;

	my ($out, $err) = ('', '');
	IPC::Run::run([ $ssconvert, "$dir/$file.csv", "$dir/$file.xlsx" ], '>', \$out, '2>', \$err) or die $err;
	my $part = sub {
		my $zip = IO::Uncompress::Unzip->new("$dir/$file.xlsx", Name => $_[0]) or return '';
		return decode('UTF-8', join '', <$zip>);
	};
	my $plain = sub { my ($t) = @_; $t =~ s/&lt;/</g; $t =~ s/&gt;/>/g; $t =~ s/&quot;/"/g; $t =~ s/&apos;|&#39;/'/g; $t =~ s/&amp;/&/g; return $t };
	my @shared = map { $plain->($_) } $part->('xl/sharedStrings.xml') =~ m{<t(?: [^>]*)?>(.*?)</t>}gs;
	my %cell;
	my $sheet = $part->('xl/worksheets/sheet1.xml');
	while ($sheet =~ m{<c r="([A-Z]+\d+)"([^>]*?)(?:/>|>(.*?)</c>)}gs)
	{
		my ($name, $attributes, $content) = ($1, $2, $3 // '');
		my ($formula) = $content =~ m{<f[^>]*>(.*?)</f>}s;
		my ($v) = $content =~ m{<v>(.*?)</v>}s;
		my ($t) = $content =~ m{<t(?: [^>]*)?>(.*?)</t>}s;
		$cell{$name} = $attributes =~ /t="s"/ ? [ defined $formula ? 'formula' : 'text', $shared[$v], defined $formula ? $plain->($formula) : undef ]
			: defined $t ? [ 'text', $plain->($t) ]
			: defined $v ? [ 'number', $v, defined $formula ? $plain->($formula) : undef ] : undef;
	}
	return \%cell;
}

# report, headings
my %headings = (
	yearly_totals => { zh => '人员编号,单位代码,单位名称,地区,年度,公需科目学时,专业科目学时,合计学时,公需要求,专业要求,合计要求,缺公需学时,缺专业学时,缺合计学时,是否达标,申报职称是否达标,有无记录',
		en => 'Person no.,Organisation code,Organisation,Region,Year,Public hours,Professional hours,Total hours,Public required,Professional required,Total required,Public short,Professional short,Total short,Met,Met for titles,On record' },
	eligibility => { zh => '人员编号,单位代码,单位名称,地区,初级,中级,副高级,正高级', en => 'Person no.,Organisation code,Organisation,Region,Junior,Intermediate,Senior,Full senior' },
	shortfalls => { zh => '人员编号,单位代码,单位名称,地区,年度,缺公需学时,缺专业学时,缺合计学时,申报职称是否达标,有无记录,缺其他科目或类别学时',
		en => 'Person no.,Organisation code,Organisation,Region,Year,Public short,Professional short,Total short,Met for titles,On record,Other short' },
	statistics => { zh => '市州,地区代码,地区,单位代码,单位名称,年度,现任职称级别,是否应参加,人数,有学时人数,公需科目学时,专业科目学时,达标人数,完成率（%）,其中经减免达标人数,其他科目学时',
		en => 'Prefecture,Region code,Region,Organisation code,Organisation,Year,Title held,Obliged,Persons,With hours,Public hours,Professional hours,Persons who met,Completion (%),Of these by waiver,Other subjects' },
	deadlines => { zh => '适用人员,年度,合计要求,公需要求,专业要求,备案截止,学习截止,审验截止,文号,条款',
		en => 'Scheme,Year,Total required,Public required,Professional required,Filing due,Study due,Verification due,Document no.,Clause' },
	queue => { zh => '编号,人员编号,单位代码,单位名称,类型,内容,年度,完成日期,折算学时,状态,待办机构,待备案,缺证明材料,审验截止',
		en => 'Activity,Person no.,Organisation code,Organisation,Kind,Item,Year,Completed,Hours converted,Status,Next body,Waits for filing,Waits for evidence,Verification due' });
is_deeply([ sort keys %headings ], [ sort map { m{/(\w+)\.sql$} } glob 'examples/export/*.sql' ], 'every report is tested');

my %lines;
for my $report (sort keys %headings)
{
	for my $lang (qw(zh en))
	{
		my ($ok, $said) = export($report, "${report}_$lang", "lang=$lang", 'year=2020');
		ok($ok, "$report, $lang: exported") or diag($said);
		is($said, '', "$report, $lang: without a word");
		my $bytes = slurp_file("$dir/${report}_$lang.csv");
		is(unpack('H6', $bytes), 'efbbbf', "$report, $lang: begins with the byte order mark");
		my @lines = fields(decode('UTF-8', substr($bytes, 3)));
		is(join(',', @{ shift @lines }), $headings{$report}{$lang}, "$report, $lang: headings");
		cmp_ok(scalar @lines, '>', 0, "$report, $lang: has lines");
		is(scalar(grep { @$_ != split(/,/, $headings{$report}{$lang}) } @lines), 0, "$report, $lang: every line is whole");
		# nothing but ="text" begins as a formula
		is_deeply([ grep { /^\s*[-=+@]/ && !/^="[^"]*"$/ } map { @$_ } @lines ], [], "$report, $lang: no field is a formula");
		$lines{"${report}_$lang"} = \@lines;
	}
}

# long numbers, and what a clerk typed, in the bytes
is_deeply([ map { $_->[0] } @{ $lines{yearly_totals_zh} } ], [ qq{="3"}, qq{="$number"}, "'=2+2" ], 'numbers of persons are texts');
is_deeply([ @{ $lines{yearly_totals_zh}[1] }[ 1 .. 16 ] ], [ '="0971"', "'=1+2", '大通回族土族自治县', 2020, 45.5, 0, 45.5, 45, 90, 135, 0, 90, 89.5, '否', '否', '是' ], 'the line of a year');
is_deeply([ @{ $lines{yearly_totals_en}[1] }[ 3, 14 .. 16 ] ], [ 'Datong Hui and Tu Autonomous County', 'no', 'no', 'yes' ], 'and in English');
is_deeply([ map { $_->[7] } @{ $lines{shortfalls_en} } ], [ 135, 89.5, 135 ], 'what is short, also of those without hours');
is_deeply([ @{ $lines{eligibility_en}[1] }[ 4 .. 7 ] ], [ ('not eligible') x 4 ], 'verdicts in words');
is_deeply([ map { $_->[6] . ' ' . $_->[8] } @{ $lines{statistics_zh} } ], [ '无 1', '初级 1', '副高级 1' ], 'statistics by title held');
is_deeply([ map { $_->[0] } @{ $lines{statistics_en} } ], [ ('Xining') x 3 ], 'by prefecture');
is_deeply([ map { @$_[ 0, 1, 5, 8, 9 ] } grep { $_->[1] eq '2020' && $_->[2] ne '' } @{ $lines{deadlines_zh} } ], [ '专业技术人员', 2020, '2020-06-30', '青人社厅函〔2020〕227号', '第4.1条' ], 'deadlines as dates, with the clause');
is($lines{deadlines_en}[-1][9], 'art. 8', 'which in English is as the law row has it');
is(scalar @{ $lines{queue_zh} }, scalar @titles, 'all that waits');
is_deeply([ map { $_->[5] } @{ $lines{queue_zh} }[ 0 .. 6 ] ], [ map { "'$titles[$_][1]" } 0 .. 6 ], 'formulas have an apostrophe in front');
is_deeply([ @{ $lines{queue_zh}[0] }[ 6 .. 13 ] ], [ 2020, '2020-06-19', 7.5, '待审核', "'=1+2", '否', '否', '2020-12-15' ], 'what waits for whom');

# in a spreadsheet
my $queue = cells('queue_zh');
for my $n (0 .. $#titles)
{
	my $cell = $queue->{ 'F' . ($n + 2) };
	my $shown = $titles[$n][1];
	my $name = encode('UTF-8', $shown);
	is($cell->[1], $shown, "a spreadsheet has as text: $name");
	isnt($cell->[0], 'number', "$name: is no number or date");
	# as a text in quotes or as it is
	ok(!defined $cell->[2] || $cell->[2] eq '"' . $shown =~ s/"/""/gr . '"', "$name: runs nothing");
}
is_deeply($queue->{B2}, [ 'formula', $number, qq{"$number"} ], 'all 18 digits of a number');
is_deeply([ map { [ @{ $queue->{$_} }[ 0, 1 ] ] } qw(A2 H2 I2 N2) ], [ [ number => 1000 ], [ number => 44001 ], [ number => 7.5 ], [ number => 44180 ] ], 'numbers are numbers, dates are dates');
my $totals = cells('yearly_totals_en');
is_deeply([ map { $totals->{$_}[0] . ' ' . $totals->{$_}[1] } qw(A1 A3 A4 B3 F3 N3 O3) ],
	[ 'text Person no.', "formula $number", q{text =2+2}, 'formula 0971', 'number 45.5', 'number 89.5', 'text no' ], 'totals: headings, long numbers, codes with zeros, hours');

# the defaults; roles; bad input
my ($ok, $said) = export('yearly_totals', 'default');
ok($ok, 'without parameters') or diag($said);
my @default = fields(decode('UTF-8', substr(slurp_file("$dir/default.csv"), 3)));
is($default[0][0], '人员编号', 'in Chinese');
is(join(',', map { $_->[4] } @default[ 1 .. $#default ]), join(',', ($node->safe_psql('postgres', 'SELECT extract(year FROM ce_today())')) x 3), 'the current year');
$node->safe_psql('postgres', q{CREATE ROLE dashboard LOGIN; SELECT ce_grant('dashboard', 1, 'report')});
{
	local $ENV{PGUSER} = 'dashboard';
	($ok, $said) = export('yearly_totals', 'report', 'year=2020');
	ok($ok, 'the duty report exports totals') or diag($said);
	is_deeply([ map { $_->[0] } (fields(decode('UTF-8', substr(slurp_file("$dir/report.csv"), 3))))[ 1 .. 3 ] ], [ '="1"', '="2"', '="3"' ], 'by the id, since it does not read numbers');
	($ok, $said) = export('shortfalls', 'report', 'year=2020');
	ok(!$ok, 'but not whose are short');
	like($said, qr/permission denied for view ce_shortfalls/, 'and is told so');
}
for my $bad ([ 'lang=fr', qr/language "fr" is not supported/ ], [ 'year=next', qr/invalid input syntax for type integer: "next"/ ], [ q{year=2020; SELECT 1}, qr/invalid input syntax for type integer/ ])
{
	($ok, $said) = export('statistics', 'bad', $bad->[0]);
	ok(!$ok, "$bad->[0]: refused");
	like($said, $bad->[1], "$bad->[0]: says why");
	is(-s "$dir/bad.csv", 0, "$bad->[0]: and writes nothing");
}

$node->stop;
done_testing();

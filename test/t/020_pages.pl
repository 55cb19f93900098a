# Certificate, archive and report in a real browser: whole on A4 and on a
# small screen, printed to PDF, and without anything that runs (7.1, 7.6d, 9.2).
use strict;
use warnings;
use utf8;

use Encode;
use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my ($browser) = grep { -x } map { my $dir = $_; map { "$dir/$_" } qw(chromium chromium-browser google-chrome) } split(/:/, $ENV{PATH}), '/usr/bin';
plan skip_all => 'no chromium' unless $browser;
plan skip_all => 'no pdftotext (poppler-utils)' unless grep { -x "$_/pdftotext" } split(/:/, $ENV{PATH});

my $root = "$FindBin::RealBin/../..";
my $dir = PostgreSQL::Test::Utils::tempdir;
# Chromium keeps all it writes there: it runs as whoever runs the tests.
$ENV{HOME} = $dir;

# browse(ARGUMENT...): what a headless run prints
sub browse
{
	my @command = ($browser, qw(--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --hide-scrollbars --allow-file-access-from-files),
		"--user-data-dir=$dir/profile", @_);
	my ($out, $err) = ('', '');
	my $ok = IPC::Run::run(\@command, '>', \$out, '2>', \$err, IPC::Run::timeout(180));
	diag($err) unless $ok;
	return decode('UTF-8', $out);
}

sub output_of
{
	my ($out, $err) = ('', '');
	IPC::Run::run([@_], '>', \$out, '2>', \$err) or diag("@_: $err");
	return decode('UTF-8', $out);
}

sub write_file
{
	my ($name, $text) = @_;
	open(my $out, '>:encoding(UTF-8)', "$dir/$name") or die "$dir/$name: $!";
	print $out $text;
	close($out);
	return;
}

my $node = PostgreSQL::Test::Cluster->new('pages');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->start;
$ENV{PGCLIENTENCODING} = 'UTF8';
$node->safe_psql('postgres', 'SET client_min_messages = warning; CREATE EXTENSION ce_hours; SELECT ce_setup()');
chdir($root) or die;
command_ok([ 'psql', '-Xq', '-d', $node->connstr('postgres'), '-o', '/dev/null', '-f', 'examples/load.sql' ], 'the examples are loaded');

# 1044 gets titles that would run, and one that never ends; 2000 has forty items
my $live = q{<script>document.title="hacked"</script><img src=x onerror="document.title='hacked'">"'&};
$node->safe_psql('postgres', qq{
	SET client_min_messages = warning;
	INSERT INTO ce_activity (person_id, kind, title, completed_on, hours, status, verified_by, verified_on) VALUES
		(1044, 'academy_course', \$q\$$live\$q\$, '2020-09-01', '1', 'verified', 10, '2020-09-02'),
		(1044, 'academy_course', repeat('x', 400), '2020-09-01', '1', 'verified', 10, '2020-09-02');
	UPDATE ce_org SET name = \$q\$</style></title>$live\$q\$ WHERE org_id = 57;
	UPDATE ce_person SET specialty = \$q\$$live\$q\$ WHERE person_id = 1044;
	INSERT INTO ce_person (person_id, person_no, org_id) VALUES (2000, 'many', 53), (2001, 'none', 53);
	INSERT INTO ce_activity (person_id, kind, title, completed_on, hours, status, verified_by, verified_on)
		SELECT 2000, 'academy_course', 'course ' || i, date '2020-01-01' + i, '1', 'verified', 10, '2020-09-02' FROM generate_series(1, 40) i;
	INSERT INTO ce_person (person_id, person_no, org_id) VALUES (2002, '632801197001010019', 53);
	INSERT INTO ce_activity (person_id, kind, title, completed_on, hours, status, verified_by, verified_on)
		SELECT 2002, 'academy_course', format('course %s of %s', i, y), make_date(y, 1, 1) + i, '1', 'verified', 10, make_date(y, 12, 2) FROM generate_series(1, 60) i, generate_series(2020, 2022) y});

# name, query, title in it, pages it may have on paper
my @pages = (
	[ 'certificate', 'ce_certificate_html(1002, 2020, $1)', { zh => '继续教育学时证明', en => 'Statement of Continuing-Education Hours' }, 2, 2 ],
	[ 'met', 'ce_certificate_html(1037, 2020, $1)', { zh => '继续教育证书', en => 'Certificate of Continuing Education' }, 2, 2 ],
	[ 'live', 'ce_certificate_html(1044, 2020, $1)', { zh => '2020年度', en => 'Year 2020' }, 2, 2 ],
	[ 'many', 'ce_certificate_html(2000, 2020, $1)', { zh => '学时明细', en => 'Items' }, 3, 3 ],
	[ 'nothing', 'ce_certificate_html(2001, 2020, $1)', { zh => '本年度没有学时记录', en => 'There are no items in this year' }, 2, 2 ],
	[ 'archive', 'ce_archive_html(1044, $1)', { zh => '继续教育学习档案', en => 'Learning Archive of Continuing Education' }, 3, 4 ],
	[ 'long', 'ce_archive_html(2002, $1)', { zh => '632801197001010019', en => '632801197001010019' }, 6, 9 ],
	[ 'empty', 'ce_archive_html(2001, $1)', { zh => '档案中没有记录', en => 'The archive is empty' }, 1, 1 ],
	[ 'report', 'ce_report_html(2020, $1)', { zh => '继续教育统计报告', en => 'Report on Continuing Education' }, 2, 4 ],
	[ 'report_none', 'ce_report_html(1995, $1)', { zh => '没有1995年度的数据', en => 'no data for 1995' }, 1, 1 ]);
my %page;
for my $lang ('zh', 'en')
{
	for my $p (@pages)
	{
		my ($name, $query, $title, $least, $most) = @$p;
		(my $call = $query) =~ s/\$1/'$lang'/;
		my $html = decode('UTF-8', $node->safe_psql('postgres', "SELECT $call"));
		write_file("${name}_$lang.html", $html);
		$page{"${name}_$lang"} = { text => $title->{$lang}, least => $least, most => $most,
			lang => $lang eq 'zh' ? 'zh-CN' : 'en', title => $html =~ m{<title>(.*?)</title>} ? $1 : undef };
	}
}
$node->stop;

# Every page in frames of three widths; the script is the frame's, and says what it sees.
# Two more pages are not ours, to show that it would see what it looks for.
write_file('wide.html', "<!DOCTYPE html><title>wide</title><p style='width:900px'>wide</p>");
write_file('runs.html', '<!DOCTYPE html><title>quiet</title><script>document.title="hacked"</script>');
my $frames = join('', map { my $name = $_; map { qq{<iframe data-name="$name" src="$name.html" style="width:${_}px;height:900px"></iframe>\n} } 360, 700, 1280 } sort(keys %page), 'wide', 'runs');
write_file('frames.html', <<"HTML");
<!DOCTYPE html><meta charset="utf-8"><body>$frames<pre id="out"></pre><script>
addEventListener("load", function () {
	for (const f of document.querySelectorAll("iframe")) {
		const d = f.contentDocument, root = d.documentElement, beyond = [];
		for (const e of d.body.querySelectorAll("*"))
			if (!e.closest("svg, thead") && e.getBoundingClientRect().right > root.clientWidth + 1)
				beyond.push(e.tagName);
		out.textContent += ["seen", f.dataset.name, f.clientWidth, root.scrollWidth - root.clientWidth, beyond.length, d.querySelectorAll("script, iframe, img, link").length,
			root.lang, d.title].join("\\t") + "\\n";
	}
});
</script></body>
HTML
my %seen;
for (split(/\n/, browse('--virtual-time-budget=20000', '--dump-dom', "file://$dir/frames.html")))
{
	s/^.*<pre id="out">//;
	my ($seen, $name, $width, @what) = split(/\t/);
	$seen{$name}{$width} = \@what if defined $seen && $seen eq 'seen';
}
cmp_ok($seen{wide}{360}[0], '>', 300, 'a page that is too wide is seen to be');
is($seen{runs}{360}[4], 'hacked', 'a script that runs is seen');
for my $name (sort keys %page)
{
	for my $width (360, 700, 1280)
	{
		my ($over, $beyond, $foreign, $lang, $title) = @{ $seen{$name}{$width} // [] };
		is($over, 0, "$name, $width px: does not scroll sideways");
		is($beyond, 0, "$name, $width px: nothing stands out");
		is($foreign, 0, "$name, $width px: no element that loads or runs") if $width == 360;
		is($lang, $page{$name}{lang}, "$name, $width px: language") if $width == 360;
		(my $expected = $page{$name}{title}) =~ s/&lt;/</g;
		$expected =~ s/&gt;/>/g;
		$expected =~ s/&quot;/"/g;
		$expected =~ s/&#39;/'/g;
		$expected =~ s/&amp;/&/g;
		is($title, $expected, "$name, $width px: its title is what the page says");
	}
}

# not blank, at two widths
write_file('blank.html', '<!DOCTYPE html><title>blank</title>');
for my $width (500, 1280)
{
	my %size;
	for my $name ('blank', 'certificate_zh', 'archive_en', 'report_zh')
	{
		browse("--window-size=$width,1400", "--screenshot=$dir/$name.$width.png", "file://$dir/$name.html");
		$size{$name} = -s "$dir/$name.$width.png" // 0;
		cmp_ok($size{$name}, '>', 8 * $size{blank}, "$name, $width px: a picture with something on it") if $name ne 'blank';
	}
}

# on paper
my %headings = map { $_ => 1 } qw(学时明细 各年度概览 基本情况 完成情况 各地区完成率 省级行业主管部门 按现任职称级别 学时构成 按月学时 需要关注的事项 说明), map { "${_}年度" } 2016 .. 2022;
for my $name (grep { /_zh$/ } sort(keys %page))
{
	browse('--no-pdf-header-footer', "--print-to-pdf=$dir/$name.pdf", "file://$dir/$name.html");
	my $info = output_of('pdfinfo', "$dir/$name.pdf");
	my ($count) = $info =~ /^Pages:\s+(\d+)/m;
	like($info, qr/^Page size:.*\(A4\)/m, "$name: A4");
	cmp_ok($count, '>=', $page{$name}{least}, "$name: pages, at least");
	cmp_ok($count, '<=', $page{$name}{most}, "$name: pages, at most");
	my $text = output_of('pdftotext', '-layout', "$dir/$name.pdf", '-');
	like($text =~ s/\s+//gr, qr/\Q$page{$name}{text}\E/, "$name: Chinese text is there");
	my @sheets = split(/\f/, $text);
	is(scalar @sheets, $count, "$name: every page has text");
	for my $n (1 .. @sheets)
	{
		my @lines = grep { /\S/ } split(/\n/, $sheets[ $n - 1 ]);
		like($lines[-1], qr/第\s*$n\s*页，共\s*$count\s*页/, "$name: page $n has its number");
		my $last = $lines[-2] // '';
		$last =~ s/^\s+|\s+$//g;
		ok(!$headings{$last}, "$name: page $n does not end in a heading");
	}
	if ($name eq 'live_zh')
	{
		like($text =~ s/\s+//gr, qr/\Q<script>document.title="hacked"<\/script>\E/, "$name: what would run is printed as it is");
	}
	# of each page of a long archive one knows whose it is and of which year its items are
	if ($name eq 'long_zh')
	{
		my $items = 0;
		for my $n (1 .. @sheets)
		{
			like($sheets[ $n - 1 ], qr/632801197001010019/, "$name: page $n bears the number of its person");
			my @lines = grep { /\S/ } split(/\n/, $sheets[ $n - 1 ]);
			# a line of items before any heading of a year would be of none
			my $of = '';
			my @lost;
			for (@lines)
			{
				$of = $1 if /(20\d\d)年度/;
				next unless /course \d+ of (20\d\d)/;
				$items++;
				push @lost, $_ if $1 ne $of;
			}
			is("@lost", '', "$name: page $n says of which year its items are");
			like($lines[0], qr/^\s*632801197001010019\s+20\d\d年度\s*$/, "$name: page $n goes on with a year, and begins with its person and number") if $n == @sheets;
		}
		is($items, 180, "$name: all items");
	}
	if ($name =~ /^many/)
	{
		like($sheets[-1], qr/^\s*many\s+2020年度\n/, "$name: the second page of items bears number and year");
	}
	if ($name =~ /^(certificate|met)/)
	{
		like($sheets[0], qr/验证码\s+([0-9A-Z]{4}-){5}[0-9A-Z]{4}/, "$name: the code is on the first page");
		like($sheets[0], qr/人力资源社会保障部门/, "$name: with room for the seals");
	}
}

done_testing();

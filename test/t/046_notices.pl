# The notices as files of rows: one whose base is missing says so and leaves
# nothing behind, the template is tried on a copy of a scheme and then loaded,
# and the steps of docs/law-rows.md do what they say.

use strict;
use warnings;
use utf8;

use FindBin;
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $root = "$FindBin::RealBin/../..";

my $node = PostgreSQL::Test::Cluster->new('notices');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION ce_hours');
$node->safe_psql('postgres', 'SELECT ce_setup()');

# as the headers of the files say
sub load
{
	my ($file, @options) = @_;
	my ($out, $err) = ('', '');
	my $ok = IPC::Run::run([ 'psql', '-X', '-q', '-A', '-t', '-1', '-v', 'ON_ERROR_STOP=1', @options, '-d', $node->connstr('postgres'),
			'-f', "$root/examples/notices/$file.sql" ], '>', \$out, '2>', \$err);
	return ($ok, $err);
}

sub law_check
{
	return $node->safe_psql('postgres', "SELECT concat_ws(' | ', problem, scheme, object, detail) FROM ce_law_check()");
}

my $count = q{SELECT (SELECT count(*) FROM ce_instrument) + (SELECT count(*) FROM ce_scheme) + (SELECT count(*) FROM ce_requirement)};
my $before = $node->safe_psql('postgres', $count);

# a base that is missing
for (['anhui_2025', 'order_25'], ['suqian', 'xuzhou'])
{
	my ($file, $base) = @$_;
	my ($ok, $err) = load($file);
	ok(!$ok, "$file without its base fails");
	like($err, qr{ERROR:  \w+ is based on scheme "[\w-]+", which is not there: run examples/notices/$base\.sql first}, 'and says what to run');
	unlike($err, qr/foreign key/, 'in plain words');
}
my ($ok, $err) = load('new_year', '-v', 'scheme=nosuch');
ok(!$ok, 'so does the template for a scheme that is not there');
like($err, qr/ERROR:  the scheme that the variable scheme names is not there/, 'and says so');
is($node->safe_psql('postgres', $count), $before, 'nothing is left behind');

# step 3
for (['order_25', 'gap | order-25 | ce_window | no level has a window'], ['anhui_2025', ''], ['xuzhou', ''], ['suqian', ''])
{
	my ($file, $rows) = @$_;
	($ok, $err) = load($file);
	ok($ok, "$file is loaded") or diag($err);
	is(law_check(), $rows, $rows ? 'a base alone is named' : 'ce_law_check() is empty');
}

# step 2: on a copy, in one transaction
open(my $in, '<:encoding(UTF-8)', "$root/docs/law-rows.md") or die $!;
my ($try) = join('', <$in>) =~ /^   ```\n(   BEGIN;.*?ROLLBACK;\n)/ms;
ok($try, 'docs/law-rows.md tries a notice');
$try =~ s/my_notice\.sql/$root\/examples\/notices\/new_year.sql/;
$before = $node->safe_psql('postgres', $count);
is($node->safe_psql('postgres', $try =~ s/^   //mgr), '', 'it compares, and nobody gains or loses by the figures of Order 25');
is($node->safe_psql('postgres', $count), $before, 'and nothing is left behind');

# on a copy that is kept, and then for good
my $of_2027 = q{SELECT string_agg(concat_ws(' ', scheme, from_year, total_hours, instrument), ', ' ORDER BY scheme) FROM ce_requirement WHERE from_year >= 2027 AND instrument LIKE 'qinghai-%'};
$node->safe_psql('postgres', q{SELECT ce_clone_scheme('general', 'draft')});
($ok, $err) = load('new_year', '-v', 'scheme=draft');
ok($ok, 'the template is loaded for a draft') or diag($err);
is($node->safe_psql('postgres', $of_2027), 'draft 2027 90 qinghai-2027', 'and for nothing else');
($ok, $err) = load('new_year');
ok($ok, 'then for the scheme itself') or diag($err);
is($node->safe_psql('postgres', $of_2027), 'draft 2027 90 qinghai-2027, general 2027 90 qinghai-2027', 'which has it as well');
($ok, $err) = load('new_year', '-v', 'year=2028');
ok($ok, 'and for another year') or diag($err);
is(law_check(), '', 'ce_law_check() is empty');

done_testing();

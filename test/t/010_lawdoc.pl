# docs/law.md says what each clause is and which test shows it, docs/readings.md
# what is read where the notice leaves something open: held against the sources,
# so that they cannot go stale.  Needs no server.
use strict;
use warnings;
use utf8;

use FindBin;
use Test::More;

my $root = "$FindBin::RealBin/../..";

sub slurp
{
	my ($path) = @_;
	open(my $in, '<:encoding(UTF-8)', $path) or die "$path: $!";
	local $/;
	return scalar <$in>;
}

# a clause id in a text, and not as the beginning of a longer one
sub names
{
	my ($text, $clause) = @_;
	$clause =~ s/^Order 25 //;
	return $text =~ /(?<![\w.(])\Q$clause\E(?![\w(]|\.\d)/;
}

binmode(Test::More->builder->$_, ':encoding(UTF-8)') for qw(output failure_output todo_output);

my $doc = slurp("$root/docs/law.md");
my $law = slurp("$root/sql/law/qinghai_2020.sql");
my $sources = join("\n", map { slurp($_) }
	  grep { !m{/ce_hours--} } glob("$root/sql/*/*.sql $root/sql/*/*/*.sql $root/src/*/*.[ch]"));

# the list of ids, and the rows of the table
my ($list) = $doc =~ /^## Clauses\n(.*)/ms;
my @clauses = ('Order 25 art. 8', map { split } grep { /^    / } split(/\n/, $list));
my %row;
for (split(/\n/, $doc))
{
	my ($clause, $subject, $what, $test) = /^\| (\S.*?) \| (.*?) \| (.*?) \| (.*?) \|$/ or next;
	next if $clause eq 'clause';
	ok(!$row{$clause}, "$clause: one row");
	$row{$clause} = { what => $what, test => $test };
}
cmp_ok(scalar @clauses, '>=', 88, 'the list of clauses is there');
is_deeply([ sort keys %row ], [ sort @clauses ], 'the table has exactly the clauses of the list');

# Law rows of a table with ids, such as "ce_rule 108": the id and its clause.
my %law_row;
while ($law =~ /INSERT INTO (ce_rule|ce_window) .*?VALUES\n(.*?);\n/gs)
{
	my ($table, $rows) = ($1, $2);
	while ($rows =~ /^\t\((\d+), .*?'qinghai-2020-227', '([^']+)'/gms)
	{
		$law_row{"$table $1"} = $2;
	}
}

my %shown;
for my $clause (@clauses)
{
	my $r = $row{$clause} or next;
	if ($r->{what} eq 'not modelled')
	{
		like($r->{test}, qr/\w+ \w+/, "$clause: not modelled, with a reason");
		next;
	}
	my @objects = $r->{what} =~ /`([^`]+)`/g;
	cmp_ok(scalar @objects, '>', 0, "$clause: is something");
	for my $object (@objects)
	{
		if ($object =~ /^\w+ \d+$/)
		{
			$shown{$object} = 1;
			my $cites = $law_row{$object} // 'no row';
			ok(index($clause, $cites) == 0 || index($cites, $clause) == 0, "$clause: $object is a row of it ($cites)");
		}
		elsif ($object =~ m{/})
		{
			ok(-e "$root/$object", "$clause: there is $object");
		}
		else
		{
			like($sources, qr/\b\Q$object\E\b/, "$clause: there is $object");
		}
	}
	my @tests = $r->{test} =~ /`(test\/[^`]+)`/g;
	cmp_ok(scalar @tests, '>', 0, "$clause: has a test");
	for my $test (@tests)
	{
		ok(-e "$root/$test" && names(slurp("$root/$test"), $clause), "$clause: $test names it");
	}
}
is_deeply([ sort keys %shown ], [ sort keys %law_row ], 'every rule and window of the law is in the table');

# What law rows cite, lists such as "2.1, 6.2b" and ranges such as "5.2.5(1)-(3)" taken apart.
my %cited;
while ($law =~ /'(qinghai-2020-227|mohrss-order-25)',\s*'([^']+)'(?!,\s*'[^']*',\s*'[^']*', '\d{4}-)/g)
{
	my ($instrument, $text) = ($1, $2);
	for my $clause (split(/, /, $text))
	{
		$clause = "Order 25 $clause" if $instrument eq 'mohrss-order-25';
		if ($clause =~ /^(.*)\((\d)\)-\((\d)\)$/)
		{
			$cited{"$1($_)"} = 1 for $2 .. $3;
		}
		else
		{
			$cited{$clause} = 1;
		}
	}
}
cmp_ok(scalar keys %cited, '>', 30, 'law rows cite clauses');
for my $clause (sort keys %cited)
{
	ok((grep { /^\Q$clause\E(?:[a-z(].*)?$/ } keys %row), "$clause: cited by a law row and in the table");
}

# ---- readings -------------------------------------------------------------

my %reading;
for (split(/^(?=#{2,3} )/m, slurp("$root/docs/readings.md")))
{
	my ($id, $text) = /^### (AMB-\d+): [^\n]+\n(.*)/s or next;
	ok(!$reading{$id}, "$id: one section");
	$reading{$id} = $text;
}
is_deeply([ sort keys %reading ], [ sort map { "AMB-$_" } 1 .. keys %reading ], 'readings are numbered without a gap');
cmp_ok(scalar keys %reading, '>=', 43, 'all of them are there');

# cited by the code, the law and the messages
my %citing;
for my $text ($sources, slurp("$root/po/zh_CN.po"))
{
	$citing{$_} = 1 for $text =~ /\bAMB-\d+/g;
}
cmp_ok(scalar keys %citing, '>', 35, 'readings are cited');
is_deeply([ grep { !$reading{$_} } sort keys %citing ], [], 'every reading that is cited has a section');

my $tests = join("\n", map { slurp($_) } glob("$root/test/pgtap/*.sql $root/test/sql/*.sql $root/test/specs/*.spec"));
for my $id (sort keys %reading)
{
	my $text = $reading{$id};
	is(join(' ', $text =~ /^- \*\*(\w+)\.\*\*/mg), 'Open Taken Why Where', "$id: says what is open, taken, why and where");
	ok($citing{$id} || $tests =~ /\b$id\b/ || $text =~ /^- \*\*Taken\.\*\* Not computed\b/m, "$id: is cited, or is not computed");

	my ($where) = $text =~ /^- \*\*Where\.\*\* (.*?)\s*\z/ms;
	my @names = $where =~ /`([^`]+)`/g;
	cmp_ok(scalar @names, '>', 0, "$id: is somewhere");
	for my $name (@names)
	{
		if ($name =~ /^\w+ \d+$/)
		{
			ok($law_row{$name}, "$id: there is $name");
		}
		else
		{
			ok($sources =~ /\b$_\b/, "$id: there is $name") for $name =~ /\w+/g;
		}
	}
}
ok($doc =~ /\(readings\.md\)/, 'law.md points to the readings');

# App-1, App-2, App-3: the bodies that the notice lists, as the examples have them
my @orgs = map { [ split(/,/) ] } grep { !/,x-/ } split(/\n/, slurp("$root/examples/orgs.csv"));
shift @orgs;
is(join(' ', sort map { $_->[6] } grep { $_->[3] eq 'hrss' && $_->[4] eq 'prefecture' } @orgs),
	'630100 630200 632200 632300 632500 632600 632700 632800', 'App-1: the offices of 8 prefectures');
is(scalar(grep { $_->[7] eq 'national' } @orgs), 3, 'App-2: 3 national bases');
is(scalar(grep { $_->[7] eq 'provincial' } @orgs), 7, 'App-2: 7 provincial bases');
is(scalar(grep { $_->[8] eq 'true' } @orgs), 7, '7.5: 7 units that verify themselves');
cmp_ok(scalar(grep { $_->[1] =~ /^dept-/ } @orgs), '>=', 20, 'App-3: the departments');

done_testing();

# The rooms of src/ stand on floors: a file includes and calls only what is in
# its own room or below, and within a room nothing goes in a circle.  The order
# of the rooms is that of the Makefile, which docs/architecture.md draws, with
# every file in the room where it is.

use strict;
use warnings;

use FindBin;
use PostgreSQL::Test::Utils;
use Test::More;

my $source = "$FindBin::RealBin/../..";

my @rooms = slurp_file("$source/Makefile") =~ m{\$\(addprefix src/(\w+)/,}g;
is_deeply([ sort @rooms ], [ sort map { m{/src/(\w+)/$} } glob("$source/src/*/") ], 'the Makefile lists every room');
my %floor = map { $rooms[$_] => $_ } 0 .. $#rooms;

# code without comments and literals
my %code;
for my $path (glob("$source/src/*/*.[ch]"))
{
	my $text = slurp_file($path);
	$text =~ s{/\*.*?\*/}{}gs;
	$code{ $path =~ s{.*/src/}{}r } = $text;
}

# ---- includes -------------------------------------------------------------

my (@upward, %uses);
for my $file (sort keys %code)
{
	my ($room) = $file =~ m{^(\w+)/};
	for my $header ($code{$file} =~ m{^#include "(\w+/\w+\.h)"}mg)
	{
		next unless exists $code{$header};
		my ($theirs) = $header =~ m{^(\w+)/};
		push @upward, "$file includes $header" if $floor{$theirs} > $floor{$room};
		$uses{$file}{$header} = 1;
	}
	# a header of ours is named with its room
	push @upward, "$file includes $1 without its room"
	  while $code{$file} =~ m{^#include "(\w+\.h)"}mg && -e "$source/src/$room/$1";
}
is(join("\n", @upward), '', 'no include goes up');

# ---- calls ----------------------------------------------------------------

# who defines what: a name at the beginning of a line with its parameters, and a body
my %home;
for my $file (grep { /\.c$/ } keys %code)
{
	my $text = $code{$file};
	while ($text =~ /^(ce_\w+|Ce\w+)\((?!.*\);$)/mg)
	{
		my $name = $1;
		$home{$name} = $file;
	}
}
cmp_ok(scalar keys %home, '>', 300, 'functions are found');

my @calls;
for my $file (grep { /\.c$/ } sort keys %code)
{
	my ($room) = $file =~ m{^(\w+)/};
	my $text = $code{$file} =~ s/"(?:[^"\\]|\\.)*"//gr;
	for my $name ($text =~ /\b(ce_\w+)\b/g)
	{
		my $there = $home{$name} or next;
		next if $there eq $file;
		my ($theirs) = $there =~ m{^(\w+)/};
		push @calls, "$file uses $name() of $there" if $floor{$theirs} > $floor{$room};
		$uses{$file}{$there} = 1;
	}
}
is(join("\n", @calls), '', 'no call goes up');

# ---- operators ------------------------------------------------------------

# Operators in SQL are found by a search path unless they are qualified, those
# behind IN and IS DISTINCT FROM as well.  What SET assigns is no operator.
my @bare;
my $nsql = 0;
for my $file (grep { /\.c$/ } sort keys %code)
{
	while ($code{$file} =~ /((?:"(?:[^"\\]|\\.)*"\s*)+)/g)
	{
		my $sql = join('', $1 =~ /"((?:[^"\\]|\\.)*)"/g);
		next unless $sql =~ /\b(?:SELECT|UPDATE|INSERT INTO|DELETE FROM|SET|WHERE|JOIN|AND|OR)\b|\$%?\d?d?\b/;
		$nsql++;
		$sql =~ s/OPERATOR\([^)]+\)/ op /g;
		$sql =~ s/'[^']*'/literal/g;
		$sql =~ s/(?:\bSET |, |%s(?=%s = ))[\w%\$]+ = //g;
		$sql =~ s/^%s = excluded//;
		push @bare, "$file: $sql" if $sql =~ /[=<>~]|\|\||(?<!SELECT) [-+*\/] |\bNOT IN\b|\bIN \(|\bIS (?:NOT )?DISTINCT\b|\bLIKE\b|\bBETWEEN\b|\bNULLIF\b|\bUSING \(/;
	}
}
cmp_ok($nsql, '>', 30, 'statements are found');
is(join("\n", @bare), '', 'operators in SQL are qualified');

# ---- circles --------------------------------------------------------------

my (%seen, @circles);

sub walk
{
	my ($file, @path) = @_;
	if (grep { $_ eq $file } @path)
	{
		push @circles, join(' -> ', @path, $file);
		return;
	}
	return if $seen{$file};
	walk($_, @path, $file) for sort keys %{ $uses{$file} };
	$seen{$file} = 1;
	return;
}

walk($_) for sort keys %uses;
is(join("\n", @circles), '', 'nothing goes in a circle');

# ---- docs/architecture.md -------------------------------------------------

# "### src/types", with a table whose first column names files
my $doc = slurp_file("$source/docs/architecture.md");
my %named;
for my $section (split(/^(?=#{2,3} )/m, $doc))
{
	my ($folder) = $section =~ m{\A### ((?:src|sql)[\w/]*)\n} or next;
	for my $cell ($section =~ /^\| (`.*?) \|/mg)
	{
		$named{"$folder/$_"}++ for $cell =~ /`([^`]+)`/g;
	}
}
is(join(' ', grep { $named{$_} > 1 } sort keys %named), '', 'no file is named twice');

my %there = map { s{^\Q$source\E/}{}r => 1 }
  grep { !m{/ce_hours--} } glob("$source/sql/*.awk $source/sql/*.sql $source/sql/*/*.sql $source/sql/*/*/*.sql");
$there{ s{^\Q$source\E/}{}r =~ s/\.[ch]$//r } = 1 for glob("$source/src/*.[ch] $source/src/*/*.[ch]");
is(join(' ', grep { !$named{$_} } sort keys %there), '', 'docs/architecture.md names every file in its room');
is(join(' ', grep { !$there{$_} } sort keys %named), '', 'and none that is not there');

my ($picture) = $doc =~ /^## The floors\n\n```\n(.*?)^```/ms;
is_deeply([ $picture =~ /^  (\w+) {1,6}(?=\S)/mg ], [ reverse(@rooms), ], 'its picture has the rooms in the order of the floors')
  if ok($picture, 'it has a picture');

# where an error is: every file that raises one
my ($errors) = $doc =~ /^## Where an error is\n(.*?)^## /ms;
my %raises = map { $_ => 1 } $errors =~ m{`((?:src|sql)/[\w/]+\.(?:c|sql))`}g;
my @raising = map { "src/$_" } grep { /\.c$/ && $code{$_} =~ /\berrmsg\(/ } sort keys %code;
cmp_ok(scalar @raising, '>', 30, 'files that raise errors are found');
is(join(' ', grep { !$raises{$_} } @raising), '', 'docs/architecture.md leads to every file that raises an error');

done_testing();

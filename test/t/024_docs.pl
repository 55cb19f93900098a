# The pages for people: what they name exists, links lead somewhere, and lines
# of prose are short enough to be read and compared.  Needs no server.

use strict;
use warnings;
use utf8;

use File::Basename qw(basename dirname);
use File::Find;
use FindBin;
use Test::More;
use lib $FindBin::RealBin;
use TestLedger;

my $root = "$FindBin::RealBin/../..";
binmode(Test::More->builder->$_, ':encoding(UTF-8)') for qw(output failure_output todo_output);

sub slurp
{
	my ($path) = @_;
	open(my $in, '<:encoding(UTF-8)', $path) or die "$path: $!";
	local $/;
	return scalar <$in>;
}

my @pages = map { s{^\Q$root\E/}{}r }
  grep { !m{/reference\.md$} } glob("$root/*.md $root/docs/*.md $root/bench/*.md $root/examples/*.md $root/examples/*/*.md");
cmp_ok(scalar @pages, '>=', 14, 'the pages are there');

# every file of the tree by its name alone
my %by_name;
find({ no_chdir => 1, wanted => sub { push @{ $by_name{ basename($_) } }, $_ if -f } },
	grep { -e } map { "$root/$_" } qw(src sql test docs bench examples po debian .ci .github));
$by_name{ basename($_) } = [$_] for grep { -f } glob("$root/* $root/.*.yml");

my $sources = join("\n", map { slurp($_) } glob("$root/sql/*/*.sql $root/sql/*/*/*.sql $root/src/*.[ch] $root/src/*/*.[ch] $root/examples/*.sql $root/examples/*/*.sql $root/examples/*/*.sh $root/bench/*.sql"));

# the headings of a page, as links name them
sub anchors
{
	my ($text) = @_;
	return map { lc(s/[^\w\s-]//gr) =~ s/ /-/gr } $text =~ /^#+ (.*)$/mg;
}

for my $page (@pages)
{
	my $text = slurp("$root/$page");
	my $here = dirname("$root/$page");

	# ---- prose ----
	my ($fence, @long) = (0);
	for (split(/\n/, $text))
	{
		$fence = !$fence, next if /^\s*```/;
		next if $fence || /^(\||    |\t|#|\[<)/ || /^\s*!?\[.*\]\(.*\)$/ || /^\s*`[^`]+`$/;
		push @long, $_ if length > 119;
	}
	is(join("\n", @long), '', "$page: lines of prose are shorter than 120 columns");

	# words that made readers stop
	my @odd = $text =~ /($stumbles)/g;
	is(join(', ', @odd), '', "$page: says it plainly");

	# ---- files ----
	my @missing;
	for my $code ($text =~ /(?<!`)`([^`\n]+)`(?!`)/g)
	{
		next unless $code =~ m{^[\w.*-]+(?:/[\w.*-]+)*/?$} && $code =~ m{/|\.(?:c|h|sql|pl|spec|sh|out|csv|json|tsv|awk|md|po|psql|pgbench)$};
		next if $code =~ m{^(?:build|\d|\.\.\.|etc/)};
		my $found = $code =~ m{/} ?
		  (grep { -e } glob("$root/$code"), glob("$here/$code")) + (grep { -e } glob("$root/sql/$code $root/src/$code")) :
		  $code =~ /\*/ || $by_name{$code};
		push @missing, $code unless $found;
	}
	is(join(' ', @missing), '', "$page: the files that it names exist");

	# ---- functions ----
	# "`f()` in `src/x.c`", also of several functions
	my @not_in;
	while ($text =~ m{((?:`\w+\(\)`(?:,| and)?\s+)+)in\s+`(src/[\w/.]+)`}g)
	{
		my ($functions, $file) = ($1, $2);
		next unless -f "$root/$file";
		my $code = slurp("$root/$file");
		push @not_in, grep { $code !~ /\b$_\b/ } $functions =~ /(\w+)\(\)/g;
	}
	is(join(' ', @not_in), '', "$page: functions are in the files that it says");

	# names of other versions are in the change log, and of other work in the benchmarks
	unless ($page =~ /CHANGELOG|bench/)
	{
		my %names = map { $_ => 1 } $text =~ /`(ce_\w+)\b/g;
		is(join(' ', grep { $sources !~ /\b$_\b/ } sort keys %names), '', "$page: what it names of ours exists");
	}

	# ---- links ----
	my @dead;
	for my $link ($text =~ /\]\(([^)\s]+)\)/g)
	{
		next if $link =~ m{^https?:};
		my ($file, $anchor) = $link =~ /^([^#]*)(?:#(.*))?$/;
		my $target = $file eq '' ? "$root/$page" : "$here/$file";
		push @dead, $link if !-e $target || (defined $anchor && !grep { $_ eq $anchor } anchors(slurp($target)));
	}
	is(join(' ', @dead), '', "$page: its links lead somewhere");
}

done_testing();

# Scripts of a released version stay byte for byte what they were: a database
# that was made or updated by one is what the later scripts build on.  Needs no
# server.

use strict;
use warnings;

use Digest::SHA;
use File::Basename qw(basename);
use FindBin;
use Test::More;

my $root = "$FindBin::RealBin/../..";

# Never change a line of these; a release adds its own.
my %frozen = (
	'sql/ce_hours--0.1.0.sql' => '060c4ea50784a60d6aca513602cbffa7ce2c0fbc39e3f39ceca7d8d65acd1f12',
	'sql/ce_hours--0.1.0--0.2.0.sql' => '2f95e262ef66972bd9facc00b9a00357d4a6841a006283bb11868eb3ecc0848f',
	'sql/ce_hours--0.2.0.sql' => '865f543b50a1638c21c435b3d1ea6e1362234a2fbaca81cc1f4ce24af7768d9c',
	'sql/ledger/update/0.1.0.sql' => '122fd9bde5bde0f9877855b98de5aa9e664c0cc2d41b551e0adc3be992e9bead',
);

# later(A, B): is version A later than B?
sub later
{
	my @a = split /\./, $_[0];
	my @b = split /\./, $_[1];

	for my $i (0 .. 2)
	{
		return $a[$i] > $b[$i] if $a[$i] != $b[$i];
	}
	return 0;
}

for my $file (sort keys %frozen)
{
	is(-e "$root/$file" ? Digest::SHA->new(256)->addfile("$root/$file", 'b')->hexdigest : 'gone', $frozen{$file}, "$file is what it was when it was released");
}

# which ones there are: all but those of the version in the making, which the build makes
open(my $control, '<', "$root/ce_hours.control") or die "ce_hours.control: $!";
my ($current) = map { /^default_version = '(.*)'/ ? $1 : () } <$control>;
my @scripts = map { "sql/" . basename($_) } glob "$root/sql/ce_hours--*.sql";
my @released = grep { !/--\Q$current\E\.sql$/ } @scripts;
cmp_ok(scalar @released, '>=', 3, 'there are scripts of released versions');
is_deeply([ grep { !$frozen{$_} } @released ], [], 'each of them is frozen');

# The migration of a ledger of one version is finished by the release after it.
my ($last) = sort { later($b, $a) <=> later($a, $b) } map { /--([\d.]+)\.sql$/ ? $1 : () } @released;
my @migrations = map { "sql/ledger/update/" . basename($_) } glob "$root/sql/ledger/update/*.sql";
cmp_ok(scalar @migrations, '>=', 2, 'there are migrations of ledgers');
is_deeply([ grep { m{/(\d+\.\d+\.\d+)[^/]*$} && later($last, $1) && !$frozen{$_} } @migrations ], [], "those that $last and earlier versions finished are frozen");

done_testing();

# META.json is what PGXN takes (its specification of distribution metadata,
# version 1.0.0), and every place that names the version names the same.

use strict;
use warnings;

use File::Basename qw(dirname);
use JSON::PP;
use PostgreSQL::Test::Utils;
use Test::More;

my $root = File::Spec->rel2abs(dirname(__FILE__)) . '/../..';
my $meta = decode_json(slurp_file("$root/META.json"));
my $semver = qr/^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+)?$/;

# keys it must have and may have
my %known = map { $_ => 1 } qw(name version abstract maintainer license provides meta-spec description generated_by tags no_index prereqs release_status resources);
is_deeply([ grep { !exists $meta->{$_} } qw(name version abstract maintainer license provides meta-spec) ], [], 'no required key is missing');
is_deeply([ grep { !$known{$_} && !/^x_/i } keys %$meta ], [], 'no key is unknown');
like($meta->{name}, qr{^[^\s/\\[:cntrl:]]{2,}$}, 'name');
like($meta->{version}, $semver, 'version');
is($meta->{'meta-spec'}{version}, '1.0.0', 'version of the specification');
is($meta->{license}, 'postgresql', 'license is one that PGXN knows');
like($meta->{release_status}, qr/^(stable|testing|unstable)$/, 'release status');
ok(!ref $_ && length $_ > 0 && length $_ <= 256 && $_ !~ m{[/\\[:cntrl:]]}, "tag: $_") for @{ $meta->{tags} };
while (my ($name, $extension) = each %{ $meta->{provides} })
{
	like($extension->{version}, $semver, "$name: version");
	ok(-e "$root/$extension->{$_}", "$name: $extension->{$_} exists") for grep { exists $extension->{$_} } qw(file docfile);
	ok($extension->{file} && $extension->{abstract}, "$name: has file and abstract");
}
while (my ($phase, $relations) = each %{ $meta->{prereqs} })
{
	like($phase, qr/^(configure|build|test|runtime|develop)$/, "prereqs: $phase");
	while (my ($relation, $needs) = each %$relations)
	{
		like($relation, qr/^(requires|recommends|suggests|conflicts)$/, "prereqs: $phase $relation");
		like($needs->{$_}, qr/^0$|$semver/, "prereqs: $_") for keys %$needs;
	}
}

# one version
my ($version) = slurp_file("$root/ce_hours.control") =~ /^default_version = '(.*)'/m;
is($meta->{version}, $version, 'META.json names the version of the control file');
is($meta->{provides}{ce_hours}{version}, $version, 'of the extension as well');
like(slurp_file("$root/debian/changelog"), qr/\Ace-hours \(\Q$version\E-/, 'so does the Debian package');
like(slurp_file("$root/CHANGELOG.md"), qr/^## .*\Q$version\E/m, 'and the change log');
is(slurp_file("$root/debian/control") =~ s/postgresql-\d+-ce/postgresql-PGVERSION-ce/r =~ s/PostgreSQL \d+\./PostgreSQL PGVERSION./r, slurp_file("$root/debian/control.in"),
	'debian/control is made of debian/control.in');

# autopkgtest: each test is a program, and what it names of the source is there
my ($tests) = slurp_file("$root/debian/tests/control") =~ /^Tests: *(.+)$/m;
ok($tests, 'debian/tests/control names tests');
for my $test (split(/[\s,]+/, $tests // ''))
{
	ok(-x "$root/debian/tests/$test", "debian/tests/$test is a program");
	my @files = slurp_file("$root/debian/tests/$test") =~ m{\b((?:examples|debian|test)/[\w./]+)}g;
	cmp_ok(scalar @files, '>', 0, "$test uses files of the source");
	ok(-e "$root/$_", "$test: there is $_") for @files;
}

# the Debian package has every guide and picture, and the guides as they are
my $rules = slurp_file("$root/debian/rules");
like($rules, qr/^\tdh_installdocs --all README\.md README\.zh-CN\.md LICENSE docs /m, 'debian/rules installs docs/ whole');
like($rules, qr/^\tdh_compress -X\.md/m, 'and does not compress what links to one another');
# what it builds from is what the guide says to install
my ($build) = slurp_file("$root/debian/control") =~ /^Build-Depends:\n((?: .*\n)+)/m;
my ($named) = slurp_file("$root/docs/operations.md") =~ /^    apt-get install (.*)\n    make deb/m;
is(join(' ', sort('build-essential', 'git', map { s/-compat.*//r } $build =~ /^ ([\w-]+)/mg)), join(' ', sort split(/ /, $named // '')), 'docs/operations.md names the packages that make deb needs');

# the forges run what is run here
ok(-x "$root/.ci/run", '.ci/run is a program');
for my $file ('.github/workflows/ci.yml', '.gitlab-ci.yml')
{
	my $text = slurp_file("$root/$file");
	like($text, qr{^\s*- (?:run: )?\.ci/run$}m, "$file runs it");
	like($text, qr{^\s*(?:container|image): debian:bookworm$}m, "$file: on the distribution that test/server.sh is for");
	unlike($text, qr/\t/, "$file: indented with spaces");
}

done_testing();

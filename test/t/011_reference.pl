# docs/reference.md is what docs/reference.sql makes of the catalog today.
use strict;
use warnings;

use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $docs = "$FindBin::RealBin/../../docs";

my $node = PostgreSQL::Test::Cluster->new('reference');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->start;
$node->safe_psql('postgres', 'CREATE SCHEMA hours; CREATE EXTENSION ce_hours SCHEMA hours; SELECT hours.ce_setup()');

$ENV{PGCLIENTENCODING} = 'UTF8';
my ($made, $errors) = ('', '');
ok( run_log(
		[ 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('postgres'), '-f', "$docs/reference.sql" ],
		'>', \$made, '2>', \$errors),
	'docs/reference.sql runs');
is($errors, '', 'without a warning');
my @made = split(/\n/, $made);
my @kept = split(/\n/, slurp_file("$docs/reference.md"));
for my $n (0 .. ($#made > $#kept ? $#made : $#kept))
{
	next if defined $made[$n] && defined $kept[$n] && $made[$n] eq $kept[$n];
	is($made[$n], $kept[$n], 'docs/reference.md, line ' . ($n + 1) . ': regenerate it with docs/reference.sql');
	last;
}
is(scalar @made, scalar @kept, 'docs/reference.md has all of it');
unlike($made, qr{\|\s*\|$}m, 'everything has a comment');
is($node->safe_psql('postgres', q{SELECT string_agg(p.oid::regprocedure::text, ', ') FROM pg_proc p
	WHERE pronamespace = 'hours'::regnamespace AND (proname LIKE 'ce\_\_%') <> coalesce(obj_description(p.oid, 'pg_proc') LIKE 'internal: %', false)}), '',
	'internal functions have a prefix of their own and say so');
unlike($made, qr/^### ce__/m, 'and are not listed');

$node->stop;
done_testing();

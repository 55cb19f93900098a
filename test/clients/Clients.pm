# What test/t/022_clients.pl and 023_node_clients.pl share: the demo's ledger on
# a server that listens on TCP, and what every client has to see of it.
#
# A client prints lines: "COLUMN view column type", with the type as it sees it,
# "ROWS view n", "ANSWER question value", "SQLSTATE ...", "DETAIL ...", "HINT ...".
package Clients;

use strict;
use warnings;

use Exporter 'import';
use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

our @EXPORT = qw(start_ledger run_client check_columns check_answers check_error @views $node);

our ($node, @views, %columns, %rows);
our $here = "$FindBin::RealBin/../clients";

# what clients call the types that views have
my %names = (
	(map { $_ => 'bigint' } qw(int8 bigint BigInt)),
	(map { $_ => 'integer' } qw(int4 integer Int)),
	(map { $_ => 'numeric' } qw(numeric BigFloat)),
	(map { $_ => 'text' } qw(text String)),
	(map { $_ => 'boolean' } qw(bool boolean Boolean)),
	(map { $_ => 'date' } qw(date Date)));

# ce_check()'s own half of a comparison, which is no report; its credit is of the ledger's type
my $not_plain = 'ce_account_recomputed.credit';

# With SQL of an application's own
sub start_ledger
{
	my ($sql) = @_;
	local $ENV{PGCLIENTENCODING} = 'UTF8';
	$node = PostgreSQL::Test::Cluster->new('clients');
	$node->init(extra => [ '--encoding=UTF8', '--locale=C', '-A', 'trust' ]);
	$node->append_conf('postgresql.conf', "listen_addresses = '127.0.0.1'");
	$node->start;
	$node->safe_psql('postgres', 'CREATE DATABASE demo');
	$node->safe_psql('demo', 'CREATE EXTENSION ce_hours; SELECT ce_setup()');
	chdir "$FindBin::RealBin/../.." or die $!;
	system_or_bail('psql', '-X', '-q', '-o', '/dev/null', '-d', $node->connstr('demo'), '-f', 'examples/load.sql');
	# no superuser: a clerk of all bodies
	$node->safe_psql('demo', q{
		CREATE ROLE app LOGIN;
		SELECT ce_grant('app', org_id, 'record') FROM ce_org WHERE parent_id IS NULL;
		GRANT SELECT ON ALL TABLES IN SCHEMA public TO app});
	$node->safe_psql('demo', $sql) if defined $sql;

	my $catalog = $node->safe_psql('demo', q{
		SELECT c.relname || '.' || a.attname || '|' || format_type(a.atttypid, NULL)
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
		WHERE c.relkind = 'v' AND c.relnamespace = 'public'::regnamespace});
	%columns = map { split /\|/, $_, 2 } split /\n/, $catalog;
	$columns{$not_plain} = 'unknown';
	my %seen = map { (split /\./, $_)[0] => 1 } keys %columns;
	@views = sort keys %seen;
	%rows = map { $_ => $node->safe_psql('demo', "SET ROLE app; SELECT count(*) FROM $_") } @views;
	cmp_ok($rows{ce_archive}, '>', 500, 'the role sees the archive');
	@ENV{qw(PGHOST PGPORT PGUSER PGDATABASE)} = ('127.0.0.1', $node->port, 'app', 'demo');
	delete @ENV{qw(PGCLIENTENCODING PGDATESTYLE PGTZ PGOPTIONS)};
	$ENV{LC_ALL} = 'C.UTF-8';
	return;
}

# Runs a client; what it printed, as lists of words by the first word
sub run_client
{
	my ($name, @command) = @_;
	my ($out, $err) = ('', '');
	my %said;

	ok(run_log(\@command, '>', \$out, '2>', \$err), "$name: runs") or diag $err;
	push @{ $said{ (split / /, $_)[0] } }, $_ for split /\n/, $out;
	return \%said;
}

# Every view with every column, none of a type that the client does not know
sub check_columns
{
	my ($name, $said, %options) = @_;
	my %got;

	for (@{ $said->{COLUMN} // [] })
	{
		my (undef, $view, $column, $type) = split / /;
		$got{"$view.$column"} = $names{$type} // "unknown to the test: $type";
		$got{"$view.$column"} = 'unknown' if "$view.$column" eq $not_plain;
	}
	my %expected = %columns;
	delete $expected{$_} for $options{without} ? grep { /^$options{without}\./ } keys %expected : ();
	is_deeply(\%got, \%expected, "$name: all columns of all views, with their types");
	my %counts = map { (split / /)[ 1, 2 ] } @{ $said->{ROWS} // [] };
	my %wanted = %rows;
	delete $wanted{ $options{without} } if $options{without};
	is_deeply(\%counts, \%wanted, "$name: all rows of all views");
	return;
}

sub check_answers
{
	my ($name, $said, %expected) = @_;
	my %got = map { (split / /, $_, 3)[ 1, 2 ] } @{ $said->{ANSWER} // [] };

	$_ = lc for grep { defined && /^(True|False|None)( (True|False|None))*$/ } values %got;
	$_ = 'null' for grep { $_ eq 'none' } values %got;
	is_deeply(\%got, \%expected, "$name: the answers");
	return;
}

# An error has its SQLSTATE, and DETAIL and HINT word by word
sub check_error
{
	my ($name, $said) = @_;

	is($said->{SQLSTATE}[0], 'SQLSTATE 23514', "$name: SQLSTATE of an error");
	is($said->{DETAIL}[0], 'DETAIL Clause 5.2.3(1); scheme "general" has no row in ce_rule for this kind and year.', "$name: its DETAIL");
	is($said->{HINT}[0], 'HINT Check kind and completed_on; enter totals verified before the ledger went live with kind recorded_public or recorded_professional.', "$name: its HINT");
	return;
}

1;

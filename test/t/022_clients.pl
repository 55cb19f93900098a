# The ledger from psql, psycopg 2 and 3, JDBC and ODBC: every view, and the
# functions with parameters.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../clients";
use Clients;
use PostgreSQL::Test::Utils;
use Test::More;

my $python = -x '/usr/bin/python3' ? '/usr/bin/python3' : 'python3';    # the one that Debian's packages are for
my ($jar) = grep { -e } ($ENV{CE_JDBC_JAR} // (), '/usr/share/java/postgresql.jar');
my %answers = (
	eligible => 'true',
	eligible_by_no => 'false',
	unknown_person => 'null',
	spelled => 'true true true',
	explain => 'art. 8 2018 professional 60 40 20',
	standing => 'eligible eligible eligible eligible',
	receipt => 'eligible',
	chinese => '青海大学',
	chinese_level => 'senior');

sub has_module { return run_log([ $python, '-c', "import $_[0]" ], '2>', \my $err) }

# Runs a client's program, or says aloud that it is not there
sub client
{
	my ($name, $there, $missing, @command) = @_;
	SKIP:
	{
		if (!$there)
		{
			diag "NOT TESTED: $name, since $missing is not installed";
			skip "$missing is not installed", 1;
		}
		my $said = run_client($name, @command, @views);
		check_columns($name, $said);
		check_answers($name, $said, %answers);
		return $said;
	}
	return;
}

start_ledger();
cmp_ok(scalar @views, '>=', 13, 'there are views');

# psql, by the types that it describes a result with
my (%types, %said);
for my $view (@views)
{
	my $described = '';
	run_log([ 'psql', '-XAtq' ], '<', \"SELECT * FROM $view \\gdesc\n", '>', \$described);
	push @{ $said{COLUMN} }, map { s/\|/ /r =~ s/^/COLUMN $view /r } split /\n/, $described;
	run_log([ 'psql', '-XAtq' ], '<', \"SELECT count(*) FROM $view;\n", '>', \$described);
	push @{ $said{ROWS} }, "ROWS $view " . ($described =~ s/\s//gr);
}
check_columns('psql', \%said);

for (
	[ 'psycopg 3', has_module('psycopg'), 'python3-psycopg', $python, "$Clients::here/psycopg3.py" ],
	[ 'psycopg2', has_module('psycopg2'), 'python3-psycopg2', $python, "$Clients::here/psycopg2_.py" ],
	[ 'JDBC', defined $jar && run_log([ 'javac', '-version' ]), 'libpostgresql-jdbc-java, or a JDK', 'java', '-Dfile.encoding=UTF-8', '-cp', $jar // '', "$Clients::here/Jdbc.java" ])
{
	my $said = client(@$_);
	check_error($_->[0], $said) if $said;
}

# ODBC hands on a message and its DETAIL as one text, and no HINT
my $odbc = client('ODBC', has_module('pyodbc') && -e '/etc/odbcinst.ini' && slurp_file('/etc/odbcinst.ini') =~ /PostgreSQL Unicode/,
	'python3-pyodbc, or odbc-postgresql', $python, "$Clients::here/odbc.py");
if ($odbc)
{
	is($odbc->{SQLSTATE}[0], 'SQLSTATE 23514', 'ODBC: SQLSTATE of an error');
	like($odbc->{MESSAGE}[0], qr/no rule converts activities of kind "degree" in 2019 into hours.*Clause 5\.2\.3\(1\); scheme "general" has no row/, 'ODBC: its message with DETAIL');
}

$node->stop;
done_testing();

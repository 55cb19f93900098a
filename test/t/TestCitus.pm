# A cluster of Citus for the TAP programs: a coordinator and two workers, where
# the server has Citus (docs/scale.md).

package TestCitus;

use strict;
use warnings;

use Exporter 'import';
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

our @EXPORT = qw(start_nodes start_node cluster ledger owner $coordinator $worker1 $worker2);

our ($coordinator, $worker1, $worker2);

# start_node(NAME, [OPTION...]): with the role that will own the ledgers
sub start_node
{
	my ($name, @options) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name, @options);
	$node->init(allows_streaming => 'logical');
	$node->append_conf('postgresql.conf', join "\n", "listen_addresses = 'localhost'", "shared_preload_libraries = 'citus'", 'max_prepared_transactions = 100',
		'citus.shard_count = 8', 'max_worker_processes = 24', 'max_connections = 100', 'jit = off', "log_min_messages = error\n");
	$node->start;
	$node->safe_psql('postgres', 'CREATE ROLE hours_owner LOGIN');
	return $node;
}

# start_nodes(): or the program is skipped
sub start_nodes
{
	my ($share) = run_command([ 'pg_config', '--sharedir' ]);
	plan skip_all => 'no Citus' unless -e "$share/extension/citus.control";
	($coordinator, $worker1, $worker2) = map { start_node($_) } qw(coordinator worker1 worker2);
}

# cluster(DATABASE, SCHEMA): one that spans the three nodes
sub cluster
{
	my ($db, $schema) = @_;
	for my $node ($coordinator, $worker1, $worker2)
	{
		$node->safe_psql('postgres', "CREATE DATABASE $db; ALTER DATABASE $db SET search_path = $schema");
		$node->safe_psql($db, 'SET client_min_messages = error; CREATE EXTENSION citus');
	}
	my @ports = map { $_->port } $coordinator, $worker1, $worker2;
	$coordinator->safe_psql($db, qq{SELECT citus_set_coordinator_host('localhost', $ports[0]);
		SELECT citus_add_node('localhost', $ports[1]); SELECT citus_add_node('localhost', $ports[2])});
}

# ledger(DATABASE, SCHEMA): made by its owner, who is no superuser
sub ledger
{
	my ($db, $schema) = @_;
	$coordinator->safe_psql($db, qq{SET client_min_messages = error; CREATE SCHEMA IF NOT EXISTS $schema; GRANT ALL ON SCHEMA $schema TO hours_owner; GRANT USAGE ON SCHEMA $schema TO PUBLIC;
		CREATE EXTENSION ce_hours SCHEMA $schema; SET SESSION AUTHORIZATION hours_owner; SELECT ce_setup()});
}

# owner(DATABASE, SQL): as the ledger's owner
sub owner
{
	my ($db, $sql) = @_;
	return $coordinator->safe_psql($db, "SET SESSION AUTHORIZATION hours_owner; $sql");
}

1;

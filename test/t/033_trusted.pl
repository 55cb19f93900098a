# The owner of a database, who is no superuser, installs the extension, makes
# the ledger, dumps it and restores it; who may create nothing in the database
# does not; and what somebody has put into the schema before is neither run
# by the script nor taken over.

use strict;
use warnings;

use File::Basename qw(dirname);
use lib dirname(__FILE__);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use TestLedger;

my $fixture = File::Spec->rel2abs(dirname(__FILE__)) . '/ledger.psql';

my $node = PostgreSQL::Test::Cluster->new('trusted');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE office LOGIN; CREATE ROLE stranger LOGIN');
$node->safe_psql('postgres', "CREATE DATABASE $_ OWNER office") for qw(source target hostile);

# as_role(ROLE, DATABASE, SQL): status, output, errors
sub as_role
{
	my ($role, $db, $sql) = @_;
	return $node->psql($db, $sql, extra_params => [ '-U', $role ], on_error_stop => 1);
}

# ---- installing -----------------------------------------------------------

my ($status, $out, $err) = as_role('stranger', 'source', 'CREATE EXTENSION ce_hours');
isnt($status, 0, 'a role that may not create in the database does not install the extension');
like($err, qr/permission denied to create extension "ce_hours"/, 'and is told so');

$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $node->connstr('source') . ' user=office', '-c', 'CREATE SCHEMA hours', '-c', 'CREATE EXTENSION ce_hours SCHEMA hours', '-c', 'SET search_path = hours', '-f', $fixture ],
	'the owner of the database installs it and makes a ledger');
is($node->safe_psql('source', "SELECT e.extowner::regrole FROM pg_extension e WHERE e.extname = 'ce_hours'"), 'office', 'the extension is his');
is($node->safe_psql('source', "SELECT count(*) FROM pg_class WHERE relnamespace = 'hours'::regnamespace AND relkind IN ('r', 'v') AND relowner <> 'office'::regrole"), 0, 'and so is each table and view');
is((as_role('office', 'source', 'SET search_path = hours; SELECT count(*) FROM ce_check()'))[1], 0, 'which is sound');
is($node->safe_psql('source', q{
	SELECT string_agg(p.oid::regprocedure::text, ' ') FROM pg_proc p
	  JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
	  JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'ce_hours'
	 WHERE p.prosecdef}), '', 'no function of the extension runs with its own owner\'s rights');
($status, $out, $err) = as_role('office', 'source', 'CREATE FUNCTION hours.mine() RETURNS integer LANGUAGE c AS \'ce_hours\', \'ce_today\'');
like($err, qr/permission denied for language c/, 'functions in C are made by superusers alone, as before');
($status, $out, $err) = as_role('stranger', 'source', 'SELECT hours.ce_setup()');
isnt($status, 0, 'a stranger does not set up a ledger there');

# ---- a dump, restored by the same owner -----------------------------------

my $dump = $node->basedir . '/ledger.dump';
$node->command_ok([ 'pg_dump', '-Fc', '-f', $dump, '-d', $node->connstr('source') . ' user=office' ], 'the owner dumps');
my ($restored, $complaints) = ('', '');
ok(IPC::Run::run([ 'pg_restore', '--exit-on-error', '-d', $node->connstr('target') . ' user=office', $dump ], '>', \$restored, '2>', \$complaints), 'and restores') or diag($complaints);
is_deeply(rows($node, 'target', 'hours'), rows($node, 'source', 'hours'), 'every row is there');
is_deeply(definitions($node, 'target', 'hours'), definitions($node, 'source', 'hours'), 'and every definition');
is((as_role('office', 'target', 'SET search_path = hours; SELECT count(*) FROM ce_check()'))[1], 0, 'and it is sound');

# ---- a schema with traps --------------------------------------------------

# Functions and operators that fit better than the server's own what the script
# says, for anybody who calls them as a superuser.
$node->safe_psql('hostile', q{
	SET ROLE office;
	CREATE SCHEMA traps;
	CREATE TABLE traps.caught (who name);
	CREATE FUNCTION traps.spring() RETURNS void LANGUAGE plpgsql AS $$
	BEGIN
		INSERT INTO traps.caught VALUES (current_user);
		IF (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN
			ALTER ROLE office SUPERUSER;
		END IF;
	END $$;
	GRANT ALL ON traps.caught TO PUBLIC;
	CREATE FUNCTION traps.format(text, VARIADIC text[]) RETURNS text LANGUAGE sql AS 'SELECT traps.spring(); SELECT $1';
	CREATE FUNCTION traps.format(unknown_text varchar, arg varchar) RETURNS text LANGUAGE sql AS 'SELECT traps.spring(); SELECT $1';
	CREATE FUNCTION traps.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT traps.spring(); SELECT pg_catalog.now()';
	CREATE FUNCTION traps.eq(varchar, varchar) RETURNS boolean LANGUAGE sql AS 'SELECT traps.spring(); SELECT true';
	CREATE OPERATOR traps.= (FUNCTION = traps.eq, LEFTARG = varchar, RIGHTARG = varchar);
	CREATE FUNCTION traps.cat(varchar, varchar) RETURNS text LANGUAGE sql AS 'SELECT traps.spring(); SELECT $1::text';
	CREATE OPERATOR traps.|| (FUNCTION = traps.cat, LEFTARG = varchar, RIGHTARG = varchar)});
($status, $out, $err) = as_role('office', 'hostile', 'CREATE EXTENSION ce_hours SCHEMA traps');
is($status, 0, 'the script goes through beside them') or diag($err);
is($node->safe_psql('hostile', 'SELECT count(*) FROM traps.caught'), 0, 'and calls none');
is($node->safe_psql('hostile', "SELECT rolsuper FROM pg_roles WHERE rolname = 'office'"), 'f', 'so nobody became a superuser');

# What is there under a name of ours is not replaced and then run with a superuser's rights.
for my $object ('FUNCTION traps.ce_text(message text) RETURNS text LANGUAGE sql AS $$ SELECT traps.spring(); SELECT $1 $$', 'FUNCTION traps.ce_today() RETURNS date LANGUAGE sql AS $$ SELECT traps.spring(); SELECT current_date $$',
	'TYPE traps.ce_hours AS (a integer)', "TYPE traps.ce_status AS ENUM ('verified')")
{
	my ($name) = $object =~ /traps\.(\w+)/;
	$node->safe_psql('hostile', "DROP EXTENSION IF EXISTS ce_hours; SET ROLE office; CREATE $object");
	($status, $out, $err) = as_role('office', 'hostile', 'CREATE EXTENSION ce_hours SCHEMA traps');
	isnt($status, 0, "$name of somebody else's: the script stops");
	like($err, qr/$name/, 'and says which');
	$node->safe_psql('hostile', 'DROP ' . ($object =~ /^(FUNCTION traps\.\w+\([^)]*\)|TYPE traps\.\w+)/)[0] =~ s/message //r);
}
is($node->safe_psql('hostile', 'SELECT count(*) FROM traps.caught'), 0, 'nothing of it was run');

$node->stop;
done_testing();

# A ledger whose schema gets another name works on: in the session that renames
# it, in those that have used it before, in new ones, and after a dump.

use strict;
use warnings;

use File::Basename qw(dirname);
use lib dirname(__FILE__);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use TestLedger;

my $fixture = File::Spec->rel2abs(dirname(__FILE__)) . '/ledger.psql';
my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE ROLE ledger_owner LOGIN; CREATE ROLE clerk LOGIN; CREATE DATABASE ledger');
$node->safe_psql('ledger', 'CREATE SCHEMA hours AUTHORIZATION ledger_owner; CREATE EXTENSION ce_hours SCHEMA hours; ALTER ROLE ledger_owner SET search_path = hours');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $node->connstr('ledger') . ' user=ledger_owner', '-f', $fixture ], 'a ledger');
$node->safe_psql('ledger', q{
	CREATE TABLE staff (id bigint PRIMARY KEY, unit text);
	INSERT INTO staff SELECT 7001, code FROM ce_org WHERE org_id = 20;
	SELECT ce_link('staff', key => 'id', org => 'unit');
	CREATE TABLE kept AS SELECT ce_receipt(person_id, 'senior', as_of => '2020-12-31') AS receipt FROM ce_person}, extra_params => [ '-U', 'ledger_owner' ]);

# what is asked: all that people call, and what names the ledger's tables at run time
my @asked = (
	q{SELECT ce_verdict(40::bigint, 'senior', as_of => '2020-12-31')},
	q{SELECT ce_eligible(p.person_id, 'junior', as_of => '2020-12-31') FROM ce_person p},
	q{SELECT * FROM ce_explain(40::bigint, 'senior', as_of => '2020-12-31')},
	q{SELECT count(*) FROM kept, ce_receipt_check(receipt)},
	q{SELECT ce_receipt(40::bigint, 'senior', as_of => '2020-12-31')},
	q{SELECT * FROM ce_standing(40::bigint, '2020-12-31')},
	q{SELECT v.* FROM ce_yearly_totals v ORDER BY v::text COLLATE "C"},
	q{SELECT v.* FROM ce_eligibility v ORDER BY v::text COLLATE "C"},
	q{SELECT v.* FROM ce_findings v ORDER BY v::text COLLATE "C"},
	q{SELECT v.* FROM ce_archive v ORDER BY v::text COLLATE "C"},
	q{SELECT v.* FROM ce_verification_queue v ORDER BY v::text COLLATE "C"},
	q{SELECT v.* FROM ce_annual_statistics v ORDER BY v::text COLLATE "C"},
	q{SELECT * FROM ce_check()},
	q{SELECT * FROM ce_law_check()},
	q{SELECT * FROM ce_activity_drift()},
	q{SELECT * FROM ce_allocation_plan(40::bigint, 'senior', '2020-12-31')},
	q{SELECT ce_certificate_html(40::bigint, 2020, 'en') LIKE '%<html%'},
	q{SELECT ce_archive_html(40::bigint, 'zh') LIKE '%<html%'},
	q{SELECT ce_report_html(2020, 'en') LIKE '%<html%'},
	q{SELECT * FROM ce_certificate_check('AAAA')},
	q{SELECT * FROM ce_compare_schemes('general', 'general', 'senior', '2020-12-31')});

# and what is done, undone at the end
my $done = q{
	SELECT outcome FROM ce_import('x', '[{"source_ref": "1", "person_id": 40, "kind": "academy_course", "completed_on": "2020-03-01", "hours": 1}, {"source_ref": "3", "person_id": 40, "kind": "academy_course", "completed_on": "2020-03-02", "hours": 1}]');
	SELECT outcome FROM ce_import('x', '{"id": "v", "actor": {}, "verb": {"id": "http://adlnet.gov/expapi/verbs/voided"}, "object": {"objectType": "StatementRef", "id": "1"}}');
	SELECT status FROM ce_verify(ARRAY(SELECT max(activity_id) FROM ce_activity WHERE status = 'submitted' AND kind = 'academy_course'), 4, '2020-03-05');
	SELECT outcome FROM ce_import_person('[{"person_id": 7002, "org_id": 20}]');
	SELECT ce_clone_scheme('general', 'copy');
	SELECT ce_grant('clerk', 20, 'read');
	SELECT ce_revoke_duty('clerk', 20, 'read');
	INSERT INTO staff SELECT 7003, code FROM ce_org WHERE org_id = 20;
	SELECT count(*) FROM ce_person WHERE person_id > 7000;
	SELECT count(*) FROM ce_rebuild();
	INSERT INTO ce_staging (source, source_ref, person_id, kind, completed_on, hours) VALUES ('x', '2', '40', 'academy_course', '2020-03-01', '1');
	CALL ce_import_staged();
	SELECT outcome FROM ce_staging;
	SELECT ce_setup();
	SELECT 'end'};

# answers(SCHEMA, [SESSION]): all of it, in a new session or in one that is there
sub answers
{
	my ($schema, $session) = @_;
	my $sql = "SET search_path = $schema;\n" . join(";\n", @asked) . ";\nBEGIN;\n$done;\nROLLBACK;";

	return $node->safe_psql('ledger', $sql, extra_params => [ '-U', 'ledger_owner' ]) if !$session;
	my $out = $session->query($sql);
	return $out;
}

my $session = $node->background_psql('ledger', on_error_stop => 0);
$session->query('SET SESSION AUTHORIZATION ledger_owner');
my $before = answers('hours');
is(answers('hours', $session), $before, 'a session that has used the ledger');

my $new = '"Further Education"';
my $path = "SET search_path = $new";
$node->safe_psql('ledger', "ALTER SCHEMA hours RENAME TO $new; ALTER ROLE ledger_owner SET search_path = $new");
is(answers($new), $before, 'renamed: a new session gets the same answers');
is(answers($new, $session), $before, 'renamed: so does one that knew the old name');
$session->quit;

# the owner's own steps, kept this time
$node->safe_psql('ledger', "$path; SELECT ce_setup(); SELECT ce_secure()", extra_params => [ '-U', 'ledger_owner' ]);
is($node->safe_psql('ledger', "$path; SELECT count(*) FROM ce_check()"), 0, 'renamed: ce_check() is empty after ce_setup()');
is($node->safe_psql('ledger', q{SELECT count(*) FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e' JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'ce_hours'
	WHERE EXISTS (SELECT FROM unnest(p.proconfig) c WHERE substring(c FROM '=(.*)') ~ 'hours|Education') OR (p.prosqlbody IS NULL AND p.prosrc ~ 'hours\.ce_')}), 0, 'no function has the name of the schema in it');
refused($node, 'ledger', "SET ROLE clerk; SELECT * FROM $new.ce_person", qr/permission denied for schema/, 'renamed: rights are as they were');

my $dir = PostgreSQL::Test::Utils::tempdir;
my $whole = rows($node, 'ledger', $new);
for my $format ([ 'plain', '-Fp' ], [ 'custom', '-Fc' ])
{
	my ($name, $option) = @$format;

	$node->command_ok([ 'pg_dump', $option, '-f', "$dir/$name", '-d', $node->connstr('ledger') ], "$name: dumped");
	$node->safe_psql('postgres', "CREATE DATABASE $name TEMPLATE template0");
	$node->command_ok($name eq 'plain'
		? [ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $node->connstr($name), '-f', "$dir/$name" ]
		: [ 'pg_restore', '-e', '-d', $node->connstr($name), "$dir/$name" ], "$name: restored without an error");
	is_deeply(rows($node, $name, $new), $whole, "$name: rows of every table and view");
	is($node->safe_psql($name, "$path; SELECT ce_setup(); SELECT count(*) FROM ce_check()", extra_params => [ '-U', 'ledger_owner' ]), "\n0", "$name: ce_check() is empty");
}

$node->stop;
done_testing();

# An HR table linked with the ledger, by an ordinary ledger's owner, dumped and
# restored; and the example of one in GB/T 14946 names.

use strict;
use warnings;

use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $root = "$FindBin::RealBin/../..";
$ENV{PGCLIENTENCODING} = 'UTF8';
my $node = PostgreSQL::Test::Cluster->new('link');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf', 'max_prepared_transactions = 1');
$node->start;

sub sql
{
	my ($db, $sql, $role) = @_;
	return $node->safe_psql($db, $sql, $role ? (extra_params => [ '-U', $role ]) : ());
}

sub refused
{
	my ($db, $sql, $role, $like, $name) = @_;
	my ($status, $out, $err) = $node->psql($db, $sql, extra_params => [ '-U', $role ]);
	isnt($status, 0, "$name: refused");
	like($err, $like, "$name: message");
	return;
}

#
# Three roles: the ledger's owner, the HR system's and a clerk of the latter
#
sql('postgres', 'CREATE ROLE ledger_owner LOGIN; CREATE ROLE hr_owner LOGIN; CREATE ROLE hr_clerk LOGIN; CREATE DATABASE source');
sql('source', q{
	CREATE SCHEMA "Hours"; CREATE EXTENSION ce_hours SCHEMA "Hours"; GRANT USAGE, CREATE ON SCHEMA "Hours" TO ledger_owner;
	ALTER ROLE ledger_owner SET search_path = "Hours";
	CREATE SCHEMA "HR" AUTHORIZATION hr_owner; GRANT USAGE ON SCHEMA "HR" TO hr_clerk, ledger_owner});
sql('source', q{
	SELECT ce_setup();
	INSERT INTO ce_org (org_id, code, name, kind, admin_level, region_code) VALUES (1, 'office', 'HRSS office', 'hrss', 'provincial', '630000'), (4, 'academy', 'academy', 'academy', 'provincial', '630000');
	INSERT INTO ce_org (org_id, code, name, kind, admin_level, region_code, parent_id) VALUES (2, '工厂', 'factory', 'enterprise', 'provincial', '630000', 1);
}, 'ledger_owner');
sql('source', q{
	CREATE TABLE "HR"."Staff" (gone int, "Key" int PRIMARY KEY, "单位" text, "职称" text);
	ALTER TABLE "HR"."Staff" DROP COLUMN gone;
	INSERT INTO "HR"."Staff" VALUES (1, '工厂', '中级'), (2, '工厂', NULL);
	GRANT SELECT, INSERT, UPDATE, DELETE ON "HR"."Staff" TO hr_clerk;
}, 'hr_owner');

my $link = q{SELECT ce_link('"HR"."Staff"', 'Key', '单位', held_level => '职称')};
refused('source', $link, 'ledger_owner', qr/permission denied for table Staff/, 'linking without TRIGGER');
refused('source', $link =~ s/ce_link/"Hours".ce_link/r, 'hr_owner', qr/permission denied for schema Hours/, 'linking by who is not in the ledger');
# it does not stand in line for a lock that others would then wait behind
sql('source', q{BEGIN; DELETE FROM "HR"."Staff" WHERE "Key" = 9; PREPARE TRANSACTION 'writer'}, 'hr_owner');
refused('source', "SET lock_timeout = '2s'; $link", 'ledger_owner', qr/permission denied for table Staff/, 'linking without TRIGGER a table that is in use');
sql('source', q{ROLLBACK PREPARED 'writer'}, 'hr_owner');
sql('source', 'GRANT TRIGGER ON "HR"."Staff" TO ledger_owner', 'hr_owner');
refused('source', $link, 'ledger_owner', qr/permission denied for table Staff/, 'linking without SELECT');
sql('source', 'GRANT SELECT ON "HR"."Staff" TO ledger_owner', 'hr_owner');
is(sql('source', $link, 'ledger_owner'), 2, 'linking with TRIGGER and SELECT');
refused('source', 'BEGIN ISOLATION LEVEL REPEATABLE READ; ' . $link, 'ledger_owner', qr/must run at isolation level READ COMMITTED/, 'linking by an old snapshot');
sql('source', q{INSERT INTO "HR"."Staff" VALUES (3, '工厂', '正高级')}, 'hr_clerk');
sql('source', q{INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (1, 'academy_course', '2020-03-01', '7.5', 'verified', 4, '2020-03-02')}, 'ledger_owner');

# a person of two tables is noticed whether or not the ledger's owner may still read the other
sql('source', q{CREATE TABLE "HR".more (id int PRIMARY KEY, org text); INSERT INTO "HR".more VALUES (3, '工厂');
	GRANT TRIGGER, SELECT ON "HR".more TO ledger_owner; REVOKE SELECT ON "HR"."Staff" FROM ledger_owner}, 'hr_owner');
refused('source', q{SELECT ce_link('"HR".more', 'id', 'org')}, 'ledger_owner', qr/person 3 already comes from another linked table/, 'linking a second table with the same person');
sql('source', 'GRANT SELECT ON "HR"."Staff" TO ledger_owner; DROP TABLE "HR".more', 'hr_owner');

# row security of the ledger does not stand between the HR table and it
sql('source', 'ALTER TABLE ce_person ENABLE ROW LEVEL SECURITY; ALTER TABLE ce_person FORCE ROW LEVEL SECURITY', 'ledger_owner');
sql('source', q{UPDATE "HR"."Staff" SET "职称" = '副高' WHERE "Key" = 2}, 'hr_clerk');
is(sql('source', 'SELECT held_level FROM "Hours".ce_person WHERE person_id = 2'), 'senior', 'row security of ce_person is not in the way');
sql('source', 'ALTER TABLE ce_person DISABLE ROW LEVEL SECURITY; ALTER TABLE ce_person NO FORCE ROW LEVEL SECURITY', 'ledger_owner');

#
# Dump and restore: the link is alive
#
my $persons = q{SELECT string_agg(concat_ws(' ', person_id, org_id, held_level), ', ' ORDER BY person_id) FROM "Hours".ce_person WHERE person_no IS NULL};
sql('source', q{CREATE TABLE "HR".coded (code text PRIMARY KEY, unit text); INSERT INTO "HR".coded VALUES ('甲-1', '工厂'), ('甲-2', 'nowhere'); GRANT TRIGGER, SELECT ON "HR".coded TO ledger_owner; GRANT INSERT ON "HR".coded TO hr_clerk}, 'hr_owner');
is(sql('source', q{SELECT ce_link('"HR".coded', 'code', 'unit', person_no => 'code', bad_rows => 'list')}, 'ledger_owner'), 1, 'a table whose key is a text');
my $coded = q{SELECT string_agg(concat_ws(' ', p.person_no, p.person_id > 1000000000000), ',' ORDER BY p.person_id) || '; ' || (SELECT string_agg(key, ',') FROM "Hours".ce_link_refused) FROM "Hours".ce_person p WHERE p.person_no IS NOT NULL};
is(sql('source', $coded), '甲-1 t; 甲-2', 'has ids of the ledger, and a list of bad rows');
my $before = sql('source', $persons);
is($before, '1 2 intermediate, 2 2 senior, 3 2 full_senior', 'the persons before');
my $dir = PostgreSQL::Test::Utils::tempdir;
for my $format ([ 'plain', '-Fp' ], [ 'custom', '-Fc' ])
{
	my ($name, $option) = @$format;
	$node->command_ok([ 'pg_dump', $option, '-f', "$dir/$name", '-d', $node->connstr('source') ], "$name: dumped");
	sql('postgres', "CREATE DATABASE $name TEMPLATE template0");
	$node->command_ok($name eq 'plain'
		? [ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $node->connstr($name), '-f', "$dir/$name" ]
		: [ 'pg_restore', '-e', '-d', $node->connstr($name), "$dir/$name" ],
		"$name: restored without an error");
	is(sql($name, $persons), $before, "$name: the same persons");
	is(sql($name, q{SELECT string_agg(hr_table::text, ' ' ORDER BY hr_table::text) FROM "Hours".ce_link}), '"HR"."Staff" "HR".coded', "$name: the links");
	is(sql($name, $coded), '甲-1 t; 甲-2', "$name: its own ids and the list of bad rows");
	sql($name, q{INSERT INTO "HR".coded VALUES ('甲-3', '工厂')}, 'hr_clerk');
	is(sql($name, $coded), '甲-1 t,甲-3 t; 甲-2', "$name: the sequence goes on");
	sql($name, q{INSERT INTO "HR"."Staff" VALUES (4, '工厂', '初级'); UPDATE "HR"."Staff" SET "职称" = '' WHERE "Key" = 2; DELETE FROM "HR"."Staff" WHERE "Key" = 3}, 'hr_clerk');
	is(sql($name, $persons), '1 2 intermediate, 2 2, 4 2 junior', "$name: kept in step");
	refused($name, 'DELETE FROM "HR"."Staff" WHERE "Key" = 1', 'hr_clerk', qr/cannot delete person 1, who has records.*DETAIL:.*ce_activity 1, ce_account 1/s, "$name: a person with hours");
	sql($name, 'ALTER TABLE "HR"."Staff" RENAME "职称" TO "专业技术职务"', 'hr_owner');
	refused($name, 'UPDATE "HR"."Staff" SET "Key" = "Key"', 'hr_clerk', qr/column "职称" of table "Staff" does not exist.*DETAIL:.*held_level/s, "$name: a renamed column");
	is(sql($name, $link =~ s/职称/专业技术职务/r, 'ledger_owner'), 0, "$name: linked again");
	refused($name, q{SELECT ce_unlink('"HR"."Staff"')}, 'ledger_owner', qr/must be owner of relation Staff/, "$name: its triggers are the HR owner's to drop");
	sql($name, q{SELECT "Hours".ce_unlink('"HR"."Staff"')});
	is(sql($name, 'SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = \'"HR"."Staff"\'::regclass'), 0, "$name: unlinked");
	is(sql($name, 'SELECT count(*) FROM "Hours".ce_check()'), 0, "$name: the ledger is sound");
}

#
# The example
#
chdir $root or die "$root: $!";
sql('postgres', 'CREATE DATABASE demo');
sql('demo', 'CREATE EXTENSION ce_hours; SELECT ce_setup()');
my @psql = ('psql', '-X', '-q', '-d', $node->connstr('demo'));
$node->command_ok([ @psql, '-o', '/dev/null', '-f', 'examples/load.sql' ], 'the examples are loaded');
my $made = '';
run_log([ @psql ], '<', 'examples/gbt14946.sql', '>', \$made, '2>&1');
is($made, slurp_file('examples/gbt14946.out'), 'examples/gbt14946.sql answers as in examples/gbt14946.out');
# a clerk of the HR system, to whom nothing is refused where bad rows are listed
sql('demo', q{CREATE ROLE roster_clerk LOGIN; GRANT USAGE ON SCHEMA hr TO roster_clerk; GRANT SELECT, INSERT, UPDATE ON hr.a01 TO roster_clerk});
my ($status, $out, $err) = $node->psql('demo', q{INSERT INTO hr.a01 (a0000, a0101, a0195) VALUES (9030, 'x', 'nowhere'), (9031, 'y', 'qhu')}, extra_params => [ '-U', 'roster_clerk' ]);
is($status, 0, 'a bad row is taken in the HR table');
like($err, qr/WARNING:  cannot take the row with key 9030 of table "a01" into the ledger: ce_org has no organisation with this code.*HINT:  Table ce_link_refused lists such rows/s, 'with a warning');
is(sql('demo', q{SELECT string_agg(concat_ws(' ', key, hr_column, value), ',') FROM ce_link_refused}), '9030 a0195 nowhere', 'and is listed');
is(sql('demo', q{SELECT string_agg(person_id::text, ',') FROM ce_person WHERE person_id IN (9030, 9031)}), '9031', 'beside it the good one is taken');
refused('demo', 'SELECT 1 FROM ce_link_refused', 'roster_clerk', qr/permission denied/, 'the list is the owner\'s to grant');
sql('demo', q{UPDATE hr.a01 SET a0195 = 'qhu' WHERE a0000 = 9030}, 'roster_clerk');
is(sql('demo', 'SELECT count(*) FROM ce_link_refused'), 0, 'until it is corrected');
$made = '';
run_log([ @psql ], '<', 'examples/cadre.sql', '>', \$made, '2>&1');
is($made, slurp_file('examples/cadre.out'), 'examples/cadre.sql answers as in examples/cadre.out');
($status, $out, $err) = $node->psql('demo', q{SELECT ce_link('cadre.roster', key => 'card', person_no => 'card', org => 'unit', held_since => 'in_post', bad_rows => 'list')});
like($err, qr/WARNING:  cannot take 4 rows of table "roster" into the ledger/, 'a month is no day, whatever else is meant by it');
is(sql('demo', q{SELECT count(*) FROM ce_person WHERE person_no LIKE 'QH-%' AND held_since IS NULL}), 1, 'and what was there stays');
is(sql('demo', 'SELECT count(*) FROM ce_check()'), 0, 'and leaves the ledger sound');

$node->stop;
done_testing();
